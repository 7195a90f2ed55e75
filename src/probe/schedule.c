/* schedule.c - when an attempt starts: a queue of targets, a cap on what is under way, groups and their barrier.
 *
 * A target has never more than one group under way. Which attempts are next is stages.c's.
 */
#include <openssl/rand.h>
#include <string.h>
#include <sys/resource.h>

#include "plumbline/clock.h"
#include "plumbline/snapshot.h"
#include "probe_priv.h"

enum {
    PAUSE_MIN_MS = 5,
    PAUSE_SPREAD_MS = 15,
    LOOK_SHARE = 32, /* of the limit, where the first attempt has left nothing of it */
    LOOK_WAYS = 4,   /* beside as many of the times that connecting took */
    LOOK_LEAST_MS = 50,
    LOOK_MOST_MS = 1000,
    STARTS_A_TURN =
        1, /* of groups: what is started together waits for each other, and that is no latency of theirs */
    BEAT_NS = 20000000,
    FDS_SPARED = 64, /* of the limit: for the loop, resolvers, files */
    FDS_A_PROBE = 2,
};

static void pump(struct run *run);

/* A process that is stopped, or not given the processor, while it waits for its peers has no long turn to show for it: its
 * first news is an answer that seems late. A beat that is overdue then tells. */
static void on_beat(void *arg)
{
    struct run *run = arg;

    pl_schedule_note_lag(run);
    run->beat_due = pl_clock_mono_ns() + BEAT_NS;
    run->beat = pl_loop_after(run->loop, BEAT_NS, on_beat, run);
}

void pl_schedule_note_lag(struct run *run)
{
    int64_t lag = pl_loop_take_lag_ns(run->loop), now = pl_clock_mono_ns();

    if (run->beat_due > 0 && now - run->beat_due > BEAT_NS && now - run->beat_due > lag)
        lag = now - run->beat_due;
    pl_lags_note(&run->lags, run->arena, lag, now);
}

/* ---- starting ---- */

/* A look says at most a hello, and is over soon. */
static bool paced(const struct target *t)
{
    return t->mode != PL_TLS_DISABLE && t->stage != STAGE_LOOK;
}

/* A look lives on what the attempt before it has left of the limit: a thousand endpoints that hang end in little more. */
static int64_t look_limit_ns(const struct target *t)
{
    const struct outcome *first = &t->outcomes[0];
    int64_t left = t->timeout_ns - first->total_ns, ms = 1000000;
    int64_t least = t->timeout_ns / LOOK_SHARE;

    if (least < LOOK_LEAST_MS * ms)
        least = LOOK_LEAST_MS * ms;
    /* Of one that never connected the time says nothing but the limit. */
    if (first->spent[PHASE_CONNECT] > 0 && first->spent[PHASE_CONNECT] < t->timeout_ns / LOOK_WAYS)
        least += LOOK_WAYS * first->spent[PHASE_CONNECT];
    if (left < least)
        left = least;
    return left < LOOK_MOST_MS * ms ? left : LOOK_MOST_MS * ms;
}

static struct attempt *attempt_new(struct target *t)
{
    struct pl_arena *arena = pl_arena_new();
    struct attempt *a = PL_NEW(arena, struct attempt);
    const struct pl_probe_job *job = t->job;

    a->arena = arena;
    a->run = t->run;
    a->target = t;
    a->type = t->type;
    a->host = job->host;
    a->port = job->port;
    a->path = job->url_path != NULL ? job->url_path : "/";
    a->tls = t->mode != PL_TLS_DISABLE;
    a->pinned = true;
    a->timeout_ns = t->timeout_ns;
    a->seen.alert = -1;
    a->breaker_failures = -1;
    if (t->stage == STAGE_LOOK) {
        const struct look *look = &t->looks[t->look_at];

        a->type = look->by != NULL ? look->by : &pl_look_type;
        a->introduces = look->by != NULL;
        a->greeting = look->greeting;
        a->look_port = look->port;
        a->timeout_ns = look_limit_ns(t);
    }
    return a;
}

static void launch(struct target *t)
{
    struct run *run = t->run;
    struct attempt *first = NULL;

    t->in_group = t->group;
    t->waiting = t->ended = 0;
    run->in_flight += t->group;
    for (size_t i = 0; i < t->group; i++) {
        struct attempt *a = attempt_new(t);

        if (paced(t))
            pl_paced_begin(a);
        a->next_member = first;
        first = a;
    }
    t->members = first;
    /* What the loop did before is not these attempts' lag. */
    pl_schedule_note_lag(run);
    for (struct attempt *a = first; a != NULL; a = a->next_member) {
        a->next_live = run->live;
        if (run->live != NULL)
            run->live->prev_live = a;
        run->live = a;
    }
    for (struct attempt *a = first; a != NULL; a = a->next_member)
        pl_attempt_start(a);
}

