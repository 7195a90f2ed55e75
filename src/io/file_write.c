/* file_write.c - atomic files out: the old one or the new, never half of one, and nothing beside it.
 *
 * A file has no name while it is written (O_TMPFILE, open(2)): whatever ends the process, nothing is left. It gets one that is temporary only for the
 * moment before it takes another's place. Where a file system has no nameless files it has the temporary name all the time, and is
 * locked; what a process that was killed left so is removed by the next that writes the same file.
 */
#include "plumbline/file.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plumbline/clock.h"

enum { SLOTS = 16, STALE_S = 3600 };

/* Names of temporary files that are there. A slot's path is complete before `used` says so, and stays while it does:
 * that is what makes pl_file_abort safe in a signal handler. */
static struct {
    volatile sig_atomic_t used;
    char path[PATH_MAX];
} slots[SLOTS];

void pl_file_abort(void)
{
    int before = errno;

    for (size_t i = 0; i < SLOTS; i++) {
        if (slots[i].used)
            (void)unlink(slots[i].path);
    }
    errno = before;
}

int pl_fd_write(int fd, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t n = write(fd, bytes, len);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return -1;
        bytes += n;
        len -= (size_t)n;
    }
    return 0;
}

/* What is to be written, piece by piece. */
struct pieces {
    int (*next)(void *arg, const char **bytes, size_t *n, struct pl_err *err);
    void *arg;
    const char *shown; /* where it goes */
};

static int write_pieces(int fd, const struct pieces *pieces, struct pl_err *err)
{
    const char *bytes = NULL;
    size_t n = 0;
    int got;

    while ((got = pieces->next(pieces->arg, &bytes, &n, err)) > 0)
        if (pl_fd_write(fd, bytes, n) < 0)
            return pl_err_sys(err, PL_E_IO, errno, "cannot write %s", pieces->shown);
    return got;
}

/* Devices, pipes and what /dev/stdout stands for take the bytes as they come: a rename would replace them. */
static int write_through(const char *path, const struct pieces *pieces, struct pl_err *err)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC | O_APPEND), status;

    if (fd < 0)
        return pl_err_sys(err, PL_E_IO, errno, "cannot write %s", path);
    status = write_pieces(fd, pieces, err);
    if (close(fd) < 0 && status == 0)
        status = pl_err_sys(err, PL_E_IO, errno, "cannot write %s", path);
    return status;
}

bool pl_path_is_stream(const char *path)
{
    struct stat st;

    if (strncmp(path, "/dev/", 5) == 0 || strncmp(path, "/proc/", 6) == 0)
        return true;
    return stat(path, &st) == 0 && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode);
}

/* Length of the folder part with its slash, 0 for a bare name. */
static size_t folder_len(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash != NULL ? (size_t)(slash - path) + 1 : 0;
}

static void folder_of(const char *path, char folder[PATH_MAX])
{
    size_t len = folder_len(path);

    (void)snprintf(folder, PATH_MAX, "%.*s", len > 0 ? (int)len : 1, len > 0 ? path : ".");
}

/* ---- what others left ---- */

/* ".NAME.PID-N.tmp" of this file. */
static bool is_temporary_of(const char *entry, const char *name)
{
    size_t n = strlen(name);
    const char *s = entry;

    if (*s++ != '.' || strncmp(s, name, n) != 0)
        return false;
    s += n;
    if (*s++ != '.' || !isdigit((unsigned char)*s))
        return false;
    s += strspn(s, "0123456789");
    if (*s++ != '-' || !isdigit((unsigned char)*s))
        return false;
    s += strspn(s, "0123456789");
    return strcmp(s, ".tmp") == 0;
}

