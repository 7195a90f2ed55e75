/* plumbline/payload.h [floor 2: src/model] - what may be known of a secret's value: its length, its flaws, and what its parts are equal to.
 *
 * A value is described once, and then wiped. A description holds no part of it, only tags (pl_secret_tag), which mean something to this
 * process alone: a question is always whether a part equals a text that is known already. It is a value tree, so that a world can hold it and
 * evaluators read it through their view; it is never written anywhere.
 */
#ifndef PLUMBLINE_PAYLOAD_H
#define PLUMBLINE_PAYLOAD_H

#include "plumbline/net.h"
#include "plumbline/value.h"

/* The fields of a world that hold one, beside Google's own members: of a secret.version, and of a redis.instance. */
#define PL_PAYLOAD     "payload"
#define PL_AUTH_STRING "authString"

const struct pl_value *pl_payload_describe(struct pl_arena *arena, const char *bytes, size_t len);

size_t pl_payload_len(const struct pl_value *payload);
/* "ends in a newline": what most clients stumble over; NULL: nothing of the kind. */
const char *pl_payload_flaw(const struct pl_value *payload);

enum pl_payload_part {
    PL_PAYLOAD_WHOLE, /* to the byte */
    PL_PAYLOAD_PLAIN, /* without blanks and newlines around it */
    /* of a connection string (pl_dsn_parse), decoded */
    PL_PAYLOAD_HOST, /* in any case, and however an address is written */
    PL_PAYLOAD_PORT,
    PL_PAYLOAD_CONNECTOR,
    PL_PAYLOAD_DATABASE,
    PL_PAYLOAD_USER,
    PL_PAYLOAD_PASSWORD
};
/* Is there such a part? */
bool pl_payload_has(const struct pl_value *payload, enum pl_payload_part part);
/* Is there, and is it this text? */
bool pl_payload_is(const struct pl_value *payload, enum pl_payload_part part, const char *text);

enum pl_payload_host {
    PL_PAYLOAD_NO_HOST,
    PL_PAYLOAD_LOOPBACK,
    PL_PAYLOAD_PRIVATE_IP,
    PL_PAYLOAD_PUBLIC_IP,
    PL_PAYLOAD_SOCKET,
    PL_PAYLOAD_RUN_APP,
    PL_PAYLOAD_NAME
};
enum pl_payload_host pl_payload_host(const struct pl_value *payload);
/* Is its host an IPv4 address in this range? */
bool pl_payload_within(const struct pl_value *payload, const struct pl_prefix *range);
enum pl_dsn_tls pl_payload_tls(const struct pl_value *payload);
/* The same value, as far as two descriptions tell? `plain`: blanks and newlines around it aside. */
bool pl_payload_same(const struct pl_value *a, const struct pl_value *b, bool plain);

#endif
