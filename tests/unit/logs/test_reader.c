/* test_reader.c - whole logs: what is found in them, how often, where first, and that no piece, length or byte of a log does harm.
 */
#include "harness.h"

#include <stdio.h>
#include <string.h>

#include "plumbline/buf.h"
#include "plumbline/logs.h"

#define FIXTURES "tests/fixtures/logs/"

static struct pl_logs *read_pieces(struct pl_arena *arena, const char *text, size_t len,
                                   size_t piece, struct pl_err *err)
{
    struct pl_logs_reader *r = pl_logs_reader_new(arena);
    int status = 0;
    pl_logs_begin(r, "log", NULL);
    for (size_t at = 0; at < len && status == 0; at += piece)
        status = pl_logs_feed(r, text + at, len - at < piece ? len - at : piece, err);
    if (status == 0)
        status = pl_logs_finish(r, err);
    struct pl_logs *logs = pl_logs_end(r);
    return status == 0 ? logs : NULL;
}

/* "connectivity refused 10.0.0.1:5432 x2 @3", one a line. */
static const char *summary(struct pl_arena *arena, const struct pl_logs *logs)
{
    struct pl_buf b = {0};
    for (size_t i = 0; i < logs->n_events; i++) {
        const struct pl_logs_event *e = &logs->events[i];
        pl_buf_addf(&b, "%s", pl_logs_class_names[e->what]);
        if (e->symptom.kind)
            pl_buf_addf(&b, " %s", pl_symptom_text(arena, &e->symptom));
        if (e->host || e->port)
            pl_buf_addf(&b, " %s:%d", e->host ? e->host : "", e->port);
        if (e->family)
            pl_buf_addf(&b, " %s", e->family);
        pl_buf_addf(&b, " x%zu @%zu", e->count, e->line);
        for (size_t k = 0; k < e->n_tests; k++)
            pl_buf_addf(&b, " %s", e->tests[k]);
        pl_buf_adds(&b, "\n");
    }
    return pl_buf_take(&b, arena);
}

static const char *found_in(struct pl_arena *arena, const char *text)
{
    struct pl_err err = {0};
    struct pl_logs *logs = read_pieces(arena, text, strlen(text), 65536, &err);
    assert_string_equal(err.text, "");
    return summary(arena, logs);
}

