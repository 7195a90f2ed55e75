/* diff_ignore.c - which drift is excused, and what is to be told of the rules: those that have expired, and those that excuse nothing.
 *
 * The first live rule that matches is the one that is named. A rule for something that was not observed is no unused rule: nobody
 * knows.
 */
#include "diff_priv.h"

struct rules {
    const struct pl_ignore *list;
    size_t n;
    bool *used;
    int64_t now_ns;
};

static bool is_live(const struct rules *r, size_t i)
{
    return r->now_ns < r->list[i].expires_ns;
}

/* Marks every rule that matches, so that none is called unused for standing behind another. */
static const struct pl_ignore *match(const struct rules *r, const struct pl_address *address,
                                     const struct pl_path *path)
{
    const struct pl_ignore *first = NULL;

    for (size_t i = 0; i < r->n; i++) {
        if (!is_live(r, i) || !pl_address_match(r->list[i].field, address, path))
            continue;
        r->used[i] = true;
        if (first == NULL)
            first = &r->list[i];
    }
    return first;
}

/* The whole field, or, one by one, every element of a set that differs. */
static const struct pl_ignore *excuse(const struct rules *r, const struct pl_drift *drift)
{
    const struct pl_drift_more *more = drift->more;
    const struct pl_ignore *rule = match(r, &drift->address, &drift->path), *first = NULL;

    if (rule != NULL || more == NULL)
        return rule;
    for (size_t i = 0; i < more->n_elements; i++) {
        rule = match(r, &drift->address, &more->elements[i]);
        if (rule == NULL)
            return NULL;
        if (first == NULL)
            first = rule;
    }
    return first;
}

static void tell_rules(struct pl_differ *d, const struct rules *r, struct pl_diff *out)
{
    struct pl_rule_finding *told = pl_arena_array(d->arena, r->n, sizeof *told);

    for (size_t i = 0; i < r->n; i++) {
        if (!is_live(r, i))
            told[out->n_rules++] = (struct pl_rule_finding){&r->list[i], PL_RULE_EXPIRED};
        else if (!r->used[i])
            told[out->n_rules++] = (struct pl_rule_finding){&r->list[i], PL_RULE_UNUSED};
    }
    out->rules = told;
}

void pl_differ_excuse(struct pl_differ *d, struct pl_diff *out)
{
    struct rules r = {.now_ns = d->now_ns};
    struct pl_ignored *ignored = pl_arena_array(d->arena, d->n_drift, sizeof *ignored);

    if (d->baseline != NULL) {
        r.list = d->baseline->ignores;
        r.n = d->baseline->n_ignores;
    }
    r.used = pl_arena_array(d->arena, r.n, sizeof *r.used);
    out->drift = pl_arena_array(d->arena, d->n_drift, sizeof(struct pl_drift *));
    for (size_t i = 0; i < d->n_drift; i++) {
        const struct pl_ignore *rule = excuse(&r, d->drift[i]);

        if (rule != NULL) {
            ignored[out->n_ignored++] = (struct pl_ignored){d->drift[i], rule};
            d->coverage.ignored += d->drift[i]->leaves;
        } else {
            out->drift[out->n_drift++] = d->drift[i];
            d->coverage.drift += d->drift[i]->leaves;
        }
    }
    out->ignored = ignored;
    for (size_t i = 0; i < d->n_unknown; i++)
        (void)match(&r, &d->unknown[i].address, &d->unknown[i].path);
    tell_rules(d, &r, out);
}
