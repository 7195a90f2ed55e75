/* test_report_html.c - the HTML report: well formed, inert whatever a name holds, and what it says; the browser's word is in
 * test_html_browser.c.
 *
 * PAGES=FOLDER in the environment leaves the pages of all fixtures there, to be looked at.
 */
#include <stdlib.h>

#include "report_fixture_large.h"
#include "report_fixture_past.h"
#include "report_golden.h"

static const char *page(struct pl_arena *a, const struct pl_run *run)
{
    return written_as(a, "html", run);
}

static void leave(struct pl_arena *a, const char *name, const char *text)
{
    if (getenv("PAGES"))
        harness_write(pl_arena_printf(a, "%s/%s.html", getenv("PAGES"), name), text);
}

static size_t count(const char *text, const char *what)
{
    size_t n = 0;
    for (; (text = strstr(text, what)); text += strlen(what))
        n++;
    return n;
}

/* Elements that are never closed: https://html.spec.whatwg.org/multipage/syntax.html#void-elements */
static bool is_void(const char *name)
{
    static const char *const names[] = {"meta", "input", "!doctype"};
    for (size_t i = 0; i < PL_LEN(names); i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

/* Every element that is opened is closed, in turn; style and script are skipped. */
static void check_nesting(struct pl_arena *a, const char *text)
{
    const char *open[64];
    size_t n = 0;
    for (const char *s = text; (s = strchr(s, '<')); s++) {
        bool closes = s[1] == '/';
        size_t len = strcspn(s + 1 + closes, " >");
        const char *name = pl_arena_strndup(a, s + 1 + closes, len);
        if (closes) {
            assert_true(n > 0);
            assert_string_equal(name, open[--n]);
        } else if (!is_void(name) && s[strcspn(s, ">") - 1] != '/') {
            assert_true(n < PL_LEN(open));
            open[n++] = name;
        }
        if (!closes && (strcmp(name, "style") == 0 || strcmp(name, "script") == 0))
            s = strstr(s, pl_arena_printf(a, "</%s>", name)) - 1;
    }
    assert_int_equal(n, 0);
}

static void pages_are_well_formed(void **state)
{
    struct pl_arena *a = *state;
    for (size_t i = 0; i < PL_LEN(fixtures); i++) {
        ROW("%s", fixtures[i].name);
        const char *text = page(a, fixtures[i].make(a));
        check_nesting(a, text);
        leave(a, fixtures[i].name, text);
    }
    check_nesting(a, page(a, run_past(a)));
    leave(a, "past", page(a, run_past(a)));
    leave(a, "five-hundred", page(a, run_large(a, 500)));
    leave(a, "large", page(a, run_large(a, 5000)));
}

/* The page without its style sheet, its script and what names them by their hash: an element a line. */
static void golden(void **state)
{
    static const struct {
        const char *name;
        struct pl_run *(*make)(struct pl_arena *);
    } small_and_rich[] = {{"clean", run_clean}, {"night", run_night}};
    struct pl_arena *a = *state;
    for (size_t i = 0; i < PL_LEN(small_and_rich); i++) {
        const char *text = page(a, small_and_rich[i].make(a));
        const char *from = strstr(text, "<body"), *to = strstr(text, "<script>");
        struct pl_buf b = {0};
        assert_true(from && to);
        for (const char *s = from; s < to; s++) {
            pl_buf_addc(&b, *s);
            if (s[0] == '>' && s[1] == '<')
                pl_buf_addc(&b, '\n');
        }
        check_golden(a, "html", pl_arena_printf(a, "%s.html", small_and_rich[i].name), &b);
    }
}

/* What a page could ask for or run: https://html.spec.whatwg.org/multipage/indices.html#attributes-3. */
static void nothing_is_asked_for(void **state)
{
    static const char *const never[] = {" src=",   " srcset=", "http-equiv=\"refresh",
                                        " style=", " onclick", "<link",
                                        "<img",    "<iframe",  "<object",
                                        "@import", "url("};
    struct pl_arena *a = *state;
    for (size_t i = 0; i < PL_LEN(fixtures); i++) {
        const char *text = page(a, fixtures[i].make(a));
        for (size_t j = 0; j < PL_LEN(never); j++) {
            ROW("%s %s", fixtures[i].name, never[j]);
            assert_null(strstr(text, never[j]));
        }
        assert_int_equal(count(text, "href=\""), count(text, "href=\"#"));
        assert_int_equal(count(text, "<script"), 1);
        assert_int_equal(count(text, "<style"), 1);
    }
}

static void hostile_text_is_harmless(void **state)
{
    struct pl_arena *a = *state;
    const char *text = page(a, run_hostile(a));
    const char *body = strstr(text, "<body class=\"whole\">"), *script = strstr(text, "<script>");
    for (const char *s = body; s < script; s++)
        assert_true(*s == '\n' || (*s >= 0x20 && *s < 0x7f) || (*s & 0x80));
    assert_non_null(strstr(body, "\\x1b[31mred|`tick` ```\\x0a&#60;script&#62;alert(1)"));
    assert_null(strstr(text, "\xe2\x80\xae"));
    assert_null(strstr(text, "<script>alert"));
}

static void says_what_the_run_says(void **state)
{
    static const char *const wanted[] = {
        "<title>failing: 4 failing connections and 6 drifted fields at or above low</title>",
        "<li class=\"block\"><b>wiring</b><span>blocks</span></li>",
        "<li class=\"unknown\"><b>peering</b><span>not known</span></li>",
        "3 alarms, 1 cause",
        "Cause, proven",
        "<h4>Fails with it: 2 connections</h4>",
        "only passes on the failure of <a href=\"#p1\"><code>auth-to-db</code></a>",
        "<i>--update-env-vars=POSTGRES_PORT=5432</i></code></pre>",
        "Step 2a</b> mends worker-to-api, only together with step 2b",
        "Ruled out: drift that is there and does not cause this",
        "<code>nats[name=main]</code>",
        "2 connections hang on it: <a href=\"#p1\"><code>auth-to-db</code></a> <span",
        "<b>Check</b><pre><code>gcloud sql instances describe main",
    };
    struct pl_arena *a = *state;
    const char *text = page(a, run_night(a));
    for (size_t i = 0; i < PL_LEN(wanted); i++) {
        ROW("%s", wanted[i]);
        assert_non_null(strstr(text, wanted[i]));
    }
    assert_null(
        strstr(text, "<b>nat</b><span>")); /* does not apply: in the evidence, not on the path */
}

static void says_what_earlier_runs_say(void **state)
{
    static const char *const wanted[] = {
        "<h3>Since run 20261119T100000Z-1111: 1 new, 1 changed, 1 ongoing, 1 not known, 1 "
        "resolved</h3>",
        "<span class=\"st failing\">new</span> <code>auth-to-db</code> refused</p>",
        "<span class=\"st degraded\">changed</span> <code>worker-to-api</code> refused (before: "
        "connect_timeout)",
        "<span class=\"st ok\">resolved</span> <code>here-to-web</code>",
        "<h3>13 runs, this one the last</h3>",
        "aria-label=\"connections that fail, oldest run first: 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, "
        "4\"",
        "<b>confirmed</b> <code>here-to-web</code>",
        "<span class=\"since\">new</span></h3>",
        "<span class=\"since\">changed, since 2026-11-18T10:00:00Z</span></h3>",
    };
    struct pl_arena *a = *state;
    const char *text = page(a, run_past(a));
    for (size_t i = 0; i < PL_LEN(wanted); i++) {
        ROW("%s", wanted[i]);
        assert_non_null(strstr(text, wanted[i]));
    }
    assert_null(strstr(text, "<span class=\"st \">ongoing")); /* counted only */
    assert_non_null(strstr(page(a, run_night(a)), "No history was kept"));
}

#define IN_ARENA(test) cmocka_unit_test_setup_teardown(test, harness_arena, harness_arena_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_ARENA(pages_are_well_formed),  IN_ARENA(golden),
        IN_ARENA(nothing_is_asked_for),   IN_ARENA(hostile_text_is_harmless),
        IN_ARENA(says_what_the_run_says), IN_ARENA(says_what_earlier_runs_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
