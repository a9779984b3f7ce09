/* SPDX-License-Identifier: MIT */
#include "apply/replay_dlq.h"

#include <inttypes.h>
#include <stdio.h>

#include "apply/commit.h"
#include "apply/finished.h"
#include "apply/isolate.h"
#include "apply/kin.h"
#include "apply/replay_net.h"
#include "apply/source_schema.h"
#include "base/log.h"
#include "db/query.h"
#include "io/files.h"
#include "io/textfile.h"
#include "sink/letters.h"

struct dlq_replay {
	struct applier *a;
	struct blocked_keys held;       /* keys that stay */
	struct replay_net net;  /* entries that stay */
	uint64_t applied, stay;
	struct buf schema;      /* of the last entry */
	struct buf half, table, key;    /* an entry that waits for the other
	                         * half of a change of key */
};

/* What the entry tells of its table. */
static int
learn(struct dlq_replay *r, struct span headers, struct err *err)
{
	struct span schema = object_member(headers, "schema");
	struct span modes = object_member(headers, "modes");

	if (modes.p)
		source_tables_take_modes(&r->a->tables, modes);
	if (!schema.p || span_eq(schema, buf_view(&r->schema)))
		return 0;
	r->schema.n = 0;
	buf_span(&r->schema, schema);
	source_tables_forget(&r->a->tables);
	return source_schema_learn_text(&r->a->tables, schema, err);
}

static void
stay(struct dlq_replay *r, struct span entry, struct span table,
    struct span key, bool second)
{
	if (table.p)
		blocked_keys_add(&r->held, table, key);
	replay_net_add(&r->net, entry, table, key, second);
	r->stay++;
}

static void
keep(struct dlq_replay *r, struct record *rec, struct span entry, bool second)
{
	struct buf table = { 0 };

	letter_table(rec, &table);
	stay(r, entry, buf_view(&table), record_op(rec) == 't' ?
	    (struct span){ NULL, 0 } : letter_key(rec), second);
	buf_free(&table);
}

/* The first half of a change of key waits. */
static void
wait_for_half(struct dlq_replay *r, struct record *rec, struct span entry)
{
	r->half.n = r->table.n = r->key.n = 0;
	buf_span(&r->half, entry);
	letter_table(rec, &r->table);
	if (letter_key(rec).p)
		buf_span(&r->key, letter_key(rec));
}

/* Execute what was put, of one entry or of two halves: rec is NULL where the
 * second did not come. */
static int
replay_now(struct dlq_replay *r, struct record *rec, struct span entry,
    struct err *why, struct err *err)
{
	struct applier *a = r->a;
	bool half = r->half.n > 0;

	if (why->kind == ERR_NONE) {
		batch_settle(&a->batch);
		if (execute_batch(&a->executor, &a->batch, why) < 0 &&
		    rec)
			err_wrap(why, "line %" PRIu64, rec->line.number);
	}
	batch_reset(&a->batch);
	if (why->kind == ERR_NONE) {
		r->applied += half + (rec != NULL);
	} else if (why->kind != ERR_DATA) {
		*err = *why;
		return -1;
	} else {
		log_warn("%s", why->text);
		if (half)
			stay(r, buf_view(&r->half), buf_view(&r->table),
			    buf_view(&r->key), false);
		if (rec)
			keep(r, rec, entry, half);
		if (isolate_undo_line(a, err) < 0)
			return -1;
	}
	r->half.n = 0;
	return 0;
}

/* A first half alone is a delete. */
static int
replay_half(struct dlq_replay *r, struct err *err)
{
	struct err why = { 0 };

	return r->half.n ? replay_now(r, NULL, (struct span){ 0 }, &why,
	    err) : 0;
}

/* Nothing waits beside it, so that it is never in the way of another.  A
 * connection that was lost has taken along what was applied. */
static int
take_change(struct applier *a, struct record *rec, struct err *err)
{
	struct target *empties;
	enum change_taken got;
	uint64_t tries = 0;

	do
		got = change_take(a, rec, &empties, err);
	while (got == CHANGE_UNKNOWN && err->kind == ERR_RETRY &&
	    commit_again(a, tries++, err));
	if (got != CHANGE_EMPTIES)
		return got < CHANGE_WAITS ? -1 : 0;
	return execute_truncate(&a->executor, empties, false, err) < 0 ?
	    finished_where(a, rec->line.number, err) : 0;
}

