/* test_misbehave.c - every way in which a peer can go wrong that one server of ours can play: the exact symptom, class
 * and sentence. All rows are probed in one run, with one limit for those that never get an answer. */
#include "probe_fixture.h"

#define LIMIT "budget: {timeout: 2s}"

struct row {
    const char *mode;
    const char *probe;
    const char *want;
};

static const struct row rows[] = {
    /* http */
    {"close", "type: http",
     "failing closed IO_CLOSED_EMPTY 0: 127.0.0.1:PORT: hung up without an answer"},
    {"reset", "type: http",
     "failing reset IO_RESET 0: 127.0.0.1:PORT: reset where an answer was due"},
    {"silent", "type: http",
     "failing response_timeout IO_TTFB_TIMEOUT 0: connected, no answer from 127.0.0.1:PORT within "
     "2 s"},
    {"garbage", "type: http",
     "failing protocol_error PROTO_NOT_HTTP 0: 127.0.0.1:PORT: the answer is not HTTP"},
    {"drip", "type: http",
     "failing response_timeout IO_BODY_TIMEOUT 0: the answer began and did not end from "
     "127.0.0.1:PORT within 2 s"},
    {"endless-headers", "type: http",
     "failing protocol_error PROTO_TOO_LARGE 0: 127.0.0.1:PORT: the answer is larger than "
     "accepted"},
    {"long-header", "type: http",
     "failing protocol_error PROTO_TOO_LARGE 0: 127.0.0.1:PORT: the answer is larger than "
     "accepted"},
    {"endless-body", "type: http", "ok"},
    {"endless-body", "type: http, expect: {body: !contains [x]}",
     "failing protocol_error PROTO_TOO_LARGE 0: the body is larger than 1048576 bytes, more is not "
     "compared"},
    {"truncated", "type: http",
     "failing closed IO_TRUNCATED 0: 127.0.0.1:PORT: hung up in the middle of the answer"},
    {"stalled-body", "type: http",
     "failing response_timeout IO_BODY_TIMEOUT 0: the answer began and did not end from "
     "127.0.0.1:PORT within 2 s"},
    {"bad-chunk", "type: http",
     "failing protocol_error PROTO_HTTP_MALFORMED 0: 127.0.0.1:PORT: broken HTTP"},
    {"status:401", "type: http",
     "failing http_status HTTP_AUTH 401: 127.0.0.1:PORT answers 401 (Retry-After: 7)"},
    {"status:403", "type: http",
     "failing http_status HTTP_FORBIDDEN 403: 127.0.0.1:PORT answers 403 (Retry-After: 7)"},
    {"status:404", "type: http",
     "failing http_status HTTP_NOT_FOUND 404: 127.0.0.1:PORT answers 404 (Retry-After: 7)"},
    {"status:429", "type: http",
     "failing http_status HTTP_RATE_LIMITED 429: 127.0.0.1:PORT answers 429 (Retry-After: 7)"},
    {"status:500", "type: http",
     "failing http_status HTTP_SERVER_ERR 500: 127.0.0.1:PORT answers 500 (Retry-After: 7)"},
    {"status:502", "type: http",
     "failing http_status HTTP_BAD_GATEWAY 502: 127.0.0.1:PORT answers 502 (Retry-After: 7)"},
    {"status:503", "type: http",
     "failing http_status HTTP_UNAVAILABLE 503: 127.0.0.1:PORT answers 503 (Retry-After: 7)"},
    {"status:504", "type: http",
     "failing http_status HTTP_GATEWAY_TIMEOUT 504: 127.0.0.1:PORT answers 504 (Retry-After: 7)"},
    {"redirect:/", "type: http", "ok"},
    {"redirect:/", "type: http, redirects: 3",
     "failing http_status HTTP_REDIRECT_LOOP 302: more than 3 redirects, the last to "
     "http://127.0.0.1:PORT/"},
    {"redirect:ftp://127.0.0.1/x", "type: http, redirects: 3",
     "failing http_status HTTP_REDIRECT 302: redirected to 'ftp://127.0.0.1/x', which is not "
     "followed"},
    /* tls */
    {"silent", "type: tls",
     "failing tls_timeout TLS_TIMEOUT 0: connected, no answer to the TLS handshake from "
     "127.0.0.1:PORT within 2 s"},
    {"half-tls", "type: tls",
     "failing tls_timeout TLS_TIMEOUT 0: connected, no answer to the TLS handshake from "
     "127.0.0.1:PORT within 2 s"},
    {"close-after", "type: tls",
     "failing closed TLS_CLOSED 0: 127.0.0.1:PORT: hung up during the TLS handshake"},
    {"reset", "type: tls",
     "failing reset TLS_RESET 0: 127.0.0.1:PORT: reset during the TLS handshake"},
    {"garbage", "type: tls",
     "failing tls_not_offered TLS_NOT_TLS 0: 127.0.0.1:PORT: the peer does not speak TLS there"},
    {"tls-alert:40", "type: tls",
     "failing tls_protocol TLS_CIPHER 0: 127.0.0.1:PORT: no cipher in common (alert 40, handshake "
     "failure)"},
    {"tls-alert:70", "type: tls",
     "failing tls_protocol TLS_VERSION 0: 127.0.0.1:PORT: no TLS version in common (alert 70, "
     "protocol version)"},
    {"tls-alert:112", "type: tls",
     "failing tls_name_mismatch TLS_SNI 0: 127.0.0.1:PORT: the peer does not know the name asked "
     "for (alert 112, "
     "unrecognized name)"},
    {"tls-alert:120", "type: https",
     "failing tls_protocol TLS_ALPN 0: 127.0.0.1:PORT: no application protocol in common (alert "
     "120, no application "
     "protocol)"},
    {"reset", "type: https",
     "failing reset TLS_RESET 0: 127.0.0.1:PORT: reset during the TLS handshake"},
    {"status:200", "type: https",
     "failing tls_not_offered TLS_NOT_TLS 0: 127.0.0.1:PORT: the peer does not speak TLS there"},
    /* websocket */
    {"status:503", "type: websocket",
     "failing websocket_rejected PROTO_WS_NO_UPGRADE 503: 127.0.0.1:PORT answers the WebSocket "
     "handshake with 503, "
     "Retry-After 7"},
    {"status:200", "type: websocket",
     "failing websocket_rejected PROTO_WS_NO_UPGRADE 200: 127.0.0.1:PORT answers the WebSocket "
     "handshake with 200, "
     "Retry-After 7"},
    {"ws-bad-accept", "type: websocket",
     "failing protocol_error PROTO_WS_BAD_ACCEPT 101: 127.0.0.1:PORT answers 101 without the right "
     "Sec-WebSocket-Accept"},
    {"ws-bad-frame", "type: websocket, expect: hello",
     "failing protocol_error PROTO_WS_FRAME 0: 127.0.0.1:PORT sends a frame that RFC 6455 forbids"},
    {"ws-close:1000", "type: websocket", "ok"},
    {"ws-message:hello world", "type: websocket, expect: hello world", "ok"},
    {"ws-message:goodbye", "type: websocket, subprotocol: chat",
     "failing wrong_content EXPECT_HEADER 101: subprotocol: 127.0.0.1:PORT chose none, declared is "
     "chat"},
    {"garbage", "type: websocket",
     "failing protocol_error PROTO_NOT_HTTP 0: 127.0.0.1:PORT does not answer in HTTP"},
    {"close-after", "type: websocket",
     "failing closed IO_CLOSED_EMPTY 0: 127.0.0.1:PORT hung up without an answer"},
    {"reset", "type: websocket",
     "failing reset IO_RESET 0: 127.0.0.1:PORT reset the connection where an answer was due"},
    {"silent", "type: websocket",
     "failing response_timeout IO_TTFB_TIMEOUT 0: connected, no answer from 127.0.0.1:PORT within "
     "2 s"},
    {"many-informs", "type: websocket",
     "failing protocol_error PROTO_TOO_LARGE 0: 127.0.0.1:PORT sends more headers than accepted"},
    {"endless-headers", "type: websocket",
     "failing protocol_error PROTO_TOO_LARGE 0: 127.0.0.1:PORT sends more headers than "
     "accepted"},
};

