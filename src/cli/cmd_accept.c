/* cmd_accept.c - drift of a stored run into the baseline, or into an ignore rule; shown first with --dry-run.
 *
 * Nothing is written unless every edit could be made, the files still validate, and a comparison with what the run observed finds exactly
 * the accepted drift gone and nothing else changed.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli_priv.h"
#include "plumbline/accept.h"
#include "plumbline/clock.h"
#include "plumbline/file.h"
#include "plumbline/map.h"
#include "plumbline/snapshot.h"

/* A file with the drift that is accepted in it, last first: an edit moves nothing that stands above it. */
struct file {
    const char *name;
    const char *before, *after;
    const struct pl_drift **drifts;
    size_t n, cap;
};

struct accept {
    struct pl_session s;
    const struct pl_run *run;
    const struct pl_world *world; /* what it observed */
    struct file *files;
    size_t n_files, cap_files;
    struct pl_ignore rule;
};

/* ---- what is accepted ---- */

static struct file *file_for(struct accept *a, const char *name, struct pl_err *err)
{
    struct pl_arena *arena = a->s.arena;
    for (size_t i = 0; i < a->n_files; i++)
        if (strcmp(a->files[i].name, name) == 0)
            return &a->files[i];
    struct file f = {.name = name};
    size_t len = 0;
    f.before = f.after = pl_file_read(arena, name, PL_YAML_MAX_BYTES, &len, err);
    if (!f.before)
        return NULL;
    if (strlen(f.before) != len) {
        (void)pl_err_set(err, PL_E_BASELINE, "%s: a NUL character stands in it", name);
        return NULL;
    }
    PL_PUSH(arena, a->files, a->n_files, a->cap_files, f);
    return &a->files[a->n_files - 1];
}

static bool is_named(const struct pl_drift *d, const char *word)
{
    return strcmp(d->field, word) == 0 || strcmp(d->field_full, word) == 0 ||
           strcmp(d->id, word) == 0 || pl_address_match(word, &d->address, &d->path);
}

static int add(struct accept *a, const struct pl_drift *d, struct pl_err *err)
{
    if (!d->mark.file)
        return pl_err_set(err, PL_E_BASELINE, "%s is declared in no file: it cannot be accepted",
                          d->field);
    struct file *f = file_for(a, d->mark.file->name, err);
    if (!f)
        return -1;
    PL_PUSH(a->s.arena, f->drifts, f->n, f->cap, d);
    return 0;
}

static int no_such(struct accept *a, const char *word, struct pl_err *err)
{
    const char **names = pl_arena_array(a->s.arena, a->run->n_drift + 1, sizeof(*names));
    for (size_t i = 0; i < a->run->n_drift; i++)
        names[i] = a->run->drift[i]->field;
    const char *near = pl_nearest(word, names, a->run->n_drift);
    return pl_err_set(err, PL_E_USAGE, "run %s found no drift '%s'%s%s", a->run->id, word,
                      near ? ", nearest: " : "", near ? near : "");
}

static int choose(struct accept *a, struct pl_err *err)
{
    const struct pl_options *o = a->s.options;
    const struct pl_run *run = a->run;
    bool *chosen = pl_arena_array(a->s.arena, run->n_drift + 1, sizeof(*chosen));
    for (size_t w = 0; w < o->words.n; w++) {
        bool any = false;
        for (size_t i = 0; i < run->n_drift; i++)
            if (is_named(run->drift[i], o->words.list[w]))
                any = chosen[i] = true;
        if (!any)
            return no_such(a, o->words.list[w], err);
    }
    for (size_t i = 0; i < run->n_drift; i++)
        if ((o->all || chosen[i]) && add(a, run->drift[i], err) < 0)
            return -1;
    return a->n_files > 0
               ? 0
               : pl_err_set(err, PL_E_USAGE, "run %s found no drift: nothing to accept", run->id);
}

/* ---- editing ---- */

static int from_below(const void *a, const void *b)
{
    const struct pl_drift *const *x = a, *const *y = b;
    if ((*x)->mark.line != (*y)->mark.line)
        return (*x)->mark.line > (*y)->mark.line ? -1 : 1;
    return (*x)->mark.column > (*y)->mark.column ? -1 : (*x)->mark.column < (*y)->mark.column;
}