static void whole_logs(void **state)
{
    static const struct {
        const char *what, *text, *want;
    } rows[] = {
        {"nothing", "all is well\n", ""},
        {"empty", "", ""},
        {"a time is no address", "2026-11-20T10:00:00Z main.go:42 connection refused\n",
         "connectivity refused x1 @1\n"},
        {"repeats are one",
         "dial tcp 10.0.0.1:5432: i/o timeout\ndial tcp 10.0.0.1:5432: i/o timeout\n",
         "connectivity connect_timeout 10.0.0.1:5432 x2 @1\n"},
        {"node says it twice",
         "Error: connect ECONNREFUSED 127.0.0.1:1\n    at TCPConnectWrap (node:net:1611:16) {\n"
         "  errno: -111,\n  code: 'ECONNREFUSED',\n  address: '127.0.0.1',\n  port: 1\n}\n",
         "connectivity refused 127.0.0.1:1 x1 @1\n"},
        {"node names the peer in members",
         "Error: read ECONNRESET\n    at x (node:net:1:1) {\n  address: '10.0.0.1',\n  port: "
         "6379\n}\n",
         "connectivity reset 10.0.0.1:6379 x1 @1\n"},
        {"libpq before 14 names it below",
         "psql: could not connect to server: Connection refused\n\tIs the server running on host "
         "\"10.0.0.1\" and accepting\n\tTCP/IP connections on port 5432?\n",
         "connectivity refused 10.0.0.1:5432 postgres x1 @1\n"},
        {"a chain of Python is one failure",
         "Traceback (most recent call last):\n  File \"a.py\", line 1, in x\n"
         "    raise X('connection refused')\nConnectionRefusedError: [Errno 111] Connection "
         "refused\n"
         "\nDuring handling of the above exception, another exception occurred:\n\n"
         "Traceback (most recent call last):\n  File \"b.py\", line 1, in y\n"
         "redis.exceptions.ConnectionError: Error 111 connecting to 10.0.0.1:6379. Connection "
         "refused.\n",
         "connectivity refused 10.0.0.1:6379 redis x1 @10\n"},
        {"an inner exception of .NET says what happened to whom the outer one names",
         "Npgsql.NpgsqlException (0x80004005): Failed to connect to 10.0.0.1:5432\n"
         " ---> System.Net.Sockets.SocketException (110): Connection timed out\n"
         "   at Npgsql.Internal.NpgsqlConnector.Connect(NpgsqlTimeout timeout)\n",
         "connectivity connect_timeout 10.0.0.1:5432 postgres x1 @1\n"},
        {"what stands behind it without the arrow is another's",
         "Npgsql.NpgsqlException (0x80004005): Failed to connect to 10.0.0.1:5432\n"
         "[Errno 111] Connection refused\n",
         "connectivity timeout 10.0.0.1:5432 postgres x1 @1\nconnectivity refused postgres x1 "
         "@2\n"},
        {"two tracebacks are two",
         "Traceback (most recent call last):\nsocket.gaierror: [Errno -2] Name or service not "
         "known\n"
         "Traceback (most recent call last):\nOSError: [Errno 113] No route to host\n",
         "connectivity dns_not_found x1 @2\nconnectivity unreachable x1 @4\n"},
        {"a library in the traceback says what was dialled",
         "Traceback (most recent call last):\n"
         "  File \"/x/site-packages/asyncpg/connect_utils.py\", line 9, in _connect\n"
         "    await x\nasyncio.exceptions.TimeoutError\n",
         "connectivity timeout postgres x1 @4\n"},
        {"a time-out of anything else is none", "asyncio.exceptions.TimeoutError\n", ""},
        {"none before a failure", "AttributeError: 'NoneType' object has no attribute 'x'\n",
         "not_infrastructure x1 @1\n"},
        {"none after a failure",
         "dial tcp 10.0.0.1:5432: i/o timeout\nAttributeError: 'NoneType' object has no attribute "
         "'x'\n",
         "connectivity connect_timeout 10.0.0.1:5432 x1 @1\nsecondary x1 @2\n"},
        {"numbers do not make it another", "ERROR: job 17 failed\nERROR: job 18 failed\n",
         "unrecognised x2 @1\n"},
        {"a WebSocket that is closed as agreed is no error",
         "received 1000 (OK); then sent 1000 (OK)\n", ""},
        {"a status that is no error", "unexpected status code: 204\n", ""},
        {"the client's address is not the peer's",
         "FATAL:  no pg_hba.conf entry for host \"10.8.0.2\", user \"a\", database \"b\", no "
         "encryption\n",
         "connectivity tls_required postgres x1 @1\n"},
        {"go",
         "=== RUN   TestDb\n    db_test.go:9: dial tcp 10.0.0.1:5432: connect: connection "
         "refused\n--- FAIL: TestDb (0.00s)\n--- SKIP: TestOther (0.00s)\n",
         "connectivity refused 10.0.0.1:5432 x1 @2 TestDb\nnot_tested x1 @4\n"},
        {"lines that are nobody's section are failures of their own",
         "Redis ping timeout after 10.0s\nDatabase connection validation timeout exceeded (15s)\n"
         "The access token could not be verified\nbody_denied_by_security_policy\n",
         "connectivity timeout redis x1 @1\nconnectivity timeout postgres x1 @2\n"
         "connectivity http_status 401 http x1 @3\nconnectivity http_status 403 http x1 @4\n"},
        {"a line of JSON",
         "{\"level\":50,\"time\":\"2026-11-20T10:00:00Z\",\"err\":{\"message\":\"connect "
         "ECONNREFUSED 10.0.0.1:6379\"}}\n",
         "connectivity refused 10.0.0.1:6379 x1 @1\n"},
        {"an error of JSON that says nothing", "{\"severity\":\"ERROR\",\"message\":\"no\"}\n",
         "unrecognised x1 @1\n"},
        {"an error of JSON whose words are no error's by themselves",
         "{\"severity\":\"ERROR\",\"message\":\"TypeError: fetch failed\"}\n",
         "unrecognised x1 @1\n"},
        {"the name of another error at the end of a longer one",
         "google.cloud.sql.connector.exceptions.CloudSQLIPTypeError: no IP addresses\n"
         "builtins.TypeError: no such thing\n",
         "unrecognised x1 @1\nnot_infrastructure x1 @2\n"},
        {"who was asked stands in Cloud Run's word on a request; the URLs of its text are Google's",
         "{\"logName\":\"projects/p/logs/run.googleapis.com%2Frequests\",\"severity\":\"WARNING\","
         "\"httpRequest\":{\"requestUrl\":\"https://auth-x-uc.a.run.app/"
         "login?a=b\",\"status\":429},"
         "\"textPayload\":\"The request was aborted because there was no available instance. "
         "Additional troubleshooting documentation can be found at: "
         "https://cloud.google.com/run/docs/troubleshooting#abort-request\"}\n",
         "connectivity http_status 429 auth-x-uc.a.run.app:443 http x1 @1\n"},
        {"of a caller who is turned away nothing follows for others",
         "{\"logName\":\"projects/p/logs/run.googleapis.com%2Frequests\",\"severity\":\"WARNING\","
         "\"httpRequest\":{\"requestUrl\":\"https://auth-x-uc.a.run.app/\",\"status\":403},"
         "\"textPayload\":\"The request was not authenticated. Read more at "
         "https://cloud.google.com/run/docs/securing/authenticating\"}\n",
         "connectivity http_status 403 http x1 @1\n"},
        {"no JSON after all", "{dial tcp 10.0.0.1:80: i/o timeout\n",
         "connectivity connect_timeout 10.0.0.1:80 x1 @1\n"},
        {"an empty array", "[]\n", ""},
        {"a bracket is no array", "[error] connect ETIMEDOUT 10.0.0.1:5432\n",
         "connectivity connect_timeout 10.0.0.1:5432 x1 @1\n"},
        {"colours", "\x1b[31mError: connect ECONNREFUSED \x1b[1m10.0.0.1:80\x1b[0m\n",
         "connectivity refused 10.0.0.1:80 x1 @1\n"},
    };
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        ROW("%s", rows[i].what);
        assert_string_equal(found_in(*state, rows[i].text), rows[i].want);
    }
}

