/* shape_run.c - the shapes of a run: which members of its structs are kept, and how.
 *
 * A new member of one of these structs is a row here, or it is lost between a run and its report (tests/unit/history/test_shape.c finds
 * it). What no writer of reports reads is SKIP, and so is all of a probe's parameters but its type: secrets live there.
 */
#include "history_priv.h"
#include "plumbline/reach.h"

#define ROW(T, m, w, ...)                                                                          \
    {                                                                                              \
        .name = #m, .what = (w), .at = offsetof(struct T, m), .size = sizeof(((struct T *)0)->m),  \
        __VA_ARGS__                                                                                \
    }
#define TEXT(T, m)           ROW(T, m, SHAPE_TEXT, .needed = false)
#define NEED(T, m)           ROW(T, m, SHAPE_TEXT, .needed = true)
#define INT(T, m)            ROW(T, m, SHAPE_INT, .is_unsigned = false)
#define COUNT(T, m)          ROW(T, m, SHAPE_INT, .is_unsigned = true)
#define INTS(T, m)           ROW(T, m, SHAPE_INTS, .is_unsigned = true)
#define BOOL(T, m)           ROW(T, m, SHAPE_BOOL, .needed = false)
#define REAL(T, m)           ROW(T, m, SHAPE_REAL, .needed = false)
#define VALUE(T, m)          ROW(T, m, SHAPE_VALUE, .needed = false)
#define ADDRESS(T, m)        ROW(T, m, SHAPE_ADDRESS, .needed = false)
#define PATH(T, m)           ROW(T, m, SHAPE_PATH, .needed = false)
#define MARK(T, m)           ROW(T, m, SHAPE_MARK, .needed = false)
#define SKIP(T, m)           ROW(T, m, SHAPE_SKIP, .needed = false)
#define ENUM(T, m, list)     ROW(T, m, SHAPE_ENUM, .names = &(list))
#define NAMED(T, m, list)    ROW(T, m, SHAPE_NAMED, .catalogue = &(list))
#define STRUCT(T, m, shape)  ROW(T, m, SHAPE_STRUCT, .of = &(shape), .needed = true)
#define REF(T, m, shape)     ROW(T, m, SHAPE_REF, .of = &(shape))
#define REFER(T, m, shape)   ROW(T, m, SHAPE_REF, .of = &(shape), .needed = true)
#define MANY(T, m, c, w, s)  ROW(T, m, w, .of = (s), .count_at = offsetof(struct T, c))
#define TEXTS(T, m, c)       MANY(T, m, c, SHAPE_TEXTS, NULL)
#define REALS(T, m, c)       MANY(T, m, c, SHAPE_REALS, NULL)
#define LIST(T, m, c, shape) MANY(T, m, c, SHAPE_LIST, &(shape))
#define REFS(T, m, c, shape) MANY(T, m, c, SHAPE_REFS, &(shape))
#define SHAPE_OF(id, T, is_shared, is_partial)                                                     \
    static const struct shape shape_##id = {.name = #id,                                           \
                                            .size = sizeof(struct T),                              \
                                            .members = members_##id,                               \
                                            .n = PL_LEN(members_##id),                             \
                                            .shared = (is_shared),                                 \
                                            .partial = (is_partial)}
#define SHAPE(id, T)         SHAPE_OF(id, T, false, false)
#define SHAPE_SHARED(id, T)  SHAPE_OF(id, T, true, false)
#define SHAPE_PARTIAL(id, T) SHAPE_OF(id, T, false, true)

/* ---- words and catalogues ---- */

