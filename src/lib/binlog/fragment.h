/* SPDX-License-Identifier: MIT
 *
 * PARTIAL_ROW_DATA (MariaDB 12.3 and later): a row event that was too large for
 * one event, in consecutive fragments.  Joined, they are the event as it would
 * have been, including its header.
 * https://mariadb.com/kb/en/partial_row_data_event/
 */
#ifndef BINLOG_FRAGMENT_H
#define BINLOG_FRAGMENT_H

#include "base/buf.h"
#include "binlog/event.h"

/* A zeroed struct waits for a first fragment. */
struct fragments {
	uint32_t last, total;   /* numbers of the one in hand and of all */
	bool number_second;     /* the total stands in front of the number */
	uint64_t size;          /* of the event, as the first one says */
	uint64_t pos;           /* of the first one */
	struct buf whole;
};

/* Add a fragment.  1 if the event is whole: *whole is it, borrowed; 0
 * if more must come; -1. */
int fragments_add(struct fragments *f, const struct binlog_event *ev,
    struct binlog_event *whole, const struct binlog_format *format,
    struct err *err);

/* Is an event begun and not whole? */
bool fragments_open(const struct fragments *f);
void fragments_clear(struct fragments *f);

#endif