static int
replay_one(struct dlq_replay *r, struct record *rec, struct span entry,
    struct err *err)
{
	struct applier *a = r->a;
	struct err why = { 0 };
	bool second = r->half.n && change_is_second_half(a, rec);
	int held;

	/* between the halves it says nothing that they do not */
	if (r->half.n && record_is_tombstone(rec)) {
		r->applied++;
		return 0;
	}
	if (!second && replay_half(r, err) < 0)
		return -1;
	held = second ? 0 : kin_is_held(a, &r->held, rec, err);
	if (held < 0)
		return -1;
	if (held) {
		keep(r, rec, entry, letter_moves(rec).p != NULL);
		return 0;
	}
	if (!second && isolate_begin_line(a, err) < 0)
		return -1;
	if (take_change(a, rec, &why) == 0 && a->batch.half.waits) {
		wait_for_half(r, rec, entry);
		return 0;
	}
	return replay_now(r, rec, entry, &why, err);
}

/* An entry, or what is none: that stays, and is reported. */
static int
replay_entry(struct dlq_replay *r, struct record *rec, struct span entry,
    const struct line *line, struct err *err)
{
	struct err why = { 0 };

	if (!dlq_is_entry(entry))
		err_set(&why, ERR_DATA, "line %" PRIu64 ": not an entry of a "
		    "dead letter queue", line->number);
	else if (line->text.p[0] != '{')
		err_set(&why, ERR_DATA, "line %" PRIu64 ": its record is not "
		    "JSON", line->number);
	else if (learn(r, object_member(entry, "headers"), &why) == 0 &&
	    isolate_scan(rec, line, &why) == 0)
		return replay_one(r, rec, entry, err);
	if (why.kind != ERR_DATA) {
		*err = why;
		return -1;
	}
	log_warn("%s", why.text);
	stay(r, entry, (struct span){ NULL, 0 }, (struct span){ NULL, 0 },
	    false);
	return 0;
}

static int
replay_file(struct dlq_replay *r, FILE *f, struct err *err)
{
	struct record rec = { .shape = (enum record_shape)r->a->opt->shape };
	struct line line = { 0 };
	struct buf entry = { 0 };
	int got = 0;
	bool cut;

	while (got >= 0 && (got = textfile_line(f, &entry, &cut, err)) > 0) {
		line.number++;
		line.text = object_member(buf_view(&entry), "original_event");
		got = replay_entry(r, &rec, buf_view(&entry), &line, err);
	}
	if (got == 0)
		got = replay_half(r, err);
	buf_free(&entry);
	record_clear(&rec);
	return got;
}

/* ---- what stays, as what it leads to */

/* Of a table that is not described otherwise in between. */
static int
take_entry(void *arg, struct span entry, bool first, struct err *err)
{
	struct dlq_replay *r = arg;
	struct applier *a = r->a;
	struct record rec = { .shape = (enum record_shape)a->opt->shape };
	struct span headers = object_member(entry, "headers");
	struct span schema = object_member(headers, "schema");
	struct line line = { .text = object_member(entry, "original_event") };
	enum change_taken got = CHANGE_BAD;
	struct target *empties;

	if (first ? learn(r, headers, err) == 0 :
	    !schema.p || span_eq(schema, buf_view(&r->schema)))
		got = isolate_scan(&rec, &line, err) < 0 ? CHANGE_BAD :
		    change_take(a, &rec, &empties, err);
	record_clear(&rec);
	if (err->kind && err->kind != ERR_DATA)
		return -1;
	err_clear(err);
	return got == CHANGE_WAITS;
}

/* What happens between is never seen, but by triggers, and by rows that a
 * foreign key changes.  One that only checks (RESTRICT) refuses a state that
 * cannot be, as long as it cannot. */
static int
is_alone(struct applier *a, const struct target *t, struct err *err)
{
	int acts = t->triggers ? 1 : references_act(&a->tables.references,
	    a->db, t->db, t->name, err);

	return acts < 0 ? -1 : !acts;
}

