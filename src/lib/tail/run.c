/* SPDX-License-Identifier: MIT */
#include "tail/run.h"

#include <inttypes.h>

#include "base/clock.h"
#include "base/log.h"
#include "io/out.h"
#include "io/report.h"
#include "io/stop.h"
#include "json/write.h"
#include "tail/incremental.h"

enum { STATUS_MS = 1000 };

struct run {
	struct printer *printer;
	struct group_reader *reader;
	struct window *window;
	const struct tail_options *opt;
	bool past_end;                  /* of the window that was asked for */
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

	if (past < STATUS_MS)
		return;
	log_status("%s:%" PRIu64 ", %" PRIu64 " records, %" PRIu64 "/s, %"
	    PRId64 " s behind", group_file(r->reader), group_offset(r->reader),
	    records, (records - r->status_records) * 1000 / (uint64_t)past,
	    lag_s(r, waiting));
	r->status_ms = now;
	r->status_records = records;
}

/* The counters, as one line of JSON on stderr. */
static void
report(void *arg)
{
	const struct run *r = arg;
	struct buf line = { 0 }, gtids = { 0 };

	gtid_list_print(&r->window->done, &gtids);
	buf_printf(&line, "{\"tool\":\"cdc-tail\",\"seconds\":%" PRId64
	    ",\"records\":%" PRIu64 ",\"transactions\":%" PRIu64
	    ",\"left_out\":%" PRIu64, (clock_steady_ms() - r->began_ms) /
	    1000, printer_records(r->printer),
	    printer_transactions(r->printer), group_tolerated(r->reader));
	json_member(&line, "gtid", buf_view(&gtids));
	json_member(&line, "file", span_of(group_file(r->reader)));
	buf_printf(&line, ",\"pos\":%" PRIu64 ",\"lag_s\":%" PRId64 "}",
	    group_offset(r->reader), lag_s(r, r->waiting));
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

/* What the source calls before it may wait. */
static int
before_waiting(void *arg, struct err *err)
{
	struct run *r = arg;

	if (r->opt->incremental)
		incremental_step(r->opt->incremental, true);
	printer_tick(r->printer, true);
	tell(r, true);
	return out_flush(err);
}

/* Print a group that is in the window, or only learn from it. */
static int
take_group(struct run *r, const struct group *g, enum window_verdict verdict,
    struct err *err)
{
	if (verdict == WINDOW_IN && g->verdict == GROUP_COMMITTED &&
	    origin_wanted(&r->opt->origin, g))
		return printer_group(r->printer, g, err);
	if (g->statement && g->verdict == GROUP_COMMITTED)
		return printer_learn(r->printer, g, err);
	return 1;
}

/* Is the end of the window reached?  Where that is "now", it is also the end of
 * the copies that were asked for. */
static bool
is_over(struct run *r)
{
	bool busy = r->opt->incremental && incremental_busy(r->opt->incremental);

	if (r->past_end)
		return !busy;
	if (!window_reached(r->window))
		return false;
	if (!busy || !r->opt->until_copied)
		return true;
	r->past_end = true;
	bound_clear(&r->window->until);
	return false;
}

/* One group: judge it, print it, count it as done.  1 go on, 0 end, -1. */
static int
run_group(struct run *r, const struct group *g, bool last_log, bool *first,
    struct err *err)
{
	int verdict = window_judge(r->window, g, last_log, err);
	int status;

	if (verdict < 0 || verdict == WINDOW_PAST)
		return verdict < 0 ? -1 : 0;
	if (verdict == WINDOW_IN && *first) {
		printer_beat(r->printer, "first");
		*first = false;
	}
	status = take_group(r, g, verdict, err);
	if (status <= 0)
		return status;
	window_pass(r->window, g);
	if (r->opt->incremental)
		incremental_step(r->opt->incremental, false);
	printer_tick(r->printer, false);
	tell(r, false);
	return is_over(r) ? 0 : 1;
}

static int
run_all(struct run *r, struct binlog_source *src, struct err *err)
{
	struct window *w = r->window;
	struct group g;
	bool first = true;
	int got = 0;

	if (window_open(w, r->reader, err) < 0)
		return -1;
	if (w->from.kind == BOUND_GTID || w->from.kind == BOUND_NONE) {
		printer_beat(r->printer, "first");
		first = false;
	}
	while (!is_over(r) &&
	    (got = group_next(r->reader, &g, err)) > 0) {
		got = run_group(r, &g, !src->more, &first, err);
		if (got <= 0)
			break;
	}
	if (got < 0 || (!stop_requested() && window_close(w, err) < 0))
		return -1;
	if (first)
		printer_beat(r->printer, "first");
	printer_beat(r->printer, "last");
	return 0;
}

int
tail_run(struct tail_options *opt, struct group_reader *reader,
    struct binlog_source *src, struct window *window, struct err *err)
{
	struct run r = {
		.printer = printer_new(opt, reader, &window->done),
		.reader = reader, .window = window, .opt = opt,
		.began_ms = clock_steady_ms(), .status = log_on_terminal(LOG_VERBOSE),
		.status_ms = clock_steady_ms(),
	};
	int status;

	report_by(report, &r);
	src->idle = before_waiting;
	src->idle_arg = &r;
	src->idle_ms = r.status || opt->incremental ? STATUS_MS : 0;
	status = run_all(&r, src, err);
	report_by(NULL, NULL);
	printer_free(r.printer);
	return status;
}
