/* SPDX-License-Identifier: MIT */
#include "sink/delivery.h"

#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "io/files.h"
#include "io/report.h"
#include "io/stop.h"
#include "json/write.h"
#include "sink/delivery_run.h"
#include "sink/letters.h"
#include "sink/redeliver.h"
#include "sink/samekey.h"
#include "sink/upstream.h"
#include "state/states.h"

enum { STORE_MS = 1000 };

/* ---- counters */

static void
report(void *arg)
{
	const struct delivery *d = arg;
	struct buf line = { 0 }, gtids = { 0 };
	uint64_t retries = 0;

	for (unsigned i = 0; d->lanes.v && i < d->lanes.n; i++)
		retries += d->lanes.v[i].tries_again;
	buf_str(&line, "{\"tool\":");
	json_words(&line, span_of(d->opt->tool));
	buf_printf(&line, ",\"seconds\":%" PRId64,
	    (clock_steady_ms() - d->began_ms) / 1000);
	json_count(&line, "records", d->records);
	json_count(&line, "skipped", d->skipped);
	json_count(&line, "batches", d->batches);
	json_count(&line, "retries", retries);
	if (d->dlq)
		json_count(&line, "dlq", dlq_count(d->dlq));
	gtid_list_print(&d->progress.state.done, &gtids);
	if (d->opt->state)
		json_member(&line, "gtid",
		    gtids.p ? buf_view(&gtids) : SPAN(""));
	buf_char(&line, '}');
	log_report(buf_view(&line));
	buf_free(&line);
	buf_free(&gtids);
}

/* ---- bad records */

/* Read a line of a batch again. */
static int
read_again(struct delivery *d, struct line line, struct err *err)
{
	d->again.shape = (enum record_shape)d->opt->shape;
	return record_scan(&d->again, &line, err);
}

/* Without a queue a bad record ends the program. */
static int
refuse(struct delivery *d, const struct record *rec, const char *why,
    struct err *err)
{
	struct buf table = { 0 }, gtid = { 0 };

	letter_table(&d->again, &table);
	object_text(&gtid, record_source(rec), "gtid");
	err_set(err, ERR_DATA, "line %" PRIu64 " (%s%s%s): %s",
	    rec->line.number, gtid.n ? buf_cstr(&gtid) : "",
	    gtid.n ? ", " : "", buf_cstr(&table), why);
	buf_free(&table);
	buf_free(&gtid);
	return err_hint(err, "fix the cause, or set such records aside with "
	    "--dlq FILE");
}

static int
bury(struct delivery *d, struct line line, const char *why, const char *type,
    struct err *err)
{
	struct record *rec = &d->again;
	struct buf table = { 0 }, headers = { 0 };
	int status;

	if (read_again(d, line, err) < 0)
		return -1;
	if (!d->dlq)
		return refuse(d, rec, why, err);
	if (!d->warned)
		log_warn("%s: set aside in %s; further ones are only counted",
		    why, d->opt->dlq);
	d->warned = true;
	letter_table(rec, &table);
	letter_put_place(rec, false, &headers);
	if (d->opt->body)
		d->opt->body->describe(d->opt->body->arg, &headers);
	status = dlq_put(d->dlq, &(struct dlq_entry){
		.event = line.text, .table = buf_view(&table),
		.key = record_op(rec) == 't' ? (struct span){ NULL, 0 } :
		letter_key(rec), .error = why, .type = type,
		.headers = buf_view(&headers) }, err);
	buf_free(&table);
	buf_free(&headers);
	return status;
}

/* What became of a lane's batch. */
static int
collect(struct delivery *d, struct lane *lane, struct err *err)
{
	struct sink_batch *b = &lane->work;
	int status = 0;

	for (size_t i = 0; i < b->n && status == 0; i++)
		if (b->v[i].is == SINK_BAD)
			status = bury(d, sink_line(b, i), b->v[i].why,
			    b->v[i].type, err);
	sink_batch_empty(b);
	return status;
}

/* Records that were filled in before a bad one of their key was found. */
static int
hold_back(struct delivery *d, struct sink_batch *b, struct err *err)
{
	for (size_t i = 0; d->dlq && i < b->n; i++) {
		if (!blocked_keys_has(dlq_held(d->dlq), sink_table(b, i),
		    sink_key(b, i)))
			continue;
		if (bury(d, sink_line(b, i), LETTER_HELD, "KeyHeld", err) < 0)
			return -1;
		sink_done(b, i);
	}
	return 0;
}

/* ---- batches */

