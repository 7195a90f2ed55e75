/* report_doctor.c - what doctor found: for whoever mends it, as text; for programs, as JSON; and the role that would be enough.
 */
#include <string.h>

#include "plumbline/escape.h"
#include "report_priv.h"

#define ROLE_ID "plumblineReader"

static const char *const not_checked[] = {
    "permissions granted on single resources, or only under a condition: the question is asked of "
    "the project as a whole",
    "organisation policies and VPC Service Controls, but for the calls that were made just now",
    "folders and organisations: IAM, deny and firewall policies above the project are no resources "
    "of it; which firewall policies are in effect for a network is read",
    "host projects of Shared VPC, which an observation follows: ask about them with --project",
    "what probes need: passwords, certificates, and a place in the network to probe from",
    "what --read-secrets takes besides: `plumbline doctor --read-secrets` asks for that, too",
};

/* The last one is no question any more where it was asked. */
static size_t n_not_checked(const struct pl_doctor *d)
{
    return PL_LEN(not_checked) - (d->secrets ? 1 : 0);
}

/* ---- what matters ---- */

static bool is_declared(const struct pl_doctor *d, const char *api)
{
    for (size_t i = 0; i < d->n_declared; i++)
        if (strcmp(d->declared[i]->call.api, api) == 0)
            return true;
    return false;
}

static bool is_off(const struct pl_gcp_api *api)
{
    return api->reason != NULL && strcmp(api->reason, "api_disabled") == 0;
}

/* An API that is off holds nothing that could be read. */
static bool api_matters(const struct pl_doctor *d, const struct pl_gcp_api *api)
{
    if (api->reason == NULL || strcmp(api->reason, "not_tried") == 0)
        return false;
    return !is_off(api) || is_declared(d, api->name);
}

static bool permission_matters(const struct pl_doctor *d, const struct pl_gcp_check *c,
                               const struct pl_gcp_permission *p)
{
    for (size_t i = 0; i < p->n_kinds; i++) {
        bool off = false;

        for (size_t j = 0; j < c->n_apis; j++)
            off =
                off || (is_off(&c->apis[j]) && strcmp(c->apis[j].name, p->kinds[i]->call.api) == 0);
        if (!off || is_declared(d, p->kinds[i]->call.api))
            return true;
    }
    return false;
}

struct tally {
    size_t apis, missing, not_told;
};

static struct tally count(const struct pl_doctor *d, const struct pl_gcp_check *c)
{
    struct tally t = {0};

    for (size_t i = 0; i < c->n_apis; i++)
        t.apis += api_matters(d, &c->apis[i]);
    for (size_t i = 0; i < c->n_permissions; i++) {
        bool matters = permission_matters(d, c, &c->permissions[i]);

        t.missing += matters && c->permissions[i].state == PL_GCP_MISSING;
        t.not_told += matters && c->permissions[i].state == PL_GCP_NOT_TOLD;
    }
    return t;
}

static const char *words(struct pl_arena *arena, const struct tally *t)
{
    struct pl_buf b = {0};

    if (t->missing > 0)
        pl_buf_addf(&b, "%zu permission%s missing", t->missing, t->missing == 1 ? " is" : "s are");
    if (t->not_told > 0)
        pl_buf_addf(&b, "%s%zu permission%s could not be told", b.len > 0 ? ", " : "", t->not_told,
                    t->not_told == 1 ? "" : "s");
    if (t->apis > 0)
        pl_buf_addf(&b, "%s%zu API%s not answer", b.len > 0 ? ", " : "", t->apis,
                    t->apis == 1 ? " does" : "s do");
    return pl_buf_take(&b, arena);
}

int pl_doctor_judge(const struct pl_doctor *d, const char **reason)
{
    struct tally all = {0};

    for (size_t i = 0; i < d->n_checks; i++) {
        struct tally t = count(d, &d->checks[i]);

        all.apis += t.apis;
        all.missing += t.missing;
        all.not_told += t.not_told;
    }
    *reason = words(d->arena, &all);
    if (**reason != '\0')
        return 3;
    *reason = "every API that matters answers, every permission is held";
    return 0;
}

/* ---- text ---- */

static const char *kinds_of(struct pl_arena *arena, const struct pl_gcp_permission *p)
{
    struct pl_buf b = {0};

    for (size_t i = 0; i < p->n_kinds; i++)
        pl_buf_addf(&b, "%s%s", i > 0 ? ", " : "", p->kinds[i]->name);
    return pl_buf_take(&b, arena);
}

