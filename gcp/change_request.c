/* change_request.c - what a request in an audit log says about a field that drifted: may it have changed it, did it name it, had it the declared value?
 *
 * How an API names a resource and its fields in a request is its own; where a request is silent nothing is concluded from it. Which entry is about which
 * resource, and which of them counts, is changes.c.
 */
#include "changes_priv.h"

#include <string.h>
#include <strings.h>

#include "plumbline/canon.h"

static bool has_word(const char *text, const char *word)
{
    return text != NULL && strcasestr(text, word) != NULL;
}

/* "v1.compute.firewalls.patch", "google.cloud.run.v2.Services.UpdateService": its last word. */
static const char *verb_of(const char *method)
{
    const char *dot = strrchr(method, '.');

    return dot != NULL ? dot + 1 : method;
}

static bool mentions(const struct pl_value *v, const char *key, int depth)
{
    if (v == NULL || v->type != PL_MAP || depth > 2)
        return false;
    for (size_t i = 0; i < v->u.map.n; i++)
        if (strcmp(v->u.map.members[i].key, key) == 0 ||
            mentions(v->u.map.members[i].value, key, depth + 1))
            return true;
    return false;
}

static bool is_patch(const char *verb, const struct pl_value *request)
{
    return strncasecmp(verb, "patch", 5) == 0 || pl_value_member(request, "updateMask") != NULL;
}

static bool has_any(const char *verb, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (has_word(verb, words[i]))
            return true;
    return false;
}

bool pl_request_makes(const char *method)
{
    static const char *const words[] = {"create", "insert", "enable", "add"};

    return has_any(verb_of(method), words, PL_LEN(words));
}

bool pl_request_deletes(const char *method)
{
    static const char *const words[] = {"delete", "destroy", "disable", "remove"};

    return has_any(verb_of(method), words, PL_LEN(words));
}

/* Did this change the field? A patch says which it changes; what puts a whole resource may have changed any. */
bool pl_request_touches(const struct pl_drift *d, const char *method,
                        const struct pl_value *request)
{
    const char *verb = verb_of(method);
    const char *first = d->path.n > 0 ? d->path.steps[0].key : NULL;
    bool of_policy = has_word(verb, "IamPolicy");
    const char *mask = pl_value_text(pl_value_member(request, "updateMask"));

    if (d->path.n == 0)
        return d->status == PL_DRIFT_MISSING ? pl_request_deletes(method)
                                             : pl_request_makes(method);
    if (strcmp(d->address.kind->name, "project.iamPolicy") == 0 ||
        (first != NULL && strcmp(first, "iamPolicy") == 0))
        return of_policy;
    if (of_policy || has_word(verb, "delete"))
        return false;
    if (first == NULL || request == NULL || !is_patch(verb, request))
        return true;
    return mentions(request, first, 0) || has_word(mask, first);
}

/* A member that says which resource is meant, or which version of it. */
static bool is_identity(const struct pl_drift *d, const struct pl_member *m)
{
    static const char *const keys[] = {"name", "fingerprint", "etag", "kind", "settingsVersion"};
    const struct pl_address *a = &d->address;
    const char *text = pl_value_text(m->value);

    if (m->key[0] == '@')
        return true;
    for (size_t i = 0; i < PL_LEN(keys); i++)
        if (strcmp(keys[i], m->key) == 0)
            return true;
    if (text == NULL)
        return false;
    for (size_t i = 0; i < a->kind->n_segments; i++)
        if (strcmp(a->names[i], text) == 0)
            return true;
    return strcmp(a->project, text) == 0 || strcmp(a->location, text) == 0;
}

/* Is the way to the field all that stands there? A tool that sends a resource whole, in a patch too, names everything and says nothing. Elements of
 * lists end the way: a list is always sent whole. */
static bool is_way_alone(const struct pl_drift *d, const struct pl_value *v)
{
    for (size_t i = 0; i < d->path.n && d->path.steps[i].type == PL_STEP_KEY; i++) {
        const struct pl_value *next = pl_value_member(v, d->path.steps[i].key);

        if (next == NULL)
            return false;
        for (size_t j = 0; j < v->u.map.n; j++)
            if (strcmp(v->u.map.members[j].key, d->path.steps[i].key) != 0 &&
                !is_identity(d, &v->u.map.members[j]))
                return false;
        v = next;
    }
    return d->path.steps[d->path.n - 1].type == PL_STEP_KEY;
}

/* Did this set the field, where `pl_request_touches` says that it may have? A patch that names the field alone did, and what makes or deletes a resource
 * did it to the whole. The body may stand inside of the request ("body", "firewallResource"); a mask is taken at its word. */
bool pl_request_names_field(struct pl_arena *arena, const struct pl_drift *d, const char *method,
                            const struct pl_value *request)
{
    const char *mask = pl_value_text(pl_value_member(request, "updateMask"));

    if (d->path.n == 0)
        return true;
    if (mask != NULL)
        return strcmp(mask, pl_path_format(arena, &d->path)) == 0;
    if (request == NULL || request->type != PL_MAP || !is_patch(verb_of(method), request))
        return false;
    bool found = is_way_alone(d, request);
    for (size_t i = 0; i < request->u.map.n && !found; i++)
        found = is_way_alone(d, request->u.map.members[i].value);
    return found;
}

/* Has this request the field as it is declared? Where the body stands inside of the request: `pl_request_names_field`. */
bool pl_request_is_as_declared(const struct pl_drift *d, const struct pl_value *request)
{
    const struct pl_value *was = pl_path_get(request, &d->path);
    struct pl_field_info info;
    struct pl_arena *scratch;
    bool equal;

    for (size_t i = 0; was == NULL && request != NULL && request->type == PL_MAP; i++) {
        if (i == request->u.map.n)
            return false;
        was = pl_path_get(request->u.map.members[i].value, &d->path);
    }
    if (was == NULL || d->revert == NULL ||
        !pl_field_lookup(d->address.kind, &d->path, &info, NULL, NULL))
        return false;
    scratch = pl_arena_new();
    equal =
        pl_canon_equal(d->address.kind, pl_path_generic(scratch, &d->path), &info, was, d->revert);
    pl_arena_free(scratch);
    return equal;
}
