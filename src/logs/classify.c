/* classify.c - what a line of a log is, given the lines around it: a connection's error, one that only follows from another, a fault of the
 * program's own, nothing that was tested.
 *
 * Lines that belong together (a traceback, a test's section, an entry) are a block: one failure is told once, however many of its
 * lines say so, and an error that names nobody takes the address that a line beside it gives.
 */
#include <ctype.h>
#include <string.h>

#include "logs_priv.h"

static const char by_mock[] =
    "a mock stands in for the connection here: it says nothing of a real one";

/* ---- blocks ---- */

static void count_pending(struct pl_logs_reader *r)
{
    struct pl_block *b = &r->block;
    if (!b->waiting)
        return;
    b->waiting = false;
    b->pending.line = b->pending_line;
    b->pending.host = b->pending_host[0] ? b->pending_host : NULL;
    b->pending.family = b->pending.family ? b->pending.family : b->family;
    size_t number = pl_events_add(&r->events, &b->pending);
    b->event = number ? number : b->event;
}

void pl_block_end(struct pl_logs_reader *r)
{
    count_pending(r);
    r->block = (struct pl_block){.lines = 0};
}

/* ---- sightings ---- */

static struct pl_sighting sighting(const struct pl_logs_reader *r, enum pl_logs_class what,
                                   const char *line)
{
    return (struct pl_sighting){.what = what,
                                .line = line,
                                .after_ms = -1,
                                .source = r->source,
                                .place = r->place,
                                .test = r->test,
                                .number = r->number,
                                .time = r->time};
}

/* "tests/test_db.py::TestPool::test_connect[pg]" and "TestPool.test_connect[pg]" are one test: its function. */
static const char *function_of(const char *test, size_t *len)
{
    size_t n = strcspn(test, "[");
    const char *from = test;
    for (size_t i = 0; i < n; i++)
        if (test[i] == ':' || test[i] == '.' || test[i] == '/')
            from = test + i + 1;
    *len = n - (size_t)(from - test);
    return from;
}

static void report_test(struct pl_logs_reader *r)
{
    size_t len;
    char name[128];
    const char *function = r->test ? function_of(r->test, &len) : NULL;
    if (!function || len == 0 || len >= sizeof(name) || r->reported.n > 20000)
        return;
    memcpy(name, function, len);
    name[len] = '\0';
    (void)pl_map_put(&r->reported, name, r);
}

static bool was_reported(const struct pl_logs_reader *r, const char *test)
{
    size_t len;
    char name[128];
    const char *function = function_of(test, &len);
    if (len == 0 || len >= sizeof(name))
        return false;
    memcpy(name, function, len);
    name[len] = '\0';
    return pl_map_has(&r->reported, name);
}

void pl_classify_as(struct pl_logs_reader *r, enum pl_logs_class what, const char *line,
                    const char *why)
{
    struct pl_sighting s = sighting(r, what, line);
    s.why = why;
    (void)pl_events_add(&r->events, &s);
    report_test(r);
}

/* ---- connection errors ---- */

/* Do the lines around surely belong to one failure? Else only what is the same by itself is taken for the same. */
static bool is_one_failure(const struct pl_logs_reader *r)
{
    return r->test || r->in_entry || r->block.traceback;
}

static bool says_the_same(const struct pl_symptom_kind *kind, int code, const struct pl_sighting *s)
{
    return kind == s->kind && code == s->code;
}

static void hold(struct pl_logs_reader *r, const struct pl_sighting *s)
{
    struct pl_block *b = &r->block;
    size_t len = strlen(s->line), keep = len < PL_SHOWN_MAX ? len : PL_SHOWN_MAX - 1;
    b->waiting = true;
    b->pending = *s;
    memcpy(b->pending_line, s->line, keep);
    b->pending_line[keep] = '\0';
    b->pending_host[0] = '\0';
}

