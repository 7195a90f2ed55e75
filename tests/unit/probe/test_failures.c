/* test_failures.c - the table of failures: every one that can be made on loopback, by a real server or a misbehaving one,
 * with the state, symptom and class that it must get. Prints the table; the other tests hold the sentences. */
#include "probe_fixture.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { DISTINCT_AT_LEAST = 60 };

/* A server is "misbehave MODE", "nginx PORT", "breaker STATES", "ws", "dns", "closed" or "full"; @PORT@ in a probe is its port. */
struct row {
    const char *server, *probe, *more, *want;
};

#define LIMIT     "budget: {timeout: 8s}"
#define M(mode)   "misbehave " mode
#define DNS(name) "dns", "type: dns, resolver: '127.0.0.1:@PORT@', name: " name, LIMIT
#define PG        "type: postgres, tls: disable"

static const struct row rows[] = {
    /* names */
    {DNS("nxdomain.test"), "failing dns_not_found DNS_NXDOMAIN"},
    {DNS("nodata.test"), "failing dns_not_found DNS_NODATA"},
    {DNS("servfail.test"), "failing dns_failed DNS_SERVFAIL"},
    {DNS("refused.test"), "failing dns_failed DNS_REFUSED"},
    {DNS("formerr.test"), "failing dns_failed DNS_MALFORMED"},
    {DNS("wrongid.test"), "failing dns_failed DNS_MALFORMED"},
    {DNS("cut.test"), "failing dns_failed DNS_MALFORMED"},
    {DNS("silent.test"), "failing dns_timeout DNS_TIMEOUT"},
    {DNS("good.test, expect: 10.9.9.9"), "failing wrong_content DNS_MISMATCH"},
    {DNS("good.test, authoritative: true"), "failing wrong_content DNS_NOT_AUTHORITATIVE"},
    {DNS("good.test, ttl: !at_most 1s"), "failing wrong_content EXPECT_RECORD"},
    {"closed", "type: dns, resolver: '127.0.0.1:@PORT@', name: good.test", "budget: {timeout: 20s}",
     "failing dns_failed DNS_UNREACHABLE"},
    /* connecting */
    {"closed", "type: tcp", LIMIT, "failing refused NET_REFUSED"},
    {"full", "type: tcp", LIMIT, "failing connect_timeout NET_CONNECT_TIMEOUT"},
    {"unix", "type: redis", LIMIT, "failing socket_missing NET_UNIX_MISSING"},
    {M("status:407"), "type: redis, proxy: 'http://127.0.0.1:@PORT@'", LIMIT,
     "failing unreachable NET_PROXY"},
    {"closed", "type: tcp, source: 192.0.2.1", LIMIT, "unknown - -"},
    {"closed", "type: https, ca: !file nonsense", LIMIT, "unknown - -"},
    {"closed", "type: http, identity_token: https://a.test", LIMIT, "unknown - -"},
    /* TLS */
    {M("silent"), "type: tls", LIMIT, "failing tls_timeout TLS_TIMEOUT"},
    {M("status:200"), "type: tls", LIMIT, "failing tls_not_offered TLS_NOT_TLS"},
    {M("say:N"), "type: postgres", LIMIT, "failing tls_not_offered TLS_NOT_OFFERED"},
    {"nginx PORT_tls", "type: http", LIMIT, "failing tls_required TLS_REQUIRED"},
    {M("close-after"), "type: tls", LIMIT, "failing closed TLS_CLOSED"},
    {M("reset"), "type: tls", LIMIT, "failing reset TLS_RESET"},
    {M("tls-alert:70"), "type: tls", LIMIT, "failing tls_protocol TLS_VERSION"},
    {"nginx PORT_old", "type: tls, ca: !file ca.crt, min_version: '1.3', server_name: localhost",
     LIMIT, "failing tls_protocol TLS_VERSION"},
    {M("tls-alert:40"), "type: tls", LIMIT, "failing tls_protocol TLS_CIPHER"},
    {M("tls-alert:112"), "type: tls", LIMIT, "failing tls_name_mismatch TLS_SNI"},
    {M("tls-alert:120"), "type: https", LIMIT, "failing tls_protocol TLS_ALPN"},
    {M("tls-alert:80"), "type: tls", LIMIT, "failing tls_protocol TLS_PEER_ALERT"},
    {M("tls-alert:113"), "type: tls", LIMIT, "failing tls_untrusted TLS_OCSP"},
    {M("tls-alert:116"), "type: tls", LIMIT,
     "failing client_certificate_required TLS_CLIENT_CERT_REQUIRED"},
    {M("tls-alert:48"), "type: tls, cert: !file client.crt, key: !file client.key", LIMIT,
     "failing client_certificate_rejected TLS_CLIENT_CERT_REJECTED"},
    {"nginx PORT_expired", "type: tls, ca: !file ca.crt", LIMIT, "failing tls_expired TLS_EXPIRED"},
    {"nginx PORT_future", "type: tls, ca: !file ca.crt", LIMIT,
     "failing tls_expired TLS_NOT_YET_VALID"},
    {"nginx PORT_name", "type: https, ca: !file ca.crt", LIMIT,
     "failing tls_name_mismatch TLS_HOSTNAME"},
    {"nginx PORT_self", "type: https, ca: !file ca.crt", LIMIT,
     "failing tls_untrusted TLS_SELF_SIGNED"},
    {"nginx PORT_tls", "type: https", LIMIT, "failing tls_untrusted TLS_UNTRUSTED"},
    {"nginx PORT_no_ca", "type: https, ca: !file ca.crt", LIMIT,
     "failing tls_untrusted TLS_BAD_CHAIN"},
    {"nginx PORT_old", "type: tls, ca: !file ca.crt, cipher: TLS_AES_256_GCM_SHA384", LIMIT,
     "failing tls_protocol EXPECT_TLS_CIPHER"},
    {"nginx PORT_old", "type: tls, ca: !file ca.crt, version: '1.3'", LIMIT,
     "failing tls_protocol EXPECT_TLS_VERSION"},
    {"nginx PORT_tls", "type: tls, ca: !file ca.crt, certificate: {issuer: CN=nobody}", LIMIT,
     "failing wrong_content EXPECT_CERT_FIELD"},
    {"nginx PORT_unnamed", "type: https, ca: !file ca.crt", LIMIT,
     "failing tls_name_mismatch TLS_SNI"},
    {"nginx PORT_tls", "type: tls, ca: !file ca.crt, expires_in: !at_least 40000d", LIMIT,
     "failing wrong_content EXPECT_CERT_EXPIRING"},
    /* answers that do not come, or do not end */
    {M("silent"), "type: http", LIMIT, "failing response_timeout IO_TTFB_TIMEOUT"},
    {M("drip"), "type: http", LIMIT, "failing response_timeout IO_BODY_TIMEOUT"},
    {M("reset"), "type: http", LIMIT, "failing reset IO_RESET"},
    {M("close"), "type: http", LIMIT, "failing closed IO_CLOSED_EMPTY"},
    {M("truncated"), "type: http", LIMIT, "failing closed IO_TRUNCATED"},
    /* answers that are none */
    {M("garbage"), "type: http", LIMIT, "failing protocol_error PROTO_NOT_HTTP"},
    {M("bad-chunk"), "type: http", LIMIT, "failing protocol_error PROTO_HTTP_MALFORMED"},
    {M("say:HTTP/1.1 200 OK\\r\\nContent-Encoding: gzip\\r\\nContent-Length: 2\\r\\n\\r\\nno"),
     "type: http", LIMIT, "failing protocol_error PROTO_ENCODING"},
    {M("endless-headers"), "type: http", LIMIT, "failing protocol_error PROTO_TOO_LARGE"},
    {"nginx PORT_plain", "type: http, http_version: '2'", LIMIT, "failing protocol_error PROTO_H2"},
    {M("say:HTTP/1.1 400 No\\r\\n\\r\\n"), PG, LIMIT, "failing protocol_error PROTO_PG"},
    {M("garbage"), "type: redis", LIMIT, "failing protocol_error PROTO_RESP"},
    /* WebSockets */
    {M("status:503"), "type: websocket", LIMIT, "failing websocket_rejected PROTO_WS_NO_UPGRADE"},
    {M("ws-bad-accept"), "type: websocket", LIMIT, "failing protocol_error PROTO_WS_BAD_ACCEPT"},
    {M("ws-bad-frame"), "type: websocket, expect: x", LIMIT,
     "failing protocol_error PROTO_WS_FRAME"},
    {M("ws-close:1011"), "type: websocket, expect: x", LIMIT,
     "failing websocket_closed PROTO_WS_CLOSED"},
    {"ws", "type: websocket", "concurrency: 6\n    budget: {timeout: 20s}",
     "degraded unstable SVC_RACE_LOST"},
    /* HTTP */
    {M("status:401"), "type: http", LIMIT, "failing http_status HTTP_AUTH"},
    {M("status:403"), "type: http", LIMIT, "failing http_status HTTP_FORBIDDEN"},
    {M("status:404"), "type: http", LIMIT, "failing http_status HTTP_NOT_FOUND"},
    {M("status:429"), "type: http", LIMIT, "failing http_status HTTP_RATE_LIMITED"},
    {M("status:418"), "type: http", LIMIT, "failing http_status HTTP_CLIENT_ERR"},
    {M("status:500"), "type: http", LIMIT, "failing http_status HTTP_SERVER_ERR"},
    {M("status:502"), "type: http", LIMIT, "failing http_status HTTP_BAD_GATEWAY"},
    {M("status:503"), "type: http", LIMIT, "failing http_status HTTP_UNAVAILABLE"},
    {M("status:504"), "type: http", LIMIT, "failing http_status HTTP_GATEWAY_TIMEOUT"},
    {M("redirect:ftp://127.0.0.1/"), "type: http, redirects: 1", LIMIT,
     "failing http_status HTTP_REDIRECT"},
    {M("redirect:/"), "type: http, redirects: 2", LIMIT, "failing http_status HTTP_REDIRECT_LOOP"},
    {M("flaky"), "type: http", "attempts: 4\n    " LIMIT, "degraded unstable HTTP_UNAVAILABLE"},
    {M("slow:50"), "type: http", "budget: {timeout: 5s, max: 1ms}", "degraded slow OK_SLOW"},
    /* services */
    {M("say:-WRONGPASS no\\r\\n"), "type: redis", LIMIT,
     "failing authentication_failed AUTH_BAD_CREDENTIALS"},
    {M("say:-NOAUTH no\\r\\n"), "type: redis", LIMIT,
     "failing authentication_failed AUTH_NO_CREDENTIALS"},
    {M("say:-NOPERM no\\r\\n"), "type: redis", LIMIT,
     "failing authorization_failed AUTH_NOT_PERMITTED"},
    {M("pg-error:28P01"), PG, LIMIT, "failing authentication_failed AUTH_BAD_CREDENTIALS"},
    {M("pg-error:28000"), "type: postgres, tls: require, password: !file nonsense", LIMIT,
     "failing tls_not_offered TLS_NOT_OFFERED"},
    {M("pg-notices"), PG, "budget: {timeout: 60s}", "failing protocol_error PROTO_TOO_LARGE"},
    {M("say:-ERR unknown command 'PING'\\r\\n"), "type: redis", LIMIT,
     "failing protocol_error SVC_NOT_IMPLEMENTED"},
    {M("reset-once"), "type: http", LIMIT, "degraded unstable IO_RESET"},
    {M("pg-error:57P03"), PG, LIMIT, "failing not_ready SVC_STARTING"},
    {M("pg-error:57P01"), PG, LIMIT, "failing not_ready SVC_SHUTTING_DOWN"},
    {M("pg-error:53300"), PG, LIMIT, "failing too_many_connections SVC_SATURATED"},
    {M("pg-error:3D000"), PG, LIMIT, "failing no_such_database SVC_NO_OBJECT"},
    {M("say:-READONLY no\\r\\n"), "type: redis", LIMIT, "failing read_only SVC_READ_ONLY"},
    {M("say:-MASTERDOWN no\\r\\n"), "type: redis", LIMIT, "failing not_ready SVC_NOT_SERVING"},
    {"breaker OPEN:5:503", "type: breaker, state: /breaker/state", LIMIT,
     "degraded not_ready SVC_BREAKER_OPEN"},
    {"breaker OPEN:5:503", "type: breaker, state: /breaker/state, recovers_in: 200ms", LIMIT,
     "failing not_ready SVC_BREAKER_STUCK"},
    /* what is declared of answers */
    {M("body:ok"), "type: http, expect: {status: 204}", LIMIT,
     "failing wrong_content EXPECT_STATUS"},
    {M("body:ok"), "type: http, expect: {headers: {X-Service: api}}", LIMIT,
     "failing wrong_content EXPECT_HEADER"},
    {M("body:ok"), "type: http, expect: {body: fine}", LIMIT, "failing wrong_content EXPECT_BODY"},
    {M("body:{}"), "type: http, expect: {json: {/status: ok}}", LIMIT,
     "failing wrong_content EXPECT_JSON"},
    {M("ws-message:goodbye"), "type: websocket, expect: hello", LIMIT,
     "failing wrong_content EXPECT_RESULT"},
};

