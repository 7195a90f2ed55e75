/* test_store.c - one suite on both databases: what is recorded is found, listed, read back, let go; and both say the same.
 */
#include "history_priv.h"

#include <sys/wait.h>
#include <unistd.h>

#include "../report/report_fixture.h"
#include "plumbline/clock.h"
#include "servers.h"

static char *folder;
static struct server *postgres;
static char pg_url[256], pg_wrong[256];

/* A new store of either kind; NULL where PostgreSQL is not installed. */
static const char *sqlite_place(struct pl_arena *arena, const char *name)
{
    return pl_arena_printf(arena, "%s/%s.db", folder, name);
}

static struct pl_store *open_sqlite(struct pl_arena *arena, const char *name)
{
    struct pl_err err = {0};
    struct pl_store *s = pl_store_open(sqlite_place(arena, name), true, &err);
    if (!s)
        fail_msg("%s", err.text);
    return s;
}

static void forget_all(struct pl_store *s)
{
    struct pl_err err = {0};
    assert_int_equal(store_ask(s, s->arena, "DELETE FROM plumbline_run", NULL, 0, NULL, &err), 0);
    assert_int_equal(store_ask(s, s->arena, "DELETE FROM plumbline_told", NULL, 0, NULL, &err), 0);
}

static struct pl_store *open_pg(void)
{
    struct pl_err err = {0};
    if (!postgres)
        skip();
    struct pl_store *s = pl_store_open(pg_url, true, &err);
    if (!s)
        fail_msg("%s", err.text);
    forget_all(s);
    return s;
}

/* ---- runs ---- */

static struct pl_run *run_at(struct pl_arena *a, const char *fixture, int minute)
{
    for (size_t i = 0; i < PL_LEN(fixtures); i++)
        if (strcmp(fixtures[i].name, fixture) == 0) {
            struct pl_run *run = fixtures[i].make(a);
            run->started_at = pl_arena_printf(a, "2026-11-20T10:%02d:00Z", minute);
            run->id = pl_arena_printf(a, "%s-%08x", run->started_at, (unsigned)minute * 77);
            return run;
        }
    fail_msg("no fixture %s", fixture);
    return NULL;
}

static const struct pl_world *world_of(struct pl_arena *a, const char *project)
{
    struct pl_world_builder *b = pl_world_builder_new(a);
    pl_world_add_project(b, project);
    return pl_world_build(b);
}

static struct pl_run *record(struct pl_store *s, struct pl_arena *a, const char *series,
                             const char *fixture, int minute, struct pl_history_keep keep)
{
    struct pl_err err = {0};
    struct pl_run *run = run_at(a, fixture, minute);
    const struct pl_history_options o = {.series = series, .keep = keep, .kept = "needs"};
    if (pl_history_record(s, run, world_of(a, "acme"), &o, &err) < 0)
        fail_msg("%s", err.text);
    return run;
}

static size_t count(struct pl_store *s, struct pl_arena *a, const char *series, int64_t since,
                    size_t most)
{
    struct pl_err err = {0};
    const struct pl_history_row *rows;
    size_t n = 99;
    const struct pl_history_filter f = {.series = series, .since_ns = since, .most = most};
    assert_int_equal(pl_history_list(s, a, &f, &rows, &n, &err), 0);
    return n;
}

/* ---- the suite ---- */

static void check_find(struct pl_store *s, struct pl_arena *a)
{
    static const struct {
        const char *name, *series, *id, *error;
    } rows[] = {
        {"latest", NULL, "2026-11-20T10:04:00Z-00000134", NULL},
        {"latest~1", NULL, "2026-11-20T10:03:00Z-000000e7", NULL},
        {"latest", "a", "2026-11-20T10:03:00Z-000000e7", NULL},
        {"2026-11-20T10:02", NULL, "2026-11-20T10:02:00Z-0000009a", NULL},
        {"2026-11-20T10:02:00Z-0000009a", "a", "2026-11-20T10:02:00Z-0000009a", NULL},
        {"latest~4", NULL, NULL, "no run 'latest~4' is stored in "},
        {"latest~x", NULL, NULL, "no run 'latest~x' is stored in "},
        {"2027", NULL, NULL, "no run '2027' is stored in "},
        {"%", NULL, NULL, "no run '%' is stored in "},
        {"'", NULL, NULL, "no run ''' is stored in "},
        {"2026", NULL, NULL, "'2026' is the beginning of several runs: "},
    };
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct pl_err err = {0};
        struct pl_history_row row;
        ROW("%s", rows[i].name);
        int status = pl_history_find(s, a, rows[i].name, rows[i].series, &row, &err);
        assert_int_equal(status, rows[i].id ? 0 : -1);
        if (rows[i].id)
            assert_string_equal(row.id, rows[i].id);
        else
            assert_ptr_equal(strstr(err.text, rows[i].error), err.text);
    }
}

