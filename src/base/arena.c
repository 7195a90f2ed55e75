/* arena.c - memory by lifetime, and the process's one answer to having no more of it.
 *
 * Objects are cut from chunks that grow; an object too large for a chunk gets its own. With
 * AddressSanitizer a chunk is poisoned and only the bytes that were asked for are opened, so that one
 * byte too far is seen. Nothing is freed alone.
 */
#include "plumbline/arena.h"
#include "plumbline/secret.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_ASAN 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define ARENA_ASAN 1
#endif

#ifdef ARENA_ASAN
#include <sanitizer/asan_interface.h>
#define POISON(p, n)   ASAN_POISON_MEMORY_REGION((p), (n))
#define UNPOISON(p, n) ASAN_UNPOISON_MEMORY_REGION((p), (n))
enum { RED_ZONE = 16 };
#else
#define POISON(p, n)   ((void)(p), (void)(n))
#define UNPOISON(p, n) ((void)(p), (void)(n))
enum { RED_ZONE = 0 };
#endif

enum { ALIGN = alignof(max_align_t), CHUNK_MIN = 512, CHUNK_MAX = 1 << 20 };

struct chunk {
    struct chunk *next;
    size_t size, used; /* of bytes */
    alignas(max_align_t) unsigned char bytes[];
};

struct deferred {
    struct deferred *next;
    void (*fn)(void *object);
    void *object;
};

struct pl_arena {
    struct chunk *chunks; /* the head is the one that is cut from */
    struct deferred *deferred;
    size_t next_size;
    bool wiped;
};

PL_NORETURN void pl_oom(size_t size)
{
    char text[64];
    int n = snprintf(text, sizeof text, "plumbline: out of memory (%zu bytes)\n", size);

    /* Not exit: handlers may want memory, too. */
    if (n > 0)
        (void)!write(STDERR_FILENO, text, (size_t)n);
    _exit(1);
}

void *pl_xrealloc(void *p, size_t size)
{
    void *bigger = realloc(p, size > 0 ? size : 1);

    if (bigger == NULL)
        pl_oom(size);
    return bigger;
}

void pl_xfree(void *p)
{
    free(p);
}

/* ---- Chunks ----------------------------------------------------------------------------------- */

#ifdef ARENA_ASAN /* keeps what was freed from use for as long as it can */
static struct chunk *take_spare(size_t size)
{
    (void)size;
    return NULL;
}

static bool keep_spare(struct chunk *c)
{
    (void)c;
    return false;
}
#else
/* Most arenas live for one element of one page: their chunks are used again, with nothing to clear but what was used. */
enum { SPARE_SIZES = 8, SPARES = 8 };
static _Thread_local struct spares {
    struct chunk *first;
    int n;
} spares[SPARE_SIZES];

/* Of chunks of this very size; NULL: it is none of CHUNK_MIN times a power of two, or a large one. */
static struct spares *spares_of(size_t size)
{
    for (size_t i = 0; i < SPARE_SIZES; i++)
        if (size == (size_t)CHUNK_MIN << i)
            return &spares[i];
    return NULL;
}

static struct chunk *take_spare(size_t size)
{
    struct spares *of = spares_of(size);
    struct chunk *c = of != NULL ? of->first : NULL;

    if (c == NULL)
        return NULL;
    of->first = c->next;
    of->n--;
    return c;
}

static bool keep_spare(struct chunk *c)
{
    struct spares *of = spares_of(c->size);

    if (of == NULL || of->n == SPARES)
        return false;
    memset(c->bytes, 0, c->used);
    c->used = 0;
    c->next = of->first;
    of->first = c;
    of->n++;
    return true;
}
#endif

static void chunk_free(struct chunk *c, bool wiped)
{
    UNPOISON(c->bytes, c->size);
    if (wiped)
        pl_wipe(c->bytes, c->used);
    if (!keep_spare(c))
        free(c);
}

static struct chunk *chunk_new(size_t size)
{
    struct chunk *c = take_spare(size);

    if (c != NULL)
        return c;
    if (size > SIZE_MAX - sizeof *c || (c = calloc(1, sizeof *c + size)) == NULL)
        pl_oom(size);
    c->size = size;
    POISON(c->bytes, size);
    return c;
}

/* ---- Arenas ----------------------------------------------------------------------------------- */

