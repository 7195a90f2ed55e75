/* cmd_explain_field.c - one field in depth: what it holds, what it is the same as when it is absent or written otherwise, who writes it.
 *
 * From the same rows as `list fields KIND`, which shows all that a kind has.
 */
#include <stdio.h>
#include <string.h>

#include "cli_priv.h"
#include "plumbline/canon.h"
#include "plumbline/reach.h"
#include "plumbline/yaml.h"

#define WANTED "explain-field wants KIND:PATH or KIND/NAME:PATH, like sql.instance:settings.tier"

/* What is the same to the comparison, by type; what is not here is the same where it is the same text or number. */
static const char *const same_words[PL_T_ANY + 1] = {
    [PL_T_BOOL] = "true and \"true\"",
    [PL_T_INT] = "5 and \"5\"",
    [PL_T_INT64] = "5 and \"5\"",
    [PL_T_ENUM] = "any letter case",
    [PL_T_DURATION] = "300s and 5m; a baseline's duration carries a unit",
    [PL_T_TIMESTAMP] = "the same moment in any zone",
    [PL_T_BYTES] = "base64 with and without padding, of either alphabet",
    [PL_T_CIDR] = "10.0.0.1 and 10.0.0.1/32; 10.0.0.7/8 and 10.0.0.0/8",
    [PL_T_LINK] = "a full URL, its path, a name that it ends in; a project's id and number",
    [PL_T_PORTS] = "443 and 443-443",
    [PL_T_SIZE] = "1Gi and 1024Mi",
    [PL_T_QUANTITY] = "1 and 1000m",
    [PL_T_RDATA] = "2001:db8::1 and 2001:DB8:0:0::1; a name with and without its last dot",
};

/* ---- which field ---- */

struct field {
    const struct pl_kind *kind;
    struct pl_path path;
    const char *generic; /* as rows write it */
    struct pl_field_info info;
    bool element; /* of a list or map: there or not, "" included */
};

/* "containers[].env[].value" is how rows, and `list fields`, write a path. */
static char *from_row_form(struct pl_arena *arena, const char *path)
{
    struct pl_buf out = {0};
    for (; *path; path++) {
        pl_buf_addc(&out, *path == '{' ? '[' : *path == '}' ? ']' : *path);
        if ((*path == '[' && path[1] == ']') || (*path == '{' && path[1] == '}'))
            pl_buf_addc(&out, '*');
    }
    return pl_buf_take(&out, arena);
}

static void walk(struct pl_arena *arena, struct field *f)
{
    struct pl_field_info at = pl_field_root(f->kind);
    f->generic = "";
    for (size_t i = 0; i < f->path.n; i++) {
        const struct pl_step *step = &f->path.steps[i];
        const char *key = step->type == PL_STEP_KEY ? step->key : NULL;
        struct pl_field_info next;
        (void)pl_field_child(f->kind, f->generic, &at, key, &next);
        f->generic = pl_field_generic(arena, f->generic, &at, key);
        f->element = at.shape != PL_ONE;
        at = next;
    }
}

static int find_path(struct pl_arena *arena, const char *text, struct field *f, struct pl_err *err)
{
    size_t known;
    const char *nearest;
    if (pl_path_parse(arena, from_row_form(arena, text), &f->path, err) < 0)
        return pl_err_wrap(err, "explain-field");
    if (f->path.n == 0)
        return pl_err_set(err, PL_E_USAGE,
                          "explain-field wants a field of %s: a path behind ':'; `plumbline list "
                          "fields %s` shows what is known",
                          f->kind->name, f->kind->name);
    if (!pl_field_lookup(f->kind, &f->path, &f->info, &known, &nearest))
        return pl_err_set(err, PL_E_USAGE, "%s has no field '%s'%s%s%s", f->kind->name, text,
                          nearest ? " (nearest: " : "", nearest ? nearest : "", nearest ? ")" : "");
    walk(arena, f);
    return 0;
}

static int find_field(struct pl_arena *arena, const char *text, struct field *f, struct pl_err *err)
{
    const char *colon = strchr(text, ':');
    char *name = pl_arena_strndup(arena, text, colon ? (size_t)(colon - text) : strlen(text));
    char *kind = pl_arena_strndup(arena, name, strcspn(name, "/"));
    struct pl_address address;
    f->kind = pl_kind_find(kind);
    if (!f->kind) {
        const char *near = pl_kind_nearest(kind);
        return pl_err_set(err, PL_E_USAGE, WANTED ", not '%s'%s%s", text, near ? "; nearest: " : "",
                          near ? near : "");
    }
    if (strchr(name, '/') && pl_address_parse(arena, name, &address, err) < 0)
        return pl_err_wrap(err, "explain-field");
    return find_path(arena, colon ? colon + 1 : "", f, err);
}

