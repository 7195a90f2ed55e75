/* plumbline/finding.h [floor 2: src/model] - what a run found: drift, connections, explanations, gaps; and the verdict computed from them.
 *
 * Plain data: engines fill it, writers and history read it, nobody prints from here. Everything lives in the run's arena.
 */
#ifndef PLUMBLINE_FINDING_H
#define PLUMBLINE_FINDING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "plumbline/address.h"
#include "plumbline/baseline.h"
#include "plumbline/past.h"
#include "plumbline/symptom.h"
#include "plumbline/world.h"

/* ---- drift ---- */

enum pl_drift_status { PL_DRIFT_CHANGED, PL_DRIFT_MISSING, PL_DRIFT_UNEXPECTED };
extern const char *const pl_drift_status_names[];

struct pl_remedy {
    const char *command;   /* one shell command, quoted; or a sentence where no command exists */
    const char *verify;    /* a read-only command that shows that it worked, or NULL */
    const char *rollback;  /* a command that sets what was observed again, or NULL */
    const char *risk;      /* one sentence */
    const char *precheck;  /* a read-only command that shows the state before, or NULL */
    const char *prints;    /* what `verify` prints once it worked, in words; or NULL */
    const char *before;    /* what `precheck` prints while it drifts, in words; or NULL */
    const char *terraform; /* where Terraform sets it: "TYPE.argument.path"; NULL: nowhere */
    bool by_terraform;     /* the resource says that Terraform made it: change it there */
    int order;             /* of what needs what: lower goes first, */
    bool
        only_tidies; /* undoes a part of the drift that stops no connection: no step of an account */
    bool others_need_it; /* where it makes or grants what commands of a higher order name */
};

/* Who last changed a resource, by the audit log. */
struct pl_change {
    const char *principal;
    const char *const
        *via; /* who acted through the principal, the one who began it first; n_via 0: nobody */
    size_t n_via;
    const char *at; /* RFC 3339 */
    const char *method;
    bool
        names_field; /* what was asked for names the field, or is the making or deleting of the resource */
    const char *
        otherwise_since; /* RFC 3339: from then until `at` it is known not to have been as it is now; NULL: nobody knows */
};

/* A query of audit logs: what a human may run where this program may not. */
struct pl_change_query {
    const char *project, *command;
    const char *reason, *permission, *detail,
        *remedy; /* why it gave nothing; reason NULL: it was answered */
    bool truncated;
};

enum pl_conn_status {
    PL_CONN_OK,
    PL_CONN_FAILING,
    PL_CONN_DEGRADED,
    PL_CONN_OPEN,
    PL_CONN_BLOCKED,
    PL_CONN_UNKNOWN
};
extern const char *const pl_conn_status_names[];

/* Why a connection is in the blast radius of a drift. */
enum pl_affected_how {
    PL_AFFECTED_FIELD,    /* its path hangs on what drifted */
    PL_AFFECTED_RESOURCE, /* its path passes through the resource, and not by that field */
    PL_AFFECTED_UPSTREAM  /* it waits for one that is affected, however far */
};
extern const char *const pl_affected_names[];

struct pl_affected {
    const char *name; /* of the connection */
    enum pl_conn_status status;
    enum pl_affected_how how;
};

struct pl_drift_more; /* private to src/diff */

