/* past.c - names and look-ups of what earlier runs say; src/history fills it in.
 */
#include "plumbline/past.h"

#include <string.h>

const char *const pl_past_state_names[] = {"new",      "ongoing", "changed",
                                           "resolved", "unknown", "gone"};
const char *const pl_past_what_names[] = {"drift", "connection"};
const char *const pl_fix_state_names[] = {"not_yet", "confirmed", "refuted", "otherwise"};

const struct pl_past_finding *pl_past_find(const struct pl_past *past, enum pl_past_what what,
                                           const char *name, const char *id)
{
    for (size_t i = 0; past && i < past->n_findings; i++) {
        const struct pl_past_finding *f = &past->findings[i];
        if (f->what == what && strcmp(f->name, name) == 0 && (!id || strcmp(f->id, id) == 0))
            return f;
    }
    return NULL;
}

size_t pl_past_count(const struct pl_past *past, enum pl_past_state state)
{
    size_t n = 0;
    for (size_t i = 0; past && i < past->n_findings; i++)
        n += past->findings[i].state == state;
    return n;
}