static size_t most_in_flight(struct run *run)
{
    struct rlimit limit;

    if (run->most > 0)
        return run->most;
    run->most = PROBE_DEFAULT_FLIGHT;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY &&
        limit.rlim_cur < FDS_SPARED + FDS_A_PROBE * PROBE_DEFAULT_FLIGHT)
        run->most = limit.rlim_cur > FDS_SPARED + FDS_A_PROBE
                        ? (limit.rlim_cur - FDS_SPARED) / FDS_A_PROBE
                        : 1;
    if (run->options != NULL && run->options->max_in_flight > 0)
        run->most = (size_t)run->options->max_in_flight;
    return run->most;
}

/* Does the group fit? One that never fits goes alone. */
static bool fits(struct run *run, const struct target *t)
{
    if (run->in_flight > 0 && run->in_flight + t->group > most_in_flight(run))
        return false;
    if (run->parked >= PROBE_DEFAULT_FLIGHT)
        return false;
    if (run->resolving > 0 && run->resolving + t->group > PROBE_NAME_FLIGHT)
        return false;
    return !paced(t) || pl_paced_may_begin(run, t->group);
}

/* Once a turn of the loop, as long as something could be started: a timer of 0 ms would fire in the same turn again. */
static void on_turn(uv_idle_t *idle)
{
    struct run *run = idle->data;

    run->started = 0;
    pump(run);
}

void pl_schedule_wake(struct run *run)
{
    if (run->queue == NULL || run->stopping)
        return;
    if (run->turns == NULL) {
        run->turns = pl_xrealloc(NULL, sizeof(*run->turns));
        uv_idle_init(pl_loop_uv(run->loop), run->turns);
        run->turns->data = run;
    }
    uv_idle_start(run->turns, on_turn);
}

static void sleep_until_woken(struct run *run)
{
    if (run->turns != NULL)
        uv_idle_stop(run->turns);
}

static void pump(struct run *run)
{
    while (run->queue != NULL && !run->stopping && fits(run, run->queue)) {
        struct target *t = run->queue;

        pl_schedule_wake(run);
        if (run->started++ >= STARTS_A_TURN)
            return;
        run->queue = t->next_queued;
        if (run->queue == NULL)
            run->queue_end = &run->queue;
        t->queued = false;
        launch(t);
    }
    sleep_until_woken(run);
}

void pl_schedule_enqueue(struct target *t, size_t group)
{
    t->group = group;
    t->queued = true;
    t->next_queued = NULL;
    *t->run->queue_end = t;
    t->run->queue_end = &t->next_queued;
    pump(t->run);
}

static void on_pause(void *arg)
{
    struct target *t = arg;

    t->pause = NULL;
    pl_schedule_enqueue(t, 1);
}

void pl_schedule_after(struct target *t, int64_t ns)
{
    t->pause = pl_loop_after(t->run->loop, ns, on_pause, t);
}

void pl_schedule_later(struct target *t)
{
    unsigned char r = 0;

    if (RAND_bytes(&r, 1) != 1)
        r = 0;
    pl_schedule_after(t, (PAUSE_MIN_MS + r % PAUSE_SPREAD_MS) * 1000000LL);
}

void pl_schedule_start(struct run *run)
{
    run->queue_end = &run->queue;
    pl_pace_init(&run->pace, pl_clock_mono_ns(), pl_clock_cpu_ns());
    on_beat(run);
    for (size_t i = 0; i < run->n_targets; i++) {
        struct target *t = &run->targets[i];

        if (t->unknown_why != NULL)
            pl_stage_done(t);
        else
            pl_stage_next(t);
    }
}

/* ---- the whole ---- */

static void on_idle_closed(uv_handle_t *handle)
{
    pl_xfree(handle);
}

/* Nothing of ours may keep the loop alive. */
void pl_schedule_over(struct run *run)
{
    pl_timer_cancel(run->deadline);
    pl_timer_cancel(run->credit);
    pl_timer_cancel(run->beat);
    run->deadline = run->credit = run->beat = NULL;
    if (run->turns != NULL)
        uv_close((uv_handle_t *)run->turns, on_idle_closed);
    run->turns = NULL;
    pl_resolver_free(run->resolver);
    run->resolver = NULL;
}

/* ---- the barrier ---- */

