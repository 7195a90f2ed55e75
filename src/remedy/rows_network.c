/* rows_network.c - networks and what lies in them: peerings, subnets, routers and NAT, addresses, connectors, private services access,
 * virtual machines. Data only. Firewalls and routes: rows_firewall.c.
 */
#include "remedy_priv.h"

#define SOON "takes effect within a minute, for all traffic of the network"
#define PEERING                                                                                    \
    "gcloud compute networks peerings update {key} --network={name} --project={project} "
#define NAT                                                                                        \
    "gcloud compute routers nats update {key} --router={name} --region={location} "                \
    "--project={project} "
#define BGP                                                                                        \
    "gcloud compute routers update-bgp-peer {name} --peer-name={key} --region={location} "         \
    "--project={project} "
/* A rule of a policy of a folder or the organisation, seen from a network: https://cloud.google.com/sdk/gcloud/reference/compute/firewall-policies/rules/update */
#define ABOVE_RULE "effectiveFirewalls.firewallPolicys[].rules[]"
#define ABOVE                                                                                      \
    "gcloud compute firewall-policies rules update {key} --firewall-policy={hierarchical} "
#define ABOVE_RISK                                                                                 \
    "a rule of a policy of the organisation or a folder: it holds for all their networks, and "    \
    "its "                                                                                         \
    "owners have to agree"
#define ABOVE_OWNERS                                                                               \
    "this is what policies above the network say: their owners change it (`gcloud compute "        \
    "firewall-policies rules update`)"
#define NAT_OF    "--router={name} --region={location} --project={project}"
#define NAT_PORTS "connections of machines whose ports change may be cut"
#define FIXED_NET                                                                                  \
    "it cannot be changed: make another one beside it, move what uses it, then delete this one"

