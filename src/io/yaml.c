/* yaml.c - YAML text to marked nodes. The only file that knows libyaml.
 *
 * Works on libyaml's events, so that every limit holds before memory is spent: an alias shares the node it
 * names, and what it would expand to is counted. mark.c makes the messages; what a scalar means is not known here.
 */
#include "plumbline/yaml.h"

#include <stdint.h>
#include <string.h>
#include <yaml.h>

#include "plumbline/map.h"

/* A node under construction, and what an alias to it costs. */
struct built {
    struct pl_yaml_node node; /* first: a pointer to one is a pointer to the other */
    size_t weight;            /* nodes when expanded */
    int height;               /* levels below */
    bool complete;            /* else an alias to it is inside of it */
};

struct loader {
    struct pl_arena *arena;   /* of the result */
    struct pl_arena *scratch; /* of this call */
    struct pl_yaml_file *file;
    struct pl_map anchors; /* name to struct built */
    size_t spent;          /* nodes so far, aliases expanded */
    yaml_parser_t parser;
    yaml_event_t event; /* the current one, owned here while `held` */
    bool held;
    size_t last; /* where the node that was read last ends */
    struct pl_err *err;
};

static struct pl_mark mark_of(const struct loader *l, const yaml_mark_t *m)
{
    return (struct pl_mark){
        .file = l->file, .line = (int)m->line + 1, .column = (int)m->column + 1};
}

/* The mark of a byte, for reader errors, which come without one. */
static struct pl_mark mark_at(const struct loader *l, size_t offset)
{
    struct pl_mark mark = {.file = l->file, .line = 1, .column = 1};

    for (size_t i = 0; i < offset && i < l->file->len; i++) {
        unsigned char c = (unsigned char)l->file->text[i];

        if (c == '\n') {
            mark.line++;
            mark.column = 1;
        } else if ((c & 0xc0) != 0x80) {
            mark.column++;
        }
    }
    return mark;
}

/* libyaml's own words and place. What never ended is shown where it starts, not at the end of the file. */
static int fail_scanning(struct loader *l)
{
    const yaml_parser_t *p = &l->parser;
    struct pl_mark mark = mark_of(l, &p->problem_mark), start = mark_of(l, &p->context_mark);

    /* The problem's own character is the next one to be read. */
    if (strstr(p->problem, "cannot start any token") != NULL && *p->buffer.pointer == '\t')
        return pl_mark_error(l->err, &mark, PL_E_PARSE, "a tab cannot indent in YAML; use spaces");
    if (p->context == NULL)
        return pl_mark_error(l->err, &mark, PL_E_PARSE, "%s", p->problem);
    /* `{rule: !absent}`: what ends the braces may be part of a tag. */
    if (strstr(p->context, "scanning a tag") != NULL)
        return pl_mark_error(l->err, &mark, PL_E_PARSE,
                             "a tag ends at a blank: write one behind it, `!absent }`");
    if (start.line < mark.line && p->problem_mark.index == p->mark.index &&
        *p->buffer.pointer == '\0')
        return pl_mark_error(l->err, &start, PL_E_PARSE, "%s %s that starts here", p->problem,
                             p->context);
    if (start.line < mark.line && strstr(p->context, "next token") == NULL)
        return pl_mark_error(l->err, &mark, PL_E_PARSE, "%s %s that starts at line %d", p->problem,
                             p->context, start.line);
    return pl_mark_error(l->err, &mark, PL_E_PARSE, "%s %s", p->problem, p->context);
}

static int fail_parsing(struct loader *l)
{
    struct pl_mark mark;

    switch (l->parser.error) {
    case YAML_MEMORY_ERROR:
        pl_oom(l->file->len);
    case YAML_READER_ERROR:
        mark = mark_at(l, l->parser.problem_offset);
        return pl_mark_error(l->err, &mark, PL_E_PARSE, "%s (byte 0x%02x)", l->parser.problem,
                             (unsigned)l->parser.problem_value);
    case YAML_NO_ERROR:
    case YAML_SCANNER_ERROR:
    case YAML_PARSER_ERROR:
    case YAML_COMPOSER_ERROR:
    case YAML_WRITER_ERROR:
    case YAML_EMITTER_ERROR:
        break;
    }
    return fail_scanning(l);
}

static int next_event(struct loader *l)
{
    if (l->held)
        yaml_event_delete(&l->event);
    l->held = false;
    if (!yaml_parser_parse(&l->parser, &l->event))
        return fail_parsing(l);
    l->held = true;
    return 0;
}

