/* remedy.c - what undoes each drift, put together from the rows: the command, a look before and behind, the way back, the risk.
 *
 * The command is said of the resource as it stands with the drift reverted, by the revert that the proof used. Everything from outside passes
 * the redaction before it comes near a command.
 */
#include <string.h>

#include "plumbline/escape.h"
#include "plumbline/json.h"
#include "plumbline/snapshot.h"
#include "remedy_priv.h"

/* All drift of one resource. */
struct group {
    const struct pl_drift **drift;
    size_t n, cap;
};

struct job {
    struct pl_arena *arena, *scratch; /* of the result; of one drift */
    const struct pl_world *world;
    struct pl_map groups;      /* by full address */
    struct pl_map made_anew;   /* by unit: a drift of the resource that is made anew */
    const struct group *group; /* of the drift in hand */
};

/* ---- the resource before and after ---- */

static const struct pl_value *body_in(struct job *j, struct pl_view *view,
                                      const struct pl_address *address)
{
    const struct pl_resource *resource = NULL;
    if (pl_view_find(view, address, &resource) != PL_PRESENT || !resource->body)
        return NULL;
    return pl_redact(j->scratch, address->kind, resource->body, NULL);
}

/* With this drift reverted, and all other drift of the resource at or below `base` (NULL: this alone). */
static const struct pl_value *body_after(struct job *j, const struct pl_drift *d,
                                         const struct pl_path *base)
{
    struct pl_view *view = pl_view_new(j->scratch, j->world);
    for (size_t i = 0; i < j->group->n; i++) {
        const struct pl_drift *one = j->group->drift[i];
        if (one == d || (base && pl_path_covers(base, &one->path)))
            pl_diff_revert(view, one);
    }
    return body_in(j, view, &d->address);
}

static const struct pl_value *at(const struct pl_value *body, const struct pl_path *path)
{
    const struct pl_value *v = body ? pl_path_get(body, path) : NULL;
    return v && v->type == PL_NULL ? NULL : v;
}

static bool is_empty(const struct pl_value *v)
{
    return !v || (v->type == PL_LIST && v->u.list.n == 0) ||
           (v->type == PL_STRING && v->u.string.len == 0);
}

/* ---- what is printed ---- */

static const char *default_of(struct job *j, const struct pl_words *w)
{
    struct pl_field_info info;
    if (!pl_field_lookup(w->drift->address.kind, &w->base, &info, NULL, NULL) || !info.absent_is)
        return NULL;
    const char *text = info.absent_is;
    return *text == '"'                 ? pl_arena_strndup(j->arena, text + 1, strlen(text) - 2)
           : strcmp(text, "true") == 0  ? "True"
           : strcmp(text, "false") == 0 ? "False"
                                        : text;
}

/* https://cloud.google.com/sdk/gcloud/reference/topic/formats: `value` prints booleans as Python does, and lists with ; between. */
static const char *printed(struct job *j, const struct pl_words *w, const char *says)
{
    const struct pl_value *v = w->value;
    const char *usual = says ? NULL : default_of(j, w), *text;
    if (is_empty(v))
        return usual ? pl_arena_printf(j->arena, "nothing, or %s", usual) : "nothing";
    if (says)
        return pl_fill(w, NULL, says, false);
    if (v->type == PL_LIST) {
        text = pl_form(w, v, "shown");
        return text ? pl_arena_printf(j->arena, v->u.list.n > 1 ? "%s, in any order" : "%s", text)
                    : NULL;
    }
    text = v->type == PL_BOOL ? (v->u.boolean ? "True" : "False") : pl_json_scalar(j->arena, v);
    if (!text || pl_text_is_secret(text))
        return NULL;
    return usual && strcmp(usual, text) == 0 ? pl_arena_printf(j->arena, "%s, or nothing", text)
                                             : text;
}

