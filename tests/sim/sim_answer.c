/*
 * sim_answer.c - one request, one answer: the order in which Google's front end and an API judge a call, and the calls that are no lists.
 *
 * Order: address and HTTP method (HTML), faults on demand, query parameters, credentials, scopes, project, API enabled, refusals of the
 * estate, location, the call. Lists are in sim_list.c; bytes and sockets in sim_http.c.
 */
#include "sim.h"

#include <stdlib.h>
#include <string.h>

enum { TOKEN_LIFETIME = 3599 };

void sim_job_refuse(struct sim_job *job, enum sim_refusal refusal, const char *key,
                    const char *value)
{
    if (key != NULL) {
        json_object_set_new(job->facts, key, json_string(value));
    }
    sim_refuse(job->reply, job->api, refusal, job->facts);
}

/* ---- facts for the texts of refusals ---- */

/* What a permission is checked on: the resource itself, or what a list is a list of. */
static json_t *resource_path(const struct sim_job *job)
{
    const struct sim_kind *kind = sim_kind_find(job->method->kind);
    const bool list = job->method->list_key != NULL;
    const char *location = sim_str(job->vars, "location");
    if (job->method->call == SIM_CALL_CONNECTIONS) {
        return sim_expand("services/{service}", job->vars);
    }
    if (!list && kind != NULL && kind->resource != NULL) {
        json_t *facts = json_copy(job->vars);
        if (location != NULL) {
            json_object_set_new(facts, "place", sim_place(location));
        }
        json_t *path = sim_expand(kind->resource, facts);
        json_decref(facts);
        return path;
    }
    return sim_expand(location != NULL && job->api->style == SIM_STYLE_STATUS
                          ? "projects/{project}/locations/{location}"
                          : "projects/{project}",
                      job->vars);
}

/* Called again once the project of the path, which may be a number, is known by its id. */
static void facts_fill(struct sim_job *job)
{
    const struct sim_kind *kind = sim_kind_find(job->method->kind);
    const char *project = sim_str(job->vars, "project");
    const char *id = project == NULL ? NULL : sim_estate_project(&job->sim->estate, project);
    const char *number = id == NULL ? NULL : sim_estate_number(&job->sim->estate, id);
    json_object_update(job->facts, job->vars);
    json_object_set_new(job->facts, "service", json_string(job->api->host));
    json_object_set_new(job->facts, "title", json_string(job->api->title));
    json_object_set_new(job->facts, "method", json_string(job->method->id));
    json_object_set_new(job->facts, "permission", json_string(job->method->permission));
    json_object_set_new(job->facts, "number",
                        json_string(number != NULL    ? number
                                    : project != NULL ? project
                                                      : "0"));
    json_object_set_new(job->facts, "resource", resource_path(job));
    json_object_set_new(
        job->facts, "missing",
        sim_expand(kind == NULL ? "Requested entity was not found." : kind->missing, job->facts));
}

/* ---- the checks ---- */

static int check_credentials(struct sim_job *job)
{
    switch (sim_auth_check(&job->sim->auth, job->request->authorization, job->method->scopes)) {
    case SIM_CREDENTIAL_GOOD:
        return 0;
    case SIM_CREDENTIAL_NONE:
        sim_job_refuse(job, SIM_REFUSE_NO_CREDENTIALS, NULL, NULL);
        return -1;
    case SIM_CREDENTIAL_BAD:
        sim_job_refuse(job, SIM_REFUSE_BAD_CREDENTIALS, NULL, NULL);
        return -1;
    case SIM_CREDENTIAL_SCOPE:
        sim_job_refuse(job, SIM_REFUSE_SCOPE, NULL, NULL);
        return -1;
    }
    return -1;
}

/* The two that word an unknown project in their own way; both recorded: 403-serviceusage-forseti-list_permission_denied,
 * 403-cloudresourcemanager-forseti-get_project_not_found. */
static void refuse_project(struct sim_job *job, const char *asked)
{
    const bool usage = strcmp(job->api->host, "serviceusage.googleapis.com") == 0;
    if (!usage && strcmp(job->api->host, "cloudresourcemanager.googleapis.com") != 0) {
        sim_job_refuse(job, SIM_REFUSE_PROJECT, NULL, NULL);
        return;
    }
    job->reply->status = 403;
    job->reply->json =
        json_pack("{s:{s:i, s:o, s:s}}", "error", "code", 403, "message",
                  usage ? json_sprintf("Project '%s' not found or permission denied.", asked)
                        : json_string("The caller does not have permission"),
                  "status", "PERMISSION_DENIED");
}