struct pl_drift {
    const char *id; /* fingerprint: full address, status, expected, observed */
    struct pl_address address;
    struct pl_path path; /* root: the whole resource */
    const char *field;   /* short form, for people */
    const char *field_full;
    const char *resource; /* full resource name */
    enum pl_drift_status status;
    const struct pl_value
        *expected; /* as shown; matchers as text: "!at_least 200"; NULL: nothing was expected */
    const struct pl_value *observed; /* as shown, redacted; NULL: absent */
    const char *
        elsewhere; /* MISSING: the one resource of that name in another place, short; NULL: none or several */
    struct pl_mark mark;       /* of the violated line; file NULL where there is no baseline */
    enum pl_severity severity; /* what it broke, else by field (low) */
    size_t
        leaves; /* declared leaf fields that it covers; 0 where nothing was declared (`!absent` is) */
    /* The revert that a proof uses: the field set to this (PL_UNKNOWN: no single right value), removed (NULL), or, with an empty
     * path, the resource put or deleted (NULL). */
    const struct pl_value *revert;
    unsigned flags; /* enum pl_field_flag of the field */
    const char *
        unit; /* drifts with the same unit are reverted together (a re-created resource); NULL: alone */
    const char *const *explains; /* names of connections, by the explanations */
    size_t n_explains;
    const struct pl_affected *affects; /* the blast radius, in the baseline's order */
    size_t n_affects;
    const char *const *services; /* where those connections begin; short */
    size_t n_services;
    const struct pl_remedy *remedies;
    size_t n_remedies;
    const struct pl_change *changed_by; /* NULL: not looked up, or not found */
    const struct pl_drift_more
        *more; /* what pl_diff_revert needs beside `revert`; NULL in what others make */
};

struct pl_ignored {
    struct pl_drift *drift;
    const struct pl_ignore *rule;
};

/* A declared leaf that could not be compared. */
struct pl_unknown {
    struct pl_address address;
    struct pl_path path;
    const char *field, *field_full;
    const char *why; /* "redis.instance could not be read: permission_denied" */
    size_t leaves;
    struct pl_mark mark;
    const struct pl_unobserved *gap; /* or NULL */
};

enum pl_rule_state { PL_RULE_EXPIRED, PL_RULE_UNUSED };
struct pl_rule_finding {
    const struct pl_ignore *rule;
    enum pl_rule_state state;
};

struct pl_coverage {
    size_t declared, match, drift, ignored,
        unknown; /* leaves; match + drift + ignored + unknown = declared */
};

/* ---- paths and explanations ---- */

enum pl_hop_verdict { PL_HOP_PASS, PL_HOP_BLOCK, PL_HOP_UNKNOWN, PL_HOP_NOT_APPLICABLE };
extern const char *const pl_hop_verdict_names[];

/* A row of the cause table (reach/causes.c): why a path fails, and what a client then sees. */
struct pl_cause {
    const char *name;           /* Google's own where it has one: "NO_ROUTE" */
    const char *summary;        /* one sentence */
    const char *const *certain; /* symptom patterns, NULL-terminated */
    const char *const *possible;
    const char *source; /* Google page, RFC or rule id ("R3") */
    const char *fields; /* the fields that decide it, for `list causes` */
    bool modelled;      /* false: only ever told as not modelled */
    /* Symptoms that by themselves show the client's side of it, where nobody declared that: NULL-terminated, NULL none. */
    const char *const *settled_by;
};

struct pl_evidence {
    const char *field; /* short address with path, or a resource */
    const char *value; /* text, redacted */
    const char *note;  /* or NULL: "lost to ... because its prefix is shorter" */
};

struct pl_hop {
    const char *hop; /* row's name: "egress", "route", "firewall-egress" */
    enum pl_hop_verdict verdict;
    const struct pl_cause *
        cause; /* BLOCK: why; UNKNOWN: what it would be if it blocked (NULL: could be anything below); else NULL */
    const char *text;  /* one sentence for people */
    const char *field; /* BLOCK, and a risk: full address of the deciding field, or NULL */
    const char *field_short;
    int64_t at_ms; /* "cut after N": what is seen at another time is not this; 0: no such time */
    int64_t
        until_ms; /* or up to then (a limit for each phase or try adds up); 0: half as long again */
    const struct pl_evidence *evidence;
    size_t n_evidence;
};