/* "a.googleapis.com, b.googleapis.com": the APIs from `i` on that `same` says are as this one. */
static const char *names_like(const struct pl_doctor *d, const struct pl_gcp_check *c, size_t i,
                              bool (*same)(const struct pl_doctor *d, const struct pl_gcp_api *a,
                                           const struct pl_gcp_api *b))
{
    struct pl_buf b = {0};

    for (size_t j = i; j < c->n_apis; j++)
        if (same(d, &c->apis[i], &c->apis[j]))
            pl_buf_addf(&b, "%s%s", b.len > 0 ? ", " : "", c->apis[j].name);
    return pl_buf_take(&b, d->arena);
}

static bool same_trouble(const struct pl_doctor *d, const struct pl_gcp_api *a,
                         const struct pl_gcp_api *b)
{
    const char *x = a->remedy != NULL ? a->remedy : "", *y = b->remedy != NULL ? b->remedy : "";

    if (a->reason == NULL || b->reason == NULL)
        return a->reason == b->reason;
    return strcmp(a->reason, b->reason) == 0 && strcmp(x, y) == 0 &&
           api_matters(d, a) == api_matters(d, b);
}

static void say_trouble(struct pl_pen *pen, const struct pl_doctor *d, const struct pl_gcp_check *c,
                        size_t i)
{
    const struct pl_gcp_api *api = &c->apis[i];
    const char *names = names_like(d, c, i, same_trouble);

    if (api->reason == NULL) {
        pl_pen_label(pen, 4, 14, "answer");
        pl_pen_say(pen, PL_INK_PLAIN, names);
    } else if (is_off(api) && !api_matters(d, api)) {
        pl_pen_label(pen, 4, 14, "off");
        pl_pen_say(pen, PL_INK_PLAIN, names);
        pl_pen_say(pen, PL_INK_PLAIN, " (holds nothing, and nothing of it is declared)");
    } else {
        pl_pen_label(pen, 4, 14,
                     is_off(api)           ? "OFF"
                     : api_matters(d, api) ? "NO ANSWER"
                                           : "not tried");
        pl_pen_say(pen, api_matters(d, api) ? PL_INK_RED : PL_INK_PLAIN, names);
        pl_pen_say(
            pen, PL_INK_PLAIN,
            pl_arena_printf(d->arena, ": %s", api->detail != NULL ? api->detail : api->reason));
        if (api->remedy != NULL)
            pl_pen_line(pen, 14, 14, NULL, api->remedy);
    }
}

/* Those that are in the same trouble are told together, by the first of them. */
static void say_apis(struct pl_pen *pen, const struct pl_doctor *d, const struct pl_gcp_check *c)
{
    for (size_t i = 0; i < c->n_apis; i++) {
        bool told = false;

        for (size_t j = 0; j < i; j++)
            told = told || same_trouble(d, &c->apis[i], &c->apis[j]);
        if (!told)
            say_trouble(pen, d, c, i);
    }
}

static void say_held(struct pl_pen *pen, const struct pl_doctor *d, const struct pl_gcp_check *c,
                     int verbose)
{
    struct pl_buf names = {0};
    size_t held = 0;

    for (size_t i = 0; i < c->n_permissions; i++)
        if (c->permissions[i].state == PL_GCP_HELD)
            pl_buf_addf(&names, "%s%s", held++ > 0 ? ", " : ": ", c->permissions[i].name);
    if (held > 0) {
        pl_pen_label(pen, 4, 14, "held");
        pl_pen_say(pen, PL_INK_PLAIN,
                   pl_arena_printf(d->arena, "%zu of %zu permissions%s", held, c->n_permissions,
                                   verbose > 0 ? pl_buf_str(&names) : ""));
    }
    pl_buf_free(&names);
}

