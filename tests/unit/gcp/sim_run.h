/* sim_run.h - one observation against plumbline-sim, and its result as text that a test can compare.
 *
 * Header only, so that each test stays one file. The simulator is started and stopped by ../sim/child.h.
 */
#ifndef TEST_GCP_SIM_RUN_H
#define TEST_GCP_SIM_RUN_H

#include "../sim/child.h"

#include "gcp_kinds.h"
#include "harness.h"
#include "plumbline/clock.h"
#include "plumbline/gcp.h"
#include "plumbline/json.h"
#include "plumbline/snapshot.h"

#define CREDENTIAL_VARIABLES                                                                       \
    "CLOUDSDK_AUTH_ACCESS_TOKEN", "GOOGLE_APPLICATION_CREDENTIALS", "CLOUDSDK_CONFIG",             \
        "GCE_METADATA_HOST", "NO_GCE_CHECK", "GOOGLE_CLOUD_PROJECT", "GOOGLE_CLOUD_QUOTA_PROJECT", \
        "GCLOUD_PROJECT", "CLOUDSDK_CORE_PROJECT", "GOOGLE_CLOUD_UNIVERSE_DOMAIN",                 \
        "CLOUDSDK_CORE_UNIVERSE_DOMAIN", "HOME"

/* No credentials of whoever runs the tests. */
static inline void no_credentials(void)
{
    static const char *const names[] = {CREDENTIAL_VARIABLES};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        unsetenv(names[i]);
}

/* Options for a simulator: fast waits, no limit on rates. */
static inline struct pl_gcp_options sim_options(struct pl_arena *arena, const struct child *child)
{
    static const char *const projects[] = {PROJECT};
    struct pl_gcp_options o = {.projects = projects, .n_projects = 1};

    o.api_root = pl_arena_printf(arena, "http://127.0.0.1:%u", child->port);
    o.backoff_ns = 1000000;
    o.rate = 1000;
    return o;
}

static inline const struct pl_world *sim_observe(struct pl_arena *arena,
                                                 const struct pl_gcp_options *options,
                                                 struct pl_gcp_stats *stats, struct pl_err *err)
{
    struct pl_loop *loop = pl_loop_new(err);
    const struct pl_world *world;

    assert_non_null(loop);
    world = pl_gcp_observe(arena, loop, options, stats, err);
    pl_loop_free(loop);
    return world;
}

/* "kind scope.field: reason permission" a line. */
static inline const char *gaps_text(struct pl_arena *arena, const struct pl_world *world)
{
    struct pl_buf out = {0};

    for (size_t i = 0; i < world->n_unobserved; i++) {
        const struct pl_unobserved *gap = &world->unobserved[i];

        pl_buf_addf(&out, "%s %s%s%s: %s%s%s\n", gap->kind_name, gap->scope,
                    gap->field != NULL ? " " : "", gap->field != NULL ? gap->field : "",
                    gap->reason, gap->permission != NULL ? " " : "",
                    gap->permission != NULL ? gap->permission : "");
    }
    return pl_buf_take(&out, arena);
}

static inline size_t count_kind(const struct pl_world *world, const struct pl_kind *kind)
{
    size_t n = 0;

    for (size_t i = 0; i < world->n_resources; i++)
        n += world->resources[i]->address.kind == kind;
    return n;
}

#endif
