/* test_dsn.c - connection strings of every form, and texts that are none.
 */
#include "harness.h"

#include "plumbline/net.h"

static const struct {
    const char *text;
    const char
        *parts; /* scheme user password host connector port database tls[ several]; "-": none */
} rows[] = {
    {"postgresql://app:s3cret@10.0.0.3:5433/orders?sslmode=require",
     "postgresql app s3cret 10.0.0.3 - 5433 orders tls"},
    {"postgres://10.0.0.3", "postgres - - 10.0.0.3 - 0 - unsaid"},
    {"postgresql+psycopg2://app:p%40ss@db.internal/orders",
     "postgresql app p@ss db.internal - 0 orders unsaid"},
    {"postgres:///orders?host=/cloudsql/p:r:i&user=app",
     "postgres app - /cloudsql/p:r:i - 0 orders unsaid"},
    {"postgresql://app@%2Fcloudsql%2Fp%3Ar%3Ai/orders",
     "postgresql app - /cloudsql/p:r:i - 0 orders unsaid"},
    {"postgresql+pg8000://app:x@/orders?unix_sock=/cloudsql/p:r:i/.s.PGSQL.5432",
     "postgresql app x /cloudsql/p:r:i - 0 orders unsaid"},
    {"mysql+pymysql://app:x@/shop?unix_socket=/cloudsql/p:r:i",
     "mysql app x /cloudsql/p:r:i - 0 shop unsaid"},
    {"postgresql://a:5433,b:5434/orders?sslmode=disable",
     "postgresql - - a - 5433 orders plain several"},
    {"postgresql://[fd00::1]:5432/x", "postgresql - - fd00::1 - 5432 x unsaid"},
    {"postgresql://app:a@b@10.0.0.3/x", "postgresql app a@b 10.0.0.3 - 0 x unsaid"},
    {"jdbc:postgresql://10.0.0.3:5432/orders?user=app&password=x&ssl=true",
     "postgresql app x 10.0.0.3 - 5432 orders tls"},
    {"jdbc:postgresql:///"
     "orders?cloudSqlInstance=p:r:i&socketFactory=com.google.cloud.sql.postgres.SocketFactory",
     "postgresql - - - p:r:i 0 orders unsaid"},
    {"jdbc:sqlserver://10.0.0.5:1433;databaseName=shop;user=app;password=x;encrypt=false",
     "sqlserver app x 10.0.0.5 - 1433 shop plain"},
    {"r2dbc:postgresql://app:x@10.0.0.3:5433/orders",
     "postgresql app x 10.0.0.3 - 5433 orders unsaid"},
    {"r2dbc:pool:mysql://10.0.0.4/shop", "mysql - - 10.0.0.4 - 0 shop unsaid"},
    {"r2dbcs:postgresql://10.0.0.3/orders", "postgresql - - 10.0.0.3 - 0 orders tls"},
    {"pgsql:host=10.0.0.3;port=5433;dbname=orders", "pgsql - - 10.0.0.3 - 5433 orders unsaid"},
    {"pgsql:host=10.0.0.3 port=5433 dbname=orders user=app",
     "pgsql app - 10.0.0.3 - 5433 orders unsaid"},
    {"mysql:unix_socket=/cloudsql/p:r:i;dbname=shop", "mysql - - /cloudsql/p:r:i - 0 shop unsaid"},
    {"sqlsrv:Server=10.0.0.5,1433;Database=shop", "sqlsrv - - 10.0.0.5 - 1433 shop unsaid"},
    {"jdbc:mysql://10.0.0.4/shop?useSSL=false", "mysql - - 10.0.0.4 - 0 shop plain"},
    {"redis://:hunter2@10.0.0.4:6379/0", "redis - hunter2 10.0.0.4 - 6379 0 plain"},
    {"rediss://default:x@10.0.0.4:6378", "rediss default x 10.0.0.4 - 6378 - tls"},
    {"https://api.example.com/v1/x?host=other", "https - - api.example.com - 0 - unsaid"},
    {"host=10.0.0.3 port=5432 dbname=orders user=app password='a b\\'c' sslmode=verify-full",
     "- app a b'c 10.0.0.3 - 5432 orders tls"},
    {"host = 10.0.0.3 dbname = orders", "- - - 10.0.0.3 - 0 orders unsaid"},
    {"host=/cloudsql/p:r:i password=<redacted: 8 bytes> dbname=x",
     "- - <redacted: /cloudsql/p:r:i - 0 x unsaid"},
    {"Server=10.0.0.5;Port=5433;Database=shop;User Id=app;Password=x;SSL Mode=Require",
     "- app x 10.0.0.5 - 5433 shop tls"},
    {"Data Source=tcp:10.0.0.5,1433; Initial Catalog=shop; Encrypt=False",
     "- - - 10.0.0.5 - 1433 shop plain"},
    {"10.0.0.4:6378,password=x,ssl=True,abortConnect=False", "- - x 10.0.0.4 - 6378 - tls"},
    {"app:x@tcp(10.0.0.4:3306)/shop?tls=true", "mysql app x 10.0.0.4 - 3306 shop tls"},
    {"app:x@unix(/cloudsql/p:r:i)/shop", "mysql app x /cloudsql/p:r:i - 0 shop unsaid"},
    {"app@cloudsql-mysql(p:r:i)/shop", "mysql app - - p:r:i 0 shop unsaid"},
    {"10.0.0.3:5432", "- - - 10.0.0.3 - 5432 - unsaid"},
    {"db.internal", "- - - db.internal - 0 - unsaid"},
    {"/cloudsql/p:r:i", "- - - /cloudsql/p:r:i - 0 - unsaid"},
    /* no host: the client's default */
    {"dbname=orders user=app", "- app - - - 0 orders unsaid"},
    {"postgresql:///orders", "postgresql - - - - 0 orders unsaid"},
    {"Database=shop;User Id=app", "- app - - - 0 shop unsaid"},
    /* none of them */
    {"", NULL},
    {"10.0.0.3\n", NULL},
    {"postgresql://10.0.0.3:5432/x\n", NULL},
    {"redis://10.0.0.4:99999", NULL},
    {"postgresql://10.0.0.3:0/x", NULL},
    {"postgresql://10.0.0.3:port/x", NULL},
    {"://10.0.0.3", NULL},
    {"greeting=hello", NULL},
    {"host=10.0.0.3 port=54x", NULL},
    {"app@tcp 10.0.0.4)/shop", NULL},
    {"app:x@tcp(10.0.0.4:99999)/shop", NULL},
    {"{\"host\": \"10.0.0.3\"}", NULL},
};

