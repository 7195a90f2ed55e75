/* options.c - the table of options: which command takes which, how each is read, what --help says of it.
 */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli_priv.h"
#include "plumbline/clock.h"
#include "plumbline/net.h"
#include "plumbline/yaml.h"

#define RUNS    (PL_CMD_AUDIT | PL_CMD_EXPLAIN)
#define LOOKS   (RUNS | PL_CMD_COLLECT | PL_CMD_PROBE | PL_CMD_GATE | PL_CMD_GRAPH)
#define ASKS    (LOOKS | PL_CMD_INIT | PL_CMD_DOCTOR)
#define PROBES  (RUNS | PL_CMD_PROBE)
#define REPORTS (PROBES | PL_CMD_GRAPH)
#define EVERY   0xffffffffu
#define STORED  (PL_CMD_HISTORY | PL_CMD_REPORT)
#define ANY_RUN (STORED | PL_CMD_ACCEPT)

static const int64_t DAY_NS = INT64_C(86400) * 1000000000;

typedef int set_fn(struct pl_options *o, const char *value, struct pl_err *err);

static int push(struct pl_options *o, struct pl_texts *t, const char *value)
{
    PL_PUSH(o->arena, t->list, t->n, t->cap, value);
    return 0;
}

static int set_baseline(struct pl_options *o, const char *v, struct pl_err *err)
{
    (void)err;
    return push(o, &o->baselines, v);
}

static int set_symptoms(struct pl_options *o, const char *v, struct pl_err *err)
{
    (void)err;
    return push(o, &o->symptoms, v);
}

static int set_candidate(struct pl_options *o, const char *v, struct pl_err *err)
{
    (void)err;
    return push(o, &o->candidates, v);
}

static int set_log(struct pl_options *o, const char *v, struct pl_err *err)
{
    (void)err;
    return push(o, &o->logs, v);
}

static int set_select(struct pl_options *o, const char *v, struct pl_err *err)
{
    (void)err;
    return push(o, &o->select, v);
}

static int set_project(struct pl_options *o, const char *v, struct pl_err *err)
{
    (void)err;
    return push(o, &o->projects, v);
}

/* Options that only keep a text: one function each is what a table of pointers costs without offsets. */
#define KEEP(name, member)                                                                         \
    static int name(struct pl_options *o, const char *v, struct pl_err *err)                       \
    {                                                                                              \
        (void)err;                                                                                 \
        o->member = v;                                                                             \
        return 0;                                                                                  \
    }
KEEP(set_snapshot, snapshot)
KEEP(set_against, against)
KEEP(set_api_root, api_root)
KEEP(set_impersonate, impersonate)
KEEP(set_from, from)
KEEP(set_to, to)
KEEP(set_via, via)
KEEP(set_probe, probe)
KEEP(set_location, location)
KEEP(set_role, role)
KEEP(set_terraform, terraform)
KEEP(set_run, run)
KEEP(set_reason, reason)
KEEP(set_owner, owner)
KEEP(set_expires, expires)

/* A place that does not exist would be nobody's `from`, and every failure would quietly count for nothing. */
static int set_vantage(struct pl_options *o, const char *v, struct pl_err *err)
{
    struct pl_address address;
    if (strcmp(v, "any") != 0 && strcmp(v, "here") != 0 &&
        pl_address_parse(o->arena, v, &address, err) < 0)
        return pl_err_wrap(err, "--vantage wants `any`, `here` or an address");
    o->vantage = v;
    return 0;
}

/* `graph` has writers of its own. */
static const struct pl_report_writer *writers_of(const struct pl_options *o, size_t *n)
{
    bool graph = o->command && o->command->bit == PL_CMD_GRAPH;
    *n = graph ? pl_graph_writers_len : pl_report_writers_len;
    return graph ? pl_graph_writers : pl_report_writers;
}

