/* The generated field tables (gcp/schema) against Google's own discovery documents, field by field.
 *
 * The generator reads the compact form of the documents; this walks the whole ones in $SHARED/discovery (../shared), so that
 * a fault of either shows. Without them the test says `skipped`. Needs no network. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "plumbline/file.h"
#include "plumbline/json.h"
#include "plumbline/kind.h"
#include "plumbline/map.h"
#include "../../gcp/schema/schemas.h"

static const struct root {
    const struct pl_schema *schema;
    const char *document, *name;
} roots[] = {
    {&pl_schema_compute_Address, "compute.v1", "Address"},
    {&pl_schema_compute_BackendService, "compute.v1", "BackendService"},
    {&pl_schema_compute_Firewall, "compute.v1", "Firewall"},
    {&pl_schema_compute_FirewallPolicy, "compute.v1", "FirewallPolicy"},
    {&pl_schema_compute_ForwardingRule, "compute.v1", "ForwardingRule"},
    {&pl_schema_compute_Instance, "compute.v1", "Instance"},
    {&pl_schema_compute_Network, "compute.v1", "Network"},
    {&pl_schema_compute_NetworkEndpointGroup, "compute.v1", "NetworkEndpointGroup"},
    {&pl_schema_compute_Route, "compute.v1", "Route"},
    {&pl_schema_compute_Router, "compute.v1", "Router"},
    {&pl_schema_compute_SecurityPolicy, "compute.v1", "SecurityPolicy"},
    {&pl_schema_compute_ServiceAttachment, "compute.v1", "ServiceAttachment"},
    {&pl_schema_compute_SslCertificate, "compute.v1", "SslCertificate"},
    {&pl_schema_compute_Subnetwork, "compute.v1", "Subnetwork"},
    {&pl_schema_compute_TargetHttpsProxy, "compute.v1", "TargetHttpsProxy"},
    {&pl_schema_compute_UrlMap, "compute.v1", "UrlMap"},
    {&pl_schema_dns_ManagedZone, "dns.v1", "ManagedZone"},
    {&pl_schema_dns_ResourceRecordSet, "dns.v1", "ResourceRecordSet"},
    {&pl_schema_iam_Policy, "cloudresourcemanager.v3", "Policy"},
    {&pl_schema_memcache_Instance, "memcache.v1", "Instance"},
    {&pl_schema_memorystore_Instance, "memorystore.v1", "Instance"},
    {&pl_schema_redis_Cluster, "redis.v1", "Cluster"},
    {&pl_schema_redis_Instance, "redis.v1", "Instance"},
    {&pl_schema_run_Job, "run.v2", "GoogleCloudRunV2Job"},
    {&pl_schema_run_Revision, "run.v2", "GoogleCloudRunV2Revision"},
    {&pl_schema_run_Service, "run.v2", "GoogleCloudRunV2Service"},
    {&pl_schema_secretmanager_Secret, "secretmanager.v1", "Secret"},
    {&pl_schema_secretmanager_SecretVersion, "secretmanager.v1", "SecretVersion"},
    {&pl_schema_servicenetworking_Connection, "servicenetworking.v1", "Connection"},
    {&pl_schema_serviceusage_Service, "serviceusage.v1", "GoogleApiServiceusageV1Service"},
    {&pl_schema_sqladmin_Database, "sqladmin.v1", "Database"},
    {&pl_schema_sqladmin_DatabaseInstance, "sqladmin.v1", "DatabaseInstance"},
    {&pl_schema_sqladmin_User, "sqladmin.v1", "User"},
    {&pl_schema_vpcaccess_Connector, "vpcaccess.v1", "Connector"},
};

static const char *discovery(struct pl_arena *arena, const char *document)
{
    const char *shared = getenv("SHARED");
    return pl_arena_printf(arena, "%s/discovery/%s%s", shared != NULL ? shared : "../shared",
                           document, document[0] != '\0' ? ".json" : "");
}

/* ---- walking one document beside the tables ---- */

struct walk {
    struct pl_arena *arena;
    const char *document;
    const struct pl_value *schemas;
    struct pl_map seen; /* message names, as Google's and ours meet */
    size_t fields;
};

