/* cmd_collect.c - observes and writes a snapshot, gaps included. cmd_probe and cmd_validate stand beside it: small commands.
 */
#include <stdio.h>

#include "cli_priv.h"
#include "plumbline/file.h"
#include "plumbline/snapshot.h"

static int collect(struct pl_session *s, struct pl_err *err)
{
    const struct pl_texts *words = &s->options->words;
    if (words->n > 1)
        return pl_err_set(err, PL_E_USAGE, "collect writes one FILE, got '%s', too",
                          words->list[1]);
    if (pl_session_baseline(s, false, err) < 0 || pl_session_observe(s, err) < 0)
        return -1;
    if (pl_session_interrupted(s))
        return pl_session_interrupted(s);
    struct pl_buf b = {0};
    pl_snapshot_write(&b, s->world);
    int status = pl_file_write(words->n ? words->list[0] : "-", pl_buf_str(&b), b.len, 0600, err);
    pl_buf_free(&b);
    if (status < 0)
        return -1;
    if (s->options->verbose >= 0 && s->world->n_unobserved > 0)
        fprintf(
            stderr,
            "plumbline: %zu scopes could not be read; they stand in the snapshot as `unobserved`\n",
            s->world->n_unobserved);
    return s->world->n_unobserved > 0 ? PL_EXIT_UNKNOWN : PL_EXIT_OK;
}

int pl_cmd_collect(struct pl_options *options, struct pl_err *err)
{
    struct pl_session s;
    pl_session_start(&s, options, "collect");
    int status = collect(&s, err);
    pl_session_end(&s);
    return status;
}

int pl_cmd_validate(struct pl_options *options, struct pl_err *err)
{
    struct pl_session s;
    pl_session_start(&s, options, "validate");
    if (options->words.n > 0)
        return pl_err_set(err, PL_E_USAGE, "validate takes no word '%s'; a baseline is given by -b",
                          options->words.list[0]);
    if (pl_session_baseline(&s, true, err) < 0)
        return -1;
    for (size_t i = 0; i < s.baseline->n_warnings; i++) {
        const struct pl_warning *w = &s.baseline->warnings[i];
        struct pl_err note = {0};
        (void)pl_mark_error(&note, &w->mark, PL_E_BASELINE, "warning: %s", w->text);
        fprintf(stderr, "%s\n", note.text);
    }
    if (options->verbose >= 0)
        printf("%zu files, %zu resources, %zu connections, %zu ignore rules: valid\n",
               s.baseline->n_files, s.baseline->n_resources, s.baseline->n_connections,
               s.baseline->n_ignores);
    return PL_EXIT_OK;
}
