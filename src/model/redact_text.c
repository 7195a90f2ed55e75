/* redact_text.c - finds secrets inside one text by their looks, and leaves everything else: hosts and ports are evidence.
 *
 * A row of `rules` each: what begins here, and from where to where is the secret. Every rule looks a
 * bounded way ahead or consumes what it looked at, so that hostile text costs no more than its length.
 * Names of environment variables and trees of values are redact.c's business.
 */
#include <ctype.h>
#include <limits.h>
#include <string.h>
#include <strings.h>

#include "plumbline/buf.h"
#include "plumbline/secret.h"

#include "model_priv.h"

enum { LOOK_AHEAD = 512, NAME_MAX_LEN = 64 };

/* The secret is text[from..to); what lies between the place and `from` stays. */
struct cut {
    size_t from, to;
};

static bool is_name_char(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '-' || c == '.';
}

static bool is_token_char(char c)
{
    return isalnum((unsigned char)c) || (c != '\0' && strchr("._~+/=-", c) != NULL);
}

static bool at_boundary(const char *text, size_t i)
{
    return i == 0 || !(isalnum((unsigned char)text[i - 1]) || text[i - 1] == '_');
}

static size_t run_of(const char *text, bool (*fits)(char))
{
    size_t n = 0;

    while (text[n] != '\0' && fits(text[n]))
        n++;
    return n;
}

bool pl_is_no_secret(const struct pl_name_look *look, const char *text, size_t len)
{
    static const char *const words[] = {"true", "false", "yes", "no",  "on",
                                        "off",  "0",     "1",   "null"};
    const char *slash;

    for (size_t i = 0; i < PL_LEN(words); i++)
        if (strlen(words[i]) == len && strncasecmp(words[i], text, len) == 0)
            return true;
    if (len > 3 && text[0] == '$' &&
        ((text[1] == '{' && text[len - 1] == '}') || (text[1] == '(' && text[len - 1] == ')')))
        return true;
    if (memmem(text, len, "projects/", 9) != NULL && memmem(text, len, "/secrets/", 9) != NULL)
        return true;
    if (look->maybe_path && len > 9 && strncmp(text, "projects/", 9) == 0)
        return true;
    if (!look->maybe_path || len < 2 || text[0] != '/' || memchr(text, '+', len) != NULL ||
        memchr(text, '=', len) != NULL)
        return false;
    slash = memchr(text + 1, '/', len - 1);
    return slash != NULL || memchr(text, '.', len) != NULL;
}

/* ---- rules ---- */

/* A database's user without a password is a name, and evidence: whom a client logs in as. Elsewhere it may be a token. */
static bool is_plain_user(const char *text, size_t i, const char *begin, const char *at)
{
    static const char *const schemes[] = {"postgres", "mysql", "mariadb", "sqlserver"};
    size_t from = i;

    while (from > 0 && (isalnum((unsigned char)text[from - 1]) || text[from - 1] == '+'))
        from--;
    if (memchr(begin, ':', (size_t)(at - begin)) != NULL ||
        memchr(begin, '%', (size_t)(at - begin)) != NULL)
        return false;
    for (size_t k = 0; k < PL_LEN(schemes); k++)
        if (strncasecmp(text + from, schemes[k], strlen(schemes[k])) == 0)
            return true;
    return false;
}

/* RFC 3986, 3.2.1: everything before the last "@" of the authority. Passwords that were not percent-encoded may hold a "/": where what
 * looks like a port is no number, the authority ends later. */
static bool rule_userinfo(const char *text, size_t i, struct cut *out)
{
    const char *begin = text + i + 3, *at = NULL, *colon = NULL;
    size_t n;

    if (strncmp(text + i, "://", 3) != 0 || pl_secret_mark_len(begin, NULL) > 0)
        return false;
    n = strcspn(begin, "/?# \t\r\n\"'<>\\`");
    at = memrchr(begin, '@', n);
    if (at == NULL && *begin != '[') {
        colon = memchr(begin, ':', n);
        if (colon != NULL && colon[1] != '\0' &&
            strspn(colon + 1, "0123456789,") < (size_t)(begin + n - colon) - 1) {
            for (n = 0;
                 n < LOOK_AHEAD && begin[n] != '\0' && strchr(" \t\r\n\"'<>`", begin[n]) == NULL;)
                n++;
            at = memrchr(begin, '@', n);
        }
    }
    if (at == NULL || at == begin || is_plain_user(text, i, begin, at))
        return false;
    *out = (struct cut){.from = i + 3, .to = (size_t)(at - text)};
    return true;
}

