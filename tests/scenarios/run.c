/* run.c - the scenarios: each folder beside this file is a failure, and says which account of it is right.
 *
 * A folder holds estate.ndjson, baseline.yaml, perhaps symptoms.ndjson, and expect.json; README.md says what happened. Variants of one
 * failure are further files with a suffix: expect-<variant>.json takes symptoms-<variant>.ndjson, estate-<variant>.ndjson and
 * baseline-<variant>.yaml where they are there, else the plain ones. The built program is run as a user runs it, and its JSON report
 * is held against expect.json (tests/scenarios/README.md says what may stand there). Nothing here knows the engine.
 */
#include "harness.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "plumbline/json.h"

#define ROOT "tests/scenarios"

enum { MAX_TESTS = 512 };

/* One run: a folder and a variant ("" or "-late"). */
struct scenario {
    const char *folder, *variant;
};

/* What differs, told all at once: a scenario is read as a whole. */
struct report {
    struct pl_arena *arena;
    struct pl_buf wrong;
};

static void wrong(struct report *r, const char *where, const char *what, const char *want,
                  const char *got)
{
    pl_buf_addf(&r->wrong, "  %s: %s\n      expected %s\n      found    %s\n", where, what, want,
                got);
}

/* ---- files ---- */

static bool is_there(const char *path)
{
    return access(path, R_OK) == 0;
}

/* The variant's own file, else the plain one; NULL where there is neither. */
static const char *file_of(struct pl_arena *arena, const struct scenario *s, const char *stem,
                           const char *extension)
{
    const char *own =
        pl_arena_printf(arena, ROOT "/%s/%s%s.%s", s->folder, stem, s->variant, extension);
    const char *plain = pl_arena_printf(arena, ROOT "/%s/%s.%s", s->folder, stem, extension);
    return is_there(own) ? own : is_there(plain) ? plain : NULL;
}

static const struct pl_value *read_json(struct pl_arena *arena, const char *path)
{
    struct pl_err err = {0};
    size_t len = 0;
    char *text = harness_read(arena, path, &len);
    const struct pl_value *v = pl_json_parse(arena, text, len, path, &err);
    if (v == NULL)
        fail_msg("%s", err.text);
    return v;
}

/* ---- running the program ---- */

