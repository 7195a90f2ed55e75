/* report_connections_json.c - `connections` of section 7: what was seen, the path hop by hop, and the explanation.
 *
 * `explanation` is always an object, so that a script may walk its lists; its verdict is null where there is nothing to explain.
 */
#include "report_priv.h"

static void emit_symptom(struct pl_emit *e, const char *key, const struct pl_symptom *s)
{
    if (!s->kind) {
        pl_emit_null(e, key);
        return;
    }
    pl_emit_open(e, key, '{');
    pl_emit_text(e, "symptom", s->kind->name);
    pl_emit_text(e, "detail", s->detail);
    pl_emit_text(e, "class", s->class_name);
    if (s->code)
        pl_emit_int(e, "code", s->code);
    else
        pl_emit_null(e, "code");
    if (s->after_ms >= 0)
        pl_emit_int(e, "after_ms", s->after_ms);
    else
        pl_emit_null(e, "after_ms");
    pl_emit_text(e, "seen_from", s->seen_from);
    pl_emit_text(e, "at", s->at);
    pl_emit_close(e, '}');
}

static void emit_phase(struct pl_emit *e, const struct pl_phase *p)
{
    pl_emit_open(e, NULL, '{');
    pl_emit_text(e, "phase", p->name);
    pl_emit_ms(e, "p50_ms", p->p50_ms);
    pl_emit_ms(e, "p95_ms", p->p95_ms);
    pl_emit_ms(e, "max_ms", p->max_ms);
    pl_emit_close(e, '}');
}

static void emit_timings(struct pl_emit *e, const struct pl_probe_result *probe)
{
    if (!probe || probe->timings.attempts == 0) {
        pl_emit_null(e, "timings");
        return;
    }
    const struct pl_timings *t = &probe->timings;
    pl_emit_open(e, "timings", '{');
    pl_emit_ms(e, "p50_ms", t->p50_ms);
    pl_emit_ms(e, "p95_ms", t->p95_ms);
    pl_emit_ms(e, "max_ms", t->max_ms);
    pl_emit_int(e, "attempts", t->attempts);
    pl_emit_int(e, "failed", t->failed);
    pl_emit_open(e, "phases", '[');
    for (size_t i = 0; i < t->n_phases; i++)
        emit_phase(e, &t->phases[i]);
    pl_emit_close(e, ']');
    pl_emit_ms_list(e, "samples_ms", t->samples_ms, t->n_samples);
    pl_emit_ms(e, "lag_ms", t->lag_ms);
    pl_emit_ms(e, "rtt_ms", t->rtt_ms > 0 ? t->rtt_ms : -1);
    pl_emit_ms(e, "release_spread_ms", t->release_spread_ms);
    pl_emit_close(e, '}');
}

static void emit_certificate(struct pl_emit *e, const struct pl_certificate *c)
{
    pl_emit_open(e, NULL, '{');
    pl_emit_text(e, "subject", c->subject);
    pl_emit_text(e, "issuer", c->issuer);
    pl_emit_texts(e, "names", c->names, c->n_names);
    pl_emit_text(e, "not_before", c->not_before);
    pl_emit_text(e, "not_after", c->not_after);
    pl_emit_int(e, "left_s", c->left_s);
    pl_emit_text(e, "sha256", c->sha256);
    pl_emit_close(e, '}');
}

static void emit_tls(struct pl_emit *e, const struct pl_peer_tls *tls)
{
    if (!tls) {
        pl_emit_null(e, "tls");
        return;
    }
    pl_emit_open(e, "tls", '{');
    pl_emit_text(e, "version", tls->version);
    pl_emit_text(e, "cipher", tls->cipher);
    pl_emit_bool(e, "trusted", !tls->distrust);
    pl_emit_text(e, "distrust", tls->distrust);
    pl_emit_open(e, "chain", '[');
    for (size_t i = 0; i < tls->n_chain; i++)
        emit_certificate(e, &tls->chain[i]);
    pl_emit_close(e, ']');
    pl_emit_close(e, '}');
}

