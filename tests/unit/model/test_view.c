/* test_view.c - views: changes laid over, three values for every field, listings that stay sorted, and the record of what was read. */
#include "harness.h"

#include <stdio.h>
#include <string.h>

#include "plumbline/json.h"
#include "plumbline/snapshot.h"
#include "plumbline/world.h"

#define RUN "//run.googleapis.com/projects/p/locations/l/services/"

static const char estate[] =
    "{\"plumbline_snapshot\":\"1.0\",\"projects\":[\"p\"]}\n"
    "{\"kind\":\"run.service\",\"name\":\"" RUN "auth\",\"resource\":{\"ingress\":\"ALL\",\"uri\":"
    "null,\"invokerIamDisabled\":true,\"template\":{\"timeout\":\"300s\","
    "\"maxInstanceRequestConcurrency\":80,\"containers\":[{\"name\":\"app\",\"env\":"
    "[{\"name\":\"A\",\"value\":\"1\"},{\"name\":\"B\",\"value\":\"2\"}]}]}}}\n"
    "{\"iam_policy\":{\"bindings\":[{\"members\":[\"allUsers\"],\"role\":\"roles/run.invoker\"}]},"
    "\"kind\":\"run.service\",\"name\":\"" RUN "auth\"}\n"
    "{\"kind\":\"run.service\",\"name\":\"" RUN "masked\",\"fields\":[\"template.timeout\","
    "\"template.containers.env\"],\"resource\":{\"ingress\":\"ALL\",\"template\":{\"timeout\":"
    "\"9s\",\"containers\":[{\"name\":\"app\",\"env\":[]}]}}}\n"
    "{\"kind\":\"compute.network\",\"name\":\"//compute.googleapis.com/projects/p/global/networks/"
    "part\",\"fields\":[\"name\",\"peerings[*].name\",\"peerings[*].state\",\"routingConfig."
    "routingMode\",\"subnetworks\"],\"resource\":{\"name\":\"part\",\"peerings\":[{\"name\":\"a\","
    "\"state\":\"ACTIVE\"},{\"name\":\"b\"}]}}\n"
    "{\"kind\":\"compute.network\",\"name\":\"//compute.googleapis.com/projects/p/global/networks/"
    "bare\",\"fields\":[\"peerings[*].state\",\"routingConfig.routingMode\"],\"resource\":{"
    "\"routingConfig\":{}}}\n"
    "{\"kind\":\"run.service\",\"name\":\"" RUN "plain\",\"resource\":{\"ingress\":\"\"}}\n"
    "{\"kind\":\"sql.instance\",\"name\":\"//sqladmin.googleapis.com/projects/p/instances/main\","
    "\"resource\":{\"settings\":{\"tier\":\"t\"}}}\n"
    "{\"unobserved\":\"run.service\",\"scope\":\"projects/p/locations/l/services/plain\","
    "\"field\":\"template\",\"reason\":\"unavailable\"}\n";

struct fixture {
    struct pl_arena *arena;
    const struct pl_world *world;
    struct pl_view *view;
};

static int set_up(void **state)
{
    struct pl_arena *arena = pl_arena_new();
    struct fixture *f = PL_NEW(arena, struct fixture);
    struct pl_err err = {0};

    f->arena = arena;
    f->world = pl_snapshot_read(arena, "estate", estate, strlen(estate), &err);
    if (f->world == NULL)
        fail_msg("%s", err.text);
    f->view = pl_view_new(arena, f->world);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    pl_arena_free(f->arena);
    return 0;
}

static struct pl_address at(struct fixture *f, const char *text)
{
    struct pl_address address;

    assert_int_equal(pl_address_parse(f->arena, text, &address, NULL), 0);
    return pl_address_resolve(&address, "p", "global");
}

static struct pl_path path(struct fixture *f, const char *text)
{
    struct pl_path path;

    assert_int_equal(pl_path_parse(f->arena, text, &path, NULL), 0);
    return path;
}

