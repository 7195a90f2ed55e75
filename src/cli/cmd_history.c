/* cmd_history.c - the stored runs as a list, the findings of one over time, and any two compared.
 */
#include <stdio.h>
#include <string.h>

#include "cli_priv.h"
#include "plumbline/escape.h"
#include "plumbline/file.h"
#include "plumbline/json.h"

enum { MOST_RUNS = 30 };

/* Before a store is opened: a word that is wrong is wrong whatever is stored. */
static int check(const struct pl_options *o, struct pl_err *err)
{
    const char *name = o->n_outputs ? o->outputs[0].writer->name : "text";
    const char *word = o->words.n ? o->words.list[0] : "list";
    size_t most = strcmp(word, "diff") == 0 ? 3 : strcmp(word, "show") == 0 ? 2 : 1;
    if (most == 3 && o->words.n < 3)
        return pl_err_set(err, PL_E_USAGE, "history diff wants two runs: diff RUN RUN");
    if (o->words.n > most || (most == 1 && strcmp(word, "list") != 0))
        return pl_err_set(err, PL_E_USAGE,
                          "history takes show RUN, diff RUN RUN, or nothing; not '%s'",
                          o->words.list[o->words.n - 1]);
    if (o->n_outputs > 1 || (strcmp(name, "json") != 0 && strcmp(name, "text") != 0))
        return pl_err_set(err, PL_E_USAGE,
                          "history writes text or json, once; `plumbline report RUN` writes a run "
                          "in every format");
    return pl_outputs_check(o, err);
}

static void add_row(struct pl_buf *out, const struct pl_history_row *r)
{
    pl_buf_addf(out, "%s  %-10s  %4d  %7d  %5d  %7d  ", r->started_at, r->verdict, r->exit_status,
                r->failing, r->drift, r->unknown);
    pl_escape_terminal(out, r->id);
    pl_buf_adds(out, "  ");
    pl_escape_terminal(out, r->series);
    pl_buf_addc(out, '\n');
}

static void list_text(struct pl_buf *out, const struct pl_history_row *rows, size_t n, bool is_cut)
{
    if (n == 0) {
        pl_buf_adds(out, "No run is stored of that time.\n");
        return;
    }
    pl_buf_addf(out, "%-20s  %-10s  %4s  %7s  %5s  %7s  %-29s  %s\n", "STARTED", "VERDICT", "EXIT",
                "FAILING", "DRIFT", "UNKNOWN", "RUN", "OF");
    for (size_t i = 0; i < n; i++)
        add_row(out, &rows[i]);
    if (is_cut)
        pl_buf_addf(out, "The newest %zu; --since shows more.\n", n);
}

static const struct pl_value *row_value(struct pl_arena *arena, const struct pl_history_row *r)
{
    const struct pl_member members[] = {
        {"id", pl_value_string(arena, r->id)},
        {"series", pl_value_string(arena, r->series)},
        {"command", pl_value_string(arena, r->command)},
        {"started_at", pl_value_string(arena, r->started_at)},
        {"verdict", pl_value_string(arena, r->verdict)},
        {"reason", pl_value_string(arena, r->reason)},
        {"exit_status", pl_value_int(arena, r->exit_status)},
        {"failing", pl_value_int(arena, r->failing)},
        {"drift", pl_value_int(arena, r->drift)},
        {"unknown", pl_value_int(arena, r->unknown)},
    };
    return pl_value_map(arena, members, PL_LEN(members));
}

static void list_json(struct pl_buf *out, struct pl_arena *arena, const struct pl_history_row *rows,
                      size_t n)
{
    const struct pl_value **items = pl_arena_array(arena, n + 1, sizeof(*items));
    for (size_t i = 0; i < n; i++)
        items[i] = row_value(arena, &rows[i]);
    const struct pl_member members[] = {{"format_version", pl_value_string(arena, "1.0")},
                                        {"runs", pl_value_list(arena, items, n)}};
    pl_json_write_pretty(out, pl_value_map(arena, members, PL_LEN(members)));
    pl_buf_addc(out, '\n');
}

