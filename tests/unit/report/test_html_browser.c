/* test_html_browser.c - the HTML report in a real browser: silent, asks nobody for anything, inert, searchable, readable, reachable by keyboard.
 *
 * PICTURES=FOLDER in the environment leaves screenshots there, to be looked at.
 */
#include <stdio.h>
#include <stdlib.h>

#include "browser.h"
#include "html_browser_checks.h"
#include "plumbline/json.h"
#include "report_fixture_hostile.h"
#include "report_fixture_large.h"

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
        if (!strstr(text, pl_arena_printf(a, "%s/%s.html", folder, name)))
            fail_msg("%s", text);
    }
    assert_int_equal(requests, 1);
}

static const char *text_of(struct pl_arena *a, const char *expression)
{
    const char *text = pl_value_text(browser_eval(browser, a, expression));
    assert_non_null(text);
    return text;
}

static void pages_are_quiet(void **state)
{
    struct pl_arena *a = *state;
    for (size_t i = 0; i < PL_LEN(fixtures); i++) {
        open_run(a, fixtures[i].name, fixtures[i].make(a));
        assert_true(browser_true(browser, a, "document.getElementById('search').hidden === false"));
        check_quiet(a, fixtures[i].name);
        assert_string_equal(text_of(a, disorder), "");
        assert_string_equal(text_of(a, foreign), "");
    }
}

/* ---- what a name may hold ---- */

/* The same page as with a plain word, but for the text in it; nothing ran, nothing was asked for. */
static void names_are_inert(void **state)
{
    static struct pl_run *(*const runs[])(struct pl_arena *) = {hostile_audit, hostile_gate,
                                                                hostile_past};
    const char *before = hostile_text;
    for (size_t r = 0; r < PL_LEN(runs); r++) {
        struct pl_arena *a = *state;
        const char *plain[2];
        for (int colon = 0; colon < 2; colon++) { /* behind a colon stands the path of a field */
            hostile_text = colon ? "plain:word" : "plain";
            open_run(a, "inert", runs[r](a));
            plain[colon] = text_of(a, skeleton);
        }
        for (size_t i = 0; i < PL_LEN(injections); i++) {
            a = pl_arena_new();
            hostile_text = injections[i];
            open_run(a, "inert", runs[r](a));
            ROW("%zu %s", r, injections[i]);
            check_quiet(a, "inert");
            assert_true(browser_true(browser, a, "window.owned === undefined"));
            assert_string_equal(text_of(a, foreign), "");
            if (*injections[i])
                assert_string_equal(text_of(a, skeleton),
                                    plain[strchr(injections[i], ':') != NULL]);
            pl_arena_free(a);
        }
    }
    hostile_text = before;
}

/* ---- searching ---- */

static int shown(struct pl_arena *a, const char *selector)
{
    return (int)browser_number(
        browser, a,
        pl_arena_printf(a,
                        "Array.from(document.querySelectorAll('%s')).filter(e => "
                        "e.checkVisibility()).length",
                        selector));
}

static void wait_until(struct pl_arena *a, const char *expression)
{
    assert_true(browser_true(
        browser, a,
        pl_arena_printf(
            a,
            "new Promise(done => { const end = performance.now() + 20000; const look = "
            "() => { if (%s) done(true); else if (performance.now() > end) done(false); "
            "else setTimeout(look, 20); }; look(); })",
            expression)));
}

static void words_and_severity_are_found(void **state)
{
    struct pl_arena *a = *state;
    open_run(a, "search", run_night(a));
    browser_view(browser, a, DESK, 800, "light", "screen");
    int all = shown(a, ".f");
    assert_true(all > 12);
    browser_eval(browser, a, "document.getElementById('q').focus()");
    for (const char *s = "e2-micro"; *s; s++)
        browser_press(browser, a, pl_arena_printf(a, "%c", *s), false);
    wait_until(a, "document.getElementById('found').textContent.startsWith('1 of ')");
    assert_int_equal(shown(a, "#drift .res"), 1);
    assert_int_equal(shown(a, ".f"), 1);
    browser_press(browser, a, "Escape", false);
    assert_int_equal(shown(a, ".f"), all);
    assert_string_equal(text_of(a, "document.getElementById('found').textContent"), "");
    browser_eval(browser, a,
                 "(() => { const s = document.getElementById('sev'); s.value = '3'; "
                 "s.dispatchEvent(new Event('change')); })()");
    /* The problem, the cascade in it, the drift, and the connection in the table. */
    assert_int_equal(shown(a, ".f"), 4);
    assert_int_equal(shown(a, "#p2"), 0);
    check_quiet(a, "search");
}