static int set_output(struct pl_options *o, const char *v, struct pl_err *err)
{
    const char *eq = strchr(v, '=');
    char *name = pl_arena_strndup(o->arena, v, eq ? (size_t)(eq - v) : strlen(v));
    struct pl_output out = {.path = eq ? eq + 1 : "-"};
    size_t n_writers;
    const struct pl_report_writer *writers = writers_of(o, &n_writers);
    for (size_t i = 0; i < n_writers && !out.writer; i++)
        if (strcmp(writers[i].name, name) == 0)
            out.writer = &writers[i];
    if (!out.writer) {
        const char *names[16];
        size_t n = 0;
        for (; n < n_writers && n < PL_LEN(names); n++)
            names[n] = writers[n].name;
        const char *near = pl_nearest(name, names, n);
        return pl_err_set(err, PL_E_USAGE, "--output: unknown format '%s'%s%s; %s", name,
                          near ? ", nearest: " : "", near ? near : "",
                          writers == pl_graph_writers ? "graph writes dot and json"
                                                      : "`plumbline list formats` shows them all");
    }
    if (eq && !*out.path)
        return pl_err_set(err, PL_E_USAGE, "--output %s=: a path is missing behind '='", name);
    for (size_t i = 0; i < o->n_outputs; i++)
        if (strcmp(o->outputs[i].path, out.path) == 0)
            return pl_err_set(err, PL_E_USAGE, "--output: two reports would go to %s",
                              strcmp(out.path, "-") == 0 ? "standard output" : out.path);
    PL_PUSH(o->arena, o->outputs, o->n_outputs, o->cap_outputs, out);
    return 0;
}

static int set_var(struct pl_options *o, const char *v, struct pl_err *err)
{
    const char *eq = strchr(v, '=');
    if (!eq || eq == v)
        return pl_err_set(err, PL_E_USAGE, "--var wants NAME=VALUE, got '%s'", v);
    struct pl_var var = {.name = pl_arena_strndup(o->arena, v, (size_t)(eq - v)), .value = eq + 1};
    PL_PUSH(o->arena, o->vars, o->n_vars, o->cap_vars, var);
    return 0;
}

static int set_port(struct pl_options *o, const char *v, struct pl_err *err)
{
    char *end = NULL;
    long port = isdigit((unsigned char)*v) ? strtol(v, &end, 10) : 0;
    if (!end || *end || port < 1 || port > 65535)
        return pl_err_set(err, PL_E_USAGE, "--port wants a number from 1 to 65535, got '%s'", v);
    o->port = (int)port;
    return 0;
}

static int set_quota(struct pl_options *o, const char *v, struct pl_err *err)
{
    struct pl_gcp_rate rate;
    if (pl_gcp_rate_parse(o->arena, v, &rate, err) < 0)
        return -1;
    PL_PUSH(o->arena, o->rates, o->n_rates, o->cap_rates, rate);
    return 0;
}

static int set_no_probe(struct pl_options *o, const char *v, struct pl_err *err)
{
    (void)v;
    (void)err;
    o->no_probe = true;
    return 0;
}

static int set_no_changed_by(struct pl_options *o, const char *v, struct pl_err *err)
{
    (void)v;
    (void)err;
    o->no_changed_by = true;
    return 0;
}

static int set_read_secrets(struct pl_options *o, const char *v, struct pl_err *err)
{
    (void)v;
    (void)err;
    o->read_secrets = true;
    return 0;
}

static int set_symptoms_from_logs(struct pl_options *o, const char *v, struct pl_err *err)
{
    if (!pl_duration_parse(v, &o->logs_ns) || o->logs_ns <= 0)
        return pl_err_set(err, PL_E_USAGE,
                          "--symptoms-from-logs wants a duration such as 30m or 2h, got '%s'", v);
    return 0;
}

static int set_fail_on(struct pl_options *o, const char *v, struct pl_err *err)
{
    if (pl_severity_parse(v, &o->fail_on) < 0)
        return pl_err_set(err, PL_E_USAGE,
                          "--fail-on wants low, medium, high or critical, got '%s'", v);
    return 0;
}

static int set_deadline(struct pl_options *o, const char *v, struct pl_err *err)
{
    if (!pl_duration_parse(v, &o->deadline_ns) || o->deadline_ns <= 0)
        return pl_err_set(err, PL_E_USAGE,
                          "--deadline wants a duration such as 90s or 5m, got '%s'", v);
    return 0;
}

