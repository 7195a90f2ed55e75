/* plumbline/needs.h [floor 2: src/model] - what a run needs of the world that it observes: which kinds, which fields of their bodies,
 * which resources.
 *
 * Observing an estate of any size then takes memory for what a baseline and the path model ask about, and no more. What is left out
 * is not known, never absent: a field that was not asked for is outside the resource's mask, a resource that was not kept is one that
 * pl_needs_covers denies.
 *
 * A resource is kept where its address is said (declared, referred to, an end of a connection), where its kind is wanted whole, or,
 * for kinds that the path model finds through others, where something that is kept or declared mentions it. Mentions are words:
 * taking one too many costs memory, and none can be missed, because whoever follows a link has its text in hand.
 */
#ifndef PLUMBLINE_NEEDS_H
#define PLUMBLINE_NEEDS_H

#include "plumbline/address.h"

/* How one kind is read by whoever evaluates a world. */
struct pl_reads {
    const char *kind;
    /* Paths of what is read, "iamPolicy" included; NULL-terminated. "settings.tier" is that field, "settings" all of it; "peerings[*].state"
     * is looked at in each element of a list, of which then nothing else comes but what tells the elements apart. */
    const char *const *fields;
    /* What others mention of it: members of its body ("network", "ipAddresses/ipAddress"), NULL-terminated; a link or a URL counts by
     * its last segment or its host. NULL: every resource of the kind is looked at. */
    const char *const *by;
};

/* In `by`: whatever lives inside a resource whose name is mentioned. */
#define PL_READS_BY_PARENT "^"
/* The last step of a path in `by`: texts there may be patterns of hosts ("*.example.org"), which a host that they cover mentions. Elsewhere a
 * text that begins with a star is nobody's name. */
#define PL_READS_PATTERNS "*"

struct pl_needs;
struct pl_needs *pl_needs_new(struct pl_arena *arena);

/* What is needed. Each call names a kind, which is then one of those to be observed, with those that it lives inside. */
void pl_needs_reads(struct pl_needs *needs, const struct pl_reads *reads);
void pl_needs_address(struct pl_needs *needs, const struct pl_address *address);
/* A field at a path as in struct pl_reads; a list that the path leads into by an element ("env[name=X].value") is needed whole, and so
 * is a map whose keys are the user's; a path without a name at its beginning means the whole body. */
void pl_needs_field(struct pl_needs *needs, const struct pl_kind *kind, const char *path);
void pl_needs_path(struct pl_needs *needs, const struct pl_kind *kind, const struct pl_path *path);
void pl_needs_whole(struct pl_needs *needs, const struct pl_kind *kind); /* whole bodies */
void pl_needs_every(struct pl_needs *needs, const struct pl_kind *kind); /* all resources */
/* Words that mention resources: a value that the baseline declares, a host that it dials. NULL is fine. */
void pl_needs_text(struct pl_needs *needs, const char *text);
void pl_needs_value(struct pl_needs *needs, const struct pl_value *value); /* all texts in it */

/* The kinds, in the order in which they were named. */
const struct pl_kind *const *pl_needs_kinds(const struct pl_needs *needs, size_t *n);
/* The paths to ask Google for, what names the resource included and virtual fields not; NULL: all of it. Sorted: those that begin with the
 * same steps stand together, and none leads to another. */
const struct pl_path *pl_needs_asked(const struct pl_needs *needs, const struct pl_kind *kind,
                                     size_t *n);
/* How many of such paths, from the first on, agree with it in the step at `depth`. */
size_t pl_paths_with_step(const struct pl_path *paths, size_t n, size_t depth);
/* Is the resources' own IAM policy looked at? */
bool pl_needs_policy(const struct pl_needs *needs, const struct pl_kind *kind);

/* Is a field of theirs looked at that has calls of its own (pl_kind_virtual)? */
bool pl_needs_virtual(const struct pl_needs *needs, const struct pl_kind *kind, const char *name);

enum pl_keep {
    PL_KEEP_NOT,   /* nobody asks about it */
    PL_KEEP_LATER, /* nothing mentions it yet: to be judged again when more is kept */
    PL_KEEP
};

/* Judges a resource by its address and body. What is kept mentions others: pl_needs_value with its masked body. */
enum pl_keep pl_needs_judge(const struct pl_needs *needs, const struct pl_address *address,
                            const struct pl_value *body);
/* The words that would keep a resource of which the answer was LATER, a newline behind each; in the arena. */
char *pl_needs_mentions(const struct pl_needs *needs, struct pl_arena *arena,
                        const struct pl_address *address, const struct pl_value *body);
/* Is one of them mentioned by now? Reads up to an empty line. */
bool pl_needs_mentioned(const struct pl_needs *needs, const char *mentions);
/* Would a resource of this address have been kept? Else its absence says nothing. */
bool pl_needs_covers(const struct pl_needs *needs, const struct pl_address *address);
/* May something that lives inside this resource be asked about? Else its lists need not be read. `kept`: the resource itself is; what is
 * found by mention inside one that nothing mentions is mentioned by nothing either. */
bool pl_needs_inside(const struct pl_needs *needs, const struct pl_kind *child,
                     const struct pl_address *parent, bool kept);
/* The body with what is asked for (it shares values), and the mask that says so: none where the whole is wanted. */
const struct pl_value *pl_needs_mask(const struct pl_needs *needs, struct pl_arena *arena,
                                     const struct pl_kind *kind, const struct pl_value *body,
                                     const struct pl_path **fields, size_t *n_fields);

#endif
