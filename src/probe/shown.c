/* shown.c - what a peer said: held against what is expected of it, and told without secrets, its own or those that it was sent.
 *
 * Peers answer with tokens, put them into the address of a redirect, and repeat what they were asked with. What is compared is never the text that is told.
 */
#include <string.h>

#include "plumbline/expect.h"
#include "plumbline/json.h"
#include "plumbline/kind.h"
#include "plumbline/snapshot.h"
#include "probe_priv.h"

/* A shorter secret is a word like others, and a mark in the place of each such word would tell it. */
enum { SHOWN_LEAST = 8 };

/* Every place where this secret stands. */
static const char *without(struct pl_arena *arena, const char *text, const struct pl_secret *secret)
{
    const char *word = secret != NULL ? pl_secret_reveal(secret) : NULL, *at;
    size_t len = word != NULL ? strlen(word) : 0;
    struct pl_buf out = {0};

    if (len < SHOWN_LEAST || strstr(text, word) == NULL)
        return text;
    for (; (at = strstr(text, word)) != NULL; text = at + len) {
        pl_buf_add(&out, text, (size_t)(at - text));
        pl_buf_adds(&out, pl_secret_mark(arena, word, len, NULL));
    }
    pl_buf_adds(&out, text);
    return pl_buf_take(&out, arena);
}

const char *pl_attempt_shown(struct attempt *a, const char *name, const char *text)
{
    const struct pl_probe_spec *spec = a->target->spec;
    const struct pl_secret *sent[] = {spec->password.secret, spec->bearer.secret, spec->body.secret,
                                      spec->send.secret, a->target->job->identity_token};

    for (size_t i = 0; i < PL_LEN(sent); i++)
        text = without(a->arena, text, sent[i]);
    for (size_t i = 0; i < spec->n_headers; i++)
        text = without(a->arena, text, spec->headers[i].value.secret);
    return pl_redact_named(a->arena, name, text, NULL);
}

/* "header Set-Cookie", "JSON /login/token", "body": what the value is called. */
static const char *name_of(const char *what)
{
    const char *name = what + strlen(what);

    while (name > what && name[-1] != ' ' && name[-1] != '/')
        name--;
    return name;
}

/* A value that is no secret is told as the expectation says it; NULL. Else it without what is secret in it. */
static const char *covered(struct attempt *a, const struct pl_value *value, const char *what)
{
    const char *text = pl_value_text(value), *shown;

    if (value != NULL && text == NULL)
        text = pl_json_text(a->arena, value);
    shown = text != NULL ? pl_attempt_shown(a, name_of(what), text) : NULL;
    return shown != text ? shown : NULL;
}

int pl_attempt_expect(struct attempt *a, const struct pl_expect *expect,
                      const struct pl_value *value, bool text, const char *class_name,
                      const char *what)
{
    struct pl_field_info info = {.type = text ? PL_T_STRING : PL_T_ANY, .shape = PL_ONE};
    const char *why = NULL, *shown;

    if (expect == NULL)
        return 0;
    switch (pl_expect_check(a->arena, expect, NULL, "", &info, value, a->target->job->view, &why)) {
    case PL_EXPECT_YES:
        return 0;
    case PL_EXPECT_NO:
        shown = covered(a, value, what);
        if (shown != NULL)
            pl_attempt_fail(a, class_name, 0, "%s: is not as declared: %s", what, shown);
        else
            pl_attempt_fail(a, class_name, 0, "%s: %s", what,
                            why != NULL ? why : "not as declared");
        return -1;
    case PL_EXPECT_NOT_KNOWN:
        break;
    }
    pl_attempt_fail(a, "SELF_CONFIG", 0, "%s: cannot be compared: %s", what,
                    why != NULL ? why : "not known");
    return -1;
}
