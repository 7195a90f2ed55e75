/* test_arena.c - memory by lifetime: zeroed, aligned, apart, let go in order. */
#include "harness.h"

#include <stdalign.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void blocks_are_zeroed_aligned_and_apart(void **state)
{
    static const size_t sizes[] = {0, 1, 7, 16, 17, 1000, 4096, 5000, 100000, 3, 2000000, 1};
    unsigned char *blocks[PL_LEN(sizes)];

    for (size_t i = 0; i < PL_LEN(sizes); i++) {
        blocks[i] = pl_arena_alloc(*state, sizes[i]);
        assert_int_equal((uintptr_t)blocks[i] % alignof(max_align_t), 0);
        for (size_t k = 0; k < sizes[i]; k++)
            assert_int_equal(blocks[i][k], 0);
        if (sizes[i] > 0)
            memset(blocks[i], (int)i + 1, sizes[i]);
    }
    for (size_t i = 0; i < PL_LEN(sizes); i++) {
        for (size_t k = 0; k < sizes[i]; k++)
            assert_int_equal(blocks[i][k], i + 1);
    }
}

static void strings_are_copies(void **state)
{
    char text[] = "hello";

    const char *dup = pl_arena_strdup(*state, text), *part = pl_arena_strndup(*state, text, 2);
    const char *bytes = pl_arena_strndup(*state, "a\0b", 3);

    text[0] = 'J';
    assert_string_equal(dup, "hello");
    assert_string_equal(part, "he");
    assert_memory_equal(bytes, "a\0b", 4);
    assert_string_equal(pl_arena_strndup(*state, NULL, 0), "");
    assert_string_equal(pl_arena_printf(*state, "%s-%03d", text, 7), "Jello-007");
}

static void arrays_grow_and_keep_what_they_hold(void **state)
{
    int *numbers = NULL;
    size_t n = 0, cap = 0;

    for (int i = 0; i < 1000; i++)
        PL_PUSH(*state, numbers, n, cap, i);
    assert_int_equal(n, 1000);
    assert_true(cap >= 1000);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(numbers[i], i);
}

static char order[8];

static void note(void *object)
{
    size_t len = strlen(order);

    order[len] = *(char *)object;
    order[len + 1] = '\0';
}

static void deferred_run_last_first(void **state)
{
    struct pl_arena *arena = pl_arena_new();

    (void)state;
    order[0] = '\0';
    for (const char *c = "abc"; *c != '\0'; c++)
        pl_arena_defer(arena, note, pl_arena_strndup(arena, c, 1));
    pl_arena_free(arena);
    assert_string_equal(order, "cba");
    pl_arena_free(NULL);
}

/* Runs `fn` in a child; what it wrote to standard error, and its exit status. */
static int in_child(void (*fn)(void), char *text, size_t size)
{
    int ends[2], status = 0;
    size_t len = 0;
    ssize_t n;
    pid_t child;

    assert_int_equal(pipe(ends), 0);
    child = fork();
    if (child == 0) {
        (void)dup2(ends[1], STDERR_FILENO);
        (void)close(ends[0]);
        fn();
        _exit(99);
    }
    (void)close(ends[1]);
    while ((n = read(ends[0], text + len, size - 1 - len)) > 0)
        len += (size_t)n;
    text[len] = '\0';
    (void)close(ends[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void too_much(void)
{
    (void)pl_arena_array(pl_arena_new(), SIZE_MAX / 2, 4);
}

static void negative_size(void)
{
    (void)pl_arena_alloc(pl_arena_new(), SIZE_MAX - 8);
}

static void oom(void)
{
    pl_oom(12);
}

static void no_memory_ends_the_process(void **state)
{
    char text[200];

    (void)state;
    assert_int_equal(in_child(oom, text, sizeof text), 1);
    assert_string_equal(text, "plumbline: out of memory (12 bytes)\n");
    assert_int_equal(in_child(too_much, text, sizeof text), 1);
    assert_string_equal(text, "plumbline: out of memory (18446744073709551615 bytes)\n");
    assert_int_equal(in_child(negative_size, text, sizeof text), 1);
    assert_string_equal(text, "plumbline: out of memory (18446744073709551607 bytes)\n");
}

#if defined(__SANITIZE_ADDRESS__)
static volatile size_t beyond = 24;

static void overrun(void)
{
    char *block = pl_arena_alloc(pl_arena_new(), 24);

    block[beyond] = 1;
}

static void overruns_are_seen(void **state)
{
    char text[20000];

    (void)state;
    assert_int_not_equal(in_child(overrun, text, sizeof text), 99);
    assert_non_null(strstr(text, "use-after-poison"));
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_memory_ends_the_process),
#if defined(__SANITIZE_ADDRESS__)
        cmocka_unit_test(overruns_are_seen),
#endif
        cmocka_unit_test_setup_teardown(blocks_are_zeroed_aligned_and_apart, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test_setup_teardown(strings_are_copies, harness_arena, harness_arena_free),
        cmocka_unit_test_setup_teardown(arrays_grow_and_keep_what_they_hold, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test(deferred_run_last_first),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
