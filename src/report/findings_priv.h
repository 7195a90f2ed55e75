/* findings_priv.h - a run as one flat list of findings, worst first. */
#ifndef PLUMBLINE_FINDINGS_PRIV_H
#define PLUMBLINE_FINDINGS_PRIV_H

#include "report_priv.h"

enum pl_finding_kind {
    PL_FINDING_ERROR,
    PL_FINDING_FAILING,
    PL_FINDING_BLOCKED,
    PL_FINDING_DEGRADED,
    PL_FINDING_NOT_KNOWN,
    PL_FINDING_CHANGED,
    PL_FINDING_MISSING,
    PL_FINDING_UNEXPECTED,
    PL_FINDING_NOT_COMPARED,
    PL_FINDING_NOT_OBSERVED,
    PL_FINDING_NOT_MATCHED,
    PL_FINDING_RULE,
    PL_FINDING_WARNING,
};

/* By enum pl_finding_kind. The ids are told to others: they never change. */
struct pl_finding_rule {
    const char *id, *title, *help;
};
extern const struct pl_finding_rule pl_finding_rules[];
extern const size_t pl_finding_rules_len;

/* What it means for the exit status, worst first. */
enum pl_weight {
    PL_WEIGHT_FAILS,   /* 2, or 1 for an error */
    PL_WEIGHT_OPEN,    /* could not be looked at: 3 */
    PL_WEIGHT_BELOW,   /* below --fail-on */
    PL_WEIGHT_NOTE,    /* about the baseline itself */
    PL_WEIGHT_IGNORED, /* by a rule */
};

struct pl_finding {
    enum pl_finding_kind kind;
    enum pl_weight weight;
    enum pl_severity severity;
    const char *subject; /* connection, field, listing: short */
    const char *key;     /* the same whatever its values are: "drift FULL-ADDRESS" */
    const char *text;    /* a paragraph, not escaped */
    struct pl_mark mark; /* file NULL: it is at no line */
    const struct pl_conn_result *connection; /* or NULL */
    const struct pl_drift *drift;            /* or NULL */
    const struct pl_ignore *rule;            /* IGNORED */
    size_t at;                               /* its place in the run */
};

/* In the arena; worst first, else in the run's order. For a gate: only what the candidate does. */
const struct pl_finding *pl_findings(struct pl_arena *arena, const struct pl_run *run, size_t *n);

#endif
