/* test_needs.c - what a run leaves out changes no word of its account: every scenario, told with the whole world, with what it needs, and with
 * lies in the place of what it does not.
 *
 * Also every field that the path model reads on the way, with each drift reverted and with all, is one that its table names, and every
 * field that the table names is read somewhere; and leaving out leaves something out.
 */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "harness.h"
#include "masked.h"

#include "cli_priv.h"
#include "plumbline/clock.h"
#include "plumbline/diff.h"
#include "plumbline/file.h"
#include "plumbline/reach.h"
#include "plumbline/snapshot.h"

#define ROOT "tests/scenarios"

/* ---- a world with what is needed ---- */

/* As gcp/observe_keep.c does it: what nothing mentions is judged again until nothing more is kept. */
struct pruning {
    struct pl_arena *arena;
    enum told { WHOLE, NEEDED, LIES } told;
    struct pl_needs *needs; /* NULL: all of it */
    struct pl_world_builder *builder;
    bool *taken;
    size_t kept, masked;
};

static size_t leaves(const struct pl_value *v)
{
    size_t n = v != NULL && v->type != PL_LIST && v->type != PL_MAP;

    for (size_t i = 0; v != NULL && v->type == PL_LIST && i < v->u.list.n; i++)
        n += leaves(v->u.list.items[i]);
    for (size_t i = 0; v != NULL && v->type == PL_MAP && i < v->u.map.n; i++)
        n += leaves(v->u.map.members[i].value);
    return n;
}

static void take(struct pruning *p, const struct pl_resource *from)
{
    const struct pl_value *policy = pl_value_member(from->body, "iamPolicy");
    struct pl_resource r = *from;

    r.world = NULL;
    r.body = pl_value_map_with(p->arena, from->body, "iamPolicy", NULL);
    for (size_t i = 0; p->needs != NULL && i < from->address.kind->n_virtuals; i++) {
        const char *name = from->address.kind->virtuals[i].field.name;
        const struct pl_value *value = pl_value_member(from->body, name);

        /* Those have calls of their own, and are laid in beside what a mask leaves. */
        if (value != NULL && pl_needs_virtual(p->needs, from->address.kind, name))
            pl_world_add_virtual(p->builder, &from->address, name, value);
    }
    if (p->needs != NULL && from->fields == NULL)
        r.body = pl_needs_mask(p->needs, p->arena, r.address.kind, r.body, &r.fields, &r.n_fields);
    if (p->needs != NULL)
        pl_needs_value(p->needs, r.body);
    p->masked += leaves(from->body) - leaves(policy) - leaves(r.body);
    p->kept++;
    if (p->told == LIES && r.fields != NULL && from->fields == NULL)
        r.body =
            with_lies(p->arena, pl_value_map_with(p->arena, from->body, "iamPolicy", NULL), r.body);
    /* A policy that stands alone is one still. */
    if (from->fields == NULL || pl_value_count(r.body) > 0)
        pl_world_add(p->builder, &r);
    if (policy != NULL && (p->needs == NULL || pl_needs_policy(p->needs, r.address.kind)))
        pl_world_add_iam(p->builder, &from->address, policy);
}

static size_t sift(struct pruning *p, const struct pl_world *world)
{
    size_t before = p->kept;

    for (size_t i = 0; i < world->n_resources; i++) {
        const struct pl_resource *r = world->resources[i];

        if (p->taken[i] ||
            (p->needs != NULL && pl_needs_judge(p->needs, &r->address, r->body) != PL_KEEP))
            continue;
        p->taken[i] = true;
        take(p, r);
    }
    return p->kept - before;
}

/* Of a world as it is read only the kinds that were asked for are there; both accounts get those. */
static const struct pl_world *rebuilt(struct pl_arena *arena, const struct pl_world *world,
                                      struct pl_needs *needs, enum told told, struct pruning *p)
{
    size_t n = 0;
    const struct pl_kind *const *kinds = pl_needs_kinds(needs, &n);

