/* net_priv.h - what the files of src/net share: digits to numbers, see number.c. */
#ifndef NET_PRIV_H
#define NET_PRIV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The number at *p, digits only, no leading zero, at most `max`; moves *p behind it. */
bool net_read_number(const char **p, uint32_t max, uint32_t *out);

struct net_unit {
    const char *name;
    int64_t scale; /* in base units: nanoseconds, bytes */
};

/* A decimal with one of the units: "1.5h", "512Mi"; moves *p behind it. Exact: what is no whole number
 * of base units is an error. The longest unit that fits is taken; "" in the table allows none. */
bool net_read_quantity(const char **p, const struct net_unit *units, size_t n, int64_t *out,
                       int64_t *out_scale);

#endif
