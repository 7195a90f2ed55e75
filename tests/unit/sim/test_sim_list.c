/*
 * test_sim_list.c - lists and pages of plumbline-sim: chains are complete at every page size, in each API's own shape; tokens belong to
 * their query; gets, locations and policies.
 */
#include "child.h"

struct chain {
    const char *path;
    const char *size_param;
    const char *key; /* of the list; of the collection where aggregated */
    bool aggregated;
    size_t count;
};

static const struct chain chains[] = {
    {"/sqladmin.googleapis.com/v1/projects/acme-staging/instances", "maxResults", "items", false,
     3},
    {"/run.googleapis.com/v1/projects/acme-staging/locations", "pageSize", "locations", false, 2},
    {"/run.googleapis.com/v2/projects/acme-staging/locations/us-central1/services", "pageSize",
     "services", false, 3},
    {"/run.googleapis.com/v2/projects/acme-staging/locations/europe-west1/services", "pageSize",
     "services", false, 1},
    {"/run.googleapis.com/v2/projects/acme-staging/locations/asia-east1/services", "pageSize",
     "services", false, 0},
    {"/redis.googleapis.com/v1/projects/acme-staging/locations/-/instances", "pageSize",
     "instances", false, 2},
    {"/redis.googleapis.com/v1/projects/acme-staging/locations/us-central1/instances", "pageSize",
     "instances", false, 1},
    {"/compute.googleapis.com/compute/v1/projects/acme-staging/global/networks", "maxResults",
     "items", false, 2},
    {"/compute.googleapis.com/compute/v1/projects/acme-network-host/global/networks", "maxResults",
     "items", false, 1},
    {"/compute.googleapis.com/compute/v1/projects/acme-staging/global/firewalls", "maxResults",
     "items", false, 5},
    {"/compute.googleapis.com/compute/v1/projects/acme-staging/global/routes", "maxResults",
     "items", false, 3},
    {"/compute.googleapis.com/compute/v1/projects/acme-staging/aggregated/subnetworks",
     "maxResults", "subnetworks", true, 3},
    {"/compute.googleapis.com/compute/v1/projects/acme-staging/aggregated/routers", "maxResults",
     "routers", true, 1},
    {"/compute.googleapis.com/compute/v1/projects/acme-staging/regions/us-central1/subnetworks",
     "maxResults", "items", false, 2},
    {"/vpcaccess.googleapis.com/v1/projects/acme-staging/locations/-/connectors", "pageSize",
     "connectors", false, 2},
    {"/serviceusage.googleapis.com/v1/projects/acme-staging/services", "pageSize", "services",
     false, 9},
    /* global, regions and zones in one list, and each of them alone */
    {"/compute.googleapis.com/compute/v1/projects/acme-staging/aggregated/addresses", "maxResults",
     "addresses", true, 3},
    {"/compute.googleapis.com/compute/v1/projects/acme-staging/global/addresses", "maxResults",
     "items", false, 1},
    {"/compute.googleapis.com/compute/v1/projects/acme-staging/regions/us-central1/addresses",
     "maxResults", "items", false, 1},
    /* what lives inside another resource, and in all of them */
    {"/run.googleapis.com/v2/projects/acme-staging/locations/us-central1/services/auth/revisions",
     "pageSize", "revisions", false, 2},
    {"/run.googleapis.com/v2/projects/acme-staging/locations/us-central1/services/api/revisions",
     "pageSize", "revisions", false, 0},
    {"/run.googleapis.com/v2/projects/acme-staging/locations/us-central1/services/-/revisions",
     "pageSize", "revisions", false, 2},
    {"/secretmanager.googleapis.com/v1/projects/acme-staging/secrets/app-db-password/versions",
     "pageSize", "versions", false, 2},
    {"/dns.googleapis.com/dns/v1/projects/acme-staging/managedZones/partner/rrsets", "maxResults",
     "rrsets", false, 0},
    /* A project can be named by its number. */
    {"/serviceusage.googleapis.com/v1/projects/481516234200/services", "pageSize", "services",
     false, 9},
};

