/* test_html_browser.c - the HTML report in a real browser: silent, asks nobody for anything, inert, searchable, readable, reachable by keyboard.
 *
 * PICTURES=FOLDER in the environment leaves screenshots there, to be looked at.
 */
#include <stdio.h>
#include <stdlib.h>

#include "browser.h"
#include "plumbline/json.h"
#include "report_fixture.h"

enum { PHONE = 360, DESK = 1280 };

static struct browser *browser;
static char *folder;

static int stop(void **state)
{
    (void)state;
    browser_stop(browser);
    harness_remove(folder);
    return 0;
}

static void open_run(struct pl_arena *a, const char *name, const struct pl_run *run)
{
    struct pl_buf b = {0};
    const char *path = pl_arena_printf(a, "%s/%s.html", folder, name);
    pl_report_find("html")->write(&b, run, &(struct pl_report_style){0});
    harness_write(path, pl_buf_take(&b, a));
    (void)browser_log(browser, a, "browser");
    (void)browser_log(browser, a, "performance");
    browser_open(browser, a, path);
}

static const char *json(struct pl_arena *a, const struct pl_value *v)
{
    return v ? pl_json_text(a, v) : "";
}

/* No word in the console; no request but for the page itself. */
static void check_quiet(struct pl_arena *a, const char *name)
{
    const struct pl_value *said = browser_log(browser, a, "browser");
    ROW("%s: %s", name, json(a, said));
    assert_int_equal(pl_value_count(said), 0);
    const struct pl_value *log = browser_log(browser, a, "performance");
    size_t requests = 0;
    for (size_t i = 0; i < pl_value_count(log); i++) {
        const char *text = pl_value_member_text(pl_value_item(log, i), "message");
        if (!strstr(text, "\"Network.requestWillBeSent\""))
            continue;
        requests++;
        ROW("%s", text);
        assert_non_null(strstr(text, pl_arena_printf(a, "%s/%s.html", folder, name)));
    }
    assert_int_equal(requests, 1);
}

static void pages_are_quiet(void **state)
{
    struct pl_arena *a = *state;
    for (size_t i = 0; i < PL_LEN(fixtures); i++) {
        open_run(a, fixtures[i].name, fixtures[i].make(a));
        assert_true(browser_true(browser, a, "document.getElementById('search').hidden === false"));
        check_quiet(a, fixtures[i].name);
    }
}

static void pictures(void **state)
{
    static const int widths[] = {PHONE, DESK};
    static const char *const schemes[] = {"light", "dark"};
    struct pl_arena *a = *state;
    for (size_t i = 0; i < PL_LEN(fixtures); i++) {
        open_run(a, fixtures[i].name, fixtures[i].make(a));
        for (size_t w = 0; w < PL_LEN(widths); w++)
            for (size_t s = 0; s < PL_LEN(schemes); s++) {
                browser_view(browser, a, widths[w], 800, schemes[s], "screen");
                ROW("%s %d %s", fixtures[i].name, widths[w], schemes[s]);
                assert_int_equal(browser_number(browser, a, "document.documentElement.scrollWidth"),
                                 widths[w]);
                if (getenv("PICTURES"))
                    browser_picture(browser, a,
                                    pl_arena_printf(a, "%s/%s-%d-%s.png", getenv("PICTURES"),
                                                    fixtures[i].name, widths[w], schemes[s]));
            }
    }
}

#define IN_ARENA(test) cmocka_unit_test_setup_teardown(test, harness_arena, harness_arena_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_ARENA(pages_are_quiet),
        IN_ARENA(pictures),
    };
    browser = browser_start();
    if (!browser) {
        puts("skipped: the HTML report in a browser, chromium or chromium-driver is not installed");
        return 77;
    }
    folder = harness_temp_dir();
    return cmocka_run_group_tests(tests, NULL, stop);
}