/* What shows the field at all: describing the resource, unless a row for it knows better. */
static const char *look_of(const struct pl_words *w, const struct pl_remedy_kind *kind)
{
    const struct pl_remedy_row *row = NULL;
    struct pl_path base;
    const char *look = NULL;
    while (!look && (row = pl_remedy_row_next(w->arena, kind, &w->drift->path, row, &base)) != NULL)
        look = row->look ? pl_fill(w, NULL, row->look, true) : NULL;
    return look ? look : pl_fill(w, NULL, kind->look, true);
}

static const char *look_at(const struct pl_words *w, const struct pl_remedy_kind *kind,
                           const char *shows, bool *narrow)
{
    const char *look = look_of(w, kind), *key = pl_fill_key(w, shows);
    *narrow = key != NULL;
    if (!look)
        return NULL;
    struct pl_buf b = {0};
    pl_buf_adds(&b, look);
    pl_buf_adds(&b, " --format=");
    pl_escape_shell(&b, key ? pl_arena_printf(w->arena, "value(%s)", key) : "json");
    return pl_buf_take(&b, w->arena);
}

/* ---- Terraform ---- */

/* "a.bC[].d" as "a.b_c.d". */
static void add_snake(struct pl_buf *b, const char *path, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (path[i] == '[' || path[i] == ']')
            continue;
        bool upper = path[i] >= 'A' && path[i] <= 'Z';
        if (upper && i > 0 && path[i - 1] != '.' && !(path[i - 1] >= 'A' && path[i - 1] <= 'Z'))
            pl_buf_addc(b, '_');
        pl_buf_addc(b, upper ? (char)(path[i] - 'A' + 'a') : path[i]);
    }
}

static const char *terraform_of(struct job *j, const struct pl_words *w,
                                const struct pl_remedy_kind *kind, const struct pl_remedy_row *row)
{
    const char *location = w->drift->address.location;
    bool regional = location && strcmp(location, "global") != 0;
    const char *type =
        regional && kind->terraform_region ? kind->terraform_region : kind->terraform;
    const char *path = row && row->terraform ? row->terraform : row ? row->path : "";
    size_t len = strlen(path);
    struct pl_buf b = {0};
    if (!type || (row && row->terraform && !*row->terraform))
        return NULL;
    if (*path == '(') /* another type than the kind's own */
        return pl_arena_printf(j->arena, "%.*s%s", (int)(strcspn(path, ")") - 1), path + 1,
                               path + strcspn(path, ")") + 1);
    if (len > 3 && strcmp(path + len - 3, "...") == 0)
        len -= 3;
    else if (len > 2 && strcmp(path + len - 2, ".*") == 0)
        len -= 2;
    pl_buf_adds(&b, type);
    if (len > 0 && *path != '.') {
        pl_buf_addc(&b, '.');
        add_snake(&b, path, len);
    }
    return pl_buf_take(&b, j->arena);
}

/* The Google provider marks what it makes: https://registry.terraform.io/providers/hashicorp/google/latest/docs/guides/provider_reference */
static bool is_by_terraform(const struct pl_value *body)
{
    const struct pl_value *labels[] = {
        pl_value_member(body, "labels"),
        pl_value_member(pl_value_member(body, "settings"), "userLabels"),
    };
    for (size_t i = 0; i < PL_LEN(labels); i++) {
        const char *mark = pl_value_member_text(labels[i], "goog-terraform-provisioned");
        if (mark && strcmp(mark, "true") == 0)
            return true;
    }
    return false;
}

/* ---- in words ---- */

static const char *sentence(struct job *j, const struct pl_drift *d, const char *instead)
{
    const char *want = d->expected ? pl_value_text(d->expected)
                                         ? pl_value_text(d->expected)
                                         : pl_json_text(j->arena, d->expected)
                                   : NULL;
    const char *what =
        d->path.n == 0
            ? pl_arena_printf(j->arena,
                              d->status == PL_DRIFT_MISSING ? "create %s as declared" : "delete %s",
                              d->field)
        : want ? pl_arena_printf(j->arena, "set %s to %s", d->field, want)
               : pl_arena_printf(j->arena, "remove %s", d->field);
    if (instead)
        return pl_arena_printf(j->arena, "%s: %s", what, instead);
    if (d->flags & PL_F_IMMUTABLE)
        return pl_arena_printf(
            j->arena, "%s cannot be changed in place: the resource must be created again with %s",
            d->field, want ? want : "the declared value");
    if (d->flags & PL_F_OUTPUT)
        return pl_arena_printf(j->arena, "%s is written by Google's side: mend what drives it",
                               d->field);
    return pl_arena_printf(j->arena, "%s: no command for it is known", what);
}

