/* html_past.c - what earlier runs say: what is new, changed or gone, how it went over the last runs, and whether fixes held.
 *
 * Without a history the page says that it has none, and draws nothing.
 */
#include <string.h>

#include "html_priv.h"

enum { BAR = 12, STEP = 16, HEIGHT = 40, FINDINGS_MAX = 500 };

static const char *const states[] = {
    [PL_PAST_NEW] = "new",           [PL_PAST_ONGOING] = "ongoing",   [PL_PAST_CHANGED] = "changed",
    [PL_PAST_RESOLVED] = "resolved", [PL_PAST_UNKNOWN] = "not known", [PL_PAST_GONE] = "gone",
};

static const char *const classes[] = {
    [PL_PAST_NEW] = "failing", [PL_PAST_ONGOING] = "",        [PL_PAST_CHANGED] = "degraded",
    [PL_PAST_RESOLVED] = "ok", [PL_PAST_UNKNOWN] = "unknown", [PL_PAST_GONE] = "",
};

static const char *const fixes[] = {
    [PL_FIX_NOT_YET] = "not yet",
    [PL_FIX_CONFIRMED] = "confirmed",
    [PL_FIX_REFUTED] = "refuted",
    [PL_FIX_OTHERWISE] = "mended otherwise",
};

/* ---- the trend ---- */

struct series {
    const char *label, *class;
    int counts[PL_PAST_TREND + 1], most;
};

static void add(struct series *s, size_t i, int n)
{
    s->counts[i] = n;
    s->most = n > s->most ? n : s->most;
}

/* Bars from the oldest run to this one; the figures stand in the name that is read aloud, and the last beside it. */
static void draw(struct pl_html_page *p, const struct series *s, size_t n)
{
    struct pl_buf figures = {0};
    for (size_t i = 0; i < n; i++)
        pl_buf_addf(&figures, "%s%d", i ? ", " : "", s->counts[i]);
    pl_html(
        p->out,
        "<div class=\"trend\"><span>%s</span><svg class=\"%s\" viewBox=\"0 0 %d %d\" width=\"%d\" "
        "height=\"%d\" role=\"img\" aria-label=\"%s, oldest run first: %s\">",
        s->label, s->class, (int)n * STEP, HEIGHT, (int)n * STEP, HEIGHT, s->label,
        pl_buf_str(&figures));
    for (size_t i = 0; i < n; i++) {
        int high = s->counts[i] > 0 ? 3 + s->counts[i] * (HEIGHT - 4) / s->most : 1;
        high = high > HEIGHT ? HEIGHT : high;
        pl_html(p->out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>", (int)i * STEP,
                HEIGHT - high, BAR, high);
    }
    pl_html(p->out, "</svg><b>%d</b></div>", s->counts[n - 1]);
    pl_buf_free(&figures);
}

static void trend(struct pl_html_page *p, const struct pl_past *past)
{
    struct series failing = {.label = "connections that fail", .class = "bad"},
                  drift = {.label = "drifted fields", .class = "warn"},
                  unknown = {.label = "fields not compared", .class = "quiet"};
    size_t from = past->n_trend > PL_PAST_TREND ? past->n_trend - PL_PAST_TREND : 0, n = 0;
    for (size_t i = from; i < past->n_trend; i++, n++) {
        add(&failing, n, past->trend[i].failing);
        add(&drift, n, past->trend[i].drift);
        add(&unknown, n, past->trend[i].unknown);
    }
    add(&failing, n, (int)p->digest->n_alarms);
    add(&drift, n, (int)p->run->n_drift);
    add(&unknown, n, (int)p->run->coverage.unknown);
    n++;
    pl_html(p->out, "<h3>%s, this one the last</h3>", pl_words_count(p->arena, n, "run", "runs"));
    draw(p, &failing, n);
    draw(p, &drift, n);
    draw(p, &unknown, n);
}

/* ---- findings ---- */

static bool is_told(const struct pl_past_finding *f)
{
    return f->flapping || (f->state != PL_PAST_ONGOING && f->state != PL_PAST_GONE);
}

static void findings(struct pl_html_page *p, const struct pl_past *past)
{
    size_t left = 0, shown = 0;
    pl_html(p->out, "<h3>Since run %s: %s</h3>", past->previous,
            pl_words_past_counts(p->arena, past));
    for (size_t i = 0; i < past->n_findings; i++) {
        const struct pl_past_finding *f = &past->findings[i];
        if (!is_told(f))
            continue;
        if (shown++ >= FINDINGS_MAX) {
            left++;
            continue;
        }
        pl_html(p->out,
                "<div class=\"row f s%d\"><p><span class=\"st %s\">%s</span> <code>%s</code> %s"
                "</p></div>",
                (int)f->severity, classes[f->state], states[f->state], f->label,
                pl_words_past(p->arena, f));
    }
    if (left > 0)
        pl_html(p->out, "<p>And %zu more: the JSON report has them.</p>", left);
}

static void fixed(struct pl_html_page *p, const struct pl_past *past)
{
    bool any = false;
    for (size_t i = 0; i < past->n_fixes; i++) {
        const struct pl_fix *f = &past->fixes[i];
        if (f->state == PL_FIX_NOT_YET && p->run->id && strcmp(f->run, p->run->id) == 0)
            continue; /* this very run's own claim */
        if (!any)
            pl_html(p->out, "<h3>Earlier explanations: did undoing it mend it?</h3>");
        any = true;
        pl_html(p->out,
                "<div class=\"row\"><p><b>%s</b> <code>%s</code> %s (explained by run %s)"
                "</p></div>",
                fixes[f->state], f->connection, f->text, f->run);
    }
}

void pl_html_since(struct pl_html_page *p, const struct pl_conn_result *c)
{
    const struct pl_past *past = p->run->past;
    const struct pl_past_finding *f =
        past && past->previous ? pl_past_find(past, PL_PAST_CONNECTION, c->connection->name, NULL)
                               : NULL;
    if (!f)
        return;
    if (f->state == PL_PAST_NEW)
        pl_html(p->out, " <span class=\"since\">new</span>");
    else if (f->first_seen)
        pl_html(p->out, " <span class=\"since\">%ssince %s</span>",
                f->state == PL_PAST_CHANGED ? "changed, " : "", f->first_seen);
}

void pl_html_past(struct pl_html_page *p)
{
    const struct pl_past *past = p->run->past;
    if (!past) {
        pl_html(p->out, "<h3>Earlier runs</h3><p>No history was kept: what is new, and since when, "
                        "this report cannot say.</p>");
        return;
    }
    if (!past->previous) {
        pl_html(p->out, "<h3>Earlier runs</h3><p>This is the first run of its series: there is "
                        "nothing to compare it with.</p>");
        return;
    }
    findings(p, past);
    trend(p, past);
    fixed(p, past);
}
