/* SPDX-License-Identifier: MIT
 *
 * The statement that reads a table's rows.
 */
#ifndef SNAPSHOT_SELECT_H
#define SNAPSHOT_SELECT_H

#include "snapshot/copy_progress.h"

struct selection {
	const struct snapshot_options *opt;     /* --where */
	const struct copied_table *of;
	const struct copy_rows *rows;           /* its wanted columns */
	const struct copy_progress *steps;	/* what is copied of it */
};

/* Do rows lie in order of the primary key? */
bool select_is_sorted(const struct copied_table *t);

/* Is there a table for each --where, and is it SQL there?  ERR_USAGE. */
int select_check(const struct snapshot_options *opt,
    struct snapshot_source *s, struct err *err);

/* Append SELECT … FROM … [WHERE …] [ORDER BY]: nothing is to be sorted. */
void select_put(const struct selection *s, struct statement *sql);

#endif
