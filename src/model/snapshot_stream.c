/* snapshot_stream.c - a snapshot of any size: records of resources, policies and virtual fields, sorted outside of memory, made lines.
 *
 * The same bytes as snapshot_write.c makes of a world. The header says how many lines follow: records are read once to count them, and once to write.
 */
#include <string.h>

#include "plumbline/json.h"
#include "plumbline/sorter.h"

#include "snapshot_priv.h"

/* A record is one of these letters, a name, a NUL, and JSON; its key is kind, name and full address, a NUL behind each. */
enum { BODY = 'b', POLICY = 'p', VIRTUAL = 'v' };
enum { PIECE = 256 << 10 };

/* What there is of one resource. */
struct gathered {
    struct pl_buf key, body, policy, at;
    struct pl_arena *arena;          /* of the virtual fields */
    const struct pl_value *virtuals; /* a map, or NULL */
    bool any;
};

struct pl_snapshot_stream {
    struct pl_sorter *sorter;
    struct pl_buf key, record; /* under way */
    size_t n;                  /* resources that came */
    const struct pl_world *world;
    struct gathered gathered;
    struct pl_buf piece;
    enum { HEADER, LINES, END } at; /* what comes next; gaps behind the lines */
};

struct pl_snapshot_stream *pl_snapshot_stream_new(size_t memory)
{
    struct pl_snapshot_stream *s = pl_xrealloc(NULL, sizeof *s);

    *s = (struct pl_snapshot_stream){.sorter = pl_sorter_new(memory),
                                     .gathered.arena = pl_arena_new()};
    return s;
}

void pl_snapshot_stream_free(struct pl_snapshot_stream *s)
{
    if (s == NULL)
        return;
    pl_sorter_free(s->sorter);
    pl_arena_free(s->gathered.arena);
    pl_buf_free(&s->gathered.key);
    pl_buf_free(&s->gathered.body);
    pl_buf_free(&s->gathered.policy);
    pl_buf_free(&s->gathered.at);
    pl_buf_free(&s->key);
    pl_buf_free(&s->record);
    pl_buf_free(&s->piece);
    pl_xfree(s);
}

size_t pl_snapshot_stream_count(const struct pl_snapshot_stream *s)
{
    return s->n;
}

/* ---- in ---- */

static void add_word(struct pl_buf *out, const char *word)
{
    pl_buf_add(out, word, strlen(word) + 1);
}

static void add(struct pl_snapshot_stream *s, const struct pl_address *address, char sort,
                const char *name, const struct pl_value *value)
{
    struct pl_arena *scratch = pl_arena_new();

    pl_buf_clear(&s->key);
    add_word(&s->key, address->kind->name);
    add_word(&s->key, pl_address_resource_name(scratch, address));
    add_word(&s->key, pl_address_full(scratch, address));
    pl_buf_clear(&s->record);
    pl_buf_addc(&s->record, sort);
    add_word(&s->record, name);
    pl_json_write(&s->record, value);
    pl_sorter_add(s->sorter, s->key.data, s->key.len, s->record.data, s->record.len);
    pl_arena_free(scratch);
}

void pl_snapshot_stream_resource(struct pl_snapshot_stream *s, const struct pl_address *address,
                                 const char *observed_at, const struct pl_value *body)
{
    s->n++;
    add(s, address, BODY, observed_at, body);
}

void pl_snapshot_stream_policy(struct pl_snapshot_stream *s, const struct pl_address *address,
                               const struct pl_value *policy)
{
    s->n += address->kind->schema == NULL; /* it is all that there is of it */
    add(s, address, POLICY, "", policy);
}

void pl_snapshot_stream_virtual(struct pl_snapshot_stream *s, const struct pl_address *address,
                                const char *name, const struct pl_value *value)
{
    add(s, address, VIRTUAL, name, value);
}

/* ---- what there is of one resource ---- */

static int take(struct gathered *g, const struct pl_sorted *r, struct pl_err *err)
{
    const char *name = r->record + 1, *json = name + strlen(name) + 1;
    size_t len = r->len - (size_t)(json - r->record);
    struct pl_buf *to = *r->record == BODY ? &g->body : &g->policy;
    const struct pl_value *value;

    if (*r->record == VIRTUAL) {
        value = pl_json_parse(g->arena, json, len, "a temporary file", err);
        if (value == NULL)
            return -1;
        g->virtuals = pl_value_map_with(g->arena, g->virtuals, name, value);
        return 0;
    }
    pl_buf_clear(to);
    pl_buf_add(to, json, len);
    if (*r->record == BODY) {
        pl_buf_clear(&g->at);
        pl_buf_adds(&g->at, name);
    }
    return 0;
}

