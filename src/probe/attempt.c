/* attempt.c - the life of one attempt: name, connection, type, deadline; and the one place where it ends.
 *
 * Time is kept by phase: what an attempt spent in each, without the waiting at a barrier, so that a latency is
 * never our own waiting. An attempt ends once (pass or fail); it is freed from the loop later, so that a
 * type may end it anywhere and return.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "plumbline/clock.h"
#include "plumbline/snapshot.h"
#include "plumbline/utf8.h"
#include "proxy_priv.h"

/* The deadline's class is the phase in which it fell (probes.md 5.3, rows of CURLE 28). */
static const struct {
    const char *class_name, *what;
} limits[PHASE_COUNT] = {
    [PHASE_RESOLVE] = {"DNS_TIMEOUT", "no answer from the resolver"},
    [PHASE_CONNECT] = {"NET_CONNECT_TIMEOUT", "no answer"},
    [PHASE_PROXY] = {"IO_TTFB_TIMEOUT", "connected, no word"},
    [PHASE_TLS] = {"TLS_TIMEOUT", "connected, no answer to the TLS handshake"},
    [PHASE_FIRST_BYTE] = {"IO_TTFB_TIMEOUT", "connected, no answer"},
    [PHASE_BODY] = {"IO_BODY_TIMEOUT", "the answer began and did not end"},
    [PHASE_WAIT] = {"SELF_CANCELLED", "waited for the others"},
};

static void on_ended(void *arg)
{
    pl_schedule_ended(arg);
}

/* Read while the certificates are still there; of a look, or after another's, there is nothing to say. */
static void keep_peer_tls(struct attempt *a)
{
    struct target *t = a->target;

    if (t->peer_tls == NULL && a->type == t->type && !a->introduces)
        t->peer_tls = pl_peer_tls_read(a->run->arena, &a->seen);
    if (a->note == NULL && a->class_name != NULL && strncmp(a->class_name, "TLS_", 4) == 0 &&
        t->peer_tls != NULL && a->seen.n_chain > 0)
        a->note = pl_certificate_words(a->run->arena, &t->peer_tls->chain[0]);
    pl_tls_seen_free(&a->seen);
}

/* Gives everything back that an attempt holds outside its arena. */
static void let_go(struct attempt *a)
{
    pl_timer_cancel(a->timer);
    a->timer = NULL;
    pl_lookup_cancel(a->lookup);
    a->lookup = NULL;
    pl_schedule_resolving(a, false);
    pl_dial_cancel(a);
    if (a->type->cancel != NULL && a->own != NULL)
        a->type->cancel(a);
    pl_stream_close(a);
    pl_tunnel_end(a);
    pl_slot_leave(a);
}

static void end(struct attempt *a)
{
    a->over = true;
    pl_schedule_note_lag(a->run);
    pl_attempt_phase(a, PHASE_WAIT);
    keep_peer_tls(a);
    let_go(a);
    a->timer = pl_loop_after(a->run->loop, 0, on_ended, a);
}

void pl_attempt_pass(struct attempt *a)
{
    if (a->over)
        return;
    a->class_name = NULL;
    end(a);
}

/* What fails before a proxy has led anywhere is not the endpoint's. */
static bool is_proxys(const struct attempt *a, const char *class_name)
{
    return a->proxy != NULL && !a->through && !pl_class_is_ours(class_name) &&
           strcmp(class_name, "NET_PROXY") != 0;
}

/* As much as there is room for; what is cut ends in dots, and not in the middle of a character. */
static void keep_detail(struct attempt *a, const char *before, const char *text, const char *behind)
{
    size_t room = sizeof(a->detail) - strlen(before) - strlen(behind) - 1, n = strlen(text);
    bool cut = n > room;

    n = cut ? pl_utf8_cut(text, n, room - 3) : n;
    snprintf(a->detail, sizeof(a->detail), "%s%.*s%s%s", before, (int)n, text, cut ? "..." : "",
             behind);
}

