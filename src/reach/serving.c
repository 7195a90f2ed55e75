/* serving.c - which revision of a Cloud Run service answers, where its settings stand, and what its readiness hangs on. Adds no hops.
 *
 * A service's template is the newest revision's. Where another one serves (C13), its own settings count: a revision never changes.
 */
#include <string.h>

#include "reach_priv.h"

/* ---- readiness and what drives it ---- */

/* What each reason that Google gives for a revision that does not get ready leaves to look at, as members of the template
 * (https://cloud.google.com/run/docs/reference/rest/v2/Condition, CommonReason and RevisionReason). */
static const struct driver {
    const char *reason;
    const char *members[4];    /* of the template */
    const char *containers[6]; /* of each container */
} drivers[] = {
    {"CONTAINER_IMAGE_AUTHORIZATION_CHECK_FAILED", {NULL}, {"image", NULL}},
    {"CONTAINER_IMAGE_UNAUTHORIZED", {NULL}, {"image", NULL}},
    {"CONTAINER_MISSING", {NULL}, {"image", NULL}},
    {"CONTAINER_PERMISSION_DENIED", {NULL}, {"image", NULL}},
    {"ENCRYPTION_KEY_CHECK_FAILED", {"encryptionKey", NULL}, {NULL}},
    {"ENCRYPTION_KEY_PERMISSION_DENIED", {"encryptionKey", NULL}, {NULL}},
    {"SECRETS_ACCESS_CHECK_FAILED",
     {"serviceAccount", "volumes", NULL},
     {"env" /* those with a source */, NULL}},
    {"VPC_NETWORK_NOT_FOUND", {"vpcAccess", NULL}, {NULL}},
};

static const struct driver *driver_of(const char *reason)
{
    for (size_t i = 0; reason && i < PL_LEN(drivers); i++)
        if (strcmp(drivers[i].reason, reason) == 0)
            return &drivers[i];
    return NULL;
}

/* Why the service's newest revision is not ready, in Google's word: by the service, or by the revision itself. */
static const struct driver *named_driver(struct pl_trace *t, const struct pl_resource *service)
{
    const struct driver *d = driver_of(pl_trace_text(t, service, "terminalCondition.reason", NULL));
    const char *created = pl_trace_text(t, service, "latestCreatedRevision", NULL);
    const struct pl_resource *r =
        d || !created ? NULL : pl_revision_of(t, service, pl_link_last(created), NULL);
    const struct pl_value *conditions = r ? pl_trace_list(t, r, "conditions", NULL) : NULL;
    for (size_t i = 0; !d && i < pl_value_count(conditions); i++)
        d = driver_of(pl_value_member_text(pl_value_item(conditions, i), "reason"));
    return d;
}

bool pl_never_ready(struct pl_trace *t, const struct pl_resource *workload, const char *reason)
{
    const char *state = pl_trace_text(t, workload, "terminalCondition.state", NULL);
    const struct driver *named = named_driver(t, workload);
    return state && strcmp(state, "CONDITION_FAILED") == 0 &&
           !pl_trace_text(t, workload, "latestReadyRevision", NULL) &&
           (!named || strcmp(named->reason, reason) == 0);
}

const struct pl_resource *pl_never_ready_before(struct pl_trace *t,
                                                const struct pl_resource *workload,
                                                const char *reason, struct pl_trace *unchanged)
{
    const struct pl_resource *before = NULL;
    *unchanged = *t;
    unchanged->view = t->base;
    return pl_view_find(t->base, &workload->address, &before) == PL_PRESENT &&
                   pl_never_ready(unchanged, before, reason)
               ? before
               : NULL;
}

/* The same member of two containers; of variables only those that come from a secret. */
static bool same_member(const struct pl_value *a, const struct pl_value *b, const char *member)
{
    const struct pl_value *x = pl_value_member(a, member), *y = pl_value_member(b, member);
    if (strcmp(member, "env") != 0)
        return x == y || (x && y && pl_value_equal(x, y));
    const struct pl_value *lists[] = {x, y};
    size_t at[2] = {0, 0};
    for (;;) {
        const struct pl_value *item[2];
        for (size_t k = 0; k < 2; k++) {
            while (at[k] < pl_value_count(lists[k]) &&
                   !pl_value_member(pl_value_item(lists[k], at[k]), "valueSource"))
                at[k]++;
            item[k] = pl_value_item(lists[k], at[k]++);
        }
        if (!item[0] || !item[1])
            return item[0] == item[1];
        if (!pl_value_equal(item[0], item[1]))
            return false;
    }
}

