/* stages.c - what a target does next: attempts left out (warm-up), the attempts that count (one after another, or in groups released together), after a lost
 * race the same one after another, and looks at other ports.
 *
 * When what is next starts, schedule.c decides; what a stage found is judged later (judge.c).
 */
#include "probe_priv.h"

enum { GIVE_UP_AFTER = 3 };

static size_t failures(const struct outcome *outcomes, size_t n)
{
    size_t failed = 0;

    for (size_t i = 0; i < n; i++)
        failed += outcomes[i].class_name != NULL;
    return failed;
}

/* Every attempt so far ran into its limit: twenty of them would tell the same and take twenty times as long. */
static bool hopeless(const struct target *t)
{
    if (t->n_outcomes < GIVE_UP_AFTER || (t->each != NULL && t->n_outcomes < t->each->n) ||
        t->main_left == 0)
        return false;
    for (size_t i = 0; i < t->n_outcomes; i++)
        if (t->outcomes[i].class_name == NULL || t->outcomes[i].total_ns < t->timeout_ns * 9 / 10)
            return false;
    return true;
}

/* Targets begin in their order. */
static const char *waiting_longest(const struct run *run)
{
    for (size_t i = 0; i < run->n_targets; i++)
        if (run->targets[i].stage != STAGE_DONE)
            return run->targets[i].job->connection->name;
    return NULL;
}

void pl_stage_done(struct target *t)
{
    struct run *run = t->run;

    t->stage = STAGE_DONE;
    pl_resolver_free(t->resolver);
    t->resolver = NULL;
    run->n_done++;
    if (run->options != NULL && run->options->progress != NULL)
        run->options->progress(run->n_done, run->n_targets, waiting_longest(run),
                               run->options->progress_arg);
    if (run->n_done == run->n_targets)
        pl_schedule_over(run);
}

static void enter_looks(struct target *t)
{
    struct look *look;

    if (t->stage != STAGE_LOOK) {
        t->stage = STAGE_LOOK;
        pl_look_plan(t);
    }
    look = pl_look_next(t);
    if (look == NULL) {
        pl_look_conclude(t);
        pl_stage_done(t);
        return;
    }
    t->look_at = (size_t)(look - t->looks);
    pl_schedule_enqueue(t, 1);
}

/* A single attempt that a moment can explain is made again: what passes then is told as that, and what fails is no accident. */
static bool deserves_another(const struct target *t)
{
    const struct pl_connection *c = t->job->connection;

    return !t->retried && t->n_outcomes == 1 && t->each == NULL && c->attempts == 0 &&
           c->concurrency <= 1 && t->type->again == NULL && t->outcomes[0].class_name != NULL &&
           pl_class_is_momentary(t->outcomes[0].class_name);
}

static void next_main(struct target *t)
{
    size_t concurrency =
        t->job->connection->concurrency > 1 ? (size_t)t->job->connection->concurrency : 1;

    int64_t pause_ns = 0;

    t->stage = STAGE_MAIN;
    if (hopeless(t)) {
        t->main_left = 0;
        t->cut_short = true;
    }
    if (t->main_left > 0) {
        t->main_left--;
        if (concurrency > 1 || t->n_outcomes == 0)
            pl_schedule_enqueue(t, concurrency);
        else
            pl_schedule_later(t);
        return;
    }
    if (deserves_another(t)) {
        t->retried = true;
        pl_schedule_later(t);
        return;
    }
    if (t->type->again != NULL && t->type->again(t, &pause_ns)) {
        pl_schedule_after(t, pause_ns);
        return;
    }
    if (concurrency > 1 && failures(t->outcomes, t->n_outcomes) > 0) {
        t->stage = STAGE_ALONE;
        t->alone_left = concurrency < PROBE_ALONE ? (int)concurrency : PROBE_ALONE;
        t->alone_left--;
        pl_schedule_enqueue(t, 1);
        return;
    }
    enter_looks(t);
}

void pl_stage_next(struct target *t)
{
    if (t->run->stopping) {
        if (t->stage != STAGE_DONE)
            pl_stage_done(t);
        return;
    }
    switch (t->stage) {
    case STAGE_WARM:
        if (t->warm_left-- > 0)
            pl_schedule_enqueue(t, 1);
        else
            next_main(t);
        return;
    case STAGE_MAIN:
        next_main(t);
        return;
    case STAGE_ALONE:
        if (t->alone_left-- > 0)
            pl_schedule_later(t);
        else
            enter_looks(t);
        return;
    case STAGE_LOOK:
        enter_looks(t);
        return;
    case STAGE_DONE:
        return;
    }
}
