/* Canonical values: what is the same, what is not, and what a baseline's plain text means. */
#include <math.h>

#include "group_arena.h"
#include "plumbline/canon.h"
#include "plumbline/json.h"

static const struct pl_value *json(const char *text)
{
    struct pl_err err = {0};
    const struct pl_value *v =
        text != NULL ? pl_json_parse(arena, text, strlen(text), "test", &err) : NULL;
    if (text != NULL && v == NULL)
        fail_msg("%s: %s", text, err.text);
    return v;
}

static const char *text_of(const struct pl_value *v)
{
    return pl_json_text(arena, v);
}

/* ---- one scalar by type ---- */

static const struct {
    enum pl_type type;
    const char *json, *canonical; /* NULL: as it is */
} scalars[] = {
    {PL_T_STRING, "\"x\"", NULL},
    {PL_T_STRING, "5432", "\"5432\""},
    {PL_T_STRING, "true", "\"true\""},
    {PL_T_STRING, "1.5", "\"1.5\""},
    {PL_T_STRING, "0.1", "\"0.1\""},
    {PL_T_STRING, "\"300s\"", NULL},
    {PL_T_STRING, "null", NULL},
    {PL_T_STRING, "[1]", NULL},
    {PL_T_ENUM, "\"ALWAYS\"", NULL},
    {PL_T_ENUM, "\"NOT_LISTED\"", NULL},
    {PL_T_BOOL, "\"true\"", "true"},
    {PL_T_BOOL, "\"false\"", "false"},
    {PL_T_BOOL, "\"yes\"", NULL},
    {PL_T_BOOL, "1", NULL},
    {PL_T_INT, "\"5432\"", "5432"},
    {PL_T_INT, "5.0", "5"},
    {PL_T_INT, "5.5", NULL},
    {PL_T_INT, "\"x\"", NULL},
    {PL_T_INT64, "5", "\"5\""},
    {PL_T_INT64, "\"007\"", "\"7\""},
    {PL_T_INT64, "\"-0\"", "\"0\""},
    {PL_T_INT64, "\"18446744073709551615\"", NULL},
    {PL_T_INT64, "\"-\"", NULL},
    {PL_T_REAL, "1", "1.0"},
    {PL_T_DURATION, "\"300s\"", NULL},
    {PL_T_DURATION, "\"5m\"", "\"300s\""},
    {PL_T_DURATION, "\"3.500s\"", "\"3.5s\""},
    {PL_T_DURATION, "\"500ms\"", "\"0.5s\""},
    {PL_T_DURATION, "\"1ns\"", "\"0.000000001s\""},
    {PL_T_DURATION, "\"0\"", "\"0s\""},
    {PL_T_DURATION, "\"300\"", NULL},
    {PL_T_DURATION, "\"-5s\"", NULL},
    {PL_T_TIMESTAMP, "\"2026-01-31T12:00:00Z\"", NULL},
    {PL_T_TIMESTAMP, "\"2026-01-31T12:00:00.500000Z\"", "\"2026-01-31T12:00:00.5Z\""},
    {PL_T_TIMESTAMP, "\"2026-01-31t12:00:00.000z\"", "\"2026-01-31T12:00:00Z\""},
    {PL_T_TIMESTAMP, "\"2026-01-01T00:30:00+01:00\"", "\"2025-12-31T23:30:00Z\""},
    {PL_T_TIMESTAMP, "\"2024-02-28T23:00:00-02:00\"", "\"2024-02-29T01:00:00Z\""},
    {PL_T_TIMESTAMP, "\"1969-12-31T23:59:59Z\"", NULL},
    {PL_T_TIMESTAMP, "\"2026-13-01T00:00:00Z\"", NULL},
    {PL_T_TIMESTAMP, "\"2026-01-31\"", NULL},
    {PL_T_TIMESTAMP, "\"2026-01-31T12:00:00\"", NULL},
    {PL_T_TIMESTAMP, "\"2026-01-31T12:00:00.Z\"", NULL},
    {PL_T_TIMESTAMP, "\"2026-01-31T12:00:00+1:00\"", NULL},
    {PL_T_TIMESTAMP, "\"\"", NULL},
    {PL_T_BYTES, "\"-_8\"", "\"+/8=\""},
    {PL_T_BYTES, "\"YQ==\"", NULL},
    {PL_T_BYTES, "\"YQ\"", "\"YQ==\""},
    {PL_T_BYTES, "\"a\"", NULL},
    {PL_T_BYTES, "\"=\"", NULL},
    {PL_T_BYTES, "\"not base64!\"", NULL},
    {PL_T_CIDR, "\"10.8.0.5/28\"", "\"10.8.0.0/28\""},
    {PL_T_CIDR, "\"10.8.0.5/32\"", "\"10.8.0.5\""},
    {PL_T_CIDR, "\"10.8.0.5\"", NULL},
    {PL_T_CIDR, "\"0.0.0.0/0\"", NULL},
    {PL_T_CIDR, "\"FD00:0:0::1/128\"", "\"fd00::1\""},
    {PL_T_CIDR, "\"10.8.0/28\"", NULL},
    {PL_T_LINK, "\"https://www.googleapis.com/compute/v1/projects/p/global/networks/n\"",
     "\"projects/p/global/networks/n\""},
    {PL_T_LINK, "\"https://a.googleapis.com/https://b.googleapis.com/v1//projects/p\"",
     "\"projects/p\""},
    {PL_T_LINK, "\"default\"", NULL},
    {PL_T_PORTS, "443", "\"443\""},
    {PL_T_PORTS, "\"443-443\"", "\"443\""},
    {PL_T_PORTS, "\"8000-8100\"", NULL},
    {PL_T_PORTS, "\"70000\"", NULL},
    {PL_T_SIZE, "\"1024Mi\"", "\"1Gi\""},
    {PL_T_SIZE, "\"512Mi\"", NULL},
    {PL_T_SIZE, "\"0.5Gi\"", "\"512Mi\""},
    {PL_T_SIZE, "\"1G\"", "\"1000000000\""},
    {PL_T_SIZE, "\"0\"", NULL},
    {PL_T_SIZE, "\"big\"", NULL},
    {PL_T_RDATA, "\"2001:DB8:0:0::1\"", "\"2001:db8::1\""},
    {PL_T_RDATA, "\"10.0.0.5\"", NULL},
    {PL_T_RDATA, "\"db.example.com.\"", "\"db.example.com\""},
    {PL_T_RDATA, "\"DB.example.com\"", NULL},
    {PL_T_RDATA, "\".\"", NULL},
    {PL_T_RDATA, "\"10 mail.example.com.\"", NULL},
    {PL_T_RDATA, "\"\\\"v=spf1 -all.\\\"\"", NULL},
    {PL_T_QUANTITY, "1", "\"1\""},
    {PL_T_QUANTITY, "\"1000m\"", "\"1\""},
    {PL_T_QUANTITY, "\"0.5\"", "\"500m\""},
    {PL_T_QUANTITY, "\"1.0001\"", NULL},
    {PL_T_QUANTITY, "\"1.5000\"", "\"1500m\""},
    {PL_T_QUANTITY, "\"1.\"", NULL},
    {PL_T_QUANTITY, "\"m\"", NULL},
    {PL_T_QUANTITY, "\"9999999999999\"", NULL},
    {PL_T_ANY, "\"300s\"", NULL},
    {PL_T_UNKNOWN, "1.0", NULL},
};