/* "null" removes, "?" makes it not known. */
static void set(struct fixture *f, struct pl_view *view, const char *address, const char *field,
                const char *text)
{
    struct pl_address a = at(f, address);
    struct pl_path p = path(f, field);
    const struct pl_value *v = NULL;

    if (strcmp(text, "?") == 0)
        v = pl_value_unknown();
    else if (strcmp(text, "null") != 0)
        v = pl_json_parse(f->arena, text, strlen(text), "value", NULL);
    pl_view_set(view, &a, &p, v);
}

static void drop(struct fixture *f, struct pl_view *view, const char *address)
{
    struct pl_address a = at(f, address);

    pl_view_delete(view, &a);
}

static void put(struct fixture *f, struct pl_view *view, const char *address, const char *body)
{
    struct pl_resource r = {.address = at(f, address),
                            .body = pl_json_parse(f->arena, body, strlen(body), "body", NULL)};

    pl_view_put(view, &r);
}

/* A field as text: its JSON, "absent" or "unknown"; of a resource that is not there, the same in capitals. */
static const char *see(struct fixture *f, struct pl_view *view, const char *address,
                       const char *field)
{
    struct pl_address a = at(f, address);
    const struct pl_resource *r;
    const struct pl_value *v;
    enum pl_known known = pl_view_find(view, &a, &r);

    if (known != PL_PRESENT) {
        assert_null(r);
        return known == PL_ABSENT ? "ABSENT" : "UNKNOWN";
    }
    known = pl_view_read(view, r, field, &v);
    if (known != PL_PRESENT) {
        assert_null(v);
        return known == PL_ABSENT ? "absent" : "unknown";
    }
    return pl_json_text(f->arena, v);
}
#define SEE(view, address, field, want)                                                            \
    assert_string_equal(see(f, (view), (address), (field)), (want))

#define AUTH   "run.service/l/auth"
#define MASKED "run.service/l/masked"
#define PART   "compute.network/part"
#define BARE   "compute.network/bare"
#define PLAIN  "run.service/l/plain"
#define NEW    "run.service/l/new"
#define FAR    "run.service/q/l/far"

/* ---- reading ---- */

static void fields_are_present_absent_or_not_known(void **state)
{
    static const struct {
        const char *address, *field, *want;
    } rows[] = {
        {AUTH, "ingress", "\"ALL\""},
        {AUTH, "template.containers[name=app].env[name=B].value", "\"2\""},
        {AUTH, "template.containers[0].env[1].value", "\"2\""},
        {AUTH, "template.containers[name=app].env[name=C].value", "absent"},
        {AUTH, "template.containers[1]", "absent"},
        {AUTH, "description", "absent"},
        {AUTH, "uri", "absent"},
        {AUTH, "uri.below", "absent"},
        {AUTH, "ingress.below", "absent"},
        {AUTH, "iamPolicy.bindings[role=roles/run.invoker].members", "[\"allUsers\"]"},
        {AUTH, "iamPolicy.etag", "absent"},
        {MASKED, "template.timeout", "\"9s\""},
        {MASKED, "template.containers[name=app].env", "[]"},
        {MASKED, "template.containers[name=app].env[name=A]", "absent"},
        {MASKED, "template.containers[name=app].image", "unknown"},
        {MASKED, "template", "unknown"},
        /* Of a list that was asked for in part it is known what is in it, of its elements only that part. */
        {PART, "peerings", "[{\"name\":\"a\",\"state\":\"ACTIVE\"},{\"name\":\"b\"}]"},
        {PART, "peerings[name=a].state", "\"ACTIVE\""},
        {PART, "peerings[name=b].state", "absent"},
        {PART, "peerings[1]", "{\"name\":\"b\"}"},
        {PART, "peerings[name=c]", "absent"},
        {PART, "peerings[name=a].network", "unknown"},
        {PART, "peerings[name=c].network", "unknown"},
        {PART, "routingConfig", "unknown"},
        {PART, "routingConfig.routingMode", "absent"},
        {PART, "routingConfig.bgpBestPathSelectionMode", "unknown"},
        {PART, "mtu", "unknown"},
        {PART, "subnetworks", "absent"},
        {BARE, "peerings", "absent"},
        {BARE, "peerings[name=a].state", "absent"},
        {BARE, "routingConfig", "unknown"},
        {BARE, "routingConfig.routingMode", "absent"},
        {MASKED, "ingress", "unknown"},
        {MASKED, "description", "unknown"},
        {MASKED, "iamPolicy", "unknown"},
        {PLAIN, "iamPolicy.bindings", "unknown"},
        {PLAIN, "ingress", "\"\""},
        {PLAIN, "description", "absent"},
        {PLAIN, "template.timeout", "unknown"},
        {NEW, "ingress", "ABSENT"},
        {FAR, "ingress", "UNKNOWN"},
        {"sql.instance/main", "settings.tier", "\"t\""},
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < PL_LEN(rows); i++) {
        ROW("%s:%s", rows[i].address, rows[i].field);
        SEE(f->view, rows[i].address, rows[i].field, rows[i].want);
    }
}

