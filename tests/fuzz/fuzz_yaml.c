/* fuzz_yaml.c - any bytes as YAML: what parses is within its bounds, and prints as flow YAML that reads back
 * as the same tree.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "plumbline/buf.h"
#include "plumbline/yaml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* One code point of text that libyaml made, so valid UTF-8, as an escape. */
static size_t print_escape(struct pl_buf *out, const unsigned char *s)
{
    size_t n = s[0] < 0x80 ? 1 : s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : 4;
    unsigned c = n == 1 ? s[0] : s[0] & (0xffu >> (n + 1));

    for (size_t i = 1; i < n; i++)
        c = c << 6 | (s[i] & 0x3f);
    pl_buf_addf(out, "\\U%08x", c);
    return n;
}

static void print_text(struct pl_buf *out, const struct pl_yaml_node *node)
{
    const unsigned char *s = (const unsigned char *)node->text;

    pl_buf_addc(out, '"');
    for (size_t i = 0; i < node->len;) {
        if (s[i] > 0x20 && s[i] < 0x7f && s[i] != '"' && s[i] != '\\')
            pl_buf_addc(out, node->text[i++]);
        else
            i += print_escape(out, s + i);
    }
    pl_buf_addc(out, '"');
}

static void print_tag(struct pl_buf *out, const char *tag)
{
    pl_buf_adds(out, "!<");
    for (; *tag != '\0'; tag++)
        pl_buf_addf(
            out, strchr("!:,./-_", *tag) != NULL || (*tag >= 'a' && *tag <= 'z') ? "%c" : "%%%02x",
            (unsigned char)*tag);
    pl_buf_adds(out, "> ");
}

static size_t print(struct pl_buf *out, const struct pl_yaml_node *node, int depth)
{
    size_t nodes = 1;

    if (depth > PL_YAML_MAX_DEPTH || node->mark.line < 1 || node->mark.column < 1)
        abort();
    if (node->tag != NULL)
        print_tag(out, node->tag);
    if (node->type == PL_YAML_SCALAR) {
        print_text(out, node);
        return nodes;
    }
    pl_buf_addc(out, node->type == PL_YAML_MAPPING ? '{' : '[');
    for (size_t i = 0; i < node->n; i++) {
        pl_buf_adds(out, i > 0 ? ",\n" : "");
        if (node->type == PL_YAML_MAPPING) {
            pl_buf_adds(out, "? ");
            nodes += print(out, node->pairs[i].key, depth + 1);
            pl_buf_adds(out, " : ");
        }
        nodes += print(out, node->type == PL_YAML_MAPPING ? node->pairs[i].value : node->items[i],
                       depth + 1);
    }
    pl_buf_addc(out, node->type == PL_YAML_MAPPING ? '}' : ']');
    return nodes;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pl_arena *arena = pl_arena_new();
    struct pl_buf printed = {0}, again = {0};
    struct pl_err err = {0};
    const struct pl_yaml_node *root = pl_yaml_parse(arena, "fuzz", (const char *)data, size, &err);

    if (root == NULL && (err.code == PL_OK || strncmp(err.text, "fuzz:", 5) != 0))
        abort();
    if (root != NULL && print(&printed, root, 1) > PL_YAML_MAX_NODES)
        abort();
    if (root != NULL && printed.len <= PL_YAML_MAX_BYTES) {
        root = pl_yaml_parse(arena, "again", printed.data, printed.len, &err);
        if (root == NULL)
            abort();
        (void)print(&again, root, 1);
        if (strcmp(printed.data, again.data) != 0)
            abort();
    }
    pl_buf_free(&printed);
    pl_buf_free(&again);
    pl_arena_free(arena);
    return 0;
}
