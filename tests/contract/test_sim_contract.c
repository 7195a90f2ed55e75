/*
 * test_sim_contract.c - the simulator's table and every estate file against Google's own discovery documents.
 *
 * Each row of `plumbline-sim --list-methods` must be a method that exists: HTTP method, host, path, query parameters and scopes (both ways:
 * nothing made up, nothing left out), list key. Each resource in a tests/.../estate*.ndjson may have only fields, types and enum
 * values of its schema. The documents are in $SHARED/discovery (../shared); without them the tests say `skipped`. Needs no network.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fnmatch.h>
#include <ftw.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MAX_DEPTH = 40 };

struct checked {
    json_t *rows;      /* of --list-methods */
    json_t *documents; /* name -> discovery document */
    json_t *complaints;
    size_t estates;
    size_t resources;
};

/* nftw() has no context argument. */
static struct checked *the;

static void complain(struct checked *checked, json_t *text)
{
    assert_non_null(text);
    json_array_append_new(checked->complaints, text);
}

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text == NULL ? "" : text;
}

/* ---- the table ---- */

static json_t *table_read(void)
{
    const char *program = getenv("PLUMBLINE_SIM");
    json_t *rows = json_array();
    char *line = NULL;
    size_t room = 0;
    int ends[2];
    assert_non_null(program); /* set by the Makefile */
    assert_int_equal(pipe(ends), 0);
    const pid_t pid = fork();
    if (pid == 0) {
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        execl(program, program, "--list-methods", (char *)NULL);
        _exit(127);
    }
    close(ends[1]);
    FILE *stream = fdopen(ends[0], "r");
    assert_non_null(stream);
    while (getline(&line, &room, stream) > 0) {
        json_t *row = json_loads(line, 0, NULL);
        assert_non_null(row);
        json_array_append_new(rows, row);
    }
    free(line);
    fclose(stream);
    return rows;
}

/* ---- discovery documents ---- */

static bool documents_here(char *folder, size_t room)
{
    const char *shared = getenv("SHARED");
    snprintf(folder, room, "%s/discovery", shared == NULL ? "../shared" : shared);
    return access(folder, R_OK) == 0;
}

static json_t *document(struct checked *checked, const char *name)
{
    char folder[512];
    char path[640];
    json_t *found = json_object_get(checked->documents, name);
    if (found == NULL && documents_here(folder, sizeof folder)) {
        snprintf(path, sizeof path, "%s/%s.json", folder, name);
        found = json_load_file(path, 0, NULL);
        json_object_set_new(checked->documents, name, found);
    }
    return found;
}

static json_t *method_find(json_t *resource, const char *id)
{
    const char *name = NULL;
    json_t *member = NULL;
    json_object_foreach(json_object_get(resource, "methods"), name, member)
    {
        if (strcmp(text_of(member, "id"), id) == 0) {
            return member;
        }
    }
    json_object_foreach(json_object_get(resource, "resources"), name, member)
    {
        json_t *found = method_find(member, id);
        if (found != NULL) {
            return found;
        }
    }
    return NULL;
}

/* A schema, with $ref followed. */
static json_t *schema_of(json_t *from, json_t *schema)
{
    const char *reference = json_string_value(json_object_get(schema, "$ref"));
    json_t *named = json_object_get(from, "schemas");
    return reference == NULL ? schema : json_object_get(named, reference);
}

/* ---- one row ---- */

/* A variable of the document takes any segment of ours; a `:verb` after it must be the same. */
static bool path_fits(const char *theirs, const char *ours)
{
    for (;;) {
        const size_t t = strcspn(theirs, "/");
        const size_t o = strcspn(ours, "/");
        const char *t_end = theirs[0] == '{' ? memchr(theirs, '}', t) : NULL;
        const char *o_end = ours[0] == '{' ? memchr(ours, '}', o) : NULL;
        const char *t_rest = t_end == NULL ? theirs : t_end + 1;
        const char *o_rest = o_end == NULL ? ours : o_end + 1;
        const size_t t_left = (size_t)(theirs + t - t_rest);
        const size_t o_left = (size_t)(ours + o - o_rest);
        const bool fixed_by_us = t_end != NULL && o_end == NULL && t_left == 0;
        if ((o_end != NULL && t_end == NULL) ||
            (!fixed_by_us && (t_left != o_left || memcmp(t_rest, o_rest, t_left) != 0))) {
            return false;
        }
        theirs += t;
        ours += o;
        if (*theirs != *ours) {
            return false;
        }
        if (*theirs == '\0') {
            return true;
        }
        theirs++;
        ours++;
    }
}

