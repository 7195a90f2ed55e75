/* test_symptom.c - the catalogue against section 6 of the contract, patterns, and the file with its errors. */
#include "harness.h"

#include <string.h>

#include "plumbline/buf.h"
#include "plumbline/symptom.h"

#define LINE(rest) "{\"connection\":\"c\"," rest "}\n"

/* The contract's own list. */
static const char *const names[] = {
    "dns_not_found",
    "dns_timeout",
    "dns_failed",
    "refused",
    "connect_timeout",
    "unreachable",
    "reset",
    "closed",
    "tls_timeout",
    "response_timeout",
    "timeout",
    "socket_missing",
    "tls_untrusted",
    "tls_expired",
    "tls_name_mismatch",
    "tls_protocol",
    "tls_required",
    "tls_not_offered",
    "client_certificate_required",
    "client_certificate_rejected",
    "http_status",
    "websocket_rejected",
    "websocket_closed",
    "authentication_failed",
    "authorization_failed",
    "too_many_connections",
    "no_such_database",
    "read_only",
    "not_ready",
    "protocol_error",
    "slow",
    "unstable",
    "wrong_content",
};

static void the_catalogue_is_the_contract(void **state)
{
    (void)state;
    assert_int_equal(pl_symptom_kinds_len, PL_LEN(names));
    for (size_t i = 0; i < PL_LEN(names); i++) {
        const struct pl_symptom_kind *kind = pl_symptom_find(names[i]);

        ROW("%s", names[i]);
        assert_non_null(kind);
        assert_string_equal(kind->name, names[i]);
        assert_true(strlen(kind->phrase) > 0);
    }
    assert_null(pl_symptom_find("ok"));
    assert_null(pl_symptom_find(""));
}

static const struct {
    const char *text, *error;
} broken[] = {
    {"[]", "s:1: the line is no object"},
    {"\n{\"symptom\":\"refused\"}", "s:2: no 'connection'"},
    {"{\"connection\":\"\",\"symptom\":\"refused\"}", "s:1: no 'connection'"},
    {"{\"connection\":1,\"symptom\":\"refused\"}", "s:1: 'connection' must be text, not integer"},
    {"{\"connection\":\"c\"}", "s:1: no 'symptom'"},
    {LINE("\"symptom\":\"refused\"") LINE("\"symptom\":\"conect_timeout\""),
     "s:2: unknown symptom 'conect_timeout' (nearest: connect_timeout)"},
    {LINE("\"symptom\":\"xyzzy-plugh\""), "s:1: unknown symptom 'xyzzy-plugh'"},
    {LINE("\"symptom\":\"ok\""), "s:1: unknown symptom 'ok'"},
    {LINE("\"symptom\":\"http_status\""),
     "s:1: 'http_status' needs 'code', a status from 100 to 599"},
    {LINE("\"symptom\":\"http_status\",\"code\":42"),
     "s:1: 'http_status' needs 'code', a status from 100 to 599"},
    {LINE("\"symptom\":\"websocket_closed\",\"code\":-1"),
     "s:1: 'code' is no whole number from 0 to 65535"},
    {LINE("\"symptom\":\"websocket_closed\",\"code\":\"x\""),
     "s:1: 'code' is no whole number from 0 to 65535"},
    {LINE("\"symptom\":\"slow\",\"after_ms\":-5"),
     "s:1: 'after_ms' is no whole number from 0 to 9223372036854"},
    {LINE("\"symptom\":\"slow\",\"after_ms\":1.5"),
     "s:1: 'after_ms' is no whole number from 0 to 9223372036854"},
    {LINE("\"symptom\":\"slow\",\"at\":\"yesterday\""),
     "s:1: 'at' is no time like 2026-11-20T10:00:00Z"},
    {LINE("\"symptom\":\"slow\",\"seen_from\":{}"), "s:1: 'seen_from' must be text, not map"},
    {LINE("\"symptom\":\"slow\",\"seen_from\":\"run.servic/auth\""),
     "s:1: 'seen_from' is no address, `here` or `any`: unknown kind 'run.servic', did you mean "
     "run.service?"},
};

static int read_text(struct pl_arena *arena, const char *text, const struct pl_symptom **out,
                     size_t *n, struct pl_err *err)
{
    return pl_symptoms_read(arena, "s", text, strlen(text), out, n, err);
}

static void broken_files_are_told_with_file_and_line(void **state)
{
    for (size_t i = 0; i < PL_LEN(broken); i++) {
        const struct pl_symptom *all;
        struct pl_err err = {0};
        size_t n;

        ROW("%s", broken[i].text);
        assert_int_equal(read_text(*state, broken[i].text, &all, &n, &err), -1);
        CHECK_ERR(err, PL_E_INPUT, broken[i].error);
        assert_null(all);
        assert_int_equal(n, 0);
    }
}

