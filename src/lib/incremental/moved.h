/* SPDX-License-Identifier: MIT
 *
 * Rows that moved to another key while their table was copied, and that the log
 * does not contain in full (binlog_row_image).  One may have moved from the
 * part still to be read to the part already read; a sink that never had it
 * cannot build it from the log.  So their new keys are kept, as
 * copy/resume_key.h writes keys, and they are read once more.
 */
#ifndef INCREMENTAL_MOVED_H
#define INCREMENTAL_MOVED_H

#include "base/buf.h"

/* One that grows beyond this is not worth keeping: every heartbeat has it. */
enum { MOVED_BYTES = 64 << 10 };

struct moved {
	struct buf keys;                /* elements of a JSON array */
	size_t n;
};

/* Take in an array of JSON, false where it is none; append the list as one. */
bool moved_load(struct moved *m, struct span array);
void moved_put(const struct moved *m, struct buf *out);

void moved_add(struct moved *m, struct span key);
bool moved_has(const struct moved *m, struct span key);

/* The key at a place in m->keys, 0 at first, which is moved to the next one;
 * false where there is none. */
bool moved_next(const struct moved *m, size_t *at, struct span *key);

/* The first n are read. */
void moved_drop(struct moved *m, size_t n);
void moved_clear(struct moved *m);

#endif
