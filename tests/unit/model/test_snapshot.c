/* test_snapshot.c - snapshots: hostile files first, then reading and writing byte for byte. */
#include "harness.h"

#include <stdio.h>
#include <string.h>

#include "plumbline/json.h"
#include "plumbline/snapshot.h"

#define HEADER "{\"plumbline_snapshot\":\"1.0\"}\n"
#define SQL    "//sqladmin.googleapis.com/projects/p/instances/"
#define RUN    "//run.googleapis.com/projects/p/locations/l/services/"

static const struct {
    const char *text, *error;
} broken[] = {
    {"", "f: not a snapshot: it is empty"},
    {"\n\r\n \n", "f: not a snapshot: it is empty"},
    {"{}\n", "f:1: not a snapshot: the first line has no 'plumbline_snapshot'"},
    {"\n\n[]\n", "f:3: the line is no object"},
    {"3\n", "f:1: the line is no object"},
    {"version: 1\n", "f:1: line 1, column 7: invalid token"},
    {"{\"plumbline_snapshot\":1}\n", "f:1: 'plumbline_snapshot' is no version like \"1.0\""},
    {"{\"plumbline_snapshot\":\"1\"}\n", "f:1: 'plumbline_snapshot' is no version like \"1.0\""},
    {"{\"plumbline_snapshot\":\"1.x\"}\n", "f:1: 'plumbline_snapshot' is no version like \"1.0\""},
    {"{\"plumbline_snapshot\":\"2.0\"}\n",
     "f:1: snapshot of version 2.0; this program reads versions 1.x"},
    {"{\"plumbline_snapshot\":\"10.0\"}\n",
     "f:1: snapshot of version 10.0; this program reads versions 1.x"},
    {"{\"plumbline_snapshot\":\"1.0\",\"projects\":\"p\"}\n",
     "f:1: 'projects' is no list of texts"},
    {"{\"plumbline_snapshot\":\"1.0\",\"kinds\":[\"sql.instance\",1]}\n",
     "f:1: 'kinds' is no list of texts"},
    {"{\"plumbline_snapshot\":\"1.0\",\"lines\":\"2\"}\n", "f:1: 'lines' is no number of lines"},
    {"{\"plumbline_snapshot\":\"1.0\",\"lines\":-1}\n", "f:1: 'lines' is no number of lines"},
    {"{\"lines\":2,\"plumbline_snapshot\":\"1.0\"}\n\n{\"unobserved\":\"*\",\"reason\":"
     "\"deadline\"}\n",
     "f: cut short: its header says that 2 lines follow, and there are 1; collect it again, or "
     "take "
     "\"lines\" out of the header if it was shortened on purpose"},
    {"{\"plumbline_snapshot\":\"1.0\",\"observed_at\":5}\n",
     "f:1: 'observed_at' must be text, not integer"},
    {"{\"plumbline_snapshot\":\"1.0\",\"observed_at\":\"2026-13-01T00:00:00Z\"}\n",
     "f:1: 'observed_at' is no time like \"2026-11-20T10:00:00Z\""},
    {HEADER
     "{\"kind\":\"sql.instance\",\"name\":\"" SQL "m\",\"resource\":{\"state\":\"RUNNABLE\"}}\n"
     "{\"kind\":\"sql.instance\",\"name\":\"" SQL "n\",\"resource\":{}}\n"
     "{\"kind\":\"sql.instance\",\"name\":\"" SQL "m\",\"resource\":{\"state\":\"STOPPED\"}}\n",
     "f:4: sql.instance/p/global/m is here twice, first at line 2"},
    {HEADER "{\"kind\":\"run.service\",\"name\":\"" RUN "s\",\"iam_policy\":{}}\n"
            "{\"kind\":\"run.service\",\"name\":\"" RUN "s\",\"resource\":{}}\n"
            "{\"kind\":\"run.service\",\"name\":\"" RUN "s\",\"iam_policy\":{}}\n",
     "f:4: run.service/p/l/s is here twice, first at line 2"},
    {HEADER HEADER, "f:2: a second header: one snapshot a file"},
    {HEADER "{\"kind\":\"sql.instance\",\"resource\":{}}\n", "f:2: a sql.instance without 'name'"},
    {HEADER "{\"kind\":\"new.kind\",\"resource\":{}}\n", "f:2: a new.kind without 'name'"},
    {HEADER "{\"kind\":null,\"name\":\"x\"}\n", "f:2: 'kind' is null"},
    {HEADER "{\"kind\":[],\"name\":\"x\"}\n", "f:2: 'kind' must be text, not list"},
    {HEADER "{\"kind\":\"sql.instance\",\"name\":\"" SQL "m\"}\n",
     "f:2: the line has neither 'resource' nor 'iam_policy'"},
    {HEADER "{\"kind\":\"sql.instance\",\"name\":\"" SQL "m\",\"resource\":[]}\n",
     "f:2: 'resource' is no object"},
    {HEADER "{\"kind\":\"sql.instance\",\"name\":\"" SQL "m\",\"iam_policy\":null}\n",
     "f:2: 'iam_policy' is no object"},
    {HEADER "{\"kind\":\"sql.instance\",\"name\":\"" SQL "m\",\"resource\":{},\"fields\":\"a\"}\n",
     "f:2: 'fields' is no list of texts"},
    {HEADER "{\"kind\":\"sql.instance\",\"name\":\"" SQL "m\",\"resource\":{},\"fields\":[1]}\n",
     "f:2: 'fields' is no list of texts"},
    {HEADER "{\"unobserved\":\"sql.instance\",\"scope\":1}\n",
     "f:2: 'scope' must be text, not integer"},
    {HEADER "{\"kind\":\"sql.instance\",\"name\":\"" SQL "m\",\"resour", ""},
    {HEADER "{\"kind\":\"sql.instance\",\"name\":\"" SQL "m\",\"resource\":{\"a\":1,\"a\":2}}\n",
     ""},
    {HEADER "{\"kind\":\"sql.instance\",\"name\":\"\xff\",\"resource\":{}}\n", ""},
};

