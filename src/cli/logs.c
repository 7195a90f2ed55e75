/* logs.c - logs into symptoms: files of --log are read, their errors matched with the connections as observed and wired.
 */
#include <string.h>

#include "cli_priv.h"
#include "plumbline/file.h"
#include "plumbline/logs.h"
#include "plumbline/reach.h"

/* ---- reading ---- */

struct pl_logs_reader *pl_session_reader(struct pl_session *s)
{
    if (!s->reader)
        s->reader = pl_logs_reader_new(s->arena);
    return s->reader;
}

static int feed(void *arg, const char *bytes, size_t n, struct pl_err *err)
{
    return pl_logs_feed(arg, bytes, n, err);
}

/* The full address of --vantage, in the words in which ends are compared; NULL: nobody says where the logs were written. */
static const char *place(struct pl_session *s)
{
    const char *vantage = s->options->vantage;
    const struct pl_baseline_file *file = s->baseline->n_files ? s->baseline->files[0] : NULL;
    struct pl_address a;
    if (!vantage || strcmp(vantage, "any") == 0)
        return NULL;
    if (strcmp(vantage, "here") == 0 || pl_address_parse(s->arena, vantage, &a, NULL) < 0)
        return vantage;
    if (file)
        a = pl_address_resolve(&a, file->project, file->location);
    return pl_address_full(s->arena, &a);
}

int pl_session_logs(struct pl_session *s, struct pl_err *err)
{
    const struct pl_texts *logs = &s->options->logs;
    for (size_t i = 0; i < logs->n; i++) {
        const char *path = logs->list[i];
        struct pl_logs_reader *r = pl_session_reader(s);
        pl_logs_begin(r, strcmp(path, "-") == 0 ? "standard input" : path, place(s));
        if (pl_file_each(path, feed, r, err) != 0 || pl_logs_finish(r, err) != 0)
            return pl_err_wrap(err, "--log");
    }
    return 0;
}

/* ---- matching ---- */

struct candidate {
    struct pl_reach path;
};

static bool predicts(const void *arg, const struct pl_symptom *symptom)
{
    const struct candidate *c = arg;
    return c->path.verdict == PL_REACH_BLOCKED &&
           pl_reach_predicts(&c->path, symptom) == PL_PREDICTS_YES;
}

static const char *from_of(struct pl_session *s, const struct pl_connection *c)
{
    return c->from.what == PL_END_HERE       ? "here"
           : c->from.what == PL_END_RESOURCE ? pl_address_full(s->arena, &c->from.address)
                                             : NULL;
}

static struct pl_logs_names *all_names(struct pl_session *s)
{
    const struct pl_baseline *b = s->baseline;
    struct pl_logs_names *all = pl_arena_array(s->arena, b->n_connections + 1, sizeof(*all));
    struct candidate *paths = pl_arena_array(s->arena, b->n_connections + 1, sizeof(*paths));
    for (size_t i = 0; i < b->n_connections; i++) {
        const struct pl_connection *c = b->connections[i];
        struct pl_reach_names n = pl_reach_name(pl_view_new(s->arena, s->world), c, b);
        paths[i].path = n.path;
        all[i] = (struct pl_logs_names){
            .connection = c->name,
            .from = from_of(s, c),
            .service = n.service,
            .family = n.family,
            .hosts = n.hosts,
            .n_hosts = n.n_hosts,
            .ports = n.ports,
            .n_ports = n.n_ports,
            .loopback = n.loopback,
            .predicts = predicts,
            .arg = &paths[i],
        };
    }
    return all;
}

static const char *told_by(struct pl_session *s, const struct pl_logs_event *e)
{
    const char *where =
        e->line ? pl_arena_printf(s->arena, "%s:%zu", e->source, e->line) : e->source;
    return e->count == 1 ? where : pl_arena_printf(s->arena, "%s, %zu lines", where, e->count);
}

static void add_symptoms(struct pl_session *s, const struct pl_logs *logs)
{
    struct pl_symptom *all = NULL;
    size_t n = 0, cap = 0;
    for (size_t i = 0; i < s->n_symptoms; i++)
        PL_PUSH(s->arena, all, n, cap, s->symptoms[i]);
    for (size_t i = 0; i < logs->n_events; i++)
        for (size_t j = 0; j < logs->events[i].n_connections; j++) {
            struct pl_symptom symptom = logs->events[i].symptom;
            symptom.connection = logs->events[i].connections[j];
            symptom.told_by = told_by(s, &logs->events[i]);
            PL_PUSH(s->arena, all, n, cap, symptom);
        }
    s->symptoms = all;
    s->n_symptoms = n;
}

static bool is_named(const struct pl_logs *logs, const char *connection)
{
    for (size_t i = 0; i < logs->n_events; i++)
        for (size_t j = 0; j < logs->events[i].n_connections; j++)
            if (strcmp(logs->events[i].connections[j], connection) == 0)
                return true;
    return false;
}

/* Of those chosen by name, or of all, the ones that the log complains of. */
static void choose(struct pl_session *s, const struct pl_logs *logs)
{
    size_t n = 0;
    for (size_t i = 0; i < s->n_connections; i++)
        if (is_named(logs, s->connections[i]->name))
            s->connections[n++] = s->connections[i];
    s->n_connections = n;
}

void pl_session_match_logs(struct pl_session *s)
{
    if (!s->reader)
        return;
    struct pl_logs *logs = pl_logs_end(s->reader);
    logs->subject =
        s->options->logs.n > 0 || (s->in_depth && s->options->words.n == 0 && !s->options->from);
    pl_logs_match(s->arena, logs, all_names(s), s->baseline->n_connections);
    add_symptoms(s, logs);
    if (logs->subject)
        choose(s, logs);
    s->run.logs = logs;
}
