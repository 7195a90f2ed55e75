/* kinds.c - what the path model reads of a world, by kind: what must be observed for paths to be judged.
 */
#include "plumbline/reach.h"

const char *const pl_reach_kinds[] = {
    "compute.firewall",
    "compute.network",
    "compute.route",
    "compute.router",
    "compute.subnetwork",
    "project.iamPolicy",
    "project.service",
    "redis.instance",
    "run.service",
    "servicenetworking.connection",
    "sql.instance",
    "vpcaccess.connector",
    NULL,
};
