/* test_changes.c - who changed what has drifted, by log entries of plumbline-sim: which entry it is, what it says of the field, and the queries.
 */
#include "log_estate.h"
#include "loopback.h"

#include "plumbline/address.h"
#include "plumbline/finding.h"

static struct pl_drift drift_of(struct pl_arena *arena, const char *address, const char *path,
                                enum pl_drift_status status)
{
    struct pl_drift d = {.status = status};
    struct pl_err err = {0};

    assert_int_equal(pl_address_parse(arena, address, &d.address, &err), 0);
    d.address = pl_address_resolve(&d.address, PROJECT, "us-central1");
    if (*path != '\0')
        assert_int_equal(pl_path_parse(arena, path, &d.path, &err), 0);
    d.field_full = pl_arena_printf(arena, "%s:%s", address, path);
    return d;
}

static const char *change_text(struct pl_arena *arena, const struct pl_change *c)
{
    struct pl_buf b = {0};

    if (c == NULL)
        return "nobody";
    pl_buf_addf(&b, "%s at %s by %s", c->principal, c->at, c->method);
    for (size_t i = 0; i < c->n_via; i++)
        pl_buf_addf(&b, " for %s", c->via[i]);
    return pl_buf_take(&b, arena);
}

static const struct {
    const char *address, *path;
    enum pl_drift_status status;
    const char *want;
    bool names;
} changes[] = {
    /* the newest patch is of another field, one was refused, one came to nothing; ends of operations say no field */
    {"compute.firewall/allow-egress-data", "destinationRanges", PL_DRIFT_CHANGED,
     "first@example.com at 2026-11-19T08:00:00Z by v1.compute.firewalls.patch", true},
    {"compute.firewall/allow-egress-data", "priority", PL_DRIFT_CHANGED,
     "second@example.com at 2026-11-20T08:00:00Z by v1.compute.firewalls.patch", true},
    {"compute.firewall/allow-egress-data", "disabled", PL_DRIFT_CHANGED, "nobody", false},
    {"compute.firewall/gone", "", PL_DRIFT_MISSING,
     "carol@example.com at 2026-11-18T07:00:00Z by v1.compute.firewalls.delete", true},
    {"compute.firewall/gone", "priority", PL_DRIFT_CHANGED, "nobody", false},
    {"compute.firewall/old", "", PL_DRIFT_UNEXPECTED, "nobody",
     false}, /* longer ago than is kept */
    {"run.service/auth", "template.timeout", PL_DRIFT_CHANGED,
     "deployer@acme-staging.iam.gserviceaccount.com at 2026-11-20T07:00:00Z by "
     "google.cloud.run.v1.Services.ReplaceService for alice@example.com",
     false},
    {"run.service/auth", "iamPolicy.bindings", PL_DRIFT_CHANGED,
     "bob@example.com at 2026-11-20T07:30:00Z by google.cloud.run.v1.Services.SetIamPolicy", false},
    {"sql.instance/main", "settings.tier", PL_DRIFT_CHANGED,
     "dave@example.com at 2026-11-18T07:10:00Z by cloudsql.instances.patch", true},
    {"redis.instance/sessions", "memorySizeGb", PL_DRIFT_CHANGED,
     "(not shown) at 2026-11-18T07:20:00Z by google.cloud.redis.v1.CloudRedis.UpdateInstance",
     true},
    {"redis.instance/sessions", "authEnabled", PL_DRIFT_CHANGED, "nobody", false},
};

static struct pl_change_query *find(struct pl_arena *arena, const struct child *child,
                                    struct pl_drift *const *drift, size_t n, size_t *n_queries)
{
    struct pl_gcp_options options = sim_options(arena, child);
    struct pl_change_query *queries;
    struct pl_err err = {0};
    struct pl_loop *loop = pl_loop_new(&err);

    assert_int_equal(
        pl_gcp_find_changes(arena, loop, &options, drift, n, &queries, n_queries, &err), 0);
    pl_loop_free(loop);
    return queries;
}

