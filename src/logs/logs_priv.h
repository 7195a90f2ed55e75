/* logs_priv.h - what the files of src/logs share: the table of matchers, the little pattern language, the events.
 *
 * sniff.c cuts a source into lines and entries, junit.c and entry.c into texts with their context, classify.c says what a line is,
 * rows*.c hold what it can be, pattern.c and locate.c find who was dialled, events.c counts, match.c joins with the baseline.
 */
#ifndef PLUMBLINE_LOGS_PRIV_H
#define PLUMBLINE_LOGS_PRIV_H

#include "plumbline/buf.h"
#include "plumbline/logs.h"
#include "plumbline/map.h"

/* ---- pattern.c ---- */

/* What a pattern picked out of a line; texts point into the line. */
struct pl_found {
    const char *host; /* or a socket path; NULL none */
    size_t host_len;
    int port, code;
    int64_t ms;  /* -1 none */
    bool secure; /* a URL of a scheme with TLS */
};

/* Matches from `at` on. A pattern is literal text (ASCII letters of any case) and
 *   %h host, IPv4 or IPv6 address   %p port   %n number (a status)   %m milliseconds   %u URL
 *   %/ unix socket path             %q an optional quotation mark    %* anything, as little as possible   %% a percent sign
 */
bool pl_pattern_match(const char *pattern, const char *at, const char *end, struct pl_found *found);
bool pl_is_host_char(char c);

/* ---- locate.c ---- */

/* Who was dialled, where the matcher itself does not say: a URL, host='..' port=.., ('..', N); where `bare`, also host:port and an address
 * among other words. */
void pl_locate(const char *line, size_t len, bool bare, struct pl_found *found);
/* "db.internal:5432" right before `at`. */
void pl_locate_before(const char *line, const char *at, struct pl_found *found);

/* ---- rows*.c ---- */

enum pl_row_class {
    PL_ROW_CONNECTION,
    PL_ROW_NIL, /* a value that is not there: secondary where a connection failed before */
    PL_ROW_SECONDARY,
    PL_ROW_OWN_FAULT,
    PL_ROW_NOT_TESTED,
    PL_ROW_ERROR, /* looks like an error; nothing more is known */
    PL_ROW_QUIET, /* says nothing by itself: its cause stands beside it, or it only says who was dialled */
    PL_ROW_HINT, /* no error: the family of the client that wrote what stands around it */
    PL_ROW_MOCK, /* no error: what stands around it was made up by a test */
};

enum {
    PL_ROW_BEFORE = 1 << 0, /* who was dialled stands before the match */
    PL_ROW_ALONE = 1 << 1,  /* the line gives nobody else: an address in it is no peer's */
    PL_ROW_FORMS = 1 << 5,  /* a bare address in the line is the client's own */
    PL_ROW_VAGUE = 1 << 2,  /* another error beside it says it better */
    PL_ROW_FAMILY =
        1 << 3, /* counts only where something beside it says what kind of client wrote it */
    PL_ROW_STATUS = 1 << 4, /* counts only with a status from 400 to 599, or a WebSocket code */
};

struct pl_row {
    const char *name;    /* for tests and maintainers: "libpq-refused" */
    const char *pattern; /* begins with at least four literal characters */
    const char *symptom; /* CONNECTION */
    enum pl_row_class what;
    int code; /* of the symptom, where the line need not say it */
    const char *family;
    unsigned flags;
};

/* In order: of several that match a line the first counts. */
struct pl_rows {
    const struct pl_row *rows;
    size_t n;
};
extern const struct pl_rows pl_rows_runtimes, pl_rows_names, pl_rows_tcp, pl_rows_quiet;
extern const struct pl_rows *const pl_row_tables[];
extern const size_t pl_row_tables_len;

/* What of a line is looked at. */
enum { PL_LOOK_MAX = 16 << 10 };

/* What the table says of one line. */
struct pl_line_look {
    const struct pl_row *row; /* NULL: no error that it knows */
    const char *at;           /* where it begins */
    struct pl_found found;
    const char *family; /* by a hint, or NULL */
    bool mock;          /* a frame of a library that stands in for connections */
    bool mocked;        /* the line itself names a mock */
};
struct pl_finder;
struct pl_finder *pl_finder_new(struct pl_arena *arena);
void pl_finder_read(const struct pl_finder *f, const char *line, size_t len,
                    struct pl_line_look *out);

/* ---- clean.c ---- */