static int set_color(struct pl_options *o, const char *v, struct pl_err *err)
{
    if (strcmp(v, "auto") == 0)
        o->color = PL_COLOR_AUTO;
    else if (strcmp(v, "always") == 0)
        o->color = PL_COLOR_ALWAYS;
    else if (strcmp(v, "never") == 0)
        o->color = PL_COLOR_NEVER;
    else
        return pl_err_set(err, PL_E_USAGE, "--color wants auto, always or never, got '%s'", v);
    return 0;
}

static bool read_ago(const char *text, int64_t *out_ns)
{
    return pl_duration_parse(text, out_ns) && *out_ns > 0;
}

static int set_store(struct pl_options *o, const char *v, struct pl_err *err)
{
    o->store = v;
    return strcmp(v, "none") == 0 ? 0 : pl_store_check(v, err);
}

static int set_keep(struct pl_options *o, const char *v, struct pl_err *err)
{
    char *end = NULL;
    errno = 0;
    long long runs = isdigit((unsigned char)*v) ? strtoll(v, &end, 10) : 0;
    if (strcmp(v, "all") == 0)
        o->keep = (struct pl_history_keep){.for_ns = INT64_MAX};
    else if (end && !*end && runs > 0 && errno == 0)
        o->keep = (struct pl_history_keep){.runs = (size_t)runs};
    else if (read_ago(v, &o->keep.for_ns))
        o->keep.runs = 0;
    else
        return pl_err_set(err, PL_E_USAGE,
                          "--keep wants a number of runs, a duration such as 90d, or all, got '%s'",
                          v);
    return 0;
}

static int set_notify(struct pl_options *o, const char *v, struct pl_err *err)
{
    const char *url;
    return pl_notify_url(o->arena, v, &url, err) < 0 ? -1 : push(o, &o->notify, url);
}

static int set_confirm(struct pl_options *o, const char *v, struct pl_err *err)
{
    char *end = NULL;
    long runs = isdigit((unsigned char)*v) ? strtol(v, &end, 10) : 0;
    if (!end || *end || runs < 1 || runs > PL_PAST_WINDOW)
        return pl_err_set(err, PL_E_USAGE,
                          "--confirm wants a number of runs from 1 to %d, got '%s'", PL_PAST_WINDOW,
                          v);
    o->confirm = (int)runs;
    return 0;
}

static int set_since(struct pl_options *o, const char *v, struct pl_err *err)
{
    int64_t ago;
    if (read_ago(v, &ago)) {
        o->since_ns = pl_clock_wall_ns() - ago;
        return 0;
    }
    if (pl_clock_parse(v, &o->since_ns) == 0)
        return 0;
    if (pl_clock_parse_day_end(v, &o->since_ns) == 0) {
        o->since_ns -= DAY_NS;
        return 0;
    }
    return pl_err_set(err, PL_E_USAGE,
                      "--since wants a duration such as 7d, a date or an RFC 3339 time, got '%s'",
                      v);
}

static int set_all(struct pl_options *o, const char *v, struct pl_err *err)
{
    (void)v;
    (void)err;
    o->all = true;
    return 0;
}

static int set_dry_run(struct pl_options *o, const char *v, struct pl_err *err)
{
    (void)v;
    (void)err;
    o->dry_run = true;
    return 0;
}

static int set_ignore(struct pl_options *o, const char *v, struct pl_err *err)
{
    (void)v;
    (void)err;
    o->ignore = true;
    return 0;
}

static int set_force(struct pl_options *o, const char *v, struct pl_err *err)
{
    (void)v;
    (void)err;
    o->force = true;
    return 0;
}

static int set_quiet(struct pl_options *o, const char *v, struct pl_err *err)
{
    (void)v;
    (void)err;
    o->verbose = -1;
    return 0;
}

static int set_verbose(struct pl_options *o, const char *v, struct pl_err *err)
{
    (void)v;
    (void)err;
    o->verbose = o->verbose < 0 ? 1 : o->verbose + 1;
    return 0;
}

static int set_schema(struct pl_options *o, const char *v, struct pl_err *err)
{
    (void)v;
    (void)err;
    o->schema = true;
    return 0;
}

