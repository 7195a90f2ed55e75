/* test_websocket.c - WebSockets in depth: frames as the Autobahn test suite sends them to a client
 * (https://github.com/crossbario/autobahn-testsuite, sections 1 to 9), first messages, pings, staying open. */
#include "probe_fixture.h"

#define HELLO  "type: websocket, expect: Hello"
#define BROKEN "failing protocol_error PROTO_WS_FRAME 0: 127.0.0.1:PORT "
#define RULES  BROKEN "sends a frame that RFC 6455 forbids"
#define NO_UTF BROKEN "sends a text that is no UTF-8"
#define CLOSE  BROKEN "closes with a code or a reason that RFC 6455 forbids"
#define CLOSED "failing websocket_closed PROTO_WS_CLOSED "

static const struct row {
    const char *mode, *probe, *want;
} rows[] = {
    /* 1: framing */
    {"ws-bytes:810548656c6c6f", HELLO, "ok"},
    {"ws-chopped:810548656c6c6f", HELLO, "ok"},
    {"ws-bytes:817e000548656c6c6f", HELLO, "ok"},
    {"ws-bytes:817f000000000000000548656c6c6f", HELLO, "ok"},
    {"ws-bytes:8100", "type: websocket, expect: ''", "ok"},
    {"ws-bytes:820548656c6c6f", HELLO, "ok"},
    {"ws-bytes:817e00c8x200*61", "type: websocket, expect: !matches 'a{200}'", "ok"},
    {"ws-bytes:817f0000000000010000x65536*61", "type: websocket, expect: !matches 'a+'", "ok"},
    {"ws-bytes:8104476f6f64", HELLO, "failing wrong_content EXPECT_RESULT 0: first message: *"},
    /* 2: pings and pongs */
    {"ws-bytes:8900810548656c6c6f", HELLO, "ok"},
    {"ws-bytes:897dx125*00810548656c6c6f", HELLO, "ok"},
    {"ws-bytes:897e007ex126*00", HELLO, RULES},
    {"ws-bytes:8a03616263810548656c6c6f", HELLO, "ok"},
    /* 3 and 4: reserved bits and opcodes, masks of a server */
    {"ws-bytes:c10548656c6c6f", HELLO, RULES},
    {"ws-bytes:910548656c6c6f", HELLO, RULES},
    {"ws-bytes:830548656c6c6f", HELLO, RULES},
    {"ws-bytes:8b00", HELLO, RULES},
    {"ws-bytes:81850000000048656c6c6f", HELLO, RULES},
    {"ws-bytes:817f8000000000000005", HELLO, RULES},
    /* 5: fragments */
    {"ws-bytes:0102486580036c6c6f", HELLO, "ok"},
    {"ws-bytes:01024865890080036c6c6f", HELLO, "ok"},
    {"ws-bytes:010248658a0080036c6c6f", HELLO, "ok"},
    {"ws-bytes:01000000800548656c6c6f", HELLO, "ok"},
    {"ws-bytes:80036c6c6f", HELLO, BROKEN "continues a message that it has not begun"},
    {"ws-bytes:00036c6c6f", HELLO, BROKEN "continues a message that it has not begun"},
    {"ws-bytes:01024865810548656c6c6f", HELLO, BROKEN "begins a message within another"},
    {"ws-bytes:0900810548656c6c6f", HELLO, RULES},
    {"ws-bytes:01024865880203e8", HELLO, CLOSED "1000: *"},
    /* 6: UTF-8, whole, over fragments, and in a code's reason */
    {"ws-bytes:810bcebae1bdb9cf83cebcceb5",
     "type: websocket, expect: \xce\xba\xe1\xbd\xb9\xcf\x83\xce\xbc\xce\xb5", "ok"},
    {"ws-bytes:0101ce8001ba", "type: websocket, expect: \xce\xba", "ok"},
    {"ws-bytes:8102c080", HELLO, NO_UTF},
    {"ws-bytes:8103eda080", HELLO, NO_UTF},
    {"ws-bytes:8104f4908080", HELLO, NO_UTF},
    {"ws-bytes:8101ce", HELLO, NO_UTF},
    {"ws-bytes:0101488001ff", HELLO, NO_UTF},
    {"ws-bytes:8201ff810548656c6c6f", "type: websocket, expect: !present ", "ok"},
    /* 7: closing */
    {"ws-bytes:8800", HELLO, CLOSED "1005: *"},
    {"ws-bytes:880103", HELLO, CLOSE},
    {"ws-bytes:880203e8", HELLO, CLOSED "1000: *"},
    {"ws-bytes:880203e8", "type: websocket", "ok"},
    {"ws-bytes:880203e9", "type: websocket", "ok"},
    {"ws-bytes:880203ea", "type: websocket", CLOSED "1002: *"},
    {"ws-bytes:880603eb6e6f7065", "type: websocket",
     CLOSED "1003: 127.0.0.1:PORT closed the WebSocket with code 1003 after N ms: nope"},
    {"ws-bytes:880203f0", "type: websocket", CLOSED "1008: *"},
    {"ws-bytes:880203f3", "type: websocket", CLOSED "1011: *"},
    {"ws-bytes:880203f4", "type: websocket", CLOSED "1012: *"},
    {"ws-bytes:880203f5", "type: websocket", CLOSED "1013: *"},
    {"ws-bytes:88020fa0", "type: websocket", CLOSED "4000: *"},
    {"ws-bytes:880203ec", "type: websocket", CLOSE},
    {"ws-bytes:880203ed", "type: websocket", CLOSE},
    {"ws-bytes:880203ee", "type: websocket", CLOSE},
    {"ws-bytes:880203e7", "type: websocket", CLOSE},
    {"ws-bytes:8802ffff", "type: websocket", CLOSE},
    {"ws-bytes:880403e8ceff", "type: websocket", CLOSE},
    {"ws-bytes-leave:", HELLO, CLOSED "1006: *"},
    {"ws-bytes-leave:810548", HELLO, CLOSED "1006: *"},
    /* 9: limits */
    {"ws-bytes:817f0000000000100001", HELLO,
     "failing protocol_error PROTO_TOO_LARGE 0: 127.0.0.1:PORT sends a frame larger than "
     "accepted"},
    {"ws-bytes:017f00000000000c0000x786432*61807f00000000000c0000x786432*61", HELLO,
     "failing protocol_error PROTO_TOO_LARGE 0: 127.0.0.1:PORT sends a message larger than "
     "accepted"},
};

