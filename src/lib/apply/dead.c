/* SPDX-License-Identifier: MIT */
#include "apply/dead.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "apply/change.h"
#include "apply/store.h"
#include "base/alloc.h"
#include "db/query.h"
#include "base/log.h"
#include "event/fields.h"
#include "event/gtids.h"
#include "io/replace.h"
#include "json/scan.h"
#include "json/write.h"
#include "print/modes.h"

/* ---- what an entry says of its record */

/* db.table of the source, or the topic. */
static void
put_table(struct record *rec, struct buf *out)
{
	struct span db, name;

	if (record_table(rec, &db, &name) ||
	    record_topic_table(rec, &db, &name)) {
		buf_span(out, db);
		buf_char(out, '.');
		buf_span(out, name);
	} else {
		buf_span(out, value_text(rec->topic, &rec->scratch[0]));
	}
}

static struct span
key_of(const struct record *rec)
{
	return rec->key.p && rec->key.p[0] == '{' ? rec->key :
	    (struct span){ NULL, 0 };
}

static void
put_member(struct buf *out, const char *name, struct span json)
{
	if (!json.p)
		return;
	buf_printf(out, ",\"%s\":", name);
	buf_span(out, json);
}

static void
put_mode(struct buf *out, const char *name, int mode,
    const char *const *words)
{
	if (mode >= 0)
		json_member(out, name, span_of(words[mode]));
}

/* Position, how values are written, what the table is: all that a replay
 * needs. */
static void
put_headers(const struct applier *a, const struct record *rec,
    struct span table, struct buf *out)
{
	const struct known_modes *m = &a->tables.modes;
	struct span t = rec->transaction.p ? rec->transaction :
	    rec->line_transaction;
	struct span schema = tables_schema_text(&a->tables, table);
	struct buf modes = { 0 };

	put_member(out, "gtid", object_member(record_source(rec), "gtid"));
	put_member(out, "total_order", object_member(t, "total_order"));
	if (a->by_offset) {
		put_member(out, "topic", rec->topic);
		put_member(out, "partition", rec->partition);
		put_member(out, "offset", rec->offset);
	}
	buf_printf(out, ",\"line\":%" PRIu64, rec->line.number);
	put_mode(&modes, "decimal", m->decimal, decimal_modes);
	put_mode(&modes, "time", m->time, time_modes);
	put_mode(&modes, "binary", m->binary, binary_modes);
	put_mode(&modes, "bigint_unsigned", m->bigint_unsigned, bigint_modes);
	put_mode(&modes, "json", m->json, json_modes);
	if (modes.n) {
		modes.p[0] = '{';
		buf_char(&modes, '}');
		put_member(out, "modes", buf_view(&modes));
	}
	put_member(out, "schema", schema);
	buf_free(&modes);
}

/* ---- the queue */

static bool
offset_is_done(struct applier *a, struct span topic, struct span offset,
    struct span part)
{
	struct buf scratch = { 0 };
	int64_t done = offset_of(&a->offsets, value_text(topic, &scratch),
	    (int32_t)strtol(part.p, NULL, 10))->done;

	buf_free(&scratch);
	return strtoll(offset.p, NULL, 10) <= done;
}

/* Has the position gone past an entry? */
static bool
is_done(void *arg, struct span headers)
{
	struct applier *a = arg;
	struct span offset = object_member(headers, "offset");
	struct span part = object_member(headers, "partition");
	struct span topic = object_member(headers, "topic");
	struct span order = object_member(headers, "total_order");
	const struct sink_state *s = &a->stored;
	struct gtid gtid;

	if (a->opt->no_state)
		return true;
	if (offset.n && part.n && json_inside(topic).p)
		return offset_is_done(a, topic, offset, part);
	if (!gtids_take_one(headers, "gtid", &gtid))
		return true;
	/* numbers that need not grow do not tell; twice is better than never */
	if (a->opt->order == ORDER_ARRIVAL || gtid_list_covers(&s->done, &gtid))
		return true;
	return s->partial_order && order.n && s->partial.seq == gtid.seq &&
	    s->partial.domain == gtid.domain &&
	    strtoull(order.p, NULL, 10) <= s->partial_order;
}

