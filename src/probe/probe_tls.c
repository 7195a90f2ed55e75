/* probe_tls.c - a TLS handshake and nothing after it: chain, names, version, and how long the certificate lives.
 *
 * `starttls: postgres` asks a PostgreSQL server for TLS first (SSLRequest,
 * https://www.postgresql.org/docs/15/protocol-flow.html). TLS 1.3 tells a refused client certificate only after
 * the handshake, so where the server asked for one a moment is waited for its alert.
 */
#include <string.h>

#include "probe_priv.h"

enum { TLS_ALERT_WAIT_MS = 100, NAMES_SAID = 3 };

struct own {
    struct pl_timer *wait;
};

static const unsigned char ssl_request[8] = {0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f};

/* "TLSv1.3" is 1.3 here, as it is in min_version. */
static const char *plain_version(const char *version)
{
    return strncmp(version, "TLSv", 4) == 0 ? version + 4 : version;
}

static const struct pl_value *field_of(struct pl_arena *arena, const struct pl_certificate *cert,
                                       const char *name)
{
    const struct pl_value **items;

    if (strcmp(name, "subject") == 0)
        return pl_value_string(arena, cert->subject);
    if (strcmp(name, "issuer") == 0)
        return pl_value_string(arena, cert->issuer);
    if (strcmp(name, "sha256") == 0)
        return cert->sha256 != NULL ? pl_value_string(arena, cert->sha256) : NULL;
    items = pl_arena_array(arena, cert->n_names + 1, sizeof(*items));
    for (size_t i = 0; i < cert->n_names; i++)
        items[i] = pl_value_string(arena, cert->names[i]);
    return pl_value_list(arena, items, cert->n_names);
}

/* Of the peer's own certificate; -1 where that ended the attempt. */
static int check_certificate(struct attempt *a, const struct pl_certificate *cert)
{
    const struct pl_probe_spec *spec = a->target->spec;

    for (size_t i = 0; i < spec->n_certificate; i++) {
        const struct pl_expect_member *m = &spec->certificate[i];
        bool text = strcmp(m->key, "names") != 0;

        if (pl_attempt_expect(a, m->expect, field_of(a->arena, cert, m->key), text,
                              "EXPECT_CERT_FIELD",
                              pl_arena_printf(a->arena, "%s of the certificate", m->key)) != 0)
            return -1;
    }
    return 0;
}

static void introduce(struct attempt *a, const struct pl_certificate *cert)
{
    struct pl_buf text = {0};

    pl_buf_adds(&text, "TLS for");
    for (size_t i = 0; i < cert->n_names && i < NAMES_SAID; i++)
        pl_buf_addf(&text, "%s %.60s", i > 0 ? "," : "", cert->names[i]);
    if (cert->n_names == 0)
        pl_buf_addf(&text, " %.60s", cert->subject);
    a->identity = pl_buf_take(&text, a->run->arena);
    pl_attempt_pass(a);
}

static void succeed(struct attempt *a)
{
    const struct pl_probe_spec *spec = a->target->spec;
    const struct pl_peer_tls *tls = pl_peer_tls_read(a->run->arena, &a->seen);

    if (tls == NULL) { /* anonymous ciphers are not offered: there always is a certificate */
        pl_attempt_fail(a, "TLS_UNTRUSTED", 0, "%s presents no certificate", a->peer_text);
        return;
    }
    if (a->introduces) {
        introduce(a, &tls->chain[0]);
        return;
    }
    a->target->peer_tls = tls;
    a->note = pl_arena_printf(a->run->arena, "%s %s, %s", tls->version, tls->cipher,
                              pl_certificate_words(a->run->arena, &tls->chain[0]));
    if (spec->expires_in != NULL && (double)a->seen.chain_left_s < spec->expires_in->number) {
        pl_attempt_fail(a, "EXPECT_CERT_EXPIRING", 0,
                        "a certificate of the chain of %s %s, declared is at least %.0f days",
                        a->seen.subject, pl_expiry_text(a->arena, a->seen.chain_left_s),
                        spec->expires_in->number / 86400);
        return;
    }
    if (check_certificate(a, &tls->chain[0]) != 0 ||
        pl_attempt_expect(a, spec->tls_version,
                          pl_value_string(a->arena, plain_version(tls->version)), true,
                          "EXPECT_TLS_VERSION", "version of TLS") != 0)
        return;
    if (pl_attempt_expect(a, spec->cipher, pl_value_string(a->arena, tls->cipher), true,
                          "EXPECT_TLS_CIPHER", "cipher") == 0)
        pl_attempt_pass(a);
}

static void on_waited(void *arg)
{
    struct attempt *a = arg;

    ((struct own *)a->own)->wait = NULL;
    succeed(a);
}

static void tls_ready(struct attempt *a)
{
    struct own *own = PL_NEW(a->arena, struct own);
    int64_t wait;

    pl_attempt_phase(a, PHASE_WAIT);
    /* As far away, or as slow, as the peer has shown itself to be. */
    wait = TLS_ALERT_WAIT_MS * 1000000LL + 2 * a->spent[PHASE_TLS];
    pl_attempt_extend(a, 10 * wait); /* our waiting is not theirs */
    a->own = own;
    if (a->seen.asked_for_certificate)
        own->wait = pl_loop_after(a->run->loop, wait, on_waited, a);
    else
        succeed(a);
}

static void tls_data(struct attempt *a, const char *bytes, size_t n)
{
    if (pl_stream_ssl(a) != NULL)
        return; /* a banner over TLS: nobody asked for it */
    if (bytes[0] == 'S' && n == 1)
        pl_stream_secure(a);
    else if (bytes[0] == 'N')
        pl_attempt_fail(a, "TLS_NOT_OFFERED", 0, "%s answers that it has no TLS", a->peer_text);
    else
        pl_attempt_fail(a, "PROTO_PG", 0, "%s does not answer as PostgreSQL does", a->peer_text);
}

static void tls_gone(struct attempt *a, bool reset)
{
    if (a->own == NULL || a->seen.alert >= 0)
        pl_attempt_gone(a, reset);
    else
        succeed(a); /* it hung up after a handshake that was fine */
}

static void tls_connected(struct attempt *a, int fd)
{
    static const struct stream_events events = {tls_ready, tls_data, tls_gone};

    pl_stream_open(a, fd, &events);
    if (a->over)
        return;
    if (a->target->spec->starttls == NULL || a->introduces) {
        pl_stream_secure(a);
        return;
    }
    pl_attempt_phase(a, PHASE_TLS);
    pl_stream_write(a, ssl_request, sizeof(ssl_request));
}

static void tls_cancel(struct attempt *a)
{
    struct own *own = a->own;

    pl_timer_cancel(own->wait);
    own->wait = NULL;
}

static int tls_prepare(struct target *t)
{
    const char *starttls = t->spec->starttls;

    if (starttls == NULL || strcmp(starttls, "postgres") == 0)
        return 0;
    t->unknown_why =
        pl_arena_printf(t->run->arena, "starttls '%s' is not there yet, only 'postgres'", starttls);
    return -1;
}

const struct probe_type pl_probe_tls = {
    .type = PL_PROBE_TLS,
    .title = "TLS",
    .prepare = tls_prepare,
    .connected = tls_connected,
    .cancel = tls_cancel,
};
