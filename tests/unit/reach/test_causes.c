/* test_causes.c - every cause that is modelled: one world where it fires, and one near miss where it does not.
 *
 * A row of the cause table without a row here fails. Texts and symptoms are other files' business (test_<hop's file>.c).
 */
#include "worlds.h"

enum how { BLOCKS = PL_HOP_BLOCK, UNKNOWN = PL_HOP_UNKNOWN, RISKS = PL_HOP_PASS };

static const struct fixture {
    const char *cause;
    enum how how;
    const char *hop;
    const char *field; /* the deciding field, short; NULL: none */
    const char *yaml;
    const char *const *fires, *const *misses;
} fixtures[] = {
    {"API_DISABLED", BLOCKS, "sql-admin-api", "project.service/sqladmin.googleapis.com",
     TO_SQL_SOCKET, EDITS(SOCKET(SQLNAME), "- project.service/sqladmin.googleapis.com"),
     EDITS(SOCKET(SQLNAME))},
    {"BACKEND_SERVICE_TIMEOUT", BLOCKS, "backend-timeout", "compute.backendService/web:timeoutSec",
     "connections: {c: {from: here, to: \"wss://app.example.org\", probe: {type: websocket, stay: "
     "31s}}}\n",
     EDITS(LB,
           "compute.networkEndpointGroup/us-central1/auth = {\"networkEndpointType\":\"GCE_VM_IP_"
           "PORT\"}"),
     EDITS(LB)},
    {"CLIENT_CERTIFICATE_REQUIRED", BLOCKS, "sql-tls",
     "sql.instance/main:settings.ipConfiguration.sslMode",
     "connections: {c: {from: run.service/api, to: sql.instance/main, probe: {type: postgres, "
     "user: u, database: d}}}\n",
     EDITS("sql.instance/main:settings.ipConfiguration.sslMode = "
           "\"TRUSTED_CLIENT_CERTIFICATE_REQUIRED\""),
     EDITS(NULL)},
    {"CLOUD_ARMOR_DENIED", BLOCKS, "cloud-armor", "compute.securityPolicy/edge:rules[priority=10]",
     TO_LB, EDITS(LB, LB_POLICY(LB_ALLOW "," LB_RULE("10", "deny(403)", LB_FROM("*")))),
     EDITS(LB, LB_POLICY(LB_ALLOW "," LB_RULE("10", "allow", LB_FROM("*"))))},
    {"CLOUD_ARMOR_DENIED_AS_BAD_GATEWAY", BLOCKS, "cloud-armor",
     "compute.securityPolicy/edge:rules[priority=10]", TO_LB,
     EDITS(LB, LB_POLICY(LB_ALLOW "," LB_RULE("10", "deny(502)", LB_FROM("0.0.0.0/0")))),
     EDITS(LB, LB_POLICY(LB_RULE("9", "allow", LB_FROM("*")) "," LB_RULE("10", "deny(502)",
                                                                         LB_FROM("*"))))},
    {"CLOUD_ARMOR_DENIED_AS_NOT_FOUND", BLOCKS, "cloud-armor",
     "compute.securityPolicy/edge:rules[priority=10]", TO_LB,
     EDITS(LB, LB_POLICY(LB_ALLOW
                         "," LB_RULE("10", "deny(404)", "\"expr\":{\"expression\":\"true\"}"))),
     EDITS(LB, LB_POLICY(LB_ALLOW
                         "," LB_RULE("10", "deny(404)", "\"expr\":{\"expression\":\"false\"}")))},
    {"CLOUD_ARMOR_RATE_LIMITED", RISKS, "cloud-armor",
     "compute.securityPolicy/edge:rules[priority=10]", TO_LB,
     EDITS(LB, LB_POLICY(LB_ALLOW "," LB_RULE("10", "throttle", LB_FROM("*")))),
     EDITS(LB, LB_POLICY(LB_ALLOW "," LB_RULE("10", "allow", LB_FROM("*"))))},
    {"CLOUD_NAT_NO_ADDRESSES", BLOCKS, "nat", "compute.router/nat:nats", TO_WEB,
     EDITS(ALL_TRAFFIC, "compute.router/nat:nats[name=n].natIpAllocateOption = \"MANUAL_ONLY\""),
     EDITS(ALL_TRAFFIC, "compute.router/nat:nats[name=n].natIpAllocateOption = \"MANUAL_ONLY\"",
           "compute.router/nat:nats[name=n].natIps = "
           "[\"projects/p/regions/us-central1/addresses/a\"]")},
    {"CLOUD_RUN_AUDIENCE_MISMATCH", BLOCKS, "audience", "run.service/auth:customAudiences",
     "connections: {c: {from: here, to: run.service/auth, probe: {type: https, identity_token: "
     "\"https://auth.example.org\"}}}\n",
     EDITS(KNOWN_ONLY, "run.service/auth:customAudiences = [\"https://auth.example.org/\"]"),
     EDITS(KNOWN_ONLY, "run.service/auth:customAudiences = [\"https://auth.example.org\"]")},
    {"CLOUD_NAT_PORTS_EXHAUSTED", RISKS, "nat-ports",
     "compute.router/nat:nats[name=n].minPortsPerVm", TO_WEB,
     EDITS(DIRECT, ALL_TRAFFIC, "compute.router/nat:nats[name=n].minPortsPerVm = 64",
           "run.service/api:template.maxInstanceRequestConcurrency = 80"),
     EDITS(DIRECT, ALL_TRAFFIC, "compute.router/nat:nats[name=n].minPortsPerVm = 2048",
           "run.service/api:template.maxInstanceRequestConcurrency = 80")},
    {"CLOUD_RUN_DEFAULT_URL_DISABLED", BLOCKS, "ingress", "run.service/auth:defaultUriDisabled",
     TO_RUN, EDITS("run.service/auth:defaultUriDisabled = true"),
     EDITS("run.service/auth:defaultUriDisabled = false")},
    {"CLOUD_RUN_INGRESS_DENIED", BLOCKS, "ingress", "run.service/auth:ingress", TO_RUN,
     EDITS("run.service/auth:ingress = \"INGRESS_TRAFFIC_INTERNAL_ONLY\""),
     EDITS("run.service/auth:ingress = \"INGRESS_TRAFFIC_INTERNAL_ONLY\"", ALL_TRAFFIC)},
    {"CLOUD_RUN_INVOKER_MISSING", BLOCKS, "invoker",
     "run.service/auth:iamPolicy.bindings[role=roles/run.invoker].members", TO_RUN,
     EDITS("run.service/auth:iamPolicy = "
           "{\"bindings\":[{\"role\":\"roles/"
           "run.invoker\",\"members\":[\"serviceAccount:web@p\"]}]}"),
     EDITS("run.service/auth:iamPolicy = "
           "{\"bindings\":[{\"role\":\"roles/"
           "run.invoker\",\"members\":[\"serviceAccount:api@p\"]}]}")},
    {"CLOUD_RUN_MAX_INSTANCES", RISKS, "instance-limit",
     "run.service/auth:template.scaling.maxInstanceCount",
     "resources: {run.service: {auth: {template: {scaling: {maxInstanceCount: 20}}}}}\n" TO_RUN,
     EDITS("run.service/auth:template.scaling.maxInstanceCount = 19"),
     EDITS("run.service/auth:template.scaling.maxInstanceCount = 20")},
    {"CLOUD_RUN_REQUEST_TIMEOUT", BLOCKS, "timeout", "run.service/auth:template.timeout",
     "connections: {c: {from: here, to: run.service/auth, probe: {type: websocket, stay: 90s}}}\n",
     EDITS("run.service/auth:template.timeout = \"60s\""),
     EDITS("run.service/auth:template.timeout = \"900s\"")},
    {"CLOUD_RUN_JOB_NOT_READY", BLOCKS, "source", "run.job/migrate:terminalCondition.state",
     "connections: {c: {from: run.job/migrate, to: \"https://example.org\"}}\n",
     EDITS("run.job/us-central1/migrate = {\"template\":{\"template\":{}},\"terminalCondition\":{"
           "\"state\":\"CONDITION_FAILED\"}}"),
     EDITS("run.job/us-central1/migrate = {\"template\":{\"template\":{}},\"terminalCondition\":{"
           "\"state\":\"CONDITION_RECONCILING\"}}")},
    {"CLOUD_RUN_REVISION_NOT_READY", BLOCKS, "run-ready",
     "run.service/auth:terminalCondition.state", TO_RUN,
     EDITS("run.service/auth:terminalCondition.state = \"CONDITION_FAILED\"",
           "run.service/auth:latestReadyRevision"),
     EDITS(NULL)},
    {"CLOUD_SQL_CA_MODE_UNSUPPORTED_BY_SOCKET", BLOCKS, "sql-ca-mode",
     "sql.instance/main:settings.ipConfiguration.serverCaMode", TO_SQL_SOCKET,
     EDITS(SOCKET(SQLNAME),
           "sql.instance/main:settings.ipConfiguration.serverCaMode = \"GOOGLE_MANAGED_CAS_CA\""),
     EDITS(SOCKET(SQLNAME), "sql.instance/main:settings.ipConfiguration.serverCaMode = "
                            "\"GOOGLE_MANAGED_INTERNAL_CA\"")},
    {"CLOUD_SQL_CLIENT_ROLE_MISSING", BLOCKS, "sql-client-role",
     "project.iamPolicy/p:iamPolicy.bindings[role=roles/cloudsql.client].members", TO_SQL_SOCKET,
     EDITS(SOCKET(SQLNAME), "run.service/api:template.serviceAccount = \"other@p\""),
     EDITS(SOCKET(SQLNAME))},
    {"CLOUD_SQL_CONNECTOR_REQUIRED", BLOCKS, "sql-authorized",
     "sql.instance/main:settings.connectorEnforcement", TO_SQL,
     EDITS("sql.instance/main:settings.connectorEnforcement = \"REQUIRED\""),
     EDITS("sql.instance/main:settings.connectorEnforcement = \"NOT_REQUIRED\"")},
    {"CLOUD_SQL_INSTANCE_NOT_RUNNING", BLOCKS, "sql-state",
     "sql.instance/main:settings.activationPolicy", TO_SQL,
     EDITS("sql.instance/main:settings.activationPolicy = \"NEVER\""),
     EDITS("sql.instance/main:settings.activationPolicy = \"ALWAYS\"")},
    {"CLOUD_SQL_INSTANCE_NO_IP_ADDRESS", BLOCKS, "sql-address",
     "sql.instance/main:settings.ipConfiguration.ipv4Enabled", TO_SQL_PUBLIC,
     EDITS("sql.instance/main:settings.ipConfiguration.ipv4Enabled = false"), EDITS(NULL)},
    {"CLOUD_SQL_INSTANCE_NO_ROUTE", BLOCKS, "return-path",
     "compute.network/"
     "main:peerings[name=servicenetworking-googleapis-com].exportSubnetRoutesWithPublicIp",
     TO_SQL,
     EDITS("vpcaccess.connector/conn:ipCidrRange = \"203.0.113.0/28\"",
           "compute.network/"
           "main:peerings[name=servicenetworking-googleapis-com].exportSubnetRoutesWithPublicIp = "
           "false"),
     EDITS("compute.network/"
           "main:peerings[name=servicenetworking-googleapis-com].exportSubnetRoutesWithPublicIp = "
           "false")},
    {"CLOUD_SQL_INSTANCE_UNAUTHORIZED_ACCESS", BLOCKS, "sql-authorized",
     "sql.instance/main:settings.ipConfiguration.authorizedNetworks", TO_SQL_PUBLIC,
     EDITS("sql.instance/main:settings.ipConfiguration.authorizedNetworks = "
           "[{\"value\":\"203.0.113.4/32\"}]"),
     EDITS(NULL)},
    {"CLOUD_SQL_INSTANCE_UNSUPPORTED_PORT", BLOCKS, "sql-port",
     "run.service/api:template.containers[name=app].env[name=POSTGRES_PORT].value", TO_SQL,
     EDITS(ENV("POSTGRES_HOST", "10.68.0.3"), ENV("POSTGRES_PORT", "5434")),
     EDITS(ENV("POSTGRES_HOST", "10.68.0.3"), ENV("POSTGRES_PORT", "5432"))},
    {"CLOUD_SQL_SOCKET_NOT_MOUNTED", BLOCKS, "sql-socket", "run.service/api:template.volumes",
     TO_SQL_SOCKET, EDITS(SOCKET("p:europe-west1:main")), EDITS(SOCKET(SQLNAME))},
    {"CLOUD_SQL_SOCKET_PATH_MISMATCH", BLOCKS, "wiring-host",
     "run.service/api:template.containers[name=app].env[name=DB_SOCKET].value", TO_SQL_SOCKET,
     EDITS(SOCKET(SQLNAME), ENV("DB_SOCKET", "/cloudsql/p:us-central1:old")),
     EDITS(SOCKET(SQLNAME), ENV("DB_SOCKET", "/cloudsql/" SQLNAME))},
    {"CLOUD_SQL_DATABASE_NOT_FOUND", BLOCKS, "sql-database",
     "run.service/api:template.containers[name=app].env[name=POSTGRES_DB].value", TO_SQL,
     EDITS(DATABASE("app"), ENV("POSTGRES_DB", "shop")),
     EDITS(DATABASE("app"), ENV("POSTGRES_DB", "app"))},
    {"CLOUD_SQL_ENGINE_MISMATCH", BLOCKS, "sql-engine",
     "run.service/api:template.containers[name=app].env[name=DATABASE_URL].value", TO_SQL,
     EDITS(ENV("DATABASE_URL", "mysql+pymysql://app@10.68.0.3:5432/app")),
     EDITS(ENV("DATABASE_URL", "postgresql+psycopg2://app@10.68.0.3:5432/app"))},
    {"CLOUD_SQL_IAM_LOGIN_DISABLED", BLOCKS, "sql-iam-login",
     "sql.instance/main:settings.databaseFlags[name=cloudsql.iam_authentication].value", TO_SQL,
     EDITS(RUNS_AS_API, IAM_USER("api@p.iam"), ENV("POSTGRES_USER", "api@p.iam")),
     EDITS(RUNS_AS_API, IAM_USER("api@p.iam"), ENV("POSTGRES_USER", "api@p.iam"), IAM_LOGIN("on"))},
    {"CLOUD_SQL_IAM_USER_MISMATCH", BLOCKS, "sql-iam-user",
     "run.service/api:template.containers[name=app].env[name=POSTGRES_USER].value", TO_SQL,
     EDITS(RUNS_AS_API, IAM_USER("web@p.iam"), ENV("POSTGRES_USER", "web@p.iam"), IAM_LOGIN("on")),
     EDITS(RUNS_AS_API, IAM_USER("api@p.iam"), ENV("POSTGRES_USER", "api@p.iam"), IAM_LOGIN("on"))},
    {"CLOUD_SQL_INSTANCE_USER_ROLE_MISSING", BLOCKS, "sql-iam-role",
     "project.iamPolicy/p:iamPolicy.bindings[role=roles/cloudsql.instanceUser].members", TO_SQL,
     EDITS(RUNS_AS_API, IAM_USER("api@p.iam"), ENV("POSTGRES_USER", "api@p.iam"), IAM_LOGIN("on")),
     EDITS(RUNS_AS_API, IAM_USER("api@p.iam"), ENV("POSTGRES_USER", "api@p.iam"), IAM_LOGIN("on"),
           LOGIN_ROLE)},
    {"CLOUD_SQL_USER_NOT_FOUND", RISKS, "sql-user",
     "run.service/api:template.containers[name=app].env[name=POSTGRES_USER].value", TO_SQL,
     EDITS(USER("app"), ENV("POSTGRES_USER", "ap")),
     EDITS(USER("app"), ENV("POSTGRES_USER", "app"))},
    {"CLIENT_GIVES_UP_EARLY", RISKS, "time-budget",
     "run.service/api:template.containers[name=app].env[name=AUTH_TIMEOUT].value", TO_RUN,
     EDITS(ENV("AUTH_TIMEOUT", "0.5")), EDITS(ENV("AUTH_TIMEOUT", "1.5"))},
    {"CLOUD_RUN_NEWEST_REVISION_NOT_SERVED", RISKS, "traffic", "run.service/auth:traffic", TO_RUN,
     EDITS(NEWEST("r2"), TRAFFIC("r1", "100")), EDITS(NEWEST("r2"), TRAFFIC("r2", "100"))},
    {"CLOUD_RUN_REVISION_NOT_READY", BLOCKS, "traffic", "run.service/auth:traffic", TO_RUN,
     EDITS(NEWEST("r2"), TRAFFIC("r1", "100"), FAILED_REVISION("r1")),
     EDITS(NEWEST("r2"), TRAFFIC("r2", "100"), FAILED_REVISION("r1"))},
    {"CLOUD_RUN_TRAFFIC_TAG_NOT_FOUND", BLOCKS, "traffic", "run.service/auth:traffic",
     "connections: {c: {from: here, to: \"https://next---auth-x-uc.a.run.app\"}}\n",
     EDITS(TRAFFIC("r1", "100")),
     EDITS("run.service/auth:traffic = [{\"type\":\"TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST\","
           "\"percent\":100,\"tag\":\"next\"}]")},
    {"COLD_START", RISKS, "instances", "run.service/auth:template.scaling.minInstanceCount", TO_RUN,
     EDITS("run.service/auth:template.scaling.minInstanceCount = 0"),
     EDITS("run.service/auth:template.scaling.minInstanceCount = 0",
           "run.service/auth:scaling = {\"minInstanceCount\":1}")},
    {"CREDENTIAL_NOT_AS_DECLARED", RISKS, "credential",
     "run.service/"
     "auth:template.containers[name=app].env[name=KEY].valueSource.secretKeyRef.version",
     "resources: {run.service: {auth: {template: {containers: [{name: app, env: [{name: KEY, "
     "valueSource: {secretKeyRef: {version: \"2\"}}}]}]}}}}\n" HERE_TO_RUN,
     EDITS(TAKES("1"), SECRET, VERSION("1", "ENABLED"), VERSION("2", "ENABLED"),
           GRANTED("serviceAccount:auth@p")),
     EDITS(TAKES("2"), SECRET, VERSION("1", "ENABLED"), VERSION("2", "ENABLED"),
           GRANTED("serviceAccount:auth@p"))},
    {"DESTINATION_ENDPOINT_NOT_FOUND", BLOCKS, "target", "sql.instance/main", TO_SQL,
     EDITS("- sql.instance/main"), EDITS(NULL)},
    {"DIRECT_VPC_ADDRESSES_EXHAUSTED", RISKS, "source-addresses",
     "run.service/api:template.scaling.maxInstanceCount", TO_SQL,
     EDITS(DIRECT, "run.service/api:template.scaling.maxInstanceCount = 127"),
     EDITS(DIRECT, "run.service/api:template.scaling.maxInstanceCount = 126")},
    {"DIRECT_VPC_START_DELAY", RISKS, "source-start",
     "run.service/api:template.vpcAccess.networkInterfaces", TO_SQL, EDITS(DIRECT), EDITS(NULL)},
    {"DESTINATION_IS_PRIVATE_NAT_IP_RANGE", BLOCKS, "route", "compute.subnetwork/run:purpose",
     TO_IP("10.0.0.9"), EDITS("compute.subnetwork/run:purpose = \"PRIVATE_NAT\""),
     EDITS("compute.subnetwork/run:purpose = \"PRIVATE\"")},
    {"DNS_NAME_NOT_FOUND", BLOCKS, "name", "dns.managedZone/shadow", TO_RUN,
     EDITS(ZONE("shadow", "a.run.app.")), EDITS(ZONE("shadow", "b.run.app."))},
    {"ENVIRONMENT_VALUE_MALFORMED", BLOCKS, "wiring-host",
     "run.service/api:template.containers[name=app].env[name=REDIS_HOST].value", TO_REDIS,
     EDITS(ENV("REDIS_HOST", "10.68.1.4\\n")), EDITS(ENV("REDIS_HOST", "10.68.1.4"))},
    {"ENVIRONMENT_VARIABLE_MISSING", BLOCKS, "wiring-host",
     "run.service/api:template.containers[name=app].env[name=REDIS_HOST].value",
     "resources: {run.service: {api: {template: {containers: [{name: app, env: [{name: "
     "REDIS_HOST, "
     "value: \"${redis.instance/cache:host}\"}]}]}}}}\n" TO_REDIS,
     EDITS(NULL), EDITS(ENV("REDIS_HOST", "10.68.1.4"))},
    {"EXIT_ADDRESS_NOT_RESERVED", RISKS, "exit-address",
     "compute.router/nat:nats[name=n].natIpAllocateOption", TO_WEB, EDITS(ALL_TRAFFIC),
     EDITS(ALL_TRAFFIC, "compute.router/nat:nats[name=n].natIpAllocateOption = \"MANUAL_ONLY\"",
           "compute.router/nat:nats[name=n].natIps = "
           "[\"projects/p/regions/us-central1/addresses/a\"]")},
    {"FIREWALL_RULE", BLOCKS, "firewall-egress", "compute.firewall/deny", TO_SQL,
     EDITS(RULE("deny", "\"direction\":\"EGRESS\",\"priority\":900,\"denied\":[{\"IPProtocol\":"
                        "\"tcp\",\"ports\":[\"5432\"]}]")),
     EDITS(RULE("deny", "\"direction\":\"EGRESS\",\"priority\":900,\"denied\":[{\"IPProtocol\":"
                        "\"tcp\",\"ports\":[\"5433\"]}]"))},
    {"FORWARDING_RULE_MISMATCH", BLOCKS, "forwarding-rule", "compute.forwardingRule/web:portRange",
     TO_LB, EDITS(LB, "compute.forwardingRule/global/web:portRange = \"8443-8443\""),
     EDITS(LB, "compute.forwardingRule/global/web:portRange = \"443-444\"")},
    {"FORWARDING_RULE_NO_INSTANCES", BLOCKS, "backend", "compute.backendService/web:backends",
     TO_LB, EDITS(LB, "compute.backendService/global/web:backends"), EDITS(LB)},
    {"FORWARDING_RULE_REGION_MISMATCH", BLOCKS, "forwarding-rule",
     "compute.forwardingRule/europe-west1/ilb:allowGlobalAccess",
     "connections: {c: {from: run.service/api, to: \"https://10.0.0.50\"}}\n",
     EDITS(ILB(""), "- compute.forwardingRule/ilb",
           "compute.forwardingRule/europe-west1/ilb = "
           "{\"IPAddress\":\"10.0.0.50\",\"portRange\":\"443\",\"loadBalancingScheme\":\"INTERNAL_"
           "MANAGED\",\"target\":\"projects/p/regions/us-central1/targetHttpsProxies/ilb\"}"),
     EDITS(ILB(""), "- compute.forwardingRule/ilb",
           "compute.forwardingRule/europe-west1/ilb = "
           "{\"IPAddress\":\"10.0.0.50\",\"portRange\":\"443\",\"loadBalancingScheme\":\"INTERNAL_"
           "MANAGED\",\"allowGlobalAccess\":true,\"target\":\"projects/p/regions/us-central1/"
           "targetHttpsProxies/ilb\"}")},
    {"FOREIGN_IP_DISALLOWED", BLOCKS, "route", "compute.instance/us-central1-a/fw:canIpForward",
     TO_IP("10.99.0.1"), EDITS(BY_VM, "compute.instance/us-central1-a/fw:canIpForward = false"),
     EDITS(BY_VM)},
    {"FORWARDING_RULE_MISMATCH", BLOCKS, "psc-endpoint", "compute.forwardingRule/ilb:ports",
     TO_IP("10.0.0.40"),
     EDITS(FRONT("ilb", "10.0.0.40",
                 "\"loadBalancingScheme\":\"INTERNAL\",\"IPProtocol\":\"TCP\","
                 "\"ports\":[\"443\"]")),
     EDITS(FRONT("ilb", "10.0.0.40",
                 "\"loadBalancingScheme\":\"INTERNAL\",\"IPProtocol\":\"TCP\","
                 "\"ports\":[\"8080\"]"))},
    {"FORWARDING_RULE_REGION_MISMATCH", BLOCKS, "psc-endpoint",
     "compute.forwardingRule/europe-west1/ep:allowPscGlobalAccess", TO_SQL_PSC,
     EDITS(SQL_PSC, "- compute.forwardingRule/ep", ENDPOINT("europe-west1/ep", "10.0.0.50", "")),
     EDITS(SQL_PSC, "- compute.forwardingRule/ep",
           ENDPOINT("europe-west1/ep", "10.0.0.50", ",\"allowPscGlobalAccess\":true"))},
    {"GOOGLE_MANAGED_SERVICE_NO_PEERING", BLOCKS, "peering", "servicenetworking.connection/main",
     TO_SQL, EDITS("- servicenetworking.connection/main", "compute.network/main:peerings"),
     EDITS("compute.network/main:peerings[name=redis-peer-1]")},
    {"GOOGLE_MANAGED_SERVICE_NO_PSC_ENDPOINT", BLOCKS, "psc-endpoint",
     "sql.instance/main:pscServiceAttachmentLink", TO_SQL_PSC,
     EDITS(SQL_PSC, "- compute.forwardingRule/ep", FRONT("ilb", "10.0.0.40", "\"ports\":[\"1\"]")),
     EDITS(SQL_PSC)},
    {"INGRESS_FIREWALL_TAGS_UNSUPPORTED_BY_DIRECT_VPC_EGRESS", UNKNOWN, "firewall-ingress", NULL,
     TO_IP("10.0.0.9"),
     EDITS(DIRECT, RULE("by-tag", "\"direction\":\"INGRESS\",\"priority\":10,\"sourceTags\":["
                                  "\"web\"],\"denied\":[{\"IPProtocol\":\"all\"}]")),
     EDITS(DIRECT, RULE("by-tag", "\"direction\":\"INGRESS\",\"priority\":10,\"sourceTags\":["
                                  "\"db\"],\"denied\":[{\"IPProtocol\":\"all\"}]"))},
    {"IAP_AUDIENCE_MISMATCH", RISKS, "iap-audience",
     "run.service/auth:template.containers[name=app].env[name=AUDIENCE].value", TO_LB,
     EDITS(LB, IAP, AUDIENCE("78")), EDITS(LB, IAP, AUDIENCE("77"))},
    {"IDENTITY_AWARE_PROXY_DENIED", UNKNOWN, "iap", NULL, TO_LB,
     EDITS(LB, "compute.backendService/global/web:iap.enabled = true"),
     EDITS(LB, "compute.backendService/global/web:iap.enabled = false")},
    {"LOAD_BALANCER_HAS_NO_PROXY_SUBNET", BLOCKS, "forwarding-rule",
     "compute.forwardingRule/ilb:network", TO_ILB,
     EDITS(ILB(""), PROXY_SUBNET, "compute.subnetwork/us-central1/proxies:role = \"BACKUP\""),
     EDITS(ILB(""), PROXY_SUBNET)},
    {"LOAD_BALANCER_NOT_CONFIGURED", BLOCKS, "url-map", "compute.urlMap/web:defaultService", TO_LB,
     EDITS(LB, "compute.urlMap/global/web:defaultService"), EDITS(LB)},
    {"INSTANCE_NOT_RUNNING", BLOCKS, "route", "compute.instance/us-central1-a/fw:status",
     TO_IP("10.99.0.1"), EDITS(BY_VM, "compute.instance/us-central1-a/fw:status = \"TERMINATED\""),
     EDITS(BY_VM)},
    {"LOOPBACK_WITHOUT_SIDECAR", BLOCKS, "wiring-host",
     "run.service/api:template.containers[name=app].env[name=REDIS_HOST].value", TO_REDIS,
     EDITS(ENV("REDIS_HOST", "127.0.0.1")),
     EDITS(ENV("REDIS_HOST", "127.0.0.1"), "run.service/api:template.containers[name=proxy] = "
                                           "{\"name\":\"proxy\",\"image\":\"envoy\"}")},
    {"NO_EXTERNAL_ADDRESS", BLOCKS, "nat", "run.service/api:template.vpcAccess.egress", TO_WEB,
     EDITS(ALL_TRAFFIC, "- compute.router/nat"), EDITS(ALL_TRAFFIC)},
    {"NO_MATCHING_NAT64_GATEWAY", BLOCKS, "nat", "compute.network/main",
     TO_IP("[64:ff9b::808:808]"), EDITS(ALL_TRAFFIC),
     EDITS(ALL_TRAFFIC, "compute.router/nat:nats[name=n].sourceSubnetworkIpRangesToNat64 = "
                        "\"ALL_IPV6_SUBNETWORKS\"")},
    {"NO_NAT_SUBNETS_FOR_PSC_SERVICE_ATTACHMENT", BLOCKS, "psc-endpoint",
     "compute.serviceAttachment/own:natSubnets", TO_IP("10.0.0.60"),
     EDITS(OWN_SERVICE, "compute.serviceAttachment/own:natSubnets"), EDITS(OWN_SERVICE)},
    {"NO_ROUTE", BLOCKS, "route", "compute.network/main", TO_WEB,
     EDITS(ALL_TRAFFIC, "- compute.route/default"), EDITS(ALL_TRAFFIC)},
    {"NO_ROUTE_FROM_INTERNET_TO_PRIVATE_IPV4_ADDRESS", BLOCKS, "egress",
     "run.service/api:template.vpcAccess.egress", TO_IP("169.254.10.1"), EDITS(NULL),
     EDITS(ALL_TRAFFIC)},
    {"NO_VALID_ROUTE_FROM_GOOGLE_MANAGED_NETWORK_TO_DESTINATION", BLOCKS, "return-path",
     "compute.subnetwork/run:ipCidrRange", TO_SQL,
     EDITS(DIRECT, "compute.subnetwork/run:ipCidrRange = \"172.17.4.0/24\""),
     EDITS(DIRECT, "compute.subnetwork/run:ipCidrRange = \"172.18.4.0/24\"")},
    {"PRIVATE_GOOGLE_ACCESS_DISALLOWED", BLOCKS, "google-access",
     "compute.subnetwork/run:privateIpGoogleAccess", TO_RUN,
     EDITS(DIRECT, ALL_TRAFFIC, "compute.subnetwork/run:privateIpGoogleAccess = false",
           "- compute.router/nat"),
     EDITS(DIRECT, ALL_TRAFFIC, "compute.subnetwork/run:privateIpGoogleAccess = false")},
    {"PRIVATE_TRAFFIC_TO_INTERNET", BLOCKS, "route", "compute.route/default", TO_IP("10.99.0.1"),
     EDITS(NULL),
     EDITS("compute.route/vpn = {\"network\":\"" NET
           "\",\"destRange\":\"10.99.0.0/16\",\"nextHopNetwork\":\"" NET "\"}")},
    {"READ_ONLY_ENDPOINT", RISKS, "writes",
     "run.service/api:template.containers[name=app].env[name=REDIS_HOST].value", TO_REDIS,
     EDITS("redis.instance/cache:readEndpoint = \"10.68.1.5\"", ENV("REDIS_HOST", "10.68.1.5")),
     EDITS("redis.instance/cache:readEndpoint = \"10.68.1.5\"", ENV("REDIS_HOST", "10.68.1.4"))},
    {"PSC_CONNECTION_NOT_ACCEPTED", BLOCKS, "psc-endpoint",
     "sql.instance/main:settings.ipConfiguration.pscConfig.allowedConsumerProjects", TO_SQL_PSC,
     EDITS(
         SQL_PSC, "compute.forwardingRule/ep:pscConnectionStatus = \"PENDING\"",
         "sql.instance/main:settings.ipConfiguration.pscConfig.allowedConsumerProjects = [\"q\"]"),
     /* X2: whom it let in before stays in */
     EDITS(SQL_PSC, "sql.instance/main:settings.ipConfiguration.pscConfig.allowedConsumerProjects "
                    "= [\"q\"]")},
    {"PSC_ENDPOINT_ACCESSED_FROM_PEERED_NETWORK", BLOCKS, "psc-endpoint",
     "compute.forwardingRule/ep:network", TO_SQL_PSC,
     EDITS(SQL_PSC, PEERED_WITH_OTHER,
           "compute.forwardingRule/ep:network = \"projects/p/global/networks/other\""),
     EDITS(SQL_PSC, PEERED_WITH_OTHER)},
    {"REDIS_AUTH_NOT_CONFIGURED", BLOCKS, "redis-auth", "redis.instance/cache:authEnabled",
     TO_REDIS, EDITS(ENV("REDIS_HOST", "10.68.1.4"), ENV("REDIS_PASSWORD", "x")),
     EDITS(ENV("REDIS_HOST", "10.68.1.4"), ENV("REDIS_PASSWORD", ""))},
    {"REDIS_AUTH_REQUIRED", BLOCKS, "redis-auth", "redis.instance/cache:authEnabled",
     "connections: {c: {from: run.service/api, to: redis.instance/cache, probe: redis}}\n",
     EDITS("redis.instance/cache:authEnabled = true"),
     EDITS("redis.instance/cache:authEnabled = true", ENV("REDIS_HOST", "10.68.1.4"),
           ENV("REDIS_AUTH", "x"))},
    {"REDIS_CLUSTER_NOT_RUNNING", BLOCKS, "cluster-state", "redis.cluster/cl:state", TO_CLUSTER,
     EDITS(CLUSTER, "redis.cluster/cl:state = \"DELETING\""), EDITS(CLUSTER)},
    {"REDIS_CLUSTER_NO_EXTERNAL_IP", BLOCKS, "egress", "run.service/api:template.vpcAccess.egress",
     TO_CLUSTER,
     EDITS(CLUSTER, "redis.cluster/cl:discoveryEndpoints = [{\"address\":\"203.0.113.7\"}]"),
     EDITS(CLUSTER, ALL_TRAFFIC,
           "redis.cluster/cl:discoveryEndpoints = [{\"address\":\"203.0.113.7\"}]")},
    {"REDIS_CLUSTER_UNSUPPORTED_PORT", BLOCKS, "cluster-port",
     "run.service/api:template.containers[name=app].env[name=REDIS_PORT].value", TO_CLUSTER,
     EDITS(CLUSTER, ENV("REDIS_HOST", "10.0.0.70"), ENV("REDIS_PORT", "6378")),
     EDITS(CLUSTER, ENV("REDIS_HOST", "10.0.0.70"), ENV("REDIS_PORT", "11007"))},
    {"REDIS_INSTANCE_CONNECTING_FROM_PUPI_ADDRESS", UNKNOWN, "return-path", NULL, TO_REDIS,
     EDITS("vpcaccess.connector/conn:ipCidrRange = \"203.0.113.0/28\""),
     EDITS("vpcaccess.connector/conn:ipCidrRange = \"100.64.0.0/28\"")},
    {"REDIS_INSTANCE_NOT_RUNNING", BLOCKS, "redis-state", "redis.instance/cache:state", TO_REDIS,
     EDITS("redis.instance/cache:state = \"DELETING\""), EDITS(NULL)},
    {"REDIS_INSTANCE_NO_EXTERNAL_IP", BLOCKS, "egress", "run.service/api:template.vpcAccess.egress",
     TO_REDIS, EDITS("redis.instance/cache:host = \"203.0.113.7\""),
     EDITS(ALL_TRAFFIC, "redis.instance/cache:host = \"203.0.113.7\"")},
    {"REDIS_INSTANCE_NO_ROUTE_TO_DESTINATION_NETWORK", BLOCKS, "return-path",
     "compute.network/"
     "main:peerings[name=servicenetworking-googleapis-com].exportSubnetRoutesWithPublicIp",
     TO_REDIS,
     EDITS("vpcaccess.connector/conn:ipCidrRange = \"203.0.113.0/28\"",
           "compute.network/"
           "main:peerings[name=servicenetworking-googleapis-com].exportSubnetRoutesWithPublicIp = "
           "false"),
     EDITS(NULL)},
    {"REDIS_INSTANCE_UNSUPPORTED_PORT", BLOCKS, "redis-port",
     "run.service/api:template.containers[name=app].env[name=REDIS_PORT].value", TO_REDIS,
     EDITS(ENV("REDIS_HOST", "10.68.1.4"), ENV("REDIS_PORT", "6378")),
     EDITS(ENV("REDIS_HOST", "10.68.1.4"), ENV("REDIS_PORT", "6378"),
           "redis.instance/cache:port = 6378",
           "redis.instance/cache:transitEncryptionMode = \"SERVER_AUTHENTICATION\"")},
    {"RESERVED_ADDRESS_RANGE", BLOCKS, "egress",
     "sql.instance/main:ipAddresses[type=PRIVATE].ipAddress", TO_SQL,
     EDITS("sql.instance/main:ipAddresses = [{\"type\":\"PRIVATE\",\"ipAddress\":\"172.17.0.3\"}]"),
     EDITS(
         "sql.instance/main:ipAddresses = [{\"type\":\"PRIVATE\",\"ipAddress\":\"172.18.0.3\"}]")},
    {"ROUTE_BLACKHOLE", BLOCKS, "route", "compute.route/default", TO_WEB,
     EDITS(ALL_TRAFFIC, "compute.route/default:warnings = [{\"code\":\"NEXT_HOP_NOT_RUNNING\"}]"),
     EDITS(ALL_TRAFFIC)},
    {"ROUTE_NEXT_HOP_FORWARDING_RULE_IP_MISMATCH", BLOCKS, "route", "compute.route/out:nextHopIlb",
     TO_IP("10.99.0.1"),
     EDITS(BY("nextHopIlb", "10.0.0.77"), FRONT("ilb", "10.0.0.78", "\"ports\":[\"1\"]")),
     EDITS(BY("nextHopIlb", "10.0.0.77"),
           FRONT("ilb", "10.0.0.77", "\"loadBalancingScheme\":\"INTERNAL\""))},
    {"ROUTE_NEXT_HOP_FORWARDING_RULE_TYPE_INVALID", BLOCKS, "route",
     "compute.forwardingRule/ilb:loadBalancingScheme", TO_IP("10.99.0.1"),
     EDITS(BY("nextHopIlb", "10.0.0.77"),
           FRONT("ilb", "10.0.0.77", "\"loadBalancingScheme\":\"INTERNAL_MANAGED\"")),
     EDITS(BY("nextHopIlb", "10.0.0.77"),
           FRONT("ilb", "10.0.0.77", "\"loadBalancingScheme\":\"INTERNAL\""))},
    {"ROUTE_NEXT_HOP_INSTANCE_NON_PRIMARY_IP", BLOCKS, "route", "compute.route/out:nextHopIp",
     TO_IP("10.99.0.1"), EDITS(VM, BY("nextHopIp", "10.0.0.101")),
     EDITS(VM, BY("nextHopIp", "10.0.0.100"))},
    {"ROUTE_NEXT_HOP_INSTANCE_WRONG_NETWORK", BLOCKS, "route",
     "compute.instance/us-central1-a/fw:networkInterfaces", TO_IP("10.99.0.1"),
     EDITS(BY_VM, "compute.instance/us-central1-a/fw:networkInterfaces = "
                  "[{\"name\":\"nic0\",\"network\":\"projects/p/global/networks/other\"}]"),
     EDITS(BY_VM)},
    {"ROUTE_NEXT_HOP_IP_ADDRESS_NOT_RESOLVED", BLOCKS, "route", "compute.route/out:nextHopIp",
     TO_IP("10.99.0.1"), EDITS(VM, BY("nextHopIp", "10.0.0.200")),
     EDITS(VM, BY("nextHopIp", "10.0.0.100"))},
    {"ROUTE_NEXT_HOP_RESOURCE_NOT_FOUND", BLOCKS, "route", "compute.route/out:nextHopInstance",
     TO_IP("10.99.0.1"),
     EDITS(VM, BY("nextHopInstance", "projects/p/zones/us-central1-a/instances/gone")),
     EDITS(BY_VM)},
    {"ROUTE_WRONG_NETWORK", BLOCKS, "peering", "redis.instance/cache:authorizedNetwork", TO_REDIS,
     EDITS("redis.instance/cache:authorizedNetwork = \"projects/p/global/networks/other\""),
     EDITS("redis.instance/cache:authorizedNetwork = \"projects/1/global/networks/main\"")},
    {"SECRET_ACCESSOR_MISSING", BLOCKS, "secrets",
     "secret.secret/key:iamPolicy.bindings[role=roles/secretmanager.secretAccessor].members",
     HERE_TO_RUN,
     EDITS(NEVER_READY, TAKES("latest"), SECRET, VERSION("1", "ENABLED"),
           GRANTED("serviceAccount:deployer@p")),
     EDITS(NEVER_READY, TAKES("latest"), SECRET, VERSION("1", "ENABLED"),
           GRANTED("serviceAccount:auth@p"))},
    {"SECRET_NOT_FOUND", BLOCKS, "secrets", "secret.secret/key", HERE_TO_RUN,
     EDITS(NEVER_READY, TAKES("latest")),
     EDITS(NEVER_READY, TAKES("latest"), SECRET, VERSION("1", "ENABLED"),
           GRANTED("serviceAccount:auth@p"))},
    {"SECRET_ROTATED_UNDER_INSTANCES", RISKS, "secrets",
     "run.service/auth:template.containers[name=app].env[name=KEY].valueSource.secretKeyRef."
     "version",
     HERE_TO_RUN,
     EDITS("run.service/auth:updateTime = \"2026-11-01T10:00:00.1Z\"", TAKES("latest"), SECRET,
           VERSION("1", "ENABLED"), GRANTED("serviceAccount:auth@p")),
     EDITS("run.service/auth:updateTime = \"2026-11-01T10:00:00.1Z\"", TAKES("1"), SECRET,
           VERSION("1", "ENABLED"), GRANTED("serviceAccount:auth@p"))},
    {"SECRET_VERSION_NOT_ENABLED", BLOCKS, "secrets", "secret.version/key/2:state", HERE_TO_RUN,
     EDITS(NEVER_READY, TAKES("latest"), SECRET, VERSION("1", "ENABLED"), VERSION("2", "DISABLED"),
           GRANTED("serviceAccount:auth@p")),
     EDITS(NEVER_READY, TAKES("1"), SECRET, VERSION("1", "ENABLED"), VERSION("2", "DISABLED"),
           GRANTED("serviceAccount:auth@p"))},
    {"SECRET_VERSION_NOT_FOUND", BLOCKS, "secrets", "secret.version/key/7", HERE_TO_RUN,
     EDITS(NEVER_READY, TAKES("7"), SECRET, VERSION("1", "ENABLED"),
           GRANTED("serviceAccount:auth@p")),
     EDITS(NEVER_READY, TAKES("1"), SECRET, VERSION("1", "ENABLED"),
           GRANTED("serviceAccount:auth@p"))},
    {"RESOURCES_LOWERED", RISKS, "resources",
     "run.service/auth:template.containers[name=app].resources.limits.memory",
     "resources: {run.service: {auth: {template: {containers: [{name: app, resources: {limits: "
     "{memory: 1Gi}}}]}}}}\n" TO_RUN,
     EDITS("run.service/auth:template.containers[name=app].resources = "
           "{\"limits\":{\"memory\":\"512Mi\"}}"),
     EDITS("run.service/auth:template.containers[name=app].resources = "
           "{\"limits\":{\"memory\":\"1024Mi\"}}")},
    {"ROUTING_LOOP", UNKNOWN, "route", NULL, TO_IP("10.99.0.1"),
     EDITS(BY_VM, "compute.instance/us-central1-a/fw:networkInterfaces[name=nic1]"), EDITS(BY_VM)},
    {"SOURCE_ENDPOINT_NOT_FOUND", BLOCKS, "source", "run.service/api", TO_SQL,
     EDITS("- run.service/api"), EDITS(NULL)},
    {"SERVER_CA_CHANGED", RISKS, "server-certificate",
     "sql.instance/main:settings.ipConfiguration.serverCaMode",
     "resources: {sql.instance: {main: {settings: {ipConfiguration: {serverCaMode: "
     "GOOGLE_MANAGED_INTERNAL_CA}}}}}\n" TO_SQL,
     EDITS(ENV("DB_SSLROOTCERT", "/etc/db/ca.pem"),
           "sql.instance/main:settings.ipConfiguration.serverCaMode = \"GOOGLE_MANAGED_CAS_CA\""),
     EDITS(ENV("DB_SSLROOTCERT", "/etc/db/ca.pem"))},
    {"SERVER_CA_NOT_INSTALLED", RISKS, "server-certificate", "run.service/api:template.volumes",
     TO_SQL, EDITS(ENV("DB_HOST", "10.68.0.3")),
     EDITS(ENV("DB_HOST", "10.68.0.3"), ENV("DB_SSLROOTCERT", "/etc/db/ca.pem"))},
    {"SERVER_CERTIFICATE_EXPIRED", BLOCKS, "server-certificate",
     "sql.instance/main:serverCaCert.expirationTime", TO_SQL,
     EDITS(ENV("DATABASE_URL", "postgresql://10.68.0.3/app?sslmode=verify-ca"),
           SERVER_CA("2026-11-20T09:59:59.5Z")),
     EDITS(ENV("DATABASE_URL", "postgresql://10.68.0.3/app?sslmode=verify-ca"),
           SERVER_CA("2026-11-20T10:00:00.5Z"))},
    {"SHARED_VPC_NETWORK_USER_MISSING", BLOCKS, "network-user",
     "compute.subnetwork/host/us-central1/run:"
     "iamPolicy.bindings[role=roles/compute.networkUser].members",
     HERE_TO_RUN, EDITS(SHARED_VPC, NEVER_READY, NETWORK_USER("serviceAccount:auth@p")),
     EDITS(SHARED_VPC, NEVER_READY,
           NETWORK_USER("serviceAccount:service-1@serverless-robot-prod.iam.gserviceaccount.com"))},
    {"SERVERLESS_NEG_SERVICE_NOT_FOUND", BLOCKS, "backend",
     "compute.networkEndpointGroup/auth:cloudRun.service", TO_LB,
     EDITS(LB, "compute.networkEndpointGroup/us-central1/auth:cloudRun.service = \"gone\""),
     EDITS(LB, "compute.networkEndpointGroup/us-central1/auth:cloudRun.service = \"api\"")},
    {"SSL_CERTIFICATE_EXPIRED", BLOCKS, "certificate", "compute.sslCertificate/web:expireTime",
     TO_LB,
     EDITS(LB, "compute.sslCertificate/global/web:expireTime = \"2026-11-20T01:59:59.000-08:00\""),
     EDITS(LB, "compute.sslCertificate/global/web:expireTime = \"2026-11-20T02:00:01.000-08:00\"")},
    {"SSL_CERTIFICATE_NAME_MISMATCH", BLOCKS, "certificate",
     "compute.targetHttpsProxy/web:sslCertificates", TO_LB,
     EDITS(LB, LB_MAP("\"app.example.org\"", LB_TO_WEB),
           "compute.sslCertificate/global/web:managed.domains = [\"www.example.org\"]"),
     EDITS(LB)},
    {"SSL_CERTIFICATE_NOT_ACTIVE", BLOCKS, "certificate",
     "compute.sslCertificate/web:managed.status", TO_LB,
     EDITS(LB, "compute.sslCertificate/global/web:managed.status = \"PROVISIONING\""), EDITS(LB)},
    {"STARTUP_PROBE_DOES_NOT_WAIT", RISKS, "startup",
     "run.service/auth:template.containers[name=app].startupProbe", TO_RUN,
     EDITS("run.service/auth:template.containers[name=app].startupProbe = "
           "{\"tcpSocket\":{\"port\":8080}}"),
     EDITS(NULL)},
    {"TIMEOUTS_INVERTED", RISKS, "time-budget",
     "run.service/auth:template.containers[name=app].env[name=REDIS_TIMEOUT].value", TO_RUN,
     EDITS("run.service/auth:template.timeout = \"20s\"", WAITS("20s")),
     EDITS("run.service/auth:template.timeout = \"20s\"", WAITS("19s"))},
    {"TLS_NOT_OFFERED", BLOCKS, "redis-tls", "redis.instance/cache:transitEncryptionMode", TO_REDIS,
     EDITS(ENV("REDIS_URL", "rediss://10.68.1.4:6379")),
     EDITS(ENV("REDIS_URL", "redis://10.68.1.4:6379"))},
    {"TLS_REQUIRED", BLOCKS, "sql-tls", "sql.instance/main:settings.ipConfiguration.sslMode",
     TO_SQL, EDITS(ENV("DATABASE_URL", "postgresql://10.68.0.3/app?sslmode=disable")),
     EDITS(ENV("DATABASE_URL", "postgresql://10.68.0.3/app?sslmode=require"))},
    {"TOO_MANY_CONNECTIONS", RISKS, "sql-capacity",
     "sql.instance/main:settings.databaseFlags[name=max_connections].value", TO_SQL,
     EDITS(ENV("DB_POOL_SIZE", "21")), EDITS(ENV("DB_POOL_SIZE", "19"))},
    {"TRAFFIC_TYPE_BLOCKED", BLOCKS, "nat", NULL,
     "connections: {c: {from: run.service/api, to: \"8.8.4.4:25\"}}\n", EDITS(ALL_TRAFFIC),
     EDITS(NULL)},
    {"UNKNOWN_EXTERNAL_ADDRESS", BLOCKS, "wiring-host",
     "run.service/api:template.containers[name=app].env[name=DB_HOST].value", TO_SQL,
     EDITS(ENV("DB_HOST", "34.9.9.9")), EDITS(ENV("DB_HOST", "34.1.2.3"))},
    {"UNKNOWN_INTERNAL_ADDRESS", BLOCKS, "wiring-host",
     "run.service/api:template.containers[name=app].env[name=DB_HOST].value", TO_SQL,
     EDITS(ENV("DB_HOST", "10.68.0.4")), EDITS(ENV("DB_HOST", "10.68.0.3"))},
    {"URL_MAP_HOST_NOT_MATCHED", BLOCKS, "url-map", "compute.urlMap/web:hostRules",
     "resources: {compute.urlMap: {global/web: {hostRules: [{pathMatcher: m, hosts: "
     "[app.example.org]}]}}}\n" TO_LB,
     EDITS(LB, LB_MAP("\"app-old.example.org\"", LB_TO_WEB)),
     EDITS(LB, LB_MAP("\"app.example.org\"", LB_TO_WEB))},
    {"URL_MAP_LEADS_ELSEWHERE", BLOCKS, "url-map", "compute.urlMap/web:pathMatchers",
     "resources: {compute.urlMap: {global/web: {pathMatchers: [{name: m, defaultService: "
     "projects/p/global/backendServices/other, pathRules: [{paths: [/api/*], service: "
     "projects/p/global/backendServices/web}]}]}}}\n" TO_LB,
     EDITS(LB, LB_MAP("\"app.example.org\"",
                      "\"defaultService\":\"" LB_LINK("backendServices", "other") "\"")),
     EDITS(LB, LB_MAP("\"app.example.org\"", LB_TO_WEB))},
    {"VPC_CONNECTOR_HEALTH_CHECK_TRAFFIC_BLOCKED", BLOCKS, "connector", "compute.firewall/deny",
     TO_SQL,
     EDITS(RULE("deny", "\"direction\":\"INGRESS\",\"priority\":99,\"sourceRanges\":[\"130.211.0.0/"
                        "22\"],\"denied\":[{\"IPProtocol\":\"tcp\"}]")),
     EDITS(RULE("deny", "\"direction\":\"INGRESS\",\"priority\":101,\"sourceRanges\":[\"130.211.0."
                        "0/22\"],\"denied\":[{\"IPProtocol\":\"tcp\"}]"))},
    {"VPC_CONNECTOR_NOT_RUNNING", BLOCKS, "connector", "vpcaccess.connector/conn:state", TO_SQL,
     EDITS("vpcaccess.connector/conn:state = \"ERROR\""),
     EDITS("vpcaccess.connector/conn:state = \"UPDATING\"")},
    {"VPC_CONNECTOR_NOT_SET", BLOCKS, "egress", "run.service/api:template.vpcAccess", TO_SQL,
     EDITS(NO_VPC), EDITS(DIRECT)},
    {"VPC_CONNECTOR_THROUGHPUT_EXCEEDED", RISKS, "connector-capacity",
     "vpcaccess.connector/conn:machineType", TO_SQL,
     EDITS("run.service/api:template.scaling.maxInstanceCount = 1001"),
     EDITS("run.service/api:template.scaling.maxInstanceCount = 1001",
           "vpcaccess.connector/conn:machineType = \"e2-standard-4\"")},
    {"VPC_CONNECTOR_SERVERLESS_TRAFFIC_BLOCKED", BLOCKS, "connector", "compute.firewall/deny",
     TO_SQL,
     EDITS(RULE("deny", "\"direction\":\"INGRESS\",\"priority\":100,\"sourceRanges\":[\"35.199.224."
                        "0/19\"],\"denied\":[{\"IPProtocol\":\"all\"}]")),
     EDITS(RULE("deny",
                "\"direction\":\"INGRESS\",\"priority\":100,\"disabled\":true,\"sourceRanges\":["
                "\"35.199.224.0/19\"],\"denied\":[{\"IPProtocol\":\"all\"}]"))},
    {"WEBSOCKET_OVER_HTTP2", BLOCKS, "protocol",
     "run.service/auth:template.containers[name=app].ports",
     "connections: {c: {from: here, to: run.service/auth, probe: websocket}}\n",
     EDITS("run.service/auth:template.containers[name=app].ports = "
           "[{\"name\":\"h2c\",\"containerPort\":8080}]"),
     EDITS(NULL)},
    {"PASSWORD_MISMATCH", BLOCKS, "password",
     "run.service/api:template.containers[name=app].env[name=REDIS_PASSWORD].valueSource."
     "secretKeyRef.version",
     TO_REDIS,
     EDITS("redis.instance/cache:authEnabled = true", FROM_SECRET("REDIS_PASSWORD", "pw", "1"),
           HOLDS("pw", "1", "before"), "$ redis.instance/cache after"),
     EDITS("redis.instance/cache:authEnabled = true", FROM_SECRET("REDIS_PASSWORD", "pw", "1"),
           HOLDS("pw", "1", "after"), "$ redis.instance/cache after")},
    {"SHARED_SECRET_MISMATCH", BLOCKS, "shared-secret",
     "run.service/auth:template.containers[name=app].env[name=JWT_SECRET].valueSource.secretKeyRef."
     "version",
     TO_RUN,
     EDITS(FROM_SECRET("JWT_SECRET", "jwt", "1"),
           "run.service/auth:template.containers[name=app].env[name=JWT_SECRET].valueSource = "
           "{\"secretKeyRef\":{\"secret\":\"jwt\",\"version\":\"2\"}}",
           HOLDS("jwt", "1", "before"), HOLDS("jwt", "2", "after")),
     EDITS(FROM_SECRET("JWT_SECRET", "jwt", "1"),
           "run.service/auth:template.containers[name=app].env[name=JWT_SECRET].valueSource = "
           "{\"secretKeyRef\":{\"secret\":\"jwt\",\"version\":\"1\"}}",
           HOLDS("jwt", "1", "before"), HOLDS("jwt", "2", "after"))},
    {"WIRED_TO_ANOTHER_PROJECT", RISKS, "project",
     "run.service/auth:template.containers[name=app].env[name=GOOGLE_CLOUD_PROJECT].value", TO_RUN,
     EDITS("run.service/auth:template.containers[name=app].env[name=GOOGLE_CLOUD_PROJECT].value = "
           "\"prod\""),
     EDITS("run.service/auth:template.containers[name=app].env[name=GOOGLE_CLOUD_PROJECT].value = "
           "\"p\"")},
    {"WIRED_TO_ANOTHER_NAME", BLOCKS, "wiring-host",
     "run.service/api:template.containers[name=app].env[name=AUTH_URL].value", TO_RUN,
     EDITS(ENV("AUTH_URL", "https://auth-old-uc.a.run.app")),
     EDITS(ENV("AUTH_URL", "https://auth-x-uc.a.run.app/v1"))},
};