/* Service Networking has its project, by number, in the network that is asked about. */
static void project_of_network(struct sim_job *job)
{
    const char *network = sim_query(job->request, "network");
    json_t *parts =
        network == NULL ? NULL : sim_match("projects/{project}/global/networks/{name}", network);
    const char *number = sim_str(parts, "project");
    if (number != NULL && sim_is_number(number)) {
        json_object_update(job->vars, parts);
        json_object_update(job->facts, parts);
    }
    json_decref(parts);
}

/* Logging has its projects in the body; the first is the one whose API and refusals count. */
static void project_of_logs(struct sim_job *job)
{
    json_t *body = sim_logs_body(job->request);
    const char *name = json_string_value(json_array_get(json_object_get(body, "resourceNames"), 0));
    if (name != NULL && strncmp(name, "projects/", 9) == 0) {
        json_object_set_new(job->vars, "project", json_string(name + 9));
        json_object_set_new(job->facts, "project", json_string(name + 9));
    }
    json_decref(body);
}

static int check_project(struct sim_job *job)
{
    if (job->method->call == SIM_CALL_LOG_ENTRIES) {
        project_of_logs(job);
    }
    if (job->method->call == SIM_CALL_CONNECTIONS) {
        project_of_network(job);
    }
    const char *asked = sim_str(job->vars, "project");
    const char *id = asked == NULL ? NULL : sim_estate_project(&job->sim->estate, asked);
    if (asked == NULL) {
        return 0;
    }
    if (id == NULL) {
        refuse_project(job, asked);
        return -1;
    }
    json_object_set_new(job->vars, "project", json_string(id));
    facts_fill(job);
    if (sim_estate_api_disabled(&job->sim->estate, id, job->api->host)) {
        sim_job_refuse(job, SIM_REFUSE_API_DISABLED, NULL, NULL);
        return -1;
    }
    return 0;
}

static int check_estate_refusal(struct sim_job *job)
{
    const json_t *line =
        sim_estate_refusal(&job->sim->estate, job->method, job->vars, job->twist.unreachable);
    enum sim_refusal refusal = SIM_REFUSE_UNAVAILABLE;
    if (line == NULL) {
        return 0;
    }
    sim_refusal_of_reason(sim_str(line, "reason"), &refusal);
    if (refusal == SIM_REFUSE_NEVER) {
        job->reply->delivery = SIM_DELIVER_HANG;
    } else {
        sim_job_refuse(job, refusal, NULL, NULL);
    }
    return -1;
}

static int check_location(struct sim_job *job)
{
    const char *location = sim_str(job->vars, "location");
    const bool zonal = strstr(job->method->path, "zones/{location}") != NULL;
    const bool fixed = strstr(job->method->path, "{location}") == NULL;
    if (location == NULL || fixed || (zonal ? sim_is_zone(location) : sim_is_region(location))) {
        return 0;
    }
    if (strcmp(location, "-") != 0) {
        sim_job_refuse(job, SIM_REFUSE_LOCATION, NULL, NULL);
        return -1;
    }
    if (!job->method->wildcard) {
        sim_job_refuse(job, SIM_REFUSE_LOCATION_WILDCARD, NULL, NULL);
        return -1;
    }
    return 0;
}

/* What lives inside another resource is only there where that one is; a Cloud SQL instance that is stopped does not say. */
static int check_parent(struct sim_job *job)
{
    const struct sim_kind *kind = sim_kind_find(job->method->kind);
    const char *name = sim_str(job->vars, "parent");
    const struct sim_kind *outer =
        kind == NULL || kind->parent == NULL ? NULL : sim_kind_find(kind->parent);
    if (outer == NULL || name == NULL ||
        (strcmp(name, "-") == 0 && strcmp(kind->kind, "run.revision") == 0)) {
        return 0;
    }
    json_t *vars = json_copy(job->vars);
    json_object_del(vars, "parent");
    json_object_del(vars, "type");
    json_object_set_new(vars, "name", json_string(name));
    const json_t *entry = sim_estate_find(&job->sim->estate, outer->kind, vars);
    const json_t *resource = json_object_get(entry, "resource");
    const char *policy = sim_str(json_object_get(resource, "settings"), "activationPolicy");
    int result = 0;
    if (resource == NULL) {
        json_object_set_new(vars, "number", json_incref(json_object_get(job->facts, "number")));
        json_object_set_new(job->facts, "resource", sim_expand(outer->resource, vars));
        json_object_set_new(vars, "resource", json_incref(json_object_get(job->facts, "resource")));
        json_object_set_new(job->facts, "missing", sim_expand(outer->missing, vars));
        sim_job_refuse(job, SIM_REFUSE_MISSING, NULL, NULL);
        result = -1;
    } else if (policy != NULL && strcmp(policy, "NEVER") == 0) {
        sim_job_refuse(job, SIM_REFUSE_NOT_RUNNING, NULL, NULL);
        result = -1;
    }
    json_decref(vars);
    return result;
}