static int
hand_over(struct delivery *d, struct lane *lane, struct err *err)
{
	if (lane->fill.n == 0)
		return 0;
	if (lanes_wait(&d->lanes, lane, err) < 0 ||
	    collect(d, lane, err) < 0 || hold_back(d, &lane->fill, err) < 0)
		return -1;
	lanes_hand_over(&d->lanes, lane);
	d->batches++;
	d->due = d->due || clock_steady_ms() - d->stored_ms >= STORE_MS;
	return 0;
}

static int
drain(struct delivery *d, struct err *err)
{
	int status = 0;

	for (unsigned i = 0; i < d->lanes.n && status == 0; i++)
		status = hand_over(d, &d->lanes.v[i], err);
	if (lanes_wait_all(&d->lanes, err) < 0)
		status = -1;
	for (unsigned i = 0; i < d->lanes.n && status == 0; i++)
		status = collect(d, &d->lanes.v[i], err);
	d->first_ms = 0;
	return status;
}

/* An entry that the position does not cover comes again, and is dropped when
 * the file is opened: it may be written at any time. */
static int
write_queue(struct delivery *d, struct err *err)
{
	if (!d->dlq || !dlq_pending(d->dlq))
		return 0;
	if (dlq_write(d->dlq, err) < 0)
		return -1;
	dlq_committed(d->dlq);
	return 0;
}

static bool
is_unstored(const struct delivery *d)
{
	return (d->dlq && dlq_pending(d->dlq)) ||
	    (d->opt->state && d->progress.moved);
}

/* All that was read is done: keep that. */
static int
store(struct delivery *d, struct err *err)
{
	struct progress *p = &d->progress;

	d->due = false;
	d->stored_ms = clock_steady_ms();
	if (write_queue(d, err) < 0)
		return -1;
	if (!d->opt->state || !p->moved)
		return 0;
	p->moved = false;
	return state_write(&p->state, d->opt->state, err);
}

/* A second is over: what was read is to be done, and kept. */
static int
store_if_due(struct delivery *d, struct err *err)
{
	struct progress *p = &d->progress;
	bool whole = progress_at_rest(p);

	if (!d->due || (!whole && (d->opt->transactions || !p->keeps ||
	    !p->order)))
		return 0;
	if (drain(d, err) < 0)
		return -1;
	if (!whole) {
		p->state.partial = p->in_hand;
		p->state.partial_order = p->order;
		p->moved = true;
	}
	return store(d, err);
}

static bool
is_full(const struct delivery *d, const struct sink_batch *b)
{
	return !d->opt->transactions && (b->n >= d->opt->batch ||
	    b->text.n >= d->opt->batch_bytes);
}

/* The same key is always in the same lane. */
static struct lane *
lane_of(struct delivery *d, struct span table, struct span key)
{
	if (d->lanes.n == 1)
		return d->lanes.v;
	return &d->lanes.v[samekey_hash(&d->scratch, table, key) %
	    d->lanes.n];
}

/* Fill a line in, with what is given in place of it; `alone`: after all others
 * and before all others. */
static int
fill(struct delivery *d, const struct line *line, struct span key, bool alone,
    struct err *err)
{
	struct lane *lane;

	alone = alone && d->lanes.n > 1;
	if (alone && drain(d, err) < 0)
		return -1;
	lane = alone ? d->lanes.v : lane_of(d, buf_view(&d->table), key);
	sink_batch_add(&lane->fill, line, buf_view(&d->body),
	    buf_view(&d->table), key);
	if (!d->first_ms)
		d->first_ms = clock_steady_ms();
	if (alone)
		return drain(d, err);
	return is_full(d, &lane->fill) ? hand_over(d, lane, err) : 0;
}

/* Make what is given in place of a line: 1; 0 if there is nothing yet; -1, and
 * ERR_DATA if it cannot be. */
static int
make_body(struct delivery *d, struct record *rec, struct err *err)
{
	const struct delivery_body *body = d->opt->body;

	d->body.n = 0;
	if (!body)
		return 1;
	if (body->put(body->arg, rec, &d->body, err) < 0)
		return -1;
	d->unsent.n = 0;
	if (d->body.n)
		return 1;
	if (!record_is_control(rec)) {
		buf_span(&d->unsent, rec->line.text);
		d->unsent_number = rec->line.number;
	}
	return 0;
}

/* What a format kept for the end. */
static int
put_rest(struct delivery *d, struct err *err)
{
	const struct delivery_body *body = d->opt->body;
	struct line line = { .text = buf_view(&d->unsent),
		.number = d->unsent_number };

	d->body.n = 0;
	if (!body)
		return 0;
	if (body->finish(body->arg, &d->body, err) < 0)
		return -1;
	if (!d->body.n || !line.text.n)
		return 0;
	d->table.n = 0;
	return fill(d, &line, (struct span){ NULL, 0 }, true, err);
}

