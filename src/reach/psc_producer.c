/* psc_producer.c - the producer's word on an endpoint: whose lists let it in, and has its service subnetworks to answer from?
 *
 * Rules X1, X2 (https://cloud.google.com/vpc/docs/configure-private-service-connect-producer).
 */
#include <inttypes.h>
#include <string.h>

#include "psc_priv.h"

static const char hop[] = "psc-endpoint";

/* The same project? One named by id and one by number may be. */
static enum pl_tri is_project(const char *a, const char *b)
{
    bool number = strspn(a, "0123456789") == strlen(a);
    if (strcmp(a, b) == 0)
        return PL_YES;
    return number == (strspn(b, "0123456789") == strlen(b)) ? PL_NO : PL_MAYBE;
}

static enum pl_tri is_listed(const struct pl_value *list, const char *project)
{
    enum pl_tri answer = PL_NO;
    for (size_t i = 0; i < pl_value_count(list) && answer != PL_YES; i++) {
        const char *text = pl_value_text(pl_value_item(list, i));
        enum pl_tri same = text ? is_project(text, project) : PL_NO;
        answer = same == PL_NO ? answer : same;
    }
    return answer;
}

/* Who drives the status of an endpoint: the list of projects that its producer lets in. */
struct driver {
    const struct pl_resource *resource;
    const char *path;
    enum pl_tri lets_in;
    bool reconciles; /* X2: looks at connections that were refused again */
    const char *why; /* lets_in NO: "does not list project p" */
};

/* X2: a list holds projects, networks or endpoints, one of the three. Is the endpoint one of those that this entry means? */
static enum pl_tri is_meant(struct pl_trace *t, const struct pl_resource *rule, const char *entry)
{
    struct pl_address a, network;
    if (strstr(entry, "/networks/"))
        return pl_front_network(t, rule, &network) &&
                       pl_link_parse(t->arena, network.kind, entry, &rule->address, &a) &&
                       pl_same_network(&a, &network)
                   ? PL_YES
                   : PL_NO;
    if (strstr(entry, "/forwardingRules/"))
        return pl_link_parse(t->arena, rule->address.kind, entry, &rule->address, &a) &&
                       pl_address_equal(&a, &rule->address)
                   ? PL_YES
                   : PL_NO;
    return is_project(entry, rule->address.project);
}

/* How many endpoints the producer serves already that fall under the same entry as this one: of its project, or of its network. */
static int64_t served_beside(struct pl_trace *t, struct pl_view *view,
                             const struct pl_resource *attachment, const struct pl_resource *rule,
                             const char *entry)
{
    const struct pl_value *list = NULL;
    int64_t n = 0;
    (void)pl_view_read(view, attachment, "connectedEndpoints", &list);
    for (size_t i = 0; i < pl_value_count(list); i++) {
        const struct pl_value *item = pl_value_item(list, i);
        const char *status = pl_value_member_text(item, "status");
        const char *link = pl_value_member_text(item, "endpoint");
        const char *network = pl_value_member_text(item, "consumerNetwork");
        struct pl_address a, b, own;
        if (!status || strcmp(status, "ACCEPTED") != 0 || !link ||
            !pl_link_parse(t->arena, rule->address.kind, link, &rule->address, &a) ||
            pl_address_equal(&a, &rule->address))
            continue;
        bool same = strstr(entry, "/networks/")
                        ? network && pl_front_network(t, rule, &own) &&
                              pl_link_parse(t->arena, own.kind, network, &rule->address, &b) &&
                              pl_same_network(&b, &own)
                        : is_project(entry, a.project) == PL_YES;
        n += same;
    }
    return n;
}

static const char *entry_of(const struct pl_value *item)
{
    static const char *const members[] = {"projectIdOrNum", "networkUrl", "endpointUrl"};
    const char *entry = NULL;
    for (size_t i = 0; !entry && i < PL_LEN(members); i++)
        entry = pl_value_member_text(item, members[i]);
    return entry;
}

/* The list of those that are let in, each up to a limit. */
static void ask_accept_list(struct pl_trace *t, struct pl_view *view,
                            const struct pl_resource *rule, struct driver *d)
{
    const struct pl_value *list = NULL;
    if (pl_view_read(view, d->resource, d->path, &list) == PL_NOT_KNOWN)
        return;
    d->lets_in = PL_NO;
    d->why = pl_arena_printf(t->arena, "does not list project %s", rule->address.project);
    for (size_t i = 0; i < pl_value_count(list) && d->lets_in != PL_YES; i++) {
        const char *entry = entry_of(pl_value_item(list, i));
        enum pl_tri meant = entry ? is_meant(t, rule, entry) : PL_NO;
        int64_t limit = 0;
        if (entry && strstr(entry, "/networks/"))
            d->why = pl_arena_printf(t->arena, "does not list the network of %s",
                                     pl_trace_name(t, &rule->address));
        d->lets_in = meant == PL_NO ? d->lets_in : meant;
        if (meant == PL_YES &&
            pl_value_as_int(pl_value_member(pl_value_item(list, i), "connectionLimit"), &limit) &&
            served_beside(t, view, d->resource, rule, entry) >= limit) {
            d->lets_in = PL_NO;
            d->why = pl_arena_printf(
                t->arena, "serves as many connections of %s as its limit of %" PRId64 " allows",
                pl_link_canonical(t->arena, entry), limit);
            return;
        }
    }
}

