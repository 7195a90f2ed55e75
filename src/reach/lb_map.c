/* lb_map.c - a load balancer's URL map: which backend service a host and a path lead to.
 *
 * Host rules: the name itself before wildcards, the longest of those first, then "*"; path rules: the longest path that fits; route rules: by
 * priority, the first that matches (https://cloud.google.com/load-balancing/docs/url-map-concepts). What hangs on headers is not known.
 */
#include <string.h>
#include <strings.h>

#include "lb_priv.h"
#include "plumbline/baseline.h"

/* How well a host rule's pattern fits: 0 not at all, the more the better. A pattern's wildcard stands for one label or several. */
static size_t fits(const char *pattern, const char *host)
{
    if (strcmp(pattern, "*") == 0)
        return 1;
    if (*pattern != '*')
        return strcasecmp(pattern, host) == 0 ? SIZE_MAX : 0;
    size_t tail = strlen(pattern + 1), len = strlen(host);
    return len > tail && strcasecmp(host + len - tail, pattern + 1) == 0 ? tail + 1 : 0;
}

/* The best host rule, and how well it fits. */
static const struct pl_value *host_rule(const struct pl_value *rules, const char *host,
                                        size_t *best)
{
    const struct pl_value *found = NULL;
    *best = 0;
    for (size_t i = 0; i < pl_value_count(rules); i++) {
        const struct pl_value *hosts = pl_value_member(pl_value_item(rules, i), "hosts");
        for (size_t j = 0; j < pl_value_count(hosts); j++) {
            const char *pattern = pl_value_text(pl_value_item(hosts, j));
            size_t fit = pattern ? fits(pattern, host) : 0;
            if (fit > *best) {
                *best = fit;
                found = pl_value_item(rules, i);
            }
        }
    }
    return found;
}

bool pl_lb_map_names(struct pl_trace *t, const struct pl_resource *map, const char *host)
{
    size_t best;
    (void)host_rule(pl_trace_list(t, map, "hostRules", NULL), host, &best);
    return best > 1;
}

static bool lists_host(const struct pl_expect *hosts, const char *host)
{
    for (size_t i = 0; hosts && hosts->items && i < hosts->n; i++) {
        const struct pl_expect *e = hosts->items[i];
        const char *text = e && e->match == PL_M_EQUAL && e->value ? pl_value_text(e->value) : NULL;
        if (text && strcmp(text, "*") != 0 && fits(text, host) > 0)
            return true;
    }
    return false;
}

/* The declared host rule that has the host, or NULL. */
static const struct pl_expect *declared_rule(struct pl_trace *t, const struct pl_address *map,
                                             const char *host)
{
    const struct pl_declared *d = pl_declared_of(t, map);
    const struct pl_expect *rules = pl_declared_member(d ? d->expect : NULL, "hostRules");
    for (size_t i = 0; rules && rules->items && i < rules->n; i++)
        if (lists_host(pl_declared_member(rules->items[i], "hosts"), host))
            return rules->items[i];
    return NULL;
}

bool pl_lb_map_declares(struct pl_trace *t, const struct pl_address *map, const char *host)
{
    return declared_rule(t, map, host) != NULL;
}

/* ---- paths ---- */

/* A star at the end covers everything below. */
static size_t path_fits(const char *pattern, const char *path)
{
    size_t len = strlen(pattern), n = strcspn(path, "?");
    if (len > 0 && pattern[len - 1] == '*')
        return n >= len - 1 && strncmp(path, pattern, len - 1) == 0 ? len : 0;
    return len == n && strncmp(path, pattern, len) == 0 ? SIZE_MAX : 0;
}

static const struct pl_value *path_rule(const struct pl_value *rules, const char *path)
{
    const struct pl_value *found = NULL;
    size_t best = 0;
    for (size_t i = 0; i < pl_value_count(rules); i++) {
        const struct pl_value *paths = pl_value_member(pl_value_item(rules, i), "paths");
        for (size_t j = 0; j < pl_value_count(paths); j++) {
            const char *pattern = pl_value_text(pl_value_item(paths, j));
            size_t fit = pattern ? path_fits(pattern, path) : 0;
            if (fit > best) {
                best = fit;
                found = pl_value_item(rules, i);
            }
        }
    }
    return found;
}

