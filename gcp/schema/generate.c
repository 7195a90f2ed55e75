/* generate.c - writes the field tables of Google's messages (struct pl_schema, kind.h) from the APIs' discovery documents.
 *
 * A program of its own, run by `make schema`: generate SCHEMA-FOLDER OUTPUT-FOLDER. It reads the compact form of the documents
 * (schemas -> fields {type, format, enum, items, values, ref, fields}), takes every message that the roots below reach, and writes
 * one .c a product and schemas.h. What it does not do: decide what fields mean beyond their type (rows in gcp/<kind>.c do).
 * The output depends on the input alone; tests/contract/test_schema_contract.c compares the two. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "plumbline/file.h"
#include "plumbline/json.h"
#include "plumbline/kind.h"
#include "plumbline/map.h"

struct root {
    const char *schema; /* Google's name */
    const char *name;   /* ours: pl_schema_<product>_<name> */
};

struct product {
    const char *name; /* <name>.c */
    const char *document;
    const struct root *roots; /* the last has schema NULL */
};

#define SAME(schema)                                                                               \
    {                                                                                              \
        (schema), (schema)                                                                         \
    }
#define END                                                                                        \
    {                                                                                              \
        NULL, NULL                                                                                 \
    }

static const struct root compute[] = {
    SAME("Address"),
    SAME("BackendService"),
    SAME("ExchangedPeeringRoute"),
    SAME("Firewall"),
    SAME("FirewallPolicy"),
    SAME("ForwardingRule"),
    SAME("Instance"),
    SAME("Network"),
    SAME("NetworkEndpointGroup"),
    {"NetworksGetEffectiveFirewallsResponse", "EffectiveFirewalls"},
    {"RegionNetworkFirewallPoliciesGetEffectiveFirewallsResponseEffectiveFirewallPolicy",
     "RegionalFirewallPolicy"},
    SAME("Route"),
    SAME("Router"),
    SAME("SecurityPolicy"),
    SAME("ServiceAttachment"),
    SAME("SslCertificate"),
    SAME("Subnetwork"),
    SAME("TargetHttpsProxy"),
    SAME("UrlMap"),
    END,
};
static const struct root dns[] = {SAME("ManagedZone"), SAME("ResourceRecordSet"), END};
static const struct root iam[] = {SAME("Policy"), END};
static const struct root memcache[] = {SAME("Instance"), END};
static const struct root memorystore[] = {SAME("Instance"), END};
static const struct root redis[] = {SAME("Cluster"), SAME("Instance"), END};
static const struct root run[] = {
    {"GoogleCloudRunV2Job", "Job"},
    {"GoogleCloudRunV2Revision", "Revision"},
    {"GoogleCloudRunV2Service", "Service"},
    END,
};
static const struct root secretmanager[] = {SAME("Secret"), SAME("SecretVersion"), END};
static const struct root servicenetworking[] = {SAME("Connection"), END};
static const struct root serviceusage[] = {{"GoogleApiServiceusageV1Service", "Service"}, END};
static const struct root sqladmin[] = {SAME("Database"), SAME("DatabaseInstance"), SAME("User"),
                                       END};
static const struct root vpcaccess[] = {SAME("Connector"), END};

static const struct product products[] = {
    {"compute", "compute.v1.json", compute},
    {"dns", "dns.v1.json", dns},
    {"iam", "cloudresourcemanager.v3.json", iam},
    {"memcache", "memcache.v1.json", memcache},
    {"memorystore", "memorystore.v1.json", memorystore},
    {"redis", "redis.v1.json", redis},
    {"run", "run.v2.json", run},
    {"secretmanager", "secretmanager.v1.json", secretmanager},
    {"servicenetworking", "servicenetworking.v1.json", servicenetworking},
    {"serviceusage", "serviceusage.v1.json", serviceusage},
    {"sqladmin", "sqladmin.v1.json", sqladmin},
    {"vpcaccess", "vpcaccess.v1.json", vpcaccess},
};

enum { MAX_DOCUMENT = 16 << 20 };

