/* SPDX-License-Identifier: MIT
 *
 * --to sql: what its files share.
 */
#ifndef FORMAT_SQL_H
#define FORMAT_SQL_H

#include "format/cells.h"
#include "format/format.h"
#include "format/transaction.h"
#include "sql/statement.h"
#include "target/history.h"

/* The modes of the session that the statements need: what a source can hold
 * must go in, what does not fit must not. */
#define SQL_LENIENT_MODE "NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES," \
	"NO_ENGINE_SUBSTITUTION"
#define SQL_STRICT_MODE "STRICT_ALL_TABLES," SQL_LENIENT_MODE

struct sql_writer {
	struct format_transaction transaction;
	struct statement sql;   /* of this record */
	struct statement set;   /* what must be set before it */
	struct format_cells before, after, key;
	struct buf query;       /* that was shown last, in this transaction */
	struct buf place;       /* of the last statement of the source */
	struct buf bytes;
	struct buf time, time_ms;       /* of the last transaction */
	uint8_t unchecked;      /* by the session: target/unchecked.h */
	bool lenient;           /* the session is … */
	bool needs_lenient;     /* … and has to be, for this row */
};

static inline struct sql_writer *
sql_writer_of(const struct formatter *f)
{
	return f->own;
}

/* Its value is the server's. */
static inline bool
sql_is_made_by_server(const struct formatter *f,
    const struct format_table *table, const struct format_column *column)
{
	return column->as.computed || (column->as.row_time &&
	    !history_is_told(&f->tables.modes, table->schema));
}

static inline struct sql_part
sql_table_of(const struct format_table *table)
{
	return SQL_TABLE(table->db, table->name);
}

/* WHERE …, and the end of the statement.  -1: ERR_DATA, of a row that it does
 * not find for certain. */
int sql_where_put(struct formatter *f, const struct format_change *c,
    struct err *err);

/* The part of a key, which the row as it was has, or the record's key. */
const struct format_cell *sql_where_key(const struct sql_writer *w,
    size_t part);

/* Append a value of a row.  -1: ERR_DATA. */
int sql_value_put(struct formatter *f, const struct format_table *table,
    const struct format_cell *cell, struct err *err);

/* The session as all statements find it, but those of the source. */
void sql_session_put(struct statement *sql, bool first);

/* A schema record that has a statement: it, in the session in which it ran.
 * Nothing, if it has none or is another record of the last one.  -1: ERR_DATA,
 * where it cannot be written. */
int sql_session_statement(struct sql_writer *w, const struct record *rec,
    struct err *err);

#endif
