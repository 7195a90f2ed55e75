/* test_samples.c - real bodies of Google's, all that are kept of our kinds, on the way that they take through the program.
 *
 * Each is parsed, addressed, redacted, written to a snapshot, read back and written again (the same bytes), and compared with itself:
 * nothing may be lost or differ on the way, but for what was redacted. Refusals are held against errors.c. The recordings are in
 * $SHARED/samples (../shared); without them the tests say `skipped`.
 */
#include "samples.h"

#include "../../gcp/gcp_priv.h"
#include "plumbline/canon.h"
#include "plumbline/diff.h"
#include "plumbline/file.h"
#include "plumbline/json.h"
#include "plumbline/snapshot.h"

#include <stdio.h>
#include <string.h>

static const char *const folders[] = {
    "sqladmin",
    "run",
    "redis",
    "compute",
    "vpcaccess",
    "servicenetworking",
    "serviceusage",
    "cloudresourcemanager",
    "dns",
    "memcache",
    "memorystore",
    "secretmanager",
    "sqladmin/sequences",
    "run/sequences",
    "redis/sequences",
    "compute/sequences",
    "dns/sequences",
    "memcache/sequences",
    "memorystore/sequences",
    "secretmanager/sequences",
    "servicenetworking/sequences",
    "serviceusage/sequences",
};

/* ---- one body ---- */

enum { MAX_KINDS = 64 };

struct counts {
    size_t files, exchanges, reads, bodies, policies, redacted, fields;
    size_t of_kind[MAX_KINDS]; /* bodies, by the place in pl_kinds */
};

/* Fields that recordings hold and Google's documents of today do not. */
static struct {
    const char *kind, *path, *why;
    size_t seen;
} alien[] = {
    {"compute.subnetwork", "status", "recordings of 2017 and before: the document has `state`", 0},
};

static bool is_alien(const struct pl_kind *kind, const char *generic)
{
    for (size_t i = 0; i < PL_LEN(alien); i++)
        if (strcmp(alien[i].kind, kind->name) == 0 && strcmp(alien[i].path, generic) == 0) {
            alien[i].seen++;
            return true;
        }
    return false;
}

/* Every member of every message is one that the schema has. */
static void check_fields(struct pl_arena *arena, const struct pl_kind *kind, const char *generic,
                         const struct pl_field_info *info, const struct pl_value *v,
                         struct counts *counts)
{
    size_t n = v->type == PL_MAP || v->type == PL_LIST ? pl_value_count(v) : 0;

    for (size_t i = 0; i < n; i++) {
        const char *key = v->type == PL_MAP ? v->u.map.members[i].key : NULL;
        const struct pl_value *item = key != NULL ? v->u.map.members[i].value : v->u.list.items[i];
        const char *below = pl_field_generic(arena, generic, info, key);
        struct pl_field_info child;

        counts->fields++;
        if (pl_field_child(kind, generic, info, key, &child)) {
            check_fields(arena, kind, below, &child, item, counts);
            continue;
        }
        if (!is_alien(kind, below))
            fail_msg("%s has no field '%s'", kind->name, below);
    }
}

static bool is_mark(const struct pl_value *v)
{
    const char *text = pl_value_text(v);

    return text != NULL && strstr(text, "<redacted") != NULL;
}

/* The same tree, but for marks; counts them. */
static void check_kept(const struct pl_value *original, const struct pl_value *redacted,
                       struct counts *counts)
{
    if (is_mark(redacted) && !pl_value_equal(original, redacted)) {
        counts->redacted++;
        return;
    }
    assert_int_equal(original->type, redacted->type);
    assert_int_equal(pl_value_count(original), pl_value_count(redacted));
    if (original->type == PL_MAP) {
        for (size_t i = 0; i < original->u.map.n; i++) {
            assert_string_equal(original->u.map.members[i].key, redacted->u.map.members[i].key);
            check_kept(original->u.map.members[i].value, redacted->u.map.members[i].value, counts);
        }
    } else if (original->type == PL_LIST) {
        for (size_t i = 0; i < original->u.list.n; i++)
            check_kept(original->u.list.items[i], redacted->u.list.items[i], counts);
    } else {
        assert_true(pl_value_equal(original, redacted));
    }
}