enum pl_explain_verdict {
    PL_EXPLAIN_NONE, /* nothing to explain */
    PL_EXPLAIN_UNKNOWN,
    PL_EXPLAIN_CASCADE,
    PL_EXPLAIN_EXPLAINED,
    PL_EXPLAIN_CONSISTENT,
    PL_EXPLAIN_UNDECLARED,
    PL_EXPLAIN_DECLARED_ALSO_FAILS,
    PL_EXPLAIN_CONTRADICTED,
    PL_EXPLAIN_UNEXPLAINED,
};
extern const char *const pl_explain_verdict_names[];

struct pl_cause_set {
    const struct pl_drift *const *drifts; /* sorted by field */
    size_t n;
};

struct pl_blocker {
    const struct pl_cause *cause;
    const char *field; /* short, or NULL */
    const char *field_full;
    const char *look; /* a command that shows what stands there, or NULL */
};

struct pl_ruled_out {
    const struct pl_drift *drift;
    const char *why;
};

struct pl_proof_step {
    const char
        *text; /* "observed: blocked at firewall-egress (FIREWALL_RULE)", "revert X alone: open" */
};

/* When a drift came, against when the failure was seen. */
enum pl_time_relation { PL_TIME_UNKNOWN, PL_TIME_BEFORE, PL_TIME_AFTER };
extern const char *const pl_time_relation_names[];

struct pl_timing {
    const struct pl_drift *drift;
    const char *at;     /* RFC 3339 */
    const char *source; /* "audit log", or the resource's own field: "updateTime" */
    enum pl_time_relation relation;
    const char *text; /* "was set ... (audit log), 3 min before the failure was first seen" */
};

struct pl_explanation {
    enum pl_explain_verdict verdict;
    const char *reason; /* one sentence: why this verdict and no other */
    const struct pl_cause_set *causes;
    size_t n_causes;
    bool truncated;
    const struct pl_blocker *blockers;
    size_t n_blockers;
    const char *const *upstream; /* names of connections */
    size_t n_upstream;
    const struct pl_drift *const *masked;
    size_t n_masked;
    const struct pl_ruled_out *ruled_out;
    size_t n_ruled_out;
    const struct pl_timing *timings; /* of what is on the path, where anything is known */
    size_t n_timings;
    const char *const *not_modelled; /* sentences */
    size_t n_not_modelled;
    const struct pl_proof_step *proof;
    size_t n_proof;
};

/* ---- connections ---- */

enum pl_basis { PL_BASIS_PROBE, PL_BASIS_SYMPTOMS, PL_BASIS_MODEL };
extern const char *const pl_basis_names[];

struct pl_phase {     /* one phase of a probe, over its attempts; -1 where it was not reached */
    const char *name; /* resolve connect tls first_byte total */
    double p50_ms, p95_ms, max_ms;
};

struct pl_timings {
    int attempts, failed;
    double p50_ms, p95_ms, max_ms; /* of whole successful attempts; -1 where there is none */
    const struct pl_phase *phases;
    size_t n_phases;
    double lag_ms; /* this process's own longest turn meanwhile */
    double rtt_ms; /* the kernel's round trip at connect, median; -1: none was measured */
    double release_spread_ms; /* concurrency: first to last request; -1 where not measured */
    const double *samples_ms; /* sorted; successful attempts */
    size_t n_samples;
};

/* A certificate as it was presented; texts are the peer's, made visible. Times: RFC 3339, NULL where they are broken. */
struct pl_certificate {
    const char *subject, *issuer; /* RFC 2253 */
    const char *not_before, *not_after;
    const char *sha256;       /* of the whole certificate, hex */
    const char *const *names; /* DNS names and addresses that it is for */
    size_t n_names;
    int64_t left_s; /* until it expires, at the time of the probe */
};

/* The TLS of a target, by the first attempt that was shown a certificate, trusted or not. */
struct pl_peer_tls {
    const char *version, *cipher; /* NULL: the handshake did not end */
    const char *distrust; /* why the chain is not trusted, as OpenSSL says it; NULL: it is */
    const struct pl_certificate *chain; /* as sent, the peer's own first */
    size_t n_chain;
};

