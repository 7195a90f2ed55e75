/* notify_server.c - a receiver of notifications: keeps each body, and answers as it is told.
 *
 *   notify_server --out FILE --status FILE [--port N] [--port-file FILE]
 *
 * Every body is a line of FILE. The second file holds the status of the answer, read for each request; 0: no answer at all, and
 * the body is not kept; below 0: silence until the other side gives up.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "server_common.h"

enum { MOST = 1 << 20 };

static long status_now(const char *path)
{
    char text[16] = "";
    int fd = open(path, O_RDONLY);

    if (fd < 0 || read(fd, text, sizeof(text) - 1) < 0)
        text[0] = '\0';
    if (fd >= 0)
        close(fd);
    return text[0] ? strtol(text, NULL, 10) : 200;
}

/* The whole request; NULL where it is none. The body begins behind the empty line. */
static char *read_request(int fd, char *buf)
{
    size_t n = 0;
    ssize_t got;
    char *body = NULL;

    while (n < MOST - 1 && (got = recv(fd, buf + n, MOST - 1 - n, 0)) > 0) {
        n += (size_t)got;
        buf[n] = '\0';
        body = strstr(buf, "\r\n\r\n");
        if (body != NULL) {
            const char *length = strcasestr(buf, "content-length:");

            if (length != NULL && strlen(body + 4) >= (size_t)strtol(length + 15, NULL, 10))
                return body + 4;
        }
    }
    return NULL;
}

static void keep(const char *path, const char *buf, const char *body)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_APPEND, 0600);

    if (fd < 0)
        return;
    dprintf(fd, "%.*s %s\n", (int)strcspn(buf, " "), buf, body);
    close(fd);
}

int main(int argc, char **argv)
{
    const char *out = NULL, *status = NULL, *port_file = NULL;
    long port = 0;
    const struct server_option options[] = {{"--out", &out, NULL},
                                            {"--status", &status, NULL},
                                            {"--port", NULL, &port},
                                            {"--port-file", &port_file, NULL}};
    static char buf[MOST];
    int listener;

    server_options(argc, argv, options, 4,
                   "notify_server --out FILE --status FILE [--port N] [--port-file FILE]");
    server_end_with_parent();
    listener = server_listen(SOCK_STREAM, (int)port);
    server_tell_port(listener, port_file);
    for (;;) {
        int fd = accept(listener, NULL, NULL);
        const char *body = fd < 0 ? NULL : read_request(fd, buf);
        long code = status_now(status);

        if (body != NULL && code < 0) {
            char left[64];

            while (recv(fd, left, sizeof(left), 0) > 0)
                continue;
        }
        if (body != NULL && code > 0) {
            keep(out, buf, body);
            dprintf(fd, "HTTP/1.1 %ld Told\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
                    code);
            shutdown(fd, SHUT_WR);
        }
        if (fd >= 0)
            close(fd);
    }
}