void pl_attempt_fail(struct attempt *a, const char *class_name, int code, const char *fmt, ...)
{
    const char *text;
    struct pl_buf visible = {0};
    bool proxys = is_proxys(a, class_name),
         either = proxys && a->forwarded && a->phase > PHASE_PROXY;
    va_list args;

    if (a->over)
        return;
    va_start(args, fmt);
    text = pl_redact_named(a->arena, "detail", pl_arena_vprintf(a->arena, fmt, args), NULL);
    va_end(args);
    /* Some of it may be the peer's: nothing of it reaches a terminal raw. */
    pl_buf_add_visible(&visible, text, strlen(text));
    keep_detail(a, proxys && !either ? "the proxy: " : "", pl_buf_str(&visible),
                either ? " (the proxy's doing or the endpoint's: nothing tells which)" : "");
    pl_buf_free(&visible);
    if (proxys)
        class_name = "NET_PROXY";
    a->class_name = class_name;
    a->code = code;
    end(a);
}

void pl_attempt_gone(struct attempt *a, bool reset)
{
    if (reset)
        pl_attempt_fail(a, "IO_RESET", 0, "%s reset the connection where an answer was due",
                        a->peer_text);
    else if (a->phase == PHASE_BODY)
        pl_attempt_fail(a, "IO_TRUNCATED", 0, "%s hung up in the middle of its answer",
                        a->peer_text);
    else
        pl_attempt_fail(a, "IO_CLOSED_EMPTY", 0, "%s hung up without an answer", a->peer_text);
}

static void on_deadline(void *arg)
{
    struct attempt *a = arg;
    char limit[32];
    int64_t late;

    a->timer = NULL;
    pl_schedule_note_lag(a->run);
    snprintf(limit, sizeof(limit), "%.3g s", (double)a->timeout_ns / 1e9);
    late = a->lag_ns - a->lag_before_ns + pl_lags_since(&a->run->lags, a->lag_since);
    /* A limit that this process overslept says nothing about the peer: what it sent may not have been read yet. */
    if (late > a->timeout_ns / 4)
        pl_attempt_fail(a, "SELF_OVERLOAD", 0,
                        "the limit of %s passed while this process was itself late by %.0f ms",
                        limit, pl_ms(late));
    else if ((a->type->limit != NULL && a->type->limit(a)) || pl_dial_limit(a))
        return;
    else if (pl_lookup_is_cut(a->lookup))
        pl_attempt_fail(a, "DNS_MALFORMED", 0, "'%s': %s", a->asked, pl_lookup_cut_text);
    else if (a->phase == PHASE_RESOLVE)
        pl_attempt_fail(a, "DNS_TIMEOUT", 0, "%s for '%s' within %s", limits[a->phase].what,
                        a->asked, limit);
    else if (a->phase == PHASE_PROXY && !a->forwarded)
        pl_attempt_fail(a, "NET_PROXY", 0,
                        "the proxy %s does not say within %s that it reaches %s:%d: it hangs, or "
                        "what is behind it does",
                        a->peer_text, limit, pl_attempt_host(a), pl_attempt_port(a));
    else
        pl_attempt_fail(a, limits[a->phase].class_name, 0, "%s from %s within %s",
                        limits[a->phase].what, a->peer_text, limit);
}

int64_t pl_attempt_left(const struct attempt *a)
{
    int64_t left = a->deadline - pl_clock_mono_ns();

    return left > 0 ? left : 0;
}

static void arm(struct attempt *a, int64_t ns)
{
    pl_timer_cancel(a->timer);
    a->deadline = pl_clock_mono_ns() + ns;
    a->timer = pl_loop_after(a->run->loop, ns, on_deadline, a);
}

void pl_attempt_extend(struct attempt *a, int64_t ns)
{
    if (a->over)
        return;
    pl_attempt_event(a);
    a->lag_before_ns = a->lag_ns;
    arm(a, ns);
}

void pl_attempt_event(struct attempt *a)
{
    /* libcurl shakes hands in two answers, of which only the end is seen here. */
    int64_t lag, spent;

    pl_schedule_note_lag(a->run);
    lag = pl_lags_since(&a->run->lags, a->lag_since);
    if (a->lag_phase_ns > lag)
        lag = a->lag_phase_ns;
    lag *= a->phase == PHASE_TLS ? 2 : 1;
    spent = pl_clock_mono_ns() - a->lag_since;
    if (a->phase != PHASE_WAIT)
        a->lag_ns += lag < spent ? lag : spent;
    a->lag_phase_ns = 0;
    a->lag_since += spent;
}

