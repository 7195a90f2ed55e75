/* probe_websocket.c - a WebSocket (RFC 6455), alone or many opened at the same moment, and the first words after it.
 *
 * Spoken here over stream.c, because libcurl 7.88 has no WebSockets and a race needs all connections to be up
 * before the first upgrade is sent: every attempt stops at the barrier (pl_attempt_ready) and goes on in
 * release. HTTP/1.1 only, as the upgrade is. After 101 the connection is closed as the RFC wants it; a server
 * that closes it first with an error is a finding. The opening handshake itself is ws_upgrade.c's.
 */
#include <inttypes.h>
#include <string.h>

#include "plumbline/clock.h"
#include "plumbline/utf8.h"
#include "ws_priv.h"

enum { WS_GOODBYE_MS = 250, WS_PING_S = 20 };

enum state { WS_SHAKING, WS_OPEN, WS_CLOSING };

struct own {
    enum state state;
    char key[PL_WS_KEY];
    struct pl_buf in, message;
    struct pl_timer *timer;
    int64_t opened_at;
    enum ws_opcode kind; /* of the message under way; WS_CONTINUE: none */
    bool answered;       /* the expected message came */
    bool stayed;         /* long enough: what is waited for is overdue */
    int pings, pongs;
};

/* ---- the end of it ---- */

static void on_goodbye_limit(void *arg)
{
    struct attempt *a = arg;

    ((struct own *)a->own)->timer = NULL;
    pl_attempt_pass(a);
}

/* Says goodbye and waits a moment for the peer's, which may turn out to be something else. */
static void say_goodbye(struct attempt *a)
{
    struct own *own = a->own;
    struct pl_buf out = {0};
    static const char normal[2] = {0x03, (char)0xe8}; /* 1000 */

    own->state = WS_CLOSING;
    pl_attempt_phase(a, PHASE_WAIT);
    pl_attempt_extend(a, 10 * WS_GOODBYE_MS * 1000000LL); /* our waiting is not theirs */
    pl_timer_cancel(own->timer);
    own->timer = pl_loop_after(a->run->loop, WS_GOODBYE_MS * 1000000LL, on_goodbye_limit, a);
    pl_ws_frame_add(&out, WS_CLOSE, normal, sizeof(normal));
    pl_stream_write(a, out.data, out.len);
    pl_buf_free(&out);
}

/* 1000 normal, 1001 going away; without a code in answer to ours is a goodbye, too (section 7.4.1). */
static void closed(struct attempt *a, int code, const char *reason)
{
    struct own *own = a->own;
    int64_t open_ms = (pl_clock_mono_ns() - own->opened_at) / 1000000;
    bool polite = code == 1000 || code == 1001 || code == 1005;
    bool wanted = a->target->spec->expect_any != NULL || a->target->spec->stay_ns > 0;

    if (polite && (own->state == WS_CLOSING || !wanted)) {
        pl_attempt_pass(a);
        return;
    }
    a->after_ns = open_ms * 1000000;
    pl_attempt_fail(a, "PROTO_WS_CLOSED", code,
                    "%s closed the WebSocket with code %d after %" PRId64 " ms%s%.80s",
                    a->peer_text, code, open_ms, reason[0] != '\0' ? ": " : "", reason);
}

/* Tells the peer why (section 7.1.7), and us. */
static void broken(struct attempt *a, int code, const char *class_name, const char *what)
{
    struct pl_buf out = {0};
    const char payload[2] = {(char)(code >> 8), (char)code};

    pl_ws_frame_add(&out, WS_CLOSE, payload, sizeof(payload));
    pl_stream_write(a, out.data, out.len);
    pl_buf_free(&out);
    pl_attempt_fail(a, class_name, 0, "%s %s", a->peer_text, what);
}

static void ping(struct attempt *a)
{
    struct own *own = a->own;
    struct pl_buf out = {0};

    pl_ws_frame_add(&out, WS_PING, "plumbline", 9);
    pl_stream_write(a, out.data, out.len);
    pl_buf_free(&out);
    own->pings++;
}

/* A live peer has answered the last ping, and has said what it was to say. */
static void stayed(struct attempt *a)
{
    struct own *own = a->own;

    if (own->pongs < own->pings || (a->target->spec->expect_any != NULL && !own->answered))
        return;
    say_goodbye(a);
}

static void on_stayed(void *arg)
{
    struct attempt *a = arg;
    struct own *own = a->own;

    own->timer = NULL;
    own->stayed = true;
    pl_attempt_extend(a, a->timeout_ns);
    stayed(a);
}

static int64_t ping_every(const struct attempt *a)
{
    int64_t half = a->target->spec->stay_ns / 2, most = WS_PING_S * 1000000000LL;

    return half < most ? half : most;
}

