/*
 * sim_query.c - query parameters: only those that Google's discovery documents give the method, with the right type, once each.
 *
 * What Google would understand but the simulator does not do (filters, orders) is refused loudly with 501, never ignored:
 * an ignored filter would make a wrong client look right.
 */
#include "sim.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum type { TYPE_TEXT, TYPE_INT, TYPE_BOOL, TYPE_NOT_SIMULATED, TYPE_JSON, TYPE_FIELDS };

struct parameter {
    const char *name;
    enum type type;
    bool standard; /* every method has it (discovery: top-level `parameters`) */
};

static const struct parameter parameters[] = {
    {"pageSize", TYPE_INT, false},
    {"maxResults", TYPE_INT, false},
    {"options.requestedPolicyVersion", TYPE_INT, false},
    {"pageToken", TYPE_TEXT, false},
    {"network", TYPE_TEXT, false},
    {"direction", TYPE_TEXT, false},
    {"peeringName", TYPE_TEXT, false},
    {"region", TYPE_TEXT, false},
    {"filter", TYPE_TEXT, false}, /* judged by its value: query_filter() */
    {"returnPartialSuccess", TYPE_BOOL, false},
    {"includeAllScopes", TYPE_BOOL, false},
    {"showDeleted", TYPE_BOOL, false},
    {"orderBy", TYPE_NOT_SIMULATED, false},
    {"views", TYPE_NOT_SIMULATED, false},
    {"serviceProjectNumber", TYPE_NOT_SIMULATED, false},
    {"extraLocationTypes", TYPE_NOT_SIMULATED, false},
    {"view", TYPE_NOT_SIMULATED, false},
    {"showNatIps", TYPE_NOT_SIMULATED, false},
    {"dnsName", TYPE_NOT_SIMULATED, false},
    {"name", TYPE_NOT_SIMULATED, false},
    {"type", TYPE_NOT_SIMULATED, false},
    {"host", TYPE_NOT_SIMULATED, false},
    {"clientOperationId", TYPE_NOT_SIMULATED, false},
    {"alt", TYPE_JSON, true},
    {"prettyPrint", TYPE_BOOL, true},
    {"quotaUser", TYPE_TEXT, true},
    {"fields", TYPE_FIELDS, true},
    {"key", TYPE_NOT_SIMULATED, true},
    {"access_token", TYPE_NOT_SIMULATED, true},
    {"oauth_token", TYPE_NOT_SIMULATED, true},
    {"callback", TYPE_NOT_SIMULATED, true},
    {"uploadType", TYPE_NOT_SIMULATED, true},
    {"upload_protocol", TYPE_NOT_SIMULATED, true},
    {"$.xgafv", TYPE_NOT_SIMULATED, true},
};

static const struct parameter *parameter_find(const struct sim_method *method, const char *name)
{
    for (size_t i = 0; i < sizeof parameters / sizeof parameters[0]; i++) {
        if (strcmp(parameters[i].name, name) == 0 &&
            (parameters[i].standard || sim_has_word(method->query, name))) {
            return &parameters[i];
        }
    }
    return NULL;
}

const char *sim_query(const struct sim_request *request, const char *name)
{
    const char *found = NULL;
    size_t index = 0;
    json_t *pair = NULL;
    json_array_foreach(request->query, index, pair)
    {
        if (strcmp(json_string_value(json_array_get(pair, 0)), name) == 0) {
            found = json_string_value(json_array_get(pair, 1));
        }
    }
    return found;
}

/* The transcoder names fields as protocol buffers do: page_size. */
static void snake_case(const char *name, char *out, size_t room)
{
    size_t n = 0;
    for (; *name != '\0' && n + 2 < room; name++) {
        if (isupper((unsigned char)*name)) {
            out[n++] = '_';
        }
        out[n++] = (char)tolower((unsigned char)*name);
    }
    out[n] = '\0';
}

static int bad_value(struct sim_job *job, const char *name, const char *value, const char *type)
{
    char field[128];
    snake_case(name, field, sizeof field);
    json_object_set_new(job->facts, "field", json_string(field));
    json_object_set_new(job->facts, "type", json_string(type));
    sim_job_refuse(job, SIM_REFUSE_BAD_VALUE, "value", value);
    return -1;
}

static bool int_read(const char *text, long *out)
{
    char *end = NULL;
    errno = 0;
    *out = strtol(text, &end, 10);
    return text[0] != '\0' && !isspace((unsigned char)text[0]) && text[0] != '+' && *end == '\0' &&
           errno == 0 && *out <= INT_MAX && *out >= INT_MIN;
}

/* state:ENABLED and state:DISABLED of serviceusage.services.list are simulated, no other filter. */
static bool filter_simulated(const struct sim_job *job, const char *value)
{
    return value[0] == '\0' ||
           (strcmp(job->method->kind, "project.service") == 0 &&
            (strcmp(value, "state:ENABLED") == 0 || strcmp(value, "state:DISABLED") == 0));
}

