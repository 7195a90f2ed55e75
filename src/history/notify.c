/* notify.c - what one would tell about a run: the difference between what a receiver was told and what stands now.
 *
 * So a message that did not arrive is made again by the next run, out of what is so by then, and nothing is ever told twice. Pure: sending is
 * src/cli's. The body holds what a report shows, and nothing else.
 */
#include <string.h>

#include "history_priv.h"
#include "plumbline/hash.h"
#include "plumbline/json.h"
#include "plumbline/map.h"

enum { MOST_CHANGES = 200 };

struct notice {
    struct pl_arena *arena;
    const struct pl_run *run;
    struct pl_notice out;
    struct pl_told_finding *told;
    size_t n_told, cap_told;
    const struct pl_value **changes;
    size_t n_changes, cap_changes;
    struct pl_buf text; /* a line a change, the first few */
};

static const struct pl_value *text_or_null(struct pl_arena *arena, const char *text)
{
    return text ? pl_value_string(arena, text) : pl_value_null();
}

static void keep(struct notice *n, const struct pl_told_finding *t)
{
    PL_PUSH(n->arena, n->told, n->n_told, n->cap_told, *t);
}

static void say(struct notice *n, enum pl_past_state state, const struct pl_told_finding *t,
                const char *before, const struct pl_past_finding *f)
{
    struct pl_arena *a = n->arena;
    const char *name = pl_past_state_names[state];
    const struct pl_member members[] = {
        {"what", pl_value_string(a, pl_past_what_names[t->what])},
        {"name", pl_value_string(a, t->name)},
        {"label", pl_value_string(a, t->label)},
        {"id", pl_value_string(a, t->id)},
        {"state", pl_value_string(a, name)},
        {"severity", pl_value_string(a, pl_severity_names[t->severity])},
        {"text", pl_value_string(a, t->text)},
        {"before", text_or_null(a, before)},
        {"note", text_or_null(a, f ? f->note : NULL)},
        {"first_seen", text_or_null(a, f ? f->first_seen : NULL)},
        {"flapping", pl_value_bool(f && f->flapping)},
    };
    const struct pl_value *v = pl_value_map(a, members, PL_LEN(members));
    if (n->n_changes < MOST_CHANGES)
        PL_PUSH(a, n->changes, n->n_changes, n->cap_changes, v);
    size_t said = n->out.n_new + n->out.n_changed + n->out.n_resolved;
    if (said < 10)
        pl_buf_addf(&n->text, "\n%s %s: %s", name, t->label, t->text);
    n->out.n_new += state == PL_PAST_NEW;
    n->out.n_changed += state == PL_PAST_CHANGED;
    n->out.n_resolved += state == PL_PAST_RESOLVED;
}

/* Runs in a row in which it was away; those that could not look do not count. */
static int away(const char *window)
{
    int n = 0;
    for (size_t i = strlen(window); i > 0 && window[i - 1] != 'x'; i--)
        n += window[i - 1] == '.';
    return n;
}

static bool is_there(const struct pl_past_finding *f)
{
    return f->state == PL_PAST_NEW || f->state == PL_PAST_ONGOING || f->state == PL_PAST_CHANGED;
}

static void take(struct notice *n, const struct pl_past_finding *f,
                 const struct pl_told_finding *told, int confirm)
{
    const struct pl_told_finding now = {.what = f->what,
                                        .name = f->name,
                                        .label = f->label,
                                        .id = f->id,
                                        .text = f->text,
                                        .severity = f->severity};
    bool small = f->severity < n->run->fail_on;
    if (is_there(f) && !small && f->same >= confirm) {
        if (!told)
            say(n, PL_PAST_NEW, &now, NULL, f);
        else if (strcmp(told->id, f->id) != 0)
            say(n, PL_PAST_CHANGED, &now, told->text, f);
        keep(n, &now);
    } else if (told && !is_there(f) && f->state != PL_PAST_UNKNOWN && away(f->window) >= confirm) {
        say(n, PL_PAST_RESOLVED, told, NULL, f);
    } else if (told) {
        keep(n, told); /* not yet, or nobody could look */
    }
}

static char *key_of(struct pl_arena *arena, enum pl_past_what what, const char *name, size_t again)
{
    return pl_arena_printf(arena, "%d %zu %s", (int)what, again, name);
}

/* The n-th of its name: elements of a list without names share one. */
static const struct pl_told_finding *find_told(struct pl_map *by_name, struct pl_arena *arena,
                                               const struct pl_past_finding *f, bool **used,
                                               const struct pl_told *told)
{
    const struct pl_told_finding *first = NULL;
    for (size_t again = 0;; again++) {
        uintptr_t i = (uintptr_t)pl_map_get(by_name, key_of(arena, f->what, f->name, again));
        if (i == 0)
            break;
        if ((*used)[i - 1])
            continue;
        if (strcmp(told->findings[i - 1].id, f->id) == 0) {
            (*used)[i - 1] = true;
            return &told->findings[i - 1];
        }
        if (!first)
            first = &told->findings[i - 1];
    }
    if (first)
        (*used)[first - told->findings] = true;
    return first;
}

