/* SPDX-License-Identifier: MIT
 *
 * Heartbeats: cdc-event(5), cdc-state(5).
 */
#ifndef PRINT_HEARTBEAT_H
#define PRINT_HEARTBEAT_H

#include "record/lists.h"
#include "position/gtid.h"
#include "value/types.h"

struct heartbeat {
	const char *beat;               /* "first", "next", "last" */
	struct span prefix;             /* of topics, as a JSON string */
	const struct gtid_list *gtids;  /* all up to them is done */
	const struct gtid_list *restart;        /* or NULL */
	struct span snapshot;           /* how far a copy is, JSON; or empty */
	struct span incremental;        /* the same of those in a stream */
	struct span temporary;          /* tables of sessions, JSON; or empty */
	bool arrival;                   /* --gtid-order arrival: each group is
	                                 * told, and places are no numbers */
	const struct gtid_list *now;    /* where the source is; or NULL */
	const char *file;
	uint64_t pos;
	uint32_t source_s;              /* of the newest event, or 0 */
	const struct value_modes *modes;
	const struct lists *lists;      /* of the source */
};

/* The whole line but for its newline. */
void heartbeat_put(struct buf *line, const struct heartbeat *b);

#endif
