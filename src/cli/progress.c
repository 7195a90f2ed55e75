/* progress.c - one line on standard error while something is waited for: how far it is, and what keeps it.
 *
 * On a terminal only, never in a pipe or a file, not with -q; the line is cleared when the step is over.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli_priv.h"
#include "plumbline/escape.h"
#include "plumbline/utf8.h"

enum { DEFAULT_COLUMNS = 80 };

static bool line_shown;

bool pl_progress_shown(const struct pl_options *o)
{
    static enum { NOT_ASKED, YES, NO } terminal; /* it is asked with every answer */
    if (terminal == NOT_ASKED) {
        const char *term = getenv("TERM");
        terminal = isatty(STDERR_FILENO) && !(term && strcmp(term, "dumb") == 0) ? YES : NO;
    }
    return o->verbose >= 0 && terminal == YES;
}

/* A line that wraps could not be cleared. */
static size_t columns(void)
{
    struct winsize size;
    return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1 ? size.ws_col
                                                                           : DEFAULT_COLUMNS;
}

static void show(const char *step, size_t done, size_t total, const char *unit, const char *kind,
                 const char *project)
{
    struct pl_buf text = {0}, shown = {0};
    pl_buf_addf(&text, "%s: %zu of %zu %s", step, done, total, unit);
    if (kind)
        pl_buf_addf(&text, ", waiting for %s%s%s", kind, project ? " in " : "",
                    project ? project : "");
    pl_escape_terminal(&shown, pl_buf_str(&text));
    size_t len = pl_utf8_cut(pl_buf_str(&shown), shown.len, columns() - 1);
    fprintf(stderr, "\r\033[K%.*s", (int)len, pl_buf_str(&shown));
    fflush(stderr);
    line_shown = true;
    pl_buf_free(&text);
    pl_buf_free(&shown);
}

void pl_progress_observing(const struct pl_gcp_progress *p)
{
    show("collect", p->kinds_done, p->kinds, p->kinds == 1 ? "kind" : "kinds", p->kind, p->project);
}

void pl_progress_probing(size_t done, size_t total, const char *waiting)
{
    show("probe", done, total, total == 1 ? "connection" : "connections", waiting, NULL);
}

void pl_progress_end(void)
{
    if (line_shown)
        fputs("\r\033[K", stderr);
    line_shown = false;
}
