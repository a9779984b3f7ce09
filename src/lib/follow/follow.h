/* SPDX-License-Identifier: MIT
 *
 * What include and exclude lists leave of a statement: it acts only on captured
 * tables.  A statement on several tables keeps the captured ones; a foreign key
 * to another table and an excluded column are removed from it; if it cannot be
 * taken apart, that is an error that names it.  cdc-filter(1) has the table of
 * what happens to each kind of statement.
 */
#ifndef FOLLOW_FOLLOW_H
#define FOLLOW_FOLLOW_H

#include "base/err.h"
#include "match/table_filter.h"
#include "follow/action.h"

enum follow {
	FOLLOW_NOTHING,         /* it is on other things */
	FOLLOW_ALL,             /* as it stands */
	FOLLOW_PART,            /* `text` is what is left of it */
};

struct following {
	struct buf text;
	struct buf tables;      /* those that it changes, by their names
	                         * afterwards, with commas */
};

/*
 * db is where names without a database will be looked for by who reads the
 * result; where that is another than at action_read(), they get theirs.
 * columns: names of the table's columns as far as they are known, or NULL.
 * The verdict; -1 and ERR_CONFIG.
 */
int follow_statement(const struct action *s, struct table_filter *lists,
    struct span db, char *const *columns, size_t ncolumns,
    struct following *out, struct err *err);
void follow_clear(struct following *f);

#endif
