/* needs.c - what a run needs of a world, as sets: kinds and their members, addresses, words.
 *
 * Who needs what is the caller's word (src/cli/needs.c); gcp/ keeps what is judged so, world_gap.c asks what was left out.
 */
#include "plumbline/needs.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "plumbline/kind.h"
#include "plumbline/map.h"
#include "plumbline/net.h"

struct kind_need {
    const struct pl_kind *kind;
    bool whole, every, policy;
    const char *const *by; /* NULL: not found through others */
    struct pl_path
        *mask; /* sorted, so that paths with one beginning stand together; none leads to another */
    size_t n, cap;
};

struct pl_needs {
    struct pl_arena *arena;
    struct pl_map by_kind; /* kind -> struct kind_need */
    const struct pl_kind **kinds;
    size_t n_kinds, cap_kinds;
    struct pl_map addresses; /* full */
    struct pl_map parents;   /* "kind project outer-name": what lives inside is said by name */
    struct pl_map words;
    struct pl_map virtuals; /* "compute.network peeringRoutes" */
};

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

static struct kind_need *find(const struct pl_needs *needs, const struct pl_kind *kind)
{
    return pl_map_get(&needs->by_kind, kind->name);
}

/* ---- masks ---- */

static const struct pl_schema_field *field_of(const struct pl_schema *message, const char *name)
{
    for (size_t i = 0; message != NULL && i < message->n_fields; i++)
        if (strcmp(message->fields[i].name, name) == 0)
            return &message->fields[i];
    return NULL;
}

/* As much of a path as can be asked for: names down to what Google's messages know. A list is asked for whole, unless `[*]` says that
 * members of its elements are meant; so is a map whose keys users name. */
static size_t can_be_asked(const struct pl_kind *kind, const struct pl_path *path)
{
    const struct pl_schema *message = kind->schema;
    size_t n = 0;

    for (size_t i = 0; i < path->n && path->steps[i].type == PL_STEP_KEY; i++) {
        const struct pl_schema_field *field = field_of(message, path->steps[i].key);

        if (field == NULL && i > 0)
            return n;
        n = i + 1;
        if (field == NULL || field->shape == PL_KEYED || field->type != PL_T_MESSAGE)
            return n;
        if (field->shape == PL_MANY && (n == path->n || path->steps[n].type != PL_STEP_ANY))
            return n;
        i += field->shape == PL_MANY;
        message = field->message;
    }
    return n;
}

static int compare_steps(const struct pl_step *a, const struct pl_step *b)
{
    if (a->type != b->type)
        return a->type < b->type ? -1 : 1;
    return a->type == PL_STEP_KEY ? strcmp(a->key, b->key) : 0;
}

/* 0 where one of them leads to the other. */
static int compare_masks(const struct pl_path *a, const struct pl_path *b)
{
    for (size_t i = 0; i < a->n && i < b->n; i++) {
        int order = compare_steps(&a->steps[i], &b->steps[i]);

        if (order != 0)
            return order;
    }
    return 0;
}

static struct pl_path copy_path(struct pl_arena *arena, const struct pl_path *path)
{
    struct pl_step *steps = pl_arena_array(arena, path->n, sizeof *steps);

    for (size_t i = 0; i < path->n; i++) {
        steps[i] = (struct pl_step){.type = path->steps[i].type};
        if (steps[i].type == PL_STEP_KEY)
            steps[i].key = pl_arena_strdup(arena, path->steps[i].key);
    }
    return (struct pl_path){.steps = steps, .n = path->n};
}

/* What is asked for whole needs no parts. */
static void add_mask(struct pl_needs *needs, struct kind_need *need, const struct pl_path *path)
{
    size_t at = 0, same = 0;

    while (at < need->n && compare_masks(&need->mask[at], path) < 0)
        at++;
    while (at + same < need->n && compare_masks(&need->mask[at + same], path) == 0)
        same++;
    if (same > 0 && need->mask[at].n <= path->n)
        return;
    PL_PUSH(needs->arena, need->mask, need->n, need->cap, (struct pl_path){.n = 0});
    memmove(&need->mask[at + 1], &need->mask[at + same],
            (need->n - 1 - at - same) * sizeof *need->mask);
    need->n -= same;
    need->mask[at] = copy_path(needs->arena, path);
}

