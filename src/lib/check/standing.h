/* SPDX-License-Identifier: MIT
 *
 * How far a reader's --state is behind the source.
 */
#ifndef CHECK_STANDING_H
#define CHECK_STANDING_H

#include "check/finding.h"
#include "db/query.h"
#include "state/states.h"

/* Where the states stand between the oldest log and now; since when, the first
 * transaction after them says, which is read over a connection of its own. */
int check_states(struct db *db, const struct states *states,
    finding_fn *report, void *arg, struct err *err);

#endif
