/* reach_priv.h - what the hop evaluators share: the trace that they write to, and what was found out about both ends.
 *
 * A trace is filled in three steps: ends (source.c, target.c), wiring (flow.c, wiring.c), then the hop table (hops.c) in packet order.
 * An evaluator adds hops; it never stops the others.
 */
#ifndef PLUMBLINE_REACH_PRIV_H
#define PLUMBLINE_REACH_PRIV_H

#include "plumbline/map.h"
#include "plumbline/net.h"
#include "plumbline/reach.h"

enum pl_tri { PL_NO, PL_YES, PL_MAYBE };

/* Where packets come from. */
struct pl_source {
    enum {
        PL_FROM_HERE,
        PL_FROM_RUN, /* a Cloud Run service or job */
        PL_FROM_VM,
        PL_FROM_OTHER
    } what;
    const struct pl_resource *resource; /* NULL where unknown or none */
    enum pl_known known;
    enum {
        PL_ATTACH_UNKNOWN,
        PL_ATTACH_NONE,
        PL_ATTACH_CONNECTOR,
        PL_ATTACH_DIRECT,
        PL_ATTACH_NIC /* a machine's own interface */
    } attach;
    enum pl_tri all_traffic; /* egress = ALL_TRAFFIC */
    struct pl_address connector_address;
    const struct pl_resource *connector;
    enum pl_known connector_known;
    bool network_known;
    struct pl_address network_address;
    const struct pl_resource *network; /* NULL where it was not read */
    const struct pl_resource *subnet;  /* NULL where hidden or not read */
    bool range_known;
    struct pl_prefix range; /* source addresses inside the VPC */
    const char *tags[16];   /* network tags of the packets' source */
    size_t n_tags;
    const char *service_account; /* e-mail, or NULL where not known */
    const char *region;
    const char *external_ip; /* of a machine; NULL: none */
};

/* What is to be reached. */
enum pl_target_what {
    PL_TO_SQL,
    PL_TO_REDIS,
    PL_TO_CLUSTER, /* Redis Cluster, Valkey */
    PL_TO_MEMCACHE,
    PL_TO_VM,
    PL_TO_RUN,
    PL_TO_HOST,
    PL_TO_OTHER
};

struct pl_target {
    enum pl_target_what what;
    struct pl_address address; /* kind NULL for a plain host that no resource answers at */
    const struct pl_resource *resource;
    enum pl_known known;
    const char *shown; /* short name for sentences */
    const char *tag;   /* of Cloud Run's traffic, whose own URL is dialled; or NULL */
    const struct pl_lb
        *lb; /* the load balancer in front, walked (lb_priv.h); NULL: none is dialled */
};

/* A name that the client's wiring gives: a database, a user. */
struct pl_wired_name {
    const char *text; /* NULL where not known */
    const char *variable,
        *path; /* that it comes from, and its place in the client; NULL: from the connection */
};

/* The packet, once ends and wiring are known. */
struct pl_flow {
    enum {
        PL_ZONE_UNKNOWN,
        PL_ZONE_PRIVATE,
        PL_ZONE_PUBLIC,
        PL_ZONE_GOOGLE_API /* run.app and friends */,
        PL_ZONE_LOOPBACK
    } zone;
    bool socket; /* through Cloud Run's built-in Cloud SQL connection */
    bool
        connector; /* a connector in the client or the Auth Proxy beside it dials: with TLS and a certificate of its own, whoever's address it has */
    bool ip_known;
    struct pl_ip ip;
    const char *host; /* as dialled; NULL where unknown */
    int port;         /* 0 where unknown */
    const struct pl_address *host_resource,
        *port_resource; /* whose fields say host and port; NULL: the connection itself */
    const char *host_path, *port_path;
    bool
        host_is_targets; /* the host is one of the target's own addresses, or nobody said another */
    enum pl_tri client_tls;              /* does the client speak TLS? by its wiring or its probe */
    bool has_password;                   /* a password is wired, or the probe has one */
    struct pl_wired_name database, user; /* that it asks for, and logs in as */
    bool wired_unknown;                  /* wired by a value that nobody may read */
    const struct pl_resource *front; /* the forwarding rule that stands at the address; or NULL */
    enum pl_tri
        in_vpc; /* does the packet enter the VPC? (set by the egress hop's rules, before the hops run) */
};

