/* manual.c - the manual pages plumbline(1) and plumbline.yaml(5), from the tables of commands, options, keys, probes and kinds.
 *
 * Written in mdoc (https://man.openbsd.org/mdoc.7), which groff and mandoc both read.
 */
#include <stdio.h>
#include <string.h>

#include "cli_priv.h"
#include "plumbline/baseline.h"
#include "plumbline/kind.h"

/* A backslash, and a dot or quote at the head of a line, are roff's own. In prose a sentence begins a line, as roff wants it. */
static void write_lines(const char *text, bool prose)
{
    bool head = true;
    for (const char *p = text; *p; p++) {
        if (prose && !head && *p == ' ' && p[-1] == '.') {
            putchar('\n');
            head = true;
            continue;
        }
        if (head && (*p == '.' || *p == '\''))
            fputs("\\&", stdout);
        if (*p == '\\')
            fputs("\\e", stdout);
        else
            putchar(*p);
        head = *p == '\n';
    }
    if (!head)
        putchar('\n');
}

static void say(const char *text)
{
    write_lines(text, true);
}

/* As it is, with its lines: a command's help holds examples. */
static void say_block(const char *text)
{
    puts(".Bd -literal -compact");
    write_lines(text, false);
    puts(".Ed");
}

/* Behind a macro: a word that roff would take for one of its own is none; quotes would end an argument. */
static void say_word(const char *text)
{
    putchar('"');
    for (const char *p = text; *p; p++)
        if (*p == '"')
            fputs("\"\"", stdout);
        else if (*p == '\\')
            fputs("\\e", stdout);
        else
            putchar(*p);
    putchar('"');
}

static void item(const char *text)
{
    fputs(".It ", stdout);
    say_word(text);
    putchar('\n');
}

/* What a key takes stands behind it. */
static void item_taking(const char *name, const char *what, const char *help)
{
    fputs(".It Cm ", stdout);
    say_word(name);
    fputs(" : ", stdout);
    say_word(what);
    putchar('\n');
    say(help);
}

static void head(const char *name, const char *section, const char *what)
{
    /* The day of the version, not of the build: the same program, the same bytes. */
    printf(".Dd $Mdocdate: November 22 2026 $\n.Dt %s %s\n.Os\n.Sh NAME\n.Nm %s\n.Nd %s\n", name,
           section, strcmp(section, "1") == 0 ? "plumbline" : "plumbline.yaml", what);
}

/* ---- plumbline(1) ---- */

static void print_options_of(const struct pl_command *c)
{
    struct pl_option_words o;
    puts(".Bl -tag -width Ds -compact");
    for (size_t i = 0; pl_option_at(i, &o); i++) {
        char left[96];
        if (!(o.commands & c->bit))
            continue;
        (void)snprintf(left, sizeof left, "%s%c%s--%s%s%s", o.letter ? "-" : "",
                       o.letter ? o.letter : ' ', o.letter ? ", " : "", o.name, o.arg ? " " : "",
                       o.arg ? o.arg : "");
        item(left[0] == ' ' ? left + 1 : left);
        say(o.help);
    }
    puts(".El");
}

static void print_command(const struct pl_command *c)
{
    printf(".Ss %s\n", c->name);
    fputs(".Ic ", stdout);
    say_word(c->name);
    putchar('\n');
    say(c->usage);
    puts(".Pp");
    say(c->summary);
    puts(".Pp");
    if (*c->help)
        say_block(c->help);
    print_options_of(c);
    if (*c->exits) {
        puts(".Pp\nExit status:");
        say_block(c->exits);
    }
}