/* Written, read and written again: the same bytes and the same body. */
static void check_snapshot(struct pl_arena *arena, const struct pl_address *address,
                           const struct pl_value *body, bool policy)
{
    struct pl_world_builder *builder = pl_world_builder_new(arena);
    struct pl_resource resource = {.address = *address, .body = body};
    struct pl_buf first = {0}, again = {0};
    struct pl_err err = {0};
    const struct pl_world *read;

    pl_world_add_project(builder, address->project);
    if (policy)
        pl_world_add_iam(builder, address, pl_value_member(body, "iamPolicy"));
    else
        pl_world_add(builder, &resource);
    pl_snapshot_write(&first, pl_world_build(builder));
    read = pl_snapshot_read(arena, "sample", pl_buf_str(&first), first.len, &err);
    if (read == NULL)
        fail_msg("%s", err.text);
    assert_int_equal(read->n_resources, 1);
    assert_true(pl_value_equal(read->resources[0]->body, body));
    assert_true(pl_address_equal(&read->resources[0]->address, address));
    pl_snapshot_write(&again, read);
    assert_string_equal(pl_buf_str(&again), pl_buf_str(&first));
    pl_buf_free(&first);
    pl_buf_free(&again);
}

/* Against itself, read again: nothing differs, nothing is unknown, every field counts. */
static void check_diff(struct pl_arena *arena, const struct sample_item *item)
{
    static const unsigned char key[32] = "samples";
    const struct pl_value *redacted = pl_redact(arena, item->kind, item->body, key);
    const struct pl_world *worlds[2];
    struct pl_diff *diff;

    for (size_t i = 0; i < PL_LEN(worlds); i++) {
        struct pl_world_builder *builder = pl_world_builder_new(arena);
        struct pl_resource resource = {.address = item->address,
                                       .body = pl_gcp_keep(arena, redacted)};

        pl_world_add_kind(builder, item->kind->name);
        pl_world_add_project(builder, item->address.project);
        pl_world_add(builder, &resource);
        worlds[i] = pl_world_build(builder);
    }
    diff = pl_diff_worlds(arena, pl_view_new(arena, worlds[0]), pl_view_new(arena, worlds[1]), NULL,
                          0);
    for (size_t i = 0; i < diff->n_drift; i++)
        print_message("drift %s\n", diff->drift[i]->field);
    for (size_t i = 0; i < diff->n_unknown; i++)
        print_message("unknown %s\n", diff->unknown[i].field);
    assert_int_equal(diff->n_drift, 0);
    assert_int_equal(diff->n_unknown, 0);
    assert_int_equal(diff->coverage.match, diff->coverage.declared);
}

static void check_body(const struct sample_item *item, void *arg)
{
    struct counts *counts = arg;
    struct pl_arena *arena = pl_arena_new();
    struct pl_field_info root = pl_field_root(item->kind);
    const struct pl_value *redacted = pl_redact(arena, item->kind, item->body, NULL);

    check_kept(item->body, redacted, counts);
    check_snapshot(arena, &item->address, redacted, item->policy);
    assert_true(pl_canon_equal(item->kind, "", &root, redacted, pl_gcp_keep(arena, redacted)));
    check_fields(arena, item->kind, "", &root, item->body, counts);
    check_diff(arena, item);
    *(item->policy ? &counts->policies : &counts->bodies) += 1;
    for (size_t i = 0; i < pl_kinds_len; i++)
        counts->of_kind[i] += pl_kinds[i] == item->kind;
    pl_arena_free(arena);
}

/* Recordings that do not say which URL was asked. */
static const struct {
    const char *file, *method, *url;
} addressless[] = {
    {"forseti-get_iam_policy.json", "POST",
     "https://cloudresourcemanager.googleapis.com/v1/projects/p:getIamPolicy"},
    {"forseti-list_services_page2.json", "GET",
     "https://serviceusage.googleapis.com/v1/projects/p/services"},
    {"forseti-list_services_page4.json", "GET",
     "https://serviceusage.googleapis.com/v1/projects/p/services"},
    {"libcloud-managed_zones_1.json", "GET",
     "https://dns.googleapis.com/dns/v1/projects/p/managedZones/z"},
    {"libcloud-record.json", "GET",
     "https://dns.googleapis.com/dns/v1/projects/p/managedZones/z/rrsets"},
    {"libcloud-records_list.json", "GET",
     "https://dns.googleapis.com/dns/v1/projects/p/managedZones/z/rrsets"},
    {"libcloud-zone.json", "GET", "https://dns.googleapis.com/dns/v1/projects/p/managedZones/z"},
    {"libcloud-zone_list.json", "GET", "https://dns.googleapis.com/dns/v1/projects/p/managedZones"},
};

static struct sample with_address(const char *path, struct sample sample)
{
    const char *file = pl_link_last(path);

    for (size_t i = 0; sample.url == NULL && i < PL_LEN(addressless); i++)
        if (strcmp(addressless[i].file, file) == 0) {
            sample.method = addressless[i].method;
            sample.url = addressless[i].url;
        }
    return sample;
}

