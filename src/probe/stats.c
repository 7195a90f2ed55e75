/* stats.c - figures over attempts: percentiles by nearest rank, whole and by phase. No judgement here.
 */
#include <stdlib.h>
#include <string.h>

#include "probe_priv.h"

double pl_ms(int64_t ns)
{
    return (double)ns / 1e6;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

double pl_percentile(const double *sorted, size_t n, int p)
{
    size_t rank;

    if (n == 0)
        return -1;
    rank = (n * (size_t)p + 99) / 100; /* ceil(n p / 100) */
    return sorted[rank == 0 ? 0 : rank - 1];
}

/* The median of what the kernel measured; -1 where it measured nothing (unix sockets, no connection). */
static double median_rtt(const struct outcome *outcomes, size_t n, double *values)
{
    size_t used = 0;

    for (size_t i = 0; i < n; i++)
        if (outcomes[i].rtt_ns > 0)
            values[used++] = pl_ms(outcomes[i].rtt_ns);
    qsort(values, used, sizeof(*values), by_value);
    return pl_percentile(values, used, 50);
}

static const struct {
    const char *name;
    int phase; /* PHASE_COUNT: the whole */
} rows[] = {
    {"resolve", PHASE_RESOLVE}, {"connect", PHASE_CONNECT},       {"proxy", PHASE_PROXY},
    {"tls", PHASE_TLS},         {"first_byte", PHASE_FIRST_BYTE}, {"total", PHASE_COUNT},
};

/* The values of one phase over the attempts that succeeded and reached it, sorted. */
static size_t gather(const struct outcome *outcomes, size_t n, int phase, double *values)
{
    size_t used = 0;

    for (size_t i = 0; i < n; i++) {
        int64_t ns = phase == PHASE_COUNT ? outcomes[i].total_ns : outcomes[i].spent[phase];

        if (outcomes[i].class_name == NULL && ns >= 0)
            values[used++] = pl_ms(ns);
    }
    qsort(values, used, sizeof(*values), by_value);
    return used;
}

void pl_timings_make(struct pl_arena *arena, const struct outcome *outcomes, size_t n,
                     struct pl_timings *out)
{
    struct pl_phase *phases = pl_arena_array(arena, PL_LEN(rows), sizeof(*phases));
    double *values = pl_arena_array(arena, n + 1, sizeof(*values)), *samples;

    *out = (struct pl_timings){.attempts = (int)n, .release_spread_ms = -1};
    for (size_t i = 0; i < n; i++) {
        out->failed += outcomes[i].class_name != NULL;
        if (pl_ms(outcomes[i].lag_ns) > out->lag_ms)
            out->lag_ms = pl_ms(outcomes[i].lag_ns);
    }
    out->rtt_ms = median_rtt(outcomes, n, values);
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        size_t used = gather(outcomes, n, rows[i].phase, values);

        if (used == 0 && rows[i].phase == PHASE_PROXY)
            continue;
        phases[out->n_phases++] =
            (struct pl_phase){rows[i].name, pl_percentile(values, used, 50),
                              pl_percentile(values, used, 95), pl_percentile(values, used, 100)};
        if (rows[i].phase != PHASE_COUNT)
            continue;
        samples = pl_arena_array(arena, used + 1, sizeof(*samples));
        memcpy(samples, values, used * sizeof(*samples));
        out->samples_ms = samples;
        out->n_samples = used;
        out->p50_ms = pl_percentile(values, used, 50);
        out->p95_ms = pl_percentile(values, used, 95);
        out->max_ms = pl_percentile(values, used, 100);
    }
    out->phases = phases;
}

const struct pl_phase *pl_timings_largest(const struct pl_timings *timings)
{
    const struct pl_phase *largest = NULL;

    for (size_t i = 0; i < timings->n_phases; i++) {
        const struct pl_phase *phase = &timings->phases[i];

        if (strcmp(phase->name, "total") != 0 && phase->p95_ms >= 0 &&
            (largest == NULL || phase->p95_ms > largest->p95_ms))
            largest = phase;
    }
    return largest;
}
