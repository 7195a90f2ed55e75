/* browser.c - browser.h by chromedriver on a port of its own choosing and libcurl. It dies with the test, and takes Chromium along.
 */
#include "browser.h"

#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <openssl/evp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness.h"
#include "plumbline/buf.h"
#include "plumbline/json.h"

struct browser {
    struct pl_arena *arena;
    pid_t driver; /* the leader of its group */
    int alive;    /* closed with this process: its end is the group's */
    int port;
    char *profile; /* an empty folder for the browser's own files */
    const char *session;
    CURL *curl;
};

/* ---- starting and stopping ---- */

static bool installed(const char *program)
{
    char command[128];
    snprintf(command, sizeof(command), "command -v %s >/dev/null 2>&1", program);
    return harness_shell(command);
}

/* A group of its own: this process waits for the test's end, however it ends, and then ends the group, Chromium included. */
static void run_driver(int out, int alive)
{
    char byte;
    setpgid(0, 0);
    if (fork() == 0) {
        dup2(out, STDOUT_FILENO);
        execlp("chromedriver", "chromedriver", "--port=0", "--log-level=SEVERE", (char *)NULL);
        _exit(127);
    }
    close(out);
    while (read(alive, &byte, 1) < 0 && errno == EINTR)
        continue;
    kill(0, SIGKILL);
    _exit(0);
}

/* "ChromeDriver was started successfully on port 41235." */
static int read_port(int in)
{
    char text[4096];
    size_t n = 0;
    ssize_t got;
    int port = 0;
    while (port == 0 && n + 1 < sizeof(text) &&
           (got = read(in, text + n, sizeof(text) - 1 - n)) > 0) {
        n += (size_t)got;
        text[n] = '\0';
        const char *said = strstr(text, "successfully on port ");
        if (said && strchr(said, '.'))
            port = (int)strtol(said + strlen("successfully on port "), NULL, 10);
    }
    return port;
}

static size_t keep(char *data, size_t size, size_t n, void *arg)
{
    pl_buf_add(arg, data, size * n);
    return size * n;
}

/* One request of WebDriver's (https://www.w3.org/TR/webdriver2/); its "value". */
static const struct pl_value *request(struct browser *b, struct pl_arena *arena, const char *path,
                                      const char *body)
{
    struct pl_buf answer = {0};
    struct pl_err err = {0};
    const char *url = pl_arena_printf(arena, "http://127.0.0.1:%d%s", b->port, path);
    curl_easy_reset(b->curl);
    curl_easy_setopt(b->curl, CURLOPT_URL, url);
    curl_easy_setopt(b->curl, CURLOPT_PROXY, "");
    curl_easy_setopt(b->curl, CURLOPT_TIMEOUT, 120L);
    curl_easy_setopt(b->curl, CURLOPT_WRITEFUNCTION, keep);
    curl_easy_setopt(b->curl, CURLOPT_WRITEDATA, &answer);
    if (body)
        curl_easy_setopt(b->curl, CURLOPT_POSTFIELDS, body);
    else
        curl_easy_setopt(b->curl, CURLOPT_CUSTOMREQUEST, "DELETE");
    if (curl_easy_perform(b->curl) != CURLE_OK)
        fail_msg("%s: no answer from chromedriver", path);
    const char *text = pl_buf_take(&answer, arena);
    const struct pl_value *v = pl_json_parse(arena, text, strlen(text), path, &err);
    if (!v)
        fail_msg("%s", err.text);
    v = pl_value_member(v, "value");
    if (pl_value_member_text(v, "error"))
        fail_msg("%s: %s", path, pl_value_member_text(v, "message"));
    return v;
}

static const char *capabilities(struct browser *b)
{
    /* No sandbox: tests run as root. What would ask somebody for something is off. */
    return pl_arena_printf(
        b->arena,
        "{\"capabilities\": {\"alwaysMatch\": {\"browserName\": \"chrome\", \"goog:loggingPrefs\": "
        "{\"browser\": \"ALL\", \"performance\": \"ALL\"}, \"goog:chromeOptions\": {\"args\": ["
        "\"--headless\", \"--no-sandbox\", \"--disable-gpu\", \"--disable-quic\", "
        "\"--no-first-run\", \"--disable-background-networking\", \"--disable-component-update\", "
        "\"--disable-sync\", \"--disable-dev-shm-usage\", \"--force-color-profile=srgb\", "
        "\"--hide-scrollbars\", \"--user-data-dir=%s\"]}}}}",
        b->profile);
}

struct browser *browser_start(void)
{
    int pipes[2], alive[2];
    if (!installed("chromium") || !installed("chromedriver"))
        return NULL;
    struct pl_arena *arena = pl_arena_new();
    struct browser *b = PL_NEW(arena, struct browser);
    *b = (struct browser){.arena = arena, .profile = harness_temp_dir(), .curl = curl_easy_init()};
    assert_int_equal(pipe2(pipes, O_CLOEXEC), 0);
    assert_int_equal(pipe2(alive, O_CLOEXEC), 0);
    b->driver = fork();
    if (b->driver == 0) {
        close(alive[1]);
        run_driver(pipes[1], alive[0]);
    }
    close(pipes[1]);
    close(alive[0]);
    b->alive = alive[1];
    b->port = read_port(pipes[0]);
    close(pipes[0]);
    if (b->port == 0)
        fail_msg("chromedriver did not start");
    const struct pl_value *v = request(b, arena, "/session", capabilities(b));
    b->session = pl_arena_printf(arena, "/session/%s", pl_value_member_text(v, "sessionId"));
    /* Away from the browser's own first page, which loads parts of itself. */
    request(b, arena, pl_arena_printf(arena, "%s/url", b->session), "{\"url\": \"about:blank\"}");
    return b;
}

