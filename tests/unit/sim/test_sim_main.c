/*
 * test_sim_main.c - plumbline-sim as a program: options and files it refuses, with the exact words; port file, log, table, signals.
 */
#include "child.h"

#include <sys/resource.h>

#define HEADER "{\"plumbline_snapshot\":\"1.0\",\"projects\":[\"p\"]}\n"
#define INSTANCE                                                                                   \
    "{\"kind\":\"redis.instance\",\"name\":\"//redis.googleapis.com/projects/p/locations/"         \
    "us-central1/instances/i\",\"resource\":{}}\n"

struct bad_file {
    const char *text;
    const char *complaint; /* after "FILE:" */
};

static const struct bad_file bad_estates[] = {
    {"", " the file is empty"},
    {"{\n", "1:0: string or '}' expected near end of file"},
    {"[]\n", "1: a JSON object is expected"},
    {"{\"a\":1,\"a\":2}\n", "1:10: duplicate object key near '\"a\"'"},
    {"{\"kind\":\"sql.instance\"}\n",
     "1: the first line must be a header with \"plumbline_snapshot\": \"1.x\""},
    {"{\"plumbline_snapshot\":\"2.0\"}\n",
     "1: the first line must be a header with \"plumbline_snapshot\": \"1.x\""},
    {"{\"plumbline_snapshot\":\"1.0\",\"projects\":[7]}\n",
     "1: projects[0] must be a project id or {\"id\": \"...\", \"number\": \"digits\"}"},
    {HEADER "{\"kind\":\"sql.instanse\",\"name\":\"x\"}\n",
     "2: a line needs a \"kind\" that is simulated and a \"name\"; this is sql.instanse"},
    {HEADER "{}\n",
     "2: a line needs a \"kind\" that is simulated and a \"name\"; this is a line without a kind"},
    {HEADER "{\"kind\":\"redis.instance\",\"name\":\"projects/p\",\"resource\":{}}\n",
     "2: projects/p: the name of a redis.instance begins with //redis.googleapis.com/"},
    {HEADER "{\"kind\":\"redis.instance\",\"name\":\"//redis.googleapis.com/projects/p/instances/"
            "i\",\"resource\":{}}\n",
     "2: //redis.googleapis.com/projects/p/instances/i: the name of a redis.instance is "
     "//redis.googleapis.com/projects/{project}/locations/{location}/instances/{name}"},
    {HEADER INSTANCE "\n" INSTANCE, "4: projects/p/locations/us-central1/instances/i: the resource "
                                    "of this redis.instance stands twice"},
    {HEADER "{\"kind\":\"redis.instance\",\"name\":\"//redis.googleapis.com/projects/p/locations/l/"
            "instances/i\"}\n",
     "2: projects/p/locations/l/instances/i: a line has an object \"resource\" or an object "
     "\"iam_policy\""},
    {HEADER
     "{\"kind\":\"servicenetworking.connection\",\"name\":\"//servicenetworking.googleapis.com/x\","
     "\"resource\":{\"network\":\"projects/p/global/networks/n\",\"service\":\"services/s\"}}\n",
     "2: a servicenetworking.connection needs \"network\": "
     "\"projects/NUMBER/global/networks/NAME\" and \"service\": \"services/...\""},
    {HEADER "{\"unobserved\":\"redis.instances\",\"reason\":\"unavailable\"}\n",
     "2: \"unobserved\" must name a kind that is simulated"},
    {HEADER "{\"unobserved\":\"redis.instance\",\"reason\":\"bad_luck\"}\n",
     "2: \"reason\" must be one of: permission_denied api_disabled unavailable throttled deadline "
     "not_found_scope vpc_service_controls billing_disabled location_denied not_running "
     "scope_insufficient rejected auth"},
    {HEADER
     "{\"unobserved\":\"redis.instance\",\"scope\":\"everywhere\",\"reason\":\"unavailable\"}\n",
     "2: everywhere: a scope is a path like projects/P, projects/P/locations/L or a resource's"},
};

static const struct bad_file bad_faults[] = {
    {"{\"action\":\"explode\"}", "1: \"action\" must be one of: unauthorized"},
    {"{}", "1: \"action\" must be one of: unauthorized"},
    {"{\"action\":\"hang\",\"often\":true}",
     "1: a fault has no member \"often\"; it has: match action count"},
    {"{\"action\":\"hang\",\"match\":{\"url\":\"x\"}}",
     "1: \"match\" has no member \"url\"; it has: host path kind nth"},
    {"{\"action\":\"hang\",\"match\":[]}", "1: \"match\" must be an object"},
    {"{\"action\":\"hang\",\"count\":0}", "1: \"count\" must be a whole number of at least 1"},
    {"{\"action\":\"delay\",\"delay_ms\":\"1s\"}",
     "1: \"delay_ms\" must be a whole number of at least 0"},
    {"{\"action\":\"hang\",\"match\":{\"kind\":\"sql.table\"}}",
     "1: no kind \"sql.table\" is simulated"},
};

