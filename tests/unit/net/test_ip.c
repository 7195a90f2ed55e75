/* test_ip.c - addresses: what is none, RFC 5952, classes. */
#include "harness.h"

#include "plumbline/net.h"

static const char *const no_addresses[] = {
    "",
    "10",
    "10.0.0",
    "10.0.0.256",
    "010.0.0.1",
    "10.0.0.1 ",
    " 10.0.0.1",
    "0x0a.0.0.1",
    "1.2.3.4.5",
    "10.0.0.1/8",
    "::1::",
    ":::",
    "12345::",
    "fe80::1%eth0",
    "[::1]",
    "localhost",
    "1:2:3:4:5:6:7:8:9",
};

static void what_is_no_address_is_refused(void **state)
{
    struct pl_ip ip;

    (void)state;
    for (size_t i = 0; i < PL_LEN(no_addresses); i++) {
        ROW("%s", no_addresses[i]);
        assert_false(pl_ip_parse(no_addresses[i], &ip));
    }
}

static const struct {
    const char *text, *printed;
} addresses[] = {
    {"0.0.0.0", "0.0.0.0"},
    {"255.255.255.255", "255.255.255.255"},
    {"10.8.0.1", "10.8.0.1"},
    {"::", "::"},
    {"::1", "::1"},
    {"1::", "1::"},
    {"2001:DB8::1", "2001:db8::1"},
    {"2001:0db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"},   /* the first of two runs, 4.2.3 */
    {"2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"}, /* one group is no run, 4.2.2 */
    {"1:0:0:2:0:0:0:3", "1:0:0:2::3"},                /* the longest run */
    {"1:2:3:4:5:6:0:0", "1:2:3:4:5:6::"},
    {"::ffff:192.0.2.1", "::ffff:192.0.2.1"},
    {"::ffff:c000:201", "::ffff:192.0.2.1"},
    {"::1.2.3.4", "::102:304"},
    {"1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"},
};

static void addresses_print_in_one_form(void **state)
{
    for (size_t i = 0; i < PL_LEN(addresses); i++) {
        struct pl_ip ip, again;

        assert_true(pl_ip_parse(addresses[i].text, &ip));
        assert_string_equal(pl_ip_format(*state, &ip), addresses[i].printed);
        assert_true(pl_ip_parse(addresses[i].printed, &again));
        assert_true(pl_ip_equal(&ip, &again));
    }
}

static void families_are_not_equal(void **state)
{
    struct pl_ip v4, mapped;

    (void)state;
    assert_true(pl_ip_parse("192.0.2.1", &v4));
    assert_true(pl_ip_parse("::ffff:192.0.2.1", &mapped));
    assert_true(v4.v4);
    assert_false(mapped.v4);
    assert_memory_equal(v4.bytes, mapped.bytes, 16);
    assert_false(pl_ip_equal(&v4, &mapped));
}

static const struct {
    const char *text;
    bool loopback, rfc1918, is_private;
} classes[] = {
    {"127.0.0.1", true, false, false},
    {"127.255.255.255", true, false, false},
    {"128.0.0.1", false, false, false},
    {"10.0.0.0", false, true, true},
    {"10.255.255.255", false, true, true},
    {"11.0.0.0", false, false, false},
    {"172.15.255.255", false, false, false},
    {"172.16.0.0", false, true, true},
    {"172.31.255.255", false, true, true},
    {"172.32.0.0", false, false, false},
    {"192.168.1.1", false, true, true},
    {"192.169.0.0", false, false, false},
    {"100.64.0.1", false, false, true},
    {"100.127.255.255", false, false, true},
    {"100.128.0.0", false, false, false},
    {"240.0.0.1", false, false, true},
    {"239.255.255.255", false, false, false},
    {"169.254.169.254", false, false, true},
    {"8.8.8.8", false, false, false},
    {"::1", true, false, false},
    {"::2", false, false, false},
    {"fc00::1", false, false, true},
    {"fdff::1", false, false, true},
    {"fe00::1", false, false, false},
    {"fe80::1", false, false, true},
    {"febf::1", false, false, true},
    {"fec0::1", false, false, false},
    {"2001:db8::1", false, false, false},
    {"::ffff:10.0.0.1", false, true, true},
    {"::ffff:127.0.0.1", true, false, false},
    {"::ffff:8.8.8.8", false, false, false},
};

static void classes_hold_at_their_edges(void **state)
{
    (void)state;
    for (size_t i = 0; i < PL_LEN(classes); i++) {
        struct pl_ip ip;

        ROW("%s", classes[i].text);
        assert_true(pl_ip_parse(classes[i].text, &ip));
        assert_int_equal(pl_ip_is_loopback(&ip), classes[i].loopback);
        assert_int_equal(pl_ip_is_rfc1918(&ip), classes[i].rfc1918);
        assert_int_equal(pl_ip_is_private(&ip), classes[i].is_private);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_no_address_is_refused),
        cmocka_unit_test_setup_teardown(addresses_print_in_one_form, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test(families_are_not_equal),
        cmocka_unit_test(classes_hold_at_their_edges),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
