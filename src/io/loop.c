/* loop.c - libuv's loop and libcurl's multi handle, tied together by curl_multi_socket_action.
 *
 * https://curl.se/libcurl/c/curl_multi_socket_action.html. libcurl is never called from inside of its own
 * callbacks: those only set watches and the timer. Requests are http.c, probes are elsewhere; nothing here
 * knows what a transfer is for.
 */
#include "plumbline/loop.h"

#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "plumbline/clock.h"

#include "io_priv.h"

/* A socket of libcurl's that is polled. */
struct watch {
    uv_poll_t poll; /* first: closed through a uv_handle_t */
    struct pl_loop *loop;
    int fd, events;
};

/* Where a transfer is. */
enum stage { UNDER_WAY, FINISHED, STAGES = FINISHED + PL_LOOP_URGENCY_MAX + 1 };

struct transfer {
    struct transfer *prev, *next;
    int stage;                   /* FINISHED: the most urgent ones; others behind it */
    int urgency;                 /* 0 to PL_LOOP_URGENCY_MAX */
    void (*finished)(void *arg); /* or NULL */
    CURL *easy;
    CURLcode code; /* finished */
    void (*done)(CURL *easy, CURLcode code, void *arg);
    void *arg;
};

struct pl_timer {
    uv_timer_t timer; /* first */
    struct pl_timer *prev, *next;
    struct pl_loop *loop;
    int64_t due_ns;
    void (*fn)(void *arg);
    void *arg;
};

/* After so much of handing out it is time to read again. */
#define HAND_OUT_NS INT64_C(250000)

struct pl_loop {
    uv_loop_t uv;
    uv_check_t check;
    uv_timer_t curl_timer;
    bool stopped;   /* pl_loop_stop, in this run */
    uv_idle_t more; /* runs while finished transfers wait to be handed out */
    CURLM *multi;
    struct io_sessions *sessions;
    struct watch **watches; /* by descriptor */
    size_t n_watches;
    struct {
        struct transfer *first, *last;
    } transfers[STAGES];
    struct pl_timer *timers;
    struct io_hook *hooks;
    int64_t turn_ns, worst_ns; /* start of this turn; longest since asked */
    uint64_t turn_idle_ns;     /* libuv's idle time at that start */
};

/* Doubly linked lists by their members prev and next. */
#define LINK(list, node)                                                                           \
    do {                                                                                           \
        (node)->prev = NULL;                                                                       \
        (node)->next = (list);                                                                     \
        if ((list) != NULL)                                                                        \
            (list)->prev = (node);                                                                 \
        (list) = (node);                                                                           \
    } while (0)
#define UNLINK(list, node)                                                                         \
    do {                                                                                           \
        if ((node)->prev != NULL)                                                                  \
            (node)->prev->next = (node)->next;                                                     \
        else                                                                                       \
            (list) = (node)->next;                                                                 \
        if ((node)->next != NULL)                                                                  \
            (node)->next->prev = (node)->prev;                                                     \
    } while (0)

/* ---- Watches ---------------------------------------------------------------------------------- */

static void free_handle(uv_handle_t *handle)
{
    pl_xfree(handle);
}

static struct watch *watch_of(const struct pl_loop *loop, int fd)
{
    return fd >= 0 && (size_t)fd < loop->n_watches ? loop->watches[fd] : NULL;
}

static void unwatch(struct pl_loop *loop, int fd)
{
    struct watch *w = watch_of(loop, fd);

    if (w == NULL)
        return;
    loop->watches[fd] = NULL;
    (void)uv_poll_stop(&w->poll);
    uv_close((uv_handle_t *)&w->poll, free_handle);
}

static void sort_finished(struct pl_loop *loop);

static void act(struct pl_loop *loop, curl_socket_t fd, int flags)
{
    int running;

    (void)curl_multi_socket_action(loop->multi, fd, flags, &running);
    sort_finished(loop);
}

static void on_poll(uv_poll_t *poll, int status, int events)
{
    struct watch *w = poll->data;
    struct pl_loop *loop = w->loop;
    int fd = w->fd, flags = 0;

    if (status == 0) {
        flags |= events & UV_READABLE ? CURL_CSELECT_IN : 0;
        flags |= events & UV_WRITABLE ? CURL_CSELECT_OUT : 0;
        act(loop, fd, flags);
        return;
    }
    /* libuv stops a handle whose socket has an error, and libcurl, which may go on with it, only tells of
     * changes: start again whatever is still wanted. */
    act(loop, fd, CURL_CSELECT_ERR | CURL_CSELECT_IN | CURL_CSELECT_OUT);
    if (watch_of(loop, fd) == w && uv_poll_start(&w->poll, w->events, on_poll) < 0)
        unwatch(loop, fd);
}

