/*
 * sim_estate.c - the estate that the simulator serves: a snapshot file (docs/contract: NDJSON, a header, then one line a resource).
 *
 * Reads it strictly, so that a fixture with a misspelt kind or name fails at once instead of being served as an empty estate. Knows
 * no HTTP. The project's number, which Google needs in some places, is taken from the header ({"id", "number"}), else from
 * a `projects/NUMBER/...` name in the project's own resources, else made up from the id, always the same.
 */
#include "sim.h"

#include <inttypes.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* ---- projects ---- */

const char *sim_estate_number(const struct sim_estate *estate, const char *id)
{
    return sim_str(estate->projects, id);
}

const char *sim_estate_project(const struct sim_estate *estate, const char *id_or_number)
{
    const char *id = NULL;
    json_t *number = NULL;
    if (json_object_get(estate->projects, id_or_number) != NULL) {
        return json_object_iter_key(json_object_iter_at(estate->projects, id_or_number));
    }
    json_object_foreach(estate->projects, id, number)
    {
        if (strcmp(json_string_value(number), id_or_number) == 0) {
            return id;
        }
    }
    return NULL;
}

/* An id that nobody gave a number has "" for now. */
static void project_add(struct sim_estate *estate, const char *id, const char *number)
{
    const char *known = sim_str(estate->projects, id);
    if (known == NULL || known[0] == '\0') {
        json_object_set_new(estate->projects, id, json_string(number));
    }
}

/* FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/), folded to twelve digits that do not begin with 0. */
static void number_make_up(const char *id, char out[24])
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (const char *at = id; *at != '\0'; at++) {
        hash = (hash ^ (unsigned char)*at) * UINT64_C(1099511628211);
    }
    snprintf(out, 24, "%" PRIu64, UINT64_C(100000000000) + hash % UINT64_C(900000000000));
}

static int header_read(struct sim_estate *estate, const json_t *header, struct sim_error *err)
{
    const char *version = sim_str(header, "plumbline_snapshot");
    size_t index = 0;
    json_t *project = NULL;
    if (version == NULL || strncmp(version, "1.", 2) != 0) {
        return sim_fail(err,
                        "the first line must be a header with \"plumbline_snapshot\": \"1.x\"");
    }
    json_array_foreach(json_object_get(header, "projects"), index, project)
    {
        const char *id =
            json_is_string(project) ? json_string_value(project) : sim_str(project, "id");
        const char *number = json_is_object(project) ? sim_str(project, "number") : NULL;
        if (id == NULL || (number != NULL && !sim_is_number(number))) {
            return sim_fail(
                err,
                "projects[%zu] must be a project id or {\"id\": \"...\", \"number\": \"digits\"}",
                index);
        }
        project_add(estate, id, number == NULL ? "" : number);
    }
    return 0;
}

/* ---- resources ---- */

/* The variables of a full resource name; NULL with `err` if the name does not fit its kind. */
static json_t *name_read(const struct sim_kind *kind, const char *name, struct sim_error *err)
{
    const size_t host = strlen(kind->host);
    if (strncmp(name, "//", 2) != 0 || strncmp(name + 2, kind->host, host) != 0 ||
        name[2 + host] != '/') {
        sim_fail(err, "%s: the name of a %s begins with //%s/", name, kind->kind, kind->host);
        return NULL;
    }
    json_t *vars = kind->resource == NULL ? json_object() : sim_kind_match(kind, name + 3 + host);
    if (vars == NULL) {
        sim_fail(err, "%s: the name of a %s is //%s/%s", name, kind->kind, kind->host,
                 kind->resource);
    }
    return vars;
}

