/* SPDX-License-Identifier: MIT
 *
 * A record as a change of rows.
 */
#ifndef APPLY_CHANGE_H
#define APPLY_CHANGE_H

#include "apply/apply.h"

/* Put the change of a record of data into the batch.  -1: ERR_DATA and
 * ERR_CONFIG say the line. */
int change_take(struct applier *a, struct record *rec, struct err *err);

/* Empty the table of a schema record, if the target has it: its rows come
 * again. */
int change_empty(struct applier *a, struct record *rec, struct err *err);

/* Is a record the create of the delete that waits: together, a change of key?
 */
bool change_is_second_half(const struct applier *a, const struct record *rec);

/* Put what waits for its second half. */
void change_settle(struct applier *a);

#endif
