/* text_logs.c - what was found in logs, for a terminal: how many lines of which class, then the errors that are of no declared connection.
 *
 * Errors of declared connections are told with them, in text_problem.c.
 */
#include "report_priv.h"

enum { INDENT = 4, NUMBER = 8, ROWS = 50 };

static const struct {
    const char *label, *meaning;
} classes[] = {
    [PL_LOGS_CONNECTIVITY] = {"connectivity", "a connection failed"},
    [PL_LOGS_SECONDARY] = {"secondary", "follows from a connection that failed"},
    [PL_LOGS_NOT_INFRASTRUCTURE] = {"not infrastructure",
                                    "a fault of the test or the program itself"},
    [PL_LOGS_NOT_TESTED] =
        {"not tested", "skipped, or run against a mock: evidence of nothing, not of a success"},
    [PL_LOGS_UNRECOGNISED] = {"unrecognised", "an error that none of the matchers knows"},
};

/* "pytest.log:12, 3 lines, 10:00:00 to 10:05:00, in test_a and test_b" */
static const char *where(struct pl_text *t, const struct pl_logs_event *e)
{
    struct pl_buf b = {0};
    pl_buf_adds(&b, e->source);
    if (e->line)
        pl_buf_addf(&b, ":%zu", e->line);
    if (e->count > 1)
        pl_buf_addf(&b, ", %zu lines", e->count);
    if (e->first)
        pl_buf_addf(&b, ", %s", e->first);
    if (e->last && e->count > 1)
        pl_buf_addf(&b, " to %s", e->last);
    if (e->n_tests > 0)
        pl_buf_addf(&b, ", in %s", pl_words_list(t->arena, e->tests, e->n_tests));
    if (e->tests_more > 0)
        pl_buf_addf(&b, " and %zu more", e->tests_more);
    return pl_buf_take(&b, t->arena);
}

static void show_event(struct pl_text *t, const struct pl_logs_event *e)
{
    pl_pen_begin(&t->pen, INDENT, INDENT + 4);
    if (e->what == PL_LOGS_CONNECTIVITY) {
        pl_pen_say(&t->pen, PL_INK_BOLD, pl_symptom_text(t->arena, &e->symptom));
        pl_pen_say(&t->pen, PL_INK_PLAIN, " - ");
    }
    pl_pen_say(&t->pen, PL_INK_PLAIN, e->text);
    pl_pen_begin(&t->pen, INDENT + 4, INDENT + 6);
    pl_pen_say(&t->pen, PL_INK_DIM, where(t, e));
    const char *why = e->unmatched ? e->unmatched : e->why;
    if (!why)
        return;
    pl_pen_begin(&t->pen, INDENT + 4, INDENT + 6);
    pl_pen_say(&t->pen, PL_INK_PLAIN, why);
    if (e->nearest)
        pl_pen_say(&t->pen, PL_INK_PLAIN, pl_arena_printf(t->arena, "; nearest: %s", e->nearest));
}

static bool is_of(const struct pl_logs_event *e, enum pl_logs_class what)
{
    return e->what == what && e->n_connections == 0;
}

static void show_class(struct pl_text *t, enum pl_logs_class what, const char *title,
                       const char *more)
{
    const struct pl_logs *logs = t->run->logs;
    size_t n = 0, limit = t->verbose > 0 ? SIZE_MAX : ROWS;
    for (size_t i = 0; i < logs->n_events; i++) {
        if (!is_of(&logs->events[i], what))
            continue;
        if (n == 0)
            pl_pen_heading(&t->pen, title, more);
        if (n++ < limit)
            show_event(t, &logs->events[i]);
    }
    if (n > limit) {
        pl_pen_begin(&t->pen, INDENT, INDENT);
        pl_pen_say(&t->pen, PL_INK_DIM,
                   pl_arena_printf(t->arena, "and %zu more: -v shows all", n - limit));
    }
}

static void show_counts(struct pl_text *t)
{
    const struct pl_logs *logs = t->run->logs;
    const char *sources = pl_words_list(t->arena, logs->sources, logs->n_sources);
    pl_pen_heading(&t->pen, "LOG",
                   pl_arena_printf(t->arena, "- %s, %s", sources,
                                   pl_words_count(t->arena, logs->lines, "line", "lines")));
    for (size_t i = 0; i < PL_LOGS_CLASSES; i++) {
        if (logs->counts[i] == 0)
            continue;
        pl_pen_begin(&t->pen, INDENT, INDENT + NUMBER);
        pl_pen_say(&t->pen, PL_INK_PLAIN, pl_arena_printf(t->arena, "%zu", logs->counts[i]));
        pl_pen_to(&t->pen, INDENT + NUMBER);
        pl_pen_say(&t->pen, i == PL_LOGS_CONNECTIVITY ? PL_INK_BOLD : PL_INK_PLAIN,
                   classes[i].label);
        pl_pen_say(&t->pen, PL_INK_DIM, pl_arena_printf(t->arena, " - %s", classes[i].meaning));
    }
    if (logs->cut > 0 || logs->dropped > 0) {
        pl_pen_begin(&t->pen, INDENT, INDENT);
        pl_pen_say(&t->pen, PL_INK_YELLOW,
                   pl_arena_printf(t->arena,
                                   "%zu lines or entries were too long or broken, %zu more errors "
                                   "are counted and not listed",
                                   logs->cut, logs->dropped));
    }
}

void pl_text_logs(struct pl_text *t)
{
    if (!t->run->logs)
        return;
    show_counts(t);
    show_class(t, PL_LOGS_CONNECTIVITY, "OF NO DECLARED CONNECTION",
               "- connection errors that nothing in the baseline answers for");
    show_class(t, PL_LOGS_UNRECOGNISED, "UNRECOGNISED", "- not judged");
    if (t->verbose < 1)
        return;
    show_class(t, PL_LOGS_SECONDARY, "SECONDARY", NULL);
    show_class(t, PL_LOGS_NOT_INFRASTRUCTURE, "NOT INFRASTRUCTURE", NULL);
    show_class(t, PL_LOGS_NOT_TESTED, "NOT TESTED", NULL);
}
