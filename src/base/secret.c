/* secret.c - bytes that are wiped when their owner goes, and the mark that may be shown in their place.
 *
 * There is no formatter, no comparison by content other than in constant time, and no copy but the one here.
 */
#include "plumbline/secret.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <string.h>

struct pl_secret {
    size_t len;
    char *bytes;
};

void pl_wipe(void *p, size_t len)
{
    if (p != NULL && len > 0)
        explicit_bzero(p, len);
}

static void wipe_secret(void *object)
{
    struct pl_secret *secret = object;

    pl_wipe(secret->bytes, secret->len);
}

struct pl_secret *pl_secret_new(struct pl_arena *arena, const char *bytes, size_t len)
{
    struct pl_secret *secret = PL_NEW(arena, struct pl_secret);

    secret->len = len;
    secret->bytes = pl_arena_strndup(arena, bytes, len);
    pl_arena_defer(arena, wipe_secret, secret);
    return secret;
}

const char *pl_secret_reveal(const struct pl_secret *secret)
{
    return secret->bytes;
}

size_t pl_secret_len(const struct pl_secret *secret)
{
    return secret->len;
}

char *pl_secret_mark(struct pl_arena *arena, const char *bytes, size_t len,
                     const unsigned char *key)
{
    unsigned char mac[EVP_MAX_MD_SIZE];

    /* Keyed: a bare hash of a short secret is found by trying. */
    if (key == NULL ||
        HMAC(EVP_sha256(), key, 32, (const unsigned char *)bytes, len, mac, NULL) == NULL)
        return pl_arena_printf(arena, "<redacted: %zu bytes>", len);
    return pl_arena_printf(arena, "<redacted: %zu bytes, %02x%02x%02x%02x>", len, mac[0], mac[1],
                           mac[2], mac[3]);
}

char *pl_secret_tag(struct pl_arena *arena, const char *bytes, size_t len)
{
    enum { KEY = 32, SHOWN = 16 };
    static unsigned char key[KEY];
    static bool drawn;
    unsigned char mac[EVP_MAX_MD_SIZE];
    char *out = pl_arena_alloc(arena, 2 * SHOWN + 1);

    /* Without a key of its own a tag could be guessed at; OpenSSL fails here only where the system has no randomness to give. */
    if (!drawn && RAND_bytes(key, KEY) != 1)
        pl_oom(KEY);
    drawn = true;
    if (HMAC(EVP_sha256(), key, KEY, (const unsigned char *)bytes, len, mac, NULL) == NULL)
        pl_oom(len);
    for (size_t i = 0; i < SHOWN; i++) {
        out[2 * i] = "0123456789abcdef"[mac[i] >> 4];
        out[2 * i + 1] = "0123456789abcdef"[mac[i] & 15];
    }
    return out;
}

size_t pl_secret_mark_len(const char *text, bool *hashed)
{
    static const char begin[] = "<redacted: ";
    size_t n = sizeof begin - 1;
    bool has_hash;

    if (strncmp(text, begin, n) != 0 || text[n] < '0' || text[n] > '9')
        return 0;
    n += strspn(text + n, "0123456789");
    if (strncmp(text + n, " bytes", 6) != 0)
        return 0;
    n += 6;
    has_hash = strncmp(text + n, ", ", 2) == 0 && strspn(text + n + 2, "0123456789abcdef") == 8;
    if (has_hash)
        n += 10;
    if (text[n] != '>')
        return 0;
    if (hashed != NULL)
        *hashed = has_hash;
    return n + 1;
}
