/* SPDX-License-Identifier: MIT */
#include "tail/run.h"

#include <inttypes.h>

#include "base/clock.h"
#include "base/log.h"
#include "io/out.h"
#include "io/report.h"
#include "io/stop.h"
#include "json/write.h"
#include "incremental/incremental.h"
#include "tail/write_state.h"

enum { STATUS_MS = 1000, FIRST_MS = 2000 };

struct run {
	struct printer *printer;
	struct group_reader *reader;
	struct range *window;
	const struct tail_options *opt;
	const struct tail_feed *feed;
	bool first;                     /* the opening heartbeat is due */
	uint64_t restarts;              /* of servers, before the window */
	bool past_end;                  /* of the window that was asked for */
	bool live;
	int64_t began_ms;               /* steady clock */
	bool waiting;                   /* for events: there is no lag */

	bool status;                    /* is a status line shown? */
	int64_t status_ms;              /* when it was */
	uint64_t status_records;
};

/* How far we are behind the server, as far as the newest event says; nothing
 * where there is none to be read. */
static int64_t
lag_s(const struct run *r, bool waiting)
{
	int64_t lag = clock_now_ms() / 1000 - group_time(r->reader);

	return waiting || lag < 0 || !group_time(r->reader) ? 0 : lag;
}

static void
show_status(struct run *r, bool waiting)
{
	int64_t now = clock_steady_ms(), past = now - r->status_ms;
	uint64_t records = printer_records(r->printer);
	struct log_place at = printer_place(r->printer);

	if (past < STATUS_MS)
		return;
	log_status("%s:%" PRIu64 ", %" PRIu64 " records, %" PRIu64 "/s, %"
	    PRId64 " s behind", at.file, at.pos, records,
	    (records - r->status_records) * 1000 / (uint64_t)past,
	    lag_s(r, waiting));
	r->status_ms = now;
	r->status_records = records;
}

/* The counters, as one line of JSON on stderr. */
static void
report(void *arg)
{
	const struct run *r = arg;
	const struct log_place at = printer_place(r->printer);
	struct buf line = { 0 }, gtids = { 0 };

	gtid_list_print(&r->window->done, &gtids);
	buf_printf(&line, "{\"tool\":\"cdc-tail\",\"seconds\":%" PRId64
	    ",\"records\":%" PRIu64 ",\"transactions\":%" PRIu64
	    ",\"left_out\":%" PRIu64 ",\"unlogged\":%" PRIu64,
	    (clock_steady_ms() - r->began_ms) / 1000,
	    printer_records(r->printer),
	    printer_transactions(r->printer), group_tolerated(r->reader),
	    printer_unlogged(r->printer));
	json_member(&line, "gtid", buf_view(&gtids));
	json_member(&line, "file", span_of(at.file));
	buf_printf(&line, ",\"pos\":%" PRIu64 ",\"lag_s\":%" PRId64 "}",
	    at.pos, lag_s(r, r->waiting));
	log_report(buf_view(&line));
	buf_free(&line);
	buf_free(&gtids);
}

static void
tell(struct run *r, bool waiting)
{
	r->waiting = waiting;
	report_answer();
	if (r->status)
		show_status(r, waiting);
}

static void
open_stream(struct run *r)
{
	if (r->first) {
		printer_open(r->printer, r->restarts);
		printer_beat(r->printer, "first");
	}
	r->first = false;
}

/* A server that is idle does not tell that the time of --until is over: then
 * the end is where it is now.  1 if we are there, 0, -1. */
static int
time_is_over(struct run *r, struct err *err)
{
	struct range *w = r->window;
	struct gtid_list now = { 0 };
	int status = 0;

	if (!r->feed->now || w->until.kind != BOUND_TIME ||
	    clock_now_ms() / 1000 <= w->until.time_s)
		return 0;
	if (!w->limit.n)
		status = r->feed->now(r->feed->arg, &now, err);
	if (now.n)
		range_limit(w, &now);
	gtid_list_clear(&now);
	return status < 0 ? -1 : range_reached(w);
}

/* What the source calls before it may wait. */
static int
before_waiting(void *arg, struct err *err)
{
	struct run *r = arg;

	if (r->feed->incremental)
		incremental_step(r->feed->incremental, true);
	if (r->first && (r->feed->begin.file || !r->live ||
	    clock_steady_ms() - r->began_ms > FIRST_MS))
		open_stream(r);
	printer_tick(r->printer, true);
	tell(r, true);
	if (out_flush(err) < 0)
		return -1;
	return time_is_over(r, err);
}

