/* test_fault_matrix.c - every kind on every bad day: no false clean, no crash, no hang past the deadline, the right reason each time.
 *
 * A column is a fault that plumbline-sim plays, a row a kind whose requests it hits, or the kind that the row's kind lives in. The
 * simulator runs in this process, so that a fault is a swap of its table and not a new program. The tables are printed: a word is the
 * reason that the gaps have, "ok" that the collection got over it, "." that the fault does not apply to the kind.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "gcp_kinds.h"
#include "harness.h"
#include "plumbline/clock.h"
#include "plumbline/gcp.h"
#include "sim.h"

#define TOKEN "matrix-t0ken-5ecret"

enum { ALL, LISTS, PAGED, COMPUTE };

struct fault {
    const char *column;
    const char *action; /* members of the simulator's row, without `match` */
    const char *reason; /* NULL: the collection gets over it */
    int applies;
    int nth;             /* 0: from the first request on */
    int64_t deadline_ns; /* 0: none */
};

static const struct fault faults[] = {
    {"permission", "\"action\":\"permission_denied\"", "permission_denied", ALL, 0, 0},
    {"api off", "\"action\":\"service_disabled\"", "api_disabled", ALL, 0, 0},
    {"perimeter", "\"action\":\"perimeter\"", "vpc_service_controls", ALL, 0, 0},
    {"billing", "\"action\":\"billing_disabled\"", "billing_disabled", ALL, 0, 0},
    {"location", "\"action\":\"location_denied\"", "location_denied", ALL, 0, 0},
    {"scope", "\"action\":\"scope_insufficient\"", "scope_insufficient", ALL, 0, 0},
    {"400", "\"action\":\"rejected\"", "rejected", ALL, 0, 0},
    {"401", "\"action\":\"unauthorized\"", "auth", ALL, 0, 0},
    {"404", "\"action\":\"not_found\"", "not_found_scope", ALL, 0, 0},
    {"429 once", "\"action\":\"rate_limited\",\"count\":1", NULL, ALL, 0, 0},
    {"429", "\"action\":\"rate_limited\"", "throttled", ALL, 0, 0},
    {"403 rate", "\"action\":\"rate_limited_403\"", "throttled", COMPUTE, 0, 0},
    {"408 once", "\"action\":\"request_timeout\",\"count\":1", NULL, ALL, 0, 0},
    {"500 once", "\"action\":\"internal\",\"count\":1", NULL, ALL, 0, 0},
    {"500", "\"action\":\"internal\"", "unavailable", ALL, 0, 0},
    {"502", "\"action\":\"bad_gateway\"", "unavailable", ALL, 0, 0},
    {"503", "\"action\":\"unavailable\"", "unavailable", ALL, 0, 0},
    {"reset once", "\"action\":\"reset\",\"count\":1", NULL, ALL, 0, 0},
    {"reset", "\"action\":\"reset\"", "unavailable", ALL, 0, 0},
    {"cut once", "\"action\":\"truncated\",\"count\":1", NULL, ALL, 0, 0},
    {"cut", "\"action\":\"truncated\"", "unavailable", ALL, 0, 0},
    {"elem. once", "\"action\":\"broken_element\",\"count\":1", NULL, ALL, 0, 0},
    {"element", "\"action\":\"broken_element\"", "bad_answer", ALL, 0, 0},
    {"garbage", "\"action\":\"garbage\"", "bad_answer", ALL, 0, 0},
    {"portal", "\"action\":\"wrong_content\"", "bad_answer", ALL, 0, 0},
    {"redirect", "\"action\":\"redirect\"", "bad_answer", ALL, 0, 0},
    {"root", "\"action\":\"wrong_root\"", "bad_answer", ALL, 0, 0},
    {"type", "\"action\":\"wrong_type\"", "bad_answer", ALL, 0, 0},
    {"page 2", "\"action\":\"permission_denied\"", "permission_denied", PAGED, 2, 0},
    {"page loop", "\"action\":\"page_loop\"", "bad_answer", PAGED, 0, 0},
    {"page same", "\"action\":\"page_repeat\"", "bad_answer", PAGED, 0, 0},
    {"page no.", "\"action\":\"page_number\"", "bad_answer", PAGED, 0, 0},
    {"unreached", "\"action\":\"unreachable\",\"locations\":[\"us-central1\",\"europe-west1\"]",
     "unavailable", LISTS, 0, 0},
    {"late once", "\"action\":\"delay\",\"delay_ms\":20,\"count\":1", NULL, ALL, 0, 0},
    {"hangs", "\"action\":\"hang\"", "deadline", ALL, 0, INT64_C(120000000)},
};