static void pytest_log(void **state)
{
    char *text = harness_read(*state, FIXTURES "pytest.log", NULL);
    assert_string_equal(found_in(*state, text),
                        "connectivity connect_timeout redis x1 @19 ERROR at setup of test_session\n"
                        "connectivity refused 10.20.0.3:5434 postgres x1 @29 test_connect\n"
                        "secondary x1 @37 test_users\n"
                        "not_infrastructure x1 @44 test_name\n"
                        "not_tested refused x1 @55 test_mocked\n"
                        "not_tested x1 @59\n");
}

static void junit_xml(void **state)
{
    char *text = harness_read(*state, FIXTURES "junit.xml", NULL);
    assert_string_equal(
        found_in(*state, text),
        "connectivity refused 10.20.0.3:5434 postgres x1 @3 tests.test_db.TestPool.test_connect\n"
        "secondary x1 @11 tests.test_db.TestPool.test_users\n"
        "not_infrastructure x1 @12 tests.test_web.test_title\n"
        "not_tested x1 @13 tests.test_web.test_staging\n");
}

static void cloud_logging(void **state)
{
    static const char *const files[] = {FIXTURES "cloud-logging.ndjson", FIXTURES "gcloud.json"};
    for (size_t i = 0; i < PL_LEN(files); i++) {
        struct pl_err err = {0};
        size_t len;
        char *text = harness_read(*state, files[i], &len);
        struct pl_logs *logs = read_pieces(*state, text, len, 65536, &err);
        ROW("%s", files[i]);
        assert_non_null(logs);
        assert_int_equal(logs->n_events, 2);
        const struct pl_logs_event *e = &logs->events[0];
        assert_string_equal(e->symptom.kind->name, "refused");
        assert_int_equal(e->count, 3); /* message and stack of the second entry */
        assert_string_equal(e->symptom.seen_from, "run.service/acme-staging/us-central1/auth");
        assert_string_equal(e->symptom.at, "2026-11-20T09:58:01.1Z");
        assert_string_equal(e->first, "2026-11-20T09:58:01.1Z");
        assert_string_equal(e->last, "2026-11-20T09:59:00Z");
        assert_string_equal(logs->events[1].text, "order 17 could not be priced");
        assert_int_equal(logs->counts[PL_LOGS_UNRECOGNISED], 1);
    }
}

