/* gcp_priv.h - what the files of gcp/ share with each other and with nobody else.
 *
 * Layers, lowest first: the catalogue (kinds.c, one file a kind), request.c (the one place that builds a request), errors.c (what an
 * answer means), retry.c (when to try again), auth*.c (credentials and tokens), transport.c (a call until it is answered),
 * listing*.c (pages and partial answers), observe*.c (which calls, and what follows from which).
 */
#ifndef GCP_PRIV_H
#define GCP_PRIV_H

#include "plumbline/gcp.h"
#include "plumbline/http.h"
#include "plumbline/kind.h"
#include "plumbline/map.h"

#define PL_GCP_RESOURCE_MANAGER "cloudresourcemanager.googleapis.com"
#define PL_GCP_LOGGING          "logging.googleapis.com"
#define PL_GCP_IAM_CREDENTIALS  "iamcredentials.googleapis.com"

/* ---- request.c ---- */

enum pl_gcp_purpose {
    PL_GCP_READ,        /* GET of a resource or a list */
    PL_GCP_POLICY,      /* POST projects.getIamPolicy: a read that takes its options in a body */
    PL_GCP_PERMISSIONS, /* POST projects.testIamPermissions: a read that takes its question in a body */
    PL_GCP_TOKEN,       /* POST of a form to a token endpoint */
    PL_GCP_METADATA,    /* GET from the metadata server, over plain http */
    PL_GCP_IMPERSONATE, /* POST generateAccessToken or generateIdToken of IAM Credentials */
    PL_GCP_SUBJECT,     /* GET of a subject token from where a credential file says */
    PL_GCP_SECRET, /* GET of what a kind's secret call gives out, where somebody asked for it */
    PL_GCP_LOGS,   /* POST entries:list of Cloud Logging: a read that takes its query in a body */
};

/* What somebody wants to send. Path and query are percent-encoded already (pl_gcp_expand). */
struct pl_gcp_ask {
    enum pl_gcp_purpose purpose;
    const char *method;
    const char *host;
    const char *path;  /* "/v2/projects/..." */
    const char *query; /* without '?'; NULL: none */
    const char *body;  /* NULL: none */
    /* SUBJECT only. */
    const char *scheme; /* "http" or "https" */
    const struct pl_http_header *headers;
    size_t n_headers;
};

/* The trailing slashes off; NULL stays NULL. Refuses what is no http(s) URL, and plain http to anything but loopback; without an
 * --api-root the same of CLOUDSDK_API_ENDPOINT_OVERRIDES_<API>, which pl_gcp_request_build then follows. */
int pl_gcp_root(struct pl_arena *arena, const char *api_root, const char **out,
                struct pl_err *err) PL_MUST_USE;

/* The only way to a request: refuses everything that is not a read in the sense of gcp.h. `out` has method, url, headers, body
 * and content type; bearer and limits are the caller's. */
int pl_gcp_request_build(struct pl_arena *arena, const char *root, const struct pl_gcp_ask *ask,
                         struct pl_http_request *out, struct pl_err *err) PL_MUST_USE;

/* May a form with an assertion, a refresh token or a subject token go there? */
bool pl_gcp_is_token_endpoint(const char *root, const char *host, const char *path);
/* "sts.googleapis.com", or that of one region. */
bool pl_gcp_is_sts(const char *host);

struct pl_gcp_var {
    const char *name, *value;
};
/* "/v1/projects/{project}/..." with each {name} replaced by its percent-encoded value; NULL where one is not given. */
char *pl_gcp_expand(struct pl_arena *arena, const char *pattern, const struct pl_gcp_var *vars,
                    size_t n);
/* "a=b&c=d" with one more; `query` may be NULL, the value is encoded. */
char *pl_gcp_query_add(struct pl_arena *arena, const char *query, const char *name,
                       const char *value);

/* ---- universe.c ---- */

/* "googleapis.com", or what the environment says. */
const char *pl_gcp_universe(void);
bool pl_gcp_universe_is_googles(void);
int pl_gcp_universe_check(struct pl_err *err) PL_MUST_USE;
/* Does a credential file's universe_domain (NULL: it has none) agree? */
int pl_gcp_universe_agrees(struct pl_arena *arena, const char *file, const char *domain,
                           struct pl_err *err) PL_MUST_USE;
