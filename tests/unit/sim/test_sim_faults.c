/*
 * test_sim_faults.c - every fault of plumbline-sim does what its name says, to the requests it is meant for and to no others.
 */
#include "child.h"

#include <time.h>

#define NETWORKS  "/compute.googleapis.com/compute/v1/projects/acme-staging/global/networks"
#define FIREWALLS "/compute.googleapis.com/compute/v1/projects/acme-staging/global/firewalls"
#define SUBNETWORKS                                                                                \
    "/compute.googleapis.com/compute/v1/projects/acme-staging/aggregated/subnetworks"
#define INSTANCES  "/sqladmin.googleapis.com/v1/projects/acme-staging/instances"
#define CACHES     "/redis.googleapis.com/v1/projects/acme-staging/locations/-/instances"
#define SERVICES   "/run.googleapis.com/v2/projects/acme-staging/locations/us-central1/services"
#define CONNECTORS "/vpcaccess.googleapis.com/v1/projects/acme-staging/locations/-/connectors"

struct row {
    const char *faults;
    const char *path;
    int status;
    const char *member; /* in the body, or NULL */
    const char *text;
    const char *header; /* in the head, or NULL */
};

/* One fault, one request. */
static const struct row rows[] = {
    {"{\"action\":\"unauthorized\"}", SERVICES, 401, "error.status", "UNAUTHENTICATED", NULL},
    {"{\"action\":\"permission_denied\"}", SERVICES, 403, "error.details.0.metadata.permission",
     "run.services.list", NULL},
    {"{\"action\":\"permission_denied\"}", SERVICES, 403, "error.message",
     "Permission 'run.services.list' denied on resource "
     "'projects/acme-staging/locations/us-central1' (or it may not exist).",
     NULL},
    {"{\"action\":\"permission_denied\"}", INSTANCES, 403, "error.errors.0.reason", "notAuthorized",
     NULL},
    {"{\"action\":\"permission_denied\"}", NETWORKS, 403, "error.message",
     "Required 'compute.networks.list' permission for 'projects/acme-staging'", NULL},
    {"{\"action\":\"service_disabled\"}", SERVICES, 403, "error.details.1.metadata.activationUrl",
     "https://console.developers.google.com/apis/api/run.googleapis.com/"
     "overview?project=481516234200",
     NULL},
    {"{\"action\":\"service_disabled\"}", INSTANCES, 403, "error.errors.0.reason",
     "accessNotConfigured", NULL},
    {"{\"action\":\"perimeter\"}", SERVICES, 403, "error.details.0.reason",
     "SECURITY_POLICY_VIOLATED", NULL},
    {"{\"action\":\"not_found\"}", SERVICES "/auth", 404, "error.status", "NOT_FOUND", NULL},
    {"{\"action\":\"rate_limited\"}", SERVICES, 429, "error.details.1.reason",
     "RATE_LIMIT_EXCEEDED", NULL},
    {"{\"action\":\"rate_limited\",\"retry_after\":7}", INSTANCES, 429, "error.errors.0.reason",
     "rateLimitExceeded", "Retry-After: 7\r\n"},
    {"{\"action\":\"rate_limited_403\"}", NETWORKS, 403, "error.errors.0.reason",
     "rateLimitExceeded", NULL},
    {"{\"action\":\"internal\"}", SERVICES, 500, "error.status", "INTERNAL", NULL},
    {"{\"action\":\"unavailable\"}", NETWORKS, 503, "error.errors.0.reason", "backendError", NULL},
    {"{\"action\":\"wrong_content\"}", SERVICES, 200, NULL, NULL,
     "Content-Type: text/html; charset=UTF-8"},
    {"{\"action\":\"unavailable\",\"match\":{\"host\":\"oauth2.googleapis.com\"}}", SERVICES, 200,
     "services.0.name", "projects/acme-staging/locations/us-central1/services/api", NULL},

    /* A part of the answer is missing; each API says so in its own way, or fails as a whole where it has none. */
    {"{\"action\":\"unreachable\",\"locations\":[\"us-central1\"]}", INSTANCES, 200,
     "warnings.0.code", "REGION_UNREACHABLE", NULL},
    {"{\"action\":\"unreachable\",\"locations\":[\"us-central1\"]}", INSTANCES, 200, "items.0.name",
     "reports", NULL},
    {"{\"action\":\"unreachable\",\"locations\":[\"us-central1\"]}", CACHES, 200, "unreachable.0",
     "projects/acme-staging/locations/us-central1", NULL},
    {"{\"action\":\"unreachable\",\"locations\":[\"us-central1\"],\"placeholder\":true}", CACHES,
     200, "instances.1.name", "projects/acme-staging/locations/us-central1/instances/-", NULL},
    {"{\"action\":\"unreachable\",\"locations\":[\"us-central1\"],\"placeholder\":true}", CACHES,
     200, "instances.1.statusMessage", "location not available for ListInstances", NULL},
    {"{\"action\":\"unreachable\",\"locations\":[\"us-central1\"]}",
     SUBNETWORKS "?returnPartialSuccess=true", 200, "items.regions/us-central1.warning.code",
     "UNREACHABLE", NULL},
    {"{\"action\":\"unreachable\",\"locations\":[\"us-central1\"]}",
     SUBNETWORKS "?returnPartialSuccess=true", 200, "unreachables.0", "regions/us-central1", NULL},
    {"{\"action\":\"unreachable\",\"locations\":[\"us-central1\"]}",
     SUBNETWORKS "?returnPartialSuccess=true", 200, "items.regions/europe-west1.subnetworks.0.name",
     "main-europe-west1", NULL},
    {"{\"action\":\"unreachable\",\"locations\":[\"us-central1\"]}",
     SUBNETWORKS "?returnPartialSuccess=false", 503, "error.errors.0.reason", "backendError", NULL},
    {"{\"action\":\"unreachable\",\"locations\":[\"us-central1\"]}", SUBNETWORKS, 503,
     "error.errors.0.reason", "backendError", NULL},
    {"{\"action\":\"unreachable\",\"locations\":[\"us-central1\"]}", CONNECTORS, 503,
     "error.status", "UNAVAILABLE", NULL},
};

