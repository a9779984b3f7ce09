/* SPDX-License-Identifier: MIT
 *
 * May a copy that was interrupted go on in a new snapshot?  Rows of two
 * snapshots are made one by the stream, from the first of them on.  That cannot
 * be where
 *
 *   rows have no key: nobody knows which of them are there;
 *   the log tells a part of each row (binlog_row_image): what moved to another
 *     key between the snapshots cannot be made of it;
 *   a foreign key changes rows by itself (ON DELETE CASCADE, …): the log does
 *     not tell of them, and a replica does likewise only while its rows are as
 *     old as the event;
 *   statements are to be executed, and a table that is left was altered: its
 *     rows would come before its ALTER.
 */
#ifndef SNAPSHOT_RESUME_H
#define SNAPSHOT_RESUME_H

#include "snapshot/snapshot_db.h"

/* A key that is never NULL? */
bool resume_has_key(const struct schema_table *t);

/* Does a foreign key between tables of the copy change rows?  1, of table *who
 * (or NULL); 0, -1. */
int resume_cascades(struct snapshot_source *source, struct buf *who,
    struct err *err);

/* 1; 0, which is said, where all begins anew; -1.  Which tables are left:
 * left(arg, table); were any of them altered? */
int resume_may(struct snapshot_source *source,
    bool (*left)(void *arg, const struct copied_table *t), void *arg,
    bool altered, struct err *err);

/* What tells a table's definition from another; 0 where there is none. */
uint64_t resume_form(const struct copied_table *t);

#endif
