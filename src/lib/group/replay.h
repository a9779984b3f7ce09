/* SPDX-License-Identifier: MIT
 *
 * The events of a group again, with their rows: without what was undone,
 * decompressed, payloads opened, fragments joined.
 */
#ifndef GROUP_REPLAY_H
#define GROUP_REPLAY_H

#include "binlog/fragment.h"
#include "binlog/payload.h"
#include "group/savepoint.h"
#include "source/source.h"

struct replay {
	struct binlog_source *src;
	const struct savepoints *savepoints;
	uint64_t at, end;       /* offsets in the log */
	size_t range;           /* undone ranges that were passed */
	struct payload *payload;        /* whose events are being given */
	struct fragments fragments;
	struct buf plain;       /* the event in hand, if it was compressed */
};

/* From the event at `from` to the offset `end`. */
void replay_begin(struct replay *re, struct binlog_source *src,
    const struct savepoints *savepoints, uint64_t from, uint64_t end);

/* 1, 0 after the last, -1 and err, which names the place. */
int replay_next(struct replay *re, struct binlog_event *ev, struct err *err);
void replay_clear(struct replay *re);

#endif
