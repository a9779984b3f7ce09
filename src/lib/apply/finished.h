/* SPDX-License-Identifier: MIT
 *
 * A batch holds transactions of the source that are finished, and one that is
 * not.  What is finished is never lost with what is not: where the input ends
 * inside a transaction or breaks, where a record cannot be applied, or where a
 * transaction is larger than the batch, what lies before it is committed by
 * itself, with its position.
 *
 * So each end of a transaction is remembered until the next commit.  The
 * position there is that of the last heartbeat before it, and the GTIDs of
 * those that ended since.
 */
#ifndef APPLY_FINISHED_H
#define APPLY_FINISHED_H

#include "apply/apply.h"

/* A transaction of the source is finished: all that waits is. */
void finished_mark(struct applier *a);

/* A heartbeat was taken in, or all was committed: the position is now known
 * anew. */
void finished_note(struct applier *a, bool committed);

/* Is there as much to remember that a commit is due? */
bool finished_is_full(const struct applier *a);

/* Before a part of the open transaction leaves the batch; and it has. */
int finished_commit(struct applier *a, struct err *err);
void finished_forget(struct applier *a);

/* The input ends inside a transaction: roll that back, commit the rest. */
int finished_leave(struct applier *a, struct err *err);

/* Before the end by an error: commit what is finished and lies before what is
 * at fault. */
void finished_save(struct applier *a, const struct err *why);

/* The transaction that a line which was taken belongs to; NULL: none. */
const struct gtid *finished_gtid(const struct applier *a, uint64_t line);

/* Put "line 7 (0-1-5): " in front of an error; -1. */
int finished_where(const struct applier *a, uint64_t line, struct err *err);

void finished_clear(struct applier *a);

#endif