static const struct pl_value *run_value(const struct notice *n)
{
    struct pl_arena *a = n->arena;
    const struct pl_run *run = n->run;
    const struct pl_value **projects = pl_arena_array(a, run->n_projects + 1, sizeof(*projects));
    for (size_t i = 0; i < run->n_projects; i++)
        projects[i] = pl_value_string(a, run->projects[i]);
    const struct pl_member members[] = {
        {"id", pl_value_string(a, run->id)},
        {"series", pl_value_string(a, run->past->series)},
        {"started_at", pl_value_string(a, run->started_at)},
        {"verdict", pl_value_string(a, pl_verdict_names[run->verdict])},
        {"exit_status", pl_value_int(a, run->exit_status)},
        {"reason", text_or_null(a, run->reason)},
        {"unknown", pl_value_int(a, (int64_t)run->coverage.unknown)},
        {"projects", pl_value_list(a, projects, run->n_projects)},
    };
    return pl_value_map(a, members, PL_LEN(members));
}

static const char *summary(struct notice *n)
{
    const struct {
        size_t n;
        const char *word;
    } parts[] = {
        {n->out.n_new, "new"}, {n->out.n_changed, "changed"}, {n->out.n_resolved, "resolved"}};
    struct pl_buf b = {0};
    pl_buf_addf(&b, "plumbline, %s: ", n->run->past->series);
    for (size_t i = 0, any = 0; i < PL_LEN(parts); i++)
        if (parts[i].n > 0)
            pl_buf_addf(&b, "%s%zu %s", any++ ? ", " : "", parts[i].n, parts[i].word);
    pl_buf_addf(&b, "; now %s", pl_verdict_names[n->run->verdict]);
    pl_buf_adds(&b, pl_buf_str(&n->text));
    size_t said = n->out.n_new + n->out.n_changed + n->out.n_resolved;
    if (said > 10)
        pl_buf_addf(&b, "\nand %zu more", said - 10);
    return pl_buf_take(&b, n->arena);
}

static char *body(struct notice *n)
{
    struct pl_arena *a = n->arena;
    const char *text = summary(n);
    char *id = pl_arena_printf(a, "%s %s", n->run->id, text);
    const struct pl_member counts[] = {
        {"new", pl_value_int(a, (int64_t)n->out.n_new)},
        {"changed", pl_value_int(a, (int64_t)n->out.n_changed)},
        {"resolved", pl_value_int(a, (int64_t)n->out.n_resolved)},
    };
    const struct pl_member members[] = {
        {"plumbline_notification", pl_value_string(a, "1.0")},
        {"id", pl_value_string(a, pl_hash_text(a, id, strlen(id)))},
        {"text", pl_value_string(a, text)},
        {"run", run_value(n)},
        {"counts", pl_value_map(a, counts, PL_LEN(counts))},
        {"changes", pl_value_list(a, n->changes, n->n_changes)},
    };
    return pl_json_text(a, pl_value_map(a, members, PL_LEN(members)));
}

struct pl_notice pl_notice_make(const struct pl_run *run, const struct pl_told *told, int confirm)
{
    struct notice n = {.arena = run->arena, .run = run};
    struct pl_map by_name;
    bool *used = pl_arena_array(n.arena, told->n + 1, sizeof(*used));
    pl_map_init(&by_name, n.arena);
    for (size_t i = 0; i < told->n; i++) {
        size_t again = 0;
        const struct pl_told_finding *t = &told->findings[i];
        while (pl_map_has(&by_name, key_of(n.arena, t->what, t->name, again)))
            again++;
        (void)pl_map_put(&by_name, key_of(n.arena, t->what, t->name, again),
                         (void *)(uintptr_t)(i + 1));
    }
    for (size_t i = 0; i < run->past->n_findings; i++) {
        const struct pl_past_finding *f = &run->past->findings[i];
        take(&n, f, find_told(&by_name, n.arena, f, &used, told), confirm);
    }
    /* So long away that nobody remembers it. */
    for (size_t i = 0; i < told->n; i++)
        if (!used[i])
            say(&n, PL_PAST_RESOLVED, &told->findings[i], NULL, NULL);
    n.out.told = (struct pl_told){.findings = n.told, .n = n.n_told};
    if (n.out.n_new + n.out.n_changed + n.out.n_resolved > 0)
        n.out.body = body(&n);
    pl_buf_free(&n.text);
    return n.out;
}