static bool word_in(const char *list, const char *word)
{
    const size_t length = strlen(word);
    for (const char *at = strstr(list, word); at != NULL; at = strstr(at + 1, word)) {
        if ((at == list || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0')) {
            return true;
        }
    }
    return false;
}

/* Words of `list` that `known` does not have as keys. */
static void words_check(struct checked *checked, const char *id, const char *what, const char *list,
                        const json_t *known)
{
    while (*list != '\0') {
        const size_t length = strcspn(list, " ");
        json_t *word = json_stringn(list, length);
        if (json_object_get(known, json_string_value(word)) == NULL) {
            complain(checked, json_sprintf("%s: no %s %s", id, what, json_string_value(word)));
        }
        json_decref(word);
        list += length;
        list += strspn(list, " ");
    }
}

static void query_check(struct checked *checked, const json_t *row, const json_t *method)
{
    json_t *known = json_object();
    const char *name = NULL;
    json_t *parameter = NULL;
    json_object_foreach(json_object_get(method, "parameters"), name, parameter)
    {
        if (strcmp(text_of(parameter, "location"), "query") == 0) {
            json_object_set_new(known, name, json_true());
            if (!word_in(text_of(row, "query"), name)) {
                complain(checked,
                         json_sprintf("%s: parameter %s is left out", text_of(row, "id"), name));
            }
        }
    }
    words_check(checked, text_of(row, "id"), "query parameter", text_of(row, "query"), known);
    words_check(checked, text_of(row, "id"), "page parameter", text_of(row, "size_param"), known);
    words_check(checked, text_of(row, "id"), "page parameter", text_of(row, "token_param"), known);
    json_decref(known);
}

static void scopes_check(struct checked *checked, const json_t *row, const json_t *method)
{
    static const char prefix[] = "https://www.googleapis.com/auth/";
    json_t *known = json_object();
    json_t *scope = NULL;
    size_t index = 0;
    json_array_foreach(json_object_get(method, "scopes"), index, scope)
    {
        const char *text = json_string_value(scope);
        if (strncmp(text, prefix, strlen(prefix)) != 0) {
            continue;
        }
        json_object_set_new(known, text + strlen(prefix), json_true());
        if (!word_in(text_of(row, "scopes"), text + strlen(prefix))) {
            complain(checked, json_sprintf("%s: scope %s is left out", text_of(row, "id"), text));
        }
    }
    words_check(checked, text_of(row, "id"), "scope", text_of(row, "scopes"), known);
    json_decref(known);
}

static json_t *property(json_t *schema, const char *name)
{
    return json_object_get(json_object_get(schema, "properties"), name);
}

/* The schema of one element of the list, or of the answer where it is no list; NULL if there is none. */
static json_t *element_schema(json_t *from, const json_t *row, json_t *method)
{
    json_t *response = schema_of(from, json_object_get(method, "response"));
    const char *key = text_of(row, "list_key");
    if (json_is_true(json_object_get(row, "aggregated"))) {
        json_t *scopes = property(response, "items");
        response = schema_of(from, json_object_get(scopes, "additionalProperties"));
    }
    if (key[0] == '\0') {
        return response;
    }
    return schema_of(from, json_object_get(property(response, key), "items"));
}

static void row_check(struct checked *checked, const json_t *row)
{
    const char *id = text_of(row, "id");
    json_t *from = document(checked, text_of(row, "document"));
    json_t *method = method_find(from, id);
    if (method == NULL) {
        complain(checked, json_sprintf("%s: no such method in %s", id, text_of(row, "document")));
        return;
    }
    const bool flat = json_object_get(method, "flatPath") != NULL;
    json_t *root = json_sprintf("https://%s/", text_of(row, "host"));
    if (strcmp(text_of(from, "rootUrl"), json_string_value(root)) != 0) {
        complain(checked, json_sprintf("%s: host is %s", id, text_of(from, "rootUrl")));
    }
    json_decref(root);
    if (strcmp(text_of(method, "httpMethod"), text_of(row, "http")) != 0) {
        complain(checked, json_sprintf("%s: HTTP method is %s", id, text_of(method, "httpMethod")));
    }
    if (!path_fits(text_of(method, flat ? "flatPath" : "path"), text_of(row, "path"))) {
        complain(checked,
                 json_sprintf("%s: path is %s", id, text_of(method, flat ? "flatPath" : "path")));
    }
    query_check(checked, row, method);
    scopes_check(checked, row, method);
    if (element_schema(from, row, method) == NULL) {
        complain(checked, json_sprintf("%s: no list %s", id, text_of(row, "list_key")));
    }
}

/* ---- estates ---- */

static bool type_fits(const char *type, const json_t *value)
{
    return type[0] == '\0' || strcmp(type, "any") == 0 ||
           (strcmp(type, "string") == 0 && json_is_string(value)) ||
           (strcmp(type, "integer") == 0 && json_is_integer(value)) ||
           (strcmp(type, "number") == 0 && json_is_number(value)) ||
           (strcmp(type, "boolean") == 0 && json_is_boolean(value)) ||
           (strcmp(type, "array") == 0 && json_is_array(value)) ||
           (strcmp(type, "object") == 0 && json_is_object(value));
}

/* Enums are open: a scenario may show a value that no document has, to see that nobody believes it. */
static const char *const undocumented[] = {"STOPPED"};

static bool enum_fits(const json_t *schema, const json_t *value)
{
    json_t *allowed = json_object_get(schema, "enum");
    json_t *one = NULL;
    size_t index = 0;
    json_array_foreach(allowed, index, one)
    {
        if (json_equal(one, value)) {
            return true;
        }
    }
    for (size_t i = 0; i < sizeof undocumented / sizeof undocumented[0]; i++) {
        if (json_is_string(value) && strcmp(json_string_value(value), undocumented[i]) == 0) {
            return true;
        }
    }
    return allowed == NULL || !json_is_string(value);
}

/* What stands in a network's line beside Google's own members: the answers of calls of their own. */
static json_t *beside_network(const char *path)
{
    static const char *const texts[][2] = {
        {".effectiveFirewalls", "{\"$ref\":\"NetworksGetEffectiveFirewallsResponse\"}"},
        {".regionalFirewalls",
         "{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"region\":{\"type\":"
         "\"string\"},\"firewallPolicys\":{\"type\":\"array\",\"items\":{\"$ref\":"
         "\"RegionNetworkFirewallPoliciesGetEffectiveFirewallsResponseEffectiveFirewallPolicy\"}}}}"
         "}"},
        {".peeringRoutes",
         "{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"peering\":{\"type\":"
         "\"string\"},\"region\":{\"type\":\"string\"},\"direction\":{\"type\":\"string\"},"
         "\"routes\":{"
         "\"type\":\"array\",\"items\":{\"$ref\":\"ExchangedPeeringRoute\"}}}}}"},
    };
    static const char kind[] = "compute.network";
    const char *at = strstr(path, kind);
    for (size_t i = 0; at != NULL && i < sizeof texts / sizeof texts[0]; i++) {
        if (strcmp(at + sizeof kind - 1, texts[i][0]) == 0) {
            return json_loads(texts[i][1], 0, NULL);
        }
    }
    return NULL;
}

static void value_check(struct checked *checked, json_t *from, json_t *schema, const char *where,
                        json_t *value, int depth)
{
    const char *name = NULL;
    json_t *member = NULL;
    size_t index = 0;
    schema = schema_of(from, schema);
    assert_true(depth < MAX_DEPTH);
    if (!type_fits(text_of(schema, "type"), value) || !enum_fits(schema, value)) {
        char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);
        complain(checked, json_sprintf("%s: %s is no %s of the schema", where, text,
                                       text_of(schema, "type")));
        free(text);
        return;
    }
    json_array_foreach(value, index, member)
    {
        value_check(checked, from, json_object_get(schema, "items"), where, member, depth + 1);
    }
    json_object_foreach(value, name, member)
    {
        json_t *inner = property(schema, name);
        json_t *path = json_sprintf("%s.%s", where, name);
        json_t *beside = inner == NULL ? beside_network(json_string_value(path)) : NULL;
        inner = inner == NULL ? json_object_get(schema, "additionalProperties") : inner;
        inner = inner == NULL ? beside : inner;
        if (inner != NULL) {
            value_check(checked, from, inner, json_string_value(path), member, depth + 1);
        } else if (strcmp(text_of(schema, "type"), "any") != 0) {
            complain(checked, json_sprintf("%s: no such field", json_string_value(path)));
        }
        json_decref(beside);
        json_decref(path);
    }
}

