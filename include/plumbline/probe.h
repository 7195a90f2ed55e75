/* plumbline/probe.h [floor 3: src/probe] - live endpoints: one event loop, every phase timed, every failure a symptom.
 *
 * A probe's answer is about the peer; whatever goes wrong on this side (no sockets, no permission, a starved loop, an unset secret)
 * is PL_PROBED_UNKNOWN, never a failure of theirs.
 */
#ifndef PLUMBLINE_PROBE_H
#define PLUMBLINE_PROBE_H

#include "plumbline/finding.h"
#include "plumbline/loop.h"
#include "plumbline/secret.h"

/* One target, with everything resolved: what the declared world and the observed one say together. */
struct pl_probe_job {
    const struct pl_connection *connection;
    const char *host; /* name or address to talk to; "/path" for a unix socket */
    int port;
    const char *
        dial_host; /* where to dial instead (connect_to), or NULL; names, SNI and certificates stay with `host` */
    int dial_port;
    bool tls;             /* http and websocket: over TLS; redis and postgres: by probe.tls */
    const char *url_path; /* "/" where NULL */
    const char *shown;    /* "sql.instance/main:5432", for messages */
    const struct pl_secret *
        identity_token; /* for probe.identity_token's audience, by whoever has credentials; NULL: none,
                                             * and a probe that wants one is unknown */
    struct pl_view *view; /* resolves references in assertions; may be NULL */
};

struct pl_probe_options {
    int max_in_flight; /* 0: as many as descriptors allow, at most 1024; TLS handshakes at work are capped lower inside */
    int max_per_endpoint; /* the same to one address and port; 0: 16 */
    int64_t deadline_ns;  /* monotonic; 0: none */
    /* `waiting`: the connection that waits longest; NULL: none does. */
    void (*progress)(size_t done, size_t total, const char *waiting, void *arg);
    void *progress_arg;
    const char *resolver; /* "HOST:PORT,...": who is asked for names; NULL: /etc/resolv.conf */
};

/* Probes all jobs; results in the order of the jobs. err only where the loop itself cannot work. */
int pl_probe_run(struct pl_arena *arena, struct pl_loop *loop, const struct pl_probe_job *jobs,
                 size_t n_jobs, const struct pl_probe_options *options, struct pl_probe_result *out,
                 struct pl_err *err) PL_MUST_USE;

/* The failure classes of docs/symptoms.md: each maps to one symptom. For `list` and for tests. */
struct pl_probe_class {
    const char *name;    /* "TLS_SELF_SIGNED" */
    const char *symptom; /* "tls_untrusted"; NULL: ours, so the result is unknown */
    const char *phrase;
};
extern const struct pl_probe_class pl_probe_classes[];
extern const size_t pl_probe_classes_len;

#endif