static void canonical(void **state)
{
    (void)state;
    for (size_t i = 0; i < PL_LEN(scalars); i++) {
        struct pl_field_info info = {.type = scalars[i].type};
        const struct pl_value *v = json(scalars[i].json), *once = pl_canon(arena, &info, v);
        const char *want = scalars[i].canonical != NULL ? scalars[i].canonical : scalars[i].json;
        if (strcmp(text_of(once), want) != 0)
            fail_msg("type %d, %s: %s", scalars[i].type, scalars[i].json, text_of(once));
        assert_string_equal(text_of(pl_canon(arena, &info, once)), want);
    }
    assert_null(pl_canon(arena, &(struct pl_field_info){.type = PL_T_INT}, NULL));
    assert_ptr_equal(pl_canon(arena, &(struct pl_field_info){.type = PL_T_INT}, pl_value_unknown()),
                     pl_value_unknown());
}

/* Whatever the text and the type: the canonical form of the canonical form is itself. */
static void canonical_twice(void **state)
{
    static const char alphabet[] = "0123456789.:/-+=TZms GiKM_[]https:googleapis.com/projects/";
    uint32_t random = 99;
    (void)state;
    for (int round = 0; round < 20000; round++) {
        char text[24];
        random = random * 1664525U + 1013904223U;
        size_t n = (random >> 16) % sizeof text;
        for (size_t i = 0; i < n; i++) {
            random = random * 1664525U + 1013904223U;
            text[i] = alphabet[(random >> 8) % (sizeof alphabet - 1)];
        }
        text[n] = '\0';
        for (int type = PL_T_UNKNOWN; type <= PL_T_ANY; type++) {
            struct pl_field_info info = {.type = (enum pl_type)type};
            const struct pl_value *once = pl_canon(arena, &info, pl_value_string(arena, text));
            if (!pl_value_equal(once, pl_canon(arena, &info, once)))
                fail_msg("type %d, '%s': %s", type, text, text_of(once));
        }
    }
}

/* ---- fields of real kinds ---- */

struct field {
    const char *generic;
    struct pl_field_info info;
};

static struct field field_of(const char *kind, const char *text)
{
    struct pl_path path;
    struct field field = {.generic = ""};
    struct pl_field_info at = pl_field_root(pl_kind_find(kind));
    assert_int_equal(pl_path_parse(arena, text, &path, NULL), 0);
    if (!pl_field_lookup(pl_kind_find(kind), &path, &field.info, NULL, NULL))
        fail_msg("%s:%s is not known", kind, text);
    for (size_t i = 0; i < path.n; i++) {
        const char *key = path.steps[i].key;
        const char *next = pl_field_generic(arena, field.generic, &at, key);
        assert_true(pl_field_child(pl_kind_find(kind), field.generic, &at, key, &at));
        field.generic = next;
    }
    return field;
}