/* Adds the names on this page to `seen`; a name that was there before is a failure. */
static void page_collect(const struct chain *chain, json_t *body, json_t *seen)
{
    json_t *lists = chain->aggregated ? at(body, "items") : body;
    const char *scope = NULL;
    json_t *member = NULL;
    json_object_foreach(lists, scope, member)
    {
        json_t *list = chain->aggregated                ? json_object_get(member, chain->key)
                       : strcmp(scope, chain->key) == 0 ? member
                                                        : NULL;
        json_t *item = NULL;
        size_t index = 0;
        if (chain->aggregated && list == NULL) {
            assert_string_equal(text_at(member, "warning.code"), "NO_RESULTS_ON_PAGE");
            assert_string_equal(text_at(member, "warning.data.0.value"), scope);
        }
        assert_true(list == NULL || json_array_size(list) > 0); /* an empty list has no key */
        json_array_foreach(list, index, item)
        {
            const char *name = text_at(item, "name");
            assert_null(json_object_get(seen, name));
            json_object_set_new(seen, name, json_true());
        }
    }
}

static size_t chain_walk(const struct child *child, const struct chain *chain, long size,
                         json_t *seen)
{
    char token[128] = "";
    size_t pages = 0;
    do {
        char path[512];
        snprintf(path, sizeof path, "%s?%s=%ld%s%s", chain->path, chain->size_param, size,
                 token[0] == '\0' ? "" : "&pageToken=", token);
        struct answer answer = get(child, path);
        assert_int_equal(answer.status, 200);
        page_collect(chain, answer.json, seen);
        const char *next = json_string_value(at(answer.json, "nextPageToken"));
        snprintf(token, sizeof token, "%s", next == NULL ? "" : next);
        answer_free(&answer);
        pages++;
        assert_true(pages < 100);
    } while (token[0] != '\0');
    return pages;
}

static void test_chains_are_complete(void **state)
{
    static const long sizes[] = {1, 2, 3, 100, 0};
    struct child child;
    (void)state;
    child_start(&child, NULL, NULL, NULL);
    for (size_t i = 0; i < sizeof chains / sizeof chains[0]; i++) {
        for (size_t s = 0; s < sizeof sizes / sizeof sizes[0]; s++) {
            json_t *seen = json_object();
            const size_t size = sizes[s] == 0 ? 100 : (size_t)sizes[s];
            const size_t pages = chain_walk(&child, &chains[i], sizes[s], seen);
            const size_t want = chains[i].count == 0 ? 1 : (chains[i].count + size - 1) / size;
            if (json_object_size(seen) != chains[i].count || pages != want) {
                fail_msg("%s by %zu: %zu of %zu items on %zu of %zu pages", chains[i].path, size,
                         json_object_size(seen), chains[i].count, pages, want);
            }
            json_decref(seen);
        }
    }
    child_end(&child, 0);
}

/* --page-size: a server may give less than it was asked for. */
static void test_small_pages_on_demand(void **state)
{
    static const char *const more[] = {"--page-size", "2", NULL};
    struct child child;
    (void)state;
    child_start(&child, NULL, NULL, more);
    json_t *seen = json_object();
    assert_int_equal(chain_walk(&child, &chains[9], 500, seen), 3);
    assert_int_equal(json_object_size(seen), 5);
    json_decref(seen);
    child_end(&child, 0);
}

struct foreign {
    const char *from;
    const char *to;
    int status;
};

static const struct foreign foreigns[] = {
    /* the same query with another page size goes on; anything else does not */
    {"/compute.googleapis.com/compute/v1/projects/acme-staging/global/routes?maxResults=1",
     "/compute.googleapis.com/compute/v1/projects/acme-staging/global/routes?maxResults=2", 200},
    {"/compute.googleapis.com/compute/v1/projects/acme-staging/global/routes?maxResults=1",
     "/compute.googleapis.com/compute/v1/projects/acme-staging/global/firewalls?maxResults=1", 400},
    {"/compute.googleapis.com/compute/v1/projects/acme-staging/global/routes?maxResults=1",
     "/compute.googleapis.com/compute/v1/projects/acme-staging/global/"
     "routes?maxResults=1&returnPartialSuccess=true",
     400},
    {"/redis.googleapis.com/v1/projects/acme-staging/locations/-/instances?pageSize=1",
     "/redis.googleapis.com/v1/projects/acme-staging/locations/us-central1/instances?pageSize=1",
     400},
    {"/serviceusage.googleapis.com/v1/projects/acme-staging/"
     "services?pageSize=1&filter=state:ENABLED",
     "/serviceusage.googleapis.com/v1/projects/acme-staging/services?pageSize=1", 400},
};

