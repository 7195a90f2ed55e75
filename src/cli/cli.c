/* cli.c - the command table, help, and errors to exit status.
 */
#include "plumbline/cli.h"

#include <stdio.h>
#include <string.h>

#include "cli_priv.h"
#include "plumbline/escape.h"
#include "plumbline/log.h"
#include "plumbline/yaml.h"

#define EXIT_DONE "  1    the job could not be done: command line, baseline, credentials, output\n"
#define EXIT_CUT  "  130, 143  interrupted, terminated\n"
#define EXITS_OF_RUN                                                                               \
    EXIT_DONE                                                                                      \
    "  2    drift or a failing connection at or above --fail-on\n"                                 \
    "  3    nothing of that kind, but something declared could not be observed\n" EXIT_CUT

const struct pl_command pl_commands[] = {
    {"audit", PL_CMD_AUDIT, "-b BASELINE [options]",
     "observe, probe, compare, explain, report: the main job",
     "Observes the projects of the baseline, probes its connections, compares what is observed "
     "with\n"
     "what is declared, and proves which drift explains each failure.\n\n"
     "  plumbline audit -b baselines/staging.yaml\n"
     "  plumbline audit -b staging.yaml --no-probe -o text -o json=report.json     from cron\n"
     "  plumbline audit -b staging.yaml --snapshot today.ndjson                    offline\n"
     "  plumbline audit --against yesterday.ndjson --snapshot today.ndjson         it worked "
     "yesterday\n",
     "  0    everything declared was observed and matches; every connection works\n" EXITS_OF_RUN,
     pl_cmd_audit},
    {"gate", PL_CMD_GATE, "-b BASELINE --candidate FILE...", "what would a deploy break or mend?",
     "Lays the candidate over what is observed and asks the path model: which connections would "
     "break,\n"
     "by which of its fields, which would be mended, which drift it adds or removes. What was "
     "wrong\n"
     "before is listed and does not count. Nothing is probed, nothing is deployed.\n\n"
     "  plumbline gate -b staging.yaml --candidate service.yaml\n"
     "  terraform show -json tf.plan | plumbline gate -b staging.yaml --candidate -\n",
     "  0    the candidate breaks nothing that is declared\n" EXIT_DONE
     "  2    it breaks a connection or adds drift at or above --fail-on\n"
     "  3    neither, but of something that it touches nobody can tell\n" EXIT_CUT,
     pl_cmd_gate},
    {"explain", PL_CMD_EXPLAIN,
     "NAME... -b BASELINE | --log FILE -b BASELINE | --from A --to B [--port N]",
     "one connection in depth, hop by hop; or every failure in a log",
     "Shows the path hop by hop with its evidence, the proof step by step, and what was ruled out\n"
     "and why. With --log it reads any log or test output, finds the connections that it "
     "complains\n"
     "of, and says which drift explains each failure; errors that are of none are listed.\n\n"
     "  plumbline explain auth-to-db -b staging.yaml\n"
     "  pytest 2>&1 | plumbline explain -b staging.yaml --log -\n"
     "  plumbline explain --from run.service/auth --to sql.instance/main --project acme \\\n"
     "                    --location europe-west1\n",
     "  0    these connections work, or the model finds them open\n" EXITS_OF_RUN, pl_cmd_explain},
    {"collect", PL_CMD_COLLECT, "[-b BASELINE | --project ID...] [FILE]",
     "observe only; write a snapshot",
     "Reads everything that audit would read and writes it to FILE (default: standard output),\n"
     "secrets redacted. What could not be read stands in it, too.\n\n"
     "  plumbline collect --project acme-staging today.ndjson\n",
     "  0    everything was read\n" EXIT_DONE "  3    written, but something could not be read (an "
     "API that is off does not count)\n" EXIT_CUT,
     pl_cmd_collect},
    {"probe", PL_CMD_PROBE, "-b BASELINE [NAME...]", "live endpoints only",
     "Probes the baseline's connections (or the named ones) and reports what was seen: phases,\n"
     "percentiles, symptoms. Addresses that live in Google's APIs are taken from --snapshot, or\n"
     "observed first. What is seen from here counts for connections `from: here`; for those of a\n"
     "workload only with --vantage.\n",
     "  0    every connection was tried from where it counts and works within its "
     "budget\n" EXIT_DONE "  2    a connection at or above --fail-on does not work\n"
     "  3    a connection could not be tried, or not from where it counts\n" EXIT_CUT,
     pl_cmd_probe},
    {"init", PL_CMD_INIT, "[--project ID... | --snapshot FILE | --from-terraform FILE] [FILE]",
     "write a baseline from what is observed, or from Terraform's state",
     "Writes to FILE (default: standard output) what matters for connectivity, as it is today: an\n"
     "audit of it is clean at once. Copied addresses become references, secrets are left out,\n"
     "connections are proposed from the wiring, and `# decide:` marks what only you know.\n\n"
     "  plumbline init --project acme-staging staging.yaml\n"
     "  plumbline init --snapshot today.ndjson > staging.yaml\n"
     "  terraform show -json | plumbline init --from-terraform - staging.yaml\n",
     "  0    written\n" EXIT_DONE "  3    written, but something could not be observed; the file "
     "says what\n" EXIT_CUT,
     pl_cmd_init},
    {"validate", PL_CMD_VALIDATE, "-b BASELINE | --schema", "check baselines, no network",
     "Checks grammar, kinds, fields against Google's schema, types, references and cycles. Shows "
     "the\n"
     "first error with file, line and column, and warns of secrets that are not set.\n\n"
     "  plumbline validate --schema > plumbline.schema.json     for editors\n",
     "  0    good\n  1    the command line, or the baseline has an error\n", pl_cmd_validate},
    {"doctor", PL_CMD_DOCTOR, "[-b BASELINE | --project ID...] [--role FILE]",
     "credentials, reachable APIs, missing permissions, and the smallest role",
     "Says which credentials were found and whose they are, asks each API that would be read for "
     "one\n"
     "resource, and asks Google which of the permissions that takes are held.\n\n"
     "  plumbline doctor --project acme-staging\n"
     "  plumbline doctor -b staging.yaml --role role.yaml     only what that baseline needs\n",
     "  0    every API that matters answers, every permission is held\n" EXIT_DONE
     "  3    something is missing, or could not be told\n" EXIT_CUT,
     pl_cmd_doctor},
    {"graph", PL_CMD_GRAPH,
     "[-b BASELINE | --project ID... | --snapshot FILE] [-o dot|json[=PATH]]",
     "draw the estate: what refers to what, which connection runs where, what is wrong",
     "Draws what the path model reads: resources by project and network, what they refer to, and "
     "the\n"
     "connections, with what fails, what causes it and what only passes it on. Without a baseline "
     "the\n"
     "connections are those that the services are wired for. Nothing is probed.\n\n"
     "  plumbline graph -b staging.yaml | dot -Tsvg -o staging.svg\n"
     "  plumbline graph --snapshot today.ndjson --select run.service/auth | dot -Tsvg > auth.svg\n",
     "  0    drawn, whatever is wrong in it\n" EXIT_DONE
     "  3    drawn, but something could not be observed\n" EXIT_CUT,
     pl_cmd_graph},
    {"list", PL_CMD_LIST,
     "kinds|fields "
     "KIND|probes|causes|hops|symptoms|formats|quotas|manual|...",
     "kinds and their fields, probe types, causes, formats, from the tables",
     "Besides: `manual` and `baseline-manual` are the manual pages plumbline(1) and "
     "plumbline.yaml(5),\n`completion` is for bash; `make install` installs all three.\n\n"
     "  plumbline list fields run.service\n"
     "  source <(plumbline list completion)\n",
     "  0    listed\n  1    no such "
     "list\n",
     pl_cmd_list},
    {"explain-field", PL_CMD_EXPLAIN_FIELD, "KIND:PATH | KIND/NAME:PATH",
     "one field: its type, what it is the same as, who writes it",
     "Shows what a field holds, what absent and other ways of writing mean, what only Google "
     "writes,\nwhich causes it decides, whether an audit asks for it, and where that is from.\n\n"
     "  plumbline explain-field sql.instance:settings.activationPolicy\n"
     "  plumbline explain-field 'run.service/auth:template.containers[name=app].env'\n",
     "  0    shown\n  1    no such field\n", pl_cmd_explain_field},
    {"accept", PL_CMD_ACCEPT, "FIELD...|--all [--run RUN] [--dry-run] [--ignore ...]",
     "take drift into the baseline, or excuse it by an ignore rule",
     "Edits the baseline's files so that they declare what the run observed; comments, order and\n"
     "layout stay. With --ignore it adds rules instead. Every edit is checked against the run: it\n"
     "changes exactly that, or nothing is written. The difference is printed.\n\n"
     "  plumbline accept 'run.service/auth:template.timeout' --dry-run\n"
     "  plumbline accept --all --run latest\n"
     "  plumbline accept 'run.service/auth:*' --ignore --reason 'load test' --owner web \\\n"
     "                   --expires 2027-01-31\n",
     "  0    written, or shown\n  1    the command line, no such drift, or a place that cannot be "
     "edited so: nothing is written\n",
     pl_cmd_accept},
    {"history", PL_CMD_HISTORY, "[show RUN | diff RUN RUN] [--since WHEN]",
     "runs and findings over time: what is new, what changed, what is resolved",
     "Lists the stored runs, newest last; shows the findings of one run over time, with first and\n"
     "last seen; or compares any two runs. RUN is an id, its beginning, latest, latest~1, ...\n\n"
     "  plumbline history --since 7d\n"
     "  plumbline history show latest\n"
     "  plumbline history diff latest~1 latest\n",
     "  0    shown\n  1    the command line, no such run, or a store that cannot be read\n",
     pl_cmd_history},
    {"report", PL_CMD_REPORT, "[RUN] [-o FORMAT[=PATH]]...",
     "write a stored run again, in any format",
     "Writes what the run wrote, byte for byte, in this or another format. RUN (default: latest) "
     "is\nan id, its beginning, latest, latest~1, ...\n\n"
     "  plumbline report -o markdown=report.md\n"
     "  plumbline report latest~1 -o json\n",
     "  0    written, whatever the run's own exit status was\n  1    the command line, no such "
     "run, an output that cannot be written\n",
     pl_cmd_report},
};
const size_t pl_commands_len = PL_LEN(pl_commands);

