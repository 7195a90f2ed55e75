/* test_http.c - HTTP requests against a server that misbehaves: what is sent, what comes back, what a failure is.
 *
 * TLS is test_http_tls.c. Deadlines are only tested against a server that never answers.
 */
#include "harness.h"

#include <string.h>

#include "loopback.h"
#include "plumbline/buf.h"
#include "plumbline/http.h"

#define MS INT64_C(1000000)

struct place {
    struct pl_arena *arena;
    struct pl_loop *loop;
    const struct pl_http_reply *reply;
    int calls;
};

static int make_place(void **state)
{
    static struct place place;
    struct pl_err err = {0};

    place = (struct place){.arena = pl_arena_new(), .loop = pl_loop_new(&err)};
    *state = &place;
    return place.loop != NULL ? 0 : -1;
}

static int drop_place(void **state)
{
    struct place *place = *state;

    pl_loop_free(place->loop);
    pl_arena_free(place->arena);
    return 0;
}

static void on_done(const struct pl_http_reply *reply, void *arg)
{
    struct place *place = arg;

    place->reply = reply;
    place->calls++;
}

static const struct pl_http_reply *send_and_wait(struct place *place,
                                                 const struct pl_http_request *request)
{
    place->calls = 0;
    assert_non_null(pl_http_send(place->loop, place->arena, request, on_done, place));
    assert_int_equal(place->calls, 0); /* never from inside of the call */
    pl_loop_run(place->loop);
    assert_int_equal(place->calls, 1);
    return place->reply;
}

static char *url_of(struct place *place, int port, const char *path)
{
    return pl_arena_printf(place->arena, "http://127.0.0.1:%d%s", port, path);
}

#define OK_HEAD "HTTP/1.1 200 OK\r\nConnection: close\r\n"

static void an_answer_comes_back_whole(void **state)
{
    static const struct loopback_script script = {
        .answer = "HTTP/1.1 100 Continue\r\nX-Early: 1\r\n\r\n"
                  "HTTP/1.1 404 Not Found\r\nConnection: close\r\nX-Mixed-CASE:  some value "
                  "\t\r\nX-Empty:\r\n"
                  "x-twice: 1\r\nX-Twice: 2\r\nContent-Length: 5\r\n\r\nhe\0lo",
        .len = 185,
    };
    struct place *place = *state;
    struct loopback_script exact = script;
    struct loopback *server;
    const struct pl_http_reply *reply;
    struct pl_http_request request = {0};

    exact.len = strlen(exact.answer) + 3;
    server = loopback_start(&exact);
    request.url = url_of(place, loopback_port(server), "/p?q=1");
    reply = send_and_wait(place, &request);
    assert_int_equal(reply->failure, PL_HTTP_OK);
    assert_null(reply->detail);
    assert_int_equal(reply->status, 404);
    assert_int_equal(reply->body_len, 5);
    assert_memory_equal(reply->body, "he\0lo", 6);
    assert_null(pl_http_reply_header(reply, "x-early"));
    assert_string_equal(pl_http_reply_header(reply, "x-mixed-case"), "some value");
    assert_string_equal(pl_http_reply_header(reply, "x-empty"), "");
    assert_string_equal(pl_http_reply_header(reply, "x-twice"), "1");
    assert_null(pl_http_reply_header(reply, "absent"));
    assert_memory_equal(loopback_seen(server), "GET /p?q=1 HTTP/1.1\r\n", 21);
    loopback_stop(server);
}

static void check_sent(const struct loopback *server, const char *line)
{
    if (strstr(loopback_seen(server), line) == NULL)
        fail_msg("no \"%s\" in \"%s\"", line, loopback_seen(server));
}

