/* SPDX-License-Identifier: MIT
 *
 * A transaction that has more records than before, or fewer: the numbers of
 * those that follow, and what its end counts.
 */
#ifndef ROUTE_RENUMBER_H
#define ROUTE_RENUMBER_H

#include "base/hash.h"
#include "record/record.h"

struct renumber_table {
	struct buf name;        /* db.table */
	int64_t more;
};

struct renumber {
	struct buf id;          /* of the transaction in hand */
	int64_t more;           /* records than it had */
	struct renumber_table *tables;
	size_t n, cap;
	struct hash names;      /* their places */
	struct buf name, collections;
};

/* A record of a transaction: another one begins anew; one that does not say
 * (a tombstone of Debezium's) is of the same. */
void renumber_begin(struct renumber *n, struct span transaction);

/* From here on there are so many more. */
void renumber_add(struct renumber *n, struct span db, struct span table,
    int64_t more);

/* The transaction block of a record, its numbers with what was added so far and
 * `plus`: itself, or a copy in out.  p NULL: a number that cannot be. */
struct span renumber_block(struct renumber *n, struct span transaction,
    struct span db, struct span table, int64_t plus, struct buf *out);

/* The end of a transaction counts them, too.  made is kept by reference until
 * record_emit(). */
int renumber_end(struct renumber *n, struct record *rec, struct buf *made,
    struct err *err);
void renumber_clear(struct renumber *n);

#endif