struct pl_symptom_count {
    struct pl_symptom symptom;
    int count;
};

/* What a probe of one connection found. */
struct pl_probe_result {
    const struct pl_connection *connection;
    enum {
        PL_PROBED_OK,
        PL_PROBED_FAILING,
        PL_PROBED_DEGRADED,
        PL_PROBED_UNKNOWN /* could not be made here */
    } state;
    struct pl_symptom symptom;             /* kind NULL where there is none; the most frequent */
    const struct pl_symptom_count *counts; /* every symptom of the attempts, most frequent first */
    size_t n_counts;
    const char *unknown_why; /* UNKNOWN: no sockets left, unset !env ..., */
    const char *target;      /* "127.0.0.1:5434 for sql.instance/main:5432" */
    const char
        *note; /* what was noticed: "PostgreSQL answers on 5432", certificate expiry; or NULL */
    const struct pl_peer_tls *tls; /* NULL: no certificate was seen */
    struct pl_timings timings;
};

struct pl_conn_result {
    const struct pl_connection *connection;
    enum pl_conn_status status;
    enum pl_basis basis;
    const char *seen_from;
    struct pl_symptom symptom;     /* kind NULL where there is none */
    const struct pl_symptom *also; /* other symptoms told of it, in files */
    size_t n_also;
    const struct pl_probe_result *probe; /* or NULL */
    const char *note;                    /* why status is what it is, where that is not plain */
    const struct pl_hop *hops;
    size_t n_hops;
    struct pl_explanation explanation;
    enum pl_severity severity;
};

/* ---- logs ---- */

enum pl_logs_class {
    PL_LOGS_CONNECTIVITY,
    PL_LOGS_SECONDARY,          /* a value that is not there because there was no connection */
    PL_LOGS_NOT_INFRASTRUCTURE, /* the test's or the program's own fault */
    PL_LOGS_NOT_TESTED,         /* skipped, or against a mock: evidence of nothing */
    PL_LOGS_UNRECOGNISED,       /* an error that none of the matchers knows */
    PL_LOGS_CLASSES
};
extern const char *const pl_logs_class_names[];

/* One error of a log; its repeats are counted. */
struct pl_logs_event {
    enum pl_logs_class what;
    struct pl_symptom
        symptom;        /* CONNECTIVITY; `at` only where the log says the time with its zone */
    const char *text;   /* the first line of it: one line, no secrets */
    const char *why;    /* this class, where that is not plain; or NULL */
    const char *source; /* "pytest.log" */
    size_t line;        /* of the first; 0: an entry of an API */
    const char *host;   /* name, address or socket path that the line gives, or NULL */
    int port;           /* 0 none */
    const char *family; /* "postgres", "redis", ...: what kind of client wrote it, or NULL */
    size_t count;
    const char *first, *last; /* as the log writes the time; NULL: it says none */
    const char *const *tests; /* names of tests that failed so; the first few */
    size_t n_tests, tests_more;
    /* By pl_logs_match. */
    const char *const *connections; /* names; none: it matches nothing declared */
    size_t n_connections;
    const char *matched_by; /* "10.20.0.5:5432", "the only connection to redis" */
    const char *nearest;    /* name of a connection, or NULL */
    const char *unmatched;  /* why it matches nothing; NULL where it does */
};

struct pl_logs {
    bool subject; /* the run is about these logs: what in them matches nothing is left open by it */
    const char *const *sources;
    size_t n_sources;
    size_t lines, counts[PL_LOGS_CLASSES]; /* lines read; error lines by class, repeats counted */
    size_t cut;                            /* lines of which only the beginning was looked at */
    size_t dropped; /* error lines beyond those that are kept apart: counted, not listed */
    struct pl_logs_event *events; /* in order of first sight */
    size_t n_events;
};

