/* SPDX-License-Identifier: MIT
 *
 * cdc-apply: its options, what its files share, and why no change is lost and
 * none is made twice.
 *
 * TWO POSITIONS
 *
 *     cdc-tail --state F | cdc-apply --state F
 *
 * The position that counts is a row of the target (offsets_table.h): the GTID
 * up to which the source's transactions are done.  It is written in the
 * transaction that changes the rows, so that the server keeps both or neither.
 * The file F is a copy of it, written after the commit, for cdc-tail to begin
 * at.  It may be older than the row, never newer; then some transactions come
 * again, and are left out because the row says that they are done
 * (sink/progress.h).
 *
 * A transaction of the source is done as a whole.  It is finished when its END
 * comes, a record of another one, or a heartbeat whose GTIDs cover it; the end
 * of input finishes nothing, for the rest may be missing.
 *
 * WHERE IT MAY DIE
 *
 *     1. before the target's COMMIT     the server rolls back; the records
 *                                       come again, since the row did not move
 *     2. in COMMIT, the answer lost     the connection is made anew, the row
 *                                       is read, and shows whether it happened
 *     3. after COMMIT, before F is      F is older than the row: records come
 *        written                        again, and are left out
 *     4. while F is written             it is written beside, synced, and
 *                                       renamed: F is the old one or the new
 *     5. cdc-tail, with records in      they were never finished here, or they
 *        the pipe                       are done: cases 1 and 3
 *
 * DDL commits by itself, so that case 1 is not true of it.  An intent,
 * committed before it is executed, and a look at the target afterwards take
 * the place of the common transaction (executed.h).
 *
 * ONE BATCH, SEVERAL TRANSACTIONS
 *
 * A COMMIT for each small transaction would be slow.  Finished ones are
 * gathered (finished.h) and committed together, up to --batch changes or
 * --batch-time, and always when no input is waiting.  Inside a batch, changes
 * of one row become one, and those of one table are executed together
 * (batch.h), unless a second unique key or a foreign key makes their order
 * matter.  Some changes cannot wait with others: a table that is emptied, a key
 * that moves in a row of which a part is known.  change_take() says so, and the
 * run executes what waits before it goes on (change.h).
 *
 * If the batch fails, it is rolled back and its rows are made one by one, to
 * name the one at fault; with --dlq its lines are taken again, one by one, and
 * that one is put aside (isolate.h).  What was finished before it is committed
 * in any case (unfinished.h).  A transaction larger than the batch is executed
 * in parts inside one open transaction; with --split-transactions it is
 * committed in parts, and the position says how many of its records are done.
 *
 * WHEN ROWS ARE NOT WHAT THE EVENTS EXPECT
 *
 * While tables are copied, events and rows overlap: a row may be newer than
 * the event, or not there yet.  What the executor then puts up with
 * (execute.h), it knows from the position, which says what is being copied:
 *
 *     nothing      a row to be changed that is missing is an error; one to be
 *                  deleted never is
 *     tolerant     a first copy: an event may be older than the rows, so a row
 *                  may be missing, for its deletion is to come
 *     replaces     a first copy that was taken up again, or an incremental
 *                  one: a row in the way, by another unique key, is deleted;
 *                  its own change is in the stream, and restores it
 *     completes    an incremental copy: rows that are missing come later, so
 *                  that part of a row (binlog_row_image) makes none
 */
#ifndef APPLY_APPLY_H
#define APPLY_APPLY_H

#include "apply/kept.h"
#include "base/retry.h"
#include "apply/source_table.h"
#include "evolve/evolve.h"
#include "io/lines.h"
#include "sink/dlq.h"
#include "sink/kafka_offsets.h"
#include "sink/progress.h"
#include "target/execute.h"

enum insert_mode { INSERT_UPSERT, INSERT_INSERT, INSERT_UPDATE };

struct apply_options {
	struct db_options db;
	struct table_options tables;
	enum insert_mode insert_mode;
	bool no_delete;
	bool no_reorder;

	const char *name;       /* of the position */
	const char *offsets_db; /* where its tables are */
	const char *state;      /* mirror, or NULL */
	bool no_state;
	bool show_state, forget;
	int shape;              /* enum record_shape */
	enum gtid_order order;
	bool any_lists;         /* the stream may have other lists */

	uint64_t batch;         /* changes of a transaction of ours */
	int64_t batch_time_ms;  /* it is ended after so long, at the next end
	                         * of a source's transaction */
	bool split;             /* commit large ones in parts */
	enum evolution evolution;
	struct ways ways;       /* of its changes */
	bool skip_replication;
	bool dry_run;

	struct retry retry;

	const char *schema;     /* file of schema records, or NULL */
	const char *dlq;        /* or NULL */
	uint64_t dlq_max;
	const char *replay_dlq; /* or NULL */
};

/* How much of what waits was finished, when a transaction of the source was. */
struct finished {
	struct batch_mark batch;
	size_t lines, bytes;    /* that are kept */
	struct dlq_mark dlq;
	struct gtid gtid;       /* of the transaction … */
	uint64_t line;          /* … which has no later line */
	size_t base;            /* which state it adds to, finished.h */
};

struct applier {
	struct apply_options *opt;
	struct db *db;
	bool connected;
	struct source_tables tables;
	struct batch batch;
	struct executor executor;
	struct buf sql;         /* --dry-run */

	struct progress progress;
	struct offsets_table position;
	struct evolver evolver;
	bool spilled;           /* a part of the open transaction of the
	                         * target has left the batch */
	bool by_offset;         /* lines have partitions and offsets */
	bool copying;           /* tables, as the newest heartbeat says */
	int64_t mirrored_ms;    /* when --state was written */
	int64_t first_ms;       /* when the batch got its first change */

	struct dlq *dlq;        /* NULL: none; then, isolate.h, … */
	struct dlq_mark mark;   /* … before the lines that are kept */
	struct kept kept;
	struct finished finished;       /* the newest, and all … */
	struct finished *history;       /* … since the last commit */
	size_t nhistory, history_cap;
	struct state *bases;       /* what heartbeats said since then */
	size_t nbases;
	uint64_t line;          /* that is being taken */
	bool broken;            /* the input is: it was cut, or a line is bad */
	bool failed;            /* what waits could not be executed … */
	bool left;              /* … and what of it is finished is seen to */
	bool mixed;             /* what is finished has left the batch with a
	                         * part of what is not */
	bool careful;           /* they were made one by one … */
	bool line_saved;        /* … this one behind a savepoint */
	bool warned;            /* that the queue is used */
	uint64_t buried;        /* the first line of which the queue has got
	                         * something since the last commit; 0 */

	int64_t began_ms;
	uint64_t records, skipped, control, commits, retries;
};

/* Apply standard input. */
int apply_run(struct apply_options *opt, struct err *err);

/* Apply a dead letter queue. */
int apply_replay(struct apply_options *opt, struct err *err);

/* Print what is stored, one JSON object a line. */
int apply_show_state(struct apply_options *opt, struct err *err);

/* Forget it. */
int apply_forget(struct apply_options *opt, struct err *err);

#endif
