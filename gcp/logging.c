/* logging.c - reads entries of Cloud Logging: what workloads wrote, and who changed what. One query, newest first, over its pages.
 *
 * https://cloud.google.com/logging/docs/reference/v2/rest/v2/entries/list: a page without entries but with a token says only that the
 * search is not over. The read is bounded in pages and entries; where it ends early that is told, never taken for the end.
 */
#include "gcp_priv.h"

#include <string.h>

#include "plumbline/buf.h"
#include "plumbline/json.h"

enum { PAGE_SIZE = 1000, MAX_PAGES = 40 };

struct reading {
    struct pl_arena *arena;
    const struct pl_gcp_log_query *query;
    struct pl_gcp_log_outcome *outcome;
    struct pl_map tokens;
    size_t pages, entries;
};

static void ask(struct pl_gcp *gcp, struct reading *r, const char *token);

static const char *body_of(struct pl_arena *arena, const struct reading *r, const char *token)
{
    struct pl_buf b = {0};

    pl_buf_adds(&b, "{\"resourceNames\":[");
    const char *name = pl_arena_printf(arena, "projects/%s", r->query->project);
    pl_json_write_string(&b, name, strlen(name));
    pl_buf_adds(&b, "],\"filter\":");
    pl_json_write_string(&b, r->query->filter, strlen(r->query->filter));
    pl_buf_addf(&b, ",\"orderBy\":\"timestamp desc\",\"pageSize\":%d", PAGE_SIZE);
    if (token != NULL) {
        pl_buf_adds(&b, ",\"pageToken\":");
        pl_json_write_string(&b, token, strlen(token));
    }
    pl_buf_addc(&b, '}');
    return pl_buf_take(&b, arena);
}

static void fail(struct reading *r, const struct pl_gcp_failure *failure)
{
    struct pl_gcp_log_outcome *o = r->outcome;

    o->reason = pl_arena_strdup(r->arena, failure->reason);
    o->permission =
        failure->permission != NULL ? pl_arena_strdup(r->arena, failure->permission) : NULL;
    o->detail = failure->detail != NULL ? pl_arena_strdup(r->arena, failure->detail) : NULL;
    o->remedy = failure->remedy != NULL ? pl_arena_strdup(r->arena, failure->remedy) : NULL;
}

static void complain(struct pl_gcp_call *call, struct reading *r, const char *what)
{
    struct pl_gcp_failure failure =
        pl_gcp_failure_make(call->arena, &call->about, "bad_answer", what);

    fail(r, &failure);
}

/* NULL, or what is wrong with the page: what cannot be read is never taken for the end of what there is. */
static const char *wrong_with(const struct pl_value *entries, const struct pl_value *token)
{
    if (entries != NULL && entries->type != PL_LIST)
        return "the list of entries is no list";
    for (size_t i = 0; i < pl_value_count(entries); i++)
        if (pl_value_item(entries, i)->type != PL_MAP)
            return "an entry is no object";
    if (token != NULL && token->type != PL_NULL && token->type != PL_STRING)
        return "the page token is no text: what follows cannot be read";
    return NULL;
}

/* False: nobody wants more. */
static bool take_entries(struct reading *r, const struct pl_value *entries)
{
    for (size_t i = 0; i < pl_value_count(entries); i++) {
        if (!r->query->entry(r->query->arg, pl_value_item(entries, i)))
            return false;
        if (++r->entries >= r->query->max_entries) {
            r->outcome->truncated = true;
            return false;
        }
    }
    return true;
}

static void on_page(struct pl_gcp_call *call, const struct pl_value *body,
                    const struct pl_gcp_failure *failure)
{
    struct reading *r = call->arg;
    const struct pl_value *entries = pl_value_member(body, "entries");
    const char *token = pl_value_member_text(body, "nextPageToken"), *wrong;

    if (failure != NULL) {
        fail(r, failure);
        return;
    }
    wrong = wrong_with(entries, pl_value_member(body, "nextPageToken"));
    if (wrong != NULL) {
        complain(call, r, wrong);
        return;
    }
    r->pages++;
    if (!take_entries(r, entries) || token == NULL || *token == '\0')
        return;
    if (pl_map_put(&r->tokens, token, r) != NULL)
        complain(call, r, "a page token came twice: the list does not end");
    else if (r->pages >= MAX_PAGES)
        r->outcome->truncated = true;
    else
        ask(call->gcp, r, token);
}

static void ask(struct pl_gcp *gcp, struct reading *r, const char *token)
{
    struct pl_gcp_call *call = pl_gcp_call_new(gcp, "log entries");

    call->ask = (struct pl_gcp_ask){.purpose = PL_GCP_LOGS,
                                    .method = "POST",
                                    .host = PL_GCP_LOGGING,
                                    .path = "/v2/entries:list",
                                    .body = body_of(call->arena, r, token)};
    call->about = (struct pl_gcp_about){.api = PL_GCP_LOGGING,
                                        .project = r->query->project,
                                        .permission = "logging.logEntries.list",
                                        .role = "roles/logging.viewer",
                                        .member = gcp->member};
    call->done = on_page;
    call->arg = r;
    pl_gcp_call_start(call);
}

/* Nobody may ask: what is asked for is not known, as if each query had been refused. */
static void fail_all(struct pl_arena *arena, const struct pl_gcp *gcp,
                     struct pl_gcp_log_outcome *outcomes, size_t n, const struct pl_err *why)
{
    for (size_t i = 0; i < n; i++)
        outcomes[i] = (struct pl_gcp_log_outcome){
            .reason = "auth", .detail = pl_gcp_quote(arena, why->text), .remedy = gcp->login};
}

int pl_gcp_read_logs(struct pl_arena *arena, struct pl_loop *loop,
                     const struct pl_gcp_options *options, const struct pl_gcp_log_query *queries,
                     size_t n, struct pl_gcp_log_outcome *outcomes, struct pl_err *err)
{
    static const char *const api = PL_GCP_LOGGING;
    struct pl_gcp_stats stats = {0};
    struct pl_gcp gcp;
    struct pl_err why = {0};
    int status;

    memset(outcomes, 0, n * sizeof *outcomes);
    if (pl_gcp_open(&gcp, arena, loop, options, &stats, err) != 0)
        return -1;
    gcp.auth.credentials.scope = pl_gcp_least_scope(arena, &api, 1);
    for (size_t i = 0; i < n; i++) {
        struct reading *r = PL_NEW(arena, struct reading);

        *r = (struct reading){.arena = arena, .query = &queries[i], .outcome = &outcomes[i]};
        pl_map_init(&r->tokens, arena);
        ask(&gcp, r, NULL);
    }
    status = pl_gcp_run(&gcp, &why);
    if (status != 0 && why.code == PL_E_AUTH) {
        fail_all(arena, &gcp, outcomes, n, &why);
        status = 0;
    }
    pl_gcp_close(&gcp);
    if (status != 0 && err != NULL)
        *err = why;
    return status;
}

void pl_gcp_filter_text(struct pl_buf *out, const char *text)
{
    pl_buf_addc(out, '"');
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\')
            pl_buf_addc(out, '\\');
        pl_buf_addc(out, *text);
    }
    pl_buf_addc(out, '"');
}
