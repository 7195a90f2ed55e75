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

static void stop(struct pl_html_page *p, const char *class, const char *name, const char *word)
{
    pl_html(p->out, "<li class=\"%s\"><b>%s</b><span>%s</span></li>", class, name, word);
}

static void passed(struct pl_html_page *p, size_t n)
{
    if (n > 0)
        stop(p, "pass", pl_words_count(p->arena, n, "hop", "hops"), n == 1 ? "passes" : "pass");
}

static void stops(struct pl_html_page *p, const struct pl_conn_result *c)
{
    bool drawn = false;
    size_t passing = 0;
    for (size_t i = 0; i < c->n_hops; i++) {
        const struct pl_hop *h = &c->hops[i];
        if (h->verdict == PL_HOP_NOT_APPLICABLE)
            continue;
        drawn = true;
        if (p->brief && h->verdict == PL_HOP_PASS && !h->cause) {
            passing++;
            continue;
        }
        passed(p, passing);
        passing = 0;
        stop(p, h->verdict == PL_HOP_PASS && h->cause ? "pass risk" : marks[h->verdict].class,
             h->hop, word_of(h));
    }
    passed(p, passing);
    if (!drawn)
        stop(p, "unknown", "path", "not walked");
}

void pl_html_path(struct pl_html_page *p, const struct pl_conn_result *c)
{
    const struct pl_connection *d = c->connection;
    int port = pl_connection_port(d);
    pl_html(p->out, "<ol class=\"path\" aria-label=\"Path of the connection\">");
    stop(p, "end", d->from.text, "client");
    stops(p, c);
    stop(p, "end", d->to.text, port > 0 ? pl_arena_printf(p->arena, "port %d", port) : "target");
    pl_html(p->out, "</ol>");
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
    pl_html(p->out, "<li class=\"%s%s\"><p><b>%s</b> <em>%s</em> %s", marks[h->verdict].class,
            h->verdict == PL_HOP_PASS && h->cause ? " risk" : "", h->hop, word_of(h), h->text);
    if (h->cause)
        pl_html(p->out, " <code class=\"cause\">%s%s</code>",
                h->verdict == PL_HOP_UNKNOWN ? "if it blocks: " : "", h->cause->name);
    pl_html(p->out, "</p>");
    evidence(p, h);
    pl_html(p->out, "</li>");
}

/* A hop that blocks; or one that passes with the risk that the explanation names. */
static bool matters(const struct pl_conn_result *c, const struct pl_hop *h)
{
    bool named = false;
    for (size_t i = 0; i < c->explanation.n_blockers && !named; i++)
        named = h->cause && c->explanation.blockers[i].cause == h->cause;
    return h->verdict == PL_HOP_BLOCK || (named && h->verdict != PL_HOP_NOT_APPLICABLE);
}

void pl_html_breaks(struct pl_html_page *p, const struct pl_conn_result *c)
{
    bool any = false;
    for (size_t i = 0; i < c->n_hops; i++) {
        if (!matters(c, &c->hops[i]))
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

/* "Path, proof and evidence: 4 steps, 15 hops, 2 drifts ruled out"; what there is none of is left out. */
static void summary(struct pl_html_page *p, const struct pl_conn_result *c, const char *title)
{
    const struct pl_explanation *e = &c->explanation;
    const struct {
        size_t n;
        const char *one, *many;
    } parts[] = {{e->n_proof, "step", "steps"},
                 {c->n_hops, "hop", "hops"},
                 {e->n_ruled_out, "drift ruled out", "drifts ruled out"},
                 {e->n_not_modelled, "limit of the model", "limits of the model"}};
    const char *sign = ": ";
    pl_html(p->out, "<details><summary>%s", title);
    for (size_t i = 0; i < PL_LEN(parts); i++) {
        if (parts[i].n == 0)
            continue;
        pl_html(p->out, "%s%s", sign,
                pl_words_count(p->arena, parts[i].n, parts[i].one, parts[i].many));
        sign = ", ";
    }
    pl_html(p->out, "</summary>");
}

static void all_hops(struct pl_html_page *p, const struct pl_conn_result *c)
{
    if (c->n_hops == 0 || p->brief)
        return;
    pl_html(p->out, "<h4>Every hop, on what was observed</h4><ul class=\"hops\">");
    for (size_t i = 0; i < c->n_hops; i++)
        hop(p, &c->hops[i]);
    pl_html(p->out, "</ul>");
}

void pl_html_evidence(struct pl_html_page *p, const struct pl_conn_result *c, bool with_path)
{
    const struct pl_explanation *e = &c->explanation;
    if (c->n_hops + e->n_proof + e->n_ruled_out + e->n_not_modelled == 0 && !with_path)
        return;
    summary(p, c, with_path ? "Path, proof and evidence" : "Proof and evidence");
    if (with_path) {
        pl_html_path(p, c);
        pl_html_breaks(p, c);
    }
    proof(p, e);
    all_hops(p, c);
    ruled_out(p, e);
    limits(p, e);
    pl_html(p->out, "</details>");
}
