/* fuzz_head.c - any bytes as the head of an HTTP answer: whole only with its empty line, the same however it was chopped, and
 * no value of a header breaks its line. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "head_priv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_values(const struct head *head)
{
    static const char *const names[] = {"Upgrade", "Connection", "Sec-WebSocket-Accept", "a"};
    struct pl_arena *arena = pl_arena_new();

    for (size_t i = 0; i < PL_LEN(names); i++) {
        const char *value = pl_head_value(arena, head, names[i]);

        if (value != NULL && strstr(value, "\r\n") != NULL)
            abort();
        if (pl_head_lists(arena, head, names[i], "websocket") && value == NULL)
            abort();
    }
    pl_arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *bytes = (const char *)data, *class_name = NULL, *why = NULL;
    struct head head, part;
    int got = pl_head_read(bytes, size, &head, &class_name, &why);

    if (got == 1) {
        if (head.whole > size || memcmp(bytes + head.whole - 4, "\r\n\r\n", 4) != 0 ||
            head.status < 100 || head.status > 599 || head.text + head.len > bytes + head.whole)
            abort();
        check_values(&head);
    }
    if (got < 0 && pl_class_find(class_name) == NULL)
        abort();
    for (size_t cut = 0; cut < size && cut < 256; cut++) {
        int less = pl_head_read(bytes, cut, &part, &class_name, &why);

        if ((less == 1 && (got != 1 || part.whole != head.whole)) || (less < 0 && got == 1))
            abort();
    }
    return 0;
}
