/*
 * sim_logs.c - logging.entries.list: entries of the estate that fit a filter, in an order, by pages.
 *
 * Of the Logging query language (https://cloud.google.com/logging/docs/view/logging-query-language) comparisons of one field with one or
 * several values, parts of texts (:), AND, OR, NOT, blanks for AND and parentheses are simulated; what else it has is refused with 501, never ignored.
 */
#include "sim.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { FILTER_MAX = 20000, NAMES_MAX = 100, PAGE_DEFAULT = 50, PAGE_MAX = 1000, DEPTH_MAX = 20 };

/* ---- the filter ---- */

struct filter {
    const char *at;
    const json_t *entry; /* NULL: only whether it is a filter */
    const char *error;   /* NULL: none */
    bool not_simulated;
    int depth;
};

static void blanks(struct filter *f)
{
    while (isspace((unsigned char)*f->at)) {
        f->at++;
    }
}

static bool wrong(struct filter *f, const char *why)
{
    if (f->error == NULL) {
        f->error = why;
    }
    f->at += strlen(f->at);
    return false;
}

static bool keyword(struct filter *f, const char *word)
{
    const size_t length = strlen(word);
    blanks(f);
    if (strncmp(f->at, word, length) != 0 || isalnum((unsigned char)f->at[length])) {
        return false;
    }
    f->at += length;
    return true;
}

/* A quoted text or a word; malloc'ed, NULL if there is none. */
static char *value_read(struct filter *f)
{
    char *out = malloc(strlen(f->at) + 1);
    size_t n = 0;
    blanks(f);
    if (out != NULL && *f->at == '"') {
        for (f->at++; *f->at != '\0' && *f->at != '"'; f->at++) {
            f->at += f->at[0] == '\\' && f->at[1] != '\0';
            out[n++] = *f->at;
        }
        if (*f->at != '"') {
            free(out);
            (void)wrong(f, "unterminated string");
            return NULL;
        }
        f->at++;
    } else if (out != NULL) {
        while (isalnum((unsigned char)*f->at) || (*f->at != '\0' && strchr("_-.%/", *f->at))) {
            out[n++] = *f->at++;
        }
        if (n == 0) {
            free(out);
            (void)wrong(f, "a value is missing");
            return NULL;
        }
    }
    if (out != NULL) {
        out[n] = '\0';
    }
    return out;
}

static const char *field_of(const json_t *entry, const char *path)
{
    char name[128];
    while (entry != NULL && *path != '\0') {
        const size_t length = strcspn(path, ".");
        if (length >= sizeof name) {
            return NULL;
        }
        memcpy(name, path, length);
        name[length] = '\0';
        entry = json_object_get(entry, name);
        path += length + (path[length] == '.');
    }
    return json_string_value(entry);
}

static int severity_of(const char *name)
{
    static const char *const names[] = {"DEFAULT", "DEBUG",    "INFO",  "NOTICE",   "WARNING",
                                        "ERROR",   "CRITICAL", "ALERT", "EMERGENCY"};
    for (int i = 0; name != NULL && i < (int)(sizeof names / sizeof names[0]); i++) {
        if (strcmp(names[i], name) == 0) {
            return i;
        }
    }
    return -1;
}

static bool compare(struct filter *f, const char *path, const char *op, const char *want)
{
    const char *have = f->entry == NULL ? NULL : field_of(f->entry, path);
    int order = 0;
    if (strcmp(path, "severity") == 0) {
        if (severity_of(want) < 0) {
            return wrong(f, "no such severity");
        }
        have = have == NULL ? "DEFAULT" : have;
        order = severity_of(have) - severity_of(want);
    } else if (have == NULL) {
        return strcmp(op, "!=") == 0;
    } else {
        order = strcmp(have, want); /* times of one zone and form are ordered as texts */
    }
    return (strcmp(op, "=") == 0 && order == 0) || (strcmp(op, "!=") == 0 && order != 0) ||
           (strcmp(op, ">=") == 0 && order >= 0) || (strcmp(op, "<=") == 0 && order <= 0) ||
           (strcmp(op, ">") == 0 && order > 0) || (strcmp(op, "<") == 0 && order < 0);
}

