/* SPDX-License-Identifier: MIT */
#include "sink/lanes.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"
#include "base/random.h"
#include "io/stop.h"

/* ---- in a lane's thread */

/* Wait so long, or until there is no point in it. */
static bool
pause_for(struct lanes *l, int64_t ms)
{
	struct timespec until;
	bool goes_on;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += ms / 1000;
	until.tv_nsec += ms % 1000 * 1000000;
	if (until.tv_nsec >= 1000000000) {
		until.tv_nsec -= 1000000000;
		until.tv_sec++;
	}
	pthread_mutex_lock(&l->lock);
	while (!l->stops && pthread_cond_timedwait(&l->work, &l->lock,
	    &until) != ETIMEDOUT)
		;
	goes_on = !l->stops;
	pthread_mutex_unlock(&l->lock);
	return goes_on;
}

/* The n-th failure that may pass: is it to be tried again? */
static bool
tries_again(struct lane *lane, uint64_t n, struct err *err)
{
	struct lanes *l = lane->all;
	int64_t ms = retry_delay(&l->retry, n, random_u64());

	if (n > l->retry.times)
		return false;
	if (lane->work.wait_ms > ms)
		ms = lane->work.wait_ms;
	log_warn("%s; attempt %" PRIu64 " of %" PRIu64 ", next in %" PRId64
	    ".%03" PRId64 " s", err->text, n, l->retry.times + 1, ms / 1000,
	    ms % 1000);
	lane->tries_again++;
	return pause_for(l, ms);
}

/* Nothing of a window can be done, and each of it for that reason. */
static void
all_bad(struct sink_batch *b, const struct err *err)
{
	for (size_t i = 0; sink_next(b, &i); i++)
		sink_bad(b, i, "SinkError", err->text);
}

static void
all_done(struct sink_batch *b)
{
	for (size_t i = 0; sink_next(b, &i); i++)
		sink_done(b, i);
}

static bool
is_stopping(struct lanes *l)
{
	bool stops;

	pthread_mutex_lock(&l->lock);
	stops = l->stops;
	pthread_mutex_unlock(&l->lock);
	return stops;
}

/* Is an error one that can pass, and tried again?  Otherwise it is kept. */
static bool
passes(struct lane *lane, uint64_t n, bool again, struct err *err)
{
	if (err->kind == ERR_DATA || (!again && lane->work.exhausts))
		return false;
	return err_may_pass(err) && tries_again(lane, n, err);
}

/* Is an error that does not pass one of a record? */
static bool
is_of_record(const struct lane *lane, const struct err *err)
{
	return err->kind == ERR_DATA || (err_may_pass(err) &&
	    lane->work.exhausts && !is_stopping(lane->all) && lane->all->queue);
}

/* A window failed for good: 1 if it is known for which records, 0 if not. */
static int
find_fault(struct lane *lane, struct err *err)
{
	struct sink_batch *b = &lane->work;

	if (lane->all->together || sink_waiting(b) == 1)
		all_bad(b, err);
	else if (b->fault)
		sink_bad(b, b->fault - 1, "SinkError", err->text);
	else
		return 0;
	err_clear(err);
	return 1;
}

/* Put the window until it is done or will not be: 1; 0: a bad record is among
 * those that wait; -1.  again: what may pass is tried again. */
static int
put_window(struct lane *lane, bool again, struct err *err)
{
	struct sink_batch *b = &lane->work;
	uint64_t n = 1;

	/* without a queue the first bad one ends the program */
	while (sink_waiting(b) && (lane->all->queue || !b->held.n)) {
		b->wait_ms = 0;
		b->fault = 0;
		b->exhausts = false;
		if (lane->all->sink->put(lane->sink, b, err) == 0) {
			all_done(b);
			return 1;
		}
		if (passes(lane, n++, again, err)) {
			err_clear(err);
			continue;
		}
		if (!is_of_record(lane, err))
			return -1;
		if (!find_fault(lane, err))
			return 0;
		n = 1;
	}
	return 1;
}

/* A bad record is among these: it is in the one half or in the other.  Halves
 * are tried once, and what is left alone as often as ever. */
static int
put_halves(struct lane *lane, size_t from, size_t to, struct err *err)
{
	struct sink_batch *b = &lane->work;
	size_t half = from + (to - from) / 2;
	int got;

	b->from = from;
	b->to = to;
	if (!sink_waiting(b))
		return 0;
	got = put_window(lane, to - from == 1, err);
	if (got)
		return got < 0 ? -1 : 0;
	err_clear(err);
	if (put_halves(lane, from, half, err) < 0)
		return -1;
	/* without a queue the first ends the program */
	return !lane->all->queue && b->held.n ? 0 :
	    put_halves(lane, half, to, err);
}

static void
put_batch(struct lane *lane)
{
	struct sink_batch *b = &lane->work;
	struct err err = { 0 };
	int got;

	b->from = 0;
	b->to = b->n;
	got = put_window(lane, true, &err);
	if (got == 0) {
		log_note("%s: looking for the record", err.text);
		err_clear(&err);
		got = put_halves(lane, 0, b->n / 2, &err);
		if (got == 0 && (lane->all->queue || !b->held.n))
			got = put_halves(lane, b->n / 2, b->n, &err);
	}
	if (got < 0)
		lane->err = err;
}

