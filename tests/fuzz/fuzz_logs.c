/* fuzz_logs.c - any bytes as a log, in pieces of any size: bounded, one line each, no terminal obeys what comes out. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "plumbline/logs.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_event(const struct pl_logs_event *e)
{
    if (!e->text || e->count == 0 || (size_t)e->what >= PL_LOGS_CLASSES)
        abort();
    if ((e->what == PL_LOGS_CONNECTIVITY) != (e->symptom.kind != NULL) &&
        e->what != PL_LOGS_NOT_TESTED)
        abort();
    for (const char *c = e->text; *c; c++)
        if ((unsigned char)*c < 0x20 || *c == 0x7f)
            abort();
    if (strlen(e->text) > 700 || e->port < 0 || e->port > 65535)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const hosts[] = {"10.20.0.3", "/cloudsql/p:r:i", "db.internal"};
    static const int ports[] = {5432};
    const struct pl_logs_names names = {.connection = "a-to-b",
                                        .service = "main",
                                        .family = "postgres",
                                        .hosts = hosts,
                                        .n_hosts = 3,
                                        .ports = ports,
                                        .n_ports = 1};
    struct pl_arena *arena = pl_arena_new();
    struct pl_logs_reader *r = pl_logs_reader_new(arena);
    struct pl_err err = {0};
    size_t piece = size > 0 ? 1 + data[0] * 7u : 1;
    int status = 0;
    pl_logs_begin(r, "fuzz", NULL);
    for (size_t at = 0; at < size && status == 0; at += piece)
        status =
            pl_logs_feed(r, (const char *)data + at, size - at < piece ? size - at : piece, &err);
    if (status == 0)
        status = pl_logs_finish(r, &err);
    if (status != 0 && err.text[0] == '\0')
        abort();
    struct pl_logs *logs = pl_logs_end(r);
    pl_logs_match(arena, logs, &names, 1);
    for (size_t i = 0; i < logs->n_events; i++)
        check_event(&logs->events[i]);
    pl_arena_free(arena);
    return 0;
}
