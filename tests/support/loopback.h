/* loopback.h - a server on a free loopback port that says what a test tells it to, byte for byte.
 *
 * For what no well-behaved server does: half an answer, a reset, silence. One thread, one connection after
 * the other. It is stopped by the test, whatever happened to its connections.
 */
#ifndef LOOPBACK_H
#define LOOPBACK_H

#include <stddef.h>

enum loopback_end {
    LOOPBACK_CLOSE, /* after the answer */
    LOOPBACK_RESET, /* RST instead of FIN */
    LOOPBACK_HOLD,  /* stays open, silent, until stopped */
};

struct loopback_script {
    const char *answer; /* sent once a request's headers are there; NULL: nothing */
    size_t len;         /* 0: strlen(answer) */
    size_t repeat;      /* sends it so many times more */
    enum loopback_end end;
    int wait_for_nothing; /* answers without reading first */
};

struct loopback;

/* `script` must live until the server is stopped. */
struct loopback *loopback_start(const struct loopback_script *script);
int loopback_port(const struct loopback *server);
/* The requests so far, as they came, one behind the other; call after the answer was seen. */
const char *loopback_seen(const struct loopback *server);
void loopback_stop(struct loopback *server);

/* A port of 127.0.0.1 at which nobody gets a connection, nor hears that there is none: as behind a firewall that drops packets. */
struct loopback_deaf {
    int port, listener, waiting;
};
void loopback_deaf_open(struct loopback_deaf *deaf);
void loopback_deaf_close(struct loopback_deaf *deaf);

/* A port of 127.0.0.1 that refuses until this process ends. */
int loopback_free_port(void);

#endif