/* MAYBE: it asks for headers, parameters or a pattern. */
static enum pl_tri match_rule(const struct pl_value *match, const char *path)
{
    static const char *const beyond[] = {"headerMatches", "metadataFilters", "pathTemplateMatch",
                                         "queryParameterMatches", "regexMatch"};
    const char *prefix = pl_value_member_text(match, "prefixMatch"),
               *full = pl_value_member_text(match, "fullPathMatch");
    size_t n = strcspn(path, "?");
    if (prefix && strncmp(path, prefix, strlen(prefix)) != 0)
        return PL_NO;
    if (full && (strlen(full) != n || strncmp(path, full, n) != 0))
        return PL_NO;
    for (size_t i = 0; i < PL_LEN(beyond); i++)
        if (pl_value_member(match, beyond[i]))
            return PL_MAYBE;
    return PL_YES;
}

static const struct pl_value *route_rule(const struct pl_value *rules, const char *path,
                                         bool *unsure)
{
    const struct pl_value *found = NULL;
    int64_t first = INT64_MAX;
    enum pl_tri how = PL_NO;
    for (size_t i = 0; i < pl_value_count(rules); i++) {
        const struct pl_value *rule = pl_value_item(rules, i),
                              *matches = pl_value_member(rule, "matchRules");
        int64_t priority = 0;
        enum pl_tri best = pl_value_count(matches) == 0 ? PL_YES : PL_NO;
        (void)pl_value_as_int(pl_value_member(rule, "priority"), &priority);
        for (size_t j = 0; j < pl_value_count(matches) && best != PL_YES; j++) {
            enum pl_tri one = match_rule(pl_value_item(matches, j), path);
            best = one == PL_NO ? best : one;
        }
        if (best == PL_NO || priority >= first)
            continue;
        first = priority;
        found = rule;
        how = best;
    }
    *unsure = how == PL_MAYBE;
    return found;
}

/* ---- where it leads ---- */

static const char *first_weighted(struct pl_trace *t, const struct pl_value *action)
{
    const struct pl_value *list = pl_value_member(action, "weightedBackendServices");
    const char *found = NULL;
    for (size_t i = 0; i < pl_value_count(list); i++) {
        int64_t weight = 0;
        (void)pl_value_as_int(pl_value_member(pl_value_item(list, i), "weight"), &weight);
        if (weight == 0)
            continue;
        if (found)
            pl_trace_not_modelled(t, "the split among weighted backend services: the first counts");
        else
            found = pl_value_member_text(pl_value_item(list, i), "backendService");
    }
    return found;
}

/* The backend service, or the redirect, of a rule or of a default. */
struct leads {
    const char *service;
    bool redirects;
};

static struct leads leads_of(struct pl_trace *t, const struct pl_value *at, bool by_default)
{
    const char *service = pl_value_member_text(at, by_default ? "defaultService" : "service");
    const struct pl_value *action =
        pl_value_member(at, by_default ? "defaultRouteAction" : "routeAction");
    return (struct leads){.service = service && *service ? service : first_weighted(t, action),
                          .redirects = pl_value_member(at, by_default ? "defaultUrlRedirect"
                                                                      : "urlRedirect") != NULL};
}

static const struct pl_value *matcher_of(const struct pl_value *map, const struct pl_value *rule)
{
    const struct pl_value *list = pl_value_member(map, "pathMatchers");
    const char *name = pl_value_member_text(rule, "pathMatcher");
    for (size_t i = 0; name && i < pl_value_count(list); i++) {
        const char *one = pl_value_member_text(pl_value_item(list, i), "name");
        if (one && strcmp(one, name) == 0)
            return pl_value_item(list, i);
    }
    return NULL;
}

static struct leads by_matcher(struct pl_trace *t, struct pl_lb *lb, const struct pl_value *matcher)
{
    bool unsure = false;
    const struct pl_value *rule =
        route_rule(pl_value_member(matcher, "routeRules"), lb->path, &unsure);
    if (!rule)
        rule = path_rule(pl_value_member(matcher, "pathRules"), lb->path);
    if (unsure)
        pl_lb_tell(t, lb, PL_HOP_UNKNOWN, "url-map", "URL_MAP_HOST_NOT_MATCHED", lb->map,
                   "pathMatchers",
                   "a route rule of %s asks for more than a path: whether it holds is not known",
                   pl_trace_name(t, &lb->map->address));
    struct leads l = rule ? leads_of(t, rule, false) : (struct leads){0};
    return l.service || l.redirects ? l : leads_of(t, matcher, true);
}

