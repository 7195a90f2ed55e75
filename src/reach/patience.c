/* patience.c - who waits longer for whom: a called service's own waits against the time that its requests have, and against the caller's.
 *
 * A service that may wait 25 s for its cache, and is cut after 20 s, answers nobody: 504 by the platform instead of an error of its own (C8). Waits are
 * found in variables by their names; what a program does besides waiting is not known: a risk. A caller's own wait is one where it is brief, where who is
 * called waits longer, or where it is less than was meant.
 */
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "wiring_priv.h"

/* A wait that a variable sets. */
struct wait {
    int64_t ns; /* 0: none */
    const char *name, *path, *value;
    int64_t times; /* how often it may be tried; 1: once */
};

static bool holds_any(const char *name, const char *const *words)
{
    for (; *words; words++)
        if (strstr(name, *words))
            return true;
    return false;
}

static const char *upper(struct pl_trace *t, const char *name)
{
    char *u = pl_arena_strdup(t->arena, name);
    for (char *c = u; *c; c++)
        *c = *c == '-' ? '_' : (char)toupper((unsigned char)*c);
    return u;
}

/* Does the variable say how long a call to something else may take? */
static bool is_wait(const char *name)
{
    static const char *const waits[] = {"TIMEOUT", "DEADLINE", NULL};
    static const char *const others[] = {"IDLE",      "KEEP",     "SESSION",  "SHUTDOWN", "GRACE",
                                         "STARTUP",   "GUNICORN", "UVICORN",  "SERVER_",  "LOCK",
                                         "STATEMENT", "CACHE_T",  "COOLDOWN", "RECOVERY", NULL};
    return holds_any(name, waits) && !holds_any(name, others);
}

static bool ends(const char *text, const char *with)
{
    size_t len = strlen(text), n = strlen(with);
    return len >= n && strcmp(text + len - n, with) == 0;
}

/* "25s", "500ms"; a bare number is seconds or, where the name says so, milliseconds. From a thousand on nobody knows which: 0; and nobody
 * waits a year. */
static int64_t nanoseconds(const char *name, const char *value)
{
    static const int64_t second = INT64_C(1000000000), year = INT64_C(365) * 86400 * 1000000000;
    int64_t ns = 0;
    char *end = NULL;
    if (!value || !*value)
        return 0;
    double n = strtod(value, &end);
    if (*end)
        return pl_duration_parse(value, &ns) && ns > 0 && ns < year ? ns : 0;
    bool ms = ends(name, "_MS") || ends(name, "_MILLIS") || ends(name, "_MILLISECONDS");
    if (!(n > 0) || n > (ms ? 1e7 : 999))
        return 0;
    return (int64_t)(n * (double)(ms ? second / 1000 : second));
}

static size_t first_word(const char *name)
{
    return strcspn(name, "_");
}

/* How often a call is tried, by a variable with the same first word: REDIS_MAX_RETRIES beside REDIS_TIMEOUT. */
static int64_t tries_of(struct pl_trace *t, const struct pl_variable *v, size_t n, const char *name)
{
    enum { MOST = 100 };
    size_t len = first_word(name);
    for (size_t i = 0; i < n; i++) {
        const char *other = upper(t, v[i].name);
        bool retries = strstr(other, "RETRIES") != NULL,
             attempts = strstr(other, "ATTEMPTS") != NULL;
        int64_t times = v[i].value ? strtoll(v[i].value, NULL, 10) : 0;
        if (first_word(other) == len && strncmp(other, name, len) == 0 && (retries || attempts) &&
            times > 0 && times < MOST)
            return retries ? times + 1 : times;
    }
    return 1;
}