void browser_stop(struct browser *b)
{
    if (!b)
        return;
    request(b, b->arena, b->session, NULL);
    close(b->alive);
    waitpid(b->driver, NULL, 0);
    curl_easy_cleanup(b->curl);
    harness_remove(b->profile);
    pl_arena_free(b->arena);
}

/* ---- commands ---- */

const struct pl_value *browser_command(struct browser *b, struct pl_arena *arena,
                                       const char *method, const char *params)
{
    return request(b, arena, pl_arena_printf(arena, "%s/goog/cdp/execute", b->session),
                   pl_arena_printf(arena, "{\"cmd\": \"%s\", \"params\": %s}", method, params));
}

static const char *quoted(struct pl_arena *arena, const char *text)
{
    struct pl_buf b = {0};
    pl_json_write_string(&b, text, strlen(text));
    return pl_buf_take(&b, arena);
}

const struct pl_value *browser_eval(struct browser *b, struct pl_arena *arena,
                                    const char *expression)
{
    const struct pl_value *v = browser_command(
        b, arena, "Runtime.evaluate",
        pl_arena_printf(arena,
                        "{\"expression\": %s, \"returnByValue\": true, \"awaitPromise\": true}",
                        quoted(arena, expression)));
    if (pl_value_member(v, "exceptionDetails"))
        fail_msg("%s: %s", expression, pl_json_text(arena, v));
    return pl_value_member(pl_value_member(v, "result"), "value");
}

bool browser_true(struct browser *b, struct pl_arena *arena, const char *expression)
{
    return pl_value_true(browser_eval(b, arena, expression));
}

double browser_number(struct browser *b, struct pl_arena *arena, const char *expression)
{
    const struct pl_value *v = browser_eval(b, arena, expression);
    return v && v->type == PL_REAL ? v->u.real : v && v->type == PL_INT ? (double)v->u.integer : -1;
}

static void set_window(struct browser *b, struct pl_arena *arena, int width, int height)
{
    browser_command(b, arena, "Emulation.setDeviceMetricsOverride",
                    pl_arena_printf(arena,
                                    "{\"width\": %d, \"height\": %d, \"deviceScaleFactor\": 1, "
                                    "\"mobile\": %s}",
                                    width, height, width < 600 ? "true" : "false"));
}

void browser_view(struct browser *b, struct pl_arena *arena, int width, int height,
                  const char *scheme, const char *media)
{
    set_window(b, arena, width, height);
    browser_command(b, arena, "Emulation.setEmulatedMedia",
                    pl_arena_printf(arena,
                                    "{\"media\": \"%s\", \"features\": [{\"name\": "
                                    "\"prefers-color-scheme\", \"value\": \"%s\"}]}",
                                    media, scheme));
}

void browser_open(struct browser *b, struct pl_arena *arena, const char *path)
{
    char *full = realpath(path, NULL);
    assert_non_null(full);
    const char *url = pl_arena_printf(arena, "file://%s", full);
    free(full);
    /* Returns when the page has loaded. */
    request(b, arena, pl_arena_printf(arena, "%s/url", b->session),
            pl_arena_printf(arena, "{\"url\": %s}", quoted(arena, url)));
}

void browser_press(struct browser *b, struct pl_arena *arena, const char *key, bool shift)
{
    static const struct {
        const char *key;
        int code;
        const char *text;
    } keys[] = {{"Tab", 9, ""}, {"Enter", 13, "\\r"}, {"Escape", 27, ""}, {"Backspace", 8, ""}};
    int code = 0;
    const char *text = key;
    for (size_t i = 0; i < PL_LEN(keys); i++)
        if (strcmp(keys[i].key, key) == 0) {
            code = keys[i].code;
            text = keys[i].text;
        }
    for (int up = 0; up < 2; up++)
        browser_command(b, arena, "Input.dispatchKeyEvent",
                        pl_arena_printf(arena,
                                        "{\"type\": \"%s\", \"key\": \"%s\", "
                                        "\"windowsVirtualKeyCode\": %d, \"modifiers\": %d%s}",
                                        up ? "keyUp" : "keyDown", key, code, shift ? 8 : 0,
                                        up || !*text
                                            ? ""
                                            : pl_arena_printf(arena, ", \"text\": \"%s\"", text)));
}

void browser_picture(struct browser *b, struct pl_arena *arena, const char *path)
{
    /* A window as high as the page: what is out of view is not laid out. */
    int width = (int)browser_number(b, arena, "innerWidth");
    int height = (int)browser_number(b, arena, "innerHeight");
    for (int i = 0; i < 3; i++)
        set_window(b, arena, width,
                   (int)browser_number(b, arena, "document.documentElement.scrollHeight"));
    const char *text =
        pl_value_member_text(browser_command(b, arena, "Page.captureScreenshot", "{}"), "data");
    set_window(b, arena, width, height);
    size_t len = strlen(text);
    unsigned char *bytes = pl_arena_alloc(arena, len);
    int n = EVP_DecodeBlock(bytes, (const unsigned char *)text, (int)len);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, (size_t)n, f), n);
    assert_int_equal(fclose(f), 0);
}

const struct pl_value *browser_log(struct browser *b, struct pl_arena *arena, const char *type)
{
    return request(b, arena, pl_arena_printf(arena, "%s/se/log", b->session),
                   pl_arena_printf(arena, "{\"type\": \"%s\"}", type));
}
