/* SPDX-License-Identifier: MIT
 *
 * What cdc-apply is told to do.
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

#endif