void pl_attempt_phase(struct attempt *a, enum phase phase)
{
    int64_t now;
    enum phase left = a->phase;

    if (phase == a->phase)
        return;
    pl_attempt_event(a);
    now = pl_clock_mono_ns();
    a->spent[a->phase] = (a->spent[a->phase] > 0 ? a->spent[a->phase] : 0) + now - a->phase_since;
    a->phase = phase;
    a->phase_since = now;
    if (a->spent[phase] < 0)
        a->spent[phase] = 0;
    if (phase == PHASE_TLS)
        pl_paced_shaking(a);
    else if (left == PHASE_TLS)
        pl_paced_shaken(a, pl_attempt_left(a) > 0);
}

const char *pl_attempt_host(const struct attempt *a)
{
    if (a->pinned && a->target->job->dial_host != NULL)
        return a->target->job->dial_host;
    return a->pinned && a->target->spec->address != NULL ? a->target->spec->address : a->host;
}

int pl_attempt_port(const struct attempt *a)
{
    if (a->look_port != 0)
        return a->look_port;
    return a->pinned && a->target->job->dial_host != NULL ? a->target->job->dial_port : a->port;
}

static void dial(struct attempt *a)
{
    int port = a->proxy != NULL ? a->proxy->port : pl_attempt_port(a);

    for (size_t i = 0; i < a->addrs.n; i++) {
        struct addr *to = &a->addrs.list[i];

        if (to->sa.ss_family == AF_INET)
            ((struct sockaddr_in *)&to->sa)->sin_port = htons((uint16_t)port);
        else if (to->sa.ss_family == AF_INET6)
            ((struct sockaddr_in6 *)&to->sa)->sin6_port = htons((uint16_t)port);
    }
    if (pl_slot_take(a)) {
        pl_attempt_phase(a, PHASE_CONNECT);
        pl_dial_start(a);
        return;
    }
    pl_attempt_phase(a, PHASE_WAIT);
    pl_timer_cancel(a->timer);
    a->timer = NULL;
}

/* What the peer, and the way there, have had of the limit. */
static void go_on(struct attempt *a, enum phase phase)
{
    int64_t used = 0;

    for (size_t i = 0; i < PHASE_WAIT; i++)
        used += a->spent[i] > 0 ? a->spent[i] : 0;
    arm(a, used < a->timeout_ns ? a->timeout_ns - used : 1);
    pl_attempt_phase(a, phase);
}

static void on_slot(void *arg)
{
    struct attempt *a = arg;

    a->timer = NULL;
    go_on(a, PHASE_CONNECT);
    pl_dial_start(a);
}

void pl_attempt_unpark(struct attempt *a)
{
    a->timer = pl_loop_after(a->run->loop, 0, on_slot, a);
}

/* By turns one of each family, beginning with the resolver's first choice: RFC 8305 section 4. */
static void interleave(struct addrs *all)
{
    struct addrs out = {.n = 0, .left_out = all->left_out};
    bool taken[PROBE_MAX_ADDRS] = {false};
    int last = 0;

    while (out.n < all->n) {
        size_t pick = all->n;

        for (size_t i = all->n; i-- > 0;)
            if (!taken[i] && (pick == all->n || all->list[i].sa.ss_family != last ||
                              all->list[pick].sa.ss_family == last))
                pick = i;
        taken[pick] = true;
        last = all->list[pick].sa.ss_family;
        out.list[out.n++] = all->list[pick];
    }
    *all = out;
}

/* Keeps those of the wanted family, then the one whose turn it is: by the list that was told first, as resolvers turn theirs round. */
static void choose_addresses(struct attempt *a)
{
    struct target *t = a->target;
    int wanted = t->spec->family == 4 ? AF_INET : t->spec->family == 6 ? AF_INET6 : AF_UNSPEC;
    size_t kept = 0;

    for (size_t i = 0; i < a->addrs.n; i++)
        if (wanted == AF_UNSPEC || a->addrs.list[i].sa.ss_family == wanted)
            a->addrs.list[kept++] = a->addrs.list[i];
    a->addrs.n = kept;
    interleave(&a->addrs);
    if (!t->spec->each_address || !a->pinned || a->type != t->type || a->introduces || kept == 0)
        return;
    if (t->each == NULL) {
        t->each = PL_NEW(a->run->arena, struct addrs);
        *t->each = a->addrs;
        t->main_left += ((int)kept - 1) * (t->main_left + (t->stage == STAGE_MAIN));
    }
    a->each_at = t->next_each++ % t->each->n;
    a->addrs.list[0] = t->each->list[a->each_at];
    a->addrs.n = 1;
}

