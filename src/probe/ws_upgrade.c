/* ws_upgrade.c - the opening handshake of a WebSocket (RFC 6455, section 4): the request, and whether its answer is one.
 */
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <stdio.h>
#include <string.h>

#include "ws_priv.h"

static void add_line(struct pl_buf *out, const char *name, const char *value)
{
    pl_buf_addf(out, "%s: %s\r\n", name, value);
}

void pl_ws_upgrade(struct attempt *a, char key[PL_WS_KEY])
{
    const struct pl_probe_spec *spec = a->target->spec;
    struct pl_buf out = {0};
    unsigned char nonce[16] = {0};
    const char *name = pl_is_socket_path(a->host) ? "localhost" : a->host;
    bool v6 = strchr(name, ':') != NULL,
         usual = a->port == (a->tls ? 443 : 80) || pl_is_socket_path(a->host);

    (void)RAND_bytes(nonce, sizeof(nonce));
    EVP_EncodeBlock((unsigned char *)key, nonce, sizeof(nonce));
    pl_buf_addf(&out, "GET %s HTTP/1.1\r\n", a->path);
    pl_buf_addf(&out, v6 ? "Host: [%s]" : "Host: %s", name);
    pl_buf_addf(&out, usual ? "\r\n" : ":%d\r\n", a->port);
    pl_buf_adds(&out, "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n");
    add_line(&out, "User-Agent", "plumbline/" PL_VERSION);
    add_line(&out, "Sec-WebSocket-Key", key);
    if (spec->subprotocol != NULL)
        add_line(&out, "Sec-WebSocket-Protocol", spec->subprotocol);
    if (spec->origin != NULL)
        add_line(&out, "Origin", spec->origin);
    for (size_t i = 0; i < spec->n_headers; i++)
        add_line(&out, spec->headers[i].name, pl_probe_reveal(&spec->headers[i].value));
    if (pl_probe_reveal(&spec->bearer) != NULL)
        pl_buf_addf(&out, "Authorization: Bearer %s\r\n", pl_probe_reveal(&spec->bearer));
    if (spec->identity_token != NULL)
        pl_buf_addf(&out, "%s: Bearer %s\r\n", pl_identity_header(spec),
                    pl_secret_reveal(a->target->job->identity_token));
    pl_buf_adds(&out, "\r\n");
    pl_stream_write(a, out.data, out.len);
    pl_wipe(out.data, out.cap);
    pl_buf_free(&out);
}

/* Section 4.2.2: base64 of the SHA-1 of key and GUID. */
static bool accept_fits(const char *key, const char *accept)
{
    unsigned char digest[SHA_DIGEST_LENGTH];
    char text[96], wanted[32];
    unsigned int n = 0;

    if (accept == NULL)
        return false;
    snprintf(text, sizeof(text), "%s258EAFA5-E914-47DA-95CA-C5AB0DC85B11", key);
    if (EVP_Digest(text, strlen(text), digest, &n, EVP_sha1(), NULL) != 1)
        return false;
    EVP_EncodeBlock((unsigned char *)wanted, digest, (int)n);
    return strcmp(accept, wanted) == 0;
}

static int check_protocol(struct attempt *a, const char *chosen)
{
    const char *asked = a->target->spec->subprotocol;

    if (chosen == NULL && asked == NULL)
        return 0;
    if (chosen != NULL && asked != NULL && strcmp(chosen, asked) == 0)
        return 0;
    pl_attempt_fail(a, "EXPECT_HEADER", 101, "subprotocol: %s chose %.40s, declared is %s",
                    a->peer_text, chosen != NULL ? chosen : "none", asked != NULL ? asked : "none");
    return -1;
}

/* What a client must insist on: section 4.1. */
int pl_ws_check_upgrade(struct attempt *a, const struct head *head, const char *key)
{
    const char *after = pl_head_value(a->arena, head, "Retry-After"), *wrong = NULL;

    if (head->status != 101) {
        pl_attempt_fail(a, "PROTO_WS_NO_UPGRADE", head->status,
                        "%s answers the WebSocket handshake with %d%s%.40s", a->peer_text,
                        head->status, after != NULL ? ", Retry-After " : "",
                        after != NULL ? after : "");
        return -1;
    }
    if (!accept_fits(key, pl_head_value(a->arena, head, "Sec-WebSocket-Accept")))
        wrong = "without the right Sec-WebSocket-Accept";
    else if (!pl_head_lists(a->arena, head, "Upgrade", "websocket"))
        wrong = "without 'Upgrade: websocket'";
    else if (!pl_head_lists(a->arena, head, "Connection", "Upgrade"))
        wrong = "without 'Connection: Upgrade'";
    else if (pl_head_value(a->arena, head, "Sec-WebSocket-Extensions") != NULL)
        wrong = "with extensions that nobody asked for";
    if (wrong != NULL) {
        pl_attempt_fail(a, "PROTO_WS_BAD_ACCEPT", 101, "%s answers 101 %s", a->peer_text, wrong);
        return -1;
    }
    return check_protocol(a, pl_head_value(a->arena, head, "Sec-WebSocket-Protocol"));
}
