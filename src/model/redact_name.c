/* redact_name.c - what a name says of its value: DB_PASSWORD holds a secret, DB_PASSWORD_FILE, KEYSPACE and MAX_TOKENS do not.
 *
 * Names are cut into words, the words are looked up in tables. Values are looked at in redact_text.c.
 */
#include <ctype.h>
#include <string.h>

#include "model_priv.h"

enum { WORDS_MAX = 16, WORD_MAX_LEN = 32 };

struct words {
    char word[WORDS_MAX][WORD_MAX_LEN];
    size_t n;
};

/* A secret wherever in the name it stands. */
static const char *const secret_words[] = {
    "password",   "passwords", "passwd",        "passphrase", "passcode",   "pwd",
    "secret",     "secrets",   "token",         "tokens",     "credential", "credentials",
    "creds",      "apikey",    "authkey",       "authtoken",  "accesskey",  "secretkey",
    "privatekey", "signature", "authorization", "bearer",     "authstring",
};
/* A secret at the end of the name only: PASS_THROUGH and AUTH_HOST are none. */
static const char *const last_words[] = {"pass", "pw", "auth", "cookie", "sig", "salt", "pepper"};
/* A secret at the end of a word that is written together: PGPASSWORD, redispass. */
static const char *const endings[] = {"password", "passwd",     "passphrase",  "secret",
                                      "token",    "apikey",     "secretkey",   "accesskey",
                                      "pwd",      "privatekey", "credentials", "pass"};
static const char *const no_endings[] = {"bypass", "compass", "overpass", "underpass", "surpass"};
/* At the end of a name they say that it is about a secret, not the secret. */
static const char *const about_words[] = {
    "id",       "ids",      "name",     "names",      "host",       "hostname", "port",
    "url",      "uri",      "endpoint", "path",       "file",       "dir",      "type",
    "version",  "versions", "ttl",      "length",     "len",        "size",     "enabled",
    "disabled", "required", "optional", "algorithm",  "alg",        "expiry",   "expires",
    "lifetime", "timeout",  "age",      "expiration", "user",       "username", "role",
    "roles",    "scope",    "scopes",   "audience",   "issuer",     "region",   "location",
    "project",  "bucket",   "ring",     "prefix",     "suffix",     "policy",   "mode",
    "provider", "store",    "manager",  "rotation",   "source",     "ref",      "status",
    "interval", "template", "format",   "encryption", "validation",
};
/* Anywhere, they make the name one of a number. */
static const char *const number_words[] = {"max", "min", "num", "count", "limit"};
/* Keys that are no secrets. */
static const char *const open_keys[] = {"public", "partition", "primary", "sort",        "foreign",
                                        "cache",  "routing",   "kms",     "idempotency", "lookup"};
/* At the end they say how it is written. */
static const char *const encodings[] = {"base64", "b64", "json", "pem",   "value",  "data",
                                        "raw",    "hex", "text", "bytes", "string", "encoded"};
static const char *const hint_words[] = {
    "auth", "key", "sig",     "hash",  "nonce", "session", "private", "encryption", "access",
    "api",  "jwt", "license", "oauth", "hmac",  "signing", "seed",    "salt",       "cert",
};
static const char *const place_words[] = {
    "url",    "uri",     "dsn",  "database", "db",      "conn", "connection", "connstring",
    "broker", "brokers", "host", "server",   "servers", "addr", "address"};

static bool among(const char *const *table, size_t n, const char *word)
{
    for (size_t i = 0; i < n; i++)
        if (table[i][0] == word[0] && strcmp(table[i], word) == 0)
            return true;
    return false;
}
#define AMONG(table, word) among((table), PL_LEN(table), (word))

static bool any_among(const char *const *table, size_t n, const struct words *words)
{
    for (size_t i = 0; i < words->n; i++)
        if (among(table, n, words->word[i]))
            return true;
    return false;
}
#define ANY_AMONG(table, words) any_among((table), PL_LEN(table), (words))

/* "DB_PASSWORD", "dbPassword", "APIKey2": words begin behind what is no letter or digit, and at humps. */
static bool begins_word(const char *name, size_t len, size_t i)
{
    unsigned char before = (unsigned char)name[i - 1], c = (unsigned char)name[i];

    if (!isalnum(before))
        return true;
    if (!isupper(c))
        return false;
    return !isupper(before) || (i + 1 < len && islower((unsigned char)name[i + 1]));
}

static void split(const char *name, size_t len, struct words *out)
{
    size_t used = 0;

    memset(out, 0, sizeof *out);
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)name[i];

        if (used > 0 && begins_word(name, len, i)) {
            out->n++;
            used = 0;
        }
        if (out->n == WORDS_MAX)
            return;
        if (isalnum(c) && used + 1 < WORD_MAX_LEN)
            out->word[out->n][used++] = (char)tolower(c);
    }
    out->n += used > 0;
}

/* KEY_2, password1: numbers only tell several of them apart. */
static void drop_numbers(struct words *words)
{
    for (size_t i = 0; i < words->n; i++) {
        size_t len = strlen(words->word[i]);

        while (len > 0 && isdigit((unsigned char)words->word[i][len - 1]) &&
               !AMONG(encodings, words->word[i]))
            words->word[i][--len] = '\0';
    }
    while (words->n > 0 && words->word[words->n - 1][0] == '\0')
        words->n--;
}

static bool has_ending(const char *word)
{
    size_t len = strlen(word);

    for (size_t i = 0; i < PL_LEN(endings); i++) {
        size_t n = strlen(endings[i]);

        if (len > n && strcmp(word + len - n, endings[i]) == 0)
            return !AMONG(no_endings, word);
    }
    return false;
}

/* The last word that does not only say how the value is written. */
static const char *telling_word(const struct words *words)
{
    size_t last = words->n - 1;

    return words->word[last > 0 && AMONG(encodings, words->word[last]) ? last - 1 : last];
}

static bool is_key(const struct words *words)
{
    const char *word = telling_word(words);

    return (strcmp(word, "key") == 0 || strcmp(word, "keys") == 0) && !ANY_AMONG(open_keys, words);
}

struct pl_name_look pl_name_look(const char *name, size_t len)
{
    struct pl_name_look look = {.secret = false};
    struct words words;
    const char *last;
    bool key;

    for (size_t i = 0; i < len; i++)
        if (name[i] == '/' &&
            i + 1 < len) { /* "run.googleapis.com/secrets": the domain says nothing */
            name += i + 1;
            len -= i + 1;
            i = 0;
        }
    split(name, len, &words);
    drop_numbers(&words);
    if (words.n == 0)
        return look;
    last = words.word[words.n - 1];
    look.place = ANY_AMONG(place_words, &words);
    look.hint = ANY_AMONG(hint_words, &words) && !ANY_AMONG(open_keys, &words);
    for (size_t i = 0; i < words.n; i++) {
        look.webhook = look.webhook || strcmp(words.word[i], "webhook") == 0;
        look.secret = look.secret || has_ending(words.word[i]);
    }
    key = is_key(&words);
    look.secret = look.secret || key || ANY_AMONG(secret_words, &words) ||
                  AMONG(last_words, telling_word(&words));
    if (AMONG(about_words, last) || ANY_AMONG(number_words, &words))
        look.secret = false;
    look.maybe_path = key || strncmp(last, "cred", 4) == 0;
    look.key_alone = key && words.n == 1;
    return look;
}
