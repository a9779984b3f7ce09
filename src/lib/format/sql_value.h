/* SPDX-License-Identifier: MIT
 *
 * A value of a row as a literal of SQL, for any format.
 */
#ifndef FORMAT_SQL_VALUE_H
#define FORMAT_SQL_VALUE_H

#include "format/cells.h"
#include "sql/statement.h"

struct sql_value {
	struct statement *sql;  /* it is appended to that */
	struct buf *bytes;      /* scratch */
	bool anywhere;          /* its reader's session is not ours: any
	                         * sql_mode, any character set */
	bool needs_lenient;     /* set: only without strict mode does its
	                         * column take it */
};

/* -1: ERR_DATA, which names table, column and value. */
int sql_value_write(struct formatter *f, struct sql_value *to,
    const struct format_table *table, const struct format_cell *cell,
    struct err *err);

#endif
