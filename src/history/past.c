/* past.c - the findings of a run held against those of the run before: new, ongoing, changed, resolved, or not known this time.
 *
 * Each run carries the whole list on, so the run before it is all that a run has to read. What a run could not look at is not resolved by
 * it: a field in `unknown`, a connection that nobody could try, a failure that was seen and that this time only the model speaks of.
 */
#include <stdlib.h>
#include <string.h>

#include "history_priv.h"
#include "plumbline/hash.h"
#include "plumbline/json.h"
#include "plumbline/map.h"
#include "plumbline/utf8.h"

enum { VALUE_MAX = 200 };

/* ---- what a run says ---- */

bool past_is_alarm(const struct pl_conn_result *c)
{
    return c->status == PL_CONN_FAILING || c->status == PL_CONN_DEGRADED ||
           c->status == PL_CONN_BLOCKED;
}

const struct pl_conn_result *past_connection(const struct pl_run *run, const char *name)
{
    for (size_t i = 0; i < run->n_connections; i++)
        if (strcmp(run->connections[i].connection->name, name) == 0)
            return &run->connections[i];
    return NULL;
}

bool past_covers(const char *outer, const char *inner)
{
    size_t n = strlen(outer);
    return strncmp(outer, inner, n) == 0 && (inner[n] == '\0' || inner[n] == ':' ||
                                             inner[n] == '.' || inner[n] == '[' || inner[n] == '/');
}

const char *past_unknown(const struct pl_run *run, const char *field_full)
{
    for (size_t i = 0; i < run->n_unknown; i++)
        if (past_covers(run->unknown[i].field_full, field_full) ||
            past_covers(field_full, run->unknown[i].field_full))
            return run->unknown[i].why;
    return NULL;
}

char *past_failure(struct pl_arena *arena, const struct pl_conn_result *c)
{
    return pl_arena_printf(arena, "%s %s", pl_conn_status_names[c->status],
                           c->symptom.kind ? pl_symptom_text(arena, &c->symptom) : "by the model");
}

static char *connection_id(struct pl_arena *arena, const struct pl_conn_result *c)
{
    const struct pl_explanation *e = &c->explanation;
    struct pl_buf b = {0};
    pl_buf_addf(&b, "%s\n%s\n%s\n", c->connection->name, past_failure(arena, c),
                pl_explain_verdict_names[e->verdict] ? pl_explain_verdict_names[e->verdict] : "");
    for (size_t i = 0; i < e->n_causes; i++) {
        for (size_t j = 0; j < e->causes[i].n; j++)
            pl_buf_addf(&b, "%s ", e->causes[i].drifts[j]->id);
        pl_buf_addc(&b, '\n');
    }
    for (size_t i = 0; i < e->n_blockers; i++)
        pl_buf_addf(&b, "%s %s\n", e->blockers[i].cause ? e->blockers[i].cause->name : "",
                    e->blockers[i].field_full ? e->blockers[i].field_full : "");
    char *id = pl_hash_text(arena, pl_buf_str(&b), b.len);
    pl_buf_free(&b);
    return id;
}

static const char *connection_text(struct pl_arena *arena, const struct pl_conn_result *c)
{
    const struct pl_explanation *e = &c->explanation;
    struct pl_buf b = {0};
    pl_buf_adds(&b, c->symptom.kind                ? pl_symptom_text(arena, &c->symptom)
                    : c->status == PL_CONN_BLOCKED ? "blocked in the model, nobody looked"
                                                   : "it fails");
    if (e->n_causes > 0) {
        pl_buf_addf(&b, "; %s",
                    e->verdict == PL_EXPLAIN_EXPLAINED ? "cause: " : "possible cause: ");
        for (size_t j = 0; j < e->causes[0].n; j++)
            pl_buf_addf(&b, "%s%s", j ? " + " : "", e->causes[0].drifts[j]->field);
        if (e->n_causes > 1)
            pl_buf_addf(&b, ", or %zu other%s", e->n_causes - 1, e->n_causes > 2 ? "s" : "");
    } else if (e->n_blockers > 0 && e->blockers[0].cause) {
        pl_buf_addf(&b, "; %s", e->blockers[0].cause->name);
        if (e->blockers[0].field)
            pl_buf_addf(&b, " at %s", e->blockers[0].field);
    } else if (e->n_upstream > 0) {
        pl_buf_addf(&b, "; passes on %s", e->upstream[0]);
    }
    return pl_buf_take(&b, arena);
}

static void add_value(struct pl_buf *b, struct pl_arena *arena, const struct pl_value *v)
{
    const char *text = !v                                        ? "nothing"
                       : v->type == PL_STRING && v->u.string.len ? v->u.string.s
                                                                 : pl_json_text(arena, v);
    size_t n = strlen(text), cut = pl_utf8_cut(text, n, VALUE_MAX);
    pl_buf_add(b, text, cut);
    pl_buf_adds(b, cut < n ? "..." : "");
}

