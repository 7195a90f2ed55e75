/* test_samples.c - real bodies of Google's, all that are kept of our kinds, on the way that they take through the program.
 *
 * Each is parsed, addressed, redacted, written to a snapshot, read back and written again (the same bytes), and compared with itself:
 * nothing may be lost or differ on the way, but for what was redacted. Refusals are held against errors.c. The recordings are in
 * $SHARED/samples (../shared); without them the tests say `skipped`.
 */
#include "harness.h"
#include "../../gcp/gcp_priv.h"
#include "plumbline/canon.h"
#include "plumbline/file.h"
#include "plumbline/json.h"
#include "plumbline/snapshot.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MAX_SAMPLE = 64 << 20 };

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

static const char *folder(void)
{
    static char path[512];
    const char *shared = getenv("SHARED");

    (void)snprintf(path, sizeof path, "%s/samples", shared != NULL ? shared : "../shared");
    return access(path, R_OK) == 0 ? path : NULL;
}

static const struct pl_value *read_sample(struct pl_arena *arena, const char *path)
{
    struct pl_err err = {0};
    size_t len = 0;
    char *text = pl_file_read(arena, path, MAX_SAMPLE, &len, &err);
    const struct pl_value *sample =
        text != NULL ? pl_json_parse(arena, text, len, path, &err) : NULL;

    if (sample == NULL)
        fail_msg("%s", err.text);
    return sample;
}

/* ---- which kind an exchange is about ---- */

/* From "projects/..." on, without the query: versions and hosts of older recordings differ. */
static const char *tail_of(struct pl_arena *arena, const char *url)
{
    const char *at = strstr(url, "projects/");

    return at != NULL ? pl_arena_strndup(arena, at, strcspn(at, "?")) : NULL;
}

/* Hosts of the API, the older ones too; Cloud Run only in version 2, whose bodies v1's do not resemble. */
static bool same_api(const char *url, const struct pl_kind *kind)
{
    if (strstr(url, "://www.googleapis.com/compute/") != NULL)
        return strcmp(kind->call.api, "compute.googleapis.com") == 0;
    if (strstr(url, "://www.googleapis.com/sql/") != NULL)
        return strcmp(kind->call.api, "sqladmin.googleapis.com") == 0;
    if (strcmp(kind->call.api, "run.googleapis.com") == 0 && strstr(url, "/v2/") == NULL)
        return false;
    return strstr(url, kind->call.api) != NULL;
}

/* Behind "regions/x/", "zones/x/" or "global/", which stand for each other in Compute's templates; else the text itself. */
static const char *behind_place(const char *text)
{
    static const char *const places[] = {"regions/", "zones/"};

    if (strncmp(text, "global/", 7) == 0)
        return text + 7;
    for (size_t i = 0; i < PL_LEN(places); i++)
        if (strncmp(text, places[i], strlen(places[i])) == 0 &&
            strchr(text + strlen(places[i]), '/') != NULL)
            return strchr(text + strlen(places[i]), '/') + 1;
    return text;
}

/* Does `text` (the first len bytes) have the shape of the template, from "projects/" on? */
static bool fits(const char *pattern, const char *text)
{
    pattern = strstr(pattern, "projects/");
    while (pattern != NULL) {
        size_t n, m;

        if (behind_place(pattern) != pattern && behind_place(text) != text) {
            pattern = behind_place(pattern);
            text = behind_place(text);
        }
        n = strcspn(pattern, "/"), m = strcspn(text, "/");
        if (m == 0 || (*pattern != '{' && (n != m || memcmp(pattern, text, n) != 0)))
            return false;
        if (*pattern == '{' && (memchr(pattern, ':', n) != NULL) != (memchr(text, ':', m) != NULL))
            return false;
        pattern += n;
        text += m;
        if (*pattern != *text)
            return false;
        if (*pattern == '\0')
            return true;
        pattern++;
        text++;
    }
    return false;
}

enum shape { NOT_OURS, ONE, LIST, SCOPES, POLICY };

