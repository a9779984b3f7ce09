/* SPDX-License-Identifier: MIT
 *
 * Temporary tables, as far as statements in the log create them (formats MIXED
 * and STATEMENT).  As long as one exists, it hides the table of the same name
 * from its session, so that a statement on that name is on the temporary table:
 * TRUNCATE, ALTER and so on are logged as they were written.  A replica finds
 * such a table by the number of its session; we have its name.
 *
 * A run that resumes from a state gets from it the tables that existed then,
 * and which sessions are known from their beginning.
 */
#ifndef FOLLOW_HIDDEN_TABLES_H
#define FOLLOW_HIDDEN_TABLES_H

#include "binlog/query_event.h"
#include "follow/action.h"
#include "group/group.h"
#include "schema/schema.h"

/* Of all sessions; a zeroed struct is empty. */
struct temporaries {
	void *names;            /* a tree: who, database, table */
	size_t n;
	bool changed;           /* since hidden_tables_put() */
};

/* A statement in the log, and whose it is. */
struct temporary_statement {
	const struct schemas *schemas;
	const struct query *query;
	const struct action *action;    /* what it acts on */
	uint32_t server_id;
	bool specific;          /* the log says that it is of its session
	                         * alone: EVENT_FLAG_THREAD_SPECIFIC, … */
	bool known;             /* … all of whose tables are known */
};

enum temporary_use {
	TEMPORARY_NONE,         /* it is on other tables */
	TEMPORARY_ALONE,        /* on nothing else: no other session sees it */
	TEMPORARY_CALLS,        /* nor this, but what it calls may change any */
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

/* Is the session of that server known from its beginning? */
bool hidden_tables_knows(const struct group_sessions *s, uint32_t server_id,
    uint32_t thread_id);

/* As JSON, cdc-state(5); nothing where nothing is known. */
void hidden_tables_put(struct temporaries *t, const struct group_sessions *s,
    struct buf *out);

/* And back: those that it tells, and no others.  ERR_DATA. */
int hidden_tables_load(struct temporaries *t, struct group_sessions *s,
    struct span json, struct err *err);

#endif
