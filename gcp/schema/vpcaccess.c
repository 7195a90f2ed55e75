/* Made by gcp/schema/generate.c (make schema) from Google's document of vpcaccess v1, revision 20260322. Not to be edited. */
#include "schema/schemas.h"

#include <stddef.h>

static const struct pl_schema m_Subnet;

static const char *const e_Connector_state[] = {
    "STATE_UNSPECIFIED",
    "READY",
    "CREATING",
    "DELETING",
    "ERROR",
    "UPDATING",
    NULL,
};

static const struct pl_schema_field f_Connector[] = {
    {"connectedProjects", PL_T_STRING, PL_MANY, NULL, NULL},
    {"ipCidrRange", PL_T_STRING, PL_ONE, NULL, NULL},
    {"machineType", PL_T_STRING, PL_ONE, NULL, NULL},
    {"maxInstances", PL_T_INT, PL_ONE, NULL, NULL},
    {"maxThroughput", PL_T_INT, PL_ONE, NULL, NULL},
    {"minInstances", PL_T_INT, PL_ONE, NULL, NULL},
    {"minThroughput", PL_T_INT, PL_ONE, NULL, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"network", PL_T_STRING, PL_ONE, NULL, NULL},
    {"state", PL_T_ENUM, PL_ONE, NULL, e_Connector_state},
    {"subnet", PL_T_MESSAGE, PL_ONE, &m_Subnet, NULL},
};
const struct pl_schema pl_schema_vpcaccess_Connector = {"Connector", f_Connector, 11};

static const struct pl_schema_field f_Subnet[] = {
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"projectId", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_Subnet = {"Subnet", f_Subnet, 2};
