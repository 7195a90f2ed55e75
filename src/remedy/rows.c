/* rows.c - the table of remedies, found by kind and path.
 */
#include <string.h>

#include "remedy_priv.h"

const struct pl_remedy_family *const pl_remedy_families[] = {
    &pl_remedy_run,     &pl_remedy_sql,      &pl_remedy_memory,
    &pl_remedy_network, &pl_remedy_firewall, &pl_remedy_balancer,
    &pl_remedy_dns,     &pl_remedy_access,   NULL,
};

const struct pl_remedy_kind *pl_remedy_kind_find(const char *name)
{
    for (size_t i = 0; pl_remedy_families[i]; i++)
        for (size_t j = 0; j < pl_remedy_families[i]->n; j++)
            if (strcmp(pl_remedy_families[i]->kinds[j].kind, name) == 0)
                return &pl_remedy_families[i]->kinds[j];
    return NULL;
}

/* "a.b[].c" has four steps. */
static size_t count_steps(const char *text, size_t len)
{
    size_t n = len > 0;
    for (size_t i = 0; i < len; i++)
        n += text[i] == '.' || text[i] == '[';
    return n;
}

static bool ends_with(const char *text, size_t len, const char *end)
{
    size_t n = strlen(end);
    return len >= n && strncmp(text + len - n, end, n) == 0;
}

/* How many steps of the path the row stands for, or -1. */
static int fits(const char *row, struct pl_arena *arena, const struct pl_path *path)
{
    size_t len = strlen(row), n;
    bool below = ends_with(row, len, "..."), any = ends_with(row, len, ".*");
    len -= below ? 3 : any ? 2 : 0;
    n = count_steps(row, len);
    if (any     ? path->n != n + 1 || path->steps[n].type != PL_STEP_KEY
        : below ? path->n < n
                : path->n != n)
        return -1;
    const struct pl_path head = {path->steps, n};
    const char *generic = n ? pl_path_generic(arena, &head) : "";
    if (strlen(generic) != len || strncmp(generic, row, len) != 0)
        return -1;
    return (int)(any || (below && n == 0) ? path->n : n);
}

const struct pl_remedy_row *pl_remedy_row_next(struct pl_arena *arena,
                                               const struct pl_remedy_kind *kind,
                                               const struct pl_path *path,
                                               const struct pl_remedy_row *after,
                                               struct pl_path *base)
{
    for (size_t i = after ? (size_t)(after - kind->rows) + 1 : 0; i < kind->n_rows; i++) {
        int n = fits(kind->rows[i].path, arena, path);
        if (n < 0)
            continue;
        *base = (struct pl_path){path->steps, (size_t)n};
        return &kind->rows[i];
    }
    return NULL;
}
