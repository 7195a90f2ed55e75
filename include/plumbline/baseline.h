/* plumbline/baseline.h [floor 2: src/model] - the declared world: resources with matchers, connections, ignore rules (section 2 of the contract).
 *
 * Reading a baseline checks everything that can be checked without a network: grammar, kinds, fields (against Google's schema),
 * types, references, cycles, duplicates over all files. Every node keeps its mark.
 */
#ifndef PLUMBLINE_BASELINE_H
#define PLUMBLINE_BASELINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "plumbline/address.h"
#include "plumbline/secret.h"
#include "plumbline/value.h"
#include "plumbline/yaml.h"

enum pl_match {
    PL_M_EQUAL, /* value, or text with references */
    PL_M_MAP,   /* members, as a subset; `only` where !only */
    PL_M_LIST,  /* items, as the field's kind of list says; `ordered` where !ordered */
    PL_M_ANY_OF,
    PL_M_ALL_OF,
    PL_M_NOT,
    PL_M_MATCHES, /* text: anchored POSIX extended regex */
    PL_M_AT_LEAST,
    PL_M_AT_MOST,
    PL_M_CONTAINS, /* items */
    PL_M_ONLY,     /* items: these and no other element */
    PL_M_ABSENT,
    PL_M_PRESENT,
    PL_M_CIDR_WITHIN, /* text */
};

/* ${ADDRESS} inside a text: the text is cut into pieces; a piece is literal or a reference. */
struct pl_piece {
    const char *literal; /* NULL: a reference */
    struct pl_address address;
    struct pl_path path;
};

struct pl_expect;

struct pl_expect_member {
    const char *key;
    struct pl_mark mark; /* of the key */
    const struct pl_expect *expect;
};

struct pl_expect {
    enum pl_match match;
    struct pl_mark mark;
    const char *
        text; /* EQUAL without value, MATCHES, CIDR_WITHIN: the scalar's text; AT_LEAST/AT_MOST likewise */
    bool quoted;
    const struct pl_value
        *value; /* EQUAL: already read by the field's type; NULL where there are references */
    const struct pl_piece *pieces; /* EQUAL with references */
    size_t n_pieces;
    double number;                          /* AT_LEAST, AT_MOST */
    const struct pl_expect_member *members; /* MAP */
    const struct pl_expect *const
        *items; /* LIST, CONTAINS, ONLY, ANY_OF, ALL_OF; NOT: exactly one */
    size_t n;
    bool only, ordered;
};

struct pl_declared {
    struct pl_address address; /* complete */
    struct pl_mark mark;
    const struct pl_expect *expect; /* MAP (possibly empty), ABSENT or PRESENT */
    const struct pl_baseline_file *file;
};

/* `!only` on a kind's map: resources of that kind that are not declared are `unexpected`. */
struct pl_only_kind {
    const struct pl_kind *kind;
    const char *project, *location; /* location NULL: any */
    struct pl_mark mark;
};

enum pl_severity { PL_SEV_LOW, PL_SEV_MEDIUM, PL_SEV_HIGH, PL_SEV_CRITICAL };
extern const char *const pl_severity_names[];                   /* by enum */
int pl_severity_parse(const char *text, enum pl_severity *out); /* 0 or -1 */

enum pl_via { PL_VIA_AUTO, PL_VIA_PRIVATE, PL_VIA_PUBLIC, PL_VIA_PSC, PL_VIA_SOCKET, PL_VIA_PROXY };
extern const char *const pl_via_names[]; /* by enum; "" for AUTO */

/* One end of a connection. */
struct pl_end {
    enum { PL_END_HERE, PL_END_RESOURCE, PL_END_HOST /* host:port or URL */ } what;
    const char *text;                     /* as written, short */
    struct pl_address address;            /* RESOURCE */
    const char *scheme, *host, *url_path; /* HOST; NULL where none */
    int port;                             /* HOST: 0 where none */
    struct pl_mark mark;
};

enum pl_probe_type {
    PL_PROBE_NONE,
    PL_PROBE_DNS,
    PL_PROBE_TCP,
    PL_PROBE_TLS,
    PL_PROBE_HTTP,
    PL_PROBE_HTTPS,
    PL_PROBE_WEBSOCKET,
    PL_PROBE_POSTGRES,
    PL_PROBE_REDIS,
    PL_PROBE_BREAKER
};

