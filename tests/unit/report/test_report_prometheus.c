/* test_report_prometheus.c - the text format 0.0.4: golden files, and a strict reader of its grammar. */
#include <ctype.h>
#include <stdlib.h>

#include "plumbline/map.h"
#include "report_fixture.h"
#include "report_golden.h"

static char *written(struct pl_arena *a, const struct pl_run *run)
{
    return written_as(a, "prometheus", run);
}

static void golden(void **state)
{
    static const char *const names[] = {"night", "slow", "hostile", "empty"};
    check_goldens(*state, "prometheus", "prom", names, PL_LEN(names));
}

static size_t name_len(const char *s)
{
    size_t n = 0;
    while (isalnum((unsigned char)s[n]) || s[n] == '_')
        n++;
    return n;
}

/* `{name="value",...}`; what follows. */
static const char *labels(const char *s)
{
    do {
        size_t n = name_len(++s);
        assert_true(n > 0 && s[n] == '=' && s[n + 1] == '"');
        for (s += n + 2; *s != '"'; s += *s == '\\' ? 2 : 1) {
            assert_true((unsigned char)*s >= 0x20);
            if (*s == '\\')
                assert_true(s[1] == '\\' || s[1] == '"' || s[1] == 'n');
        }
        s++;
    } while (*s == ',');
    assert_int_equal(*s, '}');
    return s + 1;
}

/* HELP, TYPE, then the metric's series, in one place; no series twice; a plain number, no time stamp. */
static void follows_the_grammar(void **state)
{
    struct pl_arena *a = *state;
    for (size_t i = 0; i < PL_LEN(fixtures); i++) {
        struct pl_map seen;
        const char *metric = "";
        size_t metric_len = 0;
        pl_map_init(&seen, a);
        ROW("%s", fixtures[i].name);
        for (const char *line = written(a, fixtures[i].make(a)); *line;) {
            size_t len = strcspn(line, "\n");
            const char *key = pl_arena_strndup(a, line, len);
            line += len + 1;
            if (strncmp(key, "# HELP ", 7) == 0) {
                metric = key + 7;
                metric_len = name_len(metric);
                assert_int_equal(metric[metric_len], ' ');
                assert_null(pl_map_get(&seen, pl_arena_strndup(a, metric, metric_len)));
                pl_map_put(&seen, pl_arena_strndup(a, metric, metric_len), &seen);
                continue;
            }
            if (strncmp(key, "# TYPE ", 7) == 0) {
                assert_memory_equal(key + 7, metric, metric_len);
                assert_string_equal(key + 7 + metric_len, " gauge");
                continue;
            }
            assert_memory_equal(key, metric, metric_len);
            const char *rest = key + metric_len;
            if (*rest == '{')
                rest = labels(rest);
            const char *series = pl_arena_strndup(a, key, (size_t)(rest - key));
            char *end = NULL;
            assert_int_equal(*rest, ' ');
            (void)strtod(rest + 1, &end);
            assert_true(end > rest + 1 && *end == '\0');
            if (strchr(series, '{'))
                assert_null(pl_map_get(&seen, series));
            pl_map_put(&seen, series, &seen);
        }
    }
}

static void an_error_has_no_metrics_of_what_it_did_not_judge(void **state)
{
    struct pl_arena *a = *state;
    struct pl_run run = *run_night(a);
    run.verdict = PL_VERDICT_ERROR;
    run.exit_status = 1;
    const char *text = written(a, &run);
    assert_non_null(strstr(text, "\nplumbline_exit_status 1\n"));
    assert_non_null(strstr(text, "\nplumbline_verdict{verdict=\"error\"} 1\n"));
    assert_null(strstr(text, "plumbline_drift"));
    assert_null(strstr(text, "plumbline_connection"));
}

#define IN_ARENA(test) cmocka_unit_test_setup_teardown(test, harness_arena, harness_arena_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_ARENA(golden),
        IN_ARENA(follows_the_grammar),
        IN_ARENA(an_error_has_no_metrics_of_what_it_did_not_judge),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
