/* remedy.c - how to undo a drift: a command, one that shows that it worked, one that takes it back, and the risk.
 *
 * Rows of gcloud commands by kind and field (https://cloud.google.com/sdk/gcloud/reference). Every value is quoted for the shell; a
 * secret is never part of a command. Where gcloud has no command, a sentence says what to do.
 */
#include <inttypes.h>
#include <string.h>

#include "explain_priv.h"
#include "plumbline/escape.h"
#include "plumbline/json.h"

/* In templates: {name} {project} {location} of the resource, {value} the value to set, {key} the last identifying step
 * (an environment variable, a flag), {pair} KEY=VALUE of a variable, escaped as gcloud wants lists. */
struct row {
    const char *kind;
    const char *path;  /* generic; a trailing "..." covers everything below */
    const char *set;   /* command that sets the field */
    const char *unset; /* command that removes it; NULL: `set` with an empty value is no command */
    const char *risk;
};

#define NEW_REVISION "rolls out a new revision; requests in flight finish on the old one"
#define SQL_LIVE     "takes effect without a restart"
#define SQL_RESTART  "restarts the instance: connections drop for about a minute"

static const struct row rows[] = {
    {"run.service", "template.containers[].env[].value",
     "gcloud run services update {name} --region={location} --project={project} "
     "--update-env-vars={pair}",
     "gcloud run services update {name} --region={location} --project={project} "
     "--remove-env-vars={key}",
     NEW_REVISION},
    {"run.service", "template.containers[].env[]",
     "gcloud run services update {name} --region={location} --project={project} "
     "--update-env-vars={pair}",
     "gcloud run services update {name} --region={location} --project={project} "
     "--remove-env-vars={key}",
     NEW_REVISION},
    {"run.service", "template.vpcAccess.egress",
     "gcloud run services update {name} --region={location} --project={project} "
     "--vpc-egress={egress}",
     NULL, NEW_REVISION},
    {"run.service", "template.vpcAccess.connector",
     "gcloud run services update {name} --region={location} --project={project} "
     "--vpc-connector={value}",
     "gcloud run services update {name} --region={location} --project={project} "
     "--clear-vpc-connector",
     NEW_REVISION},
    {"run.service", "template.scaling.minInstanceCount",
     "gcloud run services update {name} --region={location} --project={project} "
     "--min-instances={value}",
     "gcloud run services update {name} --region={location} --project={project} "
     "--min-instances=default",
     NEW_REVISION " and warm instances cost money"},
    {"run.service", "template.scaling.maxInstanceCount",
     "gcloud run services update {name} --region={location} --project={project} "
     "--max-instances={value}",
     NULL, NEW_REVISION},
    {"run.service", "scaling.minInstanceCount",
     "gcloud run services update {name} --region={location} --project={project} --min={value}",
     "gcloud run services update {name} --region={location} --project={project} --min=default",
     "no new revision; warm instances cost money"},
    {"run.service", "template.timeout",
     "gcloud run services update {name} --region={location} --project={project} --timeout={value}",
     NULL, NEW_REVISION},
    {"run.service", "template.serviceAccount",
     "gcloud run services update {name} --region={location} --project={project} "
     "--service-account={value}",
     NULL, NEW_REVISION " under another identity"},
    {"run.service", "template.maxInstanceRequestConcurrency",
     "gcloud run services update {name} --region={location} --project={project} "
     "--concurrency={value}",
     NULL, NEW_REVISION},
    {"run.service", "template.containers[].startupProbe.httpGet.path",
     "gcloud run services update {name} --region={location} --project={project} "
     "--startup-probe=httpGet.path={value}",
     NULL, NEW_REVISION "; it serves only once the path answers"},
    {"run.service", "template.containers[].resources.limits{}",
     "gcloud run services update {name} --region={location} --project={project} --{key}={value}",
     NULL, NEW_REVISION},
    {"run.service", "ingress",
     "gcloud run services update {name} --region={location} --project={project} "
     "--ingress={ingress}",
     NULL, "takes effect at once for every caller"},
    {"run.service", "customAudiences",
     "gcloud run services update {name} --region={location} --project={project} "
     "--set-custom-audiences={list}",
     "gcloud run services update {name} --region={location} --project={project} "
     "--clear-custom-audiences",
     "takes effect at once for every token"},
    {"run.service", "defaultUriDisabled",
     "gcloud run services update {name} --region={location} --project={project} --{defaulturl}",
     NULL, "takes effect at once for every caller of the run.app address"},
    {"run.service", "traffic[]",
     "gcloud run services update-traffic {name} --region={location} --project={project} "
     "--{traffic}",
     NULL, "moves the traffic at once; requests in flight finish on the old revision"},
    {"compute.backendService", "timeoutSec",
     "gcloud compute backend-services update {name} --{scope} --project={project} "
     "--timeout={value}",
     NULL, "takes effect within minutes, for new requests"},
    {"compute.forwardingRule", "allowGlobalAccess",
     "gcloud compute forwarding-rules update {name} --{scope} --project={project} --{globalaccess}",
     NULL, "takes effect within minutes"},
    {"compute.securityPolicy", "rules[].match.expr.expression",
     "gcloud compute security-policies rules update {key} --security-policy={name} "
     "--project={project} --expression={value}",
     NULL, "takes effect within minutes for every request behind the policy"},
    {"compute.targetHttpsProxy", "sslCertificates",
     "gcloud compute target-https-proxies update {name} --{scope} --project={project} "
     "--ssl-certificates={links}",
     NULL, "replaces the proxy's list of certificates; new handshakes get the new ones"},
    {"sql.instance", "settings.activationPolicy",
     "gcloud sql instances patch {name} --project={project} --activation-policy={value}", NULL,
     "starts or stops the instance"},
    {"sql.instance", "settings.ipConfiguration.sslMode",
     "gcloud sql instances patch {name} --project={project} --ssl-mode={value}", NULL,
     SQL_LIVE "; clients in another TLS mode are refused"},
    {"sql.instance", "settings.ipConfiguration.ipv4Enabled",
     "gcloud sql instances patch {name} --project={project} --{assignip}", NULL,
     "adds or removes the public address; a removed address does not come back"},
    {"sql.instance", "settings.connectorEnforcement",
     "gcloud sql instances patch {name} --project={project} --connector-enforcement={value}", NULL,
     SQL_LIVE},
    {"sql.instance", "settings.tier",
     "gcloud sql instances patch {name} --project={project} --tier={value}", NULL, SQL_RESTART},
    {"redis.instance", "authEnabled",
     "gcloud redis instances update {name} --region={location} --project={project} --{auth}", NULL,
     "clients without the right AUTH string are refused at once"},
    {"redis.instance", "memorySizeGb",
     "gcloud redis instances update {name} --region={location} --project={project} --size={value}",
     NULL, "scales the instance; a failover may occur"},
    {"compute.subnetwork", "privateIpGoogleAccess",
     "gcloud compute networks subnets update {name} --region={location} --project={project} "
     "--{pga}",
     NULL, "takes effect at once"},
    {"compute.firewall", "disabled",
     "gcloud compute firewall-rules update {name} --project={project} --{disabled}", NULL,
     "takes effect at once for new connections"},
    {"compute.firewall", "priority",
     "gcloud compute firewall-rules update {name} --project={project} --priority={value}", NULL,
     "takes effect at once for new connections"},
    {"compute.firewall", "", NULL,
     "gcloud compute firewall-rules delete {name} --project={project}",
     "takes effect at once for new connections"},
    {"compute.route", "", NULL, "gcloud compute routes delete {name} --project={project}",
     "takes effect at once for all traffic of the network"},
    {"compute.router", "nats[]",
     "gcloud compute routers nats create {natname} --router={name} --region={location} "
     "--project={project} --auto-allocate-nat-external-ips --nat-all-subnet-ip-ranges",
     NULL, "new outgoing addresses: tell those who list them"},
    {"compute.router", "nats[].minPortsPerVm",
     "gcloud compute routers nats update {key} --router={name} --region={location} "
     "--project={project} --min-ports-per-vm={value}",
     NULL, "connections of machines that change their ports may be cut"},
    {"compute.router", "nats[].maxPortsPerVm",
     "gcloud compute routers nats update {key} --router={name} --region={location} "
     "--project={project} --max-ports-per-vm={value}",
     NULL, "connections of machines that change their ports may be cut"},
    {"compute.network", "effectiveFirewalls...", NULL, NULL,
     "a rule of a policy of the organisation or a folder: its owners change it, and it holds for "
     "all "
     "their networks"},
    {"compute.firewallPolicy", "rules[].action", NULL, NULL,
     "takes effect at once for new connections, in every network that the policy is attached to"},
    {"dns.managedZone", "", NULL, "gcloud dns managed-zones delete {name} --project={project}",
     "names in it are answered by the next longer zone or the public DNS; resolvers keep old "
     "answers for their TTL; its records have to go first"},
    {"compute.forwardingRule", "", NULL,
     "gcloud compute forwarding-rules delete {name} --region={location} --project={project}",
     "its address stops answering at once"},
    {"vpcaccess.connector", "machineType",
     "gcloud compute networks vpc-access connectors update {name} --region={location} "
     "--project={project} --machine-type={value}",
     NULL, "replaces the connector's instances one by one"},
    {"vpcaccess.connector", "minInstances",
     "gcloud compute networks vpc-access connectors update {name} --region={location} "
     "--project={project} --min-instances={value}",
     NULL, "takes minutes"},
    {"vpcaccess.connector", "maxInstances",
     "gcloud compute networks vpc-access connectors update {name} --region={location} "
     "--project={project} --max-instances={value}",
     NULL, "takes minutes"},
    {"secret.secret", "", "gcloud secrets create {name} --project={project}",
     "gcloud secrets delete {name} --project={project}",
     "a new secret has no version: add one (gcloud secrets versions add) and deploy again"},
    {"secret.version", "state",
     "gcloud secrets versions {versionstate} {name} --secret={parent} --project={project}", NULL,
     "takes effect for instances that start from now on; a destroyed version does not come back"},
    {"project.service", "", "gcloud services enable {name} --project={project}",
     "gcloud services disable {name} --project={project}", "takes minutes to be known everywhere"},
    {"project.service", "state", "gcloud services enable {name} --project={project}", NULL,
     "takes minutes to be known everywhere"},
    {"servicenetworking.connection", "",
     "gcloud services vpc-peerings connect --service=servicenetworking.googleapis.com "
     "--network={name} --ranges={ranges} --project={project}",
     NULL, "creates the peering again; producers keep their ranges"},
    {"servicenetworking.connection", "reservedPeeringRanges",
     "gcloud services vpc-peerings update --service=servicenetworking.googleapis.com "
     "--network={name} --ranges={ranges} --project={project} --force",
     NULL, "existing producer subnets do not change"},
};

