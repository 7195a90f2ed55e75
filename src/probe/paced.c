/* paced.c - an attempt's handshake under the pace (pace.c): when its answer is work that is expected here.
 *
 * From its start until it has connected, for a moment; not on the way there and back; then until it is answered or its
 * peer is silent.
 */
#include "plumbline/clock.h"
#include "probe_priv.h"

enum {
    NEAR_NS = 2000000, /* who connects within it is near: the answer is expected at once */
    FAR_NS = 100000000,
};

static void on_credit(void *arg)
{
    struct run *run = arg;

    run->credit = NULL;
    pl_schedule_wake(run);
}

bool pl_paced_may_begin(struct run *run, size_t group)
{
    int64_t wait = pl_pace_wait_ns(&run->pace, group, pl_clock_mono_ns());

    if (wait > 0 && run->credit == NULL)
        run->credit = pl_loop_after(run->loop, wait, on_credit, run);
    return wait == 0;
}

static void expect(struct attempt *a, bool on, int64_t ns, void (*then)(void *arg))
{
    bool fewer = a->expected && !on;

    pl_pace_expect(&a->run->pace, &a->expected, on);
    pl_timer_cancel(a->pace_timer);
    a->pace_timer = then != NULL ? pl_loop_after(a->run->loop, ns, then, a) : NULL;
    if (fewer)
        pl_schedule_wake(a->run);
}

static void give_back(struct attempt *a)
{
    pl_pace_unused(&a->run->pace, a->reserved_ns);
    a->reserved_ns = 0;
}

/* Hardly anybody is that far away: somebody drops. Whose handshake begins after all is charged then. */
static void on_unanswered(void *arg)
{
    struct attempt *a = arg;

    a->pace_timer = NULL;
    give_back(a);
    pl_pace_connected(&a->run->pace, false);
    pl_schedule_wake(a->run);
}

/* It has not even connected: nothing can come now, and nothing is known of the peer. */
static void on_connecting(void *arg)
{
    struct attempt *a = arg;

    a->pace_timer = NULL;
    pl_pace_near(&a->run->pace, false);
    expect(a, false, FAR_NS, on_unanswered);
}

void pl_paced_begin(struct attempt *a)
{
    a->reserved_ns = pl_pace_reserve(&a->run->pace);
    if (pl_pace_is_near(&a->run->pace))
        expect(a, true, NEAR_NS, on_connecting);
    else
        expect(a, false, FAR_NS, on_unanswered);
}

static void on_silence(void *arg)
{
    struct attempt *a = arg;

    a->pace_timer = NULL;
    pl_pace_silent(&a->run->pace);
    expect(a, false, 0, NULL);
}

static void on_way_over(void *arg)
{
    struct attempt *a = arg;

    a->pace_timer = NULL;
    expect(a, true, pl_pace_patience_ns(&a->run->pace), on_silence);
}

static int64_t way_ns(const struct attempt *a)
{
    return a->rtt_ns > 0 ? a->rtt_ns : a->spent[PHASE_CONNECT];
}

void pl_paced_shaking(struct attempt *a)
{
    give_back(a);
    (void)pl_pace_begun(&a->run->pace);
    pl_pace_connected(&a->run->pace, true);
    pl_pace_near(&a->run->pace, way_ns(a) < NEAR_NS);
    if (way_ns(a) < NEAR_NS)
        expect(a, true, pl_pace_patience_ns(&a->run->pace), on_silence);
    else
        expect(a, false, way_ns(a), on_way_over);
}

void pl_paced_shaken(struct attempt *a, bool answered)
{
    if (answered)
        pl_pace_answered(&a->run->pace, a->spent[PHASE_TLS] - way_ns(a), pl_clock_cpu_ns());
    expect(a, false, 0, NULL);
}

void pl_paced_end(struct attempt *a)
{
    expect(a, false, 0, NULL);
    give_back(a);
}
