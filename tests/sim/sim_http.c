/*
 * sim_http.c - bytes and sockets: libmicrohttpd on a loopback port, a thread for each connection (so that a hanging answer hangs alone).
 *
 * Splits a URI into host, path and query as --api-root writes it (/HOST/PATH?QUERY), hands the request to sim_answer(), delivers the
 * reply well or, if a fault asks for it, badly, and writes the log. The log has the names of headers, never their values.
 */
#include "sim.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct sim_server {
    struct MHD_Daemon *daemon;
    unsigned port;
};

/* One request while it arrives. */
struct arrival {
    char *uri;
    char *body;
    size_t body_length;
    bool body_too_large;
    bool started;
};

/* ---- taking a request apart ---- */

static json_t *query_parse(const char *text, bool *malformed)
{
    json_t *pairs = json_array();
    while (*text != '\0') {
        const size_t length = strcspn(text, "&");
        const char *equals = memchr(text, '=', length);
        const size_t name_length = equals == NULL ? length : (size_t)(equals - text);
        char *name = sim_percent_decode(text, name_length, true);
        char *value = equals == NULL
                          ? strdup("")
                          : sim_percent_decode(equals + 1, length - name_length - 1, true);
        json_t *pair =
            name == NULL || value == NULL || length == 0 ? NULL : json_pack("[s, s]", name, value);
        if (pair != NULL) {
            json_array_append_new(pairs, pair);
        } else if (length > 0) {
            *malformed = true;
        }
        free(name);
        free(value);
        text += length;
        text += *text == '&';
    }
    *malformed = *malformed || json_array_size(pairs) > SIM_MAX_QUERY;
    return pairs;
}

struct taken {
    char *host;
    char *path;
    json_t *query;
    bool malformed;
};

/* "/run.googleapis.com/v2/..." has a host, "/computeMetadata/..." and "/" have none. */
static struct taken uri_take(const char *uri)
{
    struct taken taken = {0};
    const size_t path_length = strcspn(uri, "?");
    const char *path = uri + (uri[0] == '/');
    const size_t length = path_length - (size_t)(path - uri);
    const size_t first = strcspn(path, "/?");
    const bool has_host = first < length && memchr(path, '.', first) != NULL;
    taken.host = has_host ? strndup(path, first) : strdup("");
    taken.path = has_host ? strndup(path + first + 1, length - first - 1) : strndup(path, length);
    taken.query =
        query_parse(uri[path_length] == '?' ? uri + path_length + 1 : "", &taken.malformed);
    taken.malformed = taken.malformed || uri[0] != '/';
    return taken;
}

static void taken_free(struct taken *taken)
{
    free(taken->host);
    free(taken->path);
    json_decref(taken->query);
}