struct pl_trace {
    struct pl_arena *arena;
    struct pl_view *view;
    struct pl_view *
        base; /* the world without any change: effects are believed only as long as what drives them is unchanged */
    const struct pl_connection *connection;
    const struct pl_baseline *declared; /* may be NULL */
    struct pl_source source;
    struct pl_target target;
    struct pl_flow flow;
    struct pl_hop *hops;
    size_t n_hops, cap_hops;
    size_t *evidence_cap; /* by hop */
    size_t cap_evidence_cap;
    const char **not_modelled;
    size_t n_not_modelled, cap_not_modelled;
};

/* ---- trace.c: writing hops ---- */

/* Adds a hop with a sentence. cause: by name, NULL for none. */
void pl_trace_pass(struct pl_trace *t, const char *hop, const char *fmt, ...) PL_PRINTF(3, 4);
/* Passes, but may show as a budget symptom: slow, unstable. */
void pl_trace_risk(struct pl_trace *t, const char *hop, const char *cause, const char *fmt, ...)
    PL_PRINTF(4, 5);
void pl_trace_not_applicable(struct pl_trace *t, const char *hop, const char *fmt, ...)
    PL_PRINTF(3, 4);
void pl_trace_unknown(struct pl_trace *t, const char *hop, const char *cause, const char *fmt, ...)
    PL_PRINTF(4, 5);
/* `resource`/`path`: the deciding field (path "" the resource itself). */
void pl_trace_block(struct pl_trace *t, const char *hop, const char *cause,
                    const struct pl_address *resource, const char *path, const char *fmt, ...)
    PL_PRINTF(6, 7);
/* The deciding field of the hop added last, where it passes and is a risk. */
void pl_trace_field(struct pl_trace *t, const struct pl_address *resource, const char *path);
/* The hop added last strikes at this time after the start, and at no other. */
void pl_trace_at(struct pl_trace *t, int64_t at_ms);
/* It may strike later as well, up to then: a limit that each phase or try of a call has. */
void pl_trace_until(struct pl_trace *t, int64_t until_ms);
/* Evidence for the hop added last; value NULL reads the field and shows it. */
void pl_trace_evidence(struct pl_trace *t, const struct pl_resource *resource, const char *path);
void pl_trace_evidence_text(struct pl_trace *t, const struct pl_address *resource, const char *path,
                            const char *value, const char *note);
void pl_trace_not_modelled(struct pl_trace *t, const char *fmt, ...)
    PL_PRINTF(2, 3); /* told once */

/* Paths with names from outside in them, quoted where they must be: "peerings[name=x].state", and
 * "template.containers[name=app].env[name=X].value" (container NULL: by index; env NULL: a field of the container itself). */
char *pl_trace_element_path(struct pl_trace *t, const char *list, const char *name,
                            const char *last);
char *pl_trace_container_path(struct pl_trace *t, const char *container, size_t index,
                              const char *env, const char *last);

/* A service's field as its place in another kind that can send: evaluators write "template.vpcAccess.egress", and the helpers here read, show and
 * blame that of a job, which has a service's template one level deeper, or what comes nearest of a machine. */
const char *pl_trace_place(struct pl_trace *t, const struct pl_address *resource, const char *path);

/* "KIND/NAME" for sentences. */
const char *pl_trace_name(struct pl_trace *t, const struct pl_address *address);
/* Why something is not known: the gap's reason where there is one. */
const char *pl_trace_why(struct pl_trace *t, const struct pl_address *address);

/* Is a resource that was not found proven absent? Not where nothing of its kind was seen in its project, nothing says that the kind was
 * listed, and no baseline declares the resource: that is a collector's gap (a snapshot written by hand). */
bool pl_trace_absence_counts(struct pl_trace *t, const struct pl_address *address);

/* Was this resource there before the view changed anything? What is put back has no state that anybody saw: it is what it is made. */
bool pl_trace_was_there(struct pl_trace *t, const struct pl_address *address);
/* Is a field of it another in this view that cannot be changed? Then it is made anew (M1): addresses and ports that were seen, and are not
 * put back with it, are not its own. */
bool pl_trace_made_anew(struct pl_trace *t, const struct pl_resource *r);

/* ---- reading helpers (trace.c) ---- */

/* A state: as pl_trace_text, but a word that Google's document does not have, or one that says nothing, is not known. Google adds states. */
const char *pl_trace_state(struct pl_trace *t, const struct pl_resource *r, const char *path,
                           enum pl_known *known);
/* Text with the kind's default; known tells absent from not known. */
const char *pl_trace_text(struct pl_trace *t, const struct pl_resource *r, const char *path,
                          enum pl_known *known);
