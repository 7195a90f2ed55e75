/* html_priv.h - the HTML report: what its files share. Markup is written by pl_html alone, which escapes whatever is put into it.
 *
 * report_html.c holds the order of the page; a section is a function with a row there. html_style.css and html_script.js are put
 * into every report as they stand. Names from outside never become ids, classes or links: those are numbers of ours.
 */
#ifndef PLUMBLINE_HTML_PRIV_H
#define PLUMBLINE_HTML_PRIV_H

#include "plumbline/map.h"
#include "report_priv.h"

struct pl_html_page {
    struct pl_buf *out;
    struct pl_arena *arena;
    const struct pl_run *run;
    const struct pl_digest *digest;
    struct pl_map problems; /* names of connections that fail: number of the problem, from 1 */
    struct pl_map steps;    /* full fields of drift: number of the first step, from 1 */
    bool
        brief; /* thousands of findings: hops that pass are counted, drift that explains nothing has its command alone */
};

/* ---- html_piece.c ---- */

/* Markup with holes, as printf: %s is text, escaped and made visible (NULL: nothing), %d, %zu, %%; no other. */
void pl_html(struct pl_buf *out, const char *markup, ...) PL_PRINTF(2, 3);
/* <span class="st failing">failing</span> */
void pl_html_status(struct pl_buf *out, enum pl_conn_status status);
void pl_html_severity(struct pl_buf *out, enum pl_severity severity);
/* A cell or a span's inside: the value as code, or what there is instead of one. */
void pl_html_value(struct pl_html_page *p, const struct pl_value *v);
/* <dt>label<dd>text; nothing where there is no text. */
void pl_html_fact(struct pl_buf *out, const char *label, const char *text);
/* A remedy's parts, each command one to copy. `r` NULL: what to do by hand. */
void pl_html_remedy(struct pl_html_page *p, const struct pl_remedy *r, const struct pl_drift *d);
/* A command to copy, or a sentence; nothing for NULL. */
void pl_html_command(struct pl_buf *out, const char *label, const char *text);
/* expected and observed beside each other, the baseline's line, who changed it. */
void pl_html_difference(struct pl_html_page *p, const struct pl_drift *d);
/* The connection's name, as a link to its problem where it has one. */
void pl_html_connection(struct pl_html_page *p, const char *name);
/* As pl_html_connection for several: "a, b and c". */
void pl_html_connections_named(struct pl_html_page *p, const char *const *names, size_t n);
/* Number of the problem that a connection belongs to, from 1; 0: it fails in none. */
size_t pl_html_problem_of(const struct pl_html_page *p, const char *connection);
/* Number of the step that mends a drift, from 1; 0: none does. */
size_t pl_html_step_of(const struct pl_html_page *p, const struct pl_drift *d);

/* ---- sections: each says how much it has to say (0: left out), and says it ---- */

size_t pl_html_n_problems(const struct pl_html_page *p);
void pl_html_problems(struct pl_html_page *p);
size_t pl_html_n_steps(const struct pl_html_page *p);
void pl_html_steps(struct pl_html_page *p);
size_t pl_html_n_graph(const struct pl_html_page *p);
void pl_html_graph(struct pl_html_page *p);
size_t pl_html_n_connections(const struct pl_html_page *p);
void pl_html_connections(struct pl_html_page *p);
size_t pl_html_n_latency(const struct pl_html_page *p);
void pl_html_latency(struct pl_html_page *p);
size_t pl_html_n_drift(const struct pl_html_page *p);
void pl_html_drift(struct pl_html_page *p);
size_t pl_html_n_gaps(const struct pl_html_page *p);
void pl_html_gaps(struct pl_html_page *p);
size_t pl_html_n_logs(const struct pl_html_page *p);
void pl_html_logs(struct pl_html_page *p);
size_t pl_html_n_gate(const struct pl_html_page *p);
void pl_html_gate(struct pl_html_page *p);
size_t pl_html_n_run(const struct pl_html_page *p);
void pl_html_run(struct pl_html_page *p);
/* html_past.c: the part of pl_html_run about earlier runs. */
void pl_html_past(struct pl_html_page *p);
/* "new", "since 2026-11-20T10:00:00Z", for a connection that fails; nothing where no history was kept. */
void pl_html_since(struct pl_html_page *p, const struct pl_conn_result *c);
size_t pl_html_n_rules(const struct pl_html_page *p);
void pl_html_rules(struct pl_html_page *p);

/* ---- html_path.c: one connection's path, hop by hop ---- */

/* Client, hops and target in a row; the break is marked. */
void pl_html_path(struct pl_html_page *p, const struct pl_conn_result *c);
/* What the hops that block or are not known say, with their evidence. */
void pl_html_breaks(struct pl_html_page *p, const struct pl_conn_result *c);
/* Every hop with its evidence, the proof, what was ruled out: behind a summary; the path itself, too, where that is wanted. */
void pl_html_evidence(struct pl_html_page *p, const struct pl_conn_result *c, bool with_path);

/* ---- html_assets.c ---- */

extern const char pl_html_style[], pl_html_script[]; /* NUL-terminated */

#endif
