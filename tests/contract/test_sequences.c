/* test_sequences.c - recorded lives of resources: made, read, changed, read again ($SHARED/samples, sequences/).
 *
 * What somebody asked Google for is a baseline that the very next read must meet: what Google added or wrote otherwise is no drift. What
 * somebody changed is drift between the reads before and after, field for field, and nothing else is. Effects that Google adds to a
 * change stand in tables here, each with its reason.
 */
#include "samples.h"

#include "../../gcp/gcp_priv.h"
#include "plumbline/baseline.h"
#include "plumbline/diff.h"
#include "plumbline/file.h"
#include "plumbline/json.h"
#include "plumbline/snapshot.h"

#include <stdio.h>
#include <string.h>

static const char *const folders[] = {
    "compute", "dns",           "memcache",          "memorystore",  "redis",
    "run",     "secretmanager", "servicenetworking", "serviceusage", "sqladmin",
};

enum { MAX_WRITES = 32 };

/* A change that no read has shown yet. */
struct write {
    const struct pl_kind *kind;
    bool whole;       /* PUT: what is not asked for goes */
    const char *mask; /* of a PATCH: what is named here is replaced as a whole; or NULL */
    const struct pl_value *asked;
};

struct life {
    struct pl_arena *arena; /* of the file */
    struct pl_map last;     /* full address -> struct pl_value, as last read */
    struct pl_map made;     /* kind -> struct pl_value, asked for and not read yet */
    struct write writes[MAX_WRITES];
    size_t n_writes;
};

static size_t n_made, n_declared, n_changes, n_drift, n_same, n_wrong;

/* ---- what Google does beside ---- */

struct listed {
    const char *kind, *path, *why; /* a path stands for all below it, [] for any element */
    size_t seen;
};

/* Drift though no write that was kept asked for it. */
static struct listed effects[] = {
    {"compute.forwardingRule", "labels", "setLabels, a call of its own, was not kept", 0},
    {"compute.forwardingRule", "target", "setTarget, a call of its own, was not kept", 0},
    {"compute.subnetwork", "privateIpGoogleAccess",
     "setPrivateIpGoogleAccess, a call of its own, was not kept", 0},
    {"dns.recordSet", "rrdatas", "asked for as additions and deletions of a change", 0},
    {"project.service", "state", "asked for by name: services.enable was not kept", 0},
    {"secret.version", "state", "asked for by name: versions.disable", 0},
    {"sql.instance", "settings.backupConfiguration.backupRetentionSettings.retainedBackups",
     "Enterprise Plus keeps 15 backups, Enterprise 7: the edition changed", 0},
    {"sql.instance", "settings.backupConfiguration.transactionLogRetentionDays",
     "Enterprise Plus keeps 14 days of logs, Enterprise 7: the edition changed", 0},
};

/* Asked for, not as before in the next read, and yet no drift. */
static struct listed silent[] = {
    {"compute.router", "network", "the same link, written otherwise", 0},
    {"compute.router", "region", "the same link, written otherwise", 0},
    {"secret.secret", "rotation.nextRotationTime", "moves with every rotation", 0},
    {"servicenetworking.connection", "reservedPeeringRanges",
     "a set, and the recording gives both ranges one name", 0},
};

#define ODD_LINK "projects/P/global/regions/R, a link that nobody but the recording's client writes"

/* Asked for when it was made, and not so in the next read. */
static struct listed unmet[] = {
    {"compute.address", "region", ODD_LINK, 0},
    {"compute.forwardingRule", "labels", "setLabels, a call of its own, was not kept", 0},
    {"compute.router", "region", ODD_LINK, 0},
    {"compute.subnetwork", "region", ODD_LINK, 0},
    {"redis.instance", "secondaryIpRange", "\"auto\" is a question; the answer is a range", 0},
    {"sql.instance", "settings.ipConfiguration.authorizedNetworks",
     "empty in all answers of this recording, whatever was asked for", 0},
    {"sql.user", "host", "PostgreSQL knows users by name alone and drops it", 0},
    {"valkey.instance", "endpoints",
     "two connections are made for the one that is asked for, and nothing names them", 0},
};

/* Asked for when it was made, and never given back: left out of the baseline. */
static struct listed input_only[] = {
    {"redis.cluster", "pscConfigs", "in no recorded answer", 0},
    {"secret.secret", "ttl", "Google's document: input only", 0},
    {"sql.instance", "rootPassword", "a secret, only in requests", 0},
    {"sql.user", "password", "a secret, only in requests", 0},
};

static void check_all_seen(const struct listed *table, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (table[i].seen == 0)
            fail_msg("%s:%s is listed and does not happen", table[i].kind, table[i].path);
}