/* How to look at a resource, to verify. */
static const struct {
    const char *kind, *describe;
} describes[] = {
    {"run.service",
     "gcloud run services describe {name} --region={location} --project={project} --format=json"},
    {"compute.backendService",
     "gcloud compute backend-services describe {name} --{scope} --project={project} --format=json"},
    {"compute.forwardingRule",
     "gcloud compute forwarding-rules describe {name} --{scope} --project={project} --format=json"},
    {"compute.targetHttpsProxy", "gcloud compute target-https-proxies describe {name} --{scope} "
                                 "--project={project} --format=json"},
    {"compute.urlMap",
     "gcloud compute url-maps describe {name} --{scope} --project={project} --format=json"},
    {"sql.instance", "gcloud sql instances describe {name} --project={project} --format=json"},
    {"redis.instance", "gcloud redis instances describe {name} --region={location} "
                       "--project={project} --format=json"},
    {"compute.network",
     "gcloud compute networks describe {name} --project={project} --format=json"},
    {"compute.subnetwork", "gcloud compute networks subnets describe {name} --region={location} "
                           "--project={project} --format=json"},
    {"dns.managedZone",
     "gcloud dns managed-zones describe {name} --project={project} --format=json"},
    {"compute.forwardingRule",
     "gcloud compute forwarding-rules describe {name} --region={location} "
     "--project={project} --format=json"},
    {"compute.instance", "gcloud compute instances describe {name} --zone={location} "
                         "--project={project} --format=json"},
    {"compute.firewall",
     "gcloud compute firewall-rules describe {name} --project={project} --format=json"},
    {"compute.route", "gcloud compute routes describe {name} --project={project} --format=json"},
    {"compute.router", "gcloud compute routers describe {name} --region={location} "
                       "--project={project} --format=json"},
    {"vpcaccess.connector", "gcloud compute networks vpc-access connectors describe {name} "
                            "--region={location} --project={project} --format=json"},
    {"servicenetworking.connection",
     "gcloud services vpc-peerings list --network={name} --project={project} --format=json"},
    {"secret.secret", "gcloud secrets get-iam-policy {name} --project={project} --format=json"},
    {"secret.version",
     "gcloud secrets versions describe {name} --secret={parent} --project={project} --format=json"},
    {"project.service",
     "gcloud services list --enabled --filter=config.name={name} --project={project}"},
    {"project.iamPolicy", "gcloud projects get-iam-policy {name} --format=json"},
};

