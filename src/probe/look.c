/* look.c - a second look where the first answer leaves a question: where did the service go, and is it TLS or not?
 *
 * A look opens one connection, says one harmless greeting and recognises the protocol by the first bytes. Who was recognised on another
 * port is then asked who it is, by the type itself and with what is declared to log in with. Where the declared port refuses, the ports of `also_try` are looked at; where a peer falls
 * silent or hangs up on the wrong kind of hello, the other kind is tried, which turns a guess into a class.
 */
#include <openssl/err.h>
#include <string.h>

#include "head_priv.h"

#define BIT(type) (1u << (type))

struct greeting {
    const char *title;
    unsigned types; /* probes whose service speaks this */
    const char *bytes;
    size_t n;
    bool tls; /* a ClientHello, made at run time, stands in for bytes */
    bool (*recognise)(const char *bytes, size_t n);
};

enum { LOOK_KEPT = 1024 };

struct own {
    char got[LOOK_KEPT];
    size_t n;
};

static bool is_postgres(const char *bytes, size_t n)
{
    return n >= 5 && (bytes[0] == 'R' || bytes[0] == 'E') && bytes[1] == 0;
}

static bool is_redis(const char *bytes, size_t n)
{
    return n >= 5 && (memcmp(bytes, "+PONG", 5) == 0 || memcmp(bytes, "-NOAU", 5) == 0 ||
                      memcmp(bytes, "-ERR ", 5) == 0 || memcmp(bytes, "-LOAD", 5) == 0 ||
                      memcmp(bytes, "-DENI", 5) == 0 || memcmp(bytes, "-MAST", 5) == 0);
}

static bool is_http(const char *bytes, size_t n)
{
    return n >= 5 && memcmp(bytes, "HTTP/", 5) == 0;
}

/* A handshake record or an alert, RFC 8446 section 5.1. */
static bool is_tls(const char *bytes, size_t n)
{
    return n >= 3 && (bytes[0] == 0x16 || bytes[0] == 0x15) && bytes[1] == 3;
}

/* A StartupMessage as user and database "plumbline": the server answers with what it wants for a login, and a
 * client that leaves then is not logged (probes.md 39), which an SSLRequest would be. */
static const char startup[] = "\0\0\0\x2b"
                              "\0\3\0\0"
                              "user\0plumbline\0database\0plumbline\0";
static const char http_head[] = "HEAD / HTTP/1.0\r\nUser-Agent: plumbline\r\n\r\n";

enum { GREET_POSTGRES, GREET_REDIS, GREET_HTTP, GREET_TLS };
static const struct greeting greetings[] = {
    [GREET_POSTGRES] = {"PostgreSQL", BIT(PL_PROBE_POSTGRES) | BIT(PL_PROBE_TCP), startup,
                        sizeof(startup), false, is_postgres},
    [GREET_REDIS] = {"Redis", BIT(PL_PROBE_REDIS) | BIT(PL_PROBE_TCP), "PING\r\n", 6, false,
                     is_redis},
    [GREET_HTTP] = {"HTTP",
                    BIT(PL_PROBE_HTTP) | BIT(PL_PROBE_BREAKER) | BIT(PL_PROBE_WEBSOCKET) |
                        BIT(PL_PROBE_TCP),
                    http_head, sizeof(http_head) - 1, false, is_http},
    [GREET_TLS] = {"TLS",
                   BIT(PL_PROBE_TLS) | BIT(PL_PROBE_HTTPS) | BIT(PL_PROBE_BREAKER) |
                       BIT(PL_PROBE_REDIS) | BIT(PL_PROBE_WEBSOCKET),
                   NULL, 0, true, is_tls},
};

