/* test_auth_proxy.c - rule S10: which address of the instance the Auth Proxy in a container beside the client dials.
 */
#include "worlds.h"

#define TO_PROXY "connections: {c: {from: run.service/api, to: sql.instance/main, via: proxy}}\n"
#define BESIDE(rest)                                                                               \
    "run.service/api:template.containers[name=proxy] = {\"name\":\"proxy\"," rest "}"
#define SECOND(args)                                                                               \
    BESIDE("\"image\":\"gcr.io/cloud-sql-connectors/cloud-sql-proxy:2.14.1\",\"args\":[" args      \
           "\"" SQLNAME "\"]")
#define FIRST(args)                                                                                \
    BESIDE("\"image\":\"gcr.io/cloudsql-docker/gce-proxy:1.33.8\",\"command\":["                   \
           "\"/cloud_sql_proxy\"," args "\"-instances=" SQLNAME "=tcp:5432\"]")
#define PRIVATE_ONLY "sql.instance/main:settings.ipConfiguration.ipv4Enabled = false"

#define HAS_PRIVATE "sql.instance/main has a private address"
#define HAS_PUBLIC  "sql.instance/main has a public address"
#define NOT_TOLD                                                                                   \
    "sql.instance/main has no public address, and its Auth Proxy is not told to dial the "         \
    "private one"

#define NAMED       ENV("INSTANCE_CONNECTION_NAME", SQLNAME)
#define TO_SQL_AUTO "connections: {c: {from: run.service/api, to: sql.instance/main}}\n"
#define DENY_ALL                                                                                   \
    RULE("deny",                                                                                   \
         "\"direction\":\"EGRESS\",\"priority\":2000,\"denied\":[{\"IPProtocol\":\"all\"}],"       \
         "\"destinationRanges\":[\"0.0.0.0/0\"]")
#define ALLOW(port)                                                                                \
    RULE("allow",                                                                                  \
         "\"direction\":\"EGRESS\",\"priority\":900,\"allowed\":[{\"IPProtocol\":\"tcp\","         \
         "\"ports\":[\"" port "\"]}],\"destinationRanges\":[\"10.0.0.0/8\"]")

