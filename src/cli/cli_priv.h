/* cli_priv.h - options, the command table, and a run from baseline to report, step by step. */
#ifndef PLUMBLINE_CLI_PRIV_H
#define PLUMBLINE_CLI_PRIV_H

#include "plumbline/baseline.h"
#include "plumbline/cli.h"
#include "plumbline/diff.h"
#include "plumbline/explain.h"
#include "plumbline/finding.h"
#include "plumbline/gcp.h"
#include "plumbline/history.h"
#include "plumbline/loop.h"
#include "plumbline/map.h"
#include "plumbline/remedy.h"
#include "plumbline/report.h"
#include "plumbline/world.h"

enum { PL_EXIT_OK = 0, PL_EXIT_FAILED = 1, PL_EXIT_FOUND = 2, PL_EXIT_UNKNOWN = 3 };

struct pl_output {
    const struct pl_report_writer *writer;
    const char *path; /* "-": standard output */
};

struct pl_texts {
    const char **list;
    size_t n, cap;
};

struct pl_command;

struct pl_options {
    struct pl_arena *arena;
    const struct pl_command *command; /* by pl_options_parse */
    struct pl_texts baselines, symptoms, logs, select, projects, candidates,
        words; /* words: what is no option */
    struct pl_output *outputs;
    size_t n_outputs, cap_outputs;
    struct pl_gcp_rate *rates;
    size_t n_rates, cap_rates;
    struct pl_var *vars;
    size_t n_vars, cap_vars;
    const char *role, *terraform; /* doctor: where the role goes; init: what it is made from */
    const char *snapshot, *against, *vantage, *api_root, *impersonate, *out;
    const char *from, *to, *via, *probe, *location;
    const char *store; /* --store; NULL: the one in the state folder */
    struct pl_history_keep keep;
    struct pl_texts notify;                     /* URLs: may be secrets, never printed */
    int confirm;                                /* 0: unset, 1 */
    const char *run, *reason, *owner, *expires; /* accept */
    bool all, dry_run, ignore;
    int64_t since_ns; /* --since, on the wall clock; 0: ever */
    int port;
    bool no_probe, no_changed_by, read_secrets, force, schema, help;
    int64_t logs_ns; /* --symptoms-from-logs; 0: none */
    enum pl_severity fail_on;
    int64_t deadline_ns; /* duration; 0: none */
    enum { PL_COLOR_AUTO, PL_COLOR_ALWAYS, PL_COLOR_NEVER } color;
    int verbose; /* -1 quiet */
};

struct pl_session;
/* events.c: `-o ndjson` while the run goes on; what could not be written is told at its end. */
void pl_events_observing(struct pl_session *s, const struct pl_gcp_progress *p);
void pl_events_probing(struct pl_session *s, size_t done, size_t total, const char *waiting);
/* Was something written to this output before the end? Then pl_events_end writes the rest. */
bool pl_events_begun(const struct pl_session *s, const struct pl_output *out);
int pl_events_end(struct pl_session *s, const struct pl_output *out, struct pl_err *err);

/* progress.c: one line on standard error while something is waited for; on a terminal only, and gone when it is over. */
bool pl_progress_shown(const struct pl_options *o);
void pl_progress_observing(const struct pl_gcp_progress *p);
void pl_progress_probing(size_t done, size_t total, const char *waiting);
void pl_progress_end(void);

/* One bit a command. */
enum pl_command_bit {
    PL_CMD_AUDIT = 1 << 0,
    PL_CMD_GRAPH = 1 << 10,
    PL_CMD_EXPLAIN = 1 << 1,
    PL_CMD_COLLECT = 1 << 2,
    PL_CMD_PROBE = 1 << 3,
    PL_CMD_VALIDATE = 1 << 4,
    PL_CMD_LIST = 1 << 5,
    PL_CMD_INIT = 1 << 6,
    PL_CMD_EXPLAIN_FIELD = 1 << 7,
    PL_CMD_DOCTOR = 1 << 8,
    PL_CMD_GATE = 1 << 9,
    PL_CMD_HISTORY = 1 << 16,
    PL_CMD_REPORT = 1 << 17,
    PL_CMD_ACCEPT = 1 << 18,
};

struct pl_command {
    const char *name;
    unsigned bit;
    const char *usage;   /* behind "plumbline NAME " */
    const char *summary; /* one line */
    const char *help;    /* what a user wants to know, some lines */
    const char *exits;   /* its exit statuses; "" where it has none yet */
    int (*run)(struct pl_options *options,
               struct pl_err *err); /* exit status, or -1 with err; NULL: not there yet */
};

extern const struct pl_command pl_commands[];
extern const size_t pl_commands_len;

/* options.c */
int pl_options_parse(struct pl_options *options, const struct pl_command *command, int argc,
                     char **argv, struct pl_err *err);
void pl_options_print(
    const struct pl_command *command); /* the options that fit, to standard output */