static void test_tokens_belong_to_their_query(void **state)
{
    struct child child;
    (void)state;
    child_start(&child, NULL, NULL, NULL);
    for (size_t i = 0; i < sizeof foreigns / sizeof foreigns[0]; i++) {
        char path[512];
        struct answer first = get(&child, foreigns[i].from);
        assert_int_equal(first.status, 200);
        snprintf(path, sizeof path, "%s&pageToken=%s", foreigns[i].to,
                 text_at(first.json, "nextPageToken"));
        struct answer second = get(&child, path);
        assert_int_equal(second.status, foreigns[i].status);
        answer_free(&second);
        answer_free(&first);
    }
    child_end(&child, 0);
}

/* ---- fields ---- */

struct selection {
    const char *path, *fields;
    const char *want; /* the body, keys sorted; of a refusal only the status */
    int status;
};

#define SQL_LIST      "/sqladmin.googleapis.com/v1/projects/acme-staging/instances"
#define RUN_LIST      "/run.googleapis.com/v2/projects/acme-staging/locations/europe-west1/services"
#define ROUTER_LIST   "/compute.googleapis.com/compute/v1/projects/acme-staging/aggregated/routers"
#define FIREWALL_LIST "/compute.googleapis.com/compute/v1/projects/acme-staging/global/firewalls"

static const struct selection selections[] = {
    {SQL_LIST "?maxResults=1", "items(name,settings/ipConfiguration/ipv4Enabled)",
     "{\"items\":[{\"name\":\"legacy\",\"settings\":{\"ipConfiguration\":{\"ipv4Enabled\":false}}}]"
     "}",
     200},
    /* a list within is looked into; what is not there leaves no trace but the element */
    {SQL_LIST "?maxResults=1", "items/ipAddresses/type,items/nothing",
     "{\"items\":[{\"ipAddresses\":[{\"type\":\"PRIVATE\"}]}]}", 200},
    {SQL_LIST "?maxResults=1", "items(nothing)", "{\"items\":[{}]}", 200},
    /* of one name whole and in parts the whole counts, in either order */
    {SQL_LIST "?maxResults=1", "items/name,items(name/x)", "{\"items\":[{\"name\":\"legacy\"}]}",
     200},
    {SQL_LIST, "kind", "{\"kind\":\"sql#instancesList\"}", 200},
    {SQL_LIST, "warnings", "{}", 200},
    {RUN_LIST, "services/ingress,unreachable",
     "{\"services\":[{\"ingress\":\"INGRESS_TRAFFIC_ALL\"}]}", 200},
    {ROUTER_LIST, "items/*/routers(name)",
     "{\"items\":{\"regions/us-central1\":{\"routers\":[{\"name\":\"nat\"}]}}}", 200},
    {SQL_LIST "/main", "name", "{\"name\":\"main\"}", 200},
    {SQL_LIST, "items(name", NULL, 400},
    {SQL_LIST, "items(name))", NULL, 400},
    {SQL_LIST, "items()", NULL, 400},
    {SQL_LIST, "items(name,)", NULL, 400},
    {SQL_LIST, ",items", NULL, 400},
    {SQL_LIST, "items//name", NULL, 400},
    {SQL_LIST, "items/", NULL, 400},
    {SQL_LIST, "items.name", NULL, 400},
    {SQL_LIST, "a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a", NULL, 400},
    /* names that the list's message does not have */
    {SQL_LIST, "instances(name)", NULL, 400},
    {SQL_LIST, "pageToken,items", NULL, 400},
    {SQL_LIST, "unreachable,items", NULL, 400},
    {FIREWALL_LIST, "unreachables,items", NULL, 400},
    {ROUTER_LIST, "routers(name)", NULL, 400},
};

