/* test_shape.c - a run as one text and back: no member is forgotten, every writer writes the same bytes, broken texts are refused.
 */
#include "history_priv.h"

#include "../report/report_fixture.h"

/* ---- no member is forgotten ---- */

enum { WORD = 8 };

/* Marks bytes of the struct as told of. */
static void cover(bool *told, size_t size, size_t at, size_t n, const char *where)
{
    for (size_t i = at; i < at + n; i++) {
        if (i >= size || told[i])
            fail_msg("%s: byte %zu is told twice, or beyond the struct", where, i);
        told[i] = true;
    }
}

/* What no row names is padding: less than a word, and it ends at a multiple of four. */
static void check_gaps(const struct shape *s, const bool *told)
{
    for (size_t i = 0; i < s->size;) {
        size_t from = i;
        while (i < s->size && !told[i])
            i++;
        if (i - from >= WORD || (i > from && i % 4 != 0))
            fail_msg(
                "struct of shape '%s': no row for the member at byte %zu (after '%s'): add it to "
                "src/history/shape_run.c, or a stored run loses it",
                s->name, from, s->members[s->n - 1].name);
        i++;
    }
}

static void test_every_member(void **state)
{
    (void)state;
    for (size_t i = 0; pl_shapes[i]; i++) {
        const struct shape *s = pl_shapes[i];
        bool told[2048] = {false};
        assert_true(s->size <= sizeof(told));
        for (size_t j = 0; j < s->n; j++) {
            const struct shape_member *m = &s->members[j];
            char where[128];
            snprintf(where, sizeof(where), "%s.%s", s->name, m->name);
            cover(told, s->size, m->at, m->size, where);
            if (m->what == SHAPE_TEXTS || m->what == SHAPE_REALS || m->what == SHAPE_LIST ||
                m->what == SHAPE_REFS)
                cover(told, s->size, m->count_at, sizeof(size_t), where);
        }
        if (!s->partial)
            check_gaps(s, told);
    }
}

/* ---- the same bytes ---- */

static struct pl_run *again(struct pl_arena *arena, const struct pl_run *run)
{
    struct pl_err err = {0};
    struct pl_buf b = {0};
    pl_run_write(&b, run);
    struct pl_run *copy = pl_run_read(arena, pl_buf_str(&b), b.len, &err);
    if (!copy)
        fail_msg("%s", err.text);
    struct pl_buf twice = {0};
    pl_run_write(&twice, copy);
    assert_string_equal(pl_buf_str(&b), pl_buf_str(&twice));
    pl_buf_free(&b);
    pl_buf_free(&twice);
    return copy;
}

static void same_reports(const struct pl_run *a, const struct pl_run *b)
{
    static const struct pl_report_style styles[] = {
        {.width = 100}, {.color = true, .width = 60, .verbose = 1}, {.verbose = -1}};
    for (size_t i = 0; i < pl_report_writers_len * PL_LEN(styles); i++) {
        const struct pl_report_writer *w = &pl_report_writers[i / PL_LEN(styles)];
        struct pl_buf one = {0}, two = {0};
        w->write(&one, a, &styles[i % PL_LEN(styles)]);
        w->write(&two, b, &styles[i % PL_LEN(styles)]);
        ROW("%s", w->name);
        assert_string_equal(pl_buf_str(&one), pl_buf_str(&two));
        pl_buf_free(&one);
        pl_buf_free(&two);
    }
}

static void test_same_bytes(void **state)
{
    for (size_t i = 0; i < PL_LEN(fixtures); i++) {
        struct pl_run *run = fixtures[i].make(*state);
        ROW("%s", fixtures[i].name);
        same_reports(run, again(*state, run));
    }
}

/* What two places point to is one thing again: writers compare pointers. */
static void test_identity(void **state)
{
    struct pl_run *run = run_night(*state), *copy = again(*state, run);
    size_t shared = 0;
    assert_int_equal(run->n_drift, copy->n_drift);
    for (size_t i = 0; i < run->n_connections; i++) {
        const struct pl_explanation *a = &run->connections[i].explanation,
                                    *b = &copy->connections[i].explanation;
        for (size_t j = 0; j < a->n_causes; j++)
            for (size_t k = 0; k < run->n_drift; k++) {
                assert_int_equal(a->causes[j].drifts[0] == run->drift[k],
                                 b->causes[j].drifts[0] == copy->drift[k]);
                shared += b->causes[j].drifts[0] == copy->drift[k];
            }
    }
    assert_true(shared > 0);
}

