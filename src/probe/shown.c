/* shown.c - what a peer said, fit to be told: without secrets of its own, and without those that it was sent.
 *
 * Peers answer with tokens, put them into the address of a redirect, and repeat what they were asked with. What is compared is never this text.
 */
#include <string.h>

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
