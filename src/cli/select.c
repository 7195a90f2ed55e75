/* select.c - what a run is about: --select by name or address, the words of `explain` and `probe`.
 *
 * All drift stays a suspect whatever was selected: only what is reported, and what the exit status is computed from, is narrowed.
 */
#include <fnmatch.h>
#include <string.h>

#include "cli_priv.h"
#include "plumbline/yaml.h"

/* A pattern for resources and fields; anything else is one for names of connections. */
static bool is_address(const char *pattern)
{
    return strchr(pattern, '/') != NULL;
}

static bool end_matches(const char *pattern, const struct pl_end *end)
{
    return end->what == PL_END_RESOURCE && pl_address_match(pattern, &end->address, NULL);
}

bool pl_select_connection(const struct pl_options *o, const struct pl_connection *c)
{
    for (size_t i = 0; i < o->select.n; i++) {
        const char *pattern = o->select.list[i];
        if (is_address(pattern) ? end_matches(pattern, &c->from) || end_matches(pattern, &c->to)
                                : fnmatch(pattern, c->name, 0) == 0)
            return true;
    }
    return o->select.n == 0;
}

static int no_such_name(struct pl_arena *arena, const struct pl_connection *const *list, size_t n,
                        const char *what, const char *name, struct pl_err *err)
{
    const char **names = pl_arena_array(arena, n + 1, sizeof(*names));
    for (size_t i = 0; i < n; i++)
        names[i] = list[i]->name;
    const char *near = pl_nearest(name, names, n);
    return pl_err_set(err, PL_E_USAGE, "%sno connection is called '%s'%s%s", what, name,
                      near ? ", nearest: " : "", near ? near : "");
}

/* A pattern that fits nothing would silently select nothing, and nothing is clean. */
int pl_select_check(const struct pl_options *o, const struct pl_connection *const *list, size_t n,
                    struct pl_err *err)
{
    for (size_t i = 0; i < o->select.n; i++) {
        const char *pattern = o->select.list[i];
        bool found = false;
        if (is_address(pattern)) {
            if (pl_address_pattern_check(pattern, err) < 0)
                return pl_err_wrap(err, "--select");
            continue;
        }
        for (size_t j = 0; j < n; j++)
            found = found || fnmatch(pattern, list[j]->name, 0) == 0;
        if (!found)
            return no_such_name(o->arena, list, n, "--select: ", pattern, err);
    }
    return 0;
}

int pl_select_words(struct pl_session *s, struct pl_err *err)
{
    const struct pl_texts *words = &s->options->words;
    const struct pl_connection **chosen = pl_arena_array(s->arena, words->n + 1, sizeof(*chosen));
    size_t n = 0;
    for (size_t i = 0; i < words->n; i++) {
        const struct pl_connection *c = pl_baseline_connection(s->baseline, words->list[i]);
        bool twice = false;
        if (!c)
            return no_such_name(s->arena, s->baseline->connections, s->baseline->n_connections, "",
                                words->list[i], err);
        for (size_t j = 0; j < n; j++)
            twice = twice || chosen[j] == c;
        if (!twice)
            chosen[n++] = c;
    }
    if (words->n > 0) {
        s->connections = chosen;
        s->n_connections = n;
    }
    return 0;
}

/* ---- what is reported ---- */

static bool any_address(const struct pl_options *o)
{
    for (size_t i = 0; i < o->select.n; i++)
        if (is_address(o->select.list[i]))
            return true;
    return false;
}

static bool selects(const struct pl_options *o, const struct pl_address *address,
                    const struct pl_path *path)
{
    for (size_t i = 0; i < o->select.n; i++)
        if (is_address(o->select.list[i]) && pl_address_match(o->select.list[i], address, path))
            return true;
    return false;
}

/* The resource, or something in it. */
static bool touches(const struct pl_options *o, const struct pl_address *address)
{
    for (size_t i = 0; i < o->select.n; i++) {
        const char *pattern = o->select.list[i];
        const char *whole = pl_arena_strndup(o->arena, pattern, strcspn(pattern, ":"));
        if (is_address(pattern) && pl_address_match(whole, address, NULL))
            return true;
    }
    return false;
}

bool pl_select_resource(const void *options, const struct pl_address *address)
{
    return touches(options, address);
}

/* The baseline with only the selected resources: what coverage is counted over. */
static struct pl_baseline narrowed(const struct pl_session *s)
{
    struct pl_baseline b = *s->baseline;
    struct pl_declared *kept = pl_arena_array(s->arena, b.n_resources + 1, sizeof(*kept));
    b.n_resources = 0;
    for (size_t i = 0; i < s->baseline->n_resources; i++)
        if (touches(s->options, &s->baseline->resources[i].address))
            kept[b.n_resources++] = s->baseline->resources[i];
    b.resources = kept;
    b.n_only = 0;
    return b;
}

static struct pl_coverage coverage_of(struct pl_session *s, int64_t now_ns)
{
    if (!any_address(s->options))
        return (struct pl_coverage){0};
    if (s->good) /* the last good state is counted whole: its fields were not declared one by one */
        return s->diff->coverage;
    struct pl_baseline few = narrowed(s);
    return pl_diff_baseline(s->arena, pl_view_new(s->arena, s->world), &few, now_ns)->coverage;
}

/* Of a chosen connection, or of one that it waits for. */
static bool explains_chosen(const struct pl_run *run, const struct pl_drift *d)
{
    for (size_t i = 0; i < run->n_connections; i++) {
        const struct pl_conn_result *c = &run->connections[i];
        for (size_t j = 0; j < d->n_explains; j++) {
            if (strcmp(d->explains[j], c->connection->name) == 0)
                return true;
            for (size_t k = 0; k < c->explanation.n_upstream; k++)
                if (strcmp(d->explains[j], c->explanation.upstream[k]) == 0)
                    return true;
        }
    }
    return false;
}

void pl_select_findings(struct pl_session *s, int64_t now_ns)
{
    const struct pl_options *o = s->options;
    struct pl_run *run = &s->run;
    size_t n = 0;
    if (o->select.n == 0 && !s->in_depth)
        return;
    const struct pl_drift **drift = pl_arena_array(s->arena, run->n_drift + 1, sizeof(*drift));
    for (size_t i = 0; i < run->n_drift; i++)
        if (explains_chosen(run, run->drift[i]) ||
            selects(o, &run->drift[i]->address, &run->drift[i]->path))
            drift[n++] = run->drift[i];
    run->drift = drift;
    run->n_drift = n;
    struct pl_ignored *ignored = pl_arena_array(s->arena, run->n_ignored + 1, sizeof(*ignored));
    n = 0;
    for (size_t i = 0; i < run->n_ignored; i++)
        if (selects(o, &run->ignored[i].drift->address, &run->ignored[i].drift->path))
            ignored[n++] = run->ignored[i];
    run->ignored = ignored;
    run->n_ignored = n;
    struct pl_unknown *unknown = pl_arena_array(s->arena, run->n_unknown + 1, sizeof(*unknown));
    n = 0;
    for (size_t i = 0; i < run->n_unknown; i++)
        if (selects(o, &run->unknown[i].address, &run->unknown[i].path))
            unknown[n++] = run->unknown[i];
    run->unknown = unknown;
    run->n_unknown = n;
    run->n_rules = 0; /* whether a rule is of use shows only on the whole */
    run->coverage = coverage_of(s, now_ns);
}