    *p = (struct pruning){.arena = arena,
                          .told = told,
                          .needs = told == WHOLE ? NULL : needs,
                          .builder = pl_world_builder_new(arena),
                          .taken = pl_arena_array(arena, world->n_resources + 1, sizeof(bool))};
    for (size_t i = 0; i < n; i++)
        pl_world_add_kind(p->builder, kinds[i]->name);
    for (size_t i = 0; i < world->n_projects; i++)
        pl_world_add_project(p->builder, world->projects[i]);
    pl_world_set_observed_at(p->builder, world->observed_at);
    pl_world_set_needs(p->builder, p->needs);
    for (size_t i = 0; i < world->n_unobserved; i++)
        pl_world_add_unobserved(p->builder, &world->unobserved[i]);
    for (size_t i = 0; i < world->n_resources; i++) {
        p->taken[i] = true; /* kinds that were not asked for */
        for (size_t k = 0; k < n && p->taken[i]; k++)
            p->taken[i] = kinds[k] != world->resources[i]->address.kind;
    }
    while (sift(p, world) > 0)
        ;
    return pl_world_build(p->builder);
}

/* ---- an account of it ---- */

static struct {
    enum told told;
    struct pruning pruning;
} how;

/* ---- what is read of it ---- */

static struct reads reads;

static void note_path(struct pl_session *s, struct pl_view *view, const struct pl_connection *c)
{
    pl_view_readings_reset(view); /* what reverts read is the baseline's business */
    (void)pl_reach_name(view, c, s->baseline);
    reads_note(&reads, view);
}

/* With each drift reverted alone, with all of them, and with none. */
static void note_reads(struct pl_session *s)
{
    struct pl_diff *diff =
        pl_diff_baseline(s->arena, pl_view_new(s->arena, s->world), s->baseline, 0);

    for (size_t c = 0; c < s->baseline->n_connections + s->n_extra; c++)
        for (size_t d = 0; d <= diff->n_drift + 1; d++) {
            size_t own = s->baseline->n_connections;
            struct pl_view *view = pl_view_new(s->arena, s->world);

            for (size_t k = 0; k < diff->n_drift; k++)
                if (k == d || d == diff->n_drift)
                    pl_diff_revert(view, diff->drift[k]);
            note_path(s, view, c < own ? s->baseline->connections[c] : s->extra[c - own]);
        }
}

static int steps(struct pl_session *s, struct pl_err *err)
{
    if (pl_session_baseline(s, true, err) < 0 || pl_session_symptoms(s, err) < 0 ||
        pl_session_observe(s, err) < 0)
        return -1;
    s->world = rebuilt(s->arena, s->world, pl_session_needs(s), how.told, &how.pruning);
    s->run.projects = s->world->projects;
    if (how.told == WHOLE)
        note_reads(s);
    return pl_session_account(s, err);
}

static const struct pl_command *command(const char *name)
{
    for (size_t i = 0; i < pl_commands_len; i++)
        if (strcmp(pl_commands[i].name, name) == 0)
            return &pl_commands[i];
    fail_msg("no command %s", name);
    return NULL;
}

static const char *account(struct pl_arena *arena, const char *dir, const char *baseline,
                           const char *estate, const char *symptoms, enum told told)
{
    const char *report = harness_path(arena, dir, told == WHOLE ? "whole.json" : "needed.json");
    const char *words[] = {"-b",
                           baseline,
                           "--snapshot",
                           estate,
                           "--no-probe",
                           "-q",
                           "-o",
                           pl_arena_printf(arena, "json=%s", report),
                           symptoms != NULL ? "--symptoms" : NULL,
                           symptoms};
    struct pl_options options = {.arena = arena};
    struct pl_err err = {0};
    char *argv[PL_LEN(words)];
    int n = 0;

    for (size_t i = 0; i < PL_LEN(words) && words[i] != NULL; i++)
        argv[n++] = pl_arena_strdup(arena, words[i]);
    how.told = told;
    if (pl_options_parse(&options, command("audit"), n, argv, &err) < 0 ||
        pl_session_run(&options, "audit", steps, &err) < 0)
        fail_msg("%s: %s", baseline, err.text);
    return harness_read(arena, report, NULL);
}

/* The first line that differs, with its number. */
static void same_text(const char *name, const char *a, const char *b)
{
    size_t line = 1, start = 0, i = 0;

    for (; a[i] == b[i]; i++) {
        if (a[i] == '\0')
            return;
        if (a[i] == '\n') {
            line++;
            start = i + 1;
        }
    }
    fail_msg("%s: line %zu of the account differs\n  whole  %.*s\n  needed %.*s", name, line,
             (int)strcspn(a + start, "\n"), a + start, (int)strcspn(b + start, "\n"), b + start);
}

