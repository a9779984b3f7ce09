/* SPDX-License-Identifier: MIT
 *
 * Tables of the target server according to its information_schema: read once,
 * and again after DDL.
 */
#ifndef TARGET_TARGET_H
#define TARGET_TARGET_H

#include "convert/target_column.h"
#include "db/bulk.h"

#define NO_OP ((size_t)-1)

struct op_list {
	size_t first, last;     /* numbers of changes; NO_OP: none */
};

struct target {
	char *db, *name;
	struct target_column *columns;
	size_t ncolumns;
	size_t *key;            /* primary, else unique and never NULL … */
	size_t nkey;            /* … 0: rows match whole */
	bool primary;           /* the key is a PRIMARY one */
	bool ordered;           /* another unique key, a foreign key, a
	                         * trigger: changes keep their order */
	bool triggers, transactional;
	bool sequence;
	bool merges;            /* a MERGE table */
	bool warns;             /* an expression of it does: lenient.h */
	bool no_upsert;         /* it takes no ON DUPLICATE KEY UPDATE */

	struct row_statement *statements;
	struct op_list changes; /* that wait: batch.h */
	struct target *busy;    /* the next that has some */
};

/* Read a table; *target is NULL if there is none of that name.  That others
 * refer to it is not asked: references.h. */
int target_read(struct db *db, struct span schema, struct span name,
    struct target **target, struct err *err);
void target_free(struct target *t);

/* The place of a column by name, as the server compares them; or -1. */
int target_column_find(const struct target *t, struct span name);

/* `db`.`name`, borrowed. */
struct sql_part target_sql(const struct target *t);

#endif
