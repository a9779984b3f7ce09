/* SPDX-License-Identifier: MIT */
#include "target/single.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/log.h"
#include "db/errors.h"
#include "target/rows_array.h"
#include "target/unchecked.h"

/* The changes of a run, while its arrays are used for one of them. */
static const struct op **
run_ops(const struct executor *x, const struct rows_run *run)
{
	const struct op **ops = xreallocarray(NULL, run->rows + 1,
	    sizeof(*ops));

	memcpy(ops, x->ops, run->rows * sizeof(*ops));
	return ops;
}

/* A row that is younger than this one may hold the value of a unique key that
 * this one had: it goes, and its own event, still to come, inserts it again. */
int
single_replacing(struct executor *x, struct rows_run *run, struct err *err)
{
	struct row_statement *replace = row_statement_of(run->batch, run->first,
	    OP_REPLACE, x->set);
	uint64_t matched;

	err_clear(err);
	if (unchecked_set(x, run->unchecked | UNCHECKED_KEYS, err) < 0)
		return -1;
	for (size_t row = 0; row < run->rows; row++) {
		err_clear(err);
		if (rows_run_one(x, run->statement, row, &matched, err) == 0)
			continue;
		if (!executor_clashed(x))
			return -1;
		err_clear(err);
		if (rows_run_one(x, replace, row, &matched, err) < 0)
			return -1;
	}
	return 0;
}

/* One change, as one of that kind. */
static int
run_alone(struct executor *x, const struct rows_run *run, const struct op *op,
    enum op_kind kind, uint64_t *matched, struct err *err)
{
	struct rows_run one = {
		.statement = row_statement_of(run->batch, op, kind, x->set),
		.target = run->target, .batch = run->batch,
		.unchecked = run->unchecked,
		.lenient = op_has_row(kind) ? op->lenient : 0 };
	int status;

	rows_run_room(x, one.statement->nplaces);
	rows_run_take(x, &one, run->batch, op);
	status = rows_array_execute(x, &one, matched, err);
	if (status < 0 && kind == OP_UPSERT && x->replaces &&
	    executor_clashed(x))
		status = single_replacing(x, &one, err);
	return status;
}

/* Which key, and which value?  The server says it of an UPDATE of the row,
 * where it is there, and otherwise of an INSERT.  What that changed is rolled
 * back with the error. */
static void
ask_which(struct executor *x, const struct rows_run *run, struct err *err)
{
	static const enum op_kind ways[] = { OP_UPDATE, OP_INSERT };

	for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++) {
		struct err why = { 0 };
		uint64_t matched;

		if (run_alone(x, run, run->first, ways[i], &matched, &why) == 0)
			continue;
		if (db_errno(x->db) == ER_DUP_ENTRY)
			err_wrap(&why, "%s", err->text);
		else if (why.kind != ERR_RETRY && why.kind != ERR_UNAVAILABLE)
			continue;
		*err = why;
		return;
	}
}

int
single_say_why(struct executor *x, const struct rows_run *run, struct err *err)
{
	if (run->statement->kind == OP_UPSERT &&
	    db_errno(x->db) == ER_SUBQUERY_NO_1_ROW) {
		err_clear(err);
		err_set(err, ERR_DATA, "another row has the same value of a "
		    "unique key");
		if (run->rows == 1)
			ask_which(x, run, err);
	}
	return rows_run_where(x, run, err);
}

int
single_check_matched(struct executor *x, const struct rows_run *run,
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

/*
 * A row that moves to another key and is not there, or whose new key is there
 * already: this was done before, or the target was not as the source.  It is
 * made as it must be; rows that refer to it stay as they are.
 */
static int
run_rekey(struct executor *x, const struct rows_run *run, const struct op *op,
    struct err *err)
{
	struct rows_run alone = { .statement = run->statement,
		.target = run->target, .batch = run->batch, .first = op,
		.rows = 1 };
	uint64_t matched = 0;
	int status = unchecked_set(x, run->unchecked, err);

	if (status == 0)
		status = run_alone(x, run, op, OP_REKEY, &matched, err);
	if (status < 0 && (!executor_clashed(x) || !op->whole))
		return rows_run_where(x, &alone, err);
	if (status == 0 && (matched || !op->whole))
		return single_check_matched(x, &alone, matched, err);
	err_clear(err);
	if (unchecked_set(x, run->unchecked | UNCHECKED_KEYS, err) < 0)
		return -1;
	if (status < 0 && run_alone(x, run, op, OP_DELETE, &matched, err) < 0)
		return rows_run_where(x, &alone, err);
	if (run_alone(x, run, op, OP_UPSERT, &matched, err) < 0)
		return single_say_why(x, &(struct rows_run){
		    .statement = row_statement_of(run->batch, op, OP_UPSERT,
		    x->set), .target = run->target, .batch = run->batch,
		    .first = op, .rows = 1 }, err);
	return 0;
}

int
single_rekeys(struct executor *x, const struct rows_run *run, struct err *err)
{
	const struct op **ops = run_ops(x, run);
	int status = 0;

	err_clear(err);
	for (size_t i = 0; i < run->rows && status == 0; i++)
		status = run_rekey(x, run, ops[i], err);
	free(ops);
	return status;
}

/* No server of today has INSERT … ON DUPLICATE KEY UPDATE for a table whose key
 * is WITHOUT OVERLAPS: the row goes, and comes. */
static int
run_pair(struct executor *x, const struct rows_run *run, const struct op *op,
    struct err *err)
{
	struct rows_run alone = { .statement = run->statement,
		.target = run->target, .batch = run->batch, .first = op,
		.rows = 1 };
	uint64_t matched;

	if (run_alone(x, run, op, OP_DELETE, &matched, err) < 0 ||
	    run_alone(x, run, op, OP_INSERT, &matched, err) < 0)
		return rows_run_where(x, &alone, err);
	return 0;
}

int
single_pairs(struct executor *x, struct rows_run *run, struct err *err)
{
	const struct op **ops;
	uint64_t matched;
	int status;

	err_clear(err);
	run->target->no_upsert = true;
	ops = run_ops(x, run);
	run->statement = row_statement_of(run->batch, run->first, OP_INSERT,
	    x->set);
	status = rows_array_execute(x, run, &matched, err);
	if (status < 0 && executor_clashed(x)) {
		err_clear(err);
		status = 0;
		for (size_t i = 0; i < run->rows && status == 0; i++)
			status = run_pair(x, run, ops[i], err);
	} else if (status < 0) {
		single_say_why(x, run, err);
	}
	free(ops);
	return status;
}
