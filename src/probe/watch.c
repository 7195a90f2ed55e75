/* watch.c - is a descriptor readable or writable: one libuv poll handle, that can be dropped at any moment.
 *
 * libuv frees a handle only after its close callback, so the handle lives on the heap and frees itself; the
 * descriptor is the caller's. A descriptor has one watch at a time (docs of uv_poll_t).
 */
#include "probe_priv.h"

struct watch {
    uv_poll_t poll;
    void (*fn)(void *arg, int events);
    void *arg;
};

static void on_poll(uv_poll_t *poll, int status, int events)
{
    struct watch *watch = poll->data;

    /* libuv says EBADF for any error and stops; the reader finds out which by its own read or write. */
    watch->fn(watch->arg, status < 0 ? UV_READABLE | UV_WRITABLE | WATCH_ERROR : events);
}

static void on_close(uv_handle_t *handle)
{
    pl_xfree(handle->data);
}

struct watch *pl_watch_open(struct pl_loop *loop, int fd, void (*fn)(void *arg, int events),
                            void *arg)
{
    struct watch *watch = pl_xrealloc(NULL, sizeof(*watch));

    if (uv_poll_init(pl_loop_uv(loop), &watch->poll, fd) != 0) {
        pl_xfree(watch);
        return NULL;
    }
    watch->poll.data = watch;
    watch->fn = fn;
    watch->arg = arg;
    return watch;
}

void pl_watch_set(struct watch *watch, int events)
{
    if (events == 0)
        uv_poll_stop(&watch->poll);
    else
        uv_poll_start(&watch->poll, events, on_poll);
}

void pl_watch_close(struct watch *watch)
{
    if (watch == NULL)
        return;
    uv_poll_stop(&watch->poll);
    uv_close((uv_handle_t *)&watch->poll, on_close);
}
