/* test_shell.c - every command, run through real shells with a gcloud that writes down what it was given: exactly the words that are meant,
 * whatever a resource is called; and only commands and options that gcloud has (tests/fixtures/remedy/gcloud.txt).
 */
#include "remedies.h"

#include <stdlib.h>
#include <unistd.h>

#include "plumbline/map.h"

/* A text that stands for itself everywhere, and texts in its place that a shell, gcloud or a terminal would take for something else. */
#define PLAIN "zqx"
static const char *const hostile[] = {
    "'; touch pwned; '$(touch pwned)`touch pwned`",
    "\"$HOME\" \\ * ? [a-z] ~ ! # & | < > ( ) { } ;",
    "-rf",
    "--flags-file=pwned",
    "a b\tc",
    "two\nlines; touch pwned",
    "\xc3\xbc\xe9\x9b\xaa",
    ("\xe2\x80\xae"
     "evil\x1b[31m"), /* two pieces: e would be hex */
    "a,b=c",
    "^@^a,b;c%s%n\\n",
    "",
};

/* ---- what comes of the fixtures ---- */

struct command {
    const char *text, *what; /* as the remedy has it; the fixture, for the log */
    bool again;              /* the same text stands before it: it is run once */
    const char **argv;       /* as gcloud got it */
    size_t n;
};

struct commands {
    struct command *list;
    size_t n, cap;
};

static void push(struct pl_arena *arena, struct commands *all, const char *text, const char *what)
{
    const struct command c = {.text = text && strncmp(text, "gcloud ", 7) == 0 ? text : NULL,
                              .what = what};
    PL_PUSH(arena, all->list, all->n, all->cap, c);
}

/* Always the same number for a fixture that drifts alike: those that are no command have no text. */
static size_t push_fixture(struct pl_arena *arena, struct commands *all, const struct fixture *f)
{
    size_t before = all->n;
    for (size_t i = 0; i < f->n; i++)
        for (size_t j = 0; j < f->drift[i]->n_remedies; j++) {
            const struct pl_remedy *r = &f->drift[i]->remedies[j];
            push(arena, all, r->command, f->line);
            push(arena, all, r->rollback, f->line);
            push(arena, all, r->verify, f->line);
            push(arena, all, r->precheck != r->verify ? r->precheck : NULL, f->line);
        }
    return all->n - before;
}

struct counted {
    struct commands commands;
    size_t *counts; /* by fixture */
    size_t n, cap;
};

static struct counted all_commands(struct pl_arena *arena, const char *word)
{
    struct counted c = {0};
    for (size_t i = 0; i < PL_LEN(families); i++) {
        struct reader r = open_family(arena, families[i], word);
        struct fixture f;
        while (next_fixture(&r, &f)) {
            size_t n = push_fixture(arena, &c.commands, &f);
            PL_PUSH(arena, c.counts, c.n, c.cap, n);
        }
    }
    return c;
}

/* ---- real shells ---- */

static void write_fake(struct pl_arena *arena, const char *dir)
{
    const char *path = harness_path(arena, dir, "gcloud");
    harness_write(path, "#!/bin/sh\n{ printf '%s\\0' \"$#\" \"$@\"; } >>\"$ARGV\"\n");
    assert_true(harness_shell(pl_arena_printf(arena, "chmod 755 %s", path)));
}

/* One script for all of them: a shell that is led astray by one command loses the count of the others. */
static void run_all(struct pl_arena *arena, const char *dir, const char *shell,
                    struct commands *all)
{
    struct pl_buf script = {0};
    struct pl_map first;
    size_t len = 0;
    pl_map_init(&first, arena);
    for (size_t i = 0; i < all->n; i++) {
        struct command *c = &all->list[i];
        c->again = c->text && pl_map_has(&first, c->text);
        if (!c->text || c->again)
            continue;
        (void)pl_map_put(&first, c->text, c);
        pl_buf_addf(&script, "%s\n", c->text);
    }
    harness_write(harness_path(arena, dir, "script"), pl_buf_str(&script));
    harness_write(harness_path(arena, dir, "argv"), "");
    pl_buf_free(&script);
    const char *run = pl_arena_printf(
        arena, "cd %s && rm -f pwned && HOME=/nowhere PATH=%s:/usr/bin:/bin ARGV=%s/argv %s script",
        dir, dir, dir, shell);
    assert_true(harness_shell(run));
    assert_int_not_equal(access(harness_path(arena, dir, "pwned"), F_OK), 0);
    const char *argv = harness_read(arena, harness_path(arena, dir, "argv"), &len);
    const char *end = argv + len;
    for (size_t i = 0; i < all->n; i++) {
        struct command *c = &all->list[i];
        if (c->again)
            c->n = ((struct command *)pl_map_get(&first, c->text))->n;
        if (c->again)
            c->argv = ((struct command *)pl_map_get(&first, c->text))->argv;
        if (!c->text || c->again)
            continue;
        assert_true(argv < end);
        c->n = (size_t)strtoul(argv, NULL, 10);
        c->argv = pl_arena_array(arena, c->n + 1, sizeof(*c->argv));
        for (size_t j = 0; j < c->n; j++)
            c->argv[j] = argv += strlen(argv) + 1;
        argv += strlen(argv) + 1;
    }
    assert_ptr_equal(argv, end);
}

