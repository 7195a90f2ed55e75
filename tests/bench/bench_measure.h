/* bench_measure.h - what the programs of tests/bench measure of themselves, and how they print it.
 *
 * One line: "CPU_MS WALL_MS PEAK_KB OK P50_MS P99_MS". CPU is user and system time of the process between begin and end, peak is
 * the process's resident set at its largest, OK is how many succeeded. -1: not measured.
 */
#ifndef BENCH_MEASURE_H
#define BENCH_MEASURE_H

#include <stdio.h>
#include <sys/resource.h>
#include <time.h>

struct measure {
    double cpu, wall;
    long peak_kb;
};

static inline struct measure measure_now(void)
{
    struct rusage r;
    struct timespec t;

    getrusage(RUSAGE_SELF, &r);
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (struct measure){.cpu = (double)(r.ru_utime.tv_sec + r.ru_stime.tv_sec) * 1e3 +
                                   (double)(r.ru_utime.tv_usec + r.ru_stime.tv_usec) / 1e3,
                            .wall = (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6,
                            .peak_kb = r.ru_maxrss};
}

static inline void measure_print(struct measure begin, int ok, double p50, double p99)
{
    struct measure end = measure_now();

    printf("%.1f %.1f %ld %d %.3f %.3f\n", end.cpu - begin.cpu, end.wall - begin.wall, end.peak_kb,
           ok, p50, p99);
}

#endif