static const struct pl_remedy_row network[] = {
    {.path = "peerings[].importCustomRoutes",
     .set = PEERING "--{|?import-custom-routes/no-import-custom-routes}",
     .unset = PEERING "--no-import-custom-routes",
     .terraform = "(google_compute_network_peering_routes_config).import_custom_routes",
     .risk = SOON "; routes of the other network appear or go"},
    {.path = "peerings[].exportCustomRoutes",
     .set = PEERING "--{|?export-custom-routes/no-export-custom-routes}",
     .unset = PEERING "--no-export-custom-routes",
     .terraform = "(google_compute_network_peering_routes_config).export_custom_routes",
     .risk = SOON "; the other network gains or loses the way back"},
    {.path = "peerings[].importSubnetRoutesWithPublicIp",
     .set =
         PEERING "--{|?import-subnet-routes-with-public-ip/no-import-subnet-routes-with-public-ip}",
     .unset = PEERING "--no-import-subnet-routes-with-public-ip",
     .terraform = "(google_compute_network_peering).import_subnet_routes_with_public_ip",
     .risk = SOON},
    {.path = "peerings[].exportSubnetRoutesWithPublicIp",
     .set =
         PEERING "--{|?export-subnet-routes-with-public-ip/no-export-subnet-routes-with-public-ip}",
     .unset = PEERING "--no-export-subnet-routes-with-public-ip",
     .terraform = "(google_compute_network_peering).export_subnet_routes_with_public_ip",
     .risk = SOON},
    {.path = "peerings[]",
     .set = "gcloud compute networks peerings create {key} --network={name} --project={project} "
            "--peer-network={^network|last} --peer-project={^network|project}"
            "[ --{^importCustomRoutes|?import-custom-routes/no-import-custom-routes}]"
            "[ --{^exportCustomRoutes|?export-custom-routes/no-export-custom-routes}]",
     .unset = "gcloud compute networks peerings delete {key} --network={name} --project={project}",
     .shows = "peerings[].name",
     .says = "{key}, among others",
     .terraform = "(google_compute_network_peering)",
     .risk = SOON "; a peering works once both networks have it",
     .instead = "that of private services access is made with `gcloud services vpc-peerings "
                "connect`; another one with `gcloud compute networks peerings create`, which needs "
                "the other network"},
    {.path = "routingConfig.routingMode",
     .set = "--bgp-routing-mode={|=GLOBAL:global,REGIONAL:regional}",
     .terraform = "routing_mode",
     .risk = SOON "; routes learned by BGP appear in, or go from, other regions"},
    {.path = "networkFirewallPolicyEnforcementOrder",
     .set = "--network-firewall-policy-enforcement-order={|}",
     .unset = "--network-firewall-policy-enforcement-order=AFTER_CLASSIC_FIREWALL",
     .risk = SOON "; other rules decide from then on"},
    {.path = "mtu",
     .set = "--mtu={|}",
     .risk = "machines keep their old size until they are stopped and started"},
    {.path = "firewallPolicy",
     .terraform = "(google_compute_network_firewall_policy_association)",
     .risk = "another policy decides from then on",
     .instead = "a policy is attached with `gcloud compute network-firewall-policies associations "
                "create`, and detached with its `delete`"},
    {.path = "autoCreateSubnetworks",
     .risk = "cannot be undone",
     .instead =
         "an auto mode network becomes a custom mode one with `gcloud compute networks update "
         "--switch-to-custom-subnet-mode`, and never the other way"},
    {.path = ABOVE_RULE ".action",
     .set = ABOVE "--action={|}",
     .shows = "",
     .terraform = "(google_compute_firewall_policy_rule).action",
     .risk = ABOVE_RISK,
     .instead = ABOVE_OWNERS},
    {.path = ABOVE_RULE ".disabled",
     .set = ABOVE "--{|?disabled/no-disabled}",
     .unset = ABOVE "--no-disabled",
     .shows = "",
     .terraform = "(google_compute_firewall_policy_rule).disabled",
     .risk = ABOVE_RISK,
     .instead = ABOVE_OWNERS},
    {.path = ABOVE_RULE ".direction",
     .set = ABOVE "--direction={|}",
     .shows = "",
     .terraform = "(google_compute_firewall_policy_rule).direction",
     .risk = ABOVE_RISK,
     .instead = ABOVE_OWNERS},
    {.path = ABOVE_RULE ".match.srcIpRanges...",
     .set = ABOVE "--src-ip-ranges={|list}",
     .shows = "",
     .terraform = "(google_compute_firewall_policy_rule).match.src_ip_ranges",
     .risk = "replaces the whole list; " ABOVE_RISK,
     .instead = ABOVE_OWNERS},
    {.path = ABOVE_RULE ".match.destIpRanges...",
     .set = ABOVE "--dest-ip-ranges={|list}",
     .shows = "",
     .terraform = "(google_compute_firewall_policy_rule).match.dest_ip_ranges",
     .risk = "replaces the whole list; " ABOVE_RISK,
     .instead = ABOVE_OWNERS},
    {.path = ABOVE_RULE ".match.layer4Configs...",
     .set = ABOVE "--layer4-configs={|layer4}",
     .shows = "",
     .terraform = "(google_compute_firewall_policy_rule).match.layer4_configs",
     .risk = "replaces the whole list; " ABOVE_RISK,
     .instead = ABOVE_OWNERS},
    {.path = ABOVE_RULE ".targetResources...",
     .set = ABOVE "--target-resources={|list}",
     .shows = "",
     .terraform = "(google_compute_firewall_policy_rule).target_resources",
     .risk = "replaces the whole list; " ABOVE_RISK,
     .instead = ABOVE_OWNERS},
    {.path = ABOVE_RULE ".targetServiceAccounts...",
     .set = ABOVE "--target-service-accounts={|list}",
     .shows = "",
     .terraform = "(google_compute_firewall_policy_rule).target_service_accounts",
     .risk = "replaces the whole list; " ABOVE_RISK,
     .instead = ABOVE_OWNERS},
    {.path = ABOVE_RULE,
     .set = "gcloud compute firewall-policies rules create {key} --firewall-policy={hierarchical} "
            "--action={^action|} --direction={^direction|} "
            "--layer4-configs={^match.layer4Configs|layer4}"
            "[ --src-ip-ranges={^match.srcIpRanges|list}]"
            "[ --dest-ip-ranges={^match.destIpRanges|list}]"
            "[ --target-resources={^targetResources|list}]"
            "[ --target-service-accounts={^targetServiceAccounts|list}]"
            "[ --{^disabled|?disabled/no-disabled}]",
     .unset =
         "gcloud compute firewall-policies rules delete {key} --firewall-policy={hierarchical}",
     .shows = "",
     .terraform = "(google_compute_firewall_policy_rule)",
     .risk = ABOVE_RISK,
     .instead = ABOVE_OWNERS},
    {.path = "effectiveFirewalls...",
     .shows = "",
     .look = "gcloud compute networks get-effective-firewalls {name} --project={project}",
     .terraform = "",
     .risk = "a rule of a policy of the organisation or a folder: it holds for all their networks",
     .instead = ABOVE_OWNERS},
    {.path = "regionalFirewalls...",
     .shows = "",
     .look = "gcloud compute network-firewall-policies get-effective-firewalls --network={name} "
             "--region={region} --project={project}",
     .terraform = "",
     .risk = "a rule of a policy of Google's own in that region",
     .instead = "this is what Google's own policies of a region say: nobody else can change it"},
    {.path = "peeringRoutes...",
     .shows = "",
     .terraform = "",
     .risk = "",
     .instead = "these routes come from the other side of the peering: what it exports decides"},
};

