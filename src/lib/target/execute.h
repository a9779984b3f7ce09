/* SPDX-License-Identifier: MIT
 *
 * Executes what waits in a batch, in as few statements as possible.
 */
#ifndef TARGET_EXECUTE_H
#define TARGET_EXECUTE_H

#include "target/left.h"
#include "target/row_statement.h"

struct executor {
	struct db *db;
	const struct assignment_list *set;
	const struct left *left;        /* changes that the tables did not
	                                 * follow */
	size_t packet;          /* bytes that one execution may have … */
	size_t most;            /* … where one row needs more: at most */
	bool tolerant;          /* a row that is not there is no error: the
	                         * events may be older than the rows */
	bool replaces;          /* and a row that clashes makes way */
	bool completes;         /* rows that are not there come later */
	struct buf *dry;        /* not NULL: SQL text goes there, and nothing
	                         * to the server */
	const char *strict, *lenient;   /* sql_mode */
	uint8_t unchecked;      /* by the session, unchecked.h; 0 when it is
	                         * new */

	uint64_t bad;           /* the line of a row that cannot be executed; 0:
	                         * of several */
	bool single;            /* a row each: to find the one that fails */
	bool once;              /* nothing takes back what the batch did: it
	                         * cannot be tried again to find that row */

	uint64_t statements, missing;   /* counters */

	/* arrays of an execution */
	const char **p;
	size_t *n;
	struct db_values *values;
	const struct op **ops;  /* of each row */
	size_t arrays_cap, values_cap;
};

/* Does a rollback undo all that waits, once it has run? */
bool execute_is_undone(const struct batch *b);

/* Run all that waits, inside the transaction that is open. */
int execute_batch(struct executor *x, struct batch *b, struct err *err);

/* Empty the table; rows of others that refer to it stay, as they do when it is
 * truncated.  By TRUNCATE TABLE, which commits and sets AUTO_INCREMENT back, or
 * by DELETE FROM. */
int execute_truncate(struct executor *x, const struct target *t, bool commits,
    struct err *err);

/* A savepoint; *is_there: an engine that cannot go back to one (Aria) refuses
 * it once it has changes. */
int execute_savepoint(struct db *db, struct sql_part name, bool *is_there,
    struct err *err);

/* --dry-run: a statement that is not executed. */
void execute_print(struct executor *x, struct span sql);

void execute_clear(struct executor *x);

#endif