static const char *risk_unknown(struct job *j, const struct pl_remedy_kind *kind)
{
    const char *page = kind && kind->source ? kind->source : NULL;
    return page ? pl_arena_printf(j->arena,
                                  "not known for this field: read Google's page first, %.*s",
                                  (int)strcspn(page, " "), page)
                : "not known for this field: read Google's page first";
}

/* ---- a field ---- */

/* Of a row: as it is to be, or (back) as it was. */
static struct pl_words words_of(struct job *j, const struct pl_drift *d, const struct pl_path *base,
                                const struct pl_value *body, const struct pl_value *other,
                                const struct pl_value *shown)
{
    struct pl_words w = {
        .arena = j->arena, .drift = d, .base = *base, .body = body, .other = other};
    w.value = at(body, base);
    if (!w.value && shown && base->n == d->path.n && shown->type != PL_UNKNOWN)
        w.value = shown; /* absent counts as its default */
    return w;
}

static const char *command_of(const struct pl_words *w, const struct pl_remedy_kind *kind,
                              const struct pl_remedy_row *row)
{
    /* An empty text is a value of a label, and of most other fields none. */
    bool gone = strstr(row->path, ".*") ? !w->value : is_empty(w->value);
    return pl_fill(w, kind->update, gone ? row->unset : row->set, true);
}

/* Of a row that stands for a whole list: what else of it drifted goes back, too. */
static const char *risk_of(struct job *j, const struct pl_drift *d, const struct pl_path *base,
                           const struct pl_remedy_row *row)
{
    enum { TOLD = 3 };
    const char *risk = row->risk;
    size_t n = 0;
    for (size_t i = 0; strstr(row->path, "...") && i < j->group->n; i++) {
        const struct pl_drift *other = j->group->drift[i];
        if (other == d || !pl_path_covers(base, &other->path))
            continue;
        if (n++ < TOLD)
            risk = pl_arena_printf(j->arena, "%s%s %s", risk, n == 1 ? "; it also undoes" : ",",
                                   pl_path_format(j->arena, &other->path));
    }
    return n > TOLD ? pl_arena_printf(j->arena, "%s and %zu more", risk, n - TOLD) : risk;
}

/* A row that speaks of other fields of its element speaks of them as they are to be, too. */
static bool needs_element(const struct pl_remedy_row *row)
{
    return (row->set && strstr(row->set, "{^")) || (row->unset && strstr(row->unset, "{^"));
}

/* `r` has room for two; how many there are. */
static size_t by_row(struct job *j, const struct pl_drift *d, const struct pl_remedy_kind *kind,
                     const struct pl_remedy_row *row, const struct pl_path *base,
                     const struct pl_value *before, struct pl_remedy *r)
{
    bool whole = strstr(row->path, "...") != NULL, narrow;
    const struct pl_path element = pl_words_element_path(base);
    const struct pl_path *with = needs_element(row) && element.n ? &element : whole ? base : NULL;
    const struct pl_value *after = body_after(j, d, with);
    const struct pl_words w = words_of(j, d, base, after, before, NULL),
                          back = words_of(j, d, base, before, after, d->observed);
    const char *command = command_of(&w, kind, row), *first = NULL;
    size_t n = 0;
    if (!command || (w.value && w.value->type == PL_UNKNOWN))
        return 0;
    if (row->first && !is_empty(w.value))
        first = pl_fill(&w, kind->update, row->first, true);
    if (first)
        r[n++] = (struct pl_remedy){.command = first, .risk = row->risk, .order = kind->order};
    const char *rollback = first ? NULL : command_of(&back, kind, row);
    const char *look = look_at(&w, kind, row->shows, &narrow);
    r[n++] = (struct pl_remedy){
        .command = command,
        .rollback = rollback && strcmp(rollback, command) != 0 ? rollback : NULL,
        .risk = risk_of(j, d, base, row),
        .precheck = look,
        .verify = look,
        .prints = narrow ? printed(j, &w, row->says) : NULL,
        .before = narrow ? printed(j, &back, row->says) : NULL,
        .terraform = terraform_of(j, &w, kind, row),
        .order = kind->order,
    };
    return n;
}

