/* SPDX-License-Identifier: MIT
 *
 * Limits that no server reaches: LIMITS in cdc-tail(1).
 */
#ifndef BINLOG_LIMITS_H
#define BINLOG_LIMITS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

enum {
	/* What an event decompresses to: the most that max_allowed_packet can
	 * be, and an event's own fields.  One that is larger as it stands is
	 * read: its bytes are there. */
	LIMIT_EVENT = (1 << 30) + (64 << 10),

	/* What a row event's images are as JSON: LIMIT_IMAGES bytes, and so
	 * many for each of its own.  A NULL is a bit in the log and its
	 * column's name in JSON, but events of many rows are small:
	 * binlog_row_event_max_size, 8 KiB. */
	LIMIT_IMAGES = 1 << 30, LIMIT_RATIO = 1024,

	LIMIT_DOMAINS = 65536,          /* of GTIDs */
	LIMIT_TABLES = 1 << 20,         /* of a transaction: table_open_cache */
	LIMIT_PREPARED = 128 << 10,     /* of XA: InnoDB's write transactions */
	LIMIT_TEMPORARY = 128 << 10,    /* tables, of all sessions */
};

/* Fill err where an event decompresses to more than that. */
static inline bool
event_too_large(uint64_t size, struct err *err)
{
	if (size <= LIMIT_EVENT)
		return false;
	err_set(err, ERR_DATA, "it decompresses to an event of %llu bytes; "
	    "no server has one above 1 GiB", (unsigned long long)size);
	return true;
}

#endif
