/* head.c - the head of an HTTP/1.1 answer (RFC 9112), bounded; bodies, and HTTP proper, are libcurl's.
 */
#include <string.h>
#include <strings.h>

#include "head_priv.h"

enum { HEAD_STATUS_LINE = 13 /* "HTTP/1.1 101" and what follows it */ };

static int none(const char **class_name, const char **why, const char *is, const char *text)
{
    *class_name = is;
    *why = text;
    return -1;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* "HTTP/1.1 101" (section 4); the reason behind it is for nobody. */
static int read_status(const char *line, size_t n)
{
    if (n < HEAD_STATUS_LINE - 1 || memcmp(line, "HTTP/1.", 7) != 0 || !is_digit(line[7]) ||
        line[8] != ' ' || line[9] < '1' || line[9] > '5' || !is_digit(line[10]) ||
        !is_digit(line[11]) || (n >= HEAD_STATUS_LINE && line[12] != ' '))
        return -1;
    return (line[9] - '0') * 100 + (line[10] - '0') * 10 + (line[11] - '0');
}

int pl_head_read(const char *bytes, size_t n, struct head *out, const char **class_name,
                 const char **why)
{
    const char *end = n > 0 ? memmem(bytes, n, "\r\n\r\n", 4) : NULL, *line;

    if (n > 0 && memcmp(bytes, "HTTP/", n < 5 ? n : 5) != 0)
        return none(class_name, why, "PROTO_NOT_HTTP", "does not answer in HTTP");
    if (end == NULL && n <= PROBE_MAX_HEAD)
        return 0;
    if (end == NULL || end - bytes > PROBE_MAX_HEAD)
        return none(class_name, why, "PROTO_TOO_LARGE", "sends more headers than accepted");
    line = memmem(bytes, n, "\r\n", 2);
    out->status = read_status(bytes, (size_t)(line - bytes));
    out->text = line + 2;
    out->len = end > line ? (size_t)(end - line) : 0;
    out->whole = (size_t)(end - bytes) + 4;
    if (out->status < 0)
        return none(class_name, why, "PROTO_HTTP_MALFORMED", "sends a broken status line");
    /* RFC 9110 section 5.5 */
    if (memchr(bytes, '\0', out->whole) != NULL)
        return none(class_name, why, "PROTO_HTTP_MALFORMED", "sends a NUL in its headers");
    return 1;
}

/* The next value of this name at or after `at`; false where there is none. */
static bool next_value(const struct head *head, const char *name, size_t *at, const char **value,
                       size_t *len)
{
    size_t n = strlen(name);

    while (*at < head->len) {
        const char *line = head->text + *at;
        const char *end = memmem(line, head->len - *at, "\r\n", 2);
        size_t whole = end != NULL ? (size_t)(end - line) : head->len - *at;

        *at += whole + 2;
        if (whole <= n || strncasecmp(line, name, n) != 0 || line[n] != ':')
            continue;
        for (line += n + 1, whole -= n + 1; whole > 0 && (*line == ' ' || *line == '\t'); whole--)
            line++;
        while (whole > 0 && (line[whole - 1] == ' ' || line[whole - 1] == '\t'))
            whole--;
        *value = line;
        *len = whole;
        return true;
    }
    return false;
}

const char *pl_head_value(struct pl_arena *arena, const struct head *head, const char *name)
{
    struct pl_buf all = {0};
    const char *value;
    size_t at = 0, len, found = 0;

    for (; next_value(head, name, &at, &value, &len); found++) {
        if (found > 0)
            pl_buf_adds(&all, ", ");
        pl_buf_add(&all, value, len);
    }
    return found > 0 ? pl_buf_take(&all, arena) : NULL;
}

bool pl_head_lists(struct pl_arena *arena, const struct head *head, const char *name,
                   const char *token)
{
    const char *value = pl_head_value(arena, head, name);
    size_t n = strlen(token);

    for (; value != NULL && *value != '\0'; value += strcspn(value, ",")) {
        value += strspn(value, ", \t");
        if (strncasecmp(value, token, n) == 0 && strchr(", \t", value[n]) != NULL)
            return true;
    }
    return false;
}
