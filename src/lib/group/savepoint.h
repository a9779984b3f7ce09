/* SPDX-License-Identifier: MIT
 *
 * What a transaction undid before it committed: savepoints, and the ranges of
 * the log after them that a ROLLBACK TO undid.
 */
#ifndef GROUP_SAVEPOINT_H
#define GROUP_SAVEPOINT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"
#include "charset/fold.h"

/* Bytes of a name, as it is quoted: 64 characters, each quote of it doubled. */
enum { SAVEPOINT_NAME = 2 * 3 * 64 };

struct undo_range {
	uint64_t from, to;      /* offsets in the log */
};

struct savepoints {
	enum fold_rule rule;    /* how names compare */
	void *names;            /* a tree */
	struct savepoint *newest;
	struct undo_range *undone;      /* in order, none in another */
	size_t nundone;
};

/* A savepoint whose event ends at pos; it takes the place of one of the same
 * name. */
void savepoint_set(struct savepoints *s, struct span name, uint64_t pos);

/* ROLLBACK TO, whose event ends at pos: all after the savepoint is undone,
 * later savepoints are gone.  false if there is none of that name. */
bool savepoint_rollback(struct savepoints *s, struct span name, uint64_t pos);

/* For the next transaction; and for good. */
void savepoints_reset(struct savepoints *s, enum fold_rule rule);
void savepoints_clear(struct savepoints *s);

#endif
