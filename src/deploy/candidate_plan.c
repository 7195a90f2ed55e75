/* candidate_plan.c - Terraform's plan: of each resource what differs between before and after, laid over what is observed.
 *
 * Format: https://developer.hashicorp.com/terraform/internals/json-format (resource_changes). Attributes go through the table that state goes
 * through. What `after_unknown` names is known once it is applied, so PL_UNKNOWN here; what is sensitive becomes a mark.
 */
#include <string.h>

#include "deploy_priv.h"
#include "plumbline/json.h"
#include "plumbline/snapshot.h"
#include "terraform_priv.h"

struct planned {
    enum pl_candidate_action action;
    const struct pl_tf_type *type;
    const char *shown; /* Terraform's own address */
    const struct pl_value *before, *after;
};

/* ---- values ---- */

/* `what` has the shape of `v` and says true where nobody knows yet. */
static const struct pl_value *unknown_in(struct pl_arena *arena, const struct pl_value *v,
                                         const struct pl_value *what)
{
    if (pl_value_true(what))
        return pl_value_unknown();
    if (what != NULL && what->type == PL_MAP &&
        (v == NULL || v->type == PL_MAP || v->type == PL_NULL))
        for (size_t i = 0; i < what->u.map.n; i++) {
            const char *key = what->u.map.members[i].key;
            const struct pl_value *old = pl_value_member(v, key),
                                  *now = unknown_in(arena, old, what->u.map.members[i].value);

            if (now != old)
                v = pl_value_map_with(arena, v, key, now);
        }
    if (what != NULL && what->type == PL_LIST && v != NULL && v->type == PL_LIST) {
        size_t n = pl_value_count(v);
        const struct pl_value **items = pl_arena_array(arena, n + 1, sizeof *items);

        for (size_t i = 0; i < n; i++)
            items[i] = unknown_in(arena, pl_value_item(v, i), pl_value_item(what, i));
        return pl_value_list(arena, items, n);
    }
    return v;
}

/* The same element of a list, by what names it. */
static bool same_element(const struct pl_value *a, const struct pl_value *b)
{
    const char *x = pl_value_member_text(a, "name"), *y = pl_value_member_text(b, "name");

    return x == NULL || y == NULL ? x == y : strcmp(x, y) == 0;
}

static bool aligned(const struct pl_value *a, const struct pl_value *b, const struct pl_value *c)
{
    size_t n = pl_value_count(a);

    if (a->type != PL_LIST || b->type != PL_LIST || c->type != PL_LIST || pl_value_count(b) != n ||
        pl_value_count(c) != n)
        return false;
    for (size_t i = 0; i < n; i++)
        if (!same_element(pl_value_item(a, i), pl_value_item(b, i)) ||
            !same_element(pl_value_item(a, i), pl_value_item(c, i)))
            return false;
    return true;
}

/* The observed value with what differs from `before` to `after`; NULL: absent. */
static const struct pl_value *merged(struct pl_arena *arena, const struct pl_value *observed,
                                     const struct pl_value *before, const struct pl_value *after)
{
    if (before == after || (before != NULL && after != NULL && pl_value_equal(before, after)))
        return observed;
    if (observed == NULL || before == NULL || after == NULL)
        return after;
    if (observed->type == PL_MAP && before->type == PL_MAP && after->type == PL_MAP) {
        for (size_t i = 0; i < before->u.map.n + after->u.map.n; i++) {
            const char *key = i < before->u.map.n ? before->u.map.members[i].key
                                                  : after->u.map.members[i - before->u.map.n].key;
            const struct pl_value *b = pl_value_member(before, key);

            if (i >= before->u.map.n && b != NULL)
                continue; /* done */
            observed = pl_value_map_with(
                arena, observed, key,
                merged(arena, pl_value_member(observed, key), b, pl_value_member(after, key)));
        }
        return observed;
    }
    if (aligned(observed, before, after)) {
        size_t n = pl_value_count(after);
        const struct pl_value **items = pl_arena_array(arena, n + 1, sizeof *items);

        for (size_t i = 0; i < n; i++)
            items[i] = merged(arena, pl_value_item(observed, i), pl_value_item(before, i),
                              pl_value_item(after, i));
        return pl_value_list(arena, items, n);
    }
    return after;
}

/* ---- bodies ---- */

