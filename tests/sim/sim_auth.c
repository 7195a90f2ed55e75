/*
 * sim_auth.c - credentials: the token endpoint (JWT bearer grant, RFC 7523), the metadata server, the judgement of Authorization
 * headers, and the seal on page tokens. Tokens for other tokens are sim_auth_exchange.c's.
 *
 * Bodies of the token endpoint are those of samples/auth and of https://developers.google.com/identity/protocols/oauth2/service-account
 * (table of error codes). Only RS256 is simulated. Nothing here is written to a log.
 */
#include "sim.h"

#include <errno.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <stdlib.h>
#include <string.h>

#define SCOPE_PREFIX "https://www.googleapis.com/auth/"
#define AUDIENCE     "https://oauth2.googleapis.com/token"

enum { JWT_MAX_PART = 8192, JWT_MAX_LIFETIME = 3600, CLOCK_SKEW = 300 };

int sim_auth_open(struct sim_auth *auth, const char *fixed, const char *key_path,
                  struct sim_error *err)
{
    *auth = (struct sim_auth){.fixed = fixed, .issued = json_object()};
    if (RAND_bytes(auth->secret, sizeof auth->secret) != 1) {
        return sim_fail(err, "no random numbers");
    }
    if (key_path == NULL) {
        return 0;
    }
    FILE *file = fopen(key_path, "re");
    if (file == NULL) {
        return sim_fail(err, "%s: %s", key_path, strerror(errno));
    }
    auth->key = PEM_read_PUBKEY(file, NULL, NULL, NULL);
    fclose(file);
    return auth->key == NULL ? sim_fail(err, "%s: not a public key in PEM", key_path) : 0;
}

void sim_auth_close(struct sim_auth *auth)
{
    EVP_PKEY_free(auth->key);
    json_decref(auth->issued);
    json_decref(auth->trust);
    *auth = (struct sim_auth){0};
}

/* ---- access tokens ---- */

json_t *sim_auth_issue(struct sim_auth *auth, const char *scopes, long lifetime,
                       const char *principal)
{
    unsigned char random[24];
    char text[64];
    if (RAND_bytes(random, sizeof random) != 1) {
        memset(random, 0, sizeof random);
    }
    sim_base64url_encode(random, sizeof random, text);
    json_t *token = json_sprintf("ya29.c.sim%lu-%s", ++auth->serial, text);
    json_object_set_new(auth->issued, json_string_value(token),
                        json_pack("{s:I, s:s, s:s}", "expires",
                                  (json_int_t)time(NULL) + (json_int_t)lifetime, "scopes", scopes,
                                  "principal", principal));
    return token;
}

static const char *bearer(const char *authorization)
{
    return authorization != NULL && strncmp(authorization, "Bearer ", 7) == 0 &&
                   authorization[7] != '\0'
               ? authorization + 7
               : NULL;
}

static json_t *own_token_claims(const struct sim_auth *auth, const char *token);

static enum sim_credential scopes_check(const char *held, const char *scopes)
{
    for (const char *at = held; *at != '\0';) {
        const size_t length = strcspn(at, " ");
        char word[128];
        snprintf(word, sizeof word, "%.*s", (int)length, at);
        if (strncmp(word, SCOPE_PREFIX, strlen(SCOPE_PREFIX)) == 0 &&
            sim_has_word(scopes, word + strlen(SCOPE_PREFIX))) {
            return SIM_CREDENTIAL_GOOD;
        }
        at += length;
        at += strspn(at, " ");
    }
    return SIM_CREDENTIAL_SCOPE;
}

enum sim_credential sim_auth_check(const struct sim_auth *auth, const char *authorization,
                                   const char *scopes)
{
    const char *token = bearer(authorization);
    if (authorization == NULL || authorization[0] == '\0') {
        return SIM_CREDENTIAL_NONE;
    }
    if (token == NULL) {
        return SIM_CREDENTIAL_BAD;
    }
    if (auth->fixed != NULL && strcmp(auth->fixed, token) == 0) {
        return SIM_CREDENTIAL_GOOD;
    }
    const json_t *issued = json_object_get(auth->issued, token);
    if (issued == NULL) {
        json_t *claims = own_token_claims(auth, token);
        const enum sim_credential judgement =
            claims == NULL ? SIM_CREDENTIAL_BAD : scopes_check(sim_str(claims, "scope"), scopes);
        json_decref(claims);
        return judgement;
    }
    return json_integer_value(json_object_get(issued, "expires")) <= (json_int_t)time(NULL)
               ? SIM_CREDENTIAL_BAD
               : scopes_check(sim_str(issued, "scopes"), scopes);
}