static void who_changed_it(void **state)
{
    static const char *const sizes[] = {NULL, "1"};
    struct pl_drift all[PL_LEN(changes)], *list[PL_LEN(changes)];
    size_t n;

    for (size_t s = 0; s < PL_LEN(sizes); s++) {
        struct child child;

        start(&child, "", sizes[s]);
        for (size_t i = 0; i < PL_LEN(changes); i++) {
            all[i] = drift_of(*state, changes[i].address, changes[i].path, changes[i].status);
            list[i] = &all[i];
        }
        struct pl_change_query *queries = find(*state, &child, list, PL_LEN(list), &n);
        assert_int_equal(n, 1);
        assert_null(queries[0].reason);
        for (size_t i = 0; i < PL_LEN(changes); i++) {
            ROW("%s:%s", changes[i].address, changes[i].path);
            assert_string_equal(change_text(*state, all[i].changed_by), changes[i].want);
            if (all[i].changed_by == NULL)
                continue;
            assert_int_equal(all[i].changed_by->names_field, changes[i].names);
        }
        stop(&child);
    }
}

#define ENTRY(time, method, resource, request)                                                     \
    "{\"log_entry\": {\"insertId\": \"" time "\", \"logName\": \"projects/acme-staging/logs/"      \
    "cloudaudit.googleapis.com%2Factivity\", \"timestamp\": \"2026-11-" time                       \
    "Z\", \"protoPayload\": {\"methodName\": \"" method                                            \
    "\", \"resourceName\": \"projects/acme-staging/" resource "\", \"request\": " request "}}}\n"
#define RULE_ENTRY(time, name, request)                                                            \
    ENTRY(time, "v1.compute.firewalls.patch", "global/firewalls/" name, request)
#define MADE(time, request)                                                                        \
    ENTRY(time, "v1.compute.firewalls.insert", "global/firewalls/a", request)
#define DELETED(time)              ENTRY(time, "v1.compute.firewalls.delete", "global/firewalls/a", "{}")
#define SET_TO_9                   RULE_ENTRY("20T06:00:00", "a", "{\"priority\": 9}")
#define WAS_5(time)                RULE_ENTRY(time, "a", "{\"priority\": 5}")
#define BEGIN                      "2025-10-16T10:00:00Z" /* of what the log still has */
#define NOBODY                     "nobody"
#define SQL(time, method, request) ENTRY(time, "cloudsql." method, "instances/main", request)

