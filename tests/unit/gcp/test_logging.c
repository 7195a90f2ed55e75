/* test_logging.c - log entries read from plumbline-sim: all pages of them, and what may not be read.
 */
#include "log_estate.h"
#include "loopback.h"

/* ---- entries ---- */

struct counted {
    size_t n, limit;
    char first[64];
};

static bool count(void *arg, const struct pl_value *entry)
{
    struct counted *c = arg;

    if (c->n++ == 0)
        snprintf(c->first, sizeof c->first, "%s", pl_value_member_text(entry, "timestamp"));
    return c->limit == 0 || c->n < c->limit;
}

static struct pl_gcp_log_outcome read_one(struct pl_arena *arena, const struct child *child,
                                          const char *filter, size_t max, struct counted *c)
{
    struct pl_gcp_log_query query = {
        .project = PROJECT, .filter = filter, .max_entries = max, .entry = count, .arg = c};
    struct pl_gcp_options options = sim_options(arena, child);
    struct pl_gcp_log_outcome outcome;
    struct pl_err err = {0};
    struct pl_loop *loop = pl_loop_new(&err);

    assert_int_equal(pl_gcp_read_logs(arena, loop, &options, &query, 1, &outcome, &err), 0);
    pl_loop_free(loop);
    return outcome;
}

static void pages_and_filters(void **state)
{
    static const struct {
        const char *filter;
        size_t max, limit, n;
        bool truncated;
        const char *first;
    } rows[] = {
        {"severity>=ERROR AND resource.type=\"cloud_run_revision\"", 99, 0, 4, false,
         "2026-11-20T09:57:00Z"},
        {"severity>=ERROR AND resource.labels.service_name=(\"auth\" OR \"api\") AND "
         "timestamp>=\"2026-11-20T09:00:00Z\"",
         99, 0, 2, false, "2026-11-20T09:55:00Z"},
        {"timestamp>=\"2026-11-20T00:00:00Z\" NOT severity=NOTICE", 99, 0, 7, false,
         "2026-11-20T09:57:00Z"},
        {"insertId=\"none\"", 99, 0, 0, false, ""},
        {"", 3, 0, 3, true, "2026-11-20T09:57:00Z"},
        {"", 99, 2, 2, false, "2026-11-20T09:57:00Z"},
    };
    static const char *const sizes[] = {NULL, "1", "2"};

    for (size_t s = 0; s < PL_LEN(sizes); s++) {
        struct child child;

        start(&child, "", sizes[s]);
        for (size_t i = 0; i < PL_LEN(rows); i++) {
            struct counted c = {.limit = rows[i].limit};
            struct pl_gcp_log_outcome o = read_one(*state, &child, rows[i].filter, rows[i].max, &c);

            ROW("pages of %s: %s", sizes[s] ? sizes[s] : "any", rows[i].filter);
            assert_null(o.reason);
            assert_int_equal(c.n, rows[i].n);
            assert_int_equal(o.truncated, rows[i].truncated);
            assert_string_equal(c.first, rows[i].first);
        }
        stop(&child);
    }
}

/* One answer of Logging's, whatever is asked. */
static struct pl_gcp_log_outcome read_answer(struct pl_arena *arena, const char *body,
                                             struct counted *c)
{
    const struct loopback_script script = {
        .answer = pl_arena_printf(arena,
                                  "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                                  "Content-Length: %zu\r\n\r\n%s",
                                  strlen(body), body)};
    struct loopback *server = loopback_start(&script);
    const struct child child = {.port = (uint16_t)loopback_port(server)};
    struct pl_gcp_log_outcome outcome;

    assert_int_equal(setenv("CLOUDSDK_AUTH_ACCESS_TOKEN", TOKEN, 1), 0);
    outcome = read_one(arena, &child, "", 99, c);
    loopback_stop(server);
    return outcome;
}

/* What cannot be read is never taken for the end of what there is. */
static void answers_of_another_shape(void **state)
{
    static const struct {
        const char *body, *detail;
    } rows[] = {
        {"{\"entries\": {}}", "the list of entries is no list"},
        {"{\"entries\": [{}, 1]}", "an entry is no object"},
        {"{\"entries\": [{}], \"nextPageToken\": 7}",
         "the page token is no text: what follows cannot be read"},
        {"{\"entries\": [{}], \"nextPageToken\": null}", NULL},
        {"{}", NULL},
    };

    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct counted c = {0};
        struct pl_gcp_log_outcome o = read_answer(*state, rows[i].body, &c);

        ROW("%s", rows[i].body);
        assert_int_equal(o.reason != NULL, rows[i].detail != NULL);
        if (rows[i].detail != NULL)
            assert_string_equal(o.detail, rows[i].detail);
    }
}

static void what_google_refuses(void **state)
{
    static const struct {
        const char *filter, *detail;
    } rows[] = {
        {"timestamp>=\"2026-11-20", "unterminated string"},
        {"(severity=ERROR", "a closing parenthesis is missing"},
        {"severity>=LOUD", "no such severity"},
        {"severity ERROR", "a comparison is missing its operator"},
    };
    struct child child;

    start(&child, "", NULL);
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct counted c = {0};
        struct pl_gcp_log_outcome o = read_one(*state, &child, rows[i].filter, 9, &c);

        ROW("%s", rows[i].filter);
        assert_non_null(o.reason);
        assert_non_null(strstr(o.detail, rows[i].detail));
        assert_int_equal(c.n, 0);
    }
    stop(&child);
}

static void not_permitted(void **state)
{
    struct child child;
    struct counted c = {0};

    start(&child,
          "{\"unobserved\": \"log.entry\", \"scope\": \"projects/acme-staging\", \"reason\": "
          "\"permission_denied\"}\n",
          NULL);
    struct pl_gcp_log_outcome o = read_one(*state, &child, "", 9, &c);
    assert_string_equal(o.reason, "permission_denied");
    assert_string_equal(o.permission, "logging.logEntries.list");
    assert_non_null(strstr(o.remedy, "roles/logging.viewer"));
    assert_int_equal(c.n, 0);
    stop(&child);
}

/* The run has its answers already: that nobody may ask about them is one more of them, and no end. */
static void no_token(void **state)
{
    struct child child;
    struct counted c = {0};
    struct pl_gcp_log_outcome o;

    start(&child, "", NULL);
    no_credentials();
    (void)setenv("GCE_METADATA_HOST", pl_arena_printf(*state, "127.0.0.1:%u", child.port + 0), 1);
    child_end(&child, 0);
    pl_clock_freeze_wall(-1);
    o = read_one(*state, &child, "", 9, &c);
    assert_string_equal(o.reason, "auth");
    assert_non_null(strstr(o.detail, "GCE_METADATA_HOST=127.0.0.1:"));
    assert_string_equal(o.remedy, "has this machine a service account?");
    assert_int_equal(c.n, 0);
    no_credentials();
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, harness_arena, harness_arena_free)
    const struct CMUnitTest tests[] = {
        TEST(pages_and_filters),
        TEST(answers_of_another_shape),
        TEST(what_google_refuses),
        TEST(not_permitted),
        TEST(no_token),
    };

    no_credentials();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
