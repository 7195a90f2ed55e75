/* fd_priv.h - what files and spools share: all bytes or none of a descriptor. */
#ifndef FD_PRIV_H
#define FD_PRIV_H

#include <stddef.h>

/* file.c: writes it all, whatever the kernel takes at once; -1 and errno. */
int io_write_all(int fd, const char *bytes, size_t len);

#endif
