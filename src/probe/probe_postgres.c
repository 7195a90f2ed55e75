/* probe_postgres.c - PostgreSQL by libpq, without blocking: login, SELECT 1 or a query, settings, read-only or not.
 *
 * libpq gets the connection that dial.c has made, and never resolves a name: it is told to connect to a listener of this process, and
 * its descriptor is replaced by that of the connection (dup3) before it has said a word. So `source`, proxies and the phases are those of
 * every other type; over a unix socket it connects by itself. It is told
 * sslmode=require or disable, never prefer, which would try the password twice. Certificates are judged by
 * tls.c's callbacks, laid over libpq's connection while the handshake is under way, before any credential is
 * sent. Its messages are localised text and may quote names: only the SQLSTATE is read
 * (PQERRORS_SQLSTATE), and where there is none the state in which the connection failed (probes.md 5.7).
 */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <libpq-fe.h>
#include <poll.h>
#include <openssl/err.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kernel_priv.h"
#include "postgres_priv.h"
#include "proxy_priv.h"

enum {
    PG_MAX_STEPS = 32,
    PG_MAX_ROUNDS = 1000000, /* a second's work, in which this loop stands still */
    PG_LOOK_AGAIN_MS = 10,
    PG_MAX_LOGIN = 256 << 10,
    PG_ROOM = 32 << 10,
    PG_WINDOW = 16 << 10, /* for the messages of a login that have come together */
    PG_MAX_BYTES = 4 * PROBE_MAX_BODY
};

enum step_kind { STEP_READ_ONLY, STEP_SETTING, STEP_IN_USE, STEP_BEGIN, STEP_QUERY, STEP_PLAIN };

struct step {
    enum step_kind kind;
    const char *sql, *param;
    const struct pl_expect *expect;
};

struct own {
    PGconn *conn;
    struct watch *watch;
    struct pl_timer *again;
    int cert_fd, key_fd;
    bool second_look;     /* the refused login once more, over TLS: is that what was missing? */
    bool watched, judged; /* our callbacks are on libpq's TLS; the certificate was judged */
    unsigned char first;  /* first byte of what the server last said in clear, 0 none */
    int first_kind;       /* 1: `first` holds, 0: hung up, -1: nothing, -2: reset */
    ConnStatusType last;
    struct step steps[PG_MAX_STEPS];
    size_t n_steps, at;
    bool got_row;
};

static const struct {
    const char *state; /* SQLSTATE, or its class */
    const char *class_name;
} states[] = {
    {"28P01", "AUTH_BAD_CREDENTIALS"},
    {"28000", "AUTH_NOT_PERMITTED"},
    {"3D000", "SVC_NO_OBJECT"},
    {"55000", "SVC_SHUTTING_DOWN"},
    {"53300", "SVC_SATURATED"},
    {"57P03", "SVC_STARTING"},
    {"57P01", "SVC_SHUTTING_DOWN"},
    {"57P02", "SVC_SHUTTING_DOWN"},
    {"25006", "SVC_READ_ONLY"},
    {"42501", "AUTH_NOT_PERMITTED"},
    {"3F000", "SVC_NO_OBJECT"},
    {"42P01", "SVC_NO_OBJECT"},
    {"42704", "SVC_NO_OBJECT"},
    {"57014", "IO_TTFB_TIMEOUT"},
    {"53", "SVC_SATURATED"},
    {"58", "SVC_NOT_SERVING"},
    {"XX", "SVC_NOT_SERVING"},
    {"08", "IO_RESET"},
    {"42", "SELF_CONFIG"}, /* the query itself */
};

static const char *state_class(const char *sqlstate)
{
    for (size_t i = 0; i < PL_LEN(states); i++)
        if (strncmp(states[i].state, sqlstate, strlen(states[i].state)) == 0)
            return states[i].class_name;
    return "PROTO_PG";
}

