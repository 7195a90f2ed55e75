/* gunzip.c - an answer that came compressed, whole and at once: gzip (RFC 1952), and no more of it than is allowed.
 *
 * libcurl would unpack each answer as it comes; dozens that wait to be looked at would then wait at their full length.
 */
#include <zlib.h>

#include "io_priv.h"

enum { STEP = 64 << 10, RATIO_MAX = 1032, GZIP_ONLY = 16 };

/* What the last four bytes say (RFC 1952, 2.3.1: ISIZE), where that can be: deflate makes of a byte no more than RATIO_MAX. One more byte, so that
 * the end is seen in one turn. */
static size_t first_room(const struct pl_buf *packed, size_t max)
{
    const unsigned char *end = (const unsigned char *)packed->data + packed->len;
    size_t size = packed->len < 18 ? 0
                                   : (size_t)end[-4] | (size_t)end[-3] << 8 |
                                         (size_t)end[-2] << 16 | (size_t)end[-1] << 24;

    return (size <= max && size / RATIO_MAX <= packed->len ? size : 0) + 1;
}

/* Fills `out`, up to one byte more than `max`, where there is no room for progress any more. Members follow one another (RFC 1952, 2.2). False where the bytes are no gzip or not all of it. */
static bool unpack(z_stream *z, size_t room, size_t max, struct pl_buf *out)
{
    int code = Z_OK;

    while (code == Z_OK) {
        if (z->avail_out == 0) {
            room = room < max + 1 - out->len ? room : max + 1 - out->len;
            z->next_out = (Bytef *)pl_buf_room(out, room);
            z->avail_out = (uInt)room;
            room = STEP;
        }
        code = inflate(z, Z_NO_FLUSH);
        if (code == Z_STREAM_END && z->avail_in > 0)
            code = inflateReset(z);
    }
    out->len -= z->avail_out;
    return code == Z_STREAM_END || out->len > max;
}

enum io_gunzipped io_gunzip(const struct pl_buf *packed, size_t max, struct pl_buf *out)
{
    z_stream z = {.next_in = (Bytef *)packed->data, .avail_in = (uInt)packed->len};
    bool whole;

    if (packed->len > UINT32_MAX || max >= UINT32_MAX)
        return IO_GUNZIP_TOO_LARGE;
    if (inflateInit2(&z, GZIP_ONLY + MAX_WBITS) != Z_OK)
        pl_oom(sizeof z);
    whole = unpack(&z, first_room(packed, max), max, out);
    (void)inflateEnd(&z);
    return !whole ? IO_GUNZIP_BROKEN : out->len > max ? IO_GUNZIP_TOO_LARGE : IO_GUNZIPPED;
}
