/* report_priv.h - what the writers share: the digest of a run, words for values, the pen of the terminal, Markdown's pieces.
 *
 * digest*.c group (what failed together, what to do in which order), words.c phrases, pen.c wraps and colours, markdown_piece.c
 * escapes. Writers choose the order and the place, and decide nothing about the run.
 */
#ifndef PLUMBLINE_REPORT_PRIV_H
#define PLUMBLINE_REPORT_PRIV_H

#include "plumbline/report.h"

/* ---- digest.c ---- */

/* Failures with the same causes, and those that only pass them on: one thing to mend. */
struct pl_problem {
    const struct pl_conn_result **roots; /* at least one; the same causes, or the same blockers */
    size_t n_roots, cap_roots;
    const struct pl_conn_result **cascades;
    size_t n_cascades, cap_cascades;
    enum pl_severity severity; /* the worst of all that fails with it or waits for it */
    size_t depth; /* failing connections below it, however far; 0: nothing below fails */
};

/* One thing to do; the same command is one step, whatever it mends. */
struct pl_action {
    const struct pl_remedy *remedy; /* NULL: none is known */
    const struct pl_drift **drifts;
    size_t n_drifts, cap_drifts;
    const char **mends; /* names of connections */
    size_t n_mends, cap_mends;
    size_t problem;          /* number of the first problem that wants it, from 1 */
    bool masked;             /* no cause today: will be met once the causes are mended */
    bool proven;             /* by counterfactual, for one connection at least */
    const char *label;       /* "1"; "2a": a part of what must go together */
    const char *const *with; /* labels of the steps that must go with it: a joint cause */
    size_t n_with;
    size_t ways; /* sets to choose from; over 1: any one opens the path */
};

struct pl_digest {
    struct pl_arena *arena;
    const struct pl_run *run;
    struct pl_problem *problems; /* worst first, then deepest first */
    size_t n_problems;
    size_t n_alarms; /* connections that are failing, degraded or blocked */
    size_t n_proven, n_possible, n_causeless; /* problems by what explains them */
    struct pl_action *steps;
    size_t n_steps;
    const struct pl_drift **other; /* drift that is neither a cause nor masked */
    size_t n_other, cap_other;
    const char **not_modelled; /* each sentence once */
    size_t n_not_modelled, cap_not_modelled;
    size_t by_status[PL_CONN_UNKNOWN + 1];
};

/* In the arena, which outlives it. */
struct pl_digest *pl_digest_make(struct pl_arena *arena, const struct pl_run *run);
/* The same with one connection for all that fails: for `explain`. */
struct pl_digest *pl_digest_one(struct pl_arena *arena, const struct pl_run *run,
                                const struct pl_conn_result *connection);
/* digest_steps.c: fills steps and other, from the problems. */
void pl_digest_steps(struct pl_digest *g);
bool pl_is_alarm(const struct pl_conn_result *c);
/* The rule that ignores a drift, or NULL. */
const struct pl_ignore *pl_ignored_by(const struct pl_run *run, const struct pl_drift *d);
/* The budget is what it is over: latency is worth showing. */
bool pl_is_slow(const struct pl_conn_result *c);

/* ---- words.c: phrases in the arena, unescaped ---- */

/* "0.4 ms", "912 ms", "1.25 s"; "-" where it is negative (not measured). */
const char *pl_words_ms(struct pl_arena *arena, double ms);
const char *pl_words_ns(struct pl_arena *arena, int64_t ns);
/* "1 field", "3 fields". */
const char *pl_words_count(struct pl_arena *arena, size_t n, const char *one, const char *many);
/* "a, b and c". */
const char *pl_words_list(struct pl_arena *arena, const char *const *names, size_t n);
/* A value for people: texts bare, the rest as JSON, cut behind `max` bytes; NULL: "(absent)". */
const char *pl_words_value(struct pl_arena *arena, const struct pl_value *v, size_t max);
/* "expected 5432, observed 5434", "declared, and not there", "there, and not declared". */
const char *pl_words_difference(struct pl_arena *arena, const struct pl_drift *d, size_t max);
/* "changed 2026-11-20T10:00:00Z by a@x for b@x: v1.compute.firewalls.patch"; NULL: not known. */
const char *pl_words_change(struct pl_arena *arena, const struct pl_drift *d);
/* Who depends on a drift: "2 connections hang on it: a (failing) and b (open); 1 connection waits for those: c (ok)"; NULL: nobody
 * (words_blast.c). */
