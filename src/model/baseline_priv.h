/* baseline_priv.h - what the files of the baseline reader and of expectations share. Worlds have model_priv.h, fields field_priv.h.
 *
 * The reader walks one file after the other and collects; finishing (sorting, what needs all files) is in
 * baseline.c. Messages are made where the node is at hand, so nearly all functions take one.
 */
#ifndef PLUMBLINE_BASELINE_PRIV_H
#define PLUMBLINE_BASELINE_PRIV_H

#include "plumbline/baseline.h"
#include "plumbline/expect.h"
#include "plumbline/map.h"

/* A declared text with references: a node of the graph that must have no cycle. */
struct pl_ref_node {
    const char *key; /* "full address:path" */
    struct pl_mark mark;
    const struct pl_expect *expect;
};

/* depends_on, kept until all files are read. */
struct pl_depends {
    struct pl_connection *connection;
    const struct pl_yaml_node *node;
};

struct pl_reader {
    struct pl_arena *arena;
    const struct pl_baseline_options *options;
    struct pl_err *err;
    /* the file under way */
    const struct pl_baseline_file *file;
    const char *dir;    /* of the file: !file is relative to it */
    struct pl_map vars; /* name to text */
    /* all files */
    struct pl_map declared;    /* full address to struct pl_declared */
    struct pl_map connections; /* name to struct pl_connection, in file order */
    struct pl_map projects;    /* names */
    const struct pl_baseline_file **files;
    size_t n_files, cap_files;
    struct pl_only_kind *only;
    size_t n_only, cap_only;
    struct pl_ignore *ignores;
    size_t n_ignores, cap_ignores;
    struct pl_warning *warnings;
    size_t n_warnings, cap_warnings;
    struct pl_ref_node *refs;
    size_t n_refs, cap_refs;
    struct pl_depends *depends;
    size_t n_depends, cap_depends;
};

/* ---- baseline_node.c: scalars and tables of keys ---- */

struct pl_key;
typedef int pl_key_reader(struct pl_reader *r, const struct pl_key *key,
                          const struct pl_yaml_pair *pair, void *into);

/* A row: which key, read how, to where; what lo, hi and names mean is the reader's business. */
struct pl_key {
    const char *name;
    pl_key_reader *read;
    size_t offset;
    long lo, hi;
    const char *const *names; /* NULL-terminated words */
};

pl_key_reader pl_key_text;     /* const char *; any text that is not empty */
pl_key_reader pl_key_line;     /* const char *; one line, no control characters */
pl_key_reader pl_key_int;      /* int in lo..hi */
pl_key_reader pl_key_duration; /* int64_t, nanoseconds, more than 0 */
pl_key_reader pl_key_word;     /* int: index in names, plus lo */
pl_key_reader pl_key_choice;   /* const char *: one of names */
pl_key_reader pl_key_pointer;  /* const char *: a JSON pointer */
pl_key_reader pl_key_path;     /* const char *: begins with '/' */

/* The tables, where baseline_words.c is held against them. */
extern const struct pl_key pl_connection_keys[], pl_budget_keys[], pl_answer_keys[],
    pl_ignore_keys[];
extern const size_t pl_connection_keys_len, pl_budget_keys_len, pl_answer_keys_len,
    pl_ignore_keys_len;

int pl_read_keys(struct pl_reader *r, const struct pl_yaml_node *node, const struct pl_key *rows,
                 size_t n, void *into);
/* Is the node of this type and without a tag? Else the error "<what> wants a map, not ...". */
int pl_want(struct pl_reader *r, const struct pl_yaml_node *node, enum pl_yaml_type type,
            const char *what);
/* A text, ${var.NAME} filled in; NULL on error. */
const char *pl_read_text(struct pl_reader *r, const struct pl_yaml_node *node, const char *what);
const char *pl_read_line(struct pl_reader *r, const struct pl_yaml_node *node, const char *what);
/* A list of such lines. On error `out` stays as it was. */
int pl_read_lines(struct pl_reader *r, const struct pl_yaml_node *node, const char *what,
                  const char *const **out, size_t *n);
bool pl_node_is_null(const struct pl_yaml_node *node);
/* "a list", "a map", "nothing", "'abc'": for messages. */
const char *pl_node_shown(struct pl_reader *r, const struct pl_yaml_node *node);
int pl_unknown_name(struct pl_reader *r, const struct pl_mark *mark, const char *what,
                    const char *name, const char *const *known, size_t n);
void pl_warn(struct pl_reader *r, const struct pl_mark *mark, const char *fmt, ...) PL_PRINTF(3, 4);
/* Is the text a JSON pointer (RFC 6901)? */
bool pl_pointer_ok(const char *text);
bool pl_word_in(const char *const *words, const char *word);