static void test_rows(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct child child;
        child_start(&child, NULL, rows[i].faults, NULL);
        struct answer answer = get(&child, rows[i].path);
        if (answer.status != rows[i].status ||
            (rows[i].member != NULL &&
             strcmp(text_at(answer.json, rows[i].member), rows[i].text) != 0) ||
            (rows[i].header != NULL && strstr(answer.head, rows[i].header) == NULL)) {
            fail_msg("row %zu, %s: %d %s: %s", i, rows[i].faults, answer.status,
                     answer.head == NULL ? "" : answer.head,
                     answer.body == NULL ? "" : answer.body);
        }
        assert_true(rows[i].status != 429 ||
                    (strstr(answer.head, "Retry-After") != NULL) == (rows[i].header != NULL));
        answer_free(&answer);
        child_end(&child, 0);
    }
}

/* nth and count, by host, path and kind; the first row that is due acts, all that match count. */
static void test_match(void **state)
{
    static const char faults[] =
        "{\"match\":{\"path\":\"/networks\",\"nth\":2},\"action\":\"internal\",\"count\":2}\n"
        "{\"match\":{\"kind\":\"compute.network\",\"nth\":4},\"action\":\"unavailable\"}\n"
        "{\"match\":{\"host\":\"sqladmin.googleapis.com\"},\"action\":\"rate_limited\",\"count\":1}"
        "\n";
    static const int networks[] = {200, 500, 500, 503, 503};
    struct child child;
    (void)state;
    child_start(&child, NULL, faults, NULL);
    for (size_t i = 0; i < sizeof networks / sizeof networks[0]; i++) {
        struct answer answer = get(&child, NETWORKS);
        assert_int_equal(answer.status, networks[i]);
        answer_free(&answer);
        answer = get(&child, FIREWALLS);
        assert_int_equal(answer.status, 200);
        answer_free(&answer);
        answer = get(&child, INSTANCES);
        assert_int_equal(answer.status, i == 0 ? 429 : 200);
        answer_free(&answer);
    }
    child_end(&child, 0);
}

/* The fixed token survives token_expired, as a caller's who has no other: 401 once. */
static void test_token_expired_once(void **state)
{
    struct child child;
    (void)state;
    child_start(&child, NULL, "{\"action\":\"token_expired\"}", NULL);
    static const int wants[] = {401, 200};
    for (size_t i = 0; i < 2; i++) {
        struct answer answer = get(&child, NETWORKS);
        assert_int_equal(answer.status, wants[i]);
        answer_free(&answer);
    }
    child_end(&child, 0);
}

