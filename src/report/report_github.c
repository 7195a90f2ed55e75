/* report_github.c - annotations of a GitHub Actions run: workflow commands on standard output
 * (https://docs.github.com/en/actions/using-workflows/workflow-commands-for-github-actions).
 *
 * The runner obeys what it reads, so text from outside may neither end a line nor begin a command of its own. It takes ten errors and
 * ten warnings of a step and drops the rest; those stand here as plain lines, so that nothing is lost.
 */
#include <string.h>

#include "findings_priv.h"

enum { MAX_ANNOTATIONS = 10 };

/* `property`: inside the list before the second "::". An older form of commands, "##[...]", is found anywhere in a line. */
static void say(struct pl_buf *out, const char *text, bool property)
{
    struct pl_buf plain = {0};
    pl_buf_add_visible(&plain, text, strlen(text));
    for (const char *p = pl_buf_str(&plain); *p; p++) {
        if (*p == '%')
            pl_buf_adds(out, "%25");
        else if (property && *p == ':')
            pl_buf_adds(out, "%3A");
        else if (property && *p == ',')
            pl_buf_adds(out, "%2C");
        else if (strncmp(p, "##[", 3) == 0)
            pl_buf_addc(out, '#'), pl_buf_addc(out, ' ');
        else
            pl_buf_addc(out, *p);
    }
    pl_buf_free(&plain);
}

static void annotate(struct pl_buf *out, const char *command, const struct pl_finding *f)
{
    pl_buf_addf(out, "::%s ", command);
    if (f->mark.file) {
        const char *path = f->mark.file->name;
        pl_buf_adds(out, "file=");
        say(out, strncmp(path, "./", 2) == 0 ? path + 2 : path, true);
        if (f->mark.line > 0)
            pl_buf_addf(out, ",line=%d", f->mark.line);
        if (f->mark.line > 0 && f->mark.column > 0)
            pl_buf_addf(out, ",col=%d", f->mark.column);
        pl_buf_addc(out, ',');
    }
    pl_buf_adds(out, "title=");
    say(out, pl_finding_rules[f->kind].title, true);
    pl_buf_adds(out, "::");
    say(out, f->text, false);
    pl_buf_addc(out, '\n');
}

void pl_report_github(struct pl_buf *out, const struct pl_run *run,
                      const struct pl_report_style *style)
{
    static const char *const commands[] = {[PL_WEIGHT_FAILS] = "error",
                                           [PL_WEIGHT_OPEN] = "warning",
                                           [PL_WEIGHT_BELOW] = "notice",
                                           [PL_WEIGHT_NOTE] = "notice"};
    struct pl_arena *arena = pl_arena_new();
    size_t n = 0, told[PL_LEN(commands)] = {0};
    const struct pl_finding *all = pl_findings(arena, run, &n);
    (void)style;
    for (size_t i = 0; i < n; i++) {
        if (all[i].weight == PL_WEIGHT_IGNORED)
            continue;
        if (told[all[i].weight]++ < MAX_ANNOTATIONS) {
            annotate(out, commands[all[i].weight], &all[i]);
            continue;
        }
        const char *mark = pl_words_mark(arena, &all[i].mark);
        pl_buf_addf(out, "%s: ", commands[all[i].weight]);
        say(out, mark ? mark : all[i].subject, false);
        pl_buf_adds(out, ": ");
        say(out, all[i].text, false);
        pl_buf_addc(out, '\n');
    }
    pl_buf_addf(out, "plumbline: %s: ", pl_verdict_names[run->verdict]);
    say(out, run->reason ? run->reason : "", false);
    pl_buf_addf(out, " (exit status %d)\n", run->exit_status);
    pl_arena_free(arena);
}