static void commands_are_copied_as_they_are(void **state)
{
    struct pl_arena *a = *state;
    open_run(a, "copy", run_night(a));
    browser_eval(browser, a,
                 "window.copied = null; Object.defineProperty(navigator, 'clipboard', "
                 "{value: {writeText: t => { window.copied = t; return "
                 "Promise.resolve(); }}}); document.querySelector('#s1 button').click()");
    assert_string_equal(text_of(a, "window.copied"),
                        "gcloud run services update auth --region=us-central1 --project=acme "
                        "--update-env-vars=POSTGRES_PORT=5432");
    wait_until(a, "document.querySelector('#s1 button').textContent === 'Copied'");
}

/* Without its script the page is whole: no search that does nothing, everything else there. */
static void the_page_is_whole_without_its_script(void **state)
{
    struct pl_arena *a = *state;
    open_run(a, "bare", run_night(a));
    int all = shown(a, ".f");
    browser_command(browser, a, "Emulation.setScriptExecutionDisabled", "{\"value\": true}");
    open_run(a, "bare", run_night(a));
    assert_int_equal(shown(a, "#search"), 0);
    assert_int_equal(shown(a, "button"), 0);
    assert_int_equal(shown(a, ".f"), all);
    browser_command(browser, a, "Emulation.setScriptExecutionDisabled", "{\"value\": false}");
}

/* ---- keyboard, screen readers, eyes ---- */

static void keys_reach_everything_in_order(void **state)
{
    static const char *const first[] = {"a", "a", "a"};
    struct pl_arena *a = *state;
    open_run(a, "keys", run_night(a));
    browser_view(browser, a, DESK, 800, "light", "screen");
    size_t wanted = (size_t)browser_number(
        browser, a,
        "Array.from(document.querySelectorAll('a,button,input,select,summary,[tabindex=\"0\"]'))"
        ".filter(e => e.checkVisibility()).length");
    assert_true(wanted > 30);
    browser_eval(browser, a, "window.order = []");
    for (size_t i = 0; i < wanted; i++) {
        browser_press(browser, a, "Tab", false);
        const char *at = text_of(a, focused);
        if (i < PL_LEN(first))
            assert_string_equal(at, first[i]);
        assert_null(strstr(at, " unseen"));
        browser_eval(browser, a, "window.order.push(document.activeElement)");
    }
    /* Each once, in the order of the page. */
    assert_true(browser_true(
        browser, a,
        "new Set(order).size === order.length && order.every((e, i) => i === 0 || "
        "order[i - 1].compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING)"));
    /* The first leads past the navigation. */
    browser_eval(browser, a,
                 "document.activeElement.blur(); document.querySelector('.skip').focus()");
    browser_press(browser, a, "Enter", false);
    wait_until(a, "document.activeElement.id === 'main'");
}

static size_t of_role(const struct pl_value *nodes, const char *role)
{
    size_t n = 0;
    for (size_t i = 0; i < pl_value_count(nodes); i++) {
        const struct pl_value *node = pl_value_item(nodes, i);
        const char *is = pl_value_member_text(pl_value_member(node, "role"), "value");
        n += is && strcmp(is, role) == 0 && !pl_value_true(pl_value_member(node, "ignored"));
    }
    return n;
}

static void readers_are_told_what_is_what(void **state)
{
    static const int widths[] = {PHONE, DESK};
    struct pl_arena *a = *state;
    open_run(a, "roles", run_night(a));
    for (size_t i = 0; i < PL_LEN(widths); i++) {
        browser_view(browser, a, widths[i], 800, "light", "screen");
        const struct pl_value *nodes = pl_value_member(
            browser_command(browser, a, "Accessibility.getFullAXTree", "{}"), "nodes");
        ROW("%d: %zu nodes", widths[i], pl_value_count(nodes));
        assert_int_equal(of_role(nodes, "banner"), 1);
        assert_int_equal(of_role(nodes, "navigation"), 1);
        assert_int_equal(of_role(nodes, "search"), 1);
        assert_int_equal(of_role(nodes, "main"), 1);
        assert_int_equal(of_role(nodes, "contentinfo"), 1);
        assert_int_equal(of_role(nodes, "article"), 2);
        assert_int_equal(of_role(nodes, "searchbox"), 1);
        assert_true(of_role(nodes, "table") >=
                    7); /* on a phone, too, where rows are laid out as grids */
        assert_true(of_role(nodes, "listitem") > 20);
    }
}

