/* bench_bare.c - the least that a probe can cost: bare loops in C on epoll, without names, deadlines, phases or judgement.
 *
 *   bench_bare connect BASE N FLIGHT          non-blocking connects to ports from BASE on, FLIGHT at once
 *   bench_bare handshake BASE N FLIGHT CA     TLS handshakes with one shared context, verified against CA
 *
 * Prints bench_measure.h's line.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "bench_measure.h"

enum { MOST = 1024 };

struct one {
    int fd;
    SSL *ssl; /* NULL: the connection is all */
};

struct loop {
    int ep, base, n, flight;
    SSL_CTX *ctx;
    int started, done, ok;
    struct one ones[MOST];
};

static void start(struct loop *l, struct one *one)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct epoll_event event = {.events = EPOLLOUT, .data.ptr = one};
    int on = 1;

    to.sin_port = htons((uint16_t)(l->base + l->started++));
    one->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    one->ssl = NULL;
    if (one->fd < 0 ||
        (connect(one->fd, (struct sockaddr *)&to, sizeof(to)) != 0 && errno != EINPROGRESS) ||
        epoll_ctl(l->ep, EPOLL_CTL_ADD, one->fd, &event) != 0)
        exit(1);
    setsockopt(one->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
}

static void finish(struct loop *l, struct one *one, int ok)
{
    l->ok += ok;
    l->done++;
    if (one->ssl != NULL) {
        SSL_shutdown(one->ssl);
        SSL_free(one->ssl);
    }
    close(one->fd);
    if (l->started < l->n)
        start(l, one);
}

static void shake(struct loop *l, struct one *one)
{
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = one};
    int rc = SSL_connect(one->ssl);

    if (rc == 1 || SSL_get_error(one->ssl, rc) != SSL_ERROR_WANT_READ)
        finish(l, one, rc == 1);
    else if (epoll_ctl(l->ep, EPOLL_CTL_MOD, one->fd, &event) != 0)
        exit(1);
}

static void advance(struct loop *l, struct one *one)
{
    char name[] = "localhost"; /* OpenSSL's macro casts const away */
    int failed = -1;
    socklen_t len = sizeof(failed);

    if (one->ssl == NULL) {
        getsockopt(one->fd, SOL_SOCKET, SO_ERROR, &failed, &len);
        if (failed != 0 || l->ctx == NULL) {
            finish(l, one, failed == 0);
            return;
        }
        one->ssl = SSL_new(l->ctx);
        SSL_set1_host(one->ssl, name);
        SSL_set_tlsext_host_name(one->ssl, name);
        if (SSL_set_fd(one->ssl, one->fd) != 1)
            exit(1);
    }
    shake(l, one);
}

static SSL_CTX *shared_context(const char *ca)
{
    SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());

    if (SSL_CTX_load_verify_locations(ctx, ca, NULL) != 1)
        exit(1);
    SSL_CTX_set_verify(ctx, SSL_VERIFY_PEER, NULL);
    return ctx;
}

int main(int argc, char **argv)
{
    static struct loop l;
    struct epoll_event events[64];
    struct measure begin;

    if (argc < 5 || (strcmp(argv[1], "handshake") == 0 && argc < 6)) {
        fprintf(stderr, "usage: see the first lines of bench_bare.c\n");
        return 1;
    }
    l.base = (int)strtol(argv[2], NULL, 10);
    l.n = (int)strtol(argv[3], NULL, 10);
    l.flight = (int)strtol(argv[4], NULL, 10);
    l.ep = epoll_create1(EPOLL_CLOEXEC);
    if (strcmp(argv[1], "handshake") == 0)
        l.ctx = shared_context(argv[5]);
    begin = measure_now();
    for (int i = 0; i < l.flight && i < MOST && l.started < l.n; i++)
        start(&l, &l.ones[i]);
    while (l.done < l.n) {
        int got = epoll_wait(l.ep, events, 64, -1);

        for (int i = 0; i < got; i++)
            advance(&l, events[i].data.ptr);
    }
    measure_print(begin, l.ok, -1, -1);
    SSL_CTX_free(l.ctx);
    return 0;
}
