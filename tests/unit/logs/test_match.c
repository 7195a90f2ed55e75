/* test_match.c - which connection an error is one of, and what is said where that is not known.
 */
#include "harness.h"

#include <string.h>

#include "plumbline/logs.h"

#define AUTH "run.service/acme/us-central1/auth"
#define API  "run.service/acme/us-central1/api"

static bool predicts_refused(const void *arg, const struct pl_symptom *symptom)
{
    (void)arg;
    return strcmp(symptom->kind->name, "refused") == 0;
}

static const char *const db_hosts[] = {"10.20.0.3", "/cloudsql/acme:us-central1:main",
                                       "2001:db8::5"};
static const char *const cache_hosts[] = {"10.20.1.4"};
static const char *const web_hosts[] = {"auth-2xk5q7mzla-uc.a.run.app"};
static const int db_ports[] = {5432, 5434}, cache_ports[] = {6378}, web_ports[] = {443};

static const struct pl_logs_names names[] = {
    {.connection = "auth-to-db",
     .from = AUTH,
     .service = "main",
     .family = "postgres",
     .hosts = db_hosts,
     .n_hosts = 3,
     .ports = db_ports,
     .n_ports = 2,
     .predicts = predicts_refused},
    {.connection = "api-to-db",
     .from = API,
     .service = "main",
     .family = "postgres",
     .hosts = db_hosts,
     .n_hosts = 3,
     .ports = db_ports,
     .n_ports = 1},
    {.connection = "auth-to-cache",
     .from = AUTH,
     .service = "sessions",
     .family = "redis",
     .hosts = cache_hosts,
     .n_hosts = 1,
     .ports = cache_ports,
     .n_ports = 1,
     .loopback = true},
    {.connection = "web-to-auth",
     .from = "here",
     .service = "auth-service",
     .family = "http",
     .hosts = web_hosts,
     .n_hosts = 1,
     .ports = web_ports,
     .n_ports = 1},
};

static struct pl_logs *matched(struct pl_arena *arena, const char *place, const char *text)
{
    struct pl_logs_reader *r = pl_logs_reader_new(arena);
    struct pl_err err = {0};
    pl_logs_begin(r, "log", place);
    assert_int_equal(pl_logs_feed(r, text, strlen(text), &err), 0);
    assert_int_equal(pl_logs_finish(r, &err), 0);
    struct pl_logs *logs = pl_logs_end(r);
    pl_logs_match(arena, logs, names, PL_LEN(names));
    return logs;
}