/* ---- gcloud's own words ---- */

struct entry {
    const char *words, *options;
    size_t positional;
};

struct table {
    struct entry *list;
    size_t n, cap;
};

static struct table read_table(struct pl_arena *arena)
{
    struct table t = {0};
    char *text = harness_read(arena, "tests/fixtures/remedy/gcloud.txt", NULL);
    for (char *line = text, *next; *line; line = next) {
        next = line + strcspn(line, "\n");
        if (*next)
            *next++ = '\0';
        char *first = strstr(line, " | "), *second = first ? strstr(first + 3, " | ") : NULL;
        if (*line == '#' || !second)
            continue;
        *first = *second = '\0';
        const struct entry e = {line, second + 3, (size_t)strtoul(first + 3, NULL, 10)};
        PL_PUSH(arena, t.list, t.n, t.cap, e);
    }
    return t;
}

/* How many words of the command are gcloud's, or 0. */
static size_t words_of(const struct entry *e, const struct command *c)
{
    const char *p = e->words;
    size_t n = 0;
    while (*p && n < c->n) {
        size_t len = strcspn(p, " ");
        if (strlen(c->argv[n]) != len || strncmp(c->argv[n], p, len) != 0)
            return 0;
        n++;
        p += len + (p[len] == ' ');
    }
    return *p ? 0 : n;
}

static const struct entry *find_entry(const struct table *t, const struct command *c, size_t *words)
{
    const struct entry *best = NULL;
    *words = 0;
    for (size_t i = 0; i < t->n; i++) {
        size_t n = words_of(&t->list[i], c);
        if (n > *words) {
            *words = n;
            best = &t->list[i];
        }
    }
    return best;
}

/* The option's mark: '!' no value, '*' a list, ' ' one value; 0: gcloud has no such option. */
static char mark_of(const struct entry *e, const char *arg)
{
    size_t len = strcspn(arg + 2, "=");
    for (const char *p = e->options; *p; p += strcspn(p, " "), p += *p == ' ') {
        size_t n = strcspn(p, " !*");
        if (n == len && strncmp(p, arg + 2, len) == 0)
            return p[n] == '!' || p[n] == '*' ? p[n] : ' ';
    }
    return 0;
}

static const char *wrong_in(const struct table *t, const struct command *c)
{
    size_t words, own = 0;
    const struct entry *e = find_entry(t, c, &words);
    if (!e)
        return "no such command";
    for (size_t i = words; i < c->n; i++) {
        if (strncmp(c->argv[i], "--", 2) != 0) {
            own++;
            continue;
        }
        char mark = mark_of(e, c->argv[i]);
        if (!mark)
            return c->argv[i];
        if ((mark == '!') == (strchr(c->argv[i], '=') != NULL))
            return "a value that must not be, or none where one must";
    }
    return own == e->positional ? NULL : "words of its own: too many or too few";
}

/* ---- what is meant ---- */