static const char *header(struct MHD_Connection *connection, const char *name)
{
    return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

/* ---- the log ---- */

static enum MHD_Result header_name(void *context, enum MHD_ValueKind kind, const char *key,
                                   const char *value)
{
    json_t *names = context;
    (void)kind;
    (void)value;
    if (json_array_size(names) < SIM_MAX_HEADERS) {
        json_array_append_new(names, json_string(key));
    }
    return MHD_YES;
}

/* The URL without the values of parameters that could be a credential. */
static json_t *url_text(const struct taken *taken)
{
    json_t *url = json_sprintf("%s/%s", taken->host, taken->path);
    size_t index = 0;
    json_t *pair = NULL;
    json_array_foreach(taken->query, index, pair)
    {
        const char *name = json_string_value(json_array_get(pair, 0));
        const char *value = json_string_value(json_array_get(pair, 1));
        const bool secret = sim_has_word(
            "access_token oauth_token key assertion refresh_token client_secret", name);
        json_t *next = json_sprintf("%s%s%s=%s", json_string_value(url), index == 0 ? "?" : "&",
                                    name, secret ? "..." : value);
        json_decref(url);
        url = next;
    }
    return url == NULL ? json_string("?") : url;
}

/* For a check of all that a whole run of the tests sent (tests/servers/requests_check.c): what plumbline asks, and nobody else. Names of
 * parameters only, a line at once, in a file of this process. */
static void note_request(struct MHD_Connection *connection, const char *http,
                         const struct taken *taken)
{
    const char *folder = getenv("PLUMBLINE_SIM_REQUESTS");
    const char *agent = header(connection, "User-Agent");
    char path[4096];
    if (folder == NULL || agent == NULL || strncmp(agent, "plumbline/", 10) != 0 ||
        snprintf(path, sizeof path, "%s/%ld.ndjson", folder, (long)getpid()) >= (int)sizeof path) {
        return;
    }
    json_t *names = json_array();
    size_t index = 0;
    json_t *pair = NULL;
    json_array_foreach(taken->query, index, pair)
    {
        json_array_append(names, json_array_get(pair, 0));
    }
    json_t *line = json_pack("{s:s, s:s, s:s, s:o}", "method", http, "host", taken->host, "path",
                             taken->path, "query", names);
    FILE *file = fopen(path, "ae");
    if (file != NULL && line != NULL) {
        json_dumpf(line, file, JSON_COMPACT | JSON_PRESERVE_ORDER);
        fputc('\n', file);
    }
    if (file != NULL) {
        fclose(file);
    }
    json_decref(line);
}

static size_t reply_flags(const struct sim_reply *reply)
{
    return (reply->compact ? JSON_COMPACT : JSON_INDENT(2)) | JSON_REAL_PRECISION(15) |
           JSON_PRESERVE_ORDER;
}

static size_t reply_bytes(const struct sim_reply *reply)
{
    return reply->text != NULL   ? strlen(reply->text)
           : reply->json != NULL ? json_dumpb(reply->json, NULL, 0, reply_flags(reply))
                                 : 0;
}

static void log_request(struct sim *sim, struct MHD_Connection *connection, const char *http,
                        const struct taken *taken, struct timespec came,
                        const struct sim_reply *reply)
{
    sim->requests++;
    if (sim->log == NULL && !reply->write_attempt) {
        return;
    }
    json_t *names = json_array();
    json_t *url = url_text(taken);
    const json_int_t ms = (json_int_t)came.tv_sec * 1000 + came.tv_nsec / 1000000;
    if (reply->write_attempt && json_array_size(sim->writes) < SIM_MAX_WRITES) {
        json_array_append_new(sim->writes, json_pack("{s:s, s:O}", "method", http, "url", url));
    }
    MHD_get_connection_values(connection, MHD_HEADER_KIND, header_name, names);
    json_t *line =
        json_pack("{s:I, s:I, s:s, s:O, s:i, s:I, s:O, s:s*, s:b}", "n", (json_int_t)sim->requests,
                  "ms", ms, "method", http, "url", url, "status", reply->status, "bytes",
                  (json_int_t)reply_bytes(reply), "headers", names, "fault", reply->fault,
                  "write_attempt", reply->write_attempt);
    if (sim->log != NULL && line != NULL) {
        json_dumpf(line, sim->log, JSON_COMPACT | JSON_PRESERVE_ORDER);
        fputc('\n', sim->log);
        fflush(sim->log);
    }
    json_decref(line);
    json_decref(url);
    json_decref(names);
}

/* ---- delivery ---- */

int sim_ready(struct sim *sim, struct sim_error *err)
{
    pthread_mutex_init(&sim->lock, NULL);
    return pipe2(sim->stop, O_CLOEXEC) == 0 ? 0 : sim_fail(err, "pipe: %s", strerror(errno));
}

/* The reading end stays, and tells everybody who polls it. */
void sim_stop(struct sim *sim)
{
    close(sim->stop[1]);
}

static long since_ms(struct timespec then)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (now.tv_sec - then.tv_sec) * 1000 + (now.tv_nsec - then.tv_nsec) / 1000000;
}