/* ---- a message: the rows below it, in one command ---- */

/* Steps of a row's path below a prefix: plain keys alone. False where it is not below. */
static bool path_below(struct job *j, const char *prefix, const char *row,
                       const struct pl_path *top, struct pl_path *out)
{
    size_t n = strlen(prefix), len = strlen(row);
    struct pl_path rest;
    if (strncmp(row, prefix, n) != 0 || row[n] != '.')
        return false;
    if (len > n + 4 && strcmp(row + len - 3, "...") == 0)
        len -= 3;
    char *text = pl_arena_strndup(j->arena, row + n + 1, len - n - 1);
    if (strpbrk(text, "[*") || pl_path_parse(j->arena, text, &rest, NULL) < 0)
        return false;
    *out = *top;
    for (size_t i = 0; i < rest.n; i++)
        *out = pl_path_with(j->arena, out, rest.steps[i]);
    return true;
}

/* Options of all rows below the field whose values differ; NULL: one of them has none. */
static const char *flags_below(struct job *j, const struct pl_drift *d,
                               const struct pl_remedy_kind *kind, const struct pl_value *body,
                               const struct pl_value *other, const char **risk)
{
    const char *prefix = pl_path_generic(j->arena, &d->path);
    struct pl_buf b = {0};
    for (size_t i = 0; i < kind->n_rows; i++) {
        const struct pl_remedy_row *row = &kind->rows[i];
        struct pl_path base;
        if (!path_below(j, prefix, row->path, &d->path, &base))
            continue;
        const struct pl_words w = words_of(j, d, &base, body, other, NULL);
        const struct pl_value *was = at(other, &base);
        if ((!w.value && !was) || (w.value && was && pl_value_equal(w.value, was)))
            continue;
        const char *template = is_empty(w.value) ? row->unset : row->set;
        if (!template && !w.value && default_of(j, &w))
            continue; /* goes with the others */
        const char *flags = template ? pl_fill(&w, NULL, template, true) : NULL;
        if (!flags || strncmp(flags, "gcloud ", 7) == 0)
            return pl_buf_free(&b), NULL;
        pl_buf_addf(&b, " %s", flags);
        *risk = *risk ? *risk : row->risk;
    }
    return b.len ? pl_buf_take(&b, j->arena) : (pl_buf_free(&b), (const char *)NULL);
}

static struct pl_remedy *by_rows_below(struct job *j, const struct pl_drift *d,
                                       const struct pl_remedy_kind *kind,
                                       const struct pl_value *before)
{
    const struct pl_value *after = body_after(j, d, &d->path);
    const struct pl_words w = words_of(j, d, &d->path, after, before, NULL);
    const char *risk = NULL, *same = NULL;
    const char *head = kind->update ? pl_fill(&w, NULL, kind->update, true) : NULL;
    const char *flags = head ? flags_below(j, d, kind, after, before, &risk) : NULL;
    const char *back = flags ? flags_below(j, d, kind, before, after, &same) : NULL;
    if (!flags)
        return NULL;
    struct pl_remedy *r = PL_NEW(j->arena, struct pl_remedy);
    bool narrow;
    r->command = pl_arena_printf(j->arena, "%s%s", head, flags);
    r->rollback = back ? pl_arena_printf(j->arena, "%s%s", head, back) : NULL;
    r->precheck = r->verify = look_at(&w, kind, "", &narrow);
    r->risk = risk;
    r->terraform = terraform_of(
        j, &w, kind, &(struct pl_remedy_row){.path = pl_path_generic(j->arena, &d->path)});
    r->order = kind->order;
    return r;
}

