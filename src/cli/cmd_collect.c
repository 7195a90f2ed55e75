/* cmd_collect.c - observes and writes a snapshot, gaps included.
 */
#include <stdio.h>
#include <string.h>

#include "cli_priv.h"
#include "plumbline/file.h"
#include "plumbline/snapshot.h"

/* What was observed is in the stream; what was read from a snapshot is a world. */
static int write_out(struct pl_session *s, const char *path, struct pl_err *err)
{
    if (s->stream) {
        pl_snapshot_stream_end(s->stream, s->world);
        return pl_file_write_pieces(path, 0600, pl_snapshot_stream_next, s->stream, err);
    }
    struct pl_buf b = {0};
    pl_snapshot_write(&b, s->world);
    int status = pl_file_write(path, pl_buf_str(&b), b.len, 0600, err);
    pl_buf_free(&b);
    return status;
}

static int steps(struct pl_session *s, struct pl_err *err)
{
    const struct pl_texts *words = &s->options->words;
    if (pl_session_baseline(s, false, err) < 0 || pl_session_observe(s, err) < 0)
        return -1;
    if (write_out(s, words->n ? words->list[0] : "-", err) < 0)
        return -1;
    size_t missed = pl_count_missed(s->world);
    if (s->options->verbose >= 0 && missed > 0)
        fprintf(stderr, "plumbline: %zu %s not be read; the snapshot says which (\"unobserved\")\n",
                missed, missed == 1 ? "thing could" : "things could");
    return missed > 0 ? PL_EXIT_UNKNOWN : PL_EXIT_OK;
}

int pl_cmd_collect(struct pl_options *options, struct pl_err *err)
{
    struct pl_texts *words = &options->words;
    if (words->n > 1)
        return pl_err_set(err, PL_E_USAGE, "collect writes one FILE, got '%s', too",
                          words->list[1]);
    if (words->n == 1 && pl_output_check(options->arena, words->list[0], err) < 0)
        return -1;
    return pl_session_run(options, "collect", steps, err);
}