static void give_host(struct pl_block *b, const struct pl_found *found)
{
    if (found->host && found->host_len < sizeof(b->pending_host)) {
        memcpy(b->pending_host, found->host, found->host_len);
        b->pending_host[found->host_len] = '\0';
    }
    if (found->port)
        b->pending.port = found->port;
}

void pl_block_peer(struct pl_logs_reader *r, const struct pl_found *found)
{
    if (r->block.waiting && r->block.pending_host[0] == '\0')
        give_host(&r->block, found);
}

static bool same_host(const struct pl_logs_event *event, const char *host)
{
    return event->host && strcasecmp(event->host, host) == 0;
}

/* One that names its peer. What waits for an address, and says the same or less, was this one. */
static void take_named(struct pl_logs_reader *r, const struct pl_sighting *s, bool vague,
                       const struct pl_found *found)
{
    struct pl_block *b = &r->block;
    bool one = is_one_failure(r);
    if (one && vague && b->waiting && b->pending_host[0] == '\0') {
        give_host(b, found);
        return;
    }
    if (vague && b->event && same_host(&r->events.logs->events[b->event - 1], s->host)) {
        pl_events_again(&r->events, b->event, s->test);
        return;
    }
    if (one && b->waiting && says_the_same(b->pending.kind, b->pending.code, s))
        b->waiting = false;
    count_pending(r);
    b->event = pl_events_add(&r->events, s);
    b->vague = vague;
}

/* The inner exception says what happened to whom the outer one names. */
static bool refine(struct pl_logs_reader *r, const struct pl_sighting *s, bool vague)
{
    struct pl_block *b = &r->block;
    if (!b->inner || !b->vague || !b->event || vague)
        return false;
    struct pl_symptom *symptom = &r->events.logs->events[b->event - 1].symptom;
    symptom->kind = s->kind;
    symptom->code = s->code;
    b->vague = false;
    return true;
}

static void take_nameless(struct pl_logs_reader *r, const struct pl_sighting *s, bool vague)
{
    struct pl_block *b = &r->block;
    const struct pl_symptom *before =
        b->event ? &r->events.logs->events[b->event - 1].symptom : NULL;
    bool one = is_one_failure(r);
    if (refine(r, s, vague))
        return;
    if (one && before && (vague || says_the_same(before->kind, before->code, s))) {
        pl_events_again(&r->events, b->event, s->test);
        return;
    }
    if (one && b->waiting && (vague || says_the_same(b->pending.kind, b->pending.code, s)))
        return;
    count_pending(r);
    hold(r, s);
}

static void take_connection(struct pl_logs_reader *r, const char *line, size_t len,
                            struct pl_line_look *look)
{
    char host[256];
    const struct pl_row *row = look->row;
    struct pl_found *found = &look->found;
    if ((row->flags & PL_ROW_FAMILY) && !r->block.family)
        return;
    if (!found->host && (row->flags & PL_ROW_BEFORE))
        pl_locate_before(line, look->at, found);
    if (!found->host && !(row->flags & PL_ROW_ALONE))
        pl_locate(line, len, !(row->flags & PL_ROW_FORMS), found);
    struct pl_sighting s = sighting(r, PL_LOGS_CONNECTIVITY, line);
    s.kind = pl_symptom_find(row->symptom);
    s.code = found->code ? found->code : row->code;
    s.after_ms = found->ms;
    s.port = found->port;
    s.family = row->family ? row->family : r->block.family;
    if (found->host && found->host_len < sizeof(host)) {
        memcpy(host, found->host, found->host_len);
        host[found->host_len] = '\0';
        s.host = host;
    }
    report_test(r);
    if (r->block.mock || look->mocked) {
        s.what = PL_LOGS_NOT_TESTED;
        s.why = by_mock;
        (void)pl_events_add(&r->events, &s);
        return;
    }
    r->any_failed = true;
    if (s.host)
        take_named(r, &s, row->flags & PL_ROW_VAGUE, found);
    else
        take_nameless(r, &s, row->flags & PL_ROW_VAGUE);
}

/* ---- rows ---- */

static bool fails_in_block(const struct pl_block *b)
{
    return b->waiting || b->event > 0;
}