static void check_read_back(struct pl_store *s, struct pl_arena *a, const struct pl_run *last)
{
    struct pl_err err = {0};
    struct pl_history_row row;
    struct pl_buf one = {0}, two = {0};
    const struct pl_report_style style = {0};
    size_t len = 0;
    assert_int_equal(pl_history_find(s, a, last->id, NULL, &row, &err), 0);
    assert_string_equal(row.kept, "needs");
    assert_int_equal(row.failing, 1);
    struct pl_run *run = pl_history_run(s, a, &row, &err);
    if (!run)
        fail_msg("%s", err.text);
    pl_report_find("json")->write(&one, last, &style);
    pl_report_find("json")->write(&two, run, &style);
    assert_string_equal(pl_buf_str(&one), pl_buf_str(&two));
    pl_buf_free(&one);
    pl_buf_free(&two);
    const char *text = pl_history_snapshot(s, a, &row, &len, &err);
    assert_non_null(text);
    assert_non_null(strstr(text, "\"projects\":[\"acme\"]"));
}

static void check_keep(struct pl_store *s, struct pl_arena *a)
{
    pl_clock_freeze_wall(INT64_C(1795169100) * 1000000000); /* 2026-11-20T10:05:00Z */
    (void)record(s, a, "a", "clean", 5, (struct pl_history_keep){.runs = 2});
    assert_int_equal(count(s, a, "a", 0, 0), 2);
    assert_int_equal(count(s, a, "b", 0, 0), 1); /* another series keeps its own */
    (void)record(s, a, "a", "clean", 5,
                 (struct pl_history_keep){.for_ns = INT64_C(90) * 1000000000});
    assert_int_equal(count(s, a, "a", 0, 0), 1);
    pl_clock_freeze_wall(-1);
}

static void check_told(struct pl_store *s, struct pl_arena *a)
{
    struct pl_err err = {0};
    struct pl_told told;
    const struct pl_told_finding f = {
        .name = "n", .label = "l", .id = "i", .text = "\xc3\xa9 \xff"};
    assert_int_equal(pl_history_told(s, a, "a", "t", &told, &err), 0);
    assert_int_equal(told.n, 0);
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(
            pl_history_set_told(s, "a", "t", &(struct pl_told){.findings = &f, .n = i}, &err), 0);
    assert_int_equal(pl_history_told(s, a, "a", "t", &told, &err), 0);
    assert_int_equal(told.n, 1);
    assert_string_equal(told.findings[0].text, f.text);
    assert_int_equal(pl_history_told(s, a, "b", "t", &told, &err), 0);
    assert_int_equal(told.n, 0);
}

static void check_suite(struct pl_store *s, struct pl_arena *a)
{
    const struct pl_history_keep all = {0};
    struct pl_run *first = record(s, a, "a", "drift", 1, all);
    assert_null(first->past->previous);
    struct pl_run *second = record(s, a, "a", "drift", 2, all);
    assert_string_equal(second->past->previous, first->id);
    assert_int_equal(pl_past_count(second->past, PL_PAST_ONGOING), 4);
    assert_int_equal(second->past->n_trend, 1);
    struct pl_run *third = record(s, a, "a", "night", 3, all);
    struct pl_run *other = record(s, a, "b", "drift", 4, all);
    assert_null(other->past->previous);
    assert_int_equal(count(s, a, NULL, 0, 0), 4);
    assert_int_equal(count(s, a, "a", 0, 2), 2);
    assert_int_equal(count(s, a, NULL, INT64_C(1795168980) * 1000000000, 0), 2);
    check_find(s, a);
    /* The same id again takes the place of the first. */
    third = record(s, a, "a", "slow", 3, all);
    assert_int_equal(count(s, a, NULL, 0, 0), 4);
    check_read_back(s, a, third);
    (void)record(s, a, "b", "drift", 4, all);
    check_keep(s, a);
    check_told(s, a);
}

static void test_sqlite(void **state)
{
    struct pl_store *s = open_sqlite(*state, "suite");
    check_suite(s, *state);
    pl_store_close(s);
}

static void test_postgres(void **state)
{
    struct pl_store *s = open_pg();
    check_suite(s, *state);
    pl_store_close(s);
}