/* "run.googleapis.com" as it is called there, and back; other hosts stay as they are. */
const char *pl_gcp_universe_host(struct pl_arena *arena, const char *host);
const char *pl_gcp_universe_name(struct pl_arena *arena, const char *host);

/* ---- errors.c ---- */

/* What a call was about, for the words that a failure needs. */
struct pl_gcp_about {
    const char *api; /* "run.googleapis.com" */
    const char *project;
    const char *region;     /* that the call is made in, or NULL */
    const char *permission; /* that the call needs, or NULL */
    const char *role;       /* that holds it, or NULL */
    const char *member;     /* "serviceAccount:x@y" where known, or NULL */
};

/* Why a call has no answer; the first four as in struct pl_unobserved. */
struct pl_gcp_failure {
    const char *reason, *permission, *detail, *remedy;
    const char *service,
        *consumer; /* "api_disabled": which API is off, and in which project by its id or number; NULL: not told */
    int status;        /* HTTP; 0: none */
    bool again;        /* worth another try */
    bool unauthorized; /* 401: the token was not accepted */
    bool silent;       /* there was no connection in time */
    bool mute;         /* there was one, and in time not a byte of an answer */
    int64_t
        wait; /* the server's own wish, in units of the first backoff (a second outside of tests); -1: none */
};

/* Words a reply that is no 2xx with a whole body. Texts live in the arena. */
struct pl_gcp_failure pl_gcp_judge(struct pl_arena *arena, const struct pl_gcp_about *about,
                                   const struct pl_http_reply *reply);
/* A failure of our own finding: "bad_answer", "deadline", "auth", ... */
struct pl_gcp_failure pl_gcp_failure_make(struct pl_arena *arena, const struct pl_gcp_about *about,
                                          const char *reason, const char *detail);
/* The command that turns an API on. */
char *pl_gcp_enable_command(struct pl_arena *arena, const char *service, const char *project);
/* By how many seconds this machine's clock is ahead of the one that sent the answer (RFC 9110, section 6.6.1); 0: not told. */
int64_t pl_gcp_clock_ahead(const struct pl_http_reply *reply);
/* Foreign text for a detail: one line, bounded, nothing that looks like a token. */
char *pl_gcp_quote(struct pl_arena *arena, const char *text);

/* ---- retry.c ---- */

/* How long to wait before the next try after `attempt` tries; -1: give up. `random` is uniform over all of its bits. */
int64_t pl_gcp_retry_wait(const struct pl_gcp_failure *failure, const char *api, int attempt,
                          int max_attempts, int64_t backoff_ns, uint64_t random);
uint64_t pl_gcp_random(void);

/* ---- auth_scope.c ---- */

#define PL_GCP_CLOUD_PLATFORM "https://www.googleapis.com/auth/cloud-platform"

struct pl_gcp_scope_row {
    const char *api, *scope; /* NULL: none that only reads */
};
extern const struct pl_gcp_scope_row pl_gcp_scopes[];
extern const size_t pl_gcp_scopes_len;

/* The scopes that a token for these APIs needs, separated by spaces (RFC 6749, section 3.3). */
const char *pl_gcp_least_scope(struct pl_arena *arena, const char *const *apis, size_t n);
/* The same for reading these kinds. */
const char *pl_gcp_kinds_scope(struct pl_arena *arena, const struct pl_kind *const *kinds,
                               size_t n);

/* ---- auth_find.c, auth_file.c, auth_external.c, auth_jwt.c ---- */

enum pl_gcp_auth_type {
    PL_GCP_AUTH_TOKEN,
    PL_GCP_AUTH_SERVICE_ACCOUNT,
    PL_GCP_AUTH_USER,
    PL_GCP_AUTH_METADATA,
    PL_GCP_AUTH_EXTERNAL
};

/* A service account whose token is had with the token before it (https://google.aip.dev/auth/4119). */
struct pl_gcp_hop {
    const char *email;
    const char *const *delegates; /* emails: each may act for the next, the last one for `email` */
    size_t n_delegates;
    int lifetime_s;
};

/* Where a subject token of workload identity federation is had (https://google.aip.dev/auth/4117). */
struct pl_gcp_external {
    const char *audience, *subject_type;
    const char *user_project; /* of a workforce pool, or NULL */
    const char *file;         /* or NULL, and a URL: */
    const char *scheme, *host, *path, *query;
    const struct pl_http_header *headers; /* values are secrets */
    size_t n_headers;
    const char *field; /* of a JSON document; NULL: it is all text */
};

