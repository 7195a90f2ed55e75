/* test_kinds_contract.c - the catalogue against Google's own discovery documents: nothing that it uses is made up.
 *
 * Every list, get and policy call must be a method of the document, with that HTTP method, those parameters and that list key; every
 * field row must lead to a field of the document; what Google calls read-only must be flagged as output. The documents are in
 * $SHARED/discovery (../shared); without them the tests say `skipped`.
 */
#include "harness.h"

#include "../../gcp/gcp_priv.h"
#include "plumbline/buf.h"
#include "plumbline/file.h"
#include "plumbline/json.h"
#include "plumbline/kind.h"
#include "plumbline/reach.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MAX_DOCUMENT = 64 << 20, MAX_DEPTH = 24 };

/* ---- documents ---- */

static const struct {
    const char *api, *documents[2];
} sources[] = {
    {"sqladmin.googleapis.com", {"sqladmin.v1"}},
    {"run.googleapis.com", {"run.v2", "run.v1"}},
    {"redis.googleapis.com", {"redis.v1"}},
    {"compute.googleapis.com", {"compute.v1"}},
    {"vpcaccess.googleapis.com", {"vpcaccess.v1"}},
    {"servicenetworking.googleapis.com", {"servicenetworking.v1"}},
    {"serviceusage.googleapis.com", {"serviceusage.v1"}},
    {"cloudresourcemanager.googleapis.com", {"cloudresourcemanager.v3"}},
    {"dns.googleapis.com", {"dns.v1"}},
    {"secretmanager.googleapis.com", {"secretmanager.v1"}},
    {"memorystore.googleapis.com", {"memorystore.v1"}},
    {"memcache.googleapis.com", {"memcache.v1"}},
};

static const char *folder(void)
{
    static char path[512];
    const char *shared = getenv("SHARED");

    (void)snprintf(path, sizeof path, "%s/discovery", shared != NULL ? shared : "../shared");
    return access(path, R_OK) == 0 ? path : NULL;
}

static const struct pl_value *read_document(struct pl_arena *arena, const char *name)
{
    struct pl_err err = {0};
    size_t len = 0;
    char *text = pl_file_read(arena, pl_arena_printf(arena, "%s/%s.json", folder(), name),
                              MAX_DOCUMENT, &len, &err);
    const struct pl_value *document;

    if (text == NULL)
        fail_msg("%s", err.text);
    document = pl_json_parse(arena, text, len, name, &err);
    if (document == NULL)
        fail_msg("%s", err.text);
    return document;
}

/* Each is read once. */
static const struct pl_value *document_of(struct pl_arena *arena, const char *api, size_t which)
{
    static const struct pl_value *read[PL_LEN(sources)][2];

    for (size_t i = 0; i < PL_LEN(sources); i++)
        if (strcmp(sources[i].api, api) == 0 && sources[i].documents[which] != NULL) {
            if (read[i][which] == NULL)
                read[i][which] = read_document(arena, sources[i].documents[which]);
            return read[i][which];
        }
    return NULL;
}

/* ---- methods ---- */

/* Segment by segment: a variable or "-" in ours fits a variable in theirs; a variable and a word are two things. */
static bool same_path(const char *ours, const char *theirs)
{
    ours += *ours == '/';
    theirs += *theirs == '/';
    for (;;) {
        size_t n = strcspn(ours, "/"), m = strcspn(theirs, "/");
        const char *verb = memchr(theirs, '}', m);

        if (*theirs == '{' && verb != NULL) { /* "{name}" or "{name}:getIamPolicy" */
            const char *our_verb = memchr(ours, ':', n);
            size_t rest = m - (size_t)(verb + 1 - theirs);
            size_t our_rest = our_verb != NULL ? n - (size_t)(our_verb - ours) : 0;

            if (rest != our_rest || (rest > 0 && memcmp(verb + 1, our_verb, rest) != 0))
                return false;
            /* "getEffectiveFirewalls" is a verb, and no policy of that name. */
            if (strncmp(ours, "get", 3) == 0)
                return false;
        } else if (n != m || memcmp(ours, theirs, n) != 0) {
            return false;
        }
        ours += n;
        theirs += m;
        if (*ours != *theirs)
            return false;
        if (*ours == '\0')
            return true;
        ours++;
        theirs++;
    }
}

