/* test_kinds.c - the catalogue: in order, complete, and every row a field that exists with a default that fits it. */
#include "gcp_kinds.h"
#include "harness.h"
#include "plumbline/address.h"
#include "plumbline/json.h"

#include "sim.h"

#include <string.h>

/* Names there and back. */
static const struct {
    const char *address, *name;
} names[] = {
    {"sql.instance/p/global/main", "//sqladmin.googleapis.com/projects/p/instances/main"},
    {"run.service/p/l/auth", "//run.googleapis.com/projects/p/locations/l/services/auth"},
    {"redis.instance/p/l/r", "//redis.googleapis.com/projects/p/locations/l/instances/r"},
    {"compute.network/p/global/n", "//compute.googleapis.com/projects/p/global/networks/n"},
    {"compute.subnetwork/p/l/s", "//compute.googleapis.com/projects/p/regions/l/subnetworks/s"},
    {"compute.firewall/p/global/f", "//compute.googleapis.com/projects/p/global/firewalls/f"},
    {"compute.route/p/global/r", "//compute.googleapis.com/projects/p/global/routes/r"},
    {"compute.router/p/l/r", "//compute.googleapis.com/projects/p/regions/l/routers/r"},
    {"vpcaccess.connector/p/l/c", "//vpcaccess.googleapis.com/projects/p/locations/l/connectors/c"},
    {"servicenetworking.connection/p/global/n",
     "//servicenetworking.googleapis.com/projects/p/global/networks/n"},
    {"project.service/p/global/run.googleapis.com",
     "//serviceusage.googleapis.com/projects/p/services/run.googleapis.com"},
    {"secret.secret/p/global/s", "//secretmanager.googleapis.com/projects/p/secrets/s"},
    {"secret.version/p/global/s/3",
     "//secretmanager.googleapis.com/projects/p/secrets/s/versions/3"},
    {"dns.managedZone/p/global/z", "//dns.googleapis.com/projects/p/managedZones/z"},
    {"dns.recordSet/p/global/z/%2A.a.example./A",
     "//dns.googleapis.com/projects/p/managedZones/z/rrsets/*.a.example./A"},
    {"compute.address/p/l/a", "//compute.googleapis.com/projects/p/regions/l/addresses/a"},
    {"compute.firewallPolicy/p/global/f",
     "//compute.googleapis.com/projects/p/global/firewallPolicies/f"},
    {"compute.forwardingRule/p/us-east1/f",
     "//compute.googleapis.com/projects/p/regions/us-east1/forwardingRules/f"},
    {"compute.serviceAttachment/p/us-east1/s",
     "//compute.googleapis.com/projects/p/regions/us-east1/serviceAttachments/s"},
    {"sql.database/p/global/i/d", "//sqladmin.googleapis.com/projects/p/instances/i/databases/d"},
    {"sql.user/p/global/i/u@10.0.0.1",
     "//sqladmin.googleapis.com/projects/p/instances/i/users/u@10.0.0.1"},
    {"run.job/p/l/j", "//run.googleapis.com/projects/p/locations/l/jobs/j"},
    {"run.revision/p/l/s/r", "//run.googleapis.com/projects/p/locations/l/services/s/revisions/r"},
    {"redis.cluster/p/l/c", "//redis.googleapis.com/projects/p/locations/l/clusters/c"},
    {"valkey.instance/p/l/v", "//memorystore.googleapis.com/projects/p/locations/l/instances/v"},
    {"memcache.instance/p/l/m", "//memcache.googleapis.com/projects/p/locations/l/instances/m"},
    {"compute.instance/p/us-east1-b/x",
     "//compute.googleapis.com/projects/p/zones/us-east1-b/instances/x"},
    {"compute.backendService/p/global/x",
     "//compute.googleapis.com/projects/p/global/backendServices/x"},
    {"compute.networkEndpointGroup/p/us-east1-b/x",
     "//compute.googleapis.com/projects/p/zones/us-east1-b/networkEndpointGroups/x"},
    {"compute.urlMap/p/us-east1/x",
     "//compute.googleapis.com/projects/p/regions/us-east1/urlMaps/x"},
    {"compute.targetHttpsProxy/p/global/x",
     "//compute.googleapis.com/projects/p/global/targetHttpsProxies/x"},
    {"compute.securityPolicy/p/global/x",
     "//compute.googleapis.com/projects/p/global/securityPolicies/x"},
    {"compute.sslCertificate/p/us-east1/x",
     "//compute.googleapis.com/projects/p/regions/us-east1/sslCertificates/x"},
    {"project.iamPolicy/p/global/p", "//cloudresourcemanager.googleapis.com/projects/p"},
};

