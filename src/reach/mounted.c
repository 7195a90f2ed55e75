/* mounted.c - files of mounted secrets: what a variable such as DB_PASSWORD_FILE names in the container that it is of.
 *
 * A volume shows each item under its path; without items one file, named as the secret, of the newest version
 * (https://cloud.google.com/run/docs/reference/rest/v2/Container#SecretVolumeSource).
 */
#include <string.h>

#include "wiring_priv.h"

/* What comes behind a mount's path in a file's; NULL: the file is not in it. */
static const char *inside(const char *file, const char *mount)
{
    size_t len = mount ? strlen(mount) : 0;
    while (len > 0 && mount[len - 1] == '/')
        len--;
    return len > 0 && strncmp(file, mount, len) == 0 && file[len] == '/' ? file + len + 1 : NULL;
}

static bool find_item(const struct pl_value *source, const char *file, struct pl_secret_ref *out)
{
    const struct pl_value *items = pl_value_member(source, "items");
    const char *secret = pl_value_member_text(source, "secret");
    if (!secret)
        return false;
    *out = (struct pl_secret_ref){secret, "latest"};
    if (pl_value_count(items) == 0)
        return strcmp(file, pl_link_last(secret)) == 0; /* it may be written with its project */
    for (size_t i = 0; i < pl_value_count(items); i++) {
        const char *path = pl_value_member_text(pl_value_item(items, i), "path");
        if (!path || strcmp(path, file) != 0)
            continue;
        out->version = pl_value_member_text(pl_value_item(items, i), "version");
        return true;
    }
    return false;
}

bool pl_mounted_secret(const struct pl_value *volumes, const struct pl_value *container,
                       const char *file, struct pl_secret_ref *out)
{
    const struct pl_value *mounts = pl_value_member(container, "volumeMounts");
    for (size_t i = 0; i < pl_value_count(mounts); i++) {
        const struct pl_value *mount = pl_value_item(mounts, i);
        const char *rest = inside(file, pl_value_member_text(mount, "mountPath"));
        const struct pl_value *volume =
            rest ? pl_value_named(volumes, pl_value_member_text(mount, "name")) : NULL;
        if (volume && find_item(pl_value_member(volume, "secret"), rest, out))
            return true;
    }
    return false;
}