static void an_address_without_a_place_is_not_known(void **state)
{
    struct fixture *f = *state;
    struct pl_address a;

    assert_int_equal(pl_address_parse(f->arena, AUTH, &a, NULL), 0);
    a.project = NULL;
    assert_int_equal(pl_view_find(f->view, &a, NULL), PL_NOT_KNOWN);
    assert_int_equal(pl_address_parse(f->arena, "sql.instance/main", &a, NULL), 0);
    a.project = "p";
    a.location = NULL;
    assert_int_equal(pl_view_find(f->view, &a, NULL), PL_PRESENT);
}

static void defaults_stand_in_for_what_is_absent_not_for_what_is_not_known(void **state)
{
    struct fixture *f = *state;
    struct pl_address a = at(f, "sql.instance/main"), m = at(f, MASKED), p = at(f, AUTH);
    const struct pl_resource *r;
    const struct pl_value *v;
    enum pl_known known;

    assert_int_equal(pl_view_find(f->view, &a, &r), PL_PRESENT);
    assert_int_equal(pl_view_read(f->view, r, "settings.activationPolicy", &v), PL_ABSENT);
    assert_int_equal(pl_view_read_default(f->view, r, "settings.activationPolicy", &v), PL_PRESENT);
    assert_string_equal(pl_value_text(v), "ALWAYS");
    assert_string_equal(pl_view_text(f->view, r, "settings.activationPolicy", &known), "ALWAYS");
    assert_int_equal(known, PL_PRESENT);
    set(f, f->view, "sql.instance/main", "settings.activationPolicy", "\"\"");
    assert_string_equal(pl_view_text(f->view, r, "settings.activationPolicy", NULL), "ALWAYS");
    set(f, f->view, "sql.instance/main", "settings.activationPolicy", "\"NEVER\"");
    assert_string_equal(pl_view_text(f->view, r, "settings.activationPolicy", NULL), "NEVER");
    assert_null(pl_view_text(f->view, r, "settings.noDefaultHere", &known));
    assert_int_equal(known, PL_ABSENT);
    assert_int_equal(pl_view_find(f->view, &m, &r), PL_PRESENT);
    assert_int_equal(pl_view_read_default(f->view, r, "defaultUriDisabled", &v), PL_NOT_KNOWN);
    assert_null(v);
    assert_int_equal(pl_view_find(f->view, &p, &r), PL_PRESENT);
    assert_string_equal(pl_view_text(f->view, r, "invokerIamDisabled", NULL), "true");
    assert_string_equal(pl_view_text(f->view, r, "template.maxInstanceRequestConcurrency", NULL),
                        "80");
    assert_null(pl_view_text(f->view, r, "template", &known));
    assert_int_equal(known, PL_PRESENT);
}