static const struct pl_world *read_text(struct pl_arena *arena, const char *text,
                                        struct pl_err *err)
{
    return pl_snapshot_read(arena, "f", text, strlen(text), err);
}

static void broken_files_are_told_with_file_and_line(void **state)
{
    for (size_t i = 0; i < PL_LEN(broken); i++) {
        struct pl_err err = {0};

        ROW("%s", broken[i].text);
        assert_null(read_text(*state, broken[i].text, &err));
        if (broken[i].error[0] != '\0')
            assert_string_equal(err.text, broken[i].error);
        else
            assert_memory_equal(err.text, "f:2: line 1, column ", 20);
    }
}

static void a_nul_byte_is_an_error(void **state)
{
    static const char text[] = HEADER "{\"kind\":\"sql.instance\",\"na\0me\":1}\n";
    struct pl_err err = {0};

    assert_null(pl_snapshot_read(*state, "f", text, sizeof text - 1, &err));
    assert_memory_equal(err.text, "f:2: line 1, column ", 20);
}

static void a_long_line_is_an_error(void **state)
{
    size_t len = strlen(HEADER), size = len + (10 << 20);
    char *text = pl_arena_alloc(*state, size);
    struct pl_err err = {0};

    memset(text, ' ', size);
    memcpy(text, HEADER, len);
    text[len] = '{';
    assert_null(pl_snapshot_read(*state, "f", text, size, &err));
    CHECK_ERR(err, PL_E_LIMIT, "f:2: line of 10485760 bytes (at most 4194304)");
}

static void a_deep_line_is_an_error(void **state)
{
    struct pl_buf text = {0};
    struct pl_err err = {0};

    pl_buf_adds(&text, HEADER);
    for (int i = 0; i < 100000; i++)
        pl_buf_adds(&text, "{\"a\":");
    assert_null(pl_snapshot_read(*state, "f", text.data, text.len, &err));
    assert_memory_equal(err.text, "f:2: line 1, column ", 20);
    assert_non_null(strstr(err.text, ": nested deeper than 200 levels"));
    assert_int_equal(err.code, PL_E_LIMIT);
    pl_buf_free(&text);
}

/* ---- byte for byte ---- */

static const char *rewrite(struct pl_arena *arena, const char *text)
{
    struct pl_err err = {0};
    const struct pl_world *world = read_text(arena, text, &err);
    struct pl_buf out = {0};

    if (world == NULL)
        fail_msg("%s", err.text);
    pl_snapshot_write(&out, world);
    return pl_buf_take(&out, arena);
}

