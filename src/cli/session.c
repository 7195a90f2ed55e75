/* session.c - a run from start to end, and its steps: baseline, symptoms, comparison, explanation, report.
 *
 * Each step takes what the earlier ones left in the session; none reaches back. What is looked at comes from observe.c.
 */
#include <stdlib.h>
#include <string.h>

#include "cli_priv.h"
#include "plumbline/clock.h"
#include "plumbline/file.h"
#include "plumbline/log.h"
#include "plumbline/snapshot.h"

enum { MAX_SYMPTOM_BYTES = 64 << 20 };

/* ---- start and end ---- */

static uint64_t mix(uint64_t hash, const char *text)
{
    /* FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/; the end of a text counts, too. */
    const char *at = text ? text : "";
    do
        hash = (hash ^ (unsigned char)*at) * UINT64_C(0x100000001b3);
    while (*at++);
    return hash;
}

static uint64_t mix_all(uint64_t hash, const struct pl_texts *texts)
{
    for (size_t i = 0; i < texts->n; i++)
        hash = mix(hash, texts->list[i]);
    return hash;
}

/* When, what, and on which input: the same under a stopped clock, another for every other run. */
static const char *make_id(struct pl_session *s, int64_t now)
{
    const struct pl_options *o = s->options;
    uint64_t hash = mix(UINT64_C(0xcbf29ce484222325), pl_clock_format(s->arena, now, 1));
    hash = mix(mix(mix(hash, s->run.command), o->snapshot), o->against);
    hash = mix(mix(mix(hash, o->from), o->to), o->vantage);
    hash = mix_all(mix_all(hash, &o->baselines), &o->symptoms);
    hash = mix_all(hash, &o->candidates);
    hash = mix_all(mix_all(mix_all(hash, &o->select), &o->words), &o->logs);
    return pl_arena_printf(s->arena, "%s-%08x", s->run.started_at, (unsigned)(hash ^ (hash >> 32)));
}

static void start(struct pl_session *s, const struct pl_options *options, const char *command)
{
    *s = (struct pl_session){.arena = options->arena, .options = options};
    pl_map_init(&s->tokens, options->arena);
    int64_t now = pl_clock_wall_ns();
    s->deadline_ns = options->deadline_ns ? pl_clock_mono_ns() + options->deadline_ns : 0;
    s->run = (struct pl_run){
        .arena = s->arena,
        .command = command,
        .started_at = pl_clock_format(s->arena, now, 0),
        .version = PL_VERSION,
        .fail_on = options->fail_on,
    };
    s->run.id = make_id(s, now);
}

int pl_session_run(const struct pl_options *options, const char *command, pl_steps_fn *steps,
                   struct pl_err *err)
{
    struct pl_session s;
    start(&s, options, command);
    int status = pl_outputs_check(options, err) < 0 ? -1 : steps(&s, err);
    if (status < 0)
        pl_outputs_fail(&s, err);
    pl_loop_free(s.loop);
    pl_snapshot_stream_free(s.stream);
    return status;
}

/* ---- the baseline ---- */

static const struct pl_baseline *empty_baseline(struct pl_arena *arena)
{
    struct pl_baseline *b = PL_NEW(arena, struct pl_baseline);
    b->arena = arena;
    return b;
}

/* A secret that is not there matters only where something is probed with it. */
static void take_warnings(struct pl_session *s)
{
    struct pl_warning *list = NULL;
    size_t n = 0, cap = 0;
    for (size_t i = 0; i < s->baseline->n_warnings; i++)
        if (!s->options->no_probe || !s->baseline->warnings[i].of_source)
            PL_PUSH(s->arena, list, n, cap, s->baseline->warnings[i]);
    s->run.warnings = list;
    s->run.n_warnings = n;
}

