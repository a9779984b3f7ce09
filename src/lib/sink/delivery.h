/* SPDX-License-Identifier: MIT
 *
 * Standard input into a sink (sink.h), and why no record is lost.
 *
 *     cdc-tail --state F | cdc-exec --state F -- COMMAND
 *
 * Records are delivered at least once.  The position in F moves only when all
 * that was read before it is done: acknowledged by the sink, or written to the
 * dead letter queue and synced.  So a crash at any point repeats some records
 * and loses none:
 *
 *     1. before the sink acknowledges   F did not move: they come again
 *     2. after that, before F moved     they come again, which the receiver
 *                                       sees by GTID and total_order
 *     3. while F is written             it is the old one or the new one
 *
 * THE ORDER OF RECORDS
 *
 * Those of one table and key reach the sink in the order of the stream, however
 * many lanes there are: a key has one lane, a lane one batch at a time, and
 * what waits for a bad record follows it into the queue.  Records that concern
 * all of a table (a truncate), and control records, have all lanes to
 * themselves.
 *
 * WHEN THE POSITION MOVES
 *
 * When input has to be waited for, at its end, and about once a second
 * otherwise: the lanes are emptied, the queue is synced, F is written.  That is
 * possible where the stream is between transactions; inside of a large one F
 * says how many of its records are done (cdc-state(5), total_order).
 */
#ifndef SINK_DELIVERY_H
#define SINK_DELIVERY_H

#include "record/record.h"
#include "sink/lanes.h"

/* What is given in place of a line: put() appends it (nothing: it comes with a
 * later record, or is not needed), finish() what is left at the end.  -1:
 * ERR_DATA, and the record is bad. */
struct delivery_body {
	void *arg;
	int (*put)(void *arg, struct record *rec, struct buf *out,
	    struct err *err);
	int (*finish)(void *arg, struct buf *out, struct err *err);
	/* What the headers of an entry of the queue have for its replay,
	 * members, each after a comma; and when it is replayed. */
	void (*describe)(void *arg, struct buf *headers);
	void (*learn)(void *arg, struct span headers);
};

struct delivery_options {
	const char *tool;       /* its name, for its counters */
	const char *state, *dlq, *replay_dlq;
	uint64_t dlq_max;
	uint64_t batch;         /* records in a batch, at most … */
	size_t batch_bytes;     /* … and their bytes */
	int64_t linger_ms;      /* how long a batch that is not full waits for
	                         * more input */
	uint64_t jobs;          /* lanes */
	bool transactions;      /* a batch is one whole transaction */
	bool control;           /* control records, too */
	bool any_order, any_lists;
	int shape;
	struct retry retry;
	const struct delivery_body *body;       /* NULL: lines as they came */
};

enum { DELIVERY_JOBS = 256, DELIVERY_DLQ_MAX = 10000 };

#define DELIVERY_DEFAULT(name)                                               \
	{ .tool = (name), .batch = 10000, .batch_bytes = 2 << 20, .jobs = 1,  \
	    .dlq_max = DELIVERY_DLQ_MAX, .retry = RETRY_DEFAULT }

/* Are its options sensible?  ERR_USAGE. */
int delivery_check(const struct delivery_options *opt, struct err *err);

/* Deliver all of standard input, or the entries of replay_dlq; options go to
 * sink->open(). */
int delivery_run(const struct sink *sink, void *options,
    const struct delivery_options *opt, struct err *err);

#endif
