/* test_observe_network.c - what only calls of their own say of a network: read where it is wanted, whole, or a gap of that very field.
 *
 * A row is a fault, what is known of each field after it, the gaps, and how many requests it took.
 */
#include "sim_run.h"

#include "plumbline/needs.h"

#define NETWORK  "compute.network/acme-staging/global/main"
#define MAIN     "//compute.googleapis.com/projects/acme-staging/global/networks/main"
#define POLICY   "effectiveFirewalls.firewallPolicys[name=880011223344]"
#define LEG      "peeringRoutes[peering=servicenetworking-googleapis-com,region=us-central1,direction="
#define AT(path) "{\"match\":{\"path\":\"networks/main/" path "\"},"

static const struct row {
    const char *name, *faults, *gaps;
    enum pl_known effective, exchanged, regional;
    size_t
        requests; /* 1 list, 2 networks' firewalls, 2 regions' firewalls, 2 regions in 2 directions */
} rows[] = {
    {"all are read", NULL, "", PL_PRESENT, PL_PRESENT, PL_PRESENT, 9},
    {"the organisation's policies may not be read",
     AT("getEffectiveFirewalls") "\"action\":\"permission_denied\"}",
     "compute.network " MAIN " effectiveFirewalls: permission_denied "
     "compute.networks.getEffectiveFirewalls\n",
     PL_NOT_KNOWN, PL_PRESENT, PL_PRESENT, 9},
    {"one answer about routes of four is refused",
     "{\"match\":{\"path\":\"networks/main/listPeeringRoutes\",\"nth\":3},\"action\":\"permission_"
     "denied\"}",
     "compute.network " MAIN " peeringRoutes: permission_denied "
     "compute.networks.listPeeringRoutes\n",
     PL_PRESENT, PL_NOT_KNOWN, PL_PRESENT, 9},
    {"routes that are no list", AT("listPeeringRoutes") "\"action\":\"wrong_type\"}",
     "compute.network " MAIN " peeringRoutes: bad_answer\n", PL_PRESENT, PL_NOT_KNOWN, PL_PRESENT,
     9},
    {"routes without end", AT("listPeeringRoutes") "\"action\":\"page_loop\"}",
     "compute.network " MAIN " peeringRoutes: bad_answer\n", PL_PRESENT, PL_NOT_KNOWN, PL_PRESENT,
     10},
    {"an answer that breaks off comes at the second time",
     AT("getEffectiveFirewalls") "\"action\":\"truncated\",\"count\":1}", "", PL_PRESENT,
     PL_PRESENT, PL_PRESENT, 10},
    {"a selector that Google refuses is dropped",
     AT("getEffectiveFirewalls") "\"action\":\"rejected\",\"count\":1}", "", PL_PRESENT, PL_PRESENT,
     PL_PRESENT, 10},
    {"and so it is of a region's",
     "{\"match\":{\"path\":\"regions/us-central1/firewallPolicies/getEffectiveFirewalls\"},"
     "\"action\":\"rejected\",\"count\":1}",
     "", PL_PRESENT, PL_PRESENT, PL_PRESENT, 10},
    {"what is refused without one, too, is a gap",
     AT("getEffectiveFirewalls") "\"action\":\"rejected\"}",
     "compute.network " MAIN " effectiveFirewalls: rejected\n", PL_NOT_KNOWN, PL_PRESENT,
     PL_PRESENT, 10},
    {"what is in effect in one region of two may not be read",
     "{\"match\":{\"path\":\"regions/us-central1/firewallPolicies/getEffectiveFirewalls\"},"
     "\"action\":\"permission_denied\"}",
     "compute.network " MAIN " regionalFirewalls: permission_denied "
     "compute.networks.getRegionEffectiveFirewalls\n",
     PL_PRESENT, PL_PRESENT, PL_NOT_KNOWN, 9},
};

