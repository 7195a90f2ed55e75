/*
 * test_sim_refusals.c - every refusal of plumbline-sim, as rows: request, status, and the members of the body that a client reads.
 */
#include "child.h"

#define SECRET  "/secretmanager.googleapis.com/v1/projects/"
#define SQL     "/sqladmin.googleapis.com/v1/projects/"
#define RUN     "/run.googleapis.com/v2/projects/"
#define REDIS   "/redis.googleapis.com/v1/projects/"
#define COMPUTE "/compute.googleapis.com/compute/v1/projects/"
#define VPC     "/vpcaccess.googleapis.com/v1/projects/"
#define PEERING                                                                                    \
    "/servicenetworking.googleapis.com/v1/services/servicenetworking.googleapis.com/connections"
#define USAGE  "/serviceusage.googleapis.com/v1/projects/"
#define CRM    "/cloudresourcemanager.googleapis.com/v3/projects/"
#define LOGS   "/logging.googleapis.com/v2/entries:list"
#define NUMBER "481516234200"

struct expectation {
    const char *path; /* in the body; NULL ends the list */
    const char *text;
};

struct refusal {
    const char *method;
    const char *path;
    const char *headers; /* NULL: the good token */
    const char *body;
    int status;
    struct expectation wants[5];
};

static const struct refusal refusals[] = {
    /* log entries: a query in a body */
    {"POST", LOGS, NULL, "", 400, {{"error.status", "INVALID_ARGUMENT"}}},
    {"POST", LOGS, NULL, "[]", 400, {{"error.status", "INVALID_ARGUMENT"}}},
    {"POST", LOGS, NULL, "{}", 400, {{"error.message", "resource_names is a required parameter."}}},
    {"POST",
     LOGS,
     NULL,
     "{\"resourceNames\":[\"projects/acme-staging\"],\"resourceName\":\"x\"}",
     400,
     {{"error.status", "INVALID_ARGUMENT"}}},
    {"POST",
     LOGS,
     NULL,
     "{\"resourceNames\":[\"projects/acme-staging\"],\"projectIds\":[\"acme-staging\"]}",
     400,
     {{"error.status", "INVALID_ARGUMENT"}}},
    {"POST",
     LOGS,
     NULL,
     "{\"resourceNames\":[\"projects/acme-staging\"],\"orderBy\":\"severity desc\"}",
     400,
     {{"error.message", "order_by must be \"timestamp asc\" or \"timestamp desc\"."}}},
    {"POST",
     LOGS,
     NULL,
     "{\"resourceNames\":[\"projects/acme-staging\"],\"pageSize\":-1}",
     400,
     {{"error.message", "page_size must be non-negative."}}},
    {"POST",
     LOGS,
     NULL,
     "{\"resourceNames\":[\"projects/acme-staging\"],\"pageSize\":\"1\"}",
     400,
     {{"error.message", "A field has the wrong type."}}},
    {"POST",
     LOGS,
     NULL,
     "{\"resourceNames\":[\"projects/acme-staging\"],\"filter\":\"severity>=LOUD\"}",
     400,
     {{"error.message", "no such severity"}}},
    {"POST",
     LOGS,
     NULL,
     "{\"resourceNames\":[\"projects/acme-staging\"],\"filter\":\"severity>=ERROR)\"}",
     400,
     {{"error.message", "a parenthesis too many"}}},
    {"POST",
     LOGS,
     NULL,
     "{\"resourceNames\":[\"projects/acme-staging\"],\"filter\":\"textPayload=~\\\"x\\\"\"}",
     501,
     {{"error.status", "UNIMPLEMENTED"}}},
    {"POST",
     LOGS,
     NULL,
     "{\"resourceNames\":[\"projects/acme-staging\"],\"pageToken\":\"x\"}",
     400,
     {{"error.status", "INVALID_ARGUMENT"}}},
    /* query parameters */
    {"GET",
     RUN PROJECT "/locations/us-central1/services?page_limit=1",
     NULL,
     NULL,
     400,
     {{"error.status", "INVALID_ARGUMENT"},
      {"error.message", "Invalid JSON payload received. Unknown name \"page_limit\": Cannot bind "
                        "query parameter. Field 'page_limit' could "
                        "not be found in request message."},
      {"error.details.0.@type", "type.googleapis.com/google.rpc.BadRequest"},
      {"error.errors", "(none)"}}},
    {"GET",
     COMPUTE PROJECT "/global/networks?pageSize=1",
     NULL,
     NULL,
     400,
     {{"error.errors.0.reason", "invalid"},
      {"error.errors.0.domain", "global"},
      {"error.status", "(none)"}}},
    {"GET",
     SQL PROJECT "/instances?pageSize=1",
     NULL,
     NULL,
     400,
     {{"error.errors.0.reason", "invalid"}, {"error.status", "INVALID_ARGUMENT"}}},
    {"GET",
     PEERING "?network=projects/" NUMBER "/global/networks/main&pageSize=1",
     NULL,
     NULL,
     400,
     {{"error.status", "INVALID_ARGUMENT"}}},
    {"GET",
     RUN PROJECT "/locations/us-central1/services?pageSize=1&pageSize=2",
     NULL,
     NULL,
     400,
     {{"error.message", "Invalid JSON payload received. Unknown name \"pageSize\": Proto field is "
                        "not repeating, cannot start list."}}},
    {"GET",
     RUN PROJECT "/locations/us-central1/services?pageSize=ten",
     NULL,
     NULL,
     400,
     {{"error.message", "Invalid value at 'page_size' (TYPE_INT32), \"ten\""},
      {"error.details.0.fieldViolations.0.field", "page_size"}}},
    {"GET",
     RUN PROJECT "/locations/us-central1/services?showDeleted=yes",
     NULL,
     NULL,
     400,
     {{"error.message", "Invalid value at 'show_deleted' (TYPE_BOOL), \"yes\""}}},
    {"GET",
     RUN PROJECT "/locations/us-central1/services?pageSize=-1",
     NULL,
     NULL,
     400,
     {{"error.status", "INVALID_ARGUMENT"}}},
    {"GET",
     COMPUTE PROJECT "/global/networks?maxResults=501",
     NULL,
     NULL,
     400,
     {{"error.message",
       "Invalid value for field 'maxResults': '501'. Acceptable values are 0 to 500, inclusive."},
      {"error.errors.0.reason", "invalidParameter"}}},
    {"GET",
     USAGE PROJECT "/services?pageSize=201",
     NULL,
     NULL,
     400,
     {{"error.status", "INVALID_ARGUMENT"}}},
    {"GET",
     REDIS PROJECT "/locations/-/instances?pageToken=abc",
     NULL,
     NULL,
     400,
     {{"error.status", "INVALID_ARGUMENT"}}},
    {"GET",
     COMPUTE PROJECT "/global/routes?pageToken=AAAAAAAAAAAAAAAAAAAAAAAAAAA",
     NULL,
     NULL,
     400,
     {{"error.errors.0.reason", "invalid"}}},
    {"GET", RUN PROJECT "/locations/us-central1/services?a=%zz", NULL, NULL, 400, {{NULL, NULL}}},
    {"GET",
     COMPUTE PROJECT "/global/firewalls?filter=name=x",
     NULL,
     NULL,
     501,
     {{"error.message", "plumbline-sim does not simulate filter=name=x of this method."}}},
    {"GET",
     USAGE PROJECT "/services?filter=state:GONE",
     NULL,
     NULL,
     501,
     {{"error.status", "UNIMPLEMENTED"}}},
    {"GET",
     RUN PROJECT "/locations/us-central1/services?access_token=secret",
     NULL,
     NULL,
     501,
     {{"error.message", "plumbline-sim does not simulate access_token=... of this method."}}},
    {"GET",
     RUN PROJECT "/locations/us-central1/services?alt=media",
     NULL,
     NULL,
     501,
     {{"error.status", "UNIMPLEMENTED"}}},
    {"GET",
     RUN PROJECT
     "/locations/us-central1/services/auth:getIamPolicy?options.requestedPolicyVersion=2",
     NULL,
     NULL,
     400,
     {{"error.status", "INVALID_ARGUMENT"}}},

    /* credentials */
    {"GET",
     SQL PROJECT "/instances",
     "",
     NULL,
     401,
     {{"error.status", "UNAUTHENTICATED"},
      {"error.errors.0.message", "Login Required."},
      {"error.errors.0.reason", "required"},
      {"error.details.0.reason", "CREDENTIALS_MISSING"},
      {"error.details.0.metadata.service", "sqladmin.googleapis.com"}}},
    {"GET",
     RUN PROJECT "/locations/us-central1/services",
     "Authorization: Bearer wrong\r\n",
     NULL,
     401,
     {{"error.status", "UNAUTHENTICATED"},
      {"error.message", "Request had invalid authentication credentials. Expected OAuth 2 access "
                        "token, login cookie or other valid "
                        "authentication credential. See "
                        "https://developers.google.com/identity/sign-in/web/devconsole-project."},
      {"error.details", "(none)"}}},
    {"GET",
     COMPUTE PROJECT "/global/networks",
     "Authorization: Bearer wrong\r\n",
     NULL,
     401,
     {{"error.errors.0.reason", "authError"},
      {"error.errors.0.message", "Invalid Credentials"},
      {"error.errors.0.location", "Authorization"}}},
    {"GET",
     RUN PROJECT "/locations/us-central1/services",
     "Authorization: Basic c2ltOnNpbQ==\r\n",
     NULL,
     401,
     {{"error.status", "UNAUTHENTICATED"}}},

    /* projects that are not there */
    {"GET",
     SQL "nobody/instances",
     NULL,
     NULL,
     400,
     {{"error.errors.0.reason", "errorInvalidProject"},
      {"error.message", "Project specified in the request is invalid."}}},
    {"GET",
     COMPUTE "nobody/global/networks",
     NULL,
     NULL,
     404,
     {{"error.errors.0.reason", "notFound"},
      {"error.message", "The resource 'projects/nobody' was not found"}}},
    {"GET",
     RUN "nobody/locations/us-central1/services",
     NULL,
     NULL,
     403,
     {{"error.status", "PERMISSION_DENIED"},
      {"error.details.0.reason", "CONSUMER_INVALID"},
      {"error.details.0.metadata.consumer", "projects/nobody"},
      {"error.message", "Permission denied on resource project nobody."}}},
    {"GET",
     USAGE "nobody/services",
     NULL,
     NULL,
     403,
     {{"error.message", "Project 'nobody' not found or permission denied."}}},
    {"GET",
     CRM "nobody",
     NULL,
     NULL,
     403,
     {{"error.message", "The caller does not have permission"},
      {"error.status", "PERMISSION_DENIED"},
      {"error.details", "(none)"}}},
    {"GET",
     PEERING "?network=projects/123/global/networks/main",
     NULL,
     NULL,
     403,
     {{"error.details.0.reason", "CONSUMER_INVALID"}}},

    /* what Google demands of an address */
    {"GET",
     RUN PROJECT "/locations/-/services",
     NULL,
     NULL,
     400,
     {{"error.status", "INVALID_ARGUMENT"},
      {"error.message",
       "Location '-' is not a valid location. Use ListLocations to list valid locations."}}},
    {"GET",
     COMPUTE PROJECT "/regions/-/routers",
     NULL,
     NULL,
     400,
     {{"error.message", "Invalid value for field 'region': '-'. Unknown region."},
      {"error.errors.0.reason", "invalid"}}},
    {"GET",
     RUN PROJECT "/locations/mars/services",
     NULL,
     NULL,
     403,
     {{"error.message", "Permission denied on 'locations/mars' (or it may not exist)."},
      {"error.details.0.reason", "LOCATION_POLICY_VIOLATED"},
      {"error.details.0.metadata.location", "mars"}}},
    {"GET",
     PEERING "?network=projects/" PROJECT "/global/networks/main",
     NULL,
     NULL,
     400,
     {{"error.status", "INVALID_ARGUMENT"}}},
    {"GET", PEERING, NULL, NULL, 400, {{"error.status", "INVALID_ARGUMENT"}}},

    /* resources that are not there */
    {"GET",
     SQL PROJECT "/instances/none",
     NULL,
     NULL,
     404,
     {{"error.errors.0.reason", "instanceDoesNotExist"},
      {"error.message", "The Cloud SQL instance does not exist."}}},
    {"GET",
     RUN PROJECT "/locations/us-central1/services/none",
     NULL,
     NULL,
     404,
     {{"error.status", "NOT_FOUND"},
      {"error.message",
       "service \"projects/acme-staging/locations/us-central1/services/none\" not found"}}},
    {"GET",
     RUN PROJECT "/locations/us-central1/services/none:getIamPolicy",
     NULL,
     NULL,
     404,
     {{"error.status", "NOT_FOUND"}}},
    {"GET",
     REDIS PROJECT "/locations/us-central1/instances/none",
     NULL,
     NULL,
     404,
     {{"error.message",
       "Resource 'projects/acme-staging/locations/us-central1/instances/none' was not found"}}},
    {"GET",
     COMPUTE PROJECT "/global/firewalls/none",
     NULL,
     NULL,
     404,
     {{"error.message", "The resource 'projects/acme-staging/global/firewalls/none' was not found"},
      {"error.errors.0.reason", "notFound"},
      {"error.status", "(none)"}}},
    {"GET",
     VPC PROJECT "/locations/us-central1/connectors/none",
     NULL,
     NULL,
     404,
     {{"error.message", "The connector is not found."}}},

    /* bodies */
    {"POST",
     CRM PROJECT ":getIamPolicy",
     NULL,
     "{\"options\":{\"version\":3}}",
     400,
     {{"error.message",
       "Invalid JSON payload received. Unknown name \"version\" at 'options': Cannot find field."},
      {"error.details.0.fieldViolations.0.field", "options"}}},
    {"POST",
     CRM PROJECT ":getIamPolicy",
     NULL,
     "{\"option\":{}}",
     400,
     {{"error.message",
       "Invalid JSON payload received. Unknown name \"option\": Cannot find field."}}},
    {"POST",
     CRM PROJECT ":getIamPolicy",
     NULL,
     "not json",
     400,
     {{"error.status", "INVALID_ARGUMENT"}}},
    {"POST",
     CRM PROJECT ":getIamPolicy",
     NULL,
     "{\"options\":{\"requestedPolicyVersion\":2}}",
     400,
     {{"error.status", "INVALID_ARGUMENT"}}},
    {"GET", RUN PROJECT "/locations/us-central1/services", NULL, "{}", 400, {{NULL, NULL}}},

    /* what the estate says was refused to its observer */
    {"GET",
     COMPUTE "acme-network-host/global/firewalls",
     NULL,
     NULL,
     403,
     {{"error.errors.0.reason", "forbidden"},
      {"error.message",
       "Required 'compute.firewalls.list' permission for 'projects/acme-network-host'"}}},
    {"GET",
     REDIS "acme-network-host/locations/-/instances",
     NULL,
     NULL,
     403,
     {{"error.status", "PERMISSION_DENIED"},
      {"error.details.0.links.0.url", "https://console.developers.google.com/apis/api/"
                                      "redis.googleapis.com/overview?project=481516234299"},
      {"error.details.1.reason", "SERVICE_DISABLED"},
      {"error.details.1.metadata.consumer", "projects/481516234299"},
      {"error.details.1.metadata.service", "redis.googleapis.com"}}},

    /* what lives inside another resource */
    {"GET",
     SQL "acme-network-host/instances/archive/users",
     NULL,
     NULL,
     400,
     {{"error.errors.0.reason", "invalid"},
      {"error.message", "Invalid request: Invalid request since instance is not running."}}},
    {"GET",
     SQL PROJECT "/instances/none/databases",
     NULL,
     NULL,
     404,
     {{"error.errors.0.reason", "instanceDoesNotExist"},
      {"error.message", "The Cloud SQL instance does not exist."}}},
    {"GET",
     SECRET PROJECT "/secrets/none/versions",
     NULL,
     NULL,
     404,
     {{"error.message", "Secret [projects/481516234200/secrets/none] not found."}}},
    {"GET",
     SQL PROJECT "/instances/-/users",
     NULL,
     NULL,
     404,
     {{"error.errors.0.reason", "instanceDoesNotExist"}}},
    {"GET",
     COMPUTE PROJECT "/zones/us-central1/instances",
     NULL,
     NULL,
     400,
     {{"error.errors.0.reason", "invalid"}}},
    {"GET",
     COMPUTE PROJECT "/regions/global/addresses",
     NULL,
     NULL,
     400,
     {{"error.errors.0.reason", "invalid"}}},
    {"GET",
     COMPUTE PROJECT "/global/addresses/nat-1",
     NULL,
     NULL,
     404,
     {{"error.message",
       "The resource 'projects/acme-staging/global/addresses/nat-1' was not found"}}},
    /* no payload of a version that is not enabled, none of one that is not there, and nothing but `access` */
    {"GET",
     SECRET PROJECT "/secrets/app-db-password/versions/1:access",
     NULL,
     NULL,
     400,
     {{"error.status", "FAILED_PRECONDITION"},
      {"error.message", "Secret Version [projects/481516234200/secrets/app-db-password/versions/1] "
                        "is in DISABLED state."}}},
    {"GET",
     SECRET PROJECT "/secrets/app-db-password/versions/9:access",
     NULL,
     NULL,
     404,
     {{"error.status", "NOT_FOUND"}}},
    {"GET",
     SECRET PROJECT "/secrets/app-db-password/versions/2:destroy",
     NULL,
     NULL,
     404,
     {{NULL, NULL}}},

    /* addresses that are none */
    {"GET", "/run.googleapis.com/v3/projects/" PROJECT, NULL, NULL, 404, {{NULL, NULL}}},
    {"GET",
     "/run.googleapis.com/v2/projects/" PROJECT "/locations/us-central1/services/",
     NULL,
     NULL,
     404,
     {{NULL, NULL}}},
    {"GET",
     "/run.googleapis.com/v2/projects/" PROJECT "/locations/us-central1/services/a%2Fb",
     NULL,
     NULL,
     404,
     {{NULL, NULL}}},
    {"GET",
     "/run.googleapis.com/v2/projects/" PROJECT "/locations/us-central1/services/auth:setIamPolicy",
     NULL,
     NULL,
     404,
     {{NULL, NULL}}},
    {"GET", "/sql.example.com/v1/projects/" PROJECT "/instances", NULL, NULL, 404, {{NULL, NULL}}},
    {"GET", CRM PROJECT ":getIamPolicy", NULL, NULL, 405, {{NULL, NULL}}},
    {"HEAD", SQL PROJECT "/instances", NULL, NULL, 405, {{NULL, NULL}}},
};

