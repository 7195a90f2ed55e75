/* needs.c - what a run needs of a world, as sets: kinds and their members, addresses, words.
 *
 * Who needs what is the caller's word (src/cli/needs.c); gcp/ keeps what is judged so, world_gap.c asks what was left out.
 */
#include <string.h>

#include "needs_priv.h"

struct pl_needs *pl_needs_new(struct pl_arena *arena)
{
    struct pl_needs *needs = PL_NEW(arena, struct pl_needs);

    needs->arena = arena;
    pl_map_init(&needs->by_kind, arena);
    pl_map_init(&needs->addresses, arena);
    pl_map_init(&needs->parents, arena);
    pl_map_init(&needs->words, arena);
    pl_map_init(&needs->virtuals, arena);
    return needs;
}

struct kind_need *pl_need_find(const struct pl_needs *needs, const struct pl_kind *kind)
{
    return pl_map_get(&needs->by_kind, kind->name);
}

/* ---- saying what is needed ---- */

static struct kind_need *need_of(struct pl_needs *needs, const struct pl_kind *kind)
{
    struct kind_need *need = pl_need_find(needs, kind);

    if (need != NULL)
        return need;
    need = PL_NEW(needs->arena, struct kind_need);
    need->kind = kind;
    (void)pl_map_put(&needs->by_kind, kind->name, need);
    PL_PUSH(needs->arena, needs->kinds, needs->n_kinds, needs->cap_kinds, kind);
    pl_mask_identity(needs, need);
    if (kind->call.parent != NULL) /* what lives inside others is found through them */
        (void)need_of(needs, kind->call.parent);
    return need;
}

void pl_needs_path(struct pl_needs *needs, const struct pl_kind *kind, const struct pl_path *path)
{
    struct kind_need *need = need_of(needs, kind);
    const char *first = path->n > 0 ? path->steps[0].key : NULL;
    const struct pl_virtual *other;

    if (first == NULL || path->steps[0].type != PL_STEP_KEY) {
        pl_needs_whole(needs, kind);
        return;
    }
    other = pl_kind_virtual(kind, first);
    if (strcmp(first, "iamPolicy") == 0) {
        need->policy = true;
    } else if (other != NULL) {
        (void)pl_map_put(&needs->virtuals,
                         pl_arena_printf(needs->arena, "%s %s", kind->name, first), needs);
        for (const char *const *from = other->needs; *from != NULL; from++)
            pl_mask_member(needs, need, *from);
    } else {
        pl_mask_path(needs, need, path);
    }
}

void pl_needs_field(struct pl_needs *needs, const struct pl_kind *kind, const char *path)
{
    struct pl_path parsed;
    struct pl_err err;

    if (pl_path_parse(needs->arena, path, &parsed, &err) == 0)
        pl_needs_path(needs, kind, &parsed);
    else /* our own text: a bug, and no reason to see less */
        pl_needs_whole(needs, kind);
}

/* "a/b", whatever lists lie on the way, as what is asked for. */
static void need_mention(struct pl_needs *needs, const struct pl_kind *kind, const char *by)
{
    const struct pl_schema *message = kind->schema;
    struct pl_path path = {.n = 0};

    for (size_t len; strcmp(by, PL_READS_BY_PARENT) != 0 && *by != '\0';
         by += len + (by[len] == '/')) {
        struct pl_step step = {.type = PL_STEP_KEY};
        const struct pl_schema_field *field;

        len = strcspn(by, "/");
        step.key = pl_arena_strndup(needs->arena, by, len);
        path = pl_path_with(needs->arena, &path, step);
        field = pl_schema_field_of(message, step.key);
        message = field != NULL ? field->message : NULL;
        if (message != NULL && field->shape == PL_MANY)
            path = pl_path_with(needs->arena, &path, (struct pl_step){.type = PL_STEP_ANY});
    }
    if (path.n > 0)
        pl_needs_path(needs, kind, &path);
}

void pl_needs_reads(struct pl_needs *needs, const struct pl_reads *reads)
{
    const struct pl_kind *kind = pl_kind_find(reads->kind);

    if (kind == NULL)
        return;
    need_of(needs, kind)->by = reads->by;
    if (reads->by == NULL)
        need_of(needs, kind)->every = true;
    for (const char *const *field = reads->fields; *field != NULL; field++)
        pl_needs_field(needs, kind, *field);
    for (const char *const *by = reads->by; by != NULL && *by != NULL; by++)
        need_mention(needs, kind, *by);
}

void pl_needs_whole(struct pl_needs *needs, const struct pl_kind *kind)
{
    need_of(needs, kind)->whole = true;
    need_of(needs, kind)->policy = true;
}

void pl_needs_every(struct pl_needs *needs, const struct pl_kind *kind)
{
    need_of(needs, kind)->every = true;
}

