/* pace.c - when the next TLS handshake may begin, so that handshakes do not wait for each other's work.
 *
 * A handshake is the better part of a millisecond of work for this thread. Where more answers come in than it can work off,
 * they wait for each other, and that is measured as the peers' latency. So two things are bounded: how many answers
 * are expected at any moment, and, because peers that are far away answer later and all the same, how much work is
 * begun a second. Only work counts: who is on the way there and back is not expected yet, who stays silent is not
 * expected any more, and where of late few have answered, more may begin. No clock and no loop here.
 */
#include "probe_priv.h"

enum {
    PACE_AT_ONCE = 8,
    PACE_PERCENT =
        120, /* of this thread's time; what is too much of it shows in what is expected */
    PACE_CREDIT_NS = 4000000,
    PACE_FIRST_COST_NS = 500000, /* until one was measured */
    PACE_LEAST_COST_NS = 50000,
    PACE_MOST_COST_NS =
        5000000,            /* beyond it is other work, such as reading the system's certificates */
    PACE_PEER_NS = 4000000, /* the work that a peer has with a handshake */
    PACE_MOST_ANSWER_NS = 50000000,
    PACE_ALL = 1024,
    PACE_FEWEST = 8,
    PACE_WEIGHT = 8, /* of the averages in new ones */
};

static int64_t between(int64_t low, int64_t value, int64_t high)
{
    return value < low ? low : value > high ? high : value;
}

static void average(int64_t *average, int64_t value)
{
    *average += (value - *average) / PACE_WEIGHT;
}

void pl_pace_init(struct pace *p, int64_t now_ns, int64_t cpu_ns)
{
    *p = (struct pace){.now_ns = now_ns,
                       .cpu_ns = cpu_ns,
                       .cost_ns = PACE_FIRST_COST_NS,
                       .answering = PACE_ALL,
                       .connecting = PACE_ALL,
                       .near = PACE_ALL};
}

int64_t pl_pace_wait_ns(struct pace *p, size_t group, int64_t now_ns)
{
    int64_t come_in = (now_ns - p->now_ns) * PACE_PERCENT / 100;

    p->credit_ns += come_in;
    if (p->credit_ns > PACE_CREDIT_NS)
        p->credit_ns = PACE_CREDIT_NS;
    p->now_ns = now_ns;
    if (p->expected > 0 && (int64_t)(p->expected + group) * p->answering > PACE_AT_ONCE * PACE_ALL)
        return PACE_PEER_NS;
    return p->credit_ns >= 0 ? 0 : -p->credit_ns * 100 / PACE_PERCENT + 1;
}

int64_t pl_pace_patience_ns(const struct pace *p)
{
    int64_t least = PACE_PEER_NS + PACE_AT_ONCE * p->cost_ns;

    /* Twice what answers take of late: they may lie here behind the work for others. */
    return 2 * p->answer_ns > least ? 2 * p->answer_ns : least;
}

int64_t pl_pace_begun(struct pace *p)
{
    int64_t cost = p->cost_ns * p->answering / PACE_ALL;

    p->credit_ns -= cost;
    return cost;
}

int64_t pl_pace_reserve(struct pace *p)
{
    int64_t cost = p->cost_ns * p->answering / PACE_ALL * p->connecting / PACE_ALL;

    p->credit_ns -= cost;
    return cost;
}

void pl_pace_connected(struct pace *p, bool connected)
{
    average(&p->connecting, connected ? PACE_ALL + PACE_WEIGHT - 1 : 0);
    p->connecting = between(0, p->connecting, PACE_ALL);
}

void pl_pace_near(struct pace *p, bool near)
{
    average(&p->near, near ? PACE_ALL + PACE_WEIGHT - 1 : 0);
    p->near = between(0, p->near, PACE_ALL);
}

bool pl_pace_is_near(const struct pace *p)
{
    return p->near >= PACE_ALL / 2;
}

void pl_pace_unused(struct pace *p, int64_t cost_ns)
{
    p->credit_ns += cost_ns;
}

void pl_pace_expect(struct pace *p, bool *expected, bool on)
{
    if (*expected == on)
        return;
    *expected = on;
    if (on)
        p->expected++;
    else
        p->expected--;
}

void pl_pace_silent(struct pace *p)
{
    average(&p->answering, 0);
    if (p->answering < PACE_FEWEST)
        p->answering = PACE_FEWEST;
}

void pl_pace_answered(struct pace *p, int64_t took_ns, int64_t cpu_ns)
{
    average(&p->answering, PACE_ALL + PACE_WEIGHT - 1);
    p->answering = between(0, p->answering, PACE_ALL);
    average(&p->answer_ns, between(0, took_ns, PACE_MOST_ANSWER_NS));
    average(&p->cost_ns, between(PACE_LEAST_COST_NS, cpu_ns - p->cpu_ns, PACE_MOST_COST_NS));
    p->cpu_ns = cpu_ns;
}
