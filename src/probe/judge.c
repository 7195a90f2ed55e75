/* judge.c - what the outcomes of a target say together: works, fails, degraded, or could not be looked at.
 *
 * The first that applies: nothing could be made here (unknown); all attempts fail (failing); some fail
 * (degraded, unstable); all succeed over the budget (degraded, slow); ok. Attempts that failed by our own
 * fault are left out, and told. No clock and no socket here.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "probe_priv.h"

static const struct pl_symptom_kind *kind_of(const char *class_name)
{
    const struct pl_probe_class *row = pl_class_find(class_name);

    return row != NULL && row->symptom != NULL ? pl_symptom_find(row->symptom) : NULL;
}

struct pl_symptom pl_symptom_of(const struct target *t, const char *class_name, int code,
                                const char *detail, int64_t after_ns)
{
    return (struct pl_symptom){
        .kind = kind_of(class_name),
        .connection = t->job->connection->name,
        .detail = detail,
        .class_name = class_name,
        .code = code,
        .after_ms = after_ns >= 0 ? after_ns / 1000000 : -1,
    };
}

/* ---- counting ---- */

bool pl_outcome_is_ours(const struct outcome *o)
{
    return o->class_name != NULL && pl_class_is_ours(o->class_name);
}

static int by_count(const void *a, const void *b)
{
    const struct pl_symptom_count *x = a, *y = b;

    if (x->count != y->count)
        return y->count - x->count;
    return strcmp(x->symptom.class_name, y->symptom.class_name);
}

static void count_symptoms(const struct target *t, const struct outcome *outcomes, size_t n,
                           struct pl_probe_result *out)
{
    struct pl_symptom_count *counts = pl_arena_array(t->run->arena, n + 1, sizeof(*counts));

    for (size_t i = 0; i < n; i++) {
        const struct outcome *o = &outcomes[i];
        size_t at = 0;

        if (o->class_name == NULL)
            continue;
        while (at < out->n_counts && (strcmp(counts[at].symptom.class_name, o->class_name) != 0 ||
                                      counts[at].symptom.code != o->code))
            at++;
        if (at == out->n_counts) {
            counts[at].symptom = pl_symptom_of(t, o->class_name, o->code, o->detail, o->after_ns);
            out->n_counts++;
        }
        counts[at].count++;
    }
    qsort(counts, out->n_counts, sizeof(*counts), by_count);
    out->counts = counts;
}

/* "websocket_rejected 503 (6), reset (1)" */
static char *counts_text(const struct target *t, const struct pl_probe_result *r)
{
    struct pl_buf text = {0};

    for (size_t i = 0; i < r->n_counts; i++) {
        pl_buf_addf(&text, "%s%s", i > 0 ? ", " : "",
                    pl_symptom_text(t->run->arena, &r->counts[i].symptom));
        if (r->n_counts > 1)
            pl_buf_addf(&text, " (%d)", r->counts[i].count);
    }
    return pl_buf_take(&text, t->run->arena);
}

/* ---- verdicts ---- */

static void unknown(struct pl_probe_result *out, const char *why)
{
    out->state = PL_PROBED_UNKNOWN;
    out->unknown_why = why;
    out->symptom = (struct pl_symptom){.after_ms = -1};
}

static void judge_failing(const struct target *t, struct pl_probe_result *out)
{
    out->state = PL_PROBED_FAILING;
    out->symptom = out->counts[0].symptom;
    if (t->becomes != NULL) {
        out->symptom.class_name = t->becomes;
        out->symptom.kind = kind_of(t->becomes);
        out->symptom.code = 0;
        out->symptom.detail =
            pl_arena_printf(t->run->arena, "%s (%s)", pl_class_find(t->becomes)->phrase,
                            out->counts[0].symptom.detail);
    }
}

/* Released together some fail. Is it the moment, or the service? The same one after another tells. */
static void judge_race(const struct target *t, struct pl_probe_result *out, size_t n, size_t failed)
{
    struct pl_arena *arena = t->run->arena;
    const char *what = t->spec->type == PL_PROBE_WEBSOCKET ? "handshakes" : "attempts";
    size_t alone_failed = 0, alone = 0;
    const char *detail;

    for (size_t i = 0; i < t->n_alone; i++) {
        alone += !pl_outcome_is_ours(&t->alone[i]);
        alone_failed += t->alone[i].class_name != NULL && !pl_outcome_is_ours(&t->alone[i]);
    }
    detail = pl_arena_printf(arena, "%zu of %zu %s released together failed (%s)", failed, n, what,
                             counts_text(t, out));
    if (failed == n && alone_failed == alone) {
        judge_failing(t, out);
        return;
    }
    if (alone == 0)
        detail = pl_arena_printf(arena, "%s", detail);
    else if (alone_failed == 0)
        detail = pl_arena_printf(arena, "%s; one after another all %zu succeed", detail, alone);
    else
        detail = pl_arena_printf(arena, "%s; one after another %zu of %zu fail, too", detail,
                                 alone_failed, alone);
    out->state = PL_PROBED_DEGRADED;
    out->symptom = pl_symptom_of(
        t, alone > 0 && alone_failed == 0 ? "SVC_RACE_LOST" : out->counts[0].symptom.class_name,
        out->counts[0].symptom.code, detail, -1);
    out->symptom.kind = pl_symptom_find("unstable");
}