static void test_refusals(void **state)
{
    struct child child;
    (void)state;
    child_start(&child, NULL, NULL, NULL);
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
        const struct refusal *row = &refusals[i];
        struct answer answer = http(&child, row->method, row->path,
                                    row->headers == NULL ? AUTHORIZED : row->headers, row->body);
        if (answer.status != row->status) {
            fail_msg("row %zu, %s %s: status %d, not %d: %s", i, row->method, row->path,
                     answer.status, row->status, answer.body == NULL ? "" : answer.body);
        }
        for (const struct expectation *want = row->wants;
             want < row->wants + 5 && want->path != NULL; want++) {
            if (strcmp(text_at(answer.json, want->path), want->text) != 0) {
                fail_msg("row %zu, %s: %s is %s, not %s", i, row->path, want->path,
                         text_at(answer.json, want->path), want->text);
            }
        }
        if (row->wants[0].path == NULL) {
            assert_non_null(strstr(answer.head, "Content-Type: text/html; charset=UTF-8"));
        } else {
            assert_int_equal(json_integer_value(at(answer.json, "error.code")), row->status);
        }
        answer_free(&answer);
    }
    child_end(&child, 0);
}

/* A body or a URL without end is cut off, not stored. */
static void test_too_large(void **state)
{
    struct child child;
    char *body = malloc(200001);
    (void)state;
    assert_non_null(body);
    memset(body, ' ', 200000);
    body[200000] = '\0';
    child_start(&child, NULL, NULL, NULL);
    struct answer answer =
        http(&child, "POST",
             "/cloudresourcemanager.googleapis.com/v3/projects/acme-staging:getIamPolicy",
             AUTHORIZED, body);
    assert_int_equal(answer.status, 413);
    answer_free(&answer);
    body[0] = '/';
    memset(body + 1, 'a', 19999);
    body[20000] = '\0';
    answer = get(&child, body);
    assert_int_equal(answer.status, 414);
    answer_free(&answer);
    free(body);
    child_end(&child, 0);
}

