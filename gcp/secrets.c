/* secrets.c - reads the values that --read-secrets compares: secret versions and Memorystore's AUTH strings. Each is described (payload.h) as it
 * comes, and wiped.
 *
 * Which are read is the caller's business; that no other call is made, request.c's. Secret Manager's CRC32C is verified
 * (https://cloud.google.com/secret-manager/docs/data-integrity).
 */
#include "gcp_priv.h"

#include <inttypes.h>
#include <openssl/evp.h>
#include <string.h>

#include "plumbline/payload.h"

/* Castagnoli's polynomial, reflected (RFC 3720, section 12.1). */
static uint32_t crc32c(const unsigned char *bytes, size_t len)
{
    uint32_t crc = UINT32_MAX;

    for (size_t i = 0; i < len; i++) {
        crc ^= bytes[i];
        for (int bit = 0; bit < 8; bit++)
            crc = (crc >> 1) ^ (UINT32_C(0x82f63b78) & -(crc & 1));
    }
    return ~crc;
}

/* RFC 4648 with padding. NULL: it is none. */
static unsigned char *decode(struct pl_arena *scratch, const char *text, size_t *len)
{
    size_t n = strlen(text);
    unsigned char *out = pl_arena_alloc(scratch, n / 4 * 3 + 1);
    int got = n % 4 == 0 && strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                         "0123456789+/=") == n
                  ? EVP_DecodeBlock(out, (const unsigned char *)text, (int)n)
                  : -1;

    if (got < 0)
        return NULL;
    for (size_t i = n; i > 0 && text[i - 1] == '=' && got > 0; i--)
        got--; /* EVP_DecodeBlock counts the padding as zero bytes */
    *len = (size_t)got;
    return out;
}

const struct pl_value *pl_gcp_describe(struct pl_arena *arena, const struct pl_secret_call *of,
                                       const struct pl_value *body, const char **wrong)
{
    const struct pl_value *holder = of->checksum != NULL ? pl_value_member(body, of->field) : body;
    const char *text = pl_value_member_text(holder, of->value);
    struct pl_arena *scratch = pl_arena_new_wiped();
    const struct pl_value *out = NULL;
    unsigned char *bytes;
    int64_t sum;
    size_t len;

    *wrong = NULL;
    if (text == NULL && of->checksum != NULL)
        text = ""; /* an empty field is left out of JSON */
    if (text == NULL) {
        *wrong = "the answer holds no secret";
    } else if (of->checksum == NULL) {
        out = pl_payload_describe(arena, text, strlen(text));
    } else if ((bytes = decode(scratch, text, &len)) == NULL) {
        *wrong = "the payload is no base64";
    } else if (!pl_value_as_int(pl_value_member(holder, of->checksum), &sum)) {
        *wrong = "the payload comes without its CRC32C: what cannot be verified is not compared";
    } else if (sum != (int64_t)crc32c(bytes, len)) {
        *wrong = "the payload does not match its CRC32C: it was damaged on the way";
    } else {
        out = pl_payload_describe(arena, (const char *)bytes, len);
    }
    pl_arena_free(scratch);
    return out;
}

struct reading {
    struct pl_arena *arena;
    struct pl_gcp_secret *secret;
};

static const char *keep(struct pl_arena *arena, const char *text)
{
    return text != NULL ? pl_arena_strdup(arena, text) : NULL;
}

static void fail(const struct reading *r, const struct pl_gcp_failure *failure)
{
    const struct pl_address *a = &r->secret->address;

    r->secret->gap = (struct pl_unobserved){.kind = a->kind,
                                            .kind_name = a->kind->name,
                                            .scope = pl_address_resource_name(r->arena, a),
                                            .field = a->kind->secret->field,
                                            .reason = keep(r->arena, failure->reason),
                                            .permission = keep(r->arena, failure->permission),
                                            .detail = keep(r->arena, failure->detail),
                                            .remedy = keep(r->arena, failure->remedy)};
}

static void on_secret(struct pl_gcp_call *call, const struct pl_value *body,
                      const struct pl_gcp_failure *failure)
{
    const struct reading *r = call->arg;
    const char *wrong = NULL;

    if (failure != NULL) {
        fail(r, failure);
        return;
    }
    r->secret->description =
        pl_gcp_describe(r->arena, r->secret->address.kind->secret, body, &wrong);
    if (wrong != NULL) {
        struct pl_gcp_failure made =
            pl_gcp_failure_make(call->arena, &call->about, "bad_answer", wrong);

        fail(r, &made);
    }
}

static void ask(struct pl_gcp *gcp, struct pl_arena *arena, struct pl_gcp_secret *secret)
{
    const struct pl_address *a = &secret->address;
    const struct pl_kind *kind = a->kind;
    struct pl_gcp_call *call = pl_gcp_call_new(gcp, kind->name);
    struct reading *r = PL_NEW(call->arena, struct reading);
    struct pl_gcp_var vars[] = {
        {"project", a->project},
        {"location", a->location},
        {kind->segments[0], a->names[0]},
        {kind->n_segments > 1 ? kind->segments[1] : "", kind->n_segments > 1 ? a->names[1] : ""}};

    *r = (struct reading){arena, secret};
    call->ask = (struct pl_gcp_ask){
        .purpose = PL_GCP_SECRET,
        .method = "GET",
        .host = kind->call.api,
        .path = pl_gcp_expand(call->arena, kind->secret->path, vars, PL_LEN(vars)),
    };
    call->about = (struct pl_gcp_about){.api = kind->call.api,
                                        .project = a->project,
                                        .permission = kind->secret->permission,
                                        .role = kind->secret->role,
                                        .member = gcp->member};
    call->done = on_secret;
    call->arg = r;
    pl_gcp_call_start(call);
}

int pl_gcp_read_secrets(struct pl_arena *arena, struct pl_loop *loop,
                        const struct pl_gcp_options *options, struct pl_gcp_secret *secrets,
                        size_t n, struct pl_err *err)
{
    struct pl_gcp_stats stats = {0};
    struct pl_gcp gcp;
    struct pl_gcp_failure failure = {.reason = "auth"};
    struct pl_err why = {0};
    int status;

    if (pl_gcp_open(&gcp, arena, loop, options, &stats, err) != 0)
        return -1;
    for (size_t i = 0; i < n; i++)
        ask(&gcp, arena, &secrets[i]);
    status = n > 0 ? pl_gcp_run(&gcp, &why) : 0;
    if (status != 0 && why.code == PL_E_AUTH) { /* nobody may ask: as if each had been refused */
        failure.detail = why.text;
        failure.remedy = gcp.login;
        for (size_t i = 0; i < n; i++)
            fail(&(struct reading){arena, &secrets[i]}, &failure);
        status = 0;
    }
    pl_gcp_close(&gcp);
    if (status != 0 && err != NULL)
        *err = why;
    return status;
}
