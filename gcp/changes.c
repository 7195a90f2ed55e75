/* changes.c - who changed what has drifted: Admin Activity audit logs, one query for as many resources as its filter holds.
 *
 * https://cloud.google.com/logging/docs/audit: these logs are always written, and kept for 400 days. How an API names a resource in them is its
 * own: the forms below are those of recorded entries, or else the resource's path. The newest entry that changed the resource, and as far as
 * its request tells the field, is the one; an attempt that failed changed nothing. What was before that entry only an older one can say, whose
 * request has the field as it is declared: that no other entry is there says nothing, for the log is not as old as the resource.
 */
#include "changes_priv.h"

#include <stdlib.h>
#include <string.h>

#include "plumbline/buf.h"
#include "plumbline/clock.h"
#include "plumbline/escape.h"

/* "Maximum length of a Logging query: 20,000 characters" (https://cloud.google.com/logging/quotas). The bucket _Required, where these logs
 * are, keeps 400 days, and that cannot be changed (https://cloud.google.com/logging/docs/storage). */
enum { FILTER_MAX = 20000, MAX_ENTRIES = 20000, MAX_FORMS = 4, DAYS = 400 };

/* Other names than the path: {project}, {location}, {0} the first name. */
static const struct {
    const char *kind, *form;
    bool
        parents; /* it is the name of what it lives in: which of its children is meant stands in the request */
} other_forms[] = {
    {"run.service", "namespaces/{project}/services/{0}",
     false}, /* v1, which gcloud and the console call */
    {"run.job", "namespaces/{project}/jobs/{0}", false},
    {"dns.managedZone", "managedZones/{0}", false},
    {"dns.recordSet", "managedZones/{0}", true}, /* dns.changes.create is on the zone */
    {"dns.recordSet", "projects/{project}/managedZones/{0}", true},
    {"sql.user", "projects/{project}/instances/{0}", true},
    {"sql.database", "projects/{project}/instances/{0}", true},
    {"project.iamPolicy", "projects/{project}", false},
};

/* One drift and the names that its resource goes by. */
struct subject {
    struct pl_drift *drift;
    struct pl_change *change; /* what drift->changed_by is */
    bool done;                /* nothing older is wanted */
    bool remade;              /* the resource was made or deleted at another time, too */
    const char *forms[MAX_FORMS];
    bool parents[MAX_FORMS];
    size_t n_forms;
};

struct batch {
    struct pl_arena *arena;
    struct subject *subjects;
    size_t n, open;       /* open: not done */
    struct pl_map failed; /* operations that came to nothing, by id */
};

/* ---- names ---- */

static const char *expand(struct pl_arena *arena, const char *form, const struct pl_address *a)
{
    struct pl_buf b = {0};

    while (*form != '\0') {
        size_t plain = strcspn(form, "{");

        pl_buf_add(&b, form, plain);
        form += plain;
        if (*form == '\0')
            break;
        if (strncmp(form, "{project}", 9) == 0)
            pl_buf_adds(&b, a->project);
        else if (strncmp(form, "{location}", 10) == 0)
            pl_buf_adds(&b, a->location);
        else
            pl_buf_adds(&b, a->names[0]);
        form = strchr(form, '}') + 1;
    }
    return pl_buf_take(&b, arena);
}

static void add_form(struct subject *s, const char *form, bool parents)
{
    if (s->n_forms == MAX_FORMS || form == NULL || *form == '\0')
        return;
    s->parents[s->n_forms] = parents;
    s->forms[s->n_forms++] = form;
}

static void find_forms(struct pl_arena *arena, struct subject *s)
{
    const struct pl_address *a = &s->drift->address;
    const char *name = pl_address_resource_name(arena, a);
    const char *path = strncmp(name, "//", 2) == 0 ? strchr(name + 2, '/') : NULL;

    add_form(s, path != NULL ? path + 1 : name, false);
    for (size_t i = 0; i < PL_LEN(other_forms); i++)
        if (strcmp(other_forms[i].kind, a->kind->name) == 0)
            add_form(s, expand(arena, other_forms[i].form, a), other_forms[i].parents);
}

