/* plumbline/loop.h [floor 1: src/io] - one event loop: libuv, with one libcurl multi handle driven by it.
 *
 * Everything that waits hangs on this loop; nothing blocks it. It also measures its own lag, so that a
 * starved prober never blames an endpoint.
 */
#ifndef PLUMBLINE_LOOP_H
#define PLUMBLINE_LOOP_H

#include <curl/curl.h>
#include <stdint.h>
#include <uv.h>

#include "plumbline/err.h"

struct pl_loop;

/* Initialises libcurl, ignores SIGPIPE. NULL and err on failure. */
struct pl_loop *pl_loop_new(struct pl_err *err);
/* Cancels what is under way (their callbacks are not called) and frees. NULL is fine. */
void pl_loop_free(struct pl_loop *loop);
uv_loop_t *pl_loop_uv(struct pl_loop *loop);

/* Runs until nothing is left to wait for, or pl_loop_stop. */
void pl_loop_run(struct pl_loop *loop);
void pl_loop_stop(struct pl_loop *loop);

/* Calls fn once after ns; cancel before it fires with the handle. */
struct pl_timer;
struct pl_timer *pl_loop_after(struct pl_loop *loop, int64_t ns, void (*fn)(void *arg), void *arg);
void pl_timer_cancel(struct pl_timer *timer); /* NULL is fine; not after it fired */

/* Adds an easy handle to the multi handle; done is called once, from the loop, after the handle was removed.
 * The caller owns the easy handle (and uses CURLOPT_PRIVATE and CURLOPT_CLOSESOCKETFUNCTION for
 * nothing, and neither adds nor removes handles from inside of a libcurl callback). Connections to one host are not limited here. */
int pl_loop_curl_add(struct pl_loop *loop, CURL *easy,
                     void (*done)(CURL *easy, CURLcode code, void *arg), void *arg,
                     struct pl_err *err) PL_MUST_USE;
/* Once it has finished it is handed out before others that have and are less urgent (0 to PL_LOOP_URGENCY_MAX). `finished` is called as soon
 * as it has, however many wait before it, and must not add or remove handles; or NULL. */
enum { PL_LOOP_URGENCY_MAX = 2 };
void pl_loop_curl_pace(CURL *easy, int urgency, void (*finished)(void *arg));
/* Takes it out again without calling done. */
void pl_loop_curl_remove(struct pl_loop *loop, CURL *easy);

/* The longest turn of the loop since the last call of this: how far off a measured time may be. */
int64_t pl_loop_take_lag_ns(struct pl_loop *loop);

#endif