static int set_help(struct pl_options *o, const char *v, struct pl_err *err)
{
    (void)v;
    (void)err;
    o->help = true;
    return 0;
}

static const struct pl_option {
    const char *name;
    char letter;
    const char *arg; /* NULL: takes none */
    unsigned commands;
    set_fn *set;
    const char *help;
} options[] = {
    {"baseline", 'b', "PATH", LOOKS | PL_CMD_VALIDATE | PL_CMD_DOCTOR, set_baseline,
     "the declared world: a file, or a folder of *.yaml; repeats"},
    {"output", 'o', "FORMAT[=PATH]", REPORTS | PL_CMD_DOCTOR | PL_CMD_GATE | STORED, set_output,
     "text (default), json, html, ... (`list formats`); repeats: one run, many formats"},
    {"snapshot", 0, "FILE", REPORTS | PL_CMD_INIT | PL_CMD_GATE, set_snapshot,
     "observe nothing, read this snapshot"},
    {"candidate", 0, "FILE", PL_CMD_GATE, set_candidate,
     "what would be deployed: a Cloud Run service, or `terraform show -json PLAN`; repeats; or -"},
    {"symptoms", 0, "FILE", RUNS | PL_CMD_GRAPH, set_symptoms,
     "what clients saw, one JSON line each; repeats; - is standard input"},
    {"log", 0, "FILE", PL_CMD_EXPLAIN, set_log,
     "explain each connection error in this log or test output; repeats; or -"},
    {"symptoms-from-logs", 0, "DURATION", RUNS, set_symptoms_from_logs,
     "recent errors of the baseline's Cloud Run services, as symptoms"},
    {"no-changed-by", 0, NULL, RUNS, set_no_changed_by, "do not ask the audit logs who changed it"},
    {"against", 0, "SNAPSHOT|RUN", PL_CMD_AUDIT, set_against,
     "a last good state for the declared resources: a snapshot, or a stored run"},
    {"read-secrets", 0, NULL, RUNS | PL_CMD_GATE | PL_CMD_DOCTOR, set_read_secrets,
     "compare the secrets that wiring takes, in memory; none is shown or kept"},
    {"no-probe", 0, NULL, RUNS, set_no_probe, "touch no live endpoint; the model decides"},
    {"vantage", 0, "ADDRESS", PROBES, set_vantage,
     "this process runs where that workload runs; `any` for a test bed"},
    {"select", 0, "PATTERN", PL_CMD_AUDIT | PL_CMD_PROBE | PL_CMD_GRAPH, set_select,
     "only these connections (NAME), or resources (KIND/NAME); * fits any; repeats"},
    {"from", 0, "ADDRESS", PL_CMD_EXPLAIN, set_from,
     "ad hoc: where the connection begins, or `here`"},
    {"to", 0, "TARGET", PL_CMD_EXPLAIN, set_to, "ad hoc: an address, host:port or URL"},
    {"port", 0, "N", PL_CMD_EXPLAIN, set_port,
     "ad hoc: the port, where it does not follow from the target"},
    {"via", 0, "WAY", PL_CMD_EXPLAIN, set_via, "ad hoc: private, public, psc, socket or proxy"},
    {"probe", 0, "TYPE", PL_CMD_EXPLAIN, set_probe, "ad hoc: probe it, too: tcp, tls, https, ..."},
    {"location", 0, "REGION", PL_CMD_EXPLAIN | PL_CMD_GATE, set_location,
     "ad hoc: default location of addresses; gate: of a service whose file names none"},
    {"var", 0, "NAME=VALUE", LOOKS | PL_CMD_VALIDATE | PL_CMD_DOCTOR | PL_CMD_ACCEPT, set_var,
     "a variable of the baseline, ${var.NAME}; repeats"},
    {"project", 0, "ID", ASKS | PL_CMD_VALIDATE, set_project,
     "project where the baseline names none; for collect and init: observe it; repeats"},
    {"api-root", 0, "URL", ASKS, set_api_root,
     "send Google's calls to URL/<host>/<path>; http only to loopback"},
    {"impersonate-service-account", 0, "EMAIL[,DELEGATE...]", ASKS, set_impersonate,
     "act as this service account, through delegates"},
    {"quota", 0, "API=N/min", ASKS, set_quota,
     "how fast an API may be asked (`list quotas` has the defaults); N/s; repeats"},
    {"fail-on", 0, "SEVERITY", PROBES | PL_CMD_GATE, set_fail_on,
     "exit 2 from this severity on: low (default), medium, high, critical"},
    {"store", 0, "WHERE|none", PL_CMD_AUDIT | ANY_RUN, set_store,
     "where runs are kept: a file, postgresql://..., none; default: the state folder"},
    {"keep", 0, "RUNS|DURATION", PL_CMD_AUDIT, set_keep,
     "let go runs of this series that are older (default 90d) or more; all: none goes"},
    {"notify", 0, "URL|@FILE", PL_CMD_AUDIT, set_notify,
     "POST what changed since it was last told, recovery included, as JSON; repeats"},
    {"confirm", 0, "RUNS", PL_CMD_AUDIT, set_confirm,
     "tell of it once it stood so for that many runs in a row (default 1)"},
    {"run", 0, "RUN", PL_CMD_ACCEPT, set_run, "the run whose drift it is (default: latest)"},
    {"all", 0, NULL, PL_CMD_ACCEPT, set_all, "all drift of that run"},
    {"dry-run", 0, NULL, PL_CMD_ACCEPT, set_dry_run, "show the difference, write nothing"},
    {"ignore", 0, NULL, PL_CMD_ACCEPT, set_ignore,
     "add ignore rules instead; wants --reason, --owner and --expires"},
    {"reason", 0, "TEXT", PL_CMD_ACCEPT, set_reason, "of the rule: why it is right so"},
    {"owner", 0, "WHO", PL_CMD_ACCEPT, set_owner, "of the rule: who is asked about it"},
    {"expires", 0, "DAY", PL_CMD_ACCEPT, set_expires, "of the rule: its last day, 2027-01-31"},
    {"since", 0, "WHEN", PL_CMD_HISTORY, set_since, "runs since then: 7d, a date, a time"},
    {"deadline", 0, "DURATION", ASKS, set_deadline,
     "end the run in time; what was not read by then is `unobserved`"},
    {"from-terraform", 0, "FILE", PL_CMD_INIT, set_terraform,
     "observe nothing, read `terraform show -json` or a state file of version 4; - is standard "
     "input"},
    {"role", 0, "FILE", PL_CMD_DOCTOR, set_role,
     "write the smallest custom role, for `gcloud iam roles create --file`; - is standard output"},
    {"schema", 0, NULL, PL_CMD_VALIDATE, set_schema,
     "print a JSON Schema of baselines, for editors"},
    {"force", 0, NULL, PL_CMD_INIT, set_force, "replace FILE if it is there"},
    {"color", 0, "WHEN", EVERY, set_color, "auto, always or never; NO_COLOR is honoured"},
    {"quiet", 'q', NULL, EVERY, set_quiet, "results only"},
    {"verbose", 'v', NULL, EVERY, set_verbose, "more about how it was done; repeats"},
    {"help", 'h', NULL, EVERY, set_help, "this text"},
};

