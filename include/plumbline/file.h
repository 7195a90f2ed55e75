/* plumbline/file.h [floor 1: src/io] - whole files in, atomic files out. */
#ifndef PLUMBLINE_FILE_H
#define PLUMBLINE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "plumbline/arena.h"
#include "plumbline/buf.h"
#include "plumbline/err.h"

/* Reads all of `path` ("-" is standard input), at most `max` bytes; NUL-terminated, in the arena. NULL on error. */
char *pl_file_read(struct pl_arena *arena, const char *path, size_t max, size_t *len,
                   struct pl_err *err);

/* Reads a file of any size piece by piece ("-" is standard input). Stops where `piece` returns other than 0, and returns that. */
int pl_file_each(const char *path,
                 int (*piece)(void *arg, const char *bytes, size_t n, struct pl_err *err),
                 void *arg, struct pl_err *err) PL_MUST_USE;

/* Writes beside `path` without a name where the file system can, fsyncs, renames: the old file or the new, never half of one, and nothing is left
 * by a process that was killed. Temporary names that one left elsewhere, an hour ago and held by nobody, are removed.
 * Through a symbolic link the file that it names is replaced; devices, pipes and what is below /dev are written to as they are.
 * "-" writes to standard output. A directory that is missing is an error that names it. */
int pl_file_write(const char *path, const char *bytes, size_t len, mode_t mode,
                  struct pl_err *err) PL_MUST_USE;
/* The same of any size: `next` gives piece after piece, 1; 0 after the last; -1 and err, and then nothing is written (but for what a stream has
 * taken already). */
int pl_file_write_pieces(const char *path, mode_t mode,
                         int (*next)(void *arg, const char **bytes, size_t *n, struct pl_err *err),
                         void *arg, struct pl_err *err) PL_MUST_USE;
/* All of it to a descriptor, whatever the kernel takes at once; -1 and errno. */
int pl_fd_write(int fd, const char *bytes, size_t len);
/* Removes temporary files of writes under way; async-signal-safe, for the signal handlers. */
void pl_file_abort(void);

/* The names matching *suffix in a folder, full paths, sorted by byte. -1 with err where it cannot be read. */
int pl_dir_list(struct pl_arena *arena, const char *dir, const char *suffix,
                const char *const **out, size_t *n, struct pl_err *err) PL_MUST_USE;
int pl_path_is_dir(const char *path);
/* A device, a pipe, or what stands for one below /dev and /proc: written to as it is, not replaced. */
bool pl_path_is_stream(const char *path);

#endif
