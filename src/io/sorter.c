/* sorter.c - an external merge sort: runs of records that fit into memory, each sorted and spooled, then read side by side.
 *
 * Where all fits nothing is spooled. Which records belong together is their owner's business.
 */
#include "plumbline/sorter.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "plumbline/buf.h"
#include "plumbline/spool.h"

/* A record of the run under way: its key and itself are one piece of `bytes`. */
struct entry {
    size_t at, key_len, len;
};

/* A spooled run while it is read. */
struct run {
    struct pl_spool *spool;
    struct pl_sorted next;
    bool more;
};

struct pl_sorter {
    size_t memory, n, n_entries, cap_entries, n_runs, cap_runs;
    struct pl_buf bytes, packed;
    struct entry *entries;
    struct run *runs;
    size_t read;      /* entries that were read, where nothing is spooled */
    struct run *last; /* whose record the reader still has */
    bool sorted, reading;
};

struct pl_sorter *pl_sorter_new(size_t memory)
{
    struct pl_sorter *sorter = pl_xrealloc(NULL, sizeof *sorter);

    *sorter = (struct pl_sorter){.memory = memory};
    return sorter;
}

void pl_sorter_free(struct pl_sorter *sorter)
{
    if (sorter == NULL)
        return;
    for (size_t i = 0; i < sorter->n_runs; i++)
        pl_spool_free(sorter->runs[i].spool);
    pl_buf_free(&sorter->bytes);
    pl_buf_free(&sorter->packed);
    pl_xfree(sorter->entries);
    pl_xfree(sorter->runs);
    pl_xfree(sorter);
}

/* ---- runs ---- */

static int by_bytes(const char *a, size_t a_len, const char *b, size_t b_len)
{
    int order = memcmp(a, b, a_len < b_len ? a_len : b_len);

    return order != 0 ? order : (a_len > b_len) - (a_len < b_len);
}

static int by_key(const void *va, const void *vb, void *arg)
{
    const struct entry *a = va, *b = vb;
    const char *bytes = ((const struct pl_sorter *)arg)->bytes.data;
    int order = by_bytes(bytes + a->at, a->key_len, bytes + b->at, b->key_len);

    return order != 0 ? order : (a->at > b->at) - (a->at < b->at);
}

/* The length of the key, then both as they lie. */
static void spool_entry(struct pl_sorter *sorter, struct pl_spool *spool, const struct entry *e)
{
    const uint64_t key_len = e->key_len;

    pl_buf_clear(&sorter->packed);
    pl_buf_add(&sorter->packed, &key_len, sizeof key_len);
    pl_buf_add(&sorter->packed, sorter->bytes.data + e->at, e->key_len + e->len);
    pl_spool_add(spool, sorter->packed.data, sorter->packed.len);
}

static int advance(struct run *run, struct pl_err *err)
{
    const char *text = NULL;
    uint64_t key_len = 0;
    size_t len = 0;
    int got = pl_spool_next(run->spool, &text, &len, err);

    run->more = got > 0;
    if (got <= 0)
        return got;
    memcpy(&key_len, text, sizeof key_len);
    run->next = (struct pl_sorted){.key = text + sizeof key_len, .key_len = (size_t)key_len};
    run->next.record = run->next.key + key_len;
    run->next.len = len - sizeof key_len - (size_t)key_len;
    return 0;
}

static int rewind_runs(struct pl_sorter *sorter, struct pl_err *err)
{
    for (size_t i = 0; i < sorter->n_runs; i++) {
        pl_spool_rewind(sorter->runs[i].spool);
        if (advance(&sorter->runs[i], err) < 0)
            return -1;
    }
    return 0;
}

/* The least record of all runs; of equal ones that of the earliest run. */
static int next_of_runs(struct pl_sorter *sorter, struct pl_sorted *out, struct pl_err *err)
{
    struct run *least = NULL;

    if (sorter->last != NULL && advance(sorter->last, err) < 0)
        return -1;
    for (struct run *r = sorter->runs; r < sorter->runs + sorter->n_runs; r++)
        if (r->more && (least == NULL || by_bytes(r->next.key, r->next.key_len, least->next.key,
                                                  least->next.key_len) < 0))
            least = r;
    sorter->last = least;
    if (least != NULL)
        *out = least->next;
    return least != NULL;
}

static void sort_entries(struct pl_sorter *sorter)
{
    if (sorter->n_entries > 1)
        qsort_r(sorter->entries, sorter->n_entries, sizeof *sorter->entries, by_key, sorter);
}

/* What is in memory becomes a run. */
static void flush(struct pl_sorter *sorter)
{
    struct pl_spool *spool = pl_spool_new();

    sort_entries(sorter);
    for (size_t i = 0; i < sorter->n_entries; i++)
        spool_entry(sorter, spool, &sorter->entries[i]);
    if (sorter->n_runs == sorter->cap_runs) {
        sorter->cap_runs = sorter->cap_runs < 16 ? 16 : sorter->cap_runs * 2;
        sorter->runs = pl_xrealloc(sorter->runs, sorter->cap_runs * sizeof *sorter->runs);
    }
    sorter->runs[sorter->n_runs++] = (struct run){.spool = spool};
    sorter->n_entries = 0;
    pl_buf_clear(&sorter->bytes);
}

/* ---- in and out ---- */

void pl_sorter_add(struct pl_sorter *sorter, const char *key, size_t key_len, const char *record,
                   size_t len)
{
    struct entry entry = {sorter->bytes.len, key_len, len};

    if (sorter->n_entries > 0 && sorter->bytes.len + key_len + len > sorter->memory) {
        flush(sorter);
        entry.at = 0;
    }
    if (sorter->n_entries == sorter->cap_entries) {
        sorter->cap_entries = sorter->cap_entries < 64 ? 64 : sorter->cap_entries * 2;
        sorter->entries =
            pl_xrealloc(sorter->entries, sorter->cap_entries * sizeof *sorter->entries);
    }
    pl_buf_add(&sorter->bytes, key, key_len);
    pl_buf_add(&sorter->bytes, record, len);
    sorter->entries[sorter->n_entries++] = entry;
    sorter->n++;
}

/* From the first record on. */
static int begin(struct pl_sorter *sorter, struct pl_err *err)
{
    if (!sorter->sorted && sorter->n_runs == 0)
        sort_entries(sorter);
    else if (!sorter->sorted)
        flush(sorter);
    sorter->sorted = sorter->reading = true;
    sorter->read = 0;
    sorter->last = NULL;
    return rewind_runs(sorter, err);
}

void pl_sorter_rewind(struct pl_sorter *sorter)
{
    sorter->reading = false;
}

int pl_sorter_next(struct pl_sorter *sorter, struct pl_sorted *out, struct pl_err *err)
{
    const struct entry *e;

    if (!sorter->reading && begin(sorter, err) < 0)
        return -1;
    if (sorter->n_runs > 0)
        return next_of_runs(sorter, out, err);
    if (sorter->read == sorter->n_entries)
        return 0;
    e = &sorter->entries[sorter->read++];
    *out =
        (struct pl_sorted){.key = sorter->bytes.data + e->at, .key_len = e->key_len, .len = e->len};
    out->record = out->key + e->key_len;
    return 1;
}
