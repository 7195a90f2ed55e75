/* dns_answer.c - what a DNS answer holds: the records of one type, as texts (RFC 1035 section 4, RFC 2782, RFC 3596).
 *
 * Every length is checked against the message; names are c-ares', which bounds their pointers. Other sections than
 * the answer are not looked at. No socket here: probe_dns.c asks.
 */
#include <ares.h>
#include <arpa/inet.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "dns_priv.h"

enum { DNS_HEAD = 12, DNS_RECORD_HEAD = 10, DNS_MAX_ANSWERS = 256 };

struct message {
    struct pl_arena *arena;
    const unsigned char *bytes;
    size_t n;
};

/* A record's data: `len` bytes at `at`. NULL: broken. */
typedef const char *show_fn(const struct message *m, size_t at, size_t len);

static unsigned number(const struct message *m, size_t at)
{
    return (unsigned)m->bytes[at] << 8 | m->bytes[at + 1];
}

/* The name at `at`, in small letters; *used is its length there. */
static const char *name_at(const struct message *m, size_t at, size_t *used)
{
    char *text = NULL, *out;
    long taken = 0;

    if (at >= m->n ||
        ares_expand_name(m->bytes + at, m->bytes, (int)m->n, &text, &taken) != ARES_SUCCESS)
        return NULL;
    out = pl_arena_strdup(m->arena, text);
    ares_free_string(text);
    for (char *p = out; *p != '\0'; p++)
        *p = (char)tolower((unsigned char)*p);
    *used = (size_t)taken;
    return out;
}

static const char *show_address(const struct message *m, size_t at, size_t len)
{
    char text[INET6_ADDRSTRLEN];
    int family = len == 4 ? AF_INET : AF_INET6;

    if ((len != 4 && len != 16) || inet_ntop(family, m->bytes + at, text, sizeof(text)) == NULL)
        return NULL;
    return pl_arena_strdup(m->arena, text);
}

static const char *show_name(const struct message *m, size_t at, size_t len)
{
    size_t used = 0;
    const char *name = name_at(m, at, &used);

    return used == len ? name : NULL;
}

static const char *show_mx(const struct message *m, size_t at, size_t len)
{
    const char *name = len > 2 ? show_name(m, at + 2, len - 2) : NULL;

    return name != NULL ? pl_arena_printf(m->arena, "%u %s", number(m, at), name) : NULL;
}

static const char *show_srv(const struct message *m, size_t at, size_t len)
{
    const char *name = len > 6 ? show_name(m, at + 6, len - 6) : NULL;

    return name != NULL ? pl_arena_printf(m->arena, "%u %u %u %s", number(m, at), number(m, at + 2),
                                          number(m, at + 4), name)
                        : NULL;
}

/* Its strings are one text (RFC 7208 section 3.3 says so for what most of them are). */
static const char *show_txt(const struct message *m, size_t at, size_t len)
{
    struct pl_buf text = {0};
    size_t end = at + len;

    while (at < end) {
        size_t piece = m->bytes[at++];

        if (piece > end - at) {
            pl_buf_free(&text);
            return NULL;
        }
        pl_buf_add_visible(&text, (const char *)m->bytes + at, piece);
        at += piece;
    }
    return pl_buf_take(&text, m->arena);
}

/* Its first name, the primary server. */
static const char *show_soa(const struct message *m, size_t at, size_t len)
{
    size_t used = 0;
    const char *name = name_at(m, at, &used);

    return used < len ? name : NULL;
}

static const struct {
    const char *name;
    int type;
    size_t exact; /* bytes that its data always has; 0: any number */
    show_fn *show;
} types[] = {
    {"A", 1, 4, show_address}, {"NS", 2, 0, show_name},        {"CNAME", 5, 0, show_name},
    {"SOA", 6, 0, show_soa},   {"PTR", 12, 0, show_name},      {"MX", 15, 0, show_mx},
    {"TXT", 16, 0, show_txt},  {"AAAA", 28, 16, show_address}, {"SRV", 33, 0, show_srv},
};

int pl_dns_type(const char *name)
{
    for (size_t i = 0; i < PL_LEN(types); i++)
        if (strcmp(types[i].name, name) == 0)
            return types[i].type;
    return 0;
}

static const char *show(const struct message *m, int type, size_t at, size_t len)
{
    for (size_t i = 0; i < PL_LEN(types); i++)
        if (types[i].type == type)
            return types[i].exact == 0 || types[i].exact == len ? types[i].show(m, at, len) : NULL;
    return NULL;
}

/* 32 bits, of which the first is for nobody: RFC 2181 section 8. */
static void note_ttl(const struct message *m, size_t at, struct dns_facts *facts)
{
    int64_t ttl = (int64_t)number(m, at) << 16 | number(m, at + 2);

    if (ttl > INT32_MAX)
        ttl = 0;
    facts->ttl_least = ttl < facts->ttl_least ? ttl : facts->ttl_least;
    facts->ttl_most = ttl > facts->ttl_most ? ttl : facts->ttl_most;
}

static int by_text(const void *a, const void *b)
{
    const struct pl_value *const *x = a, *const *y = b;

    return strcmp((*x)->u.string.s, (*y)->u.string.s);
}

const struct pl_value *pl_dns_answers(struct pl_arena *arena, const unsigned char *bytes, size_t n,
                                      int type, struct dns_facts *facts)
{
    const struct message m = {arena, bytes, n};
    const struct pl_value **items = NULL;
    size_t n_items = 0, cap = 0, at = DNS_HEAD, used = 0;
    unsigned questions, answers;

    *facts = (struct dns_facts){.ttl_least = INT64_MAX};
    if (n < DNS_HEAD)
        return NULL;
    facts->authoritative = (bytes[2] & 0x04) != 0;
    questions = number(&m, 4);
    answers = number(&m, 6);
    for (; questions > 0; questions--) {
        if (name_at(&m, at, &used) == NULL)
            return NULL;
        at += used + 4;
    }
    for (; answers > 0 && n_items < DNS_MAX_ANSWERS; answers--) {
        size_t len;

        if (name_at(&m, at, &used) == NULL || n - at - used < DNS_RECORD_HEAD)
            return NULL;
        at += used + DNS_RECORD_HEAD;
        len = number(&m, at - 2);
        if (len > n - at)
            return NULL;
        if (number(&m, at - DNS_RECORD_HEAD) == (unsigned)type) {
            const char *text = show(&m, type, at, len);

            if (text == NULL)
                return NULL;
            note_ttl(&m, at - DNS_RECORD_HEAD + 4, facts);
            PL_PUSH(arena, items, n_items, cap, pl_value_string(arena, text));
        }
        at += len;
    }
    if (n_items > 1)
        qsort(items, n_items, sizeof(*items), by_text);
    return pl_value_list(arena, items, n_items);
}
