/* SPDX-License-Identifier: MIT
 *
 * The state of one run of cdc-apply, which the files of this room share.
 *
 * apply.c makes it, and frees it at the end.  The batch has the changes that
 * wait, kept (and mark) their lines, finished which of them are of complete
 * transactions: code that empties the batch puts all of these right.
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

/* How much of what waits belonged to complete transactions of the source when
 * the last of them ended (finished.h). */
struct finished {
	struct batch_mark batch;
	size_t lines, bytes;    /* of kept */
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
	bool spilled;           /* part of the target's open transaction has
	                         * been executed (commit.c) */
	struct buf show;        /* the command that prints the position */
	struct buf half;        /* a copy that was half done, half_copy.h */
	bool by_offset;         /* lines have partitions and offsets */
	bool copying;           /* the newest heartbeat is of a copy */
	int64_t mirrored_ms;    /* when --state was written */
	int64_t first_ms;       /* when the batch got its first change */

	struct dlq *dlq;        /* NULL: none (isolate.c) */
	struct dlq_mark mark;   /* its end before the lines that are kept */
	struct kept kept;
	struct finished finished;       /* the newest end (finished.c) */
	struct finished *history;       /* all ends since the last commit */
	size_t nhistory, history_cap;
	struct state *bases;    /* what heartbeats said since that commit */
	size_t nbases;
	uint64_t line;          /* the one that is being taken */
	bool broken;            /* the input was cut, or has a bad line */
	bool failed;            /* the batch could not be executed … */
	bool left;              /* … and its complete transactions have been
	                         * dealt with (unfinished.c) */
	bool mixed;             /* complete transactions and part of an
	                         * incomplete one were executed together */
	bool careful;           /* lines were applied one by one … */
	bool line_saved;        /* … this one after a savepoint */
	bool warned;            /* the user knows that the queue is used */
	uint64_t buried;        /* the first line since the last commit with
	                         * something in the queue; 0: none */

	int64_t began_ms;
	uint64_t records, skipped, control, commits, retries;
};

#endif
