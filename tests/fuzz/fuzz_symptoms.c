/* fuzz_symptoms.c - any bytes as a symptoms file, and as the value of a variable that redaction looks at. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "plumbline/snapshot.h"
#include "plumbline/symptom.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_redaction(struct pl_arena *arena, const char *text)
{
    static const char *const names[] = {"NOTE", "DATABASE_URL", "API_TOKEN", "SESSION_SEED",
                                        "WEBHOOK"};

    for (size_t i = 0; i < PL_LEN(names); i++) {
        const char *once = pl_redact_named(arena, names[i], text, NULL);

        if (once == NULL)
            abort();
        (void)pl_redact_named(arena, text, once, NULL);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pl_arena *arena = pl_arena_new();
    const struct pl_symptom *all;
    struct pl_err err = {0};
    size_t n;

    if (pl_symptoms_read(arena, "fuzz", (const char *)data, size, &all, &n, &err) != 0) {
        if (err.text[0] == '\0' || n != 0)
            abort();
    }
    for (size_t i = 0; i < n; i++) {
        if (all[i].connection == NULL)
            abort();
        if (all[i].kind == NULL) /* a report says that it worked */
            continue;
        if (!pl_symptom_matches(&all[i], all[i].kind->name))
            abort();
        if (all[i].detail != NULL && strchr(all[i].detail, '\n') != NULL)
            abort();
        (void)pl_symptom_text(arena, &all[i]);
    }
    check_redaction(arena,
                    pl_arena_strndup(arena, (const char *)data, strnlen((const char *)data, size)));
    pl_arena_free(arena);
    return 0;
}