/* Put a record into a batch. */
static int
put(struct delivery *d, struct record *rec, bool alone, struct err *err)
{
	struct err why = { 0 };
	int got;

	if (d->dlq && letter_is_held(dlq_held(d->dlq), rec))
		return bury(d, rec->line, LETTER_HELD, "KeyHeld", err);
	got = make_body(d, rec, &why);
	if (got < 0 && why.kind == ERR_DATA && d->dlq)
		return bury(d, rec->line, why.text, "ValueError", err);
	if (got < 0)
		*err = why;
	if (got <= 0)
		return got;
	d->table.n = 0;
	letter_table(rec, &d->table);
	return fill(d, &rec->line, letter_key(rec), alone, err);
}

/* ---- lines */

/* A transaction ended, where each is a batch. */
static int
after_end(struct delivery *d, uint64_t before, struct err *err)
{
	if (d->progress.transactions != before && d->opt->transactions &&
	    hand_over(d, d->lanes.v, err) < 0)
		return -1;
	return store_if_due(d, err);
}

static int
take_control(struct delivery *d, struct record *rec, struct err *err)
{
	uint64_t before = d->progress.transactions;
	int is_new = 1;

	if (record_check_control(rec, err) < 0)
		return -1;
	/* it may end what a format keeps, and that is of what came before */
	if (d->opt->body && put(d, rec, true, err) < 0)
		return -1;
	if (rec->kind == KIND_SCHEMA)
		is_new = progress_schema(&d->progress, rec, err);
	else if (progress_control(&d->progress, rec, err) < 0)
		is_new = -1;
	if (is_new < 0 || after_end(d, before, err) < 0)
		return -1;
	if (d->progress.empties) {
		err_set(err, ERR_CONFIG, "the copy starts over, and what was "
		    "delivered of it cannot be taken back");
		return err_hint(err, "empty the receiver, remove %s, and copy "
		    "again", d->opt->state);
	}
	return is_new && d->opt->control && !d->opt->body ?
	    put(d, rec, true, err) : 0;
}

static int
take_data(struct delivery *d, struct record *rec, struct err *err)
{
	uint64_t before = d->progress.transactions;
	int is_new = progress_record(&d->progress, rec, err);

	if (is_new < 0 || after_end(d, before, err) < 0)
		return -1;
	if (is_new == 0) {
		d->skipped++;
		return 0;
	}
	if (record_check_key(rec, err) < 0)
		return -1;
	d->records++;
	return put(d, rec, record_op(rec) == 't', err);
}

static int
take_line(struct delivery *d, struct record *rec, const struct line *line,
    struct err *err)
{
	if (record_scan(rec, line, err) < 0)
		return -1;
	return record_is_control(rec) ? take_control(d, rec, err) :
	    take_data(d, rec, err);
}

/* Does input come within this time? */
static bool
comes_within(int64_t ms)
{
	return ms > 0 && stop_wait_readable(STDIN_FILENO, (int)ms);
}

/* Before the next line would keep us waiting: does more come soon, for batches
 * that are not full?  Otherwise all is done, and kept. */
static int
before_waiting(struct delivery *d, struct err *err)
{
	bool whole = progress_at_rest(&d->progress);

	if (d->first_ms && comes_within(d->first_ms + d->opt->linger_ms -
	    clock_steady_ms()))
		return 0;
	if (d->opt->transactions && !whole)
		return 0;
	if (drain(d, err) < 0)
		return -1;
	if (!is_unstored(d) || comes_within(d->stored_ms + STORE_MS -
	    clock_steady_ms()))
		return 0;
	return whole ? store(d, err) : write_queue(d, err);
}

static int
finish(struct delivery *d, struct err *err)
{
	const struct progress *p = &d->progress;
	bool whole = progress_at_rest(p);

	if (put_rest(d, err) < 0)
		return -1;
	/* part of a transaction is none */
	if ((whole || !d->opt->transactions) && drain(d, err) < 0)
		return -1;
	if (whole && store(d, err) < 0)
		return -1;
	if (stop_requested())
		return 0;
	return upstream_check(p, !p->opened || p->ended, whole ||
	    (!p->opened && !d->opt->transactions), "delivered", err);
}