static void emit_probe(struct pl_emit *e, const struct pl_probe_result *p)
{
    static const char *const states[] = {[PL_PROBED_OK] = "ok",
                                         [PL_PROBED_FAILING] = "failing",
                                         [PL_PROBED_DEGRADED] = "degraded",
                                         [PL_PROBED_UNKNOWN] = "unknown"};
    if (!p) {
        pl_emit_null(e, "probe");
        return;
    }
    pl_emit_open(e, "probe", '{');
    pl_emit_text(e, "type", pl_probe_type_names[p->connection->probe.type]);
    pl_emit_text(e, "state", states[p->state]);
    pl_emit_text(e, "target", p->target);
    pl_emit_text(e, "note", p->note);
    pl_emit_text(e, "unknown_why", p->unknown_why);
    emit_symptom(e, "symptom", &p->symptom);
    emit_tls(e, p->tls);
    pl_emit_open(e, "counts", '[');
    for (size_t i = 0; i < p->n_counts; i++) {
        pl_emit_open(e, NULL, '{');
        emit_symptom(e, "symptom", &p->counts[i].symptom);
        pl_emit_int(e, "count", p->counts[i].count);
        pl_emit_close(e, '}');
    }
    pl_emit_close(e, ']');
    pl_emit_close(e, '}');
}

static void emit_hop(struct pl_emit *e, const struct pl_hop *h)
{
    pl_emit_open(e, NULL, '{');
    pl_emit_text(e, "hop", h->hop);
    pl_emit_text(e, "verdict", pl_hop_verdict_names[h->verdict]);
    pl_emit_text(e, "cause", h->cause ? h->cause->name : NULL);
    pl_emit_text(e, "text", h->text);
    pl_emit_text(e, "field", h->field_short);
    pl_emit_text(e, "field_full", h->field);
    pl_emit_open(e, "evidence", '[');
    for (size_t i = 0; i < h->n_evidence; i++) {
        pl_emit_open(e, NULL, '{');
        pl_emit_text(e, "field", h->evidence[i].field);
        pl_emit_text(e, "value", h->evidence[i].value);
        pl_emit_text(e, "note", h->evidence[i].note);
        pl_emit_close(e, '}');
    }
    pl_emit_close(e, ']');
    pl_emit_close(e, '}');
}

static void emit_causes(struct pl_emit *e, const struct pl_explanation *x)
{
    pl_emit_open(e, "causes", '[');
    for (size_t i = 0; i < x->n_causes; i++) {
        pl_emit_open(e, NULL, '[');
        for (size_t j = 0; j < x->causes[i].n; j++)
            pl_emit_text(e, NULL, x->causes[i].drifts[j]->field);
        pl_emit_close(e, ']');
    }
    pl_emit_close(e, ']');
    pl_emit_open(e, "blockers", '[');
    for (size_t i = 0; i < x->n_blockers; i++) {
        pl_emit_open(e, NULL, '{');
        pl_emit_text(e, "cause", x->blockers[i].cause ? x->blockers[i].cause->name : NULL);
        pl_emit_text(e, "field", x->blockers[i].field);
        pl_emit_text(e, "field_full", x->blockers[i].field_full);
        pl_emit_text(e, "look", x->blockers[i].look);
        pl_emit_close(e, '}');
    }
    pl_emit_close(e, ']');
}

