/* server_common.h - what our small servers share: options, a free loopback port, an end with their parent.
 */
#ifndef SERVER_COMMON_H
#define SERVER_COMMON_H

#include <stddef.h>

struct server_option {
    const char *name;  /* "--delay-ms" */
    const char **text; /* one of the two */
    long *number;
};

/* Reads "--name VALUE" pairs; anything else ends the program with a usage line. */
void server_options(int argc, char **argv, const struct server_option *options, size_t n,
                    const char *usage);
/* A socket that listens on 127.0.0.1:port (0: any free one), SOCK_STREAM or, bound only, SOCK_DGRAM. */
int server_listen(int type, int port);
/* Writes the port of the socket to `path` (by renaming, so that it is there whole) or, where NULL, to standard output. */
void server_tell_port(int fd, const char *path);
/* This process ends when its parent does. */
void server_end_with_parent(void);

#endif
