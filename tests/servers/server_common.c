/* server_common.c - options, ports and the end of our small servers. */
#include "server_common.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

void server_options(int argc, char **argv, const struct server_option *options, size_t n,
                    const char *usage)
{
    for (int i = 1; i < argc; i += 2) {
        size_t at = 0;
        char *end = NULL;

        while (at < n && strcmp(options[at].name, argv[i]) != 0)
            at++;
        if (at == n || i + 1 == argc) {
            fprintf(stderr, "usage: %s\n", usage);
            exit(1);
        }
        if (options[at].text != NULL) {
            *options[at].text = argv[i + 1];
            continue;
        }
        *options[at].number = strtol(argv[i + 1], &end, 10);
        if (*end != '\0' || end == argv[i + 1]) {
            fprintf(stderr, "%s wants a number, not '%s'\n", argv[i], argv[i + 1]);
            exit(1);
        }
    }
}

int server_listen(int type, int port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, type | SOCK_CLOEXEC, 0), on = 1;

    address.sin_port = htons((uint16_t)port);
    if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) != 0 ||
        bind(fd, (struct sockaddr *)&address, sizeof(address)) != 0 ||
        (type == SOCK_STREAM && listen(fd, 1024) != 0))
        fail("listen");
    return fd;
}

void server_tell_port(int fd, const char *path)
{
    struct sockaddr_in address;
    socklen_t len = sizeof(address);
    char beside[4096];
    FILE *f;

    if (getsockname(fd, (struct sockaddr *)&address, &len) != 0)
        fail("getsockname");
    if (path == NULL) {
        printf("%d\n", ntohs(address.sin_port));
        fflush(stdout);
        return;
    }
    snprintf(beside, sizeof(beside), "%s.new", path);
    f = fopen(beside, "w");
    if (f == NULL || fprintf(f, "%d\n", ntohs(address.sin_port)) < 0 || fclose(f) != 0 ||
        rename(beside, path) != 0)
        fail(path);
}

void server_end_with_parent(void)
{
    signal(SIGPIPE, SIG_IGN);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() == 1)
        exit(1); /* it is gone already */
}