/* ---- entries ---- */

static const char *principal_of(const struct pl_value *who)
{
    const char *email = pl_value_member_text(who, "principalEmail");

    return email != NULL && *email != '\0' ? email : pl_value_member_text(who, "principalSubject");
}

/* Who acted through whom: the first is the one who began it
 * (https://cloud.google.com/logging/docs/reference/audit/auditlog/rest/Shared.Types/AuditLog#ServiceAccountDelegationInfo). */
static void read_chain(struct pl_arena *arena, const struct pl_value *who, struct pl_change *out)
{
    const struct pl_value *list = pl_value_member(who, "serviceAccountDelegationInfo");
    const char **via = pl_arena_array(arena, pl_value_count(list) + 1, sizeof *via);

    for (size_t i = 0; i < pl_value_count(list); i++) {
        const struct pl_value *hop = pl_value_item(list, i);
        const char *name = principal_of(pl_value_member(hop, "firstPartyPrincipal"));

        if (name == NULL)
            name = pl_value_member_text(hop, "principalSubject");
        if (name != NULL)
            via[out->n_via++] = pl_gcp_quote(arena, name);
    }
    out->via = via;
}

/* When it was, in one form; NULL where it does not say. */
static const char *time_of(struct pl_arena *arena, const struct pl_value *entry)
{
    const char *at = pl_value_member_text(entry, "timestamp");
    int64_t ns;

    return at != NULL && pl_clock_parse(at, &ns) == 0 ? pl_clock_format(arena, ns, 1) : NULL;
}

static struct pl_change *read_change(struct pl_arena *arena, const struct pl_value *entry,
                                     const struct pl_value *payload)
{
    const struct pl_value *who = pl_value_member(payload, "authenticationInfo");
    const char *principal = principal_of(who), *at = time_of(arena, entry);
    struct pl_change *change = PL_NEW(arena, struct pl_change);

    if (at == NULL)
        return NULL;
    /* An entry may keep its principal to itself (https://cloud.google.com/logging/docs/audit#user-id). */
    change->principal = principal != NULL ? pl_gcp_quote(arena, principal) : "(not shown)";
    change->at = at;
    change->method = pl_gcp_quote(arena, pl_value_member_text(payload, "methodName"));
    read_chain(arena, who, change);
    return change;
}

static bool is_failure(const struct pl_value *payload)
{
    int64_t code = 0;

    return pl_value_as_int(pl_value_member(pl_value_member(payload, "status"), "code"), &code) &&
           code != 0;
}

/* A long operation has two entries: the one that began it has the request, and the one that ended it, which is met first, says whether it
 * failed (https://cloud.google.com/logging/docs/audit/understanding-audit-logs, field operation). True: this one changed something. */
static bool is_change(struct batch *batch, const struct pl_value *entry,
                      const struct pl_value *payload)
{
    const struct pl_value *operation = pl_value_member(entry, "operation");
    const char *id = pl_value_member_text(operation, "id");
    bool ends = pl_value_true(pl_value_member(operation, "last")) &&
                !pl_value_true(pl_value_member(operation, "first"));

    if (ends && id != NULL && is_failure(payload))
        (void)pl_map_put(&batch->failed, id, batch);
    return !is_failure(payload) && !(id != NULL && pl_map_has(&batch->failed, id)) &&
           !(ends && pl_value_member(payload, "request") == NULL);
}

/* Newest first: the first that is found stays. What was before it shows by the next one; where it does not name the field nobody asks. */
static void take(struct batch *batch, struct subject *s, const struct pl_value *entry,
                 const struct pl_value *payload)
{
    const struct pl_value *request = pl_value_member(payload, "request");

    if (s->change != NULL) {
        if (s->drift->path.n > 0 && pl_request_is_as_declared(s->drift, request))
            s->change->otherwise_since = time_of(batch->arena, entry);
        s->remade = true;
        s->done = true;
    } else if ((s->change = read_change(batch->arena, entry, payload)) != NULL) {
        s->change->names_field = pl_request_names_field(
            batch->arena, s->drift, pl_value_member_text(payload, "methodName"), request);
        s->done = !s->change->names_field;
        s->drift->changed_by = s->change;
    } else {
        s->done = true; /* somebody was last, and it does not say when */
    }
    batch->open -= s->done;
}

