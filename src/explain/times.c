/* times.c - when a drift came, against when the failure was seen: orders what may have caused it, and rules out what came later.
 *
 * A cause is older than its effect, and that is all there is to it; the care is in what a time says. An audit log's entry that names the field is when it
 * was set, perhaps again: it rules out only where the log shows that it was otherwise before, and has been since before the failure was first
 * seen. Any other entry, and a resource's own updateTime, only says that the field has not changed since: an upper bound, which never rules
 * out. A failure that was seen again, at a time that nobody says, may have been seen after anything.
 */
#include <string.h>

#include "explain_priv.h"
#include "plumbline/clock.h"

/* Clients' clocks are not Google's: a laptop that was asleep is minutes off (NTP's own panic threshold is 1000 s; RFC 5905, section 11.1, steps at
 * 128 ms). */
#define MARGIN_NS (INT64_C(300) * 1000000000)

/* When the failure was seen; `known`: every sighting says when. */
struct span {
    bool known;
    bool ended; /* nobody says that it was seen after `last` */
    int64_t first, last;
};

static void add_sighting(struct span *s, const struct pl_symptom *seen)
{
    int64_t at, until;
    if (!seen->at || pl_clock_parse(seen->at, &at) != 0) {
        s->known = false;
        return;
    }
    until = at;
    if (seen->until && pl_clock_parse(seen->until, &until) != 0) {
        s->ended = false;
        until = at;
    }
    if (at < s->first || s->first == 0)
        s->first = at;
    if (until < s->first)
        s->first = until;
    if (at > s->last)
        s->last = at;
    if (until > s->last)
        s->last = until;
}

static struct span span_of(const struct pl_case *c)
{
    const struct pl_conn_result *r = c->result;
    struct span s = {.known = r->basis == PL_BASIS_SYMPTOMS && r->symptom.kind, .ended = true};
    if (!s.known)
        return s;
    add_sighting(&s, &r->symptom);
    for (size_t i = 0; i < r->n_also; i++)
        if (r->also[i].kind == r->symptom.kind)
            add_sighting(&s, &r->also[i]);
    /* It fails now, too. */
    if (r->probe && (r->probe->state == PL_PROBED_FAILING || r->probe->state == PL_PROBED_DEGRADED))
        s.ended = false;
    return s;
}

/* What is known of when a drift came. */
struct since {
    bool known;
    bool exact; /* it was set then; else it has not changed since */
    int64_t at;
    int64_t otherwise; /* from then until `at` it was not as it is now; `at` where nobody knows */
    const char *text, *source;
};

const char *const pl_explain_times[] = {"updateTime", "creationTimestamp", "createTime", NULL};

static void by_resource(struct pl_inquiry *q, const struct pl_drift *d, struct since *s)
{
    const struct pl_resource *r = NULL;
    if (pl_view_find(q->view, &d->address, &r) != PL_PRESENT)
        return;
    /* What made the resource says nothing of its fields; of the resource as a whole it says when it came. */
    for (size_t i = 0; pl_explain_times[i] && (i == 0 || d->path.n == 0) && !s->known; i++) {
        s->text = pl_value_member_text(r->body, pl_explain_times[i]);
        s->source = pl_explain_times[i];
        s->known = s->text && pl_clock_parse(s->text, &s->at) == 0;
    }
}

static struct since since_of(struct pl_inquiry *q, const struct pl_drift *d)
{
    struct since s = {.source = "audit log"};
    const struct pl_change *c = d->changed_by;
    if (c && c->at && pl_clock_parse(c->at, &s.at) == 0) {
        s.known = true;
        s.exact = c->names_field;
        s.text = c->at;
        if (c->otherwise_since == NULL || pl_clock_parse(c->otherwise_since, &s.otherwise) != 0)
            s.otherwise = s.at;
    } else {
        by_resource(q, d, &s);
    }
    return s;
}

static const char *long_ago(struct pl_arena *arena, int64_t ns)
{
    static const struct {
        int64_t s;
        const char *name;
    } units[] = {{86400, "days"}, {3600, "h"}, {60, "min"}, {1, "s"}};
    int64_t seconds = ns / 1000000000;
    size_t i = 0;
    while (i + 1 < PL_LEN(units) && seconds < 2 * units[i].s)
        i++;
    return pl_arena_printf(arena, "%lld %s", (long long)(seconds / units[i].s), units[i].name);
}

