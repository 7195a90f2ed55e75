/* probe_fixture.h - probes of a baseline's connections against servers that a test starts: many at once, in one run.
 *
 * A row says the connection as a baseline says it, so that parameters go through the real reader. All rows of a
 * table are probed together: what waits for its limit waits beside the others.
 */
#ifndef PROBE_FIXTURE_H
#define PROBE_FIXTURE_H

#include "harness.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "plumbline/probe.h"
#include "probe_priv.h"
#include "servers.h"

enum { FIXTURE_MAX = 128 };

struct fixture {
    struct pl_arena *arena;
    struct pl_loop *loop;
    char *dir;
    struct pl_probe_job jobs[FIXTURE_MAX];
    struct pl_probe_result results[FIXTURE_MAX];
    size_t n;
    struct pl_probe_options options;
};

static inline int fixture_setup(void **state)
{
    struct pl_err err;
    struct fixture *f = test_calloc(1, sizeof(*f));

    f->arena = pl_arena_new();
    f->loop = pl_loop_new(&err);
    f->dir = harness_temp_dir();
    *state = f;
    return f->loop != NULL ? 0 : -1;
}

static inline int fixture_teardown(void **state)
{
    struct fixture *f = *state;

    pl_loop_free(f->loop);
    pl_arena_free(f->arena);
    harness_remove(f->dir);
    test_free(f);
    return 0;
}

static inline void fixture_write(struct fixture *f, const char *name, const char *text)
{
    harness_write(harness_path(f->arena, f->dir, name), text);
}

/* Adds a target: `probe` is the inside of `probe: {}`, `more` further lines of the connection ("budget: {..}"). */
static inline struct pl_probe_job *fixture_add(struct fixture *f, const char *host, int port,
                                               const char *probe, const char *more)
{
    const char *path = harness_path(f->arena, f->dir, "baseline.yaml");
    struct pl_baseline_options options = {.paths = &path, .n_paths = 1};
    const struct pl_baseline *baseline;
    struct pl_probe_job *job = &f->jobs[f->n++];
    struct pl_err err = {0};

    assert_in_range(f->n, 1, FIXTURE_MAX);
    harness_write(
        path,
        pl_arena_printf(f->arena,
                        "version: 1\nproject: p\nlocation: l\nconnections:\n  c:\n    from: here\n"
                        "    to: \"%s:%d\"\n    probe: {%s}\n    %s\n",
                        strchr(host, ':') && strncmp(host, "http", 4) != 0 ? "localhost" : host,
                        port, probe, more != NULL ? more : ""));
    baseline = pl_baseline_read(f->arena, &options, &err);
    if (baseline == NULL)
        fail_msg("%s", err.text);
    *job = (struct pl_probe_job){.connection = baseline->connections[0],
                                 .host = pl_arena_strdup(f->arena, host),
                                 .port = port};
    job->url_path = job->connection->probe.path;
    job->tls = job->connection->probe.type == PL_PROBE_HTTPS;
    return job;
}

static inline void fixture_run(struct fixture *f)
{
    struct pl_err err = {0};

    if (pl_probe_run(f->arena, f->loop, f->jobs, f->n, &f->options, f->results, &err) != 0)
        fail_msg("%s", err.text);
}

/* This process came too late for a limit: a result is unknown for that, or stands on fewer attempts. */
static inline bool fixture_was_late(const struct fixture *f)
{
    for (size_t i = 0; i < f->n; i++) {
        const struct pl_probe_result *r = &f->results[i];

        if ((r->state == PL_PROBED_UNKNOWN &&
             (strstr(r->unknown_why, "was itself late") != NULL ||
              strstr(r->unknown_why, "could not be made here") != NULL)) ||
            (r->note != NULL && strstr(r->note, "could not be made here") != NULL))
            return true;
    }
    return false;
}

/* For limits that a loaded machine may oversleep: probes again until none was. */
static inline void fixture_run_on_time(struct fixture *f)
{
    int left = 10;

    do
        fixture_run(f);
    while (fixture_was_late(f) && --left > 0);
}

static const char *const fixture_states[] = {"ok", "failing", "degraded", "unknown"};

/* "failing refused NET_REFUSED 0: connection refused by 127.0.0.1:1": all that a report can say, with the port as
 * PORT, so that a table can hold it. */
static inline const char *fixture_text(struct fixture *f, size_t i)
{
    const struct pl_probe_result *r = &f->results[i];
    const char *detail = r->state == PL_PROBED_UNKNOWN ? r->unknown_why : r->symptom.detail, *found;
    const char *port = pl_arena_printf(
        f->arena, ":%d", f->jobs[i].dial_host != NULL ? f->jobs[i].dial_port : f->jobs[i].port);
    char *text;

    if (r->state == PL_PROBED_OK)
        return "ok";
    if (r->state == PL_PROBED_UNKNOWN)
        text = pl_arena_printf(f->arena, "unknown: %s", detail);
    else
        text = pl_arena_printf(f->arena, "%s %s %s %d: %s", fixture_states[r->state],
                               r->symptom.kind != NULL ? r->symptom.kind->name : "(none)",
                               r->symptom.class_name, r->symptom.code, detail);
    /* How long a peer took is not the same twice. */
    found = strstr(text, " after ");
    if (found != NULL && strspn(found + 7, "0123456789") > 0)
        text = pl_arena_printf(f->arena, "%.*s after N%s", (int)(found - text), text,
                               found + 7 + strspn(found + 7, "0123456789"));
    found = strstr(text, port);
    while (found != NULL && isdigit((unsigned char)found[strlen(port)])) /* ":1346" of ":13467" */
        found = strstr(found + 1, port);
    if (found == NULL)
        return text;
    return pl_arena_printf(f->arena, "%.*s:PORT%s", (int)(found - text), text,
                           found + strlen(port));
}

#endif
