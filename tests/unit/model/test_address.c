/* Addresses and patterns, on the real catalogue. */
#include "group_arena.h"
#include "plumbline/address.h"

static struct pl_address address_of(const char *text)
{
    struct pl_address address;
    struct pl_err err = {0};
    if (pl_address_parse(arena, text, &address, &err) != 0)
        fail_msg("'%s': %s", text, err.text);
    return address;
}

#define ENCODING " is not percent-encoded as it should be (/ : % * [ ] are %2F %3A %25 %2A %5B %5D)"

static void bad_addresses(void **state)
{
    static const struct {
        const char *text, *error;
    } rows[] = {
        {"", "unknown kind '' ('plumbline list' shows them)"},
        {"zzzzzzzzzzzz/x", "unknown kind 'zzzzzzzzzzzz' ('plumbline list' shows them)"},
        {"sql.instanc/main", "unknown kind 'sql.instanc', did you mean sql.instance?"},
        {"sql.instance", "sql.instance wants sql.instance/{instance}, got 'sql.instance'"},
        {"sql.instance/", "sql.instance wants sql.instance/{instance}, got 'sql.instance/'"},
        {"sql.instance//main",
         "sql.instance wants sql.instance/{instance}, got 'sql.instance//main'"},
        {"sql.instance/a/b/c/d",
         "sql.instance wants sql.instance/{instance}, got 'sql.instance/a/b/c/d'"},
        {"a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q",
         "too many parts in 'a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q'"},
        {"sql.instance/europe-west1/main",
         "sql.instance is global: 'sql.instance/europe-west1/main' wants 'global', not "
         "'europe-west1', before the name"},
        {"sql.instance/main:state",
         "'sql.instance/main:state' names a field where a resource is wanted"},
        {"sql.instance/*", "'sql.instance/*' is a pattern where one resource is wanted (a * in a "
                           "name is written %2A)"},
        {"sql.instance/a[b", "a name in 'sql.instance/a[b'" ENCODING},
        {"sql.instance/100%", "a name in 'sql.instance/100%'" ENCODING},
        {"sql.instance/%4", "a name in 'sql.instance/%4'" ENCODING},
        {"sql.instance/%zz", "a name in 'sql.instance/%zz'" ENCODING},
        {"sql.instance/%00", "a name in 'sql.instance/%00'" ENCODING},
        {"sql.instance/a%2", "a name in 'sql.instance/a%2'" ENCODING},
        {"sql.instance/a%2/b", "a name in 'sql.instance/a%2/b'" ENCODING},
        {"sql.instance/a\nb", "a name in 'sql.instance/a?b'" ENCODING},
    };
    (void)state;
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct pl_err err = {0};
        struct pl_address address;
        if (pl_address_parse(arena, rows[i].text, &address, &err) != -1)
            fail_msg("'%s' was read", rows[i].text);
        assert_string_equal(err.text, rows[i].error);
    }
}

static void long_addresses(void **state)
{
    (void)state;
    struct pl_buf buf = {0};
    struct pl_err err = {0};
    struct pl_address address;
    struct pl_path path;
    pl_buf_adds(&buf, "sql.instance/");
    for (int i = 0; i < 1024; i++)
        pl_buf_addc(&buf, 'x');
    assert_int_equal(pl_address_parse(arena, pl_buf_str(&buf), &address, &err), 0);
    pl_buf_addc(&buf, 'x');
    assert_int_equal(pl_address_parse(arena, pl_buf_str(&buf), &address, &err), -1);
    for (int i = 0; i < 8000; i++)
        pl_buf_addc(&buf, 'x');
    assert_int_equal(pl_address_parse(arena, pl_buf_str(&buf), &address, &err), -1);
    assert_string_equal(err.text, "an address longer than 8192 bytes");
    assert_int_equal(pl_field_address_parse(arena, pl_buf_str(&buf), &address, &path, &err), -1);
    assert_int_equal(pl_address_pattern_check(pl_buf_str(&buf), &err), -1);
    assert_false(pl_address_match(pl_buf_str(&buf), &address, NULL));
    pl_buf_free(&buf);
}