/* What calls of their own answer about a member that changes is as old as the member was (routes over a peering). */
static const struct pl_value *blur_virtuals(struct pl_arena *arena, const struct pl_kind *kind,
                                            const struct pl_value *old, const struct pl_value *body)
{
    for (size_t i = 0; i < kind->n_virtuals; i++) {
        const struct pl_virtual *v = &kind->virtuals[i];

        for (size_t k = 0; v->needs != NULL && v->needs[k] != NULL; k++) {
            const struct pl_value *a = pl_value_member(old, v->needs[k]),
                                  *b = pl_value_member(body, v->needs[k]);

            if (pl_value_member(body, v->field.name) != NULL && a != b &&
                (a == NULL || b == NULL || !pl_value_equal(a, b)))
                body = pl_value_map_with(arena, body, v->field.name, pl_value_unknown());
        }
    }
    return body;
}

static bool differs(const struct pl_value *a, const struct pl_value *b)
{
    return a != b && (a == NULL || b == NULL || !pl_value_equal(a, b));
}

/* A state is what its driver was when it was read. */
static const struct pl_value *blur_states(struct pl_arena *arena, const struct pl_kind *kind,
                                          const struct pl_value *old, const struct pl_value *body)
{
    if (strcmp(kind->name, "sql.instance") == 0 &&
        differs(pl_value_member(pl_value_member(old, "settings"), "activationPolicy"),
                pl_value_member(pl_value_member(body, "settings"), "activationPolicy")))
        return pl_value_map_with(arena, body, "state", pl_value_unknown());
    return body;
}

static const struct pl_value *updated(struct pl_reading_candidate *r, const struct pl_address *a,
                                      const struct planned *p, const struct pl_value *observed)
{
    const struct pl_value *before = pl_tf_body(r->arena, p->type, p->before),
                          *after = pl_tf_body(r->arena, p->type, p->after), *out = observed;

    for (size_t i = 0; i < before->u.map.n;
         i++) /* a field that only the server writes is an effect */
        if (pl_candidate_is_servers(a->kind, before->u.map.members[i].key))
            after = pl_value_map_with(r->arena, after, before->u.map.members[i].key,
                                      before->u.map.members[i].value);
    for (size_t i = 0; i < after->u.map.n; i++)
        if (pl_candidate_is_servers(a->kind, after->u.map.members[i].key) &&
            pl_value_member(before, after->u.map.members[i].key) == NULL)
            before = pl_value_map_with(r->arena, before, after->u.map.members[i].key,
                                       after->u.map.members[i].value);
    out = merged(r->arena, observed, before, after);
    out = blur_states(r->arena, a->kind, observed, blur_virtuals(r->arena, a->kind, observed, out));
    if (strcmp(a->kind->name, "run.service") == 0 &&
        differs(pl_value_member(observed, "template"), pl_value_member(out, "template")))
        out = pl_candidate_redeployed(r->arena, a, out);
    return out;
}

static const struct pl_value *created(struct pl_reading_candidate *r, const struct pl_address *a,
                                      const struct planned *p)
{
    const struct pl_value *body = pl_tf_named(r->arena, a, pl_tf_body(r->arena, p->type, p->after));

    /* What is new has a policy of nobody's; resources of the plan add to it. */
    if (a->kind->call.iam_path != NULL)
        body = pl_value_map_with(r->arena, body, "iamPolicy", pl_value_map(r->arena, NULL, 0));
    return strcmp(a->kind->name, "run.service") == 0 ? pl_candidate_redeployed(r->arena, a, body)
                                                     : body;
}

static void add(struct pl_reading_candidate *r, enum pl_candidate_action action,
                const struct pl_address *a, const struct pl_value *body)
{
    pl_candidate_add(r, action, a,
                     body != NULL ? pl_redact(r->arena, a->kind, body, r->input->redaction_key)
                                  : NULL);
}

static void lay_whole(struct pl_reading_candidate *r, const struct planned *p,
                      const struct pl_address *was, const struct pl_address *is)
{
    const struct pl_value *observed = is != NULL ? pl_candidate_before(r, is) : NULL;

    if (was != NULL && (is == NULL || !pl_address_equal(was, is)))
        add(r, PL_CANDIDATE_DELETE, was, NULL);
    if (is == NULL)
        return;
    if (p->action == PL_CANDIDATE_UPDATE && observed != NULL)
        add(r, p->action, is, updated(r, is, p, observed));
    else
        add(r, p->action, is, created(r, is, p));
}

/* ---- parts ---- */

