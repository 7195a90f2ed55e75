/* report_gate_json.c - the member `gate` of the JSON report: what the candidate changes, breaks, mends and adds (docs/report.md).
 */
#include "report_priv.h"

static void emit_fields(struct pl_emit *e, const char *key, const struct pl_drift *const *list,
                        size_t n)
{
    pl_emit_open(e, key, '[');
    for (size_t i = 0; i < n; i++) {
        pl_emit_open(e, NULL, '{');
        pl_emit_text(e, "id", list[i]->id);
        pl_emit_text(e, "field", list[i]->field);
        pl_emit_text(e, "field_full", list[i]->field_full);
        pl_emit_text(e, "severity", pl_severity_names[list[i]->severity]);
        pl_emit_value(e, "expected", list[i]->expected);
        pl_emit_value(e, "observed", list[i]->observed);
        pl_emit_close(e, '}');
    }
    pl_emit_close(e, ']');
}

/* What differs between the path before and after, in the direction of time. */
static void emit_proof(struct pl_emit *e, const struct pl_gate_connection *c)
{
    const struct pl_explanation *x = c->proof;
    bool forward = c->effect == PL_GATE_BREAKS;
    pl_emit_text(e, "verdict",
                 x && x->verdict != PL_EXPLAIN_NONE ? pl_explain_verdict_names[x->verdict] : NULL);
    pl_emit_open(e, "by", '[');
    for (size_t i = 0; x && i < x->n_causes; i++) {
        pl_emit_open(e, NULL, '[');
        for (size_t j = 0; j < x->causes[i].n; j++) {
            const struct pl_drift *d = x->causes[i].drifts[j];
            pl_emit_open(e, NULL, '{');
            pl_emit_text(e, "field", d->field);
            pl_emit_value(e, "before", forward ? d->expected : d->observed);
            pl_emit_value(e, "after", forward ? d->observed : d->expected);
            pl_emit_close(e, '}');
        }
        pl_emit_close(e, ']');
    }
    pl_emit_close(e, ']');
}

static void emit_blockers(struct pl_emit *e, const char *key, const struct pl_conn_result *c)
{
    pl_emit_open(e, key, '{');
    pl_emit_text(e, "status", pl_conn_status_names[c->status]);
    pl_emit_open(e, "hops", '[');
    for (size_t i = 0; i < c->n_hops; i++) {
        const struct pl_hop *h = &c->hops[i];
        if (h->verdict != PL_HOP_BLOCK && h->verdict != PL_HOP_UNKNOWN)
            continue;
        pl_emit_open(e, NULL, '{');
        pl_emit_text(e, "hop", h->hop);
        pl_emit_text(e, "verdict", pl_hop_verdict_names[h->verdict]);
        pl_emit_text(e, "cause", h->cause ? h->cause->name : NULL);
        pl_emit_text(e, "text", h->text);
        pl_emit_close(e, '}');
    }
    pl_emit_close(e, ']');
    pl_emit_close(e, '}');
}

void pl_emit_gate(struct pl_emit *e, const struct pl_gate *g)
{
    if (!g) /* only `gate` has it */
        return;
    pl_emit_open(e, "gate", '{');
    pl_emit_open(e, "changes", '[');
    for (size_t i = 0; i < g->n_changes; i++) {
        pl_emit_open(e, NULL, '{');
        pl_emit_text(e, "action", g->changes[i].action);
        pl_emit_text(e, "resource", g->changes[i].resource);
        pl_emit_text(e, "source", g->changes[i].source);
        pl_emit_close(e, '}');
    }
    pl_emit_close(e, ']');
    pl_emit_open(e, "fields", '[');
    for (size_t i = 0; i < g->n_fields; i++) {
        pl_emit_open(e, NULL, '{');
        pl_emit_text(e, "field", g->fields[i]->field);
        pl_emit_text(e, "field_full", g->fields[i]->field_full);
        pl_emit_value(e, "before", g->fields[i]->expected);
        pl_emit_value(e, "after", g->fields[i]->observed);
        pl_emit_close(e, '}');
    }
    pl_emit_close(e, ']');
    pl_emit_texts(e, "notes", g->notes, g->n_notes);
    pl_emit_int(e, "left_out", (int64_t)g->n_left_out);
    pl_emit_open(e, "connections", '[');
    for (size_t i = 0; i < g->n_connections; i++) {
        pl_emit_open(e, NULL, '{');
        pl_emit_text(e, "name", g->connections[i].after->connection->name);
        pl_emit_text(e, "effect", pl_gate_effect_names[g->connections[i].effect]);
        emit_blockers(e, "before", g->connections[i].before);
        emit_blockers(e, "after", g->connections[i].after);
        emit_proof(e, &g->connections[i]);
        pl_emit_close(e, '}');
    }
    pl_emit_close(e, ']');
    emit_fields(e, "drift_added", g->added, g->n_added);
    emit_fields(e, "drift_removed", g->removed, g->n_removed);
    pl_emit_int(e, "drift_kept", (int64_t)g->n_kept);
    pl_emit_open(e, "unknown", '[');
    for (size_t i = 0; i < g->n_unknown; i++) {
        pl_emit_open(e, NULL, '{');
        pl_emit_text(e, "field", g->unknown[i].field);
        pl_emit_text(e, "why", g->unknown[i].why);
        pl_emit_close(e, '}');
    }
    pl_emit_close(e, ']');
    pl_emit_close(e, '}');
}
