/* test_shared_secrets.c - which secrets two services must have alike, and what is said where they do not take the same.
 */
#include "worlds.h"

#define AUTH_ENV(name) "run.service/auth:template.containers[name=app].env[name=" name "]"
#define AUTH_SECRET(name, secret, version)                                                         \
    AUTH_ENV(name)                                                                                 \
    ".valueSource = {\"secretKeyRef\":{\"secret\":\"" secret "\",\"version\":\"" version "\"}}"
#define DECLARED(name, secret)                                                                     \
    "{template: {containers: [{name: app, env: [{name: " name                                      \
    ", valueSource: {secretKeyRef: {secret: " secret "}}}]}]}}"
#define BOTH_DECLARED(ours, theirs)                                                                \
    "resources:\n  run.service:\n    api: " ours "\n    auth: " theirs "\n" TO_RUN
#define BESIDE                                                                                     \
    "connections:\n  c: {from: here, to: run.service/auth}\n  d: {from: run.service/auth, to: "    \
    "run.service/api}\n"

static const struct rule_row rows[] = {
    {"none", TO_RUN, EDITS(NULL), "shared-secret", -1, NULL, NULL},
    {"one version of one secret", TO_RUN,
     EDITS(FROM_SECRET("JWT_SECRET", "jwt", "1"), AUTH_SECRET("JWT_SECRET", "jwt", "1"),
           HOLDS("jwt", "1", "x")),
     "shared-secret", PL_HOP_PASS, NULL,
     "JWT_SECRET of run.service/auth (secret.version/jwt/1) and JWT_SECRET of run.service/api "
     "(secret.version/jwt/1) agree"},
    {"latest is the newest", TO_RUN,
     EDITS(FROM_SECRET("JWT_SECRET", "jwt", "latest"), AUTH_SECRET("JWT_SECRET", "jwt", "2"),
           HOLDS("jwt", "1", "x"), HOLDS("jwt", "2", "y")),
     "shared-secret", PL_HOP_PASS, NULL, NULL},
    {"two versions with one value", TO_RUN,
     EDITS(FROM_SECRET("JWT_SECRET", "jwt", "1"), AUTH_SECRET("JWT_SECRET", "jwt", "2"),
           HOLDS("jwt", "1", "x"), HOLDS("jwt", "2", "x")),
     "shared-secret", PL_HOP_PASS, NULL, NULL},
    {"two versions with two", TO_RUN,
     EDITS(FROM_SECRET("JWT_SECRET", "jwt", "1"), AUTH_SECRET("JWT_SECRET", "jwt", "2"),
           HOLDS("jwt", "1", "x"), HOLDS("jwt", "2", "y")),
     "shared-secret", PL_HOP_BLOCK, "SHARED_SECRET_MISMATCH",
     "JWT_SECRET of run.service/auth (secret.version/jwt/2) differs from JWT_SECRET of "
     "run.service/api (secret.version/jwt/1): what one signs the other refuses"},
    {"a newline makes it another", TO_RUN,
     EDITS(FROM_SECRET("JWT_SECRET", "jwt", "1"), AUTH_SECRET("JWT_SECRET", "other", "1"),
           HOLDS("jwt", "1", "x"), HOLDS("other", "1", "x\n")),
     "shared-secret", PL_HOP_BLOCK, "SHARED_SECRET_MISMATCH", NULL},
    {"values that were not read", TO_RUN,
     EDITS(FROM_SECRET("JWT_SECRET", "jwt", "1"), AUTH_SECRET("JWT_SECRET", "jwt", "2")),
     "shared-secret", PL_HOP_PASS, "SHARED_SECRET_MISMATCH",
     "JWT_SECRET of run.service/auth (version 2 of secret jwt) is not what JWT_SECRET of "
     "run.service/api (version 1 of secret jwt) takes; whether the values are the same is not "
     "known: --read-secrets compares secrets"},
    {"other names say nothing", TO_RUN,
     EDITS(FROM_SECRET("SENTRY_KEY", "a", "1"), AUTH_SECRET("SENTRY_KEY", "b", "1")),
     "shared-secret", -1, NULL, NULL},
    {"nor does one of two names", TO_RUN,
     EDITS(FROM_SECRET("JWT_SECRET_KEY", "a", "1"), AUTH_SECRET("JWT_SECRET", "b", "1")),
     "shared-secret", -1, NULL, NULL},
    {"but where the baseline gives both one secret",
     BOTH_DECLARED(DECLARED("JWT_SECRET_KEY", "jwt"), DECLARED("JWT_SECRET", "jwt")),
     EDITS(FROM_SECRET("JWT_SECRET_KEY", "jwt", "1"), AUTH_SECRET("JWT_SECRET", "old", "1"),
           HOLDS("jwt", "1", "x"), HOLDS("old", "1", "y")),
     "shared-secret", PL_HOP_BLOCK, "SHARED_SECRET_MISMATCH", NULL},
    {"under any name",
     BOTH_DECLARED(DECLARED("COOKIE_SALT", "salt"), DECLARED("COOKIE_SALT", "salt")),
     EDITS(FROM_SECRET("COOKIE_SALT", "salt", "1"), AUTH_SECRET("COOKIE_SALT", "salt", "2")),
     "shared-secret", PL_HOP_PASS, "SHARED_SECRET_MISMATCH", NULL},
    {"and nothing where it gives each its own",
     BOTH_DECLARED(DECLARED("JWT_SECRET", "a"), DECLARED("JWT_SECRET", "b")),
     EDITS(FROM_SECRET("JWT_SECRET", "a", "1"), AUTH_SECRET("JWT_SECRET", "b", "1")),
     "shared-secret", -1, NULL, NULL},
    {"a database's password is between each and the database",
     BOTH_DECLARED(DECLARED("DB_PASSWORD", "db"), DECLARED("DB_PASSWORD", "db")),
     EDITS(FROM_SECRET("DB_PASSWORD", "db", "1"), AUTH_SECRET("DB_PASSWORD", "db", "2")),
     "shared-secret", -1, NULL, NULL},
    {"redacted values with one hash", TO_RUN,
     EDITS(ENV("JWT_SECRET", "<redacted: 12 bytes, 9f3a61c2>"),
           AUTH_ENV("JWT_SECRET") ".value = \"<redacted: 12 bytes, 9f3a61c2>\""),
     "shared-secret", PL_HOP_PASS, NULL, NULL},
    {"with two", TO_RUN,
     EDITS(ENV("JWT_SECRET", "<redacted: 12 bytes, 9f3a61c2>"),
           AUTH_ENV("JWT_SECRET") ".value = \"<redacted: 12 bytes, 9f3a61c3>\""),
     "shared-secret", PL_HOP_BLOCK, "SHARED_SECRET_MISMATCH", NULL},
    {"without any", TO_RUN,
     EDITS(ENV("JWT_SECRET", "<redacted: 12 bytes>"),
           AUTH_ENV("JWT_SECRET") ".value = \"<redacted: 12 bytes>\""),
     "shared-secret", PL_HOP_PASS, "SHARED_SECRET_MISMATCH", NULL},
    {"a service that the called one calls", BESIDE,
     EDITS(FROM_SECRET("JWT_SECRET", "jwt", "1"), AUTH_SECRET("JWT_SECRET", "jwt", "2"),
           HOLDS("jwt", "1", "x"), HOLDS("jwt", "2", "y")),
     "shared-secret", PL_HOP_BLOCK, "SHARED_SECRET_MISMATCH", NULL},
    {"a stranger's is its own business", HERE_TO_RUN,
     EDITS(FROM_SECRET("JWT_SECRET", "jwt", "1"), AUTH_SECRET("JWT_SECRET", "jwt", "2"),
           HOLDS("jwt", "1", "x"), HOLDS("jwt", "2", "y")),
     "shared-secret", -1, NULL, NULL},
};

static void services_agree(void **state)
{
    check_rules(*state, rows, PL_LEN(rows));
}

/* The one that strays from the baseline is blamed, whichever end it is. */
static void the_stray_is_blamed(void **state)
{
    struct pl_reach r = reach_of(
        *state, BOTH_DECLARED(DECLARED("JWT_SECRET", "jwt"), DECLARED("JWT_SECRET", "jwt")),
        EDITS(FROM_SECRET("JWT_SECRET", "old", "1"), AUTH_SECRET("JWT_SECRET", "jwt", "1"),
              HOLDS("jwt", "1", "x"), HOLDS("old", "1", "y")));
    assert_string_equal(hop_of(&r, "shared-secret")->field_short,
                        "run.service/api:template.containers[name=app].env[name=JWT_SECRET]."
                        "valueSource.secretKeyRef.secret");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(services_agree, harness_arena, harness_arena_free),
        cmocka_unit_test_setup_teardown(the_stray_is_blamed, harness_arena, harness_arena_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
