/* cmd_audit.c - the main job: observe, compare, probe, explain, report.
 */
#include "cli_priv.h"

static int steps(struct pl_session *s, struct pl_err *err)
{
    /* With --against the last good state is the declared world: a baseline then only brings connections. */
    if (pl_session_baseline(s, s->options->against == NULL, err) < 0 ||
        pl_session_symptoms(s, err) < 0 || pl_session_observe(s, err) < 0)
        return -1;
    if (pl_session_interrupted(s))
        return pl_session_interrupted(s);
    if (pl_session_diff(s, err) < 0 || pl_session_probe(s, err) < 0)
        return -1;
    if (pl_session_interrupted(s))
        return pl_session_interrupted(s);
    pl_session_explain(s);
    return pl_session_report(s, err);
}

int pl_cmd_audit(struct pl_options *options, struct pl_err *err)
{
    struct pl_session s;
    if (options->words.n > 0)
        return pl_err_set(err, PL_E_USAGE, "audit takes no word '%s'; a baseline is given by -b",
                          options->words.list[0]);
    pl_session_start(&s, options, "audit");
    int status = steps(&s, err);
    pl_session_end(&s);
    return status;
}
