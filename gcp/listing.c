/* listing.c - one list over all of its pages, in the three shapes that Google's APIs give lists.
 *
 * Half a listing is never taken for a whole one: whatever ends it early is a failure, even though the items that came are good. Pages
 * that would go on for ever are a failure too: a token that comes twice, a page that comes twice behind another token. So is a token
 * that is no text, which would look like the end.
 */
#include "gcp_priv.h"

#include <stdio.h>
#include <string.h>

#include "plumbline/hash.h"
#include "plumbline/json.h"

enum { MAX_PAGES = 10000 };

static void next_page(struct pl_gcp_listing *listing);

struct pl_gcp_listing *pl_gcp_listing_make(struct pl_gcp *gcp)
{
    struct pl_arena *arena = pl_arena_new();
    struct pl_gcp_listing *listing = PL_NEW(arena, struct pl_gcp_listing);

    listing->arena = arena;
    listing->gcp = gcp;
    return listing;
}

static void finish(struct pl_gcp_listing *listing, const struct pl_gcp_failure *failure)
{
    listing->done(listing, failure);
    if (listing->prev != NULL)
        listing->prev->next = listing->next;
    else
        listing->gcp->listings = listing->next;
    if (listing->next != NULL)
        listing->next->prev = listing->prev;
    pl_arena_free(listing->arena);
}

void pl_gcp_listings_drop(struct pl_gcp *gcp)
{
    while (gcp->listings != NULL) {
        struct pl_gcp_listing *listing = gcp->listings;

        gcp->listings = listing->next;
        pl_arena_free(listing->arena);
    }
}

static void end(struct pl_gcp_listing *listing, struct pl_arena *arena, const char *complaint)
{
    struct pl_gcp_failure failure;

    if (complaint == NULL) {
        finish(listing, NULL);
        return;
    }
    failure = pl_gcp_failure_make(arena, &listing->about, "bad_answer", complaint);
    finish(listing, &failure);
}

/* ---- items ---- */

/* Has a page begun with this very item before? Its fingerprint stays in memory, for as long as the list is read. */
static bool comes_again(struct pl_gcp_listing *listing, const struct pl_value *item)
{
    struct pl_arena *scratch = pl_arena_new();
    struct pl_buf text = {0};
    bool again;

    pl_json_write(&text, item);
    again = pl_map_put(&listing->firsts, pl_hash_text(scratch, pl_buf_str(&text), text.len),
                       listing) != NULL;
    pl_buf_free(&text);
    pl_arena_free(scratch);
    return again;
}

/* What stands between other elements in good order was damaged on its way: worth another try. */
static const char broken[] = "the list holds something that is no JSON";

static const char *take_item(struct pl_gcp_listing *listing, const struct pl_value *item,
                             const char *location)
{
    if (item == NULL)
        return broken;
    if (item->type != PL_MAP)
        return "the list holds something that is no object";
    if (!listing->begun && comes_again(listing, item))
        return "a page came twice: the list does not end";
    listing->begun = true;
    if (!pl_gcp_placeholder(listing, item))
        listing->item(listing, item, location);
    return NULL;
}

/* NULL, or what is wrong with the list. proto3 JSON leaves an empty list out. */
static const char *take_items(struct pl_gcp_listing *listing, const char *text,
                              const struct pl_value *items, const char *location)
{
    const char *complaint = NULL;

    if (items == NULL || items->type == PL_NULL)
        return NULL;
    if (items->type != PL_LIST)
        return "the list is no list";
    for (size_t i = 0; i < pl_value_count(items) / 2 && complaint == NULL; i++) {
        struct pl_arena *scratch = pl_arena_new();

        complaint = take_item(
            listing, pl_json_element(scratch, text, items, i, listing->host, NULL), location);
        pl_arena_free(scratch);
    }
    return complaint;
}

/* compute's aggregated lists: {"items": {"regions/x": {"subnetworks": [...]}, ...}}. */
static const char *take_scopes(struct pl_gcp_listing *listing, const char *text,
                               const struct pl_value *page)
{
    const struct pl_value *scopes = pl_value_member(page, "items");
    const char *complaint = NULL;

    if (scopes == NULL)
        return NULL;
    if (scopes->type != PL_MAP)
        return "the list is no map of scopes";
    for (size_t i = 0; i < scopes->u.map.n && complaint == NULL; i++) {
        const struct pl_member *scope = &scopes->u.map.members[i];

        complaint = scope->value->type == PL_MAP
                        ? take_items(listing, text, pl_value_member(scope->value, listing->items),
                                     scope->key)
                        : "a scope of the list is no object";
    }
    return complaint;
}

/* What a list's answer has beside its items, of all that are read (https://google.aip.dev/132, https://google.aip.dev/217, Compute's, Cloud
 * SQL's, Cloud DNS' and Cloud Run's v1). */
static const char *const envelope[] = {
    "nextPageToken", "kind",     "id",        "selfLink", "etag",     "unreachable", "unreachables",
    "warning",       "warnings", "totalSize", "header",   "metadata", "apiVersion",
};