/* The map as one value, its members read one by one, so that each counts. */
static const struct pl_value *map_of(struct pl_trace *t, const struct pl_resource *map)
{
    static const char *const members[] = {"defaultRouteAction", "defaultService",
                                          "defaultUrlRedirect", "hostRules", "pathMatchers"};
    const struct pl_value *all = NULL;
    for (size_t i = 0; i < PL_LEN(members); i++) {
        const struct pl_value *v = NULL;
        if (pl_view_read(t->view, map, members[i], &v) == PL_PRESENT)
            all = pl_value_map_with(t->arena, all, members[i], v);
    }
    return all;
}

/* The declared path rule for the path: the one whose pattern fits best, or NULL. */
static const struct pl_expect *declared_path_rule(const struct pl_expect *rules, const char *path)
{
    const struct pl_expect *found = NULL;
    size_t best = 0;
    for (size_t i = 0; rules && rules->items && i < rules->n; i++) {
        const struct pl_expect *paths = pl_declared_member(rules->items[i], "paths");
        for (size_t j = 0; paths && paths->items && j < paths->n; j++) {
            const char *pattern = pl_declared_text_of(paths->items[j]);
            size_t fit = pattern ? path_fits(pattern, path) : 0;
            if (fit > best) {
                best = fit;
                found = rules->items[i];
            }
        }
    }
    return found;
}

/* The backend service that the baseline wants for the request, by the path matcher of this name (NULL: by the map's own default); NULL: it
 * does not say. */
static const char *declared_service(struct pl_trace *t, const struct pl_lb *lb, const char *matcher)
{
    const struct pl_declared *d = pl_declared_of(t, &lb->map->address);
    const struct pl_expect *map = d ? d->expect : NULL,
                           *list = pl_declared_member(map, "pathMatchers");
    for (size_t i = 0; matcher && list && list->items && i < list->n; i++) {
        const char *name = pl_declared_text_of(pl_declared_member(list->items[i], "name"));
        if (!name || strcmp(name, matcher) != 0)
            continue;
        const struct pl_expect *rule =
            declared_path_rule(pl_declared_member(list->items[i], "pathRules"), lb->path);
        const char *service = pl_declared_text_of(pl_declared_member(rule, "service"));
        return rule ? service
                    : pl_declared_text_of(pl_declared_member(list->items[i], "defaultService"));
    }
    return matcher ? NULL : pl_declared_text_of(pl_declared_member(map, "defaultService"));
}

static bool is_another(const char *wanted, const char *found)
{
    return wanted && strcmp(pl_link_last(wanted), pl_link_last(found)) != 0;
}

/* Does the declared host rule lead elsewhere than the default does? By its path matcher, that is there or declared. */
static bool leads_astray(struct pl_trace *t, const struct pl_lb *lb, const struct pl_value *map)
{
    const struct pl_expect *rule = declared_rule(t, &lb->map->address, lb->host);
    const struct pl_expect *name = pl_declared_member(rule, "pathMatcher");
    const struct pl_value *list = pl_value_member(map, "pathMatchers");
    const char *wanted = name && name->match == PL_M_EQUAL ? pl_value_text(name->value) : NULL,
               *usual = pl_value_member_text(map, "defaultService");
    for (size_t i = 0; wanted && i < pl_value_count(list); i++) {
        const struct pl_value *m = pl_value_item(list, i);
        const char *one = pl_value_member_text(m, "name"),
                   *service = pl_value_member_text(m, "defaultService");
        if (one && strcmp(one, wanted) == 0)
            return !service || !usual || strcmp(service, usual) != 0;
    }
    const char *meant = wanted ? declared_service(t, lb, wanted) : NULL;
    return meant && usual && is_another(meant, usual);
}

