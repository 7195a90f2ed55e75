/*
 * sim_list.c - lists and their pages, in each API's own shape: arrays, compute's map of scopes, locations, connections, and what each
 * says about the part of the answer that is missing.
 *
 * A page token says where the page begins, sealed for this one query (sim_auth.c); a page looks at nothing before that, so that a list of many
 * pages is walked once. Empty lists have no key at all, as proto3 JSON has it.
 */
#include "sim.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* ---- pages ---- */

struct page {
    size_t offset;  /* among all that the list is chosen from */
    size_t claimed; /* the offset that the page token has, where pages go wrong */
    size_t size;
    size_t next; /* where another page begins, if there are `more` */
    bool more;
    char *query; /* what a token is bound to */
};

/* Method, path and every parameter but those of the page itself: "All other parameters must match" (AIP-158). */
static char *page_query(const struct sim_job *job)
{
    json_t *sorted = json_object();
    size_t index = 0;
    json_t *pair = NULL;
    json_array_foreach(job->request->query, index, pair)
    {
        const char *name = json_string_value(json_array_get(pair, 0));
        if (strcmp(name, job->method->size_param) != 0 &&
            strcmp(name, job->method->token_param) != 0) {
            json_object_set(sorted, name, json_array_get(pair, 1));
        }
    }
    json_t *bound = json_pack("[s, s, o]", job->method->id, job->request->path, sorted);
    char *text = json_dumps(bound, JSON_COMPACT | JSON_SORT_KEYS);
    json_decref(bound);
    return text;
}

static int page_size(struct sim_job *job, size_t *out)
{
    const struct sim_method *method = job->method;
    const char *text = sim_query(job->request, method->size_param);
    const long asked = text == NULL ? 0 : strtol(text, NULL, 10);
    long size = asked == 0 ? method->page_default : asked;
    if (asked < 0 || (asked > method->page_max && method->over_max_refused)) {
        json_object_set_new(job->facts, "field", json_string(method->size_param));
        sim_job_refuse(job, SIM_REFUSE_PAGE_SIZE, "value", text);
        return -1;
    }
    size = size > method->page_max ? method->page_max : size;
    /* A server may always give fewer than it was asked for. */
    *out = (size_t)(job->sim->page_size > 0 && size > job->sim->page_size ? job->sim->page_size
                                                                          : size);
    return 0;
}

static int page_open(struct sim_job *job, struct page *page)
{
    *page = (struct page){.size = SIZE_MAX};
    if (job->method->size_param == NULL) {
        return 0;
    }
    const char *token = sim_query(job->request, job->method->token_param);
    page->query = page_query(job);
    if (page_size(job, &page->size) != 0) {
        return -1;
    }
    if (token != NULL && token[0] != '\0' &&
        sim_auth_page_read(&job->sim->auth, token, page->query, &page->offset) != 0) {
        sim_job_refuse(job, SIM_REFUSE_PAGE_TOKEN, "value", token);
        return -1;
    }
    page->claimed = page->offset;
    if (job->twist.page == SIM_PAGE_REPEAT) {
        page->offset = 0;
    }
    return 0;
}

static void page_next(struct sim_job *job, const struct page *page)
{
    char token[64];
    size_t next = page->next;
    if (page->query == NULL || (!page->more && job->twist.page == SIM_PAGE_RIGHT)) {
        return;
    }
    if (job->twist.page == SIM_PAGE_NUMBER) {
        json_object_set_new(job->reply->json, "nextPageToken", json_integer(2));
        return;
    }
    next = job->twist.page == SIM_PAGE_LOOP     ? page->offset
           : job->twist.page == SIM_PAGE_REPEAT ? page->claimed + 1
                                                : next;
    sim_auth_page_write(&job->sim->auth, next, page->query, token);
    json_object_set_new(job->reply->json, "nextPageToken", json_string(token));
}

static bool in_page(const struct page *page, size_t index)
{
    return index >= page->offset && index - page->offset < page->size;
}

