/* SPDX-License-Identifier: MIT
 *
 * Event types: their names and what each means for change data capture.
 */
#ifndef BINLOG_EVENTS_H
#define BINLOG_EVENTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

enum event_role {
	EVENT_UNKNOWN = 0,      /* no row in the table */
	EVENT_REFUSED,          /* known; reading on would lose changes */
	EVENT_ENCRYPTED,        /* refused, and nothing after it can be read */
	EVENT_SKIPPED,          /* known; carries nothing for us */
	EVENT_FORMAT,
	EVENT_ROTATE,
	EVENT_STOP,
	EVENT_GTID_LIST,
	EVENT_GTID,             /* from here on: parts of groups */
	EVENT_MYSQL_GTID,
	EVENT_QUERY,
	EVENT_XID,
	EVENT_XA_PREPARE,
	EVENT_ANNOTATE,
	EVENT_TABLE_MAP,
	EVENT_ROWS,
	EVENT_PAYLOAD,          /* events, compressed */
	EVENT_FRAGMENT,         /* of a row event */
};

/* Flags of a row event, apart from those of its header: what the session that
 * made it did not check. */
enum rows_flag {
	ROWS_NO_FOREIGN_KEYS = 1 << 1,  /* foreign_key_checks=0 */
	ROWS_RELAXED_UNIQUE = 1 << 2,   /* unique_checks=0 */
	ROWS_NO_CHECKS = 1 << 7,        /* check_constraint_checks=0 */
};

struct event_type {
	const char *name;       /* the server's */
	enum event_role role;
	const char *why;        /* refused, skipped: the reason */
	const char *hint;       /* refused: what to do; or NULL */
	char op;                /* rows: 'c', 'u' or 'd' */
	uint8_t version;        /* rows: 1 or 2 */
	bool compressed;        /* its last part is, see compressed_event.h */
	bool loads;             /* query: LOAD DATA, of a file in the log */
};

/* Never NULL; an unknown type has role EVENT_UNKNOWN. */
const struct event_type *event_type(uint8_t type);

/* Say why an event of an unknown or refused type stops us; -1. */
int event_refuse(const struct event_type *type, uint8_t number,
    struct err *err);

#endif