/* A connection's name is not an address of Google's: what counts is its network, projects/NUMBER/global/networks/NAME. */
static int connection_read(json_t *vars, const json_t *resource, struct sim_error *err)
{
    const char *network = sim_str(resource, "network");
    const char *service = sim_str(resource, "service");
    json_t *parts =
        network == NULL ? NULL : sim_match("projects/{project}/global/networks/{name}", network);
    const char *number = sim_str(parts, "project");
    const bool good = number != NULL && sim_is_number(number) && service != NULL &&
                      strncmp(service, "services/", 9) == 0;
    if (good) {
        json_object_update(vars, parts);
    }
    json_decref(parts);
    return good ? 0
                : sim_fail(err, "a servicenetworking.connection needs \"network\": "
                                "\"projects/NUMBER/global/networks/NAME\" and "
                                "\"service\": \"services/...\"");
}

/* The number that Google wrote into this resource, if it is one that carries it. */
static void number_learn(struct sim_estate *estate, const char *project, const json_t *resource)
{
    const char *parent = sim_str(resource, "parent");
    if (parent != NULL && strncmp(parent, "projects/", 9) == 0 && sim_is_number(parent + 9) &&
        !sim_is_number(project)) {
        project_add(estate, project, parent + 9);
    }
}

/* Estates of benches are large: what is asked for by name, by project, by parent or by network is found without a walk. */
static char *key_of(const char *kind, const json_t *vars, const char *const *parts)
{
    json_t *key = json_string(kind);
    for (; *parts != NULL; parts++) {
        const char *value = sim_str(vars, *parts);
        json_t *longer = json_sprintf("%s %s", json_string_value(key), value == NULL ? "" : value);
        json_decref(key);
        key = longer;
    }
    char *text = strdup(json_string_value(key));
    json_decref(key);
    return text;
}

static const char *const by_path[] = {"path", NULL};
static const char *const by_name[] = {"project", "location", "parent", "name", "type", NULL};
static const char *const by_project[] = {"project", NULL};
static const char *const by_parent[] = {"project", "parent", NULL};
static const char *const by_network[] = {"network", NULL};

static json_t *index_get(const json_t *index, const char *kind, const json_t *vars,
                         const char *const *parts)
{
    char *key = key_of(kind, vars, parts);
    json_t *found = json_object_get(index, key);
    free(key);
    return found;
}

static void index_add(json_t *index, json_t *entry, const char *const *parts)
{
    char *key = key_of(sim_str(entry, "kind"), entry, parts);
    json_t *list = json_object_get(index, key);
    if (list == NULL) {
        list = json_array();
        json_object_set_new(index, key, list);
    }
    json_array_append(list, entry);
    free(key);
}

static json_t *entry_same(const struct sim_estate *estate, const char *kind, const char *path)
{
    json_t *vars = json_pack("{s:s}", "path", path);
    json_t *list = index_get(estate->by_path, kind, vars, by_path);
    json_decref(vars);
    return json_array_get(list, 0);
}

/* A resource's line holds what calls of its own answer; the resource itself does not. */
static void split_virtual(json_t *entry)
{
    static const struct {
        const char *kind, *name;
    } beside_it[] = {{"compute.network", "effectiveFirewalls"},
                     {"compute.network", "peeringRoutes"},
                     {"compute.network", "regionalFirewalls"},
                     {"secret.version", "payload"},
                     {"redis.instance", "authString"}};
    json_t *resource = json_object_get(entry, "resource"), *beside = json_object();
    for (size_t i = 0; i < sizeof beside_it / sizeof beside_it[0]; i++) {
        const char *name = beside_it[i].name;
        if (strcmp(sim_str(entry, "kind"), beside_it[i].kind) == 0 &&
            json_object_get(resource, name) != NULL) {
            json_object_set(beside, name, json_object_get(resource, name));
            json_object_del(resource, name);
        }
    }
    json_object_set_new(entry, "beside", beside);
}