bool pl_option_at(size_t i, struct pl_option_words *out)
{
    if (i >= PL_LEN(options))
        return false;
    *out = (struct pl_option_words){.name = options[i].name,
                                    .letter = options[i].letter,
                                    .arg = options[i].arg,
                                    .commands = options[i].commands,
                                    .help = options[i].help};
    return true;
}

static const struct pl_option *find_name(const char *name, size_t len)
{
    for (size_t i = 0; i < PL_LEN(options); i++)
        if (strlen(options[i].name) == len && strncmp(options[i].name, name, len) == 0)
            return &options[i];
    return NULL;
}

static const struct pl_option *find_letter(char letter)
{
    for (size_t i = 0; i < PL_LEN(options); i++)
        if (options[i].letter == letter)
            return &options[i];
    return NULL;
}

static int unknown(const struct pl_command *command, const char *word, struct pl_err *err)
{
    const char *names[PL_LEN(options)];
    size_t n = 0;
    for (size_t i = 0; i < PL_LEN(options); i++)
        if (options[i].commands & command->bit)
            names[n++] = options[i].name;
    const char *near = word[0] == '-' && word[1] == '-' ? pl_nearest(word + 2, names, n) : NULL;
    return pl_err_set(err, PL_E_USAGE, "%s: unknown option %s%s%s; see `plumbline %s --help`",
                      command->name, word, near ? ", nearest: --" : "", near ? near : "",
                      command->name);
}

