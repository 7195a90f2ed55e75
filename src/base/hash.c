/* hash.c - fingerprints of texts by SHA-256 (FIPS 180-4). What is secret has pl_secret_mark, which is keyed. */
#include "plumbline/hash.h"

#include <openssl/evp.h>

enum { SHA256_LEN = 32 };

static void sha256(const char *bytes, size_t len, unsigned char *digest)
{
    /* Fails only without memory: a fingerprint that says nothing would be worse than none. */
    if (EVP_Digest(bytes, len, digest, NULL, EVP_sha256(), NULL) != 1)
        pl_oom(len);
}

char *pl_hash_base64(struct pl_arena *arena, const char *bytes, size_t len)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    char *out = pl_arena_alloc(arena, 4 * ((SHA256_LEN + 2) / 3) + 1);
    sha256(bytes, len, digest);
    (void)EVP_EncodeBlock((unsigned char *)out, digest, SHA256_LEN);
    return out;
}

char *pl_hash_text(struct pl_arena *arena, const char *bytes, size_t len)
{
    enum { SHOWN = 8 };
    unsigned char digest[EVP_MAX_MD_SIZE];
    char *out = pl_arena_alloc(arena, 2 * SHOWN + 1);
    sha256(bytes, len, digest);
    for (size_t i = 0; i < SHOWN; i++) {
        out[2 * i] = "0123456789abcdef"[digest[i] >> 4];
        out[2 * i + 1] = "0123456789abcdef"[digest[i] & 15];
    }
    return out;
}