/* The password of Go's MySQL form, "user:password@tcp(host:3306)/db". */
static bool rule_go_dsn(const char *text, size_t i, struct cut *out)
{
    static const char *const nets[] = {"@tcp(", "@unix(", "@cloudsql(", "@tcp4(", "@tcp6("};
    const char *at;

    if (text[i] != ':' || i == 0 || !is_name_char(text[i - 1]) || text[i + 1] == '/')
        return false;
    at = memchr(text + i, '@', strnlen(text + i, LOOK_AHEAD));
    for (size_t k = 0; at != NULL && k < PL_LEN(nets); k++)
        if (strncmp(at, nets[k], strlen(nets[k])) == 0 && at > text + i + 1 &&
            pl_secret_mark_len(text + i + 1, NULL) == 0) {
            *out = (struct cut){.from = i + 1, .to = (size_t)(at - text)};
            return true;
        }
    return false;
}

/* Behind a separator: does another NAME= follow? Names have spaces where ";" separates ("Data Source=", ADO.NET). */
static bool another_follows(char separator, const char *p)
{
    size_t n = 0;

    p += strspn(p, " ");
    while (n < NAME_MAX_LEN && (is_name_char(p[n]) || (separator == ';' && n > 0 && p[n] == ' ')))
        n++;
    return n > 0 && p[n] == '=';
}

/* Where a value that is not quoted ends. In a query "&" and "#" always end it; elsewhere ";", "&" and "," do where another assignment
 * follows: they may be part of a password. */
static size_t bare_len(const char *value, bool in_query)
{
    size_t n = 0;

    for (; value[n] != '\0'; n++) {
        if (strchr(" \t\r\n\"'`", value[n]) != NULL)
            break;
        if (in_query ? value[n] == '&' || value[n] == '#'
                     : strchr(";&,", value[n]) != NULL && another_follows(value[n], value + n + 1))
            break;
    }
    return n;
}

/* In quotes, a backslash takes the next character along; libpq and JSON agree on that. An escaped quote opens JSON within JSON. */
static size_t quoted_len(const char *value, char quote, bool escaped)
{
    size_t n = 0;

    while (value[n] != '\0') {
        if (escaped ? value[n] == '\\' && value[n + 1] == quote : value[n] == quote)
            break;
        n += value[n] == '\\' && value[n + 1] != '\0' ? 2 : 1;
    }
    return n;
}

/* Behind a name: how far it is to the value, 0 where none is assigned. "=" but not "==" or "=~"; ":" only behind a name in quotes, as
 * in JSON. */
static size_t to_value(const char *behind)
{
    size_t n = 0;
    bool quoted;

    n += behind[n] == '\\';
    quoted = behind[n] == '"' || behind[n] == '\'';
    n = quoted ? n + 1 : 0;
    n += strspn(behind + n, " ");
    if (behind[n] == ':' ? !quoted : behind[n] != '=')
        return 0;
    n++;
    if (behind[n] == '=' || behind[n] == '~' || behind[n] == '>')
        return 0;
    return n + strspn(behind + n, " ");
}

/* password=..., --token=..., ?key=..., "secret": "..." */
static bool rule_assignment(const char *text, size_t i, struct cut *out)
{
    struct pl_name_look look;
    const char *value;
    size_t name_len = 0, len, from;
    bool in_query = i > 0 && (text[i - 1] == '?' || text[i - 1] == '&');

    if (i > 0 && is_name_char(text[i - 1]))
        return false;
    while (name_len <= NAME_MAX_LEN && is_name_char(text[i + name_len]))
        name_len++;
    from = name_len > 0 && name_len <= NAME_MAX_LEN ? to_value(text + i + name_len) : 0;
    if (from == 0)
        return false;
    look = pl_name_look(text + i, name_len);
    if (!look.secret || (look.key_alone && !in_query))
        return false;
    from += i + name_len;
    value = text + from;
    if (*value == '"' || *value == '\'' ||
        (*value == '\\' && value[1] != '\0' && strchr("\"'", value[1]) != NULL)) {
        bool escaped = *value == '\\';

        from += escaped ? 2 : 1;
        len = quoted_len(text + from, text[from - 1], escaped);
    } else {
        len = bare_len(value, in_query);
    }
    if (len == 0 || pl_secret_mark_len(text + from, NULL) > 0 ||
        pl_is_no_secret(&look, text + from, len))
        return false;
    *out = (struct cut){.from = from, .to = from + len};
    return true;
}

