/* SPDX-License-Identifier: MIT
 *
 * How far a stream has come, from the view of a sink: which records it has
 * already done, when a transaction is complete, what may be stored as done.
 *
 * A transaction is complete when its END arrives, or a record of another one,
 * or a heartbeat whose vector covers it; never because the input ends.
 */
#ifndef SINK_PROGRESS_H
#define SINK_PROGRESS_H

#include "record/record.h"
#include "state/state.h"

struct progress {
	/* set by the caller */
	bool keeps;             /* a position is kept */
	bool any_order;         /* --gtid-order arrival */
	bool any_lists;         /* --accept-lists */
	const char *show;       /* the command that writes the state into a
	                         * file, for hints; or NULL */
	const char *without;    /* how no position is kept, for hints */
	bool known;             /* there was a state when we began */
	struct state state;        /* what is finished */

	/* what the stream is in */
	bool opened;            /* by a heartbeat */
	bool places;            /* it says each transaction's place, whatever
	                         * the numbers: any_order, and the stream's */
	bool ended;             /* its last heartbeat came, and nothing else */
	enum err_kind failed;   /* its program ended so, it said, and nothing
	                         * came after that */
	bool open;              /* inside a transaction, in_hand … */
	bool skips;             /* … that is done already */
	bool copies;            /* inside a snapshot, … */
	bool steps;             /* … whose heartbeats say how far it is: what
	                         * lies between two is done or not … */
	bool rests;             /* … and one of them came just now */
	bool empties;           /* it begins again where one was half done: its
	                         * tables must be emptied */
	struct gtid in_hand;
	struct gtid finished;   /* the newest that was */
	uint64_t order;         /* total_order of its newest record */
	struct gtid_list seen;  /* newest of each domain in this stream */
	struct gtid_list left;  /* any_order: what is done and did not come by
	                         * yet */
	struct gtid_list now;   /* where the source was when the stream began,
	                         * if it says so */
	uint64_t transactions;  /* that were finished */
	bool refused;           /* a copy began where there is one */
	bool moved;             /* the state, since the caller cleared this */
	struct gtid_list until; /* of a copy: its rows may be younger than the
	                         * events up to there */
};

/*
 * A record of data: 1 to be done, 0 done already, -1: ERR_USAGE (no opening
 * heartbeat, no GTID), ERR_DATA (the sequence does not grow).  If it is
 * another transaction's, the one before is finished.
 */
int progress_record(struct progress *p, const struct record *rec,
    struct err *err);

/* A schema record, which belongs to a transaction as rows do. */
int progress_schema(struct progress *p, const struct record *rec,
    struct err *err);

/* Any other control record.  ERR_CONFIG: the stream begins after the state (a
 * gap), or a copy begins where there is one. */
int progress_control(struct progress *p, const struct record *rec,
    struct err *err);

/* Is what was taken so far whole, and may be shown and stored? */
bool progress_at_rest(const struct progress *p);

void progress_clear(struct progress *p);

#endif
