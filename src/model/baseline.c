/* baseline.c - reads baselines: files and folders, the top of each file, and what needs all of them at once.
 *
 * Sections are baseline_resource.c, baseline_connection.c and baseline_ignore.c; YAML itself is below, in
 * src/io. No network, no observed world: what is declared is only checked against itself and the schema.
 */
#include <stdlib.h>
#include <string.h>

#include "baseline_priv.h"
#include "plumbline/file.h"

/* ---- one file ---- */

static const char *const top_keys[] = {"version",   "project",     "location", "vars",
                                       "resources", "connections", "ignore"};

static int check_top(struct pl_reader *r, const struct pl_yaml_node *root)
{
    const struct pl_yaml_node *version;

    if (pl_want(r, root, PL_YAML_MAPPING, "a baseline") < 0)
        return -1;
    for (size_t i = 0; i < root->n; i++) {
        const struct pl_yaml_node *key = root->pairs[i].key;
        size_t k = 0;

        while (k < PL_LEN(top_keys) && strcmp(top_keys[k], key->text) != 0)
            k++;
        if (k == PL_LEN(top_keys))
            return pl_unknown_name(r, &key->mark, "key", key->text, top_keys, PL_LEN(top_keys));
    }
    version = pl_yaml_get(root, "version");
    if (version == NULL)
        return pl_mark_error(r->err, &root->mark, PL_E_BASELINE,
                             "the file does not say `version: 1`");
    if (version->type != PL_YAML_SCALAR || version->tag != NULL || strcmp(version->text, "1") != 0)
        return pl_mark_error(r->err, &version->mark, PL_E_BASELINE,
                             "version is 1, not %s: another one is not known here",
                             pl_node_shown(r, version));
    return 0;
}

/* "acme-staging", "europe-west1": what can stand in Google's resource names. */
static int read_scope(struct pl_reader *r, const struct pl_yaml_node *root, const char *key,
                      const char **out)
{
    const struct pl_yaml_node *node = pl_yaml_get(root, key);

    if (node == NULL || (pl_node_is_null(node) && node->tag == NULL))
        return 0;
    *out = pl_read_line(r, node, key);
    if (*out == NULL)
        return -1;
    if (strpbrk(*out, "/*% ") != NULL)
        return pl_mark_error(r->err, &node->mark, PL_E_BASELINE, "'%s' cannot be a %s", *out, key);
    return 0;
}

/* The folder that !file is relative to. */
static const char *folder_of(struct pl_arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');

    if (slash == NULL)
        return ".";
    return slash == path ? "/" : pl_arena_strndup(arena, path, (size_t)(slash - path));
}

static int read_top(struct pl_reader *r, const struct pl_yaml_node *root)
{
    struct pl_baseline_file *file = PL_NEW(r->arena, struct pl_baseline_file);

    file->name = root->mark.file->name;
    file->project = r->options->project;
    r->file = file;
    r->dir = folder_of(r->arena, file->name);
    if (pl_refuse_literals(r, root) < 0 || check_top(r, root) < 0 ||
        pl_read_vars(r, pl_yaml_get(root, "vars")) < 0 ||
        read_scope(r, root, "project", &file->project) < 0 ||
        read_scope(r, root, "location", &file->location) < 0)
        return -1;
    PL_PUSH(r->arena, r->files, r->n_files, r->cap_files, file);
    return 0;
}

static int read_text(struct pl_reader *r, const char *name, const char *text, size_t len)
{
    static const struct {
        const char *key;
        int (*read)(struct pl_reader *r, const struct pl_yaml_node *node);
    } sections[] = {
        {"resources", pl_read_resources},
        {"connections", pl_read_connections},
        {"ignore", pl_read_ignores},
    };
    const struct pl_yaml_node *root = pl_yaml_parse(r->arena, name, text, len, r->err);

    if (root == NULL || read_top(r, root) < 0)
        return -1;
    for (size_t i = 0; i < PL_LEN(sections); i++) {
        const struct pl_yaml_node *node = pl_yaml_get(root, sections[i].key);

        if (node != NULL && sections[i].read(r, node) < 0)
            return -1;
    }
    return 0;
}