static enum shape shape_of(struct pl_arena *arena, const struct pl_kind *kind, const char *method,
                           const char *url)
{
    const char *tail = tail_of(arena, url);
    char *collection;

    if (!same_api(url, kind))
        return NOT_OURS;
    if (kind->call.how == PL_LIST_PER_NETWORK)
        return strcmp(method, "GET") == 0 && strstr(url, "/connections?") != NULL ? LIST : NOT_OURS;
    if (tail == NULL)
        return NOT_OURS;
    if (kind->call.iam_path != NULL && fits(kind->call.iam_path, tail))
        return POLICY;
    if (strcmp(method, "GET") != 0 || kind->call.get_path == NULL)
        return NOT_OURS;
    if (fits(kind->call.get_path, tail))
        return ONE;
    if (fits(kind->call.list_path, tail))
        return kind->call.how == PL_LIST_AGGREGATED ? SCOPES : LIST;
    collection = pl_arena_strdup(arena, kind->call.get_path);
    *strrchr(collection, '/') = '\0';
    return fits(collection, tail) ? LIST : NOT_OURS;
}

/* ---- one body ---- */

struct counts {
    size_t files, bodies, policies, redacted;
};

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

static void check_body(const struct pl_kind *kind, const struct pl_address *address,
                       const struct pl_value *body, bool policy, struct counts *counts)
{
    struct pl_arena *arena = pl_arena_new();
    struct pl_field_info root = pl_field_root(kind);
    const struct pl_value *redacted = pl_redact(arena, kind, body, NULL);

    check_kept(body, redacted, counts);
    check_snapshot(arena, address, redacted, policy);
    assert_true(pl_canon_equal(kind, "", &root, redacted, pl_gcp_keep(arena, redacted)));
    *(policy ? &counts->policies : &counts->bodies) += 1;
    pl_arena_free(arena);
}

/* ---- exchanges ---- */

/* "regions/x", "zones/x" and "global" of a path; NULL: none. */
static const char *place_of(struct pl_arena *arena, const char *tail)
{
    const char *region = pl_gcp_segment_after(arena, tail, "regions");
    const char *zone = pl_gcp_segment_after(arena, tail, "zones");

    return region != NULL             ? region
           : zone != NULL             ? zone
           : strstr(tail, "/global/") ? "global"
                                      : NULL;
}

/* The last word of the parent's list path: "instances". */
static const char *collection_of_parent(struct pl_arena *arena, const struct pl_kind *kind)
{
    return pl_arena_strdup(arena, pl_gcp_last_segment(kind->call.parent->call.list_path));
}

static void check_item(struct pl_arena *arena, const struct pl_kind *kind, const char *url,
                       const char *scope, const struct pl_value *item, struct counts *counts)
{
    const char *tail = tail_of(arena, url);
    const char *project = tail != NULL ? pl_gcp_segment_after(arena, tail, "projects") : "p";
    const char *parent = NULL;
    struct pl_address address;

    if (scope == NULL && tail != NULL)
        scope = place_of(arena, tail);
    if (kind->call.how == PL_LIST_PER_PARENT)
        parent = pl_gcp_segment_after(arena, tail, collection_of_parent(arena, kind));
    assert_true(pl_gcp_address(arena, kind, project, scope, parent, item, &address));
    check_body(kind, &address, item, false, counts);
}

static void check_list(struct pl_arena *arena, const struct pl_kind *kind, const char *url,
                       const char *scope, const struct pl_value *items, struct counts *counts)
{
    for (size_t i = 0; i < pl_value_count(items); i++)
        check_item(arena, kind, url, scope, pl_value_item(items, i), counts);
}

static void check_scopes(struct pl_arena *arena, const struct pl_kind *kind, const char *url,
                         const struct pl_value *body, struct counts *counts)
{
    const struct pl_value *scopes = pl_value_member(body, "items");

    for (size_t i = 0; scopes != NULL && i < scopes->u.map.n; i++)
        check_list(arena, kind, url, scopes->u.map.members[i].key,
                   pl_value_member(scopes->u.map.members[i].value, kind->call.items), counts);
}

