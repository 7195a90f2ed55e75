/* finding_judge.c - verdict, exit status and reason of a run, from the lists that are printed (sections 4 and 7 of the contract).
 *
 * The verdict says what was found, whatever its severity; the exit status, what is at or above --fail-on. An error ends a run before
 * it gets here.
 */
#include "plumbline/finding.h"

#include "plumbline/buf.h"

enum { EXIT_CLEAN = 0, EXIT_FOUND = 2, EXIT_INCOMPLETE = 3 };

struct tally {
    size_t failing, degraded, blocked, drift; /* at or above --fail-on */
    size_t below;                             /* findings below it */
    size_t broken; /* connections that do not work within their budget, of any severity */
    size_t open, unknown_connections, unlisted;
    size_t unmatched; /* connection errors of a log that are of nothing declared */
    size_t
        unread; /* of a log: lines that nobody looked at to their end, errors that are not listed */
};

static void count_connection(const struct pl_run *run, const struct pl_conn_result *c,
                             struct tally *t)
{
    size_t *which = NULL;

    switch (c->status) {
    case PL_CONN_FAILING:
        which = &t->failing;
        break;
    case PL_CONN_DEGRADED:
        which = &t->degraded;
        break;
    case PL_CONN_BLOCKED:
        which = &t->blocked;
        break;
    case PL_CONN_UNKNOWN:
        t->unknown_connections++;
        return;
    case PL_CONN_OPEN:
        t->open++;
        return;
    case PL_CONN_OK:
        return;
    }
    t->broken++;
    if (which != NULL && c->severity >= run->fail_on)
        ++*which;
    else
        t->below++;
}

static struct tally count(const struct pl_run *run)
{
    struct tally t = {0};

    for (size_t i = 0; i < run->n_connections; i++)
        count_connection(run, &run->connections[i], &t);
    for (size_t i = 0; i < run->n_drift; i++) {
        if (run->drift[i]->severity >= run->fail_on)
            t.drift++;
        else
            t.below++;
    }
    for (size_t i = 0; i < run->n_unknown; i++)
        t.unlisted += run->unknown[i].leaves == 0;
    if (run->logs && run->logs->subject)
        t.unread = run->logs->cut + run->logs->dropped;
    for (size_t i = 0; run->logs && run->logs->subject && i < run->logs->n_events; i++)
        t.unmatched += run->logs->events[i].what == PL_LOGS_CONNECTIVITY &&
                       run->logs->events[i].n_connections == 0;
    return t;
}

static bool is_incomplete(const struct pl_run *run, const struct tally *t)
{
    return run->coverage.unknown > 0 || run->n_unknown > 0 || t->unknown_connections > 0 ||
           run->n_unobserved > 0 || t->unmatched > 0 || t->unread > 0;
}

/* ---- the reason ---- */

struct part {
    size_t n;
    const char *one, *many;
};

/* "2 failing connections, 1 blocked connection and 3 drifted fields" */
static void add_parts(struct pl_buf *out, const struct part *parts, size_t n)
{
    size_t left = 0;

    for (size_t i = 0; i < n; i++)
        left += parts[i].n > 0;
    for (size_t i = 0, done = 0; i < n; i++) {
        if (parts[i].n == 0)
            continue;
        pl_buf_addf(out, "%s%zu %s",
                    done == 0          ? ""
                    : done + 1 == left ? " and "
                                       : ", ",
                    parts[i].n, parts[i].n == 1 ? parts[i].one : parts[i].many);
        done++;
    }
}

static void say_found(const struct pl_run *run, const struct tally *t, struct pl_buf *out)
{
    const struct part parts[] = {
        {t->failing, "failing connection", "failing connections"},
        {t->degraded, "degraded connection", "degraded connections"},
        {t->blocked, "blocked connection", "blocked connections"},
        {t->drift, "drifted field", "drifted fields"},
    };

    add_parts(out, parts, PL_LEN(parts));
    pl_buf_addf(out, " at or above %s", pl_severity_names[run->fail_on]);
}

static void say_incomplete(const struct pl_run *run, const struct tally *t, struct pl_buf *out)
{
    const struct part parts[] = {
        {run->coverage.unknown, "declared field", "declared fields"},
        {t->unlisted, "listing", "listings"},
        {t->unknown_connections, "connection", "connections"},
    };

    add_parts(out, parts, PL_LEN(parts));
    if (out->len > 0)
        pl_buf_adds(out, " could not be checked");
    else if (t->unmatched > 0)
        pl_buf_addf(out, "%zu connection %s of no declared connection", t->unmatched,
                    t->unmatched == 1 ? "error in the log is" : "errors in the log are");
    else if (t->unread > 0)
        pl_buf_addf(out, "%zu %s of the log could not be looked at as a whole", t->unread,
                    t->unread == 1 ? "line or entry" : "lines and entries");
    else
        pl_buf_addf(out, "%zu %s that %s what is declared could not be read", run->n_unobserved,
                    run->n_unobserved == 1 ? "thing" : "things",
                    run->n_unobserved == 1 ? "concerns" : "concern");
}

