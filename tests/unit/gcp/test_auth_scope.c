/* test_auth_scope.c - the least scope of each API: what the simulator's methods take, whose scopes are those of Google's discovery documents
 * (tests/contract/test_sim_contract.c), and what a run of several APIs asks for.
 */
#include "gcp_priv.h"
#include "harness.h"

#include <string.h>

#include "gcp_kinds.h"
#include "sim.h"

#define AUTH "https://www.googleapis.com/auth/"

static bool only_reads(const char *scope, size_t len)
{
    static const char *const ends[] = {"readonly", "read-only", ".read"};

    for (size_t i = 0; i < PL_LEN(ends); i++)
        if (len > strlen(ends[i]) &&
            strncmp(scope + len - strlen(ends[i]), ends[i], strlen(ends[i])) == 0)
            return true;
    return false;
}

static bool has_reading_scope(const struct sim_method *method)
{
    const char *at = method->scopes;

    for (size_t len; *at != '\0'; at += len + (at[len] == ' '))
        if (len = strcspn(at, " "), only_reads(at, len))
            return true;
    return false;
}

/* Where a row has a scope every method takes it; where it has none, some method knows none that only reads. */
static void each_row_is_the_least_that_every_method_takes(void **state)
{
    (void)state;
    for (size_t i = 0; i < pl_gcp_scopes_len; i++) {
        const struct pl_gcp_scope_row *row = &pl_gcp_scopes[i];
        size_t methods = 0, without = 0;

        ROW("%s", row->api);
        for (size_t k = 0; sim_method_at(k) != NULL; k++) {
            const struct sim_method *m = sim_method_at(k);

            if (strcmp(m->host, row->api) != 0)
                continue;
            methods++;
            without += !has_reading_scope(m);
            if (row->scope != NULL && !sim_has_word(m->scopes, row->scope + sizeof AUTH - 1))
                fail_msg("%s does not take %s", m->id, row->scope);
        }
        assert_true(methods > 0);
        assert_int_equal(row->scope == NULL, without > 0);
    }
}

static void every_api_has_a_row(void **state)
{
    (void)state;
    for (size_t i = 0; i < pl_kinds_len; i++) {
        bool found = false;

        for (size_t k = 0; k < pl_gcp_scopes_len; k++)
            found = found || strcmp(pl_gcp_scopes[k].api, pl_kinds[i]->call.api) == 0;
        ROW("%s", pl_kinds[i]->call.api);
        assert_true(found);
    }
}

static void a_run_asks_for_what_all_of_its_apis_take(void **state)
{
    static const struct {
        const char *apis[3], *scope;
    } rows[] = {
        {{NULL}, PL_GCP_CLOUD_PLATFORM},
        {{PL_GCP_LOGGING}, AUTH "logging.read"},
        {{"compute.googleapis.com", "dns.googleapis.com", "compute.googleapis.com"},
         AUTH "compute.readonly " AUTH "ndev.clouddns.readonly"},
        {{PL_GCP_RESOURCE_MANAGER, "serviceusage.googleapis.com"}, AUTH "cloud-platform.read-only"},
        {{"compute.googleapis.com", "sqladmin.googleapis.com"}, PL_GCP_CLOUD_PLATFORM},
        {{"new.googleapis.com"}, PL_GCP_CLOUD_PLATFORM},
    };
    const struct pl_kind *networks[] = {&pl_kind_compute_network, &pl_kind_compute_firewall};

    for (size_t i = 0; i < PL_LEN(rows); i++) {
        size_t n = 0;

        while (n < PL_LEN(rows[i].apis) && rows[i].apis[n] != NULL)
            n++;
        ROW("%zu", i);
        assert_string_equal(pl_gcp_least_scope(*state, rows[i].apis, n), rows[i].scope);
    }
    assert_string_equal(pl_gcp_kinds_scope(*state, networks, 2),
                        AUTH "compute.readonly " AUTH "cloud-platform.read-only");
    /* Some of all kinds know none that only reads: one token for all is of cloud-platform. */
    assert_string_equal(pl_gcp_kinds_scope(*state, pl_kinds, pl_kinds_len), PL_GCP_CLOUD_PLATFORM);
}

static void who_acts_for_others_needs_all_of_it(void **state)
{
    struct pl_gcp_credentials c = {.scope = AUTH "logging.read"};

    (void)state;
    assert_string_equal(pl_gcp_source_scope(&c), AUTH "logging.read");
    c.n_hops = 1;
    assert_string_equal(pl_gcp_source_scope(&c), PL_GCP_CLOUD_PLATFORM);
    c = (struct pl_gcp_credentials){0};
    assert_string_equal(pl_gcp_source_scope(&c), PL_GCP_CLOUD_PLATFORM);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, harness_arena, harness_arena_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_row_is_the_least_that_every_method_takes),
        TEST(every_api_has_a_row),
        TEST(a_run_asks_for_what_all_of_its_apis_take),
        TEST(who_acts_for_others_needs_all_of_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
