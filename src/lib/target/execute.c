/* SPDX-License-Identifier: MIT */
#include "target/execute.h"

#include "db/errors.h"
#include "db/query.h"
#include "target/rows_array.h"
#include "target/single.h"
#include "target/unchecked.h"

enum { PACKET_SLACK = 4096 };   /* bytes of a packet that we do not count */

static bool
is_foreign_key(const struct executor *x)
{
	return db_errno(x->db) == ER_ROW_IS_REFERENCED_2 ||
	    db_errno(x->db) == ER_NO_REFERENCED_ROW_2;
}

/* Rows of other tables may be older or younger: what refers to what is seen
 * when all are there. */
static int
run_unchecked(struct executor *x, struct rows_run *run, uint64_t *matched,
    struct err *err)
{
	return rows_array_back(x, run, err) < 0 || unchecked_set(x,
	    run->unchecked | UNCHECKED_KEYS, err) < 0 ? -1 :
	    rows_array_execute(x, run, matched, err);
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
		status = rows_run_print(x, run, err);
		run->rows = run->bytes = 0;
		return status;
	}
	if (kind == OP_UPSERT && run->target->no_upsert) {
		status = single_pairs(x, run, err);
		run->rows = run->bytes = 0;
		return status;
	}
	status = rows_array_execute(x, run, &matched, err);
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
	    run->target->ordered && executor_clashed(x))
		status = single_replacing(x, run, err);
	if (kind == OP_REKEY && (status < 0 ? executor_clashed(x) :
	    matched < run->rows)) {
		status = single_rekeys(x, run, err);
		run->rows = run->bytes = 0;
		return status;
	}
	if (status < 0)
		return single_say_why(x, run, err);
	status = single_check_matched(x, run, matched, err);
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
	rows_run_where(x, &alone, err);
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
	size_t n = rows_run_bytes(b, op, s);
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
		rows_run_room(x, s->nplaces);
	}
	if ((run->rows == most_rows(x, op->target) ||
	    run->bytes + n > x->packet) && run_now(x, run, err) < 0)
		return -1;
	run->bytes += n;
	rows_run_take(x, run, b, op);
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
