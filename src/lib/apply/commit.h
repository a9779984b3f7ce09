/* SPDX-License-Identifier: MIT
 *
 * Rows and position together: one transaction of the target.
 */
#ifndef APPLY_COMMIT_H
#define APPLY_COMMIT_H

#include "apply/applier.h"

/* Connect, and read the position; for the first time, trying again as
 * --retries says. */
int commit_connect(struct applier *a, struct err *err);
int commit_open(struct applier *a, struct err *err);

/* Execute what waits, inside the transaction that stays open. */
int commit_execute(struct applier *a, struct err *err);

/* Empty a table so, or by TRUNCATE TABLE (it commits) where nothing was
 * executed before it. */
int commit_empty(struct applier *a, const struct target *t, bool commits,
    struct err *err);

/*
 * Execute what waits, write the position, commit.  What may pass (deadlock,
 * lock timeout, a lost connection) is tried again, from the batch; that a
 * COMMIT whose answer was lost happened is found out by the position.
 */
int commit_now(struct applier *a, struct err *err);

/* Does err pass, and is it one of the first --retries?  Then it is reported and
 * forgotten, and some time is over. */
bool commit_again(struct applier *a, uint64_t tries, struct err *err);

/* The same for a question to the target outside of a commit, over its
 * connection, which is made again: 0 if it can be asked again, -1. */
int commit_ask_again(struct applier *a, uint64_t tries, struct err *err);

/* The same for what is executed inside of the open transaction, of which no
 * part has left the batch yet: it is rolled back. */
int commit_do_again(struct applier *a, uint64_t tries, struct err *err);

/* Give up what is open. */
void commit_rollback(struct applier *a);

/* Write --state, where it is due (or now); not before the stream is one that
 * the position is of: the file may be another pipeline's. */
int commit_mirror(struct applier *a, bool now, struct err *err);

#endif
