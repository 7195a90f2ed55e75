/* tunnel.c - asks a proxy for the way: CONNECT (RFC 9110 section 9.3.6) or SOCKS5 (RFC 1928, RFC 1929), over TCP or over TLS.
 *
 * The type gets a descriptor in the end, as it does without a proxy: the connection itself; or one end of a pair (pair.c), where the
 * proxy is spoken to over TLS or has already sent more than its answer, and bytes are carried between the two here. What
 * the proxy refuses is NET_PROXY, in its own words: it is never the endpoint's failure.
 */
#include <errno.h>
#include <openssl/evp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "head_priv.h"
#include "proxy_priv.h"

enum { TUNNEL_CHUNK = 16 << 10, TUNNEL_KEPT = 256 << 10, SOCKS_LOGIN_MOST = 255 };

enum step { STEP_CONNECT, STEP_METHOD, STEP_LOGIN, STEP_REQUEST, STEP_OPEN };

struct tunnel {
    struct stream *carrier; /* to the proxy; NULL: the type has the connection itself */
    struct tls_seen seen;
    enum step step;
    struct pl_buf in; /* what the proxy has said and nobody has read */
    int inner;        /* our end of the pair, -1 none */
    struct watch *watch;
    size_t written;    /* of `in`, to the type */
    bool ended, reset; /* the proxy hung up, and how */
};

/* ---- between the two ---- */

