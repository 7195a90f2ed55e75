/* test_diff_laws.c - what must hold for any two bodies: random ones, shaped by Google's own schemas, from fixed seeds.
 *
 * A body compared with itself differs in nothing; every drift reverted leaves nothing; the sums always add up; order means nothing.
 */
#include "diff_case.h"

#include "plumbline/canon.h"

enum { ROUNDS = 400, DEPTH = 6 };

/* ---- chance (xorshift64*, so that a seed means the same everywhere) ---- */

struct chance {
    uint64_t state;
};

static unsigned roll(struct chance *c, unsigned sides)
{
    c->state ^= c->state >> 12;
    c->state ^= c->state << 25;
    c->state ^= c->state >> 27;
    return (unsigned)((c->state * 0x2545f4914f6cdd1dULL) >> 33) % sides;
}

/* ---- random bodies ---- */

struct maker {
    struct pl_arena *arena;
    struct chance *chance;
    const struct pl_kind *kind;
};

static const struct pl_value *make(const struct maker *m, const char *generic,
                                   const struct pl_field_info *info, int depth);

/* One of the first two that say something: "..._UNSPECIFIED" is as good as nothing. */
static const char *enum_word(const struct maker *m, const char *const *values)
{
    const char *words[2] = {values[0], values[0]};

    for (size_t i = 0, n = 0; values[i] != NULL && n < PL_LEN(words); i++)
        if (strstr(values[i], "_UNSPECIFIED") == NULL)
            words[n++] = values[i];
    return words[roll(m->chance, PL_LEN(words))];
}

static const struct pl_value *make_text(const struct maker *m, const struct pl_field_info *info)
{
    static const char *const words[] = {"a", "b", "c.d", "e f", "1", "0", "x/y", "true", "[z]"};
    static const char *const durations[] = {"300s", "1s", "0.500s"};
    static const char *const prefixes[] = {"10.0.0.0/8", "10.8.0.0/28", "192.168.1.7/32"};
    static const char *const links[] = {"projects/p/global/networks/n",
                                        "projects/p/global/networks/o"};
    const char *text = words[roll(m->chance, PL_LEN(words))];

    if (info->type == PL_T_DURATION)
        text = durations[roll(m->chance, PL_LEN(durations))];
    if (info->type == PL_T_CIDR)
        text = prefixes[roll(m->chance, PL_LEN(prefixes))];
    if (info->type == PL_T_LINK)
        text = links[roll(m->chance, PL_LEN(links))];
    if (info->type == PL_T_INT64)
        text = roll(m->chance, 2) == 0 ? "0" : "42";
    if (info->type == PL_T_ENUM && info->enum_values != NULL && info->enum_values[0] != NULL)
        text = enum_word(m, info->enum_values);
    return pl_value_string(m->arena, text);
}

static const struct pl_value *make_scalar(const struct maker *m, const struct pl_field_info *info)
{
    if (info->type == PL_T_BOOL)
        return pl_value_bool(roll(m->chance, 2) == 0);
    if (info->type == PL_T_INT)
        return pl_value_int(m->arena, (int64_t)roll(m->chance, 3));
    if (info->type == PL_T_REAL)
        return pl_value_real(m->arena, 0.5 * roll(m->chance, 3));
    return make_text(m, info);
}

static const struct pl_value *make_message(const struct maker *m, const char *generic,
                                           const struct pl_field_info *info, int depth)
{
    const struct pl_value *out = pl_value_map(m->arena, NULL, 0);

    for (size_t i = 0; info->message != NULL && i < info->message->n_fields; i++) {
        const char *key = info->message->fields[i].name;
        struct pl_field_info child;

        if (roll(m->chance, depth == 0 ? 4 : 3) != 0)
            continue;
        (void)pl_field_child(m->kind, generic, info, key, &child);
        /* What is secret is compared with nothing, so no law holds for it. */
        if ((child.flags & (PL_F_SECRET | PL_F_INPUT)) != 0 ||
            (child.type == PL_T_MESSAGE && depth >= DEPTH))
            continue;
        out = pl_value_map_with(
            m->arena, out, key,
            make(m, pl_field_generic(m->arena, generic, info, key), &child, depth + 1));
    }
    return out;
}