/* Which failure makes which other hello worth a try, and what an answer to it proves. */
static const struct {
    unsigned types;
    bool tls; /* the probe spoke TLS */
    const char *class_name;
    int code; /* 0: any */
    int greeting;
    const char *becomes;
} doubts[] = {
    {BIT(PL_PROBE_REDIS), false, "IO_CLOSED_EMPTY", 0, GREET_TLS, "TLS_REQUIRED"},
    {BIT(PL_PROBE_REDIS), false, "IO_RESET", 0, GREET_TLS, "TLS_REQUIRED"},
    {BIT(PL_PROBE_REDIS), false, "PROTO_RESP", 0, GREET_TLS, "TLS_REQUIRED"},
    {BIT(PL_PROBE_REDIS), true, "TLS_TIMEOUT", 0, GREET_REDIS, "TLS_NOT_TLS"},
    {BIT(PL_PROBE_REDIS), true, "TLS_CLOSED", 0, GREET_REDIS, "TLS_NOT_TLS"},
    {BIT(PL_PROBE_REDIS), true, "TLS_RESET", 0, GREET_REDIS, "TLS_NOT_TLS"},
    {BIT(PL_PROBE_HTTP) | BIT(PL_PROBE_BREAKER) | BIT(PL_PROBE_WEBSOCKET), false, "IO_CLOSED_EMPTY",
     0, GREET_TLS, "TLS_REQUIRED"},
    {BIT(PL_PROBE_HTTP) | BIT(PL_PROBE_BREAKER) | BIT(PL_PROBE_WEBSOCKET), false, "IO_RESET", 0,
     GREET_TLS, "TLS_REQUIRED"},
    {BIT(PL_PROBE_HTTP) | BIT(PL_PROBE_BREAKER) | BIT(PL_PROBE_WEBSOCKET), false, "PROTO_NOT_HTTP",
     0, GREET_TLS, "TLS_REQUIRED"},
    {BIT(PL_PROBE_HTTP) | BIT(PL_PROBE_BREAKER), false, "HTTP_CLIENT_ERR", 400, GREET_TLS,
     "TLS_REQUIRED"},
    {BIT(PL_PROBE_WEBSOCKET), false, "PROTO_WS_NO_UPGRADE", 400, GREET_TLS, "TLS_REQUIRED"},
    {BIT(PL_PROBE_HTTPS) | BIT(PL_PROBE_BREAKER) | BIT(PL_PROBE_WEBSOCKET) | BIT(PL_PROBE_TLS),
     true, "TLS_CLOSED", 0, GREET_HTTP, "TLS_NOT_TLS"},
    {BIT(PL_PROBE_HTTPS) | BIT(PL_PROBE_BREAKER) | BIT(PL_PROBE_WEBSOCKET) | BIT(PL_PROBE_TLS),
     true, "TLS_TIMEOUT", 0, GREET_HTTP, "TLS_NOT_TLS"},
};

static const char *const gone_elsewhere[] = {"NET_REFUSED",       "NET_CONNECT_TIMEOUT",
                                             "NET_RESET_CONNECT", "NET_HOST_UNREACH",
                                             "NET_UNIX_MISSING",  "NET_NET_UNREACH"};

/* ---- the probe ---- */

/* A web server says what it is in its head (RFC 9110 section 10.2.4). */
static const char *http_server(struct attempt *a)
{
    const struct own *own = a->own;
    const char *class_name, *why, *server = NULL;
    struct pl_buf visible = {0};
    struct head head;

    if (pl_head_read(own->got, own->n, &head, &class_name, &why) == 1)
        server = pl_head_value(a->arena, &head, "Server");
    if (server == NULL)
        return NULL;
    pl_buf_add_visible(&visible, server, strlen(server) < 60 ? strlen(server) : 60);
    return pl_arena_printf(a->run->arena, "HTTP (%s)", pl_buf_take(&visible, a->arena));
}

static bool passed_by_now(struct attempt *a)
{
    const struct own *own = a->own;

    if (own == NULL || !a->greeting->recognise(own->got, own->n))
        return false;
    if (a->greeting->recognise == is_http)
        a->identity = http_server(a);
    pl_attempt_pass(a);
    return true;
}

static void look_data(struct attempt *a, const char *bytes, size_t n)
{
    struct own *own = a->own;
    size_t room = LOOK_KEPT - own->n;

    memcpy(own->got + own->n, bytes, n < room ? n : room);
    own->n += n < room ? n : room;
    if (is_http(own->got, own->n) && a->greeting->recognise == is_http && own->n < LOOK_KEPT &&
        memmem(own->got, own->n, "\r\n\r\n", 4) == NULL)
        return; /* the rest of its head is on the way */
    if (!passed_by_now(a) && own->n >= 8)
        pl_attempt_fail(a, "EXPECT_RESULT", 0, "another protocol");
}

