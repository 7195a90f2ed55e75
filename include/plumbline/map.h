/* plumbline/map.h [floor 0: src/base] - string to pointer, in an arena; keys are copied, order of insertion is kept. */
#ifndef PLUMBLINE_MAP_H
#define PLUMBLINE_MAP_H

#include <stdbool.h>
#include <stddef.h>

#include "plumbline/arena.h"

struct pl_map_entry {
    const char *key;
    void *value;
};

struct pl_map {
    struct pl_arena *arena;
    struct pl_map_entry *entries; /* in order of insertion */
    size_t n, cap;
    size_t *slots; /* private: open addressing, index + 1 */
    size_t n_slots;
};

void pl_map_init(struct pl_map *map, struct pl_arena *arena);
/* NULL where absent. */
void *pl_map_get(const struct pl_map *map, const char *key);
bool pl_map_has(const struct pl_map *map, const char *key);
/* Sets; returns the value that was there before, or NULL. */
void *pl_map_put(struct pl_map *map, const char *key, void *value);

#endif
