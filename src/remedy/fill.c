/* fill.c - templates become commands: words are looked up, said in gcloud's form, and quoted.
 *
 * The grammar stands in remedy_priv.h. A word that cannot be said ends it all: no command instead of a wrong one.
 */
#include <string.h>

#include "plumbline/escape.h"
#include "remedy_priv.h"

bool pl_text_is_secret(const char *text)
{
    return text && strstr(text, "<redacted") != NULL;
}

/* ---- where a word comes from ---- */

static size_t last_element(const struct pl_path *path)
{
    size_t n = path->n;
    while (n > 0 && path->steps[n - 1].type == PL_STEP_KEY)
        n--;
    return n;
}

struct pl_path pl_words_element_path(const struct pl_path *path)
{
    return (struct pl_path){path->steps, last_element(path)};
}

const struct pl_value *pl_words_element(const struct pl_words *w, const struct pl_value *body)
{
    struct pl_path path = pl_words_element_path(&w->base);
    return path.n && body ? pl_path_get(body, &path) : NULL;
}

/* Texts that identify an element, and keys of maps (labels). */
const char *pl_words_key(const struct pl_words *w)
{
    size_t n = last_element(&w->base);
    if (n == 0)
        return w->base.n ? w->base.steps[w->base.n - 1].key : NULL;
    const struct pl_step *step = &w->base.steps[n - 1];
    return step->type == PL_STEP_ID || step->type == PL_STEP_VALUE ? step->value : NULL;
}

/* The element as it is otherwise; where the path leads through none the resource. */
static const struct pl_value *other_of(const struct pl_words *w)
{
    return pl_words_element_path(&w->base).n > 0 ? pl_words_element(w, w->other) : w->other;
}

/* The value at a source: "" the field's own, ".a.b" of the resource, "^a.b" of the element, "~a.b" of what is so otherwise. */
static const struct pl_value *value_at(const struct pl_words *w, const char *source)
{
    struct pl_path path;
    const struct pl_value *root = source[0] == '^'   ? pl_words_element(w, w->body)
                                  : source[0] == '~' ? other_of(w)
                                                     : w->body;
    if (!*source)
        return w->value;
    if (w->used && source[0] == '.')
        (void)pl_map_put(w->used, source + 1, w->used);
    if (!root || !source[1])
        return root;
    if (pl_path_parse(w->arena, source + 1, &path, NULL) < 0)
        return NULL;
    return pl_path_get(root, &path);
}

/* Flags that follow from where a resource lies, or from how many containers it has. */
static bool whole_option(const struct pl_words *w, const char *name, struct pl_buf *out)
{
    const char *location = w->drift->address.location;
    bool global = !location || strcmp(location, "global") == 0;
    if (strcmp(name, "scope") == 0 || strcmp(name, "policyscope") == 0) {
        bool policy = *name == 'p';
        if (global) {
            pl_buf_adds(out, policy ? "--global-firewall-policy" : "--global");
            return true;
        }
        pl_buf_adds(out, policy ? "--firewall-policy-region=" : "--region=");
        pl_escape_shell(out, location);
        return true;
    }
    if (strcmp(name, "zonal") == 0) { /* zones end in a letter of their own: us-central1-a */
        size_t n = global ? 0 : strlen(location);
        pl_buf_adds(out, global                            ? "--global"
                         : n > 2 && location[n - 2] == '-' ? "--zone="
                                                           : "--region=");
        if (!global)
            pl_escape_shell(out, location);
        return true;
    }
    if (strcmp(name, "inregion") ==
        0) { /* groups where global is what is meant without an option */
        if (!global) {
            pl_buf_adds(out, " --region=");
            pl_escape_shell(out, location);
        }
        return true;
    }
    return false;
}

/* 0 said, 1 absent, -1 it is none of these. */
static int container_option(const struct pl_words *w, struct pl_buf *out)
{
    struct pl_path list = {w->base.steps, 0};
    for (size_t i = 0; i + 1 < w->base.n && !list.n; i++)
        if (w->base.steps[i].type == PL_STEP_KEY && strcmp(w->base.steps[i].key, "containers") == 0)
            list.n = i + 1;
    if (!list.n || pl_value_count(pl_path_get(w->body, &list)) < 2)
        return 0;
    const struct pl_step *step = &w->base.steps[list.n];
    if (step->type != PL_STEP_ID)
        return -1; /* which of them is not said */
    pl_buf_adds(out, " --container=");
    pl_escape_shell(out, step->value);
    return 0;
}

