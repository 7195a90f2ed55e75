/*
 * sim_faults.c - faults on demand: what Google and the network do on bad days, as rows of a file.
 *
 *   {"match": {"host": "...", "path": "part of the path", "kind": "...", "nth": 1}, "action": "rate_limited", "count": 2}
 *
 * All of `match` is optional. The row works on the nth request that matches (1 is the first) and on `count` of them (default: the
 * action's own). One row acts on a request: the first that is due. `delay_ms` goes with any action. The list of actions is below;
 * tests/sim/README.md tells each.
 */
#include "sim.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum act {
    ACT_REFUSE, /* answer with the refusal of the row */
    ACT_EXPIRE, /* 401, and the token is dead from now on */
    ACT_HTML,   /* the page of Google's front end with the row's status */
    ACT_TEXT,   /* the row's status (200) with its text */
    ACT_WRONG_TYPE,
    ACT_DELIVER, /* the ordinary answer, delivered badly */
    ACT_DELAY,
    ACT_PAGE, /* pages go wrong as the row says */
    ACT_UNREACHABLE,
    ACT_LIFETIME
};

struct action {
    const char *name;
    enum act act;
    long count; /* 0: no end */
    enum sim_refusal refusal;
    enum sim_delivery delivery;
    const char *text;
    const char *type;
    int status;
    enum sim_page page;
};

static const char garbage[] = "\x01\xff\xfe{\"items\": [\xc3\x28, }} \x80 not JSON";
static const char portal[] = "<!DOCTYPE html><html><head><title>Sign in to the "
                             "network</title></head><body>Sign in</body></html>\n";

static const struct action actions[] = {
    {.name = "unauthorized", .act = ACT_REFUSE, .refusal = SIM_REFUSE_BAD_CREDENTIALS},
    {.name = "token_expired", .act = ACT_EXPIRE, .count = 1, .refusal = SIM_REFUSE_BAD_CREDENTIALS},
    {.name = "permission_denied", .act = ACT_REFUSE, .refusal = SIM_REFUSE_PERMISSION},
    {.name = "service_disabled", .act = ACT_REFUSE, .refusal = SIM_REFUSE_API_DISABLED},
    {.name = "perimeter", .act = ACT_REFUSE, .refusal = SIM_REFUSE_PERIMETER},
    {.name = "billing_disabled", .act = ACT_REFUSE, .refusal = SIM_REFUSE_BILLING},
    {.name = "location_denied", .act = ACT_REFUSE, .refusal = SIM_REFUSE_LOCATION_POLICY},
    {.name = "scope_insufficient", .act = ACT_REFUSE, .refusal = SIM_REFUSE_SCOPE},
    {.name = "rejected", .act = ACT_REFUSE, .refusal = SIM_REFUSE_ARGUMENT},
    {.name = "not_found", .act = ACT_REFUSE, .refusal = SIM_REFUSE_MISSING},
    {.name = "rate_limited", .act = ACT_REFUSE, .refusal = SIM_REFUSE_QUOTA_429},
    {.name = "rate_limited_403", .act = ACT_REFUSE, .refusal = SIM_REFUSE_QUOTA_403},
    {.name = "internal", .act = ACT_REFUSE, .refusal = SIM_REFUSE_INTERNAL},
    {.name = "unavailable", .act = ACT_REFUSE, .refusal = SIM_REFUSE_UNAVAILABLE},
    {.name = "request_timeout", .act = ACT_HTML, .status = 408},
    {.name = "bad_gateway", .act = ACT_HTML, .status = 502},
    {.name = "delay", .act = ACT_DELAY},
    {.name = "hang", .act = ACT_DELIVER, .delivery = SIM_DELIVER_HANG},
    {.name = "reset", .act = ACT_DELIVER, .delivery = SIM_DELIVER_RESET},
    {.name = "truncated", .act = ACT_DELIVER, .delivery = SIM_DELIVER_TRUNCATED},
    {.name = "endless", .act = ACT_DELIVER, .delivery = SIM_DELIVER_ENDLESS},
    {.name = "broken_element", .act = ACT_DELIVER, .delivery = SIM_DELIVER_BROKEN},
    {.name = "garbage",
     .act = ACT_TEXT,
     .text = garbage,
     .type = "application/json; charset=UTF-8"},
    {.name = "wrong_content", .act = ACT_TEXT, .text = portal, .type = "text/html; charset=UTF-8"},
    {.name = "redirect", .act = ACT_TEXT, .text = portal, .type = "text/html", .status = 302},
    {.name = "wrong_root", .act = ACT_TEXT, .text = "[]", .type = "application/json"},
    {.name = "wrong_type", .act = ACT_WRONG_TYPE},
    {.name = "page_loop", .act = ACT_PAGE, .page = SIM_PAGE_LOOP},
    {.name = "page_repeat", .act = ACT_PAGE, .page = SIM_PAGE_REPEAT},
    {.name = "page_number", .act = ACT_PAGE, .page = SIM_PAGE_NUMBER},
    {.name = "unreachable", .act = ACT_UNREACHABLE},
    {.name = "expires_in", .act = ACT_LIFETIME},
};