static void what_was_asked_is_sent(void **state)
{
    static const struct loopback_script script = {.answer = OK_HEAD "Content-Length: 0\r\n\r\n"};
    static const struct pl_http_header headers[] = {{"X-Goog-User-Project", "p"}, {"X-Empty", ""}};
    struct place *place = *state;
    struct loopback *server = loopback_start(&script);
    const struct pl_http_request request = {
        .method = "PATCH",
        .url = url_of(place, loopback_port(server), "/x"),
        .headers = headers,
        .n_headers = 2,
        .bearer = pl_secret_new(place->arena, "ya29.token", 10),
        .body = "{\"a\":1}",
        .body_len = 7,
        .content_type = "application/json",
    };

    assert_int_equal(send_and_wait(place, &request)->status, 200);
    check_sent(server, "PATCH /x HTTP/1.1\r\n");
    check_sent(server, "\r\nX-Goog-User-Project: p\r\n");
    check_sent(server, "\r\nX-Empty:\r\n");
    check_sent(server, "\r\nAuthorization: Bearer ya29.token\r\n");
    check_sent(server, "\r\nContent-Type: application/json\r\n");
    check_sent(server, "\r\nContent-Length: 7\r\n");
    check_sent(server, "\r\nUser-Agent: plumbline/");
    check_sent(server, " (gzip)\r\n");
    check_sent(server, "\r\nAccept-Encoding: gzip\r\n");
    assert_null(strstr(loopback_seen(server), "Expect"));
    loopback_stop(server);
}

static void post_and_head_need_no_body(void **state)
{
    static const struct loopback_script script = {.answer = OK_HEAD "Content-Length: 0\r\n\r\n"};
    struct place *place = *state;
    struct loopback *server = loopback_start(&script);
    struct pl_http_request request = {.method = "POST",
                                      .url = url_of(place, loopback_port(server), "/x")};

    assert_int_equal(send_and_wait(place, &request)->failure, PL_HTTP_OK);
    check_sent(server, "POST /x HTTP/1.1\r\n");
    check_sent(server, "\r\nContent-Length: 0\r\n");
    request.method = "HEAD";
    assert_int_equal(send_and_wait(place, &request)->failure, PL_HTTP_OK);
    check_sent(server, "HEAD /x HTTP/1.1\r\n");
    loopback_stop(server);
}

static const struct {
    const char *name;
    struct loopback_script script;
    enum pl_http_failure failure;
    int status;
    const char *detail; /* behind "127.0.0.1:PORT" */
} misbehaviours[] = {
    {"redirect",
     {.answer = "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: "
                "0\r\nConnection: close\r\n\r\n"},
     PL_HTTP_OK,
     302,
     NULL},
    {"closed",
     {.end = LOOPBACK_CLOSE},
     PL_HTTP_RESET,
     0,
     ": the connection was closed without an answer"},
    {"cut in the headers",
     {.answer = "HTTP/1.1 200 OK\r\nContent-L"},
     PL_HTTP_RESET,
     200,
     ": the answer was cut short"},
    {"cut in the body",
     {.answer = OK_HEAD "Content-Length: 100\r\n\r\nabc"},
     PL_HTTP_RESET,
     200,
     ": the answer was cut short"},
    {"cut in a chunk",
     {.answer = OK_HEAD "Transfer-Encoding: chunked\r\n\r\n10\r\nabc"},
     PL_HTTP_RESET,
     200,
     ": the answer was cut short"},
    {"reset",
     {.end = LOOPBACK_RESET},
     PL_HTTP_RESET,
     0,
     ": the connection broke while receiving: Connection reset by peer"},
    {"not HTTP",
     {.answer = "SSH-2.0-OpenSSH_9.2\r\n", .wait_for_nothing = 1},
     PL_HTTP_GARBLED,
     0,
     ": the answer is not HTTP"},
    {"bad chunk",
     {.answer = OK_HEAD "Transfer-Encoding: chunked\r\n\r\nzz\r\n"},
     PL_HTTP_RESET,
     200,
     ": the connection broke while receiving"},
    {"broken gzip",
     {.answer = OK_HEAD "Content-Encoding: gzip\r\nContent-Length: 9\r\n\r\nnot gzip!"},
     PL_HTTP_GARBLED,
     200,
     ": the answer's compression is broken, or not the one that was asked for"},
    {"packed as nobody asked for",
     {.answer = OK_HEAD "Content-Encoding: br\r\nContent-Length: 5\r\n\r\nhello"},
     PL_HTTP_GARBLED,
     200,
     ": the answer's compression is broken, or not the one that was asked for"},
    {"packed as nothing",
     {.answer = OK_HEAD "Content-Encoding: Identity\r\nContent-Length: 5\r\n\r\nhello"},
     PL_HTTP_OK,
     200,
     NULL},
    {"nothing, packed",
     {.answer = "HTTP/1.1 204 No Content\r\nContent-Encoding: gzip\r\n\r\n"},
     PL_HTTP_OK,
     204,
     NULL},
    {"announced too large",
     {.answer = OK_HEAD "Content-Length: 100001\r\n\r\n", .end = LOOPBACK_HOLD},
     PL_HTTP_TOO_LARGE,
     200,
     ": the answer is too large"},
    {"silent", {.end = LOOPBACK_HOLD}, PL_HTTP_TIMEOUT, 0, ": timed out waiting for an answer"},
    {"stops in the body",
     {.answer = OK_HEAD "Content-Length: 100\r\n\r\nabc", .end = LOOPBACK_HOLD},
     PL_HTTP_TIMEOUT,
     200,
     ": timed out receiving the answer"},
};