int pl_session_baseline(struct pl_session *s, bool needed, struct pl_err *err)
{
    const struct pl_options *o = s->options;
    if (o->baselines.n == 0) {
        if (needed)
            return pl_err_set(err, PL_E_USAGE, "%s wants a baseline: -b FILE or -b FOLDER",
                              s->run.command);
        s->baseline = empty_baseline(s->arena);
    } else {
        struct pl_baseline_options read = {
            .paths = o->baselines.list,
            .n_paths = o->baselines.n,
            .vars = o->vars,
            .n_vars = o->n_vars,
            .project = o->projects.n ? o->projects.list[0] : NULL,
        };
        s->baseline = pl_baseline_read(s->arena, &read, err);
        if (!s->baseline)
            return -1;
    }
    const char **files = pl_arena_array(s->arena, s->baseline->n_files + 1, sizeof(*files));
    for (size_t i = 0; i < s->baseline->n_files; i++)
        files[i] = s->baseline->files[i]->name;
    s->run.baseline_files = files;
    s->run.n_baseline_files = s->baseline->n_files;
    take_warnings(s);
    s->connections =
        pl_arena_array(s->arena, s->baseline->n_connections + 1, sizeof(*s->connections));
    for (size_t i = 0; i < s->baseline->n_connections; i++)
        if (pl_select_connection(o, s->baseline->connections[i]))
            s->connections[s->n_connections++] = s->baseline->connections[i];
    if (!needed && s->baseline->n_connections == 0)
        return 0; /* they are not known yet: pl_session_infer */
    return pl_select_check(o, s->baseline->connections, s->baseline->n_connections, err);
}

const struct pl_connection *pl_session_connection(const struct pl_session *s, size_t i)
{
    return i < s->n_connections ? s->connections[i] : s->extra[i - s->n_connections];
}

/* ---- what else is read ---- */

int pl_session_symptoms(struct pl_session *s, struct pl_err *err)
{
    struct pl_symptom *all = NULL;
    size_t cap = 0;
    for (size_t i = 0; i < s->options->symptoms.n; i++) {
        const char *path = s->options->symptoms.list[i];
        const struct pl_symptom *list = NULL;
        size_t len = 0, n = 0;
        char *text = pl_file_read(s->arena, path, MAX_SYMPTOM_BYTES, &len, err);
        if (!text || pl_symptoms_read(s->arena, path, text, len, &list, &n, err) < 0)
            return -1;
        for (size_t j = 0; j < n; j++)
            PL_PUSH(s->arena, all, s->n_symptoms, cap, list[j]);
    }
    s->symptoms = all;
    return 0;
}

/* ---- comparison ---- */

void pl_session_diff(struct pl_session *s)
{
    struct pl_view *observed = pl_view_new(s->arena, s->world);
    int64_t now = pl_clock_wall_ns();
    s->diff = s->good ? pl_diff_worlds(s->arena, observed, pl_view_new(s->arena, s->good),
                                       s->baseline, now)
                      : pl_diff_baseline(s->arena, observed, s->baseline, now);
    if (s->good)
        s->baseline = pl_against_declared(s->arena, s->good, s->baseline);
    s->run.coverage = s->diff->coverage;
    s->run.ignored = s->diff->ignored;
    s->run.n_ignored = s->diff->n_ignored;
    s->run.unknown = s->diff->unknown;
    s->run.n_unknown = s->diff->n_unknown;
    s->run.rules = s->diff->rules;
    s->run.n_rules = s->diff->n_rules;
}

/* ---- explanation ---- */

static int by_severity(const void *a, const void *b)
{
    const struct pl_drift *const *x = a, *const *y = b;
    if ((*x)->severity != (*y)->severity)
        return (*x)->severity > (*y)->severity ? -1 : 1;
    return strcmp((*x)->field_full, (*y)->field_full);
}

static bool is_chosen(const struct pl_session *s, const struct pl_connection *c)
{
    for (size_t i = 0; i < s->n_connections + s->n_extra; i++)
        if (pl_session_connection(s, i) == c)
            return true;
    return false;
}

/* Is it what a chosen connection's failure comes from? */
static bool is_awaited(const struct pl_session *s, const struct pl_conn_result *all, size_t n,
                       const char *name)
{
    for (size_t i = 0; i < n; i++) {
        const struct pl_explanation *e = &all[i].explanation;
        for (size_t j = 0; is_chosen(s, all[i].connection) && j < e->n_upstream; j++)
            if (strcmp(e->upstream[j], name) == 0)
                return true;
    }
    return false;
}

/* A name that nothing has is a mistake in the file of symptoms: said, because its line counts for nothing. */
static void tell_unknown_names(const struct pl_session *s, const struct pl_conn_result *all,
                               size_t n)
{
    for (size_t i = 0; i < s->n_symptoms; i++) {
        const char *name = s->symptoms[i].connection;
        bool found = name == NULL;
        for (size_t j = 0; !found && j < n; j++)
            found = strcmp(all[j].connection->name, name) == 0;
        if (!found)
            pl_log(PL_LOG_WARN, "no connection is called '%s'; its symptom is left out", name);
    }
}