static void test_fields(void **state)
{
    struct child child;
    (void)state;
    child_start(&child, NULL, NULL, NULL);
    for (size_t i = 0; i < sizeof selections / sizeof selections[0]; i++) {
        const struct selection *row = &selections[i];
        char path[512];
        snprintf(path, sizeof path, "%s%cfields=%s", row->path,
                 strchr(row->path, '?') == NULL ? '?' : '&', row->fields);
        struct answer answer = get(&child, path);
        char *text = json_dumps(answer.json, JSON_COMPACT | JSON_SORT_KEYS);
        if (answer.status != row->status || (row->want != NULL && strcmp(text, row->want) != 0)) {
            fail_msg("%s: %d %s", row->fields, answer.status, text);
        }
        free(text);
        answer_free(&answer);
    }
    child_end(&child, 0);
}

/* With Google's documents names are looked up at any depth. */
static const struct selection documented[] = {
    {SQL_LIST "?maxResults=1",
     "nextPageToken,warnings(code),items(name,settings(ipConfiguration(ipv4Enabled,"
     "authorizedNetworks(value))),serverCaCert/expirationTime)",
     NULL, 200},
    {ROUTER_LIST, "items/*/warning(code,data),items/*/routers(name,nats(name),bgpPeers/peerAsn)",
     NULL, 200},
    {ROUTER_LIST, "*", NULL, 200},
    {RUN_LIST, "services(labels,template(containers(name,env(name,valueSource/secretKeyRef))))",
     NULL, 200},
    {SQL_LIST "/main", "name,settings/tier", NULL, 200},
    {SQL_LIST, "items(name,nothing)", NULL, 400},
    {SQL_LIST, "items(settings(tier,ipConfiguration(sslMode,nothing)))", NULL, 400},
    {SQL_LIST, "items(settings(Tier))", NULL, 400},
    {SQL_LIST, "items(name(first))", NULL, 400},
    {SQL_LIST, "warnings(words)", NULL, 400},
    {SQL_LIST "/main", "settings/nothing", NULL, 400},
    {ROUTER_LIST, "items/*/routers(nats(nothing))", NULL, 400},
    {ROUTER_LIST, "items/*/addresses(name)", NULL, 400},
    {RUN_LIST, "services(template(containers(env(value(text)))))", NULL, 400},
};

static void test_documented_fields(void **state)
{
    const char *shared = getenv("SHARED");
    char folder[PATH_MAX];
    struct child child;
    (void)state;
    snprintf(folder, sizeof folder, "%s/discovery", shared == NULL ? "../shared" : shared);
    if (access(folder, R_OK) != 0) {
        print_message("skipped: test_documented_fields, Google's documents are not there\n");
        return;
    }
    child_start(&child, NULL, NULL, (const char *const[]){"--documents", folder, NULL});
    for (size_t i = 0; i < sizeof documented / sizeof documented[0]; i++) {
        const struct selection *row = &documented[i];
        char path[512];
        snprintf(path, sizeof path, "%s%cfields=%s", row->path,
                 strchr(row->path, '?') == NULL ? '?' : '&', row->fields);
        struct answer answer = get(&child, path);
        if (answer.status != row->status) {
            fail_msg("%s: %d", row->fields, answer.status);
        }
        answer_free(&answer);
    }
    child_end(&child, 0);
}

static void test_fields_of_every_page(void **state)
{
    struct child child;
    (void)state;
    child_start(&child, NULL, NULL, NULL);
    struct answer first =
        get(&child, FIREWALL_LIST "?maxResults=3&fields=nextPageToken,items/name");
    char path[512];
    snprintf(path, sizeof path,
             FIREWALL_LIST "?maxResults=3&fields=nextPageToken,items/name&pageToken=%s",
             text_at(first.json, "nextPageToken"));
    struct answer second = get(&child, path);
    assert_int_equal(json_array_size(at(second.json, "items")), 2);
    assert_null(at(second.json, "nextPageToken"));
    answer_free(&second);
    /* a token is for the query that gave it, and `fields` belongs to it */
    snprintf(path, sizeof path, FIREWALL_LIST "?maxResults=3&fields=items/name&pageToken=%s",
             text_at(first.json, "nextPageToken"));
    second = get(&child, path);
    assert_int_equal(second.status, 400);
    answer_free(&second);
    answer_free(&first);
    child_end(&child, 0);
}

