/* SPDX-License-Identifier: MIT */
#include "apply/isolate.h"

#include <inttypes.h>
#include <stdlib.h>

#include "apply/change.h"
#include "apply/dlq_entry.h"
#include "apply/finished.h"
#include "apply/kin.h"
#include "base/integer.h"
#include "base/log.h"
#include "db/query.h"
#include "json/scan.h"
#include "json/write.h"
#include "sink/letters.h"

/* ---- the queue */

static bool
offset_is_done(struct applier *a, struct span topic, struct span offset,
    struct span part)
{
	struct buf scratch = { 0 };
	uint64_t partition;
	int64_t number, done;

	if (!integer_read(part, INT32_MAX, &partition) ||
	    !integer_read_signed(offset, &number))
		return false;
	done = kafka_offset_of(&a->position.offsets,
	    json_value_text(topic, &scratch), (int32_t)partition)->done;
	buf_free(&scratch);
	return number <= done;
}

/* Has the position gone past an entry? */
static bool
is_done(void *arg, struct span headers)
{
	struct applier *a = arg;
	struct span offset = object_member(headers, "offset");
	struct span part = object_member(headers, "partition");
	struct span topic = object_member(headers, "topic");

	if (a->opt->no_state)
		return true;
	if (offset.n && part.n && json_inside(topic).p)
		return offset_is_done(a, topic, offset, part);
	return letter_is_done(&a->position.stored,
	    a->opt->order == ORDER_ARRIVAL, headers);
}

int
isolate_open(struct applier *a, struct err *err)
{
	if (!a->opt->dlq)
		return 0;
	a->dlq = dlq_open(a->opt->dlq, a->opt->dlq_max, is_done, a, err);
	if (!a->dlq)
		return -1;
	a->mark = dlq_mark(a->dlq);
	a->evolver.held = dlq_held(a->dlq);
	a->evolver.queue = a->opt->dlq;
	finished_mark_lines(a);
	return 0;
}

static void
note_buried(struct applier *a, const struct record *rec, const char *why)
{
	if (!a->buried)
		a->buried = rec->line.number;
	if (!a->warned)
		log_warn("%s: written to %s, as are others like it", why,
		    a->opt->dlq);
	a->warned = true;
}

static int
bury(struct applier *a, struct record *rec, const char *error,
    const char *type, struct err *err)
{
	struct buf table = { 0 }, headers = { 0 };
	int status;

	note_buried(a, rec, error);
	letter_table(rec, &table);
	dlq_entry_headers(a, rec, buf_view(&table), &headers);
	status = dlq_put(a->dlq, &(struct dlq_entry){
		.event = rec->line.text, .table = buf_view(&table),
		.key = record_op(rec) == 't' ? (struct span){ NULL, 0 } :
		letter_key(rec), .error = error, .type = type,
		.headers = buf_view(&headers) }, err);
	buf_free(&table);
	buf_free(&headers);
	return status;
}

/* Kept lines go into the queue together: those of a change of key are one
 * change, and half of it would be a delete. */
static int
bury_lines(struct applier *a, size_t from, size_t to, const char *error,
    const char *type, struct err *err)
{
	struct record rec = { .shape = (enum record_shape)a->opt->shape };
	int status = 0;

	for (size_t i = from; i < to && status == 0; i++) {
		struct line line = kept_line(&a->kept, i);

		status = isolate_scan(&rec, &line, err);
		if (status == 0 && (to - from == 1 ||
		    !record_is_tombstone(&rec)))
			status = bury(a, &rec, error, type, err);
	}
	record_clear(&rec);
	return status;
}

/* Put the change of a line's record into the batch; where that cannot be, into
 * the queue. */
static enum change_taken
put_or_bury(struct applier *a, struct record *rec, size_t line,
    struct target **empties, struct err *err)
{
	size_t first = change_is_second_half(a, rec) ? a->kept.half : line;
	int held = kin_is_held(a, dlq_held(a->dlq), rec, err);
	struct err why = { 0 };
	enum change_taken got;

	if (held < 0)
		return err_may_pass(err) ? CHANGE_UNKNOWN : CHANGE_BAD;
	got = held ? CHANGE_BAD : change_take(a, rec, empties, &why);

