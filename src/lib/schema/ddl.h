/* SPDX-License-Identifier: MIT
 *
 * The reader of CREATE, ALTER, RENAME and DROP TABLE: it learns what table
 * maps do not have (types, keys, system versioning) and what schema changes
 * tell (order, defaults, comments), and is never fatal.  A table of which it
 * does not wholly understand a statement is not known from there on.
 * https://mariadb.com/kb/en/create-table/, alter-table/, create-database/
 */
#ifndef SCHEMA_DDL_H
#define SCHEMA_DDL_H

#include "binlog/query.h"
#include "schema/schema.h"

enum change_type { CHANGE_CREATE, CHANGE_ALTER, CHANGE_DROP, CHANGE_INDEX };

/* What a statement did to one table. */
struct schema_change {
	enum change_type type;
	char *db, *name;        /* as it is called now */
	char *text;             /* the part of a statement on several tables
	                         * that is on this one; NULL: all of it */
};

struct schema_changes {
	struct schema_change *list;
	size_t n;
	char *db;               /* that the statement is on; or NULL */
};

void schema_changes_clear(struct schema_changes *changes);

/*
 * Learn from a statement that the log has at file, pos; true where it may have
 * changed a table.  What it changed is put into changes, which must be empty.
 */
bool schemas_learn(struct schemas *s, const struct query *query,
    const char *file, uint64_t pos, struct schema_changes *changes);

#endif
