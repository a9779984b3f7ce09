/* SPDX-License-Identifier: MIT
 *
 * --from and --until: which groups lie between them.  Groups are whole or not
 * at all.
 */
#ifndef BINLOG_WINDOW_H
#define BINLOG_WINDOW_H

#include "binlog/group.h"
#include "position/bound.h"

/* What to do with a domain that a --from GTID list does not name. */
enum other_domains { OTHER_REFUSE, OTHER_EARLIEST, OTHER_NOW };

enum gtid_order { ORDER_STRICT, ORDER_ARRIVAL };

enum window_verdict {
	WINDOW_BEFORE,          /* leave it out, read on */
	WINDOW_IN,
	WINDOW_BEYOND,          /* leave it out, read on: it is not done */
	WINDOW_PAST,            /* stop: it and all behind it are out */
};

struct window {
	struct bound from, until;
	enum other_domains other_domains;
	enum gtid_order order;

	struct gtid_list start; /* of the first log */
	struct gtid_list done;  /* everything up to here was handled */
	char *first_file;       /* owned */
	bool begun;             /* a group was in */
	bool seen_from, seen_until;     /* the bound's file went by */
};

/* Look at the start of the input: fill done, refuse a --from that the input
 * cannot serve (ERR_USAGE: a domain is not named; ERR_CONFIG: the input
 * begins too late). */
int window_open(struct window *w, struct group_reader *r, struct err *err);

/* Judge a group; -1 and err where --from lies inside it, or where its
 * sequence number is not above its domain's. */
int window_judge(struct window *w, const struct group *g, bool last_log,
    struct err *err);

/* The group was handled: move done. */
void window_pass(struct window *w, const struct group *g);

/* Is nothing left that could be in? */
bool window_reached(const struct window *w);

/* The input ended.  ERR_USAGE where --from was never met by it. */
int window_close(const struct window *w, struct err *err);
void window_clear(struct window *w);

#endif