/* A vantage that is nobody's `from` would make every probe count for nothing, without a word. */
static void check_vantage(const struct pl_session *s)
{
    const char *vantage = s->options->vantage;
    struct pl_address a;
    if (!vantage || strcmp(vantage, "any") == 0 || strcmp(vantage, "here") == 0 ||
        pl_address_parse(s->arena, vantage, &a, NULL) < 0)
        return;
    for (size_t i = 0; i < s->n_connections; i++) {
        const struct pl_end *from = &s->connections[i]->from;
        if (from->what != PL_END_RESOURCE)
            continue;
        struct pl_address at =
            pl_address_resolve(&a, from->address.project, from->address.location);
        if (pl_address_equal(&at, &from->address))
            return;
    }
    pl_log(PL_LOG_WARN, "--vantage %s is the `from` of no connection: no probe counts for one",
           vantage);
}

/* What a rule ignores may be a cause all the same, and then has to be undone like any other. */
static void remediate(struct pl_session *s)
{
    size_t n = s->diff ? s->diff->n_drift + s->diff->n_ignored : 0;
    struct pl_drift **all = pl_arena_array(s->arena, n + 1, sizeof(*all));
    for (size_t i = 0; i < n; i++)
        all[i] =
            i < s->diff->n_drift ? s->diff->drift[i] : s->diff->ignored[i - s->diff->n_drift].drift;
    pl_remediate(s->arena, s->world, all, n);
}

/* What blocks and is no drift has nothing to be undone: what shows it is told. */
static void look_at_blockers(struct pl_session *s, struct pl_explanation *e)
{
    struct pl_blocker *list = pl_arena_array(s->arena, e->n_blockers + 1, sizeof(*list));
    for (size_t i = 0; i < e->n_blockers; i++) {
        struct pl_address address;
        struct pl_path path;
        list[i] = e->blockers[i];
        if (list[i].field_full &&
            pl_field_address_parse(s->arena, list[i].field_full, &address, &path, NULL) == 0)
            list[i].look = pl_remedy_look(s->arena, &address, &path);
    }
    e->blockers = list;
}

void pl_session_explain(struct pl_session *s)
{
    size_t n = 0;
    check_vantage(s);
    const struct pl_explain_input input = {
        .observed = s->world,
        .baseline = s->baseline, /* whole: the cause may lie upstream of what was chosen */
        .drift = s->diff ? s->diff->drift : NULL,
        .n_drift = s->diff ? s->diff->n_drift : 0,
        .ignored = s->diff ? s->diff->ignored : NULL,
        .n_ignored = s->diff ? s->diff->n_ignored : 0,
        .symptoms = s->symptoms,
        .n_symptoms = s->n_symptoms,
        .probes = s->probes,
        .n_probes = s->n_probes,
        .vantage = s->options->vantage,
        .against = s->good != NULL,
        .extra = s->extra,
        .n_extra = s->n_extra,
    };
    struct pl_conn_result *all = pl_explain(s->arena, &input, &n);
    remediate(s);
    for (size_t i = 0; i < n; i++)
        look_at_blockers(s, &all[i].explanation);
    struct pl_conn_result *chosen = pl_arena_array(s->arena, n + 1, sizeof(*chosen));
    tell_unknown_names(s, all, n);
    for (size_t i = 0; i < n; i++)
        if (is_chosen(s, all[i].connection) ||
            (s->run.logs && s->run.logs->subject && is_awaited(s, all, n, all[i].connection->name)))
            chosen[s->run.n_connections++] = all[i];
    s->run.connections = chosen;
    if (input.n_drift > 0)
        qsort(s->diff->drift, input.n_drift, sizeof(struct pl_drift *), by_severity);
    s->run.drift = (const struct pl_drift *const *)input.drift;
    s->run.n_drift = input.n_drift;
}

/* ---- the end ---- */

int pl_session_report(struct pl_session *s, struct pl_err *err)
{
    s->run.finished_at = pl_clock_format(s->arena, pl_clock_wall_ns(), 0);
    pl_run_judge(&s->run);
    pl_session_record(s);
    return pl_outputs_write(s, err) < 0 ? -1 : s->run.exit_status;
}

int pl_session_account(struct pl_session *s, struct pl_err *err)
{
    pl_session_diff(s);
    if (pl_session_probe(s, err) < 0 || pl_session_changes(s, err) < 0)
        return -1;
    pl_session_explain(s);
    pl_select_findings(s, pl_clock_wall_ns());
    pl_gaps_choose(s);
    return pl_session_report(s, err);
}
