/* cmd_gate.c - what a deploy would break or mend: the same account before and after, and the proof of what makes the difference.
 *
 * The candidate's changes are to the world after it what drift is to the world that is observed: the same engine proves which of them blocks.
 */
#include <stdlib.h>
#include <string.h>

#include "cli_priv.h"
#include "plumbline/candidate.h"
#include "plumbline/clock.h"
#include "plumbline/file.h"
#include "plumbline/log.h"

/* One world, compared and explained. */
struct account {
    const struct pl_world *world;
    struct pl_diff *diff;
    const struct pl_conn_result *connections; /* as in the baseline */
    size_t n;
};

static struct account explain(struct pl_session *s, const struct pl_world *world,
                              struct pl_diff *diff)
{
    struct account a = {.world = world, .diff = diff};
    const struct pl_explain_input input = {
        .observed = world,
        .baseline = s->baseline,
        .drift = diff->drift,
        .n_drift = diff->n_drift,
        .ignored = diff->ignored,
        .n_ignored = diff->n_ignored,
    };
    a.connections = pl_explain(s->arena, &input, &a.n);
    pl_remediate(s->arena, world, diff->drift, diff->n_drift);
    return a;
}

static struct account against_baseline(struct pl_session *s, const struct pl_world *world)
{
    return explain(
        s, world,
        pl_diff_baseline(s->arena, pl_view_new(s->arena, world), s->baseline, pl_clock_wall_ns()));
}

/* What differs of `world` from `other`, for its failures. */
static struct account against_world(struct pl_session *s, const struct pl_world *world,
                                    const struct pl_world *other)
{
    return explain(s, world,
                   pl_diff_worlds(s->arena, pl_view_new(s->arena, world),
                                  pl_view_new(s->arena, other), s->baseline, pl_clock_wall_ns()));
}

/* ---- connections ---- */

/* Does it block or hide something that the other path does not, or not at the same place? */
static bool has_own(const struct pl_conn_result *a, const struct pl_conn_result *b,
                    enum pl_hop_verdict verdict)
{
    for (size_t i = 0; i < a->n_hops; i++) {
        const struct pl_hop *h = &a->hops[i];
        bool found = h->verdict != verdict;
        for (size_t j = 0; !found && j < b->n_hops; j++)
            found = b->hops[j].verdict == verdict && strcmp(h->hop, b->hops[j].hop) == 0 &&
                    h->cause == b->hops[j].cause;
        if (!found)
            return true;
    }
    return false;
}

static enum pl_gate_effect effect_of(const struct pl_conn_result *before,
                                     const struct pl_conn_result *after)
{
    if (after->status == PL_CONN_BLOCKED && before->status == PL_CONN_BLOCKED)
        return PL_GATE_WRONG;
    if (after->status == PL_CONN_BLOCKED)
        return PL_GATE_BREAKS;
    if (after->status == PL_CONN_UNKNOWN)
        return before->status != PL_CONN_UNKNOWN || has_own(after, before, PL_HOP_UNKNOWN)
                   ? PL_GATE_BLURS
                   : PL_GATE_UNKNOWN;
    return before->status == PL_CONN_BLOCKED ? PL_GATE_MENDS : PL_GATE_KEEPS;
}

/* ---- drift ---- */

static bool has_drift(const struct pl_diff *diff, const struct pl_drift *d, bool same)
{
    for (size_t i = 0; i < diff->n_drift; i++)
        if (same ? strcmp(diff->drift[i]->id, d->id) == 0
                 : strcmp(diff->drift[i]->field_full, d->field_full) == 0)
            return true;
    return false;
}

static const struct pl_drift **without(struct pl_arena *arena, const struct pl_diff *a,
                                       const struct pl_diff *b, bool same, size_t *n)
{
    const struct pl_drift **out = pl_arena_array(arena, a->n_drift + 1, sizeof(*out));
    for (size_t i = 0; i < a->n_drift; i++)
        if (!has_drift(b, a->drift[i], same))
            out[(*n)++] = a->drift[i];
    return out;
}

static void compare_unknown(struct pl_session *s, struct pl_gate *g, const struct pl_diff *before,
                            const struct pl_diff *after)
{
    struct pl_unknown *out = pl_arena_array(s->arena, after->n_unknown + 1, sizeof(*out));
    for (size_t i = 0; i < after->n_unknown; i++) {
        bool found = false;
        for (size_t j = 0; !found && j < before->n_unknown; j++)
            found = strcmp(before->unknown[j].field_full, after->unknown[i].field_full) == 0;
        if (!found)
            out[g->n_unknown++] = after->unknown[i];
    }
    g->unknown = out;
}

/* ---- the run ---- */

static void list_changes(struct pl_session *s, struct pl_gate *g, const struct pl_candidate *c)
{
    struct pl_gate_change *out = pl_arena_array(s->arena, c->n + 1, sizeof(*out));
    for (size_t i = 0; i < c->n; i++)
        out[g->n_changes++] = (struct pl_gate_change){
            .action = pl_candidate_action_names[c->changes[i].action],
            .resource =
                pl_address_short(s->arena, &c->changes[i].address, c->changes[i].address.project,
                                 c->changes[i].address.location),
            .source = c->changes[i].source,
        };
    g->changes = out;
    g->notes = c->notes;
    g->n_notes = c->n_notes;
    g->n_left_out = c->left_out;
}