/* "... FATAL:  28P01": the last word, if it is five characters of a SQLSTATE. */
static bool find_sqlstate(const char *message, char out[6])
{
    size_t n = strlen(message);

    while (n > 0 && isspace((unsigned char)message[n - 1]))
        n--;
    if (n < 6 || message[n - 6] != ' ')
        return false;
    for (size_t i = 0; i < 5; i++) {
        unsigned char c = (unsigned char)message[n - 5 + i];

        if (!isdigit(c) && !(c >= 'A' && c <= 'Z'))
            return false;
        out[i] = (char)c;
    }
    out[5] = '\0';
    return true;
}

/* ---- connecting ---- */

static void poll_connection(struct attempt *a);
static void read_on(struct attempt *a);

/* PEM text as a file that only this process has; libpq wants paths, and keys nobody else can read. */
static int as_file(const char *name, const char *text)
{
    int fd = text != NULL ? memfd_create(name, MFD_CLOEXEC) : -1;
    size_t n = text != NULL ? strlen(text) : 0;

    if (fd >= 0 && (fchmod(fd, 0600) != 0 || write(fd, text, n) != (ssize_t)n)) {
        close(fd);
        return -1;
    }
    return fd;
}

static const char *file_name(struct attempt *a, int fd)
{
    /* A path below a file exists for nobody: libpq then takes none, instead of one of this user's home. */
    return fd >= 0 ? pl_arena_printf(a->arena, "/proc/self/fd/%d", fd) : "/dev/null/none";
}

static void close_connection(struct attempt *a)
{
    struct own *own = a->own;

    pl_watch_close(own->watch);
    own->watch = NULL;
    pl_timer_cancel(own->again);
    own->again = NULL;
    if (own->conn != NULL)
        PQfinish(own->conn);
    own->conn = NULL;
    own->watched = own->judged = false;
    ERR_clear_error();
}

/* port: where to connect to on loopback; 0: the socket of the folder. */
static PGconn *start_connection(struct attempt *a, int port)
{
    const struct pl_probe_spec *spec = a->target->spec;
    struct own *own = a->own;
    bool path = port == 0;
    const char *keys[24], *values[24];
    bool tls = a->target->mode != PL_TLS_DISABLE || own->second_look;
    size_t n = 0;

#define SET(key, value) (keys[n] = (key), values[n] = (value), n++)
    SET("host", spec->server_name != NULL && !path ? spec->server_name : a->host);
    if (!path)
        SET("hostaddr", "127.0.0.1");
    SET("port", pl_arena_printf(a->arena, "%d", path ? pl_attempt_port(a) : port));
    SET("dbname", spec->database != NULL ? spec->database : "postgres");
    SET("user", spec->user != NULL ? spec->user : "postgres");
    if (pl_probe_reveal(&spec->password) != NULL)
        SET("password", pl_probe_reveal(&spec->password));
    SET("passfile", "/dev/null/none");
    SET("sslmode", tls ? "require" : "disable");
    SET("sslrootcert", "/dev/null/none");
    SET("sslcrl", "/dev/null/none");
    SET("sslcert", file_name(a, own->cert_fd));
    SET("sslkey", file_name(a, own->key_fd));
    if (spec->min_version != NULL)
        SET("ssl_min_protocol_version",
            pl_arena_printf(a->arena, "TLSv%s",
                            spec->min_version + strcspn(spec->min_version, "0123456789")));
    SET("gssencmode", "disable");
    SET("target_session_attrs", "any");
    SET("application_name", "plumbline");
    SET("client_encoding", "UTF8");
    SET("options", "-c statement_timeout=0");
    keys[n] = values[n] = NULL;
#undef SET
    return PQconnectStartParams(keys, values, 0);
}

/* Before libpq reads: what does the server say? EOF and reset are told apart here, which libpq's text is not. */
static void peek(struct own *own)
{
    ssize_t n;

    if (own->watched)
        return;
    errno = 0;
    n = recv(PQsocket(own->conn), &own->first, 1, MSG_PEEK | MSG_DONTWAIT);
    own->first_kind = n > 0 ? 1 : n == 0 ? 0 : errno == ECONNRESET || errno == EPIPE ? -2 : -1;
}

