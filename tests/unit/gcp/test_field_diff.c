/* test_field_diff.c - every row of every kind on two bodies that the diff compares: what it calls the same is no drift, what it does not
 * is one.
 *
 * Bodies are made from the row alone: the row's path with a value of its type at the end. Known false alarms of Cloud SQL and Cloud Run
 * stand in a table of their own below.
 */
#include "gcp_kinds.h"
#include "harness.h"
#include "plumbline/diff.h"
#include "plumbline/json.h"
#include "plumbline/snapshot.h"

#include <string.h>

static const struct pl_value *parse(struct pl_arena *arena, const char *text)
{
    struct pl_err err = {0};
    const struct pl_value *v = pl_json_parse(arena, text, strlen(text), "test", &err);

    if (v == NULL)
        fail_msg("%s: %s", text, err.text);
    return v;
}

static struct pl_address address_of(struct pl_arena *arena, const struct pl_kind *kind)
{
    const char **names = pl_arena_array(arena, kind->n_segments + 1, sizeof *names);

    for (size_t i = 0; i < kind->n_segments; i++)
        names[i] = "x";
    return (struct pl_address){.kind = kind,
                               .project = "p",
                               .location = kind->scope == PL_SCOPE_GLOBAL ? "global" : "l",
                               .names = names};
}

static struct pl_view *view_of(struct pl_arena *arena, const struct pl_kind *kind, const char *body)
{
    static const unsigned char key[32] = "fields";
    struct pl_world_builder *builder = pl_world_builder_new(arena);
    struct pl_resource resource = {.address = address_of(arena, kind)};

    resource.body = pl_redact(arena, kind, parse(arena, body), key);
    pl_world_add_kind(builder, kind->name);
    pl_world_add_project(builder, "p");
    pl_world_add(builder, &resource);
    return pl_view_new(arena, pl_world_build(builder));
}

/* Drifts between two bodies; nothing may be unknown. */
static size_t drifts(struct pl_arena *arena, const struct pl_kind *kind, const char *good,
                     const char *now)
{
    const struct pl_diff *diff =
        pl_diff_worlds(arena, view_of(arena, kind, now), view_of(arena, kind, good), NULL, 0);

    for (size_t i = 0; i < diff->n_unknown; i++)
        ROW("  not known: %s", diff->unknown[i].why);
    assert_int_equal(diff->n_unknown, 0);
    return diff->n_drift;
}

#define SAME(kind, a, b)                                                                           \
    do {                                                                                           \
        ROW("  %s is %s", (a), (b));                                                               \
        assert_int_equal(drifts(arena, (kind), (a), (b)), 0);                                      \
        assert_int_equal(drifts(arena, (kind), (b), (a)), 0);                                      \
    } while (0)
#define OTHER(kind, a, b)                                                                          \
    do {                                                                                           \
        ROW("  %s is not %s", (a), (b));                                                           \
        assert_true(drifts(arena, (kind), (a), (b)) > 0);                                          \
        assert_true(drifts(arena, (kind), (b), (a)) > 0);                                          \
    } while (0)

/* ---- values ---- */

/* One value in two ways, and another, by type. */
static const struct {
    enum pl_type type;
    const char *one, *again, *other;
} values[] = {
    {PL_T_STRING, "\"one\"", "\"one\"", "\"other\""},
    {PL_T_BOOL, "true", "\"true\"", "false"},
    {PL_T_INT, "7", "\"7\"", "8"},
    {PL_T_INT64, "\"7\"", "7", "\"8\""},
    {PL_T_REAL, "0.5", "0.50", "0.75"},
    {PL_T_DURATION, "\"360s\"", "\"360.000s\"", "\"361s\""},
    {PL_T_TIMESTAMP, "\"2026-11-20T10:00:00Z\"", "\"2026-11-20T11:00:00+01:00\"",
     "\"2026-11-20T10:00:01Z\""},
    {PL_T_BYTES, "\"aGk=\"", "\"aGk\"", "\"aGo=\""},
    {PL_T_CIDR, "\"10.8.0.1\"", "\"10.8.0.1/32\"", "\"10.8.0.2\""},
    {PL_T_LINK, "\"projects/p/global/networks/a\"",
     "\"https://www.googleapis.com/compute/v1/projects/p/global/networks/a\"",
     "\"projects/p/global/networks/b\""},
    {PL_T_PORTS, "\"443\"", "\"443-443\"", "\"444\""},
    {PL_T_SIZE, "\"1Gi\"", "\"1024Mi\"", "\"2Gi\""},
    {PL_T_QUANTITY, "\"2\"", "\"2000m\"", "\"3\""},
    {PL_T_RDATA, "\"2001:db8::1\"", "\"2001:DB8:0:0::1\"", "\"2001:db8::2\""},
    {PL_T_ANY, "\"one\"", "\"one\"", "\"other\""},
};

