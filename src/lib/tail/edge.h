/* SPDX-License-Identifier: MIT
 *
 * An offset of a log, reached in the order of the files, whether or not a
 * transaction is there.
 */
#ifndef TAIL_EDGE_H
#define TAIL_EDGE_H

#include <stdbool.h>

#include "source/source.h"
#include "position/bound.h"

/* A zeroed struct has met nothing. */
struct edge {
	bool here;              /* in the bound's log */
	bool seen;              /* it is that log, or was */
	bool reached;           /* the offset went by */
	uint64_t end;           /* of the newest event of that log */
};

/* Which log is meant where the bound names none. */
enum edge_default { EDGE_FIRST_LOG, EDGE_LAST_LOG };

/* The next event; logs counts them, this one included.  -1: its log ended
 * before the offset (ERR_CONFIG), or the offset lies inside of an event that
 * belongs to no transaction, or there is one log more where the last of one
 * file is meant (ERR_USAGE). */
int edge_event(struct edge *e, const struct bound *bound, const char *option,
    enum edge_default which, unsigned logs, const struct binlog_source *src,
    const struct binlog_event *ev, struct err *err);

/* The input ended.  ERR_CONFIG if the offset is not in it. */
int edge_close(const struct edge *e, const struct bound *bound,
    const char *option, struct err *err);

#endif
