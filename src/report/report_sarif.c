/* report_sarif.c - SARIF 2.1.0 (OASIS), within what GitHub's code scanning takes of it
 * (https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning).
 *
 * A finding stands at the violated line of the baseline, by a path relative to where the run was made: run it from the repository's root. An
 * alert is recognised by what it is about, not by its values, so that a field that drifts further stays one alert.
 */
#include <string.h>

#include "findings_priv.h"
#include "plumbline/hash.h"

/* GitHub refuses a run with more; it shows the first 5,000. */
enum { MAX_RESULTS = 25000 };

static const char *level(const struct pl_finding *f)
{
    switch (f->weight) {
    case PL_WEIGHT_FAILS:
    case PL_WEIGHT_BELOW:
    case PL_WEIGHT_IGNORED:
        return f->severity >= PL_SEV_HIGH     ? "error"
               : f->severity >= PL_SEV_MEDIUM ? "warning"
                                              : "note";
    case PL_WEIGHT_OPEN:
        return "warning";
    case PL_WEIGHT_NOTE:
        break;
    }
    return "note";
}

/* RFC 3986: what a path may not hold is escaped; an absolute one is a URI of its own. */
static const char *uri(struct pl_arena *arena, const char *path)
{
    struct pl_buf b = {0};
    while (strncmp(path, "./", 2) == 0)
        path += 2;
    pl_buf_adds(&b, *path == '/' ? "file://" : "");
    for (const unsigned char *p = (const unsigned char *)path; *p; p++)
        if ((*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || (*p >= '0' && *p <= '9') ||
            strchr("-._~/", *p))
            pl_buf_addc(&b, (char)*p);
        else
            pl_buf_addf(&b, "%%%02X", *p);
    return pl_buf_take(&b, arena);
}

static void emit_place(struct pl_emit *e, struct pl_arena *arena, const char *file, int line,
                       int column)
{
    pl_emit_open(e, "physicalLocation", '{');
    pl_emit_open(e, "artifactLocation", '{');
    pl_emit_text(e, "uri", uri(arena, file));
    if (*file != '/')
        pl_emit_text(e, "uriBaseId", "%SRCROOT%");
    pl_emit_close(e, '}');
    pl_emit_open(e, "region", '{');
    pl_emit_int(e, "startLine", line > 0 ? line : 1);
    if (line > 0 && column > 0)
        pl_emit_int(e, "startColumn", column);
    pl_emit_close(e, '}');
    pl_emit_close(e, '}');
}

/* What is at no line of a baseline (a listing that failed) stands at the head of the first one: GitHub wants a place. */
static void emit_location(struct pl_emit *e, struct pl_arena *arena, const struct pl_run *run,
                          const struct pl_finding *f)
{
    const char *file = f->mark.file                ? f->mark.file->name
                       : run->n_baseline_files > 0 ? run->baseline_files[0]
                                                   : NULL;
    pl_emit_open(e, "locations", '[');
    if (file) {
        pl_emit_open(e, NULL, '{');
        emit_place(e, arena, file, f->mark.file ? f->mark.line : 1, f->mark.column);
        pl_emit_close(e, '}');
    }
    pl_emit_close(e, ']');
}

/* The lines of the drift that explains a connection. */
static void emit_related(struct pl_emit *e, struct pl_arena *arena, const struct pl_finding *f)
{
    const struct pl_explanation *x = f->connection ? &f->connection->explanation : NULL;
    int id = 0;
    pl_emit_open(e, "relatedLocations", '[');
    for (size_t i = 0; x && i < x->n_causes; i++)
        for (size_t j = 0; j < x->causes[i].n; j++) {
            const struct pl_drift *d = x->causes[i].drifts[j];
            if (!d->mark.file)
                continue;
            pl_emit_open(e, NULL, '{');
            pl_emit_int(e, "id", ++id);
            emit_place(e, arena, d->mark.file->name, d->mark.line, d->mark.column);
            pl_emit_open(e, "message", '{');
            pl_emit_text(e, "text",
                         pl_arena_printf(arena, "cause: %s, %s", d->field,
                                         pl_words_difference(arena, d, 80)));
            pl_emit_close(e, '}');
            pl_emit_close(e, '}');
        }
    pl_emit_close(e, ']');
}

/* GitHub tells alerts apart by primaryLocationLineHash alone. */
static const char *fingerprint(struct pl_arena *arena, const char *key)
{
    return pl_arena_printf(arena, "%s:1", pl_hash_text(arena, key, strlen(key)));
}

static void emit_suppression(struct pl_emit *e, struct pl_arena *arena, const struct pl_finding *f)
{
    if (!f->rule)
        return;
    pl_emit_open(e, "suppressions", '[');
    pl_emit_open(e, NULL, '{');
    pl_emit_text(e, "kind", "external");
    pl_emit_text(e, "status", "accepted");
    pl_emit_text(e, "justification",
                 pl_arena_printf(arena, "%s (%s, until %s)", f->rule->reason, f->rule->owner,
                                 f->rule->expires));
    pl_emit_close(e, '}');
    pl_emit_close(e, ']');
}

static void emit_result(struct pl_emit *e, struct pl_arena *arena, const struct pl_run *run,
                        const struct pl_finding *f)
{
    pl_emit_open(e, NULL, '{');
    pl_emit_text(e, "ruleId", pl_finding_rules[f->kind].id);
    pl_emit_int(e, "ruleIndex", (int64_t)f->kind);
    pl_emit_text(e, "level", level(f));
    pl_emit_open(e, "message", '{');
    pl_emit_text(e, "text", f->text);
    pl_emit_close(e, '}');
    emit_location(e, arena, run, f);
    emit_related(e, arena, f);
    pl_emit_open(e, "partialFingerprints", '{');
    pl_emit_text(e, "primaryLocationLineHash", fingerprint(arena, f->key));
    if (f->drift)
        pl_emit_text(e, "plumblineFinding/v1", f->drift->id);
    pl_emit_close(e, '}');
    emit_suppression(e, arena, f);
    pl_emit_open(e, "properties", '{');
    pl_emit_text(e, "severity", pl_severity_names[f->severity]);
    pl_emit_text(e, "subject", f->subject);
    pl_emit_close(e, '}');
    pl_emit_close(e, '}');
}

/* SARIF has no null. */
static void emit_known(struct pl_emit *e, const char *key, const char *text)
{
    if (text)
        pl_emit_text(e, key, text);
}

static void emit_words(struct pl_emit *e, const char *key, const char *text)
{
    pl_emit_open(e, key, '{');
    pl_emit_text(e, "text", text);
    pl_emit_close(e, '}');
}

static void emit_driver(struct pl_emit *e, const struct pl_run *run)
{
    pl_emit_open(e, "tool", '{');
    pl_emit_open(e, "driver", '{');
    pl_emit_text(e, "name", "plumbline");
    emit_known(e, "semanticVersion", run->version);
    pl_emit_open(e, "rules", '[');
    for (size_t i = 0; i < pl_finding_rules_len; i++) {
        pl_emit_open(e, NULL, '{');
        pl_emit_text(e, "id", pl_finding_rules[i].id);
        emit_words(e, "shortDescription", pl_finding_rules[i].title);
        emit_words(e, "fullDescription", pl_finding_rules[i].help);
        emit_words(e, "help", pl_finding_rules[i].help);
        pl_emit_close(e, '}');
    }
    pl_emit_close(e, ']');
    pl_emit_close(e, '}');
    pl_emit_close(e, '}');
}

static void emit_invocation(struct pl_emit *e, struct pl_arena *arena, const struct pl_run *run,
                            size_t n)
{
    bool done = run->verdict != PL_VERDICT_ERROR;
    pl_emit_open(e, "invocations", '[');
    pl_emit_open(e, NULL, '{');
    pl_emit_bool(e, "executionSuccessful", done);
    pl_emit_int(e, "exitCode", run->exit_status);
    emit_known(e, "startTimeUtc", run->started_at);
    emit_known(e, "endTimeUtc", run->finished_at);
    pl_emit_open(e, "toolExecutionNotifications", '[');
    pl_emit_open(e, NULL, '{');
    pl_emit_text(e, "level", done ? "note" : "error");
    emit_words(e, "message",
               n <= MAX_RESULTS ? run->reason
                                : pl_arena_printf(arena,
                                                  "%s; only the worst %d of %zu findings "
                                                  "are here",
                                                  run->reason, MAX_RESULTS, n));
    pl_emit_close(e, '}');
    pl_emit_close(e, ']');
    pl_emit_close(e, '}');
    pl_emit_close(e, ']');
}

void pl_report_sarif(struct pl_buf *out, const struct pl_run *run,
                     const struct pl_report_style *style)
{
    struct pl_arena *arena = pl_arena_new();
    struct pl_emit e = {.first = true};
    size_t n = 0;
    const struct pl_finding *all = pl_findings(arena, run, &n);
    (void)style;
    pl_emit_open(&e, NULL, '{');
    pl_emit_text(&e, "$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    pl_emit_text(&e, "version", "2.1.0");
    pl_emit_open(&e, "runs", '[');
    pl_emit_open(&e, NULL, '{');
    emit_driver(&e, run);
    emit_invocation(&e, arena, run, n);
    pl_emit_text(&e, "columnKind", "unicodeCodePoints");
    pl_emit_open(&e, "results", '[');
    for (size_t i = 0; i < n && i < MAX_RESULTS; i++)
        emit_result(&e, arena, run, &all[i]);
    pl_emit_close(&e, ']');
    pl_emit_close(&e, '}');
    pl_emit_close(&e, ']');
    pl_emit_close(&e, '}');
    pl_emit_finish(&e, out);
    pl_arena_free(arena);
}
