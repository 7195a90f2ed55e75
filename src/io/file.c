/* file.c - whole files in, names in a folder; what is written is in file_write.c. */
#include "plumbline/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plumbline/secret.h"

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
