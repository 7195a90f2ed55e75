/* probe_dns.c - one question to a resolver: its rcode, its records, and whether they are the declared ones.
 *
 * By c-ares on the loop (resolve.c), which repeats over TCP what was cut short. Lists are asked of all answers
 * together, other matchers of each answer; `expect: !absent` declares a name that must not resolve.
 */
#include <arpa/inet.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "dns_priv.h"
#include "plumbline/expect.h"

enum { DNS_SHOWN = 6 };

static const char *record_of(const struct target *t)
{
    struct addr ignored;

    if (t->spec->dns_record != NULL)
        return t->spec->dns_record;
    return pl_addr_literal(t->job->host, 0, &ignored) && t->spec->dns_name == NULL ? "PTR" : "A";
}

static const char *plain_name(const struct target *t)
{
    return t->spec->dns_name != NULL ? t->spec->dns_name : t->job->host;
}

/* Who has this address: RFC 1035 section 3.5, RFC 3596 section 2.5. */
static const char *reverse_name(struct pl_arena *arena, const struct addr *address)
{
    struct pl_buf name = {0};
    bool v4 = address->sa.ss_family == AF_INET;
    const unsigned char *bytes =
        v4 ? (const unsigned char *)&((const struct sockaddr_in *)&address->sa)->sin_addr
           : ((const struct sockaddr_in6 *)&address->sa)->sin6_addr.s6_addr;

    for (int i = v4 ? 3 : 15; i >= 0; i--) {
        if (v4)
            pl_buf_addf(&name, "%u.", bytes[i]);
        else
            pl_buf_addf(&name, "%x.%x.", bytes[i] & 15u, bytes[i] >> 4);
    }
    pl_buf_adds(&name, v4 ? "in-addr.arpa" : "ip6.arpa");
    return pl_buf_take(&name, arena);
}

const char *pl_dns_question(const struct target *t)
{
    const char *at = t->spec->dns_resolver;

    if (t->job->host == NULL && t->spec->dns_name == NULL)
        return "";
    return pl_arena_printf(t->run->arena, "%s %s%s%s", record_of(t), plain_name(t),
                           at != NULL ? " at " : "", at != NULL ? at : "");
}

/* ---- judging ---- */

static const char *answers_text(struct attempt *a, const struct pl_value *answers)
{
    struct pl_buf text = {0};
    size_t n = pl_value_count(answers);

    for (size_t i = 0; i < n && i < DNS_SHOWN; i++)
        pl_buf_addf(&text, "%s%.100s", i > 0 ? ", " : "", pl_value_text(pl_value_item(answers, i)));
    if (n > DNS_SHOWN)
        pl_buf_addf(&text, " and %zu more", n - DNS_SHOWN);
    return pl_buf_take(&text, a->run->arena);
}

static bool is_about_lists(const struct pl_expect *expect)
{
    switch (expect->match) {
    case PL_M_LIST:
    case PL_M_CONTAINS:
    case PL_M_ONLY:
        return true;
    case PL_M_ANY_OF:
    case PL_M_ALL_OF:
    case PL_M_NOT:
        return expect->n > 0 && is_about_lists(expect->items[0]);
    case PL_M_EQUAL:
    case PL_M_MAP:
    case PL_M_MATCHES:
    case PL_M_AT_LEAST:
    case PL_M_AT_MOST:
    case PL_M_ABSENT:
    case PL_M_PRESENT:
    case PL_M_CIDR_WITHIN:
        return false;
    }
    return false;
}

static bool wants_none(const struct target *t)
{
    return t->spec->expect_any != NULL && t->spec->expect_any->match == PL_M_ABSENT;
}

/* -1 where that ended the attempt. */
static int judge_facts(struct attempt *a, const struct dns_facts *facts, const char *what)
{
    const struct pl_expect *ttl = a->target->spec->dns_ttl;
    bool least = ttl != NULL && ttl->match == PL_M_AT_LEAST;
    int64_t told = least ? facts->ttl_least : facts->ttl_most;

    if (a->target->spec->authoritative && !facts->authoritative) {
        pl_attempt_fail(a, "DNS_NOT_AUTHORITATIVE", 0,
                        "%s: %s does not answer for the zone itself, declared is authoritative",
                        what, a->peer_text);
        return -1;
    }
    if (ttl == NULL || (least ? (double)told >= ttl->number : (double)told <= ttl->number))
        return 0;
    pl_attempt_fail(a, "EXPECT_RECORD", 0, "%s: its TTL is %" PRId64 " s, declared is %s %.0f s",
                    what, told, least ? "at least" : "at most", ttl->number);
    return -1;
}