struct words {
    struct pl_arena *arena;
    const struct pl_drift *drift;
    const struct pl_value *value; /* the value to set */
};

static const char *as_text(struct pl_arena *arena, const struct pl_value *v)
{
    if (!v)
        return NULL;
    switch (v->type) {
    case PL_STRING:
        return v->u.string.s;
    case PL_INT:
        return pl_arena_printf(arena, "%" PRId64, v->u.integer);
    case PL_BOOL:
        return v->u.boolean ? "true" : "false";
    case PL_REAL:
        return pl_json_text(arena, v);
    case PL_NULL:
    case PL_LIST:
    case PL_MAP:
    case PL_UNKNOWN:
        break;
    }
    return NULL;
}

/* The last step of a path that identifies: an environment variable's name, a flag's, a limit's key. */
static const char *key_of(const struct pl_path *path)
{
    for (size_t i = path->n; i > 0; i--)
        if (path->steps[i - 1].type == PL_STEP_ID)
            return path->steps[i - 1].value;
    return path->n ? path->steps[path->n - 1].key : NULL;
}

/* With commas between, where none is in a text. Of links their names. */
static const char *join(struct pl_arena *arena, const struct pl_value *list, bool names)
{
    struct pl_buf b = {0};
    for (size_t i = 0; i < pl_value_count(list); i++) {
        const char *text = pl_value_text(pl_value_item(list, i));
        const char *slash = names && text ? strrchr(text, '/') : NULL;
        if (text && strchr(text, ',')) {
            pl_buf_free(&b);
            return NULL;
        }
        if (text)
            pl_buf_addf(&b, "%s%s", b.len ? "," : "", slash ? slash + 1 : text);
    }
    return b.len ? pl_buf_take(&b, arena) : (pl_buf_free(&b), (const char *)NULL);
}

