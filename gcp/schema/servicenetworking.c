/* Made by gcp/schema/generate.c (make schema) from Google's document of servicenetworking v1, revision 20260406. Not to be edited. */
#include "schema/schemas.h"

#include <stddef.h>


static const struct pl_schema_field f_Connection[] = {
    {"network", PL_T_STRING, PL_ONE, NULL, NULL},
    {"peering", PL_T_STRING, PL_ONE, NULL, NULL},
    {"reservedPeeringRanges", PL_T_STRING, PL_MANY, NULL, NULL},
    {"service", PL_T_STRING, PL_ONE, NULL, NULL},
};
const struct pl_schema pl_schema_servicenetworking_Connection = {"Connection", f_Connection, 4};