static const char *method_path(const struct pl_value *method)
{
    const char *flat = pl_value_member_text(method, "flatPath");

    return flat != NULL ? flat : pl_value_member_text(method, "path");
}

static const struct pl_value *find_method(const struct pl_value *resources, const char *http,
                                          const char *path)
{
    for (size_t i = 0; resources != NULL && i < resources->u.map.n; i++) {
        const struct pl_value *resource = resources->u.map.members[i].value;
        const struct pl_value *methods = pl_value_member(resource, "methods"), *found;

        for (size_t k = 0; methods != NULL && k < methods->u.map.n; k++) {
            const struct pl_value *method = methods->u.map.members[k].value;

            if (strcmp(pl_value_member_text(method, "httpMethod"), http) == 0 &&
                same_path(path, method_path(method)))
                return method;
        }
        found = find_method(pl_value_member(resource, "resources"), http, path);
        if (found != NULL)
            return found;
    }
    return NULL;
}

/* The method of a path, and the document that has it. */
static const struct pl_value *method_of(struct pl_arena *arena, const char *api, const char *http,
                                        const char *path, const struct pl_value **document)
{
    for (size_t which = 0; which < 2; which++) {
        const struct pl_value *d = document_of(arena, api, which);
        const struct pl_value *method = find_method(pl_value_member(d, "resources"), http, path);

        if (method != NULL) {
            *document = d;
            return method;
        }
    }
    fail_msg("%s: no method %s %s", api, http, path);
    return NULL;
}

static const struct pl_value *schema_of(const struct pl_value *document, const char *name)
{
    return name != NULL ? pl_value_member(pl_value_member(document, "schemas"), name) : NULL;
}

static void check_parameter(const struct pl_value *method, const char *name)
{
    const struct pl_value *parameter = pl_value_member(pl_value_member(method, "parameters"), name);

    if (parameter == NULL || strcmp(pl_value_member_text(parameter, "location"), "query") != 0)
        fail_msg("%s has no query parameter %s", pl_value_member_text(method, "id"), name);
}

/* Names of a fixed query: "a=b&c=d". */
static void check_query(struct pl_arena *arena, const struct pl_value *method, const char *query)
{
    while (query != NULL && *query != '\0') {
        check_parameter(method, pl_arena_strndup(arena, query, strcspn(query, "=")));
        query += strcspn(query, "&");
        query += *query == '&';
    }
}

static void check_scope(const struct pl_value *method)
{
    const struct pl_value *scopes = pl_value_member(method, "scopes");

    for (size_t i = 0; i < pl_value_count(scopes); i++)
        if (strcmp(pl_value_text(pl_value_item(scopes, i)),
                   "https://www.googleapis.com/auth/cloud-platform") == 0)
            return;
    fail_msg("%s does not take cloud-platform", pl_value_member_text(method, "id"));
}

/* Permissions are not in the documents, but they are named after the methods: run.services.list of
 * run.projects.locations.services.list. The others are known by name. */
static void check_permission(const struct pl_value *method, const char *permission)
{
    static const char *const others[] = {
        "servicenetworking.services.get", "compute.firewallPolicies.list",
        "compute.regionFirewallPolicies.get", "compute.networks.getRegionEffectiveFirewalls"};
    const char *id = pl_value_member_text(method, "id");
    const char *tail = strchr(permission, '.');
    size_t n = strlen(id);

    assert_non_null(tail);
    for (size_t i = 0; i < PL_LEN(others); i++)
        if (strcmp(others[i], permission) == 0)
            return;
    /* compute.subnetworks.aggregatedList needs compute.subnetworks.list */
    if (n > 15 && strcmp(id + n - 15, ".aggregatedList") == 0) {
        assert_memory_equal(id, permission, n - 15);
        assert_string_equal(permission + n - 15, ".list");
        return;
    }
    if (n < strlen(tail) || strcmp(id + n - strlen(tail), tail) != 0)
        fail_msg("%s: permission %s", id, permission);
}

/* ---- calls ---- */

/* Google's name of the schema of one item. */
static const char *item_schema(const struct pl_value *document, const struct pl_value *method,
                               const struct pl_call *call)
{
    const struct pl_value *response =
        schema_of(document, pl_value_member_text(pl_value_member(method, "response"), "$ref"));
    const struct pl_value *items;

    if (call->how == PL_LIST_AGGREGATED) {
        const struct pl_value *map =
            pl_value_member(pl_value_member(response, "properties"), "items");

        response = schema_of(
            document, pl_value_member_text(pl_value_member(map, "additionalProperties"), "$ref"));
    }
    items = pl_value_member(pl_value_member(response, "properties"), call->items);
    if (items == NULL || strcmp(pl_value_member_text(items, "type"), "array") != 0)
        fail_msg("%s gives no list %s", pl_value_member_text(method, "id"), call->items);
    return pl_value_member_text(pl_value_member(items, "items"), "$ref");
}

