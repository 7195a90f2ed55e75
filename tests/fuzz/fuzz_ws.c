/* fuzz_ws.c - any bytes as what follows a 101: frames are cut within what was received, the same however it was chopped, and
 * a close frame's code is one that may be sent. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "plumbline/utf8.h"
#include "ws_priv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Fewer bytes never give another frame, only none yet, or the same refusal. */
static void check_chopped(const char *bytes, size_t n, int got, const struct ws_frame *frame)
{
    struct ws_frame part;

    for (size_t cut = 0; cut < n && cut < 64; cut++) {
        int less = pl_ws_next(bytes, cut, &part);

        if (less != 0 && less != got)
            abort();
        if (less == 1 && (cut < frame->whole || part.len != frame->len))
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *bytes = (const char *)data;
    struct ws_frame frame;
    size_t at = 0;
    int got;

    while ((got = pl_ws_next(bytes + at, size - at, &frame)) == 1) {
        if (frame.whole < 2 || frame.whole > size - at || frame.payload < bytes + at ||
            frame.payload + frame.len != bytes + at + frame.whole)
            abort();
        if (frame.opcode >= WS_CLOSE && (frame.len > 125 || !frame.final))
            abort();
        check_chopped(bytes + at, size - at, got, &frame);
        if (frame.opcode == WS_CLOSE) {
            int code = pl_ws_close_code(&frame);

            if (code != -1 && (code < 1000 || code > 4999))
                abort();
        }
        (void)pl_utf8_ok(frame.payload, frame.len);
        at += frame.whole;
    }
    if (got < 0) {
        if (got != -1002 && got != -1009)
            abort();
        check_chopped(bytes + at, size - at, got, &frame);
    }
    return 0;
}
