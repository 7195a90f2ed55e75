/* test_options.c - option words to options: what each command takes, in every way of writing it, and the exact words where it does not.
 */
#include <stdlib.h>
#include <string.h>

#include "harness.h"

#include "cli_priv.h"

enum { MAX_WORDS = 20 };

static const struct pl_command *command(const char *name)
{
    for (size_t i = 0; i < pl_commands_len; i++)
        if (strcmp(pl_commands[i].name, name) == 0)
            return &pl_commands[i];
    fail_msg("no command %s", name);
    return NULL;
}

/* Parses a line of words with one blank between; '\'' stands for an empty word. */
static int parse(struct pl_arena *arena, const char *line, struct pl_options *out,
                 struct pl_err *err)
{
    char *words[MAX_WORDS], *rest = pl_arena_strdup(arena, line);
    int n = 0;

    for (char *word; (word = strsep(&rest, " ")) != NULL;) {
        assert_true(n < MAX_WORDS);
        words[n++] = strcmp(word, "'") == 0 ? word + 1 : word;
    }
    *out = (struct pl_options){.arena = arena};
    *err = (struct pl_err){0};
    return pl_options_parse(out, command(words[0]), n - 1, words + 1, err);
}

static const struct {
    const char *line, *text;
} refused[] = {
    {"audit --bogus", "audit: unknown option --bogus; see `plumbline audit --help`"},
    {"audit --no-prob",
     "audit: unknown option --no-prob, nearest: --no-probe; see `plumbline audit --help`"},
    {"audit --=x", "audit: unknown option --=x; see `plumbline audit --help`"},
    {"audit -z", "audit: unknown option -z; see `plumbline audit --help`"},
    {"audit -qz", "audit: unknown option -qz; see `plumbline audit --help`"},
    {"audit --from here", "audit takes no --from; see `plumbline audit --help`"},
    {"collect -o json", "collect takes no --output; see `plumbline collect --help`"},
    {"validate --vantage any", "validate takes no --vantage; see `plumbline validate --help`"},
    {"explain --select x", "explain takes no --select; see `plumbline explain --help`"},
    {"list --baseline x", "list takes no --baseline; see `plumbline list --help`"},
    {"audit --snapshot", "--snapshot wants FILE"},
    {"audit --snapshot=", "--snapshot wants FILE"},
    {"audit --snapshot '", "--snapshot wants FILE"},
    {"audit -b", "--baseline wants PATH"},
    {"audit -vb", "--baseline wants PATH"},
    {"audit --no-probe=1", "--no-probe takes no value"},
    {"audit -o yaml", "--output: unknown format 'yaml'; `plumbline list formats` shows them all"},
    {"audit -o markdwon=x", "--output: unknown format 'markdwon', nearest: markdown; `plumbline "
                            "list formats` shows them all"},
    {"audit -o =x", "--output: unknown format ''; `plumbline list formats` shows them all"},
    {"audit -o text=", "--output text=: a path is missing behind '='"},
    {"audit -o text -o json=-", "--output: two reports would go to standard output"},
    {"audit -o text=a -o json=a", "--output: two reports would go to a"},
    {"audit --var x", "--var wants NAME=VALUE, got 'x'"},
    {"audit --var =1", "--var wants NAME=VALUE, got '=1'"},
    {"explain --port 0", "--port wants a number from 1 to 65535, got '0'"},
    {"explain --port 65536", "--port wants a number from 1 to 65535, got '65536'"},
    {"explain --port -1", "--port wants a number from 1 to 65535, got '-1'"},
    {"explain --port +80", "--port wants a number from 1 to 65535, got '+80'"},
    {"explain --port 80x", "--port wants a number from 1 to 65535, got '80x'"},
    {"explain --port 99999999999999999999",
     "--port wants a number from 1 to 65535, got '99999999999999999999'"},
    {"audit --fail-on LOW", "--fail-on wants low, medium, high or critical, got 'LOW'"},
    {"audit --deadline 5", "--deadline wants a duration such as 90s or 5m, got '5'"},
    {"audit --deadline -5s", "--deadline wants a duration such as 90s or 5m, got '-5s'"},
    {"audit --color yes", "--color wants auto, always or never, got 'yes'"},
    {"audit --store mysql://user:secret@x",
     "--store wants postgresql://..., sqlite:PATH, a path or none; 'mysql://' is none of these"},
    {"audit --store history",
     "--store wants postgresql://..., sqlite:PATH, a path (with a '/', or ending in .db) or none, "
     "got 'history'"},
    {"audit --store sqlite:", "--store sqlite: wants a path behind it"},
    {"audit --keep 0", "--keep wants a number of runs, a duration such as 90d, or all, got '0'"},
    {"audit --keep -3d",
     "--keep wants a number of runs, a duration such as 90d, or all, got '-3d'"},
    {"history --since tomorrow",
     "--since wants a duration such as 7d, a date or an RFC 3339 time, got 'tomorrow'"},
    {"audit --vantage sql.instance",
     "--vantage wants `any`, `here` or an address: sql.instance wants "
     "sql.instance/{instance}, got 'sql.instance'"},
};