enum which { ONE, AGAIN, DIFFERENT };

static char *lower(struct pl_arena *arena, const char *text)
{
    char *out = pl_arena_strdup(arena, text);

    for (char *c = out; *c != '\0'; c++)
        *c = (char)(*c >= 'A' && *c <= 'Z' ? *c + 'a' - 'A' : *c);
    return out;
}

static bool is_value(const char *word, const char *absent_is)
{
    size_t n = strlen(word);

    return (n < 12 || strcmp(word + n - 12, "_UNSPECIFIED") != 0) &&
           (absent_is == NULL || strstr(absent_is, word) == NULL);
}

/* Two listed words that are neither unspecified nor the default; NULL where there are not that many. */
static const char *enum_json(struct pl_arena *arena, const struct pl_field_info *info,
                             enum which which)
{
    const char *words[2] = {NULL, NULL};
    size_t n = 0;

    for (size_t i = 0; info->enum_values != NULL && info->enum_values[i] != NULL && n < 2; i++)
        if (is_value(info->enum_values[i], info->absent_is))
            words[n++] = info->enum_values[i];
    if (words[0] == NULL)
        return NULL;
    if (which == AGAIN)
        return pl_arena_printf(arena, "\"%s\"", lower(arena, words[0]));
    return pl_arena_printf(arena, "\"%s\"",
                           which == ONE       ? words[0]
                           : words[1] != NULL ? words[1]
                                              : "NO_SUCH_WORD");
}

static const char *scalar_json(struct pl_arena *arena, const struct pl_field_info *info,
                               enum which which)
{
    if (info->type == PL_T_ENUM)
        return enum_json(arena, info, which);
    for (size_t i = 0; i < PL_LEN(values); i++)
        if (values[i].type == info->type)
            return which == ONE     ? values[i].one
                   : which == AGAIN ? values[i].again
                                    : values[i].other;
    return NULL;
}

/* Of a message that member which can differ: a text, neither Google's nor secret. */
static const char *message_json(struct pl_arena *arena, const struct pl_kind *kind,
                                const char *generic, const struct pl_field_info *info,
                                enum which which)
{
    for (size_t i = 0; i < info->message->n_fields; i++) {
        const char *key = info->message->fields[i].name, *value;
        struct pl_field_info member;

        (void)pl_field_child(kind, generic, info, key, &member);
        value = scalar_json(arena, &member, which);
        if (member.flags == 0 && member.shape == PL_ONE && member.type == PL_T_STRING && value)
            return pl_arena_printf(arena, "{\"%s\":%s}", key, value);
    }
    return NULL;
}

/* NULL where the type has no value to try. */
static const char *leaf_json(struct pl_arena *arena, const struct pl_kind *kind, const char *path,
                             const struct pl_field_info *info, enum which which)
{
    struct pl_field_info one = *info;
    const char *generic = path, *value;

    one.shape = PL_ONE;
    if (info->shape != PL_ONE) {
        generic = pl_field_generic(arena, path, info, "k");
        (void)pl_field_child(kind, path, info, info->shape == PL_KEYED ? "k" : NULL, &one);
    }
    value = one.type == PL_T_MESSAGE ? message_json(arena, kind, generic, &one, which)
                                     : scalar_json(arena, &one, which);
    if (value == NULL || info->shape == PL_ONE)
        return value;
    return pl_arena_printf(arena, info->shape == PL_MANY ? "[%s]" : "{\"k\":%s}", value);
}