static void rows(void **state)
{
    static const struct {
        const char *place, *line;
        const char *connection; /* NULL: none, and then `nearest` */
        const char *text;       /* matched_by, or why not */
        const char *nearest;
    } all[] = {
        {AUTH, "dial tcp 10.20.0.3:5432: i/o timeout", "auth-to-db", "its address", NULL},
        {API, "dial tcp 10.20.0.3:5432: i/o timeout", "api-to-db", "its address", NULL},
        {AUTH, "dial tcp 10.20.0.3:9999: i/o timeout", "auth-to-db",
         "its address, at a port that is not its own", NULL},
        {NULL, "dial tcp 10.20.0.3:5434: i/o timeout", "auth-to-db", "its address", NULL},
        {AUTH, "dial tcp [2001:0db8:0::5]:5432: i/o timeout", "auth-to-db", "its address", NULL},
        {AUTH,
         "dial unix /cloudsql/acme:us-central1:main/.s.PGSQL.5432: connect: no such file or "
         "directory",
         "auth-to-db", "its address", NULL},
        {AUTH, "dial unix /cloudsql/acme:us-central1:main2: connect: no such file or directory",
         NULL, "no declared connection goes to /cloudsql/acme:us-central1:main2", "auth-to-db"},
        {NULL, "dial tcp 10.20.0.3:5432: connect: connection refused", "auth-to-db",
         "an address that others have, too; only here the model fails so", NULL},
        {NULL, "dial tcp 10.20.0.3:5432: i/o timeout", NULL,
         "it may be of auth-to-db and api-to-db: --vantage ADDRESS says which workload wrote the "
         "log",
         "auth-to-db"},
        {"run.service/acme/us-central1/cron", "dial tcp 10.20.0.3:5432: i/o timeout", NULL,
         "no connection from run.service/acme/us-central1/cron goes there", "auth-to-db"},
        {NULL, "dial tcp 10.20.1.9:6378: i/o timeout", NULL,
         "no declared connection goes to 10.20.1.9:6378", "auth-to-cache"},
        {NULL, "connect ECONNREFUSED 127.0.0.1:6378", "auth-to-cache", "its address", NULL},
        {NULL, "connect ECONNREFUSED 127.0.0.1:5434", NULL,
         "127.0.0.1:5434 is the client's own machine, and no connection is wired to that: nothing "
         "in the cloud decides it",
         "auth-to-db"},
        {NULL, "(error) WRONGPASS x", "auth-to-cache", "being the only connection of its kind",
         NULL},
        {NULL, "FATAL:  sorry, too many clients already", NULL,
         "it may be of auth-to-db and api-to-db: --vantage ADDRESS says which workload wrote the "
         "log",
         "auth-to-db"},
        {API, "FATAL:  sorry, too many clients already", "api-to-db",
         "being the only connection of its kind", NULL},
        {NULL, "auth-service connectivity check timed out", "web-to-auth", "its name in the text",
         NULL},
        {NULL, "auth-service2 connectivity check timed out", NULL,
         "it does not say who was dialled", NULL},
        {"here", "Get \"https://auth-2xk5q7mzla-uc.a.run.app/\": net/http: TLS handshake timeout",
         "web-to-auth", "its address", NULL},
        {"here",
         "Post \"https://auth-2xk5q7mzla-uc.a.run.app/v1\": dial tcp 34.143.76.2:443: i/o timeout",
         "web-to-auth", "the URL in the text", NULL},
        {"here",
         "Post \"https://auth-2xk5q7mzla-uc.a.run.app/v1\": proxyconnect tcp: dial tcp "
         "10.9.0.3:3128: i/o timeout",
         NULL, "no declared connection goes to 10.9.0.3:3128", NULL},
        {"here",
         "Post \"https://auth-2xk5q7mzla-uc.a.run.app:8443/\": dial tcp 34.143.76.2:8443: i/o "
         "timeout",
         NULL, "no declared connection goes to 34.143.76.2:8443", NULL},
        {NULL, "read ECONNRESET", NULL, "it does not say who was dialled", NULL},
        {NULL, "Error: socket hang up", NULL, "it does not say who was dialled", "web-to-auth"},
        {NULL, "Get \"https://api.stripe.com/v1\": net/http: TLS handshake timeout", NULL,
         "no declared connection goes to api.stripe.com:443", "web-to-auth"},
    };
    for (size_t i = 0; i < PL_LEN(all); i++) {
        struct pl_logs *logs = matched(*state, all[i].place, all[i].line);
        ROW("%s", all[i].line);
        assert_int_equal(logs->n_events, 1);
        const struct pl_logs_event *e = &logs->events[0];
        assert_int_equal(e->n_connections, all[i].connection ? 1 : 0);
        if (all[i].connection)
            assert_string_equal(e->connections[0], all[i].connection);
        assert_string_equal(all[i].connection ? e->matched_by : e->unmatched, all[i].text);
        if (all[i].connection)
            continue;
        assert_string_equal(e->nearest ? e->nearest : "none",
                            all[i].nearest ? all[i].nearest : "none");
    }
}

static void only_connection_errors_are_matched(void **state)
{
    struct pl_logs *logs = matched(*state, NULL, "KeyError: 'auth-to-db'\n");
    assert_int_equal(logs->n_events, 1);
    assert_int_equal(logs->events[0].n_connections, 0);
    assert_null(logs->events[0].unmatched);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(rows, harness_arena, harness_arena_free),
        cmocka_unit_test_setup_teardown(only_connection_errors_are_matched, harness_arena,
                                        harness_arena_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
