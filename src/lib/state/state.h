/* SPDX-License-Identifier: MIT
 *
 * A position, cdc-state(5): what a sink has done, in memory and as JSON.
 *
 * The members of the JSON are one table (state.c), which reader and writer
 * follow.  What a state only hands on (snapshot, incremental, lists, modes)
 * stays as the bytes that came.
 */
#ifndef STATE_STATE_H
#define STATE_STATE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "record/lists.h"
#include "position/gtid.h"

struct state {
	struct buf name;                /* of the position; or empty */
	struct gtid_list done;          /* everything up to it is done */
	struct gtid_list restart;       /* XA: read again from here, … */
	bool restarts;                  /* … if so */
	struct gtid partial;            /* of which a part is done, … */
	uint64_t partial_order;         /* … up to this total_order; 0: none */
	struct buf snapshot;            /* JSON, or empty: none */
	struct buf incremental;         /* the same of copies in the stream */
	struct buf temporary;           /* and of sessions' own tables */
	struct buf file;                /* for people, with pos */
	uint64_t pos;
	struct buf filter;              /* fingerprint of the lists … */
	struct buf lists;               /* … and themselves, JSON; or empty */
	struct buf modes;               /* how values are written, the same */
};

void state_copy(struct state *to, const struct state *from);
void state_clear(struct state *s);

/* Make an empty *s what the text says; ERR_DATA if that is no state.  One
 * whose snapshot is unfinished need not have a gtid. */
int state_read(struct state *s, struct span text, struct err *err);
bool state_is_unfinished(const struct state *s);

/* Take over what a heartbeat has apart from gtid and snapshot; ERR_DATA if
 * its restart is no position. */
int state_take_beat(struct state *s, struct span beat, struct err *err);

/* {"gtid":…,"total_order":…}, or nothing; and back, false if it is none. */
void state_put_partial(const struct state *s, struct buf *out);
bool state_take_partial(struct state *s, struct span json);

/* The lists of a source: `filter` and `lists` of an empty state. */
void state_put_lists(struct state *s, const struct lists *lists);

/* The whole, one line with its newline; as a file, which is replaced whole. */
void state_print(const struct state *s, struct buf *out);
int state_write(const struct state *s, const char *path, struct err *err);

#endif