static const struct {
    const char *kind, *path, *a, *b; /* NULL: absent */
    bool equal;
} pairs[] = {
    /* scalars */
    {"run.service", "template.timeout", "\"300s\"", "\"5m\"", true},
    {"run.service", "template.timeout", "\"300s\"", "\"301s\"", false},
    {"run.service", "generation", "\"5\"", "5", true},
    {"run.service", "template.containers[*].env[*].value", "5432", "\"5432\"", true},
    {"run.service", "template.containers[*].resources.limits.memory", "\"1Gi\"", "\"1024Mi\"",
     true},
    {"run.service", "template.containers[*].resources.limits.cpu", "\"1000m\"", "\"1\"", true},
    {"run.service", "template.containers[*].resources.limits", "{\"cpu\":\"1000m\"}",
     "{\"cpu\":\"1\"}", true},
    {"run.service", "annotations", "{\"x\":\"1000m\"}", "{\"x\":\"1\"}", false},
    {"sql.instance", "settings.ipConfiguration.privateNetwork", "\"projects/p/global/networks/n\"",
     "\"https://compute.googleapis.com/compute/v1/projects/p/global/networks/n\"", true},
    {"sql.instance", "settings.ipConfiguration.privateNetwork", "\"/projects/p/global/networks/n\"",
     "\"n\"", true},
    {"sql.instance", "settings.ipConfiguration.privateNetwork", "\"projects/p/global/networks/n\"",
     "\"projects/p/global/networks/m\"", false},
    {"sql.instance", "settings.ipConfiguration.privateNetwork", "\"projects/p/global/networks/n\"",
     "\"projects/q/global/networks/n\"", false},
    {"sql.instance", "settings.ipConfiguration.privateNetwork", "\"projects/12/global/networks/n\"",
     "\"projects/13/global/networks/n\"", false},
    {"sql.instance", "settings.ipConfiguration.privateNetwork", "\"projects/12/global/networks/n\"",
     "\"projects/p/global/networks/n\"", true},
    {"sql.instance", "settings.ipConfiguration.privateNetwork", "\"projects/12/global/networks/n\"",
     "\"projects/p/global/networks/m\"", false},
    {"sql.instance", "settings.ipConfiguration.privateNetwork", "\"projects/p/global/networks/an\"",
     "\"n\"", false},
    /* absent */
    {"run.service", "ingress", NULL, NULL, true},
    {"run.service", "ingress", NULL, "\"INGRESS_TRAFFIC_ALL\"", true},
    {"run.service", "ingress", "\"\"", "\"INGRESS_TRAFFIC_ALL\"", true},
    {"run.service", "ingress", "null", "\"INGRESS_TRAFFIC_ALL\"", true},
    {"run.service", "ingress", NULL, "\"INGRESS_TRAFFIC_INTERNAL_ONLY\"", false},
    {"run.service", "template.timeout", NULL, "\"5m\"", true},
    {"run.service", "template.serviceAccount", NULL, "\"\"", true},
    {"run.service", "template.serviceAccount", NULL, "\"x\"", false},
    {"run.service", "template.containers[*].ports", NULL, "[]", true},
    {"run.service", "template.containers[*].ports", NULL, "[{\"containerPort\":1}]", false},
    {"run.service", "labels", NULL, "{}", true},
    {"run.service", "labels", "{}", "{\"a\":\"\"}", false},
    {"run.service", "labels", "{\"a\":null}", "{}", true},
    {"run.service", "labels[\"a\"]", NULL, "\"\"", false},
    {"run.service", "template.scaling", NULL, "{}", true},
    {"run.service", "template.scaling", NULL, "{\"minInstanceCount\":0,\"maxInstanceCount\":100}",
     true},
    {"run.service", "template.scaling", NULL, "{\"minInstanceCount\":1}", false},
    {"sql.instance", "settings.storageAutoResize", NULL, "true", true},
    {"sql.instance", "settings.storageAutoResize", NULL, "false", false},
    {"sql.instance", "settings.deletionProtectionEnabled", NULL, "false", true},
    /* messages */
    {"run.service", "template.vpcAccess",
     "{\"egress\":\"PRIVATE_RANGES_ONLY\",\"connector\":\"projects/p/locations/l/connectors/c\"}",
     "{\"connector\":\"projects/p/locations/l/connectors/c\"}", true},
    {"run.service", "template.vpcAccess", "{\"egress\":\"ALL_TRAFFIC\"}", "{}", false},
    {"run.service", "", "{\"etag\":\"a\",\"ingress\":\"INGRESS_TRAFFIC_ALL\"}", "{\"etag\":\"b\"}",
     true},
    {"run.service", "", "{\"unheard\":1}", "{\"unheard\":1.0}", false},
    {"run.service", "", "{\"unheard\":{\"a\":[1,2]}}", "{\"unheard\":{\"a\":[2,1]}}", false},
    /* lists by identity */
    {"run.service", "template.containers[*].env",
     "[{\"name\":\"A\",\"value\":\"1\"},{\"name\":\"B\",\"value\":\"2\"}]",
     "[{\"name\":\"B\",\"value\":\"2\"},{\"name\":\"A\",\"value\":\"1\"}]", true},
    {"run.service", "template.containers[*].env", "[{\"name\":\"A\",\"value\":\"\"}]",
     "[{\"name\":\"A\"}]", true},
    {"run.service", "template.containers[*].env", "[{\"name\":\"A\",\"value\":\"1\"}]",
     "[{\"name\":\"A\",\"value\":\"2\"}]", false},
    {"run.service", "template.containers[*].env", "[{\"name\":\"A\"}]",
     "[{\"name\":\"A\"},{\"name\":\"B\"}]", false},
    {"run.service", "template.containers[*].env", "[{\"name\":\"A\"}]", "[{\"name\":\"B\"}]",
     false},
    {"sql.instance", "settings.ipConfiguration.authorizedNetworks", "[{\"value\":\"10.0.0.1/32\"}]",
     "[{\"value\":\"10.0.0.1\"}]", true},
    {"run.service", "iamPolicy.bindings",
     "[{\"role\":\"r\",\"members\":[\"a\",\"b\"]},{\"role\":\"r\",\"condition\":{\"title\":\"t\"},"
     "\"members\":[\"c\"]}]",
     "[{\"role\":\"r\",\"condition\":{\"title\":\"t\"},\"members\":[\"c\"]},{\"role\":\"r\","
     "\"members\":[\"b\",\"a\"]}]",
     true},
    {"run.service", "iamPolicy.bindings", "[{\"role\":\"r\",\"members\":[\"a\"]}]",
     "[{\"role\":\"r\",\"condition\":{\"title\":\"t\"},\"members\":[\"a\"]}]", false},
    /* the same identity twice: a multiset */
    {"run.service", "template.containers[*].env",
     "[{\"name\":\"A\",\"value\":\"1\"},{\"name\":\"A\",\"value\":\"2\"}]",
     "[{\"name\":\"A\",\"value\":\"2\"},{\"name\":\"A\",\"value\":\"1\"}]", true},
    {"run.service", "template.containers[*].env",
     "[{\"name\":\"A\",\"value\":\"1\"},{\"name\":\"A\",\"value\":\"1\"},{\"name\":\"A\",\"value\":"
     "\"2\"}]",
     "[{\"name\":\"A\",\"value\":\"1\"},{\"name\":\"A\",\"value\":\"2\"},{\"name\":\"A\",\"value\":"
     "\"2\"}]",
     false},
    /* sets and lists in order */
    {"compute.firewall", "sourceRanges", "[\"10.0.0.0/8\",\"10.8.0.5/28\"]",
     "[\"10.8.0.0/28\",\"10.0.0.0/8\",\"10.0.0.0/8\"]", true},
    {"compute.firewall", "sourceRanges", "[\"10.0.0.0/8\"]", "[\"10.0.0.0/9\"]", false},
    {"compute.firewall", "sourceTags", "[\"a\",\"b\"]", "[\"b\",\"a\"]", true},
    {"run.service", "template.containers[*].args", "[\"a\",\"b\"]", "[\"b\",\"a\"]", false},
    {"run.service", "template.containers[*].args", "[\"a\",\"b\"]", "[\"a\",\"b\",\"c\"]", false},
    {"run.service", "iamPolicy.bindings[*].members", "[\"a\",\"b\"]", "[\"b\",\"a\"]", true},
    /* protocols and ports */
    {"compute.firewall", "allowed",
     "[{\"IPProtocol\":\"tcp\",\"ports\":[\"80\"]},{\"IPProtocol\":\"6\",\"ports\":[\"81-90\",\"85-"
     "100\"]}]",
     "[{\"IPProtocol\":\"TCP\",\"ports\":[\"80-100\"]}]", true},
    {"compute.firewall", "allowed", "[{\"IPProtocol\":\"tcp\"}]",
     "[{\"IPProtocol\":\"tcp\",\"ports\":[\"0-65535\"]}]", true},
    {"compute.firewall", "allowed", "[{\"IPProtocol\":\"tcp\"}]",
     "[{\"IPProtocol\":\"tcp\",\"ports\":[\"1-65535\"]}]", false},
    {"compute.firewall", "allowed", "[{\"IPProtocol\":\"all\"},{\"IPProtocol\":\"udp\"}]",
     "[{\"IPProtocol\":\"all\"}]", true},
    {"compute.firewall", "allowed", "[{\"IPProtocol\":\"tcp\",\"ports\":[\"80\"]}]",
     "[{\"IPProtocol\":\"udp\",\"ports\":[\"80\"]}]", false},
    {"compute.firewall", "allowed", "[{\"IPProtocol\":\"tcp\",\"ports\":[\"x\"]}]",
     "[{\"IPProtocol\":\"tcp\"}]", false},
    {"compute.firewall", "allowed", "[{\"IPProtocol\":\"tcp\",\"ports\":[80]}]",
     "[{\"IPProtocol\":\"tcp\",\"ports\":[\"80\"]}]", true},
    /* what does not fit the type */
    {"run.service", "template.containers", "{}", "[]", false},
    {"run.service", "template.containers", "{\"a\":1}", "[{\"name\":\"x\"}]", false},
    {"run.service", "ingress", "{\"a\":1}", "\"x\"", false},
};