static void check_paging(const struct pl_value *document, const struct pl_value *method,
                         const struct pl_call *call)
{
    const struct pl_value *response =
        schema_of(document, pl_value_member_text(pl_value_member(method, "response"), "$ref"));

    if (call->page_size_param == NULL)
        return;
    check_parameter(method, call->page_size_param);
    check_parameter(method, "pageToken");
    assert_non_null(pl_value_member(pl_value_member(response, "properties"), "nextPageToken"));
}

static void every_list_is_a_method(void **state)
{
    struct pl_arena *arena = *state;

    for (size_t i = 0; i < pl_kinds_len; i++) {
        const struct pl_call *call = &pl_kinds[i]->call;
        const struct pl_value *document, *method;
        const char *schema;

        if (call->list_path == NULL)
            continue;
        ROW("%s %s", call->api, call->list_path);
        method = method_of(arena, call->api, "GET", call->list_path, &document);
        check_query(arena, method, call->query);
        check_paging(document, method, call);
        check_scope(method);
        check_permission(method, call->permission);
        schema = item_schema(document, method, call);
        assert_non_null(pl_value_member(pl_value_member(schema_of(document, schema), "properties"),
                                        pl_kinds[i]->name_field));
    }
}

static void every_get_is_a_method(void **state)
{
    struct pl_arena *arena = *state;

    for (size_t i = 0; i < pl_kinds_len; i++) {
        const struct pl_call *call = &pl_kinds[i]->call;
        const struct pl_value *document, *list_document, *method, *list;

        if (call->get_path == NULL)
            continue;
        ROW("%s %s", call->api, call->get_path);
        method = method_of(arena, call->api, "GET", call->get_path, &document);
        list = method_of(arena, call->api, "GET", call->list_path, &list_document);
        check_scope(method);
        check_permission(method, call->get_permission);
        assert_string_equal(pl_value_member_text(pl_value_member(method, "response"), "$ref"),
                            item_schema(list_document, list, call));
    }
}

static void every_policy_is_a_method(void **state)
{
    struct pl_arena *arena = *state;
    size_t policies = 0;

    for (size_t i = 0; i < pl_kinds_len; i++) {
        const struct pl_call *call = &pl_kinds[i]->call;
        const struct pl_value *document, *method, *policy;

        if (call->iam_path == NULL)
            continue;
        ROW("%s %s", call->api, call->iam_path);
        policies++;
        method =
            method_of(arena, call->api, call->iam_post ? "POST" : "GET", call->iam_path, &document);
        check_scope(method);
        check_permission(method, call->iam_permission);
        if (!call->iam_post)
            check_parameter(method, "options.requestedPolicyVersion");
        policy =
            schema_of(document, pl_value_member_text(pl_value_member(method, "response"), "$ref"));
        assert_non_null(pl_value_member(pl_value_member(policy, "properties"), "bindings"));
    }
    assert_int_equal(policies, 3);
}

/* Two calls that no kind's table has: where Cloud Run is, and a project's number. */
static void the_other_calls_are_methods(void **state)
{
    struct pl_arena *arena = *state;
    const struct pl_value *document, *method, *response;

    method = method_of(arena, "run.googleapis.com", "GET", "/v1/projects/{project}/locations",
                       &document);
    check_permission(method, "run.locations.list");
    check_parameter(method, "pageSize");
    check_parameter(method, "pageToken");
    response =
        schema_of(document, pl_value_member_text(pl_value_member(method, "response"), "$ref"));
    assert_non_null(pl_value_member(pl_value_member(response, "properties"), "locations"));
    method = method_of(arena, "cloudresourcemanager.googleapis.com", "GET",
                       "/v3/projects/{project}", &document);
    check_permission(method, "resourcemanager.projects.get");
    response =
        schema_of(document, pl_value_member_text(pl_value_member(method, "response"), "$ref"));
    assert_non_null(pl_value_member(pl_value_member(response, "properties"), "name"));
}