static const struct pl_world *observe(struct pl_arena *arena, const char *faults,
                                      struct pl_needs *needs, struct pl_gcp_stats *stats)
{
    static const struct pl_kind *const kinds[] = {&pl_kind_compute_network};
    struct child sim;
    struct pl_gcp_options options;
    struct pl_err err = {0};
    const struct pl_world *world;

    child_start(&sim, NULL, faults, NULL);
    setenv("CLOUDSDK_AUTH_ACCESS_TOKEN", TOKEN, 1);
    options = sim_options(arena, &sim);
    options.kinds = kinds;
    options.n_kinds = 1;
    options.needs = needs;
    world = sim_observe(arena, &options, stats, &err);
    if (world == NULL)
        fail_msg("%s", err.text);
    child_end(&sim, 0);
    return world;
}

static enum pl_known read_field(struct pl_arena *arena, const struct pl_world *world,
                                const char *address, const char *path, const struct pl_value **out)
{
    struct pl_view *view = pl_view_new(arena, world);
    const struct pl_resource *found = NULL;
    const struct pl_value *value;
    struct pl_address parsed;
    struct pl_err err;

    assert_int_equal(pl_address_parse(arena, address, &parsed, &err), 0);
    assert_int_equal(pl_view_find(view, &parsed, &found), PL_PRESENT);
    return pl_view_read(view, found, path, out != NULL ? out : &value);
}

static void both_are_read_or_not_known(void **state)
{
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct pl_gcp_stats stats;
        const struct pl_world *world;

        ROW("%s", rows[i].name);
        world = observe(*state, rows[i].faults, NULL, &stats);
        assert_string_equal(gaps_text(*state, world), rows[i].gaps);
        assert_int_equal(read_field(*state, world, NETWORK, "effectiveFirewalls", NULL),
                         rows[i].effective);
        assert_int_equal(read_field(*state, world, NETWORK, "peeringRoutes", NULL),
                         rows[i].exchanged);
        assert_int_equal(read_field(*state, world, NETWORK, "regionalFirewalls", NULL),
                         rows[i].regional);
        assert_int_equal(read_field(*state, world, NETWORK, "mtu", NULL), PL_PRESENT);
        assert_true(stats.requests >= rows[i].requests);
    }
}

/* Every route is under the peering, region and direction that it was asked for; a network without peerings has none, and that is known. */
static void what_was_read_can_be_found(void **state)
{
    const struct pl_world *world = observe(*state, NULL, NULL, NULL);
    const struct pl_value *value = NULL;

    assert_int_equal(read_field(*state, world, NETWORK, POLICY ".type", &value), PL_PRESENT);
    assert_string_equal(pl_value_text(value), "HIERARCHY");
    assert_int_equal(
        read_field(*state, world, NETWORK, POLICY ".rules[priority=1000].action", &value),
        PL_PRESENT);
    assert_string_equal(pl_value_text(value), "deny");
    assert_int_equal(read_field(*state, world, NETWORK, "effectiveFirewalls.firewalls", NULL),
                     PL_ABSENT);
    assert_int_equal(read_field(*state, world, NETWORK, LEG "INCOMING].routes", &value),
                     PL_PRESENT);
    assert_int_equal(pl_value_count(value), 2);
    assert_int_equal(
        read_field(*state, world, NETWORK, LEG "OUTGOING].routes[0].destRange", &value),
        PL_PRESENT);
    assert_string_equal(pl_value_text(value), "10.128.0.0/20");
    assert_int_equal(read_field(*state, world, "compute.network/acme-staging/global/lab",
                                "peeringRoutes", &value),
                     PL_PRESENT);
    assert_int_equal(pl_value_count(value), 0);
    /* Google's own of each region, and none of the others that are in effect there. */
    assert_int_equal(read_field(*state, world, NETWORK, "regionalFirewalls", &value), PL_PRESENT);
    assert_int_equal(pl_value_count(value), 2);
    assert_int_equal(read_field(*state, world, NETWORK,
                                "regionalFirewalls[region=europe-west1].firewallPolicys", &value),
                     PL_PRESENT);
    assert_int_equal(pl_value_count(value), 0);
    assert_int_equal(read_field(*state, world, NETWORK,
                                "regionalFirewalls[region=us-central1].firewallPolicys", &value),
                     PL_PRESENT);
    assert_int_equal(pl_value_count(value), 1);
    assert_string_equal(pl_value_member_text(pl_value_item(value, 0), "type"), "SYSTEM_REGIONAL");
}

