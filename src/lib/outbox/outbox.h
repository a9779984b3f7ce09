/* SPDX-License-Identifier: MIT
 *
 * cdc-outbox's own room: from a row of an outbox table to the event in it, like
 * Debezium's outbox EventRouter.
 */
#ifndef OUTBOX_OUTBOX_H
#define OUTBOX_OUTBOX_H

#include "match/rule.h"
#include "match/table_filter.h"
#include "outbox/placement.h"
#include "record/record.h"

/* What becomes of an update, which an outbox should not have. */
enum outbox_update { UPDATE_WARN, UPDATE_ERROR, UPDATE_FATAL };

enum outbox_missing { MISSING_ERROR, MISSING_IGNORE };

struct outbox_options {
	struct table_filter names;
	const char *id, *key, *payload, *timestamp;
	const char *route_by, *topic_regex, *topic_replacement;
	const char *tracing;
	struct placements placements;
	int missing, update, shape;
	bool expand_json, tombstones;
	bool pass_unknown;
};

/* The columns of an event; a part of struct outbox_columns. */
struct outbox_parts {
	size_t id, key, payload, route, timestamp, tracing;
};

struct outbox {
	struct outbox_options *opt;
	struct rule *rule;
	struct outbox_columns columns;
	struct outbox_parts parts;
	char *timestamp_column;         /* without its unit, owned */
	unsigned timestamp_unit;        /* of a number: how many are 1 ms */
	uint64_t updates;               /* that were dropped */
	/* of the record in hand, until record_emit() */
	struct buf headers, before, payload, key, partition, stamp, text;
	struct outbox_route *routes;    /* topics by what they were made of */
	const struct buf *topic;        /* of the record in hand, a string */
};

/* -1: ERR_USAGE. */
int outbox_open(struct outbox *o, struct outbox_options *opt,
    struct err *err);

/* Any record: 1 it leaves, edited or not, 0 it does not, -1: ERR_DATA. */
int outbox_record(struct outbox *o, struct record *rec, struct err *err);

/* Tell of updates that were dropped; free everything, and the options. */
void outbox_close(struct outbox *o);

#endif
