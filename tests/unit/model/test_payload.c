/* test_payload.c - what a description of a secret tells, and that it holds no part of it.
 */
#include "harness.h"

#include <string.h>

#include "plumbline/json.h"
#include "plumbline/payload.h"

static const struct pl_value *of(struct pl_arena *arena, const char *text)
{
    return pl_payload_describe(arena, text, strlen(text));
}

static const struct {
    const char *text, *flaw;
} flaws[] = {
    {"", "is empty"},
    {"10.0.0.3\n", "ends in a newline"},
    {"10.0.0.3\r\n", "ends in a carriage return and a newline"},
    {"10.0.0.3\r", "ends in a carriage return"},
    {"10.0.0.3 ", "ends in a blank"},
    {" 10.0.0.3", "begins with a blank"},
    {"\xef\xbb\xbf"
     "10.0.0.3",
     "begins with a byte order mark"},
    {"\"10.0.0.3\"", "stands in quotation marks"},
    {"10.0\t0.3", "holds a control character"},
    {"10.0.0.3", NULL},
    {"\"", NULL},
    {"-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n", NULL},
    {"{\"a\": 1}\n", NULL},
};

static void flaws_are_told(void **state)
{
    for (size_t i = 0; i < PL_LEN(flaws); i++) {
        const char *flaw = pl_payload_flaw(of(*state, flaws[i].text));
        ROW("%s", flaws[i].flaw ? flaws[i].flaw : "none");
        if (flaws[i].flaw == NULL)
            assert_null(flaw);
        else
            assert_string_equal(flaw, flaws[i].flaw);
    }
    assert_string_equal(pl_payload_flaw(pl_payload_describe(*state, "a\0b", 3)),
                        "holds a NUL byte");
}

static void parts_are_compared(void **state)
{
    const struct pl_value *p =
        of(*state, "postgresql://app:p%40ss@DB.Internal:5433/orders?sslmode=require\n");

    assert_int_equal(pl_payload_len(p), 64);
    assert_true(pl_payload_is(p, PL_PAYLOAD_HOST, "db.internal"));
    assert_false(pl_payload_is(p, PL_PAYLOAD_HOST, "db.interna"));
    assert_true(pl_payload_is(p, PL_PAYLOAD_PORT, "5433"));
    assert_true(pl_payload_is(p, PL_PAYLOAD_USER, "app"));
    assert_true(pl_payload_is(p, PL_PAYLOAD_PASSWORD, "p@ss"));
    assert_true(pl_payload_is(p, PL_PAYLOAD_DATABASE, "orders"));
    assert_false(pl_payload_has(p, PL_PAYLOAD_CONNECTOR));
    assert_false(pl_payload_is(p, PL_PAYLOAD_CONNECTOR, ""));
    assert_false(pl_payload_is(p, PL_PAYLOAD_HOST, NULL));
    assert_int_equal(pl_payload_tls(p), PL_DSN_TLS);
    assert_int_equal(pl_payload_host(p), PL_PAYLOAD_NAME);
    assert_false(pl_payload_is(NULL, PL_PAYLOAD_WHOLE, "x"));
}

static void the_plain_value_is_without_what_is_around_it(void **state)
{
    const struct pl_value *a = of(*state, "secret\n"), *b = of(*state, "secret");

    assert_false(pl_payload_same(a, b, false));
    assert_true(pl_payload_same(a, b, true));
    assert_true(pl_payload_is(a, PL_PAYLOAD_PLAIN, "secret"));
    assert_false(pl_payload_is(a, PL_PAYLOAD_WHOLE, "secret"));
    assert_true(pl_payload_is(a, PL_PAYLOAD_WHOLE, "secret\n"));
    assert_false(pl_payload_same(a, of(*state, "Secret"), true));
}

static const struct {
    const char *text;
    enum pl_payload_host kind;
} hosts[] = {
    {"127.0.0.1", PL_PAYLOAD_LOOPBACK},
    {"localhost:5432", PL_PAYLOAD_LOOPBACK},
    {"[::1]:5432", PL_PAYLOAD_LOOPBACK},
    {"10.0.0.3", PL_PAYLOAD_PRIVATE_IP},
    {"34.1.2.3", PL_PAYLOAD_PUBLIC_IP},
    {"/cloudsql/p:r:i", PL_PAYLOAD_SOCKET},
    {"https://a-b.run.app/x", PL_PAYLOAD_RUN_APP},
    {"db", PL_PAYLOAD_NAME},
    {"a b", PL_PAYLOAD_NO_HOST},
};

static void hosts_have_kinds(void **state)
{
    for (size_t i = 0; i < PL_LEN(hosts); i++) {
        ROW("%s", hosts[i].text);
        assert_int_equal(pl_payload_host(of(*state, hosts[i].text)), hosts[i].kind);
    }
}

static void ranges_are_known_without_the_address(void **state)
{
    static const struct {
        const char *range;
        bool within;
    } rows[] = {{"0.0.0.0/0", true},    {"10.0.0.0/8", true},    {"10.68.0.0/16", true},
                {"10.68.0.3/32", true}, {"10.68.0.2/32", false}, {"10.69.0.0/16", false},
                {"fd00::/8", false}};
    const struct pl_value *p = of(*state, "10.68.0.3:5432");

    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct pl_prefix range;
        ROW("%s", rows[i].range);
        assert_true(pl_prefix_parse(rows[i].range, &range));
        assert_int_equal(pl_payload_within(p, &range), rows[i].within);
        assert_false(pl_payload_within(of(*state, "db"), &range));
    }
}

static void a_description_holds_no_part_of_the_value(void **state)
{
    /* none of hexadecimal digits alone: a tag could hold it by chance */
    static const char *const parts[] = {"hunter2", "app",   "db.example",
                                        "orders",  "10.68", "postgres"};
    const char *text = pl_json_text(
        *state, of(*state, "postgresql://app:hunter2@db.example:5433/orders?sslmode=disable"));
    const char *ip = pl_json_text(*state, of(*state, "10.68.0.3"));

    for (size_t i = 0; i < PL_LEN(parts); i++) {
        assert_null(strstr(text, parts[i]));
        assert_null(strstr(ip, parts[i]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(flaws_are_told, harness_arena, harness_arena_free),
        cmocka_unit_test_setup_teardown(parts_are_compared, harness_arena, harness_arena_free),
        cmocka_unit_test_setup_teardown(the_plain_value_is_without_what_is_around_it, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test_setup_teardown(hosts_have_kinds, harness_arena, harness_arena_free),
        cmocka_unit_test_setup_teardown(ranges_are_known_without_the_address, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test_setup_teardown(a_description_holds_no_part_of_the_value, harness_arena,
                                        harness_arena_free),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