const char *sim_auth_principal(const struct sim_auth *auth, const char *authorization)
{
    const char *token = bearer(authorization);
    if (token != NULL && auth->fixed != NULL && strcmp(auth->fixed, token) == 0) {
        return "token";
    }
    return token == NULL ? NULL : sim_str(json_object_get(auth->issued, token), "principal");
}

static void identity_part(char *out, size_t room, json_t *part)
{
    char *text = json_dumps(part, JSON_COMPACT);
    if (text != NULL && (strlen(text) + 2) / 3 * 4 < room) {
        sim_base64url_encode((const unsigned char *)text, strlen(text), out);
    }
    free(text);
    json_decref(part);
}

json_t *sim_auth_identity(struct sim_auth *auth, const char *email, const char *audience)
{
    char header[128] = "";
    char claims[JWT_MAX_PART] = "";
    const json_int_t now = (json_int_t)time(NULL);
    identity_part(header, sizeof header, json_pack("{s:s, s:s}", "alg", "RS256", "typ", "JWT"));
    identity_part(claims, sizeof claims,
                  json_pack("{s:s, s:s, s:s, s:I, s:I}", "aud", audience, "iss",
                            "https://accounts.google.com", "email", email, "iat", now, "exp",
                            now + JWT_MAX_LIFETIME));
    return json_sprintf("%s.%s.sim%lu", header, claims, ++auth->serial);
}

void sim_auth_revoke(struct sim_auth *auth, const char *authorization)
{
    const char *token = bearer(authorization);
    if (token != NULL) {
        json_object_del(auth->issued, token);
    }
}

/* ---- the JWT ---- */

static json_t *jwt_part(const char *text, size_t length)
{
    unsigned char *bytes = malloc(JWT_MAX_PART);
    const long n = bytes == NULL ? -1 : sim_base64url_decode(text, length, bytes, JWT_MAX_PART);
    json_t *part =
        n < 0 ? NULL : json_loadb((const char *)bytes, (size_t)n, JSON_REJECT_DUPLICATES, NULL);
    free(bytes);
    return part;
}

static bool jwt_signed(const struct sim_auth *auth, const char *text, size_t signed_length,
                       const char *signature)
{
    unsigned char bytes[1024];
    const long n = sim_base64url_decode(signature, strlen(signature), bytes, sizeof bytes);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    const bool good = n > 0 && auth->key != NULL && context != NULL &&
                      EVP_PKEY_get_base_id(auth->key) == EVP_PKEY_RSA &&
                      EVP_DigestVerifyInit(context, NULL, EVP_sha256(), NULL, auth->key) == 1 &&
                      EVP_DigestVerify(context, bytes, (size_t)n, (const unsigned char *)text,
                                       signed_length) == 1;
    EVP_MD_CTX_free(context);
    return good;
}

struct complaint {
    const char *error;
    const char *text;
};

static const struct complaint bad_signature = {"invalid_grant", "Invalid JWT Signature."};
static const struct complaint bad_time = {
    "invalid_grant",
    "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. "
    "Check your iat and exp "
    "values and use a clock with skew to account for clock differences between systems."};
static const struct complaint bad_audience = {
    "invalid_grant", "Invalid JWT: Failed audience check. The right audience is " AUDIENCE};
static const struct complaint bad_issuer = {"invalid_grant", "Invalid grant: account not found"};
static const struct complaint bad_scope = {"invalid_scope",
                                           "Invalid OAuth scope or ID token audience provided."};
static const struct complaint bad_form = {"invalid_request",
                                          "Missing required parameter: grant_type"};
static const struct complaint bad_assertion = {"invalid_grant", "Bad Request"};

static bool scopes_good(const char *scopes)
{
    if (scopes == NULL || scopes[0] == '\0') {
        return false;
    }
    for (const char *at = scopes; *at != '\0';) {
        if (strncmp(at, SCOPE_PREFIX, strlen(SCOPE_PREFIX)) != 0) {
            return false;
        }
        at += strcspn(at, " ");
        at += strspn(at, " ");
    }
    return true;
}

