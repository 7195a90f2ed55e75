/* proto.c - IP protocols by name, as firewall rules know them.
 *
 * Numbers: https://www.iana.org/assignments/protocol-numbers
 */
#include <strings.h>

#include "plumbline/net.h"

#include "net_priv.h"

static const struct {
    const char *name;
    int number;
} protocols[] = {
    {"all", -1}, {"icmp", 1},       {"tcp", 6},   {"udp", 17},   {"gre", 47},    {"esp", 50},
    {"ah", 51},  {"ipv6-icmp", 58}, {"ipip", 94}, {"sctp", 132}, {"icmpv6", 58},
};

int pl_proto_parse(const char *text)
{
    uint32_t number;

    for (size_t i = 0; i < PL_LEN(protocols); i++) {
        if (strcasecmp(text, protocols[i].name) == 0)
            return protocols[i].number;
    }
    return net_read_number(&text, 255, &number) && *text == '\0' ? (int)number : -2;
}