static const char *drift_text(struct pl_arena *arena, const struct pl_drift *d)
{
    struct pl_buf b = {0};
    if (d->path.n == 0)
        return d->status == PL_DRIFT_MISSING ? "declared, and not there"
                                             : "there, and not declared";
    pl_buf_adds(&b, "expected ");
    add_value(&b, arena, d->expected);
    pl_buf_adds(&b, ", observed ");
    add_value(&b, arena, d->observed);
    return pl_buf_take(&b, arena);
}

static struct pl_past_finding of_drift(struct pl_arena *arena, const struct pl_drift *d)
{
    return (struct pl_past_finding){
        .what = PL_PAST_DRIFT,
        .name = d->field_full,
        .label = d->field,
        .id = d->id,
        .status = pl_drift_status_names[d->status],
        .text = drift_text(arena, d),
        .severity = d->severity,
    };
}

static struct pl_past_finding of_connection(struct pl_arena *arena, const struct pl_conn_result *c)
{
    return (struct pl_past_finding){
        .what = PL_PAST_CONNECTION,
        .name = c->connection->name,
        .label = c->connection->name,
        .id = connection_id(arena, c),
        .status = pl_conn_status_names[c->status],
        .text = connection_text(arena, c),
        .severity = c->severity,
        .seen = c->basis != PL_BASIS_MODEL,
    };
}

/* ---- one finding over time ---- */

struct compare {
    struct pl_arena *arena;
    const struct pl_past *before;
    bool first; /* nothing to compare with */
    const struct pl_run *run;
    struct pl_past_finding *out;
    size_t n, cap;
    bool *taken; /* by index in before->findings */
};

static const char *window_with(struct pl_arena *arena, const char *window, char now)
{
    size_t n = strlen(window), skip = n >= PL_PAST_WINDOW ? n - PL_PAST_WINDOW + 1 : 0;
    return pl_arena_printf(arena, "%s%c", window + skip, now);
}

/* Came and went so often: runs that could not look say nothing. */
static bool flaps(const char *window)
{
    int turns = 0;
    char last = '\0';
    for (; *window; window++) {
        if (*window == '?')
            continue;
        turns += last && *window != last;
        last = *window;
    }
    return turns >= PL_PAST_FLAPS;
}

static void put(struct compare *c, struct pl_past_finding f, const char *window, char now)
{
    f.window = window_with(c->arena, window, now);
    f.flapping = flaps(f.window);
    PL_PUSH(c->arena, c->out, c->n, c->cap, f);
}

static void add_present(struct compare *c, struct pl_past_finding now,
                        const struct pl_past_finding *was)
{
    const char *at = c->run->started_at;
    now.last_seen = at;
    if (!was || was->state == PL_PAST_RESOLVED || was->state == PL_PAST_GONE) {
        now.state = PL_PAST_NEW;
        now.first_seen = at;
        now.runs = now.same = 1;
        put(c, now, was ? was->window : c->first ? "" : ".", 'x');
        return;
    }
    bool same = strcmp(was->id, now.id) == 0;
    now.state = same ? PL_PAST_ONGOING : PL_PAST_CHANGED;
    now.before = same ? NULL : was->text;
    now.first_seen = was->first_seen;
    now.runs = was->runs + 1;
    now.same = same ? was->same + 1 : 1;
    put(c, now, was->window, 'x');
}

/* Why an earlier finding may still be there; NULL: it is gone, and `note` says how one knows. */
static const char *why_unknown(struct compare *c, const struct pl_past_finding *was,
                               const char **note)
{
    const struct pl_run *run = c->run;
    *note = NULL;
    if (was->what == PL_PAST_DRIFT) {
        for (size_t i = 0; i < run->n_ignored; i++)
            if (strcmp(run->ignored[i].drift->field_full, was->name) == 0)
                *note = pl_arena_printf(c->arena, "ignored: %s", run->ignored[i].rule->reason);
        return *note ? NULL : past_unknown(run, was->name);
    }
    const struct pl_conn_result *now = past_connection(run, was->name);
    if (!now) {
        *note = "not declared any more";
        return NULL;
    }
    if (now->status == PL_CONN_UNKNOWN)
        return now->note ? now->note : "this time nobody could tell whether it works";
    if (now->status == PL_CONN_OPEN && was->seen)
        return "it was seen to fail, and this time nobody looked: the model alone finds it open";
    *note = now->status == PL_CONN_OPEN ? "open in the model, nobody looked" : "seen to work";
    return NULL;
}

