/* stream.c - bytes to and from a peer over a connected descriptor, in clear or over TLS, for the protocols spoken here.
 *
 * libcurl and libpq have their own; both ends meet in tls.c. A stream that carries another's bytes (to a proxy) is the same, with its
 * own trust. OpenSSL's error queue is one a thread and must be
 * empty before each call (SSL_get_error(3ssl)), because libcurl and libpq share this thread.
 */
#include <errno.h>
#include <openssl/err.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "probe_priv.h"

enum { STREAM_CHUNK = 16 << 10 };

struct stream {
    struct attempt *attempt;
    const struct stream_events *events;
    struct watch *watch;
    int fd;
    struct trust *trust;
    struct tls_seen *seen;
    SSL *ssl;
    bool shaking, paused, closed, carrier;
    struct pl_buf out;
    size_t sent;
};

static void pump(void *arg, int events);

static void want(struct stream *s)
{
    int events = s->paused ? 0 : UV_READABLE;

    if (s->sent < s->out.len || (s->shaking && SSL_want_write(s->ssl)))
        events |= UV_WRITABLE;
    pl_watch_set(s->watch, events);
}

static struct stream *stream_new(struct attempt *a, int fd, const struct stream_events *events)
{
    struct stream *s = PL_NEW(a->arena, struct stream);

    s->attempt = a;
    s->events = events;
    s->fd = fd;
    s->watch = pl_watch_open(a->run->loop, fd, pump, s);
    return s;
}

static void begin(struct stream *s)
{
    if (s->watch == NULL)
        pl_attempt_fail(s->attempt, "SELF_FDS", 0, "the connection cannot be watched");
    else
        want(s);
}

void pl_stream_open(struct attempt *a, int fd, const struct stream_events *events)
{
    a->stream = stream_new(a, fd, events);
    a->stream->trust = a->target->trust;
    a->stream->seen = &a->seen;
    begin(a->stream);
}

static void let_go(struct stream *s)
{
    s->closed = true;
    pl_watch_close(s->watch);
    s->watch = NULL;
    if (s->ssl != NULL && !s->shaking && SSL_get_shutdown(s->ssl) == 0) {
        ERR_clear_error();
        SSL_shutdown(s->ssl); /* one attempt, non-blocking: says goodbye where it can */
    }
    SSL_free(s->ssl);
    s->ssl = NULL;
    ERR_clear_error();
    if (s->out.data != NULL)
        pl_wipe(s->out.data, s->out.cap);
    pl_buf_free(&s->out);
}

static void stream_close(struct stream *s)
{
    if (s == NULL || s->closed)
        return;
    let_go(s);
    close(s->fd);
}

void pl_stream_close(struct attempt *a)
{
    struct stream *s = a->stream;

    a->stream = NULL;
    stream_close(s);
}

SSL *pl_stream_ssl(struct attempt *a)
{
    return a->stream != NULL ? a->stream->ssl : NULL;
}

/* A transport error of OpenSSL or of the socket, after the handshake. */
static void gone(struct stream *s, bool reset)
{
    struct attempt *a = s->attempt;

    if (s->ssl != NULL && s->seen->alert >= 0 && !s->carrier) {
        const char *class_name = pl_tls_fault(s->trust, s->seen, 0);
        char text[256];

        pl_tls_describe(s->seen, class_name, text, sizeof(text));
        pl_attempt_fail(a, class_name, 0, "%s: %s", a->peer_text, text);
    } else if (s->events->gone != NULL) {
        s->events->gone(a, reset);
    } else {
        pl_attempt_gone(a, reset);
    }
}

static void shake_failed(struct stream *s, int sys)
{
    struct attempt *a = s->attempt;
    const char *class_name;
    char text[256];

    if (s->seen->reason == 0)
        s->seen->reason = ERR_peek_error();
    class_name = pl_tls_fault(s->trust, s->seen, sys);
    pl_tls_describe(s->seen, class_name, text, sizeof(text));
    pl_attempt_fail(a, class_name, 0, "%s: %s", a->peer_text, text);
}

static void shake(struct stream *s)
{
    struct attempt *a = s->attempt;
    int rc, sys, error;
    const char *verdict;
    char text[256];

    ERR_clear_error();
    errno = 0;
    rc = SSL_connect(s->ssl);
    sys = errno;
    if (rc != 1) {
        error = SSL_get_error(s->ssl, rc);
        if (error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE)
            want(s);
        else
            shake_failed(s, error == SSL_ERROR_SYSCALL ? sys : 0);
        return;
    }
    s->shaking = false;
    verdict = pl_tls_verdict(s->trust, s->seen);
    if (verdict != NULL) {
        pl_tls_describe(s->seen, verdict, text, sizeof(text));
        pl_attempt_fail(a, verdict, 0, "%s: %s", a->peer_text, text);
        return;
    }
    want(s);
    s->events->ready(a);
}

