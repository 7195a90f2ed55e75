/* http_judge.c - is this answer the one that was wanted: status, headers, body, JSON; and where a redirect leads.
 *
 * Without `expect` an answer below 400 is a success, a redirect that is not followed included (and told):
 * the peer works. Classes by status: probes.md 5.9.
 */
#include <string.h>
#include <strings.h>

#include "http_priv.h"
#include "plumbline/json.h"
#include "plumbline/net.h"
#include "proxy_priv.h"

static const struct {
    int lo, hi;
    const char *class_name;
} statuses[] = {
    {300, 399, "HTTP_REDIRECT"},        {401, 401, "HTTP_AUTH"},
    {403, 403, "HTTP_FORBIDDEN"},       {404, 404, "HTTP_NOT_FOUND"},
    {408, 408, "HTTP_GATEWAY_TIMEOUT"}, {425, 425, "HTTP_RATE_LIMITED"},
    {429, 429, "HTTP_RATE_LIMITED"},    {400, 499, "HTTP_CLIENT_ERR"},
    {502, 502, "HTTP_BAD_GATEWAY"},     {503, 503, "HTTP_UNAVAILABLE"},
    {504, 504, "HTTP_GATEWAY_TIMEOUT"}, {500, 599, "HTTP_SERVER_ERR"},
};

const char *pl_status_class(int status)
{
    for (size_t i = 0; i < PL_LEN(statuses); i++)
        if (status >= statuses[i].lo && status <= statuses[i].hi)
            return statuses[i].class_name;
    return NULL;
}

/* Its lines joined (RFC 9110 section 5.3); NULL where there is none. */
static const char *header_value(struct attempt *a, const char *name)
{
    const struct http *own = a->own;
    const char *all = NULL;

    for (size_t i = 0; i < own->n_headers; i++)
        if (strcasecmp(own->headers[i].name, name) == 0)
            all = all == NULL ? own->headers[i].value
                              : pl_arena_printf(a->arena, "%s, %s", all, own->headers[i].value);
    return all;
}

/* What the peer adds to a refusal: how long to wait. */
static const char *hint(struct attempt *a)
{
    const char *after = header_value(a, "Retry-After");

    return after != NULL ? pl_arena_printf(a->arena, " (Retry-After: %.40s)", after) : "";
}

/* Who speaks, where a proxy was sent the request itself? One that passes an answer on says so in Via (RFC 9110 section 7.6.3); Squid puts
 * that on its own errors, too, and marks them. */
static int check_proxy(struct attempt *a, int status)
{
    const char *own = header_value(a, "X-Squid-Error");

    if (!a->forwarded)
        return 0;
    if (status == 407)
        pl_attempt_fail(a, "NET_PROXY", status, "the proxy %s %s", a->proxy->shown,
                        a->proxy->user != NULL ? "refuses its user and password (407)"
                                               : "wants credentials (407)");
    else if (own != NULL)
        pl_attempt_fail(a, "NET_PROXY", status, "the proxy %s answers %d itself for %s:%d: %.80s",
                        a->proxy->shown, status, a->host, a->port, own);
    else if (status >= 400 && header_value(a, "Via") == NULL)
        pl_attempt_fail(a, "NET_PROXY", status,
                        "%d from the proxy %s, and nothing says that %s:%d had a part in it",
                        status, a->proxy->shown, a->host, a->port);
    else
        return 0;
    return -1;
}

static int check_status(struct attempt *a, int status)
{
    const struct pl_expect *expect = a->target->spec->expect_status;
    const struct pl_value *value =
        pl_value_string(a->arena, pl_arena_printf(a->arena, "%d", status));

    if (expect == NULL) {
        if (status < 400)
            return 0;
        pl_attempt_fail(a, pl_status_class(status), status, "%s answers %d%s", a->peer_text, status,
                        hint(a));
        return -1;
    }
    if (pl_attempt_expect(a, expect, value, true,
                          status >= 400 ? pl_status_class(status) : "EXPECT_STATUS", "status") == 0)
        return 0;
    a->code = status;
    return -1;
}

static int check_headers(struct attempt *a)
{
    const struct pl_probe_spec *spec = a->target->spec;

    for (size_t i = 0; i < spec->n_expect_headers; i++) {
        const struct pl_expect_member *m = &spec->expect_headers[i];
        const char *value = header_value(a, m->key);

        if (pl_attempt_expect(a, m->expect, value != NULL ? pl_value_string(a->arena, value) : NULL,
                              true, "EXPECT_HEADER",
                              pl_arena_printf(a->arena, "header %s", m->key)) != 0)
            return -1;
    }
    return 0;
}

