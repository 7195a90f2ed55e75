/* probe_breaker.c - a circuit breaker, by what its service tells of it: is it open, and does it close again in time?
 *
 * The request is an http(s) probe's; this reads state and failure count from its answer, by JSON pointers. An open
 * breaker is looked at again until it closes or `recovers_in` has passed: open is degraded (it does its work),
 * open or half-open for longer is failing. The failures behind it are somebody else's connection.
 */
#include <ctype.h>
#include <inttypes.h>
#include <string.h>

#include "http_priv.h"
#include "plumbline/clock.h"
#include "plumbline/json.h"

enum { AGAIN_PARTS = 20, AGAIN_MIN_MS = 20, AGAIN_MAX_MS = 2000 };

/* In small letters, without what is no letter: resilience4j, Polly, Envoy, opossum, gobreaker. */
static const struct {
    const char *word;
    enum breaker state;
} words[] = {
    {"closed", BREAKER_CLOSED},      {"disabled", BREAKER_CLOSED}, {"metricsonly", BREAKER_CLOSED},
    {"halfopen", BREAKER_HALF_OPEN}, {"open", BREAKER_OPEN},       {"forcedopen", BREAKER_OPEN},
    {"isolated", BREAKER_OPEN},
};

static const char *const shown[] = {
    [BREAKER_UNKNOWN] = "unknown",
    [BREAKER_CLOSED] = "closed",
    [BREAKER_HALF_OPEN] = "half-open",
    [BREAKER_OPEN] = "open",
};

static enum breaker state_of(const struct pl_value *value)
{
    const char *text = pl_value_text(value);
    char letters[32];
    size_t n = 0;

    if (value != NULL && value->type == PL_BOOL) /* {"open": true} */
        return value->u.boolean ? BREAKER_OPEN : BREAKER_CLOSED;
    for (; text != NULL && *text != '\0' && n + 1 < sizeof(letters); text++)
        if (isalpha((unsigned char)*text))
            letters[n++] = (char)tolower((unsigned char)*text);
    letters[n] = '\0';
    for (size_t i = 0; i < PL_LEN(words); i++)
        if (strcmp(words[i].word, letters) == 0)
            return words[i].state;
    return BREAKER_UNKNOWN;
}

static const char *failures_text(struct attempt *a)
{
    if (a->breaker_failures < 0)
        return "";
    return pl_arena_printf(a->run->arena, ", failures %" PRId64, a->breaker_failures);
}

static int not_told(struct attempt *a, int status, const char *what)
{
    if (status >= 400)
        return 0; /* the status says what is wrong */
    pl_attempt_fail(a, "EXPECT_JSON", 0, "state %s: %s", a->target->spec->state_pointer, what);
    return -1;
}

int pl_breaker_look(struct attempt *a, const char *body, size_t n, int status)
{
    const struct pl_probe_spec *spec = a->target->spec;
    struct pl_err err;
    const struct pl_value *document = pl_json_parse(a->arena, body, n, "the body", &err), *state;

    if (document == NULL)
        return not_told(a, status, err.text);
    state = pl_pointer_get(a->arena, document, spec->state_pointer);
    if (state == NULL)
        return not_told(a, status, "nothing there");
    a->breaker = state_of(state);
    if (a->breaker == BREAKER_UNKNOWN)
        return not_told(a, status,
                        pl_arena_printf(a->arena,
                                        "%.80s is no state of a breaker (closed, open, half-open)",
                                        pl_json_text(a->arena, state)));
    a->breaker_at = pl_clock_mono_ns();
    if (spec->failures_pointer != NULL &&
        !pl_value_as_int(pl_pointer_get(a->arena, document, spec->failures_pointer),
                         &a->breaker_failures))
        a->breaker_failures = -1;
    a->note = pl_arena_printf(a->run->arena, "breaker %s%s", shown[a->breaker], failures_text(a));
    if (a->breaker != BREAKER_OPEN)
        return 0;
    pl_attempt_fail(a, "SVC_BREAKER_OPEN", status >= 400 ? status : 0,
                    "the circuit breaker of %s is open%s", a->peer_text, failures_text(a));
    return -1;
}

/* ---- over a series ---- */

struct story {
    size_t told;   /* attempts that told a state */
    size_t opened; /* times it was seen to open, or found open */
    size_t half;   /* looks at which it was half-open */
    enum breaker last;
    int64_t since,
        until;    /* of the last time it was not closed; until: closed again, or the last look */
    int64_t most; /* failures; -1: not told */
};

