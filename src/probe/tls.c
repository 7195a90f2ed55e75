/* tls.c - whom to trust, and what a handshake showed: one set of callbacks for own streams, libcurl and libpq.
 *
 * The verify callback records and lets the handshake go on, so that chain and expiry are known also where
 * verification fails; nothing is sent before pl_tls_verdict has agreed. The system's certificates are read
 * once a run: a load costs about 27 ms, which as part of every handshake would be measured as the peer's.
 * Contexts live in the run's arena. What a failure is called is tls_class.c's.
 */
#include <errno.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <string.h>

#include "probe_priv.h"

/* Stores by the text of their CA certificates; "" is the system's. */
struct ca_store {
    struct ca_store *next;
    const char *pem;
    X509_STORE *store;
    SSL_CTX *
        ctx; /* for every target that trusts these and wants nothing else; NULL until one is asked for */
};

static int seen_index(void)
{
    static int index = -1;

    if (index < 0)
        index = SSL_get_ex_new_index(0, NULL, NULL, NULL, NULL);
    return index;
}

static int ctx_index(void)
{
    static int index = -1;

    if (index < 0)
        index = SSL_CTX_get_ex_new_index(0, NULL, NULL, NULL, NULL);
    return index;
}

static struct tls_seen *seen_of(const SSL *ssl)
{
    struct tls_seen *seen = SSL_get_ex_data(ssl, seen_index());

    return seen != NULL ? seen : SSL_CTX_get_ex_data(SSL_get_SSL_CTX(ssl), ctx_index());
}

/* ---- what is seen ---- */

static int64_t seconds_left(const X509 *cert)
{
    int days = 0, seconds = 0;

    if (ASN1_TIME_diff(&days, &seconds, NULL, X509_get0_notAfter(cert)) != 1)
        return 0;
    return (int64_t)days * 86400 + seconds;
}

static void one_line(X509_NAME *name, char *out, size_t size)
{
    BIO *bio = BIO_new(BIO_s_mem());
    int n = 0;

    out[0] = '\0';
    if (bio == NULL)
        return;
    if (X509_NAME_print_ex(bio, name, 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB) >= 0)
        n = BIO_read(bio, out, (int)size - 1);
    out[n > 0 ? n : 0] = '\0';
    BIO_free(bio);
}

static void look_at_chain(struct tls_seen *seen, X509_STORE_CTX *sc)
{
    X509 *leaf = X509_STORE_CTX_get0_cert(sc);
    STACK_OF(X509) *sent = X509_STORE_CTX_get0_untrusted(sc);

    if (leaf == NULL || seen->has_leaf)
        return;
    seen->has_leaf = true;
    seen->leaf_left_s = seen->chain_left_s = seconds_left(leaf);
    seen->presented = sent != NULL ? sk_X509_num(sent) : 1;
    for (int i = 0; sent != NULL && i < sk_X509_num(sent); i++)
        if (seconds_left(sk_X509_value(sent, i)) < seen->chain_left_s)
            seen->chain_left_s = seconds_left(sk_X509_value(sent, i));
    for (; sent != NULL && seen->n_chain < PROBE_CHAIN && (int)seen->n_chain < sk_X509_num(sent);
         seen->n_chain++) {
        seen->chain[seen->n_chain] = sk_X509_value(sent, (int)seen->n_chain);
        X509_up_ref(seen->chain[seen->n_chain]);
    }
    one_line(X509_get_subject_name(leaf), seen->subject, sizeof(seen->subject));
    one_line(X509_get_issuer_name(leaf), seen->issuer, sizeof(seen->issuer));
}

static int on_verify(int ok, X509_STORE_CTX *sc)
{
    SSL *ssl = X509_STORE_CTX_get_ex_data(sc, SSL_get_ex_data_X509_STORE_CTX_idx());
    struct tls_seen *seen = ssl != NULL ? seen_of(ssl) : NULL;

    if (seen == NULL)
        return ok;
    look_at_chain(seen, sc);
    if (!ok && seen->error == X509_V_OK) {
        seen->error = X509_STORE_CTX_get_error(sc);
        seen->depth = X509_STORE_CTX_get_error_depth(sc);
    }
    return 1;
}

static void on_info(const SSL *ssl, int where, int ret)
{
    struct tls_seen *seen = seen_of(ssl);

    if (seen == NULL)
        return;
    if ((where & SSL_CB_READ_ALERT) == SSL_CB_READ_ALERT && (ret >> 8) == SSL3_AL_FATAL)
        seen->alert = ret & 0xff;
    if (where & SSL_CB_HANDSHAKE_DONE) {
        seen->version = SSL_get_version(ssl);
        seen->cipher = SSL_get_cipher_name(ssl);
    }
    /* The handshake function leaves with an error: its reason, before libcurl empties the queue. */
    if ((where & SSL_CB_CONNECT_EXIT) == SSL_CB_CONNECT_EXIT && ret <= 0 && ERR_peek_error() != 0)
        seen->reason = ERR_peek_error();
}