static void failures_are_told_apart(void **state)
{
    struct place *place = *state;

    for (size_t i = 0; i < PL_LEN(misbehaviours); i++) {
        struct loopback *server = loopback_start(&misbehaviours[i].script);
        bool silent = misbehaviours[i].failure == PL_HTTP_TIMEOUT;
        struct pl_http_request request = {
            .url = url_of(place, loopback_port(server), "/secret?key=hunter2"),
            .max_bytes = 100000,
            .timeout_ns = silent ? 50 * MS : 0,
        };
        const struct pl_http_reply *reply = send_and_wait(place, &request);

        /* A loaded machine may not have come as far as the server goes. */
        for (int more = 3;
             more > 0 && silent && strstr(reply->detail, misbehaviours[i].detail) == NULL; more--) {
            request.timeout_ns *= 5;
            reply = send_and_wait(place, &request);
        }
        ROW("%s", misbehaviours[i].name);
        if (misbehaviours[i].detail == NULL)
            assert_null(reply->detail);
        else if (reply->detail == NULL)
            fail_msg("no failure");
        else
            assert_string_equal(reply->detail,
                                pl_arena_printf(place->arena, "127.0.0.1:%d%s",
                                                loopback_port(server), misbehaviours[i].detail));
        assert_int_equal(reply->failure, misbehaviours[i].failure);
        assert_int_equal(reply->status, misbehaviours[i].status);
        assert_non_null(reply->body);
        loopback_stop(server);
    }
}

static void check_failure(struct place *place, const char *url, enum pl_http_failure failure,
                          const char *detail)
{
    const struct pl_http_request request = {.url = url};
    const struct pl_http_reply *reply = send_and_wait(place, &request);

    ROW("%s", url);
    assert_string_equal(reply->detail, detail);
    assert_int_equal(reply->failure, failure);
    assert_int_equal(reply->status, 0);
    assert_string_equal(reply->body, "");
}

#define LABEL70 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static void what_cannot_be_reached_is_told(void **state)
{
    struct place *place = *state;
    int port = loopback_free_port();

    check_failure(
        place, url_of(place, port, "/?key=hunter2"), PL_HTTP_CONNECT,
        pl_arena_printf(place->arena, "127.0.0.1:%d: cannot connect: Connection refused", port));
    /* A label of 70 characters is refused by the resolver itself: no packet leaves. */
    check_failure(place, "http://" LABEL70 ".invalid/", PL_HTTP_RESOLVE,
                  LABEL70 ".invalid:80: the name does not resolve");
    check_failure(place, "ftp://127.0.0.1/x", PL_HTTP_OTHER,
                  "127.0.0.1:21: neither http nor https");
    check_failure(place, "file:///etc/passwd", PL_HTTP_OTHER,
                  "the request: neither http nor https");
    check_failure(place, "http://", PL_HTTP_OTHER, "the request: the URL is malformed");
    check_failure(place, "http://user:hunter2@127.0.0.1:1/", PL_HTTP_OTHER,
                  "127.0.0.1:1: the URL holds a user name");
}

