/* dial.c - the TCP connection of an attempt: its addresses as clients take them (RFC 8305), without blocking, every errno kept.
 *
 * The next address is tried where one fails, and beside one that has not answered after a moment: the first connection wins.
 * Also for types that libcurl or libpq speak: libcurl is handed the connected descriptor, libpq an address
 * that is known to answer. So the errno is the kernel's, and a lack of descriptors is seen as ours.
 */
#include <errno.h>
#include <netinet/tcp.h>
#include <string.h>
#include <unistd.h>

#include "kernel_priv.h"
#include "plumbline/clock.h"
#include "proxy_priv.h"

enum { DIAL_BESIDE_MS = 250 }; /* section 5 */

/* probes.md 5.2, connecting. */
static const struct {
    int sys;
    const char *class_name;
} errnos[] = {
    {ECONNREFUSED, "NET_REFUSED"},
    {ETIMEDOUT, "NET_CONNECT_TIMEOUT"},
    {EHOSTUNREACH, "NET_HOST_UNREACH"},
    {EHOSTDOWN, "NET_HOST_UNREACH"},
    {ENETUNREACH, "NET_NET_UNREACH"},
    {ENETDOWN, "NET_NET_UNREACH"},
    {ECONNRESET, "NET_RESET_CONNECT"},
    {EPIPE, "NET_RESET_CONNECT"},
    {ECONNABORTED, "NET_RESET_CONNECT"},
    {EACCES, "SELF_POLICY"},
    {EPERM, "SELF_POLICY"},
    {EINVAL, "NET_PROHIBITED"},
    {EADDRNOTAVAIL, "SELF_PORTS"},
    {EADDRINUSE, "SELF_PORTS"},
    {EAGAIN, "SELF_PORTS"},
    {EMFILE, "SELF_FDS"},
    {ENFILE, "SELF_FDS"},
    {ENOMEM, "SELF_MEMORY"},
    {ENOBUFS, "SELF_MEMORY"},
    {ENOENT, "NET_UNIX_MISSING"},
    {ENOTDIR, "NET_UNIX_MISSING"},
    {EAFNOSUPPORT, "NET_NET_UNREACH"},
};

const char *pl_errno_class(int sys, bool source_given)
{
    if (source_given && (sys == EADDRNOTAVAIL || sys == EADDRINUSE))
        return "SELF_CONFIG";
    for (size_t i = 0; i < PL_LEN(errnos); i++)
        if (errnos[i].sys == sys)
            return errnos[i].class_name;
    return "SELF_CONFIG";
}

/* A connection that is being made. */
struct dial {
    struct attempt *attempt;
    struct watch *watch;
    int fd;
    size_t at; /* its address */
    int64_t since;
};

static void dial_next(struct attempt *a);

static void hang_up(struct dial *d)
{
    pl_watch_close(d->watch);
    d->watch = NULL;
    if (d->fd >= 0)
        close(d->fd);
    d->fd = -1;
}

void pl_dial_cancel(struct attempt *a)
{
    pl_timer_cancel(a->address_timer);
    a->address_timer = NULL;
    for (size_t i = 0; i < a->n_dials; i++)
        hang_up(&a->dials[i]);
}

static bool is_dialling(const struct attempt *a)
{
    for (size_t i = 0; i < a->n_dials; i++)
        if (a->dials[i].fd >= 0)
            return true;
    return false;
}

static void no_address_left(struct attempt *a)
{
    if (a->code == ENOENT || a->code == ENOTDIR) {
        a->code = 0;
        pl_attempt_fail(a, a->class_name, 0, "there is no socket %s", a->peer_text);
    } else if (a->class_name != NULL && pl_class_is_ours(a->class_name)) {
        pl_attempt_fail(a, a->class_name, 0, "connecting to %s: %s", a->peer_text,
                        strerror(a->code));
    } else {
        pl_attempt_fail(a, a->class_name != NULL ? a->class_name : "DNS_NODATA", 0, "%s by %s",
                        a->code != 0 ? strerror(a->code) : "no address", a->peer_text);
    }
}

bool pl_dial_limit(struct attempt *a)
{
    if (a->phase == PHASE_CONNECT && a->class_name != NULL)
        no_address_left(a);
    return a->over;
}

/* One address is done for. The others may do; what is told in the end is the failure that says most: an
 * answer (refused, reset) says more than silence or a missing route. */