/* ---- changes ---- */

static void changes_accumulate_and_leave_what_is_below_alone(void **state)
{
    struct fixture *f = *state;
    struct pl_view *one = pl_view_over(f->arena, f->view), *two;

    set(f, one, AUTH, "ingress", "\"INTERNAL\"");
    set(f, one, AUTH, "template.timeout", "null");
    two = pl_view_over(f->arena, one);
    set(f, two, AUTH, "template.timeout", "\"5s\"");
    set(f, two, AUTH, "template.containers[name=app].env[name=C].value", "\"3\"");
    SEE(f->view, AUTH, "ingress", "\"ALL\"");
    SEE(one, AUTH, "ingress", "\"INTERNAL\"");
    SEE(one, AUTH, "template.timeout", "absent");
    SEE(two, AUTH, "ingress", "\"INTERNAL\"");
    SEE(two, AUTH, "template.timeout", "\"5s\"");
    SEE(two, AUTH, "template.containers[name=app].env[name=C].value", "\"3\"");
    SEE(two, AUTH, "template.containers[name=app].env[name=A].value", "\"1\"");
    SEE(one, AUTH, "template.containers[name=app].env[name=C].value", "absent");
}

static void a_resource_is_read_as_the_view_has_it(void **state)
{
    struct fixture *f = *state;
    struct pl_address a = at(f, AUTH);
    struct pl_view *over = pl_view_over(f->arena, f->view);
    const struct pl_resource *old, *changed;

    assert_int_equal(pl_view_find(f->view, &a, &old), PL_PRESENT);
    set(f, over, AUTH, "ingress", "\"X\"");
    assert_int_equal(pl_view_find(over, &a, &changed), PL_PRESENT);
    assert_string_equal(pl_view_text(over, old, "ingress", NULL), "X");
    assert_string_equal(pl_view_text(f->view, changed, "ingress", NULL), "ALL");
    /* What somebody holds does not change under him. */
    set(f, over, AUTH, "ingress", "\"Y\"");
    assert_string_equal(pl_value_member_text(changed->body, "ingress"), "X");
    drop(f, over, AUTH);
    assert_int_equal(pl_view_read(over, changed, "ingress", NULL), PL_ABSENT);
}

static void a_field_of_nothing_makes_a_resource_of_which_no_more_is_known(void **state)
{
    struct fixture *f = *state;

    set(f, f->view, NEW, "ingress", "\"ALL\"");
    SEE(f->view, NEW, "ingress", "\"ALL\"");
    SEE(f->view, NEW, "template.timeout", "unknown");
    SEE(f->view, NEW, "iamPolicy", "unknown");
    set(f, f->view, NEW, "template.timeout", "\"5s\"");
    SEE(f->view, NEW, "template.timeout", "\"5s\"");
    SEE(f->view, NEW, "template", "unknown");
    set(f, f->view, NEW, "description", "null");
    SEE(f->view, NEW, "description", "absent");
    set(f, f->view, FAR, "ingress", "\"ALL\"");
    SEE(f->view, FAR, "ingress", "\"ALL\"");
}

static void a_change_makes_known_itself_and_nothing_beside(void **state)
{
    struct fixture *f = *state;

    set(f, f->view, MASKED, "template.scaling.minInstanceCount", "1");
    SEE(f->view, MASKED, "template.scaling.minInstanceCount", "1");
    SEE(f->view, MASKED, "template.scaling", "unknown");
    SEE(f->view, MASKED, "template.timeout", "\"9s\"");
    set(f, f->view, PLAIN, "iamPolicy.bindings[role=r].members", "[\"m\"]");
    SEE(f->view, PLAIN, "iamPolicy.bindings[role=r].members", "[\"m\"]");
    SEE(f->view, PLAIN, "iamPolicy.bindings[role=s]", "unknown");
    SEE(f->view, PLAIN, "iamPolicy.bindings", "unknown");
    set(f, f->view, PLAIN, "template.timeout", "\"1s\"");
    SEE(f->view, PLAIN, "template.timeout", "\"1s\"");
    SEE(f->view, PLAIN, "template.containers", "unknown");
}