static void look_gone(struct attempt *a, bool reset)
{
    if (!passed_by_now(a))
        pl_attempt_gone(a, reset);
}

static void say_hello_tls(struct attempt *a)
{
    SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
    SSL *ssl = ctx != NULL ? SSL_new(ctx) : NULL;
    BIO *in = BIO_new(BIO_s_mem()), *out = BIO_new(BIO_s_mem());
    char *bytes = NULL;
    long n = 0;

    if (ssl != NULL && in != NULL && out != NULL) {
        SSL_set_bio(ssl, in, out);
        in = NULL;
        SSL_connect(ssl); /* only writes its hello: there is nothing to read yet */
        n = BIO_get_mem_data(out, &bytes);
    }
    if (n > 0)
        pl_stream_write(a, bytes, (size_t)n);
    if (in != NULL) {
        BIO_free(in);
        BIO_free(out);
    }
    SSL_free(ssl);
    SSL_CTX_free(ctx);
    ERR_clear_error();
}

static void look_connected(struct attempt *a, int fd)
{
    static const struct stream_events events = {NULL, look_data, look_gone};

    a->own = PL_NEW(a->arena, struct own);
    pl_stream_open(a, fd, &events);
    if (a->over)
        return;
    pl_attempt_phase(a, PHASE_FIRST_BYTE);
    if (a->greeting->tls)
        say_hello_tls(a);
    else
        pl_stream_write(a, a->greeting->bytes, a->greeting->n);
}

const struct probe_type pl_look_type = {
    .type = PL_PROBE_NONE,
    .title = "look",
    .limit = passed_by_now,
    .connected = look_connected,
};

/* ---- the plan ---- */

static void plan_look(struct target *t, int port, int greeting, const char *becomes)
{
    struct look look = {.port = port, .greeting = &greetings[greeting], .becomes = becomes};

    PL_PUSH(t->run->arena, t->looks, t->n_looks, t->cap_looks, look);
}

static void plan_ports(struct target *t)
{
    for (size_t i = 0; i < t->spec->n_also_try; i++)
        for (size_t g = 0; g < PL_LEN(greetings); g++)
            if (greetings[g].types & BIT(t->spec->type))
                plan_look(t, t->spec->also_try[i], (int)g, NULL);
}

static bool is_gone_elsewhere(const struct outcome *first)
{
    for (size_t i = 0; i < PL_LEN(gone_elsewhere); i++)
        if (strcmp(first->class_name, gone_elsewhere[i]) == 0)
            return true;
    /* The proxy has not reached that port; it may reach another. */
    return strcmp(first->class_name, "NET_PROXY") == 0 && first->code >= 500;
}

void pl_look_plan(struct target *t)
{
    const struct outcome *first = t->n_outcomes > 0 ? &t->outcomes[0] : NULL;
    int port = t->job->dial_host != NULL ? t->job->dial_port : t->job->port;

    for (size_t i = 0; i < t->n_outcomes; i++)
        if (t->outcomes[i].class_name == NULL)
            return; /* what answers once needs no second look */
    if (first != NULL && (!pl_is_socket_path(t->job->host) || t->spec->type == PL_PROBE_POSTGRES) &&
        is_gone_elsewhere(first))
        plan_ports(t);
    for (size_t i = 0; first != NULL && i < PL_LEN(doubts); i++)
        if ((doubts[i].types & BIT(t->spec->type)) &&
            doubts[i].tls == (t->mode != PL_TLS_DISABLE) &&
            strcmp(doubts[i].class_name, first->class_name) == 0 &&
            (doubts[i].code == 0 || doubts[i].code == first->code))
            plan_look(t, port, doubts[i].greeting, doubts[i].becomes);
}

