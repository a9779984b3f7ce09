/* SPDX-License-Identifier: MIT
 *
 * What the options of CREATE TABLE and the changes of ALTER TABLE do to a
 * table.
 */
#ifndef SCHEMA_ALTER_H
#define SCHEMA_ALTER_H

#include "binlog/sql.h"
#include "schema/schema.h"

/* One change, to its comma. */
void alter_one(struct sql *s, struct schema_table *table);

/* One option of a table; AS SELECT, which adds columns that nobody told us
 * of, makes it incomplete. */
void alter_option(struct sql *s, struct schema_table *table);

/* [DEFAULT] CHARACTER SET | CHARSET | COLLATE [=] name; false where it is
 * something else. */
bool alter_charset(struct sql *s, char **charset);

/* What follows for columns: text ones that do not say their character set have
 * the table's, and a primary key's are NOT NULL. */
void alter_settle(struct schema_table *table);

#endif
