/* report_html.c - one page that needs nothing else: no request to anywhere, readable without its script, on a phone and on paper.
 *
 * Here stand the order of the page, its head and its policy; a section is a row. A browser that obeys the policy runs this style
 * sheet and this script and nothing else, whatever a name holds (https://www.w3.org/TR/CSP3/).
 */
#include <string.h>

#include "html_priv.h"
#include "plumbline/hash.h"

enum { BRIEF_FROM = 1000 }; /* findings: a page has to stay small enough to be searched at once */
enum about { AUDIT = 1, GATE = 2 }; /* what a run may be about */

static const struct {
    const char *id, *title;
    unsigned about;
    size_t (*count)(const struct pl_html_page *p);
    void (*write)(struct pl_html_page *p);
} sections[] = {
    {"gate", "What this deploy would do", GATE, pl_html_n_gate, pl_html_gate},
    {"steps", "What to do, in this order", AUDIT, pl_html_n_steps, pl_html_steps},
    {"problems", "Problems", AUDIT, pl_html_n_problems, pl_html_problems},
    {"graph", "Service graph", AUDIT, pl_html_n_graph, pl_html_graph},
    {"drift", "Drift", AUDIT, pl_html_n_drift, pl_html_drift},
    {"latency", "Latency", AUDIT, pl_html_n_latency, pl_html_latency},
    {"connections", "Connections", AUDIT, pl_html_n_connections, pl_html_connections},
    {"logs", "Logs", AUDIT, pl_html_n_logs, pl_html_logs},
    {"gaps", "Not looked at", AUDIT | GATE, pl_html_n_gaps, pl_html_gaps},
    {"rules", "Ignored", AUDIT, pl_html_n_rules, pl_html_rules},
    {"run", "Run and history", AUDIT | GATE, pl_html_n_run, pl_html_run},
};

/* How much a section has to say about this run; 0: it is left out. */
static size_t count(const struct pl_html_page *p, size_t i)
{
    return sections[i].about & (p->run->gate ? GATE : AUDIT) ? sections[i].count(p) : 0;
}

/* ---- head ---- */

static void head(struct pl_html_page *p)
{
    pl_html(p->out,
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src &#39;none&#39;; "
            "style-src &#39;sha256-%s&#39;; script-src &#39;sha256-%s&#39;; base-uri "
            "&#39;none&#39;; form-action &#39;none&#39;\">\n",
            pl_hash_base64(p->arena, pl_html_style, strlen(pl_html_style)),
            pl_hash_base64(p->arena, pl_html_script, strlen(pl_html_script)));
    pl_html(p->out,
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            "<meta name=\"referrer\" content=\"no-referrer\">\n"
            "<meta name=\"color-scheme\" content=\"light dark\">\n"
            "<meta name=\"generator\" content=\"plumbline %s\">\n<title>%s: %s</title>\n<style>",
            p->run->version, pl_verdict_names[p->run->verdict], p->run->reason);
    pl_buf_adds(p->out, pl_html_style);
    pl_html(p->out, "</style>\n</head>\n");
}

static void numbers(struct pl_html_page *p)
{
    const struct pl_digest *g = p->digest;
    const struct pl_coverage *c = &p->run->coverage;
    const struct {
        size_t n;
        const char *one, *many, *class;
        bool always;
    } rows[] = {
        {g->n_alarms, "alarm", "alarms", "bad", true},
        {g->n_proven, "proven cause", "proven causes", "bad", false},
        {p->run->n_drift, "drift", "drifts", "warn", true},
        {g->by_status[PL_CONN_OK], "connection seen to work", "connections seen to work", "good",
         false},
        {g->by_status[PL_CONN_OPEN], "open in the model, nobody looked",
         "open in the model, nobody looked", "", false},
        {g->by_status[PL_CONN_UNKNOWN], "connection not known", "connections not known", "warn",
         false},
        {c->match, "declared field matches", "declared fields match", "good", true},
        {c->unknown, "declared field not compared", "declared fields not compared", "warn", true},
    };
    pl_html(p->out, "<ul class=\"numbers\">");
    for (size_t i = 0; i < PL_LEN(rows); i++)
        if (rows[i].n > 0 || rows[i].always)
            pl_html(p->out, "<li class=\"%s\"><b>%zu</b> %s</li>", rows[i].n ? rows[i].class : "",
                    rows[i].n, rows[i].n == 1 ? rows[i].one : rows[i].many);
    pl_html(p->out, "</ul>");
}