/* ---- baseline_text.c: ${...}; baseline_secret.c: !env, !file ---- */

/* A text cut at its references; variables are filled in, so a piece is literal text or the inside of ${...}. */
struct pl_cut {
    const char *literal, *reference;
};
int pl_cut_text(struct pl_reader *r, const struct pl_yaml_node *node, struct pl_cut **out,
                size_t *n);
/* Literals only: NULL and the error where there is a reference. */
const char *pl_expand_vars(struct pl_reader *r, const struct pl_yaml_node *node);
/* Letters, digits, '_' and those in `more`; no digit first. */
bool pl_is_identifier(const char *s, const char *more);
int pl_read_vars(struct pl_reader *r, const struct pl_yaml_node *node);

pl_key_reader pl_key_sourced; /* struct pl_sourced: text, !env or !file */
pl_key_reader pl_key_secret;  /* struct pl_sourced: !env or !file */
pl_key_reader pl_key_headers; /* struct pl_probe_spec: the headers to send */
pl_key_reader pl_key_proxy;   /* struct pl_probe_spec: baseline_proxy.c */
/* Does a key of this name hold a secret? */
bool pl_names_secret(const char *key);
/* An error with its place and without the line, which may hold a secret. */
int pl_fail_unshown(struct pl_reader *r, const struct pl_mark *mark, const char *fmt, ...)
    PL_PRINTF(3, 4);
/* Literal passwords, wherever they stand. */
int pl_refuse_literals(struct pl_reader *r, const struct pl_yaml_node *root);

/* ---- baseline_value.c, baseline_matcher.c: expectations ---- */

/* Where an expectation stands. kind NULL: no field of a resource (an HTTP header, a JSON pointer). */
struct pl_place {
    const struct pl_address *owner;
    const struct pl_kind *kind;
    const char *generic; /* row form of the path, "" at the root */
    struct pl_field_info info;
    struct pl_path path;
    const char *shown; /* for messages */
};

const struct pl_expect *pl_read_expect(struct pl_reader *r, const struct pl_place *at,
                                       const struct pl_yaml_node *node);
/* The same, whatever tag the node has. */
const struct pl_expect *pl_read_untagged(struct pl_reader *r, const struct pl_place *at,
                                         const struct pl_yaml_node *node);
const struct pl_expect *pl_read_matcher(struct pl_reader *r, const struct pl_place *at,
                                        const struct pl_yaml_node *node);
const struct pl_expect *pl_read_scalar(struct pl_reader *r, const struct pl_place *at,
                                       const struct pl_yaml_node *node);
const struct pl_expect *pl_read_members(struct pl_reader *r, const struct pl_place *at,
                                        const struct pl_yaml_node *node, bool only);
/* Items: elements of the list at `at`, or (same_place) alternatives for `at` itself. */
const struct pl_expect *pl_read_items(struct pl_reader *r, const struct pl_place *at,
                                      const struct pl_yaml_node *node, enum pl_match match,
                                      bool same_place);
struct pl_expect *pl_expect_new(struct pl_reader *r, const struct pl_yaml_node *node,
                                enum pl_match match);
/* "a number", "a list", ...: what a place takes. */
const char *pl_place_wants(const struct pl_field_info *info);
bool pl_info_is_any(const struct pl_field_info *info);
bool pl_info_is_scalar(const struct pl_field_info *info);
bool pl_info_is_number(const struct pl_field_info *info);
/* A place outside of any resource. */
struct pl_place pl_place_free(enum pl_type type, enum pl_shape shape, const char *shown);

/* ---- baseline_refs.c ---- */

int pl_read_reference(struct pl_reader *r, const struct pl_yaml_node *node, const char *text,
                      struct pl_piece *out);
int pl_refuse_cycles(struct pl_reader *r);

/* ---- sections ---- */

int pl_read_resources(struct pl_reader *r, const struct pl_yaml_node *node);
int pl_read_connections(struct pl_reader *r, const struct pl_yaml_node *node);
int pl_read_ignores(struct pl_reader *r, const struct pl_yaml_node *node);
/* Once all files are read: do the names in depends_on exist? */
int pl_check_depends(struct pl_reader *r);
int pl_read_probe(struct pl_reader *r, const struct pl_yaml_node *node, struct pl_probe_spec *out);
void pl_probe_spec_init(struct pl_probe_spec *spec);
/* Fills the scope in; a kind without its project or location is an error that says what to write. */
int pl_scope_fill(const struct pl_address *address, const char *project, const char *location,
                  struct pl_address *out, struct pl_err *err);
void pl_note_project(struct pl_reader *r, const char *project);

/* ---- connection.c ---- */

/* An end from text: `to` may be a host, `from` may be "here". Errors carry no place. */
int pl_end_parse(struct pl_arena *arena, const char *text, bool to, const char *project,
                 const char *location, struct pl_end *out, struct pl_err *err);