enum { PL_GCP_HOPS = 4 };

struct pl_gcp_credentials {
    enum pl_gcp_auth_type type;
    const char *origin;                  /* "GOOGLE_APPLICATION_CREDENTIALS=/path" */
    const char *scope;                   /* that the run's token is to have; NULL: cloud-platform */
    const char *email;                   /* or NULL */
    const char *project, *quota_project; /* or NULL */
    const char *source_quota;            /* the quota project of the first hop's call, or NULL */
    bool quota_given;                    /* by the environment: whoever calls */
    const char *token_uri, *token_host, *token_path;
    const char *key_id; /* or NULL */
    const char *client_id;
    const char *metadata_host;             /* "metadata.google.internal" */
    bool metadata_guess;                   /* nothing says that there is one */
    const struct pl_secret *token;         /* TOKEN */
    const struct pl_secret *private_key;   /* SERVICE_ACCOUNT: PEM */
    const struct pl_secret *client_secret; /* USER */
    const struct pl_secret *refresh_token; /* USER */
    struct pl_gcp_external external;       /* EXTERNAL */
    struct pl_gcp_hop hops[PL_GCP_HOPS];   /* one after the other, over any of them */
    size_t n_hops;
};

/* Application Default Credentials, in Google's order (https://google.aip.dev/auth/4110), CLOUDSDK_AUTH_ACCESS_TOKEN before all.
 * `root`: as for requests; without one token endpoints other than Google's are refused. */
int pl_gcp_credentials_find(struct pl_arena *arena, const char *root,
                            struct pl_gcp_credentials *out, struct pl_err *err) PL_MUST_USE;
/* Can it stand in a header as a token (RFC 6750, section 2.1)? */
bool pl_gcp_is_token(const char *text, size_t len);
/* The text of one credential file. */
int pl_gcp_credentials_parse(struct pl_arena *arena, const char *root, const char *file,
                             const char *text, size_t len, struct pl_gcp_credentials *out,
                             struct pl_err *err) PL_MUST_USE;
/* One more hop, to the account of --impersonate-service-account "EMAIL[,DELEGATE...]"; NULL: none. */
int pl_gcp_credentials_impersonate(struct pl_arena *arena, const char *spec,
                                   struct pl_gcp_credentials *c, struct pl_err *err) PL_MUST_USE;
/* What may help where these are not accepted. */
const char *pl_gcp_credentials_remedy(struct pl_arena *arena, const struct pl_gcp_credentials *c);
/* "serviceAccount:x@y", or NULL where nobody knows. */
const char *pl_gcp_credentials_member(struct pl_arena *arena, const struct pl_gcp_credentials *c);

/* auth_file.c for auth_external.c. Copies of members that are no empty text, else NULL. */
const char *pl_gcp_file_text(struct pl_arena *arena, const struct pl_value *json, const char *name);
const struct pl_secret *pl_gcp_file_secret(struct pl_arena *arena, const struct pl_value *json,
                                           const char *name);
/* service_account_impersonation_url, the delegates and the lifetime beside it, as one more hop. */
int pl_gcp_file_hop(struct pl_arena *arena, const char *file, const struct pl_value *json,
                    struct pl_gcp_credentials *out, struct pl_err *err) PL_MUST_USE;
/* An email of a service account, as IAM takes it. */
bool pl_gcp_is_account(const char *email);
/* auth_external.c: type external_account. */
int pl_gcp_external_parse(struct pl_arena *arena, const char *file, const struct pl_value *json,
                          struct pl_gcp_credentials *out, struct pl_err *err) PL_MUST_USE;
/* The subject token out of what the file or the URL (`from`) holds; NULL and err ("ORIGIN: ..."). */
const struct pl_secret *pl_gcp_external_subject(struct pl_arena *arena,
                                                const struct pl_gcp_credentials *c,
                                                const char *from, const char *text, size_t len,
                                                struct pl_err *err);
/* The same, read from the credentials' file. */
const struct pl_secret *pl_gcp_external_read(struct pl_arena *arena,
                                             const struct pl_gcp_credentials *c,
                                             struct pl_err *err);