/* A value in quotes or up to the next space; false where there is none, or none that is secret. */
static bool cut_word(const char *text, size_t from, const struct pl_name_look *look,
                     struct cut *out)
{
    size_t len;

    if (text[from] == '"' || text[from] == '\'') {
        from++;
        len = quoted_len(text + from, text[from - 1], false);
    } else {
        len = strcspn(text + from, " \t\r\n\"'`");
    }
    if (len == 0 || pl_secret_mark_len(text + from, NULL) > 0 ||
        pl_is_no_secret(look, text + from, len))
        return false;
    *out = (struct cut){.from = from, .to = from + len};
    return true;
}

/* "--password VALUE" of a command line. */
static bool rule_option(const char *text, size_t i, struct cut *out)
{
    struct pl_name_look look;
    size_t name_len = 0, spaces;

    if (strncmp(text + i, "--", 2) != 0 || (i > 0 && is_name_char(text[i - 1])))
        return false;
    i += 2;
    while (name_len <= NAME_MAX_LEN && is_name_char(text[i + name_len]))
        name_len++;
    spaces = name_len <= NAME_MAX_LEN ? strspn(text + i + name_len, " ") : 0;
    look = pl_name_look(text + i, name_len);
    if (spaces == 0 || !look.secret || look.key_alone || text[i + name_len + spaces] == '-')
        return false;
    return cut_word(text, i + name_len + spaces, &look, out);
}

/* Only blanks and list dashes before it in its line, as in YAML. */
static bool begins_line(const char *text, size_t i)
{
    size_t back = 0;

    while (back < i && back < NAME_MAX_LEN && strchr(" \t-", text[i - back - 1]) != NULL)
        back++;
    return back == i || text[i - back - 1] == '\n';
}

/* A whole line "password: VALUE", as in YAML. Prose goes on behind the word ("password: authentication failed"). */
static bool rule_line(const char *text, size_t i, struct cut *out)
{
    struct pl_name_look look;
    size_t name_len = 0, from, end;

    if ((i > 0 && is_name_char(text[i - 1])) || !is_name_char(text[i]))
        return false;
    while (name_len <= NAME_MAX_LEN && is_name_char(text[i + name_len]))
        name_len++;
    from = i + name_len + 1;
    if (name_len > NAME_MAX_LEN || strncmp(text + from - 1, ": ", 2) != 0 || !begins_line(text, i))
        return false;
    look = pl_name_look(text + i, name_len);
    from += strspn(text + from, " ");
    if (!look.secret || look.key_alone || !cut_word(text, from, &look, out))
        return false;
    end = out->to + (out->from > from ? 1 : 0);
    end += strspn(text + end, " \t\r");
    return text[end] == '\0' || text[end] == '\n';
}

/* Addresses to post to whose path is the password, whatever they are called (redact.c knows the names). */
static bool rule_webhook(const char *text, size_t i, struct cut *out)
{
    static const char *const hooks[] = {
        "hooks.slack.com/services/",    "hooks.slack.com/workflows/",
        "hooks.slack.com/triggers/",    "discord.com/api/webhooks/",
        "discordapp.com/api/webhooks/", "webhook.office.com/webhookb2/",
        "outlook.office.com/webhook/"};

    for (size_t k = 0; k < PL_LEN(hooks); k++) {
        size_t n;

        /* In ASCII a letter's case is this one bit. */
        if ((text[i] | 0x20) != hooks[k][0] || (text[i + 1] | 0x20) != hooks[k][1])
            continue;
        n = strlen(hooks[k]);
        if (strncasecmp(text + i, hooks[k], n) != 0)
            continue;
        out->from = i + strcspn(hooks[k], "/") + 1;
        out->to = i + n + strcspn(text + i + n, " \t\r\n\"'`<>");
        return out->to > i + n;
    }
    return false;
}

/* RFC 7468: a private key in PEM, whatever sort of it. Certificates stay. */
static bool rule_pem(const char *text, size_t i, struct cut *out)
{
    static const char begin[] = "-----BEGIN ", end[] = "PRIVATE KEY-----";
    const char *label, *last;

    if (strncmp(text + i, begin, sizeof begin - 1) != 0)
        return false;
    label = text + i + sizeof begin - 1;
    label = memmem(label, strnlen(label, NAME_MAX_LEN), end, sizeof end - 1);
    if (label == NULL)
        return false;
    last = strstr(label + sizeof end - 1, end);
    *out = (struct cut){.from = i,
                        .to = last != NULL ? (size_t)(last - text) + sizeof end - 1
                                           : i + strlen(text + i)};
    return true;
}