/* Where all of `total` are in the list. */
static void page_end(struct page *page, size_t total)
{
    page->more = page->offset < total && page->size < total - page->offset;
    page->next = page->offset + page->size;
}

/* ---- what is in the list ---- */

static bool array_has(const json_t *array, const char *text)
{
    size_t index = 0;
    json_t *one = NULL;
    json_array_foreach(array, index, one)
    {
        if (json_is_string(one) && strcmp(json_string_value(one), text) == 0) {
            return true;
        }
    }
    return false;
}

/* Where an entry lives; a Cloud SQL instance has its region as a field. NULL for what is global. */
static const char *entry_location(const json_t *entry)
{
    const char *location = sim_str(entry, "location");
    return location != NULL ? location
           : strcmp(sim_str(entry, "kind"), "sql.instance") == 0
               ? sim_str(json_object_get(entry, "resource"), "region")
               : NULL;
}

static bool entry_wanted(const struct sim_job *job, const json_t *entry)
{
    const char *asked = sim_str(job->vars, "location");
    const char *parent = sim_str(job->vars, "parent");
    const char *location = sim_str(entry, "location");
    const json_t *resource = json_object_get(entry, "resource");
    const char *deleted = sim_query(job->request, "showDeleted");
    const char *filter = sim_query(job->request, "filter");
    if (resource == NULL) {
        return false;
    }
    if (asked != NULL && strcmp(asked, "-") != 0 &&
        (location == NULL || strcmp(asked, location) != 0)) {
        return false;
    }
    if (parent != NULL && strcmp(parent, "-") != 0 &&
        strcmp(parent, sim_str(entry, "parent")) != 0) {
        return false;
    }
    if (sim_has_word(job->method->query, "showDeleted") &&
        json_object_get(resource, "deleteTime") != NULL &&
        (deleted == NULL || strcmp(deleted, "true") != 0)) {
        return false;
    }
    /* The only filters that sim_query.c lets through: state:ENABLED and state:DISABLED. */
    return filter == NULL || filter[0] == '\0' ||
           (sim_str(resource, "state") != NULL &&
            strcmp(sim_str(resource, "state"), filter + 6) == 0);
}

/* A zone goes with its region. */
static bool location_lost(const struct sim_job *job, const char *location)
{
    char region[64];
    if (location == NULL || array_has(job->twist.unreachable, location)) {
        return location != NULL;
    }
    snprintf(region, sizeof region, "%.*s", sim_is_zone(location) ? (int)strlen(location) - 2 : 0,
             location);
    return array_has(job->twist.unreachable, region);
}

/* The first entry from `*at` on that this call is about, borrowed; none in unreachable locations. NULL: no more. */
static json_t *next_wanted(const struct sim_job *job, const json_t *entries, size_t *at)
{
    while (*at < json_array_size(entries)) {
        json_t *entry = json_array_get(entries, (*at)++);
        if (entry_wanted(job, entry) && !location_lost(job, entry_location(entry))) {
            return entry;
        }
    }
    return NULL;
}

/* The entries of this page, and whether there is another; borrowed members. */
static json_t *page_entries(const struct sim_job *job, struct page *page)
{
    const json_t *entries = sim_estate_of(&job->sim->estate, job->method->kind, job->vars);
    json_t *taken = json_array(), *entry = NULL;
    size_t at = page->offset;
    while (json_array_size(taken) < page->size &&
           (entry = next_wanted(job, entries, &at)) != NULL) {
        json_array_append(taken, entry);
    }
    page->next = at;
    page->more = next_wanted(job, entries, &at) != NULL;
    return taken;
}

/* ---- a part is missing ---- */

