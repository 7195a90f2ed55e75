/* markdown_gate.c - what a deploy would do, for the comment of a pull request.
 */
#include "plumbline/escape.h"
#include "report_priv.h"

static const struct {
    enum pl_gate_effect effect;
    const char *title;
} parts[] = {
    {PL_GATE_BREAKS, "Would break"},
    {PL_GATE_MENDS, "Would be mended"},
    {PL_GATE_BLURS, "Cannot be told any more"},
    {PL_GATE_WRONG, "Blocked before and after (not counted)"},
};

static void write_hops(struct pl_buf *out, const char *label, const struct pl_conn_result *c)
{
    size_t n = 0;
    for (size_t i = 0; i < c->n_hops; i++) {
        const struct pl_hop *h = &c->hops[i];
        if (h->verdict != PL_HOP_BLOCK && h->verdict != PL_HOP_UNKNOWN)
            continue;
        pl_buf_addf(out, "  - %s: %s at ", label,
                    h->verdict == PL_HOP_BLOCK ? "**blocked**" : "not known");
        pl_md_text(out, h->hop);
        pl_buf_adds(out, ": ");
        pl_md_text(out, h->text);
        pl_buf_addf(out, " (%s)\n", h->cause ? h->cause->name : "no cause");
        n++;
    }
    if (n == 0)
        pl_buf_addf(out, "  - %s: open\n", label);
}

static void write_proof(struct pl_buf *out, struct pl_arena *arena,
                        const struct pl_gate_connection *c)
{
    const struct pl_explanation *e = c->proof;
    for (size_t i = 0; e && i < e->n_causes; i++)
        for (size_t j = 0; j < e->causes[i].n; j++) {
            const struct pl_drift *d = e->causes[i].drifts[j];
            pl_buf_addf(out, "  - %s ", j > 0 ? "together with" : i > 0 ? "or by" : "by");
            pl_md_code(out, d->field);
            pl_buf_adds(out, ": ");
            pl_md_code(out, pl_words_becomes(arena, d, c->effect == PL_GATE_BREAKS));
            pl_buf_adds(out, "\n");
        }
}

static void write_connections(struct pl_buf *out, struct pl_arena *arena, const struct pl_gate *g)
{
    for (size_t p = 0; p < PL_LEN(parts); p++) {
        bool said = false;
        for (size_t i = 0; i < g->n_connections; i++) {
            const struct pl_gate_connection *c = &g->connections[i];
            if (c->effect != parts[p].effect)
                continue;
            if (!said)
                pl_buf_addf(out, "## %s\n\n", parts[p].title);
            said = true;
            pl_buf_adds(out, "- ");
            pl_md_code(out, c->after->connection->name);
            pl_buf_addf(out, " (%s)\n", pl_severity_names[c->after->severity]);
            write_hops(out, "before", c->before);
            write_hops(out, "after", c->after);
            write_proof(out, arena, c);
        }
        if (said)
            pl_buf_adds(out, "\n");
    }
}

static void write_drift(struct pl_buf *out, struct pl_arena *arena, const char *title,
                        const struct pl_drift *const *list, size_t n)
{
    if (n > 0)
        pl_buf_addf(out, "## %s\n\n| Field | Difference | Severity |\n|---|---|---|\n", title);
    for (size_t i = 0; i < n; i++) {
        pl_buf_adds(out, "| ");
        pl_escape_markdown_code(out, list[i]->field);
        pl_buf_adds(out, " | ");
        pl_escape_markdown_code(out, pl_words_difference(arena, list[i], 120));
        pl_buf_addf(out, " | %s |\n", pl_severity_names[list[i]->severity]);
    }
    if (n > 0)
        pl_buf_adds(out, "\n");
}

void pl_md_gate(struct pl_buf *out, struct pl_arena *arena, const struct pl_run *run)
{
    const struct pl_gate *g = run->gate;
    pl_buf_addf(out, "# What this deploy would do\n\n**Verdict: %s.** ",
                pl_verdict_names[run->verdict]);
    pl_md_text(out, run->reason ? run->reason : "");
    pl_buf_addf(out, ". Exit status %d.\n\n", run->exit_status);
    for (size_t i = 0; i < g->n_changes; i++) {
        pl_buf_adds(out, "- ");
        pl_md_text(out, g->changes[i].action);
        pl_buf_adds(out, " ");
        pl_md_code(out, g->changes[i].resource);
        pl_buf_adds(out, ", ");
        pl_md_code(out, g->changes[i].source);
        pl_buf_adds(out, "\n");
    }
    for (size_t i = 0; i < g->n_notes; i++) {
        pl_buf_adds(out, "- ");
        pl_md_text(out, g->notes[i]);
        pl_buf_adds(out, "\n");
    }
    pl_buf_adds(out, "\n");
    write_connections(out, arena, g);
    write_drift(out, arena, "Drift that it adds", g->added, g->n_added);
    write_drift(out, arena, "Drift that it removes", g->removed, g->n_removed);
    for (size_t i = 0; i < g->n_unknown; i++) {
        pl_buf_adds(out, i ? "- " : "## Fields that cannot be told any more\n\n- ");
        pl_md_code(out, g->unknown[i].field);
        pl_buf_adds(out, ": ");
        pl_md_text(out, g->unknown[i].why);
        pl_buf_adds(out, "\n");
    }
    pl_buf_addf(out, "%s%s that %s there before.\n", g->n_unknown ? "\n" : "",
                pl_words_count(arena, g->n_kept, "drift", "drifts"),
                g->n_kept == 1 ? "was" : "were");
}