/* A line fit to be looked at: without escape sequences of terminals, controls as blanks. Ends in NUL; returns its length. */
size_t pl_clean_line(char *line, size_t len);
/* The same freed of secrets and cut: fit to be shown. */
const char *pl_clean_shown(struct pl_arena *arena, const char *line);
/* The time at the beginning of a line. `text` as it stands there; *certain where it has a zone, then ns. False: none. */
struct pl_log_time {
    char text[40]; /* "" none */
    bool certain;
    int64_t ns;
};
/* Returns how much of the line it takes, 0 where there is none. */
size_t pl_clean_time(const char *line, size_t len, struct pl_log_time *out);

/* ---- events.c ---- */

enum { PL_LOGS_MAX_EVENTS = 2000, PL_LOGS_MAX_TESTS = 8 };

struct pl_events {
    struct pl_arena *arena;
    struct pl_logs *logs;
    struct pl_map by_key;
    struct pl_map names;      /* texts that repeat: tests, sources, places */
    struct pl_log_time *last; /* by event */
};

void pl_events_open(struct pl_events *e, struct pl_arena *arena);
struct pl_logs *pl_events_close(struct pl_events *e);

struct pl_sighting {
    enum pl_logs_class what;
    const struct pl_symptom_kind *kind;
    int code;
    int64_t after_ms;
    const char *line; /* as cleaned, not yet redacted */
    const char *why, *host;
    int port;
    const char *family, *source, *place, *test;
    size_t number;
    struct pl_log_time time;
};

/* The event's number, from 1; 0: there are too many. */
size_t pl_events_add(struct pl_events *e, const struct pl_sighting *s);
/* One more line of it, for a test (or NULL). */
void pl_events_again(struct pl_events *e, size_t number, const char *test);
const char *pl_events_name(struct pl_events *e, const char *text);

/* ---- classify.c ---- */

enum { PL_BLOCK_LINES = 120, PL_SHOWN_MAX = 600 };

/* Lines that belong together: a traceback, a test's section, an entry. */
struct pl_block {
    size_t lines;
    const char *family;
    bool mock;
    size_t event; /* the last connection error in it; 0 none */
    bool waiting; /* `pending` holds one that names nobody yet */
    struct pl_sighting pending;
    char pending_line[PL_SHOWN_MAX], pending_host[256];
    bool traceback, chained; /* it holds a traceback; the next one belongs to it */
    bool vague,
        inner; /* `event` does not say what happened; this line is the inner exception of the one before (.NET) */
};

struct pl_logs_reader {
    struct pl_arena *arena;
    struct pl_events events;
    struct pl_finder *finder;
    const char **sources;
    size_t n_sources, cap_sources;
    const char *source;
    size_t number; /* line of the source */
    struct pl_log_time time;
    const char *place; /* who wrote it: "run.service/acme/us-central1/auth", or NULL */
    const char *test;  /* running or failed, or NULL */
    size_t found;      /* lines of the entry or test under way that a row fits */
    bool any_failed;   /* a connection error was seen in this source */
    bool in_entry;     /* lines of one entry: none of them begins another */
    bool in_pytest, in_captured, in_summary, after_file;
    struct pl_block block;
    struct pl_map reported; /* functions of tests whose error was seen */
    /* sniff.c */
    struct pl_buf buf;
    enum { PL_SNIFF_START, PL_SNIFF_LINES, PL_SNIFF_ARRAY, PL_SNIFF_XML } mode;
    bool cut;  /* the line or element under way is too long: its rest is passed over */
    int depth; /* ARRAY: brackets that are open */
    bool in_text, escaped;
    struct pl_junit *junit;
};

/* One line, in place. */
void pl_classify_line(struct pl_logs_reader *r, char *line, size_t len);
/* A text of several lines: one traceback of one time and place. True where a row fits a line of it. */
bool pl_classify_text(struct pl_logs_reader *r, const char *text);
/* An error that says nothing more, or a skipped test. */
void pl_classify_as(struct pl_logs_reader *r, enum pl_logs_class what, const char *line,
                    const char *why);
/* Who was dialled by the error that still names nobody, if there is one. */
void pl_block_peer(struct pl_logs_reader *r, const struct pl_found *found);
/* Ends the block: what still names nobody is counted as that. */
void pl_block_end(struct pl_logs_reader *r);

/* ---- entry.c, junit.c ---- */

/* A line or element of JSON: false where it is none. */
bool pl_entry_text(struct pl_logs_reader *r, const char *text, size_t len);

struct pl_junit;
struct pl_junit *pl_junit_new(struct pl_logs_reader *r);
int pl_junit_feed(struct pl_junit *j, const char *bytes, size_t n, bool last,
                  struct pl_err *err) PL_MUST_USE;
void pl_junit_free(struct pl_junit *j);

#endif
