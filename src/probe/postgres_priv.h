/* postgres_priv.h - a server's messages of a login, looked at before libpq reads them.
 */
#ifndef PROBE_POSTGRES_PRIV_H
#define PROBE_POSTGRES_PRIV_H

#include "probe_priv.h"

/* Is no request for authentication broken off at the end of the bytes? *rounds: what a SASLContinue among them asks for, 0 where there is none. */
bool pl_pg_look(const unsigned char *bytes, size_t n, int64_t *rounds);

#endif