static bool is_base64url(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '-';
}

/* RFC 7519: three parts in base64url, the first two JSON objects, which begin with "eyJ". */
static bool rule_jwt(const char *text, size_t i, struct cut *out)
{
    size_t n;

    if (strncmp(text + i, "eyJ", 3) != 0)
        return false;
    n = run_of(text + i, is_base64url);
    if (n < 10 || strncmp(text + i + n, ".eyJ", 4) != 0)
        return false;
    n += 1 + run_of(text + i + n + 1, is_base64url);
    if (text[i + n] != '.')
        return false;
    n += 1 + run_of(text + i + n + 1, is_base64url);
    *out = (struct cut){.from = i, .to = i + n};
    return true;
}

/* Tokens whose makers gave them a prefix so that they can be found. */
static bool rule_prefix(const char *text, size_t i, struct cut *out)
{
    static const struct {
        const char *prefix;
        size_t min; /* characters behind it */
    } prefixes[] = {
        {"AIza", 35},   {"ya29.", 20},    {"GOCSPX-", 20},  {"1//0", 30},  {"ghp_", 30},
        {"gho_", 30},   {"ghu_", 30},     {"ghs_", 30},     {"ghr_", 30},  {"github_pat_", 20},
        {"glpat-", 20}, {"xoxb-", 10},    {"xoxp-", 10},    {"xoxa-", 10}, {"xoxr-", 10},
        {"xoxs-", 10},  {"sk_live_", 16}, {"rk_live_", 16}, {"SG.", 40},   {"sk_test_", 16},
        {"hvs.", 20},
    };

    for (size_t k = 0; k < PL_LEN(prefixes); k++) {
        size_t n, run;

        if (text[i] != prefixes[k].prefix[0] || text[i + 1] != prefixes[k].prefix[1])
            continue;
        n = strlen(prefixes[k].prefix);
        if (strncmp(text + i, prefixes[k].prefix, n) != 0)
            continue;
        run = run_of(text + i + n, is_name_char);
        if (run < prefixes[k].min)
            return false;
        *out = (struct cut){.from = i, .to = i + n + run};
        return true;
    }
    return false;
}

/* RFC 7235 credentials. A digit tells them from prose ("basic authentication"). */
static bool rule_scheme(const char *text, size_t i, struct cut *out)
{
    size_t n, run;

    n = strncasecmp(text + i, "bearer ", 7) == 0  ? 7
        : strncasecmp(text + i, "basic ", 6) == 0 ? 6
                                                  : 0;
    if (n == 0)
        return false;
    run = run_of(text + i + n, is_token_char);
    if (run < 12)
        return false;
    for (size_t k = 0; k < run; k++)
        if (isdigit((unsigned char)text[i + n + k])) {
            *out = (struct cut){.from = i + n, .to = i + n + run};
            return true;
        }
    return false;
}

/* What a rule can begin with: most characters of a text begin nothing, and an estate is mostly text. */
enum begins {
    AT_DASH = 1 << 0,
    AT_COLON = 1 << 1,
    AT_NAME = 1 << 2, /* the first character of a name */
    AT_HOOK = 1 << 3,
    AT_JWT = 1 << 4,
    AT_PREFIX = 1 << 5,
    AT_SCHEME = 1 << 6,
    AT_MARK = 1 << 7,
    AT_BOUNDARY = AT_JWT | AT_PREFIX | AT_SCHEME, /* these not within a word */
};

/* Every first character in the tables of the rules above, and below every second one. */
static const unsigned char starts[UCHAR_MAX + 1] = {
    ['-'] = AT_DASH,
    [':'] = AT_COLON,
    ['<'] = AT_MARK,
    ['b'] = AT_SCHEME,
    ['B'] = AT_SCHEME,
    ['d'] = AT_HOOK,
    ['D'] = AT_HOOK,
    ['H'] = AT_HOOK,
    ['o'] = AT_HOOK,
    ['O'] = AT_HOOK,
    ['w'] = AT_HOOK,
    ['W'] = AT_HOOK,
    ['e'] = AT_JWT,
    ['A'] = AT_PREFIX,
    ['G'] = AT_PREFIX,
    ['S'] = AT_PREFIX,
    ['1'] = AT_PREFIX,
    ['g'] = AT_PREFIX,
    ['r'] = AT_PREFIX,
    ['s'] = AT_PREFIX,
    ['x'] = AT_PREFIX,
    ['y'] = AT_PREFIX,
    ['h'] = AT_HOOK | AT_PREFIX,
};

