/* SPDX-License-Identifier: MIT
 *
 * cdc-route's own room: a record under another topic, with another key or in a
 * partition.
 */
#ifndef ROUTE_ROUTER_H
#define ROUTE_ROUTER_H

#include "route/partition.h"
#include "route/rekey.h"
#include "route/routes.h"
#include "route/times.h"

struct route_options {
	struct routes_options topics;
	struct partition_options partition;
	struct times_options times;
	struct key_columns keys;
	bool tombstones;
	const char *schema;             /* FILE */
	int shape;
};

struct router {
	struct route_options *opt;
	struct routes *routes;
	struct told told;
	bool asks_types;                /* an option may need them */
	struct partition partition;
	struct times times;
	struct deletes last;            /* delete, and where it went: */
	int64_t last_partition;         /* -1: nowhere */
	struct rekey rekey;
	struct name_set moved;          /* the header of a move that is none */
	struct buf key, number, headers, members, front;
};

/* opt is kept by reference; words are rules.  ERR_USAGE, ERR_IO, ERR_DATA. */
int router_open(struct router *r, struct route_options *opt, int n,
    char **words, struct err *err);

/* Let a record leave as what it becomes.  -1: ERR_DATA. */
int router_record(struct router *r, struct record *rec, struct lines *in,
    struct err *err);

/* All was read.  -1: ERR_DATA. */
int router_end(struct router *r, struct err *err);

/* Free it, and the lists of its options. */
void router_clear(struct router *r);

#endif