/* ---- types ---- */

/* By JSON type and format; format NULL: any other. The first that fits. */
static const struct {
    const char *type, *format, *word;
} types[] = {
    {"string", "google-duration", "PL_T_DURATION"},
    {"string", "google-datetime", "PL_T_TIMESTAMP"},
    {"string", "date-time", "PL_T_TIMESTAMP"},
    {"string", "int64", "PL_T_INT64"},
    {"string", "uint64", "PL_T_INT64"},
    {"string", "byte", "PL_T_BYTES"},
    {"string", NULL, "PL_T_STRING"},
    {"integer", NULL, "PL_T_INT"},
    {"number", NULL, "PL_T_REAL"},
    {"boolean", NULL, "PL_T_BOOL"},
};

/* Lists of lists and maps of lists are free-form here: struct pl_schema_field has one level. */
static const char *type_word(const struct pl_value *field)
{
    const char *type = pl_value_member_text(field, "type"),
               *format = pl_value_member_text(field, "format");
    if (pl_value_member(field, "ref") != NULL || pl_value_member(field, "fields") != NULL)
        return "PL_T_MESSAGE";
    if (pl_value_count(pl_value_member(field, "enum")) > 0)
        return "PL_T_ENUM";
    for (size_t i = 0; type != NULL && i < PL_LEN(types); i++)
        if (strcmp(type, types[i].type) == 0 &&
            (types[i].format == NULL || (format != NULL && strcmp(format, types[i].format) == 0)))
            return types[i].word;
    return "PL_T_ANY";
}

/* The value of one element: of the list, of the map, or the field itself. */
static const struct pl_value *element_of(const struct pl_value *field, const char **shape)
{
    const char *type = pl_value_member_text(field, "type");
    *shape = "PL_ONE";
    if (type != NULL && strcmp(type, "array") == 0) {
        *shape = "PL_MANY";
        return pl_value_member(field, "items");
    }
    if (type != NULL && strcmp(type, "map") == 0) {
        *shape = "PL_KEYED";
        return pl_value_member(field, "values");
    }
    return field;
}

/* ---- one product ---- */

struct work {
    struct pl_arena *arena;
    const struct product *product;
    const struct pl_value *schemas;
    struct pl_map messages; /* name -> fields, in the order in which they were met */
    struct pl_map symbols;  /* name -> C name of its struct pl_schema */
    struct pl_map enums;    /* JSON of the values -> C name */
    struct pl_buf enum_text, table_text;
};

static const char *c_name(struct pl_arena *arena, const char *prefix, const char *name)
{
    char *s = pl_arena_printf(arena, "%s%s", prefix, name);
    for (char *p = s; *p != '\0'; p++)
        if (!isalnum((unsigned char)*p))
            *p = '_';
    return s;
}

/* Notes a message to be written and gives its C name. */
static const char *want(struct work *w, const char *name, const struct pl_value *fields)
{
    const char *symbol = pl_map_get(&w->symbols, name);
    if (symbol != NULL)
        return symbol;
    char *own = pl_arena_strdup(w->arena, c_name(w->arena, "m_", name));
    for (const struct root *r = w->product->roots; r->schema != NULL; r++)
        if (strcmp(r->schema, name) == 0)
            own = pl_arena_printf(w->arena, "pl_schema_%s_%s", w->product->name, r->name);
    pl_map_put(&w->symbols, name, own);
    struct pl_value *copy = PL_NEW(w->arena, struct pl_value);
    *copy = *fields;
    pl_map_put(&w->messages, name, copy);
    return own;
}

/* The C name of the message of an element, or NULL where it is none; `place` names a message without a name of its own. */
static int message_of(struct work *w, const struct pl_value *element, const char *place,
                      const char **out, struct pl_err *err)
{
    const char *ref = pl_value_member_text(element, "ref");
    const struct pl_value *fields = pl_value_member(element, "fields");
    *out = NULL;
    if (ref != NULL) {
        fields = pl_value_member(pl_value_member(w->schemas, ref), "fields");
        if (fields == NULL)
            return pl_err_set(err, PL_E_PARSE, "%s refers to %s, which is not there", place, ref);
        place = ref;
    }
    if (fields != NULL)
        *out = want(w, place, fields);
    return 0;
}

