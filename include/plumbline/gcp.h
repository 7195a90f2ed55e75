/* plumbline/gcp.h [floor 3: gcp] - Google's side: credentials, transport policy, and the observation of every kind.
 *
 * Only ever reads: GET, the token exchanges, and the few documented read calls that use POST (gcp/request.c is the one
 * place that builds a request, and refuses everything else). What could not be read becomes a gap with reason, permission, remedy.
 */
#ifndef PLUMBLINE_GCP_H
#define PLUMBLINE_GCP_H

#include "plumbline/finding.h"
#include "plumbline/loop.h"
#include "plumbline/needs.h"
#include "plumbline/secret.h"
#include "plumbline/world.h"

/* What an API lets be asked of it. */
struct pl_gcp_quota {
    const char *api; /* "run.googleapis.com"; "*", the last: those that have no row */
    int per_minute;
    enum { PL_GCP_PER_PROJECT, PL_GCP_PER_REGION /* of a project */, PL_GCP_PER_USER } per;
    const char *source; /* a Google page, or NULL: Google publishes none */
};
extern const struct pl_gcp_quota pl_gcp_quotas[];
extern const size_t pl_gcp_quotas_len;

/* Another number in its place: more where Google granted more, less where others need it. */
struct pl_gcp_rate {
    const char *api; /* as in the table */
    double per_minute;
};
/* "run=1200/min", "sqladmin.googleapis.com=5/s", "*=100/min". */
int pl_gcp_rate_parse(struct pl_arena *arena, const char *text, struct pl_gcp_rate *out,
                      struct pl_err *err) PL_MUST_USE;

struct pl_snapshot_stream; /* plumbline/snapshot.h */

/* How far an observation is; told with the first request and with every answer. */
struct pl_gcp_progress {
    size_t done, total;         /* requests: answered, and known of so far */
    size_t kinds_done, kinds;   /* that nothing is asked of any more, as far as is known; of all */
    const char *kind, *project; /* of the request that waits longest; NULL: none does */
};

struct pl_gcp_options {
    const char *
        api_root; /* NULL: Google; "http://127.0.0.1:9000": every call goes to ROOT/<host>/<path>; plain http only to loopback */
    const char *
        impersonate; /* "EMAIL[,DELEGATE...]": act as this service account, whoever the credentials are; NULL: no */
    const char *const *projects;
    size_t n_projects;
    const struct pl_kind *const *kinds; /* what to observe; n_kinds 0: all */
    size_t n_kinds;
    struct pl_needs *
        needs; /* what of them is kept; learns what is mentioned on the way. NULL: everything, whole */
    struct pl_snapshot_stream *
        stream; /* takes resources in the place of the world, which then has gaps alone; without `needs`. NULL: none */
    bool secrets; /* for pl_gcp_check: what pl_gcp_read_secrets takes is wanted, too */
    const char *const *locations; /* where per-location listings need not ask: n 0 asks the API */
    size_t n_locations;
    int64_t request_timeout_ns; /* 0: 30 s */
    int64_t connect_timeout_ns; /* of it; 0: 10 s */
    int64_t
        deadline_ns; /* monotonic; 0: none. What is not read by then is `unobserved`, reason "deadline" */
    int max_attempts; /* of one request; 0: 5 */
    int64_t
        backoff_ns; /* first wait; 0: 1 s (tests set it small). All waits are multiples of it, those that servers ask for too */
    const struct pl_gcp_rate *rates; /* in the place of pl_gcp_quotas' */
    size_t n_rates;
    double rate;                        /* multiplies them all; 0: 1 */
    const unsigned char *redaction_key; /* 32 bytes; NULL: marks carry no hash */
    void (*progress)(const struct pl_gcp_progress *p, void *arg); /* or NULL */
    void *progress_arg;
};

/* Attempts, as they were made: a request that is tried three times is three requests and two retries. */
struct pl_gcp_count {
    const char *api; /* "run.googleapis.com" */
    size_t requests, retries, throttled;
};

struct pl_gcp_stats {
    size_t requests, retries, throttled, pages; /* retries include those of token exchanges */
    struct pl_gcp_count apis[24];
    size_t n_apis; /* what is more is counted in the sums only */
};

/* Observes. Fails (NULL, err) only where nothing can be looked at at all: no credentials, bad --api-root. Everything else is a world with gaps.
 * Environment: GOOGLE_APPLICATION_CREDENTIALS, CLOUDSDK_CONFIG, CLOUDSDK_AUTH_ACCESS_TOKEN, GCE_METADATA_HOST, GOOGLE_CLOUD_PROJECT. */
const struct pl_world *pl_gcp_observe(struct pl_arena *arena, struct pl_loop *loop,
                                      const struct pl_gcp_options *options,
                                      struct pl_gcp_stats *stats, struct pl_err *err) PL_MUST_USE;

/* One query of Cloud Logging, newest entry first. */
struct pl_gcp_log_query {
    const char *project, *filter; /* the Logging query language; at most 20,000 characters */
    size_t max_entries;
    bool (*entry)(void *arg,
                  const struct pl_value *entry); /* false: enough. The entry goes after it */
    void *arg;
};

