/* transport.c - one call until it is answered: queues, request rates, tries, the deadline. What its host lets it do is host.c's.
 *
 * Every call of a run goes through here. At most PL_GCP_IN_FLIGHT are on their way at once; token buckets (quota.c) see that
 * Google's quotas are kept rather than run into. What a failure means is errors.c's word, when to try again retry.c's.
 */
#include "gcp_priv.h"

#include <string.h>

#include "plumbline/clock.h"
#include "plumbline/json.h"

static const int64_t second_ns = INT64_C(1000000000);

/* ---- the run ---- */

/* https://cloud.google.com/resource-manager/docs/creating-managing-projects: letters in lower case, digits and hyphens, a letter first; old ones stand
 * behind a domain ("example.com:id"). What is observed is called by its project's id. */
static int check_project(const char *id, const char *what, struct pl_err *err)
{
    size_t len = strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-.:");

    if (*id != '\0' && id[strspn(id, "0123456789")] == '\0')
        return pl_err_set(err, PL_E_USAGE,
                          "%s %s is a project's number, and its id is wanted: gcloud projects "
                          "describe %s --format='value(projectId)'",
                          what, id, id);
    if (id[0] < 'a' || id[0] > 'z' || id[len] != '\0')
        return pl_err_set(err, PL_E_USAGE, "%s '%s' is no project's id", what, id);
    return 0;
}

static int check_projects(struct pl_arena *arena, const struct pl_gcp_options *options,
                          const char *quota, struct pl_err *err)
{
    for (size_t i = 0; i < options->n_projects; i++)
        if (check_project(pl_gcp_quote(arena, options->projects[i]), "project", err) != 0)
            return -1;
    /* It becomes a header; by its number, too. */
    if (quota != NULL && quota[strspn(quota, "0123456789")] != '\0')
        return check_project(pl_gcp_quote(arena, quota), "the quota project", err);
    return 0;
}

int pl_gcp_open(struct pl_gcp *gcp, struct pl_arena *arena, struct pl_loop *loop,
                const struct pl_gcp_options *options, struct pl_gcp_stats *stats,
                struct pl_err *err)
{
    *gcp = (struct pl_gcp){.arena = arena, .loop = loop, .options = options, .stats = stats};
    gcp->request_timeout_ns =
        options->request_timeout_ns > 0 ? options->request_timeout_ns : 30 * second_ns;
    gcp->connect_timeout_ns =
        options->connect_timeout_ns > 0 ? options->connect_timeout_ns : 10 * second_ns;
    gcp->backoff_ns = options->backoff_ns > 0 ? options->backoff_ns : second_ns;
    gcp->max_attempts = options->max_attempts > 0 ? options->max_attempts : 5;
    gcp->auth.gcp = gcp;
    if (pl_gcp_root(arena, options->api_root, &gcp->root, err) != 0 ||
        pl_gcp_credentials_find(arena, gcp->root, &gcp->auth.credentials, err) != 0 ||
        pl_gcp_credentials_impersonate(arena, options->impersonate, &gcp->auth.credentials, err) !=
            0 ||
        check_projects(arena, options, gcp->auth.credentials.quota_project, err) != 0)
        return -1;
    gcp->login = pl_gcp_credentials_remedy(arena, &gcp->auth.credentials);
    gcp->member = pl_gcp_credentials_member(arena, &gcp->auth.credentials);
    gcp->most_in_flight =
        gcp->root == NULL || strncmp(gcp->root, "https:", 6) == 0 ? PL_GCP_IN_FLIGHT : PL_GCP_PLAIN;
    return 0;
}

static void on_pump(void *arg)
{
    struct pl_gcp *gcp = arg;

    gcp->pump_timer = NULL;
    gcp->pump_soon = false;
    pl_gcp_pump(gcp);
}

static void pump_after(struct pl_gcp *gcp, int64_t ns)
{
    if (gcp->pump_soon)
        return;
    pl_timer_cancel(gcp->pump_timer);
    gcp->pump_soon = ns == 0;
    gcp->pump_timer = pl_loop_after(gcp->loop, ns, on_pump, gcp);
}

/* ---- a call's life ---- */