static void everything_can_be_read(void **state)
{
    static const struct {
        int width;
        const char *scheme, *media;
    } views[] = {{PHONE, "light", "screen"}, {PHONE, "dark", "screen"}, {DESK, "light", "screen"},
                 {DESK, "dark", "screen"},   {718, "light", "print"},   {718, "dark", "print"}};
    struct pl_arena *a = *state;
    for (size_t i = 0; i < PL_LEN(fixtures); i++) {
        open_run(a, fixtures[i].name, fixtures[i].make(a));
        browser_eval(browser, a,
                     "document.querySelectorAll('details').forEach(d => d.open = true)");
        for (size_t v = 0; v < PL_LEN(views); v++) {
            browser_view(browser, a, views[v].width, 800, views[v].scheme, views[v].media);
            ROW("%s %d %s %s", fixtures[i].name, views[v].width, views[v].scheme, views[v].media);
            assert_int_equal(browser_number(browser, a, "document.documentElement.scrollWidth"),
                             views[v].width);
            assert_string_equal(text_of(a, faint), "");
        }
    }
}

static void paper_shows_what_is_folded(void **state)
{
    struct pl_arena *a = *state;
    open_run(a, "paper", run_night(a));
    browser_view(browser, a, DESK, 800, "dark", "");
    browser_eval(browser, a,
                 "addEventListener('beforeprint', () => { window.folded = "
                 "document.querySelectorAll('details:not([open])').length; "
                 "window.bar = getComputedStyle(document.querySelector('.bar')).display; })");
    const char *pdf = pl_value_member_text(
        browser_command(
            browser, a, "Page.printToPDF",
            "{\"paperWidth\": 8.27, \"paperHeight\": 11.69, \"printBackground\": true}"),
        "data");
    assert_non_null(pdf);
    assert_memory_equal(pdf, "JVBERi0", 7); /* "%PDF-" */
    assert_int_equal(browser_number(browser, a, "window.folded"), 0);
    wait_until(a, "document.querySelectorAll('details[open]').length === 0");
    browser_view(browser, a, 718, 800, "light", "print");
    assert_int_equal(shown(a, ".bar"), 0);
    assert_int_equal(shown(a, "button"), 0);
    assert_true(shown(a, "pre") > 5);
}

/* ---- size ---- */

static void thousands_are_small_and_quick(void **state)
{
    struct pl_arena *a = *state;
    struct pl_buf b = {0};
    struct pl_run *run = run_large(a, 5000);
    pl_report_find("html")->write(&b, run, &(struct pl_report_style){0});
    ROW("%zu bytes", b.len);
    assert_in_range(b.len, 1000000, 5000000);
    pl_buf_free(&b);
    open_run(a, "large", run);
    browser_view(browser, a, DESK, 800, "light", "screen");
    browser_number(browser, a, typed); /* once to read the page in */
    double ms = browser_number(browser, a, typed);
    ROW("a search takes %.0f ms", ms);
    assert_string_equal(text_of(a, foreign), "");
    assert_true(browser_true(browser, a, "document.body.className === 'brief'"));
    check_quiet(a, "large");
}

/* ---- to be looked at ---- */

static struct pl_run *run_five_hundred(struct pl_arena *a)
{
    return run_large(a, 500);
}

static struct pl_run *run_twelve(struct pl_arena *a)
{
    return run_large(a, 12);
}

static void pictures(void **state)
{
    static const struct fixture more[] = {{"twelve", run_twelve},
                                          {"five-hundred", run_five_hundred}};
    static const int widths[] = {PHONE, DESK};
    static const char *const schemes[] = {"light", "dark"};
    struct pl_arena *a = *state;
    if (!getenv("PICTURES"))
        return;
    for (size_t i = 0; i < PL_LEN(fixtures) + PL_LEN(more); i++) {
        const struct fixture *x = i < PL_LEN(fixtures) ? &fixtures[i] : &more[i - PL_LEN(fixtures)];
        open_run(a, x->name, x->make(a));
        for (size_t w = 0; w < PL_LEN(widths); w++)
            for (size_t s = 0; s < PL_LEN(schemes); s++) {
                browser_view(browser, a, widths[w], 800, schemes[s], "screen");
                browser_picture(browser, a,
                                pl_arena_printf(a, "%s/%s-%d-%s.png", getenv("PICTURES"), x->name,
                                                widths[w], schemes[s]));
            }
    }
}

#define IN_ARENA(test) cmocka_unit_test_setup_teardown(test, harness_arena, harness_arena_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_ARENA(pages_are_quiet),
        IN_ARENA(names_are_inert),
        IN_ARENA(words_and_severity_are_found),
        IN_ARENA(commands_are_copied_as_they_are),
        IN_ARENA(the_page_is_whole_without_its_script),
        IN_ARENA(keys_reach_everything_in_order),
        IN_ARENA(readers_are_told_what_is_what),
        IN_ARENA(everything_can_be_read),
        IN_ARENA(paper_shows_what_is_folded),
        IN_ARENA(thousands_are_small_and_quick),
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
