/* resolve_channel.c - c-ares' channels and sockets on the loop: opened with our own calls, so that a source is bound and what arrived is counted.
 */
#include <errno.h>
#include <sys/uio.h>
#include <unistd.h>

#include "resolve_priv.h"

enum { RESOLVE_TRY_MS = 1500, RESOLVE_TRIES = 3 };

static void on_socket_event(void *arg, int events)
{
    struct channel *c = *(struct channel **)arg; /* first member of a socks[] row */
    ares_socket_t fd = ARES_SOCKET_BAD;

    for (size_t i = 0; i < RESOLVE_SOCKETS; i++)
        if ((void *)&c->socks[i] == arg)
            fd = c->socks[i].fd;
    /* An error of a datagram socket is an ICMP message: nobody listens there. */
    if (events & WATCH_ERROR && c->lookup != NULL)
        c->lookup->errors++;
    ares_process_fd(c->ares, events & UV_READABLE ? fd : ARES_SOCKET_BAD,
                    events & UV_WRITABLE ? fd : ARES_SOCKET_BAD);
}

static void on_sock_state(void *data, ares_socket_t fd, int readable, int writable)
{
    struct channel *c = data;
    size_t at = RESOLVE_SOCKETS;

    for (size_t i = 0; i < RESOLVE_SOCKETS; i++) {
        if (c->socks[i].watch != NULL && c->socks[i].fd == fd) {
            at = i;
            break;
        }
        if (c->socks[i].watch == NULL && at == RESOLVE_SOCKETS)
            at = i;
    }
    if (at == RESOLVE_SOCKETS)
        return; /* more sockets than servers and tries can make: that look-up ends by its time-out */
    if (!readable && !writable) {
        pl_watch_close(c->socks[at].watch);
        c->socks[at].watch = NULL;
        return;
    }
    if (c->socks[at].watch == NULL) {
        c->socks[at].channel = c;
        c->socks[at].fd = fd;
        c->socks[at].watch = pl_watch_open(c->resolver->loop, fd, on_socket_event, &c->socks[at]);
    }
    if (c->socks[at].watch != NULL)
        pl_watch_set(c->socks[at].watch,
                     (readable ? UV_READABLE : 0) | (writable ? UV_WRITABLE : 0));
}

/* ---- sockets ---- */

static ares_socket_t sock_open(int family, int type, int protocol, void *arg)
{
    const struct channel *c = arg;
    const char *source = c->resolver->source;
    int fd = socket(family, type | SOCK_NONBLOCK | SOCK_CLOEXEC, protocol);
    struct addr from;

    if (fd >= 0 && (source == NULL || !pl_addr_literal(source, 0, &from) ||
                    bind(fd, (const struct sockaddr *)&from.sa, from.len) == 0))
        return fd;
    /* c-ares takes it for a server that cannot be reached, and may have none of that family at all. */
    if (errno != EAFNOSUPPORT && c->lookup != NULL) {
        c->lookup->lacks++;
        c->lookup->lack_sys = errno;
    }
    if (fd >= 0)
        close(fd);
    return ARES_SOCKET_BAD;
}

static int sock_close(ares_socket_t fd, void *arg)
{
    (void)arg;
    return close(fd);
}

static int sock_connect(ares_socket_t fd, const struct sockaddr *to, ares_socklen_t len, void *arg)
{
    (void)arg;
    return connect(fd, to, len);
}

static ares_ssize_t sock_receive(ares_socket_t fd, void *bytes, size_t size, int flags,
                                 struct sockaddr *from, ares_socklen_t *len, void *arg)
{
    const struct channel *c = arg;
    struct resolver_seen *seen = &c->resolver->seen;
    ares_ssize_t n = recvfrom(fd, bytes, size, flags, from, len);
    bool tcp = from == NULL,
         cut = !tcp && n > 2 &&
               (((const unsigned char *)bytes)[2] & 0x02); /* TC: RFC 1035 section 4.1.1 */

    if (n <= 0)
        return n;
    if (c->lookup != NULL && (tcp || cut))
        c->lookup->cut = cut;
    seen->datagrams += !tcp;
    seen->truncated += cut;
    return n;
}

static ares_ssize_t sock_send(ares_socket_t fd, const struct iovec *parts, int n, void *arg)
{
    (void)arg;
    return writev(fd, parts, n);
}

static const struct ares_socket_functions sock_functions = {sock_open, sock_close, sock_connect,
                                                            sock_receive, sock_send};

/* ---- channels ---- */

struct channel *pl_channel_open(struct resolver *r, int flags, int *status)
{
    struct channel *c = PL_NEW(r->arena, struct channel);
    struct ares_options options = {
        .flags = flags,
        .timeout = RESOLVE_TRY_MS,
        .tries = RESOLVE_TRIES,
        .sock_state_cb = on_sock_state,
        .sock_state_cb_data = c,
    };

    *status = ares_init_options(&c->ares, &options,
                                ARES_OPT_FLAGS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES |
                                    ARES_OPT_SOCK_STATE_CB);
    if (*status != ARES_SUCCESS)
        return NULL;
    ares_set_socket_functions(c->ares, &sock_functions, c);
    if (r->servers != NULL)
        *status = ares_set_servers_ports_csv(c->ares, r->servers);
    if (*status != ARES_SUCCESS) {
        ares_destroy(c->ares);
        return NULL;
    }
    c->resolver = r;
    c->flags = flags;
    c->next = r->channels;
    r->channels = c;
    return c;
}

struct channel *pl_channel_take(struct lookup *l, int flags, int *status)
{
    struct channel *c = l->resolver->channels;

    while (c != NULL && (c->lookup != NULL || c->flags != flags))
        c = c->next;
    if (c == NULL && (c = pl_channel_open(l->resolver, flags, status)) == NULL)
        return NULL;
    c->lookup = l;
    l->channel = c;
    l->resolver->pending++;
    return c;
}

void pl_channel_leave(struct lookup *l)
{
    l->resolver->pending--;
    l->channel->lookup = NULL;
    l->channel = NULL;
}