static void kinds_are_sorted_and_complete(void **state)
{
    assert_int_equal(pl_kinds_len, PL_LEN(names));
    for (size_t i = 0; i < pl_kinds_len; i++) {
        const struct pl_kind *k = pl_kinds[i];

        ROW("%s", k->name);
        assert_true(i == 0 || strcmp(pl_kinds[i - 1]->name, k->name) < 0);
        assert_ptr_equal(pl_kind_find(k->name), k);
        assert_in_range(k->n_segments, 1, 3);
        for (size_t s = 0; s < k->n_segments; s++)
            assert_non_null(
                strstr(k->name_template, pl_arena_printf(*state, "{%s}", k->segments[s])));
        assert_null(k->segments[k->n_segments]);
        assert_int_equal(k->call.how == PL_LIST_PER_PARENT || k->call.how == PL_LIST_PER_NETWORK,
                         k->call.parent != NULL);
        for (size_t f = 1; f < k->n_fields; f++) {
            ROW("%s %s", k->name, k->fields[f].path);
            assert_true(strcmp(k->fields[f - 1].path, k->fields[f].path) < 0);
        }
        assert_non_null(k->title);
        assert_non_null(k->name_field);
        assert_non_null(k->call.role);
        assert_memory_equal(k->doc, "https://", 8);
        assert_int_equal(k->call.how == PL_LIST_NONE, k->call.list_path == NULL);
        assert_int_equal(k->call.how == PL_LIST_NONE, k->call.permission == NULL);
        assert_int_equal(k->call.page_size_param == NULL, k->call.page_size == 0);
        assert_int_equal(k->call.iam_path == NULL, k->call.iam_permission == NULL);
        /* A location in the name and a location in the address belong together. */
        assert_int_equal(k->scope == PL_SCOPE_LOCATION,
                         strstr(k->name_template, "{location}") != NULL);
    }
}

static void names_both_ways(void **state)
{
    struct pl_arena *arena = *state;

    assert_int_equal(PL_LEN(names), pl_kinds_len);
    for (size_t i = 0; i < PL_LEN(names); i++) {
        struct pl_address address, back;
        struct pl_err err = {0};

        ROW("%s", names[i].address);
        assert_int_equal(pl_address_parse(arena, names[i].address, &address, &err), 0);
        assert_string_equal(pl_address_resource_name(arena, &address), names[i].name);
        assert_int_equal(
            pl_address_from_resource_name(arena, address.kind, names[i].name, &back, &err), 0);
        assert_string_equal(pl_address_full(arena, &back), names[i].address);
    }
}

/* ---- rows ---- */

static bool is_enum_value(const struct pl_field_info *info, const char *text)
{
    for (size_t i = 0; info->enum_values != NULL && info->enum_values[i] != NULL; i++)
        if (strcmp(info->enum_values[i], text) == 0)
            return true;
    return false;
}

/* A default is of the field's own type, and an enum's default is one of its values. */
static void check_default(struct pl_arena *arena, const struct pl_field_info *info,
                          const char *json)
{
    struct pl_err err;
    const struct pl_value *v = pl_json_parse(arena, pl_arena_printf(arena, "[%s]", json),
                                             strlen(json) + 2, "default", &err);

    assert_non_null(v);
    v = pl_value_item(v, 0);
    assert_int_equal(info->shape, v->type == PL_LIST ? PL_MANY : PL_ONE);
    if (v->type == PL_LIST)
        return;
    if (info->type == PL_T_BOOL)
        assert_int_equal(v->type, PL_BOOL);
    else if (info->type == PL_T_INT)
        assert_int_equal(v->type, PL_INT);
    else if (info->type == PL_T_REAL)
        assert_true(v->type == PL_INT || v->type == PL_REAL);
    else if (info->type == PL_T_ENUM)
        assert_true(is_enum_value(info, pl_value_text(v)));
    else if (info->type == PL_T_STRING || info->type == PL_T_INT64 || info->type == PL_T_DURATION)
        assert_non_null(pl_value_text(v));
    else
        fail_msg("a default for a field of type %d", (int)info->type);
}

/* "role+condition": each part a member of the element. */
static void check_identity(struct pl_arena *arena, const struct pl_kind *kind, const char *path,
                           const char *identity)
{
    char *rest = pl_arena_strdup(arena, identity);

    for (char *part = rest; part != NULL; part = rest) {
        struct pl_field_info info;

        rest = strchr(part, '+');
        if (rest != NULL)
            *rest++ = '\0';
        assert_true(
            pl_field_row_info(arena, kind, pl_arena_printf(arena, "%s[].%s", path, part), &info));
        assert_int_equal(info.shape, PL_ONE);
    }
}