/* ---- masks ---- */

/* Takes one selector of a mask off: "items/name", "services(a,b)" at a comma that is in no bracket. */
static char *next_selector(struct pl_arena *arena, const char **mask)
{
    size_t n = 0;

    for (int depth = 0; (*mask)[n] != '\0' && (depth > 0 || (*mask)[n] != ','); n++)
        depth += (*mask)[n] == '(' ? 1 : (*mask)[n] == ')' ? -1 : 0;
    char *selector = pl_arena_strndup(arena, *mask, n);

    *mask += n + ((*mask)[n] == ',');
    return selector;
}

/* Every name of a mask is a field of the message; "*" is any key of a map. */
static void check_mask(struct pl_arena *arena, const struct pl_value *document,
                       const struct pl_value *schema, const char *mask)
{
    while (*mask != '\0') {
        char *selector = next_selector(arena, &mask), *rest;
        const struct pl_value *property, *below;

        selector = *selector == '*' ? selector + 2 : selector;
        rest = selector + strcspn(selector, "/(");
        char end = *rest;

        *rest = '\0';
        property = pl_value_member(pl_value_member(schema, "properties"), selector);
        if (property == NULL)
            fail_msg("%s has no field %s", pl_value_member_text(schema, "id"), selector);
        if (end == '\0')
            continue;
        below = pl_value_member(property, "additionalProperties");
        below = below != NULL ? below : pl_value_member(property, "items");
        below = below != NULL ? below : property;
        if (pl_value_member(below, "$ref") != NULL)
            below = schema_of(document, pl_value_member_text(below, "$ref"));
        if (end == '(')
            rest[strlen(rest + 1)] = '\0';
        check_mask(arena, document, below, rest + 1);
    }
}

/* Everything that a kind has, in one mask: what any baseline may ask for. Google refuses a name that it does not know. */
static void every_mask_is_of_the_document(void **state)
{
    struct pl_arena *arena = *state;
    size_t masks = 0;

    for (size_t i = 0; i < pl_kinds_len; i++) {
        const struct pl_kind *kind = pl_kinds[i];
        struct pl_needs *needs = pl_needs_new(arena);
        const struct pl_value *document, *method;
        const struct pl_path *paths;
        const char *mask;
        size_t n;

        if (kind->call.list_path == NULL)
            continue;
        ROW("%s", kind->name);
        for (size_t f = 0; f < kind->schema->n_fields; f++)
            pl_needs_field(needs, kind, kind->schema->fields[f].name);
        paths = pl_needs_asked(needs, kind, &n);
        mask = pl_gcp_mask(arena, kind, paths, n);
        assert_non_null(mask);
        method = method_of(arena, kind->call.api, "GET", kind->call.list_path, &document);
        check_mask(
            arena, document,
            schema_of(document, pl_value_member_text(pl_value_member(method, "response"), "$ref")),
            mask);
        masks++;
    }
    assert_true(masks > 30);
}

/* What an audit asks for whatever its baseline says, and all the leaves of a list's elements: names at any depth. */
static void every_nested_mask_is_of_the_document(void **state)
{
    struct pl_arena *arena = *state;

    for (size_t i = 0; i < pl_reach_reads_len; i++) {
        const struct pl_kind *kind = pl_kind_find(pl_reach_reads[i].kind);
        struct pl_needs *needs = pl_needs_new(arena);
        const struct pl_value *document, *method;
        const struct pl_path *paths;
        const char *mask;
        size_t n;

        if (kind->call.list_path == NULL)
            continue;
        ROW("%s", kind->name);
        pl_needs_reads(needs, &pl_reach_reads[i]);
        paths = pl_needs_asked(needs, kind, &n);
        mask = pl_gcp_mask(arena, kind, paths, n);
        method = method_of(arena, kind->call.api, "GET", kind->call.list_path, &document);
        check_mask(
            arena, document,
            schema_of(document, pl_value_member_text(pl_value_member(method, "response"), "$ref")),
            mask);
        if (strcmp(kind->name, "vpcaccess.connector") == 0)
            assert_string_equal(mask, "nextPageToken,connectors(ipCidrRange,machineType,"
                                      "maxInstances,name,network,state,subnet(name,projectId))");
        if (strcmp(kind->name, "compute.router") == 0)
            assert_string_equal(mask, "nextPageToken,warning,unreachables,items/*/warning,items/*/"
                                      "routers(bgpPeers(name),name,nats,network,region)");
    }
}