static void add_absent(struct compare *c, const struct pl_past_finding *was)
{
    struct pl_past_finding now = *was;
    const char *note, *unknown = why_unknown(c, was, &note);
    bool gone = was->state == PL_PAST_RESOLVED || was->state == PL_PAST_GONE;
    now.before = NULL;
    now.note = unknown ? unknown : note;
    now.state = gone ? PL_PAST_GONE : unknown ? PL_PAST_UNKNOWN : PL_PAST_RESOLVED;
    if (gone)
        now.note = was->note;
    else if (!unknown)
        now.resolved_at = c->run->started_at;
    const char *window = window_with(c->arena, was->window, unknown ? '?' : '.');
    if (gone && !strchr(window, 'x'))
        return; /* long ago */
    put(c, now, was->window, unknown ? '?' : '.');
}

/* ---- all of them ---- */

static int by_weight(const void *a, const void *b)
{
    static const int order[] = {
        [PL_PAST_NEW] = 0,     [PL_PAST_CHANGED] = 1,  [PL_PAST_ONGOING] = 2,
        [PL_PAST_UNKNOWN] = 3, [PL_PAST_RESOLVED] = 4, [PL_PAST_GONE] = 5};
    const struct pl_past_finding *x = a, *y = b;
    if (x->state != y->state)
        return order[x->state] - order[y->state];
    if (x->what != y->what)
        return x->what > y->what ? -1 : 1;
    if (x->severity != y->severity)
        return x->severity > y->severity ? -1 : 1;
    int by_name = strcmp(x->name, y->name);
    return by_name ? by_name : strcmp(x->id, y->id);
}

/* Of several with one name (elements of a list without names) the same id comes first. */
static void index_before(struct compare *c, struct pl_map *by_name, struct pl_map *by_id)
{
    for (size_t i = 0; c->before && i < c->before->n_findings; i++) {
        const struct pl_past_finding *f = &c->before->findings[i];
        char *name = pl_arena_printf(c->arena, "%d %s", (int)f->what, f->name);
        char *id = pl_arena_printf(c->arena, "%s %s", name, f->id);
        (void)pl_map_put(by_id, id, (void *)(uintptr_t)(i + 1));
        if (!pl_map_has(by_name, name))
            (void)pl_map_put(by_name, name, (void *)(uintptr_t)(i + 1));
    }
}

static const struct pl_past_finding *take(struct compare *c, uintptr_t found)
{
    if (found == 0 || c->taken[found - 1])
        return NULL;
    c->taken[found - 1] = true;
    return &c->before->findings[found - 1];
}

static void compare_all(struct compare *c, struct pl_past_finding *now, size_t n)
{
    struct pl_map by_name, by_id;
    pl_map_init(&by_name, c->arena);
    pl_map_init(&by_id, c->arena);
    index_before(c, &by_name, &by_id);
    const struct pl_past_finding **was = pl_arena_array(c->arena, n + 1, sizeof(*was));
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < n; i++) {
            char *name = pl_arena_printf(c->arena, "%d %s", (int)now[i].what, now[i].name);
            char *id = pl_arena_printf(c->arena, "%s %s", name, now[i].id);
            if (!was[i])
                was[i] = take(c, (uintptr_t)pl_map_get(pass ? &by_name : &by_id, pass ? name : id));
        }
    for (size_t i = 0; i < n; i++)
        add_present(c, now[i], was[i]);
    for (size_t i = 0; c->before && i < c->before->n_findings; i++)
        if (!c->taken[i])
            add_absent(c, &c->before->findings[i]);
    if (c->n > 0)
        qsort(c->out, c->n, sizeof(*c->out), by_weight);
}

struct pl_past *pl_past_compare(struct pl_arena *arena, const struct pl_past *before,
                                const char *before_id, const char *before_at,
                                const struct pl_run *run)
{
    struct pl_past *past = PL_NEW(arena, struct pl_past);
    size_t n = 0, n_before = before ? before->n_findings : 0;
    struct compare c = {.arena = arena, .before = before, .first = !before, .run = run};
    c.taken = pl_arena_array(arena, n_before + 1, sizeof(*c.taken));
    struct pl_past_finding *now =
        pl_arena_array(arena, run->n_drift + run->n_connections + 1, sizeof(*now));
    for (size_t i = 0; i < run->n_drift; i++)
        now[n++] = of_drift(arena, run->drift[i]);
    for (size_t i = 0; i < run->n_connections; i++)
        if (past_is_alarm(&run->connections[i]))
            now[n++] = of_connection(arena, &run->connections[i]);
    compare_all(&c, now, n);
    *past = (struct pl_past){
        .series = before ? before->series : "",
        .previous = before ? pl_arena_strdup(arena, before_id) : NULL,
        .previous_at = before ? pl_arena_strdup(arena, before_at) : NULL,
        .findings = c.out,
        .n_findings = c.n,
    };
    past_fixes(arena, before, run, past);
    return past;
}
