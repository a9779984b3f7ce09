/* SPDX-License-Identifier: MIT */
#include "target/batch.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/hash.h"

size_t
batch_cells(struct batch *b, size_t n)
{
	size_t at = b->ncells;

	if (at + n > b->cells_cap) {
		b->cells_cap = 2 * (at + n);
		b->cells = xreallocarray(b->cells, b->cells_cap,
		    sizeof(*b->cells));
	}
	memset(b->cells + at, 0, n * sizeof(*b->cells));
	b->ncells += n;
	return at;
}

static void
list_add(struct batch *b, struct op_list *list, size_t number)
{
	b->ops[number].next = NO_OP;
	if (list->first == NO_OP)
		list->first = number;
	else
		b->ops[list->last].next = number;
	list->last = number;
}

static size_t
new_op(struct batch *b, const struct op *op)
{
	struct op *new = ARRAY_PUSH(b->ops, b->nops, b->ops_cap);

	*new = *op;
	new->marks = b->marks;
	return b->nops - 1;
}

static uint64_t
key_hash(const struct batch *b, const struct op *op)
{
	uint64_t h = hash_u64((uintptr_t)op->target, hash_seed());

	for (size_t i = 0; i < op->target->nkey; i++) {
		const struct cell *c = &b->cells[op->now + i];

		h = hash_span((struct span){ b->bytes.p + c->at, c->n }, h);
	}
	return h;
}

bool
batch_same_cells(const struct batch *b, size_t x, size_t y, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct cell *c = &b->cells[x + i], *d = &b->cells[y + i];

		if (c->n != d->n || c->state != d->state || (c->n &&
		    memcmp(b->bytes.p + c->at, b->bytes.p + d->at, c->n) != 0))
			return false;
	}
	return true;
}

static bool
same_key(const struct batch *b, const struct op *x, const struct op *y)
{
	return x->target == y->target && batch_same_cells(b, x->now, y->now,
	    x->target->nkey);
}

/* The change of the same key that waits, or NULL. */
static struct op *
find(struct batch *b, const struct op *op, uint64_t hash)
{
	struct hash_slot *slot = hash_find(&b->places, hash);

	while (slot && !same_key(b, &b->ops[hash_value(slot)], op))
		slot = hash_next(&b->places, slot);
	return slot ? &b->ops[hash_value(slot)] : NULL;
}

/* What a later row lacks stays as an earlier one made it; true if a column
 * is in neither, or must be as in a row without it. */
static bool
fill_row(struct batch *b, const struct op *from, const struct op *to)
{
	bool lacks = false;

	for (size_t i = 0; i < to->target->ncolumns; i++) {
		struct cell *cell = &b->cells[to->row + i];

		if (cell->state == CELL_ABSENT && from)
			*cell = b->cells[from->row + i];
		lacks = lacks || (!cell_is_written(cell->state) &&
		    !to->target->columns[i].computed);
	}
	return lacks;
}

/* A change of a row that moves: it is made with the move. */
static void
merge_moved(struct batch *b, struct op *old, const struct op *op)
{
	if (op->kind == OP_DELETE) {
		old->kind = OP_DELETE;
		old->now = old->old;
		hash_add(&b->places, key_hash(b, old),
		    (size_t)(old - b->ops));
	} else {
		fill_row(b, old, op);
		old->row = op->row;
	}
	old->lenient = op->kind == OP_DELETE ? 0 : old->lenient | op->lenient;
	old->unchecked |= op->unchecked;
	old->line = op->line;
	old->marks = b->marks;
}