static struct watch *new_watch(struct pl_loop *loop, int fd)
{
    struct watch *w = pl_xrealloc(NULL, sizeof *w);

    *w = (struct watch){.loop = loop, .fd = fd};
    if (uv_poll_init_socket(&loop->uv, &w->poll, fd) < 0) {
        pl_xfree(w);
        return NULL;
    }
    w->poll.data = w;
    while ((size_t)fd >= loop->n_watches) {
        size_t n = loop->n_watches < 64 ? 64 : loop->n_watches * 2;

        loop->watches = pl_xrealloc(loop->watches, n * sizeof(struct watch *));
        memset(loop->watches + loop->n_watches, 0, (n - loop->n_watches) * sizeof(struct watch *));
        loop->n_watches = n;
    }
    loop->watches[fd] = w;
    return w;
}

/* CURLMOPT_SOCKETFUNCTION. A socket that cannot be watched ends in the transfer's own deadline. */
static int on_curl_socket(CURL *easy, curl_socket_t fd, int what, void *arg, void *socket_arg)
{
    struct pl_loop *loop = arg;
    struct watch *w = watch_of(loop, fd);
    int events = (what & CURL_POLL_IN ? UV_READABLE : 0) | (what & CURL_POLL_OUT ? UV_WRITABLE : 0);

    (void)easy;
    (void)socket_arg;
    if (what == CURL_POLL_REMOVE) {
        unwatch(loop, fd);
        return 0;
    }
    if (w == NULL && (w = new_watch(loop, fd)) == NULL)
        return 0;
    /* Told again for each transfer that joins a connection. */
    if (w->events == events && uv_is_active((uv_handle_t *)&w->poll))
        return 0;
    w->events = events;
    if (uv_poll_start(&w->poll, w->events, on_poll) < 0)
        unwatch(loop, fd);
    return 0;
}

/* CURLOPT_CLOSESOCKETFUNCTION: libcurl can close a socket before it says CURL_POLL_REMOVE
 * (https://github.com/curl/curl/issues/14976), and libuv aborts on a descriptor that is gone. */
static int on_curl_close(void *arg, curl_socket_t fd)
{
    unwatch(arg, fd);
    return close(fd);
}

static void on_curl_timer(uv_timer_t *timer)
{
    act(timer->data, CURL_SOCKET_TIMEOUT, 0);
}

/* CURLMOPT_TIMERFUNCTION: one shot, -1 deletes; 0 must not act from here but from the loop. */
static int set_curl_timer(CURLM *multi, long ms, void *arg)
{
    struct pl_loop *loop = arg;

    (void)multi;
    if (ms < 0)
        return uv_timer_stop(&loop->curl_timer);
    uv_update_time(&loop->uv);
    return uv_timer_start(&loop->curl_timer, on_curl_timer, (uint64_t)ms, 0);
}

/* ---- Transfers -------------------------------------------------------------------------------- */

static struct transfer *transfer_of(CURL *easy)
{
    char *private = NULL;

    (void)curl_easy_getinfo(easy, CURLINFO_PRIVATE, &private);
    return (struct transfer *)(void *)private;
}

static void enter(struct pl_loop *loop, struct transfer *t, int stage)
{
    t->stage = stage;
    t->next = NULL;
    t->prev = loop->transfers[stage].last;
    *(t->prev != NULL ? &t->prev->next : &loop->transfers[stage].first) = t;
    loop->transfers[stage].last = t;
}

static void leave(struct pl_loop *loop, struct transfer *t)
{
    *(t->prev != NULL ? &t->prev->next : &loop->transfers[t->stage].first) = t->next;
    *(t->next != NULL ? &t->next->prev : &loop->transfers[t->stage].last) = t->prev;
}

/* Takes the handle out of the multi handle; a copy of what belongs to it. */
static struct transfer release(struct pl_loop *loop, struct transfer *t)
{
    struct transfer copy = *t;

    leave(loop, t);
    (void)curl_multi_remove_handle(loop->multi, t->easy);
    (void)curl_easy_setopt(t->easy, CURLOPT_PRIVATE, NULL);
    pl_xfree(t);
    return copy;
}

static struct transfer *most_urgent(const struct pl_loop *loop)
{
    struct transfer *next = NULL;

    for (int i = FINISHED; i < STAGES && next == NULL; i++)
        next = loop->transfers[i].first;
    return next;
}

/* Hands what is finished to whoever waits for it, the most urgent one first. Many short ones go in one turn, a long one alone: so that all that has
 * come meanwhile is read before the next is chosen, and what was started is on its way. */
static void hand_out(uv_idle_t *idle)
{
    struct pl_loop *loop = idle->data;
    int64_t begun = pl_clock_mono_ns();
    struct transfer *next;

    do {
        next = most_urgent(loop);
        if (next == NULL) {
            (void)uv_idle_stop(&loop->more);
            return;
        }
        struct transfer t = release(loop, next);

        t.done(t.easy, t.code, t.arg);
        sort_finished(loop);
    } while (!loop->stopped && pl_clock_mono_ns() - begun < HAND_OUT_NS);
}

