/* SPDX-License-Identifier: MIT
 *
 * Columns and tables of a schema record as SQL definitions.  Nothing is copied
 * from a record: its type and character set are looked up by name, lengths are
 * numbers within the limits of the type, labels are text, and a default is text
 * or one expression, in which a server accepts no user's function.  A table
 * that is created gets no comments and generated expressions, and no defaults
 * but values: each of its rows arrives with all that an expression made.
 */
#ifndef EVOLVE_DEFINE_H
#define EVOLVE_DEFINE_H

#include "schema/schema.h"
#include "sql/statement.h"

/* Append `name` VARCHAR(20) CHARACTER SET latin1; the name is the target's.
 * Texts of a key compare by bytes: no two keys of the source may become one.
 * -1: ERR_DATA that names the column and what of it no server has. */
int define_column(struct statement *sql, const struct schema_table *t,
    const struct schema_column *col, struct span name, struct err *err);

/* The type alone: VARCHAR(20). */
int define_type(struct statement *sql, const struct schema_column *col,
    struct err *err);

/* What a column has that is added to a table with rows: [NOT] NULL, DEFAULT,
 * AUTO_INCREMENT and its key.  `mode` is that of who wrote an expression
 * (enum sql_mode). */
void define_added(struct statement *sql, const struct schema_table *t,
    const struct schema_column *col, unsigned mode);

/* DEFAULT of a new table's column, if it is a value whose text says all. */
void define_default(struct statement *sql, const struct schema_column *col);

/* Append CREATE TABLE IF NOT EXISTS `db`.`name` (…); with columns for the time
 * of rows that are past, if history is told. */
int define_table(struct statement *sql, const struct schema_table *t,
    struct span db, struct span name, bool history, struct err *err);

#endif
