/* source.c - where a connection's packets come from: the workload, how it is attached to a network, its addresses and tags.
 *
 * Cloud Run services and jobs, and machines; `here` and other kinds are told as what they are. Rules E1, E3, E4, E7, E8 of Cloud Run egress
 * (https://cloud.google.com/run/docs/configuring/connecting-vpc). Adds one hop: whether a job or a machine can send at all.
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

/* A zone is a region's name and a letter (https://cloud.google.com/compute/docs/regions-zones#identifying_a_region_or_zone). */
static const char *region_of(struct pl_trace *t, const struct pl_address *machine)
{
    const char *dash = machine->location ? strrchr(machine->location, '-') : NULL;
    bool zone = dash && dash[1] && !dash[2] && strchr(machine->location, '-') != dash;
    return zone ? pl_arena_strndup(t->arena, machine->location, (size_t)(dash - machine->location))
                : machine->location;
}

/* A machine sends through its first interface, as its guest's default route has it, and takes part in the VPC with its own tags and account
 * (https://cloud.google.com/vpc/docs/multiple-interfaces-concepts, https://cloud.google.com/firewall/docs/firewalls). */
static void find_machine(struct pl_trace *t)
{
    struct pl_source *s = &t->source;
    struct pl_address near = s->resource->address;
    enum pl_known known, tags_known;
    const struct pl_value *nics = pl_trace_list(t, s->resource, "networkInterfaces", &known);
    const struct pl_value *nic = pl_value_item(nics, 0);
    const struct pl_value *tags = pl_trace_list(t, s->resource, "tags.items", &tags_known);
    const struct pl_value *accounts = pl_trace_list(t, s->resource, "serviceAccounts", NULL);
    const struct pl_value *outside = pl_value_item(pl_value_member(nic, "accessConfigs"), 0);
    near.location = s->region;
    s->all_traffic = PL_YES;
    s->attach = nic ? PL_ATTACH_NIC : PL_ATTACH_UNKNOWN;
    if (!nic)
        return;
    for (size_t i = 0; i < pl_value_count(tags); i++)
        if (pl_value_text(pl_value_item(tags, i)))
            add_tag(s, pl_value_text(pl_value_item(tags, i)));
    find_network(t, &near, pl_value_member_text(nic, "network"),
                 pl_value_member_text(nic, "subnetwork"));
    take_range(t, pl_value_member_text(nic, "networkIP"));
    s->external_ip = pl_value_member_text(outside, "natIP");
    if (outside && !s->external_ip) /* an ephemeral one that is not given while it is stopped */
        s->external_ip = "which was not read";
    s->service_account = pl_value_member_text(pl_value_item(accounts, 0), "email");
    if (pl_value_count(nics) > 1)
        pl_trace_not_modelled(t, "the further interfaces of %s",
                              pl_trace_name(t, &s->resource->address));
    pl_trace_not_modelled(t, "what runs on a machine, and by what it finds its targets");
}

bool pl_source_sends(const struct pl_trace *t)
{
    return t->source.known == PL_PRESENT &&
           (t->source.what == PL_FROM_RUN || t->source.what == PL_FROM_VM);
}

bool pl_source_enters_vpc(const struct pl_trace *t)
{
    return pl_source_sends(t) && t->flow.in_vpc == PL_YES;
}

const char *pl_packet_account(const struct pl_source *s)
{
    return s->attach == PL_ATTACH_DIRECT || s->attach == PL_ATTACH_NIC ? s->service_account : NULL;
}

/* ---- can it send at all? ---- */

static bool is_job(const struct pl_resource *r)
{
    return strcmp(r->address.kind->name, "run.job") == 0;
}

