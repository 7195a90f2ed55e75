/* fuzz_dns.c - a type of record and any bytes as a DNS answer: broken, or a list of printable texts. */
#include <ares.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "dns_priv.h"
#include "plumbline/value.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const types[] = {"A", "NS", "CNAME", "SOA", "PTR", "MX", "TXT", "AAAA", "SRV"};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pl_arena *arena = pl_arena_new();
    const struct pl_value *answers;
    struct dns_facts facts;

    if (size > 0) {
        answers = pl_dns_answers(arena, data + 1, size - 1,
                                 pl_dns_type(types[data[0] % PL_LEN(types)]), &facts);
        for (size_t i = 0; answers != NULL && i < pl_value_count(answers); i++) {
            const char *text = pl_value_text(pl_value_item(answers, i));

            if (text == NULL)
                abort();
            for (; *text != '\0'; text++)
                if ((unsigned char)*text < 0x20 || *text == 0x7f)
                    abort();
        }
    }
    pl_arena_free(arena);
    return 0;
}