/* However long an answer may take: where nobody answers at all that shows soon. */
static void a_connection_has_a_time_of_its_own(void **state)
{
    struct place *place = *state;
    struct loopback_deaf deaf;
    struct pl_http_request request = {.timeout_ns = 3600 * 1000 * MS};

    loopback_deaf_open(&deaf);
    request.url = url_of(place, deaf.port, "/");
    request.connect_timeout_ns = 50 * MS;
    assert_string_equal(
        send_and_wait(place, &request)->detail,
        pl_arena_printf(place->arena, "127.0.0.1:%d: timed out connecting", deaf.port));
    assert_int_equal(place->reply->failure, PL_HTTP_UNCONNECTED);
    request.timeout_ns = 50 * MS;
    request.connect_timeout_ns = 0;
    assert_int_equal(send_and_wait(place, &request)->failure, PL_HTTP_UNCONNECTED);
    loopback_deaf_close(&deaf);
}

static void headers_cannot_be_smuggled(void **state)
{
    static const struct pl_http_header bad[] = {
        {"X-A", "1\r\nX-B: 2"}, {"X-A\n", "1"}, {"X A", "1"},
        {"X:A", "1"},           {"", "1"},      {"X-A", "\x01"},
    };
    struct place *place = *state;
    struct pl_http_request request = {.url = "http://127.0.0.1:1/", .n_headers = 1};

    for (size_t i = 0; i < PL_LEN(bad); i++) {
        request.headers = &bad[i];
        assert_int_equal(send_and_wait(place, &request)->failure, PL_HTTP_OTHER);
        assert_string_equal(place->reply->detail, "127.0.0.1:1: a header is malformed");
    }
    request.n_headers = 0;
    request.bearer = pl_secret_new(place->arena, "to\nken", 6);
    assert_string_equal(send_and_wait(place, &request)->detail,
                        "127.0.0.1:1: a header is malformed");
}

/* Puts bits, lowest first, as deflate wants them (RFC 1951). */
struct bits {
    struct pl_buf out;
    unsigned held, n;
};

static void put_bits(struct bits *bits, unsigned value, unsigned n)
{
    for (; n > 0; n--, value >>= 1) {
        bits->held |= (value & 1) << bits->n++;
        if (bits->n == 8) {
            pl_buf_addc(&bits->out, (char)bits->held);
            bits->held = bits->n = 0;
        }
    }
}

/* A gzip of some ten million zeros in 65 kB: one literal and then "the last byte, 258 times", by hand. */
static void make_bomb(struct pl_buf *answer)
{
    struct bits bits = {0};

    put_bits(&bits, 1 | 1 << 1, 3); /* last block, fixed codes */
    put_bits(&bits, 0x0c, 8);       /* literal 0: code 00110000, highest bit first */
    for (int i = 0; i < 40000; i++) {
        put_bits(&bits, 0xa3, 8); /* length 258: code 11000101 */
        put_bits(&bits, 0, 5);    /* distance 1 */
    }
    put_bits(&bits, 0, 7); /* end of block */
    put_bits(&bits, 0, 8);
    pl_buf_addf(answer, OK_HEAD "Content-Encoding: gzip\r\nContent-Length: %zu\r\n\r\n",
                bits.out.len + 10);
    pl_buf_add(answer, "\x1f\x8b\x08\0\0\0\0\0\0\xff", 10);
    pl_buf_add(answer, bits.out.data, bits.out.len);
    pl_buf_free(&bits.out);
}