static int by_severity(const void *a, const void *b)
{
    const struct pl_drift *const *x = a, *const *y = b;
    if ((*x)->severity != (*y)->severity)
        return (*x)->severity > (*y)->severity ? -1 : 1;
    return strcmp((*x)->field_full, (*y)->field_full);
}

static void compare(struct pl_session *s, struct pl_gate *g, const struct pl_world *world)
{
    struct account before = against_baseline(s, s->world), after = against_baseline(s, world);
    struct account broken = against_world(s, world, s->world),
                   mended = against_world(s, s->world, world);
    struct pl_gate_connection *list = pl_arena_array(s->arena, after.n + 1, sizeof(*list));
    for (size_t i = 0; i < after.n; i++) {
        enum pl_gate_effect effect = effect_of(&before.connections[i], &after.connections[i]);
        list[i] = (struct pl_gate_connection){
            .effect = effect,
            .before = &before.connections[i],
            .after = effect == PL_GATE_BREAKS ? &broken.connections[i] : &after.connections[i],
            .proof = effect == PL_GATE_BREAKS  ? &broken.connections[i].explanation
                     : effect == PL_GATE_MENDS ? &mended.connections[i].explanation
                                               : NULL,
        };
    }
    g->fields = (const struct pl_drift *const *)broken.diff->drift;
    g->n_fields = broken.diff->n_drift;
    g->connections = list;
    g->n_connections = after.n;
    if (after.diff->n_drift > 0)
        qsort(after.diff->drift, after.diff->n_drift, sizeof(struct pl_drift *), by_severity);
    g->added = without(s->arena, after.diff, before.diff, true, &g->n_added);
    g->removed = without(s->arena, before.diff, after.diff, false, &g->n_removed);
    g->n_kept = after.diff->n_drift - g->n_added;
    compare_unknown(s, g, before.diff, after.diff);
    s->run.coverage = after.diff->coverage;
    s->run.drift = (const struct pl_drift *const *)after.diff->drift;
    s->run.n_drift = after.diff->n_drift;
    s->run.ignored = after.diff->ignored;
    s->run.n_ignored = after.diff->n_ignored;
    s->run.unknown = after.diff->unknown;
    s->run.n_unknown = after.diff->n_unknown;
    struct pl_conn_result *results = pl_arena_array(s->arena, after.n + 1, sizeof(*results));
    for (size_t i = 0; i < after.n; i++)
        results[i] = *list[i].after;
    s->run.connections = results;
    s->run.n_connections = after.n;
}

static int read_candidates(struct pl_session *s, struct pl_candidate *c, char *const *texts,
                           const size_t *lens, struct pl_err *err)
{
    const struct pl_options *o = s->options;
    for (size_t i = 0; i < o->candidates.n; i++) {
        const char *path = o->candidates.list[i];
        const struct pl_candidate_input input = {
            .name = strcmp(path, "-") == 0 ? "<stdin>" : path,
            .text = texts[i],
            .len = lens[i],
            .project = o->projects.n                  ? o->projects.list[0]
                       : s->baseline->n_projects == 1 ? s->baseline->projects[0]
                                                      : NULL,
            .location = o->location,
            .redaction_key = pl_redaction_key(s->arena),
        };
        if (pl_candidate_read(s->arena, &input, s->world, c, err) < 0)
            return pl_err_wrap(err, "--candidate");
    }
    return 0;
}

static int steps(struct pl_session *s, struct pl_err *err)
{
    const struct pl_texts *files = &s->options->candidates;
    struct pl_candidate candidate = {0};
    struct pl_gate *gate = PL_NEW(s->arena, struct pl_gate);
    char **texts = pl_arena_array(s->arena, files->n + 1, sizeof(*texts));
    size_t *lens = pl_arena_array(s->arena, files->n + 1, sizeof(*lens));
    if (pl_session_baseline(s, true, err) < 0)
        return -1;
    /* Files first: that one is not there should not be found after minutes of looking. */
    for (size_t i = 0; i < files->n; i++) {
        texts[i] = pl_file_read(s->arena, files->list[i], PL_CANDIDATE_MAX_BYTES, &lens[i], err);
        if (!texts[i])
            return pl_err_wrap(err, "--candidate");
    }
    if (pl_session_observe(s, err) < 0 || pl_session_secrets(s, err) < 0 ||
        read_candidates(s, &candidate, texts, lens, err) < 0)
        return -1;
    list_changes(s, gate, &candidate);
    s->run.gate = gate;
    compare(s, gate, pl_candidate_apply(s->arena, s->world, &candidate));
    return pl_session_report(s, err);
}

int pl_cmd_gate(struct pl_options *options, struct pl_err *err)
{
    if (options->words.n > 0)
        return pl_err_set(err, PL_E_USAGE,
                          "gate takes no word '%s'; what is to be deployed is "
                          "given by --candidate",
                          options->words.list[0]);
    if (options->candidates.n == 0)
        return pl_err_set(err, PL_E_USAGE, "gate wants what is to be deployed: --candidate FILE");
    return pl_session_run(options, "gate", steps, err);
}
