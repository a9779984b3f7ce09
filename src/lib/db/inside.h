/* SPDX-License-Identifier: MIT
 *
 * Shared by the files of this room and by nothing else.
 */
#ifndef DB_INSIDE_H
#define DB_INSIDE_H

#include "base/span.h"
#include "db/connect.h"
#include "db/settings.h"
#include "db/wait.h"

enum { STATEMENT_ID = 4 };

struct db {
	const struct db_options *opt;
	const struct db_settings *settings;     /* shared; NULL, and … */
	struct err unsettled;           /* … why */
	struct st_mysql *mysql; /* NULL: not connected */
	struct db_wait wait;
	char **hosts;           /* or one NULL: localhost */
	size_t nhosts, next;
	char *name;
	unsigned last_errno;
	uint64_t packet;        /* bytes of a statement that the server takes */
	char *id, *server;      /* the session's number, and whose it is */
	uint8_t statement[STATEMENT_ID];        /* of db_query() */
};

/* The library is going to be called for db: its handle, a MYSQL *. */
struct st_mysql *db_enter(struct db *db);

/* Fill err with the words of the server, or of what ended a wait; its kind
 * by errors.h; -1. */
int db_failed(struct db *db, struct err *err, struct span what,
    unsigned number, const char *text);
int db_failed_now(struct db *db, struct err *err, struct span what);
int db_unconnected(const struct db *db, struct err *err);

/* Make the session what we need, whatever made it something else, and ask
 * whether it is. */
int db_session_set(struct db *db, struct err *err);

/* struct db_wait's at_work: does another connection see that the server does
 * something for this one? */
int db_at_work(void *db);

#endif