/* Runs to its end with these arguments; what it wrote to standard error (or output), malloc'ed. */
static char *run(const char *const *arguments, bool errors, int status)
{
    struct child child = {0};
    char *text = NULL;
    size_t room = 0;
    FILE *stream = fdopen(child_spawn(&child, arguments, errors), "r");
    assert_non_null(stream);
    if (getdelim(&text, &room, '\0', stream) < 0 && text != NULL) {
        text[0] = '\0';
    }
    fclose(stream);
    assert_int_equal(child_wait(&child), status);
    return text;
}

static void expect_complaint(const char *option, const char *text, const char *complaint)
{
    struct child holder;
    char path[PATH_MAX];
    child_folder(&holder);
    child_write(&holder, "estate", text, path);
    const char *const arguments[] = {"--estate", strcmp(option, "--estate") == 0 ? path : EXAMPLE,
                                     option, path, NULL};
    char *errors = run(arguments, true, 1);
    json_t *want = json_sprintf("plumbline-sim: %s:%s", path, complaint);
    if (strncmp(errors, json_string_value(want), json_string_length(want)) != 0) {
        fail_msg("%s\nnot %s", errors, json_string_value(want));
    }
    json_decref(want);
    free(errors);
    child_remove(&holder);
}

static void test_bad_files(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bad_estates / sizeof bad_estates[0]; i++) {
        expect_complaint("--estate", bad_estates[i].text, bad_estates[i].complaint);
    }
    for (size_t i = 0; i < sizeof bad_faults / sizeof bad_faults[0]; i++) {
        expect_complaint("--faults", bad_faults[i].text, bad_faults[i].complaint);
    }
    expect_complaint("--key-public", "-----BEGIN NOTHING-----\n", " not a public key in PEM");
}

/* The network of a connection must be one of this estate's projects. */
static void test_foreign_number(void **state)
{
    struct child holder;
    char path[PATH_MAX];
    (void)state;
    child_folder(&holder);
    child_write(&holder, "estate",
                "{\"plumbline_snapshot\":\"1.0\",\"projects\":[{\"id\":\"p\",\"number\":\"77\"}]}\n"
                "{\"kind\":\"servicenetworking.connection\",\"name\":\"//"
                "servicenetworking.googleapis.com/x\","
                "\"resource\":{\"network\":\"projects/78/global/networks/"
                "n\",\"service\":\"services/s\"}}\n",
                path);
    const char *const arguments[] = {"--estate", path, NULL};
    char *errors = run(arguments, true, 1);
    assert_string_equal(errors, "plumbline-sim: x: no project of this estate has the number 78\n");
    free(errors);
    child_remove(&holder);
}

struct bad_option {
    const char *arguments[5];
    const char *complaint;
};

static const struct bad_option bad_options[] = {
    {{NULL}, "plumbline-sim: --estate is needed; see --help\n"},
    {{"--estate", EXAMPLE, "--page-size", "0", NULL},
     "plumbline-sim: --page-size: \"0\" is not a number from 1 to 1000\n"},
    {{"--estate", EXAMPLE, "--port", "99999", NULL},
     "plumbline-sim: --port: \"99999\" is not a number from 0 to 65535\n"},
    {{"--estate", EXAMPLE, "--memo", "--faults=x", NULL},
     "plumbline-sim: --memo answers a request always the same, --faults do not\n"},
    {{"--estate", EXAMPLE, "extra", NULL}, "plumbline-sim: unexpected argument: extra\n"},
    {{"--estate", "/dev/null/at/all", NULL}, "plumbline-sim: /dev/null/at/all: Not a directory\n"},
    {{"--estate", EXAMPLE, "--log", "/dev/null/log", NULL},
     "plumbline-sim: /dev/null/log: Not a directory\n"},
};

static void test_bad_options(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bad_options / sizeof bad_options[0]; i++) {
        char *errors = run(bad_options[i].arguments, true, 1);
        assert_string_equal(errors, bad_options[i].complaint);
        free(errors);
    }
}

static void test_list_methods(void **state)
{
    static const char *const arguments[] = {"--list-methods", NULL};
    (void)state;
    char *text = run(arguments, false, 0);
    size_t rows = 0;
    for (const char *line = text; *line != '\0'; line += strcspn(line, "\n") + 1) {
        json_t *row = json_loads(line, JSON_DISABLE_EOF_CHECK, NULL);
        assert_non_null(row);
        assert_string_not_equal(text_at(row, "id"), "(none)");
        rows++;
        json_decref(row);
    }
    assert_true(rows >= 28);
    free(text);
}