static void texts(void **state)
{
    static const struct {
        const char *text, *project, *location, *name, *full,
            *brief; /* with project acme, location us-central1 */
    } rows[] = {
        {"sql.instance/main", NULL, NULL, "main", "sql.instance/acme/global/main",
         "sql.instance/main"},
        {"sql.instance/global/main", NULL, "global", "main", "sql.instance/acme/global/main",
         "sql.instance/main"},
        {"sql.instance/other/global/main", "other", "global", "main",
         "sql.instance/other/global/main", "sql.instance/other/global/main"},
        {"run.service/auth", NULL, NULL, "auth", "run.service/acme/us-central1/auth",
         "run.service/auth"},
        {"run.service/europe-west1/auth", NULL, "europe-west1", "auth",
         "run.service/acme/europe-west1/auth", "run.service/europe-west1/auth"},
        {"run.service/other/us-central1/auth", "other", "us-central1", "auth",
         "run.service/other/us-central1/auth", "run.service/other/us-central1/auth"},
        {"compute.network/other-project/global/shared-vpc", "other-project", "global", "shared-vpc",
         "compute.network/other-project/global/shared-vpc",
         "compute.network/other-project/global/shared-vpc"},
        {"project.service/run.googleapis.com", NULL, NULL, "run.googleapis.com",
         "project.service/acme/global/run.googleapis.com", "project.service/run.googleapis.com"},
        {"project.service/a%2Fb%3ac%25d%2a%5B%5D", NULL, NULL, "a/b:c%d*[]",
         "project.service/acme/global/a%2Fb%3Ac%25d%2A%5B%5D",
         "project.service/a%2Fb%3Ac%25d%2A%5B%5D"},
        {"project.service/example.com%3Aproj/global/x", "example.com:proj", "global", "x",
         "project.service/example.com%3Aproj/global/x",
         "project.service/example.com%3Aproj/global/x"},
    };
    (void)state;
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct pl_address a = address_of(rows[i].text),
                          r = pl_address_resolve(&a, "acme", "us-central1"), again;
        if (rows[i].project == NULL)
            assert_null(a.project);
        else
            assert_string_equal(a.project, rows[i].project);
        if (rows[i].location == NULL)
            assert_null(a.location);
        else
            assert_string_equal(a.location, rows[i].location);
        assert_string_equal(a.names[0], rows[i].name);
        assert_string_equal(pl_address_full(arena, &r), rows[i].full);
        assert_string_equal(pl_address_short(arena, &r, "acme", "us-central1"), rows[i].brief);
        again = address_of(rows[i].full);
        assert_true(pl_address_equal(&again, &r));
        again = address_of(rows[i].brief);
        again = pl_address_resolve(&again, "acme", "us-central1");
        assert_true(pl_address_equal(&again, &r));
    }
}

static void short_without_defaults(void **state)
{
    (void)state;
    struct pl_address a = address_of("run.service/acme/us-central1/auth"),
                      unset = address_of("run.service/auth");
    assert_string_equal(pl_address_short(arena, &a, "acme", NULL), "run.service/us-central1/auth");
    assert_string_equal(pl_address_short(arena, &a, NULL, "us-central1"),
                        "run.service/acme/us-central1/auth");
    assert_string_equal(pl_address_short(arena, &unset, NULL, NULL), "run.service/auth");
    assert_string_equal(pl_address_full(arena, &unset), "run.service/-/-/auth");
    assert_false(pl_address_equal(&a, &unset));
    a = address_of("sql.instance/global/x");
    unset = address_of("sql.instance/x");
    assert_true(pl_address_equal(&a, &unset));
}

/* A domain name is absolute whether it was written so or not; other segments are what they are. */
static void domain_names_end_with_a_dot(void **state)
{
    static const char *const rows[][2] = {
        {"dns.recordSet/internal/db.example.com/A",
         "dns.recordSet/-/global/internal/db.example.com./A"},
        {"dns.recordSet/internal/db.example.com./A",
         "dns.recordSet/-/global/internal/db.example.com./A"},
        {"dns.recordSet/p/global/internal/%2A.example.com/A",
         "dns.recordSet/p/global/internal/%2A.example.com./A"},
        {"dns.recordSet/internal/./NS", "dns.recordSet/-/global/internal/./NS"},
        {"dns.managedZone/internal", "dns.managedZone/-/global/internal"},
    };
    (void)state;
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct pl_address a = address_of(rows[i][0]);
        assert_string_equal(pl_address_full(arena, &a), rows[i][1]);
    }
}

