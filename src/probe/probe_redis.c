/* probe_redis.c - Redis and Valkey in their own protocol (RESP2), plain or over TLS: AUTH, PING, ROLE, INFO, CLUSTER INFO.
 *
 * Replies are resp.c's. One command at a time; the password goes to AUTH and
 * nowhere else. Error prefixes: probes.md 5.8. Whether a silent peer speaks TLS, or a hanging-up one wants
 * it, is asked by look.c afterwards.
 */
#include <stdio.h>
#include <string.h>

#include "resp_priv.h"

enum step { STEP_AUTH, STEP_PING, STEP_ROLE, STEP_INFO, STEP_CLUSTER, STEP_DONE };

struct own {
    enum step step;
    struct pl_buf in;
};

static const struct {
    const char *prefix, *class_name;
} errors[] = {
    {"NOAUTH", "AUTH_NO_CREDENTIALS"},
    {"WRONGPASS", "AUTH_BAD_CREDENTIALS"},
    {"NOPERM", "AUTH_NOT_PERMITTED"},
    {"DENIED", "AUTH_NOT_PERMITTED"},
    {"LOADING", "SVC_STARTING"},
    {"MASTERDOWN", "SVC_NOT_SERVING"},
    {"CLUSTERDOWN", "SVC_NOT_SERVING"},
    {"NOREPLICAS", "SVC_NOT_SERVING"},
    {"TRYAGAIN", "SVC_NOT_SERVING"},
    {"READONLY", "SVC_READ_ONLY"},
    {"OOM", "SVC_SATURATED"},
    {"MISCONF", "SVC_SATURATED"},
    {"BUSY", "SVC_SATURATED"},
    {"MOVED", "EXPECT_RESULT"},
    {"ASK", "EXPECT_RESULT"},
    {"NOPROTO", "PROTO_RESP"},
    {"ERR max number of clients", "SVC_SATURATED"},
    {"ERR invalid password", "AUTH_BAD_CREDENTIALS"}, /* before Redis 6 */
    {"ERR unknown command", "SVC_NOT_IMPLEMENTED"},
    {"ERR This instance has cluster support disabled", "EXPECT_RESULT"},
    /* AUTH where none is configured: the credential is what the server does not know. */
    {"ERR AUTH", "AUTH_BAD_CREDENTIALS"},
    {"ERR Client sent AUTH", "AUTH_BAD_CREDENTIALS"},
};

static const char *error_class(const char *text)
{
    for (size_t i = 0; i < PL_LEN(errors); i++)
        if (strncmp(text, errors[i].prefix, strlen(errors[i].prefix)) == 0)
            return errors[i].class_name;
    return "PROTO_RESP";
}

/* ---- commands ---- */

static void add_bulk(struct pl_buf *out, const char *text)
{
    pl_buf_addf(out, "$%zu\r\n", strlen(text));
    pl_buf_adds(out, text);
    pl_buf_adds(out, "\r\n");
}

static void send_command(struct attempt *a, const char *const *words, size_t n)
{
    struct pl_buf out = {0};

    pl_buf_addf(&out, "*%zu\r\n", n);
    for (size_t i = 0; i < n; i++)
        add_bulk(&out, words[i]);
    pl_stream_write(a, out.data, out.len);
    pl_wipe(out.data, out.cap);
    pl_buf_free(&out);
}

/* Sends what comes next; steps that nothing asks for are passed over. */
static void next_step(struct attempt *a)
{
    const struct pl_probe_spec *spec = a->target->spec;
    struct own *own = a->own;
    const char *password = pl_probe_reveal(&spec->password);

    if (own->step == STEP_AUTH && password == NULL)
        own->step = STEP_PING;
    if (own->step == STEP_ROLE && (spec->role == NULL || a->introduces))
        own->step = STEP_INFO;
    if (own->step == STEP_INFO && spec->n_info == 0 && !a->introduces)
        own->step = STEP_CLUSTER;
    if (own->step == STEP_CLUSTER && (spec->n_cluster == 0 || a->introduces))
        own->step = STEP_DONE;
    switch (own->step) {
    case STEP_AUTH:
        if (spec->user != NULL)
            send_command(a, (const char *const[]){"AUTH", spec->user, password}, 3);
        else
            send_command(a, (const char *const[]){"AUTH", password}, 2);
        break;
    case STEP_PING:
        send_command(a, (const char *const[]){"PING"}, 1);
        break;
    case STEP_ROLE:
        send_command(a, (const char *const[]){"ROLE"}, 1);
        break;
    case STEP_INFO:
        send_command(a, (const char *const[]){"INFO", a->introduces ? "server" : "everything"}, 2);
        break;
    case STEP_CLUSTER:
        send_command(a, (const char *const[]){"CLUSTER", "INFO"}, 2);
        break;
    case STEP_DONE:
        pl_attempt_pass(a);
        break;
    }
}

/* ---- replies ---- */