/* ---- the calls ---- */

static void answer_get(struct sim_job *job)
{
    const json_t *entry = sim_estate_find(&job->sim->estate, job->method->kind, job->vars);
    json_t *resource = json_object_get(entry, "resource");
    if (resource == NULL) {
        sim_job_refuse(job, SIM_REFUSE_MISSING, NULL, NULL);
        return;
    }
    job->reply->json = json_incref(resource);
}

/* What holds for the network: its own rules, and the policies that the estate says are in effect. */
static void answer_effective(struct sim_job *job)
{
    const json_t *entry = sim_estate_find(&job->sim->estate, "compute.network", job->vars);
    const json_t *policies = json_object_get(
        json_object_get(json_object_get(entry, "beside"), "effectiveFirewalls"), "firewallPolicys");
    json_t *rules = json_array(), *one = NULL;
    size_t index = 0;
    if (entry == NULL) {
        json_decref(rules);
        sim_job_refuse(job, SIM_REFUSE_MISSING, NULL, NULL);
        return;
    }
    json_t *in_it = sim_estate_in(&job->sim->estate, "compute.firewall",
                                  sim_str(json_object_get(entry, "resource"), "selfLink"));
    json_array_foreach(in_it, index, one)
    {
        json_array_append(rules, json_object_get(one, "resource"));
    }
    job->reply->json = json_pack("{s:o, s:o}", "firewalls", rules, "firewallPolicys",
                                 policies != NULL ? json_deep_copy(policies) : json_array());
}

/* The network's own rules and hierarchical policies hold in a region, too; Google's own there are what the estate says. */
static void answer_regional(struct sim_job *job)
{
    const char *network = sim_query(job->request, "network");
    const char *name = network == NULL ? NULL : strrchr(network, '/');
    json_t *policies = NULL, *one = NULL;
    size_t index = 0;
    if (name == NULL) {
        sim_job_refuse(job, SIM_REFUSE_ARGUMENT, NULL, NULL);
        return;
    }
    json_t *region = json_incref(json_object_get(job->vars, "location"));
    json_object_set_new(job->vars, "name", json_string(name + 1));
    json_object_del(job->vars, "location"); /* a network is global */
    answer_effective(job);
    if (job->reply->json == NULL || job->reply->status != 200) {
        json_decref(region);
        return;
    }
    const json_t *entry = sim_estate_find(&job->sim->estate, "compute.network", job->vars);
    policies = json_object_get(job->reply->json, "firewallPolicys");
    json_array_foreach(json_object_get(json_object_get(entry, "beside"), "regionalFirewalls"),
                       index, one)
    {
        if (json_equal(json_object_get(one, "region"), region)) {
            json_array_extend(policies, json_object_get(one, "firewallPolicys"));
        }
    }
    json_decref(region);
}

/* A version gives its payload, as the estate has it: {"data": base64, "dataCrc32c": "..."}. One that is not enabled gives none; the sentence is
 * Google's (https://cloud.google.com/secret-manager/docs/disable-secret-version). An instance without AUTH has an empty string. */
