/* SPDX-License-Identifier: MIT
 *
 * Records that cannot be applied go to the dead letter queue (--dlq), and the
 * rest goes on.  Lines are kept while their changes wait: where an array of
 * rows fails, they are applied one by one to find the bad ones.
 */
#ifndef APPLY_DEAD_H
#define APPLY_DEAD_H

#include "apply/apply.h"

int dead_open(struct applier *a, struct err *err);

/* Take a record into the batch, or into the queue: it is bad, or its key is
 * held.  Without --dlq: change_take(). */
int dead_take(struct applier *a, struct record *rec, struct err *err);

/* Read a line; what is of no known kind is no record, either. */
int dead_scan(struct record *rec, const struct line *line, struct err *err);

/* With --dlq, a line that is no record: *err says why, and the queue takes it.
 */
int dead_line(struct applier *a, struct record *rec, struct err *err);

/* Execute what waits.  Without --dlq a bad record is an error that names it.
 */
int dead_execute(struct applier *a, struct err *err);

/* What was executed needs no line any more. */
void dead_settle(struct applier *a);

/* What is kept now is finished; and back to that. */
void dead_mark(struct applier *a);
int dead_back(struct applier *a, struct err *err);

/* The transaction is rolled back, or done. */
int dead_rolled_back(struct applier *a, struct err *err);
void dead_committed(struct applier *a);

/* A change made alone can be undone alone. */
int dead_begin_line(struct applier *a, struct err *err);
int dead_undo_line(struct applier *a, struct err *err);

/* Apply the entries of a queue in their order; those that fail again stay, and
 * what follows them. */
int dead_replay(struct applier *a, const char *path, struct err *err);

#endif
