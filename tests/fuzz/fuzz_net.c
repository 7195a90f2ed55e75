/* fuzz_net.c - any text as address, prefix, ports, protocol, duration and size: what parses prints in one form
 * that reads back equal.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "plumbline/clock.h"
#include "plumbline/net.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void try_address(struct pl_arena *arena, const char *text)
{
    struct pl_ip ip, again;
    struct pl_prefix prefix, same;

    if (pl_ip_parse(text, &ip)) {
        if (!pl_ip_parse(pl_ip_format(arena, &ip), &again) || !pl_ip_equal(&ip, &again))
            abort();
        if (pl_ip_is_rfc1918(&ip) && !pl_ip_is_private(&ip))
            abort();
    }
    if (pl_prefix_parse(text, &prefix)) {
        if (!pl_prefix_parse(pl_prefix_format(arena, &prefix), &same) ||
            !pl_prefix_equal(&prefix, &same))
            abort();
        if (!pl_prefix_contains(&prefix, &same) || !pl_prefix_contains_ip(&prefix, &prefix.ip))
            abort();
    }
}

static void try_numbers(struct pl_arena *arena, const char *text)
{
    struct pl_ports ports;
    int64_t n, again;
    int protocol = pl_proto_parse(text);

    if (protocol < -2 || protocol > 255)
        abort();
    if (pl_ports_parse(text, &ports) && ports.lo > ports.hi)
        abort();
    if (pl_duration_parse(text, &n) &&
        (n < 0 || !pl_duration_parse(pl_duration_format(arena, n), &again) || again != n))
        abort();
    if (pl_size_parse(text, &n) &&
        (n < 0 || !pl_size_parse(pl_arena_printf(arena, "%lld", (long long)n), &again) ||
         again != n))
        abort();
    if (pl_clock_parse(text, &n) == 0 &&
        (pl_clock_parse(pl_clock_format(arena, n, 1), &again) != 0 || again != n))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pl_arena *arena = pl_arena_new();
    const char *text = pl_arena_strndup(arena, (const char *)data, size);

    try_address(arena, text);
    try_numbers(arena, text);
    pl_arena_free(arena);
    return 0;
}
