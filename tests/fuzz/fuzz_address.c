/* Fuzz target: addresses, paths, patterns and links from hostile text. Whatever is accepted must read back as itself. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "plumbline/address.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int holds)
{
    if (!holds)
        abort();
}

static void same_path(struct pl_arena *arena, const struct pl_path *path)
{
    struct pl_path again;
    const char *text = pl_path_format(arena, path);
    /* The formatted text may be longer than what is accepted, never otherwise refused. */
    if (strlen(text) > 60000)
        return;
    check(pl_path_parse(arena, text, &again, NULL) == 0);
    check(again.n == path->n && strcmp(text, pl_path_format(arena, &again)) == 0);
    check(pl_path_covers(path, &again) && pl_path_covers(&again, path));
    (void)pl_path_generic(arena, path);
}

/* What is set is there, unless the path has a place that cannot be made, or is no path of one tree. */
static void edited(struct pl_arena *arena, const struct pl_path *path)
{
    const struct pl_value *value = pl_value_int(arena, 1);
    const struct pl_value *root = pl_path_set(arena, NULL, path, value);
    bool keys = true;
    for (size_t i = 0; i < path->n; i++)
        keys = keys && path->steps[i].type == PL_STEP_KEY;
    check(!keys || pl_path_get(root, path) == value);
    (void)pl_path_get(root, path);
    (void)pl_path_set(arena, root, path, NULL);
}

static void address(struct pl_arena *arena, const char *text)
{
    struct pl_address a, again;
    struct pl_path path;
    struct pl_err err = {0};
    if (pl_field_address_parse(arena, text, &a, &path, &err) != 0) {
        check(err.text[0] != '\0');
        return;
    }
    struct pl_address full = pl_address_resolve(&a, "p", "l");
    check(pl_address_parse(arena, pl_address_full(arena, &full), &again, NULL) == 0);
    check(pl_address_equal(&full, &again));
    check(pl_address_match(pl_address_full(arena, &full), &full, &path));
    check(pl_address_match(pl_address_short(arena, &full, "p", "l"), &full, &path));
    (void)pl_address_resource_name(arena, &full);
    (void)pl_field_lookup(a.kind, &path, NULL, NULL, NULL);
}

static void links(struct pl_arena *arena, const char *text)
{
    struct pl_address a;
    const char *once = pl_link_canonical(arena, text);
    check(strcmp(once, pl_link_canonical(arena, once)) == 0);
    for (size_t i = 0; i < pl_kinds_len; i++) {
        (void)pl_link_parse(arena, pl_kinds[i], text, NULL, &a);
        if (pl_address_from_resource_name(arena, pl_kinds[i], text, &a, NULL) == 0)
            (void)pl_address_resource_name(arena, &a);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pl_arena *arena = pl_arena_new();
    const char *text =
        pl_arena_strndup(arena, (const char *)data, strnlen((const char *)data, size));
    struct pl_path path;
    struct pl_address any = {pl_kinds[0], NULL, NULL, (const char *const[]){"x"}};
    if (pl_path_parse(arena, text, &path, NULL) == 0) {
        same_path(arena, &path);
        edited(arena, &path);
    }
    address(arena, text);
    links(arena, text);
    /* What is no pattern matches nothing. */
    bool matches = pl_address_match(text, &any, NULL);
    check(!matches || pl_address_pattern_check(text, NULL) == 0);
    pl_arena_free(arena);
    return 0;
}
