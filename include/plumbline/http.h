/* plumbline/http.h [floor 1: src/io] - plain asynchronous HTTP requests for API clients (not for probes, which need every phase).
 *
 * HTTPS is verified; HTTP/2 is multiplexed; redirects are not followed. No retries here: policy belongs to the caller.
 */
#ifndef PLUMBLINE_HTTP_H
#define PLUMBLINE_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "plumbline/arena.h"
#include "plumbline/loop.h"
#include "plumbline/secret.h"

struct pl_http_header {
    const char *name; /* lower case in replies */
    const char *value;
};

/* How a request fares, for whoever paces others by it; `arg` is that of `done`. Each is called once at most, and is no place to send or to
 * cancel. */
struct pl_http_watch {
    void (*connected)(void *arg); /* there is a connection for it, and nothing has been sent */
    void (*received)(
        void *arg); /* its answer is here, or there will be none; `done` is called in its turn */
    void (*bytes)(
        void *arg,
        size_t n); /* more of its body as it comes; what is held until `done` has been called */
};

struct pl_http_request {
    const char *method; /* "GET" where NULL */
    const char *url;
    const struct pl_http_header *headers;
    size_t n_headers;
    const struct pl_secret *bearer; /* sent as Authorization: Bearer, or NULL */
    const char *body;               /* NULL: none */
    size_t body_len;
    const char *content_type;
    int64_t timeout_ns; /* whole request; 0: 30 s */
    int64_t
        connect_timeout_ns; /* of it, until there is a connection: name, proxy, TCP, TLS; 0: all of it */
    bool fresh;             /* opens a connection of its own, which others share then */
    bool direct;            /* never through a proxy of the environment */
    bool
        small; /* the reply fits in a packet or two: it is not asked for compressed, which costs more than it spares */
    int urgency; /* how many requests follow from the answer, one after the other: it goes before answers that have come with fewer */
    const struct pl_http_watch *watch; /* or NULL */
    size_t max_bytes;                  /* of the reply's body after decompression; 0: 64 MiB */
};

enum pl_http_failure {
    PL_HTTP_OK, /* an HTTP status was received and the body is whole */
    PL_HTTP_RESOLVE,
    PL_HTTP_CONNECT,
    PL_HTTP_TLS,
    PL_HTTP_UNCONNECTED, /* no connection in time: nothing has been sent */
    PL_HTTP_TIMEOUT,
    PL_HTTP_RESET, /* reset, closed, truncated: worth another try */
    PL_HTTP_TOO_LARGE,
    PL_HTTP_GARBLED, /* no HTTP, or compressed in no known way: worth another try */
    PL_HTTP_OTHER,
};

struct pl_http_reply {
    enum pl_http_failure failure;
    const char *detail; /* one sentence where failure is not OK; no secrets, no query values */
    int status;         /* 0 where none */
    const struct pl_http_header *headers;
    size_t n_headers;
    const char *body; /* NUL-terminated; "" where failure is not OK */
    size_t body_len;
};

/* Sends; calls done once from the loop. Request strings and reply live in `arena`, which must outlive the call.
 * A request that cannot be started calls done from the loop, too, with failure OTHER. */
struct pl_http_call;
struct pl_http_call *pl_http_send(struct pl_loop *loop, struct pl_arena *arena,
                                  const struct pl_http_request *request,
                                  void (*done)(const struct pl_http_reply *reply, void *arg),
                                  void *arg);
/* Cancels without calling done. */
void pl_http_cancel(struct pl_http_call *call);
/* Value of a header (name in lower case), or NULL. */
const char *pl_http_reply_header(const struct pl_http_reply *reply, const char *name);

#endif
