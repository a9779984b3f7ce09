/* SPDX-License-Identifier: MIT
 *
 * Statements that give the rows of tables other names while the tables are
 * copied: RENAME TABLE, EXCHANGE PARTITION, …  A snapshot holds rows, not
 * names.  A table is looked for by its name when it is read, and what has that
 * name by then is read: no server says that it was another table's before, as
 * it does where a table was altered.
 *
 * The log has these statements.  While a table is read its metadata lock is
 * held, so where the log ends just after its reading began tells a statement
 * that went before from one that comes after.  What is to be read of the log
 * ends where the last table's reading began.
 *
 * Whoever may not read the log (REPLICATION SLAVE) keeps these statements
 * waiting instead: metadata locks of all tables, from before the snapshot to
 * the end of the copy.
 */
#ifndef SNAPSHOT_MOVES_H
#define SNAPSHOT_MOVES_H

#include "position/gtid.h"
#include "snapshot/snapshot.h"

struct snapshot_source;

/* In front of this offset of that log (its number) is what was there. */
struct moves_place {
	uint64_t log, pos;
};

struct moves {
	bool told;                      /* by the log; else … */
	bool keeps;                     /* … the names are to be kept */
	struct db *keeper;              /* until the reader has locks itself */
	struct gtid_list begin;         /* where this run's snapshot is */
	char *file;
	uint64_t pos;
	struct moves_place *read;       /* of each table, by its place among
	                                 * them; readers share it */
	size_t n;
};

/* May the account read the log?  Words that it may not. */
int moves_open(struct snapshot_source *s, struct err *err);
void moves_close(struct snapshot_source *s);

/* Where the names are to be kept: before the snapshot; and in it, over the
 * connection that reads: 1; 0 where a statement came between, -1. */
int moves_keep(struct snapshot_source *s, struct err *err);
int moves_kept(struct snapshot_source *s, struct err *err);

/* All tables are known, and the snapshot is at source's position. */
int moves_begin(struct snapshot_source *s, struct err *err);

/* The reading of a table has begun, or it is not there to be read. */
int moves_read(struct snapshot_source *s, size_t table, struct err *err);

/* All are read: were any rows another table's?  ERR_RETRY. */
int moves_check(struct snapshot_source *s, struct err *err);

/* May a copy that began at source's position (its first snapshot's, behind
 * `begun`) be taken up here?  1; 0, which is said; -1. */
int moves_between(struct snapshot_source *s, const struct gtid_list *begun,
    const char *file, uint64_t pos, struct err *err);

#endif