#define WORDS(id, list, count) static const struct shape_names id = {(list), (count)}
WORDS(severities, pl_severity_names, PL_SEV_CRITICAL + 1);
WORDS(drift_states, pl_drift_status_names, PL_DRIFT_UNEXPECTED + 1);
WORDS(hop_verdicts, pl_hop_verdict_names, PL_HOP_NOT_APPLICABLE + 1);
WORDS(explain_verdicts, pl_explain_verdict_names, PL_EXPLAIN_UNEXPLAINED + 1);
WORDS(statuses, pl_conn_status_names, PL_CONN_UNKNOWN + 1);
WORDS(affected_hows, pl_affected_names, PL_AFFECTED_UPSTREAM + 1);
WORDS(relations, pl_time_relation_names, PL_TIME_AFTER + 1);
WORDS(bases, pl_basis_names, PL_BASIS_MODEL + 1);
WORDS(probe_types, pl_probe_type_names, PL_PROBE_BREAKER + 1);
WORDS(vias, pl_via_names, PL_VIA_PROXY + 1);
WORDS(log_classes, pl_logs_class_names, PL_LOGS_CLASSES);
WORDS(effects, pl_gate_effect_names, PL_GATE_KEEPS + 1);
WORDS(verdicts, pl_verdict_names, PL_VERDICT_ERROR + 1);
WORDS(past_states, pl_past_state_names, PL_PAST_GONE + 1);
WORDS(past_whats, pl_past_what_names, PL_PAST_CONNECTION + 1);
WORDS(fix_states, pl_fix_state_names, PL_FIX_OTHERWISE + 1);
static const char *const end_names[] = {"here", "resource", "host"};
WORDS(ends, end_names, PL_LEN(end_names));
static const char *const probed_names[] = {"ok", "failing", "degraded", "unknown"};
WORDS(probed, probed_names, PL_LEN(probed_names));
static const char *const rule_names[] = {"expired", "unused"};
WORDS(rule_states, rule_names, PL_LEN(rule_names));

static const char *symptom_name(const void *row)
{
    return ((const struct pl_symptom_kind *)row)->name;
}

static const void *symptom_find(struct pl_arena *arena, const char *name)
{
    (void)arena;
    return pl_symptom_find(name);
}

static const char *cause_name(const void *row)
{
    return ((const struct pl_cause *)row)->name;
}

/* A cause that another version named differently is still its name. */
static const void *cause_find(struct pl_arena *arena, const char *name)
{
    static const char *const none[] = {NULL};
    const struct pl_cause *known = pl_cause_find(name);
    if (known)
        return known;
    struct pl_cause *made = PL_NEW(arena, struct pl_cause);
    *made = (struct pl_cause){.name = name,
                              .summary = "a cause of another version of plumbline",
                              .certain = none,
                              .possible = none,
                              .source = "",
                              .fields = ""};
    return made;
}

static const char *kind_name(const void *row)
{
    return ((const struct pl_kind *)row)->name;
}

static const void *kind_find(struct pl_arena *arena, const char *name)
{
    (void)arena;
    return pl_kind_find(name);
}

static const struct shape_catalogue symptoms = {"symptom", symptom_name, symptom_find},
                                    causes = {"cause", cause_name, cause_find},
                                    kinds = {"kind", kind_name, kind_find};

/* ---- what is declared ---- */

static const struct shape_member members_end[] = {
    ENUM(pl_end, what, ends), NEED(pl_end, text), ADDRESS(pl_end, address),
    TEXT(pl_end, scheme),     TEXT(pl_end, host), TEXT(pl_end, url_path),
    INT(pl_end, port),        MARK(pl_end, mark),
};
static bool end_is_whole(const void *object)
{
    const struct pl_end *e = object;
    return e->what != PL_END_RESOURCE || e->address.kind;
}
static const struct shape shape_end = {.name = "end",
                                       .size = sizeof(struct pl_end),
                                       .members = members_end,
                                       .n = PL_LEN(members_end),
                                       .is_whole = end_is_whole};

static const struct shape_member members_probe_spec[] = {ENUM(pl_probe_spec, type, probe_types)};
SHAPE_PARTIAL(probe_spec, pl_probe_spec);

static const struct shape_member members_budget[] = {
    INT(pl_budget, timeout_ns),
    INT(pl_budget, p50_ns),
    INT(pl_budget, p95_ns),
    INT(pl_budget, max_ns),
};
SHAPE(budget, pl_budget);

