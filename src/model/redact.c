/* redact.c - takes secrets out of bodies on their way into a world: flagged fields, environment values, arguments, labels, texts.
 *
 * What a name says is redact_name.c's business, what a text looks like redact_text.c's. Nothing is
 * compared here: what must be compared is compared before.
 */
#include <ctype.h>
#include <string.h>

#include "plumbline/buf.h"
#include "plumbline/json.h"
#include "plumbline/secret.h"
#include "plumbline/snapshot.h"

#include "field_priv.h"
#include "model_priv.h"

/* JSON in a text in JSON in a text: so deep, then the text is only searched. */
enum { NESTED_MAX = 4 };

struct walk {
    struct pl_arena *arena;
    const unsigned char *key;
    int nested;
};

/* Where a value stands. */
struct spot {
    struct pl_field_node *field; /* NULL: of JSON that is no resource */
    const char *name;  /* of the member that it is, or of the list that it is in; NULL: the root */
    const char *above; /* of the member that holds that one */
    bool in_list;      /* an element of the list `name` */
    bool by_name;      /* names are the user's, not the API's: they tell secrets */
};

static const struct pl_value *redact_value(struct walk *w, const struct spot *spot,
                                           const struct pl_value *v);

/* ---- one text with a name ---- */

static const struct pl_value *marked(struct walk *w, const char *text)
{
    if (*text == '\0' || pl_secret_mark_len(text, NULL) == strlen(text))
        return NULL;
    return pl_value_string(w->arena, pl_secret_mark(w->arena, text, strlen(text), w->key));
}

static bool has_scheme(const char *text)
{
    size_t n = 0;

    while (isalnum((unsigned char)text[n]) || text[n] == '+' || text[n] == '-' || text[n] == '.')
        n++;
    return n > 0 && strncmp(text + n, "://", 3) == 0;
}

/* A connection string of NAME=VALUE pairs: libpq's, ADO's. */
static bool is_conninfo(const char *text)
{
    static const char *const names[] = {"host=", "hostaddr=", "server=", "data source=", "host ="};

    for (size_t i = 0; i < PL_LEN(names); i++)
        if (strcasestr(text, names[i]) != NULL)
            return true;
    return false;
}

/* Long, of letters in both cases and digits, or of hexadecimal digits, and of many different ones. */
static bool looks_random(const char *text)
{
    size_t len = strlen(text), distinct = 0;
    bool seen[256] = {false}, upper = false, lower = false, digit = false;

    if (len < 20 || strspn(text, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                 "+/=_-") != len)
        return false;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];

        distinct += !seen[c];
        seen[c] = true;
        upper = upper || isupper(c);
        lower = lower || islower(c);
        digit = digit || isdigit(c);
    }
    if (len >= 32 && strspn(text, "0123456789abcdefABCDEF") == len)
        return distinct >= 8;
    return upper && lower && digit && distinct >= 12;
}

/* "user:password@host" without a scheme, where the name says that it is a place: from the colon to the last "@". */
static const char *redact_schemeless(struct walk *w, const char *text)
{
    size_t user = strcspn(text, ":/@ \t");
    const char *at = strrchr(text, '@'), *password = text + user + 1;

    if (user == 0 || text[user] != ':' || at == NULL || at <= password || at[1] == '\0' ||
        strncmp(at, "@sha256:", 8) == 0 || pl_secret_mark_len(password, NULL) > 0)
        return text;
    return pl_arena_printf(w->arena, "%.*s%s%s", (int)user + 1, text,
                           pl_secret_mark(w->arena, password, (size_t)(at - password), w->key), at);
}

/* A webhook's path is its password; its host is evidence. */
static const char *redact_webhook(struct walk *w, const char *text)
{
    const char *host = strstr(text, "://");
    size_t len = host != NULL ? strcspn(host + 3, "/?#") : 0;
    const char *path = host != NULL ? host + 3 + len : NULL;

    if (path == NULL || strlen(path) < 2 || pl_secret_mark_len(path + 1, NULL) > 0)
        return text;
    return pl_arena_printf(w->arena, "%.*s%s", (int)(path + 1 - text), text,
                           pl_secret_mark(w->arena, path + 1, strlen(path + 1), w->key));
}

