/* test_everywhere.c - every drift of every scenario, accepted by itself: the edit changes exactly that, or is refused with its place.
 *
 * Exactly: what still differs from the estate afterwards is what differed before, without the one; and all lines but those of the edit
 * stand as they stood. Of the refusals the sort is counted, so that one that grows is seen.
 */
#include "harness.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "plumbline/accept.h"
#include "plumbline/diff.h"
#include "plumbline/snapshot.h"

#define ROOT "tests/scenarios"

struct tally {
    size_t scenarios, drifts, accepted, matchers, references, only, other, together;
};

static struct pl_diff *diff_of(struct pl_arena *a, const char *name, const char *text,
                               const struct pl_world *world)
{
    struct pl_err err = {0};
    const struct pl_baseline_options o = {.text = text, .name = name};
    const struct pl_baseline *b = pl_baseline_read(a, &o, &err);
    if (!b)
        fail_msg("%s", err.text);
    return pl_diff_baseline(a, pl_view_new(a, world), b, 0);
}

static bool has(const struct pl_diff *d, const char *id)
{
    for (size_t i = 0; i < d->n_drift; i++)
        if (strcmp(d->drift[i]->id, id) == 0)
            return true;
    return false;
}

static const char *next_line(const char *s)
{
    const char *end = strchr(s, '\n');
    return end ? end + 1 : s + strlen(s);
}

static size_t changed_lines(const char *diff)
{
    size_t n = 0;
    for (const char *s = diff; *s; s = next_line(s))
        n += (*s == '+' || *s == '-') && strncmp(s, "+++", 3) != 0 && strncmp(s, "---", 3) != 0;
    return n;
}

/* Applies a unified diff: what it says must be all there is. */
static void check_diff(struct pl_arena *a, const char *before, const char *after, const char *diff)
{
    struct pl_buf out = {0};
    const char *left = before;
    for (const char *s = strstr(diff, "@@ "); s && *s; s = next_line(s)) {
        if (strncmp(s, "@@ ", 3) == 0) {
            const char *at = before;
            for (size_t i = strtoul(s + 4, NULL, 10); i > 1; i--)
                at = next_line(at);
            pl_buf_add(&out, left, (size_t)(at - left));
            left = at;
            continue;
        }
        if (*s != '-')
            pl_buf_add(&out, s + 1, (size_t)(next_line(s) - s) - 1);
        if (*s != '+')
            left = next_line(left);
    }
    pl_buf_adds(&out, left);
    assert_string_equal(pl_buf_take(&out, a), after);
}

static void sort_refusal(struct tally *t, const struct pl_drift *d, const struct pl_err *err)
{
    assert_non_null(strstr(err->text, ".yaml:")); /* the place */
    if (strstr(err->text, "a matcher decides here"))
        t->matchers++;
    else if (strstr(err->text, "a reference stands here"))
        t->references++;
    else if (strstr(err->text, "`!only` is declared here"))
        t->only++;
    else {
        t->other++;
        print_message("refused: %s: %s\n", d->field, err->text);
    }
}

static void check_one(struct pl_arena *a, struct tally *t, const char *name, const char *text,
                      const struct pl_world *world, const struct pl_diff *before, size_t i)
{
    struct pl_err err = {0};
    const struct pl_drift *d = before->drift[i];
    size_t refused = 0;
    char *after = pl_accept_drifts(a, name, text, &d, 1, &refused, &err);
    t->drifts++;
    if (!after) {
        sort_refusal(t, d, &err);
        return;
    }
    const char *diff = pl_accept_diff(a, name, text, after);
    check_diff(a, text, after, diff);
    const struct pl_diff *now = diff_of(a, name, after, world);
    for (size_t j = 0; j < now->n_drift; j++)
        if (!has(before, now->drift[j]->id))
            fail_msg("%s: %s differs now\n%s", d->field, now->drift[j]->field, diff);
    if (has(now, d->id))
        fail_msg("%s still differs\n%s", d->field, diff);
    if (now->n_drift + 1 != before->n_drift)
        fail_msg("%s: %zu differ, not %zu\n%s", d->field, now->n_drift, before->n_drift - 1, diff);
    if (d->observed && changed_lines(diff) > 2 && d->observed->type != PL_LIST)
        fail_msg("%s: more than a line\n%s", d->field, diff);
    t->accepted++;
}

