/* ports.c - port intervals as Google's firewall rules write them. */
#include "plumbline/net.h"

#include "net_priv.h"

bool pl_ports_parse(const char *text, struct pl_ports *out)
{
    uint32_t lo, hi;

    if (!net_read_number(&text, UINT16_MAX, &lo))
        return false;
    hi = lo;
    if (*text == '-') {
        text++;
        if (!net_read_number(&text, UINT16_MAX, &hi))
            return false;
    }
    if (*text != '\0' || hi < lo)
        return false;
    *out = (struct pl_ports){.lo = (uint16_t)lo, .hi = (uint16_t)hi};
    return true;
}
