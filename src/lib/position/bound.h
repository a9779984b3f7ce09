/* SPDX-License-Identifier: MIT
 *
 * Where to start and where to stop: the argument of --from and --until.
 *
 *   earliest               the first group there is (--from only)
 *   0-1-3,1-1-368          a GTID list: from: exclusive, until: inclusive
 *   1534, bin.000002:1534  an offset: from: inclusive, until: exclusive
 *   2026-11-22 10:00:00    a time (position/moment.h): the same
 *
 * Text that looks like a time is a time or an error, never anything else.
 */
#ifndef POSITION_BOUND_H
#define POSITION_BOUND_H

#include <stdint.h>

#include "base/err.h"
#include "position/gtid.h"

enum bound_kind {
	BOUND_NONE,             /* not said */
	BOUND_EARLIEST,
	BOUND_NOW,              /* where the source ends at start */
	BOUND_GTID,
	BOUND_OFFSET,
	BOUND_TIME,
};

struct bound {
	enum bound_kind kind;
	struct gtid_list gtids;
	char *file;             /* BOUND_OFFSET: NULL = first or last file */
	uint64_t offset;        /* bytes */
	int64_t time_s;         /* seconds since 1970 */
};

int bound_parse(struct bound *bound, const char *text, struct err *err);
int bound_parse_time(struct bound *bound, const char *text,
    struct err *err);       /* nothing but a time is meant */
void bound_clear(struct bound *bound);

#endif