/* A colon's may be any; "<redacted" has one, too. */
static const unsigned char seconds[UCHAR_MAX + 1] = {
    ['-'] = AT_DASH,
    ['/'] = AT_PREFIX,
    ['G'] = AT_PREFIX,
    ['I'] = AT_PREFIX | AT_HOOK,
    ['O'] = AT_PREFIX | AT_HOOK,
    ['A'] = AT_SCHEME,
    ['E'] = AT_SCHEME | AT_HOOK,
    ['U'] = AT_HOOK,
    ['a'] = AT_SCHEME | AT_PREFIX,
    ['e'] = AT_SCHEME | AT_HOOK,
    ['h'] = AT_PREFIX,
    ['i'] = AT_PREFIX | AT_HOOK,
    ['k'] = AT_PREFIX,
    ['l'] = AT_PREFIX,
    ['o'] = AT_PREFIX | AT_HOOK,
    ['r'] = AT_MARK,
    ['u'] = AT_HOOK,
    ['v'] = AT_PREFIX,
    ['y'] = AT_JWT,
};

static const struct {
    unsigned at;
    bool (*finds)(const char *text, size_t i, struct cut *out);
} rules[] = {
    {AT_DASH, rule_pem},      {AT_COLON, rule_userinfo},  {AT_COLON, rule_go_dsn},
    {AT_HOOK, rule_webhook},  {AT_NAME, rule_assignment}, {AT_NAME, rule_line},
    {AT_DASH, rule_option},   {AT_JWT, rule_jwt},         {AT_PREFIX, rule_prefix},
    {AT_SCHEME, rule_scheme},
};

/* Can a name be assigned to in it? NAME=, NAME: or "NAME": that is; a URL's colon is none of these. */
static bool assigns(const char *text)
{
    const char *colon = strchr(text, ':');

    return strchr(text, '=') != NULL ||
           (colon != NULL && (strstr(colon, ": ") != NULL || strpbrk(text, "\"'") != NULL));
}

static unsigned wanted_in(const char *text)
{
    unsigned wanted = ~0U;

    if (strchr(text, '@') == NULL) /* nothing stands before a host */
        wanted &= ~(unsigned)AT_COLON;
    if (!assigns(text))
        wanted &= ~(unsigned)AT_NAME;
    return wanted;
}

/* What may begin at a place by its first two characters, where nothing says that it cannot be in this text. */
static unsigned starting(const char *place, unsigned wanted)
{
    return starts[(unsigned char)place[0]] & (seconds[(unsigned char)place[1]] | AT_COLON) & wanted;
}

static unsigned begins(const char *text, size_t i, unsigned wanted)
{
    unsigned at = starting(text + i, wanted);

    if ((at & AT_BOUNDARY) != 0 && !at_boundary(text, i))
        at &= ~(unsigned)AT_BOUNDARY;
    if ((wanted & AT_NAME) != 0 && is_name_char(text[i]) && (i == 0 || !is_name_char(text[i - 1])))
        at |= AT_NAME;
    return at;
}

/* The first place from `i` on where something may begin, or the end. */
static size_t next_place(const char *text, size_t i, unsigned wanted)
{
    if ((wanted & AT_NAME) == 0)
        while (text[i] != '\0' && starting(text + i, wanted) == 0)
            i++;
    return i;
}

static bool find(const char *text, size_t i, unsigned at, struct cut *out)
{
    for (size_t k = 0; k < PL_LEN(rules); k++)
        if ((rules[k].at & at) != 0 && rules[k].finds(text, i, out))
            return true;
    return false;
}

const char *pl_redact_text(struct pl_arena *arena, const char *text, const unsigned char *key)
{
    const unsigned wanted = wanted_in(text);
    struct pl_buf out = {0};
    size_t kept = 0, i = 0;

    while (text[i = next_place(text, i, wanted)] != '\0') {
        unsigned at = begins(text, i, wanted);
        size_t mark = (at & AT_MARK) != 0 ? pl_secret_mark_len(text + i, NULL) : 0;
        struct cut cut;

        if (at != 0 && mark == 0 && find(text, i, at, &cut)) {
            pl_buf_add(&out, text + kept, cut.from - kept);
            pl_buf_adds(&out, pl_secret_mark(arena, text + cut.from, cut.to - cut.from, key));
            kept = i = cut.to;
        } else {
            i += mark > 0 ? mark : 1;
        }
    }
    if (kept == 0)
        return text;
    pl_buf_add(&out, text + kept, i - kept);
    return pl_buf_take(&out, arena);
}