static void check_row(struct pl_arena *arena, const struct pl_kind *kind,
                      const struct pl_field_row *row)
{
    struct pl_field_info info;

    ROW("%s:%s", kind->name, row->path);
    assert_true(pl_field_row_info(arena, kind, row->path, &info));
    assert_non_null(row->source);
    assert_true(strstr(row->source, "https://") != NULL ||
                strstr(row->source, "discovery: ") != NULL);
    if (row->absent_is != NULL)
        check_default(arena, &info, row->absent_is);
    if (row->identity != NULL) {
        assert_int_equal(info.shape, PL_MANY);
        check_identity(arena, kind, row->path, row->identity);
    }
    if ((row->flags & PL_F_SET) != 0)
        assert_int_equal(info.shape, PL_MANY);
    /* A row that says nothing is a mistake. */
    assert_true(row->type != PL_T_UNKNOWN || row->identity != NULL || row->absent_is != NULL ||
                row->flags != 0);
}

static void every_row_is_a_field(void **state)
{
    for (size_t i = 0; i < pl_kinds_len; i++)
        for (size_t r = 0; r < pl_kinds[i]->n_fields; r++) {
            check_row(*state, pl_kinds[i], &pl_kinds[i]->fields[r]);
            for (size_t k = 0; k < r; k++)
                assert_string_not_equal(pl_kinds[i]->fields[k].path, pl_kinds[i]->fields[r].path);
        }
}

