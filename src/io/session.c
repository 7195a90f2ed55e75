/* session.c - TLS sessions: a further connection to a host goes on with the session of the one before, without certificates.
 *
 * A share of libcurl's holds eight sessions, and an estate is read from more hosts: so each host has a share. They live as long as the loop.
 */
#include <string.h>

#include "io_priv.h"

struct io_sessions {
    struct io_sessions *next;
    char *origin; /* "https://host:port" */
    CURLSH *share;
};

static struct io_sessions *new_sessions(const char *origin, size_t len)
{
    struct io_sessions *s = pl_xrealloc(NULL, sizeof *s);

    *s = (struct io_sessions){.origin = pl_xrealloc(NULL, len + 1), .share = curl_share_init()};
    if (s->share == NULL)
        pl_oom(0);
    memcpy(s->origin, origin, len);
    s->origin[len] = '\0';
    /* One loop is one thread: nothing is locked. */
    (void)curl_share_setopt(s->share, CURLSHOPT_SHARE, CURL_LOCK_DATA_SSL_SESSION);
    return s;
}

CURLSH *io_sessions_of(struct io_sessions **all, const char *url)
{
    const char *host = strstr(url, "://");
    size_t len = host != NULL ? (size_t)(host + 3 - url) + strcspn(host + 3, "/?#") : strlen(url);
    struct io_sessions *s = *all;

    while (s != NULL && (strncmp(s->origin, url, len) != 0 || s->origin[len] != '\0'))
        s = s->next;
    if (s == NULL) {
        s = new_sessions(url, len);
        s->next = *all;
        *all = s;
    }
    return s->share;
}

void io_sessions_free(struct io_sessions *all)
{
    while (all != NULL) {
        struct io_sessions *next = all->next;

        (void)curl_share_cleanup(all->share);
        pl_xfree(all->origin);
        pl_xfree(all);
        all = next;
    }
}
