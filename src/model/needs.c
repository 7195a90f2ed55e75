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
    const char **members;
    size_t n, cap;
    const struct pl_path *mask; /* as members */
    size_t n_mask;
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

/* ---- members ---- */

static bool has_member(const struct pl_kind *kind, const char *name)
{
    for (size_t i = 0; kind->schema != NULL && i < kind->schema->n_fields; i++)
        if (strcmp(kind->schema->fields[i].name, name) == 0)
            return true;
    return false;
}

static void add_member(struct pl_needs *needs, struct kind_need *need, const char *name)
{
    struct pl_step *step;
    struct pl_path *mask;

    for (size_t i = 0; i < need->n; i++)
        if (strcmp(need->members[i], name) == 0)
            return;
    PL_PUSH(needs->arena, need->members, need->n, need->cap, pl_arena_strdup(needs->arena, name));
    mask = pl_arena_array(needs->arena, need->n, sizeof *mask);
    step = PL_NEW(needs->arena, struct pl_step);
    *step = (struct pl_step){.type = PL_STEP_KEY, .key = need->members[need->n - 1]};
    if (need->n_mask > 0)
        memcpy(mask, need->mask, need->n_mask * sizeof *mask);
    mask[need->n_mask++] = (struct pl_path){.steps = step, .n = 1};
    need->mask = mask;
}

/* What an address is made from (gcp/resource.c). */
static void add_identity(struct pl_needs *needs, struct kind_need *need)
{
    static const char *const places[] = {"region", "zone", "host"};
    const struct pl_kind *kind = need->kind;

    if (kind->name_field != NULL && has_member(kind, kind->name_field))
        add_member(needs, need, kind->name_field);
    for (size_t i = 0; i < PL_LEN(places); i++)
        if (has_member(kind, places[i]))
            add_member(needs, need, places[i]);
    for (size_t i = 0; i < kind->n_segments; i++)
        if (has_member(kind, kind->segments[i]))
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

void pl_needs_field(struct pl_needs *needs, const struct pl_kind *kind, const char *member)
{
    struct kind_need *need = need_of(needs, kind);

    const struct pl_virtual *other = pl_kind_virtual(kind, member);

    if (strcmp(member, "iamPolicy") == 0) {
        need->policy = true;
    } else if (other != NULL) {
        (void)pl_map_put(&needs->virtuals,
                         pl_arena_printf(needs->arena, "%s %s", kind->name, member), needs);
        for (const char *const *from = other->needs; *from != NULL; from++)
            add_member(needs, need, *from);
    } else {
        add_member(needs, need, member);
    }
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

const char *const *pl_needs_members(const struct pl_needs *needs, const struct pl_kind *kind,
                                    size_t *n)
{
    const struct kind_need *need = find(needs, kind);
    bool whole = need == NULL || need->whole;

    *n = whole ? 0 : need->n;
    return whole ? NULL : need->members;
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

const struct pl_value *pl_needs_mask(const struct pl_needs *needs, struct pl_arena *arena,
                                     const struct pl_kind *kind, const struct pl_value *body,
                                     const struct pl_path **fields, size_t *n_fields)
{
    const struct kind_need *need = find(needs, kind);
    struct pl_member *members;
    size_t n = 0;

    *fields = NULL;
    *n_fields = 0;
    if (need == NULL || need->whole || body == NULL || body->type != PL_MAP)
        return body;
    members = pl_arena_array(arena, need->n + 1, sizeof *members);
    for (size_t i = 0; i < need->n; i++) {
        const struct pl_value *value = pl_value_member(body, need->members[i]);

        if (value != NULL)
            members[n++] = (struct pl_member){.key = need->members[i], .value = value};
    }
    *fields = need->mask;
    *n_fields = need->n_mask;
    return pl_value_map(arena, members, n);
}