static bool driver_changed(const struct driver *d, const struct pl_value *was,
                           const struct pl_value *is)
{
    for (const char *const *m = d->members; *m; m++) {
        const struct pl_value *a = pl_value_member(was, *m), *b = pl_value_member(is, *m);
        if (a != b && (!a || !b || !pl_value_equal(a, b)))
            return true;
    }
    const struct pl_value *before = pl_value_member(was, "containers"),
                          *now = pl_value_member(is, "containers");
    if (pl_value_count(before) != pl_value_count(now))
        return true;
    for (size_t i = 0; i < pl_value_count(before); i++)
        for (const char *const *m = d->containers; *m; m++)
            if (!same_member(pl_value_item(before, i), pl_value_item(now, i), *m))
                return true;
    return false;
}

enum pl_tri pl_readiness_moved(struct pl_trace *t, const struct pl_resource *service)
{
    const struct pl_resource *before = NULL;
    const struct pl_value *was = NULL, *is = NULL;
    if (pl_view_find(t->base, &service->address, &before) != PL_PRESENT)
        return PL_MAYBE;
    (void)pl_view_read(t->view, service, "template", &is);
    (void)pl_view_read(t->base, before, "template", &was);
    const struct driver *d = named_driver(t, service);
    if (was == is || (was && is && pl_value_equal(was, is)))
        return PL_NO;
    if (!d)
        return PL_MAYBE; /* another template: nobody knows whether that one gets ready */
    return driver_changed(d, was, is) ? PL_YES : PL_NO;
}

/* ---- who serves ---- */

/* What is asked for, or, as long as that is what was observed, what was made of it: after an update that failed the two differ
 * (https://cloud.google.com/run/docs/reference/rest/v2/projects.locations.services, trafficStatuses). */
const struct pl_value *pl_traffic_of(struct pl_trace *t, const struct pl_resource *service)
{
    const struct pl_resource *before = NULL;
    const struct pl_value *asked = pl_trace_list(t, service, "traffic", NULL), *was = NULL;
    if (pl_view_find(t->base, &service->address, &before) != PL_PRESENT)
        return asked;
    (void)pl_view_read(t->base, before, "traffic", &was);
    if (asked != was && (!asked || !was || !pl_value_equal(asked, was)))
        return asked;
    const struct pl_value *made = pl_trace_list(t, service, "trafficStatuses", NULL);
    return pl_value_count(made) > 0 ? made : asked;
}

const char *pl_traffic_revision(const struct pl_value *share)
{
    const char *type = pl_value_member_text(share, "type");
    const char *named = pl_link_last(pl_value_member_text(share, "revision"));
    bool newest = type && strcmp(type, "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST") == 0;
    return newest || !named || !*named ? NULL : named;
}

static bool has_item(const struct pl_value *list, const struct pl_value *item)
{
    for (size_t i = 0; i < pl_value_count(list); i++)
        if (pl_value_equal(pl_value_item(list, i), item))
            return true;
    return false;
}

static int64_t percent_of(const struct pl_value *share)
{
    int64_t percent = 0;
    (void)pl_value_as_int(pl_value_member(share, "percent"), &percent);
    return percent > 0 ? percent : 0;
}

/* Together they are 100. More are there only where a revert puts back a share that is missing beside those that took its place: then the ones that
 * were observed are those that go. */
int64_t pl_traffic_percent(struct pl_trace *t, const struct pl_resource *service, size_t i)
{
    const struct pl_value *traffic = pl_traffic_of(t, service), *was = NULL,
                          *share = pl_value_item(traffic, i);
    const struct pl_resource *before = NULL;
    int64_t all = 0, added = 0;
    if (pl_view_find(t->base, &service->address, &before) == PL_PRESENT)
        (void)pl_view_read(t->base, before, "traffic", &was);
    for (size_t k = 0; k < pl_value_count(traffic); k++) {
        const struct pl_value *one = pl_value_item(traffic, k);
        all += percent_of(one);
        added += has_item(was, one) ? 0 : percent_of(one);
    }
    return all > 100 && added >= 100 && has_item(was, share) ? 0 : percent_of(share);
}

