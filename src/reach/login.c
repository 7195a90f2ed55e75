/* login.c - which database of a Cloud SQL instance the client asks for, and as which user: are they there, and may an IAM user log in?
 *
 * The Admin API lists every database. It need not list every user (one can be made in SQL), so one that it does not list is a failure only where
 * the baseline declares it. Passwords and privileges are not looked at.
 */
#include <string.h>
#include <strings.h>

#include "wiring_priv.h"

static bool is_mysql(struct pl_trace *t)
{
    const char *version = pl_trace_text(t, t->target.resource, "databaseVersion", NULL);
    return version && strncmp(version, "MYSQL", 5) == 0;
}

static struct pl_address inside(struct pl_trace *t, const char *kind, const char *name)
{
    struct pl_address a = t->target.resource->address;
    const char **names = pl_arena_array(t->arena, 2, sizeof(*names));
    names[0] = a.names[0];
    names[1] = name;
    a.kind = pl_kind_find(kind);
    a.names = names;
    return a;
}

/* Where the name comes from: a variable of the client, or what the connection itself says. */
static void say_where(struct pl_trace *t, const struct pl_wired_name *w)
{
    if (w->path)
        pl_trace_evidence_text(t, &t->source.resource->address, w->path, w->text, NULL);
}

static const char *who_says(struct pl_trace *t, const struct pl_wired_name *w)
{
    return w->path ? pl_arena_printf(t->arena, "%s of %s", w->variable,
                                     pl_trace_name(t, &t->source.resource->address))
                   : "the connection";
}

/* What lives inside an instance that a revert makes again is not known to be gone. */
static bool instance_was_there(struct pl_trace *t)
{
    const struct pl_resource *before = NULL;
    return pl_view_find(t->base, &t->target.resource->address, &before) == PL_PRESENT;
}

/* Every instance has databases and users of its own ("postgres", "mysql"): where none at all is listed, they were not read. */
static bool any_listed(struct pl_trace *t, const char *kind)
{
    const struct pl_resource *const *list;
    const struct pl_address *instance = &t->target.resource->address;
    size_t n;
    (void)pl_view_list(t->view, pl_kind_find(kind), instance->project, &list, &n);
    for (size_t i = 0; i < n; i++)
        if (strcmp(list[i]->address.names[0], instance->names[0]) == 0)
            return true;
    return false;
}

/* ---- the database ---- */

/* A stopped instance does not tell its databases, and where the list of instances has a hole, that says nothing of this one's. */
static bool databases_failed(struct pl_trace *t, const struct pl_address *database)
{
    const struct pl_world *world = pl_view_world(t->view);
    const struct pl_unobserved *gap = pl_world_gap(world, database, NULL);
    return gap && strcmp(gap->reason, "not_running") != 0 &&
           !pl_world_listing_gap(world, t->target.resource->address.kind, database->project);
}

static void judge_database(struct pl_trace *t)
{
    const struct pl_wired_name *w = &t->flow.database;
    const struct pl_resource *r = NULL;
    struct pl_address a = inside(t, "sql.database", w->text);
    enum pl_known known = pl_view_find(t->view, &a, &r);
    if (known == PL_PRESENT) {
        pl_trace_pass(t, "sql-database", "%s asks for database %s, which %s has", who_says(t, w),
                      w->text, t->target.shown);
    } else if (known == PL_ABSENT && any_listed(t, "sql.database")) {
        const struct pl_declared *d = pl_declared_of(t, &a);
        bool by_wire = w->path && !d;
        pl_trace_block(t, "sql-database", "CLOUD_SQL_DATABASE_NOT_FOUND",
                       by_wire ? &t->source.resource->address : &a, by_wire ? w->path : "",
                       "%s asks for database %s, and %s has none of that name", who_says(t, w),
                       w->text, t->target.shown);
    } else {
        if (known == PL_ABSENT || !databases_failed(t, &a)) {
            pl_trace_not_modelled(t, "the databases of %s, of which none was read",
                                  t->target.shown);
            return;
        }
        pl_trace_unknown(t, "sql-database", "CLOUD_SQL_DATABASE_NOT_FOUND",
                         "whether %s has database %s is not known: %s", t->target.shown, w->text,
                         pl_trace_why(t, &a));
    }
    say_where(t, w);
}

/* ---- the user ---- */

/* As the instance calls an IAM principal: PostgreSQL cuts ".gserviceaccount.com" off a service account, MySQL all from the @ on
 * (https://cloud.google.com/sql/docs/postgres/add-manage-iam-users). */
static const char *name_of_account(struct pl_trace *t, const char *account, bool mysql)
{
    size_t len = strlen(account), end = strlen(".gserviceaccount.com");
    if (mysql)
        return pl_arena_strndup(t->arena, account, strcspn(account, "@"));
    return len > end && strcmp(account + len - end, ".gserviceaccount.com") == 0
               ? pl_arena_strndup(t->arena, account, len - end)
               : account;
}

/* https://www.postgresql.org/docs/15/config-setting.html#CONFIG-SETTING-NAMES-VALUES,
 * https://dev.mysql.com/doc/refman/8.0/en/option-modifiers.html. */
