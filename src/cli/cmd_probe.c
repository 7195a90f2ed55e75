/* cmd_probe.c - live endpoints only: what was seen, without a word about drift.
 *
 * Resources are observed only where a connection's address lives in Google's APIs and no connect_to says where to dial.
 */
#include <string.h>

#include "cli_priv.h"
#include "plumbline/yaml.h"

static int choose(struct pl_session *s, struct pl_err *err)
{
    const struct pl_texts *words = &s->options->words;
    size_t n = 0;
    for (size_t i = 0; i < words->n; i++) {
        const struct pl_connection *c = pl_baseline_connection(s->baseline, words->list[i]);
        if (!c)
            return pl_err_set(err, PL_E_USAGE, "no connection is called '%s'", words->list[i]);
        s->connections[n++] = c;
    }
    if (words->n > 0)
        s->n_connections = n;
    for (n = 0; n < s->n_connections; n++)
        if (s->connections[n]->probe.type != PL_PROBE_NONE)
            return 0;
    return pl_err_set(err, PL_E_USAGE, "none of the chosen connections has a probe");
}

/* Does any target's address have to be looked up? */
static bool needs_world(const struct pl_session *s)
{
    for (size_t i = 0; i < s->n_connections; i++) {
        const struct pl_connection *c = s->connections[i];
        if (c->probe.type != PL_PROBE_NONE && c->to.what == PL_END_RESOURCE &&
            !c->probe.connect_host)
            return true;
    }
    return s->options->snapshot != NULL;
}

static const struct pl_world *empty_world(struct pl_session *s)
{
    struct pl_world_builder *b = pl_world_builder_new(s->arena);
    pl_world_add_unobserved(b, &(struct pl_unobserved){.kind_name = "*",
                                                       .scope = "*",
                                                       .reason = "not_asked",
                                                       .detail = "only endpoints were probed"});
    return pl_world_build(b);
}

static int steps(struct pl_session *s, struct pl_err *err)
{
    if (pl_session_baseline(s, true, err) < 0 || choose(s, err) < 0)
        return -1;
    if (needs_world(s)) {
        if (pl_session_observe(s, err) < 0)
            return -1;
    } else {
        s->world = empty_world(s);
        s->run.source = "live endpoints only";
    }
    if (pl_session_interrupted(s))
        return pl_session_interrupted(s);
    if (pl_session_probe(s, err) < 0)
        return -1;
    if (pl_session_interrupted(s))
        return pl_session_interrupted(s);
    struct pl_conn_result *results = pl_arena_array(s->arena, s->n_probes + 1, sizeof(*results));
    for (size_t i = 0; i < s->n_probes; i++) {
        const struct pl_probe_result *p = &s->probes[i];
        results[i] = (struct pl_conn_result){
            .connection = p->connection,
            .status = p->state == PL_PROBED_OK         ? PL_CONN_OK
                      : p->state == PL_PROBED_DEGRADED ? PL_CONN_DEGRADED
                      : p->state == PL_PROBED_FAILING  ? PL_CONN_FAILING
                                                       : PL_CONN_UNKNOWN,
            .basis = PL_BASIS_PROBE,
            .seen_from = s->options->vantage ? s->options->vantage : "here",
            .symptom = p->symptom,
            .probe = p,
            .note = p->state == PL_PROBED_UNKNOWN ? p->unknown_why : p->note,
            .severity = p->connection->severity,
        };
    }
    s->run.connections = results;
    s->run.n_connections = s->n_probes;
    return pl_session_report(s, err);
}

int pl_cmd_probe(struct pl_options *options, struct pl_err *err)
{
    struct pl_session s;
    pl_session_start(&s, options, "probe");
    int status = steps(&s, err);
    pl_session_end(&s);
    return status;
}