/* The scope that the source's own token is asked with: who acts for others needs all of it. */
const char *pl_gcp_source_scope(const struct pl_gcp_credentials *c);
/* An assertion of RFC 7523, valid for an hour from `now_s`; a secret. `audience` NULL: for a token of that scope; else for an
 * identity token with that audience. NULL and err where the key is none. */
struct pl_secret *pl_gcp_jwt(struct pl_arena *arena, const struct pl_gcp_credentials *c,
                             const char *audience, int64_t now_s, struct pl_err *err);
/* A token in itself, for APIs and not for an exchange (https://google.aip.dev/auth/4111): what keys give outside of Google's own universe. */
struct pl_secret *pl_gcp_jwt_token(struct pl_arena *arena, const struct pl_gcp_credentials *c,
                                   int64_t now_s, struct pl_err *err);

/* ---- auth.c, auth_step.c; auth_identity.c uses them, too ---- */

enum pl_gcp_token_state {
    PL_GCP_TOKEN_NONE,
    PL_GCP_TOKEN_COMING,
    PL_GCP_TOKEN_READY,
    PL_GCP_TOKEN_FAILED
};

struct pl_gcp;

/* Exchanges on the way to a token; those that credentials do not need are passed over. */
enum {
    PL_GCP_STEP_SUBJECT, /* the subject token from a URL */
    PL_GCP_STEP_SOURCE,  /* the credentials' own token */
    PL_GCP_STEP_HOP      /* and one for each hop */
};

struct pl_gcp_auth {
    struct pl_gcp *gcp;
    struct pl_gcp_credentials credentials;
    const char *audience; /* NULL: access tokens; else one identity token */
    enum pl_gcp_token_state state;
    const struct pl_secret *token;
    struct pl_arena *token_arena; /* holds the token; the one before goes when the next one comes */
    unsigned serial;              /* of the token */
    unsigned proven;              /* the serial that an API last accepted */
    int64_t renew_at, expires_at; /* monotonic */
    int step, attempt;
    struct pl_arena *chain;       /* of all steps */
    const struct pl_secret *held; /* what the step before gave */
    struct pl_arena *arena;       /* of the exchange under way */
    struct pl_http_call *http;
    struct pl_timer *timer;
    struct pl_err err; /* FAILED */
};

/* What a step gave. */
struct pl_gcp_grant {
    const char *text;
    int64_t seconds; /* that it lives */
};

/* The step that gives the token itself. */
int pl_gcp_step_last(const struct pl_gcp_auth *auth);
/* The step's request; -1 and auth->err where there is none to make. Texts live in auth->arena. */
int pl_gcp_step_request(struct pl_gcp_auth *auth, struct pl_http_request *out) PL_MUST_USE;
/* What the answer gave; -1, auth->err, and in `failure` whether and when another try may help. */
int pl_gcp_step_answer(struct pl_gcp_auth *auth, const struct pl_http_reply *reply,
                       struct pl_gcp_grant *out, struct pl_gcp_failure *failure) PL_MUST_USE;

/* Looks whether the token is still good; where it is not, fetches one: pl_gcp_pump is called when there is news. */
enum pl_gcp_token_state pl_gcp_auth_poll(struct pl_gcp_auth *auth);
/* A 401 for the token of this serial. False where another token cannot be had. */
bool pl_gcp_auth_refused(struct pl_gcp_auth *auth, unsigned serial);
void pl_gcp_auth_close(struct pl_gcp_auth *auth);

/* ---- quota.c ---- */

struct pl_gcp_call;
struct pl_gcp_listing;

/* A token bucket: what Google counts together, and the calls that wait for it. */
struct pl_gcp_bucket {
    double level, per_ns, burst;
    int64_t at; /* monotonic: when `level` was right */
    struct pl_gcp_queue {
        struct pl_gcp_call *first, *last;
    } waiting[PL_LOOP_URGENCY_MAX + 1]; /* to be sent, by urgency */
};

struct pl_gcp_buckets {
    struct pl_map by_name;
    struct pl_gcp_bucket **list;
    size_t n, cap, next; /* next: whose turn it is */
};

/* The bucket of a call, made when it is first needed. `payer` is the quota project of every call, or NULL. */
struct pl_gcp_bucket *pl_gcp_bucket_of(struct pl_arena *arena, struct pl_gcp_buckets *buckets,
                                       const struct pl_gcp_options *options, const char *payer,
                                       const struct pl_gcp_about *about);