static bool has_text(const struct pl_value *v, const char *text, int depth);

/* What says where it lives may have the same name. */
static bool member_has_text(const struct pl_member *m, const char *text, int depth)
{
    static const char *const places[] = {"instance", "managedZone", "project"};

    for (size_t i = 0; i < PL_LEN(places); i++)
        if (strcmp(m->key, places[i]) == 0)
            return false;
    return has_text(m->value, text, depth);
}

/* Is this text a value in there? */
static bool has_text(const struct pl_value *v, const char *text, int depth)
{
    const char *own = pl_value_text(v);
    bool found = own != NULL && strcmp(own, text) == 0;

    for (size_t i = 0; depth > 0 && !found && i < pl_value_count(v); i++)
        found = v->type == PL_MAP ? member_has_text(&v->u.map.members[i], text, depth - 1)
                                  : has_text(pl_value_item(v, i), text, depth - 1);
    return found;
}

/* Is the entry about this resource? One about what it lives in is, where its request has the resource's own name; such a request may
 * change several at once, and then says nothing of when one of them was made. */
static bool is_of(struct subject *s, const char *name, const struct pl_value *request)
{
    for (size_t f = 0; f < s->n_forms; f++)
        if (strcmp(s->forms[f], name) == 0 &&
            (!s->parents[f] || has_text(request, s->drift->address.names[1], 6))) {
            s->remade = s->remade || s->parents[f];
            return true;
        }
    return false;
}

static bool on_entry(void *arg, const struct pl_value *entry)
{
    struct batch *batch = arg;
    const struct pl_value *payload = pl_value_member(entry, "protoPayload");
    const char *name = pl_value_member_text(payload, "resourceName");
    const char *method = pl_value_member_text(payload, "methodName");
    const struct pl_value *request = pl_value_member(payload, "request");

    if (name == NULL || method == NULL || !is_change(batch, entry, payload))
        return true;
    for (size_t i = 0; i < batch->n; i++) {
        struct subject *s = &batch->subjects[i];

        if (s->done || !is_of(s, name, request))
            continue;
        if (pl_request_touches(s->drift, method, request))
            take(batch, s, entry, payload);
        else if (s->drift->path.n == 0 && (pl_request_makes(method) || pl_request_deletes(method)))
            s->remade = true;
    }
    return batch->open > 0;
}

/* ---- queries ---- */

static const char *since(struct pl_arena *arena, int64_t now_ns)
{
    return pl_clock_format(arena, now_ns - INT64_C(86400000000000) * DAYS, 0);
}

static char *begin_filter(struct pl_arena *arena, const char *project, int64_t now_ns)
{
    return pl_arena_printf(arena,
                           "logName=\"projects/%s/logs/cloudaudit.googleapis.com%%2Factivity\" AND "
                           "timestamp>=\"%s\" AND protoPayload.resourceName=(",
                           project, since(arena, now_ns));
}

static bool add_subject(struct pl_buf *names, const struct subject *s, size_t room)
{
    struct pl_buf more = {0};
    bool fits;

    for (size_t i = 0; i < s->n_forms; i++) {
        struct pl_buf one = {0};

        pl_gcp_filter_text(&one, s->forms[i]);
        if (strstr(pl_buf_str(names), pl_buf_str(&one)) == NULL)
            pl_buf_addf(&more, "%s%s", names->len + more.len > 0 ? " OR " : "", pl_buf_str(&one));
        pl_buf_free(&one);
    }
    fits = names->len + more.len <= room;
    if (fits)
        pl_buf_add(names, pl_buf_str(&more), more.len);
    pl_buf_free(&more);
    return fits;
}

