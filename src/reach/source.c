/* source.c - where a connection's packets come from: the workload, how it is attached to a network, its addresses and tags.
 *
 * Cloud Run only; `here` and other kinds are told as what they are. Rules E1, E3, E4, E7, E8 of Cloud Run egress
 * (https://cloud.google.com/run/docs/configuring/connecting-vpc). Adds no hops.
 */
#include <string.h>

#include "reach_priv.h"

static void add_tag(struct pl_source *s, const char *tag)
{
    if (s->n_tags < PL_LEN(s->tags))
        s->tags[s->n_tags++] = tag;
}

static const struct pl_kind *kind(const char *name)
{
    return pl_kind_find(name);
}

/* Finds the network resource and, by link or name, the subnetwork with the packets' range. Short names are those of where `near` lives. */
static void find_network(struct pl_trace *t, const struct pl_address *near,
                         const char *network_link, const char *subnet_link)
{
    struct pl_source *s = &t->source;
    struct pl_address subnet;
    bool subnet_named =
        subnet_link && *subnet_link &&
        pl_link_parse(t->arena, kind("compute.subnetwork"), subnet_link, near, &subnet);
    if (subnet_named) {
        if (!subnet.location)
            subnet.location = near->location;
        if (pl_view_find(t->view, &subnet, &s->subnet) != PL_PRESENT)
            s->subnet = NULL;
    }
    if ((!network_link || !*network_link) && s->subnet)
        network_link = pl_trace_text(t, s->subnet, "network", NULL);
    if (!network_link || !*network_link)
        return;
    if (!pl_link_parse(t->arena, kind("compute.network"), network_link, near, &s->network_address))
        return;
    s->network_known = true;
    if (pl_view_find(t->view, &s->network_address, &s->network) != PL_PRESENT)
        s->network = NULL;
    /* E3: a missing subnetwork means the one with the network's name. */
    if (!subnet_named && s->attach == PL_ATTACH_DIRECT &&
        pl_link_parse(t->arena, kind("compute.subnetwork"), s->network_address.names[0],
                      &s->network_address, &subnet)) {
        subnet.location = near->location;
        if (pl_view_find(t->view, &subnet, &s->subnet) != PL_PRESENT)
            s->subnet = NULL;
    }
}

static void take_range(struct pl_trace *t, const char *text)
{
    if (text && pl_prefix_parse(text, &t->source.range))
        t->source.range_known = true;
}

static void find_connector(struct pl_trace *t, const char *link)
{
    struct pl_source *s = &t->source;
    s->attach = PL_ATTACH_CONNECTOR;
    if (!pl_link_parse(t->arena, kind("vpcaccess.connector"), link, &s->resource->address,
                       &s->connector_address)) {
        s->connector_known = PL_NOT_KNOWN;
        return;
    }
    /* E7: packets of a connector carry the universal tag and its own. */
    add_tag(s, "vpc-connector");
    add_tag(s, pl_arena_printf(t->arena, "vpc-connector-%s-%s", s->connector_address.location,
                               s->connector_address.names[0]));
    s->connector_known = pl_view_find(t->view, &s->connector_address, &s->connector);
    if (s->connector_known == PL_ABSENT && !pl_trace_absence_counts(t, &s->connector_address))
        s->connector_known = PL_NOT_KNOWN;
    if (s->connector_known != PL_PRESENT)
        return;
    const char *subnet = pl_trace_text(t, s->connector, "subnet.name", NULL);
    const char *subnet_project =
        subnet ? pl_trace_text(t, s->connector, "subnet.projectId", NULL) : NULL;
    /* Names in a connector are of its own project, which Shared VPC makes another one than the service's; a subnetwork may say its own
     * (https://cloud.google.com/vpc/docs/reference/vpcaccess/rest/v1/projects.locations.connectors). */
    struct pl_address near = s->connector_address;
    if (subnet && subnet_project && *subnet_project)
        near.project = subnet_project;
    find_network(t, &near, pl_trace_text(t, s->connector, "network", NULL), subnet);
    if (s->subnet)
        take_range(t, pl_trace_text(t, s->subnet, "ipCidrRange", NULL));
    else
        take_range(t, pl_trace_text(t, s->connector, "ipCidrRange", NULL));
}

static void find_direct(struct pl_trace *t, const struct pl_value *interface)
{
    struct pl_source *s = &t->source;
    s->attach = PL_ATTACH_DIRECT;
    const struct pl_value *tags = pl_value_member(interface, "tags");
    for (size_t i = 0; i < pl_value_count(tags); i++)
        if (pl_value_text(pl_value_item(tags, i)))
            add_tag(s, pl_value_text(pl_value_item(tags, i)));
    find_network(t, &s->resource->address, pl_value_member_text(interface, "network"),
                 pl_value_member_text(interface, "subnetwork"));
    if (s->subnet) /* E8: any address of the subnet, it changes by itself */
        take_range(t, pl_trace_text(t, s->subnet, "ipCidrRange", NULL));
}

static void find_attachment(struct pl_trace *t)
{
    struct pl_source *s = &t->source;
    enum pl_known known_connector, known_interfaces;
    const char *connector =
        pl_trace_text(t, s->resource, "template.vpcAccess.connector", &known_connector);
    const struct pl_value *interfaces =
        pl_trace_list(t, s->resource, "template.vpcAccess.networkInterfaces", &known_interfaces);
    if (connector && *connector)
        find_connector(t, connector);
    else if (pl_value_count(interfaces) > 0 && known_connector != PL_NOT_KNOWN)
        find_direct(t, pl_value_item(interfaces, 0));
    else if (known_connector == PL_NOT_KNOWN || known_interfaces == PL_NOT_KNOWN)
        s->attach = PL_ATTACH_UNKNOWN;
    else
        s->attach = PL_ATTACH_NONE;

    enum pl_known known;
    const char *egress = pl_trace_text(t, s->resource, "template.vpcAccess.egress", &known);
    /* E1: unset is PRIVATE_RANGES_ONLY. */
    s->all_traffic = known == PL_NOT_KNOWN                      ? PL_MAYBE
                     : egress && !strcmp(egress, "ALL_TRAFFIC") ? PL_YES
                                                                : PL_NO;
}

void pl_source_find(struct pl_trace *t)
{
    struct pl_source *s = &t->source;
    const struct pl_end *from = &t->connection->from;
    s->known = PL_NOT_KNOWN;
    if (from->what != PL_END_RESOURCE) {
        s->what = PL_FROM_HERE;
        s->attach = PL_ATTACH_UNKNOWN;
        s->all_traffic = PL_MAYBE;
        return;
    }
    s->what = strcmp(from->address.kind->name, "run.service") == 0 ? PL_FROM_RUN : PL_FROM_OTHER;
    s->known = pl_view_find(t->view, &from->address, &s->resource);
    if (s->known != PL_PRESENT || s->what != PL_FROM_RUN) {
        s->attach = PL_ATTACH_UNKNOWN;
        s->all_traffic = PL_MAYBE;
        return;
    }
    find_attachment(t);
    s->service_account = pl_runtime_account(t, s->resource);
}
