/* SPDX-License-Identifier: MIT */
#include "target/rows_array.h"

#include "db/query.h"
#include "target/lenient.h"

static int
run_in_mode(struct executor *x, struct rows_run *run, uint64_t *matched,
    struct err *err)
{
	x->statements++;
	return run->lenient ? lenient_run(x, run, matched, err) :
	    rows_run_all(x, run, matched, err);
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

int
rows_array_back(struct executor *x, const struct rows_run *run, struct err *err)
{
	if (finds_others(run) && !run->saved)
		return -1;
	err_clear(err);
	return run->saved ? db_execute(x->db, err,
	    SQL("ROLLBACK TO SAVEPOINT cdc_run")) : 0;
}

int
rows_array_execute(struct executor *x, struct rows_run *run, uint64_t *matched,
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
	return rows_array_back(x, run, err) < 0 ? -1 :
	    run_in_mode(x, run, matched, err);
}
