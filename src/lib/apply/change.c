/* SPDX-License-Identifier: MIT */
#include "apply/change.h"

#include <inttypes.h>

#include "apply/finished.h"
#include "apply/omissions.h"
#include "apply/source_table.h"
#include "json/scan.h"
#include "record/fields.h"
#include "target/lenient.h"
#include "target/unchecked.h"

/* What a record is about. */
struct change {
	struct source_table *table;
	struct target *target;
	struct span before, after, key;
	char op;
	uint8_t unchecked;      /* enum unchecked */
	bool key_is_enough;     /* its key tells which row it is of: an update
	                         * leaves that as it is (cdc-event(5)) */
	bool was_made;          /* a row that was not there: no other moved */
	bool copied;            /* while the stream ran: it may be there */
	uint64_t line;
};

static bool
is_object(struct span json)
{
	return json.n && json.p[0] == '{';
}

static struct op
op_of(const struct change *c, enum op_kind kind)
{
	return (struct op){ .target = c->target, .kind = (uint8_t)kind,
		.line = c->line, .unchecked = c->unchecked };
}

/* Read an object into cells of their own. */
static int
read_row(struct applier *a, const struct change *c, struct span object,
    size_t *row, bool *lenient, struct err *err)
{
	*row = batch_cells(&a->batch, c->target->ncolumns);
	return source_table_read_row(c->table, &a->tables, object, &a->batch,
	    *row, lenient, err);
}

/* The first part of the key that a row lacks; nkey: none. */
static size_t
lacking_part(const struct applier *a, const struct change *c, size_t row)
{
	const struct target *t = c->target;
	size_t k = 0;

	while (k < t->nkey &&
	    cell_has_value(a->batch.cells[row + t->key[k]].state))
		k++;
	return k;
}

/* The key's cells of a row; ERR_DATA where one is not there. */
static int
key_of_row(struct applier *a, const struct change *c, size_t row,
    size_t *key, struct err *err)
{
	const struct target *t = c->target;
	size_t lacking = lacking_part(a, c, row);

	*key = batch_cells(&a->batch, t->nkey);
	for (size_t k = 0; k < t->nkey; k++) {
		const struct cell *cell = &a->batch.cells[row + t->key[k]];

		if (k == lacking)
			return err_set(err, ERR_DATA, "table %s.%s: the record "
			    "lacks %s, which is part of the key of %s.%s",
			    c->table->db, c->table->name,
			    t->columns[t->key[k]].name, t->db, t->name);
		a->batch.cells[*key + k] = *cell;
	}
	return 0;
}

/* The key of the row as it was: of the record's key, else of its before. */
static int
old_key(struct applier *a, const struct change *c, size_t *key,
    struct err *err)
{
	bool lenient = false;
	struct span from = is_object(c->before) && !c->key_is_enough ?
	    c->before : c->key;
	size_t row;

	if (!is_object(from))
		return err_set(err, ERR_DATA, "table %s.%s: a record without "
		    "key and before does not identify its row",
		    c->table->db, c->table->name);
	if (read_row(a, c, from, &row, &lenient, err) < 0)
		return -1;
	return key_of_row(a, c, row, key, err);
}

static enum op_kind
kind_for(const struct applier *a, const struct change *c, bool whole)
{
	switch (a->opt->insert_mode) {
	case INSERT_INSERT:             /* of an update: put_insert() */
		return c->copied ? OP_UPSERT : OP_UPDATE;
	case INSERT_UPDATE:
		return OP_UPDATE;
	default:
		return c->op == 'u' && (!whole || c->target->no_upsert) ?
		    OP_UPDATE : OP_UPSERT;
	}
}

/*
 * The row moves to another key.  A foreign key acts on an update otherwise than
 * on a delete, so it is one where the table's order is kept.  Elsewhere nobody
 * sees between: a row with all its columns is a new one, else the old one is
 * changed, alone, since it may wait under both keys.
 */
static enum change_taken
put_rekey(struct applier *a, const struct change *c, struct op *op, bool whole,
    size_t before)
{
	bool ordered = batch_is_ordered(&a->batch, c->target);
	bool adds = source_table_adds_columns(c->table, &a->tables);
	struct op gone = *op;

	if (adds && a->batch.merges)    /* it is not made anew elsewhere */
		return CHANGE_ALONE;
	if (whole && !ordered && !adds) {
		gone.kind = OP_DELETE;
		gone.old = before;
		batch_put(&a->batch, &gone);
		batch_put(&a->batch, op);
		return CHANGE_WAITS;
	}
	op->whole = whole && op->kind == OP_UPSERT;
	op->kind = OP_REKEY;
	op->now = op->old;
	op->old = before;
	batch_put(&a->batch, op);
	return ordered || a->batch.merges ? CHANGE_WAITS : CHANGE_ALONE;
}