static const struct pl_value *without_element(struct pl_arena *arena, const struct pl_value *list,
                                              const struct pl_value *element,
                                              const struct pl_value *instead)
{
    size_t n = pl_value_count(list), kept = 0;
    const struct pl_value **items = pl_arena_array(arena, n + 2, sizeof *items);
    bool placed = instead == NULL;

    for (size_t i = 0; i < n; i++) {
        if (!same_element(pl_value_item(list, i), element))
            items[kept++] = pl_value_item(list, i);
        else if (!placed) {
            items[kept++] = instead;
            placed = true;
        }
    }
    if (!placed)
        items[kept++] = instead;
    return pl_value_list(arena, items, kept);
}

static const struct pl_value *element_of(const struct pl_value *list,
                                         const struct pl_value *element)
{
    for (size_t i = 0; i < pl_value_count(list); i++)
        if (same_element(pl_value_item(list, i), element))
            return pl_value_item(list, i);
    return NULL;
}

static const struct pl_value *lay_element(struct pl_reading_candidate *r, const struct planned *p,
                                          const struct pl_value *list)
{
    const struct pl_value *before =
        p->before != NULL ? pl_tf_body(r->arena, p->type, p->before) : NULL;
    const struct pl_value *after =
        p->after != NULL ? pl_tf_body(r->arena, p->type, p->after) : NULL;
    const struct pl_value *element = after != NULL ? after : before,
                          *observed = element_of(list, element), *now = after;

    if (p->type->plan_only) { /* it sets fields of an element that is another resource's */
        if (after == NULL || observed == NULL)
            return list;
        now = merged(r->arena, observed, NULL, NULL);
        for (size_t i = 0; i < after->u.map.n; i++)
            now = pl_value_map_with(r->arena, now, after->u.map.members[i].key,
                                    after->u.map.members[i].value);
    } else if (p->action == PL_CANDIDATE_UPDATE && observed != NULL && before != NULL) {
        now = merged(r->arena, observed, before, after);
    }
    return without_element(r->arena, list, element, now);
}

/* ---- policies ---- */

static const struct pl_value *members_of(struct pl_arena *arena, const struct pl_value *attributes)
{
    const struct pl_value *one = pl_value_member(attributes, "member"),
                          *all = pl_value_member(attributes, "members");

    return all != NULL ? all : one != NULL ? pl_value_list(arena, &one, 1) : NULL;
}

/* The condition as a policy has it; NULL: none. */
static const struct pl_value *condition_of(const struct pl_value *attributes)
{
    const struct pl_value *list = pl_value_member(attributes, "condition");

    return pl_value_count(list) > 0 && list->type == PL_LIST ? pl_value_item(list, 0) : NULL;
}

static bool is_binding(const struct pl_value *binding, const struct pl_value *attributes)
{
    const char *a = pl_value_member_text(binding, "role"),
               *b = pl_value_member_text(attributes, "role");
    const char *x = pl_value_member_text(pl_value_member(binding, "condition"), "title"),
               *y = pl_value_member_text(condition_of(attributes), "title");

    return a != NULL && b != NULL && strcmp(a, b) == 0 &&
           (x == NULL || y == NULL ? x == y : strcmp(x, y) == 0);
}

static const struct pl_value *joined(struct pl_arena *arena, const struct pl_value *list,
                                     const struct pl_value *more, bool take_out)
{
    size_t n = pl_value_count(list), m = pl_value_count(more), kept = 0;
    const struct pl_value **items = pl_arena_array(arena, n + m + 1, sizeof *items);

    for (size_t i = 0; i < n; i++) {
        bool found = false;

        for (size_t k = 0; k < m; k++)
            found = found || pl_value_equal(pl_value_item(list, i), pl_value_item(more, k));
        if (!found)
            items[kept++] = pl_value_item(list, i);
    }
    for (size_t i = 0; !take_out && i < m; i++)
        items[kept++] = pl_value_item(more, i);
    return pl_value_list(arena, items, kept);
}

