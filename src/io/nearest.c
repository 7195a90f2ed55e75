/* nearest.c - "did you mean": the known name that a wrong one is nearest to. */
#include <string.h>
#include <strings.h>

#include "plumbline/yaml.h"

enum { NAME_MAX_LEN = 64 };

static size_t min3(size_t a, size_t b, size_t c)
{
    size_t m = a < b ? a : b;

    return m < c ? m : c;
}

/* Optimal string alignment: edits and swaps of neighbours, each character touched once.
 * https://en.wikipedia.org/wiki/Damerau%E2%80%93Levenshtein_distance */
static size_t distance(const char *a, size_t la, const char *b, size_t lb)
{
    size_t rows[3][NAME_MAX_LEN + 1];

    for (size_t j = 0; j <= lb; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= la; i++) {
        size_t *row = rows[i % 3], *above = rows[(i + 2) % 3], *two_above = rows[(i + 1) % 3];

        row[0] = i;
        for (size_t j = 1; j <= lb; j++) {
            row[j] = min3(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                two_above[j - 2] + 1 < row[j])
                row[j] = two_above[j - 2] + 1;
        }
    }
    return rows[la % 3][lb];
}

const char *pl_nearest(const char *name, const char *const *candidates, size_t n)
{
    size_t len = strlen(name), limit = len / 3 > 1 ? len / 3 : 1, best = limit + 1;
    const char *nearest = NULL;

    if (len == 0 || len > NAME_MAX_LEN)
        return NULL;
    for (size_t i = 0; i < n; i++) {
        size_t other = strlen(candidates[i]), d;

        if (strcasecmp(name, candidates[i]) == 0) /* only the case is wrong: nothing is nearer */
            return candidates[i];
        if (other > NAME_MAX_LEN)
            continue;
        d = distance(name, len, candidates[i], other);
        if (d < best) {
            best = d;
            nearest = candidates[i];
        }
    }
    return nearest;
}
