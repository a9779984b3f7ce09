/* SPDX-License-Identifier: MIT
 *
 * --from and --until: which groups are between them.  Groups are printed whole
 * or not at all.
 *
 * A GTID is a place in its domain.  If numbers increase (ORDER_STRICT), they
 * show what is before it and what after; otherwise (ORDER_ARRIVAL) only that
 * GTID itself does, when it is read.
 */
#ifndef TAIL_RANGE_H
#define TAIL_RANGE_H

#include "tail/edge.h"
#include "group/group.h"
#include "position/bound.h"

/* What to do with a domain that a --from GTID list does not name. */
enum other_domains { OTHER_REFUSE, OTHER_EARLIEST, OTHER_NOW };

enum range_verdict {
	WINDOW_BEFORE,          /* leave it out, it is done; read on */
	WINDOW_IN,
	WINDOW_BEYOND,          /* leave it out, it is not done; read on: other
	                         * domains are not there yet */
	WINDOW_PAST,            /* stop: it and all after it are out */
};

struct range {
	struct bound from, until;
	struct gtid_list limit; /* nothing after it can be in: where a server
	                         * was when a time was over; or already, and
	                         * until is known to be before */
	enum other_domains other_domains;
	enum gtid_order order;
	bool to_the_end;        /* what follows until is read, to see that no
	                         * other log does (an offset), or that it is
	                         * not there again (arrival) */
	bool state;             /* from is a sink's, not a person's: it may have
	                         * domains that these logs have not */
	bool now;               /* until is where the source was at start */
	bool unique;            /* arrival: a GTID of from or until that goes by
	                         * twice is an error */
	char *last_file;        /* arrival: the log of the last group that is
	                         * in, … */
	uint64_t last_pos;      /* … and where it is; file NULL: until tells */
	bool empty;             /* until is not after from */
	bool guess;             /* … or may not be, and numbers of one server
	                         * tell */

	struct gtid_list start; /* of the first log */
	struct gtid_list done;  /* everything up to here was handled */
	struct gtid_list from_left, until_left, limit_left; /* did not go by */
	struct gtid_list passed;        /* newest of what was left out because
	                                 * from did not go by */
	struct gtid_list from_seen, until_seen; /* arrival: that went by */
	struct edge from_edge, until_edge;
	char *end_file;         /* to_the_end: where the last group that is */
	uint64_t end_pos;       /* in ends */
	bool crossed;           /* until lies before from */
	bool cut_first;         /* until came before a group was in */
	bool late;              /* groups were left out: from is a time */
	unsigned logs;          /* that began */
	bool begun;             /* a group was in */
};

/* Look at the start of the input: fill done, refuse a --from that the input
 * cannot serve (ERR_USAGE: a domain is not named; ERR_CONFIG: the input
 * begins too late). */
int range_open(struct range *w, struct group_reader *r, struct err *err);

/* What a source of files calls for each event (struct binlog_source): 1 if
 * nothing after it can be in, 0, -1. */
int range_watch(void *window, const struct binlog_source *src,
    const struct binlog_event *ev, struct err *err);

/* Does it need to see the events? */
bool range_watches(const struct range *w);

/* Judge a group; -1 and err where --from lies inside it, or where its
 * sequence number is not above its domain's. */
int range_judge(struct range *w, const struct group *g, struct err *err);

/* The group was handled, and is not WINDOW_BEYOND: did done move? */
bool range_pass(struct range *w, const struct group *g);

/* End where the source is now, at the latest. */
void range_limit(struct range *w, const struct gtid_list *now);

/* Is nothing left that could be in? */
bool range_reached(const struct range *w);

/* There is no end any more. */
void range_unbound(struct range *w);

/* We left it: ERR_CONFIG if --until did not come up to limit. */
int range_missed(const struct range *w, struct err *err);

/* The input ended, and not because we left it.  ERR_CONFIG if --from or
 * --until was never met by it. */
int range_close(const struct range *w, struct err *err);

/* A good end: what a person would want to know of --from and --until. */
void range_remark(const struct range *w);
void range_clear(struct range *w);

#endif
