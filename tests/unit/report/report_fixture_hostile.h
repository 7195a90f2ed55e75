/* report_fixture_hostile.h - text that would be markup if a writer let it, and runs that have it in every place text comes from.
 *
 * Header only, beside report_fixture.h. A test puts `hostile_text` to one of the texts, then makes a run.
 */
#ifndef TEST_REPORT_FIXTURE_HOSTILE_H
#define TEST_REPORT_FIXTURE_HOSTILE_H

#include "report_fixture_past.h"

/* HTML: what would open an element, leave one, end an attribute, run or ask for something. */
static const char *const injections[] = {
    "<script>window.owned = 1</script>",
    "</script><script>window.owned = 1</script>",
    "</style><script>window.owned = 1</script><style>",
    "</title><script>window.owned = 1</script>",
    "\"><img src=x onerror=\"window.owned = 1\">",
    "' onmouseover='window.owned = 1' x='",
    "\" autofocus onfocus=\"window.owned = 1\" x=\"",
    "<svg onload=window.owned=1>",
    "<svg><style><img src=x onerror=window.owned=1></style></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=window.owned=1>",
    "javascript:window.owned=1",
    "#\"><base href=//127.0.0.1:1/>",
    "<meta http-equiv=refresh content='0;url=http://127.0.0.1:1/'>",
    "<link rel=stylesheet href=http://127.0.0.1:1/x.css>",
    "<iframe srcdoc='<script>parent.owned = 1</script>'></iframe>",
    "<form action=http://127.0.0.1:1/><button>go</button></form>",
    "<object data=http://127.0.0.1:1/></object>",
    "<template><script>window.owned = 1</script></template>",
    "<!-- ",
    "--> <b>bold</b>",
    "]]><b>bold</b>",
    "<?php ?>",
    "&lt;b&gt; &#60;b&#62; &amp;",
    "&#x3c;script&#x3e;",
    "%s%n%d%zu",
    "${owned} {{owned}} `owned`",
    "url(http://127.0.0.1:1/x)",
    "expression(owned)",
    "</code></pre></div></article></main>",
    "\x1b[31m\x07\r\n\t\xe2\x80\xae\xe2\x80\x8b\xef\xbb\xbf",
    ("\xff\xfe\xc0\xbc"
     "b>"),
    "",
};

/* The same for Markdown: what begins a block, what means something inside a line, what is linked by itself (GitHub flavour). */
static const char *const markdown_injections[] = {
    "# heading",
    "- item",
    "> quote",
    "1. item",
    "```",
    "~~~",
    "````\n```\n",
    "    code",
    "\tcode",
    "| a | b |",
    "a | b",
    "---",
    "===",
    "***",
    "[x](http://evil.test)",
    "![x](http://evil.test/i.png)",
    "<http://evil.test>",
    "http://evil.test/x",
    "https://evil.test",
    "www.evil.test",
    "ftp://evil.test",
    "mailto:a@evil.test",
    "somebody@evil.test",
    "@team",
    "#123",
    "**b**",
    "__b__",
    "*b",
    "_b_",
    "~~s~~",
    "`code`",
    "``",
    "`",
    "\\",
    "\\`",
    "a\\",
    "&nbsp;&lt;",
    "[x]: http://evil.test",
    "[^1]",
    "[ ] task",
    "a  \nb",
    "<b>b</b>",
    "<!-- comment",
    "--> <b>b</b>",
    "$x$",
    "$$x$$",
    ":smile:",
    "a {x}",
    "+ item",
    "1) item",
    "<script>",
    "xmpp:a@evil.test",
};

/* All that run_hostile leaves out: who changed it, who was asked, logs, further symptoms, timings. */
static void hostile_changes(struct pl_arena *a, struct pl_run *run)
{
    struct pl_change *change = PL_NEW(a, struct pl_change);
    struct pl_change_query *query = PL_NEW(a, struct pl_change_query);
    struct pl_drift *d = hostile_drift(a), *whole = drift(a, "compute.firewall/x", NULL, "{}", 3);
    *change =
        (struct pl_change){HOSTILE, texts(a, HOSTILE, NULL), 1, HOSTILE, HOSTILE, true, HOSTILE};
    *query = (struct pl_change_query){HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, false};
    d->changed_by = change;
    whole->field = whole->field_full = HOSTILE;
    remedy(a, whole, pl_arena_printf(a, "gcloud %s", HOSTILE), HOSTILE, HOSTILE, HOSTILE);
    drifted(run, (const struct pl_drift *[]){run->drift[0], run->drift[1], d, whole}, 4);
    run->change_queries = query;
    run->n_change_queries = 1;
}

