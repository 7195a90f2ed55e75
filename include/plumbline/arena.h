/* plumbline/arena.h [floor 0: src/base] - memory by lifetime: everything in an arena goes at once.
 *
 * Allocation cannot fail: out of memory ends the process with one message (pl_oom), because a half
 * written answer is worse than none. Memory is zeroed. With AddressSanitizer each block is poisoned
 * behind its end, so overruns are seen.
 */
#ifndef PLUMBLINE_ARENA_H
#define PLUMBLINE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

#include "plumbline/err.h"

struct pl_arena;

struct pl_arena *pl_arena_new(void);
/* As pl_arena_new, for what holds secrets: all of it is overwritten when it is freed. */
struct pl_arena *pl_arena_new_wiped(void);
void pl_arena_free(struct pl_arena *arena); /* NULL is fine */

void *pl_arena_alloc(struct pl_arena *arena, size_t size);
/* n objects of size; checks the product. */
void *pl_arena_array(struct pl_arena *arena, size_t n, size_t size);
char *pl_arena_strdup(struct pl_arena *arena, const char *s);
char *pl_arena_strndup(struct pl_arena *arena, const char *s, size_t len);
char *pl_arena_printf(struct pl_arena *arena, const char *fmt, ...) PL_PRINTF(2, 3);
char *pl_arena_vprintf(struct pl_arena *arena, const char *fmt, va_list ap) PL_PRINTF(2, 0);

/* Runs `fn(object)` when the arena is freed, last registered first: for handles of libraries. */
void pl_arena_defer(struct pl_arena *arena, void (*fn)(void *object), void *object);

/* Grows `array` (of *cap elements, n used) so that one more fits; returns the array. Use PL_PUSH. */
void *pl_arena_grow(struct pl_arena *arena, void *array, size_t n, size_t *cap, size_t size);

/* Appends to a pl_arena array held in three lvalues. The array may move. */
#define PL_PUSH(arena, array, n, cap, item)                                                        \
    do {                                                                                           \
        (array) = pl_arena_grow((arena), (array), (n), &(cap), sizeof(*(array)));                  \
        (array)[(n)++] = (item);                                                                   \
    } while (0)

#define PL_NEW(arena, type) ((type *)pl_arena_alloc((arena), sizeof(type)))

/* Plain heap, for the few things that outlive no arena. Never NULL. */
void *pl_xrealloc(void *p, size_t size);
void pl_xfree(void *p);
PL_NORETURN void pl_oom(size_t size);

#endif
