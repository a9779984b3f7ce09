/* SPDX-License-Identifier: MIT
 *
 * What a transaction undid before it committed: savepoints, and the ranges of
 * the log behind them that a ROLLBACK TO took back.
 */
#ifndef BINLOG_SAVEPOINT_H
#define BINLOG_SAVEPOINT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"

struct undo_range {
	uint64_t from, to;      /* offsets in the log */
};

struct savepoints {
	struct savepoint *points;       /* oldest first */
	size_t npoints;
	struct undo_range *undone;      /* in order, none in another */
	size_t nundone;
};

/* A savepoint whose event ends at pos; it takes the place of one of the same
 * name, whatever its case. */
void savepoint_set(struct savepoints *s, struct span name, uint64_t pos);

/* ROLLBACK TO, whose event ends at pos: all behind the savepoint is undone,
 * later savepoints are gone.  false where there is none of that name. */
bool savepoint_rollback(struct savepoints *s, struct span name, uint64_t pos);

/* For the next transaction; and for good. */
void savepoints_reset(struct savepoints *s);
void savepoints_clear(struct savepoints *s);

#endif