enum pl_tri pl_flag_is_on(const char *value)
{
    static const char *const words[][2] = {
        {"on", "off"}, {"true", "false"}, {"yes", "no"}, {"1", "0"}};
    for (size_t i = 0; i < PL_LEN(words); i++)
        for (size_t k = 0; k < 2; k++)
            if (strcasecmp(value, words[i][k]) == 0)
                return k == 0 ? PL_YES : PL_NO;
    return PL_MAYBE;
}

static void judge_iam_flag(struct pl_trace *t, bool mysql)
{
    const char *flag = mysql ? "cloudsql_iam_authentication" : "cloudsql.iam_authentication";
    const char *path = pl_trace_element_path(t, "databaseFlags", flag, "value");
    path = pl_arena_printf(t->arena, "settings.%s", path);
    enum pl_known known;
    const char *value = pl_trace_text(t, t->target.resource, path, &known);
    enum pl_tri on = value ? pl_flag_is_on(value) : PL_NO;
    if (on == PL_YES)
        pl_trace_pass(t, "sql-iam-login", "%s takes IAM users: %s is on", t->target.shown, flag);
    else if (on == PL_MAYBE)
        pl_trace_unknown(t, "sql-iam-login", "CLOUD_SQL_IAM_LOGIN_DISABLED",
                         "whether %s takes IAM users is not clear: %s is %s", t->target.shown, flag,
                         value);
    else if (known == PL_NOT_KNOWN)
        pl_trace_unknown(t, "sql-iam-login", "CLOUD_SQL_IAM_LOGIN_DISABLED",
                         "whether %s takes IAM users was not read", t->target.shown);
    else
        pl_trace_block(t, "sql-iam-login", "CLOUD_SQL_IAM_LOGIN_DISABLED",
                       &t->target.resource->address, path,
                       "%s is an IAM user, and %s takes none: the flag %s is %s", t->flow.user.text,
                       t->target.shown, flag, value ? value : "not set");
    pl_trace_evidence(t, t->target.resource, path);
}

static void judge_iam_role(struct pl_trace *t)
{
    const char *account = t->source.service_account, *why = NULL;
    struct pl_address where;
    enum pl_tri allowed = pl_iam_allows(t, NULL, t->target.resource->address.project, account,
                                        false, "cloudsql.instances.login", &why, &where);
    if (allowed == PL_YES)
        pl_trace_pass(t, "sql-iam-role", "%s", why);
    else if (allowed == PL_NO)
        pl_trace_block(t, "sql-iam-role", "CLOUD_SQL_INSTANCE_USER_ROLE_MISSING", &where,
                       "iamPolicy.bindings[role=roles/cloudsql.instanceUser].members", "%s", why);
    else
        pl_trace_unknown(t, "sql-iam-role", "CLOUD_SQL_INSTANCE_USER_ROLE_MISSING", "%s", why);
}

/* The token is the workload's: the user must be the principal that it runs as (https://cloud.google.com/sql/docs/postgres/iam-authentication). */
static void judge_principal(struct pl_trace *t, bool mysql)
{
    const struct pl_wired_name *w = &t->flow.user;
    const char *account = t->source.service_account;
    if (!account) {
        pl_trace_unknown(t, "sql-iam-user", "CLOUD_SQL_IAM_USER_MISMATCH",
                         "as which account %s runs was not read",
                         pl_trace_name(t, &t->connection->from.address));
        return;
    }
    const char *own = name_of_account(t, account, mysql);
    if (strcmp(own, w->text) == 0)
        pl_trace_pass(t, "sql-iam-user", "%s is the account that the workload runs as", w->text);
    else
        pl_trace_block(t, "sql-iam-user", "CLOUD_SQL_IAM_USER_MISMATCH",
                       w->path ? &t->source.resource->address : NULL, w->path,
                       "%s logs in as the IAM user %s, and the workload's own token is of %s (%s "
                       "to the database)",
                       who_says(t, w), w->text, account, own);
    say_where(t, w);
    pl_trace_evidence(t, t->source.resource, "template.serviceAccount");
    judge_iam_role(t);
}

static void judge_iam_user(struct pl_trace *t, bool mysql)
{
    judge_iam_flag(t, mysql);
    if (t->source.what == PL_FROM_RUN && t->source.resource)
        judge_principal(t, mysql);
}

/* MySQL's users may be tied to hosts: the Admin API then calls them NAME@HOST. */
static enum pl_known find_user(struct pl_trace *t, bool mysql, struct pl_address *a,
                               const struct pl_resource **out)
{
    const char *name = t->flow.user.text;
    *a = inside(t, "sql.user", name);
    enum pl_known known = pl_view_find(t->view, a, out);
    if (known == PL_PRESENT || !mysql)
        return known;
    const struct pl_resource *const *list;
    size_t n, len = strlen(name);
    (void)pl_view_list(t->view, a->kind, a->project, &list, &n);
    for (size_t i = 0; i < n; i++) {
        const char *const *names = list[i]->address.names;
        if (strcmp(names[0], a->names[0]) == 0 && strncmp(names[1], name, len) == 0 &&
            names[1][len] == '@') {
            *out = list[i];
            return PL_PRESENT;
        }
    }
    return known;
}

