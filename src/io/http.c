/* http.c - the sending half of an HTTP request: options, headers, life of a call. Answers are http_reply.c.
 *
 * One easy handle a call, on the loop's multi handle. No retries, no redirects, no policy.
 */
#include "plumbline/http.h"

#include <openssl/ssl3.h>
#include <stdlib.h>
#include <string.h>

#include "io_priv.h"

#ifndef PL_VERSION
#define PL_VERSION "0"
#endif

static const int64_t timeout_default_ns = INT64_C(30000000000);
static const size_t max_bytes_default = (size_t)64 << 20;

struct pl_http_call {
    struct io_hook hook; /* first */
    struct pl_loop *loop;
    struct pl_arena *arena;
    CURL *easy;
    CURLU *parts; /* of the URL */
    struct curl_slist *headers;
    struct pl_timer *failing; /* set while a request that cannot be started waits to say so */
    struct io_receiver receiver;
    const char *url;
    const char *refusal;
    bool over;
    void (*done)(const struct pl_http_reply *reply, void *arg);
    void *arg;
};

/* Lets go of everything but the memory, which is the arena's. */
static void end_call(struct pl_http_call *call)
{
    if (call->over)
        return;
    call->over = true;
    io_loop_unhook(call->loop, &call->hook);
    pl_timer_cancel(call->failing);
    if (call->easy != NULL) {
        pl_loop_curl_remove(call->loop, call->easy);
        curl_easy_cleanup(call->easy);
    }
    curl_url_cleanup(call->parts);
    /* One of them is the token. */
    for (struct curl_slist *h = call->headers; h != NULL; h = h->next)
        pl_wipe(h->data, strlen(h->data));
    curl_slist_free_all(call->headers);
    pl_buf_free(&call->receiver.body);
}

static void drop_call(struct io_hook *hook)
{
    end_call((struct pl_http_call *)hook);
}

static void on_done(CURL *easy, CURLcode code, void *arg)
{
    struct pl_http_call *call = arg;
    struct pl_http_reply *reply = io_receiver_finish(&call->receiver, easy, code, call->url);

    end_call(call);
    call->done(reply, call->arg);
}

static void on_finished(void *arg)
{
    const struct pl_http_call *call = arg;

    if (call->receiver.watch != NULL)
        call->receiver.watch->received(call->arg);
}

static void on_refused(void *arg)
{
    struct pl_http_call *call = arg;
    struct pl_http_reply *reply = PL_NEW(call->arena, struct pl_http_reply);

    call->failing = NULL; /* it just fired */
    *reply = (struct pl_http_reply){.failure = PL_HTTP_OTHER, .body = ""};
    reply->detail =
        pl_arena_printf(call->arena, "%s: %s", io_peer(call->arena, call->url), call->refusal);
    end_call(call);
    call->done(reply, call->arg);
}

/* A line break in a header would be a header of somebody else's. */
static bool clean(const char *text)
{
    for (; *text != '\0'; text++) {
        if (((unsigned char)*text < 0x20 && *text != '\t') || *text == 0x7f)
            return false;
    }
    return true;
}

static int add_header(struct pl_http_call *call, const char *name, const char *value)
{
    struct pl_buf line = {0};
    struct curl_slist *longer;
    size_t len = strlen(name) + strlen(value) + 3;

    if (!clean(name) || !clean(value) || *name == '\0' || strpbrk(name, ": ") != NULL)
        return -1;
    /* In one piece, so that a token leaves no copy behind in a buffer that moved. libcurl's notation for
     * an empty header is a semicolon. */
    line.data = pl_xrealloc(NULL, len);
    line.cap = len;
    pl_buf_adds(&line, name);
    pl_buf_adds(&line, *value != '\0' ? ": " : ";");
    pl_buf_adds(&line, value);
    longer = curl_slist_append(call->headers, line.data);
    if (longer == NULL)
        pl_oom(len);
    call->headers = longer;
    pl_wipe(line.data, line.len);
    pl_buf_free(&line);
    return 0;
}

static int add_bearer(struct pl_http_call *call, const struct pl_secret *bearer)
{
    size_t len = strlen("Bearer ") + pl_secret_len(bearer);
    char *value = pl_xrealloc(NULL, len + 1);
    int failed;

    memcpy(value, "Bearer ", strlen("Bearer "));
    memcpy(value + strlen("Bearer "), pl_secret_reveal(bearer), pl_secret_len(bearer) + 1);
    failed = add_header(call, "Authorization", value);
    pl_wipe(value, len);
    pl_xfree(value);
    return failed;
}

