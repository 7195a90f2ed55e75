/* err.c - the error type: sets, wraps and cuts its one text.
 *
 * Everybody returns through these three functions, so that a failing line is one line. Nothing here
 * allocates or prints: an error must work when memory is gone.
 */
#include "plumbline/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "plumbline/utf8.h"

/* Ends a text that was cut in '+', never in the middle of a UTF-8 sequence. */
static void mark_cut(char *text, size_t size)
{
    size_t at = pl_utf8_cut(text, size - 1, size - 2);

    text[at] = '+';
    text[at + 1] = '\0';
}

/* The text is made beside the error first: the arguments may point into it. */
static void put_text(struct pl_err *err, enum pl_code code, int sys, const char *fmt, va_list ap)
    __attribute__((format(printf, 4, 0)));

static void put_text(struct pl_err *err, enum pl_code code, int sys, const char *fmt, va_list ap)
{
    char text[sizeof err->text];
    int n = vsnprintf(text, sizeof text, fmt, ap);

    if (n < 0)
        text[0] = '\0';
    else if ((size_t)n >= sizeof text)
        mark_cut(text, sizeof text);
    err->code = code;
    err->sys = sys;
    memcpy(err->text, text, strlen(text) + 1);
}

int pl_err_set(struct pl_err *err, enum pl_code code, const char *fmt, ...)
{
    va_list ap;

    if (err == NULL)
        return -1;
    va_start(ap, fmt);
    put_text(err, code, 0, fmt, ap);
    va_end(ap);
    return -1;
}

static void append(struct pl_err *err, const char *tail)
{
    size_t len = strlen(err->text);
    int n = snprintf(err->text + len, sizeof err->text - len, "%s", tail);

    if (n >= 0 && (size_t)n >= sizeof err->text - len)
        mark_cut(err->text, sizeof err->text);
}

int pl_err_sys(struct pl_err *err, enum pl_code code, int sys, const char *fmt, ...)
{
    char reason[128];
    va_list ap;

    if (err == NULL)
        return -1;
    va_start(ap, fmt);
    put_text(err, code, sys, fmt, ap);
    va_end(ap);
    append(err, ": ");
    /* The GNU form, which may leave `reason` alone and return a constant. */
    append(err, strerror_r(sys, reason, sizeof reason));
    return -1;
}

int pl_err_wrap(struct pl_err *err, const char *fmt, ...)
{
    char inner[sizeof err->text];
    va_list ap;

    if (err == NULL)
        return -1;
    memcpy(inner, err->text, sizeof inner);
    va_start(ap, fmt);
    put_text(err, err->code, err->sys, fmt, ap);
    va_end(ap);
    if (strlen(err->text) < sizeof err->text - 1) {
        append(err, ": ");
        append(err, inner);
    }
    return -1;
}
