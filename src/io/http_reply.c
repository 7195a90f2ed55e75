/* http_reply.c - the receiving half of an HTTP request: bounded headers and body, and what a failure was.
 *
 * Failures are judged by how far the request came, not by libcurl's words for them. Sending is http.c.
 */
#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

#include "io_priv.h"

enum { HEADER_BYTES_MAX = 256 << 10, HEADERS_MAX = 256 };

static void reach(struct io_receiver *r, enum io_phase phase)
{
    if (phase > r->phase)
        r->phase = phase;
}

/* "10.0.0.1:443", "[::1]:443" */
static void note_address(struct io_receiver *r, const struct sockaddr *address)
{
    const struct sockaddr_in *v4 = (const void *)address;
    const struct sockaddr_in6 *v6 = (const void *)address;
    char text[INET6_ADDRSTRLEN];

    if (address->sa_family == AF_INET && inet_ntop(AF_INET, &v4->sin_addr, text, sizeof text))
        (void)snprintf(r->to, sizeof r->to, "%s:%d", text, ntohs(v4->sin_port));
    else if (address->sa_family == AF_INET6 &&
             inet_ntop(AF_INET6, &v6->sin6_addr, text, sizeof text))
        (void)snprintf(r->to, sizeof r->to, "[%s]:%d", text, ntohs(v6->sin6_port));
}

static curl_socket_t on_socket(void *arg, curlsocktype purpose, struct curl_sockaddr *to)
{
    (void)purpose;
    reach(arg, IO_RESOLVED);
    note_address(arg, &to->addr);
    return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

/* libcurl 7.88 takes no tickets for TLS 1.2 (session.c). */
static CURLcode on_tls(CURL *easy, void *ssl_ctx, void *arg)
{
    (void)easy;
    reach(arg, IO_TLS);
    (void)SSL_CTX_clear_options(ssl_ctx, SSL_OP_NO_TICKET);
    return CURLE_OK;
}

static int on_request(void *arg, char *ip, char *local_ip, int port, int local_port)
{
    const struct io_receiver *r = arg;

    (void)ip;
    (void)local_ip;
    (void)port;
    (void)local_port;
    reach(arg, IO_SENT);
    if (r->watch != NULL)
        r->watch->connected(r->watch_arg);
    return CURL_PREREQFUNC_OK;
}

static void add_header(struct io_receiver *r, const char *line, size_t len)
{
    const char *colon = memchr(line, ':', len), *value;
    struct pl_http_header header;
    char *name;
    size_t n;

    if (colon == NULL || colon == line)
        return;
    name = pl_arena_strndup(r->arena, line, (size_t)(colon - line));
    for (char *c = name; *c != '\0'; c++)
        *c = (char)tolower((unsigned char)*c);
    value = colon + 1;
    n = len - (size_t)(value - line);
    for (; n > 0 && (*value == ' ' || *value == '\t'); n--)
        value++;
    while (n > 0 && strchr(" \t\r\n", value[n - 1]) != NULL)
        n--;
    header = (struct pl_http_header){.name = name, .value = pl_arena_strndup(r->arena, value, n)};
    PL_PUSH(r->arena, r->headers, r->n_headers, r->cap_headers, header);
}

static size_t on_header(char *line, size_t size, size_t n, void *arg)
{
    struct io_receiver *r = arg;
    size_t len = size * n;

    reach(r, IO_ANSWERED);
    r->header_bytes += len;
    if (r->header_bytes > HEADER_BYTES_MAX || r->n_headers >= HEADERS_MAX) {
        r->too_large = "its headers are";
        return 0;
    }
    /* A status line begins a new answer: after 100 Continue, or a proxy's own. */
    if (len >= 5 && memcmp(line, "HTTP/", 5) == 0) {
        r->n_headers = 0;
        r->headers_end = false;
    } else if (len > 0 && (*line == '\r' || *line == '\n')) {
        r->headers_end = true;
    } else {
        add_header(r, line, len);
    }
    return len;
}

static size_t on_body(char *bytes, size_t size, size_t n, void *arg)
{
    struct io_receiver *r = arg;
    size_t len = size * n;

    if (len > r->max_bytes - r->body.len) {
        r->too_large = "its body is";
        return 0;
    }
    pl_buf_add(&r->body, bytes, len);
    if (r->watch != NULL)
        r->watch->bytes(r->watch_arg, len);
    return len;
}

void io_receiver_attach(struct io_receiver *r, CURL *easy)
{
    (void)curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, on_socket);
    (void)curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, r);
    (void)curl_easy_setopt(easy, CURLOPT_SSL_CTX_FUNCTION, on_tls);
    (void)curl_easy_setopt(easy, CURLOPT_SSL_CTX_DATA, r);
    (void)curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, on_request);
    (void)curl_easy_setopt(easy, CURLOPT_PREREQDATA, r);
    (void)curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
    (void)curl_easy_setopt(easy, CURLOPT_HEADERDATA, r);
    (void)curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
    (void)curl_easy_setopt(easy, CURLOPT_WRITEDATA, r);
}

