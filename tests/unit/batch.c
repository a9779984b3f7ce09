/* SPDX-License-Identifier: MIT
 *
 * A batch of changes, against a model: what a table is like after the batch is
 * executed is what it is like after all its changes, one by one.  So it is with
 * a part of them that is taken back, or put aside and taken up again; and with
 * a DELETE that waits for the other half of a change of key.
 */
#include "target/batch.h"

#include <stdlib.h>

#include "tap.h"

enum { COLUMNS = 3, KEYS = 6, ABSENT = -1, DEFAULT = -2, NOTHING = -3 };

/* A row of the model: its key is its place. */
struct row {
	bool there;
	int v[COLUMNS];
};

struct table {
	struct row rows[KEYS];
	int missing;            /* changes of rows that were not there */
};

static struct target_column columns[COLUMNS];
static size_t key_columns[] = { 0 };
static struct target target = {
	.columns = columns, .ncolumns = COLUMNS, .key = key_columns, .nkey = 1,
	.changes = { NO_OP, NO_OP },
};
static uint64_t seed = 1;

static unsigned
chance(unsigned n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (unsigned)(seed >> 33) % n;
}

/* ---- changes */

struct change {
	enum op_kind kind;
	int key;
	int v[COLUMNS];         /* ABSENT: it does not say */
};

static void
make(struct table *t, const struct change *c)
{
	struct row *row = &t->rows[c->key];

	if (c->kind == OP_DELETE) {
		row->there = false;
		return;
	}
	if (!row->there && c->kind == OP_UPDATE) {
		t->missing++;
		return;
	}
	for (int i = 1; i < COLUMNS; i++)
		if (c->v[i] != ABSENT)
			row->v[i] = c->v[i];
		else if (!row->there)
			row->v[i] = DEFAULT;
	row->there = true;
}

/* One that a source can have made of the table as it is there. */
static struct change
any_change(const struct table *source)
{
	struct change c = { .key = (int)chance(KEYS) };
	bool there = source->rows[c.key].there;

	c.kind = !there ? OP_UPSERT : chance(3) == 0 ? OP_DELETE :
	    chance(2) ? OP_UPDATE : OP_UPSERT;
	for (int i = 1; i < COLUMNS; i++)
		c.v[i] = chance(3) == 0 ? ABSENT : (int)chance(1000);
	return c;
}

static void
put_cell(struct batch *b, size_t cell, int value)
{
	size_t at = b->bytes.n;

	if (value == ABSENT)
		return;
	buf_printf(&b->bytes, "%d", value);
	b->cells[cell] = (struct cell){ at, (uint32_t)(b->bytes.n - at),
		CELL_VALUE };
}

static void
put(struct batch *b, const struct change *c)
{
	struct op op = { .target = &target, .kind = (uint8_t)c->kind };

	op.row = batch_cells(b, COLUMNS);
	op.old = batch_cells(b, 1);
	put_cell(b, op.row, c->key);
	put_cell(b, op.old, c->key);
	for (int i = 1; i < COLUMNS; i++)
		put_cell(b, op.row + (size_t)i, c->v[i]);
	batch_put(b, &op);
}

/* ---- what a server does with the batch */

static int
value_of(const struct batch *b, size_t cell)
{
	const struct cell *c = &b->cells[cell];
	char text[16] = "";

	if (c->state != CELL_VALUE)
		return ABSENT;
	memcpy(text, b->bytes.p + c->at, c->n);
	return (int)strtol(text, NULL, 10);
}

static void
execute(const struct batch *b, struct table *t, const struct op_list *list)
{
	for (size_t i = list->first; i != NO_OP; i = b->ops[i].next) {
		const struct op *op = &b->ops[i];
		struct change c = { .kind = (enum op_kind)op->kind,
			.key = value_of(b, op->old) };

		for (size_t k = 1; k < COLUMNS; k++)
			c.v[k] = value_of(b, op->row + k);
		if (op->deletes)
			t->rows[c.key].there = false;
		make(t, &c);
	}
}

static void
commit(struct batch *b, struct table *t)
{
	execute(b, t, &b->ordered);
	if (b->touched)
		execute(b, t, &target.changes);
	batch_reset(b);
}

static bool
alike(const struct table *a, const struct table *b)
{
	bool same = a->missing == 0 && b->missing == 0;

	for (int k = 0; k < KEYS; k++) {
		const struct row *x = &a->rows[k], *y = &b->rows[k];

		same = same && x->there == y->there && (!x->there ||
		    (x->v[1] == y->v[1] && x->v[2] == y->v[2]));
	}
	return same;
}

/* ---- properties */

static void
some_changes(struct batch *b, struct table *source, int n)
{
	while (n-- > 0) {
		struct change c = any_change(source);

		make(source, &c);
		put(b, &c);
	}
}