	if (got >= CHANGE_WAITS) {
		if (record_op(rec) == 'd' && !record_is_tombstone(rec))
			a->kept.half = line;
		return got;
	}
	if (!held && why.kind != ERR_DATA) {
		*err = why;
		return got;
	}
	if (first < line)
		batch_drop_half(&a->batch);
	return bury_lines(a, first, line + 1, held ?
	    "an earlier record that it must not overtake is in this file" :
	    why.text,
	    held ? "KeyHeld" : "ValueError", err) < 0 ? CHANGE_BAD :
	    CHANGE_WAITS;
}

enum change_taken
isolate_take(struct applier *a, struct record *rec, struct target **empties,
    struct err *err)
{
	enum change_taken got;

	if (!a->dlq)
		return change_take(a, rec, empties, err);
	kept_add(&a->kept, &rec->line);
	got = put_or_bury(a, rec, a->kept.n - 1, empties, err);
	if (got != CHANGE_WAITS && got != CHANGE_ALONE)
		kept_drop_last(&a->kept);       /* it did not come in */
	return got;
}

int
isolate_refused(struct applier *a, struct record *rec, struct err *err)
{
	struct err why = *err;

	if (!a->dlq || why.kind != ERR_DATA)
		return -1;
	err_clear(err);
	return bury(a, rec, why.text, "ValueError", err);
}

/* They would bring back rows that the copy does not have. */
int
isolate_empties(struct applier *a, struct record *rec, struct err *err)
{
	struct buf table = { 0 };
	int status = 0;

	letter_table(rec, &table);
	if (a->dlq && blocked_keys_has_any(dlq_held(a->dlq),
	    buf_view(&table))) {
		err_set(err, ERR_DATA, "the copy of table %s starts over, and "
		    "%s has older records of it", buf_cstr(&table),
		    a->opt->dlq);
		status = err_hint(err, "remove them from the file, for the "
		    "copy has what became of them; then run it again");
	}
	buf_free(&table);
	return status;
}

/* A line of which nothing is known but the transaction that it stands in. */
static int
bury_line(struct applier *a, const struct record *rec, struct err *err)
{
	struct buf headers = { 0 };
	struct err why = *err;
	const struct gtid *of = finished_gtid(a, rec->line.number);
	char gtid[GTID_TEXT];
	int status;

	err_clear(err);
	note_buried(a, rec, why.text);
	if (a->progress.keeps && of) {
		gtid_print(gtid, of);
		json_member(&headers, "gtid", span_of(gtid));
	}
	buf_printf(&headers, ",\"line\":%" PRIu64, rec->line.number);
	status = dlq_put(a->dlq, &(struct dlq_entry){
		.event = rec->line.text, .error = why.text,
		.type = "NotARecord", .headers = buf_view(&headers) }, err);
	buf_free(&headers);
	return status;
}

int
isolate_scan(struct record *rec, const struct line *line, struct err *err)
{
	if (record_scan(rec, line, err) < 0)
		return -1;
	return rec->kind == KIND_UNKNOWN ?
	    record_fault(rec, "not a record of rows", err) : 0;
}

int
isolate_line(struct applier *a, struct record *rec, struct err *err)
{
	kept_add(&a->kept, &rec->line);
	return bury_line(a, rec, err);
}

int
isolate_begin_line(struct applier *a, struct err *err)
{
	return execute_savepoint(a->db, SQL("cdc_line"), &a->line_saved,
	    err);
}

int
isolate_undo_line(struct applier *a, struct err *err)
{
	return a->line_saved ? db_execute(a->db, err,
	    SQL("ROLLBACK TO SAVEPOINT cdc_line")) : 0;
}

/* Execute what these kept lines have put into the batch. */
static int
apply_lines(struct applier *a, size_t from, size_t to, struct err *err)
{
	struct err why = { 0 };

	batch_settle(&a->batch);
	if (execute_batch(&a->executor, &a->batch, &why) < 0) {
		if (why.kind != ERR_DATA) {
			*err = why;
			return -1;
		}
		finished_where(a, kept_line(&a->kept, from).number, &why);
		if (isolate_undo_line(a, err) < 0 || bury_lines(a, from, to,
		    why.text, "DatabaseError", err) < 0)
			return -1;
	}
	batch_reset(&a->batch);
	return 0;
}

static int
empty_alone(struct applier *a, struct record *rec, const struct target *t,
    struct err *err)
{
	if (execute_truncate(&a->executor, t, false, err) == 0)
		return 0;
	finished_where(a, rec->line.number, err);
	return isolate_refused(a, rec, err);
}