/* Waits until so long after `since`; negative: for ever. False if the server was told to stop meanwhile. Without the lock: hundreds wait. */
static bool wait_ms(struct sim *sim, struct timespec since, long milliseconds)
{
    struct pollfd stop = {.fd = sim->stop[0]};
    const long left = milliseconds < 0 ? -1 : milliseconds - since_ms(since);
    if (milliseconds >= 0 && left <= 0) {
        return true;
    }
    return poll(&stop, 1, (int)left) == 0;
}

/* Dissolving the association of a connected TCP socket (connect(2), AF_UNSPEC) sends a reset. A close without linger would do so too, but
 * libmicrohttpd shuts the socket down first, which the other side would see as an orderly end. */
static enum MHD_Result deliver_reset(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    const struct sockaddr nowhere = {.sa_family = AF_UNSPEC};
    if (info != NULL && connect(info->connect_fd, &nowhere, sizeof nowhere) != 0) {
        perror("plumbline-sim: reset");
    }
    return MHD_NO;
}

struct stream {
    char *text;
    size_t length; /* of text */
    size_t limit;  /* bytes to send before the end */
};

static ssize_t stream_truncated(void *context, uint64_t at, char *out, size_t room)
{
    const struct stream *stream = context;
    if (at >= stream->limit) {
        return MHD_CONTENT_READER_END_WITH_ERROR;
    }
    const size_t left = stream->limit - (size_t)at;
    const size_t n = left < room ? left : room;
    memcpy(out, stream->text + at, n);
    return (ssize_t)n;
}

static ssize_t stream_endless(void *context, uint64_t at, char *out, size_t room)
{
    static const char opening[] = "{\"items\": [\n";
    const struct stream *stream = context;
    if (at >= stream->limit) {
        return MHD_CONTENT_READER_END_OF_STREAM;
    }
    for (size_t i = 0; i < room; i++) {
        out[i] = at + i < sizeof opening - 1 ? opening[at + i]
                                             : ((at + i) % 4 == 3 ? '\n' : "{},"[(at + i) % 4]);
    }
    return (ssize_t)room;
}

static void stream_free(void *context)
{
    struct stream *stream = context;
    free(stream->text);
    free(stream);
}

static struct MHD_Response *response_stream(char *text, size_t length,
                                            const struct sim_reply *reply)
{
    struct stream *stream = calloc(1, sizeof *stream);
    const bool cut = reply->delivery == SIM_DELIVER_TRUNCATED;
    if (stream == NULL) {
        free(text);
        return NULL;
    }
    *stream = (struct stream){
        .text = text, .length = length, .limit = cut ? length / 2 : reply->endless_bytes};
    return MHD_create_response_from_callback(cut ? length : MHD_SIZE_UNKNOWN, 16 * 1024,
                                             cut ? stream_truncated : stream_endless, stream,
                                             stream_free);
}

/* The body's bytes, the caller's. 15 digits: the shortest that bring back what people write into an estate (0.6 stays 0.6). */
static char *reply_text(const struct sim_reply *reply)
{
    return reply->text != NULL   ? strdup(reply->text)
           : reply->json != NULL ? json_dumps(reply->json, reply_flags(reply))
                                 : strdup("");
}

/* The value of the first member of the first object in a list becomes a question mark and what is left of it. */
static void break_element(char *text)
{
    for (char *at = strchr(text, '['); at != NULL; at = strchr(at + 1, '[')) {
        char *colon = at[1 + strspn(at + 1, " \n")] == '{' ? strchr(at, ':') : NULL;
        if (colon != NULL) {
            colon[1] = '?';
            return;
        }
    }
}

