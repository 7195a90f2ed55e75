/* init.c - a world to a baseline's text: draft it, read it back, take out what does not hold, lay it out.
 *
 * Nothing is written here that `validate` would refuse: what is handed out has been read by the same reader.
 */
#include <string.h>

#include "init_priv.h"

static const char head[] = "What is declared here is compared field by field, and only that: leave "
                           "out what may change, add what must not. A `# decide:` "
                           "asks for your word; delete it when you have given it.";
static const char ask_connections[] = "decide: what breaks when one fails (impact, severity), how "
                                      "slow is too slow (budget), and how to try it (probe); "
                                      "docs/baseline.md has the words.";

static const char ask_partial[] = "decide: read off the wiring, and not checked, because only a "
                                  "part of the estate is known here: `plumbline audit --no-probe` "
                                  "says what the model thinks of each. Delete what is not meant;";

static void write_head(struct pl_init *in, struct pl_buf *out)
{
    const struct pl_world *w = in->input->world;

    pl_note_write(out,
                  pl_arena_printf(in->arena, "Made from %s%s%s.", in->input->source,
                                  w->observed_at != NULL ? ", observed at " : "",
                                  w->observed_at != NULL ? w->observed_at : ""),
                  0);
    pl_note_write(out, head, 0);
    pl_buf_adds(out, "version: 1\n");
}

static void write_scalar(struct pl_init *in, struct pl_buf *out, const char *key, const char *text)
{
    struct pl_node *top = pl_node_new(in->arena, PL_NODE_MAP, NULL, NULL);

    if (text == NULL)
        return;
    pl_node_add(in->arena, top, pl_node_new(in->arena, PL_NODE_TEXT, key, text));
    pl_node_write(out, top, 0);
}

/* An API that is off holds nothing. */
static bool hides(const struct pl_unobserved *gap)
{
    return strcmp(gap->reason, "api_disabled") != 0;
}

static const char *gap_text(struct pl_arena *arena, const struct pl_unobserved *gap)
{
    return pl_arena_printf(
        arena, "%s%s%s in %s: %s%s%s", gap->kind_name != NULL ? gap->kind_name : "everything",
        gap->field != NULL ? ":" : "", gap->field != NULL ? gap->field : "",
        gap->scope != NULL && *gap->scope != '\0' ? gap->scope : "everything", gap->reason,
        gap->permission != NULL ? ", needs " : "", gap->permission != NULL ? gap->permission : "");
}

/* Where something could not be read, nobody can say that there is nothing. */
static int nothing(const struct pl_init *in, struct pl_err *err)
{
    const struct pl_world *w = in->input->world;
    const struct pl_unobserved *first = NULL;
    size_t n = 0;

    for (size_t i = 0; !in->input->partial && i < w->n_unobserved; i++)
        if (hides(&w->unobserved[i]) && n++ == 0)
            first = &w->unobserved[i];
    if (first == NULL)
        return pl_err_set(err, PL_E_USAGE,
                          "%s: nothing to declare: no database, cache, service or network",
                          in->input->source);
    return pl_err_set(
        err, PL_E_USAGE,
        "%s: nothing to declare was found, and %zu thing%s could not be observed: %s%s",
        in->input->source, n, n == 1 ? "" : "s", gap_text(in->arena, first), n > 1 ? ", ..." : "");
}

/* What could not be read is not declared, and a reader must know. */
static void write_gaps(struct pl_init *in, struct pl_buf *out)
{
    const struct pl_world *w = in->input->world;
    bool said = false;

    for (size_t i = 0; !in->input->partial && i < w->n_unobserved; i++) {
        const struct pl_unobserved *gap = &w->unobserved[i];

        if (!hides(gap))
            continue;
        if (!said)
            pl_buf_adds(out, "\n# Not observed, and so not declared:\n");
        said = true;
        pl_note_write(out, pl_arena_printf(in->arena, "  %s", gap_text(in->arena, gap)), 0);
    }
}

static void write_section(struct pl_buf *out, const struct pl_node *section, const char *ask)
{
    bool empty = true;

    for (size_t i = 0; i < section->n; i++)
        empty = empty && section->items[i]->off;
    pl_buf_addf(out, "\n%s:%s\n", section->key, empty ? " {}" : "");
    if (ask != NULL) {
        pl_note_write(out, ask, 2);
        pl_buf_addc(out, '\n');
    }
    pl_node_write(out, section, 2);
}

static void write_all(struct pl_init *in, struct pl_buf *out, const struct pl_node *resources,
                      const struct pl_node *connections)
{
    write_head(in, out);
    write_scalar(in, out, "project", in->project);
    write_scalar(in, out, "location", in->location);
    write_section(out, resources, NULL);
    if (connections != NULL)
        write_section(out, connections,
                      in->input->partial ? pl_arena_printf(in->arena, "%s %s", ask_partial,
                                                           ask_connections + strlen("decide: "))
                                         : ask_connections);
    write_gaps(in, out);
}

/* Connections depend on each other's wiring by name, so what is taken out may change the next: until nothing does. */
static int settle(struct pl_init *in, struct pl_buf *out, const struct pl_node *resources,
                  struct pl_node *connections, struct pl_err *err)
{
    for (;;) {
        struct pl_baseline_options options = {.name = "the new baseline"};
        const struct pl_baseline *declared;

        pl_buf_clear(out);
        write_all(in, out, resources, connections);
        options.text = pl_buf_str(out);
        declared = pl_baseline_read(in->arena, &options, err);
        if (declared == NULL)
            return pl_err_wrap(err, "what init wrote is not valid; please report this");
        if (connections == NULL || !pl_propose_judge(in, connections, declared))
            return 0;
    }
}

int pl_init_write(struct pl_arena *arena, struct pl_buf *out, const struct pl_init_input *input,
                  struct pl_init_count *count, struct pl_err *err)
{
    struct pl_init in = {.arena = arena, .input = input};
    struct pl_node *resources, *connections;
    struct pl_buf text = {0};
    int status;

    in.view = pl_view_new(arena, input->world);
    pl_init_keep(&in);
    if (in.kept.n == 0)
        return nothing(&in, err);
    pl_refs_collect(&in);
    resources = pl_draft_resources(&in);
    connections = pl_propose_connections(&in);
    status = settle(&in, &text, resources, connections, err);
    if (status == 0)
        pl_buf_add(out, pl_buf_str(&text), text.len);
    pl_buf_free(&text);
    for (size_t i = 0; connections != NULL && i < connections->n; i++) {
        in.count.connections += !connections->items[i]->off;
        in.count.doubtful += connections->items[i]->off;
    }
    *count = in.count;
    return status;
}