static void hostile_logs(struct pl_arena *a, struct pl_run *run)
{
    struct pl_logs_event *e = pl_arena_array(a, PL_LOGS_CLASSES, sizeof(*e));
    struct pl_logs *logs = PL_NEW(a, struct pl_logs);
    *logs = (struct pl_logs){.sources = texts(a, HOSTILE, NULL),
                             .n_sources = 1,
                             .lines = 9,
                             .cut = 1,
                             .events = e,
                             .n_events = PL_LOGS_CLASSES};
    for (size_t i = 0; i < PL_LOGS_CLASSES; i++) {
        logs->counts[i] = 2;
        e[i] = (struct pl_logs_event){.what = (enum pl_logs_class)i,
                                      .symptom = symptom("refused", 0, HOSTILE),
                                      .text = HOSTILE,
                                      .why = HOSTILE,
                                      .source = HOSTILE,
                                      .line = 3,
                                      .count = 2,
                                      .first = HOSTILE,
                                      .last = HOSTILE,
                                      .tests = texts(a, HOSTILE, NULL),
                                      .n_tests = 1,
                                      .connections = texts(a, HOSTILE, NULL),
                                      .n_connections = 1,
                                      .matched_by = HOSTILE,
                                      .nearest = HOSTILE,
                                      .unmatched = HOSTILE};
    }
    run->logs = logs;
}

static void hostile_probes(struct pl_arena *a, struct pl_run *run)
{
    static const double samples[] = {1, 20, 300};
    struct pl_conn_result *r = pl_arena_array(a, 2, sizeof(*r));
    struct pl_phase *phase = PL_NEW(a, struct pl_phase);
    struct pl_symptom *also = PL_NEW(a, struct pl_symptom);
    r[0] = run->connections[0];
    *also = r[0].symptom;
    also->seen_from = HOSTILE;
    r[0].also = also;
    r[0].n_also = 1;
    *phase = (struct pl_phase){HOSTILE, 1, 2, 3};
    struct pl_probe_result *p = probe(a, &r[0], 3, 0, 20);
    p->timings.samples_ms = samples;
    p->timings.n_samples = PL_LEN(samples);
    p->timings.phases = phase;
    p->timings.n_phases = 1;
    p->target = p->note = HOSTILE;
    r[0].probe = p;
    r[1] = r[0];
    r[1].status = PL_CONN_UNKNOWN;
    run->connections = r;
    run->n_connections = 2;
}

static inline struct pl_run *hostile_audit(struct pl_arena *a)
{
    struct pl_run *run = run_hostile(a);
    hostile_changes(a, run);
    hostile_logs(a, run);
    hostile_probes(a, run);
    return run;
}

static inline struct pl_run *hostile_gate(struct pl_arena *a)
{
    struct pl_run *run = run_hostile(a);
    struct pl_gate *g = PL_NEW(a, struct pl_gate);
    struct pl_gate_change *change = PL_NEW(a, struct pl_gate_change);
    struct pl_gate_connection *c = PL_NEW(a, struct pl_gate_connection);
    *change = (struct pl_gate_change){HOSTILE, HOSTILE, HOSTILE};
    *c = (struct pl_gate_connection){PL_GATE_BREAKS, &run->connections[0], &run->connections[0],
                                     &run->connections[0].explanation};
    *g = (struct pl_gate){.changes = change,
                          .n_changes = 1,
                          .notes = texts(a, HOSTILE, NULL),
                          .n_notes = 1,
                          .connections = c,
                          .n_connections = 1,
                          .added = run->drift,
                          .n_added = 1,
                          .removed = run->drift,
                          .n_removed = 1,
                          .unknown = run->unknown,
                          .n_unknown = 1};
    run->gate = g;
    return run;
}

static inline struct pl_run *hostile_past(struct pl_arena *a)
{
    return run_past_of(a, HOSTILE);
}

#endif
