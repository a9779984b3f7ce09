/* SPDX-License-Identifier: MIT */
#include "apply/apply.h"

#include <inttypes.h>
#include <stdlib.h>

#include "apply/applier.h"
#include "apply/change.h"
#include "apply/commit.h"
#include "apply/copy_hint.h"
#include "apply/finished.h"
#include "apply/half_copy.h"
#include "apply/isolate.h"
#include "apply/orphans.h"
#include "apply/replay_dlq.h"
#include "apply/source_schema.h"
#include "apply/unfinished.h"
#include "base/clock.h"
#include "base/log.h"
#include "evolve/denied.h"
#include "evolve/evolve.h"
#include "evolve/source_statement.h"
#include "io/files.h"
#include "io/report.h"
#include "io/stop.h"
#include "json/write.h"
#include "schema/schema_file.h"
#include "sink/upstream.h"
#include "state/states.h"

enum {
	BATCH_BYTES = 4 << 20,  /* of changes that wait */
};

/* ---- counters */

/* The counters, as one line of JSON on stderr. */
static void
report(void *arg)
{
	const struct applier *a = arg;
	struct buf line = { 0 }, gtids = { 0 };

	gtid_list_print(&a->position.stored.done, &gtids);
	buf_printf(&line, "{\"tool\":\"cdc-apply\",\"seconds\":%" PRId64,
	    (clock_steady_ms() - a->began_ms) / 1000);
	json_count(&line, "records", a->records);
	json_count(&line, "skipped", a->skipped);
	json_count(&line, "transactions", a->progress.transactions);
	json_count(&line, "commits", a->commits);
	json_count(&line, "statements", a->executor.statements);
	json_count(&line, "missing", a->executor.missing);
	json_count(&line, "retries", a->retries);
	if (a->dlq)
		json_count(&line, "dlq", dlq_count(a->dlq));
	json_member(&line, "gtid", gtids.p ? buf_view(&gtids) : SPAN(""));
	buf_char(&line, '}');
	log_report(buf_view(&line));
	buf_free(&line);
	buf_free(&gtids);
}

/* ---- when to commit */

/* May what was taken so far be shown? */
static bool
at_rest(const struct applier *a)
{
	return a->by_offset || a->opt->no_state ||
	    progress_at_rest(&a->progress);
}

static bool
is_full(const struct applier *a)
{
	return a->batch.rows >= a->opt->batch ||
	    batch_size(&a->batch) + a->kept.text.n >= BATCH_BYTES;
}

static bool
is_due(const struct applier *a)
{
	return is_full(a) || a->spilled || finished_is_full(a) ||
	    (a->first_ms &&
	    clock_steady_ms() - a->first_ms >= a->opt->batch_time_ms);
}

/* A transaction that is larger than the batch. */
static int
take_part(struct applier *a, struct err *err)
{
	struct progress *p = &a->progress;

	if (!a->opt->split || !p->keeps || !p->order)
		return unfinished_spill(a, err);
	p->state.partial = p->in_hand;
	p->state.partial_order = p->order;
	p->moved = true;
	return commit_now(a, err);
}

/* Before the next line would keep us waiting. */
static int
before_waiting(struct applier *a, struct err *err)
{
	/* half a change of key would lose what its image does not hold */
	if (!a->batch.half.waits && at_rest(a) && commit_now(a, err) < 0)
		return -1;
	return commit_mirror(a, false, err);
}

/* Was a transaction finished by what came?  `now`: and must it be shown? */
static int
after_end(struct applier *a, uint64_t before, bool now, struct err *err)
{
	if (a->progress.transactions == before)
		return 0;
	finished_mark(a);
	return now ? commit_now(a, err) : 0;
}

/* ---- lines */

/* A table is emptied, by a record of data or because its copy starts over.  A
 * record's is as the source did it, where its statements are executed: twice
 * after a crash does no harm, no row came after it.  With a queue lines are
 * tried after savepoints, which a statement that commits takes away. */
static int
empty_table(struct applier *a, struct record *rec, const struct target *t,
    bool data, struct err *err)
{
	bool commits = data && a->opt->evolution == EVOLVE_DDL && !a->dlq;

	if (unfinished_spill(a, err) < 0)
		return -1;
	if (commit_empty(a, t, commits, err) == 0)
		return 0;
	if (!data)
		return -1;
	finished_where(a, rec->line.number, err);
	return isolate_refused(a, rec, err);
}

