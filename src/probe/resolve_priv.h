/* resolve_priv.h - what resolve.c (look-ups) and resolve_channel.c (c-ares' channels on the loop) share.
 */
#ifndef PROBE_RESOLVE_PRIV_H
#define PROBE_RESOLVE_PRIV_H

#include <ares.h>

#include "probe_priv.h"

enum { RESOLVE_SOCKETS = 32 };

/* A c-ares channel and the descriptors that it wants watched. A look-up has one for itself, as it would have in a client:
 * c-ares sends all questions of a channel over one TCP connection, and where a resolver closes it after an answer (RFC 7766
 * section 6.2.1 wants more, old ones do no more) all others there fail. An idle channel is used again. */
struct channel {
    struct channel *next;
    struct resolver *resolver;
    struct lookup *lookup; /* NULL: idle */
    ares_channel ares;
    int flags;
    struct {
        struct channel *channel;
        struct watch *watch;
        ares_socket_t fd;
    } socks[RESOLVE_SOCKETS];
};

/* RESOLVE_PLAIN tries the next server where one answers SERVFAIL or REFUSED, and then has forgotten what the
 * answer was; RESOLVE_VERBATIM is asked afterwards, only to learn it. */
enum { RESOLVE_PLAIN = 0, RESOLVE_VERBATIM = ARES_FLAG_NOCHECKRESP };

struct resolver {
    struct pl_arena *arena;
    struct pl_loop *loop;
    const char *servers; /* NULL: resolv.conf's */
    struct channel *channels;
    struct pl_timer *tick;
    size_t pending;
    const char *source;
    struct resolver_seen seen;
};

struct lookup {
    struct resolver *resolver;
    struct channel *channel; /* while c-ares is asked */
    pl_resolved_fn *fn;      /* NULL: cancelled, or a question for records */
    pl_answered_fn *answered;
    void *arg;
    struct pl_timer *later;
    struct addrs addrs;
    const char *host;
    int type;             /* of the records asked for */
    size_t errors, lacks; /* of its sockets; `lacks`: sockets that could not be made here */
    int lack_sys;
    bool second;
    bool cut; /* an answer was cut short, and nothing has come over TCP since */
};

/* NULL: *status says why. */
struct channel *pl_channel_open(struct resolver *r, int flags, int *status);
/* An idle channel, or a new one; NULL: *status says why. Not from inside of c-ares, but for a channel of other flags: the one that calls back has just
 * become idle, and goes on. */
struct channel *pl_channel_take(struct lookup *l, int flags, int *status);
void pl_channel_leave(struct lookup *l);

#endif
