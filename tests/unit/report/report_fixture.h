/* report_fixture.h - runs made by hand, for every writer: clean, drift alone, a bad night, slow, incomplete, puzzles, many, hostile, empty.
 *
 * Header only, so that each test stays one file. Nothing here comes from an engine: what the writers print is theirs alone.
 */
#ifndef TEST_REPORT_FIXTURE_H
#define TEST_REPORT_FIXTURE_H

#include <string.h>

#include "harness.h"
#include "plumbline/json.h"
#include "plumbline/reach.h"
#include "plumbline/report.h"

#define MS(n) ((int64_t)(n)*1000000)

static const struct pl_yaml_file fixture_file = {
    .name = "baselines/acme.yaml", .text = "", .len = 0};

static inline struct pl_mark at(int line)
{
    return (struct pl_mark){
        .file = line ? &fixture_file : NULL, .line = line, .column = line ? 9 : 0};
}

static inline const char *const *texts(struct pl_arena *a, const char *x, const char *y)
{
    const char **list = pl_arena_array(a, 2, sizeof(*list));
    list[0] = x;
    list[1] = y;
    return list;
}

/* Text as it is, "{...}" as JSON. */
static inline const struct pl_value *value(struct pl_arena *a, const char *text)
{
    if (!text)
        return NULL;
    return *text == '{' ? pl_json_parse(a, text, strlen(text), "fixture", NULL)
                        : pl_value_string(a, text);
}

/* A drift on a field address in its short form; expected or observed NULL: absent. */
static inline struct pl_drift *drift(struct pl_arena *a, const char *field, const char *expected,
                                     const char *observed, int line)
{
    struct pl_drift *d = PL_NEW(a, struct pl_drift);
    struct pl_err err = {0};
    if (pl_field_address_parse(a, field, &d->address, &d->path, &err) < 0)
        fail_msg("%s", err.text);
    bool global = d->address.kind->scope == PL_SCOPE_GLOBAL;
    d->address = pl_address_resolve(&d->address, "acme", global ? "global" : "us-central1");
    const char *path = pl_path_format(a, &d->path);
    d->field = field;
    d->field_full =
        pl_arena_printf(a, "%s%s%s", pl_address_full(a, &d->address), *path ? ":" : "", path);
    d->resource = pl_address_resource_name(a, &d->address);
    d->status = !observed ? PL_DRIFT_MISSING : !expected ? PL_DRIFT_UNEXPECTED : PL_DRIFT_CHANGED;
    d->expected = value(a, expected);
    d->observed = value(a, observed);
    d->id = pl_arena_printf(a, "id-of-%s", d->field_full);
    d->mark = at(line);
    d->leaves = expected ? 1 : 0;
    return d;
}

static inline struct pl_remedy *remedy(struct pl_arena *a, struct pl_drift *d, const char *command,
                                       const char *verify, const char *rollback, const char *risk)
{
    struct pl_remedy *r = PL_NEW(a, struct pl_remedy);
    *r = (struct pl_remedy){
        .command = command, .verify = verify, .rollback = rollback, .risk = risk};
    d->remedies = r;
    d->n_remedies = 1;
    return r;
}

static inline void affect(struct pl_arena *a, struct pl_drift *d, const char *name,
                          enum pl_conn_status status, enum pl_affected_how how)
{
    struct pl_affected *all = pl_arena_array(a, d->n_affects + 1, sizeof(*all));
    for (size_t i = 0; i < d->n_affects; i++)
        all[i] = d->affects[i];
    all[d->n_affects++] = (struct pl_affected){name, status, how};
    d->affects = all;
}

static inline struct pl_end end(struct pl_arena *a, const char *text)
{
    struct pl_end e = {.what = PL_END_HOST, .text = text, .host = text};
    if (strcmp(text, "here") == 0)
        e.what = PL_END_HERE;
    else if (pl_address_parse(a, text, &e.address, NULL) == 0) {
        e.what = PL_END_RESOURCE;
        e.address = pl_address_resolve(&e.address, "acme", "us-central1");
    }
    return e;
}