static int
execute_chain(struct applier *a, struct err *err)
{
	const struct target *t = a->batch.touched;
	int got = t && execute_is_undone(&a->batch) ? is_alone(a, t, err) : 0;

	if (got <= 0 || isolate_begin_line(a, err) < 0)
		return got > 0 ? -1 : got;
	if (execute_batch(&a->executor, &a->batch, err) == 0)
		return 1;
	if (err->kind != ERR_DATA)
		return -1;
	err_clear(err);
	return isolate_undo_line(a, err);
}

/* Has the target's table columns that its rows would lose if they were made
 * again? */
static bool
has_more(const struct applier *a, const struct target *t)
{
	struct source_table *s = a->tables.all;

	while (s && s->target != t)
		s = s->next;
	return !s || source_table_adds_columns(s, &a->tables);
}

/* Rows that are whole go first, and are then made again: none is in the way of
 * another. */
static void
clear_way(struct applier *a)
{
	const struct target *t = a->batch.touched;

	if (!t || has_more(a, t))
		return;
	for (size_t i = t->changes.first; i != NO_OP; i = a->batch.ops[i].next)
		if (a->batch.ops[i].kind == OP_UPSERT)
			a->batch.ops[i].deletes = true;
}

static int
end_chain(void *arg, bool all, bool together, struct err *err)
{
	struct applier *a = ((struct dlq_replay *)arg)->a;
	int got = 0;

	batch_settle(&a->batch);
	if (together)
		clear_way(a);
	if (all)
		got = execute_chain(a, err);
	batch_reset(&a->batch);
	return got;
}

static int
replay_left(struct dlq_replay *r, struct err *err)
{
	struct applier *a = r->a;
	struct replay_net_how how = { r, take_entry, end_chain };
	uint64_t done = 0;
	int status;

	if (!r->stay || a->batch.keep_order)
		return 0;
	a->batch.merges = true;
	status = replay_net_try(&r->net, &how, &done, err);
	a->batch.merges = false;
	if (done)
		log_note("%" PRIu64 " of them came in by the state that they "
		    "lead to", done);
	r->applied += done;
	r->stay -= done;
	return status;
}

/* ---- */

/* The counters, as those of a run. */
static void
report(const struct dlq_replay *r)
{
	struct buf line = { 0 };

	if (!log_says(LOG_NORMAL))
		return;
	buf_printf(&line, "{\"tool\":\"cdc-apply\",\"replayed\":%" PRIu64
	    ",\"stay\":%" PRIu64 "}", r->applied, r->stay);
	log_report(buf_view(&line));
	buf_free(&line);
}

/* All in one transaction of the target, then the file. */
static int
replay_all(struct dlq_replay *r, const char *path, struct err *err)
{
	FILE *f = fopen(path, "re");
	struct buf left = { 0 };
	int status;

	if (!f)
		return err_errno(err, ERR_IO, "cannot open %s", path);
	status = replay_file(r, f, err);
	fclose(f);
	if (status == 0)
		status = replay_left(r, err);
	if (status == 0)
		status = db_execute(r->a->db, err, SQL("COMMIT"));
	if (status < 0)
		return -1;
	replay_net_left(&r->net, &left);
	status = file_replace(path, buf_view(&left), err);
	buf_free(&left);
	if (status == 0)
		report(r);
	if (status < 0 || !r->stay)
		return status;
	err_set(err, ERR_DATA, "%" PRIu64 " %s of %s still %s", r->stay,
	    r->stay == 1 ? "entry" : "entries", path, r->stay == 1 ? "fails" :
	    "fail");
	return err_hint(err, "change the table, or the row that is in the way, "
	    "as each message says, and replay again; or remove from the file "
	    "what is not to be applied, with all later entries of its key");
}

int
replay_dlq(struct applier *a, const char *path, struct err *err)
{
	struct dlq_replay r = { .a = a };
	int status = file_lock(path, err);

	if (status == 0)
		status = replay_all(&r, path, err);
	blocked_keys_clear(&r.held);
	buf_free(&r.half);
	buf_free(&r.table);
	buf_free(&r.key);
	replay_net_clear(&r.net);
	buf_free(&r.schema);
	return status;
}