static void say_clean(const struct pl_run *run, const struct tally *t, struct pl_buf *out)
{
    if (t->below > 0) {
        pl_buf_addf(out, "%zu %s, %s below %s", t->below, t->below == 1 ? "finding" : "findings",
                    t->below == 1 ? "which is" : "all", pl_severity_names[run->fail_on]);
        return;
    }
    if (run->logs && run->logs->subject && run->n_connections == 0) {
        size_t n = run->logs->counts[PL_LOGS_UNRECOGNISED];

        pl_buf_adds(out, "no connection error was found in the log");
        if (n > 0)
            pl_buf_addf(out, "; %zu %s in it %s not recognised, and not judged", n,
                        n == 1 ? "error" : "errors", n == 1 ? "is" : "are");
        return;
    }
    pl_buf_adds(out, "everything declared was observed and matches");
    if (t->open > 0)
        pl_buf_adds(out, "; the model finds the connections open that nobody tried");
    else if (run->n_connections > 0)
        pl_buf_adds(out, "; every connection works within its budget");
}

/* ---- gate: only what the candidate does counts ---- */

static void judge_gate(struct pl_run *run)
{
    const struct pl_gate *g = run->gate;
    size_t broken = 0, breaks = 0, blurs = 0, adds = 0, below;
    struct pl_buf reason = {0};

    for (size_t i = 0; i < g->n_connections; i++) {
        const struct pl_gate_connection *c = &g->connections[i];

        broken += c->effect == PL_GATE_BREAKS;
        breaks += c->effect == PL_GATE_BREAKS && c->after->severity >= run->fail_on;
        blurs += c->effect == PL_GATE_BLURS;
    }
    for (size_t i = 0; i < g->n_added; i++)
        adds += g->added[i]->severity >= run->fail_on;
    below = broken - breaks + g->n_added - adds;
    const struct part found[] = {{breaks, "broken connection", "broken connections"},
                                 {adds, "added drift", "added drifts"}};
    const struct part open[] = {
        {blurs, "connection", "connections"},
        {g->n_unknown, "declared field", "declared fields"},
        {g->n_left_out, "change that was left out", "changes that were left out"}};

    run->verdict = broken > 0                                 ? PL_VERDICT_FAILING
                   : g->n_added > 0                           ? PL_VERDICT_DRIFT
                   : blurs + g->n_unknown + g->n_left_out > 0 ? PL_VERDICT_INCOMPLETE
                                                              : PL_VERDICT_CLEAN;
    run->exit_status = breaks + adds > 0                          ? EXIT_FOUND
                       : blurs + g->n_unknown + g->n_left_out > 0 ? EXIT_INCOMPLETE
                                                                  : EXIT_CLEAN;
    if (run->exit_status == EXIT_FOUND) {
        pl_buf_adds(&reason, "with the candidate: ");
        add_parts(&reason, found, PL_LEN(found));
        pl_buf_addf(&reason, " at or above %s", pl_severity_names[run->fail_on]);
    } else if (run->exit_status == EXIT_INCOMPLETE) {
        pl_buf_adds(&reason, "with the candidate nobody can tell of ");
        add_parts(&reason, open, PL_LEN(open));
    } else {
        pl_buf_adds(&reason, g->n_changes > 0 ? "the candidate breaks nothing that is declared"
                                              : "the candidate changes nothing that is read here");
    }
    if (below > 0 && run->exit_status != EXIT_FOUND)
        pl_buf_addf(&reason, "; %zu %s below %s", below, below == 1 ? "finding" : "findings",
                    pl_severity_names[run->fail_on]);
    run->reason = pl_buf_take(&reason, run->arena);
}

void pl_run_judge(struct pl_run *run)
{
    if (run->gate != NULL) {
        judge_gate(run);
        return;
    }
    struct tally t = count(run);
    bool found = t.failing + t.degraded + t.blocked + t.drift > 0;
    bool incomplete = is_incomplete(run, &t);
    struct pl_buf reason = {0};

    run->verdict = t.broken > 0       ? PL_VERDICT_FAILING
                   : run->n_drift > 0 ? PL_VERDICT_DRIFT
                   : incomplete       ? PL_VERDICT_INCOMPLETE
                                      : PL_VERDICT_CLEAN;
    run->exit_status = found ? EXIT_FOUND : incomplete ? EXIT_INCOMPLETE : EXIT_CLEAN;
    if (found)
        say_found(run, &t, &reason);
    else if (incomplete)
        say_incomplete(run, &t, &reason);
    else
        say_clean(run, &t, &reason);
    if (!found && incomplete && t.below > 0)
        pl_buf_addf(&reason, "; %zu %s below %s", t.below, t.below == 1 ? "finding" : "findings",
                    pl_severity_names[run->fail_on]);
    run->reason = pl_buf_take(&reason, run->arena);
}