static bool is_listed(struct listed *table, size_t n, const struct pl_kind *kind, const char *path)
{
    for (size_t i = 0; i < n; i++) {
        size_t len = strlen(table[i].path);

        if (strcmp(table[i].kind, kind->name) != 0 || strncmp(table[i].path, path, len) != 0 ||
            (path[len] != '\0' && strchr(".[{", path[len]) == NULL))
            continue;
        table[i].seen++;
        return true;
    }
    return false;
}

#define IS_LISTED(table, kind, path) is_listed((table), PL_LEN(table), (kind), (path))

static void wrong(const char *what, const struct pl_kind *kind, const char *path,
                  const char *detail)
{
    n_wrong++;
    print_message("WRONG: %s: %s:%s: %s\n", what, kind->name, path, detail);
}

/* Enough of it to see what is meant: cmocka's lines are short. */
static const char *json_of(struct pl_arena *arena, const struct pl_value *v)
{
    return v != NULL ? pl_arena_printf(arena, "%.250s", pl_json_text(arena, v)) : "nothing";
}

/* ---- worlds ---- */

static const struct pl_world *world_of(struct pl_arena *arena, const struct sample_item *item,
                                       const struct pl_value *body)
{
    static const unsigned char key[32] = "sequences";
    struct pl_world_builder *builder = pl_world_builder_new(arena);
    struct pl_resource resource = {.address = item->address,
                                   .body = pl_redact(arena, item->kind, body, key)};

    pl_world_add_kind(builder, item->kind->name);
    pl_world_add_project(builder, item->address.project);
    pl_world_add(builder, &resource);
    return pl_world_build(builder);
}

/* ---- changes ---- */

/* Does the mask ("labels,persistence_config" in the URL's own writing) name the field that the path begins with? */
static bool is_masked(const char *mask, const char *field)
{
    size_t n = strlen(field);

    for (const char *at = mask; at != NULL && *at != '\0';
         at += strncmp(at, "%2C", 3) == 0 ? 3 : 0) {
        size_t len = strcspn(at, "%&");

        if (strncmp(at, field, n) == 0 && (len == n || at[n] == '.'))
            return true;
        at += len;
        if (*at == '&')
            break;
    }
    return false;
}

/* Was this field part of what was asked for? What a PUT leaves out is asked to go. */
static bool was_asked(const struct write *write, const struct pl_path *path)
{
    const struct pl_value *at = write->asked;

    for (size_t i = 0; i < path->n && at != NULL && at->type == PL_MAP; i++) {
        if (path->steps[i].type != PL_STEP_KEY)
            return true;
        if (pl_value_member(at, path->steps[i].key) == NULL)
            return write->whole || is_masked(write->mask, path->steps[0].key);
        at = pl_value_member(at, path->steps[i].key);
    }
    return at != NULL;
}

static bool is_told(const struct pl_diff *diff, const struct pl_path *path)
{
    for (size_t i = 0; i < diff->n_drift; i++)
        if (pl_path_covers(path, &diff->drift[i]->path) ||
            pl_path_covers(&diff->drift[i]->path, path))
            return true;
    return false;
}

struct change {
    struct life *life;
    const struct sample_item *item;
    const struct pl_diff *diff;
};

/* Every leaf that was asked for and is not, byte for byte, what it was before must have been told. */
static void check_told(const struct change *c, const struct pl_path *path,
                       const struct pl_value *asked, const struct pl_value *before,
                       const struct pl_value *after)
{
    struct pl_arena *arena = c->life->arena;

    if (asked->type != PL_MAP) {
        const char *text = pl_path_generic(arena, path);

        if ((before == after || (before && after && pl_value_equal(before, after))) ||
            is_told(c->diff, path) || IS_LISTED(silent, c->item->kind, text))
            return;
        wrong("changed and not told", c->item->kind, text,
              pl_arena_printf(arena, "asked for %s, %s -> %s", json_of(arena, asked),
                              json_of(arena, before), json_of(arena, after)));
        return;
    }
    for (size_t i = 0; i < asked->u.map.n; i++) {
        const struct pl_member *m = &asked->u.map.members[i];
        struct pl_path below =
            pl_path_with(arena, path, (struct pl_step){.type = PL_STEP_KEY, .key = m->key});

        check_told(c, &below, m->value, pl_value_member(before, m->key),
                   pl_value_member(after, m->key));
    }
}

static void check_drift(const struct change *c, const struct pl_drift *drift)
{
    struct pl_arena *arena = c->life->arena;
    const char *path = pl_path_generic(arena, &drift->path);

    n_drift++;
    for (size_t i = 0; i < c->life->n_writes; i++)
        if (c->life->writes[i].kind == c->item->kind &&
            was_asked(&c->life->writes[i], &drift->path))
            return;
    if (!IS_LISTED(effects, c->item->kind, path))
        wrong("told and not asked for", c->item->kind, path,
              pl_arena_printf(arena, "%s -> %s", json_of(arena, drift->expected),
                              json_of(arena, drift->observed)));
}