static int on_certificate_wanted(SSL *ssl, void *arg)
{
    struct tls_seen *seen = seen_of(ssl);

    (void)arg;
    if (seen != NULL)
        seen->asked_for_certificate = true;
    return 1;
}

void pl_tls_seen_free(struct tls_seen *seen)
{
    for (size_t i = 0; i < seen->n_chain; i++)
        X509_free(seen->chain[i]);
    seen->n_chain = 0;
}

static void seen_reset(struct tls_seen *seen)
{
    pl_tls_seen_free(seen);
    *seen = (struct tls_seen){.alert = -1};
}

/* ---- trust ---- */

static int add_certificates(X509_STORE *store, const char *pem)
{
    BIO *bio = BIO_new_mem_buf(pem, -1);
    X509 *cert;
    int n = 0;

    while (bio != NULL && (cert = PEM_read_bio_X509(bio, NULL, NULL, NULL)) != NULL) {
        X509_STORE_add_cert(store, cert);
        X509_free(cert);
        n++;
    }
    BIO_free(bio);
    ERR_clear_error();
    return n > 0 ? 0 : -1;
}

static struct ca_store *store_for(struct run *run, const char *pem)
{
    struct ca_store *row;
    X509_STORE *store;

    for (row = run->stores; row != NULL; row = row->next)
        if (strcmp(row->pem, pem) == 0)
            return row;
    store = X509_STORE_new();
    if (store == NULL)
        return NULL;
    if (pem[0] == '\0' ? X509_STORE_set_default_paths(store) != 1
                       : add_certificates(store, pem) != 0) {
        X509_STORE_free(store);
        return NULL;
    }
    ERR_clear_error();
    row = PL_NEW(run->arena, struct ca_store);
    *row = (struct ca_store){.next = run->stores, .pem = pem, .store = store};
    run->stores = row;
    return row;
}

static void identity_free(struct trust *trust)
{
    X509_free(trust->cert);
    sk_X509_pop_free(trust->intermediates, X509_free);
    EVP_PKEY_free(trust->key);
}

void pl_tls_forget(struct run *run)
{
    for (size_t i = 0; i < run->n_targets; i++) {
        struct trust *trust = run->targets[i].trust;

        if (trust == NULL)
            continue;
        SSL_CTX_free(trust->ctx);
        identity_free(trust);
    }
    for (struct ca_store *row = run->stores; row != NULL; row = row->next) {
        SSL_CTX_free(row->ctx);
        X509_STORE_free(row->store);
    }
}

const char *pl_probe_reveal(const struct pl_sourced *s)
{
    if (s->secret != NULL)
        return pl_secret_reveal(s->secret);
    return s->text;
}

static bool is_address(const char *name)
{
    struct addr ignored;

    return !pl_is_socket_path(name) && pl_addr_literal(name, 0, &ignored);
}

/* A client certificate, what stands behind it in its file (its chain), and its key. */
static int read_identity(struct trust *trust, const struct pl_probe_spec *spec, const char **why)
{
    const char *cert = pl_probe_reveal(&spec->cert), *key = pl_probe_reveal(&spec->key);
    X509 *next;
    BIO *bio;

    if (cert == NULL)
        return 0;
    bio = BIO_new_mem_buf(cert, -1);
    trust->cert = PEM_read_bio_X509(bio, NULL, NULL, NULL);
    trust->intermediates = sk_X509_new_null();
    while ((next = PEM_read_bio_X509(bio, NULL, NULL, NULL)) != NULL)
        sk_X509_push(trust->intermediates, next);
    BIO_free(bio);
    bio = BIO_new_mem_buf(key != NULL ? key : cert, -1);
    trust->key = PEM_read_bio_PrivateKey(bio, NULL, NULL, NULL);
    BIO_free(bio);
    ERR_clear_error();
    if (trust->cert == NULL || trust->key == NULL ||
        X509_check_private_key(trust->cert, trust->key) != 1) {
        *why = trust->cert == NULL  ? "the client certificate (cert) cannot be read"
               : trust->key == NULL ? "the client key (key) cannot be read"
                                    : "the client key does not belong to the client certificate";
        ERR_clear_error();
        return -1;
    }
    return 0;
}

static int version_of(const char *text)
{
    static const struct {
        const char *text;
        int version;
    } versions[] = {{"1.0", TLS1_VERSION},
                    {"1.1", TLS1_1_VERSION},
                    {"1.2", TLS1_2_VERSION},
                    {"1.3", TLS1_3_VERSION}};

    if (strncmp(text, "TLSv", 4) == 0)
        text += 4;
    else if (strncmp(text, "TLS", 3) == 0)
        text += 3;
    for (size_t i = 0; i < PL_LEN(versions); i++)
        if (strcmp(versions[i].text, text) == 0)
            return versions[i].version;
    return -1;
}

/* A context costs a fifth of a handshake, and libcurl and libpq bring their own: made once it is wanted, and for
 * many. Everything that is a target's own is set on its connections (pl_tls_watch_ssl). */
