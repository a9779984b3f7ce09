/* SPDX-License-Identifier: MIT
 *
 * Rows are copied before those that they refer to, so foreign keys are not
 * checked in the meantime.  At the end, rows that refer to nothing are counted;
 * for a resumed copy, this is when the stream has reached its latest snapshot.
 */
#ifndef APPLY_ORPHANS_H
#define APPLY_ORPHANS_H

#include "apply/applier.h"

/* After a heartbeat: does a copy end with it? */
bool orphans_are_due(struct applier *a, const struct record *rec);

/* Name them, as warnings: the source may have them, too, or a table is not in
 * the stream. */
int orphans_look(struct applier *a, struct err *err);

#endif
