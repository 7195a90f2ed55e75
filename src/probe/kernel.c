/* kernel.c - what the kernel knows of a TCP connection: its own clock for the round trip, its own count of bytes.
 *
 * Stands alone, because glibc's netinet/tcp.h, which libraries bring in elsewhere, knows less of it than the kernel's header and
 * goes with it in no one file.
 */
#include "kernel_priv.h"

#include <linux/tcp.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <sys/socket.h>

static bool ask(int fd, struct tcp_info *info)
{
    socklen_t len = sizeof(*info);

    *info = (struct tcp_info){0};
    return getsockopt(fd, IPPROTO_TCP, TCP_INFO, info, &len) == 0;
}

int64_t pl_kernel_rtt_ns(int fd)
{
    struct tcp_info info;

    if (!ask(fd, &info) || info.tcpi_total_retrans > 0)
        return 0;
    return (int64_t)info.tcpi_rtt * 1000;
}

int64_t pl_kernel_received(int fd)
{
    struct tcp_info info;

    return ask(fd, &info) ? (int64_t)info.tcpi_bytes_received : 0;
}
