/* wiring_priv.h - the environment variables that carry a target's host, port and the like, and the addresses they should carry. */
#ifndef PLUMBLINE_WIRING_PRIV_H
#define PLUMBLINE_WIRING_PRIV_H

#include "reach_priv.h"

/* What a variable carries, by its name or by what the baseline says it refers to. */
enum pl_role {
    PL_ROLE_NONE,
    PL_ROLE_HOST,
    PL_ROLE_PORT,
    PL_ROLE_URL,
    PL_ROLE_CONNECTION_NAME,
    PL_ROLE_PASSWORD,
    PL_ROLE_TLS,
    PL_ROLE_DATABASE,
    PL_ROLE_USER
};

/* wire_names.c: splits a name into prefix and role; "PGHOST" and "REDISHOST" have no underscore between. */
enum pl_role pl_wire_role(struct pl_arena *arena, const char *name, const char **prefix);
/* Does the prefix's family fit the target: a database, a cache, or the called service's own name? */
bool pl_wire_family_fits(struct pl_trace *t, const char *prefix);
/* Is it called by the target's own name and a word of its family: ORDERS_DB, DB_ORDERS? */
bool pl_wire_named_after(struct pl_trace *t, const char *prefix);

/* Has the source another connection to a target of the same kind? Then a name alone proves nothing. */
bool pl_wire_has_rival(struct pl_trace *t);

/* Says nothing of where packets go. */
bool pl_role_is_login(enum pl_role role);

struct pl_wire {
    const char *container; /* name, or NULL: the only, unnamed one */
    const char *name;      /* of the variable */
    const char *prefix; /* "POSTGRES" of POSTGRES_HOST: variables with one prefix belong together */
    enum pl_role role;
    const char
        *path; /* of its value: "template.containers[name=app].env[name=POSTGRES_HOST].value" */
    enum {
        PL_WIRE_VALUE,
        PL_WIRE_SECRET,
        PL_WIRE_ABSENT /* declared, not there */,
        PL_WIRE_HIDDEN
    } what;
    const char *value;              /* VALUE */
    const char *secret, *version;   /* SECRET: as the template says them */
    const struct pl_resource *of;   /* SECRET: the version that it takes, where secrets were read */
    const struct pl_value *payload; /* SECRET: what is known of its value (payload.h), or NULL */
    bool declared;                  /* the baseline declares it */
    bool refers;                    /* the baseline declares it as a reference to the target */
    bool anothers;                  /* or to another target of the client's: it is that one's */
    const char *declared_text;      /* literal, or NULL */
    const char *declared_version;   /* of the secret that it takes, or NULL */
};

struct pl_wires {
    struct pl_wire *list;
    size_t n, cap;
    bool not_known; /* the workload's environment was not read */
    size_t containers;
};

/* Every variable of the connection's source that may belong to its target: by reference, by value, or by its name's family. */
void pl_wires_find(struct pl_trace *t, struct pl_wires *out);

/* mounted.c: the secret that a file of a container is, by its mounts. */
struct pl_secret_ref {
    const char *secret, *version; /* as the template says them */
};
bool pl_mounted_secret(const struct pl_value *volumes, const struct pl_value *container,
                       const char *file, struct pl_secret_ref *out);

/* All variables of the source, by what was observed and what is declared, whatever they carry. */
void pl_wires_all(struct pl_trace *t, struct pl_wires *out);

/* Those of them that take a secret which may be the target's, as far as their names tell: what reading it would settle. */
void pl_wires_secret(struct pl_trace *t, struct pl_wires *out);

/* What the baseline declares as a plain text; NULL where it is none. */
const char *pl_expect_literal(const struct pl_expect *e);

/* shared_secrets.c: the pairs of variables of the called service and of those that it is connected with which must hold the same: `use` is called
 * with the versions that both take (NULL where they take none); NULL: each pair is a hop. */
typedef void pl_shared_fn(void *arg, const struct pl_resource *version);
void pl_shared_secrets(struct pl_trace *t, pl_shared_fn *use, void *arg);

