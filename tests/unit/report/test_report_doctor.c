/* test_report_doctor.c - doctor's findings as text, JSON and role: golden files; and what counts for the exit status. */
#include "report_fixture.h"
#include "report_golden.h"

#include <string.h>

#include "plumbline/report.h"

/* Kinds by name, NULL-terminated in the arena's list. */
static const struct pl_kind *const *kinds(struct pl_arena *a, size_t *n, const char *names)
{
    const struct pl_kind **list = pl_arena_array(a, 8, sizeof(*list));

    for (*n = 0; *names != '\0'; names += strcspn(names, " "), names += *names == ' ')
        list[(*n)++] = pl_kind_find(pl_arena_strndup(a, names, strcspn(names, " ")));
    return list;
}

static struct pl_gcp_permission permission(struct pl_arena *a, const char *name, const char *role,
                                           const char *of, enum pl_gcp_held state)
{
    struct pl_gcp_permission p = {.name = name, .role = role};

    p.kinds = kinds(a, &p.n_kinds, of);
    p.state = state;
    return p;
}

/* Two projects; in the first something of everything, in the second nothing is known. */
static struct pl_doctor troubled(struct pl_arena *a)
{
    struct pl_gcp_check *c = pl_arena_array(a, 2, sizeof(*c));
    struct pl_doctor d = {.arena = a,
                          .identity = "service account reader@acme.example "
                                      "(GOOGLE_APPLICATION_CREDENTIALS=/etc/k\x1b[31mey.json)",
                          .command = "plumbline doctor -b staging.yaml",
                          .what = "the path model, and what is declared in staging.yaml",
                          .checks = c,
                          .n_checks = 2};
    static struct pl_gcp_api apis[] = {
        {"cloudresourcemanager.googleapis.com", NULL, NULL, NULL, NULL},
        {"compute.googleapis.com", NULL, "unavailable", "HTTP 503: try later (5 attempts)", NULL},
        {"memcache.googleapis.com", NULL, "api_disabled", "HTTP 403: off",
         "gcloud services enable memcache.googleapis.com --project acme"},
        {"redis.googleapis.com", NULL, "api_disabled", "HTTP 403: Redis has not been used",
         "gcloud services enable redis.googleapis.com --project acme"},
        {"servicenetworking.googleapis.com", NULL, "not_tried", "it answers about networks only",
         NULL},
        {"sqladmin.googleapis.com", NULL, NULL, NULL, NULL}};

    d.declared = kinds(a, &d.n_declared, "redis.instance sql.instance");
    c[0] = (struct pl_gcp_check){.project = "acme",
                                 .member = "serviceAccount:reader@acme.example",
                                 .apis = apis,
                                 .n_apis = PL_LEN(apis),
                                 .n_permissions = 5};
    c[0].permissions = pl_arena_array(a, 5, sizeof(*c[0].permissions));
    c[0].permissions[0] = permission(a, "cloudsql.instances.list", "roles/cloudsql.viewer",
                                     "sql.instance", PL_GCP_HELD);
    c[0].permissions[1] = permission(a, "memcache.instances.list", "roles/memcache.viewer",
                                     "memcache.instance", PL_GCP_MISSING);
    c[0].permissions[2] = permission(a, "redis.instances.list", "roles/redis.viewer",
                                     "redis.instance", PL_GCP_MISSING);
    c[0].permissions[3] = permission(a, "run.locations.list", "roles/run.viewer",
                                     "run.job run.service", PL_GCP_NOT_TOLD);
    c[0].permissions[4] = (struct pl_gcp_permission){.name = "logging.logEntries.list",
                                                     .role = "roles/logging.viewer",
                                                     .use = "who changed what",
                                                     .state = PL_GCP_MISSING};
    c[1] = (struct pl_gcp_check){.project = "other",
                                 .apis = apis,
                                 .n_apis = 1,
                                 .permissions = c[0].permissions + 3,
                                 .n_permissions = 1,
                                 .reason = "permission_denied",
                                 .detail = "HTTP 403: The caller does not have permission"};
    return d;
}

static struct pl_doctor well(struct pl_arena *a)
{
    struct pl_doctor d = troubled(a);
    struct pl_gcp_check *c = pl_arena_array(a, 1, sizeof(*c));

    *c = d.checks[0];
    c->permissions = pl_arena_array(a, 1, sizeof(*c->permissions));
    c->permissions[0] = d.checks[0].permissions[0];
    c->n_permissions = c->n_apis = 1;
    d.checks = c;
    d.n_checks = 1;
    return d;
}

static void golden(void **state)
{
    struct pl_arena *a = *state;
    struct pl_doctor d = troubled(a), w = well(a);
    struct pl_report_style plain = {0}, narrow = {.width = 60, .color = true, .verbose = 1},
                           quiet = {.verbose = -1};
    struct pl_buf b = {0};

    pl_report_doctor_text(&b, &d, &plain);
    check_golden(a, "doctor", "troubled.txt", &b);
    pl_report_doctor_text(&b, &d, &narrow);
    check_golden(a, "doctor", "troubled-narrow.txt", &b);
    pl_report_doctor_text(&b, &w, &quiet);
    check_golden(a, "doctor", "well.txt", &b);
    pl_report_doctor_json(&b, &d);
    check_golden(a, "doctor", "troubled.json", &b);
    pl_report_doctor_role(&b, &d);
    check_golden(a, "doctor", "role.yaml", &b);
}

static void what_counts(void **state)
{
    struct pl_arena *a = *state;
    struct pl_doctor d = troubled(a), w = well(a);
    const char *reason;

    assert_int_equal(pl_doctor_judge(&d, &reason), 3);
    assert_string_equal(reason, "1 permission is missing, 2 permissions could not be told, 2 APIs "
                                "do not answer");
    assert_int_equal(pl_doctor_judge(&w, &reason), 0);
    assert_string_equal(reason, "every API that matters answers, every permission is held");
    /* Nothing of Redis declared: that it is off, and a permission for it, are of no matter. */
    d.declared = kinds(a, &d.n_declared, "sql.instance");
    assert_int_equal(pl_doctor_judge(&d, &reason), 3);
    assert_string_equal(reason, "2 permissions could not be told, 1 API does not answer");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(golden, harness_arena, harness_arena_free),
        cmocka_unit_test_setup_teardown(what_counts, harness_arena, harness_arena_free),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
