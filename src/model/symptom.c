/* symptom.c - the catalogue of what a client can see when a connection fails, section 6 of the contract.
 *
 * Reading a file of them stands in symptom_read.c; which cause can produce which symptom is the path model's.
 */
#include "plumbline/symptom.h"

#include <string.h>

const struct pl_symptom_kind pl_symptom_kinds[] = {
    {"dns_not_found", PL_LAYER_DNS, "the name does not exist"},
    {"dns_timeout", PL_LAYER_DNS, "no answer from the resolver"},
    {"dns_failed", PL_LAYER_DNS, "the resolver failed"},
    {"refused", PL_LAYER_TCP, "the connection was refused"},
    {"connect_timeout", PL_LAYER_TCP, "no answer to the connection attempt"},
    {"unreachable", PL_LAYER_TCP, "no route to the address"},
    {"reset", PL_LAYER_TCP, "the peer reset the connection"},
    {"closed", PL_LAYER_TCP, "the peer closed the connection without an answer"},
    {"socket_missing", PL_LAYER_TCP, "the unix socket's path is not there"},
    {"tls_timeout", PL_LAYER_TLS, "connected, but no answer to the TLS handshake"},
    {"tls_untrusted", PL_LAYER_TLS, "the certificate's issuer is not trusted"},
    {"tls_expired", PL_LAYER_TLS, "the certificate has expired or is not valid yet"},
    {"tls_name_mismatch", PL_LAYER_TLS, "the certificate is for another name"},
    {"tls_protocol", PL_LAYER_TLS, "the two sides agree on no TLS version or cipher"},
    {"tls_required", PL_LAYER_TLS, "the server takes no connection without TLS"},
    {"tls_not_offered", PL_LAYER_TLS, "the server does not speak TLS here"},
    {"client_certificate_required", PL_LAYER_TLS, "the server wants a client certificate"},
    {"client_certificate_rejected", PL_LAYER_TLS, "the server rejected the client certificate"},
    {"response_timeout", PL_LAYER_HTTP, "connected, but no answer in time"},
    {"timeout", PL_LAYER_HTTP, "no success in time, the phase is not known"},
    {"http_status", PL_LAYER_HTTP, "answered with an error status"},
    {"websocket_rejected", PL_LAYER_HTTP, "the WebSocket handshake was rejected"},
    {"websocket_closed", PL_LAYER_HTTP, "the WebSocket was closed"},
    {"authentication_failed", PL_LAYER_SERVICE, "the service did not accept the credentials"},
    {"authorization_failed", PL_LAYER_SERVICE, "the service does not allow this to this client"},
    {"too_many_connections", PL_LAYER_SERVICE, "the service takes no more connections"},
    {"no_such_database", PL_LAYER_SERVICE, "the database does not exist"},
    {"read_only", PL_LAYER_SERVICE, "the service is read-only"},
    {"not_ready", PL_LAYER_SERVICE, "the service says that it is not ready"},
    {"protocol_error", PL_LAYER_SERVICE, "something else answers than was expected"},
    {"slow", PL_LAYER_BUDGET, "answers, but slower than its budget"},
    {"unstable", PL_LAYER_BUDGET, "some attempts fail"},
    {"wrong_content", PL_LAYER_BUDGET, "answers, but not what was expected"},
};
const size_t pl_symptom_kinds_len = PL_LEN(pl_symptom_kinds);

const struct pl_symptom_kind *pl_symptom_find(const char *name)
{
    for (size_t i = 0; i < pl_symptom_kinds_len; i++)
        if (strcmp(pl_symptom_kinds[i].name, name) == 0)
            return &pl_symptom_kinds[i];
    return NULL;
}

/* "403" digit by digit, "x" any digit; "0" where no code is known. */
static bool code_matches(int code, const char *pattern)
{
    size_t len = strlen(pattern);

    if (code == 0)
        return strcmp(pattern, "0") == 0;
    if (len == 0 || code < 0)
        return false;
    for (size_t i = len; i-- > 0; code /= 10)
        if (code == 0 || (pattern[i] != 'x' && pattern[i] != '0' + code % 10))
            return false;
    return code == 0;
}

/* What the proxy of a probe did is nothing that the path between the two ends shows. */
static bool is_a_proxys(const struct pl_symptom *symptom)
{
    return symptom->class_name != NULL && strcmp(symptom->class_name, "NET_PROXY") == 0;
}

const char *pl_symptom_phrase(const struct pl_symptom *symptom)
{
    return is_a_proxys(symptom) ? "the way through the proxy failed" : symptom->kind->phrase;
}

bool pl_symptom_matches(const struct pl_symptom *symptom, const char *pattern)
{
    size_t len = strcspn(pattern, ":");

    if (is_a_proxys(symptom) || strncmp(symptom->kind->name, pattern, len) != 0 ||
        symptom->kind->name[len] != '\0')
        return false;
    return pattern[len] == '\0' || code_matches(symptom->code, pattern + len + 1);
}

char *pl_symptom_text(struct pl_arena *arena, const struct pl_symptom *symptom)
{
    /* The code belongs to the name only where the catalogue says so: "http_status 503", but "unstable". */
    bool coded = strcmp(symptom->kind->name, "http_status") == 0 ||
                 strncmp(symptom->kind->name, "websocket_", 10) == 0;
    if (symptom->code == 0 || !coded)
        return pl_arena_strdup(arena, symptom->kind->name);
    return pl_arena_printf(arena, "%s %d", symptom->kind->name, symptom->code);
}
