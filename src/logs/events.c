/* events.c - keeps one event for all that is the same, with its count, its first and last time and some names of tests.
 *
 * What is the same: the symptom, who was dialled and who wrote it; where nobody is named, the text with its numbers taken out. Their number
 * is bounded: what comes beyond is counted and not listed.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "plumbline/clock.h"

#include "logs_priv.h"

enum { MAX_NAMES = 20000, KEY_MAX = 300 };

const char *pl_events_name(struct pl_events *e, const char *text)
{
    const char *kept = text ? pl_map_get(&e->names, text) : NULL;
    if (kept || !text || e->names.n >= MAX_NAMES)
        return kept;
    char *copy = pl_arena_strdup(e->arena, text);
    (void)pl_map_put(&e->names, text, copy);
    return copy;
}

/* Counters, ids and addresses of objects make the same text look new each time. */
static void add_text(char *key, size_t *n, const char *text)
{
    for (; *text && *n < KEY_MAX - 1; text++) {
        bool digit = isdigit((unsigned char)*text) != 0;
        if (digit && *n > 0 && key[*n - 1] == '#')
            continue;
        key[(*n)++] = digit ? '#' : *text;
    }
}

static const char *key_of(struct pl_arena *scratch, const struct pl_sighting *s)
{
    char text[KEY_MAX] = "";
    size_t n = 0;
    if (!s->host)
        add_text(text, &n, s->line);
    return pl_arena_printf(scratch, "%d %s %d %s %d %s %s", (int)s->what,
                           s->kind ? s->kind->name : "-", s->code, s->host ? s->host : "-", s->port,
                           s->place ? s->place : "-", text);
}

static void add_test(struct pl_events *e, size_t number, const char *test)
{
    struct pl_logs_event *event = &e->logs->events[number - 1];
    const char *name = pl_events_name(e, test);
    char pair[64];
    if (!name)
        return;
    snprintf(pair, sizeof(pair), "%zu %p", number, (const void *)name);
    if (pl_map_has(&e->names, pair) || !pl_events_name(e, pair))
        return;
    if (event->n_tests == PL_LOGS_MAX_TESTS) {
        event->tests_more++;
        return;
    }
    const char **list = pl_arena_array(e->arena, event->n_tests + 1, sizeof(*list));
    for (size_t i = 0; i < event->n_tests; i++)
        list[i] = event->tests[i];
    list[event->n_tests++] = name;
    event->tests = list;
}

static void add_time(struct pl_events *e, size_t number, const struct pl_log_time *t)
{
    struct pl_logs_event *event = &e->logs->events[number - 1];
    bool again = event->what == PL_LOGS_CONNECTIVITY && event->count > 1;
    if (again)
        event->symptom.until =
            t->certain && t->text[0] != '\0' ? pl_clock_format(e->arena, t->ns, 1) : "";
    if (t->text[0] == '\0')
        return;
    if (!event->first)
        event->first = pl_arena_strdup(e->arena, t->text);
    e->last[number - 1] = *t;
    if (t->certain && event->what == PL_LOGS_CONNECTIVITY && event->count == 1)
        event->symptom.at = pl_clock_format(e->arena, t->ns, 1);
}

static void make(struct pl_events *e, const struct pl_sighting *s)
{
    struct pl_logs *logs = e->logs;
    struct pl_logs_event *event = &logs->events[logs->n_events++];
    event->what = s->what;
    event->text = pl_clean_shown(e->arena, s->line);
    event->why = s->why;
    event->source = s->source;
    event->line = s->number;
    event->host = s->host ? pl_arena_strdup(e->arena, s->host) : NULL;
    event->port = s->port;
    event->family = s->family;
    event->symptom = (struct pl_symptom){
        .kind = s->kind,
        .detail = event->text,
        .code = s->code,
        .after_ms = s->after_ms,
        .seen_from = pl_events_name(e, s->place),
    };
}

void pl_events_again(struct pl_events *e, size_t number, const char *test)
{
    struct pl_logs_event *event = &e->logs->events[number - 1];
    e->logs->counts[event->what]++;
    event->count++;
    if (event->what == PL_LOGS_CONNECTIVITY)
        event->symptom.until = ""; /* told again, and nobody says when it happened */
    add_test(e, number, test);
}

size_t pl_events_add(struct pl_events *e, const struct pl_sighting *s)
{
    struct pl_arena *scratch = pl_arena_new();
    const char *key = key_of(scratch, s);
    size_t index = (size_t)(uintptr_t)pl_map_get(&e->by_key, key);
    e->logs->counts[s->what]++;
    if (index == 0 && e->logs->n_events == PL_LOGS_MAX_EVENTS) {
        e->logs->dropped++;
    } else {
        if (index == 0) {
            make(e, s);
            index = e->logs->n_events;
            (void)pl_map_put(&e->by_key, key, (void *)(uintptr_t)index);
        }
        e->logs->events[index - 1].count++;
        add_test(e, index, s->test);
        add_time(e, index, &s->time);
    }
    pl_arena_free(scratch);
    return index;
}

void pl_events_open(struct pl_events *e, struct pl_arena *arena)
{
    *e = (struct pl_events){.arena = arena, .logs = PL_NEW(arena, struct pl_logs)};
    e->logs->events = pl_arena_array(arena, PL_LOGS_MAX_EVENTS, sizeof(*e->logs->events));
    e->last = pl_arena_array(arena, PL_LOGS_MAX_EVENTS, sizeof(*e->last));
    pl_map_init(&e->by_key, arena);
    pl_map_init(&e->names, arena);
}

struct pl_logs *pl_events_close(struct pl_events *e)
{
    for (size_t i = 0; i < e->logs->n_events; i++)
        if (e->last[i].text[0] != '\0')
            e->logs->events[i].last = pl_arena_strdup(e->arena, e->last[i].text);
    return e->logs;
}