static void on_ping_time(void *arg)
{
    struct attempt *a = arg;
    struct own *own = a->own;
    int64_t open_ns = pl_clock_mono_ns() - own->opened_at,
            left = a->target->spec->stay_ns - open_ns, next = ping_every(a);

    own->timer = NULL;
    ping(a);
    if (a->over)
        return;
    if (left <= next)
        own->timer = pl_loop_after(a->run->loop, left > 0 ? left : 0, on_stayed, a);
    else
        own->timer = pl_loop_after(a->run->loop, next, on_ping_time, a);
}

static bool websocket_limit(struct attempt *a)
{
    const struct own *own = a->own;

    if (own == NULL || own->state != WS_OPEN)
        return false;
    if (a->target->spec->expect_any != NULL && !own->answered)
        pl_attempt_fail(a, "IO_TTFB_TIMEOUT", 0,
                        "%s accepted the WebSocket and sent no message within %.3g s", a->peer_text,
                        (double)(a->target->spec->stay_ns + a->timeout_ns) / 1e9);
    else if (own->stayed)
        pl_attempt_fail(a, "IO_TTFB_TIMEOUT", 0, "%s answers no ping within %.3g s", a->peer_text,
                        (double)a->timeout_ns / 1e9);
    return a->over;
}

/* ---- frames ---- */

static void on_message(struct attempt *a)
{
    struct own *own = a->own;
    const struct pl_expect *expect = a->target->spec->expect_any;

    if (own->answered || expect == NULL || own->state != WS_OPEN)
        return;
    pl_attempt_phase(a, PHASE_WAIT);
    if (pl_attempt_expect(a, expect,
                          pl_value_stringn(a->arena, pl_buf_str(&own->message), own->message.len),
                          true, "EXPECT_RESULT", "first message") != 0)
        return;
    own->answered = true;
    if (a->target->spec->stay_ns <= 0)
        say_goodbye(a);
    else if (own->stayed)
        stayed(a);
}

static void on_close(struct attempt *a, const struct ws_frame *frame)
{
    int code = pl_ws_close_code(frame);

    if (code < 0)
        broken(a, 1002, "PROTO_WS_FRAME", "closes with a code or a reason that RFC 6455 forbids");
    else
        closed(a, code,
               frame->len > 2 ? pl_arena_strndup(a->arena, frame->payload + 2, frame->len - 2)
                              : "");
}

/* A piece of a message; false: the attempt is over. */
static bool on_data(struct attempt *a, const struct ws_frame *frame)
{
    struct own *own = a->own;

    /* Section 5.4: fragments of one message do not interleave with another's. */
    if ((frame->opcode == WS_CONTINUE) != (own->kind != WS_CONTINUE)) {
        broken(a, 1002, "PROTO_WS_FRAME",
               frame->opcode == WS_CONTINUE ? "continues a message that it has not begun"
                                            : "begins a message within another");
        return false;
    }
    if (frame->opcode != WS_CONTINUE) {
        pl_buf_clear(&own->message);
        own->kind = frame->opcode == WS_TEXT ? WS_TEXT : WS_BINARY;
    }
    pl_buf_add(&own->message, frame->payload, frame->len);
    if (own->message.len > PROBE_MAX_BODY) {
        broken(a, 1009, "PROTO_TOO_LARGE", "sends a message larger than accepted");
        return false;
    }
    if (!frame->final)
        return true;
    if (own->kind == WS_TEXT && !pl_utf8_ok(pl_buf_str(&own->message), own->message.len)) {
        broken(a, 1007, "PROTO_WS_FRAME", "sends a text that is no UTF-8");
        return false;
    }
    own->kind = WS_CONTINUE;
    on_message(a);
    return !a->over;
}

/* False: the attempt is over. */
static bool on_frame(struct attempt *a, const struct ws_frame *frame)
{
    struct own *own = a->own;
    struct pl_buf out = {0};

    switch (frame->opcode) {
    case WS_CLOSE:
        on_close(a, frame);
        return false;
    case WS_PING:
        pl_ws_frame_add(&out, WS_PONG, frame->payload, frame->len);
        pl_stream_write(a, out.data, out.len);
        pl_buf_free(&out);
        return true;
    case WS_PONG:
        own->pongs = own->pings; /* it answers the latest (section 5.5.3) */
        if (own->stayed && own->state == WS_OPEN)
            stayed(a);
        return !a->over;
    default:
        return on_data(a, frame);
    }
}

static void read_frames(struct attempt *a)
{
    struct own *own = a->own;
    struct ws_frame frame;
    size_t used = 0;
    int more = 0;

    while ((more = pl_ws_next(own->in.data + used, own->in.len - used, &frame)) == 1) {
        used += frame.whole;
        if (!on_frame(a, &frame))
            return;
    }
    if (more < 0) {
        if (more == -1009)
            broken(a, 1009, "PROTO_TOO_LARGE", "sends a frame larger than accepted");
        else
            broken(a, 1002, "PROTO_WS_FRAME", "sends a frame that RFC 6455 forbids");
        return;
    }
    memmove(own->in.data, own->in.data + used, own->in.len - used);
    own->in.len -= used;
}