static void address_failed(struct attempt *a, size_t at, int sys)
{
    bool path = a->addrs.list[at].sa.ss_family == AF_UNIX;
    /* unix(7): the listener's queue is full */
    const char *class_name = path && sys == EAGAIN
                                 ? "SVC_SATURATED"
                                 : pl_errno_class(sys, a->target->spec->source != NULL);
    bool answered = sys == ECONNREFUSED || sys == ECONNRESET;

    if (a->class_name == NULL || answered || pl_class_is_ours(class_name)) {
        a->class_name = class_name;
        pl_addr_text(&a->addrs.list[at], a->peer_text, sizeof(a->peer_text));
        a->code = sys;
    }
    if (pl_class_is_ours(class_name)) {
        pl_dial_cancel(a);
        a->addr_at = a->addrs.n;
    }
    if (a->addr_at < a->addrs.n)
        dial_next(a);
    else if (!is_dialling(a))
        no_address_left(a);
}

/* The kernel has timed SYN and SYN-ACK itself; what this process needed beyond that to notice is its own lateness, of
 * which the loop may know nothing (it was not given the processor). */
static void take_rtt(struct attempt *a, const struct dial *d)
{
    int64_t late;

    a->rtt_ns = pl_kernel_rtt_ns(d->fd);
    late = pl_clock_mono_ns() - d->since - a->rtt_ns;
    if (a->rtt_ns > 0 && late > a->lag_phase_ns)
        a->lag_phase_ns = late;
}

static void connected(struct attempt *a, struct dial *d)
{
    int fd = d->fd, on = 1;

    a->peer = &a->addrs.list[d->at];
    pl_watch_close(d->watch);
    d->watch = NULL;
    d->fd = -1;
    pl_dial_cancel(a);
    a->class_name = NULL;
    a->code = 0;
    pl_addr_text(a->peer, a->peer_text, sizeof(a->peer_text));
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    if (a->proxy != NULL)
        pl_tunnel_start(a, fd);
    else
        a->type->connected(a, fd);
}

static void on_dial(void *arg, int events)
{
    struct dial *d = arg;
    struct attempt *a = d->attempt;
    int sys = 0;
    socklen_t len = sizeof(sys);

    (void)events;
    pl_schedule_note_lag(a->run);
    if (getsockopt(d->fd, SOL_SOCKET, SO_ERROR, &sys, &len) != 0)
        sys = errno;
    if (sys != 0) {
        hang_up(d);
        address_failed(a, d->at, sys);
        return;
    }
    take_rtt(a, d);
    connected(a, d);
}

static void on_beside(void *arg)
{
    struct attempt *a = arg;

    a->address_timer = NULL;
    dial_next(a);
}

static int bind_source(const struct attempt *a, int fd, int family)
{
    const char *source = a->target->spec->source;
    struct addr from;

    if (source == NULL || family == AF_UNIX)
        return 0;
    if (!pl_addr_literal(source, 0, &from) || from.sa.ss_family != family) {
        errno = EADDRNOTAVAIL;
        return -1;
    }
    return bind(fd, (struct sockaddr *)&from.sa, from.len);
}

static void dial_next(struct attempt *a)
{
    size_t at = a->addr_at++;
    const struct addr *to = &a->addrs.list[at];
    struct dial *d = &a->dials[a->n_dials++];

    pl_timer_cancel(a->address_timer);
    a->address_timer = NULL;
    *d = (struct dial){.attempt = a, .at = at, .since = pl_clock_mono_ns()};
    d->fd = socket(to->sa.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (d->fd < 0 || bind_source(a, d->fd, to->sa.ss_family) != 0 ||
        (connect(d->fd, (const struct sockaddr *)&to->sa, to->len) != 0 && errno != EINPROGRESS)) {
        int sys = errno;

        hang_up(d);
        address_failed(a, at, sys);
        return;
    }
    d->watch = pl_watch_open(a->run->loop, d->fd, on_dial, d);
    if (d->watch == NULL) {
        hang_up(d);
        address_failed(a, at, EMFILE);
        return;
    }
    pl_watch_set(d->watch, UV_WRITABLE);
    if (a->addr_at < a->addrs.n)
        a->address_timer = pl_loop_after(a->run->loop, DIAL_BESIDE_MS * 1000000LL, on_beside, a);
}

void pl_dial_start(struct attempt *a)
{
    a->addr_at = a->n_dials = 0;
    a->class_name = NULL;
    a->code = 0;
    if (a->dials == NULL)
        a->dials = pl_arena_array(a->arena, PROBE_MAX_ADDRS, sizeof(*a->dials));
    pl_addr_text(&a->addrs.list[0], a->peer_text, sizeof(a->peer_text));
    dial_next(a);
}