/* Without a way to say so, or without the caller's leave, the whole call fails. */
static bool partial_allowed(struct sim_job *job)
{
    const char *leave = sim_query(job->request, "returnPartialSuccess");
    if (json_array_size(job->twist.unreachable) == 0) {
        return true;
    }
    if (job->method->partial == SIM_PARTIAL_NONE ||
        (job->method->partial == SIM_PARTIAL_COMPUTE &&
         (leave == NULL || strcmp(leave, "true") != 0))) {
        sim_job_refuse(job, SIM_REFUSE_UNAVAILABLE, NULL, NULL);
        return false;
    }
    return true;
}

static void partial_unreachable(struct sim_job *job, const char *location)
{
    json_t *list = json_object_get(job->reply->json, "unreachable");
    if (list == NULL) {
        list = json_array();
        json_object_set_new(job->reply->json, "unreachable", list);
    }
    json_array_append_new(
        list, json_sprintf("projects/%s/locations/%s", sim_str(job->vars, "project"), location));
}

/* "a placeholder Redis entry is included ... name ... `/instances/-` and status ERROR and status_message 'location not available for
 * ListInstances'" (ListInstancesResponse). The schema has no state ERROR, so the entry has none. */
static void partial_placeholder(struct sim_job *job, const char *location)
{
    json_t *list = json_object_get(job->reply->json, job->method->list_key);
    if (list == NULL) {
        list = json_array();
        json_object_set_new(job->reply->json, job->method->list_key, list);
    }
    json_array_append_new(list,
                          json_pack("{s:o, s:s}", "name",
                                    json_sprintf("projects/%s/locations/%s/instances/-",
                                                 sim_str(job->vars, "project"), location),
                                    "statusMessage", "location not available for ListInstances"));
}

static void partial_sql(struct sim_job *job, const char *location)
{
    json_t *list = json_object_get(job->reply->json, "warnings");
    if (list == NULL) {
        list = json_array();
        json_object_set_new(job->reply->json, "warnings", list);
    }
    json_array_append_new(
        list, json_pack("{s:s, s:o, s:s}", "code", "REGION_UNREACHABLE", "message",
                        json_sprintf("Region %s is unreachable.", location), "region", location));
}

static void partial_tell(struct sim_job *job)
{
    size_t index = 0;
    json_t *one = NULL;
    json_array_foreach(job->twist.unreachable, index, one)
    {
        const char *location = json_string_value(one);
        if (location == NULL || job->method->partial == SIM_PARTIAL_COMPUTE) {
            continue;
        }
        if (job->method->partial == SIM_PARTIAL_SQL) {
            partial_sql(job, location);
        } else if (job->method->partial == SIM_PARTIAL_REDIS && job->twist.placeholder) {
            partial_placeholder(job, location);
        } else {
            partial_unreachable(job, location);
        }
    }
}

/* ---- the shapes ---- */

static json_t *envelope(const struct sim_job *job)
{
    json_t *body = json_object();
    if (job->method->envelope != NULL) {
        json_object_set_new(body, "kind", json_string(job->method->envelope));
    }
    if (job->api->style == SIM_STYLE_COMPUTE) {
        const char *path = job->request->path + strlen("compute/v1/");
        json_object_set_new(body, "id", json_string(path));
        json_object_set_new(body, "selfLink",
                            json_sprintf("https://www.googleapis.com/compute/v1/%s", path));
    }
    return body;
}

static void answer_list(struct sim_job *job, struct page *page)
{
    json_t *entries = page_entries(job, page);
    json_t *items = json_array();
    json_t *entry = NULL;
    size_t index = 0;
    json_array_foreach(entries, index, entry)
    {
        json_array_append(items, json_object_get(entry, "resource"));
    }
    job->reply->json = envelope(job);
    if (json_array_size(items) > 0) {
        json_object_set(job->reply->json, job->method->list_key, items);
    }
    page_next(job, page);
    partial_tell(job);
    json_decref(items);
    json_decref(entries);
}

static json_t *scope_warning(const char *code, const char *text, const json_t *scope)
{
    json_t *facts = json_pack("{s:s}", "scope", json_string_value(scope));
    json_t *warning = json_pack("{s:{s:s, s:o, s:[{s:s, s:s}]}}", "warning", "code", code,
                                "message", sim_expand(text, facts), "data", "key", "scope", "value",
                                json_string_value(scope));
    json_decref(facts);
    return warning;
}

