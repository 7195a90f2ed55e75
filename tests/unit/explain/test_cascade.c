/* test_cascade.c - many alarms, one cause: upstream by dependency and by ends, chains, circles, and symptoms that never cascade.
 */
#include "inquiry.h"

#define RES     "resources: {sql.instance: {main: {settings: {activationPolicy: ALWAYS}}}}\n"
#define STOPPED "sql.instance/main:settings.activationPolicy = \"NEVER\""
#define DB      "  db: {from: run.service/auth, to: sql.instance/main, via: public}\n"
#define DB_SEEN "{\"connection\":\"db\",\"symptom\":\"connect_timeout\"}\n"

static const struct {
    const char *what, *yaml;
    const char *const *edits;
    const char *symptoms;
    struct {
        const char *name, *account;
    } want[4];
} rows[] = {
    {"by ends: it begins where that one ends",
     RES "connections:\n  c: {from: run.service/api, to: run.service/auth}\n" DB,
     EDITS(STOPPED),
     SEEN_CODE("c", "http_status", 500) DB_SEEN,
     {{"c", "failing cascade upstream db"}}},
    {"by depends_on",
     RES "connections:\n  c: {from: here, to: run.service/api, depends_on: [db]}\n" DB,
     EDITS(STOPPED, "run.service/api:iamPolicy = "
                    "{\"bindings\":[{\"role\":\"roles/run.invoker\",\"members\":[\"allUsers\"]}]}"),
     SEEN_CODE("c", "http_status", 502) DB_SEEN,
     {{"c", "failing cascade upstream db"}}},
    {"by the model alone: a blocked path is upstream of a failure, too",
     RES "connections:\n  c: {from: run.service/api, to: run.service/auth}\n" DB,
     EDITS(STOPPED),
     SEEN_CODE("c", "http_status", 503),
     {{"c", "failing cascade upstream db"},
      {"db", "blocked explained [sql.instance/main:settings.activationPolicy] blockers "
             "CLOUD_SQL_INSTANCE_NOT_RUNNING"}}},
    {"not where nothing upstream fails",
     RES "connections:\n  c: {from: run.service/api, to: run.service/auth}\n" DB,
     NULL,
     SEEN_CODE("c", "http_status", 503),
     {{"c", "failing unexplained"}, {"db", "open"}}},
    {"403 is no upstream failure",
     RES "connections:\n  c: {from: run.service/api, to: run.service/auth}\n" DB,
     EDITS(STOPPED),
     SEEN_CODE("c", "http_status", 403) DB_SEEN,
     {{"c", "failing unexplained"}}},
    {"nor is a DNS failure",
     RES "connections:\n  c: {from: run.service/api, to: run.service/auth}\n" DB,
     EDITS(STOPPED),
     SEEN("dns_not_found") DB_SEEN,
     {{"c", "failing unexplained"}}},
    {"nor TCP",
     RES "connections:\n  c: {from: run.service/api, to: run.service/auth}\n" DB,
     EDITS(STOPPED),
     SEEN("refused") DB_SEEN,
     {{"c", "failing unexplained"}}},
    {"slow, WebSocket and response_timeout are",
     RES "connections:\n  c: {from: run.service/api, to: run.service/auth}\n  d: {from: here, to: "
         "run.service/auth}\n  e: {from: here, to: run.service/auth}\n" DB,
     EDITS(STOPPED),
     SEEN("slow") SEEN_CODE("d", "websocket_closed", 1011) SEEN_CODE("e", "response_timeout", 0)
         DB_SEEN,
     {{"c", "degraded cascade upstream db"},
      {"d", "failing cascade upstream db"},
      {"e", "failing cascade upstream db"}}},
    {"a start-up that is not done because what it waits for fails",
     RES "connections:\n  c: {from: run.service/api, to: run.service/auth}\n" DB,
     EDITS(STOPPED),
     SEEN("not_ready") DB_SEEN,
     {{"c", "failing cascade upstream db"}}},
    {"but one that nothing declared waits behind is nobody's: a breaker may guard what the "
     "baseline "
     "does not say",
     RES "connections:\n  c: {from: run.service/api, to: run.service/auth}\n" DB,
     NULL,
     SEEN("not_ready"),
     {{"c", "failing unexplained"}, {"db", "open"}}},
    {"a database that is not ready has nothing behind it that could fail",
     RES "connections:\n  c: {from: run.service/api, to: sql.instance/main, via: public}\n" DB,
     NULL,
     SEEN("not_ready") DB_SEEN,
     {{"c", "failing unexplained"}}},
    {"not where its own path is blocked",
     "resources: {sql.instance: {main: {settings: {activationPolicy: ALWAYS}}}, run.service: "
     "{auth: {defaultUriDisabled: false}}}\nconnections:\n  c: {from: run.service/api, to: "
     "run.service/auth}\n" DB,
     EDITS(STOPPED, "run.service/auth:defaultUriDisabled = true"),
     SEEN_CODE("c", "http_status", 404) DB_SEEN,
     {{"c", "failing explained [run.service/auth:defaultUriDisabled] blockers "
            "CLOUD_RUN_DEFAULT_URL_DISABLED"}}},
    {"a chain goes to its deepest edge",
     RES "connections:\n  c: {from: here, to: run.service/api}\n  mid: {from: run.service/api, to: "
         "run.service/auth}\n" DB,
     EDITS(STOPPED, "run.service/api:iamPolicy = "
                    "{\"bindings\":[{\"role\":\"roles/run.invoker\",\"members\":[\"allUsers\"]}]}"),
     SEEN_CODE("c", "http_status", 503) SEEN_CODE("mid", "http_status", 503) DB_SEEN,
     {{"c", "failing cascade upstream db"}, {"mid", "failing cascade upstream db"}}},
    {"a chain whose middle nobody looked at reaches through it",
     RES "connections:\n  c: {from: here, to: run.service/api}\n  mid: {from: run.service/api, to: "
         "run.service/auth}\n" DB,
     EDITS(STOPPED, "run.service/api:iamPolicy = "
                    "{\"bindings\":[{\"role\":\"roles/run.invoker\",\"members\":[\"allUsers\"]}]}"),
     SEEN_CODE("c", "http_status", 503) DB_SEEN,
     {{"c", "failing cascade upstream db"}, {"mid", "open"}}},
    {"a circle with a blocked edge",
     RES "connections:\n  c: {from: run.service/api, to: run.service/auth, depends_on: [d]}\n  d: "
         "{from: run.service/api, to: run.service/auth, depends_on: [c]}\n" DB,
     EDITS(STOPPED),
     SEEN_CODE("c", "http_status", 503) SEEN_CODE("d", "http_status", 503) DB_SEEN,
     {{"c", "failing cascade upstream db"}, {"d", "failing cascade upstream db"}}},
    {"a circle of which nobody is blocked: none causes the other",
     "connections:\n  c: {from: run.service/api, to: run.service/auth, depends_on: [d]}\n  d: "
     "{from: run.service/api, to: run.service/auth, depends_on: [c]}\n",
     NULL,
     SEEN_CODE("c", "http_status", 503) SEEN_CODE("d", "http_status", 503),
     {{"c", "failing unexplained"}, {"d", "failing unexplained"}}},
    {"who waits outside of such a circle waits for it",
     "connections:\n  a: {from: here, to: run.service/auth, depends_on: [c]}\n  c: {from: "
     "run.service/api, to: run.service/auth, depends_on: [d]}\n  d: {from: run.service/api, to: "
     "run.service/auth, depends_on: [c]}\n",
     NULL,
     SEEN_CODE("a", "http_status", 503) SEEN_CODE("c", "http_status", 503)
         SEEN_CODE("d", "http_status", 503),
     {{"a", "failing cascade upstream c, d"}, {"c", "failing unexplained"}}},
    {"one that waits for itself",
     "connections:\n  c: {from: run.service/auth, to: run.service/auth}\n",
     NULL,
     SEEN_CODE("c", "http_status", 503),
     {{"c", "failing unexplained"}}},
};

static void failures_fold_to_the_deepest_edge(void **state)
{
    size_t wrong = 0;
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct inquiry q = inquire(*state, rows[i].yaml, rows[i].edits, rows[i].symptoms);
        for (size_t j = 0; j < PL_LEN(rows[i].want) && rows[i].want[j].name; j++) {
            const char *got = account(*state, result_of(&q, rows[i].want[j].name));
            if (strcmp(got, rows[i].want[j].account) == 0)
                continue;
            wrong++;
            print_error("%s: %s\n  expected %s\n  found    %s\n", rows[i].what,
                        rows[i].want[j].name, rows[i].want[j].account, got);
        }
    }
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(failures_fold_to_the_deepest_edge, harness_arena,
                                        harness_arena_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
