/* report_junit.c - JUnit XML, as CI servers read it: a suite of connections, one of fields, one of what was looked at.
 *
 * There is no standard; this keeps to what the Jenkins and GitLab readers both take (testsuites, testsuite, testcase with failure, error or
 * skipped). A failure is what fails the run, an error what could not be looked at: a run that is not clean has no suite that is.
 */
#include <string.h>

#include "findings_priv.h"

struct suite {
    struct pl_buf cases;
    size_t tests, failures, errors, skipped;
    const char *name;
};

/* XML 1.0 allows no control characters; what hides text is made visible as in a terminal. */
static void say(struct pl_buf *out, const char *text)
{
    struct pl_buf plain = {0};
    pl_buf_add_visible(&plain, text ? text : "", strlen(text ? text : ""));
    for (const char *p = pl_buf_str(&plain); *p; p++)
        switch (*p) {
        case '&':
            pl_buf_adds(out, "&amp;");
            break;
        case '<':
            pl_buf_adds(out, "&lt;");
            break;
        case '>':
            pl_buf_adds(out, "&gt;");
            break;
        case '"':
            pl_buf_adds(out, "&quot;");
            break;
        default:
            pl_buf_addc(out, *p);
        }
    pl_buf_free(&plain);
}

static void begin_case(struct suite *s, const char *name, double ms)
{
    s->tests++;
    pl_buf_addf(&s->cases, "    <testcase classname=\"plumbline.%s\" name=\"", s->name);
    say(&s->cases, name);
    if (ms >= 0 && ms < 1e12)
        pl_buf_addf(&s->cases, "\" time=\"%.6f", ms / 1000);
    pl_buf_adds(&s->cases, "\">\n");
}

static void end_case(struct suite *s)
{
    pl_buf_adds(&s->cases, "    </testcase>\n");
}

static void put(struct suite *s, const char *element, const char *type, const char *message,
                const char *text)
{
    pl_buf_addf(&s->cases, "      <%s", element);
    if (type) {
        pl_buf_adds(&s->cases, " type=\"");
        say(&s->cases, type);
    }
    if (message) {
        pl_buf_adds(&s->cases, type ? "\" message=\"" : " message=\"");
        say(&s->cases, message);
    }
    pl_buf_adds(&s->cases, type || message ? "\">" : ">");
    say(&s->cases, text);
    pl_buf_addf(&s->cases, "</%s>\n", element);
}

/* What a finding makes of its test. */
static void put_finding(struct suite *s, const struct pl_finding *f)
{
    const struct pl_finding_rule *rule = &pl_finding_rules[f->kind];
    switch (f->weight) {
    case PL_WEIGHT_FAILS:
    case PL_WEIGHT_OPEN: {
        bool judged = f->weight == PL_WEIGHT_FAILS && f->kind != PL_FINDING_ERROR;
        ++*(judged ? &s->failures : &s->errors);
        put(s, judged ? "failure" : "error", rule->id, rule->title, f->text);
        break;
    }
    case PL_WEIGHT_IGNORED:
        s->skipped++;
        put(s, "skipped", NULL, f->rule->reason, f->text);
        break;
    case PL_WEIGHT_BELOW:
    case PL_WEIGHT_NOTE:
        put(s, "system-out", NULL, NULL, f->text);
        break;
    }
}

static const struct pl_finding *find(const struct pl_finding *all, size_t n,
                                     const struct pl_conn_result *c)
{
    for (size_t i = 0; i < n; i++)
        if (all[i].connection == c)
            return &all[i];
    return NULL;
}

static void put_connection(struct suite *s, struct pl_arena *arena, const struct pl_conn_result *c,
                           const struct pl_finding *f)
{
    begin_case(s, c->connection->name, c->probe ? c->probe->timings.p50_ms : -1);
    if (f)
        put_finding(s, f);
    else
        put(s, "system-out", NULL, NULL,
            pl_arena_printf(arena, "%s: %s", pl_conn_status_names[c->status],
                            pl_words_symptom(arena, c)));
    end_case(s);
}

static void put_connections(struct suite *s, struct pl_arena *arena, const struct pl_run *run,
                            const struct pl_finding *all, size_t n)
{
    size_t of_gate = run->gate ? run->gate->n_connections : 0;
    for (size_t i = 0; i < of_gate; i++) {
        const struct pl_conn_result *c = run->gate->connections[i].after;
        put_connection(s, arena, c, find(all, n, c));
    }
    for (size_t i = 0; !run->gate && i < run->n_connections; i++)
        put_connection(s, arena, &run->connections[i], find(all, n, &run->connections[i]));
}

static bool is_field(const struct pl_finding *f)
{
    return f->drift || f->kind == PL_FINDING_NOT_COMPARED;
}

static void put_fields(struct suite *s, struct pl_arena *arena, const struct pl_run *run,
                       const struct pl_finding *all, size_t n)
{
    if (run->coverage.match > 0) {
        begin_case(s, "declared fields that match", -1);
        put(s, "system-out", NULL, NULL, pl_words_coverage(arena, &run->coverage));
        end_case(s);
    }
    for (size_t i = 0; i < n; i++)
        if (is_field(&all[i])) {
            begin_case(s, all[i].subject, -1);
            put_finding(s, &all[i]);
            end_case(s);
        }
}

static void put_rest(struct suite *s, const struct pl_run *run, const struct pl_finding *all,
                     size_t n)
{
    begin_case(s, run->command ? run->command : "run", -1);
    put(s, "system-out", NULL, NULL, run->reason);
    end_case(s);
    for (size_t i = 0; i < n; i++)
        if (!is_field(&all[i]) && !all[i].connection) {
            begin_case(s, all[i].subject, -1);
            put_finding(s, &all[i]);
            end_case(s);
        }
}

static void write_suite(struct pl_buf *out, struct suite *s)
{
    if (s->tests > 0) {
        pl_buf_addf(out,
                    "  <testsuite name=\"%s\" tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" "
                    "skipped=\"%zu\">\n",
                    s->name, s->tests, s->failures, s->errors, s->skipped);
        pl_buf_add(out, pl_buf_str(&s->cases), s->cases.len);
        pl_buf_adds(out, "  </testsuite>\n");
    }
    pl_buf_free(&s->cases);
}

void pl_report_junit(struct pl_buf *out, const struct pl_run *run,
                     const struct pl_report_style *style)
{
    struct pl_arena *arena = pl_arena_new();
    struct suite suites[] = {{.name = "connections"}, {.name = "fields"}, {.name = "run"}};
    struct suite sum = {0};
    size_t n = 0;
    const struct pl_finding *all = pl_findings(arena, run, &n);
    (void)style;
    put_connections(&suites[0], arena, run, all, n);
    put_fields(&suites[1], arena, run, all, n);
    put_rest(&suites[2], run, all, n);
    for (size_t i = 0; i < PL_LEN(suites); i++) {
        sum.tests += suites[i].tests;
        sum.failures += suites[i].failures;
        sum.errors += suites[i].errors;
        sum.skipped += suites[i].skipped;
    }
    pl_buf_addf(out,
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"plumbline\" "
                "tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" skipped=\"%zu\">\n",
                sum.tests, sum.failures, sum.errors, sum.skipped);
    for (size_t i = 0; i < PL_LEN(suites); i++)
        write_suite(out, &suites[i]);
    pl_buf_adds(out, "</testsuites>\n");
    pl_arena_free(arena);
}