static const struct pl_hop *with_cause(const struct pl_reach *r, const char *cause, int verdict)
{
    for (size_t i = 0; i < r->n_hops; i++)
        if (r->hops[i].cause && strcmp(r->hops[i].cause->name, cause) == 0 &&
            (int)r->hops[i].verdict == verdict)
            return &r->hops[i];
    return NULL;
}

static void every_cause_fires_and_nearly_misses(void **state)
{
    for (size_t i = 0; i < PL_LEN(fixtures); i++) {
        const struct fixture *f = &fixtures[i];
        struct pl_reach fires = reach_of(*state, f->yaml, f->fires);
        struct pl_reach misses = reach_of(*state, f->yaml, f->misses);
        const struct pl_hop *h = with_cause(&fires, f->cause, (int)f->how);
        ROW("%s", f->cause);
        if (h == NULL || strcmp(h->hop, f->hop) != 0 ||
            strcmp(h->field_short ? h->field_short : "-", f->field ? f->field : "-") != 0) {
            show_hops(&fires);
            fail_msg("%s does not fire at %s: %s", f->cause, f->hop,
                     h && h->field_short ? h->field_short : "-");
        }
        if (with_cause(&misses, f->cause, (int)f->how) || with_cause(&misses, f->cause, BLOCKS)) {
            show_hops(&misses);
            fail_msg("%s fires on its near miss", f->cause);
        }
    }
}