/* An element of defaults alone, which Google does not list. */
static bool says_nothing(const struct maker *m, const char *generic,
                         const struct pl_field_info *info, const struct pl_value *item)
{
    for (size_t i = 0; item->type == PL_MAP && i < item->u.map.n; i++) {
        const struct pl_member *member = &item->u.map.members[i];
        const char *below = pl_field_generic(m->arena, generic, info, member->key);
        struct pl_field_info child;

        (void)pl_field_child(m->kind, generic, info, member->key, &child);
        if (!pl_canon_equal(m->kind, below, &child, NULL, member->value))
            return false;
    }
    return item->type == PL_MAP;
}

static const struct pl_value *make_many(const struct maker *m, const char *generic,
                                        const struct pl_field_info *info, int depth)
{
    const struct pl_value *items[3];
    unsigned wanted = roll(m->chance, PL_LEN(items) + 1);
    const char *below = pl_field_generic(m->arena, generic, info, NULL);
    struct pl_field_info child;
    size_t n = 0;

    (void)pl_field_child(m->kind, generic, info, NULL, &child);
    while (wanted-- > 0) {
        const struct pl_value *item = make(m, below, &child, depth + 1);

        if (!says_nothing(m, below, &child, item))
            items[n++] = item;
    }
    return pl_value_list(m->arena, items, n);
}

static const struct pl_value *make_keyed(const struct maker *m, const char *generic,
                                         const struct pl_field_info *info, int depth)
{
    static const char *const keys[] = {"cpu", "memory", "run.googleapis.com/x"};
    const struct pl_value *out = pl_value_map(m->arena, NULL, 0);

    for (size_t i = 0; i < PL_LEN(keys); i++) {
        struct pl_field_info child;

        (void)pl_field_child(m->kind, generic, info, keys[i], &child);
        if (roll(m->chance, 2) == 0)
            out = pl_value_map_with(
                m->arena, out, keys[i],
                make(m, pl_field_generic(m->arena, generic, info, keys[i]), &child, depth + 1));
    }
    return out;
}

static const struct pl_value *make(const struct maker *m, const char *generic,
                                   const struct pl_field_info *info, int depth)
{
    if (info->shape == PL_MANY)
        return make_many(m, generic, info, depth);
    if (info->shape == PL_KEYED)
        return make_keyed(m, generic, info, depth);
    if (info->type == PL_T_MESSAGE)
        return make_message(m, generic, info, depth);
    return make_scalar(m, info);
}

/* ---- random baselines ---- */

/* A body as the expectation that declares it; some scalars as matchers, where `matchers`. */
static struct pl_expect *expect(const struct maker *m, const struct pl_value *v, bool matchers)
{
    struct pl_expect *e = PL_NEW(m->arena, struct pl_expect);

    if (v->type == PL_MAP) {
        struct pl_expect_member *members = pl_arena_array(m->arena, v->u.map.n, sizeof *members);

        *e = (struct pl_expect){.match = PL_M_MAP, .members = members, .n = v->u.map.n};
        for (size_t i = 0; i < e->n; i++) {
            members[i].key = v->u.map.members[i].key;
            members[i].expect = expect(m, v->u.map.members[i].value, matchers);
        }
    } else if (v->type == PL_LIST) {
        const struct pl_expect **items = pl_arena_array(m->arena, v->u.list.n, sizeof *items);

        *e = (struct pl_expect){.match = PL_M_LIST, .items = items, .n = v->u.list.n};
        for (size_t i = 0; i < e->n; i++)
            items[i] = expect(m, v->u.list.items[i], matchers);
        if (matchers && roll(m->chance, 6) == 0)
            e->match = roll(m->chance, 2) == 0 ? PL_M_ONLY : PL_M_CONTAINS;
    } else {
        *e = (struct pl_expect){.match = PL_M_EQUAL, .value = v, .text = pl_json_text(m->arena, v)};
        if (matchers && roll(m->chance, 5) == 0)
            e->match = roll(m->chance, 2) == 0 ? PL_M_PRESENT : PL_M_ABSENT;
    }
    return e;
}

static const char *const kinds[] = {"run.service",         "sql.instance",     "redis.instance",
                                    "compute.firewall",    "compute.router",   "compute.subnetwork",
                                    "vpcaccess.connector", "project.iamPolicy"};

struct sample {
    struct maker maker;
    struct pl_address address;
    const struct pl_value *a, *b;
};

static const struct pl_value *make_body(struct maker *m)
{
    struct pl_field_info root = pl_field_root(m->kind);
    const struct pl_value *body = make(m, "", &root, 0);

    return m->kind->schema != NULL ? body : pl_value_map_with(m->arena, NULL, "iamPolicy", body);
}

