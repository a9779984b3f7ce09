/* SPDX-License-Identifier: MIT */
#include "check/logged_statements.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/integer.h"
#include "binlog/events.h"
#include "binlog/compressed_event.h"
#include "source/gtid_pos.h"
#include "binlog/query_event.h"
#include "source/server.h"

enum { MOST_BYTES = 64 << 20, TEXT_SHOWN = 60 };

/* The newest logs that are read, as they were when we looked. */
struct newest {
	char *first, *file;     /* from which one to which */
	uint64_t end;           /* … and how far */
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

	if (event_kind(ev->type)->role != ROLE_QUERY)
		return 0;
	if (compressed_event_inflate(
		&plain, event_kind(ev->type), &st->plain, err) < 0 ||
	    query_parse(&query, &plain, err) < 0)
		return -1;
	if (query.kind != QUERY_DML)
		return 0;
	st->n++;
	st->last.n = 0;
	buf_put(&st->last, query.text.p, span_cut(query.text, TEXT_SHOWN));
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

	if (db_connect(side, source_server_timeout(&opt), err) < 0 ||
	    gtid_pos_offset(side, &begin, log->first, LOG_START, err) < 0)
		return -1;
	src = source_server_new(side, &opt);
	src->done = &begin;
	status = read_log(src, log, st, err);
	source_server_free(src);
	gtid_list_clear(&begin);
	return status;
}

static void
report_statements(const struct newest *log, const struct statements *st,
    finding_fn *report, void *arg)
{
	struct buf value = { 0 };

	if (st->n)
		buf_printf(&value, "%" PRIu64, st->n);
	else
		buf_str(&value, "none");
	buf_printf(&value, " in %s", log->first);
	if (strcmp(log->first, log->file) != 0)
		buf_printf(&value, " to %s", log->file);
	if (st->n)
		buf_str(&value, ", the last: ");
	buf_span(&value, buf_view(&st->last));
	report(arg, &(struct finding){ "statement-based changes",
		st->n ? CHECK_WARN : CHECK_OK, buf_cstr(&value),
		"their rows are in no log: cdc-tail stops at them",
		"SET GLOBAL binlog_format = ROW, and find the sessions that "
		"set another format" });
	buf_free(&value);
}

/* Of the logs that the server has, the oldest to begin with. */
struct beginning {
	char **file;
	uint64_t *size;
	size_t n;
};

/* Log_name, File_size */
static int
take_log(void *arg, char **values, size_t n)
{
	struct beginning *logs = arg;

	if (n < 2 || !values[0] || !values[1])
		return 0;
	n = logs->n;
	*ARRAY_ADD(logs->file, n) = xstrdup(values[0]);
	*ARRAY_ADD(logs->size, logs->n) = integer_or(values[1], 0);
	return 0;
}

/* A rotation must not hide what was before it: as many logs as are read. */
static int
find_first(struct db *db, struct newest *log, struct err *err)
{
	struct beginning logs = { 0 };
	uint64_t bytes = log->end;
	size_t i;

	if (db_rows(db, take_log, &logs, err, SQL("SHOW BINARY LOGS")) < 0)
		return -1;
	for (i = logs.n; i-- > 0 && bytes <= MOST_BYTES;)
		if (strcmp(logs.file[i], log->file) != 0 &&
		    (bytes += logs.size[i]) <= MOST_BYTES) {
			free(log->first);
			log->first = xstrdup(logs.file[i]);
		}
	for (i = 0; i < logs.n; i++)
		free(logs.file[i]);
	free(logs.file);
	free(logs.size);
	return 0;
}

/* 1; 0 if the server writes no log. */
static int
find_logs(struct db *db, struct newest *log, struct err *err)
{
	int found = gtid_pos_newest(db, &log->file, &log->end, err);

	if (found <= 0)
		return found;
	log->first = xstrdup(log->file);
	return find_first(db, log, err) < 0 ? -1 : 1;
}

int
check_statements(struct db *db, finding_fn *report, void *arg,
    struct err *err)
{
	struct newest log = { 0 };
	struct statements st = { 0 };
	struct db *side = db_twin(db);

	if (find_logs(db, &log, err) > 0 &&
	    scan(side, &log, &st, err) == 0)
		report_statements(&log, &st, report, arg);
	if (err->kind) {                /* the privilege is an item already */
		report(arg, &(struct finding){ "statement-based changes",
			CHECK_NOTE, err->text, NULL, NULL });
		err_clear(err);
	}
	db_free(side);
	buf_free(&st.plain);
	buf_free(&st.last);
	free(log.first);
	free(log.file);
	return 0;
}