/* The row whose answer is a resource of this kind, or its policy. */
static json_t *row_for(struct checked *checked, const char *kind, bool policy)
{
    json_t *row = NULL;
    json_t *list = NULL;
    size_t index = 0;
    json_array_foreach(checked->rows, index, row)
    {
        const bool is_policy = strstr(text_of(row, "path"), ":getIamPolicy") != NULL;
        const bool is_locations = strcmp(text_of(row, "list_key"), "locations") == 0;
        if (strcmp(text_of(row, "kind"), kind) != 0 || is_policy != policy || is_locations) {
            continue;
        }
        if (policy || json_is_true(json_object_get(row, "body_is_resource"))) {
            return row;
        }
        list = row;
    }
    return list;
}

static void line_check(struct checked *checked, const char *file, size_t number, json_t *line)
{
    json_t *policy = json_object_get(line, "iam_policy");
    json_t *body = policy != NULL ? policy : json_object_get(line, "resource");
    json_t *row = body == NULL ? NULL : row_for(checked, text_of(line, "kind"), policy != NULL);
    if (row == NULL) {
        return;
    }
    json_t *from = document(checked, text_of(row, "document"));
    json_t *method = method_find(from, text_of(row, "id"));
    json_t *where = json_sprintf("%s:%zu: %s", file, number, text_of(line, "kind"));
    value_check(checked, from, element_schema(from, row, method), json_string_value(where), body,
                0);
    checked->resources++;
    json_decref(where);
}

