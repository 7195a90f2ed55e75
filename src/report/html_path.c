/* html_path.c - one connection's path, drawn hop by hop from client to target, with the break marked; below it what the hops say.
 *
 * A list, so that it reads in order aloud, too; every verdict is a word and a sign, never a colour alone.
 */
#include "html_priv.h"

static const struct {
    const char *class, *word;
} marks[] = {
    [PL_HOP_PASS] = {"pass", "passes"},
    [PL_HOP_BLOCK] = {"block", "blocks"},
    [PL_HOP_UNKNOWN] = {"unknown", "not known"},
    [PL_HOP_NOT_APPLICABLE] = {"na", "does not apply"},
};

static const char *word_of(const struct pl_hop *h)
{
    return h->verdict == PL_HOP_PASS && h->cause ? "a risk" : marks[h->verdict].word;
}

void pl_html_path(struct pl_html_page *p, const struct pl_conn_result *c)
{
    const struct pl_connection *d = c->connection;
    bool drawn = false;
    pl_html(p->out,
            "<ol class=\"path\" aria-label=\"Path of the connection\"><li class=\"end\"><b>"
            "%s</b><span>client</span></li>",
            d->from.text);
    for (size_t i = 0; i < c->n_hops; i++) {
        const struct pl_hop *h = &c->hops[i];
        if (h->verdict == PL_HOP_NOT_APPLICABLE)
            continue;
        drawn = true;
        pl_html(p->out, "<li class=\"%s%s\"><b>%s</b><span>%s</span></li>", marks[h->verdict].class,
                h->verdict == PL_HOP_PASS && h->cause ? " risk" : "", h->hop, word_of(h));
    }
    if (!drawn)
        pl_html(p->out, "<li class=\"unknown\"><b>path</b><span>not walked</span></li>");
    int port = pl_connection_port(d);
    pl_html(p->out, "<li class=\"end\"><b>%s</b><span>", d->to.text);
    if (port > 0)
        pl_html(p->out, "port %d", port);
    else
        pl_html(p->out, "target");
    pl_html(p->out, "</span></li></ol>");
}

static void evidence(struct pl_html_page *p, const struct pl_hop *h)
{
    if (h->n_evidence == 0)
        return;
    pl_html(p->out, "<ul class=\"ev\">");
    for (size_t i = 0; i < h->n_evidence; i++) {
        const struct pl_evidence *e = &h->evidence[i];
        pl_html(p->out, "<li>");
        if (e->field)
            pl_html(p->out, "<code>%s</code>", e->field);
        if (e->value)
            pl_html(p->out, "%s<code>%s</code>", e->field ? " = " : "",
                    pl_words_value(p->arena, pl_value_string(p->arena, e->value), 400));
        if (e->note)
            pl_html(p->out, " - %s", e->note);
        pl_html(p->out, "</li>");
    }
    pl_html(p->out, "</ul>");
}

static void hop(struct pl_html_page *p, const struct pl_hop *h)
{
    pl_html(p->out, "<li class=\"%s\"><p><b>%s</b> <em>%s</em> %s", marks[h->verdict].class, h->hop,
            word_of(h), h->text);
    if (h->cause)
        pl_html(p->out, " <code class=\"cause\">%s%s</code>",
                h->verdict == PL_HOP_UNKNOWN ? "if it blocks: " : "", h->cause->name);
    pl_html(p->out, "</p>");
    evidence(p, h);
    pl_html(p->out, "</li>");
}

void pl_html_breaks(struct pl_html_page *p, const struct pl_conn_result *c)
{
    bool any = false;
    for (size_t i = 0; i < c->n_hops; i++) {
        if (c->hops[i].verdict != PL_HOP_BLOCK)
            continue;
        if (!any)
            pl_html(p->out, "<ul class=\"hops\" aria-label=\"Where it breaks\">");
        any = true;
        hop(p, &c->hops[i]);
    }
    if (any)
        pl_html(p->out, "</ul>");
}

static void proof(struct pl_html_page *p, const struct pl_explanation *e)
{
    if (e->n_proof == 0)
        return;
    pl_html(p->out, "<h4>%s</h4><ol class=\"proof\">",
            e->verdict == PL_EXPLAIN_EXPLAINED ? "Proof, in the model" : "Reasoning, in the model");
    for (size_t i = 0; i < e->n_proof; i++)
        pl_html(p->out, "<li>%s</li>", e->proof[i].text);
    pl_html(p->out, "</ol>");
}

static void ruled_out(struct pl_html_page *p, const struct pl_explanation *e)
{
    if (e->n_ruled_out == 0)
        return;
    pl_html(p->out, "<h4>Ruled out: drift that is there and does not cause this</h4><ul>");
    for (size_t i = 0; i < e->n_ruled_out; i++)
        pl_html(p->out, "<li><code>%s</code>: %s</li>", e->ruled_out[i].drift->field,
                e->ruled_out[i].why);
    pl_html(p->out, "</ul>");
}

static void limits(struct pl_html_page *p, const struct pl_explanation *e)
{
    if (e->n_not_modelled == 0)
        return;
    pl_html(p->out, "<h4>Not modelled</h4><ul>");
    for (size_t i = 0; i < e->n_not_modelled; i++)
        pl_html(p->out, "<li>%s</li>", e->not_modelled[i]);
    pl_html(p->out, "</ul>");
}

void pl_html_evidence(struct pl_html_page *p, const struct pl_conn_result *c)
{
    const struct pl_explanation *e = &c->explanation;
    if (c->n_hops + e->n_proof + e->n_ruled_out + e->n_not_modelled == 0)
        return;
    pl_html(p->out, "<details><summary>Proof and evidence: %s, %s, %s ruled out</summary>",
            pl_words_count(p->arena, e->n_proof, "step", "steps"),
            pl_words_count(p->arena, c->n_hops, "hop", "hops"),
            pl_words_count(p->arena, e->n_ruled_out, "drift", "drifts"));
    proof(p, e);
    if (c->n_hops > 0)
        pl_html(p->out, "<h4>Every hop, on what was observed</h4><ul class=\"hops\">");
    for (size_t i = 0; i < c->n_hops; i++)
        hop(p, &c->hops[i]);
    if (c->n_hops > 0)
        pl_html(p->out, "</ul>");
    ruled_out(p, e);
    limits(p, e);
    pl_html(p->out, "</details>");
}
