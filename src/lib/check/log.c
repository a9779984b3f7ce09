/* SPDX-License-Identifier: MIT */
#include "check/log.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "binlog/events.h"
#include "binlog/inflate.h"
#include "binlog/locate.h"
#include "binlog/query.h"
#include "binlog/server.h"

enum { LOG_START = 4, MOST_BYTES = 64 << 20, TEXT_SHOWN = 60 };

/* The newest log, as it was when we looked. */
struct newest {
	char *file;
	uint64_t end;
};

/* Statement-based changes so far, and the last of them. */
struct statements {
	struct buf plain, last;
	uint64_t n;
};

static int
count_statement(struct statements *st, const struct binlog_event *ev,
    struct err *err)
{
	struct binlog_event plain = *ev;
	struct query query;

	if (event_type(ev->type)->role != EVENT_QUERY)
		return 0;
	if (event_inflate(&plain, event_type(ev->type), &st->plain, err) < 0 ||
	    query_parse(&query, &plain, err) < 0)
		return -1;
	if (query.kind != QUERY_DML)
		return 0;
	st->n++;
	st->last.n = 0;
	buf_put(&st->last, query.text.p, query.text.n < TEXT_SHOWN ?
	    query.text.n : TEXT_SHOWN);
	return 0;
}

/* To the end of the log, as far as it is written, or far enough. */
static int
read_log(struct binlog_source *src, const struct newest *log,
    struct statements *st, struct err *err)
{
	struct binlog_event ev;
	uint64_t bytes = 0;
	int got;

	while ((got = src->next(src, &ev, err)) == 1) {
		if (count_statement(st, &ev, err) < 0)
			return -1;
		bytes += ev.size;
		if (bytes > MOST_BYTES || (src->file &&
		    strcmp(src->file, log->file) == 0 &&
		    ev.pos + ev.size >= log->end))
			return 0;
	}
	return got < 0 ? -1 : 0;
}

/* Open it at its start; the group that a GTID list is in front of comes with
 * the whole of its log. */
static int
scan(struct db *side, const struct newest *log, struct statements *st,
    struct err *err)
{
	struct server_options opt = { .hold = 1 << 20, .verify = true };
	struct gtid_list begin = { 0 };
	struct binlog_source *src;
	int status;

	if (db_connect(side, binlog_server_timeout(&opt), err) < 0 ||
	    locate_offset(side, &begin, log->file, LOG_START, err) < 0)
		return -1;
	src = binlog_server_new(side, &opt);
	src->done = &begin;
	status = read_log(src, log, st, err);
	binlog_server_free(src);
	gtid_list_clear(&begin);
	return status;
}

static void
report_statements(const struct newest *log, const struct statements *st,
    finding_fn *report, void *arg)
{
	struct buf value = { 0 };

	if (st->n)
		buf_printf(&value, "%" PRIu64 " in %s, the last: ", st->n,
		    log->file);
	else
		buf_printf(&value, "none in %s", log->file);
	buf_span(&value, buf_view(&st->last));
	report(arg, &(struct finding){ "statement-based changes",
		st->n ? CHECK_WARN : CHECK_OK, buf_cstr(&value),
		"their rows are in no log: cdc-tail stops at them",
		"SET GLOBAL binlog_format = ROW, and find the sessions that "
		"set another" });
	buf_free(&value);
}

int
check_statements(struct db *db, finding_fn *report, void *arg,
    struct err *err)
{
	struct newest log = { 0 };
	struct statements st = { 0 };
	struct db *side = db_twin(db);

	if (locate_newest(db, &log.file, &log.end, err) > 0 &&
	    scan(side, &log, &st, err) == 0)
		report_statements(&log, &st, report, arg);
	if (err->kind) {                /* the privilege is an item already */
		report(arg, &(struct finding){ "statement-based changes",
			CHECK_NOTE, err->text, NULL, NULL });
		*err = (struct err){ 0 };
	}
	db_free(side);
	buf_free(&st.plain);
	buf_free(&st.last);
	free(log.file);
	return 0;
}