static bool is(const struct pl_value *v, const char *member, const char *text)
{
    const char *have = pl_value_member_text(v, member);
    return have != NULL && strcmp(have, text) == 0;
}

static bool has(const struct pl_value *v, const char *member)
{
    return pl_value_member(v, member) != NULL;
}

/* A JSON object without fields of its own and with free members. */
static bool is_map(const struct pl_value *v)
{
    return has(v, "additionalProperties") && !has(v, "properties");
}

/* Compute lists no values for some fields: then nothing is enumerated. */
static const struct pl_value *enum_of(const struct pl_value *v)
{
    const struct pl_value *values = pl_value_member(v, "enum");
    return pl_value_count(values) > 0 ? values : NULL;
}

static enum pl_type type_of(const struct pl_value *v)
{
    if (has(v, "$ref") || has(v, "properties"))
        return PL_T_MESSAGE;
    if (is(v, "type", "array") || is_map(v) || is(v, "type", "any") || is(v, "type", "object"))
        return PL_T_ANY;
    if (is(v, "type", "boolean"))
        return PL_T_BOOL;
    if (is(v, "type", "integer"))
        return PL_T_INT;
    if (is(v, "type", "number"))
        return PL_T_REAL;
    if (enum_of(v) != NULL)
        return PL_T_ENUM;
    if (is(v, "format", "google-duration"))
        return PL_T_DURATION;
    if (is(v, "format", "google-datetime") || is(v, "format", "date-time"))
        return PL_T_TIMESTAMP;
    if (is(v, "format", "int64") || is(v, "format", "uint64"))
        return PL_T_INT64;
    return is(v, "format", "byte") ? PL_T_BYTES : PL_T_STRING;
}

static void compare_enum(const struct pl_value *v, const struct pl_schema_field *field,
                         const char *place)
{
    const struct pl_value *values = enum_of(v);
    size_t n = 0;
    assert_true((values != NULL) == (field->enum_values != NULL));
    for (; field->enum_values != NULL && field->enum_values[n] != NULL; n++) {
        const char *want = pl_value_text(pl_value_item(values, n));
        if (want == NULL || strcmp(want, field->enum_values[n]) != 0)
            fail_msg("%s: enum value %s instead of %s", place, field->enum_values[n],
                     want != NULL ? want : "nothing");
    }
    assert_int_equal(n, pl_value_count(values));
}

static void compare_message(struct walk *w, const struct pl_value *fields,
                            const struct pl_schema *schema, const char *place);

static void compare_field(struct walk *w, const struct pl_value *v,
                          const struct pl_schema_field *field, const char *place)
{
    enum pl_shape shape = is(v, "type", "array") ? PL_MANY : is_map(v) ? PL_KEYED : PL_ONE;
    if (shape != PL_ONE)
        v = pl_value_member(v, shape == PL_MANY ? "items" : "additionalProperties");
    enum pl_type type = type_of(v);
    if (field->type != type || field->shape != shape)
        fail_msg("%s is of type %d, shape %d instead of %d, %d", place, field->type, field->shape,
                 type, shape);
    compare_enum(v, field, place);
    assert_true((field->message != NULL) == (type == PL_T_MESSAGE));
    const char *ref = pl_value_member_text(v, "$ref");
    w->fields++;
    if (ref != NULL) {
        assert_string_equal(field->message->name, ref);
        compare_message(w, pl_value_member(pl_value_member(w->schemas, ref), "properties"),
                        field->message, ref);
    } else if (type == PL_T_MESSAGE) {
        compare_message(w, pl_value_member(v, "properties"), field->message, place);
    }
}

/* Both are sorted by name. */
static void compare_message(struct walk *w, const struct pl_value *fields,
                            const struct pl_schema *schema, const char *place)
{
    if (pl_map_put(&w->seen, schema->name, w) != NULL)
        return;
    for (size_t i = 0; i < schema->n_fields || i < pl_value_count(fields); i++) {
        const char *want = i < pl_value_count(fields) ? fields->u.map.members[i].key : NULL;
        const char *have = i < schema->n_fields ? schema->fields[i].name : NULL;
        if (want == NULL || have == NULL || strcmp(want, have) != 0)
            fail_msg("%s, %s: the table has %s where Google has %s", w->document, place,
                     have != NULL ? have : "nothing", want != NULL ? want : "nothing");
        compare_field(w, fields->u.map.members[i].value, &schema->fields[i],
                      pl_arena_printf(w->arena, "%s.%s", place, want));
    }
}

