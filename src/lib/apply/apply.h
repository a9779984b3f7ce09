/* SPDX-License-Identifier: MIT
 *
 * cdc-apply, and why no change is lost and none is made twice.
 *
 * TWO POSITIONS
 *
 *     cdc-tail --state F | cdc-apply --state F
 *
 * The position that counts is a row of the target (offsets_table.h): the GTID
 * up to which the source's transactions are done.  It is written in the
 * transaction that changes the rows, so the server keeps both or neither.  The
 * file F is a copy of it, written after the commit, for cdc-tail to start at.
 * It may be older than the row, never newer; then some transactions arrive
 * again, and are skipped because the row says that they are done
 * (sink/progress.h).
 *
 * A transaction of the source is applied as a whole.  It is complete when its
 * END arrives, a record of another one, or a heartbeat whose GTIDs cover it.
 * The end of input completes nothing, because the rest may be missing.
 *
 * WHERE IT MAY DIE
 *
 *     1. before the target's COMMIT     the server rolls back; the records
 *                                       arrive again, since the row did not
 *                                       move
 *     2. in COMMIT, the answer lost     the program reconnects, reads the row,
 *                                       and sees whether it happened
 *     3. after COMMIT, before F is      F is older than the row: records arrive
 *        written                        again, and are skipped
 *     4. while F is written             it is written next to F, synced, and
 *                                       renamed: F is the old one or the new
 *     5. cdc-tail, with records in      they were never completed here, or they
 *        the pipe                       are done: cases 1 and 3
 *
 * DDL commits by itself, so case 1 does not hold for it.  An intent, committed
 * before the statement is executed, and a look at the target afterwards replace
 * the common transaction (executed.h).
 *
 * ONE BATCH, SEVERAL TRANSACTIONS
 *
 * A COMMIT for each small transaction would be slow.  Complete ones are
 * collected (finished.h) and committed together, up to --batch changes or
 * --batch-time, and always when no input is waiting.  Within a batch, changes
 * of one row become one, and those of one table are executed together
 * (batch.h), unless a second unique key or a foreign key makes their order
 * matter.  Some changes cannot wait with others: a table that is emptied, a key
 * that moves in a row of which only part is known.  change_take() says so, and
 * the run executes what waits before it continues (change.h).
 *
 * If the batch fails, it is rolled back and its rows are executed one by one,
 * to name the one at fault; with --dlq its lines are applied again one by one,
 * and that one is set aside (isolate.h).  Complete transactions before it are
 * committed in any case (unfinished.h).  A transaction larger than the batch is
 * executed in parts inside one open transaction; with --split-transactions it
 * is committed in parts, and the position says how many of its records are
 * done.
 *
 * WHEN ROWS ARE NOT WHAT THE EVENTS EXPECT
 *
 * While tables are copied, events and rows overlap: a row may be newer than the
 * event, or not there yet.  What the executor then tolerates (execute.h)
 * depends on the position, which says what is being copied:
 *
 *     nothing      a missing row to be changed is an error; a missing row to be
 *                  deleted never is
 *     tolerant     a first copy: an event may be older than the rows, so a row
 *                  may be missing, because its deletion is yet to come
 *     replaces     a resumed first copy, or an incremental one: a row that
 *                  conflicts on another unique key is deleted; its own change
 *                  is in the stream, and restores it
 *     completes    an incremental copy: missing rows come later, so part of a
 *                  row (binlog_row_image) does not create one
 */
#ifndef APPLY_APPLY_H
#define APPLY_APPLY_H

#include "apply/apply_options.h"

/* Apply standard input. */
int apply_run(struct apply_options *opt, struct err *err);

/* Apply a dead letter queue. */
int apply_replay(struct apply_options *opt, struct err *err);

/* Print what is stored, one JSON object a line. */
int apply_show_state(struct apply_options *opt, struct err *err);

/* Forget it. */
int apply_forget(struct apply_options *opt, struct err *err);

#endif