static void note_spread(struct target *t)
{
    int64_t first = 0, last = 0;

    for (struct attempt *a = t->members; a != NULL; a = a->next_member) {
        if (a->released_at < 0)
            continue;
        if (first == 0 || a->released_at < first)
            first = a->released_at;
        if (a->released_at > last)
            last = a->released_at;
    }
    if (pl_ms(last - first) > t->spread_ms)
        t->spread_ms = pl_ms(last - first);
}

/* Opens when nobody is still on the way to it: who failed before is a result, too. */
static void open_if_complete(struct target *t)
{
    if (t->waiting == 0 || t->waiting + t->ended < t->in_group)
        return;
    t->waiting = 0;
    for (struct attempt *a = t->members; a != NULL; a = a->next_member) {
        bool release = a->waiting && !a->over;

        a->waiting = false;
        if (release)
            pl_attempt_release(a);
    }
    if (t->in_group > 1)
        note_spread(t);
}

void pl_schedule_waiting(struct attempt *a)
{
    a->target->waiting++;
    open_if_complete(a->target);
}

void pl_schedule_resolving(struct attempt *a, bool on)
{
    if (a->resolving == on)
        return;
    a->resolving = on;
    if (on) {
        a->run->resolving++;
        return;
    }
    a->run->resolving--;
    pl_schedule_wake(a->run);
}

/* ---- ending ---- */

static struct outcome outcome_of(const struct attempt *a)
{
    struct outcome o = {
        .class_name = a->class_name,
        .code = a->code,
        .lag_ns = a->lag_ns,
        .rtt_ns = a->rtt_ns,
        .each_at = a->each_at,
        .released_at = a->released_at,
        .note = a->note != NULL ? pl_redact_named(a->run->arena, "detail", a->note, NULL) : NULL,
        .identity = a->identity,
        .breaker = a->breaker,
        .breaker_at = a->breaker_at,
        .breaker_failures = a->breaker_failures};

    memcpy(o.spent, a->spent, sizeof(o.spent));
    for (size_t i = 0; i < PHASE_WAIT; i++)
        o.total_ns += a->spent[i] > 0 ? a->spent[i] : 0;
    o.after_ns = a->after_ns > 0 ? a->after_ns : o.total_ns;
    o.detail = pl_arena_strdup(a->run->arena, a->detail);
    return o;
}

static void keep_outcome(struct attempt *a)
{
    struct target *t = a->target;
    struct outcome o = outcome_of(a);

    if (t->stage == STAGE_MAIN)
        PL_PUSH(t->run->arena, t->outcomes, t->n_outcomes, t->cap_outcomes, o);
    else if (t->stage == STAGE_ALONE)
        PL_PUSH(t->run->arena, t->alone, t->n_alone, t->cap_alone, o);
    else if (t->stage == STAGE_LOOK)
        pl_look_over(t, &t->looks[t->look_at], &o);
}

static void unlink_live(struct attempt *a)
{
    if (a->prev_live != NULL)
        a->prev_live->next_live = a->next_live;
    else
        a->run->live = a->next_live;
    if (a->next_live != NULL)
        a->next_live->prev_live = a->prev_live;
}

static void group_over(struct target *t)
{
    for (struct attempt *a = t->members, *next; a != NULL; a = next) {
        next = a->next_member;
        pl_arena_free(a->arena);
    }
    t->members = NULL;
    t->run->in_flight -= t->in_group;
    pl_stage_next(t);
    pump(t->run);
}

void pl_schedule_ended(struct attempt *a)
{
    struct target *t = a->target;

    a->timer = NULL;
    unlink_live(a);
    pl_paced_end(a);
    if (a->waiting)
        t->waiting--;
    a->waiting = false;
    keep_outcome(a);
    t->ended++;
    if (t->ended == t->in_group)
        group_over(t);
    else
        open_if_complete(t);
}

void pl_schedule_stop(struct run *run, const char *why)
{
    if (run->stopping)
        return;
    run->stopping = true;
    run->stop_why = why;
    for (size_t i = 0; i < run->n_targets; i++) {
        struct target *t = &run->targets[i];

        pl_timer_cancel(t->pause);
        t->pause = NULL;
    }
    for (struct attempt *a = run->live; a != NULL; a = a->next_live)
        pl_attempt_fail(a, "SELF_CANCELLED", 0, "%s", why);
    for (size_t i = 0; i < run->n_targets; i++)
        if (run->targets[i].stage != STAGE_DONE && run->targets[i].members == NULL)
            pl_stage_done(&run->targets[i]);
}

void pl_schedule_abort(struct run *run, const char *why)
{
    pl_schedule_stop(run, why);
    while (run->live != NULL) {
        pl_timer_cancel(run->live->timer);
        pl_schedule_ended(run->live);
    }
}
