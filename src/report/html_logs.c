/* html_logs.c - what was found in logs: error lines by class, and the errors that are of no declared connection.
 *
 * Errors of declared connections are told with them, as what was seen.
 */
#include "html_priv.h"

static const struct {
    const char *title, *meaning;
} classes[] = {
    [PL_LOGS_CONNECTIVITY] = {"connectivity", "a connection failed"},
    [PL_LOGS_SECONDARY] = {"secondary", "follows from a connection that failed"},
    [PL_LOGS_NOT_INFRASTRUCTURE] = {"not infrastructure", "a fault of the test or the program"},
    [PL_LOGS_NOT_TESTED] = {"not tested", "skipped, or run against a mock: evidence of nothing"},
    [PL_LOGS_UNRECOGNISED] = {"unrecognised", "an error that none of the matchers knows"},
};

size_t pl_html_n_logs(const struct pl_html_page *p)
{
    size_t n = 0;
    for (size_t i = 0; p->run->logs && i < PL_LOGS_CLASSES; i++)
        n += p->run->logs->counts[i];
    return n;
}

static void event(struct pl_html_page *p, const struct pl_logs_event *e)
{
    const char *why = e->unmatched ? e->unmatched : e->why;
    pl_html(p->out, "<div class=\"row f s0\"><p>");
    if (e->what == PL_LOGS_CONNECTIVITY)
        pl_html(p->out, "<b>%s</b> ", pl_symptom_text(p->arena, &e->symptom));
    pl_html(p->out, "<code>%s</code></p><p class=\"by\">%s", e->text, e->source);
    if (e->line)
        pl_html(p->out, ":%zu", e->line);
    if (e->count > 1)
        pl_html(p->out, ", %zu lines", e->count);
    if (e->first)
        pl_html(p->out, ", %s%s%s", e->first, e->last && e->count > 1 ? " to " : "",
                e->count > 1 ? e->last : NULL);
    if (e->n_tests > 0)
        pl_html(p->out, ", in %s", pl_words_list(p->arena, e->tests, e->n_tests));
    if (e->tests_more > 0)
        pl_html(p->out, " and %zu more", e->tests_more);
    pl_html(p->out, "</p>");
    if (e->n_connections > 0) {
        pl_html(p->out, "<p>of ");
        pl_html_connections_named(p, e->connections, e->n_connections);
        pl_html(p->out, "%s%s</p>", e->matched_by ? ", by " : "", e->matched_by);
    }
    if (why)
        pl_html(p->out, "<p>%s%s%s</p>", why, e->nearest ? "; nearest: " : "", e->nearest);
    pl_html(p->out, "</div>");
}

static void events_of(struct pl_html_page *p, enum pl_logs_class what)
{
    const struct pl_logs *logs = p->run->logs;
    bool any = false;
    for (size_t i = 0; i < logs->n_events; i++) {
        if (logs->events[i].what != what)
            continue;
        if (!any)
            pl_html(p->out, "<h3>%s: %s</h3>", classes[what].title, classes[what].meaning);
        any = true;
        event(p, &logs->events[i]);
    }
}

void pl_html_logs(struct pl_html_page *p)
{
    const struct pl_logs *logs = p->run->logs;
    pl_html(p->out, "<p class=\"lead\">%s of %s</p><ul class=\"numbers\">",
            pl_words_count(p->arena, logs->lines, "line", "lines"),
            pl_words_list(p->arena, logs->sources, logs->n_sources));
    for (size_t i = 0; i < PL_LOGS_CLASSES; i++)
        pl_html(p->out, "<li><b>%zu</b> %s</li>", logs->counts[i], classes[i].title);
    pl_html(p->out, "</ul>");
    if (logs->cut + logs->dropped > 0)
        pl_html(p->out,
                "<p>%zu lines or entries were too long or broken; %zu more errors are counted and "
                "not listed.</p>",
                logs->cut, logs->dropped);
    for (enum pl_logs_class what = 0; what < PL_LOGS_CLASSES; what++)
        events_of(p, what);
}
