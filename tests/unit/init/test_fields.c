/* test_fields.c - the table of what init declares: every row is a field that a baseline may name, and together they are what the path model
 * reads of every estate that lies among the tests.
 */
#include "harness.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "init_priv.h"
#include "plumbline/file.h"
#include "plumbline/reach.h"
#include "plumbline/snapshot.h"

/* The info of a path in row form; false where Google's schema does not know it. */
static bool look_up(struct pl_arena *arena, const struct pl_kind *kind, const char *path,
                    struct pl_field_info *out)
{
    const char *generic = "";

    *out = pl_field_root(kind);
    while (*path != '\0') {
        bool element = *path == '[';
        size_t n = element ? 2 : strcspn(path, ".[");
        const char *key = element ? NULL : pl_arena_strndup(arena, path, n);
        struct pl_field_info at = *out;

        if (!pl_field_child(kind, generic, &at, key, out))
            return false;
        generic = pl_field_generic(arena, generic, &at, key);
        path += n;
        path += *path == '.';
    }
    return true;
}

static bool is_listed(const char *kind)
{
    for (size_t i = 0; i < pl_init_kinds_len; i++)
        if (strcmp(pl_init_kinds[i].kind, kind) == 0)
            return true;
    return false;
}

/* Kinds that are referred to and never declared. */
static bool is_never_declared(const char *kind)
{
    for (size_t i = 0; i < pl_init_kinds_len; i++)
        if (strcmp(pl_init_kinds[i].kind, kind) == 0)
            return pl_init_kinds[i].declare == PL_DECLARE_NOT;
    return true;
}

static void every_row_is_a_field_that_a_baseline_may_name(void **state)
{
    struct pl_arena *arena = pl_arena_new();

    (void)state;
    for (size_t i = 0; i < pl_init_kinds_len; i++)
        assert_non_null(pl_kind_find(pl_init_kinds[i].kind));
    for (size_t i = 0; i < pl_init_fields_len; i++) {
        const struct pl_init_field *f = &pl_init_fields[i];
        const struct pl_kind *kind = pl_kind_find(f->kind);
        struct pl_field_info info = {0};

        if (kind == NULL || !is_listed(f->kind) || !look_up(arena, kind, f->path, &info))
            fail_msg("%s:%s is no field", f->kind, f->path);
        if (info.flags & (PL_F_OUTPUT | PL_F_VOLATILE | PL_F_SECRET))
            fail_msg("%s:%s is written by the server, or secret", f->kind, f->path);
        if ((f->flags & PL_INIT_DEFAULT) && info.absent_is == NULL)
            fail_msg("%s:%s has no default", f->kind, f->path);
        if (f->link != NULL && pl_kind_find(f->link) == NULL)
            fail_msg("%s:%s links to no kind", f->kind, f->path);
        for (size_t j = 0; j < i; j++)
            if (strcmp(pl_init_fields[j].kind, f->kind) == 0 &&
                strcmp(pl_init_fields[j].path, f->path) == 0)
                fail_msg("%s:%s stands there twice", f->kind, f->path);
    }
    pl_arena_free(arena);
}

static void every_advice_is_about_a_field_that_is_declared(void **state)
{
    (void)state;
    for (size_t i = 0; i < pl_init_advices_len; i++) {
        const struct pl_init_advice *a = &pl_init_advices[i];
        bool found = false;

        for (size_t j = 0; j < pl_init_fields_len; j++)
            found = found ||
                    (strcmp(pl_init_fields[j].kind, a->kind) == 0 &&
                     strncmp(pl_init_fields[j].path, a->path, strlen(pl_init_fields[j].path)) == 0);
        if (!found)
            fail_msg("%s:%s is not declared", a->kind, a->path);
    }
}

/* ---- what the model reads ---- */