/* Of a list whose elements have names those come with whatever is asked of them: they say which element it is. */
static void add_path(struct pl_needs *needs, struct kind_need *need, const struct pl_path *path)
{
    struct pl_path asked = {.steps = path->steps, .n = can_be_asked(need->kind, path)};

    if (asked.n == 0)
        return;
    for (size_t i = 0; i < asked.n; i++) {
        struct pl_path list = {.steps = asked.steps, .n = i}, beside;
        struct pl_field_info info;
        const char *name;

        if (asked.steps[i].type != PL_STEP_ANY ||
            !pl_field_lookup(need->kind, &list, &info, NULL, NULL))
            continue;
        list.n++;
        for (name = info.identity; name != NULL && *name != '\0'; name += *name == '+') {
            size_t len = strcspn(name, "+");
            struct pl_step step = {.type = PL_STEP_KEY};

            step.key = pl_arena_strndup(needs->arena, name, len);
            beside = pl_path_with(needs->arena, &list, step);
            add_mask(needs, need, &beside);
            name += len;
        }
    }
    add_mask(needs, need, &asked);
}

static void add_member(struct pl_needs *needs, struct kind_need *need, const char *name)
{
    struct pl_step step = {.type = PL_STEP_KEY, .key = name};

    add_mask(needs, need, &(struct pl_path){.steps = &step, .n = 1});
}

/* What an address is made from (gcp/resource.c). */
static void add_identity(struct pl_needs *needs, struct kind_need *need)
{
    static const char *const places[] = {"region", "zone", "host"};
    const struct pl_kind *kind = need->kind;

    if (kind->name_field != NULL && field_of(kind->schema, kind->name_field) != NULL)
        add_member(needs, need, kind->name_field);
    for (size_t i = 0; i < PL_LEN(places); i++)
        if (field_of(kind->schema, places[i]) != NULL)
            add_member(needs, need, places[i]);
    for (size_t i = 0; i < kind->n_segments; i++)
        if (field_of(kind->schema, kind->segments[i]) != NULL)
            add_member(needs, need, kind->segments[i]);
}

static struct kind_need *need_of(struct pl_needs *needs, const struct pl_kind *kind)
{
    struct kind_need *need = find(needs, kind);

