/* bench_run.c - runs a command and appends "wall_ms cpu_ms peak_kb" to a file: what a process cost, its own children included.
 *
 *   bench_run FILE COMMAND...
 */
#include <stdio.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double ms_of(struct timeval t)
{
    return (double)t.tv_sec * 1000.0 + (double)t.tv_usec / 1000.0;
}

static double now_ms(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1000.0 + (double)t.tv_nsec / 1e6;
}

int main(int argc, char **argv)
{
    double start = now_ms();
    struct rusage used;
    int status = 0;
    FILE *out;
    pid_t pid;

    if (argc < 3)
        return 2;
    pid = fork();
    if (pid == 0) {
        (void)execvp(argv[2], argv + 2);
        perror(argv[2]);
        _exit(127);
    }
    if (pid < 0 || wait4(pid, &status, 0, &used) != pid)
        return 1;
    start = now_ms() - start;
    out = fopen(argv[1], "ae");
    if (out == NULL ||
        fprintf(out, "%.1f %.1f %ld\n", start, ms_of(used.ru_utime) + ms_of(used.ru_stime),
                used.ru_maxrss) < 0 ||
        fclose(out) != 0)
        return 1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
