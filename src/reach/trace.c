/* trace.c - the writing side of a path's trace, and the reading helpers that every evaluator uses.
 *
 * Evaluators say what they found in sentences and fields; nothing here decides anything.
 */
#include <inttypes.h>
#include <string.h>

#include "plumbline/json.h"
#include "reach_priv.h"

static struct pl_hop *add_hop(struct pl_trace *t, const char *hop, enum pl_hop_verdict verdict,
                              const char *cause, const char *fmt, va_list args) PL_PRINTF(5, 0);

static struct pl_hop *add_hop(struct pl_trace *t, const char *hop, enum pl_hop_verdict verdict,
                              const char *cause, const char *fmt, va_list args)
{
    struct pl_hop h = {
        .hop = hop,
        .verdict = verdict,
        .cause = cause ? pl_cause_find(cause) : NULL,
        .text = pl_arena_vprintf(t->arena, fmt, args),
    };
    PL_PUSH(t->arena, t->evidence_cap, t->n_hops, t->cap_evidence_cap, (size_t)0);
    t->n_hops--; /* both arrays grow in step */
    PL_PUSH(t->arena, t->hops, t->n_hops, t->cap_hops, h);
    return &t->hops[t->n_hops - 1];
}

void pl_trace_pass(struct pl_trace *t, const char *hop, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    add_hop(t, hop, PL_HOP_PASS, NULL, fmt, args);
    va_end(args);
}

void pl_trace_risk(struct pl_trace *t, const char *hop, const char *cause, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    add_hop(t, hop, PL_HOP_PASS, cause, fmt, args);
    va_end(args);
}

void pl_trace_not_applicable(struct pl_trace *t, const char *hop, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    add_hop(t, hop, PL_HOP_NOT_APPLICABLE, NULL, fmt, args);
    va_end(args);
}

void pl_trace_unknown(struct pl_trace *t, const char *hop, const char *cause, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    add_hop(t, hop, PL_HOP_UNKNOWN, cause, fmt, args);
    va_end(args);
}

const char *pl_trace_place(struct pl_trace *t, const struct pl_address *resource, const char *path)
{
    /* The first that fits; `whole`: the path, not only its beginning. */
    static const struct {
        const char *kind, *from, *to;
        bool whole;
    } places[] = {
        {"run.job", "template.template.", "template.template.", false},
        {"run.job", "template.parallelism", "template.parallelism", true},
        {"run.job", "template.taskCount", "template.taskCount", true},
        {"run.job", "template.", "template.template.", false},
        {"compute.instance", "template.vpcAccess.egress",
         "networkInterfaces[name=nic0].accessConfigs", true},
        {"compute.instance", "template.vpcAccess", "networkInterfaces", true},
        {"compute.instance", "template.serviceAccount", "serviceAccounts", true},
    };
    for (size_t i = 0; path && *path == 't' && i < PL_LEN(places); i++) {
        size_t n = strlen(places[i].from);
        if (strcmp(resource->kind->name, places[i].kind) == 0 &&
            strncmp(path, places[i].from, n) == 0 && (!places[i].whole || path[n] == '\0'))
            return pl_arena_printf(t->arena, "%s%s", places[i].to, path + n);
    }
    return path;
}

static char *field_of(struct pl_trace *t, const struct pl_address *resource, const char *path,
                      bool full)
{
    char *name = full ? pl_address_full(t->arena, resource)
                      : pl_arena_strdup(t->arena, pl_trace_name(t, resource));
    path = pl_trace_place(t, resource, path);
    return path && *path ? pl_arena_printf(t->arena, "%s:%s", name, path) : name;
}

void pl_trace_block(struct pl_trace *t, const char *hop, const char *cause,
                    const struct pl_address *resource, const char *path, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    struct pl_hop *h = add_hop(t, hop, PL_HOP_BLOCK, cause, fmt, args);
    va_end(args);
    if (!resource)
        return;
    h->field = field_of(t, resource, path, true);
    h->field_short = field_of(t, resource, path, false);
}

void pl_trace_field(struct pl_trace *t, const struct pl_address *resource, const char *path)
{
    if (t->n_hops == 0 || !resource)
        return;
    struct pl_hop *h = &t->hops[t->n_hops - 1];
    if (h->verdict == PL_HOP_PASS && !h->cause)
        return;
    h->field = field_of(t, resource, path, true);
    h->field_short = field_of(t, resource, path, false);
}

void pl_trace_at(struct pl_trace *t, int64_t at_ms)
{
    if (t->n_hops > 0)
        t->hops[t->n_hops - 1].at_ms = at_ms;
}

void pl_trace_until(struct pl_trace *t, int64_t until_ms)
{
    if (t->n_hops > 0)
        t->hops[t->n_hops - 1].until_ms = until_ms;
}