static const char nginx_conf[] =
    "server { listen 127.0.0.1:@PORT_plain@; location / { return 200 ok; } }\n"
    "ssl_certificate @DIR@/certs/server.crt; ssl_certificate_key @DIR@/server.key;\n"
    "server { listen 127.0.0.1:@PORT_tls@ ssl; location / { return 200 ok; } }\n"
    "server { listen 127.0.0.1:@PORT_old@ ssl; ssl_protocols TLSv1.2; }\n"
    "server { listen 127.0.0.1:@PORT_expired@ ssl; ssl_certificate @DIR@/certs/expired.crt;\n"
    "  ssl_certificate_key @DIR@/expired.key; }\n"
    "server { listen 127.0.0.1:@PORT_future@ ssl; ssl_certificate @DIR@/certs/future.crt;\n"
    "  ssl_certificate_key @DIR@/future.key; }\n"
    "server { listen 127.0.0.1:@PORT_self@ ssl; ssl_certificate @DIR@/certs/self-signed.crt;\n"
    "  ssl_certificate_key @DIR@/self-signed.key; }\n"
    "server { listen 127.0.0.1:@PORT_no_ca@ ssl; ssl_certificate @DIR@/certs/bad-chain.crt;\n"
    "  ssl_certificate_key @DIR@/by-no-ca.key; }\n"
    "server { listen 127.0.0.1:@PORT_unnamed@ ssl; ssl_reject_handshake on; }\n"
    "server { listen 127.0.0.1:@PORT_name@ ssl; ssl_certificate @DIR@/certs/wrong-name.crt;\n"
    "  ssl_certificate_key @DIR@/wrong-name.key; }\n";