/* Ready means: the port file is there, whole, and the port answers. SIGINT stops it as SIGTERM does. */
static void test_port_file_and_log(void **state)
{
    struct child holder;
    struct child child;
    char path[PATH_MAX];
    (void)state;
    child_folder(&holder);
    child_path(&holder, "port", path);
    const char *const more[] = {"--port-file", path, NULL};
    child_start(&child, NULL, NULL, more);
    char *port = child_read(&holder, "port");
    assert_int_equal(strtoul(port, NULL, 10), child.port);
    assert_non_null(strchr(port, '\n'));
    free(port);
    struct answer answer = http(&child, "GET",
                                "/run.googleapis.com/v2/projects/acme-staging/locations/"
                                "us-central1/services?access_token=s3cret",
                                AUTHORIZED "X-Secret-Header: s3cret\r\n", NULL);
    assert_int_equal(answer.status, 501);
    answer_free(&answer);
    assert_int_equal(kill(child.pid, SIGINT), 0);
    assert_int_equal(child_wait(&child), 0);
    char *log = child_read(&child, "log");
    /* When a request came is another each time. */
    char *at = strstr(log, "\"ms\":");
    assert_non_null(at);
    char *behind = strchr(at, ',') + 1;
    memmove(at, behind, strlen(behind) + 1);
    assert_string_equal(
        log, "{\"n\":1,\"method\":\"GET\",\"url\":\"run.googleapis.com/v2/projects/"
             "acme-staging/locations/us-central1/services?"
             "access_token=...\",\"status\":501,\"bytes\":150,\"headers\":[\"Host\",\"Connection\","
             "\"Authorization\",\"X-Secret-Header\"],"
             "\"write_attempt\":false}\n{\"end\":true,\"requests\":1,\"writes\":[]}\n");
    free(log);
    child_remove(&child);
    child_remove(&holder);
}

/* An id without a known number gets one that is always the same; a snapshot's own lines are believed first. */
static void test_numbers(void **state)
{
    static const char *const estates[] = {
        "{\"plumbline_snapshot\":\"1.0\",\"projects\":[\"p\"]}\n",
        "{\"plumbline_snapshot\":\"1.0\",\"projects\":[\"p\"]}\n{\"kind\":\"project.service\","
        "\"name\":"
        "\"//serviceusage.googleapis.com/projects/p/services/"
        "x.googleapis.com\",\"resource\":{\"parent\":\"projects/4711\"}}\n",
        "{\"plumbline_snapshot\":\"1.0\",\"projects\":[\"p\"]}\n{\"kind\":\"servicenetworking."
        "connection\",\"name\":"
        "\"//servicenetworking.googleapis.com/x\",\"resource\":{\"network\":\"projects/4712/global/"
        "networks/n\",\"service\":\"services/s\"}}\n",
    };
    static const char *const wants[] = {"projects/992253321583", "projects/4711", "projects/4712"};
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        struct child holder;
        struct child child;
        char path[PATH_MAX];
        child_folder(&holder);
        child_write(&holder, "estate", estates[i], path);
        child_start(&child, path, NULL, NULL);
        struct answer answer = get(&child, "/cloudresourcemanager.googleapis.com/v3/projects/p");
        assert_string_equal(text_at(answer.json, "name"), wants[i]);
        answer_free(&answer);
        child_end(&child, 0);
        child_remove(&holder);
    }
}

/* What a proxy with a few workers keeps open at once; its next request must not fail. */
static void test_many_connections(void **state)
{
    enum { MANY = 1800 };
    struct rlimit limit;
    struct child child;
    int fds[MANY];
    (void)state;
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &limit), 0);
    if (limit.rlim_max < MANY + 100)
        skip();
    child_start(&child, NULL, NULL, NULL); /* with the limit that it was given */
    limit.rlim_cur = limit.rlim_max;
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &limit), 0);
    for (size_t i = 0; i < MANY; i++) {
        fds[i] = http_connect(&child);
        assert_true(fds[i] >= 0);
    }
    struct answer answer = get(&child, "/cloudresourcemanager.googleapis.com/v3/projects/" PROJECT);
    assert_int_equal(answer.status, 200);
    answer_free(&answer);
    for (size_t i = 0; i < MANY; i++)
        close(fds[i]);
    child_end(&child, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bad_files),         cmocka_unit_test(test_foreign_number),
        cmocka_unit_test(test_bad_options),       cmocka_unit_test(test_list_methods),
        cmocka_unit_test(test_port_file_and_log), cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_many_connections),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