static void test_refused(void **state)
{
    struct pl_options o;
    struct pl_err err;

    for (size_t i = 0; i < PL_LEN(refused); i++) {
        ROW("%s", refused[i].line);
        assert_int_equal(parse(*state, refused[i].line, &o, &err), -1);
        assert_int_equal(err.code == PL_E_USAGE || strstr(refused[i].line, "--vantage") != NULL, 1);
        assert_string_equal(err.text, refused[i].text);
    }
}

/* One value in each of the four ways of writing it. */
static void test_ways_of_writing(void **state)
{
    static const char *const lines[] = {"audit -b x.yaml",         "audit -bx.yaml",
                                        "audit --baseline x.yaml", "audit --baseline=x.yaml",
                                        "audit -qbx.yaml",         "audit -q -b x.yaml"};
    struct pl_options o;
    struct pl_err err;

    for (size_t i = 0; i < PL_LEN(lines); i++) {
        ROW("%s", lines[i]);
        assert_int_equal(parse(*state, lines[i], &o, &err), 0);
        assert_int_equal(o.baselines.n, 1);
        assert_string_equal(o.baselines.list[0], "x.yaml");
        assert_int_equal(o.words.n, 0);
    }
}

static void test_all_values(void **state)
{
    struct pl_options o;
    struct pl_err err;

    assert_int_equal(parse(*state,
                           "audit --snapshot s.ndjson --against=y.ndjson --vantage any --api-root "
                           "http://127.0.0.1:1 --fail-on high --deadline 90s",
                           &o, &err),
                     0);
    assert_string_equal(o.snapshot, "s.ndjson");
    assert_string_equal(o.against, "y.ndjson");
    assert_string_equal(o.vantage, "any");
    assert_string_equal(o.api_root, "http://127.0.0.1:1");
    assert_int_equal(o.fail_on, PL_SEV_HIGH);
    assert_int_equal(o.deadline_ns, INT64_C(90000000000));
    assert_false(o.no_probe);
    assert_false(o.help);

    assert_int_equal(parse(*state,
                           "explain --from here --to=db:1 --port 65535 --via private --probe tcp "
                           "--location l",
                           &o, &err),
                     0);
    assert_string_equal(o.from, "here");
    assert_string_equal(o.to, "db:1");
    assert_int_equal(o.port, 65535);
    assert_string_equal(o.via, "private");
    assert_string_equal(o.probe, "tcp");
    assert_string_equal(o.location, "l");

    assert_int_equal(parse(*state, "explain --vantage run.service/auth --no-probe -h", &o, &err),
                     0);
    assert_string_equal(o.vantage, "run.service/auth");
    assert_true(o.no_probe);
    assert_true(o.help);
}

