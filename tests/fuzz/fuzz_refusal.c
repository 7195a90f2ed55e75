/* fuzz_refusal.c - any bytes as an answer that is none: the status in the first two bytes, Retry-After in the first line, then the body. */
#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "gcp_priv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct pl_gcp_about about = {.api = "run.googleapis.com",
                                       .project = "p",
                                       .permission = "run.services.list",
                                       .role = "roles/run.viewer"};
    struct pl_arena *arena = pl_arena_new();
    const char *text = pl_arena_strndup(arena, (const char *)data, size);
    const char *body = memchr(text, '\n', size);
    struct pl_http_header header = {.name = "retry-after"};
    struct pl_http_reply reply = {.headers = &header, .n_headers = 1};
    struct pl_gcp_failure failure;

    body = body != NULL ? body + 1 : text + size;
    header.value = pl_arena_strndup(arena, text, strcspn(text, "\n"));
    reply.status = 300 + (size > 1 ? (data[0] ^ data[1]) : 0);
    reply.body = body;
    reply.body_len = (size_t)(text + size - body);
    failure = pl_gcp_judge(arena, &about, &reply);
    if (failure.reason == NULL || failure.detail == NULL || failure.wait < -1)
        abort();
    /* It goes to terminals and into reports of one line. */
    for (const char *at = failure.detail; *at != '\0'; at++)
        if ((unsigned char)*at < 0x20 || *at == 0x7f)
            abort();
    /* No token; where "ya29" is cut off, the dots of the cut follow. */
    for (const char *at = strstr(failure.detail, "ya29."); at != NULL; at = strstr(at + 1, "ya29."))
        if (isalnum((unsigned char)at[5]))
            abort();
    if (pl_gcp_retry_wait(&failure, about.api, 1, 5, 1000, 7) > INT64_C(1000) * 301)
        abort();
    pl_arena_free(arena);
    return 0;
}