const char *pl_words_blast(struct pl_arena *arena, const struct pl_drift *d);
/* "2 connections hang on it". */
const char *pl_words_affected(struct pl_arena *arena, enum pl_affected_how how, size_t n);
/* "file:12", or NULL where there is no file. */
const char *pl_words_mark(struct pl_arena *arena, const struct pl_mark *mark);
/* "run.service/auth -> sql.instance/main, port 5432, private". */
const char *pl_words_path(struct pl_arena *arena, const struct pl_connection *c);
/* "refused: the connection was refused"; what the model finds where nobody looked. */
const char *pl_words_symptom(struct pl_arena *arena, const struct pl_conn_result *c);
/* Who saw it: "probed from this machine, 3 of 3 attempts failed". */
const char *pl_words_source(struct pl_arena *arena, const struct pl_conn_result *c);
/* "every attempt within 2 s, p95 at most 500 ms"; NULL where there is no budget. */
const char *pl_words_budget(struct pl_arena *arena, const struct pl_budget *b);
/* The reason for the verdict; where it came without one, what the verdict means. */
const char *pl_words_verdict(const struct pl_explanation *e);
/* What the verdict claims about causes: "any one of these ...", "only together", ... NULL: nothing. */
const char *pl_words_claim(struct pl_arena *arena, const struct pl_explanation *e);
/* What a step does for whom: "mends a and b". */
const char *pl_words_step(struct pl_arena *arena, const struct pl_action *s);
/* What to do where no command is known: "set FIELD back to VALUE". */
const char *pl_words_by_hand(struct pl_arena *arena, const struct pl_drift *d);
/* One finding over time, behind its name; and "2 new, 5 ongoing" (text_past.c). */
const char *pl_words_past(struct pl_arena *arena, const struct pl_past_finding *f);
const char *pl_words_past_counts(struct pl_arena *arena, const struct pl_past *past);
/* The look before, where it is another than `verify`; NULL: none, or the same. And what it prints: "prints 5434 as long as it differs". */
const char *pl_precheck(const struct pl_remedy *r);
const char *pl_words_before(struct pl_arena *arena, const struct pl_remedy *r);
/* What `verify` prints: "prints 5432 once it worked; before: 5434"; NULL: not known. */
const char *pl_words_prints(struct pl_arena *arena, const struct pl_remedy *r);
/* Where Terraform sets it; that it made the resource, where it did; NULL: nowhere. */
const char *pl_words_terraform(struct pl_arena *arena, const struct pl_remedy *r);
/* "3 alarms, 1 proven cause". */
const char *pl_words_alarms(struct pl_arena *arena, const struct pl_digest *g);
/* "120 declared fields: 110 match, 5 drift, 2 ignored, 3 unknown". */
const char *pl_words_coverage(struct pl_arena *arena, const struct pl_coverage *c);
/* "redis.instance in projects/p", "iamPolicy of //run...". */
const char *pl_words_gap(struct pl_arena *arena, const struct pl_unobserved *gap);
/* "expired on 2026-01-31", "matches nothing". */
const char *pl_words_rule(struct pl_arena *arena, const struct pl_rule_finding *r);
/* Of the attempts, how many took longer than the budget, and what an impatient client calls that; NULL: cannot be said. */
const char *pl_words_impatient(struct pl_arena *arena, const struct pl_conn_result *c);
/* The phase where most of the time goes, by p95; NULL: not measured. `share` in percent of the whole. */
const struct pl_phase *pl_words_slowest(const struct pl_timings *t, int *share);
/* text_gate.c: "PRIVATE_RANGES_ONLY -> ALL_TRAFFIC", in the direction of time; `forward`: the drift is what the candidate would do. */
const char *pl_words_becomes(struct pl_arena *arena, const struct pl_drift *d, bool forward);
/* Is a remedy's text a shell command, not a sentence? */
bool pl_is_command(const char *text);

/* ---- pen.c: paragraphs on a terminal ---- */

enum pl_ink { PL_INK_PLAIN, PL_INK_BOLD, PL_INK_DIM, PL_INK_RED, PL_INK_YELLOW, PL_INK_GREEN };

struct pl_pen {
    struct pl_buf *out;
    bool color;
    enum pl_ink ink; /* what the output is in */
    int width, hang, column;
    bool open, fresh;   /* in a paragraph; nothing on its line yet */
    struct pl_buf word; /* not yet placed, with its changes of ink */
    int word_columns;
};