static void unknown_answers_for_all_that_is_below(void **state)
{
    struct fixture *f = *state;
    struct pl_view *over;

    set(f, f->view, AUTH, "template", "?");
    SEE(f->view, AUTH, "template", "unknown");
    SEE(f->view, AUTH, "template.timeout", "unknown");
    over = pl_view_over(f->arena, f->view);
    set(f, over, AUTH, "template.timeout", "\"1s\"");
    SEE(over, AUTH, "template.timeout", "\"1s\"");
    SEE(over, AUTH, "template.containers", "unknown");
    SEE(over, AUTH, "template", "unknown");
    SEE(f->view, AUTH, "template.timeout", "unknown");
    set(f, over, AUTH, "template.scaling", "{\"maxInstanceCount\":9}");
    set(f, over, AUTH, "template.scaling.minInstanceCount", "1");
    SEE(over, AUTH, "template.scaling", "{\"maxInstanceCount\":9,\"minInstanceCount\":1}");
    SEE(over, AUTH, "template.scaling.maxInstanceCount", "9");
    SEE(over, AUTH, "template", "unknown");
    set(f, over, AUTH, "template", "{\"timeout\":\"2s\"}");
    SEE(over, AUTH, "template.containers", "absent");
}

static void the_root_can_be_replaced_removed_and_forgotten(void **state)
{
    struct fixture *f = *state;

    set(f, f->view, AUTH, "", "{\"ingress\":\"N\"}");
    SEE(f->view, AUTH, "",
        "{\"iamPolicy\":{\"bindings\":[{\"members\":[\"allUsers\"],\"role\":"
        "\"roles/run.invoker\"}]},\"ingress\":\"N\"}");
    SEE(f->view, AUTH, "template", "absent");
    set(f, f->view, MASKED, "", "{}");
    SEE(f->view, MASKED, "ingress", "absent");
    set(f, f->view, AUTH, "", "null");
    SEE(f->view, AUTH, "ingress", "ABSENT");
    set(f, f->view, AUTH, "", "?");
    SEE(f->view, AUTH, "ingress", "UNKNOWN");
}

static void what_is_put_keeps_the_policy_unless_it_brings_one(void **state)
{
    struct fixture *f = *state;

    put(f, f->view, AUTH, "{\"ingress\":\"C\"}");
    SEE(f->view, AUTH, "iamPolicy.bindings[role=roles/run.invoker].members", "[\"allUsers\"]");
    SEE(f->view, AUTH, "template", "absent");
    put(f, f->view, AUTH, "{\"iamPolicy\":{}}");
    SEE(f->view, AUTH, "iamPolicy", "{}");
    set(f, f->view, PLAIN, "iamPolicy.bindings[role=r].members", "[\"m\"]");
    set(f, f->view, PLAIN, "ingress", "\"I\"");
    put(f, f->view, PLAIN, "{}");
    SEE(f->view, PLAIN, "iamPolicy.bindings[role=r].members", "[\"m\"]");
    SEE(f->view, PLAIN, "iamPolicy.bindings[role=s]", "unknown");
    SEE(f->view, PLAIN, "ingress", "absent");
    drop(f, f->view, AUTH);
    put(f, f->view, AUTH, "{}");
    SEE(f->view, AUTH, "iamPolicy", "unknown");
}

/* ---- listings ---- */

static const char *list(struct fixture *f, struct pl_view *view, const char *kind,
                        const char *project, enum pl_known *known)
{
    const struct pl_resource *const *all;
    char *text = pl_arena_strdup(f->arena, "");
    size_t n;

    *known = pl_view_list(view, pl_kind_find(kind), project, &all, &n);
    for (size_t i = 0; i < n; i++)
        text =
            pl_arena_printf(f->arena, "%s%s%s", text, i > 0 ? " " : "", all[i]->address.names[0]);
    return text;
}

