/* finder.c - which row of the table a line fits: one walk over the line, whatever the number of rows.
 *
 * Every pattern begins with at least four literal characters: these four are its key in a hash table, and only where they stand in
 * the line is the whole pattern tried.
 */
#include <ctype.h>
#include <string.h>

#include "logs_priv.h"

enum { KEY = 4, SLOTS = 1 << 14 };

struct pl_finder {
    const struct pl_row **rows; /* all tables, one after the other */
    uint16_t *next;             /* row of the same slot, index + 1 */
    size_t n;
    uint16_t head[SLOTS];
};

static uint32_t lower4(const char *s)
{
    uint32_t key = 0;
    for (size_t i = 0; i < KEY; i++)
        key = key << 8 | (uint32_t)tolower((unsigned char)s[i]);
    return key;
}

static size_t slot_of(uint32_t key)
{
    return (key * UINT32_C(2654435761)) >> 18; /* Knuth's multiplicative hash, 14 bits of it */
}

struct pl_finder *pl_finder_new(struct pl_arena *arena)
{
    struct pl_finder *f = PL_NEW(arena, struct pl_finder);
    size_t all = 0;
    for (size_t t = 0; t < pl_row_tables_len; t++)
        all += pl_row_tables[t]->n;
    f->rows = pl_arena_array(arena, all, sizeof(*f->rows));
    f->next = pl_arena_array(arena, all, sizeof(*f->next));
    for (size_t t = 0; t < pl_row_tables_len; t++)
        for (size_t i = 0; i < pl_row_tables[t]->n; i++)
            f->rows[f->n++] = &pl_row_tables[t]->rows[i];
    /* Backwards, so that a slot's chain is in the table's order. */
    for (size_t i = f->n; i-- > 0;) {
        size_t slot = slot_of(lower4(f->rows[i]->pattern));
        f->next[i] = f->head[slot];
        f->head[slot] = (uint16_t)(i + 1);
    }
    return f;
}

/* Does it count, given what it found? */
static bool counts(const struct pl_row *row, const struct pl_found *found)
{
    if (!(row->flags & PL_ROW_STATUS))
        return true;
    int code = found->code ? found->code : row->code;
    if (strcmp(row->symptom, "websocket_closed") == 0)
        return code > 1001 && code < 5000; /* 1000, 1001: as agreed (RFC 6455, section 7.4.1) */
    return (code >= 400 && code <= 599) || (code == 0 && strcmp(row->symptom, "http_status") != 0);
}

static void try_slot(const struct pl_finder *f, size_t slot, const char *at, const char *end,
                     size_t *best, struct pl_line_look *out)
{
    struct pl_found found;
    for (size_t i = f->head[slot]; i > 0; i = f->next[i - 1]) {
        const struct pl_row *row = f->rows[i - 1];
        bool hint = row->what == PL_ROW_HINT || row->what == PL_ROW_MOCK;
        if ((!hint && i >= *best) || !pl_pattern_match(row->pattern, at, end, &found) ||
            !counts(row, &found))
            continue;
        if (row->what == PL_ROW_HINT) {
            out->family = row->family;
        } else if (row->what == PL_ROW_MOCK) {
            *(row->flags & PL_ROW_ALONE ? &out->mocked : &out->mock) = true;
        } else {
            *best = i;
            out->row = row;
            out->at = at;
            out->found = found;
        }
    }
}

void pl_finder_read(const struct pl_finder *f, const char *line, size_t len,
                    struct pl_line_look *out)
{
    const char *end = line + (len < PL_LOOK_MAX ? len : PL_LOOK_MAX);
    size_t best = f->n + 1;
    uint32_t key = 0;
    *out = (struct pl_line_look){.row = NULL};
    for (const char *at = line; at < end; at++) {
        key = key << 8 | (uint32_t)tolower((unsigned char)*at);
        if (at - line >= KEY - 1 && f->head[slot_of(key)])
            try_slot(f, slot_of(key), at - (KEY - 1), end, &best, out);
    }
}