static const struct row stays[] = {
    /* words there and back */
    {"ws-echo", "type: websocket, send: marco, expect: marco", "ok"},
    {"ws-echo", "type: websocket, send: marco, expect: polo",
     "failing wrong_content EXPECT_RESULT 0: first message: *"},
    {"ws-bytes:", HELLO,
     "failing response_timeout IO_TTFB_TIMEOUT 0: 127.0.0.1:PORT accepted the WebSocket and sent "
     "no message within 6 s"},
    /* staying */
    {"ws-echo", "type: websocket, stay: 3s", "ok"},
    {"ws-echo", "type: websocket, stay: 300ms, send: marco, expect: marco", "ok"},
    {"ws-echo:1", "type: websocket, stay: 300ms",
     CLOSED "1001: 127.0.0.1:PORT closed the WebSocket with code 1001 after N ms: done"},
    {"ws-echo:1", "type: websocket, stay: 300ms, send: marco, expect: marco",
     CLOSED "1001: 127.0.0.1:PORT closed the WebSocket with code 1001 after N ms: done"},
    {"ws-bytes:", "type: websocket, stay: 200ms",
     "failing response_timeout IO_TTFB_TIMEOUT 0: 127.0.0.1:PORT answers no ping within 6 s"},
    {"ws-bytes:", "type: websocket, stay: 200ms, expect: x",
     "failing response_timeout IO_TTFB_TIMEOUT 0: 127.0.0.1:PORT accepted the WebSocket and sent "
     "no message within 6.2 s"},
    {"ws-leave", "type: websocket, stay: 10s",
     CLOSED "1006: 127.0.0.1:PORT closed the WebSocket with code 1006 after N ms"},
};

static void check_text(const char *got, const char *want)
{
    size_t n = strlen(want);

    if (want[n - 1] != '*')
        assert_string_equal(got, want);
    else if (strncmp(got, want, n - 1) != 0)
        fail_msg("got  %s\nwant %s", got, want);
}

static void check(struct fixture *f, const struct row *table, size_t n)
{
    struct server *servers[FIXTURE_MAX];

    for (size_t i = 0; i < n; i++) {
        servers[i] =
            server_start_own((const char *const[]){"misbehave", "--mode", table[i].mode, NULL});
        fixture_add(f, "127.0.0.1", server_port(servers[i], ""), table[i].probe,
                    "budget: {timeout: 6s}");
    }
    fixture_run(f);
    for (size_t i = 0; i < n; i++) {
        ROW("%s | %s", table[i].mode, table[i].probe);
        check_text(fixture_text(f, i), table[i].want);
        server_stop(servers[i]);
    }
}

static void frames(void **state)
{
    check(*state, rows, PL_LEN(rows));
}

static void staying(void **state)
{
    struct fixture *f = *state;

    check(f, stays, PL_LEN(stays));
    /* Staying is no latency, and a close tells when it came: after the first ping, half-way. */
    assert_true(f->results[3].timings.max_ms < 2500);
    assert_true(f->results[5].symptom.after_ms >= 150);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(frames, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(staying, fixture_setup, fixture_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