static const struct shape_member members_connection[] = {
    NEED(pl_connection, name),
    MARK(pl_connection, mark),
    STRUCT(pl_connection, from, shape_end),
    STRUCT(pl_connection, to, shape_end),
    INT(pl_connection, port),
    ENUM(pl_connection, via, vias),
    STRUCT(pl_connection, probe, shape_probe_spec),
    STRUCT(pl_connection, budget, shape_budget),
    INT(pl_connection, attempts),
    INT(pl_connection, concurrency),
    TEXTS(pl_connection, depends_on, n_depends_on),
    TEXT(pl_connection, impact),
    TEXTS(pl_connection, tracks, n_tracks),
    ENUM(pl_connection, severity, severities),
    SKIP(pl_connection, file),
};
SHAPE_SHARED(connection, pl_connection);

static const struct shape_member members_ignore[] = {
    NEED(pl_ignore, field),   NEED(pl_ignore, reason),    NEED(pl_ignore, owner),
    NEED(pl_ignore, expires), INT(pl_ignore, expires_ns), MARK(pl_ignore, mark),
    SKIP(pl_ignore, file),
};
SHAPE_SHARED(ignore, pl_ignore);

static const struct shape_member members_warning[] = {
    MARK(pl_warning, mark),
    NEED(pl_warning, text),
    BOOL(pl_warning, of_source),
};
SHAPE(warning, pl_warning);

/* ---- drift ---- */

static const struct shape_member members_remedy[] = {
    NEED(pl_remedy, command), TEXT(pl_remedy, verify),      TEXT(pl_remedy, rollback),
    TEXT(pl_remedy, risk),    TEXT(pl_remedy, precheck),    TEXT(pl_remedy, prints),
    TEXT(pl_remedy, before),  TEXT(pl_remedy, terraform),   BOOL(pl_remedy, by_terraform),
    INT(pl_remedy, order),    BOOL(pl_remedy, only_tidies), BOOL(pl_remedy, others_need_it),
};
SHAPE(remedy, pl_remedy);

static const struct shape_member members_change[] = {
    TEXT(pl_change, principal), TEXTS(pl_change, via, n_via), TEXT(pl_change, at),
    TEXT(pl_change, method),    BOOL(pl_change, names_field), TEXT(pl_change, otherwise_since),
};
SHAPE(change, pl_change);

static const struct shape_member members_change_query[] = {
    NEED(pl_change_query, project),   NEED(pl_change_query, command),
    TEXT(pl_change_query, reason),    TEXT(pl_change_query, permission),
    TEXT(pl_change_query, detail),    TEXT(pl_change_query, remedy),
    BOOL(pl_change_query, truncated),
};
SHAPE(change_query, pl_change_query);

static const struct shape_member members_affected[] = {
    NEED(pl_affected, name),
    ENUM(pl_affected, status, statuses),
    ENUM(pl_affected, how, affected_hows),
};
SHAPE(affected, pl_affected);

static const struct shape_member members_drift[] = {
    NEED(pl_drift, id),
    ADDRESS(pl_drift, address),
    PATH(pl_drift, path),
    NEED(pl_drift, field),
    NEED(pl_drift, field_full),
    TEXT(pl_drift, resource),
    ENUM(pl_drift, status, drift_states),
    VALUE(pl_drift, expected),
    VALUE(pl_drift, observed),
    TEXT(pl_drift, elsewhere),
    MARK(pl_drift, mark),
    ENUM(pl_drift, severity, severities),
    COUNT(pl_drift, leaves),
    SKIP(pl_drift, revert),
    COUNT(pl_drift, flags),
    TEXT(pl_drift, unit),
    TEXTS(pl_drift, explains, n_explains),
    LIST(pl_drift, affects, n_affects, shape_affected),
    TEXTS(pl_drift, services, n_services),
    LIST(pl_drift, remedies, n_remedies, shape_remedy),
    REF(pl_drift, changed_by, shape_change),
    SKIP(pl_drift, more),
};
SHAPE_SHARED(drift, pl_drift);

static const struct shape_member members_ignored[] = {
    REFER(pl_ignored, drift, shape_drift),
    REFER(pl_ignored, rule, shape_ignore),
};
SHAPE(ignored, pl_ignored);

static const struct shape_member members_unknown[] = {
    ADDRESS(pl_unknown, address), PATH(pl_unknown, path), NEED(pl_unknown, field),
    NEED(pl_unknown, field_full), NEED(pl_unknown, why),  COUNT(pl_unknown, leaves),
    MARK(pl_unknown, mark),       SKIP(pl_unknown, gap),
};
SHAPE(unknown, pl_unknown);