static size_t masked, left_out, accounts;

static void compare(struct pl_arena *arena, const char *baseline, const char *estate,
                    const char *symptoms)
{
    char *dir = harness_temp_dir();
    const char *whole = account(arena, dir, baseline, estate, symptoms, WHOLE);
    size_t all = how.pruning.kept;

    same_text(estate, whole, account(arena, dir, baseline, estate, symptoms, LIES));
    same_text(estate, whole, account(arena, dir, baseline, estate, symptoms, NEEDED));
    masked += how.pruning.masked;
    left_out += all - how.pruning.kept;
    accounts++;
    harness_remove(dir);
}

/* ---- the scenarios, their variants, and the demo ---- */

static const char *file_of(struct pl_arena *arena, const char *folder, const char *stem,
                           const char *variant, const char *extension)
{
    const char *own = pl_arena_printf(arena, "%s/%s%s.%s", folder, stem, variant, extension);
    const char *plain = pl_arena_printf(arena, "%s/%s.%s", folder, stem, extension);

    return access(own, R_OK) == 0 ? own : access(plain, R_OK) == 0 ? plain : NULL;
}

static void compare_variants(struct pl_arena *arena, const char *folder)
{
    DIR *dir = opendir(folder);

    for (struct dirent *e; dir != NULL && (e = readdir(dir)) != NULL;) {
        size_t len = strlen(e->d_name);
        const char *variant;

        if (strncmp(e->d_name, "expect", 6) != 0 || len < 11)
            continue;
        variant = pl_arena_strndup(arena, e->d_name + 6, len - 11); /* ".json" off */
        compare(arena, file_of(arena, folder, "baseline", variant, "yaml"),
                file_of(arena, folder, "estate", variant, "ndjson"),
                file_of(arena, folder, "symptoms", variant, "ndjson"));
    }
    if (dir != NULL)
        closedir(dir);
}

static void accounts_are_the_same(void **state)
{
    int64_t now;
    DIR *dir = opendir(ROOT);

    reads_open(&reads);

    assert_int_equal(pl_clock_parse("2026-11-20T12:00:00Z", &now), 0);
    pl_clock_freeze_wall(now);
    assert_non_null(dir);
    for (struct dirent *e; (e = readdir(dir)) != NULL;)
        if (e->d_name[0] != '.' && strchr(e->d_name, '.') == NULL)
            compare_variants(*state, pl_arena_printf(*state, ROOT "/%s", e->d_name));
    closedir(dir);
    compare(*state, "tests/demo/baseline.yaml", "tests/demo/estate.ndjson", NULL);
    reads_close(&reads);
    print_message("%zu accounts; %zu fields masked, %zu resources left out\n", accounts, masked,
                  left_out);
    assert_true(accounts > 50);
    assert_true(masked > accounts && left_out > 20);
}

/* ---- the ways to a load balancer ---- */

#define COMPUTE "//compute.googleapis.com/projects/p/global/"
#define LINK    "https://www.googleapis.com/compute/v1/projects/p/"

