/* universe.c - which cloud is asked: Google's own, or one that a partner runs under another domain
 * (https://cloud.google.com/docs/authentication/universe-domain).
 *
 * Everywhere else hosts are named as Google's own cloud names them; here they get the domain of the universe, and lose it again. The
 * environment alone says which universe it is. A credential file must agree: whoever could write one must not choose where tokens go.
 */
#include "gcp_priv.h"

#include <stdlib.h>
#include <string.h>

#define GOOGLE "googleapis.com"

static const char *const names[] = {"GOOGLE_CLOUD_UNIVERSE_DOMAIN",
                                    "CLOUDSDK_CORE_UNIVERSE_DOMAIN"};

/* The variable that counts, or NULL. */
static const char *variable(void)
{
    for (size_t i = 0; i < PL_LEN(names); i++) {
        const char *value = getenv(names[i]);

        if (value != NULL && *value != '\0')
            return names[i];
    }
    return NULL;
}

const char *pl_gcp_universe(void)
{
    const char *name = variable();

    return name != NULL ? getenv(name) : GOOGLE;
}

bool pl_gcp_universe_is_googles(void)
{
    return strcmp(pl_gcp_universe(), GOOGLE) == 0;
}

int pl_gcp_universe_check(struct pl_err *err)
{
    const char *domain = pl_gcp_universe();
    size_t len = strspn(domain, "abcdefghijklmnopqrstuvwxyz0123456789-.");

    if (len < 200 && domain[len] == '\0' && strchr(domain, '.') != NULL && domain[0] != '.' &&
        domain[len - 1] != '.' && strstr(domain, "..") == NULL)
        return 0;
    return pl_err_set(err, PL_E_USAGE,
                      "%s wants a domain in lower case such as example.cloud, without a scheme",
                      variable());
}

int pl_gcp_universe_agrees(struct pl_arena *arena, const char *file, const char *domain,
                           struct pl_err *err)
{
    if (domain == NULL || *domain == '\0')
        domain = GOOGLE;
    if (strcmp(domain, pl_gcp_universe()) == 0)
        return 0;
    domain = pl_gcp_quote(arena, domain);
    if (variable() == NULL)
        return pl_err_set(err, PL_E_AUTH,
                          "%s: universe_domain is '%.100s', and nothing says that this cloud is "
                          "meant; set GOOGLE_CLOUD_UNIVERSE_DOMAIN=%.100s if it is",
                          file, domain, domain);
    return pl_err_set(err, PL_E_AUTH, "%s: universe_domain is '%.100s', but %s is '%.100s'", file,
                      domain, variable(), pl_gcp_universe());
}

/* `host` with the domain `to` in the place of `from`; NULL where it has another. */
static char *moved(struct pl_arena *arena, const char *host, const char *from, const char *to)
{
    size_t len = strlen(host), end = strlen(from);

    if (len <= end + 1 || host[len - end - 1] != '.' || strcmp(host + len - end, from) != 0)
        return NULL;
    return pl_arena_printf(arena, "%.*s%s", (int)(len - end), host, to);
}

const char *pl_gcp_universe_host(struct pl_arena *arena, const char *host)
{
    char *there = moved(arena, host, GOOGLE, pl_gcp_universe());

    return there != NULL ? there : host;
}

const char *pl_gcp_universe_name(struct pl_arena *arena, const char *host)
{
    char *here = moved(arena, host, pl_gcp_universe(), GOOGLE);

    return here != NULL ? here : host;
}