/* Who is on both lists is rejected (https://cloud.google.com/vpc/docs/configure-private-service-connect-producer). */
static void ask_attachment(struct pl_trace *t, struct pl_view *view, const struct pl_resource *rule,
                           struct driver *d)
{
    const struct pl_value *rejected = NULL;
    const char *preference = pl_view_text(view, d->resource, "connectionPreference", NULL);
    d->path = "consumerAcceptLists";
    if (preference && strcmp(preference, "ACCEPT_AUTOMATIC") == 0) {
        d->lets_in = PL_YES;
        return;
    }
    ask_accept_list(t, view, rule, d);
    (void)pl_view_read(view, d->resource, "consumerRejectLists", &rejected);
    for (size_t i = 0; i < pl_value_count(rejected); i++) {
        const char *entry = pl_value_text(pl_value_item(rejected, i));
        if (entry && is_meant(t, rule, entry) == PL_YES) {
            d->lets_in = PL_NO;
            d->path = "consumerRejectLists";
            d->why = pl_arena_printf(t->arena, "rejects %s", pl_link_canonical(t->arena, entry));
            return;
        }
    }
}

static struct driver driver_of(struct pl_trace *t, struct pl_view *view,
                               const struct pl_resource *rule)
{
    struct driver d = {.lets_in = PL_MAYBE, .reconciles = true};
    struct pl_address a;
    const struct pl_value *list = NULL, *v = NULL;
    const char *attachment = pl_front_attachment(t, rule);
    if (t->target.what == PL_TO_SQL && t->target.resource && pl_front_leads(t, rule) == PL_YES) {
        d.resource = t->target.resource;
        d.path = "settings.ipConfiguration.pscConfig.allowedConsumerProjects";
        d.why = pl_arena_printf(t->arena, "does not list project %s", rule->address.project);
        if (pl_view_read(view, d.resource, d.path, &list) != PL_NOT_KNOWN)
            d.lets_in = is_listed(list, rule->address.project);
    } else if (attachment &&
               pl_link_parse(t->arena, pl_kind_find("compute.serviceAttachment"), attachment,
                             &rule->address, &a) &&
               pl_view_find(view, &a, &d.resource) == PL_PRESENT) {
        d.reconciles =
            pl_view_read_default(view, d.resource, "reconcileConnections", &v) == PL_PRESENT &&
            pl_value_true(v);
        ask_attachment(t, view, rule, &d);
    }
    return d;
}

/* X1, X2: the status is an effect of the producer's list, believed only as long as that is unchanged. */
bool pl_psc_told_not_accepted(struct pl_trace *t, const struct pl_resource *rule)
{
    enum pl_known known;
    const char *status = pl_trace_text(t, rule, "pscConnectionStatus", &known);
    const char *name = pl_trace_name(t, &rule->address);
    if (status && strcmp(status, "ACCEPTED") == 0)
        return false;
    struct driver now = driver_of(t, t->view, rule), before = driver_of(t, t->base, rule);
    if (!status && !pl_trace_was_there(t, &rule->address)) { /* made again, it asks anew */
        if (now.lets_in == PL_YES)
            return false;
        status = now.lets_in == PL_NO ? "PENDING" : NULL;
    }
    if (!status) {
        pl_trace_unknown(t, hop, "PSC_CONNECTION_NOT_ACCEPTED",
                         "whether the producer accepts %s was not read", name);
        return true;
    }
    bool pending = strcmp(status, "PENDING") == 0;
    if (now.lets_in == PL_YES && before.lets_in != PL_YES && (pending || now.reconciles))
        return false;
    bool by_list = now.resource && now.lets_in == PL_NO;
    pl_trace_block(t, hop, "PSC_CONNECTION_NOT_ACCEPTED",
                   by_list ? &now.resource->address : &rule->address,
                   by_list ? now.path : "pscConnectionStatus", "%s is %s: its producer %s", name,
                   status, by_list ? now.why : "does not let it in");
    pl_trace_evidence(t, rule, "pscConnectionStatus");
    if (now.resource)
        pl_trace_evidence(t, now.resource, now.path);
    return true;
}

bool pl_psc_told_no_nat_subnet(struct pl_trace *t, const struct pl_resource *rule)
{
    struct pl_address a;
    const struct pl_resource *attachment = NULL;
    enum pl_known known;
    if (!pl_front_attachment(t, rule) ||
        !pl_link_parse(t->arena, pl_kind_find("compute.serviceAttachment"),
                       pl_front_attachment(t, rule), &rule->address, &a) ||
        pl_view_find(t->view, &a, &attachment) != PL_PRESENT)
        return false;
    const struct pl_value *list = pl_trace_list(t, attachment, "natSubnets", &known);
    if (known == PL_NOT_KNOWN || pl_value_count(list) > 0)
        return false;
    pl_trace_block(t, hop, "NO_NAT_SUBNETS_FOR_PSC_SERVICE_ATTACHMENT", &a, "natSubnets",
                   "%s has no subnetwork for NAT: no packet of an endpoint can reach the service",
                   pl_trace_name(t, &a));
    return true;
}
