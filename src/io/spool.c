/* spool.c - records in a nameless temporary file: a length, then the bytes.
 *
 * Written and read in order only. What a record means is its owner's business.
 */
#include "plumbline/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "plumbline/buf.h"
#include "plumbline/file.h"

struct pl_spool {
    int fd;             /* -1: all is in memory */
    uint64_t end;       /* of what the file holds */
    struct pl_buf kept; /* records behind those of the file */
    size_t n, n_file;   /* records; those in the file */
    size_t next;        /* reading: the next record, */
    uint64_t at;        /* and where it is, in the file or in `kept` */
    struct pl_buf record;
};

/* O_TMPFILE is not for every file system (open(2)); there a file has a name for a moment. */
static int open_nameless(const char *folder)
{
    struct pl_buf name = {0};
    int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

    if (fd >= 0)
        return fd;
    pl_buf_addf(&name, "%s/plumbline.XXXXXX", folder);
    fd = mkostemp(name.data, O_CLOEXEC);
    if (fd >= 0)
        (void)unlink(name.data);
    pl_buf_free(&name);
    return fd;
}

struct pl_spool *pl_spool_new(void)
{
    struct pl_spool *spool = pl_xrealloc(NULL, sizeof *spool);
    const char *folder = getenv("TMPDIR");

    *spool =
        (struct pl_spool){.fd = open_nameless(folder != NULL && *folder != '\0' ? folder : "/tmp")};
    return spool;
}

void pl_spool_free(struct pl_spool *spool)
{
    if (spool == NULL)
        return;
    if (spool->fd >= 0)
        (void)close(spool->fd);
    pl_buf_free(&spool->kept);
    pl_buf_free(&spool->record);
    pl_xfree(spool);
}

void pl_spool_add(struct pl_spool *spool, const char *record, size_t len)
{
    const uint64_t size = len;
    struct pl_buf *out = &spool->record;

    pl_buf_clear(out);
    pl_buf_add(out, &size, sizeof size);
    pl_buf_add(out, record, len);
    /* Length and bytes, in one piece. Once one did not fit all others stay in memory, too: the order is kept. */
    if (spool->fd >= 0 && spool->n == spool->n_file &&
        pl_fd_write(spool->fd, out->data, out->len) == 0) {
        spool->end += out->len;
        spool->n_file++;
    } else {
        pl_buf_add(&spool->kept, out->data, out->len);
    }
    spool->n++;
}

void pl_spool_rewind(struct pl_spool *spool)
{
    spool->next = 0;
    spool->at = 0;
}

static bool read_all(int fd, uint64_t at, char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t n = pread(fd, bytes, len, (off_t)at);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        at += (uint64_t)n;
        bytes += n;
        len -= (size_t)n;
    }
    return true;
}

static bool next_of_file(struct pl_spool *spool)
{
    uint64_t size = 0;

    if (!read_all(spool->fd, spool->at, (char *)&size, sizeof size) || size > spool->end)
        return false;
    pl_buf_clear(&spool->record);
    pl_buf_room(&spool->record, (size_t)size);
    if (!read_all(spool->fd, spool->at + sizeof size, spool->record.data, (size_t)size))
        return false;
    spool->at += sizeof size + size;
    return true;
}

static void next_of_memory(struct pl_spool *spool)
{
    uint64_t size = 0;

    memcpy(&size, spool->kept.data + spool->at, sizeof size);
    pl_buf_clear(&spool->record);
    pl_buf_add(&spool->record, spool->kept.data + spool->at + sizeof size, (size_t)size);
    spool->at += sizeof size + size;
}

int pl_spool_next(struct pl_spool *spool, const char **record, size_t *len, struct pl_err *err)
{
    if (spool->next == spool->n)
        return 0;
    if (spool->next == spool->n_file)
        spool->at = 0;
    if (spool->next++ >= spool->n_file)
        next_of_memory(spool);
    else if (!next_of_file(spool))
        return pl_err_set(err, PL_E_IO, "a temporary file cannot be read back: %s",
                          strerror(errno));
    *record = pl_buf_str(&spool->record);
    *len = spool->record.len;
    return 1;
}
