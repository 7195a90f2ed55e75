/* html_gate.c - what a deploy would do: what breaks and by which of its fields, what is mended, what drift it adds or removes.
 */
#include "html_priv.h"

static const struct {
    enum pl_gate_effect effect;
    const char *title;
} parts[] = {
    {PL_GATE_BREAKS, "Would break"},
    {PL_GATE_MENDS, "Would be mended"},
    {PL_GATE_BLURS, "Cannot be told any more"},
    {PL_GATE_WRONG, "Blocked before and after: not counted"},
    {PL_GATE_UNKNOWN, "Not known before and after"},
    {PL_GATE_KEEPS, "Open before and after"},
};

size_t pl_html_n_gate(const struct pl_html_page *p)
{
    return p->run->gate ? p->run->gate->n_connections + p->run->gate->n_changes : 0;
}

static void proof(struct pl_html_page *p, const struct pl_gate_connection *c)
{
    const struct pl_explanation *e = c->proof;
    for (size_t i = 0; e && i < e->n_causes; i++)
        for (size_t j = 0; j < e->causes[i].n; j++) {
            const struct pl_drift *d = e->causes[i].drifts[j];
            pl_html(p->out,
                    "<div class=\"diff\">%s <code class=\"field\">%s</code><p><code>%s"
                    "</code></p></div>",
                    j > 0   ? "together with"
                    : i > 0 ? "or by"
                            : "by",
                    d->field, pl_words_becomes(p->arena, d, c->effect == PL_GATE_BREAKS));
        }
}

static void connection(struct pl_html_page *p, const struct pl_gate_connection *c)
{
    bool same = c->effect == PL_GATE_KEEPS || c->effect == PL_GATE_UNKNOWN;
    pl_html(p->out, "<article class=\"f s%d\"><h4><code>%s</code> ", (int)c->after->severity,
            c->after->connection->name);
    pl_html_status(p->out, c->after->status);
    pl_html(p->out, " ");
    pl_html_severity(p->out, c->after->severity);
    pl_html(p->out, "</h4>");
    if (c->after->connection->impact && c->effect == PL_GATE_BREAKS)
        pl_html(p->out, "<p class=\"impact\">%s</p>", c->after->connection->impact);
    if (!same) {
        pl_html(p->out, "<p>Before:</p>");
        pl_html_path(p, c->before);
        pl_html_breaks(p, c->before);
        pl_html(p->out, "<p>With the candidate:</p>");
        pl_html_path(p, c->after);
        pl_html_breaks(p, c->after);
        proof(p, c);
    }
    pl_html(p->out, "</article>");
}

static void connections(struct pl_html_page *p, const struct pl_gate *g)
{
    for (size_t k = 0; k < PL_LEN(parts); k++) {
        bool any = false;
        for (size_t i = 0; i < g->n_connections; i++) {
            if (g->connections[i].effect != parts[k].effect)
                continue;
            if (!any)
                pl_html(p->out, "<h3>%s</h3>", parts[k].title);
            any = true;
            connection(p, &g->connections[i]);
        }
    }
}

static void drifts(struct pl_html_page *p, const char *title, const struct pl_drift *const *list,
                   size_t n)
{
    if (n > 0)
        pl_html(p->out, "<h3>%s</h3>", title);
    for (size_t i = 0; i < n; i++) {
        pl_html(p->out, "<div class=\"f s%d\">", (int)list[i]->severity);
        pl_html_difference(p, list[i]);
        pl_html(p->out, "</div>");
    }
}

void pl_html_gate(struct pl_html_page *p)
{
    const struct pl_gate *g = p->run->gate;
    pl_html(p->out, "<ul>");
    for (size_t i = 0; i < g->n_changes; i++)
        pl_html(p->out, "<li>%s <code>%s</code>, <code>%s</code></li>", g->changes[i].action,
                g->changes[i].resource, g->changes[i].source);
    for (size_t i = 0; i < g->n_notes; i++)
        pl_html(p->out, "<li>%s</li>", g->notes[i]);
    pl_html(p->out, "</ul>");
    connections(p, g);
    drifts(p, "Drift that it adds", g->added, g->n_added);
    drifts(p, "Drift that it removes", g->removed, g->n_removed);
    if (g->n_unknown > 0)
        pl_html(p->out, "<h3>Fields that cannot be told any more</h3>");
    for (size_t i = 0; i < g->n_unknown; i++)
        pl_html(p->out, "<div class=\"row f s0\"><p><code>%s</code> %s</p></div>",
                g->unknown[i].field, g->unknown[i].why);
    pl_html(p->out, "<p>%s there before: not counted.</p>",
            pl_words_count(p->arena, g->n_kept, "drift was", "drifts were"));
}