static struct pl_timing judge(struct pl_inquiry *q, const struct pl_drift *d,
                              const struct since *since, const struct span *span)
{
    struct pl_timing t = {.drift = d, .at = since->text, .source = since->source};
    const char *did = since->exact ? "was set" : "has not changed since";
    if (since->at <= span->first) {
        t.relation = PL_TIME_BEFORE;
        t.text = pl_arena_printf(q->arena, "%s %s (%s), %s before the failure was first seen", did,
                                 since->text, since->source,
                                 long_ago(q->arena, span->first - since->at));
    } else if (since->exact && span->ended && since->at > span->last + MARGIN_NS &&
               since->otherwise + MARGIN_NS <= span->first) {
        t.relation = PL_TIME_AFTER;
        t.text =
            pl_arena_printf(q->arena, "was set %s (%s), %s after the failure was last seen",
                            since->text, since->source, long_ago(q->arena, since->at - span->last));
    } else {
        t.relation = PL_TIME_UNKNOWN;
        t.text = since->exact
                     ? pl_arena_printf(q->arena,
                                       "was set %s (%s), %s after the failure was first seen: it "
                                       "may have been there before, and is not ruled out",
                                       since->text, since->source,
                                       long_ago(q->arena, since->at - span->first))
                     : pl_arena_printf(q->arena,
                                       "the last change that may have touched it is of %s (%s), "
                                       "after the failure was first seen; when the field itself "
                                       "changed is not known",
                                       since->text, since->source);
    }
    return t;
}

/* The relation of a unit: after, only where all of it is; before, where any of it is known to be and nothing is known to be later. */
static void weigh_unit(struct pl_inquiry *q, struct pl_case *c, size_t unit,
                       const struct span *span)
{
    const struct pl_unit *u = &q->units[unit];
    size_t after = 0;
    for (size_t i = 0; i < u->n; i++) {
        struct since since = since_of(q, u->drifts[i]);
        if (!since.known)
            continue;
        struct pl_timing t = judge(q, u->drifts[i], &since, span);
        after += t.relation == PL_TIME_AFTER;
        PL_PUSH(q->arena, c->timings, c->n_timings, c->cap_timings, t);
    }
    if (u->n > 0 && after == u->n)
        pl_bits_set(c->late, unit);
}

/* As the world was when the failure was seen, what came later was not there: a set does without it. Where nothing of a set is left, the path was open then. */
static void take_out_late(struct pl_case *c)
{
    bool was_open = false;
    for (size_t i = 0; i < c->n_sets; i++) {
        struct pl_set *s = &c->sets[i];
        size_t n = 0;
        for (size_t j = 0; j < s->n; j++)
            if (!pl_bits_has(c->late, s->units[j]))
                s->units[n++] = s->units[j];
        c->by_late = c->by_late || n < s->n;
        s->n = n;
        was_open = was_open || n == 0;
    }
    if (was_open)
        c->n_sets = 0;
    c->too_late = was_open;
    if (c->by_late)
        pl_case_keep_minimal(c);
}

static int64_t newest(struct pl_inquiry *q, const struct pl_set *s, const struct span *span)
{
    int64_t at = INT64_MIN; /* unknown: behind those that are known to come before it */
    for (size_t i = 0; i < s->n; i++)
        for (size_t j = 0; j < q->units[s->units[i]].n; j++) {
            struct since since = since_of(q, q->units[s->units[i]].drifts[j]);
            if (since.known && since.at <= span->first && since.at > at)
                at = since.at;
        }
    return at;
}

/* What changed last before the failure comes first; sets of which nothing is known keep their order. */
static void sort_sets(struct pl_inquiry *q, struct pl_case *c, const struct span *span)
{
    for (size_t i = 1; i < c->n_sets; i++)
        for (size_t j = i; j > 0 && newest(q, &c->sets[j - 1], span) < newest(q, &c->sets[j], span);
             j--) {
            struct pl_set swap = c->sets[j];
            c->sets[j] = c->sets[j - 1];
            c->sets[j - 1] = swap;
        }
}

void pl_case_weigh_times(struct pl_inquiry *q, struct pl_case *c)
{
    struct span span = span_of(c);
    c->late = pl_bits_new(q, q->arena);
    if (!span.known)
        return;
    for (size_t u = 0; u < q->n_units; u++)
        if (pl_bits_has(c->suspects, u) && !q->units[u].effect)
            weigh_unit(q, c, u, &span);
    take_out_late(c);
    sort_sets(q, c, &span);
}

const char *pl_case_why_late(const struct pl_case *c, const struct pl_drift *d)
{
    for (size_t i = 0; i < c->n_timings; i++)
        if (c->timings[i].drift == d && c->timings[i].relation == PL_TIME_AFTER)
            return c->timings[i].text;
    return NULL;
}
