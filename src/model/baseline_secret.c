/* baseline_secret.c - what a probe sends that may be secret: !env, !file, and the refusal of literal ones.
 *
 * A secret goes from the environment or the file straight into a struct pl_secret; the copy on the way is
 * wiped. One that is not there is a warning: its connection becomes unknown, the rest goes on.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "baseline_priv.h"
#include "model_priv.h"
#include "plumbline/file.h"

enum { SECRET_MAX = 1 << 20 };

/* ---- !env and !file ---- */

static void miss(struct pl_reader *r, struct pl_sourced *out, const char *why)
{
    out->missing = true;
    pl_warn(r, &out->mark, "%s: %s", out->source, why);
    r->warnings[r->n_warnings - 1].of_source = true;
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

int pl_fail_unshown(struct pl_reader *r, const struct pl_mark *mark, const char *fmt, ...)
{
    char text[512];
    va_list ap;

    va_start(ap, fmt);
    (void)vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    return pl_err_set(r->err, PL_E_BASELINE, "%s:%d:%d: %s", mark->file->name, mark->line,
                      mark->column, text);
}

static int refuse_literal(struct pl_reader *r, const struct pl_yaml_node *key)
{
    return pl_fail_unshown(
        r, &key->mark, "%s: a secret does not stand in a baseline; write !env NAME or !file PATH",
        key->text);
}

int pl_key_secret(struct pl_reader *r, const struct pl_key *key, const struct pl_yaml_pair *pair,
                  void *into)
{
    if (pair->value->tag == NULL)
        return refuse_literal(r, pair->key);
    return pl_key_sourced(r, key, pair, into);
}

bool pl_names_secret(const char *key)
{
    /* Parameters of probes, fields of Google's that are only written, and headers that carry credentials. */
    static const char *const keys[] = {"password",      "rootPassword",        "bearer",
                                       "authorization", "proxy-authorization", "cookie",
                                       "x-api-key"};

    for (size_t i = 0; i < PL_LEN(keys); i++) {
        if (strcasecmp(keys[i], key) == 0)
            return true;
    }
    return false;
}

/* Headers have no list: whatever goes by the name of a token or an API key is one. */
static int refuse_in_headers(struct pl_reader *r, const struct pl_yaml_node *headers)
{
    for (size_t i = 0; headers->type == PL_YAML_MAPPING && i < headers->n; i++) {
        const struct pl_yaml_node *key = headers->pairs[i].key, *value = headers->pairs[i].value;
        struct pl_name_look look = pl_name_look(key->text, key->len);

        if (value->type == PL_YAML_SCALAR && value->tag == NULL && value->len > 0 && look.secret &&
            !look.key_alone && !pl_is_no_secret(&look, value->text, value->len))
            return refuse_literal(r, key);
    }
    return 0;
}

static int refuse_in_map(struct pl_reader *r, const struct pl_yaml_node *map)
{
    bool probe = pl_yaml_get(map, "type") != NULL || pl_yaml_get(map, "cert") != NULL;

    for (size_t i = 0; i < map->n; i++) {
        const struct pl_yaml_node *key = map->pairs[i].key, *value = map->pairs[i].value;

        if (value->type == PL_YAML_SCALAR && value->tag == NULL && value->len > 0 &&
            (pl_names_secret(key->text) || (probe && strcmp(key->text, "key") == 0)))
            return refuse_literal(r, key);
        if (strcmp(key->text, "headers") == 0 && refuse_in_headers(r, value) < 0)
            return -1;
        if (pl_refuse_literals(r, value) < 0)
            return -1;
    }
    return 0;
}

/* First of all checks: every other message may show a line, and the line a secret. */
int pl_refuse_literals(struct pl_reader *r, const struct pl_yaml_node *root)
{
    if (root->type == PL_YAML_MAPPING)
        return refuse_in_map(r, root);
    for (size_t i = 0; root->type == PL_YAML_SEQUENCE && i < root->n; i++) {
        if (pl_refuse_literals(r, root->items[i]) < 0)
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

static int read_header(struct pl_reader *r, const struct pl_yaml_pair *pair,
                       struct pl_named_text *out)
{
    struct pl_key key = {.name = pair->key->text};
    const char *text;

    *out = (struct pl_named_text){.name = pair->key->text, .mark = pair->key->mark};
    if (!is_token(out->name))
        return pl_mark_error(r->err, &out->mark, PL_E_BASELINE, "'%s' is no name of a header",
                             out->name);
    if (pl_names_secret(out->name))
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
