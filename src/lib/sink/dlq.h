/* SPDX-License-Identifier: MIT
 *
 * A dead letter queue: a file of records that could not be applied, one JSON
 * object per line,
 *
 *   {"original_event":…,"error":"…","error_type":"…","timestamp":…,
 *    "headers":{…}}
 *
 * (an event that is not JSON is a string of its text; one that is not text is
 * the base64 of its bytes, as "original_bytes")
 *
 * together with the keys in it: later records of such a key follow it there, so
 * that the order per key is preserved.  What was added is written and synced
 * before the position moves (dlq_write), and removed again if that fails.
 */
#ifndef SINK_DLQ_H
#define SINK_DLQ_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "sink/blocked_keys.h"

struct dlq;

/* Is the record of such headers done, as far as the position tells? */
typedef bool dlq_done_fn(void *arg, struct span headers);

/* Open the file, made where there is none; no other process has it (ERR_RETRY).
 * Entries that are not done are dropped: they come again. */
struct dlq *dlq_open(const char *path, uint64_t max, dlq_done_fn *done,
    void *arg, struct err *err);
void dlq_free(struct dlq *q);

struct dlq_entry {
	struct span event;      /* the line as it came */
	struct span table, key; /* that it holds; key p NULL: all of it;
	                         * table p NULL: nothing */
	const char *error, *type;
	struct span headers;    /* members, each with a comma in front */
};

/* Is a line one?  It is JSON, and it says without a doubt what it holds. */
bool dlq_is_entry(struct span line);

const struct blocked_keys *dlq_held(const struct dlq *q);

/* Put an entry.  ERR_DATA if there are more than `max`. */
int dlq_put(struct dlq *q, const struct dlq_entry *entry, struct err *err);

/* How much was put; and back to it. */
struct dlq_mark {
	size_t bytes, held;
	uint64_t entries;
};
struct dlq_mark dlq_mark(const struct dlq *q);
int dlq_back(struct dlq *q, struct dlq_mark mark, struct err *err);

/* What was put after a mark, aside, while the rest is written; and back. */
struct dlq_tail {
	struct buf put;
	struct blocked_keys held;
	uint64_t entries;
};
int dlq_aside(struct dlq *q, struct dlq_mark mark, struct dlq_tail *tail,
    struct err *err);
void dlq_resume(struct dlq *q, struct dlq_tail *tail);

/* Append what was put, and sync; it can still be taken back, … */
int dlq_write(struct dlq *q, struct err *err);
/* … until then. */
void dlq_committed(struct dlq *q);

/* Was something put that is not done? */
bool dlq_pending(const struct dlq *q);

/* Entries that this run put. */
uint64_t dlq_count(const struct dlq *q);

#endif
