/* probe_priv.h - what the files of src/probe share: a run, its targets, their attempts, and the parts that attempts are made of.
 *
 * run.c makes targets of jobs; stages.c decides which attempt is next and schedule.c when it starts; attempt.c leads one attempt from
 * the name to the connection (resolve.c, dial.c) and then hands it to its type (probe_<type>.c), which talks
 * through stream.c (own protocols), libcurl or libpq. judge.c makes a result of the outcomes. Everything
 * runs on one loop; nothing here blocks.
 */
#ifndef PROBE_PRIV_H
#define PROBE_PRIV_H

#include <netinet/in.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

#include "plumbline/probe.h"

enum {
    PROBE_MAX_ADDRS = 32, /* of a name; what is beyond is told */
    PROBE_MAX_BODY = 1 << 20,
    PROBE_MAX_HEAD = 64 << 10, /* all headers of one answer */
    PROBE_DEFAULT_FLIGHT = 1024,
    PROBE_NAME_FLIGHT =
        64,           /* names asked for at once: dnsmasq refuses beyond 150, and others drop */
    PROBE_ALONE = 5,  /* after a lost race: as many one after another */
    PROBE_CHAIN = 10, /* certificates kept of what a peer sends */
};

/* PHASE_WAIT is our own waiting (barrier, closing): never part of a latency. */
enum phase {
    PHASE_RESOLVE,
    PHASE_CONNECT,
    PHASE_PROXY, /* from the connection to a proxy until it has made its own */
    PHASE_TLS,
    PHASE_FIRST_BYTE,
    PHASE_BODY,
    PHASE_WAIT,
    PHASE_COUNT
};

struct run;
struct target;
struct attempt;
struct watch;
struct stream;
struct resolver;
struct lookup;
struct ca_store;
struct proxy;
struct tunnel;
struct endpoint;
struct pl_map;

/* ---- resolve.c ---- */

struct addr {
    struct sockaddr_storage sa;
    socklen_t len;
};

struct addrs {
    struct addr list[PROBE_MAX_ADDRS];
    size_t n, left_out;
};

/* class_name NULL: resolved. Called from the loop, never from inside pl_resolver_start. */
typedef void pl_resolved_fn(void *arg, const struct addrs *addrs, const char *class_name,
                            const char *detail);

/* servers: "HOST:PORT,..." or NULL for the system's. NULL and err where c-ares cannot start. */
struct resolver *pl_resolver_new(struct pl_arena *arena, struct pl_loop *loop, const char *servers,
                                 struct pl_err *err) PL_MUST_USE;
void pl_resolver_free(struct resolver *resolver);
struct lookup *pl_resolver_start(struct resolver *resolver, const char *host, int port,
                                 pl_resolved_fn *fn, void *arg);
/* One question for records of one type, to the resolver alone (no /etc/hosts, no search list, no other server where one
 * refuses). class_name NULL: bytes is the whole answer with rcode 0, borrowed. Called from the loop. */
typedef void pl_answered_fn(void *arg, const unsigned char *bytes, size_t n, const char *class_name,
                            const char *detail);
struct lookup *pl_resolver_query(struct resolver *resolver, const char *name, int type,
                                 pl_answered_fn *fn, void *arg);
/* What arrived by UDP, whether it answered anything or not. */
struct resolver_seen {
    size_t datagrams, truncated;
};
struct resolver_seen pl_resolver_seen(const struct resolver *resolver);
/* Asks from this local address from now on; NULL: any. */
void pl_resolver_bind(struct resolver *resolver, const char *source);
void pl_lookup_cancel(struct lookup *lookup); /* fn is not called any more */
/* The resolver answers by UDP that its answer is longer (RFC 1035 section 4.2.1), and nothing comes over TCP: a firewall may let
 * only the one through. NULL: false. */
bool pl_lookup_is_cut(const struct lookup *lookup);
extern const char pl_lookup_cut_text[];
/* ---- addr.c ---- */

/* An address in text form, or the path of a unix socket, without asking anybody. */
bool pl_addr_literal(const char *host, int port, struct addr *out);
/* "127.0.0.1:5432", "[::1]:443". */
void pl_addr_text(const struct addr *addr, char *out, size_t size);
/* Without the port. */
void pl_addr_host(const struct addr *addr, char *out, size_t size);

/* ---- watch.c: readiness of a descriptor ---- */

/* Beside UV_READABLE and UV_WRITABLE: the socket has an error; set the watch again to go on. */
enum { WATCH_ERROR = 256 };

