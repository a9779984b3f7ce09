/* SPDX-License-Identifier: MIT
 *
 * The reader of CREATE, ALTER, RENAME and DROP TABLE: how statements in the log
 * yield a schema.  https://mariadb.com/kb/en/create-table/, alter-table/,
 * create-database/
 *
 * WHY STATEMENTS ARE READ
 *
 * A table map, which precedes rows in the log, says how values are stored. With
 * binlog_row_metadata=FULL it also has names, signs, character sets, labels and
 * the primary key.  It never says that a BINARY(16) is a UUID, a LONGTEXT JSON
 * or a pair of columns a period, and it has no defaults, comments, generated
 * columns or order.  Statements say this, and they are in the log at the place
 * from which they apply.
 *
 * HOW ONE IS LEARNED
 *
 *     binlog/query_event.h   finds text, database and the session it ran in
 *     sql/lex.h        splits the text into tokens, in that session's sql_mode
 *     definition.h     a column or key as it is written: name, type and so on
 *     alter.h          the clauses of an ALTER, as a list; none is applied yet,
 *                      because all of them see the table as it was before, so
 *                      that names can be swapped
 *     merge.h          applies the list to the table
 *     settle.h, key.h  what depends on the whole: which character set a column
 *                      has that names none, which type a length selects, which
 *                      key is the primary one
 *
 * WHEN IT IS NOT UNDERSTOOD
 *
 * The grammar of a server is larger than any reader of it, and grows.  So
 * reading is never fatal, and never a guess: whatever is not fully understood
 * becomes the table's `trouble`, and the table is unknown from there on.  Rows
 * whose map is sufficient are still printed; if more is needed, it is looked up
 * (--schema, information_schema), or a message says that it is missing.
 */
#ifndef DDL_DDL_H
#define DDL_DDL_H

#include "binlog/query_event.h"
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

void ddl_changes_clear(struct schema_changes *changes);

/*
 * Learn from a statement that the log has at file, pos; true if it may have
 * changed a table.  What it changed is put into changes, which must be empty.
 */
bool ddl_learn(struct schemas *s, const struct query *query,
    const char *file, uint64_t pos, struct schema_changes *changes);

#endif