enum { ENDLESS_DEFAULT = 64 * 1024 * 1024, ENDLESS_MAX = 1024 * 1024 * 1024 };

/* ---- reading ---- */

static int members_known(json_t *object, const char *known, const char *where,
                         struct sim_error *err)
{
    const char *name = NULL;
    json_t *value = NULL;
    json_object_foreach(object, name, value)
    {
        if (!sim_has_word(known, name)) {
            return sim_fail(err, "%s has no member \"%s\"; it has: %s", where, name, known);
        }
    }
    return 0;
}

static int number_read(const json_t *object, const char *key, long otherwise, long least, long *out,
                       struct sim_error *err)
{
    const json_t *value = json_object_get(object, key);
    *out = otherwise;
    if (value == NULL) {
        return 0;
    }
    if (!json_is_integer(value) || json_integer_value(value) < least ||
        json_integer_value(value) > INT_MAX) {
        return sim_fail(err, "\"%s\" must be a whole number of at least %ld", key, least);
    }
    *out = (long)json_integer_value(value);
    return 0;
}

static int action_find(const char *name, size_t *out, struct sim_error *err)
{
    char known[640] = "";
    for (size_t i = 0; i < sizeof actions / sizeof actions[0]; i++) {
        if (name != NULL && strcmp(actions[i].name, name) == 0) {
            *out = i;
            return 0;
        }
        const size_t used = strlen(known);
        snprintf(known + used, sizeof known - used, " %s", actions[i].name);
    }
    return sim_fail(err, "\"action\" must be one of:%.600s", known);
}

static int row_read(void *context, size_t line, json_t *row, struct sim_error *err)
{
    struct sim_faults *faults = context;
    struct sim_fault fault = {.row = row};
    json_t *match = json_object_get(row, "match");
    const char *kind = sim_str(match, "kind");
    long ignored = 0;
    (void)line;
    if (members_known(row,
                      "match action count delay_ms retry_after locations placeholder seconds bytes",
                      "a fault", err) != 0 ||
        (match != NULL && !json_is_object(match) &&
         sim_fail(err, "\"match\" must be an object") != 0) ||
        members_known(match, "host path kind nth", "\"match\"", err) != 0 ||
        action_find(sim_str(row, "action"), &fault.action, err) != 0 ||
        number_read(match, "nth", 1, 1, &fault.nth, err) != 0 ||
        number_read(row, "count", actions[fault.action].count, 1, &fault.count, err) != 0 ||
        number_read(row, "delay_ms", 0, 0, &ignored, err) != 0 ||
        number_read(row, "retry_after", 0, 0, &ignored, err) != 0 ||
        number_read(row, "seconds", 0, 0, &ignored, err) != 0 ||
        number_read(row, "bytes", 0, 1, &ignored, err) != 0) {
        return -1;
    }
    if (kind != NULL && strcmp(kind, "project") != 0 && sim_kind_find(kind) == NULL) {
        return sim_fail(err, "no kind \"%s\" is simulated", kind);
    }
    struct sim_fault *rows = realloc(faults->rows, (faults->length + 1) * sizeof *rows);
    if (rows == NULL) {
        return sim_fail(err, "out of memory");
    }
    json_incref(row);
    faults->rows = rows;
    faults->rows[faults->length++] = fault;
    return 0;
}

int sim_faults_load(struct sim_faults *faults, const char *path, struct sim_error *err)
{
    *faults = (struct sim_faults){0};
    return path == NULL ? 0 : sim_read_lines(path, row_read, faults, err);
}

