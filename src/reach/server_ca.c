/* server_ca.c - who vouches for a database or a cache over TLS: an authority of the instance's own, which clients have to install and which ends one day.
 *
 * Rules S15, M4, S8 (https://cloud.google.com/sql/docs/postgres/configure-ssl-instance,
 * https://cloud.google.com/memorystore/docs/redis/about-in-transit-encryption). What an image brings along is not seen: a missing authority is a risk.
 */
#include <string.h>
#include <strings.h>

#include "plumbline/clock.h"
#include "reach_priv.h"

/* What says that a client has an authority at hand: words in names of variables, and in their values. */
static const char *const ca_names[] = {
    "SSLROOTCERT", "ROOT_CERT",  "ROOTCERT",    "CA_CERT",   "CACERT",        "CA_FILE",
    "CA_PATH",     "CA_BUNDLE",  "SSL_CA",      "TLS_CA",    "SERVER_CA",     "CA_PEM",
    "CAFILE",      "TRUSTSTORE", "TRUST_STORE", "EXTRA_CA_", "SSL_CERT_FILE", "SSL_CERT_DIR"};
static const char *const ca_values[] = {"sslrootcert=", "ssl_ca", "trustStore",
                                        "trustServerCertificate=true",
                                        "TrustServerCertificate=true"};

static bool holds(const char *text, const char *const *words, size_t n)
{
    for (size_t i = 0; text && i < n; i++)
        if (strstr(text, words[i]))
            return true;
    return false;
}

/* A file of a secret that is called like a certificate. */
static bool is_certificate(const char *name)
{
    static const char *const words[] = {".pem", ".crt", "cert", "-ca", "ca-", "CERT"};
    return holds(name, words, PL_LEN(words));
}

static bool holds_certificate(const struct pl_value *volume)
{
    const struct pl_value *s = pl_value_member(volume, "secret"),
                          *items = pl_value_member(s, "items");
    bool found = s && (is_certificate(pl_value_member_text(volume, "name")) ||
                       is_certificate(pl_value_member_text(s, "secret")));
    for (size_t i = 0; i < pl_value_count(items); i++)
        found = found || is_certificate(pl_value_member_text(pl_value_item(items, i), "path"));
    return found;
}

static bool is_mounted(const struct pl_value *containers, const struct pl_value *volume)
{
    const char *name = pl_value_member_text(volume, "name");
    for (size_t i = 0; i < pl_value_count(containers); i++) {
        const struct pl_value *mounts =
            pl_value_member(pl_value_item(containers, i), "volumeMounts");
        for (size_t j = 0; j < pl_value_count(mounts); j++) {
            const char *of = pl_value_member_text(pl_value_item(mounts, j), "name");
            if (of && name && strcmp(of, name) == 0)
                return true;
        }
    }
    return false;
}

static bool mounts_certificate(struct pl_trace *t)
{
    const struct pl_resource *r = t->source.resource;
    const struct pl_value *volumes = pl_trace_list(t, r, "template.volumes", NULL),
                          *containers = pl_trace_list(t, r, "template.containers", NULL);
    for (size_t i = 0; i < pl_value_count(volumes); i++)
        if (holds_certificate(pl_value_item(volumes, i)) &&
            is_mounted(containers, pl_value_item(volumes, i)))
            return true;
    return false;
}

struct client {
    bool has_ca, verifies;
};

static struct client client_of(struct pl_trace *t)
{
    const struct pl_probe_spec *probe = &t->connection->probe;
    bool from_run = t->source.what == PL_FROM_RUN && t->source.resource;
    struct client c = {
        .has_ca = !from_run && (probe->ca.secret || probe->ca.text || probe->ca.missing),
        .verifies = probe->tls == PL_TLS_VERIFY_CA || probe->tls == PL_TLS_VERIFY_FULL ||
                    t->flow.socket || t->flow.connector,
    };
    size_t n = 0;
    const struct pl_variable *v = from_run ? pl_variables_of(t, t->source.resource, &n) : NULL;
    for (size_t i = 0; i < n; i++) {
        c.has_ca = c.has_ca || holds(v[i].name, ca_names, PL_LEN(ca_names)) ||
                   holds(v[i].value, ca_values, PL_LEN(ca_values));
        c.verifies = c.verifies || (v[i].value && (strstr(v[i].value, "sslmode=verify-") ||
                                                   strncmp(v[i].value, "verify-", 7) == 0));
    }
    c.has_ca = c.has_ca || (from_run && mounts_certificate(t));
    return c;
}

/* ---- how long it lasts ---- */

/* M4: a successor is published half-way, so the last of several counts. NULL: not known. */
static const char *expiry_of(struct pl_trace *t, const char **path)
{
    const struct pl_resource *r = t->target.resource;
    *path = "serverCaCert.expirationTime";
    if (t->target.what == PL_TO_SQL)
        return pl_trace_text(t, r, *path, NULL);
    *path = "serverCaCerts";
    const struct pl_value *list =
        t->target.what == PL_TO_REDIS ? pl_trace_list(t, r, *path, NULL) : NULL;
    const char *last = NULL;
    int64_t latest = 0, at = 0;
    for (size_t i = 0; i < pl_value_count(list); i++) {
        const char *expires = pl_value_member_text(pl_value_item(list, i), "expireTime");
        if (expires && pl_clock_parse(expires, &at) == 0 && (!last || at > latest)) {
            last = expires;
            latest = at;
        }
    }
    return last;
}