/* Take in a record's change; what must not wait with others is executed. */
static int
take_in(struct applier *a, struct record *rec, bool data, struct err *err)
{
	struct target *empties;
	uint64_t tries = 0;

	for (;;) {
		switch (data ? isolate_take(a, rec, &empties, err) :
		    change_empty(a, rec, &empties, err)) {
		case CHANGE_WAITS:
			return 0;
		case CHANGE_ALONE:
			return unfinished_spill(a, err);
		case CHANGE_EMPTIES:
			if (!a->dlq || a->batch.nops == 0)
				return empty_table(a, rec, empties, data, err);
			/* a bad record among them makes it wait, too */
			if (unfinished_spill(a, err) < 0)
				return -1;
			break;
		case CHANGE_BARRIER:
			if (unfinished_spill(a, err) < 0)
				return -1;
			break;
		case CHANGE_UNKNOWN:
			if (commit_ask_again(a, tries++, err) < 0)
				return data ? finished_where(a,
				    rec->line.number, err) : -1;
			break;
		case CHANGE_BAD:
			return -1;
		}
	}
}

/* What waits was made for the table as it was. */
static int
end_batch(struct applier *a, struct err *err)
{
	batch_settle(&a->batch);
	return at_rest(a) ? commit_now(a, err) : unfinished_spill(a, err);
}

/* The stream is not what the position continues with: what came of it is not to
 * be taken for done. */
static int
strange(struct applier *a, struct err *err)
{
	a->left = err->kind != ERR_USAGE;
	return copy_hint_refused(a, err);
}

static int
take_schema(struct applier *a, struct record *rec, struct err *err)
{
	uint64_t before = a->progress.transactions;
	int is_new = a->by_offset ? 1 : progress_schema(&a->progress, rec,
	    err);
	bool changed, altered = false;
	bool acts = is_new > 0 && evolve_concerns(&a->evolver, rec);

	if (is_new < 0)
		return strange(a, err);
	if (after_end(a, before, is_due(a) || acts ||
	    a->opt->evolution != EVOLVE_NONE, err) < 0)
		return -1;
	/* lines that wait are read again to find a bad one, and an entry says
	 * what its table was like */
	if (a->dlq && end_batch(a, err) < 0)
		return -1;
	if (source_schema_learn(&a->tables, rec, &changed, err) < 0)
		return -1;
	if (changed && end_batch(a, err) < 0)
		return -1;
	if (acts) {
		if (end_batch(a, err) < 0)
			return -1;
		/* all that is finished is committed, and what becomes of the
		 * statement may not be known */
		a->left = true;
		if (evolve(&a->evolver, rec, &altered, err) < 0) {
			commit_mirror(a, true, &(struct err){ 0 });
			return -1;
		}
		a->left = false;
	}
	if (is_new && a->opt->evolution != EVOLVE_DDL)
		source_statement_warn(&a->evolver, rec);
	if (changed || altered)
		source_tables_forget(&a->tables);
	if (!a->progress.empties)
		return 0;
	return isolate_empties(a, rec, err) < 0 ? -1 :
	    take_in(a, rec, false, err);
}

/* What a heartbeat says of the position is true after it. */
static int
note_beat(struct applier *a, const struct record *rec, uint64_t before,
    struct err *err)
{
	bool now = is_due(a) && at_rest(a);

	if (rec->kind == KIND_HEARTBEAT)
		finished_note(a, false);
	return after_end(a, before, now, err);
}

static int
take_control(struct applier *a, struct record *rec, struct err *err)
{
	struct span modes = object_member(rec->body, "modes");
	uint64_t before = a->progress.transactions;
	bool due, empties = a->progress.empties;

	a->control++;
	if (record_check_control(rec, err) < 0)
		return -1;
	if (modes.p)
		source_tables_take_modes(&a->tables, modes);
	if (rec->kind == KIND_SCHEMA)
		return take_schema(a, rec, err);
	if (a->by_offset)
		return 0;
	if (progress_control(&a->progress, rec, err) < 0)
		return strange(a, err);
	if (half_copy_look(a, empties, err) < 0)
		return -1;
	due = orphans_are_due(a, rec);
	if (note_beat(a, rec, before, err) < 0)
		return -1;
	if (!due && !(a->progress.copies && a->progress.steps))
		return 0;
	if (at_rest(a) && commit_now(a, err) < 0)
		return -1;
	for (uint64_t tries = 0; due && orphans_look(a, err) < 0; tries++)
		if (commit_ask_again(a, tries, err) < 0)
			return -1;
	return 0;
}

