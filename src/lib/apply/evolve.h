/* SPDX-License-Identifier: MIT
 *
 * --schema-evolution: the target's tables follow those of the source.
 */
#ifndef APPLY_EVOLVE_H
#define APPLY_EVOLVE_H

#include "apply/apply.h"
#include "follow/action.h"

/* After a schema record that is new: check that the target can take rows of
 * the table, or make it so.  What waits is committed.  *altered where tables of
 * the target may be others now. */
int evolve(struct applier *a, const struct record *rec, bool *altered,
    struct err *err);

/* --schema-evolution add: is the statement, by which rows go or get another
 * name, one that evolve() follows, or says that it left it? */
bool evolve_acts(const struct action *s);

#endif
