/* test_prefix.c - prefixes: what is none, host bits, containment across every length. */
#include "harness.h"

#include "plumbline/net.h"

static const char *const no_prefixes[] = {
    "",
    "/8",
    "10.0.0.0/",
    "10.0.0.0/33",
    "10.0.0.0/-1",
    "10.0.0.0/08",
    "10.0.0.0/8 ",
    "10.0.0.0/8/8",
    "::/129",
    "10.0.0/8",
    "10.0.0.0/0x8",
    "10.0.0.0/99999999999999999999",
    "11111111111111111111111111111111111111111111111111111111111111111111111/8",
};

static void what_is_no_prefix_is_refused(void **state)
{
    struct pl_prefix p;

    (void)state;
    for (size_t i = 0; i < PL_LEN(no_prefixes); i++) {
        ROW("%s", no_prefixes[i]);
        assert_false(pl_prefix_parse(no_prefixes[i], &p));
    }
}

static const struct {
    const char *text, *printed;
} prefixes[] = {
    {"10.0.0.0/8", "10.0.0.0/8"},
    {"10.1.2.3/8", "10.0.0.0/8"},
    {"10.1.2.3", "10.1.2.3/32"},
    {"0.0.0.0/0", "0.0.0.0/0"},
    {"255.255.255.255/0", "0.0.0.0/0"},
    {"192.168.255.255/20", "192.168.240.0/20"},
    {"10.8.0.15/28", "10.8.0.0/28"},
    {"10.8.0.1/31", "10.8.0.0/31"},
    {"::1", "::1/128"},
    {"fd00:ffff::1/9", "fd00::/9"},
    {"2001:db8:ffff::/33", "2001:db8:8000::/33"},
    {"ffff::/0", "::/0"},
};

static void prefixes_print_without_host_bits(void **state)
{
    for (size_t i = 0; i < PL_LEN(prefixes); i++) {
        struct pl_prefix p, again;

        assert_true(pl_prefix_parse(prefixes[i].text, &p));
        assert_string_equal(pl_prefix_format(*state, &p), prefixes[i].printed);
        assert_true(pl_prefix_parse(prefixes[i].printed, &again));
        assert_true(pl_prefix_equal(&p, &again));
    }
}

static const struct {
    const char *outer, *inner;
    bool contains, overlaps;
} pairs[] = {
    {"10.0.0.0/8", "10.8.0.0/28", true, true},
    {"10.8.0.0/28", "10.0.0.0/8", false, true},
    {"10.0.0.0/8", "10.0.0.0/8", true, true},
    {"10.0.0.0/9", "10.128.0.0/9", false, false},
    {"0.0.0.0/0", "255.255.255.255/32", true, true},
    {"0.0.0.0/0", "::/0", false, false},
    {"::/0", "10.0.0.0/8", false, false},
    {"::ffff:0:0/96", "10.0.0.0/8", false, false},
    {"fc00::/7", "fdff::/16", true, true},
    {"fc00::/7", "fe00::/16", false, false},
    {"10.8.0.16/28", "10.8.0.31/32", true, true},
    {"10.8.0.16/28", "10.8.0.32/32", false, false},
};

static void containment_and_overlap(void **state)
{
    (void)state;
    for (size_t i = 0; i < PL_LEN(pairs); i++) {
        struct pl_prefix outer, inner;

        ROW("%s %s", pairs[i].outer, pairs[i].inner);
        assert_true(pl_prefix_parse(pairs[i].outer, &outer));
        assert_true(pl_prefix_parse(pairs[i].inner, &inner));
        assert_int_equal(pl_prefix_contains(&outer, &inner), pairs[i].contains);
        assert_int_equal(pl_prefix_overlaps(&outer, &inner), pairs[i].overlaps);
        assert_int_equal(pl_prefix_overlaps(&inner, &outer), pairs[i].overlaps);
    }
}

/* Law: of two neighbouring addresses that differ in bit n, a /n of the first holds both, a /n+1 only the first. */
static void every_length_cuts_at_its_bit(void **state)
{
    for (int n = 0; n < 32; n++) {
        struct pl_ip a, b;
        struct pl_prefix p;

        assert_true(pl_ip_parse("170.85.170.85", &a));
        b = a;
        b.bytes[12 + n / 8] ^= (uint8_t)(0x80 >> n % 8);
        assert_true(pl_prefix_parse(pl_arena_printf(*state, "170.85.170.85/%d", n), &p));
        assert_true(pl_prefix_contains_ip(&p, &a));
        assert_true(pl_prefix_contains_ip(&p, &b));
        assert_true(pl_prefix_parse(pl_arena_printf(*state, "170.85.170.85/%d", n + 1), &p));
        assert_true(pl_prefix_contains_ip(&p, &a));
        assert_false(pl_prefix_contains_ip(&p, &b));
    }
}

/* Is a range covered by several together? */
static void several_cover(void **state)
{
    static const struct {
        const char *range;
        const char *list[5];
        bool covered;
    } cases[] = {
        {"10.20.0.0/23", {"10.20.0.0/23"}, true},
        {"10.20.0.0/23", {"10.0.0.0/8"}, true},
        {"10.20.0.0/23", {"10.20.0.0/24", "10.20.1.0/24"}, true},
        {"10.20.0.0/23", {"10.20.1.128/25", "10.20.0.0/24", "10.20.1.0/25"}, true},
        {"10.20.0.0/23", {"10.20.0.0/24", "10.20.1.0/25", "10.20.1.128/26"}, false},
        {"10.20.0.0/23", {"10.20.0.0/24"}, false},
        {"10.20.0.0/23", {"10.20.2.0/24"}, false},
        {"10.20.0.0/23", {NULL}, false},
        {"10.20.0.4/30", {"10.20.0.4/32", "10.20.0.5/32", "10.20.0.6/32", "10.20.0.7/32"}, true},
        {"0.0.0.0/0", {"0.0.0.0/1", "128.0.0.0/1"}, true},
        {"10.20.0.7/32", {"10.20.0.7/32"}, true},
        {"10.20.0.7/32", {"10.20.0.6/32"}, false},
        {"0.0.0.0/0", {"::/0"}, false},
        {"fd20::/64", {"fd20::/65", "fd20:0:0:0:8000::/65"}, true},
        {"fd20::/64", {"fd20::/65"}, false},
    };
    (void)state;
    for (size_t i = 0; i < PL_LEN(cases); i++) {
        struct pl_prefix range, list[5];
        size_t n = 0;
        assert_true(pl_prefix_parse(cases[i].range, &range));
        for (; n < 5 && cases[i].list[n]; n++)
            assert_true(pl_prefix_parse(cases[i].list[n], &list[n]));
        if (pl_prefixes_cover(list, n, &range) != cases[i].covered)
            fail_msg("%s, row %zu", cases[i].range, i);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_no_prefix_is_refused),
        cmocka_unit_test_setup_teardown(prefixes_print_without_host_bits, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test(containment_and_overlap),
        cmocka_unit_test(several_cover),
        cmocka_unit_test_setup_teardown(every_length_cuts_at_its_bit, harness_arena,
                                        harness_arena_free),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