static struct pl_remedy *in_words(struct job *j, const struct pl_drift *d,
                                  const struct pl_remedy_kind *kind,
                                  const struct pl_remedy_row *row, const struct pl_path *base)
{
    struct pl_remedy *r = PL_NEW(j->arena, struct pl_remedy);
    struct pl_words w = {.arena = j->arena, .drift = d, .base = *base};
    bool narrow;
    const bool output = (d->flags & PL_F_OUTPUT) != 0;
    r->command = sentence(j, d, row ? row->instead : NULL);
    r->risk = row      ? row->risk
              : output ? "none of its own: it follows from what drives it"
                       : risk_unknown(j, kind);
    r->precheck = r->verify = look_at(&w, kind, row ? row->shows : NULL, &narrow);
    r->terraform = output ? NULL : terraform_of(j, &w, kind, row);
    r->order = kind->order;
    return r;
}

static struct pl_remedy *of_field(struct job *j, const struct pl_drift *d,
                                  const struct pl_remedy_kind *kind, const struct pl_value *before,
                                  size_t *n)
{
    struct pl_remedy *r = pl_arena_array(j->arena, 2, sizeof(*r));
    struct pl_path base = d->path, first_base = d->path;
    const struct pl_remedy_row *row = NULL, *first = NULL;
    while ((row = pl_remedy_row_next(j->arena, kind, &d->path, row, &base))) {
        if (!first) {
            first = row;
            first_base = base;
        }
        if ((*n = by_row(j, d, kind, row, &base, before, r)) > 0)
            return r;
    }
    struct pl_remedy *below = first ? NULL : by_rows_below(j, d, kind, before);
    *n = 1;
    if (below)
        return below;
    if (kind->stateless && !(d->flags & PL_F_OUTPUT)) {
        static const struct pl_path root;
        const struct pl_words w = words_of(j, d, &root, body_after(j, d, &root), before, NULL);
        struct pl_remedy *again =
            pl_remedy_make_again(&w, kind, first ? first->risk : kind->remove_risk);
        if (again) {
            again[0].terraform = again[1].terraform = terraform_of(j, &w, kind, first);
            *n = 2;
            return again;
        }
    }
    *n = 1;
    return in_words(j, d, kind, first, &first_base);
}

/* ---- all ---- */

static struct pl_remedy *of_policy(struct job *j, const struct pl_drift *d,
                                   const struct pl_remedy_kind *kind, const struct pl_value *before,
                                   size_t *n)
{
    static const struct pl_path root;
    const struct pl_words w = words_of(j, d, &root, body_after(j, d, &d->path), before, NULL);
    struct pl_remedy *r = pl_remedy_iam(&w, kind, n);
    if (*n > 0)
        return r;
    *n = 1;
    r = PL_NEW(j->arena, struct pl_remedy);
    r->command = sentence(j, d, NULL);
    r->risk = "takes effect within minutes";
    r->terraform = kind->terraform_member;
    r->order = kind->order + 1;
    return r;
}

static struct pl_remedy *of_resource(struct job *j, const struct pl_drift *d,
                                     const struct pl_remedy_kind *kind,
                                     const struct pl_value *before)
{
    static const struct pl_path root;
    const bool missing = d->status == PL_DRIFT_MISSING;
    const struct pl_value *after = missing ? body_after(j, d, NULL) : NULL;
    const struct pl_words w = words_of(j, d, &root, after, before, NULL);
    struct pl_remedy *r = missing ? pl_remedy_create(&w, kind) : pl_remedy_delete(&w, kind);
    if (!r->command)
        r->command = sentence(j, d, missing ? kind->create_instead : NULL);
    r->terraform = terraform_of(j, &w, kind, NULL);
    return r;
}