/* The longest wait among a workload's variables. */
static struct wait longest(struct pl_trace *t, const struct pl_resource *workload)
{
    struct wait most = {0};
    size_t n = 0;
    const struct pl_variable *v = pl_variables_of(t, workload, &n);
    for (size_t i = 0; i < n; i++) {
        const char *name = upper(t, v[i].name);
        if (!is_wait(name))
            continue;
        int64_t times = tries_of(t, v, n, name);
        int64_t ns = nanoseconds(name, v[i].value) * times;
        if (ns > most.ns)
            most = (struct wait){ns, v[i].name, v[i].path, v[i].value, times};
    }
    return most;
}

static const char *shown(struct pl_trace *t, const struct wait *w)
{
    const char *sum = pl_duration_format(t->arena, w->ns);
    return w->times > 1 ? pl_arena_printf(t->arena, "%s (%s=%s, %" PRId64 " times)", sum, w->name,
                                          w->value, w->times)
                        : pl_arena_printf(t->arena, "%s (%s)", sum, w->name);
}

static void judge_request(struct pl_trace *t, const struct wait *inner)
{
    struct pl_serving s = pl_serving_of(t, t->target.resource);
    int64_t limit = 0;
    const char *path = s.resource ? pl_serving_path(t, &s, "timeout") : NULL;
    const char *text = path ? pl_trace_text(t, s.resource, path, NULL) : NULL;
    if (!text || !pl_duration_parse(text, &limit) || limit <= 0)
        return;
    if (inner->ns < limit) {
        pl_trace_pass(t, "time-budget", "%s waits up to %s, and its requests have %s",
                      t->target.shown, shown(t, inner), text);
        return;
    }
    pl_trace_risk(t, "time-budget", "TIMEOUTS_INVERTED",
                  "%s waits up to %s for what it calls, and its own requests are cut after %s",
                  t->target.shown, shown(t, inner), text);
    pl_trace_field(t, &t->target.resource->address, inner->path);
    pl_trace_at(t, limit / 1000000);
    pl_trace_evidence(t, t->target.resource, inner->path);
    pl_trace_evidence(t, s.resource, path);
}

/* ---- the caller's own patience ---- */

/* What its variables about the target begin with: AUTH of AUTH_URL, that leads there, and AUTH of a service that is called auth. */
struct words {
    const char *list[8];
    size_t n;
    bool family; /* or with any word for a database, for a cache, as the target is */
};

static void add_word(struct pl_trace *t, struct words *w, const char *word)
{
    static const char *const tails[] = {"_SERVICE", "_SVC", "_API", "_BASE", "_SERVER"};
    size_t len = word ? strlen(word) : 0;
    for (size_t i = 0; i < PL_LEN(tails); i++)
        if (word && ends(word, tails[i]))
            len = strlen(word) - strlen(tails[i]);
    if (len == 0 || w->n == PL_LEN(w->list))
        return;
    w->list[w->n++] = pl_arena_strndup(t->arena, word, len);
}

static struct words words_of(struct pl_trace *t)
{
    struct words w = {0};
    struct pl_wires wires;
    if (t->target.what == PL_TO_RUN)
        add_word(t, &w, upper(t, t->target.resource->address.names[0]));
    pl_wires_find(t, &wires);
    for (size_t i = 0; i < wires.n; i++)
        if (wires.list[i].role == PL_ROLE_HOST || wires.list[i].role == PL_ROLE_URL)
            add_word(t, &w, wires.list[i].prefix);
    w.family = t->target.what != PL_TO_RUN && !pl_wire_has_rival(t);
    return w;
}

/* libpq's own has no underscore: PGCONNECT_TIMEOUT. */
static bool is_about(struct pl_trace *t, const struct words *w, const char *name)
{
    for (size_t i = 0; i < w->n; i++) {
        size_t len = strlen(w->list[i]);
        if (strncmp(name, w->list[i], len) == 0 && name[len] == '_')
            return true;
    }
    return w->family && (pl_wire_family_fits(t, name) ||
                         (t->target.what == PL_TO_SQL && strncmp(name, "PGC", 3) == 0));
}