enum pl_tls_mode {
    PL_TLS_UNSET,
    PL_TLS_DISABLE,
    PL_TLS_REQUIRE,
    PL_TLS_VERIFY_CA,
    PL_TLS_VERIFY_FULL
};

/* A text that may come from !env or !file; `missing` where it could not be had (unset variable, no such file). */
struct pl_sourced {
    const char *text;               /* plain text (no secret), or NULL */
    const struct pl_secret *secret; /* from !env or !file, or NULL */
    const char *source;             /* "!env APP_DB_PASSWORD", for messages; NULL for plain text */
    bool missing;
    struct pl_mark mark;
};

struct pl_named_text {
    const char *name;
    struct pl_sourced value;
    struct pl_mark mark;
};

/* The proxy that a probe goes through. */
struct pl_probe_proxy {
    bool set, environment; /* environment: that of https_proxy and its kin */
    struct pl_sourced url; /* plain text was checked; a secret one may hold user and password */
    const char *user;
    struct pl_sourced password, ca; /* ca: PEM, for a proxy that is spoken to over TLS */
    const char *const *except;      /* names and prefixes that are dialled directly */
    size_t n_except;
};

/* A proxy's URL ("proxy.corp:3128" is http's): NULL, or what is wrong, which shows nothing of the text. */
struct pl_hostport;
const char *pl_proxy_parse(struct pl_arena *arena, const char *text, struct pl_hostport *out);

/* A probe's parameters; which type takes which is a table in baseline_probe.c (section 2 of the contract). Unset: NULL, 0, n = 0. */
struct pl_probe_spec {
    enum pl_probe_type type;
    struct pl_mark mark;
    enum pl_tls_mode tls;
    struct pl_sourced ca, cert, key; /* PEM text */
    const char *server_name, *address, *source;
    const char *connect_host; /* connect_to */
    int connect_port;
    struct pl_probe_proxy proxy;
    bool each_address; /* every address of the name by itself, instead of the first that answers */
    int family;        /* 4 or 6: only such addresses; 0: both */
    int warm_up;       /* attempts left out of the figures */
    const int *also_try;
    size_t n_also_try;
    /* dns */
    const char *dns_name, *dns_record, *dns_resolver;
    const struct pl_expect *dns_ttl; /* AT_LEAST or AT_MOST, number in seconds */
    int authoritative;               /* 0, 1 */
    /* tls */
    const char *min_version;
    const struct pl_expect *expires_in; /* AT_LEAST, number in seconds */
    const struct pl_expect *cipher, *tls_version;
    const struct pl_expect_member *certificate; /* key: subject, issuer, names, sha256 */
    size_t n_certificate;
    const char *starttls;
    /* http, https, breaker, websocket */
    const char *path, *method, *http_version, *subprotocol, *origin, *identity_token;
    const struct pl_named_text *headers;
    size_t n_headers;
    struct pl_sourced body, bearer, send;
    int redirects; /* -1 unset */
    const struct pl_expect *expect_status, *expect_body,
        *expect_any; /* expect_any: `expect` of dns, websocket, postgres */
    const struct pl_expect_member *expect_headers, *expect_json; /* json: key is a JSON pointer */
    size_t n_expect_headers, n_expect_json;
    int64_t stay_ns;
    const char *state_pointer, *failures_pointer;
    int64_t recovers_in_ns;
    /* postgres, redis */
    const char *database, *user, *query, *role;
    struct pl_sourced password;
    const struct pl_expect_member *settings, *info, *cluster; /* cluster: of CLUSTER INFO */
    size_t n_settings, n_info, n_cluster;
    const struct pl_expect *connections; /* in use */
    int read_only;                       /* -1 unset, 0, 1 */
};

struct pl_budget {
    int64_t timeout_ns; /* per attempt, from the first byte sent to the resolver; 0: default 10 s */
    int64_t p50_ns, p95_ns, max_ns; /* 0: none */
};

struct pl_connection {
    const char *name;
    struct pl_mark mark;
    struct pl_end from, to;
    int port; /* 0: what follows from the target */
    enum pl_via via;
    struct pl_probe_spec probe;
    struct pl_budget budget;
    int attempts;    /* 0: unset: 1, or 20 where p95 is given */
    int concurrency; /* 0 or 1: one after another */
    const char *const *depends_on;
    size_t n_depends_on;
    const char *impact;
    const char *const *tracks;
    size_t n_tracks;
    enum pl_severity severity; /* default high */
    const struct pl_baseline_file *file;
};

