/* test_redact.c - secrets go, evidence stays: names, texts, whole bodies. Every row is exact. */
#include "harness.h"

#include <string.h>

#include "plumbline/json.h"
#include "plumbline/snapshot.h"

/* What is not said to change must stay the same pointer, so that nothing is copied for nothing. */
#define SAME NULL
#define JWT  "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxMjM0NSJ9.c2lnbmF0dXJl"
#define AIZA "AIzaSyA1234567890abcdefghijklmnopqrstuvw"

static const struct {
    const char *name, *text, *want;
} named[] = {
    /* Names that hold secrets. */
    {"POSTGRES_PASSWORD", "hunter2", "<redacted: 7 bytes>"},
    {"PGPASSWORD", "hunter2", "<redacted: 7 bytes>"},
    {"MYSQL_PWD", "hunter2", "<redacted: 7 bytes>"},
    {"dbPassword", "hunter2", "<redacted: 7 bytes>"},
    {"db.passwd", "hunter2", "<redacted: 7 bytes>"},
    {"password1", "hunter2", "<redacted: 7 bytes>"},
    {"DB_PASS", "hunter2", "<redacted: 7 bytes>"},
    {"SECRET_KEY_BASE", "hunter2", "<redacted: 7 bytes>"},
    {"API_TOKEN", "hunter2", "<redacted: 7 bytes>"},
    {"APIKey", "hunter2", "<redacted: 7 bytes>"},
    {"STRIPE_KEY", "hunter2", "<redacted: 7 bytes>"},
    {"ENCRYPTION_KEY_BASE64", "hunter2", "<redacted: 7 bytes>"},
    {"API_KEY_2", "hunter2", "<redacted: 7 bytes>"},
    {"KEY", "hunter2", "<redacted: 7 bytes>"},
    {"REDIS_AUTH", "hunter2", "<redacted: 7 bytes>"},
    {"authString", "hunter2", "<redacted: 7 bytes>"},
    {"AUTH_STRING", "hunter2", "<redacted: 7 bytes>"},
    {"GOOGLE_CREDENTIALS", "{\"private_key\":\"x\"}", "<redacted: 19 bytes>"},
    {"CLIENT_SECRET", "hunter2", "<redacted: 7 bytes>"},
    {"example.com/api-token", "hunter2", "<redacted: 7 bytes>"},
    {"Authorization", "Bearer x", "<redacted: 8 bytes>"},
    /* Names that are about them. */
    {"AWS_ACCESS_KEY_ID", "AKIAEXAMPLE", SAME},
    {"KEYSPACE", "events", SAME},
    {"CASSANDRA_KEYSPACE", "events", SAME},
    {"notify-keyspace-events", "Ex", SAME},
    {"PUBLIC_KEY", "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A", SAME},
    {"PARTITION_KEY", "tenant", SAME},
    {"MONKEY", "george", SAME},
    {"PASSWORD_FILE", "/run/secrets/db", SAME},
    {"SECRET_NAME", "db-password", SAME},
    {"TOKEN_TTL", "3600", SAME},
    {"TOKEN_URL", "https://oauth2.example.com/token", SAME},
    {"MAX_TOKENS", "4096", SAME},
    {"PASSWORD_REQUIRED", "true", SAME},
    {"USE_SECRETS", "false", SAME},
    {"BYPASS", "10.0.0.0/8", SAME},
    {"PASS_THROUGH", "headers", SAME},
    {"AUTH_HOST", "auth.internal", SAME},
    {"AUTH_SERVICE", "auth-service-v2-us-central1", SAME},
    {"run.googleapis.com/secrets", "db:projects/1/secrets/db", SAME},
    {"GOOGLE_APPLICATION_CREDENTIALS", "/var/secrets/key.json", SAME},
    {"DB_PASSWORD", "${OTHER}", SAME},
    {"DB_PASSWORD", "/looks/like.path", "<redacted: 16 bytes>"},
    {"DB_PASSWORD", "", SAME},
    {"KMS_KEY", "projects/p/locations/l/keyRings/r/cryptoKeys/k", SAME},
    /* What the proof compares. */
    {"POSTGRES_HOST", "10.20.0.3", SAME},
    {"POSTGRES_PORT", "5434", SAME},
    {"POSTGRES_USER", "app", SAME},
    {"POSTGRES_DB", "app", SAME},
    {"DATABASE_URL", "postgres://10.20.0.3:5434/app", SAME},
    {"DATABASE_URL", "postgres://app:hunter2@10.20.0.3:5434/app?sslmode=require",
     "postgres://<redacted: 11 bytes>@10.20.0.3:5434/app?sslmode=require"},
    {"DATABASE_PASSWORD_URL", "postgres://app:hunter2@10.20.0.3:5434/app",
     "postgres://<redacted: 11 bytes>@10.20.0.3:5434/app"},
    {"DB_SECRET", "postgres://app:hunter2@h:1/d", "postgres://<redacted: 11 bytes>@h:1/d"},
    {"DB_CREDENTIALS", "host=10.20.0.3 port=5434 user=app password=hunter2 dbname=app",
     "host=10.20.0.3 port=5434 user=app password=<redacted: 7 bytes> dbname=app"},
    {"DATABASE_URL", "app:hunter2@10.20.0.3:5434/app",
     "app:<redacted: 7 bytes>@10.20.0.3:5434/app"},
    {"DATABASE_URL", "app:hun@ter2@10.20.0.3:5434/app",
     "app:<redacted: 8 bytes>@10.20.0.3:5434/app"},
    {"REDIS_HOST", "10.20.0.4:6378", SAME},
    {"MEMBER", "user:a@example.com", SAME},
    {"IMAGE_URL", "app:1@sha256:0011", SAME},
    {"SLACK_WEBHOOK_URL", "https://hooks.slack.com/services/T/B/x",
     "https://hooks.slack.com/<redacted: 14 bytes>"},
    /* Random under a name that hints at it. */
    {"SESSION_SEED", "Zx8Qv2LmN4pR7tYw9KdF", "<redacted: 20 bytes>"},
    {"HASH", "0123456789abcdef0123456789abcdef", "<redacted: 32 bytes>"},
    {"SESSION_SEED", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", SAME},
    {"COMMIT", "0123456789abcdef0123456789abcdef", SAME},
    /* JSON in a value keeps its shape. */
    {"CONFIG", "{\"db\": {\"host\": \"h\", \"password\": \"hunter2\"}, \"n\": 1}",
     "{\"db\":{\"host\":\"h\",\"password\":\"<redacted: 7 bytes>\"},\"n\":1}"},
    {"CONFIG", "{\"db\": {\"host\": \"h\"}}", SAME},
    {"CONFIG", "[{\"env\":[{\"name\":\"DB_PASSWORD\",\"value\":\"x\"}]}]",
     "[{\"env\":[{\"name\":\"DB_PASSWORD\",\"value\":\"<redacted: 1 bytes>\"}]}]"},
    {"CONFIG", "{\"inner\":\"{\\\"token\\\":\\\"x\\\"}\"}",
     "{\"inner\":\"{\\\"token\\\":\\\"<redacted: 1 bytes>\\\"}\"}"},
    /* A mark stays a mark. */
    {"DB_PASSWORD", "<redacted: 7 bytes, 0123abcd>", SAME},
    {"DB_PASSWORD", "<redacted: not really>", "<redacted: 22 bytes>"},
};

static void names_decide_for_whole_values(void **state)
{
    for (size_t i = 0; i < PL_LEN(named); i++) {
        const char *got = pl_redact_named(*state, named[i].name, named[i].text, NULL);

        ROW("%s=%s", named[i].name, named[i].text);
        if (named[i].want == SAME)
            assert_ptr_equal(got, named[i].text);
        else
            assert_string_equal(got, named[i].want);
        assert_string_equal(pl_redact_named(*state, named[i].name, got, NULL), got);
    }
}

static const struct {
    const char *text, *want;
} texts[] = {
    {"https://u:p@h/x and http://t@h2",
     "https://<redacted: 3 bytes>@h/x and http://<redacted: 1 bytes>@h2"},
    {"postgres://u:p@h1:5432,h2:5433/db", "postgres://<redacted: 3 bytes>@h1:5432,h2:5433/db"},
    {"postgres://u:p@ss@h/db", "postgres://<redacted: 6 bytes>@h/db"},
    {"postgres://u:p/w@h/db", "postgres://<redacted: 5 bytes>@h/db"},
    {"postgres://u:p#w@h/db", "postgres://<redacted: 5 bytes>@h/db"},
    {"postgresql+asyncpg://app@10.0.0.3/db?host=x", SAME},
    {"jdbc:mysql://app@10.0.0.3:3306/db", SAME},
    {"postgres://app%3Apw@h/db", "postgres://<redacted: 8 bytes>@h/db"},
    {"redis://token@h", "redis://<redacted: 5 bytes>@h"},
    {"https://token@h", "https://<redacted: 5 bytes>@h"},
    {"https://h:8080/@user", SAME},
    {"https://h/path?to=a@b", SAME},
    {"https://[::1]:80/@x", SAME},
    {"https://@h", SAME},
    {"redis://:hunter2@10.0.0.4:6379/0", "redis://<redacted: 8 bytes>@10.0.0.4:6379/0"},
    {"://", SAME},
    {"https://h/?a=1&token=abc&b=2#f", "https://h/?a=1&token=<redacted: 3 bytes>&b=2#f"},
    {"https://h/?key=abc", "https://h/?key=<redacted: 3 bytes>"},
    {"https://h/?X-Goog-Signature=ab%2F&x=1",
     "https://h/?X-Goog-Signature=<redacted: 5 bytes>&x=1"},
    {"jdbc:postgresql://h:5432/db?user=app&password=x",
     "jdbc:postgresql://h:5432/db?user=app&password=<redacted: 1 bytes>"},
    {"key=value", SAME},
    {"host=h password='a b\\'c' port=1", "host=h password='<redacted: 6 bytes>' port=1"},
    {"host=h password = x", "host=h password = <redacted: 1 bytes>"},
    {"Server=h;Password=a;b;Database=d", "Server=h;Password=<redacted: 3 bytes>;Database=d"},
    {"password=a&b port=1", "password=<redacted: 3 bytes> port=1"},
    {"--password=x --host=h", "--password=<redacted: 1 bytes> --host=h"},
    {"run --password hunter2 --token=x --host h",
     "run --password <redacted: 7 bytes> --token=<redacted: 1 bytes> --host h"},
    {"--password 'a b' c", "--password '<redacted: 3 bytes>' c"},
    {"--password --host h", SAME},
    {"--password", SAME},
    {"--password-file /run/secrets/pw", SAME},
    {"password: hunter2", "password: <redacted: 7 bytes>"},
    {"db:\n  - password: \"hunter2\"\r\n    host: h",
     "db:\n  - password: \"<redacted: 7 bytes>\"\r\n    host: h"},
    {"password: authentication failed", SAME},
    {"the password: hunter2", SAME},
    {"password: <redacted: 7 bytes>", SAME},
    {"https://hooks.slack.com/services/T0/B0/xyz and",
     "https://hooks.slack.com/<redacted: 18 bytes> and"},
    {"https://hooks.slack.com/services/", SAME},
    {"https://hooks.slack.com/<redacted: 18 bytes>", SAME},
    {"export DB_PASSWORD=\"x y\"; run", "export DB_PASSWORD=\"<redacted: 3 bytes>\"; run"},
    {"token == other", SAME},
    {"token =~ other", SAME},
    {"password=", SAME},
    {"password=''", SAME},
    {"password=true", SAME},
    {"sslkey=/etc/tls/key.pem", SAME},
    {"password authentication failed for user \"app\"", SAME},
    {"x {\"password\": \"a\", \"host\": \"h\"}",
     "x {\"password\": \"<redacted: 1 bytes>\", \"host\": \"h\"}"},
    {"\\\"password\\\":\\\"a\\\",\\\"b\\\":1",
     "\\\"password\\\":\\\"<redacted: 1 bytes>\\\",\\\"b\\\":1"},
    {"user:pw@tcp(10.0.0.3:3306)/db", "user:<redacted: 2 bytes>@tcp(10.0.0.3:3306)/db"},
    {"user@tcp(10.0.0.3:3306)/db", SAME},
    {"a " JWT " b", "a <redacted: 54 bytes> b"},
    {"eyJhbGci.no", SAME},
    {"k " AIZA, "k <redacted: 40 bytes>"},
    {"xAIzaSyA1234567890abcdefghijklmnopqrstuvw", SAME},
    {"AIza", SAME},
    {"Authorization: Bearer abcdefghij0123", "Authorization: Bearer <redacted: 14 bytes>"},
    {"basic authentication is off", SAME},
    {"-----BEGIN RSA PRIVATE KEY-----\nMII\n-----END RSA PRIVATE KEY-----\nrest",
     "<redacted: 65 bytes>\nrest"},
    {"-----BEGIN PRIVATE KEY-----\nMII", "<redacted: 31 bytes>"},
    {"-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----", SAME},
    {"principal://iam.googleapis.com/projects/1/subject/a@b.c", SAME},
    {"serviceAccount:a@p.iam.gserviceaccount.com", SAME},
    {"gcr.io/p/i:tag@sha256:abc", SAME},
    {"//sqladmin.googleapis.com/projects/p/instances/main", SAME},
    {"password=<redacted: 7 bytes, 0123abcd> x", SAME},
    {"https://<redacted: 7 bytes>@h/", SAME},
};

static void looks_decide_within_a_text(void **state)
{
    for (size_t i = 0; i < PL_LEN(texts); i++) {
        const char *got = pl_redact_named(*state, "NOTE", texts[i].text, NULL);

        ROW("%s", texts[i].text);
        if (texts[i].want == SAME)
            assert_ptr_equal(got, texts[i].text);
        else
            assert_string_equal(got, texts[i].want);
        assert_string_equal(pl_redact_named(*state, "NOTE", got, NULL), got);
    }
}

/* Places are found by two characters: each row that a rule knows, in both cases where it knows both. */
static void whatever_begins_a_secret_is_seen(void **state)
{
    static const char *const beginnings[] = {
        "AIza",
        "ya29.",
        "GOCSPX-",
        "1//0",
        "ghp_",
        "gho_",
        "ghu_",
        "ghs_",
        "ghr_",
        "github_pat_",
        "glpat-",
        "xoxb-",
        "xoxp-",
        "xoxa-",
        "xoxr-",
        "xoxs-",
        "sk_live_",
        "rk_live_",
        "SG.",
        "sk_test_",
        "hvs.",
        "Bearer ",
        "bearer ",
        "BEARER ",
        "Basic ",
        "basic ",
        "BASIC ",
        "hooks.slack.com/services/",
        "hooks.slack.com/workflows/",
        "hooks.slack.com/triggers/",
        "HOOKS.SLACK.COM/SERVICES/",
        "discord.com/api/webhooks/",
        "discordapp.com/api/webhooks/",
        "Discord.com/api/webhooks/",
        "DISCORD.COM/API/WEBHOOKS/",
        "webhook.office.com/webhookb2/",
        "Webhook.Office.com/webhookb2/",
        "WEBHOOK.OFFICE.COM/WEBHOOKB2/",
        "outlook.office.com/webhook/",
        "OUTLOOK.OFFICE.COM/WEBHOOK/",
        "https://",
        "https://user:",
        "--token ",
        "--token=",
        "password=",
        "password: ",
        "\"token\":\"",
        "-----BEGIN PRIVATE KEY-----",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.",
    };
    static const char *const before[] = {"", " ", "\n", "\n- "};

    for (size_t i = 0; i < PL_LEN(beginnings); i++)
        for (size_t k = 0; k < PL_LEN(before); k++) {
            const char *host = strncmp(beginnings[i], "https", 5) == 0 ? "@h" : "";
            const char *text =
                pl_arena_printf(*state, "%s%s0123456789abcdefghijklmnopqrstuvwxyz0123456789abcd%s",
                                before[k], beginnings[i], host);
            const char *got = pl_redact_named(*state, "NOTE", text, NULL);

            ROW("%s", text);
            assert_null(strstr(got, "0123456789"));
            assert_non_null(strstr(got, "<redacted: "));
        }
}

/* ---- bodies ---- */

static const struct {
    const char *kind, *body, *want;
} bodies[] = {
    {"run.service",
     "{\"template\":{\"containers\":[{\"args\":[\"--password\",\"x\",\"--port\",\"1\",\"--token="
     "y\"],"
     "\"env\":[{\"name\":\"POSTGRES_HOST\",\"value\":\"10.0.0.3\"},{\"name\":\"POSTGRES_PASSWORD\","
     "\"value\":\"x\"},{\"name\":\"FROM\",\"valueSource\":{\"secretKeyRef\":{\"secret\":\"db-"
     "password\","
     "\"version\":\"1\"}}}],\"image\":\"gcr.io/p/app@sha256:aa\"}]}}",
     "{\"template\":{\"containers\":[{\"args\":[\"--password\",\"<redacted: 1 "
     "bytes>\",\"--port\",\"1\","
     "\"--token=<redacted: 1 "
     "bytes>\"],\"env\":[{\"name\":\"POSTGRES_HOST\",\"value\":\"10.0.0.3\"},"
     "{\"name\":\"POSTGRES_PASSWORD\",\"value\":\"<redacted: 1 bytes>\"},{\"name\":\"FROM\","
     "\"valueSource\":{\"secretKeyRef\":{\"secret\":\"db-password\",\"version\":\"1\"}}}],"
     "\"image\":\"gcr.io/p/app@sha256:aa\"}]}}"},
    {"run.service",
     "{\"annotations\":{\"example.com/"
     "api-key\":\"x\",\"team\":\"a\"},\"labels\":{\"password\":\"x\"},"
     "\"template\":{\"containers\":[{\"livenessProbe\":{\"httpGet\":{\"httpHeaders\":[{\"name\":"
     "\"Authorization\",\"value\":\"x\"}]}}}]}}",
     "{\"annotations\":{\"example.com/api-key\":\"<redacted: 1 bytes>\",\"team\":\"a\"},\"labels\":"
     "{\"password\":\"<redacted: 1 bytes>\"},\"template\":{\"containers\":[{\"livenessProbe\":"
     "{\"httpGet\":{\"httpHeaders\":[{\"name\":\"Authorization\",\"value\":\"<redacted: 1 "
     "bytes>\"}]}}}]}}"},
    {"run.service",
     "{\"annotations\":{\"kubectl.kubernetes.io/"
     "last-applied-configuration\":\"{\\\"env\\\":[{\\\"name\\\":"
     "\\\"DB_PASSWORD\\\",\\\"value\\\":\\\"x\\\"}]}\"}}",
     "{\"annotations\":{\"kubectl.kubernetes.io/"
     "last-applied-configuration\":\"{\\\"env\\\":[{\\\"name\\\":"
     "\\\"DB_PASSWORD\\\",\\\"value\\\":\\\"<redacted: 1 bytes>\\\"}]}\"}}"},
    {"sql.instance",
     "{\"onPremisesConfiguration\":{\"password\":\"x\"},\"replicaConfiguration\":"
     "{\"mysqlReplicaConfiguration\":{\"clientKey\":\"x\",\"password\":\"x\",\"username\":\"u\"}},"
     "\"rootPassword\":\"x\",\"settings\":{\"databaseFlags\":[{\"name\":\"password_encryption\","
     "\"value\":\"scram-sha-256\"}],\"passwordValidationPolicy\":{\"complexity\":\"C\"}}}",
     "{\"onPremisesConfiguration\":{\"password\":\"<redacted: 1 bytes>\"},\"replicaConfiguration\":"
     "{\"mysqlReplicaConfiguration\":{\"clientKey\":\"<redacted: 1 bytes>\",\"password\":"
     "\"<redacted: 1 bytes>\",\"username\":\"u\"}},\"rootPassword\":\"<redacted: 1 bytes>\","
     "\"settings\":{\"databaseFlags\":[{\"name\":\"password_encryption\",\"value\":\"scram-sha-"
     "256\"}],"
     "\"passwordValidationPolicy\":{\"complexity\":\"C\"}}}"},
    {"redis.instance",
     "{\"authEnabled\":true,\"authString\":\"x\",\"host\":\"10.0.0.4\",\"port\":6378,"
     "\"redisConfigs\":"
     "{\"notify-keyspace-events\":\"Ex\"},\"serverCaCerts\":[{\"cert\":\"-----BEGIN "
     "CERTIFICATE-----\"}]}",
     "{\"authEnabled\":true,\"authString\":\"<redacted: 1 "
     "bytes>\",\"host\":\"10.0.0.4\",\"port\":6378,"
     "\"redisConfigs\":{\"notify-keyspace-events\":\"Ex\"},\"serverCaCerts\":[{\"cert\":"
     "\"-----BEGIN CERTIFICATE-----\"}]}"},
    {NULL,
     "{\"metadata\":{\"items\":[{\"key\":\"startup-script\",\"value\":\"a\\nb\"},{\"key\":\"db-"
     "password\","
     "\"value\":\"x\"},{\"key\":\"zone\",\"value\":\"z\"}]}}",
     "{\"metadata\":{\"items\":[{\"key\":\"startup-script\",\"value\":\"<redacted: 3 "
     "bytes>\"},{\"key\":"
     "\"db-password\",\"value\":\"<redacted: 1 bytes>\"},{\"key\":\"zone\",\"value\":\"z\"}]}}"},
    {"run.service", "{\"labels\":{\"key\":\"a\",\"key1\":\"b\"}}", SAME},
    {"run.service", "{\"labels\":{\"key\":\"Zx8Qv2LmN4pR7tYw9KdF\"}}",
     "{\"labels\":{\"key\":\"<redacted: 20 bytes>\"}}"},
    {NULL, "{\"labels\":[{\"key\":\"token\"},{\"token\":\"x\"}]}", SAME},
    {NULL, "{\"a\":[null,true,1,2.5,\"\"],\"password\":\"\"}", SAME},
    {NULL, "\"token=x\"", "\"token=<redacted: 1 bytes>\""},
};

static void bodies_lose_their_secrets_and_nothing_else(void **state)
{
    for (size_t i = 0; i < PL_LEN(bodies); i++) {
        const struct pl_kind *kind = bodies[i].kind != NULL ? pl_kind_find(bodies[i].kind) : NULL;
        const struct pl_value *body =
            pl_json_parse(*state, bodies[i].body, strlen(bodies[i].body), "body", NULL);
        const struct pl_value *got;

        ROW("%s", bodies[i].body);
        assert_non_null(body);
        got = pl_redact(*state, kind, body, NULL);
        if (bodies[i].want == SAME)
            assert_ptr_equal(got, body);
        else
            assert_string_equal(pl_json_text(*state, got), bodies[i].want);
        assert_ptr_equal(pl_redact(*state, kind, got, NULL), got);
    }
    assert_null(pl_redact(*state, NULL, NULL, NULL));
}

static void a_change_of_a_secret_stays_visible(void **state)
{
    unsigned char key[32] = {1};
    const char *a = pl_redact_named(*state, "TOKEN", "one", key);
    const char *b = pl_redact_named(*state, "TOKEN", "two", key);

    assert_string_not_equal(a, b);
    assert_string_equal(a, pl_redact_named(*state, "TOKEN", "one", key));
    assert_null(strstr(a, "one"));
    assert_int_equal(strlen(a), strlen("<redacted: 3 bytes, 0123abcd>"));
}

/* Text made so that a search which looks too far ahead at every place would take minutes. */
static void hostile_text_costs_no_more_than_its_length(void **state)
{
    static const char *const pieces[] = {"://a:b/",
                                         ":a",
                                         "password",
                                         "eyJ",
                                         "\"password\":\"\\",
                                         "-----BEGIN ",
                                         "{[\"",
                                         "a=b;",
                                         "--password '",
                                         "\n- token: \"\\",
                                         "- ",
                                         "hooks.slack.com/services/"};

    for (size_t i = 0; i < PL_LEN(pieces); i++) {
        struct pl_buf text = {0};

        while (text.len < 200000)
            pl_buf_adds(&text, pieces[i]);
        assert_non_null(pl_redact_named(*state, "NOTE", pl_buf_str(&text), NULL));
        pl_buf_free(&text);
    }
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, harness_arena, harness_arena_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(names_decide_for_whole_values),      TEST(looks_decide_within_a_text),
        TEST(whatever_begins_a_secret_is_seen),   TEST(bodies_lose_their_secrets_and_nothing_else),
        TEST(a_change_of_a_secret_stays_visible), TEST(hostile_text_costs_no_more_than_its_length),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
