/* ws_frame.c - WebSocket frames (RFC 6455 section 5): cut out of what was received, and made to send.
 *
 * Bounded; knows no connection. The conversation is probe_websocket.c's.
 */
#include <openssl/rand.h>
#include <string.h>

#include "plumbline/utf8.h"
#include "ws_priv.h"

enum { WS_CODE_PROTOCOL = 1002, WS_CODE_TOO_BIG = 1009 };

int pl_ws_next(const char *bytes, size_t n, struct ws_frame *out)
{
    const unsigned char *b = (const unsigned char *)bytes;
    size_t head = 2;
    uint64_t len;

    if (n < 2)
        return 0;
    *out = (struct ws_frame){.final = b[0] & 0x80, .opcode = b[0] & 0x0f};
    /* Reserved bits without an extension, a mask from a server, an unknown opcode: sections 5.2 and 5.1. */
    if ((b[0] & 0x70) || (b[1] & 0x80) || (out->opcode > WS_BINARY && out->opcode < WS_CLOSE) ||
        out->opcode > WS_PONG)
        return -WS_CODE_PROTOCOL;
    len = b[1] & 0x7f;
    if (out->opcode >= WS_CLOSE && (len > 125 || !out->final))
        return -WS_CODE_PROTOCOL;
    if (len >= 126) {
        size_t extra = len == 126 ? 2 : 8;

        if (n < 2 + extra)
            return 0;
        len = 0;
        for (size_t i = 0; i < extra; i++)
            len = len << 8 | b[2 + i];
        head += extra;
    }
    if (len >> 63) /* section 5.2 */
        return -WS_CODE_PROTOCOL;
    if (len > PROBE_MAX_BODY)
        return -WS_CODE_TOO_BIG;
    if (n < head + len)
        return 0;
    out->payload = bytes + head;
    out->len = (size_t)len;
    out->whole = head + (size_t)len;
    return 1;
}

/* What an endpoint may send: section 7.4, and https://www.iana.org/assignments/websocket as of 1014. */
static const struct {
    int lo, hi;
} codes[] = {{1000, 1003}, {1007, 1014}, {3000, 4999}};

int pl_ws_close_code(const struct ws_frame *frame)
{
    int code;

    if (frame->len == 1)
        return -1;
    if (frame->len == 0)
        return 1005; /* none given: section 7.1.5 */
    code = (unsigned char)frame->payload[0] << 8 | (unsigned char)frame->payload[1];
    for (size_t i = 0; i < PL_LEN(codes); i++)
        if (code >= codes[i].lo && code <= codes[i].hi)
            return pl_utf8_ok(frame->payload + 2, frame->len - 2) ? code : -1;
    return -1;
}

void pl_ws_frame_add(struct pl_buf *out, enum ws_opcode opcode, const char *payload, size_t n)
{
    unsigned char head[14] = {(unsigned char)(0x80 | opcode)}, mask[4] = {0};
    size_t len = 2;

    if (n < 126) {
        head[1] = (unsigned char)(0x80 | n);
    } else {
        size_t extra = n < 65536 ? 2 : 8;

        head[1] = (unsigned char)(0x80 | (extra == 2 ? 126 : 127));
        for (size_t i = 0; i < extra; i++)
            head[len++] = (unsigned char)((uint64_t)n >> (8 * (extra - 1 - i)));
    }
    (void)RAND_bytes(mask, sizeof(mask)); /* a mask of zeroes would be legal, too */
    memcpy(head + len, mask, sizeof(mask));
    pl_buf_add(out, head, len + sizeof(mask));
    for (size_t i = 0; i < n; i++)
        pl_buf_addc(out, (char)(payload[i] ^ (char)mask[i % 4]));
}
