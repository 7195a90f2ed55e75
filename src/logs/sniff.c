/* sniff.c - a source as it comes, in pieces of any size: what sort it is, and where its lines and entries end.
 *
 * Nothing of it is kept but the line under way, whose length is bounded: the rest of a longer one is passed over.
 */
#include <string.h>

#include "logs_priv.h"

/* Cloud Logging's entries have at most 256 KB (https://cloud.google.com/logging/quotas). */
enum { MAX_LINE = 320 << 10, MAX_ELEMENT = 1 << 20, LOOK = 512 };

struct pl_logs_reader *pl_logs_reader_new(struct pl_arena *arena)
{
    struct pl_logs_reader *r = PL_NEW(arena, struct pl_logs_reader);
    r->arena = arena;
    r->finder = pl_finder_new(arena);
    pl_events_open(&r->events, arena);
    pl_map_init(&r->reported, arena);
    return r;
}

void pl_logs_begin(struct pl_logs_reader *r, const char *name, const char *place)
{
    r->source = pl_arena_strdup(r->arena, name);
    PL_PUSH(r->arena, r->sources, r->n_sources, r->cap_sources, r->source);
    r->mode = PL_SNIFF_START;
    r->number = 0;
    r->test = NULL;
    r->place = place ? pl_arena_strdup(r->arena, place) : NULL;
    r->time = (struct pl_log_time){.ns = 0};
    r->in_pytest = r->in_captured = r->in_summary = r->after_file = r->any_failed = false;
    r->cut = r->in_text = r->escaped = false;
    r->depth = 0;
    pl_map_init(&r->reported, r->arena);
}

/* ---- lines ---- */

static void end_line(struct pl_logs_reader *r)
{
    r->number++;
    r->events.logs->lines++;
    if (r->cut)
        r->events.logs->cut++;
    size_t lead = strspn(pl_buf_str(&r->buf), " \t");
    bool entry = !r->cut && r->buf.len > lead && r->buf.data[lead] == '{' &&
                 pl_entry_text(r, r->buf.data + lead, r->buf.len - lead);
    if (!entry && r->buf.len > 0)
        pl_classify_line(r, r->buf.data, r->buf.len);
    pl_buf_clear(&r->buf);
    r->cut = false;
}

static void feed_lines(struct pl_logs_reader *r, const char *bytes, size_t n)
{
    while (n > 0) {
        const char *newline = memchr(bytes, '\n', n);
        size_t len = newline ? (size_t)(newline - bytes) : n;
        size_t room = MAX_LINE - r->buf.len;
        r->cut = r->cut || len > room;
        pl_buf_add(&r->buf, bytes, len < room ? len : room);
        if (!newline)
            return;
        end_line(r);
        bytes += len + 1;
        n -= len + 1;
    }
}

/* ---- a JSON array of entries, as gcloud's --format=json writes it ---- */

static void end_element(struct pl_logs_reader *r)
{
    if (r->cut || !pl_entry_text(r, pl_buf_str(&r->buf), r->buf.len))
        r->events.logs->cut++;
    pl_buf_clear(&r->buf);
    r->cut = false;
}

static void feed_array(struct pl_logs_reader *r, const char *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        char c = bytes[i];
        if (c == '\n') {
            r->number++;
            r->events.logs->lines++;
        }
        if (r->depth > 1) {
            r->cut = r->cut || r->buf.len >= MAX_ELEMENT;
            if (!r->cut)
                pl_buf_addc(&r->buf, c);
        }
        if (r->in_text) {
            r->in_text = r->escaped || c != '"';
            r->escaped = !r->escaped && c == '\\';
        } else if (c == '"') {
            r->in_text = true;
        } else if (c == '{' || c == '[') {
            if (r->depth++ == 1)
                pl_buf_addc(&r->buf, c);
        } else if ((c == '}' || c == ']') && r->depth > 0 && --r->depth == 1) {
            end_element(r);
        }
    }
}

/* ---- what it is ---- */

static size_t blank(const char *s, size_t len)
{
    size_t n = len >= 3 && memcmp(s, "\xef\xbb\xbf", 3) == 0 ? 3 : 0; /* a byte order mark */
    while (n < len && memchr(" \t\r\n", s[n], 4))
        n++;
    return n;
}

/* A line may begin with '[' (a level, a time) and with '<' (a priority of syslog): only what cannot be one is something else. */
static void decide(struct pl_logs_reader *r, const struct pl_buf *held)
{
    const char *s = pl_buf_str(held);
    size_t at = blank(s, held->len), left = held->len - at;
    r->mode = PL_SNIFF_LINES;
    if (left > 0 && s[at] == '[') {
        size_t next = at + 1 + blank(s + at + 1, left - 1);
        if (next < held->len && (s[next] == '{' || s[next] == ']'))
            r->mode = PL_SNIFF_ARRAY;
    } else if ((left >= 5 && memcmp(s + at, "<?xml", 5) == 0) ||
               (left >= 10 && memcmp(s + at, "<testsuite", 10) == 0)) {
        r->mode = PL_SNIFF_XML;
        r->junit = pl_junit_new(r);
    }
}

static int feed_decided(struct pl_logs_reader *r, const char *bytes, size_t n, struct pl_err *err)
{
    if (r->mode == PL_SNIFF_XML)
        return pl_junit_feed(r->junit, bytes, n, false, err);
    (r->mode == PL_SNIFF_ARRAY ? feed_array : feed_lines)(r, bytes, n);
    return 0;
}

/* What was held back until it was known what it is. */
static int feed_held(struct pl_logs_reader *r, struct pl_err *err)
{
    struct pl_buf held = r->buf;
    r->buf = (struct pl_buf){0};
    decide(r, &held);
    int status = feed_decided(r, pl_buf_str(&held), held.len, err);
    pl_buf_free(&held);
    return status;
}

int pl_logs_feed(struct pl_logs_reader *r, const char *bytes, size_t n, struct pl_err *err)
{
    if (r->mode != PL_SNIFF_START)
        return feed_decided(r, bytes, n, err);
    pl_buf_add(&r->buf, bytes, n);
    return r->buf.len < LOOK ? 0 : feed_held(r, err);
}

int pl_logs_finish(struct pl_logs_reader *r, struct pl_err *err)
{
    int status = r->mode == PL_SNIFF_START ? feed_held(r, err) : 0;
    if (r->mode == PL_SNIFF_XML) {
        if (status == 0)
            status = pl_junit_feed(r->junit, "", 0, true, err);
        pl_junit_free(r->junit);
        r->junit = NULL;
    } else if (r->mode == PL_SNIFF_ARRAY && r->depth > 0) {
        status = pl_err_set(err, PL_E_PARSE, "%s:%zu: the JSON array of log entries is not closed",
                            r->source, r->number + 1);
    } else if (r->buf.len > 0 && r->mode == PL_SNIFF_LINES) {
        end_line(r);
    }
    pl_block_end(r);
    pl_buf_free(&r->buf);
    return status;
}

struct pl_logs *pl_logs_end(struct pl_logs_reader *r)
{
    struct pl_logs *logs = pl_events_close(&r->events);
    logs->sources = r->sources;
    logs->n_sources = r->n_sources;
    pl_buf_free(&r->buf);
    pl_junit_free(r->junit);
    return logs;
}
