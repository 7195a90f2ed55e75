/* cmd_explain.c - one connection in depth: declared ones by name, an ad hoc one by --from and --to, or those that a log complains of.
 *
 * It answers for its connections: drift elsewhere is not its business, and not its exit status.
 */
#include "cli_priv.h"

static int add_ad_hoc(struct pl_session *s, struct pl_err *err)
{
    const struct pl_options *o = s->options;
    const struct pl_baseline_file *file = s->baseline->n_files ? s->baseline->files[0] : NULL;
    const char *project = o->projects.n ? o->projects.list[0] : file ? file->project : NULL;
    const char *location = o->location ? o->location : file ? file->location : NULL;
    struct pl_connection *c = PL_NEW(s->arena, struct pl_connection);
    const struct pl_connection **list = pl_arena_array(s->arena, 1, sizeof(*list));
    if (pl_connection_adhoc(s->arena, o->from, o->to, o->port, o->via, o->probe, project, location,
                            c, err) < 0)
        return -1;
    list[0] = c;
    s->extra = list;
    s->n_extra = 1;
    s->n_connections = 0;
    return 0;
}

/* Which connection? Either names, or both ends. */
static int check_words(const struct pl_options *o, struct pl_err *err)
{
    bool ad_hoc = o->from || o->to;
    if (!ad_hoc && o->words.n == 0 && o->logs.n == 0 && o->logs_ns == 0)
        return pl_err_set(err, PL_E_USAGE,
                          "explain wants the name of a connection, --log FILE, or --from and --to");
    if (o->logs_ns > 0 && o->snapshot)
        return pl_err_set(err, PL_E_USAGE, PL_LOGS_ARE_LIVE);
    if (ad_hoc && (o->logs.n > 0 || o->logs_ns > 0))
        return pl_err_set(err, PL_E_USAGE,
                          "--log finds its connections in the baseline: without --from and --to");
    if (ad_hoc && o->words.n > 0)
        return pl_err_set(err, PL_E_USAGE,
                          "explain wants either names or --from and --to, not '%s', too",
                          o->words.list[0]);
    if (ad_hoc && !(o->from && o->to))
        return pl_err_set(err, PL_E_USAGE, "an ad hoc connection wants --%s, too",
                          o->from ? "to" : "from");
    if (!ad_hoc && (o->port || o->via || o->probe || o->location))
        return pl_err_set(err, PL_E_USAGE,
                          "--port, --via, --probe and --location go with --from and --to");
    return 0;
}

static int steps(struct pl_session *s, struct pl_err *err)
{
    bool ad_hoc = s->options->from != NULL;
    s->in_depth = true;
    if (pl_session_baseline(s, !ad_hoc, err) < 0 ||
        (ad_hoc ? add_ad_hoc(s, err) : pl_select_words(s, err)) < 0 ||
        pl_session_symptoms(s, err) < 0 || pl_session_logs(s, err) < 0 ||
        pl_session_observe(s, err) < 0 || pl_session_secrets(s, err) < 0 ||
        pl_session_live_logs(s, err) < 0)
        return -1;
    pl_session_match_logs(s);
    return pl_session_account(s, err);
}

int pl_cmd_explain(struct pl_options *options, struct pl_err *err)
{
    if (check_words(options, err) < 0)
        return -1;
    return pl_session_run(options, "explain", steps, err);
}
