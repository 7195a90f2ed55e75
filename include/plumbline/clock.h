/* plumbline/clock.h [floor 0: src/base] - the only place that reads a clock; tests can stop it. */
#ifndef PLUMBLINE_CLOCK_H
#define PLUMBLINE_CLOCK_H

#include <stddef.h>
#include <stdint.h>

#include "plumbline/arena.h"

/* Nanoseconds since the epoch, and monotonic nanoseconds since an arbitrary start. */
int64_t pl_clock_wall_ns(void);
int64_t pl_clock_mono_ns(void);
/* Processor time that this thread has used so far. */
int64_t pl_clock_cpu_ns(void);

/* From now on the wall clock reads this (tests, PLUMBLINE_NOW); a negative value starts it again. */
void pl_clock_freeze_wall(int64_t ns);

/* RFC 3339 in UTC, "2026-11-20T10:00:00Z"; fractions only where they are not zero and with_fraction. */
char *pl_clock_format(struct pl_arena *arena, int64_t wall_ns, int with_fraction);
/* Reads RFC 3339 with any offset and up to nine digits of fraction. 0 or -1. */
int pl_clock_parse(const char *text, int64_t *out);
/* "2027-01-31" to the first nanosecond after that day, UTC: the moment an `expires` has passed. 0 or -1. */
int pl_clock_parse_day_end(const char *text, int64_t *out);

#endif