static const struct shape_member members_rule_finding[] = {
    REFER(pl_rule_finding, rule, shape_ignore),
    ENUM(pl_rule_finding, state, rule_states),
};
SHAPE(rule_finding, pl_rule_finding);

static const struct shape_member members_unobserved[] = {
    NAMED(pl_unobserved, kind, kinds), TEXT(pl_unobserved, kind_name),
    TEXT(pl_unobserved, scope),        TEXT(pl_unobserved, field),
    NEED(pl_unobserved, reason),       TEXT(pl_unobserved, permission),
    TEXT(pl_unobserved, detail),       TEXT(pl_unobserved, remedy),
};
SHAPE(unobserved, pl_unobserved);

static const struct shape_member members_coverage[] = {
    COUNT(pl_coverage, declared), COUNT(pl_coverage, match),   COUNT(pl_coverage, drift),
    COUNT(pl_coverage, ignored),  COUNT(pl_coverage, unknown),
};
SHAPE(coverage, pl_coverage);

/* ---- paths and explanations ---- */

static const struct shape_member members_symptom[] = {
    NAMED(pl_symptom, kind, symptoms), TEXT(pl_symptom, connection), TEXT(pl_symptom, detail),
    TEXT(pl_symptom, class_name),      INT(pl_symptom, code),        INT(pl_symptom, after_ms),
    TEXT(pl_symptom, seen_from),       TEXT(pl_symptom, at),         TEXT(pl_symptom, until),
    TEXT(pl_symptom, told_by),
};
SHAPE(symptom, pl_symptom);

static const struct shape_member members_evidence[] = {
    TEXT(pl_evidence, field),
    TEXT(pl_evidence, value),
    TEXT(pl_evidence, note),
};
SHAPE(evidence, pl_evidence);

static const struct shape_member members_hop[] = {
    NEED(pl_hop, hop),
    ENUM(pl_hop, verdict, hop_verdicts),
    NAMED(pl_hop, cause, causes),
    TEXT(pl_hop, text),
    TEXT(pl_hop, field),
    TEXT(pl_hop, field_short),
    INT(pl_hop, at_ms),
    INT(pl_hop, until_ms),
    LIST(pl_hop, evidence, n_evidence, shape_evidence),
};
SHAPE(hop, pl_hop);

static const struct shape_member members_cause_set[] = {
    REFS(pl_cause_set, drifts, n, shape_drift),
};
SHAPE(cause_set, pl_cause_set);

static const struct shape_member members_blocker[] = {
    NAMED(pl_blocker, cause, causes),
    TEXT(pl_blocker, field),
    TEXT(pl_blocker, field_full),
    TEXT(pl_blocker, look),
};
SHAPE(blocker, pl_blocker);

static const struct shape_member members_ruled_out[] = {
    REFER(pl_ruled_out, drift, shape_drift),
    TEXT(pl_ruled_out, why),
};
SHAPE(ruled_out, pl_ruled_out);

static const struct shape_member members_timing[] = {
    REFER(pl_timing, drift, shape_drift), NEED(pl_timing, at),   NEED(pl_timing, source),
    ENUM(pl_timing, relation, relations), NEED(pl_timing, text),
};
SHAPE(timing, pl_timing);

static const struct shape_member members_proof_step[] = {NEED(pl_proof_step, text)};
SHAPE(proof_step, pl_proof_step);

static const struct shape_member members_explanation[] = {
    ENUM(pl_explanation, verdict, explain_verdicts),
    TEXT(pl_explanation, reason),
    LIST(pl_explanation, causes, n_causes, shape_cause_set),
    BOOL(pl_explanation, truncated),
    LIST(pl_explanation, blockers, n_blockers, shape_blocker),
    TEXTS(pl_explanation, upstream, n_upstream),
    REFS(pl_explanation, masked, n_masked, shape_drift),
    LIST(pl_explanation, ruled_out, n_ruled_out, shape_ruled_out),
    LIST(pl_explanation, timings, n_timings, shape_timing),
    TEXTS(pl_explanation, not_modelled, n_not_modelled),
    LIST(pl_explanation, proof, n_proof, shape_proof_step),
};
SHAPE_SHARED(explanation, pl_explanation);

