/* SPDX-License-Identifier: MIT
 *
 * Temporary tables, as far as statements in the log make them: in the formats
 * MIXED and STATEMENT.  Until it goes, one hides the table of its name from its
 * session, so that a statement on that name is on it: TRUNCATE, ALTER and so on
 * are logged as they are written.  A replica has such a table by its session's
 * number; we have its name.
 */
#ifndef FOLLOW_HIDDEN_TABLES_H
#define FOLLOW_HIDDEN_TABLES_H

#include "binlog/query_event.h"
#include "follow/action.h"
#include "schema/schema.h"

/* Of all sessions; a zeroed struct is empty. */
struct temporaries {
	void *names;            /* a tree: who, database, table */
	size_t n;
};

/* A statement in the log, and whose it is. */
struct temporary_statement {
	const struct schemas *schemas;
	const struct query *query;
	const struct action *action;    /* what it acts on */
	uint32_t server_id;
	bool specific;          /* the log says that it is of its session
	                         * alone: EVENT_FLAG_THREAD_SPECIFIC */
};

enum temporary_use {
	TEMPORARY_NONE,         /* it is on other tables */
	TEMPORARY_ALONE,        /* it is on nothing else: nobody else sees it */
	TEMPORARY_PART,         /* it is on others, too, or makes one of it */
	TEMPORARY_MAYBE,        /* it is on one that was made before the log
	                         * begins, or depends on the session elsehow */
};

/* What is the next statement on?  Keeps what it makes of temporary tables; the
 * use, or -1: there are more of them than a server has. */
int hidden_tables_take(struct temporaries *t,
    const struct temporary_statement *st, struct err *err);

/* The server was started: all are gone. */
void hidden_tables_clear(struct temporaries *t);

#endif
