/* file.c - whole files in, atomic files out, names in a folder. */
#include "plumbline/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plumbline/secret.h"

enum { SLOTS = 16 };

/* Temporary files of writes under way. A slot's path is complete before `used` says so, and stays while it does:
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

static int read_all(int fd, size_t max, struct pl_buf *buf, const char *shown, struct pl_err *err)
{
    char block[65536];
    ssize_t n;

    for (;;) {
        n = read(fd, block, sizeof block);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return pl_err_sys(err, PL_E_IO, errno, "cannot read %s", shown);
        if (n == 0)
            return 0;
        if ((size_t)n > max - buf->len)
            return pl_err_set(err, PL_E_LIMIT, "cannot read %s: larger than %zu bytes", shown, max);
        pl_buf_add(buf, block, (size_t)n);
    }
}

char *pl_file_read(struct pl_arena *arena, const char *path, size_t max, size_t *len,
                   struct pl_err *err)
{
    bool is_stdin = strcmp(path, "-") == 0;
    const char *shown = is_stdin ? "standard input" : path;
    int fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    struct pl_buf buf = {0};
    char *text = NULL;

    if (fd < 0) {
        (void)pl_err_sys(err, PL_E_IO, errno, "cannot read %s", shown);
        return NULL;
    }
    if (read_all(fd, max, &buf, shown, err) == 0) {
        if (len != NULL)
            *len = buf.len;
        text = pl_arena_strndup(arena, pl_buf_str(&buf), buf.len);
    }
    /* What was read may be a key. */
    pl_wipe(buf.data, buf.len);
    pl_buf_free(&buf);
    if (!is_stdin)
        (void)close(fd);
    return text;
}

int pl_file_each(const char *path,
                 int (*piece)(void *arg, const char *bytes, size_t n, struct pl_err *err),
                 void *arg, struct pl_err *err)
{
    bool is_stdin = strcmp(path, "-") == 0;
    const char *shown = is_stdin ? "standard input" : path;
    int fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC), status = 0;
    char block[65536];
    ssize_t n = 1;

    if (fd < 0)
        return pl_err_sys(err, PL_E_IO, errno, "cannot read %s", shown);
    while (status == 0 && n != 0) {
        n = read(fd, block, sizeof block);
        if (n < 0 && errno == EINTR)
            continue;
        status = n < 0   ? pl_err_sys(err, PL_E_IO, errno, "cannot read %s", shown)
                 : n > 0 ? piece(arg, block, (size_t)n, err)
                         : 0;
    }
    if (!is_stdin)
        (void)close(fd);
    return status;
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

static bool is_stream(const char *path)
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

/* Creates the temporary file in a free slot. The descriptor, or -1 with err. */
static int open_temporary(const char *path, mode_t mode, size_t *out_slot, struct pl_err *err)
{
    static unsigned counter;
    size_t folder = folder_len(path), slot = 0;
    int n, fd;

    while (slot < SLOTS && slots[slot].used)
        slot++;
    if (slot == SLOTS)
        return pl_err_set(err, PL_E_INTERNAL, "cannot write %s: too many files are being written",
                          path);
    do {
        n = snprintf(slots[slot].path, sizeof slots[slot].path, "%.*s.%s.%ld-%u.tmp", (int)folder,
                     path, path + folder, (long)getpid(), counter++);
        if (n < 0 || (size_t)n >= sizeof slots[slot].path)
            return pl_err_sys(err, PL_E_IO, ENAMETOOLONG, "cannot write %s", path);
        /* Said before the file is there: a signal in between must not leave it behind. */
        slots[slot].used = 1;
        fd = open(slots[slot].path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
        if (fd < 0)
            slots[slot].used = 0;
    } while (fd < 0 && errno == EEXIST);
    *out_slot = slot;
    if (fd < 0 && errno == ENOENT)
        return pl_err_set(err, PL_E_IO, "cannot write %s: there is no folder %.*s", path,
                          folder > 1 ? (int)folder - 1 : 1, folder > 0 ? path : ".");
    return fd < 0 ? pl_err_sys(err, PL_E_IO, errno, "cannot write %s", path) : fd;
}

/* The rename is on disk only when its folder is (fsync(2)). Some file systems cannot: the data is safe all the same. */
static void sync_folder(const char *path)
{
    char folder[PATH_MAX];
    size_t len = folder_len(path);
    int fd;

    (void)snprintf(folder, sizeof folder, "%.*s", len > 0 ? (int)len : 1, len > 0 ? path : ".");
    fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return;
    (void)fsync(fd);
    (void)close(fd);
}

static int replace(const char *path, const struct pieces *pieces, mode_t mode, struct pl_err *err)
{
    size_t slot = 0;
    int fd = open_temporary(path, mode, &slot, err), status, failed = 0;

    if (fd < 0)
        return -1;
    status = write_pieces(fd, pieces, err);
    if (status == 0 && fsync(fd) < 0)
        failed = errno;
    if (close(fd) < 0 && failed == 0)
        failed = errno;
    if (status == 0 && failed == 0 && rename(slots[slot].path, path) < 0)
        failed = errno;
    if (status == 0 && failed != 0)
        status = pl_err_sys(err, PL_E_IO, failed, "cannot write %s", path);
    if (status != 0)
        (void)unlink(slots[slot].path);
    slots[slot].used = 0;
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
    if (is_stream(path))
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

int pl_path_is_dir(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static bool ends_with(const char *name, const char *suffix)
{
    size_t n = strlen(name), s = strlen(suffix);

    return n >= s && strcmp(name + n - s, suffix) == 0;
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

int pl_dir_list(struct pl_arena *arena, const char *dir, const char *suffix,
                const char *const **out, size_t *n, struct pl_err *err)
{
    const char **names = NULL, *slash = ends_with(dir, "/") ? "" : "/";
    size_t count = 0, cap = 0;
    struct dirent *entry;
    DIR *d = opendir(dir);

    if (d == NULL)
        return pl_err_sys(err, PL_E_IO, errno, "cannot read the folder %s", dir);
    while (errno = 0, (entry = readdir(d)) != NULL) {
        char *path;

        if (entry->d_name[0] == '.' || !ends_with(entry->d_name, suffix))
            continue;
        path = pl_arena_printf(arena, "%s%s%s", dir, slash, entry->d_name);
        if (!pl_path_is_dir(path))
            PL_PUSH(arena, names, count, cap, path);
    }
    if (errno != 0) {
        int failed = errno;

        (void)closedir(d);
        return pl_err_sys(err, PL_E_IO, failed, "cannot read the folder %s", dir);
    }
    (void)closedir(d);
    if (count > 1)
        qsort(names, count, sizeof *names, by_bytes);
    *out = names;
    *n = count;
    return 0;
}