static int check_json(struct attempt *a)
{
    const struct pl_probe_spec *spec = a->target->spec;
    struct http *own = a->own;
    const struct pl_value *document;
    struct pl_err err;

    if (spec->n_expect_json == 0)
        return 0;
    document = pl_json_parse(a->arena, pl_buf_str(&own->body), own->body.len, "the body", &err);
    if (document == NULL) {
        pl_attempt_fail(a, "EXPECT_JSON", 0, "%s", err.text);
        return -1;
    }
    for (size_t i = 0; i < spec->n_expect_json; i++) {
        const struct pl_expect_member *m = &spec->expect_json[i];

        if (pl_attempt_expect(a, m->expect, pl_pointer_get(a->arena, document, m->key), false,
                              "EXPECT_JSON", pl_arena_printf(a->arena, "JSON %s", m->key)) != 0)
            return -1;
    }
    return 0;
}

static int check_body(struct attempt *a)
{
    struct http *own = a->own;

    if (own->cut && own->keep_body) {
        pl_attempt_fail(a, "PROTO_TOO_LARGE", 0,
                        "the body is larger than %d bytes, more is not compared", PROBE_MAX_BODY);
        return -1;
    }
    if (pl_attempt_expect(a, a->target->spec->expect_body,
                          pl_value_stringn(a->arena, pl_buf_str(&own->body), own->body.len), true,
                          "EXPECT_BODY", "body") != 0)
        return -1;
    return check_json(a);
}

static int check_version(struct attempt *a)
{
    const char *wanted = a->target->spec->http_version;
    long version = 0;

    if (wanted == NULL || strcmp(wanted, "2") != 0)
        return 0;
    curl_easy_getinfo(((struct http *)a->own)->easy, CURLINFO_HTTP_VERSION, &version);
    if (version == CURL_HTTP_VERSION_2_0)
        return 0;
    pl_attempt_fail(a, "TLS_ALPN", 0, "%s does not offer HTTP/2", a->peer_text);
    return -1;
}

static bool moved_at_home(struct attempt *a)
{
    a->pinned = false;
    return pl_http_at_home(a);
}

/* An address that the peer gives: it may hold a token, and is long where it does. */
static const char *shown_url(struct attempt *a, const char *url)
{
    return pl_attempt_shown(a, "detail", url);
}

/* Follows where it leads: 1 under way, 0 not a redirect to follow, -1 ended. */
static int follow(struct attempt *a, int status)
{
    struct http *own = a->own;
    int most = a->target->spec->redirects;
    char *url = NULL;
    struct pl_hostport to;

    if (status < 301 || status > 308 || status == 304 || most <= 0)
        return 0;
    curl_easy_getinfo(own->easy, CURLINFO_REDIRECT_URL, &url);
    if (url == NULL)
        return 0;
    if (a->hops++ >= most) {
        pl_attempt_fail(a, "HTTP_REDIRECT_LOOP", status,
                        "more than %d redirects, the last to %.120s", most, shown_url(a, url));
        return -1;
    }
    if (!pl_hostport_parse(a->arena, url, &to) || to.scheme == NULL ||
        (strcmp(to.scheme, "http") != 0 && strcmp(to.scheme, "https") != 0)) {
        pl_attempt_fail(a, "HTTP_REDIRECT", status, "redirected to '%.120s', which is not followed",
                        shown_url(a, url));
        return -1;
    }
    own->followed = own->followed || status <= 303;
    a->tls = strcmp(to.scheme, "https") == 0;
    a->host = to.host;
    a->port = to.port;
    a->path = to.path != NULL ? to.path : "/";
    if (a->target->spec->body.secret != NULL && !own->followed && !moved_at_home(a)) {
        pl_attempt_fail(a, "HTTP_REDIRECT", status,
                        "redirected to %.120s with its body, which is a secret and stays here",
                        shown_url(a, url));
        return -1;
    }
    pl_http_release(a);
    pl_attempt_move(a);
    return 1;
}

void pl_http_judge(struct attempt *a, int status)
{
    struct http *own = a->own;
    const char *location = header_value(a, "Location");

    if (check_proxy(a, status) != 0 || follow(a, status) != 0)
        return;
    if (a->target->spec->state_pointer != NULL &&
        pl_breaker_look(a, pl_buf_str(&own->body), own->body.len, status) != 0)
        return;
    if (check_version(a) != 0 || check_status(a, status) != 0 || check_headers(a) != 0 ||
        check_body(a) != 0)
        return;
    if (status >= 300 && location != NULL)
        a->note =
            pl_arena_printf(a->run->arena, "answers %d to %.120s", status, shown_url(a, location));
    pl_attempt_pass(a);
}