/* libpq keeps a whole message, however large, and a server may send one that never ends. */
static bool too_much(struct attempt *a, int most)
{
    const struct own *own = a->own;

    if (pl_kernel_received(PQsocket(own->conn)) <= most)
        return false;
    pl_attempt_fail(a, "PROTO_TOO_LARGE", 0, "%s sends more than %d bytes", a->peer_text, most);
    return true;
}

/* What the server has sent of its login and libpq has not read yet, as far as it can be seen beforehand; 0: nothing of that. */
static size_t waiting_bytes(const struct attempt *a, unsigned char *bytes, size_t size)
{
    const struct own *own = a->own;
    SSL *ssl = PQsslStruct(own->conn, "OpenSSL");
    ssize_t n;

    if (ssl == NULL && (a->target->mode != PL_TLS_DISABLE || own->second_look))
        return 0; /* it has yet to say whether it speaks TLS */
    if (ssl != NULL && !SSL_is_init_finished(ssl))
        return 0;
    ERR_clear_error();
    n = ssl != NULL ? SSL_peek(ssl, bytes, (int)size)
                    : recv(PQsocket(own->conn), bytes, size, MSG_PEEK | MSG_DONTWAIT);
    ERR_clear_error();
    return n > 0 ? (size_t)n : 0;
}

/* Nothing comes behind what is there. */
static bool hung_up(int fd)
{
    struct pollfd end = {.fd = fd, .events = POLLRDHUP};

    return poll(&end, 1, 0) > 0;
}

static void on_again(void *arg)
{
    struct attempt *a = arg;

    ((struct own *)a->own)->again = NULL;
    read_on(a);
}

/* libpq does as many rounds of SCRAM as a server asks for, two thousand million if need be, and nothing else meanwhile. So no message of
 * a login is left to it before it is whole and looked at. */
static void read_on(struct attempt *a)
{
    struct own *own = a->own;
    unsigned char bytes[PG_WINDOW];
    size_t n = waiting_bytes(a, bytes, sizeof(bytes));
    int64_t rounds = 0;
    bool whole = pl_pg_look(bytes, n, &rounds);

    if (rounds > PG_MAX_ROUNDS) {
        pl_attempt_fail(a, "PROTO_TOO_LARGE", 0, "%s asks for %" PRId64 " rounds of SCRAM",
                        a->peer_text, rounds);
    } else if (!whole && n < sizeof(bytes) && a->target->mode == PL_TLS_DISABLE &&
               !hung_up(PQsocket(own->conn))) {
        pl_watch_set(own->watch, 0);
        own->again = pl_loop_after(a->run->loop, PG_LOOK_AGAIN_MS * 1000000LL, on_again, a);
    } else if (!whole && PQsslStruct(own->conn, "OpenSSL") != NULL) {
        /* Only a record can be seen beforehand, and PostgreSQL sends such a message in one. */
        pl_attempt_fail(a, "PROTO_PG", 0, "%s sends its requests of a login in pieces",
                        a->peer_text);
    } else {
        poll_connection(a);
    }
}

static void on_socket(void *arg, int events)
{
    struct attempt *a = arg;

    (void)events;
    pl_attempt_event(a);
    peek(a->own);
    if (!too_much(a, PG_MAX_LOGIN))
        read_on(a);
}

/* libpq may change its socket between two calls, even to one of the same number (pitfall 22): watch anew. */
static void watch_socket(struct attempt *a, int events, void (*fn)(void *arg, int events))
{
    struct own *own = a->own;

    pl_watch_close(own->watch);
    own->watch = pl_watch_open(a->run->loop, PQsocket(own->conn), fn, a);
    if (own->watch == NULL)
        pl_attempt_fail(a, "SELF_FDS", 0, "the connection cannot be watched");
    else
        pl_watch_set(own->watch, events);
}

