/* SPDX-License-Identifier: MIT
 *
 * Records that cannot be applied go to the dead letter queue (--dlq), and the
 * rest goes on.  Lines are kept while their changes wait: where an array of
 * rows fails, they are applied one by one to find the bad ones.
 */
#ifndef APPLY_ISOLATE_H
#define APPLY_ISOLATE_H

#include "apply/apply.h"

int isolate_open(struct applier *a, struct err *err);

/* Take a record into the batch, or into the queue: it is bad, or its key is
 * held.  Without --dlq: change_take(). */
int isolate_take(struct applier *a, struct record *rec, struct err *err);

/* Read a line; what is of no known kind is no record, either. */
int isolate_scan(struct record *rec, const struct line *line, struct err *err);

/* With --dlq, a line that is no record: *err says why, and the queue takes it.
 */
int isolate_line(struct applier *a, struct record *rec, struct err *err);

/* Execute what waits.  Without --dlq a bad record is an error that names it.
 */
int isolate_execute(struct applier *a, struct err *err);

/* What was executed needs no line any more. */
void isolate_settle(struct applier *a);

/* What is kept now is finished; and back to that. */
void isolate_mark(struct applier *a);
int isolate_back(struct applier *a, struct err *err);

/* The transaction is rolled back, or done. */
int isolate_rolled_back(struct applier *a, struct err *err);
void isolate_committed(struct applier *a);

/* A change made alone can be undone alone. */
int isolate_begin_line(struct applier *a, struct err *err);
int isolate_undo_line(struct applier *a, struct err *err);

/* Apply the entries of a queue in their order; those that fail again stay, and
 * what follows them. */
int replay_dlq(struct applier *a, const char *path, struct err *err);

#endif