/* Counts nodes against the limit; what aliases expand to counts like what is written. */
static int spend(struct loader *l, const struct pl_mark *mark, size_t nodes)
{
    if (nodes > PL_YAML_MAX_NODES || l->spent + nodes > PL_YAML_MAX_NODES)
        return pl_mark_error(l->err, mark, PL_E_LIMIT,
                             "more than %d nodes once aliases are expanded", PL_YAML_MAX_NODES);
    l->spent += nodes;
    return 0;
}

/* Our own tags as written; YAML's standard ones and the bare "!" say nothing that the style does not. */
static const char *own_tag(struct loader *l, const yaml_char_t *tag)
{
    const char *text = (const char *)tag;

    if (text == NULL || strcmp(text, "!") == 0 || strncmp(text, "tag:yaml.org,2002:", 18) == 0)
        return NULL;
    return pl_arena_strdup(l->arena, text);
}

static struct built *new_node(struct loader *l, enum pl_yaml_type type, const yaml_char_t *tag,
                              const yaml_char_t *anchor)
{
    struct built *b = PL_NEW(l->arena, struct built);

    b->node.type = type;
    b->node.mark = mark_of(l, &l->event.start_mark);
    b->node.tag = own_tag(l, tag);
    b->node.from = l->event.start_mark.index;
    b->node.to = l->event.end_mark.index;
    b->node.anchored = anchor != NULL;
    b->weight = 1;
    if (spend(l, &b->node.mark, 1) < 0)
        return NULL;
    if (anchor != NULL)
        (void)pl_map_put(&l->anchors, (const char *)anchor, b);
    return b;
}

static struct built *read_node(struct loader *l, int depth);

static struct built *read_alias(struct loader *l, int depth)
{
    struct pl_mark mark = mark_of(l, &l->event.start_mark);
    const char *name = (const char *)l->event.data.alias.anchor;
    struct built *b = pl_map_get(&l->anchors, name);

    if (b == NULL)
        (void)pl_mark_error(l->err, &mark, PL_E_PARSE, "alias *%s names no anchor above it", name);
    else if (!b->complete)
        (void)pl_mark_error(l->err, &mark, PL_E_PARSE, "alias *%s stands inside of its own anchor",
                            name);
    else if (depth + b->height > PL_YAML_MAX_DEPTH)
        (void)pl_mark_error(l->err, &mark, PL_E_LIMIT, "nested deeper than %d levels",
                            PL_YAML_MAX_DEPTH);
    else if (spend(l, &mark, b->weight) == 0) {
        l->last = l->event.end_mark.index; /* not where its anchor stands */
        return b;
    }
    return NULL;
}

static struct built *read_scalar(struct loader *l)
{
    const char *value = (const char *)l->event.data.scalar.value;
    size_t len = l->event.data.scalar.length;
    struct built *b =
        new_node(l, PL_YAML_SCALAR, l->event.data.scalar.tag, l->event.data.scalar.anchor);

    if (b == NULL)
        return NULL;
    if (memchr(value, '\0', len) != NULL) {
        (void)pl_mark_error(l->err, &b->node.mark, PL_E_PARSE,
                            "a text cannot hold a NUL character");
        return NULL;
    }
    b->node.text = pl_arena_strndup(l->arena, value, len);
    b->node.len = len;
    /* "! x" and "!!str x" say "text" as quotes do (YAML 1.1, 3.3.2). */
    b->node.quoted = l->event.data.scalar.style != YAML_PLAIN_SCALAR_STYLE ||
                     (l->event.data.scalar.tag != NULL &&
                      (strcmp((const char *)l->event.data.scalar.tag, "!") == 0 ||
                       strcmp((const char *)l->event.data.scalar.tag, YAML_STR_TAG) == 0));
    b->complete = true;
    l->last = b->node.to;
    return b;
}

static void include(struct built *parent, const struct built *child)
{
    parent->weight += child->weight;
    if (child->height + 1 > parent->height)
        parent->height = child->height + 1;
}

/* Only what ends with a bracket has an end of its own: a block ends where something else begins, which may be far below. */
static void end_node(struct loader *l, struct built *b, bool flow, size_t last)
{
    b->node.flow = flow;
    if (flow)
        b->node.to = l->event.end_mark.index;
    else if (last > b->node.to)
        b->node.to = last;
    b->complete = true;
    l->last = b->node.to;
}

static struct built *read_sequence(struct loader *l, int depth)
{
    struct built *b = new_node(l, PL_YAML_SEQUENCE, l->event.data.sequence_start.tag,
                               l->event.data.sequence_start.anchor);
    const struct pl_yaml_node **items = NULL;
    size_t n = 0, cap = 0, last = 0;