/* Two changes of one key, one after the other, become one. */
static void
merge(struct batch *b, struct op *old, const struct op *op)
{
	bool gone = old->kind == OP_DELETE || old->deletes;
	bool had = old->kind != OP_DELETE;
	bool lacks = false;
	size_t next = old->next;
	uint8_t kind = op->kind, unchecked = old->unchecked;
	uint8_t lenient = op->lenient;

	if (old->kind == OP_REKEY) {
		merge_moved(b, old, op);
		return;
	}
	if (kind != OP_DELETE) {
		lacks = fill_row(b, had ? old : NULL, op);
		lenient |= had ? old->lenient : 0;
		if (kind == OP_UPDATE && old->kind == OP_UPSERT)
			kind = OP_UPSERT;
	}
	*old = *op;
	old->marks = b->marks;
	old->next = next;
	old->unchecked |= unchecked;
	old->lenient = lenient;
	old->kind = kind;
	old->deletes = gone && kind != OP_DELETE &&
	    (lacks || kind == OP_UPDATE);
}

/* A change of what is finished can be had back. */
static void
remember(struct batch *b, size_t number)
{
	if (b->ops[number].marks == b->marks)
		return;
	*ARRAY_PUSH(b->before, b->nbefore, b->before_cap) =
	    (struct op_before){ number, b->ops[number] };
}

static void
add_plain(struct batch *b, const struct op *op)
{
	struct target *t = op->target;
	size_t number = new_op(b, op);

	if (t->changes.first == NO_OP) {
		t->busy = b->touched;
		b->touched = t;
	}
	list_add(b, &t->changes, number);
	hash_add(&b->places, key_hash(b, op), number);
}

static void
put_plain(struct batch *b, const struct op *op)
{
	struct op *old = find(b, op, key_hash(b, op));

	if (!old) {
		add_plain(b, op);
		return;
	}
	remember(b, (size_t)(old - b->ops));
	merge(b, old, op);
}

/*
 * A row that is not whole moves to another key: with what it got before.  One
 * that is made here is made there instead.
 */
static void
put_moved(struct batch *b, const struct op *op)
{
	struct op from = *op, to = *op;
	struct op *was;
	size_t number;

	from.now = op->old;
	was = find(b, &from, key_hash(b, &from));
	if (!was || was->kind == OP_DELETE) {
		add_plain(b, op);
		return;
	}
	number = (size_t)(was - b->ops);
	remember(b, number);
	fill_row(b, was, op);
	to.lenient |= was->lenient;
	to.unchecked |= was->unchecked;
	to.marks = b->marks;
	if (was->kind == OP_UPSERT) {
		was->kind = OP_DELETE;
		was->deletes = false;
		to.kind = OP_UPSERT;
		to.old = op->now;
		put_plain(b, &to);
		return;
	}
	to.old = was->old;
	to.next = was->next;
	*was = to;
	hash_add(&b->places, key_hash(b, was), number);
}

bool
batch_is_ordered(const struct batch *b, const struct target *t)
{
	return !b->merges && (t->ordered || b->keep_order);
}

void
batch_put(struct batch *b, const struct op *op)
{
	struct op put = *op;

	b->rows++;
	if (op->kind != OP_REKEY)
		put.now = op->old;
	if (op->kind == OP_REKEY && b->merges)
		put_moved(b, &put);
	else if (batch_is_ordered(b, op->target) || op->kind == OP_REKEY)
		list_add(b, &b->ordered, new_op(b, &put));
	else
		put_plain(b, &put);
}

void
batch_put_half(struct batch *b, const struct op *op, struct span place)
{
	b->half.waits = true;
	b->half.op = *op;
	b->half.place.n = 0;
	if (place.p)
		buf_span(&b->half.place, place);
}

void
batch_settle(struct batch *b)
{
	if (b->half.waits)
		batch_put(b, &b->half.op);
	b->half.waits = false;
}

size_t
batch_take_half(struct batch *b)
{
	b->half.waits = false;
	return b->half.op.old;
}

void
batch_drop_half(struct batch *b)
{
	b->half.waits = false;
}

void
batch_mark(struct batch *b)
{
	b->mark = (struct batch_mark){ b->nops, b->ncells, b->bytes.n,
		b->nbefore, b->rows };
	b->marks++;
}

/* The numbers of a list grow. */
static void
cut_list(struct batch *b, struct op_list *list)
{
	size_t i = list->first, last = NO_OP;

	for (; i != NO_OP && i < b->mark.nops; i = b->ops[i].next)
		last = i;
	if (last == NO_OP)
		list->first = NO_OP;
	else
		b->ops[last].next = NO_OP;
	list->last = last;
}

