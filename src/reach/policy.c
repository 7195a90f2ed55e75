/* policy.c - firewalls in layers: hierarchical policies, system policies, VPC rules, global and regional network policies, in the order in which the
 * network asks them; the first that decides does.
 *
 * Rules F1, F2, F3, F14, F15 (https://docs.cloud.google.com/firewall/docs/firewall-policies-rule-eval-order). Of hierarchical policies only their effect on the
 * network is to be seen (effectiveFirewalls); a network policy is a resource, whose own rules count wherever it can be read. What one rule
 * matches is policy_rules.c, the network's own rules are rules.c.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "policy_priv.h"

/* ---- which layers there are ---- */

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
              (struct pl_fw_layer){.what = PL_FW_LAYER_POLICY,
                                   .rules = pl_value_member(policy, "rules"),
                                   .at = &t->source.network_address,
                                   .prefix = steps,
                                   .n_prefix = n,
                                   .name = pl_arena_printf(t->arena, "firewall policy %s",
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

/* ---- what they say ---- */

/* Who decides, in words and as a field. */
struct decider {
    const char *name;
    const struct pl_address *at;
    const char *path;
    const struct pl_resource *rule; /* of the network's own */
    const char *shown;              /* its priority or action, for evidence */
};

/* What the layers from one point on may answer, and who would: an answer that nobody doubts has one of the two alone. */
struct outcome {
    struct decider by[2]; /* allow, deny */
    bool can[2];
    struct decider doubt, lost;
    const char *why;
    bool undefined, has_lost;
};

enum { ALLOWS, DENIES };

static struct outcome certain(int what, struct decider by, const struct outcome *behind)
{
    struct outcome o = {0};
    o.can[what] = true;
    o.by[what] = by;
    /* Why-not: what the decider takes precedence over. */
    if (behind->can[!what] && behind->by[!what].at && behind->by[!what].path) {
        o.lost = behind->by[!what];
        o.has_lost = true;
    }
    return o;
}

/* Either of two, by something that is not known. */
static struct outcome doubtful(const struct outcome *a, const struct outcome *b,
                               struct decider doubt, const char *why)
{
    struct outcome o = *b;
    for (int i = 0; i < 2; i++)
        if (a->can[i]) {
            o.can[i] = true;
            o.by[i] = a->by[i];
        }
    o.doubt = doubt;
    o.why = why;
    o.undefined = false;
    return o;
}

static struct outcome anything(struct decider doubt, const char *why)
{
    struct outcome o = {.can = {true, true}, .doubt = doubt, .why = why};
    return o;
}

static int64_t priority_of(const struct pl_value *rule)
{
    int64_t priority = 0;
    (void)pl_value_as_int(pl_value_member(rule, "priority"), &priority);
    return priority;
}

static int by_priority(const void *a, const void *b)
{
    int64_t x = priority_of(*(const struct pl_value *const *)a),
            y = priority_of(*(const struct pl_value *const *)b);
    return (x > y) - (x < y);
}

static struct decider decider_of(struct pl_trace *t, const struct pl_fw_layer *layer,
                                 const struct pl_value *rule)
{
    struct pl_step *steps = pl_arena_array(t->arena, layer->n_prefix + 2, sizeof(*steps));
    char *priority = pl_arena_printf(t->arena, "%" PRId64, priority_of(rule));
    if (layer->n_prefix > 0)
        memcpy(steps, layer->prefix, layer->n_prefix * sizeof(*steps));
    steps[layer->n_prefix] = (struct pl_step){.type = PL_STEP_KEY, .key = "rules"};
    steps[layer->n_prefix + 1] =
        (struct pl_step){.type = PL_STEP_ID, .key = "priority", .value = priority};
    return (struct decider){
        .name = pl_arena_printf(t->arena, "rule %s of %s", priority, layer->name),
        .at = layer->at,
        .path =
            pl_path_format(t->arena, &(struct pl_path){.steps = steps, .n = layer->n_prefix + 2}),
        .shown = pl_value_member_text(rule, "action"),
    };
}

/* What a rule that matches does; `next` is the answer of the layers behind (F3). */
static struct outcome acted(const char *action, struct decider by, const struct outcome *behind,
                            const struct outcome *next)
{
    if (action && strcmp(action, "allow") == 0)
        return certain(ALLOWS, by, behind);
    if (action && strcmp(action, "deny") == 0)
        return certain(DENIES, by, behind);
    if (action && strcmp(action, "goto_next") == 0)
        return *next;
    if (action && strcmp(action, "apply_security_profile_group") == 0)
        return anything(by, "it hands the packet to a security profile group, whose inspection is "
                            "not modelled");
    return anything(by, "what it does is not known");
}

static struct outcome ask_policy(struct pl_trace *t, const struct pl_fw_layer *layer, bool egress,
                                 const struct pl_packet *p, const struct outcome *next)
{
    size_t n = pl_value_count(layer->rules);
    const struct pl_value **rules = pl_arena_array(t->arena, n, sizeof(const struct pl_value *));
    struct outcome o = *next;
    for (size_t i = 0; i < n; i++)
        rules[i] = pl_value_item(layer->rules, i);
    if (n > 1)
        qsort(rules, n, sizeof(const struct pl_value *), by_priority);
    for (size_t i = n; i-- > 0;) { /* from the last to the first: each knows what is behind it */
        const char *why = NULL;
        enum pl_tri m = pl_policy_rule_matches(t, rules[i], egress, p, &why);
        if (m == PL_NO)
            continue;
        struct decider by = decider_of(t, layer, rules[i]);
        struct outcome mine = acted(pl_value_member_text(rules[i], "action"), by, &o, next);
        o = m == PL_YES ? mine
                        : doubtful(&mine, &o, by,
                                   pl_arena_printf(t->arena, "it matches by %s",
                                                   why ? why : "what was not read"));
    }
    return o;
}

static struct decider decider_vpc(struct pl_trace *t, struct pl_view *view,
                                  const struct pl_resource *rule)
{
    return (struct decider){.name = pl_trace_name(t, &rule->address),
                            .at = &rule->address,
                            .path = "",
                            .rule = rule,
                            .shown = pl_view_text(view, rule, "priority", NULL)};
}

static int64_t rule_priority(struct pl_view *view, const struct pl_resource *rule)
{
    int64_t priority = 1000;
    const struct pl_value *v = NULL;
    if (pl_view_read_default(view, rule, "priority", &v) == PL_PRESENT)
        (void)pl_value_as_int(v, &priority);
    return priority;
}

/* The network's own rules, and among them the one that Google makes for a connector (E5): an allow of this priority, that no list shows. */
static struct outcome ask_rules(struct pl_trace *t, struct pl_view *view, bool egress,
                                const struct pl_packet *p, int64_t managed,
                                const struct outcome *next)
{
    struct pl_packet asked = *p;
    if (egress) { /* F7: these rules do not look at it, and who asks the same is to share the answer */
        asked.src_range_known = false;
        asked.src_range = (struct pl_prefix){0};
    }
    struct pl_firewall_answer a =
        pl_firewall_judge(view, &t->source.network_address, egress, &asked);
    struct decider google = {
        .name =
            pl_arena_printf(t->arena, "the connector's own rule (priority %" PRId64 ")", managed)};
    struct decider by = a.rule ? decider_vpc(t, view, a.rule) : (struct decider){0};
    struct outcome o = *next;
    if (a.what == PL_FW_UNKNOWN || a.what == PL_FW_UNDEFINED) {
        by.name = a.rule ? by.name : "firewall rules";
        o = anything(by, a.why);
        o.undefined = a.what == PL_FW_UNDEFINED;
        return o;
    }
    if (managed > 0 && (!a.rule || rule_priority(view, a.rule) > managed))
        return certain(ALLOWS, google, next);
    if (!a.rule)
        return o;
    o = certain(a.what == PL_FW_DENY ? DENIES : ALLOWS, by, next);
    if (a.lost) {
        o.lost = decider_vpc(t, view, a.lost);
        o.has_lost = true;
    }
    return o;
}

static struct pl_firewall_ruling ruling_of(struct pl_trace *t, const struct outcome *o)
{
    struct pl_firewall_ruling r = {.what = PL_FW_UNKNOWN, .by = o->doubt.name, .why = o->why};
    const struct decider *d = &o->doubt;
    if (o->can[ALLOWS] != o->can[DENIES]) {
        int what = o->can[DENIES] ? DENIES : ALLOWS;
        d = &o->by[what];
        r.what = what == DENIES ? PL_FW_DENY : PL_FW_ALLOW;
        r.by = d->name;
    } else if (o->undefined) {
        r.what = PL_FW_UNDEFINED;
    }
    r.at = d->at;
    r.path = d->path;
    r.rule = d->rule;
    r.shown = d->shown;
    r.implied = r.what != PL_FW_UNKNOWN && r.what != PL_FW_UNDEFINED && !d->at;
    if (r.implied && r.what == PL_FW_DENY)
        r.at = &t->source.network_address;
    if (o->has_lost && (r.what == PL_FW_ALLOW || r.what == PL_FW_DENY)) {
        r.lost = pl_arena_printf(t->arena, "%s", o->lost.name);
        r.lost_at = o->lost.at;
        r.lost_path = o->lost.rule ? "priority" : o->lost.path;
        r.lost_shown = o->lost.shown;
        r.lost_same_layer = o->lost.rule && d->rule;
    }
    return r;
}

struct pl_firewall_ruling pl_firewall_rule_on(struct pl_trace *t, struct pl_view *view, bool egress,
                                              const struct pl_packet *p, int64_t managed)
{
    struct pl_fw_layers layers = pl_fw_layers_of(t, view);
    struct outcome o = {0};
    /* F6 */
    o.can[egress ? ALLOWS : DENIES] = true;
    o.by[egress ? ALLOWS : DENIES].name = "the implied rule";
    for (size_t i = layers.n; i-- > 0;) {
        const struct pl_fw_layer *l = &layers.list[i];
        if (l->what == PL_FW_LAYER_POLICY)
            o = ask_policy(t, l, egress, p, &o);
        else if (l->what == PL_FW_LAYER_VPC)
            o = ask_rules(t, view, egress, p, managed, &o);
        else
            o = anything((struct decider){0}, l->why);
    }
    return ruling_of(t, &o);
}
