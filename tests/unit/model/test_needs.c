/* test_needs.c - what is kept of an estate: by address, by mention, by kind; and what the absence of the rest says.
 */
#include <string.h>

#include "harness.h"

#include "plumbline/json.h"
#include "plumbline/kind.h"
#include "plumbline/needs.h"
#include "plumbline/world.h"

#define TEXTS(...) ((const char *const[]){__VA_ARGS__, NULL})

static const struct pl_reads reads[] = {
    {"compute.firewall", TEXTS("allowed", "network"), TEXTS("network")},
    {"compute.network", TEXTS("peerings"), TEXTS("name")},
    {"compute.sslCertificate", TEXTS("managed"), TEXTS("name", "managed/domains")},
    {"compute.urlMap", TEXTS("hostRules"), TEXTS("name", "hostRules/hosts/" PL_READS_PATTERNS)},
    {"run.service", TEXTS("template", "iamPolicy"), TEXTS("name", "uri", "urls")},
    {"sql.instance", TEXTS("settings", "ipAddresses"), TEXTS("name", "ipAddresses/ipAddress")},
    {"project.service", TEXTS("state"), NULL},
    {"secret.secret", TEXTS("name", "iamPolicy"), TEXTS("name")},
    {"secret.version", TEXTS("state"), TEXTS(PL_READS_BY_PARENT)},
};

static struct pl_needs *path_model(struct pl_arena *arena)
{
    struct pl_needs *needs = pl_needs_new(arena);

    for (size_t i = 0; i < PL_LEN(reads); i++)
        pl_needs_reads(needs, &reads[i]);
    return needs;
}

static struct pl_address address(struct pl_arena *arena, const char *text)
{
    struct pl_address a;
    struct pl_err err;

    if (pl_address_parse(arena, text, &a, &err) != 0)
        fail_msg("%s", err.text);
    return pl_address_resolve(&a, "p", a.kind->scope == PL_SCOPE_GLOBAL ? "global" : "us-east1");
}

static const struct pl_value *json(struct pl_arena *arena, const char *text)
{
    struct pl_err err;
    const struct pl_value *v = pl_json_parse(arena, text, strlen(text), "row", &err);

    if (v == NULL)
        fail_msg("%s", err.text);
    return v;
}

/* ---- mentions ---- */

