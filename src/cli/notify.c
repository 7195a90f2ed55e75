/* notify.c - tells a receiver what changed, once it stood long enough; never in the way of the run itself.
 *
 * The URL may be a secret (chat services put a token into its path): it is never printed, and the store knows it by a hash only.
 */
#include <string.h>

#include "cli_priv.h"
#include "plumbline/file.h"
#include "plumbline/hash.h"
#include "plumbline/http.h"
#include "plumbline/log.h"
#include "plumbline/net.h"

enum { MAX_URL = 4096, TIMEOUT_S = 10, MAX_REPLY = 64 << 10 };

static const char *wanted =
    "--notify wants https://..., http:// to this machine, or @FILE with such "
    "a URL in it";

int pl_notify_url(struct pl_arena *arena, const char *text, const char **out, struct pl_err *err)
{
    struct pl_hostport to;
    struct pl_ip ip;
    if (*text == '@') {
        size_t len = 0;
        char *file = pl_file_read(arena, text + 1, MAX_URL, &len, err);
        if (!file)
            return pl_err_wrap(err, "--notify");
        file[strcspn(file, "\r\n")] = '\0';
        text = file;
    }
    if (!pl_hostport_parse(arena, text, &to) || !to.scheme || !to.host || to.user_info)
        return pl_err_set(err, PL_E_USAGE, "%s, without a user in it", wanted);
    bool local =
        strcmp(to.host, "localhost") == 0 || (pl_ip_parse(to.host, &ip) && pl_ip_is_loopback(&ip));
    if (strcmp(to.scheme, "https") != 0 && !(strcmp(to.scheme, "http") == 0 && local))
        return pl_err_set(err, PL_E_USAGE, "%s", wanted);
    *out = text;
    return 0;
}

/* Host and port: what people may read of it. */
static const char *shown(struct pl_arena *arena, const char *url)
{
    struct pl_hostport to;
    return pl_hostport_parse(arena, url, &to) && to.host ? to.host : "the receiver";
}

static void on_reply(const struct pl_http_reply *reply, void *arg)
{
    *(struct pl_http_reply *)arg = *reply;
}

/* 0: it was received. */
static int send_it(struct pl_session *s, const char *url, const char *body, struct pl_err *err)
{
    struct pl_http_reply reply = {.failure = PL_HTTP_OTHER, .detail = "no answer"};
    if (!s->loop && !(s->loop = pl_loop_new(err)))
        return -1;
    const struct pl_http_request request = {
        .method = "POST",
        .url = url,
        .body = body,
        .body_len = strlen(body),
        .content_type = "application/json",
        .timeout_ns = (int64_t)TIMEOUT_S * 1000000000,
        .max_bytes = MAX_REPLY,
    };
    (void)pl_http_send(s->loop, s->arena, &request, on_reply, &reply);
    pl_loop_run(s->loop);
    if (reply.failure != PL_HTTP_OK)
        return pl_err_set(err, PL_E_NET, "%s", reply.detail ? reply.detail : "no answer");
    if (reply.status < 200 || reply.status > 299)
        return pl_err_set(err, PL_E_NET, "HTTP status %d", reply.status);
    return 0;
}

static int notify(struct pl_session *s, struct pl_store *store, const char *url, struct pl_err *err)
{
    const char *series = s->run.past->series;
    char *target = pl_hash_text(s->arena, url, strlen(url));
    struct pl_told told;
    if (pl_history_told(store, s->arena, series, target, &told, err) < 0)
        return -1;
    int confirm = s->options->confirm ? s->options->confirm : 1;
    struct pl_notice notice = pl_notice_make(&s->run, &told, confirm);
    if (!notice.body)
        return 0;
    if (send_it(s, url, notice.body, err) < 0)
        return -1;
    pl_log(PL_LOG_INFO, "%s was told: %zu new, %zu changed, %zu resolved", shown(s->arena, url),
           notice.n_new, notice.n_changed, notice.n_resolved);
    return pl_history_set_told(store, series, target, &notice.told, err);
}

void pl_session_notify(struct pl_session *s, struct pl_store *store)
{
    struct pl_err err = {0};
    for (size_t i = 0; i < s->options->notify.n; i++)
        if (notify(s, store, s->options->notify.list[i], &err) < 0)
            pl_log(PL_LOG_WARN, "%s was not told (the next run tries again): %s",
                   shown(s->arena, s->options->notify.list[i]), err.text);
}