static void changed(struct life *life, const struct sample_item *item,
                    const struct pl_value *before)
{
    struct pl_arena *arena = life->arena;
    const struct pl_diff *diff =
        pl_diff_worlds(arena, pl_view_new(arena, world_of(arena, item, item->body)),
                       pl_view_new(arena, world_of(arena, item, before)), NULL, 0);
    struct change c = {life, item, diff};
    static const struct pl_path root;

    *(life->n_writes > 0 ? &n_changes : &n_same) += 1;
    for (size_t i = 0; i < diff->n_drift; i++)
        check_drift(&c, diff->drift[i]);
    for (size_t i = 0; i < diff->n_unknown; i++)
        wrong("not known", item->kind, diff->unknown[i].field, diff->unknown[i].why);
    for (size_t i = 0; i < life->n_writes; i++)
        if (life->writes[i].kind == item->kind && life->writes[i].asked != NULL)
            check_told(&c, &root, life->writes[i].asked, before, item->body);
}

/* ---- what was asked for as a baseline ---- */

static const struct pl_value *declarable(struct pl_arena *arena, const struct pl_kind *kind,
                                         const char *path, const struct pl_value *v)
{
    struct pl_member *members;
    const struct pl_value **items;
    size_t n = 0;

    if (v->type == PL_LIST) {
        items = pl_arena_array(arena, v->u.list.n, sizeof *items);
        for (size_t i = 0; i < v->u.list.n; i++)
            items[i] =
                declarable(arena, kind, pl_arena_printf(arena, "%s[]", path), v->u.list.items[i]);
        return pl_value_list(arena, items, v->u.list.n);
    }
    if (v->type != PL_MAP)
        return v;
    members = pl_arena_array(arena, v->u.map.n, sizeof *members);
    for (size_t i = 0; i < v->u.map.n; i++) {
        const struct pl_member *m = &v->u.map.members[i];
        const char *below =
            pl_arena_printf(arena, "%s%s%s", path, *path != '\0' ? "." : "", m->key);

        if (m->value->type != PL_NULL && !IS_LISTED(input_only, kind, below))
            members[n++] = (struct pl_member){m->key, declarable(arena, kind, below, m->value)};
    }
    return pl_value_map(arena, members, n);
}

/* ${...} of the recordings are names, not references. */
static char *escaped(struct pl_arena *arena, const char *text)
{
    struct pl_buf out = {0};

    for (; *text != '\0'; text++) {
        if (text[0] == '$' && text[1] == '{')
            pl_buf_addc(&out, '$');
        pl_buf_addc(&out, *text);
    }
    return pl_buf_take(&out, arena);
}

/* JSON is YAML enough: the body as it was sent is the resource's declaration. */
static const struct pl_baseline *baseline_of(struct pl_arena *arena, const struct sample_item *item,
                                             const struct pl_value *asked, struct pl_err *err)
{
    const struct pl_value *fields = declarable(arena, item->kind, "", asked);
    const char *name = strchr(pl_address_full(arena, &item->address), '/') + 1;
    char *dir = harness_temp_dir();
    const char *path = harness_path(arena, dir, "asked.yaml");
    struct pl_baseline_options options = {.paths = &path, .n_paths = 1};
    const struct pl_baseline *baseline;

    harness_write(path, pl_arena_printf(arena, "version: 1\nresources:\n  %s:\n    \"%s\": %s\n",
                                        item->kind->name, escaped(arena, name),
                                        escaped(arena, pl_json_text(arena, fields))));
    baseline = pl_baseline_read(arena, &options, err);
    harness_remove(dir);
    return baseline;
}

static void check_made(struct life *life, const struct sample_item *item,
                       const struct pl_value *asked)
{
    struct pl_arena *arena = life->arena;
    struct pl_err err = {0};
    const struct pl_baseline *baseline = baseline_of(arena, item, asked, &err);
    const struct pl_diff *diff;

    if (baseline == NULL) {
        wrong("no baseline", item->kind, "", err.text);
        return;
    }
    diff =
        pl_diff_baseline(arena, pl_view_new(arena, world_of(arena, item, item->body)), baseline, 0);
    n_made++;
    n_declared += diff->coverage.declared;
    for (size_t i = 0; i < diff->n_drift; i++) {
        const char *path = pl_path_generic(arena, &diff->drift[i]->path);

        if (!IS_LISTED(unmet, item->kind, path))
            wrong("asked for and not met", item->kind, path,
                  pl_arena_printf(arena, "%s -> %s", json_of(arena, diff->drift[i]->expected),
                                  json_of(arena, diff->drift[i]->observed)));
    }
    for (size_t i = 0; i < diff->n_unknown; i++)
        wrong("not known", item->kind, diff->unknown[i].field, diff->unknown[i].why);
}

