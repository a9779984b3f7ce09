/* SPDX-License-Identifier: MIT
 *
 * --schema-evolution add: makes a column of the target accept what the source's
 * column does, and keeps all that it has: types, lengths, labels, character
 * sets, NULL.
 */
#ifndef EVOLVE_WIDEN_H
#define EVOLVE_WIDEN_H

#include "schema/schema.h"
#include "target/target.h"

enum widen {
	WIDEN_NO,               /* it takes all that the source's may hold, or
	                         * it is not known */
	WIDEN_YES,
	WIDEN_CANNOT,           /* neither takes all that the other may */
};

/* How they stand; what follows is of WIDEN_YES. */
enum widen widen_judge(const struct target_column *to,
    const struct schema_column *from);

/* May the target's hold what the source's does not?  An ALTER that made the
 * latter so has changed such values, as has one of an expression. */
bool widen_is_more(const struct target_column *to,
    const struct schema_column *from);

/*
 * Append `name` TYPE … : what the target has of its column, by its line of
 * SHOW CREATE TABLE, but for what becomes wider.  -1: ERR_DATA.
 */
int widen_define(struct statement *sql, const struct target_column *to,
    const struct schema_column *from, struct span name, struct span line,
    struct err *err);

/* A column's line of SHOW CREATE TABLE; p NULL where there is none. */
struct span widen_line(struct span table, const char *column);

/* Ask for it: that line of the target's column, p NULL where there is none.
 * *lines are the table's, the caller's to free; NULL until they are asked. */
int widen_read(struct db *db, const struct target *t, const char *column,
    char **lines, struct span *line, struct err *err);

#endif