/* An empty list is left out, and so may be all else. But what has members and none of these is another document, and no empty list. */
static bool is_list(const struct pl_gcp_listing *listing, const struct pl_value *body)
{
    if (body->u.map.n == 0 || pl_value_member(body, listing->items) != NULL ||
        (listing->aggregated && pl_value_member(body, "items") != NULL))
        return true;
    for (size_t i = 0; i < PL_LEN(envelope); i++)
        if (pl_value_member(body, envelope[i]) != NULL)
            return true;
    return false;
}

/* ---- pages ---- */

/* The next page is the first. */
static void forget_pages(struct pl_gcp_listing *listing)
{
    listing->token = NULL;
    pl_map_init(&listing->tokens, listing->arena);
    pl_map_init(&listing->firsts, listing->arena);
}

/* What leads to the next page: NULL and no complaint at the end. */
static const char *next_token(struct pl_gcp_listing *listing, const struct pl_value *page,
                              const char **complaint)
{
    const struct pl_value *token = pl_value_member(page, "nextPageToken");
    const char *text = pl_value_text(token);

    *complaint = NULL;
    if (token == NULL || token->type == PL_NULL || (text != NULL && *text == '\0'))
        return NULL;
    if (token->type != PL_STRING)
        *complaint = "the page token is no text: what follows cannot be read";
    else if (pl_map_put(&listing->tokens, text, listing) != NULL)
        *complaint = "a page token came twice: the list does not end";
    else if (listing->pages >= MAX_PAGES)
        *complaint = "the list has too many pages";
    return text;
}

static void on_page(struct pl_gcp_call *call, const struct pl_value *body,
                    const struct pl_gcp_failure *failure)
{
    struct pl_gcp_listing *listing = call->arg;
    const char *complaint, *token;

    /* A mask that Google does not take is a mistake of ours, and no reason to see nothing: whole bodies will do. */
    if (failure != NULL && failure->status == 400 && listing->fields != NULL) {
        listing->fields = NULL;
        forget_pages(listing); /* they belong to the query with the mask */
        next_page(listing);
        return;
    }
    if (failure != NULL) {
        finish(listing, failure);
        return;
    }
    if (!is_list(listing, body)) {
        call->complaint = "the answer is no list";
        return;
    }
    listing->begun = listing->again ||
                     (listing->token == NULL && pl_value_member(body, "nextPageToken") == NULL);
    complaint = listing->aggregated
                    ? take_scopes(listing, call->text, body)
                    : take_items(listing, call->text, pl_value_member(body, listing->items), NULL);
    if (complaint == broken) { /* what was taken of it is taken again: the same resources */
        call->complaint = broken;
        listing->again = true;
        return;
    }
    if (complaint != NULL) {
        end(listing, call->arena, complaint);
        return;
    }
    listing->again = false;
    listing->pages++;
    listing->gcp->stats->pages++;
    pl_gcp_partial(listing, body);
    token = next_token(listing, body, &complaint);
    if (token == NULL || complaint != NULL) {
        end(listing, call->arena, complaint);
        return;
    }
    listing->token = pl_arena_strdup(listing->arena, token);
    next_page(listing);
}

static void next_page(struct pl_gcp_listing *listing)
{
    struct pl_gcp_call *call = pl_gcp_call_new(listing->gcp, listing->what);
    const char *query = listing->query;
    char size[16];

    if (listing->page_size_param != NULL) {
        (void)snprintf(size, sizeof size, "%d", listing->page_size);
        query = pl_gcp_query_add(call->arena, query, listing->page_size_param, size);
    }
    /* A standard parameter; blanks and line breaks are a third of an answer, and somebody has to skip them. */
    query = pl_gcp_query_add(call->arena, query, "prettyPrint", "false");
    if (listing->fields != NULL)
        query = pl_gcp_query_add(call->arena, query, "fields", listing->fields);
    if (listing->token != NULL)
        query = pl_gcp_query_add(call->arena, query, "pageToken", listing->token);
    call->ask = (struct pl_gcp_ask){.purpose = PL_GCP_READ,
                                    .method = "GET",
                                    .host = listing->host,
                                    .path = listing->path,
                                    .query = query};
    call->about = listing->about;
    call->urgency = listing->urgency;
    call->small = listing->small;
    call->lists = listing->lists;
    call->done = on_page;
    call->arg = listing;
    pl_gcp_call_start(call);
}

void pl_gcp_listing_start(struct pl_gcp_listing *listing)
{
    forget_pages(listing);
    pl_map_init(&listing->told, listing->arena);
    if (listing->aggregated) {
        listing->lists[0] = "items";
        listing->lists[1] = "*";
    }
    listing->lists[listing->aggregated ? 2 : 0] = listing->items;
    listing->next = listing->gcp->listings;
    if (listing->next != NULL)
        listing->next->prev = listing;
    listing->gcp->listings = listing;
    next_page(listing);
}