static bool times_good(const json_t *claims)
{
    const json_t *issued = json_object_get(claims, "iat");
    const json_t *expires = json_object_get(claims, "exp");
    const json_int_t now = (json_int_t)time(NULL);
    const json_int_t iat = json_integer_value(issued);
    const json_int_t exp = json_integer_value(expires);
    return json_is_integer(issued) && json_is_integer(expires) && iat <= now + CLOCK_SKEW &&
           iat >= now - JWT_MAX_LIFETIME && exp > now && exp > iat && exp - iat <= JWT_MAX_LIFETIME;
}

/* NULL if the claims are good. */
static const struct complaint *claims_judge(const json_t *claims)
{
    const char *issuer = sim_str(claims, "iss");
    const char *audience = sim_str(claims, "aud");
    if (audience == NULL || strcmp(audience, AUDIENCE) != 0) {
        return &bad_audience;
    }
    if (!times_good(claims)) {
        return &bad_time;
    }
    if (issuer == NULL || strchr(issuer, '@') == NULL) {
        return &bad_issuer;
    }
    /* One of the two: an access token, or an identity token for an audience. */
    if (sim_str(claims, "target_audience") != NULL) {
        return sim_str(claims, "scope") == NULL ? NULL : &bad_scope;
    }
    return scopes_good(sim_str(claims, "scope")) ? NULL : &bad_scope;
}

/* The claims of a JWT that the key of --key-public has signed, or NULL; `*form` tells whether it has the form of one at all. */
static json_t *jwt_claims(const struct sim_auth *auth, const char *text, bool *form)
{
    const size_t first = strcspn(text, ".");
    const size_t second = text[first] == '\0' ? 0 : first + 1 + strcspn(text + first + 1, ".");
    *form = false;
    if (second == 0 || text[second] == '\0') {
        return NULL;
    }
    json_t *header = jwt_part(text, first);
    json_t *claims = jwt_part(text + first + 1, second - first - 1);
    const char *algorithm = sim_str(header, "alg");
    *form = header != NULL && claims != NULL;
    if (!*form || algorithm == NULL || strcmp(algorithm, "RS256") != 0 ||
        !jwt_signed(auth, text, second, text + second + 1)) {
        json_decref(claims);
        claims = NULL;
    }
    json_decref(header);
    return claims;
}

/* The claims of a good assertion, or NULL with the complaint. */
static json_t *assertion_judge(const struct sim_auth *auth, const char *assertion,
                               const struct complaint **complaint)
{
    bool form = false;
    json_t *claims = jwt_claims(auth, assertion, &form);
    *complaint = claims != NULL ? claims_judge(claims) : form ? &bad_signature : &bad_assertion;
    if (*complaint != NULL) {
        json_decref(claims);
        return NULL;
    }
    return claims;
}

/* A JWT that is a token in itself (https://google.aip.dev/auth/4111): issuer and subject are the account, a scope and no audience. */
static json_t *own_token_claims(const struct sim_auth *auth, const char *token)
{
    bool form = false;
    json_t *claims = jwt_claims(auth, token, &form);
    const char *issuer = sim_str(claims, "iss");
    const char *subject = sim_str(claims, "sub");
    if (claims != NULL && (issuer == NULL || subject == NULL || strcmp(issuer, subject) != 0 ||
                           sim_str(claims, "aud") != NULL ||
                           !scopes_good(sim_str(claims, "scope")) || !times_good(claims))) {
        json_decref(claims);
        return NULL;
    }
    return claims;
}

/* ---- the token endpoint ---- */

static char *form_value(const struct sim_request *request, const char *name)
{
    const char *at = request->body;
    const char *end = at + request->body_length;
    while (at != NULL && at < end) {
        const char *stop = memchr(at, '&', (size_t)(end - at));
        const size_t length = stop == NULL ? (size_t)(end - at) : (size_t)(stop - at);
        const char *equals = memchr(at, '=', length);
        if (equals != NULL && (size_t)(equals - at) == strlen(name) &&
            memcmp(at, name, strlen(name)) == 0) {
            return sim_percent_decode(equals + 1, length - (size_t)(equals + 1 - at), true);
        }
        at = stop == NULL ? NULL : stop + 1;
    }
    return NULL;
}

static void complain(struct sim_reply *reply, const struct complaint *complaint)
{
    reply->status = 400;
    reply->json =
        json_pack("{s:s, s:s}", "error", complaint->error, "error_description", complaint->text);
}

