/* loopback.c - the scripted server of loopback.h: a listening socket and a thread. */
#include "loopback.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { SEEN_MAX = 1 << 16 };

struct loopback {
    const struct loopback_script *script;
    pthread_t thread;
    int listener, port;
    int wake[2]; /* closed by loopback_stop: ends every wait */
    char seen[SEEN_MAX];
    size_t n_seen;
};

/* Without a backlog: bound, and nobody listens. */
static int listen_on_free_port(int *port, int backlog)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (fd < 0 || bind(fd, (struct sockaddr *)&address, len) != 0 ||
        (backlog > 0 && listen(fd, backlog) != 0) ||
        getsockname(fd, (struct sockaddr *)&address, &len) != 0) {
        perror("loopback");
        abort();
    }
    *port = ntohs(address.sin_port);
    return fd;
}

/* The socket stays: a port that merely nobody uses could be taken by another test at any moment, and would answer. */
int loopback_free_port(void)
{
    int port;

    (void)listen_on_free_port(&port, 0);
    return port;
}

/* A queue for one, and that one waits: Linux drops every other SYN. */
void loopback_deaf_open(struct loopback_deaf *deaf)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};

    deaf->listener = listen_on_free_port(&deaf->port, 0);
    deaf->waiting = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    address.sin_port = htons((uint16_t)deaf->port);
    if (listen(deaf->listener, 0) != 0 || deaf->waiting < 0 ||
        connect(deaf->waiting, (struct sockaddr *)&address, sizeof address) != 0) {
        perror("loopback");
        abort();
    }
}

void loopback_deaf_close(struct loopback_deaf *deaf)
{
    (void)close(deaf->waiting);
    (void)close(deaf->listener);
}

/* Waits for `events` on fd; 0 where the server is being stopped. */
static int wait_for(const struct loopback *s, int fd, short events)
{
    struct pollfd fds[2] = {{.fd = fd, .events = events}, {.fd = s->wake[0], .events = POLLIN}};

    while (poll(fds, 2, -1) < 0 && errno == EINTR)
        continue;
    return fds[1].revents == 0;
}

/* Reads until the headers end. 0 where the peer went or the server is being stopped. */
static int read_request(struct loopback *s, int fd)
{
    size_t start = s->n_seen;

    while (wait_for(s, fd, POLLIN)) {
        ssize_t n = recv(fd, s->seen + s->n_seen, sizeof s->seen - 1 - s->n_seen, 0);

        if (n <= 0)
            return 0;
        s->n_seen += (size_t)n;
        s->seen[s->n_seen] = '\0';
        if (strstr(s->seen + start, "\r\n\r\n") != NULL)
            return 1;
    }
    return 0;
}

static void send_answer(const struct loopback *s, int fd)
{
    const struct loopback_script *script = s->script;
    size_t len = script->len > 0          ? script->len
                 : script->answer != NULL ? strlen(script->answer)
                                          : 0;

    for (size_t round = 0; round <= script->repeat; round++) {
        for (size_t at = 0; at < len;) {
            ssize_t n = wait_for(s, fd, POLLOUT)
                            ? send(fd, script->answer + at, len - at, MSG_NOSIGNAL | MSG_DONTWAIT)
                            : -1;

            if (n < 0 && errno == EAGAIN)
                continue;
            if (n < 0)
                return;
            at += (size_t)n;
        }
    }
}

static void serve(struct loopback *s, int fd)
{
    const struct linger reset = {.l_onoff = 1, .l_linger = 0};
    char rest[512];

    if (s->script->wait_for_nothing || read_request(s, fd))
        send_answer(s, fd);
    if (s->script->end == LOOPBACK_HOLD) {
        while (wait_for(s, fd, POLLIN) && recv(fd, rest, sizeof rest, 0) > 0)
            continue;
    } else if (s->script->end == LOOPBACK_RESET) {
        /* A reset before the client has begun to speak may be taken for one of connect(). */
        if (s->script->wait_for_nothing)
            (void)wait_for(s, fd, POLLIN);
        (void)setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
    } else {
        (void)shutdown(fd, SHUT_WR);
        while (wait_for(s, fd, POLLIN) && recv(fd, rest, sizeof rest, 0) > 0)
            continue;
    }
    (void)close(fd);
}

static void *run(void *arg)
{
    struct loopback *s = arg;

    while (wait_for(s, s->listener, POLLIN)) {
        int fd = accept4(s->listener, NULL, NULL, SOCK_CLOEXEC);

        if (fd >= 0)
            serve(s, fd);
    }
    return NULL;
}

struct loopback *loopback_start(const struct loopback_script *script)
{
    struct loopback *s = calloc(1, sizeof *s);

    if (s == NULL)
        abort();
    s->script = script;
    s->listener = listen_on_free_port(&s->port, 64);
    if (pipe(s->wake) != 0 || pthread_create(&s->thread, NULL, run, s) != 0)
        abort();
    return s;
}

int loopback_port(const struct loopback *server)
{
    return server->port;
}

const char *loopback_seen(const struct loopback *server)
{
    return server->seen;
}

void loopback_stop(struct loopback *server)
{
    (void)close(server->wake[1]);
    (void)pthread_join(server->thread, NULL);
    (void)close(server->wake[0]);
    (void)close(server->listener);
    free(server);
}