    if (need != NULL)
        return need;
    need = PL_NEW(needs->arena, struct kind_need);
    need->kind = kind;
    (void)pl_map_put(&needs->by_kind, kind->name, need);
    PL_PUSH(needs->arena, needs->kinds, needs->n_kinds, needs->cap_kinds, kind);
    add_identity(needs, need);
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
            add_member(needs, need, *from);
    } else {
        add_path(needs, need, path);
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
        field = field_of(message, step.key);
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

/* ---- words ---- */

/* Nothing that has a name in Google Cloud has a longer one; host names end at 253 (RFC 1035). */
enum { WORD_MAX = 256 };

/* One form for what may be written in several: letters small, no dot of a root or of a sentence at the ends, addresses as RFC 5952 has
 * them. False where it is no word. */
static bool fold(const char *text, size_t len, char out[WORD_MAX])
{
    struct pl_arena *scratch;
    struct pl_ip ip;

    for (; len > 0 && *text == '.'; len--)
        text++;
    while (len > 0 && text[len - 1] == '.')
        len--;
    if (len == 0 || len >= WORD_MAX)
        return false;
    for (size_t i = 0; i < len; i++)
        out[i] = (char)tolower((unsigned char)text[i]);
    out[len] = '\0';
    if (strchr(out, ':') == NULL || !pl_ip_parse(out, &ip))
        return true;
    scratch = pl_arena_new();
    (void)snprintf(out, WORD_MAX, "%s", pl_ip_format(scratch, &ip));
    pl_arena_free(scratch);
    return true;
}

/* A pattern of hosts begins with a star that a dot or a hyphen follows
 * (https://cloud.google.com/compute/docs/reference/rest/v1/urlMaps, hostRules[].hosts[]): all that cover this host are words, too. */
static void add_patterns(struct pl_needs *needs, const char *word)
{
    const char *top = strrchr(word, '.');
    char pattern[WORD_MAX];

    if (top == NULL || !isalpha((unsigned char)top[1]))
        return;
    for (const char *at = word + 1; at <= top; at++)
        if (*at == '.' || *at == '-') {
            (void)snprintf(pattern, sizeof pattern, "*%s", at);
            (void)pl_map_put(&needs->words, pattern, needs);
        }
}

static void add_word(struct pl_needs *needs, const char *text, size_t len)
{
    char word[WORD_MAX];

    if (!fold(text, len, word) || pl_map_put(&needs->words, word, needs) != NULL)
        return;
    add_patterns(needs, word);
}

/* Every run of `letters` with at least `least` colons in it. */
static void add_runs(struct pl_needs *needs, const char *text, const char *letters, size_t least)
{
    while (*text != '\0') {
        size_t len = strspn(text, letters), colons = 0;

        for (size_t i = 0; i < len; i++)
            colons += text[i] == ':';
        if (colons >= least)
            add_word(needs, text, len);
        text += len;
        text += *text != '\0';
    }
}

void pl_needs_text(struct pl_needs *needs, const char *text)
{
    if (text == NULL)
        return;
    add_runs(needs, text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.", 0);
    if (strchr(text, ':') != NULL)
        add_runs(needs, text, "abcdefABCDEF0123456789:.", 2); /* IPv6 */
}

void pl_needs_value(struct pl_needs *needs, const struct pl_value *value)
{
    if (value == NULL)
        return;
    if (value->type == PL_STRING)
        pl_needs_text(needs, value->u.string.s);
    for (size_t i = 0; value->type == PL_LIST && i < value->u.list.n; i++)
        pl_needs_value(needs, value->u.list.items[i]);
    for (size_t i = 0; value->type == PL_MAP && i < value->u.map.n; i++)
        pl_needs_value(needs, value->u.map.members[i].value);
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
    const struct kind_need *need = find(needs, kind);
    bool whole = need == NULL || need->whole;

    *n = whole ? 0 : need->n;
    return whole ? NULL : need->mask;
}

bool pl_needs_policy(const struct pl_needs *needs, const struct pl_kind *kind)
{
    const struct kind_need *need = find(needs, kind);

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

/* The part of a text that others would write: a URL's host, a link's or a name's last segment; and a newline behind it. */
static void add_mention(struct pl_buf *out, const char *text)
{
    const char *scheme = strstr(text, "://"), *last = strrchr(text, '/');
    char word[WORD_MAX];

    if (scheme != NULL && strstr(text, "googleapis.com/") == NULL)
        text = scheme + 3;
    else if (last != NULL)
        text = last + 1;
    if (!fold(text, strcspn(text, "/"), word))
        return;
    pl_buf_adds(out, word);
    pl_buf_addc(out, '\n');
}

/* The texts at "a/b", whatever lists lie on the way; those that begin with a star at "a/b/" PL_READS_PATTERNS alone. */
static void add_mentions(struct pl_buf *out, const struct pl_value *value, const char *path)
{
    size_t len = strcspn(path, "/");
    struct pl_arena *scratch;

    if (value == NULL)
        return;
    for (size_t i = 0; value->type == PL_LIST && i < value->u.list.n; i++)
        add_mentions(out, value->u.list.items[i], path);
    if (value->type == PL_LIST)
        return;
    if (*path == '\0' || strcmp(path, PL_READS_PATTERNS) == 0) {
        const char *text = pl_value_text(value);

        if (text != NULL && (*text != '*' || *path != '\0'))
            add_mention(out, text);
        return;
    }
    scratch = pl_arena_new();
    value = pl_value_member(value, pl_arena_strndup(scratch, path, len));
    pl_arena_free(scratch);
    add_mentions(out, value, path + len + (path[len] == '/'));
}

char *pl_needs_mentions(const struct pl_needs *needs, struct pl_arena *arena,
                        const struct pl_address *address, const struct pl_value *body)
{
    const struct kind_need *need = find(needs, address->kind);
    struct pl_buf out = {0};

    for (const char *const *by = need != NULL ? need->by : NULL; by != NULL && *by != NULL; by++)
        if (strcmp(*by, PL_READS_BY_PARENT) == 0)
            add_mention(&out, address->names[0]);
        else
            add_mentions(&out, body, *by);
    return pl_buf_take(&out, arena);
}

bool pl_needs_mentioned(const struct pl_needs *needs, const char *mentions)
{
    char word[WORD_MAX];

    while (*mentions != '\0' && *mentions != '\n') {
        size_t len = strcspn(mentions, "\n");

        memcpy(word, mentions, len < WORD_MAX ? len : 0);
        word[len < WORD_MAX ? len : 0] = '\0';
        if (pl_map_has(&needs->words, word))
            return true;
        mentions += len + (mentions[len] == '\n');
    }
    return false;
}

enum pl_keep pl_needs_judge(const struct pl_needs *needs, const struct pl_address *address,
                            const struct pl_value *body)
{
    const struct kind_need *need = find(needs, address->kind);
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
    const struct kind_need *need = find(needs, address->kind);
    char word[WORD_MAX];

    if (need == NULL)
        return false;
    if (need->every || is_said(needs, address))
        return true;
    return is_found_by_name(need) && address->names != NULL && address->names[0] != NULL &&
           fold(address->names[0], strlen(address->names[0]), word) &&
           pl_map_has(&needs->words, word);
}

bool pl_needs_inside(const struct pl_needs *needs, const struct pl_kind *child,
                     const struct pl_address *parent, bool kept)
{
    const struct kind_need *need = find(needs, child);
    struct pl_arena *scratch;
    bool inside;

    if (need == NULL || (kept && need->by != NULL))
        return need != NULL;
    if (need->every) { /* of those that are found through others only the insides of what is kept */
        const struct kind_need *outer = find(needs, parent->kind);
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

/* The n paths agree in their first `depth` steps, and each goes on. */
static const struct pl_value *mask_value(struct pl_arena *arena, const struct pl_path *paths,
                                         size_t n, size_t depth, const struct pl_value *value);

static const struct pl_value *mask_items(struct pl_arena *arena, const struct pl_path *paths,
                                         size_t n, size_t depth, const struct pl_value *list)
{
    size_t count = pl_value_count(list);
    const struct pl_value **items = pl_arena_array(arena, count + 1, sizeof *items);

    for (size_t i = 0; i < count; i++)
        items[i] = mask_value(arena, paths, n, depth, pl_value_item(list, i));
    return pl_value_list(arena, items, count);
}

static const struct pl_value *mask_members(struct pl_arena *arena, const struct pl_path *paths,
                                           size_t n, size_t depth, const struct pl_value *map)
{
    struct pl_member *members = pl_arena_array(arena, n + 1, sizeof *members);
    size_t kept = 0, same;

    for (size_t i = 0; i < n; i += same) {
        const struct pl_step *step = &paths[i].steps[depth];
        const struct pl_value *value = pl_value_member(map, step->key);

        same = pl_paths_with_step(paths + i, n - i, depth);
        if (value != NULL && paths[i].n > depth + 1)
            value = mask_value(arena, paths + i, same, depth + 1, value);
        if (value != NULL)
            members[kept++] = (struct pl_member){.key = step->key, .value = value};
    }
    return pl_value_map(arena, members, kept);
}

static const struct pl_value *mask_value(struct pl_arena *arena, const struct pl_path *paths,
                                         size_t n, size_t depth, const struct pl_value *value)
{
    bool each = paths->steps[depth].type == PL_STEP_ANY;

    if (each && value->type == PL_LIST)
        return mask_items(arena, paths, n, depth + 1, value);
    return !each && value->type == PL_MAP ? mask_members(arena, paths, n, depth, value) : value;
}

size_t pl_paths_with_step(const struct pl_path *paths, size_t n, size_t depth)
{
    size_t same = 1;

    while (same < n && compare_steps(&paths[same].steps[depth], &paths->steps[depth]) == 0)
        same++;
    return same;
}

const struct pl_value *pl_needs_mask(const struct pl_needs *needs, struct pl_arena *arena,
                                     const struct pl_kind *kind, const struct pl_value *body,
                                     const struct pl_path **fields, size_t *n_fields)
{
    const struct kind_need *need = find(needs, kind);

    *fields = NULL;
    *n_fields = 0;
    if (need == NULL || need->whole || body == NULL || body->type != PL_MAP)
        return body;
    *fields = need->mask;
    *n_fields = need->n;
    return mask_members(arena, need->mask, need->n, 0, body);
}