static void fail_by_state(struct attempt *a, const char *sqlstate)
{
    struct own *own = a->own;
    const char *class_name = state_class(sqlstate);
    const struct pl_probe_class *row = pl_class_find(class_name);
    bool login = strcmp(sqlstate, "28000") == 0;

    if (own->second_look) {
        /* In clear 28000, over TLS something else: it was the clear that is not permitted. */
        if (!login)
            pl_attempt_fail(a, "TLS_REQUIRED", 0,
                            "%s refuses logins in clear (SQLSTATE 28000) and goes on over TLS",
                            a->peer_text);
        else
            pl_attempt_fail(a, "AUTH_NOT_PERMITTED", 0,
                            "%s does not permit this login (SQLSTATE 28000)", a->peer_text);
        return;
    }
    if (login && a->target->mode == PL_TLS_DISABLE && a->peer->sa.ss_family != AF_UNIX) {
        pl_attempt_phase(a, PHASE_BODY);
        close_connection(a);
        pl_tunnel_end(a);
        own->second_look = true;
        pl_dial_start(a);
        return;
    }
    if (login && a->seen.asked_for_certificate && a->target->trust->cert == NULL) {
        pl_attempt_fail(a, "TLS_CLIENT_CERT_REQUIRED", 0,
                        "%s asked for a client certificate, got none and does not permit the login "
                        "(SQLSTATE 28000)",
                        a->peer_text);
        return;
    }
    pl_attempt_fail(a, class_name, 0, "%s: %s (SQLSTATE %s)", a->peer_text, row->phrase, sqlstate);
}

static void fail_tls(struct attempt *a)
{
    const char *class_name = pl_tls_fault(a->target->trust, &a->seen, errno);
    char text[256];

    pl_tls_describe(&a->seen, class_name, text, sizeof(text));
    pl_attempt_fail(a, class_name, 0, "%s: %s", a->peer_text, text);
}

/* A connection that failed without a SQLSTATE: by the state it was in, and by what the server last said. */
static void fail_by_status(struct attempt *a)
{
    struct own *own = a->own;
    bool shaking = own->last == CONNECTION_SSL_STARTUP;

    /* TLS 1.3 tells of a refused client certificate after the handshake. */
    if (own->watched && (shaking || a->seen.alert >= 0))
        fail_tls(a);
    else if (own->first_kind == -2)
        pl_attempt_gone(a, true);
    else if (PQconnectionNeedsPassword(own->conn))
        pl_attempt_fail(a, "AUTH_NO_CREDENTIALS", 0, "%s wants a password and none is declared",
                        a->peer_text);
    else if (shaking && own->first_kind == 1 && own->first == 'N')
        pl_attempt_fail(a, "TLS_NOT_OFFERED", 0, "%s offers no TLS (tls: disable speaks in clear)",
                        a->peer_text);
    else if (own->first_kind == 0)
        pl_attempt_gone(a, false);
    else if (own->first_kind == 1 && own->first != 'R' && own->first != 'E' && own->first != 'S')
        pl_attempt_fail(a, "PROTO_PG", 0, "%s does not answer as PostgreSQL does", a->peer_text);
    else if (own->watched)
        pl_attempt_gone(a, false);
    else
        pl_attempt_fail(a, "PROTO_PG", 0, "%s breaks off in a way that PostgreSQL does not",
                        a->peer_text);
}

static void fail_connection(struct attempt *a)
{
    struct own *own = a->own;
    char sqlstate[6];

    if (find_sqlstate(PQerrorMessage(own->conn), sqlstate))
        fail_by_state(a, sqlstate);
    else if (own->second_look)
        pl_attempt_fail(a, "AUTH_NOT_PERMITTED", 0,
                        "%s does not permit this login (SQLSTATE 28000)", a->peer_text);
    else
        fail_by_status(a);
}

/* ---- queries ---- */

static void next_query(struct attempt *a);

