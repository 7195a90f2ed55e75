/* observe_keep.c - what of an estate stays in memory: everything for a snapshot, for an audit what it asks about.
 *
 * Resources that nothing mentions yet are put aside in a temporary file, masked and redacted, and judged again when all lists are in: a
 * service may come after the network that it names. Which is which is pl_needs' word; observe.c reads the lists.
 */
#include "gcp_priv.h"

#include <string.h>

#include "plumbline/clock.h"
#include "plumbline/json.h"
#include "plumbline/snapshot.h"
#include "plumbline/spool.h"

#include "gcp_kinds.h"

/* ---- addresses ---- */

static const char *copy(struct pl_arena *arena, const char *text)
{
    return text != NULL ? pl_arena_strdup(arena, text) : NULL;
}

struct pl_address pl_gcp_keep_address(struct pl_arena *arena, const struct pl_address *address)
{
    struct pl_address kept = *address;
    const char **names = pl_arena_array(arena, address->kind->n_segments + 1, sizeof *names);

    for (size_t i = 0; i < address->kind->n_segments; i++)
        names[i] = copy(arena, address->names[i]);
    kept.project = copy(arena, address->project);
    kept.location = copy(arena, address->location);
    kept.names = names;
    return kept;
}

/* ---- policies ---- */

struct policy {
    struct pl_gcp_scope *scope;
    struct pl_address address;
};

/* Members are left out where there are none. */
static bool is_binding(const struct pl_value *v)
{
    const struct pl_value *members = pl_value_member(v, "members");

    return pl_value_member_text(v, "role") != NULL && (members == NULL || members->type == PL_LIST);
}

/* A policy without bindings still has an etag (recorded: run/services-getIamPolicy-empty): what has neither is none. */
static bool is_policy(const struct pl_value *body)
{
    const struct pl_value *bindings = pl_value_member(body, "bindings");

    if (bindings == NULL)
        return pl_value_member_text(body, "etag") != NULL;
    if (bindings->type != PL_LIST)
        return false;
    for (size_t i = 0; i < pl_value_count(bindings); i++)
        if (!is_binding(pl_value_item(bindings, i)))
            return false;
    return true;
}

static void on_policy(struct pl_gcp_call *call, const struct pl_value *body,
                      const struct pl_gcp_failure *failure)
{
    struct policy *policy = call->arg;
    struct pl_gcp_run *run = policy->scope->run;
    const struct pl_address *address = &policy->address;
    bool own = address->kind->call.how != PL_LIST_NONE; /* of a resource; else it is all there is */
    struct pl_member member = {"iamPolicy", body};
    struct pl_gcp_failure none;
    struct pl_address kept;

    if (failure == NULL && !is_policy(body)) {
        none = pl_gcp_failure_make(call->arena, &call->about, "bad_answer",
                                   "the answer is no IAM policy");
        failure = &none;
    }
    if (failure != NULL) {
        pl_gcp_add_gap(policy->scope, address->kind, pl_address_resource_name(run->arena, address),
                       own ? "iamPolicy" : NULL, failure);
        return;
    }
    body = pl_redact(call->arena, address->kind, pl_value_map(call->arena, &member, 1),
                     run->options->redaction_key);
    body = pl_value_member(body, "iamPolicy");
    if (run->options->stream != NULL) {
        pl_snapshot_stream_policy(run->options->stream, address, body);
        return;
    }
    kept = own ? *address : pl_gcp_keep_address(run->arena, address); /* who has a body is kept */
    pl_world_add_iam(run->builder, &kept, pl_gcp_keep(run->arena, body));
}

