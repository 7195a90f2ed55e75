/* cmd_doctor.c - may we look, and at what: credentials, APIs, permissions, and the role that would be enough.
 */
#include <string.h>

#include "cli_priv.h"
#include "plumbline/escape.h"
#include "plumbline/file.h"
#include "plumbline/gcp.h"
#include "plumbline/needs.h"

/* What was typed, for a command that is to be typed again. */
static const char *command_of(struct pl_session *s)
{
    struct pl_buf b = {0};
    const struct pl_options *o = s->options;

    pl_buf_adds(&b, "plumbline doctor");
    for (size_t i = 0; i < o->baselines.n; i++) {
        pl_buf_adds(&b, " -b ");
        pl_escape_shell(&b, o->baselines.list[i]);
    }
    for (size_t i = 0; i < o->projects.n; i++) {
        pl_buf_adds(&b, " --project ");
        pl_escape_shell(&b, o->projects.list[i]);
    }
    if (o->read_secrets)
        pl_buf_adds(&b, " --read-secrets");
    return pl_buf_take(&b, s->arena);
}

/* Of which kinds a run takes whole bodies; of the others it asks for fields (explain-field). */
static void add_whole(struct pl_buf *out, const struct pl_needs *needs)
{
    size_t n = 0, masked, told = 0;
    const struct pl_kind *const *kinds = pl_needs_kinds(needs, &n);

    pl_buf_adds(out, "; of each kind those fields alone");
    for (size_t i = 0; i < n; i++)
        if (kinds[i]->schema != NULL && pl_needs_asked(needs, kinds[i], &masked) == NULL)
            pl_buf_addf(out, "%s%s", told++ > 0 ? ", " : ", but the whole of ", kinds[i]->name);
    pl_buf_adds(out, " (`plumbline explain-field KIND:PATH` tells of one)");
}

static const char *what_of(struct pl_session *s, const struct pl_needs *needs)
{
    struct pl_buf b = {0};

    if (s->options->baselines.n == 0)
        return "every kind that this program knows; with -b only what that baseline needs";
    pl_buf_adds(&b, "the path model, and what is declared in ");
    for (size_t i = 0; i < s->baseline->n_files; i++)
        pl_buf_addf(&b, "%s%s", i > 0 ? ", " : "", s->baseline->files[i]->name);
    add_whole(&b, needs);
    return pl_buf_take(&b, s->arena);
}

static void find_declared(struct pl_session *s, struct pl_doctor *d)
{
    const struct pl_baseline *b = s->baseline;
    const struct pl_kind **kinds = pl_arena_array(s->arena, b->n_resources + 1, sizeof(*kinds));

    for (size_t i = 0; i < b->n_resources; i++)
        if (b->resources[i].expect->match != PL_M_ABSENT)
            kinds[d->n_declared++] = b->resources[i].address.kind;
    d->declared = kinds;
}

static int write_doctor(struct pl_session *s, const struct pl_doctor *d, struct pl_err *err)
{
    const struct pl_options *o = s->options;
    const struct pl_output text = {.writer = pl_report_find("text"), .path = "-"};
    bool role_alone = o->role && strcmp(o->role, "-") == 0 && o->n_outputs == 0;
    const struct pl_output *outputs = o->n_outputs ? o->outputs : &text;
    size_t n = o->n_outputs ? o->n_outputs : role_alone ? 0 : 1;
    struct pl_buf b = {0};
    int status = 0;

    for (size_t i = 0; status == 0 && i < n; i++) {
        struct pl_report_style style = pl_style(o, strcmp(outputs[i].path, "-") == 0);
        pl_buf_clear(&b);
        if (strcmp(outputs[i].writer->name, "json") == 0)
            pl_report_doctor_json(&b, d);
        else
            pl_report_doctor_text(&b, d, &style);
        status = pl_file_write(outputs[i].path, pl_buf_str(&b), b.len, 0644, err);
    }
    if (status == 0 && o->role) {
        pl_buf_clear(&b);
        pl_report_doctor_role(&b, d);
        status = pl_file_write(o->role, pl_buf_str(&b), b.len, 0644, err);
    }
    pl_buf_free(&b);
    return status;
}

/* Every call was refused because of who asks: nothing was learnt about the projects. */
static int check_accepted(const struct pl_doctor *d, struct pl_err *err)
{
    for (size_t i = 0; i < d->n_checks; i++)
        if (!d->checks[i].reason || strcmp(d->checks[i].reason, "auth") != 0)
            return 0;
    return pl_err_set(err, PL_E_AUTH, "Google does not accept the %s: %s", d->identity,
                      d->checks[0].detail);
}

static int steps(struct pl_session *s, struct pl_err *err)
{
    struct pl_texts projects = {0};
    struct pl_gcp_options gcp = {0};
    struct pl_doctor d = {.arena = s->arena};
    const char *reason;

    if (pl_session_baseline(s, false, err) < 0 || pl_session_projects(s, &projects, err) < 0 ||
        pl_session_gcp(s, &projects, &gcp, err) < 0)
        return -1;
    if (s->options->baselines.n > 0) {
        gcp.needs = pl_session_needs(s);
        gcp.kinds = pl_needs_kinds(gcp.needs, &gcp.n_kinds);
    }
    gcp.secrets = d.secrets = s->options->read_secrets;
    d.identity = pl_gcp_identity(s->arena, s->loop, &gcp, err);
    if (!d.identity)
        return pl_err_wrap(err, "credentials");
    d.checks = pl_gcp_check(s->arena, s->loop, &gcp, err);
    if (!d.checks)
        return pl_err_wrap(err, "asking Google as %s", d.identity);
    d.n_checks = projects.n;
    d.command = command_of(s);
    d.what = what_of(s, gcp.needs);
    find_declared(s, &d);
    if (check_accepted(&d, err) < 0 || write_doctor(s, &d, err) < 0)
        return -1;
    return pl_doctor_judge(&d, &reason);
}

int pl_cmd_doctor(struct pl_options *options, struct pl_err *err)
{
    if (options->words.n > 0)
        return pl_err_set(err, PL_E_USAGE, "doctor takes no word '%s'; a baseline is given by -b",
                          options->words.list[0]);
    for (size_t i = 0; i < options->n_outputs; i++) {
        const char *name = options->outputs[i].writer->name;
        if (strcmp(name, "text") != 0 && strcmp(name, "json") != 0)
            return pl_err_set(err, PL_E_USAGE, "doctor writes text and json, not %s", name);
        if (options->role && strcmp(options->role, options->outputs[i].path) == 0)
            return pl_err_set(err, PL_E_USAGE, "--role and --output would both go to %s",
                              strcmp(options->role, "-") == 0 ? "standard output" : options->role);
    }
    if (options->role && pl_output_check(options->arena, options->role, err) < 0)
        return pl_err_wrap(err, "--role");
    return pl_session_run(options, "doctor", steps, err);
}
