/* candidate_run.c - a Cloud Run service as its deploy file has it, laid over the one that is observed.
 *
 * v2 is Google's own body (https://cloud.google.com/run/docs/reference/rest/v2/projects.locations.services), read field by field against its
 * schema. Knative's v1 (https://cloud.google.com/run/docs/reference/yaml/v1) is what Terraform's google_cloud_run_service is made of: in
 * snake case it goes through the same table. Both replace the service: what a client writes and the file leaves out is as Google sets it.
 */
#include <ctype.h>
#include <string.h>

#include "deploy_priv.h"
#include "plumbline/canon.h"
#include "plumbline/snapshot.h"
#include "terraform_priv.h"

static const char *const top_keys[] = {"apiVersion", "kind", "metadata", "spec", "status"};
static const char *const spec_keys[] = {"template", "traffic"};
static const char *const template_keys[] = {"metadata", "spec"};
static const char *const revision_keys[] = {
    "containerConcurrency", "containers",     "enableServiceLinks",
    "imagePullSecrets",     "nodeSelector",   "runtimeClassName",
    "serviceAccountName",   "timeoutSeconds", "volumes"};
static const char *const container_keys[] = {"args",
                                             "command",
                                             "dependsOn",
                                             "env",
                                             "envFrom",
                                             "image",
                                             "livenessProbe",
                                             "name",
                                             "ports",
                                             "imagePullPolicy",
                                             "resources",
                                             "startupProbe",
                                             "readinessProbe",
                                             "lifecycle",
                                             "securityContext",
                                             "volumeMounts",
                                             "workingDir",
                                             "terminationMessagePath",
                                             "terminationMessagePolicy"};

/* ---- checks ---- */

static int check_keys(const struct pl_yaml_node *node, const char *where, const char *const *keys,
                      size_t n, struct pl_err *err)
{
    if (node == NULL)
        return 0;
    if (node->type != PL_YAML_MAPPING)
        return pl_mark_error(err, &node->mark, PL_E_PARSE, "%s: wants a map", where);
    for (size_t i = 0; i < node->n; i++) {
        const char *key = node->pairs[i].key->text, *near;
        bool found = false;

        for (size_t k = 0; k < n; k++)
            found = found || strcmp(keys[k], key) == 0;
        if (found)
            continue;
        near = pl_nearest(key, keys, n);
        return pl_mark_error(err, &node->pairs[i].key->mark, PL_E_PARSE, "%s: unknown key '%s'%s%s",
                             where, key, near ? ", nearest: " : "", near ? near : "");
    }
    return 0;
}

static const struct pl_yaml_node *below(const struct pl_yaml_node *node, const char *key)
{
    return node != NULL && node->type == PL_YAML_MAPPING ? pl_yaml_get(node, key) : NULL;
}

static const char *text_of(const struct pl_yaml_node *node)
{
    return node != NULL && node->type == PL_YAML_SCALAR && *node->text != '\0' ? node->text : NULL;
}

/* ---- which service ---- */

static bool is_number(const char *text)
{
    return text[strspn(text, "0123456789")] == '\0';
}

/* The services of this name, where the file leaves open which. */
static size_t count_observed(const struct pl_reading_candidate *r, const struct pl_address *a,
                             const struct pl_address **found)
{
    size_t n = 0;

    for (size_t i = 0; i < r->world->n_resources; i++) {
        const struct pl_address *have = &r->world->resources[i]->address;

        if (have->kind != a->kind || strcmp(have->names[0], a->names[0]) != 0 ||
            (a->project != NULL && strcmp(a->project, have->project) != 0) ||
            (a->location != NULL && strcmp(a->location, have->location) != 0))
            continue;
        *found = have;
        n++;
    }
    return n;
}

static int find_address(struct pl_reading_candidate *r, const struct pl_yaml_node *at,
                        const char *name, const char *project, const char *location,
                        struct pl_address *out, struct pl_err *err)
{
    const char **names = pl_arena_array(r->arena, 2, sizeof *names);
    const struct pl_address *found = NULL;
    size_t n;