static const char *join_texts(struct pl_arena *arena, const struct pl_value *list)
{
    return join(arena, list, false);
}

/* All of the traffic to the newest revision, or to one that is named; any other split is said in words. */
static const char *traffic_words(struct pl_arena *arena, const struct pl_value *target)
{
    const char *type = pl_value_member_text(target, "type"),
               *revision = pl_value_member_text(target, "revision");
    int64_t percent = 0;
    if (!pl_value_as_int(pl_value_member(target, "percent"), &percent) || percent != 100)
        return NULL;
    if (revision && *revision)
        return pl_arena_printf(arena, "to-revisions=%s=100", revision);
    return type && strcmp(type, "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST") == 0 ? "to-latest" : NULL;
}

/* gcloud splits lists at commas; "^X^" in front names another separator (gcloud topic escaping). NULL where none is left. */
static const char *pair(struct pl_arena *arena, const char *key, const char *value)
{
    static const char separators[] = "@;~%|";
    if (!key || !value)
        return NULL;
    if (!strchr(value, ','))
        return pl_arena_printf(arena, "%s=%s", key, value);
    for (const char *s = separators; *s; s++)
        if (!strchr(value, *s))
            return pl_arena_printf(arena, "^%c^%s=%s", *s, key, value);
    return NULL;
}

