/* record.c - where runs are kept, and the recording of one.
 *
 * A store that was asked for and cannot be written is an error like any output's: the reports are written, the exit status is 1. The one that
 * nobody asked for, in the state folder, is a help: without it a run is told once on standard error, and ends as it ends.
 */
#include <errno.h>
#include <string.h>

#include "cli_priv.h"
#include "plumbline/hash.h"
#include "plumbline/log.h"

const char *pl_store_where(const struct pl_options *o)
{
    if (o->store)
        return o->store;
    const char *folder = pl_state_folder(o->arena);
    return folder ? pl_arena_printf(o->arena, "%s/history.db", folder) : NULL;
}

struct pl_store *pl_store_for_reading(const struct pl_options *o, struct pl_err *err)
{
    const char *where = pl_store_where(o);
    if (!where || strcmp(where, "none") == 0) {
        (void)pl_err_set(err, PL_E_USAGE, "no store: give --store, or set HOME or XDG_STATE_HOME");
        return NULL;
    }
    struct pl_store *store = pl_store_open(where, false, err);
    if (!store && !o->store && err->sys == ENOENT)
        (void)pl_err_set(err, PL_E_IO,
                         "no run is stored yet: `plumbline audit` stores its runs in %s", where);
    return store;
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static void add_list(struct pl_buf *b, const char *what, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        pl_buf_addf(b, "%s%s", i ? "," : what, list[i]);
}

/* The runs that are compared with this one: of the same baselines, by file name, so that two checkouts are one series. */
static const char *series_of(struct pl_session *s)
{
    const struct pl_options *o = s->options;
    const struct pl_run *run = &s->run;
    struct pl_buf b = {0};
    for (size_t i = 0; i < run->n_baseline_files; i++)
        pl_buf_addf(&b, "%s%s", i ? "," : "", base_name(run->baseline_files[i]));
    add_list(&b, " in ", run->projects, run->n_projects);
    add_list(&b, " select ", o->select.list, o->select.n);
    if (o->against)
        pl_buf_adds(&b, " against another state");
    if (o->vantage)
        pl_buf_addf(&b, " from %s", o->vantage);
    return pl_buf_take(&b, s->arena);
}

static void add_file(struct pl_buf *b, struct pl_map *seen, const struct pl_mark *mark)
{
    static char there[] = "";
    if (mark->file && !pl_map_put(seen, mark->file->name, there))
        pl_buf_addf(b, "%s\n%.*s\n", mark->file->name, (int)mark->file->len, mark->file->text);
}

/* Needs follow from the baseline, what was chosen of it, and this version's tables. */
const char *pl_needs_name(struct pl_session *s)
{
    struct pl_buf b = {0};
    struct pl_map seen;
    pl_map_init(&seen, s->arena);
    pl_buf_adds(&b, PL_VERSION "\n");
    for (size_t i = 0; i < s->baseline->n_resources; i++)
        add_file(&b, &seen, &s->baseline->resources[i].mark);
    for (size_t i = 0; i < s->baseline->n_connections; i++)
        add_file(&b, &seen, &s->baseline->connections[i]->mark);
    for (size_t i = 0; i < s->options->n_vars; i++)
        pl_buf_addf(&b, "%s=%s\n", s->options->vars[i].name, s->options->vars[i].value);
    const char *name = pl_hash_text(s->arena, pl_buf_str(&b), b.len);
    pl_buf_free(&b);
    return name;
}

static int record(struct pl_session *s, const char *where, struct pl_err *err)
{
    const struct pl_options *o = s->options;
    if (!o->store && pl_state_folder_make(s->arena) < 0)
        return pl_err_sys(err, PL_E_IO, errno, "cannot make the state folder for %s", where);
    struct pl_store *store = pl_store_open(where, true, err);
    if (!store)
        return -1;
    struct pl_history_options options = {
        .series = series_of(s), .keep = o->keep, .kept = s->kept ? pl_needs_name(s) : NULL};
    if (options.keep.for_ns == 0 && options.keep.runs == 0)
        options.keep.for_ns = (int64_t)PL_HISTORY_KEEP_DAYS * 86400 * 1000000000;
    int status = pl_history_record(store, &s->run, s->world, &options, err);
    if (status == 0)
        pl_session_notify(s, store);
    pl_store_close(store);
    return status;
}

void pl_session_record(struct pl_session *s)
{
    struct pl_err err = {0};
    const char *where = pl_store_where(s->options);
    if (!s->records || (where && strcmp(where, "none") == 0))
        return;
    if (!where) {
        pl_log(PL_LOG_INFO, "no state folder: this run is not stored");
        return;
    }
    if (record(s, where, &err) == 0)
        return;
    if (!s->options->store) {
        pl_log(PL_LOG_WARN, "this run is not stored (--store none says that it need not be): %s",
               err.text);
        return;
    }
    pl_log(PL_LOG_ERROR, "this run is not stored: %s", err.text);
    s->run.exit_status = PL_EXIT_FAILED;
    s->run.reason = pl_arena_printf(s->arena, "this run could not be stored (%s); %s", err.text,
                                    s->run.reason ? s->run.reason : "");
}