static const struct fixture *fixture_of(const char *cause)
{
    for (size_t i = 0; i < PL_LEN(fixtures); i++)
        if (strcmp(fixtures[i].cause, cause) == 0)
            return &fixtures[i];
    return NULL;
}

static void no_cause_without_a_fixture(void **state)
{
    (void)state;
    for (size_t i = 0; i < pl_causes_len; i++) {
        ROW("%s", pl_causes[i].name);
        assert_true((fixture_of(pl_causes[i].name) != NULL) == pl_causes[i].modelled);
    }
    for (size_t i = 0; i < PL_LEN(fixtures); i++)
        assert_non_null(pl_cause_find(fixtures[i].cause));
}

/* The causes of a drop that may befall a Cloud Run service, a database, a cache or the way out of a network (networkmanagement v1, DropInfo.Cause:
 * 72 of 109). Each is evaluated, or told as not modelled with its reason. */
static const char *const applicable[] = {
    "CLOUD_NAT_NO_ADDRESSES",
    "CLOUD_NAT_PROTOCOL_UNSUPPORTED",
    "CLOUD_RUN_JOB_NOT_READY",
    "CLOUD_RUN_REVISION_NOT_READY",
    "CLOUD_SQL_CONNECTOR_REQUIRED",
    "CLOUD_SQL_INSTANCE_NOT_RUNNING",
    "CLOUD_SQL_INSTANCE_NO_IP_ADDRESS",
    "CLOUD_SQL_INSTANCE_NO_ROUTE",
    "CLOUD_SQL_INSTANCE_UNAUTHORIZED_ACCESS",
    "CLOUD_SQL_PSC_NEG_UNSUPPORTED",
    "DESTINATION_IS_PRIVATE_NAT_IP_RANGE",
    "DROPPED_INSIDE_CLOUD_SQL_SERVICE",
    "DROPPED_INSIDE_GOOGLE_MANAGED_SERVICE",
    "DROPPED_INSIDE_PSC_SERVICE_PRODUCER",
    "DROPPED_INSIDE_REDIS_CLUSTER_SERVICE",
    "DROPPED_INSIDE_REDIS_INSTANCE_SERVICE",
    "FIREWALL_BLOCKING_LOAD_BALANCER_ENVOY_PROXY_HEALTH_CHECK",
    "FIREWALL_RULE",
    "FOREIGN_IP_DISALLOWED",
    "FORWARDING_RULE_MISMATCH",
    "FORWARDING_RULE_NO_INSTANCES",
    "FORWARDING_RULE_REGION_MISMATCH",
    "GOOGLE_MANAGED_SERVICE_NO_PEERING",
    "GOOGLE_MANAGED_SERVICE_NO_PSC_ENDPOINT",
    "INGRESS_FIREWALL_TAGS_UNSUPPORTED_BY_DIRECT_VPC_EGRESS",
    "INSTANCE_NOT_RUNNING",
    "LOAD_BALANCER_HAS_NO_PROXY_SUBNET",
    "NO_CONFIGURED_PRIVATE_NAT64_RULE",
    "NO_EXTERNAL_ADDRESS",
    "NO_KNOWN_ROUTE_FROM_NCC_NETWORK_TO_DESTINATION",
    "NO_KNOWN_ROUTE_FROM_PEERED_NETWORK_TO_DESTINATION",
    "NO_MATCHING_NAT64_GATEWAY",
    "NO_NAT_SUBNETS_FOR_PSC_SERVICE_ATTACHMENT",
    "NO_ROUTE",
    "NO_ROUTE_FROM_INTERNET_TO_PRIVATE_IPV4_ADDRESS",
    "NO_VALID_ROUTE_FROM_GOOGLE_MANAGED_NETWORK_TO_DESTINATION",
    "PRIVATE_GOOGLE_ACCESS_DISALLOWED",
    "PRIVATE_NAT_TO_PSC_ENDPOINT_UNSUPPORTED",
    "PRIVATE_TRAFFIC_TO_INTERNET",
    "PSC_CONNECTION_NOT_ACCEPTED",
    "PSC_ENDPOINT_ACCESSED_FROM_PEERED_NETWORK",
    "PSC_NEG_PRODUCER_ENDPOINT_NO_GLOBAL_ACCESS",
    "PSC_NEG_PRODUCER_FORWARDING_RULE_MULTIPLE_PORTS",
    "PSC_TRANSITIVITY_NOT_PROPAGATED",
    "REDIS_CLUSTER_NOT_RUNNING",
    "REDIS_CLUSTER_NO_EXTERNAL_IP",
    "REDIS_CLUSTER_UNSUPPORTED_PORT",
    "REDIS_CLUSTER_UNSUPPORTED_PROTOCOL",
    "REDIS_INSTANCE_CONNECTING_FROM_PUPI_ADDRESS",
    "REDIS_INSTANCE_NOT_RUNNING",
    "REDIS_INSTANCE_NO_EXTERNAL_IP",
    "REDIS_INSTANCE_NO_ROUTE_TO_DESTINATION_NETWORK",
    "REDIS_INSTANCE_UNSUPPORTED_PORT",
    "REDIS_INSTANCE_UNSUPPORTED_PROTOCOL",
    "ROUTE_BLACKHOLE",
    "ROUTE_NEXT_HOP_FORWARDING_RULE_IP_MISMATCH",
    "ROUTE_NEXT_HOP_FORWARDING_RULE_TYPE_INVALID",
    "ROUTE_NEXT_HOP_INSTANCE_NON_PRIMARY_IP",
    "ROUTE_NEXT_HOP_INSTANCE_WRONG_NETWORK",
    "ROUTE_NEXT_HOP_IP_ADDRESS_NOT_RESOLVED",
    "ROUTE_NEXT_HOP_RESOURCE_NOT_FOUND",
    "ROUTE_NEXT_HOP_VPN_TUNNEL_NOT_ESTABLISHED",
    "ROUTE_WRONG_NETWORK",
    "ROUTING_LOOP",
    "TRAFFIC_TYPE_BLOCKED",
    "UNKNOWN_EXTERNAL_ADDRESS",
    "UNKNOWN_INTERNAL_ADDRESS",
    "UNSUPPORTED_ROUTE_MATCHED_FOR_NAT64_DESTINATION",
    "VPC_CONNECTOR_HEALTH_CHECK_TRAFFIC_BLOCKED",
    "VPC_CONNECTOR_NOT_RUNNING",
    "VPC_CONNECTOR_NOT_SET",
    "VPC_CONNECTOR_SERVERLESS_TRAFFIC_BLOCKED",
};

