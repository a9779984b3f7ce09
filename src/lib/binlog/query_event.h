/* SPDX-License-Identifier: MIT
 *
 * QUERY events: what kind of statement one is, by its first words.  The server
 * spells transaction control in its own fixed way; everything else is the text
 * of a user.
 */
#ifndef BINLOG_QUERY_EVENT_H
#define BINLOG_QUERY_EVENT_H

#include "base/span.h"
#include "binlog/event.h"
#include "binlog/query_session.h"
#include "sql/lex.h"

enum query_kind {
	QUERY_OTHER,            /* DDL and administration */
	QUERY_BEGIN,            /* MySQL: CREATE … START TRANSACTION, too */
	QUERY_COMMIT,
	QUERY_ROLLBACK,
	QUERY_SAVEPOINT,        /* name */
	QUERY_ROLLBACK_TO,      /* name */
	QUERY_RELEASE,
	QUERY_XA,               /* XA END */
	QUERY_XA_COMMIT,
	QUERY_XA_ROLLBACK,
	QUERY_DML,              /* statement-based: rows are not in the log */
	QUERY_TRUNCATE,         /* db, table */
};

struct query {
	enum query_kind kind;
	struct span default_db;
	struct span text;       /* in the client's character set */
	struct span bytes;      /* what the log has, where text was made of
	                         * it; or p NULL */
	uint64_t collation;     /* of text; 0 unknown */
	uint64_t server_collation;      /* of databases that do not say
	                                 * another; 0 unknown */
	uint32_t thread_id;     /* of the session in which it ran */
	bool logs_vain;         /* the server logs IF NOT EXISTS where the table
	                         * was there, too */
	uint16_t error;         /* with which it failed where it ran, or 0 */
	struct query_session session;
	struct span name;       /* savepoint, quotes taken off */
	struct span db, table;  /* TRUNCATE; db may be default_db */
};

/* Parse a QUERY event's body; ERR_DATA if it is cut. */
int query_parse(struct query *query, const struct binlog_event *ev,
    struct err *err);

/* Its text was converted: find its kind and what it names again. */
void query_convert(struct query *query, struct span text);

/* The text's statement, as its session read it: what SET STATEMENT … FOR is in
 * front of. */
struct sql query_statement(const struct query *query);
struct sql query_statement_of(struct sql sql);

#endif
