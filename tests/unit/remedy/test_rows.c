/* test_rows.c - every row of the table of remedies, reached by drift of its own: the exact commands, and that no row is without one.
 *
 * UPDATE_GOLDEN=1 writes tests/golden/remedy: read the difference before it is committed.
 */
#include "remedies.h"

#include <ctype.h>
#include <stdlib.h>

#include "../../../src/init/init_priv.h"
#include "plumbline/reach.h"
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
        if (row->risk &&
            strncmp(d->remedies[d->n_remedies - 1].risk, row->risk, strlen(row->risk)) == 0)
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

/* What commands are filled from can be asked for; a rule that is made again keeps what nobody declared. */
static void what_commands_read_are_fields(void **state)
{
    struct pl_buf firewall = {0};
    size_t n = 0;

    for (size_t i = 0; i < pl_kinds_len; i++)
        for (const char *const *f = pl_remedy_reads(*state, pl_kinds[i]->name); *f != NULL; f++) {
            struct pl_path path;
            struct pl_err err;

            assert_int_equal(pl_path_parse(*state, *f, &path, &err), 0);
            if (!pl_field_lookup(pl_kinds[i], &path, NULL, NULL, NULL))
                fail_msg("a %s has no field %s", pl_kinds[i]->name, *f);
            if (strcmp(pl_kinds[i]->name, "compute.firewall") == 0)
                pl_buf_addf(&firewall, "%s ", *f);
            n++;
        }
    assert_true(n > 20);
    assert_string_equal(pl_buf_take(&firewall, *state),
                        "network direction priority allowed sourceRanges sourceTags "
                        "sourceServiceAccounts destinationRanges targetTags targetServiceAccounts "
                        "disabled logConfig.enable description denied ");
}

static void every_kind_has_its_own(void **state)
{
    const char *doc = harness_read(*state, "docs/remediation.md", NULL);
    for (size_t i = 0; i < pl_kinds_len; i++) {
        const struct pl_remedy_kind *kind = pl_remedy_kind_find(pl_kinds[i]->name);
        ROW("%s", pl_kinds[i]->name);
        assert_non_null(kind);
        assert_non_null(kind->source);
        assert_non_null(kind->look);
        for (const char *page = kind->source; *page; page += *page == ' ') {
            size_t n = strcspn(page, " ");
            assert_non_null(strstr(doc, pl_arena_printf(*state, "(%.*s)", (int)n, page)));
            page += n;
        }
        assert_true(kind->create || kind->create_instead);
        assert_true(kind->remove || strcmp(kind->kind, "project.iamPolicy") == 0);
    }
}

/* Options alone need something to stand behind. */
static bool is_command(const struct pl_remedy_kind *kind, const char *template)
{
    return !template || kind->update || strncmp(template, "gcloud ", 7) == 0;
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
                const struct pl_kind *of = pl_kind_find(kind->kind);
                bool known = !*path || pl_field_row_info(*state, of, path, &info) ||
                             (of->secret && strcmp(of->secret->field, path) == 0);
                known = known && is_command(kind, row->set) && is_command(kind, row->unset);
                if (known && row->risk && (row->set || row->unset || row->instead))
                    continue;
                print_error("%s:%s is not whole, or no field\n", kind->kind, row->path);
                wrong++;
            }
        }
    assert_int_equal(wrong, 0);
}

/* "a.b[].c" as a path: elements by what identifies them. */
static struct pl_path concrete(struct pl_arena *arena, const char *generic)
{
    struct pl_buf b = {0};
    struct pl_path path;
    for (const char *p = generic; *p; p++) {
        pl_buf_addc(&b, *p);
        if (*p == '[' && p[1] == ']')
            pl_buf_adds(&b, "name=x");
    }
    if (pl_path_parse(arena, pl_buf_str(&b), &path, NULL) < 0)
        fail_msg("%s is no path", generic);
    pl_buf_free(&b);
    return path;
}

/* A row at the field, above it or below it; or it is Google's own to write. */
static bool has_row(struct pl_arena *arena, const char *kind_name, const char *generic)
{
    const struct pl_remedy_kind *kind = pl_remedy_kind_find(kind_name);
    struct pl_path path = concrete(arena, generic), base;
    struct pl_field_info info = {0};
    if (strncmp(generic, "iamPolicy", 9) == 0)
        return kind->policy != NULL;
    (void)pl_field_row_info(arena, pl_kind_find(kind_name), generic, &info);
    if (info.flags & PL_F_OUTPUT)
        return true;
    for (; path.n > 0; path.n--) /* what identifies an element goes with it */
        if (pl_remedy_row_next(arena, kind, &path, NULL, &base))
            return true;
    for (size_t i = 0; i < kind->n_rows; i++)
        if (strncmp(kind->rows[i].path, generic, strlen(generic)) == 0)
            return true;
    return false;
}

/* What `init` declares, and what decides a cause. "kind:a, b, kind2:c" */
static void fields_that_matter_have_rows(void **state)
{
    size_t wanting = 0;
    for (size_t i = 0; i < pl_init_fields_len; i++)
        if (!has_row(*state, pl_init_fields[i].kind, pl_init_fields[i].path)) {
            print_error("%s:%s, which init declares, has no row\n", pl_init_fields[i].kind,
                        pl_init_fields[i].path);
            wanting++;
        }
    for (size_t i = 0; i < pl_causes_len; i++) {
        char *text = pl_arena_strdup(*state, pl_causes[i].fields ? pl_causes[i].fields : "");
        const char *kind = NULL, *before = "";
        for (char *p = text, *next; pl_causes[i].modelled && p && *p; p = next) {
            next = strstr(p, ", ");
            if (next) {
                *next = '\0';
                next += 2;
            }
            char *colon = strchr(p, ':');
            const char *path = colon ? colon + 1 : pl_kind_find(p) ? "" : p;
            if (colon)
                *colon = '\0';
            kind = pl_kind_find(p) ? p : kind;
            if (!*path || !kind || strpbrk(path, " ={*") || isupper((unsigned char)*path))
                continue; /* a whole resource, or words */
            /* Behind a comma a field may stand beside the one before it. */
            const char *dot = strrchr(before, '.');
            const char *beside =
                dot ? pl_arena_printf(*state, "%.*s.%s", (int)(dot - before), before, path) : path;
            before = colon ? path : beside;
            if (!has_row(*state, kind, path) && (colon || !has_row(*state, kind, beside))) {
                print_error("%s: %s:%s has no row\n", pl_causes[i].name, kind, path);
                wanting++;
            }
        }
    }
    assert_int_equal(wanting, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_commands_read_are_fields, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test_setup_teardown(every_kind_has_its_own, harness_arena, harness_arena_free),
        cmocka_unit_test_setup_teardown(rows_are_whole, harness_arena, harness_arena_free),
        cmocka_unit_test_setup_teardown(fields_that_matter_have_rows, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test_setup_teardown(golden, harness_arena, harness_arena_free),
        cmocka_unit_test_setup_teardown(every_row_is_reached, harness_arena, harness_arena_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
