/* html_run.c - the run itself: what was asked, when, of whom; html_past.c says how it compares with earlier ones.
 */
#include "html_priv.h"

size_t pl_html_n_run(const struct pl_html_page *p)
{
    (void)p;
    return 1;
}

void pl_html_run(struct pl_html_page *p)
{
    const struct pl_run *run = p->run;
    pl_html(p->out, "<dl class=\"facts\">");
    pl_html_fact(p->out, "Command",
                 pl_arena_printf(p->arena, "plumbline %s", run->command ? run->command : ""));
    pl_html_fact(p->out, "Run", run->id);
    pl_html_fact(p->out, "Version", run->version);
    pl_html_fact(p->out, "Started at", run->started_at);
    pl_html_fact(p->out, "Finished at", run->finished_at);
    pl_html_fact(p->out, "Fails on", pl_severity_names[run->fail_on]);
    if (run->requests.sent > 0)
        pl_html_fact(
            p->out, "Requests",
            pl_arena_printf(p->arena, "%zu to Google's APIs, %zu of them again, %zu throttled",
                            run->requests.sent, run->requests.retried, run->requests.throttled));
    pl_html(p->out, "</dl>");
    pl_html_past(p);
}