struct pl_gcp_call *pl_gcp_call_new(struct pl_gcp *gcp, const char *what)
{
    struct pl_arena *arena = pl_arena_new();
    struct pl_gcp_call *call = PL_NEW(arena, struct pl_gcp_call);

    call->gcp = gcp;
    call->arena = arena;
    call->what = what;
    call->about.member = gcp->member;
    return call;
}

/* The API's own numbers; those of nobody where there are too many. */
static struct pl_gcp_count *count_of(struct pl_gcp *gcp, const char *api)
{
    struct pl_gcp_stats *stats = gcp->stats;

    for (size_t i = 0; i < stats->n_apis; i++)
        if (strcmp(stats->apis[i].api, api) == 0)
            return &stats->apis[i];
    if (stats->n_apis == PL_LEN(stats->apis))
        return &gcp->uncounted;
    stats->apis[stats->n_apis] = (struct pl_gcp_count){.api = api};
    return &stats->apis[stats->n_apis++];
}

static void count_retry(struct pl_gcp_call *call)
{
    call->gcp->stats->retries++;
    count_of(call->gcp, call->about.api)->retries++;
}

static void enqueue(struct pl_gcp_call *call)
{
    struct pl_gcp *gcp = call->gcp;
    struct pl_gcp_queue *queue;

    if (call->bucket == NULL)
        call->bucket = pl_gcp_bucket_of(gcp->arena, &gcp->buckets, gcp->options,
                                        gcp->auth.credentials.quota_project, &call->about);
    if (call->host == NULL)
        call->host = pl_gcp_host_find(gcp, gcp->root != NULL ? gcp->root : call->ask.host);
    queue = &call->bucket->waiting[call->urgency];
    call->host->waiting++;
    call->queued = NULL;
    *(queue->last != NULL ? &queue->last->queued : &queue->first) = call;
    queue->last = call;
}

static struct pl_gcp_call *dequeue(struct pl_gcp_queue *queue)
{
    struct pl_gcp_call *call = queue->first;

    queue->first = call->queued;
    if (queue->first == NULL)
        queue->last = NULL;
    call->queued = NULL;
    call->host->waiting--;
    return call;
}

void pl_gcp_call_start(struct pl_gcp_call *call)
{
    struct pl_gcp *gcp = call->gcp;

    call->next = gcp->calls;
    if (gcp->calls != NULL)
        gcp->calls->prev = call;
    else
        gcp->oldest = call;
    gcp->calls = call;
    gcp->n_calls++;
    gcp->n_started++;
    pl_gcp_progress_begin(gcp, call);
    enqueue(call);
    pump_after(gcp, 0);
}

static void unlink_call(struct pl_gcp_call *call)
{
    if (call->prev != NULL)
        call->prev->next = call->next;
    else
        call->gcp->calls = call->next;
    if (call->next != NULL)
        call->next->prev = call->prev;
    else
        call->gcp->oldest = call->prev;
    call->gcp->n_calls--;
}

static void land(struct pl_gcp_call *call)
{
    if (!call->flying)
        return;
    call->flying = false;
    call->gcp->in_flight--;
    pl_gcp_host_end(call);
}

static void let_go(struct pl_gcp_call *call)
{
    call->gcp->held -= call->held;
    call->held = 0;
}

/* Somebody else's turn, however many answers are looked at before this one. */
static void on_received(void *arg)
{
    struct pl_gcp_call *call = arg;

    if (!call->host->connected) /* whether anybody is there shows when `done` is called */
        return;
    land(call);
    pump_after(call->gcp, 0);
}

static void on_bytes(void *arg, size_t n)
{
    struct pl_gcp_call *call = arg;

    call->held += n;
    call->gcp->held += n;
}

static void on_connected(void *arg)
{
    struct pl_gcp_call *call = arg;

    if (pl_gcp_host_connected(call))
        pump_after(call->gcp, 0);
}

static const struct pl_http_watch watch = {on_connected, on_received, on_bytes};

static void drop_try(struct pl_gcp_call *call)
{
    if (call->http != NULL) {
        pl_http_cancel(call->http);
        call->http = NULL;
    }
    land(call);
    let_go(call);
    pl_timer_cancel(call->timer);
    call->timer = NULL;
    pl_arena_free(call->try_arena);
    call->try_arena = NULL;
}