/* ---- servers ---- */

struct peers {
    struct server *nginx, *own[FIXTURE_MAX];
    size_t n;
    int closed_port, full, held[8];
};

/* A listener whose queue is full: further SYNs get no answer. */
static int fill_a_queue(struct peers *p)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof(address);

    p->full = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(p->full, (struct sockaddr *)&address, len), 0);
    assert_int_equal(listen(p->full, 0), 0);
    assert_int_equal(getsockname(p->full, (struct sockaddr *)&address, &len), 0);
    for (size_t i = 0; i < PL_LEN(p->held); i++) {
        p->held[i] = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
        (void)!connect(p->held[i], (struct sockaddr *)&address, len);
    }
    return ntohs(address.sin_port);
}

static int start(struct peers *p, const char *const *argv)
{
    p->own[p->n] = server_start_own(argv);
    return server_port(p->own[p->n++], "");
}

/* The port of a row's server; 0 where that is not installed. */
static int port_of(struct peers *p, const char *server)
{
    const char *argument = strchr(server, ' ') != NULL ? strchr(server, ' ') + 1 : "";

    switch (server[0]) {
    case 'm':
        return start(p, (const char *const[]){"misbehave", "--mode", argument, NULL});
    case 'b':
        return start(p, (const char *const[]){"breaker_server", "--states", argument, NULL});
    case 'w':
        return start(
            p, (const char *const[]){"ws_server", "--slots", "2", "--handshake-ms", "500", NULL});
    case 'd':
        return start(p, (const char *const[]){"dns_server", NULL});
    case 'n':
        return p->nginx != NULL ? server_port(p->nginx, argument) : 0;
    case 'f':
        return fill_a_queue(p);
    default:
        return p->closed_port;
    }
}

