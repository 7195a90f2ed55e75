/* mask.c - `fields` for a list: what it asks Google to send, from what a run needs of a kind.
 *
 * https://developers.google.com/discovery/v1/performance#partial-response. tests/contract/test_kinds_contract.c holds every name
 * against the discovery documents, because Google refuses a name that it does not know.
 */
#include "gcp_priv.h"

#include <string.h>

#include "plumbline/buf.h"

/* What a list's answer has beside its items: the next page, and whatever tells that a part is missing. A row for a kind stands before
 * that of its API. */
static const struct {
    const char *of, *beside;
} answers[] = {
    {"sql.instance", "nextPageToken,warnings"},
    {"sql.user", "nextPageToken"},
    {"sql.database", ""},
    {"run.service", "nextPageToken,unreachable"},
    {"run.googleapis.com", "nextPageToken"},
    {"redis.googleapis.com", "nextPageToken,unreachable"},
    {"memorystore.googleapis.com", "nextPageToken,unreachable"},
    {"memcache.googleapis.com", "nextPageToken,unreachable"},
    {"compute.googleapis.com", "nextPageToken,warning"},
    {"dns.googleapis.com", "nextPageToken"},
    {"secretmanager.googleapis.com", "nextPageToken"},
    {"serviceusage.googleapis.com", "nextPageToken"},
    {"vpcaccess.googleapis.com", "nextPageToken"},
    {"servicenetworking.googleapis.com", ""},
};

static const char *beside_items(const struct pl_kind *kind)
{
    for (size_t i = 0; i < PL_LEN(answers); i++)
        if (strcmp(answers[i].of, kind->name) == 0 || strcmp(answers[i].of, kind->call.api) == 0)
            return answers[i].beside;
    return NULL;
}

/* "a,b(c,d)": a list is written like a map, and stands for each of its elements. */
static void write_paths(struct pl_buf *out, const struct pl_path *paths, size_t n, size_t depth)
{
    size_t same;

    if (paths->steps[depth].type == PL_STEP_ANY)
        depth++;
    for (size_t i = 0; i < n; i += same) {
        same = pl_paths_with_step(paths + i, n - i, depth);
        pl_buf_addf(out, "%s%s", i > 0 ? "," : "", paths[i].steps[depth].key);
        if (paths[i].n == depth + 1)
            continue;
        pl_buf_addc(out, '(');
        write_paths(out, paths + i, same, depth + 1);
        pl_buf_addc(out, ')');
    }
}

char *pl_gcp_mask(struct pl_arena *arena, const struct pl_kind *kind, const struct pl_path *paths,
                  size_t n)
{
    bool aggregated = kind->call.how == PL_LIST_AGGREGATED;
    const char *beside = beside_items(kind);
    struct pl_buf out = {0};

    if (beside == NULL || n == 0 || kind->call.items == NULL)
        return NULL;
    pl_buf_addf(&out, "%s%s", beside, *beside != '\0' ? "," : "");
    /* https://cloud.google.com/compute/docs/reference/rest/v1/subnetworks/aggregatedList: a warning for each scope, too. */
    if (aggregated)
        pl_buf_adds(&out, "unreachables,items/*/warning,items/*/");
    pl_buf_addf(&out, "%s(", kind->call.items);
    write_paths(&out, paths, n, 0);
    pl_buf_addc(&out, ')');
    return pl_buf_take(&out, arena);
}
