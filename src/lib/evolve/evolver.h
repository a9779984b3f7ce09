/* SPDX-License-Identifier: MIT
 *
 * --schema-evolution: what this room needs of the program that uses it.
 *
 * The caller owns what the first part points to.  This room does not know what
 * waits to be executed: before it is called, the caller executes that.  If a
 * statement fails for a reason that may pass (a deadlock, a lost connection), a
 * callback decides what happens next.
 */
#ifndef EVOLVE_EVOLVER_H
#define EVOLVE_EVOLVER_H

#include "sink/blocked_keys.h"
#include "target/execute.h"
#include "target/mapping.h"
#include "target/offsets_table.h"

enum evolution { EVOLVE_NONE, EVOLVE_CHECK, EVOLVE_ADD, EVOLVE_DDL };

struct evolver {
	/* set by the caller */
	enum evolution evolution;
	const struct ways *ways;
	const struct table_options *tables;
	bool skip_replication;
	struct db *db;          /* the connection of the rows; DDL, which
	                         * commits, has one of its own */
	struct executor *x;     /* --dry-run */
	struct offsets_table *position;
	struct schemas *schemas;        /* of the source's tables */
	const struct known_modes *modes;
	struct left *left;
	const struct blocked_keys *held;        /* NULL: there is no dead
	                         * letter queue … */
	const char *queue;      /* … of this path */

	/* After the error *err, the `tries`-th since the last success (from 0):
	 * try again?  The callback has then waited, and cleared *err.
	 * again(): a statement of another connection.  ask_again(): a question
	 * to db, which is connected again; 0 or -1.  do_again(): a statement in
	 * db's open transaction, which is rolled back as a whole; 0 or -1. */
	void *arg;
	bool (*again)(void *arg, uint64_t tries, struct err *err);
	int (*ask_again)(void *arg, uint64_t tries, struct err *err);
	int (*do_again)(void *arg, uint64_t tries, struct err *err);

	/* this room's own; 0 at first */
	struct {                /* the intent found at the start (executed.h) */
		struct buf gtid, ddl;   /* empty: none */
		uint64_t number;        /* 0: unknown */
		bool executed;
	} begun;
	struct db *spare;       /* source_session.h; or NULL */
	struct buf numbered;    /* GTID of the newest statement, … */
	uint64_t number;        /* … and its number there, from 1 */
};

#endif
