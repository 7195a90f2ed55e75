/* lb_armor.c - Cloud Armor: does the security policy of a backend service turn the request away?
 *
 * Rules by priority, the lowest number first; the first that matches decides, those in preview do not count
 * (https://cloud.google.com/armor/docs/security-policy-overview). Where requests come from is known of clients with addresses of their own, or behind
 * a Cloud NAT that has; of others it is not, nor what is in a request: a rule that asks for that may hold or not, and whatever comes behind it
 * may be reached or not. Policies of an organisation and edge policies are not read.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lb_priv.h"
#include "plumbline/json.h"

/* What a client sees of each action. */
static const struct {
    const char *action, *cause, *does;
} actions[] = {
    {"deny(403)", "CLOUD_ARMOR_DENIED", "turns the request away (403)"},
    {"deny(404)", "CLOUD_ARMOR_DENIED_AS_NOT_FOUND", "turns the request away (404)"},
    {"deny(502)", "CLOUD_ARMOR_DENIED_AS_BAD_GATEWAY", "turns the request away (502)"},
    {"rate_based_ban", "CLOUD_ARMOR_RATE_LIMITED", "bans clients that ask too often"},
    {"redirect", "CLOUD_ARMOR_DENIED", "sends the request elsewhere"},
    {"throttle", "CLOUD_ARMOR_RATE_LIMITED", "limits how often a client may ask"},
};

struct rule {
    const struct pl_value *body;
    int64_t priority;
};

static int by_priority(const void *a, const void *b)
{
    const struct rule *x = a, *y = b;
    return x->priority < y->priority ? -1 : x->priority > y->priority;
}

/* Whom the load balancer sees: all of these prefixes, one at a time; none where that is not known. */
struct seen {
    const struct pl_prefix *from;
    size_t n;
};

static struct seen seen_by(struct pl_trace *t, const struct pl_lb *lb)
{
    struct pl_exit exit;
    if (lb->internal)
        return (struct seen){&t->source.range, t->source.range_known ? 1 : 0};
    if (!pl_exit_addresses(t, &exit))
        return (struct seen){NULL, 0};
    struct pl_prefix *from = pl_arena_array(t->arena, exit.n, sizeof(*from));
    for (size_t i = 0; i < exit.n; i++)
        from[i] = (struct pl_prefix){exit.ips[i], exit.ips[i].v4 ? 32 : 128};
    return (struct seen){from, exit.n};
}

/* Is every one of them in the ranges, none, or some? */
static enum pl_tri in_ranges(const struct pl_value *ranges, const struct seen *seen)
{
    size_t inside = 0, outside = 0;
    for (size_t k = 0; k < seen->n; k++) {
        enum pl_tri one = PL_NO;
        for (size_t i = 0; one != PL_YES && i < pl_value_count(ranges); i++) {
            const char *text = pl_value_text(pl_value_item(ranges, i));
            struct pl_prefix p;
            if (text && pl_prefix_parse(text, &p) && pl_prefix_overlaps(&p, &seen->from[k]))
                one = pl_prefix_contains(&p, &seen->from[k]) ? PL_YES : PL_MAYBE;
        }
        inside += one == PL_YES;
        outside += one == PL_NO;
    }
    return seen->n > 0 && inside == seen->n    ? PL_YES
           : seen->n > 0 && outside == seen->n ? PL_NO
                                               : PL_MAYBE;
}

static enum pl_tri matches(const struct pl_value *rule, const struct seen *seen)
{
    const struct pl_value *match = pl_value_member(rule, "match");
    const struct pl_value *ranges =
        pl_value_member(pl_value_member(match, "config"), "srcIpRanges");
    const char *expression = pl_value_member_text(pl_value_member(match, "expr"), "expression");
    if (expression)
        return strcmp(expression, "true") == 0    ? PL_YES
               : strcmp(expression, "false") == 0 ? PL_NO
                                                  : PL_MAYBE;
    for (size_t i = 0; i < pl_value_count(ranges); i++) {
        const char *text = pl_value_text(pl_value_item(ranges, i));
        if (text && (strcmp(text, "*") == 0 || strcmp(text, "0.0.0.0/0") == 0))
            return PL_YES;
    }
    return in_ranges(ranges, seen);
}

