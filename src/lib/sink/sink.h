/* SPDX-License-Identifier: MIT
 *
 * A sink is three functions: open, put a batch, close.  All else is the same
 * for each of them, and delivery.h does it: reading, batches, lanes that work
 * side by side, retries, which record of a batch is the bad one, the dead
 * letter queue, the position.
 *
 * put() is told of records and tells what became of them.  It goes through
 * those that wait,
 *
 *     for (size_t i = 0; sink_next(batch, &i); i++)
 *             … sink_line(batch, i) …
 *
 * may mark each as done (sink_done) or bad (sink_bad), and returns
 *
 *      0               all that wait are done
 *     -1, and err is   ERR_RETRY or ERR_UNAVAILABLE: what still waits comes
 *                      again, later
 *                      ERR_DATA: it holds a bad record; if more than one
 *                      waits, they come again, in halves
 *                      another: the program ends with it
 *
 * "Done" is a promise: the position may move beyond it.
 */
#ifndef SINK_SINK_H
#define SINK_SINK_H

#include "base/buf.h"
#include "base/err.h"
#include "io/lines.h"
#include "sink/blocked_keys.h"

enum sink_outcome { SINK_WAITS, SINK_DONE, SINK_BAD };

/* Places are those in the batch's text, which grows. */
struct sink_part {
	size_t at, n;
};

struct sink_record {
	uint64_t number;        /* of its line */
	struct sink_part line;
	struct sink_part body;  /* what is given in place of it; n == 0: it */
	struct sink_part table; /* db.table of the source, or the topic */
	struct sink_part key;   /* JSON; n == 0: it has none */
	enum sink_outcome is;
	char *why;              /* SINK_BAD: owned */
	const char *type;       /* and the word for an entry of the queue */
};

struct sink_batch {
	struct buf text;
	struct sink_record *v;
	size_t n, cap;
	size_t from, to;        /* those that put() is told of */
	struct blocked_keys held;       /* by those that are bad */
	int64_t wait_ms;        /* put() was told to come again after this time;
	                         * 0: it was not */
	size_t fault;           /* put() failed for the record fault - 1; 0: it
	                         * is not known for which */
	bool exhausts;          /* put() failed with ERR_RETRY, and if retries
	                         * do not help, the records are bad */
};

struct sink {
	/* For one lane, which is a thread of its own; NULL and err. */
	void *(*open)(void *options, unsigned lane, struct err *err);
	int (*put)(void *lane, struct sink_batch *batch, struct err *err);
	/* After the last batch; `well` if all of them were done. */
	int (*close)(void *lane, bool well, struct err *err);
};

/* The first that waits, from *i on; false if there is none.  A record of a key
 * of which one is bad must not overtake that, and is bad itself. */
bool sink_next(struct sink_batch *b, size_t *i);
size_t sink_waiting(struct sink_batch *b);

struct line sink_line(const struct sink_batch *b, size_t i);
struct span sink_table(const struct sink_batch *b, size_t i);
/* What is to be given: lines, each with its newline, or other bytes. */
void sink_body(const struct sink_batch *b, size_t i, struct buf *out);
struct span sink_key(const struct sink_batch *b, size_t i);

void sink_done(struct sink_batch *b, size_t i);
void sink_bad(struct sink_batch *b, size_t i, const char *type,
    const char *why);

/* For delivery.c. */
struct sink_record *sink_batch_add(struct sink_batch *b,
    const struct line *line, struct span body, struct span table,
    struct span key);
void sink_batch_empty(struct sink_batch *b);
void sink_batch_free(struct sink_batch *b);

#endif
