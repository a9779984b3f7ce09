/* SPDX-License-Identifier: MIT
 *
 * What the options of CREATE TABLE and the changes of ALTER TABLE do to a
 * table.
 */
#ifndef DDL_ALTER_H
#define DDL_ALTER_H

#include "sql/lex.h"
#include "schema/type_name.h"

/* What the columns were called before, one that is redefined. */
struct altered {
	char *was;              /* MODIFY, CHANGE; NULL: ADD */
	bool first;
	char *after;            /* NULL: where it was, or at the end */
};

/* RENAME, SET DEFAULT, DROP of something that has a name. */
enum retouch_kind {
	DROP_COLUMN, DROP_KEY, DROP_EITHER, DROP_PERIOD, RENAME_COLUMN,
	RENAME_KEY, SET_DEFAULT,
	PASSED_OVER,            /* a definition whose condition is not met */
};

struct retouch {
	enum retouch_kind kind;
	char *name;
	char *text;             /* new name, default */
	enum default_kind default_kind;
};

/* All changes of an ALTER TABLE: each sees the table of before. */
struct alteration {
	struct schema_table *before;    /* what is known of it; complete or
	                                 * not */
	struct schema_table *defined;   /* new columns and keys */
	struct altered *columns;        /* what they are to do, as many */
	struct retouch *retouches;
	size_t nretouches;
	char *charset, *convert;        /* DEFAULT CHARACTER SET, CONVERT TO */
	const char *db_charset;         /* what DEFAULT is, or NULL */
	bool defines;           /* columns, if only on conditions not met */
	bool ended;             /* of what follows, nothing is on columns */
};

void alter_begin(struct alteration *a, struct schema_table *before,
    const char *db_charset);

/* One change, to its comma. */
void alter_read(struct alteration *a, struct sql *s);

/* Make them; frees what they are made of. */
void alter_end(struct alteration *a, struct sql *s);

/* One option of a table; AS SELECT, which adds columns that we were not told
 * of, makes it incomplete. */
void alter_option(struct sql *s, struct schema_table *table);

/* [DEFAULT] CHARACTER SET | CHARSET | COLLATE [=] name, "" for DEFAULT; false
 * if it is something else. */
bool alter_charset(struct sql *s, char **charset);

#endif