static void answer_secret(struct sim_job *job)
{
    const json_t *entry = sim_estate_find(&job->sim->estate, job->method->kind, job->vars);
    const json_t *resource = json_object_get(entry, "resource"),
                 *beside = json_object_get(entry, "beside");
    const char *state = sim_str(resource, "state");
    if (resource == NULL) {
        sim_job_refuse(job, SIM_REFUSE_MISSING, NULL, NULL);
    } else if (strcmp(job->method->kind, "redis.instance") == 0) {
        const char *text = sim_str(beside, "authString");
        job->reply->json = json_pack("{s:s}", "authString", text != NULL ? text : "");
    } else if (state == NULL || strcmp(state, "ENABLED") != 0) {
        job->reply->status = 400;
        job->reply->json = json_pack(
            "{s:{s:i, s:o, s:s}}", "error", "code", 400, "message",
            json_sprintf("Secret Version [%s] is in %s state.", sim_str(resource, "name"), state),
            "status", "FAILED_PRECONDITION");
    } else {
        json_t *payload = json_object_get(beside, "payload");
        job->reply->json = json_pack("{s:s, s:O}", "name", sim_str(resource, "name"), "payload",
                                     payload != NULL ? payload : json_null());
    }
}

/* The estate knows of a project its id and its number only; what else a Project has is not made up. */
static void answer_project(struct sim_job *job)
{
    const char *id = sim_str(job->vars, "project");
    job->reply->json =
        json_pack("{s:o, s:s, s:s, s:s}", "name",
                  json_sprintf("projects/%s", sim_estate_number(&job->sim->estate, id)),
                  "projectId", id, "state", "ACTIVE", "displayName", id);
}

/* A caller that did not ask for version 3 gets roles named ROLE_withcond_HASH and no conditions
 * (https://cloud.google.com/iam/docs/policies#versions), from which nothing true can be concluded. */
static json_t *policy_version_1(const json_t *policy)
{
    json_t *copy = json_deep_copy(policy);
    json_t *binding = NULL;
    size_t index = 0;
    json_array_foreach(json_object_get(copy, "bindings"), index, binding)
    {
        if (json_object_get(binding, "condition") != NULL) {
            json_object_set_new(
                binding, "role",
                json_sprintf("%s_withcond_%016zx", sim_str(binding, "role"), index + 1));
            json_object_del(binding, "condition");
        }
    }
    json_object_set_new(copy, "version", json_integer(1));
    return copy;
}

static void answer_policy(struct sim_job *job)
{
    const json_t *entry = sim_estate_find(&job->sim->estate, job->method->kind, job->vars);
    const json_t *policy = json_object_get(entry, "policy");
    long version = 0;
    if (sim_query_policy_version(job, &version) != 0) {
        return;
    }
    if (entry == NULL && strcmp(job->method->kind, "project.iamPolicy") != 0) {
        sim_job_refuse(job, SIM_REFUSE_MISSING, NULL, NULL);
    } else if (policy == NULL) {
        /* Recorded: run/services-getIamPolicy-empty. */
        job->reply->json = json_pack("{s:i, s:s}", "version", 1, "etag", "ACAB");
    } else if (version < 3 && json_integer_value(json_object_get(policy, "version")) == 3) {
        job->reply->json = policy_version_1(policy);
    } else {
        job->reply->json = json_deep_copy(policy);
    }
}

/* Held is what no `unobserved` line of the estate denies in this project. */
static bool permission_held(struct sim_job *job, const char *name)
{
    json_t *unused = json_array();
    bool held = true;
    for (size_t i = 0; sim_method_at(i) != NULL; i++) {
        const struct sim_method *method = sim_method_at(i);
        const json_t *line = strcmp(method->permission, name) != 0
                                 ? NULL
                                 : sim_estate_refusal(&job->sim->estate, method, job->vars, unused);
        held = held && (line == NULL || strcmp(sim_str(line, "reason"), "permission_denied") != 0);
    }
    json_decref(unused);
    return held;
}

/* Google leaves an empty list out. */
static void answer_permissions(struct sim_job *job)
{
    json_t *asked = sim_query_permissions(job);
    json_t *held = json_array(), *name = NULL;
    size_t index = 0;
    if (asked != NULL) {
        json_array_foreach(asked, index, name)
        {
            if (permission_held(job, json_string_value(name))) {
                json_array_append(held, name);
            }
        }
        job->reply->json = json_object();
        if (json_array_size(held) > 0) {
            json_object_set(job->reply->json, "permissions", held);
        }
    }
    json_decref(held);
    json_decref(asked);
}