    if (b == NULL)
        return NULL;
    for (;;) {
        struct built *item;

        if (next_event(l) < 0)
            return NULL;
        if (l->event.type == YAML_SEQUENCE_END_EVENT)
            break;
        item = read_node(l, depth + 1);
        if (item == NULL)
            return NULL;
        include(b, item);
        PL_PUSH(l->arena, items, n, cap, &item->node);
        last = l->last;
    }
    b->node.items = items;
    b->node.n = n;
    end_node(l, b, l->event.start_mark.index < l->event.end_mark.index, last);
    return b;
}

/* A mapping under construction. */
struct pairs {
    struct built *owner;
    struct pl_yaml_pair *list;
    size_t n, cap;
    struct pl_map keys;        /* text to key node */
    const struct built *merge; /* the value of `<<`, or NULL */
    const struct pl_yaml_node *merge_key;
};

static int add_pair(struct loader *l, struct pairs *p, const struct pl_yaml_node *key,
                    const struct built *value)
{
    const struct pl_yaml_node *before = pl_map_get(&p->keys, key->text);
    struct pl_yaml_pair pair = {.key = key, .value = &value->node};

    if (before != NULL)
        return pl_mark_error(l->err, &key->mark, PL_E_PARSE,
                             "key \"%s\" is here twice, first at line %d, column %d", key->text,
                             before->mark.line, before->mark.column);
    (void)pl_map_put(&p->keys, key->text, (void *)(uintptr_t)key);
    PL_PUSH(l->arena, p->list, p->n, p->cap, pair);
    return 0;
}

/* Adds the pairs of one merged mapping whose keys are not there yet: what is written in the mapping itself, or merged
 * earlier, wins (https://yaml.org/type/merge.html). */
static int merge_one(struct loader *l, struct pairs *p, const struct pl_yaml_node *from)
{
    if (from->type != PL_YAML_MAPPING)
        return pl_mark_error(l->err, &p->merge_key->mark, PL_E_PARSE,
                             "\"<<\" can only merge mappings");
    for (size_t i = 0; i < from->n; i++) {
        const struct pl_yaml_pair *pair = &from->pairs[i];

        if (spend(l, &p->merge_key->mark, 1) < 0)
            return -1;
        if (pl_map_has(&p->keys, pair->key->text))
            continue;
        (void)pl_map_put(&p->keys, pair->key->text, (void *)(uintptr_t)pair->key);
        PL_PUSH(l->arena, p->list, p->n, p->cap, *pair);
    }
    return 0;
}

static int merge(struct loader *l, struct pairs *p)
{
    const struct pl_yaml_node *from = &p->merge->node;

    if (from->type != PL_YAML_SEQUENCE)
        return merge_one(l, p, from);
    for (size_t i = 0; i < from->n; i++) {
        if (merge_one(l, p, from->items[i]) < 0)
            return -1;
    }
    return 0;
}

static bool is_merge_key(const struct pl_yaml_node *key)
{
    return !key->quoted && key->tag == NULL && strcmp(key->text, "<<") == 0;
}

static int read_pair(struct loader *l, struct pairs *p, int depth)
{
    struct built *key = read_node(l, depth + 1), *value;

    if (key == NULL)
        return -1;
    if (key->node.type != PL_YAML_SCALAR)
        return pl_mark_error(l->err, &key->node.mark, PL_E_PARSE,
                             "a key must be a plain text, not a %s",
                             key->node.type == PL_YAML_MAPPING ? "mapping" : "sequence");
    if (next_event(l) < 0 || (value = read_node(l, depth + 1)) == NULL)
        return -1;
    include(p->owner, key);
    include(p->owner, value);
    if (!is_merge_key(&key->node))
        return add_pair(l, p, &key->node, value);
    if (p->merge != NULL)
        return pl_mark_error(l->err, &key->node.mark, PL_E_PARSE,
                             "key \"<<\" is here twice, first at line %d, column %d",
                             p->merge_key->mark.line, p->merge_key->mark.column);
    p->merge = value;
    p->merge_key = &key->node;
    return 0;
}

static struct built *read_mapping(struct loader *l, int depth)
{
    struct pairs p = {.owner = new_node(l, PL_YAML_MAPPING, l->event.data.mapping_start.tag,
                                        l->event.data.mapping_start.anchor)};

    size_t last = 0;

