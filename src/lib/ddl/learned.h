/* SPDX-License-Identifier: MIT
 *
 * A statement from which definitions are learned: what its readers (ddl.c,
 * indexes.c, databases.c) share.
 */
#ifndef DDL_LEARNED_H
#define DDL_LEARNED_H

#include "ddl/ddl.h"

struct ddl {
	struct schemas *schemas;
	struct sql sql;
	const struct query *query;
	const char *file;       /* where it is in the log */
	uint64_t pos;
	struct schema_changes *changes;
	bool replaces;          /* OR REPLACE */
};

/* A table that it names. */
struct ddl_target {
	char *db, *name;
};

bool ddl_target(struct ddl *d, struct ddl_target *t);
void ddl_target_clear(struct ddl_target *t);

/* What is known of it before the statement: what statements said, else the
 * newest record.  NULL only where there is none, without make. */
struct schema_entry *ddl_entry(struct ddl *d, const struct ddl_target *t,
    bool make);

/* Note a change; it takes text. */
void ddl_add_change(struct ddl *d, enum change_type type,
    const struct ddl_target *t, char *text);

/* The entry's table is what the statement left: if that was not understood,
 * forget it, and say so. */
void ddl_settle(struct ddl *d, struct schema_entry *entry);

/* Over [WAIT n | NOWAIT]. */
void ddl_over_wait(struct sql *s);

/* CREATE … INDEX, DROP INDEX: after those words; false if it is neither. */
bool ddl_create_index(struct ddl *d, bool unique);
bool ddl_drop_index(struct ddl *d);

/* CREATE, ALTER, DROP DATABASE: may a table have changed? */
bool ddl_create_database(struct ddl *d);
bool ddl_alter_database(struct ddl *d);
bool ddl_drop_database(struct ddl *d);

#endif