int
dead_open(struct applier *a, struct err *err)
{
	if (!a->opt->dlq)
		return 0;
	a->dlq = dlq_open(a->opt->dlq, a->opt->dlq_max, is_done, a, err);
	if (!a->dlq)
		return -1;
	a->mark = dlq_mark(a->dlq);
	dead_mark(a);
	return 0;
}

static int
bury(struct applier *a, struct record *rec, const char *error,
    const char *type, struct err *err)
{
	struct buf table = { 0 }, headers = { 0 };
	int status;

	put_table(rec, &table);
	put_headers(a, rec, buf_view(&table), &headers);
	status = dlq_put(a->dlq, &(struct dlq_entry){
		.event = rec->line.text, .table = buf_view(&table),
		.key = record_op(rec) == 't' ? (struct span){ NULL, 0 } :
		key_of(rec), .error = error, .type = type,
		.headers = buf_view(&headers) }, err);
	buf_free(&table);
	buf_free(&headers);
	return status;
}

/* The old key of a create that ends a change of key. */
static struct span
moved_from(const struct record *rec)
{
	return record_header(rec, "__debezium.oldkey");
}

/* Must the record wait for one of its key, old or new, or (a truncate) of its
 * table? */
static bool
is_held(const struct held *held, struct record *rec)
{
	struct buf table = { 0 };
	struct span old = moved_from(rec);
	bool waits;

	put_table(rec, &table);
	waits = held_has(held, buf_view(&table), key_of(rec)) ||
	    (old.p && held_has(held, buf_view(&table), old)) ||
	    (record_op(rec) == 't' && held_has_any(held, buf_view(&table)));
	buf_free(&table);
	return waits;
}

static void
keep_line(struct applier *a, const struct record *rec)
{
	if (a->nlines == a->lines_cap) {
		a->lines_cap = a->lines_cap ? 2 * a->lines_cap : 1024;
		a->lines = xreallocarray(a->lines, a->lines_cap,
		    sizeof(*a->lines));
	}
	a->lines[a->nlines++] = (struct kept_line){ a->kept.n,
		rec->line.text.n, rec->line.number };
	buf_span(&a->kept, rec->line.text);
}

/* Put a record's change into the batch; where that cannot be, into the queue.
 */
static int
put_or_bury(struct applier *a, struct record *rec, struct err *err)
{
	struct err why = { 0 };

	if (is_held(dlq_held(a->dlq), rec))
		return bury(a, rec, "a record of the same key is here",
		    "KeyHeld", err);
	if (change_take(a, rec, &why) == 0)
		return 0;
	if (why.kind == ERR_DATA)
		return bury(a, rec, why.text, "ValueError", err);
	*err = why;
	return -1;
}

int
dead_take(struct applier *a, struct record *rec, struct err *err)
{
	if (!a->dlq)
		return change_take(a, rec, err);
	keep_line(a, rec);
	return put_or_bury(a, rec, err);
}

