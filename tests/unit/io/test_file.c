/* test_file.c - whole files in, atomic files out; nothing half written, nothing left behind. */
#include "harness.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "plumbline/file.h"

struct place {
    struct pl_arena *arena;
    char *dir;
};

static int make_place(void **state)
{
    static struct place place;

    place = (struct place){.arena = pl_arena_new(), .dir = harness_temp_dir()};
    *state = &place;
    return 0;
}

static int drop_place(void **state)
{
    struct place *place = *state;

    harness_remove(place->dir);
    pl_arena_free(place->arena);
    return 0;
}

static const char *in(const struct place *place, const char *name)
{
    return harness_path(place->arena, place->dir, name);
}

/* Entries of the folder, hidden ones included. */
static int entries(const struct place *place)
{
    DIR *dir = opendir(place->dir);
    int n = 0;

    assert_non_null(dir);
    for (struct dirent *e; (e = readdir(dir)) != NULL;)
        n += strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
    (void)closedir(dir);
    return n;
}

static void reading_fails_with_its_reason(void **state)
{
    struct place *place = *state;
    struct pl_err err = {0};
    const char *path = in(place, "absent"), *big = in(place, "big");
    size_t len;

    assert_null(pl_file_read(place->arena, path, 100, &len, &err));
    CHECK_ERR(err, PL_E_IO,
              pl_arena_printf(place->arena, "cannot read %s: No such file or directory", path));
    assert_int_equal(err.sys, ENOENT);
    assert_null(pl_file_read(place->arena, place->dir, 100, &len, &err));
    CHECK_ERR(err, PL_E_IO,
              pl_arena_printf(place->arena, "cannot read %s: Is a directory", place->dir));
    harness_write(big, "0123456789");
    assert_null(pl_file_read(place->arena, big, 9, &len, &err));
    CHECK_ERR(err, PL_E_LIMIT,
              pl_arena_printf(place->arena, "cannot read %s: larger than 9 bytes", big));
    assert_null(pl_file_read(place->arena, "/dev/zero", 100000, &len, &err));
    CHECK_ERR(err, PL_E_LIMIT, "cannot read /dev/zero: larger than 100000 bytes");
    assert_string_equal(pl_file_read(place->arena, big, 10, &len, &err), "0123456789");
    assert_int_equal(len, 10);
}

static void standard_input_is_a_file(void **state)
{
    struct place *place = *state;
    struct pl_err err = {0};
    int ends[2], before = dup(STDIN_FILENO);
    size_t len = 0;

    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "a\0b", 3), 3);
    (void)close(ends[1]);
    (void)dup2(ends[0], STDIN_FILENO);
    (void)close(ends[0]);
    assert_memory_equal(pl_file_read(place->arena, "-", 100, &len, &err), "a\0b", 4);
    assert_int_equal(len, 3);
    (void)dup2(before, STDIN_FILENO);
    (void)close(before);
}

static void writing_replaces_whole_files(void **state)
{
    struct place *place = *state;
    struct pl_err err = {0};
    const char *path = in(place, "out");
    struct stat st;

    assert_int_equal(pl_file_write(path, "first, longer", 13, 0600, &err), 0);
    assert_string_equal(harness_read(place->arena, path, NULL), "first, longer");
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_int_equal(pl_file_write(path, "second", 6, 0640, &err), 0);
    assert_string_equal(harness_read(place->arena, path, NULL), "second");
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0640);
    assert_int_equal(pl_file_write(path, "", 0, 0600, &err), 0);
    assert_string_equal(harness_read(place->arena, path, NULL), "");
    assert_int_equal(entries(place), 1);
}

static void writing_fails_with_its_reason(void **state)
{
    struct place *place = *state;
    struct pl_err err = {0};
    const char *path = in(place, "no/such/out");

    assert_int_equal(pl_file_write(path, "x", 1, 0600, &err), -1);
    CHECK_ERR(err, PL_E_IO,
              pl_arena_printf(place->arena, "cannot write %s: there is no folder %s/no/such", path,
                              place->dir));
    assert_int_equal(pl_file_write(place->dir, "x", 1, 0600, &err), -1);
    CHECK_ERR(err, PL_E_IO,
              pl_arena_printf(place->arena, "cannot write %s: Is a directory", place->dir));
    assert_int_equal(pl_file_write("/dev/full", "x", 1, 0600, &err), -1);
    CHECK_ERR(err, PL_E_IO, "cannot write /dev/full: No space left on device");
    assert_int_equal(entries(place), 0);
}

