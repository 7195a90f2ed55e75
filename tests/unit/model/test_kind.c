/* Kinds and fields: the catalogue is in order, and what is known of a field comes from the schema, its row and the rows above it. */
#include "group_arena.h"
#include "plumbline/address.h"

static void catalogue(void **state)
{
    (void)state;
    assert_true(pl_kinds_len > 0);
    for (size_t i = 0; i < pl_kinds_len; i++) {
        if (i > 0 && strcmp(pl_kinds[i - 1]->name, pl_kinds[i]->name) >= 0)
            fail_msg("%s is out of order", pl_kinds[i]->name);
        assert_ptr_equal(pl_kind_find(pl_kinds[i]->name), pl_kinds[i]);
    }
    assert_null(pl_kind_find(""));
    assert_null(pl_kind_find("sql"));
    assert_null(pl_kind_find("sql.instance/main"));
    assert_string_equal(pl_kind_nearest("sql.instnace"), "sql.instance");
    assert_string_equal(pl_kind_nearest("run.services"), "run.service");
    assert_null(pl_kind_nearest("something else entirely"));
}

static bool look_up(const char *kind, const char *text, struct pl_field_info *info, size_t *known,
                    const char **nearest)
{
    struct pl_path path;
    struct pl_err err = {0};
    if (pl_path_parse(arena, text, &path, &err) != 0)
        fail_msg("%s", err.text);
    return pl_field_lookup(pl_kind_find(kind), &path, info, known, nearest);
}

static void fields(void **state)
{
    static const struct {
        const char *kind, *path;
        enum pl_type type;
        enum pl_shape shape;
        const char *identity, *absent_is;
        unsigned flags;
    } rows[] = {
        {"run.service", "", PL_T_MESSAGE, PL_ONE, NULL, NULL, 0},
        {"run.service", "ingress", PL_T_ENUM, PL_ONE, NULL, "\"INGRESS_TRAFFIC_ALL\"", 0},
        {"run.service", "template.timeout", PL_T_DURATION, PL_ONE, NULL, "\"300s\"", 0},
        {"run.service", "generation", PL_T_INT64, PL_ONE, NULL, NULL, PL_F_OUTPUT | PL_F_VOLATILE},
        {"run.service", "createTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL,
         PL_F_OUTPUT | PL_F_VOLATILE},
        {"run.service", "template.containers", PL_T_MESSAGE, PL_MANY, "name", NULL, 0},
        {"run.service", "template.containers[0]", PL_T_MESSAGE, PL_ONE, NULL, NULL, 0},
        {"run.service", "template.containers[name=app].env", PL_T_MESSAGE, PL_MANY, "name", NULL,
         0},
        {"run.service", "template.containers[name=app].env[name=X].value", PL_T_STRING, PL_ONE,
         NULL, "\"\"", 0},
        {"run.service", "template.containers[*].env[*].value", PL_T_STRING, PL_ONE, NULL, "\"\"",
         0},
        {"run.service", "template.containers[name=app].resources.limits", PL_T_STRING, PL_KEYED,
         NULL, NULL, 0},
        {"run.service", "template.containers[name=app].resources.limits.cpu", PL_T_QUANTITY, PL_ONE,
         NULL, NULL, 0},
        {"run.service", "template.containers[name=app].resources.limits[*]", PL_T_STRING, PL_ONE,
         NULL, NULL, 0},
        {"run.service", "labels", PL_T_STRING, PL_KEYED, NULL, NULL, 0},
        {"run.service", "labels[\"a/b\"]", PL_T_STRING, PL_ONE, NULL, NULL, 0},
        {"run.service", "template.vpcAccess.connector", PL_T_LINK, PL_ONE, NULL, NULL, 0},
        {"run.service", "template.*.egress", PL_T_ANY, PL_ONE, NULL, NULL, 0},
        {"run.service", "terminalCondition.state", PL_T_ENUM, PL_ONE, NULL, NULL, PL_F_OUTPUT},
        {"run.service", "iamPolicy", PL_T_MESSAGE, PL_ONE, NULL, NULL, 0},
        {"run.service", "iamPolicy.bindings", PL_T_MESSAGE, PL_MANY, "role+condition", NULL, 0},
        {"run.service", "iamPolicy.bindings[role=r].members", PL_T_STRING, PL_MANY, NULL, NULL,
         PL_F_SET},
        {"run.service", "iamPolicy.bindings[role=r].members[allUsers]", PL_T_STRING, PL_ONE, NULL,
         NULL, 0},
        {"run.service", "iamPolicy.etag", PL_T_BYTES, PL_ONE, NULL, NULL,
         PL_F_OUTPUT | PL_F_VOLATILE},
        {"compute.network", "iamPolicy.bindings", PL_T_MESSAGE, PL_MANY, "role+condition", NULL, 0},
        {"compute.network", "iamPolicy.auditConfigs", PL_T_MESSAGE, PL_MANY, "service", NULL, 0},
        {"sql.instance", "settings.databaseFlags[name=x].value", PL_T_STRING, PL_ONE, NULL, NULL,
         0},
        {"sql.instance", "ipAddresses", PL_T_MESSAGE, PL_MANY, "type", NULL, PL_F_OUTPUT},
        {"sql.instance", "ipAddresses[type=PRIVATE].ipAddress", PL_T_STRING, PL_ONE, NULL, NULL,
         PL_F_OUTPUT},
        {"sql.instance", "failoverReplica.name", PL_T_STRING, PL_ONE, NULL, NULL, 0},
        {"sql.instance", "onPremisesConfiguration.password", PL_T_STRING, PL_ONE, NULL, NULL,
         PL_F_SECRET},
        {"compute.firewall", "sourceRanges", PL_T_CIDR, PL_MANY, NULL, NULL, PL_F_SET},
        {"compute.firewall", "sourceRanges[10.0.0.0/8]", PL_T_CIDR, PL_ONE, NULL, NULL, 0},
    };
    (void)state;
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct pl_field_info info;
        size_t known;
        const char *nearest;
        if (!look_up(rows[i].kind, rows[i].path, &info, &known, &nearest))
            fail_msg("%s:%s is not known", rows[i].kind, rows[i].path);
        if (info.type != rows[i].type || info.shape != rows[i].shape || info.flags != rows[i].flags)
            fail_msg("%s:%s is type %d, shape %d, flags %u", rows[i].kind, rows[i].path, info.type,
                     info.shape, info.flags);
        assert_null(nearest);
        if (rows[i].identity != NULL)
            assert_string_equal(info.identity, rows[i].identity);
        else
            assert_null(info.identity);
        if (rows[i].absent_is != NULL)
            assert_string_equal(info.absent_is, rows[i].absent_is);
        else
            assert_null(info.absent_is);
        assert_true((info.type == PL_T_MESSAGE) == (info.message != NULL));
    }
}