static void check_too_large(struct place *place, const struct loopback_script *script,
                            const char *what)
{
    struct loopback *server = loopback_start(script);
    const struct pl_http_request request = {.url = url_of(place, loopback_port(server), "/"),
                                            .max_bytes = 100000};
    const struct pl_http_reply *reply = send_and_wait(place, &request);

    assert_string_equal(
        reply->detail,
        pl_arena_printf(place->arena, "127.0.0.1:%d: the answer is too large: %s beyond the limit",
                        loopback_port(server), what));
    assert_int_equal(reply->failure, PL_HTTP_TOO_LARGE);
    assert_true(reply->body_len <= 100000);
    loopback_stop(server);
}

static void answers_are_bounded(void **state)
{
    static const char line[] =
        "X-Filler: "
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\r\n";
    struct place *place = *state;
    struct pl_buf answer = {0};
    struct loopback_script script = {0};

    make_bomb(&answer);
    script.answer = answer.data;
    script.len = answer.len;
    check_too_large(place, &script, "its body is");

    pl_buf_clear(&answer);
    pl_buf_adds(&answer, "HTTP/1.1 200 OK\r\n");
    for (int i = 0; i < 300; i++)
        pl_buf_adds(&answer, line);
    pl_buf_adds(&answer, "Content-Length: 0\r\n\r\n");
    script = (struct loopback_script){.answer = answer.data};
    check_too_large(place, &script, "its headers are");

    pl_buf_clear(&answer);
    pl_buf_adds(&answer, "HTTP/1.1 200 OK\r\nX-Filler: ");
    for (int i = 0; i < 400000; i++)
        pl_buf_addc(&answer, 'x');
    pl_buf_adds(&answer, "\r\n\r\n");
    script.answer = answer.data;
    check_too_large(place, &script, "a header is");

    pl_buf_clear(&answer);
    pl_buf_adds(&answer, OK_HEAD "\r\n");
    for (int i = 0; i < 5000; i++)
        pl_buf_adds(&answer, "no length was announced ");
    script.answer = answer.data;
    check_too_large(place, &script, "its body is");
    pl_buf_free(&answer);
}

static void a_body_of_just_the_limit_is_whole(void **state)
{
    static const struct loopback_script script = {.answer =
                                                      OK_HEAD "Content-Length: 5\r\n\r\n12345"};
    struct place *place = *state;
    struct loopback *server = loopback_start(&script);
    struct pl_http_request request = {.url = url_of(place, loopback_port(server), "/"),
                                      .max_bytes = 5};

    assert_string_equal(send_and_wait(place, &request)->body, "12345");
    request.max_bytes = 4;
    assert_int_equal(send_and_wait(place, &request)->failure, PL_HTTP_TOO_LARGE);
    loopback_stop(server);
}

static void cancel_now(void *arg)
{
    pl_http_cancel(arg);
}

static void cancelled_calls_say_nothing(void **state)
{
    static const struct loopback_script script = {.end = LOOPBACK_HOLD};
    static const struct pl_http_header bad = {"X A", "1"};
    struct place *place = *state;
    struct loopback *server = loopback_start(&script);
    struct pl_http_request request = {.url = url_of(place, loopback_port(server), "/")};
    struct pl_http_call *call;

    pl_http_cancel(NULL);
    call = pl_http_send(place->loop, place->arena, &request, on_done, place);
    pl_loop_after(place->loop, 10 * MS, cancel_now, call);
    pl_loop_run(place->loop);
    pl_http_cancel(call); /* again is harmless */
    call = pl_http_send(place->loop, place->arena, &request, on_done, place);
    pl_http_cancel(call);
    request.headers = &bad;
    request.n_headers = 1;
    pl_http_cancel(pl_http_send(place->loop, place->arena, &request, on_done, place));
    pl_loop_run(place->loop);
    assert_int_equal(place->calls, 0);
    loopback_stop(server);
}

