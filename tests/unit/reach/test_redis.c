/* test_redis.c - rules M3 to M8: Memorystore for Redis as a destination.
 */
#include "worlds.h"

#define REDISS "connections: {c: {from: run.service/api, to: redis.instance/cache}}\n"
#define AUTHORITIES(one, other)                                                                    \
    "redis.instance/cache:transitEncryptionMode = \"SERVER_AUTHENTICATION\"",                      \
        "redis.instance/cache:port = 6378",                                                        \
        "redis.instance/cache:serverCaCerts = [{\"serialNumber\":\"1\",\"expireTime\":\"" one      \
        "T00:00:00Z\"},{\"serialNumber\":\"2\",\"expireTime\":\"" other "T00:00:00Z\"}]"

static const struct rule_row rows[] = {
    {"M4 the declared authority is gone",
     "resources: {redis.instance: {cache: {serverCaCerts: [{sha1Fingerprint: aa01}]}}}\n" TO_REDIS,
     EDITS("redis.instance/cache:transitEncryptionMode = \"SERVER_AUTHENTICATION\"",
           "redis.instance/cache:serverCaCerts = [{\"serialNumber\":\"1\",\"sha1Fingerprint\":"
           "\"bb02\"}]"),
     "server-certificate", PL_HOP_PASS, "SERVER_CA_CHANGED", NULL},
    {"M4 its successor stands beside it",
     "resources: {redis.instance: {cache: {serverCaCerts: [{sha1Fingerprint: aa01}]}}}\n" TO_REDIS,
     EDITS("redis.instance/cache:transitEncryptionMode = \"SERVER_AUTHENTICATION\"",
           "redis.instance/cache:serverCaCerts = [{\"serialNumber\":\"1\",\"sha1Fingerprint\":"
           "\"bb02\"},{\"serialNumber\":\"0\",\"sha1Fingerprint\":\"aa01\"}]"),
     "server-certificate", PL_HOP_PASS, "SERVER_CA_NOT_INSTALLED", NULL},
    {"M4 all authorities have expired", REDISS, EDITS(AUTHORITIES("2026-11-19", "2026-11-18")),
     "server-certificate", PL_HOP_PASS, "SERVER_CERTIFICATE_EXPIRED",
     "the authority of redis.instance/cache expired at 2026-11-19T00:00:00Z: a client that checks "
     "it is turned away"},
    {"M4 a successor is there", REDISS, EDITS(AUTHORITIES("2026-11-19", "2031-11-18")),
     "server-certificate", PL_HOP_PASS, "SERVER_CA_NOT_INSTALLED", NULL},
    {"M4 clients have to install it", REDISS,
     EDITS(AUTHORITIES("2031-11-19", "2036-11-18"), ENV("REDIS_TLS_CA", "/etc/ca.pem")),
     "server-certificate", PL_HOP_PASS, NULL, "the client has an authority at hand"},
    {"M3 6379 without TLS", TO_REDIS,
     EDITS(ENV("REDIS_HOST", "10.68.1.4"), ENV("REDIS_PORT", "6379")), "redis-port", PL_HOP_PASS,
     NULL, "redis.instance/cache listens on 6379"},
    {"M3 the port is the API's word", TO_REDIS,
     EDITS(ENV("REDIS_HOST", "10.68.1.4"), ENV("REDIS_PORT", "6379"),
           "redis.instance/cache:port = 6378"),
     "redis-port", PL_HOP_BLOCK, "REDIS_INSTANCE_UNSUPPORTED_PORT",
     "the client dials port 6379; redis.instance/cache listens on 6378 (M3: 6378 with TLS, 6379 "
     "without)"},
    {"M3 TLS demanded, none spoken", TO_REDIS,
     EDITS(ENV("REDIS_URL", "redis://10.68.1.4:6379"),
           "redis.instance/cache:transitEncryptionMode = \"SERVER_AUTHENTICATION\""),
     "redis-tls", PL_HOP_BLOCK, "TLS_REQUIRED",
     "redis.instance/cache demands TLS, and the client speaks none (M3)"},
    {"M3 TLS spoken, none offered", TO_REDIS, EDITS(ENV("REDIS_URL", "rediss://10.68.1.4:6379")),
     "redis-tls", PL_HOP_BLOCK, "TLS_NOT_OFFERED",
     "the client speaks TLS, and redis.instance/cache does not"},
    {"M3 both speak TLS", TO_REDIS,
     EDITS(ENV("REDIS_URL", "rediss://10.68.1.4:6379"),
           "redis.instance/cache:transitEncryptionMode = \"SERVER_AUTHENTICATION\""),
     "redis-tls", PL_HOP_PASS, NULL, "client and redis.instance/cache agree on TLS"},
    {"M3 nobody says what the client speaks: a risk", TO_REDIS,
     EDITS("redis.instance/cache:transitEncryptionMode = \"SERVER_AUTHENTICATION\""), "redis-tls",
     PL_HOP_PASS, "TLS_REQUIRED",
     "redis.instance/cache demands TLS; whether the client speaks TLS is not declared"},
    {"M5 off is the default", TO_REDIS, EDITS("redis.instance/cache:authEnabled"), "redis-auth",
     PL_HOP_PASS, NULL, "AUTH is off and the client has no password"},
    {"M5 on, and a declared client without password",
     "connections: {c: {from: run.service/api, to: redis.instance/cache, probe: redis}}\n",
     EDITS("redis.instance/cache:authEnabled = true"), "redis-auth", PL_HOP_BLOCK,
     "REDIS_AUTH_REQUIRED",
     "redis.instance/cache demands AUTH, and no password is declared for this client"},
    {"M5 on, and nobody says what the client has: a risk", TO_REDIS,
     EDITS(ENV("REDIS_HOST", "10.68.1.4"), "redis.instance/cache:authEnabled = true"), "redis-auth",
     PL_HOP_PASS, "REDIS_AUTH_REQUIRED",
     "redis.instance/cache demands AUTH; whether the client has the password is not declared"},
    {"M5 on, and REDIS_PASSWORD",
     "connections: {c: {from: run.service/api, to: redis.instance/cache, probe: redis}}\n",
     EDITS(ENV("REDIS_HOST", "10.68.1.4"), "redis.instance/cache:authEnabled = true",
           ENV("REDIS_PASSWORD", "x")),
     "redis-auth", PL_HOP_PASS, NULL, "AUTH is on and the client has a password"},
    {"M5 on, and REDIS_AUTH",
     "connections: {c: {from: run.service/api, to: redis.instance/cache, probe: redis}}\n",
     EDITS(ENV("REDIS_HOST", "10.68.1.4"), "redis.instance/cache:authEnabled = true",
           ENV("REDIS_AUTH", "x")),
     "redis-auth", PL_HOP_PASS, NULL, "AUTH is on and the client has a password"},
    {"M5 on, and REDIS_AUTH_STRING",
     "connections: {c: {from: run.service/api, to: redis.instance/cache, probe: redis}}\n",
     EDITS(ENV("REDIS_HOST", "10.68.1.4"), "redis.instance/cache:authEnabled = true",
           ENV("REDIS_AUTH_STRING", "x")),
     "redis-auth", PL_HOP_PASS, NULL, "AUTH is on and the client has a password"},
    {"M5 on, and REDIS_PASS",
     "connections: {c: {from: run.service/api, to: redis.instance/cache, probe: redis}}\n",
     EDITS(ENV("REDIS_HOST", "10.68.1.4"), "redis.instance/cache:authEnabled = true",
           ENV("REDIS_PASS", "x")),
     "redis-auth", PL_HOP_PASS, NULL, "AUTH is on and the client has a password"},
    {"M5 off, and a password", TO_REDIS,
     EDITS(ENV("REDIS_HOST", "10.68.1.4"), ENV("REDIS_PASSWORD", "x")), "redis-auth", PL_HOP_BLOCK,
     "REDIS_AUTH_NOT_CONFIGURED",
     "the client sends a password, and AUTH is off at redis.instance/cache"},
    {"M6 READY", TO_REDIS, EDITS("redis.instance/cache:state = \"READY\""), "redis-state",
     PL_HOP_PASS, NULL, NULL},
    {"M6 UPDATING", TO_REDIS, EDITS("redis.instance/cache:state = \"UPDATING\""), "redis-state",
     PL_HOP_UNKNOWN, "REDIS_INSTANCE_NOT_RUNNING", NULL},
    {"M6 MAINTENANCE", TO_REDIS, EDITS("redis.instance/cache:state = \"MAINTENANCE\""),
     "redis-state", PL_HOP_UNKNOWN, "REDIS_INSTANCE_NOT_RUNNING", NULL},
    {"M6 IMPORTING", TO_REDIS, EDITS("redis.instance/cache:state = \"IMPORTING\""), "redis-state",
     PL_HOP_UNKNOWN, "REDIS_INSTANCE_NOT_RUNNING", NULL},
    {"M6 FAILING_OVER", TO_REDIS, EDITS("redis.instance/cache:state = \"FAILING_OVER\""),
     "redis-state", PL_HOP_UNKNOWN, "REDIS_INSTANCE_NOT_RUNNING", NULL},
    {"M6 CREATING", TO_REDIS, EDITS("redis.instance/cache:state = \"CREATING\""), "redis-state",
     PL_HOP_BLOCK, "REDIS_INSTANCE_NOT_RUNNING", NULL},
    {"M6 DELETING", TO_REDIS, EDITS("redis.instance/cache:state = \"DELETING\""), "redis-state",
     PL_HOP_BLOCK, "REDIS_INSTANCE_NOT_RUNNING", NULL},
    {"M6 REPAIRING", TO_REDIS, EDITS("redis.instance/cache:state = \"REPAIRING\""), "redis-state",
     PL_HOP_UNKNOWN, "REDIS_INSTANCE_NOT_RUNNING",
     "redis.instance/cache is REPAIRING: it may answer or not (M6)"},
    {"a state that nobody knows", TO_REDIS, EDITS("redis.instance/cache:state = \"NEW_ONE\""),
     "redis-state", PL_HOP_UNKNOWN, "REDIS_INSTANCE_NOT_RUNNING",
     "the state of redis.instance/cache was not read"},
    {"M8 the read endpoint", TO_REDIS,
     EDITS(ENV("REDIS_HOST", "10.68.1.5"), ENV("REDIS_PORT", "6380"),
           "redis.instance/cache:readEndpoint = \"10.68.1.5\"",
           "redis.instance/cache:readEndpointPort = 6380"),
     "redis-port", PL_HOP_PASS, NULL, "redis.instance/cache listens on 6380"},
};

static void memorystore_as_google_says(void **state)
{
    check_rules(*state, rows, PL_LEN(rows));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(memorystore_as_google_says, harness_arena,
                                        harness_arena_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
