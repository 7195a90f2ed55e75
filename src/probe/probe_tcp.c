/* probe_tcp.c - does something accept connections there: the connection itself is the answer. Nothing is sent.
 */
#include <unistd.h>

#include "probe_priv.h"

static void tcp_connected(struct attempt *a, int fd)
{
    close(fd);
    pl_attempt_pass(a);
}

const struct probe_type pl_probe_tcp = {
    .type = PL_PROBE_TCP,
    .title = "TCP",
    .connected = tcp_connected,
};
