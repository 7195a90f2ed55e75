/* harness.c - fixtures and files for the unit tests. */
#include "harness.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int harness_arena(void **state)
{
    *state = pl_arena_new();
    return 0;
}

int harness_arena_free(void **state)
{
    pl_arena_free(*state);
    return 0;
}

char *harness_temp_dir(void)
{
    const char *base = getenv("TMPDIR");
    char path[256];

    (void)snprintf(path, sizeof path, "%s/plumbline-test-XXXXXX", base != NULL ? base : "/tmp");
    if (mkdtemp(path) == NULL)
        fail_msg("cannot make a folder like %s", path);
    return strdup(path);
}

static int remove_entry(const char *path, const struct stat *st, int type, struct FTW *where)
{
    (void)st;
    (void)type;
    (void)where;
    return remove(path);
}

void harness_remove(char *dir)
{
    (void)nftw(dir, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
    free(dir);
}

const char *harness_path(struct pl_arena *arena, const char *dir, const char *name)
{
    return pl_arena_printf(arena, "%s/%s", dir, name);
}

char *harness_read(struct pl_arena *arena, const char *path, size_t *len)
{
    FILE *file = fopen(path, "rb");
    char *text;
    long size;

    if (file == NULL)
        fail_msg("cannot open %s", path);
    (void)fseek(file, 0, SEEK_END);
    size = ftell(file);
    rewind(file);
    text = pl_arena_alloc(arena, (size_t)size + 1);
    if (fread(text, 1, (size_t)size, file) != (size_t)size)
        fail_msg("cannot read %s", path);
    (void)fclose(file);
    if (len != NULL)
        *len = (size_t)size;
    return text;
}

void harness_write(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");

    if (file == NULL || fputs(text, file) < 0 || fclose(file) != 0)
        fail_msg("cannot write %s", path);
}

bool harness_shell(const char *script)
{
    const char *const argv[] = {"sh", "-ec", script, NULL};
    int status = -1;
    pid_t pid = fork();

    if (pid == 0) {
        union {
            const char *const *in;
            char *const *out;
        } words = {.in = argv}; /* execvp takes what it does not change */

        execvp("sh", words.out);
        _exit(127);
    }
    while (waitpid(pid, &status, 0) < 0)
        continue;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}
