/* SPDX-License-Identifier: MIT
 *
 * The session in which a statement of the source ran ("The session of a
 * statement" in cdc-event(5)), set up on a connection as a replica does it.  It
 * needs no privilege unless secure_timestamp is set: every variable is the
 * session's own.
 */
#ifndef EVOLVE_SOURCE_SESSION_H
#define EVOLVE_SOURCE_SESSION_H

#include "evolve/evolver.h"

/* A connection of its own, NULL on error: DDL commits, and what waits in the
 * other must not be.  Who holds a lock on the table for longer is an error. */
struct db *source_session_connect(struct evolver *e, struct span session,
    struct span record_db, struct err *err);

/* Give it back: where all went well it is kept, as what it was when it was new,
 * for the next. */
void source_session_leave(struct evolver *e, struct db *db, bool well);

/* Be in the session's default database, if the target has it, or in the
 * record's where none is told; and set what is told.  session.p NULL: nothing
 * is.  text: the statement's, or p NULL where it is of our own making.
 * Values are typed and in range: -1 and ERR_DATA. */
int source_session_make(struct db *db, struct span session,
    struct span record_db, struct span text, struct err *err);

/* The variables alone, of those that every server has, appended to a SET: each
 * with a comma in front.  -1 and ERR_DATA. */
int source_session_put(struct statement *sql, struct span session,
    struct err *err);

/*
 * A statement's own bytes, which the session has where its text was made of
 * them, or the text itself: 1, and `bytes`, in the character set `client`, if
 * they are the text's; 0: there are none, or they are another's (a filter wrote
 * it anew).
 * -1 and ERR_DATA where it cannot be told how the server would read them.
 */
int source_session_bytes(struct span session, struct span text,
    struct buf *bytes, const char **client, struct err *err);

#endif
