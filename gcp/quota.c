/* quota.c - how fast each API may be asked: Google's published quotas, the user's own numbers, a token bucket for each thing counted.
 *
 * A third of a minute's quota may go at once, the rest over the minute, so that no minute sees more than the quota; what others spend of
 * it is not known here: then Google throttles, and retry.c waits. Whose calls count together is the table's word.
 */
#include "gcp_priv.h"

#include <stdlib.h>
#include <string.h>

#include "plumbline/clock.h"
#include "plumbline/yaml.h"

/* Numbers are requests a minute. Where Google gives none, the last row's is ours, and Google's answers decide. */
const struct pl_gcp_quota pl_gcp_quotas[] = {
    {"cloudresourcemanager.googleapis.com", 2400, PL_GCP_PER_PROJECT,
     "ReadRequestsPerMinutePerProject, https://cloud.google.com/resource-manager/quotas"},
    {"compute.googleapis.com", 1500, PL_GCP_PER_PROJECT,
     "https://cloud.google.com/compute/docs/api-rate-limits"},
    {"dns.googleapis.com", 600, PL_GCP_PER_PROJECT, NULL},
    {PL_GCP_LOGGING, 60, PL_GCP_PER_PROJECT,
     "ReadRequestsPerMinutePerProject, https://cloud.google.com/logging/quotas; 60 is the least "
     "seen"},
    {"memcache.googleapis.com", 600, PL_GCP_PER_PROJECT, NULL},
    {"memorystore.googleapis.com", 600, PL_GCP_PER_PROJECT, NULL},
    {"redis.googleapis.com", 3000, PL_GCP_PER_PROJECT,
     "https://cloud.google.com/memorystore/docs/redis/quotas"},
    {"run.googleapis.com", 600, PL_GCP_PER_REGION,
     "ReadPerMinutePerProjectRegion, https://cloud.google.com/run/quotas; 600 is the least seen"},
    {"secretmanager.googleapis.com", 600, PL_GCP_PER_PROJECT,
     "https://cloud.google.com/secret-manager/quotas"},
    {"servicenetworking.googleapis.com", 600, PL_GCP_PER_PROJECT, NULL},
    {"serviceusage.googleapis.com", 600, PL_GCP_PER_PROJECT, NULL},
    {"sqladmin.googleapis.com", 500, PL_GCP_PER_USER,
     "lists a minute per user and region, https://cloud.google.com/sql/docs/mysql/quotas"},
    {"vpcaccess.googleapis.com", 600, PL_GCP_PER_PROJECT, NULL},
    {"*", 600, PL_GCP_PER_PROJECT, NULL},
};
const size_t pl_gcp_quotas_len = PL_LEN(pl_gcp_quotas);

static const double minute_ns = 60e9;

/* "run" or "run.googleapis.com"; the last row fits every API that has no other. */
static const struct pl_gcp_quota *quota_of(const char *api)
{
    static const char domain[] = ".googleapis.com";
    size_t i = 0;

    for (; i + 1 < PL_LEN(pl_gcp_quotas); i++) {
        size_t len = strlen(pl_gcp_quotas[i].api) - (sizeof domain - 1);

        if (strcmp(pl_gcp_quotas[i].api, api) == 0 ||
            (strlen(api) == len && strncmp(pl_gcp_quotas[i].api, api, len) == 0))
            break;
    }
    return &pl_gcp_quotas[i];
}

/* ---- --quota ---- */

static int unknown_api(struct pl_arena *arena, const char *name, struct pl_err *err)
{
    const char *names[PL_LEN(pl_gcp_quotas)];
    const char *near;

    for (size_t i = 0; i + 1 < PL_LEN(pl_gcp_quotas); i++)
        names[i] =
            pl_arena_strndup(arena, pl_gcp_quotas[i].api, strcspn(pl_gcp_quotas[i].api, "."));
    near = pl_nearest(name, names, PL_LEN(pl_gcp_quotas) - 1);
    return pl_err_set(err, PL_E_USAGE,
                      "--quota: no API '%s' is read%s%s; `plumbline list quotas` shows them all",
                      name, near != NULL ? ", nearest: " : "", near != NULL ? near : "");
}

