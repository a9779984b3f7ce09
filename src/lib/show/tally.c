/* SPDX-License-Identifier: MIT */
#include "show/tally.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/log.h"

/* More than a server has; the rest is counted together. */
enum { MOST_TABLES = 65536 };

static const struct {
	char op;
	const char *word;
	enum paint paint;
} ops[TALLY_OPS] = {
	[TALLY_INSERT] = { 'c', "inserted", PAINT_INSERT },
	[TALLY_UPDATE] = { 'u', "updated", PAINT_UPDATE },
	[TALLY_DELETE] = { 'd', "deleted", PAINT_DELETE },
	[TALLY_READ] = { 'r', "read", PAINT_READ },
	[TALLY_TRUNCATE] = { 't', "truncated", PAINT_OTHER },
};

static enum tally_op
op_of(char letter)
{
	enum tally_op op = TALLY_INSERT;

	while (op + 1 < TALLY_OPS && ops[op].op != letter)
		op++;
	return op;
}

static bool
is_row(const struct tally *t, size_t i, struct span table)
{
	return t->rows[i].table.n == table.n &&
	    memcmp(t->rows[i].table.p, table.p, table.n) == 0;
}

static struct tally_row *
row_of(struct tally *t, struct span table, size_t columns)
{
	uint64_t hash;
	struct hash_slot *slot;

	if (t->last < t->nrows && is_row(t, t->last, table))
		return &t->rows[t->last];
	hash = hash_span(table, hash_seed());
	slot = hash_find(&t->names, hash);
	for (; slot; slot = hash_next(&t->names, slot)) {
		t->last = hash_value(slot);
		if (is_row(t, t->last, table))
			return &t->rows[t->last];
	}
	if (t->nrows == MOST_TABLES)
		return NULL;
	hash_add(&t->names, hash, t->nrows);
	t->last = t->nrows;
	*ARRAY_PUSH(t->rows, t->nrows, t->cap) = (struct tally_row){
		.columns = columns };
	buf_span(&t->rows[t->last].table, table);
	return &t->rows[t->last];
}

void
tally_add(struct tally *t, char op, struct span table, size_t columns)
{
	struct tally_row *row = table.n ? row_of(t, table, columns) : NULL;

	t->n[op_of(op)]++;
	if (row)
		row->n[op_of(op)]++;
	else
		t->others += table.n != 0;
}

uint64_t
tally_sum(const struct tally *t)
{
	uint64_t n = 0;

	for (size_t i = 0; i < TALLY_OPS; i++)
		n += t->n[i];
	return n;
}

void
tally_empty(struct tally *t)
{
	for (size_t i = 0; i < t->nrows; i++)
		buf_free(&t->rows[i].table);
	t->nrows = t->last = 0;
	hash_empty(&t->names);
	memset(t->n, 0, sizeof(t->n));
	t->others = 0;
}

void
tally_clear(struct tally *t)
{
	tally_empty(t);
	hash_clear(&t->names);
	free(t->rows);
	*t = (struct tally){ 0 };
}

/* How many kinds of changes there were. */
static size_t
kinds_of(const struct tally *t)
{
	size_t kinds = 0;

	for (size_t i = 0; i < TALLY_OPS; i++)
		kinds += t->n[i] != 0;
	return kinds;
}

void
tally_put_words(const struct tally *t, struct buf *out)
{
	uint64_t sum = tally_sum(t);
	const char *between = "";

	if (kinds_of(t) != 1) {
		buf_u64(out, sum);
		buf_str(out, " changes");
		between = ": ";
	}
	for (size_t i = 0; i < TALLY_OPS; i++) {
		if (!t->n[i])
			continue;
		buf_str(out, between);
		buf_u64(out, t->n[i]);
		if (kinds_of(t) == 1 && i != TALLY_TRUNCATE)
			buf_str(out, t->n[i] == 1 ? " row" : " rows");
		buf_char(out, ' ');
		buf_str(out, ops[i].word);
		between = ", ";
	}
}

static int
by_name(const void *a, const void *b)
{
	const struct tally_row *x = *(struct tally_row *const *)a;
	const struct tally_row *y = *(struct tally_row *const *)b;
	struct span one = buf_view(&x->table), other = buf_view(&y->table);

	return span_order(&one, &other);
}

static size_t
digits_of(uint64_t v)
{
	return (size_t)snprintf(NULL, 0, "%" PRIu64, v);
}

/* Numbers and words below each other; what a table has not is left free. */
static void
print_row(const struct tally_row *row, struct show_page *p, size_t widest,
    const struct tally *sums)
{
	size_t blanks = widest - row->columns;
	char number[32];

	page_put(p, PAINT_TABLE, buf_view(&row->table), row->columns);
	for (size_t i = 0; i < TALLY_OPS; i++) {
		size_t words = 3 + digits_of(sums->n[i]) + strlen(ops[i].word);

		if (!row->n[i]) {
			blanks += sums->n[i] ? words : 0;
			continue;
		}
		page_blanks(p, blanks + 2 + digits_of(sums->n[i]) -
		    digits_of(row->n[i]));
		snprintf(number, sizeof(number), "%" PRIu64 " ", row->n[i]);
		page_words(p, ops[i].paint, number);
		page_words(p, PAINT_DIM, ops[i].word);
		blanks = 0;
	}
	page_line(p);
}

void
tally_print(const struct tally *t, struct show_page *p, struct span prefix,
    size_t columns)
{
	struct tally_row **sorted = xreallocarray(NULL, t->nrows + 1,
	    sizeof(*sorted));
	size_t widest = 0;

	for (size_t i = 0; i < t->nrows; i++) {
		sorted[i] = &t->rows[i];
		if (t->rows[i].columns > widest)
			widest = t->rows[i].columns;
	}
	if (t->nrows)
		qsort(sorted, t->nrows, sizeof(*sorted), by_name);
	for (size_t i = 0; i < t->nrows; i++) {
		page_put(p, PAINT_NONE, prefix, columns);
		print_row(sorted[i], p, widest, t);
	}
	if (t->others) {
		page_put(p, PAINT_NONE, prefix, columns);
		buf_u64(&p->out, t->others);
		page_words(p, PAINT_DIM, " of other tables");
		page_line(p);
	}
	free(sorted);
}
