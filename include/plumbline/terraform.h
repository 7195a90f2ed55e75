/* plumbline/terraform.h [floor 3: src/deploy] - Terraform's state as a world: our kinds, Google's field names.
 *
 * Reads the output of `terraform show -json` and raw state of version 4. What Terraform marks as sensitive becomes a redaction mark before
 * anything else sees it. The world is a part of an estate: what is not in it is not known.
 */
#ifndef PLUMBLINE_TERRAFORM_H
#define PLUMBLINE_TERRAFORM_H

#include "plumbline/world.h"

enum { PL_TERRAFORM_MAX_BYTES = 256 << 20 };

struct pl_terraform_count {
    size_t taken;  /* resources that became one of ours, or a part of one */
    size_t others; /* resources of other types and providers */
    size_t
        unread; /* of ours, but without a name, a project or the resource that they are a part of */
};

/* `name` for messages, `project` where a resource names none (or NULL). NULL and err where the text is no state, or holds nothing of
 * ours; errors never quote the text. */
const struct pl_world *pl_terraform_read(struct pl_arena *arena, const char *name, const char *text,
                                         size_t len, const char *project,
                                         struct pl_terraform_count *count,
                                         struct pl_err *err) PL_MUST_USE;

#endif
