/* test_check.c - what doctor asks, against the strict simulator: APIs that answer, that are off, permissions that are held, missing, not told.
 */
#include "sim_run.h"

#include <stdlib.h>
#include <string.h>

#include "gcp_priv.h"

#define ESTATE                                                                                     \
    "{\"plumbline_snapshot\":\"1.0\",\"projects\":[{\"id\":\"" PROJECT                             \
    "\",\"number\":\"481516234200\"}]}\n"
#define DENIED(kind, permission)                                                                   \
    "{\"unobserved\":\"" kind "\",\"scope\":\"projects/" PROJECT                                   \
    "\",\"reason\":\"permission_denied\","                                                         \
    "\"permission\":\"" permission "\"}\n"
#define OFF(kind)                                                                                  \
    "{\"unobserved\":\"" kind "\",\"scope\":\"projects/" PROJECT "\",\"reason\":\"api_disabled\"}" \
    "\n"

/* The kinds that are asked about. */
static const struct pl_kind *const kinds[] = {
    &pl_kind_project_iam_policy,           &pl_kind_redis_instance, &pl_kind_run_service,
    &pl_kind_servicenetworking_connection, &pl_kind_sql_instance,   &pl_kind_sql_user};

/* "api: reason" and "permission: state" a line. */
static const char *checked(struct pl_arena *arena, const struct pl_gcp_check *c)
{
    static const char *const states[] = {
        [PL_GCP_NOT_TOLD] = "not told", [PL_GCP_HELD] = "held", [PL_GCP_MISSING] = "missing"};
    struct pl_buf out = {0};

    for (size_t i = 0; i < c->n_apis; i++)
        pl_buf_addf(&out, "%.*s: %s\n", (int)strcspn(c->apis[i].name, "."), c->apis[i].name,
                    c->apis[i].reason != NULL ? c->apis[i].reason : "answers");
    for (size_t i = 0; i < c->n_permissions; i++)
        pl_buf_addf(&out, "%s: %s\n", c->permissions[i].name, states[c->permissions[i].state]);
    return pl_buf_take(&out, arena);
}

static const struct {
    const char *what, *estate, *faults, *text;
} rows[] = {
    {"everything is there", ESTATE, NULL,
     "cloudresourcemanager: answers\nredis: answers\nrun: answers\nservicenetworking: not_tried\n"
     "sqladmin: answers\n"
     "cloudsql.instances.list: held\ncloudsql.users.list: held\n"
     "logging.logEntries.list: held\nredis.instances.list: held\n"
     "resourcemanager.projects.get: held\nresourcemanager.projects.getIamPolicy: held\n"
     "run.locations.list: held\nrun.services.getIamPolicy: held\nrun.services.list: held\n"
     "servicenetworking.services.get: held\n"},
    {"a permission is missing: its API has answered all the same",
     ESTATE DENIED("redis.instance", "redis.instances.list")
         DENIED("run.service", "run.services.getIamPolicy"),
     NULL,
     "cloudresourcemanager: answers\nredis: answers\nrun: answers\nservicenetworking: not_tried\n"
     "sqladmin: answers\n"
     "cloudsql.instances.list: held\ncloudsql.users.list: held\n"
     "logging.logEntries.list: held\nredis.instances.list: missing\n"
     "resourcemanager.projects.get: held\nresourcemanager.projects.getIamPolicy: held\n"
     "run.locations.list: held\nrun.services.getIamPolicy: missing\nrun.services.list: held\n"
     "servicenetworking.services.get: held\n"},
    {"an API is off, another denies what is held", ESTATE OFF("redis.instance"),
     "{\"match\":{\"path\":\"/instances\",\"host\":\"sqladmin.googleapis.com\"},\"action\":"
     "\"permission_denied\"}\n",
     "cloudresourcemanager: answers\nredis: api_disabled\nrun: answers\n"
     "servicenetworking: not_tried\nsqladmin: permission_denied\n"
     "cloudsql.instances.list: held\ncloudsql.users.list: held\n"
     "logging.logEntries.list: held\nredis.instances.list: held\n"
     "resourcemanager.projects.get: held\nresourcemanager.projects.getIamPolicy: held\n"
     "run.locations.list: held\nrun.services.getIamPolicy: held\nrun.services.list: held\n"
     "servicenetworking.services.get: held\n"},
    {"the question itself is refused", ESTATE,
     "{\"match\":{\"path\":\":testIamPermissions\"},\"action\":\"permission_denied\"}\n",
     "cloudresourcemanager: permission_denied\nredis: answers\nrun: answers\n"
     "servicenetworking: not_tried\nsqladmin: answers\n"
     "cloudsql.instances.list: not told\ncloudsql.users.list: not told\n"
     "logging.logEntries.list: not told\n"

     "redis.instances.list: not told\nresourcemanager.projects.get: not told\n"
     "resourcemanager.projects.getIamPolicy: not told\nrun.locations.list: not told\n"
     "run.services.getIamPolicy: not told\nrun.services.list: not told\n"
     "servicenetworking.services.get: not told\n"},
};