static void every_applicable_drop_is_evaluated_or_says_why_not(void **state)
{
    (void)state;
    assert_int_equal(PL_LEN(applicable), 72);
    for (size_t i = 0; i < PL_LEN(applicable); i++) {
        const struct pl_cause *c = pl_cause_find(applicable[i]);
        ROW("%s", applicable[i]);
        assert_non_null(c);
        if (!c->modelled && (strncmp(c->fields, "none: ", 6) != 0 || strlen(c->fields) < 12))
            fail_msg("%s is not modelled, and does not say why", c->name);
    }
}

/* A pattern that names no symptom would never match. */
static void symptoms_of_causes_are_in_the_catalogue(void **state)
{
    for (size_t i = 0; i < pl_causes_len; i++) {
        const char *const *lists[] = {pl_causes[i].certain, pl_causes[i].possible};
        for (size_t j = 0; j < PL_LEN(lists); j++)
            for (const char *const *p = lists[j]; *p; p++) {
                ROW("%s %s", pl_causes[i].name, *p);
                assert_non_null(pl_symptom_find(pl_arena_strndup(*state, *p, strcspn(*p, ":"))));
            }
    }
}

static void the_base_world_works(void **state)
{
    static const char *const connections[] = {TO_SQL, TO_SQL_PUBLIC, TO_REDIS,
                                              TO_RUN, HERE_TO_RUN,   TO_WEB};
    for (size_t i = 0; i < PL_LEN(connections); i++) {
        struct pl_reach r = reach_of(*state, connections[i], NULL);
        ROW("%s", connections[i]);
        if (r.verdict != PL_REACH_OPEN) {
            show_hops(&r);
            fail_msg("not open");
        }
    }
}

