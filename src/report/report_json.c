/* report_json.c - the report for programs: section 7 of the contract, every key always there (docs/report.md says what is null when).
 *
 * Keys stand in the contract's order. Connections are in report_connections_json.c.
 */
#include "report_priv.h"

static void emit_requests(struct pl_emit *e, const struct pl_run *run)
{
    if (run->requests.sent == 0) {
        pl_emit_null(e, "requests");
        return;
    }
    pl_emit_open(e, "requests", '{');
    pl_emit_int(e, "sent", (int64_t)run->requests.sent);
    pl_emit_int(e, "retried", (int64_t)run->requests.retried);
    pl_emit_int(e, "throttled", (int64_t)run->requests.throttled);
    pl_emit_close(e, '}');
}

void pl_emit_run(struct pl_emit *e, const struct pl_run *run)
{
    pl_emit_open(e, "run", '{');
    pl_emit_text(e, "id", run->id);
    pl_emit_text(e, "command", run->command);
    pl_emit_text(e, "started_at", run->started_at);
    pl_emit_text(e, "finished_at", run->finished_at);
    pl_emit_text(e, "version", run->version);
    pl_emit_text(e, "source", run->source);
    pl_emit_text(e, "observed_at", run->observed_at);
    pl_emit_texts(e, "projects", run->projects, run->n_projects);
    pl_emit_texts(e, "baselines", run->baseline_files, run->n_baseline_files);
    pl_emit_text(e, "fail_on", pl_severity_names[run->fail_on]);
    emit_requests(e, run);
    pl_emit_close(e, '}');
}

void pl_emit_result(struct pl_emit *e, const struct pl_run *run)
{
    pl_emit_open(e, "result", '{');
    pl_emit_text(e, "verdict", pl_verdict_names[run->verdict]);
    pl_emit_int(e, "exit_status", run->exit_status);
    pl_emit_text(e, "reason", run->reason);
    pl_emit_close(e, '}');

    pl_emit_open(e, "coverage", '{');
    pl_emit_int(e, "declared", (int64_t)run->coverage.declared);
    pl_emit_int(e, "match", (int64_t)run->coverage.match);
    pl_emit_int(e, "drift", (int64_t)run->coverage.drift);
    pl_emit_int(e, "ignored", (int64_t)run->coverage.ignored);
    pl_emit_int(e, "unknown", (int64_t)run->coverage.unknown);
    pl_emit_close(e, '}');
}

/* What a drift is, wherever it is listed. */
static void emit_difference(struct pl_emit *e, const struct pl_drift *d)
{
    pl_emit_text(e, "field", d->field);
    pl_emit_text(e, "field_full", d->field_full);
    pl_emit_text(e, "resource", d->resource);
    pl_emit_text(e, "status", pl_drift_status_names[d->status]);
    pl_emit_value(e, "expected", d->expected);
    pl_emit_value(e, "observed", d->observed);
}

static void emit_change(struct pl_emit *e, const struct pl_change *c)
{
    if (!c) {
        pl_emit_null(e, "changed_by");
        return;
    }
    pl_emit_open(e, "changed_by", '{');
    pl_emit_text(e, "principal", c->principal);
    pl_emit_text(e, "at", c->at);
    pl_emit_text(e, "method", c->method);
    pl_emit_texts(e, "via", c->via, c->n_via);
    pl_emit_close(e, '}');
}

/* Who depends on it, whether it fails now or not. */
static void emit_blast(struct pl_emit *e, const struct pl_drift *d)
{
    pl_emit_open(e, "blast_radius", '{');
    pl_emit_open(e, "connections", '[');
    for (size_t i = 0; i < d->n_affects; i++) {
        const struct pl_affected *a = &d->affects[i];
        pl_emit_open(e, NULL, '{');
        pl_emit_text(e, "name", a->name);
        pl_emit_text(e, "by", pl_affected_names[a->how]);
        pl_emit_text(e, "status", pl_conn_status_names[a->status]);
        pl_emit_close(e, '}');
    }
    pl_emit_close(e, ']');
    pl_emit_texts(e, "services", d->services, d->n_services);
    pl_emit_close(e, '}');
}

void pl_emit_drift(struct pl_emit *e, const char *key, const struct pl_drift *d)
{
    pl_emit_open(e, key, '{');
    pl_emit_text(e, "id", d->id);
    emit_difference(e, d);
    pl_emit_text(e, "severity", pl_severity_names[d->severity]);
    pl_emit_mark(e, "baseline", &d->mark);
    pl_emit_texts(e, "explains", d->explains, d->n_explains);
    emit_blast(e, d);
    emit_change(e, d->changed_by);
    pl_emit_open(e, "remediation", '[');
    for (size_t i = 0; i < d->n_remedies; i++) {
        pl_emit_open(e, NULL, '{');
        pl_emit_text(e, "command", d->remedies[i].command);
        pl_emit_text(e, "verify", d->remedies[i].verify);
        pl_emit_text(e, "rollback", d->remedies[i].rollback);
        pl_emit_text(e, "risk", d->remedies[i].risk);
        pl_emit_text(e, "precheck", d->remedies[i].precheck);
        pl_emit_text(e, "precheck_prints", d->remedies[i].before);
        pl_emit_text(e, "verify_prints", d->remedies[i].prints);
        pl_emit_text(e, "terraform", d->remedies[i].terraform);
        pl_emit_bool(e, "made_by_terraform", d->remedies[i].by_terraform);
        pl_emit_int(e, "order", d->remedies[i].order);
        pl_emit_close(e, '}');
    }
    pl_emit_close(e, ']');
    pl_emit_int(e, "fields", (int64_t)d->leaves);
    pl_emit_close(e, '}');
}