/* What is beside the items of an answer and is looked for (listing_partial.c) is asked for. */
static void no_mask_hides_what_is_missing(void **state)
{
    static const char *const beside[] = {"nextPageToken", "unreachable", "unreachables", "warning",
                                         "warnings"};
    struct pl_arena *arena = *state;

    for (size_t i = 0; i < pl_kinds_len; i++) {
        const struct pl_kind *kind = pl_kinds[i];
        const struct pl_value *document, *method, *properties;
        const struct pl_step step = {.type = PL_STEP_KEY, .key = "name"};
        const struct pl_path name = {.steps = &step, .n = 1};
        const char *mask;

        if (kind->call.list_path == NULL)
            continue;
        method = method_of(arena, kind->call.api, "GET", kind->call.list_path, &document);
        properties = pl_value_member(
            schema_of(document, pl_value_member_text(pl_value_member(method, "response"), "$ref")),
            "properties");
        mask = pl_arena_printf(arena, ",%s", pl_gcp_mask(arena, kind, &name, 1));
        for (size_t b = 0; b < PL_LEN(beside); b++)
            if (pl_value_member(properties, beside[b]) != NULL &&
                strstr(mask, pl_arena_printf(arena, ",%s,", beside[b])) == NULL)
                fail_msg("%s: %s is not asked for: %s", kind->name, beside[b], mask);
        if (kind->call.how == PL_LIST_AGGREGATED)
            assert_non_null(strstr(mask, ",items/*/warning,"));
    }
}

/* Calls behind virtual fields are Google's, too. */
static void virtual_fields_are_answers_of_google(void **state)
{
    size_t n = 0;

    for (size_t i = 0; i < pl_kinds_len; i++)
        for (size_t k = 0; k < pl_kinds[i]->n_virtuals; k++) {
            const struct pl_virtual *field = &pl_kinds[i]->virtuals[k];
            const struct pl_value *document;

            check_permission(
                method_of(*state, pl_kinds[i]->call.api, "GET", field->path, &document),
                field->permission);
            n++;
        }
    assert_int_equal(n, 3);
}

/* ---- fields ---- */

/* The document's description of a row's path; NULL where it has none. */
static const struct pl_value *property_at(struct pl_arena *arena, const struct pl_value *document,
                                          const struct pl_value *schema, const char *path)
{
    const struct pl_value *at = schema;

    while (at != NULL && *path != '\0') {
        const struct pl_value *properties;
        const char *ref;
        size_t n;

        if (strncmp(path, "[]", 2) == 0 || strncmp(path, "{}", 2) == 0) {
            at = pl_value_member(at, *path == '[' ? "items" : "additionalProperties");
            path += 2;
            path += *path == '.';
            continue;
        }
        if (strncmp(path, "[\"", 2) == 0) { /* a map's own key, quoted */
            at = pl_value_member(at, "additionalProperties");
            path += strcspn(path, "]") + 1;
            continue;
        }
        ref = pl_value_member_text(at, "$ref");
        properties = pl_value_member(ref != NULL ? schema_of(document, ref) : at, "properties");
        n = strcspn(path, ".[{");
        if (properties == NULL) /* a map's own key, "limits.cpu" */
            at = pl_value_member(at, "additionalProperties");
        else
            at = pl_value_member(properties, pl_arena_strndup(arena, path, n));
        path += n;
        path += *path == '.';
    }
    return at;
}

static const struct pl_value *kind_schema(struct pl_arena *arena, const struct pl_kind *kind,
                                          const struct pl_value **document)
{
    const struct pl_value *method =
        method_of(arena, kind->call.api, "GET", kind->call.list_path, document);

    return schema_of(*document, item_schema(*document, method, &kind->call));
}

/* In the answers of other methods; the generated tables know them. */
static bool is_virtual(const struct pl_kind *kind, const char *path)
{
    char name[64];

    (void)snprintf(name, sizeof name, "%.*s", (int)strcspn(path, ".["), path);
    return pl_kind_virtual(kind, name) != NULL;
}