static int add_headers(struct pl_http_call *call, const struct pl_http_request *request)
{
    for (size_t i = 0; i < request->n_headers; i++) {
        if (add_header(call, request->headers[i].name, request->headers[i].value) < 0)
            return -1;
    }
    if (request->content_type != NULL &&
        add_header(call, "Content-Type", request->content_type) < 0)
        return -1;
    /* By hand, so that libcurl hands it on as it comes: http_reply.c. */
    if (!request->small && add_header(call, "Accept-Encoding", "gzip") < 0)
        return -1;
    if (request->bearer != NULL && add_bearer(call, request->bearer) < 0)
        return -1;
    if (request->body != NULL) {
        /* libcurl would wait a second for 100 Continue before a large body: "Expect:" takes that away. */
        struct curl_slist *longer = curl_slist_append(call->headers, "Expect:");

        if (longer == NULL)
            pl_oom(0);
        call->headers = longer;
    }
    (void)curl_easy_setopt(call->easy, CURLOPT_HTTPHEADER, call->headers);
    return 0;
}

/* A URL that libcurl parses itself it prints anew, too, letter by letter. One that it refuses it gets as a text only, and says why. */
static void set_url(struct pl_http_call *call)
{
    static const unsigned flags =
        CURLU_GUESS_SCHEME | CURLU_NON_SUPPORT_SCHEME | CURLU_DISALLOW_USER;

    (void)curl_easy_setopt(call->easy, CURLOPT_URL, call->url);
    (void)curl_easy_setopt(call->easy, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
    call->parts = curl_url();
    if (call->parts == NULL)
        pl_oom(0);
    if (curl_url_set(call->parts, CURLUPART_URL, call->url, flags) == CURLUE_OK)
        (void)curl_easy_setopt(call->easy, CURLOPT_CURLU, call->parts);
}

static void set_method(CURL *easy, const struct pl_http_request *request)
{
    const char *method = request->method != NULL ? request->method : "GET";

    if (request->body != NULL) {
        (void)curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body_len);
        (void)curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request->body);
    } else if (strcmp(method, "HEAD") == 0) {
        (void)curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
    } else if (strcmp(method, "POST") == 0) {
        (void)curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE, 0L);
        (void)curl_easy_setopt(easy, CURLOPT_POSTFIELDS, "");
    }
    (void)curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, method);
}

static const char *named(const char *variable)
{
    const char *value = getenv(variable);

    return value != NULL && *value != '\0' ? value : NULL;
}

/* Any CAPATH, libcurl's default included, turns its cache of what is in CAINFO off: each connection would read the whole file again
 * (lib/vtls/openssl.c, cache_criteria_met). So it is one or the other; and the system's is the file, to which people append by hand. */
static void set_trust(CURL *easy)
{
    const char *file = named("SSL_CERT_FILE"), *folder;

    if (file == NULL)
        file = named("CLOUDSDK_CORE_CUSTOM_CA_CERTS_FILE");
    folder = file == NULL ? named("SSL_CERT_DIR") : NULL;
    if (file == NULL && folder == NULL)
        file = "/etc/ssl/certs/ca-certificates.crt";
    (void)curl_easy_setopt(easy, CURLOPT_CAPATH, folder);
    (void)curl_easy_setopt(easy, CURLOPT_CAINFO, file);
}

static void set_tls(struct pl_http_call *call, bool https)
{
    CURL *easy = call->easy;

    if (https) {
        set_trust(easy);
        (void)curl_easy_setopt(easy, CURLOPT_SHARE,
                               io_sessions_of(io_loop_sessions(call->loop), call->url));
    }
    (void)curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    (void)curl_easy_setopt(easy, CURLOPT_HTTP_VERSION,
                           https ? (long)CURL_HTTP_VERSION_2TLS : (long)CURL_HTTP_VERSION_1_1);
    /* Wait for a connection under way to tell whether it multiplexes, rather than open another. */
    (void)curl_easy_setopt(easy, CURLOPT_PIPEWAIT, https ? 1L : 0L);
}

/* One entry of NO_PROXY as libcurl reads it; NULL: it is of another port. Go and Python know "*.example.com" and "host:port" besides
 * (https://pkg.go.dev/golang.org/x/net/http/httpproxy). */
