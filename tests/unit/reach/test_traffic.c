/* test_traffic.c - rule C13: which revisions get requests, what was made of what was asked for, and URLs of tags.
 */
#include "worlds.h"

#define SHARE(name, percent)                                                                       \
    "{\"type\":\"TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION\",\"revision\":\"" name                   \
    "\",\"percent\":" percent "}"
#define TAGGED(name, tag)                                                                          \
    "{\"type\":\"TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION\",\"revision\":\"" name                   \
    "\",\"tag\":\"" tag "\"}"
#define ASKED(list) "run.service/auth:traffic = [" list "]"
#define MADE(list)  "run.service/auth:trafficStatuses = [" list "]"
#define TO_TAG      "connections: {c: {from: here, to: \"https://next---auth-x-uc.a.run.app\"}}\n"

static const struct rule_row rows[] = {
    {"C13 all to the newest", TO_RUN, EDITS(NEWEST("r2"), ASKED(SHARE("r2", "100"))), "traffic", -1,
     NULL, NULL},
    {"C13 the newest gets nothing", TO_RUN, EDITS(NEWEST("r2"), ASKED(SHARE("r1", "100"))),
     "traffic", PL_HOP_PASS, "CLOUD_RUN_NEWEST_REVISION_NOT_SERVED",
     "requests for run.service/auth go to revision r1; what was deployed since, r2, is ready and "
     "does not get them"},
    {"C13 some to one that failed", TO_RUN,
     EDITS(NEWEST("r2"), ASKED(SHARE("r2", "90") "," SHARE("r1", "10")), FAILED_REVISION("r1")),
     "traffic", PL_HOP_PASS, "CLOUD_RUN_REVISION_NOT_READY",
     "10% of the requests for run.service/auth go to revision r1, which never became ready"},
    {"C13 all to one that failed", TO_RUN,
     EDITS(NEWEST("r2"), ASKED(SHARE("r1", "100")), FAILED_REVISION("r1")), "traffic", PL_HOP_BLOCK,
     "CLOUD_RUN_REVISION_NOT_READY",
     "requests for run.service/auth go to revision r1, which never became ready"},
    {"C13 asked for, and not made", TO_RUN,
     EDITS(NEWEST("r2"), ASKED(SHARE("r1", "100")), MADE(SHARE("r2", "100")),
           FAILED_REVISION("r1")),
     "traffic", -1, NULL, NULL},
    {"C13 made, whatever is asked for", TO_RUN,
     EDITS(NEWEST("r2"), ASKED(SHARE("r2", "100")), MADE(SHARE("r1", "100"))), "traffic",
     PL_HOP_PASS, "CLOUD_RUN_NEWEST_REVISION_NOT_SERVED", NULL},
    {"C13 a tag's own URL", TO_TAG,
     EDITS(NEWEST("r2"), ASKED(SHARE("r2", "100") "," TAGGED("r1", "next"))), "traffic",
     PL_HOP_PASS, "CLOUD_RUN_NEWEST_REVISION_NOT_SERVED", NULL},
    {"C13 a tag on one that failed", TO_TAG,
     EDITS(NEWEST("r2"), ASKED(SHARE("r2", "100") "," TAGGED("r1", "next")), FAILED_REVISION("r1")),
     "traffic", PL_HOP_BLOCK, "CLOUD_RUN_REVISION_NOT_READY", NULL},
    {"C13 a tag that is not there", TO_TAG,
     EDITS(NEWEST("r2"), ASKED(SHARE("r2", "100") "," TAGGED("r1", "last"))), "traffic",
     PL_HOP_BLOCK, "CLOUD_RUN_TRAFFIC_TAG_NOT_FOUND",
     "no revision of run.service/auth has the tag next"},
    {"C13 a client that is wired to the URL of a tag", TO_RUN,
     EDITS(NEWEST("r2"), ENV("AUTH_URL", "https://next---auth-x-uc.a.run.app/v1"),
           ASKED(SHARE("r2", "100") "," TAGGED("r1", "next"))),
     "traffic", PL_HOP_PASS, "CLOUD_RUN_NEWEST_REVISION_NOT_SERVED", NULL},
    {"C13 and the tag is gone", TO_RUN,
     EDITS(NEWEST("r2"), ENV("AUTH_URL", "https://next---auth-x-uc.a.run.app/v1"),
           ASKED(SHARE("r2", "100") "," TAGGED("r1", "last"))),
     "traffic", PL_HOP_BLOCK, "CLOUD_RUN_TRAFFIC_TAG_NOT_FOUND",
     "no revision of run.service/auth has the tag next"},
    {"three dashes and nobody's service",
     "connections: {c: {from: here, to: \"https://next---other-x-uc.a.run.app\"}}\n", NULL,
     "traffic", -1, NULL, NULL},
};

static void requests_go_where_traffic_says(void **state)
{
    check_rules(*state, rows, PL_LEN(rows));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(requests_go_where_traffic_says, harness_arena,
                                        harness_arena_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
