/* secrets.c - --read-secrets: reads what the chosen connections are wired by, and lays descriptions of it into the world.
 *
 * Without the option nothing here happens. What cannot be read is a gap like any other.
 */
#include "cli_priv.h"
#include "plumbline/log.h"
#include "plumbline/reach.h"

static void lay_in(struct pl_session *s, const struct pl_gcp_secret *secrets, size_t n)
{
    struct pl_world_builder *b = pl_world_builder_from(s->arena, s->world);
    for (size_t i = 0; i < n; i++) {
        if (secrets[i].description)
            pl_world_add_secret(b, &secrets[i].address, secrets[i].description);
        else
            pl_world_add_unobserved(b, &secrets[i].gap);
    }
    s->world = pl_world_build(b);
}

int pl_session_secrets(struct pl_session *s, struct pl_err *err)
{
    if (!s->options->read_secrets)
        return 0;
    if (s->options->snapshot) {
        pl_log(PL_LOG_WARN, "--read-secrets compares nothing here: a snapshot holds no secret "
                            "values; without --snapshot they are read");
        return 0;
    }
    size_t n_connections = s->n_connections + s->n_extra, n = 0;
    const struct pl_connection **connections =
        pl_arena_array(s->arena, n_connections + 1, sizeof(*connections));
    for (size_t i = 0; i < n_connections; i++)
        connections[i] = pl_session_connection(s, i);
    const struct pl_address *list = pl_reach_secrets(s->arena, pl_view_new(s->arena, s->world),
                                                     connections, n_connections, s->baseline, &n);
    struct pl_gcp_secret *secrets = pl_arena_array(s->arena, n + 1, sizeof(*secrets));
    for (size_t i = 0; i < n; i++)
        secrets[i].address = list[i];
    struct pl_texts projects = {0};
    struct pl_gcp_options gcp;
    if (n > 0 && (pl_session_projects(s, &projects, err) < 0 ||
                  pl_session_gcp(s, &projects, &gcp, err) < 0 ||
                  pl_gcp_read_secrets(s->arena, s->loop, &gcp, secrets, n, err) < 0))
        return pl_err_wrap(err, "--read-secrets");
    pl_log(PL_LOG_INFO, "--read-secrets: %zu values of secrets looked at", n);
    if (n > 0)
        lay_in(s, secrets, n);
    return 0;
}