static void every_row_is_in_the_document(void **state)
{
    struct pl_arena *arena = *state;

    for (size_t i = 0; i < pl_kinds_len; i++) {
        const struct pl_kind *kind = pl_kinds[i];
        const struct pl_value *document, *schema;

        if (kind->call.list_path == NULL)
            continue;
        schema = kind_schema(arena, kind, &document);
        for (size_t r = 0; r < kind->n_fields; r++)
            if (!is_virtual(kind, kind->fields[r].path) &&
                property_at(arena, document, schema, kind->fields[r].path) == NULL)
                fail_msg("%s has no field %s", kind->name, kind->fields[r].path);
    }
}

/* What an API calls read-only and yet answers to a change by its owner: these have calls of their own, or are set
 * in recorded requests. */
static const char *const changeable[] = {
    "compute.network:peerings",
    "redis.cluster:crossClusterReplicationConfig.clusterRole",
    "redis.cluster:crossClusterReplicationConfig.primaryCluster.cluster",
    "redis.cluster:crossClusterReplicationConfig.secondaryClusters[].cluster",
    "secret.version:state",
};

struct walk {
    struct pl_arena *arena;
    const struct pl_kind *kind;
    const struct pl_value *document;
    size_t complaints, fields;
};

static void check_output(struct walk *walk, const char *path, const struct pl_value *property,
                         const struct pl_field_info *info)
{
    const char *full = pl_arena_printf(walk->arena, "%s:%s", walk->kind->name, path);

    walk->fields++;
    if (!pl_value_true(pl_value_member(property, "readOnly")) || (info->flags & PL_F_OUTPUT) != 0)
        return;
    for (size_t i = 0; i < PL_LEN(changeable); i++)
        if (strcmp(changeable[i], full) == 0)
            return;
    print_message("%s is read-only in Google's document and not flagged as output\n", full);
    walk->complaints++;
}

static void walk_fields(struct walk *walk, const char *path, const struct pl_value *schema,
                        const struct pl_field_info *at, int depth)
{
    const struct pl_value *properties = pl_value_member(schema, "properties");

    for (size_t i = 0; properties != NULL && depth < MAX_DEPTH && i < properties->u.map.n; i++) {
        const struct pl_value *property = properties->u.map.members[i].value;
        const struct pl_value *items = pl_value_member(property, "items");
        const char *ref = pl_value_member_text(items != NULL ? items : property, "$ref");
        const char *below = pl_arena_printf(walk->arena, "%s%s%s", path, *path != '\0' ? "." : "",
                                            properties->u.map.members[i].key);
        struct pl_field_info info;

        /* Fields that are newer or older than the tables are not the tables' fault. */
        if (!pl_field_child(walk->kind, path, at, properties->u.map.members[i].key, &info))
            continue;
        check_output(walk, below, property, &info);
        if (items != NULL && info.shape == PL_MANY) {
            struct pl_field_info element;

            (void)pl_field_child(walk->kind, below, &info, NULL, &element);
            below = pl_arena_printf(walk->arena, "%s[]", below);
            info = element;
        }
        /* Messages that hold themselves end here: the first level has been seen. */
        if (ref != NULL && info.message != at->message)
            walk_fields(walk, below, schema_of(walk->document, ref), &info, depth + 1);
    }
}

static void what_is_read_only_is_output(void **state)
{
    struct walk walk = {.arena = *state};

    for (size_t i = 0; i < pl_kinds_len; i++) {
        const struct pl_value *schema;
        struct pl_field_info root = pl_field_root(pl_kinds[i]);

        walk.kind = pl_kinds[i];
        if (walk.kind->call.list_path == NULL)
            continue;
        schema = kind_schema(walk.arena, walk.kind, &walk.document);
        walk_fields(&walk, "", schema, &root, 0);
    }
    assert_true(walk.fields > 400);
    assert_int_equal(walk.complaints, 0);
}

#define TEST(f) cmocka_unit_test(f)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_list_is_a_method),
        TEST(every_get_is_a_method),
        TEST(every_policy_is_a_method),
        TEST(the_other_calls_are_methods),
        TEST(virtual_fields_are_answers_of_google),
        TEST(every_row_is_in_the_document),
        TEST(what_is_read_only_is_output),
        TEST(every_nested_mask_is_of_the_document),
        TEST(every_mask_is_of_the_document),
        TEST(no_mask_hides_what_is_missing),
    };

    if (folder() == NULL) {
        printf("skipped: kinds against discovery documents (no ../shared/discovery)\n");
        return 0;
    }
    /* One arena for all: the documents are large. */
    return cmocka_run_group_tests(tests, harness_arena, harness_arena_free);
}