void sim_faults_free(struct sim_faults *faults)
{
    for (size_t i = 0; i < faults->length; i++) {
        json_decref(faults->rows[i].row);
    }
    free(faults->rows);
    *faults = (struct sim_faults){0};
}

/* ---- acting ---- */

static bool fault_matches(const struct sim_fault *fault, const struct sim_request *request,
                          const struct sim_method *method)
{
    const json_t *match = json_object_get(fault->row, "match");
    const char *host = sim_str(match, "host");
    const char *path = sim_str(match, "path");
    const char *kind = sim_str(match, "kind");
    return (host == NULL || strcmp(host, request->host) == 0) &&
           (path == NULL || strstr(request->path, path) != NULL) &&
           (kind == NULL || (method != NULL && strcmp(kind, method->kind) == 0));
}

/* Every row that matches counts the request, whether or not another one acts on it. */
static const struct sim_fault *fault_due(struct sim_faults *faults,
                                         const struct sim_request *request,
                                         const struct sim_method *method)
{
    const struct sim_fault *due = NULL;
    for (size_t i = 0; i < faults->length; i++) {
        struct sim_fault *fault = &faults->rows[i];
        if (!fault_matches(fault, request, method)) {
            continue;
        }
        fault->seen++;
        if (due == NULL && fault->seen >= fault->nth &&
            (fault->count == 0 || fault->seen < fault->nth + fault->count)) {
            due = fault;
        }
    }
    return due;
}

static long row_number(const struct sim_fault *fault, const char *key, long otherwise)
{
    const json_t *value = json_object_get(fault->row, key);
    return value == NULL ? otherwise : (long)json_integer_value(value);
}

/* A list whose list is a number: valid JSON of the wrong shape. */
static void wrong_type(const struct sim_method *method, struct sim_reply *reply)
{
    const char *key =
        method != NULL && method->list_key != NULL && method->call != SIM_CALL_AGGREGATED
            ? method->list_key
            : "items";
    reply->json = json_pack("{s:i}", key, 7);
}

static bool fault_act(const struct sim_fault *fault, struct sim_auth *auth,
                      const struct sim_request *request, const struct sim_method *method,
                      const json_t *facts, struct sim_twist *twist, struct sim_reply *reply)
{
    const struct action *action = &actions[fault->action];
    switch (action->act) {
    case ACT_EXPIRE:
        sim_auth_revoke(auth, request->authorization);
        sim_refuse(reply, sim_api_find(request->host), action->refusal, facts);
        return true;
    case ACT_REFUSE:
        sim_refuse(reply, sim_api_find(request->host), action->refusal, facts);
        reply->retry_after = row_number(fault, "retry_after", -1);
        return true;
    case ACT_HTML:
        sim_refuse_html(reply, action->status, request->http, request->path);
        return true;
    case ACT_TEXT:
        reply->text = strdup(action->text);
        reply->type = action->type;
        reply->status = action->status != 0 ? action->status : reply->status;
        return true;
    case ACT_WRONG_TYPE:
        wrong_type(method, reply);
        return true;
    case ACT_DELIVER:
        reply->delivery = action->delivery;
        reply->endless_bytes = (size_t)row_number(fault, "bytes", ENDLESS_DEFAULT);
        reply->endless_bytes =
            reply->endless_bytes > ENDLESS_MAX ? ENDLESS_MAX : reply->endless_bytes;
        return action->delivery != SIM_DELIVER_TRUNCATED && action->delivery != SIM_DELIVER_BROKEN;
    case ACT_PAGE:
        twist->page = action->page;
        return false;
    case ACT_UNREACHABLE:
        json_array_extend(twist->unreachable, json_object_get(fault->row, "locations"));
        twist->placeholder = json_is_true(json_object_get(fault->row, "placeholder"));
        return false;
    case ACT_LIFETIME:
        twist->lifetime = row_number(fault, "seconds", 1);
        return false;
    case ACT_DELAY:
        return false;
    }
    return false;
}

bool sim_faults_apply(struct sim_faults *faults, struct sim_auth *auth,
                      const struct sim_request *request, const struct sim_method *method,
                      const json_t *facts, struct sim_twist *twist, struct sim_reply *reply)
{
    const struct sim_fault *fault = fault_due(faults, request, method);
    if (fault == NULL) {
        return false;
    }
    reply->fault = actions[fault->action].name;
    reply->delay_ms = row_number(fault, "delay_ms", 0);
    return fault_act(fault, auth, request, method, facts, twist, reply);
}
