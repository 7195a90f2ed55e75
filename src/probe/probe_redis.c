/* probe_redis.c - Redis and Valkey in their own protocol (RESP2), plain or over TLS: AUTH, PING, ROLE, INFO.
 *
 * https://redis.io/docs/reference/protocol-spec/. One command at a time; the password goes to AUTH and
 * nowhere else. Error prefixes: probes.md 5.8. Whether a silent peer speaks TLS, or a hanging-up one wants
 * it, is asked by look.c afterwards.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "probe_priv.h"

enum step { STEP_AUTH, STEP_PING, STEP_ROLE, STEP_INFO, STEP_DONE };

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
    if (own->step == STEP_ROLE && spec->role == NULL)
        own->step = STEP_INFO;
    if (own->step == STEP_INFO && spec->n_info == 0)
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
        send_command(a, (const char *const[]){"INFO", "everything"}, 2);
        break;
    case STEP_DONE:
        pl_attempt_pass(a);
        break;
    }
}

/* ---- replies ---- */

/* The length of one whole reply at `text`: 0 more is needed, -1 this is no RESP. Depth is bounded: an answer of
 * ours nests twice (ROLE). */
static long reply_length(const char *text, size_t n, int depth)
{
    const char *end = n > 0 ? memchr(text, '\n', n) : NULL;
    long head, count, used;

    if (n > 0 && strchr("+-:$*", text[0]) == NULL)
        return -1;
    if (end == NULL)
        return n > 4096 ? -1 : 0;
    head = (long)(end - text) + 1;
    if (head < 3 || end[-1] != '\r')
        return -1;
    if (text[0] != '$' && text[0] != '*')
        return head;
    count = strtol(text + 1, NULL, 10);
    if (count < -1 || count > PROBE_MAX_BODY || depth > 4)
        return -1;
    if (text[0] == '$')
        return count < 0 ? head : head + count + 2 <= (long)n ? head + count + 2 : 0;
    used = head;
    for (long i = 0; i < count; i++) {
        long one = reply_length(text + used, n - (size_t)used, depth + 1);

        if (one <= 0)
            return one;
        used += one;
    }
    return used;
}

/* The first bulk string of an array: the role in a ROLE answer. */
static const char *first_bulk(struct attempt *a, const char *text, size_t n)
{
    const char *bulk = memchr(text, '$', n);
    const char *line = bulk != NULL ? memchr(bulk, '\n', n - (size_t)(bulk - text)) : NULL;
    long len = bulk != NULL ? strtol(bulk + 1, NULL, 10) : -1;

    if (line == NULL || len < 0 || len > 64 || (size_t)(line + 1 - text) + (size_t)len > n)
        return "";
    return pl_arena_strndup(a->arena, line + 1, (size_t)len);
}

static int check_role(struct attempt *a, const char *text, size_t n)
{
    const char *role = first_bulk(a, text, n), *wanted = a->target->spec->role;

    /* Redis says "slave"; people write "replica". */
    if (strcmp(role, "slave") == 0 && strcmp(wanted, "replica") == 0)
        return 0;
    if (strcmp(role, wanted) == 0)
        return 0;
    pl_attempt_fail(a, "EXPECT_RESULT", 0, "role is %s, declared is %s", role, wanted);
    return -1;
}

static const char *info_value(struct attempt *a, const char *text, const char *key)
{
    size_t len = strlen(key);

    for (const char *line = text; line != NULL; line = strchr(line, '\n')) {
        line += *line == '\n';
        if (strncmp(line, key, len) == 0 && line[len] == ':')
            return pl_arena_strndup(a->arena, line + len + 1, strcspn(line + len + 1, "\r\n"));
    }
    return NULL;
}

static int check_info(struct attempt *a, const char *text)
{
    const struct pl_probe_spec *spec = a->target->spec;

    for (size_t i = 0; i < spec->n_info; i++) {
        const char *value = info_value(a, text, spec->info[i].key);

        if (pl_attempt_expect(a, spec->info[i].expect,
                              value != NULL ? pl_value_string(a->arena, value) : NULL, true,
                              "EXPECT_RESULT",
                              pl_arena_printf(a->arena, "info %s", spec->info[i].key)) != 0)
            return -1;
    }
    return 0;
}

static int check_reply(struct attempt *a, const char *text, size_t n)
{
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
        if (text[0] == '$')
            return check_info(a, text);
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
    whole = reply_length(own->in.data, own->in.len, 0);
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
