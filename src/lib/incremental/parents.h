/* SPDX-License-Identifier: MIT
 *
 * The tables whose changes change rows of another without an event in the log
 * (catalog/cascades.h), directly or through others.  They must be copied before
 * it, because then a sink makes the same changes; rows of it that were read
 * while one of them changed are discarded.
 */
#ifndef INCREMENTAL_PARENTS_H
#define INCREMENTAL_PARENTS_H

#include "db/connect.h"
#include "incremental/queue.h"

struct parents {
	struct queue_tables all;
	bool loops;                     /* the table is one of its own: it is
	                                 * in `all` */
};

int parents_ask(struct parents *p, struct db *db, const struct queue_table *t,
    struct err *err);
bool parents_have(const struct parents *p, struct span db, struct span name);

/* Is one of them left to be copied after the first table, whose parents they
 * are?  Then it becomes the first. */
bool parents_first(const struct parents *p, struct queue_tables *tables);

/* Is one of them left to be copied by a later signal?  Then it is copied first,
 * and of the table whose parents they are nothing is. */
bool parents_promote(const struct parents *p, struct queue *q);
void parents_clear(struct parents *p);

#endif
