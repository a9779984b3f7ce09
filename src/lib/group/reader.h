/* SPDX-License-Identifier: MIT
 *
 * The reader between two events, shared by the files that implement group.h.
 */
#ifndef GROUP_READER_H
#define GROUP_READER_H

#include "group/group.h"
#include "binlog/gtid_event.h"
#include "group/replay.h"
#include "group/savepoint.h"

struct group_reader {
	struct binlog_source *src;
	struct gtid_list at, start;
	bool have_start;
	const struct group_options *opt;
	uint64_t tolerated;
	uint64_t starts;
	struct group_sessions sessions;
	uint64_t offset;
	uint32_t time;

	bool open;              /* between a GTID and its end */
	bool in_use;            /* in a log that was not closed */
	bool standalone;
	bool has_event;         /* ev below was read by group_peek_start() */
	struct binlog_event ev;
	struct group group;
	struct gtid_event gtid; /* how it began */
	struct savepoints savepoints;
	struct buf plain;       /* the event in hand, if it was compressed */
	struct fragments fragments;     /* a row event being put together */
	bool packed;            /* the event in hand is one of a payload */

	struct xa_set prepared;
	struct xa_branch *branch;       /* whose events are being given */

	struct replay replay;   /* group_event()'s place */
};

/* reader.c: what the reader knows, and this: the event ends the group in hand;
 * 1. */
int group_end(struct group_reader *r, const struct binlog_event *ev,
    enum group_verdict verdict);

/* group_xa.c: the statements and events of XA that end one: 1, -1. */
int group_xa_commit(struct group_reader *r, const struct binlog_event *ev,
    const struct query *query, struct err *err);
int group_xa_rollback(struct group_reader *r, const struct binlog_event *ev,
    const struct query *query);
int group_xa_prepared(struct group_reader *r, const struct binlog_event *ev,
    struct err *err);

/* Put a prepared group's events aside until it is decided. */
int group_keep_prepared(struct group_reader *r, struct err *err);

#endif