static void banner(struct pl_html_page *p)
{
    const struct pl_run *run = p->run;
    const char *verdict = pl_verdict_names[run->verdict];
    pl_html(p->out,
            "<body class=\"%s\">\n<a class=\"skip\" href=\"#main\">Skip to the findings</a>\n"
            "<header class=\"%s\"><p class=\"brand\"><b>plumbline</b> %s</p>"
            "<h1><span class=\"verdict\">%s</span> %s</h1>",
            p->brief ? "brief" : "whole", verdict, run->command, verdict, run->reason);
    if (!run->gate)
        numbers(p);
    pl_html(p->out, "<dl class=\"facts\">");
    pl_html_fact(p->out, "Projects", pl_words_list(p->arena, run->projects, run->n_projects));
    pl_html_fact(p->out, "Baselines",
                 pl_words_list(p->arena, run->baseline_files, run->n_baseline_files));
    pl_html_fact(p->out, "Observed from", run->source);
    pl_html_fact(p->out, "Observed at", run->observed_at);
    pl_html_fact(p->out, "Finished at", run->finished_at);
    pl_html_fact(p->out, "Run", run->id);
    pl_html_fact(p->out, "Exit status", pl_arena_printf(p->arena, "%d", run->exit_status));
    pl_html(p->out, "</dl></header>\n");
}

/* The search is for the script to show: without it, it could do nothing. */
static void navigation(struct pl_html_page *p)
{
    pl_html(p->out, "<div class=\"bar\"><nav aria-label=\"Sections\"><ul>");
    for (size_t i = 0; i < PL_LEN(sections); i++) {
        size_t n = count(p, i);
        if (n > 0)
            pl_html(p->out, "<li><a href=\"#%s\">%s</a></li>", sections[i].id, sections[i].title);
    }
    pl_html(
        p->out,
        "</ul></nav>\n<div role=\"search\" id=\"search\" hidden><label>Search <input "
        "type=\"search\" id=\"q\""
        " autocomplete=\"off\" spellcheck=\"false\"></label> <label>Severity <select id=\"sev\">"
        "<option value=\"0\">any</option><option value=\"1\">medium and above</option>"
        "<option value=\"2\">high and above</option><option value=\"3\">critical</option>"
        "</select></label> <output id=\"found\" for=\"q sev\"></output></div></div>\n");
}

static void number_problems(struct pl_html_page *p)
{
    const struct pl_digest *g = p->digest;
    pl_map_init(&p->problems, p->arena);
    pl_map_init(&p->steps, p->arena);
    for (size_t i = 0; i < g->n_problems; i++) {
        size_t *number = PL_NEW(p->arena, size_t);
        *number = i + 1;
        for (size_t j = 0; j < g->problems[i].n_roots; j++)
            pl_map_put(&p->problems, g->problems[i].roots[j]->connection->name, number);
        for (size_t j = 0; j < g->problems[i].n_cascades; j++)
            pl_map_put(&p->problems, g->problems[i].cascades[j]->connection->name, number);
    }
    for (size_t i = g->n_steps; i > 0; i--) {
        size_t *number = PL_NEW(p->arena, size_t);
        *number = i;
        for (size_t j = 0; j < g->steps[i - 1].n_drifts; j++)
            pl_map_put(&p->steps, g->steps[i - 1].drifts[j]->field_full, number);
    }
}

void pl_report_html(struct pl_buf *out, const struct pl_run *run,
                    const struct pl_report_style *style)
{
    (void)style; /* it is read later, by others: nothing is left out */
    struct pl_arena *arena = pl_arena_new();
    struct pl_html_page p = {
        .out = out, .arena = arena, .run = run, .digest = pl_digest_make(arena, run)};
    p.brief = run->n_drift + p.digest->n_alarms > BRIEF_FROM;
    number_problems(&p);
    head(&p);
    banner(&p);
    navigation(&p);
    pl_html(out, "<main id=\"main\" tabindex=\"-1\">\n");
    for (size_t i = 0; i < PL_LEN(sections); i++) {
        size_t n = count(&p, i);
        if (n == 0)
            continue;
        pl_html(out, "<section id=\"%s\" aria-labelledby=\"h-%s\"><h2 id=\"h-%s\">%s</h2>\n",
                sections[i].id, sections[i].id, sections[i].id, sections[i].title);
        sections[i].write(&p);
        pl_html(out, "</section>\n");
    }
    pl_html(out, "</main>\n<footer><p>plumbline %s, run %s</p></footer>\n<script>", run->version,
            run->id);
    pl_buf_adds(out, pl_html_script);
    pl_html(out, "</script>\n</body>\n</html>\n");
    pl_arena_free(arena);
}