/* Lists keep their order; a value that stands twice is two. */
static void test_repeated(void **state)
{
    struct pl_options o;
    struct pl_err err;

    assert_int_equal(
        parse(*state, "audit -b a -b b -b a --select x --select y/z --symptoms -", &o, &err), 0);
    assert_int_equal(o.baselines.n, 3);
    assert_string_equal(o.baselines.list[1], "b");
    assert_string_equal(o.baselines.list[2], "a");
    assert_int_equal(o.select.n, 2);
    assert_string_equal(o.symptoms.list[0], "-");

    assert_int_equal(
        parse(*state, "audit --var a=1 --var b= --var a=x=y --project p --project q", &o, &err), 0);
    assert_int_equal(o.n_vars, 3);
    assert_string_equal(o.vars[0].name, "a");
    assert_string_equal(o.vars[1].value, "");
    assert_string_equal(o.vars[2].value, "x=y");
    assert_int_equal(o.projects.n, 2);

    assert_int_equal(parse(*state, "audit -o text -o json=r.json -o markdown=a=b.md", &o, &err), 0);
    assert_int_equal(o.n_outputs, 3);
    assert_string_equal(o.outputs[0].writer->name, "text");
    assert_string_equal(o.outputs[0].path, "-");
    assert_string_equal(o.outputs[1].path, "r.json");
    assert_string_equal(o.outputs[2].path, "a=b.md");
    /* Of what there can only be one, the last one counts. */
    assert_int_equal(
        parse(*state, "audit --snapshot a --snapshot b --color=always --color never", &o, &err), 0);
    assert_string_equal(o.snapshot, "b");
    assert_int_equal(o.color, PL_COLOR_NEVER);
}

static void test_verbosity(void **state)
{
    static const struct {
        const char *line;
        int verbose;
    } rows[] = {{"audit", 0},          {"audit -v", 1},        {"audit -vv", 2},
                {"audit -v -v -v", 3}, {"audit -q", -1},       {"audit -v -q", -1},
                {"audit -qv", 1},      {"audit --verbose", 1}, {"audit --quiet", -1}};
    struct pl_options o;
    struct pl_err err;

    for (size_t i = 0; i < PL_LEN(rows); i++) {
        ROW("%s", rows[i].line);
        assert_int_equal(parse(*state, rows[i].line, &o, &err), 0);
        assert_int_equal(o.verbose, rows[i].verbose);
    }
}

/* What is no option is a word, wherever it stands; behind "--" everything is. */
static void test_words(void **state)
{
    struct pl_options o;
    struct pl_err err;

    assert_int_equal(parse(*state, "explain a -v b - -- --snapshot -x", &o, &err), 0);
    assert_int_equal(o.words.n, 5);
    assert_string_equal(o.words.list[0], "a");
    assert_string_equal(o.words.list[1], "b");
    assert_string_equal(o.words.list[2], "-");
    assert_string_equal(o.words.list[3], "--snapshot");
    assert_string_equal(o.words.list[4], "-x");
    assert_null(o.snapshot);
}

/* The table of commands: every one that runs has its own bit, words of help, and exit statuses. */
static void test_commands(void **state)
{
    unsigned seen = 0;

    (void)state;
    for (size_t i = 0; i < pl_commands_len; i++) {
        const struct pl_command *c = &pl_commands[i];
        ROW("%s", c->name);
        assert_true(*c->summary != '\0');
        if (c->run == NULL) {
            assert_int_equal(c->bit, 0);
            assert_non_null(strstr(c->summary, "not there yet"));
            continue;
        }
        assert_true(c->bit != 0 && (c->bit & (c->bit - 1)) == 0 && (seen & c->bit) == 0);
        seen |= c->bit;
        assert_non_null(strstr(c->exits, "  0    "));
        assert_non_null(strstr(c->exits, "  1    "));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_refused, harness_arena, harness_arena_free),
        cmocka_unit_test_setup_teardown(test_ways_of_writing, harness_arena, harness_arena_free),
        cmocka_unit_test_setup_teardown(test_all_values, harness_arena, harness_arena_free),
        cmocka_unit_test_setup_teardown(test_repeated, harness_arena, harness_arena_free),
        cmocka_unit_test_setup_teardown(test_verbosity, harness_arena, harness_arena_free),
        cmocka_unit_test_setup_teardown(test_words, harness_arena, harness_arena_free),
        cmocka_unit_test(test_commands),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
