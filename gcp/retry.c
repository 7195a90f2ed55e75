/* retry.c - when a failed call is tried again: exponential backoff with full jitter, and the waits that servers ask for.
 *
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/ (full jitter); which failures are worth it is errors.c's
 * word. All waits are multiples of the first backoff, a second unless somebody is in a hurry (tests).
 */
#include "gcp_priv.h"

#include <string.h>
#include <sys/random.h>

#include "plumbline/clock.h"

enum { MAX_DOUBLINGS = 5, MAX_WISH = 300 };

/* Waits that an API's own documentation demands (https://cloud.google.com/service-usage/docs/troubleshooting). Compute Engine and
 * Cloud SQL fill quotas up once a minute (https://cloud.google.com/compute/docs/api-rate-limits,
 * https://cloud.google.com/sql/docs/mysql/quotas): a quarter of that each time, so that five tries reach the next one. */
static const struct {
    const char *api;
    int status, units;
} least[] = {
    {"serviceusage.googleapis.com", 429, 30}, {"serviceusage.googleapis.com", 500, 1},
    {"serviceusage.googleapis.com", 503, 1},  {"compute.googleapis.com", 403, 15},
    {"compute.googleapis.com", 429, 15},      {"sqladmin.googleapis.com", 429, 15},
};

static int64_t least_units(const char *api, int status)
{
    for (size_t i = 0; i < PL_LEN(least); i++)
        if (least[i].status == status && strcmp(least[i].api, api) == 0)
            return least[i].units;
    return 0;
}

int64_t pl_gcp_retry_wait(const struct pl_gcp_failure *failure, const char *api, int attempt,
                          int max_attempts, int64_t backoff_ns, uint64_t random)
{
    int doublings = attempt < 1 ? 0 : attempt - 1;
    int64_t units, span;

    if (!failure->again || attempt >= max_attempts)
        return -1;
    span = backoff_ns << (doublings < MAX_DOUBLINGS ? doublings : MAX_DOUBLINGS);
    units = least_units(api, failure->status);
    if (failure->wait > units)
        units = failure->wait;
    if (units > MAX_WISH)
        units = MAX_WISH;
    /* The jitter comes on top of a wait that was asked for, so that not everybody returns at once. */
    return units * backoff_ns + (int64_t)(random % ((uint64_t)span + 1));
}

uint64_t pl_gcp_random(void)
{
    uint64_t bits;

    /* Without entropy (very early in a boot) the clock spreads well enough for jitter. */
    if (getrandom(&bits, sizeof bits, GRND_NONBLOCK) != (ssize_t)sizeof bits)
        bits = (uint64_t)pl_clock_mono_ns() * UINT64_C(0x9e3779b97f4a7c15);
    return bits;
}