static void start_peers(struct fixture *f, struct peers *p)
{
    static const char *const copies[] = {"ca.crt", "client.crt", "client.key"};

    p->closed_port = start(p, (const char *const[]){"closed_port", NULL});
    p->nginx = server_start(
        "nginx", (const struct server_file[]){{"nginx.conf.in", nginx_conf}, {NULL, NULL}});
    fixture_write(f, "nonsense", "nothing\n");
    for (size_t i = 0; servers_certs() != NULL && i < PL_LEN(copies); i++)
        fixture_write(
            f, copies[i],
            harness_read(f->arena, harness_path(f->arena, servers_certs(), copies[i]), NULL));
}

static void stop_peers(struct peers *p)
{
    for (size_t i = 0; i < p->n; i++)
        server_stop(p->own[i]);
    server_stop(p->nginx);
    close(p->full);
    for (size_t i = 0; i < PL_LEN(p->held); i++)
        close(p->held[i]);
}

/* ---- the table ---- */

static void add(struct fixture *f, const struct row *row, int port)
{
    const char *at = strstr(row->probe, "@PORT@");
    const char *probe = at == NULL ? row->probe
                                   : pl_arena_printf(f->arena, "%.*s%d%s", (int)(at - row->probe),
                                                     row->probe, port, at + 6);
    bool breaker = strncmp(row->server, "breaker", 7) == 0,
         name = strncmp(row->server, "nginx", 5) == 0;
    struct pl_probe_job *job = fixture_add(f,
                                           breaker ? "http://127.0.0.1"
                                           : name  ? "localhost"
                                                   : "127.0.0.1",
                                           port, probe, row->more);

    if (breaker)
        job->host = "127.0.0.1";
    if (strcmp(row->server, "unix") == 0)
        job->host = harness_path(f->arena, f->dir, "none.sock");
}

