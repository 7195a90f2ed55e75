/* cmd_graph.c - the estate as the path model sees it, drawn: what refers to what, which connections run where, what is wrong with them.
 *
 * A drawing, not a check: what is wrong is marked in it and does not change the exit status; what could not be looked at does.
 */
#include "cli_priv.h"
#include "plumbline/clock.h"
#include "plumbline/graph.h"

/* A drawing is done whatever is wrong; with holes in it where somebody could not look. */
static void conclude(struct pl_session *s)
{
    struct pl_run *run = &s->run;
    size_t holes = run->n_unobserved;
    for (size_t i = 0; i < run->graph->n_nodes; i++)
        holes += run->graph->nodes[i].why != NULL;
    run->finished_at = pl_clock_format(s->arena, pl_clock_wall_ns(), 0);
    pl_run_judge(run);
    if (run->exit_status == PL_EXIT_FOUND)
        run->exit_status = PL_EXIT_OK;
    if (run->exit_status == PL_EXIT_OK && holes > 0) {
        run->exit_status = PL_EXIT_UNKNOWN;
        run->reason = pl_arena_printf(
            s->arena, "%s; something that is drawn could not be looked at", run->reason);
    }
}

static int steps(struct pl_session *s, struct pl_err *err)
{
    if (pl_session_baseline(s, false, err) < 0 || pl_session_symptoms(s, err) < 0 ||
        pl_session_observe(s, err) < 0 || pl_session_infer(s, s->world, err) < 0)
        return -1;
    pl_session_diff(s);
    pl_session_explain(s);
    pl_select_findings(s, pl_clock_wall_ns());
    pl_gaps_choose(s);
    const struct pl_graph_input input = {
        .observed = s->world,
        .baseline = s->baseline,
        .run = &s->run,
        .chosen = s->options->select.n > 0 ? pl_select_resource : NULL,
        .of = s->options,
    };
    s->run.graph = pl_graph_make(s->arena, &input);
    conclude(s);
    return pl_outputs_write(s, err) < 0 ? -1 : s->run.exit_status;
}

int pl_cmd_graph(struct pl_options *options, struct pl_err *err)
{
    const struct pl_output dot = {.writer = &pl_graph_writers[0], .path = "-"};
    if (options->words.n > 0)
        return pl_err_set(err, PL_E_USAGE,
                          "graph takes no word '%s'; a part of the estate is chosen by --select",
                          options->words.list[0]);
    if (options->n_outputs == 0)
        PL_PUSH(options->arena, options->outputs, options->n_outputs, options->cap_outputs, dot);
    options->no_probe = true;
    return pl_session_run(options, "graph", steps, err);
}