/* One member more or less; a *_iam_binding says who holds the role, and nobody else. */
static const struct pl_value *lay_binding(struct pl_arena *arena, const struct pl_value *policy,
                                          const struct pl_value *attributes, bool take_out)
{
    const struct pl_value *old = pl_value_member(policy, "bindings"),
                          *members = members_of(arena, attributes),
                          *role = pl_value_member(attributes, "role");
    bool whole = pl_value_member(attributes, "members") != NULL, placed = false;
    size_t n = pl_value_count(old), kept = 0;
    const struct pl_value **items = pl_arena_array(arena, n + 2, sizeof *items);

    if (role == NULL || members == NULL)
        return policy;
    if (members->type != PL_LIST || role->type != PL_STRING ||
        (!whole && pl_value_item(members, 0)->type != PL_STRING))
        return pl_value_unknown(); /* known once it is applied */
    for (size_t i = 0; i < n; i++) {
        const struct pl_value *b = pl_value_item(old, i);

        if (is_binding(b, attributes)) {
            const struct pl_value *now =
                whole && !take_out
                    ? members
                    : joined(arena, pl_value_member(b, "members"), members, take_out);
            placed = true;
            if (pl_value_count(now) == 0)
                continue;
            b = pl_value_map_with(arena, b, "members", now);
        }
        items[kept++] = b;
    }
    if (!placed && !take_out) {
        struct pl_member binding[3] = {{"role", role}, {"members", members}};
        size_t m = 2;

        if (condition_of(attributes) != NULL)
            binding[m++] = (struct pl_member){"condition", condition_of(attributes)};
        items[kept++] = pl_value_map(arena, binding, m);
    }
    return pl_value_map_with(arena, policy, "bindings", pl_value_list(arena, items, kept));
}

static void lay_part(struct pl_reading_candidate *r, const struct planned *p,
                     const struct pl_address *whole)
{
    const struct pl_value *body = pl_candidate_before(r, whole),
                          *was = pl_value_member(body, p->type->part), *now = was;
    bool policy = strcmp(p->type->part, "iamPolicy") == 0;

    if (body == NULL || (policy && was == NULL)) {
        r->out->left_out++;
        pl_candidate_note(
            r,
            pl_arena_printf(r->arena, "%s is a part of %s, which %s: it is left out", p->shown,
                            pl_address_full(r->arena, whole),
                            body == NULL ? "was not observed" : "has a policy that was not read"));
        return;
    }
    if (policy) {
        if (p->before != NULL && was->type == PL_MAP)
            now = lay_binding(r->arena, now, p->before, true);
        if (p->after != NULL && now->type == PL_MAP)
            now = lay_binding(r->arena, now, p->after, false);
    } else {
        now = lay_element(r, p, was);
    }
    now = pl_value_map_with(r->arena, body, p->type->part, now);
    add(r, PL_CANDIDATE_UPDATE, whole, blur_virtuals(r->arena, whole->kind, body, now));
}

/* ---- the plan ---- */

static bool has(const struct pl_value *actions, const char *name)
{
    for (size_t i = 0; i < pl_value_count(actions); i++) {
        const char *text = pl_value_text(pl_value_item(actions, i));

        if (text != NULL && strcmp(text, name) == 0)
            return true;
    }
    return false;
}

static const struct pl_value *side(struct pl_arena *arena, const struct pl_value *change,
                                   const char *name, const char *sensitive, const char *unknown)
{
    const struct pl_value *v = pl_value_member(change, name);

    if (v == NULL || v->type != PL_MAP)
        return NULL;
    v = pl_tf_cover(arena, v, pl_value_member(change, sensitive));
    return unknown != NULL ? unknown_in(arena, v, pl_value_member(change, unknown)) : v;
}

/* False: there is nothing to lay. */
static bool read_change(struct pl_reading_candidate *r, const struct pl_value *resource,
                        struct planned *p)
{
    const struct pl_value *change = pl_value_member(resource, "change"),
                          *actions = pl_value_member(change, "actions");
    const char *mode = pl_value_member_text(resource, "mode"),
               *type = pl_value_member_text(resource, "type"),
               *shown = pl_value_member_text(resource, "address");

    *p = (struct planned){.shown = shown != NULL ? shown : type};
    if (mode == NULL || strcmp(mode, "managed") != 0 || type == NULL ||
        pl_value_member(resource, "deposed") != NULL ||
        !(has(actions, "create") || has(actions, "update") || has(actions, "delete")))
        return false;
    p->type = pl_tf_type_find(type);
    if (p->type == NULL) /* note_others tells */
        return false;
    p->action = has(actions, "create") && has(actions, "delete") ? PL_CANDIDATE_REPLACE
                : has(actions, "create")                         ? PL_CANDIDATE_CREATE
                : has(actions, "delete")                         ? PL_CANDIDATE_DELETE
                                                                 : PL_CANDIDATE_UPDATE;
    if (!has(actions, "create") || has(actions, "delete"))
        p->before = side(r->arena, change, "before", "before_sensitive", NULL);
    if (p->action != PL_CANDIDATE_DELETE)
        p->after = side(r->arena, change, "after", "after_sensitive", "after_unknown");
    return p->before != NULL || p->after != NULL;
}

