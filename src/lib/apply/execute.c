/* SPDX-License-Identifier: MIT */
#include "apply/execute.h"

#include <inttypes.h>
#include <stdlib.h>

#include "apply/unchecked.h"
#include "base/alloc.h"
#include "base/log.h"
#include "db/errors.h"
#include "db/query.h"

enum {
	MAX_ARRAY = 1000,       /* rows of an execution: beyond, only memory
	                         * grows */
	ROW_OVERHEAD = 16, VALUE_OVERHEAD = 10,         /* bytes of a packet */
	PACKET_SLACK = 4096,    /* what we do not count */
	SHOWN = 40,             /* bytes of a key in a message */
};

/* A run of changes of one shape, gathered in the executor's arrays. */
struct run {
	struct shape *shape;
	struct target *target;
	const struct batch *batch;
	const struct op *first;
	size_t rows, bytes;
	bool lenient;
	uint8_t unchecked;
};

static const struct cell *
cell_of(const struct batch *b, const struct op *op, const struct place *at)
{
	return &b->cells[(at->old ? op->old : op->row) + at->cell];
}

static void
make_arrays(struct executor *x, size_t params)
{
	size_t n = params * MAX_ARRAY;

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

static size_t
row_bytes(const struct batch *b, const struct op *op, const struct shape *s)
{
	size_t n = ROW_OVERHEAD;

	for (size_t i = 0; i < s->nplaces; i++)
		n += VALUE_OVERHEAD + cell_of(b, op, &s->places[i])->n;
	return n;
}

static void
add_row(struct executor *x, struct run *run, const struct batch *b,
    const struct op *op)
{
	const struct shape *s = run->shape;

	if (run->rows == 0)
		run->first = op;
	for (size_t i = 0; i < s->nplaces; i++) {
		const struct cell *c = cell_of(b, op, &s->places[i]);
		size_t at = i * MAX_ARRAY + run->rows;

		x->p[at] = c->state == CELL_VALUE ? b->bytes.p + c->at : NULL;
		if (c->state == CELL_VALUE && c->n == 0)
			x->p[at] = "";
		x->n[at] = c->n;
	}
	run->rows++;
}

static int
put_literal(struct executor *x, const struct place *at, const char *p,
    size_t n, struct err *err)
{
	struct span value = { p, n }, text;
	struct statement literal = { 0 };
	int status;

	statement_add(&literal, !p ? SQL("NULL") : at->column->bytes ?
	    SQL_BYTES(value) : SQL_TEXT(value));
	status = statement_text(&literal, &text, err);
	if (status == 0)
		buf_span(x->dry, text);
	statement_free(&literal);
	return status;
}

/* The statement of each row, as text. */
static int
put_text(struct executor *x, const struct run *run, struct err *err)
{
	const struct shape *s = run->shape;
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

/* Only a row of ENUM's error value is run so: is that all it warned of? */
static int
check_warning(void *arg, char **v, size_t n)
{
	char **worse = arg;

	if (n >= 3 && v[1] && strtoul(v[1], NULL, 10) != DB_TRUNCATED &&
	    !*worse)
		*worse = xstrdup(v[2] ? v[2] : "");
	return 0;
}

static int
set_mode(struct executor *x, const char *mode, struct err *err)
{
	return db_execute(x->db, err, SQL("SET SESSION sql_mode="),
	    SQL_TEXT(span_of(mode)));
}

static int
run_lenient(struct executor *x, const struct run *run, uint64_t *matched,
    struct err *err)
{
	char *worse = NULL;
	int status = set_mode(x, x->lenient, err);

	if (status == 0)
		status = db_bulk(run->shape->prepared, x->values,
		    run->shape->nplaces, run->rows, matched, err);
	if (status == 0)
		status = db_rows(x->db, check_warning, &worse, err,
		    SQL("SHOW WARNINGS"));
	if (status == 0 && worse)
		status = err_set(err, ERR_DATA, "%s", worse);
	free(worse);
	if (err->kind == ERR_UNAVAILABLE)
		return -1;
	return set_mode(x, x->strict, err) < 0 ? -1 : status;
}

/* "table shop.orders, key 12" of the only row, else the table. */
static int
say_where(struct executor *x, const struct run *run, struct err *err)
{
	const struct target *t = run->target;
	struct buf key = { 0 };

	x->bad = run->rows == 1 ? run->first->line : 0;
	if (run->rows != 1)
		return err_wrap(err, "table %s.%s", t->db, t->name);
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

static int
say_why(struct executor *x, const struct run *run, struct err *err)
{
	if (run->shape->kind == OP_UPSERT && db_errno(x->db) == DB_MANY_ROWS) {
		*err = (struct err){ 0 };
		err_set(err, ERR_DATA, "another row has the same value of a "
		    "unique key");
	}
	return say_where(x, run, err);
}

/* Must each row have been there? */
static int
check_matched(struct executor *x, const struct run *run, uint64_t matched,
    struct err *err)
{
	enum op_kind kind = run->shape->kind;
	uint64_t missing = matched < run->rows ? run->rows - matched : 0;

	if (kind == OP_UPSERT || kind == OP_INSERT || !missing)
		return 0;
	if (kind == OP_DELETE || x->completes || (x->tolerant &&
	    !(x->replaces && run->target->ordered))) {
		/* of a plain table it may have come and gone in the batch */
		x->missing += run->target->ordered ? missing : 0;
		return 0;
	}
	err_set(err, ERR_DATA, "%" PRIu64 " of %zu row%s to be changed %s not "
	    "there", missing, run->rows, plural(run->rows),
	    missing > 1 ? "are" : "is");
	return say_why(x, run, err);
}

/* Does another row hold a value of a unique key? */
static bool
is_clash(const struct executor *x)
{
	return db_errno(x->db) == DB_MANY_ROWS ||
	    db_errno(x->db) == DB_DUP_ENTRY;
}

static bool
is_foreign_key(const struct executor *x)
{
	return db_errno(x->db) == DB_ROW_IS_REFERENCED ||
	    db_errno(x->db) == DB_NO_REFERENCED_ROW;
}

static int
run_row(struct executor *x, struct shape *s, size_t row, uint64_t *matched,
    struct err *err)
{
	if (!s->prepared)
		s->prepared = db_prepare(x->db, &s->sql, err);
	for (size_t i = 0; i < s->nplaces; i++)
		x->values[i] = (struct db_values){ x->p + i * MAX_ARRAY + row,
			x->n + i * MAX_ARRAY + row,
			s->places[i].column->bytes };
	return s->prepared ? db_bulk(s->prepared, x->values, s->nplaces, 1,
	    matched, err) : -1;
}

/* A row that is younger than this one may hold the value of a unique key that
 * this one had: it goes, and its own event, which comes, makes it anew. */
static int
run_replacing(struct executor *x, struct run *run, struct err *err)
{
	struct shape *replace = shape_of(run->batch, run->first, OP_REPLACE,
	    x->set);
	uint64_t matched;

	*err = (struct err){ 0 };
	if (unchecked_set(x, run->unchecked | UNCHECKED_KEYS, err) < 0)
		return -1;
	for (size_t row = 0; row < run->rows; row++) {
		*err = (struct err){ 0 };
		if (run_row(x, run->shape, row, &matched, err) == 0)
			continue;
		if (!is_clash(x))
			return -1;
		*err = (struct err){ 0 };
		if (run_row(x, replace, row, &matched, err) < 0)
			return -1;
	}
	return 0;
}

/* One change, as one of that kind. */
static int
run_alone(struct executor *x, const struct run *run, const struct op *op,
    enum op_kind kind, uint64_t *matched, struct err *err)
{
	struct run one = { .shape = shape_of(run->batch, op, kind, x->set) };
	int status;

	make_arrays(x, one.shape->nplaces);
	add_row(x, &one, run->batch, op);
	status = run_row(x, one.shape, 0, matched, err);
	if (status < 0 && kind == OP_UPSERT && x->replaces && is_clash(x)) {
		one.target = run->target;
		one.batch = run->batch;
		one.unchecked = run->unchecked;
		status = run_replacing(x, &one, err);
	}
	return status;
}

/*
 * A row that moves to another key and is not there, or whose new key is there
 * already: this was done before, or the target was not as the source.  It is
 * made as it must be; rows that refer to it stay as they are.
 */
static int
run_rekey(struct executor *x, const struct run *run, const struct op *op,
    struct err *err)
{
	struct run alone = { .shape = run->shape, .target = run->target,
		.batch = run->batch, .first = op, .rows = 1 };
	uint64_t matched = 0;
	int status = unchecked_set(x, run->unchecked, err);

	if (status == 0)
		status = run_alone(x, run, op, OP_REKEY, &matched, err);
	if (status < 0 && (!is_clash(x) || !op->whole))
		return say_where(x, &alone, err);
	if (status == 0 && (matched || !op->whole))
		return check_matched(x, &alone, matched, err);
	*err = (struct err){ 0 };
	if (unchecked_set(x, run->unchecked | UNCHECKED_KEYS, err) < 0)
		return -1;
	if (status < 0 && run_alone(x, run, op, OP_DELETE, &matched, err) < 0)
		return say_where(x, &alone, err);
	if (run_alone(x, run, op, OP_UPSERT, &matched, err) < 0)
		return say_why(x, &(struct run){
		    .shape = shape_of(run->batch, op, OP_UPSERT, x->set),
		    .target = run->target, .batch = run->batch, .first = op,
		    .rows = 1 }, err);
	return 0;
}

static int
run_rekeys(struct executor *x, const struct run *run, struct err *err)
{
	const struct op *op = run->first;

	*err = (struct err){ 0 };
	for (size_t i = 0; i < run->rows; i++) {
		if (run_rekey(x, run, op, err) < 0)
			return -1;
		if (op->next != NO_OP)
			op = &run->batch->ops[op->next];
	}
	return 0;
}

/* Execute the arrays. */
static int
run_array(struct executor *x, struct run *run, uint64_t *matched,
    struct err *err)
{
	struct shape *s = run->shape;

	if (!s->prepared)
		s->prepared = db_prepare(x->db, &s->sql, err);
	if (!s->prepared)
		return -1;
	for (size_t i = 0; i < s->nplaces; i++)
		x->values[i] = (struct db_values){ x->p + i * MAX_ARRAY,
			x->n + i * MAX_ARRAY, s->places[i].column->bytes };
	x->statements++;
	return run->lenient ? run_lenient(x, run, matched, err) :
	    db_bulk(s->prepared, x->values, s->nplaces, run->rows, matched,
	    err);
}

/* Rows of other tables may be older or younger: what refers to what is seen
 * when all are there. */
static int
run_unchecked(struct executor *x, struct run *run, uint64_t *matched,
    struct err *err)
{
	*err = (struct err){ 0 };
	return unchecked_set(x, run->unchecked | UNCHECKED_KEYS, err) < 0 ? -1 :
	    run_array(x, run, matched, err);
}

static int
run_now(struct executor *x, struct run *run, struct err *err)
{
	enum op_kind kind;
	uint64_t matched = 0;
	int status;

	if (run->rows == 0)
		return 0;
	kind = run->shape->kind;
	if (unchecked_set(x, run->unchecked, err) < 0)
		return -1;
	if (x->dry) {
		status = put_text(x, run, err);
		run->rows = run->bytes = 0;
		return status;
	}
	status = run_array(x, run, &matched, err);
	if (status < 0 && (x->tolerant || x->completes) &&
	    is_foreign_key(x))
		status = run_unchecked(x, run, &matched, err);
	if (status < 0 && x->replaces && kind == OP_UPSERT &&
	    run->target->ordered && is_clash(x))
		status = run_replacing(x, run, err);
	if (kind == OP_REKEY && (status < 0 ? is_clash(x) :
	    matched < run->rows)) {
		status = run_rekeys(x, run, err);
		run->rows = run->bytes = 0;
		return status;
	}
	if (status < 0)
		return say_why(x, run, err);
	status = check_matched(x, run, matched, err);
	run->rows = run->bytes = 0;
	return status;
}

/* A row that no packet can hold: the server would close the connection, as
 * often as it is tried. */
static int
check_size(struct executor *x, const struct batch *b,
    const struct op *op, size_t n, struct err *err)
{
	struct run alone = { .target = op->target, .batch = b, .first = op,
		.rows = 1 };

	if (x->dry || n + PACKET_SLACK <= x->most)
		return 0;
	err_set(err, ERR_DATA, "a row of %zu bytes, where max_allowed_packet "
	    "is %zu", n, x->most);
	say_where(x, &alone, err);
	return err_hint(err, "raise max_allowed_packet of the target");
}

/* Take a change into the run, which is executed where it does not fit. */
static int
run_add(struct executor *x, struct run *run, const struct batch *b,
    const struct op *op, struct shape *s, struct err *err)
{
	size_t n = row_bytes(b, op, s);

	if (check_size(x, b, op, n, err) < 0)
		return -1;
	if (run->shape != s || run->unchecked != op->unchecked) {
		if (run_now(x, run, err) < 0)
			return -1;
		*run = (struct run){ .shape = s, .target = op->target,
			.batch = b, .unchecked = op->unchecked };
		make_arrays(x, s->nplaces);
	}
	if ((run->rows == (x->single ? 1 : MAX_ARRAY) ||
	    run->bytes + n > x->packet || op->lenient || run->lenient) &&
	    run_now(x, run, err) < 0)
		return -1;
	run->lenient = op->lenient && op_has_row(s->kind);
	run->bytes += n;
	add_row(x, run, b, op);
	return 0;
}

/* Keys that go, or whose row is made anew. */
static int
run_deletes(struct executor *x, struct batch *b, struct target *t,
    struct err *err)
{
	struct run run = { 0 };
	struct shape *s = NULL;

	for (size_t i = t->changes.first; i != NO_OP; i = b->ops[i].next) {
		struct op *op = &b->ops[i];

		if (op->kind != OP_DELETE && !op->deletes)
			continue;
		if (!s)
			s = shape_of(b, op, OP_DELETE, x->set);
		if (run_add(x, &run, b, op, s, err) < 0)
			return -1;
	}
	return run_now(x, &run, err);
}

/* Whatever else: a run for each shape that there is. */
static int
run_rest(struct executor *x, struct batch *b, struct target *t,
    struct err *err)
{
	for (size_t i = t->changes.first; i != NO_OP; i = b->ops[i].next)
		b->ops[i].shape = b->ops[i].kind == OP_DELETE ? NULL :
		    shape_of(b, &b->ops[i], b->ops[i].kind, x->set);
	for (struct shape *s = t->shapes; s; s = s->next) {
		struct run run = { 0 };

		for (size_t i = t->changes.first; i != NO_OP;
		    i = b->ops[i].next)
			if (b->ops[i].shape == s &&
			    run_add(x, &run, b, &b->ops[i], s, err) < 0)
				return -1;
		if (run_now(x, &run, err) < 0)
			return -1;
	}
	return 0;
}

/* In their order, neighbours of one shape together. */
static int
run_ordered(struct executor *x, struct batch *b, struct err *err)
{
	struct run run = { 0 };

	for (size_t i = b->ordered.first; i != NO_OP; i = b->ops[i].next) {
		struct op *op = &b->ops[i];

		if (run_add(x, &run, b, op, shape_of(b, op, op->kind, x->set),
		    err) < 0)
			return -1;
	}
	return run_now(x, &run, err);
}

int
execute_batch(struct executor *x, struct batch *b, struct err *err)
{
	for (struct target *t = b->touched; t; t = t->busy) {
		shapes_trim(t);
		if (run_deletes(x, b, t, err) < 0 ||
		    run_rest(x, b, t, err) < 0)
			return -1;
	}
	return run_ordered(x, b, err);
}

void
executor_print(struct executor *x, struct span sql)
{
	buf_span(x->dry, sql);
	buf_str(x->dry, ";\n");
}

int
execute_truncate(struct executor *x, const struct target *t, struct err *err)
{
	struct statement sql = { 0 };
	int status = unchecked_set(x, UNCHECKED_KEYS, err);

	if (status < 0)
		return -1;
	statement_add(&sql, SQL("DELETE FROM "), target_sql(t));
	if (x->dry)
		executor_print(x, statement_view(&sql));
	else
		status = db_execute(x->db, err, SQL_OF(&sql));
	statement_free(&sql);
	return status;
}

void
executor_clear(struct executor *x)
{
	free(x->p);
	free(x->n);
	free(x->values);
}