/* A body that holds `leaf` at the row's path and nothing else; leaf NULL: without the last member. */
static const char *body_with(struct pl_arena *arena, const char *path, const char *leaf)
{
    bool quoted = strncmp(path, "[\"", 2) == 0, element = !quoted && (*path == '[' || *path == '{');
    size_t n = quoted ? strcspn(path, "]") + 1 : element ? 2 : strcspn(path, ".[{");
    const char *rest = path + n + (path[n] == '.'), *below;

    if (*path == '\0')
        return leaf;
    below = body_with(arena, rest, leaf);
    if (*path == '[' && !quoted)
        return below != NULL ? pl_arena_printf(arena, "[%s]", below) : "[]";
    if (below == NULL)
        return "{}";
    if (quoted)
        return pl_arena_printf(arena, "{%.*s:%s}", (int)n - 2, path + 1, below);
    return pl_arena_printf(arena, "{\"%.*s\":%s}", element ? 3 : (int)n, element ? "any" : path,
                           below);
}

/* ---- rows ---- */

enum { NOT_COMPARED = PL_F_OUTPUT | PL_F_VOLATILE };

/* Only Google writes these, and yet one that stops serving is told (test_diff_worlds.c). */
static bool is_state(const struct pl_kind *kind, const char *path)
{
    static const char *const kinds[] = {"redis.instance", "run.service", "sql.instance",
                                        "vpcaccess.connector"};

    for (size_t i = 0; i < PL_LEN(kinds); i++)
        if (strcmp(kinds[i], kind->name) == 0)
            return strcmp(path, "state") == 0 || strcmp(path, "terminalCondition") == 0;
    return false;
}

static size_t n_same, n_other, n_defaults, n_passed, n_lists, n_untried;

static void check_default(struct pl_arena *arena, const struct pl_kind *kind,
                          const struct pl_field_row *row, const char *other)
{
    const char *absent = body_with(arena, row->path, NULL);

    SAME(kind, absent, body_with(arena, row->path, row->absent_is));
    SAME(kind, absent, body_with(arena, row->path, "null"));
    SAME(kind, absent, body_with(arena, row->path, "\"\""));
    if (other != NULL && strcmp(other, row->absent_is) != 0)
        OTHER(kind, absent, body_with(arena, row->path, other));
    n_defaults++;
}

/* A list of three, the first again in front, behind, and gone. */
static void check_list(struct pl_arena *arena, const struct pl_kind *kind,
                       const struct pl_field_row *row, const struct pl_field_info *info)
{
    struct pl_field_info one;
    const char *a, *b, *generic = pl_field_generic(arena, row->path, info, NULL);

    (void)pl_field_child(kind, row->path, info, NULL, &one);
    a = one.type == PL_T_MESSAGE ? message_json(arena, kind, generic, &one, ONE)
                                 : scalar_json(arena, &one, ONE);
    b = one.type == PL_T_MESSAGE ? message_json(arena, kind, generic, &one, DIFFERENT)
                                 : scalar_json(arena, &one, DIFFERENT);
    if (a == NULL || b == NULL) {
        n_untried++;
        return;
    }
    if ((info->flags & PL_F_SET) == 0 && info->identity == NULL)
        return;
    SAME(kind, body_with(arena, row->path, pl_arena_printf(arena, "[%s,%s]", a, b)),
         body_with(arena, row->path, pl_arena_printf(arena, "[%s,%s]", b, a)));
    OTHER(kind, body_with(arena, row->path, pl_arena_printf(arena, "[%s,%s]", a, b)),
          body_with(arena, row->path, pl_arena_printf(arena, "[%s]", a)));
    if ((info->flags & PL_F_SET) != 0)
        SAME(kind, body_with(arena, row->path, pl_arena_printf(arena, "[%s]", a)),
             body_with(arena, row->path, pl_arena_printf(arena, "[%s,%s]", a, a)));
    n_lists++;
}

static void check_row(struct pl_arena *arena, const struct pl_kind *kind,
                      const struct pl_field_row *row)
{
    struct pl_field_info info;
    const char *one, *again, *other;

    ROW("%s:%s", kind->name, row->path);
    assert_true(pl_field_row_info(arena, kind, row->path, &info));
    one = leaf_json(arena, kind, row->path, &info, ONE);
    again = leaf_json(arena, kind, row->path, &info, AGAIN);
    other = leaf_json(arena, kind, row->path, &info, DIFFERENT);
    if (one == NULL || is_state(kind, row->path)) { /* a message of nothing that can be set */
        n_untried++;
        return;
    }
    one = body_with(arena, row->path, one);
    SAME(kind, one, body_with(arena, row->path, again));
    n_same++;
    if ((info.flags & NOT_COMPARED) != 0) {
        SAME(kind, one, body_with(arena, row->path, other));
        n_passed++;
        return;
    }
    OTHER(kind, one, body_with(arena, row->path, other));
    n_other++;
    if (row->absent_is != NULL)
        check_default(arena, kind, row, other);
    if (info.shape == PL_MANY)
        check_list(arena, kind, row, &info);
}