static void equal(void **state)
{
    (void)state;
    for (size_t i = 0; i < PL_LEN(pairs); i++) {
        const struct pl_kind *kind = pl_kind_find(pairs[i].kind);
        struct field field = field_of(pairs[i].kind, pairs[i].path);
        const struct pl_value *a = json(pairs[i].a), *b = json(pairs[i].b);
        for (int swap = 0; swap < 2; swap++)
            if (pl_canon_equal(kind, field.generic, &field.info, swap ? b : a, swap ? a : b) !=
                pairs[i].equal)
                fail_msg("%s:%s: %s and %s", pairs[i].kind, pairs[i].path,
                         pairs[i].a != NULL ? pairs[i].a : "absent",
                         pairs[i].b != NULL ? pairs[i].b : "absent");
        assert_true(pl_canon_equal(kind, field.generic, &field.info, a, a));
        assert_true(
            pl_canon_equal(kind, field.generic, &field.info, a, pl_canon(arena, &field.info, a)));
        /* Again. */
        const struct pl_value *once = pl_canon(arena, &field.info, a);
        assert_true(a == NULL || pl_value_equal(once, pl_canon(arena, &field.info, once)));
    }
}

static void unknown_equals_nothing(void **state)
{
    (void)state;
    const struct pl_kind *kind = pl_kind_find("run.service");
    struct field field = field_of("run.service", "ingress"), root = field_of("run.service", "");
    const struct pl_value *unknown = pl_value_unknown();
    const struct pl_value *inside = pl_value_map(arena, &(struct pl_member){"ingress", unknown}, 1);
    assert_false(pl_canon_equal(kind, field.generic, &field.info, unknown, unknown));
    assert_false(pl_canon_equal(kind, field.generic, &field.info, unknown, NULL));
    assert_false(pl_canon_equal(kind, root.generic, &root.info, inside, inside));
    assert_false(pl_canon_equal(kind, root.generic, &root.info, inside, NULL));
}

