/* bench_probe.c - what bench_probe.sh measures in this process: our probes, and bare loops beside them.
 *
 *   bench_probe tcp|http|tls|https BASE N CA [FLIGHT]   N probes through pl_probe_run, ports from BASE on
 *   bench_probe hang|hang-tls BASE N -                  N http or tls probes of one port that never answers, 2 s each
 *   bench_probe connect BASE N -                        a non-blocking connect loop on epoll, 64 at once
 *   bench_probe handshake BASE N CA                     an OpenSSL handshake loop with one shared context
 *
 * With BENCH_SAME all N go to BASE. Prints "CPU_MS WALL_MS PEAK_KB OK P50_MS P99_MS" of the work alone: CPU is user and system time from the first probe to the
 * last, peak is the process's.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "plumbline/probe.h"

static double cpu_ms(void)
{
    struct rusage r;

    getrusage(RUSAGE_SELF, &r);
    return (double)(r.ru_utime.tv_sec + r.ru_stime.tv_sec) * 1e3 +
           (double)(r.ru_utime.tv_usec + r.ru_stime.tv_usec) / 1e3;
}

static double wall_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static struct sockaddr_in target(int port)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};

    to.sin_port = htons((uint16_t)port);
    return to;
}

/* ---- bare loops ---- */

static int start_one(int ep, int port)
{
    struct sockaddr_in to = target(port);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    struct epoll_event event = {.events = EPOLLOUT, .data.fd = fd};

    if (fd < 0 || (connect(fd, (struct sockaddr *)&to, sizeof(to)) != 0 && errno != EINPROGRESS))
        exit(1);
    return epoll_ctl(ep, EPOLL_CTL_ADD, fd, &event);
}

static int bare_connect(int base, int n)
{
    int ep = epoll_create1(EPOLL_CLOEXEC), started = 0, done = 0, ok = 0;
    struct epoll_event events[64];

    while (done < n) {
        int got;

        for (; started < n && started - done < 64; started++)
            if (start_one(ep, base + started) != 0)
                exit(1);
        got = epoll_wait(ep, events, 64, -1);
        for (int i = 0; i < got; i++, done++) {
            int failed = -1;
            socklen_t len = sizeof(failed);

            getsockopt(events[i].data.fd, SOL_SOCKET, SO_ERROR, &failed, &len);
            ok += failed == 0;
            close(events[i].data.fd);
        }
    }
    return ok;
}

static int bare_handshake(int base, int n, const char *ca)
{
    SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
    char name[] = "localhost"; /* OpenSSL's macro casts const away */
    int ok = 0;

    if (SSL_CTX_load_verify_locations(ctx, ca, NULL) != 1)
        exit(1);
    SSL_CTX_set_verify(ctx, SSL_VERIFY_PEER, NULL);
    for (int i = 0; i < n; i++) {
        struct sockaddr_in to = target(base + i);
        int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        SSL *ssl = SSL_new(ctx);

        SSL_set1_host(ssl, name);
        SSL_set_tlsext_host_name(ssl, name);
        if (connect(fd, (struct sockaddr *)&to, sizeof(to)) == 0 && SSL_set_fd(ssl, fd) == 1 &&
            SSL_connect(ssl) == 1)
            ok++;
        SSL_shutdown(ssl);
        SSL_free(ssl);
        close(fd);
    }
    SSL_CTX_free(ctx);
    return ok;
}

/* ---- ours ---- */

static const struct {
    const char *name;
    enum pl_probe_type type;
} types[] = {{"tcp", PL_PROBE_TCP},     {"http", PL_PROBE_HTTP}, {"tls", PL_PROBE_TLS},
             {"https", PL_PROBE_HTTPS}, {"hang", PL_PROBE_HTTP}, {"hang-tls", PL_PROBE_TLS}};

