/* psc_priv.h - what the files about endpoints of Private Service Connect share: front.c finds the forwarding rule, psc_producer.c asks its producer,
 * psc.c tells of both.
 */
#ifndef PLUMBLINE_PSC_PRIV_H
#define PLUMBLINE_PSC_PRIV_H

#include "reach_priv.h"

/* ---- front.c ---- */

/* The service attachment that an endpoint leads to; NULL: a load balancer, or an endpoint of Google's APIs. */
const char *pl_front_attachment(struct pl_trace *t, const struct pl_resource *rule);
/* An endpoint of Google's APIs? */
bool pl_front_is_bundle(struct pl_trace *t, const struct pl_resource *rule);
/* The network in which the rule has its address; false: not known. */
bool pl_front_network(struct pl_trace *t, const struct pl_resource *rule, struct pl_address *out);
/* Does it take TCP on this port? Endpoints take all. */
enum pl_tri pl_front_takes_port(struct pl_trace *t, const struct pl_resource *rule, int port);
/* Where nobody said by which address: the endpoint of the network that leads to the instance, those of other networks where there is none. */
struct pl_front pl_front_of_target(struct pl_trace *t);

/* ---- psc_producer.c: true where something was told, and nothing more is to say ---- */

bool pl_psc_told_not_accepted(struct pl_trace *t, const struct pl_resource *rule);
bool pl_psc_told_no_nat_subnet(struct pl_trace *t, const struct pl_resource *rule);

#endif