/* May one be sent at `now`? If not, *wait is how long at the most from now on, if that is less than it is (-1: none yet). */
bool pl_gcp_bucket_take(struct pl_gcp_bucket *bucket, int64_t now, int64_t *wait);
/* Google has counted more than we did. */
void pl_gcp_bucket_drain(struct pl_gcp_bucket *bucket, int64_t now);

/* ---- transport.c, host.c ---- */

/* Google's servers take a hundred streams a connection; what is beyond that would wait for whole round trips, so that a host may have a
 * few. Plain http has a connection for each request. */
enum { PL_GCP_IN_FLIGHT = 1000, PL_GCP_STREAMS = 100, PL_GCP_CONNECTIONS = 3, PL_GCP_PLAIN = 24 };
/* While so much waits to be looked at nothing more is asked. A call that was sent counts with what libcurl keeps for it, a handle and a buffer: most
 * answers are shorter. */
enum { PL_GCP_HELD_BYTES = 32 << 20, PL_GCP_CALL_BYTES = 24 << 10 };

/* What handshakes with a dozen hosts cost one thread: for so long the first of them has it alone. */
#define PL_GCP_HEAD_START_NS INT64_C(5000000)
/* From so many answers more calls follow than a connection has streams, if each is a list of twenty. */
enum { PL_GCP_LEADING = 5 };

/* What is on its way to one host. */
struct pl_gcp_host {
    const char *name;
    size_t in_flight;
    size_t waiting; /* calls in queues */
    size_t leading; /* those of them from whose answers others follow */
    bool
        connected; /* once; until then one request goes ahead, and the others wait here and not in libcurl */
    size_t connections;               /* that there are, as far as we know */
    const struct pl_gcp_call *opener; /* goes ahead for one more; NULL: nobody does */
    int64_t since_ns;                 /* monotonic; other times count from it */
    int64_t sent_ns;                  /* when what is under way was sent, added up */
    int64_t connect_ns;               /* what the last connection took */
    int64_t answer_ns;                /* what the last answer took; 0: there was none yet */
    bool answers;                     /* it has, once */
    int silences;                     /* in a row: tries that had no connection in time */
    int unanswered; /* tries that had no answer in time, as long as it never gave any */
    const struct pl_gcp_failure
        *lost; /* after PL_GCP_SILENCES what its calls fail with, untried; NULL: not yet */
};
/* A firewall that drops packets would else cost every call each of its tries. */
enum { PL_GCP_SILENCES = 2 };

/* One run: credentials, limits, calls under way. */
struct pl_gcp {
    struct pl_arena *arena;
    struct pl_loop *loop;
    const struct pl_gcp_options *options;
    struct pl_gcp_stats *stats;
    struct pl_gcp_count uncounted;
    const char *root;
    const char *member;
    const char *login; /* pl_gcp_credentials_remedy */
    struct pl_gcp_auth auth;
    int64_t request_timeout_ns, connect_timeout_ns, backoff_ns;
    int max_attempts;
    struct pl_gcp_buckets buckets;
    struct pl_gcp_call *calls;       /* all that are not answered, the newest first */
    struct pl_gcp_call *oldest;      /* of them */
    struct pl_gcp_listing *listings; /* all that are not done */
    struct pl_gcp_host **hosts;      /* under --api-root one stands for all */
    size_t n_hosts, cap_hosts;
    bool begun;                      /* something has been sent */
    const struct pl_gcp_host *ahead; /* connects while what is less urgent than... */
    int ahead_urgency;               /* ...this waits for it; NULL: nothing does any more */
    struct pl_timer *ahead_timer;
    size_t n_calls, in_flight, most_in_flight, n_started, n_done;
    struct pl_map asked;    /* kinds, for progress: to how many calls of each wait */
    size_t n_kinds_waiting; /* of those */
    size_t held;            /* bytes of calls that were sent, until their answers are looked at */
    struct pl_timer *pump_timer, *deadline_timer;
    bool pump_soon; /* pump_timer is for right now */
    bool over;      /* the deadline has passed */
};

