/* probe_http.c - http and https by libcurl: one request, its answer judged; redirects only where they are asked for.
 *
 * libcurl gets a descriptor that is connected already (CURL_SOCKOPT_ALREADY_CONNECTED) and never resolves a name;
 * trust and alerts are tls.c's, laid over libcurl's context; phases come from its callbacks, because
 * libcurl 7.88 reports wrong times for failed handshakes (probes.md, pitfalls 26 to 32). A redirect is a new
 * connection of the same attempt. The request is http_request.c's, what the answer must be http_judge.c's.
 */
#include <errno.h>
#include <fcntl.h>
#include <openssl/err.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "http_priv.h"
#include "kernel_priv.h"
#include "proxy_priv.h"

/* The last is what libcurl may read in all, also of what it passes on to nobody (the extensions of chunks). */
enum { HTTP_MAX_HEADERS = 200, HTTP_MAX_RAW = 4 * PROBE_MAX_BODY, HTTP_LOOK_EVERY = 8 };

/* ---- libcurl's callbacks ---- */

static curl_socket_t give_socket(void *arg, curlsocktype purpose, struct curl_sockaddr *address)
{
    struct http *own = arg;
    int fd = own->fd;

    (void)purpose;
    (void)address;
    own->given = fd;
    own->fd = -1; /* once: libcurl must not connect anywhere by itself */
    return fd >= 0 ? fd : CURL_SOCKET_BAD;
}

static int already_connected(void *arg, curl_socket_t fd, curlsocktype purpose)
{
    (void)arg;
    (void)fd;
    (void)purpose;
    return CURL_SOCKOPT_ALREADY_CONNECTED;
}

static CURLcode on_ssl_ctx(CURL *easy, void *ctx, void *arg)
{
    struct attempt *a = arg;

    (void)easy;
    pl_tls_watch_ctx(ctx, a->target->trust, &a->seen);
    return CURLE_OK;
}

static int on_ready(void *arg, char *ip, char *local_ip, int port, int local_port)
{
    struct attempt *a = arg;

    (void)ip;
    (void)local_ip;
    (void)port;
    (void)local_port;
    /* In clear the phase began when libcurl was asked: what made it late until now must not hide what does so later. */
    pl_attempt_event(a);
    pl_attempt_phase(a, PHASE_FIRST_BYTE);
    return CURL_PREREQFUNC_OK;
}

static void keep_header(struct attempt *a, const char *line, size_t n)
{
    struct http *own = a->own;
    const char *colon = memchr(line, ':', n);
    struct http_header header;

    if (colon == NULL)
        return;
    /* One that was left out would pass for absent. */
    if (own->n_headers == HTTP_MAX_HEADERS) {
        own->abort_class = "PROTO_TOO_LARGE";
        return;
    }
    header.name = pl_arena_strndup(a->arena, line, (size_t)(colon - line));
    n -= (size_t)(colon + 1 - line);
    colon++;
    while (n > 0 && (*colon == ' ' || *colon == '\t'))
        colon++, n--;
    while (n > 0 && (colon[n - 1] == '\r' || colon[n - 1] == '\n' || colon[n - 1] == ' '))
        n--;
    header.value = pl_arena_strndup(a->arena, colon, n);
    PL_PUSH(a->arena, own->headers, own->n_headers, own->cap_headers, header);
}

static size_t on_header(char *line, size_t size, size_t count, void *arg)
{
    struct attempt *a = arg;
    struct http *own = a->own;
    size_t n = size * count;

    a->through = true;
    pl_attempt_phase(a, PHASE_BODY);
    own->head_bytes += n;
    if (own->head_bytes > PROBE_MAX_HEAD) {
        own->abort_class = "PROTO_TOO_LARGE";
        return 0;
    }
    if (n > 5 && memcmp(line, "HTTP/", 5) == 0)
        own->n_headers = 0; /* after a 100-continue */
    else
        keep_header(a, line, n);
    return own->abort_class == NULL ? n : 0;
}

static size_t on_body(char *bytes, size_t size, size_t count, void *arg)
{
    struct attempt *a = arg;
    struct http *own = a->own;
    size_t n = size * count, room = PROBE_MAX_BODY - own->body_bytes;

    if (own->keep_body)
        pl_buf_add(&own->body, bytes, n < room ? n : room);
    own->body_bytes += n < room ? n : room;
    if (n <= room)
        return n;
    own->cut = true;
    return 0;
}