static void field_addresses(void **state)
{
    static const struct {
        const char *text, *path, *error;
    } rows[] = {
        {"sql.instance/main", "", NULL},
        {"sql.instance/main:ipAddresses[type=PRIVATE].ipAddress",
         "ipAddresses[type=PRIVATE].ipAddress", NULL},
        {"compute.firewall/allow:sourceRanges[fd00::/8]", "sourceRanges[fd00::/8]", NULL},
        {"sql.instance/main:", NULL, "'sql.instance/main:' names no field behind the ':'"},
        {"sql.instance/main:a..b", NULL,
         "bad path 'a..b' at character 3: expected a field name; other keys stand in [\"...\"]"},
        {"sql.instance/main:a[*]", NULL,
         "'sql.instance/main:a[*]' is a pattern where one field is wanted"},
        {":a", NULL, "unknown kind '' ('plumbline list' shows them)"},
        {"sql.instance:a", NULL, "sql.instance wants sql.instance/{instance}, got 'sql.instance'"},
    };
    (void)state;
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct pl_err err = {0};
        struct pl_address address;
        struct pl_path path;
        int rc = pl_field_address_parse(arena, rows[i].text, &address, &path, &err);
        if (rows[i].error != NULL) {
            assert_int_equal(rc, -1);
            assert_string_equal(err.text, rows[i].error);
        } else {
            assert_int_equal(rc, 0);
            assert_string_equal(pl_path_format(arena, &path), rows[i].path);
        }
    }
}

static void patterns(void **state)
{
    static const struct {
        const char *pattern, *address, *path;
        bool matches;
    } rows[] = {
        {"*", "run.service/p/l/auth", "a.b", true},
        {"*", "run.service/p/l/auth", "", true},
        {"run.service", "run.service/p/l/auth", "a", true},
        {"dns.recordSet/z/db.example.com/A", "dns.recordSet/z/db.example.com./A", "ttl", true},
        {"dns.recordSet/z/db.example.com./A", "dns.recordSet/z/db.example.com./A", "ttl", true},
        {"dns.recordSet/z/*.example.com/A", "dns.recordSet/z/db.example.com./A", "ttl", true},
        {"dns.recordSet/z/example.com/A", "dns.recordSet/z/db.example.com./A", "ttl", false},
        {"dns.recordSet/db.example.com/z/A", "dns.recordSet/db.example.com./z/A", "ttl", false},
        {"run.service", "sql.instance/p/global/auth", "a", false},
        {"run.*", "run.service/p/l/auth", "a", true},
        {"run.service/*", "run.service/p/l/auth", "a", true},
        {"run.service/auth", "run.service/p/l/auth", "a", true},
        {"run.service/auth", "run.service/p/l/other", "a", false},
        {"run.service/au*", "run.service/p/l/auth", "a", true},
        {"run.service/*th", "run.service/p/l/auth", "a", true},
        {"run.service/a*t*h", "run.service/p/l/auth", "a", true},
        {"run.service/*x*", "run.service/p/l/auth", "a", false},
        {"run.service/l/*", "run.service/p/l/auth", "a", true},
        {"run.service/m/*", "run.service/p/l/auth", "a", false},
        {"run.service/*/auth", "run.service/p/l/auth", "a", true},
        {"run.service/p/*/auth", "run.service/p/l/auth", "a", true},
        {"run.service/q/*/auth", "run.service/p/l/auth", "a", false},
        {"run.service/p/l/x/auth", "run.service/p/l/auth", "a", false},
        {"*/auth", "run.service/p/l/auth", "a", true},
        {"run.service/*:annotations[*]", "run.service/p/l/auth", "annotations[\"x/y\"]", true},
        {"run.service/*:annotations[*]", "run.service/p/l/auth", "annotations", false},
        {"run.service/*:annotations", "run.service/p/l/auth", "annotations[\"x/y\"]", true},
        {"run.service/auth:template", "run.service/p/l/auth", "template.timeout", true},
        {"run.service/auth:template", "run.service/p/l/auth", "", false},
        {"run.service/auth:template", "run.service/p/l/other", "template", false},
        {"run.service/auth:", "run.service/p/l/auth", "template", false},
        {"run.service/auth:a..b", "run.service/p/l/auth", "a", false},
        {"*:labels", "run.service/p/l/auth", "labels.x", true},
        {"", "run.service/p/l/auth", "", false},
        {"run.service/%2A", "run.service/p/l/%2A", "", true},
        {"run.service/%2a", "run.service/p/l/auth", "", false},
        {"run.service/a%2fb", "run.service/p/l/a%2Fb", "", true},
        {"run.service/a%", "run.service/p/l/a", "", false},
        {"run.service/***", "run.service/p/l/auth", "", true},
        {"sql.instance/global/*", "sql.instance/p/global/x", "", true},
    };
    (void)state;
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct pl_address address = address_of(rows[i].address);
        struct pl_path path;
        assert_int_equal(pl_path_parse(arena, rows[i].path, &path, NULL), 0);
        if (pl_address_match(rows[i].pattern, &address, &path) != rows[i].matches)
            fail_msg("'%s' and '%s:%s'", rows[i].pattern, rows[i].address, rows[i].path);
    }
    struct pl_address unset = address_of("run.service/auth");
    assert_true(pl_address_match("run.service/*/*/auth", &unset, NULL));
    assert_false(pl_address_match("run.service/p*/*/auth", &unset, NULL));
    assert_false(pl_address_match("run.service/auth:a", &unset, NULL));
}