static const char *replaced(struct pl_arena *arena, const char *text, const char *word)
{
    const char *at = strstr(text, PLAIN);
    return !at ? text
               : pl_arena_printf(arena, "%.*s%s%s", (int)(at - text), text, word,
                                 replaced(arena, at + strlen(PLAIN), word));
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* A list as gcloud splits it, put in order: a name may change its place in a set. */
static const char *pieces(struct pl_arena *arena, const char *value, const char *word)
{
    char by = ',';
    if (value[0] == '^' && value[1] && value[2] == '^') {
        by = value[1];
        value += 3;
    }
    const char **list = NULL;
    size_t n = 0, cap = 0;
    struct pl_buf b = {0};
    for (const char *p = value, *end; p; p = end ? end + 1 : NULL) {
        end = strchr(p, by);
        const char *one = end ? pl_arena_strndup(arena, p, (size_t)(end - p)) : p;
        one = word ? replaced(arena, one, word) : one;
        PL_PUSH(arena, list, n, cap, one);
    }
    qsort(list, n, sizeof(*list), by_text);
    for (size_t i = 0; i < n; i++)
        pl_buf_addf(&b, "%s\n", list[i]);
    return pl_buf_take(&b, arena);
}

static bool is_meant(struct pl_arena *arena, const struct table *t, const struct command *plain,
                     const struct command *c, const char *word)
{
    size_t words;
    const struct entry *e = find_entry(t, plain, &words);
    if (plain->n != c->n || !e)
        return false;
    for (size_t i = 0; i < c->n; i++) {
        const char *want = plain->argv[i], *have = c->argv[i];
        const char *a = strchr(want, '='), *b = strchr(have, '=');
        if (i >= words && strncmp(want, "--", 2) == 0 && mark_of(e, want) == '*' && a && b) {
            if (a - want != b - have || strncmp(want, have, (size_t)(a - want)) != 0)
                return false;
            want = pieces(arena, a + 1, word);
            have = pieces(arena, b + 1, NULL);
        } else if (strcmp(have, "--format=json") == 0) {
            continue; /* a name that gcloud's keys cannot hold: all of it is shown */
        } else {
            want = replaced(arena, want, word);
        }
        if (strcmp(want, have) != 0)
            return false;
    }
    return true;
}

/* ---- the tests ---- */

static void every_command_is_gclouds(void **state)
{
    char *dir = harness_temp_dir();
    const struct table t = read_table(*state);
    struct counted plain = all_commands(*state, PLAIN);
    size_t wrong = 0;
    write_fake(*state, dir);
    run_all(*state, dir, "sh", &plain.commands);
    for (size_t i = 0; i < plain.commands.n; i++) {
        const struct command *c = &plain.commands.list[i];
        const char *why = c->text ? wrong_in(&t, c) : NULL;
        if (!why)
            continue;
        print_error("%s\n  %s\n  %s\n", c->what, c->text, why);
        wrong++;
    }
    harness_remove(dir);
    assert_int_equal(wrong, 0);
}

static size_t compare(struct pl_arena *arena, const struct table *t, const struct counted *plain,
                      const struct counted *evil, const char *word)
{
    size_t wrong = 0, p = 0, e = 0;
    assert_int_equal(plain->n, evil->n);
    for (size_t i = 0; i < plain->n; p += plain->counts[i], e += evil->counts[i], i++) {
        if (plain->counts[i] != evil->counts[i])
            continue; /* another drift: an empty value is none */
        for (size_t j = 0; j < plain->counts[i]; j++) {
            const struct command *a = &plain->commands.list[p + j],
                                 *b = &evil->commands.list[e + j];
            /* An empty text is no other name, but none: the command must still be one. */
            if (!b->text || (*word ? a->text && is_meant(arena, t, a, b, word) : !wrong_in(t, b)))
                continue;
            print_error("%s\n  meant %s\n  is    %s\n", a->what, a->text ? a->text : "no command",
                        b->text);
            wrong++;
        }
    }
    return wrong;
}

static void hostile_text_does_nothing(void **state)
{
    static const char *const shells[] = {"sh", "bash"};
    char *dir = harness_temp_dir();
    const struct table t = read_table(*state);
    struct counted plain = all_commands(*state, PLAIN);
    size_t wrong = 0;
    write_fake(*state, dir);
    run_all(*state, dir, "sh", &plain.commands);
    for (size_t i = 0; i < PL_LEN(hostile); i++) {
        struct pl_arena *arena = pl_arena_new();
        struct counted evil = all_commands(arena, hostile[i]);
        ROW("%s", hostile[i]);
        for (size_t s = 0; s < PL_LEN(shells); s++) {
            run_all(arena, dir, shells[s], &evil.commands);
            wrong += compare(arena, &t, &plain, &evil, hostile[i]);
        }
        pl_arena_free(arena);
    }
    harness_remove(dir);
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_command_is_gclouds, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test_setup_teardown(hostile_text_does_nothing, harness_arena,
                                        harness_arena_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
