/* html_rest.c - all connections in one table, and what was not looked at: unknown connections and fields, gaps, warnings, limits of the model.
 */
#include "html_priv.h"

/* ---- connections ---- */

size_t pl_html_n_connections(const struct pl_html_page *p)
{
    return p->run->n_connections;
}

static void connection(struct pl_html_page *p, const struct pl_conn_result *c)
{
    const struct pl_connection *d = c->connection;
    pl_html(p->out, "<tr class=\"f s%d\"><td>", (int)c->severity);
    pl_html_connection(p, d->name);
    pl_html(p->out, "<p>%s</p></td><td>", pl_words_path(p->arena, d));
    pl_html_status(p->out, c->status);
    pl_html(p->out, "<p>");
    pl_html_severity(p->out, c->severity);
    pl_html(p->out, "</p></td><td>%s", pl_words_symptom(p->arena, c));
    if (c->explanation.verdict != PL_EXPLAIN_NONE)
        pl_html(p->out, " <b>%s</b>", pl_explain_verdict_names[c->explanation.verdict]);
    if (c->note)
        pl_html(p->out, "<p>%s</p>", c->note);
    pl_html(p->out, "</td></tr>");
}

void pl_html_connections(struct pl_html_page *p)
{
    pl_html(p->out,
            "<div class=\"res\"><table class=\"conns\"><thead><tr><th scope=\"col\">connection</th>"
            "<th scope=\"col\">status</th><th scope=\"col\">seen</th></tr></thead><tbody>");
    for (size_t i = 0; i < p->run->n_connections; i++)
        connection(p, &p->run->connections[i]);
    pl_html(p->out, "</tbody></table></div>");
}

/* ---- not looked at ---- */

size_t pl_html_n_gaps(const struct pl_html_page *p)
{
    const struct pl_run *run = p->run;
    return 1 + run->n_unknown + run->n_unobserved; /* that there is nothing is worth saying */
}

static void heading(struct pl_html_page *p, size_t n, const char *text)
{
    if (n > 0)
        pl_html(p->out, "<h3>%s</h3>", text);
}

static void unknown(struct pl_html_page *p)
{
    const struct pl_run *run = p->run;
    heading(p, p->digest->by_status[PL_CONN_UNKNOWN], "Connections that nobody can judge");
    for (size_t i = 0; i < run->n_connections; i++) {
        const struct pl_conn_result *c = &run->connections[i];
        if (c->status == PL_CONN_UNKNOWN)
            pl_html(p->out, "<div class=\"row f s%d\"><p><code>%s</code> %s</p></div>",
                    (int)c->severity, c->connection->name,
                    c->note                 ? c->note
                    : c->explanation.reason ? c->explanation.reason
                                            : "too little was observed");
    }
    heading(p, run->n_unknown, "Declared fields that were not compared");
    for (size_t i = 0; i < run->n_unknown; i++) {
        const struct pl_unknown *u = &run->unknown[i];
        const char *mark = pl_words_mark(p->arena, &u->mark);
        pl_html(p->out, "<div class=\"row f s0\"><p><code>%s</code> %s", u->field, u->why);
        if (u->leaves > 1)
            pl_html(p->out, ", %zu fields", u->leaves);
        pl_html(p->out, "%s%s</p></div>", mark ? " · " : "", mark);
    }
}

static void unobserved(struct pl_html_page *p)
{
    const struct pl_run *run = p->run;
    heading(p, run->n_unobserved + run->unobserved_elsewhere, "Could not be read");
    for (size_t i = 0; i < run->n_unobserved; i++) {
        const struct pl_unobserved *gap = &run->unobserved[i];
        pl_html(p->out, "<div class=\"row f s0\"><p><code>%s</code> <b>%s</b> %s</p>",
                pl_words_gap(p->arena, gap), gap->reason, gap->detail);
        if (gap->permission)
            pl_html(p->out, "<p>permission: <code>%s</code></p>", gap->permission);
        pl_html_command(p->out, "Remedy", gap->remedy);
        pl_html(p->out, "</div>");
    }
    if (run->unobserved_elsewhere > 0)
        pl_html(p->out, "<p>%s in reading, where nothing is declared.</p>",
                pl_words_count(p->arena, run->unobserved_elsewhere,
                               run->n_unobserved ? "further gap" : "gap",
                               run->n_unobserved ? "further gaps" : "gaps"));
}

static void change_queries(struct pl_html_page *p)
{
    bool any = false;
    for (size_t i = 0; i < p->run->n_change_queries; i++) {
        const struct pl_change_query *q = &p->run->change_queries[i];
        if (!q->reason)
            continue;
        heading(p, !any, "Who changed it could not be looked up");
        any = true;
        pl_html(p->out, "<div class=\"row f s0\"><p><code>%s</code> <b>%s</b> %s</p>", q->project,
                q->reason, q->detail);
        if (q->permission)
            pl_html(p->out, "<p>permission: <code>%s</code></p>", q->permission);
        pl_html_command(p->out, "Remedy", q->remedy);
        pl_html_command(p->out, "Or ask", q->command);
        pl_html(p->out, "</div>");
    }
}

void pl_html_gaps(struct pl_html_page *p)
{
    const struct pl_run *run = p->run;
    bool whole = p->digest->by_status[PL_CONN_UNKNOWN] + run->n_unknown + run->n_unobserved == 0;
    pl_html(p->out, "<p class=\"lead\">%s. %s</p>", pl_words_coverage(p->arena, &run->coverage),
            whole ? "Nothing that is declared was left out."
                  : "What was not looked at is not known to be in sync.");
    unknown(p);
    unobserved(p);
    change_queries(p);
    heading(p, run->n_warnings, "Warnings");
    for (size_t i = 0; i < run->n_warnings; i++) {
        const char *mark = pl_words_mark(p->arena, &run->warnings[i].mark);
        pl_html(p->out, "<div class=\"row f s0\"><p><b>%s</b> %s</p></div>",
                mark ? mark : "baseline", run->warnings[i].text);
    }
    heading(p, p->digest->n_not_modelled, "Not modelled: what no path here knows about");
    for (size_t i = 0; i < p->digest->n_not_modelled; i++)
        pl_html(p->out, "<div class=\"row f s0\"><p>%s</p></div>", p->digest->not_modelled[i]);
}
