/* rows_balancer.c - load balancers and Private Service Connect: forwarding rules, proxies, URL maps, backend services, endpoint groups,
 * certificates, Cloud Armor, service attachments. Data only.
 */
#include "remedy_priv.h"

#define MINUTES "takes effect within minutes, for new requests"
#define ARMOR                                                                                      \
    "gcloud compute security-policies rules update {key} --security-policy={name}{inregion} "      \
    "--project={project} "
#define ARMOR_RISK "takes effect within minutes for every request behind the policy"
#define FIXED      "it is fixed: make another one beside it, move what uses it, then delete this one"
#define FIXED_RULE                                                                                 \
    "it is fixed: a forwarding rule is deleted and made again, and keeps its address only where "  \
    "that is reserved"
#define EDIT_MAP                                                                                   \
    "gcloud has no option for this: `gcloud compute url-maps export --destination=FILE`, edit "    \
    "FILE, `gcloud compute url-maps import --source=FILE`"
#define GONE "its address stops answering at once"

static const struct pl_remedy_row forwarding[] = {
    {.path = "allowGlobalAccess",
     .set = "--{|?allow-global-access/no-allow-global-access}",
     .unset = "--no-allow-global-access",
     .risk = MINUTES "; clients of other regions get in, or are cut off"},
    {.path = "allowPscGlobalAccess",
     .set = "--{|?allow-psc-global-access/no-allow-psc-global-access}",
     .unset = "--no-allow-psc-global-access",
     .risk = MINUTES "; clients of other regions get in, or are cut off"},
    {.path = "target",
     .risk = "requests go elsewhere from then on",
     .instead =
         "`gcloud compute forwarding-rules set-target` sets it, with an option for the sort of "
         "target (--target-https-proxy, --target-http-proxy, ...)"},
    {.path = "labels.*",
     .set = "--update-labels={|keyed}",
     .unset = "--remove-labels={keys}",
     .risk = "none for traffic"},
    {.path = "backendService",
     .set = "gcloud compute forwarding-rules set-target {name} {scope} --project={project} "
            "--backend-service={|last} --backend-service-region={|region}",
     .risk = "packets go elsewhere from then on: open connections are cut"},
    {.path = "IPAddress", .terraform = "ip_address", .risk = GONE, .instead = FIXED_RULE},
    {.path = "IPProtocol", .terraform = "ip_protocol", .risk = GONE, .instead = FIXED_RULE},
    {.path = "ports...", .risk = GONE, .instead = FIXED_RULE},
    {.path = "portRange", .risk = GONE, .instead = FIXED_RULE},
    {.path = "allPorts", .risk = GONE, .instead = FIXED_RULE},
    {.path = "network", .risk = GONE, .instead = FIXED_RULE},
    {.path = "subnetwork", .risk = GONE, .instead = FIXED_RULE},
    {.path = "loadBalancingScheme", .risk = GONE, .instead = FIXED_RULE},
};