static void
ring(struct lanes *l)
{
	uint64_t one = 1;
	ssize_t n = write(l->woken, &one, sizeof(one));

	(void)n;                /* it can only be full, and then it rings */
}

static void *
work(void *arg)
{
	struct lane *lane = arg;
	struct lanes *l = lane->all;

	pthread_mutex_lock(&l->lock);
	for (;;) {
		while (!lane->busy && !l->ends)
			pthread_cond_wait(&l->work, &l->lock);
		if (!lane->busy)
			break;
		pthread_mutex_unlock(&l->lock);
		put_batch(lane);
		pthread_mutex_lock(&l->lock);
		lane->busy = false;
		ring(l);
	}
	pthread_mutex_unlock(&l->lock);
	return NULL;
}

/* ---- in the main thread */

/* Signals are the main thread's. */
static int
start(struct lane *lane, struct err *err)
{
	sigset_t all, was;
	int failed;

	sigfillset(&all);
	pthread_sigmask(SIG_BLOCK, &all, &was);
	failed = pthread_create(&lane->thread, NULL, work, lane);
	pthread_sigmask(SIG_SETMASK, &was, NULL);
	if (failed) {
		errno = failed;
		return err_errno(err, ERR_OS, "cannot start a thread");
	}
	lane->started = true;
	return 0;
}

int
lanes_open(struct lanes *l, void *options, struct err *err)
{
	pthread_condattr_t steady;

	pthread_mutex_init(&l->lock, NULL);
	pthread_condattr_init(&steady);
	pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
	pthread_cond_init(&l->work, &steady);
	pthread_condattr_destroy(&steady);
	l->v = xcalloc(l->n, sizeof(*l->v));
	for (unsigned i = 0; i < l->n; i++)
		l->v[i].all = l;
	l->woken = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (l->woken < 0)
		return err_errno(err, ERR_OS, "cannot make an eventfd");
	for (unsigned i = 0; i < l->n; i++) {
		l->v[i].sink = l->sink->open(options, i, err);
		if (!l->v[i].sink || start(&l->v[i], err) < 0)
			return -1;
	}
	return 0;
}

/* A lane's state, as its thread left it. */
static bool
is_busy(struct lanes *l, const struct lane *lane)
{
	bool busy;

	pthread_mutex_lock(&l->lock);
	busy = lane->busy;
	pthread_mutex_unlock(&l->lock);
	return busy;
}

/* A stop lets what was begun end; it is not tried again. */
static void
heed_stop(struct lanes *l)
{
	if (l->stops || !stop_requested())
		return;
	pthread_mutex_lock(&l->lock);
	l->stops = true;
	pthread_cond_broadcast(&l->work);
	pthread_mutex_unlock(&l->lock);
}

int
lanes_wait(struct lanes *l, struct lane *lane, struct err *err)
{
	uint64_t rung;
	ssize_t n;

	while (is_busy(l, lane)) {
		heed_stop(l);
		if (l->stops)
			stop_wait(l->woken, true, -1);
		else
			stop_wait_readable(l->woken, -1);
		n = read(l->woken, &rung, sizeof(rung));
		(void)n;        /* somebody rang, or it was a signal */
	}
	if (lane->err.kind == ERR_NONE)
		return 0;
	*err = lane->err;
	return -1;
}

int
lanes_wait_all(struct lanes *l, struct err *err)
{
	int status = 0;

	for (unsigned i = 0; i < l->n; i++)
		if (lanes_wait(l, &l->v[i], err) < 0)
			status = -1;
	return status;
}

void
lanes_hand_over(struct lanes *l, struct lane *lane)
{
	struct sink_batch filled = lane->fill;

	pthread_mutex_lock(&l->lock);
	lane->fill = lane->work;
	lane->work = filled;
	lane->busy = filled.n > 0;
	pthread_cond_broadcast(&l->work);
	pthread_mutex_unlock(&l->lock);
}

int
lanes_close(struct lanes *l, bool well, struct err *err)
{
	int status = 0;

	if (!l->v)              /* they were not opened */
		return 0;
	pthread_mutex_lock(&l->lock);
	l->ends = true;
	l->stops = l->stops || !well;
	pthread_cond_broadcast(&l->work);
	pthread_mutex_unlock(&l->lock);
	for (unsigned i = 0; i < l->n; i++) {
		struct lane *lane = &l->v[i];

		if (lane->started)
			pthread_join(lane->thread, NULL);
		if (lane->sink && l->sink->close(lane->sink, well, err) < 0)
			status = -1;
		sink_batch_free(&lane->fill);
		sink_batch_free(&lane->work);
	}
	free(l->v);
	if (l->woken >= 0)
		close(l->woken);
	pthread_mutex_destroy(&l->lock);
	pthread_cond_destroy(&l->work);
	return status;
}
