/* SPDX-License-Identifier: MIT
 *
 * A batch holds transactions of the source that are finished, and one that is
 * not.  What is finished is never lost with what is not: where the input ends
 * inside a transaction, or that one is larger than the batch, what lies before
 * it is committed by itself.
 */
#ifndef APPLY_FINISHED_H
#define APPLY_FINISHED_H

#include "apply/apply.h"

/* A transaction of the source is finished: all that waits is. */
void finished_mark(struct applier *a);

/* Before a part of the open transaction leaves the batch. */
int finished_commit(struct applier *a, struct err *err);

/* The input ends inside a transaction: roll that back, commit the rest. */
int finished_leave(struct applier *a, struct err *err);

#endif