static void check_policy(struct pl_arena *arena, const struct pl_kind *kind, const char *url,
                         const struct pl_value *policy, struct counts *counts)
{
    const char *tail = tail_of(arena, url);
    const char *project = pl_gcp_segment_after(arena, tail, "projects");
    const char *location = pl_gcp_segment_after(arena, tail, "locations");
    const char *last = pl_gcp_last_segment(tail);
    const char *names[] = {pl_arena_strndup(arena, last, strcspn(last, ":")), NULL};
    struct pl_member member = {"iamPolicy", policy};
    struct pl_address address = {.kind = kind, .project = project, .names = names};

    address.location = location != NULL ? location : "global";
    if (kind->call.how == PL_LIST_NONE)
        address.project = names[0];
    check_body(kind, &address, pl_value_map(arena, &member, 1), true, counts);
}

static void check_exchange(struct pl_arena *arena, const struct pl_value *exchange,
                           struct counts *counts)
{
    const struct pl_value *request = pl_value_member(exchange, "request");
    const struct pl_value *body = pl_value_member(exchange, "body");
    const char *method = pl_value_member_text(request, "method");
    const char *url = pl_value_member_text(request, "url");
    int64_t status = 200;

    (void)pl_value_as_int(pl_value_member(exchange, "status"), &status);
    if (method == NULL || url == NULL || body == NULL || body->type != PL_MAP || status != 200)
        return;
    for (size_t i = 0; i < pl_kinds_len; i++) {
        const struct pl_kind *kind = pl_kinds[i];

        switch (shape_of(arena, kind, method, url)) {
        case ONE:
            check_item(arena, kind, url, NULL, body, counts);
            return;
        case LIST:
            check_list(arena, kind, url, NULL,
                       pl_value_member(
                           body, kind->call.how == PL_LIST_AGGREGATED ? "items" : kind->call.items),
                       counts);
            return;
        case SCOPES:
            check_scopes(arena, kind, url, body, counts);
            return;
        case POLICY:
            check_policy(arena, kind, url, body, counts);
            return;
        case NOT_OURS:
            break;
        }
    }
}

static void check_file(const char *path, struct counts *counts)
{
    struct pl_arena *arena = pl_arena_new();
    const struct pl_value *sample = read_sample(arena, path);
    const struct pl_value *exchanges = pl_value_member(sample, "exchanges");
    const char *origin = pl_value_member_text(sample, "origin");

    /* Samples of the documentation leave most out, names too. */
    if (origin != NULL && strncmp(origin, "Google", 6) == 0) {
        pl_arena_free(arena);
        return;
    }
    print_message("%s\n", path);
    counts->files++;
    if (exchanges == NULL)
        check_exchange(arena, sample, counts);
    for (size_t i = 0; i < pl_value_count(exchanges); i++)
        check_exchange(arena, pl_value_item(exchanges, i), counts);
    pl_arena_free(arena);
}

static void every_body_comes_through(void **state)
{
    struct counts counts = {0};

    for (size_t i = 0; i < PL_LEN(folders); i++) {
        const char *const *paths;
        struct pl_err err;
        size_t n;

        if (pl_dir_list(*state, pl_arena_printf(*state, "%s/%s", folder(), folders[i]), ".json",
                        &paths, &n, &err) != 0)
            fail_msg("%s", err.text);
        for (size_t k = 0; k < n; k++)
            check_file(paths[k], &counts);
    }
    print_message("%zu files, %zu bodies and %zu policies of our kinds, %zu texts redacted\n",
                  counts.files, counts.bodies, counts.policies, counts.redacted);
    assert_true(counts.bodies > 600);
    assert_true(counts.policies > 10);
}

/* ---- refusals ---- */

static void every_refusal_has_a_reason(void **state)
{
    static const struct pl_gcp_about about = {
        .api = "x.googleapis.com", .project = "p", .permission = "x.y.list"};
    const char *const *paths;
    struct pl_err err;
    size_t n, seen = 0;

    if (pl_dir_list(*state, pl_arena_printf(*state, "%s/errors", folder()), ".json", &paths, &n,
                    &err) != 0)
        fail_msg("%s", err.text);
    for (size_t i = 0; i < n; i++) {
        const struct pl_value *sample = read_sample(*state, paths[i]);
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

    if (folder() == NULL) {
        printf("skipped: recorded bodies of Google's (no ../shared/samples)\n");
        return 0;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