/* What no strict mode takes: ENUM's error value; and of a new row, columns that
 * the log has left out, for they have the values of their types.  An event
 * older than the rows of a copy may be older than a column of theirs, too. */
static uint8_t
leniency(struct applier *a, const struct change *c, size_t row, bool label)
{
	bool made = c->op == 'c' || c->op == 'r';
	bool omits = c->table->schema && ((made &&
	    !source_table_row_is_whole(c->table, &a->tables, &a->batch,
	    row)) || (a->progress.state.snapshot.n &&
	    source_table_adds_columns(c->table, &a->tables)));

	return (uint8_t)((label ? LENIENT_LABEL : 0) |
	    (omits ? LENIENT_OMITS : 0));
}

/* A geometry of no bytes, as ALTER TABLE makes it, is in no statement: an
 * update leaves it as it is, and a row that is made without the column has it,
 * where that is NOT NULL and has no DEFAULT. */
static int
check_empty(struct applier *a, const struct change *c, size_t row,
    struct err *err)
{
	const struct target *t = c->target;

	for (size_t i = 0; i < t->ncolumns && c->op != 'u'; i++)
		if (a->batch.cells[row + i].state == CELL_NONE &&
		    (t->columns[i].nullable || t->columns[i].defaults))
			return err_set(err, ERR_DATA, "table %s.%s, column "
			    "%s: an empty geometry, which no statement can "
			    "write", t->db, t->name, t->columns[i].name);
	return 0;
}

/* A new row, with all that the source has in it.  Statements of the source give
 * the target its defaults. */
static int
read_new(struct applier *a, const struct change *c, size_t *row,
    bool *lenient, struct err *err)
{
	if (read_row(a, c, c->after, row, lenient, err) < 0)
		return -1;
	return c->was_made && a->opt->evolution != EVOLVE_DDL ?
	    omissions_supply(c->table, &a->tables,
	    a->opt->evolution == EVOLVE_ADD, &a->batch, *row, err) : 0;
}

/* The server may make the key (AUTO_INCREMENT). */
static enum change_taken
put_insert(struct applier *a, struct op *op)
{
	batch_settle(&a->batch);
	op->kind = OP_INSERT;
	op->old = batch_cells(&a->batch, op->target->nkey);
	batch_put(&a->batch, op);
	return CHANGE_WAITS;
}

/* Where the log has left out a part of the key, for it is the type's default,
 * it is unknown here which row it is: nothing else waits with it. */
static enum change_taken
put_defaulted(struct applier *a, struct op *op)
{
	if (a->batch.nops > 0) {
		batch_settle(&a->batch);
		return CHANGE_BARRIER;
	}
	put_insert(a, op);
	return CHANGE_ALONE;
}

static enum change_taken
put_keyed(struct applier *a, struct change *c, struct err *err)
{
	struct op op = op_of(c, OP_UPSERT);
	size_t before = 0;
	bool lenient = false, whole, moved = false;

	if (read_new(a, c, &op.row, &lenient, err) < 0 ||
	    check_empty(a, c, op.row, err) < 0)
		return CHANGE_BAD;
	op.lenient = leniency(a, c, op.row, lenient);
	if (a->opt->insert_mode == INSERT_INSERT && c->op != 'u' &&
	    !c->copied && !a->batch.half.waits)
		return put_insert(a, &op);
	if ((op.lenient & LENIENT_OMITS) &&
	    lacking_part(a, c, op.row) < c->target->nkey)
		return put_defaulted(a, &op);
	if (key_of_row(a, c, op.row, &op.old, err) < 0)
		return CHANGE_BAD;
	if (c->was_made && (op.lenient & LENIENT_OMITS) &&
	    !c->target->sequence)
		source_table_default_rest(c->table, &a->tables, &a->batch,
		    op.row);
	if (c->op == 'u' && is_object(c->before) && !c->key_is_enough) {
		if (old_key(a, c, &before, err) < 0)
			return CHANGE_BAD;
		moved = !batch_same_cells(&a->batch, before, op.old,
		    c->target->nkey);
	}
	whole = source_table_row_is_whole(c->table, &a->tables, &a->batch,
	    op.row);
	op.kind = (uint8_t)kind_for(a, c, whole);
	if (a->batch.half.waits)
		return put_rekey(a, c, &op, whole,
		    batch_take_half(&a->batch));
	if (moved)
		return put_rekey(a, c, &op, whole, before);
	batch_put(&a->batch, &op);
	return CHANGE_WAITS;
}

