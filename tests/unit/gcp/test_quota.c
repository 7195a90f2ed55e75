/* test_quota.c - what counts together, how fast it may be asked, and what --quota takes. */
#include "gcp_priv.h"
#include "harness.h"

#include <math.h>
#include <string.h>

static const struct {
    const char *text, *api;
    double per_minute;
} rates[] = {
    {"run=1200/min", "run.googleapis.com", 1200},
    {"run.googleapis.com=1200/m", "run.googleapis.com", 1200},
    {"sqladmin=5/s", "sqladmin.googleapis.com", 300},
    {"*=60/min", "*", 60},
};

static const struct {
    const char *text, *message;
} wrong[] = {
#define FORM(got) "--quota wants API=N/min or API=N/s, such as run=1200/min, got '" got "'"
    {"", FORM("")},
    {"run", FORM("run")},
    {"run=", FORM("run=")},
    {"run=12", FORM("run=12")},
    {"run=12/h", FORM("run=12/h")},
    {"run=0/s", FORM("run=0/s")},
    {"run=-3/s", FORM("run=-3/s")},
    {"run=1.5/s", FORM("run=1.5/s")},
    {"run=99999999/s", FORM("run=99999999/s")},
    {"=5/s", "--quota: no API '' is read; `plumbline list quotas` shows them all"},
    {"sqladmn=5/s", "--quota: no API 'sqladmn' is read, nearest: sqladmin; `plumbline list quotas` "
                    "shows them all"},
    {"storage.googleapis.com=5/s", "--quota: no API 'storage.googleapis.com' is read; `plumbline "
                                   "list quotas` shows them all"},
};

static void rates_are_read(void **state)
{
    struct pl_gcp_rate rate;
    struct pl_err err;

    for (size_t i = 0; i < PL_LEN(rates); i++) {
        ROW("%s", rates[i].text);
        assert_int_equal(pl_gcp_rate_parse(*state, rates[i].text, &rate, &err), 0);
        assert_string_equal(rate.api, rates[i].api);
        assert_true(fabs(rate.per_minute - rates[i].per_minute) < 0.001);
    }
    for (size_t i = 0; i < PL_LEN(wrong); i++) {
        assert_int_equal(pl_gcp_rate_parse(*state, wrong[i].text, &rate, &err), -1);
        CHECK_ERR(err, PL_E_USAGE, wrong[i].message);
    }
}

/* Every API that a kind is read from has a row of its own. */
static void no_api_is_forgotten(void **state)
{
    (void)state;
    for (size_t i = 0; i < pl_kinds_len; i++) {
        bool found = false;

        for (size_t k = 0; k + 1 < pl_gcp_quotas_len; k++)
            found = found || strcmp(pl_gcp_quotas[k].api, pl_kinds[i]->call.api) == 0;
        ROW("%s", pl_kinds[i]->call.api);
        assert_true(found);
    }
}

static const struct {
    const char *name;
    struct pl_gcp_about a, b;
    const char *payer;
    bool together;
} pairs[] = {
    {"a project's calls",
     {.api = "compute.googleapis.com", .project = "p"},
     {.api = "compute.googleapis.com", .project = "p", .region = "r"},
     NULL,
     true},
    {"two projects",
     {.api = "compute.googleapis.com", .project = "p"},
     {.api = "compute.googleapis.com", .project = "q"},
     NULL,
     false},
    {"two APIs",
     {.api = "compute.googleapis.com", .project = "p"},
     {.api = "dns.googleapis.com", .project = "p"},
     NULL,
     false},
    {"two regions of Cloud Run",
     {.api = "run.googleapis.com", .project = "p", .region = "r"},
     {.api = "run.googleapis.com", .project = "p", .region = "s"},
     NULL,
     false},
    {"a user of Cloud SQL",
     {.api = "sqladmin.googleapis.com", .project = "p"},
     {.api = "sqladmin.googleapis.com", .project = "q"},
     NULL,
     true},
    {"two projects at one's expense",
     {.api = "compute.googleapis.com", .project = "p"},
     {.api = "compute.googleapis.com", .project = "q"},
     "payer",
     true},
    {"one's expense, two regions",
     {.api = "run.googleapis.com", .project = "p", .region = "r"},
     {.api = "run.googleapis.com", .project = "q", .region = "s"},
     "payer",
     false},
};

static void what_counts_together(void **state)
{
    struct pl_gcp_options options = {0};

    for (size_t i = 0; i < PL_LEN(pairs); i++) {
        struct pl_gcp_buckets buckets = {0};
        struct pl_gcp_bucket *a =
            pl_gcp_bucket_of(*state, &buckets, &options, pairs[i].payer, &pairs[i].a);

        ROW("%s", pairs[i].name);
        assert_int_equal(
            a == pl_gcp_bucket_of(*state, &buckets, &options, pairs[i].payer, &pairs[i].b),
            pairs[i].together);
        assert_int_equal(buckets.n, pairs[i].together ? 1 : 2);
    }
}

/* Calls that may be sent in the first `seconds`, looked at a hundred times a second. */
static int sent_within(struct pl_gcp_bucket *bucket, int seconds)
{
    int64_t start = bucket->at, wait = -1;
    int n = 0;

    for (int i = 0; i <= seconds * 100; i++)
        while (pl_gcp_bucket_take(bucket, start + i * INT64_C(10000000), &wait))
            n++;
    return n;
}

static void no_minute_sees_more_than_the_quota(void **state)
{
    const struct pl_gcp_rate own[] = {{"run.googleapis.com", 30}, {"run.googleapis.com", 120}};
    const struct pl_gcp_about about = {.api = "run.googleapis.com", .project = "p", .region = "r"};
    struct pl_gcp_options options = {0};
    struct pl_gcp_buckets defaults = {0}, owns = {0}, doubled = {0};

    assert_in_range(sent_within(pl_gcp_bucket_of(*state, &defaults, &options, NULL, &about), 60),
                    599, 600);
    options.rates = own;
    options.n_rates = 2;
    assert_in_range(sent_within(pl_gcp_bucket_of(*state, &owns, &options, NULL, &about), 60), 119,
                    120);
    options.rate = 2;
    assert_in_range(sent_within(pl_gcp_bucket_of(*state, &doubled, &options, NULL, &about), 60),
                    239, 240);
}

static void a_bucket_says_how_long_to_wait(void **state)
{
    const struct pl_gcp_rate own = {"run.googleapis.com",
                                    90}; /* one a second behind the first 30 */
    const struct pl_gcp_about about = {.api = "run.googleapis.com"};
    struct pl_gcp_options options = {.rates = &own, .n_rates = 1};
    struct pl_gcp_buckets buckets = {0};
    struct pl_gcp_bucket *bucket = pl_gcp_bucket_of(*state, &buckets, &options, NULL, &about);
    int64_t now = bucket->at, wait = -1, sooner = 5;

    pl_gcp_bucket_drain(bucket, now);
    assert_false(pl_gcp_bucket_take(bucket, now, &wait));
    assert_in_range(wait, 1000000000, 1000000002);
    assert_false(pl_gcp_bucket_take(bucket, now, &sooner));
    assert_int_equal(sooner, 5);
    assert_true(pl_gcp_bucket_take(bucket, now + wait, &wait));
    assert_false(pl_gcp_bucket_take(bucket, now + wait, &wait));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, harness_arena, harness_arena_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(rates_are_read),
        TEST(no_api_is_forgotten),
        TEST(what_counts_together),
        TEST(no_minute_sees_more_than_the_quota),
        TEST(a_bucket_says_how_long_to_wait),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
