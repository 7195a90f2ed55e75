/* entry.c - structured logs: entries of Cloud Logging, and the JSON lines of loggers such as pino, zap, structlog.
 *
 * https://cloud.google.com/logging/docs/reference/v2/rest/v2/LogEntry and https://cloud.google.com/logging/docs/structured-logging.
 */
#include <stdio.h>
#include <string.h>

#include "plumbline/clock.h"
#include "plumbline/json.h"

#include "logs_priv.h"

enum { MAX_DEPTH = 6 };

/* Members that say what happened, in the order in which they are read. */
static const char *const saying[] = {"textPayload", "jsonPayload", "message", "msg",
                                     "event",       "error",       "err",     "exception",
                                     "exc_info",    "cause",       "stack",   "stack_trace",
                                     "stacktrace",  "detail",      "reason",  "log"};

static void say(struct pl_logs_reader *r, const struct pl_value *v, int depth)
{
    if (pl_value_text(v))
        (void)pl_classify_text(r, pl_value_text(v));
    for (size_t i = 0; v && v->type == PL_LIST && depth < MAX_DEPTH && i < pl_value_count(v); i++)
        say(r, pl_value_item(v, i), depth + 1);
    for (size_t i = 0; v && v->type == PL_MAP && depth < MAX_DEPTH && i < PL_LEN(saying); i++)
        say(r, pl_value_member(v, saying[i]), depth + 1);
}

static const char *first_text(const struct pl_value *v, int depth)
{
    const char *text = pl_value_text(v);
    for (size_t i = 0; !text && v && v->type == PL_MAP && depth < MAX_DEPTH && i < PL_LEN(saying);
         i++)
        text = first_text(pl_value_member(v, saying[i]), depth + 1);
    return text;
}

/* Severities of Cloud Logging, levels of loggers, pino's numbers (50 is error). */
static bool is_error(const struct pl_value *entry)
{
    static const char *const words[] = {"ERROR",     "CRITICAL", "ALERT",
                                        "EMERGENCY", "FATAL",    "PANIC"};
    static const char *const members[] = {"severity", "level", "levelname", "log.level"};
    int64_t number = 0;
    for (size_t m = 0; m < PL_LEN(members); m++) {
        const struct pl_value *v = pl_value_member(entry, members[m]);
        for (size_t i = 0; pl_value_text(v) && i < PL_LEN(words); i++)
            if (strcasecmp(pl_value_text(v), words[i]) == 0)
                return true;
        if (v && v->type == PL_INT && pl_value_as_int(v, &number) && number >= 50)
            return true;
    }
    return false;
}

static void take_time(struct pl_logs_reader *r, const struct pl_value *entry)
{
    static const char *const members[] = {"timestamp", "time", "@timestamp", "ts", "asctime"};
    r->time = (struct pl_log_time){.ns = 0};
    for (size_t i = 0; i < PL_LEN(members); i++) {
        const char *text = pl_value_member_text(entry, members[i]);
        if (text && pl_clean_time(text, strlen(text), &r->time) > 0)
            return;
    }
}

/* Names of projects, regions and services: nothing else goes into an address. */
static bool is_plain(const char *text)
{
    return text && *text && strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(text) &&
           strlen(text) < 64;
}

static const char *place_of(struct pl_logs_reader *r, const struct pl_value *entry)
{
    const struct pl_value *resource = pl_value_member(entry, "resource");
    const struct pl_value *labels = pl_value_member(resource, "labels");
    const char *type = pl_value_member_text(resource, "type");
    const char *project = pl_value_member_text(labels, "project_id");
    const char *location = pl_value_member_text(labels, "location");
    const char *service = pl_value_member_text(labels, "service_name");
    char name[256];
    if (!type || strcmp(type, "cloud_run_revision") != 0 || !is_plain(project) ||
        !is_plain(location) || !is_plain(service))
        return NULL;
    snprintf(name, sizeof(name), "run.service/%s/%s/%s", project, location, service);
    return pl_events_name(&r->events, name);
}

/* A request log's answer, where nothing else says more: who asked is not in it. */
static const char *request_of(struct pl_arena *arena, const struct pl_value *entry)
{
    const struct pl_value *request = pl_value_member(entry, "httpRequest");
    const char *method = pl_value_member_text(request, "requestMethod");
    const char *url = pl_value_member_text(request, "requestUrl");
    int64_t status = 0;
    if (!url || !pl_value_as_int(pl_value_member(request, "status"), &status) || status < 400)
        return NULL;
    return pl_arena_printf(arena, "%s %s was answered with %d", method ? method : "a request", url,
                           (int)status);
}

/* Cloud Run's word on a request: it was written by who answered, for whoever asked. */
static bool is_answer(const struct pl_value *entry)
{
    const char *log = pl_value_member_text(entry, "logName");
    return log && strstr(log, "/logs/run.googleapis.com%2Frequests") != NULL;
}

/* Who was asked, where the text itself names nobody. Only of what anybody meets who asks: a caller who is turned away says nothing of others. */
static void take_url(struct pl_logs_reader *r, const struct pl_value *entry)
{
    const struct pl_value *request = pl_value_member(entry, "httpRequest");
    const char *url = pl_value_member_text(request, "requestUrl");
    struct pl_found found;
    int64_t status = 0;
    if (!pl_value_as_int(pl_value_member(request, "status"), &status) ||
        (status != 429 && status < 500))
        return;
    if (url && pl_pattern_match("%u", url, url + strlen(url), &found))
        pl_block_peer(r, &found);
}

static size_t told(const struct pl_logs_reader *r)
{
    size_t n = 0;
    for (size_t i = 0; i < PL_LEN(r->events.logs->counts); i++)
        n += r->events.logs->counts[i];
    return n;
}

void pl_logs_entry(struct pl_logs_reader *r, const struct pl_value *entry)
{
    size_t before;
    struct pl_arena *scratch = pl_arena_new();
    const char *place = r->place;
    pl_block_end(r);
    before = told(r);
    take_time(r, entry);
    r->place = is_answer(entry) ? NULL : place_of(r, entry);
    r->in_entry = true;
    r->found = 0;
    say(r, entry, 0);
    if (is_answer(entry))
        take_url(r, entry);
    pl_block_end(r);
    if (told(r) == before && is_error(entry)) {
        const char *text = first_text(entry, 0);
        if (!text)
            text = request_of(scratch, entry);
        char *line = pl_arena_strdup(scratch, text ? text : "an entry without a text");
        line[strcspn(line, "\n")] = '\0';
        (void)pl_clean_line(line, strlen(line));
        pl_classify_as(r, PL_LOGS_UNRECOGNISED, line, NULL);
    }
    pl_block_end(r);
    r->in_entry = false;
    r->place = place;
    pl_arena_free(scratch);
}

bool pl_entry_text(struct pl_logs_reader *r, const char *text, size_t len)
{
    struct pl_arena *scratch = pl_arena_new();
    const struct pl_value *entry = pl_json_parse(scratch, text, len, "log", NULL);
    bool is = entry && entry->type == PL_MAP;
    if (is)
        pl_logs_entry(r, entry);
    pl_arena_free(scratch);
    return is;
}
