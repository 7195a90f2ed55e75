/* variables.c - the environment variables of a workload, one by one, with the path of each. Decides nothing.
 */
#include "reach_priv.h"

static void take_reference(struct pl_trace *t, struct pl_variable *v, const struct pl_value *source,
                           const char *path)
{
    const struct pl_value *ref = pl_value_member(source, "secretKeyRef");
    if (!ref)
        return;
    v->secret = pl_value_member_text(ref, "secret");
    v->version = pl_value_member_text(ref, "version");
    v->secret_path = pl_arena_printf(t->arena, "%s.secretKeyRef.secret", path);
    v->version_path = pl_arena_printf(t->arena, "%s.secretKeyRef.version", path);
}

const struct pl_variable *pl_variables_of(struct pl_trace *t, const struct pl_resource *workload,
                                          size_t *n)
{
    struct pl_variable *list = NULL;
    size_t cap = 0;
    const struct pl_value *containers = pl_trace_list(t, workload, "template.containers", NULL);
    *n = 0;
    for (size_t i = 0; i < pl_value_count(containers); i++) {
        const struct pl_value *c = pl_value_item(containers, i), *env = pl_value_member(c, "env");
        const char *container = pl_value_member_text(c, "name");
        for (size_t j = 0; j < pl_value_count(env); j++) {
            const struct pl_value *e = pl_value_item(env, j);
            const char *name = pl_value_member_text(e, "name");
            struct pl_variable v = {.name = name, .value = pl_value_member_text(e, "value")};
            if (!name)
                continue;
            v.path = pl_trace_container_path(t, container, i, name, "value");
            take_reference(t, &v, pl_value_member(e, "valueSource"),
                           pl_trace_container_path(t, container, i, name, "valueSource"));
            PL_PUSH(t->arena, list, *n, cap, v);
        }
    }
    return list;
}
