/* SPDX-License-Identifier: MIT
 *
 * A first copy of tables at one position of the binlog.
 * https://mariadb.com/kb/en/start-transaction/ (WITH CONSISTENT SNAPSHOT),
 * enhancements-for-start-transaction-with-consistent-snapshot/
 */
#ifndef SNAPSHOT_SNAPSHOT_H
#define SNAPSHOT_SNAPSHOT_H

#include "db/connect.h"
#include "state/states.h"
#include "match/table_filter.h"
#include "tail/command.h"
#include "value/types.h"

/* Debezium's snapshot.mode; those that are not "only" continue as cdc-tail. */
enum snapshot_mode {
	MODE_INITIAL_ONLY, MODE_NO_DATA, MODE_INITIAL, MODE_NEVER,
	MODE_WHEN_NEEDED,
};
enum ddl_waiting { WAITING_IGNORE, WAITING_STOP };
enum snapshot_lock { LOCK_MINIMAL, LOCK_EXTENDED, LOCK_NONE };

/* 'db.table: CONDITION' */
struct copy_condition {
	struct span table;
	const char *sql;
};

struct copy_conditions {
	struct copy_condition *v;
	size_t n;
};

#define NO_THROTTLE UINT64_MAX

enum { MAX_THREADS = 256 };

struct snapshot_options {
	struct db_options db;
	const char *prefix;             /* of topics */
	struct value_modes modes;
	struct table_filter filter;
	struct copy_conditions where;
	int mode, lock, ddl_waiting;
	int64_t lock_wait_ms, lock_wait_timeout_ms, xa_timeout_ms;
	uint64_t threads;               /* readers; 0, 1: one */
	uint64_t throttle;              /* rows in a second; 0: as they come,
	                                 * on the command line NO_THROTTLE */
	struct sink_done {              /* what a sink has done: */
		const char *path;       /* a file, or NULL … */
		struct states states;   /* … and what it says */
	} done;
	const char *write_state;        /* a file, or NULL */
	const char *progress;           /* a file of JSON lines, or NULL */
	struct tail_command tail;       /* what cdc-tail continues with … */
	struct words {
		char **v;
		size_t n;
	} tail_words;                   /* … as it was given */
	const char *tail_only;          /* an option that is no copy's, or
	                                 * NULL */
};

/* Add one of these. */
int snapshot_where(struct copy_conditions *all, const char *text,
    struct err *err);

int snapshot_run(struct snapshot_options *opt, struct err *err);

#endif
