/* test_hostport.c - targets as people write them. */
#include "harness.h"

#include "plumbline/net.h"

static const char *const no_targets[] = {
    "",
    ":",
    ":80",
    "host:",
    "host:0",
    "host:65536",
    "host:99999",
    "host:80x",
    "host:+80",
    "host:080",
    "a b",
    "host\n",
    "[::1",
    "[::1]x",
    "[::1]:",
    "[10.0.0.1]:80",
    "[nonsense]:80",
    "1:2:3",
    "http://",
    "http:///path",
    "://host",
    "1http://host",
    "ht tp://host",
    "user@host",
    "host/%\x01",
    "https://user:pw@",
    "h\xc3\xb6st",
    "host:80:90",
};

static void what_is_no_target_is_refused(void **state)
{
    for (size_t i = 0; i < PL_LEN(no_targets); i++) {
        struct pl_hostport hp;

        ROW("%s", no_targets[i]);
        assert_false(pl_hostport_parse(*state, no_targets[i], &hp));
    }
}

static const struct {
    const char *text, *scheme, *user_info, *host;
    int port;
    bool given;
    const char *path;
} targets[] = {
    {"host", NULL, NULL, "host", 0, false, NULL},
    {"db.internal:5432", NULL, NULL, "db.internal", 5432, true, NULL},
    {"10.0.0.1:80", NULL, NULL, "10.0.0.1", 80, true, NULL},
    {"[::1]:80", NULL, NULL, "::1", 80, true, NULL},
    {"[::1]", NULL, NULL, "::1", 0, false, NULL},
    {"fd00::1", NULL, NULL, "fd00::1", 0, false, NULL},
    {"host/path", NULL, NULL, "host", 0, false, "/path"},
    {"https://h", "https", NULL, "h", 443, false, NULL},
    {"http://h/", "http", NULL, "h", 80, false, "/"},
    {"HTTPS://h:8443/a/b?x=1#frag", "HTTPS", NULL, "h", 8443, true, "/a/b?x=1"},
    {"https://h?x=http://y", "https", NULL, "h", 443, false, "/?x=http://y"},
    {"wss://h/ws", "wss", NULL, "h", 443, false, "/ws"},
    {"postgresql://app:s3@cret@db:5433/app", "postgresql", "app:s3@cret", "db", 5433, true, "/app"},
    {"redis://:pw@[fd00::1]:6380/0", "redis", ":pw", "fd00::1", 6380, true, "/0"},
    {"rediss://cache", "rediss", NULL, "cache", 6379, false, NULL},
    {"other+v1://h", "other+v1", NULL, "h", 0, false, NULL},
    {"https://h#f", "https", NULL, "h", 443, false, NULL},
    {"h:1?x=a://b", NULL, NULL, "h", 1, true, "/?x=a://b"},
};

static void check_text(const char *got, const char *want)
{
    if (want == NULL)
        assert_null(got);
    else
        assert_string_equal(got, want);
}

static void targets_come_apart(void **state)
{
    for (size_t i = 0; i < PL_LEN(targets); i++) {
        struct pl_hostport hp;

        ROW("%s", targets[i].text);
        assert_true(pl_hostport_parse(*state, targets[i].text, &hp));
        check_text(hp.scheme, targets[i].scheme);
        check_text(hp.user_info, targets[i].user_info);
        check_text(hp.host, targets[i].host);
        assert_int_equal(hp.port, targets[i].port);
        assert_int_equal(hp.port_given, targets[i].given);
        check_text(hp.path, targets[i].path);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_no_target_is_refused, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test_setup_teardown(targets_come_apart, harness_arena, harness_arena_free),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
