/* plumbline/err.h [floor 0: src/base] - the one error type: a code and a text that grows context outwards.
 *
 * A function that can fail returns 0 or -1 and takes `struct pl_err *err` last; err may be NULL.
 * pl_err_set and pl_err_wrap return -1, so that a failing line is one line.
 */
#ifndef PLUMBLINE_ERR_H
#define PLUMBLINE_ERR_H

#define PL_PRINTF(fmt, first) __attribute__((format(printf, fmt, first)))
#define PL_MUST_USE           __attribute__((warn_unused_result))
#define PL_NORETURN           __attribute__((noreturn))
#define PL_LEN(array)         (sizeof(array) / sizeof((array)[0]))

enum pl_code {
    PL_OK = 0,
    PL_E_USAGE,    /* the command line */
    PL_E_BASELINE, /* a baseline file */
    PL_E_INPUT,    /* another input file: snapshot, symptoms */
    PL_E_PARSE,    /* text that is not what it says it is */
    PL_E_LIMIT,    /* input larger or deeper than we accept */
    PL_E_IO,       /* a file could not be read or written */
    PL_E_AUTH,     /* credentials */
    PL_E_NET,      /* a peer could not be reached */
    PL_E_INTERRUPTED,
    PL_E_INTERNAL, /* a bug of ours */
};

struct pl_err {
    enum pl_code code;
    int sys;         /* errno, where one belongs to it; else 0 */
    char text[1024]; /* one line or, for file errors, several; a cut text ends in '+' */
};

/* Sets code and text; an earlier text is overwritten. Always returns -1. */
int pl_err_set(struct pl_err *err, enum pl_code code, const char *fmt, ...) PL_PRINTF(3, 4);
/* As pl_err_set, and appends ": <strerror(sys)>". */
int pl_err_sys(struct pl_err *err, enum pl_code code, int sys, const char *fmt, ...)
    PL_PRINTF(4, 5);
/* Prepends "context: " to what is there. Always returns -1. */
int pl_err_wrap(struct pl_err *err, const char *fmt, ...) PL_PRINTF(2, 3);

#endif