static void sort_finished(struct pl_loop *loop)
{
    CURLMsg *msg;
    int left = 0;

    while ((msg = curl_multi_info_read(loop->multi, &left)) != NULL) {
        struct transfer *t = transfer_of(msg->easy_handle);

        if (msg->msg != CURLMSG_DONE || t == NULL)
            continue;
        t->code = msg->data.result;
        leave(loop, t);
        enter(loop, t, FINISHED + PL_LOOP_URGENCY_MAX - t->urgency);
        (void)uv_idle_start(&loop->more, hand_out);
        if (t->finished != NULL)
            t->finished(t->arg);
    }
}

int pl_loop_curl_add(struct pl_loop *loop, CURL *easy,
                     void (*done)(CURL *easy, CURLcode code, void *arg), void *arg,
                     struct pl_err *err)
{
    struct transfer *t;
    CURLMcode code;

    if (transfer_of(easy) != NULL)
        return pl_err_set(err, PL_E_INTERNAL, "cannot start a transfer that is under way");
    t = pl_xrealloc(NULL, sizeof *t);
    *t = (struct transfer){.easy = easy, .done = done, .arg = arg};
    (void)curl_easy_setopt(easy, CURLOPT_PRIVATE, t);
    (void)curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    (void)curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, on_curl_close);
    (void)curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, loop);
    code = curl_multi_add_handle(loop->multi, easy);
    if (code != CURLM_OK) {
        (void)curl_easy_setopt(easy, CURLOPT_PRIVATE, NULL);
        pl_xfree(t);
        return pl_err_set(err, PL_E_INTERNAL, "cannot start a transfer: %s",
                          curl_multi_strerror(code));
    }
    enter(loop, t, UNDER_WAY);
    return 0;
}

void pl_loop_curl_pace(CURL *easy, int urgency, void (*finished)(void *arg))
{
    struct transfer *t = transfer_of(easy);

    if (t == NULL)
        return;
    t->urgency = urgency < PL_LOOP_URGENCY_MAX ? urgency : PL_LOOP_URGENCY_MAX;
    t->finished = finished;
}

void pl_loop_curl_remove(struct pl_loop *loop, CURL *easy)
{
    struct transfer *t = transfer_of(easy);

    if (t != NULL)
        (void)release(loop, t);
}

/* ---- Timers ----------------------------------------------------------------------------------- */

static void close_timer(struct pl_timer *timer)
{
    UNLINK(timer->loop->timers, timer);
    uv_close((uv_handle_t *)&timer->timer, free_handle);
}

static void note_lag(struct pl_loop *loop, int64_t ns)
{
    if (ns > loop->worst_ns)
        loop->worst_ns = ns;
}

static void on_timer(uv_timer_t *handle)
{
    struct pl_timer *timer = handle->data;

    if (pl_clock_mono_ns() < timer->due_ns) { /* libuv's clock drops what is below a millisecond */
        (void)uv_timer_start(handle, on_timer, 1, 0);
        return;
    }
    /* A late timer also tells of a process that was not given the processor. */
    note_lag(timer->loop, pl_clock_mono_ns() - timer->due_ns);
    close_timer(timer);
    timer->fn(timer->arg); /* memory stays until the loop has closed the handle */
}

struct pl_timer *pl_loop_after(struct pl_loop *loop, int64_t ns, void (*fn)(void *arg), void *arg)
{
    struct pl_timer *timer = pl_xrealloc(NULL, sizeof *timer);
    int64_t ms = ns <= 0 ? 0 : (ns - 1) / 1000000 + 1; /* never early */

    *timer = (struct pl_timer){.loop = loop, .fn = fn, .arg = arg};
    timer->due_ns = pl_clock_mono_ns() + ms * 1000000;
    (void)uv_timer_init(&loop->uv, &timer->timer);
    timer->timer.data = timer;
    uv_update_time(&loop->uv); /* libuv counts from its own, older, idea of now */
    (void)uv_timer_start(&timer->timer, on_timer, (uint64_t)ms, 0);
    LINK(loop->timers, timer);
    return timer;
}

void pl_timer_cancel(struct pl_timer *timer)
{
    if (timer != NULL)
        close_timer(timer);
}

/* ---- The loop --------------------------------------------------------------------------------- */

/* Time since the turn began that was not spent waiting in the kernel. */
static int64_t busy_ns(struct pl_loop *loop)
{
    uint64_t idle = uv_metrics_idle_time(&loop->uv) - loop->turn_idle_ns;

    return pl_clock_mono_ns() - loop->turn_ns - (int64_t)idle;
}

