/* postgres_look.c - the messages of a PostgreSQL login (https://www.postgresql.org/docs/15/protocol-message-formats.html), one look deep.
 *
 * No socket here: probe_postgres.c peeks.
 */
#include "postgres_priv.h"

enum { PG_HEAD = 5, PG_SASL_CONTINUE = 11, PG_MANY = 1 << 30, PG_LONGEST = 2000 };

/* A request for authentication as libpq 15 takes it; with anything else a login is over, one way or the other. */
static bool is_request(unsigned char type, uint32_t len)
{
    return type == 'R' && len >= 4 && len <= PG_LONGEST;
}

static uint32_t number(const unsigned char *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* "r=...,s=...,i=4096" (RFC 5802 section 5.1): the largest number behind an i=, whatever stands around it. */
static int64_t rounds_of(const unsigned char *text, size_t n)
{
    int64_t most = 0;

    for (size_t i = 0; i + 2 < n; i++) {
        int64_t value = 0;

        if (text[i] != 'i' || text[i + 1] != '=' || (i > 0 && text[i - 1] != ','))
            continue;
        for (size_t k = i + 2; k < n && text[k] >= '0' && text[k] <= '9'; k++)
            value = value < PG_MANY ? value * 10 + (text[k] - '0') : value;
        most = value > most ? value : most;
    }
    return most;
}

bool pl_pg_look(const unsigned char *bytes, size_t n, int64_t *rounds)
{
    *rounds = 0;
    while (n > 0) {
        uint32_t len = n >= PG_HEAD ? number(bytes + 1) : 0;

        if (!is_request(bytes[0], n >= PG_HEAD ? len : 4))
            return true;
        if (n < PG_HEAD || len + 1 > n)
            return false;
        if (len >= 8 && number(bytes + PG_HEAD) == PG_SASL_CONTINUE) {
            int64_t asked = rounds_of(bytes + PG_HEAD + 4, len - 8);

            *rounds = asked > *rounds ? asked : *rounds;
        }
        bytes += len + 1;
        n -= len + 1;
    }
    return true;
}