const struct pl_value *pl_traffic_tagged(struct pl_trace *t, const struct pl_resource *service)
{
    const struct pl_value *traffic = pl_traffic_of(t, service), *was = NULL, *found = NULL;
    const struct pl_resource *before = NULL;
    const char *tag = service == t->target.resource ? t->target.tag : NULL;
    if (tag && pl_view_find(t->base, &service->address, &before) == PL_PRESENT)
        (void)pl_view_read(t->base, before, "traffic", &was);
    for (size_t i = 0; tag && i < pl_value_count(traffic); i++) {
        const struct pl_value *share = pl_value_item(traffic, i);
        const char *own = pl_value_member_text(share, "tag");
        /* a tag is on one revision: what a revert brings takes it from the one that had it */
        if (own && strcmp(own, tag) == 0 && (!found || !has_item(was, share)))
            found = share;
    }
    return found;
}

/* C13: traffic goes to the newest revision that is ready, or to those that are named. The template is the newest revision's, ready or not.
 * Of several that serve the one with most of the traffic counts; behind a tag's own URL, the tag's. */
const char *pl_serving_revision(struct pl_trace *t, const struct pl_resource *service)
{
    const char *ready = pl_link_last(pl_trace_text(t, service, "latestReadyRevision", NULL));
    const char *created = pl_link_last(pl_trace_text(t, service, "latestCreatedRevision", NULL));
    const struct pl_value *traffic = pl_traffic_of(t, service);
    const struct pl_value *tagged = pl_traffic_tagged(t, service);
    const char *best = tagged ? pl_traffic_revision(tagged) : NULL; /* of the named ones */
    int64_t most = 0, all = 0;
    for (size_t i = 0; !tagged && i < pl_value_count(traffic); i++) {
        const char *named = pl_traffic_revision(pl_value_item(traffic, i));
        int64_t percent = pl_traffic_percent(t, service, i);
        all += percent;
        /* at evens the newest counts: a share that is asked for takes the place of those that are there */
        if (percent > most || (percent == most && percent > 0 && !named)) {
            most = percent;
            best = named;
        }
    }
    if (most < all)
        pl_trace_not_modelled(t,
                              "the split of the traffic of %s: the revision with %d%% of it counts",
                              pl_trace_name(t, &service->address), (int)most);
    if (best)
        return created && strcmp(best, created) == 0 ? NULL : best;
    /* which revision is ready is an effect: of another template it is not known */
    bool older = created && ready && strcmp(ready, created) != 0;
    return older && pl_readiness_moved(t, service) != PL_YES ? ready : NULL;
}

const struct pl_resource *pl_revision_of(struct pl_trace *t, const struct pl_resource *service,
                                         const char *revision, enum pl_known *known)
{
    const struct pl_resource *r = NULL;
    const char **names = pl_arena_array(t->arena, 2, sizeof(*names));
    names[0] = service->address.names[0];
    names[1] = revision;
    struct pl_address a = {.kind = pl_kind_find("run.revision"),
                           .project = service->address.project,
                           .location = service->address.location,
                           .names = names};
    enum pl_known k = pl_view_find(t->view, &a, &r);
    if (known)
        *known = k;
    return k == PL_PRESENT ? r : NULL;
}

struct pl_serving pl_serving_of(struct pl_trace *t, const struct pl_resource *service)
{
    const char *revision = pl_serving_revision(t, service);
    if (!revision)
        return (struct pl_serving){.resource = service, .prefix = "template."};
    return (struct pl_serving){
        .resource = pl_revision_of(t, service, revision, NULL), .prefix = "", .revision = revision};
}

const char *pl_serving_path(struct pl_trace *t, const struct pl_serving *serving, const char *path)
{
    return *serving->prefix ? pl_arena_printf(t->arena, "%s%s", serving->prefix, path) : path;
}

const char *pl_serving_container_path(struct pl_trace *t, const struct pl_serving *serving,
                                      const struct pl_value *container, size_t i, const char *last)
{
    char *path = pl_trace_container_path(t, pl_value_member_text(container, "name"), i, NULL, last);
    return *serving->prefix ? path : path + strlen("template.");
}