static const char *told(struct fixture *f, size_t i)
{
    const struct pl_probe_result *r = &f->results[i];

    return pl_arena_printf(f->arena, "%s %s %s", fixture_states[r->state],
                           r->symptom.kind != NULL ? r->symptom.kind->name : "-",
                           r->symptom.class_name != NULL ? r->symptom.class_name : "-");
}

static bool seen_before(struct fixture *f, size_t i)
{
    for (size_t j = 0; j < i; j++)
        if (strcmp(told(f, i), told(f, j)) == 0)
            return true;
    return false;
}

static void the_table(void **state)
{
    struct fixture *f = *state;
    struct peers peers = {0};
    const struct row *used[PL_LEN(rows)];
    size_t distinct = 0, wrong = 0;

    start_peers(f, &peers);
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        int port = port_of(&peers, rows[i].server);

        if (port == 0)
            continue;
        used[f->n] = &rows[i];
        add(f, &rows[i], port);
    }
    fixture_run(f);
    stop_peers(&peers);
    for (size_t i = 0; i < f->n; i++) {
        bool right = strcmp(told(f, i), used[i]->want) == 0;

        distinct += !seen_before(f, i);
        wrong += !right;
        print_message("%-66s %.60s | %.60s%s%s\n", told(f, i), used[i]->server, used[i]->probe,
                      right ? "" : " INSTEAD OF ", right ? "" : used[i]->want);
    }
    print_message("%zu rows, %zu distinct\n", f->n, distinct);
    assert_int_equal(wrong, 0);
    if (peers.nginx == NULL)
        print_message("skipped: rows of nginx, it is not installed\n");
    else
        assert_true(distinct >= DISTINCT_AT_LEAST);
}

