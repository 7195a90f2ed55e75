/* write.c - the tree as YAML: short things on one line, everything else in blocks, comments beside or above.
 *
 * libyaml's emitter knows no comments, so this is our own; what it writes is read back by libyaml before anybody sees it (init.c).
 */
#include <string.h>
#include <strings.h>

#include "init_priv.h"
#include "plumbline/escape.h"

enum { WIDTH = 100 };

struct pl_node *pl_node_new(struct pl_arena *arena, enum pl_node_type type, const char *key,
                            const char *text)
{
    struct pl_node *node = PL_NEW(arena, struct pl_node);

    node->type = type;
    node->key = key;
    node->text = text;
    return node;
}

void pl_node_add(struct pl_arena *arena, struct pl_node *to, struct pl_node *item)
{
    if (item != NULL)
        PL_PUSH(arena, to->items, to->n, to->cap, item);
}

/* ---- scalars ---- */

/* What YAML 1.1 or a person takes for something else than text (https://yaml.org/type/). */
static bool reads_otherwise(const char *text)
{
    static const char *const words[] = {"null", "true", "false", "yes", "no",
                                        "on",   "off",  "y",     "n"};
    size_t digits = strspn(text, "0123456789.,_:+-xeE");

    for (size_t i = 0; i < PL_LEN(words); i++)
        if (strcasecmp(words[i], text) == 0)
            return true;
    return (text[digits] == '\0' && strpbrk(text, "0123456789") != NULL) ||
           (text[0] == '0' && text[1] != '\0' && strchr("xXob", text[1]) != NULL);
}

static bool is_plain(const char *text, bool inside)
{
    const char *more = inside ? "_./@+-" : "_./@+-:";
    size_t len = strlen(text);

    if (len == 0 || reads_otherwise(text) || strchr("@+-.:", text[0]) != NULL ||
        text[len - 1] == ':')
        return false;
    for (const char *at = text; *at != '\0'; at++)
        if (!(*at >= 'a' && *at <= 'z') && !(*at >= 'A' && *at <= 'Z') &&
            !(*at >= '0' && *at <= '9') && strchr(more, *at) == NULL)
            return false;
    return true;
}

static void add_scalar(struct pl_buf *out, const char *text, bool inside)
{
    if (is_plain(text, inside))
        pl_buf_adds(out, text);
    else
        pl_escape_yaml(out, text);
}

/* ---- one line ---- */

static void add_inline(struct pl_buf *out, const struct pl_node *node);

static void add_items(struct pl_buf *out, const struct pl_node *node, char open, char close)
{
    pl_buf_addc(out, open);
    for (size_t i = 0; i < node->n; i++) {
        if (i > 0)
            pl_buf_adds(out, ", ");
        if (node->items[i]->key != NULL) {
            add_scalar(out, node->items[i]->key, true);
            pl_buf_adds(out, ": ");
        }
        add_inline(out, node->items[i]);
    }
    pl_buf_addc(out, close);
}

static void add_inline(struct pl_buf *out, const struct pl_node *node)
{
    switch (node->type) {
    case PL_NODE_TEXT:
        add_scalar(out, node->text, true);
        break;
    case PL_NODE_BARE:
        pl_buf_adds(out, node->text);
        break;
    case PL_NODE_MAP:
        add_items(out, node, '{', '}');
        break;
    case PL_NODE_LIST:
        add_items(out, node, '[', ']');
        break;
    case PL_NODE_NOTE:
        break;
    }
}

static bool is_scalar(const struct pl_node *node)
{
    return node->type == PL_NODE_TEXT || node->type == PL_NODE_BARE;
}

/* Remarks inside need lines of their own; a map of maps is easier to read in a block, but not where it is one of many in a list. */
static bool may_be_inline(const struct pl_node *node, bool element)
{
    if (node->open)
        return false;
    for (size_t i = 0; i < node->n; i++) {
        const struct pl_node *item = node->items[i];

        if (item->note != NULL || item->off || item->type == PL_NODE_NOTE ||
            (!is_scalar(item) &&
             ((!element && node->type == PL_NODE_MAP) || !may_be_inline(item, element))))
            return false;
    }
    return element || node->type == PL_NODE_LIST ? true : node->n <= 2;
}