struct pl_ignore {
    const char *field; /* pattern */
    const char *reason, *owner;
    const char *expires; /* as written */
    int64_t expires_ns;  /* the moment it has passed */
    struct pl_mark mark;
    const struct pl_baseline_file *file;
};

struct pl_baseline_file {
    const char *name;
    const char *project, *location;
};

struct pl_warning {
    struct pl_mark mark;
    const char *text;
    bool of_source; /* an !env or !file that could not be had: matters only to who probes */
};

struct pl_baseline {
    struct pl_arena *arena;
    const struct pl_baseline_file *const *files;
    size_t n_files;
    const struct pl_declared *resources; /* sorted by full address */
    size_t n_resources;
    const struct pl_only_kind *only;
    size_t n_only;
    const struct pl_connection *const *connections; /* in file order */
    size_t n_connections;
    const struct pl_ignore *ignores; /* in file order */
    size_t n_ignores;
    const char *const *projects; /* every project that something declared lives in, sorted */
    size_t n_projects;
    const struct pl_warning *warnings;
    size_t n_warnings;
};

struct pl_var {
    const char *name, *value;
};

struct pl_baseline_options {
    const char *const *paths; /* files and folders (every *.yaml in it, sorted) */
    size_t n_paths;
    const char *text, *name;   /* one more, in memory, and its name for messages; NULL: none */
    const struct pl_var *vars; /* --var, laid over `vars:` */
    size_t n_vars;
    const char *project; /* --project: default where a file has none */
};

/* Reads all files into one baseline. NULL and err (the first error, with file, line, column and the line itself).
 * Unset !env and missing !file are warnings. */
const struct pl_baseline *pl_baseline_read(struct pl_arena *arena,
                                           const struct pl_baseline_options *options,
                                           struct pl_err *err) PL_MUST_USE;

/* One connection from command-line words (`explain --from A --to B --port N`). */
int pl_connection_adhoc(struct pl_arena *arena, const char *from, const char *to, int port,
                        const char *via, const char *probe, const char *project,
                        const char *location, struct pl_connection *out,
                        struct pl_err *err) PL_MUST_USE;

const struct pl_connection *pl_baseline_connection(const struct pl_baseline *b,
                                                   const char *name); /* or NULL */

/* The names of probe types, by enum; and their parameters as a table for `list` and the manual. */
/* Types that are planned: said as such, and not taken for a misspelling. Ends in NULL. */
extern const char *const pl_probe_types_later[];
extern const char *const pl_probe_type_names[];
struct pl_probe_param {
    const char *name;
    unsigned types;   /* bit per enum pl_probe_type */
    const char *what; /* "HOST:PORT", "duration", "matcher", ... */
    const char *help;
};
extern const struct pl_probe_param pl_probe_params[];
extern const size_t pl_probe_params_len;

/* The grammar's keys and tags, for manuals and editors. */
enum pl_baseline_place {
    PL_IN_FILE,
    PL_IN_CONNECTION,
    PL_IN_BUDGET,
    PL_IN_ANSWER, /* `expect` of an http probe */
    PL_IN_IGNORE
};
struct pl_baseline_key {
    enum pl_baseline_place place;
    const char *name, *what, *help;
};
extern const struct pl_baseline_key pl_baseline_keys[];
extern const size_t pl_baseline_keys_len;
struct pl_baseline_tag {
    const char *name;
    const char *node; /* YAML node that it stands before: "scalar", "sequence or mapping" */
    const char *help;
};
extern const struct pl_baseline_tag pl_baseline_tags[];
extern const size_t pl_baseline_tags_len;

/* A JSON Schema (draft 2020-12) of a baseline, in the arena. Looser than pl_baseline_read: it knows names, not values. */
const struct pl_value *pl_baseline_schema(struct pl_arena *arena);

/* Port that follows from the target and probe where the connection says none: 5432 for sql.instance, 6379/6378 are read from the
 * instance by reach, 443 for Cloud Run and https, 80 for http; 0 where nothing follows. */
int pl_connection_port(const struct pl_connection *connection);

#endif
