/* bench_probe.c - what bench_probe.sh measures in this process: probes through pl_probe_run, as the commands make them.
 *
 *   bench_probe RUN BASE N CA [FLIGHT]
 *
 * The runs are the table below; targets are the addresses 127.0.0.1, .2, ... of 1,000 ports each, from BASE on, or, for what hangs, as
 * many addresses with a listener of this process each. Prints bench_measure.h's line; latencies are those of the probes that succeeded.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "bench_measure.h"
#include "plumbline/probe.h"

enum { PORTS = 1000, HANG_MS = 2000, MIXED_TLS = 6 };

struct bench {
    struct pl_arena *arena;
    struct pl_loop *loop;
    struct pl_connection *connections;
    struct pl_probe_job *jobs;
    struct pl_probe_result *results;
    int n, base;
    const char *ca;
};

static void probe(struct bench *b, int i, enum pl_probe_type type, int base)
{
    struct pl_connection *c = &b->connections[i];

    *c = (struct pl_connection){.name = "c",
                                .probe = {.type = type, .redirects = -1, .read_only = -1}};
    if (b->ca != NULL && (type == PL_PROBE_TLS || type == PL_PROBE_HTTPS)) {
        c->probe.ca.text = b->ca;
        c->probe.server_name = "localhost";
    }
    b->jobs[i] =
        (struct pl_probe_job){.connection = c,
                              .host = pl_arena_printf(b->arena, "127.0.0.%d", 1 + i / PORTS),
                              .port = base + i % PORTS,
                              .tls = type == PL_PROBE_HTTPS};
}

static void plain(struct bench *b, enum pl_probe_type type)
{
    for (int i = 0; i < b->n; i++)
        probe(b, i, type, b->base);
}

/* An endpoint of this process: its port, which is the same at every address. */
static void listen_at(struct bench *b, int i, int backlog, struct sockaddr_in *at)
{
    socklen_t len = sizeof(*at);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    *at = (struct sockaddr_in){
        .sin_family = AF_INET,
        .sin_port = htons((uint16_t)b->base),
        .sin_addr.s_addr = htonl(0x7f010001 + (uint32_t)(i / 250 << 8) + (uint32_t)(i % 250))};
    if (bind(fd, (struct sockaddr *)at, sizeof(*at)) != 0 || listen(fd, backlog) != 0 ||
        getsockname(fd, (struct sockaddr *)at, &len) != 0) {
        perror("bench_probe: listening");
        exit(1);
    }
    b->base = ntohs(at->sin_port);
}

static void hang_at(struct bench *b, int i, enum pl_probe_type type, const struct sockaddr_in *at)
{
    char text[INET_ADDRSTRLEN];

    probe(b, i, type, b->base);
    b->jobs[i].host =
        pl_arena_strdup(b->arena, inet_ntop(AF_INET, &at->sin_addr, text, sizeof(text)));
    b->jobs[i].port = b->base;
    b->connections[i].budget.timeout_ns = HANG_MS * 1000000LL;
}

/* The kernel accepts, and nobody says anything. */
static void hang(struct bench *b, enum pl_probe_type type)
{
    struct sockaddr_in at;

    b->base = 0;
    for (int i = 0; i < b->n; i++) {
        listen_at(b, i, 16, &at);
        hang_at(b, i, type, &at);
    }
}

/* A port whose queue of accepted connections is full: the kernel drops every further SYN, as a firewall does. */
static void hang_dropped(struct bench *b, enum pl_probe_type type)
{
    struct sockaddr_in at;

    b->base = 0;
    for (int i = 0; i < b->n; i++) {
        listen_at(b, i, 0, &at);
        for (int k = 0; k < 2; k++) {
            int filler = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);

            if (connect(filler, (struct sockaddr *)&at, sizeof(at)) != 0 && errno != EINPROGRESS)
                exit(1);
        }
        hang_at(b, i, type, &at);
    }
}

/* Five TCP endpoints and then one HTTPS endpoint; these have their ports behind PORTS others. */
static void mixed(struct bench *b, enum pl_probe_type type)
{
    for (int i = 0; i < b->n; i++) {
        bool tls = i % MIXED_TLS == MIXED_TLS - 1;

        probe(b, i, tls ? PL_PROBE_HTTPS : type, b->base);
        b->jobs[i].port += tls ? PORTS : 0;
    }
}

static const struct run {
    const char *name;
    void (*make)(struct bench *b, enum pl_probe_type type);
    enum pl_probe_type type;
} runs[] = {
    {"tcp", plain, PL_PROBE_TCP},
    {"http", plain, PL_PROBE_HTTP},
    {"tls", plain, PL_PROBE_TLS},
    {"https", plain, PL_PROBE_HTTPS},
    {"mixed", mixed, PL_PROBE_TCP},
    {"drop-tcp", hang_dropped, PL_PROBE_TCP},
    {"drop-tls", hang_dropped, PL_PROBE_TLS},
    {"hang-http", hang, PL_PROBE_HTTP},
    {"hang-tls", hang, PL_PROBE_TLS},
};

static const struct run *find(const char *name)
{
    for (size_t i = 0; i < PL_LEN(runs); i++)
        if (strcmp(runs[i].name, name) == 0)
            return &runs[i];
    fprintf(stderr, "bench_probe: no run is called '%s'\n", name);
    exit(1);
}

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

static void report(struct bench *b, struct measure begin)
{
    double *ms = pl_arena_array(b->arena, (size_t)b->n, sizeof(*ms));
    int ok = 0;

    for (int i = 0; i < b->n; i++) {
        const struct pl_probe_result *r = &b->results[i];

        if (r->state == PL_PROBED_OK)
            ms[ok++] = r->timings.max_ms;
        else if (getenv("BENCH_VERBOSE") != NULL)
            fprintf(stderr, "%s: %s\n", r->target,
                    r->symptom.detail != NULL ? r->symptom.detail : r->unknown_why);
    }
    qsort(ms, (size_t)ok, sizeof(*ms), by_value);
    measure_print(begin, ok, ok > 0 ? ms[ok / 2] : -1, ok > 0 ? ms[ok * 99 / 100] : -1);
}

int main(int argc, char **argv)
{
    struct pl_probe_options options = {0};
    struct bench b = {0};
    const struct run *run;
    struct measure begin;
    struct pl_err err;

    if (argc < 5) {
        fprintf(stderr, "usage: see the first lines of bench_probe.c\n");
        return 1;
    }
    run = find(argv[1]);
    b.base = (int)strtol(argv[2], NULL, 10);
    b.n = (int)strtol(argv[3], NULL, 10);
    options.max_in_flight = argc > 5 ? (int)strtol(argv[5], NULL, 10) : 0;
    b.arena = pl_arena_new();
    b.loop = pl_loop_new(&err);
    b.connections = pl_arena_array(b.arena, (size_t)b.n, sizeof(*b.connections));
    b.jobs = pl_arena_array(b.arena, (size_t)b.n, sizeof(*b.jobs));
    b.results = pl_arena_array(b.arena, (size_t)b.n, sizeof(*b.results));
    b.ca = read_text(b.arena, argv[4]);
    run->make(&b, run->type);
    begin = measure_now();
    if (pl_probe_run(b.arena, b.loop, b.jobs, (size_t)b.n, &options, b.results, &err) != 0)
        return 1;
    report(&b, begin);
    pl_loop_free(b.loop);
    pl_arena_free(b.arena);
    return 0;
}