static int on_progress(void *arg, curl_off_t down, curl_off_t downed, curl_off_t up,
                       curl_off_t upped)
{
    struct http *own = arg;

    (void)down;
    (void)downed;
    (void)up;
    (void)upped;
    if (++own->turns % HTTP_LOOK_EVERY != 0 || pl_kernel_received(own->given) <= HTTP_MAX_RAW)
        return 0;
    own->abort_class = "PROTO_TOO_LARGE";
    return 1;
}

/* ---- failures ---- */

/* Phase, own abort, alert, verification, then libcurl's code (probes.md 5.3). */
static const char *curl_class(const struct attempt *a, CURLcode code, int sys)
{
    const struct http *own = a->own;
    bool tls = a->target->trust != NULL && a->tls;
    const char *version = a->target->spec->http_version;

    if (own->abort_class != NULL)
        return own->abort_class;
    if (tls && (a->phase == PHASE_TLS || a->seen.alert >= 0))
        return pl_tls_fault(a->target->trust, &a->seen, sys);
    switch ((int)code) {
    case CURLE_UNSUPPORTED_PROTOCOL:
        return "PROTO_NOT_HTTP"; /* HTTP/0.9: the socket was there, the answer was no HTTP */
    case CURLE_WEIRD_SERVER_REPLY:
        return "PROTO_HTTP_MALFORMED";
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
        return "PROTO_H2";
    case CURLE_PARTIAL_FILE:
        return "IO_TRUNCATED";
    case CURLE_OUT_OF_MEMORY: /* what a header line beyond libcurl's limit gives */
    case CURLE_FILESIZE_EXCEEDED:
        return "PROTO_TOO_LARGE";
    case CURLE_GOT_NOTHING:
        /* What a server of HTTP/1.1 does when it is spoken to in HTTP/2 without an upgrade. */
        return !tls && version != NULL && strcmp(version, "2") == 0 ? "PROTO_H2"
                                                                    : "IO_CLOSED_EMPTY";
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
        if (sys == ECONNRESET || sys == EPIPE)
            return "IO_RESET";
        return a->phase == PHASE_BODY ? "PROTO_HTTP_MALFORMED" : "IO_CLOSED_EMPTY";
    case CURLE_BAD_CONTENT_ENCODING:
        return "PROTO_ENCODING";
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
        return tls ? pl_tls_fault(a->target->trust, &a->seen, sys) : "SELF_CONFIG";
    default:
        return "SELF_CONFIG";
    }
}

static void fail_by_code(struct attempt *a, CURLcode code)
{
    const char *class_name;
    long sys = 0;
    char text[256];

    curl_easy_getinfo(((struct http *)a->own)->easy, CURLINFO_OS_ERRNO, &sys);
    class_name = curl_class(a, code, (int)sys);
    /* libcurl checks the name by itself: then nothing was seen by the verify callback. */
    if (code == CURLE_PEER_FAILED_VERIFICATION && a->seen.error == X509_V_OK && a->seen.alert < 0)
        class_name = "TLS_HOSTNAME", a->seen.error = X509_V_ERR_HOSTNAME_MISMATCH;
    if (strncmp(class_name, "TLS_", 4) == 0)
        pl_tls_describe(&a->seen, class_name, text, sizeof(text));
    else if (strcmp(class_name, "SELF_CONFIG") == 0)
        snprintf(text, sizeof(text), "libcurl: %s", curl_easy_strerror(code));
    else
        snprintf(text, sizeof(text), "%s", pl_class_find(class_name)->phrase);
    if (strcmp(class_name, "TLS_HOSTNAME") == 0)
        pl_attempt_fail(a, class_name, 0, "%s: the certificate of %s is not for '%s'", a->peer_text,
                        a->seen.subject, pl_attempt_name(a));
    else
        pl_attempt_fail(a, class_name, 0, "%s: %s", a->peer_text, text);
}

/* ---- the transfer ---- */

void pl_http_release(struct attempt *a)
{
    struct http *own = a->own;

    if (own->easy != NULL) {
        pl_loop_curl_remove(a->run->loop, own->easy);
        curl_easy_cleanup(own->easy);
    }
    own->easy = NULL;
    curl_slist_free_all(own->request_headers);
    curl_slist_free_all(own->connect_to);
    own->request_headers = own->connect_to = NULL;
    if (own->fd >= 0)
        close(own->fd);
    own->fd = -1;
    pl_buf_free(&own->body);
}

static void on_done(CURL *easy, CURLcode code, void *arg)
{
    struct attempt *a = arg;
    struct http *own = a->own;
    long status = 0;

    pl_schedule_note_lag(a->run);
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    ERR_clear_error();
    if (code != CURLE_OK && !(code == CURLE_WRITE_ERROR && own->cut && own->abort_class == NULL)) {
        fail_by_code(a, code);
        return;
    }
    pl_attempt_phase(a, PHASE_WAIT);
    pl_http_judge(a, (int)status);
}

