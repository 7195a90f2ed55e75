/* report_fixture_past.h - the bad night with earlier runs behind it: what is new, what stands longer, what is gone, a fix that held.
 *
 * Header only, beside report_fixture.h. `text` stands in every place text comes from, where it is given.
 */
#ifndef TEST_REPORT_FIXTURE_PAST_H
#define TEST_REPORT_FIXTURE_PAST_H

#include "report_fixture.h"

static inline struct pl_past_finding past_of(enum pl_past_state state, enum pl_past_what what,
                                             const char *name, const char *text)
{
    return (struct pl_past_finding){.what = what,
                                    .name = name,
                                    .label = text ? text : name,
                                    .id = "id",
                                    .status = "failing",
                                    .text = text ? text : "refused",
                                    .severity = PL_SEV_HIGH,
                                    .state = state,
                                    .first_seen = text ? text : "2026-11-18T10:00:00Z",
                                    .last_seen = text ? text : "2026-11-19T10:00:00Z",
                                    .runs = 3,
                                    .same = 2,
                                    .window = "..xx"};
}

static inline struct pl_run *run_past_of(struct pl_arena *a, const char *text)
{
    struct pl_run *run = run_night(a);
    struct pl_past *past = PL_NEW(a, struct pl_past);
    struct pl_past_finding *f = pl_arena_array(a, 6, sizeof(*f));
    struct pl_past_run *trend = pl_arena_array(a, 12, sizeof(*trend));
    struct pl_fix *fixes = pl_arena_array(a, 1, sizeof(*fixes));
    f[0] = past_of(PL_PAST_NEW, PL_PAST_CONNECTION, "auth-to-db", text);
    f[1] = past_of(PL_PAST_ONGOING, PL_PAST_CONNECTION, "web-to-auth", text);
    f[2] = past_of(PL_PAST_CHANGED, PL_PAST_CONNECTION, "worker-to-api", text);
    f[3] = past_of(PL_PAST_RESOLVED, PL_PAST_CONNECTION, "here-to-web", text);
    f[4] = past_of(PL_PAST_UNKNOWN, PL_PAST_DRIFT, "redis.instance/cache:tier", text);
    f[5] = past_of(PL_PAST_GONE, PL_PAST_DRIFT, "sql.instance/old:tier", text);
    f[2].before = text ? text : "connect_timeout";
    f[3].note = f[4].note = text ? text : "it was looked at";
    f[5].flapping = true;
    for (int i = 0; i < 12; i++)
        trend[i] = (struct pl_past_run){.id = text ? text : "20261119T100000Z-1111",
                                        .started_at = "2026-11-19T10:00:00Z",
                                        .verdict = "failing",
                                        .failing = i % 5,
                                        .drift = 2 * i,
                                        .unknown = 0};
    fixes[0] = (struct pl_fix){.connection = text ? text : "here-to-web",
                               .state = PL_FIX_CONFIRMED,
                               .text = text ? text : "what was named was reverted, and it works",
                               .run = text ? text : "20261118T100000Z-2222"};
    *past = (struct pl_past){.series = text ? text : "staging",
                             .previous = text ? text : "20261119T100000Z-1111",
                             .previous_at = "2026-11-19T10:00:00Z",
                             .findings = f,
                             .n_findings = 6,
                             .fixes = fixes,
                             .n_fixes = 1,
                             .trend = trend,
                             .n_trend = 12};
    run->past = past;
    return run;
}

static inline struct pl_run *run_past(struct pl_arena *a)
{
    return run_past_of(a, NULL);
}

#endif