static const struct pl_remedy_row subnetwork[] = {
    {.path = "privateIpGoogleAccess",
     .set = "--{|?enable-private-ip-google-access/no-enable-private-ip-google-access}",
     .unset = "--no-enable-private-ip-google-access",
     .risk =
         "takes effect at once: machines without an external address gain or lose Google's APIs"},
    {.path = "ipCidrRange",
     .risk = "a range only grows, and does not shrink again; it must not meet another one",
     .instead = "a range that only grows, around the old one, is set with `gcloud compute networks "
                "subnets expand-ip-range --prefix-length`; any other needs another subnet"},
    {.path = "stackType",
     .set = "--stack-type={|}",
     .risk = "machines keep their addresses until they are changed"},
    {.path = "secondaryIpRanges[]",
     .set = "--add-secondary-ranges={|secondary}",
     .unset = "--remove-secondary-ranges={keys}",
     .shows = "secondaryIpRanges",
     .says = "{key}, among others",
     .terraform = "secondary_ip_range",
     .risk = "a range that something uses cannot be removed"},
    {.path = "enableFlowLogs",
     .set = "--{|?enable-flow-logs/no-enable-flow-logs}",
     .unset = "--no-enable-flow-logs",
     .terraform = "log_config",
     .risk = "none for traffic"},
    {.path = "role",
     .set = "--role={|=ACTIVE:ACTIVE}",
     .risk = "load balancers of the region take their proxies' addresses from it from then on",
     .instead = "a proxy-only subnet gives way to another one that is made active: set that one's "
                "role"},
    {.path = "network", .risk = "all that lies in it has to move", .instead = FIXED_NET},
    {.path = "purpose", .risk = "all that lies in it has to move", .instead = FIXED_NET},
};