/* What a cell shows. */
static const struct {
    const char *reason, *word;
} words[] = {
    {"permission_denied", "permission"},
    {"api_disabled", "api"},
    {"vpc_service_controls", "vpc-sc"},
    {"billing_disabled", "billing"},
    {"location_denied", "location"},
    {"scope_insufficient", "scope"},
    {"rejected", "rejected"},
    {"auth", "auth"},
    {"not_found_scope", "not found"},
    {"throttled", "throttled"},
    {"unavailable", "unavail."},
    {"bad_answer", "answer"},
    {"deadline", "deadline"},
};

static struct sim sim;
static struct sim_server *server;
static size_t complaints, cells;

/* ---- the simulator ---- */

static int start(void **state)
{
    struct sim_error err = {{0}};

    (void)state;
    signal(SIGPIPE, SIG_IGN);
    sim.writes = json_array();
    if (sim_ready(&sim, &err) != 0 ||
        sim_estate_load(&sim.estate, "tests/sim/estate_example.ndjson", &err) != 0 ||
        sim_auth_open(&sim.auth, TOKEN, NULL, &err) != 0)
        return -1;
    server = sim_server_start(&sim, 0, &err);
    setenv("CLOUDSDK_AUTH_ACCESS_TOKEN", TOKEN, 1);
    unsetenv("GOOGLE_CLOUD_QUOTA_PROJECT");
    return server != NULL ? 0 : -1;
}

static int stop(void **state)
{
    size_t writes = json_array_size(sim.writes);

    (void)state;
    sim_stop(&sim);
    sim_server_stop(server);
    sim_faults_free(&sim.faults);
    sim_auth_close(&sim.auth);
    sim_estate_free(&sim.estate);
    json_decref(sim.writes);
    return writes == 0 ? 0 : -1;
}

/* One fault in the place of whatever was there; NULL: good days. */
static void play(struct pl_arena *arena, const struct fault *fault, const struct pl_kind *kind)
{
    char *dir = harness_temp_dir();
    const char *path = harness_path(arena, dir, "faults");
    struct sim_faults next = {0};
    struct sim_error err = {{0}};

    if (fault != NULL) {
        harness_write(path,
                      pl_arena_printf(arena, "{\"match\":{\"kind\":\"%s\",\"nth\":%d},%s}\n",
                                      kind->name, fault->nth > 0 ? fault->nth : 1, fault->action));
        assert_int_equal(sim_faults_load(&next, path, &err), 0);
    }
    harness_remove(dir);
    pthread_mutex_lock(&sim.lock);
    sim_faults_free(&sim.faults);
    sim.faults = next;
    sim.page_size = fault != NULL && fault->applies == PAGED ? 1 : 0;
    pthread_mutex_unlock(&sim.lock);
}

static bool bitten(const struct fault *fault)
{
    bool yes;

    pthread_mutex_lock(&sim.lock);
    yes = sim.faults.length > 0 && sim.faults.rows[0].seen >= (fault->nth > 0 ? fault->nth : 1);
    pthread_mutex_unlock(&sim.lock);
    return yes;
}

/* The estate has Memcached in its other project only. */
static const char *project_of(const struct pl_kind *kind)
{
    return strcmp(kind->name, "memcache.instance") == 0 ? "acme-network-host" : "acme-staging";
}

