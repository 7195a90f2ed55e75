/* certificate.c - what a peer presented in its handshake, as values and as words; also where it is not trusted.
 *
 * tls.c keeps the certificates while the attempt lives; they are read once a target, when its first attempt ends.
 * Everything in them is the peer's own text.
 */
#include <arpa/inet.h>
#include <inttypes.h>
#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <string.h>

#include "probe_priv.h"

enum { NAMES_KEPT = 100, NAMES_SHOWN = 4 };

static const char *visible(struct pl_arena *arena, const void *bytes, size_t n)
{
    struct pl_buf text = {0};

    pl_buf_add_visible(&text, bytes, n);
    return pl_buf_take(&text, arena);
}

/* RFC 2253, with what is not ASCII as it is. */
static const char *name_text(struct pl_arena *arena, const X509_NAME *name)
{
    BIO *bio = BIO_new(BIO_s_mem());
    const char *out = "";
    char *bytes = NULL;
    long n;

    if (bio == NULL)
        return out;
    if (X509_NAME_print_ex(bio, name, 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB) >= 0 &&
        (n = BIO_get_mem_data(bio, &bytes)) > 0)
        out = visible(arena, bytes, (size_t)n);
    BIO_free(bio);
    return out;
}

static const char *time_text(struct pl_arena *arena, const ASN1_TIME *time)
{
    struct tm tm;

    if (ASN1_TIME_to_tm(time, &tm) != 1)
        return NULL;
    return pl_arena_printf(arena, "%04d-%02d-%02dT%02d:%02d:%02dZ", tm.tm_year + 1900,
                           tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec);
}

static const char *address_text(struct pl_arena *arena, const ASN1_OCTET_STRING *bytes)
{
    char text[INET6_ADDRSTRLEN];
    int n = ASN1_STRING_length(bytes);

    if ((n != 4 && n != 16) || inet_ntop(n == 4 ? AF_INET : AF_INET6, ASN1_STRING_get0_data(bytes),
                                         text, sizeof(text)) == NULL)
        return NULL;
    return pl_arena_strdup(arena, text);
}

/* The names that clients go by: RFC 6125 section 6.4; the subject's CN is none of them. */
static void read_names(struct pl_arena *arena, const X509 *cert, struct pl_certificate *out)
{
    GENERAL_NAMES *all = X509_get_ext_d2i(cert, NID_subject_alt_name, NULL, NULL);
    const char **names = pl_arena_array(arena, NAMES_KEPT, sizeof(*names));

    for (int i = 0; i < sk_GENERAL_NAME_num(all) && out->n_names < NAMES_KEPT; i++) {
        const GENERAL_NAME *name = sk_GENERAL_NAME_value(all, i);
        const char *text = NULL;

        if (name->type == GEN_DNS)
            text = visible(arena, ASN1_STRING_get0_data(name->d.dNSName),
                           (size_t)ASN1_STRING_length(name->d.dNSName));
        else if (name->type == GEN_IPADD)
            text = address_text(arena, name->d.iPAddress);
        if (text != NULL)
            names[out->n_names++] = text;
    }
    out->names = names;
    GENERAL_NAMES_free(all);
}

static const char *fingerprint(struct pl_arena *arena, const X509 *cert)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int n = 0;
    struct pl_buf hex = {0};

    if (X509_digest(cert, EVP_sha256(), digest, &n) != 1)
        return NULL;
    for (unsigned int i = 0; i < n; i++)
        pl_buf_addf(&hex, "%02x", digest[i]);
    return pl_buf_take(&hex, arena);
}

static void read_certificate(struct pl_arena *arena, const X509 *cert, struct pl_certificate *out)
{
    int days = 0, seconds = 0;

    out->subject = name_text(arena, X509_get_subject_name(cert));
    out->issuer = name_text(arena, X509_get_issuer_name(cert));
    out->not_before = time_text(arena, X509_get0_notBefore(cert));
    out->not_after = time_text(arena, X509_get0_notAfter(cert));
    out->sha256 = fingerprint(arena, cert);
    if (ASN1_TIME_diff(&days, &seconds, NULL, X509_get0_notAfter(cert)) == 1)
        out->left_s = (int64_t)days * 86400 + seconds;
    read_names(arena, cert, out);
}

const struct pl_peer_tls *pl_peer_tls_read(struct pl_arena *arena, const struct tls_seen *seen)
{
    struct pl_certificate *chain;
    struct pl_peer_tls *out;

    if (seen->n_chain == 0)
        return NULL;
    out = PL_NEW(arena, struct pl_peer_tls);
    chain = pl_arena_array(arena, seen->n_chain, sizeof(*chain));
    for (size_t i = 0; i < seen->n_chain; i++)
        read_certificate(arena, seen->chain[i], &chain[i]);
    out->version = seen->version;
    out->cipher = seen->cipher;
    out->chain = chain;
    out->n_chain = seen->n_chain;
    if (seen->error != X509_V_OK)
        out->distrust = X509_verify_cert_error_string(seen->error);
    ERR_clear_error();
    return out;
}

const char *pl_expiry_text(struct pl_arena *arena, int64_t seconds)
{
    int64_t abs_s = seconds < 0 ? -seconds : seconds;
    int64_t n = abs_s >= 2 * 86400 ? abs_s / 86400 : abs_s / 3600;

    return pl_arena_printf(arena, "%s %" PRId64 " %s%s", seconds < 0 ? "expired" : "expires in", n,
                           abs_s >= 2 * 86400 ? "days" : "hours", seconds < 0 ? " ago" : "");
}

const char *pl_certificate_words(struct pl_arena *arena, const struct pl_certificate *cert)
{
    struct pl_buf text = {0};

    pl_buf_addf(&text, "certificate of %s by %s %s", cert->subject, cert->issuer,
                pl_expiry_text(arena, cert->left_s));
    for (size_t i = 0; i < cert->n_names && i < NAMES_SHOWN; i++)
        pl_buf_addf(&text, "%s%s", i > 0 ? ", " : "; it is for ", cert->names[i]);
    if (cert->n_names > NAMES_SHOWN)
        pl_buf_addf(&text, " and %zu more", cert->n_names - NAMES_SHOWN);
    return pl_buf_take(&text, arena);
}
