/* needs_words.c - names as people write them: the words of a text, and the part of a body's text that others would write.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "needs_priv.h"
#include "plumbline/net.h"

bool pl_word_fold(const char *text, size_t len, char out[PL_WORD_MAX])
{
    struct pl_arena *scratch;
    struct pl_ip ip;

    for (; len > 0 && *text == '.'; len--)
        text++;
    while (len > 0 && text[len - 1] == '.')
        len--;
    if (len == 0 || len >= PL_WORD_MAX)
        return false;
    for (size_t i = 0; i < len; i++)
        out[i] = (char)tolower((unsigned char)text[i]);
    out[len] = '\0';
    if (strchr(out, ':') == NULL || !pl_ip_parse(out, &ip))
        return true;
    scratch = pl_arena_new();
    (void)snprintf(out, PL_WORD_MAX, "%s", pl_ip_format(scratch, &ip));
    pl_arena_free(scratch);
    return true;
}

/* A pattern of hosts begins with a star that a dot or a hyphen follows
 * (https://cloud.google.com/compute/docs/reference/rest/v1/urlMaps, hostRules[].hosts[]): all that cover this host are words, too. */
static void add_patterns(struct pl_needs *needs, const char *word)
{
    const char *top = strrchr(word, '.');
    char pattern[PL_WORD_MAX];

    if (top == NULL || !isalpha((unsigned char)top[1]))
        return;
    for (const char *at = word + 1; at <= top; at++)
        if (*at == '.' || *at == '-') {
            (void)snprintf(pattern, sizeof pattern, "*%s", at);
            (void)pl_map_put(&needs->words, pattern, needs);
        }
}

static void add_word(struct pl_needs *needs, const char *text, size_t len)
{
    char word[PL_WORD_MAX];

    if (!pl_word_fold(text, len, word) || pl_map_put(&needs->words, word, needs) != NULL)
        return;
    add_patterns(needs, word);
}

/* Every run of `letters` with at least `least` colons in it. */
static void add_runs(struct pl_needs *needs, const char *text, const char *letters, size_t least)
{
    while (*text != '\0') {
        size_t len = strspn(text, letters), colons = 0;

        for (size_t i = 0; i < len; i++)
            colons += text[i] == ':';
        if (colons >= least)
            add_word(needs, text, len);
        text += len;
        text += *text != '\0';
    }
}

void pl_needs_text(struct pl_needs *needs, const char *text)
{
    if (text == NULL)
        return;
    add_runs(needs, text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.", 0);
    if (strchr(text, ':') != NULL)
        add_runs(needs, text, "abcdefABCDEF0123456789:.", 2); /* IPv6 */
}

void pl_needs_value(struct pl_needs *needs, const struct pl_value *value)
{
    if (value == NULL)
        return;
    if (value->type == PL_STRING)
        pl_needs_text(needs, value->u.string.s);
    for (size_t i = 0; value->type == PL_LIST && i < value->u.list.n; i++)
        pl_needs_value(needs, value->u.list.items[i]);
    for (size_t i = 0; value->type == PL_MAP && i < value->u.map.n; i++)
        pl_needs_value(needs, value->u.map.members[i].value);
}

/* ---- mentions ---- */

/* The part of a text that others would write: a URL's host, a link's or a name's last segment; and a newline behind it. */
static void add_mention(struct pl_buf *out, const char *text)
{
    const char *scheme = strstr(text, "://"), *last = strrchr(text, '/');
    char word[PL_WORD_MAX];

    if (scheme != NULL && strstr(text, "googleapis.com/") == NULL)
        text = scheme + 3;
    else if (last != NULL)
        text = last + 1;
    if (!pl_word_fold(text, strcspn(text, "/"), word))
        return;
    pl_buf_adds(out, word);
    pl_buf_addc(out, '\n');
}

/* The texts at "a/b", whatever lists lie on the way; those that begin with a star at "a/b/" PL_READS_PATTERNS alone. */
static void add_mentions(struct pl_buf *out, const struct pl_value *value, const char *path)
{
    size_t len = strcspn(path, "/");
    struct pl_arena *scratch;

    if (value == NULL)
        return;
    for (size_t i = 0; value->type == PL_LIST && i < value->u.list.n; i++)
        add_mentions(out, value->u.list.items[i], path);
    if (value->type == PL_LIST)
        return;
    if (*path == '\0' || strcmp(path, PL_READS_PATTERNS) == 0) {
        const char *text = pl_value_text(value);

        if (text != NULL && (*text != '*' || *path != '\0'))
            add_mention(out, text);
        return;
    }
    scratch = pl_arena_new();
    value = pl_value_member(value, pl_arena_strndup(scratch, path, len));
    pl_arena_free(scratch);
    add_mentions(out, value, path + len + (path[len] == '/'));
}

char *pl_needs_mentions(const struct pl_needs *needs, struct pl_arena *arena,
                        const struct pl_address *address, const struct pl_value *body)
{
    const struct kind_need *need = pl_need_find(needs, address->kind);
    struct pl_buf out = {0};

    for (const char *const *by = need != NULL ? need->by : NULL; by != NULL && *by != NULL; by++)
        if (strcmp(*by, PL_READS_BY_PARENT) == 0)
            add_mention(&out, address->names[0]);
        else
            add_mentions(&out, body, *by);
    return pl_buf_take(&out, arena);
}

bool pl_needs_mentioned(const struct pl_needs *needs, const char *mentions)
{
    char word[PL_WORD_MAX];

    while (*mentions != '\0' && *mentions != '\n') {
        size_t len = strcspn(mentions, "\n");

        memcpy(word, mentions, len < PL_WORD_MAX ? len : 0);
        word[len < PL_WORD_MAX ? len : 0] = '\0';
        if (pl_map_has(&needs->words, word))
            return true;
        mentions += len + (mentions[len] == '\n');
    }
    return false;
}
