/* symptom_report.c - a JSON report of this program (section 7 of the contract) as a source of symptoms: what a run elsewhere has seen.
 *
 * That is how a probe made where the workload runs comes back to where the baseline is judged. What the model thought there
 * is left out; what worked there is a symptom without a kind.
 */
#include <string.h>

#include "plumbline/symptom.h"

#include "field_priv.h"
#include "model_priv.h"

struct reading {
    struct pl_arena *arena;
    const char *file;
    const char *connection; /* under way */
    const char *at;         /* when the run ended */
    struct pl_err *err;
};

static int wrong(const struct reading *r, const char *what, const char *text)
{
    return pl_err_set(r->err, PL_E_INPUT, "%s: connection '%s': %s%s%s%s", r->file,
                      r->connection != NULL ? pl_clip(r->arena, r->connection) : "?", what,
                      text != NULL ? " '" : "", text != NULL ? pl_clip(r->arena, text) : "",
                      text != NULL ? "'" : "");
}

static int read_seen(const struct reading *r, const struct pl_value *seen, struct pl_symptom *out)
{
    const char *name = pl_value_member_text(seen, "symptom"),
               *detail = pl_value_member_text(seen, "detail"),
               *at = pl_value_member_text(seen, "at");
    int64_t code = 0;

    out->kind = name != NULL ? pl_symptom_find(name) : NULL;
    if (out->kind == NULL)
        return wrong(r, "unknown symptom", name != NULL ? name : "");
    if (pl_value_as_int(pl_value_member(seen, "code"), &code) && (code < 0 || code > 65535))
        return wrong(r, "'code' is no whole number from 0 to 65535", NULL);
    if (strcmp(name, "http_status") == 0 && (code < 100 || code > 599))
        return wrong(r, "'http_status' needs 'code', a status from 100 to 599", NULL);
    out->code = (int)code;
    if (!pl_value_as_int(pl_value_member(seen, "after_ms"), &out->after_ms) || out->after_ms < 0)
        out->after_ms = -1;
    out->detail = detail != NULL ? pl_symptom_detail(r->arena, detail) : NULL;
    out->class_name = pl_value_member_text(seen, "class");
    if (at != NULL)
        out->at = at;
    return 0;
}

/* 1: a symptom; 0: nothing was seen of this connection. */
static int read_connection(struct reading *r, const struct pl_value *map, struct pl_symptom *out)
{
    const struct pl_value *seen = pl_value_member(map, "symptom");
    const char *basis = pl_value_member_text(map, "basis"),
               *status = pl_value_member_text(map, "status");

    *out = (struct pl_symptom){.after_ms = -1,
                               .at = r->at,
                               .connection = r->connection = pl_value_member_text(map, "name"),
                               .seen_from = pl_value_member_text(map, "seen_from")};
    if (out->connection == NULL || basis == NULL || status == NULL)
        return wrong(r, "no 'name', 'basis' or 'status'", NULL);
    if (strcmp(basis, "model") == 0)
        return 0;
    if (out->seen_from == NULL || !pl_symptom_place_ok(r->arena, out->seen_from))
        return wrong(r, "'seen_from' is no address, `here` or `any`", NULL);
    if (seen != NULL && seen->type == PL_MAP)
        return read_seen(r, seen, out) == 0 ? 1 : -1;
    return strcmp(status, "ok") == 0;
}

int pl_symptoms_of_report(struct pl_arena *arena, const char *name, const struct pl_value *report,
                          const struct pl_symptom **out, size_t *n, struct pl_err *err)
{
    const struct pl_value *connections = pl_value_member(report, "connections");
    const char *version = pl_value_member_text(report, "format_version");
    struct pl_symptom *symptoms = NULL;
    size_t used = 0, cap = 0, all = pl_value_count(connections);
    struct reading r = {.arena = arena,
                        .file = name,
                        .err = err,
                        .at = pl_value_member_text(pl_value_member(report, "run"), "finished_at")};

    if (version == NULL || strncmp(version, "1.", 2) != 0)
        return pl_err_set(err, PL_E_INPUT,
                          "%s: a report of format_version %s; this program reads 1.x", name,
                          version != NULL ? pl_clip(arena, version) : "?");
    if (connections == NULL || connections->type != PL_LIST)
        return pl_err_set(err, PL_E_INPUT, "%s: the report has no 'connections'", name);
    for (size_t i = 0; i < all; i++) {
        struct pl_symptom symptom;
        int got = read_connection(&r, pl_value_item(connections, i), &symptom);

        if (got < 0)
            return -1;
        if (got > 0)
            PL_PUSH(arena, symptoms, used, cap, symptom);
    }
    *out = symptoms;
    *n = used;
    return 0;
}
