/* SPDX-License-Identifier: MIT
 *
 * The command line of cdc-apply: one field for each row of its options table.
 *
 * main() sets the defaults that are not 0 and checks combinations.  Strings are
 * those of argv; map, map_column and set are main()'s to free.  Nothing changes
 * them while apply_run(), apply_replay(), apply_show_state() or apply_forget()
 * runs.
 */
#ifndef APPLY_APPLY_OPTIONS_H
#define APPLY_APPLY_OPTIONS_H

#include "base/retry.h"
#include "db/connect.h"
#include "evolve/evolver.h"
#include "position/gtid.h"
#include "target/mapping.h"
#include "target/ways.h"

enum insert_mode { INSERT_UPSERT, INSERT_INSERT, INSERT_UPDATE };

struct apply_options {
	struct db_options db;
	struct table_options tables;
	enum insert_mode insert_mode;
	bool no_delete;
	bool no_reorder;

	const char *name;       /* of the position */
	const char *offsets_db; /* database of the tables of positions */
	const char *state;      /* file: a copy of the position; or NULL */
	bool no_state;
	bool show_state, forget;
	int shape;              /* enum record_shape */
	enum gtid_order order;
	bool any_lists;         /* the stream may have other lists */

	uint64_t batch;         /* changes in a transaction of the target */
	int64_t batch_time_ms;  /* after this time it is committed where a
	                         * transaction of the source ends */
	bool split;             /* commit large ones in parts */
	enum evolution evolution;
	struct ways ways;       /* --evolve */
	bool skip_replication;
	bool dry_run;

	struct retry retry;

	const char *schema;     /* file of schema records, or NULL */
	const char *dlq;        /* file of entries to write, or NULL */
	uint64_t dlq_max;       /* entries in a run */
	const char *replay_dlq; /* file of entries to apply, or NULL */
};

#endif