struct watch *pl_watch_open(struct pl_loop *loop, int fd, void (*fn)(void *arg, int events),
                            void *arg);
void pl_watch_set(struct watch *watch, int events); /* UV_READABLE | UV_WRITABLE, 0: none */
void pl_watch_close(
    struct watch *watch); /* NULL is fine; the descriptor may be closed right after */

/* ---- tls.c, tls_class.c ---- */

/* What was seen of one handshake, whoever made it (own stream, libcurl, libpq). */
struct tls_seen {
    int error, depth;     /* first verify error, X509_V_OK where none */
    int alert;            /* fatal alert received, -1 none */
    unsigned long reason; /* first reason of OpenSSL's own at the end of a failed handshake */
    bool asked_for_certificate;
    bool has_leaf, chain_has_end;
    int64_t leaf_left_s,
        chain_left_s; /* seconds until the leaf, and the first of the chain, expire */
    int presented;
    char subject[128], issuer[128];
    X509 *chain[PROBE_CHAIN]; /* as sent, the peer's own first; given back by pl_tls_seen_free */
    size_t n_chain;
    const char *version, *cipher; /* OpenSSL's own texts; NULL: the handshake did not end */
};

/* How a target is to be trusted; made once a target, used by all its attempts. */
struct trust {
    enum pl_tls_mode mode;
    SSL_CTX *ctx; /* its own, where it cannot share; NULL until it is wanted */
    struct ca_store *ca;
    X509_STORE *store;
    X509 *cert;                     /* or NULL */
    STACK_OF(X509) * intermediates; /* that are sent behind cert */
    EVP_PKEY *key;
    char *name; /* to verify and to send as SNI; not const, as OpenSSL's macro is not */
    int min_version, max_version; /* 0: OpenSSL's */
};

/* NULL and *why (a SELF_CONFIG text) where certificates cannot be read. */
struct trust *pl_trust_new(struct run *run, const struct pl_probe_spec *spec, enum pl_tls_mode mode,
                           const char *name, const char **why);
void pl_tls_forget(struct run *run);
/* A connection of this target's, for stream.c. NULL where OpenSSL has no memory. */
SSL *pl_tls_new(struct trust *trust);
/* Lays our callbacks over a context or a connection of somebody else's, so that `seen` is filled. */
void pl_tls_watch_ctx(SSL_CTX *ctx, const struct trust *trust, struct tls_seen *seen);
void pl_tls_watch_ssl(SSL *ssl, const struct trust *trust, struct tls_seen *seen);
/* Verifies after a handshake that was over before our callbacks were there; nothing where they saw it. */
void pl_tls_verify_late(SSL *ssl, const struct trust *trust, struct tls_seen *seen);
/* What is wrong with the certificate under this mode; NULL where nothing is. */
const char *pl_tls_verdict(const struct trust *trust, const struct tls_seen *seen);
/* The class of a handshake that failed; sys is errno of the transport (0 none). */
const char *pl_tls_fault(const struct trust *trust, const struct tls_seen *seen, int sys);
void pl_tls_seen_free(struct tls_seen *seen);
void pl_tls_describe(const struct tls_seen *seen, const char *class_name, char *out, size_t size);

/* The text of a parameter, secret or not; for protocols only. NULL where it is not set. */
const char *pl_probe_reveal(const struct pl_sourced *sourced);

/* ---- certificate.c ---- */

/* NULL where no certificate was shown. */
const struct pl_peer_tls *pl_peer_tls_read(struct pl_arena *arena, const struct tls_seen *seen);
/* "certificate of CN=a by CN=b expires in 12 days; it is for a.test, b.test". */
const char *pl_certificate_words(struct pl_arena *arena, const struct pl_certificate *cert);
/* "expires in 12 days", "expired 3 hours ago". */
const char *pl_expiry_text(struct pl_arena *arena, int64_t seconds);

/* ---- attempt.c ---- */

enum breaker { BREAKER_UNKNOWN, BREAKER_CLOSED, BREAKER_HALF_OPEN, BREAKER_OPEN };

struct outcome {
    const char *class_name; /* NULL: success */
    int code;
    const char *detail;
    int64_t spent[PHASE_COUNT];                 /* -1: not reached */
    int64_t total_ns, lag_ns, after_ns, rtt_ns; /* rtt_ns 0: not measured */
    int64_t released_at;                        /* -1: was not held at a barrier */
    const char *note, *identity;
    enum breaker breaker;                 /* its state, as the answer says it */
    int64_t breaker_at, breaker_failures; /* monotonic; -1: not told */
    size_t each_at;
};