static void unknown_fields(void **state)
{
    static const struct {
        const char *kind, *path;
        size_t known;
        const char *nearest;
    } rows[] = {
        {"run.service", "ingres", 0, "ingress"},
        {"run.service", "iamPolicies", 0, "iamPolicy"},
        {"run.service", "template.time_out", 1, "timeout"},
        {"run.service", "template.containers[name=app].envs", 3, "env"},
        {"run.service", "template.containers.env", 2, NULL},
        {"run.service", "template.timeout.seconds", 2, NULL},
        {"run.service", "template[0]", 1, NULL},
        {"run.service", "labels[name=x]", 1, NULL},
        {"run.service", "labels.x.y", 2, NULL},
        {"run.service", "something.else", 0, NULL},
        {"run.service", "template.iamPolicy", 1, NULL},
        {"sql.instance", "settings.ipConfiguration.sslMod", 2, "sslMode"},
        {"sql.instance", "iamPolicy.binding", 1, "bindings"},
    };
    (void)state;
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct pl_field_info info;
        size_t known;
        const char *nearest;
        if (look_up(rows[i].kind, rows[i].path, &info, &known, &nearest))
            fail_msg("%s:%s is known", rows[i].kind, rows[i].path);
        if (known != rows[i].known)
            fail_msg("%s:%s: %zu steps are known", rows[i].kind, rows[i].path, known);
        if (rows[i].nearest != NULL && nearest != NULL)
            assert_string_equal(nearest, rows[i].nearest);
        else if (nearest != rows[i].nearest)
            fail_msg("%s:%s: nearest is %s", rows[i].kind, rows[i].path,
                     nearest != NULL ? nearest : "none");
        assert_int_equal(info.type, PL_T_UNKNOWN);
    }
    assert_false(look_up("run.service", "ingres", NULL, NULL, NULL));
}