static void
whole(struct batch *b, bool in_order)
{
	struct table source = { 0 }, copy = { 0 };
	int wrong = 0;

	b->keep_order = in_order;
	for (int round = 0; round < 5000; round++) {
		some_changes(b, &source, (int)chance(40));
		commit(b, &copy);
		wrong += !alike(&source, &copy);
	}
	is_number(wrong, 0, in_order ? "changes in their order" :
	    "changes that were made one");
}

/* Marks; what comes after the last one is undone at the source, too. */
static void
back(struct batch *b)
{
	struct table source = { 0 }, copy = { 0 };
	int wrong = 0;

	for (int round = 0; round < 5000; round++) {
		struct table finished;

		some_changes(b, &source, (int)chance(20));
		batch_mark(b);
		some_changes(b, &source, (int)chance(20));
		batch_mark(b);
		finished = source;
		some_changes(b, &source, (int)chance(20));
		batch_back(b);
		source = finished;
		if (chance(2)) {
			some_changes(b, &source, (int)chance(20));
			finished = source;
		}
		commit(b, &copy);
		wrong += !alike(&source, &copy);
	}
	is_number(wrong, 0, "changes after a mark that are taken back");
}

static void
aside(struct batch *b)
{
	struct table source = { 0 }, copy = { 0 };
	int wrong = 0;

	for (int round = 0; round < 5000; round++) {
		struct table finished;
		struct batch_tail tail;

		some_changes(b, &source, (int)chance(20));
		batch_mark(b);
		finished = source;
		some_changes(b, &source, (int)chance(20));
		batch_aside(b, &tail);
		commit(b, &copy);
		wrong += !alike(&finished, &copy);
		batch_resume(b, &tail);
		some_changes(b, &source, (int)chance(20));
		commit(b, &copy);
		wrong += !alike(&source, &copy);
	}
	is_number(wrong, 0, "changes after a mark that are put aside");
}

/* A DELETE that waits is made when something else comes, or with what it is
 * aside; it is not, where it is taken, given up or taken back. */
static void
half(struct batch *b)
{
	struct table source = { 0 }, copy = { 0 };
	int wrong = 0;

	for (int round = 0; round < 5000; round++) {
		struct op op = { .target = &target, .kind = OP_DELETE };
		int key = (int)chance(KEYS);
		struct batch_tail tail;
		bool made = true;

		some_changes(b, &source, (int)chance(20));
		batch_mark(b);
		op.row = batch_cells(b, COLUMNS);
		op.old = batch_cells(b, 1);
		put_cell(b, op.old, key);
		batch_put_half(b, &op, SPAN("there"));
		switch (chance(6)) {
		case 0:
			wrong += batch_take_half(b) != op.old;
			made = false;
			break;
		case 1:
			batch_back(b);
			made = false;
			break;
		case 2:
			batch_drop_half(b);
			made = false;
			break;
		case 3:
			batch_aside(b, &tail);
			wrong += b->half.waits;
			commit(b, &copy);
			wrong += !alike(&source, &copy);
			batch_resume(b, &tail);
			wrong += !b->half.waits ||
			    !span_is(buf_view(&b->half.place), "there");
			break;
		default:
			break;
		}
		batch_settle(b);
		batch_settle(b);
		if (made)
			source.rows[key].there = false;
		some_changes(b, &source, (int)chance(20));
		commit(b, &copy);
		wrong += !alike(&source, &copy);
	}
	is_number(wrong, 0, "a half of a change of key");
	batch_put_half(b, &(struct op){ .target = &target }, SPAN(""));
	batch_reset(b);
	result(!b->half.waits, "… is gone with the batch");
}

/* A change of key is made by itself, and never merged with another of either
 * key: what waits is executed before it, and it before what comes. */
static void
rekeys(struct batch *b)
{
	const struct change make_one = { .kind = OP_UPSERT, .key = 1 };
	const struct change from_one = { .kind = OP_REKEY, .key = 1 };
	const struct change from_two = { .kind = OP_REKEY, .key = 2 };

	put(b, &make_one);
	put(b, &from_one);
	put(b, &from_one);
	put(b, &from_two);
	is_number((long long)b->nops, 4, "changes of keys are not merged");
	result(b->touched == &target && target.changes.first ==
	    target.changes.last && b->ops[target.changes.first].kind ==
	    OP_UPSERT, "… with what is there");
	for (size_t i = b->ordered.first, n = 1; i != NO_OP;
	    i = b->ops[i].next, n++)
		result(i == n && b->ops[i].kind == OP_REKEY,
		    "… and keep their order");
	batch_reset(b);
}

int
main(void)
{
	struct batch b = { .ordered = { NO_OP, NO_OP } };

	batch_reset(&b);
	whole(&b, false);
	whole(&b, true);
	b.keep_order = false;
	back(&b);
	aside(&b);
	half(&b);
	rekeys(&b);
	batch_free(&b);
	return done();
}