struct pl_gcp_call {
    struct pl_gcp *gcp;
    struct pl_arena *arena; /* the call's own: strings of `ask` belong here */
    struct pl_gcp_ask ask;
    struct pl_gcp_about about;
    const char *what; /* kind, for progress */
    size_t *n_alike;  /* progress.c's: calls of that kind that wait; NULL: nobody wants to know */
    bool small;       /* the answer is of one resource: a policy, the users of an instance */
    int urgency; /* how many calls follow from the answer, one after the other: looked at before those that less hangs on */
    const char *const *
        lists; /* where the body's long lists are: `body` is an outline (pl_json_outline) of `text`; or NULL */
    const char *text; /* the body as it came, while `done` is called */
    /* Called with a body (in an arena that goes right after), or with a failure. Once, but where it says in `complaint` that the body is not what
     * was sent: then it is asked for again, as one that came cut short. */
    void (*done)(struct pl_gcp_call *call, const struct pl_value *body,
                 const struct pl_gcp_failure *failure);
    void *arg;
    const char *complaint;
    /* The rest is transport.c's. */
    struct pl_gcp_call *prev, *next, *queued;
    struct pl_gcp_bucket *bucket;
    struct pl_gcp_host *host;
    struct pl_arena *try_arena;
    struct pl_http_call *http;
    struct pl_timer *timer;
    int attempt;
    bool flying;     /* counted in in_flight */
    bool connected;  /* this try of it has a connection... */
    int64_t sent_ns; /* ...since then, or waits for one; of its host's time */
    int silences,
        unanswered; /* of its host when it was sent: of those under way together one counts */
    size_t held;    /* of the run's */
    bool renewed;
    unsigned token_serial;
};

/* host.c */
struct pl_gcp_host *pl_gcp_host_find(struct pl_gcp *gcp, const char *name);
/* May it be sent, as far as connections go? */
bool pl_gcp_host_may_go(const struct pl_gcp_call *call);
/* It is sent; true where it is to open a connection of its own. */
bool pl_gcp_host_begin(struct pl_gcp_call *call);
/* Its answer is here, or there will be none. */
void pl_gcp_host_end(struct pl_gcp_call *call);
/* It has a connection; true where others may go because of it. */
bool pl_gcp_host_connected(struct pl_gcp_call *call);
/* What an answer (NULL) or a failure says of the host. */
void pl_gcp_host_judge(struct pl_gcp_call *call, const struct pl_gcp_failure *failure);
void pl_gcp_head_start_end(struct pl_gcp *gcp);

/* progress.c: a call has been asked for; it has its end, and is among `calls` no more. */
void pl_gcp_progress_begin(struct pl_gcp *gcp, struct pl_gcp_call *call);
void pl_gcp_progress_end(struct pl_gcp *gcp, const struct pl_gcp_call *call);

/* Options checked, credentials found; nothing is sent yet. */
int pl_gcp_open(struct pl_gcp *gcp, struct pl_arena *arena, struct pl_loop *loop,
                const struct pl_gcp_options *options, struct pl_gcp_stats *stats,
                struct pl_err *err) PL_MUST_USE;
/* Cancels what is under way without calling anybody. */
void pl_gcp_close(struct pl_gcp *gcp);
/* A call to fill in and start. */
struct pl_gcp_call *pl_gcp_call_new(struct pl_gcp *gcp, const char *what);
void pl_gcp_call_start(struct pl_gcp_call *call);
/* Sends what may be sent; stops the loop when nothing is left. */
void pl_gcp_pump(struct pl_gcp *gcp);
/* Runs the loop until every call is answered. -1: interrupted, or no token could be had at all. */
int pl_gcp_run(struct pl_gcp *gcp, struct pl_err *err) PL_MUST_USE;

/* ---- listing.c, listing_partial.c ---- */

struct pl_gcp_listing;

/* A part of a listing that Google could not give: `scope` as in struct pl_unobserved. */
typedef void pl_gcp_gap_fn(struct pl_gcp_listing *listing, const char *scope, const char *detail);

/* One list call over all of its pages. Lives in an arena of its own, which goes when `done` was called: there can be as many lists as
 * there are resources. */
