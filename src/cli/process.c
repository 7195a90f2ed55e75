/* process.c - what this program owes its surroundings: signals, standard streams, descriptors, the clock that tests stop.
 *
 * A signal ends the process where it stands. Nothing needs an orderly end: files appear by renaming only, and
 * peers see their connections close. So nobody above has to ask whether it should go on.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "cli_priv.h"
#include "plumbline/clock.h"
#include "plumbline/file.h"

static void on_signal(int number)
{
    static const char said[] = "plumbline: interrupted\n";
    pl_file_abort();
    (void)!write(STDERR_FILENO, said, sizeof(said) - 1);
    _exit(128 + number);
}

/* A stream that the caller closed would be the next file or socket that we open: a report must not go there. */
static void keep_streams(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
            /* The wrong way round, so that reading and writing still fail. */
            (void)!open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

/* The soft limit is 1024 only for programs that use select(2); a thousand endpoints that hang want more. */
static void raise_descriptors(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    limit.rlim_cur = limit.rlim_max;
    (void)setrlimit(RLIMIT_NOFILE, &limit);
}

/* PLUMBLINE_NOW stops the wall clock: reproducible reports, and tests of expiry dates. */
static int stop_clock(struct pl_err *err)
{
    int64_t ns;
    const char *now = getenv("PLUMBLINE_NOW");
    if (!now || !*now)
        return 0;
    if (pl_clock_parse(now, &ns) < 0)
        return pl_err_set(err, PL_E_USAGE, "PLUMBLINE_NOW: '%s' is no RFC 3339 time", now);
    pl_clock_freeze_wall(ns);
    return 0;
}

int pl_process_prepare(struct pl_err *err)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    keep_streams();
    raise_descriptors();
    /* A closed pipe is an error of writing, which has an exit status of its own. */
    (void)signal(SIGPIPE, SIG_IGN);
    for (size_t i = 0; i < PL_LEN(numbers); i++) {
        struct sigaction action = {.sa_handler = on_signal}, before;
        sigfillset(&action.sa_mask);
        if (numbers[i] == SIGHUP && sigaction(SIGHUP, NULL, &before) == 0 &&
            before.sa_handler == SIG_IGN)
            continue; /* nohup */
        (void)sigaction(numbers[i], &action, NULL);
    }
    return stop_clock(err);
}