/* ---- expect_*.c ---- */

enum pl_number_class { PL_NUM_NONE, PL_NUM_PLAIN, PL_NUM_DURATION, PL_NUM_SIZE };
/* A number, duration (seconds) or size (bytes) out of text whose field says nothing. */
enum pl_number_class pl_number_of_text(const char *text, double *out);

/* Refuses what could hang or exhaust us, and what does not compile. */
int pl_regex_check(const char *regex, struct pl_err *err);
/* 1 it matches (whole), 0 not, -1 cannot be said. */
int pl_regex_match(const char *regex, const char *text);

/* A scalar's text; NULL for anything else. */
const char *pl_text_of(struct pl_arena *arena, const struct pl_value *v);
/* As a sentence shows a value: clipped; "(not shown)" where the field is secret. */
const char *pl_value_shown(struct pl_arena *arena, const struct pl_field_info *info,
                           const struct pl_value *v);
/* The value, or what absent, null and "" stand for where the row says so; NULL: absent. */
const struct pl_value *pl_effective(struct pl_arena *arena, const struct pl_field_info *info,
                                    const struct pl_value *v);
/* Absent, null, or what the kind's schema and rows say that absent is; outside of resources only the first two. */
bool pl_is_absent(const struct pl_kind *kind, const char *generic, const struct pl_field_info *info,
                  const struct pl_value *v);
/* The info and row form of a member (key) or element (NULL); outside of resources: anything. */
void pl_child_place(struct pl_arena *arena, const struct pl_kind *kind, const char *generic,
                    const struct pl_field_info *info, const char *key, struct pl_field_info *child,
                    const char **child_generic);
/* What the expectation says in plain values; matchers and references are left out, then *complete is cleared. */
const struct pl_value *pl_expect_plain(struct pl_arena *arena, const struct pl_expect *expect,
                                       bool *complete);

/* What a check passes on. */
struct pl_check {
    struct pl_arena *arena;
    const struct pl_kind *kind;
    struct pl_view *view;
};
enum pl_expect_answer pl_check_value(const struct pl_check *c, const struct pl_expect *expect,
                                     const char *generic, const struct pl_field_info *info,
                                     const struct pl_value *value, const char **why);
/* LIST, CONTAINS and ONLY of lists; `value` is effective. */
enum pl_expect_answer pl_check_list(const struct pl_check *c, const struct pl_expect *expect,
                                    const char *generic, const struct pl_field_info *info,
                                    const struct pl_value *value, const char **why);
/* A declared element without the member that names it: a single unnamed one is compared so. */
const struct pl_expect *pl_without_identity(struct pl_arena *arena, const struct pl_expect *item,
                                            const char *identity);
/* PL_UNKNOWN, or what redaction left of a secret? */
bool pl_is_hidden(const struct pl_value *v);
/* Is one in it? */
bool pl_has_unknown(const struct pl_value *v);
/* Matchers of one text or number (expect_match.c); `value` is effective. */
enum pl_expect_answer pl_check_matches(const struct pl_check *c, const struct pl_expect *e,
                                       const struct pl_field_info *info,
                                       const struct pl_value *value, const char **why);
enum pl_expect_answer pl_check_limit(const struct pl_check *c, const struct pl_expect *e,
                                     const struct pl_field_info *info, const struct pl_value *value,
                                     const char **why);
enum pl_expect_answer pl_check_cidr(const struct pl_check *c, const struct pl_expect *e,
                                    const struct pl_field_info *info, const struct pl_value *value,
                                    const char **why);
/* !contains of a text: every item is in it. */
enum pl_expect_answer pl_check_text_contains(const struct pl_check *c, const struct pl_expect *e,
                                             const struct pl_field_info *info, const char *text,
                                             const char **why);
/* Sets *why and returns NO. */
enum pl_expect_answer pl_no(const struct pl_check *c, const char **why, const char *fmt, ...)
    PL_PRINTF(3, 4);
enum pl_known pl_resolve(struct pl_arena *arena, const struct pl_expect *expect,
                         const struct pl_field_info *info, struct pl_view *view,
                         const struct pl_value **out, const char **why);

/* ---- baseline_answer.c: expectations of answers, for the table of baseline_probe.c; `into` is the whole specification ---- */

pl_key_reader pl_key_settings, pl_key_info, pl_key_cluster, pl_key_expires_in, pl_key_ttl,
    pl_key_certificate, pl_key_version, pl_key_cipher, pl_key_connections;
/* One expectation of a value that is no field of a kind. */
const struct pl_expect *pl_read_free(struct pl_reader *r, enum pl_type type, const char *shown,
                                     const struct pl_yaml_node *node);

#endif
