/* store_dump.c - everything that stands in a store of runs, unpacked, to standard output: for tests that look for what must not be there.
 *
 *   store_dump FILE
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

/* "PLZ1", eight bytes of length, a zlib stream; anything else as it is. */
static void dump(const unsigned char *bytes, size_t n)
{
    uLongf len = 0;
    Bytef *text;

    if (n <= 12 || memcmp(bytes, "PLZ1", 4) != 0) {
        printf("%.*s\n", (int)n, (const char *)bytes);
        return;
    }
    for (int i = 7; i >= 0; i--)
        len = len << 8 | bytes[4 + i];
    text = malloc(len + 1);
    if (text == NULL || uncompress(text, &len, bytes + 12, n - 12) != Z_OK)
        exit(1);
    fwrite(text, 1, len, stdout);
    putchar('\n');
    free(text);
}

static int dump_table(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *s = NULL;

    if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK)
        return 1;
    while (sqlite3_step(s) == SQLITE_ROW)
        for (int i = 0; i < sqlite3_column_count(s); i++) {
            const void *bytes = sqlite3_column_blob(s, i);

            dump(bytes, (size_t)sqlite3_column_bytes(s, i));
        }
    return sqlite3_finalize(s) != SQLITE_OK;
}

int main(int argc, char **argv)
{
    sqlite3 *db = NULL;
    int failed;

    if (argc != 2 || sqlite3_open_v2(argv[1], &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK) {
        fprintf(stderr, "usage: store_dump FILE\n");
        return 1;
    }
    failed = dump_table(db, "SELECT * FROM plumbline_run") ||
             dump_table(db, "SELECT * FROM plumbline_told");
    (void)sqlite3_close(db);
    return failed;
}