static void call(struct sim_job *job)
{
    switch (job->method->call) {
    case SIM_CALL_GET:
        answer_get(job);
        break;
    case SIM_CALL_EFFECTIVE:
        answer_effective(job);
        break;
    case SIM_CALL_REGIONAL:
        answer_regional(job);
        break;
    case SIM_CALL_SECRET:
        answer_secret(job);
        break;
    case SIM_CALL_PROJECT:
        answer_project(job);
        break;
    case SIM_CALL_IAM_POLICY:
        answer_policy(job);
        break;
    case SIM_CALL_PERMISSIONS:
        answer_permissions(job);
        break;
    case SIM_CALL_LOG_ENTRIES:
        sim_logs_answer(job);
        break;
    case SIM_CALL_LIST:
    case SIM_CALL_AGGREGATED:
    case SIM_CALL_LOCATIONS:
    case SIM_CALL_CONNECTIONS:
    case SIM_CALL_EXCHANGED:
        sim_list_answer(job);
        break;
    }
}

/* A call with a row: `vars` is taken over. */
static void answer_api(struct sim *sim, const struct sim_request *request,
                       const struct sim_method *method, json_t *vars, struct sim_reply *reply)
{
    struct sim_job job = {.sim = sim,
                          .request = request,
                          .method = method,
                          .api = sim_api_find(request->host),
                          .vars = vars,
                          .facts = json_object(),
                          .reply = reply};
    job.twist = (struct sim_twist){.unreachable = json_array(), .lifetime = TOKEN_LIFETIME};
    if (method->call == SIM_CALL_CONNECTIONS) {
        project_of_network(&job);
    }
    facts_fill(&job);
    if (strcmp(request->http, "GET") == 0 && request->body_length > 0) {
        sim_refuse_html(reply, 400, request->http, request->path);
    } else if (!sim_faults_apply(&sim->faults, &sim->auth, request, method, job.facts, &job.twist,
                                 reply) &&
               sim_query_check(&job) == 0 && check_credentials(&job) == 0 &&
               check_project(&job) == 0 && check_estate_refusal(&job) == 0 &&
               check_location(&job) == 0 && check_parent(&job) == 0) {
        call(&job);
        sim_fields_apply(&job);
        const char *pretty = sim_query(request, "prettyPrint");
        reply->compact = pretty != NULL && strcmp(pretty, "false") == 0;
    }
    json_decref(job.twist.unreachable);
    json_decref(job.facts);
    json_decref(job.vars);
}

/* ---- addresses ---- */

static bool changes_nothing(const char *http)
{
    return sim_has_word("GET HEAD OPTIONS TRACE", http);
}

/* Credentials: oauth2.googleapis.com/token, token exchanges and the metadata server. */
static void answer_credentials(struct sim *sim, const struct sim_request *request,
                               struct sim_reply *reply)
{
    struct sim_twist twist = {.unreachable = json_array(), .lifetime = TOKEN_LIFETIME};
    json_t *facts = json_pack("{s:s, s:s}", "service", request->host, "number", "0");
    if (!sim_faults_apply(&sim->faults, &sim->auth, request, NULL, facts, &twist, reply)) {
        if (request->host[0] == '\0') {
            sim_auth_metadata(&sim->auth, &sim->estate, request, twist.lifetime, reply);
        } else if (sim_auth_is_exchange(request)) {
            sim_auth_exchange(&sim->auth, request, facts, twist.lifetime, reply);
        } else {
            sim_auth_token(&sim->auth, request, twist.lifetime, reply);
        }
    }
    json_decref(facts);
    json_decref(twist.unreachable);
}

void sim_answer(struct sim *sim, const struct sim_request *request, struct sim_reply *reply)
{
    const bool token = (strcmp(request->host, "oauth2.googleapis.com") == 0 &&
                        strcmp(request->path, "token") == 0) ||
                       sim_auth_is_exchange(request);
    json_t *vars = NULL;
    bool other = false;
    const struct sim_method *method =
        sim_method_route(request->host, request->http, request->path, &vars, &other);
    const bool read_call = method != NULL || (token && strcmp(request->http, "POST") == 0);
    reply->write_attempt = !read_call && !changes_nothing(request->http);
    if (request->malformed || request->body_too_large) {
        json_decref(vars);
        sim_refuse_html(reply, request->malformed ? 400 : 413, request->http, request->path);
    } else if (method != NULL) {
        answer_api(sim, request, method, vars, reply);
    } else if (read_call || (request->host[0] == '\0' && changes_nothing(request->http))) {
        answer_credentials(sim, request, reply);
    } else {
        sim_refuse_html(reply, other || token || reply->write_attempt ? 405 : 404, request->http,
                        request->path);
    }
}