/* Boolean with the kind's default (absent: NO). */
enum pl_tri pl_trace_bool(struct pl_trace *t, const struct pl_resource *r, const char *path);
/* A database's flag that is on or off, in any of the engines' words and letter cases; MAYBE: another word. */
enum pl_tri pl_flag_is_on(const char *value);
/* A number above 0 with the kind's default; `otherwise` where there is none, or nobody knows it. */
int64_t pl_trace_count(struct pl_trace *t, const struct pl_resource *r, const char *path,
                       int64_t otherwise);
/* A list's items, NULL and 0 where absent; known tells. */
const struct pl_value *pl_trace_list(struct pl_trace *t, const struct pl_resource *r,
                                     const char *path, enum pl_known *known);

/* ---- the ends ---- */

void pl_source_find(struct pl_trace *t);
/* Is the source there, and of a kind whose packets are followed? */
bool pl_source_sends(const struct pl_trace *t);
/* Does it, and into its VPC network? */
bool pl_source_enters_vpc(const struct pl_trace *t);
/* Tells whether a job or a machine can send anything at all; false: the source is another. */
bool pl_source_told(struct pl_trace *t);
/* The account that egress rules may match. */
const char *pl_packet_account(const struct pl_source *s);
/* How many instances of the source run at full scale, by what field; 0: nothing says. */
int64_t pl_source_instances(struct pl_trace *t, const char **path);
void pl_target_find(struct pl_trace *t);
/* lookups.c: what the baseline declares of a resource, and the connections that begin at it; or NULL. */
struct pl_outgoing {
    const struct pl_connection **list;
    size_t n, cap;
};
const struct pl_declared *pl_declared_of(struct pl_trace *t, const struct pl_address *address);
const struct pl_outgoing *pl_connections_from(struct pl_trace *t, const struct pl_address *address);
/* declared.c: what the baseline wants of a field ("template.containers[name=app].resources.limits.memory"), as text where it is a plain one or
 * !at_least, as a number or a duration (0: it says none). */
const struct pl_expect *pl_declared_at(struct pl_trace *t, const struct pl_address *address,
                                       const char *path);
const struct pl_expect *pl_declared_member(const struct pl_expect *map, const char *key);
const char *pl_declared_text_of(const struct pl_expect *e);
int64_t pl_declared_number(struct pl_trace *t, const struct pl_address *address, const char *path);
int64_t pl_declared_duration(struct pl_trace *t, const struct pl_address *address,
                             const char *path);
/* Those that end at it. */
const struct pl_outgoing *pl_connections_to(struct pl_trace *t, const struct pl_address *address);
/* The database, cache or service of the unchanged world that answers at this host name or address, or NULL. */
const struct pl_resource *pl_owner_of(struct pl_trace *t, const char *host);
/* The one whose host or address is that of a secret (payload.h), or NULL. */
const struct pl_resource *pl_owner_of_payload(struct pl_trace *t, const struct pl_value *payload);
/* What the client dials: reads the wiring, then fills t->flow. Adds the wiring hops. */
void pl_wiring_follow(struct pl_trace *t);
/* E6: does Google keep rules for the source's connector in its network? Not where another project than the network's made it. */
bool pl_connector_has_rules(const struct pl_trace *t);
/* One of the two ranges of Google's APIs that are reached from inside a VPC alone (private and restricted.googleapis.com)? */
bool pl_is_google_vip(const struct pl_ip *ip);
/* Does a packet to t->flow enter the VPC? Fills flow.in_vpc. */
void pl_egress_decide(struct pl_trace *t);

/* variables.c: the environment variables of a workload's newest template, container by container; `value` NULL where it comes from a secret. */
struct pl_variable {
    const char *name, *value, *path;
    const char *secret, *version, *secret_path, *version_path; /* NULL where it is a plain value */
};
const struct pl_variable *pl_variables_of(struct pl_trace *t, const struct pl_resource *workload,
                                          size_t *n);

/* ---- serving.c: Cloud Run's revisions ---- */

/* The revision that serves where it is not the one that the service's template describes; NULL: the template serves. */
const char *pl_serving_revision(struct pl_trace *t, const struct pl_resource *service);
/* The shares of a service's traffic; a share's revision (NULL: the newest); the one whose tag is dialled (NULL: there is none). */
const struct pl_value *pl_traffic_of(struct pl_trace *t, const struct pl_resource *service);
const char *pl_traffic_revision(const struct pl_value *share);
/* How much of the traffic the i-th share gets. */
int64_t pl_traffic_percent(struct pl_trace *t, const struct pl_resource *service, size_t i);
const struct pl_value *pl_traffic_tagged(struct pl_trace *t, const struct pl_resource *service);
/* A revision of the service, by its own name; NULL unless present. */
const struct pl_resource *pl_revision_of(struct pl_trace *t, const struct pl_resource *service,
                                         const char *revision, enum pl_known *known);