static int list_runs(struct pl_options *o, struct pl_store *store, bool json, struct pl_buf *out,
                     struct pl_err *err)
{
    const struct pl_history_row *rows;
    size_t n = 0, most = o->since_ns == 0 && !json ? MOST_RUNS : 0;
    const struct pl_history_filter filter = {.since_ns = o->since_ns, .most = most ? most + 1 : 0};
    if (pl_history_list(store, o->arena, &filter, &rows, &n, err) < 0)
        return -1;
    bool is_cut = most && n > most;
    if (json)
        list_json(out, o->arena, rows, n);
    else
        list_text(out, rows + is_cut, n - is_cut, is_cut);
    return 0;
}

static struct pl_run *get(struct pl_options *o, struct pl_store *store, const char *name,
                          struct pl_err *err)
{
    struct pl_history_row row;
    return pl_history_find(store, o->arena, name, NULL, &row, err) < 0
               ? NULL
               : pl_history_run(store, o->arena, &row, err);
}

static void write_past(struct pl_options *o, const struct pl_past *past, bool json,
                       const char *path, struct pl_buf *out)
{
    struct pl_report_style style = pl_style(o, strcmp(path, "-") == 0);
    if (json)
        pl_report_past_json(out, past);
    else
        pl_report_past(out, past, &style);
}

static int show(struct pl_options *o, struct pl_store *store, bool json, const char *path,
                struct pl_buf *out, struct pl_err *err)
{
    struct pl_run *run = get(o, store, o->words.n > 1 ? o->words.list[1] : "latest", err);
    if (!run)
        return -1;
    if (!json) {
        const char *verdict = pl_verdict_names[run->verdict];
        pl_buf_addf(out, "run %s of ", run->id);
        pl_escape_terminal(out, run->past->series);
        pl_buf_addf(out, "\n%s, exit status %d: ", verdict, run->exit_status);
        pl_escape_terminal(out, run->reason ? run->reason : "");
        pl_buf_addc(out, '\n');
    }
    write_past(o, run->past, json, path, out);
    return 0;
}

/* Findings that were there after the first run, held against the second, whatever lies between. */
static int diff(struct pl_options *o, struct pl_store *store, bool json, const char *path,
                struct pl_buf *out, struct pl_err *err)
{
    struct pl_run *a = get(o, store, o->words.list[1], err);
    struct pl_run *b = a ? get(o, store, o->words.list[2], err) : NULL;
    if (!b)
        return -1;
    struct pl_past then = *a->past;
    struct pl_past_finding *present =
        pl_arena_array(o->arena, then.n_findings + 1, sizeof(*present));
    size_t n = 0;
    for (size_t i = 0; i < then.n_findings; i++)
        if (then.findings[i].state != PL_PAST_RESOLVED && then.findings[i].state != PL_PAST_GONE)
            present[n++] = then.findings[i];
    then.findings = present;
    then.n_findings = n;
    struct pl_past *past = pl_past_compare(o->arena, &then, a->id, a->started_at, b);
    past->series = b->past->series;
    if (!json)
        pl_buf_addf(out, "from run %s to run %s\n", a->id, b->id);
    write_past(o, past, json, path, out);
    return 0;
}

static int write_it(struct pl_options *o, struct pl_store *store, struct pl_buf *out,
                    const char *path, struct pl_err *err)
{
    bool json = o->n_outputs && strcmp(o->outputs[0].writer->name, "json") == 0;
    const char *word = o->words.n ? o->words.list[0] : "list";
    if (strcmp(word, "show") == 0)
        return show(o, store, json, path, out, err);
    if (strcmp(word, "diff") == 0)
        return diff(o, store, json, path, out, err);
    return list_runs(o, store, json, out, err);
}

int pl_cmd_history(struct pl_options *options, struct pl_err *err)
{
    struct pl_buf out = {0};
    const char *path = options->n_outputs ? options->outputs[0].path : "-";
    if (check(options, err) < 0)
        return -1;
    struct pl_store *store = pl_store_for_reading(options, err);
    if (!store)
        return -1;
    int status = write_it(options, store, &out, path, err);
    if (status == 0)
        status = pl_file_write(path, pl_buf_str(&out), out.len, 0644, err);
    pl_buf_free(&out);
    pl_store_close(store);
    return status;
}