/* A kind and what it lives in, all the way up. */
static const struct pl_world *observe(struct pl_arena *arena, const struct pl_kind *kind,
                                      int64_t deadline_ns)
{
    const char *const projects[] = {project_of(kind)};
    const struct pl_kind *kinds[4];
    struct pl_gcp_options o = {.projects = projects, .n_projects = 1, .kinds = kinds};
    struct pl_loop *loop = pl_loop_new(NULL);
    const struct pl_world *world;
    struct pl_err err = {0};

    for (; kind != NULL; kind = kind->call.parent)
        kinds[o.n_kinds++] = kind;
    o.api_root = pl_arena_printf(arena, "http://127.0.0.1:%u", sim_server_port(server));
    o.backoff_ns = 100000;
    o.max_attempts = 3;
    o.rate = 1000;
    o.deadline_ns = deadline_ns > 0 ? pl_clock_mono_ns() + deadline_ns : 0;
    world = pl_gcp_observe(arena, loop, &o, NULL, &err);
    if (world == NULL)
        print_message("%s\n", err.text);
    pl_loop_free(loop);
    return world;
}

/* ---- one cell ---- */

static void complain(const struct pl_kind *kind, const struct fault *fault, const char *what,
                     const char *name)
{
    complaints++;
    print_message("\nWRONG %s, %s: %s %s\n", kind->name, fault->column, what, name);
}