static void estate_check(struct checked *checked, const char *path)
{
    FILE *file = fopen(path, "r");
    char *text = NULL;
    size_t room = 0;
    assert_non_null(file);
    for (size_t number = 1; getline(&text, &room, file) > 0; number++) {
        json_t *line = json_loads(text, 0, NULL);
        if (line == NULL) {
            complain(checked, json_sprintf("%s:%zu: not JSON", path, number));
        }
        line_check(checked, path, number, line);
        json_decref(line);
    }
    checked->estates++;
    free(text);
    fclose(file);
}

static int file_visit(const char *path, const struct stat *about, int type, struct FTW *place)
{
    (void)about;
    if (type == FTW_F && fnmatch("estate*.ndjson", path + place->base, 0) == 0) {
        estate_check(the, path);
    }
    return 0;
}

/* ---- tests ---- */

static int setup(void **state)
{
    char folder[512];
    static struct checked checked;
    *state = NULL;
    if (!documents_here(folder, sizeof folder)) {
        return 0;
    }
    checked = (struct checked){table_read(), json_object(), json_array(), 0, 0};
    the = &checked;
    *state = the;
    return json_array_size(checked.rows) == 0;
}

static int teardown(void **state)
{
    struct checked *checked = *state;
    if (checked != NULL) {
        json_decref(checked->rows);
        json_decref(checked->documents);
        json_decref(checked->complaints);
    }
    return 0;
}

static struct checked *needed(void **state, const char *test)
{
    struct checked *checked = *state;
    if (checked == NULL) {
        print_message("skipped: %s (no ../shared/discovery)\n", test);
        skip();
    }
    json_array_clear(checked->complaints);
    return checked;
}

static void expect_none(const struct checked *checked)
{
    json_t *one = NULL;
    size_t index = 0;
    json_array_foreach(checked->complaints, index, one)
    {
        print_error("%s\n", json_string_value(one));
    }
    assert_int_equal(json_array_size(checked->complaints), 0);
}

static void test_methods_exist(void **state)
{
    struct checked *checked = needed(state, "sim methods against discovery");
    json_t *row = NULL;
    size_t index = 0;
    json_array_foreach(checked->rows, index, row)
    {
        row_check(checked, row);
    }
    print_message("%zu methods\n", json_array_size(checked->rows));
    expect_none(checked);
}

static void test_estates_have_real_fields(void **state)
{
    struct checked *checked = needed(state, "estates against discovery");
    assert_int_equal(nftw("tests", file_visit, 16, FTW_PHYS), 0);
    print_message("%zu estate files, %zu resources\n", checked->estates, checked->resources);
    assert_true(checked->estates > 0 && checked->resources > 0);
    expect_none(checked);
}

struct bent {
    const char *key;
    const char *text;
    const char *complaint;
};

/* The row of redis.projects.locations.instances.list with one member changed. */
static const struct bent bents[] = {
    {"id", "redis.projects.locations.instances.search",
     "redis.projects.locations.instances.search: no such method in redis.v1"},
    {"http", "POST", "redis.projects.locations.instances.list: HTTP method is GET"},
    {"host", "redis.example.com",
     "redis.projects.locations.instances.list: host is https://redis.googleapis.com/"},
    {"path", "v1/projects/{project}/zones/{location}/instances",
     "redis.projects.locations.instances.list: path is "
     "v1/projects/{projectsId}/locations/{locationsId}/instances"},
    {"path", "v1/projects/{project}/locations/{location}/instances:list",
     "redis.projects.locations.instances.list: path is "
     "v1/projects/{projectsId}/locations/{locationsId}/instances"},
    {"query", "pageSize pageToken filter",
     "redis.projects.locations.instances.list: no query parameter filter"},
    {"query", "pageSize",
     "redis.projects.locations.instances.list: parameter pageToken is left out"},
    {"size_param", "maxResults",
     "redis.projects.locations.instances.list: no page parameter maxResults"},
    {"scopes", "cloud-platform redis.read-only redis.read-write redis",
     "redis.projects.locations.instances.list: no scope redis"},
    {"scopes", "redis.read-only redis.read-write",
     "redis.projects.locations.instances.list: scope "
     "https://www.googleapis.com/auth/cloud-platform is left out"},
    {"list_key", "items", "redis.projects.locations.instances.list: no list items"},
};

