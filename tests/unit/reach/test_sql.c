/* test_sql.c - rules S1 to S7: Cloud SQL as a destination.
 */
#include "worlds.h"

#define EXIT "projects/p/regions/us-central1/addresses/"
#define NAT_IPS(links)                                                                             \
    "compute.router/nat:nats[name=n].natIpAllocateOption = \"MANUAL_ONLY\"",                       \
        "compute.router/nat:nats[name=n].natIps = [" links "]"
#define RESERVED(name, ip)                                                                         \
    "compute.address/" name " = {\"name\":\"" name "\",\"address\":\"" ip "\"}"
#define LISTED                                                                                     \
    "sql.instance/main:settings.ipConfiguration.authorizedNetworks = "                             \
    "[{\"value\":\"203.0.113.0/24\"}]"

static const struct rule_row rows[] = {
    {"S15 an expired authority, and a client that checks", TO_SQL,
     EDITS(ENV("DATABASE_URL", "postgresql://10.68.0.3/app?sslmode=verify-full"),
           SERVER_CA("2026-11-20T09:59:59.5Z")),
     "server-certificate", PL_HOP_BLOCK, "SERVER_CERTIFICATE_EXPIRED",
     "the authority of sql.instance/main expired at 2026-11-20T09:59:59.5Z, and the client checks "
     "it"},
    {"S15 a client that may check", TO_SQL, EDITS(SERVER_CA("2026-11-20T09:59:59.5Z")),
     "server-certificate", PL_HOP_PASS, "SERVER_CERTIFICATE_EXPIRED", NULL},
    {"S15 the built-in connection checks", TO_SQL_SOCKET,
     EDITS(SOCKET(SQLNAME), SERVER_CA("2026-11-20T09:59:59.5Z")), "server-certificate",
     PL_HOP_BLOCK, "SERVER_CERTIFICATE_EXPIRED", NULL},
    {"S15 one that lasts", TO_SQL,
     EDITS(ENV("PGSSLROOTCERT", "/etc/ca.pem"), SERVER_CA("2036-11-20T09:59:59.5Z")),
     "server-certificate", PL_HOP_PASS, NULL, "the client has an authority at hand"},
    {"S8 a file of a secret that is mounted", TO_SQL,
     EDITS("run.service/api:template.volumes = [{\"name\":\"ca\",\"secret\":{\"secret\":\"db\","
           "\"items\":[{\"path\":\"server-ca.pem\"}]}}]",
           "run.service/api:template.containers[name=app].volumeMounts = "
           "[{\"name\":\"ca\",\"mountPath\":\"/etc/db\"}]"),
     "server-certificate", PL_HOP_PASS, NULL, "the client has an authority at hand"},
    {"S8 and one that is not", TO_SQL,
     EDITS("run.service/api:template.volumes = [{\"name\":\"ca\",\"secret\":{\"secret\":\"db\","
           "\"items\":[{\"path\":\"server-ca.pem\"}]}}]"),
     "server-certificate", PL_HOP_PASS, "SERVER_CA_NOT_INSTALLED", NULL},
    {"S1 ipv4Enabled is the public address", TO_SQL_PUBLIC,
     EDITS("sql.instance/main:settings.ipConfiguration.ipv4Enabled = false"), "sql-address",
     PL_HOP_BLOCK, "CLOUD_SQL_INSTANCE_NO_IP_ADDRESS", "sql.instance/main has no public address"},
    {"S1 no private network, no private address", TO_SQL,
     EDITS("sql.instance/main:settings.ipConfiguration.privateNetwork",
           "sql.instance/main:ipAddresses = []"),
     "sql-address", PL_HOP_BLOCK, "CLOUD_SQL_INSTANCE_NO_IP_ADDRESS",
     "sql.instance/main has no private address"},
    {"S2 RUNNABLE and stopped", TO_SQL,
     EDITS("sql.instance/main:settings.activationPolicy = \"NEVER\""), "sql-state", PL_HOP_BLOCK,
     "CLOUD_SQL_INSTANCE_NOT_RUNNING",
     "sql.instance/main is stopped by its owner: activationPolicy is NEVER"},
    {"S2 absent is ALWAYS", TO_SQL, EDITS("sql.instance/main:settings.activationPolicy"),
     "sql-state", PL_HOP_PASS, NULL, "sql.instance/main is running"},
    {"S2 SUSPENDED", TO_SQL, EDITS("sql.instance/main:state = \"SUSPENDED\""), "sql-state",
     PL_HOP_BLOCK, "CLOUD_SQL_INSTANCE_NOT_RUNNING", "sql.instance/main is SUSPENDED"},
    {"S2 FAILED", TO_SQL, EDITS("sql.instance/main:state = \"FAILED\""), "sql-state", PL_HOP_BLOCK,
     "CLOUD_SQL_INSTANCE_NOT_RUNNING", "sql.instance/main is FAILED"},
    {"S2 PENDING_CREATE", TO_SQL, EDITS("sql.instance/main:state = \"PENDING_CREATE\""),
     "sql-state", PL_HOP_BLOCK, "CLOUD_SQL_INSTANCE_NOT_RUNNING",
     "sql.instance/main is PENDING_CREATE"},
    {"S2 maintenance is not decided", TO_SQL, EDITS("sql.instance/main:state = \"MAINTENANCE\""),
     "sql-state", PL_HOP_UNKNOWN, "CLOUD_SQL_INSTANCE_NOT_RUNNING", NULL},
    {"S3 everybody", TO_SQL_PUBLIC, NULL, "sql-authorized", PL_HOP_PASS, NULL,
     "every address is authorised"},
    {"S3 Cloud Run's addresses change", TO_SQL_PUBLIC,
     EDITS("sql.instance/main:settings.ipConfiguration.authorizedNetworks = "
           "[{\"value\":\"203.0.113.0/24\"}]"),
     "sql-authorized", PL_HOP_BLOCK, "CLOUD_SQL_INSTANCE_UNAUTHORIZED_ACCESS",
     "Cloud Run leaves from changing Google addresses, and sql.instance/main authorises only "
     "listed networks"},
    {"S3 behind a NAT they may be listed", TO_SQL_PUBLIC,
     EDITS(ALL_TRAFFIC, "sql.instance/main:settings.ipConfiguration.authorizedNetworks = "
                        "[{\"value\":\"203.0.113.0/24\"}]"),
     "sql-authorized", PL_HOP_UNKNOWN, "CLOUD_SQL_INSTANCE_UNAUTHORIZED_ACCESS", NULL},
    {"S3 a reserved address of the NAT's is listed", TO_SQL_PUBLIC,
     EDITS(ALL_TRAFFIC, NAT_IPS("\"" EXIT "a\""), RESERVED("a", "203.0.113.7"), LISTED),
     "sql-authorized", PL_HOP_PASS, NULL,
     "packets leave from 1 address of compute.router/nat, authorised"},
    {"S3 the last one of the range", TO_SQL_PUBLIC,
     EDITS(ALL_TRAFFIC, NAT_IPS("\"" EXIT "a\""), RESERVED("a", "203.0.113.255"), LISTED),
     "sql-authorized", PL_HOP_PASS, NULL, NULL},
    {"S3 the first one behind it", TO_SQL_PUBLIC,
     EDITS(ALL_TRAFFIC, NAT_IPS("\"" EXIT "a\""), RESERVED("a", "203.0.114.0"), LISTED),
     "sql-authorized", PL_HOP_BLOCK, "CLOUD_SQL_INSTANCE_UNAUTHORIZED_ACCESS",
     "packets leave from 203.0.114.0, of compute.router/nat, which is in no authorised network of "
     "sql.instance/main"},
    {"S3 one of two is listed", TO_SQL_PUBLIC,
     EDITS(ALL_TRAFFIC, NAT_IPS("\"" EXIT "a\",\"" EXIT "b\""), RESERVED("a", "203.0.113.7"),
           RESERVED("b", "192.0.2.9"), LISTED),
     "sql-authorized", PL_HOP_PASS, "CLOUD_SQL_INSTANCE_UNAUTHORIZED_ACCESS",
     "packets leave from 2 addresses of compute.router/nat, and sql.instance/main authorises not "
     "all of them: not 192.0.2.9"},
    {"S3 one that was not read", TO_SQL_PUBLIC,
     EDITS(ALL_TRAFFIC, NAT_IPS("\"" EXIT "a\",\"" EXIT "b\""), RESERVED("a", "203.0.113.7"),
           LISTED),
     "sql-authorized", PL_HOP_UNKNOWN, "CLOUD_SQL_INSTANCE_UNAUTHORIZED_ACCESS",
     "packets leave from addresses of compute.router/nat that are not all known: "
     "compute.address/b: "
     "it does not exist"},
    {"S3 one without an address yet", TO_SQL_PUBLIC,
     EDITS(ALL_TRAFFIC, NAT_IPS("\"" EXIT "a\""), RESERVED("a", ""), LISTED), "sql-authorized",
     PL_HOP_UNKNOWN, "CLOUD_SQL_INSTANCE_UNAUTHORIZED_ACCESS",
     "packets leave from addresses of compute.router/nat that are not all known: "
     "compute.address/a: "
     "its address was not read"},
    {"S3 one of no kind that is known", TO_SQL_PUBLIC,
     EDITS(ALL_TRAFFIC, NAT_IPS("\"https://example.com/x\""), LISTED), "sql-authorized",
     PL_HOP_UNKNOWN, "CLOUD_SQL_INSTANCE_UNAUTHORIZED_ACCESS", NULL},
    {"S3 a NAT with rules has other addresses for some", TO_SQL_PUBLIC,
     EDITS(ALL_TRAFFIC, NAT_IPS("\"" EXIT "a\""), RESERVED("a", "192.0.2.9"), LISTED,
           "compute.router/nat:nats[name=n].rules = [{\"ruleNumber\":1}]"),
     "sql-authorized", PL_HOP_UNKNOWN, "CLOUD_SQL_INSTANCE_UNAUTHORIZED_ACCESS", NULL},
    {"S3 nobody", TO_SQL_PUBLIC,
     EDITS(ALL_TRAFFIC, "sql.instance/main:settings.ipConfiguration.authorizedNetworks = []"),
     "sql-authorized", PL_HOP_BLOCK, "CLOUD_SQL_INSTANCE_UNAUTHORIZED_ACCESS",
     "sql.instance/main authorises no network at all for its public address"},
    {"S3 RFC 1918 sources are authorised by themselves", TO_SQL,
     EDITS("sql.instance/main:settings.ipConfiguration.authorizedNetworks = []"), "sql-authorized",
     -1, NULL, NULL},
    {"S3 RFC 6598 sources are not", TO_SQL,
     EDITS("sql.instance/main:settings.ipConfiguration.authorizedNetworks = []",
           "vpcaccess.connector/conn:ipCidrRange = \"100.64.0.0/28\""),
     "sql-authorized", PL_HOP_BLOCK, "CLOUD_SQL_INSTANCE_UNAUTHORIZED_ACCESS",
     "the source range 100.64.0.0/28 is not RFC 1918: it must be an authorised network, and is "
     "not"},
    {"S3 unless they are listed", TO_SQL,
     EDITS("sql.instance/main:settings.ipConfiguration.authorizedNetworks = "
           "[{\"value\":\"100.64.0.0/10\"}]",
           "vpcaccess.connector/conn:ipCidrRange = \"100.64.0.0/28\""),
     "sql-authorized", PL_HOP_PASS, NULL, NULL},
    {"S5 PostgreSQL and 5432", TO_SQL,
     EDITS(ENV("POSTGRES_HOST", "10.68.0.3"), ENV("POSTGRES_PORT", "5432")), "sql-port",
     PL_HOP_PASS, NULL, NULL},
    {"S5 PostgreSQL and 3307", TO_SQL,
     EDITS(ENV("POSTGRES_HOST", "10.68.0.3"), ENV("POSTGRES_PORT", "3307")), "sql-port",
     PL_HOP_PASS, NULL, NULL},
    {"S5 PostgreSQL and 6432", TO_SQL,
     EDITS(ENV("POSTGRES_HOST", "10.68.0.3"), ENV("POSTGRES_PORT", "6432")), "sql-port",
     PL_HOP_BLOCK, "CLOUD_SQL_INSTANCE_UNSUPPORTED_PORT", NULL},
    {"S5 PostgreSQL and 5433", TO_SQL,
     EDITS(ENV("POSTGRES_HOST", "10.68.0.3"), ENV("POSTGRES_PORT", "5433")), "sql-port",
     PL_HOP_BLOCK, "CLOUD_SQL_INSTANCE_UNSUPPORTED_PORT", NULL},
    {"S5 PostgreSQL and 3306", TO_SQL,
     EDITS(ENV("POSTGRES_HOST", "10.68.0.3"), ENV("POSTGRES_PORT", "3306")), "sql-port",
     PL_HOP_BLOCK, "CLOUD_SQL_INSTANCE_UNSUPPORTED_PORT", NULL},
    {"S5 6432 with managed pooling", TO_SQL,
     EDITS(ENV("POSTGRES_HOST", "10.68.0.3"), ENV("POSTGRES_PORT", "6432"),
           "sql.instance/main:settings.connectionPoolConfig = {\"connectionPoolingEnabled\":true}"),
     "sql-port", PL_HOP_PASS, NULL, NULL},
    {"S5 MySQL", TO_SQL, EDITS("sql.instance/main:databaseVersion = \"MYSQL_8_0\""), "sql-port",
     PL_HOP_PASS, NULL, "sql.instance/main listens on 3306"},
    {"S5 the socket is dialled on 3307", TO_SQL_SOCKET,
     EDITS(SOCKET(SQLNAME), ALL_TRAFFIC,
           RULE("d", "\"direction\":\"EGRESS\",\"priority\":1,\"denied\":[{\"IPProtocol\":\"tcp\","
                     "\"ports\":[\"3307\"]}]")),
     "firewall-egress", PL_HOP_BLOCK, "FIREWALL_RULE",
     "compute.firewall/d denies TCP 3307 to 34.1.2.3 out of network main"},
    {"S5 whatever port the client names", TO_SQL_SOCKET,
     EDITS(SOCKET(SQLNAME), ALL_TRAFFIC, ENV("DB_HOST", "/cloudsql/p:us-central1:main"),
           ENV("DB_PORT", "5432"),
           RULE("d", "\"direction\":\"EGRESS\",\"priority\":1,\"denied\":[{\"IPProtocol\":\"tcp\","
                     "\"ports\":[\"5432\"]}]")),
     "firewall-egress", PL_HOP_PASS, NULL, NULL},
    {"S6 connectors only", TO_SQL,
     EDITS("sql.instance/main:settings.connectorEnforcement = \"REQUIRED\""), "sql-authorized",
     PL_HOP_BLOCK, "CLOUD_SQL_CONNECTOR_REQUIRED",
     "sql.instance/main admits only connectors and the Auth Proxy; this connection is direct"},
    {"S6 which the socket is", TO_SQL_SOCKET,
     EDITS(SOCKET(SQLNAME), "sql.instance/main:settings.connectorEnforcement = \"REQUIRED\""),
     "sql-authorized", -1, NULL, NULL},
    {"S7 without TLS, and allowed", TO_SQL,
     EDITS(ENV("PGHOST", "10.68.0.3"), ENV("PGSSLMODE", "disable"),
           "sql.instance/main:settings.ipConfiguration.sslMode = "
           "\"ALLOW_UNENCRYPTED_AND_ENCRYPTED\""),
     "sql-tls", PL_HOP_PASS, NULL, NULL},
    {"S7 without TLS, and refused", TO_SQL,
     EDITS(ENV("PGHOST", "10.68.0.3"), ENV("PGSSLMODE", "disable")), "sql-tls", PL_HOP_BLOCK,
     "TLS_REQUIRED", NULL},
    {"S7 sslMode wins over requireSsl", TO_SQL,
     EDITS("sql.instance/main:settings.ipConfiguration.requireSsl = true",
           ENV("PGHOST", "10.68.0.3"), ENV("PGSSLMODE", "require")),
     "sql-tls", PL_HOP_PASS, NULL,
     "sql.instance/main takes TLS only, without a client certificate"},
    {"S7 TLS only, and nobody says what the client speaks: a risk", TO_SQL, NULL, "sql-tls",
     PL_HOP_PASS, "TLS_REQUIRED",
     "sql.instance/main takes TLS only; whether this client speaks it is not declared"},
    {"S11 reached by an endpoint only", TO_SQL,
     EDITS("sql.instance/main:settings.ipConfiguration.privateNetwork",
           "sql.instance/main:ipAddresses = []",
           "sql.instance/main:settings.ipConfiguration.pscConfig = {\"pscEnabled\":true}"),
     "sql-address", PL_HOP_PASS, NULL,
     "sql.instance/main is reached by an endpoint of Private Service Connect"},
    {"S11 an endpoint needs no peering",
     "connections: {c: {from: run.service/api, to: sql.instance/main, via: psc}}\n",
     EDITS("sql.instance/main:settings.ipConfiguration.pscConfig = {\"pscEnabled\":true}",
           "- servicenetworking.connection/main", "compute.network/main:peerings"),
     "peering", -1, NULL, NULL},
    {"a private address from here",
     "connections: {c: {from: here, to: sql.instance/main, via: private}}\n", NULL, "egress",
     PL_HOP_UNKNOWN, "NO_ROUTE_FROM_INTERNET_TO_PRIVATE_IPV4_ADDRESS",
     "whether this machine has a way to a private address is not known"},
    {"S7 requireSsl alone demands a certificate; whether there is one nobody says", TO_SQL,
     EDITS("sql.instance/main:settings.ipConfiguration.sslMode",
           "sql.instance/main:settings.ipConfiguration.requireSsl = true"),
     "sql-tls", PL_HOP_PASS, "CLIENT_CERTIFICATE_REQUIRED", NULL},
};

static void cloud_sql_as_google_says(void **state)
{
    check_rules(*state, rows, PL_LEN(rows));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(cloud_sql_as_google_says, harness_arena,
                                        harness_arena_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