static void check_file(const char *path, struct counts *counts)
{
    struct pl_arena *arena = pl_arena_new();
    const struct pl_value *file = samples_read(arena, path);
    const char *origin = pl_value_member_text(file, "origin");
    size_t n;
    const struct sample *samples = samples_of(arena, file, &n);

    ROW("%s", path);
    /* Two samples of the documentation leave most out, names too. */
    for (size_t i = 0; i < n && (origin == NULL || strncmp(origin, "Google", 6) != 0); i++) {
        struct sample sample = with_address(path, samples[i]);

        counts->exchanges++;
        counts->reads += samples_items(arena, &sample, check_body, counts);
    }
    counts->files++;
    pl_arena_free(arena);
}

/* Kinds of which nobody recorded a body in the form that we read. */
static const char *const unrecorded[] = {
    "run.revision", /* only in v1, whose bodies are others */
};

static void check_kinds(const struct counts *counts)
{
    size_t wrong = 0;

    assert_true(pl_kinds_len <= MAX_KINDS);
    for (size_t i = 0; i < pl_kinds_len; i++) {
        bool expected = true;

        for (size_t k = 0; k < PL_LEN(unrecorded); k++)
            expected = expected && strcmp(unrecorded[k], pl_kinds[i]->name) != 0;
        ROW("%-28s %zu", pl_kinds[i]->name, counts->of_kind[i]);
        wrong += (counts->of_kind[i] > 0) != expected;
    }
    assert_int_equal(wrong, 0);
    for (size_t i = 0; i < PL_LEN(alien); i++)
        assert_true(alien[i].seen > 0);
}

static void every_body_comes_through(void **state)
{
    struct counts counts = {0};

    for (size_t i = 0; i < PL_LEN(folders); i++) {
        const char *const *paths;
        struct pl_err err;
        size_t n;

        if (pl_dir_list(*state, pl_arena_printf(*state, "%s/%s", samples_folder(), folders[i]),
                        ".json", &paths, &n, &err) != 0)
            fail_msg("%s", err.text);
        for (size_t k = 0; k < n; k++)
            check_file(paths[k], &counts);
    }
    check_kinds(&counts);
    print_message("%zu files, %zu exchanges, %zu of them reads of our kinds: %zu bodies and %zu "
                  "policies with %zu fields, %zu texts redacted\n",
                  counts.files, counts.exchanges, counts.reads, counts.bodies, counts.policies,
                  counts.fields, counts.redacted);
    assert_true(counts.reads >= 660);
    assert_true(counts.bodies >= 690);
    assert_true(counts.policies >= 15);
}

/* ---- refusals ---- */

static void every_refusal_has_a_reason(void **state)
{
    static const struct pl_gcp_about about = {
        .api = "x.googleapis.com", .project = "p", .permission = "x.y.list"};
    const char *const *paths;
    struct pl_err err;
    size_t n, seen = 0;

    if (pl_dir_list(*state, pl_arena_printf(*state, "%s/errors", samples_folder()), ".json", &paths,
                    &n, &err) != 0)
        fail_msg("%s", err.text);
    for (size_t i = 0; i < n; i++) {
        const struct pl_value *sample = samples_read(*state, paths[i]);
        const struct pl_value *body = pl_value_member(sample, "body");
        struct pl_http_reply reply = {.body = body != NULL ? pl_json_text(*state, body) : ""};
        struct pl_gcp_failure failure;
        int64_t status;

        if (!pl_value_as_int(pl_value_member(sample, "status"), &status))
            continue;
        reply.status = (int)status;
        reply.body_len = strlen(reply.body);
        failure = pl_gcp_judge(*state, &about, &reply);
        print_message("%s: %s\n", paths[i], failure.reason);
        seen++;
        /* The file's name says what it is. */
        if (strstr(paths[i], "disabled") != NULL && status == 403)
            assert_string_equal(failure.reason, "api_disabled");
        else if (strstr(paths[i], "SERVICE_DISABLED") != NULL ||
                 strstr(paths[i], "api_not_enabled") != NULL)
            assert_string_equal(failure.reason, "api_disabled");
        else if (strstr(paths[i], "rateLimit") != NULL || status == 429)
            assert_string_equal(failure.reason, "throttled");
        else if (strstr(paths[i], "SECURITY_POLICY") != NULL)
            assert_string_equal(failure.reason, "vpc_service_controls");
        else if (status == 401)
            assert_string_equal(failure.reason, "auth");
        else if (status == 404)
            assert_string_equal(failure.reason, "not_found_scope");
        else if (status >= 500)
            assert_string_equal(failure.reason, "unavailable");
        else
            assert_string_not_equal(failure.reason, "bad_answer");
        assert_int_equal(failure.again,
                         status == 429 || status >= 500 || strstr(paths[i], "rateLimit") != NULL);
    }
    assert_true(seen > 70);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, harness_arena, harness_arena_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_body_comes_through),
        TEST(every_refusal_has_a_reason),
    };

    if (samples_folder() == NULL) {
        printf("skipped: recorded bodies of Google's (no ../shared/samples)\n");
        return 0;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