    names[0] = name;
    *out = (struct pl_address){.kind = pl_kind_find("run.service"), .names = names};
    /* Knative's namespace is the project's number: which id that is, only the service itself tells. */
    out->project = project != NULL && !is_number(project) ? project : r->input->project;
    out->location = location != NULL ? location : r->input->location;
    if (out->project != NULL && out->location != NULL)
        return 0;
    n = count_observed(r, out, &found);
    if (n == 1) {
        *out = *found;
        return 0;
    }
    return pl_mark_error(
        err, &at->mark, PL_E_PARSE,
        n > 1 ? "%zu services '%s' are observed: say which by the label "
                "cloud.googleapis.com/location, --location or --project"
              : "no service is observed (%zu) that is called '%s': for a new one say where by the "
                "label cloud.googleapis.com/location, or --location, and --project",
        n, name);
}

/* ---- v2 ---- */

static const struct pl_value *read_v2(struct pl_reading_candidate *r,
                                      const struct pl_yaml_node *node, const char *generic,
                                      const struct pl_field_info *info, struct pl_err *err);

static const struct pl_value *wants(const struct pl_yaml_node *node, const char *generic,
                                    const char *what, struct pl_err *err)
{
    (void)pl_mark_error(err, &node->mark, PL_E_PARSE, "%s wants %s",
                        *generic ? generic : "a service", what);
    return NULL;
}

static const struct pl_value *read_list(struct pl_reading_candidate *r,
                                        const struct pl_yaml_node *node, const char *generic,
                                        const struct pl_field_info *info, struct pl_err *err)
{
    const struct pl_kind *kind = pl_kind_find("run.service");
    const struct pl_value **items = pl_arena_array(r->arena, node->n + 1, sizeof *items);
    const char *at = pl_field_generic(r->arena, generic, info, NULL);
    struct pl_field_info element;

    if (node->type != PL_YAML_SEQUENCE)
        return wants(node, generic, "a list", err);
    (void)pl_field_child(kind, generic, info, NULL, &element);
    for (size_t i = 0; i < node->n; i++) {
        items[i] = read_v2(r, node->items[i], at, &element, err);
        if (items[i] == NULL)
            return NULL;
    }
    return pl_value_list(r->arena, items, node->n);
}

static const struct pl_value *read_map(struct pl_reading_candidate *r,
                                       const struct pl_yaml_node *node, const char *generic,
                                       const struct pl_field_info *info, struct pl_err *err)
{
    const struct pl_kind *kind = pl_kind_find("run.service");
    struct pl_member *members = pl_arena_array(r->arena, node->n + 1, sizeof *members);
    bool keyed = info->shape == PL_KEYED;

    if (node->type != PL_YAML_MAPPING)
        return wants(node, generic, "a map", err);
    for (size_t i = 0; i < node->n; i++) {
        const char *key = node->pairs[i].key->text;
        struct pl_field_info child;

        if (!pl_field_child(kind, generic, info, key, &child)) {
            const char *names[256], *near;
            size_t n = 0;

            for (; info->message != NULL && n < info->message->n_fields && n < PL_LEN(names); n++)
                names[n] = info->message->fields[n].name;
            near = pl_nearest(key, names, n);
            (void)pl_mark_error(err, &node->pairs[i].key->mark, PL_E_PARSE,
                                "Cloud Run's v2 service has no field '%s%s%s'%s%s", generic,
                                *generic ? "." : "", key, near ? ", nearest: " : "",
                                near ? near : "");
            return NULL;
        }
        members[i].key = key;
        members[i].value = read_v2(r, node->pairs[i].value,
                                   keyed ? pl_field_generic(r->arena, generic, info, NULL)
                                         : pl_field_generic(r->arena, generic, info, key),
                                   &child, err);
        if (members[i].value == NULL)
            return NULL;
    }
    return pl_value_map(r->arena, members, node->n);
}

