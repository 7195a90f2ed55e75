/* policy_layers.c - which firewalls hold for a network, in the order in which it asks them: hierarchical policies, system policies, VPC rules, global and
 * regional network policies.
 *
 * Rules F1, F2, F14, F15 (https://docs.cloud.google.com/firewall/docs/firewall-policies-rule-eval-order). Of hierarchical policies only their effect on the
 * network is to be seen (effectiveFirewalls); a network policy is a resource, whose own rules count wherever it can be read.
 */
#include <string.h>

#include "policy_priv.h"

static void add_layer(struct pl_trace *t, struct pl_fw_layers *layers, struct pl_fw_layer layer)
{
    PL_PUSH(t->arena, layers->list, layers->n, layers->cap, layer);
}

static void add_unread(struct pl_trace *t, struct pl_fw_layers *layers, const char *why)
{
    add_layer(t, layers, (struct pl_fw_layer){.what = PL_FW_LAYER_UNREAD, .why = why});
}

static bool is_of_type(const struct pl_value *policy, const char *type)
{
    const char *is = pl_value_member_text(policy, "type");
    return strcmp(is ? is : "", type) == 0;
}

/* `region` NULL: of those in effect for the whole network. */
static void add_effective(struct pl_trace *t, struct pl_fw_layers *layers, const char *region,
                          const struct pl_value *policy)
{
    const char *id = pl_value_member_text(policy, "name");
    const char *name = pl_value_member_text(policy, "shortName");
    struct pl_step *steps = pl_arena_array(t->arena, 4, sizeof(*steps));
    size_t n = 0;
    name = name && *name ? name : pl_value_member_text(policy, "displayName");
    steps[n++] = (struct pl_step){.type = PL_STEP_KEY,
                                  .key = region ? "regionalFirewalls" : "effectiveFirewalls"};
    if (region)
        steps[n++] = (struct pl_step){.type = PL_STEP_ID, .key = "region", .value = region};
    steps[n++] = (struct pl_step){.type = PL_STEP_KEY, .key = "firewallPolicys"};
    steps[n++] = (struct pl_step){.type = PL_STEP_ID, .key = "name", .value = id ? id : ""};
    add_layer(t, layers,
              (struct pl_fw_layer){
                  .what = PL_FW_LAYER_POLICY,
                  .rules = pl_value_member(policy, "rules"),
                  .at = &t->source.network_address,
                  .prefix = steps,
                  .n_prefix = n,
                  .name = pl_arena_printf(t->arena, "%sfirewall policy %s",
                                          is_of_type(policy, "HIERARCHY") ? "hierarchical " : "",
                                          name && *name ? name
                                          : id          ? id
                                                        : "without a name")});
}

/* Is the network one of those that the policy is attached to? */
static enum pl_tri is_attached(struct pl_trace *t, struct pl_view *view,
                               const struct pl_resource *policy)
{
    const struct pl_value *list = NULL;
    enum pl_known known = pl_view_read(view, policy, "associations", &list);
    for (size_t i = 0; i < pl_value_count(list); i++) {
        struct pl_address a;
        const char *link = pl_value_member_text(pl_value_item(list, i), "attachmentTarget");
        if (link &&
            pl_link_parse(t->arena, t->source.network_address.kind, link, &policy->address, &a) &&
            pl_same_network(&a, &t->source.network_address))
            return PL_YES;
    }
    return known == PL_NOT_KNOWN ? PL_MAYBE : PL_NO;
}

/* The network policies that are resources of the network's project: global ones, or those of the source's region (F14). */
static void add_resources(struct pl_trace *t, struct pl_view *view, struct pl_fw_layers *layers,
                          const char *location)
{
    const struct pl_resource *const *list;
    size_t n;
    enum pl_known known = pl_view_list(view, pl_kind_find("compute.firewallPolicy"),
                                       t->source.network_address.project, &list, &n);
    for (size_t i = 0; i < n; i++) {
        const struct pl_value *rules = NULL;
        const char *type = pl_view_text(view, list[i], "policyType", NULL);
        if (strcmp(list[i]->address.location, location) != 0 ||
            (type && strcmp(type, "VPC_POLICY") != 0))
            continue;
        enum pl_tri attached = is_attached(t, view, list[i]);
        const char *name = pl_trace_name(t, &list[i]->address);
        if (attached == PL_NO)
            continue;
        if (attached == PL_MAYBE || pl_view_read(view, list[i], "rules", &rules) == PL_NOT_KNOWN)
            add_unread(t, layers, pl_arena_printf(t->arena, "%s was not read in full", name));
        else
            add_layer(t, layers,
                      (struct pl_fw_layer){.what = PL_FW_LAYER_POLICY,
                                           .rules = rules,
                                           .at = &list[i]->address,
                                           .name = name});
    }
    if (known == PL_NOT_KNOWN)
        add_unread(t, layers,
                   pl_arena_printf(t->arena,
                                   "the firewall policies of project %s were not all read",
                                   t->source.network_address.project));
}

/* Is the policy of this name a resource that can be read, or proven not to be there? Then that decides, and not its effect. */
static bool is_driven(struct pl_trace *t, struct pl_view *view, const struct pl_value *policy)
{
    const struct pl_resource *r = NULL;
    struct pl_address a;
    const char *name = pl_value_member_text(policy, "name");
    if (!name || !pl_link_parse(t->arena, pl_kind_find("compute.firewallPolicy"), name,
                                &t->source.network_address, &a))
        return false;
    a.location = "global";
    if (pl_view_find(view, &a, &r) == PL_PRESENT)
        return is_attached(t, view, r) != PL_MAYBE;
    return pl_view_find(t->base, &a, &r) == PL_PRESENT; /* it was there: a revert took it away */
}