/* Step by step is the same as at once. */
static void walking(void **state)
{
    static const struct {
        const char *key, *generic;
    } steps[] = {
        {"template", "template"},
        {"containers", "template.containers"},
        {NULL, "template.containers[]"},
        {"env", "template.containers[].env"},
        {NULL, "template.containers[].env[]"},
        {"value", "template.containers[].env[].value"},
    };
    (void)state;
    const struct pl_kind *kind = pl_kind_find("run.service");
    struct pl_field_info at = pl_field_root(kind);
    const char *generic = "";
    for (size_t i = 0; i < PL_LEN(steps); i++) {
        const char *next = pl_field_generic(arena, generic, &at, steps[i].key);
        assert_true(pl_field_child(kind, generic, &at, steps[i].key, &at));
        assert_string_equal(next, steps[i].generic);
        generic = next;
    }
    assert_string_equal(at.absent_is, "\"\"");
    at = pl_field_root(kind);
    assert_true(pl_field_child(kind, "", &at, "labels", &at));
    assert_string_equal(pl_field_generic(arena, "labels", &at, "x"), "labels{}");
    assert_true(pl_field_child(kind, "labels", &at, "x", &at));
    assert_false(pl_field_child(kind, "labels{}", &at, "y", &at));
    assert_int_equal(at.type, PL_T_UNKNOWN);
}

/* Secrets and outputs hold for everything below, also where the schema ends. */
static void flags_reach_down(void **state)
{
    static const struct pl_schema_field leaf[] = {{"free", PL_T_ANY, PL_ONE, NULL, NULL}};
    static const struct pl_schema inner = {"Inner", leaf, 1};
    static const struct pl_schema_field top[] = {{"things", PL_T_MESSAGE, PL_MANY, &inner, NULL}};
    static const struct pl_schema schema = {"Top", top, 1};
    static const struct pl_field_row field_rows[] = {
        {.path = "things[]",
         .identity = "name",
         .absent_is = "{}",
         .flags = PL_F_SET | PL_F_SECRET | PL_F_IMMUTABLE}};
    static const struct pl_kind kind = {
        .name = "a.b", .schema = &schema, .fields = field_rows, .n_fields = 1};
    struct pl_field_info info = pl_field_root(&kind);
    (void)state;
    assert_true(pl_field_child(&kind, "", &info, "things", &info));
    assert_string_equal(info.identity, "name");
    assert_null(info.absent_is);
    assert_int_equal(info.flags, PL_F_SET);
    assert_true(pl_field_child(&kind, "things", &info, NULL, &info));
    assert_int_equal(info.flags, PL_F_SECRET | PL_F_IMMUTABLE);
    assert_true(pl_field_child(&kind, "things[]", &info, "free", &info));
    assert_int_equal(info.flags, PL_F_SECRET);
    assert_true(pl_field_child(&kind, "things[].free", &info, "anything", &info));
    assert_int_equal(info.type, PL_T_ANY);
    assert_int_equal(info.flags, PL_F_SECRET);
    info = pl_field_root(&kind);
    assert_false(pl_field_child(&kind, "", &info, "thing", &info));
}

/* A kind without a schema is a policy itself. */
static void policy_is_a_root_too(void **state)
{
    static const struct pl_kind kind = {.name = "a.policy"};
    struct pl_path path;
    struct pl_field_info info;
    (void)state;
    assert_int_equal(pl_path_parse(arena, "bindings", &path, NULL), 0);
    assert_true(pl_field_lookup(&kind, &path, &info, NULL, NULL));
    assert_string_equal(info.identity, "role+condition");
    assert_int_equal(
        pl_path_parse(arena, "iamPolicy.bindings[role=r].condition.title", &path, NULL), 0);
    assert_true(pl_field_lookup(&kind, &path, &info, NULL, NULL));
    assert_int_equal(info.type, PL_T_STRING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(catalogue),        cmocka_unit_test(fields),
        cmocka_unit_test(unknown_fields),   cmocka_unit_test(walking),
        cmocka_unit_test(flags_reach_down), cmocka_unit_test(policy_is_a_root_too),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