/* The end. */
static void close_call(struct pl_gcp_call *call)
{
    struct pl_gcp *gcp = call->gcp;

    unlink_call(call);
    gcp->n_done++;
    drop_try(call);
    pl_gcp_progress_end(gcp, call);
    pl_arena_free(call->arena);
}

static void answer_failure(struct pl_gcp_call *call, const struct pl_gcp_failure *failure)
{
    struct pl_gcp_failure told = *failure;

    if (strcmp(told.reason, "auth") == 0)
        told.remedy = call->gcp->login;
    call->done(call, NULL, &told);
    close_call(call);
}

static void fail(struct pl_gcp_call *call, const char *reason, const char *detail)
{
    struct pl_gcp_failure failure = pl_gcp_failure_make(call->arena, &call->about, reason, detail);

    answer_failure(call, &failure);
}

static void on_again(void *arg)
{
    struct pl_gcp_call *call = arg;

    call->timer = NULL;
    enqueue(call);
    pl_gcp_pump(call->gcp);
}

/* True where the call goes on. */
static bool try_again(struct pl_gcp_call *call, struct pl_gcp_failure *failure)
{
    struct pl_gcp *gcp = call->gcp;
    int64_t deadline = gcp->options->deadline_ns;
    int64_t wait = pl_gcp_retry_wait(failure, call->about.api, call->attempt, gcp->max_attempts,
                                     gcp->backoff_ns, pl_gcp_random());

    if (wait < 0)
        return false;
    /* No sense in keeping everybody waiting for a try that can never be made. */
    if (deadline > 0 && pl_clock_mono_ns() + wait >= deadline)
        return false;
    count_retry(call);
    drop_try(call);
    call->timer = pl_loop_after(gcp->loop, wait, on_again, call);
    return true;
}

static void count_tries(struct pl_gcp_call *call, struct pl_gcp_failure *failure)
{
    if (call->attempt > 1)
        failure->detail =
            pl_arena_printf(call->arena, "%s (%d attempts)", failure->detail, call->attempt);
}

/* A token that was good a moment ago may be gone: once, with a new one. */
static bool try_new_token(struct pl_gcp_call *call)
{
    if (call->renewed || !pl_gcp_auth_refused(&call->gcp->auth, call->token_serial))
        return false;
    call->renewed = true;
    count_retry(call);
    drop_try(call);
    enqueue(call);
    return true;
}

/* Others use the same quota: who is sent next must wait, too. */
static void note_throttled(struct pl_gcp_call *call)
{
    call->gcp->stats->throttled++;
    count_of(call->gcp, call->about.api)->throttled++;
    pl_gcp_bucket_drain(call->bucket, pl_clock_mono_ns());
}

static void on_failure(struct pl_gcp_call *call, struct pl_gcp_failure failure)
{
    if (strcmp(failure.reason, "throttled") == 0)
        note_throttled(call);
    if ((failure.silent || failure.mute) && call->host->lost != NULL) {
        answer_failure(call, call->host->lost);
        return;
    }
    if (failure.unauthorized && try_new_token(call))
        return;
    if (failure.again && try_again(call, &failure))
        return;
    count_tries(call, &failure);
    answer_failure(call, &failure);
}

static const struct pl_value *parse(const struct pl_gcp_call *call,
                                    const struct pl_http_reply *reply)
{
    if (call->lists != NULL)
        return pl_json_outline(call->try_arena, reply->body, reply->body_len, call->lists,
                               call->about.api, NULL);
    return pl_json_parse(call->try_arena, reply->body, reply->body_len, call->about.api, NULL);
}

/* The body lives in the try's arena. The parser would quote what is around a mistake, perhaps somebody's secret: so it is not asked. */
static void on_body(struct pl_gcp_call *call, const struct pl_http_reply *reply)
{
    const struct pl_value *body;
    struct pl_gcp_failure failure;

    call->text = reply->body;
    body = parse(call, reply);
    /* Nothing that is read has a member of that name: whoever sends it with a 200 (a proxy) means no empty list. */
    call->complaint = body == NULL           ? "the answer is no JSON"
                      : body->type != PL_MAP ? "the answer is no JSON object"
                      : reply->status == 206 /* RFC 9110, section 15.3.7 */
                          ? "the answer is a part of one, and none was asked for"
                          : pl_value_member(body, "error") != NULL
                                ? "the answer is an error with the status of a success"
                                : NULL;
    if (call->complaint == NULL)
        call->done(call, body, NULL);
    if (call->complaint == NULL) {
        close_call(call);
        return;
    }
    failure = pl_gcp_failure_make(call->arena, &call->about, "bad_answer", call->complaint);
    failure.again = true;
    on_failure(call, failure);
}