static void listings_merge_changes_in_order(void **state)
{
    struct fixture *f = *state;
    struct pl_view *over = pl_view_over(f->arena, f->view);
    enum pl_known known;

    assert_string_equal(list(f, f->view, "run.service", "p", &known), "auth masked plain");
    assert_int_equal(known, PL_PRESENT);
    put(f, f->view, "run.service/l/zoo", "{}");
    put(f, f->view, "run.service/l/bar", "{}");
    put(f, f->view, FAR, "{}");
    set(f, f->view, MASKED, "ingress", "\"X\"");
    assert_string_equal(list(f, f->view, "run.service", "p", &known), "auth bar masked plain zoo");
    drop(f, over, "run.service/l/bar");
    drop(f, over, AUTH);
    drop(f, over, "run.service/l/never");
    set(f, over, NEW, "ingress", "\"X\"");
    assert_string_equal(list(f, over, "run.service", "p", &known), "masked new plain zoo");
    assert_int_equal(known, PL_PRESENT);
    assert_string_equal(list(f, over, "run.service", NULL, &known), "masked new plain zoo far");
    assert_string_equal(list(f, over, "run.service", "q", &known), "far");
    assert_int_equal(known, PL_NOT_KNOWN);
    assert_string_equal(list(f, f->view, "run.service", "p", &known), "auth bar masked plain zoo");
    assert_string_equal(list(f, over, "redis.instance", "p", &known), "");
    assert_int_equal(known, PL_PRESENT);
    set(f, over, PLAIN, "", "?");
    assert_string_equal(list(f, over, "run.service", "p", &known), "masked new zoo");
    assert_int_equal(known, PL_NOT_KNOWN);
}

static void listings_hold_what_the_view_changed(void **state)
{
    struct fixture *f = *state;
    const struct pl_resource *const *all;
    size_t n;

    set(f, f->view, AUTH, "ingress", "\"X\"");
    assert_int_equal(pl_view_list(f->view, pl_kind_find("run.service"), "p", &all, &n), PL_PRESENT);
    assert_int_equal(n, 3);
    assert_string_equal(pl_value_member_text(all[0]->body, "ingress"), "X");
    assert_string_equal(all[0]->full, "run.service/p/l/auth");
}

/* ---- the record ---- */

static const char *readings(struct fixture *f, const struct pl_view *view)
{
    size_t n;
    const struct pl_reading *all = pl_view_readings(view, &n);
    char *text = pl_arena_strdup(f->arena, "");

    for (size_t i = 0; i < n; i++) {
        const struct pl_address *a = &all[i].address;
        const char *one = "";

        if (all[i].what == PL_READ_KIND)
            one = pl_arena_printf(f->arena, "%s in %s", a->kind->name,
                                  a->project != NULL ? a->project : "any");
        else if (all[i].what == PL_READ_RESOURCE)
            one = pl_address_full(f->arena, a);
        else
            one = pl_arena_printf(f->arena, "%s:%s", pl_address_full(f->arena, a),
                                  pl_path_format(f->arena, &all[i].path));
        text = pl_arena_printf(f->arena, "%s%s%s", text, i > 0 ? ", " : "", one);
    }
    return text;
}