struct pl_arena *pl_arena_new(void)
{
    struct pl_arena *arena = pl_xrealloc(NULL, sizeof *arena);

    *arena = (struct pl_arena){.next_size = CHUNK_MIN};
    return arena;
}

struct pl_arena *pl_arena_new_wiped(void)
{
    struct pl_arena *arena = pl_arena_new();

    arena->wiped = true;
    return arena;
}

void pl_arena_free(struct pl_arena *arena)
{
    if (arena == NULL)
        return;
    while (arena->deferred != NULL) {
        struct deferred *d = arena->deferred;

        arena->deferred = d->next;
        d->fn(d->object);
    }
    for (struct chunk *c = arena->chunks, *next; c != NULL; c = next) {
        next = c->next;
        chunk_free(c, arena->wiped);
    }
    free(arena);
}

/* The chunk with room for `need` bytes. A large object's own chunk goes behind the head, whose rest stays of use. */
static struct chunk *chunk_for(struct pl_arena *arena, size_t need)
{
    struct chunk *head = arena->chunks, *c;

    if (head != NULL && head->size - head->used >= need)
        return head;
    if (need > arena->next_size / 4 && head != NULL) {
        c = chunk_new(need);
        c->next = head->next;
        head->next = c;
        return c;
    }
    c = chunk_new(need > arena->next_size ? need : arena->next_size);
    if (arena->next_size < CHUNK_MAX)
        arena->next_size *= 2;
    c->next = head;
    arena->chunks = c;
    return c;
}

void *pl_arena_alloc(struct pl_arena *arena, size_t size)
{
    size_t need;
    struct chunk *c;
    unsigned char *p;

    if (size > SIZE_MAX / 2)
        pl_oom(size);
    need = (size + RED_ZONE + ALIGN - 1) / ALIGN * ALIGN;
    if (need == 0)
        need = ALIGN;
    c = chunk_for(arena, need);
    p = c->bytes + c->used;
    c->used += need;
    UNPOISON(p, size);
    return p;
}

void *pl_arena_array(struct pl_arena *arena, size_t n, size_t size)
{
    if (size != 0 && n > SIZE_MAX / size)
        pl_oom(SIZE_MAX);
    return pl_arena_alloc(arena, n * size);
}

char *pl_arena_strndup(struct pl_arena *arena, const char *s, size_t len)
{
    char *copy = pl_arena_alloc(arena, len + 1);

    if (len > 0)
        memcpy(copy, s, len);
    return copy;
}

char *pl_arena_strdup(struct pl_arena *arena, const char *s)
{
    return pl_arena_strndup(arena, s, strlen(s));
}

char *pl_arena_vprintf(struct pl_arena *arena, const char *fmt, va_list ap)
{
    char small[256]; /* as nearly all are; of secrets no copy stays behind here */
    va_list again;
    char *text;
    int n;

    va_copy(again, ap);
    n = vsnprintf(small, arena->wiped ? 0 : sizeof small, fmt, ap);
    if (n < 0)
        pl_oom(SIZE_MAX);
    if (!arena->wiped && (size_t)n < sizeof small) {
        text = pl_arena_strndup(arena, small, (size_t)n);
    } else {
        text = pl_arena_alloc(arena, (size_t)n + 1);
        (void)vsnprintf(text, (size_t)n + 1, fmt, again);
    }
    va_end(again);
    return text;
}

char *pl_arena_printf(struct pl_arena *arena, const char *fmt, ...)
{
    va_list ap;
    char *text;

    va_start(ap, fmt);
    text = pl_arena_vprintf(arena, fmt, ap);
    va_end(ap);
    return text;
}

void pl_arena_defer(struct pl_arena *arena, void (*fn)(void *object), void *object)
{
    struct deferred *d = PL_NEW(arena, struct deferred);

    *d = (struct deferred){.next = arena->deferred, .fn = fn, .object = object};
    arena->deferred = d;
}

void *pl_arena_grow(struct pl_arena *arena, void *array, size_t n, size_t *cap, size_t size)
{
    size_t wider;
    void *moved;

    if (n < *cap)
        return array;
    wider = *cap < 4 ? 8 : *cap * 2;
    moved = pl_arena_array(arena, wider, size);
    if (n > 0)
        memcpy(moved, array, n * size);
    *cap = wider;
    return moved;
}
