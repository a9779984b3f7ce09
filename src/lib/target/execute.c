/* SPDX-License-Identifier: MIT */
#include "target/rows_run.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/log.h"
#include "db/errors.h"
#include "db/query.h"
#include "target/lenient.h"
#include "target/unchecked.h"

enum {
	ROW_OVERHEAD = 16, VALUE_OVERHEAD = 10,         /* bytes of a packet */
	PACKET_SLACK = 4096,    /* what we do not count */
	SHOWN = 40,             /* bytes of a key in a message */
};

static const struct cell *
cell_of(const struct batch *b, const struct op *op, const struct parameter *at)
{
	return &b->cells[(at->old ? op->old : op->row) + at->cell];
}

void
execute_make_room(struct executor *x, size_t params)
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

static size_t
row_bytes(const struct batch *b, const struct op *op,
    const struct row_statement *s)
{
	size_t n = ROW_OVERHEAD;

	for (size_t i = 0; i < s->nplaces; i++)
		n += VALUE_OVERHEAD + cell_of(b, op, &s->places[i])->n;
	return n;
}

void
execute_take(struct executor *x, struct rows_run *run, const struct batch *b,
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

/* The statement of each row, as text. */
static int
put_text(struct executor *x, const struct rows_run *run, struct err *err)
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

/* "table shop.orders, key 12" of the only row, else the table. */
int
execute_say_where(struct executor *x, const struct rows_run *run,
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

/* Must each row have been there? */
int
execute_check_matched(struct executor *x, const struct rows_run *run,
    uint64_t matched, struct err *err)
{
	enum op_kind kind = run->statement->kind;
	uint64_t missing = matched < run->rows ? run->rows - matched : 0;
	bool strict = x->replaces && (run->target->ordered ||
	    kind == OP_REKEY);

	if (kind == OP_UPSERT || kind == OP_INSERT || !missing)
		return 0;
	if (kind == OP_DELETE || x->completes || (x->tolerant && !strict)) {
		/* of a plain table it may have come and gone in the batch */
		x->missing += run->target->ordered ? missing : 0;
		return 0;
	}
	err_set(err, ERR_DATA, "%" PRIu64 " of %zu row%s to be changed %s "
	    "missing", missing, run->rows, plural(run->rows),
	    missing > 1 ? "are" : "is");
	if (x->replaces && kind == OP_REKEY)
		err_hint(err, "it moved while it was copied, and the log does "
		    "not contain all of it: set binlog_row_image=FULL and "
		    "copy again");
	return single_say_why(x, run, err);
}

/* Does another row hold a value of a unique key? */
bool
execute_clashed(const struct executor *x)
{
	return db_errno(x->db) == ER_SUBQUERY_NO_1_ROW ||
	    db_errno(x->db) == ER_DUP_ENTRY;
}

static bool
is_foreign_key(const struct executor *x)
{
	return db_errno(x->db) == ER_ROW_IS_REFERENCED_2 ||
	    db_errno(x->db) == ER_NO_REFERENCED_ROW_2;
}

int
execute_row(struct executor *x, struct row_statement *s, size_t row,
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
execute_run(struct executor *x, struct rows_run *run, uint64_t *matched,
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

static int
run_in_mode(struct executor *x, struct rows_run *run, uint64_t *matched,
    struct err *err)
{
	x->statements++;
	return run->lenient ? lenient_run(x, run, matched, err) :
	    execute_run(x, run, matched, err);
}

int
execute_savepoint(struct db *db, struct sql_part name, bool *is_there,
    struct err *err)
{
	int status = db_execute(db, err, SQL("SAVEPOINT "), name);

	*is_there = status == 0;
	if (status < 0 && db_errno(db) == ER_CHECK_NOT_IMPLEMENTED) {
		err_clear(err);
		return 0;
	}
	return status;
}

/* Rows without a key are changed one after the other, by statements that find
 * another row when they are repeated. */
static bool
finds_others(const struct rows_run *run)
{
	return run->rows > 1 && (run->statement->kind == OP_UPDATE_ROW ||
	    run->statement->kind == OP_DELETE_ROW);
}

/* Does nothing stay of a run that fails? */
static int
run_begin(struct executor *x, struct rows_run *run, bool *nothing,
    struct err *err)
{
	run->saved = false;
	*nothing = run->target->transactional || run->rows == 1;
	if (!*nothing || !finds_others(run))
		return 0;
	if (execute_savepoint(x->db, SQL("cdc_run"), &run->saved, err) < 0)
		return -1;
	*nothing = run->saved;
	return 0;
}

/* A run that has failed is to be repeated. */
static int
run_back(struct executor *x, const struct rows_run *run, struct err *err)
{
	if (finds_others(run) && !run->saved)
		return -1;
	err_clear(err);
	return run->saved ? db_execute(x->db, err,
	    SQL("ROLLBACK TO SAVEPOINT cdc_run")) : 0;
}

int
execute_array(struct executor *x, struct rows_run *run, uint64_t *matched,
    struct err *err)
{
	bool nothing;
	int status;

	if (run_begin(x, run, &nothing, err) < 0)
		return -1;
	if ((run->target->warns || !nothing) &&
	    op_has_row(run->statement->kind))
		run->lenient |= LENIENT_COMPUTES;
	status = run_in_mode(x, run, matched, err);
	if (status == 0 || !lenient_helps(x, run, err))
		return status;
	return run_back(x, run, err) < 0 ? -1 :
	    run_in_mode(x, run, matched, err);
}

/* Rows of other tables may be older or younger: what refers to what is seen
 * when all are there. */
static int
run_unchecked(struct executor *x, struct rows_run *run, uint64_t *matched,
    struct err *err)
{
	return run_back(x, run, err) < 0 || unchecked_set(x, run->unchecked |
	    UNCHECKED_KEYS, err) < 0 ? -1 : execute_array(x, run, matched, err);
}

static int
run_now(struct executor *x, struct rows_run *run, struct err *err)
{
	enum op_kind kind;
	uint64_t matched = 0;
	int status;

	if (run->rows == 0)
		return 0;
	kind = run->statement->kind;
	if (unchecked_set(x, run->unchecked, err) < 0)
		return -1;
	if (x->dry) {
		status = put_text(x, run, err);
		run->rows = run->bytes = 0;
		return status;
	}
	if (kind == OP_UPSERT && run->target->no_upsert) {
		status = single_pairs(x, run, err);
		run->rows = run->bytes = 0;
		return status;
	}
	status = execute_array(x, run, &matched, err);
	if (status < 0 && kind == OP_UPSERT && db_errno(x->db) ==
	    ER_NOT_SUPPORTED_YET) {
		status = single_pairs(x, run, err);
		run->rows = run->bytes = 0;
		return status;
	}
	if (status < 0 && (x->tolerant || x->completes) &&
	    is_foreign_key(x))
		status = run_unchecked(x, run, &matched, err);
	if (status < 0 && x->replaces && kind == OP_UPSERT &&
	    run->target->ordered && execute_clashed(x))
		status = single_replacing(x, run, err);
	if (kind == OP_REKEY && (status < 0 ? execute_clashed(x) :
	    matched < run->rows)) {
		status = single_rekeys(x, run, err);
		run->rows = run->bytes = 0;
		return status;
	}
	if (status < 0)
		return single_say_why(x, run, err);
	status = execute_check_matched(x, run, matched, err);
	run->rows = run->bytes = 0;
	return status;
}

/* A row that no packet can hold: the server would close the connection, as
 * often as it is tried. */
static int
check_size(struct executor *x, const struct batch *b,
    const struct op *op, size_t n, struct err *err)
{
	struct rows_run alone = { .target = op->target, .batch = b, .first = op,
		.rows = 1 };

	if (x->dry || n + PACKET_SLACK <= x->most)
		return 0;
	err_set(err, ERR_DATA, "a row of %zu bytes, where max_allowed_packet "
	    "is %zu", n, x->most);
	execute_say_where(x, &alone, err);
	return err_hint(err, "raise max_allowed_packet of the target");
}

/* Where the engine has no transactions, an array of which a row is refused
 * leaves others of it, or that one cut to fit: rows are written one by one. */
static size_t
most_rows(const struct executor *x, const struct target *t)
{
	return x->single || !t->transactional ? 1 : MAX_ARRAY;
}

/* Take a change into the run, which is executed where it does not fit. */
static int
run_add(struct executor *x, struct rows_run *run, const struct batch *b,
    const struct op *op, struct row_statement *s, struct err *err)
{
	size_t n = row_bytes(b, op, s);
	uint8_t lenient = op_has_row(s->kind) ? op->lenient : 0;

	if (check_size(x, b, op, n, err) < 0)
		return -1;
	if (run->statement != s || run->unchecked != op->unchecked ||
	    run->asked != lenient) {
		if (run_now(x, run, err) < 0)
			return -1;
		*run = (struct rows_run){ .statement = s, .target = op->target,
			.batch = b, .unchecked = op->unchecked,
			.lenient = lenient, .asked = lenient };
		execute_make_room(x, s->nplaces);
	}
	if ((run->rows == most_rows(x, op->target) ||
	    run->bytes + n > x->packet) && run_now(x, run, err) < 0)
		return -1;
	run->bytes += n;
	execute_take(x, run, b, op);
	return 0;
}

/* Keys that go, or whose row is inserted again. */
static int
run_deletes(struct executor *x, struct batch *b, struct target *t,
    struct err *err)
{
	struct rows_run run = { 0 };

	for (size_t i = t->changes.first; i != NO_OP; i = b->ops[i].next) {
		struct op *op = &b->ops[i];

		if (op->kind != OP_DELETE && !op->deletes)
			continue;
		if (run_add(x, &run, b, op,
		    row_statement_of(b, op, OP_DELETE, x->set), err) < 0)
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
		b->ops[i].statement = b->ops[i].kind == OP_DELETE ? NULL :
		    row_statement_of(b, &b->ops[i], b->ops[i].kind, x->set);
	for (struct row_statement *s = t->statements; s; s = s->next) {
		struct rows_run run = { 0 };

		for (size_t i = t->changes.first; i != NO_OP;
		    i = b->ops[i].next)
			if (b->ops[i].statement == s &&
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
	struct rows_run run = { 0 };

	for (size_t i = b->ordered.first; i != NO_OP; i = b->ops[i].next) {
		struct op *op = &b->ops[i];

		if (run_add(x, &run, b, op, row_statement_of(b, op, op->kind,
		    x->set), err) < 0)
			return -1;
	}
	return run_now(x, &run, err);
}

bool
execute_is_undone(const struct batch *b)
{
	for (const struct target *t = b->touched; t; t = t->busy)
		if (!t->transactional)
			return false;
	for (size_t i = b->ordered.first; i != NO_OP; i = b->ops[i].next)
		if (!b->ops[i].target->transactional)
			return false;
	return true;
}

int
execute_batch(struct executor *x, struct batch *b, struct err *err)
{
	x->once = !execute_is_undone(b);
	for (struct target *t = b->touched; t; t = t->busy) {
		row_statements_trim(t);
		if (run_deletes(x, b, t, err) < 0 ||
		    run_rest(x, b, t, err) < 0)
			return -1;
	}
	return run_ordered(x, b, err);
}

void
execute_print(struct executor *x, struct span sql)
{
	buf_span(x->dry, sql);
	buf_str(x->dry, ";\n");
}

int
execute_truncate(struct executor *x, const struct target *t, bool commits,
    struct err *err)
{
	struct statement sql = { 0 };
	int status = unchecked_set(x, UNCHECKED_KEYS, err);

	if (status < 0)
		return -1;
	statement_add(&sql, commits ? SQL("TRUNCATE TABLE ") :
	    SQL("DELETE FROM "), target_sql(t));
	if (x->dry)
		execute_print(x, statement_view(&sql));
	else
		status = db_execute(x->db, err, SQL_OF(&sql));
	statement_free(&sql);
	return status;
}

void
execute_clear(struct executor *x)
{
	free(x->p);
	free(x->n);
	free(x->values);
	free(x->ops);
}
