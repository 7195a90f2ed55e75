/* baseline_answer.c - what a probe's answer must be, as a connection's `probe` declares it: settings, certificates, records, status, headers and body.
 *
 * Which type takes which of them is baseline_probe.c's table.
 */
#include <string.h>

#include "baseline_priv.h"

const struct pl_expect *pl_read_free(struct pl_reader *r, enum pl_type type, const char *shown,
                                     const struct pl_yaml_node *node)
{
    struct pl_place at = pl_place_free(type, PL_ONE, shown);

    return pl_read_expect(r, &at, node);
}

/* A map from free names to expectations. */
static int read_named(struct pl_reader *r, enum pl_type type, const char *shown,
                      const struct pl_yaml_node *node, const struct pl_expect_member **out,
                      size_t *n)
{
    struct pl_place at = pl_place_free(type, PL_KEYED, shown);
    const struct pl_expect *map;

    if (pl_want(r, node, PL_YAML_MAPPING, shown) < 0 ||
        (map = pl_read_members(r, &at, node, false)) == NULL)
        return -1;
    *out = map->members;
    *n = map->n;
    return 0;
}

int pl_key_settings(struct pl_reader *r, const struct pl_key *key, const struct pl_yaml_pair *pair,
                    void *into)
{
    struct pl_probe_spec *spec = into;

    return read_named(r, PL_T_STRING, key->name, pair->value, &spec->settings, &spec->n_settings);
}

int pl_key_info(struct pl_reader *r, const struct pl_key *key, const struct pl_yaml_pair *pair,
                void *into)
{
    struct pl_probe_spec *spec = into;

    return read_named(r, PL_T_STRING, key->name, pair->value, &spec->info, &spec->n_info);
}

int pl_key_cluster(struct pl_reader *r, const struct pl_key *key, const struct pl_yaml_pair *pair,
                   void *into)
{
    struct pl_probe_spec *spec = into;

    return read_named(r, PL_T_STRING, key->name, pair->value, &spec->cluster, &spec->n_cluster);
}

int pl_key_expires_in(struct pl_reader *r, const struct pl_key *key,
                      const struct pl_yaml_pair *pair, void *into)
{
    struct pl_probe_spec *spec = into;

    spec->expires_in = pl_read_free(r, PL_T_DURATION, key->name, pair->value);
    if (spec->expires_in == NULL)
        return -1;
    if (spec->expires_in->match == PL_M_AT_LEAST)
        return 0;
    return pl_mark_error(r->err, &pair->value->mark, PL_E_BASELINE,
                         "%s wants !at_least with a duration, such as !at_least 14d", key->name);
}

int pl_key_ttl(struct pl_reader *r, const struct pl_key *key, const struct pl_yaml_pair *pair,
               void *into)
{
    struct pl_probe_spec *spec = into;

    spec->dns_ttl = pl_read_free(r, PL_T_DURATION, key->name, pair->value);
    if (spec->dns_ttl == NULL)
        return -1;
    if (spec->dns_ttl->match == PL_M_AT_LEAST || spec->dns_ttl->match == PL_M_AT_MOST)
        return 0;
    return pl_mark_error(r->err, &pair->value->mark, PL_E_BASELINE,
                         "%s wants !at_most or !at_least with a duration, such as !at_most 5m",
                         key->name);
}

int pl_key_certificate(struct pl_reader *r, const struct pl_key *key,
                       const struct pl_yaml_pair *pair, void *into)
{
    static const char *const fields[] = {"subject", "issuer", "names", "sha256"};
    struct pl_probe_spec *spec = into;

    if (pl_want(r, pair->value, PL_YAML_MAPPING, key->name) < 0)
        return -1;
    for (size_t i = 0; i < pair->value->n; i++) {
        const struct pl_yaml_node *name = pair->value->pairs[i].key;
        size_t k = 0;

        while (k < PL_LEN(fields) && strcmp(fields[k], name->text) != 0)
            k++;
        if (k == PL_LEN(fields))
            return pl_unknown_name(r, &name->mark, "field", name->text, fields, PL_LEN(fields));
    }
    return read_named(r, PL_T_ANY, key->name, pair->value, &spec->certificate,
                      &spec->n_certificate);
}

int pl_key_version(struct pl_reader *r, const struct pl_key *key, const struct pl_yaml_pair *pair,
                   void *into)
{
    struct pl_probe_spec *spec = into;

    spec->tls_version = pl_read_free(r, PL_T_STRING, key->name, pair->value);
    return spec->tls_version != NULL ? 0 : -1;
}

int pl_key_cipher(struct pl_reader *r, const struct pl_key *key, const struct pl_yaml_pair *pair,
                  void *into)
{
    struct pl_probe_spec *spec = into;

    spec->cipher = pl_read_free(r, PL_T_STRING, key->name, pair->value);
    return spec->cipher != NULL ? 0 : -1;
}

int pl_key_connections(struct pl_reader *r, const struct pl_key *key,
                       const struct pl_yaml_pair *pair, void *into)
{
    struct pl_probe_spec *spec = into;

    spec->connections = pl_read_free(r, PL_T_STRING, key->name, pair->value);
    return spec->connections != NULL ? 0 : -1;
}

static int key_status(struct pl_reader *r, const struct pl_key *key,
                      const struct pl_yaml_pair *pair, void *into)
{
    struct pl_probe_spec *spec = into;

    spec->expect_status = pl_read_free(r, PL_T_STRING, key->name, pair->value);
    return spec->expect_status != NULL ? 0 : -1;
}

static int key_body(struct pl_reader *r, const struct pl_key *key, const struct pl_yaml_pair *pair,
                    void *into)
{
    struct pl_probe_spec *spec = into;

    spec->expect_body = pl_read_free(r, PL_T_STRING, key->name, pair->value);
    return spec->expect_body != NULL ? 0 : -1;
}

static int key_expect_headers(struct pl_reader *r, const struct pl_key *key,
                              const struct pl_yaml_pair *pair, void *into)
{
    struct pl_probe_spec *spec = into;

    return read_named(r, PL_T_STRING, key->name, pair->value, &spec->expect_headers,
                      &spec->n_expect_headers);
}

static int key_json(struct pl_reader *r, const struct pl_key *key, const struct pl_yaml_pair *pair,
                    void *into)
{
    struct pl_probe_spec *spec = into;

    if (read_named(r, PL_T_ANY, key->name, pair->value, &spec->expect_json, &spec->n_expect_json) <
        0)
        return -1;
    for (size_t i = 0; i < spec->n_expect_json; i++) {
        if (!pl_pointer_ok(spec->expect_json[i].key))
            return pl_mark_error(r->err, &spec->expect_json[i].mark, PL_E_BASELINE,
                                 "%s wants JSON pointers such as /status, not '%s'", key->name,
                                 spec->expect_json[i].key);
    }
    return 0;
}

const struct pl_key pl_answer_keys[] = {
    {.name = "status", .read = key_status},
    {.name = "headers", .read = key_expect_headers},
    {.name = "body", .read = key_body},
    {.name = "json", .read = key_json},
};
const size_t pl_answer_keys_len = PL_LEN(pl_answer_keys);