static void everything_that_was_asked_is_recorded_once(void **state)
{
    struct fixture *f = *state;
    struct pl_view *over = pl_view_over(f->arena, f->view);
    enum pl_known known;

    (void)see(f, over, AUTH, "ingress");
    (void)see(f, over, AUTH, "ingress");
    (void)see(f, over, AUTH, "template.containers[name=app].env[name=A].value");
    (void)see(f, over, NEW, "ingress");
    (void)list(f, over, "sql.instance", "p", &known);
    (void)list(f, over, "sql.instance", NULL, &known);
    (void)list(f, over, "sql.instance", "p", &known);
    assert_string_equal(readings(f, over),
                        "run.service/p/l/auth, run.service/p/l/auth:ingress, "
                        "run.service/p/l/auth:template.containers[name=app].env[name=A].value, "
                        "run.service/p/l/new, sql.instance in p, sql.instance in any");
    assert_string_equal(readings(f, f->view), "");
    pl_view_readings_reset(over);
    assert_string_equal(readings(f, over), "");
    (void)see(f, over, AUTH, "ingress");
    assert_string_equal(readings(f, over), "run.service/p/l/auth, run.service/p/l/auth:ingress");
}

static void a_long_path_is_recorded_whole(void **state)
{
    struct fixture *f = *state;
    char field[700];

    memset(field, 'x', sizeof field - 2);
    field[sizeof field - 2] = 'a';
    field[sizeof field - 1] = '\0';
    (void)see(f, f->view, AUTH, field);
    field[sizeof field - 2] = 'b';
    (void)see(f, f->view, AUTH, field);
    size_t n;
    (void)pl_view_readings(f->view, &n);
    assert_int_equal(n, 3);
}

static void a_change_matters_where_it_was_read(void **state)
{
    static const struct {
        const char *address, *field;
        bool was_read;
    } rows[] = {
        {AUTH, "template.containers[name=app].env[name=A].value", true},
        {AUTH, "template.containers[name=app].env[name=A]", true},
        {AUTH, "template.containers[name=app].env[name=A].value.below", true},
        {AUTH, "template", true},
        {AUTH, "", true},
        {AUTH, "template.containers[name=app].env[name=B].value", false},
        {AUTH, "template.containers[name=app].image", false},
        /* The element may be the one that an index names, or move it. */
        {AUTH, "template.containers[0].env", true},
        {AUTH, "ingress", false},
        {MASKED, "template", false},
        {MASKED, "", false},
        /* Found absent: any field would make it. */
        {NEW, "ingress", true},
        {NEW, "", true},
        /* Enumerated: what is there, not what it holds. */
        {"sql.instance/main", "settings.tier", false},
        {"sql.instance/main", "", true},
        {"sql.instance/other", "settings.tier", true},
        {"sql.instance/q/global/other", "", false},
        {"compute.network/default", "", false},
    };
    struct fixture *f = *state;
    enum pl_known known;

    (void)see(f, f->view, AUTH, "template.containers[name=app].env[name=A].value");
    (void)see(f, f->view, NEW, "ingress");
    (void)list(f, f->view, "sql.instance", "p", &known);
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct pl_address a = at(f, rows[i].address);
        struct pl_path p = path(f, rows[i].field);

        ROW("%s:%s", rows[i].address, rows[i].field);
        assert_int_equal(pl_view_was_read(f->view, &a, &p), rows[i].was_read);
        if (p.n == 0)
            assert_int_equal(pl_view_was_read(f->view, &a, NULL), rows[i].was_read);
    }
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(fields_are_present_absent_or_not_known),
        TEST(an_address_without_a_place_is_not_known),
        TEST(defaults_stand_in_for_what_is_absent_not_for_what_is_not_known),
        TEST(changes_accumulate_and_leave_what_is_below_alone),
        TEST(a_resource_is_read_as_the_view_has_it),
        TEST(a_field_of_nothing_makes_a_resource_of_which_no_more_is_known),
        TEST(a_change_makes_known_itself_and_nothing_beside),
        TEST(unknown_answers_for_all_that_is_below),
        TEST(the_root_can_be_replaced_removed_and_forgotten),
        TEST(what_is_put_keeps_the_policy_unless_it_brings_one),
        TEST(listings_merge_changes_in_order),
        TEST(listings_hold_what_the_view_changed),
        TEST(everything_that_was_asked_is_recorded_once),
        TEST(a_long_path_is_recorded_whole),
        TEST(a_change_matters_where_it_was_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
