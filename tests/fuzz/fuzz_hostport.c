/* fuzz_hostport.c - any text as a target: what parses can be put together again and comes apart the same. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "plumbline/net.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char *put_together(struct pl_arena *arena, const struct pl_hostport *hp)
{
    const char *open = strchr(hp->host, ':') != NULL ? "[" : "", *close = *open != '\0' ? "]" : "";

    return pl_arena_printf(arena, "%s%s%s%s%s%s%s%s%s", hp->scheme != NULL ? hp->scheme : "",
                           hp->scheme != NULL ? "://" : "",
                           hp->user_info != NULL ? hp->user_info : "",
                           hp->user_info != NULL ? "@" : "", open, hp->host, close,
                           hp->port_given ? pl_arena_printf(arena, ":%d", hp->port) : "",
                           hp->path != NULL ? hp->path : "");
}

static int same(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pl_arena *arena = pl_arena_new();
    struct pl_hostport hp, again;

    if (pl_hostport_parse(arena, pl_arena_strndup(arena, (const char *)data, size), &hp)) {
        if (!pl_hostport_parse(arena, put_together(arena, &hp), &again))
            abort();
        if (!same(hp.scheme, again.scheme) || !same(hp.user_info, again.user_info) ||
            !same(hp.host, again.host) || !same(hp.path, again.path) || hp.port != again.port ||
            hp.port_given != again.port_given || hp.port < 0 || hp.port > 65535 || *hp.host == '\0')
            abort();
    }
    pl_arena_free(arena);
    return 0;
}
