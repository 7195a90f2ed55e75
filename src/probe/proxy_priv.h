/* proxy_priv.h - the way of an attempt through a proxy: which (proxy.c), and how it is asked for (tunnel.c).
 */
#ifndef PROBE_PROXY_PRIV_H
#define PROBE_PROXY_PRIV_H

#include "probe_priv.h"

struct proxy {
    bool socks; /* else HTTP's */
    const char *host, *shown;
    int port;
    const struct pl_secret *user, *password; /* user NULL: none; password NULL: empty */
    struct trust *trust;                     /* NULL: spoken to in clear */
    const char *const *except;
    size_t n_except;
};

/* Reads what a target declares into t->proxies; -1 and t->unknown_why where that is no proxy. */
int pl_proxy_prepare(struct target *t);
/* The proxy of this attempt as it stands (host, TLS or not); NULL: none. */
const struct proxy *pl_proxy_for(const struct attempt *a);
/* Is it sent the request itself, instead of a CONNECT (RFC 9112 section 3.2.2)? As clients do with http:// URLs. */
bool pl_proxy_forwards(const struct attempt *a);
/* Does an entry of NO_PROXY stand for this host? */
bool pl_proxy_excepts(const char *entry, const char *host);

/* fd is connected to the proxy and the tunnel's from here; leads to type->connected, or ends the attempt. */
void pl_tunnel_start(struct attempt *a, int fd);
void pl_tunnel_end(struct attempt *a);

#endif