/* ---- what is said of it ---- */

static void print_values(const char *const *values)
{
    if (!values || !*values)
        return;
    printf("  values:    ");
    for (size_t i = 0; values[i]; i++)
        printf("%s%s", i ? ", " : "", values[i]);
    printf(" (Google may add more)\n");
}

static void print_absent(const struct field *f)
{
    bool message = f->info.type == PL_T_MESSAGE && f->info.shape == PL_ONE;
    printf("  absent:    ");
    if (f->info.flags & PL_F_INPUT)
        printf("says nothing: the field is only in requests\n");
    else if (f->element && f->info.shape == PL_ONE)
        printf("is an element that is not there; \"\" is a value\n");
    else if (f->info.shape != PL_ONE)
        printf("the same as null%s %s\n", f->info.absent_is ? ", empty and" : " and",
               f->info.absent_is ? f->info.absent_is : "empty");
    else if (message)
        printf("the same as null, {} and an object of nothing but defaults\n");
    else
        printf("the same as null, \"\"%s%s%s\n",
               f->info.type == PL_T_ENUM ? ", what ends in _UNSPECIFIED" : "",
               f->info.absent_is ? " and " : "; no other value",
               f->info.absent_is ? f->info.absent_is : "");
}

static void print_order(const struct field *f)
{
    const char *by = f->info.identity;
    if (f->info.shape == PL_MANY)
        printf("  elements:  %s%s\n",
               by                             ? "matched by "
               : (f->info.flags & PL_F_SET)   ? "a set: order and repetition mean nothing"
               : f->info.type == PL_T_MESSAGE ? "in any order, as many of each"
                                              : "in this order between two worlds; declared, a set",
               by ? by : "");
}

static void print_writer(const struct field *f)
{
    static const struct {
        unsigned flag;
        const char *text;
    } words[] = {
        {PL_F_OUTPUT,
         "written by Google alone: nobody can set it, and two worlds may differ in it"},
        {PL_F_VOLATILE, "changes by itself: compared only where a baseline declares it"},
        {PL_F_SECRET, "secret: redacted before it is kept, compared by length and keyed hash"},
        {PL_F_IMMUTABLE, "immutable: a change means that the resource was made again"},
    };
    for (size_t i = 0; i < PL_LEN(words); i++)
        if (f->info.flags & words[i].flag)
            printf("  note:      %s\n", words[i].text);
}

/* Is one path in row form the other, or above it? */
static bool leads_to(const char *above, const char *path)
{
    size_t n = strlen(above);
    return strncmp(above, path, n) == 0 && (n == 0 || path[n] == '\0' || strchr(".[{", path[n]));
}

/* Is the field one of those that a cause is decided by ("run.service:ingress, compute.route")? What lies above or below counts. */
static bool decides(struct pl_arena *arena, const struct field *f, const char *fields)
{
    while (*fields) {
        size_t n = strcspn(fields, ",");
        char *one = pl_arena_strndup(arena, fields, n);
        char *colon = strchr(one, ':');
        struct pl_path path = {0};
        const char *generic = "";
        if (colon)
            *colon = '\0';
        if (colon && pl_path_parse(arena, from_row_form(arena, colon + 1), &path, NULL) == 0)
            generic = pl_path_generic(arena, &path);
        if (strcmp(one, f->kind->name) == 0 &&
            (leads_to(generic, f->generic) || leads_to(f->generic, generic)))
            return true;
        fields += n;
        fields += strspn(fields, ", ");
    }
    return false;
}

static void print_causes(struct pl_arena *arena, const struct field *f)
{
    size_t n = 0;
    for (size_t i = 0; i < pl_causes_len; i++)
        if (decides(arena, f, pl_causes[i].fields))
            printf("%s%s", n++ ? ", " : "  causes:    ", pl_causes[i].name);
    if (n > 0)
        printf("\n");
}