static void every_row_does_what_it_says(void **state)
{
    (void)state;
    for (size_t k = 0; k < pl_kinds_len; k++)
        for (size_t r = 0; r < pl_kinds[k]->n_fields; r++) {
            struct pl_arena *arena = pl_arena_new();

            check_row(arena, pl_kinds[k], &pl_kinds[k]->fields[r]);
            pl_arena_free(arena);
        }
    print_message("%zu rows written in two ways, %zu with another value, %zu defaults, %zu passed "
                  "over, %zu lists; %zu without a value to try\n",
                  n_same, n_other, n_defaults, n_passed, n_lists, n_untried);
    assert_true(n_same > 900 && n_other > 400 && n_defaults > 250 && n_passed > 400 &&
                n_lists > 100);
    assert_true(n_untried < 100);
}

/* ---- known false alarms, and what lies next to them ---- */

#define SETTINGS(json)  "{\"settings\":{" json "}}"
#define IP(json)        SETTINGS("\"ipConfiguration\":{" json "}")
#define TEMPLATE(json)  "{\"template\":{" json "}}"
#define CONTAINER(json) TEMPLATE("\"containers\":[{\"name\":\"app\"," json "}]")
#define SECRET(name)                                                                               \
    "\"env\":[{\"name\":\"A\",\"valueSource\":{\"secretKeyRef\":{\"secret\":\"" name "\"}}}]"
#define NET(name, value) "{\"name\":\"" name "\",\"value\":\"" value "\",\"kind\":\"sql#aclEntry\"}"

