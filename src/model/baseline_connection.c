/* baseline_connection.c - the `connections` section: who talks to whom, within what budget, why it matters.
 *
 * Ends are parsed by connection.c, the probe by baseline_probe.c. Names in depends_on are checked once all
 * files are read; circles among connections are legal (explain treats them as one group).
 */
#include <stddef.h>
#include <string.h>

#include "baseline_priv.h"

/* ---- ends ---- */

static int read_end(struct pl_reader *r, const struct pl_key *key, const struct pl_yaml_pair *pair,
                    struct pl_end *out)
{
    const char *text = pl_read_line(r, pair->value, key->name);
    struct pl_err why = {0};

    if (text == NULL)
        return -1;
    out->mark = pair->value->mark;
    if (pl_end_parse(r->arena, text, key->lo != 0, r->file->project, r->file->location, out, &why) <
        0)
        return strchr(text, '@') != NULL /* user:password@ */
                   ? pl_fail_unshown(r, &out->mark, "%s: %s", key->name, why.text)
                   : pl_mark_error(r->err, &out->mark, PL_E_BASELINE, "%s: %s", key->name,
                                   why.text);
    if (out->what == PL_END_RESOURCE)
        pl_note_project(r, out->address.project);
    return 0;
}

static int key_end(struct pl_reader *r, const struct pl_key *key, const struct pl_yaml_pair *pair,
                   void *into)
{
    return read_end(r, key, pair, into);
}

/* ---- lists ---- */

static int key_tracks(struct pl_reader *r, const struct pl_key *key,
                      const struct pl_yaml_pair *pair, void *into)
{
    struct pl_connection *c = into;

    return pl_read_lines(r, pair->value, key->name, &c->tracks, &c->n_tracks);
}

static int key_depends(struct pl_reader *r, const struct pl_key *key,
                       const struct pl_yaml_pair *pair, void *into)
{
    struct pl_depends d = {.connection = into, .node = pair->value};

    if (pl_read_lines(r, pair->value, key->name, &d.connection->depends_on,
                      &d.connection->n_depends_on) < 0)
        return -1;
    PL_PUSH(r->arena, r->depends, r->n_depends, r->cap_depends, d);
    return 0;
}

int pl_check_depends(struct pl_reader *r)
{
    const char **known = pl_arena_array(r->arena, r->connections.n + 1, sizeof *known);

    for (size_t i = 0; i < r->connections.n; i++)
        known[i] = r->connections.entries[i].key;
    for (size_t i = 0; i < r->n_depends; i++) {
        const struct pl_connection *c = r->depends[i].connection;

        for (size_t k = 0; k < c->n_depends_on; k++) {
            const struct pl_mark *mark = &r->depends[i].node->items[k]->mark;

            if (strcmp(c->depends_on[k], c->name) == 0)
                return pl_mark_error(r->err, mark, PL_E_BASELINE, "connection %s depends on itself",
                                     c->name);
            if (!pl_map_has(&r->connections, c->depends_on[k]))
                return pl_unknown_name(r, mark, "connection", c->depends_on[k], known,
                                       r->connections.n);
        }
    }
    return 0;
}

/* ---- budget ---- */

const struct pl_key pl_budget_keys[] = {
    {.name = "timeout", .read = pl_key_duration, .offset = offsetof(struct pl_budget, timeout_ns)},
    {.name = "p50", .read = pl_key_duration, .offset = offsetof(struct pl_budget, p50_ns)},
    {.name = "p95", .read = pl_key_duration, .offset = offsetof(struct pl_budget, p95_ns)},
    {.name = "max", .read = pl_key_duration, .offset = offsetof(struct pl_budget, max_ns)},
};
const size_t pl_budget_keys_len = PL_LEN(pl_budget_keys);

static int key_budget(struct pl_reader *r, const struct pl_key *key,
                      const struct pl_yaml_pair *pair, void *into)
{
    struct pl_budget *b = into;

    if (pl_want(r, pair->value, PL_YAML_MAPPING, key->name) < 0 ||
        pl_read_keys(r, pair->value, pl_budget_keys, pl_budget_keys_len, b) < 0)
        return -1;
    if ((b->p50_ns != 0 && b->p95_ns != 0 && b->p50_ns > b->p95_ns) ||
        (b->p95_ns != 0 && b->max_ns != 0 && b->p95_ns > b->max_ns) ||
        (b->p50_ns != 0 && b->max_ns != 0 && b->p50_ns > b->max_ns))
        return pl_mark_error(r->err, &pair->key->mark, PL_E_BASELINE,
                             "budget: p50, p95 and max do not rise in this order");
    return 0;
}

