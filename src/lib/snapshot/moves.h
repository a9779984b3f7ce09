/* SPDX-License-Identifier: MIT
 *
 * Statements that give the rows of tables other names while the tables are
 * copied, or their names to other tables: RENAME TABLE, EXCHANGE PARTITION,
 * DROP TABLE before CREATE TABLE, …
 *
 * A snapshot keeps rows, not names.  A table is found by its name when its turn
 * comes, so the snapshot may read rows that belonged to another table when it
 * began.  The server does not refuse that, as it refuses a table that was
 * altered.
 *
 * The log contains these statements.  A table that is read is locked against
 * them, so the end of the log just after its reading began separates those
 * before it from those after it.  The log is searched up to where the reading
 * of the last table began.
 *
 * An account that may not read the log (REPLICATION SLAVE) prevents the
 * statements instead: it holds metadata locks on all tables from before the
 * snapshot to the end of the copy.
 */
#ifndef SNAPSHOT_MOVES_H
#define SNAPSHOT_MOVES_H

#include "position/gtid.h"
#include "snapshot/snapshot.h"

struct snapshot_source;
struct copied_table;

/* An end of the log: the number of the file, and an offset. */
struct moves_place {
	uint64_t log, pos;
};

struct moves {
	bool told;                      /* the log is searched */
	bool keeps;                     /* names are locked */
	struct db *keeper;              /* holds the locks until the reader
	                                 * does */
	struct gtid_list begin;         /* the snapshot of this run */
	char *file;
	uint64_t pos;
	struct moves_place *read;       /* for each table, where the log ended
	                                 * when its reading began; shared by
	                                 * the processes that read */
	size_t n;
};

/* Find out which of the two it is, and warn if names will be locked.  -1: the
 * server's error. */
int moves_open(struct snapshot_source *s, struct err *err);
void moves_close(struct snapshot_source *s);

/* If names are locked: lock them before the snapshot is opened (0, -1), and
 * again in it, over the connection that reads.  The latter returns 1, or 0 if a
 * statement waits in between (open another snapshot), or -1. */
int moves_keep(struct snapshot_source *s, struct err *err);
int moves_kept(struct snapshot_source *s, struct err *err);

/* The tables are known and the snapshot is open at s's position: remember
 * it. */
int moves_begin(struct snapshot_source *s, struct err *err);

/* The reading of the table has begun, so it is locked, or it does not exist:
 * note where the log ends. */
int moves_read(struct snapshot_source *s, size_t table, struct err *err);

/* All tables are read.  -1 and ERR_RETRY: rows of one may be another's, and
 * the statement is named. */
int moves_check(struct snapshot_source *s, struct err *err);

/* May a copy whose first snapshot was at file, pos and the GTIDs `begun` be
 * resumed in this one?  1; 0 and a message if a statement in between forbids
 * it; -1.  Tables for which stakes(arg, table) is true must not have been
 * dropped and created again. */
int moves_between(struct snapshot_source *s, const struct gtid_list *begun,
    const char *file, uint64_t pos,
    bool (*stakes)(void *arg, const struct copied_table *t), void *arg,
    struct err *err);

#endif