/* CURLcode to failure where the code says enough. The rest depends on the phase. */
static const struct {
    CURLcode code;
    enum pl_http_failure failure;
    const char *text;
} failures[] = {
    {CURLE_COULDNT_RESOLVE_HOST, PL_HTTP_RESOLVE, "the name does not resolve"},
    {CURLE_COULDNT_RESOLVE_PROXY, PL_HTTP_RESOLVE, "the proxy's name does not resolve"},
    {CURLE_COULDNT_CONNECT, PL_HTTP_CONNECT, "cannot connect"},
    {CURLE_PROXY, PL_HTTP_CONNECT, "the proxy refused"},
    {CURLE_SSL_CONNECT_ERROR, PL_HTTP_TLS, "the TLS handshake failed"},
    {CURLE_SSL_CERTPROBLEM, PL_HTTP_TLS, "the client certificate cannot be used"},
    {CURLE_SSL_CACERT_BADFILE, PL_HTTP_TLS, "the file of trusted certificates cannot be read"},
    {CURLE_SSL_ISSUER_ERROR, PL_HTTP_TLS, "the certificate's issuer is not the expected one"},
    {CURLE_PEER_FAILED_VERIFICATION, PL_HTTP_TLS, "the certificate is not trusted"},
    {CURLE_GOT_NOTHING, PL_HTTP_RESET, "the connection was closed without an answer"},
    {CURLE_SEND_ERROR, PL_HTTP_RESET, "the connection broke while sending"},
    {CURLE_RECV_ERROR, PL_HTTP_RESET, "the connection broke while receiving"},
    {CURLE_PARTIAL_FILE, PL_HTTP_RESET, "the answer was cut short"},
    {CURLE_HTTP2, PL_HTTP_RESET, "the HTTP/2 connection broke"},
    {CURLE_HTTP2_STREAM, PL_HTTP_RESET, "the HTTP/2 stream was reset"},
    {CURLE_FILESIZE_EXCEEDED, PL_HTTP_TOO_LARGE, "the answer is too large"},
    {CURLE_WEIRD_SERVER_REPLY, PL_HTTP_GARBLED, "the answer is not HTTP"},
    {CURLE_UNSUPPORTED_PROTOCOL, PL_HTTP_OTHER, "neither http nor https"},
    {CURLE_URL_MALFORMAT, PL_HTTP_OTHER, "the URL is malformed"},
    {CURLE_LOGIN_DENIED, PL_HTTP_OTHER, "the URL holds a user name"},
    {CURLE_BAD_CONTENT_ENCODING, PL_HTTP_GARBLED,
     "the answer's compression is broken, or not the one that was asked for"},
};

/* What was being done when the deadline came. */
static const char *const waiting[] = {
    [IO_QUEUED] = "resolving the name",     [IO_RESOLVED] = "connecting",
    [IO_TLS] = "in the TLS handshake",      [IO_SENT] = "waiting for an answer",
    [IO_ANSWERED] = "receiving the answer",
};

/* The cause below the failure, "" where none is known. errno is stale for other codes than these. */
static const char *cause(CURL *easy, CURLcode code)
{
    long number = 0;

    if (code == CURLE_PEER_FAILED_VERIFICATION) {
        (void)curl_easy_getinfo(easy, CURLINFO_SSL_VERIFYRESULT, &number);
        /* The chain is good and libcurl itself refused: the name. It leaves its own 1 there. */
        if (number == X509_V_OK || number == X509_V_ERR_UNSPECIFIED)
            return "it is for another name";
        return X509_verify_cert_error_string(number);
    }
    if (code == CURLE_COULDNT_CONNECT || code == CURLE_SEND_ERROR || code == CURLE_RECV_ERROR)
        (void)curl_easy_getinfo(easy, CURLINFO_OS_ERRNO, &number);
    return number != 0 ? strerror((int)number) : "";
}

static bool was_reset(CURL *easy)
{
    long number = 0;

    (void)curl_easy_getinfo(easy, CURLINFO_OS_ERRNO, &number);
    return number == ECONNRESET || number == EPIPE;
}

/* " to ADDRESS", where the peer's name does not say it: a proxy's, or what a name resolved to. */
static const char *elsewhere(const struct io_receiver *r, const char *peer)
{
    return r->to[0] != '\0' && strcmp(r->to, peer) != 0 ? pl_arena_printf(r->arena, " to %s", r->to)
                                                        : "";
}

static void judge(struct io_receiver *r, CURL *easy, CURLcode code, const char *peer,
                  struct pl_http_reply *reply)
{
    const char *text = curl_easy_strerror(code), *why = cause(easy, code);
    long proxy = 0;