/* The "has" operator on a text: a part of it, in any letter case. */
static bool has(struct filter *f, const char *path, const char *want)
{
    const char *have = f->entry == NULL ? NULL : field_of(f->entry, path);
    return have != NULL && strcasestr(have, want) != NULL;
}

static bool is_field(const char *path)
{
    static const char *const roots[] = {"logName",     "resource",    "severity",    "timestamp",
                                        "insertId",    "labels",      "trace",       "protoPayload",
                                        "textPayload", "jsonPayload", "httpRequest", "operation"};
    for (size_t i = 0; i < sizeof roots / sizeof roots[0]; i++) {
        const size_t length = strlen(roots[i]);
        if (strncmp(path, roots[i], length) == 0 && (path[length] == '\0' || path[length] == '.')) {
            return true;
        }
    }
    return false;
}

/* Several values: ("a" OR "b"). */
static bool values(struct filter *f, const char *path, const char *op)
{
    bool any = false;
    f->at++;
    do {
        char *want = value_read(f);
        any =
            (want != NULL && (*op == ':' ? has(f, path, want) : compare(f, path, op, want))) || any;
        free(want);
    } while (f->error == NULL && keyword(f, "OR"));
    blanks(f);
    if (*f->at != ')') {
        return wrong(f, "a closing parenthesis is missing");
    }
    f->at++;
    return any;
}

static bool comparison(struct filter *f)
{
    static const char *const ops[] = {">=", "<=", "!=", "=~", "!~", "=", ">", "<", ":"};
    char path[256];
    size_t n = 0;
    blanks(f);
    while ((isalnum((unsigned char)*f->at) || *f->at == '.' || *f->at == '_') &&
           n + 1 < sizeof path) {
        path[n++] = *f->at++;
    }
    path[n] = '\0';
    if (!is_field(path)) {
        f->not_simulated = n > 0;
        return wrong(f, "a comparison must begin with a field of LogEntry");
    }
    blanks(f);
    for (size_t i = 0; i < sizeof ops / sizeof ops[0]; i++) {
        if (strncmp(f->at, ops[i], strlen(ops[i])) != 0) {
            continue;
        }
        f->at += strlen(ops[i]);
        blanks(f);
        if (ops[i][strlen(ops[i]) - 1] == '~') {
            f->not_simulated = true;
            return wrong(f, "this comparison is not simulated");
        }
        if (*f->at == '(') {
            return values(f, path, ops[i]);
        }
        char *want = value_read(f);
        const bool is =
            want != NULL && (*ops[i] == ':' ? has(f, path, want) : compare(f, path, ops[i], want));
        free(want);
        return is;
    }
    return wrong(f, "a comparison is missing its operator");
}

static bool any_of(struct filter *f);

static bool term(struct filter *f)
{
    blanks(f);
    if (f->depth++ > DEPTH_MAX) {
        return wrong(f, "nested too deeply");
    }
    bool is = false;
    if (keyword(f, "NOT")) {
        is = !term(f);
    } else if (*f->at == '(') {
        f->at++;
        is = any_of(f);
        blanks(f);
        if (*f->at != ')') {
            return wrong(f, "a closing parenthesis is missing");
        }
        f->at++;
    } else {
        is = comparison(f);
    }
    f->depth--;
    return is;
}

/* OR binds closer than AND, as the language has it. */
static bool one_of(struct filter *f)
{
    bool is = term(f);
    while (f->error == NULL && keyword(f, "OR")) {
        is = term(f) || is;
    }
    return is;
}

