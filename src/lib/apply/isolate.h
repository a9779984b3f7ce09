/* SPDX-License-Identifier: MIT
 *
 * Records that cannot be applied go to the dead letter queue (--dlq), and the
 * others are applied.  Lines are kept while their changes wait: if an array of
 * rows fails, they are applied one by one to find the bad ones.
 */
#ifndef APPLY_ISOLATE_H
#define APPLY_ISOLATE_H

#include "apply/change.h"

int isolate_open(struct applier *a, struct err *err);

/* Take a record into the batch, or into the queue: it is bad, or its key is
 * held.  Without --dlq: change_take(). */
enum change_taken isolate_take(struct applier *a, struct record *rec,
    struct target **empties, struct err *err);

/* What it was to do by itself failed: 0 where the queue takes it. */
int isolate_refused(struct applier *a, struct record *rec, struct err *err);

/* The copy of the table of a schema record starts over: ERR_DATA where the
 * queue has records of it, which are older. */
int isolate_empties(struct applier *a, struct record *rec, struct err *err);

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

/* Back to what was finished. */
int isolate_back(struct applier *a, struct err *err);

/* The transaction is rolled back, or done. */
int isolate_rolled_back(struct applier *a, struct err *err);
void isolate_committed(struct applier *a);

/* A change made alone can be undone alone. */
int isolate_begin_line(struct applier *a, struct err *err);
int isolate_undo_line(struct applier *a, struct err *err);

#endif
