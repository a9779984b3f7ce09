/* SPDX-License-Identifier: MIT
 *
 * Prepared statements that take many rows at once, MariaDB's bulk binding: one
 * round trip for an array of parameters.
 * https://mariadb.com/kb/en/bulk-insert-column-wise-binding/
 *
 * Errors are those of db/connect.h, and ERR_RETRY if the transaction may be
 * retried (deadlock, lock timeout), ERR_DATA if a value is at fault.
 */
#ifndef DB_BULK_H
#define DB_BULK_H

#include "db/connect.h"
#include "sql/statement.h"

struct db_statement;

/* A parameter: an array of values, a row each; p NULL is NULL. */
struct db_values {
	const char **p;
	size_t *n;              /* bytes */
	bool binary;            /* bytes, not UTF-8 */
};

struct db_statement *db_prepare(struct db *db,
    const struct statement *sql, struct err *err);
void db_statement_free(struct db_statement *s);

/* Run it for each row; *matched is how many rows were found or made, by all
 * of them together.  What fails, fails inside the array. */
int db_bulk(struct db_statement *s, const struct db_values *params,
    size_t nparams, size_t rows, uint64_t *matched, struct err *err);

#endif
