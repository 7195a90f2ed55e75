/* auth_server.c - an auth service for tests and the demo: slow where it is told to be, dependent on what is below it.
 *
 *   auth_server [--port N] [--port-file FILE] [--delay-ms N] [--require-bearer TOKEN] [--upstream HOST:PORT]
 *
 * Every path answers 200 and a JSON body after --delay-ms; /health answers 503 while --upstream does not accept
 * a TCP connection, which is how a service tells that the one below it is down. With --require-bearer
 * anything without that token is 401. One thread a connection, so that slow answers do not wait for each other.
 */
#include <errno.h>
#include <fcntl.h>
#include <microhttpd.h>
#include <netdb.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "server_common.h"

static long port, delay_ms;
static const char *port_file, *bearer, *upstream;

/* Does the upstream accept a connection within a second? */
static int upstream_answers(void)
{
    char host[256];
    const char *colon = strrchr(upstream, ':');
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *found = NULL;
    struct pollfd wait = {.events = POLLOUT};
    int failed = -1;
    socklen_t len = sizeof(failed);

    if (colon == NULL)
        return 0;
    snprintf(host, sizeof(host), "%.*s", (int)(colon - upstream), upstream);
    if (getaddrinfo(host, colon + 1, &hints, &found) != 0)
        return 0;
    wait.fd = socket(found->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (connect(wait.fd, found->ai_addr, found->ai_addrlen) == 0)
        failed = 0;
    else if (errno == EINPROGRESS && poll(&wait, 1, 1000) == 1)
        getsockopt(wait.fd, SOL_SOCKET, SO_ERROR, &failed, &len);
    close(wait.fd);
    freeaddrinfo(found);
    return failed == 0;
}

static enum MHD_Result answer(struct MHD_Connection *connection, unsigned status, const char *body)
{
    /* libmicrohttpd takes void *, and copies. */
    char copy[256];
    struct MHD_Response *response;
    enum MHD_Result result;

    snprintf(copy, sizeof(copy), "%s", body);
    response = MHD_create_response_from_buffer(strlen(copy), copy, MHD_RESPMEM_MUST_COPY);
    MHD_add_response_header(response, "Content-Type", "application/json");
    result = MHD_queue_response(connection, status, response);
    MHD_destroy_response(response);
    return result;
}

static int is_authorized(struct MHD_Connection *connection)
{
    const char *given = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Authorization");
    char wanted[1024];

    if (bearer == NULL)
        return 1;
    snprintf(wanted, sizeof(wanted), "Bearer %s", bearer);
    return given != NULL && strcmp(given, wanted) == 0;
}

static enum MHD_Result on_request(void *arg, struct MHD_Connection *connection, const char *url,
                                  const char *method, const char *version, const char *data,
                                  size_t *data_size, void **state)
{
    struct timespec delay = {delay_ms / 1000, delay_ms % 1000 * 1000000L};

    (void)arg;
    (void)method;
    (void)version;
    (void)data;
    if (*data_size > 0) {
        *data_size = 0;
        return MHD_YES;
    }
    if (*state == NULL) { /* headers only: the body, if any, comes before the next call */
        *state = connection;
        return MHD_YES;
    }
    while (nanosleep(&delay, &delay) != 0 && errno == EINTR)
        continue;
    if (!is_authorized(connection))
        return answer(connection, MHD_HTTP_UNAUTHORIZED, "{\"error\": \"unauthorized\"}\n");
    if (strcmp(url, "/health") == 0 && upstream != NULL && !upstream_answers())
        return answer(
            connection, MHD_HTTP_SERVICE_UNAVAILABLE,
            "{\"status\": \"unavailable\", \"reason\": \"the database cannot be reached\"}\n");
    return answer(connection, MHD_HTTP_OK, "{\"status\": \"ok\"}\n");
}

int main(int argc, char **argv)
{
    const struct server_option options[] = {
        {"--port", NULL, &port},         {"--port-file", &port_file, NULL},
        {"--delay-ms", NULL, &delay_ms}, {"--require-bearer", &bearer, NULL},
        {"--upstream", &upstream, NULL},
    };
    struct MHD_Daemon *daemon;
    sigset_t ends;
    int fd, got;

    server_options(
        argc, argv, options, sizeof(options) / sizeof(*options),
        "auth_server [--port N] [--port-file FILE] [--delay-ms N] [--require-bearer TOKEN] "
        "[--upstream HOST:PORT]");
    server_end_with_parent();
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    sigprocmask(SIG_BLOCK, &ends, NULL);
    fd = server_listen(SOCK_STREAM, (int)port);
    daemon = MHD_start_daemon(MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD, 0,
                              NULL, NULL, on_request, NULL, MHD_OPTION_LISTEN_SOCKET, fd,
                              MHD_OPTION_CONNECTION_TIMEOUT, 30U, MHD_OPTION_END);
    if (daemon == NULL) {
        fprintf(stderr, "auth_server: cannot start\n");
        return 1;
    }
    server_tell_port(fd, port_file);
    sigwait(&ends, &got);
    MHD_stop_daemon(daemon);
    return 0;
}
