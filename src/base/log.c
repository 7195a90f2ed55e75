/* log.c - one line a note on standard error, safe to show on a terminal. */
#include "plumbline/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "plumbline/buf.h"

static enum pl_log_level current = PL_LOG_WARN;

void pl_log_set_level(enum pl_log_level level)
{
    current = level;
}

void pl_log(enum pl_log_level level, const char *fmt, ...)
{
    struct pl_buf line = {0};
    char text[2048];
    va_list ap;
    int n;

    if (level == PL_LOG_QUIET || level > current)
        return;
    va_start(ap, fmt);
    n = vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    if (n < 0)
        return;
    pl_buf_adds(&line, "plumbline: ");
    pl_buf_add_visible(&line, text, strlen(text));
    if ((size_t)n >= sizeof text)
        pl_buf_addc(&line, '+');
    pl_buf_addc(&line, '\n');
    /* One write, so that lines of several processes do not mix; nothing can be done where it fails. */
    (void)!write(STDERR_FILENO, line.data, line.len);
    pl_buf_free(&line);
}
