/* SPDX-License-Identifier: MIT
 *
 * Event types: their names and what each means for change data capture.
 */
#ifndef BINLOG_EVENTS_H
#define BINLOG_EVENTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

/* Numbers and names of enum Log_event_type, in MariaDB's sql/log_event.h and
 * MySQL's libs/mysql/binlog/event/binlog_event.h; what each means is in
 * events.c. */
enum event_type {
	EVENT_START_V3 = 1, EVENT_QUERY = 2, EVENT_STOP = 3, EVENT_ROTATE = 4,
	EVENT_INTVAR = 5, EVENT_LOAD = 6, EVENT_CREATE_FILE = 8,
	EVENT_APPEND_BLOCK = 9, EVENT_EXEC_LOAD = 10, EVENT_DELETE_FILE = 11,
	EVENT_NEW_LOAD = 12, EVENT_RAND = 13, EVENT_USER_VAR = 14,
	EVENT_FORMAT_DESCRIPTION = 15, EVENT_XID = 16,
	EVENT_BEGIN_LOAD_QUERY = 17, EVENT_EXECUTE_LOAD_QUERY = 18,
	EVENT_TABLE_MAP = 19, EVENT_PRE_GA_WRITE_ROWS = 20,
	EVENT_PRE_GA_UPDATE_ROWS = 21, EVENT_PRE_GA_DELETE_ROWS = 22,
	EVENT_WRITE_ROWS_V1 = 23, EVENT_UPDATE_ROWS_V1 = 24,
	EVENT_DELETE_ROWS_V1 = 25, EVENT_INCIDENT = 26, EVENT_HEARTBEAT = 27,
	EVENT_IGNORABLE = 28, EVENT_ROWS_QUERY = 29, EVENT_WRITE_ROWS = 30,
	EVENT_UPDATE_ROWS = 31, EVENT_DELETE_ROWS = 32, EVENT_GTID_LOG = 33,
	EVENT_ANONYMOUS_GTID_LOG = 34, EVENT_PREVIOUS_GTIDS = 35,
	EVENT_TRANSACTION_CONTEXT = 36, EVENT_VIEW_CHANGE = 37,
	EVENT_XA_PREPARE_LOG = 38, EVENT_PARTIAL_UPDATE_ROWS = 39,
	EVENT_TRANSACTION_PAYLOAD = 40, EVENT_HEARTBEAT_V2 = 41,
	EVENT_GTID_TAGGED = 42, EVENT_ANNOTATE_ROWS = 160,
	EVENT_BINLOG_CHECKPOINT = 161, EVENT_GTID = 162,
	EVENT_GTID_LIST = 163, EVENT_START_ENCRYPTION = 164,
	EVENT_QUERY_COMPRESSED = 165, EVENT_WRITE_ROWS_COMPRESSED_V1 = 166,
	EVENT_UPDATE_ROWS_COMPRESSED_V1 = 167,
	EVENT_DELETE_ROWS_COMPRESSED_V1 = 168,
	EVENT_WRITE_ROWS_COMPRESSED = 169, EVENT_UPDATE_ROWS_COMPRESSED = 170,
	EVENT_DELETE_ROWS_COMPRESSED = 171, EVENT_PARTIAL_ROW_DATA = 172,
};

enum event_role {
	ROLE_UNKNOWN = 0,       /* no row in the table */
	ROLE_REFUSED,           /* known; reading on would lose changes */
	ROLE_ENCRYPTED,         /* refused, and nothing after it can be read */
	ROLE_SKIPPED,           /* known; carries nothing for us */
	ROLE_FORMAT,
	ROLE_ROTATE,
	ROLE_STOP,
	ROLE_GTID_LIST,
	ROLE_GTID,              /* from here on: parts of groups */
	ROLE_MYSQL_GTID,
	ROLE_QUERY,
	ROLE_XID,
	ROLE_XA_PREPARE,
	ROLE_ANNOTATE,
	ROLE_TABLE_MAP,
	ROLE_ROWS,
	ROLE_PAYLOAD,           /* events, compressed */
	ROLE_FRAGMENT,          /* of a row event */
};

/* Flags of a row event, apart from those of its header: what the session that
 * made it did not check. */
enum rows_flag {
	ROWS_NO_FOREIGN_KEYS = 1 << 1,  /* foreign_key_checks=0 */
	ROWS_RELAXED_UNIQUE = 1 << 2,   /* unique_checks=0 */
	ROWS_NO_CHECKS = 1 << 7,        /* check_constraint_checks=0 */
};

struct event_kind {
	const char *name;       /* the server's */
	enum event_role role;
	const char *why;        /* refused, skipped: the reason */
	const char *hint;       /* refused: what to do; or NULL */
	char op;                /* rows: 'c', 'u' or 'd' */
	uint8_t version;        /* rows: 1 or 2 */
	bool compressed;        /* its last part is, see compressed_event.h */
	bool loads;             /* query: LOAD DATA, of a file in the log */
};

/* Never NULL; an unknown type has role ROLE_UNKNOWN. */
const struct event_kind *event_kind(uint8_t type);

/* Say why an event of an unknown or refused type stops us; -1. */
int event_refuse(const struct event_kind *kind, uint8_t type,
    struct err *err);

#endif