static int read_one(struct pl_reader *r, const char *path)
{
    size_t len = 0;
    char *text = pl_file_read(r->arena, path, PL_YAML_MAX_BYTES, &len, r->err);

    return text != NULL ? read_text(r, strcmp(path, "-") == 0 ? "<stdin>" : path, text, len) : -1;
}

static int read_path(struct pl_reader *r, const char *path)
{
    const char *const *names = NULL;
    size_t n = 0;

    if (!pl_path_is_dir(path))
        return read_one(r, path);
    if (pl_dir_list(r->arena, path, ".yaml", &names, &n, r->err) < 0)
        return -1;
    if (n == 0)
        return pl_err_set(r->err, PL_E_BASELINE, "%s: no *.yaml file in this folder", path);
    for (size_t i = 0; i < n; i++) {
        if (read_one(r, names[i]) < 0)
            return -1;
    }
    return 0;
}

/* ---- all files ---- */

struct named {
    const char *full;
    const struct pl_declared *declared;
};

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct named *)a)->full, ((const struct named *)b)->full);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void finish_resources(struct pl_reader *r, struct pl_baseline *out)
{
    size_t n = r->declared.n;
    struct named *names = pl_arena_array(r->arena, n, sizeof *names);
    struct pl_declared *all = pl_arena_array(r->arena, n, sizeof *all);

    for (size_t i = 0; i < n; i++)
        names[i] = (struct named){r->declared.entries[i].key, r->declared.entries[i].value};
    if (n > 0)
        qsort(names, n, sizeof *names, by_name);
    for (size_t i = 0; i < n; i++)
        all[i] = *names[i].declared;
    out->resources = all;
    out->n_resources = n;
}

static void finish_lists(struct pl_reader *r, struct pl_baseline *out)
{
    size_t n = r->connections.n;
    const struct pl_connection **all = pl_arena_array(r->arena, n, sizeof *all);
    const char **projects = pl_arena_array(r->arena, r->projects.n, sizeof *projects);

    for (size_t i = 0; i < n; i++)
        all[i] = r->connections.entries[i].value;
    out->connections = all;
    out->n_connections = n;
    for (size_t i = 0; i < r->projects.n; i++)
        projects[i] = r->projects.entries[i].key;
    if (r->projects.n > 0)
        qsort(projects, r->projects.n, sizeof *projects, by_text);
    out->projects = projects;
    out->n_projects = r->projects.n;
}

static const struct pl_baseline *finish(struct pl_reader *r)
{
    struct pl_baseline *out = PL_NEW(r->arena, struct pl_baseline);

    *out = (struct pl_baseline){
        .arena = r->arena,
        .files = r->files,
        .n_files = r->n_files,
        .only = r->only,
        .n_only = r->n_only,
        .ignores = r->ignores,
        .n_ignores = r->n_ignores,
        .warnings = r->warnings,
        .n_warnings = r->n_warnings,
    };
    finish_resources(r, out);
    finish_lists(r, out);
    return out;
}

const struct pl_baseline *pl_baseline_read(struct pl_arena *arena,
                                           const struct pl_baseline_options *options,
                                           struct pl_err *err)
{
    struct pl_err unused;
    struct pl_reader r = {.arena = arena, .options = options, .err = err != NULL ? err : &unused};

    pl_map_init(&r.declared, arena);
    pl_map_init(&r.connections, arena);
    pl_map_init(&r.projects, arena);
    for (size_t i = 0; i < options->n_paths; i++) {
        if (read_path(&r, options->paths[i]) < 0)
            return NULL;
    }
    if (options->text != NULL &&
        read_text(&r, options->name, options->text, strlen(options->text)) < 0)
        return NULL;
    if (pl_check_depends(&r) < 0 || pl_refuse_cycles(&r) < 0)
        return NULL;
    return finish(&r);
}

const struct pl_connection *pl_baseline_connection(const struct pl_baseline *b, const char *name)
{
    for (size_t i = 0; i < b->n_connections; i++) {
        if (strcmp(b->connections[i]->name, name) == 0)
            return b->connections[i];
    }
    return NULL;
}