static struct story read_story(const struct target *t)
{
    struct story s = {.most = -1};

    for (size_t i = 0; i < t->n_outcomes; i++) {
        const struct outcome *o = &t->outcomes[i];

        if (o->breaker == BREAKER_UNKNOWN)
            continue;
        s.told++;
        s.half += o->breaker == BREAKER_HALF_OPEN;
        if (o->breaker_failures > s.most)
            s.most = o->breaker_failures;
        if (o->breaker != BREAKER_CLOSED &&
            (s.last == BREAKER_CLOSED || s.last == BREAKER_UNKNOWN)) {
            s.since = o->breaker_at;
            s.opened++;
        }
        if (o->breaker != BREAKER_CLOSED || s.last != BREAKER_CLOSED)
            s.until = o->breaker_at;
        s.last = o->breaker;
    }
    return s;
}

static bool breaker_again(const struct target *t, int64_t *pause_ns)
{
    int64_t limit = t->spec->recovers_in_ns, part = limit / AGAIN_PARTS;
    struct story s = read_story(t);

    if (limit <= 0 || s.last == BREAKER_UNKNOWN || s.last == BREAKER_CLOSED ||
        s.until - s.since > limit || pl_clock_mono_ns() - s.until > limit)
        return false;
    *pause_ns = part < AGAIN_MIN_MS * 1000000LL   ? AGAIN_MIN_MS * 1000000LL
                : part > AGAIN_MAX_MS * 1000000LL ? AGAIN_MAX_MS * 1000000LL
                                                  : part;
    return true;
}

static char *course(const struct target *t, const struct story *s)
{
    struct pl_arena *arena = t->run->arena;
    int64_t ms = (s->until - s->since) / 1000000;
    double limit_s = (double)t->spec->recovers_in_ns / 1e9;

    if (s->last == BREAKER_CLOSED)
        return pl_arena_printf(
            arena, "the circuit breaker was open and closed again after %" PRId64 " ms%s", ms,
            s->half > 0 ? ", through half-open" : "");
    if (t->spec->recovers_in_ns > 0)
        return pl_arena_printf(arena, "the circuit breaker is %s and did not close within %.3g s",
                               shown[s->last], limit_s);
    return pl_arena_printf(arena, "the circuit breaker is %s", shown[s->last]);
}

static bool breaker_judge(const struct target *t, struct pl_probe_result *out)
{
    struct pl_arena *arena = t->run->arena;
    struct story s = read_story(t);
    int64_t limit = t->spec->recovers_in_ns;
    bool stuck = s.last != BREAKER_CLOSED && limit > 0 && s.until - s.since > limit;
    const struct pl_timings *timings = &out->timings;
    char *detail;
    int code = 0;

    if (s.opened == 0)
        return false;
    if (s.last != BREAKER_CLOSED && limit > 0 && !stuck)
        detail = pl_arena_printf(arena, "the circuit breaker is %s", shown[s.last]);
    else
        detail = course(t, &s);
    if (s.last == BREAKER_CLOSED && limit > 0 && s.until - s.since > limit)
        detail = pl_arena_printf(arena, "%s, declared is %.3g s", detail, (double)limit / 1e9);
    if (s.opened > 1)
        detail = pl_arena_printf(arena, "%s; it opened %zu times", detail, s.opened);
    if (s.most >= 0)
        detail = pl_arena_printf(arena, "%s; up to %" PRId64 " failures", detail, s.most);
    detail = pl_arena_printf(arena, "%s; %d of %d attempts succeed", detail,
                             timings->attempts - timings->failed, timings->attempts);
    for (size_t i = 0; i < t->n_outcomes && code == 0; i++)
        code = t->outcomes[i].breaker == BREAKER_OPEN ? t->outcomes[i].code : 0;
    out->state = stuck ? PL_PROBED_FAILING : PL_PROBED_DEGRADED;
    out->symptom = pl_symptom_of(t, stuck ? "SVC_BREAKER_STUCK" : "SVC_BREAKER_OPEN", code, detail,
                                 s.until - s.since);
    return true;
}

const struct probe_type pl_probe_breaker = {
    .type = PL_PROBE_BREAKER,
    .title = "HTTP",
    .prepare = pl_http_prepare,
    .again = breaker_again,
    .judge = breaker_judge,
    .connected = pl_http_connected,
    .cancel = pl_http_release,
};
