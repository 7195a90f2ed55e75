/* cmd_probe.c - live endpoints only: what was seen, without a word about drift or paths.
 *
 * Resources are observed only where a connection's address lives in Google's APIs and no connect_to says where to dial.
 */
#include "cli_priv.h"

static bool is_probed(const struct pl_connection *c)
{
    return c->probe.type != PL_PROBE_NONE;
}

static int choose(struct pl_session *s, struct pl_err *err)
{
    size_t n = 0;
    if (pl_select_words(s, err) < 0)
        return -1;
    for (size_t i = 0; i < s->n_connections; i++)
        if (is_probed(s->connections[i]))
            s->connections[n++] = s->connections[i];
    s->n_connections = n;
    return n > 0 ? 0 : pl_err_set(err, PL_E_USAGE, "none of the chosen connections has a probe");
}

/* Does any target's address have to be looked up? */
static bool needs_world(const struct pl_session *s)
{
    for (size_t i = 0; i < s->n_connections; i++) {
        const struct pl_connection *c = s->connections[i];
        if (c->to.what == PL_END_RESOURCE && !c->probe.connect_host)
            return true;
    }
    return s->options->snapshot != NULL;
}

/* What was seen, and whether it counts for the connection (its `from`, or --vantage), is explain's business; what the path
 * model thinks of it is not asked here. */
static void keep_what_was_seen(struct pl_session *s)
{
    struct pl_conn_result *seen = pl_arena_array(s->arena, s->run.n_connections + 1, sizeof(*seen));
    for (size_t i = 0; i < s->run.n_connections; i++) {
        struct pl_conn_result *r = &seen[i];
        *r = s->run.connections[i];
        if (r->basis == PL_BASIS_MODEL) {
            r->status = PL_CONN_UNKNOWN;
            r->basis = PL_BASIS_PROBE;
            r->seen_from = s->options->vantage ? s->options->vantage : "here";
        }
        r->hops = NULL;
        r->n_hops = 0;
        r->explanation = (struct pl_explanation){.verdict = PL_EXPLAIN_NONE};
    }
    s->run.connections = seen;
}

static int steps(struct pl_session *s, struct pl_err *err)
{
    if (pl_session_baseline(s, true, err) < 0 || choose(s, err) < 0)
        return -1;
    if (needs_world(s)) {
        if (pl_session_observe(s, err) < 0)
            return -1;
    } else {
        pl_session_skip_observing(s);
    }
    if (pl_session_probe(s, err) < 0)
        return -1;
    pl_session_explain(s);
    keep_what_was_seen(s);
    return pl_session_report(s, err);
}

int pl_cmd_probe(struct pl_options *options, struct pl_err *err)
{
    return pl_session_run(options, "probe", steps, err);
}