/* Everybody may read it, and it counts everybody's: https://www.postgresql.org/docs/15/monitoring-stats.html */
static const char in_use_sql[] =
    "SELECT sum(numbackends), current_setting('max_connections') FROM pg_stat_database";

/* A limit says little without what is used of it. */
static bool asks_for_use(const struct pl_probe_spec *spec)
{
    for (size_t i = 0; i < spec->n_settings; i++)
        if (strcmp(spec->settings[i].key, "max_connections") == 0)
            return true;
    return spec->connections != NULL;
}

static void plan_steps(struct attempt *a)
{
    const struct pl_probe_spec *spec = a->target->spec;
    struct own *own = a->own;

    if (spec->read_only >= 0)
        own->steps[own->n_steps++] =
            (struct step){STEP_READ_ONLY, "SHOW transaction_read_only", NULL, NULL};
    for (size_t i = 0; i < spec->n_settings && own->n_steps < PG_MAX_STEPS - 4; i++)
        own->steps[own->n_steps++] = (struct step){STEP_SETTING, "SELECT current_setting($1, true)",
                                                   spec->settings[i].key, spec->settings[i].expect};
    if (asks_for_use(spec))
        own->steps[own->n_steps++] =
            (struct step){STEP_IN_USE, in_use_sql, NULL, spec->connections};
    /* What people declare as a query must not be able to write. */
    if (spec->query != NULL)
        own->steps[own->n_steps++] = (struct step){STEP_BEGIN, "BEGIN READ ONLY", NULL, NULL};
    own->steps[own->n_steps++] =
        spec->query != NULL ? (struct step){STEP_QUERY, spec->query, NULL, spec->expect_any}
                            : (struct step){STEP_PLAIN, "SELECT 1", NULL, spec->expect_any};
}

/* 0, or -1 where the attempt was ended. */
static int judge_value(struct attempt *a, const struct step *step, const char *text)
{
    int wanted = a->target->spec->read_only;
    const struct pl_value *value = text != NULL ? pl_value_string(a->arena, text) : NULL;

    switch (step->kind) {
    case STEP_READ_ONLY:
        if (text != NULL && (strcmp(text, "on") == 0) == (wanted == 1))
            return 0;
        if (wanted == 0)
            pl_attempt_fail(a, "SVC_READ_ONLY", 0, "%s is read-only, declared is read_only: false",
                            a->peer_text);
        else
            pl_attempt_fail(a, "EXPECT_RESULT", 0, "%s can be written, declared is read_only: true",
                            a->peer_text);
        return -1;
    case STEP_SETTING:
        return pl_attempt_expect(a, step->expect, value, true, "EXPECT_RESULT",
                                 pl_arena_printf(a->arena, "setting %s", step->param));
    case STEP_IN_USE:
        return pl_attempt_expect(a, step->expect, value, true, "EXPECT_RESULT",
                                 "connections in use");
    case STEP_QUERY:
    case STEP_PLAIN:
        return pl_attempt_expect(a, step->expect, value, true, "EXPECT_RESULT",
                                 "first value of the query");
    case STEP_BEGIN:
        return 0;
    }
    return 0;
}

/* One result of the current query; false where the attempt was ended. */
static bool take_result(struct attempt *a, PGresult *result)
{
    struct own *own = a->own;
    const struct step *step = &own->steps[own->at];
    ExecStatusType status = PQresultStatus(result);
    const char *text = NULL;

    if (status == PGRES_FATAL_ERROR) {
        const char *sqlstate = PQresultErrorField(result, PG_DIAG_SQLSTATE);

        if (sqlstate != NULL)
            fail_by_state(a, pl_arena_strdup(a->arena, sqlstate));
        else
            pl_attempt_gone(a, false);
        return false;
    }
    if (own->got_row ||
        (status != PGRES_SINGLE_TUPLE && status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK))
        return true;
    if (PQntuples(result) > 0 && PQnfields(result) > 0 && !PQgetisnull(result, 0, 0))
        text = PQgetvalue(result, 0, 0);
    if (step->kind == STEP_IN_USE && text != NULL && PQnfields(result) > 1)
        a->note = pl_arena_printf(a->run->arena, "%.20s of %.20s connections in use", text,
                                  PQgetvalue(result, 0, 1));
    own->got_row = true;
    return judge_value(a, step, text) == 0;
}