/* A disk that is full: the file size limit stands in for it. */
static void a_full_disk_leaves_the_old_file(void **state)
{
    struct place *place = *state;
    const char *path = in(place, "out");
    int status = 0;
    pid_t child;

    harness_write(path, "old");
    child = fork();
    if (child == 0) {
        const struct rlimit limit = {1000, 1000};
        static char big[5000];
        struct pl_err err = {0};

        (void)signal(SIGXFSZ, SIG_IGN);
        (void)setrlimit(RLIMIT_FSIZE, &limit);
        _exit(pl_file_write(path, big, sizeof big, 0600, &err) == -1 && err.sys == EFBIG ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_string_equal(harness_read(place->arena, path, NULL), "old");
    assert_int_equal(entries(place), 1);
}

static void links_and_devices_stay_what_they_are(void **state)
{
    struct place *place = *state;
    struct pl_err err = {0};
    const char *path = in(place, "real"), *link = in(place, "link"), *fifo = in(place, "fifo");
    struct stat st;
    char got[8];
    int fd;

    harness_write(path, "old");
    assert_int_equal(symlink("real", link), 0);
    assert_int_equal(pl_file_write(link, "new", 3, 0600, &err), 0);
    assert_int_equal(lstat(link, &st), 0);
    assert_true(S_ISLNK(st.st_mode));
    assert_string_equal(harness_read(place->arena, path, NULL), "new");

    assert_int_equal(mkfifo(fifo, 0600), 0);
    fd = open(fifo, O_RDONLY | O_NONBLOCK);
    assert_int_equal(pl_file_write(fifo, "pipe", 4, 0600, &err), 0);
    assert_int_equal(read(fd, got, sizeof got), 4);
    assert_memory_equal(got, "pipe", 4);
    (void)close(fd);
    assert_int_equal(lstat(fifo, &st), 0);
    assert_true(S_ISFIFO(st.st_mode));

    assert_int_equal(pl_file_write("/dev/null", "x", 1, 0600, &err), 0);
    assert_int_equal(stat("/dev/null", &st), 0);
    assert_true(S_ISCHR(st.st_mode));
}

static void dash_is_standard_output(void **state)
{
    struct place *place = *state;
    struct pl_err err = {0};
    const char *path = in(place, "stdout");
    int fd = open(path, O_CREAT | O_WRONLY, 0600), before = dup(STDOUT_FILENO);

    (void)fflush(stdout);
    (void)dup2(fd, STDOUT_FILENO);
    assert_int_equal(pl_file_write("-", "one ", 4, 0600, &err), 0);
    assert_int_equal(pl_file_write("/dev/stdout", "two", 3, 0600, &err), 0);
    (void)dup2(before, STDOUT_FILENO);
    (void)close(before);
    (void)close(fd);
    assert_string_equal(harness_read(place->arena, path, NULL), "one two");
}

/* Killed while it writes: the handler removes the temporary file, the old file stays. */
static void handle(int number)
{
    pl_file_abort();
    _exit(number);
}

static void an_interrupted_write_leaves_nothing(void **state)
{
    struct place *place = *state;
    const char *path = in(place, "out");
    int status = 0;
    pid_t child;

    harness_write(path, "old");
    child = fork();
    if (child == 0) {
        const struct rlimit limit = {1000, 1000};
        static char big[5000];
        struct pl_err err = {0};

        /* The kernel sends SIGXFSZ in the middle of the write: a signal at a known instant. */
        (void)signal(SIGXFSZ, handle);
        (void)setrlimit(RLIMIT_FSIZE, &limit);
        (void)!pl_file_write(path, big, sizeof big, 0600, &err);
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), SIGXFSZ);
    assert_string_equal(harness_read(place->arena, path, NULL), "old");
    assert_int_equal(entries(place), 1);
    pl_file_abort();
    assert_int_equal(entries(place), 1);
}

/* ---- killed without a word ---- */

/* From here on this process has no nameless files, as on a file system that knows none. */
static void without_nameless_files(void)
{
    const struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat, 0, 3),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[2])),
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, O_TMPFILE & ~O_DIRECTORY, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EOPNOTSUPP),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    const struct sock_fprog program = {PL_LEN(code), (struct sock_filter *)(uintptr_t)code};

    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
        prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0)
        _exit(77);
}

static int half_and_die(void *arg, const char **bytes, size_t *n, struct pl_err *err)
{
    int *given = arg;

    (void)err;
    if ((*given)++)
        (void)kill(getpid(), SIGKILL);
    *bytes = "half";
    *n = 4;
    return 1;
}

/* Writes half of a file and is killed. False where this kernel lets nobody take nameless files away. */
static bool die_writing(const char *path, bool nameless)
{
    int status = 0, given = 0;
    pid_t child = fork();

    if (child == 0) {
        if (!nameless)
            without_nameless_files();
        (void)!pl_file_write_pieces(path, 0600, half_and_die, &given, NULL);
        _exit(1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 77)
        return false;
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGKILL);
    return true;
}

static void a_killed_write_leaves_the_old_file(void **state)
{
    struct place *place = *state;
    const char *path = in(place, "out");

    (void)die_writing(path, true);
    assert_int_equal(entries(place), 0);
    harness_write(path, "old");
    (void)die_writing(path, true);
    assert_string_equal(harness_read(place->arena, path, NULL), "old");
    assert_int_equal(entries(place), 1);
}

