/* postgres_fail.c - why a connection to PostgreSQL failed: by its SQLSTATE, and where there is none by the state in which it did.
 *
 * libpq's messages are localised text and may quote names: only the SQLSTATE is read (PQERRORS_SQLSTATE; probes.md 5.7).
 */
#include <ctype.h>
#include <errno.h>
#include <string.h>

#include "postgres_priv.h"
#include "proxy_priv.h"

static const struct {
    const char *state; /* SQLSTATE, or its class */
    const char *class_name;
} states[] = {
    {"28P01", "AUTH_BAD_CREDENTIALS"},
    {"28000", "AUTH_NOT_PERMITTED"},
    {"3D000", "SVC_NO_OBJECT"},
    {"55000", "SVC_SHUTTING_DOWN"},
    {"53300", "SVC_SATURATED"},
    {"57P03", "SVC_STARTING"},
    {"57P01", "SVC_SHUTTING_DOWN"},
    {"57P02", "SVC_SHUTTING_DOWN"},
    {"25006", "SVC_READ_ONLY"},
    {"42501", "AUTH_NOT_PERMITTED"},
    {"3F000", "SVC_NO_OBJECT"},
    {"42P01", "SVC_NO_OBJECT"},
    {"42704", "SVC_NO_OBJECT"},
    {"57014", "IO_TTFB_TIMEOUT"},
    {"53", "SVC_SATURATED"},
    {"58", "SVC_NOT_SERVING"},
    {"XX", "SVC_NOT_SERVING"},
    {"08", "IO_RESET"},
    {"42", "SELF_CONFIG"}, /* the query itself */
};

static const char *state_class(const char *sqlstate)
{
    for (size_t i = 0; i < PL_LEN(states); i++)
        if (strncmp(states[i].state, sqlstate, strlen(states[i].state)) == 0)
            return states[i].class_name;
    return "PROTO_PG";
}

/* "... FATAL:  28P01": the last word, if it is five characters of a SQLSTATE. */
static bool find_sqlstate(const char *message, char out[6])
{
    size_t n = strlen(message);

    while (n > 0 && isspace((unsigned char)message[n - 1]))
        n--;
    if (n < 6 || message[n - 6] != ' ')
        return false;
    for (size_t i = 0; i < 5; i++) {
        unsigned char c = (unsigned char)message[n - 5 + i];

        if (!isdigit(c) && !(c >= 'A' && c <= 'Z'))
            return false;
        out[i] = (char)c;
    }
    out[5] = '\0';
    return true;
}

void pl_pg_fail_by_state(struct attempt *a, const char *sqlstate)
{
    struct pg *own = a->own;
    const char *class_name = state_class(sqlstate);
    const struct pl_probe_class *row = pl_class_find(class_name);
    bool login = strcmp(sqlstate, "28000") == 0;

    if (own->second_look) {
        /* In clear 28000, over TLS something else: it was the clear that is not permitted. */
        if (!login)
            pl_attempt_fail(a, "TLS_REQUIRED", 0,
                            "%s refuses logins in clear (SQLSTATE 28000) and goes on over TLS",
                            a->peer_text);
        else
            pl_attempt_fail(a, "AUTH_NOT_PERMITTED", 0,
                            "%s does not permit this login (SQLSTATE 28000)", a->peer_text);
        return;
    }
    if (login && a->target->mode == PL_TLS_DISABLE && a->peer->sa.ss_family != AF_UNIX) {
        pl_attempt_phase(a, PHASE_BODY);
        pl_pg_close(a);
        pl_tunnel_end(a);
        own->second_look = true;
        pl_dial_start(a);
        return;
    }
    if (login && a->seen.asked_for_certificate && a->target->trust->cert == NULL) {
        pl_attempt_fail(a, "TLS_CLIENT_CERT_REQUIRED", 0,
                        "%s asked for a client certificate, got none and does not permit the login "
                        "(SQLSTATE 28000)",
                        a->peer_text);
        return;
    }
    pl_attempt_fail(a, class_name, 0, "%s: %s (SQLSTATE %s)", a->peer_text, row->phrase, sqlstate);
}

static void fail_tls(struct attempt *a)
{
    const char *class_name = pl_tls_fault(a->target->trust, &a->seen, errno);
    char text[256];

    pl_tls_describe(&a->seen, class_name, text, sizeof(text));
    pl_attempt_fail(a, class_name, 0, "%s: %s", a->peer_text, text);
}

/* A connection that failed without a SQLSTATE: by the state it was in, and by what the server last said. */
static void fail_by_status(struct attempt *a)
{
    struct pg *own = a->own;
    bool shaking = own->last == CONNECTION_SSL_STARTUP;

    /* TLS 1.3 tells of a refused client certificate after the handshake. */
    if (own->watched && (shaking || a->seen.alert >= 0))
        fail_tls(a);
    else if (own->first_kind == -2)
        pl_attempt_gone(a, true);
    else if (PQconnectionNeedsPassword(own->conn))
        pl_attempt_fail(a, "AUTH_NO_CREDENTIALS", 0, "%s wants a password and none is declared",
                        a->peer_text);
    else if (shaking && own->first_kind == 1 && own->first == 'N')
        pl_attempt_fail(a, "TLS_NOT_OFFERED", 0, "%s offers no TLS (tls: disable speaks in clear)",
                        a->peer_text);
    else if (own->first_kind == 0)
        pl_attempt_gone(a, false);
    else if (own->first_kind == 1 && own->first != 'R' && own->first != 'E' && own->first != 'S')
        pl_attempt_fail(a, "PROTO_PG", 0, "%s does not answer as PostgreSQL does", a->peer_text);
    else if (own->watched)
        pl_attempt_gone(a, false);
    else
        pl_attempt_fail(a, "PROTO_PG", 0, "%s breaks off in a way that PostgreSQL does not",
                        a->peer_text);
}

void pl_pg_fail_connection(struct attempt *a)
{
    struct pg *own = a->own;
    char sqlstate[6];

    if (find_sqlstate(PQerrorMessage(own->conn), sqlstate))
        pl_pg_fail_by_state(a, sqlstate);
    else if (own->second_look)
        pl_attempt_fail(a, "AUTH_NOT_PERMITTED", 0,
                        "%s does not permit this login (SQLSTATE 28000)", a->peer_text);
    else
        fail_by_status(a);
}