static void tell_machine(struct pl_trace *t)
{
    const struct pl_resource *r = t->source.resource;
    const char *name = pl_trace_name(t, &r->address);
    const char *status = pl_trace_state(t, r, "status", NULL);
    if (status && strcmp(status, "RUNNING") != 0)
        pl_trace_block(t, "source", "INSTANCE_NOT_RUNNING", &r->address, "status", "%s is %s", name,
                       status);
    else if (!status)
        pl_trace_unknown(t, "source", "INSTANCE_NOT_RUNNING", "the state of %s was not read", name);
    else
        pl_trace_pass(t, "source", "%s is RUNNING", name);
    pl_trace_evidence(t, r, "status");
}

/* Is what is to run the same in this view as in the unchanged world? Else the state that was seen is not this one's. */
static bool same_template(struct pl_trace *t)
{
    const struct pl_resource *before = NULL;
    const struct pl_value *was = NULL, *is = NULL;
    if (pl_view_find(t->base, &t->source.resource->address, &before) != PL_PRESENT)
        return false;
    (void)pl_view_read(t->view, t->source.resource, "template", &is);
    (void)pl_view_read(t->base, before, "template", &was);
    return was == is || (was && is && pl_value_equal(was, is));
}

static void tell_job(struct pl_trace *t)
{
    const struct pl_resource *r = t->source.resource;
    const char *name = pl_trace_name(t, &r->address);
    const char *state = pl_trace_text(t, r, "terminalCondition.state", NULL);
    const char *reason = pl_trace_text(t, r, "terminalCondition.reason", NULL);
    if (!state || strcmp(state, "CONDITION_FAILED") != 0)
        pl_trace_pass(t, "source", "%s is there", name);
    else if (!same_template(t))
        pl_trace_unknown(t, "source", "CLOUD_RUN_JOB_NOT_READY",
                         "whether another template of %s gets ready is not known", name);
    else
        pl_trace_block(t, "source", "CLOUD_RUN_JOB_NOT_READY", &r->address,
                       "terminalCondition.state", "%s is not ready%s%s: no task of it runs", name,
                       reason ? ": " : "", reason ? reason : "");
    if (state)
        pl_trace_evidence(t, r, "terminalCondition.state");
}

bool pl_source_told(struct pl_trace *t)
{
    const struct pl_source *s = &t->source;
    if (s->what == PL_FROM_VM)
        tell_machine(t);
    else if (s->what == PL_FROM_RUN && is_job(s->resource))
        tell_job(t);
    else
        return false;
    return true;
}

/* A job runs as many tasks at a time as `parallelism` says, 0 being as many as it may, and never more than it has
 * (https://cloud.google.com/run/docs/reference/rest/v2/ExecutionTemplate). */
int64_t pl_source_instances(struct pl_trace *t, const char **path)
{
    const struct pl_resource *r = t->source.resource;
    int64_t tasks, at_a_time;
    *path = "template.scaling.maxInstanceCount";
    if (t->source.what == PL_FROM_VM)
        return 1;
    if (!is_job(r))
        return pl_trace_count(t, r, *path, 100); /* C11 */
    tasks = pl_trace_count(t, r, "template.taskCount", 1);
    at_a_time = pl_trace_count(t, r, "template.parallelism", tasks);
    *path = at_a_time < tasks ? "template.parallelism" : "template.taskCount";
    return at_a_time < tasks ? at_a_time : tasks;
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
    const char *from_kind = from->address.kind->name;
    s->what = strcmp(from_kind, "run.service") == 0 || strcmp(from_kind, "run.job") == 0
                  ? PL_FROM_RUN
              : strcmp(from_kind, "compute.instance") == 0 ? PL_FROM_VM
                                                           : PL_FROM_OTHER;
    s->region = region_of(t, &from->address);
    s->known = pl_view_find(t->view, &from->address, &s->resource);
    if (!pl_source_sends(t)) {
        s->attach = PL_ATTACH_UNKNOWN;
        s->all_traffic = PL_MAYBE;
        return;
    }
    if (s->what == PL_FROM_VM) {
        find_machine(t);
        return;
    }
    find_attachment(t);
    s->service_account = pl_runtime_account(t, s->resource);
}