/* By which type who was greeted introduces itself; NULL: it has said all that it says to strangers. */
static const struct probe_type *introduction(const struct target *t, const struct look *look)
{
    bool may_log_in = t->spec->user != NULL || t->spec->password.secret != NULL;

    if (look->becomes != NULL || look->by != NULL)
        return NULL;
    if (look->greeting == &greetings[GREET_POSTGRES] && may_log_in)
        return &pl_probe_postgres;
    if (look->greeting == &greetings[GREET_REDIS])
        return &pl_probe_redis;
    return look->greeting == &greetings[GREET_TLS] && t->trust != NULL ? &pl_probe_tls : NULL;
}

static void plan_introduction(struct target *t, struct look look)
{
    look.by = introduction(t, &look);
    look.connected = look.recognised = false;
    if (look.by != NULL)
        PL_PUSH(t->run->arena, t->looks, t->n_looks, t->cap_looks, look);
}

struct look *pl_look_next(struct target *t)
{
    while (t->look_at < t->n_looks) {
        struct look *look = &t->looks[t->look_at];
        bool known = look->connected || look->recognised;

        /* A port is done with once it is recognised, or refuses. */
        for (size_t i = 0; i < t->look_at && !known && look->by == NULL; i++)
            known = t->looks[i].port == look->port && look->becomes == NULL &&
                    (t->looks[i].recognised || !t->looks[i].connected);
        if (!known && look->greeting != NULL)
            return look;
        t->look_at++;
    }
    return NULL;
}

void pl_look_over(struct target *t, struct look *look, const struct outcome *outcome)
{
    look->recognised = outcome->class_name == NULL;
    look->connected = outcome->spent[PHASE_FIRST_BYTE] >= 0;
    look->identity = outcome->identity;
    look->failed = outcome->class_name;
    t->look_at++;
    if (look->recognised)
        plan_introduction(t, *look);
}

/* What came of it that it was asked who it is; NULL: it was not. */
static const struct look *introduced(const struct target *t, int port)
{
    for (size_t i = 0; i < t->n_looks; i++)
        if (t->looks[i].port == port && t->looks[i].by != NULL)
            return &t->looks[i];
    return NULL;
}

static const char *who_answers(struct target *t, const struct look *look)
{
    const struct look *said = introduced(t, look->port);
    struct pl_arena *arena = t->run->arena;
    const char *identity = said != NULL && said->identity != NULL ? said->identity : look->identity;
    bool login = said != NULL && said->by == t->type && said->failed != NULL &&
                 strncmp(said->failed, "AUTH_", 5) == 0;

    if (identity != NULL)
        return pl_arena_printf(arena, "%s answers on %d", identity, look->port);
    return pl_arena_printf(arena, "%s answers on %d%s%s%s", look->greeting->title, look->port,
                           login ? " (" : "", login ? pl_class_find(said->failed)->phrase : "",
                           login ? ")" : "");
}

static const char *port_found(struct target *t, int port)
{
    struct pl_arena *arena = t->run->arena;
    bool connected = false;

    for (size_t i = 0; i < t->n_looks; i++) {
        if (t->looks[i].port != port || t->looks[i].becomes != NULL || t->looks[i].by != NULL)
            continue;
        if (t->looks[i].recognised)
            return who_answers(t, &t->looks[i]);
        connected = connected || t->looks[i].connected;
    }
    if (connected)
        return pl_arena_printf(arena, "something that is not %s accepts connections on %d",
                               t->type->title, port);
    return pl_arena_printf(arena, "nothing answers on %d", port);
}

void pl_look_conclude(struct target *t)
{
    struct pl_buf text = {0};

    for (size_t i = 0; i < t->n_looks; i++)
        if (t->looks[i].becomes != NULL && t->looks[i].recognised)
            t->becomes = t->looks[i].becomes;
    for (size_t i = 0; i < t->spec->n_also_try; i++)
        if (t->n_looks > 0 && t->looks[0].becomes == NULL) {
            if (text.len > 0)
                pl_buf_adds(&text, "; ");
            pl_buf_adds(&text, port_found(t, t->spec->also_try[i]));
        }
    if (text.len > 0)
        t->looked = pl_buf_take(&text, t->run->arena);
    else
        pl_buf_free(&text);
}