static void on_query_socket(void *arg, int events)
{
    struct attempt *a = arg;
    struct own *own = a->own;
    PGresult *result;

    pl_attempt_event(a);
    if (too_much(a, PG_MAX_BYTES))
        return;
    if ((events & UV_READABLE) && PQconsumeInput(own->conn) != 1) {
        pl_attempt_gone(a, false);
        return;
    }
    if (PQflush(own->conn) == 1) {
        pl_watch_set(own->watch, UV_READABLE | UV_WRITABLE);
        return;
    }
    pl_watch_set(own->watch, UV_READABLE);
    while (PQisBusy(own->conn) == 0) {
        bool on;

        result = PQgetResult(own->conn);
        if (result == NULL) {
            pl_attempt_phase(a, PHASE_BODY);
            own->at++;
            next_query(a);
            return;
        }
        on = take_result(a, result);
        PQclear(result);
        if (!on)
            return;
    }
}

static void next_query(struct attempt *a)
{
    struct own *own = a->own;
    const struct step *step = &own->steps[own->at];

    if (own->at == own->n_steps) {
        pl_attempt_pass(a);
        return;
    }
    own->got_row = false;
    /* The extended protocol takes one statement only: a query cannot leave its read-only transaction. */
    if (PQsendQueryParams(own->conn, step->sql, step->param != NULL, NULL, &step->param, NULL, NULL,
                          0) != 1 ||
        PQsetSingleRowMode(own->conn) != 1) {
        pl_attempt_gone(a, false);
        return;
    }
    (void)PQflush(own->conn);
    watch_socket(a, UV_READABLE | UV_WRITABLE, on_query_socket);
}

/* ---- the handshake ---- */

/* libpq has its TLS connection between two polls of the handshake: our callbacks go on it there. */
static void watch_tls(struct attempt *a)
{
    struct own *own = a->own;
    SSL *ssl = PQsslStruct(own->conn, "OpenSSL");

    if (ssl == NULL || own->watched || a->target->trust == NULL)
        return;
    own->watched = true;
    pl_tls_watch_ssl(ssl, a->target->trust, &a->seen);
}

static int verdict_allows(struct attempt *a)
{
    struct own *own = a->own;
    const char *verdict;
    char text[256];

    if (!own->watched || own->judged)
        return 0;
    own->judged = true;
    /* The whole handshake may have gone by in the one call in which libpq made its TLS. */
    pl_tls_verify_late(PQsslStruct(own->conn, "OpenSSL"), a->target->trust, &a->seen);
    verdict = pl_tls_verdict(a->target->trust, &a->seen);
    if (verdict == NULL)
        return 0;
    pl_tls_describe(&a->seen, verdict, text, sizeof(text));
    pl_attempt_fail(a, verdict, 0, "%s: %s", a->peer_text, text);
    return -1;
}

/* The server tells its version at every login (ParameterStatus): "15.14 (Debian 15.14-0+deb12u1)". */
static void introduce(struct attempt *a)
{
    const char *version = PQparameterStatus(((struct own *)a->own)->conn, "server_version");
    struct pl_buf visible = {0};

    pl_buf_add_visible(&visible, version != NULL ? version : "",
                       version != NULL ? strcspn(version, " ") : 0);
    a->identity = pl_arena_printf(a->run->arena, "PostgreSQL%s%.20s", visible.len > 0 ? " " : "",
                                  pl_buf_str(&visible));
    pl_buf_free(&visible);
    pl_attempt_pass(a);
}