#define SEEN(basis, from, symptom)                                                                 \
    "{\"format_version\": \"1.0\", \"run\": {\"finished_at\": \"2026-11-20T10:00:00Z\"}, "         \
    "\"connections\": [{\"name\": \"a\", \"status\": \"ok\", \"basis\": \"" basis                  \
    "\", \"seen_from\": " from ", \"symptom\": " symptom "}]}\n"

/* Whole on a line here; `want` ends in '*' where the rest is the JSON parser's. */
static const struct {
    const char *text, *want;
} reports[] = {
    {SEEN("probe", "\"here\"", "null"), "worked here 2026-11-20T10:00:00Z"},
    {SEEN("symptoms", "\"run.service/a\"",
          "{\"symptom\": \"refused\", \"at\": \"2026-01-01T00:00:00Z\"}"),
     "refused run.service/a 2026-01-01T00:00:00Z"},
    {SEEN("model", "null", "null"), "none"},
    {SEEN("probe", "\"nowhere/\"", "null"),
     "f: connection 'a': 'seen_from' is no address, `here` or `any`"},
    {SEEN("probe", "null", "null"),
     "f: connection 'a': 'seen_from' is no address, `here` or `any`"},
    {SEEN("probe", "\"here\"", "{\"symptom\": \"gone\"}"),
     "f: connection 'a': unknown symptom 'gone'"},
    {SEEN("probe", "\"here\"", "{\"symptom\": \"http_status\", \"code\": 99}"),
     "f: connection 'a': 'http_status' needs 'code', a status from 100 to 599"},
    {"{\"format_version\": \"2.0\", \"connections\": []}",
     "f: a report of format_version 2.0; this program reads 1.x"},
    {"{\"format_version\": \"1.9\"}", "f: the report has no 'connections'"},
    {"{\n\"a\": 1}", "f: neither symptoms, a JSON object a line, nor a report of this program: no "
                     "'format_version'"},
    {"{\n\"format_version\": \"1.0\",\n", "f: line *"},
};

static void reports_are_read(void **state)
{
    for (size_t i = 0; i < PL_LEN(reports); i++) {
        const struct pl_symptom *all = NULL;
        const char *got = "none", *want = reports[i].want;
        struct pl_err err = {0};
        size_t n = 1, len = strlen(want);

        ROW("%s", reports[i].text);
        if (pl_symptoms_read(*state, "f", reports[i].text, strlen(reports[i].text), &all, &n,
                             &err) != 0)
            got = err.text;
        else if (n > 0)
            got = pl_arena_printf(*state, "%s %s %s", all[0].kind ? all[0].kind->name : "worked",
                                  all[0].seen_from, all[0].at);
        if (want[len - 1] == '*')
            assert_memory_equal(got, want, len - 1);
        else
            assert_string_equal(got, want);
        assert_true(got != err.text || n == 0);
    }
}

static void a_long_line_is_an_error(void **state)
{
    size_t size = 2 << 20, n;
    char *text = pl_arena_alloc(*state, size);
    const struct pl_symptom *all;
    struct pl_err err = {0};

    memset(text, 'x', size);
    assert_int_equal(pl_symptoms_read(*state, "s", text, size, &all, &n, &err), -1);
    CHECK_ERR(err, PL_E_LIMIT, "s:1: line of 2097152 bytes (at most 1048576)");
}

static void a_file_is_read_in_order(void **state)
{
    static const char text[] =
        "{\"connection\":\"auth-to-db\",\"symptom\":\"connect_timeout\",\"detail\":\"no\\nanswer\","
        "\"code\":0,\"after_ms\":2000,\"seen_from\":\"run.service/auth\",\"class\":\"TCP_TIMEOUT\","
        "\"at\":\"2026-11-20T10:00:00Z\",\"more\":[]}\r\n\n" LINE(
            "\"symptom\":\"http_status\",\"code\":503");
    const struct pl_symptom *all;
    size_t n;

    assert_int_equal(read_text(*state, text, &all, &n, NULL), 0);
    assert_int_equal(n, 2);
    assert_string_equal(all[0].connection, "auth-to-db");
    assert_string_equal(all[0].kind->name, "connect_timeout");
    assert_string_equal(all[0].detail, "no answer");
    assert_string_equal(all[0].class_name, "TCP_TIMEOUT");
    assert_int_equal(all[0].code, 0);
    assert_int_equal(all[0].after_ms, 2000);
    assert_string_equal(all[0].seen_from, "run.service/auth");
    assert_string_equal(all[0].at, "2026-11-20T10:00:00Z");
    assert_int_equal(all[1].code, 503);
    assert_int_equal(all[1].after_ms, -1);
    assert_null(all[1].detail);
    assert_null(all[1].seen_from);
    assert_null(all[1].at);
    assert_int_equal(read_text(*state, "", &all, &n, NULL), 0);
    assert_int_equal(n, 0);
}

