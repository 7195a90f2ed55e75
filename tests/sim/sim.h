/*
 * sim.h - what the files of plumbline-sim share with each other.
 *
 * plumbline-sim is a strict simulator of the REST side of Google Cloud, for the tests and the demo. It stands alone: it uses nothing of
 * include/plumbline or src, so that it cannot share a mistake with the client that it tests. No floor: nothing of the tool includes it.
 *
 * Memory: json_t values own nearly everything; a json_t that a function returns is the caller's unless its comment says "borrowed".
 */
#ifndef PLUMBLINE_SIM_H
#define PLUMBLINE_SIM_H

#include <jansson.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <time.h>

/* ---- limits: everything from outside is bounded ---- */
enum {
    SIM_MAX_URI = 16 * 1024,
    SIM_MAX_BODY = 64 * 1024,
    SIM_MAX_LINE = 8 * 1024 * 1024,
    SIM_MAX_QUERY = 64,
    SIM_MAX_HEADERS = 64,
    SIM_MAX_WRITES = 1000,
    SIM_MAC_BYTES = 16
};

struct sim_error {
    char text[512];
};

/* Fills `err` and returns -1, so that a caller can `return sim_fail(...)`. */
int sim_fail(struct sim_error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* ---- the table of methods (sim_methods.c) ---- */

/* How an API words its errors: gcp.md section 4. */
enum sim_style {
    SIM_STYLE_ANY,     /* in the table of refusals: any of those below */
    SIM_STYLE_STATUS,  /* google.rpc.Status with details */
    SIM_STYLE_COMPUTE, /* errors[] without a status */
    SIM_STYLE_SQL      /* errors[] and a status */
};

enum sim_call {
    SIM_CALL_LIST,
    SIM_CALL_AGGREGATED,
    SIM_CALL_LOCATIONS,
    SIM_CALL_CONNECTIONS,
    SIM_CALL_GET,
    SIM_CALL_EFFECTIVE, /* a network's firewalls */
    SIM_CALL_REGIONAL,  /* the same in one region; the network is in the query */
    SIM_CALL_EXCHANGED, /* routes of a network's peering */
    SIM_CALL_SECRET,    /* what a resource's secret call gives out */
    SIM_CALL_PROJECT,
    SIM_CALL_IAM_POLICY,
    SIM_CALL_PERMISSIONS,
    SIM_CALL_LOG_ENTRIES
};

/* How a method tells that a part of the answer is missing. */
enum sim_partial {
    SIM_PARTIAL_NONE,        /* it cannot: the whole call fails */
    SIM_PARTIAL_UNREACHABLE, /* unreachable[] */
    SIM_PARTIAL_REDIS,       /* unreachable[], or placeholder instances named `-` */
    SIM_PARTIAL_SQL,         /* warnings[] with REGION_UNREACHABLE */
    SIM_PARTIAL_COMPUTE /* a warning per scope, unreachables[]; only with returnPartialSuccess=true */
};

struct sim_api {
    const char *host;
    const char *title; /* as in "<title> has not been used in project ..." */
    enum sim_style style;
};

/* Where resources of one kind of Compute Engine live; `{place}` in a template stands for any of them. */
enum sim_place { SIM_PLACE_GLOBAL = 1, SIM_PLACE_REGION = 2, SIM_PLACE_ZONE = 4 };

struct sim_kind {
    const char *kind;
    const char *host; /* of the full resource name */
    const char *
        resource; /* template of the full resource name after //host/; NULL: the name is not an address (see sim_estate.c) */
    const char
        *missing;    /* the API's text for a resource that is not there; {resource} is its path */
    unsigned places; /* of enum sim_place, where the template has {place} */
    const char *parent; /* kind of what {parent} names, or NULL */
};

struct sim_method {
    const char *document; /* discovery document, without .json */
    const char *id;       /* method id in it */
    const char *http;
    const char *host;
    const char *path;  /* {project} {location} {name} {service} are variables */
    const char *query; /* allowed query parameters beside the standard ones, separated by spaces */
    const char *
        scopes; /* accepted OAuth scopes (after https://www.googleapis.com/auth/), separated by spaces */
    enum sim_call call;
    const char *kind;
    const char *permission;
    const char *list_key; /* NULL unless a list */
    const char *envelope; /* `kind` of the list body, or NULL */
    const char *size_param;
    const char *token_param;
    long page_default;
    long page_max;
    bool over_max_refused; /* else coerced */
    bool wildcard;         /* location `-` */
    enum sim_partial partial;
};

/* Further rows (sim_methods_compute.c, sim_methods_more.c). */
extern const struct sim_method sim_methods_compute[], sim_methods_more[];
extern const size_t sim_methods_compute_count, sim_methods_more_count;

const struct sim_api *sim_api_find(const char *host);
const struct sim_kind *sim_kind_find(const char *kind);
/* Row `index`, NULL after the last. */
const struct sim_method *sim_method_at(size_t index);
/* The row for `http` and `path` on `host`, and its variables in `*vars` (the caller's). NULL if none; then `*other` tells whether
 * the path exists with another HTTP method. */
const struct sim_method *sim_method_route(const char *host, const char *http, const char *path,
                                          json_t **vars, bool *other);
/* One JSON object a line, for a check against the discovery documents. */
void sim_method_print(FILE *out);

/* ---- small tools (sim_util.c) ---- */

/* Matches `path` against a template; the variables as an object of strings, or NULL. */
json_t *sim_match(const char *pattern, const char *path);
/* `{name}` in `pattern` replaced by facts.name; a JSON string. A name that is not in `facts` becomes "". */
json_t *sim_expand(const char *pattern, const json_t *facts);
/* Is `word` one of the space-separated `list`? */
bool sim_has_word(const char *list, const char *word);
/* Borrowed string member, or NULL. */
const char *sim_str(const json_t *object, const char *key);
/* %XX decoded (and + to space where `plus`); NULL if malformed or holding a NUL. malloc'ed. */
char *sim_percent_decode(const char *text, size_t length, bool plus);
/* base64url without padding (RFC 4648 section 5). Decode returns the length, or -1. */
void sim_base64url_encode(const unsigned char *in, size_t length, char *out);
long sim_base64url_decode(const char *in, size_t length, unsigned char *out, size_t room);
/* us-central1, europe-west12: the form of a region's name; us-central1-a: that of a zone's. */
bool sim_is_region(const char *text);
bool sim_is_zone(const char *text);
/* "global", "regions/R" or "zones/Z" for a location; a JSON string. */
json_t *sim_place(const char *location);
/* The resource template of a kind against a path: the variables (`location` for {place}), or NULL. */
json_t *sim_kind_match(const struct sim_kind *kind, const char *path);
/* All of a non-empty text is digits. */
bool sim_is_number(const char *text);
/* Calls `each` for every line of an NDJSON file with its parsed object; stops at the first -1. */
int sim_read_lines(const char *path,
                   int (*each)(void *context, size_t line, json_t *object, struct sim_error *err),
                   void *context, struct sim_error *err);

/* ---- the estate (sim_estate.c) ---- */
struct sim_estate {
    json_t *projects; /* id -> number, both strings */
    json_t *entries;  /* array of {kind, project, location, name, path, resource, policy} */
    json_t *refusals; /* array of {kind, scope, reason, permission, field} */
    json_t *regions;  /* sorted array of names */
    json_t *zones;    /* the same */
    json_t *logs;     /* array of LogEntry */
    json_t *by_path, *by_name, *by_project, *by_parent, *by_network,
        *by_kind; /* to arrays of entries */
};

int sim_estate_load(struct sim_estate *estate, const char *path, struct sim_error *err);
void sim_estate_free(struct sim_estate *estate);
/* Project id for an id or a number, borrowed; NULL if unknown. */
const char *sim_estate_project(const struct sim_estate *estate, const char *id_or_number);
const char *sim_estate_number(const struct sim_estate *estate, const char *id);
/* The entry of `kind` with these variables (project already an id), borrowed; NULL if there is none. */
json_t *sim_estate_find(const struct sim_estate *estate, const char *kind, const json_t *vars);
/* The entries of `kind` in vars.project, of vars.parent where there is one: borrowed array in the order of their paths, NULL if there are none. */
json_t *sim_estate_of(const struct sim_estate *estate, const char *kind, const json_t *vars);
/* The entries of `kind` whose resource has this `network`, in the words of the resource: as above. */
json_t *sim_estate_in(const struct sim_estate *estate, const char *kind, const char *network);
/* The refusal that an `unobserved` line asks for, borrowed; NULL if there is none. Scopes narrower than the call go to `unreachable`
 * (an array of locations) instead. */
json_t *sim_estate_refusal(const struct sim_estate *estate, const struct sim_method *method,
                           const json_t *vars, json_t *unreachable);
/* Does the estate list the API of `host` as one that is not enabled in `project`? */
bool sim_estate_api_disabled(const struct sim_estate *estate, const char *project,
                             const char *host);

/* ---- requests, replies, refusals ---- */
struct sim_request {
    const char *http;
    const char *host; /* "" for the metadata server */
    const char *path; /* without the leading slash, still percent-encoded */
    json_t *query;    /* array of [name, value] */
    const char *authorization;
    const char *metadata_flavor;
    const char *forwarded_for;
    const char *content_type;
    const char *body;
    size_t body_length;
    bool body_too_large;
    bool malformed; /* the query string or the path cannot be decoded */
};

enum sim_delivery {
    SIM_DELIVER_WHOLE,
    SIM_DELIVER_HANG,
    SIM_DELIVER_RESET,
    SIM_DELIVER_TRUNCATED,
    SIM_DELIVER_BROKEN, /* the first element of a list is no JSON */
    SIM_DELIVER_ENDLESS
};

struct sim_reply {
    int status;
    json_t *json;     /* the body, or */
    char *text;       /* the body as it is (malloc'ed) */
    bool compact;     /* prettyPrint=false */
    const char *type; /* Content-Type */
    bool metadata;    /* answered by the metadata server */
    long retry_after; /* seconds; -1: no such header */
    long delay_ms;
    size_t endless_bytes;
    enum sim_delivery delivery;
    const char *fault; /* name of the fault that was applied, for the log */
    bool write_attempt;
};

void sim_reply_init(struct sim_reply *reply);
void sim_reply_clear(struct sim_reply *reply);

enum sim_refusal {
    SIM_REFUSE_UNKNOWN_PARAMETER,
    SIM_REFUSE_UNKNOWN_FIELD,
    SIM_REFUSE_REPEATED,
    SIM_REFUSE_BAD_VALUE,
    SIM_REFUSE_PAGE_SIZE,
    SIM_REFUSE_PAGE_TOKEN,
    SIM_REFUSE_FIELDS,
    SIM_REFUSE_ARGUMENT,
    SIM_REFUSE_BODY,
    SIM_REFUSE_LOCATION_WILDCARD,
    SIM_REFUSE_LOCATION,
    SIM_REFUSE_LOCATION_POLICY,
    SIM_REFUSE_NO_CREDENTIALS,
    SIM_REFUSE_BAD_CREDENTIALS,
    SIM_REFUSE_SCOPE,
    SIM_REFUSE_PERMISSION,
    SIM_REFUSE_API_DISABLED,
    SIM_REFUSE_PERIMETER,
    SIM_REFUSE_BILLING,
    SIM_REFUSE_PROJECT,
    SIM_REFUSE_MISSING,
    SIM_REFUSE_NOT_RUNNING,
    SIM_REFUSE_QUOTA_403,
    SIM_REFUSE_QUOTA_429,
    SIM_REFUSE_INTERNAL,
    SIM_REFUSE_UNAVAILABLE,
    SIM_REFUSE_NOT_SIMULATED,
    SIM_REFUSE_NEVER /* no answer at all */
};

/* Fills `reply` with the API's own error body. `facts` is an object of strings for the placeholders of sim_errors.c. */
void sim_refuse(struct sim_reply *reply, const struct sim_api *api, enum sim_refusal refusal,
                const json_t *facts);
/* What a snapshot's `reason` looked like on the wire; false if no reason has this name. */
bool sim_refusal_of_reason(const char *reason, enum sim_refusal *out);
/* All reasons, for a complaint about one that is none. */
const char *sim_reasons(void);
/* Google's front end answers some things in HTML before any API sees them: 400, 404, 405, 413, 414. */
void sim_refuse_html(struct sim_reply *reply, int code, const char *http, const char *path);

/* ---- credentials (sim_auth.c, sim_auth_exchange.c) ---- */
struct sim_auth {
    const char *fixed; /* --token, borrowed; or NULL */
    void *key;         /* EVP_PKEY of --key-public, or NULL */
    json_t *issued;    /* token -> {expires, scopes, principal} */
    json_t *trust;     /* --trust, or NULL */
    unsigned long serial;
    unsigned char secret[32];
};

int sim_auth_open(struct sim_auth *auth, const char *fixed, const char *key_path,
                  struct sim_error *err);
void sim_auth_close(struct sim_auth *auth);
/* Reads who is trusted: {subject: {token, type, audience}, user: {client_id, client_secret, refresh_token},
 * creators: {EMAIL: [caller, ...]}}; callers are emails, "federated", "user" or "token" (that of --token). */
int sim_auth_trust(struct sim_auth *auth, const char *path, struct sim_error *err);
/* A new access token, which its owner may show until it expires. */
json_t *sim_auth_issue(struct sim_auth *auth, const char *scopes, long lifetime,
                       const char *principal);
/* A new identity token: the claims are true, the signature is nobody's. */
json_t *sim_auth_identity(struct sim_auth *auth, const char *email, const char *audience);
/* Whose token this header has, borrowed; NULL if nobody's. */
const char *sim_auth_principal(const struct sim_auth *auth, const char *authorization);
/* Is this address the token service's, or one of the token calls of IAM Credentials? */
bool sim_auth_is_exchange(const struct sim_request *request);
void sim_auth_exchange(struct sim_auth *auth, const struct sim_request *request,
                       const json_t *facts, long lifetime, struct sim_reply *reply);
/* oauth2.googleapis.com/token with grant_type refresh_token. */
void sim_auth_refresh(struct sim_auth *auth, const struct sim_request *request, long lifetime,
                      struct sim_reply *reply);
enum sim_credential {
    SIM_CREDENTIAL_GOOD,
    SIM_CREDENTIAL_NONE,
    SIM_CREDENTIAL_BAD,
    SIM_CREDENTIAL_SCOPE
};
/* Judges an Authorization header for a method that accepts `scopes`. */
enum sim_credential sim_auth_check(const struct sim_auth *auth, const char *authorization,
                                   const char *scopes);
/* Forgets the token of this header, so that only a new one is accepted. */
void sim_auth_revoke(struct sim_auth *auth, const char *authorization);
/* oauth2.googleapis.com/token; `lifetime` is the expires_in to give. */
void sim_auth_token(struct sim_auth *auth, const struct sim_request *request, long lifetime,
                    struct sim_reply *reply);
/* The metadata server, paths under computeMetadata/ and the ping at /. */
void sim_auth_metadata(struct sim_auth *auth, const struct sim_estate *estate,
                       const struct sim_request *request, long lifetime, struct sim_reply *reply);
/* Page tokens: an offset that only this process can have written, and only for this query. */
void sim_auth_page_write(const struct sim_auth *auth, size_t offset, const char *query,
                         char out[64]);
int sim_auth_page_read(const struct sim_auth *auth, const char *token, const char *query,
                       size_t *offset);

/* ---- faults (sim_faults.c) ---- */
struct sim_fault {
    json_t *row;
    size_t action; /* index in the table of actions */
    long nth, count, seen;
};

struct sim_faults {
    struct sim_fault *rows;
    size_t length;
};

int sim_faults_load(struct sim_faults *faults, const char *path, struct sim_error *err);
void sim_faults_free(struct sim_faults *faults);

/* How pages go wrong. */
enum sim_page {
    SIM_PAGE_RIGHT,
    SIM_PAGE_LOOP,   /* the token leads to the page that gave it */
    SIM_PAGE_REPEAT, /* always another token, always the first page */
    SIM_PAGE_NUMBER  /* the token is a number */
};

/* What a fault leaves to the ordinary answer. */
struct sim_twist {
    enum sim_page page;
    bool placeholder;
    json_t *unreachable; /* array of locations, never NULL */
    long lifetime;       /* expires_in of tokens */
};

/* Finds the fault for this request, counts it, and applies it. True if `reply` is already the whole answer. `method` is NULL outside
 * the APIs. */
bool sim_faults_apply(struct sim_faults *faults, struct sim_auth *auth,
                      const struct sim_request *request, const struct sim_method *method,
                      const json_t *facts, struct sim_twist *twist, struct sim_reply *reply);

/* ---- answers ---- */
struct sim {
    struct sim_estate estate;
    struct sim_faults faults;
    struct sim_auth auth;
    long page_size;  /* 0: as Google */
    long latency_ms; /* before every answer of an API */
    FILE *log;
    json_t *writes; /* array of {method, url} */
    size_t requests;
    pthread_mutex_t lock;
    int stop[2];  /* a pipe: what waits, waits for its end; both -1 when it has stopped */
    json_t *memo; /* request -> {status, text} of its answer, for --memo; or NULL */
    const char *document_folder; /* of Google's discovery documents, or NULL */
    json_t *documents;           /* those that were read, by name; NULL without a folder */
};

/* Lock and pipe; and the end of every wait (sim_http.c). */
int sim_ready(struct sim *sim, struct sim_error *err);
void sim_stop(struct sim *sim);

/* One call on its way through sim_answer.c and sim_list.c. */
struct sim_job {
    struct sim *sim;
    const struct sim_request *request;
    const struct sim_method *method;
    const struct sim_api *api;
    json_t *vars;  /* project, location, name, service; project is an id */
    json_t *facts; /* for refusals */
    struct sim_twist twist;
    struct sim_reply *reply;
};

/* The answer to one request (sim_answer.c). The caller holds sim->lock. */
void sim_answer(struct sim *sim, const struct sim_request *request, struct sim_reply *reply);
/* Last value of a query parameter, borrowed; NULL if absent. */
const char *sim_query(const struct sim_request *request, const char *name);
/* Checks names, types and counts of the query parameters (sim_query.c); 0, or -1 with the refusal in job->reply. */
int sim_query_check(struct sim_job *job);
/* Reads options.requestedPolicyVersion of a getIamPolicy call, from the query or the body; -1 with the refusal in job->reply. */
int sim_query_policy_version(struct sim_job *job, long *version);
/* A name in a selection (sim_fields.c) that the method's answer cannot have, by Google's documents; NULL: none, or nobody knows. */
const char *sim_documents_unknown(struct sim *sim, const struct sim_method *method,
                                  json_t *selection);
/* The names in the body of testIamPermissions, an array (the caller's); NULL where the body was refused. */
json_t *sim_query_permissions(struct sim_job *job);
/* The partial response (sim_fields.c): -1 with the refusal in job->reply where `fields` is no selector of this method's answer. */
int sim_fields_check(struct sim_job *job, const char *text);
/* Leaves of an answer what `fields` selects. */
void sim_fields_apply(struct sim_job *job);
/* logging.entries.list (sim_logs.c), and its body as an object, or NULL; the caller's. */
void sim_logs_answer(struct sim_job *job);
json_t *sim_logs_body(const struct sim_request *request);
/* The list calls (sim_list.c). */
void sim_list_answer(struct sim_job *job);
/* A refusal with job's facts. `key` (may be NULL) is set to `value` first. */
void sim_job_refuse(struct sim_job *job, enum sim_refusal refusal, const char *key,
                    const char *value);

/* ---- transport (sim_http.c) ---- */
struct sim_server;
/* Listens on 127.0.0.1; port 0 takes a free one. NULL with `err` filled if it cannot. */
struct sim_server *sim_server_start(struct sim *sim, unsigned port, struct sim_error *err);
unsigned sim_server_port(const struct sim_server *server);
void sim_server_stop(struct sim_server *server);

#endif