/* Conditions are left out of policies below version 3 (https://cloud.google.com/iam/docs/policies#versions). */
void pl_gcp_read_policy(struct pl_gcp_scope *scope, const struct pl_address *address)
{
    const struct pl_kind *kind = address->kind;
    struct pl_gcp_var vars[] = {{"project", scope->project},
                                {"location", address->location},
                                {kind->segments[0], address->names[0]}};
    struct pl_gcp_call *call = pl_gcp_call_new(&scope->run->gcp, kind->name);
    struct policy *policy = PL_NEW(call->arena, struct policy);

    *policy = (struct policy){scope, pl_gcp_keep_address(call->arena, address)};
    call->ask = (struct pl_gcp_ask){
        .purpose = kind->call.iam_post ? PL_GCP_POLICY : PL_GCP_READ,
        .method = kind->call.iam_post ? "POST" : "GET",
        .host = kind->call.api,
        .path = pl_gcp_expand(call->arena, kind->call.iam_path, vars, PL_LEN(vars))};
    if (kind->call.iam_post)
        call->ask.body = "{\"options\":{\"requestedPolicyVersion\":3}}";
    else
        call->ask.query = "options.requestedPolicyVersion=3&prettyPrint=false";
    call->about.api = kind->call.api;
    call->about.project = scope->project;
    call->about.region = policy->address.location;
    call->about.permission = kind->call.iam_permission;
    call->about.role = kind->call.role;
    call->small = true;
    call->done = on_policy;
    call->arg = policy;
    pl_gcp_call_start(call);
}

/* ---- resources ---- */

/* RFC 3339, in seconds: the same text for all that comes in one. */
static const char *now(struct pl_gcp_run *run)
{
    int64_t ns = pl_clock_wall_ns(), second = ns / INT64_C(1000000000);

    if (run->now == NULL || run->now_s != second) {
        run->now = pl_clock_format(run->arena, ns, 0);
        run->now_s = second;
    }
    return run->now;
}

static void add_to_world(struct pl_gcp_run *run, const struct pl_address *address,
                         const struct pl_value *body, const struct pl_path *fields, size_t n_fields)
{
    struct pl_resource resource = {.address = pl_gcp_keep_address(run->arena, address),
                                   .body = pl_gcp_keep(run->arena, body),
                                   .fields = fields,
                                   .n_fields = n_fields,
                                   .observed_at = now(run)};

    resource.name = pl_address_resource_name(run->arena, address);
    pl_world_add(run->builder, &resource);
}

void pl_gcp_add_virtual(struct pl_gcp_run *run, const struct pl_address *address, const char *field,
                        const struct pl_value *value)
{
    if (run->options->stream != NULL)
        pl_snapshot_stream_virtual(run->options->stream, address, field, value);
    else
        pl_world_add_virtual(run->builder, address, field, pl_gcp_keep(run->arena, value));
}

/* `body` is masked and redacted; what it mentions is wanted, too. */
static void keep(struct pl_gcp_scope *scope, const struct pl_address *address,
                 const struct pl_value *body, const struct pl_path *fields, size_t n_fields)
{
    struct pl_gcp_run *run = scope->run;
    struct pl_needs *needs = run->options->needs;

    if (run->options->stream != NULL)
        pl_snapshot_stream_resource(run->options->stream, address, now(run), body);
    else
        add_to_world(run, address, body, fields, n_fields);
    pl_gcp_follow(run, address, body);
    if (needs != NULL)
        pl_needs_value(needs, body);
    if (address->kind->call.iam_path != NULL &&
        (needs == NULL || pl_needs_policy(needs, address->kind)))
        pl_gcp_read_policy(scope, address);
    if (address->kind == &pl_kind_compute_network)
        pl_gcp_read_network(scope, address, body);
}

/* Mentions, an empty line, and the resource as JSON: most are judged again without being parsed. */
static void put_aside(struct pl_gcp_run *run, struct pl_arena *scratch,
                      const struct pl_address *address, const struct pl_value *body)
{
    const struct pl_value *names[16];
    struct pl_buf record = {0};
    struct pl_member members[5];
    size_t n =
        address->kind->n_segments < PL_LEN(names) ? address->kind->n_segments : PL_LEN(names);

    for (size_t i = 0; i < n; i++)
        names[i] = pl_value_string(scratch, address->names[i]);
    members[0] = (struct pl_member){"body", body};
    members[1] = (struct pl_member){"kind", pl_value_string(scratch, address->kind->name)};
    members[2] = (struct pl_member){"location", pl_value_string(scratch, address->location)};
    members[3] = (struct pl_member){"names", pl_value_list(scratch, names, n)};
    members[4] = (struct pl_member){"project", pl_value_string(scratch, address->project)};
    pl_buf_addf(&record, "%s\n", pl_needs_mentions(run->options->needs, scratch, address, body));
    pl_json_write(&record, pl_value_map(scratch, members, PL_LEN(members)));
    if (run->later == NULL)
        run->later = pl_spool_new();
    pl_spool_add(run->later, record.data, record.len);
    pl_buf_free(&record);
}