int pl_gcp_rate_parse(struct pl_arena *arena, const char *text, struct pl_gcp_rate *out,
                      struct pl_err *err)
{
    static const struct {
        const char *unit;
        double minutes;
    } units[] = {{"/min", 1}, {"/m", 1}, {"/s", 60}};
    const char *eq = strchr(text, '=');
    const char *name = pl_arena_strndup(arena, text, eq != NULL ? (size_t)(eq - text) : 0);
    const struct pl_gcp_quota *quota = quota_of(name);
    size_t digits = eq != NULL ? strspn(eq + 1, "0123456789") : 0;

    for (size_t i = 0; digits > 0 && digits < 8 && i < PL_LEN(units); i++)
        if (strcmp(eq + 1 + digits, units[i].unit) == 0) {
            out->per_minute = (double)strtol(eq + 1, NULL, 10) * units[i].minutes;
            out->api = quota->api;
            if (strcmp(quota->api, "*") == 0 && strcmp(name, "*") != 0)
                return unknown_api(arena, name, err);
            if (out->per_minute > 0)
                return 0;
        }
    return pl_err_set(err, PL_E_USAGE,
                      "--quota wants API=N/min or API=N/s, such as run=1200/min, got '%s'", text);
}

/* ---- buckets ---- */

static double per_minute(const struct pl_gcp_options *options, const struct pl_gcp_quota *quota)
{
    double rate = quota->per_minute;

    for (size_t i = 0; i < options->n_rates; i++) /* the last one counts */
        if (strcmp(options->rates[i].api, quota->api) == 0)
            rate = options->rates[i].per_minute;
    return options->rate > 0 ? rate * options->rate : rate;
}

/* With a quota project Google counts every call as that project's, whatever it is about
 * (https://cloud.google.com/docs/quotas/quota-project). */
static const char *name_of(struct pl_arena *arena, const struct pl_gcp_quota *quota,
                           const char *payer, const struct pl_gcp_about *about)
{
    const char *project = payer != NULL ? payer : about->project;
    const char *region = quota->per == PL_GCP_PER_REGION ? about->region : NULL;

    if (quota->per == PL_GCP_PER_USER || project == NULL)
        project = "";
    return pl_arena_printf(arena, "%s %s %s", about->api, project, region != NULL ? region : "");
}

struct pl_gcp_bucket *pl_gcp_bucket_of(struct pl_arena *arena, struct pl_gcp_buckets *buckets,
                                       const struct pl_gcp_options *options, const char *payer,
                                       const struct pl_gcp_about *about)
{
    const struct pl_gcp_quota *quota = quota_of(about->api);
    struct pl_arena *scratch = pl_arena_new();
    const char *name = name_of(scratch, quota, payer, about);
    struct pl_gcp_bucket *bucket;
    double rate;

    if (buckets->by_name.arena == NULL)
        pl_map_init(&buckets->by_name, arena);
    bucket = pl_map_get(&buckets->by_name, name);
    if (bucket == NULL) {
        rate = per_minute(options, quota);
        bucket = PL_NEW(arena, struct pl_gcp_bucket);
        *bucket = (struct pl_gcp_bucket){.at = pl_clock_mono_ns()};
        bucket->burst = rate / 3 < 1 ? 1 : rate / 3;
        bucket->level = bucket->burst;
        bucket->per_ns = rate * 2 / 3 / minute_ns;
        (void)pl_map_put(&buckets->by_name, name, bucket);
        PL_PUSH(arena, buckets->list, buckets->n, buckets->cap, bucket);
    }
    pl_arena_free(scratch);
    return bucket;
}

static void fill(struct pl_gcp_bucket *bucket, int64_t now)
{
    bucket->level += (double)(now - bucket->at) * bucket->per_ns;
    bucket->at = now;
    if (bucket->level > bucket->burst)
        bucket->level = bucket->burst;
}

bool pl_gcp_bucket_take(struct pl_gcp_bucket *bucket, int64_t now, int64_t *wait)
{
    fill(bucket, now);
    if (bucket->level < 1.0) {
        int64_t until = (int64_t)((1.0 - bucket->level) / bucket->per_ns) + 1;

        if (*wait < 0 || until < *wait)
            *wait = until;
        return false;
    }
    bucket->level -= 1.0;
    return true;
}

void pl_gcp_bucket_drain(struct pl_gcp_bucket *bucket, int64_t now)
{
    bucket->level = 0;
    bucket->at = now;
}