/* One in front of one service; no two parts have a name in common, so that each is found as it is linked. */
static const char balancer[] =
    "{\"plumbline_snapshot\":\"1.0\",\"observed_at\":\"2026-11-20T12:00:00Z\",\"projects\":["
    "{\"id\":\"p\",\"number\":\"1\"}]}\n"
    "{\"kind\":\"compute.forwardingRule\",\"name\":\"" COMPUTE
    "forwardingRules/rule\",\"resource\":{"
    "\"name\":\"rule\",\"IPAddress\":\"%s\",\"IPProtocol\":\"TCP\",\"portRange\":\"443-443\","
    "\"loadBalancingScheme\":\"EXTERNAL_MANAGED\",\"target\":\"" LINK
    "global/targetHttpsProxies/proxy\"}}\n"
    "{\"kind\":\"compute.targetHttpsProxy\",\"name\":\"" COMPUTE
    "targetHttpsProxies/proxy\",\"resource\":{\"name\":\"proxy\",\"urlMap\":\"" LINK
    "global/urlMaps/map\",\"sslCertificates\":[\"" LINK "global/sslCertificates/cert\"]}}\n"
    "{\"kind\":\"compute.sslCertificate\",\"name\":\"" COMPUTE
    "sslCertificates/cert\",\"resource\":{\"name\":\"cert\",\"managed\":{\"status\":\"ACTIVE\"},"
    "\"subjectAlternativeNames\":[\"%s\"]}}\n"
    "{\"kind\":\"compute.urlMap\",\"name\":\"" COMPUTE
    "urlMaps/map\",\"resource\":{\"name\":\"map\",\"defaultService\":\"" LINK
    "global/backendServices/backend\",\"hostRules\":[{\"hosts\":[\"%s\"],\"pathMatcher\":\"all\"}],"
    "\"pathMatchers\":[{\"name\":\"all\",\"defaultService\":\"" LINK
    "global/backendServices/backend\"}]}}\n"
    "{\"kind\":\"compute.backendService\",\"name\":\"" COMPUTE
    "backendServices/backend\",\"resource\":{\"name\":\"backend\",\"timeoutSec\":30,\"backends\":[{"
    "\"group\":\"" LINK
    "regions/us-east1/networkEndpointGroups/group\"}],\"securityPolicy\":\"" LINK
    "global/securityPolicies/armor\"}}\n"
    "{\"kind\":\"compute.securityPolicy\",\"name\":\"" COMPUTE "securityPolicies/"
    "armor\",\"resource\":{\"name\":\"armor\",\"rules\":[{\"priority\":5,\"action\":"
    "\"deny(403)\",\"match\":{\"config\":{\"srcIpRanges\":[\"*\"]}}}]}}\n"
    "{\"kind\":\"compute.networkEndpointGroup\",\"name\":\"//compute.googleapis.com/projects/p/"
    "regions/"
    "us-east1/networkEndpointGroups/group\",\"resource\":{\"name\":\"group\","
    "\"networkEndpointType\":\"SERVERLESS\",\"cloudRun\":{\"service\":\"front\"}}}\n"
    "{\"kind\":\"run.service\",\"name\":\"//run.googleapis.com/projects/p/locations/us-east1/"
    "services/"
    "front\",\"resource\":{\"name\":\"projects/p/locations/us-east1/services/front\",\"uri\":"
    "\"https://front-abc-uc.a.run.app\"}}\n";

/* What is dialled, and what of the load balancer has it: its address, its certificate, its host rule. */
static const struct {
    const char *connection, *address, *certificate, *host;
} ways[] = {
    {"to: \"https://203.0.113.9/\"", "203.0.113.9", "a.example", "b.example"},
    {"to: \"https://www.c.example/\", probe: {type: https, connect_to: \"203.0.113.9:443\"}",
     "203.0.113.9", "a.example", "b.example"},
    {"to: \"https://www.c.example/\"", "203.0.113.9", "www.c.example", "b.example"},
    {"to: \"https://www.c.example/\"", "203.0.113.9", "a.example", "www.C.example"},
    {"to: \"https://www.c.example/\"", "203.0.113.9", "*.c.example", "*.c.example"},
    {"to: \"https://www-eu.c.example/\"", "203.0.113.9", "*.c.example", "*-eu.c.example"},
};

static void load_balancers_are_found(void **state)
{
    struct pl_arena *arena = *state;
    char *dir = harness_temp_dir();
    const char *baseline = harness_path(arena, dir, "b.yaml"),
               *estate = harness_path(arena, dir, "e.ndjson");

    reads_open(&reads);
    for (size_t i = 0; i < PL_LEN(ways); i++) {
        ROW("%s", ways[i].connection);
        harness_write(baseline,
                      pl_arena_printf(arena,
                                      "version: 1\nproject: p\nlocation: us-east1\nconnections:\n"
                                      "  web: {from: here, %s}\n",
                                      ways[i].connection));
        harness_write(estate, pl_arena_printf(arena, balancer, ways[i].address, ways[i].certificate,
                                              ways[i].host));
        compare(arena, baseline, estate, NULL);
        assert_non_null(strstr(account(arena, dir, baseline, estate, NULL, false),
                               "rule 5 of compute.securityPolicy/armor"));
    }
    reads_close(&reads);
    harness_remove(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(accounts_are_the_same, harness_arena, harness_arena_free),
        cmocka_unit_test_setup_teardown(load_balancers_are_found, harness_arena,
                                        harness_arena_free),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
