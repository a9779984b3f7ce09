/* SPDX-License-Identifier: MIT
 *
 * Which tables are to be copied while the stream runs: the requests from the
 * signal table, in their order, and their progress.  It travels with the stream
 * as the member `incremental` of heartbeats; a sink keeps it with its position
 * and returns it (cdc-state(5)):
 *
 *   {"paused":false,"window":"cdc-…","signals":[{"id":…,"type":…,"data":…}],
 *    "copies":[{"signal":…,"tables":[{"db":…,"table":…}],"conditions":[…],
 *    "key":{…},"max":{…},"moved":[{…}],"rows":7}]}
 */
#ifndef INCREMENTAL_QUEUE_H
#define INCREMENTAL_QUEUE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "match/table_filter.h"
#include "follow/action.h"
#include "incremental/moved.h"

struct queue_table {
	char *db, *name;
};

struct queue_tables {
	struct queue_table *v;
	size_t n;
};

/* Rows of tables that one signal asked for; of the first some are copied. */
struct queue_copy {
	char *signal;                   /* its id */
	struct queue_tables tables;
	struct buf conditions;          /* JSON: additional-conditions */
	struct buf key;                 /* the last that was copied, JSON */
	struct buf max;                 /* the last that is to be */
	struct moved moved;             /* and what is to be read again */
	uint64_t rows;                  /* that were */
};

/* A signal that was read and not obeyed yet. */
struct queue_signal {
	char *id, *type;
	struct buf data;                /* a JSON object, or empty */
};

struct queue {
	bool paused;
	char *window;                   /* ids of watermarks begin so */
	struct queue_signal *signals;
	size_t nsignals;
	struct queue_copy *copies;
	size_t ncopies;
};

/* What a heartbeat said; ERR_DATA where it is none. */
int queue_load(struct queue *q, struct span json, struct err *err);

/* Append it; nothing where nothing is left to be done. */
void queue_put(const struct queue *q, struct buf *out);

/* The signals that wait, the oldest first.  id and type become the queue's. */
void queue_add_signal(struct queue *q, char *id, char *type,
    struct span data);
void queue_drop_signal(struct queue *q);

/* The copy in hand, NULL where there is none (or it is paused); its first
 * table is whole. */
struct queue_copy *queue_current(const struct queue *q);
void queue_table_done(struct queue *q);

/* Nothing of the copy's first table is copied. */
void queue_start_over(struct queue_copy *copy);

/* A table is not to be copied; the copies of which nothing is left go. */
void queue_drop_table(struct queue_copy *copy, size_t i);
void queue_tidy(struct queue *q);

/* Table k of copy c becomes the first to be copied, for itself, as its signal
 * asked for it. */
void queue_promote(struct queue *q, size_t c, size_t k);

/* A statement gives tables of the queue other names, or names of theirs to
 * others (RENAME, EXCHANGE PARTITION), or they go: those whose rows are to be
 * copied are also copied by the names that the filter lets pass.  Does it act
 * on the table in hand? */
bool queue_follow(struct queue *q, const struct action *s,
    struct table_filter *filter);

void queue_tables_add(struct queue_tables *t, struct span db,
    struct span name);
void queue_tables_clear(struct queue_tables *t);
void queue_clear(struct queue *q);

#endif
