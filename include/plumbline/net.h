/* plumbline/net.h [floor 1: src/net] - IP addresses, prefixes, port intervals and durations: parse, compare, print. No I/O. */
#ifndef PLUMBLINE_NET_H
#define PLUMBLINE_NET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "plumbline/arena.h"
#include "plumbline/err.h"

/* Sixteen bytes, network order; IPv4 as ::ffff:a.b.c.d. */
struct pl_ip {
    uint8_t bytes[16];
    bool v4;
};

struct pl_prefix {
    struct pl_ip ip; /* host bits cleared */
    int len;         /* 0..32 for IPv4, 0..128 for IPv6 */
};

bool pl_ip_parse(const char *text, struct pl_ip *out);
bool pl_ip_equal(const struct pl_ip *a, const struct pl_ip *b);
char *pl_ip_format(struct pl_arena *arena, const struct pl_ip *ip); /* RFC 5952 */
bool pl_ip_is_loopback(const struct pl_ip *ip);
/* RFC 1918. */
bool pl_ip_is_rfc1918(const struct pl_ip *ip);
/* RFC 1918, RFC 6598 (100.64/10), class E (240/4), link-local, fc00::/7: no public address. */
bool pl_ip_is_private(const struct pl_ip *ip);

/* "10.0.0.0/8"; a bare address is a /32 or /128; host bits are cleared. */
bool pl_prefix_parse(const char *text, struct pl_prefix *out);
bool pl_prefix_contains_ip(const struct pl_prefix *p, const struct pl_ip *ip);
bool pl_prefix_contains(const struct pl_prefix *outer, const struct pl_prefix *inner);
bool pl_prefix_overlaps(const struct pl_prefix *a, const struct pl_prefix *b);
/* Is every address of the range in one of these? Adjacent prefixes cover together what neither does alone. */
bool pl_prefixes_cover(const struct pl_prefix *list, size_t n, const struct pl_prefix *range);
bool pl_prefix_equal(const struct pl_prefix *a, const struct pl_prefix *b);
char *pl_prefix_format(struct pl_arena *arena, const struct pl_prefix *p);

/* Inclusive. */
struct pl_ports {
    uint16_t lo, hi;
};
/* "443", "8000-8100"; whitespace is an error. */
bool pl_ports_parse(const char *text, struct pl_ports *out);

/* IANA protocol number from a name (tcp, udp, icmp, esp, ah, sctp, ipip, all = -1) or a number text; -2 unknown. */
int pl_proto_parse(const char *text);

/* "2s", "500ms", "5m", "1.5h", "14d", "300s", "0.5s" to nanoseconds; a unit is demanded except for "0". */
bool pl_duration_parse(const char *text, int64_t *out_ns);
/* Shortest human form: "500ms", "2s", "5m". */
char *pl_duration_format(struct pl_arena *arena, int64_t ns);

/* "512Mi", "2Gi", "1G", "100" to bytes; Kubernetes' and Google's suffixes (k M G T, Ki Mi Gi Ti, KB MB GB). */
bool pl_size_parse(const char *text, int64_t *out_bytes);

/* host, port, and for URLs scheme and path, out of "host:port", "[v6]:port", "https://h:p/path", "host". */
struct pl_hostport {
    const char *scheme;    /* NULL where none */
    const char *user_info; /* NULL where none; may hold a secret: never print */
    const char *host;
    int port; /* 0 where none and the scheme gives no default */
    bool port_given;
    const char *path; /* "/..." with query, or NULL */
};
bool pl_hostport_parse(struct pl_arena *arena, const char *text, struct pl_hostport *out);

/* The parts of a connection string; see dsn.c for the forms. Decoded; NULL where it does not say them. Any of them may hold a secret: never print. */
enum pl_dsn_tls { PL_DSN_TLS_UNSAID, PL_DSN_PLAIN, PL_DSN_TLS };
struct pl_dsn {
    const char *scheme; /* "postgresql" of "jdbc:postgresql://" and "postgresql+psycopg2://" */
    const char *user, *password;
    const char *host;      /* or the folder of a unix socket, from "/" */
    const char *connector; /* PROJECT:REGION:INSTANCE of a Cloud SQL connector */
    const char *database;
    int port; /* 0 where it names none */
    enum pl_dsn_tls tls;
    bool several; /* it names more hosts than the first */
};
/* False where the text has none of the forms, or a part in it is none that a client takes. */
bool pl_dsn_parse(struct pl_arena *arena, const char *text, struct pl_dsn *out);
/* What a client's word for TLS means: "disable", "verify-full", "true". */
enum pl_dsn_tls pl_dsn_tls_of(const char *text);

#endif