static int64_t declared_wait(struct pl_trace *t, const char *name, const char *path)
{
    const struct pl_expect *e = pl_declared_at(t, &t->source.resource->address, path);
    return nanoseconds(name, pl_declared_text_of(e));
}

/* Who gives up too early tells of a time-out at its limit, or at a few of them: clients hold each phase of a call to it, and try again. */
static void strikes_at(struct pl_trace *t, const struct wait *own)
{
    enum { PHASES = 4 };
    pl_trace_field(t, &t->source.resource->address, own->path);
    pl_trace_at(t, own->ns / 1000000);
    pl_trace_until(t, own->ns / 1000000 * PHASES);
    pl_trace_evidence(t, t->source.resource, own->path);
}

/* The caller's own patience with this target, by one of its variables. */
static void judge_own(struct pl_trace *t, const struct wait *own, const struct wait *inner)
{
    static const int64_t brief = INT64_C(1000000000);
    const char *caller = pl_trace_name(t, &t->source.resource->address);
    int64_t meant = declared_wait(t, upper(t, own->name), own->path);
    /* a database or a cache answers at once: seconds are enough for it, whatever was meant */
    if (meant > own->ns && (t->target.what == PL_TO_RUN || own->ns < brief))
        pl_trace_risk(t, "time-budget", "CLIENT_GIVES_UP_EARLY",
                      "%s gives up after %s, where %s is declared", caller, shown(t, own),
                      pl_duration_format(t->arena, meant));
    else if (inner->ns >= own->ns)
        pl_trace_risk(t, "time-budget", "TIMEOUTS_INVERTED",
                      "%s gives up after %s, and %s waits up to %s for what it calls", caller,
                      shown(t, own), t->target.shown, shown(t, inner));
    else if (own->ns < brief && t->target.what == PL_TO_RUN)
        pl_trace_risk(t, "time-budget", "CLIENT_GIVES_UP_EARLY",
                      "%s gives up after %s: a new TLS connection or a start takes longer", caller,
                      shown(t, own));
    else
        return;
    strikes_at(t, own);
    if (inner->ns >= own->ns)
        pl_trace_evidence(t, t->target.resource, inner->path);
}

/* One that is declared and not there leaves the client with its own default, which nobody knows. */
static void judge_missing(struct pl_trace *t, const struct words *words)
{
    struct pl_wires all;
    if (t->target.what != PL_TO_RUN)
        return;
    pl_wires_all(t, &all);
    for (size_t i = 0; i < all.n; i++) {
        const struct pl_wire *w = &all.list[i];
        const char *name = upper(t, w->name);
        if (w->what != PL_WIRE_ABSENT || !is_wait(name) || !is_about(t, words, name))
            continue;
        pl_trace_risk(t, "time-budget", "CLIENT_GIVES_UP_EARLY",
                      "%s is declared and not set: how long the client waits is its own default",
                      pl_wire_name(t, w));
        pl_trace_field(t, &t->source.resource->address, w->path);
    }
}

static void judge_caller(struct pl_trace *t, const struct wait *inner)
{
    size_t n = 0;
    if (t->source.what != PL_FROM_RUN || !t->source.resource)
        return;
    struct words words = words_of(t);
    const struct pl_variable *v = pl_variables_of(t, t->source.resource, &n);
    for (size_t i = 0; i < n; i++) {
        const char *name = upper(t, v[i].name);
        struct wait own = {nanoseconds(name, v[i].value), v[i].name, v[i].path, v[i].value, 1};
        if (own.ns > 0 && is_wait(name) && is_about(t, &words, name))
            judge_own(t, &own, inner);
    }
    judge_missing(t, &words);
}

void pl_hop_time_budget(struct pl_trace *t)
{
    bool run = t->target.what == PL_TO_RUN;
    if (!t->target.resource)
        return;
    struct wait inner = run ? longest(t, t->target.resource) : (struct wait){0};
    if (inner.ns > 0)
        judge_request(t, &inner);
    judge_caller(t, &inner);
}
