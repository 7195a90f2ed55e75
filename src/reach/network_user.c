/* network_user.c - a workload with Direct VPC in another project's network: Cloud Run's own agent must be allowed to use that subnetwork.
 *
 * https://cloud.google.com/run/docs/configuring/shared-vpc-direct-vpc. The workload's own account has no part in it. Without the permission no revision
 * is made; what runs goes on.
 */
#include <string.h>

#include "reach_priv.h"

/* The subnetwork of the workload's interface, or where it is not named its network; false where it has none or it is of its own project. */
static bool foreign_network(struct pl_trace *t, const struct pl_resource *workload,
                            struct pl_address *network, const struct pl_resource **subnet)
{
    const struct pl_value *list =
        pl_trace_list(t, workload, "template.vpcAccess.networkInterfaces", NULL);
    const struct pl_value *interface = pl_value_item(list, 0);
    const char *link = pl_value_member_text(interface, "subnetwork");
    struct pl_address a;
    *subnet = NULL;
    if (link &&
        pl_link_parse(t->arena, pl_kind_find("compute.subnetwork"), link, &workload->address, &a)) {
        a.location = a.location ? a.location : workload->address.location;
        if (pl_view_find(t->view, &a, subnet) != PL_PRESENT)
            *subnet = NULL;
        *network = a;
    } else {
        link = pl_value_member_text(interface, "network");
        if (!link || !pl_link_parse(t->arena, pl_kind_find("compute.network"), link,
                                    &workload->address, network))
            return false;
    }
    return strcmp(network->project, workload->address.project) != 0;
}

struct ruling {
    enum pl_tri allowed;
    const char *why;
    struct pl_address where;
    bool foreign;
};

static struct ruling ruling_of(struct pl_trace *t, const struct pl_resource *workload)
{
    struct ruling r = {.allowed = PL_YES};
    struct pl_address network;
    const struct pl_resource *subnet;
    if (!foreign_network(t, workload, &network, &subnet))
        return r;
    r.foreign = true;
    r.where = network;
    const char *number = pl_project_number(t, workload->address.project);
    if (!number) {
        r.allowed = PL_MAYBE;
        r.why = "the number of the workload's project was not read";
        return r;
    }
    r.allowed = pl_iam_allows(
        t, subnet, network.project,
        pl_arena_printf(t->arena, "service-%s@serverless-robot-prod.iam.gserviceaccount.com",
                        number),
        false, "compute.subnetworks.use", &r.why, &r.where);
    return r;
}

static const char refused[] = "VPC_NETWORK_NOT_FOUND";

enum pl_tri pl_network_user_drives(struct pl_trace *t, const struct pl_resource *workload)
{
    struct pl_trace unchanged;
    const struct pl_resource *before = pl_never_ready_before(t, workload, refused, &unchanged);
    if (!before)
        return PL_NO;
    enum pl_tri allowed = ruling_of(&unchanged, before).allowed;
    return allowed == PL_NO ? PL_YES : allowed == PL_MAYBE ? PL_MAYBE : PL_NO;
}

void pl_hop_network_user(struct pl_trace *t)
{
    /* as with secrets: one that does not start calls nobody */
    bool called = t->target.what == PL_TO_RUN;
    const struct pl_resource *workload = called                          ? t->target.resource
                                         : t->source.what == PL_FROM_RUN ? t->source.resource
                                                                         : NULL;
    if (!workload)
        return;
    struct ruling r = ruling_of(t, workload);
    if (!r.foreign)
        return;
    bool failed =
        pl_network_user_drives(t, workload) == PL_YES || pl_never_ready(t, workload, refused);
    if (r.allowed == PL_YES)
        pl_trace_pass(t, "network-user", "%s", r.why);
    else if (r.allowed == PL_MAYBE && failed)
        pl_trace_unknown(t, "network-user", "SHARED_VPC_NETWORK_USER_MISSING",
                         "whether Cloud Run may use %s is not known: %s",
                         pl_trace_name(t, &r.where), r.why);
    else if (failed)
        pl_trace_block(t, "network-user", "SHARED_VPC_NETWORK_USER_MISSING", &r.where,
                       "iamPolicy.bindings[role=roles/compute.networkUser].members",
                       "%s: no revision of %s is made", r.why,
                       pl_trace_name(t, &workload->address));
    else if (r.allowed == PL_NO)
        pl_trace_risk(t, "network-user", "SHARED_VPC_NETWORK_USER_MISSING",
                      "%s: what runs goes on, the next revision of %s is not made", r.why,
                      pl_trace_name(t, &workload->address));
    if (r.allowed == PL_NO)
        pl_trace_field(t, &r.where, "iamPolicy.bindings[role=roles/compute.networkUser].members");
}
