/* postgres_query.c - what is asked once a login stands: settings, read-only or not, connections in use, SELECT 1 or a declared query.
 *
 * The connection is probe_postgres.c's, and so is the end of an attempt that was told why by postgres_fail.c.
 */
#include <string.h>

#include "postgres_priv.h"

enum { PG_MAX_BYTES = 4 * PROBE_MAX_BODY };

static void next_query(struct attempt *a);

/* Everybody may read it, and it counts everybody's: https://www.postgresql.org/docs/15/monitoring-stats.html */
static const char in_use_sql[] =
    "SELECT sum(numbackends), current_setting('max_connections') FROM pg_stat_database";

/* A limit says little without what is used of it. */
static bool asks_for_use(const struct pl_probe_spec *spec)
{
    for (size_t i = 0; i < spec->n_settings; i++)
        if (strcmp(spec->settings[i].key, "max_connections") == 0)
            return true;
    return spec->connections != NULL;
}

static void plan_steps(struct attempt *a)
{
    const struct pl_probe_spec *spec = a->target->spec;
    struct pg *own = a->own;

    if (spec->read_only >= 0)
        own->steps[own->n_steps++] =
            (struct pg_step){STEP_READ_ONLY, "SHOW transaction_read_only", NULL, NULL};
    for (size_t i = 0; i < spec->n_settings && own->n_steps < PG_MAX_STEPS - 4; i++)
        own->steps[own->n_steps++] =
            (struct pg_step){STEP_SETTING, "SELECT current_setting($1, true)",
                             spec->settings[i].key, spec->settings[i].expect};
    if (asks_for_use(spec))
        own->steps[own->n_steps++] =
            (struct pg_step){STEP_IN_USE, in_use_sql, NULL, spec->connections};
    /* What people declare as a query must not be able to write. */
    if (spec->query != NULL)
        own->steps[own->n_steps++] = (struct pg_step){STEP_BEGIN, "BEGIN READ ONLY", NULL, NULL};
    own->steps[own->n_steps++] =
        spec->query != NULL ? (struct pg_step){STEP_QUERY, spec->query, NULL, spec->expect_any}
                            : (struct pg_step){STEP_PLAIN, "SELECT 1", NULL, spec->expect_any};
}

/* 0, or -1 where the attempt was ended. */
static int judge_value(struct attempt *a, const struct pg_step *step, const char *text)
{
    int wanted = a->target->spec->read_only;
    const struct pl_value *value = text != NULL ? pl_value_string(a->arena, text) : NULL;

    switch (step->kind) {
    case STEP_READ_ONLY:
        if (text != NULL && (strcmp(text, "on") == 0) == (wanted == 1))
            return 0;
        if (wanted == 0)
            pl_attempt_fail(a, "SVC_READ_ONLY", 0, "%s is read-only, declared is read_only: false",
                            a->peer_text);
        else
            pl_attempt_fail(a, "EXPECT_RESULT", 0, "%s can be written, declared is read_only: true",
                            a->peer_text);
        return -1;
    case STEP_SETTING:
        return pl_attempt_expect(a, step->expect, value, true, "EXPECT_RESULT",
                                 pl_arena_printf(a->arena, "setting %s", step->param));
    case STEP_IN_USE:
        return pl_attempt_expect(a, step->expect, value, true, "EXPECT_RESULT",
                                 "connections in use");
    case STEP_QUERY:
    case STEP_PLAIN:
        return pl_attempt_expect(a, step->expect, value, true, "EXPECT_RESULT",
                                 "first value of the query");
    case STEP_BEGIN:
        return 0;
    }
    return 0;
}

/* One result of the current query; false where the attempt was ended. */
static bool take_result(struct attempt *a, PGresult *result)
{
    struct pg *own = a->own;
    const struct pg_step *step = &own->steps[own->at];
    ExecStatusType status = PQresultStatus(result);
    const char *text = NULL;

    if (status == PGRES_FATAL_ERROR) {
        const char *sqlstate = PQresultErrorField(result, PG_DIAG_SQLSTATE);

        if (sqlstate != NULL)
            pl_pg_fail_by_state(a, pl_arena_strdup(a->arena, sqlstate));
        else
            pl_attempt_gone(a, false);
        return false;
    }
    if (own->got_row ||
        (status != PGRES_SINGLE_TUPLE && status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK))
        return true;
    if (PQntuples(result) > 0 && PQnfields(result) > 0 && !PQgetisnull(result, 0, 0))
        text = PQgetvalue(result, 0, 0);
    if (step->kind == STEP_IN_USE && text != NULL && PQnfields(result) > 1)
        a->note = pl_arena_printf(a->run->arena, "%.20s of %.20s connections in use", text,
                                  PQgetvalue(result, 0, 1));
    own->got_row = true;
    return judge_value(a, step, text) == 0;
}

static void on_query_socket(void *arg, int events)
{
    struct attempt *a = arg;
    struct pg *own = a->own;
    PGresult *result;

    pl_attempt_event(a);
    if (pl_pg_too_much(a, PG_MAX_BYTES))
        return;
    if ((events & UV_READABLE) && PQconsumeInput(own->conn) != 1) {
        pl_attempt_gone(a, false);
        return;
    }
    if (PQflush(own->conn) == 1) {
        pl_watch_set(own->watch, UV_READABLE | UV_WRITABLE);
        return;
    }
    pl_watch_set(own->watch, UV_READABLE);
    while (PQisBusy(own->conn) == 0) {
        bool on;

        result = PQgetResult(own->conn);
        if (result == NULL) {
            pl_attempt_phase(a, PHASE_BODY);
            own->at++;
            next_query(a);
            return;
        }
        on = take_result(a, result);
        PQclear(result);
        if (!on)
            return;
    }
}

static void next_query(struct attempt *a)
{
    struct pg *own = a->own;
    const struct pg_step *step = &own->steps[own->at];

    if (own->at == own->n_steps) {
        pl_attempt_pass(a);
        return;
    }
    own->got_row = false;
    /* The extended protocol takes one statement only: a query cannot leave its read-only transaction. */
    if (PQsendQueryParams(own->conn, step->sql, step->param != NULL, NULL, &step->param, NULL, NULL,
                          0) != 1 ||
        PQsetSingleRowMode(own->conn) != 1) {
        pl_attempt_gone(a, false);
        return;
    }
    (void)PQflush(own->conn);
    pl_pg_watch(a, UV_READABLE | UV_WRITABLE, on_query_socket);
}

void pl_pg_query(struct attempt *a)
{
    plan_steps(a);
    next_query(a);
}
