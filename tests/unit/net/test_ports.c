/* test_ports.c - port intervals and protocol names. */
#include "harness.h"

#include "plumbline/net.h"

static const char *const no_ports[] = {
    "",          "-",    "-1",     "1-",   "65536", "99999", "443 ", " 443", "8000 - 8100",
    "8100-8000", "0443", "443,80", "http", "1-2-3", "+1",
};

static void what_is_no_interval_is_refused(void **state)
{
    struct pl_ports ports;

    (void)state;
    for (size_t i = 0; i < PL_LEN(no_ports); i++) {
        ROW("%s", no_ports[i]);
        assert_false(pl_ports_parse(no_ports[i], &ports));
    }
}

static const struct {
    const char *text;
    int lo, hi;
} intervals[] = {
    {"443", 443, 443}, {"8000-8100", 8000, 8100}, {"0-65535", 0, 65535},
    {"0", 0, 0},       {"22-22", 22, 22},
};

static void intervals_are_inclusive(void **state)
{
    (void)state;
    for (size_t i = 0; i < PL_LEN(intervals); i++) {
        struct pl_ports ports;

        assert_true(pl_ports_parse(intervals[i].text, &ports));
        assert_int_equal(ports.lo, intervals[i].lo);
        assert_int_equal(ports.hi, intervals[i].hi);
    }
}

static const struct {
    const char *text;
    int number;
} protocols[] = {
    {"", -2},    {"tcpx", -2},  {"256", -2},  {"-1", -2},  {"06", -2},     {"6 ", -2},
    {"all", -1}, {"tcp", 6},    {"TCP", 6},   {"udp", 17}, {"icmp", 1},    {"esp", 50},
    {"ah", 51},  {"sctp", 132}, {"ipip", 94}, {"gre", 47}, {"icmpv6", 58}, {"ipv6-icmp", 58},
    {"6", 6},    {"0", 0},      {"255", 255},
};

static void protocols_by_name_and_number(void **state)
{
    (void)state;
    for (size_t i = 0; i < PL_LEN(protocols); i++) {
        ROW("%s", protocols[i].text);
        assert_int_equal(pl_proto_parse(protocols[i].text), protocols[i].number);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_no_interval_is_refused),
        cmocka_unit_test(intervals_are_inclusive),
        cmocka_unit_test(protocols_by_name_and_number),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