/* Each is in the form that this program writes. */
static const char *const own[] = {
    "{\"plumbline_snapshot\":\"1.0\",\"projects\":[]}\n",
    "{\"kinds\":[],\"plumbline_snapshot\":\"1.0\",\"projects\":[]}\n",
    "{\"kinds\":[\"project.iamPolicy\",\"run.service\",\"sql.instance\"],\"observed_at\":"
    "\"2026-11-20T10:00:00Z\",\"plumbline_snapshot\":\"1.0\",\"projects\":[\"p\",\"q\"]}\n"
    "{\"iam_policy\":{\"bindings\":[],\"etag\":\"x\"},\"kind\":\"project.iamPolicy\",\"name\":"
    "\"//cloudresourcemanager.googleapis.com/projects/"
    "p\",\"observed_at\":\"2026-11-20T10:00:01Z\"}\n"
    "{\"kind\":\"run.service\",\"name\":\"" RUN "a\",\"observed_at\":\"2026-11-20T10:00:02Z\","
    "\"resource\":{\"n\":0.1,\"s\":\"\\u0001\xc3\xbc\"}}\n"
    "{\"iam_policy\":{},\"kind\":\"run.service\",\"name\":\"" RUN "a\",\"observed_at\":"
    "\"2026-11-20T10:00:02Z\"}\n"
    "{\"kind\":\"run.service\",\"name\":\"" RUN "b\",\"resource\":{}}\n"
    "{\"iam_policy\":{},\"kind\":\"run.service\",\"name\":\"" RUN "b\"}\n"
    "{\"iam_policy\":{\"etag\":\"alone\"},\"kind\":\"run.service\",\"name\":\"" RUN "c\"}\n"
    "{\"fields\":[\"settings.tier\",\"settings.databaseFlags[name=x].value\"],\"kind\":"
    "\"sql.instance\",\"name\":\"" SQL "main\",\"resource\":{\"settings\":{\"tier\":\"t\"}}}\n"
    "{\"fields\":[],\"kind\":\"sql.instance\",\"name\":\"" SQL "none\",\"resource\":{}}\n"
    "{\"reason\":\"deadline\",\"unobserved\":\"*\"}\n"
    "{\"detail\":\"d\",\"field\":\"iamPolicy\",\"permission\":\"x.y.z\",\"reason\":"
    "\"permission_denied\",\"remedy\":\"gcloud\",\"scope\":\"projects/p/locations/-\","
    "\"unobserved\":\"run.service\"}\n"
    "{\"reason\":\"api_disabled\",\"scope\":\"projects/p\",\"unobserved\":\"vmware.engine\"}\n",
    /* Lines of a newer minor version stay, where their kind and name put them. */
    "{\"plumbline_snapshot\":\"1.0\",\"projects\":[\"p\"]}\n"
    "{\"kind\":\"alpha.one\",\"name\":\"//x/b\",\"resource\":{\"a\":1}}\n"
    "{\"iam_policy\":{},\"kind\":\"alpha.one\",\"name\":\"//x/b\"}\n"
    "{\"kind\":\"sql.instance\",\"name\":\"" SQL "main\",\"resource\":{}}\n"
    "{\"kind\":\"zeta.two\",\"name\":\"//x/a\",\"novel\":{}}\n"
    "{\"reason\":\"unavailable\",\"scope\":\"projects/p\",\"unobserved\":\"sql.instance\"}\n"
    "{\"digest\":\"abc\"}\n",
};

static void what_this_program_wrote_is_written_again_byte_for_byte(void **state)
{
    for (size_t i = 0; i < PL_LEN(own); i++)
        assert_string_equal(rewrite(*state, own[i]), own[i]);
}

static void a_foreign_file_is_put_in_order_and_then_stays(void **state)
{
    static const char foreign[] =
        "\r\n{ \"projects\": [\"q\",\"p\",\"p\"], \"plumbline_snapshot\" : \"1.7\", \"new\": 1 "
        "}\r\n"
        "{\"unobserved\":null,\"note\":1}\n\n"
        "{\"name\":\"" RUN "b\",\"kind\":\"run.service\",\"iam_policy\":{\"v\":2}}\n"
        "{\"name\":\"" SQL "main\",\"kind\":\"sql.instance\",\"resource\":{\"b\":1.0,\"a\":1e2}}\n"
        "{\"name\":\"" RUN "b\",\"kind\":\"run.service\",\"resource\":{\"iamPolicy\":{\"v\":1},"
        "\"x\":null},\"more\":true}\n"
        "{\"name\":\"" RUN "a\",\"kind\":\"run.service\",\"resource\":{}}";
    static const char want[] =
        "{\"plumbline_snapshot\":\"1.0\",\"projects\":[\"p\",\"q\"]}\n"
        "{\"kind\":\"run.service\",\"name\":\"" RUN "a\",\"resource\":{}}\n"
        "{\"kind\":\"run.service\",\"name\":\"" RUN "b\",\"resource\":{\"x\":null}}\n"
        "{\"iam_policy\":{\"v\":1},\"kind\":\"run.service\",\"name\":\"" RUN "b\"}\n"
        "{\"kind\":\"sql.instance\",\"name\":\"" SQL
        "main\",\"resource\":{\"a\":100.0,\"b\":1.0}}\n"
        "{\"reason\":\"unknown\",\"unobserved\":\"*\"}\n";

    assert_string_equal(rewrite(*state, foreign), want);
    assert_string_equal(rewrite(*state, want), want);
}

