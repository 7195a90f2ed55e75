/* cmd_init.c - writes a baseline from what is observed, and never over one that is there.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli_priv.h"
#include "plumbline/file.h"
#include "plumbline/init.h"
#include "plumbline/log.h"
#include "plumbline/terraform.h"

static const char *file_of(const struct pl_options *o)
{
    return o->words.n > 0 ? o->words.list[0] : "-";
}

static void tell(const struct pl_session *s, const struct pl_init_count *n, size_t missed)
{
    const char *file = file_of(s->options);
    bool to_file = strcmp(file, "-") != 0;

    if (s->options->verbose < 0)
        return;
    fprintf(stderr, "plumbline: %zu %s and %zu %s declared", n->resources,
            n->resources == 1 ? "resource" : "resources", n->connections,
            n->connections == 1 ? "connection" : "connections");
    if (n->doubtful > 0)
        fprintf(stderr, ", %zu more %s as comments: the model does not find them open", n->doubtful,
                n->doubtful == 1 ? "connection" : "connections");
    if (n->left_out > 0)
        fprintf(stderr, "; %zu %s left out", n->left_out, n->left_out == 1 ? "secret" : "secrets");
    if (missed > 0)
        fprintf(stderr, "; %zu %s not be observed, the last lines say which", missed,
                missed == 1 ? "thing could" : "things could");
    if (to_file)
        fprintf(stderr, "\nplumbline: look at each `# decide:`, then: plumbline audit -b %s", file);
    fputc('\n', stderr);
}

static int read_terraform(struct pl_session *s, struct pl_err *err)
{
    const char *path = s->options->terraform;
    const char *name = strcmp(path, "-") == 0 ? "<stdin>" : path;
    const struct pl_texts *projects = &s->options->projects;
    struct pl_terraform_count n = {0};
    size_t len = 0;
    char *text = pl_file_read(s->arena, path, PL_TERRAFORM_MAX_BYTES, &len, err);

    s->world = text ? pl_terraform_read(s->arena, name, text, len,
                                        projects->n ? projects->list[0] : NULL, &n, err)
                    : NULL;
    if (!s->world)
        return pl_err_wrap(err, "--from-terraform");
    s->run.source = pl_arena_printf(s->arena, "Terraform's state %s", name);
    if (n.unread > 0)
        pl_log(
            PL_LOG_WARN,
            "%zu %s of the state could not be placed: without a project (give --project), or part "
            "of something that is not in it",
            n.unread, n.unread == 1 ? "resource" : "resources");
    pl_log(PL_LOG_INFO, "%zu resources taken from the state, %zu are of other types", n.taken,
           n.others);
    return 0;
}

static int look(struct pl_session *s, struct pl_err *err)
{
    if (s->options->terraform)
        return read_terraform(s, err);
    return pl_session_baseline(s, false, err) < 0 ? -1 : pl_session_observe(s, err);
}

static int steps(struct pl_session *s, struct pl_err *err)
{
    struct pl_init_input input = {0};
    struct pl_init_count count = {0};
    struct pl_buf b = {0};
    size_t missed = 0;
    int status;

    if (look(s, err) < 0)
        return -1;
    input.partial = s->options->terraform != NULL;
    input.world = s->world;
    input.source = s->run.source;
    status = pl_init_write(s->arena, &b, &input, &count, err);
    if (status == 0)
        status = pl_file_write(file_of(s->options), pl_buf_str(&b), b.len, 0644, err);
    pl_buf_free(&b);
    if (status < 0)
        return -1;
    missed = input.partial ? 0 : pl_count_missed(s->world);
    tell(s, &count, missed);
    return missed > 0 ? PL_EXIT_UNKNOWN : PL_EXIT_OK;
}

int pl_cmd_init(struct pl_options *options, struct pl_err *err)
{
    const char *file = file_of(options);

    if (options->words.n > 1)
        return pl_err_set(err, PL_E_USAGE, "init writes one FILE, got '%s', too",
                          options->words.list[1]);
    if (options->terraform && options->snapshot)
        return pl_err_set(err, PL_E_USAGE, "init reads a --snapshot or --from-terraform, not both");
    if (options->snapshot && options->projects.n > 0)
        return pl_err_set(err, PL_E_USAGE,
                          "init reads a --snapshot or observes a --project, not both");
    if (pl_output_check(options->arena, file, err) < 0)
        return -1;
    if (strcmp(file, "-") != 0 && !options->force && access(file, F_OK) == 0)
        return pl_err_set(err, PL_E_IO, "%s is there already: choose another name, or --force",
                          file);
    return pl_session_run(options, "init", steps, err);
}
