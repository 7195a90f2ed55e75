/* browser.h - a real browser without a window, for tests: Debian's Chromium, driven by chromium-driver.
 *
 * One page at a time, from a file. Commands are those of Chrome's DevTools protocol
 * (https://chromedevtools.github.io/devtools-protocol/), sent through WebDriver. A command that the browser refuses ends the test.
 */
#ifndef BROWSER_H
#define BROWSER_H

#include <stdbool.h>

#include "plumbline/value.h"

struct browser;

/* NULL where chromium or chromedriver is not installed. The test ends where they are and do not start. */
struct browser *browser_start(void);
void browser_stop(struct browser *b); /* NULL is fine */

/* The result of one command; `params` is a JSON object. */
const struct pl_value *browser_command(struct browser *b, struct pl_arena *arena,
                                       const char *method, const char *params);
/* The value of an expression in the page, a promise's when it is kept. An exception ends the test. */
const struct pl_value *browser_eval(struct browser *b, struct pl_arena *arena,
                                    const char *expression);
bool browser_true(struct browser *b, struct pl_arena *arena, const char *expression);
double browser_number(struct browser *b, struct pl_arena *arena, const char *expression);

/* What pages see: the size of the window, "light" or "dark", "screen" or "print". */
void browser_view(struct browser *b, struct pl_arena *arena, int width, int height,
                  const char *scheme, const char *media);
/* Opens a file and waits until it is read whole. */
void browser_open(struct browser *b, struct pl_arena *arena, const char *path);
/* A key, pressed and released: "Tab", "Enter", "Escape", or a letter. */
void browser_press(struct browser *b, struct pl_arena *arena, const char *key, bool shift);
/* The whole page as it is seen, as PNG. */
void browser_picture(struct browser *b, struct pl_arena *arena, const char *path);

/* What the console said ("browser") or the network did ("performance") since it was last asked: a list. */
const struct pl_value *browser_log(struct browser *b, struct pl_arena *arena, const char *type);

#endif
