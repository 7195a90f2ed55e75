/* addr.c - socket addresses: from an address as text or the path of a unix socket, and back to text. No name is ever looked up here.
 */
#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <sys/un.h>

#include "probe_priv.h"

static bool unix_path(const char *path, struct addr *out)
{
    struct sockaddr_un *to = (struct sockaddr_un *)&out->sa;

    if (strlen(path) >= sizeof(to->sun_path))
        return false;
    to->sun_family = AF_UNIX;
    memcpy(to->sun_path, path, strlen(path) + 1);
    out->len = sizeof(*to);
    return true;
}

bool pl_addr_literal(const char *host, int port, struct addr *out)
{
    struct sockaddr_in *v4 = (struct sockaddr_in *)&out->sa;
    struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)&out->sa;

    memset(out, 0, sizeof(*out));
    if (host[0] == '/')
        return unix_path(host, out);
    if (inet_pton(AF_INET, host, &v4->sin_addr) == 1) {
        v4->sin_family = AF_INET;
        v4->sin_port = htons((uint16_t)port);
        out->len = sizeof(*v4);
        return true;
    }
    memset(&out->sa, 0, sizeof(out->sa));
    if (inet_pton(AF_INET6, host, &v6->sin6_addr) == 1) {
        v6->sin6_family = AF_INET6;
        v6->sin6_port = htons((uint16_t)port);
        out->len = sizeof(*v6);
        return true;
    }
    return false;
}

void pl_addr_host(const struct addr *addr, char *out, size_t size)
{
    const void *bytes = addr->sa.ss_family == AF_INET
                            ? (const void *)&((const struct sockaddr_in *)&addr->sa)->sin_addr
                            : (const void *)&((const struct sockaddr_in6 *)&addr->sa)->sin6_addr;

    if (addr->sa.ss_family == AF_UNIX)
        snprintf(out, size, "%s", ((const struct sockaddr_un *)&addr->sa)->sun_path);
    else if (inet_ntop(addr->sa.ss_family, bytes, out, (socklen_t)size) == NULL)
        snprintf(out, size, "?");
}

void pl_addr_text(const struct addr *addr, char *out, size_t size)
{
    char host[INET6_ADDRSTRLEN];
    bool v4 = addr->sa.ss_family == AF_INET;
    int port;

    if (addr->sa.ss_family == AF_UNIX) {
        pl_addr_host(addr, out, size);
        return;
    }
    port = ntohs(v4 ? ((const struct sockaddr_in *)&addr->sa)->sin_port
                    : ((const struct sockaddr_in6 *)&addr->sa)->sin6_port);

    pl_addr_host(addr, host, sizeof(host));
    snprintf(out, size, v4 ? "%s:%d" : "[%s]:%d", host, port);
}
