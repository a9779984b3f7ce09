/* SPDX-License-Identifier: MIT
 *
 * Changes, counted by table and operation.
 */
#ifndef SHOW_TALLY_H
#define SHOW_TALLY_H

#include "base/hash.h"
#include "show/page.h"

enum tally_op {
	TALLY_INSERT, TALLY_UPDATE, TALLY_DELETE, TALLY_READ, TALLY_TRUNCATE,
	TALLY_OPS,
};

struct tally_row {
	struct buf table;       /* as it is shown */
	size_t columns;
	uint64_t n[TALLY_OPS];
};

struct tally {
	struct tally_row *rows;
	size_t nrows, cap;
	struct hash names;
	size_t last;            /* that was counted */
	uint64_t n[TALLY_OPS];  /* of all tables */
	uint64_t others;        /* changes of tables that have no row of their
	                         * own, for there are too many */
};

/* Count a change; table: its name as it is shown, of so many columns.  With an
 * empty name only the sums count. */
void tally_add(struct tally *t, char op, struct span table, size_t columns);
uint64_t tally_sum(const struct tally *t);

/* Start again. */
void tally_empty(struct tally *t);
void tally_clear(struct tally *t);

/* "3 changes: 2 inserted, 1 updated" */
void tally_put_words(const struct tally *t, struct buf *out);

/* A line for each table, which begins with a text of so many columns. */
void tally_print(const struct tally *t, struct show_page *p,
    struct span prefix, size_t columns);

#endif