/* When is an entry's time that of the field, and what was the field before? */
static const struct {
    const char *address, *path, *declared, *entries;
    bool names;
    const char *since; /* NULL: what was before is not known; NOBODY: no entry counts */
} sayings[] = {
    /* that no older entry is there says nothing: the rule is older than the log */
    {"compute.firewall/a", "priority", "5", SET_TO_9, true, NULL},
    {"compute.firewall/a", "priority", "5",
     RULE_ENTRY("20T06:00:00", "a",
                "{\"name\": \"a\", \"fingerprint\": \"x\", \"project\": \"acme-staging\", "
                "\"priority\": 9}") WAS_5("18T06:00:00"),
     true, "2026-11-18T06:00:00Z"},
    {"compute.firewall/a", "priority", "5", SET_TO_9 MADE("18T06:00:00", "{\"priority\": 5}"), true,
     "2026-11-18T06:00:00Z"},
    {"compute.firewall/a", "priority", "5", SET_TO_9 MADE("18T06:00:00", "{\"priority\": \"5\"}"),
     true, "2026-11-18T06:00:00Z"},
    /* made without a word of it */
    {"compute.firewall/a", "priority", "1000", SET_TO_9 MADE("18T06:00:00", "{}"), true, NULL},
    {"compute.firewall/a", "priority", NULL, SET_TO_9 WAS_5("18T06:00:00"), true, NULL},
    /* sent whole, as Terraform does: it may have been so before */
    {"compute.firewall/a", "priority", "5",
     RULE_ENTRY("20T06:00:00", "a", "{\"priority\": 9, \"disabled\": false}") WAS_5("18T06:00:00"),
     false, NULL},
    /* set again: it may have been so since the first time, however right it was before that */
    {"compute.firewall/a", "priority", "5",
     SET_TO_9 RULE_ENTRY("18T06:00:00", "a", "{\"priority\": 9}") WAS_5("17T06:00:00"), true, NULL},
    {"compute.firewall/a", "priority", "5",
     SET_TO_9 RULE_ENTRY("18T06:00:00", "a", "{\"disabled\": true}") WAS_5("17T06:00:00"), true,
     "2026-11-17T06:00:00Z"},
    {"compute.firewall/a", "priority", "5",
     SET_TO_9 ENTRY("18T06:00:00", "v1.compute.firewalls.update", "global/firewalls/a", "{}")
         WAS_5("17T06:00:00"),
     true, NULL},
    /* a mask that is wider than the field says nothing of it */
    {"redis.instance/a", "redisConfigs.timeout", "2",
     ENTRY("20T06:00:00", "google.cloud.redis.v1.CloudRedis.UpdateInstance",
           "locations/us-central1/instances/a",
           "{\"updateMask\": \"redisConfigs\", \"instance\": {\"redisConfigs\": {\"timeout\": "
           "\"1\"}}}"),
     false, NULL},
    {"redis.instance/a", "memorySizeGb", "4",
     ENTRY("20T06:00:00", "google.cloud.redis.v1.CloudRedis.UpdateInstance",
           "locations/us-central1/instances/a", "{\"updateMask\": \"memorySizeGb\"}")
         ENTRY("18T06:00:00", "google.cloud.redis.v1.CloudRedis.CreateInstance",
               "locations/us-central1/instances/a", "{\"instance\": {\"memorySizeGb\": 4}}"),
     true, "2026-11-18T06:00:00Z"},
    {"sql.instance/a", "settings.tier", "y",
     ENTRY("20T06:00:00", "cloudsql.instances.patch", "instances/a",
           "{\"instance\": \"a\", \"body\": {\"settings\": {\"settingsVersion\": \"4\", "
           "\"tier\": \"x\"}}}") ENTRY("18T06:00:00", "cloudsql.instances.update", "instances/a",
                                       "{\"body\": {\"settings\": {\"tier\": \"y\"}}}"),
     true, "2026-11-18T06:00:00Z"},
    {"sql.instance/a", "settings.tier", "y",
     ENTRY("20T06:00:00", "cloudsql.instances.patch", "instances/a",
           "{\"body\": {\"settings\": {\"activationPolicy\": \"NEVER\", \"tier\": \"x\"}}}"),
     false, NULL},
    {"sql.instance/a", "settings.tier", "y",
     ENTRY("20T06:00:00", "cloudsql.instances.patch", "instances/a",
           "{\"body\": {\"settings\": \"tier\"}}"),
     false, NULL},
    /* whole resources: made once, in all that the log has; what was deleted before was there before */
    {"compute.firewall/a", "", "+", MADE("20T06:00:00", "{}"), true, BEGIN},
    {"compute.firewall/a", "", "+", MADE("20T06:00:00", "{}") DELETED("19T06:00:00"), true, NULL},
    {"compute.firewall/a", "", "+",
     MADE("20T06:00:00", "{}") DELETED("19T06:00:00") MADE("18T06:00:00", "{}"), true, NULL},
    {"compute.firewall/a", "", "-", DELETED("20T06:00:00"), true, BEGIN},
    {"compute.firewall/a", "", "-", DELETED("20T06:00:00") SET_TO_9, true, BEGIN},
    {"compute.firewall/a", "", "-", DELETED("20T06:00:00") MADE("19T06:00:00", "{}"), true, NULL},
    {"compute.firewall/a", "", "-", MADE("20T07:00:00", "{}") DELETED("20T06:00:00"), true, NULL},
    /* under the name of what it lives in: only where the request names it, and never when it was made */
    {"sql.user/main/app", "", "-",
     SQL("20T06:00:00", "users.delete", "{\"instance\": \"main\", \"name\": \"bob\"}"), false,
     NOBODY},
    {"sql.user/main/app", "", "-",
     SQL("20T06:00:00", "backupRuns.delete", "{\"instance\": \"app\", \"id\": \"1\"}"), false,
     NOBODY},
    {"sql.user/main/app", "", "-",
     SQL("20T06:00:00", "users.delete", "{\"instance\": \"main\", \"name\": \"app\"}"), true, NULL},
    {"sql.database/main/app", "charset", "UTF8",
     SQL("20T06:00:00", "instances.update", "{\"body\": {\"settings\": {\"tier\": \"x\"}}}"), false,
     NOBODY},
    {"sql.database/main/app", "", "+",
     SQL("20T06:00:00", "databases.create", "{\"body\": {\"name\": \"app\"}}"), true, NULL},
};

