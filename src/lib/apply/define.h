/* SPDX-License-Identifier: MIT
 *
 * A column and a table of a schema record as SQL defines them.  Nothing of a
 * record is copied: its type and character set are looked up by name, lengths
 * are numbers in the type's bounds, labels are texts.  Defaults, comments and
 * generated expressions are left out: they are in no row of the log.
 */
#ifndef APPLY_DEFINE_H
#define APPLY_DEFINE_H

#include "schema/schema.h"
#include "sql/write.h"

/* Append `name` VARCHAR(20) CHARACTER SET latin1.  Texts of a key compare by
 * bytes: no two keys of the source may become one.  -1: ERR_DATA that names
 * the column and what of it no server has. */
int define_column(struct statement *sql, const struct schema_table *t,
    const struct schema_column *col, struct err *err);

/* Append CREATE TABLE IF NOT EXISTS `db`.`name` (…). */
int define_table(struct statement *sql, const struct schema_table *t,
    struct span db, struct span name, struct err *err);

#endif
