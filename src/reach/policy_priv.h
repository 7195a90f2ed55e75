/* policy_priv.h - the layers of firewalls that hold for a network, and what they say of one packet.
 */
#ifndef PLUMBLINE_POLICY_PRIV_H
#define PLUMBLINE_POLICY_PRIV_H

#include "reach_priv.h"

/* One layer, in the order in which they are asked (F1). */
struct pl_fw_layer {
    enum { PL_FW_LAYER_POLICY, PL_FW_LAYER_VPC, PL_FW_LAYER_UNREAD } what;
    const struct pl_value *rules; /* POLICY */
    const struct pl_address *at;  /* POLICY: the resource that the rules are read from, */
    const struct pl_step *prefix; /* and where in it */
    size_t n_prefix;
    const char *name; /* POLICY: as people know it */
    const char *why;  /* UNREAD: a sentence */
};
struct pl_fw_layers {
    struct pl_fw_layer *list;
    size_t n, cap;
};

/* policy_layers.c: all layers of the source's network in the view, for packets of this region. */
struct pl_fw_layers pl_fw_layers_of(struct pl_trace *t, struct pl_view *view);

/* policy_rules.c: *why says by what it may match, where it may. */
enum pl_tri pl_policy_rule_matches(struct pl_trace *t, const struct pl_value *rule, bool egress,
                                   const struct pl_packet *p, const char **why);

#endif
