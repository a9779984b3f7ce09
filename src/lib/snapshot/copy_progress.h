/* SPDX-License-Identifier: MIT
 *
 * The progress of a copy: the member `snapshot` of its heartbeats, which a sink
 * keeps unchanged and returns in its state (cdc-state(5)).
 *
 *   {"start":"1-1-5","done":["`shop`.`a`"],"table":"`shop`.`b`",
 *    "key":{"id":7},"left":"…","rows":12,"until":"1-1-9"}
 *
 * Keys are written in one way, whatever the modes of the records are, so that
 * they can become SQL again when the copy is resumed.  `left` shows whether
 * remaining tables were altered since.
 */
#ifndef SNAPSHOT_COPY_PROGRESS_H
#define SNAPSHOT_COPY_PROGRESS_H

#include "copy/resume_key.h"
#include "snapshot/snapshot_db.h"
#include "state/states.h"

struct copy_progress {
	const struct state *state;      /* of a copy that was interrupted; or
	                         * NULL */
	bool alone;             /* one reader: there are steps at all */
	bool instead;           /* not continued: this one begins again */

	struct buf done;        /* elements of the array */
	struct buf table, key;  /* as JSON; empty: null */
	uint64_t rows;          /* in all: the caller counts */
	uint64_t left, form;    /* sums of resume_form(): of tables that are
	                         * left, that in hand among them, and of it */

	uint64_t said;          /* rows, at the last step … */
	int64_t said_ms;        /* … and when */

	struct resume_key keys; /* of the table in hand; not open where a key
				 * of it cannot be SQL again */
};

/* Take up the copy of a state (path NULL: none), if that can be: then the
 * source keeps the tables that are left, and has the first position; its new
 * one is `until`.  ERR_DATA where it is no state of a copy. */
int copy_progress_open(struct copy_progress *s,
    const struct state_file *state,
    struct snapshot_source *source, struct err *err);

/* Tables from this one on were read again from the server. */
void copy_progress_left(struct copy_progress *s,
    const struct snapshot_source *source, size_t first);

/* The next table, by the columns that are copied.  sorted: its rows come in
 * order of its primary key. */
int copy_progress_table(struct copy_progress *s, const struct copied_table *t,
    const struct schema_table *kept, bool sorted, const char *prefix,
    struct err *err);

/* Append the condition, if there is one (after word), that leaves out what is
 * copied of it. */
void copy_progress_condition(const struct copy_progress *s,
    struct sql_part word, struct statement *sql);

/* Is it time for a step, by the rows that the caller counts?  Then of the row
 * that was printed, an image; or after a table. */
bool copy_progress_due(const struct copy_progress *s);
int copy_progress_row(
    struct copy_progress *s, const struct buf *image, struct err *err);
void copy_progress_table_end(struct copy_progress *s);

/* Append the member, of a copy that is not whole, or is. */
void copy_progress_put(const struct copy_progress *s,
    const struct snapshot_source *source, struct buf *out);
void copy_progress_put_whole(
    const struct snapshot_source *source, struct buf *out);

void copy_progress_close(struct copy_progress *s);

#endif
