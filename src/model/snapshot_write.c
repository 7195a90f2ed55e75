/* snapshot_write.c - a world as newline-delimited JSON, section 5 of the contract; snapshot_read.c reads it back.
 *
 * Bytes depend on the world alone: keys sorted, lines in the world's order. Nothing is redacted here:
 * what is in a world was redacted on its way in (redact.c).
 */
#include "plumbline/snapshot.h"

#include <string.h>

#include "plumbline/json.h"

#include "snapshot_priv.h"

/* Members come in the order of their keys: the callers' business. */
struct line {
    struct pl_buf *out;
    char separator;
};

static struct line line_begin(struct pl_buf *out)
{
    return (struct line){.out = out, .separator = '{'};
}

static void line_key(struct line *line, const char *key)
{
    pl_buf_addc(line->out, line->separator);
    line->separator = ',';
    pl_json_write_string(line->out, key, strlen(key));
    pl_buf_addc(line->out, ':');
}

static void line_text(struct line *line, const char *key, const char *text)
{
    if (text == NULL)
        return;
    line_key(line, key);
    pl_json_write_string(line->out, text, strlen(text));
}

static void line_value(struct line *line, const char *key, const struct pl_value *value)
{
    line_key(line, key);
    pl_json_write(line->out, value);
}

static void line_texts(struct line *line, const char *key, const char *const *texts, size_t n)
{
    line_key(line, key);
    pl_buf_addc(line->out, '[');
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            pl_buf_addc(line->out, ',');
        pl_json_write_string(line->out, texts[i], strlen(texts[i]));
    }
    pl_buf_addc(line->out, ']');
}

static void line_end(struct line *line)
{
    pl_buf_adds(line->out, "}\n");
}

/* Nothing but a policy: project.iamPolicy, or a policy whose resource was not read. */
static bool is_policy_alone(const struct pl_resource *r, const struct pl_value *policy)
{
    const struct pl_step *step =
        r->n_fields == 1 && r->fields[0].n == 1 ? r->fields[0].steps : NULL;

    if (policy == NULL || pl_value_count(r->body) != 1)
        return false;
    return r->address.kind->schema == NULL ||
           (step != NULL && step->type == PL_STEP_KEY && strcmp(step->key, "iamPolicy") == 0);
}

/* Lines behind the header: what lets a reader see that a file was cut between two of them. */
static size_t count_lines(const struct pl_world *world)
{
    size_t n = world->n_unobserved + world->n_foreign;

    for (size_t i = 0; i < world->n_resources; i++) {
        const struct pl_value *policy = pl_value_member(world->resources[i]->body, "iamPolicy");

        n += policy == NULL || is_policy_alone(world->resources[i], policy) ? 1 : 2;
    }
    return n;
}

void snapshot_write_header(struct pl_buf *out, const struct pl_world *world, size_t lines)
{
    struct line line = line_begin(out);

    if (world->kinds != NULL)
        line_texts(&line, "kinds", world->kinds, world->n_kinds);
    if (!world->uncounted) {
        line_key(&line, "lines");
        pl_buf_addf(out, "%zu", lines);
    }
    line_text(&line, "observed_at", world->observed_at);
    line_text(&line, "plumbline_snapshot", "1.0");
    /* A header that names none reads back as one that names none. */
    if (!world->projects_derived)
        line_texts(&line, "projects", world->projects, world->n_projects);
    line_end(&line);
}

static void write_fields(struct line *line, struct pl_arena *scratch, const struct pl_resource *r)
{
    const char **paths;

    if (r->fields == NULL)
        return;
    paths = pl_arena_array(scratch, r->n_fields, sizeof *paths);
    for (size_t i = 0; i < r->n_fields; i++)
        paths[i] = pl_path_format(scratch, &r->fields[i]);
    line_texts(line, "fields", paths, r->n_fields);
}

