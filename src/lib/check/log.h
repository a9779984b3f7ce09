/* SPDX-License-Identifier: MIT
 *
 * What only the binlog itself can tell: statements in its newest log, and how
 * far behind a reader's --state is.
 */
#ifndef CHECK_LOG_H
#define CHECK_LOG_H

#include "check/items.h"
#include "event/state.h"

/* Read the newest log, or its first 64 MB, for statement-based changes, over a
 * connection of its own. */
int check_statements(struct db *db, finding_fn *report, void *arg,
    struct err *err);

/* Where the states stand between the oldest log and now. */
int check_states(struct db *db, const struct states *states,
    finding_fn *report, void *arg, struct err *err);

#endif