static void say_permissions(struct pl_pen *pen, const struct pl_doctor *d,
                            const struct pl_gcp_check *c, int verbose)
{
    say_held(pen, d, c, verbose);
    if (c->reason != NULL) {
        pl_pen_label(pen, 4, 14, "not told");
        pl_pen_say(pen, PL_INK_PLAIN,
                   pl_arena_printf(d->arena, "which permissions are held: %s", c->detail));
    }
    for (size_t i = 0; i < c->n_permissions; i++) {
        const struct pl_gcp_permission *p = &c->permissions[i];
        bool matters = permission_matters(d, c, p);

        if (p->state == PL_GCP_HELD || (p->state == PL_GCP_NOT_TOLD && c->reason != NULL))
            continue;
        if (p->state == PL_GCP_NOT_TOLD) {
            pl_pen_label(pen, 4, 14, "not told");
            pl_pen_say(pen, PL_INK_PLAIN, p->name);
            pl_pen_say(pen, PL_INK_PLAIN, ": Google does not answer for a project");
            continue;
        }
        pl_pen_label(pen, 4, 14, matters ? "MISSING" : "missing");
        pl_pen_say(pen, matters ? PL_INK_RED : PL_INK_PLAIN, p->name);
        pl_pen_say(pen, PL_INK_PLAIN,
                   matters || p->use != NULL
                       ? pl_arena_printf(d->arena, " for %s; %s has it%s",
                                         matters ? kinds_of(d->arena, p) : p->use, p->role,
                                         matters ? "" : " (a run gets on without)")
                       : " (its API is off, and nothing of it is declared)");
    }
}

static const char *shell(struct pl_arena *arena, const char *word)
{
    struct pl_buf b = {0};

    pl_escape_shell(&b, word);
    return pl_buf_take(&b, arena);
}

static void say_binding(struct pl_pen *pen, struct pl_arena *arena, const struct pl_gcp_check *c)
{
    const char *project = shell(arena, c->project);
    const char *role =
        shell(arena, pl_arena_printf(arena, "projects/%s/roles/" ROLE_ID, c->project));

    pl_pen_line(pen, 4, 4, NULL,
                pl_arena_printf(arena,
                                "gcloud iam roles create " ROLE_ID " --project %s --file role.yaml",
                                project));
    /* Without --condition gcloud asks back where the policy has conditions. */
    pl_pen_line(pen, 4, 4, NULL,
                pl_arena_printf(arena,
                                "gcloud projects add-iam-policy-binding %s --role %s --member %s "
                                "--condition None",
                                project, role,
                                c->member != NULL ? shell(arena, c->member) : "MEMBER"));
}

static void say_what_to_do(struct pl_pen *pen, const struct pl_doctor *d)
{
    bool said = false;

    for (size_t i = 0; i < d->n_checks; i++) {
        if (count(d, &d->checks[i]).missing == 0)
            continue;
        if (!said) {
            pl_pen_heading(pen, "WHAT TO DO", " - as somebody who may manage roles");
            pl_pen_line(pen, 4, 4, NULL,
                        pl_arena_printf(d->arena, "%s --role role.yaml", d->command));
        }
        said = true;
        say_binding(pen, d->arena, &d->checks[i]);
    }
}

void pl_report_doctor_text(struct pl_buf *out, const struct pl_doctor *d,
                           const struct pl_report_style *style)
{
    struct pl_pen pen;
    const char *reason;
    int status = pl_doctor_judge(d, &reason);

    pl_pen_start(&pen, out, style);
    pl_pen_begin(&pen, 0, 4);
    pl_pen_say(&pen, status == 0 ? PL_INK_GREEN : PL_INK_RED,
               status == 0 ? "READY: " : "INCOMPLETE: ");
    pl_pen_say(&pen, PL_INK_PLAIN,
               pl_arena_printf(d->arena, "%s (exit status %d)", reason, status));
    pl_pen_gap(&pen);
    pl_pen_label(&pen, 0, 14, "asked as");
    pl_pen_say(&pen, PL_INK_PLAIN, d->identity);
    pl_pen_label(&pen, 0, 14, "asked for");
    pl_pen_say(&pen, PL_INK_PLAIN, d->what);
    for (size_t i = 0; i < d->n_checks; i++) {
        struct tally t = count(d, &d->checks[i]);
        const char *more = words(d->arena, &t);

        pl_pen_heading(
            &pen, pl_arena_printf(d->arena, "PROJECT %s", d->checks[i].project),
            pl_arena_printf(d->arena, " - %s", *more != '\0' ? more : "nothing is missing"));
        say_apis(&pen, d, &d->checks[i]);
        say_permissions(&pen, d, &d->checks[i], style->verbose);
    }
    say_what_to_do(&pen, d);
    if (style->verbose >= 0) {
        pl_pen_heading(&pen, "NOT CHECKED", NULL);
        for (size_t i = 0; i < n_not_checked(d); i++) {
            pl_pen_begin(&pen, 4, 8);
            pl_pen_say(&pen, PL_INK_PLAIN, not_checked[i]);
        }
    }
    pl_pen_finish(&pen);
}