/* ---- both say the same ---- */

static char *all_of(struct pl_store *s, struct pl_arena *a)
{
    static const char *const nights[] = {"drift",      "night", "puzzles",
                                         "incomplete", "clean", "night"};
    struct pl_err err = {0};
    struct pl_buf out = {0};
    for (size_t i = 0; i < PL_LEN(nights); i++)
        (void)record(s, a, "a", nights[i], (int)i, (struct pl_history_keep){0});
    const struct pl_history_row *rows;
    size_t n = 0;
    assert_int_equal(pl_history_list(s, a, &(struct pl_history_filter){0}, &rows, &n, &err), 0);
    for (size_t i = 0; i < n; i++) {
        struct pl_run *run = pl_history_run(s, a, &rows[i], &err);
        assert_non_null(run);
        pl_buf_addf(&out, "%s %s %s %s %d %d %d %d\n", rows[i].id, rows[i].series, rows[i].verdict,
                    rows[i].reason, rows[i].exit_status, rows[i].failing, rows[i].drift,
                    rows[i].unknown);
        pl_report_past_json(&out, run->past);
    }
    return pl_buf_take(&out, a);
}

static void test_same(void **state)
{
    struct pl_store *pg = open_pg(), *lite = open_sqlite(*state, "same");
    assert_string_equal(all_of(pg, *state), all_of(lite, *state));
    pl_store_close(pg);
    pl_store_close(lite);
}

/* ---- eight at once ---- */

static void record_some(const char *where, int writer)
{
    struct pl_arena *a = pl_arena_new();
    struct pl_err err = {0};
    struct pl_store *s = pl_store_open(where, true, &err);
    for (int i = 0; s && i < 3; i++) {
        struct pl_run *run = run_at(a, "night", writer * 3 + i);
        const struct pl_history_options o = {.series = "eight"};
        if (pl_history_record(s, run, world_of(a, "acme"), &o, &err) < 0)
            break;
    }
    if (*err.text)
        print_message("writer %d: %s\n", writer, err.text);
    pl_store_close(s);
    pl_arena_free(a);
    _exit(*err.text ? 1 : 0);
}

/* Each of the 24 has all earlier ones before it: nothing was recorded beside another's back. */
static void check_eight(struct pl_arena *a, const char *where)
{
    struct pl_err err = {0};
    for (int i = 0; i < 8; i++)
        if (fork() == 0)
            record_some(where, i);
    for (int i = 0; i < 8; i++) {
        int status = 1;
        assert_true(wait(&status) > 0);
        assert_int_equal(status, 0);
    }
    struct pl_store *s = pl_store_open(where, false, &err);
    const struct pl_history_row *rows;
    size_t n = 0;
    const struct pl_history_filter f = {.series = "eight"};
    assert_non_null(s);
    assert_int_equal(pl_history_list(s, a, &f, &rows, &n, &err), 0);
    assert_int_equal(n, 24);
    for (size_t i = 0; i < n; i++) {
        struct pl_run *run = pl_history_run(s, a, &rows[i], &err);
        assert_non_null(run);
        assert_int_equal(run->past->n_trend, i);
        assert_int_equal(run->past->findings[0].runs, i + 1);
    }
    pl_store_close(s);
}

static void test_eight_sqlite(void **state)
{
    check_eight(*state, sqlite_place(*state, "eight"));
}

static void test_eight_postgres(void **state)
{
    pl_store_close(open_pg());
    check_eight(*state, pg_url);
}

/* ---- what is refused ---- */

static void set_version(struct pl_store *s, const char *sql)
{
    struct pl_err err = {0};
    assert_int_equal(store_ask(s, s->arena, sql, NULL, 0, NULL, &err), 0);
    pl_store_close(s);
}

static void test_newer(void **state)
{
    struct pl_err err = {0};
    const char *where = sqlite_place(*state, "newer");
    set_version(open_sqlite(*state, "newer"),
                "INSERT INTO plumbline_migration VALUES (2, 'later')");
    assert_null(pl_store_open(where, true, &err));
    assert_string_equal(
        err.text, pl_arena_printf(*state,
                                  "store %s has tables of version 2, and this plumbline knows "
                                  "1: a newer one wrote it, use that",
                                  where));
    struct pl_store *pg = open_pg();
    set_version(pg, "INSERT INTO plumbline_migration VALUES (2, 'later')");
    assert_null(pl_store_open(pg_url, true, &err));
    assert_non_null(strstr(err.text, "has tables of version 2, and this plumbline knows 1"));
    /* Back, for whoever comes next: by its own connection, as this program refuses it. */
    void *db = pl_pg_driver.open(pg_url, false, &err);
    assert_int_equal(pl_pg_driver.run(db, *state,
                                      "DELETE FROM plumbline_migration WHERE version = 2", NULL, 0,
                                      NULL, &err),
                     0);
    pl_pg_driver.close(db);
}