static void on_reply(const struct pl_http_reply *reply, void *arg)
{
    struct pl_gcp_call *call = arg;
    struct pl_gcp *gcp = call->gcp;
    struct pl_gcp_failure failure;

    call->http = NULL;
    land(call);
    if (reply->failure == PL_HTTP_OK && reply->status != 401)
        gcp->auth.proven = call->token_serial;
    if (reply->failure != PL_HTTP_OK || reply->status < 200 || reply->status > 299) {
        failure = pl_gcp_judge(call->arena, &call->about, reply);
        pl_gcp_host_judge(call, &failure);
        on_failure(call, failure);
    } else {
        pl_gcp_host_judge(call, NULL);
        on_body(call, reply);
    }
    pl_gcp_pump(gcp);
}

static void send_call(struct pl_gcp_call *call)
{
    struct pl_gcp *gcp = call->gcp;
    const char *quota = gcp->auth.credentials.quota_project;
    struct pl_http_request request;
    struct pl_http_header *headers;
    struct pl_err err;

    call->try_arena = call->ask.purpose == PL_GCP_SECRET ? pl_arena_new_wiped() : pl_arena_new();
    if (pl_gcp_request_build(call->try_arena, gcp->root, &call->ask, &request, &err) != 0) {
        fail(call, "rejected", pl_gcp_quote(call->arena, err.text));
        return;
    }
    if (quota != NULL) { /* whose quota a user's calls count against */
        headers = pl_arena_array(call->try_arena, request.n_headers + 1, sizeof *headers);
        memcpy(headers, request.headers, request.n_headers * sizeof *headers);
        headers[request.n_headers++] = (struct pl_http_header){"x-goog-user-project", quota};
        request.headers = headers;
    }
    request.bearer = gcp->auth.token;
    request.timeout_ns = gcp->request_timeout_ns;
    request.connect_timeout_ns = gcp->connect_timeout_ns;
    request.urgency = call->urgency;
    request.small =
        call->small || call->ask.purpose == PL_GCP_SECRET; /* unpacking would leave a copy */
    request.watch = &watch;
    call->token_serial = gcp->auth.serial;
    call->attempt++;
    gcp->stats->requests++;
    count_of(gcp, call->about.api)->requests++;
    request.fresh = pl_gcp_host_begin(call);
    gcp->in_flight++;
    call->flying = true;
    on_bytes(call, PL_GCP_CALL_BYTES);
    call->http = pl_http_send(gcp->loop, call->try_arena, &request, on_reply, call);
}

/* ---- the pump ---- */

/* Everybody who still waits hears that it is too late; nobody can start anew. */
static void fail_all(struct pl_gcp *gcp, const char *reason, const char *detail)
{
    for (size_t i = 0; i < gcp->buckets.n; i++)
        memset(gcp->buckets.list[i]->waiting, 0, sizeof gcp->buckets.list[i]->waiting);
    while (gcp->calls != NULL) {
        struct pl_gcp_call *call = gcp->calls;

        drop_try(call);
        fail(call, reason, detail);
    }
}

static void on_deadline(void *arg)
{
    struct pl_gcp *gcp = arg;

    gcp->deadline_timer = NULL;
    gcp->over = true;
    pl_gcp_pump(gcp);
}

/* True where the first that waits was told that its host is not there. */
static bool answer_lost(struct pl_gcp_queue *queue)
{
    const struct pl_gcp_failure *lost = queue->first != NULL ? queue->first->host->lost : NULL;

    if (lost != NULL)
        answer_failure(dequeue(queue), lost);
    return lost != NULL;
}

