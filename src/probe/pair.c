/* pair.c - a TCP connection of this process with itself, for libraries that take no other: libpq connects by itself, and libcurl 7.88
 * calls connect() on the descriptor that it is given (https://github.com/curl/curl/issues/10626), which only a TCP socket forgives.
 */
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "probe_priv.h"

enum { PAIR_WAIT_MS = 100 };

int pl_pair_listen(int *port)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof(at);
    int sys, fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

    if (fd >= 0 && bind(fd, (struct sockaddr *)&at, sizeof(at)) == 0 && listen(fd, 8) == 0 &&
        getsockname(fd, (struct sockaddr *)&at, &len) == 0) {
        *port = ntohs(at.sin_port);
        return fd;
    }
    sys = errno;
    if (fd >= 0)
        close(fd);
    errno = sys;
    return -1;
}

/* Anybody on this machine may have come: only the other end of ours is taken. */
static int accept_from(int listener, in_port_t wanted)
{
    struct pollfd come = {.fd = listener, .events = POLLIN};
    struct sockaddr_in from;
    socklen_t len = sizeof(from);
    int fd;

    while (poll(&come, 1, PAIR_WAIT_MS) > 0) {
        fd = accept4(listener, (struct sockaddr *)&from, &len, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd < 0 || from.sin_port == wanted)
            return fd;
        close(fd);
        len = sizeof(from);
    }
    errno = ETIMEDOUT;
    return -1;
}

int pl_pair_open(int ends[2])
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof(at);
    int sys, port = 0, listener = pl_pair_listen(&port);

    ends[0] = ends[1] = -1;
    at.sin_port = htons((uint16_t)port);
    if (listener >= 0)
        ends[1] = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (ends[1] >= 0 &&
        (connect(ends[1], (struct sockaddr *)&at, sizeof(at)) == 0 || errno == EINPROGRESS) &&
        getsockname(ends[1], (struct sockaddr *)&at, &len) == 0)
        ends[0] = accept_from(listener, at.sin_port);
    sys = errno;
    if (listener >= 0)
        close(listener);
    if (ends[0] < 0 && ends[1] >= 0)
        close(ends[1]);
    errno = sys;
    return ends[0] >= 0 ? 0 : -1;
}