static int take_value(struct pl_options *o, const struct pl_option *option, const char *value,
                      struct pl_err *err)
{
    if (!value || !*value)
        return pl_err_set(err, PL_E_USAGE, "--%s wants %s", option->name, option->arg);
    return option->set(o, value, err);
}

static int check_fits(const struct pl_command *command, const struct pl_option *option,
                      const char *word, struct pl_err *err)
{
    if (!option)
        return unknown(command, word, err);
    if (!(option->commands & command->bit))
        return pl_err_set(err, PL_E_USAGE, "%s takes no --%s; see `plumbline %s --help`",
                          command->name, option->name, command->name);
    return 0;
}

/* "--name", "--name VALUE", "--name=VALUE". Returns how many words it took, or -1. */
static int take_long(struct pl_options *o, const struct pl_command *command, int left, char **argv,
                     struct pl_err *err)
{
    const char *name = argv[0] + 2;
    size_t len = strcspn(name, "=");
    const struct pl_option *option = find_name(name, len);
    if (check_fits(command, option, argv[0], err) < 0)
        return -1;
    if (!option->arg && name[len] == '=')
        return pl_err_set(err, PL_E_USAGE, "--%s takes no value", option->name);
    if (!option->arg)
        return option->set(o, NULL, err) < 0 ? -1 : 1;
    if (name[len] == '=')
        return take_value(o, option, name + len + 1, err) < 0 ? -1 : 1;
    return take_value(o, option, left > 1 ? argv[1] : NULL, err) < 0 ? -1 : 2;
}

/* "-v", "-vv", "-b VALUE", "-bVALUE". Returns how many words it took, or -1. */
static int take_letters(struct pl_options *o, const struct pl_command *command, int left,
                        char **argv, struct pl_err *err)
{
    for (const char *at = argv[0] + 1; *at; at++) {
        const struct pl_option *option = find_letter(*at);
        if (check_fits(command, option, argv[0], err) < 0)
            return -1;
        if (option->arg && at[1])
            return take_value(o, option, at + 1, err) < 0 ? -1 : 1;
        if (option->arg)
            return take_value(o, option, left > 1 ? argv[1] : NULL, err) < 0 ? -1 : 2;
        if (option->set(o, NULL, err) < 0)
            return -1;
    }
    return 1;
}

int pl_options_parse(struct pl_options *o, const struct pl_command *command, int argc, char **argv,
                     struct pl_err *err)
{
    o->command = command;
    for (int i = 0; i < argc;) {
        if (strcmp(argv[i], "--") == 0) {
            for (i++; i < argc; i++)
                (void)push(o, &o->words, argv[i]);
            break;
        }
        if (argv[i][0] != '-' || argv[i][1] == '\0') {
            (void)push(o, &o->words, argv[i++]);
            continue;
        }
        int used =
            (argv[i][1] == '-' ? take_long : take_letters)(o, command, argc - i, argv + i, err);
        if (used < 0)
            return -1;
        i += used;
    }
    return 0;
}

void pl_options_print(const struct pl_command *command)
{
    for (size_t i = 0; i < PL_LEN(options); i++) {
        const struct pl_option *o = &options[i];
        char left[64];
        if (!(o->commands & command->bit))
            continue;
        snprintf(left, sizeof(left), "%c%c%s--%s%s%s", o->letter ? '-' : ' ',
                 o->letter ? o->letter : ' ', o->letter ? ", " : "  ", o->name, o->arg ? " " : "",
                 o->arg ? o->arg : "");
        printf("  %-26s %s\n", left, o->help);
    }
}