/* Adds the line's part to the entry of that name: a resource and its IAM policy are two lines. */
static int entry_merge(struct sim_estate *estate, const struct sim_kind *kind, const char *path,
                       json_t *vars, const json_t *line, struct sim_error *err)
{
    json_t *resource = json_object_get(line, "resource");
    json_t *policy = json_object_get(line, "iam_policy");
    const char *key = resource != NULL ? "resource" : "policy";
    json_t *entry = entry_same(estate, kind->kind, path);
    if ((resource == NULL) == (policy == NULL) ||
        !json_is_object(resource != NULL ? resource : policy)) {
        return sim_fail(err, "%s: a line has an object \"resource\" or an object \"iam_policy\"",
                        path);
    }
    if (json_object_get(entry, key) != NULL) {
        return sim_fail(err, "%s: the %s of this %s stands twice", path, key, kind->kind);
    }
    if (entry == NULL) {
        entry = json_pack("{s:s, s:s}", "kind", kind->kind, "path", path);
        json_object_update(entry, vars);
        json_array_append_new(estate->entries, entry);
        index_add(estate->by_path, entry, by_path);
    }
    json_object_set(entry, key, resource != NULL ? resource : policy);
    if (resource != NULL) {
        split_virtual(entry);
    }
    return 0;
}

static int resource_read(struct sim_estate *estate, const json_t *line, struct sim_error *err)
{
    const char *kind_name = sim_str(line, "kind");
    const char *name = sim_str(line, "name");
    const struct sim_kind *kind = kind_name == NULL ? NULL : sim_kind_find(kind_name);
    if (kind == NULL || name == NULL) {
        return sim_fail(err, "a line needs a \"kind\" that is simulated and a \"name\"; this is %s",
                        kind_name == NULL ? "a line without a kind" : kind_name);
    }
    json_t *vars = name_read(kind, name, err);
    if (vars == NULL) {
        return -1;
    }
    int result =
        kind->resource != NULL ? 0 : connection_read(vars, json_object_get(line, "resource"), err);
    const char *project = sim_str(vars, "project");
    if (result == 0 && project != NULL) {
        if (kind->resource != NULL && !sim_is_number(project)) {
            project_add(estate, project, "");
            number_learn(estate, project, json_object_get(line, "resource"));
        }
        result = entry_merge(estate, kind, name + 3 + strlen(kind->host), vars, line, err);
    }
    json_decref(vars);
    return result;
}

/* ---- what could not be observed ---- */

/* The parts of a scope, or NULL if it has none of the forms that a scope can have. */
static json_t *scope_read(const char *scope)
{
    static const char *const forms[] = {
        "projects/{project}/locations/{location}/{collection}/{name}",
        "projects/{project}/regions/{location}/{collection}/{name}",
        "projects/{project}/zones/{location}/{collection}/{name}",
        "projects/{project}/global/{collection}/{name}",
        "projects/{project}/locations/{location}",
        "projects/{project}/regions/{location}",
        "projects/{project}/zones/{location}",
        "projects/{project}/global",
        "projects/{project}/{collection}/{name}",
        "projects/{project}",
    };
    json_t *found = NULL;
    for (size_t i = 0; i < sizeof forms / sizeof forms[0] && found == NULL; i++) {
        found = sim_match(forms[i], scope);
    }
    return found;
}

static int refusal_read(struct sim_estate *estate, const json_t *line, struct sim_error *err)
{
    const char *kind = sim_str(line, "unobserved");
    const char *reason = sim_str(line, "reason");
    const char *scope = sim_str(line, "scope");
    const char *permission = sim_str(line, "permission");
    const char *field = sim_str(line, "field");
    enum sim_refusal refusal;
    if (kind == NULL || sim_kind_find(kind) == NULL) {
        return sim_fail(err, "\"unobserved\" must name a kind that is simulated");
    }
    if (reason == NULL || !sim_refusal_of_reason(reason, &refusal)) {
        return sim_fail(err, "\"reason\" must be one of: %s", sim_reasons());
    }
    if (scope != NULL && strncmp(scope, "//", 2) == 0) {
        scope = strchr(scope + 2, '/');
        scope = scope == NULL ? NULL : scope + 1;
    }
    json_t *parts = scope == NULL || scope[0] == '\0' ? json_null() : scope_read(scope);
    if (parts == NULL) {
        return sim_fail(err,
                        "%s: a scope is a path like projects/P, projects/P/locations/L or a "
                        "resource's",
                        scope);
    }
    json_array_append_new(estate->refusals,
                          json_pack("{s:s, s:s, s:o, s:s, s:s}", "kind", kind, "reason", reason,
                                    "scope", parts, "permission",
                                    permission == NULL ? "" : permission, "field",
                                    field == NULL ? "" : field));
    return 0;
}

