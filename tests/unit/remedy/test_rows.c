/* test_rows.c - every row of the table of remedies, reached by drift of its own: the exact commands, and that no row is without one.
 *
 * UPDATE_GOLDEN=1 writes tests/golden/remedy: read the difference before it is committed.
 */
#include "remedies.h"

#include <stdlib.h>

#include "remedy_priv.h"

static void line(struct pl_buf *b, const char *label, const char *text)
{
    if (text)
        pl_buf_addf(b, "    %-9s %s\n", label, text);
}

static void print_remedy(struct pl_buf *b, const struct pl_remedy *r)
{
    line(b, "do", r->command);
    line(b, "undo", r->rollback);
    line(b, "look", r->precheck);
    line(b, "before", r->before);
    if (r->verify != r->precheck)
        line(b, "verify", r->verify);
    line(b, "behind", r->prints);
    line(b, "risk", r->risk);
    line(b, r->by_terraform ? "in code!" : "in code", r->terraform);
    pl_buf_addf(b, "    %-9s %d\n", "order", r->order);
}

static const char *print_family(struct pl_arena *arena, const char *family)
{
    struct pl_buf b = {0};
    struct reader r = open_family(arena, family, "word");
    struct fixture f;
    while (next_fixture(&r, &f)) {
        pl_buf_addf(&b, "%s %s\n", r.address.kind->name, f.line);
        if (f.n == 0)
            fail_msg("%s: no drift comes of it", f.line);
        for (size_t i = 0; i < f.n; i++) {
            pl_buf_addf(&b, "  %s\n", f.drift[i]->field);
            assert_true(f.drift[i]->n_remedies > 0);
            for (size_t j = 0; j < f.drift[i]->n_remedies; j++)
                print_remedy(&b, &f.drift[i]->remedies[j]);
        }
    }
    return pl_buf_take(&b, arena);
}

static void golden(void **state)
{
    bool same = true;
    for (size_t i = 0; i < PL_LEN(families); i++) {
        const char *path = pl_arena_printf(*state, "tests/golden/remedy/%s.txt", families[i]);
        const char *have = print_family(*state, families[i]);
        if (getenv("UPDATE_GOLDEN")) {
            harness_write(path, have);
            continue;
        }
        if (strcmp(have, harness_read(*state, path, NULL)) != 0) {
            const char *mine =
                pl_arena_printf(*state, "%s/%s.txt", harness_temp_dir(), families[i]);
            harness_write(mine, have);
            print_error("%s is not what comes out now: diff %s %s\n", path, path, mine);
            same = false;
        }
    }
    assert_true(same);
}

/* ---- no row without drift that reaches it ---- */

enum { MAX_ROWS = 100, MAX_KINDS = 64 };

struct reached {
    const struct pl_remedy_kind *kind;
    bool rows[MAX_ROWS], created, deleted;
};

static struct reached *reached_of(struct reached *list, const struct pl_remedy_kind *kind)
{
    size_t i = 0;
    while (list[i].kind && list[i].kind != kind)
        i++;
    assert_true(i < MAX_KINDS);
    list[i].kind = kind;
    return &list[i];
}

static void mark(struct pl_arena *arena, struct reached *list, const struct pl_drift *d)
{
    const struct pl_remedy_kind *kind = pl_remedy_kind_find(d->address.kind->name);
    assert_non_null(kind);
    assert_true(kind->n_rows <= MAX_ROWS);
    struct reached *r = reached_of(list, kind);
    const struct pl_remedy_row *row = NULL;
    struct pl_path base;
    r->created = r->created || (d->path.n == 0 && d->status == PL_DRIFT_MISSING);
    r->deleted = r->deleted || (d->path.n == 0 && d->status == PL_DRIFT_UNEXPECTED);
    while (d->path.n > 0 && (row = pl_remedy_row_next(arena, kind, &d->path, row, &base)))
        if (row->risk && strcmp(d->remedies[d->n_remedies - 1].risk, row->risk) == 0)
            r->rows[row - kind->rows] = true;
}

static void every_row_is_reached(void **state)
{
    struct reached *list = pl_arena_array(*state, MAX_KINDS + 1, sizeof(*list));
    size_t wanting = 0;
    for (size_t i = 0; i < PL_LEN(families); i++) {
        struct reader r = open_family(*state, families[i], "word");
        struct fixture f;
        while (next_fixture(&r, &f))
            for (size_t j = 0; j < f.n; j++)
                mark(*state, list, f.drift[j]);
    }
    for (size_t i = 0; pl_remedy_families[i]; i++)
        for (size_t j = 0; j < pl_remedy_families[i]->n; j++) {
            const struct pl_remedy_kind *kind = &pl_remedy_families[i]->kinds[j];
            const struct reached *r = reached_of(list, kind);
            for (size_t k = 0; k < kind->n_rows; k++)
                if (!r->rows[k]) {
                    print_error("no fixture reaches %s:%s (row %zu)\n", kind->kind,
                                kind->rows[k].path, k);
                    wanting++;
                }
            bool policy = strcmp(kind->kind, "project.iamPolicy") == 0; /* every project has one */
            if (!policy && (!r->created || !r->deleted)) {
                print_error("no fixture makes and deletes a %s\n", kind->kind);
                wanting++;
            }
        }
    assert_int_equal(wanting, 0);
}

/* ---- no kind, and no field that matters, without a row ---- */

static void every_kind_has_its_own(void **state)
{
    (void)state;
    for (size_t i = 0; i < pl_kinds_len; i++) {
        const struct pl_remedy_kind *kind = pl_remedy_kind_find(pl_kinds[i]->name);
        ROW("%s", pl_kinds[i]->name);
        assert_non_null(kind);
        assert_non_null(kind->source);
        assert_non_null(kind->look);
        assert_true(kind->create || kind->create_instead);
        assert_true(kind->remove || strcmp(kind->kind, "project.iamPolicy") == 0);
    }
}

/* A row names a field of Google's schema, says a risk, and has a command or says why there is none. */
static void rows_are_whole(void **state)
{
    size_t wrong = 0;
    for (size_t i = 0; pl_remedy_families[i]; i++)
        for (size_t j = 0; j < pl_remedy_families[i]->n; j++) {
            const struct pl_remedy_kind *kind = &pl_remedy_families[i]->kinds[j];
            for (size_t k = 0; k < kind->n_rows; k++) {
                const struct pl_remedy_row *row = &kind->rows[k];
                size_t len = strlen(row->path);
                struct pl_field_info info;
                char *path = pl_arena_strdup(*state, row->path);
                if (len >= 3 && strcmp(path + len - 3, "...") == 0)
                    path[len - 3] = '\0';
                else if (len >= 2 && strcmp(path + len - 2, ".*") == 0)
                    path[len - 2] = '\0';
                bool known =
                    !*path || pl_field_row_info(*state, pl_kind_find(kind->kind), path, &info);
                if (known && row->risk && (row->set || row->unset || row->instead))
                    continue;
                print_error("%s:%s is not whole, or no field\n", kind->kind, row->path);
                wrong++;
            }
        }
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_kind_has_its_own, harness_arena, harness_arena_free),
        cmocka_unit_test_setup_teardown(rows_are_whole, harness_arena, harness_arena_free),
        cmocka_unit_test_setup_teardown(golden, harness_arena, harness_arena_free),
        cmocka_unit_test_setup_teardown(every_row_is_reached, harness_arena, harness_arena_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