static void set_tls(struct attempt *a)
{
    CURL *easy = ((struct http *)a->own)->easy;
    enum pl_tls_mode mode = a->target->trust->mode;

    /* The store is ours (pl_tls_watch_ctx): libcurl must not read the system's again for every connection, and
     * must not keep any for the next, which may be another target's. */
    curl_easy_setopt(easy, CURLOPT_CA_CACHE_TIMEOUT, 0L);
    curl_easy_setopt(easy, CURLOPT_CAINFO, NULL);
    curl_easy_setopt(easy, CURLOPT_CAPATH, NULL);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, mode >= PL_TLS_VERIFY_CA ? 1L : 0L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, mode >= PL_TLS_VERIFY_FULL ? 2L : 0L);
    curl_easy_setopt(easy, CURLOPT_SSL_SESSIONID_CACHE, 0L);
    curl_easy_setopt(easy, CURLOPT_SSL_CTX_FUNCTION, on_ssl_ctx);
    curl_easy_setopt(easy, CURLOPT_SSL_CTX_DATA, a);
}

static void set_plumbing(struct attempt *a)
{
    struct http *own = a->own;
    CURL *easy = own->easy;

    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    /* No proxy of the environment: the path is declared. */
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_NOPROXY, "");
    /* Its cache of names would hold an entry a target, and be searched whole after every transfer. */
    curl_easy_setopt(easy, CURLOPT_DNS_CACHE_TIMEOUT, 0L);
    curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
    curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, 1L);
    /* As clients ask; what it unpacks to is counted (on_body). */
    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "gzip, deflate");
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "plumbline/" PL_VERSION);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, give_socket);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, own);
    curl_easy_setopt(easy, CURLOPT_SOCKOPTFUNCTION, already_connected);
    curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, on_ready);
    curl_easy_setopt(easy, CURLOPT_PREREQDATA, a);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, a);
    curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, on_progress);
    curl_easy_setopt(easy, CURLOPT_XFERINFODATA, own);
    curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, a);
}

void pl_http_connected(struct attempt *a, int fd)
{
    const struct pl_probe_spec *spec = a->target->spec;
    struct http *own = a->own;
    struct pl_err err;

    if (own == NULL)
        a->own = own = PL_NEW(a->arena, struct http);
    /* To a path libcurl 7.88 connects by itself, and calls no CURLOPT_SOCKOPTFUNCTION before. */
    if (a->peer->sa.ss_family == AF_UNIX) {
        close(fd);
        fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    }
    own->fd = fd;
    own->easy = curl_easy_init();
    own->keep_body =
        spec->expect_body != NULL || spec->n_expect_json > 0 || spec->state_pointer != NULL;
    own->n_headers = own->head_bytes = own->body_bytes = 0;
    own->cut = false;
    if (own->easy == NULL) {
        pl_attempt_fail(a, "SELF_MEMORY", 0, "libcurl cannot make a request");
        return;
    }
    pl_attempt_phase(a, a->tls ? PHASE_TLS : PHASE_FIRST_BYTE);
    set_plumbing(a);
    pl_http_ask(a);
    if (a->tls)
        set_tls(a);
    if (pl_loop_curl_add(a->run->loop, own->easy, on_done, a, &err) != 0)
        pl_attempt_fail(a, "SELF_MEMORY", 0, "%s", err.text);
}

int pl_http_prepare(struct target *t)
{
    for (size_t i = 0; i < t->spec->n_headers; i++) {
        const char *value = pl_probe_reveal(&t->spec->headers[i].value);

        if (strpbrk(t->spec->headers[i].name, "\r\n: ") != NULL || value == NULL ||
            strpbrk(value, "\r\n") != NULL) {
            t->unknown_why =
                pl_arena_printf(t->run->arena, "header %s has characters that no header may have",
                                t->spec->headers[i].name);
            return -1;
        }
    }
    return 0;
}

const struct probe_type pl_probe_http = {
    .type = PL_PROBE_HTTP,
    .title = "HTTP",
    .prepare = pl_http_prepare,
    .connected = pl_http_connected,
    .cancel = pl_http_release,
};

const struct probe_type pl_probe_https = {
    .type = PL_PROBE_HTTPS,
    .title = "HTTPS",
    .prepare = pl_http_prepare,
    .connected = pl_http_connected,
    .cancel = pl_http_release,
};