/* ---- gate: what a deploy would do ---- */

enum pl_gate_effect {
    PL_GATE_BREAKS,  /* blocked with the candidate, and not so without it */
    PL_GATE_MENDS,   /* blocked without it, open with it */
    PL_GATE_BLURS,   /* with it nobody can say any more, or in another way than before */
    PL_GATE_WRONG,   /* blocked before and after */
    PL_GATE_UNKNOWN, /* not known before and after, for the same reasons */
    PL_GATE_KEEPS,   /* open before and after */
};
extern const char *const pl_gate_effect_names[];

struct pl_gate_connection {
    enum pl_gate_effect effect;
    const struct pl_conn_result *before, *after;
    /* BREAKS: which of the candidate's fields block it; MENDS: which open it, as what differs from before to after. */
    const struct pl_explanation *proof;
};

struct pl_gate_change {
    const char *action;   /* "create", "update", "replace", "delete" */
    const char *resource; /* short address */
    const char *source;   /* file */
};

struct pl_gate {
    const struct pl_gate_change *changes;
    size_t n_changes;
    const struct pl_drift *const *fields; /* expected: before, observed: with the candidate */
    size_t n_fields;
    const char *const *notes; /* what of the candidate was not taken */
    size_t n_notes;
    const struct pl_gate_connection *connections; /* as in the run */
    size_t n_connections;
    const struct pl_drift *const *added, *const *removed; /* against the baseline */
    size_t n_added, n_removed, n_kept;
    const struct pl_unknown *unknown; /* fields that nobody can know any more */
    size_t n_unknown;
    size_t n_left_out; /* changes that could not be laid over what is observed; `notes` says why */
};

/* ---- a run ---- */

struct pl_graph; /* graph.h */

enum pl_verdict {
    PL_VERDICT_CLEAN,
    PL_VERDICT_DRIFT,
    PL_VERDICT_FAILING,
    PL_VERDICT_INCOMPLETE,
    PL_VERDICT_ERROR
};
extern const char *const pl_verdict_names[];

struct pl_run {
    struct pl_arena *arena;
    const char *id, *command, *started_at, *finished_at, *version;
    const char *const *baseline_files;
    size_t n_baseline_files;
    const char *source;      /* "Google's APIs", "snapshot FILE" */
    const char *observed_at; /* of the world */
    struct {
        size_t sent, retried, throttled; /* sent 0: no API was asked */
    } requests;
    const char *const *projects;
    size_t n_projects;
    enum pl_severity fail_on;
    struct pl_coverage coverage;
    const struct pl_drift *const
        *drift; /* without the ignored ones; sorted by severity, then field */
    size_t n_drift;
    const struct pl_ignored *ignored;
    size_t n_ignored;
    const struct pl_unknown *unknown;
    size_t n_unknown;
    const struct pl_rule_finding *rules;
    size_t n_rules;
    const struct pl_conn_result *connections; /* in baseline order */
    size_t n_connections;
    const struct pl_unobserved *unobserved; /* that concern what is declared; the rest is counted */
    size_t n_unobserved;
    size_t unobserved_elsewhere;
    const struct pl_warning *warnings;
    size_t n_warnings;
    const struct pl_change_query *change_queries; /* that were asked */
    size_t n_change_queries;
    const struct pl_gate *gate; /* `gate`: the run is about the candidate; else NULL */
    const struct pl_graph
        *graph; /* `graph`: the estate (graph.h), which its own writers draw; else NULL */
    const struct pl_logs *logs; /* --log, --symptoms-from-logs; NULL: none was read */
    const struct pl_past *past; /* by src/history; NULL: no history was kept */
    /* The result, by pl_run_judge. */
    enum pl_verdict verdict;
    int exit_status;
    const char *reason;
};

/* Computes verdict, exit status and reason from the lists above (sections 4 and 7 of the contract). */
void pl_run_judge(struct pl_run *run);

#endif
