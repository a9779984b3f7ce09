/* SPDX-License-Identifier: MIT
 *
 * The ends of the source's transactions that wait in the batch.  With these,
 * unfinished.h separates complete transactions from the incomplete one.
 *
 * Each end of a transaction is remembered until the next commit.  The
 * position there is that of the last heartbeat before it, and the GTIDs of the
 * transactions that ended since.
 */
#ifndef APPLY_FINISHED_H
#define APPLY_FINISHED_H

#include "apply/applier.h"

/* A transaction of the source is finished: all that waits is; of lines and
 * entries of the queue that much. */
void finished_mark(struct applier *a);
void finished_mark_lines(struct applier *a);

/* A heartbeat was taken in, or all was committed: the position is now known
 * anew. */
void finished_note(struct applier *a, bool committed);

/* Is there as much to remember that a commit is due? */
bool finished_is_full(const struct applier *a);

/* Nothing of it is in the batch any more. */
void finished_forget(struct applier *a);

/* The newest end before a line is the newest now, and the position what it was
 * there; false where none is remembered. */
bool finished_go_back(struct applier *a, uint64_t line);

/* The transaction that a line which was taken belongs to; NULL: none. */
const struct gtid *finished_gtid(const struct applier *a, uint64_t line);

/* Put "line 7 (0-1-5): " in front of an error; -1. */
int finished_where(const struct applier *a, uint64_t line, struct err *err);

void finished_clear(struct applier *a);

#endif