/* What of the field is asked for: NULL is all of it, else the parts that are, in row form; "" is nothing. */
static const char *asked_parts(struct pl_arena *arena, const struct field *f,
                               const struct pl_needs *needs)
{
    struct pl_buf parts = {0};
    const char *first = f->path.steps[0].key;
    size_t n = 0;
    const struct pl_path *mask = pl_needs_asked(needs, f->kind, &n);
    if (strcmp(first, "iamPolicy") == 0)
        return pl_needs_policy(needs, f->kind) ? NULL : "";
    if (pl_kind_virtual(f->kind, first))
        return pl_needs_virtual(needs, f->kind, first) ? NULL : "";
    for (size_t i = 0; i < n; i++) {
        const char *asked = pl_path_generic(arena, &mask[i]);
        if (leads_to(asked, f->generic)) {
            pl_buf_free(&parts);
            return NULL;
        }
        if (leads_to(f->generic, asked))
            pl_buf_addf(&parts, "%s%s", parts.len > 0 ? ", " : "", asked);
    }
    return pl_buf_take(&parts, arena);
}

static void print_paths(const char *parts)
{
    printf("  paths:     the path model reads %s\n", !parts           ? "it"
                                                     : *parts == '\0' ? "other fields of the kind"
                                                                      : parts);
}

/* Of which resources: what nothing leads to is not kept. */
static const char *of_which(struct pl_arena *arena, const struct pl_kind *kind)
{
    const struct pl_reads *reads = NULL;
    for (size_t i = 0; i < pl_reach_reads_len; i++)
        if (strcmp(pl_reach_reads[i].kind, kind->name) == 0)
            reads = &pl_reach_reads[i];
    for (const char *const *k = pl_reach_reads_if_named; *k; k++)
        if (strcmp(*k, kind->name) == 0)
            reads = NULL;
    if (!reads)
        return pl_arena_printf(arena, "where a %s is declared, or a connection ends at one",
                               kind->name);
    return pl_arena_printf(arena,
                           reads->by ? "always, of each %s that the baseline, a connection or what "
                                       "they lead to mentions"
                                     : "always, of every %s",
                           kind->name);
}

/* Would an audit of Google's answers know of this field? What it asks for is made by the same calls. */
static void print_audit(struct pl_arena *arena, const struct field *f)
{
    const char *named = asked_parts(arena, f, pl_kind_needs(arena, f->kind, PL_ASKED_BY_NAME)),
               *read = asked_parts(arena, f, pl_kind_needs(arena, f->kind, PL_ASKED_BY_PATHS)),
               *told = asked_parts(arena, f, pl_kind_needs(arena, f->kind, PL_ASKED_DECLARED));
    /* A call of its own is made for nothing less than a declaration. */
    const char *whole = pl_kind_virtual(f->kind, f->path.steps[0].key)
                            ? ""
                            : ", or its kind as !only, or the resource as !absent";
    printf("  audit:     ");
    if (!read)
        printf("asks for it %s%s\n", of_which(arena, f->kind),
               named ? "" : "; the address is made from it");
    else if (!told)
        printf("asks for it where a %s is declared: what is told of drift needs it\n",
               f->kind->name);
    else if (*read == '\0')
        printf("asks for it only where it is declared%s\n", whole);
    else
        printf("asks for those %s; for the rest only where it is declared%s\n",
               of_which(arena, f->kind), whole);
}

int pl_cmd_explain_field(struct pl_options *options, struct pl_err *err)
{
    struct field f = {.kind = NULL};
    if (options->words.n != 1)
        return pl_err_set(err, PL_E_USAGE, WANTED);
    if (find_field(options->arena, options->words.list[0], &f, err) < 0)
        return -1;
    printf("%s:%s\n  type:      ", f.kind->name, pl_path_format(options->arena, &f.path));
    pl_field_print(&f.info);
    printf("\n");
    print_values(f.info.enum_values);
    print_absent(&f);
    if (same_words[f.info.type])
        printf("  the same:  %s%s\n", same_words[f.info.type],
               f.info.shape == PL_ONE ? "" : ", in each element");
    print_order(&f);
    print_writer(&f);
    print_causes(options->arena, &f);
    print_paths(
        asked_parts(options->arena, &f, pl_kind_needs(options->arena, f.kind, PL_ASKED_BY_PATHS)));
    print_audit(options->arena, &f);
    printf("  source:    %s\n", f.info.source ? f.info.source : "Google's schema alone");
    printf("  document:  %s\n", f.kind->doc);
    return PL_EXIT_OK;
}