struct greeting;
struct dial;

struct attempt {
    struct run *run;
    struct target *target;
    const struct probe_type *type;
    struct pl_arena *arena; /* goes with the attempt */
    struct attempt *next_live, *prev_live;
    struct endpoint *slot; /* of this one it has a slot, or, parked, waits for one */
    struct attempt *next_parked;
    struct attempt *next_member; /* of the group that is released together */
    const char *host, *path;     /* redirects move them */
    const char *asked;           /* the name that is looked up */
    int port;
    bool tls, pinned;                /* pinned: connect_to and address still apply */
    int hops;                        /* redirects followed */
    const struct greeting *greeting; /* a look: which protocol is asked for */
    int look_port;
    bool introduces; /* a look by the type itself: logs in as declared, asks only who is there */
    struct addrs addrs;
    size_t addr_at;
    size_t each_at;          /* of target->each, which it dials alone */
    const struct addr *peer; /* who is connected to: the proxy, where there is one */
    const struct proxy *proxy;
    bool forwarded; /* the proxy is sent the request itself, in clear, and makes its own of it */
    bool
        through; /* what fails from here on is the endpoint's, as far as the proxy can be believed */
    struct tunnel *tunnel;
    char peer_text[128];
    int64_t timeout_ns, deadline;
    enum phase phase;
    int64_t phase_since, spent[PHASE_COUNT];
    int64_t lag_ns;        /* our own lateness, added up over the peer's answers */
    int64_t lag_before_ns; /* ... before the limit was last extended */
    int64_t lag_phase_ns;  /* ... as the kernel's clock shows it since the last of them */
    int64_t lag_since;     /* the last of them */
    int64_t released_at;
    int64_t reserved_ns; /* of the pace, until its handshake begins */
    int64_t rtt_ns;      /* the kernel's round trip; 0: not measured */
    int64_t after_ns;    /* since when it was open; 0: what the phases say */
    struct pl_timer *timer, *address_timer, *pace_timer;
    struct lookup *lookup;
    struct dial *dials; /* one an address that was tried; the connection itself is the type's */
    size_t n_dials;
    struct stream *stream;
    struct tls_seen seen;
    bool over, waiting, parked, resolving, expected;
    const char *class_name;
    int code;
    char detail[320];
    const char *note;
    const char
        *identity; /* who the peer says it is, of one that introduces itself: "PostgreSQL 15.14" */
    enum breaker breaker;
    int64_t breaker_at, breaker_failures;
    void *own; /* the type's */
};

struct probe_type {
    enum pl_probe_type type;
    const char *title; /* "PostgreSQL" */
    /* Once a target; -1: t->unknown_why says why it cannot be made. May be NULL. */
    int (*prepare)(struct target *t);
    /* Leads the whole attempt by itself, without a look-up and a connection; NULL: those come first. */
    void (*start)(struct attempt *a);
    /* Wants another attempt after the declared ones, so long after the last. May be NULL. */
    bool (*again)(const struct target *t, int64_t *pause_ns);
    /* Judges what is more than one attempt; false: nothing special about them. May be NULL. */
    bool (*judge)(const struct target *t, struct pl_probe_result *out);
    /* Ended the attempt where it knows more of a limit that has come than the phase says. Not asked where this process was
     * itself late. May be NULL. */
    bool (*limit)(struct attempt *a);
    void (*connected)(struct attempt *a, int fd); /* owns fd from here */
    void (*release)(
        struct attempt *a); /* the barrier is open; NULL: the type does not stop at one */
    void (*cancel)(struct attempt *a); /* gives back what `own` holds; may be NULL */
};

void pl_attempt_start(struct attempt *a);
/* The name that the peer is spoken to by: its own, "localhost" where it is a unix socket. */
const char *pl_attempt_name(const struct attempt *a);
bool pl_is_socket_path(const char *host);
/* Where it leads, whoever is dialled for it: its own host and port, those of connect_to, `address`, a look's port. */
const char *pl_attempt_host(const struct attempt *a);
int pl_attempt_port(const struct attempt *a);
/* Goes to another place with what is left of the time: redirects. */
void pl_attempt_move(struct attempt *a);
void pl_attempt_phase(struct attempt *a, enum phase phase);
/* Something of the peer's is seen now: each time it may be us who are late. Called with every change of phase. */
void pl_attempt_event(struct attempt *a);
/* Holds at the barrier, or goes straight on to type->release. */
void pl_attempt_ready(struct attempt *a);
void pl_attempt_release(struct attempt *a);
/* It has a slot now: goes on to dial, from the loop. */
void pl_attempt_unpark(struct attempt *a);
void pl_attempt_pass(struct attempt *a);
void pl_attempt_fail(struct attempt *a, const char *class_name, int code, const char *fmt, ...)
    PL_PRINTF(4, 5);
