/* test_session.c - sessions of TLS: one share a host, however the URL goes on. Whether sessions are taken up is seen in tests/e2e/test_streams.sh. */
#include "harness.h"

#include "io_priv.h"

static void a_host_has_its_own(void **state)
{
    struct io_sessions *all = NULL;
    CURLSH *first = io_sessions_of(&all, "https://compute.googleapis.com/compute/v1/projects?a=b");

    (void)state;
    assert_non_null(first);
    assert_ptr_equal(io_sessions_of(&all, "https://compute.googleapis.com"), first);
    assert_ptr_equal(io_sessions_of(&all, "https://compute.googleapis.com?x=https://h/"), first);
    assert_ptr_not_equal(io_sessions_of(&all, "https://compute.googleapis.com:444/"), first);
    assert_ptr_not_equal(io_sessions_of(&all, "https://compute.googleapis.com.example/"), first);
    assert_ptr_not_equal(io_sessions_of(&all, "https://compute.googleapis"), first);
    assert_ptr_not_equal(io_sessions_of(&all, "http://compute.googleapis.com/"), first);
    assert_non_null(io_sessions_of(&all, ""));
    assert_ptr_equal(io_sessions_of(&all, "https://compute.googleapis.com/"), first);
    io_sessions_free(all);
    io_sessions_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_host_has_its_own),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
