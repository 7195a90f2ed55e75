/* test_parts.c - the parts without a peer: classes, percentiles, JSON pointers, WebSocket frames, addresses. */
#include "harness.h"

#include <string.h>

#include "plumbline/json.h"
#include "postgres_priv.h"
#include "ws_priv.h"

static void every_class_has_a_symptom_or_is_ours(void **state)
{
    (void)state;
    for (size_t i = 0; i < pl_probe_classes_len; i++) {
        const struct pl_probe_class *row = &pl_probe_classes[i];
        bool ours =
            strncmp(row->name, "SELF_", 5) == 0 || strcmp(row->name, "AUTH_TOKEN_SOURCE") == 0;

        ROW("%s", row->name);
        assert_ptr_equal(pl_class_find(row->name), row); /* its name is its own */
        assert_true(row->phrase[0] != '\0');
        assert_int_equal(row->symptom == NULL, ours);
        assert_int_equal(pl_class_is_ours(row->name), ours);
        if (!ours)
            assert_non_null(pl_symptom_find(row->symptom));
    }
    assert_null(pl_class_find("NONE"));
}

static void errnos(void **state)
{
    static const struct {
        int sys;
        bool source;
        const char *want;
    } rows[] = {
        {111, false, "NET_REFUSED"},       {110, false, "NET_CONNECT_TIMEOUT"},
        {113, false, "NET_HOST_UNREACH"},  {101, false, "NET_NET_UNREACH"},
        {104, false, "NET_RESET_CONNECT"}, {13, false, "SELF_POLICY"},
        {22, false, "NET_PROHIBITED"},     {99, false, "SELF_PORTS"},
        {99, true, "SELF_CONFIG"},         {24, false, "SELF_FDS"},
        {12, false, "SELF_MEMORY"},        {2, false, "NET_UNIX_MISSING"},
        {999, false, "SELF_CONFIG"},
    };

    (void)state;
    for (size_t i = 0; i < PL_LEN(rows); i++)
        assert_string_equal(pl_errno_class(rows[i].sys, rows[i].source), rows[i].want);
}

static void statuses(void **state)
{
    (void)state;
    assert_null(pl_status_class(204));
    assert_string_equal(pl_status_class(307), "HTTP_REDIRECT");
    assert_string_equal(pl_status_class(408), "HTTP_GATEWAY_TIMEOUT");
    assert_string_equal(pl_status_class(418), "HTTP_CLIENT_ERR");
    assert_string_equal(pl_status_class(599), "HTTP_SERVER_ERR");
}

static void percentiles_are_nearest_rank(void **state)
{
    double v[20];

    (void)state;
    for (int i = 0; i < 20; i++)
        v[i] = i + 1;
    assert_true(pl_percentile(v, 0, 50) < 0);
    assert_true(pl_percentile(v, 1, 50) == 1 && pl_percentile(v, 1, 95) == 1 &&
                pl_percentile(v, 1, 100) == 1);
    assert_true(pl_percentile(v, 2, 50) == 1 && pl_percentile(v, 3, 50) == 2);
    assert_true(pl_percentile(v, 20, 50) == 10 && pl_percentile(v, 20, 95) == 19 &&
                pl_percentile(v, 20, 100) == 20);
    assert_true(pl_percentile(v, 19, 95) == 19); /* fewer than 20: the slowest */
}

static void timings_leave_failures_out(void **state)
{
    struct pl_arena *arena = *state;
    struct outcome o[3] = {
        {.spent = {0, 1000000, -1, -1, 5000000, 2000000, -1},
         .total_ns = 8000000,
         .lag_ns = 100000},
        {.class_name = "NET_REFUSED",
         .spent = {0, 9000000, -1, -1, -1, -1, -1},
         .total_ns = 9000000,
         .lag_ns = 3000000},
        {.spent = {0, 3000000, -1, -1, 1000000, 1000000, -1}, .total_ns = 5000000},
    };
    struct pl_timings t;

    pl_timings_make(arena, o, 3, &t);
    assert_int_equal(t.attempts, 3);
    assert_int_equal(t.failed, 1);
    assert_int_equal(t.n_samples, 2);
    assert_true(t.samples_ms[0] == 5 && t.samples_ms[1] == 8);
    assert_true(t.p50_ms == 5 && t.p95_ms == 8 && t.max_ms == 8 && t.lag_ms == 3);
    assert_true(t.phases[1].p50_ms == 1 && t.phases[1].max_ms == 3);
    assert_true(t.phases[2].max_ms == -1); /* no TLS in it */
    assert_string_equal(pl_timings_largest(&t)->name, "first_byte");
}