/* Checks these kinds against this estate; the text lives in the arena. */
static const char *check_estate(struct pl_arena *arena, const char *estate, const char *faults,
                                const struct pl_kind *const *list, size_t n, char **log)
{
    struct child child;
    struct pl_gcp_options options;
    struct pl_err err = {0};
    struct pl_loop *loop = pl_loop_new(&err);
    struct pl_gcp_check *check;
    char *dir = harness_temp_dir(), *text;
    const char *path = harness_path(arena, dir, "estate");

    harness_write(path, estate);
    no_credentials();
    child_start(&child, path, faults, NULL);
    (void)setenv("CLOUDSDK_AUTH_ACCESS_TOKEN", TOKEN, 1);
    options = sim_options(arena, &child);
    options.kinds = list;
    options.n_kinds = n;
    check = pl_gcp_check(arena, loop, &options, &err);
    if (check == NULL)
        fail_msg("%s", err.text);
    assert_string_equal(check->project, PROJECT);
    pl_loop_free(loop);
    assert_int_equal(child_stop(&child), 0);
    text = child_read(&child, "log");
    if (log != NULL)
        *log = pl_arena_strdup(arena, text);
    free(text);
    child_remove(&child);
    harness_remove(dir);
    return checked(arena, check);
}

static void apis_and_permissions(void **state)
{
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        ROW("%s", rows[i].what);
        assert_string_equal(
            check_estate(*state, rows[i].estate, rows[i].faults, kinds, PL_LEN(kinds), NULL),
            rows[i].text);
    }
}

/* The smallest that can be asked: a list with room for one, and nothing that could change anything. */
static void little_is_asked(void **state)
{
    char *log;

    (void)check_estate(*state, ESTATE, NULL, kinds, PL_LEN(kinds), &log);
    assert_non_null(strstr(log, "/instances?pageSize=1\""));
    assert_non_null(strstr(log, "/instances?maxResults=1\""));
    assert_non_null(
        strstr(log, "run.googleapis.com/v1/projects/" PROJECT "/locations?pageSize=1\""));
    assert_non_null(strstr(log, "\"requests\":4,\"writes\":[]"));
}

/* Google refuses a question with one name that it does not know for a project: the others are asked without it. */
static void one_unknown_name_does_not_spoil_the_others(void **state)
{
    struct pl_kind strange = pl_kind_sql_user;
    const struct pl_kind *list[] = {&pl_kind_redis_instance, &strange, &pl_kind_sql_instance};

    strange.call.permission = "no.such.permission";
    assert_string_equal(check_estate(*state,
                                     ESTATE DENIED("sql.instance", "cloudsql.instances.list"), NULL,
                                     list, PL_LEN(list), NULL),
                        "redis: answers\nsqladmin: answers\n"
                        "cloudsql.instances.list: missing\nlogging.logEntries.list: "
                        "held\nno.such.permission: not told\n"
                        "redis.instances.list: held\n");
}

static void a_token_that_nobody_accepts_is_told(void **state)
{
    assert_string_equal(
        check_estate(*state, ESTATE, "{\"action\":\"unauthorized\"}\n", kinds, 2, NULL),
        "cloudresourcemanager: auth\nredis: auth\nlogging.logEntries.list: not "
        "told\nredis.instances.list: not told\n"
        "resourcemanager.projects.getIamPolicy: not told\n");
}

/* ---- the list of permissions ---- */

static bool is_listed(const struct pl_gcp_permission *all, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(all[i].name, name) == 0)
            return true;
    return false;
}

static void every_permission_of_every_kind_is_listed_once(void **state)
{
    size_t n;
    const struct pl_gcp_permission *all = pl_gcp_permissions(*state, NULL, 0, NULL, false, &n);

    /* projects.testIamPermissions takes a hundred. */
    assert_in_range(n, 30, 100);
    for (size_t i = 0; i < n; i++) {
        assert_non_null(all[i].role);
        assert_in_range(all[i].n_kinds, all[i].use == NULL, pl_kinds_len);
        if (i > 0)
            assert_true(strcmp(all[i - 1].name, all[i].name) < 0);
    }
    for (size_t k = 0; k < pl_kinds_len; k++) {
        const struct pl_call *call = &pl_kinds[k]->call;

        assert_true(call->permission == NULL || is_listed(all, n, call->permission));
        assert_true(call->iam_permission == NULL || is_listed(all, n, call->iam_permission));
        for (size_t v = 0; v < pl_kinds[k]->n_virtuals; v++)
            assert_true(is_listed(all, n, pl_kinds[k]->virtuals[v].permission));
    }
}

/* What gives out a secret is asked about where somebody asks for it, and never before. */
static void secrets_are_a_question_of_their_own(void **state)
{
    size_t n, n_more, calls = 0;
    const struct pl_gcp_permission *all = pl_gcp_permissions(*state, NULL, 0, NULL, false, &n);
    const struct pl_gcp_permission *more = pl_gcp_permissions(*state, NULL, 0, NULL, true, &n_more);

    for (size_t k = 0; k < pl_kinds_len; k++) {
        const struct pl_secret_call *secret = pl_kinds[k]->secret;

        if (secret == NULL)
            continue;
        calls++;
        assert_false(is_listed(all, n, secret->permission));
        assert_true(is_listed(more, n_more, secret->permission));
    }
    assert_int_equal(calls, 2);
    assert_int_equal(n_more, n + calls);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, harness_arena, harness_arena_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(apis_and_permissions),
        TEST(little_is_asked),
        TEST(one_unknown_name_does_not_spoil_the_others),
        TEST(a_token_that_nobody_accepts_is_told),
        TEST(every_permission_of_every_kind_is_listed_once),
        TEST(secrets_are_a_question_of_their_own),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