/* Row i of the table, for the manual and for completion; false behind the last. */
struct pl_option_words {
    const char *name;
    char letter;       /* 0: none */
    const char *arg;   /* NULL: takes none */
    unsigned commands; /* bits */
    const char *help;
};
bool pl_option_at(size_t i, struct pl_option_words *out);

/* cmd_list.c: what may be listed, in one line without its end. */
void pl_list_names(void);

/* manual.c, completion.c: made from the tables, to standard output. */
void pl_print_manual(void);          /* plumbline(1) */
void pl_print_baseline_manual(void); /* plumbline.yaml(5) */
void pl_print_completion(void);      /* bash */

/* process.c: before anything else. */
int pl_process_prepare(struct pl_err *err);

/* cli.c: a note on standard error, of one line or several, harmless on a terminal. */
void pl_say(const struct pl_err *err);

/* session.c: the steps of a run; each fills its part. */
struct pl_session {
    struct pl_arena *arena;
    const struct pl_options *options;
    struct pl_run run;
    int64_t deadline_ns; /* monotonic; 0: none */
    const struct pl_baseline *baseline;
    const struct pl_world *world, *good; /* good: --against */
    bool kept;                           /* of what is observed only what this run needs is kept */
    struct pl_loop *loop;                /* made when first needed */
    struct pl_diff *diff;                /* NULL: nothing is compared */
    struct pl_snapshot_stream *stream;   /* of a collection: holds the resources in world's place */
    struct pl_probe_result *probes;
    size_t n_probes;
    const struct pl_symptom *symptoms;
    size_t n_symptoms;
    struct pl_logs_reader *reader; /* of logs, made when first needed */
    struct pl_unobserved *gaps;    /* beyond the world's: logs that could not be read */
    size_t n_gaps, cap_gaps;
    const struct pl_connection **connections; /* chosen, of the baseline */
    size_t n_connections;
    const struct pl_connection *const *extra; /* chosen, of none: ad hoc, inferred */
    size_t n_extra;
    bool
        in_depth; /* explain: text is one connection hop by hop, and only what concerns it counts */
    bool stdout_used;
    int *
        event_sinks; /* events.c: an open file an output, -1 none; NULL: nothing has happened yet */
    size_t events_kinds;  /* how many kinds the last line spoke of, and one */
    int events_errno;     /* the first line that could not be written; 0: all could */
    bool records;         /* audit: the run is stored */
    struct pl_map tokens; /* identity tokens by audience; NULL: could not be had */
};

typedef int pl_steps_fn(struct pl_session *s, struct pl_err *err);

/* Runs a command's steps from start to end: an exit status, or -1 with err and the reports that say so. */
int pl_session_run(const struct pl_options *options, const char *command, pl_steps_fn *steps,
                   struct pl_err *err);
int pl_session_baseline(struct pl_session *s, bool needed, struct pl_err *err);
int pl_session_symptoms(struct pl_session *s, struct pl_err *err);
void pl_session_diff(struct pl_session *s); /* with the baseline, or --against */
void pl_session_explain(struct pl_session *s);
/* Judges and writes the reports; the exit status, or -1 with err. */
int pl_session_report(struct pl_session *s, struct pl_err *err);
/* From what was observed to the report: compare, probe, explain, choose what to show. What audit and explain share. */
int pl_session_account(struct pl_session *s, struct pl_err *err);

/* The chosen connections, then the extra ones: i below n_connections + n_extra. */
const struct pl_connection *pl_session_connection(const struct pl_session *s, size_t i);

/* observe.c: more steps. */
int pl_session_observe(struct pl_session *s,
                       struct pl_err *err); /* --snapshot or Google; --against */
/* Without a baseline's connections: those that a world is wired for, as extra ones. */
int pl_session_infer(struct pl_session *s, const struct pl_world *world, struct pl_err *err);
/* The projects to look at: the baseline's and those of --project, else the credentials'; none is an error. */
int pl_session_projects(struct pl_session *s, struct pl_texts *out, struct pl_err *err);
/* How Google is asked about them, and a loop to ask in. */
int pl_session_gcp(struct pl_session *s, const struct pl_texts *projects,
                   struct pl_gcp_options *out, struct pl_err *err);
/* secrets.c: with --read-secrets, what the wiring's secrets are equal to; behind what is observed. */
int pl_session_secrets(struct pl_session *s, struct pl_err *err);
void pl_session_skip_observing(struct pl_session *s); /* a world of which nothing is known */
int pl_session_probe(struct pl_session *s, struct pl_err *err); /* nothing with --no-probe */

/* logs.c: --log. Files before anything is observed; what is in them is matched when the world is known, and then says what the run is
 * about: the connections that it names, and those that these wait for. */
int pl_session_logs(struct pl_session *s, struct pl_err *err);
struct pl_logs_reader *pl_session_reader(struct pl_session *s);
void pl_session_match_logs(struct pl_session *s);

#define PL_LOGS_ARE_LIVE                                                                           \
    "--symptoms-from-logs reads Google's logs, and --snapshot observes nothing; `gcloud logging "  \
    "read --format=json` and --log FILE do it offline"