static int value_check(struct sim_job *job, const struct parameter *parameter, const char *value)
{
    long number = 0;
    const bool is_filter = strcmp(parameter->name, "filter") == 0;
    if (parameter->type == TYPE_INT && !int_read(value, &number)) {
        return bad_value(job, parameter->name, value, "TYPE_INT32");
    }
    if (parameter->type == TYPE_BOOL && strcmp(value, "true") != 0 && strcmp(value, "false") != 0) {
        return bad_value(job, parameter->name, value, "TYPE_BOOL");
    }
    if (parameter->type == TYPE_FIELDS) {
        return value[0] == '\0' ? 0 : sim_fields_check(job, value);
    }
    if ((parameter->type == TYPE_NOT_SIMULATED && value[0] != '\0') ||
        (is_filter && !filter_simulated(job, value)) ||
        (parameter->type == TYPE_JSON && strcmp(value, "json") != 0)) {
        const bool secret =
            strstr(parameter->name, "token") != NULL || strcmp(parameter->name, "key") == 0;
        json_object_set_new(job->facts, "value", json_string(secret ? "..." : value));
        sim_job_refuse(job, SIM_REFUSE_NOT_SIMULATED, "name", parameter->name);
        return -1;
    }
    return 0;
}

int sim_query_check(struct sim_job *job)
{
    json_t *seen = json_object();
    size_t index = 0;
    json_t *pair = NULL;
    int result = 0;
    json_array_foreach(job->request->query, index, pair)
    {
        const char *name = json_string_value(json_array_get(pair, 0));
        const struct parameter *parameter = parameter_find(job->method, name);
        if (parameter == NULL) {
            sim_job_refuse(job, SIM_REFUSE_UNKNOWN_PARAMETER, "name", name);
            result = -1;
        } else if (json_object_get(seen, name) != NULL) {
            sim_job_refuse(job, SIM_REFUSE_REPEATED, "name", name);
            result = -1;
        } else {
            result = value_check(job, parameter, json_string_value(json_array_get(pair, 1)));
        }
        if (result != 0) {
            break;
        }
        json_object_set_new(seen, name, json_true());
    }
    json_decref(seen);
    return result;
}

/* Of a message only the members that it has: GetIamPolicyRequest {options: GetPolicyOptions {requestedPolicyVersion}}. */
static int unknown_field(struct sim_job *job, json_t *object, const char *known, const char *where)
{
    const char *name = NULL;
    json_t *value = NULL;
    json_object_foreach(object, name, value)
    {
        if (strcmp(name, known) == 0) {
            continue;
        }
        json_object_set_new(job->facts, "field", json_string(where));
        json_object_set_new(job->facts, "at",
                            where[0] == '\0' ? json_string("") : json_sprintf(" at '%s'", where));
        sim_job_refuse(job, SIM_REFUSE_UNKNOWN_FIELD, "name", name);
        return -1;
    }
    return 0;
}

static int body_version(struct sim_job *job, json_t *body, long *version)
{
    json_t *options = json_object_get(body, "options");
    const json_t *value = json_object_get(options, "requestedPolicyVersion");
    if (unknown_field(job, body, "options", "") != 0 ||
        unknown_field(job, options, "requestedPolicyVersion", "options") != 0) {
        return -1;
    }
    if (value != NULL && !json_is_integer(value)) {
        return bad_value(job, "options.requestedPolicyVersion", "...", "TYPE_INT32");
    }
    *version = value == NULL ? 0 : (long)json_integer_value(value);
    return 0;
}

int sim_query_policy_version(struct sim_job *job, long *version)
{
    const char *text = sim_query(job->request, "options.requestedPolicyVersion");
    json_t *body = NULL;
    int result = 0;
    *version = 0;
    if (text != NULL && !int_read(text, version)) {
        return bad_value(job, "options.requestedPolicyVersion", text, "TYPE_INT32");
    }
    if (job->request->body_length > 0) {
        body =
            json_loadb(job->request->body, job->request->body_length, JSON_REJECT_DUPLICATES, NULL);
        if (!json_is_object(body)) {
            sim_job_refuse(job, SIM_REFUSE_BODY, NULL, NULL);
            result = -1;
        } else {
            result = body_version(job, body, version);
        }
        json_decref(body);
    }
    if (result == 0 && *version != 0 && *version != 1 && *version != 3) {
        sim_job_refuse(job, SIM_REFUSE_ARGUMENT, NULL, NULL); /* "Valid values are 0, 1, and 3" */
        result = -1;
    }
    return result;
}

/* https://cloud.google.com/resource-manager/reference/rest/v3/projects/testIamPermissions: "Permissions with wildcards (such as * or
 * storage.*) are not allowed". A name that no method of ours needs is one that Google would not know either. */
static bool permission_known(const char *name)
{
    for (size_t i = 0; sim_method_at(i) != NULL; i++) {
        if (strcmp(sim_method_at(i)->permission, name) == 0) {
            return true;
        }
    }
    return false;
}

json_t *sim_query_permissions(struct sim_job *job)
{
    json_t *body =
        json_loadb(job->request->body, job->request->body_length, JSON_REJECT_DUPLICATES, NULL);
    json_t *names = json_incref(json_object_get(body, "permissions"));
    json_t *name = NULL;
    size_t index = 0;
    bool good = json_is_array(names) && json_array_size(names) <= 100;
    if (!json_is_object(body)) {
        sim_job_refuse(job, SIM_REFUSE_BODY, NULL, NULL);
        good = false;
    } else if (unknown_field(job, body, "permissions", "") != 0) {
        good = false;
    } else {
        json_array_foreach(names, index, name)
        {
            good = good && json_is_string(name) && permission_known(json_string_value(name));
        }
        if (!good) {
            sim_job_refuse(job, SIM_REFUSE_ARGUMENT, NULL, NULL);
        }
    }
    json_decref(body);
    if (good) {
        return names;
    }
    json_decref(names);
    return NULL;
}