struct pl_gcp_listing {
    struct pl_arena *arena;
    struct pl_gcp_listing *prev, *next; /* of those that are not done */
    struct pl_gcp *gcp;
    const struct pl_kind *kind; /* NULL: a list of locations */
    const char *project;
    const char *location; /* of every item, or NULL */
    const char *parent;   /* name of the resource that it is a list of, or NULL */
    const char *what;
    const char *host, *path, *query, *items, *page_size_param;
    const char *lists[4]; /* where the items are in a page */
    const char *fields;   /* what of each page is to be sent (mask.c), or NULL */
    const char *token;    /* of the page under way, or NULL */
    int page_size;
    bool aggregated;
    int urgency; /* how many calls follow from its items, one after the other */
    bool small;  /* its answers, as a call's are */
    struct pl_gcp_about about;
    /* Each item, in an arena that goes right after; `location` is the aggregated list's scope ("regions/x"), or NULL. */
    void (*item)(struct pl_gcp_listing *listing, const struct pl_value *item, const char *location);
    pl_gcp_gap_fn *partial;
    /* Once, at the end: failure NULL where every page came. */
    void (*done)(struct pl_gcp_listing *listing, const struct pl_gcp_failure *failure);
    void *arg;
    struct pl_map tokens; /* page tokens seen */
    struct pl_map firsts; /* fingerprints of the first item of each page */
    bool begun;           /* this page has had an item, or there is no other to compare it with */
    bool again;           /* this page has come before, and was broken */
    struct pl_map told;   /* scopes that `partial` was called with */
    size_t pages;
};

/* In an arena of its own, to be filled in. */
struct pl_gcp_listing *pl_gcp_listing_make(struct pl_gcp *gcp);
void pl_gcp_listing_start(struct pl_gcp_listing *listing);
/* Those that are not done, where nothing will call them any more. */
void pl_gcp_listings_drop(struct pl_gcp *gcp);
/* Tells the parts that are missing from one page; where the page is an item's placeholder, pl_gcp_is_placeholder. */
void pl_gcp_partial(struct pl_gcp_listing *listing, const struct pl_value *page);
/* Memorystore's stand-in for a location that did not answer; tells it as a gap and returns true. */
bool pl_gcp_placeholder(struct pl_gcp_listing *listing, const struct pl_value *item);

/* ---- mask.c ---- */

/* The `fields` of a kind's list, of paths as pl_needs_asked gives them; NULL where all is wanted (n 0) or nobody knows what its answer has
 * beside the items. */
char *pl_gcp_mask(struct pl_arena *arena, const struct pl_kind *kind, const struct pl_path *paths,
                  size_t n);

/* ---- secrets.c ---- */

/* An answer of a secret call, described. NULL: `wrong` says why, without a word of what came. */
const struct pl_value *pl_gcp_describe(struct pl_arena *arena, const struct pl_secret_call *of,
                                       const struct pl_value *body, const char **wrong);

/* ---- observe.c, observe_connections.c, observe_gaps.c, observe_keep.c ---- */

struct pl_gcp_run {
    struct pl_gcp gcp;
    struct pl_arena *arena; /* the world's */
    const struct pl_gcp_options *options;
    struct pl_world_builder *builder;
    const struct pl_kind *const *kinds; /* that were asked for */
    size_t n_kinds;
    struct pl_gcp_scope *scopes;
    struct pl_map followed; /* projects that links lead to */
    size_t n_hosts;
    int64_t now_s; /* `now` says this second */
    const char *now;
    struct pl_spool *later;            /* resources that nothing mentions yet; NULL: none so far */
    struct pl_gcp_late_gap *late_gaps; /* gaps whose reason hangs on a project's number */
};

/* What is read of a project: everything, or for a Shared VPC host what its networks and its connectors are made of. */
enum { PL_GCP_NETWORKS = 1, PL_GCP_CONNECTORS = 2, PL_GCP_WHOLE = 0xff };

/* One project of a run. */
struct pl_gcp_scope {
    struct pl_gcp_run *run;
    struct pl_gcp_scope *next;
    const char *project;
    unsigned parts; /* that are read of it */
    /* Private services access: networks that came before the project's number did. */
    const char *number;
    const struct pl_gcp_failure *number_failure;
    bool number_asked;
    const char *seen; /* the number, as a list's names have it; NULL: none has */
    const char **networks;
    size_t n_networks, cap_networks;
};

/* What the call that failed was about, of which nothing is known now. */
void pl_gcp_add_gap(struct pl_gcp_scope *scope, const struct pl_kind *kind, const char *where,
                    const char *field, const struct pl_gcp_failure *failure);