static void line_json(struct line *line, const char *key, const char *json)
{
    line_key(line, key);
    pl_buf_adds(line->out, json);
}

static void line_who(struct line *line, const struct snapshot_who *who)
{
    line_text(line, "kind", who->kind);
    line_text(line, "name", who->name);
    line_text(line, "observed_at", who->observed_at);
}

void snapshot_write_body(struct pl_buf *out, const struct snapshot_who *who, const char *json)
{
    struct line line = line_begin(out);

    line_who(&line, who);
    line_json(&line, "resource", json);
    line_end(&line);
}

void snapshot_write_policy(struct pl_buf *out, const struct snapshot_who *who, const char *json)
{
    struct line line = line_begin(out);

    line_json(&line, "iam_policy", json);
    line_who(&line, who);
    line_end(&line);
}

/* The body without what has a line of its own, and without what is said of a secret: that holds for this process alone. */
static const struct pl_value *written(struct pl_arena *scratch, const struct pl_resource *r)
{
    const struct pl_value *body = pl_value_map_with(scratch, r->body, "iamPolicy", NULL);
    const struct pl_secret_call *secret = r->address.kind->secret;

    return secret != NULL ? pl_value_map_with(scratch, body, secret->field, NULL) : body;
}

static void write_resource(struct pl_buf *out, struct pl_arena *scratch,
                           const struct pl_resource *r)
{
    const struct pl_value *policy = pl_value_member(r->body, "iamPolicy");
    const struct snapshot_who who = {r->address.kind->name, r->name, r->observed_at};
    struct line line = line_begin(out);

    if (!is_policy_alone(r, policy)) {
        write_fields(&line, scratch, r);
        line_who(&line, &who);
        line_value(&line, "resource", written(scratch, r));
        line_end(&line);
        line = line_begin(out);
    }
    if (policy == NULL)
        return;
    line_value(&line, "iam_policy", policy);
    line_who(&line, &who);
    line_end(&line);
}

void snapshot_write_gap(struct pl_buf *out, const struct pl_unobserved *gap)
{
    struct line line = line_begin(out);

    line_text(&line, "detail", gap->detail);
    line_text(&line, "field", gap->field);
    line_text(&line, "permission", gap->permission);
    line_text(&line, "reason", gap->reason);
    line_text(&line, "remedy", gap->remedy);
    line_text(&line, "scope", gap->scope);
    line_text(&line, "unobserved", gap->kind_name != NULL ? gap->kind_name : "*");
    line_end(&line);
}

static bool foreign_before(const struct pl_foreign_line *line, const struct pl_resource *r)
{
    int c = strcmp(line->kind, r->address.kind->name);

    return c < 0 || (c == 0 && strcmp(line->name, r->name) < 0);
}

static void write_foreign(struct pl_buf *out, const struct pl_foreign_line *line)
{
    pl_buf_adds(out, line->text);
    pl_buf_addc(out, '\n');
}

void pl_snapshot_write(struct pl_buf *out, const struct pl_world *world)
{
    struct pl_arena *scratch = pl_arena_new();
    size_t nameless = 0, k;

    while (nameless < world->n_foreign && world->foreign[nameless].kind[0] == '\0')
        nameless++;
    k = nameless;
    snapshot_write_header(out, world, count_lines(world));
    for (size_t i = 0; i < world->n_resources; i++) {
        while (k < world->n_foreign && foreign_before(&world->foreign[k], world->resources[i]))
            write_foreign(out, &world->foreign[k++]);
        write_resource(out, scratch, world->resources[i]);
    }
    while (k < world->n_foreign)
        write_foreign(out, &world->foreign[k++]);
    for (size_t i = 0; i < world->n_unobserved; i++)
        snapshot_write_gap(out, &world->unobserved[i]);
    /* Lines that are about no resource come last. */
    for (k = 0; k < nameless; k++)
        write_foreign(out, &world->foreign[k]);
    pl_arena_free(scratch);
}
