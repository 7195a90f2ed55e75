/* forms_run.c - values of Cloud Run as gcloud wants them: variables and secrets, probes, mounts, sockets, shares of the traffic.
 */
#include <inttypes.h>
#include <string.h>

#include "plumbline/json.h"
#include "remedy_priv.h"

/* KEY=VALUE of a variable that holds a text. */
static const char *env_text(const struct pl_words *w, const struct pl_value *v)
{
    struct pl_pieces p = {0};
    /* Without a value it is a secret's, or its value is not known: never an empty text. */
    if (v->type == PL_MAP && !pl_value_member(v, "valueSource") && pl_form_member(w, v, "value"))
        pl_piece(w->arena, &p, pl_form_pair(w, v));
    return pl_pieces_join(w->arena, &p);
}

static const char *mount(const struct pl_words *w, const struct pl_value *v)
{
    const char *name = pl_form_member(w, v, "name"), *path = pl_form_member(w, v, "mountPath");
    struct pl_pieces p = {0};
    pl_piece(w->arena, &p, name ? pl_arena_printf(w->arena, "volume=%s", name) : NULL);
    pl_piece(w->arena, &p, path ? pl_arena_printf(w->arena, "mount-path=%s", path) : NULL);
    return pl_pieces_join(w->arena, &p);
}

/* KEY=SECRET:VERSION; of another project by its full name, https://cloud.google.com/run/docs/configuring/services/secrets */
static const char *env_secret(const struct pl_words *w, const struct pl_value *v)
{
    const struct pl_value *ref = pl_value_member(pl_value_member(v, "valueSource"), "secretKeyRef");
    const char *name = pl_value_member_text(v, "name"),
               *version = pl_form_member(w, ref, "version");
    const char *secret = pl_form(w, pl_value_member(ref, "secret"), "shared");
    struct pl_pieces p = {0};
    if (name && secret)
        pl_piece(w->arena, &p,
                 pl_arena_printf(w->arena, "%s=%s:%s", name, secret, version ? version : "latest"));
    return pl_pieces_join(w->arena, &p);
}

/* A list of one. */
static const char *one(const struct pl_words *w, const char *text)
{
    struct pl_pieces p = {0};
    pl_piece(w->arena, &p, text);
    return pl_pieces_join(w->arena, &p);
}

/* gcloud does not turn a text into a secret or back: what is there has to go first. */
static const char *env_other(const struct pl_words *w, bool was_secret)
{
    const struct pl_value *before = pl_words_element(w, w->other);
    const struct pl_value *after = pl_words_element(w, w->body);
    bool secret = pl_value_member(before, "valueSource") != NULL;
    if (!before || !after || secret != was_secret ||
        secret == (pl_value_member(after, "valueSource") != NULL))
        return NULL;
    return one(w, pl_words_key(w));
}

static const char *was_text(const struct pl_words *w, const struct pl_value *v)
{
    (void)v;
    return env_other(w, false);
}

static const char *was_secret(const struct pl_words *w, const struct pl_value *v)
{
    (void)v;
    return env_other(w, true);
}

static const char *key_of_text(const struct pl_words *w, const struct pl_value *v)
{
    return pl_value_member(v, "valueSource") ? NULL : one(w, pl_form_member(w, v, "name"));
}

static const char *key_of_secret(const struct pl_words *w, const struct pl_value *v)
{
    return pl_value_member(v, "valueSource") ? one(w, pl_form_member(w, v, "name")) : NULL;
}

/* All keys of a probe, since those that are left out fall back: https://cloud.google.com/run/docs/configuring/healthchecks */
static bool add_probe_keys(const struct pl_words *w, const struct pl_value *v, const char *prefix,
                           struct pl_pieces *p)
{
    for (size_t i = 0; v && v->type == PL_MAP && i < v->u.map.n; i++) {
        const struct pl_member *m = &v->u.map.members[i];
        const char *text = pl_json_scalar(w->arena, m->value);
        const char *key = pl_arena_printf(w->arena, "%s%s", prefix, m->key);
        if (m->value->type == PL_MAP &&
            add_probe_keys(w, m->value, pl_arena_printf(w->arena, "%s.", key), p))
            continue;
        if (!text)
            return false; /* headers: gcloud has no key for them */
        pl_piece(w->arena, p, pl_arena_printf(w->arena, "%s=%s", key, text));
    }
    return true;
}

static const char *probe(const struct pl_words *w, const struct pl_value *v)
{
    struct pl_pieces p = {0};
    return add_probe_keys(w, v, "", &p) ? pl_pieces_join(w->arena, &p) : NULL;
}

/* gcloud knows no tcpSocket there. */
static const char *liveness(const struct pl_words *w, const struct pl_value *v)
{
    return pl_value_member(v, "tcpSocket") ? NULL : probe(w, v);
}

/* Instances of all volumes that are sockets of Cloud SQL. */
static const char *sockets(const struct pl_words *w, const struct pl_value *v)
{
    struct pl_pieces p = {0};
    for (size_t i = 0; i < pl_value_count(v); i++) {
        const struct pl_value *all =
            pl_value_member(pl_value_member(pl_value_item(v, i), "cloudSqlInstance"), "instances");
        for (size_t j = 0; j < pl_value_count(all); j++)
            pl_piece(w->arena, &p, pl_json_scalar(w->arena, pl_value_item(all, j)));
    }
    return pl_pieces_join(w->arena, &p);
}

/* REVISION=PERCENT or LATEST=PERCENT, and the percent; NULL: none. Tags are another option's. */
static const char *share(const struct pl_words *w, const struct pl_value *target, int64_t *percent)
{
    const char *revision = pl_value_member_text(target, "revision");
    if (!pl_value_as_int(pl_value_member(target, "percent"), percent) || *percent == 0)
        return NULL;
    return pl_arena_printf(w->arena, "%s=%" PRId64, revision && *revision ? revision : "LATEST",
                           *percent);
}

static const char *shares(const struct pl_words *w, const struct pl_value *v)
{
    struct pl_pieces p = {0};
    int64_t sum = 0;
    for (size_t i = 0; i < pl_value_count(v); i++) {
        int64_t percent = 0;
        const char *text = share(w, pl_value_item(v, i), &percent);
        sum += percent;
        if (text)
            pl_piece(w->arena, &p, text);
    }
    return sum == 100 ? pl_pieces_join(w->arena, &p) : NULL;
}

/* A target that takes everything: what else is there gets nothing. */
static const char *all_of_it(const struct pl_words *w, const struct pl_value *v)
{
    int64_t percent = 0;
    const char *text = share(w, v, &percent);
    return percent == 100 ? text : NULL;
}

const struct pl_form_row pl_forms_run[] = {
    {"all", all_of_it},       {"env", env_text},         {"keysecret", key_of_secret},
    {"keytext", key_of_text}, {"liveness", liveness},    {"mount", mount},
    {"probe", probe},         {"secret", env_secret},    {"shares", shares},
    {"sockets", sockets},     {"wassecret", was_secret}, {"wastext", was_text},
};
const size_t pl_forms_run_len = PL_LEN(pl_forms_run);
