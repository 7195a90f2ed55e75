/* resolve.c - names to addresses, by c-ares on the loop: never by libcurl's or libpq's own resolver, which block.
 *
 * getaddrinfo(3) in a thread blocks the loop when its transfer is cancelled, and tells neither the rcode nor
 * "no data". c-ares reads resolv.conf, nsswitch.conf and /etc/hosts as libc does. Nothing is cached: the
 * phase is measured on every attempt, as a client that starts would meet it.
 */
#include <string.h>

#include "resolve_priv.h"

const char pl_lookup_cut_text[] =
    "the resolver cuts its answer short and gives no whole one over TCP";

/* c-ares status to class: probes.md 5.6; https://c-ares.org/docs/ares_getaddrinfo.html */
static const struct {
    int status;
    const char *class_name, *text;
} statuses[] = {
    {ARES_ENOTFOUND, "DNS_NXDOMAIN", "the name does not exist (NXDOMAIN)"},
    {ARES_ENONAME, "DNS_NXDOMAIN", "the name does not exist"},
    {ARES_ENODATA, "DNS_NODATA", "the name has no address"},
    {ARES_ESERVFAIL, "DNS_SERVFAIL", "the resolver answers SERVFAIL"},
    {ARES_EREFUSED, "DNS_REFUSED", "the resolver answers REFUSED"},
    {ARES_ENOTIMP, "DNS_REFUSED", "the resolver answers NOTIMP"},
    {ARES_ETIMEOUT, "DNS_TIMEOUT", "no answer from the resolver"},
    {ARES_ECONNREFUSED, "DNS_UNREACHABLE", "no resolver can be reached"},
    {ARES_EFORMERR, "DNS_MALFORMED", "the resolver calls the question broken (FORMERR)"},
    {ARES_EBADRESP, "DNS_MALFORMED", "the resolver's answer is broken"},
    {ARES_EBADNAME, "DNS_NXDOMAIN", "this is no name that can exist"},
    {ARES_ENOMEM, "SELF_MEMORY", "no memory for a look-up"},
    {ARES_EFILE, "SELF_CONFIG", "a resolver file cannot be read"},
};

struct resolver *pl_resolver_new(struct pl_arena *arena, struct pl_loop *loop, const char *servers,
                                 struct pl_err *err)
{
    struct resolver *r = PL_NEW(arena, struct resolver);
    int status = ares_library_init(ARES_LIB_INIT_ALL);

    r->arena = arena;
    r->loop = loop;
    if (status != ARES_SUCCESS) {
        pl_err_set(err, PL_E_INTERNAL, "the resolver library cannot start");
        return NULL;
    }
    if (pl_channel_open(r, RESOLVE_PLAIN, &status) == NULL) {
        pl_err_set(err, PL_E_INTERNAL, "the resolver cannot start: %s", ares_strerror(status));
    } else if (servers != NULL &&
               ares_set_servers_ports_csv(r->channels->ares, servers) != ARES_SUCCESS) {
        pl_err_set(err, PL_E_USAGE, "'%s' is no list of resolvers", servers);
    } else {
        r->servers = servers != NULL ? pl_arena_strdup(arena, servers) : NULL;
        return r;
    }
    pl_resolver_free(r);
    return NULL;
}

void pl_resolver_free(struct resolver *r)
{
    if (r == NULL)
        return;
    pl_timer_cancel(r->tick);
    r->tick = NULL;
    for (struct channel *c = r->channels; c != NULL; c = c->next)
        ares_destroy(c->ares);
    r->channels = NULL;
    ares_library_cleanup();
}

