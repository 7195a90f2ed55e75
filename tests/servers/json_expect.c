/* json_expect.c - no server: compares a JSON file with what is expected of it, for shell tests and the demo.
 *
 *   json_expect FILE < EXPECTED
 *
 * EXPECTED has a line each: a path in the notation of addresses ("connections[name=a].status"), blanks, and the
 * JSON value that must stand there, or the word absent. `[*]` once in a path gathers what stands behind it in every
 * element, in their order. Lines that are empty or begin with # are left out. Every mismatch is told.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plumbline/address.h"
#include "plumbline/file.h"
#include "plumbline/json.h"

enum { MAX_JSON = 64 << 20, MAX_LINES = 1 << 20 };

static const struct pl_value *value_at(struct pl_arena *arena, const struct pl_value *root,
                                       const char *text, struct pl_err *err)
{
    struct pl_path path;

    return pl_path_parse(arena, text, &path, err) < 0 ? NULL : pl_path_get(root, &path);
}

static const struct pl_value *gather(struct pl_arena *arena, const struct pl_value *list,
                                     const char *rest, struct pl_err *err)
{
    const struct pl_value **items = pl_arena_array(arena, pl_value_count(list) + 1, sizeof *items);
    size_t n = 0;

    for (size_t i = 0; i < pl_value_count(list); i++) {
        const struct pl_value *v = value_at(arena, pl_value_item(list, i), rest, err);

        if (v != NULL)
            items[n++] = v;
    }
    return pl_value_list(arena, items, n);
}

static const struct pl_value *find(struct pl_arena *arena, const struct pl_value *root,
                                   const char *path, struct pl_err *err)
{
    const char *any = strstr(path, "[*]."), *list;

    if (any == NULL)
        return value_at(arena, root, path, err);
    list = pl_arena_strndup(arena, path, (size_t)(any - path));
    return gather(arena, value_at(arena, root, list, err), any + 4, err);
}

/* 0 as expected, 1 not, -1 the line itself is wrong. */
static int judge(struct pl_arena *arena, const struct pl_value *root, char *line,
                 struct pl_err *err)
{
    size_t len = strcspn(line, " \t");
    char *expected = line + len + strspn(line + len, " \t");
    const struct pl_value *want = NULL, *got;
    const char *got_text, *want_text = "absent";

    line[len] = '\0';
    got = find(arena, root, line, err);
    if (strcmp(expected, "absent") != 0) {
        want = pl_json_parse(arena, expected, strlen(expected), line, err);
        want_text = want != NULL ? pl_json_text(arena, want) : NULL;
    }
    if (err->code != PL_OK || want_text == NULL)
        return -1;
    got_text = got != NULL ? pl_json_text(arena, got) : "absent";
    if (strcmp(got_text, want_text) == 0)
        return 0;
    printf("%s\n  expected %s\n  found    %s\n", line, want_text, got_text);
    return 1;
}

static int judge_all(struct pl_arena *arena, const char *file, struct pl_err *err)
{
    size_t len = 0, lines_len = 0, wrong = 0, judged = 0;
    char *text = pl_file_read(arena, file, MAX_JSON, &len, err);
    char *lines = text != NULL ? pl_file_read(arena, "-", MAX_LINES, &lines_len, err) : NULL;
    const struct pl_value *root = lines != NULL ? pl_json_parse(arena, text, len, file, err) : NULL;
    char *next;

    if (root == NULL)
        return -1;
    for (char *line = lines; line != NULL; line = next) {
        next = strchr(line, '\n');
        if (next != NULL)
            *next++ = '\0';
        if (line[0] == '\0' || line[0] == '#')
            continue;
        int answer = judge(arena, root, line, err);

        if (answer < 0)
            return -1;
        wrong += (size_t)answer;
        judged++;
    }
    if (judged == 0)
        return pl_err_set(err, PL_E_USAGE, "nothing is expected: no line was read");
    return wrong > 0;
}

int main(int argc, char **argv)
{
    struct pl_arena *arena = pl_arena_new();
    struct pl_err err = {0};
    int status = 2;

    if (argc != 2)
        fprintf(stderr, "usage: json_expect FILE < EXPECTED\n");
    else if ((status = judge_all(arena, argv[1], &err)) < 0) {
        fprintf(stderr, "json_expect: %s\n", err.text);
        status = 2;
    }
    pl_arena_free(arena);
    return status;
}
