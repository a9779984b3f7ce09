/* SPDX-License-Identifier: MIT
 *
 * May an interrupted copy be resumed in a new snapshot?  The stream, from the
 * first snapshot on, reconciles the rows of two snapshots.  That is impossible
 * if
 *
 *   rows have no key: it is unknown which of them exist;
 *   the log contains only part of each row (binlog_row_image): a row that moved
 *     to another key between the snapshots cannot be built from it;
 *   a foreign key changes rows (ON DELETE CASCADE, …): the log does not contain
 *     these changes, and a replica makes the same ones only while its rows are
 *     as old as the event;
 *   statements are to be executed, and a remaining table was altered: its rows
 *     would come before its ALTER.
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

/* Does the log contain all of each row?  1, 0, -1; *image (or NULL; the caller
 * frees): binlog_row_image. */
int resume_logs_whole(struct snapshot_source *source, char **image,
    struct err *err);

/* 1; 0, which is reported, if all begins again; -1.  Which tables are left:
 * left(arg, table); were any of them altered? */
int resume_may(struct snapshot_source *source,
    bool (*left)(void *arg, const struct copied_table *t), void *arg,
    bool altered, struct err *err);

/* What tells a table's definition from another; 0 where there is none. */
uint64_t resume_form(const struct copied_table *t);

#endif