static int check_role(struct attempt *a, const char *text, size_t n)
{
    const char *role = pl_resp_word(a->arena, text, n), *wanted = a->target->spec->role;

    /* Redis says "slave"; people write "replica". */
    if (strcmp(role, "slave") == 0 && strcmp(wanted, "replica") == 0)
        return 0;
    if (strcmp(role, wanted) == 0)
        return 0;
    pl_attempt_fail(a, "EXPECT_RESULT", 0, "role is %s, declared is %s", role, wanted);
    return -1;
}

/* Fields of what INFO or CLUSTER INFO answers. */
static int check_fields(struct attempt *a, const char *text, size_t n, const char *what,
                        const struct pl_expect_member *wanted, size_t n_wanted)
{
    for (size_t i = 0; i < n_wanted; i++) {
        const char *value = pl_resp_field(a->arena, text, n, wanted[i].key);

        if (pl_attempt_expect(
                a, wanted[i].expect, value != NULL ? pl_value_string(a->arena, value) : NULL, true,
                "EXPECT_RESULT", pl_arena_printf(a->arena, "%s %s", what, wanted[i].key)) != 0)
            return -1;
    }
    return 0;
}

/* Valkey tells its own version, and for old clients the one of Redis that it took over (https://valkey.io/commands/info/). */
static void introduce(struct attempt *a, const char *text, size_t n)
{
    static const struct {
        const char *key, *name;
    } versions[] = {{"valkey_version", "Valkey"}, {"redis_version", "Redis"}};

    for (size_t i = 0; i < PL_LEN(versions) && a->identity == NULL; i++) {
        const char *value = pl_resp_field(a->arena, text, n, versions[i].key);
        struct pl_buf visible = {0};

        if (value == NULL)
            continue;
        pl_buf_add_visible(&visible, value, strlen(value));
        a->identity = pl_arena_printf(a->run->arena, "%s %.20s", versions[i].name,
                                      pl_buf_take(&visible, a->arena));
    }
}

static int check_reply(struct attempt *a, const char *text, size_t n)
{
    const struct pl_probe_spec *spec = a->target->spec;
    struct own *own = a->own;
    char word[64];

    if (text[0] == '-') {
        const char *class_name = error_class(text + 1);

        snprintf(word, sizeof(word), "%.*s", (int)strcspn(text + 1, " \r\n"), text + 1);
        pl_attempt_fail(a, class_name, 0, "%s answers %s: %s", a->peer_text, word,
                        pl_class_find(class_name)->phrase);
        return -1;
    }
    switch (own->step) {
    case STEP_AUTH:
    case STEP_PING:
        if (text[0] == '+')
            return 0;
        break;
    case STEP_ROLE:
        if (text[0] == '*')
            return check_role(a, text, n);
        break;
    case STEP_INFO:
        if (text[0] == '$' && a->introduces)
            introduce(a, text, n);
        if (text[0] == '$' && a->introduces)
            return 0;
        if (text[0] == '$')
            return check_fields(a, text, n, "info", spec->info, spec->n_info);
        break;
    case STEP_CLUSTER:
        if (text[0] == '$')
            return check_fields(a, text, n, "cluster", spec->cluster, spec->n_cluster);
        break;
    case STEP_DONE:
        break;
    }
    pl_attempt_fail(a, "PROTO_RESP", 0, "%s gives another kind of answer than was asked for",
                    a->peer_text);
    return -1;
}

static void redis_data(struct attempt *a, const char *bytes, size_t n)
{
    struct own *own = a->own;
    long whole;

    pl_buf_add(&own->in, bytes, n);
    whole = pl_resp_length(own->in.data, own->in.len);
    if (whole < 0 || own->in.len > PROBE_MAX_BODY) {
        pl_attempt_fail(a, "PROTO_RESP", 0, "%s does not answer as Redis does", a->peer_text);
        return;
    }
    if (whole == 0)
        return;
    pl_attempt_phase(a,
                     PHASE_BODY); /* the first answer is the first byte; what follows is the rest */
    if (check_reply(a, own->in.data, (size_t)whole) != 0)
        return;
    pl_buf_clear(&own->in);
    if (own->step != STEP_DONE)
        own->step++;
    next_step(a);
}

static void redis_ready(struct attempt *a)
{
    pl_attempt_phase(a, PHASE_FIRST_BYTE);
    next_step(a);
}

static void redis_connected(struct attempt *a, int fd)
{
    static const struct stream_events events = {redis_ready, redis_data, NULL};

    a->own = PL_NEW(a->arena, struct own);
    pl_stream_start(a, fd, &events);
}

static void redis_cancel(struct attempt *a)
{
    struct own *own = a->own;

    pl_buf_free(&own->in);
}

const struct probe_type pl_probe_redis = {
    .type = PL_PROBE_REDIS,
    .title = "Redis",
    .connected = redis_connected,
    .cancel = redis_cancel,
};
