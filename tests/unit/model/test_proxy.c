/* test_proxy.c - `proxy` of a probe: its forms, what is wrong with others, and that a password in one is not shown. */
#include "harness.h"

#include <string.h>

#include "plumbline/baseline.h"

static const struct pl_baseline *read_probe(struct pl_arena *arena, const char *probe,
                                            struct pl_err *err)
{
    struct pl_baseline_options options = {
        .name = "b.yaml",
        .text = pl_arena_printf(arena,
                                "version: 1\nproject: p\nlocation: l\nconnections:\n  c:\n"
                                "    from: here\n    to: 'a:1'\n    probe: {%s}\n",
                                probe)};

    return pl_baseline_read(arena, &options, err);
}

static void forms(void **state)
{
    struct pl_err err = {0};
    const struct pl_probe_proxy *p;
    const struct pl_baseline *b = read_probe(*state, "type: tcp, proxy: environment", &err);

    assert_true(b->connections[0]->probe.proxy.environment);
    b = read_probe(*state, "type: https, proxy: 'socks5h://[::1]:1080'", &err);
    p = &b->connections[0]->probe.proxy;
    assert_true(p->set && !p->environment);
    assert_string_equal(p->url.text, "socks5h://[::1]:1080");
    b = read_probe(*state,
                   "type: postgres, proxy: {url: !env PL_NO_SUCH, user: u, "
                   "password: !file nowhere, ca: PEM, except: [10.0.0.0/8, .internal]}",
                   &err);
    p = &b->connections[0]->probe.proxy;
    assert_true(p->url.missing && p->password.missing);
    assert_string_equal(p->url.source, "!env PL_NO_SUCH");
    assert_string_equal(p->user, "u");
    assert_string_equal(p->ca.text, "PEM");
    assert_int_equal(p->n_except, 2);
    assert_string_equal(p->except[1], ".internal");
    b = read_probe(*state, "type: tcp", &err);
    assert_false(b->connections[0]->probe.proxy.set);
}

static void mistakes(void **state)
{
    static const struct {
        const char *probe, *want;
    } rows[] = {
        {"type: dns, proxy: environment", "proxy is no parameter of dns"},
        {"type: tcp, proxy: 'http://proxy'", "proxy wants a port"},
        {"type: tcp, proxy: 'ftp://proxy:1'", "proxy wants http, https or socks5h as the scheme"},
        {"type: tcp, proxy: 'http://proxy:1/path'",
         "proxy wants http://HOST:PORT, https://HOST:PORT or socks5h://HOST:PORT"},
        {"type: tcp, proxy: 'socks5://proxy:1'",
         "proxy only socks5h:// of SOCKS is spoken: the proxy looks names up"},
        {"type: tcp, proxy: 'http://u:s3cret@proxy:1'", "proxy takes no user and password"},
        {"type: tcp, proxy: {url: 'u:s3cret@proxy:1'}", "url takes no user and password"},
        {"type: tcp, proxy: {url: 'http://p:1', user: u, password: s3cret}", "password"},
        {"type: tcp, proxy: {user: u, password: !env P}", "the proxy has no `url`"},
        {"type: tcp, proxy: {url: 'http://p:1', user: u}", "the proxy has no `password`"},
        {"type: tcp, proxy: {url: 'http://p:1', password: !env P}", "the proxy has no `user`"},
        {"type: tcp, proxy: {url: 'http://p:1', no_proxy: [a]}", "no_proxy"},
        {"type: tcp, proxy: {url: 'http://p:1', except: a}", "except wants a list"},
        {"type: tcp, proxy: [a]", "proxy wants a map"},
        {"type: tcp, family: 4, proxy: 'http://p:1'",
         "with a proxy it is the proxy that looks names up: no family"},
        {"type: tcp, addresses: each, proxy: environment",
         "with a proxy it is the proxy that looks names up: no addresses: each"},
    };

    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct pl_err err = {0};

        ROW("%s", rows[i].probe);
        assert_null(read_probe(*state, rows[i].probe, &err));
        if (strstr(err.text, rows[i].want) == NULL)
            fail_msg("%s", err.text);
        assert_null(strstr(err.text, "s3cret"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(forms, harness_arena, harness_arena_free),
        cmocka_unit_test_setup_teardown(mistakes, harness_arena, harness_arena_free),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