static const struct pl_value *declared_of(struct pl_arena *arena, const char *text)
{
    if (text == NULL) /* a matcher, which has no single right value */
        return pl_value_unknown();
    return strspn(text, "0123456789") == strlen(text) ? pl_value_int(arena, strtol(text, NULL, 10))
                                                      : pl_value_string(arena, text);
}

static void when_an_entry_is_the_time_of_the_field(void **state)
{
    for (size_t i = 0; i < PL_LEN(sayings); i++) {
        const char *declared = sayings[i].declared;
        enum pl_drift_status status = *sayings[i].path != '\0' ? PL_DRIFT_CHANGED
                                      : *declared == '+'       ? PL_DRIFT_UNEXPECTED
                                                               : PL_DRIFT_MISSING;
        struct pl_drift d = drift_of(*state, sayings[i].address, sayings[i].path, status);
        struct pl_drift *list[] = {&d};
        struct child child;
        size_t n;

        ROW("%zu %s", i, sayings[i].entries);
        d.revert = declared_of(*state, declared);
        start(&child, sayings[i].entries, NULL);
        (void)find(*state, &child, list, 1, &n);
        stop(&child);
        if (sayings[i].since != NULL && strcmp(sayings[i].since, NOBODY) == 0) {
            assert_null(d.changed_by);
            continue;
        }
        assert_non_null(d.changed_by);
        assert_string_equal(d.changed_by->at, "2026-11-20T06:00:00Z");
        assert_int_equal(d.changed_by->names_field, sayings[i].names);
        if (sayings[i].since == NULL)
            assert_null(d.changed_by->otherwise_since);
        else
            assert_string_equal(d.changed_by->otherwise_since, sayings[i].since);
    }
}