/* ---- connections ---- */

static const struct shape_member members_phase[] = {
    NEED(pl_phase, name),
    REAL(pl_phase, p50_ms),
    REAL(pl_phase, p95_ms),
    REAL(pl_phase, max_ms),
};
SHAPE(phase, pl_phase);

static const struct shape_member members_timings[] = {
    INT(pl_timings, attempts),
    INT(pl_timings, failed),
    REAL(pl_timings, p50_ms),
    REAL(pl_timings, p95_ms),
    REAL(pl_timings, max_ms),
    LIST(pl_timings, phases, n_phases, shape_phase),
    REAL(pl_timings, lag_ms),
    REAL(pl_timings, rtt_ms),
    REAL(pl_timings, release_spread_ms),
    REALS(pl_timings, samples_ms, n_samples),
};
SHAPE(timings, pl_timings);

static const struct shape_member members_certificate[] = {
    TEXT(pl_certificate, subject),    TEXT(pl_certificate, issuer),
    TEXT(pl_certificate, not_before), TEXT(pl_certificate, not_after),
    TEXT(pl_certificate, sha256),     TEXTS(pl_certificate, names, n_names),
    INT(pl_certificate, left_s),
};
SHAPE(certificate, pl_certificate);

static const struct shape_member members_peer_tls[] = {
    TEXT(pl_peer_tls, version),
    TEXT(pl_peer_tls, cipher),
    TEXT(pl_peer_tls, distrust),
    LIST(pl_peer_tls, chain, n_chain, shape_certificate),
};
SHAPE(peer_tls, pl_peer_tls);

static const struct shape_member members_symptom_count[] = {
    STRUCT(pl_symptom_count, symptom, shape_symptom),
    INT(pl_symptom_count, count),
};
SHAPE(symptom_count, pl_symptom_count);

static const struct shape_member members_probe_result[] = {
    REFER(pl_probe_result, connection, shape_connection),
    ENUM(pl_probe_result, state, probed),
    STRUCT(pl_probe_result, symptom, shape_symptom),
    LIST(pl_probe_result, counts, n_counts, shape_symptom_count),
    TEXT(pl_probe_result, unknown_why),
    TEXT(pl_probe_result, target),
    TEXT(pl_probe_result, note),
    REF(pl_probe_result, tls, shape_peer_tls),
    STRUCT(pl_probe_result, timings, shape_timings),
};
SHAPE_SHARED(probe_result, pl_probe_result);

static const struct shape_member members_conn_result[] = {
    REFER(pl_conn_result, connection, shape_connection),
    ENUM(pl_conn_result, status, statuses),
    ENUM(pl_conn_result, basis, bases),
    TEXT(pl_conn_result, seen_from),
    STRUCT(pl_conn_result, symptom, shape_symptom),
    LIST(pl_conn_result, also, n_also, shape_symptom),
    REF(pl_conn_result, probe, shape_probe_result),
    TEXT(pl_conn_result, note),
    LIST(pl_conn_result, hops, n_hops, shape_hop),
    STRUCT(pl_conn_result, explanation, shape_explanation),
    ENUM(pl_conn_result, severity, severities),
};
SHAPE_SHARED(conn_result, pl_conn_result);

/* ---- logs and gate ---- */

static const struct shape_member members_logs_event[] = {
    ENUM(pl_logs_event, what, log_classes),
    STRUCT(pl_logs_event, symptom, shape_symptom),
    NEED(pl_logs_event, text),
    TEXT(pl_logs_event, why),
    TEXT(pl_logs_event, source),
    COUNT(pl_logs_event, line),
    TEXT(pl_logs_event, host),
    INT(pl_logs_event, port),
    TEXT(pl_logs_event, family),
    COUNT(pl_logs_event, count),
    TEXT(pl_logs_event, first),
    TEXT(pl_logs_event, last),
    TEXTS(pl_logs_event, tests, n_tests),
    COUNT(pl_logs_event, tests_more),
    TEXTS(pl_logs_event, connections, n_connections),
    TEXT(pl_logs_event, matched_by),
    TEXT(pl_logs_event, nearest),
    TEXT(pl_logs_event, unmatched),
};
SHAPE(logs_event, pl_logs_event);

