/* reach.c - evaluates one connection: finds both ends, follows the wiring, runs every hop of the table, sums up.
 *
 * The hops themselves are rows of hops.c; the rules of the outside world live in their evaluators.
 */
#include <stdlib.h>
#include <string.h>

#include "reach_priv.h"

typedef void hop_fn(struct pl_trace *t);

/* Packet order: the client's own set-up, the name, the network out, the network back, the service, what it asks for. */
static hop_fn *const evaluators[] = {
    pl_hop_source_ready,
    pl_hop_target_exists,
    pl_hop_secrets,
    pl_hop_network_user,
    pl_wiring_follow,
    pl_hop_name,
    pl_hop_egress,
    pl_hop_run_startup,
    pl_hop_connector,
    pl_hop_connector_capacity,
    pl_hop_firewall_egress,
    pl_hop_psc_endpoint,
    pl_hop_route,
    pl_hop_peering,
    pl_hop_google_access,
    pl_hop_nat,
    pl_hop_exit_address,
    pl_hop_firewall_ingress,
    pl_hop_return_path,
    pl_hop_pod_routes,
    pl_hop_lb,
    pl_hop_sql_socket,
    pl_hop_sql_state,
    pl_hop_sql_address,
    pl_hop_sql_engine,
    pl_hop_sql_port,
    pl_hop_sql_authorized,
    pl_hop_sql_tls,
    pl_hop_sql_login,
    pl_hop_sql_capacity,
    pl_hop_cluster,
    pl_hop_redis_state,
    pl_hop_redis_port,
    pl_hop_redis_tls,
    pl_hop_redis_auth,
    pl_hop_server_certificate,
    pl_hop_credential,
    pl_hop_password,
    pl_hop_writes,
    pl_hop_run_ready,
    pl_hop_run_traffic,
    pl_hop_run_ingress,
    pl_hop_run_invoker,
    pl_hop_shared_secret,
    pl_hop_project,
    pl_hop_run_audience,
    pl_hop_iap_audience,
    pl_hop_run_protocol,
    pl_hop_run_timeout,
    pl_hop_time_budget,
    pl_hop_run_capacity,
    pl_hop_resources,
    pl_tell_beyond,
};

/* The ends' being there, their names and the wiring say where a packet goes, not whether it arrives. */
static bool decides(const struct pl_hop *h)
{
    static const char *const before[] = {"source", "target",      "secrets",    "network-user",
                                         "name",   "wiring-host", "wiring-port"};
    for (size_t i = 0; i < PL_LEN(before); i++)
        if (strcmp(h->hop, before[i]) == 0)
            return false;
    return h->verdict == PL_HOP_PASS;
}

static struct pl_reach summed(const struct pl_trace *t)
{
    struct pl_reach r = {
        .verdict = PL_REACH_OPEN,
        .hops = t->hops,
        .n_hops = t->n_hops,
        .not_modelled = t->not_modelled,
        .n_not_modelled = t->n_not_modelled,
        .dial_host = t->flow.host,
        .dial_port = t->flow.port,
        .target = t->target.address,
    };
    for (size_t i = 0; i < t->n_hops; i++) {
        if (t->hops[i].verdict == PL_HOP_BLOCK)
            r.verdict = PL_REACH_BLOCKED;
        else if (t->hops[i].verdict == PL_HOP_UNKNOWN && r.verdict == PL_REACH_OPEN)
            r.verdict = PL_REACH_UNKNOWN;
    }
    /* Where nothing was looked at, nothing was found open: from this machine to somebody else's host, from a container to itself. */
    bool decided = false;
    for (size_t i = 0; i < t->n_hops; i++)
        decided = decided || decides(&t->hops[i]);
    if (r.verdict == PL_REACH_OPEN &&
        (!decided || (t->source.what == PL_FROM_HERE && t->target.what == PL_TO_HOST)))
        r.verdict = PL_REACH_UNKNOWN;
    return r;
}

/* A client that gets no address sends nothing: what is not known of the way behind the name cannot have shown. What blocks there is told all the
 * same: it will be met next. */
static void silence_behind_name(struct pl_trace *t)
{
    bool behind = false;
    for (size_t i = 0; i < t->n_hops; i++) {
        struct pl_hop *h = &t->hops[i];
        if (behind && h->verdict == PL_HOP_UNKNOWN) {
            h->verdict = PL_HOP_NOT_APPLICABLE;
            h->cause = NULL;
            h->text = "no packet is sent: the name leads nowhere";
        }
        behind = behind || (h->verdict == PL_HOP_BLOCK && strcmp(h->hop, "name") == 0);
    }
}