static bool is_iam_type(const char *type)
{
    return type && strncmp(type, "CLOUD_IAM_", 10) == 0;
}

/* "api@project.iam": no name that anybody gives to another sort of user. */
static bool looks_like_account(const char *name)
{
    size_t len = strlen(name);
    return strchr(name, '@') && len > 4 && strcmp(name + len - 4, ".iam") == 0;
}

static void judge_user(struct pl_trace *t)
{
    const struct pl_wired_name *w = &t->flow.user;
    const struct pl_resource *user = NULL;
    struct pl_address a;
    bool mysql = is_mysql(t);
    enum pl_known known = find_user(t, mysql, &a, &user);
    if (known == PL_PRESENT) {
        const char *type = pl_trace_text(t, user, "type", NULL);
        pl_trace_pass(t, "sql-user", "%s logs in as %s, which %s has", who_says(t, w), w->text,
                      t->target.shown);
        say_where(t, w);
        if (is_iam_type(type))
            judge_iam_user(t, mysql);
        return;
    }
    if (known == PL_NOT_KNOWN && pl_declared_of(t, &a)) {
        pl_trace_unknown(t, "sql-user", "CLOUD_SQL_USER_NOT_FOUND",
                         "whether %s has user %s, which is declared, is not known: %s",
                         t->target.shown, w->text, pl_trace_why(t, &a));
        say_where(t, w);
    } else if (known == PL_NOT_KNOWN || !any_listed(t, "sql.user")) {
        pl_trace_not_modelled(t, "the users of %s, of which none was read", t->target.shown);
    } else if (pl_declared_of(t, &a)) {
        pl_trace_block(t, "sql-user", "CLOUD_SQL_USER_NOT_FOUND", &a, "",
                       "%s logs in as %s, which is declared, and %s does not have it",
                       who_says(t, w), w->text, t->target.shown);
        say_where(t, w);
    } else {
        pl_trace_risk(t, "sql-user", "CLOUD_SQL_USER_NOT_FOUND",
                      "%s logs in as %s, which is none of the users that the Admin API lists; one "
                      "that was made in SQL may not be listed",
                      who_says(t, w), w->text);
        pl_trace_field(t, w->path ? &t->source.resource->address : &a, w->path ? w->path : "");
        say_where(t, w);
    }
    if (!mysql && looks_like_account(w->text))
        judge_iam_user(t, mysql);
}

/* ---- what the client does not say ---- */

/* The baseline's resources are sorted by full address: the first that is not before this one. */
static size_t first_from(struct pl_trace *t, const char *full)
{
    size_t low = 0, high = t->declared->n_resources;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct pl_address *a = &t->declared->resources[middle].address;
        if (strcmp(pl_address_full(t->arena, a), full) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Where the client asks for a database, or logs in, by a name that nobody may read, one that is declared of the instance and not there may be it. */
static void judge_unsaid(struct pl_trace *t, const char *kind, const char *hop, const char *cause,
                         const char *what)
{
    if (!t->declared || !any_listed(t, kind))
        return;
    struct pl_address all = inside(t, kind, "");
    for (size_t i = first_from(t, pl_address_full(t->arena, &all)); i < t->declared->n_resources;
         i++) {
        const struct pl_declared *d = &t->declared->resources[i];
        const struct pl_resource *r = NULL;
        if (d->address.kind != all.kind || strcmp(d->address.names[0], all.names[0]) != 0 ||
            strcmp(d->address.project, all.project) != 0)
            return;
        if (d->expect->match == PL_M_ABSENT || pl_view_find(t->view, &d->address, &r) != PL_ABSENT)
            continue;
        pl_trace_risk(t, hop, cause,
                      "%s is declared, and not there; which %s the client names is not known",
                      pl_trace_name(t, &d->address), what);
        pl_trace_field(t, &d->address, "");
    }
}

void pl_hop_sql_login(struct pl_trace *t)
{
    const struct pl_probe_spec *probe = &t->connection->probe;
    if (t->target.what != PL_TO_SQL || !t->target.resource)
        return;
    pl_trace_not_modelled(t, "passwords and privileges of database users");
    if (!instance_was_there(t))
        return;
    if (!t->flow.database.text && !t->flow.wired_unknown && probe->type == PL_PROBE_POSTGRES)
        t->flow.database = (struct pl_wired_name){.text = probe->database};
    if (!t->flow.user.text && !t->flow.wired_unknown && probe->type == PL_PROBE_POSTGRES)
        t->flow.user = (struct pl_wired_name){.text = probe->user};
    if (t->flow.database.text)
        judge_database(t);
    else
        judge_unsaid(t, "sql.database", "sql-database", "CLOUD_SQL_DATABASE_NOT_FOUND", "database");
    if (t->flow.user.text)
        judge_user(t);
    else
        judge_unsaid(t, "sql.user", "sql-user", "CLOUD_SQL_USER_NOT_FOUND", "user");
}
