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

/* ---- what templates are filled from ---- */

struct words {
    struct pl_arena *arena;
    const char **list;
    size_t n, cap;
};

/* "{.a.b|form}", "{.a[0].b}": the names up to the first element. */
static void take_words(struct words *w, const char *template)
{
    for (; template && (template = strstr(template, "{.")) != NULL; template ++) {
        size_t len = strcspn(template + 2, "|}[");
        char *word = pl_arena_strndup(w->arena, template + 2, len);
        bool known = false;
        for (size_t i = 0; i < w->n; i++)
            known = known || strcmp(w->list[i], word) == 0;
        if (!known)
            PL_PUSH(w->arena, w->list, w->n, w->cap, word);
    }
}

const char *const *pl_remedy_reads(struct pl_arena *arena, const char *kind)
{
    const struct pl_remedy_kind *k = pl_remedy_kind_find(kind);
    struct words w = {.arena = arena};
    for (size_t i = 0; k && i < k->n_rows; i++) {
        const struct pl_remedy_row *row = &k->rows[i];
        const char *const templates[] = {row->set, row->unset, row->first, row->says};
        for (size_t j = 0; j < PL_LEN(templates); j++)
            take_words(&w, templates[j]);
    }
    if (k && k->stateless)
        take_words(&w, k->create);
    PL_PUSH(arena, w.list, w.n, w.cap, NULL);
    return w.list;
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