static const struct pl_remedy_row router[] = {
    {.path = "nats[].minPortsPerVm",
     .set = NAT "--min-ports-per-vm={|}",
     .unset = NAT "--clear-min-ports-per-vm",
     .terraform = "(google_compute_router_nat).min_ports_per_vm",
     .risk = NAT_PORTS "; more ports a machine means fewer machines an address"},
    {.path = "nats[].maxPortsPerVm",
     .set = NAT "--max-ports-per-vm={|}",
     .unset = NAT "--clear-max-ports-per-vm",
     .terraform = "(google_compute_router_nat).max_ports_per_vm",
     .risk = NAT_PORTS},
    {.path = "nats[].enableDynamicPortAllocation",
     .set = NAT "--{|?enable-dynamic-port-allocation/no-enable-dynamic-port-allocation}",
     .unset = NAT "--no-enable-dynamic-port-allocation",
     .terraform = "(google_compute_router_nat).enable_dynamic_port_allocation",
     .risk = "all connections through the gateway may be cut once"},
    {.path = "nats[].enableEndpointIndependentMapping",
     .set = NAT "--{|?enable-endpoint-independent-mapping/no-enable-endpoint-independent-mapping}",
     .unset = NAT "--no-enable-endpoint-independent-mapping",
     .terraform = "(google_compute_router_nat).enable_endpoint_independent_mapping",
     .risk = NAT_PORTS},
    {.path = "nats[].natIps...",
     .set = NAT "--nat-external-ip-pool={|nears}",
     .unset = NAT "--{^natIpAllocateOption|=AUTO_ONLY:auto-allocate-nat-external-ips}",
     .shows = "nats[].natIps",
     .says = "these names at the ends of links: {|names}",
     .terraform = "(google_compute_router_nat).nat_ips",
     .risk = "connections from addresses that are taken away are cut; who lists the old addresses "
             "has to be told"},
    {.path = "nats[].natIpAllocateOption",
     .set = NAT "--{|=AUTO_ONLY:auto-allocate-nat-external-ips} || " NAT
                "--nat-external-ip-pool={^natIps|nears}",
     .terraform = "(google_compute_router_nat).nat_ip_allocate_option",
     .risk =
         "the outgoing addresses change: connections are cut, and who lists them has to be told"},
    {.path = "nats[].sourceSubnetworkIpRangesToNat",
     .set = NAT "--{|=ALL_SUBNETWORKS_ALL_IP_RANGES:nat-all-subnet-ip-ranges,"
                "ALL_SUBNETWORKS_ALL_PRIMARY_IP_RANGES:nat-primary-subnet-ip-ranges} || " NAT
                "--nat-custom-subnet-ip-ranges={^subnetworks|natsubnets}",
     .terraform = "(google_compute_router_nat).source_subnetwork_ip_ranges_to_nat",
     .risk = "subnets that it no longer names lose their way to the internet"},
    {.path = "nats[].subnetworks...",
     .set = NAT "--nat-custom-subnet-ip-ranges={|natsubnets}",
     .shows = "nats[].subnetworks",
     .says = "{|natsubnets}, as names of subnets and ranges",
     .terraform = "(google_compute_router_nat).subnetwork",
     .risk =
         "replaces the whole list: subnets that it does not name lose their way to the internet"},
    {.path = "nats[].type",
     .terraform = "(google_compute_router_nat).type",
     .risk = "its connections are cut",
     .instead = "a gateway's type is fixed: delete it and create it again"},
    {.path = "nats[]",
     .set = "gcloud compute routers nats create {key} " NAT_OF
            " --{^natIpAllocateOption|=AUTO_ONLY:auto-allocate-nat-external-ips} "
            "--{^sourceSubnetworkIpRangesToNat|=ALL_SUBNETWORKS_ALL_IP_RANGES:"
            "nat-all-subnet-ip-ranges,ALL_SUBNETWORKS_ALL_PRIMARY_IP_RANGES:"
            "nat-primary-subnet-ip-ranges}[ --min-ports-per-vm={^minPortsPerVm|}]"
            "[ --max-ports-per-vm={^maxPortsPerVm|}] || "
            "gcloud compute routers nats create {key} " NAT_OF
            " --{^natIpAllocateOption|=AUTO_ONLY:auto-allocate-nat-external-ips} "
            "--nat-custom-subnet-ip-ranges={^subnetworks|natsubnets}"
            "[ --min-ports-per-vm={^minPortsPerVm|}] || "
            "gcloud compute routers nats create {key} " NAT_OF
            " --nat-external-ip-pool={^natIps|nears} "
            "--{^sourceSubnetworkIpRangesToNat|=ALL_SUBNETWORKS_ALL_IP_RANGES:"
            "nat-all-subnet-ip-ranges,ALL_SUBNETWORKS_ALL_PRIMARY_IP_RANGES:"
            "nat-primary-subnet-ip-ranges}[ --min-ports-per-vm={^minPortsPerVm|}] || "
            "gcloud compute routers nats create {key} " NAT_OF
            " --nat-external-ip-pool={^natIps|nears} "
            "--nat-custom-subnet-ip-ranges={^subnetworks|natsubnets}"
            "[ --min-ports-per-vm={^minPortsPerVm|}]",
     .unset = "gcloud compute routers nats delete {key} " NAT_OF,
     .shows = "nats[].name",
     .says = "{key}, among others",
     .terraform = "(google_compute_router_nat)",
     .risk = "connections to the internet begin with other addresses, or are cut: tell those who "
             "list them",
     .instead =
         "make it with `gcloud compute routers nats create`: the baseline does not say which "
         "addresses and subnets it is for (natIpAllocateOption, "
         "sourceSubnetworkIpRangesToNat), and gcloud wants both"},
    {.path = "bgpPeers[].enable",
     .set = BGP "--{|=TRUE:enabled,FALSE:no-enabled}",
     .unset = BGP "--enabled",
     .terraform = "(google_compute_router_peer).enable",
     .risk = "its session and all routes that it learned come or go within a minute"},
    {.path = "bgpPeers[].advertisedRoutePriority",
     .set = BGP "--advertised-route-priority={|}",
     .terraform = "(google_compute_router_peer).advertised_route_priority",
     .risk = "traffic may come back by another way"},
    {.path = "bgpPeers[].peerAsn",
     .set = BGP "--peer-asn={|}",
     .terraform = "(google_compute_router_peer).peer_asn",
     .risk = "the session is set up anew: its routes go and come again"},
    {.path = "bgpPeers[].peerIpAddress",
     .set = BGP "--peer-ip-address={|}",
     .terraform = "(google_compute_router_peer).peer_ip_address",
     .risk = "the session is set up anew: its routes go and come again"},
    {.path = "bgpPeers[]",
     .shows = "bgpPeers[].name",
     .says = "{key}, among others",
     .terraform = "(google_compute_router_peer)",
     .unset = "gcloud compute routers remove-bgp-peer {name} --peer-name={key} --region={location} "
              "--project={project}",
     .risk = "its session and all routes that it learned come or go",
     .instead = "a peer is added with `gcloud compute routers add-bgp-peer`, which needs the "
                "interface and the address of its tunnel"},
    {.path = "bgp.asn", .set = "--asn={|}", .risk = "all sessions of the router are set up anew"},
    {.path = "network", .risk = "all that it does stops meanwhile", .instead = FIXED_NET},
};

