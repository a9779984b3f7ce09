/* SPDX-License-Identifier: MIT
 *
 * Tables of the target that foreign keys of other tables refer to.  A server
 * finds them only by opening every table that it has, so it is asked once for
 * all, and again when the answer may be out of date.
 * https://mariadb.com/kb/en/information-schema-referential_constraints-table/
 */
#ifndef TARGET_REFERENCES_H
#define TARGET_REFERENCES_H

#include <stdbool.h>

#include "db/query.h"

struct references {
	bool blind;             /* the account is not shown all */
	struct buf names;       /* db, NUL, table, NUL, … */
	struct buf ties;        /* those that act: of both tables, the same */
	int64_t asked_ms;       /* 0: never */
};

/* Does a foreign key refer to the table?  1, 0, -1. */
int references_have(struct references *r, struct db *db, const char *schema,
    const char *table, struct err *err);

/* Does one that changes rows (CASCADE, SET NULL) tie it to a table, which may
 * be itself?  1, 0, -1. */
int references_act(struct references *r, struct db *db, const char *schema,
    const char *table, struct err *err);

/* The other tables that foreign keys tie to this one, over any number of them,
 * by which rows change that no statement names: CASCADE, SET NULL.  To *kin:
 * db, NUL, table, NUL, …  Those of tables that the account may not change are
 * not shown to it. */
int references_kin(struct references *r, struct db *db, const char *schema,
    const char *table, struct buf *kin, struct err *err);

/* A table was altered: ask again. */
void references_forget(struct references *r);
void references_free(struct references *r);

#endif