/* Is the record to be applied?  1, 0, -1. */
static int
is_new(struct applier *a, struct record *rec, struct err *err)
{
	int got = kafka_offset_record(&a->position.offsets, rec, err);

	a->by_offset = got == 0 || got == 1;
	return got == 2 ? progress_record(&a->progress, rec, err) : got;
}

static int
take_data(struct applier *a, struct record *rec, struct err *err)
{
	uint64_t before = a->progress.transactions;
	int got = is_new(a, rec, err);

	if (got < 0)
		return strange(a, err);
	if (half_copy_empty(a, err) < 0 ||
	    after_end(a, before, is_due(a), err) < 0)
		return -1;
	if (got == 0) {
		a->skipped++;
		return 0;
	}
	a->records++;
	if (!a->first_ms)
		a->first_ms = clock_steady_ms();
	if (take_in(a, rec, true, err) < 0) {
		if (a->by_offset)
			kafka_offset_back(&a->position.offsets);
		return -1;
	}
	if (a->batch.half.waits || !is_full(a))
		return 0;
	return at_rest(a) ? commit_now(a, err) : take_part(a, err);
}

/* A line that cannot be read: was it cut? */
static int
take_broken(struct applier *a, struct record *rec, struct err *err)
{
	const struct gtid *of = finished_gtid(a, rec->line.number);
	char gtid[GTID_TEXT];

	if (a->dlq && err->kind == ERR_DATA)
		return isolate_line(a, rec, err);
	a->broken = true;
	if (!of)
		return -1;
	gtid_print(gtid, of);
	return err_wrap(err, "in %s or after it", gtid);
}

static int
take_line(struct applier *a, struct record *rec, const struct line *line,
    struct err *err)
{
	a->line = line->number;
	if (isolate_scan(rec, line, err) < 0)
		return take_broken(a, rec, err);
	return record_is_control(rec) ? take_control(a, rec, err) :
	    take_data(a, rec, err);
}

/* The end of input. */
static int
finish(struct applier *a, struct err *err)
{
	bool ended = !a->progress.keeps || a->by_offset || a->progress.ended;
	bool whole;

	batch_settle(&a->batch);
	whole = at_rest(a);
	if (whole && commit_now(a, err) < 0)
		return -1;
	if (!whole && unfinished_leave(a, err) < 0)
		return -1;
	if (commit_mirror(a, true, err) < 0)
		return -1;
	if (stop_requested())
		return 0;
	return upstream_check(&a->progress, ended, whole, "applied", err);
}

static int
take_all(struct applier *a, struct lines *in, struct err *err)
{
	struct record rec = { .shape = (enum record_shape)a->opt->shape };
	struct line line;
	int got = 0, status = 0;

	while (status == 0) {
		if (!lines_ready(in))
			status = before_waiting(a, err);
		got = status < 0 ? -1 : lines_next(in, &line, err);
		a->broken = got < 0 && status == 0;
		report_answer();
		if (got > 0)
			status = take_line(a, &rec, &line, err);
		else if (got < 0 || in->eof || stop_requested())
			break;
	}
	if (got == 0 && status == 0)
		status = finish(a, err);
	if (got < 0 || status < 0)
		unfinished_save(a, err);
	record_clear(&rec);
	return got < 0 ? -1 : status;
}

/* ---- beginning and end */

static bool
evolver_again(void *a, uint64_t tries, struct err *err)
{
	return commit_again(a, tries, err);
}

static int
evolver_ask_again(void *a, uint64_t tries, struct err *err)
{
	return commit_ask_again(a, tries, err);
}

static int
evolver_do_again(void *a, uint64_t tries, struct err *err)
{
	return commit_do_again(a, tries, err);
}

static void
open_evolver(struct applier *a)
{
	a->evolver = (struct evolver){
		.evolution = a->opt->evolution, .ways = &a->opt->ways,
		.tables = &a->opt->tables,
		.skip_replication = a->opt->skip_replication,
		.db = a->db, .x = &a->executor, .position = &a->position,
		.schemas = a->tables.schemas, .modes = &a->tables.modes,
		.left = &a->tables.left, .arg = a, .again = evolver_again,
		.ask_again = evolver_ask_again,
		.do_again = evolver_do_again,
	};
}