static char *ignore(struct accept *a, const struct file *f, size_t *refused, struct pl_err *err)
{
    struct pl_ignore *rules = pl_arena_array(a->s.arena, f->n, sizeof(*rules));
    for (size_t i = 0; i < f->n; i++) {
        rules[i] = a->rule;
        rules[i].field = f->drifts[f->n - 1 - i]->field;
    }
    char *after = pl_accept_rules(a->s.arena, f->name, f->before, rules, f->n, refused, err);
    *refused = f->n - 1 - *refused;
    return after;
}

static int edit(struct accept *a, struct file *f, struct pl_err *err)
{
    size_t refused = 0;
    qsort(f->drifts, f->n, sizeof(*f->drifts), from_below);
    f->after = a->s.options->ignore ? ignore(a, f, &refused, err)
                                    : pl_accept_drifts(a->s.arena, f->name, f->before, f->drifts,
                                                       f->n, &refused, err);
    return f->after ? 0 : pl_err_wrap(err, "%s cannot be accepted", f->drifts[refused]->field);
}

/* ---- is it exactly that? ---- */

/* The baseline with one file as it shall be. */
static const struct pl_baseline *read_with(struct accept *a, const struct file *f, const char *text,
                                           struct pl_err *err)
{
    const struct pl_options *o = a->s.options;
    const struct pl_run *run = a->run;
    const char **paths = pl_arena_array(a->s.arena, run->n_baseline_files + 1, sizeof(*paths));
    size_t n = 0;
    for (size_t i = 0; i < run->n_baseline_files; i++)
        if (strcmp(run->baseline_files[i], f->name) != 0)
            paths[n++] = run->baseline_files[i];
    const struct pl_baseline_options read = {
        .paths = paths,
        .n_paths = n,
        .text = text,
        .name = f->name,
        .vars = o->vars,
        .n_vars = o->n_vars,
        .project = o->projects.n ? o->projects.list[0] : NULL,
    };
    return pl_baseline_read(a->s.arena, &read, err);
}

static struct pl_diff *diff_of(struct accept *a, const struct pl_baseline *b)
{
    return pl_diff_baseline(a->s.arena, pl_view_new(a->s.arena, a->world), b, pl_clock_wall_ns());
}

static void take_id(struct pl_map *map, const struct pl_drift *d)
{
    static char there[] = "";
    (void)pl_map_put(map, d->id, there);
}

/* What a declared field refers to may differ as well, and differs no more once that is accepted: fewer is fine, others are not. */
static int check_drift(struct accept *a, const struct file *f, const struct pl_diff *before,
                       const struct pl_diff *after, struct pl_err *err)
{
    struct pl_map was, is, accepted;
    pl_map_init(&was, a->s.arena);
    pl_map_init(&is, a->s.arena);
    pl_map_init(&accepted, a->s.arena);
    for (size_t i = 0; i < before->n_drift; i++)
        take_id(&was, before->drift[i]);
    for (size_t i = 0; i < after->n_drift; i++)
        take_id(&is, after->drift[i]);
    for (size_t i = 0; i < f->n; i++)
        take_id(&accepted, f->drifts[i]);
    for (size_t i = 0; i < f->n; i++)
        if (!pl_map_has(&was, f->drifts[i]->id))
            return pl_err_set(
                err, PL_E_BASELINE,
                "%s: %s does not differ so any more: the file has changed since run %s; "
                "audit again",
                f->name, f->drifts[i]->field, a->run->id);
    for (size_t i = 0; i < after->n_drift; i++)
        if (!pl_map_has(&was, after->drift[i]->id))
            return pl_err_set(err, PL_E_BASELINE,
                              "%s: %s would differ then, and does not now; edit it by hand",
                              f->name, after->drift[i]->field);
    for (size_t i = 0; i < f->n; i++)
        if (pl_map_has(&is, f->drifts[i]->id))
            return pl_err_set(err, PL_E_BASELINE, "%s: %s would still differ; edit it by hand",
                              f->name, f->drifts[i]->field);
    for (size_t i = 0; i < before->n_drift; i++)
        if (!pl_map_has(&is, before->drift[i]->id) && !pl_map_has(&accepted, before->drift[i]->id))
            return pl_err_set(err, PL_E_BASELINE,
                              "%s: %s would be accepted with it; name it, too, or edit by hand",
                              f->name, before->drift[i]->field);
    return 0;
}

static int check(struct accept *a, const struct file *f, struct pl_err *err)
{
    const struct pl_baseline *before = read_with(a, f, f->before, err);
    const struct pl_baseline *after = before ? read_with(a, f, f->after, err) : NULL;
    if (!after)
        return pl_err_wrap(err, "%s", before ? "with the edit" : "as it is");
    return check_drift(a, f, diff_of(a, before), diff_of(a, after), err);
}

