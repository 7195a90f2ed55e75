/* clock.c - reads the clocks, and RFC 3339 to and from nanoseconds. The only caller of clock_gettime. */
#include "plumbline/clock.h"

#include <string.h>
#include <time.h>

static const int64_t second = 1000000000;
static const int64_t day = 86400;
static int64_t frozen_ns = -1;

static int64_t read_clock(clockid_t id)
{
    struct timespec ts = {0};

    (void)clock_gettime(id, &ts); /* cannot fail for the clocks asked for */
    return (int64_t)ts.tv_sec * second + ts.tv_nsec;
}

int64_t pl_clock_wall_ns(void)
{
    return frozen_ns >= 0 ? frozen_ns : read_clock(CLOCK_REALTIME);
}

int64_t pl_clock_mono_ns(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

int64_t pl_clock_cpu_ns(void)
{
    return read_clock(CLOCK_THREAD_CPUTIME_ID);
}

void pl_clock_freeze_wall(int64_t ns)
{
    frozen_ns = ns < 0 ? -1 : ns;
}

/* Floor division: also right before 1970. */
static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

char *pl_clock_format(struct pl_arena *arena, int64_t wall_ns, int with_fraction)
{
    time_t t = (time_t)floor_div(wall_ns, second);
    int64_t ns = wall_ns - (int64_t)t * second;
    char digits[16] = "";
    struct tm tm = {0};

    (void)gmtime_r(&t, &tm); /* an int64 of nanoseconds ends in 2262 */
    if (with_fraction && ns != 0) {
        size_t len = 10;

        digits[0] = '.';
        for (size_t i = 9; i >= 1; i--, ns /= 10)
            digits[i] = (char)('0' + ns % 10);
        while (digits[len - 1] == '0')
            digits[--len] = '\0';
    }
    return pl_arena_printf(arena, "%04d-%02d-%02dT%02d:%02d:%02d%sZ", tm.tm_year + 1900,
                           tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec, digits);
}

/* Exactly `n` digits at *p. -1 where they are none. */
static int digits(const char **p, int n)
{
    int value = 0;

    for (; n > 0; n--, ++*p) {
        if (**p < '0' || **p > '9')
            return -1;
        value = value * 10 + (**p - '0');
    }
    return value;
}

static int literal(const char **p, const char *any_of)
{
    if (**p == '\0' || strchr(any_of, **p) == NULL)
        return -1;
    ++*p;
    return 0;
}

/* Days from 1970-01-01 to a date of the Gregorian calendar, counting years from March. */
static int64_t days_of(int year, int month, int mday)
{
    int64_t y = month <= 2 ? year - 1 : year, m = (month + 9) % 12;

    return 365 * y + y / 4 - y / 100 + y / 400 + (m * 153 + 2) / 5 + mday - 719469;
}

static int read_date(const char **p, int64_t *out_days)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year, month, mday, leap;

    if ((year = digits(p, 4)) < 1 || literal(p, "-") || (month = digits(p, 2)) < 1 || month > 12 ||
        literal(p, "-") || (mday = digits(p, 2)) < 1)
        return -1;
    leap = month == 2 && (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
    if (mday > lengths[month - 1] + leap)
        return -1;
    *out_days = days_of(year, month, mday);
    return 0;
}

static int read_time(const char **p, int64_t *out_s, int64_t *out_ns)
{
    int h, m, s;
    int64_t unit = second;

    *out_ns = 0;
    /* A leap second is legal (RFC 3339, 5.6) and counts as the next minute's first. */
    if ((h = digits(p, 2)) < 0 || h > 23 || literal(p, ":") || (m = digits(p, 2)) < 0 || m > 59 ||
        literal(p, ":") || (s = digits(p, 2)) < 0 || s > 60)
        return -1;
    *out_s = (int64_t)h * 3600 + m * 60 + s;
    if (**p != '.')
        return 0;
    for (++*p; **p >= '0' && **p <= '9'; ++*p) {
        if ((unit /= 10) == 0)
            return -1;
        *out_ns += (**p - '0') * unit;
    }
    return unit == second ? -1 : 0;
}

static int read_offset(const char **p, int64_t *out_s)
{
    int sign = **p == '-' ? -1 : 1, h, m;

    *out_s = 0;
    if (**p == 'Z' || **p == 'z') {
        ++*p;
        return 0;
    }
    if (literal(p, "+-") || (h = digits(p, 2)) < 0 || h > 23 || literal(p, ":") ||
        (m = digits(p, 2)) < 0 || m > 59)
        return -1;
    *out_s = sign * ((int64_t)h * 3600 + m * 60);
    return 0;
}

static int to_ns(int64_t s, int64_t ns, int64_t *out)
{
    return __builtin_mul_overflow(s, second, &s) || __builtin_add_overflow(s, ns, out) ? -1 : 0;
}

int pl_clock_parse(const char *text, int64_t *out)
{
    int64_t days, s, ns, offset;

    if (read_date(&text, &days) || literal(&text, "Tt") || read_time(&text, &s, &ns) ||
        read_offset(&text, &offset) || *text != '\0')
        return -1;
    return to_ns(days * day + s - offset, ns, out);
}

int pl_clock_parse_day_end(const char *text, int64_t *out)
{
    int64_t days;

    if (read_date(&text, &days) || *text != '\0')
        return -1;
    return to_ns((days + 1) * day, 0, out);
}
