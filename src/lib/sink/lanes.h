/* SPDX-License-Identifier: MIT
 *
 * Lanes work side by side: each is a thread that puts one batch at a time into
 * a sink of its own, tries again what may pass, and finds the bad record of a
 * batch.  What has to keep its order goes into one lane.
 *
 * The main thread fills a batch for each lane and hands it over; it waits for a
 * lane that is still busy, so that what is read ahead has a limit.  Only it
 * reads input, the position and the queue.
 */
#ifndef SINK_LANES_H
#define SINK_LANES_H

#include <pthread.h>

#include "base/retry.h"
#include "sink/sink.h"

struct lanes;

struct lane {
	struct lanes *all;
	pthread_t thread;
	bool started;
	void *sink;             /* what open() made */
	struct sink_batch fill; /* the main thread's */

	/* under the lock; while it is busy, its own */
	bool busy;
	struct sink_batch work;
	struct err err;         /* its last: the program ends */
	uint64_t tries_again;   /* that it made: of counters */
};

struct lanes {
	const struct sink *sink;
	struct retry retry;
	bool together;          /* records of a batch are one: none of them is
	                         * bad alone */
	bool queue;             /* there is one for bad records */
	struct lane *v;
	unsigned n;
	pthread_mutex_t lock;
	pthread_cond_t work;    /* a lane got some, or has to end */
	int woken;              /* eventfd: a lane is done */
	bool ends, stops;       /* no more batches; no more retries */
};

/* Open the sinks and start the threads. */
int lanes_open(struct lanes *l, void *options, struct err *err);

/* Wait until a lane is idle, or all are; -1 and the error that ended one. */
int lanes_wait(struct lanes *l, struct lane *lane, struct err *err);
int lanes_wait_all(struct lanes *l, struct err *err);

/* Give an idle lane what was filled in: then `fill` is what it had, with what
 * became of that, to be looked at and emptied. */
void lanes_hand_over(struct lanes *l, struct lane *lane);

/* End the threads, and close the sinks: -1 if one fails to. */
int lanes_close(struct lanes *l, bool well, struct err *err);

#endif
