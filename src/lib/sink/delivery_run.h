/* SPDX-License-Identifier: MIT
 *
 * The state of one delivery, which delivery.c and replay.c share.
 */
#ifndef SINK_DELIVERY_RUN_H
#define SINK_DELIVERY_RUN_H

#include "sink/delivery.h"
#include "sink/dlq.h"
#include "sink/progress.h"

struct delivery {
	const struct delivery_options *opt;
	struct lanes lanes;
	struct progress progress;
	struct dlq *dlq;        /* NULL: none */
	struct record again;    /* a bad line, read again */
	struct buf table, scratch;
	struct buf body;        /* of the record in hand, if not its line */
	struct buf unsent;      /* a line whose body comes later */
	uint64_t unsent_number;
	bool warned;            /* of the first bad record */
	bool due;               /* the position, to be written */
	int64_t began_ms, stored_ms;
	int64_t first_ms;       /* when the batches got their first record */
	uint64_t records, skipped, batches;
};

#endif