/* What became of it; all NULL and false: every entry came, or enough. */
struct pl_gcp_log_outcome {
    const char *reason, *permission, *detail, *remedy; /* as in struct pl_unobserved */
    bool truncated;                                    /* there is more than was read */
};

/* Runs them beside each other. Where no token can be had that is each one's outcome ("auth"). -1 and err only where there are no credentials at
 * all, or it was interrupted. */
int pl_gcp_read_logs(struct pl_arena *arena, struct pl_loop *loop,
                     const struct pl_gcp_options *options, const struct pl_gcp_log_query *queries,
                     size_t n, struct pl_gcp_log_outcome *outcomes, struct pl_err *err) PL_MUST_USE;
/* A text as a filter takes it, in quotation marks. */
void pl_gcp_filter_text(struct pl_buf *out, const char *text);

/* Fills in changed_by of each drift whose change the Admin Activity audit logs (400 days) tell. `*out`: the queries that were made, a
 * project's drifts in as few as their length allows, with the command that asks the same. */
int pl_gcp_find_changes(struct pl_arena *arena, struct pl_loop *loop,
                        const struct pl_gcp_options *options, struct pl_drift *const *drift,
                        size_t n, struct pl_change_query **out, size_t *n_out,
                        struct pl_err *err) PL_MUST_USE;

/* A secret that is to be looked at: a resource whose kind has a secret call. */
struct pl_gcp_secret {
    struct pl_address address;
    const struct pl_value
        *description; /* payload.h; NULL: it could not be read, and `gap` says why */
    struct pl_unobserved gap;
};
/* Reads and describes them; values are checked against their checksum, then wiped. -1 and err as pl_gcp_read_logs. */
int pl_gcp_read_secrets(struct pl_arena *arena, struct pl_loop *loop,
                        const struct pl_gcp_options *options, struct pl_gcp_secret *secrets,
                        size_t n, struct pl_err *err) PL_MUST_USE;

/* The project that credentials or environment name, or NULL: for commands that were given none. */
const char *pl_gcp_default_project(struct pl_arena *arena);

/* Who we are to Google, for `doctor`: "service account x@y (GOOGLE_APPLICATION_CREDENTIALS=/path)". NULL and err where there is nobody. */
const char *pl_gcp_identity(struct pl_arena *arena, struct pl_loop *loop,
                            const struct pl_gcp_options *options, struct pl_err *err);

/* ---- what an observation needs, for `doctor` ---- */

struct pl_gcp_permission {
    const char *name; /* "redis.instances.list" */
    const char *role; /* a predefined role that holds it */
    const char
        *use; /* NULL: observing takes it; else what is only told with it, and no kind is read */
    const struct pl_kind *const *kinds; /* that are read with it */
    size_t n_kinds;
    enum pl_gcp_held { PL_GCP_NOT_TOLD, PL_GCP_HELD, PL_GCP_MISSING } state;
};

struct pl_gcp_api {
    const char *name;       /* "redis.googleapis.com" */
    const char *permission; /* that it was asked with; NULL: not asked */
    /* As in struct pl_unobserved, or "not_tried". NULL: it answers, if only to say that a permission is missing. */
    const char *reason;
    const char *detail, *remedy; /* NULL where there is none */
};

struct pl_gcp_check {
    const char *project;
    struct pl_gcp_api *apis; /* sorted by name */
    size_t n_apis;
    struct pl_gcp_permission *permissions; /* sorted by name */
    size_t n_permissions;
    const char *member;          /* "serviceAccount:x@y", who is asked about; NULL: not known */
    const char *reason, *detail; /* why permissions were not told; NULL where they were */
};

/* The permissions that observing these kinds takes (n 0: all kinds), with `secrets` those that reading their secrets takes, and those that are of use
 * beside it, sorted by name, without duplicates; `needs` (or NULL) says of which kinds policies are read. */
struct pl_gcp_permission *pl_gcp_permissions(struct pl_arena *arena,
                                             const struct pl_kind *const *kinds, size_t n_kinds,
                                             const struct pl_needs *needs, bool secrets, size_t *n);

/* Asks for each project of the options whether each API answers, and which of those permissions are held: a list of one resource an API, and
 * projects.testIamPermissions (https://cloud.google.com/resource-manager/reference/rest/v3/projects/testIamPermissions), which needs
 * none itself. One result a project, in their order. NULL and err where there are no usable credentials. */
struct pl_gcp_check *pl_gcp_check(struct pl_arena *arena, struct pl_loop *loop,
                                  const struct pl_gcp_options *options,
                                  struct pl_err *err) PL_MUST_USE;

/* An identity token (a JWT that Google signs) for `audience`, such as the URL of a Cloud Run service; valid for an hour, fetched anew by
 * each call, wiped with the arena. The credentials must be a service account's (key, metadata server, impersonation). Runs the loop. NULL and
 * err, which names the credentials and the way out. */
struct pl_secret *pl_gcp_identity_token(struct pl_arena *arena, struct pl_loop *loop,
                                        const struct pl_gcp_options *options, const char *audience,
                                        struct pl_err *err);

#endif