static inline struct pl_connection *connection(struct pl_arena *a, const char *name,
                                               const char *from, const char *to,
                                               enum pl_severity severity)
{
    struct pl_connection *c = PL_NEW(a, struct pl_connection);
    *c = (struct pl_connection){
        .name = name, .mark = at(60), .from = end(a, from), .to = end(a, to), .severity = severity};
    return c;
}

static inline struct pl_conn_result result(const struct pl_connection *c,
                                           enum pl_conn_status status)
{
    return (struct pl_conn_result){.connection = c,
                                   .status = status,
                                   .basis = PL_BASIS_PROBE,
                                   .seen_from = "any",
                                   .symptom = {.after_ms = -1},
                                   .severity = c->severity};
}

static inline struct pl_symptom symptom(const char *kind, int code, const char *detail)
{
    return (struct pl_symptom){
        .kind = pl_symptom_find(kind), .code = code, .detail = detail, .after_ms = -1};
}

static inline struct pl_probe_result *probe(struct pl_arena *a, const struct pl_conn_result *r,
                                            int attempts, int failed, double p50)
{
    struct pl_probe_result *p = PL_NEW(a, struct pl_probe_result);
    *p = (struct pl_probe_result){.connection = r->connection,
                                  .state = r->status == PL_CONN_OK         ? PL_PROBED_OK
                                           : r->status == PL_CONN_DEGRADED ? PL_PROBED_DEGRADED
                                                                           : PL_PROBED_FAILING,
                                  .symptom = r->symptom,
                                  .timings = {.attempts = attempts,
                                              .failed = failed,
                                              .p50_ms = p50,
                                              .p95_ms = p50 < 0 ? p50 : p50 * 2,
                                              .max_ms = p50 < 0 ? p50 : p50 * 3,
                                              .release_spread_ms = -1}};
    return p;
}

/* One set of causes from up to three drifts. */
static inline struct pl_cause_set set_of(struct pl_arena *a, const struct pl_drift *x,
                                         const struct pl_drift *y)
{
    const struct pl_drift **list = pl_arena_array(a, 2, sizeof(*list));
    list[0] = x;
    list[1] = y;
    return (struct pl_cause_set){.drifts = list, .n = y ? 2 : 1};
}

static inline struct pl_run *run_of(struct pl_arena *a, struct pl_conn_result *connections,
                                    size_t n)
{
    struct pl_run *run = PL_NEW(a, struct pl_run);
    struct pl_conn_result *copy = pl_arena_array(a, n + 1, sizeof(*copy));
    for (size_t i = 0; i < n; i++)
        copy[i] = connections[i];
    *run = (struct pl_run){
        .arena = a,
        .id = "20261120T100000Z-4f1c",
        .command = "audit",
        .started_at = "2026-11-20T10:00:00Z",
        .finished_at = "2026-11-20T10:00:07Z",
        .version = "0.1.0",
        .source = "Google's APIs",
        .observed_at = "2026-11-20T10:00:01Z",
        .connections = copy,
        .n_connections = n,
    };
    const char **projects = pl_arena_array(a, 1, sizeof(*projects)),
               **files = pl_arena_array(a, 1, sizeof(*files));
    projects[0] = "acme";
    files[0] = fixture_file.name;
    run->projects = projects;
    run->baseline_files = files;
    run->n_projects = run->n_baseline_files = 1;
    return run;
}

static inline void judged(struct pl_run *run, enum pl_verdict verdict, int status,
                          const char *reason)
{
    run->verdict = verdict;
    run->exit_status = status;
    run->reason = reason;
}

static inline void drifted(struct pl_run *run, const struct pl_drift *const *list, size_t n)
{
    const struct pl_drift **copy = pl_arena_array(run->arena, n + 1, sizeof(*copy));
    for (size_t i = 0; i < n; i++)
        copy[i] = list[i];
    run->drift = copy;
    run->n_drift = n;
}

#include "report_fixture_runs.h"

#endif