/* Apply one kept line, in a batch of its own; the first half of a change of key
 * waits for the second. */
static int
apply_one(struct applier *a, struct record *rec, size_t i, struct err *err)
{
	bool second = change_is_second_half(a, rec);
	size_t first = second ? a->kept.half : i;
	struct target *empties;
	enum change_taken got;

	if (record_is_tombstone(rec) && a->batch.half.waits)
		return 0;
	if (a->batch.half.waits && !second && apply_lines(a, a->kept.half,
	    a->kept.half + 1, err) < 0)
		return -1;
	if (!second && isolate_begin_line(a, err) < 0)
		return -1;
	got = put_or_bury(a, rec, i, &empties, err);
	if (got < CHANGE_WAITS)
		return -1;
	if (got == CHANGE_EMPTIES)
		return empty_alone(a, rec, empties, err);
	return a->batch.half.waits ? 0 : apply_lines(a, first, i + 1, err);
}

/* What came into the queue for these lines is told again. */
static int
one_by_one(struct applier *a, struct err *err)
{
	struct record rec = { .shape = (enum record_shape)a->opt->shape };
	int status = dlq_back(a->dlq, a->mark, err);

	batch_reset(&a->batch);
	a->careful = true;
	a->buried = 0;
	for (size_t i = 0; i < a->kept.n && status == 0; i++) {
		struct line line = kept_line(&a->kept, i);

		status = isolate_scan(&rec, &line, err);
		if (status == 0)
			status = apply_one(a, &rec, i, err);
		else if (err->kind == ERR_DATA)
			status = bury_line(a, &rec, err);
		if (status < 0)
			a->executor.bad = line.number;
	}
	if (status == 0 && a->batch.half.waits)
		status = apply_lines(a, a->kept.half, a->kept.half + 1, err);
	record_clear(&rec);
	return status;
}

/* An array of rows says that one of them is bad, and not which: make them one
 * by one, for nothing but the message. */
static void
find_bad(struct applier *a, struct err *err)
{
	struct err found = { 0 };

	if (!a->executor.once) {
		a->executor.single = true;
		execute_batch(&a->executor, &a->batch, &found);
		a->executor.single = false;
	}
	if (found.kind == err->kind)
		*err = found;
	if (a->executor.bad)
		finished_where(a, a->executor.bad, err);
}

int
isolate_execute(struct applier *a, struct err *err)
{
	struct err why = { 0 };
	bool saved = false;

	if (a->careful || (a->dlq && !execute_is_undone(&a->batch)))
		return one_by_one(a, err);
	if (a->batch.nops == 0)
		return 0;
	if ((a->dlq || a->spilled) && !a->opt->dry_run &&
	    execute_savepoint(a->db, SQL("cdc_batch"), &saved, err) < 0)
		return -1;
	if (execute_batch(&a->executor, &a->batch, &why) == 0)
		return 0;
	if (err_may_pass(&why)) {
		*err = why;
		return -1;
	}
	log_note("%s: applying the changes one by one", why.text);
	if (db_execute(a->db, err, saved ?
	    SQL("ROLLBACK TO SAVEPOINT cdc_batch") : SQL("ROLLBACK")) < 0)
		return -1;
	if (a->dlq && why.kind == ERR_DATA)
		return one_by_one(a, err);
	find_bad(a, &why);
	*err = why;
	return -1;
}

int
isolate_back(struct applier *a, struct err *err)
{
	a->kept.n = a->finished.lines;
	a->kept.text.n = a->finished.bytes;
	return a->dlq ? dlq_back(a->dlq, a->finished.dlq, err) : 0;
}

void
isolate_settle(struct applier *a)
{
	a->kept.n = a->kept.text.n = 0;
	a->finished.lines = a->finished.bytes = 0;
	a->careful = false;
	if (a->dlq)
		a->mark = dlq_mark(a->dlq);
}

int
isolate_rolled_back(struct applier *a, struct err *err)
{
	/* what waits in the batch is done again; its bad records are known */
	return a->dlq ? dlq_back(a->dlq, dlq_mark(a->dlq), err) : 0;
}

void
isolate_committed(struct applier *a)
{
	if (a->dlq)
		dlq_committed(a->dlq);
	a->buried = 0;
	isolate_settle(a);
	finished_mark_lines(a);
}