/* Text that is JSON itself, by its own names. NULL: it is none, or nothing in it is secret. */
static const char *redact_json(struct walk *w, const char *text)
{
    const char *first = text + strspn(text, " \t\r\n");
    struct walk inner = {.arena = w->arena, .key = w->key, .nested = w->nested + 1};
    struct spot root = {.by_name = true};
    const struct pl_value *before, *after;

    if ((*first != '{' && *first != '[') || inner.nested > NESTED_MAX)
        return NULL;
    before = pl_json_parse(w->arena, text, strlen(text), "", NULL);
    if (before == NULL)
        return NULL;
    after = redact_value(&inner, &root, before);
    return after != before ? pl_json_text(w->arena, after) : NULL;
}

/* `loose`: a label or a member of free JSON, where a bare "key" is seldom a secret; a variable's is. */
static const char *redact_named(struct walk *w, const char *name, const char *text, bool loose)
{
    struct pl_name_look look = pl_name_look(name, strlen(name));
    size_t len = strlen(text);
    const char *result;

    if (len == 0 || pl_secret_mark_len(text, NULL) == len)
        return text;
    if (look.secret && !(loose && look.key_alone) && !has_scheme(text) && !is_conninfo(text) &&
        !pl_is_no_secret(&look, text, len))
        return pl_secret_mark(w->arena, text, len, w->key);
    result = redact_json(w, text);
    if (result != NULL)
        return result;
    result = pl_redact_text(w->arena, text, w->key);
    if (look.webhook)
        result = redact_webhook(w, result);
    if (result != text)
        return result;
    if (look.place && !has_scheme(text))
        return redact_schemeless(w, text);
    if (look.hint && looks_random(text))
        return pl_secret_mark(w->arena, text, len, w->key);
    return text;
}

const char *pl_redact_named(struct pl_arena *arena, const char *name, const char *text,
                            const unsigned char *key)
{
    struct walk w = {.arena = arena, .key = key};

    return redact_named(&w, name != NULL ? name : "", text, false);
}

/* ---- trees ---- */

/* Lists of pairs that users name. */
static const struct pair {
    const char *list, *above; /* `above` NULL: anywhere */
    const char *name, *value;
    bool
        whole_lines; /* a value of several lines is a script or a file: nothing in it is evidence */
} pairs[] = {
    {"env", NULL, "name", "value", false},
    {"httpHeaders", NULL, "name", "value", false},
    {"items", "metadata", "key", "value", true},
};

/* Maps whose keys users name, where the schema does not say so. */
static const char *const named_maps[] = {"labels", "annotations", "userLabels"};

/* Secrets by the API's own names, should a kind's rows forget one. */
static const char *const secret_members[] = {
    "rootPassword",       "password",        "authString",      "clientKey",
    "privateKey",         "clientSecret",    "rawKey",          "sharedSecret",
    "oauth2ClientSecret", "secretAccessKey", "rsaEncryptedKey",
};

static bool is_among(const char *const *table, size_t n, const char *word)
{
    for (size_t i = 0; word != NULL && i < n; i++)
        if (table[i][0] == word[0] && strcmp(table[i], word) == 0)
            return true;
    return false;
}

static bool is_secret(const struct spot *spot)
{
    return (pl_field_node_info(spot->field)->flags & PL_F_SECRET) != 0;
}

static const struct pl_value *redact_string(struct walk *w, const struct spot *spot,
                                            const struct pl_value *v)
{
    const char *text = v->u.string.s, *result;
    const struct pl_value *mark;

    if (is_secret(spot) || is_among(secret_members, PL_LEN(secret_members), spot->name)) {
        mark = marked(w, text);
        return mark != NULL ? mark : v;
    }
    result = spot->by_name && spot->name != NULL ? redact_named(w, spot->name, text, true)
                                                 : pl_redact_text(w->arena, text, w->key);
    return result != text ? pl_value_string(w->arena, result) : v;
}

static const struct pl_value *redact_child(struct walk *w, const struct spot *spot, const char *key,
                                           const struct pl_value *v)
{
    struct spot child = {.field = pl_field_node_child(w->arena, spot->field, key),
                         .name = key != NULL ? key : spot->name,
                         .above = key != NULL ? spot->name : spot->above,
                         .in_list = key == NULL,
                         .by_name = spot->by_name};

    if (key != NULL && (pl_field_node_info(spot->field)->shape == PL_KEYED ||
                        (!spot->in_list && is_among(named_maps, PL_LEN(named_maps), spot->name))))
        child.by_name = true;
    if (pl_field_node_info(child.field)->type == PL_T_ANY)
        child.by_name = true;
    return redact_value(w, &child, v);
}

