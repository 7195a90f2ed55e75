/* postgres_priv.h - what the files of the PostgreSQL probe share: probe_postgres.c connects and logs in, postgres_look.c looks at a login's messages before
 * libpq reads them, postgres_query.c asks, postgres_fail.c says what went wrong.
 */
#ifndef PROBE_POSTGRES_PRIV_H
#define PROBE_POSTGRES_PRIV_H

#include <libpq-fe.h>

#include "probe_priv.h"

enum { PG_MAX_STEPS = 32 };

enum pg_step_kind { STEP_READ_ONLY, STEP_SETTING, STEP_IN_USE, STEP_BEGIN, STEP_QUERY, STEP_PLAIN };

struct pg_step {
    enum pg_step_kind kind;
    const char *sql, *param;
    const struct pl_expect *expect;
};

/* An attempt's own part. */
struct pg {
    PGconn *conn;
    struct watch *watch;
    struct pl_timer *again;
    int cert_fd, key_fd;
    bool second_look;     /* the refused login once more, over TLS: is that what was missing? */
    bool watched, judged; /* our callbacks are on libpq's TLS; the certificate was judged */
    unsigned char first;  /* first byte of what the server last said in clear, 0 none */
    int first_kind;       /* 1: `first` holds, 0: hung up, -1: nothing, -2: reset */
    ConnStatusType last;
    struct pg_step steps[PG_MAX_STEPS];
    size_t n_steps, at;
    bool got_row;
};

/* ---- probe_postgres.c ---- */

void pl_pg_close(struct attempt *a);
/* Watches the socket that libpq has now, which may be another than before. */
void pl_pg_watch(struct attempt *a, int events, void (*fn)(void *arg, int events));
/* Has the server sent more than that? Then the attempt was ended. */
bool pl_pg_too_much(struct attempt *a, int most);

/* ---- postgres_query.c ---- */

/* Asks what is declared, and ends the attempt. */
void pl_pg_query(struct attempt *a);

/* ---- postgres_fail.c: both end the attempt, or begin it once more over TLS ---- */

void pl_pg_fail_by_state(struct attempt *a, const char *sqlstate);
void pl_pg_fail_connection(struct attempt *a);

/* ---- postgres_look.c ---- */

/* Is no request for authentication broken off at the end of the bytes? *rounds: what a SASLContinue among them asks for, 0 where there is none. */
bool pl_pg_look(const unsigned char *bytes, size_t n, int64_t *rounds);

#endif
