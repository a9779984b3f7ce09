/* SPDX-License-Identifier: MIT
 *
 * The reader of CREATE, ALTER, RENAME and DROP TABLE: how statements in the log
 * give a schema. https://mariadb.com/kb/en/create-table/, alter-table/,
 * create-database/
 *
 * WHY STATEMENTS ARE READ
 *
 * A table map, which precedes rows in the log, tells how values are stored.  By
 * far not all that there is to know: with binlog_row_metadata=FULL also names,
 * signs, character sets, labels and the primary key; never that a BINARY(16) is
 * a UUID, a LONGTEXT JSON, a period a period; and of defaults, comments,
 * generated columns and order nothing.  The statements tell these.  They are in
 * the log, at the place from which they hold.
 *
 * HOW ONE IS LEARNED
 *
 *     binlog/query_event.h   finds text, database and the session it ran in
 *     sql/lex.h     cuts the text into words, in that session's sql_mode
 *     column.h     a column or key, as it is written: name, type and so on
 *     alter.h          the clauses of an ALTER, as a list; nothing is done yet,
 *                      since all of them see the table as it was before, so
 *                      that a swap of names is no riddle
 *     merge.h          what the list makes of the table
 *     settle.h, key.h what depends on the whole: which character set a column
 *                      has that names none, which type a length leads to, which
 *                      key is the primary one
 *
 * WHEN IT IS NOT UNDERSTOOD
 *
 * The grammar of a server is larger than any reader of it, and grows.  Reading
 * is therefore never fatal, and never a guess: whatever is not wholly
 * understood becomes the table's `trouble`, and the table is unknown from there
 * on.  Rows whose map says it all are still printed; where more is needed, it
 * is asked for (--schema, information_schema), or said to be missing.
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
 * Learn from a statement that the log has at file, pos; true where it may have
 * changed a table.  What it changed is put into changes, which must be empty.
 */
bool ddl_learn(struct schemas *s, const struct query *query,
    const char *file, uint64_t pos, struct schema_changes *changes);

#endif