/* The C name of a list of enum values; equal lists are written once. */
static const char *enum_of(struct work *w, const struct pl_value *element, const char *place)
{
    const struct pl_value *values = pl_value_member(element, "enum");
    if (pl_value_count(values) == 0)
        return NULL;
    const char *text = pl_json_text(w->arena, values), *known = pl_map_get(&w->enums, text);
    if (known != NULL)
        return known;
    char *name = pl_arena_strdup(w->arena, c_name(w->arena, "e_", place));
    pl_map_put(&w->enums, text, name);
    pl_buf_addf(&w->enum_text, "static const char *const %s[] = {\n", name);
    for (size_t i = 0; i < pl_value_count(values); i++)
        pl_buf_addf(&w->enum_text, "    \"%s\",\n", pl_value_text(pl_value_item(values, i)));
    pl_buf_adds(&w->enum_text, "    NULL,\n};\n");
    return name;
}

static int write_field(struct work *w, const char *message, const char *name,
                       const struct pl_value *field, struct pl_err *err)
{
    const char *shape, *nested, *place = pl_arena_printf(w->arena, "%s.%s", message, name);
    const struct pl_value *element = element_of(field, &shape);
    if (message_of(w, element, place, &nested, err) != 0)
        return -1;
    const char *values = enum_of(w, element, place);
    pl_buf_addf(&w->table_text, "    {\"%s\", %s, %s, %s%s, %s},\n", name, type_word(element),
                shape, nested != NULL ? "&" : "", nested != NULL ? nested : "NULL",
                values != NULL ? values : "NULL");
    return 0;
}

/* Members of a value are sorted by key, as kind.h wants fields to be. */
static int write_message(struct work *w, const char *name, const struct pl_value *fields,
                         struct pl_err *err)
{
    const char *symbol = pl_map_get(&w->symbols, name);
    const char *table = c_name(w->arena, "f_", name),
               *storage = strncmp(symbol, "m_", 2) == 0 ? "static " : "";
    size_t n = pl_value_count(fields);
    if (n > 0)
        pl_buf_addf(&w->table_text, "\nstatic const struct pl_schema_field %s[] = {\n", table);
    for (size_t i = 0; i < n; i++)
        if (write_field(w, name, fields->u.map.members[i].key, fields->u.map.members[i].value,
                        err) != 0)
            return -1;
    if (n > 0)
        pl_buf_addf(&w->table_text, "};\n%sconst struct pl_schema %s = {\"%s\", %s, %zu};\n",
                    storage, symbol, name, table, n);
    else
        pl_buf_addf(&w->table_text, "\n%sconst struct pl_schema %s = {\"%s\", NULL, 0};\n", storage,
                    symbol, name);
    return 0;
}

static const struct pl_value *read_document(struct pl_arena *arena, const char *folder,
                                            const char *name, struct pl_err *err)
{
    size_t len;
    const char *path = pl_arena_printf(arena, "%s/%s", folder, name);
    const char *text = pl_file_read(arena, path, MAX_DOCUMENT, &len, err);
    return text != NULL ? pl_json_parse(arena, text, len, name, err) : NULL;
}

static void write_head(struct pl_buf *out, const struct pl_value *document)
{
    const char *revision = pl_value_member_text(document, "revision");
    pl_buf_addf(out,
                "/* Made by gcp/schema/generate.c (make schema) from Google's document of %s %s, "
                "revision %s. Not to be edited. */\n",
                pl_value_member_text(document, "api"), pl_value_member_text(document, "version"),
                revision != NULL ? revision : "unknown");
    pl_buf_addf(out, "#include \"schema/schemas.h\"\n\n#include <stddef.h>\n\n");
}

