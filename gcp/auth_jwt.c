/* auth_jwt.c - a service account's assertion: a JWT signed with RS256 (RFC 7515, RFC 7523; https://google.aip.dev/auth/4112).
 *
 * It is worth as much as a token for an hour and is treated as one. How it is exchanged stands in auth_step.c.
 */
#include "gcp_priv.h"

#include <string.h>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include "plumbline/json.h"

enum { LIFETIME_S = 3600 };

/* RFC 4648, section 5, without padding. */
static void base64url(struct pl_buf *out, const unsigned char *bytes, size_t len)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    for (size_t i = 0; i < len; i += 3) {
        size_t n = len - i < 3 ? len - i : 3;
        unsigned long group = (unsigned long)bytes[i] << 16;

        group |= n > 1 ? (unsigned long)bytes[i + 1] << 8 : 0;
        group |= n > 2 ? (unsigned long)bytes[i + 2] : 0;
        for (size_t k = 0; k <= n; k++)
            pl_buf_addc(out, digits[(group >> (18 - 6 * k)) & 63]);
    }
}

static void add_part(struct pl_buf *out, struct pl_buf *json)
{
    base64url(out, (const unsigned char *)pl_buf_str(json), json->len);
    pl_buf_clear(json);
}

static void add_member(struct pl_buf *json, const char *name, const char *value)
{
    pl_buf_addf(json, "%s\"%s\":", json->len > 1 ? "," : "", name);
    pl_json_write_string(json, value, strlen(value));
}

/* Header and claims, without the signature. */
enum purpose { FOR_ACCESS, FOR_IDENTITY, ITSELF };

static void add_claims(struct pl_buf *out, const struct pl_gcp_credentials *c, enum purpose purpose,
                       const char *audience, int64_t now_s)
{
    struct pl_buf json = {0};

    pl_buf_addc(&json, '{');
    add_member(&json, "alg", "RS256");
    add_member(&json, "typ", "JWT");
    if (c->key_id != NULL)
        add_member(&json, "kid", c->key_id);
    pl_buf_addc(&json, '}');
    add_part(out, &json);
    pl_buf_addc(out, '.');
    pl_buf_addc(&json, '{');
    add_member(&json, "iss", c->email);
    add_member(&json, purpose == FOR_IDENTITY ? "target_audience" : "scope",
               purpose == FOR_IDENTITY ? audience : pl_gcp_source_scope(c));
    /* A token in itself has an audience or a scope, never both (https://google.aip.dev/auth/4111). */
    add_member(&json, purpose == ITSELF ? "sub" : "aud",
               purpose == ITSELF ? c->email : c->token_uri);
    pl_buf_addf(&json, ",\"iat\":%lld,\"exp\":%lld}", (long long)now_s,
                (long long)now_s + LIFETIME_S);
    add_part(out, &json);
    pl_buf_free(&json);
}

/* An encrypted key would make OpenSSL ask on the terminal. */
static int no_passphrase(char *buf, int size, int rwflag, void *arg)
{
    (void)buf;
    (void)size;
    (void)rwflag;
    (void)arg;
    return -1;
}

static EVP_PKEY *read_key(const struct pl_secret *pem)
{
    BIO *bio = BIO_new_mem_buf(pl_secret_reveal(pem), (int)pl_secret_len(pem));
    EVP_PKEY *key = bio != NULL ? PEM_read_bio_PrivateKey(bio, NULL, no_passphrase, NULL) : NULL;

    BIO_free(bio);
    if (key != NULL && EVP_PKEY_get_base_id(key) != EVP_PKEY_RSA) {
        EVP_PKEY_free(key);
        key = NULL;
    }
    return key;
}

/* Appends "." and the signature of what is there. */
static int add_signature(struct pl_arena *arena, struct pl_buf *out, EVP_PKEY *key)
{
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    size_t len = 0;
    unsigned char *bytes = NULL;
    int good = 0;

    if (ctx != NULL && EVP_DigestSignInit(ctx, NULL, EVP_sha256(), NULL, key) == 1 &&
        EVP_DigestSign(ctx, NULL, &len, (const unsigned char *)out->data, out->len) == 1) {
        bytes = pl_arena_alloc(arena, len);
        good = EVP_DigestSign(ctx, bytes, &len, (const unsigned char *)out->data, out->len);
    }
    EVP_MD_CTX_free(ctx);
    if (good != 1)
        return -1;
    pl_buf_addc(out, '.');
    base64url(out, bytes, len);
    return 0;
}

static struct pl_secret *make(struct pl_arena *arena, const struct pl_gcp_credentials *c,
                              enum purpose purpose, const char *audience, int64_t now_s,
                              struct pl_err *err)
{
    struct pl_buf out = {0};
    struct pl_secret *jwt = NULL;
    EVP_PKEY *key = read_key(c->private_key);

    if (key == NULL) {
        pl_err_set(err, PL_E_AUTH, "%s: private_key is no RSA key in PEM without a passphrase",
                   c->origin);
        return NULL;
    }
    add_claims(&out, c, purpose, audience, now_s);
    if (add_signature(arena, &out, key) == 0)
        jwt = pl_secret_new(arena, pl_buf_str(&out), out.len);
    else
        pl_err_set(err, PL_E_AUTH, "%s: the assertion could not be signed", c->origin);
    EVP_PKEY_free(key);
    if (out.data != NULL)
        pl_wipe(out.data, out.len);
    pl_buf_free(&out);
    return jwt;
}

struct pl_secret *pl_gcp_jwt(struct pl_arena *arena, const struct pl_gcp_credentials *c,
                             const char *audience, int64_t now_s, struct pl_err *err)
{
    return make(arena, c, audience != NULL ? FOR_IDENTITY : FOR_ACCESS, audience, now_s, err);
}

struct pl_secret *pl_gcp_jwt_token(struct pl_arena *arena, const struct pl_gcp_credentials *c,
                                   int64_t now_s, struct pl_err *err)
{
    return make(arena, c, ITSELF, NULL, now_s, err);
}
