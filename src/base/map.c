/* map.c - string to pointer by open addressing, over an array that keeps the order of insertion.
 *
 * Keys come from outside, so the hash is SipHash-1-3 (Aumasson, Bernstein: "SipHash: a fast short-input
 * PRF") under a key drawn once per process: nobody can prepare collisions. The order that a reader sees
 * is that of insertion, so the random key never shows.
 */
#include "plumbline/map.h"

#include <stdint.h>
#include <string.h>
#include <sys/random.h>

static uint64_t hash_key[2];

static void draw_key(void)
{
    static bool drawn;

    if (drawn)
        return;
    drawn = true;
    /* Without entropy the key stays zero: slower under attack, never wrong. */
    (void)!getrandom(hash_key, sizeof hash_key, GRND_NONBLOCK);
}

static uint64_t rotl(uint64_t x, unsigned bits)
{
    return x << bits | x >> (64 - bits);
}

static void sip_round(uint64_t v[4])
{
    v[0] += v[1], v[1] = rotl(v[1], 13) ^ v[0], v[0] = rotl(v[0], 32);
    v[2] += v[3], v[3] = rotl(v[3], 16) ^ v[2];
    v[0] += v[3], v[3] = rotl(v[3], 21) ^ v[0];
    v[2] += v[1], v[1] = rotl(v[1], 17) ^ v[2], v[2] = rotl(v[2], 32);
}

static void sip_word(uint64_t v[4], uint64_t word)
{
    v[3] ^= word;
    sip_round(v);
    v[0] ^= word;
}

static size_t hash(const char *key)
{
    size_t len = strlen(key), i = 0;
    uint64_t word, v[4] = {
                       hash_key[0] ^ 0x736f6d6570736575u,
                       hash_key[1] ^ 0x646f72616e646f6du,
                       hash_key[0] ^ 0x6c7967656e657261u,
                       hash_key[1] ^ 0x7465646279746573u,
                   };

    for (; len - i >= sizeof word; i += sizeof word) {
        memcpy(&word, key + i, sizeof word);
        sip_word(v, word);
    }
    word = 0;
    memcpy(&word, key + i, len - i);
    sip_word(v, word ^ (uint64_t)len << 56);
    v[2] ^= 0xff;
    sip_round(v);
    sip_round(v);
    sip_round(v);
    return (size_t)(v[0] ^ v[1] ^ v[2] ^ v[3]);
}

/* The slot that holds `key`, or the free one where it belongs. There is always a free slot. */
static size_t *find_slot(const struct pl_map *map, const char *key)
{
    size_t mask = map->n_slots - 1;

    for (size_t i = hash(key) & mask;; i = (i + 1) & mask) {
        size_t *slot = &map->slots[i];

        if (*slot == 0 || strcmp(map->entries[*slot - 1].key, key) == 0)
            return slot;
    }
}

static void widen(struct pl_map *map)
{
    map->n_slots = map->n_slots == 0 ? 16 : map->n_slots * 2;
    map->slots = pl_arena_array(map->arena, map->n_slots, sizeof *map->slots);
    for (size_t i = 0; i < map->n; i++)
        *find_slot(map, map->entries[i].key) = i + 1;
}

void pl_map_init(struct pl_map *map, struct pl_arena *arena)
{
    draw_key();
    *map = (struct pl_map){.arena = arena};
}

void *pl_map_get(const struct pl_map *map, const char *key)
{
    size_t *slot = map->n > 0 ? find_slot(map, key) : NULL;

    return slot != NULL && *slot != 0 ? map->entries[*slot - 1].value : NULL;
}

bool pl_map_has(const struct pl_map *map, const char *key)
{
    return map->n > 0 && *find_slot(map, key) != 0;
}

void *pl_map_put(struct pl_map *map, const char *key, void *value)
{
    struct pl_map_entry entry;
    size_t *slot;

    if (map->n * 4 >= map->n_slots * 3)
        widen(map);
    slot = find_slot(map, key);
    if (*slot != 0) {
        void *before = map->entries[*slot - 1].value;

        map->entries[*slot - 1].value = value;
        return before;
    }
    entry = (struct pl_map_entry){.key = pl_arena_strdup(map->arena, key), .value = value};
    PL_PUSH(map->arena, map->entries, map->n, map->cap, entry);
    *slot = map->n;
    return NULL;
}