/* However the bytes come, the same is found. */
static void pieces(void **state)
{
    static const char *const files[] = {FIXTURES "pytest.log", FIXTURES "junit.xml",
                                        FIXTURES "cloud-logging.ndjson", FIXTURES "gcloud.json"};
    static const size_t sizes[] = {1, 7, 511, 512, 513};
    for (size_t i = 0; i < PL_LEN(files); i++) {
        struct pl_err err = {0};
        size_t len;
        char *text = harness_read(*state, files[i], &len);
        const char *whole = summary(*state, read_pieces(*state, text, len, len, &err));
        for (size_t k = 0; k < PL_LEN(sizes); k++) {
            ROW("%s by %zu", files[i], sizes[k]);
            assert_string_equal(summary(*state, read_pieces(*state, text, len, sizes[k], &err)),
                                whole);
        }
    }
}

static void no_secret_comes_out(void **state)
{
    static const char text[] =
        "Error: connect ECONNREFUSED 10.0.0.1:6379 redis://:hunter2secret@10.0.0.1:6379/0\n"
        "app ERROR could not reach postgresql://app:hunter2secret@db/app?sslmode=disable\n"
        "app ERROR Authorization: Bearer ya29.hunter2secret-hunter2secret-hunter2secret\n"
        "{\"severity\":\"ERROR\",\"message\":\"password=hunter2secret was wrong\"}\n"
        "KeyError: postgres://u:hunter2secret@h/d\n";
    struct pl_err err = {0};
    struct pl_logs *logs = read_pieces(*state, text, strlen(text), 4096, &err);
    assert_int_equal(logs->n_events, 5);
    for (size_t i = 0; i < logs->n_events; i++) {
        assert_null(strstr(logs->events[i].text, "hunter2"));
        if (logs->events[i].host)
            assert_null(strstr(logs->events[i].host, "hunter2"));
        if (logs->events[i].symptom.detail)
            assert_null(strstr(logs->events[i].symptom.detail, "hunter2"));
    }
}

static void times(void **state)
{
    static const struct {
        const char *line, *first, *at; /* at: only with a zone */
    } rows[] = {
        {"2026-11-20T10:00:00Z read ECONNRESET\n", "2026-11-20T10:00:00Z", "2026-11-20T10:00:00Z"},
        {"2026-11-20T11:00:00.25+01:00 read ECONNRESET\n", "2026-11-20T11:00:00.25+01:00",
         "2026-11-20T10:00:00.25Z"},
        {"2026-11-20 10:00:00,123 read ECONNRESET\n", "2026-11-20T10:00:00.123", NULL},
        {"[2026-11-20 10:00:00 +0000] read ECONNRESET\n", "2026-11-20T10:00:00+00:00",
         "2026-11-20T10:00:00Z"},
        {"2026-11-20 10:00:00.5 UTC [7] read ECONNRESET\n", "2026-11-20T10:00:00.5Z",
         "2026-11-20T10:00:00.5Z"},
        {"2026/11/20 10:00:00 [error] read ECONNRESET\n", "2026-11-20T10:00:00", NULL},
        {"2026-99-20T10:00:00Z read ECONNRESET\n", "2026-99-20T10:00:00Z", NULL},
        {"10:00:00 read ECONNRESET\n", NULL, NULL},
    };
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct pl_err err = {0};
        struct pl_logs *logs = read_pieces(*state, rows[i].line, strlen(rows[i].line), 99, &err);
        ROW("%s", rows[i].line);
        assert_int_equal(logs->n_events, 1);
        const char *got[] = {logs->events[0].first, logs->events[0].symptom.at};
        const char *want[] = {rows[i].first, rows[i].at};
        for (size_t k = 0; k < 2; k++)
            assert_string_equal(got[k] ? got[k] : "none", want[k] ? want[k] : "none");
    }
}

