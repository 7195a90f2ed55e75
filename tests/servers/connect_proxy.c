/* connect_proxy.c - an HTTP proxy that only tunnels: every CONNECT leads to one port of this machine, whatever host it names.
 *
 *   connect_proxy --to PORT [--port N] [--port-file FILE] [--log FILE] [--basic BASE64]
 *
 * So a client that believes it talks to run.googleapis.com:443 talks to a server of the test, with the names and certificates that it
 * checks. The log has one line a request, "CONNECT run.googleapis.com:443", or "NO ..." for what was refused: 407 without the credentials of
 * --basic, 501 for every other method. One thread a connection.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "server_common.h"

static long port, to;
static const char *port_file, *log_file, *basic;
static pthread_mutex_t log_lock = PTHREAD_MUTEX_INITIALIZER;

static void note(const char *word, const char *what)
{
    FILE *f;

    if (log_file == NULL)
        return;
    pthread_mutex_lock(&log_lock);
    f = fopen(log_file, "ae");
    if (f != NULL) {
        fprintf(f, "%s %.*s\n", word, (int)strcspn(what, " \r\n"), what);
        fclose(f);
    }
    pthread_mutex_unlock(&log_lock);
}

static int send_all(int fd, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t n = send(fd, bytes, len, MSG_NOSIGNAL);

        if (n <= 0)
            return -1;
        bytes += n;
        len -= (size_t)n;
    }
    return 0;
}

/* The head of a request, NUL-terminated; nothing of what follows is read. */
static int read_head(int fd, char *head, size_t room)
{
    for (size_t n = 0; n + 1 < room; n++) {
        if (recv(fd, head + n, 1, 0) != 1)
            return -1;
        head[n + 1] = '\0';
        if (n >= 3 && memcmp(head + n - 3, "\r\n\r\n", 4) == 0)
            return 0;
    }
    return -1;
}

static int connect_on(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)to)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof(address)) == 0)
        return fd;
    if (fd >= 0)
        close(fd);
    return -1;
}

/* Until either side ends. */
static void tunnel(int a, int b)
{
    struct pollfd ends[2] = {{.fd = a, .events = POLLIN}, {.fd = b, .events = POLLIN}};
    char bytes[16384];

    while (poll(ends, 2, -1) > 0 || errno == EINTR)
        for (int i = 0; i < 2; i++) {
            ssize_t n = 0;

            if (ends[i].revents == 0)
                continue;
            n = recv(ends[i].fd, bytes, sizeof(bytes), 0);
            if (n <= 0 || send_all(ends[1 - i].fd, bytes, (size_t)n) != 0)
                return;
        }
}

static const char *refusal(const char *head)
{
    char line[256];

    if (strncmp(head, "CONNECT ", 8) != 0)
        return "HTTP/1.1 501 Not Implemented\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    snprintf(line, sizeof(line), "\r\nProxy-Authorization: Basic %s\r\n",
             basic != NULL ? basic : "");
    if (basic != NULL && strstr(head, line) == NULL)
        return "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic "
               "realm=\"x\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    return NULL;
}

static void *serve(void *arg)
{
    static const char yes[] = "HTTP/1.1 200 Connection established\r\n\r\n";
    int fd = (int)(intptr_t)arg, on = -1;
    char head[16384];

    if (read_head(fd, head, sizeof(head)) == 0) {
        const char *no = refusal(head);

        note(no != NULL ? "NO" : "CONNECT", head + strcspn(head, " ") + 1);
        if (no != NULL)
            (void)send_all(fd, no, strlen(no));
        else if ((on = connect_on()) >= 0 && send_all(fd, yes, sizeof(yes) - 1) == 0)
            tunnel(fd, on);
    }
    if (on >= 0)
        close(on);
    close(fd);
    return NULL;
}

int main(int argc, char **argv)
{
    const struct server_option options[] = {
        {"--to", NULL, &to},        {"--port", NULL, &port},   {"--port-file", &port_file, NULL},
        {"--log", &log_file, NULL}, {"--basic", &basic, NULL},
    };
    int listener;

    server_end_with_parent();
    server_options(argc, argv, options, sizeof(options) / sizeof(options[0]),
                   "connect_proxy --to PORT [--port N] [--port-file FILE] [--log FILE] "
                   "[--basic BASE64]");
    listener = server_listen(SOCK_STREAM, (int)port);
    server_tell_port(listener, port_file);
    for (;;) {
        int fd = accept(listener, NULL, NULL);
        pthread_t thread;

        if (fd >= 0 && pthread_create(&thread, NULL, serve, (void *)(intptr_t)fd) == 0)
            pthread_detach(thread);
        else if (fd >= 0)
            close(fd);
    }
}