/* In a network of its own: without a route at first, then with those that refuse. Only where this process may make one. */
static void routes(void **state)
{
    static const struct {
        const char *kind, *want;
    } kinds[] = {{"unreachable", "failing unreachable NET_HOST_UNREACH"},
                 {"blackhole", "failing unreachable NET_PROHIBITED"},
                 {"prohibit", "unknown - -"}};
    struct fixture *f = *state;
    int home = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
    bool made = true;

    if (home < 0 || unshare(CLONE_NEWNET) != 0) {
        if (home >= 0)
            close(home);
        print_message("skipped: this process may not make a network namespace\n");
        skip();
    }
    fixture_add(f, "127.0.0.1", 80, "type: tcp", LIMIT);
    fixture_add(f, "10.9.0.1", 80, "type: http", LIMIT);
    for (size_t i = 0; i < PL_LEN(kinds) && made; i++) {
        const char *to = pl_arena_printf(f->arena, "10.%zu.0.0/16", i);

        made = harness_shell(pl_arena_printf(f->arena, "ip route add %s %s", kinds[i].kind, to));
        fixture_add(f, pl_arena_printf(f->arena, "10.%zu.0.1", i), 80, "type: tcp", LIMIT);
    }
    fixture_run(f);
    assert_int_equal(setns(home, CLONE_NEWNET), 0);
    close(home);
    for (size_t i = 0; i < f->n; i++) {
        const char *want = i < 2 ? "failing unreachable NET_NET_UNREACH" : kinds[i - 2].want;

        print_message("%-66s route %s\n", told(f, i), i < 2 ? "missing" : kinds[i - 2].kind);
        if (made || i < 2)
            assert_string_equal(told(f, i), want);
    }
    if (!made)
        print_message("skipped: routes that refuse, `ip` does not make them\n");
}

/* A router is a process with a network namespace of its own, until it is killed. */
static pid_t start_router(void)
{
    int ready[2];
    char byte = 0;
    pid_t pid;

    assert_int_equal(pipe(ready), 0);
    pid = fork();
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (unshare(CLONE_NEWNET) != 0)
            _exit(1);
        (void)!write(ready[1], "x", 1);
        pause();
        _exit(0);
    }
    close(ready[1]);
    if (read(ready[0], &byte, 1) != 1)
        fail_msg("a second network namespace cannot be made");
    close(ready[0]);
    return pid;
}

/* This namespace is the client's; beyond the router there are networks that it treats in its ways. */
static const char router_script[] =
    "ip link set lo up\n"
    "ip link add inner type veth peer name outer\n"
    "ip link set outer netns $R\n"
    "ip addr add 10.9.0.1/24 dev inner\n"
    "ip link set inner up\n"
    "nsenter -t $R -n sh -ec '\n"
    "ip link set lo up; ip addr add 10.9.0.2/24 dev outer; ip link set outer up\n"
    "echo 1 >/proc/sys/net/ipv4/ip_forward\n"
    "echo 0 >/proc/sys/net/ipv4/icmp_ratelimit\n"
    "ip route add blackhole 10.20.1.0/24; ip route add prohibit 10.20.2.0/24\n"
    "ip route add unreachable 10.20.3.0/24'\n"
    "ip route add 10.20.0.0/16 via 10.9.0.2\n"
    "echo 41000 41007 >/proc/sys/net/ipv4/ip_local_port_range\n";