/* A line of which nothing is known but the transaction that it stands in. */
static int
bury_line(struct applier *a, const struct record *rec, struct err *err)
{
	struct buf headers = { 0 };
	struct err why = *err;
	char gtid[GTID_TEXT];
	int status;

	*err = (struct err){ 0 };
	if (a->progress.keeps && a->progress.open) {
		gtid_print(gtid, &a->progress.in_hand);
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
dead_scan(struct record *rec, const struct line *line, struct err *err)
{
	if (record_scan(rec, line, err) < 0)
		return -1;
	return rec->kind == KIND_UNKNOWN ?
	    record_fault(rec, "not a record of rows", err) : 0;
}

int
dead_line(struct applier *a, struct record *rec, struct err *err)
{
	keep_line(a, rec);
	return bury_line(a, rec, err);
}

static int
begin_line(struct applier *a, struct err *err)
{
	return db_execute(a->db, err, SQL("SAVEPOINT cdc_line"));
}

static int
undo_line(struct applier *a, struct err *err)
{
	return db_execute(a->db, err, SQL("ROLLBACK TO SAVEPOINT cdc_line"));
}

/* Apply one kept line, in a batch of its own. */
static int
apply_one(struct applier *a, struct record *rec, struct err *err)
{
	struct err why = { 0 };

	if (begin_line(a, err) < 0 ||
	    put_or_bury(a, rec, err) < 0)
		return -1;
	change_settle(a);
	if (execute_batch(&a->executor, &a->batch, &why) < 0) {
		if (why.kind != ERR_DATA) {
			*err = why;
			return -1;
		}
		if (undo_line(a, err) < 0
		    || bury(a, rec, why.text, "DatabaseError", err) < 0)
			return -1;
	}
	batch_reset(&a->batch);
	return 0;
}

/* What came into the queue for these lines is told anew. */
static int
one_by_one(struct applier *a, struct err *err)
{
	struct record rec = { .shape = (enum record_shape)a->opt->shape };
	int status = dlq_back(a->dlq, a->mark, err);

	batch_reset(&a->batch);
	a->rekeys = false;
	a->careful = true;
	for (size_t i = 0; i < a->nlines && status == 0; i++) {
		struct line line = { .number = a->lines[i].number,
			.text = { a->kept.p + a->lines[i].at,
			a->lines[i].n } };

		status = dead_scan(&rec, &line, err);
		if (status == 0)
			status = apply_one(a, &rec, err);
		else if (err->kind == ERR_DATA)
			status = bury_line(a, &rec, err);
	}
	record_clear(&rec);
	return status;
}

/* An array of rows says that one of them is bad, and not which: make them one
 * by one, for nothing but the message. */
static void
find_bad(struct applier *a, struct err *err)
{
	struct err found = { 0 };

	a->executor.single = true;
	execute_batch(&a->executor, &a->batch, &found);
	if (found.kind == ERR_DATA)
		*err = found;
}

int
dead_execute(struct applier *a, struct err *err)
{
	struct err why = { 0 };

	if (a->careful)
		return one_by_one(a, err);
	if (a->batch.nops == 0)
		return 0;
	if ((a->dlq || a->spilled) && !a->opt->dry_run &&
	    db_execute(a->db, err, SQL("SAVEPOINT cdc_batch")) < 0)
		return -1;
	if (execute_batch(&a->executor, &a->batch, &why) == 0)
		return 0;
	if (why.kind != ERR_DATA) {
		*err = why;
		return -1;
	}
	log_note("%s: the changes are made one by one", why.text);
	if (db_execute(a->db, err, a->dlq || a->spilled ?
	    SQL("ROLLBACK TO SAVEPOINT cdc_batch") : SQL("ROLLBACK")) < 0)
		return -1;
	if (a->dlq)
		return one_by_one(a, err);
	find_bad(a, &why);
	*err = why;
	return -1;
}

void
dead_mark(struct applier *a)
{
	a->finished.lines = a->nlines;
	a->finished.bytes = a->kept.n;
	if (a->dlq)
		a->finished.dlq = dlq_mark(a->dlq);
}

int
dead_back(struct applier *a, struct err *err)
{
	a->nlines = a->finished.lines;
	a->kept.n = a->finished.bytes;
	return a->dlq ? dlq_back(a->dlq, a->finished.dlq, err) : 0;
}

void
dead_settle(struct applier *a)
{
	a->kept.n = a->nlines = 0;
	a->finished.lines = a->finished.bytes = 0;
	a->careful = false;
	if (a->dlq)
		a->mark = dlq_mark(a->dlq);
}

int
dead_rolled_back(struct applier *a, struct err *err)
{
	/* what waits in the batch is done again; its bad records are known */
	return a->dlq ? dlq_back(a->dlq, dlq_mark(a->dlq), err) : 0;
}

void
dead_committed(struct applier *a)
{
	if (a->dlq)
		dlq_committed(a->dlq);
	dead_settle(a);
	dead_mark(a);
}

/* ---- replay */

struct replay {
	struct applier *a;
	struct held held;       /* keys that stay */
	struct buf left;        /* entries that stay */
	uint64_t applied, stay;
	struct buf schema;      /* of the last entry */
};

/* What the entry tells of its table. */
static int
learn(struct replay *r, struct span headers, struct err *err)
{
	struct span schema = object_member(headers, "schema");
	struct span modes = object_member(headers, "modes");

	if (modes.p)
		tables_take_modes(&r->a->tables, modes);
	if (!schema.p || span_eq(schema, buf_view(&r->schema)))
		return 0;
	r->schema.n = 0;
	buf_span(&r->schema, schema);
	tables_forget(&r->a->tables);
	return tables_learn_text(&r->a->tables, schema, err);
}

static void
stay(struct replay *r, struct span entry)
{
	buf_span(&r->left, entry);
	buf_char(&r->left, '\n');
	r->stay++;
}

static void
keep(struct replay *r, struct record *rec, struct span entry)
{
	struct buf table = { 0 };

	put_table(rec, &table);
	held_add(&r->held, buf_view(&table), key_of(rec));
	buf_free(&table);
	stay(r, entry);
}

static int
replay_one(struct replay *r, struct record *rec, struct span entry,
    struct err *err)
{
	struct applier *a = r->a;
	struct err why = { 0 };

	if (is_held(&r->held, rec)) {
		keep(r, rec, entry);
		return 0;
	}
	if (begin_line(a, err) < 0)
		return -1;
	if (change_take(a, rec, &why) == 0) {
		change_settle(a);
		execute_batch(&a->executor, &a->batch, &why);
	}
	batch_reset(&a->batch);
	if (why.kind == ERR_NONE) {
		r->applied++;
		return 0;
	}
	if (why.kind != ERR_DATA) {
		*err = why;
		return -1;
	}
	log_warn("%s", why.text);
	keep(r, rec, entry);
	return undo_line(a, err);
}

/* An entry, or what is none: that stays, and is said. */
static int
replay_entry(struct replay *r, struct record *rec, struct span entry,
    const struct line *line, struct err *err)
{
	struct err why = { 0 };

	if (!json_valid(entry) || !line->text.p)
		err_set(&why, ERR_DATA, "line %" PRIu64 ": no entry of a dead "
		    "letter queue", line->number);
	else if (line->text.p[0] != '{')
		err_set(&why, ERR_DATA, "line %" PRIu64 ": its record is no "
		    "JSON", line->number);
	else if (learn(r, object_member(entry, "headers"), &why) == 0 &&
	    dead_scan(rec, line, &why) == 0)
		return replay_one(r, rec, entry, err);
	if (why.kind != ERR_DATA) {
		*err = why;
		return -1;
	}
	log_warn("%s", why.text);
	stay(r, entry);
	return 0;
}

static int
replay_file(struct replay *r, FILE *f, struct err *err)
{
	struct record rec = { .shape = (enum record_shape)r->a->opt->shape };
	struct line line = { 0 };
	char *text = NULL;
	size_t cap = 0;
	ssize_t n;
	int status = 0;

	while (status == 0 && (n = getline(&text, &cap, f)) > 0) {
		struct span entry = { text, (size_t)n - (text[n - 1] == '\n') };

		line.number++;
		line.text = object_member(entry, "original_event");
		status = replay_entry(r, &rec, entry, &line, err);
	}
	free(text);
	record_clear(&rec);
	return status;
}

/* All in one transaction of the target, then the file. */
static int
replay_all(struct replay *r, const char *path, struct err *err)
{
	FILE *f = fopen(path, "re");
	int status;

	if (!f)
		return err_errno(err, ERR_IO, "cannot open %s", path);
	status = replay_file(r, f, err);
	fclose(f);
	if (status == 0)
		status = db_execute(r->a->db, err, SQL("COMMIT"));
	if (status == 0)
		status = file_replace(path, buf_view(&r->left), err);
	if (status == 0)
		log_warn("%" PRIu64 " applied, %" PRIu64 " stay in %s",
		    r->applied, r->stay, path);
	if (status == 0 && r->stay)
		status = err_set(err, ERR_DATA, "%" PRIu64 " entries of %s "
		    "fail still", r->stay, path);
	return status;
}

int
dead_replay(struct applier *a, const char *path, struct err *err)
{
	struct replay r = { .a = a };
	int status = file_lock(path, err);

	if (status == 0)
		status = replay_all(&r, path, err);
	held_clear(&r.held);
	buf_free(&r.left);
	buf_free(&r.schema);
	return status;
}