static void set_age(const char *path, time_t seconds)
{
    const struct timespec times[2] = {{.tv_sec = time(NULL) - seconds},
                                      {.tv_sec = time(NULL) - seconds}};

    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static const char *only_temporary(const struct place *place)
{
    DIR *dir = opendir(place->dir);
    const char *found = NULL;

    assert_non_null(dir);
    for (struct dirent *e; (e = readdir(dir)) != NULL;)
        if (e->d_name[0] == '.' && strstr(e->d_name, ".tmp") != NULL) {
            assert_null(found);
            found = in(place, e->d_name);
        }
    (void)closedir(dir);
    return found;
}

/* Where the file has a name while it is written, that is left; the next writer an hour later removes it. */
static void what_the_killed_left_goes_with_the_next(void **state)
{
    struct place *place = *state;
    struct pl_err err = {0};
    const char *path = in(place, "out"), *left;

    harness_write(path, "old");
    if (!die_writing(path, false)) {
        print_message("skipped: files with names, a seccomp filter is not permitted here\n");
        skip();
    }
    assert_string_equal(harness_read(place->arena, path, NULL), "old");
    left = only_temporary(place);
    assert_non_null(left);
    assert_int_equal(pl_file_write(path, "new", 3, 0600, &err), 0);
    assert_non_null(
        only_temporary(place)); /* fresh: its writer may be at work in another container */
    set_age(left, 4000);
    assert_int_equal(pl_file_write(in(place, "other"), "x", 1, 0600, &err), 0);
    assert_non_null(only_temporary(place)); /* another file's */
    assert_int_equal(pl_file_write(path, "new", 3, 0600, &err), 0);
    assert_null(only_temporary(place));
    assert_int_equal(entries(place), 2);
}

/* Not ours by name, and one that somebody holds. */
static void what_is_not_stale_stays(void **state)
{
    static const char *const names[] = {".out.tmp",       ".out.12.tmp",   ".out.12-.tmp",
                                        ".out.12-3.tmp2", ".out.1x-3.tmp", "out.12-3.tmp",
                                        ".out2.12-3.tmp", ".out..12-3.tmp"};
    struct place *place = *state;
    struct pl_err err = {0};
    const char *held = in(place, ".out.12-3.tmp");
    int fd;

    for (size_t i = 0; i < PL_LEN(names); i++) {
        harness_write(in(place, names[i]), "");
        set_age(in(place, names[i]), 4000);
    }
    harness_write(held, "");
    set_age(held, 4000);
    fd = open(held, O_RDONLY);
    assert_int_equal(flock(fd, LOCK_EX), 0);
    assert_int_equal(pl_file_write(in(place, "out"), "x", 1, 0600, &err), 0);
    assert_int_equal(entries(place), PL_LEN(names) + 2);
    (void)close(fd);
    assert_int_equal(pl_file_write(in(place, "out"), "x", 1, 0600, &err), 0);
    assert_int_equal(entries(place), PL_LEN(names) + 1);
}

static void folders_are_listed_in_order(void **state)
{
    struct place *place = *state;
    const char *const *names;
    struct pl_err err = {0};
    const char *absent = in(place, "absent");
    size_t n;

    assert_int_equal(pl_dir_list(place->arena, absent, ".yaml", &names, &n, &err), -1);
    CHECK_ERR(err, PL_E_IO,
              pl_arena_printf(place->arena, "cannot read the folder %s: No such file or directory",
                              absent));
    assert_int_equal(pl_dir_list(place->arena, place->dir, ".yaml", &names, &n, &err), 0);
    assert_int_equal(n, 0);
    harness_write(in(place, "b.yaml"), "");
    harness_write(in(place, "a.yaml"), "");
    harness_write(in(place, "B.yaml"), "");
    harness_write(in(place, "c.yml"), "");
    harness_write(in(place, ".hidden.yaml"), "");
    assert_int_equal(mkdir(in(place, "d.yaml"), 0700), 0);
    assert_int_equal(pl_dir_list(place->arena, place->dir, ".yaml", &names, &n, &err), 0);
    assert_int_equal(n, 3);
    assert_string_equal(names[0], in(place, "B.yaml"));
    assert_string_equal(names[1], in(place, "a.yaml"));
    assert_string_equal(names[2], in(place, "b.yaml"));
    assert_int_equal(pl_dir_list(place->arena, in(place, ""), "a.yaml", &names, &n, &err), 0);
    assert_int_equal(n, 1);
    assert_string_equal(names[0], in(place, "a.yaml"));
    assert_true(pl_path_is_dir(in(place, "d.yaml")));
    assert_false(pl_path_is_dir(in(place, "a.yaml")));
    assert_false(pl_path_is_dir(absent));
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, make_place, drop_place)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(reading_fails_with_its_reason),
        TEST(standard_input_is_a_file),
        TEST(writing_fails_with_its_reason),
        TEST(writing_replaces_whole_files),
        TEST(a_full_disk_leaves_the_old_file),
        TEST(links_and_devices_stay_what_they_are),
        TEST(dash_is_standard_output),
        TEST(an_interrupted_write_leaves_nothing),
        TEST(a_killed_write_leaves_the_old_file),
        TEST(what_the_killed_left_goes_with_the_next),
        TEST(what_is_not_stale_stays),
        TEST(folders_are_listed_in_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
