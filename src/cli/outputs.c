/* outputs.c - where reports go: looked at before the work begins, written when it is done, or told that it could not be.
 */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli_priv.h"
#include "plumbline/clock.h"
#include "plumbline/file.h"

static bool is_stdout(const struct pl_output *out)
{
    return strcmp(out->path, "-") == 0;
}

/* What this cannot foresee, the writing finds. */
int pl_output_check(struct pl_arena *arena, const char *path, struct pl_err *err)
{
    char target[PATH_MAX];
    const char *file = realpath(path, target) ? target : path, *slash = strrchr(file, '/');
    const char *folder = slash ? pl_arena_strndup(arena, file, (size_t)(slash - file) + 1) : ".";
    if (strcmp(path, "-") == 0)
        return 0;
    if (pl_path_is_dir(path))
        return pl_err_set(err, PL_E_IO, "cannot write %s: it is a folder", path);
    if (!pl_path_is_dir(folder))
        return pl_err_set(err, PL_E_IO, "cannot write %s: there is no folder %s", path, folder);
    /* A device or a pipe is written to as it is; a file is replaced, which its folder must allow. */
    bool may = access(path, W_OK) == 0 || errno == ENOENT;
    if (!may || (!pl_path_is_stream(path) && access(folder, W_OK) < 0))
        return pl_err_sys(err, PL_E_IO, errno, "cannot write %s", path);
    return 0;
}

int pl_outputs_check(const struct pl_options *options, struct pl_err *err)
{
    for (size_t i = 0; i < options->n_outputs; i++)
        if (pl_output_check(options->arena, options->outputs[i].path, err) < 0)
            return pl_err_wrap(err, "report %s", options->outputs[i].writer->name);
    return 0;
}

static void write_depth(struct pl_buf *out, const struct pl_run *run,
                        const struct pl_report_style *style)
{
    for (size_t i = 0; i < run->n_connections; i++)
        pl_report_connection(out, run, &run->connections[i], style);
}

static int write_one(struct pl_session *s, const struct pl_output *out, struct pl_err *err)
{
    if (pl_events_begun(s, out))
        return pl_events_end(s, out, err);
    struct pl_buf b = {0};
    struct pl_report_style style = pl_style(s->options, is_stdout(out));
    /* A log may complain of many: they are told as an audit tells them. */
    bool depth = s->in_depth && !s->run.logs && s->run.verdict != PL_VERDICT_ERROR &&
                 strcmp(out->writer->name, "text") == 0;
    (depth ? write_depth : out->writer->write)(&b, &s->run, &style);
    int status = pl_file_write(out->path, pl_buf_str(&b), b.len, 0644, err);
    pl_buf_free(&b);
    return status;
}

int pl_outputs_write(struct pl_session *s, struct pl_err *err)
{
    const struct pl_options *o = s->options;
    const struct pl_output text = {.writer = pl_report_find("text"), .path = "-"};
    const struct pl_output *outputs = o->n_outputs ? o->outputs : &text;
    for (size_t i = 0; i < (o->n_outputs ? o->n_outputs : 1); i++) {
        s->stdout_used = s->stdout_used || is_stdout(&outputs[i]);
        if (write_one(s, &outputs[i], err) < 0)
            return pl_err_wrap(err, "report %s", outputs[i].writer->name);
    }
    return 0;
}

void pl_outputs_fail(struct pl_session *s, const struct pl_err *err)
{
    const struct pl_run begun = s->run;
    s->run = (struct pl_run){
        .arena = begun.arena,
        .id = begun.id,
        .command = begun.command,
        .started_at = begun.started_at,
        .finished_at = pl_clock_format(s->arena, pl_clock_wall_ns(), 0),
        .version = begun.version,
        .baseline_files = begun.baseline_files,
        .n_baseline_files = begun.n_baseline_files,
        .fail_on = begun.fail_on,
        .verdict = PL_VERDICT_ERROR,
        .exit_status = PL_EXIT_FAILED,
        .reason = pl_arena_strdup(s->arena, err->text),
    };
    for (size_t i = 0; i < s->options->n_outputs; i++) {
        const struct pl_output *out = &s->options->outputs[i];
        /* People on standard output read standard error, too. */
        if (is_stdout(out) && (s->stdout_used || out->writer->for_people))
            continue;
        (void)!write_one(s, out, NULL);
    }
}