static void the_loop_may_go_first(void **state)
{
    static const struct loopback_script script = {.end = LOOPBACK_HOLD};
    struct place *place = *state;
    struct loopback *server = loopback_start(&script);
    const struct pl_http_request request = {.url = url_of(place, loopback_port(server), "/"),
                                            .bearer = pl_secret_new(place->arena, "token", 5)};
    struct pl_http_call *call = pl_http_send(place->loop, place->arena, &request, on_done, place);
    struct pl_err err = {0};

    pl_loop_free(place->loop);
    pl_http_cancel(call);
    place->loop = pl_loop_new(&err);
    assert_int_equal(place->calls, 0);
    loopback_stop(server);
}

struct fan {
    struct place *place;
    const char *url;
    int left, ok;
};

static void on_fan(const struct pl_http_reply *reply, void *arg)
{
    struct fan *fan = arg;
    const struct pl_http_request request = {.url = fan->url};

    fan->ok += reply->failure == PL_HTTP_OK && strcmp(reply->body, "x") == 0;
    if (fan->left-- > 0)
        (void)pl_http_send(fan->place->loop, fan->place->arena, &request, on_fan, fan);
}

static void many_calls_start_from_each_other(void **state)
{
    static const struct loopback_script script = {.answer = OK_HEAD "Content-Length: 1\r\n\r\nx"};
    struct place *place = *state;
    struct loopback *server = loopback_start(&script);
    struct fan fan = {place, url_of(place, loopback_port(server), "/"), 100, 0};
    const struct pl_http_request request = {.url = fan.url};

    for (int i = 0; i < 30; i++)
        (void)pl_http_send(place->loop, place->arena, &request, on_fan, &fan);
    pl_loop_run(place->loop);
    assert_int_equal(fan.ok, 130);
    loopback_stop(server);
}

/* ---- whoever paces others by a request ---- */

struct watched {
    struct pl_buf seen;
};

static void note_connected(void *arg)
{
    pl_buf_adds(&((struct watched *)arg)->seen, "connected ");
}

static void note_received(void *arg)
{
    pl_buf_adds(&((struct watched *)arg)->seen, "received ");
}

static void note_bytes(void *arg, size_t n)
{
    pl_buf_addf(&((struct watched *)arg)->seen, "%zu ", n);
}

static void note_done(const struct pl_http_reply *reply, void *arg)
{
    pl_buf_addf(&((struct watched *)arg)->seen, "done %d", reply->failure);
}

static const struct pl_http_watch watch = {note_connected, note_received, note_bytes};

static void how_a_request_fares_is_told(void **state)
{
    static const struct loopback_script script = {.answer =
                                                      OK_HEAD "Content-Length: 5\r\n\r\nhello"};
    struct place *place = *state;
    struct loopback *server = loopback_start(&script);
    struct watched w = {0};
    struct pl_http_request request = {.url = url_of(place, loopback_port(server), "/"),
                                      .watch = &watch};

    (void)pl_http_send(place->loop, place->arena, &request, note_done, &w);
    pl_loop_run(place->loop);
    assert_string_equal(pl_buf_str(&w.seen), "connected 5 received done 0");
    loopback_stop(server);
    pl_buf_clear(&w.seen);
    request.url = url_of(place, loopback_free_port(), "/");
    (void)pl_http_send(place->loop, place->arena, &request, note_done, &w);
    pl_loop_run(place->loop);
    assert_string_equal(pl_buf_str(&w.seen), "received done 2");
    pl_buf_free(&w.seen);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, make_place, drop_place)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(failures_are_told_apart),
        TEST(what_cannot_be_reached_is_told),
        TEST(a_connection_has_a_time_of_its_own),
        TEST(headers_cannot_be_smuggled),
        TEST(answers_are_bounded),
        TEST(a_body_of_just_the_limit_is_whole),
        TEST(an_answer_comes_back_whole),
        TEST(what_was_asked_is_sent),
        TEST(post_and_head_need_no_body),
        TEST(cancelled_calls_say_nothing),
        TEST(the_loop_may_go_first),
        TEST(many_calls_start_from_each_other),
        TEST(how_a_request_fares_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
