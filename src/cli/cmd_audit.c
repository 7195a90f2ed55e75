/* cmd_audit.c - the main job: observe, compare, probe, explain, report.
 */
#include <string.h>

#include "cli_priv.h"

static int steps(struct pl_session *s, struct pl_err *err)
{
    s->records = true;
    /* With --against the last good state is the declared world: a baseline then only brings connections. */
    if (pl_session_baseline(s, s->options->against == NULL, err) < 0 ||
        pl_session_symptoms(s, err) < 0 || pl_session_observe(s, err) < 0 ||
        pl_session_secrets(s, err) < 0 || pl_session_live_logs(s, err) < 0)
        return -1;
    pl_session_match_logs(s);
    return pl_session_account(s, err);
}

int pl_cmd_audit(struct pl_options *options, struct pl_err *err)
{
    if (options->words.n > 0)
        return pl_err_set(err, PL_E_USAGE, "audit takes no word '%s'; a baseline is given by -b",
                          options->words.list[0]);
    if (options->notify.n > 0 && options->store && strcmp(options->store, "none") == 0)
        return pl_err_set(err, PL_E_USAGE,
                          "--notify tells what changed, which a store has to know: "
                          "not with --store none");
    if (options->logs_ns > 0 && options->snapshot)
        return pl_err_set(err, PL_E_USAGE, PL_LOGS_ARE_LIVE);
    return pl_session_run(options, "audit", steps, err);
}