static void assertion_answer(struct sim_auth *auth, const json_t *claims, long lifetime,
                             struct sim_reply *reply)
{
    const char *email = sim_str(claims, "iss");
    const char *audience = sim_str(claims, "target_audience");
    if (audience != NULL) {
        reply->json = json_pack("{s:o}", "id_token", sim_auth_identity(auth, email, audience));
        return;
    }
    reply->json = json_pack("{s:o, s:I, s:s}", "access_token",
                            sim_auth_issue(auth, sim_str(claims, "scope"), lifetime, email),
                            "expires_in", (json_int_t)lifetime, "token_type", "Bearer");
}

static void grant_unknown(struct sim_reply *reply, const char *grant)
{
    json_t *text = json_sprintf("Invalid grant_type: %s", grant);
    complain(reply,
             &(struct complaint){"unsupported_grant_type",
                                 text == NULL ? "Invalid grant_type" : json_string_value(text)});
    json_decref(text);
}

void sim_auth_token(struct sim_auth *auth, const struct sim_request *request, long lifetime,
                    struct sim_reply *reply)
{
    static const char form[] = "application/x-www-form-urlencoded";
    const bool is_form =
        request->content_type != NULL && strncmp(request->content_type, form, strlen(form)) == 0;
    char *grant = is_form ? form_value(request, "grant_type") : NULL;
    char *assertion = is_form ? form_value(request, "assertion") : NULL;
    const struct complaint *complaint = &bad_form;
    json_t *claims = NULL;
    if (grant != NULL && strcmp(grant, "refresh_token") == 0 && auth->trust != NULL) {
        sim_auth_refresh(auth, request, lifetime, reply);
    } else if (grant != NULL && strcmp(grant, "urn:ietf:params:oauth:grant-type:jwt-bearer") != 0) {
        grant_unknown(reply, grant);
    } else {
        if (grant != NULL && assertion != NULL) {
            claims = assertion_judge(auth, assertion, &complaint);
        }
        if (claims == NULL) {
            complain(reply, complaint);
        } else {
            assertion_answer(auth, claims, lifetime, reply);
        }
    }
    json_decref(claims);
    free(assertion);
    free(grant);
}

/* ---- the metadata server ---- */

static void metadata_text(struct sim_reply *reply, const char *text)
{
    reply->text = strdup(text == NULL ? "" : text);
    reply->type = "application/text";
}

/* ?scopes= is a comma-separated list; without it the instance's own scope, which is cloud-platform here. */
static void metadata_token(struct sim_auth *auth, const struct sim_request *request, long lifetime,
                           const char *email, struct sim_reply *reply)
{
    const char *asked = sim_query(request, "scopes");
    char *scopes =
        strdup(asked == NULL || asked[0] == '\0' ? SCOPE_PREFIX "cloud-platform" : asked);
    for (char *at = scopes; at != NULL && *at != '\0'; at++) {
        *at = *at == ',' ? ' ' : *at;
    }
    reply->type = "application/json";
    reply->json = json_pack("{s:o, s:I, s:s}", "access_token",
                            sim_auth_issue(auth, scopes == NULL ? "" : scopes, lifetime, email),
                            "expires_in", (json_int_t)lifetime, "token_type", "Bearer");
    free(scopes);
}

/* https://cloud.google.com/compute/docs/instances/verifying-instance-identity */
static void metadata_identity(struct sim_auth *auth, const struct sim_request *request,
                              const char *email, struct sim_reply *reply)
{
    const char *audience = sim_query(request, "audience");
    if (audience == NULL || audience[0] == '\0') {
        reply->status = 400;
        metadata_text(reply, "non-empty audience parameter required");
        return;
    }
    json_t *token = sim_auth_identity(auth, email, audience);
    metadata_text(reply, json_string_value(token));
    json_decref(token);
}

static void metadata_account(const char *email, const struct sim_request *request,
                             struct sim_reply *reply)
{
    const char *recursive = sim_query(request, "recursive");
    if (recursive != NULL && strcmp(recursive, "true") == 0) {
        reply->type = "application/json";
        reply->json = json_pack("{s:[s], s:s, s:[s]}", "aliases", "default", "email", email,
                                "scopes", SCOPE_PREFIX "cloud-platform");
    } else {
        metadata_text(reply, "aliases\nemail\nidentity\nscopes\ntoken\n");
    }
}

