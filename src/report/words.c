/* words.c - values, counts, places and times as people read them. Nothing here is escaped: the writers do that for their place.
 */
#include <string.h>

#include "plumbline/json.h"
#include "plumbline/net.h"
#include "plumbline/utf8.h"
#include "report_priv.h"

const char *pl_words_ms(struct pl_arena *arena, double ms)
{
    if (!(ms >= 0 && ms < 1e12))
        return "-";
    if (ms < 9.95)
        return pl_arena_printf(arena, "%.1f ms", ms);
    if (ms < 999.5)
        return pl_arena_printf(arena, "%.0f ms", ms);
    return pl_arena_printf(arena, ms < 1e6 ? "%.3g s" : "%.0f s", ms / 1000);
}

const char *pl_words_ns(struct pl_arena *arena, int64_t ns)
{
    const char *text = pl_duration_format(arena, ns);
    size_t digits = strspn(text, "0123456789.");
    return pl_arena_printf(arena, "%.*s %s", (int)digits, text, text + digits);
}

const char *pl_words_count(struct pl_arena *arena, size_t n, const char *one, const char *many)
{
    return pl_arena_printf(arena, "%zu %s", n, n == 1 ? one : many);
}

const char *pl_words_list(struct pl_arena *arena, const char *const *names, size_t n)
{
    struct pl_buf b = {0};
    for (size_t i = 0; i < n; i++)
        pl_buf_addf(&b, "%s%s", i == 0 ? "" : i + 1 == n ? " and " : ", ", names[i]);
    return pl_buf_take(&b, arena);
}

/* Cut at a whole character. */
static const char *cut(struct pl_arena *arena, const char *s, size_t len, size_t max)
{
    if (len <= max)
        return pl_arena_strndup(arena, s, len);
    return pl_arena_printf(arena, "%.*s... (%zu bytes)", (int)pl_utf8_cut(s, len, max), s, len);
}

const char *pl_words_value(struct pl_arena *arena, const struct pl_value *v, size_t max)
{
    if (!v)
        return "(absent)";
    if (v->type == PL_UNKNOWN)
        return "(not known)";
    if (v->type == PL_STRING && v->u.string.len > 0)
        return cut(arena, v->u.string.s, v->u.string.len, max);
    const char *text = pl_json_text(arena, v);
    return cut(arena, text, strlen(text), max);
}

/* What has become of it. */
static const char *since_then(struct pl_arena *arena, const struct pl_drift *d, size_t max)
{
    bool whole = d->path.n == 0;
    if (whole && d->status == PL_DRIFT_MISSING)
        return "was there, and is gone";
    if (whole && d->status == PL_DRIFT_UNEXPECTED)
        return "is new: it was not there";
    if (!d->observed)
        return pl_arena_printf(arena, "was %s, is gone", pl_words_value(arena, d->expected, max));
    if (!d->expected)
        return pl_arena_printf(arena, "is new: %s", pl_words_value(arena, d->observed, max));
    return pl_arena_printf(arena, "was %s, is %s", pl_words_value(arena, d->expected, max),
                           pl_words_value(arena, d->observed, max));
}

const char *pl_words_difference(struct pl_arena *arena, const struct pl_drift *d, size_t max)
{
    bool whole = d->path.n == 0;
    if (!d->mark.file) /* held against a last good state, which nobody declared */
        return since_then(arena, d, max);
    if (whole && d->status == PL_DRIFT_MISSING && d->elsewhere)
        return pl_arena_printf(arena, "declared, and not there; is %s meant?", d->elsewhere);
    if (whole && d->status == PL_DRIFT_MISSING)
        return "declared, and not there";
    if (whole && d->status == PL_DRIFT_UNEXPECTED)
        return "there, and not declared";
    if (d->status == PL_DRIFT_UNEXPECTED && !d->expected)
        return pl_arena_printf(arena, "not expected, observed %s",
                               pl_words_value(arena, d->observed, max));
    return pl_arena_printf(arena, "expected %s, observed %s",
                           pl_words_value(arena, d->expected, max),
                           pl_words_value(arena, d->observed, max));
}

const char *pl_words_change(struct pl_arena *arena, const struct pl_drift *d)
{
    const struct pl_change *c = d->changed_by;
    if (!c)
        return NULL;
    return pl_arena_printf(arena, "changed %s by %s%s%s: %s", c->at, c->principal,
                           c->n_via ? " for " : "",
                           c->n_via ? pl_words_list(arena, c->via, c->n_via) : "", c->method);
}

