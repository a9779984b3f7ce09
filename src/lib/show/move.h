/* SPDX-License-Identifier: MIT
 *
 * An update that changes the key is two records, a delete and a create
 * (cdc-event(5)).  The first waits for the second, which follows it directly,
 * so that they are shown as what they were.
 */
#ifndef SHOW_MOVE_H
#define SHOW_MOVE_H

#include "base/buf.h"
#include "record/record.h"

struct move {
	bool waits;
	bool tombstone;         /* one was between them */
	struct buf text;        /* the line of the delete … */
	struct record old;      /* … read again */
};

/* Is a record the first half of a move?  It is held then. */
bool move_hold(struct move *m, const struct record *rec, struct err *err);

/* Is it the other half of the one that waits, or a tombstone between them? */
bool move_completes(const struct move *m, struct record *rec);
bool move_has_tombstone(const struct move *m, const struct record *rec);

void move_clear(struct move *m);

#endif