/* A delete with the header __debezium.newkey waits for its create, which stands
 * at the same place of the log. */
static void
put_first_half(struct applier *a, const struct op *op,
    const struct record *rec)
{
	if (record_header(rec, "__debezium.newkey").p)
		batch_put_half(&a->batch, op, record_source(rec));
	else
		batch_put(&a->batch, op);
}

bool
change_is_second_half(const struct applier *a, const struct record *rec)
{
	struct span source = record_source(rec);
	struct span first = buf_view(&a->batch.half.place);

	return a->batch.half.waits && record_op(rec) == 'c' &&
	    record_header(rec, "__debezium.oldkey").p && (source.n ?
	    json_same(source, first) : first.n == 0);
}

/* Rows of a table without a key. */
static enum change_taken
put_keyless(struct applier *a, struct change *c, const struct record *rec,
    struct err *err)
{
	struct op op = op_of(c, c->op == 'd' ? OP_DELETE_ROW :
	    c->op == 'u' ? OP_UPDATE_ROW : OP_INSERT);
	bool lenient = false, ignored = false;

	if (op.kind != OP_INSERT && !is_object(c->before)) {
		err_set(err, ERR_DATA, "table %s.%s has no key, and the "
		    "record has no before: its row is unknown", c->target->db,
		    c->target->name);
		err_hint(err, "give the target a primary key");
		return CHANGE_BAD;
	}
	if (op.kind != OP_INSERT && read_row(a, c, c->before, &op.old,
	    &ignored, err) < 0)
		return CHANGE_BAD;
	if (op.kind != OP_DELETE_ROW && read_new(a, c, &op.row, &lenient,
	    err) < 0)
		return CHANGE_BAD;
	if (op.kind == OP_DELETE_ROW) {
		put_first_half(a, &op, rec);
		return CHANGE_WAITS;
	}
	if (check_empty(a, c, op.row, err) < 0)
		return CHANGE_BAD;
	op.lenient = leniency(a, c, op.row, lenient);
	if (a->batch.half.waits) {
		op.kind = OP_UPDATE_ROW;
		op.old = batch_take_half(&a->batch);
	}
	batch_put(&a->batch, &op);
	return CHANGE_WAITS;
}

static enum change_taken
put_delete(struct applier *a, struct change *c, const struct record *rec,
    struct err *err)
{
	struct op op = op_of(c, OP_DELETE);

	if (old_key(a, c, &op.old, err) < 0)
		return CHANGE_BAD;
	put_first_half(a, &op, rec);
	return CHANGE_WAITS;
}

/* Which table is it?  The target may have to be asked. */
static enum change_taken
find_table(struct applier *a, struct record *rec, struct source_table **table,
    struct err *err)
{
	if (source_tables_find(&a->tables, a->db, rec, table, err) == 0)
		return CHANGE_WAITS;
	return err_may_pass(err) ? CHANGE_UNKNOWN : CHANGE_BAD;
}

enum change_taken
change_empty(struct applier *a, struct record *rec, struct target **empties,
    struct err *err)
{
	struct source_table *table;
	enum change_taken got = find_table(a, rec, &table, err);

	if (got == CHANGE_BAD && err->kind == ERR_CONFIG) {
		err_clear(err);
		return CHANGE_WAITS;
	}
	if (got != CHANGE_WAITS || table->left_out)
		return got;
	if (a->opt->no_delete) {
		err_set(err, ERR_CONFIG, "the copy starts over: its tables "
		    "must be emptied, and --no-delete keeps their rows");
		return CHANGE_BAD;
	}
	*empties = table->target;
	return CHANGE_EMPTIES;
}

/* Of a row that has no op beside it: Debezium's, where a column of the target
 * has not that name. */
static bool
says_deleted(const struct target *to, struct span row)
{
	struct span mark = target_column_find(to, SPAN("__deleted")) < 0 ?
	    object_member(row, "__deleted") : (struct span){ NULL, 0 };

	return json_is_text(mark, "true") || span_is(mark, "true");
}

