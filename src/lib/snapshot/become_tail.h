/* SPDX-License-Identifier: MIT
 *
 * --mode: what is done before and after the copy, in the terms of Debezium's
 * snapshot.mode.
 */
#ifndef SNAPSHOT_BECOME_TAIL_H
#define SNAPSHOT_BECOME_TAIL_H

#include "record/lists.h"
#include "position/gtid.h"
#include "snapshot/snapshot.h"

/* Is there nothing to copy: never, or the --state's copy is whole (and, of
 * when_needed, what follows it still there)?  1, 0, -1. */
int become_tail_at_once(const struct snapshot_options *opt, struct err *err);

/* The lists under which the copy is made, and what follows it. */
void become_tail_tell_lists(const struct snapshot_options *opt,
    struct lists *lists);

/* An option that cdc-tail has, too, was given: keep it for become_tail(). */
void become_tail_option(struct snapshot_options *opt,
    const struct option_row *row, const char *text, bool own);

void become_tail_clear(struct snapshot_options *opt);

/* Does the mode continue as cdc-tail? */
bool become_tail_is_asked(const struct snapshot_options *opt);

/* May the account read the log that follows the copy?  -1: ERR_CONFIG. */
int become_tail_may(const struct snapshot_options *opt, struct err *err);

/* Become cdc-tail, with the options that it was given: after these, or
 * (NULL) after the --state, or from the oldest log.  schemas: a file of records
 * of tables as they were there, or -1.  It returns only where that fails: -1.
 */
int become_tail(const struct snapshot_options *opt,
    const struct gtid_list *begin, int schemas, struct err *err);

#endif
