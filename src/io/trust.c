/* trust.c - a file of trusted certificates, of which only those are parsed that a chain asks for.
 *
 * A system's bundle has some 140; OpenSSL 3.0 takes 0.18 ms for each, most of it to find out of what sort the key is, and a run needs one or
 * two. So the file is cut into certificates and their subjects are read; the rest is done when OpenSSL looks for an issuer. Which chains
 * are good is OpenSSL's word: the store has the same certificates as if all had been loaded. Probes have stores of their own (src/probe/tls.c).
 */
#include <openssl/asn1.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <string.h>
#include <sys/stat.h>

#include "io_priv.h"

struct certificate {
    unsigned char *der;
    long len;
    X509_NAME *subject;
    bool in_store;
};

struct bundle {
    struct certificate *certificates;
    size_t n, cap;
};

static void free_bundle(struct bundle *bundle)
{
    for (size_t i = 0; bundle != NULL && i < bundle->n; i++) {
        OPENSSL_free(bundle->certificates[i].der);
        X509_NAME_free(bundle->certificates[i].subject);
    }
    if (bundle != NULL)
        pl_xfree(bundle->certificates);
    pl_xfree(bundle);
}

/* ---- reading ---- */

/* Steps over the element at *at, or into it; false where it is none of this tag. */
static bool pass(const unsigned char **at, const unsigned char *end, int tag, bool into)
{
    const unsigned char *p = *at;
    long len = 0;
    int got = 0, class = 0, form;

    form = ASN1_get_object(&p, &len, &got, &class, end - p);
    if ((form & 0x81) != 0 || got != tag) /* broken, or without a length */
        return false;
    *at = into ? p : p + len;
    return true;
}

/* RFC 5280, 4.1: what stands before the subject is the version, the number, the algorithm, the issuer and the validity. */
static X509_NAME *subject_of(const unsigned char *der, long len)
{
    const unsigned char *at = der, *end = der + len;

    if (!pass(&at, end, V_ASN1_SEQUENCE, true) || !pass(&at, end, V_ASN1_SEQUENCE, true))
        return NULL;
    (void)pass(&at, end, 0, false); /* version 1 has no such element */
    if (!pass(&at, end, V_ASN1_INTEGER, false) || !pass(&at, end, V_ASN1_SEQUENCE, false) ||
        !pass(&at, end, V_ASN1_SEQUENCE, false) || !pass(&at, end, V_ASN1_SEQUENCE, false))
        return NULL;
    return d2i_X509_NAME(NULL, &at, end - at);
}

/* Certificates and nothing else: what more there may be (lists of what is revoked, notes on trust) OpenSSL reads by itself. */
static bool read_certificates(BIO *bio, struct bundle *out)
{
    struct certificate c = {0};
    char *name = NULL, *header = NULL;

    while (PEM_read_bio(bio, &name, &header, &c.der, &c.len) == 1) {
        bool plain =
            (strcmp(name, PEM_STRING_X509) == 0 || strcmp(name, PEM_STRING_X509_OLD) == 0) &&
            *header == '\0';

        OPENSSL_free(name);
        OPENSSL_free(header);
        if (out->n == out->cap) {
            out->cap = out->cap < 64 ? 64 : out->cap * 2;
            out->certificates = pl_xrealloc(out->certificates, out->cap * sizeof c);
        }
        c.subject = plain ? subject_of(c.der, c.len) : NULL;
        out->certificates[out->n++] = c;
        if (c.subject == NULL)
            return false;
    }
    return out->n > 0 && ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
}

static struct bundle *read_bundle(const char *file)
{
    struct bundle *bundle = pl_xrealloc(NULL, sizeof *bundle);
    BIO *bio = BIO_new_file(file, "r");

    *bundle = (struct bundle){0};
    if (bio == NULL || !read_certificates(bio, bundle)) {
        free_bundle(bundle);
        bundle = NULL;
    }
    BIO_free(bio);
    ERR_clear_error();
    return bundle;
}

