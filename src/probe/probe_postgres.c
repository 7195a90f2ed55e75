/* probe_postgres.c - PostgreSQL by libpq, without blocking: connection, TLS and login.
 *
 * libpq gets the connection that dial.c has made, and never resolves a name: it is told to connect to a listener of this process, and
 * its descriptor is replaced by that of the connection (dup3) before it has said a word. So `source`, proxies and the phases are those of
 * every other type; over a unix socket it connects by itself. It is told
 * sslmode=require or disable, never prefer, which would try the password twice. Certificates are judged by
 * tls.c's callbacks, laid over libpq's connection while the handshake is under way, before any credential is
 * sent. Why a connection failed is postgres_fail.c's, what is asked of one that stands postgres_query.c's.
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
    PG_MAX_ROUNDS = 1000000, /* a second's work, in which this loop stands still */
    PG_LOOK_AGAIN_MS = 10,
    PG_MAX_LOGIN = 256 << 10,
    PG_ROOM = 32 << 10,
    PG_WINDOW = 16 << 10 /* for the messages of a login that have come together */
};

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

void pl_pg_close(struct attempt *a)
{
    struct pg *own = a->own;

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
    struct pg *own = a->own;
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
static void peek(struct pg *own)
{
    ssize_t n;

    if (own->watched)
        return;
    errno = 0;
    n = recv(PQsocket(own->conn), &own->first, 1, MSG_PEEK | MSG_DONTWAIT);
    own->first_kind = n > 0 ? 1 : n == 0 ? 0 : errno == ECONNRESET || errno == EPIPE ? -2 : -1;
}

/* libpq keeps a whole message, however large, and a server may send one that never ends. */
bool pl_pg_too_much(struct attempt *a, int most)
{
    const struct pg *own = a->own;

    if (pl_kernel_received(PQsocket(own->conn)) <= most)
        return false;
    pl_attempt_fail(a, "PROTO_TOO_LARGE", 0, "%s sends more than %d bytes", a->peer_text, most);
    return true;
}

/* What the server has sent of its login and libpq has not read yet, as far as it can be seen beforehand; 0: nothing of that. */
static size_t waiting_bytes(const struct attempt *a, unsigned char *bytes, size_t size)
{
    const struct pg *own = a->own;
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

    ((struct pg *)a->own)->again = NULL;
    read_on(a);
}

/* libpq does as many rounds of SCRAM as a server asks for, two thousand million if need be, and nothing else meanwhile. So no message of
 * a login is left to it before it is whole and looked at. */
static void read_on(struct attempt *a)
{
    struct pg *own = a->own;
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
    if (!pl_pg_too_much(a, PG_MAX_LOGIN))
        read_on(a);
}

/* libpq may change its socket between two calls, even to one of the same number (pitfall 22): watch anew. */
void pl_pg_watch(struct attempt *a, int events, void (*fn)(void *arg, int events))
{
    struct pg *own = a->own;

    pl_watch_close(own->watch);
    own->watch = pl_watch_open(a->run->loop, PQsocket(own->conn), fn, a);
    if (own->watch == NULL)
        pl_attempt_fail(a, "SELF_FDS", 0, "the connection cannot be watched");
    else
        pl_watch_set(own->watch, events);
}

/* ---- the handshake ---- */

/* libpq has its TLS connection between two polls of the handshake: our callbacks go on it there. */
static void watch_tls(struct attempt *a)
{
    struct pg *own = a->own;
    SSL *ssl = PQsslStruct(own->conn, "OpenSSL");

    if (ssl == NULL || own->watched || a->target->trust == NULL)
        return;
    own->watched = true;
    pl_tls_watch_ssl(ssl, a->target->trust, &a->seen);
}

static int verdict_allows(struct attempt *a)
{
    struct pg *own = a->own;
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
    const char *version = PQparameterStatus(((struct pg *)a->own)->conn, "server_version");
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
    struct pg *own = a->own;

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
    pl_pg_query(a);
}

static void poll_connection(struct attempt *a)
{
    struct pg *own = a->own;
    PostgresPollingStatusType next;

    pl_watch_close(own->watch);
    own->watch = NULL;
    ERR_clear_error();
    errno = 0;
    next = PQconnectPoll(own->conn);
    if (next == PGRES_POLLING_FAILED) {
        pl_pg_fail_connection(a);
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
        pl_pg_watch(a, next == PGRES_POLLING_READING ? UV_READABLE : UV_WRITABLE, on_socket);
}

static void begin(struct attempt *a, int fd)
{
    struct pg *own = a->own;
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
    pl_pg_watch(a, UV_WRITABLE, on_socket);
}

static void ignore_notice(void *arg, const PGresult *result)
{
    (void)arg;
    (void)result;
}

static void postgres_connected(struct attempt *a, int fd)
{
    struct pg *own = a->own;

    if (own == NULL) {
        a->own = own = PL_NEW(a->arena, struct pg);
        own->cert_fd = as_file("client.crt", pl_probe_reveal(&a->target->spec->cert));
        own->key_fd = as_file("client.key", pl_probe_reveal(&a->target->spec->key));
    }
    begin(a, fd);
    if (!a->over)
        PQsetNoticeReceiver(own->conn, ignore_notice, NULL);
}

static void postgres_cancel(struct attempt *a)
{
    struct pg *own = a->own;

    pl_pg_close(a);
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