static const char *shown(struct pl_arena *arena, const struct pl_dsn *d)
{
    static const char *const tls[] = {"unsaid", "plain", "tls"};
#define OR_NONE(text) (text) != NULL ? (text) : "-"
    return pl_arena_printf(arena, "%s %s %s %s %s %d %s %s%s", OR_NONE(d->scheme), OR_NONE(d->user),
                           OR_NONE(d->password), OR_NONE(d->host), OR_NONE(d->connector), d->port,
                           OR_NONE(d->database), tls[d->tls], d->several ? " several" : "");
}

static void test_forms(void **state)
{
    struct pl_arena *arena = *state;

    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct pl_dsn d;
        bool found = pl_dsn_parse(arena, rows[i].text, &d);

        ROW("%s", rows[i].text);
        if (rows[i].parts == NULL)
            assert_false(found);
        else if (!found)
            fail_msg("%s: not parsed", rows[i].text);
        else
            assert_string_equal(shown(arena, &d), rows[i].parts);
    }
}

static void test_tls_words(void **state)
{
    (void)state;
    assert_int_equal(pl_dsn_tls_of("VERIFY-FULL"), PL_DSN_TLS);
    assert_int_equal(pl_dsn_tls_of("Disabled"), PL_DSN_PLAIN);
    assert_int_equal(pl_dsn_tls_of("prefer"), PL_DSN_TLS_UNSAID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_forms, harness_arena, harness_arena_free),
        cmocka_unit_test(test_tls_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