static bool any_of(struct filter *f)
{
    bool all = one_of(f);
    for (blanks(f); f->error == NULL && *f->at != '\0' && *f->at != ')'; blanks(f)) {
        (void)keyword(f, "AND");
        all = one_of(f) && all;
    }
    return all;
}

static bool fits(const char *text, const json_t *entry, struct filter *f)
{
    *f = (struct filter){.at = text, .entry = entry};
    blanks(f);
    bool is = *f->at == '\0' || any_of(f);
    if (f->error == NULL && *f->at != '\0') {
        (void)wrong(f, "a parenthesis too many");
    }
    return is;
}

/* ---- the request ---- */

struct query {
    const char *filter, *order, *token;
    json_t *names;
    long size;
};

static int refuse(struct sim_job *job, const char *text)
{
    job->reply->status = 400;
    job->reply->json = json_pack("{s:{s:i, s:s, s:s}}", "error", "code", 400, "message", text,
                                 "status", "INVALID_ARGUMENT");
    return -1;
}

static int names_check(struct sim_job *job, const json_t *names)
{
    size_t index = 0;
    json_t *name = NULL;
    if (json_array_size(names) == 0) {
        return refuse(job, "resource_names is a required parameter.");
    }
    if (json_array_size(names) > NAMES_MAX) {
        return refuse(job, "Too many resource names, at most 100 are allowed.");
    }
    json_array_foreach(names, index, name)
    {
        const char *text = json_string_value(name);
        if (text == NULL || strncmp(text, "projects/", 9) != 0 ||
            sim_estate_project(&job->sim->estate, text + 9) == NULL) {
            return refuse(job, "A resource name is no parent of logs that is simulated.");
        }
    }
    return 0;
}

static int member_read(struct sim_job *job, struct query *q, const char *name, json_t *value)
{
    static const char *const known = "resourceNames filter orderBy pageSize pageToken";
    if (!sim_has_word(known, name)) {
        json_object_set_new(job->facts, "field", json_string(""));
        json_object_set_new(job->facts, "at", json_string(""));
        sim_job_refuse(job, SIM_REFUSE_UNKNOWN_FIELD, "name", name);
        return -1;
    }
    if (strcmp(name, "resourceNames") == 0 ? !json_is_array(value)
        : strcmp(name, "pageSize") == 0    ? !json_is_integer(value)
                                           : !json_is_string(value)) {
        return refuse(job, "A field has the wrong type.");
    }
    if (strcmp(name, "resourceNames") == 0) {
        q->names = value;
    } else if (strcmp(name, "pageSize") == 0) {
        q->size = (long)json_integer_value(value);
    } else {
        *(strcmp(name, "filter") == 0    ? &q->filter
          : strcmp(name, "orderBy") == 0 ? &q->order
                                         : &q->token) = json_string_value(value);
    }
    return 0;
}

static int query_check(struct sim_job *job, const struct query *q)
{
    struct filter f;
    if (q->size < 0) {
        return refuse(job, "page_size must be non-negative.");
    }
    if (strcmp(q->order, "") != 0 && strcmp(q->order, "timestamp asc") != 0 &&
        strcmp(q->order, "timestamp desc") != 0) {
        return refuse(job, "order_by must be \"timestamp asc\" or \"timestamp desc\".");
    }
    if (strlen(q->filter) > FILTER_MAX) {
        return refuse(job, "The filter is too long, at most 20000 characters are allowed.");
    }
    (void)fits(q->filter, NULL, &f);
    if (f.error != NULL && f.not_simulated) {
        json_object_set_new(job->facts, "value", json_string(q->filter));
        sim_job_refuse(job, SIM_REFUSE_NOT_SIMULATED, "name", "filter");
        return -1;
    }
    return f.error == NULL ? names_check(job, q->names) : refuse(job, f.error);
}

/* ---- the answer ---- */

