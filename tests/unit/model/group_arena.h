/* group_arena.h - one arena for all tests of a file, which their helpers use without being handed it; with what cmocka wants included before it.
 */
#ifndef TEST_GROUP_ARENA_H
#define TEST_GROUP_ARENA_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <string.h>
#include <cmocka.h>

#include "plumbline/arena.h"

static struct pl_arena *arena;

static int set_up(void **state)
{
    (void)state;
    arena = pl_arena_new();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    pl_arena_free(arena);
    return 0;
}

#endif