static const struct pl_remedy_row backend[] = {
    {.path = "timeoutSec",
     .set = "--timeout={|}",
     .unset = "--timeout=30",
     .risk = MINUTES "; WebSockets live no longer than this"},
    {.path = "connectionDraining.drainingTimeoutSec",
     .set = "--connection-draining-timeout={|}",
     .unset = "--connection-draining-timeout=0",
     .terraform = "connection_draining_timeout_sec",
     .risk = MINUTES},
    {.path = "securityPolicy",
     .set = "--security-policy={|last}",
     .unset = "--security-policy=",
     .says = "{|last}, at the end of a link",
     .risk = MINUTES "; its rules let in or turn away from then on"},
    {.path = "protocol", .set = "--protocol={|}", .risk = MINUTES "; the backends must speak it"},
    {.path = "portName", .set = "--port-name={|}", .risk = MINUTES},
    {.path = "sessionAffinity",
     .set = "--session-affinity={|}",
     .unset = "--session-affinity=NONE",
     .risk = MINUTES "; clients move to another backend once"},
    {.path = "iap.enabled",
     .set = "--iap={|?enabled/disabled}",
     .unset = "--iap=disabled",
     .risk = MINUTES "; with it on every request needs a login"},
    {.path = "logConfig.enable",
     .set = "--{|?enable-logging/no-enable-logging}",
     .unset = "--no-enable-logging",
     .risk = "none for traffic; logs cost money"},
    {.path = "backends[]...",
     .set = "gcloud compute backend-services add-backend {name} {scope} --project={project} "
            "--network-endpoint-group={^group|lastneg} "
            "--network-endpoint-group-region={^group|region} || "
            "gcloud compute backend-services add-backend {name} {scope} --project={project} "
            "--network-endpoint-group={^group|lastneg} --network-endpoint-group-zone={^group|zone}",
     .unset = "gcloud compute backend-services remove-backend {name} {scope} --project={project} "
              "--network-endpoint-group={~group|lastneg} "
              "--network-endpoint-group-region={~group|region} || "
              "gcloud compute backend-services remove-backend {name} {scope} --project={project} "
              "--network-endpoint-group={~group|lastneg} "
              "--network-endpoint-group-zone={~group|zone} || "
              "gcloud compute backend-services remove-backend {name} {scope} --project={project} "
              "--instance-group={~group|last} --instance-group-zone={~group|zone}",
     .shows = "backends[].group",
     .says = "among others what ends in {^group|last}",
     .terraform = "backend",
     .risk = MINUTES "; requests in flight on a backend that goes are cut after its draining time",
     .instead =
         "a backend's limits differ by its kind: `gcloud compute backend-services add-backend` "
         "and `update-backend`"},
    {.path = "loadBalancingScheme", .risk = "another load balancer", .instead = FIXED},
};

static const struct pl_remedy_row map[] = {
    {.path = "defaultService",
     .set = "gcloud compute url-maps set-default-service {name} {scope} --project={project} "
            "--default-service={|last}",
     .says = "{|last}, at the end of a link",
     .risk = MINUTES "; what no rule names goes there"},
    {.path = "hostRules...", .terraform = "host_rule", .risk = MINUTES, .instead = EDIT_MAP},
    {.path = "pathMatchers...", .terraform = "path_matcher", .risk = MINUTES, .instead = EDIT_MAP},
    {.path = "defaultUrlRedirect...",
     .terraform = "default_url_redirect",
     .risk = MINUTES,
     .instead = EDIT_MAP},
    {.path = "defaultRouteAction...",
     .terraform = "default_route_action",
     .risk = MINUTES,
     .instead = EDIT_MAP},
};

static const struct pl_remedy_row proxy[] = {
    {.path = "sslCertificates...",
     .set = "--ssl-certificates={|names} --ssl-certificates-region={|region} || "
            "--ssl-certificates={|names}",
     .says = "these names at the ends of links: {|names}",
     .shows = "sslCertificates",
     .risk = "replaces the proxy's list of certificates; new handshakes get the new ones",
     .instead = "a proxy keeps at least one certificate or a certificate map"},
    {.path = "certificateMap",
     .set = "--certificate-map={|last}",
     .unset = "--clear-certificate-map",
     .says = "{|last}, at the end of a link",
     .risk = "new handshakes get certificates of that map"},
    {.path = "sslPolicy",
     .set = "--ssl-policy={|last} --ssl-policy-region={|region} || --ssl-policy={|last}",
     .unset = "--clear-ssl-policy",
     .says = "{|last}, at the end of a link",
     .risk = "clients that speak only older TLS are let in or turned away"},
    {.path = "urlMap",
     .set = "--url-map={|last} --url-map-region={|region} || --url-map={|last}",
     .says = "{|last}, at the end of a link",
     .risk = "all requests of the proxy go by that map from then on"},
};