static void a_detail_is_short_and_holds_no_secret(void **state)
{
    struct pl_buf text = {0};
    const struct pl_symptom *all;
    size_t n;

    pl_buf_adds(&text, LINE("\"symptom\":\"authentication_failed\",\"detail\":"
                            "\"postgres://app:hunter2@10.0.0.5:5432/app refused\""));
    pl_buf_adds(&text, "{\"connection\":\"c\",\"symptom\":\"slow\",\"detail\":\"x");
    for (int i = 0; i < 3000; i++)
        pl_buf_adds(&text, "\xc3\xbc");
    pl_buf_adds(&text, "\"}\n");
    assert_int_equal(read_text(*state, pl_buf_str(&text), &all, &n, NULL), 0);
    assert_string_equal(all[0].detail, "postgres://<redacted: 11 bytes>@10.0.0.5:5432/app refused");
    assert_int_equal(strlen(all[1].detail), 2047);
    pl_buf_free(&text);
}

static void symptoms_match_patterns_of_causes(void **state)
{
    static const struct {
        const char *name;
        int code;
        const char *pattern;
        bool matches;
    } rows[] = {
        {"connect_timeout", 0, "connect_timeout", true},
        {"connect_timeout", 0, "connect", false},
        {"connect_timeout", 0, "connect_timeout_", false},
        {"connect_timeout", 0, "", false},
        {"timeout", 0, "connect_timeout", false},
        {"http_status", 403, "http_status", true},
        {"http_status", 403, "http_status:403", true},
        {"http_status", 403, "http_status:4xx", true},
        {"http_status", 403, "http_status:40", false},
        {"http_status", 403, "http_status:4033", false},
        {"http_status", 403, "http_status:5xx", false},
        {"http_status", 403, "http_status:", false},
        {"http_status", 503, "http_status:5xx", true},
        {"http_status", 0, "http_status:5xx", false},
        {"http_status", 0, "http_status", true},
        {"websocket_closed", 1006, "websocket_closed:1006", true},
        {"websocket_closed", 1006, "websocket_closed:10xx", true},
        {"websocket_closed", 106, "websocket_closed:10xx", false},
        {"websocket_rejected", 403, "http_status:403", false},
    };

    (void)state;
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct pl_symptom s = {.kind = pl_symptom_find(rows[i].name), .code = rows[i].code};

        ROW("%s %d as %s", rows[i].name, rows[i].code, rows[i].pattern);
        assert_int_equal(pl_symptom_matches(&s, rows[i].pattern), rows[i].matches);
    }
}

/* A proxy that refuses is no missing route: no cause of the path's has such a symptom, and the words are not the route's. */
static void what_a_proxy_did_is_nobodys_cause(void **state)
{
    struct pl_symptom s = {.kind = pl_symptom_find("unreachable"), .class_name = "NET_PROXY"};

    (void)state;
    assert_false(pl_symptom_matches(&s, "unreachable"));
    assert_string_equal(pl_symptom_phrase(&s), "the way through the proxy failed");
    s.class_name = "NET_HOST_UNREACH";
    assert_true(pl_symptom_matches(&s, "unreachable"));
    assert_string_equal(pl_symptom_phrase(&s), "no route to the address");
}

static void symptoms_have_a_text(void **state)
{
    struct pl_symptom status = {.kind = pl_symptom_find("http_status"), .code = 503};
    struct pl_symptom refused = {.kind = pl_symptom_find("refused")};

    assert_string_equal(pl_symptom_text(*state, &status), "http_status 503");
    assert_string_equal(pl_symptom_text(*state, &refused), "refused");
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, harness_arena, harness_arena_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_catalogue_is_the_contract),
        TEST(broken_files_are_told_with_file_and_line),
        TEST(reports_are_read),
        TEST(a_long_line_is_an_error),
        TEST(a_file_is_read_in_order),
        TEST(a_detail_is_short_and_holds_no_secret),
        TEST(symptoms_match_patterns_of_causes),
        TEST(what_a_proxy_did_is_nobodys_cause),
        TEST(symptoms_have_a_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
