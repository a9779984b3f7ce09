/* SPDX-License-Identifier: MIT
 *
 * The bytes of a transaction, kept until its end is known: in memory up to a
 * limit, then in an unlinked temporary file.  They can be read again from any
 * offset.
 */
#ifndef BASE_SPILL_H
#define BASE_SPILL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

struct spill {
	size_t limit;           /* bytes of memory */
	struct buf memory;      /* all, or none once there is a file */
	int fd;                 /* -1: none yet */
	bool filed;             /* the bytes are in fd */
	uint64_t n;
	struct buf again;       /* what was read from fd … */
	uint64_t again_at;      /* … at this place */
};

void spill_open(struct spill *h, size_t limit);
void spill_close(struct spill *h);
void spill_clear(struct spill *h);
int spill_add(struct spill *h, const void *p, size_t n, struct err *err);

/* n bytes at off, borrowed until the next call. */
int spill_read(struct spill *h, uint64_t off, size_t n, const uint8_t **p,
    struct err *err);

#endif
