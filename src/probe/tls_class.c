/* tls_class.c - what a handshake that failed is called: by verification, by the peer's alert, by OpenSSL's reason. Classes: probes.md 5.4 and 5.5.
 */
#include <errno.h>
#include <openssl/err.h>
#include <stdio.h>

#include "probe_priv.h"

static const struct {
    int lo, hi;
    const char *class_name;
} verify_errors[] = {
    {10, 10, "TLS_EXPIRED"},  {9, 9, "TLS_NOT_YET_VALID"}, {18, 18, "TLS_SELF_SIGNED"},
    {2, 2, "TLS_UNTRUSTED"},  {19, 21, "TLS_UNTRUSTED"},   {27, 27, "TLS_UNTRUSTED"},
    {62, 62, "TLS_HOSTNAME"}, {64, 64, "TLS_HOSTNAME"},    {23, 23, "TLS_REVOKED"},
    {3, 3, "TLS_OCSP"},       {11, 12, "TLS_OCSP"},        {33, 33, "TLS_OCSP"},
    {66, 68, "TLS_WEAK"},     {76, 76, "TLS_WEAK"},        {65, 65, "TLS_PIN"},
    {73, 75, "TLS_OCSP"},     {17, 17, "SELF_MEMORY"},     {70, 70, "SELF_MEMORY"},
};

static const char *verify_class(int error)
{
    for (size_t i = 0; i < PL_LEN(verify_errors); i++)
        if (error >= verify_errors[i].lo && error <= verify_errors[i].hi)
            return verify_errors[i].class_name;
    return "TLS_BAD_CHAIN";
}

const char *pl_tls_verdict(const struct trust *trust, const struct tls_seen *seen)
{
    bool name = seen->error == X509_V_ERR_HOSTNAME_MISMATCH ||
                seen->error == X509_V_ERR_IP_ADDRESS_MISMATCH;

    if (trust->mode < PL_TLS_VERIFY_CA)
        return NULL;
    if (!seen->has_leaf)
        return "TLS_UNTRUSTED"; /* nobody has shown a certificate: never taken for a good one */
    if (seen->error == X509_V_OK)
        return NULL;
    return name && trust->mode < PL_TLS_VERIFY_FULL ? NULL : verify_class(seen->error);
}

static const char *alert_class(int alert, bool asked, bool sent)
{
    switch (alert) {
    case SSL_AD_HANDSHAKE_FAILURE:
        return asked && !sent ? "TLS_CLIENT_CERT_REQUIRED" : "TLS_CIPHER";
    case SSL_AD_BAD_CERTIFICATE:
    case SSL_AD_UNSUPPORTED_CERTIFICATE:
    case SSL_AD_CERTIFICATE_REVOKED:
    case SSL_AD_CERTIFICATE_EXPIRED:
    case SSL_AD_CERTIFICATE_UNKNOWN:
    case SSL_AD_UNKNOWN_CA:
    case SSL_AD_ACCESS_DENIED:
        return sent    ? "TLS_CLIENT_CERT_REJECTED"
               : asked ? "TLS_CLIENT_CERT_REQUIRED"
                       : "TLS_PEER_ALERT";
    case SSL_AD_PROTOCOL_VERSION:
    case SSL_AD_INAPPROPRIATE_FALLBACK:
        return "TLS_VERSION";
    case SSL_AD_INSUFFICIENT_SECURITY:
        return "TLS_CIPHER";
    case SSL_AD_UNRECOGNIZED_NAME:
        return "TLS_SNI";
    case SSL_AD_BAD_CERTIFICATE_STATUS_RESPONSE:
        return "TLS_OCSP";
    case SSL_AD_CERTIFICATE_REQUIRED:
        return "TLS_CLIENT_CERT_REQUIRED";
    case SSL_AD_NO_APPLICATION_PROTOCOL:
        return "TLS_ALPN";
    default:
        return "TLS_PEER_ALERT";
    }
}

const char *pl_tls_fault(const struct trust *trust, const struct tls_seen *seen, int sys)
{
    int reason = ERR_GET_REASON(seen->reason);

    if (seen->alert >= 0)
        return alert_class(seen->alert, seen->asked_for_certificate, trust->cert != NULL);
    if (seen->has_leaf && pl_tls_verdict(trust, seen) != NULL)
        return pl_tls_verdict(trust, seen);
    if (seen->reason != 0 && ERR_GET_LIB(seen->reason) == ERR_LIB_SSL) {
        switch (reason) {
        case SSL_R_WRONG_VERSION_NUMBER:
        case SSL_R_HTTP_REQUEST:
        case SSL_R_PACKET_LENGTH_TOO_LONG:
        case SSL_R_UNEXPECTED_MESSAGE:
        case SSL_R_RECORD_LENGTH_MISMATCH:
            return "TLS_NOT_TLS";
        case SSL_R_UNSUPPORTED_PROTOCOL:
        case SSL_R_NO_PROTOCOLS_AVAILABLE:
        case SSL_R_VERSION_TOO_LOW:
        case SSL_R_VERSION_TOO_HIGH:
            return "TLS_VERSION";
        case SSL_R_NO_CIPHERS_AVAILABLE:
        case SSL_R_WRONG_CIPHER_RETURNED:
        case SSL_R_UNKNOWN_CIPHER_RETURNED:
            return "TLS_CIPHER";
        case SSL_R_UNEXPECTED_EOF_WHILE_READING:
            return "TLS_CLOSED";
        case SSL_R_EE_KEY_TOO_SMALL:
        case SSL_R_CA_KEY_TOO_SMALL:
        case SSL_R_CA_MD_TOO_WEAK:
        case SSL_R_DH_KEY_TOO_SMALL:
            return "TLS_WEAK";
        default:
            return "TLS_PEER_ALERT";
        }
    }
    return sys == ECONNRESET || sys == EPIPE ? "TLS_RESET" : "TLS_CLOSED";
}

void pl_tls_describe(const struct tls_seen *seen, const char *class_name, char *out, size_t size)
{
    const struct pl_probe_class *row = pl_class_find(class_name);
    const char *phrase = row != NULL ? row->phrase : class_name;

    if (seen->alert >= 0)
        snprintf(out, size, "%s (alert %d, %s)", phrase, seen->alert,
                 SSL_alert_desc_string_long(seen->alert));
    else if (seen->error != X509_V_OK)
        snprintf(out, size, "%s: %s (certificate of %s, issued by %s%s)", phrase,
                 X509_verify_cert_error_string(seen->error), seen->subject, seen->issuer,
                 (seen->error == 20 || seen->error == 21) && seen->presented == 1
                     ? ", sent without an intermediate"
                     : "");
    else
        snprintf(out, size, "%s", phrase);
}
