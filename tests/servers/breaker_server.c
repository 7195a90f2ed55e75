/* breaker_server.c - a service with a circuit breaker that goes through the states it was told, a request a step.
 *
 *   breaker_server --states STATE[:FAILURES[:STATUS]],... [--port N] [--port-file FILE]
 *
 * The last state stays. STATE is told as it stands, in {"breaker": {"state": STATE, "failures": FAILURES}}; "none" has
 * no breaker in it, "broken" is no JSON. One thread: requests are counted in the order in which they came.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "server_common.h"

struct step {
    char state[32];
    long failures, status;
};

/* The nth of the list, or its last. */
static struct step step_at(const char *list, size_t n)
{
    struct step step = {"", 0, 200};
    char *end = NULL;

    for (; n > 0 && strchr(list, ',') != NULL; n--)
        list = strchr(list, ',') + 1;
    snprintf(step.state, sizeof(step.state), "%.*s", (int)strcspn(list, ":,"), list);
    list += strcspn(list, ":,");
    if (*list == ':') {
        step.failures = strtol(list + 1, &end, 10);
        list = end;
    }
    if (*list == ':')
        step.status = strtol(list + 1, NULL, 10);
    return step;
}

static void answer(int fd, const struct step *step)
{
    char body[256], head[512];

    if (strcmp(step->state, "none") == 0)
        snprintf(body, sizeof(body), "{}");
    else if (strcmp(step->state, "broken") == 0)
        snprintf(body, sizeof(body), "<html>");
    else
        snprintf(body, sizeof(body), "{\"breaker\": {\"state\": \"%s\", \"failures\": %ld}}",
                 step->state, step->failures);
    snprintf(head, sizeof(head),
             "HTTP/1.1 %ld Told\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n"
             "Connection: close\r\n\r\n%s",
             step->status, strlen(body), body);
    (void)!send(fd, head, strlen(head), MSG_NOSIGNAL);
    shutdown(fd, SHUT_WR);
}

int main(int argc, char **argv)
{
    const char *states = "CLOSED", *port_file = NULL;
    long port = 0;
    size_t n = 0;
    const struct server_option options[] = {
        {"--states", &states, NULL}, {"--port", NULL, &port}, {"--port-file", &port_file, NULL}};
    int listener;

    server_options(argc, argv, options, 3,
                   "breaker_server --states STATE[:FAILURES[:STATUS]],... [--port N] "
                   "[--port-file FILE]");
    server_end_with_parent();
    listener = server_listen(SOCK_STREAM, (int)port);
    server_tell_port(listener, port_file);
    for (;;) {
        char request[8192];
        int fd = accept(listener, NULL, NULL);

        if (fd < 0)
            continue;
        if (recv(fd, request, sizeof(request), 0) > 0) {
            struct step step = step_at(states, n++);

            answer(fd, &step);
            while (recv(fd, request, sizeof(request), 0) > 0)
                continue;
        }
        close(fd);
    }
}
