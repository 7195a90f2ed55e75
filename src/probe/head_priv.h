/* head_priv.h - status line and headers of an HTTP/1.1 answer that is read here: the WebSocket upgrade, a proxy's CONNECT.
 */
#ifndef PROBE_HEAD_PRIV_H
#define PROBE_HEAD_PRIV_H

#include "probe_priv.h"

struct head {
    int status;       /* 100 to 599 */
    const char *text; /* the header lines, CRLF after each; borrowed */
    size_t len;
    size_t whole; /* of everything, with the empty line */
};

/* Reads a head: 1 whole, 0 more is needed, -1 it is none. class_name and why then say what it is instead. */
int pl_head_read(const char *bytes, size_t n, struct head *out, const char **class_name,
                 const char **why);
/* The value of a header, its lines joined by ", " (RFC 9110 section 5.3); NULL where there is none. */
const char *pl_head_value(struct pl_arena *arena, const struct head *head, const char *name);
/* Is this one of a header's values, in any case? */
bool pl_head_lists(struct pl_arena *arena, const struct head *head, const char *name,
                   const char *token);

#endif