/* "--password", "s3cret": the secret is the next element. */
static const struct pl_value *redact_argument(struct walk *w, const struct pl_value *list, size_t i,
                                              const struct pl_value *v)
{
    const char *option = i > 0 ? pl_value_text(pl_value_item(list, i - 1)) : NULL;
    const char *text = pl_value_text(v);
    struct pl_name_look look;
    const struct pl_value *mark;

    if (option == NULL || option[0] != '-' || strchr(option, '=') != NULL || text == NULL ||
        text[0] == '-')
        return v;
    look = pl_name_look(option, strlen(option));
    if (!look.secret || has_scheme(text) || pl_is_no_secret(&look, text, strlen(text)))
        return v;
    mark = marked(w, text);
    return mark != NULL ? mark : v;
}

static const struct pl_value *redact_list(struct walk *w, const struct spot *spot,
                                          const struct pl_value *list)
{
    static const char *const arguments[] = {"args", "command"};
    bool is_arguments = is_among(arguments, PL_LEN(arguments), spot->name);
    size_t n = pl_value_count(list);
    const struct pl_value **items = NULL; /* from the first that changes on */

    for (size_t i = 0; i < n; i++) {
        const struct pl_value *item = pl_value_item(list, i), *result = item;

        if (is_arguments)
            result = redact_argument(w, list, i, item);
        if (result == item)
            result = redact_child(w, spot, NULL, item);
        if (result != item && items == NULL) {
            items = pl_arena_array(w->arena, n, sizeof *items);
            memcpy(items, list->u.list.items, i * sizeof *items);
        }
        if (items != NULL)
            items[i] = result;
    }
    return items != NULL ? pl_value_list(w->arena, items, n) : list;
}

/* The pair's value, by the pair's name; NULL where the map is no such pair. */
static const struct pl_value *redact_pair(struct walk *w, const struct spot *spot,
                                          const struct pl_value *map)
{
    for (size_t i = 0; i < PL_LEN(pairs); i++) {
        const char *name, *text, *result;

        if (spot->name == NULL || strcmp(spot->name, pairs[i].list) != 0 ||
            (pairs[i].above != NULL &&
             (spot->above == NULL || strcmp(spot->above, pairs[i].above) != 0)))
            continue;
        name = pl_value_member_text(map, pairs[i].name);
        text = pl_value_member_text(map, pairs[i].value);
        if (name == NULL || text == NULL)
            continue;
        result = pairs[i].whole_lines && strchr(text, '\n') != NULL
                     ? pl_secret_mark(w->arena, text, strlen(text), w->key)
                     : redact_named(w, name, text, false);
        return result == text ? map
                              : pl_value_map_with(w->arena, map, pairs[i].value,
                                                  pl_value_string(w->arena, result));
    }
    return NULL;
}

static const struct pl_value *redact_map(struct walk *w, const struct spot *spot,
                                         const struct pl_value *map)
{
    const struct pl_value *result = redact_pair(w, spot, map);
    struct pl_member *members = NULL; /* from the first that changes on */
    size_t n = pl_value_count(map);

    if (result != NULL)
        return result;
    for (size_t i = 0; i < n; i++) {
        const struct pl_member *m = &map->u.map.members[i];

        result = redact_child(w, spot, m->key, m->value);
        if (result != m->value && members == NULL) {
            members = pl_arena_array(w->arena, n, sizeof *members);
            memcpy(members, map->u.map.members, i * sizeof *members);
        }
        if (members != NULL)
            members[i] = (struct pl_member){m->key, result};
    }
    return members != NULL ? pl_value_map(w->arena, members, n) : map;
}

static const struct pl_value *redact_value(struct walk *w, const struct spot *spot,
                                           const struct pl_value *v)
{
    switch (v->type) {
    case PL_STRING:
        return redact_string(w, spot, v);
    case PL_LIST:
        return redact_list(w, spot, v);
    case PL_MAP:
        return redact_map(w, spot, v);
    case PL_INT:
    case PL_REAL:
        if (is_secret(spot))
            return marked(w, pl_json_text(w->arena, v));
        return v;
    case PL_NULL:
    case PL_BOOL:
    case PL_UNKNOWN:
        break;
    }
    return v;
}

const struct pl_value *pl_redact(struct pl_arena *arena, const struct pl_kind *kind,
                                 const struct pl_value *body, const unsigned char *key)
{
    struct walk w = {.arena = arena, .key = key};
    struct spot root = {.field = pl_field_node_root(kind)};

    return body != NULL ? redact_value(&w, &root, body) : NULL;
}
