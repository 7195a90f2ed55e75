/* fuzz_json.c - any bytes as JSON: what parses prints, reads back equal, and prints the same bytes again; and what the fast reader takes,
 * jansson takes for the same. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../../src/io/json_priv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(struct pl_arena *arena, const struct pl_value *v, const struct pl_buf *printed)
{
    const struct pl_value *again = pl_json_parse(arena, printed->data, printed->len, "again", NULL);
    struct pl_buf compact = {0}, first = {0};

    if (again == NULL || !pl_value_equal(v, again))
        abort();
    pl_json_write(&first, v);
    pl_json_write(&compact, again);
    if (first.len != compact.len || memcmp(first.data, compact.data, first.len) != 0)
        abort();
    pl_buf_free(&compact);
    pl_buf_free(&first);
}

static void compare(struct pl_arena *arena, const char *text, size_t len)
{
    const struct pl_value *plain = io_json_plain(arena, text, len);

    if (plain != NULL &&
        !pl_value_equal(plain, io_json_jansson(arena, text, len, "compared", NULL)))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pl_arena *arena = pl_arena_new();
    struct pl_buf compact = {0}, pretty = {0};
    struct pl_err err = {0};
    const struct pl_value *v = pl_json_parse(arena, (const char *)data, size, "fuzz", &err);

    compare(arena, (const char *)data, size);
    if (v != NULL) {
        pl_json_write(&compact, v);
        pl_json_write_pretty(&pretty, v);
        check(arena, v, &compact);
        check(arena, v, &pretty);
    } else if (err.code == PL_OK || strncmp(err.text, "fuzz: line ", 11) != 0) {
        abort();
    }
    pl_buf_free(&compact);
    pl_buf_free(&pretty);
    pl_arena_free(arena);
    return 0;
}