static const struct {
    const char *words, *address, *body;
    enum pl_keep want;
} mentions[] = {
    /* A link counts by its last segment, whoever writes it how. */
    {"projects/p/global/networks/main", "compute.network/main", "{\"name\":\"main\"}", PL_KEEP},
    {"https://www.googleapis.com/compute/v1/projects/p/global/networks/main", "compute.firewall/a",
     "{\"network\":\"https://compute.googleapis.com/compute/v1/projects/p/global/networks/main\"}",
     PL_KEEP},
    {"main", "compute.firewall/main", "{\"network\":\"global/networks/other\"}", PL_KEEP_LATER},
    {"main2 amain main-", "compute.network/main", "{\"name\":\"main\"}", PL_KEEP_LATER},
    {"main", "compute.firewall/a", "{}", PL_KEEP_LATER},
    {"", "compute.network/main", "{\"name\":\"main\"}", PL_KEEP_LATER},
    /* What lives inside: by its parent's name, whatever its own is. */
    {"projects/p/secrets/key", "secret.version/key/1",
     "{\"name\":\"projects/1/secrets/key/versions/1\"}", PL_KEEP},
    {"key2 1", "secret.version/key/1", "{\"name\":\"projects/1/secrets/key/versions/1\"}",
     PL_KEEP_LATER},
    /* Names in other texts. */
    {"/cloudsql/p:us-east1:main", "sql.instance/main", "{\"name\":\"main\"}", PL_KEEP},
    {"postgres://app:secret@10.8.0.3:5432/app", "sql.instance/main",
     "{\"name\":\"main\",\"ipAddresses\":[{\"type\":\"PRIMARY\",\"ipAddress\":\"34.1.2.3\"},"
     "{\"type\":\"PRIVATE\",\"ipAddress\":\"10.8.0.3\"}]}",
     PL_KEEP},
    {"PRIVATE 10.8.0.30", "sql.instance/main",
     "{\"name\":\"main\",\"ipAddresses\":[{\"type\":\"PRIVATE\",\"ipAddress\":\"10.8.0.3\"}]}",
     PL_KEEP_LATER},
    {"http://[FD00:0:0::3]:80/x", "sql.instance/main",
     "{\"name\":\"main\",\"ipAddresses\":[{\"ipAddress\":\"fd00::3\"}]}", PL_KEEP},
    /* A URL counts by its host, in any case, with a root's dot or without. */
    {"HTTPS://Auth-Abc-uc.A.run.app/health", "run.service/auth",
     "{\"name\":\"projects/p/locations/us-east1/services/auth\",\"uri\":\"https://"
     "auth-abc-uc.a.run.app\"}",
     PL_KEEP},
    {"dial auth-abc-uc.a.run.app.", "run.service/auth",
     "{\"name\":\"x\",\"urls\":[\"https://auth-abc-uc.a.run.app\"]}", PL_KEEP},
    {"https://other/", "run.service/auth", "{\"name\":\"x\",\"uri\":\"https://auth\"}",
     PL_KEEP_LATER},
    /* A host rule's hosts, lists in lists; patterns of them cover a host to its end, and begin before a dot or a hyphen. */
    {"https://WWW.example.org/x", "compute.urlMap/web",
     "{\"name\":\"w\",\"hostRules\":[{\"hosts\":[\"a.b\"]},{\"hosts\":[\"c.d\",\"www.example.org\"]"
     "}]}",
     PL_KEEP},
    {"api.example.org", "compute.urlMap/web",
     "{\"name\":\"w\",\"hostRules\":[{\"hosts\":[\"*.Example.org\"]}]}", PL_KEEP},
    {"a.b.example.org", "compute.urlMap/web",
     "{\"name\":\"w\",\"hostRules\":[{\"hosts\":[\"*.example.org\"]}]}", PL_KEEP},
    {"api-eu.example.org", "compute.urlMap/web",
     "{\"name\":\"w\",\"hostRules\":[{\"hosts\":[\"*-eu.example.org\"]}]}", PL_KEEP},
    {"example.org -example.org", "compute.urlMap/web",
     "{\"name\":\"w\",\"hostRules\":[{\"hosts\":[\"*.example.org\"]}]}", PL_KEEP_LATER},
    {"api.example.org", "compute.urlMap/web",
     "{\"name\":\"w\",\"hostRules\":[{\"hosts\":[\"*\",\"*.example.com\",\"*i.example.org\"]}]}",
     PL_KEEP_LATER},
    {"10.8.0.3", "compute.urlMap/web", "{\"name\":\"w\",\"hostRules\":[{\"hosts\":[\"*.8.0.3\"]}]}",
     PL_KEEP_LATER},
    /* Where no pattern is looked for, a star is a star: a wildcard certificate is many names', and says of none that it is meant. */
    {"api.example.org", "compute.sslCertificate/c",
     "{\"name\":\"c\",\"managed\":{\"domains\":[\"*.example.org\"]}}", PL_KEEP_LATER},
    {"api.example.org", "compute.sslCertificate/c",
     "{\"name\":\"c\",\"managed\":{\"domains\":[\"*.example.org\",\"api.example.org\"]}}", PL_KEEP},
    /* Looked at whatever it is called; and what nobody looks at. */
    {"", "project.service/run.googleapis.com", "{}", PL_KEEP},
    {"main", "dns.managedZone/main", "{\"name\":\"main\"}", PL_KEEP_NOT},
};

static void mentioned_is_kept(void **state)
{
    struct pl_arena *arena = *state;

    for (size_t i = 0; i < PL_LEN(mentions); i++) {
        struct pl_needs *needs = path_model(arena);
        struct pl_address a = address(arena, mentions[i].address);
        const struct pl_value *body = json(arena, mentions[i].body);

        ROW("%s: %s", mentions[i].words, mentions[i].address);
        pl_needs_text(needs, mentions[i].words);
        assert_int_equal(pl_needs_judge(needs, &a, body), mentions[i].want);
        if (mentions[i].want != PL_KEEP_NOT && strchr(mentions[i].address, '.') != NULL &&
            strcmp(a.kind->name, "project.service") != 0)
            assert_int_equal(pl_needs_mentioned(needs, pl_needs_mentions(needs, arena, &a, body)),
                             mentions[i].want == PL_KEEP);
    }
}

