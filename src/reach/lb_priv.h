/* lb_priv.h - an Application Load Balancer on the way to a service: what stands where, and what each part of it says of the request.
 *
 * A walk is made once an evaluation, when the target is looked for; its findings become hops later, in packet order (pl_hop_lb).
 */
#ifndef PLUMBLINE_LB_PRIV_H
#define PLUMBLINE_LB_PRIV_H

#include "reach_priv.h"

struct pl_lb_finding {
    enum pl_hop_verdict verdict;
    const char *hop, *cause, *text;     /* cause NULL: none */
    const struct pl_resource *resource; /* of the deciding field; NULL: none */
    const char *path;
    int64_t at_ms; /* strikes then; 0: whenever */
};

struct pl_lb {
    const struct pl_resource *rule, *proxy, *map, *backend, *neg; /* as far as the walk came */
    bool internal, regional;
    bool certain;            /* the name is known to lead to the rule, or its address is dialled */
    const char *host, *path; /* of the request; host NULL: not known */
    bool leads;              /* the walk came to this service */
    struct pl_address service;
    struct pl_lb_finding *findings;
    size_t n, cap;
    size_t
        armor_at; /* behind so many of them stands what Cloud Armor says, which is asked once the way out is known */
};

/* The load balancer that takes requests for this host (a name or an address), walked to its end; NULL where none does, or several might. */
const struct pl_lb *pl_lb_find(struct pl_trace *t, const char *host, int port, const char *path);
/* The same by its forwarding rule; NULL where that is none of an Application Load Balancer. */
const struct pl_lb *pl_lb_of(struct pl_trace *t, const struct pl_resource *rule, const char *host,
                             const char *path);

/* ---- among the files of the walk ---- */

/* resource, path: the deciding field. */
void pl_lb_tell(struct pl_trace *t, struct pl_lb *lb, enum pl_hop_verdict verdict, const char *hop,
                const char *cause, const struct pl_resource *resource, const char *path,
                const char *fmt, ...) PL_PRINTF(8, 9);
/* A linked resource; NULL unless it is there. */
const struct pl_resource *pl_lb_follow(struct pl_trace *t, const struct pl_resource *from,
                                       const char *kind, const char *link, enum pl_known *known);

/* lb_front.c */
void pl_lb_front(struct pl_trace *t, struct pl_lb *lb, int port);
void pl_lb_certificate(struct pl_trace *t, struct pl_lb *lb);
/* Does a certificate's name cover the host? "*.example.org" stands for one label (RFC 6125 6.4.3). */
bool pl_lb_name_covers(const char *name, const char *host);
/* Has a certificate of the proxy this very name? A wildcard's other names may be anybody's. */
bool pl_lb_certificate_names(struct pl_trace *t, const struct pl_resource *proxy, const char *host);

/* lb_map.c: the backend service for the request, or NULL; tells why. */
const struct pl_resource *pl_lb_route(struct pl_trace *t, struct pl_lb *lb);
/* Has the map a host rule of its own for the host ("*" is not one)? */
bool pl_lb_map_names(struct pl_trace *t, const struct pl_resource *map, const char *host);
/* Does the baseline declare such a host rule of this map? */
bool pl_lb_map_declares(struct pl_trace *t, const struct pl_address *map, const char *host);

/* lb_armor.c */
void pl_lb_armor(struct pl_trace *t, struct pl_lb *lb);
/* lb_back.c */
void pl_lb_backend(struct pl_trace *t, struct pl_lb *lb);

#endif
