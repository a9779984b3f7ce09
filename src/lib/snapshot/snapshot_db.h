/* SPDX-License-Identifier: MIT
 *
 * The server that is copied: its tables, locks, the snapshot and its position.
 */
#ifndef SNAPSHOT_SNAPSHOT_DB_H
#define SNAPSHOT_SNAPSHOT_DB_H

#include "position/gtid.h"
#include "schema/schema.h"
#include "snapshot/moves.h"
#include "snapshot/snapshot.h"

/* Where a snapshot is; outside of one, where the log ends. */
#define SNAPSHOT_PLACE SQL("SHOW STATUS WHERE VARIABLE_NAME IN "             \
	"('BINLOG_SNAPSHOT_FILE','BINLOG_SNAPSHOT_POSITION')")

struct copied_table {
	char *db, *name;
	bool transactional;             /* its engine sees the snapshot */
	uint64_t estimate;              /* of its rows, by the server */
	const struct schema_table *schema;      /* NULL: it was dropped */
};

struct snapshot_source {
	const struct snapshot_options *opt;
	struct db *db;                  /* where the snapshot is open */
	struct db *locks;               /* where tables are locked, or NULL */
	struct db **workers;            /* others in which the same snapshot is
	                                 * open (--threads) */
	size_t nworkers;
	struct db *watch;               /* waiting_watch(), or NULL */
	struct schemas *schemas;
	struct copied_table *tables;    /* in order of database and name;
	                                 * those that are locked first */
	size_t ntables;
	bool releases;                  /* a table that was read may be
	                                 * altered */
	struct gtid_list gtids;         /* the position of the snapshot … */
	char *file;
	uint64_t pos;
	struct moves moves;             /* of rows to other names */
	struct gtid_list until;         /* … and of the last one that had to be
	                                 * opened: events up to it may be in
	                                 * rows already */
};

/* Connect, find the tables that are wanted, open the snapshot. */
int snapshot_db_open(struct snapshot_source *s,
    const struct snapshot_options *opt, struct err *err);

/* A table was altered since the snapshot began: open a new snapshot, in
 * which it and those after it are read. */
int snapshot_db_again(struct snapshot_source *s, struct err *err);

/* Is an ALTER waiting for a lock of ours?  1, 0, -1. */
int snapshot_db_ddl_waits(struct snapshot_source *s, struct err *err);

/* The connection over which a table's rows are read; does its lock say so? */
struct db *snapshot_db_reader(const struct snapshot_source *s, size_t table);
bool snapshot_db_is_locked(const struct snapshot_source *s, size_t table);

/* Before a table and after it: its metadata lock is let go of, if that
 * can be, and its LOCK TABLES when no table needs that any more. */
int snapshot_db_table_begin(struct snapshot_source *s, struct err *err);
int snapshot_db_table_end(struct snapshot_source *s, size_t table,
    struct err *err);
void snapshot_db_close(struct snapshot_source *s);

#endif