/* Changes of Google's types that are no kind of ours, in one sentence. */
static void note_others(struct pl_reading_candidate *r, const struct pl_value *changes)
{
    struct pl_buf types = {0};
    size_t n = 0;

    for (size_t i = 0; i < pl_value_count(changes); i++) {
        const struct pl_value *resource = pl_value_item(changes, i);
        const struct pl_value *actions =
            pl_value_member(pl_value_member(resource, "change"), "actions");
        const char *type = pl_value_member_text(resource, "type"),
                   *mode = pl_value_member_text(resource, "mode");

        if (type == NULL || mode == NULL || strcmp(mode, "managed") != 0 ||
            strncmp(type, "google_", 7) != 0 || pl_tf_type_find(type) != NULL ||
            !(has(actions, "create") || has(actions, "update") || has(actions, "delete")))
            continue;
        n++;
        if (types.len < 200 && (types.len == 0 || strstr(pl_buf_str(&types), type) == NULL))
            pl_buf_addf(&types, "%s%s", types.len > 0 ? ", " : "", type);
    }
    if (n > 0)
        pl_candidate_note(r, pl_arena_printf(r->arena, "%zu %s of types that are not read here: %s",
                                             n, n == 1 ? "change" : "changes", pl_buf_str(&types)));
    pl_buf_free(&types);
}

static void lay(struct pl_reading_candidate *r, const struct planned *p)
{
    struct pl_address was, is;
    bool has_was =
        p->before != NULL && pl_tf_address(r->arena, p->type, p->before, r->input->project, &was);
    bool has_is =
        p->after != NULL && pl_tf_address(r->arena, p->type, p->after, r->input->project, &is);

    if ((p->after != NULL && !has_is) || (p->before != NULL && !has_was)) {
        r->out->left_out++;
        pl_candidate_note(r,
                          pl_arena_printf(r->arena,
                                          "%s: its name, project or place is not known before it "
                                          "is applied: it is left out (--project says the "
                                          "project where the plan names none)",
                                          p->shown));
    } else if (p->type->part != NULL) {
        lay_part(r, p, has_is ? &is : &was);
    } else {
        lay_whole(r, p, has_was ? &was : NULL, has_is ? &is : NULL);
    }
}

bool pl_candidate_is_plan(const struct pl_candidate_input *input)
{
    static const char *const marks[] = {"\"resource_changes\"", "\"planned_values\"",
                                        "\"terraform_version\""};
    size_t at = 0;

    if (input->len >= 4 && memcmp(input->text, "PK\x03\x04", 4) == 0) /* a ZIP archive */
        return true;
    while (at < input->len && strchr(" \t\r\n", input->text[at]) != NULL)
        at++;
    for (size_t i = 0; at < input->len && input->text[at] == '{' && i < PL_LEN(marks); i++)
        if (memmem(input->text, input->len, marks[i], strlen(marks[i])) != NULL)
            return true;
    return false;
}

int pl_candidate_plan(struct pl_reading_candidate *r, struct pl_err *err)
{
    const struct pl_candidate_input *in = r->input;
    const struct pl_value *top, *changes;

    if (in->text[0] == 'P')
        return pl_err_set(err, PL_E_PARSE,
                          "%s: this is a plan in Terraform's own format: wanted is `terraform show "
                          "-json PLAN`",
                          in->name);
    top = pl_json_parse(r->arena, in->text, in->len, in->name, err);
    if (top == NULL)
        return -1;
    changes = pl_value_member(top, "resource_changes");
    if (pl_value_true(pl_value_member(top, "errored")))
        return pl_err_set(err, PL_E_PARSE,
                          "%s: planning ended with an error: the plan is not whole", in->name);
    if ((changes == NULL || changes->type != PL_LIST) &&
        pl_value_member(top, "planned_values") == NULL)
        return pl_err_set(
            err, PL_E_PARSE,
            "%s: this is no plan of Terraform: wanted is `terraform show -json PLAN`, "
            "with its resource_changes",
            in->name);
    for (int parts = 0; parts <= 1; parts++) /* what they are a part of first */
        for (size_t i = 0; i < pl_value_count(changes); i++) {
            struct planned p;
            const char *type = pl_value_member_text(pl_value_item(changes, i), "type");
            const struct pl_tf_type *known = type != NULL ? pl_tf_type_find(type) : NULL;

            if ((known != NULL && known->part != NULL) == (parts == 1) &&
                read_change(r, pl_value_item(changes, i), &p))
                lay(r, &p);
        }
    note_others(r, changes);
    return 0;
}
