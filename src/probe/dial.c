/* dial.c - the TCP connection of an attempt: each address in turn, without blocking, every errno kept.
 *
 * Also for types that libcurl or libpq speak: libcurl is handed the connected descriptor, libpq an address
 * that is known to answer. So the errno is the kernel's, and a lack of descriptors is seen as ours.
 */
#include <errno.h>
#include <netinet/tcp.h>
#include <string.h>
#include <unistd.h>

#include "plumbline/clock.h"
#include "probe_priv.h"

enum { DIAL_ADDRESS_MS = 2000 };

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

static void dial_next(struct attempt *a);

void pl_dial_cancel(struct attempt *a)
{
    pl_timer_cancel(a->address_timer);
    a->address_timer = NULL;
    pl_watch_close(a->dial);
    a->dial = NULL;
    if (a->fd >= 0)
        close(a->fd);
    a->fd = -1;
}

/* One address is done for. The others may do; what is told in the end is the failure that says most: an
 * answer (refused, reset) says more than silence or a missing route. */
static void address_failed(struct attempt *a, int sys)
{
    bool path = a->addrs.list[a->addr_at].sa.ss_family == AF_UNIX;
    /* unix(7): the listener's queue is full */
    const char *class_name = path && sys == EAGAIN
                                 ? "SVC_SATURATED"
                                 : pl_errno_class(sys, a->target->spec->source != NULL);
    bool answered = sys == ECONNREFUSED || sys == ECONNRESET;

    pl_dial_cancel(a);
    if (a->class_name == NULL || answered || pl_class_is_ours(class_name)) {
        a->class_name = class_name;
        pl_addr_text(&a->addrs.list[a->addr_at], a->peer_text, sizeof(a->peer_text));
        a->code = sys;
    }
    a->addr_at++;
    if (pl_class_is_ours(class_name))
        a->addr_at = a->addrs.n;
    dial_next(a);
}

static void connected(struct attempt *a)
{
    int fd = a->fd, on = 1;

    a->fd = -1;
    pl_dial_cancel(a);
    a->class_name = NULL;
    a->code = 0;
    a->peer = &a->addrs.list[a->addr_at];
    pl_addr_text(a->peer, a->peer_text, sizeof(a->peer_text));
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    a->type->connected(a, fd);
}

/* The kernel has timed SYN and SYN-ACK itself; what this process needed beyond that to notice is its own lateness, of
 * which the loop may know nothing (it was not given the processor). A SYN that was sent again tells nothing. */
static void take_rtt(struct attempt *a)
{
    struct tcp_info info = {0};
    socklen_t len = sizeof(info);
    int64_t late;

    if (a->addrs.list[a->addr_at].sa.ss_family == AF_UNIX ||
        getsockopt(a->fd, IPPROTO_TCP, TCP_INFO, &info, &len) != 0 || info.tcpi_rtt == 0 ||
        info.tcpi_total_retrans > 0)
        return;
    a->rtt_ns = (int64_t)info.tcpi_rtt * 1000;
    late = pl_clock_mono_ns() - a->dialled_at - a->rtt_ns;
    if (late > a->lag_ns)
        a->lag_ns = late;
}

static void on_dial(void *arg, int events)
{
    struct attempt *a = arg;
    int sys = 0;
    socklen_t len = sizeof(sys);

    (void)events;
    pl_schedule_note_lag(a->run);
    if (getsockopt(a->fd, SOL_SOCKET, SO_ERROR, &sys, &len) != 0)
        sys = errno;
    if (sys != 0) {
        address_failed(a, sys);
        return;
    }
    take_rtt(a);
    connected(a);
}

static void on_address_limit(void *arg)
{
    struct attempt *a = arg;

    a->address_timer = NULL;
    address_failed(a, ETIMEDOUT);
}

static int bind_source(struct attempt *a, int family)
{
    const char *source = a->target->spec->source;
    struct addr from;

    if (source == NULL || family == AF_UNIX)
        return 0;
    if (!pl_addr_literal(source, 0, &from) || from.sa.ss_family != family) {
        errno = EADDRNOTAVAIL;
        return -1;
    }
    return bind(a->fd, (struct sockaddr *)&from.sa, from.len);
}

static void dial_next(struct attempt *a)
{
    const struct addr *to;
    size_t left;

    if (a->addr_at >= a->addrs.n) {
        if (a->code == ENOENT || a->code == ENOTDIR) {
            a->code = 0;
            pl_attempt_fail(a, a->class_name, 0, "there is no socket %s", a->peer_text);
            return;
        }
        pl_attempt_fail(a, a->class_name != NULL ? a->class_name : "DNS_NODATA", 0, "%s by %s",
                        a->code != 0 ? strerror(a->code) : "no address", a->peer_text);
        return;
    }
    to = &a->addrs.list[a->addr_at];
    a->fd = socket(to->sa.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (a->fd < 0 || bind_source(a, to->sa.ss_family) != 0) {
        address_failed(a, errno);
        return;
    }
    a->dialled_at = pl_clock_mono_ns();
    if (connect(a->fd, (const struct sockaddr *)&to->sa, to->len) != 0 && errno != EINPROGRESS) {
        address_failed(a, errno);
        return;
    }
    a->dial = pl_watch_open(a->run->loop, a->fd, on_dial, a);
    if (a->dial == NULL) {
        address_failed(a, EMFILE);
        return;
    }
    pl_watch_set(a->dial, UV_WRITABLE);
    left = a->addrs.n - a->addr_at;
    if (left > 1) {
        int64_t share = pl_attempt_left(a) / (int64_t)left, most = DIAL_ADDRESS_MS * 1000000LL;

        a->address_timer =
            pl_loop_after(a->run->loop, share < most ? share : most, on_address_limit, a);
    }
}

void pl_dial_start(struct attempt *a)
{
    a->addr_at = 0;
    a->class_name = NULL;
    a->code = 0;
    pl_addr_text(&a->addrs.list[0], a->peer_text, sizeof(a->peer_text));
    dial_next(a);
}