/* An entry that says no time: nobody knows who was last, and nothing is concluded from it. */
static void entries_without_a_time(void **state)
{
#define SET(time, value)                                                                           \
    "{" time "\"protoPayload\": {\"methodName\": \"v1.compute.firewalls.patch\", "                 \
    "\"resourceName\": \"projects/acme-staging/global/firewalls/a\", \"request\": "                \
    "{\"priority\": " value "}}}"
#define AT(time) "\"timestamp\": " time ", "
    static const struct {
        const char *entries, *since;
        bool known;
    } rows[] = {
        {SET(AT("\"2026-11-20T06:00:00Z\""), "9") "," SET(AT("\"2026-11-19T06:00:00Z\""), "5"),
         "2026-11-19T06:00:00Z", true},
        {SET(AT("\"2026-11-20T06:00:00Z\""), "9") "," SET("", "5"), NULL, true},
        {SET(AT("\"2026-11-20T06:00:00Z\""), "9") "," SET(AT("17"), "5"), NULL, true},
        {SET("", "9") "," SET(AT("\"2026-11-19T06:00:00Z\""), "8"), NULL, false},
    };
    int64_t now;

    assert_int_equal(pl_clock_parse(NOW, &now), 0);
    pl_clock_freeze_wall(now);
    assert_int_equal(setenv("CLOUDSDK_AUTH_ACCESS_TOKEN", TOKEN, 1), 0);
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        const char *body = pl_arena_printf(*state, "{\"entries\": [%s]}", rows[i].entries);
        const struct loopback_script script = {
            .answer = pl_arena_printf(*state,
                                      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                                      "Content-Length: %zu\r\n\r\n%s",
                                      strlen(body), body)};
        struct loopback *server = loopback_start(&script);
        const struct child child = {.port = (uint16_t)loopback_port(server)};
        struct pl_drift d = drift_of(*state, "compute.firewall/a", "priority", PL_DRIFT_CHANGED);
        struct pl_drift *list[] = {&d};
        size_t n;

        ROW("row %zu", i);
        d.revert = declared_of(*state, "5");
        (void)find(*state, &child, list, 1, &n);
        loopback_stop(server);
        assert_int_equal(d.changed_by != NULL, rows[i].known);
        if (rows[i].since != NULL)
            assert_string_equal(d.changed_by->otherwise_since, rows[i].since);
        else if (rows[i].known)
            assert_null(d.changed_by->otherwise_since);
    }
    pl_clock_freeze_wall(-1);
}

static void the_query_that_a_human_may_run(void **state)
{
    struct pl_drift d = drift_of(*state, "run.service/auth", "ingress", PL_DRIFT_CHANGED);
    struct pl_drift *list[] = {&d};
    struct child child;
    size_t n;

    start(&child,
          "{\"unobserved\": \"log.entry\", \"scope\": \"projects/acme-staging\", \"reason\": "
          "\"permission_denied\"}\n",
          NULL);
    struct pl_change_query *queries = find(*state, &child, list, 1, &n);
    assert_int_equal(n, 1);
    assert_string_equal(queries[0].reason, "permission_denied");
    assert_string_equal(
        queries[0].command,
        "gcloud logging read "
        "'logName=\"projects/acme-staging/logs/cloudaudit.googleapis.com%2Factivity\" AND "
        "timestamp>=\"2025-10-16T10:00:00Z\" AND "
        "protoPayload.resourceName=(\"projects/acme-staging/locations/us-central1/services/auth\" "
        "OR \"namespaces/acme-staging/services/auth\")' --project=acme-staging --order=desc "
        "--limit=50 "
        "--format='table(timestamp,protoPayload.authenticationInfo.principalEmail,protoPayload."
        "methodName,protoPayload.resourceName)'");
    assert_null(d.changed_by);
    stop(&child);
}

/* No filter is longer than Google takes; the simulator refuses one that is. */
static void many_drifts_are_several_queries(void **state)
{
    enum { MANY = 500 };
    struct pl_drift *list[MANY];
    struct child child;
    size_t n;

    for (size_t i = 0; i < MANY; i++) {
        list[i] = pl_arena_alloc(*state, sizeof **list);
        *list[i] = drift_of(
            *state, pl_arena_printf(*state, "compute.firewall/a-rule-with-a-long-name-%zu", i),
            "priority", PL_DRIFT_CHANGED);
    }
    start(&child, "", NULL);
    struct pl_change_query *queries = find(*state, &child, list, MANY, &n);
    assert_in_range(n, 2, 4);
    for (size_t i = 0; i < n; i++)
        assert_null(queries[i].reason);
    stop(&child);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, harness_arena, harness_arena_free)
    const struct CMUnitTest tests[] = {
        TEST(who_changed_it),
        TEST(when_an_entry_is_the_time_of_the_field),
        TEST(entries_without_a_time),
        TEST(the_query_that_a_human_may_run),
        TEST(many_drifts_are_several_queries),
    };

    no_credentials();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
