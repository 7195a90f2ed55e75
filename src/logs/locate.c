/* locate.c - who was dialled, where a matcher does not say it: addresses as clients write them, anywhere in the line.
 *
 * Only what cannot be something else counts: "main.go:42", "10:15:00" and a version are no peers.
 */
#include <ctype.h>
#include <string.h>

#include "plumbline/net.h"

#include "logs_priv.h"

/* In order: the plainest first. Each begins with literal text, so that a line is walked once a row. */
static const char *const forms[] = {
    "upstream: %q%u", /* nginx: other URLs of the line are the client's request */
    "upstream: %qunix:%/",
    "server at %q%h%q%*port %p",
    "server on socket %q%/",
    "host='%h', port=%p",
    "host=%q%h%q port=%p",
    "host=%h%*port=%p",
    "running on host %q%h%q",
    "host=%/",
    "host=%q%h",
    "to address %q%h:%p",
    "://",
    "('%h', %p",
    "(\"%h\", %p",
    "/cloudsql/",
};

static bool is_source_file(const char *host, size_t len)
{
    static const char *const endings[] = {".py", ".js",  ".ts",    ".go",  ".java", ".rb",
                                          ".c",  ".mjs", ".cjs",   ".tsx", ".jsx",  ".kt",
                                          ".rs", ".php", ".scala", ".cs",  ".cpp",  ".h"};
    for (size_t i = 0; i < PL_LEN(endings); i++) {
        size_t n = strlen(endings[i]);
        if (len >= n && strncasecmp(host + len - n, endings[i], n) == 0)
            return true;
    }
    return false;
}

static bool is_address(const char *host, size_t len)
{
    char text[64];
    struct pl_ip ip;
    if (len >= sizeof(text))
        return false;
    memcpy(text, host, len);
    text[len] = '\0';
    return pl_ip_parse(text, &ip);
}

/* A name with a dot and a letter behind it, or localhost: no number, no time, no file. */
static bool is_name(const char *host, size_t len)
{
    bool dot = false, letter = false;
    for (size_t i = 0; i < len; i++) {
        dot = dot || host[i] == '.';
        letter = letter || isalpha((unsigned char)host[i]);
    }
    return (len == 9 && strncasecmp(host, "localhost", 9) == 0) ||
           (dot && letter && isalpha((unsigned char)host[len - 1]) && !is_source_file(host, len));
}

static bool by_form(const char *form, const char *line, size_t len, struct pl_found *found)
{
    size_t literal = strcspn(form, "%");
    const char *end = line + len;
    struct pl_found got;
    for (const char *at = line; (at = memmem(at, (size_t)(end - at), form, literal)) != NULL;
         at++) {
        const char *from = at;
        const char *pattern = form;
        if (strcmp(form, "://") == 0) {
            while (from > line && isalnum((unsigned char)from[-1]))
                from--;
            pattern = "%u";
        } else if (form[0] == '/') {
            pattern = "%/";
        }
        if (!pl_pattern_match(pattern, from, end, &got) || !got.host)
            continue;
        found->host = got.host;
        found->host_len = got.host_len;
        found->port = got.port ? got.port : found->port;
        found->secure = got.secure;
        return true;
    }
    return false;
}

/* host:port, or an address alone. */
static void by_words(const char *line, size_t len, struct pl_found *found)
{
    const char *end = line + len;
    for (const char *at = line; at < end;) {
        if (!pl_is_host_char(*at)) {
            at++;
            continue;
        }
        const char *from = at;
        while (at < end && pl_is_host_char(*at))
            at++;
        size_t n = (size_t)(at - from);
        while (n > 0 && from[n - 1] == '.')
            n--;
        struct pl_found port;
        bool has_port = at < end && *at == ':' && pl_pattern_match(":%p", at, end, &port);
        bool address = is_address(from, n);
        if (address || (has_port && is_name(from, n))) {
            found->host = from;
            found->host_len = n;
            if (has_port)
                found->port = port.port;
            return;
        }
    }
}

void pl_locate(const char *line, size_t len, bool bare, struct pl_found *found)
{
    for (size_t i = 0; i < PL_LEN(forms); i++)
        if (by_form(forms[i], line, len, found))
            return;
    if (bare)
        by_words(line, len, found);
}

void pl_locate_before(const char *line, const char *at, struct pl_found *found)
{
    while (at > line && strchr(" :\"'`,", at[-1]))
        at--;
    const char *end = at;
    while (at > line &&
           (pl_is_host_char(at[-1]) || at[-1] == ':' || at[-1] == '[' || at[-1] == ']'))
        at--;
    struct pl_found got;
    if (at == end ||
        !(pl_pattern_match("%h:%p", at, end, &got) || pl_pattern_match("%h", at, end, &got)))
        return;
    if (!is_address(got.host, got.host_len) && !is_name(got.host, got.host_len))
        return;
    found->host = got.host;
    found->host_len = got.host_len;
    found->port = got.port ? got.port : found->port;
}