void
batch_back(struct batch *b)
{
	struct target **t = &b->touched;

	batch_drop_half(b);
	while (b->nbefore > b->mark.nbefore) {
		const struct op_before *was = &b->before[--b->nbefore];
		size_t next = b->ops[was->number].next;

		b->ops[was->number] = was->op;
		b->ops[was->number].next = next;
	}
	cut_list(b, &b->ordered);
	while (*t) {
		cut_list(b, &(*t)->changes);
		if ((*t)->changes.first == NO_OP)
			*t = (*t)->busy;
		else
			t = &(*t)->busy;
	}
	b->nops = b->mark.nops;
	b->ncells = b->mark.ncells;
	b->bytes.n = b->mark.nbytes;
	b->rows = b->mark.rows;
	b->marks++;             /* none of them was changed since */
	hash_empty(&b->places);
	for (struct target *at = b->touched; at; at = at->busy)
		for (size_t i = at->changes.first; i != NO_OP;
		    i = b->ops[i].next)
			hash_add(&b->places, key_hash(b, &b->ops[i]), i);
}

/* Changes that were merged, as they are now, then the rest. */
static void
copy_tail(const struct batch *b, struct batch_tail *tail)
{
	size_t first = b->mark.nbefore;
	size_t cap = b->nbefore - first + b->nops - b->mark.nops;

	tail->ops = xreallocarray(NULL, cap + 1, sizeof(*tail->ops));
	for (size_t i = first; i < b->nbefore; i++) {
		struct op op = b->ops[b->before[i].number];

		/* its row is gone by then */
		op.deletes &= b->before[i].op.kind != OP_DELETE;
		tail->ops[tail->nops++] = op;
	}
	for (size_t i = b->mark.nops; i < b->nops; i++)
		tail->ops[tail->nops++] = b->ops[i];
}

void
batch_aside(struct batch *b, struct batch_tail *tail)
{
	*tail = (struct batch_tail){ .ncells = b->ncells,
		.rows = b->rows - b->mark.rows, .half = b->half };
	b->half = (struct batch_half){ 0 };
	copy_tail(b, tail);
	tail->cells = xreallocarray(NULL, b->ncells + 1,
	    sizeof(*tail->cells));
	if (b->ncells)
		memcpy(tail->cells, b->cells,
		    b->ncells * sizeof(*tail->cells));
	buf_span(&tail->bytes, buf_view(&b->bytes));
	batch_back(b);
}

void
batch_resume(struct batch *b, struct batch_tail *tail)
{
	batch_reset(b);
	free(b->cells);
	b->cells = tail->cells;
	b->cells_cap = tail->ncells + 1;
	b->ncells = tail->ncells;
	buf_free(&b->bytes);
	b->bytes = tail->bytes;
	for (size_t i = 0; i < tail->nops; i++)
		batch_put(b, &tail->ops[i]);
	b->rows = tail->rows;
	buf_free(&b->half.place);
	b->half = tail->half;
	free(tail->ops);
	*tail = (struct batch_tail){ 0 };
}

void
batch_reset(struct batch *b)
{
	for (struct target *t = b->touched; t; t = t->busy)
		t->changes = (struct op_list){ NO_OP, NO_OP };
	hash_empty(&b->places);
	b->touched = NULL;
	b->ordered = (struct op_list){ NO_OP, NO_OP };
	b->bytes.n = b->ncells = b->nops = b->nbefore = 0;
	b->rows = 0;
	batch_drop_half(b);
	batch_mark(b);
}

void
batch_free(struct batch *b)
{
	buf_free(&b->bytes);
	free(b->cells);
	free(b->ops);
	free(b->before);
	hash_clear(&b->places);
	buf_free(&b->half.place);
}

size_t
batch_size(const struct batch *b)
{
	return b->bytes.n + b->ncells * sizeof(*b->cells) +
	    b->nops * sizeof(*b->ops) + b->nbefore * sizeof(*b->before);
}
