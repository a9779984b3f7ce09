/* SPDX-License-Identifier: MIT
 *
 * A record as a change of rows.
 */
#ifndef APPLY_CHANGE_H
#define APPLY_CHANGE_H

#include "apply/applier.h"

/* What became of a record's change. */
enum change_taken {
	CHANGE_UNKNOWN = -2,    /* nothing yet: the target could not be asked
	                         * for its table, which may pass; err */
	CHANGE_BAD = -1,        /* err */
	CHANGE_WAITS,           /* it is in the batch, if there is any */
	CHANGE_ALONE,           /* … and is to be executed before another one
	                         * comes */
	CHANGE_BARRIER,         /* nothing yet: what waits is to be executed,
	                         * then it is taken again */
	CHANGE_EMPTIES,         /* after what waits, the table *empties is to
	                         * be emptied */
};

/* Put the change of a record of data into the batch.  CHANGE_BAD, but by what
 * does not pass: ERR_DATA and ERR_CONFIG, which say the line. */
enum change_taken change_take(struct applier *a, struct record *rec,
    struct target **empties, struct err *err);

/* The table of a schema record is to be emptied, if the target has it: its rows
 * come again.  CHANGE_WAITS: it has none. */
enum change_taken change_empty(struct applier *a, struct record *rec,
    struct target **empties, struct err *err);

/* Is a record the create of the delete that waits: together, a change of key?
 */
bool change_is_second_half(const struct applier *a, const struct record *rec);

#endif