/* ---- the command ---- */

static int write_file(struct accept *a, const struct file *f, struct pl_err *err)
{
    struct stat st;
    const struct pl_options *o = a->s.options;
    const char *diff = pl_accept_diff(a->s.arena, f->name, f->before, f->after);
    if ((o->dry_run || o->verbose >= 0) && fputs(diff, stdout) == EOF)
        return pl_err_set(err, PL_E_IO, "cannot write standard output");
    if (o->dry_run)
        return 0;
    mode_t mode = stat(f->name, &st) == 0 ? st.st_mode & 07777 : 0644;
    return pl_file_write(f->name, f->after, strlen(f->after), mode, err);
}

static int accept_all(struct accept *a, struct pl_err *err)
{
    if (choose(a, err) < 0)
        return -1;
    for (size_t i = 0; i < a->n_files; i++)
        if (edit(a, &a->files[i], err) < 0 || check(a, &a->files[i], err) < 0)
            return -1;
    for (size_t i = 0; i < a->n_files; i++)
        if (write_file(a, &a->files[i], err) < 0)
            return -1;
    if (a->s.options->dry_run && a->s.options->verbose >= 0)
        fprintf(stderr, "plumbline: nothing was written (--dry-run)\n");
    return PL_EXIT_OK;
}

/* What the run observed, for the comparison; the needs of a live one are those of the baseline as it was. */
static int load_world(struct accept *a, struct pl_store *store, const struct pl_history_row *row,
                      struct pl_err *err)
{
    size_t len = 0;
    struct pl_session *s = &a->s;
    s->baseline =
        pl_baseline_read(s->arena,
                         &(struct pl_baseline_options){.paths = a->run->baseline_files,
                                                       .n_paths = a->run->n_baseline_files,
                                                       .vars = s->options->vars,
                                                       .n_vars = s->options->n_vars},
                         err);
    s->run.command = "audit";
    char *text = s->baseline ? pl_history_snapshot(store, s->arena, row, &len, err) : NULL;
    if (!text)
        return -1;
    if (*row->kept && strcmp(row->kept, pl_needs_name(s)) != 0)
        return pl_err_set(err, PL_E_USAGE,
                          "the baseline (or --var) is another than in run %s: audit again",
                          row->id);
    a->world = pl_snapshot_read_kept(s->arena, row->id, text, len,
                                     *row->kept ? pl_session_needs(s) : NULL, err);
    return a->world ? 0 : -1;
}

static int check_options(struct pl_options *o, struct pl_err *err)
{
    int64_t end;
    bool rule = o->reason || o->owner || o->expires;
    if (o->all ? o->words.n > 0 : o->words.n == 0)
        return pl_err_set(err, PL_E_USAGE,
                          "accept wants fields (as the report names them, or patterns) or --all");
    if (!o->ignore && rule)
        return pl_err_set(err, PL_E_USAGE, "--reason, --owner and --expires go with --ignore");
    if (o->ignore && !(o->reason && o->owner && o->expires))
        return pl_err_set(err, PL_E_USAGE,
                          "--ignore wants --reason (why is it right?), --owner (who is asked?) and "
                          "--expires (a day such as 2027-01-31)");
    if (o->expires && pl_clock_parse_day_end(o->expires, &end) < 0)
        return pl_err_set(err, PL_E_USAGE, "--expires wants a day such as 2027-01-31, got '%s'",
                          o->expires);
    if (o->expires && end <= pl_clock_wall_ns())
        return pl_err_set(err, PL_E_USAGE, "--expires %s: that day is over", o->expires);
    return 0;
}

int pl_cmd_accept(struct pl_options *options, struct pl_err *err)
{
    struct accept a = {.s = {.arena = options->arena, .options = options}};
    struct pl_history_row row;
    if (check_options(options, err) < 0)
        return -1;
    a.rule = (struct pl_ignore){
        .reason = options->reason, .owner = options->owner, .expires = options->expires};
    struct pl_store *store = pl_store_for_reading(options, err);
    if (!store)
        return -1;
    int status = pl_history_find(store, options->arena, options->run ? options->run : "latest",
                                 NULL, &row, err);
    a.run = status == 0 ? pl_history_run(store, options->arena, &row, err) : NULL;
    status = a.run ? load_world(&a, store, &row, err) : -1;
    pl_store_close(store);
    return status == 0 ? accept_all(&a, err) : -1;
}
