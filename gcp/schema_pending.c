/* schema_pending.c - empty schemas until the generated tables of gcp/schema are there; then this file goes. */
#include "gcp_kinds.h"

#if __has_include("schema/schemas.h")
extern const int pl_schema_pending_unused;
const int pl_schema_pending_unused = 0;
#else
const struct pl_schema pl_schema_sqladmin_DatabaseInstance = {.name = "DatabaseInstance"};
const struct pl_schema pl_schema_run_Service = {.name = "Service"};
const struct pl_schema pl_schema_redis_Instance = {.name = "Instance"};
const struct pl_schema pl_schema_compute_Network = {.name = "Network"};
const struct pl_schema pl_schema_compute_Subnetwork = {.name = "Subnetwork"};
const struct pl_schema pl_schema_compute_Firewall = {.name = "Firewall"};
const struct pl_schema pl_schema_compute_Route = {.name = "Route"};
const struct pl_schema pl_schema_compute_Router = {.name = "Router"};
const struct pl_schema pl_schema_vpcaccess_Connector = {.name = "Connector"};
const struct pl_schema pl_schema_servicenetworking_Connection = {.name = "Connection"};
const struct pl_schema pl_schema_serviceusage_Service = {.name = "Service"};
#endif
