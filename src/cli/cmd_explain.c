/* cmd_explain.c - one connection in depth: declared ones by name, or an ad hoc one by --from and --to.
 */
#include <stdlib.h>
#include <string.h>

#include "cli_priv.h"
#include "plumbline/file.h"
#include "plumbline/yaml.h"

static int choose_named(struct pl_session *s, struct pl_err *err)
{
    size_t n = 0;
    const struct pl_texts *words = &s->options->words;
    for (size_t i = 0; i < words->n; i++) {
        const struct pl_connection *c = pl_baseline_connection(s->baseline, words->list[i]);
        if (!c) {
            const char **names =
                pl_arena_array(s->arena, s->baseline->n_connections + 1, sizeof(*names));
            for (size_t j = 0; j < s->baseline->n_connections; j++)
                names[j] = s->baseline->connections[j]->name;
            const char *near = pl_nearest(words->list[i], names, s->baseline->n_connections);
            return pl_err_set(err, PL_E_USAGE, "no connection is called '%s'%s%s", words->list[i],
                              near ? ", nearest: " : "", near ? near : "");
        }
        s->connections[n++] = c;
    }
    if (words->n > 0)
        s->n_connections = n;
    return 0;
}

static int add_ad_hoc(struct pl_session *s, struct pl_err *err)
{
    const struct pl_options *o = s->options;
    struct pl_connection *c = PL_NEW(s->arena, struct pl_connection);
    const struct pl_connection **list = pl_arena_array(s->arena, 1, sizeof(*list));
    if (!o->from || !o->to)
        return pl_err_set(err, PL_E_USAGE, "an ad hoc connection wants --from and --to");
    const char *project = o->projects.n          ? o->projects.list[0]
                          : s->baseline->n_files ? s->baseline->files[0]->project
                                                 : NULL;
    const char *location = o->location            ? o->location
                           : s->baseline->n_files ? s->baseline->files[0]->location
                                                  : NULL;
    if (pl_connection_adhoc(s->arena, o->from, o->to, o->port, o->via, o->probe, project, location,
                            c, err) < 0)
        return -1;
    list[0] = c;
    s->extra = list;
    s->n_extra = 1;
    s->n_connections = 0;
    return 0;
}

static int print_depth(struct pl_session *s, struct pl_err *err)
{
    struct pl_report_style style = pl_style(s->options);
    struct pl_buf b = {0};
    pl_run_judge(&s->run);
    for (size_t i = 0; i < s->run.n_connections; i++)
        pl_report_connection(&b, &s->run, &s->run.connections[i], &style);
    int status = pl_file_write("-", pl_buf_str(&b), b.len, 0644, err);
    pl_buf_free(&b);
    return status < 0 ? -1 : s->run.exit_status;
}

/* explain answers for its connections: drift elsewhere is not its business, and not its exit status. */
static void keep_what_concerns(struct pl_session *s)
{
    const struct pl_drift **kept = pl_arena_array(s->arena, s->run.n_drift + 1, sizeof(*kept));
    size_t n = 0;
    for (size_t i = 0; i < s->run.n_drift; i++)
        if (s->run.drift[i]->n_explains > 0)
            kept[n++] = s->run.drift[i];
    s->run.drift = kept;
    s->run.n_drift = n;
    s->run.n_unknown = 0;
}

static int steps(struct pl_session *s, struct pl_err *err)
{
    bool ad_hoc = s->options->from || s->options->to;
    if (!ad_hoc && s->options->words.n == 0)
        return pl_err_set(err, PL_E_USAGE,
                          "explain wants the name of a connection, or --from and --to");
    if (pl_session_baseline(s, !ad_hoc, err) < 0 ||
        (ad_hoc ? add_ad_hoc(s, err) : choose_named(s, err)) < 0 ||
        pl_session_symptoms(s, err) < 0 || pl_session_observe(s, err) < 0)
        return -1;
    if (pl_session_interrupted(s))
        return pl_session_interrupted(s);
    if (pl_session_diff(s, err) < 0 || pl_session_probe(s, err) < 0)
        return -1;
    if (pl_session_interrupted(s))
        return pl_session_interrupted(s);
    pl_session_explain(s);
    keep_what_concerns(s);
    return s->options->n_outputs ? pl_session_report(s, err) : print_depth(s, err);
}

int pl_cmd_explain(struct pl_options *options, struct pl_err *err)
{
    struct pl_session s;
    pl_session_start(&s, options, "explain");
    int status = steps(&s, err);
    pl_session_end(&s);
    return status;
}
