/* SPDX-License-Identifier: MIT
 *
 * Statements that wait for the lock of a table.  The server is asked to wait
 * only for a moment, again and again, so that a message can say who holds the
 * lock, and a signal ends the wait.
 * https://mariadb.com/kb/en/metadata-locking/, metadata-lock-info-plugin/
 */
#ifndef SNAPSHOT_WAITING_H
#define SNAPSHOT_WAITING_H

#include "snapshot/snapshot_db.h"

struct waiting {
	struct snapshot_source *source;
	struct db *db;                  /* whose statements wait */
	const struct copied_table *table;       /* for what; NULL: for those
	                                 * that are to be locked */
	int64_t began_ms, said_ms;      /* steady clock */
};

/* A connection of its own over which waits are looked for; made at first use,
 * and again if that failed.  NULL: err says why. */
struct db *waiting_watch(struct snapshot_source *s, struct err *err);

/* Have the session wait a moment only. */
int waiting_begin(struct waiting *w, struct err *err);

/* A statement of it failed: is it to be tried again?  err is clear then.  Else
 * it says why, as ERR_RETRY where the lock did not come. */
bool waiting_again(struct waiting *w, struct err *err);

#endif