static void what_is_broken_is_said(void **state)
{
    static const struct {
        const char *text, *want;
    } rows[] = {
        {"<testsuite><testcase></testsuite>", "log:1:24: mismatched tag"},
        {"<testsuite>", "log:1:12: no element found"},
        {"<?xml version=\"1.0\"?>\n<!DOCTYPE x [<!ENTITY a \"aa\">]>\n<testsuite/>",
         "log:2:13: a JUnit report has no document type"},
        {"[{\"textPayload\": \"x\"},\n", "log:2: the JSON array of log entries is not closed"},
    };
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct pl_err err = {0};
        assert_null(read_pieces(*state, rows[i].text, strlen(rows[i].text), 999, &err));
        CHECK_ERR(err, PL_E_PARSE, rows[i].want);
    }
}

/* The memory that a log takes does not follow its length. */
static void bounds(void **state)
{
    struct pl_logs_reader *r = pl_logs_reader_new(*state);
    struct pl_err err = {0};
    char line[200];
    pl_logs_begin(r, "log", NULL);
    for (size_t i = 0; i < 3000; i++) {
        int n = snprintf(line, sizeof(line), "dial tcp 10.0.%zu.%zu:80: i/o timeout\n", i / 250,
                         i % 250);
        assert_int_equal(pl_logs_feed(r, line, (size_t)n, &err), 0);
    }
    char *block = pl_arena_alloc(*state, 1 << 20);
    memset(block, 'x', 1 << 20);
    assert_int_equal(pl_logs_feed(r, block, 1 << 20, &err), 0);
    assert_int_equal(pl_logs_feed(r, "\nread ECONNRESET\n", 17, &err), 0);
    assert_int_equal(pl_logs_finish(r, &err), 0);
    struct pl_logs *logs = pl_logs_end(r);
    assert_int_equal(logs->n_events, 2000);
    assert_int_equal(logs->dropped, 1001);
    assert_int_equal(logs->counts[PL_LOGS_CONNECTIVITY], 3001);
    assert_int_equal(logs->cut, 1);
    assert_int_equal(logs->lines, 3002);
}

/* What was not looked at to its end is counted, and what a skipped test says is one line. */
static void no_end_is_passed_over_in_silence(void **state)
{
    enum { LONG = 20000 };
    struct pl_err err = {0};
    char *text = pl_arena_alloc(*state, LONG + 40);
    memset(text, 'x', LONG);
    memcpy(text + LONG, " connect ECONNREFUSED 10.0.0.1:80\n", 35);
    struct pl_logs *logs = read_pieces(*state, text, strlen(text), 4096, &err);
    assert_int_equal(logs->n_events, 0);
    assert_int_equal(logs->cut, 1);
    static const char skipped[] = "<testsuite><testcase name='s'><skipped message='a&#10;b'/>"
                                  "</testcase></testsuite>";
    logs = read_pieces(*state, skipped, strlen(skipped), 4096, &err);
    assert_int_equal(logs->n_events, 1);
    assert_string_equal(logs->events[0].text, "a");
    assert_int_equal(logs->cut, 0);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, harness_arena, harness_arena_free)
    const struct CMUnitTest tests[] = {
        TEST(whole_logs), TEST(pytest_log),
        TEST(junit_xml),  TEST(cloud_logging),
        TEST(pieces),     TEST(no_secret_comes_out),
        TEST(times),      TEST(what_is_broken_is_said),
        TEST(bounds),     TEST(no_end_is_passed_over_in_silence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