/* Null stays null: the field is left out. NULL and err on error. */
static const struct pl_value *read_v2(struct pl_reading_candidate *r,
                                      const struct pl_yaml_node *node, const char *generic,
                                      const struct pl_field_info *info, struct pl_err *err)
{
    const struct pl_value *v;
    struct pl_err why = {0};

    if (node->type == PL_YAML_SCALAR && !node->quoted &&
        (strcmp(node->text, "null") == 0 || *node->text == '\0' || strcmp(node->text, "~") == 0))
        return pl_value_null();
    if (info->shape == PL_MANY)
        return read_list(r, node, generic, info, err);
    if (info->shape == PL_KEYED || info->type == PL_T_MESSAGE)
        return read_map(r, node, generic, info, err);
    if (node->type != PL_YAML_SCALAR)
        return wants(node, generic, "one value", err);
    v = pl_canon_read(r->arena, info, node->text, node->quoted, &why);
    return v != NULL ? v
                     : wants(node, generic,
                             strncmp(why.text, "wants ", 6) == 0 ? why.text + 6 : why.text, err);
}

static const struct pl_value *v2(struct pl_reading_candidate *r, const struct pl_yaml_node *root,
                                 struct pl_address *address, struct pl_err *err)
{
    const struct pl_kind *kind = pl_kind_find("run.service");
    const struct pl_field_info info = pl_field_root(kind);
    const struct pl_yaml_node *name = pl_yaml_get(root, "name");
    const struct pl_value *body;

    if (text_of(name) == NULL) {
        (void)pl_mark_error(err, &root->mark, PL_E_PARSE,
                            "this is no service of Cloud Run: wanted is `apiVersion: "
                            "serving.knative.dev/v1`, or v2's `name: "
                            "projects/PROJECT/locations/REGION/services/NAME`");
        return NULL;
    }
    body = read_v2(r, root, "", &info, err);
    if (body == NULL)
        return NULL;
    if (strncmp(name->text, "projects/", 9) == 0) {
        if (pl_address_from_resource_name(r->arena, kind, name->text, address, err) < 0) {
            const char *why = pl_arena_strdup(r->arena, err->text);

            (void)pl_mark_error(err, &name->mark, PL_E_PARSE, "%s", why);
            return NULL;
        }
        return body;
    }
    return find_address(r, name, name->text, NULL, NULL, address, err) < 0 ? NULL : body;
}

/* ---- v1 ---- */

/* What is below these keys is named by the user, and text. */
static bool is_free(const char *key)
{
    static const char *const keys[] = {"annotations", "labels", "limits", "requests",
                                       "nodeSelector"};
    for (size_t i = 0; i < PL_LEN(keys); i++)
        if (strcmp(keys[i], key) == 0)
            return true;
    return false;
}

static const struct pl_value *snaked(struct pl_reading_candidate *r,
                                     const struct pl_yaml_node *node, bool text, bool free)
{
    const struct pl_field_info plain = {.type = text ? PL_T_STRING : PL_T_UNKNOWN};

    if (node->type == PL_YAML_SCALAR)
        return pl_canon_read(r->arena, &plain, node->text, node->quoted || text, NULL);
    if (node->type == PL_YAML_SEQUENCE) {
        const struct pl_value **items = pl_arena_array(r->arena, node->n + 1, sizeof *items);

        for (size_t i = 0; i < node->n; i++)
            items[i] = snaked(r, node->items[i], text, free);
        return pl_value_list(r->arena, items, node->n);
    }
    struct pl_member *members = pl_arena_array(r->arena, node->n + 1, sizeof *members);
    for (size_t i = 0; i < node->n; i++) {
        const char *key = node->pairs[i].key->text;
        bool own = is_free(key);

        members[i].key = free ? key : pl_tf_snake(r->arena, key);
        members[i].value = snaked(r, node->pairs[i].value,
                                  text || own || strcmp(key, "value") == 0 ||
                                      strcmp(key, "name") == 0 || strcmp(key, "key") == 0 ||
                                      strcmp(key, "args") == 0 || strcmp(key, "command") == 0,
                                  free || own);
    }
    return pl_value_map(r->arena, members, node->n);
}

