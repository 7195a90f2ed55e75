/* io_priv.h - what the loop and the HTTP client share beside their public contracts. */
#ifndef IO_PRIV_H
#define IO_PRIV_H

#include <stdbool.h>
#include <stddef.h>

#include "plumbline/buf.h"
#include "plumbline/http.h"
#include "plumbline/loop.h"

/* Something that must be let go before the loop goes: `drop` is called once by pl_loop_free, and unhooks. */
struct io_hook {
    struct io_hook *prev, *next;
    void (*drop)(struct io_hook *hook);
};
void io_loop_hook(struct pl_loop *loop, struct io_hook *hook);
void io_loop_unhook(struct pl_loop *loop, struct io_hook *hook);

/* ---- session.c ---- */

/* TLS sessions of hosts; NULL is none. The loop's own go with it. */
struct io_sessions;
struct io_sessions **io_loop_sessions(struct pl_loop *loop);
/* Those of the URL's scheme, host and port; borrowed. */
CURLSH *io_sessions_of(struct io_sessions **all, const char *url);
void io_sessions_free(struct io_sessions *all);

/* How far a request came. Markers, not libcurl's times: 7.88 says "connected after 0" where TLS failed
 * (https://github.com/curl/curl/issues/10670). A reused connection starts at IO_SENT. */
enum io_phase { IO_QUEUED, IO_RESOLVED, IO_TLS, IO_SENT, IO_ANSWERED };

/* The receiving half of a request: filled by libcurl's callbacks, judged at the end. */
struct io_receiver {
    struct pl_arena *arena; /* for headers */
    enum io_phase phase;
    char to[64]; /* the address of the last socket: the host's, or a proxy's */
    struct pl_http_header *headers;
    size_t n_headers, cap_headers, header_bytes;
    bool headers_end;                  /* the empty line was seen */
    struct pl_buf body;                /* as it comes */
    size_t max_bytes;                  /* of it, before and after it is unpacked */
    const char *too_large;             /* what was, or NULL */
    const struct pl_http_watch *watch; /* or NULL */
    void *watch_arg;
};

/* Sets the callbacks of `easy`. */
void io_receiver_attach(struct io_receiver *r, CURL *easy);
/* The reply, in the arena; empties the receiver. */
struct pl_http_reply *io_receiver_finish(struct io_receiver *r, CURL *easy, CURLcode code,
                                         const char *url);
/* Appends to `out` what `packed` (not empty) unpacks to; where that is more than `max` bytes, or not whole, `out` holds a part of it. */
enum io_gunzipped { IO_GUNZIPPED, IO_GUNZIP_BROKEN, IO_GUNZIP_TOO_LARGE };
enum io_gunzipped io_gunzip(const struct pl_buf *packed, size_t max, struct pl_buf *out);
/* "host:port" of a URL for messages: no user, no path, no query. */
const char *io_peer(struct pl_arena *arena, const char *url);

#endif