static const struct pl_value *read_document(struct pl_arena *arena, const char *name)
{
    struct pl_err err = {0};
    size_t len;
    const char *text = pl_file_read(arena, discovery(arena, name), 64 << 20, &len, &err);
    const struct pl_value *v = text != NULL ? pl_json_parse(arena, text, len, name, &err) : NULL;
    if (v == NULL)
        fail_msg("%s", err.text);
    return v;
}

static void tables_agree_with_discovery(void **state)
{
    struct pl_arena *arena = pl_arena_new();
    struct walk w = {.arena = arena};
    size_t fields = 0;
    (void)state;
    for (size_t i = 0; i < PL_LEN(roots); i++) {
        if (w.document == NULL || strcmp(w.document, roots[i].document) != 0) {
            w.document = roots[i].document;
            w.schemas = pl_value_member(read_document(arena, w.document), "schemas");
            pl_map_init(&w.seen, arena);
        }
        const struct pl_value *schema = pl_value_member(w.schemas, roots[i].name);
        assert_non_null(schema);
        assert_string_equal(roots[i].schema->name, roots[i].name);
        compare_message(&w, pl_value_member(schema, "properties"), roots[i].schema, roots[i].name);
    }
    fields = w.fields;
    /* A walk that saw next to nothing proves nothing. */
    assert_true(fields > 2000);
    pl_arena_free(arena);
}

/* ---- the tables themselves: no documents needed ---- */

static size_t check_order(const struct pl_schema *schema, struct pl_map *seen,
                          struct pl_arena *arena)
{
    const char *key = pl_arena_printf(arena, "%p", (const void *)schema);
    size_t n = 1;
    if (pl_map_put(seen, key, arena) != NULL)
        return 0;
    for (size_t i = 0; i < schema->n_fields; i++) {
        const struct pl_schema_field *field = &schema->fields[i];
        if (i > 0 && strcmp(schema->fields[i - 1].name, field->name) >= 0)
            fail_msg("%s.%s is out of order", schema->name, field->name);
        if (field->message != NULL)
            n += check_order(field->message, seen, arena);
    }
    return n;
}

static void tables_are_sorted(void **state)
{
    struct pl_arena *arena = pl_arena_new();
    struct pl_map seen;
    size_t n = 0;
    (void)state;
    pl_map_init(&seen, arena);
    for (size_t i = 0; i < PL_LEN(roots); i++)
        n += check_order(roots[i].schema, &seen, arena);
    assert_true(n > 400);
    pl_arena_free(arena);
}

/* A kind may not have a schema that this test does not compare. */
static void kinds_use_compared_schemas(void **state)
{
    (void)state;
    for (size_t i = 0; i < pl_kinds_len; i++) {
        bool found = pl_kinds[i]->schema == NULL;
        for (size_t k = 0; k < PL_LEN(roots); k++)
            found = found || roots[k].schema == pl_kinds[i]->schema;
        if (!found)
            fail_msg("the schema of %s is compared with nothing", pl_kinds[i]->name);
    }
}

int main(void)
{
    const struct CMUnitTest always[] = {cmocka_unit_test(tables_are_sorted),
                                        cmocka_unit_test(kinds_use_compared_schemas)};
    const struct CMUnitTest shared[] = {cmocka_unit_test(tables_agree_with_discovery)};
    struct pl_arena *arena = pl_arena_new();
    bool there = pl_path_is_dir(discovery(arena, "")) != 0;
    pl_arena_free(arena);
    int failed = cmocka_run_group_tests(always, NULL, NULL);
    if (there)
        failed += cmocka_run_group_tests(shared, NULL, NULL);
    else
        printf("skipped: tables_agree_with_discovery (no ../shared/discovery)\n");
    return failed;
}