/* ---- reading a life ---- */

/* A list holds others beside the new one. */
static bool has_name(const struct pl_value *body, const struct pl_value *asked)
{
    const char *a = pl_value_member_text(asked, "name"), *b = pl_value_member_text(body, "name");

    return a == NULL || *a == '\0' || b == NULL || strcmp(pl_link_last(a), pl_link_last(b)) == 0;
}

static void on_item(const struct sample_item *item, void *arg)
{
    struct life *life = arg;
    const char *full = pl_address_full(life->arena, &item->address);
    const struct pl_value *before = pl_map_get(&life->last, full);
    const struct pl_value *asked = pl_map_get(&life->made, item->kind->name);

    if (item->policy)
        return;
    if (before != NULL) {
        changed(life, item, before);
    } else if (asked != NULL && has_name(item->body, asked)) {
        check_made(life, item, asked);
        (void)pl_map_put(&life->made, item->kind->name, NULL);
    }
    (void)pl_map_put(&life->last, full, (void *)(uintptr_t)item->body);
}

/* Recordings give several resources one name (${subnetworkID}): which of them is read next is not known. */
static void forget(struct life *life, const struct pl_kind *kind)
{
    for (size_t i = 0; i < life->last.n; i++)
        if (strncmp(life->last.entries[i].key, kind->name, strlen(kind->name)) == 0)
            life->last.entries[i].value = NULL;
}

static void on_write(struct life *life, const struct sample *sample, const struct pl_kind *kind,
                     bool one)
{
    const char *mask = strstr(sample->url, "updateMask=");
    struct write write = {kind, strcmp(sample->method, "PUT") == 0,
                          mask != NULL ? mask + strlen("updateMask=") : NULL, sample->asked};

    if (strcmp(sample->method, "DELETE") == 0) {
        forget(life, kind);
    } else if (!one && strcmp(sample->method, "POST") == 0) {
        forget(life, kind);
        (void)pl_map_put(&life->made, kind->name, (void *)(uintptr_t)sample->asked);
    } else {
        assert_true(life->n_writes < MAX_WRITES);
        life->writes[life->n_writes++] = write;
    }
}

static void step(struct life *life, const struct sample *sample)
{
    const char *tail;
    bool one;
    const struct pl_kind *kind;

    if (sample->url == NULL || sample->method == NULL || sample->status != 200)
        return;
    kind = samples_target(life->arena, sample->url, &tail, &one);
    if (kind == NULL)
        return;
    if (strcmp(sample->method, "GET") != 0)
        on_write(life, sample, kind, one);
    else if (samples_items(life->arena, sample, on_item, life))
        life->n_writes = 0;
}

static void follow(struct pl_arena *arena, const char *path)
{
    size_t n;
    const struct sample *samples = samples_of(arena, samples_read(arena, path), &n);
    struct life life = {.arena = arena};

    ROW("%s", path);
    pl_map_init(&life.last, arena);
    pl_map_init(&life.made, arena);
    for (size_t i = 0; i < n; i++)
        step(&life, &samples[i]);
}

static void changes_are_drift_and_nothing_else_is(void **state)
{
    for (size_t i = 0; i < PL_LEN(folders); i++) {
        const char *const *paths;
        struct pl_err err;
        size_t n;

        if (pl_dir_list(*state,
                        pl_arena_printf(*state, "%s/%s/sequences", samples_folder(), folders[i]),
                        ".json", &paths, &n, &err) != 0)
            fail_msg("%s", err.text);
        for (size_t k = 0; k < n; k++)
            follow(*state, paths[k]);
    }
    print_message("%zu resources made as asked (%zu fields), %zu reads after a change with %zu "
                  "drifts, %zu reads without\n",
                  n_made, n_declared, n_changes, n_drift, n_same);
    assert_int_equal(n_wrong, 0);
    assert_true(n_made >= 60 && n_changes >= 50 && n_drift >= 100);
    check_all_seen(effects, PL_LEN(effects));
    check_all_seen(silent, PL_LEN(silent));
    check_all_seen(unmet, PL_LEN(unmet));
    check_all_seen(input_only, PL_LEN(input_only));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, harness_arena, harness_arena_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(changes_are_drift_and_nothing_else_is),
    };

    if (samples_folder() == NULL) {
        printf("skipped: recorded lives of resources (no ../shared/samples)\n");
        return 0;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
