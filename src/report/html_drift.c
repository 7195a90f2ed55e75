/* html_drift.c - what differs, resource by resource, expected and observed side by side; then what rules ignore, and the rules themselves.
 *
 * Listed, not blamed: what explains a failure says which.
 */
#include <string.h>

#include "html_priv.h"
#include "plumbline/map.h"

/* The drifts of one resource, in the run's order. */
struct group {
    const char *name;
    const struct pl_drift **drifts;
    size_t n, cap;
};

static const char *resource_of(struct pl_html_page *p, const struct pl_drift *d)
{
    const char *colon = d->path.n ? strchr(d->field, ':') : NULL;
    return colon ? pl_arena_strndup(p->arena, d->field, (size_t)(colon - d->field)) : d->field;
}

size_t pl_html_n_drift(const struct pl_html_page *p)
{
    return p->run->n_drift;
}

static void explains(struct pl_html_page *p, const struct pl_drift *d)
{
    size_t step = pl_html_step_of(p, d);
    if (d->n_explains > 0) {
        pl_html(p->out, ", explains ");
        pl_html_connections_named(p, d->explains, d->n_explains);
    }
    if (step)
        pl_html(p->out, ", <a href=\"#s%zu\">step %s</a>", step, p->digest->steps[step - 1].label);
}

/* Who depends on it, whether it fails now or not; of thousands, how many. */
static void blast(struct pl_html_page *p, const struct pl_drift *d)
{
    const char *between = "<p class=\"by\">";
    for (int how = 0; how <= PL_AFFECTED_UPSTREAM; how++) {
        size_t n = 0, said = 0;
        for (size_t i = 0; i < d->n_affects; i++)
            n += d->affects[i].how == (enum pl_affected_how)how;
        if (n == 0)
            continue;
        pl_buf_adds(p->out, between);
        between = "; ";
        pl_html(p->out, "%s", pl_words_affected(p->arena, (enum pl_affected_how)how, n));
        for (size_t i = 0; !p->brief && i < d->n_affects; i++) {
            if (d->affects[i].how != (enum pl_affected_how)how)
                continue;
            pl_html(p->out, said++ ? ", " : ": ");
            pl_html_connection(p, d->affects[i].name);
            pl_html(p->out, " ");
            pl_html_status(p->out, d->affects[i].status);
        }
    }
    if (*between == ';')
        pl_html(p->out, "</p>");
}

static void remedies(struct pl_html_page *p, const struct pl_drift *d)
{
    if (pl_html_step_of(p, d) || d->n_remedies == 0)
        return;
    for (size_t i = 0; p->brief && i < d->n_remedies; i++)
        pl_html(p->out, "<pre><code>%s</code></pre>", d->remedies[i].command);
    if (p->brief)
        return;
    pl_html(p->out, "<details><summary>To bring it back</summary>");
    for (size_t i = 0; i < d->n_remedies; i++)
        pl_html_remedy(p, &d->remedies[i], d);
    pl_html(p->out, "</details>");
}

static void row(struct pl_html_page *p, const struct pl_drift *d, const char *resource)
{
    const char *change = pl_words_change(p->arena, d), *mark = pl_words_mark(p->arena, &d->mark);
    const char *path = d->field + strlen(resource);
    pl_html(p->out, "<tr class=\"f s%d\"><td>", (int)d->severity);
    if (*path)
        pl_html(p->out, "<code>%s</code>", path + 1);
    else
        pl_html(p->out, "<i>the whole resource</i>");
    pl_html(p->out, "<p>");
    pl_html_severity(p->out, d->severity);
    pl_html(p->out, " %s", pl_drift_status_names[d->status]);
    explains(p, d);
    pl_html(p->out, "%s%s%s%s</p>", mark ? " · " : "", mark, change ? " · " : "", change);
    blast(p, d);
    remedies(p, d);
    pl_html(p->out, "</td><td>");
    if (d->expected || d->path.n > 0)
        pl_html_value(p, d->expected);
    else
        pl_html(p->out, "<i>not declared</i>");
    pl_html(p->out, "</td><td>");
    if (d->observed || d->path.n > 0)
        pl_html_value(p, d->observed);
    else
        pl_html(p->out, "<i>not there</i>");
    pl_html(p->out, "</td></tr>");
}

static void group(struct pl_html_page *p, const struct group *g)
{
    pl_html(p->out,
            "<div class=\"res\"><table><thead><tr><th scope=\"col\"><code>%s</code></th>"
            "<th scope=\"col\">expected</th><th scope=\"col\">observed</th></tr></thead><tbody>",
            g->name);
    for (size_t i = 0; i < g->n; i++)
        row(p, g->drifts[i], g->name);
    pl_html(p->out, "</tbody></table></div>");
}

void pl_html_drift(struct pl_html_page *p)
{
    struct pl_map groups;
    pl_map_init(&groups, p->arena);
    for (size_t i = 0; i < p->run->n_drift; i++) {
        const struct pl_drift *d = p->run->drift[i];
        const char *name = resource_of(p, d);
        struct group *g = pl_map_get(&groups, name);
        if (!g) {
            g = PL_NEW(p->arena, struct group);
            g->name = name;
            pl_map_put(&groups, name, g);
        }
        PL_PUSH(p->arena, g->drifts, g->n, g->cap, d);
    }
    pl_html(p->out,
            "<p class=\"lead\">Drift that explains nothing is listed, not blamed: a visible "
            "difference is not a cause.%s</p>",
            p->brief ? " There is much of it: each has the command that brings it back; how to "
                       "verify it and to undo it is in -o json."
                     : "");
    for (size_t i = 0; i < groups.n; i++)
        group(p, groups.entries[i].value);
}

/* ---- rules ---- */

size_t pl_html_n_rules(const struct pl_html_page *p)
{
    return p->run->n_ignored + p->run->n_rules;
}

void pl_html_rules(struct pl_html_page *p)
{
    const struct pl_run *run = p->run;
    for (size_t i = 0; i < run->n_rules; i++) {
        const struct pl_rule_finding *r = &run->rules[i];
        pl_html(p->out,
                "<div class=\"row f s0\"><p><b>rule</b> <code>%s</code> %s</p><p class=\"by\">"
                "%s, %s</p></div>",
                r->rule->field, pl_words_rule(p->arena, r), pl_words_mark(p->arena, &r->rule->mark),
                r->rule->owner);
    }
    for (size_t i = 0; i < run->n_ignored; i++) {
        const struct pl_ignored *x = &run->ignored[i];
        pl_html(p->out,
                "<div class=\"row f s0\"><p><b>ignored</b> <code>%s</code> %s</p><p class=\"by\">"
                "%s (%s, %s, until %s)</p></div>",
                x->drift->field, pl_words_difference(p->arena, x->drift, 200), x->rule->reason,
                pl_words_mark(p->arena, &x->rule->mark), x->rule->owner, x->rule->expires);
    }
}