static void judge_answers(struct attempt *a, const struct pl_value *answers,
                          const struct dns_facts *facts)
{
    const struct pl_expect *expect = a->target->spec->expect_any;
    const char *what = pl_arena_printf(a->arena, "%s of '%s'", record_of(a->target), a->host);
    size_t n = pl_value_count(answers);

    a->note = pl_arena_printf(a->run->arena, "answers %s", answers_text(a, answers));
    if (wants_none(a->target)) {
        pl_attempt_fail(a, "DNS_MISMATCH", 0, "%s: declared !absent, answers %s", what,
                        answers_text(a, answers));
        return;
    }
    if (judge_facts(a, facts, what) != 0)
        return;
    if (expect != NULL && is_about_lists(expect)) {
        if (pl_attempt_expect(a, expect, answers, false, "DNS_MISMATCH", what) != 0)
            return;
        n = 0;
    }
    for (size_t i = 0; i < n && expect != NULL; i++)
        if (pl_attempt_expect(a, expect, pl_value_item(answers, i), true, "DNS_MISMATCH", what) !=
            0)
            return;
    pl_attempt_pass(a);
}

/* What came by UDP all the same, and was no answer to the question. */
static bool explain_silence(struct attempt *a)
{
    const struct resolver_seen *before = a->own;
    struct resolver_seen now = pl_resolver_seen(a->target->resolver);

    if (now.truncated > before->truncated)
        pl_attempt_fail(a, "DNS_MALFORMED", 0, "'%s': %s", a->host, pl_lookup_cut_text);
    else if (now.datagrams > before->datagrams)
        pl_attempt_fail(a, "DNS_MALFORMED", 0,
                        "'%s': what the resolver sends are no answers to this question", a->host);
    else
        return false;
    return true;
}

static void on_answered(void *arg, const unsigned char *bytes, size_t n, const char *class_name,
                        const char *detail)
{
    struct attempt *a = arg;
    const struct pl_value *answers = NULL;
    const struct resolver_seen *before = a->own;
    struct dns_facts facts;

    a->lookup = NULL;
    pl_attempt_phase(a, PHASE_WAIT);
    if (class_name == NULL) {
        answers = pl_dns_answers(a->arena, bytes, n, pl_dns_type(record_of(a->target)), &facts);
        if (answers == NULL) {
            class_name = "DNS_MALFORMED";
            detail = "the resolver's answer is broken";
        } else if (pl_value_count(answers) == 0) {
            class_name = "DNS_NODATA";
            detail = pl_arena_printf(a->arena, "the name has no %s record", record_of(a->target));
        }
    }
    if (class_name == NULL)
        judge_answers(a, answers, &facts);
    else if (wants_none(a->target) &&
             (strcmp(class_name, "DNS_NXDOMAIN") == 0 || strcmp(class_name, "DNS_NODATA") == 0))
        pl_attempt_pass(a);
    else if ((strcmp(class_name, "DNS_TIMEOUT") == 0 ||
              pl_resolver_seen(a->target->resolver).truncated > before->truncated) &&
             explain_silence(a))
        return;
    else
        pl_attempt_fail(a, class_name, 0, "'%s': %s", a->host, detail);
}

/* ---- asking ---- */

static int dns_prepare(struct target *t)
{
    const char *servers = t->spec->dns_resolver;
    struct pl_err err;

    if (servers == NULL && t->run->options != NULL)
        servers = t->run->options->resolver;
    t->resolver = pl_resolver_new(t->run->arena, t->run->loop, servers, &err);
    if (t->resolver == NULL) {
        t->unknown_why = pl_arena_strdup(t->run->arena, err.text);
        return -1;
    }
    pl_resolver_bind(t->resolver, t->spec->source);
    return 0;
}

static void dns_start(struct attempt *a)
{
    struct target *t = a->target;
    struct resolver_seen *before = PL_NEW(a->arena, struct resolver_seen);
    const char *name = plain_name(t);
    struct addr literal;

    a->host = a->asked = name;
    snprintf(a->peer_text, sizeof(a->peer_text), "%s",
             t->spec->dns_resolver != NULL ? t->spec->dns_resolver : "the resolver");
    if (strcmp(record_of(t), "PTR") == 0 && pl_addr_literal(name, 0, &literal))
        name = reverse_name(a->arena, &literal);
    *before = pl_resolver_seen(t->resolver);
    a->own = before;
    pl_schedule_resolving(a, true);
    a->lookup = pl_resolver_query(t->resolver, name, pl_dns_type(record_of(t)), on_answered, a);
}

const struct probe_type pl_probe_dns = {
    .type = PL_PROBE_DNS,
    .title = "DNS",
    .prepare = dns_prepare,
    .start = dns_start,
    .limit = explain_silence,
};