static const struct {
    const char *kind, *good, *now;
    size_t drifts;
} alarms[] = {
    /* Cloud SQL writes null, "", 0, false or nothing at all, and in its own letter case. */
    {"sql.instance", SETTINGS("\"settingsVersion\":\"1\""), SETTINGS("\"settingsVersion\":\"9\""),
     0},
    {"sql.instance", SETTINGS("\"userLabels\":null"), SETTINGS("\"userLabels\":{}"), 0},
    {"sql.instance", SETTINGS("\"userLabels\":{\"a\":\"b\"}"), SETTINGS("\"userLabels\":{}"), 1},
    {"sql.instance", SETTINGS("\"storageAutoResizeLimit\":\"0\""), "{}", 0},
    {"sql.instance", SETTINGS("\"storageAutoResizeLimit\":0"),
     SETTINGS("\"storageAutoResizeLimit\":\"0\""), 0},
    {"sql.instance", SETTINGS("\"dataDiskSizeGb\":10"), SETTINGS("\"dataDiskSizeGb\":\"10\""), 0},
    {"sql.instance", SETTINGS("\"dataDiskSizeGb\":\"10\""), SETTINGS("\"dataDiskSizeGb\":\"20\""),
     1},
    {"sql.instance", SETTINGS("\"dataDiskType\":\"pd_ssd\""),
     SETTINGS("\"dataDiskType\":\"PD_SSD\""), 0},
    {"sql.instance", SETTINGS("\"dataDiskType\":\"PD_SSD\""),
     SETTINGS("\"dataDiskType\":\"PD_HDD\""), 1},
    {"sql.instance", SETTINGS("\"activationPolicy\":\"always\""), "{}", 0},
    {"sql.instance", SETTINGS("\"activationPolicy\":\"ALWAYS\""),
     SETTINGS("\"activationPolicy\":\"NEVER\""), 1},
    {"sql.instance",
     SETTINGS("\"backupConfiguration\":{\"enabled\":false,\"kind\":\"sql#backupConfiguration\"}"),
     "{}", 0},
    {"sql.instance", SETTINGS("\"backupConfiguration\":{\"enabled\":true}"), "{}", 1},
    {"sql.instance", SETTINGS("\"maintenanceWindow\":{\"day\":0,\"hour\":0}"), "{}", 0},
    {"sql.instance", SETTINGS("\"maintenanceWindow\":{\"day\":7,\"hour\":0}"), "{}", 1},
    {"sql.instance",
     SETTINGS(
         "\"databaseFlags\":[{\"name\":\"a\",\"value\":\"1\"},{\"name\":\"b\",\"value\":\"2\"}]"),
     SETTINGS(
         "\"databaseFlags\":[{\"name\":\"b\",\"value\":\"2\"},{\"name\":\"a\",\"value\":\"1\"}]"),
     0},
    {"sql.instance", SETTINGS("\"databaseFlags\":[{\"name\":\"a\",\"value\":\"1\"}]"),
     SETTINGS("\"databaseFlags\":[{\"name\":\"a\",\"value\":\"2\"}]"), 1},
    {"sql.instance", IP("\"requireSsl\":false"), IP("\"requireSsl\":null"), 0},
    {"sql.instance",
     IP("\"authorizedNetworks\":[" NET("a", "10.0.0.1") "," NET("b", "10.0.0.2/32") "]"),
     IP("\"authorizedNetworks\":[" NET("b",
                                       "10.0.0.2") ",{\"name\":\"a\",\"value\":\"10.0.0.1/32\"}]"),
     0},
    {"sql.instance", IP("\"authorizedNetworks\":[" NET("a", "10.0.0.1") "]"),
     IP("\"authorizedNetworks\":[" NET("a", "10.0.0.3") "]"), 2},
    {"sql.instance", IP("\"ipv4Enabled\":false"), "{}", 1}, /* what a new instance gets is true */
    {"sql.instance", IP("\"privateNetwork\":\"/projects/p/global/networks/n\""),
     IP("\"privateNetwork\":\"https://compute.googleapis.com/compute/v1/projects/p/global/networks/"
        "n\""),
     0},
    {"sql.instance",
     "{\"ipAddresses\":[{\"type\":\"PRIVATE\",\"ipAddress\":\"10.0.0.3\"},{\"type\":\"PRIMARY\","
     "\"ipAddress\":\"34.1.1.1\"}]}",
     "{\"ipAddresses\":[{\"type\":\"PRIMARY\",\"ipAddress\":\"34.1.1.1\"},{\"type\":\"PRIVATE\","
     "\"ipAddress\":\"10.0.0.3\"}]}",
     0},
    {"sql.instance", "{\"gceZone\":\"a\",\"etag\":\"x\",\"maintenanceVersion\":\"m1\"}",
     "{\"gceZone\":\"b\",\"etag\":\"y\",\"maintenanceVersion\":\"m2\"}", 0},
    {"sql.user", "{\"host\":\"\",\"type\":\"BUILT_IN\",\"iamStatus\":\"IAM_STATUS_UNSPECIFIED\"}",
     "{}", 0},
    {"sql.user", "{\"host\":\"%\"}", "{}", 1},
    /* Cloud Run: who deployed, with what, and when. */
    {"run.service", "{\"client\":\"gcloud\",\"clientVersion\":\"400.0.0\"}",
     "{\"client\":\"cloud-console\"}", 0},
    {"run.service",
     "{\"annotations\":{\"run.googleapis.com/operation-id\":\"1\",\"client.knative.dev/"
     "user-image\":\"a\"}}",
     "{\"annotations\":{\"run.googleapis.com/operation-id\":\"2\"}}", 0},
    {"run.service", "{\"annotations\":{\"run.googleapis.com/operation-id\":\"1\"}}", "{}", 0},
    {"run.service", "{\"annotations\":{\"team\":\"a\"}}", "{\"annotations\":{\"team\":\"b\"}}", 1},
    {"run.service",
     TEMPLATE("\"annotations\":{\"client.knative.dev/user-image\":\"a\",\"run.googleapis.com/"
              "client-version\":\"1\"}"),
     "{}", 0},
    {"run.service", TEMPLATE("\"labels\":{\"client.knative.dev/nonce\":\"abc\"}"),
     TEMPLATE("\"labels\":{\"client.knative.dev/nonce\":\"xyz\"}"), 0},
    {"run.service", TEMPLATE("\"revision\":\"auth-00001\""),
     TEMPLATE("\"revision\":\"auth-00002\""), 0},
    {"run.service", "{\"launchStage\":\"GA\"}", "{\"launchStage\":\"LAUNCH_STAGE_UNSPECIFIED\"}",
     0},
    {"run.service", "{\"launchStage\":\"BETA\"}", "{}", 1},
    {"run.service", "{\"ingress\":\"INGRESS_TRAFFIC_ALL\"}", "{}", 0},
    {"run.service",
     TEMPLATE(
         "\"maxInstanceRequestConcurrency\":80,\"timeout\":\"300s\",\"sessionAffinity\":false"),
     "{}", 0},
    {"run.service", TEMPLATE("\"maxInstanceRequestConcurrency\":1"), "{}", 1},
    {"run.service", TEMPLATE("\"scaling\":{\"maxInstanceCount\":100,\"minInstanceCount\":0}"),
     TEMPLATE("\"scaling\":{}"), 0},
    {"run.service", TEMPLATE("\"scaling\":{\"maxInstanceCount\":40}"), TEMPLATE("\"scaling\":{}"),
     1},
    {"run.service",
     CONTAINER("\"env\":[{\"name\":\"A\",\"value\":\"1\"},{\"name\":\"B\",\"value\":\"2\"}]"),
     CONTAINER("\"env\":[{\"name\":\"B\",\"value\":\"2\"},{\"name\":\"A\",\"value\":\"1\"}]"), 0},
    {"run.service", CONTAINER("\"env\":[{\"name\":\"A\",\"value\":\"\"}]"),
     CONTAINER("\"env\":[{\"name\":\"A\"}]"), 0},
    {"run.service", CONTAINER("\"env\":[{\"name\":\"A\",\"value\":\"1\"}]"),
     CONTAINER("\"env\":[{\"name\":\"A\"}]"), 1},
    {"run.service",
     CONTAINER("\"resources\":{\"limits\":{\"cpu\":\"1\",\"memory\":\"1Gi\"},\"cpuIdle\":false}"),
     CONTAINER("\"resources\":{\"limits\":{\"cpu\":\"1000m\",\"memory\":\"1024Mi\"}}"), 0},
    {"run.service",
     CONTAINER("\"startupProbe\":{\"tcpSocket\":{\"port\":8080},\"periodSeconds\":10,"
               "\"timeoutSeconds\":1,\"failureThreshold\":3,\"initialDelaySeconds\":0}"),
     CONTAINER("\"startupProbe\":{\"tcpSocket\":{\"port\":8080}}"), 0},
    {"run.service", CONTAINER("\"startupProbe\":{\"tcpSocket\":{\"port\":8080}}"),
     CONTAINER("\"image\":\"\""), 1},
    {"run.service",
     "{\"traffic\":[{\"percent\":100,\"type\":\"TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST\"}]}", "{}",
     0},
    {"run.service",
     "{\"traffic\":[{\"percent\":50,\"type\":\"TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST\"}]}", "{}",
     1},
    {"run.service",
     "{\"conditions\":[{\"type\":\"RoutesReady\",\"state\":\"CONDITION_SUCCEEDED\"}]}", "{}", 0},
    /* A secret by name and by Google's own name of it, with the project's number. */
    {"run.service", CONTAINER(SECRET("projects/acme/secrets/db")),
     CONTAINER(SECRET("projects/12345/secrets/db")), 0},
    {"run.service", CONTAINER(SECRET("db")), CONTAINER(SECRET("projects/12345/secrets/db")), 0},
    {"run.service", CONTAINER(SECRET("db")), CONTAINER(SECRET("projects/12345/secrets/other")), 1},
    {"run.service", CONTAINER(SECRET("projects/acme/secrets/db")),
     CONTAINER(SECRET("projects/other/secrets/db")), 1},
    {"run.service",
     TEMPLATE("\"volumes\":[{\"name\":\"v\",\"emptyDir\":{\"sizeLimit\":\"0.5Gi\"}}]"),
     TEMPLATE("\"volumes\":[{\"name\":\"v\",\"emptyDir\":{\"medium\":\"MEMORY\",\"sizeLimit\":"
              "\"512Mi\"}}]"),
     0},
    {"run.service",
     "{\"traffic\":[{\"type\":\"TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST\",\"percent\":100}]}",
     "{\"traffic\":[{\"type\":\"TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION\",\"revision\":\"r\","
     "\"percent\":100}]}",
     2},
};

static void known_false_alarms_are_none(void **state)
{
    for (size_t i = 0; i < PL_LEN(alarms); i++) {
        ROW("%s: %s -> %s", alarms[i].kind, alarms[i].good, alarms[i].now);
        assert_int_equal(
            drifts(*state, pl_kind_find(alarms[i].kind), alarms[i].good, alarms[i].now),
            alarms[i].drifts);
    }
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, harness_arena, harness_arena_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_row_does_what_it_says),
        TEST(known_false_alarms_are_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