static void pattern_checks(void **state)
{
    static const struct {
        const char *pattern, *error; /* NULL: right */
    } rows[] = {
        {"*", NULL},
        {"run.service", NULL},
        {"run.service/*:annotations[*]", NULL},
        {"*/auth:template.*", NULL},
        {"", "'' is no pattern: a part is empty or not percent-encoded"},
        {"run.service/", "'run.service/' is no pattern: a part is empty or not percent-encoded"},
        {"run.service/a%",
         "'run.service/a%' is no pattern: a part is empty or not percent-encoded"},
        {"run.service/a%2/b",
         "'run.service/a%2/b' is no pattern: a part is empty or not percent-encoded"},
        {"run.servise/x", "unknown kind 'run.servise', did you mean run.service?"},
        {"run.service/a/b/c/d",
         "run.service wants run.service/{service}, got 'run.service/a/b/c/d'"},
        {"run.service/*:", "'run.service/*:' names no field behind the ':'"},
        {"run.service/*:a[", "bad path 'a[' at character 3: expected ]"},
    };
    (void)state;
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct pl_err err = {0};
        int rc = pl_address_pattern_check(rows[i].pattern, &err);
        assert_int_equal(rc, rows[i].error != NULL ? -1 : 0);
        assert_string_equal(err.text, rows[i].error != NULL ? rows[i].error : "");
    }
}

/* A fixed sequence: the same cases in every run. */
static void formatted_reads_back(void **state)
{
    static const char alphabet[] = "ab-/:%*[]\x01 \xc3.";
    uint32_t random = 7;
    (void)state;
    for (int round = 0; round < 2000; round++) {
        char text[3][8];
        for (size_t k = 0; k < 3; k++) {
            size_t n = 1 + (random >> 16) % 6;
            for (size_t i = 0; i < n; i++) {
                random = random * 1664525U + 1013904223U;
                text[k][i] = alphabet[(random >> 8) % (sizeof alphabet - 1)];
            }
            text[k][n] = '\0';
        }
        const char *names[] = {text[0]};
        struct pl_address a = {pl_kind_find("run.service"), text[1], text[2], names}, again;
        again = address_of(pl_address_full(arena, &a));
        assert_true(pl_address_equal(&a, &again));
        assert_true(pl_address_match(pl_address_full(arena, &a), &a, NULL));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bad_addresses),
        cmocka_unit_test(long_addresses),
        cmocka_unit_test(texts),
        cmocka_unit_test(short_without_defaults),
        cmocka_unit_test(domain_names_end_with_a_dot),
        cmocka_unit_test(field_addresses),
        cmocka_unit_test(patterns),
        cmocka_unit_test(pattern_checks),
        cmocka_unit_test(formatted_reads_back),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