/* The policy above the network that the rule is one of. Google names policies of folders and organisations by a number, and a project's own by a
 * name that begins with a letter (https://cloud.google.com/compute/docs/reference/rest/v1/firewallPolicies, name). */
static const char *hierarchical(const struct pl_words *w)
{
    if (w->base.n < 3 || w->base.steps[1].type != PL_STEP_KEY ||
        strcmp(w->base.steps[1].key, "firewallPolicys") != 0 || w->base.steps[2].type != PL_STEP_ID)
        return NULL;
    const char *id = w->base.steps[2].value;
    return *id && strspn(id, "0123456789") == strlen(id) ? id : NULL;
}

static const char *region(const struct pl_path *path)
{
    for (size_t i = 0; i < path->n; i++)
        if (path->steps[i].type == PL_STEP_ID)
            return strcmp(path->steps[i].key, "region") == 0 ? path->steps[i].value : NULL;
    return NULL;
}

static const char *plain_word(const struct pl_words *w, const char *name)
{
    const struct pl_address *a = &w->drift->address;
    if (strcmp(name, "name") == 0)
        return a->names[a->kind->n_segments - 1];
    if (strcmp(name, "parent") == 0)
        return a->names[0];
    if (strcmp(name, "second") == 0)
        return a->kind->n_segments > 1 ? a->names[1] : NULL;
    if (strcmp(name, "project") == 0)
        return a->project;
    if (strcmp(name, "location") == 0)
        return a->location;
    if (strcmp(name, "region") == 0)
        return region(&w->drift->path);
    if (strcmp(name, "hierarchical") == 0)
        return hierarchical(w);
    if (strcmp(name, "keys") == 0) { /* where gcloud takes a list of them */
        struct pl_pieces p = {0};
        pl_piece(w->arena, &p, pl_words_key(w));
        return pl_pieces_join(w->arena, &p);
    }
    return strcmp(name, "key") == 0 ? pl_words_key(w) : NULL;
}

/* ---- one word ---- */

enum said { SAID, ABSENT, CANNOT };

static bool is_nothing(const struct pl_value *v)
{
    return !v || v->type == PL_NULL || (v->type == PL_LIST && v->u.list.n == 0) ||
           (v->type == PL_STRING && v->u.string.len == 0);
}

bool pl_text_can_be_copied(const char *text)
{
    struct pl_buf shown = {0};
    pl_escape_terminal(&shown, text);
    bool same = strcmp(pl_buf_str(&shown), text) == 0;
    pl_buf_free(&shown);
    return same;
}

/* A word of its own that begins with a dash would be an option. */
static bool can_be_written(const struct pl_buf *out, const char *text)
{
    return pl_text_can_be_copied(text) &&
           !(*text == '-' && out->len > 0 && out->data[out->len - 1] == ' ');
}

static enum said say_word(const struct pl_words *w, const char *word, bool quoted,
                          struct pl_buf *out)
{
    const char *bar = strchr(word, '|'), *text;
    if (whole_option(w, word, out))
        return SAID;
    if (strcmp(word, "container") == 0)
        return container_option(w, out) < 0 ? CANNOT : SAID;
    if (bar) {
        const struct pl_value *v =
            value_at(w, pl_arena_strndup(w->arena, word, (size_t)(bar - word)));
        if (is_nothing(v) && !(v && (bar[1] == '?' || strcmp(bar + 1, "keyed") == 0)))
            return ABSENT;
        text = pl_form(w, v, bar + 1);
    } else {
        text = plain_word(w, word);
    }
    if (!text || pl_text_is_secret(text) || (quoted && !can_be_written(out, text)))
        return CANNOT;
    if (quoted)
        pl_escape_shell(out, text);
    else
        pl_buf_adds(out, text);
    return SAID;
}

/* ---- a template ---- */