static const struct pl_remedy_row address[] = {
    {.path = "address",
     .risk = "the address is given back: another project may get it",
     .instead = "an address is fixed: release it and reserve the other one, if it is free"},
    {.path = "prefixLength",
     .risk = "what was made in the range stands in the way",
     .instead = "a range is fixed: reserve another one beside it, and add it to the private "
                "connection (`gcloud services vpc-peerings update --ranges`)"},
    {.path = "purpose", .risk = "the address is given back", .instead = FIXED_NET},
    {.path = "network", .risk = "the address is given back", .instead = FIXED_NET},
    {.path = "addressType", .risk = "the address is given back", .instead = FIXED_NET},
};

static const struct pl_remedy_row connector[] = {
    {.path = "machineType",
     .set = "--machine-type={|}",
     .risk = "replaces the connector's instances one by one, which takes minutes: connections "
             "through each are cut"},
    {.path = "minInstances",
     .set = "--min-instances={|}",
     .risk = "takes minutes; more instances cost money"},
    {.path = "maxInstances",
     .set = "--max-instances={|}",
     .risk = "takes minutes; a connector adds instances and never takes them away again"},
    {.path = "minThroughput",
     .risk = "another connector",
     .instead = "it is set by the number of instances: --min-instances of `gcloud compute networks "
                "vpc-access connectors update`"},
    {.path = "maxThroughput",
     .risk = "another connector",
     .instead = "it is set by the number of instances: --max-instances of `gcloud compute networks "
                "vpc-access connectors update`"},
    {.path = "ipCidrRange",
     .risk = "services keep the old one until they are changed",
     .instead = FIXED_NET},
    {.path = "network",
     .risk = "services keep the old one until they are changed",
     .instead = FIXED_NET},
    {.path = "subnet...",
     .terraform = "subnet",
     .risk = "services keep the old one until they are changed",
     .instead = FIXED_NET},
};

static const struct pl_remedy_row connection[] = {
    {.path = "reservedPeeringRanges...",
     .set = "gcloud services vpc-peerings update --service=servicenetworking.googleapis.com "
            "--network={name} --ranges={|ranges} --project={project} --force",
     .shows = "reservedPeeringRanges",
     .says = "{|names}",
     .risk = "replaces the whole list; what was made in a range stays where it is"},
    {.path = "network", .risk = "another connection", .instead = FIXED_NET},
};