/* Read, and not declared on purpose. */
static const struct {
    const char *kind, *path, *why;
} left_out[] = {
    {"sql.instance", "region", "it is in the connection name, and cannot change"},
    {"project.service", "state", "only enabled ones are listed: being there says it"},
    {"sql.instance", "instanceType",
     "a replica is made as one, and stays one until it is promoted"},
    {"secret.secret", "iamPolicy.bindings", "who else reads a secret is not this estate's word"},
    {"compute.network", "effectiveFirewalls.firewallPolicys",
     "what folders and the organisation ask for is theirs to declare"},
    {"compute.subnetwork", "iamPolicy.bindings",
     "who may use a subnetwork of another project is that project's word"},
    {"compute.network", "regionalFirewalls", "Google's own"},
    {"compute.subnetwork", "purpose", "it cannot change"},
    {"dns.managedZone", "forwardingConfig.targetNameServers",
     "name servers are their owners' to say"},
    {"dns.managedZone", "peeringConfig.targetNetwork.networkUrl", "it is the other network's"},
    {"dns.managedZone", "serviceDirectoryConfig.namespace.namespaceUrl", "it cannot change"},
    {"sql.instance", "dnsName", "Google gives it"},
    {"sql.instance", "pscServiceAttachmentLink", "Google gives it"},
    {"compute.route", "nextHopNetwork", "such routes are Google's own, and not declared"},
};

static bool is_covered(const char *kind, const char *path)
{
    for (size_t i = 0; i < pl_init_fields_len; i++) {
        const char *row = pl_init_fields[i].path;
        size_t n = strlen(row), m = strlen(path);

        if (strcmp(pl_init_fields[i].kind, kind) == 0 && strncmp(row, path, n < m ? n : m) == 0)
            return true;
    }
    for (size_t i = 0; i < PL_LEN(left_out); i++)
        if (strcmp(left_out[i].kind, kind) == 0 && strcmp(left_out[i].path, path) == 0)
            return true;
    return false;
}

static size_t check_readings(struct pl_arena *arena, struct pl_view *view, const char *file)
{
    size_t n, fields = 0;
    const struct pl_reading *list = pl_view_readings(view, &n);

    for (size_t i = 0; i < n; i++) {
        const struct pl_kind *kind = list[i].address.kind;
        const char *path = pl_path_generic(arena, &list[i].path);
        struct pl_field_info info;

        if (list[i].what != PL_READ_FIELD || is_never_declared(kind->name) ||
            !pl_field_lookup(kind, &list[i].path, &info, NULL, NULL) ||
            (info.flags & (PL_F_OUTPUT | PL_F_VOLATILE | PL_F_SECRET)))
            continue;
        fields++;
        if (!is_covered(kind->name, path))
            fail_msg("%s: the model reads %s:%s, and init does not declare it", file, kind->name,
                     path);
    }
    return fields;
}

static size_t check_estate(const char *file)
{
    struct pl_arena *arena = pl_arena_new();
    struct pl_err err = {0};
    size_t len, n = 0, fields = 0;
    char *text = pl_file_read(arena, file, PL_SNAPSHOT_MAX_BYTES, &len, &err);
    const struct pl_world *world = text ? pl_snapshot_read(arena, file, text, len, &err) : NULL;
    const struct pl_connection *const *list;

    if (world == NULL)
        fail_msg("%s", err.text);
    list = pl_reach_infer(arena, pl_view_new(arena, world), &n);
    for (size_t i = 0; i < n; i++) {
        struct pl_view *view = pl_view_new(arena, world);

        (void)pl_reach_evaluate(view, list[i], NULL);
        fields += check_readings(arena, view, file);
    }
    pl_arena_free(arena);
    return fields;
}

static void what_the_path_model_reads_is_declared(void **state)
{
    glob_t found;
    size_t fields = 0;

    (void)state;
    assert_int_equal(glob("tests/scenarios/*/estate*.ndjson", 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++)
        fields += check_estate(found.gl_pathv[i]);
    globfree(&found);
    fields += check_estate("tests/demo/estate.ndjson");
    fields += check_estate("tests/sim/estate_example.ndjson");
    assert_true(fields > 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_is_a_field_that_a_baseline_may_name),
        cmocka_unit_test(every_advice_is_about_a_field_that_is_declared),
        cmocka_unit_test(what_the_path_model_reads_is_declared),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