/* In a run of their own: what they send keeps this process busy, too. */
static const struct row floods[] = {
    {"endless-chunk", "type: http",
     "failing protocol_error PROTO_TOO_LARGE 0: 127.0.0.1:PORT: the answer is larger than "
     "accepted"},
    {"pg-notices", "type: postgres, tls: disable",
     "failing protocol_error PROTO_TOO_LARGE 0: 127.0.0.1:PORT sends more than 262144 bytes"},
    {"pg-row", "type: postgres, tls: disable",
     "failing protocol_error PROTO_TOO_LARGE 0: 127.0.0.1:PORT sends more than 4194304 bytes"},
};

static const struct row service_rows[] = {
    /* postgres */
    {"pg-scram:2000000000", "type: postgres, tls: disable, password: !file pw",
     "failing protocol_error PROTO_TOO_LARGE 0: 127.0.0.1:PORT asks for 2000000000 rounds of "
     "SCRAM"},
    {"pg-scram:1000001,", "type: postgres, tls: disable, password: !file pw",
     "failing protocol_error PROTO_TOO_LARGE 0: 127.0.0.1:PORT asks for 1000001 rounds of SCRAM"},
    {"pg-scram:4096,", "type: postgres, tls: disable, password: !file pw",
     "failing response_timeout IO_TTFB_TIMEOUT 0: connected, no answer from 127.0.0.1:PORT within "
     "2 s"},
    {"pg-error:57P03", "type: postgres, tls: disable",
     "failing not_ready SVC_STARTING 0: 127.0.0.1:PORT: starting up (SQLSTATE 57P03)"},
    {"pg-error:53300", "type: postgres, tls: disable",
     "failing too_many_connections SVC_SATURATED 0: 127.0.0.1:PORT: no connection or memory left "
     "there (SQLSTATE 53300)"},
    {"pg-error:57P01", "type: postgres, tls: disable",
     "failing not_ready SVC_SHUTTING_DOWN 0: 127.0.0.1:PORT: shutting down (SQLSTATE 57P01)"},
    {"pg-error:28000", "type: postgres, tls: disable",
     "failing authorization_failed AUTH_NOT_PERMITTED 0: 127.0.0.1:PORT does not permit this login "
     "(SQLSTATE 28000)"},
    {"pg-error:28P01", "type: postgres",
     "failing tls_not_offered TLS_NOT_OFFERED 0: 127.0.0.1:PORT offers no TLS (tls: disable speaks "
     "in clear)"},
    {"say:HTTP/1.1 400 Bad\\r\\n\\r\\n", "type: postgres, tls: disable",
     "failing protocol_error PROTO_PG 0: 127.0.0.1:PORT does not answer as PostgreSQL does"},
    {"say:HTTP/1.1 400 Bad\\r\\n\\r\\n", "type: postgres",
     "failing protocol_error PROTO_PG 0: 127.0.0.1:PORT does not answer as PostgreSQL does"},
    {"close-after", "type: postgres, tls: disable",
     "failing closed IO_CLOSED_EMPTY 0: 127.0.0.1:PORT hung up without an answer"},
    {"reset", "type: postgres, tls: disable",
     "failing reset IO_RESET 0: 127.0.0.1:PORT reset the connection where an answer was due"},
    {"silent", "type: postgres, tls: disable",
     "failing response_timeout IO_TTFB_TIMEOUT 0: connected, no answer from 127.0.0.1:PORT within "
     "2 s"},
    {"silent", "type: postgres",
     "failing tls_timeout TLS_TIMEOUT 0: connected, no answer to the TLS handshake from "
     "127.0.0.1:PORT within 2 s"},
    /* redis */
    {"say:-LOADING Redis is loading the dataset in memory\\r\\n", "type: redis",
     "failing not_ready SVC_STARTING 0: 127.0.0.1:PORT answers LOADING: starting up"},
    {"say:-MASTERDOWN Link with MASTER is down\\r\\n", "type: redis",
     "failing not_ready SVC_NOT_SERVING 0: 127.0.0.1:PORT answers MASTERDOWN: up, and not serving"},
    {"greet:-ERR max number of clients reached", "type: redis",
     "failing too_many_connections SVC_SATURATED 0: 127.0.0.1:PORT answers ERR: no connection or "
     "memory left there"},
    {"garbage", "type: redis",
     "failing protocol_error PROTO_RESP 0: 127.0.0.1:PORT does not answer as Redis does"},
    {"say::7\\r\\n", "type: redis",
     "failing protocol_error PROTO_RESP 0: 127.0.0.1:PORT gives another kind of answer than was "
     "asked for"},
    {"close-after", "type: redis",
     "failing closed IO_CLOSED_EMPTY 0: 127.0.0.1:PORT hung up without an answer"},
    {"silent", "type: redis",
     "failing response_timeout IO_TTFB_TIMEOUT 0: connected, no answer from 127.0.0.1:PORT within "
     "2 s"},
    {"say:-READONLY You can't write\\r\\n", "type: redis",
     "failing read_only SVC_READ_ONLY 0: 127.0.0.1:PORT answers READONLY: read-only"},
    {"say:+PONG\\r\\n", "type: redis", "ok"},
    /* starttls */
    {"say:N", "type: tls, starttls: postgres",
     "failing tls_not_offered TLS_NOT_OFFERED 0: 127.0.0.1:PORT answers that it has no TLS"},
    {"ws-close:1011", "type: websocket, expect: x",
     "failing websocket_closed PROTO_WS_CLOSED 1011: 127.0.0.1:PORT closed the WebSocket with code "
     "1011 after N ms"},
};

static void check(struct fixture *f, const struct row *table, size_t n, const char *limit)
{
    struct server *servers[FIXTURE_MAX];

    for (size_t i = 0; i < n; i++) {
        servers[i] =
            server_start_own((const char *const[]){"misbehave", "--mode", table[i].mode, NULL});
        fixture_add(f, "127.0.0.1", server_port(servers[i], ""), table[i].probe, limit);
    }
    fixture_run_on_time(f);
    for (size_t i = 0; i < n; i++) {
        ROW("%s | %s", table[i].mode, table[i].probe);
        assert_string_equal(fixture_text(f, i), table[i].want);
        server_stop(servers[i]);
    }
}

static void web_peers(void **state)
{
    check(*state, rows, PL_LEN(rows), LIMIT);
}

static void flooding_peers(void **state)
{
    check(*state, floods, PL_LEN(floods), "budget: {timeout: 60s}");
}

static void service_peers(void **state)
{
    fixture_write(*state, "pw", "pw");
    check(*state, service_rows, PL_LEN(service_rows), LIMIT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(web_peers, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(flooding_peers, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(service_peers, fixture_setup, fixture_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
