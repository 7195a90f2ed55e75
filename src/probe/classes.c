/* classes.c - the table of failure classes: each has one symptom of the contract, and a phrase.
 *
 * Probes and judge.c name classes; what a class means for a report stands here and nowhere else. A class
 * without a symptom is ours (this machine, this process, this configuration): the result is unknown then.
 */
#include <string.h>

#include "probe_priv.h"

const struct pl_probe_class pl_probe_classes[] = {
    {"OK_SLOW", "slow", "every attempt succeeded, over the budget"},
    {"SELF_FDS", NULL, "no file descriptors left here"},
    {"SELF_PORTS", NULL, "no local port left here"},
    {"SELF_MEMORY", NULL, "no memory or buffers left here"},
    {"SELF_POLICY", NULL, "this machine forbids the connection"},
    {"SELF_CONFIG", NULL, "the probe cannot be made as it is declared"},
    {"SELF_OVERLOAD", NULL, "this process was too late itself to tell"},
    {"SELF_CANCELLED", NULL, "the probe was ended before its answer"},
    {"SELF_SKIPPED_DEPENDENCY", NULL, "not probed, because something that it needs fails"},
    {"DNS_NXDOMAIN", "dns_not_found", "the name does not exist"},
    {"DNS_NODATA", "dns_not_found", "the name has no address"},
    {"DNS_SERVFAIL", "dns_failed", "the resolver failed"},
    {"DNS_REFUSED", "dns_failed", "the resolver refused to answer"},
    {"DNS_TIMEOUT", "dns_timeout", "no answer from the resolver"},
    {"DNS_UNREACHABLE", "dns_failed", "no resolver can be reached"},
    {"DNS_MALFORMED", "dns_failed", "the resolver's answer is broken"},
    {"DNS_MISMATCH", "wrong_content", "other answers than declared"},
    {"DNS_NOT_AUTHORITATIVE", "wrong_content", "the answer is not authoritative"},
    {"NET_REFUSED", "refused", "connection refused"},
    {"NET_HOST_UNREACH", "unreachable", "no way to the host"},
    {"NET_NET_UNREACH", "unreachable", "no way to the network"},
    {"NET_PROHIBITED", "unreachable", "a route forbids it"},
    {"NET_CONNECT_TIMEOUT", "connect_timeout", "no answer to the connection attempt"},
    {"NET_RESET_CONNECT", "reset", "reset while connecting"},
    {"NET_UNIX_MISSING", "socket_missing", "no such socket"},
    {"NET_PROXY", "unreachable", "the proxy failed"},
    {"TLS_TIMEOUT", "tls_timeout", "connected, and no answer to the TLS handshake"},
    {"TLS_NOT_TLS", "tls_not_offered", "the peer does not speak TLS there"},
    {"TLS_NOT_OFFERED", "tls_not_offered", "the peer declined TLS"},
    {"TLS_REQUIRED", "tls_required", "the peer wants TLS and was spoken to in clear"},
    {"TLS_CLOSED", "closed", "hung up during the TLS handshake"},
    {"TLS_RESET", "reset", "reset during the TLS handshake"},
    {"TLS_VERSION", "tls_protocol", "no TLS version in common"},
    {"TLS_CIPHER", "tls_protocol", "no cipher in common"},
    {"TLS_SNI", "tls_name_mismatch", "the peer does not know the name asked for"},
    {"TLS_ALPN", "tls_protocol", "no application protocol in common"},
    {"TLS_CLIENT_CERT_REQUIRED", "client_certificate_required",
     "the peer wants a client certificate"},
    {"TLS_CLIENT_CERT_REJECTED", "client_certificate_rejected",
     "the peer rejects the client certificate"},
    {"TLS_EXPIRED", "tls_expired", "a certificate has expired"},
    {"TLS_NOT_YET_VALID", "tls_expired", "a certificate is not valid yet"},
    {"TLS_HOSTNAME", "tls_name_mismatch", "the certificate is for another name"},
    {"TLS_UNTRUSTED", "tls_untrusted", "no trusted issuer"},
    {"TLS_SELF_SIGNED", "tls_untrusted", "self-signed certificate"},
    {"TLS_REVOKED", "tls_untrusted", "the certificate is revoked"},
    {"TLS_WEAK", "tls_untrusted", "key or signature too weak"},
    {"TLS_BAD_CHAIN", "tls_untrusted", "the certificate chain is broken"},
    {"TLS_PIN", "tls_untrusted", "another certificate than the pinned one"},
    {"TLS_OCSP", "tls_untrusted", "revocation status missing or bad"},
    {"TLS_PEER_ALERT", "tls_protocol", "the peer ended the handshake with an alert"},
    {"IO_TTFB_TIMEOUT", "response_timeout", "connected and no answer"},
    {"IO_BODY_TIMEOUT", "response_timeout", "the answer began and did not end"},
    {"IO_RESET", "reset", "reset where an answer was due"},
    {"IO_CLOSED_EMPTY", "closed", "hung up without an answer"},
    {"IO_TRUNCATED", "closed", "hung up in the middle of the answer"},
    {"PROTO_NOT_HTTP", "protocol_error", "the answer is not HTTP"},
    {"PROTO_HTTP_MALFORMED", "protocol_error", "broken HTTP"},
    {"PROTO_ENCODING", "protocol_error", "broken content encoding"},
    {"PROTO_TOO_LARGE", "protocol_error", "the answer is larger than accepted"},
    {"PROTO_H2", "protocol_error", "broken HTTP/2"},
    {"PROTO_WS_NO_UPGRADE", "websocket_rejected", "the handshake was answered, and not with 101"},
    {"PROTO_WS_BAD_ACCEPT", "protocol_error", "101 without what makes it a WebSocket's"},
    {"PROTO_WS_FRAME", "protocol_error", "broken WebSocket frame"},
    {"PROTO_WS_CLOSED", "websocket_closed", "the WebSocket was closed"},
    {"PROTO_PG", "protocol_error", "the answer is not PostgreSQL's"},
    {"PROTO_RESP", "protocol_error", "the answer is not Redis's"},
    {"PROTO_GRPC", "protocol_error", "the answer is not gRPC"},
    {"HTTP_AUTH", "http_status", "not authenticated"},
    {"HTTP_FORBIDDEN", "http_status", "forbidden"},
    {"HTTP_NOT_FOUND", "http_status", "not found"},
    {"HTTP_RATE_LIMITED", "http_status", "too many requests, or no instance free"},
    {"HTTP_CLIENT_ERR", "http_status", "the request was not accepted"},
    {"HTTP_SERVER_ERR", "http_status", "the server failed"},
    {"HTTP_BAD_GATEWAY", "http_status", "bad gateway"},
    {"HTTP_UNAVAILABLE", "http_status", "unavailable"},
    {"HTTP_GATEWAY_TIMEOUT", "http_status", "gateway timeout"},
    {"HTTP_REDIRECT", "http_status", "redirected"},
    {"HTTP_REDIRECT_LOOP", "http_status", "too many redirects"},
    {"AUTH_BAD_CREDENTIALS", "authentication_failed", "wrong user or password"},
    {"AUTH_NO_CREDENTIALS", "authentication_failed", "credentials are wanted and none were given"},
    {"AUTH_NOT_PERMITTED", "authorization_failed", "not permitted"},
    {"AUTH_TOKEN_SOURCE", NULL, "the token could not be had"},
    {"AUTH_TOKEN_EXPIRED", "authentication_failed", "the token has expired"},
    {"SVC_STARTING", "not_ready", "starting up"},
    {"SVC_SHUTTING_DOWN", "not_ready", "shutting down"},
    {"SVC_SATURATED", "too_many_connections", "no connection or memory left there"},
    {"SVC_READ_ONLY", "read_only", "read-only"},
    {"SVC_NO_OBJECT", "no_such_database", "no such database or object"},
    {"SVC_NOT_SERVING", "not_ready", "up, and not serving"},
    {"SVC_UNKNOWN_SERVICE", "not_ready", "the service is not known there"},
    {"SVC_NOT_IMPLEMENTED", "protocol_error", "not implemented there"},
    {"SVC_BREAKER_OPEN", "not_ready", "the circuit breaker is open"},
    {"SVC_BREAKER_STUCK", "not_ready", "the circuit breaker does not recover"},
    {"SVC_RACE_LOST", "unstable", "released together some fail, one after another all succeed"},
    {"EXPECT_STATUS", "wrong_content", "another status than declared"},
    {"EXPECT_HEADER", "wrong_content", "another header than declared"},
    {"EXPECT_BODY", "wrong_content", "another body than declared"},
    {"EXPECT_JSON", "wrong_content", "another JSON value than declared"},
    {"EXPECT_LATENCY", "slow", "slower than declared"},
    {"EXPECT_CERT_EXPIRING", "wrong_content", "a certificate expires sooner than declared"},
    {"EXPECT_CERT_FIELD", "wrong_content", "another certificate than declared"},
    {"EXPECT_TLS_VERSION", "tls_protocol", "another TLS version than declared"},
    {"EXPECT_TLS_CIPHER", "tls_protocol", "another cipher than declared"},
    {"EXPECT_RECORD", "wrong_content", "another record than declared"},
    {"EXPECT_RESULT", "wrong_content", "another result than declared"},
};
const size_t pl_probe_classes_len = PL_LEN(pl_probe_classes);

const struct pl_probe_class *pl_class_find(const char *name)
{
    for (size_t i = 0; i < PL_LEN(pl_probe_classes); i++)
        if (strcmp(pl_probe_classes[i].name, name) == 0)
            return &pl_probe_classes[i];
    return NULL;
}

/* probes.md 5.10, first row. A resolver that is silent is asked again within the attempt. */
bool pl_class_is_momentary(const char *name)
{
    static const char *const names[] = {"IO_RESET", "IO_CLOSED_EMPTY", "NET_RESET_CONNECT",
                                        "HTTP_BAD_GATEWAY"};

    for (size_t i = 0; i < PL_LEN(names); i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

bool pl_class_is_ours(const char *name)
{
    const struct pl_probe_class *row = pl_class_find(name);

    return row == NULL || row->symptom == NULL;
}