/* Asks for the numbers that gaps wait for; when nothing more is asked, those gaps are told. */
void pl_gcp_ask_numbers(struct pl_gcp_run *run);
void pl_gcp_tell_late_gaps(struct pl_gcp_run *run);
/* A resource that was listed: kept, put aside or let go, as the run's needs have it; its policy is asked for where it is wanted. Neither
 * address nor body need outlive the call. True where it is kept. */
bool pl_gcp_take(struct pl_gcp_scope *scope, const struct pl_address *address,
                 const struct pl_value *body);
/* The lists of what lives inside a resource, as far as somebody asks about it. */
void pl_gcp_list_inside(struct pl_gcp_scope *scope, const struct pl_address *address, bool kept);
/* When all lists have been read: keeps what was put aside and is mentioned by now, until nothing more is. */
int pl_gcp_settle(struct pl_gcp_run *run, struct pl_err *err) PL_MUST_USE;
/* A field of a resource that came with calls of its own. Neither need outlive the call. */
void pl_gcp_add_virtual(struct pl_gcp_run *run, const struct pl_address *address, const char *field,
                        const struct pl_value *value);
/* A deep copy. */
struct pl_address pl_gcp_keep_address(struct pl_arena *arena, const struct pl_address *address);
/* Asks for a resource's own policy. The address need not outlive the call. */
void pl_gcp_read_policy(struct pl_gcp_scope *scope, const struct pl_address *address);
/* A list as the kind's table has it; item, partial, done and path are the caller's. */
struct pl_gcp_listing *pl_gcp_listing_new(struct pl_gcp_scope *scope, const struct pl_kind *kind);
/* Reads these parts of a project, as far as they are not read already. */
void pl_gcp_start_project(struct pl_gcp_run *run, const char *project, unsigned parts);
/* Asks Resource Manager for a project, by id or number. */
void pl_gcp_read_project(struct pl_gcp_run *run, const char *project,
                         void (*done)(struct pl_gcp_call *call, const struct pl_value *body,
                                      const struct pl_gcp_failure *failure),
                         void *arg);
/* The project's number, which private services access and an API that is off want to know, is asked for once. */
void pl_gcp_read_number(struct pl_gcp_scope *scope);
/* What a network is connected to, as soon as the number is known. */
void pl_gcp_list_connections(struct pl_gcp_scope *scope, const char *network);

/* ---- observe_host.c ---- */

/* Is the kind one of these parts of a project? */
bool pl_gcp_is_part(const struct pl_kind *kind, unsigned parts);
/* Follows the links of a resource into Shared VPC host projects. Neither argument need outlive the call. */
void pl_gcp_follow(struct pl_gcp_run *run, const struct pl_address *address,
                   const struct pl_value *body);
/* Says at the end what was not read of host projects. */
void pl_gcp_tell_parts(struct pl_gcp_run *run);

/* ---- observe_network.c ---- */

/* What is in effect for a network and what its peerings exchange, as far as it is wanted: virtual fields of its own, or gaps. Neither argument
 * need outlive the call. */
void pl_gcp_read_network(struct pl_gcp_scope *scope, const struct pl_address *address,
                         const struct pl_value *body);

/* ---- resource.c ---- */

/* Where an item was listed: in this project, there ("regions/x", "us-east1"), and for the resource of that name; the last two may be
 * NULL. */
struct pl_gcp_place {
    const char *project, *location, *parent;
};

/* Has the kind names of this form, and may one from there be called so? Else a proxy, a cache or a mistake of somebody's has mixed answers
 * up, and what belongs elsewhere would be taken for what was asked about. */
bool pl_gcp_is_own(const struct pl_kind *kind, const struct pl_gcp_place *place, const char *path);
/* What it is called. False where it has no name, or one that cannot be its own. */
bool pl_gcp_address(struct pl_arena *arena, const struct pl_kind *kind,
                    const struct pl_gcp_place *place, const struct pl_value *item,
                    struct pl_address *out);
/* A deep copy, so that a page can go. */
const struct pl_value *pl_gcp_keep(struct pl_arena *arena, const struct pl_value *v);
/* The segment behind `word` ("locations") in a path; NULL where there is none. */
char *pl_gcp_segment_after(struct pl_arena *arena, const char *path, const char *word);

#endif