const char *pl_words_mark(struct pl_arena *arena, const struct pl_mark *mark)
{
    if (!mark->file)
        return NULL;
    return mark->line > 0 ? pl_arena_printf(arena, "%s:%d", mark->file->name, mark->line)
                          : mark->file->name;
}

const char *pl_words_path(struct pl_arena *arena, const struct pl_connection *c)
{
    int port = pl_connection_port(c);
    struct pl_buf b = {0};
    pl_buf_addf(&b, "%s -> %s", c->from.text, c->to.text);
    if (port > 0 && c->to.what == PL_END_RESOURCE)
        pl_buf_addf(&b, ", port %d", port);
    if (c->via != PL_VIA_AUTO)
        pl_buf_addf(&b, ", via %s", pl_via_names[c->via]);
    return pl_buf_take(&b, arena);
}

const char *pl_words_budget(struct pl_arena *arena, const struct pl_budget *b)
{
    const struct {
        const char *name;
        int64_t ns;
    } limits[] = {{"p50", b->p50_ns}, {"p95", b->p95_ns}, {"max", b->max_ns}};
    struct pl_buf text = {0};
    if (b->timeout_ns > 0)
        pl_buf_addf(&text, "every attempt within %s", pl_words_ns(arena, b->timeout_ns));
    for (size_t i = 0; i < PL_LEN(limits); i++)
        if (limits[i].ns > 0)
            pl_buf_addf(&text, "%s%s at most %s", text.len ? ", " : "", limits[i].name,
                        pl_words_ns(arena, limits[i].ns));
    return text.len ? pl_buf_take(&text, arena) : NULL;
}

const char *pl_words_coverage(struct pl_arena *arena, const struct pl_coverage *c)
{
    return pl_arena_printf(arena, "%s: %zu match, %zu drift, %zu ignored, %zu unknown",
                           pl_words_count(arena, c->declared, "declared field", "declared fields"),
                           c->match, c->drift, c->ignored, c->unknown);
}

const char *pl_words_gap(struct pl_arena *arena, const struct pl_unobserved *gap)
{
    const char *kind = gap->kind ? gap->kind->name : gap->kind_name ? gap->kind_name : "every kind";
    bool everywhere = !gap->scope || !*gap->scope;
    return pl_arena_printf(arena, "%s%s%s%s", kind, gap->field ? ":" : "",
                           gap->field ? gap->field : "",
                           everywhere ? "" : pl_arena_printf(arena, " in %s", gap->scope));
}

const char *pl_words_rule(struct pl_arena *arena, const struct pl_rule_finding *r)
{
    if (r->state == PL_RULE_UNUSED)
        return "matches nothing: remove it";
    return pl_arena_printf(arena,
                           "expired on %s and ignores nothing any more: renew it or remove it",
                           r->rule->expires);
}

const struct pl_phase *pl_words_slowest(const struct pl_timings *t, int *share)
{
    const struct pl_phase *slowest = NULL;
    double sum = 0;
    for (size_t i = 0; i < t->n_phases; i++) {
        const struct pl_phase *p = &t->phases[i];
        if (strcmp(p->name, "total") == 0 || !(p->p95_ms >= 0))
            continue;
        sum += p->p95_ms;
        if (!slowest || p->p95_ms > slowest->p95_ms)
            slowest = p;
    }
    *share = slowest && sum > 0 ? (int)(100 * slowest->p95_ms / sum + 0.5) : 0;
    return *share > 0 ? slowest : NULL;
}

const char *pl_words_impatient(struct pl_arena *arena, const struct pl_conn_result *c)
{
    const struct pl_budget *b = &c->connection->budget;
    int64_t limit = b->p95_ns ? b->p95_ns : b->max_ns ? b->max_ns : b->p50_ns;
    if (!c->probe || limit <= 0)
        return NULL;
    const struct pl_timings *t = &c->probe->timings;
    size_t over = 0;
    for (size_t i = 0; i < t->n_samples; i++)
        over += t->samples_ms[i] > (double)limit / 1e6;
    if (over == 0)
        return NULL;
    return pl_arena_printf(arena,
                           "%zu of %s took longer than %s: a client that waits no longer than that "
                           "calls this unreachable, and it is not",
                           over, pl_words_count(arena, t->n_samples, "answer", "answers"),
                           pl_words_ns(arena, limit));
}

bool pl_is_command(const char *text)
{
    static const char *const tools[] = {"gcloud ",  "curl ",      "psql ",     "redis-cli ",
                                        "openssl ", "plumbline ", "terraform "};
    for (size_t i = 0; i < PL_LEN(tools); i++)
        if (strncmp(text, tools[i], strlen(tools[i])) == 0)
            return true;
    return false;
}