/* The path that Google would show in its page is text there, not markup. */
static void test_html_is_escaped(void **state)
{
    struct child child;
    (void)state;
    child_start(&child, NULL, NULL, NULL);
    struct answer answer = get(&child, "/run.googleapis.com/<script>");
    assert_int_equal(answer.status, 404);
    assert_null(strstr(answer.body, "<script>"));
    assert_non_null(strstr(answer.body, "<code>/&lt;script&gt;</code>"));
    answer_free(&answer);
    child_end(&child, 0);
}

struct write {
    const char *method;
    const char *path;
};

static const struct write writes[] = {
    {"POST", "sqladmin.googleapis.com/v1/projects/acme-staging/instances"},
    {"PATCH", "run.googleapis.com/v2/projects/acme-staging/locations/us-central1/services/auth"},
    {"DELETE",
     "redis.googleapis.com/v1/projects/acme-staging/locations/us-central1/instances/sessions"},
    {"PUT", "compute.googleapis.com/compute/v1/projects/acme-staging/global/firewalls/allow-dns"},
    {"POST", "run.googleapis.com/v2/projects/acme-staging/locations/us-central1/services/"
             "auth:setIamPolicy"},
    {"POST", "serviceusage.googleapis.com/v1/projects/acme-staging/services/"
             "memcache.googleapis.com:enable"},
    {"POST", "nowhere.example.com/x"},
};