/* An older snapshot, or a run that did not ask, has none: that is no word about policies. */
static void without_the_calls_nothing_is_known(void **state)
{
    static const char text[] =
        "{\"plumbline_snapshot\":\"1.0\",\"projects\":[\"acme-staging\"]}\n"
        "{\"kind\":\"compute.network\",\"name\":\"" MAIN "\",\"resource\":{\"mtu\":1460,\"name\":"
        "\"main\"}}\n";
    struct pl_err err;
    const struct pl_world *world = pl_snapshot_read(*state, "old", text, strlen(text), &err);

    assert_non_null(world);
    assert_int_equal(read_field(*state, world, NETWORK, "effectiveFirewalls", NULL), PL_NOT_KNOWN);
    assert_int_equal(read_field(*state, world, NETWORK, LEG "INCOMING]", NULL), PL_NOT_KNOWN);
}

static void a_snapshot_keeps_them(void **state)
{
    const struct pl_world *world = observe(*state, NULL, NULL, NULL), *read;
    struct pl_buf first = {0}, again = {0};
    struct pl_err err;

    pl_snapshot_write(&first, world);
    read = pl_snapshot_read(*state, "snapshot", pl_buf_str(&first), first.len, &err);
    assert_non_null(read);
    assert_int_equal(read_field(*state, read, NETWORK, POLICY ".rules[priority=1000]", NULL),
                     PL_PRESENT);
    pl_snapshot_write(&again, read);
    assert_string_equal(pl_buf_str(&first), pl_buf_str(&again));
    pl_buf_free(&first);
    pl_buf_free(&again);
}

/* An audit asks for what is looked at: no call where nobody does, and the members that the calls follow from where somebody does. */
static void they_are_asked_for_where_they_are_needed(void **state)
{
    static const struct {
        const char *field;
        size_t requests;
        enum pl_known effective, exchanged;
    } asked[] = {
        {"mtu", 1, PL_NOT_KNOWN, PL_NOT_KNOWN},
        {"effectiveFirewalls", 3, PL_PRESENT, PL_NOT_KNOWN},
        {"peeringRoutes", 5, PL_NOT_KNOWN, PL_PRESENT},
        {"regionalFirewalls", 3, PL_NOT_KNOWN, PL_NOT_KNOWN},
    };

    for (size_t i = 0; i < PL_LEN(asked); i++) {
        struct pl_needs *needs = pl_needs_new(*state);
        struct pl_gcp_stats stats;
        const struct pl_world *world;

        ROW("%s", asked[i].field);
        pl_needs_field(needs, &pl_kind_compute_network, asked[i].field);
        pl_needs_every(needs, &pl_kind_compute_network);
        world = observe(*state, NULL, needs, &stats);
        assert_string_equal(gaps_text(*state, world), "");
        assert_int_equal(stats.requests, asked[i].requests);
        assert_int_equal(read_field(*state, world, NETWORK, "effectiveFirewalls", NULL),
                         asked[i].effective);
        assert_int_equal(read_field(*state, world, NETWORK, "peeringRoutes", NULL),
                         asked[i].exchanged);
    }
}

static int setup(void **state)
{
    no_credentials();
    return harness_arena(state);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, harness_arena_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(both_are_read_or_not_known),
        TEST(what_was_read_can_be_found),
        TEST(without_the_calls_nothing_is_known),
        TEST(a_snapshot_keeps_them),
        TEST(they_are_asked_for_where_they_are_needed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
