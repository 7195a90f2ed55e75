/* style.c - how standard output looks, and the key that marks redacted values: what belongs to this machine and its user.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli_priv.h"
#include "plumbline/log.h"

enum { KEY_SIZE = 32 };

/* "A decimal integer > 0 used to indicate the user's preferred width": it outranks the terminal's own
 * (https://pubs.opengroup.org/onlinepubs/9699919799/basedefs/V1_chap08.html). Else 0. */
static int asked_columns(void)
{
    const char *text = getenv("COLUMNS");
    char *end = NULL;
    long n = text ? strtol(text, &end, 10) : 0;
    return text && end != text && *end == '\0' && n > 0 && n < 10000 ? (int)n : 0;
}

struct pl_report_style pl_style(const struct pl_options *options, bool is_stdout)
{
    struct pl_report_style style = {.verbose = options->verbose};
    struct winsize size;
    bool terminal = is_stdout && isatty(STDOUT_FILENO);
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM"); /* https://no-color.org */
    bool plain = (no_color && *no_color) || (term && strcmp(term, "dumb") == 0);
    style.color = options->color == PL_COLOR_ALWAYS ||
                  (options->color == PL_COLOR_AUTO && terminal && !plain);
    if (terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40)
        style.width = size.ws_col;
    if (is_stdout && asked_columns() >= 40)
        style.width = asked_columns();
    return style;
}

char *pl_state_folder(struct pl_arena *arena)
{
    const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
    if (state && *state == '/')
        return pl_arena_printf(arena, "%s/plumbline", state);
    return home && *home == '/' ? pl_arena_printf(arena, "%s/.local/state/plumbline", home) : NULL;
}

static int make_folders(struct pl_arena *arena, const char *path)
{
    char *part = pl_arena_strdup(arena, path);
    for (char *p = part + 1; *p; p++) {
        if (*p != '/')
            continue;
        *p = '\0';
        if (mkdir(part, 0700) < 0 && errno != EEXIST)
            return -1;
        *p = '/';
    }
    return mkdir(part, 0700) < 0 && errno != EEXIST ? -1 : 0;
}

int pl_state_folder_make(struct pl_arena *arena)
{
    char *folder = pl_state_folder(arena);
    return folder ? make_folders(arena, folder) : -1;
}

static int read_key(const char *path, unsigned char *key)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return -1;
    ssize_t n = read(fd, key, KEY_SIZE);
    close(fd);
    return n == KEY_SIZE ? 0 : -1;
}

/* Two runs may make it at once: the first link wins, both then read the same. */
static int make_key(struct pl_arena *arena, const char *path)
{
    unsigned char key[KEY_SIZE];
    char *temporary = pl_arena_printf(arena, "%s.%ld", path, (long)getpid());
    if (getrandom(key, sizeof(key), 0) != (ssize_t)sizeof(key))
        return -1;
    (void)unlink(temporary); /* of one with this number that was killed */
    int fd = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return -1;
    bool written = write(fd, key, sizeof(key)) == (ssize_t)sizeof(key) && fsync(fd) == 0;
    close(fd);
    if (written && link(temporary, path) < 0 && errno != EEXIST)
        written = false;
    unlink(temporary);
    return written ? 0 : -1;
}

const unsigned char *pl_redaction_key(struct pl_arena *arena)
{
    unsigned char *key = pl_arena_alloc(arena, KEY_SIZE);
    char *folder = pl_state_folder(arena);
    char *path = folder ? pl_arena_printf(arena, "%s/redaction.key", folder) : NULL;
    if (path && read_key(path, key) == 0)
        return key;
    if (path && make_folders(arena, folder) == 0 && make_key(arena, path) == 0 &&
        read_key(path, key) == 0)
        return key;
    pl_log(PL_LOG_INFO, "no state folder: redacted values are shown without a hash");
    return NULL;
}