/* Refused, remembered, and told at the end: the log's last line and exit status 3. */
static void test_writes(void **state)
{
    struct child child;
    (void)state;
    child_start(&child, NULL, NULL, NULL);
    for (size_t i = 0; i < sizeof writes / sizeof writes[0]; i++) {
        char path[256];
        snprintf(path, sizeof path, "/%s", writes[i].path);
        struct answer answer = http(&child, writes[i].method, path, AUTHORIZED, "{}");
        assert_int_equal(answer.status, 405);
        answer_free(&answer);
    }
    assert_int_equal(child_stop(&child), 3);
    char *log = child_read(&child, "log");
    const char *end = strstr(log, "{\"end\"");
    assert_non_null(end);
    json_t *last = json_loads(end, 0, NULL);
    assert_int_equal(json_array_size(at(last, "writes")), sizeof writes / sizeof writes[0]);
    for (size_t i = 0; i < sizeof writes / sizeof writes[0]; i++) {
        json_t *one = json_array_get(at(last, "writes"), i);
        assert_string_equal(text_at(one, "method"), writes[i].method);
        assert_string_equal(text_at(one, "url"), writes[i].path);
    }
    json_decref(last);
    free(log);
    child_remove(&child);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_too_large),
        cmocka_unit_test(test_html_is_escaped),
        cmocka_unit_test(test_writes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