static void a_world_that_was_built_writes_and_reads_back(void **state)
{
    struct pl_world_builder *b = pl_world_builder_new(*state);
    struct pl_resource r = {.observed_at = "2026-11-20T10:00:00Z"};
    struct pl_buf out = {0};
    const struct pl_value *policy = pl_json_parse(*state, "{\"etag\":\"e\"}", 12, "p", NULL);
    struct pl_address a;

    assert_int_equal(pl_address_parse(*state, "sql.instance/p/global/main", &r.address, NULL), 0);
    r.body = pl_value_map(*state, NULL, 0);
    pl_world_add(b, &r);
    assert_int_equal(pl_address_parse(*state, "project.iamPolicy/p/global/p", &a, NULL), 0);
    pl_world_add_iam(b, &a, policy);
    pl_snapshot_write(&out, pl_world_build(b));
    assert_string_equal(pl_buf_str(&out),
                        "{\"lines\":2,\"plumbline_snapshot\":\"1.0\"}\n"
                        "{\"iam_policy\":{\"etag\":\"e\"},\"kind\":\"project.iamPolicy\",\"name\":"
                        "\"//cloudresourcemanager.googleapis.com/projects/p\"}\n"
                        "{\"kind\":\"sql.instance\",\"name\":\"" SQL "main\",\"observed_at\":"
                        "\"2026-11-20T10:00:00Z\",\"resource\":{}}\n");
    assert_string_equal(rewrite(*state, pl_buf_str(&out)), pl_buf_str(&out));
    pl_buf_free(&out);
}

/* ---- what the header says ---- */

static enum pl_known find(struct pl_arena *arena, const char *text, const char *address)
{
    const struct pl_world *world = read_text(arena, text, NULL);
    struct pl_address a;

    assert_non_null(world);
    assert_int_equal(pl_address_parse(arena, address, &a, NULL), 0);
    return pl_view_find(pl_view_new(arena, world), &a, NULL);
}

static void the_header_says_what_was_looked_for(void **state)
{
    static const struct {
        const char *header;
        enum pl_known sql, redis;
    } rows[] = {
        {"{\"plumbline_snapshot\":\"1.0\",\"projects\":[\"p\"]}", PL_ABSENT, PL_ABSENT},
        {"{\"plumbline_snapshot\":\"1.0\",\"projects\":[\"p\"],\"kinds\":[\"sql.instance\"]}",
         PL_ABSENT, PL_NOT_KNOWN},
        {"{\"plumbline_snapshot\":\"1.0\",\"projects\":[\"p\"],\"kinds\":[]}", PL_NOT_KNOWN,
         PL_NOT_KNOWN},
        {"{\"plumbline_snapshot\":\"1.0\",\"projects\":[]}", PL_NOT_KNOWN, PL_NOT_KNOWN},
        {"{\"plumbline_snapshot\":\"1.0\"}", PL_NOT_KNOWN, PL_NOT_KNOWN},
        {"{\"plumbline_snapshot\":\"1.0\",\"projects\":null,\"kinds\":null}\n"
         "{\"kind\":\"sql.instance\",\"name\":\"" SQL "x\",\"resource\":{}}",
         PL_ABSENT, PL_ABSENT},
    };

    for (size_t i = 0; i < PL_LEN(rows); i++) {
        ROW("%s", rows[i].header);
        assert_int_equal(find(*state, rows[i].header, "sql.instance/p/global/main"), rows[i].sql);
        assert_int_equal(find(*state, rows[i].header, "redis.instance/p/l/r"), rows[i].redis);
    }
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, harness_arena, harness_arena_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(broken_files_are_told_with_file_and_line),
        TEST(a_nul_byte_is_an_error),
        TEST(a_long_line_is_an_error),
        TEST(a_deep_line_is_an_error),
        TEST(what_this_program_wrote_is_written_again_byte_for_byte),
        TEST(a_foreign_file_is_put_in_order_and_then_stays),
        TEST(a_world_that_was_built_writes_and_reads_back),
        TEST(the_header_says_what_was_looked_for),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
