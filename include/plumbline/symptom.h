/* plumbline/symptom.h [floor 2: src/model] - what a client saw (section 6 of the contract): the catalogue, and lines of a symptoms file. */
#ifndef PLUMBLINE_SYMPTOM_H
#define PLUMBLINE_SYMPTOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "plumbline/arena.h"
#include "plumbline/err.h"

enum pl_layer {
    PL_LAYER_DNS,
    PL_LAYER_TCP,
    PL_LAYER_TLS,
    PL_LAYER_HTTP,
    PL_LAYER_SERVICE,
    PL_LAYER_BUDGET
};

struct pl_symptom_kind {
    const char *name; /* "connect_timeout" */
    enum pl_layer layer;
    const char *phrase; /* "no answer to the connection attempt" */
};

extern const struct pl_symptom_kind pl_symptom_kinds[];
extern const size_t pl_symptom_kinds_len;
const struct pl_symptom_kind *pl_symptom_find(const char *name);

struct pl_symptom {
    const struct pl_symptom_kind
        *kind;              /* NULL: there is none; of what pl_symptoms_read gave: it worked */
    const char *connection; /* name */
    const char *detail;     /* or NULL; one line, no secrets */
    const char *class_name; /* probe's class, "TLS_SELF_SIGNED", or NULL */
    int code;               /* HTTP status or close code; 0 none */
    int64_t after_ms;       /* -1 none; at a client's own limit a lower bound */
    const char *seen_from;  /* address text, "here", "any", or NULL: the connection's own from */
    const char *at;         /* RFC 3339 or NULL */
    const char *until;      /* where it was seen again: the last time; "" where nobody says when */
    const char
        *told_by; /* the log that says so, "pytest.log:12"; NULL: a symptoms file, or a probe */
};

/* Does a symptom fit a pattern of a cause: "connect_timeout", "http_status:403", "http_status:5xx", "http_status"? "NAME:0" is one whose code
 * nobody said. What a probe's own proxy did (class NET_PROXY) fits none. */
bool pl_symptom_matches(const struct pl_symptom *symptom, const char *pattern);
/* What it means: its kind's phrase, or that of a proxy. */
const char *pl_symptom_phrase(const struct pl_symptom *symptom);
/* "http_status 503", "refused". */
char *pl_symptom_text(struct pl_arena *arena, const struct pl_symptom *symptom);

/* Reads newline-delimited JSON; errors name file and line, an unknown symptom the nearest name. Order is kept. Or a JSON report of this
 * program: what was seen of its connections, with the place it was seen from; what worked is a symptom whose kind is NULL. */
int pl_symptoms_read(struct pl_arena *arena, const char *name, const char *text, size_t len,
                     const struct pl_symptom **out, size_t *n, struct pl_err *err) PL_MUST_USE;

#endif