/* Virtual fields go into the body; without one they are alone there, as in a world. */
static int lay_in(struct gathered *g, struct pl_err *err)
{
    const struct pl_value *body = NULL;

    if (g->body.len > 0) {
        body = pl_json_parse(g->arena, g->body.data, g->body.len, "a temporary file", err);
        if (body == NULL)
            return -1;
    }
    for (size_t i = 0; i < pl_value_count(g->virtuals); i++)
        body = pl_value_map_with(g->arena, body, g->virtuals->u.map.members[i].key,
                                 g->virtuals->u.map.members[i].value);
    pl_buf_clear(&g->body);
    pl_json_write(&g->body, body);
    return 0;
}

/* The lines of what was gathered; it is empty then. */
static int close_one(struct pl_snapshot_stream *s, struct gathered *g, struct pl_err *err)
{
    struct snapshot_who who = {.kind = g->key.data};

    if (!g->any)
        return 0;
    who.name = who.kind + strlen(who.kind) + 1;
    who.observed_at = g->at.len > 0 ? g->at.data : NULL;
    if (g->virtuals != NULL && lay_in(g, err) < 0)
        return -1;
    if (g->body.len > 0)
        snapshot_write_body(&s->piece, &who, g->body.data);
    if (g->policy.len > 0)
        snapshot_write_policy(&s->piece, &who, g->policy.data);
    pl_buf_clear(&g->body);
    pl_buf_clear(&g->policy);
    pl_buf_clear(&g->at);
    g->virtuals = NULL;
    g->any = false;
    pl_arena_free(g->arena);
    g->arena = pl_arena_new();
    return 0;
}

static bool is_of(const struct pl_sorted *r, const struct pl_buf *key)
{
    return key->len == r->key_len && memcmp(key->data, r->key, r->key_len) == 0;
}

static void set_key(struct pl_buf *key, const struct pl_sorted *r)
{
    pl_buf_clear(key);
    pl_buf_add(key, r->key, r->key_len);
}

/* Lines of whole resources, a piece or all that are left: 1, or -1 and err. Where the piece is short there are no more. */
static int make_lines(struct pl_snapshot_stream *s, struct pl_err *err)
{
    struct gathered *g = &s->gathered;
    struct pl_sorted r;
    int got = 1;

    while (s->piece.len < PIECE && (got = pl_sorter_next(s->sorter, &r, err)) > 0) {
        if (!is_of(&r, &g->key)) {
            if (close_one(s, g, err) < 0)
                return -1;
            set_key(&g->key, &r);
        }
        g->any = true;
        if (take(g, &r, err) < 0)
            return -1;
    }
    return got == 0 ? close_one(s, g, err) : got;
}

/* A resource has a line for its body, virtual fields included, and one for its policy. */
static int count_lines(struct pl_snapshot_stream *s, size_t *out, struct pl_err *err)
{
    struct pl_buf *key = &s->gathered.key;
    bool body = false, policy = false;
    struct pl_sorted r;
    int got;

    *out = 0;
    while ((got = pl_sorter_next(s->sorter, &r, err)) > 0) {
        bool *line = *r.record == POLICY ? &policy : &body;

        if (!is_of(&r, key)) {
            body = policy = false;
            set_key(key, &r);
        }
        *out += !*line;
        *line = true;
    }
    pl_sorter_rewind(s->sorter);
    pl_buf_clear(key);
    return got;
}

/* ---- out ---- */

void pl_snapshot_stream_end(struct pl_snapshot_stream *s, const struct pl_world *world)
{
    s->world = world;
}

static int give(const struct pl_buf *piece, const char **bytes, size_t *n)
{
    *bytes = pl_buf_str(piece);
    *n = piece->len;
    return 1;
}

int pl_snapshot_stream_next(void *stream, const char **bytes, size_t *n, struct pl_err *err)
{
    struct pl_snapshot_stream *s = stream;
    size_t lines;

    pl_buf_clear(&s->piece);
    if (s->at == HEADER) {
        if (count_lines(s, &lines, err) < 0)
            return -1;
        snapshot_write_header(&s->piece, s->world, lines + s->world->n_unobserved);
        s->at = LINES;
        return give(&s->piece, bytes, n);
    }
    if (s->at == LINES) {
        if (make_lines(s, err) < 0)
            return -1;
        if (s->piece.len < PIECE) {
            for (size_t i = 0; i < s->world->n_unobserved; i++)
                snapshot_write_gap(&s->piece, &s->world->unobserved[i]);
            s->at = END;
        }
        return give(&s->piece, bytes, n);
    }
    return 0;
}