static void begin_turn(struct pl_loop *loop)
{
    loop->turn_ns = pl_clock_mono_ns();
    loop->turn_idle_ns = uv_metrics_idle_time(&loop->uv);
}

/* Runs after each round of polling and its callbacks. */
static void on_check(uv_check_t *check)
{
    struct pl_loop *loop = check->data;

    note_lag(loop, busy_ns(loop));
    begin_turn(loop);
}

int64_t pl_loop_take_lag_ns(struct pl_loop *loop)
{
    int64_t worst;

    if (loop->turn_ns != 0) /* this turn, as far as it has come */
        note_lag(loop, busy_ns(loop));
    worst = loop->worst_ns;
    loop->worst_ns = 0;
    return worst;
}

uv_loop_t *pl_loop_uv(struct pl_loop *loop)
{
    return &loop->uv;
}

void pl_loop_run(struct pl_loop *loop)
{
    loop->stopped = false;
    begin_turn(loop);
    (void)uv_run(&loop->uv, UV_RUN_DEFAULT);
    loop->turn_ns = 0;
}

void pl_loop_stop(struct pl_loop *loop)
{
    loop->stopped = true;
    uv_stop(&loop->uv);
}

void io_loop_hook(struct pl_loop *loop, struct io_hook *hook)
{
    LINK(loop->hooks, hook);
}

void io_loop_unhook(struct pl_loop *loop, struct io_hook *hook)
{
    UNLINK(loop->hooks, hook);
}

struct io_sessions **io_loop_sessions(struct pl_loop *loop)
{
    return &loop->sessions;
}

static CURLM *new_multi(struct pl_loop *loop)
{
    CURLM *multi = curl_multi_init();

    if (multi == NULL)
        return NULL;
    (void)curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, on_curl_socket);
    (void)curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, loop);
    (void)curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, set_curl_timer);
    (void)curl_multi_setopt(multi, CURLMOPT_TIMERDATA, loop);
    (void)curl_multi_setopt(multi, CURLMOPT_PIPELINING, (long)CURLPIPE_MULTIPLEX);
    /* No limit of connections per host here: a probe of N handshakes at once must not be queued. Whoever
     * sends many requests limits them by what the API allows. */
    (void)curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, 64L);
    return multi;
}

struct pl_loop *pl_loop_new(struct pl_err *err)
{
    struct pl_loop *loop;
    int failed;

    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        (void)pl_err_set(err, PL_E_INTERNAL, "cannot initialise libcurl");
        return NULL;
    }
    (void)signal(SIGPIPE, SIG_IGN); /* OpenSSL and libpq write to closed sockets */
    loop = pl_xrealloc(NULL, sizeof *loop);
    *loop = (struct pl_loop){0};
    failed = uv_loop_init(&loop->uv);
    if (failed < 0) {
        (void)pl_err_set(err, PL_E_INTERNAL, "cannot start the event loop: %s",
                         uv_strerror(failed));
        pl_xfree(loop);
        curl_global_cleanup();
        return NULL;
    }
    (void)uv_loop_configure(&loop->uv, UV_METRICS_IDLE_TIME);
    (void)uv_timer_init(&loop->uv, &loop->curl_timer);
    loop->curl_timer.data = loop;
    (void)uv_idle_init(&loop->uv, &loop->more);
    loop->more.data = loop;
    (void)uv_check_init(&loop->uv, &loop->check);
    loop->check.data = loop;
    (void)uv_check_start(&loop->check, on_check);
    uv_unref((uv_handle_t *)&loop->check);
    loop->multi = new_multi(loop);
    if (loop->multi == NULL)
        pl_oom(sizeof *loop);
    return loop;
}

/* Closes what somebody left open on the loop; its memory is theirs. */
static void close_rest(uv_handle_t *handle, void *arg)
{
    (void)arg;
    if (!uv_is_closing(handle))
        uv_close(handle, NULL);
}

void pl_loop_free(struct pl_loop *loop)
{
    if (loop == NULL)
        return;
    while (loop->hooks != NULL)
        loop->hooks->drop(loop->hooks);
    for (size_t i = 0; i < STAGES; i++)
        while (loop->transfers[i].first != NULL)
            (void)release(loop, loop->transfers[i].first);
    (void)curl_multi_cleanup(loop->multi); /* closes connections, so watches, too */
    io_sessions_free(loop->sessions);
    for (size_t i = 0; i < loop->n_watches; i++)
        unwatch(loop, (int)i);
    while (loop->timers != NULL)
        close_timer(loop->timers);
    uv_walk(&loop->uv, close_rest, NULL);
    (void)uv_run(&loop->uv, UV_RUN_DEFAULT);
    (void)uv_loop_close(&loop->uv);
    pl_xfree(loop->watches);
    pl_xfree(loop);
    curl_global_cleanup();
}