struct loading {
    struct sim_estate *estate;
    bool header;
};

static int line_read(void *context, size_t number, json_t *line, struct sim_error *err)
{
    struct loading *loading = context;
    (void)number;
    if (!loading->header) {
        loading->header = true;
        return header_read(loading->estate, line, err);
    }
    if (json_object_get(line, "unobserved") != NULL) {
        return refusal_read(loading->estate, line, err);
    }
    json_t *entry = json_object_get(line, "log_entry");
    if (entry != NULL) {
        if (sim_str(entry, "logName") == NULL || sim_str(entry, "timestamp") == NULL) {
            return sim_fail(err, "\"log_entry\" must have a logName and a timestamp");
        }
        json_array_append(loading->estate->logs, entry);
        return 0;
    }
    return resource_read(loading->estate, line, err);
}

/* ---- after the last line ---- */

static void numbers_complete(struct sim_estate *estate)
{
    const char *id = NULL;
    const char *first = NULL;
    json_t *number = NULL;
    size_t index = 0;
    json_t *entry = NULL;
    /* With one project, a connection's network tells its number. */
    json_array_foreach(estate->entries, index, entry)
    {
        first = first == NULL && strcmp(sim_str(entry, "kind"), "servicenetworking.connection") == 0
                    ? sim_str(entry, "project")
                    : first;
    }
    json_object_foreach(estate->projects, id, number)
    {
        char made_up[24];
        number_make_up(id, made_up);
        if (json_string_length(number) == 0) {
            json_string_set(
                number, first != NULL && json_object_size(estate->projects) == 1 ? first : made_up);
        }
    }
}

static int compare_names(const void *left, const void *right)
{
    const json_t *const *a = left;
    const json_t *const *b = right;
    const int order = strcmp(sim_str(*a, "kind"), sim_str(*b, "kind"));
    return order != 0 ? order : strcmp(sim_str(*a, "path"), sim_str(*b, "path"));
}

static void network_add(struct sim_estate *estate, json_t *entry)
{
    json_t *network = json_object_get(json_object_get(entry, "resource"), "network");
    if (json_is_string(network)) {
        json_object_set(entry, "network", network);
        index_add(estate->by_network, entry, by_network);
    }
}

/* Projects as ids, entries in the order of kind and path, the list of regions. */
static int entries_finish(struct sim_estate *estate, struct sim_error *err)
{
    const size_t count = json_array_size(estate->entries);
    json_t **sorted = calloc(count + 1, sizeof *sorted);
    int result = sorted == NULL ? sim_fail(err, "out of memory") : 0;
    for (size_t i = 0; i < count && result == 0; i++) {
        sorted[i] = json_incref(json_array_get(estate->entries, i));
        const char *project = sim_estate_project(estate, sim_str(sorted[i], "project"));
        if (project == NULL) {
            result = sim_fail(err, "%s: no project of this estate has the number %s",
                              sim_str(sorted[i], "path"), sim_str(sorted[i], "project"));
        } else {
            json_object_set_new(sorted[i], "project", json_string(project));
        }
    }
    if (result == 0) {
        json_array_clear(estate->entries);
        qsort(sorted, count, sizeof *sorted, compare_names);
        for (size_t i = 0; i < count; i++) {
            json_array_append(estate->entries, sorted[i]);
            index_add(estate->by_name, sorted[i], by_name);
            index_add(estate->by_project, sorted[i], by_project);
            index_add(estate->by_parent, sorted[i], by_parent);
            index_add(estate->by_kind, sorted[i], by_parent + 2);
            network_add(estate, sorted[i]);
        }
    }
    for (size_t i = 0; i < count && sorted != NULL; i++) {
        json_decref(sorted[i]);
    }
    free(sorted);
    return result;
}

