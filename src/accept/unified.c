/* unified.c - the difference of two texts as `diff -u` writes it (POSIX.1-2017, diff, "Diff -u Output Format").
 *
 * What both begin and end with is cut off first. What is left of a few edits is small, so the longest common subsequence is a plain table; where many
 * are spread over a long file, each is small: the lines behind it are looked for nearby.
 */
#include <string.h>

#include "accept_priv.h"

enum { AROUND = 3, MOST_CELLS = 4 << 20, NEARBY = 512 };

struct lines {
    const char **at; /* n + 1 of them */
    size_t n;
};

struct diff {
    struct lines a, b;
    char *ops; /* ' ' both, '-' the first alone, '+' the second alone */
    size_t n_ops;
};

static struct lines split(struct pl_arena *arena, const char *text)
{
    struct lines out = {0};
    size_t cap = 0;
    while (*text) {
        PL_PUSH(arena, out.at, out.n, cap, text);
        const char *end = strchr(text, '\n');
        text = end ? end + 1 : text + strlen(text);
    }
    PL_PUSH(arena, out.at, out.n, cap, text);
    out.n--;
    return out;
}

static bool same(const struct diff *d, size_t i, size_t j)
{
    size_t n = (size_t)(d->a.at[i + 1] - d->a.at[i]), m = (size_t)(d->b.at[j + 1] - d->b.at[j]);
    return n == m && memcmp(d->a.at[i], d->b.at[j], n) == 0;
}

static void op(struct diff *d, char c)
{
    d->ops[d->n_ops++] = c;
}

static void ops(struct diff *d, char c, size_t n)
{
    while (n-- > 0)
        op(d, c);
}

/* Lines [i, n) against [j, m), by the table of common lengths. */
static void by_table(struct pl_arena *arena, struct diff *d, size_t i, size_t n, size_t j, size_t m)
{
    size_t width = m - j + 1, at = i, bt = j;
    unsigned *len = pl_arena_array(arena, (n - i + 1) * width, sizeof(*len));
    for (size_t r = n - i; r-- > 0;)
        for (size_t c = width - 1; c-- > 0;) {
            unsigned below = len[(r + 1) * width + c], right = len[r * width + c + 1];
            len[r * width + c] = same(d, i + r, j + c) ? len[(r + 1) * width + c + 1] + 1
                                 : below > right       ? below
                                                       : right;
        }
    while (at < n || bt < m) {
        size_t cell = (at - i) * width + (bt - j);
        if (at < n && bt < m && same(d, at, bt)) {
            op(d, ' ');
            at++;
            bt++;
        } else if (at < n && (bt == m || len[cell + width] >= len[cell + 1])) {
            op(d, '-');
            at++;
        } else {
            op(d, '+');
            bt++;
        }
    }
}

/* Do both go on alike from there, two lines long or to an end? */
static bool meets(const struct diff *d, size_t i, size_t n, size_t j, size_t m)
{
    if (i >= n || j >= m)
        return i == n && j == m;
    return same(d, i, j) && (i + 1 == n || j + 1 == m || same(d, i + 1, j + 1));
}

/* The nearest place where both go on alike; false: none is near. */
static bool resync(const struct diff *d, size_t i, size_t n, size_t j, size_t m, size_t *gone,
                   size_t *new)
{
    for (size_t far = 1; far <= NEARBY; far++)
        for (*gone = 0; *gone <= far; ++*gone) {
            *new = far - *gone;
            if (meets(d, i + *gone, n, j + *new, m))
                return true;
        }
    return false;
}

/* The same in steps: not always the shortest, and always right. */
static void by_steps(struct diff *d, size_t i, size_t n, size_t j, size_t m)
{
    while (i < n || j < m) {
        size_t gone = n - i, new = m - j;
        if (i < n && j < m && same(d, i, j)) {
            op(d, ' ');
            i++;
            j++;
            continue;
        }
        if (!resync(d, i, n, j, m, &gone, &new)) {
            gone = n - i;
            new = m - j;
        }
        ops(d, '-', gone);
        ops(d, '+', new);
        i += gone;
        j += new;
    }
}

static void compare(struct pl_arena *arena, struct diff *d)
{
    size_t head = 0, tail = 0, n = d->a.n, m = d->b.n;
    d->ops = pl_arena_alloc(arena, n + m + 1);
    while (head < n && head < m && same(d, head, head))
        head++;
    while (tail < n - head && tail < m - head && same(d, n - tail - 1, m - tail - 1))
        tail++;
    ops(d, ' ', head);
    if ((n - tail - head + 1) * (m - tail - head + 1) <= MOST_CELLS)
        by_table(arena, d, head, n - tail, head, m - tail);
    else
        by_steps(d, head, n - tail, head, m - tail);
    ops(d, ' ', tail);
}

static void line(struct pl_buf *out, char c, const char *from, const char *to)
{
    pl_buf_addc(out, c);
    pl_buf_add(out, from, (size_t)(to - from));
    if (to == from || to[-1] != '\n')
        pl_buf_adds(out, "\n\\ No newline at end of file\n");
}

/* How far the hunk that begins at `from` goes: changes with at most two contexts between them are one. */
static size_t hunk_end(const struct diff *d, size_t from)
{
    size_t last = from;
    for (size_t k = from; k < d->n_ops && k <= last + 2 * AROUND; k++)
        if (d->ops[k] != ' ')
            last = k;
    return last + AROUND + 1 < d->n_ops ? last + AROUND + 1 : d->n_ops;
}

static void hunk(struct pl_buf *out, const struct diff *d, size_t from, size_t to, size_t i,
                 size_t j)
{
    size_t n = 0, m = 0;
    for (size_t k = from; k < to; k++) {
        n += d->ops[k] != '+';
        m += d->ops[k] != '-';
    }
    pl_buf_addf(out, "@@ -%zu,%zu +%zu,%zu @@\n", n ? i + 1 : i, n, m ? j + 1 : j, m);
    for (size_t k = from; k < to; k++) {
        if (d->ops[k] == '+')
            line(out, '+', d->b.at[j], d->b.at[j + 1]);
        else
            line(out, d->ops[k], d->a.at[i], d->a.at[i + 1]);
        i += d->ops[k] != '+';
        j += d->ops[k] != '-';
    }
}

char *pl_accept_diff(struct pl_arena *arena, const char *name, const char *before,
                     const char *after)
{
    struct diff d = {.a = split(arena, before), .b = split(arena, after)};
    struct pl_buf out = {0};
    size_t i = 0, j = 0;
    compare(arena, &d);
    if (strcmp(before, after) != 0)
        pl_buf_addf(&out, "--- %s\n+++ %s\n", name, name);
    for (size_t k = 0; k < d.n_ops;) {
        size_t first = k;
        while (first < d.n_ops && d.ops[first] == ' ')
            first++;
        size_t from = first >= k + AROUND ? first - AROUND : k;
        size_t to = first < d.n_ops ? hunk_end(&d, first) : d.n_ops;
        i += from - k;
        j += from - k;
        if (first < d.n_ops)
            hunk(&out, &d, from, to, i, j);
        for (size_t o = from; o < to; o++) {
            i += d.ops[o] != '+';
            j += d.ops[o] != '-';
        }
        k = to;
    }
    return out.len ? pl_buf_take(&out, arena) : pl_arena_strdup(arena, "");
}