/* Each scope of the kind, with the warning that stands in for results that it has not. */
static void scope_add(const struct sim_job *job, const char *location, json_t *scopes,
                      json_t *unreachables)
{
    json_t *scope = sim_place(location);
    const bool lost = location_lost(job, location);
    json_object_set_new(
        scopes, json_string_value(scope),
        lost ? scope_warning("UNREACHABLE", "The scope '{scope}' is unreachable.", scope)
             : scope_warning("NO_RESULTS_ON_PAGE",
                             "There are no results for scope '{scope}' on this page.", scope));
    if (lost) {
        json_array_append(unreachables, scope);
    }
    json_decref(scope);
}

static void scopes_add(const struct sim_job *job, json_t *scopes, json_t *unreachables)
{
    const struct sim_kind *kind = sim_kind_find(job->method->kind);
    const unsigned places = kind->places != 0 ? kind->places : SIM_PLACE_REGION;
    json_t *one = NULL;
    size_t index = 0;
    if ((places & SIM_PLACE_GLOBAL) != 0) {
        scope_add(job, "global", scopes, unreachables);
    }
    json_array_foreach(job->sim->estate.regions, index, one)
    {
        if ((places & SIM_PLACE_REGION) != 0) {
            scope_add(job, json_string_value(one), scopes, unreachables);
        }
    }
    json_array_foreach(job->sim->estate.zones, index, one)
    {
        if ((places & SIM_PLACE_ZONE) != 0) {
            scope_add(job, json_string_value(one), scopes, unreachables);
        }
    }
}

/* aggregatedList: a map of scopes, with a warning for each that has nothing on this page. */
static void answer_aggregated(struct sim_job *job, struct page *page)
{
    json_t *entries = page_entries(job, page);
    json_t *scopes = json_object();
    json_t *unreachables = json_array();
    json_t *one = NULL;
    size_t index = 0;
    scopes_add(job, scopes, unreachables);
    json_array_foreach(entries, index, one)
    {
        json_t *scope = sim_place(sim_str(one, "location"));
        json_t *list = json_object_get(json_object_get(scopes, json_string_value(scope)),
                                       job->method->list_key);
        if (list == NULL) {
            list = json_array();
            json_object_set_new(scopes, json_string_value(scope),
                                json_pack("{s:o}", job->method->list_key, list));
        }
        json_array_append(list, json_object_get(one, "resource"));
        json_decref(scope);
    }
    job->reply->json = envelope(job);
    if (json_object_size(scopes) > 0) {
        json_object_set(job->reply->json, "items", scopes);
    }
    if (json_array_size(unreachables) > 0) {
        json_object_set(job->reply->json, "unreachables", unreachables);
    }
    page_next(job, page);
    json_decref(unreachables);
    json_decref(scopes);
    json_decref(entries);
}

/* Cloud Run v1 gives `name` without its `projects/` (https://github.com/projectdiscovery/cloudlist/issues/747), the others with it:
 * "may vary between implementations" says the schema, so that only locationId can be relied on. */
static void answer_locations(struct sim_job *job, struct page *page)
{
    const char *prefix = strcmp(job->method->document, "run.v1") == 0 ? "" : "projects/";
    json_t *items = json_array();
    json_t *region = NULL;
    size_t index = 0;
    json_array_foreach(job->sim->estate.regions, index, region)
    {
        const char *name = json_string_value(region);
        if (in_page(page, index)) {
            json_array_append_new(items,
                                  json_pack("{s:o, s:s, s:s, s:{s:s}}", "name",
                                            json_sprintf("%s%s/locations/%s", prefix,
                                                         sim_str(job->vars, "project"), name),
                                            "locationId", name, "displayName", name, "labels",
                                            "cloud.googleapis.com/region", name));
        }
    }
    job->reply->json = envelope(job);
    if (json_array_size(items) > 0) {
        json_object_set(job->reply->json, job->method->list_key, items);
    }
    page_end(page, json_array_size(job->sim->estate.regions));
    page_next(job, page);
    json_decref(items);
}