static const struct pl_remedy_row machine[] = {
    {.path = "canIpForward",
     .risk = "the machine is down meanwhile; an address that is not reserved changes",
     .instead =
         "only `gcloud compute instances update-from-file` sets it, on a machine that exists"},
    {.path = "status",
     .set = "gcloud compute instances {|=RUNNING:start,TERMINATED:stop} {name} --zone={location} "
            "--project={project}",
     .terraform = "desired_status",
     .risk = "starting takes minutes; an address that is not reserved changes"},
    {.path = "tags.items...",
     .terraform = "tags",
     .risk = "rules and routes that name the tag hold for it at once",
     .set = "gcloud compute instances add-tags {name} --zone={location} --project={project} "
            "--tags={|added} || gcloud compute instances remove-tags {name} --zone={location} "
            "--project={project} --tags={|removed}",
     .unset = "gcloud compute instances remove-tags {name} --zone={location} --project={project} "
              "--all",
     .shows = "tags.items",
     .says = "{|shown}, in any order",
     .instead =
         "some tags have to be added and some taken away: `gcloud compute instances add-tags` "
         "and `remove-tags`"},
    {.path = "serviceAccounts...",
     .terraform = "service_account",
     .risk = "the machine has to be stopped for it",
     .instead = "a machine's account is set while it is stopped: `gcloud compute instances "
                "set-service-account`"},
    {.path = "networkInterfaces...",
     .terraform = "network_interface",
     .risk = "the machine has to be stopped for it; its addresses change",
     .instead = "an interface moves to another network or subnet only while the machine is stopped "
                "(`gcloud compute instances network-interfaces update`)"},
    {.path = "machineType",
     .set =
         "gcloud compute instances set-machine-type {name} --zone={location} --project={project} "
         "--machine-type={|last}",
     .says = "{|last}, at the end of a link",
     .risk = "the machine has to be stopped first"},
    {.path = "labels.*",
     .set = "gcloud compute instances update {name} --zone={location} --project={project} "
            "--update-labels={|keyed}",
     .unset = "gcloud compute instances update {name} --zone={location} --project={project} "
              "--remove-labels={keys}",
     .risk = "none for traffic"},
};