/* S15: who checks the certificate is turned away; who does not goes on. */
static bool told_expired(struct pl_trace *t, const struct client *c)
{
    const char *path, *expires = expiry_of(t, &path), *seen = pl_view_world(t->view)->observed_at;
    int64_t at = 0, now = 0;
    if (!expires || !seen || pl_clock_parse(expires, &at) < 0 || pl_clock_parse(seen, &now) < 0 ||
        at >= now)
        return false;
    if (c->verifies)
        pl_trace_block(t, "server-certificate", "SERVER_CERTIFICATE_EXPIRED",
                       &t->target.resource->address, path,
                       "the authority of %s expired at %s, and the client checks it",
                       t->target.shown, expires);
    else
        pl_trace_risk(t, "server-certificate", "SERVER_CERTIFICATE_EXPIRED",
                      "the authority of %s expired at %s: a client that checks it is turned away",
                      t->target.shown, expires);
    pl_trace_field(t, &t->target.resource->address, path);
    pl_trace_evidence(t, t->target.resource, path);
    return true;
}

/* ---- whether the client knows it ---- */

static bool speaks_tls(struct pl_trace *t)
{
    const char *mode = t->target.what == PL_TO_SQL
                           ? NULL
                           : pl_trace_text(t, t->target.resource, "transitEncryptionMode", NULL);
    return t->flow.client_tls != PL_NO &&
           (t->target.what == PL_TO_SQL || (mode && strstr(mode, "SERVER_AUTHENTICATION")));
}

static bool say_other_ca(struct pl_trace *t, const char *path, const char *is, const char *wanted)
{
    const struct pl_resource *r = t->target.resource;
    pl_trace_risk(t, "server-certificate", "SERVER_CA_CHANGED",
                  "%s shows a certificate by %s where %s is declared: a file with the authority "
                  "before it does not vouch for it",
                  t->target.shown, is, wanted);
    pl_trace_field(t, &r->address, path);
    pl_trace_evidence(t, r, path);
    return true;
}

/* M4: while a successor is published beside it, the one before still counts. */
static bool told_other_redis_ca(struct pl_trace *t)
{
    static const char path[] = "serverCaCerts", print[] = "sha1Fingerprint";
    const struct pl_resource *r = t->target.resource;
    const struct pl_expect *declared = pl_declared_at(t, &r->address, path);
    const struct pl_value *list = pl_trace_list(t, r, path, NULL);
    for (size_t i = 0; list && declared && declared->items && i < declared->n; i++) {
        const char *wanted = pl_declared_text_of(pl_declared_member(declared->items[i], print)),
                   *is = NULL;
        for (size_t k = 0; wanted && k < pl_value_count(list); k++) {
            is = pl_value_member_text(pl_value_item(list, k), print);
            if (is && strcasecmp(is, wanted) == 0)
                return false;
        }
        if (is)
            return say_other_ca(t, path, is, wanted);
    }
    return false;
}

/* S8, S15: another mode is another authority, a rotation is one; files that hold the one before are of no use. */
static bool told_other_ca(struct pl_trace *t)
{
    static const char *const paths[] = {"settings.ipConfiguration.serverCaMode",
                                        "serverCaCert.sha1Fingerprint"};
    const struct pl_resource *r = t->target.resource;
    if (t->target.what == PL_TO_REDIS)
        return told_other_redis_ca(t);
    for (size_t i = 0; t->target.what == PL_TO_SQL && i < PL_LEN(paths); i++) {
        const char *is = pl_trace_text(t, r, paths[i], NULL),
                   *wanted = pl_declared_text_of(pl_declared_at(t, &r->address, paths[i]));
        if (is && wanted && strcasecmp(is, wanted) != 0)
            return say_other_ca(t, paths[i], is, wanted);
    }
    return false;
}

void pl_hop_server_certificate(struct pl_trace *t)
{
    bool own = t->target.what == PL_TO_SQL || t->target.what == PL_TO_REDIS ||
               t->target.what == PL_TO_CLUSTER;
    if (!own || !t->target.resource || !speaks_tls(t))
        return;
    struct client c = client_of(t);
    if (told_expired(t, &c))
        return;
    /* the built-in connection and connectors fetch it by themselves */
    if (t->flow.socket || t->flow.connector || t->source.what != PL_FROM_RUN || !t->source.resource)
        return;
    if (told_other_ca(t))
        return;
    if (c.has_ca) {
        pl_trace_pass(t, "server-certificate", "the client has an authority at hand");
        pl_trace_not_modelled(t,
                              "whether the authority that the client has at hand is the one of %s: "
                              "what certificates hold is not compared",
                              t->target.shown);
        return;
    }
    pl_trace_risk(t, "server-certificate", "SERVER_CA_NOT_INSTALLED",
                  "%s has a certificate of an authority of its own, and nothing in the client's "
                  "configuration brings that authority; what its image brings is not seen",
                  t->target.shown);
    pl_trace_field(t, &t->source.resource->address, "template.volumes");
    pl_trace_evidence(t, t->source.resource, "template.volumes");
}
