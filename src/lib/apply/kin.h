/* SPDX-License-Identifier: MIT
 *
 * Tables that foreign keys tie to each other.  What these change (CASCADE, SET
 * NULL) is in no record, so a record that waits in the dead letter queue is
 * followed by those of all these tables.
 */
#ifndef APPLY_KIN_H
#define APPLY_KIN_H

#include "apply/applier.h"

/* Must a record wait, for one of its key or of another table?  1, 0; -1: the
 * target could not be asked. */
int kin_is_held(struct applier *a, const struct blocked_keys *held,
    struct record *rec, struct err *err);

#endif