static const struct pl_remedy_row armor[] = {
    {.path = "rules[].match.expr.expression",
     .set = ARMOR "--expression={|}",
     .terraform = "rule.match.expr.expression",
     .risk = ARMOR_RISK},
    {.path = "rules[].match.config.srcIpRanges...",
     .set = ARMOR "--src-ip-ranges={|list}",
     .terraform = "rule.match.config.src_ip_ranges",
     .risk = "replaces the whole list; " ARMOR_RISK},
    {.path = "rules[].action",
     .set = ARMOR "--action={|=allow:allow,deny(403):deny-403,deny(404):deny-404,"
                  "deny(502):deny-502,redirect:redirect,throttle:throttle,"
                  "rate_based_ban:rate-based-ban}",
     .terraform = "rule.action",
     .risk = ARMOR_RISK},
    {.path = "rules[].preview",
     .set = ARMOR "--{|?preview/no-preview}",
     .unset = ARMOR "--no-preview",
     .terraform = "rule.preview",
     .risk = ARMOR_RISK "; in preview a rule is only logged"},
    {.path = "rules[]",
     .set =
         "gcloud compute security-policies rules create {key} --security-policy={name}{inregion} "
         "--project={project} --action={^action|=allow:allow,deny(403):deny-403,"
         "deny(404):deny-404,deny(502):deny-502} --expression={^match.expr.expression|} || "
         "gcloud compute security-policies rules create {key} --security-policy={name}{inregion} "
         "--project={project} --action={^action|=allow:allow,deny(403):deny-403,"
         "deny(404):deny-404,deny(502):deny-502} "
         "--src-ip-ranges={^match.config.srcIpRanges|list}",
     .unset = "gcloud compute security-policies rules delete {key} "
              "--security-policy={name}{inregion} --project={project}",
     .shows = "rules[].priority",
     .says = "{key}, among others",
     .terraform = "rule",
     .risk = ARMOR_RISK,
     .instead =
         "make it with `gcloud compute security-policies rules create`: the baseline does not "
         "say its action and what it matches"},
};

static const struct pl_remedy_row endpoints[] = {
    {.path = "...",
     .risk = "requests to it fail meanwhile",
     .instead = "a network endpoint group is fixed: make another one, add it to the backend "
                "service, then take the old one out"},
};

static const struct pl_remedy_row certificate[] = {
    {.path = "...",
     .risk = "clients see the other certificate as soon as the proxy names it",
     .instead =
         "a certificate is fixed: make another one (`gcloud compute ssl-certificates create`), "
         "give it to the proxy, then delete the old one; a managed one takes up to an hour"},
};

static const struct pl_remedy_row attachment[] = {
    {.path = "connectionPreference",
     .set = "--connection-preference={|}",
     .risk = "consumers that wait get in, or have to be accepted one by one"},
    {.path = "consumerAcceptLists...",
     .set = "--consumer-accept-list={|accepts}",
     .shows = "consumerAcceptLists",
     .says = "these, with their limits: {|accepts}",
     .risk =
         "replaces the whole list: what it does not name is cut where connections are reconciled"},
    {.path = "consumerRejectLists...",
     .set = "--consumer-reject-list={|list}",
     .unset = "--consumer-reject-list=",
     .says = "{|shown}, in any order",
     .risk = "replaces the whole list: what it names is cut where connections are reconciled"},
    {.path = "reconcileConnections",
     .set = "--{|?reconcile-connections/no-reconcile-connections}",
     .unset = "--no-reconcile-connections",
     .risk = "changed lists then hold for connections that exist, too"},
    {.path = "enableProxyProtocol",
     .set = "--{|?enable-proxy-protocol/no-enable-proxy-protocol}",
     .unset = "--no-enable-proxy-protocol",
     .risk = "the service must expect the header, or every connection breaks"},
    {.path = "natSubnets...",
     .set = "--nat-subnets={|names}",
     .says = "these names at the ends of links: {|names}",
     .shows = "natSubnets",
     .risk = "replaces the whole list; consumers come from other addresses"},
    {.path = "targetService", .risk = "every consumer's endpoint stops", .instead = FIXED},
};