static int run_audit(struct pl_arena *arena, const struct scenario *s, const char *dir)
{
    const char *program = getenv("PLUMBLINE");
    const char *symptoms = file_of(arena, s, "symptoms", "ndjson");
    const char *baseline = file_of(arena, s, "baseline", "yaml"),
               *estate = file_of(arena, s, "estate", "ndjson");
    if (program == NULL || baseline == NULL || estate == NULL)
        fail_msg("%s: no program, baseline or estate", s->folder);
    const char *words[] = {
        program,
        "audit",
        "-b",
        baseline,
        "--snapshot",
        estate,
        "--no-probe",
        "-o",
        pl_arena_printf(arena, "json=%s", harness_path(arena, dir, "report.json")),
        symptoms ? "--symptoms" : NULL,
        symptoms,
        NULL};
    char *argv[PL_LEN(words)];
    for (size_t i = 0; i < PL_LEN(words); i++)
        argv[i] = words[i] ? pl_arena_strdup(arena, words[i]) : NULL;
    pid_t child = fork();
    if (child == 0) {
        int fd = open(harness_path(arena, dir, "stderr"), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        (void)dup2(fd, STDERR_FILENO);
        (void)dup2(fd, STDOUT_FILENO);
        (void)setenv("PLUMBLINE_NOW", "2026-11-20T12:00:00Z", 1);
        (void)setenv("XDG_STATE_HOME", dir,
                     1); /* the key of redaction lives there, not in the user's home */
        (void)setenv("HOME", dir, 1);
        (void)execv(program, argv);
        _exit(127);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

/* ---- lists of texts ---- */

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* "[a, b]" of texts, sorted; a list of lists nests. `member`: what of each object counts. */
static const char *listed(struct pl_arena *arena, const struct pl_value *list, const char *member)
{
    size_t n = pl_value_count(list);
    const char **texts = pl_arena_array(arena, n + 1, sizeof(*texts));
    struct pl_buf b = {0};
    for (size_t i = 0; i < n; i++) {
        const struct pl_value *item = pl_value_item(list, i);
        if (member)
            item = pl_value_member(item, member);
        const char *text = pl_value_text(item);
        texts[i] = text ? text : item && item->type == PL_LIST ? listed(arena, item, NULL) : "null";
    }
    qsort(texts, n, sizeof(*texts), by_text);
    pl_buf_adds(&b, "[");
    for (size_t i = 0; i < n; i++)
        pl_buf_addf(&b, "%s%s", i ? ", " : "", texts[i]);
    pl_buf_adds(&b, "]");
    return pl_buf_take(&b, arena);
}

static bool has_item(const struct pl_value *list, const char *member, const char *text)
{
    for (size_t i = 0; i < pl_value_count(list); i++) {
        const struct pl_value *item = pl_value_item(list, i);
        const char *have = member ? pl_value_member_text(item, member) : pl_value_text(item);
        if (have && strcmp(have, text) == 0)
            return true;
    }
    return false;
}

static const struct pl_value *named(const struct pl_value *list, const char *name)
{
    for (size_t i = 0; i < pl_value_count(list); i++) {
        const char *have = pl_value_member_text(pl_value_item(list, i), "name");
        if (have && strcmp(have, name) == 0)
            return pl_value_item(list, i);
    }
    return NULL;
}

/* ---- comparing ---- */

static void same_text(struct report *r, const char *where, const char *what, const char *want,
                      const char *got)
{
    want = want ? want : "(nothing)";
    got = got ? got : "(nothing)";
    if (strcmp(want, got) != 0)
        wrong(r, where, what, want, got);
}

/* Exact sets: what is not expected must not be there. */
static void same_set(struct report *r, const char *where, const char *what,
                     const struct pl_value *want, const struct pl_value *got, const char *member)
{
    same_text(r, where, what, listed(r->arena, want, NULL), listed(r->arena, got, member));
}

static void known_keys(struct report *r, const char *where, const struct pl_value *map,
                       const char *const *keys)
{
    for (size_t i = 0; map && map->type == PL_MAP && i < map->u.map.n; i++) {
        const char *const *k = keys;
        while (*k && strcmp(*k, map->u.map.members[i].key) != 0)
            k++;
        if (*k == NULL)
            wrong(r, where, "a key that is not known", "one of those in README.md",
                  map->u.map.members[i].key);
    }
}

static void contains(struct report *r, const char *where, const char *what,
                     const struct pl_value *want, const struct pl_value *got, const char *member)
{
    for (size_t i = 0; i < pl_value_count(want); i++) {
        const char *text = pl_value_text(pl_value_item(want, i));
        if (text == NULL || !has_item(got, member, text))
            wrong(r, where, what, text ? text : "a text", listed(r->arena, got, member));
    }
}

static void compare_connection(struct report *r, const char *name, const struct pl_value *want,
                               const struct pl_value *got)
{
    static const char *const keys[] = {"status",    "basis",        "explanation", "causes",
                                       "masked",    "blockers",     "upstream",    "ruled_out",
                                       "truncated", "not_modelled", NULL};
    const struct pl_value *e = pl_value_member(got, "explanation");
    known_keys(r, name, want, keys);
    if (got == NULL) {
        wrong(r, name, "connection", "to be in the report", "(nothing)");
        return;
    }
    same_text(r, name, "status", pl_value_member_text(want, "status"),
              pl_value_member_text(got, "status"));
    same_text(r, name, "basis", pl_value_member_text(want, "basis"),
              pl_value_member_text(got, "basis"));
    same_text(r, name, "explanation.verdict", pl_value_member_text(want, "explanation"),
              pl_value_member_text(e, "verdict"));
    same_set(r, name, "causes", pl_value_member(want, "causes"), pl_value_member(e, "causes"),
             NULL);
    same_set(r, name, "masked", pl_value_member(want, "masked"), pl_value_member(e, "masked"),
             NULL);
    same_set(r, name, "blockers", pl_value_member(want, "blockers"), pl_value_member(e, "blockers"),
             "cause");
    same_set(r, name, "upstream", pl_value_member(want, "upstream"), pl_value_member(e, "upstream"),
             NULL);
    same_text(r, name, "truncated",
              pl_value_true(pl_value_member(want, "truncated")) ? "yes" : "no",
              pl_value_true(pl_value_member(e, "truncated")) ? "yes" : "no");
    contains(r, name, "ruled_out", pl_value_member(want, "ruled_out"),
             pl_value_member(e, "ruled_out"), "field");
    contains(r, name, "not_modelled", pl_value_member(want, "not_modelled"),
             pl_value_member(e, "not_modelled"), NULL);
}

static void compare_connections(struct report *r, const struct pl_value *want,
                                const struct pl_value *got)
{
    const struct pl_value *list = pl_value_member(got, "connections"),
                          *map = pl_value_member(want, "connections");
    for (size_t i = 0; i < pl_value_count(list); i++) {
        const char *name = pl_value_member_text(pl_value_item(list, i), "name");
        if (name && pl_value_member(map, name) == NULL)
            wrong(r, name, "connection", "to be told in expect.json", "(nothing)");
    }
    for (size_t i = 0; map && map->type == PL_MAP && i < map->u.map.n; i++)
        compare_connection(r, map->u.map.members[i].key, map->u.map.members[i].value,
                           named(list, map->u.map.members[i].key));
}

static void compare(struct report *r, const struct pl_value *want, const struct pl_value *got,
                    int status)
{
    static const char *const keys[] = {"exit_status", "verdict",     "drift", "ignored",
                                       "unobserved",  "connections", NULL};
    const struct pl_value *result = pl_value_member(got, "result");
    int64_t expected = -1, told = -1;
    known_keys(r, "report", want, keys);
    if (!pl_value_as_int(pl_value_member(want, "exit_status"), &expected) || expected != status)
        wrong(r, "program", "exit status", pl_arena_printf(r->arena, "%d", (int)expected),
              pl_arena_printf(r->arena, "%d", status));
    if (!pl_value_as_int(pl_value_member(result, "exit_status"), &told) || told != status)
        wrong(r, "report", "result.exit_status", pl_arena_printf(r->arena, "%d", status),
              pl_arena_printf(r->arena, "%d", (int)told));
    same_text(r, "report", "result.verdict", pl_value_member_text(want, "verdict"),
              pl_value_member_text(result, "verdict"));
    same_set(r, "report", "drift", pl_value_member(want, "drift"), pl_value_member(got, "drift"),
             "field");
    same_set(r, "report", "ignored", pl_value_member(want, "ignored"),
             pl_value_member(got, "ignored"), "field");
    same_set(r, "report", "unobserved", pl_value_member(want, "unobserved"),
             pl_value_member(got, "unobserved"), "what");
    compare_connections(r, want, got);
}

/* ---- the score: a line a connection, for score.sh ---- */

/* Every field that the account blames: the fields of all its cause sets. */
static void add_blamed(struct pl_arena *arena, const struct pl_value *sets, const char ***list,
                       size_t *n, size_t *cap)
{
    for (size_t i = 0; i < pl_value_count(sets); i++)
        for (size_t j = 0; j < pl_value_count(pl_value_item(sets, i)); j++)
            PL_PUSH(arena, *list, *n, *cap,
                    pl_value_text(pl_value_item(pl_value_item(sets, i), j)));
}

/* Does the report name, as a cause of anything, a drift that expect.json does not? */
static bool blames_others(struct pl_arena *arena, const struct pl_value *want,
                          const struct pl_value *got)
{
    const struct pl_value *map = pl_value_member(want, "connections"),
                          *drift = pl_value_member(got, "drift");
    const char **right = NULL;
    size_t n = 0, cap = 0;
    for (size_t i = 0; map && map->type == PL_MAP && i < map->u.map.n; i++)
        add_blamed(arena, pl_value_member(map->u.map.members[i].value, "causes"), &right, &n, &cap);
    for (size_t i = 0; i < pl_value_count(drift); i++) {
        const struct pl_value *d = pl_value_item(drift, i);
        const char *field = pl_value_member_text(d, "field");
        bool found = pl_value_count(pl_value_member(d, "explains")) == 0;
        for (size_t j = 0; !found && field && j < n; j++)
            found = right[j] && strcmp(right[j], field) == 0;
        if (!found)
            return true;
    }
    return false;
}

/* folder, variant, connection, verdict expected, verdict found, causes, others; tabs between. */
static void write_score(struct pl_arena *arena, const struct scenario *s,
                        const struct pl_value *want, const struct pl_value *got)
{
    const struct pl_value *map = pl_value_member(want, "connections"),
                          *list = pl_value_member(got, "connections");
    const char *path = getenv("SCENARIO_SCORES");
    FILE *out = path && *path ? fopen(path, "a") : NULL;
    if (out == NULL)
        return;
    for (size_t i = 0; map && map->type == PL_MAP && i < map->u.map.n; i++) {
        const struct pl_value *w = map->u.map.members[i].value;
        const struct pl_value *e =
            pl_value_member(named(list, map->u.map.members[i].key), "explanation");
        const char *expected = pl_value_member_text(w, "explanation"),
                   *found = pl_value_member_text(e, "verdict");
        bool causes = strcmp(listed(arena, pl_value_member(w, "causes"), NULL),
                             listed(arena, pl_value_member(e, "causes"), NULL)) == 0 &&
                      strcmp(listed(arena, pl_value_member(w, "blockers"), NULL),
                             listed(arena, pl_value_member(e, "blockers"), "cause")) == 0;
        if (expected || found)
            fprintf(out, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", s->folder, *s->variant ? s->variant : "-",
                    map->u.map.members[i].key, expected ? expected : "-", found ? found : "-",
                    causes ? "exact" : "wrong",
                    blames_others(arena, want, got) ? "others" : "none");
    }
    (void)fclose(out);
}

static void judge(void **state)
{
    const struct scenario *s = *state;
    char *dir = harness_temp_dir();
    struct report r = {.arena = pl_arena_new()};
    const char *expect = pl_arena_printf(r.arena, ROOT "/%s/expect%s.json", s->folder, s->variant);
    if (!is_there(expect))
        fail_msg("%s: a scenario says in expect.json which account is right", s->folder);
    if (!is_there(pl_arena_printf(r.arena, ROOT "/%s/README.md", s->folder)))
        fail_msg("%s: a scenario says in README.md what happened", s->folder);
    int status = run_audit(r.arena, s, dir);
    const char *report = harness_path(r.arena, dir, "report.json");
    if (!is_there(report))
        fail_msg("%s%s: exit status %d and no report:\n%s", s->folder, s->variant, status,
                 harness_read(r.arena, harness_path(r.arena, dir, "stderr"), NULL));
    const struct pl_value *want = read_json(r.arena, expect), *got = read_json(r.arena, report);
    compare(&r, want, got, status);
    write_score(r.arena, s, want, got);
    bool failed = r.wrong.len > 0;
    if (failed)
        print_error("%s%s:\n%s", s->folder, s->variant, pl_buf_str(&r.wrong));
    pl_buf_free(&r.wrong);
    pl_arena_free(r.arena);
    harness_remove(dir);
    assert_false(failed);
}

/* ---- finding them ---- */

static int is_folder(const struct dirent *entry)
{
    if (entry->d_name[0] == '.')
        return 0;
    char path[600];
    (void)snprintf(path, sizeof path, ROOT "/%s/.", entry->d_name);
    return access(path, X_OK) == 0;
}

static int is_expectation(const struct dirent *entry)
{
    size_t n = strlen(entry->d_name);
    return n >= 11 && strncmp(entry->d_name, "expect", 6) == 0 &&
           strcmp(entry->d_name + n - 5, ".json") == 0;
}

static void add_test(struct pl_arena *arena, struct CMUnitTest *tests, size_t *n,
                     const char *folder, const char *variant)
{
    struct scenario *s = PL_NEW(arena, struct scenario);
    if (*n == MAX_TESTS)
        return;
    *s = (struct scenario){.folder = folder, .variant = variant};
    tests[(*n)++] = (struct CMUnitTest){
        .name = pl_arena_printf(arena, "%s%s", folder, variant),
        .test_func = judge,
        .initial_state = s,
    };
}

static void add_folder(struct pl_arena *arena, struct CMUnitTest *tests, size_t *n,
                       const char *folder)
{
    struct dirent **found = NULL;
    int count =
        scandir(pl_arena_printf(arena, ROOT "/%s", folder), &found, is_expectation, alphasort);
    for (int i = 0; i < count; i++) {
        size_t len = strlen(found[i]->d_name);
        add_test(arena, tests, n, folder, pl_arena_strndup(arena, found[i]->d_name + 6, len - 11));
        free(found[i]);
    }
    free(found);
    if (count <= 0) /* it fails by itself: an expectation is missing */
        add_test(arena, tests, n, folder, "");
}

int main(void)
{
    static struct CMUnitTest tests[MAX_TESTS];
    struct pl_arena *arena = pl_arena_new();
    struct dirent **folders = NULL;
    size_t n = 0;
    int count = scandir(ROOT, &folders, is_folder, alphasort);
    for (int i = 0; i < count; i++) {
        add_folder(arena, tests, &n, pl_arena_strdup(arena, folders[i]->d_name));
        free(folders[i]);
    }
    free(folders);
    int failed = _cmocka_run_group_tests("scenarios", tests, n, NULL, NULL);
    pl_arena_free(arena);
    return failed;
}