static int check_v1(const struct pl_yaml_node *root, struct pl_err *err)
{
    const struct pl_yaml_node *kind = pl_yaml_get(root, "kind"), *spec = pl_yaml_get(root, "spec");
    const struct pl_yaml_node *template = below(spec, "template");
    const struct pl_yaml_node *revision = below(template, "spec");
    const struct pl_yaml_node *boxes = below(revision, "containers");

    if (check_keys(root, "a service", top_keys, PL_LEN(top_keys), err) < 0)
        return -1;
    if (text_of(kind) == NULL || strcmp(kind->text, "Service") != 0)
        return pl_mark_error(err, kind != NULL ? &kind->mark : &root->mark, PL_E_PARSE,
                             "only `kind: Service` is read of %s",
                             pl_yaml_get(root, "apiVersion")->text);
    if (text_of(below(pl_yaml_get(root, "metadata"), "name")) == NULL)
        return pl_mark_error(err, &root->mark, PL_E_PARSE, "metadata.name is missing");
    if (boxes == NULL || boxes->type != PL_YAML_SEQUENCE || boxes->n == 0)
        return pl_mark_error(err, spec != NULL ? &spec->mark : &root->mark, PL_E_PARSE,
                             "spec.template.spec.containers is missing: nothing would run");
    if (check_keys(spec, "spec", spec_keys, PL_LEN(spec_keys), err) < 0 ||
        check_keys(template, "spec.template", template_keys, PL_LEN(template_keys), err) < 0 ||
        check_keys(revision, "spec.template.spec", revision_keys, PL_LEN(revision_keys), err) < 0)
        return -1;
    for (size_t i = 0; i < boxes->n; i++)
        if (check_keys(boxes->items[i], "a container", container_keys, PL_LEN(container_keys),
                       err) < 0)
            return -1;
    return 0;
}

static const struct pl_value *v1(struct pl_reading_candidate *r, const struct pl_yaml_node *root,
                                 struct pl_address *address, struct pl_err *err)
{
    const struct pl_yaml_node *metadata = pl_yaml_get(root, "metadata"),
                              *spec = pl_yaml_get(root, "spec"), *name;
    const struct pl_value *attributes;

    if (check_v1(root, err) < 0)
        return NULL;
    name = below(metadata, "name");
    if (find_address(r, name, text_of(name), text_of(below(metadata, "namespace")),
                     text_of(below(below(metadata, "labels"), "cloud.googleapis.com/location")),
                     address, err) < 0)
        return NULL;
    struct pl_member members[3] = {{"metadata", snaked(r, metadata, false, false)},
                                   {"template", snaked(r, below(spec, "template"), false, false)}};
    size_t n = 2;
    if (below(spec, "traffic") != NULL)
        members[n++] =
            (struct pl_member){"traffic", snaked(r, below(spec, "traffic"), false, false)};
    attributes = pl_value_map(r->arena, members, n);
    return pl_tf_body(r->arena, pl_tf_type_find("google_cloud_run_service"), attributes);
}

/* ---- over what is observed ---- */

bool pl_candidate_is_servers(const struct pl_kind *kind, const char *key)
{
    const struct pl_field_info root = pl_field_root(kind);
    struct pl_field_info info;

    return strcmp(key, "iamPolicy") == 0 || strcmp(key, "name") == 0 ||
           !pl_field_child(kind, "", &root, key, &info) || (info.flags & PL_F_OUTPUT) != 0;
}

/* How far the last deploy got says nothing of the next: that it will be ready is what a deploy takes for granted. */
static bool is_of_last_deploy(const char *key)
{
    static const char *const keys[] = {"terminalCondition", "conditions", "latestReadyRevision",
                                       "latestCreatedRevision", "trafficStatuses"};
    for (size_t i = 0; i < PL_LEN(keys); i++)
        if (strcmp(keys[i], key) == 0)
            return true;
    return false;
}

