/* cmd_report.c - a stored run, written again by the same writers.
 */
#include "cli_priv.h"

static int write_again(struct pl_options *options, struct pl_store *store, struct pl_err *err)
{
    const char *name = options->words.n ? options->words.list[0] : "latest";
    struct pl_history_row row;
    if (pl_history_find(store, options->arena, name, NULL, &row, err) < 0)
        return -1;
    struct pl_run *run = pl_history_run(store, options->arena, &row, err);
    if (!run)
        return -1;
    struct pl_session s = {.arena = options->arena, .options = options, .run = *run};
    return pl_outputs_write(&s, err) < 0 ? -1 : PL_EXIT_OK;
}

int pl_cmd_report(struct pl_options *options, struct pl_err *err)
{
    if (options->words.n > 1)
        return pl_err_set(err, PL_E_USAGE, "report writes one run, got '%s', too",
                          options->words.list[1]);
    if (pl_outputs_check(options, err) < 0)
        return -1;
    struct pl_store *store = pl_store_for_reading(options, err);
    if (!store)
        return -1;
    int status = write_again(options, store, err);
    pl_store_close(store);
    return status;
}