static void emit_rule(struct pl_emit *e, const char *key, const struct pl_ignore *rule)
{
    pl_emit_open(e, key, '{');
    pl_emit_text(e, "file", rule->mark.file ? rule->mark.file->name : NULL);
    pl_emit_int(e, "line", rule->mark.line);
    pl_emit_int(e, "column", rule->mark.column);
    pl_emit_text(e, "field", rule->field);
    pl_emit_text(e, "reason", rule->reason);
    pl_emit_text(e, "owner", rule->owner);
    pl_emit_text(e, "expires", rule->expires);
    pl_emit_close(e, '}');
}

void pl_emit_ignored(struct pl_emit *e, const char *key, const struct pl_ignored *ignored)
{
    pl_emit_open(e, key, '{');
    pl_emit_text(e, "id", ignored->drift->id);
    emit_difference(e, ignored->drift);
    emit_rule(e, "rule", ignored->rule);
    pl_emit_close(e, '}');
}

static void emit_rules(struct pl_emit *e, const struct pl_run *run)
{
    pl_emit_open(e, "ignored", '[');
    for (size_t i = 0; i < run->n_ignored; i++)
        pl_emit_ignored(e, NULL, &run->ignored[i]);
    pl_emit_close(e, ']');

    pl_emit_open(e, "rules", '[');
    for (size_t i = 0; i < run->n_rules; i++) {
        pl_emit_open(e, NULL, '{');
        pl_emit_text(e, "state", run->rules[i].state == PL_RULE_EXPIRED ? "expired" : "unused");
        emit_rule(e, "rule", run->rules[i].rule);
        pl_emit_close(e, '}');
    }
    pl_emit_close(e, ']');
}

void pl_emit_gap(struct pl_emit *e, const char *key, const struct pl_unobserved *gap)
{
    pl_emit_open(e, key, '{');
    pl_emit_text(e, "what", gap->kind ? gap->kind->name : gap->kind_name ? gap->kind_name : "*");
    pl_emit_text(e, "scope", gap->scope);
    pl_emit_text(e, "field", gap->field);
    pl_emit_text(e, "reason", gap->reason);
    pl_emit_text(e, "permission", gap->permission);
    pl_emit_text(e, "detail", gap->detail);
    pl_emit_text(e, "remedy", gap->remedy);
    pl_emit_close(e, '}');
}

void pl_emit_unknown(struct pl_emit *e, const char *key, const struct pl_unknown *u)
{
    pl_emit_open(e, key, '{');
    pl_emit_text(e, "field", u->field);
    pl_emit_text(e, "field_full", u->field_full);
    pl_emit_text(e, "why", u->why);
    pl_emit_mark(e, "baseline", &u->mark);
    pl_emit_int(e, "fields", (int64_t)u->leaves);
    pl_emit_close(e, '}');
}

static void emit_not_known(struct pl_emit *e, const struct pl_run *run)
{
    pl_emit_open(e, "unobserved", '[');
    for (size_t i = 0; i < run->n_unobserved; i++)
        pl_emit_gap(e, NULL, &run->unobserved[i]);
    pl_emit_close(e, ']');
    pl_emit_int(e, "unobserved_elsewhere", (int64_t)run->unobserved_elsewhere);

    pl_emit_open(e, "unknown", '[');
    for (size_t i = 0; i < run->n_unknown; i++)
        pl_emit_unknown(e, NULL, &run->unknown[i]);
    pl_emit_close(e, ']');

    pl_emit_open(e, "warnings", '[');
    for (size_t i = 0; i < run->n_warnings; i++) {
        pl_emit_open(e, NULL, '{');
        pl_emit_text(e, "text", run->warnings[i].text);
        pl_emit_mark(e, "baseline", &run->warnings[i].mark);
        pl_emit_close(e, '}');
    }
    pl_emit_close(e, ']');
}

static void emit_change_query(struct pl_emit *e, const struct pl_change_query *q)
{
    pl_emit_open(e, NULL, '{');
    pl_emit_text(e, "project", q->project);
    pl_emit_text(e, "command", q->command);
    pl_emit_text(e, "reason", q->reason);
    pl_emit_text(e, "permission", q->permission);
    pl_emit_text(e, "detail", q->detail);
    pl_emit_text(e, "remedy", q->remedy);
    pl_emit_bool(e, "truncated", q->truncated);
    pl_emit_close(e, '}');
}

void pl_report_json(struct pl_buf *out, const struct pl_run *run,
                    const struct pl_report_style *style)
{
    struct pl_emit e = {.first = true};
    (void)style; /* programs get everything, always */
    pl_emit_open(&e, NULL, '{');
    pl_emit_text(&e, "format_version", "1.0");
    pl_emit_run(&e, run);
    pl_emit_result(&e, run);
    pl_emit_open(&e, "drift", '[');
    for (size_t i = 0; i < run->n_drift; i++)
        pl_emit_drift(&e, NULL, run->drift[i]);
    pl_emit_close(&e, ']');
    pl_emit_connections(&e, run);
    pl_emit_graph(&e, run->graph);
    emit_rules(&e, run);
    emit_not_known(&e, run);
    pl_emit_open(&e, "change_queries", '[');
    for (size_t i = 0; i < run->n_change_queries; i++)
        emit_change_query(&e, &run->change_queries[i]);
    pl_emit_close(&e, ']');
    pl_emit_logs(&e, run->logs);
    pl_emit_gate(&e, run->gate);
    pl_emit_past(&e, run->past);
    pl_emit_close(&e, '}');
    pl_emit_finish(&e, out);
}
