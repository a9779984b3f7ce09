/* SPDX-License-Identifier: MIT
 *
 * Records with other keys, and what follows from that: an update that changes
 * the new key becomes a delete and a create, and a delete and a create of an
 * update that does not, an update; headers, tombstones, the numbers of what
 * comes later in the transaction.
 */
#ifndef ROUTE_REKEY_H
#define ROUTE_REKEY_H

#include "record/deletes.h"
#include "record/lists.h"
#include "route/key_columns.h"
#include "route/renumber.h"
#include "route/routed.h"

/* A line that waits. */
struct rekey_line {
	struct buf text;
	uint64_t number;
};

struct rekey {
	struct key_columns *columns;
	struct renumber numbers;
	struct deletes last;            /* delete, as it came, and the key */
	struct buf last_key;            /* that it got */
	bool waits;                     /* a delete whose key changed, until
	                                 * its create comes, */
	bool waits_null;                /* and its tombstone */
	struct rekey_line delete, null;
	struct record old;              /* one of them, read again */
	struct lists lists;
	struct buf before, after, block, old_block, control, changes, keys;
};

enum rekey_act {
	REKEY_ONE,              /* as parts[0] */
	REKEY_TWO,              /* as parts[0], a delete, its tombstone if there
	                         * is to be one, and parts[1], a create */
	REKEY_WAITS,            /* nothing yet */
	REKEY_PAIR,             /* what waits as parts[0], this as parts[1] */
};

void rekey_open(struct rekey *k, struct key_columns *columns);

/* Any record.  parts[0] is what it is at first.  -1: ERR_DATA. */
int rekey_record(struct rekey *k, struct record *rec, struct routed parts[2],
    struct err *err);

/* A line that waits, read again; the same record each time. */
struct record *rekey_waiting(struct rekey *k, const struct rekey_line *line,
    struct err *err);

/* All was read: does one wait?  -1: ERR_DATA. */
int rekey_end(const struct rekey *k, struct err *err);
void rekey_clear(struct rekey *k);

#endif
