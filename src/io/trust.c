/* trust.c - which certificates are trusted: those that somebody names, else the system's.
 *
 * OpenSSL 3.0 takes 0.18 ms for each certificate of a file, and a system has some 140. In a folder that `openssl rehash` has been through, as
 * Debian's own, it looks for the one that a chain asks for: X509_LOOKUP_hash_dir(3).
 */
#include <ctype.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "io_priv.h"

static const char *named(const char *variable)
{
    const char *value = getenv(variable);

    return value != NULL && *value != '\0' ? value : NULL;
}

/* Any name that is a hash and a number: "1001acf7.0". */
static bool is_hashed(const char *path)
{
    DIR *folder = opendir(path);
    bool found = false;

    for (struct dirent *e; folder != NULL && !found && (e = readdir(folder)) != NULL;)
        found = strspn(e->d_name, "0123456789abcdef") == 8 && e->d_name[8] == '.' &&
                isdigit((unsigned char)e->d_name[9]);
    if (folder != NULL)
        (void)closedir(folder);
    return found;
}

struct io_trust io_trust_of(const char *file, const char *folder)
{
    if (is_hashed(folder))
        return (struct io_trust){.folder = folder};
    return (struct io_trust){.file = file};
}

struct io_trust io_trust(void)
{
    static struct io_trust system; /* asked with every request */
    const char *file = named("SSL_CERT_FILE");

    if (file == NULL)
        file = named("CLOUDSDK_CORE_CUSTOM_CA_CERTS_FILE");
    if (file != NULL)
        return (struct io_trust){.file = file};
    if (named("SSL_CERT_DIR") != NULL)
        return (struct io_trust){.folder = named("SSL_CERT_DIR")};
    if (system.file == NULL && system.folder == NULL)
        system = io_trust_of("/etc/ssl/certs/ca-certificates.crt", "/etc/ssl/certs");
    return system;
}