static int write_product(struct work *w, const struct pl_value *document, struct pl_buf *out,
                         struct pl_err *err)
{
    w->schemas = pl_value_member(document, "schemas");
    for (const struct root *r = w->product->roots; r->schema != NULL; r++) {
        const struct pl_value *fields =
            pl_value_member(pl_value_member(w->schemas, r->schema), "fields");
        if (fields == NULL)
            return pl_err_set(err, PL_E_PARSE, "no schema %s", r->schema);
        want(w, r->schema, fields);
    }
    /* Messages are added while the earlier ones are written. */
    for (size_t i = 0; i < w->messages.n; i++)
        if (write_message(w, w->messages.entries[i].key, w->messages.entries[i].value, err) != 0)
            return -1;
    write_head(out, document);
    for (size_t i = 0; i < w->symbols.n; i++) {
        const char *symbol = w->symbols.entries[i].value;
        if (strncmp(symbol, "m_", 2) == 0)
            pl_buf_addf(out, "static const struct pl_schema %s;\n", symbol);
    }
    if (w->enum_text.len > 0)
        pl_buf_addf(out, "\n%s", pl_buf_str(&w->enum_text));
    pl_buf_adds(out, pl_buf_str(&w->table_text));
    return 0;
}

/* ---- all ---- */

static int generate(struct pl_arena *arena, const struct product *p, const char *from,
                    const char *to, struct pl_err *err)
{
    struct work w = {.arena = arena, .product = p};
    struct pl_buf out = {0};
    const struct pl_value *document = read_document(arena, from, p->document, err);
    if (document == NULL)
        return -1;
    pl_map_init(&w.messages, arena);
    pl_map_init(&w.symbols, arena);
    pl_map_init(&w.enums, arena);
    int rc = write_product(&w, document, &out, err);
    if (rc == 0)
        rc = pl_file_write(pl_arena_printf(arena, "%s/%s.c", to, p->name), pl_buf_str(&out),
                           out.len, 0644, err);
    if (rc == 0)
        printf("%s.c: %zu messages\n", p->name, w.messages.n);
    pl_buf_free(&w.enum_text);
    pl_buf_free(&w.table_text);
    pl_buf_free(&out);
    return rc;
}

static int write_header(struct pl_arena *arena, const char *to, struct pl_err *err)
{
    struct pl_buf out = {0};
    pl_buf_adds(&out, "/* schemas.h - made by gcp/schema/generate.c (make schema): the messages of "
                      "the kinds' bodies. Not to be edited. */\n"
                      "#ifndef GCP_SCHEMA_SCHEMAS_H\n#define GCP_SCHEMA_SCHEMAS_H\n\n#include "
                      "\"plumbline/kind.h\"\n\n");
    for (size_t i = 0; i < PL_LEN(products); i++)
        for (const struct root *r = products[i].roots; r->schema != NULL; r++)
            pl_buf_addf(&out, "extern const struct pl_schema pl_schema_%s_%s;\n", products[i].name,
                        r->name);
    pl_buf_adds(&out, "\n#endif\n");
    int rc = pl_file_write(pl_arena_printf(arena, "%s/schemas.h", to), pl_buf_str(&out), out.len,
                           0644, err);
    pl_buf_free(&out);
    return rc;
}

int main(int argc, char **argv)
{
    struct pl_err err = {0};
    int rc = 0;
    if (argc != 3) {
        fprintf(stderr, "usage: %s SCHEMA-FOLDER OUTPUT-FOLDER\n", argv[0]);
        return 2;
    }
    struct pl_arena *arena = pl_arena_new();
    for (size_t i = 0; i < PL_LEN(products) && rc == 0; i++)
        if ((rc = generate(arena, &products[i], argv[1], argv[2], &err)) != 0)
            pl_err_wrap(&err, "%s", products[i].document);
    if (rc == 0)
        rc = write_header(arena, argv[2], &err);
    if (rc != 0)
        fprintf(stderr, "%s\n", err.text);
    pl_arena_free(arena);
    return rc == 0 ? 0 : 1;
}
