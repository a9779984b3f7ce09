/* SPDX-License-Identifier: MIT
 *
 * The server that is copied: which tables it has, locks, the snapshot and its
 * position.
 */
#ifndef SNAPSHOT_SOURCE_H
#define SNAPSHOT_SOURCE_H

#include "position/gtid.h"
#include "schema/schema.h"
#include "snapshot/snapshot.h"

struct source_table {
	char *db, *name;
	bool transactional;             /* its engine sees the snapshot */
	uint64_t estimate;              /* of its rows, by the server */
	const struct schema_table *schema;
};

struct snapshot_source {
	const struct snapshot_options *opt;
	struct db *db;                  /* where the snapshot is open */
	struct db *locks;               /* where tables are locked, or NULL */
	struct schemas *schemas;
	struct source_table *tables;    /* in order of database and name;
	                                 * those that are locked first */
	size_t ntables;
	bool releases;                  /* a table that was read may be
	                                 * altered */
	struct gtid_list gtids;         /* the position of the snapshot */
	char *file;
	uint64_t pos;
};

/* Connect, find the tables that are wanted, open the snapshot. */
int source_open(struct snapshot_source *s,
    const struct snapshot_options *opt, struct err *err);

/* In front of a table and behind it: its metadata lock is let go of, if that
 * can be, and its LOCK TABLES when no table needs that any more. */
int source_table_begin(struct snapshot_source *s, struct err *err);
int source_table_end(struct snapshot_source *s, size_t table,
    struct err *err);
void source_close(struct snapshot_source *s);

#endif