static void logged_in(struct attempt *a)
{
    struct own *own = a->own;

    if (own->second_look) {
        pl_attempt_fail(a, "TLS_REQUIRED", 0,
                        "%s refuses logins in clear (SQLSTATE 28000) and permits them over TLS",
                        a->peer_text);
        return;
    }
    if (a->introduces) {
        introduce(a);
        return;
    }
    PQsetnonblocking(own->conn, 1);
    plan_steps(a);
    next_query(a);
}

static void poll_connection(struct attempt *a)
{
    struct own *own = a->own;
    PostgresPollingStatusType next;

    pl_watch_close(own->watch);
    own->watch = NULL;
    ERR_clear_error();
    errno = 0;
    next = PQconnectPoll(own->conn);
    if (next == PGRES_POLLING_FAILED) {
        fail_connection(a);
        return;
    }
    watch_tls(a);
    own->last = PQstatus(own->conn);
    if (own->last != CONNECTION_SSL_STARTUP && verdict_allows(a) != 0)
        return;
    if (!own->second_look)
        pl_attempt_phase(a, own->last == CONNECTION_STARTED       ? a->phase
                            : own->last == CONNECTION_SSL_STARTUP ? PHASE_TLS
                                                                  : PHASE_FIRST_BYTE);
    if (next == PGRES_POLLING_OK)
        logged_in(a);
    else
        watch_socket(a, next == PGRES_POLLING_READING ? UV_READABLE : UV_WRITABLE, on_socket);
}

static void begin(struct attempt *a, int fd)
{
    struct own *own = a->own;
    int room = PG_ROOM, port = 0, listener = -1;
    bool path = a->peer->sa.ss_family == AF_UNIX, given;

    own->first_kind = -1;
    if (!path && (listener = pl_pair_listen(&port)) < 0) {
        pl_attempt_fail(a, pl_errno_class(errno, false), 0, "no socket for libpq: %s",
                        strerror(errno));
        close(fd);
        return;
    }
    own->conn = start_connection(a, port);
    given = own->conn != NULL && PQstatus(own->conn) != CONNECTION_BAD &&
            (path || dup3(fd, PQsocket(own->conn), O_CLOEXEC) >= 0);
    close(fd);
    if (listener >= 0)
        close(listener);
    if (!given) {
        pl_attempt_fail(a, "SELF_CONFIG", 0, "libpq cannot start this connection");
        return;
    }
    /* libpq reads in one call for as long as there is something, up to the gigabyte that a message may announce: with little
     * room in the kernel it runs dry in between, and the loop turns. */
    (void)setsockopt(PQsocket(own->conn), SOL_SOCKET, SO_RCVBUF, &room, sizeof(room));
    PQsetErrorVerbosity(own->conn, PQERRORS_SQLSTATE);
    PQsetErrorContextVisibility(own->conn, PQSHOW_CONTEXT_NEVER);
    own->last = CONNECTION_STARTED;
    watch_socket(a, UV_WRITABLE, on_socket);
}

static void ignore_notice(void *arg, const PGresult *result)
{
    (void)arg;
    (void)result;
}

static void postgres_connected(struct attempt *a, int fd)
{
    struct own *own = a->own;

    if (own == NULL) {
        a->own = own = PL_NEW(a->arena, struct own);
        own->cert_fd = as_file("client.crt", pl_probe_reveal(&a->target->spec->cert));
        own->key_fd = as_file("client.key", pl_probe_reveal(&a->target->spec->key));
    }
    begin(a, fd);
    if (!a->over)
        PQsetNoticeReceiver(own->conn, ignore_notice, NULL);
}

static void postgres_cancel(struct attempt *a)
{
    struct own *own = a->own;

    close_connection(a);
    if (own->cert_fd >= 0)
        close(own->cert_fd);
    if (own->key_fd >= 0)
        close(own->key_fd);
    own->cert_fd = own->key_fd = -1;
}

const struct probe_type pl_probe_postgres = {
    .type = PL_PROBE_POSTGRES,
    .title = "PostgreSQL",
    .connected = postgres_connected,
    .cancel = postgres_cancel,
};
