/* baseline_secret.c - what a probe sends that may be secret: !env, !file, and the refusal of literal ones.
 *
 * A secret goes from the environment or the file straight into a struct pl_secret; the copy on the way is
 * wiped. One that is not there is a warning: its connection becomes unknown, the rest goes on.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "baseline_priv.h"
#include "plumbline/file.h"

enum { SECRET_MAX = 1 << 20 };

/* ---- !env and !file ---- */

static void miss(struct pl_reader *r, struct pl_sourced *out, const char *why)
{
    out->missing = true;
    pl_warn(r, &out->mark, "%s: %s", out->source, why);
}

static int read_env(struct pl_reader *r, const char *name, struct pl_sourced *out)
{
    const char *value;

    if (!pl_is_identifier(name, ""))
        return pl_mark_error(r->err, &out->mark, PL_E_BASELINE,
                             "!env wants the name of an environment variable");
    value = getenv(name);
    if (value == NULL)
        miss(r, out, "the environment variable is not set");
    else
        out->secret = pl_secret_new(r->arena, value, strlen(value));
    return 0;
}

static int read_file(struct pl_reader *r, const char *name, struct pl_sourced *out)
{
    const char *path = name[0] == '/' ? name : pl_arena_printf(r->arena, "%s/%s", r->dir, name);
    struct pl_arena *scratch = pl_arena_new();
    struct pl_err why = {0};
    size_t len = 0, all;
    char *text = pl_file_read(scratch, path, SECRET_MAX, &len, &why);
    int status = 0;

    all = len;
    if (text != NULL && len > 0 && text[len - 1] == '\n')
        len--;
    if (text == NULL)
        miss(r, out, why.sys == ENOENT ? "there is no such file" : "the file cannot be read");
    else if (memchr(text, '\0', len) != NULL)
        status = pl_mark_error(r->err, &out->mark, PL_E_BASELINE,
                               "%s: the file holds a NUL byte, so it is no text", out->source);
    else
        out->secret = pl_secret_new(r->arena, text, len);
    if (text != NULL)
        pl_wipe(text, all);
    pl_arena_free(scratch);
    return status;
}

int pl_key_sourced(struct pl_reader *r, const struct pl_key *key, const struct pl_yaml_pair *pair,
                   void *into)
{
    const struct pl_yaml_node *node = pair->value;
    struct pl_sourced *out = into;
    bool env = node->tag != NULL && strcmp(node->tag, "!env") == 0;
    bool file = node->tag != NULL && strcmp(node->tag, "!file") == 0;
    const char *name;

    *out = (struct pl_sourced){.mark = node->mark};
    if (!env && !file) {
        out->text = pl_read_text(r, node, key->name);
        return out->text != NULL ? 0 : -1;
    }
    if (node->type != PL_YAML_SCALAR || node->len == 0)
        return pl_mark_error(r->err, &node->mark, PL_E_BASELINE, "%s wants %s", node->tag,
                             env ? "the name of an environment variable" : "the path of a file");
    name = pl_expand_vars(r, node);
    if (name == NULL)
        return -1;
    out->source = pl_arena_printf(r->arena, "%s %s", node->tag, name);
    return env ? read_env(r, name, out) : read_file(r, name, out);
}

static int refuse_literal(struct pl_reader *r, const struct pl_mark *mark, const char *name)
{
    return pl_mark_error(r->err, mark, PL_E_BASELINE,
                         "%s: a secret does not stand in a baseline; write !env NAME or !file PATH",
                         name);
}

int pl_key_secret(struct pl_reader *r, const struct pl_key *key, const struct pl_yaml_pair *pair,
                  void *into)
{
    if (pair->value->tag == NULL)
        return refuse_literal(r, &pair->key->mark, key->name);
    return pl_key_sourced(r, key, pair, into);
}

/* The place is the key's: messages show the line, and cover what follows these keys. */
int pl_refuse_literals(struct pl_reader *r, const struct pl_yaml_node *root)
{
    static const char *const keys[] = {"password", "rootPassword", "bearer", NULL};

    for (size_t i = 0; i < root->n; i++) {
        const struct pl_yaml_node *node = root->type == PL_YAML_MAPPING    ? root->pairs[i].value
                                          : root->type == PL_YAML_SEQUENCE ? root->items[i]
                                                                           : NULL;

        if (node == NULL)
            continue;
        if (root->type == PL_YAML_MAPPING && node->type == PL_YAML_SCALAR && node->tag == NULL &&
            node->len > 0 && pl_word_in(keys, root->pairs[i].key->text))
            return refuse_literal(r, &root->pairs[i].key->mark, root->pairs[i].key->text);
        if (pl_refuse_literals(r, node) < 0)
            return -1;
    }
    return 0;
}

/* ---- headers ---- */

/* RFC 9110, section 5.6.2: a token. */
static bool is_token(const char *s)
{
    return s[0] != '\0' && strspn(s, "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz"
                                     "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == strlen(s);
}

static bool carries_secret(const char *header)
{
    static const char *const names[] = {"authorization", "proxy-authorization", "cookie",
                                        "x-api-key"};

    for (size_t i = 0; i < PL_LEN(names); i++) {
        if (strcasecmp(header, names[i]) == 0)
            return true;
    }
    return false;
}

static int read_header(struct pl_reader *r, const struct pl_yaml_pair *pair,
                       struct pl_named_text *out)
{
    struct pl_key key = {.name = pair->key->text};
    const char *text;

    *out = (struct pl_named_text){.name = pair->key->text, .mark = pair->key->mark};
    if (!is_token(out->name))
        return pl_mark_error(r->err, &out->mark, PL_E_BASELINE, "'%s' is no name of a header",
                             out->name);
    if (carries_secret(out->name))
        return pl_key_secret(r, &key, pair, &out->value);
    if (pl_key_sourced(r, &key, pair, &out->value) < 0)
        return -1;
    /* RFC 9110, section 5.5: a line break in a value would begin another header. */
    text = out->value.secret != NULL ? pl_secret_reveal(out->value.secret) : out->value.text;
    if (text != NULL && strpbrk(text, "\r\n") != NULL)
        return pl_mark_error(r->err, &pair->value->mark, PL_E_BASELINE,
                             "header %s is one line without control characters", out->name);
    return 0;
}

int pl_key_headers(struct pl_reader *r, const struct pl_key *key, const struct pl_yaml_pair *pair,
                   void *into)
{
    struct pl_probe_spec *spec = into;
    const struct pl_yaml_node *node = pair->value;
    struct pl_named_text *headers;

    if (pl_want(r, node, PL_YAML_MAPPING, key->name) < 0)
        return -1;
    headers = pl_arena_array(r->arena, node->n, sizeof *headers);
    for (size_t i = 0; i < node->n; i++) {
        if (read_header(r, &node->pairs[i], &headers[i]) < 0)
            return -1;
    }
    spec->headers = headers;
    spec->n_headers = node->n;
    return 0;
}
