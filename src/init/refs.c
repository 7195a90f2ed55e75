/* refs.c - copied addresses as references: "10.20.0.3" becomes "${sql.instance/main:ipAddresses[type=PRIVATE].ipAddress}".
 *
 * Only exact texts count, between marks that end an address. One that several resources have is nobody's, and stays a copy.
 */
#include <ctype.h>
#include <string.h>

#include "init_priv.h"

/* Whose fields others copy. Of two kinds that have one address, the first row's is referred to. */
static const struct {
    const char *kind, *path;
} sources[] = {
    {"sql.instance", "connectionName"},
    {"sql.instance", "ipAddresses[type=PRIVATE].ipAddress"},
    {"sql.instance", "ipAddresses[type=PRIMARY].ipAddress"},
    {"sql.instance", "dnsName"},
    {"redis.instance", "host"},
    {"redis.instance", "readEndpoint"},
    {"redis.cluster", "discoveryEndpoints[0].address"},
    {"valkey.instance", "discoveryEndpoints[0].address"},
    {"memcache.instance", "discoveryEndpoint"},
    {"run.service", "uri"},
    {"compute.forwardingRule", "IPAddress"},
    {"compute.address", "address"},
};

static void offer(struct pl_init *in, const struct pl_resource *r, const char *path)
{
    const struct pl_value *v = NULL;
    const char *text = pl_view_read(in->view, r, path, &v) == PL_PRESENT ? pl_value_text(v) : NULL;
    struct pl_target_field *field;

    if (text == NULL || *text == '\0')
        return;
    field = pl_map_get(&in->targets, text);
    if (field == NULL) {
        field = PL_NEW(in->arena, struct pl_target_field);
        *field = (struct pl_target_field){.resource = r, .path = path};
        (void)pl_map_put(&in->targets, text, field);
        in->longest = strlen(text) > in->longest ? strlen(text) : in->longest;
    } else if (field->resource != NULL && field->resource->address.kind == r->address.kind &&
               !pl_address_equal(&field->resource->address, &r->address)) {
        field->resource = NULL;
    }
}

void pl_refs_collect(struct pl_init *in)
{
    pl_map_init(&in->targets, in->arena);
    in->longest = 0;
    for (size_t i = 0; i < PL_LEN(sources); i++) {
        const struct pl_kind *kind = pl_kind_find(sources[i].kind);
        const struct pl_resource *const *list = NULL;
        size_t n = 0;

        (void)pl_view_list(in->view, kind, NULL, &list, &n);
        for (size_t j = 0; j < n; j++)
            offer(in, list[j], sources[i].path);
    }
}

const char *pl_refs_to(struct pl_init *in, const struct pl_resource *resource, const char *path)
{
    return pl_arena_printf(
        in->arena, "${%s:%s}",
        pl_address_short(in->arena, &resource->address, in->project, in->location), path);
}

/* ---- in texts ---- */

static bool in_word(char c)
{
    return isalnum((unsigned char)c) || c == '.' || c == '-' || c == '_';
}

/* The longest address that begins here: it ends at the end, or before a mark that no address goes on with. */
static const struct pl_target_field *match(struct pl_init *in, const char *at, size_t *len)
{
    struct pl_arena *scratch = pl_arena_new();
    const struct pl_target_field *f = NULL;
    size_t n = 0;

    /* What is longer than any of them is none of them, however long the text goes on. */
    while (n < in->longest && (in_word(at[n]) || at[n] == ':' || at[n] == '/'))
        n++;
    for (; n > 0 && f == NULL; n--) {
        if (in_word(at[n]))
            continue;
        f = pl_map_get(&in->targets, pl_arena_strndup(scratch, at, n));
        *len = n;
    }
    pl_arena_free(scratch);
    return f;
}

const char *pl_refs_text(struct pl_init *in, const struct pl_resource *own, const char *text,
                         const struct pl_resource **to, bool *several)
{
    struct pl_buf out = {0};
    bool word = false; /* inside one: no address begins here */

    for (const char *at = text; *at != '\0';) {
        size_t len = 0;
        const struct pl_target_field *f = word ? NULL : match(in, at, &len);

        if (f != NULL && f->resource == NULL && several != NULL)
            *several = true;
        if (f != NULL && f->resource != NULL &&
            !pl_address_equal(&f->resource->address, &own->address)) {
            pl_buf_adds(&out, pl_refs_to(in, f->resource, f->path));
            if (to != NULL && *to == NULL)
                *to = f->resource;
            at += len;
            word = false;
            continue;
        }
        if (at[0] == '$' && at[1] == '{')
            pl_buf_addc(&out, '$');
        word = in_word(*at);
        pl_buf_addc(&out, *at++);
    }
    return pl_buf_take(&out, in->arena);
}

const char *pl_refs_literal(struct pl_arena *arena, const char *text)
{
    struct pl_buf out = {0};

    for (; *text != '\0'; text++) {
        if (text[0] == '$' && text[1] == '{')
            pl_buf_addc(&out, '$');
        pl_buf_addc(&out, *text);
    }
    return pl_buf_take(&out, arena);
}

/* ---- links ---- */

const char *pl_refs_link(struct pl_init *in, const struct pl_resource *own, const char *kind,
                         const char *text)
{
    const struct pl_resource *found = NULL;
    struct pl_address near = own->address, to;
    const struct pl_kind *linked = pl_kind_find(kind);

    if (linked->scope == PL_SCOPE_GLOBAL)
        near.location = "global";
    if (pl_link_parse(in->arena, linked, text, &near, &to) &&
        pl_view_find(in->view, &to, &found) == PL_PRESENT &&
        !pl_address_equal(&to, &own->address)) {
        /* Compute's `name` is the bare name, which another project's network may have, too. */
        bool bare = pl_value_member_text(found->body, "selfLink") == NULL;

        return pl_refs_to(in, found, bare ? "name" : "selfLink");
    }
    return pl_refs_literal(in->arena, pl_link_canonical(in->arena, text));
}