static void take_nil(struct pl_logs_reader *r, const char *line, bool mocked)
{
    if (r->block.mock || mocked)
        pl_classify_as(r, PL_LOGS_NOT_TESTED, line, by_mock);
    else if (fails_in_block(&r->block) || r->any_failed)
        pl_classify_as(r, PL_LOGS_SECONDARY, line,
                       "a value that is not there, after a connection failed");
    else
        pl_classify_as(r, PL_LOGS_NOT_INFRASTRUCTURE, line,
                       "a value that is not there; no connection failed before it in this log");
}

static void take_row(struct pl_logs_reader *r, const char *line, size_t len,
                     struct pl_line_look *look)
{
    const struct pl_row *row = look->row;
    bool quoted = r->in_pytest && !r->in_captured && !r->in_summary;
    r->found++;
    switch (row->what) {
    case PL_ROW_CONNECTION:
        take_connection(r, line, len, look);
        break;
    case PL_ROW_NIL:
        take_nil(r, line, look->mocked);
        break;
    case PL_ROW_SECONDARY:
        pl_classify_as(r, PL_LOGS_SECONDARY, line, NULL);
        break;
    case PL_ROW_OWN_FAULT:
        /* CloudSQLIPTypeError is no TypeError. */
        if (look->at > line && (isalnum((unsigned char)look->at[-1]) || look->at[-1] == '_'))
            pl_classify_as(r, PL_LOGS_UNRECOGNISED, line, NULL);
        else if (strncmp(row->pattern, "assert ", 7) != 0 || quoted)
            pl_classify_as(r, PL_LOGS_NOT_INFRASTRUCTURE, line, NULL);
        break;
    case PL_ROW_NOT_TESTED:
        pl_classify_as(r, PL_LOGS_NOT_TESTED, line, NULL);
        break;
    case PL_ROW_QUIET:
        if (r->block.waiting)
            give_host(&r->block, &look->found);
        break;
    case PL_ROW_ERROR:
        /* Words around an error that another line of the same failure says better. */
        if (!fails_in_block(&r->block) || !is_one_failure(r))
            pl_classify_as(r, PL_LOGS_UNRECOGNISED, line, NULL);
        break;
    case PL_ROW_HINT:
    case PL_ROW_MOCK:
        break;
    }
}

/* ---- structure ---- */

static bool begins(const char *line, const char *with)
{
    return strncmp(line, with, strlen(with)) == 0;
}

/* "____ TestPool.test_connect ____": the name; NULL where it is no such header. */
static const char *framed(struct pl_logs_reader *r, const char *line, size_t len, char mark)
{
    char name[256];
    size_t from = 0, to = len;
    while (from < len && line[from] == mark)
        from++;
    while (to > from && line[to - 1] == mark)
        to--;
    if (from < 3 || len - to < 3 || to - from < 3 || to - from > sizeof(name) ||
        line[from] != ' ' || line[to - 1] != ' ')
        return NULL;
    memcpy(name, line + from + 1, to - from - 2);
    name[to - from - 2] = '\0';
    return pl_events_name(&r->events, name);
}

static void begin_test(struct pl_logs_reader *r, const char *test)
{
    pl_block_end(r);
    r->test = test;
    r->in_captured = false;
}

/* pytest's sections; the summary comes last and says everything again. */
static bool is_pytest_header(struct pl_logs_reader *r, const char *line, size_t len)
{
    if (begins(line, "===")) {
        bool summary = strstr(line, " short test summary info ") != NULL;
        bool section = strstr(line, " FAILURES ") || strstr(line, " ERRORS ");
        bool last = strstr(line, " in ") && strstr(line, "s ==");
        if (!summary && !section && !last)
            return false;
        begin_test(r, NULL);
        r->in_summary = summary;
        r->in_pytest = section;
        return true;
    }
    if (!r->in_pytest)
        return false;
    if (begins(line, "___")) {
        const char *name = framed(r, line, len, '_');
        if (name)
            begin_test(r, name);
        return name != NULL;
    }
    /* "----- Captured log call -----"; "_ _ _ _ _" parts the frames of one traceback */
    if (begins(line, "---") && strstr(line, " Captured "))
        r->in_captured = true;
    return false;
}