static int from_below(const void *a, const void *b)
{
    const struct pl_mark *x = &(*(const struct pl_drift *const *)a)->mark,
                         *y = &(*(const struct pl_drift *const *)b)->mark;
    return x->line != y->line ? (x->line < y->line) - (x->line > y->line)
                              : (x->column < y->column) - (x->column > y->column);
}

/* All at once is what one after the other is, down to the refusal. */
static void check_all(struct pl_arena *a, struct tally *t, const char *name, const char *text,
                      const struct pl_diff *diff, bool refused_too)
{
    const struct pl_drift **drifts = pl_arena_array(a, diff->n_drift + 1, sizeof(*drifts));
    struct pl_err err = {0}, one_err = {0};
    size_t n = 0, refused = 0, one, i = 0;
    for (size_t k = 0; k < diff->n_drift; k++)
        if (refused_too ||
            pl_accept_drifts(a, name, text, (const struct pl_drift *const *)&diff->drift[k], 1,
                             &refused, &err))
            drifts[n++] = diff->drift[k];
    if (n == 0)
        return;
    qsort(drifts, n, sizeof(*drifts), from_below);
    char *after = pl_accept_drifts(a, name, text, drifts, n, &refused, &err);
    const char *each = text;
    while (each && i < n)
        each = pl_accept_drifts(a, name, each, &drifts[i++], 1, &one, &one_err);
    assert_int_equal(after != NULL, each != NULL);
    assert_string_equal(after ? after : err.text, each ? each : one_err.text);
    if (!after)
        assert_int_equal(refused, i - 1);
    t->together += after ? n : 0;
}

static void check_scenario(struct tally *t, const char *folder)
{
    struct pl_arena *a = pl_arena_new();
    struct pl_err err = {0};
    const char *name = pl_arena_printf(a, ROOT "/%s/baseline.yaml", folder);
    const char *estate = pl_arena_printf(a, ROOT "/%s/estate.ndjson", folder);
    if (access(name, R_OK) == 0 && access(estate, R_OK) == 0) {
        size_t len = 0;
        char *text = harness_read(a, name, NULL), *snapshot = harness_read(a, estate, &len);
        const struct pl_world *world = pl_snapshot_read(a, estate, snapshot, len, &err);
        if (!world)
            fail_msg("%s", err.text);
        struct pl_diff *before = diff_of(a, name, text, world);
        t->scenarios++;
        for (size_t i = 0; i < before->n_drift; i++)
            check_one(a, t, name, text, world, before, i);
        check_all(a, t, name, text, before, true);
        check_all(a, t, name, text, before, false);
    }
    pl_arena_free(a);
}

static void test_everywhere(void **state)
{
    struct tally t = {0};
    struct dirent *entry;
    DIR *d = opendir(ROOT);
    (void)state;
    assert_non_null(d);
    while ((entry = readdir(d)) != NULL)
        if (entry->d_name[0] != '.')
            check_scenario(&t, entry->d_name);
    (void)closedir(d);
    print_message("%zu scenarios, %zu drifts: %zu accepted; refused: %zu matchers, %zu references, "
                  "%zu of !only, %zu others\n",
                  t.scenarios, t.drifts, t.accepted, t.matchers, t.references, t.only, t.other);
    assert_true(t.scenarios > 50 && t.accepted > 100 && t.together > 100);
    assert_true(t.other * 20 < t.drifts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_everywhere)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