static void test_shapes(void **state)
{
    struct child child;
    (void)state;
    child_start(&child, NULL, NULL, NULL);
    struct answer answer =
        get(&child, "/compute.googleapis.com/compute/v1/projects/acme-staging/global/networks");
    assert_string_equal(text_at(answer.json, "kind"), "compute#networkList");
    assert_string_equal(text_at(answer.json, "id"), "projects/acme-staging/global/networks");
    assert_string_equal(
        text_at(answer.json, "selfLink"),
        "https://www.googleapis.com/compute/v1/projects/acme-staging/global/networks");
    answer_free(&answer);
    answer = get(&child, "/dns.googleapis.com/dns/v1/projects/acme-network-host/managedZones");
    assert_string_equal(answer.body, "{\n  \"kind\": \"dns#managedZonesListResponse\"\n}");
    answer_free(&answer);
    answer = get(&child,
                 "/vpcaccess.googleapis.com/v1/projects/acme-network-host/locations/-/connectors");
    assert_string_equal(answer.body, "{}");
    assert_non_null(strstr(answer.head, "Content-Type: application/json; charset=UTF-8"));
    answer_free(&answer);
    /* Cloud Run's v1 names a location without its "projects/", so only locationId can be relied on. */
    answer = get(&child, "/run.googleapis.com/v1/projects/acme-staging/locations");
    assert_string_equal(text_at(answer.json, "locations.0.name"),
                        "acme-staging/locations/europe-west1");
    assert_string_equal(text_at(answer.json, "locations.0.locationId"), "europe-west1");
    answer_free(&answer);
    answer =
        get(&child,
            "/serviceusage.googleapis.com/v1/projects/acme-staging/services?filter=state:DISABLED");
    assert_int_equal(json_array_size(at(answer.json, "services")), 1);
    assert_string_equal(text_at(answer.json, "services.0.name"),
                        "projects/481516234200/services/memcache.googleapis.com");
    answer_free(&answer);
    child_end(&child, 0);
}

struct single {
    const char *path;
    const char *member;
    const char *text;
};

static const struct single singles[] = {
    {"/sqladmin.googleapis.com/v1/projects/acme-staging/instances/main", "databaseVersion",
     "POSTGRES_15"},
    {"/run.googleapis.com/v2/projects/acme-staging/locations/us-central1/services/auth",
     "template.vpcAccess.egress", "PRIVATE_RANGES_ONLY"},
    {"/redis.googleapis.com/v1/projects/acme-staging/locations/us-central1/instances/sessions",
     "tier", "STANDARD_HA"},
    {"/compute.googleapis.com/compute/v1/projects/acme-staging/global/networks/main",
     "peerings.0.state", "ACTIVE"},
    {"/compute.googleapis.com/compute/v1/projects/acme-staging/global/firewalls/temporary-debug",
     "direction", "INGRESS"},
    {"/compute.googleapis.com/compute/v1/projects/acme-staging/global/routes/peering-route-sql",
     "destRange", "10.20.0.0/16"},
    {"/compute.googleapis.com/compute/v1/projects/acme-staging/regions/us-central1/subnetworks/"
     "main-us-central1",
     "ipCidrRange", "10.0.0.0/20"},
    {"/compute.googleapis.com/compute/v1/projects/acme-staging/regions/us-central1/routers/nat",
     "nats.0.name", "nat"},
    {"/vpcaccess.googleapis.com/v1/projects/acme-staging/locations/us-central1/connectors/main",
     "machineType", "e2-micro"},
    {"/serviceusage.googleapis.com/v1/projects/acme-staging/services/run.googleapis.com", "state",
     "ENABLED"},
    {"/servicenetworking.googleapis.com/v1/services/-/connections?network=projects/481516234200/"
     "global/networks/main",
     "connections.0.peering", "servicenetworking-googleapis-com"},
    {"/servicenetworking.googleapis.com/v1/services/servicenetworking.googleapis.com/"
     "connections?network=projects/481516234200/global/networks/lab",
     "connections", "(none)"},
    {"/compute.googleapis.com/compute/v1/projects/acme-staging/global/addresses/google-services",
     "prefixLength", "(none)"}, /* a number */
    {"/compute.googleapis.com/compute/v1/projects/acme-staging/global/addresses/google-services",
     "purpose", "VPC_PEERING"},
    {"/compute.googleapis.com/compute/v1/projects/acme-staging/aggregated/addresses",
     "items.regions/us-central1.addresses.0.name", "nat-1"},
    {"/compute.googleapis.com/compute/v1/projects/acme-staging/aggregated/addresses",
     "items.global.addresses.0.name", "google-services"},
    {"/sqladmin.googleapis.com/v1/projects/acme-staging/instances/main/users/app", "kind",
     "sql#user"},
    {"/dns.googleapis.com/dns/v1/projects/acme-staging/managedZones/internal/rrsets/"
     "db.internal.acme.example./A",
     "rrdatas.0", "10.20.0.3"},
    {"/secretmanager.googleapis.com/v1/projects/acme-staging/secrets/app-db-password/versions/1",
     "state", "DISABLED"},
    {"/secretmanager.googleapis.com/v1/projects/acme-staging/secrets/app-db-password:getIamPolicy",
     "bindings.0.role", "roles/secretmanager.secretAccessor"},
    {"/cloudresourcemanager.googleapis.com/v3/projects/acme-staging", "name",
     "projects/481516234200"},
    {"/cloudresourcemanager.googleapis.com/v3/projects/481516234299", "projectId",
     "acme-network-host"},
    {"/run.googleapis.com/v2/projects/acme-staging/locations/us-central1/services/"
     "auth:getIamPolicy",
     "bindings.0.role", "roles/run.invoker"},
    {"/run.googleapis.com/v2/projects/acme-staging/locations/us-central1/services/api:getIamPolicy",
     "bindings", "(none)"},
    /* Without version 3 a condition is hidden and the role renamed. */
    {"/run.googleapis.com/v2/projects/acme-staging/locations/us-central1/services/"
     "chat:getIamPolicy",
     "bindings.0.role", "roles/run.invoker_withcond_0000000000000001"},
    {"/run.googleapis.com/v2/projects/acme-staging/locations/us-central1/services/"
     "chat:getIamPolicy?options.requestedPolicyVersion=3",
     "bindings.0.condition.title", "until-december"},
};