static const struct rule_row rows[] = {
    {"S10 nothing said, and no public address", TO_PROXY, EDITS(PRIVATE_ONLY, SECOND("")),
     "sql-address", PL_HOP_BLOCK, "CLOUD_SQL_INSTANCE_NO_IP_ADDRESS", NOT_TOLD},
    {"S10 nothing said, and one", TO_PROXY, EDITS(SECOND("")), "sql-address", PL_HOP_PASS, NULL,
     HAS_PUBLIC},
    {"S10 the private one", TO_PROXY, EDITS(SECOND("\"--private-ip\",")), "sql-address",
     PL_HOP_PASS, NULL, HAS_PRIVATE},
    {"S10 said out loud", TO_PROXY, EDITS(SECOND("\"--private-ip=true\",")), "sql-address",
     PL_HOP_PASS, NULL, HAS_PRIVATE},
    {"S10 and taken back", TO_PROXY, EDITS(PRIVATE_ONLY, SECOND("\"--private-ip=false\",")),
     "sql-address", PL_HOP_BLOCK, "CLOUD_SQL_INSTANCE_NO_IP_ADDRESS", NOT_TOLD},
    {"S10 in the environment", TO_PROXY,
     EDITS(BESIDE("\"image\":\"cloud-sql-proxy\",\"env\":[{\"name\":\"CSQL_PROXY_PRIVATE_IP\","
                  "\"value\":\"true\"},{\"name\":\"CSQL_PROXY_INSTANCE_CONNECTION_NAME\","
                  "\"value\":\"" SQLNAME "\"}]")),
     "sql-address", PL_HOP_PASS, NULL, HAS_PRIVATE},
    {"S10 in a shell's line", TO_PROXY,
     EDITS(PRIVATE_ONLY, BESIDE("\"image\":\"tools\",\"command\":[\"sh\",\"-c\","
                                "\"exec /cloud-sql-proxy --private-ip " SQLNAME "\"]")),
     "sql-address", PL_HOP_PASS, NULL, HAS_PRIVATE},
    {"S10 for this instance alone", TO_PROXY,
     EDITS(PRIVATE_ONLY, BESIDE("\"image\":\"cloud-sql-proxy\",\"args\":[\"" SQLNAME
                                "?port=5432&private-ip=true\"]")),
     "sql-address", PL_HOP_PASS, NULL, HAS_PRIVATE},
    {"S10 whichever there is", TO_PROXY, EDITS(PRIVATE_ONLY, SECOND("\"--auto-ip\",")),
     "sql-address", PL_HOP_PASS, NULL, HAS_PRIVATE},
    {"S10 the first version takes whichever there is", TO_PROXY, EDITS(PRIVATE_ONLY, FIRST("")),
     "sql-address", PL_HOP_PASS, NULL, HAS_PRIVATE},
    {"S10 the public one first", TO_PROXY, EDITS(FIRST("")), "sql-address", PL_HOP_PASS, NULL,
     HAS_PUBLIC},
    {"S10 unless it is told otherwise", TO_PROXY, EDITS(FIRST("\"-ip_address_types=PRIVATE\",")),
     "sql-address", PL_HOP_PASS, NULL, HAS_PRIVATE},
    {"S10 or the other way round", TO_PROXY, EDITS(FIRST("\"-ip_address_types=PRIVATE,PUBLIC\",")),
     "sql-address", PL_HOP_PASS, NULL, HAS_PRIVATE},
    {"S10 the public one alone", TO_PROXY,
     EDITS(PRIVATE_ONLY, FIRST("\"-ip_address_types=PUBLIC\",")), "sql-address", PL_HOP_BLOCK,
     "CLOUD_SQL_INSTANCE_NO_IP_ADDRESS", NOT_TOLD},
    {"S10 another instance's proxy", TO_PROXY,
     EDITS(PRIVATE_ONLY,
           BESIDE("\"image\":\"cloud-sql-proxy\",\"args\":[\"p:us-central1:other\"]")),
     "sql-address", PL_HOP_PASS, NULL, HAS_PRIVATE},
    {"S10 what it dials decides the way", TO_PROXY,
     EDITS(ALL_TRAFFIC, "- compute.router/nat", SECOND("\"--private-ip\",")), "nat", -1, NULL,
     NULL},
    {"S10 as it does without the flag", TO_PROXY,
     EDITS(ALL_TRAFFIC, "- compute.router/nat", SECOND("")), "nat", PL_HOP_BLOCK,
     "NO_EXTERNAL_ADDRESS", NULL},
    {"S5 it dials 3307, whatever the client does", TO_PROXY,
     EDITS(ENV("DB_HOST", "127.0.0.1"), ENV("DB_PORT", "5432"), SECOND("\"--private-ip\","),
           DENY_ALL, ALLOW("5432")),
     "firewall-egress", PL_HOP_BLOCK, "FIREWALL_RULE", NULL},
    {"S5 and may be let through", TO_PROXY,
     EDITS(ENV("DB_HOST", "127.0.0.1"), ENV("DB_PORT", "5432"), SECOND("\"--private-ip\","),
           DENY_ALL, ALLOW("3307")),
     "firewall-egress", PL_HOP_PASS, NULL, NULL},
    {"a bare name is what a connector dials by", TO_SQL_AUTO, EDITS(NAMED), "wiring-host",
     PL_HOP_PASS, "CLOUD_SQL_SOCKET_NOT_MOUNTED",
     "INSTANCE_CONNECTION_NAME of run.service/api is taken for what a connector in the client "
     "dials sql.instance/main by: no volume mounts a socket"},
    {"where that is said", TO_PROXY, EDITS(NAMED), "wiring-host", PL_HOP_PASS, NULL,
     "INSTANCE_CONNECTION_NAME of run.service/api gives its connector the name of "
     "sql.instance/main"},
    {"it asks for no socket", TO_SQL_AUTO, EDITS(NAMED), "sql-socket", -1, NULL, NULL},
    {"but where a socket is mounted", TO_SQL_AUTO, EDITS(NAMED, SOCKET(SQLNAME)), "sql-socket",
     PL_HOP_PASS, NULL, NULL},
    {"or is to be",
     "resources: {run.service: {api: {template: {volumes: [{name: v, cloudSqlInstance: {instances: "
     "[\"p:us-central1:main\"]}}]}}}}\n" TO_SQL_AUTO,
     EDITS(NAMED), "sql-socket", PL_HOP_BLOCK, "CLOUD_SQL_SOCKET_NOT_MOUNTED", NULL},
    {"or asked for", TO_SQL_SOCKET, EDITS(NAMED), "sql-socket", PL_HOP_BLOCK,
     "CLOUD_SQL_SOCKET_NOT_MOUNTED", NULL},
    {"S9 connectors ask the Admin API", TO_SQL_AUTO,
     EDITS(NAMED, "- project.service/sqladmin.googleapis.com"), "sql-admin-api", PL_HOP_BLOCK,
     "API_DISABLED", "sqladmin.googleapis.com is not enabled in p: a connector cannot be set up"},
    {"S9 and need the role", TO_PROXY,
     EDITS(SECOND("\"--private-ip\","), "project.iamPolicy/p:iamPolicy = {\"bindings\":[]}"),
     "sql-client-role", PL_HOP_BLOCK, "CLOUD_SQL_CLIENT_ROLE_MISSING", NULL},
    {"S9 which it has", TO_PROXY, EDITS(SECOND("\"--private-ip\",")), "sql-client-role",
     PL_HOP_PASS, NULL, NULL},
    {"S9 but for who brings a key", TO_PROXY,
     EDITS(SECOND("\"--credentials-file=/k/key.json\","),
           "project.iamPolicy/p:iamPolicy = {\"bindings\":[]}"),
     "sql-client-role", -1, NULL, NULL},
    {"S9 or has one in its environment", TO_SQL_AUTO,
     EDITS(NAMED, ENV("GOOGLE_APPLICATION_CREDENTIALS", "/k/key.json"),
           "project.iamPolicy/p:iamPolicy = {\"bindings\":[]}"),
     "sql-client-role", -1, NULL, NULL},
    {"S3 connectors need no authorised network", TO_SQL_AUTO,
     EDITS(NAMED, "sql.instance/main:settings.ipConfiguration.authorizedNetworks = []"),
     "sql-authorized", -1, NULL, NULL},
    {"which of the addresses a connector dials may be said", TO_SQL, EDITS(NAMED), "sql-address",
     PL_HOP_PASS, NULL, HAS_PRIVATE},
    {"loopback beside it", TO_PROXY, EDITS(ENV("DB_HOST", "127.0.0.1"), SECOND("")), "wiring-host",
     PL_HOP_PASS, NULL,
     "DB_HOST of run.service/api is 127.0.0.1, where the Auth Proxy for sql.instance/main runs "
     "beside it"},
    {"loopback beside another's", TO_PROXY,
     EDITS(ENV("DB_HOST", "127.0.0.1"),
           BESIDE("\"image\":\"cloud-sql-proxy\",\"args\":[\"p:us-central1:other\"]")),
     "wiring-host", PL_HOP_UNKNOWN, "LOOPBACK_WITHOUT_SIDECAR", NULL},
};

static void the_flags_of_a_proxy(void **state)
{
    check_rules(*state, rows, PL_LEN(rows));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_flags_of_a_proxy, harness_arena, harness_arena_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
