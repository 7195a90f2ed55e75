/* ws_server.c - a WebSocket service that is not finished starting: a few handshakes at once, and the rest is refused.
 *
 *   ws_server [--port N] [--port-file FILE] [--slots K] [--handshake-ms T] [--ready-after MS] [--refuse 503|reset]
 *
 * The model: start-up holds a lock, and until it is over each handshake has to take it for T ms; K may be in
 * progress (one working, the others queued for the lock), and whoever comes beyond is turned away. So N at the same
 * moment lose N - K, and one after another all succeed. After --ready-after (-1, the default: never) every
 * handshake is answered at once. Messages are not echoed; a close frame is answered.
 */
#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "server_common.h"

enum { MAX_CONNECTIONS = 512, MAX_HEAD = 8192 };

enum state { FREE, READING, QUEUED, OPEN };

struct connection {
    enum state state;
    int fd;
    long long since; /* queued: when it came */
    char head[MAX_HEAD];
    size_t n;
};

static long port, slots = 4, handshake_ms = 20, ready_after = -1;
static const char *port_file, *refuse = "503";
static struct connection connections[MAX_CONNECTIONS];
static long long started_at, working_until;
static struct connection *working;

static long long now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000LL + t.tv_nsec / 1000000;
}

static void drop(struct connection *c, int reset)
{
    struct linger hard = {1, 0};

    if (reset)
        setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &hard, sizeof(hard));
    close(c->fd);
    c->state = FREE;
    if (working == c)
        working = NULL;
}

static void say(struct connection *c, const char *text)
{
    if (send(c->fd, text, strlen(text), MSG_NOSIGNAL) < 0 && errno != EAGAIN)
        drop(c, 0);
}

static void accept_handshake(struct connection *c)
{
    const char *key = strcasestr(c->head, "Sec-WebSocket-Key:");
    unsigned char digest[SHA_DIGEST_LENGTH], accept[64];
    char text[256];
    unsigned int n = 0;

    if (key == NULL) {
        say(c, "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        drop(c, 0);
        return;
    }
    key += strcspn(key, ":") + 1;
    key += strspn(key, " ");
    snprintf(text, sizeof(text), "%.*s258EAFA5-E914-47DA-95CA-C5AB0DC85B11",
             (int)strcspn(key, "\r\n"), key);
    EVP_Digest(text, strlen(text), digest, &n, EVP_sha1(), NULL);
    EVP_EncodeBlock(accept, digest, (int)n);
    snprintf(text, sizeof(text),
             "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
             "Sec-WebSocket-Accept: %s\r\n\r\n",
             accept);
    c->state = OPEN;
    say(c, text);
}

static long in_progress(void)
{
    long n = 0;

    for (size_t i = 0; i < MAX_CONNECTIONS; i++)
        n += connections[i].state == QUEUED;
    return n;
}

/* A whole request is there. */
static void arrive(struct connection *c)
{
    int ready = ready_after >= 0 && now_ms() - started_at >= ready_after;

    if (ready) {
        accept_handshake(c);
    } else if (in_progress() >= slots) {
        if (strcmp(refuse, "reset") != 0)
            say(c, "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nRetry-After: "
                   "1\r\nConnection: close\r\n\r\n");
        if (c->state != FREE)
            drop(c, strcmp(refuse, "reset") == 0);
    } else {
        c->state = QUEUED;
        c->since = now_ms();
    }
}

/* The lock goes to whoever waits longest. */
static void work(void)
{
    struct connection *next = NULL;

    if (working != NULL && now_ms() >= working_until) {
        struct connection *done = working;

        working = NULL;
        accept_handshake(done);
    }
    if (working != NULL)
        return;
    for (size_t i = 0; i < MAX_CONNECTIONS; i++)
        if (connections[i].state == QUEUED && (next == NULL || connections[i].since < next->since))
            next = &connections[i];
    working = next;
    working_until = now_ms() + handshake_ms;
}

static void on_readable(struct connection *c)
{
    ssize_t n = recv(c->fd, c->head + c->n, MAX_HEAD - 1 - c->n, MSG_DONTWAIT);

    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (n <= 0) {
        drop(c, 0);
        return;
    }
    c->n += (size_t)n;
    c->head[c->n] = '\0';
    if (c->state == READING && strstr(c->head, "\r\n\r\n") != NULL) {
        arrive(c);
        c->n = c->state == OPEN ? 0 : c->n;
    } else if (c->state == OPEN && ((unsigned char)c->head[0] & 0x0f) == 8) {
        static const unsigned char goodbye[4] = {0x88, 2, 0x03, 0xe8};

        (void)!send(c->fd, goodbye, sizeof(goodbye), MSG_NOSIGNAL);
        drop(c, 0);
    } else if (c->state == OPEN || c->n == MAX_HEAD - 1) {
        c->n = 0;
    }
}

static void on_connection(int listener)
{
    int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);

    for (size_t i = 0; fd >= 0 && i < MAX_CONNECTIONS; i++)
        if (connections[i].state == FREE) {
            connections[i] = (struct connection){.state = READING, .fd = fd};
            return;
        }
    if (fd >= 0)
        close(fd);
}

static void turn(int listener)
{
    static struct pollfd fds[MAX_CONNECTIONS + 1];
    static struct connection *owners[MAX_CONNECTIONS + 1];
    nfds_t n = 1;
    long long wait = working != NULL ? working_until - now_ms() : -1;

    fds[0] = (struct pollfd){.fd = listener, .events = POLLIN};
    for (size_t i = 0; i < MAX_CONNECTIONS; i++)
        if (connections[i].state == READING || connections[i].state == OPEN) {
            owners[n] = &connections[i];
            fds[n++] = (struct pollfd){.fd = connections[i].fd, .events = POLLIN};
        }
    if (poll(fds, n, wait < 0 && working != NULL ? 0 : (int)wait) < 0)
        return;
    if (fds[0].revents)
        on_connection(listener);
    for (nfds_t i = 1; i < n; i++)
        if (fds[i].revents && owners[i]->state != FREE)
            on_readable(owners[i]);
    work();
}

int main(int argc, char **argv)
{
    const struct server_option options[] = {
        {"--port", NULL, &port},
        {"--port-file", &port_file, NULL},
        {"--slots", NULL, &slots},
        {"--refuse", &refuse, NULL},
        {"--handshake-ms", NULL, &handshake_ms},
        {"--ready-after", NULL, &ready_after},
    };
    int listener;

    server_options(
        argc, argv, options, sizeof(options) / sizeof(*options),
        "ws_server [--port N] [--port-file FILE] [--slots K] [--handshake-ms T] [--ready-after MS] "
        "[--refuse 503|reset]");
    server_end_with_parent();
    listener = server_listen(SOCK_STREAM, (int)port);
    started_at = now_ms();
    server_tell_port(listener, port_file);
    for (;;)
        turn(listener);
}