/* What evaluators and the comparison rest on. */
static const struct {
    const char *kind, *path;
    const char *absent_is, *identity;
    enum pl_type type;
    unsigned flags;
} facts[] = {
    {"run.service", "template.vpcAccess.egress", "\"PRIVATE_RANGES_ONLY\"", NULL, PL_T_ENUM, 0},
    {"run.service", "template.timeout", "\"300s\"", NULL, PL_T_DURATION, 0},
    {"run.service", "template.vpcAccess.connector", NULL, NULL, PL_T_LINK, 0},
    {"run.service", "template.containers", NULL, "name", PL_T_MESSAGE, 0},
    {"run.service", "template.containers[].env", NULL, "name", PL_T_MESSAGE, 0},
    {"run.service", "template.containers[].resources.limits.cpu", NULL, NULL, PL_T_QUANTITY, 0},
    {"run.service", "template.containers[].resources.limits.memory", NULL, NULL, PL_T_SIZE, 0},
    {"run.service", "generation", NULL, NULL, PL_T_INT64, PL_F_OUTPUT | PL_F_VOLATILE},
    {"run.service", "conditions[].state", NULL, NULL, PL_T_ENUM, PL_F_OUTPUT},
    {"run.service", "iamPolicy.bindings", NULL, "role+condition", PL_T_MESSAGE, 0},
    {"project.iamPolicy", "iamPolicy.bindings[].members", NULL, NULL, PL_T_STRING, PL_F_SET},
    {"sql.instance", "rootPassword", NULL, NULL, PL_T_STRING, PL_F_INPUT | PL_F_SECRET},
    {"sql.instance", "settings.activationPolicy", "\"ALWAYS\"", NULL, PL_T_ENUM, 0},
    {"sql.instance", "ipAddresses[].ipAddress", NULL, NULL, PL_T_STRING, PL_F_OUTPUT},
    {"sql.instance", "settings.databaseFlags", NULL, "name", PL_T_MESSAGE, 0},
    {"sql.instance", "settings.ipConfiguration.authorizedNetworks", NULL, "value", PL_T_MESSAGE, 0},
    {"sql.instance", "settings.ipConfiguration.privateNetwork", NULL, NULL, PL_T_LINK, 0},
    {"sql.instance", "region", NULL, NULL, PL_T_STRING, PL_F_IMMUTABLE},
    {"redis.instance", "connectMode", "\"DIRECT_PEERING\"", NULL, PL_T_ENUM, PL_F_IMMUTABLE},
    {"redis.instance", "authEnabled", "false", NULL, PL_T_BOOL, 0},
    {"redis.instance", "host", NULL, NULL, PL_T_STRING, PL_F_OUTPUT},
    {"compute.firewall", "priority", "1000", NULL, PL_T_INT, 0},
    {"compute.firewall", "sourceRanges", NULL, NULL, PL_T_CIDR, PL_F_SET},
    {"compute.firewall", "allowed[].ports", NULL, NULL, PL_T_PORTS, PL_F_SET},
    {"compute.firewall", "direction", "\"INGRESS\"", NULL, PL_T_ENUM, PL_F_IMMUTABLE},
    {"compute.network", "networkFirewallPolicyEnforcementOrder", "\"AFTER_CLASSIC_FIREWALL\"", NULL,
     PL_T_ENUM, 0},
    {"compute.network", "peerings", NULL, "name", PL_T_MESSAGE, 0},
    {"compute.network", "peerings[].exportCustomRoutes", "false", NULL, PL_T_BOOL, 0},
    {"compute.subnetwork", "ipCidrRange", NULL, NULL, PL_T_CIDR, PL_F_IMMUTABLE},
    {"compute.subnetwork", "secondaryIpRanges", NULL, "rangeName", PL_T_MESSAGE, 0},
    {"compute.route", "destRange", NULL, NULL, PL_T_CIDR, PL_F_IMMUTABLE},
    {"compute.router", "nats", NULL, "name", PL_T_MESSAGE, 0},
    {"compute.router", "nats[].natIps", NULL, NULL, PL_T_LINK, PL_F_SET},
    {"vpcaccess.connector", "state", NULL, NULL, PL_T_ENUM, PL_F_OUTPUT},
    {"servicenetworking.connection", "reservedPeeringRanges", NULL, NULL, PL_T_STRING, PL_F_SET},
    {"secret.secret", "replication", NULL, NULL, PL_T_MESSAGE, PL_F_IMMUTABLE},
    {"secret.secret", "iamPolicy.bindings", NULL, "role+condition", PL_T_MESSAGE, 0},
    {"secret.version", "state", NULL, NULL, PL_T_ENUM, 0},
    {"secret.version", "createTime", NULL, NULL, PL_T_TIMESTAMP, PL_F_OUTPUT | PL_F_VOLATILE},
    {"compute.address", "addressType", "\"EXTERNAL\"", NULL, PL_T_ENUM, PL_F_IMMUTABLE},
    {"compute.address", "network", NULL, NULL, PL_T_LINK, PL_F_IMMUTABLE},
    {"compute.address", "users", NULL, NULL, PL_T_LINK, PL_F_OUTPUT | PL_F_VOLATILE | PL_F_SET},
    {"dns.managedZone", "visibility", "\"public\"", NULL, PL_T_ENUM, PL_F_IMMUTABLE},
    {"dns.managedZone", "privateVisibilityConfig.networks", NULL, "networkUrl", PL_T_MESSAGE, 0},
    {"dns.managedZone", "forwardingConfig.targetNameServers[].forwardingPath", "\"default\"", NULL,
     PL_T_ENUM, 0},
    {"dns.recordSet", "rrdatas", NULL, NULL, PL_T_RDATA, PL_F_SET},
    {"dns.recordSet", "ttl", NULL, NULL, PL_T_INT, 0},
    {"compute.firewallPolicy", "rules", NULL, "priority", PL_T_MESSAGE, 0},
    {"compute.firewallPolicy", "rules[].disabled", "false", NULL, PL_T_BOOL, 0},
    {"compute.firewallPolicy", "rules[].match.srcIpRanges", NULL, NULL, PL_T_CIDR, PL_F_SET},
    {"compute.firewallPolicy", "rules[].match.layer4Configs[].ports", NULL, NULL, PL_T_PORTS,
     PL_F_SET},
    {"compute.firewallPolicy", "associations[].attachmentTarget", NULL, NULL, PL_T_LINK, 0},
    {"compute.forwardingRule", "target", NULL, NULL, PL_T_LINK, 0},
    {"compute.forwardingRule", "allowPscGlobalAccess", "false", NULL, PL_T_BOOL, 0},
    {"compute.forwardingRule", "pscConnectionStatus", NULL, NULL, PL_T_ENUM, PL_F_OUTPUT},
    {"compute.forwardingRule", "portRange", NULL, NULL, PL_T_PORTS, PL_F_IMMUTABLE},
    {"compute.serviceAttachment", "consumerAcceptLists", NULL,
     "projectIdOrNum+networkUrl+endpointUrl", PL_T_MESSAGE, 0},
    {"compute.serviceAttachment", "propagatedConnectionLimit", "250", NULL, PL_T_INT, 0},
    {"run.job", "template.template.vpcAccess.egress", "\"PRIVATE_RANGES_ONLY\"", NULL, PL_T_ENUM,
     0},
    {"run.job", "template.template.timeout", "\"600s\"", NULL, PL_T_DURATION, 0},
    {"run.job", "executionCount", NULL, NULL, PL_T_INT, PL_F_OUTPUT | PL_F_VOLATILE},
    {"run.revision", "containers[].env", NULL, "name", PL_T_MESSAGE, 0},
    {"run.revision", "vpcAccess.connector", NULL, NULL, PL_T_LINK, 0},
    {"sql.database", "charset", NULL, NULL, PL_T_STRING, 0},
    {"sql.user", "type", "\"BUILT_IN\"", NULL, PL_T_ENUM, PL_F_IMMUTABLE},
    {"sql.user", "password", NULL, NULL, PL_T_STRING, PL_F_INPUT | PL_F_SECRET},
    {"redis.cluster", "transitEncryptionMode", "\"TRANSIT_ENCRYPTION_MODE_DISABLED\"", NULL,
     PL_T_ENUM, PL_F_IMMUTABLE},
    {"redis.cluster", "discoveryEndpoints", NULL, "address", PL_T_MESSAGE, PL_F_OUTPUT},
    {"valkey.instance", "authorizationMode", "\"AUTH_DISABLED\"", NULL, PL_T_ENUM, PL_F_IMMUTABLE},
    {"memcache.instance", "discoveryEndpoint", NULL, NULL, PL_T_STRING, PL_F_OUTPUT},
    {"compute.instance", "canIpForward", "false", NULL, PL_T_BOOL, PL_F_IMMUTABLE},
    {"compute.instance", "tags.items", NULL, NULL, PL_T_STRING, PL_F_SET},
    {"compute.instance", "metadata.items[].value", NULL, NULL, PL_T_STRING, PL_F_SECRET},
    {"compute.backendService", "timeoutSec", "30", NULL, PL_T_INT, 0},
    {"compute.backendService", "iap.oauth2ClientSecret", NULL, NULL, PL_T_STRING, PL_F_SECRET},
    {"compute.networkEndpointGroup", "size", NULL, NULL, PL_T_INT, PL_F_OUTPUT | PL_F_VOLATILE},
    {"compute.urlMap", "pathMatchers", NULL, "name", PL_T_MESSAGE, 0},
    {"compute.targetHttpsProxy", "sslCertificates", NULL, NULL, PL_T_LINK, PL_F_SET},
    {"compute.securityPolicy", "rules", NULL, "priority", PL_T_MESSAGE, 0},
    {"compute.sslCertificate", "privateKey", NULL, NULL, PL_T_STRING, PL_F_INPUT | PL_F_SECRET},
    {"compute.sslCertificate", "selfManaged.privateKey", NULL, NULL, PL_T_STRING,
     PL_F_INPUT | PL_F_SECRET},
};

