/* SPDX-License-Identifier: MIT
 *
 * The bytes of many owners, kept for a long time: some in memory, the rest in
 * blocks of one unlinked temporary file, however many owners there are.
 */
#ifndef BASE_SPOOL_H
#define BASE_SPOOL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

struct spool {
	size_t limit;           /* bytes of settled owners in memory */
	size_t held;
	int fd;                 /* -1: none yet */
	uint32_t nblocks;       /* of the file … */
	uint32_t *vacant;       /* … and those that are free */
	size_t nvacant, vacant_cap;
	struct buf again;       /* what was read last: … */
	const struct spooled *of;       /* … of this owner, from `from` on */
	uint64_t from;
};

/* An owner's; a zeroed struct has none. */
struct spooled {
	uint32_t *blocks;       /* each full, but the last of a settled one */
	size_t nblocks;
	struct buf tail;        /* what is after them */
	uint64_t n;             /* in all */
	bool settled;
};

void spool_open(struct spool *spool, size_t limit);
void spool_close(struct spool *spool);

/* Append; not to one that is settled. */
int spool_add(struct spool *spool, struct spooled *s, const void *p, size_t n,
    struct err *err);

/* No more comes: it stays in memory if it fits. */
int spool_settle(struct spool *spool, struct spooled *s, struct err *err);

/* n bytes at off, borrowed until the next call. */
int spool_read(struct spool *spool, const struct spooled *s, uint64_t off,
    size_t n, const uint8_t **p, struct err *err);

/* Its place is free for others. */
void spool_drop(struct spool *spool, struct spooled *s);

#endif