/* What is kept is asked of later: a name that came with it is known. */
static void what_is_kept_mentions_others(void **state)
{
    struct pl_arena *arena = *state;
    struct pl_needs *needs = path_model(arena);
    struct pl_address main = address(arena, "compute.network/main");
    const struct pl_value *network = json(arena, "{\"name\":\"main\"}");

    assert_int_equal(pl_needs_judge(needs, &main, network), PL_KEEP_LATER);
    pl_needs_value(needs, json(arena, "{\"template\":{\"vpcAccess\":{\"networkInterfaces\":[{"
                                      "\"network\":\"projects/p/global/networks/main\"}]}}}"));
    assert_int_equal(pl_needs_judge(needs, &main, network), PL_KEEP);
    pl_needs_text(needs, NULL);
    pl_needs_value(needs, NULL);
}

/* ---- addresses ---- */

static void said_is_kept_exactly(void **state)
{
    struct pl_arena *arena = *state;
    struct pl_needs *needs = pl_needs_new(arena);
    struct pl_address said = address(arena, "secret.version/db/7");
    struct pl_address other = address(arena, "secret.version/db/8");
    struct pl_address parent = address(arena, "secret.secret/db");
    struct pl_address stranger = address(arena, "secret.secret/mail");
    struct pl_address elsewhere = said;
    size_t n = 0;

    elsewhere.project = "q";
    pl_needs_address(needs, &said);
    assert_int_equal(pl_needs_judge(needs, &said, NULL), PL_KEEP);
    assert_int_equal(pl_needs_judge(needs, &other, NULL), PL_KEEP_NOT);
    assert_int_equal(pl_needs_judge(needs, &elsewhere, NULL), PL_KEEP_NOT);
    /* what it lives inside is listed, and only there its own list is read */
    (void)pl_needs_kinds(needs, &n);
    assert_int_equal(n, 2);
    assert_true(pl_needs_inside(needs, said.kind, &parent, false));
    assert_false(pl_needs_inside(needs, said.kind, &stranger, false));
    pl_needs_every(needs, said.kind);
    assert_true(pl_needs_inside(needs, said.kind, &stranger, false));
    assert_int_equal(pl_needs_judge(needs, &other, NULL), PL_KEEP);
}

/* ---- absence ---- */

static const struct {
    const char *address;
    enum pl_known want;
} absences[] = {
    {"compute.network/main", PL_ABSENT},     /* somebody names it */
    {"compute.network/dev", PL_NOT_KNOWN},   /* nobody did: it may have been let go */
    {"compute.firewall/deny", PL_ABSENT},    /* declared */
    {"compute.firewall/main", PL_NOT_KNOWN}, /* found by its network, not by its name */
    {"project.service/run.googleapis.com", PL_ABSENT},
    {"run.service/main", PL_ABSENT},
    {"secret.secret/main", PL_ABSENT},
    {"secret.version/main/1", PL_ABSENT}, /* found by its secret */
    {"secret.version/dev/1", PL_NOT_KNOWN},
    {"dns.managedZone/main", PL_NOT_KNOWN},
};

static void absence_is_said_of_what_would_be_there(void **state)
{
    struct pl_arena *arena = *state;
    struct pl_needs *needs = path_model(arena);
    struct pl_world_builder *b = pl_world_builder_new(arena);
    struct pl_address declared = address(arena, "compute.firewall/deny");

    pl_needs_address(needs, &declared);
    pl_needs_text(needs, "projects/p/global/networks/main");
    pl_world_add_project(b, "p");
    pl_world_set_needs(b, needs);
    struct pl_view *view = pl_view_new(arena, pl_world_build(b));

    for (size_t i = 0; i < PL_LEN(absences); i++) {
        struct pl_address a = address(arena, absences[i].address);

        ROW("%s", absences[i].address);
        assert_int_equal(pl_view_find(view, &a, NULL), absences[i].want);
    }
}

/* ---- members ---- */

static void masked(void **state)
{
    struct pl_arena *arena = *state;
    struct pl_needs *needs = path_model(arena);
    const struct pl_kind *sql = pl_kind_find("sql.instance"), *run = pl_kind_find("run.service");
    const struct pl_value *body =
        json(arena, "{\"etag\":\"x\",\"name\":\"main\",\"region\":\"us-east1\",\"settings\":{"
                    "\"tier\":\"small\"},\"state\":\"RUNNABLE\"}");
    const struct pl_path *fields = NULL;
    size_t n = 0;

    assert_string_equal(
        pl_json_text(arena, pl_needs_mask(needs, arena, sql, body, &fields, &n)),
        "{\"name\":\"main\",\"region\":\"us-east1\",\"settings\":{\"tier\":\"small\"}}");
    assert_int_equal(n, 4); /* name, region, settings, ipAddresses */
    assert_false(pl_needs_policy(needs, sql));
    assert_true(pl_needs_policy(needs, run));
    pl_needs_field(needs, sql, "state");
    pl_needs_field(needs, sql, "state");
    (void)pl_needs_asked(needs, sql, &n);
    assert_int_equal(n, 5);
    pl_needs_whole(needs, sql);
    assert_ptr_equal(pl_needs_mask(needs, arena, sql, body, &fields, &n), body);
    assert_null(fields);
    assert_null(pl_needs_asked(needs, sql, &n));
    assert_true(pl_needs_policy(needs, sql));
}