static const struct pl_remedy_kind kinds[] = {
    {.kind = "compute.network",
     .order = 10,
     .update = "gcloud compute networks update {name} --project={project}",
     .look = "gcloud compute networks describe {name} --project={project}",
     .create =
         "gcloud compute networks create {name} --project={project} "
         "--subnet-mode={.autoCreateSubnetworks|?auto/custom}[ --mtu={.mtu|}]"
         "[ --bgp-routing-mode={.routingConfig.routingMode|=GLOBAL:global,REGIONAL:regional}]",
     .remove = "gcloud compute networks delete {name} --project={project}",
     .create_risk =
         "an empty network: its subnets, routes, rules and peerings have to be made again",
     .create_instead =
         "the baseline does not say autoCreateSubnetworks, without which gcloud would "
         "make a subnet in every region",
     .remove_risk = "everything in it has to go first",
     .terraform = "google_compute_network",
     PL_REMEDY_ROWS(network),
     .source = "https://cloud.google.com/vpc/docs/using-vpc-peering "
               "https://cloud.google.com/sdk/gcloud/reference/compute/networks/peerings/update"},
    {.kind = "compute.subnetwork",
     .order = 14,
     .update = "gcloud compute networks subnets update {name} --region={location} "
               "--project={project}",
     .look = "gcloud compute networks subnets describe {name} --region={location} "
             "--project={project}",
     .create = "gcloud compute networks subnets create {name} --region={location} "
               "--project={project} --network={.network|near} --range={.ipCidrRange|}"
               "[ --{.privateIpGoogleAccess|?enable-private-ip-google-access/"
               "no-enable-private-ip-google-access}][ --purpose={.purpose|}][ --role={.role|}]"
               "[ --secondary-range={.secondaryIpRanges|secondary}][ --stack-type={.stackType|}]",
     .remove = "gcloud compute networks subnets delete {name} --region={location} "
               "--project={project}",
     .create_risk = "a range that must not meet another one of the network or its peers",
     .create_instead = "the baseline does not say its network and range",
     .remove_risk = "everything in it has to go first",
     .terraform = "google_compute_subnetwork",
     .terraform_member = "google_compute_subnetwork_iam_member",
     .policy = "compute networks subnets",
     .place = "{name} --region={location} --project={project}",
     PL_REMEDY_ROWS(subnetwork),
     .source = "https://cloud.google.com/vpc/docs/create-modify-vpc-networks"},
    {.kind = "compute.router",
     .order = 22,
     .update = "gcloud compute routers update {name} --region={location} --project={project}",
     .look = "gcloud compute routers describe {name} --region={location} --project={project}",
     .create = "gcloud compute routers create {name} --region={location} --project={project} "
               "--network={.network|near}[ --asn={.bgp.asn|}]",
     .remove = "gcloud compute routers delete {name} --region={location} --project={project}",
     .create_risk = "a router alone: its gateways and sessions have to be made again",
     .create_instead = "the baseline does not say its network",
     .remove_risk = "its NAT gateways and BGP sessions go with it, and what connects by them",
     .terraform = "google_compute_router",
     PL_REMEDY_ROWS(router),
     .source = "https://cloud.google.com/nat/docs/ports-and-addresses "
               "https://cloud.google.com/sdk/gcloud/reference/compute/routers/nats/update"},
    {.kind = "compute.address",
     .order = 16,
     .look = "gcloud compute addresses describe {name} {scope} --project={project}",
     .create = "gcloud compute addresses create {name} {scope} --project={project}"
               "[ --addresses={.address|}][ --prefix-length={.prefixLength|}]"
               "[ --purpose={.purpose|}][ --network={.network|near}][ --subnet={.subnetwork|near}]",
     .remove = "gcloud compute addresses delete {name} {scope} --project={project}",
     .create_risk = "gets the declared address only where that is free",
     .remove_risk = "the address is given back: it may never come again",
     .terraform = "google_compute_global_address",
     .terraform_region = "google_compute_address",
     PL_REMEDY_ROWS(address),
     .source = "https://cloud.google.com/sdk/gcloud/reference/compute/addresses/create"},
    {.kind = "vpcaccess.connector",
     .order = 40,
     .update = "gcloud compute networks vpc-access connectors update {name} --region={location} "
               "--project={project}",
     .look = "gcloud compute networks vpc-access connectors describe {name} --region={location} "
             "--project={project}",
     .create = "gcloud compute networks vpc-access connectors create {name} --region={location} "
               "--project={project} --network={.network|last} --range={.ipCidrRange|}"
               "[ --machine-type={.machineType|}][ --min-instances={.minInstances|}]"
               "[ --max-instances={.maxInstances|}] || "
               "gcloud compute networks vpc-access connectors create {name} --region={location} "
               "--project={project} --subnet={.subnet.name|last}"
               "[ --subnet-project={.subnet.projectId|}][ --machine-type={.machineType|}]"
               "[ --min-instances={.minInstances|}][ --max-instances={.maxInstances|}]",
     .remove = "gcloud compute networks vpc-access connectors delete {name} --region={location} "
               "--project={project}",
     .create_risk = "takes minutes; its range must not meet another one of the network",
     .create_instead = "the baseline does not say its network and range, or its subnet",
     .remove_risk = "services that still name it cannot reach the network any more",
     .terraform = "google_vpc_access_connector",
     PL_REMEDY_ROWS(connector),
     .source =
         "https://cloud.google.com/vpc/docs/configure-serverless-vpc-access "
         "https://cloud.google.com/sdk/gcloud/reference/compute/networks/vpc-access/connectors/"
         "update"},
    {.kind = "servicenetworking.connection",
     .order = 20,
     .look = "gcloud services vpc-peerings list --network={name} --project={project}",
     .create = "gcloud services vpc-peerings connect --service=servicenetworking.googleapis.com "
               "--network={name} --ranges={.reservedPeeringRanges|ranges} --project={project}",
     .remove = "gcloud services vpc-peerings delete --service=servicenetworking.googleapis.com "
               "--network={name} --project={project}",
     .create_risk = "creates the peering again; instances keep their ranges",
     .create_instead = "the baseline does not say its ranges (reservedPeeringRanges)",
     .remove_risk = "every managed instance with a private address is cut off from the network",
     .terraform = "google_service_networking_connection",
     PL_REMEDY_ROWS(connection),
     .source = "https://cloud.google.com/vpc/docs/configure-private-services-access"},
    {.kind = "compute.instance",
     .order = 50,
     .look = "gcloud compute instances describe {name} --zone={location} --project={project}",
     .remove = "gcloud compute instances delete {name} --zone={location} --project={project}",
     .create_risk = "another machine: its disks decide what it holds",
     .create_instead = "make it from its template or image: a baseline does not say its disks",
     .remove_risk = "its boot disk is deleted with it, unless that is told to stay",
     .terraform = "google_compute_instance",
     PL_REMEDY_ROWS(machine),
     .source = "https://cloud.google.com/sdk/gcloud/reference/compute/instances"},
};

const struct pl_remedy_family pl_remedy_network = {kinds, PL_LEN(kinds)};
