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

/* Put what waits for its second half. */
void change_settle(struct applier *a);

#endif