/* The peer hung up, or reset, where an answer was due. */
void pl_attempt_gone(struct attempt *a, bool reset);
/* The class of an errno while connecting. */
const char *pl_errno_class(int sys, bool source_given);
int64_t pl_attempt_left(const struct attempt *a);
/* More time for this attempt, from now: a connection that has to stay open. */
void pl_attempt_extend(struct attempt *a, int64_t ns);
/* shown.c: what the peer said, without secrets, its own or those that it was sent. `name`: of what the text is the value of, or "detail". */
const char *pl_attempt_shown(struct attempt *a, const char *name, const char *text);
/* Asks an expectation; 0 where it holds or nothing is expected, -1 where the attempt was ended by it. */
int pl_attempt_expect(struct attempt *a, const struct pl_expect *expect,
                      const struct pl_value *value, bool text, const char *class_name,
                      const char *what);
void pl_dial_start(struct attempt *a);
void pl_dial_cancel(struct attempt *a);
/* The limit has come: ended the attempt where some address has failed in a way that says more than the others' silence. */
bool pl_dial_limit(struct attempt *a);

/* ---- stream.c: bytes over TCP, or over TLS on top of it ---- */

struct stream_events {
    void (*ready)(struct attempt *a); /* TLS is up and verified */
    void (*data)(struct attempt *a, const char *bytes, size_t n);
    void (*gone)(struct attempt *a, bool reset); /* NULL: pl_attempt_gone */
};

void pl_stream_open(struct attempt *a, int fd, const struct stream_events *events);
void pl_stream_secure(struct attempt *a);
/* Opens; then TLS where the attempt wants it, else it is ready at once. */
void pl_stream_start(struct attempt *a, int fd, const struct stream_events *events);
void pl_stream_write(struct attempt *a, const void *bytes, size_t n);
void pl_stream_close(struct attempt *a);
SSL *pl_stream_ssl(struct attempt *a); /* NULL: plain */

/* A stream below the type's own: the way to a proxy, in clear where trust is NULL. All events must be given; they come from
 * pl_carrier_start on, which may be ready at once. */
struct stream *pl_carrier_open(struct attempt *a, int fd, const struct stream_events *events,
                               struct trust *trust, struct tls_seen *seen);
void pl_carrier_start(struct stream *s);
void pl_carrier_write(struct stream *s, const void *bytes, size_t n);
void pl_carrier_pause(struct stream *s, bool on); /* reads nothing meanwhile */
/* Closes it, or all but the descriptor, which the caller has then. NULL is fine for the first. */
void pl_carrier_close(struct stream *s);
int pl_carrier_detach(struct stream *s);

/* ---- pair.c ---- */

/* A listener on loopback, or both ends of a connection: -1 and errno where there is none. */
int pl_pair_listen(int *port);
int pl_pair_open(int ends[2]);

/* ---- lag.c ---- */

struct lags {
    struct lag {
        int64_t ns, noted_at;
    } * list; /* in order of time, falling */
    size_t n, cap;
};

void pl_lags_note(struct lags *lags, struct pl_arena *arena, int64_t ns, int64_t now_ns);
/* The longest since a moment: of each what of it lies behind that moment. */
int64_t pl_lags_since(const struct lags *lags, int64_t since_ns);

/* ---- pace.c: when the next TLS handshake may begin ---- */

struct pace {
    size_t expected;           /* answers that make work here any moment */
    int64_t answering;         /* how many have answered of late, of 1024 */
    int64_t connecting, near;  /* how many have connected at all; how many at once */
    int64_t credit_ns, now_ns; /* time for work, below 0 a debt; when it was last counted */
    int64_t cost_ns,
        answer_ns; /* of a handshake, averages: its work, its time without the way there and back */
    int64_t cpu_ns; /* of this thread when the last one was answered */
};