static void pointers(void **state)
{
    /* RFC 6901 section 5, and what must not be found. */
    static const char text[] = "{\"foo\": [\"bar\", \"baz\"], \"\": 0, \"a/b\": 1, \"m~n\": 8, \" "
                               "\": 7, \"deep\": {\"x\": [{\"y\": 5}]}}";
    static const struct {
        const char *pointer, *want; /* NULL: absent */
    } rows[] = {
        {"/foo/0", "\"bar\""},
        {"/", "0"},
        {"/a~1b", "1"},
        {"/m~0n", "8"},
        {"/ ", "7"},
        {"/deep/x/0/y", "5"},
        {"/foo/2", NULL},
        {"/foo/-", NULL},
        {"/foo/01", NULL},
        {"/none", NULL},
        {"/foo/0/x", NULL},
        {"/foo/-1", NULL},
        {"/foo", "[\"bar\",\"baz\"]"},
    };
    struct pl_arena *arena = *state;
    struct pl_err err;
    const struct pl_value *v = pl_json_parse(arena, text, strlen(text), "text", &err);

    assert_non_null(v);
    assert_ptr_equal(pl_pointer_get(arena, v, ""), v);
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        const struct pl_value *found = pl_pointer_get(arena, v, rows[i].pointer);

        ROW("%s", rows[i].pointer);
        if (rows[i].want == NULL)
            assert_null(found);
        else
            assert_string_equal(pl_json_text(arena, found), rows[i].want);
    }
}

static void frames_that_are_refused_or_unfinished(void **state)
{
    static const struct {
        const char *bytes;
        size_t n;
        int want;
    } rows[] = {
        {"", 0, 0},
        {"\x81", 1, 0},
        {"\x81\x05hel", 5, 0},  /* payload on its way */
        {"\x81\x7e\x00", 3, 0}, /* length on its way */
        {"\x81\x7f\x00\x00\x00\x00\x00\x00\x00", 9, 0},
        {"\x81\x7f\xff\xff\xff\xff\xff\xff\xff\xff", 10, -1002}, /* the highest bit of a length */
        {"\x81\x7f\x7f\xff\xff\xff\xff\xff\xff\xff", 10, -1009}, /* larger than accepted */
        {"\xc1\x00", 2, -1002},                                  /* a reserved bit */
        {"\x83\x00", 2, -1002},                                  /* opcodes that do not exist */
        {"\x8b\x00", 2, -1002},
        {"\x81\x80", 2, -1002},         /* masked by a server */
        {"\x09\x00", 2, -1002},         /* a fragmented ping */
        {"\x88\x7e\x00\x7e", 4, -1002}, /* a close of 126 bytes */
    };
    struct ws_frame frame;

    (void)state;
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        ROW("frame %zu", i);
        assert_int_equal(pl_ws_next(rows[i].bytes, rows[i].n, &frame), rows[i].want);
    }
}

static void frames_that_are_read(void **state)
{
    static char large[65536 + 10] = {'\x82', 127, 0, 0, 0, 0, 0, 1, 0, 0, 'x'};
    struct ws_frame frame;

    (void)state;
    assert_int_equal(pl_ws_next("\x01\x03hel\x80", 6, &frame), 1);
    assert_false(frame.final);
    assert_int_equal(frame.opcode, WS_TEXT);
    assert_int_equal(frame.whole, 5);
    assert_memory_equal(frame.payload, "hel", 3);
    assert_int_equal(pl_ws_next(large, sizeof(large), &frame), 1);
    assert_int_equal(frame.len, 65536);
    assert_int_equal(frame.payload[0], 'x');
    assert_int_equal(pl_ws_next("\x88\x02\x03\xf3", 4, &frame), 1);
    assert_int_equal(pl_ws_close_code(&frame), 1011);
    assert_int_equal(pl_ws_next("\x88\x00", 2, &frame), 1);
    assert_int_equal(pl_ws_close_code(&frame), 1005);
}

