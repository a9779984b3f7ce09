/* SPDX-License-Identifier: MIT
 *
 * What the files that execute a batch share: the connection, what it tolerates,
 * and the arrays of an execution.
 */
#ifndef TARGET_EXECUTOR_H
#define TARGET_EXECUTOR_H

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

/* Was the last error that another row holds a value of a unique key? */
bool executor_clashed(const struct executor *x);

/* A savepoint; *is_there: an engine that cannot go back to one (Aria) refuses
 * it once it has changes. */
int execute_savepoint(struct db *db, struct sql_part name, bool *is_there,
    struct err *err);

/* --dry-run: a statement that is not executed. */
void execute_print(struct executor *x, struct span sql);

void execute_clear(struct executor *x);

#endif
