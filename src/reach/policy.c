/* policy.c - what the firewalls of a network say of a packet, layer by layer: the first that decides does, and what is not known stays a doubt.
 *
 * Rules F1, F3, F6 (https://docs.cloud.google.com/firewall/docs/firewall-policies-rule-eval-order). Which layers there are is policy_layers.c, what one
 * rule matches policy_rules.c, the network's own rules are rules.c.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "policy_priv.h"

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
    struct pl_firewall_answer a = pl_firewall_judge(view, &t->source.network_address, egress, p);
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