static int key_probe(struct pl_reader *r, const struct pl_key *key, const struct pl_yaml_pair *pair,
                     void *into)
{
    (void)key;
    return pl_read_probe(r, pair->value, into);
}

/* ---- a connection ---- */

#define AT(member) .offset = offsetof(struct pl_connection, member)

const struct pl_key pl_connection_keys[] = {
    {.name = "from", .read = key_end, AT(from), .lo = 0},
    {.name = "to", .read = key_end, AT(to), .lo = 1},
    {.name = "port", .read = pl_key_int, AT(port), .lo = 1, .hi = 65535},
    {.name = "via", .read = pl_key_word, AT(via), .names = pl_via_names},
    {.name = "probe", .read = key_probe, AT(probe)},
    {.name = "budget", .read = key_budget, AT(budget)},
    {.name = "attempts", .read = pl_key_int, AT(attempts), .lo = 1, .hi = 1000},
    {.name = "concurrency", .read = pl_key_int, AT(concurrency), .lo = 1, .hi = 1000},
    {.name = "depends_on", .read = key_depends},
    {.name = "impact", .read = pl_key_text, AT(impact)},
    {.name = "tracks", .read = key_tracks},
    {.name = "severity", .read = pl_key_word, AT(severity), .names = pl_severity_names},
};
const size_t pl_connection_keys_len = PL_LEN(pl_connection_keys);

static int check_whole(struct pl_reader *r, const struct pl_yaml_pair *pair,
                       const struct pl_connection *c)
{
    const struct pl_yaml_node *port = pl_yaml_get(pair->value, "port");
    const struct pl_yaml_node *attempts = pl_yaml_get(pair->value, "attempts");

    if (pl_yaml_get(pair->value, "from") == NULL || pl_yaml_get(pair->value, "to") == NULL)
        return pl_mark_error(r->err, &c->mark, PL_E_BASELINE, "connection %s has no `%s`", c->name,
                             pl_yaml_get(pair->value, "from") == NULL ? "from" : "to");
    if (port != NULL && c->to.what == PL_END_HOST && c->to.port != 0 && c->to.port != c->port)
        return pl_mark_error(r->err, &port->mark, PL_E_BASELINE,
                             "the port is %d here, and %d in `to`", c->port, c->to.port);
    if (c->budget.p95_ns != 0 && attempts != NULL && c->attempts < 20)
        pl_warn(r, &attempts->mark,
                "p95 needs at least 20 attempts; with %d the slowest one counts (max)",
                c->attempts);
    return 0;
}

static const char name_characters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                      "0123456789_-./";

static int read_connection(struct pl_reader *r, const struct pl_yaml_pair *pair)
{
    struct pl_connection *c = PL_NEW(r->arena, struct pl_connection);
    const struct pl_connection *before = pl_map_get(&r->connections, pair->key->text);

    c->name = pair->key->text;
    c->mark = pair->key->mark;
    c->file = r->file;
    c->severity = PL_SEV_HIGH;
    pl_probe_spec_init(&c->probe);
    if (before != NULL)
        return pl_mark_error(r->err, &c->mark, PL_E_BASELINE,
                             "connection %s is declared twice: first at %s:%d:%d", c->name,
                             before->mark.file->name, before->mark.line, before->mark.column);
    if (c->name[0] == '\0' || c->name[strspn(c->name, name_characters)] != '\0')
        return pl_mark_error(r->err, &c->mark, PL_E_BASELINE,
                             "a connection's name has letters, digits, '_', '-', '.' and '/'");
    if (pl_want(r, pair->value, PL_YAML_MAPPING, c->name) < 0 ||
        pl_read_keys(r, pair->value, pl_connection_keys, pl_connection_keys_len, c) < 0 ||
        check_whole(r, pair, c) < 0)
        return -1;
    (void)pl_map_put(&r->connections, c->name, c);
    return 0;
}

int pl_read_connections(struct pl_reader *r, const struct pl_yaml_node *node)
{
    if (pl_node_is_null(node) && node->tag == NULL)
        return 0;
    if (pl_want(r, node, PL_YAML_MAPPING, "connections") < 0)
        return -1;
    for (size_t i = 0; i < node->n; i++) {
        if (read_connection(r, &node->pairs[i]) < 0)
            return -1;
    }
    return 0;
}