static void secure(struct stream *s)
{
    ERR_clear_error();
    s->ssl = pl_tls_new(s->trust);
    if (s->ssl == NULL || SSL_set_fd(s->ssl, s->fd) != 1) {
        pl_attempt_fail(s->attempt, "SELF_MEMORY", 0, "OpenSSL cannot make a connection");
        return;
    }
    pl_tls_watch_ssl(s->ssl, s->trust, s->seen);
    s->shaking = true;
    shake(s);
}

void pl_stream_secure(struct attempt *a)
{
    pl_attempt_phase(a, PHASE_TLS);
    secure(a->stream);
}

void pl_stream_start(struct attempt *a, int fd, const struct stream_events *events)
{
    pl_stream_open(a, fd, events);
    if (a->over)
        return;
    if (a->tls)
        pl_stream_secure(a);
    else
        events->ready(a);
}

/* > 0: bytes; 0: later; -1: hung up; -2: reset. */
static ssize_t receive(struct stream *s, char *chunk, size_t size)
{
    ssize_t n;

    errno = 0;
    if (s->ssl == NULL) {
        n = recv(s->fd, chunk, size, 0);
        if (n > 0)
            return n;
        if (n == 0)
            return -1;
        return errno == EAGAIN || errno == EINTR ? 0 : -2;
    }
    ERR_clear_error();
    n = SSL_read(s->ssl, chunk, (int)size);
    if (n > 0)
        return n;
    switch (SSL_get_error(s->ssl, (int)n)) {
    case SSL_ERROR_WANT_READ:
    case SSL_ERROR_WANT_WRITE:
        return 0;
    case SSL_ERROR_SYSCALL:
        return errno == ECONNRESET || errno == EPIPE ? -2 : -1;
    default:
        return -1;
    }
}

static void flush(struct stream *s)
{
    while (s->sent < s->out.len) {
        const char *from = s->out.data + s->sent;
        size_t left = s->out.len - s->sent;
        ssize_t n;

        if (s->ssl != NULL) {
            ERR_clear_error();
            n = SSL_write(s->ssl, from, (int)left);
        } else {
            n = send(s->fd, from, left, MSG_NOSIGNAL);
        }
        /* An error of the write shows in the next read, with what the peer said before. */
        if (n <= 0)
            break;
        s->sent += (size_t)n;
    }
    if (s->sent == s->out.len && s->out.len > 0) {
        pl_wipe(s->out.data, s->out.len); /* it may have held a password */
        pl_buf_clear(&s->out);
        s->sent = 0;
    }
}

static void pump(void *arg, int events)
{
    struct stream *s = arg;
    struct attempt *a = s->attempt;
    char chunk[STREAM_CHUNK];
    ssize_t n = 0;

    pl_attempt_event(a);
    if (s->shaking) {
        shake(s);
        return;
    }
    if (events & UV_WRITABLE)
        flush(s);
    /* A few chunks a turn: an endless peer must not keep the loop. A chunk holds a whole TLS record, so that
     * OpenSSL never keeps bytes that no event tells of. */
    for (int i = 0; i < 4 && !s->closed && !s->shaking && !s->paused; i++) {
        n = receive(s, chunk, sizeof(chunk));
        if (n <= 0)
            break;
        s->events->data(a, chunk, (size_t)n);
    }
    if (s->closed)
        return;
    if (n < 0)
        gone(s, n == -2);
    else
        want(s);
}

static void stream_write(struct stream *s, const void *bytes, size_t n)
{
    pl_buf_add(&s->out, bytes, n);
    flush(s);
    want(s);
}

void pl_stream_write(struct attempt *a, const void *bytes, size_t n)
{
    if (a->stream != NULL)
        stream_write(a->stream, bytes, n);
}

/* ---- below the type's own ---- */

struct stream *pl_carrier_open(struct attempt *a, int fd, const struct stream_events *events,
                               struct trust *trust, struct tls_seen *seen)
{
    struct stream *s = stream_new(a, fd, events);

    s->carrier = true;
    s->trust = trust;
    s->seen = seen;
    begin(s);
    if (a->over) /* nobody has it yet who would close it */
        stream_close(s);
    return s;
}

void pl_carrier_start(struct stream *s)
{
    if (s->trust != NULL)
        secure(s);
    else
        s->events->ready(s->attempt);
}

void pl_carrier_write(struct stream *s, const void *bytes, size_t n)
{
    if (!s->closed)
        stream_write(s, bytes, n);
}

void pl_carrier_pause(struct stream *s, bool on)
{
    s->paused = on;
    if (!s->closed)
        want(s);
}

void pl_carrier_close(struct stream *s)
{
    stream_close(s);
}

int pl_carrier_detach(struct stream *s)
{
    let_go(s);
    return s->fd;
}
