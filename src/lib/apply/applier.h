/* SPDX-License-Identifier: MIT
 *
 * What the files of this room share.
 */
#ifndef APPLY_APPLIER_H
#define APPLY_APPLIER_H

#include "apply/apply_options.h"
#include "apply/kept.h"
#include "apply/source_table.h"
#include "io/lines.h"
#include "sink/dlq.h"
#include "sink/kafka_offsets.h"
#include "sink/progress.h"
#include "target/execute.h"

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
	struct buf show;        /* the command that prints the position */
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

#endif
