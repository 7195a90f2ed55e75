/* Replays files through one fuzz target under any compiler, so that `make check` needs no libFuzzer.
 *
 * Linked with one fuzz_*.c each; takes files and folders (one level) on the command line. It finds no new
 * inputs: that is `make fuzz`. A corpus without a single input is a failure, not a pass. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static unsigned replayed;

static int replay_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0) {
        perror(path);
        return file != NULL ? (fclose(file), -1) : -1;
    }
    long size = ftell(file);
    rewind(file);
    /* Exactly as large as the input, so that ASan sees a read past its end. */
    uint8_t *data = size >= 0 ? malloc(size > 0 ? (size_t)size : 1) : NULL;
    int status = data != NULL && fread(data, 1, (size_t)size, file) == (size_t)size ? 0 : -1;
    fclose(file);
    if (status == 0) {
        fprintf(stderr, "replaying %s\n", path);
        (void)LLVMFuzzerTestOneInput(data, (size_t)size);
        replayed++;
    }
    free(data);
    return status;
}

static int replay(const char *path)
{
    DIR *dir = opendir(path);
    if (dir == NULL)
        return replay_file(path);
    int status = 0;
    for (struct dirent *entry; status == 0 && (entry = readdir(dir)) != NULL;) {
        char name[4096];
        if (entry->d_name[0] == '.')
            continue;
        snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
        status = replay_file(name);
    }
    closedir(dir);
    return status;
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (replay(argv[i]) != 0)
            return 1;
    printf("%s - %u inputs replayed\n", replayed > 0 ? "ok" : "not ok", replayed);
    return replayed > 0 ? 0 : 1;
}