/* Which of a name's addresses never work, where the others always do; NULL where it is not that plain. */
static const char *bad_addresses(const struct target *t, size_t *n_bad)
{
    size_t tried[PROBE_MAX_ADDRS] = {0}, failed[PROBE_MAX_ADDRS] = {0};
    struct pl_buf text = {0};

    *n_bad = 0;
    if (t->each == NULL)
        return NULL;
    for (size_t i = 0; i < t->n_outcomes; i++)
        if (!pl_outcome_is_ours(&t->outcomes[i])) {
            tried[t->outcomes[i].each_at]++;
            failed[t->outcomes[i].each_at] += t->outcomes[i].class_name != NULL;
        }
    for (size_t i = 0; i < t->each->n; i++) {
        char address[128];

        if (failed[i] > 0 && failed[i] < tried[i]) {
            pl_buf_free(&text);
            return NULL;
        }
        if (failed[i] == 0)
            continue;
        pl_addr_host(&t->each->list[i], address, sizeof(address));
        pl_buf_addf(&text, "%s%s", ++*n_bad > 1 ? ", " : "", address);
    }
    return *n_bad > 0 ? pl_buf_take(&text, t->run->arena) : NULL;
}

static void judge_unstable(const struct target *t, struct pl_probe_result *out, size_t n,
                           size_t failed)
{
    const struct pl_symptom *most = &out->counts[0].symptom;
    size_t n_bad = 0;
    const char *bad = bad_addresses(t, &n_bad);
    const char *detail =
        bad != NULL  ? pl_arena_printf(t->run->arena, "%zu of %zu addresses fail: %s (%s): %s",
                                       n_bad, t->each->n, bad, counts_text(t, out), most->detail)
        : t->retried ? pl_arena_printf(t->run->arena, "passed only when it was tried again: %s",
                                       most->detail)
                     : pl_arena_printf(t->run->arena, "%zu of %zu attempts failed (%s): %s", failed,
                                       n, counts_text(t, out), most->detail);

    out->state = PL_PROBED_DEGRADED;
    out->symptom = pl_symptom_of(t, most->class_name, most->code, detail, -1);
    out->symptom.kind = pl_symptom_find("unstable");
}

struct limit {
    const char *name;
    int64_t budget_ns;
    double measured_ms;
};

static void slow(const struct target *t, struct pl_probe_result *out, const struct limit *limit)
{
    const struct pl_timings *timings = &out->timings;
    const struct pl_phase *largest = pl_timings_largest(timings);
    double budget_ms = pl_ms(limit->budget_ns);
    char *detail = pl_arena_printf(t->run->arena, "%s %.0f ms over a budget of %.0f ms",
                                   limit->name, limit->measured_ms, budget_ms);

    /* What our own lateness could explain is not held against the peer. */
    if (limit->measured_ms - timings->lag_ms <= budget_ms) {
        unknown(out, pl_arena_printf(t->run->arena,
                                     "%s, but this process was itself late by up to %.0f ms",
                                     detail, timings->lag_ms));
        return;
    }
    if (largest != NULL) {
        char name[32];

        snprintf(name, sizeof(name), "%s",
                 strcmp(largest->name, "first_byte") == 0 ? "first byte" : largest->name);
        detail =
            pl_arena_printf(t->run->arena, "%s; %s %.0f ms of it", detail, name, largest->p95_ms);
    }
    out->state = PL_PROBED_DEGRADED;
    out->symptom = pl_symptom_of(t, "OK_SLOW", 0, detail, -1);
}

static void judge_latency(const struct target *t, struct pl_probe_result *out)
{
    const struct pl_budget *budget = &t->job->connection->budget;
    const struct pl_timings *timings = &out->timings;
    const struct limit limits[] = {
        /* Fewer than 20 attempts have no 95th percentile of their own: the slowest stands in. */
        {timings->n_samples >= 20 ? "p95" : "slowest", budget->p95_ns, timings->p95_ms},
        {"p50", budget->p50_ns, timings->p50_ms},
        {"slowest", budget->max_ns, timings->max_ms},
    };

    out->state = PL_PROBED_OK;
    for (size_t i = 0; i < PL_LEN(limits) && out->state == PL_PROBED_OK; i++)
        if (limits[i].budget_ns > 0 && limits[i].measured_ms > pl_ms(limits[i].budget_ns))
            slow(t, out, &limits[i]);
}