/* Times are monotonic; cpu_ns is the processor time that this thread has used so far. */
void pl_pace_init(struct pace *pace, int64_t now_ns, int64_t cpu_ns);
/* 0: a group of handshakes may begin, each of them pl_pace_begun; else when to ask again, where nothing happens before. */
int64_t pl_pace_wait_ns(struct pace *pace, size_t group, int64_t now_ns);
/* What it costs; what is reserved for one that has yet to connect, and back, once it has begun or no handshake came of it. */
int64_t pl_pace_begun(struct pace *pace);
int64_t pl_pace_reserve(struct pace *pace);
void pl_pace_unused(struct pace *pace, int64_t cost_ns);
/* It has connected at once, or not: where hardly anybody does, no answer can be expected from the start on. */
void pl_pace_near(struct pace *pace, bool near);
bool pl_pace_is_near(const struct pace *pace);
/* It has connected, or has not for so long that somebody drops: where that is so, hardly anything is reserved. */
void pl_pace_connected(struct pace *pace, bool connected);
/* An answer is expected now, or not any more; *expected is the handshake's own. */
void pl_pace_expect(struct pace *pace, bool *expected, bool on);
/* After so long, and the way there and back, a peer that has not answered is silent. */
int64_t pl_pace_patience_ns(const struct pace *pace);
void pl_pace_silent(struct pace *pace);
/* took_ns is from hello to the end without the way. */
void pl_pace_answered(struct pace *pace, int64_t took_ns, int64_t cpu_ns);

/* ---- schedule.c, stages.c ---- */

enum stage { STAGE_WARM, STAGE_MAIN, STAGE_ALONE, STAGE_LOOK, STAGE_DONE };

struct look {
    int port;
    const struct greeting *greeting;
    const char *becomes; /* class that a recognised answer proves, or NULL: an also_try port */
    const struct probe_type
        *by; /* the type by which a peer that was recognised introduces itself; NULL: a greeting */
    bool connected, recognised;
    const char *identity, *failed; /* failed: a class */
};

struct target {
    struct run *run;
    const struct pl_probe_job *job;
    const struct pl_probe_spec *spec;
    const struct probe_type *type;
    struct trust *trust;       /* NULL: no TLS; with mode DISABLE it is for redirects only */
    struct resolver *resolver; /* its own (dns); NULL: the run's */
    enum pl_tls_mode mode;
    const struct proxy *proxies[2]; /* in clear, and over TLS; NULL: none */
    const char *went_through;       /* the proxy that its first attempt used */
    const char *unknown_why;
    int64_t timeout_ns;
    enum stage stage;
    int warm_left, main_left, alone_left;
    size_t group; /* attempts a group has in the stage */
    struct attempt *members;
    size_t in_group, waiting, ended;
    struct pl_timer *pause;
    bool queued;
    struct target *next_queued;
    struct outcome *outcomes, *alone;
    size_t n_outcomes, cap_outcomes, n_alone, cap_alone;
    double spread_ms;
    const struct pl_peer_tls *peer_tls; /* of the first attempt that was shown a certificate */
    struct look *looks;
    size_t n_looks, cap_looks, look_at;
    struct addrs
        *each; /* each by itself: the addresses, as they were first told; NULL until then */
    size_t next_each;
    bool retried;       /* a single attempt failed in a way that may pass, and was made again */
    bool cut_short;     /* every attempt ran into its limit: the rest was not made */
    const char *looked; /* what the looks found, for the note */
    const char *becomes;
};

struct run {
    struct pl_arena *arena;
    struct pl_loop *loop;
    struct resolver *resolver;
    const struct pl_probe_options *options;
    struct target *targets;
    size_t n_targets, n_done;
    struct target *queue, **queue_end;
    struct attempt *live;
    struct lags lags;
    struct pl_timer *beat; /* wakes the loop while nothing happens */
    int64_t beat_due;      /* when it should; 0: it does not run */
    size_t in_flight, resolving, parked;
    struct pl_map *endpoints; /* slots.c's, by "address:port" */
    struct pace pace;
    struct pl_timer *credit; /* until the pace allows another handshake */
    size_t most,
        started; /* in flight at once, 0 not looked up yet; groups started in this turn of the loop */
    uv_idle_t *turns;
    struct pl_timer *deadline;
    bool stopping;
    const char *stop_why;
    struct ca_store *stores;
};