static const char *no_proxy_entry(char *entry, const char *port)
{
    char *colon = strchr(entry, ':');

    if (entry[0] == '*' && entry[1] == '.')
        entry++;
    if (colon == NULL || strchr(colon + 1, ':') != NULL) /* or an IPv6 address */
        return entry;
    *colon = '\0';
    return strcmp(colon + 1, port) == 0 ? entry : NULL;
}

static void set_no_proxy(struct pl_http_call *call)
{
    const char *list = getenv("no_proxy"), *port, *entry;
    struct pl_buf out = {0};

    if (list == NULL)
        list = getenv("NO_PROXY");
    if (list == NULL)
        return;
    port = io_peer(call->arena, call->url);
    port = strrchr(port, ':') != NULL ? strrchr(port, ':') + 1 : "";
    while (*(list += strspn(list, ", ")) != '\0') {
        size_t len = strcspn(list, ", ");

        entry = no_proxy_entry(pl_arena_strndup(call->arena, list, len), port);
        if (entry != NULL && strcmp(entry, "*") == 0) { /* libcurl knows it alone only */
            pl_buf_clear(&out);
            pl_buf_adds(&out, "*");
            break;
        }
        if (entry != NULL)
            pl_buf_addf(&out, "%s,", entry);
        list += len;
    }
    (void)curl_easy_setopt(call->easy, CURLOPT_NOPROXY, pl_buf_str(&out));
    pl_buf_free(&out);
}

static long to_ms(int64_t ns)
{
    return (long)((ns + 999999) / 1000000);
}

static void set_options(struct pl_http_call *call, const struct pl_http_request *request)
{
    CURL *easy = call->easy;
    int64_t ns = request->timeout_ns > 0 ? request->timeout_ns : timeout_default_ns;
    size_t max = request->max_bytes > 0 ? request->max_bytes : max_bytes_default;

    set_url(call);
    (void)curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    (void)curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, to_ms(ns));
    if (request->connect_timeout_ns > 0)
        (void)curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, to_ms(request->connect_timeout_ns));
    (void)curl_easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)max);
    /* Google compresses for clients that say so in their name, too (https://developers.google.com/discovery/v1/performance#gzip). */
    (void)curl_easy_setopt(easy, CURLOPT_USERAGENT, "plumbline/" PL_VERSION " (gzip)");
    (void)curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 1L);
    /* Not less, however many transfers have one: of what a TLS record holds beyond it libcurl 7.88 keeps the rest, and looks at that only when
     * the peer sends more (lib/http2.c, cf_h2_recv), so that a list of 6 KiB timed out. */
    (void)curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, (long)SSL3_RT_MAX_PLAIN_LENGTH);
    /* Else a deadline waits for getaddrinfo, and the whole loop with it; the thread ends by itself. */
    (void)curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
    if (request->fresh)
        (void)curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
    if (request->direct)
        (void)curl_easy_setopt(easy, CURLOPT_PROXY, "");
    else
        set_no_proxy(call);
    set_tls(call, strncmp(request->url, "https:", 6) == 0);
    set_method(easy, request);
    call->receiver.max_bytes = max;
    call->receiver.watch = request->watch;
    call->receiver.watch_arg = call->arg;
    io_receiver_attach(&call->receiver, easy);
}

struct pl_http_call *pl_http_send(struct pl_loop *loop, struct pl_arena *arena,
                                  const struct pl_http_request *request,
                                  void (*done)(const struct pl_http_reply *reply, void *arg),
                                  void *arg)
{
    struct pl_http_call *call = PL_NEW(arena, struct pl_http_call);
    struct pl_err err;

    *call = (struct pl_http_call){.loop = loop, .arena = arena, .done = done, .arg = arg};
    call->hook.drop = drop_call;
    call->receiver.arena = arena;
    call->url = request->url;
    io_loop_hook(loop, &call->hook);
    call->easy = curl_easy_init();
    if (call->easy == NULL)
        pl_oom(sizeof *call);
    set_options(call, request);
    if (add_headers(call, request) < 0)
        call->refusal = "a header is malformed";
    else if (pl_loop_curl_add(loop, call->easy, on_done, call, &err) < 0)
        call->refusal = pl_arena_strdup(arena, err.text);
    pl_loop_curl_pace(call->easy, request->urgency, on_finished);
    if (call->refusal != NULL)
        call->failing = pl_loop_after(loop, 0, on_refused, call);
    return call;
}

void pl_http_cancel(struct pl_http_call *call)
{
    if (call != NULL)
        end_call(call);
}