/* A message without fields of its own is a mark. */
static void marks_count(void **state)
{
    static const struct pl_schema mark = {"Mark", NULL, 0};
    static const struct pl_schema_field top[] = {{"mark", PL_T_MESSAGE, PL_ONE, &mark, NULL}};
    static const struct pl_schema schema = {"Top", top, 1};
    static const struct pl_kind kind = {.name = "a.b", .schema = &schema};
    struct pl_field_info root = pl_field_root(&kind);
    (void)state;
    assert_false(pl_canon_equal(&kind, "", &root, json("{\"mark\":{}}"), json("{}")));
    assert_true(pl_canon_equal(&kind, "", &root, json("{\"mark\":{}}"), json("{\"mark\":{}}")));
}

/* Long lists without identity end in reasonable time, and are equal only where that is sure. */
static void long_lists(void **state)
{
    (void)state;
    struct pl_buf up = {0}, down = {0};
    const struct pl_kind *kind = pl_kind_find("run.service");
    struct field field = field_of("run.service", "template.containers");
    for (int i = 0; i < 3000; i++) {
        pl_buf_addf(&up, "%s{\"image\":\"i%d\"}", i > 0 ? "," : "[", i);
        pl_buf_addf(&down, "%s{\"image\":\"i%d\"}", i > 0 ? "," : "[", 2999 - i);
    }
    pl_buf_addc(&up, ']');
    pl_buf_addc(&down, ']');
    const struct pl_value *a = json(pl_buf_str(&up)), *b = json(pl_buf_str(&down));
    assert_true(pl_canon_equal(kind, field.generic, &field.info, a, b));
    struct pl_path first;
    assert_int_equal(pl_path_parse(arena, "[0].image", &first, NULL), 0);
    const struct pl_value *other = pl_path_set(arena, b, &first, pl_value_string(arena, "x"));
    assert_false(pl_canon_equal(kind, field.generic, &field.info, a, other));
    pl_buf_free(&up);
    pl_buf_free(&down);
}

static void layer4_form(void **state)
{
    static const struct {
        const char *json, *canonical;
    } rows[] = {
        {"[]", "[]"},
        {"[{\"IPProtocol\":\"udp\"},{\"IPProtocol\":\"tcp\",\"ports\":[\"443\",\"80\",\"81\"]},{"
         "\"IPProtocol\":\"47\"}]",
         "[{\"IPProtocol\":\"tcp\",\"ports\":[\"80-81\",\"443\"]},{\"IPProtocol\":\"udp\"},{"
         "\"IPProtocol\":\"47\"}]"},
        {"[{\"IPProtocol\":\"all\",\"ports\":[\"80\"]},{\"IPProtocol\":\"tcp\"}]",
         "[{\"IPProtocol\":\"all\",\"ports\":[\"80\"]},{\"IPProtocol\":\"tcp\"}]"},
        {"[{\"IPProtocol\":\"tcp\",\"ports\":[\"65535\",\"0-65534\"]}]",
         "[{\"IPProtocol\":\"tcp\"}]"},
        {"[{\"IPProtocol\":\"tcp\",\"ports\":[\"99999\"]}]",
         "[{\"IPProtocol\":\"tcp\",\"ports\":[\"99999\"]}]"},
        {"[{\"IPProtocol\":\"nonsense\"}]", "[{\"IPProtocol\":\"nonsense\"}]"},
        {"[{\"ports\":[\"80\"]}]", "[{\"ports\":[\"80\"]}]"},
        {"[5]", "[5]"},
    };
    struct field field = field_of("compute.firewall", "allowed");
    (void)state;
    for (size_t i = 0; i < PL_LEN(rows); i++)
        assert_string_equal(text_of(pl_canon(arena, &field.info, json(rows[i].json))),
                            rows[i].canonical);
}