/* Where the settings that answer stand: in the service's template, or in a revision. */
struct pl_serving {
    const struct pl_resource *resource; /* NULL: the revision was not read */
    const char *prefix;                 /* of its fields: "template." or "" */
    const char *revision;               /* NULL: the template's */
};
struct pl_serving pl_serving_of(struct pl_trace *t, const struct pl_resource *service);
/* "timeout" as a path of serving->resource. */
const char *pl_serving_path(struct pl_trace *t, const struct pl_serving *serving, const char *path);
/* "containers[name=app].ports" likewise: a member of the container, which is the i-th. */
const char *pl_serving_container_path(struct pl_trace *t, const struct pl_serving *serving,
                                      const struct pl_value *container, size_t i, const char *last);
/* Is what the newest revision's readiness hangs on another in this view than in the unchanged world? MAYBE: the template is, and Google
 * names no reason. Then the state that was seen says nothing. */
enum pl_tri pl_readiness_moved(struct pl_trace *t, const struct pl_resource *service);
/* Did no revision of it ever become ready, for this reason of Google's or for none that it names? */
bool pl_never_ready(struct pl_trace *t, const struct pl_resource *workload, const char *reason);
/* The same of the unchanged world, which `unchanged` then looks at: the workload there, or NULL. */
const struct pl_resource *pl_never_ready_before(struct pl_trace *t,
                                                const struct pl_resource *workload,
                                                const char *reason, struct pl_trace *unchanged);

/* names.c: what a client may call the target, once the trace is evaluated. */
void pl_names_gather(struct pl_trace *t, struct pl_reach_names *out);

/* ---- evaluators, in hops.c's order ---- */

void pl_hop_source_ready(struct pl_trace *t);
void pl_hop_secrets(struct pl_trace *t);
void pl_hop_network_user(struct pl_trace *t);
void pl_hop_name(struct pl_trace *t);
void pl_hop_egress(struct pl_trace *t);
void pl_hop_connector(struct pl_trace *t);
void pl_hop_connector_capacity(struct pl_trace *t);
void pl_hop_firewall_egress(struct pl_trace *t);
void pl_hop_psc_endpoint(struct pl_trace *t);
void pl_hop_route(struct pl_trace *t);
void pl_hop_peering(struct pl_trace *t);
void pl_hop_nat(struct pl_trace *t);
void pl_hop_exit_address(struct pl_trace *t);
void pl_hop_google_access(struct pl_trace *t);
void pl_hop_firewall_ingress(struct pl_trace *t);
void pl_hop_return_path(struct pl_trace *t);
void pl_hop_pod_routes(struct pl_trace *t);
void pl_hop_target_exists(struct pl_trace *t);
void pl_hop_lb(struct pl_trace *t);
void pl_hop_sql_state(struct pl_trace *t);
void pl_hop_sql_address(struct pl_trace *t);
void pl_hop_sql_socket(struct pl_trace *t);
void pl_hop_sql_port(struct pl_trace *t);
void pl_hop_sql_authorized(struct pl_trace *t);
void pl_hop_sql_tls(struct pl_trace *t);
void pl_hop_sql_login(struct pl_trace *t);
void pl_hop_sql_capacity(struct pl_trace *t);
void pl_hop_writes(struct pl_trace *t);
void pl_hop_redis_state(struct pl_trace *t);
void pl_hop_redis_port(struct pl_trace *t);
void pl_hop_redis_tls(struct pl_trace *t);
void pl_hop_redis_auth(struct pl_trace *t);
void pl_hop_password(struct pl_trace *t);
void pl_hop_cluster(struct pl_trace *t);
void pl_hop_server_certificate(struct pl_trace *t);
void pl_hop_credential(struct pl_trace *t);
void pl_hop_resources(struct pl_trace *t);
void pl_hop_sql_engine(struct pl_trace *t);
void pl_hop_run_ready(struct pl_trace *t);
void pl_hop_run_traffic(struct pl_trace *t);
void pl_hop_run_ingress(struct pl_trace *t);
void pl_hop_run_invoker(struct pl_trace *t);
void pl_hop_shared_secret(struct pl_trace *t);
void pl_hop_project(struct pl_trace *t);
void pl_hop_run_audience(struct pl_trace *t);
void pl_hop_iap_audience(struct pl_trace *t);
void pl_hop_run_protocol(struct pl_trace *t);
void pl_hop_run_timeout(struct pl_trace *t);
void pl_hop_time_budget(struct pl_trace *t);
void pl_hop_run_startup(struct pl_trace *t);
void pl_hop_run_capacity(struct pl_trace *t);
/* beyond.c: adds no hop: what of this path no field shows. */
void pl_tell_beyond(struct pl_trace *t);