SSL *pl_tls_new(struct trust *trust)
{
    bool shared = trust->cert == NULL && trust->min_version == 0;
    SSL_CTX **at = shared ? &trust->ca->ctx : &trust->ctx;

    if (*at == NULL && (*at = SSL_CTX_new(TLS_client_method())) != NULL) {
        pl_tls_watch_ctx(*at, trust, NULL);
        SSL_CTX_set_mode(*at, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                  SSL_MODE_RELEASE_BUFFERS);
    }
    return *at != NULL ? SSL_new(*at) : NULL;
}

struct trust *pl_trust_new(struct run *run, const struct pl_probe_spec *spec, enum pl_tls_mode mode,
                           const char *name, const char **why)
{
    struct trust *trust = PL_NEW(run->arena, struct trust);
    const char *ca = pl_probe_reveal(&spec->ca);

    trust->mode = mode;
    trust->name = pl_arena_strdup(run->arena, spec->server_name != NULL ? spec->server_name
                                              : pl_is_socket_path(name) ? "localhost"
                                                                        : name);
    if (spec->min_version != NULL && (trust->min_version = version_of(spec->min_version)) < 0)
        *why = pl_arena_printf(run->arena, "min_version: '%s' is no TLS version (1.2, 1.3)",
                               spec->min_version);
    /* Without verification nobody is asked; an empty store keeps the callback's record honest. */
    else if ((trust->ca = store_for(run, ca != NULL ? ca : "")) == NULL)
        *why = ca != NULL ? "the CA certificates (ca) cannot be read"
                          : "the system's CA certificates cannot be read";
    else if (read_identity(trust, spec, why) == 0) {
        trust->store = trust->ca->store;
        return trust;
    }
    identity_free(trust);
    ERR_clear_error();
    return NULL;
}

void pl_tls_watch_ctx(SSL_CTX *ctx, const struct trust *trust, struct tls_seen *seen)
{
    if (seen != NULL) {
        seen_reset(seen);
        SSL_CTX_set_ex_data(ctx, ctx_index(), seen);
    }
    /* Not the context's own store: libcurl 7.88 fills or replaces that one after its callback, with whatever store
     * an earlier connection left in its cache, so that one target would be judged by another's CA. */
    SSL_CTX_set1_verify_cert_store(ctx, trust->store);
    SSL_CTX_set_verify(ctx, SSL_VERIFY_PEER, on_verify);
    SSL_CTX_set_info_callback(ctx, on_info);
    SSL_CTX_set_cert_cb(ctx, on_certificate_wanted, NULL);
    if (trust->min_version != 0)
        SSL_CTX_set_min_proto_version(ctx, trust->min_version);
    if (trust->cert != NULL) {
        SSL_CTX_use_certificate(ctx, trust->cert);
        SSL_CTX_set1_chain(ctx, trust->intermediates);
        SSL_CTX_use_PrivateKey(ctx, trust->key);
    }
}

void pl_tls_watch_ssl(SSL *ssl, const struct trust *trust, struct tls_seen *seen)
{
    seen_reset(seen);
    SSL_set_ex_data(ssl, seen_index(), seen);
    SSL_set1_verify_cert_store(ssl, trust->store);
    SSL_set_verify(ssl, SSL_VERIFY_PEER, on_verify);
    SSL_set_info_callback(ssl, on_info);
    SSL_set_cert_cb(ssl, on_certificate_wanted, NULL);
    if (is_address(trust->name)) {
        if (trust->mode == PL_TLS_VERIFY_FULL)
            X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), trust->name);
    } else {
        SSL_set_tlsext_host_name(ssl, trust->name);
        if (trust->mode == PL_TLS_VERIFY_FULL)
            SSL_set1_host(ssl, trust->name);
    }
}

void pl_tls_verify_late(SSL *ssl, const struct trust *trust, struct tls_seen *seen)
{
    X509_STORE_CTX *sc = seen->has_leaf ? NULL : X509_STORE_CTX_new();
    X509 *leaf = SSL_get0_peer_certificate(ssl);

    if (sc == NULL)
        return;
    if (SSL_get0_peer_CA_list(ssl) != NULL && sk_X509_NAME_num(SSL_get0_peer_CA_list(ssl)) > 0)
        seen->asked_for_certificate = true;
    seen->error = X509_V_ERR_UNSPECIFIED; /* until it is known to be none */
    seen->version = SSL_get_version(ssl);
    seen->cipher = SSL_get_cipher_name(ssl);
    if (leaf != NULL &&
        X509_STORE_CTX_init(sc, trust->store, leaf, SSL_get_peer_cert_chain(ssl)) == 1) {
        X509_STORE_CTX_set_ex_data(sc, SSL_get_ex_data_X509_STORE_CTX_idx(), ssl);
        X509_STORE_CTX_set_default(sc, "ssl_server");
        X509_VERIFY_PARAM_set1(X509_STORE_CTX_get0_param(sc), SSL_get0_param(ssl));
        X509_STORE_CTX_set_verify_cb(sc, on_verify);
        seen->error = X509_V_OK;
        if (X509_verify_cert(sc) <= 0 && seen->error == X509_V_OK)
            seen->error = X509_V_ERR_UNSPECIFIED;
    }
    X509_STORE_CTX_free(sc);
    ERR_clear_error();
}