static void close_inner(struct tunnel *t)
{
    struct linger at_once = {.l_onoff = 1, .l_linger = 0}; /* socket(7): with a RST */

    pl_watch_close(t->watch);
    t->watch = NULL;
    if (t->inner >= 0 && t->reset)
        (void)setsockopt(t->inner, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
    if (t->inner >= 0)
        close(t->inner);
    t->inner = -1;
}

static void pass_on(struct attempt *a)
{
    struct tunnel *t = a->tunnel;
    ssize_t n = 0;

    while (t->inner >= 0 && t->written < t->in.len) {
        n = send(t->inner, t->in.data + t->written, t->in.len - t->written, MSG_NOSIGNAL);
        if (n <= 0)
            break;
        t->written += (size_t)n;
    }
    if (t->inner < 0)
        return;
    if (n < 0 && errno != EAGAIN && errno != EINTR) {
        close_inner(t);
        return;
    }
    if (t->written == t->in.len) {
        pl_buf_clear(&t->in);
        t->written = 0;
        if (t->ended) {
            close_inner(t);
            return;
        }
    }
    pl_carrier_pause(t->carrier, t->in.len - t->written > TUNNEL_KEPT);
    pl_watch_set(t->watch, UV_READABLE | (t->in.len > 0 ? UV_WRITABLE : 0));
}

/* What the type says is in memory already, so nothing is held back. */
static void on_inner(void *arg, int events)
{
    struct attempt *a = arg;
    struct tunnel *t = a->tunnel;
    char chunk[TUNNEL_CHUNK];
    ssize_t n;

    if (events & UV_READABLE) {
        n = recv(t->inner, chunk, sizeof(chunk), 0);
        if (n > 0) {
            pl_carrier_write(t->carrier, chunk, (size_t)n);
        } else if (n == 0 || (errno != EAGAIN && errno != EINTR)) {
            close_inner(t); /* the type is done with it */
            return;
        }
    }
    pass_on(a);
}

static int pair(struct attempt *a)
{
    struct tunnel *t = a->tunnel;
    int ends[2];

    if (pl_pair_open(ends) != 0) {
        pl_attempt_fail(a, pl_errno_class(errno, false), 0, "the way through the proxy: %s",
                        strerror(errno));
        return -1;
    }
    t->inner = ends[0];
    t->watch = pl_watch_open(a->run->loop, t->inner, on_inner, a);
    if (t->watch == NULL) {
        close(ends[1]);
        pl_attempt_fail(a, "SELF_FDS", 0, "the connection cannot be watched");
        return -1;
    }
    pass_on(a);
    return ends[1];
}

/* The way is open; the first `used` bytes of what the proxy has said were its own. */
static void open_way(struct attempt *a, size_t used)
{
    struct tunnel *t = a->tunnel;
    size_t more = t->in.len - used;
    int fd;

    t->step = STEP_OPEN;
    a->through = !a->forwarded;
    if (more > 0)
        memmove(t->in.data, t->in.data + used, more);
    t->in.len = more;
    snprintf(a->peer_text, sizeof(a->peer_text), "%.70s:%d through %.40s", pl_attempt_host(a),
             pl_attempt_port(a), a->proxy->shown);
    if (a->proxy->trust == NULL && more == 0) {
        fd = pl_carrier_detach(t->carrier);
        t->carrier = NULL;
    } else {
        fd = pair(a);
    }
    if (fd >= 0)
        a->type->connected(a, fd);
}

/* ---- CONNECT ---- */

static void add_basic(struct pl_buf *out, const struct proxy *proxy)
{
    struct pl_buf plain = {0};
    size_t room;
    char *text;

    if (proxy->user == NULL)
        return;
    pl_buf_addf(&plain, "%s:%s", pl_secret_reveal(proxy->user),
                proxy->password != NULL ? pl_secret_reveal(proxy->password) : "");
    room = (plain.len + 2) / 3 * 4 + 1;
    text = pl_xrealloc(NULL, room);
    EVP_EncodeBlock((unsigned char *)text, (const unsigned char *)plain.data, (int)plain.len);
    pl_buf_addf(out, "Proxy-Authorization: Basic %s\r\n", text);
    pl_wipe(text, room);
    pl_wipe(plain.data, plain.cap);
    pl_xfree(text);
    pl_buf_free(&plain);
}

static void ask_connect(struct attempt *a)
{
    const char *host = pl_attempt_host(a);
    struct pl_buf out = {0};
    const char *authority = pl_arena_printf(
        a->arena, strchr(host, ':') != NULL ? "[%s]:%d" : "%s:%d", host, pl_attempt_port(a));

    pl_buf_addf(&out, "CONNECT %s HTTP/1.1\r\nHost: %s\r\nUser-Agent: plumbline/" PL_VERSION "\r\n",
                authority, authority);
    add_basic(&out, a->proxy);
    pl_buf_adds(&out, "\r\n");
    pl_carrier_write(a->tunnel->carrier, out.data, out.len);
    pl_wipe(out.data, out.cap);
    pl_buf_free(&out);
}

/* Proxies that say why: RFC 9209, and Squid's own header. */
static const char *own_words(struct attempt *a, const struct head *head)
{
    static const char *const names[] = {"Proxy-Status", "X-Squid-Error"};

    for (size_t i = 0; i < PL_LEN(names); i++) {
        const char *value = pl_head_value(a->arena, head, names[i]);

        if (value != NULL)
            return pl_arena_printf(a->arena, ", %s: %.80s", names[i], value);
    }
    return "";
}

/* Of the first challenge's scheme (RFC 9110 section 11.3). */
static int scheme_length(const char *challenge)
{
    size_t n = challenge != NULL ? strcspn(challenge, " ,") : 0;

    return n < 20 ? (int)n : 20;
}

static void refused(struct attempt *a, const struct head *head)
{
    const char *proxy = a->proxy->shown, *host = pl_attempt_host(a), *why = own_words(a, head);
    const char *takes = pl_head_value(a->arena, head, "Proxy-Authenticate");
    int port = pl_attempt_port(a), status = head->status;

    if (status == 407 && a->proxy->user != NULL &&
        (takes == NULL || pl_head_lists(a->arena, head, "Proxy-Authenticate", "Basic") ||
         strncasecmp(takes, "Basic ", 6) == 0))
        pl_attempt_fail(a, "NET_PROXY", status, "the proxy %s refuses its user and password (407)",
                        proxy);
    else if (status == 407)
        pl_attempt_fail(a, "NET_PROXY", status, "the proxy %s wants credentials (407%s%.*s)%s",
                        proxy, takes != NULL ? ", " : "", scheme_length(takes),
                        takes != NULL ? takes : "",
                        a->proxy->user != NULL ? ", and only Basic is spoken here" : "");
    else if (status >= 500 && status != 501 && status != 505)
        pl_attempt_fail(a, "NET_PROXY", status,
                        "the proxy %s says that it cannot reach %s:%d (%d%s)", proxy, host, port,
                        status, why);
    else
        pl_attempt_fail(a, "NET_PROXY", status, "the proxy %s does not let through to %s:%d (%d%s)",
                        proxy, host, port, status, why);
}

static void on_connect_answer(struct attempt *a)
{
    struct tunnel *t = a->tunnel;
    const char *class_name, *why;
    struct head head;
    size_t at = 0;
    int whole;

    /* 1xx comes before an answer and is none (RFC 9110 section 15.2). */
    do {
        whole = pl_head_read(t->in.data + at, t->in.len - at, &head, &class_name, &why);
        if (whole > 0)
            at += head.whole;
    } while (whole > 0 && head.status < 200);
    if (whole < 0 || (whole == 0 && t->in.len > PROBE_MAX_HEAD))
        pl_attempt_fail(a, "NET_PROXY", 0, "the proxy %s %s", a->proxy->shown,
                        whole < 0 ? why : "sends more headers than accepted");
    else if (whole > 0 && head.status >= 300)
        refused(a, &head);
    else if (whole > 0)
        open_way(a, at);
}

/* ---- SOCKS5 ---- */

static void ask_method(struct attempt *a)
{
    static const char none[] = {5, 1, 0}, both[] = {5, 2, 0, 2};

    if (a->proxy->user != NULL)
        pl_carrier_write(a->tunnel->carrier, both, sizeof(both));
    else
        pl_carrier_write(a->tunnel->carrier, none, sizeof(none));
}

static void add_counted(struct pl_buf *out, const char *text)
{
    char n = (char)strlen(text);

    pl_buf_add(out, &n, 1);
    pl_buf_adds(out, text);
}

static void ask_login(struct attempt *a)
{
    const char *user = pl_secret_reveal(a->proxy->user);
    const char *password = a->proxy->password != NULL ? pl_secret_reveal(a->proxy->password) : "";
    struct pl_buf out = {0};

    if (strlen(user) > SOCKS_LOGIN_MOST || strlen(password) > SOCKS_LOGIN_MOST) {
        pl_attempt_fail(a, "SELF_CONFIG", 0, "SOCKS takes no user or password of that length");
        return;
    }
    pl_buf_add(&out, "\1", 1);
    add_counted(&out, user);
    add_counted(&out, password);
    pl_carrier_write(a->tunnel->carrier, out.data, out.len);
    pl_wipe(out.data, out.cap);
    pl_buf_free(&out);
}

static void ask_socks(struct attempt *a)
{
    const char *host = pl_attempt_host(a);
    struct pl_buf out = {0};
    struct addr literal;
    int port = pl_attempt_port(a);
    const char bytes[2] = {(char)(port >> 8), (char)port};

    pl_buf_add(&out, "\5\1\0", 3);
    if (!pl_addr_literal(host, port, &literal)) {
        pl_buf_add(&out, "\3", 1);
        add_counted(&out, host);
    } else if (literal.sa.ss_family == AF_INET) {
        pl_buf_add(&out, "\1", 1);
        pl_buf_add(&out, (const char *)&((struct sockaddr_in *)&literal.sa)->sin_addr, 4);
    } else {
        pl_buf_add(&out, "\4", 1);
        pl_buf_add(&out, (const char *)&((struct sockaddr_in6 *)&literal.sa)->sin6_addr, 16);
    }
    pl_buf_add(&out, bytes, 2);
    pl_carrier_write(a->tunnel->carrier, out.data, out.len);
    pl_buf_free(&out);
}

/* RFC 1928 section 6. */
static const char *const replies[] = {
    NULL,
    "has failed in general",
    "does not allow the connection",
    "has no way to its network",
    "has no way to the host",
    "is refused the connection there",
    "has no answer from there",
    "does not know CONNECT",
    "does not know this kind of address",
};

/* The length of the answer, once it is whole; 0: more is needed. */
static size_t socks_length(const unsigned char *in, size_t n)
{
    size_t whole;

    if (n < 5)
        return 0;
    whole = 6 + (in[3] == 1 ? 4u : in[3] == 4 ? 16u : 1u + in[4]);
    return n >= whole ? whole : 0;
}

static void on_socks_reply(struct attempt *a)
{
    struct tunnel *t = a->tunnel;
    const unsigned char *in = (const unsigned char *)t->in.data;
    size_t whole = socks_length(in, t->in.len);

    if (t->in.len >= 2 && in[1] != 0)
        pl_attempt_fail(a, "NET_PROXY", in[1], "the proxy %s %s: %s:%d (SOCKS reply %d)",
                        a->proxy->shown,
                        in[1] < PL_LEN(replies) ? replies[in[1]] : "does not let through",
                        pl_attempt_host(a), pl_attempt_port(a), in[1]);
    else if (whole > 0)
        open_way(a, whole);
}

static void on_method(struct attempt *a, unsigned char method)
{
    struct tunnel *t = a->tunnel;

    if (method == 2 && a->proxy->user != NULL) {
        t->step = STEP_LOGIN;
        ask_login(a);
    } else if (method == 0) {
        t->step = STEP_REQUEST;
        ask_socks(a);
    } else {
        pl_attempt_fail(a, "NET_PROXY", method, "the proxy %s %s", a->proxy->shown,
                        a->proxy->user != NULL ? "takes no user and password, and wants other proof"
                                               : "wants credentials");
    }
}

/* The two short answers before the long one: a version, and what it says. */
static void on_socks(struct attempt *a)
{
    struct tunnel *t = a->tunnel;

    while (!a->over && t->in.len >= 2 && t->step != STEP_REQUEST) {
        unsigned char version = (unsigned char)t->in.data[0], word = (unsigned char)t->in.data[1];

        t->in.len -= 2;
        memmove(t->in.data, t->in.data + 2, t->in.len);
        if (version != (t->step == STEP_METHOD ? 5 : 1)) {
            pl_attempt_fail(a, "NET_PROXY", 0, "the proxy %s does not answer in SOCKS5",
                            a->proxy->shown);
        } else if (t->step == STEP_METHOD) {
            on_method(a, word);
        } else if (word != 0) {
            pl_attempt_fail(a, "NET_PROXY", word, "the proxy %s refuses its user and password",
                            a->proxy->shown);
        } else {
            t->step = STEP_REQUEST;
            ask_socks(a);
        }
    }
    if (!a->over && t->step == STEP_REQUEST)
        on_socks_reply(a);
}

/* ---- the proxy ---- */

static void on_ready(struct attempt *a)
{
    struct tunnel *t = a->tunnel;

    if (a->forwarded) {
        open_way(a, 0);
        return;
    }
    t->step = a->proxy->socks ? STEP_METHOD : STEP_CONNECT;
    if (a->proxy->socks)
        ask_method(a);
    else
        ask_connect(a);
}

static void on_data(struct attempt *a, const char *bytes, size_t n)
{
    struct tunnel *t = a->tunnel;

    pl_buf_add(&t->in, bytes, n);
    if (t->step == STEP_OPEN)
        pass_on(a);
    else if (t->step == STEP_CONNECT)
        on_connect_answer(a);
    else
        on_socks(a);
}

static void on_gone(struct attempt *a, bool reset)
{
    struct tunnel *t = a->tunnel;

    if (t->step != STEP_OPEN) {
        pl_attempt_fail(a, "NET_PROXY", 0, "the proxy %s %s without an answer to CONNECT",
                        a->proxy->shown, reset ? "reset the connection" : "hung up");
        return;
    }
    t->ended = true;
    t->reset = reset;
    pl_carrier_close(t->carrier);
    pass_on(a);
}

void pl_tunnel_start(struct attempt *a, int fd)
{
    static const struct stream_events events = {on_ready, on_data, on_gone};
    struct tunnel *t = PL_NEW(a->arena, struct tunnel);

    t->inner = -1;
    a->tunnel = t;
    if (a->phase == PHASE_CONNECT)
        pl_attempt_phase(a, PHASE_PROXY);
    t->carrier = pl_carrier_open(a, fd, &events, a->proxy->trust, &t->seen);
    if (!a->over)
        pl_carrier_start(t->carrier);
}

void pl_tunnel_end(struct attempt *a)
{
    struct tunnel *t = a->tunnel;

    if (t == NULL)
        return;
    a->tunnel = NULL;
    close_inner(t);
    pl_carrier_close(t->carrier);
    pl_tls_seen_free(&t->seen);
    pl_buf_free(&t->in);
}
