/* credentials.c - secrets that a workload takes under the right name and from another place than the baseline wants: an older version, a secret by its
 * former name. Whoever is shown what is in there refuses it.
 *
 * That the secret is there and may be read is secrets.c's. What it holds is not looked at here: that two references hold the same value cannot be told, so
 * a difference is a risk.
 */
#include <string.h>

#include "reach_priv.h"

/* Towards a database or a cache only what is called like a password or a URL is shown. */
static bool is_shown(struct pl_trace *t, const char *name)
{
    const char *prefix = NULL;
    bool password = false;
    if (t->target.what != PL_TO_SQL && t->target.what != PL_TO_REDIS &&
        t->target.what != PL_TO_CLUSTER)
        return true;
    return pl_reach_wires(t->arena, name, &prefix, &password) &&
           (password || strstr(name, "URL") || strstr(name, "DSN") || strstr(name, "URI"));
}

/* That instances hold different values of it is secrets.c's, and says more. */
static bool told_rotated(const struct pl_trace *t)
{
    for (size_t i = 0; i < t->n_hops; i++)
        if (t->hops[i].cause &&
            strcmp(t->hops[i].cause->name, "SECRET_ROTATED_UNDER_INSTANCES") == 0)
            return true;
    return false;
}

/* `latest` is whichever was made last: today it may be the one that is declared by its number, and a number may be that of the latest. Where the
 * versions were not read nobody knows. */
static bool is_same(struct pl_trace *t, const struct pl_resource *workload,
                    const struct pl_variable *v, const char *wanted, const char *has)
{
    static const char latest[] = "latest";
    if (strcmp(wanted, has) == 0)
        return true;
    if (strcmp(wanted, latest) != 0 && strcmp(has, latest) != 0)
        return false;
    if (strcmp(has, latest) == 0 && told_rotated(t))
        return true;
    const struct pl_resource *a = pl_secret_version(t, workload, v->secret, wanted),
                             *b = pl_secret_version(t, workload, v->secret, has);
    return !a || !b || pl_address_equal(&a->address, &b->address);
}

static void judge(struct pl_trace *t, const struct pl_resource *workload,
                  const struct pl_variable *v)
{
    const struct {
        const char *path, *has;
    } parts[] = {{v->secret_path, v->secret}, {v->version_path, v->version}};
    for (size_t i = 0; i < PL_LEN(parts); i++) {
        const char *wanted =
            parts[i].path
                ? pl_declared_text_of(pl_declared_at(t, &workload->address, parts[i].path))
                : NULL;
        if (!wanted || !parts[i].has || is_same(t, workload, v, wanted, parts[i].has))
            continue;
        pl_trace_risk(t, "credential", "CREDENTIAL_NOT_AS_DECLARED",
                      "%s of %s comes from %s %s where %s is declared: what is in there may be "
                      "refused",
                      v->name, pl_trace_name(t, &workload->address), i == 0 ? "secret" : "version",
                      parts[i].has, wanted);
        pl_trace_field(t, &workload->address, parts[i].path);
        pl_trace_evidence(t, workload, parts[i].path);
    }
}

static void judge_workload(struct pl_trace *t, const struct pl_resource *workload)
{
    size_t n = 0;
    const struct pl_variable *v = pl_variables_of(t, workload, &n);
    for (size_t i = 0; i < n; i++)
        if (v[i].secret && is_shown(t, v[i].name))
            judge(t, workload, &v[i]);
}

void pl_hop_credential(struct pl_trace *t)
{
    if (t->source.what == PL_FROM_RUN && t->source.resource)
        judge_workload(t, t->source.resource);
    if (t->target.what == PL_TO_RUN && t->target.resource)
        judge_workload(t, t->target.resource);
}