/* ---- the answer to the upgrade ---- */

static void opened(struct attempt *a)
{
    const struct pl_probe_spec *spec = a->target->spec;
    struct own *own = a->own;
    const char *words = pl_probe_reveal(&spec->send);
    struct pl_buf out = {0};

    own->state = WS_OPEN;
    own->opened_at = pl_clock_mono_ns();
    if (words != NULL) {
        pl_ws_frame_add(&out, WS_TEXT, words, strlen(words));
        pl_stream_write(a, out.data, out.len);
        pl_wipe(out.data, out.cap);
        pl_buf_free(&out);
    }
    if (spec->stay_ns > 0) {
        pl_attempt_phase(a, spec->expect_any != NULL ? PHASE_BODY : PHASE_WAIT);
        pl_attempt_extend(a, spec->stay_ns + a->timeout_ns);
        own->timer = pl_loop_after(a->run->loop, ping_every(a), on_ping_time, a);
    } else if (spec->expect_any != NULL) {
        pl_attempt_phase(a, PHASE_BODY);
    } else if (own->in.len == 0) {
        say_goodbye(a);
    }
}

static void read_head(struct attempt *a)
{
    struct own *own = a->own;
    const char *class_name, *why;
    struct head head;
    size_t at = 0;
    int got;

    /* What is said before an answer is none (RFC 9110 section 15.2); all of it together is bounded as one head is. */
    do {
        got = pl_head_read(own->in.data + at, own->in.len - at, &head, &class_name, &why);
        at += got > 0 ? head.whole : 0;
    } while (got > 0 && head.status < 200 && head.status != 101);
    if (got < 0)
        pl_attempt_fail(a, class_name, 0, "%s %s", a->peer_text, why);
    else if (got == 0 && own->in.len > PROBE_MAX_HEAD)
        pl_attempt_fail(a, "PROTO_TOO_LARGE", 0, "%s sends more headers than accepted",
                        a->peer_text);
    if (got <= 0 || a->over || pl_ws_check_upgrade(a, &head, own->key) != 0)
        return;
    own->in.len -= at;
    memmove(own->in.data, own->in.data + at, own->in.len);
    opened(a);
    /* 101 and the first frames may have come in one piece. */
    if (!a->over && own->in.len > 0) {
        read_frames(a);
        if (!a->over && own->state == WS_OPEN && a->target->spec->expect_any == NULL &&
            a->target->spec->stay_ns <= 0)
            say_goodbye(a);
    }
}

static void websocket_release(struct attempt *a)
{
    pl_ws_upgrade(a, ((struct own *)a->own)->key);
}

static void websocket_data(struct attempt *a, const char *bytes, size_t n)
{
    struct own *own = a->own;

    pl_buf_add(&own->in, bytes, n);
    if (own->state == WS_SHAKING) {
        pl_attempt_phase(a, PHASE_BODY);
        read_head(a);
    } else {
        read_frames(a);
    }
}

/* ---- the connection ---- */

static void websocket_gone(struct attempt *a, bool reset)
{
    struct own *own = a->own;

    if (own->state == WS_SHAKING)
        pl_attempt_gone(a, reset);
    else if (own->state == WS_CLOSING)
        pl_attempt_pass(a); /* it does not wait for our goodbye */
    else
        closed(a, 1006, ""); /* without a close frame: section 7.1.5 */
}

static void websocket_connected(struct attempt *a, int fd)
{
    static const struct stream_events events = {pl_attempt_ready, websocket_data, websocket_gone};

    a->own = PL_NEW(a->arena, struct own);
    pl_stream_start(a, fd, &events);
}

static void websocket_cancel(struct attempt *a)
{
    struct own *own = a->own;

    pl_timer_cancel(own->timer);
    own->timer = NULL;
    pl_buf_free(&own->in);
    pl_buf_free(&own->message);
}

static int websocket_prepare(struct target *t)
{
    const struct pl_probe_spec *spec = t->spec;
    const char *texts[] = {
        spec->subprotocol, spec->origin, t->job->url_path, pl_probe_reveal(&spec->bearer),
        t->job->identity_token != NULL ? pl_secret_reveal(t->job->identity_token) : NULL};

    for (size_t i = 0; i < PL_LEN(texts); i++)
        if (texts[i] != NULL && strpbrk(texts[i], "\r\n") != NULL) {
            t->unknown_why = "a line break in what the handshake would send";
            return -1;
        }
    return pl_probe_http.prepare(t);
}

const struct probe_type pl_probe_websocket = {
    .type = PL_PROBE_WEBSOCKET,
    .title = "WebSocket",
    .prepare = websocket_prepare,
    .connected = websocket_connected,
    .release = websocket_release,
    .limit = websocket_limit,
    .cancel = websocket_cancel,
};