/* Up to `end`; `*p` is left there. */
static enum said say(const struct pl_words *w, const char **p, char end, bool quoted,
                     struct pl_buf *out)
{
    enum said said = SAID;
    while (**p && **p != end) {
        if (**p == '[') {
            struct pl_buf optional = {0};
            (*p)++;
            enum said inner = say(w, p, ']', quoted, &optional);
            if (inner == SAID)
                pl_buf_add(out, optional.data, optional.len);
            pl_buf_free(&optional);
            said = inner == CANNOT ? CANNOT : said;
            (*p)++;
        } else if (**p == '{') {
            size_t len = strcspn(*p + 1, "}");
            enum said word = say_word(w, pl_arena_strndup(w->arena, *p + 1, len), quoted, out);
            said = word > said ? word : said;
            *p += len + 2;
        } else {
            pl_buf_addc(out, *(*p)++);
        }
    }
    return said;
}

static const char *fill_one(const struct pl_words *w, const char *head, const char *text,
                            bool quoted)
{
    struct pl_buf b = {0};
    enum said said = SAID;
    if (head) {
        said = say(w, &head, '\0', quoted, &b);
        pl_buf_addc(&b, ' ');
    }
    if (said == SAID)
        said = say(w, &text, '\0', quoted, &b);
    if (said == SAID)
        return pl_buf_take(&b, w->arena);
    pl_buf_free(&b);
    return NULL;
}

const char *pl_fill(const struct pl_words *w, const char *head, const char *template, bool quoted)
{
    while (template) {
        const char * or = strstr(template, " || ");
        const char *one =
            or ? pl_arena_strndup(w->arena, template, (size_t)(or -template)) : template;
        bool whole = strncmp(one, "gcloud ", 7) == 0;
        if (w->used)
            pl_map_init(w->used, w->arena);
        const char *said = fill_one(w, whole ? NULL : head, one, quoted);
        if (said)
            return said;
        template = or ? or +4 : NULL;
    }
    return NULL;
}

/* ---- gcloud's keys ---- */

/* https://cloud.google.com/sdk/gcloud/reference/topic/resource-keys: a name that is none of these would have to be quoted in three ways. */
static bool is_plain(const char *text)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./@:";
    return text && *text && strspn(text, plain) == strlen(text);
}

/* One element is chosen by its key; `.flatten()` takes off the list around it. */
static const char *path_key(const struct pl_words *w)
{
    struct pl_buf b = {0};
    int chosen = 0;
    for (size_t i = 0; i < w->base.n; i++) {
        const struct pl_step *s = &w->base.steps[i];
        if (s->type == PL_STEP_KEY && is_plain(s->key) && !strpbrk(s->key, "./@:"))
            pl_buf_addf(&b, chosen ? ".extract(%s)" : b.len ? ".%s" : "%s", s->key);
        else if (s->type == PL_STEP_KEY && is_plain(s->key) && !chosen)
            pl_buf_addf(&b, ".\"%s\"", s->key);
        else if (s->type == PL_STEP_ID && is_plain(s->value) && !strchr(s->key, '+') &&
                 chosen++ == 0 && i + 2 == w->base.n)
            pl_buf_addf(&b, ".filter(\"%s=%s\")", s->key, s->value);
        else
            return pl_buf_free(&b), NULL;
    }
    if (chosen)
        pl_buf_adds(&b, ".flatten()");
    return b.len ? pl_buf_take(&b, w->arena) : (pl_buf_free(&b), (const char *)NULL);
}

const char *pl_fill_key(const struct pl_words *w, const char *shows)
{
    if (!shows)
        return path_key(w);
    if (!*shows || (strstr(shows, "{key}") && !is_plain(pl_words_key(w))))
        return NULL;
    if (strstr(shows, "containers[0]")) {
        struct pl_buf none = {0};
        bool one = container_option(w, &none) == 0 && none.len == 0;
        pl_buf_free(&none);
        if (!one)
            return NULL;
    }
    struct pl_buf b = {0};
    for (const char *p = shows; *p; p++)
        if (strncmp(p, "{key}", 5) == 0) {
            pl_buf_adds(&b, pl_words_key(w));
            p += 4;
        } else {
            pl_buf_addc(&b, *p);
        }
    return pl_buf_take(&b, w->arena);
}
