/* SPDX-License-Identifier: MIT
 *
 * --timestamp-zone and --datetime-zone: moments as clocks in a zone show them,
 * and what such clocks showed as moments.
 */
#ifndef ROUTE_TIMES_H
#define ROUTE_TIMES_H

#include "base/zone.h"
#include "convert/told.h"
#include "match/table_filter.h"
#include "route/routed.h"

/* --datetime-doubt: which offset holds where clocks were put forward or
 * back. */
enum times_doubt { DOUBT_BEFORE, DOUBT_AFTER, DOUBT_ERROR };
extern const char *const times_doubts[];        /* their words */

struct times_options {
	const char *timestamp_zone, *datetime_zone;
	int doubt;
	int time;               /* --time; -1: heartbeats say it */
	struct table_filter columns;    /* which of them */
};

enum { TIMES_SLOTS = 256 };

struct times {
	const struct times_options *opt;
	const struct told *told;
	struct zone *timestamp, *datetime;      /* or NULL */
	struct timed_table *tables;     /* TIMES_SLOTS of them */
	struct buf before, after, key, oldkey, newkey, scratch;
};

int times_open(struct times *t, const struct times_options *opt,
    const struct told *told, struct err *err);

/* Convert the values of a record in its parts.  -1: ERR_DATA. */
int times_convert(struct times *t, struct record *rec, struct routed *parts,
    struct err *err);
void times_clear(struct times *t);

#endif
