/* fuzz_gunzip.c - any bytes as a compressed answer: never more than is allowed, and the same with more room. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../../src/io/io_priv.h"

enum { MAX = 100000 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pl_buf packed = {0}, out = {0}, again = {0};
    enum io_gunzipped got;

    if (size == 0)
        return 0;
    pl_buf_add(&packed, data, size);
    got = io_gunzip(&packed, MAX, &out);
    if (out.len > MAX + (got == IO_GUNZIP_TOO_LARGE ? 1 : 0))
        abort();
    if (got == IO_GUNZIPPED &&
        (io_gunzip(&packed, (size_t)2 * MAX, &again) != IO_GUNZIPPED || again.len != out.len ||
         (out.len > 0 && memcmp(again.data, out.data, out.len) != 0)))
        abort();
    pl_buf_free(&packed);
    pl_buf_free(&out);
    pl_buf_free(&again);
    return 0;
}
