/* test_secrets.c - what an answer of a secret call must be to be compared: base64, a checksum that fits, and no word of it in any error.
 */
#include "harness.h"

#include <string.h>

#include "gcp_priv.h"
#include "plumbline/json.h"
#include "plumbline/payload.h"

/* CRC32C of "123456789" is e3069283 (RFC 3720, appendix B.4 has others; this one is the check value of the polynomial's catalogue). */
static const struct {
    const char *kind, *body;
    const char *wrong; /* NULL: described */
    const char *value; /* it equals this */
} rows[] = {
    {"secret.version", "{\"payload\":{\"data\":\"MTIzNDU2Nzg5\",\"dataCrc32c\":\"3808858755\"}}",
     NULL, "123456789"},
    {"secret.version", "{\"payload\":{\"data\":\"MTIzNDU2Nzg5\",\"dataCrc32c\":3808858755}}", NULL,
     "123456789"},
    {"secret.version", "{\"payload\":{\"data\":\"MTIzNDU2Nzg5\",\"dataCrc32c\":\"3808858756\"}}",
     "the payload does not match its CRC32C: it was damaged on the way", NULL},
    {"secret.version", "{\"payload\":{\"data\":\"MTIzNDU2Nzg5\"}}",
     "the payload comes without its CRC32C: what cannot be verified is not compared", NULL},
    {"secret.version", "{\"payload\":{\"data\":\"MTIzNDU2Nzg\",\"dataCrc32c\":\"1\"}}",
     "the payload is no base64", NULL},
    {"secret.version", "{\"payload\":{\"data\":\"MTIz NDU2\",\"dataCrc32c\":\"1\"}}",
     "the payload is no base64", NULL},
    {"secret.version", "{\"payload\":{\"data\":\"MTI_NDU2\",\"dataCrc32c\":\"1\"}}",
     "the payload is no base64", NULL},
    {"secret.version", "{\"payload\":{\"dataCrc32c\":\"0\"}}", NULL, ""},
    {"secret.version", "{\"payload\":{\"data\":\"AA==\",\"dataCrc32c\":\"1383945041\"}}", NULL,
     NULL},
    {"secret.version", "{}",
     "the payload comes without its CRC32C: what cannot be verified is not compared", NULL},
    {"redis.instance", "{\"authString\":\"x y\"}", NULL, "x y"},
    {"redis.instance", "{}", "the answer holds no secret", NULL},
    {"redis.instance", "{\"authString\":7}", "the answer holds no secret", NULL},
};

static void answers_are_verified(void **state)
{
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        const struct pl_value *body =
            pl_json_parse(*state, rows[i].body, strlen(rows[i].body), "row", NULL);
        const char *wrong = NULL;
        const struct pl_value *out =
            pl_gcp_describe(*state, pl_kind_find(rows[i].kind)->secret, body, &wrong);

        ROW("%s", rows[i].body);
        if (rows[i].wrong != NULL) {
            assert_null(out);
            assert_string_equal(wrong, rows[i].wrong);
            continue;
        }
        assert_non_null(out);
        assert_null(wrong);
        if (rows[i].value != NULL)
            assert_true(pl_payload_is(out, PL_PAYLOAD_WHOLE, rows[i].value));
        else
            assert_string_equal(pl_payload_flaw(out), "holds a NUL byte");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(answers_are_verified, harness_arena, harness_arena_free),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