static const char *read_text(struct pl_arena *arena, const char *path)
{
    char text[65536];
    FILE *f = fopen(path, "r");
    size_t n = f != NULL ? fread(text, 1, sizeof(text), f) : 0;

    if (f != NULL)
        fclose(f);
    return n > 0 ? pl_arena_strndup(arena, text, n) : NULL;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

struct ours {
    struct pl_arena *arena;
    struct pl_loop *loop;
    struct pl_probe_job *jobs;
    struct pl_probe_result *results;
    struct pl_probe_options options;
    int n;
};

static void make_jobs(struct ours *o, const char *what, enum pl_probe_type type, int base,
                      const char *ca)
{
    bool hang = strncmp(what, "hang", 4) == 0;
    struct pl_connection *connections =
        pl_arena_array(o->arena, (size_t)o->n, sizeof(*connections));

    for (int i = 0; i < o->n; i++) {
        connections[i] = (struct pl_connection){
            .name = "c", .probe = {.type = type, .redirects = -1, .read_only = -1, .ca.text = ca}};
        connections[i].probe.server_name = ca != NULL ? "localhost" : NULL;
        connections[i].budget.timeout_ns = hang ? 2000000000LL : 0;
        o->jobs[i] =
            (struct pl_probe_job){.connection = &connections[i],
                                  .host = "127.0.0.1",
                                  .port = hang || getenv("BENCH_SAME") != NULL ? base : base + i,
                                  .tls = type == PL_PROBE_HTTPS};
    }
}

static int ours(struct ours *o, double *p50, double *p99)
{
    double *ms = pl_arena_array(o->arena, (size_t)o->n, sizeof(*ms));
    struct pl_err err;
    int ok = 0;

    if (pl_probe_run(o->arena, o->loop, o->jobs, (size_t)o->n, &o->options, o->results, &err) != 0)
        exit(1);
    for (int i = 0; i < o->n; i++) {
        if (o->results[i].state == PL_PROBED_OK)
            ms[ok++] = o->results[i].timings.max_ms;
        else if (i == 0 && getenv("BENCH_VERBOSE") != NULL)
            fprintf(stderr, "%s\n",
                    o->results[i].symptom.detail != NULL ? o->results[i].symptom.detail
                                                         : o->results[i].unknown_why);
    }
    qsort(ms, (size_t)ok, sizeof(*ms), by_value);
    *p50 = ok > 0 ? ms[ok / 2] : -1;
    *p99 = ok > 0 ? ms[ok * 99 / 100] : -1;
    return ok;
}

int main(int argc, char **argv)
{
    struct ours o = {0};
    struct rusage usage;
    struct pl_err err;
    double cpu, wall, p50 = -1, p99 = -1;
    int base, ok = -1;
    bool tls;

    if (argc < 5) {
        fprintf(stderr, "usage: see the first lines of bench_probe.c\n");
        return 1;
    }
    base = (int)strtol(argv[2], NULL, 10);
    o.n = (int)strtol(argv[3], NULL, 10);
    o.arena = pl_arena_new();
    o.loop = pl_loop_new(&err);
    o.jobs = pl_arena_array(o.arena, (size_t)o.n, sizeof(*o.jobs));
    o.results = pl_arena_array(o.arena, (size_t)o.n, sizeof(*o.results));
    o.options.max_in_flight = argc > 5 ? (int)strtol(argv[5], NULL, 10) : 0;
    tls = strcmp(argv[1], "tls") == 0 || strcmp(argv[1], "https") == 0;
    for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
        if (strcmp(types[i].name, argv[1]) == 0)
            make_jobs(&o, argv[1], types[i].type, base, tls ? read_text(o.arena, argv[4]) : NULL);
    cpu = cpu_ms();
    wall = wall_ms();
    if (strcmp(argv[1], "connect") == 0)
        ok = bare_connect(base, o.n);
    else if (strcmp(argv[1], "handshake") == 0)
        ok = bare_handshake(base, o.n, argv[4]);
    else
        ok = ours(&o, &p50, &p99);
    cpu = cpu_ms() - cpu;
    wall = wall_ms() - wall;
    getrusage(RUSAGE_SELF, &usage);
    printf("%.1f %.1f %ld %d %.3f %.3f\n", cpu, wall, usage.ru_maxrss, ok, p50, p99);
    pl_loop_free(o.loop);
    pl_arena_free(o.arena);
    return 0;
}