static const struct pl_remedy_kind kinds[] = {
    {.kind = "compute.forwardingRule",
     .order = 88,
     .update = "gcloud compute forwarding-rules update {name} {scope} --project={project}",
     .look = "gcloud compute forwarding-rules describe {name} {scope} --project={project}",
     .create = "gcloud compute forwarding-rules create {name} --region={location} "
               "--project={project} --network={.network|near} --address={.IPAddress|last} "
               "--target-service-attachment={.target|attachment}"
               "[ --subnet={.subnetwork|near}]"
               "[ --{.allowPscGlobalAccess|?allow-psc-global-access/no-allow-psc-global-access}]",
     .remove = "gcloud compute forwarding-rules delete {name} {scope} --project={project}",
     .create_risk = "gets its old address only where that is reserved",
     .create_instead =
         "make it with `gcloud compute forwarding-rules create`, which has an option for "
         "each sort of target: a baseline does not say all of them",
     .remove_risk = GONE "; one that is not reserved does not come back",
     .terraform = "google_compute_global_forwarding_rule",
     .terraform_region = "google_compute_forwarding_rule",
     PL_REMEDY_ROWS(forwarding),
     .source = "https://cloud.google.com/sdk/gcloud/reference/compute/forwarding-rules/update"},
    {.kind = "compute.backendService",
     .order = 82,
     .update = "gcloud compute backend-services update {name} {scope} --project={project}",
     .look = "gcloud compute backend-services describe {name} {scope} --project={project}",
     .remove = "gcloud compute backend-services delete {name} {scope} --project={project}",
     .create_risk = "requests reach it only once a URL map or forwarding rule names it",
     .create_instead =
         "make it with `gcloud compute backend-services create`, then its backends: a "
         "baseline does not say all that it needs",
     .remove_risk = "refused while a URL map or a forwarding rule names it",
     .terraform = "google_compute_backend_service",
     .terraform_region = "google_compute_region_backend_service",
     PL_REMEDY_ROWS(backend),
     .source = "https://cloud.google.com/sdk/gcloud/reference/compute/backend-services/update"},
    {.kind = "compute.urlMap",
     .order = 84,
     .look = "gcloud compute url-maps describe {name} {scope} --project={project}",
     .create = "gcloud compute url-maps create {name} {scope} --project={project} "
               "--default-service={.defaultService|last}",
     .remove = "gcloud compute url-maps delete {name} {scope} --project={project}",
     .create_risk = "requests reach it only once a proxy names it",
     .create_instead =
         "make it with `gcloud compute url-maps create`: the baseline does not say where "
         "requests go that no rule names",
     .remove_risk = "refused while a proxy names it",
     .terraform = "google_compute_url_map",
     .terraform_region = "google_compute_region_url_map",
     PL_REMEDY_ROWS(map),
     .source = "https://cloud.google.com/sdk/gcloud/reference/compute/url-maps"},
    {.kind = "compute.targetHttpsProxy",
     .order = 86,
     .update = "gcloud compute target-https-proxies update {name} {scope} --project={project}",
     .look = "gcloud compute target-https-proxies describe {name} {scope} --project={project}",
     .create = "gcloud compute target-https-proxies create {name} {scope} --project={project} "
               "--url-map={.urlMap|last} --ssl-certificates={.sslCertificates|names} || "
               "gcloud compute target-https-proxies create {name} {scope} --project={project} "
               "--url-map={.urlMap|last} --certificate-map={.certificateMap|last}",
     .remove = "gcloud compute target-https-proxies delete {name} {scope} --project={project}",
     .create_risk = "requests reach it only once a forwarding rule names it",
     .create_instead = "the baseline does not say its URL map and certificates",
     .remove_risk = "refused while a forwarding rule names it",
     .terraform = "google_compute_target_https_proxy",
     .terraform_region = "google_compute_region_target_https_proxy",
     PL_REMEDY_ROWS(proxy),
     .source = "https://cloud.google.com/sdk/gcloud/reference/compute/target-https-proxies/update"},
    {.kind = "compute.securityPolicy",
     .order = 80,
     .look = "gcloud compute security-policies describe {name}{inregion} --project={project}",
     .remove = "gcloud compute security-policies delete {name}{inregion} --project={project}",
     .create_risk = "holds only once a backend service names it",
     .create_instead = "make it with `gcloud compute security-policies create`, then its rules",
     .remove_risk = "refused while a backend service names it",
     .terraform = "google_compute_security_policy",
     .terraform_region = "google_compute_region_security_policy",
     PL_REMEDY_ROWS(armor),
     .source =
         "https://cloud.google.com/sdk/gcloud/reference/compute/security-policies/rules/update"},
    {.kind = "compute.networkEndpointGroup",
     .order = 80,
     .look = "gcloud compute network-endpoint-groups describe {name} {zonal} --project={project}",
     .create = "gcloud compute network-endpoint-groups create {name} --region={location} "
               "--project={project} --network-endpoint-type=serverless "
               "--cloud-run-service={.cloudRun.service|}[ --cloud-run-tag={.cloudRun.tag|}] || "
               "gcloud compute network-endpoint-groups create {name} --region={location} "
               "--project={project} --network-endpoint-type=serverless "
               "--cloud-run-url-mask={.cloudRun.urlMask|}",
     .remove = "gcloud compute network-endpoint-groups delete {name} {zonal} --project={project}",
     .create_risk = "requests reach it only once a backend service has it",
     .create_instead = "make it with `gcloud compute network-endpoint-groups create`: the baseline "
                       "does not say which Cloud Run service it stands for",
     .remove_risk = "refused while a backend service has it",
     .terraform = "google_compute_region_network_endpoint_group",
     PL_REMEDY_ROWS(endpoints),
     .source =
         "https://cloud.google.com/sdk/gcloud/reference/compute/network-endpoint-groups/create"},
    {.kind = "compute.sslCertificate",
     .order = 80,
     .look = "gcloud compute ssl-certificates describe {name} {scope} --project={project}",
     .create = "gcloud compute ssl-certificates create {name} {scope} --project={project} "
               "--domains={.managed.domains|list}",
     .remove = "gcloud compute ssl-certificates delete {name} {scope} --project={project}",
     .create_risk = "a managed certificate takes up to an hour, and is issued only while the name "
                    "points to the load balancer",
     .create_instead = "make it with `gcloud compute ssl-certificates create --certificate=FILE "
                       "--private-key=FILE`: its key is nothing that a report may hold",
     .remove_risk = "refused while a proxy names it; its key is gone",
     .terraform = "google_compute_ssl_certificate",
     .terraform_region = "google_compute_region_ssl_certificate",
     PL_REMEDY_ROWS(certificate),
     .source = "https://cloud.google.com/sdk/gcloud/reference/compute/ssl-certificates/create"},
    {.kind = "compute.serviceAttachment",
     .order = 90,
     .update = "gcloud compute service-attachments update {name} --region={location} "
               "--project={project}",
     .look = "gcloud compute service-attachments describe {name} --region={location} "
             "--project={project}",
     .remove = "gcloud compute service-attachments delete {name} --region={location} "
               "--project={project}",
     .create_risk = "consumers have to connect again",
     .create_instead = "make it with `gcloud compute service-attachments create`: it needs the "
                       "producer's forwarding rule",
     .remove_risk = "every consumer's endpoint stops, and has to be made again",
     .terraform = "google_compute_service_attachment",
     PL_REMEDY_ROWS(attachment),
     .source = "https://cloud.google.com/sdk/gcloud/reference/compute/service-attachments/update"},
};

const struct pl_remedy_family pl_remedy_balancer = {kinds, PL_LEN(kinds)};
