/* html_latency.c - how long answers took: every answer of a probe as a tick on one common scale, beside the budget.
 *
 * The scale is logarithmic, so that a round trip and a cold start are both to be seen. The figures stand beside it as numbers.
 */
#include <math.h>
#include <string.h>

#include "html_priv.h"

enum { WIDTH = 400, HEIGHT = 26, TICKS_MAX = 200 };

struct scale {
    double low, high; /* powers of ten, in milliseconds */
};

static const struct pl_timings *timings_of(const struct pl_conn_result *c)
{
    return c->probe && c->probe->timings.p50_ms >= 0 ? &c->probe->timings : NULL;
}

size_t pl_html_n_latency(const struct pl_html_page *p)
{
    size_t n = 0;
    for (size_t i = 0; i < p->run->n_connections; i++)
        n += timings_of(&p->run->connections[i]) != NULL;
    return n;
}

static int64_t limit_of(const struct pl_budget *b)
{
    return b->p95_ns ? b->p95_ns : b->max_ns ? b->max_ns : b->p50_ns;
}

static void widen(struct scale *s, double ms)
{
    while (ms > 0 && ms < s->low && s->low > 0.002)
        s->low /= 10;
    while (ms > s->high && s->high < 1e7)
        s->high *= 10;
}

static struct scale scale_of(const struct pl_run *run)
{
    struct scale s = {1, 10};
    for (size_t i = 0; i < run->n_connections; i++) {
        const struct pl_timings *t = timings_of(&run->connections[i]);
        if (!t)
            continue;
        widen(&s, t->n_samples ? t->samples_ms[0] : t->p50_ms);
        widen(&s, t->max_ms);
        widen(&s, (double)limit_of(&run->connections[i].connection->budget) / 1e6);
    }
    return s;
}

static int at(const struct scale *s, double ms)
{
    double share = log10((ms < s->low ? s->low : ms) / s->low) / log10(s->high / s->low);
    return 4 + (int)(share * (WIDTH - 8) + 0.5);
}

static void tick(struct pl_html_page *p, const char *class, int x, int top, int bottom)
{
    pl_html(p->out, "<path class=\"%s\" d=\"M%d %dV%d\"/>", class, x, top, bottom);
}

static void draw(struct pl_html_page *p, const struct scale *s, const struct pl_conn_result *c)
{
    const struct pl_timings *t = timings_of(c);
    int64_t limit = limit_of(&c->connection->budget);
    pl_html(p->out, "<svg class=\"rug\" viewBox=\"0 0 %d %d\" aria-hidden=\"true\">", WIDTH,
            HEIGHT);
    pl_html(p->out, "<path class=\"axis\" d=\"M4 %dH%d\"/>", HEIGHT - 4, WIDTH - 4);
    int decades = (int)(log10(s->high / s->low) + 0.5);
    for (int i = 0; i <= decades; i++)
        tick(p, "axis", 4 + i * (WIDTH - 8) / decades, HEIGHT - 7, HEIGHT - 1);
    size_t step = t->n_samples / TICKS_MAX + 1;
    for (size_t i = 0; i < t->n_samples; i += step)
        tick(p, "one", at(s, t->samples_ms[i]), 10, HEIGHT - 4);
    if (t->n_samples == 0)
        tick(p, "one", at(s, t->p50_ms), 10, HEIGHT - 4);
    tick(p, "p95", at(s, t->p95_ms), 4, HEIGHT - 4);
    if (limit > 0)
        tick(p, "budget", at(s, (double)limit / 1e6), 0, HEIGHT);
    pl_html(p->out, "</svg>");
}

/* Where the time goes, by p95: the answer to "is it the network?". */
static void phases(struct pl_html_page *p, const struct pl_timings *t)
{
    int share = 0;
    const struct pl_phase *slowest = pl_words_slowest(t, &share);
    const char *sign = "";
    if (!slowest)
        return;
    pl_html(p->out, "<p>");
    for (size_t i = 0; i < t->n_phases; i++) {
        const struct pl_phase *phase = &t->phases[i];
        if (!(phase->p95_ms >= 0) || strcmp(phase->name, "total") == 0)
            continue;
        pl_html(p->out, "%s%s %s", sign, phase->name, pl_words_ms(p->arena, phase->p95_ms));
        if (phase == slowest)
            pl_html(p->out, " <b>(%d %% of the time)</b>", share);
        sign = ", ";
    }
    pl_html(p->out, "</p>");
}

static void row(struct pl_html_page *p, const struct scale *s, const struct pl_conn_result *c)
{
    const struct pl_timings *t = timings_of(c);
    const char *budget = pl_words_budget(p->arena, &c->connection->budget);
    pl_html(p->out, "<tr class=\"f s%d\"><td>", (int)c->severity);
    pl_html_connection(p, c->connection->name);
    pl_html(p->out, "<p>%s%s", pl_words_count(p->arena, (size_t)t->attempts, "attempt", "attempts"),
            t->failed ? pl_arena_printf(p->arena, ", %d failed", t->failed) : "");
    pl_html(p->out, "</p></td><td>");
    draw(p, s, c);
    phases(p, t);
    pl_html(p->out,
            "<p>%s</p></td><td class=\"n\">%s</td><td class=\"n\">%s</td><td class=\"n\">%s"
            "</td><td>",
            budget ? budget : "no budget", pl_words_ms(p->arena, t->p50_ms),
            pl_words_ms(p->arena, t->p95_ms), pl_words_ms(p->arena, t->max_ms));
    pl_html_status(p->out, c->status);
    pl_html(p->out, "</td></tr>");
}

void pl_html_latency(struct pl_html_page *p)
{
    struct scale s = scale_of(p->run);
    pl_html(p->out,
            "<p class=\"lead\">Each tick is an answer, on one logarithmic scale from %s to %s; the "
            "tall tick is the p95, the dashed line the budget.</p><div class=\"res\"><table "
            "class=\"times\"><thead><tr><th scope=\"col\">connection</th><th scope=\"col\">answers"
            "</th><th scope=\"col\" class=\"n\">p50</th><th scope=\"col\" class=\"n\">p95</th><th "
            "scope=\"col\" class=\"n\">max</th><th scope=\"col\">status</th></tr></thead><tbody>",
            pl_words_ms(p->arena, s.low), pl_words_ms(p->arena, s.high));
    for (size_t i = 0; i < p->run->n_connections; i++)
        if (timings_of(&p->run->connections[i]))
            row(p, &s, &p->run->connections[i]);
    pl_html(p->out, "</tbody></table></div>");
}