/* ---- shared rules ---- */

/* rules.c: the verdict of a network's rules for one packet. */
struct pl_packet {
    struct pl_ip src, dst;
    bool src_known,
        dst_known;   /* where unknown, only rules that cover everything or nothing decide */
    bool dst_public; /* dst_known false: but it is some public address */
    struct pl_prefix src_range; /* the whole range the source may be in; src_known false */
    bool src_range_known;
    int protocol, port; /* IANA number; 6 = TCP */
    const char *const *src_tags;
    size_t n_src_tags;
    const char *src_account; /* may be matched by target service accounts: Direct VPC, machines */
    bool src_machine;        /* its tags and account are all there is to say of it, both ways */
    const char *const *dst_tags;
    size_t n_dst_tags;
    const char *dst_account; /* of a machine; NULL: none, or not known */
    bool dst_tags_known,
        src_tags_undefined; /* Direct VPC tags in ingress rules: Google says undefined */
};
struct pl_firewall_answer {
    enum { PL_FW_ALLOW, PL_FW_DENY, PL_FW_UNKNOWN, PL_FW_UNDEFINED } what;
    const struct pl_resource *rule; /* NULL: implied */
    const char *why;                /* sentence */
    const struct pl_resource *lost; /* an allowing rule that lost to `rule`, or NULL */
};
struct pl_firewall_answer pl_firewall_judge(struct pl_view *view, const struct pl_address *network,
                                            bool egress, const struct pl_packet *packet);

/* policy.c: the verdict of all layers of firewalls that hold for the source's network. */
struct pl_firewall_ruling {
    int what;                    /* PL_FW_* */
    const char *by;              /* for sentences; NULL: `why` is all there is to say */
    const struct pl_address *at; /* the deciding field */
    const char *path;
    const struct pl_resource *rule; /* where it is one of the network's own */
    const char *shown;              /* its priority or action */
    const char *why;                /* UNKNOWN, UNDEFINED: a sentence */
    bool implied;
    const char *lost; /* what says otherwise and comes behind it, or NULL */
    const struct pl_address *lost_at;
    const char *lost_path, *lost_shown;
    bool lost_same_layer;
};
/* `managed`: the priority of an allow that Google keeps among the network's own rules (E5); 0: none. */
struct pl_firewall_ruling pl_firewall_rule_on(struct pl_trace *t, struct pl_view *view, bool egress,
                                              const struct pl_packet *packet, int64_t managed);

/* routes.c: the route of a network that takes a packet. */
struct pl_candidate {
    const struct pl_resource *route, *subnet; /* one of them: a subnet's own route is not listed */
    struct pl_prefix prefix;
    int64_t priority;
};
struct pl_lookup {
    bool found, complete;
    bool listed; /* any route of this network was seen at all */
    struct pl_candidate best, second;
    bool second_found;
    bool peered;                     /* a route of a peering covers it, too */
    const struct pl_resource *maybe; /* a route that may be of this network, and may decide */
    struct pl_candidate maybe_best;
    bool maybe_ranged; /* its range is known */
};
struct pl_lookup pl_routes_look_up(struct pl_view *view, const struct pl_address *network,
                                   const struct pl_ip *ip, const char *const *tags, size_t n_tags);
bool pl_candidate_beats(const struct pl_candidate *a, const struct pl_candidate *b);

/* dns.c: what a name is, seen from the source's network. */
struct pl_name_answer {
    enum {
        PL_NAME_PUBLIC,  /* no private zone that the network sees covers it */
        PL_NAME_ADDRESS, /* `ip`, by `record` in `zone` */
        PL_NAME_NOT_THERE, /* `zone` covers it and does not have it: NXDOMAIN; NULL: none does, and it is no public name */
        PL_NAME_UNKNOWN /* `why` */
    } what;
    const struct pl_resource *zone, *record;
    struct pl_ip ip;
    size_t n_ips;
    bool several;
    bool forwarded;  /* UNKNOWN: other name servers are asked */
    const char *why; /* a sentence */
};
struct pl_name_answer pl_name_resolve(struct pl_trace *t, const char *host);