static void frames_that_are_written(void **state)
{
    static const struct {
        size_t n, head;
    } rows[] = {{0, 2}, {125, 2}, {126, 4}, {65535, 4}, {65536, 10}};
    static char payload[65536];

    (void)state;
    for (size_t i = 0; i < sizeof(payload); i++)
        payload[i] = (char)i;
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct pl_buf out = {0};
        const char *mask;

        pl_ws_frame_add(&out, WS_TEXT, payload, rows[i].n);
        assert_int_equal(out.len, rows[i].head + 4 + rows[i].n);
        assert_int_equal((unsigned char)out.data[0], 0x81);
        assert_true((unsigned char)out.data[1] & 0x80); /* a client masks: section 5.1 */
        mask = out.data + rows[i].head;
        for (size_t j = 0; j < rows[i].n; j++)
            assert_int_equal((char)(mask[4 + j] ^ mask[j % 4]), payload[j]);
        pl_buf_free(&out);
    }
}

static void addresses(void **state)
{
    struct addr a;
    char text[80];

    (void)state;
    assert_true(pl_addr_literal("127.0.0.1", 5432, &a));
    pl_addr_text(&a, text, sizeof(text));
    assert_string_equal(text, "127.0.0.1:5432");
    assert_true(pl_addr_literal("::1", 443, &a));
    pl_addr_text(&a, text, sizeof(text));
    assert_string_equal(text, "[::1]:443");
    assert_false(pl_addr_literal("localhost", 1, &a));
    assert_false(pl_addr_literal("127.1", 1, &a));
    assert_false(pl_addr_literal("", 1, &a));
}

static void requests_of_a_login(void **state)
{
#define CONTINUE(len, rounds)                                                                      \
    "R\0\0\0" len "\0\0\0\x0b"                                                                     \
    "r=ab,s=QQ==,i=" rounds
    static const struct {
        const char *bytes;
        size_t n;
        bool whole;
        int64_t rounds;
    } rows[] = {
        {"", 0, true, 0},
        {"R", 1, false, 0},
        {"R\0\0\0\x08", 5, false, 0},
        {"R\0\0\0\x08\0\0\0\0", 9, true, 0},
        {CONTINUE("\x1a", "4096"), 27, true, 4096},
        {CONTINUE("\x1a", "4096"), 26, false, 0},
        {"R\0\0\0\x08\0\0\0\0" CONTINUE("\x1a", "9999"), 36, true, 9999},
        {"R\0\0\0\x08\0\0\0\0" CONTINUE("\x1a", "9999"), 30, false, 0},
        {CONTINUE("\x20", "2000000000"), 33, true, 2000000000},
        {"HTTP/1.1 400 No", 15, true, 0},
        {"E\0\0\1\0S", 6, true, 0},              /* the end of it */
        {"R\0\0\x07\xd1\0\0\0\x0b", 9, true, 0}, /* longer than libpq takes */
        {"R\0\0\0\3", 5, true, 0},
    };

    (void)state;
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        int64_t rounds = -1;

        ROW("%zu", i);
        assert_int_equal(pl_pg_look((const unsigned char *)rows[i].bytes, rows[i].n, &rounds),
                         rows[i].whole);
        assert_true(rounds == rows[i].rounds);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_class_has_a_symptom_or_is_ours),
        cmocka_unit_test(errnos),
        cmocka_unit_test(statuses),
        cmocka_unit_test(percentiles_are_nearest_rank),
        cmocka_unit_test(requests_of_a_login),
        cmocka_unit_test_setup_teardown(timings_leave_failures_out, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test_setup_teardown(pointers, harness_arena, harness_arena_free),
        cmocka_unit_test(frames_that_are_refused_or_unfinished),
        cmocka_unit_test(frames_that_are_read),
        cmocka_unit_test(frames_that_are_written),
        cmocka_unit_test(addresses),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