/* The node on the rest of a line that has `used` columns; false: it does not fit. */
static bool fit(struct pl_buf *out, const struct pl_node *node, size_t used)
{
    bool element = node->key == NULL;
    size_t before = out->len;

    if (is_scalar(node)) {
        if (node->type == PL_NODE_TEXT)
            add_scalar(out, node->text, false);
        else
            pl_buf_adds(out, node->text);
        return true;
    }
    if (node->n > 0 && !may_be_inline(node, element))
        return false;
    add_inline(out, node);
    if (node->n == 0 || used + out->len - before <= WIDTH)
        return true;
    out->len = before;
    out->data[before] = '\0';
    return false;
}

/* ---- lines ---- */

void pl_note_write(struct pl_buf *out, const char *text, int indent)
{
    struct pl_buf shown = {0};
    const char *at;

    pl_buf_add_visible(&shown, text, strlen(text));
    at = pl_buf_str(&shown);
    do {
        size_t room = indent + 2 + 40 < WIDTH ? (size_t)(WIDTH - indent - 2) : 40, n = strlen(at);

        if (n > room) {
            for (n = room; n > 0 && at[n] != ' '; n--)
                ;
            n = n > 0 ? n : strcspn(at, " ");
        }
        pl_buf_addf(out, "%*s# %.*s\n", indent, "", (int)n, at);
        at += n;
        at += strspn(at, " ");
    } while (*at != '\0');
    pl_buf_free(&shown);
}

/* Lines as comments: "  # a: b". */
static void add_commented(struct pl_buf *out, const char *lines, int indent)
{
    while (*lines != '\0') {
        size_t n = strcspn(lines, "\n");
        size_t lead = strspn(lines, " ");

        lead = lead < (size_t)indent ? lead : (size_t)indent;
        pl_buf_addf(out, "%*s# %.*s\n", indent, "", (int)(n - lead), lines + lead);
        lines += n + (lines[n] == '\n');
    }
}

/* An element of several lines: its first member stands behind the dash, remarks before that above it. */
static void write_element(struct pl_buf *out, const struct pl_node *node, int indent)
{
    struct pl_node rest = *node, first, *list[1] = {&first};
    struct pl_buf block = {0};

    if (node->note != NULL)
        pl_note_write(out, node->note, indent);
    for (; rest.items[0]->type == PL_NODE_NOTE; rest.items++, rest.n--)
        pl_note_write(out, rest.items[0]->note, indent);
    first = *rest.items[0];
    if (first.note != NULL)
        pl_note_write(out, first.note, indent);
    first.note = NULL;
    pl_node_write(&block, &(struct pl_node){.type = node->type, .items = list, .n = 1}, indent + 2);
    block.data[indent] = '-';
    rest.items++;
    rest.n--;
    pl_node_write(&block, &rest, indent + 2);
    pl_buf_adds(out, pl_buf_str(&block));
    pl_buf_free(&block);
}

static void write_item(struct pl_buf *out, const struct pl_node *node, int indent)
{
    struct pl_buf line = {0};

    pl_buf_addf(&line, "%*s", indent, "");
    if (node->key != NULL) {
        add_scalar(&line, node->key, false);
        pl_buf_addc(&line, ':');
    } else {
        pl_buf_addc(&line, '-');
    }
    pl_buf_addc(&line, ' ');
    if (fit(&line, node, line.len)) {
        if (node->note != NULL && line.len + strlen(node->note) + 4 <= WIDTH)
            pl_buf_addf(&line, "  # %s", node->note);
        else if (node->note != NULL)
            pl_note_write(out, node->note, indent);
        pl_buf_addf(out, "%s\n", pl_buf_str(&line));
    } else if (node->key != NULL) {
        if (node->note != NULL)
            pl_note_write(out, node->note, indent);
        pl_buf_addf(out, "%.*s\n", (int)line.len - 1, pl_buf_str(&line));
        pl_node_write(out, node, indent + 2);
    } else {
        write_element(out, node, indent);
    }
    pl_buf_free(&line);
}

void pl_node_write(struct pl_buf *out, const struct pl_node *node, int indent)
{
    for (size_t i = 0; i < node->n; i++) {
        const struct pl_node *item = node->items[i];
        struct pl_buf lines = {0};
        struct pl_node shown;

        if (node->apart && i > 0)
            pl_buf_addc(out, '\n');
        if (item->type == PL_NODE_NOTE) {
            pl_note_write(out, item->note, indent);
            continue;
        }
        if (!item->off) {
            write_item(out, item, indent);
            continue;
        }
        shown = *item;
        shown.note = NULL;
        if (item->note != NULL)
            pl_note_write(out, item->note, indent);
        write_item(&lines, &shown, indent);
        add_commented(out, pl_buf_str(&lines), indent);
        pl_buf_free(&lines);
    }
}
