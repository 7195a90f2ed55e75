/* slots.c - a cap on what is under way to one endpoint: an address and a port, whoever's name led there.
 *
 * A database has few connections to give away, and many services of an estate meet at one. Who finds no slot waits, holding neither
 * a descriptor nor a place of the run's, and its waiting is no latency. What is released together goes together, as it was asked
 * for. A connection that has had no answer to its SYN for a second loads nobody, and gives its slot to the next: else a
 * hundred connections to a host that drops them would take turns in running into their limits.
 */
#include "plumbline/clock.h"
#include "plumbline/map.h"
#include "probe_priv.h"

enum { SLOTS_AN_ENDPOINT = 16, SLOTS_LOOK_MS = 250, SLOTS_PATIENCE_MS = 1000 };

struct endpoint {
    struct run *run;
    size_t busy;
    struct attempt *first, **end; /* who waits, in order */
    struct pl_timer *timer;
};

static struct endpoint *endpoint_of(struct run *run, const struct addr *addr)
{
    struct endpoint *e;
    char text[128];

    if (run->endpoints == NULL) {
        run->endpoints = PL_NEW(run->arena, struct pl_map);
        pl_map_init(run->endpoints, run->arena);
    }
    pl_addr_text(addr, text, sizeof(text));
    e = pl_map_get(run->endpoints, text);
    if (e != NULL)
        return e;
    e = PL_NEW(run->arena, struct endpoint);
    *e = (struct endpoint){.run = run};
    e->end = &e->first;
    pl_map_put(run->endpoints, text, e);
    return e;
}

static size_t most(const struct run *run)
{
    return run->options != NULL && run->options->max_per_endpoint > 0
               ? (size_t)run->options->max_per_endpoint
               : SLOTS_AN_ENDPOINT;
}

/* Whoever is next, from the loop: the one who gave the slot back is still ending. */
static void next(struct endpoint *e)
{
    while (e->first != NULL && e->busy < most(e->run)) {
        struct attempt *a = e->first;

        e->first = a->next_parked;
        if (e->first == NULL)
            e->end = &e->first;
        a->parked = false;
        e->busy++;
        e->run->parked--;
        e->run->in_flight++;
        pl_attempt_unpark(a);
    }
    if (e->first == NULL) {
        pl_timer_cancel(e->timer);
        e->timer = NULL;
    }
}

static void on_look(void *arg)
{
    struct endpoint *e = arg;
    int64_t now = pl_clock_mono_ns();

    e->timer = pl_loop_after(e->run->loop, SLOTS_LOOK_MS * 1000000LL, on_look, e);
    for (struct attempt *a = e->run->live; a != NULL; a = a->next_live)
        if (a->slot == e && !a->parked && !a->over && a->phase == PHASE_CONNECT &&
            now - a->phase_since > SLOTS_PATIENCE_MS * 1000000LL) {
            a->slot = NULL;
            e->busy--;
        }
    next(e);
}

bool pl_slot_take(struct attempt *a)
{
    struct endpoint *e = endpoint_of(a->run, &a->addrs.list[0]);

    a->slot = e;
    if (a->target->in_group > 1 || (e->busy < most(a->run) && e->first == NULL)) {
        e->busy++;
        return true;
    }
    a->parked = true;
    a->next_parked = NULL;
    *e->end = a;
    e->end = &a->next_parked;
    a->run->parked++;
    a->run->in_flight--;
    if (e->timer == NULL)
        e->timer = pl_loop_after(a->run->loop, SLOTS_LOOK_MS * 1000000LL, on_look, e);
    return false;
}

static void leave_queue(struct endpoint *e, struct attempt *a)
{
    struct attempt **at = &e->first;

    while (*at != a)
        at = &(*at)->next_parked;
    *at = a->next_parked;
    if (*at == NULL)
        e->end = at;
    a->parked = false;
    a->run->parked--;
    a->run->in_flight++; /* the schedule takes it off again */
}

void pl_slot_leave(struct attempt *a)
{
    struct endpoint *e = a->slot;

    if (e == NULL)
        return;
    a->slot = NULL;
    if (a->parked)
        leave_queue(e, a);
    else
        e->busy--;
    next(e);
}