bool pl_gcp_take(struct pl_gcp_scope *scope, const struct pl_address *address,
                 const struct pl_value *body)
{
    struct pl_gcp_run *run = scope->run;
    const struct pl_needs *needs = run->options->needs;
    enum pl_keep judgement = needs != NULL ? pl_needs_judge(needs, address, body) : PL_KEEP;
    const struct pl_path *fields = NULL;
    struct pl_arena *scratch;
    size_t n_fields = 0;

    if (judgement == PL_KEEP_NOT)
        return false;
    scratch = pl_arena_new();
    if (needs != NULL)
        body = pl_needs_mask(needs, scratch, address->kind, body, &fields, &n_fields);
    body = pl_redact(scratch, address->kind, body, run->options->redaction_key);
    if (judgement == PL_KEEP)
        keep(scope, address, body, fields, n_fields);
    else
        put_aside(run, scratch, address, body);
    pl_arena_free(scratch);
    return judgement == PL_KEEP;
}

/* ---- what was put aside ---- */

static struct pl_gcp_scope *scope_of(struct pl_gcp_run *run, const char *project)
{
    struct pl_gcp_scope *scope = run->scopes;

    while (scope != NULL && strcmp(scope->project, project) != 0)
        scope = scope->next;
    return scope;
}

static int take_back(struct pl_gcp_run *run, const char *text, size_t len, struct pl_err *err)
{
    struct pl_arena *scratch = pl_arena_new();
    const struct pl_value *record = pl_json_parse(scratch, text, len, "a temporary file", err);
    const struct pl_value *body = pl_value_member(record, "body"),
                          *list = pl_value_member(record, "names");
    const char **names = pl_arena_array(scratch, pl_value_count(list) + 1, sizeof *names);
    struct pl_address address = {
        .kind = record != NULL ? pl_kind_find(pl_value_member_text(record, "kind")) : NULL,
        .project = pl_value_member_text(record, "project"),
        .location = pl_value_member_text(record, "location"),
        .names = names};
    const struct pl_path *fields;
    size_t n_fields;

    for (size_t i = 0; i < pl_value_count(list); i++)
        names[i] = pl_value_text(pl_value_item(list, i));
    if (record != NULL) {
        body = pl_needs_mask(run->options->needs, scratch, address.kind, body, &fields, &n_fields);
        keep(scope_of(run, address.project), &address, body, fields, n_fields);
        pl_gcp_list_inside(scope_of(run, address.project), &address, true);
    }
    pl_arena_free(scratch);
    return record != NULL ? 0 : -1;
}

/* One time through: takes back what is mentioned by now; the rest waits in *out. */
static int sift(struct pl_gcp_run *run, struct pl_spool *in, struct pl_spool *out, size_t *taken,
                struct pl_err *err)
{
    const char *record = NULL;
    size_t len = 0;
    int got;

    *taken = 0;
    pl_spool_rewind(in);
    while ((got = pl_spool_next(in, &record, &len, err)) > 0) {
        const char *json = *record == '\n' ? record + 1 : strstr(record, "\n\n");

        if (!pl_needs_mentioned(run->options->needs, record)) {
            pl_spool_add(out, record, len);
            continue;
        }
        json += *record == '\n' ? 0 : 2;
        if (take_back(run, json, len - (size_t)(json - record), err) != 0)
            return -1;
        ++*taken;
    }
    return got;
}

int pl_gcp_settle(struct pl_gcp_run *run, struct pl_err *err)
{
    size_t taken = 1;
    int status = 0;

    /* Each time around at least one resource is kept, which may mention others. */
    while (status == 0 && run->later != NULL && taken > 0) {
        struct pl_spool *rest = pl_spool_new();

        status = sift(run, run->later, rest, &taken, err);
        pl_spool_free(run->later);
        run->later = rest;
    }
    return status;
}