/* No host rule has the host. Where the baseline declares one that does, and the default leads elsewhere, the request goes astray. */
static void tell_unmatched(struct pl_trace *t, struct pl_lb *lb, const struct pl_value *map)
{
    pl_lb_tell(t, lb, leads_astray(t, lb, map) ? PL_HOP_BLOCK : PL_HOP_PASS, "url-map",
               "URL_MAP_HOST_NOT_MATCHED", lb->map, "hostRules",
               "no host rule of %s has %s: its default answers",
               pl_trace_name(t, &lb->map->address), lb->host);
}

const struct pl_resource *pl_lb_route(struct pl_trace *t, struct pl_lb *lb)
{
    const struct pl_value *map = map_of(t, lb->map), *rules = pl_value_member(map, "hostRules");
    size_t best = 0;
    const char *name = pl_trace_name(t, &lb->map->address);
    const struct pl_value *rule = host_rule(rules, lb->host ? lb->host : "", &best);
    if (!lb->host && pl_value_count(rules) > 0)
        pl_lb_tell(t, lb, PL_HOP_UNKNOWN, "url-map", "URL_MAP_HOST_NOT_MATCHED", lb->map,
                   "hostRules", "which host is asked for is not known, and %s leads by hosts",
                   name);
    else if (!rule && (pl_value_count(rules) > 0 ||
                       (lb->host && pl_lb_map_declares(t, &lb->map->address, lb->host))))
        tell_unmatched(t, lb, map);
    const struct pl_value *matcher = rule ? matcher_of(map, rule) : NULL;
    if (rule && !matcher && pl_value_member_text(rule, "pathMatcher"))
        pl_lb_tell(t, lb, PL_HOP_BLOCK, "url-map", "URL_MAP_HOST_NOT_MATCHED", lb->map,
                   "pathMatchers", "%s has no path matcher %s, which its host rule for %s names",
                   name, pl_value_member_text(rule, "pathMatcher"),
                   lb->host ? lb->host : "every host");
    struct leads l = matcher ? by_matcher(t, lb, matcher) : leads_of(t, map, true);
    if (l.redirects && !l.service) {
        pl_lb_tell(t, lb, PL_HOP_UNKNOWN, "url-map", NULL, lb->map,
                   matcher ? "pathMatchers" : "defaultUrlRedirect",
                   "%s redirects the request; where to is not followed", name);
        return NULL;
    }
    enum pl_known known = PL_ABSENT;
    const struct pl_resource *backend =
        l.service && strstr(l.service, "/backendServices/")
            ? pl_lb_follow(t, lb->map, "compute.backendService", l.service, &known)
            : NULL;
    const char *wanted = declared_service(t, lb, pl_value_member_text(matcher, "name"));
    if (backend && is_another(wanted, l.service)) {
        pl_lb_tell(t, lb, PL_HOP_BLOCK, "url-map", "URL_MAP_LEADS_ELSEWHERE", lb->map,
                   matcher ? "pathMatchers" : "defaultService",
                   "%s leads %s%s to %s, and %s is declared", name, lb->host ? lb->host : "",
                   lb->path, pl_trace_name(t, &backend->address),
                   pl_link_canonical(t->arena, wanted));
    } else if (backend) {
        pl_lb_tell(t, lb, PL_HOP_PASS, "url-map", NULL, lb->map,
                   matcher ? "hostRules" : "defaultService", "%s leads %s%s to %s", name,
                   lb->host ? lb->host : "", lb->path, pl_trace_name(t, &backend->address));
    } else if (l.service && strstr(l.service, "/backendBuckets/")) {
        pl_lb_tell(t, lb, PL_HOP_UNKNOWN, "url-map", NULL, lb->map, "defaultService",
                   "%s leads to a bucket, which is not modelled", name);
        pl_trace_not_modelled(t, "backend buckets");
    } else {
        pl_lb_tell(t, lb, known == PL_ABSENT ? PL_HOP_BLOCK : PL_HOP_UNKNOWN, "url-map",
                   "LOAD_BALANCER_NOT_CONFIGURED", lb->map,
                   matcher ? "pathMatchers" : "defaultService",
                   "the backend service that %s leads to %s", name,
                   known == PL_ABSENT ? "does not exist" : "was not read");
    }
    return backend;
}