void pl_print_manual(void)
{
    head("PLUMBLINE", "1", "which drift explains each failure in a Google Cloud estate");
    puts(".Sh SYNOPSIS\n.Nm\n.Ar command\n.Op Ar options\n.Sh DESCRIPTION");
    say("Observes a Google Cloud estate and its live endpoints, compares both with a declared "
        "baseline, and proves which drift explains each connectivity failure. It only ever "
        "reads.");
    puts(".Sh COMMANDS");
    for (size_t i = 0; i < pl_commands_len; i++)
        if (pl_commands[i].run)
            print_command(&pl_commands[i]);
    puts(".Sh ENVIRONMENT\n.Bl -tag -width Ds");
    static const struct {
        const char *name, *help;
    } variables[] = {
        {"GOOGLE_APPLICATION_CREDENTIALS, CLOUDSDK_CONFIG, CLOUDSDK_AUTH_ACCESS_TOKEN",
         "Credentials, as Google's own clients take them."},
        {"GOOGLE_CLOUD_PROJECT", "The project, where neither a baseline nor --project names one."},
        {"GCE_METADATA_HOST", "Where the metadata server is."},
        {"HTTPS_PROXY, NO_PROXY", "A proxy for Google's APIs, and for whom there is none."},
        {"NO_COLOR", "No colour, unless --color says so."},
        {"XDG_STATE_HOME", "Where state is kept; ~/.local/state where it is not set."},
    };
    for (size_t i = 0; i < PL_LEN(variables); i++) {
        item(variables[i].name);
        say(variables[i].help);
    }
    puts(".El\n.Sh SEE ALSO\n.Xr plumbline.yaml 5");
}

/* ---- plumbline.yaml(5) ---- */

static void print_keys(enum pl_baseline_place place)
{
    puts(".Bl -tag -width Ds -compact");
    for (size_t i = 0; i < pl_baseline_keys_len; i++)
        if (pl_baseline_keys[i].place == place)
            item_taking(pl_baseline_keys[i].name, pl_baseline_keys[i].what,
                        pl_baseline_keys[i].help);
    puts(".El");
}

static void print_probes(void)
{
    puts(".Sh PROBES");
    for (size_t t = PL_PROBE_NONE + 1; t <= PL_PROBE_BREAKER; t++) {
        printf(".Ss %s\n.Bl -tag -width Ds -compact\n", pl_probe_type_names[t]);
        for (size_t i = 0; i < pl_probe_params_len; i++)
            if (pl_probe_params[i].types & (1u << t))
                item_taking(pl_probe_params[i].name, pl_probe_params[i].what,
                            pl_probe_params[i].help);
        puts(".El");
    }
}

void pl_print_baseline_manual(void)
{
    static const struct {
        enum pl_baseline_place place;
        const char *title;
    } sections[] = {{PL_IN_CONNECTION, "CONNECTIONS"},
                    {PL_IN_BUDGET, "BUDGET OF A CONNECTION"},
                    {PL_IN_ANSWER, "EXPECT OF AN HTTP PROBE"},
                    {PL_IN_IGNORE, "IGNORE RULES"}};
    head("PLUMBLINE.YAML", "5", "the declared state of a Google Cloud estate");
    puts(".Sh DESCRIPTION");
    say("YAML 1.1. Only what is declared is compared. Unknown and duplicate keys are errors.");
    puts(".Pp");
    print_keys(PL_IN_FILE);
    for (size_t i = 0; i < PL_LEN(sections); i++) {
        printf(".Sh %s\n", sections[i].title);
        print_keys(sections[i].place);
    }
    print_probes();
    puts(".Sh TAGS\nOne a node.\n.Bl -tag -width Ds -compact");
    for (size_t i = 0; i < pl_baseline_tags_len; i++) {
        item(pl_baseline_tags[i].name);
        say(pl_baseline_tags[i].help);
    }
    puts(".El\n.Sh KINDS");
    say("The fields of a kind are those of Google's API; `plumbline list fields KIND` has what is "
        "special about them.");
    puts(".Bl -tag -width Ds -compact");
    for (size_t i = 0; i < pl_kinds_len; i++) {
        item(pl_kinds[i]->name);
        say(pl_kinds[i]->title);
    }
    puts(".El\n.Sh SEE ALSO\n.Xr plumbline 1");
}