static struct sample sample(struct pl_arena *arena, struct chance *chance, size_t round)
{
    struct sample s = {.maker = {arena, chance, pl_kind_find(kinds[round % PL_LEN(kinds)])}};
    struct pl_address address;

    assert_non_null(s.maker.kind);
    assert_int_equal(
        pl_address_parse(arena, pl_arena_printf(arena, "%s/x", s.maker.kind->name), &address, NULL),
        0);
    s.address =
        pl_address_resolve(&address, "p", s.maker.kind->scope == PL_SCOPE_GLOBAL ? "global" : "l");
    s.a = make_body(&s.maker);
    s.b = make_body(&s.maker);
    /* Two bodies of chance have little in common: every other pair shares most of its fields. */
    for (size_t i = 0; round % 2 == 0 && i < pl_value_count(s.a); i++)
        if (roll(chance, 3) != 0)
            s.b = pl_value_map_with(arena, s.b, s.a->u.map.members[i].key,
                                    s.a->u.map.members[i].value);
    return s;
}

static const struct pl_world *world_of(struct pl_arena *arena, const struct pl_address *address,
                                       const struct pl_value *body)
{
    struct pl_world_builder *builder = pl_world_builder_new(arena);
    struct pl_resource resource = {.address = *address, .body = body};

    pl_world_add_project(builder, "p");
    if (body != NULL)
        pl_world_add(builder, &resource);
    return pl_world_build(builder);
}

static struct pl_view *view_of(struct pl_arena *arena, const struct pl_address *address,
                               const struct pl_value *body)
{
    return pl_view_new(arena, world_of(arena, address, body));
}

static const struct pl_baseline *baseline_of(struct pl_arena *arena,
                                             const struct pl_address *address,
                                             const struct pl_expect *e)
{
    struct pl_baseline *b = PL_NEW(arena, struct pl_baseline);
    struct pl_declared *declared = PL_NEW(arena, struct pl_declared);

    *declared = (struct pl_declared){.address = *address, .expect = e};
    b->resources = declared;
    b->n_resources = 1;
    return b;
}

static void check_sums(const struct pl_diff *d)
{
    const struct pl_coverage *c = &d->coverage;
    size_t drift = 0, unknown = 0;

    for (size_t i = 0; i < d->n_drift; i++)
        drift += d->drift[i]->leaves;
    for (size_t i = 0; i < d->n_unknown; i++)
        unknown += d->unknown[i].leaves;
    assert_int_equal(c->drift, drift);
    assert_int_equal(c->unknown, unknown);
    assert_int_equal(c->declared, c->match + c->drift + c->ignored + c->unknown);
}

static void revert_all(struct pl_view *view, const struct pl_diff *d, bool backwards)
{
    for (size_t i = 0; i < d->n_drift; i++)
        pl_diff_revert(view, d->drift[backwards ? d->n_drift - 1 - i : i]);
}

static void expect_nothing(struct pl_arena *arena, const struct pl_diff *d, size_t round,
                           const struct sample *s)
{
    check_sums(d);
    if (d->n_drift > 0 || d->n_unknown > 0)
        fail_msg("round %zu, %s\n%s", round, s->maker.kind->name, case_text(arena, d));
}

/* ---- the laws ---- */

typedef void law(struct pl_arena *arena, struct chance *chance, size_t round);

static void try_often(law *holds, uint64_t seed)
{
    struct chance chance = {.state = seed};

    for (size_t round = 0; round < ROUNDS; round++) {
        struct pl_arena *arena = pl_arena_new();

        holds(arena, &chance, round);
        pl_arena_free(arena);
    }
}

static void a_body_matches_itself(struct pl_arena *arena, struct chance *chance, size_t round)
{
    struct sample s = sample(arena, chance, round);
    struct pl_view *view = view_of(arena, &s.address, s.a);
    const struct pl_baseline *b = baseline_of(arena, &s.address, expect(&s.maker, s.a, false));
    const struct pl_diff *d = pl_diff_baseline(arena, view, b, 0);

    expect_nothing(arena, d, round, &s);
    expect_nothing(arena, pl_diff_worlds(arena, view, view_of(arena, &s.address, s.a), NULL, 0),
                   round, &s);
}

