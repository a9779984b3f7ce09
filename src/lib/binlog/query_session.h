/* SPDX-License-Identifier: MIT
 *
 * The session in which a statement ran, as far as its QUERY event contains it:
 * what a replica sets before it executes the statement.  The server writes only
 * what the statement used, so most of it may be missing.
 * https://mariadb.com/kb/en/query_event/, sql/log_event.h: Q_…_CODE
 */
#ifndef BINLOG_QUERY_SESSION_H
#define BINLOG_QUERY_SESSION_H

#include "base/span.h"
#include "binlog/event.h"

/* What of it there is. */
enum session_part {
	SESSION_FLAGS = 1 << 0,
	SESSION_SQL_MODE = 1 << 1,
	SESSION_INCREMENTS = 1 << 2,
	SESSION_CHARSETS = 1 << 3,
	SESSION_LOCALE = 1 << 4,
	SESSION_DATABASE = 1 << 5,
	SESSION_TIMESTAMPS = 1 << 6,
};

/* flags: MariaDB's option bits; MySQL's logs have the first four. */
enum session_flag {
	SESSION_AUTO_IS_NULL = 1 << 14,
	SESSION_NO_AUTOCOMMIT = 1 << 19,
	SESSION_NO_FOREIGN_KEYS = 1 << 26,
	SESSION_RELAXED_UNIQUE = 1 << 27,
	SESSION_NO_CHECKS = 1 << 15,
	SESSION_EXPLICIT_TIMESTAMPS = 1 << 24,  /* since 10.5.17 */
	SESSION_IF_EXISTS = 1 << 28,
	SESSION_INSERT_HISTORY = 1 << 30,
};

struct query_session {
	unsigned parts;         /* enum session_part */
	uint32_t flags;
	uint64_t sql_mode;
	uint16_t increment, offset;     /* of AUTO_INCREMENT */
	uint16_t client, connection, server;    /* collations */
	uint16_t locale;        /* lc_time_names */
	uint16_t database;      /* collation_database */
	uint32_t microseconds;  /* of the event's time; 0 unless used */
	bool explicit_timestamps;       /* MySQL's, which is no flag */
	struct span time_zone;  /* p NULL: not there */
	struct span collations; /* character_set_collations: pairs of
	                         * collations of 2 bytes, or p NULL */
};

/* Read the status variables of a QUERY event; what is unknown ends them, as
 * their order is no fixed one.  Spans are borrowed. */
void query_session_read(struct query_session *s, struct span status);

#endif