static void print_help(FILE *to)
{
    fputs("plumbline: which drift explains each failure in a Google Cloud estate? It only ever "
          "reads.\n\nusage: plumbline COMMAND [options]\n\n",
          to);
    for (size_t i = 0; i < pl_commands_len; i++)
        fprintf(to, "  %-13s %s\n", pl_commands[i].name, pl_commands[i].summary);
    fputs("\n`plumbline COMMAND --help` tells a command's options, `plumbline --version` the "
          "version.\nExit status: 0 clean, 1 the job could not be done, 2 drift or a failing "
          "connection,\n3 something declared could not be observed, 130 or 143 interrupted.\n",
          to);
}

static void print_command_help(const struct pl_command *c)
{
    printf("usage: plumbline %s %s\n\n%s%s", c->name, c->usage, c->help, *c->help ? "\n" : "");
    if (!c->run)
        return;
    pl_options_print(c);
    printf("\nExit status:\n%s", c->exits);
}

static const struct pl_command *find_command(const char *name, struct pl_err *err)
{
    const char *names[PL_LEN(pl_commands)];
    for (size_t i = 0; i < pl_commands_len; i++) {
        if (strcmp(pl_commands[i].name, name) == 0)
            return &pl_commands[i];
        names[i] = pl_commands[i].name;
    }
    const char *near = pl_nearest(name, names, pl_commands_len);
    (void)pl_err_set(err, PL_E_USAGE, "unknown command '%s'%s%s; see `plumbline --help`", name,
                     near ? ", nearest: " : "", near ? near : "");
    return NULL;
}