static const char *first_word(struct pl_logs_reader *r, const char *text)
{
    char name[200];
    size_t n = strcspn(text, " \t(");
    if (n == 0 || n >= sizeof(name))
        return NULL;
    memcpy(name, text, n);
    name[n] = '\0';
    return pl_events_name(&r->events, name);
}

/* Headers of tests and tracebacks. True: the line says nothing else. */
static bool is_structure(struct pl_logs_reader *r, const char *line, size_t len)
{
    if (begins(line, "Traceback (most recent call last)")) {
        if (!r->block.chained && !r->test && !r->in_entry)
            pl_block_end(r);
        r->block.chained = false;
        r->block.traceback = true;
        return true;
    }
    if (begins(line, "During handling of the above exception") ||
        begins(line, "The above exception was the direct cause")) {
        r->block.chained = true;
        return true;
    }
    if (begins(line, "=== RUN ")) {
        begin_test(r, first_word(r, line + strspn(line + 7, " ") + 7));
        return true;
    }
    if (begins(line, "--- PASS: ") || begins(line, "--- FAIL: ")) {
        begin_test(r, NULL);
        return true;
    }
    return is_pytest_header(r, line, len);
}

/* Source code, frames and what surrounds an error are no errors, whatever words they hold. */
static bool is_source(struct pl_logs_reader *r, const char *line)
{
    bool after_file = r->after_file;
    const char *text = line + strspn(line, " ");
    r->after_file = begins(text, "File \"") && strstr(text, ", line ");
    if (r->after_file || (after_file && text - line >= 4))
        return true;
    if (begins(text, "at ") && strchr(text, ':') && text > line)
        return true;
    return r->in_pytest && !r->in_captured && !r->in_summary && !(line[0] == 'E' && line[1] == ' ');
}

/* A line of pytest's summary: "FAILED tests/test_db.py::test_connect - ConnectionRefusedError: ...", cut to the terminal's width. What was
 * read in its section is not counted again. */
static bool is_told(struct pl_logs_reader *r, const char *line)
{
    if (!r->in_summary || !(begins(line, "FAILED ") || begins(line, "ERROR ")))
        return false;
    pl_block_end(r);
    r->test = first_word(r, strchr(line, ' ') + 1);
    return r->test && was_reported(r, r->test);
}

void pl_classify_line(struct pl_logs_reader *r, char *line, size_t len)
{
    struct pl_log_time time;
    struct pl_line_look look;
    len = pl_clean_line(line, len);
    if (len == 0)
        return;
    if (!r->in_entry && pl_clean_time(line, len, &time) > 0) {
        if (!r->test)
            pl_block_end(r);
        r->time = time;
    }
    if (is_structure(r, line, len))
        return;
    if (r->block.lines++ > PL_BLOCK_LINES)
        pl_block_end(r);
    r->block.inner = begins(line + strspn(line, " "), "---> ");
    pl_finder_read(r->finder, line, len, &look);
    if (len > PL_LOOK_MAX && !look.row && !r->cut)
        r->events.logs->cut++;
    r->block.family = look.family ? look.family : r->block.family;
    r->block.mock = r->block.mock || look.mock;
    if (is_source(r, line) || is_told(r, line) || !look.row)
        return;
    take_row(r, line, len, &look);
}

bool pl_classify_text(struct pl_logs_reader *r, const char *text)
{
    struct pl_buf line = {0};
    size_t before = r->found;
    for (;;) {
        size_t n = strcspn(text, "\n");
        pl_buf_clear(&line);
        pl_buf_add(&line, text, n);
        if (n > 0)
            pl_classify_line(r, line.data, line.len);
        if (text[n] == '\0')
            break;
        text += n + 1;
    }
    pl_buf_free(&line);
    return r->found > before;
}