static const char *command_of(struct pl_arena *arena, const char *project, const char *filter)
{
    struct pl_buf b = {0};

    pl_buf_adds(&b, "gcloud logging read ");
    pl_escape_shell(&b, filter);
    pl_buf_adds(&b, " --project=");
    pl_escape_shell(&b, project);
    pl_buf_adds(&b, " --order=desc --limit=50 "
                    "--format='table(timestamp,protoPayload.authenticationInfo.principalEmail,"
                    "protoPayload.methodName,protoPayload.resourceName)'");
    return pl_buf_take(&b, arena);
}

/* The subjects of one project from *at on, as many as fit. */
static void make_query(struct pl_arena *arena, struct subject *all, size_t n, size_t *at,
                       int64_t now_ns, struct pl_gcp_log_query *out)
{
    const char *project = all[*at].drift->address.project;
    char *head = begin_filter(arena, project, now_ns);
    struct batch *batch = PL_NEW(arena, struct batch);
    struct pl_buf names = {0};

    *batch = (struct batch){.arena = arena, .subjects = &all[*at]};
    pl_map_init(&batch->failed, arena);
    while (*at < n && strcmp(all[*at].drift->address.project, project) == 0 &&
           add_subject(&names, &all[*at], FILTER_MAX - strlen(head) - 1)) {
        batch->n++;
        ++*at;
    }
    batch->open = batch->n;
    *out = (struct pl_gcp_log_query){
        .project = project,
        .filter = pl_arena_printf(arena, "%s%s)", head, pl_buf_str(&names)),
        .max_entries = MAX_ENTRIES,
        .entry = on_entry,
        .arg = batch,
    };
    if (batch->n == 0) /* a name of 20,000 characters */
        ++*at;
    pl_buf_free(&names);
}

static int by_project(const void *a, const void *b)
{
    const struct subject *x = a, *y = b;
    int order = strcmp(x->drift->address.project, y->drift->address.project);

    return order != 0 ? order : strcmp(x->drift->field_full, y->drift->field_full);
}

/* All that the log has was read: what was made or deleted once in its time was away, or there, from its beginning until then. */
static void conclude(struct batch *batch, const char *begin)
{
    for (size_t i = 0; i < batch->n; i++) {
        struct subject *s = &batch->subjects[i];

        if (s->change != NULL && s->drift->path.n == 0 && !s->remade)
            s->change->otherwise_since = begin;
    }
}

int pl_gcp_find_changes(struct pl_arena *arena, struct pl_loop *loop,
                        const struct pl_gcp_options *options, struct pl_drift *const *drift,
                        size_t n, struct pl_change_query **out, size_t *n_out, struct pl_err *err)
{
    int64_t now_ns = pl_clock_wall_ns();
    struct subject *all = pl_arena_array(arena, n + 1, sizeof *all);
    struct pl_gcp_log_query *queries = pl_arena_array(arena, n + 1, sizeof *queries);
    struct pl_gcp_log_outcome *outcomes = pl_arena_array(arena, n + 1, sizeof *outcomes);
    size_t n_queries = 0;

    for (size_t i = 0; i < n; i++) {
        all[i].drift = drift[i];
        find_forms(arena, &all[i]);
    }
    if (n > 0)
        qsort(all, n, sizeof *all, by_project);
    for (size_t at = 0; at < n;)
        make_query(arena, all, n, &at, now_ns, &queries[n_queries++]);
    *out = pl_arena_array(arena, n_queries + 1, sizeof **out);
    *n_out = n_queries;
    if (n_queries > 0 &&
        pl_gcp_read_logs(arena, loop, options, queries, n_queries, outcomes, err) != 0)
        return -1;
    for (size_t i = 0; i < n_queries; i++)
        if (!outcomes[i].truncated && outcomes[i].reason == NULL)
            conclude(queries[i].arg, since(arena, now_ns));
    for (size_t i = 0; i < n_queries; i++)
        (*out)[i] = (struct pl_change_query){
            .project = queries[i].project,
            .command = command_of(arena, queries[i].project, queries[i].filter),
            .reason = outcomes[i].reason,
            .permission = outcomes[i].permission,
            .detail = outcomes[i].detail,
            .remedy = outcomes[i].remedy,
            .truncated = outcomes[i].truncated,
        };
    return 0;
}