static bool same(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool has_gap(const struct pl_world *world, const struct pl_unobserved *gap)
{
    for (size_t i = 0; i < world->n_unobserved; i++) {
        const struct pl_unobserved *other = &world->unobserved[i];

        if (same(other->kind_name, gap->kind_name) && same(other->scope, gap->scope) &&
            same(other->field, gap->field) && same(other->reason, gap->reason))
            return true;
    }
    return false;
}

/* Whatever is there on a good day is there, or it is not known. */
static bool check_resources(struct pl_arena *arena, const struct fault *fault,
                            const struct pl_kind *kind, const struct pl_world *good,
                            const struct pl_world *world)
{
    struct pl_view *view = pl_view_new(arena, world);
    bool all = true;

    for (size_t i = 0; i < good->n_resources; i++) {
        const struct pl_resource *found, *r = good->resources[i];
        const struct pl_value *policy;
        enum pl_known known = pl_view_find(view, &r->address, &found);

        all = all && known == PL_PRESENT;
        if (known == PL_ABSENT)
            complain(kind, fault, "taken for absent:", r->name);
        if (known == PL_PRESENT && pl_value_member(r->body, "iamPolicy") != NULL &&
            pl_view_read(view, found, "iamPolicy", &policy) == PL_ABSENT)
            complain(kind, fault, "policy taken for absent:", r->name);
    }
    return all;
}

/* The way out, and nothing that nobody may read. */
static void check_words(const struct fault *fault, const struct pl_kind *kind,
                        const struct pl_unobserved *gap)
{
    const char *remedy = gap->remedy != NULL ? gap->remedy : "";

    if (gap->detail == NULL || *gap->detail == '\0')
        complain(kind, fault, "no detail:", gap->scope);
    else if (strstr(gap->detail, TOKEN) != NULL)
        complain(kind, fault, "a token in", gap->detail);
    if (*remedy == '\0')
        complain(kind, fault, "no way out:", gap->scope);
    if (strcmp(gap->reason, "permission_denied") == 0 &&
        (gap->permission == NULL || strstr(remedy, "--role=roles/") == NULL))
        complain(kind, fault, "no permission or role:", remedy);
    if (strcmp(gap->reason, "api_disabled") == 0 &&
        strncmp(remedy, "gcloud services enable ", 23) != 0)
        complain(kind, fault, "no command:", remedy);
}

/* What a project always has is there, whether or not the API that it is read by is on. */
static const char *reason_of(const struct fault *fault, const struct pl_kind *kind)
{
    return same(fault->reason, "api_disabled") &&
                   (kind == &pl_kind_project_service || kind == &pl_kind_project_iam_policy)
               ? "needed_api_disabled"
               : fault->reason;
}

/* The gaps that the fault left: each says why. */
static size_t check_gaps(const struct fault *fault, const struct pl_kind *kind,
                         const struct pl_world *good, const struct pl_world *world)
{
    size_t n = 0;

    for (size_t i = 0; i < world->n_unobserved; i++) {
        const struct pl_unobserved *gap = &world->unobserved[i];

        if (has_gap(good, gap))
            continue;
        n++;
        if (!same(gap->reason, reason_of(fault, kind)))
            complain(kind, fault, "the reason is", gap->reason);
        check_words(fault, kind, gap);
    }
    return n;
}

static const char *cell(struct pl_arena *arena, const struct fault *fault,
                        const struct pl_kind *kind, const struct pl_kind *hit,
                        const struct pl_world *good)
{
    const struct pl_world *world;
    size_t gaps;
    bool all;

    if ((fault->applies == LISTS && hit->call.how == PL_LIST_NONE) ||
        (fault->applies == COMPUTE && strcmp(hit->call.api, "compute.googleapis.com") != 0) ||
        (fault->applies == PAGED && hit->call.page_size_param == NULL))
        return ".";
    cells++;
    /* A busy machine may not come as far as the fault by then: it has longer. */
    for (int64_t ns = fault->deadline_ns;; ns *= 8) {
        play(arena, fault, hit);
        world = observe(arena, kind, ns);
        if (bitten(fault) || ns == 0 || ns > INT64_C(5000000000))
            break;
    }
    if (world == NULL) {
        complain(kind, fault, "no world", "");
        return "none";
    }
    all = check_resources(arena, fault, kind, good, world);
    gaps = check_gaps(fault, kind, good, world);
    if (!bitten(fault)) {
        if (fault->nth == 0)
            complain(kind, fault, "never played", "");
        if (!all || gaps > 0)
            complain(kind, fault, "something is missing on a good day", "");
        return ".";
    }
    if (fault->reason == NULL && (!all || gaps > 0))
        complain(kind, fault, "not got over", "");
    if (fault->reason == NULL)
        return "ok";
    if (gaps == 0)
        complain(kind, fault, "a false clean", "");
    for (size_t i = 0; i < PL_LEN(words); i++)
        if (strcmp(words[i].reason, fault->reason) == 0)
            return words[i].word;
    return fault->reason;
}

/* ---- the tables ---- */

static void row(const struct pl_kind *kind, const struct pl_kind *hit, const char *name)
{
    struct pl_arena *kept = pl_arena_new();
    const struct pl_world *good;

    play(kept, NULL, NULL);
    good = observe(kept, kind, 0);
    assert_non_null(good);
    print_message("%-30s", name);
    for (size_t i = 0; i < PL_LEN(faults); i++) {
        struct pl_arena *arena = pl_arena_new();

        print_message(" %-10s", cell(arena, &faults[i], kind, hit, good));
        pl_arena_free(arena);
    }
    print_message("\n");
    pl_arena_free(kept);
}

static void head(const char *title)
{
    complaints = cells = 0;
    print_message("%-30s", title);
    for (size_t i = 0; i < PL_LEN(faults); i++)
        print_message(" %-10s", faults[i].column);
    print_message("\n");
}

static void end(void)
{
    print_message("%zu cells, %zu wrong\n", cells, complaints);
    assert_int_equal(complaints, 0);
}

static void each_kind_and_each_fault(void **state)
{
    (void)state;
    head("a fault of the kind");
    for (size_t i = 0; i < pl_kinds_len; i++)
        row(pl_kinds[i], pl_kinds[i], pl_kinds[i]->name);
    end();
}

static void each_fault_of_what_a_kind_lives_in(void **state)
{
    (void)state;
    head("a fault of its parent");
    for (size_t i = 0; i < pl_kinds_len; i++)
        if (pl_kinds[i]->call.parent != NULL)
            row(pl_kinds[i], pl_kinds[i]->call.parent, pl_kinds[i]->name);
    end();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_and_each_fault),
        cmocka_unit_test(each_fault_of_what_a_kind_lives_in),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
