/* SPDX-License-Identifier: MIT
 *
 * A tolerant reader of CREATE, ALTER, RENAME and DROP TABLE: it learns types
 * that table maps do not have, keys and system versioning, and is never
 * fatal.  What it does not understand it leaves out.
 * https://mariadb.com/kb/en/create-table/, alter-table/
 */
#ifndef SCHEMA_DDL_H
#define SCHEMA_DDL_H

#include "binlog/query.h"
#include "schema/schema.h"

/* Learn from a statement; true where it may have changed a table. */
bool schemas_learn(struct schemas *s, const struct query *query);

#endif