static bool layer4_has(const struct pl_value *entries, int protocol, int port)
{
    struct pl_layer4 packets;
    pl_canon_layer4_read(arena, entries, &packets);
    return pl_layer4_contains(&packets, protocol, port);
}

static void layer4_contains(void **state)
{
    static const char entries[] =
        "[{\"IPProtocol\":\"tcp\",\"ports\":[\"80\",\"8000-8100\",\"x\"]},{\"IPProtocol\":\"icmp\"}"
        ","
        "{\"ipProtocol\":\"17\",\"ports\":[53]},{\"IPProtocol\":\"nonsense\"},{}]";
    static const struct {
        int protocol, port;
        bool inside;
    } rows[] = {
        {6, 80, true},    {6, 81, false},  {6, 8000, true}, {6, 8100, true},
        {6, 8101, false}, {6, -1, false},  {1, -1, true},   {1, 0, true},
        {17, 53, true},   {17, 54, false}, {47, 0, false},  {-2, 0, false},
    };
    (void)state;
    for (size_t i = 0; i < PL_LEN(rows); i++)
        assert_int_equal(layer4_has(json(entries), rows[i].protocol, rows[i].port), rows[i].inside);
    assert_true(layer4_has(json("[{\"IPProtocol\":\"all\"}]"), 47, 0));
    assert_false(layer4_has(NULL, 6, 80));
    assert_false(layer4_has(json("[]"), 6, 80));
}

/* ---- plain text ---- */

