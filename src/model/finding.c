/* finding.c - the words for what a run found, as reports and history write them (section 7 of the contract).
 *
 * The verdict is computed in finding_judge.c.
 */
#include "plumbline/finding.h"

const char *const pl_drift_status_names[] = {
    [PL_DRIFT_CHANGED] = "changed",
    [PL_DRIFT_MISSING] = "missing",
    [PL_DRIFT_UNEXPECTED] = "unexpected",
};

const char *const pl_affected_names[] = {"field", "resource", "upstream"};
const char *const pl_time_relation_names[] = {"unknown", "before", "after"};
const char *const pl_hop_verdict_names[] = {
    [PL_HOP_PASS] = "pass",
    [PL_HOP_BLOCK] = "block",
    [PL_HOP_UNKNOWN] = "unknown",
    [PL_HOP_NOT_APPLICABLE] = "not_applicable",
};

const char *const pl_explain_verdict_names[] = {
    [PL_EXPLAIN_NONE] = "none",
    [PL_EXPLAIN_UNKNOWN] = "unknown",
    [PL_EXPLAIN_CASCADE] = "cascade",
    [PL_EXPLAIN_EXPLAINED] = "explained",
    [PL_EXPLAIN_CONSISTENT] = "consistent",
    [PL_EXPLAIN_UNDECLARED] = "undeclared",
    [PL_EXPLAIN_DECLARED_ALSO_FAILS] = "declared_also_fails",
    [PL_EXPLAIN_CONTRADICTED] = "contradicted",
    [PL_EXPLAIN_UNEXPLAINED] = "unexplained",
};

const char *const pl_conn_status_names[] = {
    [PL_CONN_OK] = "ok",     [PL_CONN_FAILING] = "failing", [PL_CONN_DEGRADED] = "degraded",
    [PL_CONN_OPEN] = "open", [PL_CONN_BLOCKED] = "blocked", [PL_CONN_UNKNOWN] = "unknown",
};

const char *const pl_basis_names[] = {
    [PL_BASIS_PROBE] = "probe",
    [PL_BASIS_SYMPTOMS] = "symptoms",
    [PL_BASIS_MODEL] = "model",
};

const char *const pl_verdict_names[] = {
    [PL_VERDICT_CLEAN] = "clean",     [PL_VERDICT_DRIFT] = "drift",
    [PL_VERDICT_FAILING] = "failing", [PL_VERDICT_INCOMPLETE] = "incomplete",
    [PL_VERDICT_ERROR] = "error",
};

const char *const pl_logs_class_names[] = {
    [PL_LOGS_CONNECTIVITY] = "connectivity",
    [PL_LOGS_SECONDARY] = "secondary",
    [PL_LOGS_NOT_INFRASTRUCTURE] = "not_infrastructure",
    [PL_LOGS_NOT_TESTED] = "not_tested",
    [PL_LOGS_UNRECOGNISED] = "unrecognised",
};

const char *const pl_gate_effect_names[] = {
    [PL_GATE_BREAKS] = "breaks",   [PL_GATE_MENDS] = "mends",
    [PL_GATE_BLURS] = "blurs",     [PL_GATE_WRONG] = "blocked_before_and_after",
    [PL_GATE_UNKNOWN] = "unknown", [PL_GATE_KEEPS] = "keeps",
};