static enum MHD_Result deliver_bytes(struct MHD_Connection *connection,
                                     const struct sim_reply *reply)
{
    char *text = reply_text(reply);
    const size_t length = text == NULL ? 0 : strlen(text);
    if (text != NULL && reply->delivery == SIM_DELIVER_BROKEN) {
        break_element(text);
    }
    const bool streamed =
        reply->delivery == SIM_DELIVER_TRUNCATED || reply->delivery == SIM_DELIVER_ENDLESS;
    struct MHD_Response *response =
        streamed ? response_stream(text, length, reply)
                 : MHD_create_response_from_buffer(length, text, MHD_RESPMEM_MUST_FREE);
    if (response == NULL) {
        return MHD_NO;
    }
    MHD_add_response_header(response, "Content-Type", reply->type);
    if (reply->metadata) {
        MHD_add_response_header(response, "Metadata-Flavor", "Google");
        MHD_add_response_header(response, "Server", "Metadata Server for VM");
    } else {
        MHD_add_response_header(response, "Server", "ESF");
        MHD_add_response_header(response, "Vary", "Origin, X-Origin, Referer");
        MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
    }
    if (reply->retry_after >= 0) {
        char seconds[24];
        snprintf(seconds, sizeof seconds, "%ld", reply->retry_after);
        MHD_add_response_header(response, "Retry-After", seconds);
    }
    const enum MHD_Result result =
        MHD_queue_response(connection, (unsigned)reply->status, response);
    MHD_destroy_response(response);
    return result;
}

/* The delay counts from when the request came: what answering it took here is part of it. */
static enum MHD_Result deliver(struct sim *sim, struct MHD_Connection *connection,
                               struct timespec came, const struct sim_reply *reply)
{
    const long delay_ms = reply->delay_ms + (reply->metadata ? 0 : sim->latency_ms);
    if (delay_ms > 0 && !wait_ms(sim, came, delay_ms)) {
        return MHD_NO;
    }
    if (reply->delivery == SIM_DELIVER_HANG) {
        wait_ms(sim, came, -1);
        return MHD_NO;
    }
    return reply->delivery == SIM_DELIVER_RESET ? deliver_reset(connection)
                                                : deliver_bytes(connection, reply);
}

/* ---- --memo ---- */

/* All that an answer hangs on where there are no faults and tokens do not change; NULL: not to be kept. */
static char *memo_key(const char *http, const struct arrival *arrival,
                      const struct sim_request *request)
{
    const char *token = request->authorization;
    char *key = NULL;
    const int length =
        request->host[0] == '\0' || token == NULL
            ? -1
            : asprintf(&key, "%s %s\n%s\n%s", http, arrival->uri, token, request->body);
    return length < 0 ? NULL : key;
}

static bool memo_recall(struct sim *sim, const char *key, struct sim_reply *reply)
{
    const json_t *kept = json_object_get(sim->memo, key);
    if (kept == NULL) {
        return false;
    }
    reply->status = (int)json_integer_value(json_object_get(kept, "status"));
    reply->text = strdup(sim_str(kept, "text"));
    return true;
}

static void memo_keep(struct sim *sim, const char *key, const struct sim_reply *reply)
{
    if (key == NULL || reply->status != 200 || reply->json == NULL ||
        reply->delivery != SIM_DELIVER_WHOLE) {
        return;
    }
    char *text = reply_text(reply);
    json_object_set_new(sim->memo, key,
                        json_pack("{s:i, s:s}", "status", reply->status, "text", text));
    free(text);
}

/* ---- libmicrohttpd ---- */

static enum MHD_Result answer(struct sim *sim, struct MHD_Connection *connection, const char *http,
                              const struct arrival *arrival)
{
    struct taken taken = uri_take(arrival->uri);
    struct sim_reply reply;
    struct timespec came;
    const struct sim_request request = {
        .http = http,
        .host = taken.host == NULL ? "" : taken.host,
        .path = taken.path == NULL ? "" : taken.path,
        .query = taken.query,
        .authorization = header(connection, "Authorization"),
        .metadata_flavor = header(connection, "Metadata-Flavor"),
        .forwarded_for = header(connection, "X-Forwarded-For"),
        .content_type = header(connection, "Content-Type"),
        .body = arrival->body == NULL ? "" : arrival->body,
        .body_length = arrival->body_length,
        .body_too_large = arrival->body_too_large,
        .malformed = taken.malformed,
    };
    sim_reply_init(&reply);
    clock_gettime(CLOCK_REALTIME, &came);
    char *asked = sim->memo == NULL ? NULL : memo_key(http, arrival, &request);
    pthread_mutex_lock(&sim->lock);
    if (strlen(arrival->uri) > SIM_MAX_URI) {
        sim_refuse_html(&reply, 414, http, "");
    } else if (asked == NULL || !memo_recall(sim, asked, &reply)) {
        sim_answer(sim, &request, &reply);
        memo_keep(sim, asked, &reply);
    }
    log_request(sim, connection, http, &taken, came, &reply);
    note_request(connection, http, &taken);
    pthread_mutex_unlock(&sim->lock);
    const enum MHD_Result result = deliver(sim, connection, came, &reply);
    pthread_mutex_lock(&sim->lock); /* the body shares json_t with the estate */
    sim_reply_clear(&reply);
    pthread_mutex_unlock(&sim->lock);
    taken_free(&taken);
    free(asked);
    return result;
}