/* gcloud's options for booleans, by placeholder. */
static const struct {
    const char *name, *yes, *no;
} switches[] = {
    {"assignip", "assign-ip", "no-assign-ip"},
    {"auth", "enable-auth", "no-enable-auth"},
    {"defaulturl", "no-default-url", "default-url"}, /* the field says that it is off */
    {"disabled", "disabled", "no-disabled"},
    {"globalaccess", "allow-global-access", "no-allow-global-access"},
    {"pga", "enable-private-ip-google-access", "no-enable-private-ip-google-access"},
};

static const char *switch_word(const char *name, const struct pl_value *v)
{
    for (size_t i = 0; i < PL_LEN(switches); i++)
        if (strcmp(switches[i].name, name) == 0)
            return v && v->type == PL_BOOL && v->u.boolean ? switches[i].yes : switches[i].no;
    return NULL;
}

/* The word for one placeholder, unquoted; NULL: there is none, so there is no command. */
static const char *word(const struct words *w, const char *name)
{
    const struct pl_drift *d = w->drift;
    const struct pl_address *a = &d->address;
    const char *text = as_text(w->arena, w->value);
    if (strcmp(name, "name") == 0)
        return a->names[a->kind->n_segments - 1];
    if (strcmp(name, "parent") == 0)
        return a->names[0];
    if (strcmp(name, "versionstate") == 0)
        return !text                           ? NULL
               : strcmp(text, "ENABLED") == 0  ? "enable"
               : strcmp(text, "DISABLED") == 0 ? "disable"
                                               : NULL;
    if (strcmp(name, "project") == 0)
        return a->project;
    if (strcmp(name, "location") == 0)
        return a->location;
    if (strcmp(name, "key") == 0)
        return key_of(&d->path);
    if (strcmp(name, "value") == 0)
        return text;
    if (strcmp(name, "pair") == 0)
        return pair(w->arena, key_of(&d->path),
                    w->value && w->value->type == PL_MAP ? pl_value_member_text(w->value, "value")
                                                         : text);
    if (strcmp(name, "egress") == 0)
        return !text                              ? NULL
               : strcmp(text, "ALL_TRAFFIC") == 0 ? "all-traffic"
                                                  : "private-ranges-only";
    if (strcmp(name, "ingress") == 0)
        return !text                                                ? NULL
               : strcmp(text, "INGRESS_TRAFFIC_ALL") == 0           ? "all"
               : strcmp(text, "INGRESS_TRAFFIC_INTERNAL_ONLY") == 0 ? "internal"
               : strcmp(text, "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER") == 0
                   ? "internal-and-cloud-load-balancing"
                   : NULL; /* gcloud has no word for NONE */
    if (strcmp(name, "ranges") == 0)
        return join_texts(w->arena, w->value && w->value->type == PL_MAP
                                        ? pl_value_member(w->value, "reservedPeeringRanges")
                                        : w->value);
    if (strcmp(name, "natname") == 0)
        return key_of(&d->path);
    if (strcmp(name, "list") == 0)
        return join_texts(w->arena, w->value);
    if (strcmp(name, "links") == 0)
        return join(w->arena, w->value, true);
    if (strcmp(name, "traffic") == 0)
        return traffic_words(w->arena, w->value);
    if (strcmp(name, "scope") == 0)
        return !a->location || strcmp(a->location, "global") == 0
                   ? "global"
                   : pl_arena_printf(w->arena, "region=%s", a->location);
    return switch_word(name, w->value);
}