static void reverting_all_leaves_nothing(struct pl_arena *arena, struct chance *chance,
                                         size_t round)
{
    struct sample s = sample(arena, chance, round);
    const struct pl_baseline *b = baseline_of(arena, &s.address, expect(&s.maker, s.a, false));

    for (int way = 0; way < 4; way++) {
        struct pl_view *view = view_of(arena, &s.address, way < 2 ? s.b : NULL);
        const struct pl_diff *before = pl_diff_baseline(arena, view, b, 0), *after;

        check_sums(before);
        revert_all(view, before, way % 2 == 1);
        after = pl_diff_baseline(arena, view, b, 0);
        expect_nothing(arena, after, round, &s);
        assert_int_equal(after->coverage.declared, before->coverage.declared);
    }
}

static void reverting_a_world_gives_it_back(struct pl_arena *arena, struct chance *chance,
                                            size_t round)
{
    struct sample s = sample(arena, chance, round);

    for (int way = 0; way < 4; way++) {
        const struct pl_value *a = way == 3 ? NULL : s.a, *b = way == 2 ? NULL : s.b;
        struct pl_view *view = view_of(arena, &s.address, b), *good = view_of(arena, &s.address, a);
        const struct pl_diff *before = pl_diff_worlds(arena, view, good, NULL, 0);

        check_sums(before);
        revert_all(view, before, way == 1);
        expect_nothing(arena, pl_diff_worlds(arena, view, good, NULL, 0), round, &s);
    }
}

/* With matchers, which no value can be found for, the sums must add up all the same; and what is declared is counted alike whatever is
 * observed. */
static void sums_add_up(struct pl_arena *arena, struct chance *chance, size_t round)
{
    struct sample s = sample(arena, chance, round);
    const struct pl_baseline *b = baseline_of(arena, &s.address, expect(&s.maker, s.a, true));
    size_t declared = 0;

    for (int way = 0; way < 4; way++) {
        struct pl_view *view = view_of(arena, &s.address, way == 0 ? s.a : way == 1 ? s.b : NULL);
        const struct pl_diff *d;

        if (way == 3)
            pl_view_set(view, &s.address, NULL, pl_value_unknown());
        d = pl_diff_baseline(arena, view, b, 0);
        check_sums(d);
        if (way > 0)
            assert_int_equal(d->coverage.declared, declared);
        declared = d->coverage.declared;
    }
}

/* Several resources in any order, in the world and in the baseline: the same findings with the same names. */
static void order_means_nothing(struct pl_arena *arena, struct chance *chance, size_t round)
{
    enum { MANY = 6 };
    struct pl_declared declared[2][MANY];
    const char *told[2];
    const struct pl_world *worlds[2];
    struct pl_world_builder *builders[2];

    (void)round;
    for (int k = 0; k < 2; k++) {
        builders[k] = pl_world_builder_new(arena);
        pl_world_add_project(builders[k], "p");
    }
    for (size_t i = 0; i < MANY; i++) {
        struct sample s = sample(arena, chance, i);
        struct pl_declared one = {.address = s.address, .expect = expect(&s.maker, s.a, true)};
        struct pl_resource *r = PL_NEW(arena, struct pl_resource);

        *r = (struct pl_resource){.address = s.address, .body = s.b};
        declared[0][i] = declared[1][MANY - 1 - i] = one;
        pl_world_add(builders[0], r);
    }
    worlds[0] = pl_world_build(builders[0]);
    for (size_t i = worlds[0]->n_resources; i > 0; i--)
        pl_world_add(builders[1], worlds[0]->resources[i - 1]);
    worlds[1] = pl_world_build(builders[1]);
    for (int k = 0; k < 2; k++) {
        struct pl_baseline b = {.resources = declared[k], .n_resources = MANY};

        told[k] = case_text(arena, pl_diff_baseline(arena, pl_view_new(arena, worlds[k]), &b, 0));
    }
    assert_string_equal(told[0], told[1]);
}

#define LAW(name, seed)                                                                            \
    static void law_##name(void **state)                                                           \
    {                                                                                              \
        (void)state;                                                                               \
        try_often(name, seed);                                                                     \
    }
LAW(a_body_matches_itself, 0x9e3779b97f4a7c15ULL)
LAW(reverting_all_leaves_nothing, 0xd1b54a32d192ed03ULL)
LAW(reverting_a_world_gives_it_back, 0x8cb92ba72f3d8dd7ULL)
LAW(sums_add_up, 0xaef17502108ef2d9ULL)
LAW(order_means_nothing, 0xf1357aea2e62a9c5ULL)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(law_a_body_matches_itself),
        cmocka_unit_test(law_reverting_all_leaves_nothing),
        cmocka_unit_test(law_reverting_a_world_gives_it_back),
        cmocka_unit_test(law_sums_add_up),
        cmocka_unit_test(law_order_means_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
