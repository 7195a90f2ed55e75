/* report_fixture_large.h - runs of any size, for what must stay quick and small: drift with remedies, failing connections with their paths.
 *
 * Header only, beside report_fixture.h. One finding in five is a connection that fails; five of those share a cause, and one more of each
 * five only passes on the failure.
 */
#ifndef TEST_REPORT_FIXTURE_LARGE_H
#define TEST_REPORT_FIXTURE_LARGE_H

#include "report_fixture.h"

enum { LARGE_SHARE = 5, LARGE_HOPS = 14 };

static inline void large_remedy(struct pl_arena *a, struct pl_drift *d, size_t i)
{
    remedy(a, d,
           pl_arena_printf(a,
                           "gcloud run services update service-%04zu --region=us-central1 "
                           "--project=acme --memory=512Mi",
                           i / 4),
           pl_arena_printf(a,
                           "gcloud run services describe service-%04zu --region=us-central1 "
                           "--project=acme --format=json",
                           i / 4),
           pl_arena_printf(a,
                           "gcloud run services update service-%04zu --region=us-central1 "
                           "--project=acme --memory=%zuMi",
                           i / 4, 128 + i),
           "rolls out a new revision; requests in flight finish on the old one");
}

static inline struct pl_drift *large_drift(struct pl_arena *a, size_t i)
{
    static const char *const fields[] = {
        "template.containers[name=app].resources.limits.memory", "template.timeout",
        "template.containers[name=app].env[name=POSTGRES_PORT].value",
        "template.scaling.minInstanceCount"};
    struct pl_drift *d =
        drift(a, pl_arena_printf(a, "run.service/service-%04zu:%s", i / 4, fields[i % 4]), "512Mi",
              pl_arena_printf(a, "%zuMi", 128 + i), (int)(i % 900) + 1);
    d->severity = (enum pl_severity)(i % 4);
    large_remedy(a, d, i);
    return d;
}

static inline struct pl_hop *large_hops(struct pl_arena *a, size_t i)
{
    static const char *const names[LARGE_HOPS] = {
        "source",          "secrets",   "wiring-host",
        "egress",          "connector", "connector-capacity",
        "firewall-egress", "route",     "peering",
        "return-path",     "sql-state", "sql-address",
        "sql-port",        "sql-tls"};
    struct pl_hop *hops = pl_arena_array(a, LARGE_HOPS, sizeof(*hops));
    struct pl_evidence *e = pl_arena_array(a, LARGE_HOPS, sizeof(*e));
    for (size_t k = 0; k < LARGE_HOPS; k++) {
        e[k] = (struct pl_evidence){
            pl_arena_printf(a, "run.service/service-%04zu:template.vpcAccess.egress", i),
            "PRIVATE_RANGES_ONLY", NULL};
        hops[k] = (struct pl_hop){.hop = names[k],
                                  .verdict = k == 12 ? PL_HOP_BLOCK : PL_HOP_PASS,
                                  .cause = k == 12 ? pl_cause_find("NO_ROUTE") : NULL,
                                  .text = "private ranges go through the connector main",
                                  .evidence = &e[k],
                                  .n_evidence = 1};
    }
    return hops;
}

static inline struct pl_conn_result large_connection(struct pl_arena *a, size_t i,
                                                     const struct pl_drift *cause)
{
    static const struct pl_proof_step proof[] = {{"observed: blocked at sql-port"},
                                                 {"with the drift reverted the path opens"}};
    bool cascade = i % 6 == 5;
    struct pl_conn_result r =
        result(connection(a, pl_arena_printf(a, "connection-%04zu", i),
                          pl_arena_printf(a, "run.service/service-%04zu", i),
                          cascade ? pl_arena_printf(a, "run.service/service-%04zu", i - 1)
                                  : pl_arena_printf(a, "sql.instance/database-%03zu", i / 6),
                          (enum pl_severity)(i % 4)),
               PL_CONN_FAILING);
    r.symptom = symptom(cascade ? "http_status" : "connect_timeout", cascade ? 503 : 0,
                        "connect 10.8.0.3:5432: timed out");
    r.hops = large_hops(a, i);
    r.n_hops = LARGE_HOPS;
    struct pl_cause_set *causes = pl_arena_array(a, 1, sizeof(*causes));
    causes[0] = set_of(a, cause, NULL);
    r.explanation = (struct pl_explanation){
        .verdict = PL_EXPLAIN_EXPLAINED,
        .reason = "proven: with this one drift reverted in the model the path opens",
        .causes = causes,
        .n_causes = 1,
        .proof = proof,
        .n_proof = PL_LEN(proof)};
    if (cascade)
        r.explanation = (struct pl_explanation){
            .verdict = PL_EXPLAIN_CASCADE,
            .reason = "its own path is open",
            .upstream = texts(a, pl_arena_printf(a, "connection-%04zu", i - 1), NULL),
            .n_upstream = 1};
    return r;
}

/* `n` findings: drift and connections that fail. */
static inline struct pl_run *run_large(struct pl_arena *a, size_t n)
{
    size_t n_connections = n / LARGE_SHARE, n_drift = n - n_connections;
    const struct pl_drift **d = pl_arena_array(a, n_drift + 1, sizeof(*d));
    struct pl_conn_result *r = pl_arena_array(a, n_connections + 1, sizeof(*r));
    for (size_t i = 0; i < n_drift; i++)
        d[i] = large_drift(a, i);
    for (size_t i = 0; i < n_connections; i++)
        r[i] = large_connection(a, i, d[i / 6]);
    struct pl_run *run = run_of(a, r, n_connections);
    drifted(run, d, n_drift);
    run->coverage =
        (struct pl_coverage){.declared = 2 * n_drift, .match = n_drift, .drift = n_drift};
    judged(run, PL_VERDICT_FAILING, 2,
           pl_arena_printf(a, "%zu failing connections and %zu drifted fields at or above low",
                           n_connections, n_drift));
    return run;
}

#endif
