/* cli.c - the command table, help, and errors to exit status.
 */
#include "plumbline/cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli_priv.h"
#include "plumbline/clock.h"
#include "plumbline/escape.h"
#include "plumbline/log.h"
#include "plumbline/yaml.h"

const struct pl_command pl_commands[] = {
    {"audit", PL_CMD_AUDIT, "-b BASELINE [options]",
     "observe, probe, compare, explain, report: the main job",
     "Observes the projects of the baseline, probes its connections, compares what is observed "
     "with what is\n"
     "declared, and proves which drift explains each failure.\n\n"
     "  plumbline audit -b baselines/staging.yaml\n"
     "  plumbline audit -b staging.yaml --no-probe -o text -o json=report.json      from cron\n"
     "  plumbline audit -b staging.yaml --snapshot today.ndjson --symptoms seen.ndjson   offline\n"
     "  plumbline audit --against yesterday.ndjson --snapshot today.ndjson           it worked "
     "yesterday\n",
     pl_cmd_audit},
    {"explain", PL_CMD_EXPLAIN, "NAME... -b BASELINE | --from A --to B [--port N]",
     "one connection in depth, hop by hop",
     "Shows the path hop by hop with its evidence, the proof step by step, and what was ruled out "
     "and why.\n\n"
     "  plumbline explain auth-to-db -b staging.yaml\n"
     "  plumbline explain --from run.service/auth --to sql.instance/main --project acme --location "
     "europe-west1\n",
     pl_cmd_explain},
    {"collect", PL_CMD_COLLECT, "[-b BASELINE | --project ID...] [FILE]",
     "observe only; write a snapshot",
     "Reads everything that audit would read and writes it to FILE (default: standard output), "
     "secrets redacted. What could not be\n"
     "read stands in it, too.\n\n"
     "  plumbline collect --project acme-staging today.ndjson\n",
     pl_cmd_collect},
    {"probe", PL_CMD_PROBE, "-b BASELINE [NAME...]", "live endpoints only",
     "Probes the baseline's connections (or the named ones) and reports what was seen: phases, "
     "percentiles, symptoms.\n"
     "Addresses that live in Google's APIs are taken from --snapshot or observed first.\n",
     pl_cmd_probe},
    {"validate", PL_CMD_VALIDATE, "-b BASELINE", "check baselines, no network",
     "Checks grammar, kinds, fields against Google's schema, types, references and cycles. Exit 0: "
     "good; 1: the first error,\n"
     "with file, line and column.\n",
     pl_cmd_validate},
    {"list", PL_CMD_LIST, "kinds|probes|causes|hops|symptoms|formats",
     "kinds, probe types, causes, formats, from the tables", "", pl_cmd_list},
    {"gate", 0, "--candidate FILE", "what would a deploy break? (not there yet)", "", NULL},
    {"init", 0, "", "write a baseline from what is observed (not there yet)", "", NULL},
    {"accept", 0, "", "take drift into the baseline (not there yet)", "", NULL},
    {"history", 0, "", "runs and findings over time (not there yet)", "", NULL},
    {"report", 0, "", "write a stored run again (not there yet)", "", NULL},
    {"doctor", 0, "", "credentials, APIs, permissions (not there yet)", "", NULL},
};
const size_t pl_commands_len = PL_LEN(pl_commands);

static void print_help(void)
{
    printf("plumbline: which drift explains each failure in a Google Cloud estate? It only ever "
           "reads.\n\n"
           "usage: plumbline COMMAND [options]\n\n");
    for (size_t i = 0; i < pl_commands_len; i++)
        printf("  %-10s %s\n", pl_commands[i].name, pl_commands[i].summary);
    printf("\n`plumbline COMMAND --help` tells a command's options. Exit status: 0 clean, 1 the "
           "job could not be done,\n"
           "2 drift or a failing connection, 3 something declared could not be observed, 130/143 "
           "interrupted.\n");
}

static void print_command_help(const struct pl_command *c)
{
    printf("usage: plumbline %s %s\n\n%s%s", c->name, c->usage, c->help, *c->help ? "\n" : "");
    pl_options_print(c);
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

/* Errors are several lines where they show a place in a file: only the words are ours to escape, not the line breaks. */
static int say_error(const struct pl_err *err)
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
    return PL_EXIT_FAILED;
}

/* PLUMBLINE_NOW stops the wall clock: reproducible reports, and tests of expiry dates. */
static int stop_clock(struct pl_err *err)
{
    int64_t ns;
    const char *now = getenv("PLUMBLINE_NOW");
    if (!now)
        return 0;
    if (pl_clock_parse(now, &ns) < 0)
        return pl_err_set(err, PL_E_USAGE, "PLUMBLINE_NOW: '%s' is no RFC 3339 time", now);
    pl_clock_freeze_wall(ns);
    return 0;
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

int pl_cli_run(int argc, char **argv)
{
    struct pl_err err = {0};
    if (argc < 2) {
        print_help();
        return PL_EXIT_FAILED;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
        strcmp(argv[1], "help") == 0) {
        print_help();
        return PL_EXIT_OK;
    }
    if (strcmp(argv[1], "--version") == 0) {
        printf("plumbline " PL_VERSION "\n");
        return PL_EXIT_OK;
    }
    const struct pl_command *command = find_command(argv[1], &err);
    if (!command || stop_clock(&err) < 0)
        return say_error(&err);
    struct pl_arena *arena = pl_arena_new();
    int status = run_command(arena, command, argc - 2, argv + 2, &err);
    pl_arena_free(arena);
    if (status < 0)
        status = say_error(&err);
    if (fflush(stdout) != 0 && status != PL_EXIT_FAILED) {
        fprintf(stderr, "plumbline: standard output could not be written\n");
        status = PL_EXIT_FAILED;
    }
    return status;
}