/* A text that holds the address of a resource that is itself to be made anew: what is there now is not what there will be. NULL: it is none. */
static struct pl_remedy *of_follower(struct job *j, const struct pl_drift *d,
                                     const struct pl_remedy_kind *kind)
{
    struct pl_path base;
    const struct pl_drift *made = d->unit ? pl_map_get(&j->made_anew, d->unit) : NULL;
    if (!made || pl_address_equal(&made->address, &d->address))
        return NULL;
    /* as its own field is shown, up to the path */
    const char *name = pl_arena_strndup(j->arena, made->field, strcspn(made->field, ":"));
    const struct pl_remedy_row *row = pl_remedy_row_next(j->arena, kind, &d->path, NULL, &base);
    struct pl_remedy *r = in_words(j, d, kind, row, row ? &base : &d->path);
    r->command = pl_arena_printf(j->arena,
                                 "set %s to what %s has once it is made anew, as the baseline "
                                 "refers to it: that is not known before",
                                 d->field, name);
    return r;
}

static void remediate(struct job *j, struct pl_drift *d)
{
    const struct pl_remedy_kind *kind = pl_remedy_kind_find(d->address.kind->name);
    const struct pl_value *before = body_in(j, pl_view_new(j->scratch, j->world), &d->address);
    struct pl_remedy *r;
    d->n_remedies = 1;
    if (!kind) {
        r = PL_NEW(j->arena, struct pl_remedy);
        r->command = sentence(j, d, NULL);
        r->risk = risk_unknown(j, NULL);
    } else if (pl_remedy_is_iam(d)) {
        r = of_policy(j, d, kind, before, &d->n_remedies);
    } else if (d->path.n == 0) {
        r = of_resource(j, d, kind, before);
    } else if (!(r = of_follower(j, d, kind))) {
        r = of_field(j, d, kind, before, &d->n_remedies);
    }
    for (size_t i = 0; i < d->n_remedies; i++) {
        r[i].by_terraform = r[i].terraform && is_by_terraform(before);
        if (d->path.n == 0 && d->status == PL_DRIFT_UNEXPECTED && !r[i].by_terraform)
            r[i].terraform = NULL; /* nobody's code has it */
        if (d->status == PL_DRIFT_MISSING || (kind && kind->others_need_it))
            r[i].others_need_it = true;
    }
    d->remedies = r;
}

static void gather(struct job *j, const struct pl_drift *d)
{
    const char *full = pl_address_full(j->arena, &d->address);
    struct group *g = pl_map_get(&j->groups, full);
    if (!g) {
        g = PL_NEW(j->arena, struct group);
        (void)pl_map_put(&j->groups, full, g);
    }
    PL_PUSH(j->arena, g->drift, g->n, g->cap, d);
}

void pl_remediate(struct pl_arena *arena, const struct pl_world *observed,
                  struct pl_drift *const *drift, size_t n)
{
    struct job j = {.arena = arena, .world = observed};
    pl_map_init(&j.groups, arena);
    pl_map_init(&j.made_anew, arena);
    for (size_t i = 0; i < n; i++) {
        gather(&j, drift[i]);
        if (drift[i]->unit && (drift[i]->flags & PL_F_IMMUTABLE))
            (void)pl_map_put(&j.made_anew, drift[i]->unit, drift[i]);
    }
    for (size_t i = 0; i < n; i++) {
        j.scratch = pl_arena_new();
        j.group = pl_map_get(&j.groups, pl_address_full(j.scratch, &drift[i]->address));
        remediate(&j, drift[i]);
        pl_arena_free(j.scratch);
    }
}

const char *pl_remedy_look(struct pl_arena *arena, const struct pl_address *address,
                           const struct pl_path *path)
{
    const struct pl_drift d = {.address = *address, .path = *path};
    struct pl_words w = {.arena = arena, .drift = &d, .base = *path};
    const struct pl_remedy_kind *kind = pl_remedy_kind_find(address->kind->name);
    const struct pl_remedy_row *row =
        kind ? pl_remedy_row_next(arena, kind, path, NULL, &w.base) : NULL;
    bool narrow;
    if (!kind)
        return NULL;
    if (pl_remedy_is_iam(&d))
        return pl_remedy_iam_look(&w, kind);
    /* What no row knows gcloud may call otherwise than the API: all of it is shown. */
    return look_at(&w, kind, path->n > 0 && row ? row->shows : "", &narrow);
}