/* ---- paths ---- */

static const char *asked_of(struct pl_arena *arena, struct pl_needs *needs,
                            const struct pl_kind *kind)
{
    size_t n = 0;
    const struct pl_path *paths = pl_needs_asked(needs, kind, &n);
    struct pl_buf out = {0};

    for (size_t i = 0; i < n; i++)
        pl_buf_addf(&out, "%s%s", i > 0 ? " " : "", pl_path_format(arena, &paths[i]));
    return pl_buf_take(&out, arena);
}

static const struct {
    const char *kind, *fields[4], *asked;
} paths[] = {
    {"sql.instance", {"settings.tier"}, "name region settings.tier"},
    /* What is asked for whole needs no parts, whichever comes first. */
    {"sql.instance", {"settings.tier", "settings"}, "name region settings"},
    {"sql.instance", {"settings", "settings.tier"}, "name region settings"},
    {"sql.instance",
     {"settings.tier", "settings.ipConfiguration.sslMode", "settings.tier",
      "settings.ipConfiguration.ipv4Enabled"},
     "name region settings.ipConfiguration.ipv4Enabled settings.ipConfiguration.sslMode "
     "settings.tier"},
    {"sql.instance",
     {"settings.ipConfiguration.ipv4Enabled", "settings.ipConfiguration.sslMode", "settings.tier",
      "settings.ipConfiguration"},
     "name region settings.ipConfiguration settings.tier"},
    /* A path into a list means the list, unless it says that it means each element's member; names come with that. */
    {"run.service",
     {"template.containers[name=app].env[name=X].value", "template.scaling.minInstanceCount"},
     "name template.containers template.scaling.minInstanceCount"},
    {"compute.network", {"peerings[*].state"}, "name peerings[*].name peerings[*].state"},
    {"compute.network", {"peerings[*].state", "peerings"}, "name peerings"},
    {"compute.network", {"peerings[name=x].state", "peerings[*].network"}, "name peerings"},
    {"compute.network", {"peerings[0].state"}, "name peerings"},
    {"compute.network", {"peerings[*]"}, "name peerings"},
    {"compute.network", {"peerings.state"}, "name peerings"},
    {"compute.instance",
     {"networkInterfaces[*].accessConfigs[*].natIP"},
     "name networkInterfaces[*].accessConfigs[*].name networkInterfaces[*].accessConfigs[*].natIP "
     "networkInterfaces[*].name zone"},
    {"compute.serviceAttachment",
     {"consumerAcceptLists[*].connectionLimit"},
     "consumerAcceptLists[*].connectionLimit consumerAcceptLists[*].endpointUrl "
     "consumerAcceptLists[*].networkUrl consumerAcceptLists[*].projectIdOrNum name region"},
    /* A map's keys are the user's, and so is what a schema does not know: Google may refuse it. */
    {"run.service", {"labels.team"}, "labels name"},
    {"run.service", {"template.labels[\"a/b\"]"}, "name template.labels"},
    {"sql.instance", {"settings.tier.small"}, "name region settings.tier"},
    {"sql.instance", {"settings.noSuchThing"}, "name region settings"},
    {"sql.instance", {"noSuchThing"}, "name noSuchThing region"},
    /* Virtual fields have calls of their own, which follow from others. */
    {"compute.network", {"iamPolicy.bindings", "peeringRoutes"}, "name peerings subnetworks"},
};

static void asked_for_at_depth(void **state)
{
    struct pl_arena *arena = *state;

    for (size_t i = 0; i < PL_LEN(paths); i++) {
        struct pl_needs *needs = pl_needs_new(arena);
        const struct pl_kind *kind = pl_kind_find(paths[i].kind);

        ROW("%s", paths[i].asked);
        for (size_t k = 0; k < PL_LEN(paths[i].fields) && paths[i].fields[k] != NULL; k++)
            pl_needs_field(needs, kind, paths[i].fields[k]);
        assert_string_equal(asked_of(arena, needs, kind), paths[i].asked);
    }
}

