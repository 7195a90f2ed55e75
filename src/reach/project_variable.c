/* project_variable.c - the variable that tells a workload's Google clients which project is theirs: set to another, they read and write there.
 *
 * What a client does without it is its own business (https://cloud.google.com/docs/authentication/application-default-credentials: the project of the credentials),
 * and whether another project is meant nobody knows from here: a risk, unless the baseline says that very value.
 */
#include <string.h>

#include "wiring_priv.h"

/* A variable and its place. */
struct variable {
    const char *name, *value, *path;
};

static bool names_project(const char *name)
{
    static const char *const words[] = {"GOOGLE_CLOUD_PROJECT", "GCLOUD_PROJECT", "GCP_PROJECT",
                                        "GOOGLE_PROJECT"};
    if (strcmp(name, "PROJECT_ID") == 0)
        return true;
    for (size_t i = 0; i < PL_LEN(words); i++)
        if (strncmp(name, words[i], strlen(words[i])) == 0)
            return true;
    return false;
}

/* What the baseline says of it: the text, "" where it only says that it is there; NULL: nothing. */
static const char *declared_value(const struct pl_expect *env, const char *name)
{
    for (size_t i = 0; env && env->items && i < env->n; i++) {
        const char *of = pl_expect_literal(pl_declared_member(env->items[i], "name"));
        const char *value = pl_expect_literal(pl_declared_member(env->items[i], "value"));
        if (of && strcmp(of, name) == 0)
            return value ? value : "";
    }
    return NULL;
}

static bool is_own_project(struct pl_trace *t, const struct pl_resource *r, const char *value)
{
    const char *number = pl_project_number(t, r->address.project);
    return strcmp(value, r->address.project) == 0 || (number && strcmp(value, number) == 0);
}

static void judge(struct pl_trace *t, const struct pl_resource *r, const struct variable *v,
                  const char *declared)
{
    bool number = *v->value && v->value[strspn(v->value, "0123456789")] == '\0';
    if (!*v->value || is_own_project(t, r, v->value) ||
        (declared && strcmp(declared, v->value) == 0))
        return;
    if (number && !pl_project_number(t, r->address.project))
        return; /* may be its own */
    pl_trace_risk(t, "project", "WIRED_TO_ANOTHER_PROJECT",
                  "%s of %s is %s, another project than its own: what it asks Google for is looked "
                  "for there",
                  v->name, pl_trace_name(t, &r->address), v->value);
    pl_trace_field(t, &r->address, v->path);
    pl_trace_evidence_text(t, &r->address, v->path, v->value, NULL);
}

static void judge_missing(struct pl_trace *t, const struct pl_resource *r, const char *container,
                          size_t index, const char *name)
{
    const char *path = pl_trace_container_path(t, container, index, name, "value");
    pl_trace_risk(t, "project", "WIRED_TO_ANOTHER_PROJECT",
                  "%s of %s is declared and not set: its clients of Google's APIs fall back to a "
                  "project of their own choice",
                  name, pl_trace_name(t, &r->address));
    pl_trace_field(t, &r->address, path);
    pl_trace_evidence_text(t, &r->address, path, "(absent)", NULL);
}

/* A container and what the baseline says of the one of its name, or of the only one. */
static const struct pl_expect *declared_env(struct pl_trace *t, const struct pl_resource *r,
                                            const char *container)
{
    const struct pl_declared *d = pl_declared_of(t, &r->address);
    const struct pl_expect *list =
        pl_declared_member(pl_declared_member(d ? d->expect : NULL, "template"), "containers");
    for (size_t i = 0; list && list->items && i < list->n; i++) {
        const char *name = pl_expect_literal(pl_declared_member(list->items[i], "name"));
        if (list->n == 1 || (name && container && strcmp(name, container) == 0))
            return pl_declared_member(list->items[i], "env");
    }
    return NULL;
}

static void judge_container(struct pl_trace *t, const struct pl_resource *r,
                            const struct pl_value *c, size_t index)
{
    const char *container = pl_value_member_text(c, "name");
    const struct pl_value *env = pl_value_member(c, "env");
    const struct pl_expect *declared = declared_env(t, r, container);
    for (size_t i = 0; i < pl_value_count(env); i++) {
        const char *name = pl_value_member_text(pl_value_item(env, i), "name");
        const char *value = pl_value_member_text(pl_value_item(env, i), "value");
        if (!name || !value || !names_project(name))
            continue;
        const struct variable v = {name, value,
                                   pl_trace_container_path(t, container, index, name, "value")};
        judge(t, r, &v, declared_value(declared, name));
    }
    for (size_t i = 0; declared && declared->items && i < declared->n; i++) {
        const char *name = pl_expect_literal(pl_declared_member(declared->items[i], "name"));
        if (name && names_project(name) && declared->items[i]->match != PL_M_ABSENT &&
            !pl_value_named(env, name))
            judge_missing(t, r, container, index, name);
    }
}

void pl_hop_project(struct pl_trace *t)
{
    const struct pl_resource *r = t->target.what == PL_TO_RUN ? t->target.resource : NULL;
    enum pl_known known;
    const struct pl_value *containers =
        r ? pl_trace_list(t, r, "template.containers", &known) : NULL;
    for (size_t i = 0; i < pl_value_count(containers); i++)
        judge_container(t, r, pl_value_item(containers, i), i);
}