static void add_evidence(struct pl_trace *t, struct pl_evidence e)
{
    if (t->n_hops == 0)
        return;
    size_t i = t->n_hops - 1;
    struct pl_hop *h = &t->hops[i];
    struct pl_evidence *list = NULL;
    if (h->n_evidence < t->evidence_cap[i])
        memcpy(&list, &h->evidence, sizeof(list)); /* ours: made below, const only for readers */
    else if (h->n_evidence > 0) {
        list = pl_arena_array(t->arena, h->n_evidence * 2, sizeof(*list));
        memcpy(list, h->evidence, h->n_evidence * sizeof(*list));
        t->evidence_cap[i] = h->n_evidence * 2;
    } else {
        list = pl_arena_array(t->arena, 4, sizeof(*list));
        t->evidence_cap[i] = 4;
    }
    list[h->n_evidence++] = e;
    h->evidence = list;
}

void pl_trace_evidence_text(struct pl_trace *t, const struct pl_address *resource, const char *path,
                            const char *value, const char *note)
{
    add_evidence(t, (struct pl_evidence){.field = field_of(t, resource, path, false),
                                         .value = value ? pl_arena_strdup(t->arena, value) : NULL,
                                         .note = note ? pl_arena_strdup(t->arena, note) : NULL});
}

void pl_trace_evidence(struct pl_trace *t, const struct pl_resource *resource, const char *path)
{
    if (!resource)
        return;
    const struct pl_value *v = NULL;
    path = pl_trace_place(t, &resource->address, path);
    enum pl_known known = pl_view_read(t->view, resource, path, &v);
    const char *text = known == PL_ABSENT      ? "(absent)"
                       : known == PL_NOT_KNOWN ? "(not known)"
                       : pl_value_text(v)      ? pl_value_text(v)
                                               : pl_json_text(t->arena, v);
    pl_trace_evidence_text(t, &resource->address, path, text, NULL);
}

void pl_trace_not_modelled(struct pl_trace *t, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    const char *text = pl_arena_vprintf(t->arena, fmt, args);
    va_end(args);
    for (size_t i = 0; i < t->n_not_modelled; i++)
        if (strcmp(t->not_modelled[i], text) == 0)
            return;
    PL_PUSH(t->arena, t->not_modelled, t->n_not_modelled, t->cap_not_modelled, text);
}

const char *pl_trace_name(struct pl_trace *t, const struct pl_address *address)
{
    /* People read the short form; the connection's own end is the reference for what goes without saying. */
    const struct pl_address *near =
        t->connection->from.what == PL_END_RESOURCE ? &t->connection->from.address
        : t->connection->to.what == PL_END_RESOURCE ? &t->connection->to.address
                                                    : address;
    const char *location = address->kind->scope == PL_SCOPE_GLOBAL ? "global" : near->location;
    return pl_address_short(t->arena, address, near->project, location);
}

const char *pl_trace_why(struct pl_trace *t, const struct pl_address *address)
{
    const struct pl_unobserved *gap = pl_world_gap(pl_view_world(t->view), address, NULL);
    if (!gap)
        return "it was not observed";
    return pl_arena_printf(t->arena, "it could not be read: %s", gap->reason);
}

static bool is_declared(struct pl_trace *t, const struct pl_address *address)
{
    const struct pl_declared *d = pl_declared_of(t, address);
    return d && (d->expect == NULL || d->expect->match != PL_M_ABSENT);
}

bool pl_trace_was_there(struct pl_trace *t, const struct pl_address *address)
{
    const struct pl_resource *r = NULL;
    return pl_view_find(t->base, address, &r) == PL_PRESENT;
}

bool pl_trace_made_anew(struct pl_trace *t, const struct pl_resource *r)
{
    const struct pl_resource *before = NULL;
    if (!r || pl_view_find(t->base, &r->address, &before) != PL_PRESENT)
        return false;
    for (size_t i = 0; i < r->address.kind->n_fields; i++) {
        const struct pl_field_row *row = &r->address.kind->fields[i];
        const struct pl_value *was = NULL, *is = NULL;
        if ((row->flags & PL_F_IMMUTABLE) == 0 || strpbrk(row->path, "[{"))
            continue;
        (void)pl_view_read(t->view, r, row->path, &is);
        (void)pl_view_read(t->base, before, row->path, &was);
        if (was != is && !(was && is && pl_value_equal(was, is)))
            return true;
    }
    return false;
}

bool pl_trace_absence_counts(struct pl_trace *t, const struct pl_address *address)
{
    const struct pl_world *world = pl_view_world(t->view);
    const struct pl_resource *const *list;
    size_t n = 0;
    if (world->kinds) /* the collector says what it looked for: the view would not know of others */
        return true;
    (void)pl_view_list(t->base, address->kind, address->project, &list, &n);
    return n > 0 || is_declared(t, address);
}

static const char *placed(struct pl_trace *t, const struct pl_resource *r, const char *path)
{
    return pl_trace_place(t, &r->address, path);
}

