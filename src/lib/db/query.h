/* SPDX-License-Identifier: MIT
 *
 * Statements over a connection: the only way by which SQL reaches a server.
 * They come from the writer (sql/statement.h), as their parts:
 *
 *   db_execute(db, err, SQL("KILL "), SQL_NUMBER(id));
 *
 * One call is one statement: the connection allows no second one after a
 * semicolon.  Errors are those of db/connect.h, and the statement's own.
 */
#ifndef DB_QUERY_H
#define DB_QUERY_H

#include "db/connect.h"
#include "sql/statement.h"

int db_run(struct db *db, struct err *err, const struct sql_part *parts,
    size_t n);
#define db_execute(db, err, ...) db_run(db, err, SQL_PARTS(__VA_ARGS__))

/* How many rows the last of these found (db_options) or changed. */
uint64_t db_affected(const struct db *db);

/* The first value of the first row, the caller frees; NULL if there is
 * none, or (err is filled) the statement failed. */
char *db_ask(struct db *db, struct err *err, const struct sql_part *parts,
    size_t n);
#define db_value(db, err, ...) db_ask(db, err, SQL_PARTS(__VA_ARGS__))

/* Call row() for each row: values, NULL for NULL.  It returns 0 to go on. */
typedef int db_row_fn(void *arg, char **values, size_t n);
int db_each(struct db *db, db_row_fn *row, void *arg, struct err *err,
    const struct sql_part *parts, size_t n);
#define db_rows(db, row, arg, err, ...)                                      \
	db_each(db, row, arg, err, SQL_PARTS(__VA_ARGS__))

/* How many rows a statement gives. */
int db_count(struct db *db, size_t *n, struct err *err, struct sql_part sql);

#endif