static bool is_secret(const char *text)
{
    return text && strstr(text, "<redacted") != NULL;
}

/* Fills a template; NULL where a word is missing, unknown or secret. */
static const char *fill(const struct words *w, const char *template)
{
    struct pl_buf b = {0};
    for (const char *p = template; *p;) {
        size_t plain = strcspn(p, "{");
        pl_buf_add(&b, p, plain);
        p += plain;
        if (!*p)
            break;
        size_t len = strcspn(p + 1, "}");
        const char *name = pl_arena_strndup(w->arena, p + 1, len), *text = word(w, name);
        if (!text || is_secret(text)) {
            pl_buf_free(&b);
            return NULL;
        }
        pl_escape_shell(&b, text);
        p += len + 2;
    }
    return pl_buf_take(&b, w->arena);
}

static const struct row *find_row(struct pl_arena *arena, const struct pl_drift *d)
{
    const char *generic = pl_path_generic(arena, &d->path);
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        size_t len = strlen(rows[i].path);
        bool below = len > 3 && strcmp(rows[i].path + len - 3, "...") == 0;
        if (strcmp(rows[i].kind, d->address.kind->name) != 0)
            continue;
        if (below ? strncmp(rows[i].path, generic, len - 3) == 0
                  : strcmp(rows[i].path, generic) == 0)
            return &rows[i];
    }
    return NULL;
}

/* Cloud SQL takes all flags in one option: what is not named is reset, so the command must name every flag. */
static const char *flags_sentence(const struct words *w)
{
    const char *value = as_text(w->arena, w->value);
    return value ? pl_arena_printf(
                       w->arena,
                       "set database flag %s to %s; `gcloud sql instances patch --database-flags` "
                       "replaces all flags, so name every one that is to stay",
                       key_of(&w->drift->path), value)
                 : NULL;
}

/* The same of authorised networks: an entry's address, or the whole list's. */
static const char *networks_sentence(const struct words *w)
{
    const struct pl_drift *d = w->drift;
    const struct pl_value *v = w->value ? w->value : d->observed ? d->observed : d->revert;
    const char *entry = v && v->type == PL_MAP ? pl_value_member_text(v, "value") : NULL;
    if (!entry)
        return NULL;
    return pl_arena_printf(w->arena,
                           "%s %s %s the authorised networks; `gcloud sql instances patch "
                           "--authorized-networks` replaces them all, so name every one that is to "
                           "stay",
                           w->value ? "add" : "take", entry, w->value ? "to" : "out of");
}

static const char *iam_command(const struct words *w, bool add)
{
    const struct pl_address *a = &w->drift->address;
    const struct pl_step *steps = w->drift->path.steps;
    const char *role = NULL;
    for (size_t i = 0; i < w->drift->path.n; i++)
        if (steps[i].type == PL_STEP_ID && steps[i].key && strncmp(steps[i].key, "role", 4) == 0)
            role = steps[i].value;
    const struct pl_value *want = w->value, *have = w->drift->observed;
    if (want && want->type == PL_MAP)
        want = pl_value_member(want, "members");
    if (have && have->type == PL_MAP)
        have = pl_value_member(have, "members");
    const char *member = NULL;
    const struct pl_value *from = add ? want : have, *other = add ? have : want;
    for (size_t i = 0; i < pl_value_count(from) && !member; i++) {
        bool there = false;
        for (size_t j = 0; j < pl_value_count(other); j++)
            there = there || pl_value_equal(pl_value_item(from, i), pl_value_item(other, j));
        if (!there)
            member = pl_value_text(pl_value_item(from, i));
    }
    if (!role || !member)
        return NULL;
    /* A policy without a command of its own gets none: another resource's would grant the role elsewhere. */
    static const struct {
        const char *kind, *group, *place;
    } policies[] = {
        {"project.iamPolicy", "projects", "{name}"},
        {"run.service", "run services", "{name} --region={location} --project={project}"},
        {"secret.secret", "secrets", "{name} --project={project}"},
    };
    const char *group = NULL, *place = NULL;
    for (size_t i = 0; i < PL_LEN(policies); i++)
        if (strcmp(a->kind->name, policies[i].kind) == 0) {
            group = policies[i].group;
            place = fill(w, policies[i].place);
        }
    if (!place)
        return NULL;
    struct pl_buf b = {0};
    pl_buf_addf(&b, "gcloud %s %s-iam-policy-binding %s", group, add ? "add" : "remove", place);
    pl_buf_adds(&b, " --member=");
    pl_escape_shell(&b, member);
    pl_buf_adds(&b, " --role=");
    pl_escape_shell(&b, role);
    return pl_buf_take(&b, w->arena);
}

