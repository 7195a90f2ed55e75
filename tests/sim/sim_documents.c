/*
 * sim_documents.c - Google's discovery documents, where `--documents` gives their folder: which names a selector of `fields` may have.
 *
 * "Invalid field selection x" is what Google answers to a name that a message does not have, at any depth. Without documents only
 * the names of the list's own message are known (sim_fields.c).
 */
#include "sim.h"

#include <string.h>

/* Read once, when it is first asked for; borrowed, NULL where it cannot be read. */
static json_t *document(struct sim *sim, const char *name)
{
    json_t *read = json_object_get(sim->documents, name);
    if (read == NULL && sim->documents != NULL) {
        json_t *path = json_sprintf("%s/%s.json", sim->document_folder, name);
        json_error_t error;
        read = json_load_file(json_string_value(path), 0, &error);
        if (read == NULL) {
            fprintf(stderr, "plumbline-sim: %s: %s\n", json_string_value(path), error.text);
        }
        json_decref(path);
        json_object_set_new(sim->documents, name, read == NULL ? json_null() : read);
    }
    return json_is_object(read) ? read : NULL;
}

/* The method of this id, in a resource or below it. */
static json_t *method_find(json_t *resource, const char *id)
{
    const char *name = NULL;
    json_t *one = NULL;
    json_object_foreach(json_object_get(resource, "methods"), name, one)
    {
        const char *text = json_string_value(json_object_get(one, "id"));
        if (text != NULL && strcmp(text, id) == 0) {
            return one;
        }
    }
    json_object_foreach(json_object_get(resource, "resources"), name, one)
    {
        json_t *found = method_find(one, id);
        if (found != NULL) {
            return found;
        }
    }
    return NULL;
}

/* The message behind a property: of a list's elements, of a map's values; NULL where it has no fields. */
static json_t *message_of(json_t *schemas, json_t *property)
{
    static const char *const inside[] = {"items", "additionalProperties"};
    for (size_t i = 0; i < sizeof inside / sizeof inside[0]; i++) {
        json_t *element = json_object_get(property, inside[i]);
        property = element == NULL ? property : element;
    }
    const char *name = json_string_value(json_object_get(property, "$ref"));
    return name != NULL ? json_object_get(schemas, name) : property;
}

/* The first name of the selection that the message does not have, or that is looked into and has nothing inside; NULL: none. */
static const char *first_unknown(json_t *schemas, json_t *message, json_t *selection)
{
    json_t *properties = json_object_get(message, "properties");
    const char *name = NULL;
    json_t *below = NULL;
    json_object_foreach(selection, name, below)
    {
        json_t *property = json_object_get(properties, name);
        const char *unknown = NULL;
        if (strcmp(name, "*") == 0) {
            continue; /* of a map's keys, see below; what it means for a message is not documented */
        }
        if (property == NULL) {
            return name;
        }
        json_t *keyed = json_object_get(property, "additionalProperties");
        if (keyed != NULL && json_object_get(below, "*") != NULL) {
            below = json_object_get(below, "*");
        }
        if (json_object_size(below) > 0) {
            unknown = first_unknown(schemas, message_of(schemas, property), below);
        }
        if (unknown != NULL) {
            return unknown;
        }
    }
    return NULL;
}

const char *sim_documents_unknown(struct sim *sim, const struct sim_method *method,
                                  json_t *selection)
{
    json_t *read = document(sim, method->document);
    json_t *found = method_find(read, method->id);
    json_t *schemas = json_object_get(read, "schemas");
    const char *name =
        json_string_value(json_object_get(json_object_get(found, "response"), "$ref"));
    json_t *message = name == NULL ? NULL : json_object_get(schemas, name);
    return message == NULL ? NULL : first_unknown(schemas, message, selection);
}
