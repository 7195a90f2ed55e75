/* iam.c - members of a policy's bindings: one command for each that is added or taken away.
 *
 * https://cloud.google.com/sdk/gcloud/reference/projects/add-iam-policy-binding: without --condition, gcloud asks where any binding of the
 * policy has one. A policy without a command of its own gets none: another resource's would grant the role elsewhere.
 */
#include <string.h>

#include "plumbline/escape.h"
#include "remedy_priv.h"

#define GAINS "takes effect within minutes, not at once"
#define LOSES                                                                                      \
    "takes effect within minutes, not at once; the member loses what the role gives, unless it "   \
    "has it otherwise (by a group, a folder)"

bool pl_remedy_is_iam(const struct pl_drift *d)
{
    return d->path.n > 0 && d->path.steps[0].key && strcmp(d->path.steps[0].key, "iamPolicy") == 0;
}

/* A binding, as the path names it. */
struct binding {
    const char *role;
    const struct pl_value *after, *before, *condition;
};

static struct binding find(const struct pl_words *w)
{
    struct binding b = {0};
    const struct pl_path *path = &w->drift->path;
    for (size_t i = 0; i < path->n && !b.role; i++) {
        const struct pl_step *s = &path->steps[i];
        if (s->type != PL_STEP_ID || !s->key || strncmp(s->key, "role", 4) != 0)
            continue;
        const struct pl_path at = {path->steps, i + 1};
        b.role = pl_arena_strndup(w->arena, s->value,
                                  strcspn(s->value, (const char[]){PL_ID_SEPARATOR, '\0'}));
        b.after = w->body ? pl_path_get(w->body, &at) : NULL;
        b.before = w->other ? pl_path_get(w->other, &at) : NULL;
        b.condition = pl_value_member(b.after ? b.after : b.before, "condition");
    }
    return b;
}

static bool has(const struct pl_value *members, const struct pl_value *one)
{
    for (size_t i = 0; i < pl_value_count(members); i++)
        if (pl_value_equal(pl_value_item(members, i), one))
            return true;
    return false;
}

static const char *condition_text(const struct pl_words *w, const struct binding *b)
{
    static const char *const keys[] = {"expression", "title", "description"};
    struct pl_pieces p = {0};
    if (!b->condition)
        return "None";
    for (size_t i = 0; i < PL_LEN(keys); i++) {
        const char *text = pl_value_member_text(b->condition, keys[i]);
        if (text)
            pl_piece(w->arena, &p, pl_arena_printf(w->arena, "%s=%s", keys[i], text));
    }
    return pl_pieces_join(w->arena, &p);
}

static const char *command(const struct pl_words *w, const struct pl_remedy_kind *kind,
                           const struct binding *b, const char *member, bool add)
{
    const char *head = pl_arena_printf(w->arena, "gcloud %s %s-iam-policy-binding %s", kind->policy,
                                       add ? "add" : "remove", kind->place);
    const char *start = pl_fill(w, NULL, head, true), *condition = condition_text(w, b);
    if (!start || !condition || !pl_text_can_be_copied(member) || !pl_text_can_be_copied(b->role) ||
        !pl_text_can_be_copied(condition) || (b->condition && !kind->conditional))
        return NULL;
    struct pl_buf out = {0};
    pl_buf_adds(&out, start);
    pl_buf_adds(&out, " --member=");
    pl_escape_shell(&out, member);
    pl_buf_adds(&out, " --role=");
    pl_escape_shell(&out, b->role);
    if (kind->conditional) {
        pl_buf_adds(&out, " --condition=");
        pl_escape_shell(&out, condition);
    }
    return pl_buf_take(&out, w->arena);
}

static const char *look(const struct pl_words *w, const struct pl_remedy_kind *kind,
                        const struct binding *b)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./";
    const char *start = pl_fill(
        w, NULL,
        pl_arena_printf(w->arena, "gcloud %s get-iam-policy %s", kind->policy, kind->place), true);
    if (!start || !b->role || strspn(b->role, plain) != strlen(b->role))
        return start;
    struct pl_buf out = {0};
    pl_buf_adds(&out, start);
    pl_buf_adds(&out, " --format=");
    pl_escape_shell(&out, pl_arena_printf(w->arena,
                                          "value(bindings.filter(\"role=%s\").extract(members)"
                                          ".flatten())",
                                          b->role));
    return pl_buf_take(&out, w->arena);
}

const char *pl_remedy_iam_look(const struct pl_words *w, const struct pl_remedy_kind *kind)
{
    const struct binding b = find(w);
    return kind->policy ? look(w, kind, &b) : NULL;
}

static void push(const struct pl_words *w, const struct pl_remedy_kind *kind,
                 const struct binding *b, const struct pl_value *one, bool add,
                 struct pl_remedy **list, size_t *n, size_t *cap)
{
    const char *member = pl_value_text(one);
    const char *do_it = member ? command(w, kind, b, member, add) : NULL;
    if (!do_it)
        return;
    const char *with = pl_arena_printf(w->arena, "%s, among others", member),
               *without = pl_arena_printf(w->arena, "others, without %s", member),
               *look_at = look(w, kind, b);
    const struct pl_remedy r = {
        .command = do_it,
        .rollback = command(w, kind, b, member, !add),
        .precheck = look_at,
        .verify = look_at,
        .prints = add ? with : without,
        .before = add ? without : with,
        .risk = add ? GAINS : LOSES,
        .terraform = kind->terraform_member,
        .order = kind->order + 1,
        .others_need_it = add,
        .only_tidies = !add, /* an allow policy only ever lets in */
    };
    PL_PUSH(w->arena, *list, *n, *cap, r);
}

struct pl_remedy *pl_remedy_iam(const struct pl_words *w, const struct pl_remedy_kind *kind,
                                size_t *n)
{
    struct pl_remedy *list = NULL;
    size_t cap = 0;
    const struct binding b = find(w);
    const struct pl_value *want = pl_value_member(b.after, "members"),
                          *have = pl_value_member(b.before, "members");
    *n = 0;
    if (!b.role || !kind->policy)
        return NULL;
    for (size_t i = 0; i < pl_value_count(want); i++)
        if (!has(have, pl_value_item(want, i)))
            push(w, kind, &b, pl_value_item(want, i), true, &list, n, &cap);
    const size_t added = *n;
    for (size_t i = 0; i < pl_value_count(have); i++)
        if (!has(want, pl_value_item(have, i)))
            push(w, kind, &b, pl_value_item(have, i), false, &list, n, &cap);
    for (size_t i = 0; i<added && * n> added; i++)
        list[i].risk = pl_arena_printf(
            w->arena, GAINS "; left as they are: %zu that have the role and are not declared",
            *n - added);
    return list;
}