void pl_pen_start(struct pl_pen *pen, struct pl_buf *out, const struct pl_report_style *style);
void pl_pen_finish(struct pl_pen *pen);
/* Begins a paragraph; further lines hang at `hang`. An open one ends. */
void pl_pen_begin(struct pl_pen *pen, int indent, int hang);
/* The same with a label; the text begins at `hang`. */
void pl_pen_label(struct pl_pen *pen, int indent, int hang, const char *label);
/* Text from anywhere: escaped, broken at blanks only. */
void pl_pen_say(struct pl_pen *pen, enum pl_ink ink, const char *text);
/* The next word begins at this column, or behind a blank where that is past. */
void pl_pen_to(struct pl_pen *pen, int column);
/* One line that is never broken: commands and rows of tables. `label` may be NULL. */
void pl_pen_line(struct pl_pen *pen, int indent, int hang, const char *label, const char *text);
void pl_pen_gap(struct pl_pen *pen); /* an empty line, but not as the first */
/* A heading with an empty line before it. */
void pl_pen_heading(struct pl_pen *pen, const char *title, const char *more);
enum pl_ink pl_status_ink(enum pl_conn_status status);
/* The status for the eye: "FAILING", "ok". */
const char *pl_status_word(enum pl_conn_status status);

/* ---- text_*.c ---- */

struct pl_text {
    struct pl_pen pen;
    const struct pl_run *run;
    const struct pl_digest *digest;
    struct pl_arena *arena;
    int verbose;
};

void pl_text_problem(struct pl_text *t, const struct pl_problem *p, size_t number);
/* What was seen of one connection, from path to timings. */
void pl_text_seen(struct pl_text *t, const struct pl_conn_result *c);
/* Verdict, causes, where, what follows. */
void pl_text_why(struct pl_text *t, const struct pl_conn_result *c);
/* Nothing known explains it: what was checked and what is not modelled is then part of the answer. */
bool pl_text_is_open_question(const struct pl_explanation *e);
void pl_text_title(struct pl_text *t, const struct pl_conn_result *c, size_t number);
void pl_text_steps(struct pl_text *t);
/* check, do, verify, undo, risk; `r` NULL: what to do by hand. */
void pl_text_remedy(struct pl_text *t, int indent, const struct pl_remedy *r,
                    const struct pl_drift *d);
/* On the open line: the difference, the baseline's line, a rule that ignores it. */
void pl_text_difference(struct pl_text *t, const struct pl_drift *d);
/* Who depends on it, in a paragraph of its own; nothing where nobody does. */
void pl_text_blast(struct pl_text *t, int indent, const struct pl_drift *d);
void pl_text_unknown_connections(struct pl_text *t);
void pl_text_working(struct pl_text *t);
void pl_text_other_drift(struct pl_text *t);
void pl_text_logs(struct pl_text *t); /* text_logs.c */
void pl_text_gate(struct pl_text *t); /* text_gate.c: all of it, below the verdict */
void pl_text_past(struct pl_text *t); /* text_past.c: since the run before */
void pl_text_rest(struct pl_text *t); /* rules, unknown fields, gaps, warnings, limits, coverage */

/* ---- markdown_*.c ---- */

/* Escaped prose; mentions of people are broken up, so that nobody is called by a report. */
void pl_md_text(struct pl_buf *out, const char *text);
/* A code span outside tables; inside, pl_escape_markdown_code. */
void pl_md_code(struct pl_buf *out, const char *text);
/* A fenced block of one line. */
void pl_md_fence(struct pl_buf *out, const char *language, const char *text);
/* "#395" as it is, so that it links; anything else escaped. */
void pl_md_issue(struct pl_buf *out, const char *issue);
void pl_md_issues(struct pl_buf *out, const char *const *tracks, size_t n);
void pl_md_mark(struct pl_buf *out, struct pl_arena *arena, const struct pl_mark *mark);

/* "`a`, `b` and `c`". */
void pl_md_names(struct pl_buf *out, const char *const *names, size_t n);
/* For a table's cell. */
void pl_md_value(struct pl_buf *out, struct pl_arena *arena, const struct pl_value *v);

/* The problems in a sentence each: for whom, by what, what to do. */
void pl_md_gist(struct pl_buf *out, const struct pl_digest *g);
void pl_md_tracked(struct pl_buf *out, const struct pl_digest *g);
void pl_md_problems(struct pl_buf *out, const struct pl_digest *g);
void pl_md_steps(struct pl_buf *out, const struct pl_digest *g);
void pl_md_acceptance(struct pl_buf *out, const struct pl_digest *g);
void pl_md_drift(struct pl_buf *out, const struct pl_digest *g);
void pl_md_gaps(struct pl_buf *out, const struct pl_digest *g);
void pl_md_gate(struct pl_buf *out, struct pl_arena *arena, const struct pl_run *run);
void pl_md_past(struct pl_buf *out, const struct pl_digest *g);
void pl_md_evidence(struct pl_buf *out, const struct pl_digest *g);

