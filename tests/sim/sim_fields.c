/*
 * sim_fields.c - `fields`, the partial response of all of Google's APIs: a,b/c,d(e,f/g) and `*` for any name, as
 * https://developers.google.com/discovery/v1/performance#partial-response describes it.
 *
 * A selector that is none is refused, and so is one of a list that begins with a name that the list's own message does not have. What
 * Google's resources have at any depth is in its documents: with them (sim_documents.c) every name is looked up.
 */
#include "sim.h"

#include <string.h>

enum { MAX_DEPTH = 16 };

/* A selection: a name (or `*`) to the selection below it; empty: all of it. */
struct reader {
    const char *at;
    int depth;
};

static int read_list(struct reader *r, json_t *into);

/* One name; borrowed from `into`, where the selection below it is. */
static json_t *read_name(struct reader *r, json_t *into, bool *known)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
    const size_t length = *r->at == '*' ? 1 : strspn(r->at, letters);
    json_t *name = length == 0 ? NULL : json_stringn(r->at, length);
    json_t *below = name == NULL ? NULL : json_object_get(into, json_string_value(name));
    *known = below != NULL;
    if (name != NULL && below == NULL) {
        below = json_object();
        json_object_set_new(into, json_string_value(name), below);
    }
    json_decref(name);
    r->at += length;
    return below;
}

/* a/b(c,d): what was selected whole stays whole. */
static int read_path(struct reader *r, json_t *into)
{
    bool known = false;
    json_t *below = read_name(r, into, &known);
    const bool whole = known && json_object_size(below) == 0;
    json_t *scratch = json_object();
    int result = below == NULL || ++r->depth > MAX_DEPTH ? -1 : 0;
    if (result == 0 && *r->at == '/') {
        r->at++;
        result = read_path(r, whole ? scratch : below);
    } else if (result == 0 && *r->at == '(') {
        r->at++;
        result = read_list(r, whole ? scratch : below);
        result = result == 0 && *r->at == ')' ? 0 : -1;
        r->at += *r->at == ')';
    } else if (result == 0) {
        json_object_clear(below);
    }
    r->depth--;
    json_decref(scratch);
    return result;
}

static int read_list(struct reader *r, json_t *into)
{
    while (read_path(r, into) == 0) {
        if (*r->at != ',') {
            return 0;
        }
        r->at++;
    }
    return -1;
}

/* NULL where the text is no selector. */
static json_t *selection_read(const char *text)
{
    struct reader r = {.at = text};
    json_t *selection = json_object();
    if (read_list(&r, selection) == 0 && *r.at == '\0') {
        return selection;
    }
    json_decref(selection);
    return NULL;
}

/* ---- what a list's message has ---- */

static bool list_has(const struct sim_job *job, const char *name)
{
    const struct sim_method *method = job->method;
    const bool compute = job->api->style == SIM_STYLE_COMPUTE;
    if (strcmp(name, "*") == 0) {
        return true;
    }
    if (method->call == SIM_CALL_AGGREGATED ? strcmp(name, "items") == 0
                                            : strcmp(name, method->list_key) == 0) {
        return true;
    }
    /* Users come on one page, and their list has a token all the same ("Unused."). */
    const bool unused = strcmp(method->id, "sql.users.list") == 0;
    if ((strcmp(name, "nextPageToken") == 0 && (method->size_param != NULL || unused)) ||
        (strcmp(name, "kind") == 0 && method->envelope != NULL) ||
        (compute && sim_has_word("id selfLink warning", name))) {
        return true;
    }
    switch (method->partial) {
    case SIM_PARTIAL_COMPUTE:
        return method->call == SIM_CALL_AGGREGATED && strcmp(name, "unreachables") == 0;
    case SIM_PARTIAL_UNREACHABLE:
    case SIM_PARTIAL_REDIS:
        return strcmp(name, "unreachable") == 0;
    case SIM_PARTIAL_SQL:
        return strcmp(name, "warnings") == 0;
    case SIM_PARTIAL_NONE:
        break;
    }
    return false;
}

static int refuse(struct sim_job *job, const char *selector)
{
    sim_job_refuse(job, SIM_REFUSE_FIELDS, "value", selector);
    return -1;
}

int sim_fields_check(struct sim_job *job, const char *text)
{
    json_t *selection = selection_read(text);
    const char *name = NULL;
    json_t *below = NULL;
    int result = selection == NULL ? refuse(job, text) : 0;
    if (result == 0 && job->method->list_key != NULL) {
        json_object_foreach(selection, name, below)
        {
            if (!list_has(job, name)) {
                result = refuse(job, name);
                break;
            }
        }
    }
    name = result == 0 ? sim_documents_unknown(job->sim, job->method, selection) : NULL;
    result = name != NULL ? refuse(job, name) : result;
    json_decref(selection);
    return result;
}

/* ---- what is selected ---- */

static json_t *select_from(json_t *value, json_t *selection);

static json_t *select_members(json_t *value, json_t *selection)
{
    json_t *out = json_object();
    const char *name = NULL;
    json_t *member = NULL;
    json_object_foreach(value, name, member)
    {
        json_t *below = json_object_get(selection, name);
        below = below == NULL ? json_object_get(selection, "*") : below;
        json_t *kept = below == NULL ? NULL : select_from(member, below);
        if (kept != NULL) {
            json_object_set_new(out, name, kept);
        }
    }
    return out;
}

/* New; NULL where nothing of it is selected. Each element of a list is looked into, as if the list were not there. */
static json_t *select_from(json_t *value, json_t *selection)
{
    if (json_object_size(selection) == 0) {
        return json_incref(value);
    }
    if (json_is_array(value)) {
        json_t *out = json_array();
        json_t *item = NULL;
        size_t index = 0;
        json_array_foreach(value, index, item)
        {
            json_t *kept = select_from(item, selection);
            if (kept != NULL || json_is_object(item)) {
                json_array_append_new(out, kept != NULL ? kept : json_object());
            }
        }
        return out;
    }
    json_t *out = json_is_object(value) ? select_members(value, selection) : NULL;
    if (json_object_size(out) == 0 && json_object_size(value) > 0) {
        json_decref(out);
        return NULL;
    }
    return out;
}

void sim_fields_apply(struct sim_job *job)
{
    const char *text = sim_query(job->request, "fields");
    json_t *selection = text == NULL || text[0] == '\0' ? NULL : selection_read(text);
    if (selection != NULL && job->reply->status == 200 && job->reply->json != NULL) {
        json_t *kept = select_from(job->reply->json, selection);
        json_decref(job->reply->json);
        job->reply->json = kept == NULL ? json_object() : kept;
    }
    json_decref(selection);
}
