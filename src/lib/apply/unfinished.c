/* SPDX-License-Identifier: MIT */
#include "apply/unfinished.h"

#include "apply/commit.h"
#include "apply/finished.h"
#include "apply/isolate.h"

/* May the position move to what is finished?  A copy's says of rows how far it
 * is, and not of transactions. */
static bool
tells(const struct applier *a)
{
	return a->progress.keeps && a->progress.open && !a->progress.skips &&
	    !a->progress.copies && !a->by_offset && !a->mixed;
}

/* What is finished, by itself, before a part of the open transaction leaves the
 * batch. */
static int
commit_finished(struct applier *a, struct err *err)
{
	struct batch_tail tail;
	struct kept lines;
	uint64_t buried = a->buried, count = 0;
	struct dlq_tail entries;
	bool waits = a->batch.mark.nops || a->finished.lines;
	int status = 0;

	if (!tells(a))
		a->mixed = true;
	if (a->mixed || a->spilled || !waits)
		return 0;
	batch_aside(&a->batch, &tail);
	kept_aside(&a->kept, a->finished.lines, &lines);
	if (a->dlq)
		status = dlq_aside(a->dlq, a->finished.dlq, &entries, err);
	if (a->dlq)
		count = dlq_count(a->dlq);
	if (status == 0)
		status = commit_now(a, err);
	if (status < 0)
		unfinished_save(a, err);
	/* what is not finished was taken without knowing what it waits for */
	a->careful = a->dlq && dlq_count(a->dlq) != count;
	batch_resume(&a->batch, &tail);
	kept_resume(&a->kept, &lines);
	if (a->dlq)
		dlq_resume(a->dlq, &entries);
	a->buried = buried;
	return status;
}

int
unfinished_leave(struct applier *a, struct err *err)
{
	if (a->spilled || !tells(a))
		commit_rollback(a);
	if (!tells(a))
		return 0;
	batch_back(&a->batch);
	if (isolate_back(a, err) < 0)
		return -1;
	a->spilled = false;
	return commit_now(a, err);
}

int
unfinished_spill(struct applier *a, struct err *err)
{
	batch_settle(&a->batch);
	if (commit_finished(a, err) < 0)
		return -1;
	if (!a->batch.nops && !a->kept.n)
		return 0;
	if (commit_execute(a, err) < 0)
		return -1;
	batch_reset(&a->batch);
	isolate_settle(a);
	finished_forget(a);
	a->spilled = true;
	return 0;
}

/* ---- an error */

/* Back to the newest end before a line; false where there is none. */
static bool
back_before(struct applier *a, uint64_t line, struct err *err)
{
	if (!finished_go_back(a, line))
		return false;
	if (a->careful) {
		batch_reset(&a->batch); /* lines are taken again */
	} else {
		a->batch.mark = a->finished.batch;
		batch_back(&a->batch);
	}
	return isolate_back(a, err) == 0;
}

/* What waits could not be executed: what of it lies before what is at fault?
 * That may hold another. */
static void
save_before(struct applier *a, struct err *err)
{
	uint64_t line;

	do {
		commit_rollback(a);
		line = err->kind == ERR_IO ? a->buried : a->executor.bad;
		err_clear(err);
		if (!line || !back_before(a, line, err))
			return;
		a->executor.bad = a->buried = 0;
	} while (commit_now(a, err) < 0 && !err_may_pass(err));
}

void
unfinished_save(struct applier *a, const struct err *why)
{
	struct err err = *why;
	bool rest = progress_at_rest(&a->progress);

	if (a->left || a->position.overtaken ||
	    (err_may_pass(why) && !a->broken))
		return;
	a->left = true;
	/* a half of a change of key is not finished, and has no mark there */
	if (!a->failed && (a->by_offset || a->opt->no_state) &&
	    a->batch.half.waits)
		return;
	if (!a->failed) {
		err_clear(&err);
		if ((rest || a->by_offset || a->opt->no_state ?
		    commit_now(a, &err) : unfinished_leave(a, &err)) < 0 &&
		    err_may_pass(&err))
			return;
	}
	batch_drop_half(&a->batch);
	if (err.kind && !a->spilled && !a->mixed && !a->by_offset &&
	    !a->progress.copies)
		save_before(a, &err);
	err_clear(&err);
	commit_mirror(a, true, &err);
}
