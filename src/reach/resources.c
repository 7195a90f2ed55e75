/* resources.c - what was given to a service, a database or a cache, where that is less than the baseline wants: memory, CPUs, a tier.
 *
 * C7: a container over its memory is stopped, and its requests are answered 500 or 503; too few CPUs show as slow
 * (https://docs.cloud.google.com/run/docs/troubleshooting). Whether it was too little no configuration says: a risk, and only where it is less than
 * was meant.
 */
#include <stdlib.h>
#include <string.h>

#include "reach_priv.h"

/* Reads a text as an amount; 0 where it is none. */
typedef double amount_fn(const char *text);

static double bytes(const char *text)
{
    int64_t n = 0;
    return pl_size_parse(text, &n) ? (double)n : 0;
}

/* "2", "0.5", "1000m". */
static double cpus(const char *text)
{
    char *end = NULL;
    double n = strtod(text, &end);
    if (end == text || n <= 0)
        return 0;
    return *end == '\0' ? n : strcmp(end, "m") == 0 ? n / 1000 : 0;
}

/* Memory of a tier in MB: db-custom-CPUS-MB and the named ones (https://cloud.google.com/sql/docs/postgres/instance-settings). */
static double tier(const char *text)
{
    static const struct {
        const char *begin;
        double each;
    } named[] = {{"db-n1-standard-", 3840}, {"db-n1-highmem-", 6656}};
    static const char custom[] = "db-custom-";
    const char *mb = strrchr(text, '-');
    if (strncmp(text, custom, sizeof(custom) - 1) == 0)
        return strtod(mb + 1, NULL);
    if (strcmp(text, "db-f1-micro") == 0)
        return 614;
    if (strcmp(text, "db-g1-small") == 0)
        return 1740;
    for (size_t i = 0; i < PL_LEN(named); i++)
        if (strncmp(text, named[i].begin, strlen(named[i].begin)) == 0)
            return named[i].each * strtod(text + strlen(named[i].begin), NULL);
    return 0;
}

static double plain(const char *text)
{
    return strtod(text, NULL);
}

/* One field of one resource against what is declared of it; `meant` is the path in the declaration. */
static void judge(struct pl_trace *t, const struct pl_resource *r, const char *path,
                  const struct pl_address *declared, const char *meant, amount_fn *amount)
{
    const char *wanted = pl_declared_text_of(pl_declared_at(t, declared, meant));
    const struct pl_value *v = NULL;
    if (!wanted || pl_view_read(t->view, r, path, &v) != PL_PRESENT)
        return;
    int64_t n = 0;
    const char *has = pl_value_text(v);
    if (!has && pl_value_as_int(v, &n))
        has = pl_arena_printf(t->arena, "%lld", (long long)n);
    if (!has || amount(has) <= 0 || amount(has) >= amount(wanted))
        return;
    pl_trace_risk(t, "resources", "RESOURCES_LOWERED", "%s has %s where %s is declared",
                  t->target.shown, has, wanted);
    pl_trace_field(t, &r->address, path);
    pl_trace_evidence(t, r, path);
}

/* Did no revision ever become ready? What never ran did not run out of anything. */
static bool never_ran(struct pl_trace *t)
{
    const char *state = pl_trace_text(t, t->target.resource, "terminalCondition.state", NULL);
    return state && strcmp(state, "CONDITION_FAILED") == 0 &&
           !pl_trace_text(t, t->target.resource, "latestReadyRevision", NULL);
}

static void judge_service(struct pl_trace *t)
{
    static const struct {
        const char *last;
        amount_fn *amount;
    } limits[] = {{"limits.memory", bytes}, {"limits.cpu", cpus}};
    struct pl_serving s = pl_serving_of(t, t->target.resource);
    const struct pl_value *containers =
        s.resource ? pl_trace_list(t, s.resource, pl_serving_path(t, &s, "containers"), NULL)
                   : NULL;
    for (size_t i = 0; i < pl_value_count(containers); i++) {
        const struct pl_value *c = pl_value_item(containers, i);
        const char *name = pl_value_member_text(c, "name");
        const char *at = pl_serving_container_path(t, &s, c, i, "resources"),
                   *meant = pl_trace_container_path(t, name, i, NULL, "resources");
        for (size_t k = 0; k < PL_LEN(limits); k++)
            judge(t, s.resource, pl_arena_printf(t->arena, "%s.%s", at, limits[k].last),
                  &t->target.resource->address,
                  pl_arena_printf(t->arena, "%s.%s", meant, limits[k].last), limits[k].amount);
    }
}

void pl_hop_resources(struct pl_trace *t)
{
    const struct pl_resource *r = t->target.resource;
    if (!r)
        return;
    if (t->target.what == PL_TO_RUN) {
        if (!never_ran(t))
            judge_service(t);
    } else if (t->target.what == PL_TO_SQL) {
        judge(t, r, "settings.tier", &r->address, "settings.tier", tier);
    } else if (t->target.what == PL_TO_REDIS) {
        judge(t, r, "memorySizeGb", &r->address, "memorySizeGb", plain);
    }
}