/* Without the list of what is in effect: the network policy is seen by its name alone. */
static void add_named(struct pl_trace *t, struct pl_view *view, struct pl_fw_layers *layers)
{
    const struct pl_resource *network = t->source.network;
    enum pl_known known = PL_NOT_KNOWN;
    const char *policy = network ? pl_view_text(view, network, "firewallPolicy", &known) : NULL;
    if (policy)
        add_unread(t, layers,
                   pl_arena_printf(t->arena,
                                   "network %s carries firewall policy %s, and which rules of "
                                   "policies are in effect was not read",
                                   t->source.network_address.names[0],
                                   pl_link_canonical(t->arena, policy)));
    else if (known == PL_NOT_KNOWN)
        add_unread(t, layers,
                   pl_arena_printf(t->arena,
                                   "whether network %s carries a firewall policy is not known: %s",
                                   t->source.network_address.names[0],
                                   pl_trace_why(t, &t->source.network_address)));
}

static const char *gap_of(struct pl_trace *t, struct pl_view *view, const char *field)
{
    const struct pl_unobserved *gap =
        pl_world_gap(pl_view_world(view), &t->source.network_address, field);
    return gap ? gap->reason : NULL;
}

/* F15: Google's own policies of the source's region. They are in no other answer, and no resources of anybody. `asked`: of policies at all. */
static void add_system(struct pl_trace *t, struct pl_view *view, struct pl_fw_layers *layers,
                       bool asked)
{
    const struct pl_value *regions = NULL;
    const char *region = t->source.resource->address.location;
    enum pl_known known = t->source.network
                              ? pl_view_read(view, t->source.network, "regionalFirewalls", &regions)
                              : PL_NOT_KNOWN;
    const char *gap =
        known == PL_NOT_KNOWN && t->source.network ? gap_of(t, view, "regionalFirewalls") : NULL;
    for (size_t i = 0; i < pl_value_count(regions); i++) {
        const struct pl_value *one = pl_value_item(regions, i);
        const struct pl_value *list = pl_value_member(one, "firewallPolicys");
        const char *of = pl_value_member_text(one, "region");
        for (size_t k = 0; of && strcmp(of, region) == 0 && k < pl_value_count(list); k++)
            add_effective(t, layers, of, pl_value_item(list, k));
    }
    /* A place that does not know the question has no such policies to tell of. */
    bool unheard = gap && strcmp(gap, "not_found_scope") == 0;
    if (gap && !unheard)
        add_unread(t, layers,
                   pl_arena_printf(t->arena,
                                   "which of Google's own firewall policies hold for network %s in "
                                   "%s could not be read: %s",
                                   t->source.network_address.names[0], region, gap));
    else if (known == PL_NOT_KNOWN && (asked || unheard))
        pl_trace_not_modelled(t, "Google's own firewall policies of a region, which were not "
                                 "observed");
}

/* F1: hierarchical, system, then VPC rules before the network policies or behind them. */
struct pl_fw_layers pl_fw_layers_of(struct pl_trace *t, struct pl_view *view)
{
    struct pl_fw_layers layers = {0}, network = {0};
    const struct pl_value *list = NULL;
    const struct pl_resource *r = t->source.network;
    enum pl_known known =
        r ? pl_view_read(view, r, "effectiveFirewalls.firewallPolicys", &list) : PL_NOT_KNOWN;
    for (size_t i = 0; i < pl_value_count(list); i++) /* F2: in the order of the answer */
        if (is_of_type(pl_value_item(list, i), "HIERARCHY"))
            add_effective(t, &layers, NULL, pl_value_item(list, i));
    for (size_t i = 0; i < pl_value_count(list); i++) /* F15 */
        if (is_of_type(pl_value_item(list, i), "SYSTEM"))
            add_effective(t, &layers, NULL, pl_value_item(list, i));
    const char *gap = known == PL_NOT_KNOWN && r ? gap_of(t, view, "effectiveFirewalls") : NULL;
    if (gap)
        add_unread(t, &layers,
                   pl_arena_printf(t->arena,
                                   "which firewall policies of its organisation and folders hold "
                                   "for network %s could not be read: %s",
                                   t->source.network_address.names[0], gap));
    else if (known == PL_NOT_KNOWN)
        pl_trace_not_modelled(t, "hierarchical firewall policies (organisation and folders), which "
                                 "were not observed");
    add_system(t, view, &layers, known != PL_NOT_KNOWN);
    if (known == PL_NOT_KNOWN) {
        add_named(t, view, &network);
        add_resources(t, view, &network, t->source.resource->address.location);
    } else {
        for (size_t i = 0; i < pl_value_count(list); i++)
            if (is_of_type(pl_value_item(list, i), "NETWORK") &&
                !is_driven(t, view, pl_value_item(list, i)))
                add_effective(t, &network, NULL, pl_value_item(list, i));
        add_resources(t, view, &network, "global");
        add_resources(t, view, &network, t->source.resource->address.location);
    }
    enum pl_known order_known = PL_NOT_KNOWN;
    const char *order =
        r ? pl_view_text(view, r, "networkFirewallPolicyEnforcementOrder", &order_known) : NULL;
    bool before = order && strcmp(order, "BEFORE_CLASSIC_FIREWALL") == 0;
    if (r && order_known == PL_NOT_KNOWN && network.n > 0)
        add_unread(t, &layers, "whether policies come before the network's rules was not read");
    before = before || !r;
    struct pl_fw_layer vpc = {.what = PL_FW_LAYER_VPC};
    if (!before)
        add_layer(t, &layers, vpc);
    for (size_t i = 0; i < network.n; i++)
        add_layer(t, &layers, network.list[i]);
    if (before)
        add_layer(t, &layers, vpc);
    return layers;
}
