/* dns_priv.h - the records of a DNS answer, for probe_dns.c.
 */
#ifndef PROBE_DNS_PRIV_H
#define PROBE_DNS_PRIV_H

#include "probe_priv.h"

/* The number of a type of record (RFC 1035 section 3.2.2); 0 where there is no such type here. */
int pl_dns_type(const char *name);

/* What an answer says beside its records. */
struct dns_facts {
    bool authoritative;          /* AA: RFC 1035 section 4.1.1 */
    int64_t ttl_least, ttl_most; /* of the records asked for, in seconds */
};

/* The answers of this type as a list of texts, sorted: "10.0.0.3", "10 5 5432 db.test" (as zone files write them,
 * names in small letters and without the last dot). NULL where the answer is broken. */
const struct pl_value *pl_dns_answers(struct pl_arena *arena, const unsigned char *bytes, size_t n,
                                      int type, struct dns_facts *facts);

#endif