/* ---- emit.c: JSON in the order in which it is written ---- */

struct pl_emit {
    struct pl_buf text; /* made harmless in pl_emit_finish */
    int depth;
    bool first;
    bool one_line;
};

/* `key` NULL: an element of a list, or the document. Texts, values and marks may be NULL: null. */
void pl_emit_open(struct pl_emit *e, const char *key, char bracket);
void pl_emit_close(struct pl_emit *e, char bracket);
void pl_emit_text(struct pl_emit *e, const char *key, const char *text);
void pl_emit_int(struct pl_emit *e, const char *key, int64_t n);
void pl_emit_bool(struct pl_emit *e, const char *key, bool b);
void pl_emit_null(struct pl_emit *e, const char *key);
/* Milliseconds to three digits; negative is null. */
void pl_emit_ms(struct pl_emit *e, const char *key, double ms);
void pl_emit_ms_list(struct pl_emit *e, const char *key, const double *ms, size_t n);
void pl_emit_value(struct pl_emit *e, const char *key, const struct pl_value *v);
void pl_emit_texts(struct pl_emit *e, const char *key, const char *const *texts, size_t n);
void pl_emit_mark(struct pl_emit *e, const char *key, const struct pl_mark *mark);
/* Appends the document: broken UTF-8 replaced, characters that a terminal would obey escaped; frees. */
void pl_emit_finish(struct pl_emit *e, struct pl_buf *out);

/* report_json.c: members and elements of section 7, also for other formats. */
void pl_emit_run(struct pl_emit *e, const struct pl_run *run);
void pl_emit_result(struct pl_emit *e, const struct pl_run *run); /* and coverage */
void pl_emit_drift(struct pl_emit *e, const char *key, const struct pl_drift *d);
void pl_emit_ignored(struct pl_emit *e, const char *key, const struct pl_ignored *ignored);
void pl_emit_gap(struct pl_emit *e, const char *key, const struct pl_unobserved *gap);
void pl_emit_unknown(struct pl_emit *e, const char *key, const struct pl_unknown *u);

/* report_connections_json.c: the list of section 7, `connections`, and one of them. */
void pl_emit_connections(struct pl_emit *e, const struct pl_run *run);
void pl_emit_connection(struct pl_emit *e, const char *key, const struct pl_conn_result *c);

/* report_logs_json.c: `log`, what was found in logs; null where none was read. */
void pl_emit_logs(struct pl_emit *e, const struct pl_logs *logs);

/* report_past_json.c: `history`; null where none was kept. */
void pl_emit_past(struct pl_emit *e, const struct pl_past *past);

/* report_gate_json.c: `gate`, only where the run is about a candidate. */
void pl_emit_gate(struct pl_emit *e, const struct pl_gate *gate);

/* report_graph_json.c: `graph`, only in reports of that command. */
void pl_emit_graph(struct pl_emit *e, const struct pl_graph *graph);

/* The writers. */
void pl_graph_dot(struct pl_buf *out, const struct pl_run *run,
                  const struct pl_report_style *style);
void pl_report_text(struct pl_buf *out, const struct pl_run *run,
                    const struct pl_report_style *style);
void pl_report_json(struct pl_buf *out, const struct pl_run *run,
                    const struct pl_report_style *style);
void pl_report_markdown(struct pl_buf *out, const struct pl_run *run,
                        const struct pl_report_style *style);
void pl_report_html(struct pl_buf *out, const struct pl_run *run,
                    const struct pl_report_style *style);
void pl_report_sarif(struct pl_buf *out, const struct pl_run *run,
                     const struct pl_report_style *style);
void pl_report_junit(struct pl_buf *out, const struct pl_run *run,
                     const struct pl_report_style *style);
void pl_report_prometheus(struct pl_buf *out, const struct pl_run *run,
                          const struct pl_report_style *style);
void pl_report_github(struct pl_buf *out, const struct pl_run *run,
                      const struct pl_report_style *style);
void pl_report_ndjson(struct pl_buf *out, const struct pl_run *run,
                      const struct pl_report_style *style);

#endif