/* Round robin, so that a thousand calls to one API do not keep one call to another waiting. *wait as pl_gcp_bucket_take has it. */
static void send_those(struct pl_gcp *gcp, int urgency, int64_t now, int64_t *wait)
{
    struct pl_gcp_buckets *buckets = &gcp->buckets;
    size_t idle = 0;

    while (gcp->in_flight < gcp->most_in_flight && gcp->held < PL_GCP_HELD_BYTES &&
           idle < buckets->n) {
        struct pl_gcp_bucket *bucket = buckets->list[buckets->next++ % buckets->n];
        struct pl_gcp_queue *queue = &bucket->waiting[urgency];

        if (answer_lost(queue)) {
            idle = 0;
            continue;
        }
        if (queue->first == NULL || !pl_gcp_host_may_go(queue->first) ||
            !pl_gcp_bucket_take(bucket, now, wait)) {
            idle++;
            continue;
        }
        idle = 0;
        send_call(dequeue(queue));
    }
}

/* Those first from which the longest chains of calls follow. */
static void send_what_may(struct pl_gcp *gcp)
{
    int64_t now = pl_clock_mono_ns(), wait = -1;

    for (int urgency = PL_LOOP_URGENCY_MAX; urgency >= 0; urgency--)
        send_those(gcp, urgency, now, &wait);
    if (gcp->n_calls == 0) /* what was left was refused before it was sent */
        pl_loop_stop(gcp->loop);
    else if (wait >= 0)
        pump_after(gcp, wait);
}

/* Where the time went into tries at a token that failed is what there is to mend. */
static const char *too_late(const struct pl_gcp *gcp)
{
    if (gcp->auth.serial == 0 && gcp->auth.err.code != PL_OK)
        return pl_arena_printf(gcp->arena, "the run's deadline passed before there was a token: %s",
                               gcp->auth.err.text);
    return "the run's deadline passed before this was read";
}

void pl_gcp_pump(struct pl_gcp *gcp)
{
    if (gcp->over)
        fail_all(gcp, "deadline", too_late(gcp));
    if (gcp->n_calls == 0) {
        pl_loop_stop(gcp->loop);
        return;
    }
    switch (pl_gcp_auth_poll(&gcp->auth)) {
    case PL_GCP_TOKEN_READY:
        send_what_may(gcp);
        return;
    case PL_GCP_TOKEN_FAILED:
        if (gcp->auth.serial == 0) { /* never had one: the run fails as a whole */
            pl_loop_stop(gcp->loop);
            return;
        }
        fail_all(gcp, "auth", pl_arena_strdup(gcp->arena, gcp->auth.err.text));
        pl_loop_stop(gcp->loop);
        return;
    case PL_GCP_TOKEN_NONE:
    case PL_GCP_TOKEN_COMING:
        return;
    }
}

int pl_gcp_run(struct pl_gcp *gcp, struct pl_err *err)
{
    int64_t deadline = gcp->options->deadline_ns;

    if (gcp->n_calls == 0)
        return 0;
    if (deadline > 0 && gcp->deadline_timer == NULL && !gcp->over)
        gcp->deadline_timer =
            pl_loop_after(gcp->loop, deadline - pl_clock_mono_ns(), on_deadline, gcp);
    pl_loop_run(gcp->loop);
    if (gcp->auth.state == PL_GCP_TOKEN_FAILED && gcp->auth.serial == 0) {
        if (err != NULL)
            *err = gcp->auth.err;
        return -1;
    }
    if (gcp->n_calls != 0)
        return pl_err_set(err, PL_E_INTERNAL, "the loop ended with %zu calls unanswered",
                          gcp->n_calls);
    return 0;
}

void pl_gcp_close(struct pl_gcp *gcp)
{
    pl_gcp_head_start_end(gcp);
    pl_timer_cancel(gcp->pump_timer);
    pl_timer_cancel(gcp->deadline_timer);
    gcp->pump_timer = gcp->deadline_timer = NULL;
    while (gcp->calls != NULL) {
        struct pl_gcp_call *call = gcp->calls;

        unlink_call(call);
        drop_try(call);
        pl_arena_free(call->arena);
    }
    pl_gcp_listings_drop(gcp);
    pl_gcp_auth_close(&gcp->auth);
}