static void the_facts_that_others_rest_on(void **state)
{
    for (size_t i = 0; i < PL_LEN(facts); i++) {
        struct pl_field_info info;

        ROW("%s:%s", facts[i].kind, facts[i].path);
        assert_true(pl_field_row_info(*state, pl_kind_find(facts[i].kind), facts[i].path, &info));
        assert_string_equal(info.absent_is != NULL ? info.absent_is : "-",
                            facts[i].absent_is != NULL ? facts[i].absent_is : "-");
        assert_string_equal(info.identity != NULL ? info.identity : "-",
                            facts[i].identity != NULL ? facts[i].identity : "-");
        assert_int_equal(info.type, facts[i].type);
        assert_int_equal(info.flags, facts[i].flags);
    }
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, harness_arena, harness_arena_free)

/* As far as Google says what the largest is (tests/sim/sim_methods*.c has the sources): fewer pages in a row, fewer waits. */
static void pages_are_the_largest(void **state)
{
    const struct sim_method *method;
    size_t compared = 0;

    (void)state;
    for (size_t i = 0; (method = sim_method_at(i)) != NULL; i++) {
        const struct pl_kind *kind = pl_kind_find(method->kind);

        if (kind == NULL || method->size_param == NULL || kind->call.page_size_param == NULL ||
            (method->call != SIM_CALL_LIST && method->call != SIM_CALL_AGGREGATED))
            continue;
        if (strcmp(kind->name, "vpcaccess.connector") == 0) /* Google does not say */
            continue;
        ROW("%s", method->id);
        assert_int_equal(kind->call.page_size, method->page_max);
        compared++;
    }
    assert_true(compared > 25);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_are_the_largest),
        TEST(kinds_are_sorted_and_complete),
        TEST(names_both_ways),
        TEST(every_row_is_a_field),
        TEST(the_facts_that_others_rest_on),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
