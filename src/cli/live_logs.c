/* live_logs.c - what Cloud Logging tells a live run: recent errors of the baseline's Cloud Run services, and who changed what has drifted.
 *
 * Both are asked for beside the observation, and what may not be read is told with the permission: the errors as a gap, because they were asked
 * for; who changed it as the query that a human may run.
 */
#include <string.h>

#include "cli_priv.h"
#include "plumbline/clock.h"
#include "plumbline/gcp.h"
#include "plumbline/log.h"
#include "plumbline/logs.h"

enum { MAX_ENTRIES = 5000, MAX_SERVICES = 200, MAX_DRIFT = 1000 };

static int read_options(struct pl_session *s, struct pl_gcp_options *out, struct pl_err *err)
{
    *out = (struct pl_gcp_options){.api_root = s->options->api_root,
                                   .impersonate = s->options->impersonate,
                                   .deadline_ns = s->deadline_ns};
    if (!s->loop)
        s->loop = pl_loop_new(err);
    return s->loop ? 0 : -1;
}

/* ---- what workloads wrote ---- */

struct services {
    const char *project;
    struct pl_texts names;
};

static void add_service(struct pl_session *s, struct services *all, size_t *n,
                        const struct pl_address *a)
{
    struct services *last = NULL;
    if (!a->kind || strcmp(a->kind->name, "run.service") != 0 || !a->project)
        return;
    for (size_t i = 0; i < *n; i++) {
        if (strcmp(all[i].project, a->project) != 0)
            continue;
        last = &all[i];
        for (size_t k = 0; k < last->names.n; k++)
            if (strcmp(last->names.list[k], a->names[0]) == 0)
                return;
    }
    if (!last || last->names.n == MAX_SERVICES) {
        last = &all[(*n)++];
        *last = (struct services){.project = a->project};
    }
    PL_PUSH(s->arena, last->names.list, last->names.n, last->names.cap, a->names[0]);
}

/* The Cloud Run services that the baseline declares or connects, by project, as many together as one query asks for. */
static struct services *find_services(struct pl_session *s, size_t *n)
{
    const struct pl_baseline *b = s->baseline;
    struct services *all =
        pl_arena_array(s->arena, b->n_connections * 2 + b->n_resources + 1, sizeof(*all));
    *n = 0;
    for (size_t i = 0; i < b->n_resources; i++)
        add_service(s, all, n, &b->resources[i].address);
    for (size_t i = 0; i < b->n_connections; i++) {
        if (b->connections[i]->from.what == PL_END_RESOURCE)
            add_service(s, all, n, &b->connections[i]->from.address);
        if (b->connections[i]->to.what == PL_END_RESOURCE)
            add_service(s, all, n, &b->connections[i]->to.address);
    }
    return all;
}

/* What a container writes as plain text has no severity, on standard error either
 * (https://cloud.google.com/run/docs/logging#writing_structured_logs): of such texts those that may be errors of a connection. They are asked for
 * by a query of their own, so that they cannot crowd out what says that it is an error. */
static void add_what(struct pl_buf *b, bool plain)
{
    if (!plain) {
        pl_buf_adds(b, "severity>=ERROR");
        return;
    }
    pl_buf_adds(b, "severity=DEFAULT AND textPayload:(");
    for (size_t i = 0; i < pl_logs_words_len; i++) {
        pl_buf_adds(b, i ? " OR " : "");
        pl_gcp_filter_text(b, pl_logs_words[i]);
    }
    pl_buf_addc(b, ')');
}

static const char *filter_of(struct pl_session *s, const struct services *of, bool plain)
{
    struct pl_buf b = {0};
    int64_t since = pl_clock_wall_ns() - s->options->logs_ns;
    pl_buf_adds(&b, "resource.type=\"cloud_run_revision\" AND ");
    add_what(&b, plain);
    pl_buf_addf(&b, " AND timestamp>=\"%s\" AND resource.labels.service_name=(",
                pl_clock_format(s->arena, since, 0));
    for (size_t i = 0; i < of->names.n; i++) {
        pl_buf_adds(&b, i ? " OR " : "");
        pl_gcp_filter_text(&b, of->names.list[i]);
    }
    pl_buf_addc(&b, ')');
    return pl_buf_take(&b, s->arena);
}