/* Texts with every byte, a value that nobody knows, numbers at their ends. */
static void test_odd_values(void **state)
{
    struct pl_run *run = run_drift(*state);
    struct pl_drift *d = (struct pl_drift *)(uintptr_t)run->drift[0];
    char bytes[256];
    for (int i = 1; i < 256; i++)
        bytes[i - 1] = (char)i;
    bytes[255] = '\0';
    d->unit = bytes;
    d->expected = pl_value_unknown();
    d->observed = pl_value_null();
    d->leaves = INT64_MAX;
    run->reason = "\xc3\xa9 \xff \xe2\x80\xae";
    struct pl_run *copy = again(*state, run);
    assert_string_equal(copy->drift[0]->unit, bytes);
    assert_string_equal(copy->reason, run->reason);
    assert_int_equal(copy->drift[0]->expected->type, PL_UNKNOWN);
    assert_int_equal(copy->drift[0]->observed->type, PL_NULL);
    assert_int_equal(copy->drift[0]->leaves, INT64_MAX);
    same_reports(run, copy);
}

/* ---- broken texts ---- */

static void test_refused(void **state)
{
    static const struct {
        const char *text, *error;
    } rows[] = {
        {"{}", "it is no run of plumbline's"},
        {"[]", "it is no run of plumbline's"},
        {"{\"plumbline_run\":\"2.0\",\"run\":{}}",
         "it has the form 2.0, and this plumbline knows 1: a newer one wrote it"},
        {"{\"plumbline_run\":\"1.0\"}", "run: an object is wanted"},
        {"{\"plumbline_run\":\"1.0\",\"run\":{}}", "run.id is missing"},
        {"{\"plumbline_run\":\"1.0\",\"run\":{\"id\":1}}", "run.id: a text is wanted"},
        {"{\"plumbline_run\":\"1.0\",\"run\":{\"id\":\"a\",\"command\":\"audit\",\"started_at\":"
         "\"b\",\"version\":\"1\",\"fail_on\":\"worst\"}}",
         "run.fail_on: a known word is wanted"},
        {"{\"plumbline_run\":\"1.0\",\"run\":{\"id\":\"a\",\"command\":\"audit\",\"started_at\":"
         "\"b\",\"version\":\"1\",\"coverage\":{\"declared\":-1}}}",
         "run.coverage: coverage.declared: an integer is wanted"},
        {"{\"plumbline_run\":\"1.0\",\"run\":{\"id\":\"a\",\"command\":\"audit\",\"started_at\":"
         "\"b\",\"version\":\"1\",\"coverage\":{},\"drift\":[7]}}",
         "run.drift: [0]: a reference to what stands before it is wanted"},
        {"{\"plumbline_run\":\"1.0\",\"run\":{\"id\":\"a\",\"command\":\"audit\",\"started_at\":"
         "\"b\",\"version\":\"1\",\"coverage\":{},\"unobserved\":[{\"kind\":\"x.y\"}]}}",
         "run.unobserved: [0]: unobserved.kind: the kind 'x.y' is not known to this version"},
    };
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct pl_err err = {0};
        ROW("%s", rows[i].text);
        assert_null(pl_run_read(*state, rows[i].text, strlen(rows[i].text), &err));
        assert_string_equal(err.text, rows[i].error);
    }
}

/* A member of a later minor version is left out; a cause that this program does not know keeps its name. */
static void test_other_versions(void **state)
{
    static const char text[] =
        "{\"plumbline_run\":\"1.9\",\"later\":1,\"run\":{\"id\":\"a\",\"command\":\"audit\","
        "\"started_at\":\"b\",\"version\":\"9\",\"later\":{},\"coverage\":{},\"connections\":[{"
        "\"connection\":{\"name\":\"c\",\"from\":{\"text\":\"here\"},\"to\":{\"text\":\"x:1\"},"
        "\"probe\":{},\"budget\":{}},\"symptom\":{},\"hops\":[{\"hop\":\"h\",\"cause\":\"NEW_ONE\"}"
        "]"
        ",\"explanation\":{}}]}}";
    struct pl_err err = {0};
    struct pl_run *run = pl_run_read(*state, text, strlen(text), &err);
    if (!run)
        fail_msg("%s", err.text);
    assert_string_equal(run->connections[0].hops[0].cause->name, "NEW_ONE");
    struct pl_buf b = {0};
    pl_report_find("json")->write(&b, run, &(struct pl_report_style){0});
    assert_non_null(strstr(pl_buf_str(&b), "\"cause\": \"NEW_ONE\""));
    pl_buf_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_member),
        cmocka_unit_test_setup_teardown(test_same_bytes, harness_arena, harness_arena_free),
        cmocka_unit_test_setup_teardown(test_identity, harness_arena, harness_arena_free),
        cmocka_unit_test_setup_teardown(test_odd_values, harness_arena, harness_arena_free),
        cmocka_unit_test_setup_teardown(test_refused, harness_arena, harness_arena_free),
        cmocka_unit_test_setup_teardown(test_other_versions, harness_arena, harness_arena_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