/* Nobody has written to it for an hour, and nobody holds it: process numbers say nothing, where containers share a folder. */
static bool is_stale(int folder, const char *entry)
{
    struct stat st;
    int fd = openat(folder, entry, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    bool stale = fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
                 pl_clock_wall_ns() / 1000000000 - st.st_mtime > STALE_S &&
                 flock(fd, LOCK_EX | LOCK_NB) == 0;

    if (fd >= 0)
        (void)close(fd);
    return stale;
}

static void sweep(const char *path)
{
    char folder[PATH_MAX];
    const char *name = path + folder_len(path);
    struct dirent *entry;
    DIR *d;

    folder_of(path, folder);
    d = opendir(folder);
    while (d != NULL && (entry = readdir(d)) != NULL)
        if (is_temporary_of(entry->d_name, name) && is_stale(dirfd(d), entry->d_name))
            (void)unlinkat(dirfd(d), entry->d_name, 0);
    if (d != NULL)
        (void)closedir(d);
}

/* ---- temporary files ---- */

struct temporary {
    int fd;
    size_t slot; /* of its name; SLOTS: it has none */
};

/* Gives it the next name of its own that `make` can: 0, or what stood in the way. */
static int give_name(struct temporary *t, const char *path,
                     int (*make)(struct temporary *t, const char *name, mode_t mode), mode_t mode)
{
    static unsigned counter;
    size_t folder = folder_len(path), slot = 0;
    int n, failed;

    while (slot < SLOTS && slots[slot].used)
        slot++;
    if (slot == SLOTS)
        return EMFILE;
    do {
        n = snprintf(slots[slot].path, sizeof slots[slot].path, "%.*s.%s.%ld-%u.tmp", (int)folder,
                     path, path + folder, (long)getpid(), counter++);
        if (n < 0 || (size_t)n >= sizeof slots[slot].path)
            return ENAMETOOLONG;
        /* Said before the file is there: a signal in between must not leave it behind. */
        slots[slot].used = 1;
        failed = make(t, slots[slot].path, mode) < 0 ? errno : 0;
        if (failed != 0)
            slots[slot].used = 0;
    } while (failed == EEXIST);
    if (failed == 0)
        t->slot = slot;
    return failed;
}

static int make_named(struct temporary *t, const char *name, mode_t mode)
{
    t->fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (t->fd >= 0)
        (void)flock(t->fd, LOCK_EX | LOCK_NB);
    return t->fd;
}

/* As open(2) says under O_TMPFILE. */
static int link_open(struct temporary *t, const char *name, mode_t mode)
{
    char link[32];

    (void)mode;
    (void)snprintf(link, sizeof link, "/proc/self/fd/%d", t->fd);
    return linkat(AT_FDCWD, link, AT_FDCWD, name, AT_SYMLINK_FOLLOW);
}

static int open_nameless(const char *path, mode_t mode)
{
    char folder[PATH_MAX];

    folder_of(path, folder);
    return access("/proc/self/fd", X_OK) == 0 ? open(folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, mode)
                                              : -1;
}

static int open_temporary(struct temporary *t, const char *path, mode_t mode, struct pl_err *err)
{
    size_t folder = folder_len(path);
    int failed;

    *t = (struct temporary){.fd = open_nameless(path, mode), .slot = SLOTS};
    failed = t->fd < 0 ? give_name(t, path, make_named, mode) : 0;
    if (failed == ENOENT)
        return pl_err_set(err, PL_E_IO, "cannot write %s: there is no folder %.*s", path,
                          folder > 1 ? (int)folder - 1 : 1, folder > 0 ? path : ".");
    return failed != 0 ? pl_err_sys(err, PL_E_IO, failed, "cannot write %s", path) : 0;
}

/* Puts it in the place of what stands there, or where nothing does: 0, or what stood in the way. */
static int publish(struct temporary *t, const char *path)
{
    int failed = 0;

    if (t->slot == SLOTS) {
        if (link_open(t, path, 0) == 0)
            return 0;
        failed = errno == EEXIST ? give_name(t, path, link_open, 0) : errno;
    }
    return failed != 0 ? failed : rename(slots[t->slot].path, path) < 0 ? errno : 0;
}

/* The rename is on disk only when its folder is (fsync(2)). Some file systems cannot: the data is safe all the same. */
static void sync_folder(const char *path)
{
    char folder[PATH_MAX];
    int fd;

    folder_of(path, folder);
    fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return;
    (void)fsync(fd);
    (void)close(fd);
}

static int replace(const char *path, const struct pieces *pieces, mode_t mode, struct pl_err *err)
{
    struct temporary t;
    int status, failed = 0;

    sweep(path);
    if (open_temporary(&t, path, mode, err) < 0)
        return -1;
    status = write_pieces(t.fd, pieces, err);
    if (status == 0 && fsync(t.fd) < 0)
        failed = errno;
    if (status == 0 && failed == 0)
        failed = publish(&t, path);
    (void)close(t.fd); /* fsync has said what it could */
    if (status == 0 && failed != 0)
        status = pl_err_sys(err, PL_E_IO, failed, "cannot write %s", path);
    if (t.slot < SLOTS) {
        if (status != 0)
            (void)unlink(slots[t.slot].path);
        slots[t.slot].used = 0;
    }
    if (status == 0)
        sync_folder(path);
    return status;
}

int pl_file_write_pieces(const char *path, mode_t mode,
                         int (*next)(void *arg, const char **bytes, size_t *n, struct pl_err *err),
                         void *arg, struct pl_err *err)
{
    struct pieces pieces = {next, arg, path};
    char target[PATH_MAX];

    if (strcmp(path, "-") == 0) {
        pieces.shown = "standard output";
        return write_pieces(STDOUT_FILENO, &pieces, err);
    }
    if (pl_path_is_stream(path))
        return write_through(path, &pieces, err);
    /* Through a symbolic link: the file that it names is replaced, the link stays. */
    if (realpath(path, target) != NULL)
        pieces.shown = target;
    return replace(pieces.shown, &pieces, mode, err);
}

struct one {
    const char *bytes;
    size_t len;
    bool given;
};

static int give_once(void *arg, const char **bytes, size_t *n, struct pl_err *err)
{
    struct one *one = arg;

    (void)err;
    if (one->given)
        return 0;
    one->given = true;
    *bytes = one->bytes;
    *n = one->len;
    return 1;
}

int pl_file_write(const char *path, const char *bytes, size_t len, mode_t mode, struct pl_err *err)
{
    struct one one = {bytes, len, false};

    return pl_file_write_pieces(path, mode, give_once, &one, err);
}