static void emit_explanation(struct pl_emit *e, const struct pl_explanation *x)
{
    bool none = x->verdict == PL_EXPLAIN_NONE;
    pl_emit_open(e, "explanation", '{');
    pl_emit_text(e, "verdict", none ? NULL : pl_explain_verdict_names[x->verdict]);
    pl_emit_text(e, "reason", x->reason);
    emit_causes(e, x);
    pl_emit_texts(e, "upstream", x->upstream, x->n_upstream);
    pl_emit_open(e, "masked", '[');
    for (size_t i = 0; i < x->n_masked; i++)
        pl_emit_text(e, NULL, x->masked[i]->field);
    pl_emit_close(e, ']');
    pl_emit_open(e, "ruled_out", '[');
    for (size_t i = 0; i < x->n_ruled_out; i++) {
        pl_emit_open(e, NULL, '{');
        pl_emit_text(e, "field", x->ruled_out[i].drift->field);
        pl_emit_text(e, "why", x->ruled_out[i].why);
        pl_emit_close(e, '}');
    }
    pl_emit_close(e, ']');
    pl_emit_open(e, "timings", '[');
    for (size_t i = 0; i < x->n_timings; i++) {
        pl_emit_open(e, NULL, '{');
        pl_emit_text(e, "field", x->timings[i].drift->field);
        pl_emit_text(e, "at", x->timings[i].at);
        pl_emit_text(e, "source", x->timings[i].source);
        pl_emit_text(e, "relation", pl_time_relation_names[x->timings[i].relation]);
        pl_emit_text(e, "text", x->timings[i].text);
        pl_emit_close(e, '}');
    }
    pl_emit_close(e, ']');
    pl_emit_texts(e, "not_modelled", x->not_modelled, x->n_not_modelled);
    pl_emit_bool(e, "truncated", x->truncated);
    pl_emit_open(e, "proof", '[');
    for (size_t i = 0; i < x->n_proof; i++)
        pl_emit_text(e, NULL, x->proof[i].text);
    pl_emit_close(e, ']');
    pl_emit_close(e, '}');
}

static void emit_budget(struct pl_emit *e, const struct pl_budget *b)
{
    const double ms = 1e6;
    pl_emit_open(e, "budget", '{');
    pl_emit_ms(e, "timeout_ms", b->timeout_ns ? (double)b->timeout_ns / ms : -1);
    pl_emit_ms(e, "p50_ms", b->p50_ns ? (double)b->p50_ns / ms : -1);
    pl_emit_ms(e, "p95_ms", b->p95_ns ? (double)b->p95_ns / ms : -1);
    pl_emit_ms(e, "max_ms", b->max_ns ? (double)b->max_ns / ms : -1);
    pl_emit_close(e, '}');
}

void pl_emit_connection(struct pl_emit *e, const char *key, const struct pl_conn_result *c)
{
    const struct pl_connection *d = c->connection;
    pl_emit_open(e, key, '{');
    pl_emit_text(e, "name", d->name);
    pl_emit_text(e, "from", d->from.text);
    pl_emit_text(e, "to", d->to.text);
    pl_emit_text(e, "status", pl_conn_status_names[c->status]);
    pl_emit_text(e, "basis", pl_basis_names[c->basis]);
    pl_emit_text(e, "seen_from", c->seen_from);
    emit_symptom(e, "symptom", &c->symptom);
    emit_timings(e, c->probe);
    pl_emit_open(e, "hops", '[');
    for (size_t i = 0; i < c->n_hops; i++)
        emit_hop(e, &c->hops[i]);
    pl_emit_close(e, ']');
    emit_explanation(e, &c->explanation);
    pl_emit_text(e, "severity", pl_severity_names[c->severity]);
    pl_emit_text(e, "impact", d->impact);
    pl_emit_texts(e, "tracks", d->tracks, d->n_tracks);
    pl_emit_texts(e, "depends_on", d->depends_on, d->n_depends_on);
    emit_budget(e, &d->budget);
    pl_emit_text(e, "note", c->note);
    emit_probe(e, c->probe);
    pl_emit_open(e, "also", '[');
    for (size_t i = 0; i < c->n_also; i++)
        emit_symptom(e, NULL, &c->also[i]);
    pl_emit_close(e, ']');
    pl_emit_mark(e, "baseline", &d->mark);
    pl_emit_close(e, '}');
}

void pl_emit_connections(struct pl_emit *e, const struct pl_run *run)
{
    pl_emit_open(e, "connections", '[');
    for (size_t i = 0; i < run->n_connections; i++)
        pl_emit_connection(e, NULL, &run->connections[i]);
    pl_emit_close(e, ']');
}