static void test_page_loop(void **state)
{
    struct child child;
    char first[128];
    char path[256];
    (void)state;
    child_start(&child, NULL, "{\"action\":\"page_loop\"}", NULL);
    struct answer answer = get(&child, FIREWALLS "?maxResults=2");
    snprintf(first, sizeof first, "%s", text_at(answer.json, "nextPageToken"));
    answer_free(&answer);
    snprintf(path, sizeof path, FIREWALLS "?maxResults=2&pageToken=%s", first);
    for (int i = 0; i < 3; i++) {
        answer = get(&child, path);
        assert_int_equal(answer.status, 200);
        assert_string_equal(text_at(answer.json, "nextPageToken"), first);
        assert_string_equal(text_at(answer.json, "items.0.name"), "allow-dns");
        answer_free(&answer);
    }
    child_end(&child, 0);
}

static void test_damaged_bodies(void **state)
{
    struct child child;
    (void)state;
    child_start(&child, NULL, "{\"action\":\"truncated\"}", NULL);
    struct answer answer = get(&child, NETWORKS);
    const char *length = strstr(answer.head, "Content-Length: ");
    assert_int_equal(answer.status, 200);
    assert_non_null(length);
    assert_int_equal(answer.body_length, strtoul(length + 16, NULL, 10) / 2);
    assert_null(answer.json);
    answer_free(&answer);
    child_end(&child, 0);

    child_start(&child, NULL, "{\"action\":\"garbage\"}", NULL);
    answer = get(&child, NETWORKS);
    assert_int_equal(answer.status, 200);
    assert_non_null(strstr(answer.head, "Content-Type: application/json"));
    assert_true(answer.body_length > 0);
    assert_null(answer.json);
    answer_free(&answer);
    child_end(&child, 0);

    child_start(&child, NULL, "{\"action\":\"wrong_type\"}", NULL);
    answer = get(&child, SERVICES);
    assert_string_equal(answer.body, "{\n  \"services\": 7\n}");
    answer_free(&answer);
    child_end(&child, 0);

    child_start(&child, NULL, "{\"action\":\"endless\",\"bytes\":3000000}", NULL);
    answer = get(&child, NETWORKS);
    assert_int_equal(answer.status, 200);
    assert_null(strstr(answer.head, "Content-Length"));
    assert_true(answer.body_length >= 3000000 && answer.body_length < 3200000);
    answer_free(&answer);
    child_end(&child, 0);
}

static void test_reset(void **state)
{
    struct child child;
    (void)state;
    child_start(&child, NULL, "{\"action\":\"reset\"}", NULL);
    struct answer answer = get(&child, NETWORKS);
    assert_int_equal(answer.status, 0);
    assert_int_equal(answer.error, ECONNRESET);
    answer_free(&answer);
    child_end(&child, 0);
}

static bool readable_within(int fd, long milliseconds)
{
    const struct timeval patience = {.tv_sec = milliseconds / 1000,
                                     .tv_usec = (milliseconds % 1000) * 1000};
    char byte;
    assert_int_equal(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience), 0);
    return recv(fd, &byte, 1, MSG_PEEK) > 0;
}

/* A hanging answer hangs alone, and does not keep the program from stopping. */
static void test_hang(void **state)
{
    struct child child;
    (void)state;
    child_start(&child, NULL, "{\"match\":{\"kind\":\"compute.network\"},\"action\":\"hang\"}",
                NULL);
    const int fd = http_send(&child, "GET", NETWORKS, AUTHORIZED, NULL);
    assert_false(readable_within(fd, 50));
    struct answer other = get(&child, FIREWALLS);
    assert_int_equal(other.status, 200);
    answer_free(&other);
    assert_false(readable_within(fd, 50));
    child_end(&child, 0);
    struct answer cut = http_receive(fd);
    assert_int_equal(cut.status, 0);
    answer_free(&cut);
}

/* The delay is a lower bound; how much longer it takes is not ours to promise. */
static void test_delay(void **state)
{
    struct child child;
    struct timespec before;
    struct timespec after;
    (void)state;
    child_start(&child, NULL, "{\"action\":\"delay\",\"delay_ms\":120}", NULL);
    clock_gettime(CLOCK_MONOTONIC, &before);
    struct answer answer = get(&child, NETWORKS);
    clock_gettime(CLOCK_MONOTONIC, &after);
    assert_int_equal(answer.status, 200);
    assert_true(
        (after.tv_sec - before.tv_sec) * 1000 + (after.tv_nsec - before.tv_nsec) / 1000000 >= 119);
    answer_free(&answer);
    child_end(&child, 0);
}

