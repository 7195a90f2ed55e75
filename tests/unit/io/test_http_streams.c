/* test_http_streams.c - answers of every length over HTTP/2, alone on their connection and many at once: all of each comes, and it comes while it
 * is asked for.
 *
 * What libcurl keeps back of an answer only comes when it is called again, and no socket tells when. The server is nginx with TLS.
 */
#include "harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plumbline/http.h"
#include "servers.h"

static const char nginx_conf[] =
    "ssl_certificate @DIR@/certs/server.crt; ssl_certificate_key @DIR@/server.key;\n"
    "server { listen 127.0.0.1:@PORT_small@ ssl http2; root @DIR@; }\n"
    "server { listen 127.0.0.1:@PORT_large@ ssl http2; root @DIR@; http2_chunk_size 16k; }\n";

/* Around what libcurl takes at once, what a TLS record holds, and what a frame does. */
static const size_t lengths[] = {1,     1000,  4095,  4096,  4097,  6000,  8191,  8192,   8193,
                                 12000, 16375, 16383, 16384, 16385, 20000, 32768, 100000, 300000};
enum { LENGTHS = sizeof lengths / sizeof lengths[0], TIMES = 5 };

struct place {
    struct pl_arena *arena;
    struct pl_loop *loop;
    struct server *server;
    char *texts[LENGTHS];
    char names[LENGTHS][16];
};

struct asked {
    struct place *place;
    size_t which; /* of lengths */
    const struct pl_http_reply *reply;
    size_t *open;
};

/* Printable, and not the same anywhere. */
static void fill(char *text, size_t length)
{
    unsigned state = 1;

    for (size_t i = 0; i < length; i++) {
        state = state * 1103515245U + 12345U;
        text[i] = (char)('a' + (state >> 16) % 26);
    }
    text[length] = '\0';
}

static int make_place(void **state)
{
    struct place *place = test_calloc(1, sizeof *place);
    struct server_file files[LENGTHS + 2] = {{"nginx.conf.in", nginx_conf}};
    const char *certs = servers_certs();
    struct pl_err err = {0};

    *state = place;
    place->arena = pl_arena_new();
    place->loop = pl_loop_new(&err);
    for (size_t i = 0; i < LENGTHS; i++) {
        place->texts[i] = pl_arena_alloc(place->arena, lengths[i] + 1);
        fill(place->texts[i], lengths[i]);
        (void)snprintf(place->names[i], sizeof place->names[i], "%zu.txt", lengths[i]);
        files[i + 1] = (struct server_file){place->names[i], place->texts[i]};
    }
    if (certs == NULL || (place->server = server_start("nginx", files)) == NULL)
        return 0;
    (void)setenv("SSL_CERT_FILE", pl_arena_printf(place->arena, "%s/ca.crt", certs), 1);
    return 0;
}

static int drop_place(void **state)
{
    struct place *place = *state;

    (void)unsetenv("SSL_CERT_FILE");
    pl_loop_free(place->loop);
    server_stop(place->server);
    pl_arena_free(place->arena);
    test_free(place);
    return 0;
}

static void on_done(const struct pl_http_reply *reply, void *arg)
{
    struct asked *asked = arg;

    asked->reply = reply;
    if (--*asked->open == 0)
        pl_loop_stop(asked->place->loop);
}

static void ask(struct asked *asked, const char *port)
{
    struct place *place = asked->place;
    const struct pl_http_request request = {
        .url = pl_arena_printf(place->arena, "https://localhost:%d/%s",
                               server_port(place->server, port), place->names[asked->which])};

    (void)pl_http_send(place->loop, place->arena, &request, on_done, asked);
}

static void check(const struct asked *asked)
{
    const struct pl_http_reply *reply = asked->reply;
    const size_t length = lengths[asked->which];

    if (reply->failure != PL_HTTP_OK)
        fail_msg("%zu bytes: %s, with %zu of them there", length, reply->detail, reply->body_len);
    assert_int_equal(reply->status, 200);
    assert_int_equal(reply->body_len, length);
    assert_memory_equal(reply->body, asked->place->texts[asked->which], length);
}

static void alone(struct place *place, const char *port)
{
    for (size_t i = 0; i < LENGTHS; i++) {
        size_t open = 1;
        struct asked asked = {.place = place, .which = i, .open = &open};

        ask(&asked, port);
        pl_loop_run(place->loop);
        check(&asked);
    }
}

static void at_once(struct place *place, const char *port)
{
    struct asked asked[LENGTHS * TIMES];
    size_t open = PL_LEN(asked);

    for (size_t i = 0; i < PL_LEN(asked); i++) {
        asked[i] = (struct asked){.place = place, .which = i % LENGTHS, .open = &open};
        ask(&asked[i], port);
    }
    pl_loop_run(place->loop);
    for (size_t i = 0; i < PL_LEN(asked); i++)
        check(&asked[i]);
}

static void an_answer_alone_on_its_connection(void **state)
{
    struct place *place = *state;

    if (place->server == NULL)
        skip();
    alone(place, "PORT_small");
    alone(place, "PORT_large");
}

static void many_answers_on_one_connection(void **state)
{
    struct place *place = *state;

    if (place->server == NULL)
        skip();
    at_once(place, "PORT_small");
    at_once(place, "PORT_large");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_place, drop_place)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_answer_alone_on_its_connection),
        TEST(many_answers_on_one_connection),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