    reply->failure = PL_HTTP_OTHER;
    for (size_t i = 0; i < PL_LEN(failures); i++) {
        if (failures[i].code == code) {
            reply->failure = failures[i].failure;
            text = failures[i].text;
        }
    }
    if (code == CURLE_UNSUPPORTED_PROTOCOL && r->phase >= IO_RESOLVED) {
        reply->failure = PL_HTTP_GARBLED;
        text = "the answer is not HTTP"; /* HTTP/0.9, says libcurl */
    }
    /* A reset is worth another try wherever it comes; while TLS starts libcurl calls it a failed connect. */
    if ((code == CURLE_SSL_CONNECT_ERROR || code == CURLE_COULDNT_CONNECT) && r->phase >= IO_TLS &&
        was_reset(easy)) {
        reply->failure = PL_HTTP_RESET;
        text = "the connection was reset in the TLS handshake";
        why = "";
    }
    (void)curl_easy_getinfo(easy, CURLINFO_HTTP_CONNECTCODE, &proxy);
    if (code == CURLE_RECV_ERROR &&
        proxy >= 300) { /* of the tunnel; libcurl has no better code for it */
        reply->failure = PL_HTTP_CONNECT;
        text = pl_arena_printf(r->arena, "the proxy of the environment refused: HTTP %ld", proxy);
        why = "";
    }
    reply->detail = pl_arena_printf(r->arena, "%s: %s%s%s%s", peer, text,
                                    code == CURLE_COULDNT_CONNECT ? elsewhere(r, peer) : "",
                                    *why != '\0' ? ": " : "", why);
}

/* libcurl reports a header line beyond its own bound as out of memory. */
static bool too_large(const struct io_receiver *r, CURLcode code)
{
    return r->too_large != NULL || (code == CURLE_OUT_OF_MEMORY && r->phase >= IO_ANSWERED);
}

const char *io_peer(struct pl_arena *arena, const char *url)
{
    CURLU *parts = curl_url();
    char *host = NULL, *port = NULL;
    const char *peer = "the request";

    if (parts != NULL &&
        curl_url_set(parts, CURLUPART_URL, url, CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK &&
        curl_url_get(parts, CURLUPART_HOST, &host, 0) == CURLUE_OK) {
        (void)curl_url_get(parts, CURLUPART_PORT, &port, CURLU_DEFAULT_PORT);
        peer = pl_arena_printf(arena, "%s%s%s", host, port != NULL ? ":" : "",
                               port != NULL ? port : "");
    }
    curl_free(host);
    curl_free(port);
    curl_url_cleanup(parts);
    return peer;
}

/* The body as it was meant. Not before whoever asked is about to look at it: until then it is kept as it came. */
static CURLcode unpack(struct io_receiver *r, const char *encoding)
{
    struct pl_buf out = {0};
    enum io_gunzipped result;

    if (encoding == NULL || r->body.len == 0 || strcasecmp(encoding, "identity") == 0)
        return CURLE_OK;
    if (strcasecmp(encoding, "gzip") != 0 && strcasecmp(encoding, "x-gzip") != 0)
        return CURLE_BAD_CONTENT_ENCODING;
    result = io_gunzip(&r->body, r->max_bytes, &out);
    pl_buf_free(&r->body);
    r->body = out;
    if (result == IO_GUNZIP_TOO_LARGE)
        r->too_large = "its body is";
    return result == IO_GUNZIPPED          ? CURLE_OK
           : result == IO_GUNZIP_TOO_LARGE ? CURLE_FILESIZE_EXCEEDED
                                           : CURLE_BAD_CONTENT_ENCODING;
}

struct pl_http_reply *io_receiver_finish(struct io_receiver *r, CURL *easy, CURLcode code,
                                         const char *url)
{
    struct pl_http_reply *reply = PL_NEW(r->arena, struct pl_http_reply);
    const char *peer;
    long status = 0;

    (void)curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    reply->status = (int)status;
    reply->headers = r->headers;
    reply->n_headers = r->n_headers;
    reply->body = "";
    /* libcurl is content with an answer that ends in the middle of its headers. */
    if (code == CURLE_OK && !r->headers_end)
        code = CURLE_PARTIAL_FILE;
    if (code == CURLE_OK)
        code = unpack(r, pl_http_reply_header(reply, "content-encoding"));
    if (code == CURLE_OK) {
        reply->body_len = r->body.len;
        reply->body = pl_buf_take(&r->body, r->arena);
        return reply;
    }
    peer = io_peer(r->arena, url);
    if (too_large(r, code)) {
        reply->failure = PL_HTTP_TOO_LARGE;
        reply->detail =
            pl_arena_printf(r->arena, "%s: the answer is too large: %s beyond the limit", peer,
                            r->too_large != NULL ? r->too_large : "a header is");
    } else if (code == CURLE_OPERATION_TIMEDOUT) {
        reply->failure = r->phase < IO_SENT ? PL_HTTP_UNCONNECTED : PL_HTTP_TIMEOUT;
        reply->detail = pl_arena_printf(r->arena, "%s: timed out %s%s", peer, waiting[r->phase],
                                        r->phase == IO_RESOLVED ? elsewhere(r, peer) : "");
    } else {
        judge(r, easy, code, peer, reply);
    }
    return reply;
}

const char *pl_http_reply_header(const struct pl_http_reply *reply, const char *name)
{
    for (size_t i = 0; i < reply->n_headers; i++) {
        if (strcmp(reply->headers[i].name, name) == 0)
            return reply->headers[i].value;
    }
    return NULL;
}
