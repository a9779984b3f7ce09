/* SPDX-License-Identifier: MIT
 *
 * The position at the target: a row of cdc_offsets for a stream, rows of
 * kafka_consumer_offsets for partitions.  They change in the transaction that
 * changes the rows.
 */
#ifndef TARGET_OFFSETS_TABLE_H
#define TARGET_OFFSETS_TABLE_H

#include "db/query.h"
#include "sink/kafka_offsets.h"
#include "sink/progress.h"
#include "target/left.h"

struct offsets_table {
	/* set by the caller */
	struct db *db;
	const char *name;       /* of the position */
	const char *offsets_db; /* where its tables are */
	bool keeps;             /* false: --no-state */
	bool dry;               /* looks, makes nothing */
	struct progress *progress;      /* what is to be stored */
	struct left *left;      /* stored, too; NULL: it is not */

	struct state stored;    /* as the target has it … */
	bool has_stored;        /* … where it does */
	bool has_columns;       /* the table has the newest */
	struct offset_list offsets;
	struct buf intent;      /* JSON of the newest statement that was
	                         * begun, evolve/executed.h; empty: none */
	bool knows_left;        /* it was read */
	bool overtaken;         /* somebody else moved the position */
};

/* Over a connection that was made just now: be the only one of this name
 * (ERR_RETRY), read what is stored. */
int offsets_table_open(struct offsets_table *o, struct err *err);

/* Write what is finished into the open transaction.  ERR_RETRY if somebody
 * else moved it. */
int offsets_table_write(struct offsets_table *o, struct err *err);

/* Store a statement that is about to be executed, and commit. */
int offsets_table_intent(struct offsets_table *o, struct err *err);

/* After COMMIT: what was written is stored now. */
void offsets_table_committed(struct offsets_table *o);

/* After a lost COMMIT, connected again: did it happen?  1, 0, -1. */
int offsets_table_happened(struct offsets_table *o, struct err *err);

/* Lines for people and cdc-tail. */
int offsets_table_show(struct offsets_table *o, struct err *err);
int offsets_table_forget(struct offsets_table *o, struct err *err);

void offsets_table_clear(struct offsets_table *o);

#endif
