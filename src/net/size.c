/* size.c - amounts of memory and disk with Kubernetes' and Google's suffixes.
 *
 * https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
#include "plumbline/net.h"

#include "net_priv.h"

static const struct net_unit units[] = {
    {"", 1},
    {"k", 1000},
    {"K", 1000},
    {"M", 1000000},
    {"G", 1000000000},
    {"T", 1000000000000},
    {"P", 1000000000000000},
    {"KB", 1000},
    {"MB", 1000000},
    {"GB", 1000000000},
    {"TB", 1000000000000},
    {"Ki", INT64_C(1) << 10},
    {"Mi", INT64_C(1) << 20},
    {"Gi", INT64_C(1) << 30},
    {"Ti", INT64_C(1) << 40},
    {"Pi", INT64_C(1) << 50},
    {"KiB", INT64_C(1) << 10},
    {"MiB", INT64_C(1) << 20},
    {"GiB", INT64_C(1) << 30},
    {"TiB", INT64_C(1) << 40},
};

bool pl_size_parse(const char *text, int64_t *out_bytes)
{
    int64_t bytes, scale;

    if (!net_read_quantity(&text, units, PL_LEN(units), &bytes, &scale) || *text != '\0')
        return false;
    *out_bytes = bytes;
    return true;
}
