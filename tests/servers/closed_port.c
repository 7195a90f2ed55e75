/* closed_port.c - a port that refuses for sure: bound, so that nobody else can take it, and never listened on.
 *
 *   closed_port [--port N] [--port-file FILE]
 *
 * A free port that merely nobody uses could be taken by another program at any moment, and would then answer.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "server_common.h"

int main(int argc, char **argv)
{
    static long port;
    static const char *port_file;
    const struct server_option options[] = {{"--port", NULL, &port},
                                            {"--port-file", &port_file, NULL}};
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd;

    server_options(argc, argv, options, sizeof(options) / sizeof(*options),
                   "closed_port [--port N] [--port-file FILE]");
    server_end_with_parent();
    address.sin_port = htons((uint16_t)port);
    fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof(address)) != 0) {
        perror("closed_port: bind");
        return 1;
    }
    server_tell_port(fd, port_file);
    for (;;)
        pause();
}