static int compare_times(const void *left, const void *right)
{
    const json_t *const *a = left;
    const json_t *const *b = right;
    const char *x = sim_str(*a, "timestamp");
    const char *y = sim_str(*b, "timestamp");
    return strcmp(x == NULL ? "" : x, y == NULL ? "" : y);
}

static bool in_names(const json_t *names, const json_t *entry)
{
    const char *log = sim_str(entry, "logName");
    size_t index = 0;
    json_t *name = NULL;
    json_array_foreach(names, index, name)
    {
        const char *parent = json_string_value(name);
        const size_t length = strlen(parent);
        if (log != NULL && strncmp(log, parent, length) == 0 && log[length] == '/') {
            return true;
        }
    }
    return false;
}

static json_t *found(struct sim_job *job, const struct query *q)
{
    const json_t *all = job->sim->estate.logs;
    const size_t length = json_array_size(all);
    json_t **list = calloc(length + 1, sizeof(json_t *));
    json_t *out = json_array();
    size_t n = 0;
    for (size_t i = 0; list != NULL && i < length; i++) {
        struct filter f;
        json_t *entry = json_array_get(all, i);
        if (in_names(q->names, entry) && fits(q->filter, entry, &f)) {
            list[n++] = entry;
        }
    }
    qsort(list, n, sizeof(json_t *), compare_times);
    for (size_t i = 0; i < n; i++) {
        json_array_append(out, list[strcmp(q->order, "timestamp desc") == 0 ? n - 1 - i : i]);
    }
    free(list);
    return out;
}

static void answer(struct sim_job *job, const struct query *q)
{
    char mark[64];
    size_t offset = 0;
    json_t *key = json_sprintf("%s %s %ld", q->filter, q->order, q->size);
    const long wanted = job->sim->page_size > 0 ? job->sim->page_size
                        : q->size == 0          ? PAGE_DEFAULT
                        : q->size < PAGE_MAX    ? q->size
                                                : PAGE_MAX;
    if (strcmp(q->token, "") != 0 &&
        sim_auth_page_read(&job->sim->auth, q->token, json_string_value(key), &offset) != 0) {
        sim_job_refuse(job, SIM_REFUSE_PAGE_TOKEN, NULL, NULL);
        json_decref(key);
        return;
    }
    json_t *all = found(job, q);
    json_t *page = json_array();
    size_t next = offset;
    /* The first page of a search may come without entries and with a token. */
    const bool empty = job->sim->page_size > 0 && strcmp(q->token, "") == 0;
    while (!empty && next < json_array_size(all) && next < offset + (size_t)wanted) {
        json_array_append(page, json_array_get(all, next++));
    }
    job->reply->json = json_object();
    if (json_array_size(page) > 0) {
        json_object_set(job->reply->json, "entries", page);
    }
    if (empty || next < json_array_size(all)) {
        sim_auth_page_write(&job->sim->auth, next, json_string_value(key), mark);
        json_object_set_new(job->reply->json, "nextPageToken", json_string(mark));
    }
    json_decref(page);
    json_decref(all);
    json_decref(key);
}

json_t *sim_logs_body(const struct sim_request *request)
{
    json_t *body = json_loadb(request->body, request->body_length, JSON_REJECT_DUPLICATES, NULL);
    if (json_is_object(body)) {
        return body;
    }
    json_decref(body);
    return NULL;
}

void sim_logs_answer(struct sim_job *job)
{
    struct query q = {.filter = "", .order = "", .token = ""};
    json_t *body = sim_logs_body(job->request);
    const char *name = NULL;
    json_t *value = NULL;
    int result = 0;
    if (body == NULL) {
        sim_job_refuse(job, SIM_REFUSE_BODY, NULL, NULL);
        return;
    }
    json_object_foreach(body, name, value)
    {
        if (result == 0) {
            result = member_read(job, &q, name, value);
        }
    }
    if (result == 0 && query_check(job, &q) == 0) {
        answer(job, &q);
    }
    json_decref(body);
}