static void *uri_note(void *context, const char *uri, struct MHD_Connection *connection)
{
    struct arrival *arrival = calloc(1, sizeof *arrival);
    (void)context;
    (void)connection;
    if (arrival != NULL) {
        arrival->uri = strdup(uri);
    }
    return arrival;
}

static void arrival_done(void *context, struct MHD_Connection *connection, void **state,
                         enum MHD_RequestTerminationCode code)
{
    struct arrival *arrival = *state;
    (void)context;
    (void)connection;
    (void)code;
    if (arrival != NULL) {
        free(arrival->uri);
        free(arrival->body);
        free(arrival);
        *state = NULL;
    }
}

static void body_add(struct arrival *arrival, const char *data, size_t length)
{
    if (arrival->body_too_large || length > SIM_MAX_BODY - arrival->body_length) {
        arrival->body_too_large = true;
        return;
    }
    char *body = realloc(arrival->body, arrival->body_length + length + 1);
    if (body == NULL) {
        arrival->body_too_large = true;
        return;
    }
    memcpy(body + arrival->body_length, data, length);
    arrival->body = body;
    arrival->body_length += length;
    body[arrival->body_length] = '\0';
}

/* Called once for the head, for each piece of the body, and at the end. */
static enum MHD_Result handle(void *context, struct MHD_Connection *connection, const char *url,
                              const char *http, const char *version, const char *data,
                              size_t *length, void **state)
{
    struct arrival *arrival = *state;
    (void)url;
    (void)version;
    if (arrival == NULL || arrival->uri == NULL) {
        return MHD_NO;
    }
    if (!arrival->started) {
        arrival->started = true;
        return MHD_YES;
    }
    if (*length > 0) {
        body_add(arrival, data, *length);
        *length = 0;
        return MHD_YES;
    }
    return answer(context, connection, http, arrival);
}

struct sim_server *sim_server_start(struct sim *sim, unsigned port, struct sim_error *err)
{
    struct sim_server *server = calloc(1, sizeof *server);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (server == NULL) {
        sim_fail(err, "out of memory");
        return NULL;
    }
    /* A proxy with two workers keeps up to 1,800 of them (tests/bench/collect_common.sh); select(2) takes 1,024 descriptors. */
    server->daemon = MHD_start_daemon(
        MHD_USE_POLL_INTERNAL_THREAD | MHD_USE_THREAD_PER_CONNECTION, 0, NULL, NULL, handle, sim,
        MHD_OPTION_SOCK_ADDR, &address, MHD_OPTION_URI_LOG_CALLBACK, uri_note, NULL,
        MHD_OPTION_NOTIFY_COMPLETED, arrival_done, NULL, MHD_OPTION_CONNECTION_LIMIT, 4096U,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)(4 * SIM_MAX_URI), MHD_OPTION_END);
    const union MHD_DaemonInfo *info =
        server->daemon == NULL ? NULL
                               : MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT);
    if (info == NULL) {
        sim_fail(err, "cannot listen on 127.0.0.1:%u", port);
        free(server);
        return NULL;
    }
    server->port = info->port;
    return server;
}

unsigned sim_server_port(const struct sim_server *server)
{
    return server->port;
}

void sim_server_stop(struct sim_server *server)
{
    if (server != NULL) {
        MHD_stop_daemon(server->daemon);
        free(server);
    }
}