static struct pl_reach evaluate(struct pl_trace *t, struct pl_view *view,
                                const struct pl_connection *connection,
                                const struct pl_baseline *declared)
{
    struct pl_arena *arena = pl_view_arena(view);
    *t = (struct pl_trace){
        .arena = arena,
        .view = view,
        .base = pl_view_bare(arena, view),
        .connection = connection,
        .declared = declared,
    };
    pl_source_find(t);
    pl_target_find(t);
    size_t *readings = NULL, n = 0, cap = 0, read = 0;
    for (size_t i = 0; i < PL_LEN(evaluators); i++) {
        evaluators[i](t);
        (void)pl_view_readings(view, &read);
        while (n < t->n_hops)
            PL_PUSH(arena, readings, n, cap, read);
    }
    silence_behind_name(t);
    struct pl_reach r = summed(t);
    r.readings = readings;
    return r;
}

struct pl_reach pl_reach_evaluate(struct pl_view *view, const struct pl_connection *connection,
                                  const struct pl_baseline *declared)
{
    struct pl_trace t;
    return evaluate(&t, view, connection, declared);
}

struct pl_reach_names pl_reach_name(struct pl_view *view, const struct pl_connection *connection,
                                    const struct pl_baseline *declared)
{
    struct pl_trace t;
    struct pl_reach_names names = {.path = evaluate(&t, view, connection, declared)};
    pl_names_gather(&t, &names);
    return names;
}

static const char *copy_text(struct pl_arena *arena, const char *text)
{
    return text ? pl_arena_strdup(arena, text) : NULL;
}

static struct pl_hop copy_hop(struct pl_arena *arena, const struct pl_hop *hop)
{
    struct pl_hop h = *hop;
    struct pl_evidence *evidence = pl_arena_array(arena, h.n_evidence, sizeof(*evidence));
    for (size_t i = 0; i < h.n_evidence; i++)
        evidence[i] = (struct pl_evidence){.field = copy_text(arena, h.evidence[i].field),
                                           .value = copy_text(arena, h.evidence[i].value),
                                           .note = copy_text(arena, h.evidence[i].note)};
    h.text = copy_text(arena, h.text);
    h.field = copy_text(arena, h.field);
    h.field_short = copy_text(arena, h.field_short);
    h.evidence = evidence;
    return h;
}

struct pl_reach pl_reach_copy(struct pl_arena *arena, const struct pl_reach *reach)
{
    struct pl_reach r = *reach;
    struct pl_hop *hops = pl_arena_array(arena, r.n_hops, sizeof(*hops));
    const char **not_modelled = pl_arena_array(arena, r.n_not_modelled, sizeof(*not_modelled));
    for (size_t i = 0; i < r.n_hops; i++)
        hops[i] = copy_hop(arena, &reach->hops[i]);
    for (size_t i = 0; i < r.n_not_modelled; i++)
        not_modelled[i] = copy_text(arena, reach->not_modelled[i]);
    r.hops = hops;
    r.readings = NULL;
    r.not_modelled = not_modelled;
    r.dial_host = copy_text(arena, r.dial_host);
    if (r.target.kind)
        r.target = pl_address_copy(arena, &r.target);
    return r;
}

static bool matches_any(const char *const *patterns, const struct pl_symptom *symptom)
{
    for (; patterns && *patterns; patterns++)
        if (pl_symptom_matches(symptom, *patterns))
            return true;
    return false;
}

/* Was it seen at another time than when this hop strikes? A little before it (clocks, and what was spent on connecting), or up to half as
 * long again, is near. */
static bool at_another_time(const struct pl_hop *hop, const struct pl_symptom *symptom)
{
    int64_t until = hop->until_ms > 0 ? hop->until_ms : hop->at_ms / 2 * 3;
    return hop->at_ms > 0 && symptom->after_ms > 0 &&
           (symptom->after_ms < hop->at_ms / 5 * 4 || symptom->after_ms > until);
}

int pl_hop_predicts(const struct pl_hop *hop, const struct pl_symptom *symptom)
{
    if (!symptom || !symptom->kind)
        return hop->verdict == PL_HOP_BLOCK || hop->verdict == PL_HOP_UNKNOWN;
    if (!hop->cause)
        return hop->verdict == PL_HOP_UNKNOWN;
    if (at_another_time(hop, symptom))
        return 0;
    if (matches_any(hop->cause->certain, symptom))
        return 2;
    return matches_any(hop->cause->possible, symptom) ? 1 : 0;
}

enum pl_reach_predicts pl_reach_predicts(const struct pl_reach *reach,
                                         const struct pl_symptom *symptom)
{
    enum pl_reach_predicts best = PL_PREDICTS_NO;
    for (size_t i = 0; i < reach->n_hops; i++) {
        const struct pl_hop *h = &reach->hops[i];
        if (h->verdict != PL_HOP_BLOCK && h->verdict != PL_HOP_UNKNOWN)
            continue;
        if (pl_hop_predicts(h, symptom) == 0)
            continue;
        if (h->verdict == PL_HOP_BLOCK)
            return PL_PREDICTS_YES;
        best = PL_PREDICTS_MAYBE;
    }
    return best;
}

int pl_hop_risks(const struct pl_hop *hop, const struct pl_symptom *symptom)
{
    bool passes = hop->verdict == PL_HOP_PASS && hop->cause;
    return passes && symptom && symptom->kind ? pl_hop_predicts(hop, symptom) : 0;
}