static bool is_iam(const struct pl_drift *d)
{
    return d->path.n > 0 && d->path.steps[0].key && strcmp(d->path.steps[0].key, "iamPolicy") == 0;
}

static const char *command_for(struct words *w, const struct pl_value *value)
{
    w->value = value;
    if (value == w->drift->revert && w->drift->expected &&
        is_secret(pl_json_text(w->arena, w->drift->expected)))
        return NULL; /* a secret is never part of a command */
    if (is_iam(w->drift)) {
        const char *add = iam_command(w, true);
        return add ? add : iam_command(w, false);
    }
    const char *generic = pl_path_generic(w->arena, &w->drift->path);
    if (strcmp(w->drift->address.kind->name, "sql.instance") == 0 &&
        strncmp(generic, "settings.databaseFlags", 22) == 0)
        return flags_sentence(w);
    if (strcmp(w->drift->address.kind->name, "sql.instance") == 0 &&
        strcmp(generic, "settings.ipConfiguration.authorizedNetworks[]") == 0)
        return networks_sentence(w);
    const struct row *row = find_row(w->arena, w->drift);
    const char *template = !row ? NULL : value ? row->set : row->unset;
    return template ? fill(w, template) : NULL;
}

static const char *sentence_for(struct pl_arena *arena, const struct pl_drift *d)
{
    const char *want = d->expected ? pl_value_text(d->expected) ? pl_value_text(d->expected)
                                                                : pl_json_text(arena, d->expected)
                                   : NULL;
    if (d->flags & PL_F_IMMUTABLE)
        return pl_arena_printf(
            arena, "%s cannot be changed in place: the resource must be created again with %s",
            d->field, want ? want : "the declared value");
    if (d->flags & PL_F_OUTPUT)
        return pl_arena_printf(arena, "%s is written by Google's side: mend what drives it",
                               d->field);
    if (d->path.n == 0)
        return pl_arena_printf(arena,
                               d->status == PL_DRIFT_MISSING ? "create %s as declared"
                                                             : "delete %s, or declare it",
                               d->field);
    return want ? pl_arena_printf(arena, "set %s to %s", d->field, want)
                : pl_arena_printf(arena, "remove %s", d->field);
}

const struct pl_remedy *pl_remediate(struct pl_arena *arena, const struct pl_drift *drift,
                                     size_t *n)
{
    struct words w = {.arena = arena, .drift = drift};
    struct pl_remedy *r = PL_NEW(arena, struct pl_remedy);
    const struct row *row = find_row(arena, drift);
    const char *command = command_for(&w, drift->revert);
    r->command = command ? command : sentence_for(arena, drift);
    r->rollback = command ? command_for(&w, drift->observed) : NULL;
    if (r->rollback && strcmp(r->rollback, r->command) == 0)
        r->rollback = NULL;
    r->risk = row ? row->risk : "not known for this field: read Google's page first";
    for (size_t i = 0; i < PL_LEN(describes); i++)
        if (strcmp(describes[i].kind, drift->address.kind->name) == 0)
            r->verify = fill(&w, describes[i].describe);
    *n = 1;
    return r;
}