/* ---- JSON ---- */

static void emit_apis(struct pl_emit *e, const struct pl_doctor *d, const struct pl_gcp_check *c)
{
    pl_emit_open(e, "apis", '[');
    for (size_t i = 0; i < c->n_apis; i++) {
        const struct pl_gcp_api *api = &c->apis[i];

        pl_emit_open(e, NULL, '{');
        pl_emit_text(e, "api", api->name);
        pl_emit_bool(e, "answers", api->reason == NULL);
        pl_emit_bool(e, "matters", api_matters(d, api));
        pl_emit_text(e, "reason", api->reason);
        pl_emit_text(e, "detail", api->detail);
        pl_emit_text(e, "remedy", api->remedy);
        pl_emit_close(e, '}');
    }
    pl_emit_close(e, ']');
}

static void emit_permissions(struct pl_emit *e, const struct pl_doctor *d,
                             const struct pl_gcp_check *c)
{
    static const char *const states[] = {
        [PL_GCP_NOT_TOLD] = "unknown", [PL_GCP_HELD] = "held", [PL_GCP_MISSING] = "missing"};

    pl_emit_open(e, "permissions", '[');
    for (size_t i = 0; i < c->n_permissions; i++) {
        const struct pl_gcp_permission *p = &c->permissions[i];
        const char **names = pl_arena_array(d->arena, p->n_kinds + 1, sizeof *names);

        for (size_t k = 0; k < p->n_kinds; k++)
            names[k] = p->kinds[k]->name;
        pl_emit_open(e, NULL, '{');
        pl_emit_text(e, "permission", p->name);
        pl_emit_text(e, "state", states[p->state]);
        pl_emit_bool(e, "matters", permission_matters(d, c, p));
        pl_emit_text(e, "role", p->role);
        pl_emit_text(e, "use", p->use);
        pl_emit_texts(e, "kinds", names, p->n_kinds);
        pl_emit_close(e, '}');
    }
    pl_emit_close(e, ']');
}

void pl_report_doctor_json(struct pl_buf *out, const struct pl_doctor *d)
{
    struct pl_emit e = {.first = true};
    const char *reason;
    int status = pl_doctor_judge(d, &reason);

    pl_emit_open(&e, NULL, '{');
    pl_emit_text(&e, "format_version", "1.0");
    pl_emit_open(&e, "result", '{');
    pl_emit_int(&e, "exit_status", status);
    pl_emit_text(&e, "reason", reason);
    pl_emit_close(&e, '}');
    pl_emit_text(&e, "asked_as", d->identity);
    pl_emit_text(&e, "asked_for", d->what);
    pl_emit_open(&e, "projects", '[');
    for (size_t i = 0; i < d->n_checks; i++) {
        const struct pl_gcp_check *c = &d->checks[i];

        pl_emit_open(&e, NULL, '{');
        pl_emit_text(&e, "project", c->project);
        pl_emit_text(&e, "member", c->member);
        pl_emit_text(&e, "not_told", c->reason);
        pl_emit_text(&e, "detail", c->detail);
        emit_apis(&e, d, c);
        emit_permissions(&e, d, c);
        pl_emit_close(&e, '}');
    }
    pl_emit_close(&e, ']');
    pl_emit_texts(&e, "not_checked", not_checked, n_not_checked(d));
    pl_emit_close(&e, '}');
    pl_emit_finish(&e, out);
}

/* ---- the role ---- */

/* What observing takes; every project is asked about the same kinds. */
void pl_report_doctor_role(struct pl_buf *out, const struct pl_doctor *d)
{
    pl_buf_adds(out, "title: plumbline reader\n"
                     "description: What plumbline reads, and nothing else\n"
                     "stage: GA\n"
                     "includedPermissions:\n");
    for (size_t i = 0; d->n_checks > 0 && i < d->checks[0].n_permissions; i++)
        if (d->checks[0].permissions[i].use == NULL)
            pl_buf_addf(out, "- %s\n", d->checks[0].permissions[i].name);
}