/* Errors about a place in a file have several lines: the breaks are ours, and only what stands between them is escaped. */
void pl_say(const struct pl_err *err)
{
    struct pl_buf b = {0};
    for (const char *line = err->text; line;) {
        const char *end = strchr(line, '\n');
        char part[sizeof(err->text) + 1];
        snprintf(part, sizeof(part), "%.*s", (int)(end ? (size_t)(end - line) : strlen(line)),
                 line);
        pl_escape_terminal(&b, part);
        if (end)
            pl_buf_addc(&b, '\n');
        line = end ? end + 1 : NULL;
    }
    fprintf(stderr, "plumbline: %s\n", pl_buf_str(&b));
    pl_buf_free(&b);
}

static int run_command(struct pl_arena *arena, const struct pl_command *command, int argc,
                       char **argv, struct pl_err *err)
{
    struct pl_options options = {.arena = arena};
    if (!command->run)
        return pl_err_set(err, PL_E_USAGE, "`plumbline %s` is not there yet", command->name);
    if (pl_options_parse(&options, command, argc, argv, err) < 0)
        return -1;
    if (options.help) {
        print_command_help(command);
        return PL_EXIT_OK;
    }
    pl_log_set_level(options.verbose < 0    ? PL_LOG_ERROR
                     : options.verbose == 0 ? PL_LOG_WARN
                     : options.verbose == 1 ? PL_LOG_INFO
                                            : PL_LOG_DEBUG);
    return command->run(&options, err);
}

static int run_words(struct pl_arena *arena, int argc, char **argv, struct pl_err *err)
{
    const char *word = argc > 1 ? argv[1] : "";
    bool help = strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 || strcmp(word, "help") == 0;
    if (argc < 2) {
        print_help(stderr);
        return PL_EXIT_FAILED;
    }
    if (strcmp(word, "--version") == 0) {
        printf("plumbline " PL_VERSION "\n");
        return PL_EXIT_OK;
    }
    if (help && argc == 2) {
        print_help(stdout);
        return PL_EXIT_OK;
    }
    const struct pl_command *command = find_command(help ? argv[2] : word, err);
    if (!command)
        return -1;
    if (help) {
        print_command_help(command);
        return PL_EXIT_OK;
    }
    return run_command(arena, command, argc - 2, argv + 2, err);
}

int pl_cli_run(int argc, char **argv)
{
    struct pl_err err = {0};
    struct pl_arena *arena = pl_arena_new();
    int status = pl_process_prepare(&err) < 0 ? -1 : run_words(arena, argc, argv, &err);
    pl_arena_free(arena);
    if (status >= 0 && (fflush(stdout) != 0 || ferror(stdout)))
        status = pl_err_set(&err, PL_E_IO, "cannot write standard output");
    if (status < 0)
        pl_say(&err);
    return status < 0 ? PL_EXIT_FAILED : status;
}