static void read(void **state)
{
    static const struct {
        enum pl_type type;
        enum pl_shape shape;
        const char *text;
        bool quoted;
        const char *json, *error;
    } rows[] = {
        {PL_T_STRING, PL_ONE, "5432", false, "\"5432\"", NULL},
        {PL_T_STRING, PL_ONE, "on", false, "\"on\"", NULL},
        {PL_T_STRING, PL_ONE, "22:22", false, "\"22:22\"", NULL},
        {PL_T_STRING, PL_ONE, "null", true, "\"null\"", NULL},
        {PL_T_STRING, PL_ONE, "null", false, "null", NULL},
        {PL_T_STRING, PL_ONE, "", false, "null", NULL},
        {PL_T_STRING, PL_ONE, "", true, "\"\"", NULL},
        {PL_T_INT, PL_ONE, "~", false, "null", NULL},
        {PL_T_ENUM, PL_ONE, "ON_DEMAND", false, "\"ON_DEMAND\"", NULL},
        {PL_T_BOOL, PL_ONE, "true", false, "true", NULL},
        {PL_T_BOOL, PL_ONE, "False", false, "false", NULL},
        {PL_T_BOOL, PL_ONE, "on", false, NULL, "wants true or false, not 'on'"},
        {PL_T_BOOL, PL_ONE, "1", false, NULL, "wants true or false, not '1'"},
        {PL_T_INT, PL_ONE, "5432", false, "5432", NULL},
        {PL_T_INT, PL_ONE, "-1", false, "-1", NULL},
        {PL_T_INT, PL_ONE, "5432", true, "5432", NULL},
        {PL_T_INT, PL_ONE, "abc", false, NULL, "wants a number, not 'abc'"},
        {PL_T_INT, PL_ONE, "0", false, "0", NULL},
        {PL_T_INT, PL_ONE, "0444", false, NULL,
         "wants a number without zeros in front (octal 0444 is 292), not '0444'"},
        {PL_T_INT, PL_ONE, "-010", true, NULL,
         "wants a number without zeros in front (octal -010 is -8), not '-010'"},
        {PL_T_INT, PL_ONE, "0800", false, NULL,
         "wants a number without zeros in front, not '0800'"},
        {PL_T_INT, PL_ONE, "0x1", false, NULL, "wants a number, not '0x1'"},
        {PL_T_INT, PL_ONE, "1.5", false, NULL, "wants a whole number, not '1.5'"},
        {PL_T_INT, PL_ONE, "22:22", false, NULL, "wants a number, not '22:22'"},
        {PL_T_INT, PL_ONE, "0x10", false, NULL, "wants a number, not '0x10'"},
        {PL_T_INT, PL_ONE, "1_000", false, NULL, "wants a number, not '1_000'"},
        {PL_T_INT, PL_ONE, "99999999999999999999", false, NULL,
         "wants a whole number, not '99999999999999999999'"},
        {PL_T_INT, PL_ONE, "1\x1b[31m", false, NULL, "wants a number, not '1?[31m'"},
        {PL_T_INT64, PL_ONE, "250", false, "\"250\"", NULL},
        {PL_T_INT64, PL_ONE, "18446744073709551615", false, "\"18446744073709551615\"", NULL},
        {PL_T_INT64, PL_ONE, "many", false, NULL, "wants a number, not 'many'"},
        {PL_T_REAL, PL_ONE, "0.8", false, "0.8", NULL},
        {PL_T_REAL, PL_ONE, "nan", false, NULL, "wants a number, not 'nan'"},
        {PL_T_REAL, PL_ONE, "1e999", false, NULL, "wants a number, not '1e999'"},
        {PL_T_DURATION, PL_ONE, "5m", false, "\"5m\"", NULL},
        {PL_T_DURATION, PL_ONE, "300", false, NULL,
         "wants a duration with a unit, like 300s or 5m, not '300'"},
        {PL_T_TIMESTAMP, PL_ONE, "2026-01-31", false, NULL,
         "wants a time like 2026-01-31T12:00:00Z, not '2026-01-31'"},
        {PL_T_BYTES, PL_ONE, "YQ==", false, "\"YQ==\"", NULL},
        {PL_T_BYTES, PL_ONE, "a b", false, NULL, "wants base64, not 'a b'"},
        {PL_T_CIDR, PL_ONE, "10.8.0.0/28", false, "\"10.8.0.0/28\"", NULL},
        {PL_T_CIDR, PL_ONE, "10.8.0/28", false, NULL,
         "wants an address or prefix like 10.8.0.0/28, not '10.8.0/28'"},
        {PL_T_LINK, PL_ONE, "default", false, "\"default\"", NULL},
        {PL_T_LINK, PL_ONE, "my network", false, NULL,
         "wants a resource's name or link, not 'my network'"},
        {PL_T_PORTS, PL_ONE, "8000-8100", false, "\"8000-8100\"", NULL},
        {PL_T_PORTS, PL_ONE, "99999", false, NULL,
         "wants a port or range like 443 or 8000-8100, not '99999'"},
        {PL_T_SIZE, PL_ONE, "512Mi", false, "\"512Mi\"", NULL},
        {PL_T_SIZE, PL_ONE, "lots", false, NULL, "wants a size like 512Mi or 2Gi, not 'lots'"},
        {PL_T_QUANTITY, PL_ONE, "1000m", false, "\"1000m\"", NULL},
        {PL_T_QUANTITY, PL_ONE, "two", false, NULL,
         "wants a number of CPUs like 1, 0.5 or 1000m, not 'two'"},
        {PL_T_STRING, PL_MANY, "x", false, NULL, "wants a list, not 'x'"},
        {PL_T_STRING, PL_KEYED, "x", false, NULL, "wants a mapping, not 'x'"},
        {PL_T_MESSAGE, PL_ONE, "x", false, NULL, "wants a mapping, not 'x'"},
        {PL_T_MESSAGE, PL_MANY, "", false, "null", NULL},
        {PL_T_ANY, PL_ONE, "5", false, "5", NULL},
        {PL_T_ANY, PL_ONE, "5", true, "\"5\"", NULL},
        {PL_T_ANY, PL_ONE, "1.5", false, "1.5", NULL},
        {PL_T_ANY, PL_ONE, "true", false, "true", NULL},
        {PL_T_UNKNOWN, PL_ONE, "on", false, "\"on\"", NULL},
        {PL_T_UNKNOWN, PL_ONE, "1.2.3", false, "\"1.2.3\"", NULL},
        {PL_T_UNKNOWN, PL_ONE, "e", false, "\"e\"", NULL},
    };
    (void)state;
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct pl_field_info info = {.type = rows[i].type, .shape = rows[i].shape};
        struct pl_err err = {0};
        const struct pl_value *v = pl_canon_read(arena, &info, rows[i].text, rows[i].quoted, &err);
        assert_string_equal(err.text, rows[i].error != NULL ? rows[i].error : "");
        if (rows[i].error != NULL)
            assert_null(v);
        else if (v == NULL)
            fail_msg("'%s' was refused", rows[i].text);
        else
            assert_string_equal(text_of(v), rows[i].json);
    }
}

static void secrets_are_not_repeated(void **state)
{
    (void)state;
    struct pl_err err = {0};
    struct pl_field_info info = {.type = PL_T_BYTES, .flags = PL_F_SECRET};
    assert_null(pl_canon_read(arena, &info, "hunter 2", false, &err));
    assert_string_equal(err.text, "wants base64");
}

static void long_text_is_cut(void **state)
{
    (void)state;
    struct pl_err err = {0};
    struct pl_field_info info = {.type = PL_T_INT};
    /* The 80th byte is in the middle of the last character. */
    assert_null(pl_canon_read(arena, &info,
                              "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
                              "xxxxxxxxxxx\xc3\xa4yyy",
                              false, &err));
    assert_string_equal(
        err.text,
        "wants a number, not "
        "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...'");
}