static const struct shape_member members_logs[] = {
    BOOL(pl_logs, subject),
    TEXTS(pl_logs, sources, n_sources),
    COUNT(pl_logs, lines),
    INTS(pl_logs, counts),
    COUNT(pl_logs, cut),
    COUNT(pl_logs, dropped),
    LIST(pl_logs, events, n_events, shape_logs_event),
};
SHAPE(logs, pl_logs);

static const struct shape_member members_gate_connection[] = {
    ENUM(pl_gate_connection, effect, effects),
    REFER(pl_gate_connection, before, shape_conn_result),
    REFER(pl_gate_connection, after, shape_conn_result),
    REF(pl_gate_connection, proof, shape_explanation),
};
SHAPE(gate_connection, pl_gate_connection);

static const struct shape_member members_gate_change[] = {
    TEXT(pl_gate_change, action),
    TEXT(pl_gate_change, resource),
    TEXT(pl_gate_change, source),
};
SHAPE(gate_change, pl_gate_change);

static const struct shape_member members_gate[] = {
    LIST(pl_gate, changes, n_changes, shape_gate_change),
    REFS(pl_gate, fields, n_fields, shape_drift),
    TEXTS(pl_gate, notes, n_notes),
    LIST(pl_gate, connections, n_connections, shape_gate_connection),
    REFS(pl_gate, added, n_added, shape_drift),
    REFS(pl_gate, removed, n_removed, shape_drift),
    COUNT(pl_gate, n_kept),
    LIST(pl_gate, unknown, n_unknown, shape_unknown),
    COUNT(pl_gate, n_left_out),
};
SHAPE(gate, pl_gate);

/* ---- the run ---- */

static const struct shape_member members_run[] = {
    SKIP(pl_run, arena),
    NEED(pl_run, id),
    NEED(pl_run, command),
    NEED(pl_run, started_at),
    TEXT(pl_run, finished_at),
    NEED(pl_run, version),
    TEXTS(pl_run, baseline_files, n_baseline_files),
    TEXT(pl_run, source),
    TEXT(pl_run, observed_at),
    COUNT(pl_run, requests.sent),
    COUNT(pl_run, requests.retried),
    COUNT(pl_run, requests.throttled),
    TEXTS(pl_run, projects, n_projects),
    ENUM(pl_run, fail_on, severities),
    STRUCT(pl_run, coverage, shape_coverage),
    REFS(pl_run, drift, n_drift, shape_drift),
    LIST(pl_run, ignored, n_ignored, shape_ignored),
    LIST(pl_run, unknown, n_unknown, shape_unknown),
    LIST(pl_run, rules, n_rules, shape_rule_finding),
    LIST(pl_run, connections, n_connections, shape_conn_result),
    LIST(pl_run, unobserved, n_unobserved, shape_unobserved),
    COUNT(pl_run, unobserved_elsewhere),
    LIST(pl_run, warnings, n_warnings, shape_warning),
    LIST(pl_run, change_queries, n_change_queries, shape_change_query),
    REF(pl_run, gate, shape_gate),
    REF(pl_run, logs, shape_logs),
    SKIP(pl_run, graph), /* of `graph` alone, which is not stored */
    SKIP(pl_run, past),  /* beside it: history_priv.h */
    ENUM(pl_run, verdict, verdicts),
    INT(pl_run, exit_status),
    TEXT(pl_run, reason),
};
const struct shape pl_shape_run = {
    .name = "run", .size = sizeof(struct pl_run), .members = members_run, .n = PL_LEN(members_run)};

/* ---- what earlier runs say ---- */

