/* diff_case.h - a baseline and an estate as texts, compared, and what came of it as lines of text.
 *
 * Lines: "changed FIELD: EXPECTED -> OBSERVED (N)", "ignored FIELD", "unknown FIELD: WHY (N)", "rule FIELD: expired|unused", and at the
 * end "declared = match + drift + ignored + unknown".
 */
#ifndef DIFF_CASE_H
#define DIFF_CASE_H

#include "harness.h"

#include <stdio.h>
#include <string.h>

#include "plumbline/clock.h"
#include "plumbline/diff.h"
#include "plumbline/expect.h"
#include "plumbline/json.h"
#include "plumbline/snapshot.h"

#define RUN   "//run.googleapis.com/projects/p/locations/l/services/"
#define SQL   "//sqladmin.googleapis.com/projects/p/instances/"
#define REDIS "//redis.googleapis.com/projects/p/locations/l/instances/"
#define WALL  "//compute.googleapis.com/projects/p/global/firewalls/"

/* One line of an estate. */
#define THING(kind, name, body)                                                                    \
    "{\"kind\":\"" kind "\",\"name\":\"" name "\",\"resource\":" body "}\n"
#define HEADER "{\"plumbline_snapshot\":\"1.0\",\"projects\":[\"p\"]}\n"
#define TOP    "version: 1\nproject: p\nlocation: l\n"

static inline const struct pl_world *case_world(struct pl_arena *arena, const char *lines)
{
    struct pl_err err = {0};
    const char *text = pl_arena_printf(arena, "%s%s", HEADER, lines);
    const struct pl_world *world = pl_snapshot_read(arena, "estate", text, strlen(text), &err);

    if (world == NULL)
        fail_msg("%s", err.text);
    return world;
}

static inline const struct pl_baseline *case_baseline(struct pl_arena *arena, const char *yaml)
{
    char *dir = harness_temp_dir();
    const char *path = harness_path(arena, dir, "base.yaml");
    struct pl_baseline_options options = {.paths = &path, .n_paths = 1};
    const struct pl_baseline *baseline;
    struct pl_err err = {0};

    harness_write(path, pl_arena_printf(arena, "%s%s", TOP, yaml));
    baseline = pl_baseline_read(arena, &options, &err);
    harness_remove(dir);
    if (baseline == NULL)
        fail_msg("%s", err.text);
    return baseline;
}

static inline int64_t case_now(void)
{
    int64_t now = 0;

    assert_int_equal(pl_clock_parse("2026-11-20T10:00:00Z", &now), 0);
    return now;
}

static inline const char *case_json(struct pl_arena *arena, const struct pl_value *v)
{
    return v != NULL ? pl_json_text(arena, v) : "-";
}

static inline char *case_text(struct pl_arena *arena, const struct pl_diff *diff)
{
    static const char *const states[] = {"expired", "unused"};
    const struct pl_coverage *c = &diff->coverage;
    struct pl_buf out = {0};

    for (size_t i = 0; i < diff->n_drift; i++) {
        const struct pl_drift *d = diff->drift[i];

        pl_buf_addf(&out, "%s %s: %s -> %s (%zu)\n", pl_drift_status_names[d->status], d->field,
                    case_json(arena, d->expected), case_json(arena, d->observed), d->leaves);
        if (d->elsewhere != NULL)
            pl_buf_addf(&out, "  elsewhere %s\n", d->elsewhere);
    }
    for (size_t i = 0; i < diff->n_ignored; i++)
        pl_buf_addf(&out, "ignored %s\n", diff->ignored[i].drift->field);
    for (size_t i = 0; i < diff->n_unknown; i++)
        pl_buf_addf(&out, "unknown %s: %s (%zu)\n", diff->unknown[i].field, diff->unknown[i].why,
                    diff->unknown[i].leaves);
    for (size_t i = 0; i < diff->n_rules; i++)
        pl_buf_addf(&out, "rule %s: %s\n", diff->rules[i].rule->field,
                    states[diff->rules[i].state]);
    pl_buf_addf(&out, "%zu = %zu + %zu + %zu + %zu", c->declared, c->match, c->drift, c->ignored,
                c->unknown);
    return pl_buf_take(&out, arena);
}

#endif
