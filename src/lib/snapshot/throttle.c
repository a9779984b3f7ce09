/* SPDX-License-Identifier: MIT */
#include "snapshot/throttle.h"

#include <inttypes.h>

#include "base/clock.h"
#include "base/log.h"
#include "io/out.h"
#include "io/report.h"
#include "io/stop.h"
#include "json/write.h"

enum { STATUS_MS = 1000, CHECK_ROWS = 1024 };

/* The counters, for SIGUSR1. */
static void
report(void *arg)
{
	const struct throttle *p = arg;
	struct buf line = { 0 };

	buf_printf(&line, "{\"tool\":\"cdc-snapshot\",\"seconds\":%" PRId64
	    ",\"tables\":%" PRIu64 ",\"rows\":%" PRIu64, (clock_steady_ms() -
	    p->began_ms) / 1000, p->tables, p->total);
	json_member(&line, "db", span_of(p->db ? p->db : ""));
	json_member(&line, "table", span_of(p->table ? p->table : ""));
	buf_printf(&line, ",\"table_rows\":%" PRIu64 ",\"estimate\":%" PRIu64
	    "}", p->rows, p->estimate);
	log_report(buf_view(&line));
	buf_free(&line);
}

int
throttle_open(struct throttle *p, const struct snapshot_options *opt,
    struct err *err)
{
	*p = (struct throttle){
		.throttle = opt->throttle,
		.shown = log_on_terminal(LOG_NORMAL),
		.began_ms = clock_steady_ms(), .said_ms = clock_steady_ms(),
	};
	report_by(report, p);
	if (!opt->progress)
		return 0;
	p->file = fopen(opt->progress, "we");
	return p->file ? 0 : err_errno(err, ERR_IO, "cannot open %s",
	    opt->progress);
}

/* Seconds until the table is done, as far as the server's estimate holds. */
static uint64_t
seconds_left(const struct throttle *p, uint64_t rate)
{
	return rate && p->estimate > p->rows ?
	    (p->estimate - p->rows) / rate : 0;
}

static void
say(struct throttle *p, const char *state)
{
	int64_t now = clock_steady_ms(), past = now - p->said_ms;
	uint64_t rate = past > 0 ? (p->total - p->said) * 1000 /
	    (uint64_t)past : 0;
	struct buf line = { 0 };

	if (p->shown)
		log_status("%s.%s: %" PRIu64 " of about %" PRIu64 " rows, %"
		    PRIu64 "/s, %" PRIu64 " s left; %" PRIu64 " in all",
		    p->db ? p->db : "", p->table ? p->table : "", p->rows,
		    p->estimate, rate, seconds_left(p, rate), p->total);
	if (p->file) {
		json_first(&line, "state", span_of(state));
		json_member(&line, "db", span_of(p->db ? p->db : ""));
		json_member(&line, "table", span_of(p->table ? p->table :
		    ""));
		fprintf(p->file, "%s,\"rows\":%" PRIu64 ",\"estimate\":%"
		    PRIu64 ",\"rows_per_second\":%" PRIu64 ",\"total_rows\":%"
		    PRIu64 ",\"seconds\":%" PRId64 "}\n", buf_cstr(&line),
		    p->rows, p->estimate, rate, p->total,
		    (now - p->began_ms) / 1000);
		fflush(p->file);
	}
	buf_free(&line);
	p->said_ms = now;
	p->said = p->total;
}

void
throttle_table(struct throttle *p, const char *db, const char *table,
    uint64_t estimate)
{
	p->db = db;
	p->table = table;
	p->estimate = estimate;
	p->rows = 0;
	p->tables++;
	if (p->file)
		say(p, "begun");
}

/* Wait until as many rows may have been printed. */
static void
hold_back(const struct throttle *p)
{
	int64_t due = p->began_ms + (int64_t)(p->total * 1000 / p->throttle);
	int64_t now = clock_steady_ms();

	if (due <= now)
		return;
	out_flush(&(struct err){ 0 });  /* which the next row finds out */
	stop_sleep((int)(due - now));
}

void
throttle_row(struct throttle *p)
{
	uint64_t often = p->throttle && p->throttle / 50 < CHECK_ROWS ?
	    p->throttle / 50 + 1 : CHECK_ROWS;

	report_answer();
	p->rows++;
	p->total++;
	if (p->total < p->check)
		return;
	p->check = p->total + often;
	if (p->throttle)
		hold_back(p);
	if ((p->shown || p->file) &&
	    clock_steady_ms() - p->said_ms >= STATUS_MS)
		say(p, "copying");
}

void
throttle_share(struct throttle *p, uint64_t throttle, size_t n)
{
	p->throttle = (throttle + n - 1) / n;
	p->shown = false;
	p->file = NULL;
}

void
throttle_close(struct throttle *p)
{
	report_by(NULL, NULL);
	if (p->file) {
		say(p, "ended");
		fclose(p->file);
	}
}