static const struct shape_member members_finding[] = {
    ENUM(pl_past_finding, what, past_whats),
    NEED(pl_past_finding, name),
    NEED(pl_past_finding, label),
    NEED(pl_past_finding, id),
    NEED(pl_past_finding, status),
    NEED(pl_past_finding, text),
    TEXT(pl_past_finding, before),
    TEXT(pl_past_finding, note),
    ENUM(pl_past_finding, severity, severities),
    ENUM(pl_past_finding, state, past_states),
    BOOL(pl_past_finding, seen),
    NEED(pl_past_finding, first_seen),
    NEED(pl_past_finding, last_seen),
    TEXT(pl_past_finding, resolved_at),
    INT(pl_past_finding, runs),
    INT(pl_past_finding, same),
    NEED(pl_past_finding, window),
    BOOL(pl_past_finding, flapping),
};
SHAPE(finding, pl_past_finding);

static const struct shape_member members_fix_field[] = {
    NEED(pl_fix_field, field),
    NEED(pl_fix_field, field_full),
};
SHAPE(fix_field, pl_fix_field);

static const struct shape_member members_fix_set[] = {
    LIST(pl_fix_set, fields, n, shape_fix_field),
};
SHAPE(fix_set, pl_fix_set);

static const struct shape_member members_fix[] = {
    NEED(pl_fix, connection),
    ENUM(pl_fix, state, fix_states),
    NEED(pl_fix, text),
    NEED(pl_fix, run),
    NEED(pl_fix, at),
    TEXT(pl_fix, decided_at),
    NEED(pl_fix, failure),
    BOOL(pl_fix, seen),
    LIST(pl_fix, sets, n_sets, shape_fix_set),
};
SHAPE(fix, pl_fix);

static const struct shape_member members_past_run[] = {
    NEED(pl_past_run, id),         NEED(pl_past_run, started_at), NEED(pl_past_run, verdict),
    INT(pl_past_run, exit_status), INT(pl_past_run, failing),     INT(pl_past_run, drift),
    INT(pl_past_run, unknown),
};
SHAPE(past_run, pl_past_run);

static const struct shape_member members_past[] = {
    NEED(pl_past, series),
    TEXT(pl_past, previous),
    TEXT(pl_past, previous_at),
    LIST(pl_past, findings, n_findings, shape_finding),
    LIST(pl_past, fixes, n_fixes, shape_fix),
    LIST(pl_past, trend, n_trend, shape_past_run),
};
const struct shape pl_shape_past = {.name = "past",
                                    .size = sizeof(struct pl_past),
                                    .members = members_past,
                                    .n = PL_LEN(members_past)};

static const struct shape_member members_told_finding[] = {
    ENUM(pl_told_finding, what, past_whats),
    NEED(pl_told_finding, name),
    NEED(pl_told_finding, label),
    NEED(pl_told_finding, id),
    NEED(pl_told_finding, text),
    ENUM(pl_told_finding, severity, severities),
};
SHAPE(told_finding, pl_told_finding);

static const struct shape_member members_told[] = {
    LIST(pl_told, findings, n, shape_told_finding),
};
const struct shape pl_shape_told = {.name = "told",
                                    .size = sizeof(struct pl_told),
                                    .members = members_told,
                                    .n = PL_LEN(members_told)};

const struct shape *const pl_shapes[] = {
    &shape_end,
    &shape_probe_spec,
    &shape_budget,
    &shape_connection,
    &shape_ignore,
    &shape_warning,
    &shape_remedy,
    &shape_change,
    &shape_change_query,
    &shape_affected,
    &shape_drift,
    &shape_ignored,
    &shape_unknown,
    &shape_rule_finding,
    &shape_unobserved,
    &shape_coverage,
    &shape_symptom,
    &shape_evidence,
    &shape_hop,
    &shape_cause_set,
    &shape_blocker,
    &shape_ruled_out,
    &shape_timing,
    &shape_proof_step,
    &shape_explanation,
    &shape_phase,
    &shape_timings,
    &shape_certificate,
    &shape_peer_tls,
    &shape_symptom_count,
    &shape_probe_result,
    &shape_conn_result,
    &shape_logs_event,
    &shape_logs,
    &shape_gate_change,
    &shape_gate,
    &shape_gate_connection,
    &shape_finding,
    &shape_fix_field,
    &shape_fix_set,
    &shape_fix,
    &shape_past_run,
    &pl_shape_run,
    &pl_shape_past,
    &shape_told_finding,
    &pl_shape_told,
    NULL,
};
