/* resp.c - replies of Redis and Valkey taken apart (RESP2, https://redis.io/docs/latest/develop/reference/protocol-spec/).
 *
 * Bounded; knows no connection. The conversation is probe_redis.c's.
 */
#include <string.h>

#include "resp_priv.h"

enum { RESP_LINE = 4096, RESP_DEPTH = 4, RESP_WORD = 64 };

/* "$12" or "*-1", up to the line's end; -2 where it is none. */
static long count_of(const char *line, size_t n)
{
    long count = 0;

    if (n == 2 && line[0] == '-' && line[1] == '1')
        return -1;
    for (size_t i = 0; i < n; i++) {
        if (line[i] < '0' || line[i] > '9' || count > PROBE_MAX_BODY)
            return -2;
        count = count * 10 + (line[i] - '0');
    }
    return n > 0 && count <= PROBE_MAX_BODY ? count : -2;
}

static long bulk_length(const char *text, size_t n, size_t head, long count)
{
    size_t whole = head + (size_t)count + 2;

    if (n < whole)
        return 0;
    return memcmp(text + whole - 2, "\r\n", 2) == 0 ? (long)whole : -1;
}

static long reply_length(const char *text, size_t n, int depth)
{
    const char *end = n > 0 ? memchr(text, '\n', n) : NULL;
    long count, used;
    size_t head;

    if (n > 0 && (text[0] == '\0' || strchr("+-:$*", text[0]) == NULL))
        return -1;
    if (end == NULL)
        return n > RESP_LINE ? -1 : 0;
    head = (size_t)(end - text) + 1;
    if (head < 3 || end[-1] != '\r')
        return -1;
    if (text[0] != '$' && text[0] != '*')
        return (long)head;
    count = count_of(text + 1, head - 3);
    if (count < -1 || depth > RESP_DEPTH)
        return -1;
    if (count < 0)
        return (long)head;
    if (text[0] == '$')
        return bulk_length(text, n, head, count);
    used = (long)head;
    for (long i = 0; i < count; i++) {
        long one = reply_length(text + used, n - (size_t)used, depth + 1);

        if (one <= 0)
            return one;
        used += one;
    }
    return used;
}

long pl_resp_length(const char *text, size_t n)
{
    return reply_length(text, n, 0);
}

const char *pl_resp_word(struct pl_arena *arena, const char *text, size_t n)
{
    const char *bulk = n > 0 ? memchr(text, '$', n) : NULL;
    const char *line = bulk != NULL ? memchr(bulk, '\n', n - (size_t)(bulk - text)) : NULL;
    long len = line != NULL ? count_of(bulk + 1, (size_t)(line - bulk) - 2) : -1;

    if (len < 0 || len > RESP_WORD || (size_t)(line + 1 - text) + (size_t)len > n)
        return "";
    return pl_arena_strndup(arena, line + 1, (size_t)len);
}

const char *pl_resp_field(struct pl_arena *arena, const char *text, size_t n, const char *key)
{
    const char *end = text + n;
    size_t len = strlen(key);

    for (const char *line = text, *next; line < end; line = next) {
        size_t left, used;

        next = memchr(line, '\n', (size_t)(end - line));
        next = next != NULL ? next + 1 : end;
        left = (size_t)(next - line);
        if (left <= len || memcmp(line, key, len) != 0 || line[len] != ':')
            continue;
        for (used = len + 1; used < left && line[used] != '\r' && line[used] != '\n'; used++)
            continue;
        return pl_arena_strndup(arena, line + len + 1, used - len - 1);
    }
    return NULL;
}