static bool is_listed(const char *hop)
{
    for (size_t i = 0; i < pl_hop_infos_len; i++)
        if (strcmp(pl_hop_infos[i].name, hop) == 0)
            return true;
    return false;
}

/* What `list` shows is what paths are made of: no hop without a row, no row that no world reaches. */
static void hops_are_those_of_the_table(void **state)
{
    bool reached[96] = {false};
    assert_true(pl_hop_infos_len < PL_LEN(reached));
    for (size_t i = 0; i <= PL_LEN(fixtures); i++) {
        bool last = i == PL_LEN(fixtures); /* beyond the causes: a port that is none */
        struct pl_reach r =
            last ? reach_of(*state, TO_SQL, EDITS(ENV("DB_HOST", "10.68.0.3"), ENV("DB_PORT", "x")))
                 : reach_of(*state, fixtures[i].yaml, fixtures[i].fires);
        for (size_t h = 0; h < r.n_hops; h++) {
            ROW("%s: %s", last ? "-" : fixtures[i].cause, r.hops[h].hop);
            assert_true(is_listed(r.hops[h].hop));
            for (size_t k = 0; k < pl_hop_infos_len; k++)
                reached[k] = reached[k] || strcmp(pl_hop_infos[k].name, r.hops[h].hop) == 0;
        }
    }
    for (size_t k = 0; k < pl_hop_infos_len; k++) {
        ROW("%s", pl_hop_infos[k].name);
        assert_true(reached[k]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_base_world_works, harness_arena, harness_arena_free),
        cmocka_unit_test_setup_teardown(every_cause_fires_and_nearly_misses, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test_setup_teardown(no_cause_without_a_fixture, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test(every_applicable_drop_is_evaluated_or_says_why_not),
        cmocka_unit_test_setup_teardown(symptoms_of_causes_are_in_the_catalogue, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test_setup_teardown(hops_are_those_of_the_table, harness_arena,
                                        harness_arena_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