    if (p.owner == NULL)
        return NULL;
    pl_map_init(&p.keys, l->scratch);
    for (;;) {
        if (next_event(l) < 0)
            return NULL;
        if (l->event.type == YAML_MAPPING_END_EVENT)
            break;
        if (read_pair(l, &p, depth) < 0)
            return NULL;
        last = l->last;
    }
    bool flow = l->event.start_mark.index < l->event.end_mark.index;
    if (p.merge != NULL && merge(l, &p) < 0)
        return NULL;
    p.owner->node.pairs = p.list;
    p.owner->node.n = p.n;
    end_node(l, p.owner, flow, last);
    return p.owner;
}

/* The node that begins with the current event. */
static struct built *read_node(struct loader *l, int depth)
{
    struct pl_mark mark = mark_of(l, &l->event.start_mark);

    if (depth > PL_YAML_MAX_DEPTH) {
        (void)pl_mark_error(l->err, &mark, PL_E_LIMIT, "nested deeper than %d levels",
                            PL_YAML_MAX_DEPTH);
        return NULL;
    }
    switch ((int)l->event.type) { /* int: the other events cannot come here */
    case YAML_ALIAS_EVENT:
        return read_alias(l, depth);
    case YAML_SCALAR_EVENT:
        return read_scalar(l);
    case YAML_SEQUENCE_START_EVENT:
        return read_sequence(l, depth);
    case YAML_MAPPING_START_EVENT:
        return read_mapping(l, depth);
    default:
        (void)pl_mark_error(l->err, &mark, PL_E_INTERNAL, "unexpected event %d from libyaml",
                            (int)l->event.type);
        return NULL;
    }
}

static const struct pl_yaml_node *empty_mapping(struct loader *l)
{
    struct pl_yaml_node *node = PL_NEW(l->arena, struct pl_yaml_node);

    node->type = PL_YAML_MAPPING;
    node->mark = (struct pl_mark){.file = l->file, .line = 1, .column = 1};
    return node;
}

/* Stream start, at most one document, stream end. */
static const struct pl_yaml_node *read_stream(struct loader *l)
{
    struct built *root;
    struct pl_mark mark;

    if (next_event(l) < 0 || next_event(l) < 0)
        return NULL;
    if (l->event.type == YAML_STREAM_END_EVENT)
        return empty_mapping(l);
    if (next_event(l) < 0 || (root = read_node(l, 1)) == NULL)
        return NULL;
    if (next_event(l) < 0 || next_event(l) < 0)
        return NULL;
    if (l->event.type != YAML_STREAM_END_EVENT) {
        mark = mark_of(l, &l->event.start_mark);
        (void)pl_mark_error(l->err, &mark, PL_E_PARSE, "a second document: one file holds one");
        return NULL;
    }
    if (root->node.type == PL_YAML_SCALAR && root->node.len == 0 && !root->node.quoted &&
        root->node.tag == NULL)
        return empty_mapping(l);
    return &root->node;
}

static struct pl_yaml_file *new_file(struct pl_arena *arena, const char *name, const char *text,
                                     size_t len)
{
    struct pl_yaml_file *file = PL_NEW(arena, struct pl_yaml_file);

    /* libyaml would count the mark as a column. */
    if (len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
        text += 3;
        len -= 3;
    }
    file->name = pl_arena_strdup(arena, name);
    file->text = pl_arena_strndup(arena, text, len);
    file->len = len;
    return file;
}

const struct pl_yaml_node *pl_yaml_parse(struct pl_arena *arena, const char *name, const char *text,
                                         size_t len, struct pl_err *err)
{
    struct loader l = {.arena = arena, .err = err};
    const struct pl_yaml_node *root;

    if (len > PL_YAML_MAX_BYTES) {
        (void)pl_err_set(err, PL_E_LIMIT, "%s: larger than %d bytes", name, PL_YAML_MAX_BYTES);
        return NULL;
    }
    if (!yaml_parser_initialize(&l.parser))
        pl_oom(sizeof l.parser);
    l.file = new_file(arena, name, text, len);
    l.scratch = pl_arena_new();
    pl_map_init(&l.anchors, l.scratch);
    yaml_parser_set_encoding(&l.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&l.parser, (const unsigned char *)l.file->text, l.file->len);
    root = read_stream(&l);
    if (l.held)
        yaml_event_delete(&l.event);
    yaml_parser_delete(&l.parser);
    pl_arena_free(l.scratch);
    return root;
}

const struct pl_yaml_node *pl_yaml_get(const struct pl_yaml_node *mapping, const char *key)
{
    if (mapping == NULL || mapping->type != PL_YAML_MAPPING)
        return NULL;
    for (size_t i = 0; i < mapping->n; i++) {
        if (strcmp(mapping->pairs[i].key->text, key) == 0)
            return mapping->pairs[i].value;
    }
    return NULL;
}