/* ---- `unobserved` lines of the estate refuse in the same way ---- */

struct unobserved {
    const char *line;
    const char *path;
    int status;
    const char *member;
    const char *text;
};

static const struct unobserved unobserveds[] = {
    {"{\"unobserved\":\"run.service\",\"scope\":\"projects/p\",\"reason\":\"permission_denied\"}",
     "/run.googleapis.com/v2/projects/p/locations/us-central1/services", 403,
     "error.details.0.reason", "IAM_PERMISSION_DENIED"},
    {"{\"unobserved\":\"run.service\",\"scope\":\"projects/p\",\"reason\":\"permission_denied\"}",
     "/redis.googleapis.com/v1/projects/p/locations/-/instances", 200, "instances.0.name",
     "projects/p/locations/us-central1/instances/cache"},
    /* Only the policy could not be read, and only this service's. */
    {"{\"unobserved\":\"run.service\",\"scope\":\"//run.googleapis.com/projects/p/locations/"
     "us-central1/services/auth\","
     "\"reason\":\"permission_denied\",\"permission\":\"run.services.getIamPolicy\"}",
     "/run.googleapis.com/v2/projects/p/locations/us-central1/services/auth:getIamPolicy", 403,
     "error.details.0.metadata.permission", "run.services.getIamPolicy"},
    {"{\"unobserved\":\"run.service\",\"scope\":\"//run.googleapis.com/projects/p/locations/"
     "us-central1/services/auth\","
     "\"reason\":\"permission_denied\",\"permission\":\"run.services.getIamPolicy\"}",
     "/run.googleapis.com/v2/projects/p/locations/us-central1/services/auth", 200, "name",
     "projects/p/locations/us-central1/services/auth"},
    {"{\"unobserved\":\"run.service\",\"scope\":\"//run.googleapis.com/projects/p/locations/"
     "us-central1/services/other\","
     "\"reason\":\"permission_denied\"}",
     "/run.googleapis.com/v2/projects/p/locations/us-central1/services/auth", 200, "name",
     "projects/p/locations/us-central1/services/auth"},
    /* One location of many: the answer is partial. */
    {"{\"unobserved\":\"redis.instance\",\"scope\":\"projects/p/locations/"
     "europe-west1\",\"reason\":\"unavailable\"}",
     "/redis.googleapis.com/v1/projects/p/locations/-/instances", 200, "unreachable.0",
     "projects/p/locations/europe-west1"},
    {"{\"unobserved\":\"redis.instance\",\"scope\":\"projects/p/locations/"
     "europe-west1\",\"reason\":\"unavailable\"}",
     "/redis.googleapis.com/v1/projects/p/locations/europe-west1/instances", 503, "error.status",
     "UNAVAILABLE"},
    {"{\"unobserved\":\"sql.instance\",\"scope\":\"projects/p\",\"reason\":\"api_disabled\"}",
     "/sqladmin.googleapis.com/v1/projects/p/instances", 403, "error.errors.0.reason",
     "accessNotConfigured"},
    {"{\"unobserved\":\"compute.route\",\"scope\":\"projects/p/"
     "global\",\"reason\":\"throttled\"}",
     "/compute.googleapis.com/compute/v1/projects/p/global/routes", 429, "error.errors.0.reason",
     "rateLimitExceeded"},
    {"{\"unobserved\":\"servicenetworking.connection\",\"scope\":\"projects/77/global/networks/"
     "n\",\"reason\":\"permission_denied\"}",
     "/servicenetworking.googleapis.com/v1/services/-/connections?network=projects/77/global/"
     "networks/n",
     403, "error.details.0.metadata.permission", "servicenetworking.services.get"},
    {"{\"unobserved\":\"project.iamPolicy\",\"reason\":\"permission_denied\"}",
     "/serviceusage.googleapis.com/v1/projects/p/services", 200, "services", "(none)"},
    {"{\"unobserved\":\"run.service\",\"scope\":\"projects/p/locations/"
     "-\",\"field\":\"iamPolicy\",\"reason\":\"permission_denied\"}",
     "/run.googleapis.com/v2/projects/p/locations/us-central1/services/auth:getIamPolicy", 403,
     "error.details.0.reason", "IAM_PERMISSION_DENIED"},
    {"{\"unobserved\":\"run.service\",\"scope\":\"projects/p/locations/"
     "-\",\"field\":\"iamPolicy\",\"reason\":\"permission_denied\"}",
     "/run.googleapis.com/v2/projects/p/locations/us-central1/services/auth", 200, "name",
     "projects/p/locations/us-central1/services/auth"},
    {"{\"unobserved\":\"run.service\",\"scope\":\"projects/p/locations/"
     "-\",\"reason\":\"vpc_service_controls\"}",
     "/run.googleapis.com/v2/projects/p/locations/us-central1/services/auth", 403,
     "error.details.0.reason", "SECURITY_POLICY_VIOLATED"},
    {"{\"unobserved\":\"run.service\",\"scope\":\"projects/p/locations/"
     "-\",\"reason\":\"billing_disabled\"}",
     "/run.googleapis.com/v2/projects/p/locations/us-central1/services/auth", 403,
     "error.details.0.metadata.consumer", "projects/77"},
    {"{\"unobserved\":\"run.service\",\"scope\":\"projects/p/locations/"
     "-\",\"reason\":\"scope_insufficient\"}",
     "/run.googleapis.com/v2/projects/p/locations/us-central1/services/auth", 403,
     "error.details.0.reason", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"},
    {"{\"unobserved\":\"run.service\",\"scope\":\"projects/p/locations/"
     "-\",\"reason\":\"not_found_scope\"}",
     "/run.googleapis.com/v2/projects/p/locations/us-central1/services/auth", 404, "error.status",
     "NOT_FOUND"},
    {"{\"unobserved\":\"run.service\",\"scope\":\"projects/p/locations/-\",\"reason\":\"auth\"}",
     "/run.googleapis.com/v2/projects/p/locations/us-central1/services/auth", 401, "error.status",
     "UNAUTHENTICATED"},
    /* An API that the estate lists as not enabled is off. */
    {"{\"kind\":\"project.service\",\"name\":\"//serviceusage.googleapis.com/projects/p/services/"
     "sqladmin.googleapis.com\","
     "\"resource\":{\"state\":\"DISABLED\"}}",
     "/sqladmin.googleapis.com/v1/projects/p/instances", 403, "error.errors.0.reason",
     "accessNotConfigured"},
};

static void test_unobserved(void **state)
{
    static const char estate[] =
        "{\"plumbline_snapshot\":\"1.0\",\"projects\":[{\"id\":\"p\",\"number\":\"77\"}]}\n"
        "{\"kind\":\"run.service\",\"name\":\"//run.googleapis.com/projects/p/locations/"
        "us-central1/services/auth\","
        "\"resource\":{\"name\":\"projects/p/locations/us-central1/services/auth\"}}\n"
        "{\"kind\":\"redis.instance\",\"name\":\"//redis.googleapis.com/projects/p/locations/"
        "us-central1/instances/cache\","
        "\"resource\":{\"name\":\"projects/p/locations/us-central1/instances/cache\"}}\n";
    (void)state;
    for (size_t i = 0; i < sizeof unobserveds / sizeof unobserveds[0]; i++) {
        struct child holder;
        struct child child;
        char path[PATH_MAX];
        char text[2048];
        child_folder(&holder);
        snprintf(text, sizeof text, "%s%s\n", estate, unobserveds[i].line);
        child_write(&holder, "estate", text, path);
        child_start(&child, path, NULL, NULL);
        struct answer answer = get(&child, unobserveds[i].path);
        if (answer.status != unobserveds[i].status ||
            strcmp(text_at(answer.json, unobserveds[i].member), unobserveds[i].text) != 0) {
            fail_msg("row %zu: %d %s", i, answer.status, answer.body == NULL ? "" : answer.body);
        }
        answer_free(&answer);
        child_end(&child, 0);
        child_remove(&holder);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_match),
        cmocka_unit_test(test_token_expired_once),
        cmocka_unit_test(test_page_loop),
        cmocka_unit_test(test_reset),
        cmocka_unit_test(test_damaged_bodies),
        cmocka_unit_test(test_hang),
        cmocka_unit_test(test_delay),
        cmocka_unit_test(test_unobserved),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
