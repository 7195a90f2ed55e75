/* test_rows.c - every row of the table of matchers: it has a line of its own that fits it and no earlier row, who is dialled is found in
 * that line, and what the row says can be said.
 */
#include "harness.h"

#include <string.h>

#include "logs_priv.h"
#include "plumbline/file.h"

enum { MAX_ROWS = 600 };

static const struct pl_row *row_named(const char *name, size_t *index)
{
    *index = 0;
    for (size_t t = 0; t < pl_row_tables_len; t++)
        for (size_t i = 0; i < pl_row_tables[t]->n; i++, ++*index)
            if (strcmp(pl_row_tables[t]->rows[i].name, name) == 0)
                return &pl_row_tables[t]->rows[i];
    return NULL;
}

/* "host", "host:port" or ":port" as classify.c finds them. */
static const char *dialled(struct pl_arena *arena, const char *line, size_t len,
                           struct pl_line_look *look)
{
    struct pl_found *f = &look->found;
    if (look->row->what == PL_ROW_CONNECTION) {
        if (!f->host && (look->row->flags & PL_ROW_BEFORE))
            pl_locate_before(line, look->at, f);
        if (!f->host && !(look->row->flags & PL_ROW_ALONE))
            pl_locate(line, len, !(look->row->flags & PL_ROW_FORMS), f);
    }
    const char *host = f->host ? pl_arena_strndup(arena, f->host, f->host_len) : "";
    if (!f->host && f->port == 0)
        return "-";
    return f->port ? pl_arena_printf(arena, "%s:%d", host, f->port) : host;
}

static void each_row_has_its_line(void **state)
{
    (void)state;
    struct pl_arena *arena = pl_arena_new();
    struct pl_finder *finder = pl_finder_new(arena);
    bool seen[MAX_ROWS] = {false};
    size_t len = 0, index, bad = 0, rows = 0;
    char *text = pl_file_read(arena, "tests/fixtures/logs/rows.txt", 1 << 20, &len, NULL);
    assert_non_null(text);
    for (char *line = text; *line;) {
        size_t n = strcspn(line, "\n");
        char *next = line + n + (line[n] == '\n');
        line[n] = '\0';
        char *peer = strchr(line, '\t'), *said = peer ? strchr(peer + 1, '\t') : NULL;
        if (line[0] != '#' && said) {
            struct pl_line_look look;
            *peer++ = *said++ = '\0';
            size_t clean = pl_clean_line(said, strlen(said));
            pl_finder_read(finder, said, clean, &look);
            const char *got = look.row ? look.row->name : "nothing";
            const char *who = look.row ? dialled(arena, said, clean, &look) : "-";
            if (!row_named(line, &index) || strcmp(got, line) != 0 || strcmp(who, peer) != 0) {
                print_error("%s: fits %s, dials %s, wanted %s\n    %s\n", line, got, who, peer,
                            said);
                bad++;
            }
            seen[index < MAX_ROWS ? index : 0] = true;
        }
        line = next;
    }
    for (size_t t = 0, i = 0; t < pl_row_tables_len; t++)
        for (size_t k = 0; k < pl_row_tables[t]->n; k++, i++, rows++)
            if (!seen[i] && pl_row_tables[t]->rows[k].what < PL_ROW_HINT) {
                print_error("%s: no line in rows.txt\n", pl_row_tables[t]->rows[k].name);
                bad++;
            }
    assert_in_range(rows, 200, MAX_ROWS);
    assert_int_equal(bad, 0);
    pl_arena_free(arena);
}

/* Who asks Cloud Logging for texts asks by these words alone: each line of a connection's error must have one. */
static bool has_word(const char *line)
{
    for (size_t i = 0; i < pl_logs_words_len; i++)
        if (strcasestr(line, pl_logs_words[i]))
            return true;
    return false;
}

static void each_line_has_a_word_to_ask_for(void **state)
{
    (void)state;
    struct pl_arena *arena = pl_arena_new();
    size_t len = 0, index, bad = 0, n = 0;
    char *save = NULL,
         *text = pl_file_read(arena, "tests/fixtures/logs/rows.txt", 1 << 20, &len, NULL);
    assert_non_null(text);
    for (char *line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
        char *peer = strchr(line, '\t'), *said = peer ? strchr(peer + 1, '\t') : NULL;
        if (line[0] == '#' || !said)
            continue;
        *peer = '\0';
        const struct pl_row *row = row_named(line, &index);
        if (!row || row->what != PL_ROW_CONNECTION)
            continue;
        n++;
        if (!has_word(said + 1)) {
            print_error("%s: no word of pl_logs_words in: %s\n", line, said + 1);
            bad++;
        }
    }
    assert_true(n > 250);
    assert_int_equal(bad, 0);
    assert_false(has_word("order 17 is priced"));
    pl_arena_free(arena);
}

static void each_row_is_sound(void **state)
{
    (void)state;
    size_t index, at = 0;
    for (size_t t = 0; t < pl_row_tables_len; t++)
        for (size_t i = 0; i < pl_row_tables[t]->n; i++, at++) {
            const struct pl_row *r = &pl_row_tables[t]->rows[i];
            /* Four literal characters: the finder's key. */
            assert_true(strcspn(r->pattern, "%") >= 4);
            assert_ptr_equal(row_named(r->name, &index), r); /* names are unique */
            assert_int_equal(index, at);
            if (r->what == PL_ROW_CONNECTION)
                assert_non_null(pl_symptom_find(r->symptom));
            else
                assert_null(r->symptom);
        }
}

static void hints(void **state)
{
    (void)state;
    static const struct {
        const char *line, *family;
        bool mock, mocked;
    } rows[] = {
        {"  File \"/x/site-packages/asyncpg/connection.py\", line 2443, in connect", "postgres",
         false, false},
        {"/x/redis/asyncio/connection.py:304: in connect", "redis", false, false},
        {"    at Object.<anonymous> (/app/node_modules/pg/lib/client.js:132:23)", "postgres", false,
         false},
        {"/usr/lib/python3.11/unittest/mock.py:1139: in __call__", NULL, true, false},
        {"E  ConnectionError: <MagicMock name='x'>", NULL, false, true},
        {"nothing of the kind", NULL, false, false},
    };
    struct pl_arena *arena = pl_arena_new();
    struct pl_finder *finder = pl_finder_new(arena);
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct pl_line_look look;
        pl_finder_read(finder, rows[i].line, strlen(rows[i].line), &look);
        if (rows[i].family)
            assert_string_equal(look.family, rows[i].family);
        else
            assert_null(look.family);
        assert_int_equal(look.mock, rows[i].mock);
        assert_int_equal(look.mocked, rows[i].mocked);
    }
    pl_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_row_has_its_line),
        cmocka_unit_test(each_line_has_a_word_to_ask_for),
        cmocka_unit_test(each_row_is_sound),
        cmocka_unit_test(hints),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
