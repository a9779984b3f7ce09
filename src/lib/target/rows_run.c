/* SPDX-License-Identifier: MIT */
#include "target/rows_run.h"

#include "base/alloc.h"
#include "db/errors.h"
#include "db/query.h"

enum {
	ROW_OVERHEAD = 16, VALUE_OVERHEAD = 10,         /* bytes of a packet */
	SHOWN = 40,             /* bytes of a key in a message */
};

static const struct cell *
cell_of(const struct batch *b, const struct op *op, const struct parameter *at)
{
	return &b->cells[(at->old ? op->old : op->row) + at->cell];
}

void
rows_run_room(struct executor *x, size_t params)
{
	size_t n = params * MAX_ARRAY;

	if (!x->ops)
		x->ops = xreallocarray(NULL, MAX_ARRAY, sizeof(*x->ops));
	if (params > x->values_cap) {
		x->values_cap = params;
		x->values = xreallocarray(x->values, params,
		    sizeof(*x->values));
	}
	if (n > x->arrays_cap) {
		x->arrays_cap = n;
		x->p = xreallocarray(x->p, n, sizeof(*x->p));
		x->n = xreallocarray(x->n, n, sizeof(*x->n));
	}
}

size_t
rows_run_bytes(const struct batch *b, const struct op *op,
    const struct row_statement *s)
{
	size_t n = ROW_OVERHEAD;

	for (size_t i = 0; i < s->nplaces; i++)
		n += VALUE_OVERHEAD + cell_of(b, op, &s->places[i])->n;
	return n;
}

void
rows_run_take(struct executor *x, struct rows_run *run, const struct batch *b,
    const struct op *op)
{
	const struct row_statement *s = run->statement;

	if (run->rows == 0)
		run->first = op;
	x->ops[run->rows] = op;
	for (size_t i = 0; i < s->nplaces; i++) {
		const struct cell *c = cell_of(b, op, &s->places[i]);
		size_t at = i * MAX_ARRAY + run->rows;

		x->p[at] = cell_has_value(c->state) ? b->bytes.p + c->at :
		    NULL;
		if (cell_has_value(c->state) && c->n == 0)
			x->p[at] = "";
		x->n[at] = c->n;
	}
	run->rows++;
}

static int
put_literal(struct executor *x, const struct parameter *at, const char *p,
    size_t n, struct err *err)
{
	struct span value = { p, n }, text;
	struct statement literal = { 0 };
	int status;

	statement_add(&literal, !p ? SQL("NULL") : at->bytes ?
	    SQL_BYTES(value) : SQL_TEXT(value));
	status = statement_text(&literal, &text, err);
	if (status == 0)
		buf_span(x->dry, text);
	statement_free(&literal);
	return status;
}

int
rows_run_print(struct executor *x, const struct rows_run *run, struct err *err)
{
	const struct row_statement *s = run->statement;
	struct span sql;

	if (statement_text(&s->sql, &sql, err) < 0)
		return -1;
	for (size_t r = 0; r < run->rows; r++) {
		size_t done = 0;

		for (size_t i = 0; i < s->nplaces; i++) {
			buf_put(x->dry, sql.p + done,
			    s->places[i].at - done);
			if (put_literal(x, &s->places[i],
			    x->p[i * MAX_ARRAY + r], x->n[i * MAX_ARRAY + r],
			    err) < 0)
				return -1;
			done = s->places[i].at + 1;
		}
		buf_put(x->dry, sql.p + done, sql.n - done);
		buf_str(x->dry, ";\n");
	}
	return 0;
}

int
rows_run_where(struct executor *x, const struct rows_run *run,
    struct err *err)
{
	const struct target *t = run->target;
	struct buf key = { 0 };

	x->bad = run->rows == 1 || x->once ? run->first->line : 0;
	left_say(x->left, t->db, t->name, NULL, err);
	if (db_errno(x->db) == ER_NO_DEFAULT_FOR_FIELD)
		err_hint(err, "the record has no such column: drop it here, "
		    "as the source did, or allow NULL; if it is a period "
		    "column of --history, the source's table is no longer "
		    "versioned: rename this table and copy that one");
	if (run->rows != 1) {
		err_wrap(err, "table %s.%s", t->db, t->name);
		return x->once ? err_wrap(err, "one of %zu rows, of which "
		    "this is the first", run->rows) : -1;
	}
	for (size_t k = 0; k < t->nkey; k++) {
		const struct cell *c =
		    &run->batch->cells[run->first->old + k];

		if (c->state == CELL_ABSENT)
			break;
		buf_str(&key, k ? ", " : ", key ");
		buf_put(&key, run->batch->bytes.p + c->at, c->n < SHOWN ?
		    c->n : SHOWN);
	}
	err_wrap(err, "table %s.%s%s", t->db, t->name, buf_cstr(&key));
	buf_free(&key);
	return -1;
}

int
rows_run_one(struct executor *x, struct row_statement *s, size_t row,
    uint64_t *matched, struct err *err)
{
	if (!s->prepared)
		s->prepared = db_prepare(x->db, &s->sql, err);
	for (size_t i = 0; i < s->nplaces; i++)
		x->values[i] = (struct db_values){ x->p + i * MAX_ARRAY + row,
			x->n + i * MAX_ARRAY + row,
			s->places[i].bytes };
	return s->prepared ? db_bulk(s->prepared, x->values, s->nplaces, 1,
	    matched, err) : -1;
}

/* A row of nothing but what the server computes: there is no array of that. */
static int
run_bare(struct executor *x, const struct rows_run *run, uint64_t *matched,
    struct err *err)
{
	*matched = 0;
	for (size_t i = 0; i < run->rows; i++) {
		if (db_execute(x->db, err, SQL_OF(&run->statement->sql)) < 0)
			return -1;
		*matched += db_affected(x->db);
	}
	return 0;
}

int
rows_run_all(struct executor *x, struct rows_run *run, uint64_t *matched,
    struct err *err)
{
	struct row_statement *s = run->statement;

	if (!s->nplaces)
		return run_bare(x, run, matched, err);
	if (!s->prepared)
		s->prepared = db_prepare(x->db, &s->sql, err);
	if (!s->prepared)
		return -1;
	for (size_t i = 0; i < s->nplaces; i++)
		x->values[i] = (struct db_values){ x->p + i * MAX_ARRAY,
			x->n + i * MAX_ARRAY, s->places[i].bytes };
	return db_bulk(s->prepared, x->values, s->nplaces, run->rows, matched,
	    err);
}