static void numbers(void **state)
{
    static const struct {
        enum pl_type type;
        const char *json;
        bool is;
        double number;
    } rows[] = {
        {PL_T_INT, "5", true, 5},
        {PL_T_INT, "\"5\"", true, 5},
        {PL_T_INT64, "\"250\"", true, 250},
        {PL_T_REAL, "0.5", true, 0.5},
        {PL_T_STRING, "\"200\"", true, 200},
        {PL_T_STRING, "\"-1.5\"", true, -1.5},
        {PL_T_STRING, "\"5m\"", true, 300},
        {PL_T_STRING, "\"1Ki\"", true, 1024},
        {PL_T_DURATION, "\"0.5s\"", true, 0.5},
        {PL_T_SIZE, "\"1Gi\"", true, 1073741824.0},
        {PL_T_QUANTITY, "\"500m\"", true, 0.5},
        {PL_T_QUANTITY, "2", true, 2},
        {PL_T_STRING, "\"14d\"", true, 1209600},
        {PL_T_STRING, "\"\"", false, 0},
        {PL_T_STRING, "\"abc\"", false, 0},
        {PL_T_STRING, "\"1-2\"", false, 0},
        {PL_T_DURATION, "\"300\"", false, 0},
        {PL_T_INT, "\"5m\"", false, 0},
        {PL_T_BOOL, "true", false, 0},
        {PL_T_ENUM, "\"5\"", false, 0},
        {PL_T_INT, "[5]", false, 0},
        {PL_T_STRING, "\".\"", false, 0},
    };
    (void)state;
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct pl_field_info info = {.type = rows[i].type};
        double number = 0;
        if (pl_canon_number(&info, json(rows[i].json), &number) != rows[i].is)
            fail_msg("%s of type %d", rows[i].json, rows[i].type);
        if (rows[i].is)
            assert_true(fabs(number - rows[i].number) < 1e-9);
    }
    double number;
    assert_false(pl_canon_number(&(struct pl_field_info){.type = PL_T_INT}, NULL, &number));
    assert_false(pl_canon_number(&(struct pl_field_info){.type = PL_T_INT, .shape = PL_MANY},
                                 json("5"), &number));
}

static void steps(void **state)
{
    static const struct {
        const char *kind, *list, *item, *path;
    } rows[] = {
        {"run.service", "template.containers[*].env", "{\"name\":\"A\",\"value\":\"1\"}",
         "[name=A]"},
        {"run.service", "template.containers[*].env", "{\"value\":\"1\"}", "[7]"},
        {"run.service", "template.containers[*].env", "{\"name\":\"\"}", "[7]"},
        {"run.service", "template.containers[*].env", "{\"name\":\"a\\u001fb\"}", "[7]"},
        {"run.service", "template.containers[*].env", "{\"name\":{\"x\":1}}", "[7]"},
        {"run.service", "template.containers[*].ports", "{\"containerPort\":8080}",
         "[containerPort=8080]"},
        {"run.service", "template.containers[*].args", "\"--x=1\"", "[=--x=1]"},
        {"run.service", "iamPolicy.bindings", "{\"role\":\"roles/run.invoker\",\"members\":[]}",
         "[role=roles/run.invoker]"},
        {"run.service", "iamPolicy.bindings",
         "{\"role\":\"r\",\"condition\":{\"title\":\"at night\",\"expression\":\"e\"}}",
         "[role=r,condition=at night]"},
        {"run.service", "iamPolicy.bindings",
         "{\"role\":\"r\",\"condition\":{\"expression\":\"a[0] == 1\"}}",
         "[role=r,condition=\"a[0] == 1\"]"},
        {"run.service", "iamPolicy.bindings", "{\"role\":\"r\",\"condition\":{\"location\":\"x\"}}",
         "[7]"},
        {"run.service", "traffic", "{\"type\":\"L\",\"percent\":100}", "[type=L]"},
        {"run.service", "traffic", "{\"type\":\"L\",\"tag\":\"t\"}", "[type=L,tag=t]"},
        {"run.service", "traffic", "{\"tag\":\"t\"}", "[type=,revision=,tag=t]"},
        {"compute.firewall", "sourceRanges", "\"10.8.0.5/28\"", "[10.8.0.0/28]"},
        {"sql.instance", "settings.ipConfiguration.authorizedNetworks",
         "{\"value\":\"10.0.0.1/32\"}", "[value=10.0.0.1]"},
        {"sql.instance", "settings.ipConfiguration.pscConfig.pscAutoConnections",
         "{\"consumerProject\":\"p\",\"consumerNetwork\":\"https://www.googleapis.com/compute/v1/"
         "projects/p/global/networks/n\"}",
         "[consumerProject=p,consumerNetwork=projects/p/global/networks/n]"},
    };
    (void)state;
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct field field = field_of(rows[i].kind, rows[i].list);
        const struct pl_value *item = json(rows[i].item);
        struct pl_step step = pl_canon_step(arena, &field.info, item, 7);
        struct pl_path path = pl_path_with(arena, &(struct pl_path){0}, step);
        assert_string_equal(pl_path_format(arena, &path), rows[i].path);
        if (step.type == PL_STEP_INDEX)
            continue;
        /* The step finds its element among others, as it is written there. */
        const struct pl_value *others[] = {
            json("{\"name\":\"other\",\"role\":\"r\",\"type\":\"L\",\"revision\":\"v\"}"),
            json("\"other\""), item};
        assert_ptr_equal(pl_path_get(pl_value_list(arena, others, 3), &path), item);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(canonical),
        cmocka_unit_test(canonical_twice),
        cmocka_unit_test(equal),
        cmocka_unit_test(unknown_equals_nothing),
        cmocka_unit_test(marks_count),
        cmocka_unit_test(long_lists),
        cmocka_unit_test(layer4_form),
        cmocka_unit_test(layer4_contains),
        cmocka_unit_test(read),
        cmocka_unit_test(secrets_are_not_repeated),
        cmocka_unit_test(long_text_is_cut),
        cmocka_unit_test(numbers),
        cmocka_unit_test(steps),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
