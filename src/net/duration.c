/* duration.c - spans of time with a unit, as baselines and Google's APIs write them. */
#include <string.h>

#include "plumbline/net.h"

#include "net_priv.h"

/* From large to small. */
static const struct net_unit units[] = {
    {"w", 604800000000000}, {"d", 86400000000000}, {"h", 3600000000000}, {"m", 60000000000},
    {"s", 1000000000},      {"ms", 1000000},       {"us", 1000},         {"ns", 1},
};

bool pl_duration_parse(const char *text, int64_t *out_ns)
{
    int64_t total = 0, part, scale, before = INT64_MAX;

    if (strcmp(text, "0") == 0) {
        *out_ns = 0;
        return true;
    }
    /* "1h30m": each unit smaller than the one before, as Go's clients print it. */
    do {
        if (!net_read_quantity(&text, units, PL_LEN(units), &part, &scale) || scale >= before ||
            __builtin_add_overflow(total, part, &total))
            return false;
        before = scale;
    } while (*text != '\0');
    *out_ns = total;
    return true;
}

/* `ns` in one unit, exact and as it can be read back, or NULL: the unit is larger than the span, or the
 * decimal has more than nine digits behind its point. */
static char *in_unit(struct pl_arena *arena, uint64_t ns, const struct net_unit *unit)
{
    uint64_t scale = (uint64_t)unit->scale, rest = ns % scale;
    char digits[10];
    size_t n = 0;

    if (ns < scale)
        return NULL;
    for (; rest != 0 && n < sizeof digits - 1; rest = rest * 10 % scale) /* long division */
        digits[n++] = (char)('0' + rest * 10 / scale);
    if (rest != 0)
        return NULL;
    digits[n] = '\0';
    return pl_arena_printf(arena, "%llu%s%s%s", (unsigned long long)(ns / scale), n > 0 ? "." : "",
                           digits, unit->name);
}

char *pl_duration_format(struct pl_arena *arena, int64_t ns)
{
    uint64_t size = ns < 0 ? 0 - (uint64_t)ns : (uint64_t)ns;
    char *best = NULL;

    if (ns == 0)
        return pl_arena_strdup(arena, "0s");
    for (size_t i = 1; i < PL_LEN(units);
         i++) { /* weeks are read, not written: nobody expects them */
        char *text = in_unit(arena, size, &units[i]);

        if (text != NULL && (best == NULL || strlen(text) < strlen(best)))
            best = text;
    }
    return ns < 0 ? pl_arena_printf(arena, "-%s", best) : best;
}