static void
open_applier(struct applier *a, struct apply_options *opt)
{
	*a = (struct applier){ .opt = opt, .db = db_new(&opt->db),
		.began_ms = clock_steady_ms() };
	source_tables_open(&a->tables, &opt->tables);
	a->tables.keys_follow = opt->evolution == EVOLVE_DDL;
	a->executor.set = &opt->tables.set;
	a->executor.left = &a->tables.left;
	a->executor.dry = opt->dry_run ? &a->sql : NULL;
	/* an INSERT must find its duplicate */
	a->batch.keep_order = opt->no_reorder ||
	    opt->insert_mode == INSERT_INSERT;
	a->batch.ordered = (struct op_list){ NO_OP, NO_OP };
	a->position = (struct offsets_table){
		.db = a->db, .name = opt->name,
		.offsets_db = opt->offsets_db, .keeps = !opt->no_state,
		.dry = opt->dry_run, .progress = &a->progress,
		.left = &a->tables.left,
	};
	open_evolver(a);
	a->progress.keeps = !opt->no_state;
	a->progress.any_lists = opt->any_lists;
	a->progress.any_order = opt->order == ORDER_ARRIVAL;
}

static void
close_applier(struct applier *a)
{
	source_tables_clear(&a->tables);
	batch_free(&a->batch);
	execute_clear(&a->executor);
	progress_clear(&a->progress);
	offsets_table_clear(&a->position);
	buf_free(&a->sql);
	kept_free(&a->kept);
	evolve_clear(&a->evolver);
	buf_free(&a->show);
	buf_free(&a->half);
	finished_clear(a);
	dlq_free(a->dlq);
	db_free(a->db);
}

static int
begin(struct applier *a, struct err *err)
{
	const struct apply_options *opt = a->opt;

	if (opt->state && (file_lock(opt->state, err) < 0 ||
	    state_check_name(opt->state, opt->name, err) < 0))
		return -1;
	if (opt->schema && schemas_load(a->tables.schemas, opt->schema,
	    err) < 0)
		return -1;
	if (commit_open(a, err) < 0)
		return -1;
	copy_hint_open(a);
	state_copy(&a->progress.state, &a->position.stored);
	a->progress.known = a->position.has_stored;
	a->copying = a->position.stored.snapshot.n > 0;
	finished_note(a, true);
	return isolate_open(a, err) < 0 ? -1 :
	    source_statement_resume(&a->evolver, err);
}

int
apply_run(struct apply_options *opt, struct err *err)
{
	struct applier a;
	struct lines in;
	int status;

	open_applier(&a, opt);
	status = begin(&a, err);
	if (status == 0) {
		report_by(report, &a);
		lines_open(&in);
		status = take_all(&a, &in, err);
		lines_close(&in);
		if (status < 0)
			commit_rollback(&a);
		if (err->kind == ERR_DATA && !opt->dlq && !a.progress.failed)
			err_hint(err, "fix the target or the record, or set "
			    "such records aside with --dlq FILE");
		if (log_says(LOG_NORMAL))
			report(&a);
	}
	denied_hint(opt->evolution, a.db, SPAN(""), err);
	report_by(NULL, NULL);
	close_applier(&a);
	return status;
}

int
apply_replay(struct apply_options *opt, struct err *err)
{
	struct applier a;
	int status;

	opt->no_state = true;
	open_applier(&a, opt);
	status = commit_open(&a, err);
	if (status == 0)
		status = replay_dlq(&a, opt->replay_dlq, err);
	if (status < 0)
		commit_rollback(&a);
	close_applier(&a);
	return status;
}

int
apply_show_state(struct apply_options *opt, struct err *err)
{
	struct applier a;
	int status;

	open_applier(&a, opt);
	a.position.dry = true;
	status = commit_connect(&a, err);
	if (status == 0)
		status = offsets_table_show(&a.position, err);
	close_applier(&a);
	return status;
}

int
apply_forget(struct apply_options *opt, struct err *err)
{
	struct applier a;
	int status;

	open_applier(&a, opt);
	status = commit_connect(&a, err);
	if (status == 0)
		status = offsets_table_forget(&a.position, err);
	close_applier(&a);
	return status;
}
