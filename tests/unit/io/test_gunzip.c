/* test_gunzip.c - answers that came compressed: whole, cut, of several members, with lengths that lie, up to the last byte that is allowed. */
#include "harness.h"

#include <string.h>
#include <zlib.h>

#include "io_priv.h"

enum { MAX = 200000 };

/* One member: `n` bytes, not the same anywhere. */
static void pack(struct pl_buf *out, size_t n)
{
    static Bytef text[MAX + 2];
    z_stream z = {.next_in = text, .avail_in = (uInt)n};
    size_t room;

    for (size_t i = 0; i < n; i++)
        text[i] = (Bytef)(i * i >> 3);
    assert_int_equal(
        deflateInit2(&z, Z_BEST_SPEED, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY), Z_OK);
    room = deflateBound(&z, (uLong)n);
    z.next_out = (Bytef *)pl_buf_room(out, room);
    z.avail_out = (uInt)room;
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    out->len -= z.avail_out;
    assert_int_equal(deflateEnd(&z), Z_OK);
}

static const struct row {
    const char *name;
    size_t members[2]; /* bytes of each that there is, and one more; 0: no such */
    int length;        /* to put where the length stands, or 0 */
    size_t cut;        /* bytes that the end lacks */
    const char *more;  /* behind it */
    enum io_gunzipped want;
    size_t bytes;
} rows[] = {
    {"nothing in it", {1}, 0, 0, "", IO_GUNZIPPED, 0},
    {"one byte", {2}, 0, 0, "", IO_GUNZIPPED, 1},
    {"all that is allowed", {MAX + 1}, 0, 0, "", IO_GUNZIPPED, MAX},
    {"one byte more", {MAX + 2}, 0, 0, "", IO_GUNZIP_TOO_LARGE, MAX + 1},
    {"two members", {1001, 70001}, 0, 0, "", IO_GUNZIPPED, 71000},
    {"two members, together too large", {MAX, 1001}, 0, 0, "", IO_GUNZIP_TOO_LARGE, MAX + 1},
    {"cut in its length", {1001}, 0, 1, "", IO_GUNZIP_BROKEN, 1000},
    {"cut in its checksum", {1001}, 0, 6, "", IO_GUNZIP_BROKEN, 1000},
    {"a length that is too small", {1001}, 10, 0, "", IO_GUNZIP_BROKEN, 1000},
    {"a length that is too large", {1001}, 150000, 0, "", IO_GUNZIP_BROKEN, 1000},
    {"a length that cannot be", {1001}, -1, 0, "", IO_GUNZIP_BROKEN, 1000},
    {"something else behind it", {1001}, 0, 0, "more", IO_GUNZIP_BROKEN, 1000},
    {"no gzip", {0}, 0, 0, "not gzip!", IO_GUNZIP_BROKEN, 0},
    {"half a head", {0}, 0, 0, "\x1f\x8b", IO_GUNZIP_BROKEN, 0},
    {"zlib without gzip's head", {0}, 0, 0, "\x78\x9c\x4b\x04\x01", IO_GUNZIP_BROKEN, 0},
};

static void answers_are_unpacked(void **state)
{
    (void)state;
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        const struct row *row = &rows[i];
        struct pl_buf packed = {0}, out = {0};

        for (size_t k = 0; k < 2; k++)
            if (row->members[k] > 0)
                pack(&packed, row->members[k] - 1);
        for (size_t k = 0; row->length != 0 && k < 4; k++)
            packed.data[packed.len - 4 + k] = (char)((unsigned)row->length >> 8 * k);
        packed.len -= row->cut;
        pl_buf_adds(&packed, row->more);
        ROW("%s", row->name);
        assert_int_equal(io_gunzip(&packed, MAX, &out), row->want);
        assert_int_equal(out.len, row->bytes);
        for (size_t k = 0; row->members[1] == 0 && k < out.len; k++)
            if ((unsigned char)out.data[k] != (unsigned char)(k * k >> 3))
                fail_msg("byte %zu is another", k);
        pl_buf_free(&packed);
        pl_buf_free(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(answers_are_unpacked)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