/* front.c: the forwarding rule that has a private address, in the source's network or in one that it is peered with. */
struct pl_front {
    const struct pl_resource *rule, *peered;
    enum pl_known known; /* of the listing */
};
struct pl_front pl_front_at(struct pl_trace *t, const struct pl_ip *ip);
/* Is it an endpoint of Google's APIs (all-apis, vpc-sc)? */
bool pl_front_is_google(struct pl_trace *t, const struct pl_front *front);
/* Does the endpoint lead to the target? MAYBE where it is none, or not known. */
enum pl_tri pl_front_leads(struct pl_trace *t, const struct pl_resource *rule);

/* peering.c: which peering carries packets to this target's producer network, by its name or the beginning of it; NULL: none (public, PSC, own
 * network). */
const char *pl_peering_of(struct pl_trace *t);

/* nat.c: the addresses that a public destination sees the source's packets come from; false where they are not known, or change. */
struct pl_exit {
    const struct pl_ip *ips;
    size_t n;
    const struct pl_resource *by; /* the router, or a machine with an address of its own */
    const char *
        missing; /* where they are not known: of which reserved address that is, and why; or NULL */
};
bool pl_exit_addresses(struct pl_trace *t, struct pl_exit *out);

/* peer_routes.c: where no listed route leads to a private address, does one that a peering brings? Adds the route hop where that is to be said. */
bool pl_told_by_peer(struct pl_trace *t, const struct pl_ip *ip);

/* next_hop.c: what the best route leads to, where that is a thing of the user's. Adds the route hop. */
void pl_next_hop_judge(struct pl_trace *t, const struct pl_resource *route, const char *field,
                       const char *hop);

/* The subnet of the source's own network that an address is in, or NULL. There that network's ingress rules hold (F17: not so for addresses
 * behind a peering), and machines and endpoints of the user's may stand. */
const struct pl_resource *pl_own_subnet_of(struct pl_trace *t, const struct pl_ip *ip);

/* sql.c: is this instance reached by an endpoint of Private Service Connect (X1), not by the peering? */
bool pl_sql_by_endpoint(struct pl_trace *t);

/* capacity.c: how many connections to its database one instance of the source keeps, by its own variables; 0: nothing says. */
int64_t pl_pool_size(struct pl_trace *t);

/* iam.c: has this member the permission on the resource or its project? Roles are expanded by a table; a custom role, a group, a
 * domain or a condition that might grant it makes the answer MAYBE. */
enum pl_tri pl_iam_allows(struct pl_trace *t, const struct pl_resource *resource,
                          const char *project, const char *member_email, bool anonymous,
                          const char *permission, const char **why, struct pl_address *where);

/* The account that a Cloud Run service or revision runs as: its own, or the project's default one where the project's number is known
 * (https://cloud.google.com/run/docs/securing/service-identity). NULL where it is not known. */
const char *pl_runtime_account(struct pl_trace *t, const struct pl_resource *workload);
/* The number of a project, as the names of its services tell it; NULL where they do not. */
const char *pl_project_number(struct pl_trace *t, const char *project);

/* secrets.c: did no revision of this workload ever become ready, and is a secret, as observed, what keeps it from that? Then its state is an effect, and
 * MAYBE is one where a secret was not read. */
enum pl_tri pl_secrets_drive(struct pl_trace *t, const struct pl_resource *workload);

/* network_user.c: likewise, whether Cloud Run's agent may use the subnetwork. */
enum pl_tri pl_network_user_drives(struct pl_trace *t, const struct pl_resource *workload);
/* The version of a secret that a workload takes, by what its template says ("latest", a number, an alias; NULL or "": latest); NULL unless it is there. */
const struct pl_resource *pl_secret_version(struct pl_trace *t, const struct pl_resource *workload,
                                            const char *secret, const char *version);

/* The same host: names in any case, addresses however they are written. NULL is the same as nothing. */
bool pl_same_host(const char *a, const char *b);
/* Same network, by project (id and number cannot be told apart) and name. */
bool pl_same_network(const struct pl_address *a, const struct pl_address *b);
/* Is the API enabled? MAYBE where services were not read. */
enum pl_tri pl_api_enabled(struct pl_trace *t, const char *project, const char *api,
                           struct pl_address *where);

#endif