static void on_resolved(void *arg, const struct addrs *addrs, const char *class_name,
                        const char *detail)
{
    struct attempt *a = arg;

    a->lookup = NULL;
    pl_schedule_resolving(a, false);
    if (class_name != NULL) {
        pl_attempt_fail(a, class_name, 0, "'%s': %s", a->asked, detail);
        return;
    }
    a->addrs = *addrs;
    choose_addresses(a);
    if (a->addrs.n == 0)
        pl_attempt_fail(a, "DNS_NODATA", 0, "'%s': the name has no IPv%d address", a->asked,
                        a->target->spec->family);
    else
        dial(a);
}

bool pl_is_socket_path(const char *host)
{
    return host != NULL && host[0] == '/';
}

const char *pl_attempt_name(const struct attempt *a)
{
    if (a->pinned && a->target->spec->server_name != NULL)
        return a->target->spec->server_name;
    return pl_is_socket_path(a->host) ? "localhost" : a->host;
}

/* PostgreSQL is told the folder of its sockets, as libpq's `host` is. */
static const char *socket_path(const struct attempt *a)
{
    if (a->target->spec->type != PL_PROBE_POSTGRES)
        return a->host;
    return pl_arena_printf(a->arena, "%s/.s.PGSQL.%d", a->host,
                           a->look_port != 0 ? a->look_port : a->port);
}

static void resolve(struct attempt *a)
{
    const char *name = pl_attempt_host(a);

    a->proxy = pl_proxy_for(a);
    a->forwarded = pl_proxy_forwards(a);
    a->through = false;
    if (a->proxy != NULL) {
        name = a->proxy->host;
        if (a->target->went_through == NULL)
            a->target->went_through = a->proxy->shown;
    } else if (pl_is_socket_path(name)) {
        name = socket_path(a);
    }
    a->asked = name;
    if (pl_addr_literal(name, a->port, &a->addrs.list[0])) {
        a->addrs.n = 1;
        dial(a);
        return;
    }
    pl_schedule_resolving(a, true);
    a->lookup = pl_resolver_start(a->run->resolver, name, a->port, on_resolved, a);
}

void pl_attempt_start(struct attempt *a)
{
    for (size_t i = 0; i < PHASE_COUNT; i++)
        a->spent[i] = -1;
    a->released_at = -1;
    a->phase = PHASE_RESOLVE;
    a->phase_since = a->lag_since = pl_clock_mono_ns();
    a->spent[PHASE_RESOLVE] = 0;
    a->asked = a->host;
    if (pl_is_socket_path(a->host))
        snprintf(a->peer_text, sizeof(a->peer_text), "%s", a->host);
    else
        snprintf(a->peer_text, sizeof(a->peer_text), "%s:%d", a->host, a->port);
    arm(a, a->timeout_ns);
    if (a->type->start != NULL)
        a->type->start(a);
    else
        resolve(a);
}

void pl_attempt_move(struct attempt *a)
{
    keep_peer_tls(a); /* of the target's own host, not of where it sends its clients */
    pl_tunnel_end(a);
    pl_slot_leave(a);
    a->pinned = false;
    a->peer = NULL;
    pl_attempt_phase(a, PHASE_RESOLVE);
    resolve(a);
}

void pl_attempt_ready(struct attempt *a)
{
    pl_attempt_phase(a, PHASE_WAIT);
    /* Bounded all the same: the barrier opens when the last of the others is ready or over. */
    pl_timer_cancel(a->timer);
    a->timer = NULL;
    a->waiting = true;
    pl_schedule_waiting(a);
}

void pl_attempt_release(struct attempt *a)
{
    a->waiting = false;
    go_on(a, PHASE_FIRST_BYTE);
    a->released_at = a->phase_since;
    a->type->release(a);
}