static bool is_success(const struct pl_member *m)
{
    const char *state = pl_value_member_text(m->value, "state");

    return strcmp(m->key, "terminalCondition") == 0 && state != NULL &&
           strcmp(state, "CONDITION_SUCCEEDED") == 0;
}

const struct pl_value *pl_candidate_redeployed(struct pl_arena *arena,
                                               const struct pl_address *address,
                                               const struct pl_value *body)
{
    const char *revision = pl_value_member_text(pl_value_member(body, "template"), "revision");
    const struct pl_value *out = pl_value_map(arena, NULL, 0);

    for (size_t i = 0; i < body->u.map.n; i++)
        if (!is_of_last_deploy(body->u.map.members[i].key) || is_success(&body->u.map.members[i]))
            out = pl_value_map_with(arena, out, body->u.map.members[i].key,
                                    body->u.map.members[i].value);
    /* Traffic that is pinned to another revision does not reach the new one: then the path model must be able to see that there is one. */
    return pl_value_map_with(
        arena, out, "latestCreatedRevision",
        pl_value_string(arena, revision != NULL
                                   ? revision
                                   : pl_arena_printf(arena, "%s (candidate)", address->names[0])));
}

static const struct pl_value *laid_over(struct pl_reading_candidate *r,
                                        const struct pl_address *address,
                                        const struct pl_value *before, const struct pl_value *body)
{
    const struct pl_value *out = pl_value_map(r->arena, NULL, 0);
    const char *name = pl_address_resource_name(r->arena, address) + 2;

    for (size_t i = 0; before != NULL && i < before->u.map.n; i++) {
        const struct pl_member *m = &before->u.map.members[i];

        if (pl_candidate_is_servers(address->kind, m->key)) /* redeployed takes some away */
            out = pl_value_map_with(r->arena, out, m->key, m->value);
    }
    for (size_t i = 0; i < body->u.map.n; i++) {
        const struct pl_member *m = &body->u.map.members[i];

        if (!pl_candidate_is_servers(address->kind, m->key) && m->value->type != PL_NULL)
            out = pl_value_map_with(r->arena, out, m->key, m->value);
    }
    for (size_t i = 0; before == NULL && i < 2; i++) /* Google chooses them */
        out = pl_value_map_with(r->arena, out, i ? "urls" : "uri", pl_value_unknown());
    out = pl_value_map_with(r->arena, out, "name",
                            pl_value_string(r->arena, name + strcspn(name, "/") + 1));
    return pl_candidate_redeployed(r->arena, address, out);
}

int pl_candidate_run(struct pl_reading_candidate *r, const struct pl_yaml_node *root,
                     struct pl_err *err)
{
    const struct pl_yaml_node *version;
    const struct pl_value *body, *before;
    struct pl_address address;

    if (root->type != PL_YAML_MAPPING || root->n == 0)
        return pl_mark_error(err, &root->mark, PL_E_PARSE,
                             "wanted is a service of Cloud Run, or Terraform's plan as JSON");
    version = below(root, "apiVersion");
    if (version != NULL &&
        (text_of(version) == NULL || strcmp(version->text, "serving.knative.dev/v1") != 0))
        return pl_mark_error(err, &version->mark, PL_E_PARSE,
                             "apiVersion '%s' is not read: wanted is serving.knative.dev/v1",
                             text_of(version) ? version->text : "");
    body = version != NULL ? v1(r, root, &address, err) : v2(r, root, &address, err);
    if (body == NULL)
        return -1;
    before = pl_candidate_before(r, &address);
    body = pl_redact(r->arena, address.kind, laid_over(r, &address, before, body),
                     r->input->redaction_key);
    pl_candidate_add(r, before != NULL ? PL_CANDIDATE_UPDATE : PL_CANDIDATE_CREATE, &address, body);
    return 0;
}