/* c-ares keeps no clock of its own: as long as something is asked, it is told the time often enough. */
static void on_tick(void *arg)
{
    struct resolver *r = arg;

    r->tick = NULL;
    for (struct channel *c = r->channels; c != NULL; c = c->next)
        if (c->lookup != NULL)
            ares_process_fd(c->ares, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
    if (r->pending > 0 && r->tick == NULL)
        r->tick = pl_loop_after(r->loop, 50 * 1000000LL, on_tick, r);
}

static void lookup_tell(struct lookup *l, const char *class_name, const char *detail)
{
    pl_resolved_fn *fn = l->fn;

    l->fn = NULL;
    if (fn != NULL)
        fn(l->arg, &l->addrs, class_name, detail);
}

static void on_literal(void *arg)
{
    struct lookup *l = arg;

    l->later = NULL;
    lookup_tell(l, NULL, NULL);
}

static void take_addresses(struct lookup *l, const struct ares_addrinfo *info)
{
    for (const struct ares_addrinfo_node *n = info->nodes; n != NULL; n = n->ai_next) {
        struct addr *a = &l->addrs.list[l->addrs.n];

        if (l->addrs.n == PROBE_MAX_ADDRS)
            l->addrs.left_out++;
        if (l->addrs.n == PROBE_MAX_ADDRS || n->ai_addrlen > (ares_socklen_t)sizeof(a->sa))
            continue;
        memcpy(&a->sa, n->ai_addr, (size_t)n->ai_addrlen);
        a->len = n->ai_addrlen;
        l->addrs.n++;
    }
}

static void ask(struct lookup *l, int flags);

/* By status; NULL where there is none. */
static const char *class_of(int status, const char **text)
{
    for (size_t i = 0; i < PL_LEN(statuses); i++)
        if (statuses[i].status == status) {
            *text = statuses[i].text;
            return statuses[i].class_name;
        }
    *text = ares_strerror(status);
    return "DNS_MALFORMED";
}

/* A look-up that had no socket here says nothing about the resolver; and one that answers by UDP alone can be reached. */
static const char *class_of_lookup(const struct lookup *l, int status, const char **text)
{
    if ((status != ARES_ECONNREFUSED && status != ARES_ETIMEOUT) || (l->lacks == 0 && !l->cut))
        return class_of(status, text);
    if (l->lacks == 0) {
        *text = pl_lookup_cut_text;
        return "DNS_MALFORMED";
    }
    *text = strerror(l->lack_sys);
    return pl_errno_class(l->lack_sys, l->resolver->source != NULL);
}

static void on_answer(void *arg, int status, int timeouts, struct ares_addrinfo *info)
{
    struct lookup *l = arg;
    const char *class_name, *text = NULL;

    (void)timeouts;
    pl_channel_leave(l);
    if (info != NULL)
        take_addresses(l, info);
    ares_freeaddrinfo(info);
    if (status == ARES_EDESTRUCTION || status == ARES_ECANCELLED || l->fn == NULL)
        return;
    if (status == ARES_SUCCESS && l->addrs.n > 0) {
        lookup_tell(l, NULL, NULL);
        return;
    }
    if (status == ARES_ECONNREFUSED && !l->second) {
        l->second = true;
        ask(l, RESOLVE_VERBATIM);
        return;
    }
    /* c-ares waits on after some refusals (it loses the error to the next query's send). */
    if (status == ARES_ETIMEOUT && l->errors > 0)
        status = ARES_ECONNREFUSED;
    class_name = class_of_lookup(l, status == ARES_SUCCESS ? ARES_ENODATA : status, &text);
    lookup_tell(l, class_name, text);
}

static void keep_time(struct resolver *r)
{
    if (r->pending > 0 && r->tick == NULL)
        r->tick = pl_loop_after(r->loop, 50 * 1000000LL, on_tick, r);
}

static void ask(struct lookup *l, int flags)
{
    /* ARES_AI_ENVHOSTS off: HOSTALIASES must not redirect a probe. */
    static const struct ares_addrinfo_hints hints = {.ai_family = AF_UNSPEC,
                                                     .ai_socktype = SOCK_STREAM};
    const char *class_name, *text = NULL;
    int status = ARES_SUCCESS;
    struct channel *c = pl_channel_take(l, flags, &status);

    if (c == NULL) {
        class_name = class_of(status, &text);
        lookup_tell(l, class_name, text);
        return;
    }
    ares_getaddrinfo(c->ares, l->host, NULL, &hints, on_answer, l);
    keep_time(l->resolver);
}

/* /etc/hosts answers at once: told from the loop all the same, so that no caller is re-entered. */
static void on_start(void *arg)
{
    struct lookup *l = arg;

    l->later = NULL;
    ask(l, RESOLVE_PLAIN);
}

struct lookup *pl_resolver_start(struct resolver *r, const char *host, int port, pl_resolved_fn *fn,
                                 void *arg)
{
    struct lookup *l = PL_NEW(r->arena, struct lookup);
    bool literal = pl_addr_literal(host, port, &l->addrs.list[0]);

    l->resolver = r;
    l->fn = fn;
    l->arg = arg;
    l->host = pl_arena_strdup(r->arena, host);
    l->addrs.n = literal ? 1 : 0;
    l->later = pl_loop_after(r->loop, 0, literal ? on_literal : on_start, l);
    return l;
}

/* ---- records ---- */

/* RFC 1035 section 4.1.1, in c-ares' words: those are what the table knows. */
static int status_of_rcode(unsigned rcode)
{
    static const int by_rcode[] = {ARES_SUCCESS,   ARES_EFORMERR, ARES_ESERVFAIL,
                                   ARES_ENOTFOUND, ARES_ENOTIMP,  ARES_EREFUSED};

    return rcode < PL_LEN(by_rcode) ? by_rcode[rcode] : ARES_EBADRESP;
}

static void on_records(void *arg, int status, int timeouts, unsigned char *bytes, int n)
{
    struct lookup *l = arg;
    pl_answered_fn *fn = l->answered;
    const char *class_name, *text = NULL;

    (void)timeouts;
    pl_channel_leave(l);
    l->answered = NULL;
    if (status == ARES_EDESTRUCTION || status == ARES_ECANCELLED || fn == NULL)
        return;
    if (status == ARES_SUCCESS && (bytes == NULL || n < 12))
        status = ARES_EBADRESP;
    if (status == ARES_SUCCESS)
        status = status_of_rcode(bytes[3] & 0x0fu);
    if (status == ARES_ETIMEOUT && l->errors > 0)
        status = ARES_ECONNREFUSED;
    if (status == ARES_SUCCESS) {
        fn(l->arg, bytes, (size_t)n, NULL, NULL);
        return;
    }
    class_name = class_of_lookup(l, status, &text);
    fn(l->arg, NULL, 0, class_name, text);
}

static void on_question(void *arg)
{
    struct lookup *l = arg;
    unsigned char *packet = NULL;
    const char *text = NULL, *class_name;
    int len = 0, status;
    pl_answered_fn *fn = l->answered;
    struct channel *c = NULL;

    l->later = NULL;
    status = ares_create_query(l->host, 1 /* IN */, l->type, 0, 1, &packet, &len, 0);
    if (status == ARES_SUCCESS)
        c = pl_channel_take(l, RESOLVE_VERBATIM, &status);
    if (c == NULL) {
        ares_free_string(packet);
        class_name = class_of(status, &text);
        l->answered = NULL;
        fn(l->arg, NULL, 0, class_name, text);
        return;
    }
    ares_send(c->ares, packet, len, on_records, l);
    ares_free_string(packet);
    keep_time(l->resolver);
}

struct lookup *pl_resolver_query(struct resolver *r, const char *name, int type, pl_answered_fn *fn,
                                 void *arg)
{
    struct lookup *l = PL_NEW(r->arena, struct lookup);

    *l = (struct lookup){.resolver = r,
                         .answered = fn,
                         .arg = arg,
                         .type = type,
                         .host = pl_arena_strdup(r->arena, name)};
    l->later = pl_loop_after(r->loop, 0, on_question, l);
    return l;
}

void pl_resolver_bind(struct resolver *r, const char *source)
{
    r->source = source;
}

struct resolver_seen pl_resolver_seen(const struct resolver *r)
{
    return r->seen;
}

bool pl_lookup_is_cut(const struct lookup *l)
{
    return l != NULL && l->cut;
}

void pl_lookup_cancel(struct lookup *l)
{
    if (l == NULL)
        return;
    l->fn = NULL;
    l->answered = NULL;
    if (l->later != NULL)
        pl_timer_cancel(l->later);
    l->later = NULL;
    if (l->channel != NULL)
        ares_cancel(l->channel->ares);
}