static void test_singles(void **state)
{
    struct child child;
    (void)state;
    child_start(&child, NULL, NULL, NULL);
    for (size_t i = 0; i < sizeof singles / sizeof singles[0]; i++) {
        struct answer answer = get(&child, singles[i].path);
        if (answer.status != 200 ||
            strcmp(text_at(answer.json, singles[i].member), singles[i].text) != 0) {
            fail_msg("%s: %d, %s is %s, not %s", singles[i].path, answer.status, singles[i].member,
                     text_at(answer.json, singles[i].member), singles[i].text);
        }
        answer_free(&answer);
    }
    static const char *const bodies[] = {"", "{}", "{\"options\":{\"requestedPolicyVersion\":3}}"};
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        struct answer answer =
            http(&child, "POST",
                 "/cloudresourcemanager.googleapis.com/v3/projects/acme-staging:getIamPolicy",
                 AUTHORIZED, bodies[i]);
        assert_int_equal(answer.status, 200);
        assert_string_equal(text_at(answer.json, "bindings.1.role"), "roles/cloudsql.client");
        answer_free(&answer);
    }
    child_end(&child, 0);
}

/* --memo: the same bytes again, refusals and other credentials anew. */
static void test_memo(void **state)
{
    static const char *const more[] = {"--memo", NULL};
    static const char path[] =
        "/compute.googleapis.com/compute/v1/projects/acme-staging/global/routes?maxResults=1";
    struct child child;
    (void)state;
    child_start(&child, NULL, NULL, more);
    struct answer first = get(&child, path), again = get(&child, path);
    assert_int_equal(first.status, 200);
    assert_int_equal(again.status, 200);
    assert_string_equal(first.body, again.body);
    answer_free(&first);
    answer_free(&again);
    for (int i = 0; i < 2; i++) {
        struct answer stranger = http(&child, "GET", path, "Authorization: Bearer other\r\n", NULL);
        assert_int_equal(stranger.status, 401);
        answer_free(&stranger);
    }
    child_end(&child, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_chains_are_complete),
        cmocka_unit_test(test_small_pages_on_demand),
        cmocka_unit_test(test_tokens_belong_to_their_query),
        cmocka_unit_test(test_fields),
        cmocka_unit_test(test_documented_fields),
        cmocka_unit_test(test_fields_of_every_page),
        cmocka_unit_test(test_shapes),
        cmocka_unit_test(test_singles),
        cmocka_unit_test(test_memo),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