void pl_schedule_start(struct run *run);
/* Ends everything that is under way; what is unfinished is unknown, with `why`. */
void pl_schedule_stop(struct run *run, const char *why);
/* The same, where the loop does not run any more. */
void pl_schedule_abort(struct run *run, const char *why);
/* From attempt.c: it waits at the barrier; it is over. */
void pl_schedule_waiting(struct attempt *a);
void pl_schedule_ended(struct attempt *a);
/* Looks in the next turn of the loop whether more may start. */
void pl_schedule_wake(struct run *run);
/* It asks for a name, or does not any more. */
void pl_schedule_resolving(struct attempt *a, bool on);
/* Looks how late the loop is: before a time is taken, and before attempts begin, whose lag it was not. */
void pl_schedule_note_lag(struct run *run);
/* Queues the target's next group; after a pause; after the small, uneven one that attempts one after another keep, so that they do not march in step
 * with the peer. */
void pl_schedule_enqueue(struct target *t, size_t group);
void pl_schedule_after(struct target *t, int64_t ns);
void pl_schedule_later(struct target *t);
/* Gives back what the run keeps the loop alive with. */
void pl_schedule_over(struct run *run);
/* stages.c: goes on to what is next, or ends the target. */
void pl_stage_next(struct target *t);
void pl_stage_done(struct target *t);

/* ---- slots.c: how many are under way to one endpoint ---- */

/* A slot of the endpoint that its first address is; false: it is parked until there is one. */
bool pl_slot_take(struct attempt *a);
void pl_slot_leave(struct attempt *a);

/* ---- paced.c: an attempt's handshake under the pace ---- */

/* Where not, the schedule is woken when it may be so. */
bool pl_paced_may_begin(struct run *run, size_t group);
void pl_paced_begin(struct attempt *a);
/* Its handshake begins; it ends, by an answer or without one; the attempt is over. */
void pl_paced_shaking(struct attempt *a);
void pl_paced_shaken(struct attempt *a, bool answered);
void pl_paced_end(struct attempt *a);

/* ---- look.c ---- */

extern const struct probe_type pl_look_type;
/* Fills t->looks after the attempts are over: where else, or as what else, to look. */
void pl_look_plan(struct target *t);
/* The next look worth making, or NULL. */
struct look *pl_look_next(struct target *t);
void pl_look_over(struct target *t, struct look *look, const struct outcome *outcome);
/* What the looks found, into t->looked and t->becomes. */
void pl_look_conclude(struct target *t);

/* ---- pointer.c, http_request.c ---- */

const struct pl_value *pl_pointer_get(struct pl_arena *arena, const struct pl_value *v,
                                      const char *pointer);
/* The header that carries a Google identity token beside whatever else this probe sends. */
const char *pl_identity_header(const struct pl_probe_spec *spec);
/* The class of an HTTP status that is no success; NULL below 300. */
const char *pl_status_class(int status);

/* ---- probe_breaker.c ---- */

/* Reads the breaker's state from an answer; -1 where that ended the attempt. */
int pl_breaker_look(struct attempt *a, const char *body, size_t n, int status);

/* ---- probe_dns.c ---- */

/* "A db.internal", "TXT example.com at 10.0.0.53": what is asked whom. */
const char *pl_dns_question(const struct target *t);

/* ---- classes.c, stats.c, judge.c, run.c ---- */

struct pl_symptom pl_symptom_of(const struct target *t, const char *class_name, int code,
                                const char *detail, int64_t after_ns);
/* An attempt that failed by our own fault. */
bool pl_outcome_is_ours(const struct outcome *o);
const struct pl_probe_class *pl_class_find(const char *name);
bool pl_class_is_ours(const char *name);
/* What may be over a moment later (an instance that goes away): worth another attempt, and told. */
bool pl_class_is_momentary(const char *name);
double pl_ms(int64_t ns);
/* Nearest rank (the smallest value that at least p percent do not exceed); sorted ascending; -1 where n is 0. */
double pl_percentile(const double *sorted, size_t n, int p);
void pl_timings_make(struct pl_arena *arena, const struct outcome *outcomes, size_t n,
                     struct pl_timings *out);
/* Name and p95 of the phase in which most of the time went. */
const struct pl_phase *pl_timings_largest(const struct pl_timings *timings);
void pl_judge(struct target *t, struct pl_probe_result *out);

const struct probe_type *pl_probe_type_find(enum pl_probe_type type);
extern const struct probe_type pl_probe_dns, pl_probe_tcp, pl_probe_tls, pl_probe_http,
    pl_probe_https, pl_probe_websocket, pl_probe_postgres, pl_probe_redis, pl_probe_breaker;

#endif