/* Print a group that is in the window, or only learn from it. */
static int
take_group(struct run *r, const struct group *g, enum range_verdict verdict,
    struct err *err)
{
	if (verdict == WINDOW_IN && g->verdict == GROUP_COMMITTED &&
	    transaction_filter_wanted(&r->opt->origin, g))
		return printer_group(r->printer, g, err);
	if (g->statement && g->verdict != GROUP_PREPARED)
		return printer_learn(r->printer, g, err);
	return 1;
}

static bool
is_copying(const struct run *r)
{
	return r->feed->incremental && incremental_busy(r->feed->incremental);
}

/* Is the end reached?  Behind that of the window it is the end of the copies
 * that were asked for. */
static bool
is_over(const struct run *r)
{
	return printer_counted(r->printer) || (r->past_end ? !is_copying(r) :
	    range_reached(r->window));
}

/* Continue beyond the end of the window, for copies: where that is "now", they
 * are ended, too. */
static bool
go_on(struct run *r)
{
	if (is_over(r) && !r->past_end && !printer_counted(r->printer) &&
	    r->feed->until_copied && is_copying(r)) {
		r->past_end = true;
		range_unbound(r->window);
	}
	return !is_over(r);
}

/* Behind the end it is only looked at; we stay there. */
static bool
is_at_end(struct run *r, const struct group *g)
{
	const struct range *w = r->window;
	struct log_place end = { w->end_file, w->end_pos };

	if (!w->to_the_end || w->until_left.n)
		return false;
	if (w->until.kind == BOUND_OFFSET)
		end = (struct log_place){ g->file, w->until.offset };
	if (end.file)
		printer_be_at(r->printer, end);
	return true;
}

/* One group: judge it, print it, count it as done.  1 go on, 0 end, -1. */
static int
run_group(struct run *r, const struct group *g, struct err *err)
{
	int verdict = range_judge(r->window, g, err);
	bool moved;
	int status;

	if (verdict < 0 || verdict == WINDOW_PAST)
		return verdict < 0 ? -1 : 0;
	if (verdict == WINDOW_BEYOND && is_at_end(r, g))
		return 1;
	if (r->opt->write_state && tail_state_check(g, err) < 0)
		return -1;
	if (verdict == WINDOW_IN && r->first) {
		printer_be_at(r->printer, (struct log_place){g->file, g->pos});
		open_stream(r);
	}
	printer_be_at(r->printer, (struct log_place){ 0 });
	status = take_group(r, g, verdict, err);
	if (verdict == WINDOW_BEFORE)
		r->restarts = group_starts(r->reader);
	if (status < 0)
		printer_leave(r->printer);
	if (status <= 0)
		return status;
	moved = verdict != WINDOW_BEYOND && range_pass(r->window, g);
	if (moved && !r->first && r->window->order == ORDER_ARRIVAL)
		printer_beat(r->printer, "next");       /* its place */
	if (r->feed->incremental)
		incremental_step(r->feed->incremental, false);
	printer_tick(r->printer, false);
	tell(r, false);
	return go_on(r);
}

static int
run_all(struct run *r, struct err *err)
{
	struct range *w = r->window;
	struct group g;
	bool ended = false;
	int got = 0;

	if (range_open(w, r->reader, err) < 0)
		return -1;
	r->first = true;                /* now that its vector is known */
	if (w->from.kind == BOUND_NONE || r->feed->begin.file)
		open_stream(r);
	while (go_on(r)) {
		got = group_next(r->reader, &g, err);
		ended = got == 0 && !stop_requested();
		if (got > 0)
			got = run_group(r, &g, err);
		if (got <= 0)
			break;
	}
	if (got < 0 || (ended ? range_close(w, err) :
	    range_missed(w, err)) < 0)
		return -1;
	if (!stop_requested())
		range_remark(w);
	open_stream(r);
	printer_beat(r->printer, "last");
	if (r->opt->write_state && !stop_interrupted())
		return tail_state_write(r->opt->write_state, r->printer, err);
	return 0;
}

int
tail_run(struct tail_options *opt, struct tail_input *in,
    struct group_reader *reader, struct range *window, struct err *err)
{
	struct binlog_source *src = in->src;
	struct run r = {
		.printer = printer_new(opt, &in->feed, reader, &window->done),
		.reader = reader, .window = window, .opt = opt,
		.feed = &in->feed,
		.live = src->live,
		.began_ms = clock_steady_ms(),
		.status = log_on_terminal(LOG_VERBOSE),
		.status_ms = clock_steady_ms(),
	};
	int status;

	report_by(report, &r);
	src->idle = before_waiting;
	src->idle_arg = &r;
	src->idle_ms = r.status || in->feed.incremental ||
	    window->until.kind == BOUND_TIME ? STATUS_MS : 0;
	if (range_watches(window)) {
		src->watch = range_watch;
		src->watch_arg = window;
	}
	status = run_all(&r, err);
	report_by(NULL, NULL);
	printer_free(r.printer);
	return status;
}