/* What the record says, in whatever shape it came. */
static void
read_change(const struct record *rec, struct change *c)
{
	c->op = record_op(rec);
	c->target = c->table->target;
	c->key = rec->key;
	c->line = rec->line.number;
	c->unchecked = unchecked_of(rec);
	if (record_op(rec) == 'r')      /* what it refers to comes later */
		c->unchecked |= UNCHECKED_KEYS | UNCHECKED_ROWS;
	c->before = rec->before;
	c->after = rec->after;
	if (record_is_tombstone(rec)) {
		c->op = 'd';
	} else if (rec->kind == KIND_ROW) {
		if (c->op == 'd' || (!c->op &&
		    says_deleted(c->target, rec->body))) {
			c->op = 'd';
			c->before = rec->body;
		} else {
			c->op = c->op ? c->op : 'r';
			c->after = rec->body;
		}
	}
}

/* --evolve truncate.table */
static enum change_taken
follow_truncate(struct applier *a, const struct change *c,
    const struct record *rec, struct target **empties, struct err *err)
{
	struct buf gtid = { 0 };
	struct left_note note = { .action = TRUNCATE_TABLE,
		.db = c->target->db, .table = c->target->name };
	enum evolve_way way = ways_of(&a->opt->ways, true, TRUNCATE_TABLE);

	if (way == WAY_FOLLOW) {
		*empties = c->target;
		return CHANGE_EMPTIES;
	}
	object_text(&gtid, record_source(rec), "gtid");
	note.gtid = buf_cstr(&gtid);
	if (way == WAY_STOP)
		left_stop(&note, err);
	else
		left_add(&a->tables.left, &note);
	buf_free(&gtid);
	return way == WAY_STOP ? CHANGE_BAD : CHANGE_WAITS;
}

/* What is a row of its table, with a key or without one. */
static enum change_taken
put_row(struct applier *a, struct change *c, const struct record *rec,
    struct err *err)
{
	bool tombstone = record_is_tombstone(rec);

	if (c->op != 'd' && !is_object(c->after)) {
		err_set(err, ERR_DATA, "table %s.%s: a record of op %c "
		    "without a row", c->table->db, c->table->name, c->op);
		return CHANGE_BAD;
	}
	if (c->target->nkey == 0)
		return tombstone ? CHANGE_WAITS : put_keyless(a, c, rec, err);
	if (tombstone && a->batch.half.waits)
		return CHANGE_WAITS;
	return c->op == 'd' ? put_delete(a, c, rec, err) :
	    put_keyed(a, c, err);
}

static enum change_taken
put_change(struct applier *a, struct change *c, const struct record *rec,
    struct target **empties, struct err *err)
{
	if (!record_is_tombstone(rec) && (!change_is_second_half(a, rec) ||
	    a->batch.half.op.target != c->target))
		batch_settle(&a->batch);
	if (c->op == 'm' || ((c->op == 'd' || c->op == 't') &&
	    a->opt->no_delete))
		return CHANGE_WAITS;
	return c->op == 't' ? follow_truncate(a, c, rec, empties, err) :
	    put_row(a, c, rec, err);
}

/* What the record says, and how it is to be read. */
static void
open_change(struct applier *a, const struct record *rec, struct change *c)
{
	read_change(rec, c);
	c->was_made = c->op == 'c' &&
	    !record_header(rec, "__debezium.oldkey").p;
	c->copied = c->op == 'r' && a->opt->insert_mode == INSERT_INSERT &&
	    json_is_text(object_member(record_source(rec), "snapshot"),
	    "incremental");
	source_table_take_connect(c->table, rec->schema);
	c->key_is_enough = (c->op == 'u' || c->op == 'd') &&
	    is_object(c->key) && is_object(c->before) &&
	    source_table_key_is_whole(c->table, &a->tables, c->key);
}

enum change_taken
change_take(struct applier *a, struct record *rec, struct target **empties,
    struct err *err)
{
	struct change c = { 0 };
	enum change_taken got = find_table(a, rec, &c.table, err);

	if (got == CHANGE_UNKNOWN)
		return got;
	if (got == CHANGE_WAITS && !unchecked_is_sound(rec)) {
		err_set(err, ERR_DATA, "its session is not an object, or has "
		    "a name twice");
		got = CHANGE_BAD;
	}
	if (got == CHANGE_WAITS && record_op(rec) == 'r' && c.table->schema &&
	    c.table->schema->merges) {
		err_set(err, ERR_DATA, "table %s.%s: a copied row of a MERGE "
		    "table, which is one of another table", c.table->db,
		    c.table->name);
		got = CHANGE_BAD;
	}
	if (got == CHANGE_WAITS && !c.table->left_out) {
		open_change(a, rec, &c);
		got = put_change(a, &c, rec, empties, err);
	}
	if (got == CHANGE_BAD)
		finished_where(a, rec->line.number, err);
	return got;
}