/* ---- looking up ---- */

/* Every certificate of the subject goes into the store: where there are several OpenSSL chooses among them. What is added and what is found
 * has one reference too many, says X509_LOOKUP_meth_new(3). */
static int find(X509_LOOKUP *lookup, X509_LOOKUP_TYPE type, const X509_NAME *name,
                X509_OBJECT *found)
{
    struct bundle *bundle = X509_LOOKUP_get_method_data(lookup);
    X509_STORE *store = X509_LOOKUP_get_store(lookup);
    int any = 0;

    for (size_t i = 0; type == X509_LU_X509 && i < bundle->n; i++) {
        struct certificate *c = &bundle->certificates[i];
        const unsigned char *der = c->der;
        X509 *x509;

        if (c->in_store || X509_NAME_cmp(c->subject, name) != 0)
            continue;
        x509 = d2i_X509(NULL, &der, c->len);
        if (x509 == NULL || X509_STORE_add_cert(store, x509) != 1) {
            X509_free(x509);
            continue;
        }
        c->in_store = true;
        if (any == 0 && X509_OBJECT_set1_X509(found, x509) == 1) {
            X509_free(x509);
            any = 1;
        }
        X509_free(x509);
    }
    return any;
}

static void end_lookup(X509_LOOKUP *lookup)
{
    free_bundle(X509_LOOKUP_get_method_data(lookup));
}

static X509_LOOKUP_METHOD *method(void)
{
    static X509_LOOKUP_METHOD *made;

    if (made == NULL) {
        made = X509_LOOKUP_meth_new("certificates of a bundle");
        if (made == NULL || X509_LOOKUP_meth_set_get_by_subject(made, find) != 1 ||
            X509_LOOKUP_meth_set_free(made, end_lookup) != 1)
            pl_oom(0);
    }
    return made;
}

static bool fill(X509_STORE *store, const char *file)
{
    struct bundle *bundle = read_bundle(file);
    X509_LOOKUP *lookup;

    if (bundle == NULL)
        return X509_STORE_load_file(store, file) == 1;
    lookup = X509_STORE_add_lookup(store, method());
    if (lookup == NULL || X509_LOOKUP_set_method_data(lookup, bundle) != 1)
        pl_oom(0);
    return true;
}

/* ---- kept ---- */

static _Thread_local struct {
    char *file;
    struct stat as; /* it was */
    X509_STORE *store;
} kept;

static bool is_kept(const char *file, const struct stat *now)
{
    return kept.store != NULL && strcmp(kept.file, file) == 0 && kept.as.st_ino == now->st_ino &&
           kept.as.st_dev == now->st_dev && kept.as.st_size == now->st_size &&
           kept.as.st_mtim.tv_sec == now->st_mtim.tv_sec &&
           kept.as.st_mtim.tv_nsec == now->st_mtim.tv_nsec;
}

static void keep(const char *file, const struct stat *as, X509_STORE *store)
{
    size_t len = strlen(file) + 1;

    X509_STORE_free(kept.store);
    kept.file = pl_xrealloc(kept.file, len);
    memcpy(kept.file, file, len);
    kept.as = *as;
    kept.store = store;
}

X509_STORE *io_trust(const char *file)
{
    struct stat now;
    X509_STORE *store;

    if (stat(file, &now) < 0)
        return NULL;
    if (is_kept(file, &now))
        return kept.store;
    store = X509_STORE_new();
    if (store == NULL)
        pl_oom(0);
    if (!fill(store, file)) {
        X509_STORE_free(store);
        ERR_clear_error();
        return NULL;
    }
    /* As libcurl does: intermediates that are trusted end a chain, and what is trusted is looked for first. */
    (void)X509_STORE_set_flags(store, X509_V_FLAG_TRUSTED_FIRST | X509_V_FLAG_PARTIAL_CHAIN);
    keep(file, &now, store);
    return store;
}