/* A password is in no error, whatever is wrong. */
static void test_password(void **state)
{
    struct pl_err err = {0};
    assert_null(pl_store_open("postgresql://u:pAssw@rd%zz@127.0.0.1/x", true, &err));
    assert_string_equal(err.text,
                        "the store's postgresql:// URL cannot be read; special characters "
                        "in a password are written as %XX");
    assert_null(pl_store_open("postgresql://u:pAssword@127.0.0.1:1/x?sslmode=disable", true, &err));
    assert_ptr_equal(strstr(err.text, "store postgresql://127.0.0.1:1/x: "), err.text);
    assert_null(strstr(err.text, "pAssword"));
    assert_string_equal(pl_store_name(*state, "postgres://u:p@w@h:5/db?password=x"),
                        "postgresql://h:5/db");
    if (!postgres)
        skip();
    assert_null(pl_store_open(pg_wrong, true, &err));
    assert_non_null(strstr(err.text, "password authentication failed"));
    assert_null(strstr(err.text, "wRong-password"));
}

/* A document that was damaged is told, and keeps nobody from recording. */
static void test_damaged(void **state)
{
    struct pl_err err = {0};
    struct pl_history_row row;
    struct pl_store *s = open_sqlite(*state, "damaged");
    (void)record(s, *state, "a", "drift", 1, (struct pl_history_keep){0});
    assert_int_equal(store_ask(s, s->arena,
                               "UPDATE plumbline_run SET document = X'504C5A31FF', past = X'00'",
                               NULL, 0, NULL, &err),
                     0);
    assert_int_equal(pl_history_find(s, *state, "latest", NULL, &row, &err), 0);
    assert_null(pl_history_run(s, *state, &row, &err));
    assert_string_equal(
        err.text, pl_arena_printf(
                      *state, "run 2026-11-20T10:01:00Z-0000004d: store %s: the report is damaged",
                      sqlite_place(*state, "damaged")));
    struct pl_run *next = record(s, *state, "a", "drift", 2, (struct pl_history_keep){0});
    assert_null(next->past->previous);
    pl_store_close(s);
}

/* A run that cannot be recorded takes nothing with it: not even the one whose place it would have taken. */
static void test_rolled_back(void **state)
{
    struct pl_err err = {0};
    struct pl_store *s = open_sqlite(*state, "rolled-back");
    struct pl_run *run = record(s, *state, "a", "drift", 1, (struct pl_history_keep){0});
    const struct pl_history_options o = {.series = "a"};
    assert_int_equal(store_ask(s, s->arena,
                               "CREATE TRIGGER no BEFORE INSERT ON plumbline_run BEGIN SELECT "
                               "RAISE(ABORT, 'no more'); END",
                               NULL, 0, NULL, &err),
                     0);
    assert_int_equal(pl_history_record(s, run, NULL, &o, &err), -1);
    assert_string_equal(err.text, pl_arena_printf(*state, "store %s: no more",
                                                  sqlite_place(*state, "rolled-back")));
    assert_null(run->past);
    assert_int_equal(count(s, *state, "a", 0, 0), 1);
    pl_store_close(s);
}

/* ---- */

static int setup(void **state)
{
    (void)state;
    folder = harness_temp_dir();
    postgres = server_start("postgres", (const struct server_file[]){{NULL, NULL}});
    if (postgres) {
        snprintf(pg_url, sizeof(pg_url), "postgresql://postgres:%s@127.0.0.1:%d/postgres",
                 server_password(postgres), server_port(postgres, "PORT"));
        snprintf(pg_wrong, sizeof(pg_wrong),
                 "postgresql://postgres:wRong-password@127.0.0.1:%d/postgres",
                 server_port(postgres, "PORT"));
    }
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    server_stop(postgres);
    harness_remove(folder);
    return 0;
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, harness_arena, harness_arena_free)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_sqlite),       TEST(test_postgres),       TEST(test_same),
        TEST(test_eight_sqlite), TEST(test_eight_postgres), TEST(test_newer),
        TEST(test_password),     TEST(test_damaged),        TEST(test_rolled_back),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
