/* SPDX-License-Identifier: MIT
 *
 * --mode: what is done before and behind the copy, as Debezium's
 * snapshot.mode says it.
 */
#ifndef SNAPSHOT_FOLLOW_H
#define SNAPSHOT_FOLLOW_H

#include "position/gtid.h"
#include "snapshot/snapshot.h"

/* Is there nothing to copy: never, or the --state's copy is whole (and, of
 * when_needed, what follows it still there)?  1, 0, -1. */
int follow_at_once(const struct snapshot_options *opt, struct err *err);

/* Become cdc-tail on the same server, with the same words for values: behind
 * these, or (NULL) behind the --state, or from the oldest log.  It returns
 * only where that fails: -1. */
int follow(const struct snapshot_options *opt, const struct gtid_list *begin,
    struct err *err);

#endif
