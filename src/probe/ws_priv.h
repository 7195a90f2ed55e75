/* ws_priv.h - WebSocket frames and the opening handshake, for probe_websocket.c.
 */
#ifndef PROBE_WS_PRIV_H
#define PROBE_WS_PRIV_H

#include "head_priv.h"

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

/* The next frame: 1, 0 more bytes are needed, or negative: the close code that tells the peer why not (section 7.4.1). */
int pl_ws_next(const char *bytes, size_t n, struct ws_frame *out);
/* 1005 where none is given; -1 where it is none that may be sent, or the reason is no UTF-8. */
int pl_ws_close_code(const struct ws_frame *frame);
/* Appends a masked, final frame. */
void pl_ws_frame_add(struct pl_buf *out, enum ws_opcode opcode, const char *payload, size_t n);

enum { PL_WS_KEY = 32 };

/* ws_upgrade.c: sends the request, with a key of its own. */
void pl_ws_upgrade(struct attempt *a, char key[PL_WS_KEY]);
/* 0, or -1 where the attempt was ended: the answer is no WebSocket's, or not that which is declared. */
int pl_ws_check_upgrade(struct attempt *a, const struct head *head, const char *key);

#endif