/* Connects as often as there are local ports for it. */
static size_t use_up_ports(int port, int *held, size_t n)
{
    struct sockaddr_in to = {.sin_family = AF_INET,
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
                             .sin_port = htons((uint16_t)port)};
    size_t used = 0;

    for (; used < n; used++) {
        held[used] = socket(AF_INET, SOCK_STREAM, 0);
        if (connect(held[used], (struct sockaddr *)&to, sizeof(to)) != 0)
            break;
    }
    assert_in_range(used, 1, n - 1);
    return used + 1; /* the last one holds no port, and has to be closed, too */
}

static void behind_a_router(void **state)
{
    static const struct {
        const char *host, *what, *probe, *more, *want;
    } far[] = {
        {"10.20.1.1", "packets are dropped on the way", "type: tcp", "budget: {timeout: 6s}",
         "failing connect_timeout NET_CONNECT_TIMEOUT"},
        {"10.20.2.1", "ICMP: administratively prohibited", "type: http", LIMIT,
         "failing unreachable NET_HOST_UNREACH"},
        {"10.20.3.1", "ICMP: host unreachable", "type: postgres", LIMIT,
         "failing unreachable NET_HOST_UNREACH"},
        {"10.20.4.1", "ICMP: network unreachable", "type: redis", LIMIT,
         "failing unreachable NET_NET_UNREACH"},
        {"10.9.0.77", "nobody has the address", "type: tls", "budget: {timeout: 20s}",
         "failing unreachable NET_HOST_UNREACH"},
        {"10.9.0.2", "nobody listens beyond a network", "type: tcp", LIMIT,
         "failing refused NET_REFUSED"},
        {"127.0.0.1", "no local port left", "type: http", LIMIT, "unknown - -"},
    };
    struct fixture *f = *state;
    int home = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
    struct server *silent;
    pid_t router;
    size_t used = 0;
    int held[16];
    bool made;

    if (home < 0 || unshare(CLONE_NEWNET) != 0) {
        if (home >= 0)
            close(home);
        print_message("skipped: this process may not make a network namespace\n");
        skip();
    }
    router = start_router();
    made = harness_shell(pl_arena_printf(f->arena, "R=%d\n%s", (int)router, router_script));
    silent = made ? server_start_own((const char *const[]){"misbehave", "--mode", "silent", NULL})
                  : NULL;
    if (made) {
        for (size_t i = 0; i < PL_LEN(far); i++)
            fixture_add(f, far[i].host, i + 1 == PL_LEN(far) ? server_port(silent, "") : 80,
                        far[i].probe, far[i].more);
        used = use_up_ports(server_port(silent, ""), held, PL_LEN(held));
        fixture_run(f);
    }
    while (used > 0)
        close(held[--used]);
    server_stop(silent);
    kill(router, SIGKILL);
    waitpid(router, NULL, 0);
    assert_int_equal(setns(home, CLONE_NEWNET), 0);
    close(home);
    if (!made) {
        print_message("skipped: a router, `ip` does not make one\n");
        skip();
    }
    for (size_t i = 0; i < f->n; i++) {
        print_message("%-66s %s | %s\n", told(f, i), far[i].what,
                      f->results[i].unknown_why      ? f->results[i].unknown_why
                      : f->results[i].symptom.detail ? f->results[i].symptom.detail
                                                     : "");
        assert_string_equal(told(f, i), far[i].want);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_table, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(routes, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(behind_a_router, fixture_setup, fixture_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
