/* host.c - the hosts that a run talks to: who connects first, who goes ahead for a connection, when one more is wanted, which are not there.
 *
 * Calls wait here and not in libcurl, which knows nothing of what follows from them. Queues, tries and answers are transport.c's.
 */
#include "gcp_priv.h"

#include <string.h>

#include "plumbline/clock.h"

struct pl_gcp_host *pl_gcp_host_find(struct pl_gcp *gcp, const char *name)
{
    struct pl_gcp_host *host;

    for (size_t i = 0; i < gcp->n_hosts; i++)
        if (strcmp(gcp->hosts[i]->name, name) == 0)
            return gcp->hosts[i];
    host = PL_NEW(gcp->arena, struct pl_gcp_host);
    *host = (struct pl_gcp_host){.name = pl_arena_strdup(gcp->arena, name),
                                 .since_ns = pl_clock_mono_ns()};
    PL_PUSH(gcp->arena, gcp->hosts, gcp->n_hosts, gcp->cap_hosts, host);
    return host;
}

/* ---- the host that connects first ---- */

void pl_gcp_head_start_end(struct pl_gcp *gcp)
{
    pl_timer_cancel(gcp->ahead_timer);
    gcp->ahead_timer = NULL;
    gcp->ahead = NULL;
}

static void on_head_start_over(void *arg)
{
    struct pl_gcp *gcp = arg;

    gcp->ahead_timer = NULL; /* it just fired */
    pl_gcp_head_start_end(gcp);
    pl_gcp_pump(gcp);
}

/* One thread does the handshakes of all hosts, so that begun together they end together. That of the most urgent call has a start of what they
 * cost, so that its answer is not the last to come. It is no round trip: who is far away or silent keeps nobody waiting. */
static void begin_head_start(struct pl_gcp_call *call)
{
    struct pl_gcp *gcp = call->gcp;

    if (!gcp->begun && call->urgency > 0) {
        gcp->ahead = call->host;
        gcp->ahead_urgency = call->urgency;
        gcp->ahead_timer = pl_loop_after(gcp->loop, PL_GCP_HEAD_START_NS, on_head_start_over, gcp);
    }
    gcp->begun = true;
}

/* ---- connections ---- */

static bool is_full(const struct pl_gcp_host *host)
{
    return host->in_flight >= PL_GCP_STREAMS * (host->connections > 0 ? host->connections : 1);
}

/* By what both took last: is a further connection there before half of what is under way has been answered and left its streams? Where more waits
 * than would then have room it is wanted all the same. */
static bool is_worth_another(const struct pl_gcp_host *host)
{
    int64_t now, age;

    if (host->answer_ns == 0 || host->waiting >= PL_GCP_STREAMS)
        return true;
    now = pl_clock_mono_ns() - host->since_ns;
    age = now - host->sent_ns / (int64_t)host->in_flight;
    return host->connect_ns < host->answer_ns - age;
}

/* More lists are on their way than a connection has streams for what follows from them. The second connection comes with something that nothing
 * follows from, so that nobody has to wait for it when they are answered. Where one host stands for all it says nothing. */
static bool foresees_more(const struct pl_gcp_host *host, const struct pl_gcp_call *call)
{
    return call->gcp->root == NULL && call->urgency == 0 && host->connections == 1 &&
           host->opener == NULL && host->leading >= PL_GCP_LEADING;
}

/* A request that comes before the connection looks for it again with every event of libcurl's, from parsing its URL on: so one goes ahead,
 * for the first and for each that is wanted beside it. */
bool pl_gcp_host_may_go(const struct pl_gcp_call *call)
{
    const struct pl_gcp *gcp = call->gcp;
    const struct pl_gcp_host *host = call->host;

    if (gcp->ahead != NULL && gcp->ahead != host && call->urgency < gcp->ahead_urgency)
        return false;
    if (!host->connected)
        return host->in_flight == 0;
    return !is_full(host) || (host->opener == NULL && host->connections < PL_GCP_CONNECTIONS &&
                              is_worth_another(host));
}

bool pl_gcp_host_begin(struct pl_gcp_call *call)
{
    struct pl_gcp_host *host = call->host;

    begin_head_start(call);
    if (host->connected && (is_full(host) || foresees_more(host, call)))
        host->opener = call;
    host->in_flight++;
    host->leading += call->urgency > 0;
    call->silences = host->silences;
    call->connected = false;
    call->sent_ns = pl_clock_mono_ns() - host->since_ns;
    host->sent_ns += call->sent_ns;
    call->unanswered = host->unanswered;
    return host->opener == call;
}

void pl_gcp_host_end(struct pl_gcp_call *call)
{
    struct pl_gcp_host *host = call->host;

    if (call->connected)
        host->answer_ns = pl_clock_mono_ns() - host->since_ns - call->sent_ns;
    host->in_flight--;
    host->sent_ns -= call->sent_ns;
    host->leading -= call->urgency > 0;
    if (host->opener == call)
        host->opener = NULL;
}

bool pl_gcp_host_connected(struct pl_gcp_call *call)
{
    struct pl_gcp_host *host = call->host;
    bool news = !host->connected || host->opener == call;
    int64_t took = pl_clock_mono_ns() - host->since_ns - call->sent_ns;

    call->connected = true;
    call->sent_ns += took;
    host->sent_ns += took;
    if (news) {
        host->connect_ns = took;
        host->connections++;
        host->opener = NULL;
    }
    host->connected = true;
    host->silences = 0;
    if (call->gcp->ahead == host)
        pl_gcp_head_start_end(call->gcp);
    return news;
}

static void lose(struct pl_gcp_call *call, const struct pl_gcp_failure *failure, int times)
{
    struct pl_gcp_failure *lost = PL_NEW(call->gcp->arena, struct pl_gcp_failure);

    *lost = *failure;
    lost->detail = pl_arena_printf(call->gcp->arena, "%s, %d times: it is not asked again",
                                   failure->detail, times);
    lost->again = false;
    call->host->lost = lost;
}

/* A host that refuses keeps nobody else waiting; one that is silent is asked by one at a time, and not for ever. One that takes connections and has
 * never answered anything is given up after as many whole waits; who has answered once may be slow. */
void pl_gcp_host_judge(struct pl_gcp_call *call, const struct pl_gcp_failure *failure)
{
    struct pl_gcp_host *host = call->host;

    host->connected = failure == NULL || !failure->silent;
    host->answers = host->answers || failure == NULL || failure->status > 0;
    if (host->connected)
        host->silences = 0;
    if (failure != NULL && failure->silent) {
        if (call->silences == host->silences && ++host->silences == PL_GCP_SILENCES)
            lose(call, failure, host->silences);
    } else if (failure != NULL && failure->mute && !host->answers) {
        if (call->unanswered == host->unanswered && ++host->unanswered == PL_GCP_SILENCES)
            lose(call, failure, host->unanswered);
    } else {
        host->lost = NULL;
    }
}
