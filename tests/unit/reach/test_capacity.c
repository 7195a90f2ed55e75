/* test_capacity.c - rule S14: the sum of what a client opens, against what its database and its socket give.
 */
#include "worlds.h"

#define NO_FLAG       "sql.instance/main:settings.databaseFlags = []"
#define TIER(name)    "sql.instance/main:settings.tier = \"" name "\""
#define VERSION_OF(v) "sql.instance/main:databaseVersion = \"" v "\""
#define POOL(n)       ENV("DB_POOL_SIZE", n)
#define WANTS         "10 instances x pool of 20 = 200 against "

static const struct rule_row rows[] = {
    {"S14 at full scale there is room", TO_SQL, EDITS(POOL("19")), "sql-capacity", PL_HOP_PASS,
     NULL, "10 instances x pool of 19 = 190 against max_connections 200 less 3 reserved"},
    {"S14 at full scale there is none", TO_SQL, EDITS(POOL("21")), "sql-capacity", PL_HOP_PASS,
     "TOO_MANY_CONNECTIONS",
     "10 instances x pool of 21 = 210 against max_connections 200 less 3 reserved: at full scale "
     "the database refuses"},
    {"S14 but for what superusers keep there would be", TO_SQL, EDITS(POOL("20")), "sql-capacity",
     PL_HOP_PASS, "TOO_MANY_CONNECTIONS", NULL},
    {"S14 who may keep more", TO_SQL,
     EDITS(POOL("19"),
           "sql.instance/main:settings.databaseFlags[name=superuser_reserved_connections].value = "
           "\"20\""),
     "sql-capacity", PL_HOP_PASS, "TOO_MANY_CONNECTIONS",
     "10 instances x pool of 19 = 190 against max_connections 200 less 20 reserved: at full scale "
     "the database refuses"},
    {"S14 overflow and workers", TO_SQL,
     EDITS(POOL("2"), ENV("DB_MAX_OVERFLOW", "3"), ENV("WEB_CONCURRENCY", "4")), "sql-capacity",
     PL_HOP_PASS, "TOO_MANY_CONNECTIONS",
     "10 instances x 4 workers x pool of (2 + 3) = 200 against max_connections 200 less 3 "
     "reserved: "
     "at full scale the database refuses"},
    {"S14 fewer instances", TO_SQL,
     EDITS(POOL("21"), "run.service/api:template.scaling.maxInstanceCount = 9"), "sql-capacity",
     PL_HOP_PASS, NULL,
     "9 instances x pool of 21 = 189 against max_connections 200 less 3 reserved"},
    {"S14 a hundred where nobody says", TO_SQL,
     EDITS(POOL("2"), "run.service/api:template.scaling"), "sql-capacity", PL_HOP_PASS,
     "TOO_MANY_CONNECTIONS", NULL},
    {"S14 Go's name", TO_SQL, EDITS(ENV("DB_MAX_OPEN_CONNS", "21")), "sql-capacity", PL_HOP_PASS,
     "TOO_MANY_CONNECTIONS", NULL},
    {"S14 a pool's largest size", TO_SQL,
     EDITS(ENV("SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE", "21")), "sql-capacity", PL_HOP_PASS,
     "TOO_MANY_CONNECTIONS", NULL},
    {"S14 and not how long one lives", TO_SQL,
     EDITS(ENV("SPRING_DATASOURCE_HIKARI_POOL_MAX_LIFETIME", "1800000")), "sql-capacity", -1, NULL,
     NULL},
    {"S14 connections of a database", TO_SQL, EDITS(ENV("PG_MAX_CONNECTIONS", "21")),
     "sql-capacity", PL_HOP_PASS, "TOO_MANY_CONNECTIONS", NULL},
    {"S14 and of nobody's", TO_SQL, EDITS(ENV("MAX_CONNECTIONS", "21")), "sql-capacity", -1, NULL,
     NULL},
    {"S14 Prisma's, in a URL", TO_SQL,
     EDITS(ENV("DATABASE_URL", "postgresql://app@10.68.0.3/app?schema=x&connection_limit=21")),
     "sql-capacity", PL_HOP_PASS, "TOO_MANY_CONNECTIONS",
     "10 instances x pool of 21 = 210 against max_connections 200 less 3 reserved: at full scale "
     "the database refuses"},
    {"S14 gunicorn's options", TO_SQL,
     EDITS(POOL("5"), ENV("GUNICORN_CMD_ARGS", "--bind=0.0.0.0 --workers=4")), "sql-capacity",
     PL_HOP_PASS, "TOO_MANY_CONNECTIONS",
     "10 instances x 4 workers x pool of 5 = 200 against max_connections 200 less 3 reserved: at "
     "full scale the database refuses"},
    {"S14 or the short one", TO_SQL, EDITS(POOL("5"), ENV("GUNICORN_CMD_ARGS", "-w 2")),
     "sql-capacity", PL_HOP_PASS, NULL, NULL},
    {"S14 another pool", TO_SQL, EDITS(ENV("REDIS_POOL_SIZE", "500")), "sql-capacity", -1, NULL,
     NULL},
    {"S14 times are no sizes", TO_SQL,
     EDITS(ENV("DB_POOL_RECYCLE", "1800"), ENV("DB_POOL_IDLE_TIMEOUT", "600")), "sql-capacity", -1,
     NULL, NULL},
    {"S14 no number", TO_SQL, EDITS(POOL("many")), "sql-capacity", -1, NULL, NULL},
    {"S14 a number that nobody can mean", TO_SQL, EDITS(POOL("9223372036854775807")),
     "sql-capacity", -1, NULL, NULL},
    {"S14 the tier's default", TO_SQL, EDITS(POOL("20"), NO_FLAG, TIER("db-f1-micro")),
     "sql-capacity", PL_HOP_PASS, "TOO_MANY_CONNECTIONS",
     WANTS "max_connections 25 (the default of db-f1-micro) less 3 reserved: at full scale the "
           "database refuses"},
    {"S14 g1-small", TO_SQL, EDITS(POOL("20"), NO_FLAG, TIER("db-g1-small")), "sql-capacity",
     PL_HOP_PASS, "TOO_MANY_CONNECTIONS",
     WANTS "max_connections 50 (the default of db-g1-small) less 3 reserved: at full scale the "
           "database refuses"},
    {"S14 3.75 GB", TO_SQL, EDITS(POOL("20"), NO_FLAG, TIER("db-custom-1-3840")), "sql-capacity",
     PL_HOP_PASS, "TOO_MANY_CONNECTIONS",
     WANTS "max_connections 100 (the default of db-custom-1-3840) less 3 reserved: at full scale "
           "the database refuses"},
    {"S14 6 GB", TO_SQL, EDITS(POOL("20"), NO_FLAG, TIER("db-custom-2-6144")), "sql-capacity",
     PL_HOP_PASS, "TOO_MANY_CONNECTIONS", NULL},
    {"S14 7.5 GB", TO_SQL, EDITS(POOL("20"), NO_FLAG, TIER("db-custom-2-7680")), "sql-capacity",
     PL_HOP_PASS, NULL,
     WANTS "max_connections 400 (the default of db-custom-2-7680) less 3 reserved"},
    {"S14 15 GB, by another name", TO_SQL, EDITS(POOL("20"), NO_FLAG, TIER("db-n1-standard-4")),
     "sql-capacity", PL_HOP_PASS, NULL,
     WANTS "max_connections 500 (the default of db-n1-standard-4) less 3 reserved"},
    {"S14 52 GB", TO_SQL, EDITS(POOL("20"), NO_FLAG, TIER("db-n1-highmem-8")), "sql-capacity",
     PL_HOP_PASS, NULL,
     WANTS "max_connections 600 (the default of db-n1-highmem-8) less 3 reserved"},
    {"S14 64 GB", TO_SQL, EDITS(POOL("20"), NO_FLAG, TIER("db-perf-optimized-N-8")), "sql-capacity",
     PL_HOP_PASS, NULL,
     WANTS "max_connections 800 (the default of db-perf-optimized-N-8) less 3 reserved"},
    {"S14 120 GB and more", TO_SQL, EDITS(POOL("20"), NO_FLAG, TIER("db-custom-32-122880")),
     "sql-capacity", PL_HOP_PASS, NULL,
     WANTS "max_connections 1000 (the default of db-custom-32-122880) less 3 reserved"},
    {"S14 MySQL reserves none of its own", TO_SQL,
     EDITS(POOL("20"), NO_FLAG, TIER("db-f1-micro"), VERSION_OF("MYSQL_8_0")), "sql-capacity",
     PL_HOP_PASS, NULL, WANTS "max_connections 250 (the default of db-f1-micro)"},
    {"S14 MySQL on a large machine", TO_SQL,
     EDITS(POOL("20"), NO_FLAG, TIER("db-custom-2-7680"), VERSION_OF("MYSQL_8_0")), "sql-capacity",
     PL_HOP_PASS, NULL, WANTS "max_connections 4000 (the default of db-custom-2-7680)"},
    {"S14 a tier that is none", TO_SQL,
     EDITS(POOL("20"), NO_FLAG, TIER("db-perf-optimized-N-9223372036854775807")), "sql-capacity",
     -1, NULL, NULL},
    {"S14 a tier that is not known", TO_SQL, EDITS(POOL("20"), NO_FLAG, TIER("db-new-7")),
     "sql-capacity", -1, NULL, NULL},
    {"S14 SQL Server says nothing of the sort", TO_SQL,
     EDITS(POOL("20"), NO_FLAG, TIER("db-custom-2-7680"), VERSION_OF("SQLSERVER_2019_STANDARD")),
     "sql-capacity", -1, NULL, NULL},
    {"S14 a socket gives an instance a hundred", TO_SQL_SOCKET,
     EDITS(SOCKET(SQLNAME), POOL("101"), "run.service/api:template.scaling.maxInstanceCount = 1"),
     "sql-capacity", PL_HOP_PASS, "TOO_MANY_CONNECTIONS",
     "one instance may want 101 connections; the built-in connection gives it 100"},
    {"S14 and not one less", TO_SQL_SOCKET,
     EDITS(SOCKET(SQLNAME), POOL("100"), "run.service/api:template.scaling.maxInstanceCount = 1"),
     "sql-capacity", PL_HOP_PASS, NULL,
     "1 instances x pool of 100 = 100 against max_connections 200 less 3 reserved"},
};

static void sums(void **state)
{
    check_rules(*state, rows, PL_LEN(rows));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(sums, harness_arena, harness_arena_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