static int
take_all(struct delivery *d, struct err *err)
{
	struct record rec = { .shape = (enum record_shape)d->opt->shape };
	struct lines in;
	struct line line;
	int got = 0, status = 0;

	lines_open(&in);
	while (status == 0) {
		if (!lines_ready(&in))
			status = before_waiting(d, err);
		got = status < 0 ? -1 : lines_next(&in, &line, err);
		report_answer();
		if (got > 0)
			status = take_line(d, &rec, &line, err);
		else if (got < 0 || in.eof || stop_requested())
			break;
	}
	if (got == 0 && status == 0)
		status = finish(d, err);
	record_clear(&rec);
	lines_close(&in);
	return got < 0 ? -1 : status;
}

/* ---- beginning and end */

static bool
is_done(void *arg, struct span headers)
{
	const struct delivery *d = arg;

	return !d->opt->state || letter_is_done(&d->progress.state,
	    d->opt->any_order, headers);
}

static int
open_state(struct delivery *d, struct err *err)
{
	struct states states = { .resumes = true };
	const struct state *found = NULL;
	int status;

	d->progress.keeps = d->opt->state != NULL;
	d->progress.any_order = d->opt->any_order;
	d->progress.any_lists = d->opt->any_lists;
	d->progress.without = "without --state";
	if (!d->opt->state)
		return 0;
	if (file_lock(d->opt->state, err) < 0)
		return -1;
	status = states_add(&states, d->opt->state, err);
	if (status == 0 && states.found)
		found = &states.files[0].state;
	else if (status == 0 && states.copy.path)
		found = &states.copy.state;
	if (found)
		state_copy(&d->progress.state, found);
	d->progress.known = found != NULL;
	states_clear(&states);
	return status;
}

static int
open_all(struct delivery *d, void *options, struct err *err)
{
	if (open_state(d, err) < 0)
		return -1;
	if (d->opt->dlq) {
		d->dlq = dlq_open(d->opt->dlq, d->opt->dlq_max, is_done, d,
		    err);
		if (!d->dlq)
			return -1;
	}
	return lanes_open(&d->lanes, options, err);
}

int
delivery_check(const struct delivery_options *opt, struct err *err)
{
	if (!opt->jobs || opt->jobs > DELIVERY_JOBS)
		return err_set(err, ERR_USAGE, "--jobs must be 1 to %d",
		    DELIVERY_JOBS);
	if (opt->jobs > 1 && opt->transactions)
		return err_set(err, ERR_USAGE, "--per transaction keeps the "
		    "order of transactions: --jobs must be 1");
	if (!opt->batch)
		return err_set(err, ERR_USAGE, "--batch must be at least 1");
	if (opt->replay_dlq && (opt->dlq || opt->state))
		return err_set(err, ERR_USAGE, "--replay-dlq reads no input: "
		    "not with --dlq or --state");
	if (opt->dlq_max != DELIVERY_DLQ_MAX && !opt->dlq)
		return err_set(err, ERR_USAGE, "--dlq-max needs --dlq");
	if (opt->any_lists && !opt->state)
		return err_set(err, ERR_USAGE, "--accept-lists needs --state: "
		    "without a position any stream is accepted");
	return 0;
}

int
delivery_run(const struct sink *sink, void *options,
    const struct delivery_options *opt, struct err *err)
{
	int64_t now = clock_steady_ms();
	struct delivery d = { .opt = opt, .began_ms = now, .stored_ms = now };
	struct err queue = { 0 };
	int status;

	d.lanes = (struct lanes){ .sink = sink, .retry = opt->retry,
		.together = opt->transactions,
		.queue = opt->dlq || opt->replay_dlq,
		.n = (unsigned)opt->jobs, .woken = -1 };
	status = open_all(&d, options, err);
	if (status == 0) {
		report_by(report, &d);
		status = opt->replay_dlq ? redeliver(&d, err) :
		    take_all(&d, err);
	}
	if (write_queue(&d, &queue) < 0 && status == 0) {
		*err = queue;
		status = -1;
	}
	if (d.dlq && dlq_count(d.dlq))
		log_warn("%" PRIu64 " record%s set aside in %s: --replay-dlq "
		    "delivers them", dlq_count(d.dlq), plural(dlq_count(
		    d.dlq)), opt->dlq);
	if (log_says(LOG_VERBOSE))
		report(&d);
	report_by(NULL, NULL);
	if (lanes_close(&d.lanes, status == 0, err) < 0)
		status = -1;
	progress_clear(&d.progress);
	record_clear(&d.again);
	dlq_free(d.dlq);
	buf_free(&d.table);
	buf_free(&d.body);
	buf_free(&d.unsent);
	buf_free(&d.scratch);
	return status;
}
