/* harness.h - what every unit test shares: cmocka with what it needs before it, and a few checks and helpers.
 *
 * Test data lives in a folder of its own that the helper removes; nothing here knows a module under test
 * beside the error type and the arena.
 */
#ifndef HARNESS_H
#define HARNESS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "plumbline/arena.h"
#include "plumbline/err.h"

/* The error's code and its whole text. */
#define CHECK_ERR(err, want_code, want_text)                                                       \
    do {                                                                                           \
        assert_string_equal((err).text, (want_text));                                              \
        assert_int_equal((err).code, (want_code));                                                 \
    } while (0)

/* Names the row of a table before the checks of it, for the log of a test that fails. */
#define ROW(...) print_message(__VA_ARGS__), print_message("\n")

/* cmocka fixtures: *state is a struct pl_arena of the test's own. */
int harness_arena(void **state);
int harness_arena_free(void **state);

/* A new empty folder; free with harness_remove, which takes everything in it, too. */
char *harness_temp_dir(void);
void harness_remove(char *dir);

/* "dir/name", in the arena. */
const char *harness_path(struct pl_arena *arena, const char *dir, const char *name);
/* A file's whole text, in the arena; fails the test where it cannot be read. `len` may be NULL. */
char *harness_read(struct pl_arena *arena, const char *path, size_t *len);
void harness_write(const char *path, const char *text);
/* Runs a script; false where something in it fails. */
bool harness_shell(const char *script);

#endif
