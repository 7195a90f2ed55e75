/* wired_secrets.c - which secrets a connection's wiring takes its target from: those that --read-secrets reads, and no other.
 * Beside them those that a called service must have alike with others (shared_secrets.c).
 */
#include <string.h>

#include "plumbline/payload.h"
#include "wiring_priv.h"

struct asked {
    struct pl_arena *arena;
    struct pl_map seen;
    struct pl_address *list;
    size_t n, cap;
};

static void add(struct asked *a, const struct pl_resource *r)
{
    if (r && !pl_map_put(&a->seen, pl_address_full(a->arena, &r->address), a))
        PL_PUSH(a->arena, a->list, a->n, a->cap, r->address);
}

static void add_shared(void *arg, const struct pl_resource *version)
{
    add(arg, version);
}

/* The version that is taken, the newest, which a stale one is told by, and the one that the baseline declares in its place. */
static void add_versions(struct asked *a, struct pl_trace *t, const struct pl_wire *w)
{
    const struct pl_resource *from = t->source.resource;
    add(a, pl_secret_version(t, from, w->secret, w->version));
    add(a, pl_secret_version(t, from, w->secret, "latest"));
    if (w->declared_version)
        add(a, pl_secret_version(t, from, w->secret, w->declared_version));
}

const struct pl_address *pl_reach_secrets(struct pl_arena *arena, struct pl_view *view,
                                          const struct pl_connection *const *connections, size_t n,
                                          const struct pl_baseline *declared, size_t *n_out)
{
    struct asked a = {.arena = arena};
    pl_map_init(&a.seen, arena);
    for (size_t i = 0; i < n; i++) {
        struct pl_trace t = {.arena = arena,
                             .view = view,
                             .base = pl_view_bare(arena, view),
                             .connection = connections[i],
                             .declared = declared};
        struct pl_wires wires;
        bool password = false;
        pl_source_find(&t);
        pl_target_find(&t);
        pl_wires_secret(&t, &wires);
        for (size_t j = 0; j < wires.n; j++) {
            add_versions(&a, &t, &wires.list[j]);
            password = password || wires.list[j].role == PL_ROLE_PASSWORD ||
                       wires.list[j].role == PL_ROLE_URL;
        }
        pl_shared_secrets(&t, add_shared, &a);
        if (password && t.target.what == PL_TO_REDIS && t.target.resource &&
            pl_trace_bool(&t, t.target.resource, "authEnabled") == PL_YES)
            add(&a, t.target.resource);
    }
    *n_out = a.n;
    return a.list;
}
