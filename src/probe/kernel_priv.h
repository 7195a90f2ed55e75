/* kernel_priv.h - what the kernel knows of a TCP connection (TCP_INFO, tcp(7)).
 */
#ifndef PROBE_KERNEL_PRIV_H
#define PROBE_KERNEL_PRIV_H

#include <stdint.h>

/* The round trip as it was measured once; 0 where it was not: no TCP, or something had to be sent again, which tells nothing. */
int64_t pl_kernel_rtt_ns(int fd);
/* Bytes that the peer has sent; 0 where that is not known: no TCP. */
int64_t pl_kernel_received(int fd);

#endif
