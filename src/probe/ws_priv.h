/* ws_priv.h - WebSocket frames, for probe_websocket.c.
 */
#ifndef PROBE_WS_PRIV_H
#define PROBE_WS_PRIV_H

#include "probe_priv.h"

enum ws_opcode {
    WS_CONTINUE = 0,
    WS_TEXT = 1,
    WS_BINARY = 2,
    WS_CLOSE = 8,
    WS_PING = 9,
    WS_PONG = 10
};

struct ws_frame {
    bool final;
    unsigned opcode;
    const char *payload;
    size_t len, whole;
};

/* The next frame: 1, 0 more bytes are needed, -1 against the protocol. */
int pl_ws_next(const char *bytes, size_t n, struct ws_frame *out);
int pl_ws_close_code(const struct ws_frame *frame);
/* Appends a masked, final frame. */
void pl_ws_frame_add(struct pl_buf *out, enum ws_opcode opcode, const char *payload, size_t n);

#endif