/* What the rule asks for, for people. */
static const char *asks_for(struct pl_trace *t, const struct pl_value *rule)
{
    const struct pl_value *match = pl_value_member(rule, "match");
    const struct pl_value *exclusions =
        pl_value_member(pl_value_member(rule, "preconfiguredWafConfig"), "exclusions");
    const char *expression = pl_value_member_text(pl_value_member(match, "expr"), "expression");
    const struct pl_value *ranges =
        pl_value_member(pl_value_member(match, "config"), "srcIpRanges");
    if (expression && exclusions)
        return pl_arena_printf(t->arena, "%s, with exclusions for %zu rule sets", expression,
                               pl_value_count(exclusions));
    return expression ? expression
           : ranges   ? pl_arena_printf(t->arena, "clients in %s", pl_json_text(t->arena, ranges))
                      : "what is not known";
}

static const char *rule_path(struct pl_trace *t, int64_t priority)
{
    return pl_arena_printf(t->arena, "rules[priority=%" PRId64 "]", priority);
}

/* The rule's action, where it does not simply let through. */
static bool hits(const struct pl_value *rule, const char **cause, const char **does)
{
    const char *action = pl_value_member_text(rule, "action");
    for (size_t i = 0; action && i < PL_LEN(actions); i++)
        if (strcmp(actions[i].action, action) == 0) {
            *cause = actions[i].cause;
            *does = actions[i].does;
            return true;
        }
    return false;
}

/* after: a rule in front that may let the request through, so that this one may not be asked. */
static void tell(struct pl_trace *t, struct pl_lb *lb, const struct pl_resource *policy,
                 const struct rule *r, enum pl_tri match, const struct rule *after)
{
    const char *cause = NULL, *does = NULL, *name = pl_trace_name(t, &policy->address);
    bool hit = hits(r->body, &cause, &does);
    bool limits = hit && strcmp(cause, "CLOUD_ARMOR_RATE_LIMITED") == 0;
    const char *path = rule_path(t, r->priority), *asked = "", *what = "lets the request through";
    enum pl_hop_verdict verdict = !hit || limits              ? PL_HOP_PASS
                                  : match == PL_YES && !after ? PL_HOP_BLOCK
                                                              : PL_HOP_UNKNOWN;
    if (hit && match != PL_YES)
        asked = pl_arena_printf(t->arena, " where it matches: %s", asks_for(t, r->body));
    else if (hit && after)
        asked = pl_arena_printf(t->arena, " unless rule %" PRId64 " lets it through: %s",
                                after->priority, asks_for(t, after->body));
    if (hit)
        what = does;
    pl_lb_tell(t, lb, verdict, "cloud-armor", cause, policy, path, "rule %" PRId64 " of %s %s%s",
               r->priority, name, what, asked);
}

static struct rule *sorted_rules(struct pl_trace *t, const struct pl_value *list, size_t n)
{
    struct rule *rules = pl_arena_array(t->arena, n + 1, sizeof(*rules));
    for (size_t i = 0; i < n; i++) {
        rules[i].body = pl_value_item(list, i);
        (void)pl_value_as_int(pl_value_member(rules[i].body, "priority"), &rules[i].priority);
    }
    qsort(rules, n, sizeof(*rules), by_priority);
    return rules;
}

void pl_lb_armor(struct pl_trace *t, struct pl_lb *lb)
{
    enum pl_known known, there;
    const char *link = pl_trace_text(t, lb->backend, "securityPolicy", &known);
    if (known == PL_ABSENT || (link && !*link))
        return;
    const struct pl_resource *policy =
        link ? pl_lb_follow(t, lb->backend, "compute.securityPolicy", link, &there) : NULL;
    const struct pl_value *list = policy ? pl_trace_list(t, policy, "rules", &known) : NULL;
    if (!policy || known == PL_NOT_KNOWN) {
        pl_lb_tell(t, lb, PL_HOP_UNKNOWN, "cloud-armor", "CLOUD_ARMOR_DENIED", lb->backend,
                   "securityPolicy", "the security policy of %s was not read",
                   pl_trace_name(t, &lb->backend->address));
        return;
    }
    size_t n = pl_value_count(list);
    const struct rule *rules = sorted_rules(t, list, n), *may_let = NULL;
    struct seen seen = seen_by(t, lb);
    for (size_t i = 0; i < n; i++) {
        enum pl_tri match = pl_value_true(pl_value_member(rules[i].body, "preview"))
                                ? PL_NO
                                : matches(rules[i].body, &seen);
        const char *cause, *does;
        bool hit = hits(rules[i].body, &cause, &does);
        if (match == PL_YES || (match == PL_MAYBE && hit))
            tell(t, lb, policy, &rules[i], match, may_let);
        if (match == PL_YES)
            return;
        if (match == PL_MAYBE && !hit && !may_let)
            may_let = &rules[i];
    }
}