/* live_logs.c: --symptoms-from-logs, before the logs are matched; and who changed what has drifted, before it is explained. */
int pl_session_live_logs(struct pl_session *s, struct pl_err *err);
int pl_session_changes(struct pl_session *s, struct pl_err *err);

/* select.c: --select and the words of a command line. */
bool pl_select_connection(const struct pl_options *options, const struct pl_connection *c);
/* Is the resource, or something in it, selected by an address? As a graph asks it; `options`: a struct pl_options. */
bool pl_select_resource(const void *options, const struct pl_address *address);
int pl_select_check(const struct pl_options *options, const struct pl_connection *const *list,
                    size_t n, struct pl_err *err);
int pl_select_words(struct pl_session *s, struct pl_err *err); /* names; none: all */
void pl_select_findings(struct pl_session *s, int64_t now_ns); /* after pl_session_explain */

/* gaps.c: what could not be read and matters to what this run reports. Last before the report. */
void pl_gaps_choose(struct pl_session *s);
/* How many gaps there are, without APIs that are off, which hold nothing that could have been missed, and without what was
 * not asked for. */
size_t pl_count_missed(const struct pl_world *world);

/* outputs.c: looked at before the work begins: after minutes of it, "no such folder" comes too late. */
int pl_output_check(struct pl_arena *arena, const char *path, struct pl_err *err);
int pl_outputs_check(const struct pl_options *options, struct pl_err *err);
int pl_outputs_write(struct pl_session *s, struct pl_err *err);
/* The job could not be done: reports in files say so, and JSON on standard output. */
void pl_outputs_fail(struct pl_session *s, const struct pl_err *err);

/* against.c: the baseline with all that a last good state held beside what it declares itself: for the path model, not for comparing. */
const struct pl_baseline *pl_against_declared(struct pl_arena *arena, const struct pl_world *good,
                                              const struct pl_baseline *baseline);

/* style.c: how a report looks on standard output, and in a file. */
struct pl_report_style pl_style(const struct pl_options *options, bool is_stdout);
/* 32 bytes that key the marks of redacted values, kept in the state folder; NULL where they cannot be kept. */
const unsigned char *pl_redaction_key(struct pl_arena *arena);

/* style.c: $XDG_STATE_HOME/plumbline, or NULL; and it made, 0700. */
char *pl_state_folder(struct pl_arena *arena);
int pl_state_folder_make(struct pl_arena *arena);

/* record.c: the store that these options mean: a place or "none", or NULL where there is no state folder. */
const char *pl_store_where(const struct pl_options *options);
/* notify.c: a URL, or the one in @FILE; what is wrong with it is told without it. */
int pl_notify_url(struct pl_arena *arena, const char *text, const char **out, struct pl_err *err);
/* After the run was recorded. What goes wrong is told on standard error and changes nothing. */
void pl_session_notify(struct pl_session *s, struct pl_store *store);
/* For `history` and `report`: one that is there. NULL on error. */
struct pl_store *pl_store_for_reading(const struct pl_options *options, struct pl_err *err);
/* What names these needs: the same text, the same needs (record.c). */
const char *pl_needs_name(struct pl_session *s);
/* Stores a finished and judged run, and sets run.past. What goes wrong is told; where a store was asked for, the run's exit status says so. */
void pl_session_record(struct pl_session *s);

/* needs.c: what this run's baseline, connections and the path model ask of the world. */
struct pl_needs *pl_session_needs(struct pl_session *s);
/* The least that any run asks of a kind, for explain-field: what names its resources; with what the path model reads; with what is told of drift
 * where one is declared. */
enum pl_asked { PL_ASKED_BY_NAME, PL_ASKED_BY_PATHS, PL_ASKED_DECLARED };
struct pl_needs *pl_kind_needs(struct pl_arena *arena, const struct pl_kind *kind,
                               enum pl_asked asked);

/* The commands. */
int pl_cmd_audit(struct pl_options *options, struct pl_err *err);
int pl_cmd_graph(struct pl_options *options, struct pl_err *err);
int pl_cmd_explain(struct pl_options *options, struct pl_err *err);
int pl_cmd_collect(struct pl_options *options, struct pl_err *err);
int pl_cmd_probe(struct pl_options *options, struct pl_err *err);
int pl_cmd_validate(struct pl_options *options, struct pl_err *err);
int pl_cmd_list(struct pl_options *options, struct pl_err *err);
int pl_cmd_init(struct pl_options *options, struct pl_err *err);
int pl_cmd_gate(struct pl_options *options, struct pl_err *err);
int pl_cmd_doctor(struct pl_options *options, struct pl_err *err);
int pl_cmd_history(struct pl_options *options, struct pl_err *err);
int pl_cmd_accept(struct pl_options *options, struct pl_err *err);
int pl_cmd_report(struct pl_options *options, struct pl_err *err);
int pl_cmd_explain_field(struct pl_options *options, struct pl_err *err);

/* cmd_list.c: "list of message, by name, output". */
void pl_field_print(const struct pl_field_info *info);

#endif