static bool take_entry(void *arg, const struct pl_value *entry)
{
    pl_logs_entry(arg, entry);
    return true;
}

/* `plain`: of the query for texts without a severity. */
static void add_gap(struct pl_session *s, const char *project, bool plain,
                    const struct pl_gcp_log_outcome *outcome)
{
    struct pl_unobserved gap = {
        .kind_name = "log entries",
        .scope = pl_arena_printf(s->arena, "projects/%s", project),
        .reason = outcome->reason,
        .permission = outcome->permission,
        .detail = outcome->detail,
        .remedy = outcome->remedy,
    };
    if (!outcome->reason) {
        gap.reason = "truncated";
        gap.detail = plain
                         ? "there are more texts that may be errors than are read; the newest were"
                         : "there are more errors than are read; the newest were";
        gap.remedy = "ask for a shorter time: --symptoms-from-logs 15m";
    }
    PL_PUSH(s->arena, s->gaps, s->n_gaps, s->cap_gaps, gap);
}

int pl_session_live_logs(struct pl_session *s, struct pl_err *err)
{
    struct pl_gcp_options gcp;
    size_t n = 0;
    if (s->options->logs_ns == 0)
        return 0;
    struct services *all = find_services(s, &n);
    if (n == 0) {
        pl_log(PL_LOG_WARN, "--symptoms-from-logs: the baseline has no Cloud Run service");
        return 0;
    }
    struct pl_logs_reader *r = pl_session_reader(s);
    struct pl_gcp_log_query *queries = pl_arena_array(s->arena, 2 * n, sizeof(*queries));
    struct pl_gcp_log_outcome *outcomes = pl_arena_array(s->arena, 2 * n, sizeof(*outcomes));
    for (size_t i = 0; i < 2 * n; i++)
        queries[i] = (struct pl_gcp_log_query){.project = all[i / 2].project,
                                               .filter = filter_of(s, &all[i / 2], i % 2),
                                               .max_entries = MAX_ENTRIES,
                                               .entry = take_entry,
                                               .arg = r};
    pl_logs_begin(r, "Cloud Logging", NULL);
    if (read_options(s, &gcp, err) < 0 ||
        pl_gcp_read_logs(s->arena, s->loop, &gcp, queries, 2 * n, outcomes, err) < 0 ||
        pl_logs_finish(r, err) < 0)
        return pl_err_wrap(err, "--symptoms-from-logs");
    for (size_t i = 0; i < 2 * n; i++)
        /* What may not be read is told once. */
        if ((outcomes[i].reason && !(i % 2 && outcomes[i - 1].reason)) || outcomes[i].truncated)
            add_gap(s, all[i / 2].project, i % 2, &outcomes[i]);
    return 0;
}

/* ---- who changed it ---- */

int pl_session_changes(struct pl_session *s, struct pl_err *err)
{
    struct pl_gcp_options gcp;
    struct pl_change_query *queries = NULL;
    size_t n = s->diff ? s->diff->n_drift : 0, n_queries = 0;
    if (s->options->no_changed_by || s->options->snapshot || s->good || n == 0)
        return 0;
    if (n > MAX_DRIFT) {
        pl_log(PL_LOG_WARN, "who changed it is looked up for the first %d of %zu drifts", MAX_DRIFT,
               n);
        n = MAX_DRIFT;
    }
    if (read_options(s, &gcp, err) < 0 ||
        pl_gcp_find_changes(s->arena, s->loop, &gcp, s->diff->drift, n, &queries, &n_queries, err) <
            0)
        return pl_err_wrap(err, "looking up who changed it");
    s->run.change_queries = queries;
    s->run.n_change_queries = n_queries;
    return 0;
}