static void test_bent_rows_are_found(void **state)
{
    struct checked *checked = needed(state, "bent sim methods");
    json_t *good = row_for(checked, "redis.instance", false);
    json_t *row = NULL;
    size_t at = 0;
    json_array_foreach(checked->rows, at, row)
    {
        good =
            strcmp(text_of(row, "id"), "redis.projects.locations.instances.list") == 0 ? row : good;
    }
    for (size_t i = 0; i < sizeof bents / sizeof bents[0]; i++) {
        json_t *bent = json_copy(good);
        json_object_set_new(bent, bents[i].key, json_string(bents[i].text));
        json_array_clear(checked->complaints);
        row_check(checked, bent);
        assert_int_equal(json_array_size(checked->complaints), 1);
        assert_string_equal(json_string_value(json_array_get(checked->complaints, 0)),
                            bents[i].complaint);
        json_decref(bent);
    }
}

struct bent_line {
    const char *line;
    const char *complaint; /* NULL: none */
};

static const struct bent_line bent_lines[] = {
    {"{\"kind\":\"run.service\",\"resource\":{\"labels\":{\"anything\":\"goes\"}}}", NULL},
    {"{\"kind\":\"run.service\",\"resource\":{\"ingres\":\"X\"}}",
     "x:1: run.service.ingres: no such field"},
    {"{\"kind\":\"run.service\",\"resource\":{\"ingress\":\"INGRESS_TRAFFIC_SOME\"}}",
     "x:1: run.service.ingress: \"INGRESS_TRAFFIC_SOME\" is no string of the schema"},
    {"{\"kind\":\"run.service\",\"resource\":{\"template\":{\"containers\":[{\"immage\":\"x\"}]}}}",
     "x:1: run.service.template.containers.immage: no such field"},
    {"{\"kind\":\"run.service\",\"resource\":{\"generation\":7}}",
     "x:1: run.service.generation: 7 is no string of the schema"},
    {"{\"kind\":\"compute.network\",\"resource\":{\"effectiveFirewalls\":{\"firewallPolicies\":[]}}"
     "}",
     "x:1: compute.network.effectiveFirewalls.firewallPolicies: no such field"},
    {"{\"kind\":\"compute.network\",\"resource\":{\"peeringRoutes\":[{\"routes\":[{\"dest\":\"x\"}]"
     "}]}}",
     "x:1: compute.network.peeringRoutes.routes.dest: no such field"},
    {"{\"kind\":\"compute.firewall\",\"resource\":{\"allowed\":{\"IPProtocol\":\"tcp\"}}}",
     "x:1: compute.firewall.allowed: {\"IPProtocol\":\"tcp\"} is no array of the schema"},
    {"{\"kind\":\"servicenetworking.connection\",\"resource\":{\"ranges\":[]}}",
     "x:1: servicenetworking.connection.ranges: no such field"},
    {"{\"kind\":\"project.iamPolicy\",\"iam_policy\":{\"binding\":[]}}",
     "x:1: project.iamPolicy.binding: no such field"},
};

static void test_bent_estates_are_found(void **state)
{
    struct checked *checked = needed(state, "bent estates");
    for (size_t i = 0; i < sizeof bent_lines / sizeof bent_lines[0]; i++) {
        json_t *line = json_loads(bent_lines[i].line, 0, NULL);
        json_array_clear(checked->complaints);
        line_check(checked, "x", 1, line);
        json_t *first = json_array_get(checked->complaints, 0);
        assert_int_equal(json_array_size(checked->complaints), bent_lines[i].complaint != NULL);
        if (bent_lines[i].complaint != NULL) {
            assert_string_equal(json_string_value(first), bent_lines[i].complaint);
        }
        json_decref(line);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_methods_exist),
        cmocka_unit_test(test_estates_have_real_fields),
        cmocka_unit_test(test_bent_rows_are_found),
        cmocka_unit_test(test_bent_estates_are_found),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