/* ---- notes ---- */

static void add_note(struct pl_buf *text, const char *note)
{
    if (note == NULL || note[0] == '\0')
        return;
    if (text->len > 0)
        pl_buf_adds(text, "; ");
    pl_buf_adds(text, note);
}

static void write_note(const struct target *t, struct pl_probe_result *out, size_t ours)
{
    struct pl_arena *arena = t->run->arena;
    struct pl_buf text = {0};
    int port = t->job->dial_host != NULL ? t->job->dial_port : t->job->port;

    if (t->looked != NULL && out->n_counts > 0)
        add_note(&text, pl_arena_printf(arena, "%s on %d",
                                        pl_symptom_text(arena, &out->counts[0].symptom), port));
    add_note(&text, t->looked);
    for (size_t i = t->n_outcomes; i-- > 0;)
        if (t->outcomes[i].note != NULL) {
            add_note(&text, t->outcomes[i].note);
            break;
        }
    if (t->cut_short)
        add_note(&text,
                 pl_arena_printf(arena, "stopped after %zu attempts, as each ran into the limit",
                                 t->n_outcomes));
    if (ours > 0 && out->state != PL_PROBED_UNKNOWN)
        add_note(&text,
                 pl_arena_printf(
                     arena, "attempts left out because they could not be made here: %zu", ours));
    out->note = text.len > 0 ? pl_buf_take(&text, arena) : NULL;
    pl_buf_free(&text);
}

static const char *target_text(const struct target *t)
{
    const struct pl_probe_job *job = t->job;
    const char *host = job->dial_host != NULL ? job->dial_host : job->host;
    int port = job->dial_host != NULL ? job->dial_port : job->port;
    const char *shown = job->shown;
    char *where;

    if (t->type == &pl_probe_dns)
        return pl_dns_question(t);
    if (host == NULL)
        return shown != NULL ? shown : "";
    where = pl_is_socket_path(host)
                ? pl_arena_strdup(t->run->arena, host)
                : pl_arena_printf(t->run->arena, strchr(host, ':') != NULL ? "[%s]:%d" : "%s:%d",
                                  host, port);
    if (shown != NULL && strstr(shown, where) == NULL)
        where = pl_arena_printf(t->run->arena, "%s for %s", where, shown);
    if (t->went_through != NULL)
        where = pl_arena_printf(t->run->arena, "%s through %s", where, t->went_through);
    return where;
}

/* Outcomes that say something about the peer, in order. */
static struct outcome *theirs(const struct target *t, size_t *n)
{
    struct outcome *kept = pl_arena_array(t->run->arena, t->n_outcomes + 1, sizeof(*kept));

    *n = 0;
    for (size_t i = 0; i < t->n_outcomes; i++)
        if (!pl_outcome_is_ours(&t->outcomes[i]))
            kept[(*n)++] = t->outcomes[i];
    return kept;
}

void pl_judge(struct target *t, struct pl_probe_result *out)
{
    size_t n = 0, failed;
    struct outcome *kept = theirs(t, &n);

    *out = (struct pl_probe_result){
        .connection = t->job->connection, .target = target_text(t), .tls = t->peer_tls};
    out->symptom.after_ms = -1;
    pl_timings_make(t->run->arena, kept, n, &out->timings);
    if (t->spread_ms >= 0)
        out->timings.release_spread_ms = t->spread_ms;
    count_symptoms(t, kept, n, out);
    failed = (size_t)out->timings.failed;
    if (t->unknown_why != NULL)
        unknown(out, t->unknown_why);
    else if (n == 0)
        unknown(out, t->n_outcomes > 0          ? t->outcomes[0].detail
                     : t->run->stop_why != NULL ? t->run->stop_why
                                                : "no attempt was made");
    else if (t->type->judge != NULL && t->type->judge(t, out))
        (void)0; /* the type's own word */
    else if (failed > 0 && t->job->connection->concurrency > 1)
        judge_race(t, out, n, failed);
    else if (failed == n)
        judge_failing(t, out);
    else if (failed > 0)
        judge_unstable(t, out, n, failed);
    else
        judge_latency(t, out);
    /* What was asked for was not tried in full: that those which were made passed proves less than was declared. */
    if (out->state == PL_PROBED_OK && n < t->n_outcomes)
        unknown(out,
                pl_arena_printf(t->run->arena,
                                "%zu of %zu attempts could not be made here, the others passed",
                                t->n_outcomes - n, t->n_outcomes));
    if (out->state == PL_PROBED_OK && t->each != NULL && t->each->left_out > 0)
        unknown(out, pl_arena_printf(t->run->arena,
                                     "the first %zu addresses of the name work, %zu more were not "
                                     "tried",
                                     t->each->n, t->each->left_out));
    write_note(t, out, t->n_outcomes - n);
}