const char *pl_trace_text(struct pl_trace *t, const struct pl_resource *r, const char *path,
                          enum pl_known *known)
{
    const struct pl_value *v = NULL;
    enum pl_known k = r ? pl_view_read_default(t->view, r, placed(t, r, path), &v) : PL_NOT_KNOWN;
    if (known)
        *known = k;
    if (k != PL_PRESENT || !v)
        return NULL;
    if (v->type == PL_STRING)
        return v->u.string.s;
    if (v->type == PL_INT)
        return pl_arena_printf(t->arena, "%" PRId64, v->u.integer);
    if (v->type == PL_BOOL)
        return v->u.boolean ? "true" : "false";
    return NULL;
}

/* Is it one of the values that Google's document of the field has, and not the one that says nothing? */
static bool is_word(struct pl_trace *t, const struct pl_resource *r, const char *path,
                    const char *text)
{
    static const char unsaid[] = "_UNSPECIFIED";
    struct pl_field_info info;
    size_t len = strlen(text), end = sizeof unsaid - 1;
    if (len > end && strcmp(text + len - end, unsaid) == 0)
        return false;
    if (!pl_field_row_info(t->arena, r->address.kind, path, &info) || info.enum_values == NULL)
        return true;
    for (const char *const *word = info.enum_values; *word != NULL; word++)
        if (strcmp(*word, text) == 0)
            return true;
    return false;
}

const char *pl_trace_state(struct pl_trace *t, const struct pl_resource *r, const char *path,
                           enum pl_known *known)
{
    enum pl_known k;
    const char *text = pl_trace_text(t, r, path, &k);
    if (text && !is_word(t, r, path, text)) {
        text = NULL;
        k = PL_NOT_KNOWN;
    }
    if (known)
        *known = k;
    return text;
}

enum pl_tri pl_trace_bool(struct pl_trace *t, const struct pl_resource *r, const char *path)
{
    const struct pl_value *v = NULL;
    enum pl_known k = r ? pl_view_read_default(t->view, r, placed(t, r, path), &v) : PL_NOT_KNOWN;
    if (k == PL_NOT_KNOWN)
        return PL_MAYBE;
    return k == PL_PRESENT && pl_value_true(v) ? PL_YES : PL_NO;
}

int64_t pl_trace_count(struct pl_trace *t, const struct pl_resource *r, const char *path,
                       int64_t otherwise)
{
    int64_t n = 0;
    const struct pl_value *v = NULL;
    return pl_view_read_default(t->view, r, placed(t, r, path), &v) == PL_PRESENT &&
                   pl_value_as_int(v, &n) && n > 0
               ? n
               : otherwise;
}

const struct pl_value *pl_trace_list(struct pl_trace *t, const struct pl_resource *r,
                                     const char *path, enum pl_known *known)
{
    const struct pl_value *v = NULL;
    enum pl_known k = r ? pl_view_read(t->view, r, placed(t, r, path), &v) : PL_NOT_KNOWN;
    if (known)
        *known = k;
    return k == PL_PRESENT && v && v->type == PL_LIST ? v : NULL;
}

bool pl_same_network(const struct pl_address *a, const struct pl_address *b)
{
    if (!a->names || !b->names || strcmp(a->names[0], b->names[0]) != 0)
        return false;
    if (!a->project || !b->project || strcmp(a->project, b->project) == 0)
        return true;
    /* A project is named by id or by number; one of each may be the same project, two of a kind are not. */
    bool a_number = strspn(a->project, "0123456789") == strlen(a->project);
    bool b_number = strspn(b->project, "0123456789") == strlen(b->project);
    return a_number != b_number;
}

char *pl_trace_element_path(struct pl_trace *t, const char *list, const char *name,
                            const char *last)
{
    const struct pl_step steps[] = {{.type = PL_STEP_KEY, .key = list},
                                    {.type = PL_STEP_ID, .key = "name", .value = name},
                                    {.type = PL_STEP_KEY, .key = last}};
    return pl_path_format(t->arena, &(struct pl_path){.steps = steps, .n = PL_LEN(steps)});
}

char *pl_trace_container_path(struct pl_trace *t, const char *container, size_t index,
                              const char *env, const char *last)
{
    struct pl_step steps[6] = {
        {.type = PL_STEP_KEY, .key = "template"},
        {.type = PL_STEP_KEY, .key = "containers"},
        container ? (struct pl_step){.type = PL_STEP_ID, .key = "name", .value = container}
                  : (struct pl_step){.type = PL_STEP_INDEX, .index = index},
    };
    size_t n = 3;
    if (env) {
        steps[n++] = (struct pl_step){.type = PL_STEP_KEY, .key = "env"};
        steps[n++] = (struct pl_step){.type = PL_STEP_ID, .key = "name", .value = env};
    }
    steps[n++] = (struct pl_step){.type = PL_STEP_KEY, .key = last};
    return pl_path_format(t->arena, &(struct pl_path){.steps = steps, .n = n});
}
