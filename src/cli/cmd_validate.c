/* cmd_validate.c - is the baseline right? Without a network.
 */
#include <stdio.h>

#include "cli_priv.h"
#include "plumbline/json.h"

static const char *s_of(size_t n)
{
    return n == 1 ? "" : "s";
}

static int steps(struct pl_session *s, struct pl_err *err)
{
    if (pl_session_baseline(s, true, err) < 0)
        return -1;
    const struct pl_baseline *b = s->baseline;
    for (size_t i = 0; i < b->n_warnings; i++) {
        struct pl_err note = {0};
        (void)pl_mark_error(&note, &b->warnings[i].mark, PL_E_BASELINE, "warning: %s",
                            b->warnings[i].text);
        pl_say(&note);
    }
    if (s->options->verbose >= 0)
        printf("%zu file%s, %zu resource%s, %zu connection%s, %zu ignore rule%s: valid\n",
               b->n_files, s_of(b->n_files), b->n_resources, s_of(b->n_resources), b->n_connections,
               s_of(b->n_connections), b->n_ignores, s_of(b->n_ignores));
    return PL_EXIT_OK;
}

static int print_schema(struct pl_arena *arena)
{
    struct pl_buf b = {0};
    pl_json_write_pretty(&b, pl_baseline_schema(arena));
    puts(pl_buf_str(&b));
    pl_buf_free(&b);
    return PL_EXIT_OK;
}

int pl_cmd_validate(struct pl_options *options, struct pl_err *err)
{
    if (options->words.n > 0)
        return pl_err_set(err, PL_E_USAGE, "validate takes no word '%s'; a baseline is given by -b",
                          options->words.list[0]);
    if (options->schema)
        return print_schema(options->arena);
    return pl_session_run(options, "validate", steps, err);
}
