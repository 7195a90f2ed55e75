/* events.c - `-o ndjson` while the run goes on: what ran, how far it is, and at its end everything else.
 *
 * Unlike other reports it is written in place, a line at a time with one write: whoever follows it (`tail -f`, a pipe) sees whole lines, and
 * a file without the line "result" is of a run that did not end.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "cli_priv.h"
#include "plumbline/file.h"

static bool is_events(const struct pl_output *out)
{
    return strcmp(out->writer->name, "ndjson") == 0;
}

static int sink(struct pl_session *s, size_t i)
{
    const char *path = s->options->outputs[i].path;
    if (s->event_sinks[i] < 0)
        s->event_sinks[i] = strcmp(path, "-") == 0
                                ? STDOUT_FILENO
                                : open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    return s->event_sinks[i];
}

/* An error is kept for the end: what is observed meanwhile is not lost by it. */
static void say(struct pl_session *s, const struct pl_buf *b)
{
    for (size_t i = 0; i < s->options->n_outputs; i++) {
        if (!is_events(&s->options->outputs[i]) || s->events_errno)
            continue;
        int fd = sink(s, i);
        if (fd < 0 || pl_fd_write(fd, pl_buf_str(b), b->len) < 0)
            s->events_errno = errno;
    }
}

static bool begin(struct pl_session *s)
{
    size_t n = 0;
    for (size_t i = 0; i < s->options->n_outputs; i++)
        n += is_events(&s->options->outputs[i]);
    if (n == 0 || s->event_sinks)
        return n > 0;
    struct pl_buf b = {0};
    s->event_sinks = pl_arena_array(s->arena, s->options->n_outputs, sizeof(int));
    for (size_t i = 0; i < s->options->n_outputs; i++)
        s->event_sinks[i] = -1;
    pl_report_ndjson_begin(&b, &s->run);
    say(s, &b);
    pl_buf_free(&b);
    return true;
}

void pl_events_observing(struct pl_session *s, const struct pl_gcp_progress *p)
{
    /* A line a kind, not a line a request; what a kind leads to may take it back. */
    if (!begin(s) || p->kinds_done < s->events_kinds)
        return;
    struct pl_buf b = {0};
    s->events_kinds = p->kinds_done + 1;
    pl_report_ndjson_progress(&b, "observing", p->kinds_done, p->kinds, p->kind, p->project);
    say(s, &b);
    pl_buf_free(&b);
}

void pl_events_probing(struct pl_session *s, size_t done, size_t total, const char *waiting)
{
    if (!begin(s))
        return;
    struct pl_buf b = {0};
    pl_report_ndjson_progress(&b, "probing", done, total, waiting, NULL);
    say(s, &b);
    pl_buf_free(&b);
}

bool pl_events_begun(const struct pl_session *s, const struct pl_output *out)
{
    return s->event_sinks && is_events(out);
}

int pl_events_end(struct pl_session *s, const struct pl_output *out, struct pl_err *err)
{
    size_t i = (size_t)(out - s->options->outputs);
    struct pl_buf b = {0};
    int fd = sink(s, i);
    pl_report_ndjson_rest(&b, &s->run);
    if (!s->events_errno && (fd < 0 || pl_fd_write(fd, pl_buf_str(&b), b.len) < 0))
        s->events_errno = errno;
    pl_buf_free(&b);
    if (fd > STDERR_FILENO)
        (void)close(fd);
    s->event_sinks[i] = -1;
    if (s->events_errno)
        return pl_err_sys(err, PL_E_IO, s->events_errno, "cannot write %s", out->path);
    return 0;
}
