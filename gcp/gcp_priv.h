/* gcp_priv.h - what the files of gcp/ share with each other and with nobody else.
 *
 * Layers, lowest first: the catalogue (kinds.c and one file a kind), errors.c (what an answer means), auth*.c (tokens), request.c
 * (the one place that builds a request), retry.c (when to try again), transport.c (one call until it is answered), listing.c
 * (pages), observe.c (which calls, in which order).
 */
#ifndef GCP_PRIV_H
#define GCP_PRIV_H

#include "plumbline/gcp.h"
#include "plumbline/http.h"
#include "plumbline/kind.h"

#endif