/* ---- addresses ---- */

static const char *inside_key(struct pl_arena *arena, const struct pl_kind *kind,
                              const char *project, const char *outer)
{
    return pl_arena_printf(arena, "%s %s %s", kind->name, project != NULL ? project : "", outer);
}

void pl_needs_address(struct pl_needs *needs, const struct pl_address *address)
{
    const struct pl_kind *kind = address->kind;

    (void)need_of(needs, kind);
    if (address->names == NULL)
        return;
    (void)pl_map_put(&needs->addresses, pl_address_full(needs->arena, address), needs);
    for (size_t i = 0; i < kind->n_segments; i++)
        pl_needs_text(needs, address->names[i]);
    if (kind->n_segments > 1)
        (void)pl_map_put(&needs->parents,
                         inside_key(needs->arena, kind, address->project, address->names[0]),
                         needs);
}

/* ---- what is needed ---- */

const struct pl_kind *const *pl_needs_kinds(const struct pl_needs *needs, size_t *n)
{
    *n = needs->n_kinds;
    return needs->kinds;
}

const struct pl_path *pl_needs_asked(const struct pl_needs *needs, const struct pl_kind *kind,
                                     size_t *n)
{
    const struct kind_need *need = pl_need_find(needs, kind);
    bool whole = need == NULL || need->whole;

    *n = whole ? 0 : need->n;
    return whole ? NULL : need->mask;
}

bool pl_needs_policy(const struct pl_needs *needs, const struct pl_kind *kind)
{
    const struct kind_need *need = pl_need_find(needs, kind);

    return need == NULL || need->policy;
}

bool pl_needs_virtual(const struct pl_needs *needs, const struct pl_kind *kind, const char *name)
{
    struct pl_arena *scratch = pl_arena_new();
    bool wanted = pl_map_has(&needs->virtuals, pl_arena_printf(scratch, "%s %s", kind->name, name));

    pl_arena_free(scratch);
    return wanted;
}

static bool is_said(const struct pl_needs *needs, const struct pl_address *address)
{
    struct pl_arena *scratch = pl_arena_new();
    bool said = pl_map_has(&needs->addresses, pl_address_full(scratch, address));

    pl_arena_free(scratch);
    return said;
}

enum pl_keep pl_needs_judge(const struct pl_needs *needs, const struct pl_address *address,
                            const struct pl_value *body)
{
    const struct kind_need *need = pl_need_find(needs, address->kind);
    struct pl_arena *scratch;
    bool mentioned;

    if (need == NULL)
        return PL_KEEP_NOT;
    if (need->every || is_said(needs, address))
        return PL_KEEP;
    if (need->by == NULL)
        return PL_KEEP_NOT;
    scratch = pl_arena_new();
    mentioned = pl_needs_mentioned(needs, pl_needs_mentions(needs, scratch, address, body));
    pl_arena_free(scratch);
    return mentioned ? PL_KEEP : PL_KEEP_LATER;
}

/* Where a kind is found by its name, or by its parent's, whoever asks for one has read that name in what is kept, and then it is among the
 * words. */
static bool is_found_by_name(const struct kind_need *need)
{
    for (const char *const *by = need->by; by != NULL && *by != NULL; by++)
        if (strcmp(*by, PL_READS_BY_PARENT) == 0 ||
            (strcmp(*by, need->kind->name_field) == 0 && need->kind->n_segments == 1))
            return true;
    return false;
}

bool pl_needs_covers(const struct pl_needs *needs, const struct pl_address *address)
{
    const struct kind_need *need = pl_need_find(needs, address->kind);
    char word[PL_WORD_MAX];

    if (need == NULL)
        return false;
    if (need->every || is_said(needs, address))
        return true;
    return is_found_by_name(need) && address->names != NULL && address->names[0] != NULL &&
           pl_word_fold(address->names[0], strlen(address->names[0]), word) &&
           pl_map_has(&needs->words, word);
}

bool pl_needs_inside(const struct pl_needs *needs, const struct pl_kind *child,
                     const struct pl_address *parent, bool kept)
{
    const struct kind_need *need = pl_need_find(needs, child);
    struct pl_arena *scratch;
    bool inside;

    if (need == NULL || (kept && need->by != NULL))
        return need != NULL;
    if (need->every) { /* of those that are found through others only the insides of what is kept */
        const struct kind_need *outer = pl_need_find(needs, parent->kind);
        return kept || outer == NULL || outer->every || outer->by == NULL;
    }
    if (child->n_segments < 2)
        return false;
    scratch = pl_arena_new();
    inside =
        pl_map_has(&needs->parents, inside_key(scratch, child, parent->project, parent->names[0]));
    pl_arena_free(scratch);
    return inside;
}
