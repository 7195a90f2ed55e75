/* diff_rows.h - rows of a baseline, an estate and what is told of them, and pieces to write both from.
 */
#ifndef PLUMBLINE_TESTS_DIFF_ROWS_H
#define PLUMBLINE_TESTS_DIFF_ROWS_H

#include "diff_case.h"

struct row {
    const char *what, *baseline, *estate, *want;
};

/* What is told; then, with all of it reverted, that nothing of it is left. */
static inline void check(const struct row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct pl_arena *arena = pl_arena_new();
        struct pl_view *view = pl_view_new(arena, case_world(arena, rows[i].estate));
        const struct pl_baseline *b = case_baseline(arena, rows[i].baseline);
        const struct pl_diff *diff = pl_diff_baseline(arena, view, b, case_now()), *left;

        ROW("%s", rows[i].what);
        assert_string_equal(case_text(arena, diff), rows[i].want);
        for (size_t k = 0; k < diff->n_drift; k++)
            pl_diff_revert(view, diff->drift[k]);
        left = pl_diff_baseline(arena, view, b, case_now());
        assert_int_equal(left->n_drift, 0);
        assert_int_equal(left->coverage.declared, diff->coverage.declared);
        pl_arena_free(arena);
    }
}

#define AUTH(body)       THING("run.service", RUN "auth", body)
#define MAIN(body)       THING("sql.instance", SQL "main", body)
#define RULE(name, body) THING("compute.firewall", WALL name, body)
#define GAP(kind, scope, reason)                                                                   \
    "{\"unobserved\":\"" kind "\",\"scope\":\"" scope "\",\"reason\":\"" reason "\"}\n"

#define DECLARE_AUTH   "resources:\n  run.service:\n    auth:\n"
#define DECLARE_MAIN   "resources:\n  sql.instance:\n    main:\n"
#define DECLARE_POLICY "resources:\n  compute.firewallPolicy:\n    guard: {description: d}\n"
#define POLICY(place, name)                                                                        \
    THING("compute.firewallPolicy",                                                                \
          "//compute.googleapis.com/projects/p/" place "/firewallPolicies/" name, "{}")
#define DECLARE_RULE "resources:\n  compute.firewall:\n    r:\n"
#define DECLARE_ENV                                                                                \
    DECLARE_AUTH "      template:\n        containers:\n          - name: app\n            env:\n"
#define ENV(list) AUTH("{\"template\":{\"containers\":[{\"name\":\"app\",\"env\":" list "}]}}")

#endif