/* `network` is required, and "{project} is a project number" (servicenetworking.services.connections.list). The project itself was
 * checked before (sim_answer.c), if there was a number to check. */
static void answer_connections(struct sim_job *job)
{
    const char *network = sim_query(job->request, "network");
    const char *service = sim_str(job->vars, "service");
    json_t *items = json_array();
    json_t *entry = NULL;
    size_t index = 0;
    if (network == NULL || sim_str(job->vars, "project") == NULL) {
        sim_job_refuse(job, SIM_REFUSE_ARGUMENT, NULL, NULL);
        json_decref(items);
        return;
    }
    json_t *there = sim_estate_in(&job->sim->estate, job->method->kind, network);
    json_array_foreach(there, index, entry)
    {
        json_t *resource = json_object_get(entry, "resource");
        const char *of = sim_str(resource, "service");
        if (of != NULL &&
            (strcmp(service, "-") == 0 || strcmp(of + strlen("services/"), service) == 0)) {
            json_array_append(items, resource);
        }
    }
    job->reply->json = json_array_size(items) == 0
                           ? json_object()
                           : json_pack("{s:O}", job->method->list_key, items);
    json_decref(items);
}

/* Routes of one peering in one region and direction: the estate's network has them under `peeringRoutes`. */
static void answer_exchanged(struct sim_job *job, struct page *page)
{
    static const char *const asked[][2] = {
        {"peering", "peeringName"}, {"region", "region"}, {"direction", "direction"}};
    const json_t *entry = sim_estate_find(&job->sim->estate, "compute.network", job->vars);
    json_t *legs = json_object_get(json_object_get(entry, "beside"), "peeringRoutes");
    json_t *items = json_array(), *leg = NULL, *route = NULL;
    size_t index = 0, total = 0, at = 0;
    if (entry == NULL) {
        json_decref(items);
        sim_job_refuse(job, SIM_REFUSE_MISSING, NULL, NULL);
        return;
    }
    json_array_foreach(legs, index, leg)
    {
        bool same = true;
        for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++) {
            const char *value = sim_query(job->request, asked[i][1]);
            same = same && value != NULL && strcmp(sim_str(leg, asked[i][0]), value) == 0;
        }
        if (same) {
            json_array_foreach(json_object_get(leg, "routes"), at, route)
            {
                if (in_page(page, total++)) {
                    json_array_append(items, route);
                }
            }
        }
    }
    job->reply->json = envelope(job);
    if (json_array_size(items) > 0) {
        json_object_set(job->reply->json, "items", items);
    }
    page_end(page, total);
    page_next(job, page);
    json_decref(items);
}

void sim_list_answer(struct sim_job *job)
{
    struct page page;
    if (page_open(job, &page) == 0 && partial_allowed(job)) {
        switch (job->method->call) {
        case SIM_CALL_LIST:
            answer_list(job, &page);
            break;
        case SIM_CALL_AGGREGATED:
            answer_aggregated(job, &page);
            break;
        case SIM_CALL_LOCATIONS:
            answer_locations(job, &page);
            break;
        case SIM_CALL_CONNECTIONS:
            answer_connections(job);
            break;
        case SIM_CALL_EXCHANGED:
            answer_exchanged(job, &page);
            break;
        case SIM_CALL_GET:
        case SIM_CALL_EFFECTIVE:
        case SIM_CALL_REGIONAL:
        case SIM_CALL_SECRET:
        case SIM_CALL_PROJECT:
        case SIM_CALL_IAM_POLICY:
        case SIM_CALL_PERMISSIONS:
        case SIM_CALL_LOG_ENTRIES:
            break;
        }
    }
    free(page.query);
}