/* Insertion sort: a handful of names. */
static void names_add(json_t *names, const char *name)
{
    size_t at = 0;
    while (at < json_array_size(names) &&
           strcmp(json_string_value(json_array_get(names, at)), name) < 0) {
        at++;
    }
    if (at == json_array_size(names) ||
        strcmp(json_string_value(json_array_get(names, at)), name) != 0) {
        json_array_insert_new(names, at, json_string(name));
    }
}

/* A zone's region exists, too. */
static void place_add(struct sim_estate *estate, const char *location)
{
    char region[64];
    if (location == NULL) {
        return;
    }
    if (sim_is_region(location)) {
        names_add(estate->regions, location);
    } else if (sim_is_zone(location)) {
        snprintf(region, sizeof region, "%.*s", (int)strlen(location) - 2, location);
        names_add(estate->zones, location);
        names_add(estate->regions, region);
    }
}

static void regions_collect(struct sim_estate *estate)
{
    size_t index = 0;
    json_t *entry = NULL;
    json_array_foreach(estate->entries, index, entry)
    {
        const char *sql = strcmp(sim_str(entry, "kind"), "sql.instance") == 0
                              ? sim_str(json_object_get(entry, "resource"), "region")
                              : NULL;
        place_add(estate, sim_str(entry, "location") != NULL ? sim_str(entry, "location") : sql);
    }
    /* A region of which only the failure is known exists all the same. */
    json_array_foreach(estate->refusals, index, entry)
    {
        place_add(estate, sim_str(json_object_get(entry, "scope"), "location"));
    }
}

int sim_estate_load(struct sim_estate *estate, const char *path, struct sim_error *err)
{
    struct loading loading = {.estate = estate};
    *estate = (struct sim_estate){
        .projects = json_object(),
        .entries = json_array(),
        .refusals = json_array(),
        .regions = json_array(),
        .zones = json_array(),
        .logs = json_array(),
        .by_path = json_object(),
        .by_name = json_object(),
        .by_project = json_object(),
        .by_parent = json_object(),
        .by_network = json_object(),
        .by_kind = json_object(),
    };
    int result = sim_read_lines(path, line_read, &loading, err);
    if (result == 0 && !loading.header) {
        result = sim_fail(err, "%s: the file is empty", path);
    }
    if (result == 0) {
        numbers_complete(estate);
        result = entries_finish(estate, err);
    }
    if (result == 0) {
        regions_collect(estate);
    }
    return result;
}

void sim_estate_free(struct sim_estate *estate)
{
    json_decref(estate->projects);
    json_decref(estate->entries);
    json_decref(estate->refusals);
    json_decref(estate->regions);
    json_decref(estate->zones);
    json_decref(estate->logs);
    json_decref(estate->by_path);
    json_decref(estate->by_name);
    json_decref(estate->by_project);
    json_decref(estate->by_parent);
    json_decref(estate->by_network);
    json_decref(estate->by_kind);
    *estate = (struct sim_estate){0};
}

/* ---- questions ---- */

static bool same_or_absent(const json_t *entry, const json_t *vars, const char *key)
{
    const char *want = sim_str(vars, key);
    const char *have = sim_str(entry, key);
    return want == NULL || (have != NULL && strcmp(want, have) == 0);
}

json_t *sim_estate_find(const struct sim_estate *estate, const char *kind, const json_t *vars)
{
    json_t *entry = json_array_get(index_get(estate->by_name, kind, vars, by_name), 0);
    size_t index = 0;
    if (entry != NULL) {
        return entry;
    }
    json_array_foreach(json_object_get(estate->by_kind, kind), index, entry)
    {
        if (same_or_absent(entry, vars, "project") && same_or_absent(entry, vars, "location") &&
            same_or_absent(entry, vars, "name") && same_or_absent(entry, vars, "parent") &&
            same_or_absent(entry, vars, "type")) {
            return entry;
        }
    }
    return NULL;
}

json_t *sim_estate_of(const struct sim_estate *estate, const char *kind, const json_t *vars)
{
    const char *parent = sim_str(vars, "parent");
    return parent != NULL && strcmp(parent, "-") != 0
               ? index_get(estate->by_parent, kind, vars, by_parent)
               : index_get(estate->by_project, kind, vars, by_project);
}