void sim_auth_metadata(struct sim_auth *auth, const struct sim_estate *estate,
                       const struct sim_request *request, long lifetime, struct sim_reply *reply)
{
    static const char root[] = "computeMetadata/v1/";
    const char *path =
        strncmp(request->path, root, strlen(root)) == 0 ? request->path + strlen(root) : NULL;
    const char *project = json_object_iter_key(json_object_iter(estate->projects));
    char email[256];
    snprintf(email, sizeof email, "plumbline@%s.iam.gserviceaccount.com",
             project == NULL ? "none" : project);
    reply->metadata = true;
    if (strcmp(request->http, "GET") != 0) {
        sim_refuse_html(reply, 405, request->http, request->path);
    } else if (request->path[0] == '\0') {
        metadata_text(reply, "computeMetadata/\n"); /* the ping asks nothing of the caller */
    } else if (request->metadata_flavor == NULL ||
               strcmp(request->metadata_flavor, "Google") != 0) {
        reply->status = 403;
        metadata_text(reply, "Missing Metadata-Flavor:Google header.\n");
        reply->type = "text/html; charset=UTF-8";
    } else if (request->forwarded_for != NULL) {
        /* "requests that contain the header X-Forwarded-For are rejected" (cloud.google.com/compute/docs/metadata/querying-metadata). */
        reply->status = 403;
        metadata_text(reply, "Request contains an X-Forwarded-For header.\n");
        reply->type = "text/html; charset=UTF-8";
    } else if (path != NULL && strcmp(path, "project/project-id") == 0) {
        metadata_text(reply, project);
    } else if (path != NULL && strcmp(path, "project/numeric-project-id") == 0) {
        metadata_text(reply, project == NULL ? NULL : sim_estate_number(estate, project));
    } else if (path != NULL && strcmp(path, "universe/universe-domain") == 0) {
        metadata_text(reply, "googleapis.com");
    } else if (path != NULL && strcmp(path, "instance/service-accounts/default/email") == 0) {
        metadata_text(reply, email);
    } else if (path != NULL && strcmp(path, "instance/service-accounts/default/") == 0) {
        metadata_account(email, request, reply);
    } else if (path != NULL && strcmp(path, "instance/service-accounts/default/token") == 0) {
        metadata_token(auth, request, lifetime, email, reply);
    } else if (path != NULL && strcmp(path, "instance/service-accounts/default/identity") == 0) {
        metadata_identity(auth, request, email, reply);
    } else {
        sim_refuse_html(reply, 404, request->http, request->path);
    }
}

/* ---- page tokens ---- */

static void page_seal(const struct sim_auth *auth, size_t offset, const char *query,
                      unsigned char mac[EVP_MAX_MD_SIZE])
{
    json_t *text = json_sprintf("%zu\n%s", offset, query);
    unsigned length = 0;
    memset(mac, 0, EVP_MAX_MD_SIZE);
    HMAC(EVP_sha256(), auth->secret, (int)sizeof auth->secret,
         (const unsigned char *)json_string_value(text), json_string_length(text), mac, &length);
    json_decref(text);
}

void sim_auth_page_write(const struct sim_auth *auth, size_t offset, const char *query,
                         char out[64])
{
    unsigned char mac[EVP_MAX_MD_SIZE];
    unsigned char raw[4 + SIM_MAC_BYTES];
    page_seal(auth, offset, query, mac);
    for (size_t i = 0; i < 4; i++) {
        raw[i] = (unsigned char)((offset >> (8 * i)) & 0xffU);
    }
    memcpy(raw + 4, mac, SIM_MAC_BYTES);
    sim_base64url_encode(raw, sizeof raw, out);
}

int sim_auth_page_read(const struct sim_auth *auth, const char *token, const char *query,
                       size_t *offset)
{
    unsigned char mac[EVP_MAX_MD_SIZE];
    unsigned char raw[4 + SIM_MAC_BYTES];
    if (sim_base64url_decode(token, strlen(token), raw, sizeof raw) != (long)sizeof raw) {
        return -1;
    }
    *offset = (size_t)raw[0] | (size_t)raw[1] << 8 | (size_t)raw[2] << 16 | (size_t)raw[3] << 24;
    page_seal(auth, *offset, query, mac);
    return memcmp(raw + 4, mac, SIM_MAC_BYTES) == 0 ? 0 : -1;
}
