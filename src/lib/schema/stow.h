/* SPDX-License-Identifier: MIT
 *
 * What is known about more tables than fit into memory: in an unlinked
 * temporary file, by name.  Memory is 32 to 64 bytes for each.
 */
#ifndef SCHEMA_STOW_H
#define SCHEMA_STOW_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/span.h"

/* A zeroed struct is empty. */
struct stow {
	int fd1;                /* + 1; 0: there is no file yet */
	struct hash places;     /* in the file, by name */
	uint64_t end, dead;     /* bytes of the file, and those not needed */
	bool broken;            /* it cannot be written */
};

void stow_clear(struct stow *s);

/* Put bytes away under a name that has none there; false if they cannot
 * be. */
bool stow_put(struct stow *s, struct span key, struct span bytes);

/* Take them back, once; false if there are none. */
bool stow_take(struct stow *s, struct span key, struct buf *bytes);

#endif
