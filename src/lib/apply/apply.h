/* SPDX-License-Identifier: MIT
 *
 * cdc-apply: its options, and what its files share.
 */
#ifndef APPLY_APPLY_H
#define APPLY_APPLY_H

#include "apply/execute.h"
#include "apply/tables.h"
#include "binlog/window.h"
#include "io/lines.h"
#include "sink/dlq.h"
#include "sink/offsets.h"
#include "sink/progress.h"

enum insert_mode { INSERT_UPSERT, INSERT_INSERT, INSERT_UPDATE };
enum evolution { EVOLVE_NONE, EVOLVE_CHECK, EVOLVE_ADD, EVOLVE_DDL };

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

	uint64_t retries;
	int64_t retry_delay_ms, retry_delay_max_ms;

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

/* A line whose change waits, kept where it may have to be made alone. */
struct kept_line {
	size_t at, n;           /* in applier.kept */
	uint64_t number;
};

struct applier {
	struct apply_options *opt;
	struct db *db;
	bool connected;
	struct tables tables;
	struct batch batch;
	struct executor executor;
	struct buf sql;         /* --dry-run */

	struct progress progress;
	struct sink_state stored;       /* as the target has it … */
	bool has_stored;                /* … where it does */
	bool has_lists;         /* the table of positions has that column */
	struct offset_list offsets;
	bool spilled;           /* a part of the open transaction of the
	                         * target has left the batch */
	struct buf intent;      /* JSON of the newest statement that was
	                         * begun, executed.h; empty: none */
	struct {                /* … as it was found when we began: */
		struct buf gtid, ddl;   /* empty: none */
		uint64_t number;        /* 0: it does not say */
		bool executed;
	} begun;
	struct buf numbered;    /* GTID of the newest statement, … */
	uint64_t number;        /* … which it is of its transaction, from 1 */
	bool overtaken;         /* somebody else moved the position */
	bool by_offset;         /* lines have partitions and offsets */
	struct op rekey;        /* a DELETE that may be the first half of a
	                         * change of key … */
	bool rekeys;            /* … if so … */
	struct buf rekey_source;        /* … and the place where it stands … */
	size_t rekey_line;      /* … and in lines, with --dlq */
	bool copying;           /* tables, as the newest heartbeat says */
	int64_t mirrored_ms;    /* when --state was written */
	int64_t first_ms;       /* when the batch got its first change */

	struct dlq *dlq;        /* NULL: none; then, dead.h, … */
	struct dlq_mark mark;   /* … before the lines that are kept */
	struct buf kept;
	struct kept_line *lines;
	size_t nlines, lines_cap;
	struct finished finished;       /* the newest, and all … */
	struct finished *history;       /* … since the last commit */
	size_t nhistory, history_cap;
	struct sink_state *bases;       /* what heartbeats said since then */
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
