/* plumbline/reach.h [floor 3: src/reach] - the path model: evaluates one connection, hop by hop, on a view of a world.
 *
 * Every hop is evaluated, not only up to the first block. Three-valued: a hop that cannot be decided is UNKNOWN, never PASS.
 * Evaluators read fields only through the view, so that the view's readings are the set of fields that could change the verdict.
 * What the model does not know stands in `not_modelled`, per path.
 */
#ifndef PLUMBLINE_REACH_H
#define PLUMBLINE_REACH_H

#include "plumbline/finding.h"
#include "plumbline/needs.h"

enum pl_reach_verdict { PL_REACH_OPEN, PL_REACH_BLOCKED, PL_REACH_UNKNOWN };

struct pl_reach {
    enum pl_reach_verdict
        verdict; /* BLOCKED where any hop blocks; else UNKNOWN where any hop is; else OPEN */
    const struct pl_hop *hops; /* in the order a packet meets them */
    size_t n_hops;
    /* By hop: how many of the view's readings stood when it was decided. It hangs on those and on no later one. */
    const size_t *readings;
    const char *const *not_modelled;
    size_t n_not_modelled;
    /* What the client in fact dials, after its wiring: for messages and for probes. NULL, 0 where not known. */
    const char *dial_host;
    int dial_port;
    struct pl_address target; /* the resource that `to` means; kind NULL: none of this world */
};

/* Evaluates. `declared` is the wiring's other source: which environment variables carry this target (NULL: by values only).
 * The result lives in the view's arena. Never fails: what it cannot do is UNKNOWN or not modelled. */
struct pl_reach pl_reach_evaluate(struct pl_view *view, const struct pl_connection *connection,
                                  const struct pl_baseline *declared);

/* A copy whose texts and target live in the arena, without `readings`. */
struct pl_reach pl_reach_copy(struct pl_arena *arena, const struct pl_reach *reach);

/* May a failure at this hop show as this symptom? 2 certain, 1 possible, 0 no; a symptom without kind: 1. An UNKNOWN hop without
 * a cause answers 1. Where the hop strikes at a time (`at_ms`) and the symptom says when it came, 0 outside of 0.8 to 1.5 of that time
 * (to `until_ms` where there is one). */
int pl_hop_predicts(const struct pl_hop *hop, const struct pl_symptom *symptom);

/* Can the path, as evaluated, fail as the symptom says: YES a blocking hop can, MAYBE only an unknown hop can, NO nothing that stands in
 * the way can. Risks are not counted: a hop that passes blocks nothing. */
enum pl_reach_predicts { PL_PREDICTS_NO, PL_PREDICTS_MAYBE, PL_PREDICTS_YES };
enum pl_reach_predicts pl_reach_predicts(const struct pl_reach *reach,
                                         const struct pl_symptom *symptom);

/* Is this hop a risk for the symptom: it passes, and yet has a cause that may show so (an instance that starts cold, a limit that is
 * reached at full scale)? As pl_hop_predicts: 2, 1 or 0. */
int pl_hop_risks(const struct pl_hop *hop, const struct pl_symptom *symptom);

/* What a client may call the target of a connection in what it writes: its addresses and names as observed, as wired and as declared. */
struct pl_reach_names {
    const char *service;      /* the resource's own name, or NULL */
    const char *family;       /* "postgres", "mysql", "sqlserver", "redis", "http", or NULL */
    const char *const *hosts; /* and folders of unix sockets, from "/" */
    size_t n_hosts;
    const int *ports;
    size_t n_ports;
    bool
        loopback; /* the wiring leads to the client's own machine, or is missing, for which clients take their own machine */
    struct pl_reach path; /* as pl_reach_evaluate has it */
};
struct pl_reach_names pl_reach_name(struct pl_view *view, const struct pl_connection *connection,
                                    const struct pl_baseline *declared);

/* The connections that a world is wired for: every Cloud Run service or job with an environment variable or a built-in Cloud SQL volume that
 * names a database, a cache or another service of the same world. For runs without a baseline. In `arena`. */
const struct pl_connection *const *pl_reach_infer(struct pl_arena *arena, struct pl_view *view,
                                                  size_t *n);

/* The secrets that these connections' wiring takes: versions, and instances whose AUTH string the password is held against; each once, in `arena`.
 * The view's readings mean nothing afterwards. */
const struct pl_address *pl_reach_secrets(struct pl_arena *arena, struct pl_view *view,
                                          const struct pl_connection *const *connections, size_t n,
                                          const struct pl_baseline *declared, size_t *n_out);

/* Does a variable of this name carry a part of an address by its ending (POSTGRES_HOST, REDIS_PORT, API_URL), or a password (`secret`)? Those
 * with one prefix ("POSTGRES") belong together. */
bool pl_reach_wires(struct pl_arena *arena, const char *name, const char **prefix, bool *secret);

/* What evaluators read, whatever a baseline declares; sorted by kind. */
extern const struct pl_reads pl_reach_reads[];
extern const size_t pl_reach_reads_len;
/* Those of its kinds that are read only where a baseline declares one, or a connection ends at one: nothing else leads to them. */
extern const char *const pl_reach_reads_if_named[];

/* The cause table and the hop table, for `list` and the documentation. */
extern const struct pl_cause pl_causes[];
extern const size_t pl_causes_len;
const struct pl_cause *pl_cause_find(const char *name);

struct pl_hop_info {
    const char *name, *summary, *source;
};
extern const struct pl_hop_info pl_hop_infos[];
extern const size_t pl_hop_infos_len;

#endif
