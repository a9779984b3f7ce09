/* SPDX-License-Identifier: MIT
 *
 * A copy starts over, instead of one that is half done.  Its schema records
 * empty its tables.  What the earlier one filled, and the source has no more by
 * that name, is in none of them: it was dropped or renamed before the new copy
 * began, so no statement in the stream says so, and its rows would stay beside
 * those of a later table of that name.
 */
#ifndef APPLY_HALF_COPY_H
#define APPLY_HALF_COPY_H

#include "apply/applier.h"

/* A heartbeat came; did a copy start over before it?  If it starts over now,
 * keep the names of what that of the stored position filled. */
int half_copy_look(struct applier *a, bool before, struct err *err);

/* Behind the schema records: empty those of them that the new copy has not, in
 * the transaction that stays open. */
int half_copy_empty(struct applier *a, struct err *err);

#endif