/* The addresses that a client may dial to reach the target. */
struct pl_endpoints {
    const char *private_ip, *public_ip, *connection_name, *dns_name; /* NULL where none */
    const char *host;      /* Redis' host, a service's host name, a literal host */
    const char *read_host; /* Redis' read endpoint */
    const char *front;     /* the host at which a load balancer takes requests for a service */
    enum pl_known known;
};
void pl_endpoints_find(struct pl_trace *t, struct pl_endpoints *out);
/* Is this text one of them? */
bool pl_endpoints_have(const struct pl_endpoints *e, const char *host);

/* The host in a connection string of any form (pl_dsn_parse), or what it names a connector; else the text itself. */
const char *pl_wire_host(struct pl_arena *arena, const char *text);

/* ---- flow.c ---- */

/* Points t->flow at the target by what is known of it, and the port that a client takes by itself. */
void pl_flow_to_target(struct pl_trace *t, const struct pl_endpoints *e);
int pl_flow_default_port(struct pl_trace *t);
void pl_flow_to_sql(struct pl_trace *t, const struct pl_endpoints *e, enum pl_via via);
/* Is a bare connection name the name of a socket here, mounted or to be mounted? Else a connector in the client dials by it. */
bool pl_flow_means_socket(struct pl_trace *t);
/* At the load balancer t->target.lb. */
void pl_flow_to_lb(struct pl_trace *t);
/* The host as written, and its address where it is one. */
void pl_flow_set_ip(struct pl_flow *f, const char *text);

/* ---- auth_proxy.c ---- */

/* Which address of the instance the Cloud SQL Auth Proxy beside the client dials; "first": the other one where that is not there. */
enum pl_proxy_dials {
    PL_PROXY_UNSEEN, /* no container that is one, with this instance among its own */
    PL_PROXY_PUBLIC,
    PL_PROXY_PRIVATE, /* or the endpoint of Private Service Connect */
    PL_PROXY_PUBLIC_FIRST,
    PL_PROXY_PRIVATE_FIRST,
};
enum pl_proxy_dials pl_auth_proxy_of(struct pl_trace *t, const char *connection_name);
/* Is there a key or another account to act as among the workload's variables or its containers' arguments? */
bool pl_brings_credentials(struct pl_trace *t);

/* ---- wiring_host.c ---- */

/* Judges the host that a variable holds, and points t->flow at it. */
void pl_wiring_host(struct pl_trace *t, const struct pl_wire *w, const char *host,
                    const struct pl_endpoints *e);
/* The same for what a connector in the client is given: PROJECT:REGION:INSTANCE. */
void pl_wiring_connector(struct pl_trace *t, const struct pl_wire *w, const char *name,
                         const struct pl_endpoints *e);
/* The same for a bare connection name, of which nobody says which way is meant; `who` holds it. */
void pl_wiring_by_name(struct pl_trace *t, const char *who, const struct pl_endpoints *e);
/* ---- wiring_secret.c ---- */

/* The same for a variable whose value is a secret that was read: judges all that it carries. */
void pl_wiring_secret(struct pl_trace *t, const struct pl_wire *w, const struct pl_endpoints *e);
/* Why the value of a secret says nothing, where there is no payload. */
const char *pl_wire_not_compared(struct pl_trace *t, const struct pl_wire *w);
/* Is a secret's host one of the target's addresses? False where there is none. */
bool pl_payload_leads(const struct pl_value *payload, const struct pl_endpoints *e);

/* Points t->flow at one of the target's own addresses. */
void pl_wiring_take_own(struct pl_trace *t, const char *host, const struct pl_endpoints *e);
/* The client dials its own machine: `shown` is the host as it may be shown. */
void pl_wiring_loopback(struct pl_trace *t, const struct pl_wire *w, const char *shown);
/* Is the instance to have an address of this sort, while none is listed? */
bool pl_may_be_its_own(struct pl_trace *t, bool private_ip, const struct pl_endpoints *e);
/* A name of Cloud Run's own (https://cloud.google.com/run/docs/triggering/https-request)? */
bool pl_is_run_app(const char *host);
/* "POSTGRES_HOST of run.service/auth". */
const char *pl_wire_name(struct pl_trace *t, const struct pl_wire *w);
/* Blocks with the variable as the deciding field, and what it holds as evidence. */
void pl_wire_block(struct pl_trace *t, const char *hop, const char *cause, const struct pl_wire *w,
                   const char *sentence);

#endif