json_t *sim_estate_in(const struct sim_estate *estate, const char *kind, const char *network)
{
    json_t *vars = json_pack("{s:s}", "network", network);
    json_t *found = index_get(estate->by_network, kind, vars, by_network);
    json_decref(vars);
    return found;
}

enum reach { REACH_NONE, REACH_ALL, REACH_LOCATION };

/* A location of which only a part of this call's answer would come. */
static const char *region_known(const struct sim_estate *estate, const char *name)
{
    size_t index = 0;
    json_t *region = NULL;
    json_array_foreach(estate->regions, index, region)
    {
        if (strcmp(json_string_value(region), name) == 0) {
            return json_string_value(region);
        }
    }
    return NULL;
}

/* Does an `unobserved` scope cover this call? A wider or equal one refuses it, one location of many makes its answer partial. */
static enum reach scope_reach(const struct sim_estate *estate, const json_t *scope,
                              const json_t *vars, const char **location)
{
    const char *project = sim_str(scope, "project") == NULL
                              ? NULL
                              : sim_estate_project(estate, sim_str(scope, "project"));
    const char *place = sim_str(scope, "location");
    const char *name = sim_str(scope, "name");
    const char *asked = sim_str(vars, "location");
    const char *asked_name = sim_str(vars, "name");
    const char *asked_parent = sim_str(vars, "parent");
    place = place != NULL && strcmp(place, "-") == 0 ? NULL : place;
    if (project == NULL || sim_str(vars, "project") == NULL ||
        strcmp(project, sim_str(vars, "project")) != 0) {
        return REACH_NONE;
    }
    const bool same_place = place == NULL || (asked != NULL && strcmp(place, asked) == 0);
    if (name != NULL) {
        const bool own = asked_name != NULL && strcmp(name, asked_name) == 0;
        const bool inside = asked_parent != NULL && strcmp(name, asked_parent) == 0;
        return same_place && (own || inside) ? REACH_ALL : REACH_NONE;
    }
    if (same_place) {
        return REACH_ALL;
    }
    *location = asked == NULL || strcmp(asked, "-") == 0 ? region_known(estate, place) : NULL;
    return *location == NULL ? REACH_NONE : REACH_LOCATION;
}

/* A line about a permission or about the field `iamPolicy` is about the methods that need it. */
static bool refusal_about(const json_t *refusal, const struct sim_method *method)
{
    const char *permission = sim_str(refusal, "permission");
    const bool policy = strcmp(sim_str(refusal, "field"), "iamPolicy") == 0;
    return strcmp(sim_str(refusal, "kind"), method->kind) == 0 &&
           (permission[0] == '\0' || strcmp(permission, method->permission) == 0) &&
           (!policy || method->call == SIM_CALL_IAM_POLICY);
}

json_t *sim_estate_refusal(const struct sim_estate *estate, const struct sim_method *method,
                           const json_t *vars, json_t *unreachable)
{
    size_t index = 0;
    json_t *refusal = NULL;
    json_array_foreach(estate->refusals, index, refusal)
    {
        const char *location = NULL;
        if (!refusal_about(refusal, method)) {
            continue;
        }
        const json_t *scope = json_object_get(refusal, "scope");
        const enum reach reach =
            json_is_null(scope) ? REACH_ALL : scope_reach(estate, scope, vars, &location);
        if (reach == REACH_ALL) {
            return refusal;
        }
        if (reach == REACH_LOCATION) {
            json_array_append_new(unreachable, json_string(location));
        }
    }
    return NULL;
}

bool sim_estate_api_disabled(const struct sim_estate *estate, const char *project, const char *host)
{
    json_t *vars = json_pack("{s:s, s:s}", "project", project, "name", host);
    const json_t *entry = sim_estate_find(estate, "project.service", vars);
    const char *state = sim_str(json_object_get(entry, "resource"), "state");
    json_decref(vars);
    return state != NULL && strcmp(state, "ENABLED") != 0;
}