/* What a path does not lead to from a name on is wanted whole, and so is what cannot be read as one. */
static void no_path_is_everything(void **state)
{
    static const char *const all[] = {"", "[0]", "a..b"};
    const struct pl_kind *sql = pl_kind_find("sql.instance");
    size_t n = 1;

    for (size_t i = 0; i < PL_LEN(all); i++) {
        struct pl_needs *needs = pl_needs_new(*state);

        pl_needs_field(needs, sql, all[i]);
        assert_null(pl_needs_asked(needs, sql, &n));
        assert_int_equal(n, 0);
    }
}

static const struct pl_reads mentioned[] = {
    {"compute.instance", TEXTS("status"), TEXTS("name", "networkInterfaces/network")},
    {"run.job", TEXTS(NULL), TEXTS("name", "template/template/vpcAccess/connector")},
    {"secret.version", TEXTS("state"), TEXTS(PL_READS_BY_PARENT)},
};

/* What a list mentions is asked for, or nobody could judge by it. */
static void mentions_are_asked_for(void **state)
{
    struct pl_needs *needs = pl_needs_new(*state);

    for (size_t i = 0; i < PL_LEN(mentioned); i++)
        pl_needs_reads(needs, &mentioned[i]);
    assert_string_equal(asked_of(*state, needs, pl_kind_find("compute.instance")),
                        "name networkInterfaces[*].name networkInterfaces[*].network status zone");
    assert_string_equal(asked_of(*state, needs, pl_kind_find("run.job")),
                        "name template.template.vpcAccess.connector");
    assert_string_equal(asked_of(*state, needs, pl_kind_find("secret.version")), "name state");
}

static const struct {
    const char *body, *masked;
} bodies[] = {
    {"{\"name\":\"main\",\"id\":\"1\",\"peerings\":[{\"name\":\"a\",\"state\":\"ACTIVE\","
     "\"peerMtu\":1"
     "460},{\"peerMtu\":1500}],\"selfLink\":\"x\"}",
     "{\"name\":\"main\",\"peerings\":[{\"name\":\"a\",\"state\":\"ACTIVE\"},{}]}"},
    {"{\"name\":\"main\",\"peerings\":[]}", "{\"name\":\"main\",\"peerings\":[]}"},
    {"{\"name\":\"main\"}", "{\"name\":\"main\"}"},
    {"{}", "{}"},
    /* What is not of the form that Google documents stays as it is. */
    {"{\"peerings\":null}", "{\"peerings\":null}"},
    {"{\"peerings\":{\"name\":1,\"peerMtu\":2}}", "{\"peerings\":{\"name\":1,\"peerMtu\":2}}"},
    {"{\"peerings\":[\"a\",7]}", "{\"peerings\":[\"a\",7]}"},
};

static void masked_at_depth(void **state)
{
    struct pl_arena *arena = *state;
    struct pl_needs *needs = pl_needs_new(arena);
    const struct pl_kind *network = pl_kind_find("compute.network");
    const struct pl_path *fields;
    size_t n;

    pl_needs_field(needs, network, "peerings[*].state");
    for (size_t i = 0; i < PL_LEN(bodies); i++) {
        ROW("%s", bodies[i].body);
        assert_string_equal(
            pl_json_text(arena, pl_needs_mask(needs, arena, network, json(arena, bodies[i].body),
                                              &fields, &n)),
            bodies[i].masked);
        assert_int_equal(n, 3);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(mentioned_is_kept, harness_arena, harness_arena_free),
        cmocka_unit_test_setup_teardown(what_is_kept_mentions_others, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test_setup_teardown(said_is_kept_exactly, harness_arena, harness_arena_free),
        cmocka_unit_test_setup_teardown(absence_is_said_of_what_would_be_there, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test_setup_teardown(masked, harness_arena, harness_arena_free),
        cmocka_unit_test_setup_teardown(asked_for_at_depth, harness_arena, harness_arena_free),
        cmocka_unit_test_setup_teardown(no_path_is_everything, harness_arena, harness_arena_free),
        cmocka_unit_test_setup_teardown(mentions_are_asked_for, harness_arena, harness_arena_free),
        cmocka_unit_test_setup_teardown(masked_at_depth, harness_arena, harness_arena_free),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
