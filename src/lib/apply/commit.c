/* SPDX-License-Identifier: MIT */
#include "apply/commit.h"

#include "apply/finished.h"
#include "apply/isolate.h"
#include "base/clock.h"
#include "base/log.h"
#include "db/query.h"
#include "io/out.h"
#include "io/stop.h"
#include "target/target_session.h"

enum { MIRROR_MS = 1000 };

/* Is there no use in another try?  A position that is not ours stays so. */
static bool
is_over(const struct applier *a, const struct err *err)
{
	return a->position.overtaken || !err_may_pass(err);
}

bool
commit_again(struct applier *a, uint64_t tries, struct err *err)
{
	if (is_over(a, err) || tries >= a->opt->retry.times || stop_requested())
		return false;
	log_warn("%s; retrying", err->text);
	err_clear(err);
	a->retries++;
	stop_back_off(&a->opt->retry, tries + 1);
	return true;
}

int
commit_connect(struct applier *a, struct err *err)
{
	return target_session_open(&a->executor, a->db,
	    a->opt->skip_replication, err) < 0 ? -1 :
	    offsets_table_open(&a->position, err);
}

int
commit_open(struct applier *a, struct err *err)
{
	/* another that keeps the position is no error of the server's */
	for (uint64_t tries = 0; commit_connect(a, err) < 0; tries++)
		if ((err->kind == ERR_RETRY && !db_errno(a->db)) ||
		    !commit_again(a, tries, err))
			return -1;
	a->connected = true;
	return 0;
}

static void
forget_statements(struct applier *a)
{
	for (struct source_table *t = a->tables.all; t; t = t->next)
		if (t->target)
			row_statements_free(t->target);
}

/* After what may pass: roll back, or connect again; 1 if the COMMIT had
 * happened. */
static int
recover(struct applier *a, bool lost, struct err *err)
{
	int happened;

	if (!lost)
		return db_execute(a->db, err, SQL("ROLLBACK"));
	forget_statements(a);
	a->connected = false;
	happened = target_session_open(&a->executor, a->db,
	    a->opt->skip_replication, err) < 0 ? -1 :
	    offsets_table_happened(&a->position, err);
	a->connected = happened >= 0;
	return happened;
}

/* What was executed of the transaction is lost, and no longer in the batch. */
static int
too_late_to_repeat(struct applier *a, struct err *err)
{
	if (is_over(a, err))
		return -1;
	err->kind = ERR_RETRY;
	err_wrap(err, "after part of the transaction");
	return err_hint(err, "run it again: nothing of the transaction was "
	    "applied, and the next run starts at the position");
}

int
commit_ask_again(struct applier *a, uint64_t tries, struct err *err)
{
	bool lost = err->kind == ERR_UNAVAILABLE;

	if (a->spilled && lost)
		return too_late_to_repeat(a, err);
	if (!commit_again(a, tries, err))
		return -1;
	/* nothing is open; where that fails, the next question does, too */
	if (lost && recover(a, true, err) < 0 && is_over(a, err))
		return -1;
	err_clear(err);
	return 0;
}

/* Print what a --dry-run would have executed. */
static void
print_sql(struct applier *a)
{
	out_put(a->sql.p, a->sql.n);
	a->sql.n = 0;
}

/* Inside a copy, and after one until its newest row is passed, events may be
 * older than rows; rows of one that was taken up, older than others.  While
 * tables are copied in the stream, rows may not be there yet, and those that
 * are may hold what belongs to others. */
static void
be_tolerant(struct applier *a)
{
	const struct state *states[] = {
		&a->progress.state, &a->position.stored,
	};
	struct executor *x = &a->executor;

	x->tolerant = x->replaces = x->completes = false;
	for (int i = 0; i < 2; i++) {
		struct span copy = buf_view(&states[i]->snapshot);

		x->tolerant |= copy.n > 0;
		x->completes |= states[i]->incremental.n > 0;
		x->replaces |= x->completes || object_member(copy, "until").p;
	}
}

static int
try_once(struct applier *a, struct err *err)
{
	be_tolerant(a);
	if (isolate_execute(a, err) < 0 || offsets_table_write(&a->position,
	    err) < 0 || (a->dlq && dlq_write(a->dlq, err) < 0))
		return -1;
	if (a->opt->dry_run) {
		print_sql(a);
		return 0;
	}
	return db_execute(a->db, err, SQL("COMMIT"));
}

static void
done(struct applier *a)
{
	batch_reset(&a->batch);
	offsets_table_committed(&a->position);
	a->spilled = a->mixed = false;
	a->first_ms = 0;
	isolate_committed(a);
	finished_forget(a);
	finished_note(a, true);
	a->commits++;
}

/* Is there anything to commit? */
static bool
is_pending(const struct applier *a)
{
	bool offsets = false;

	for (size_t i = 0; i < a->position.offsets.n; i++)
		offsets = offsets || a->position.offsets.v[i].moved;
	return a->batch.nops || a->spilled ||
	    a->progress.moved || offsets || (a->dlq && dlq_pending(a->dlq));
}

/* Roll back after what may pass, so that it can be done again: 1 where the
 * COMMIT had happened. */
static int
prepare_again(struct applier *a, bool lost, struct err *err)
{
	return isolate_rolled_back(a, err) < 0 ? -1 : recover(a, lost, err);
}

static int
write_all(struct applier *a, struct err *err)
{
	int status, recovered = 0;

	for (uint64_t tries = 0;; tries++) {
		status = recovered < 0 ? -1 : try_once(a, err);
		if (status == 0)
			break;
		bool lost = err->kind == ERR_UNAVAILABLE;

		if (a->spilled && !lost)
			return too_late_to_repeat(a, err);
		if (!commit_again(a, tries, err))
			return -1;
		recovered = prepare_again(a, lost, err);
		if (recovered < 0 && is_over(a, err))
			return -1;
		if (recovered > 0)
			break;
		if (a->spilled && recovered == 0) {
			err_set(err, ERR_RETRY, "the connection was lost");
			return too_late_to_repeat(a, err);
		}
	}
	return 0;
}

int
commit_now(struct applier *a, struct err *err)
{
	bool copying = state_is_unfinished(&a->position.stored);

	batch_settle(&a->batch);
	if (!is_pending(a))
		return 0;
	if (write_all(a, err) < 0) {
		a->failed = true;
		return -1;
	}
	done(a);
	/* a file that does not know the copy's end would begin it again */
	return commit_mirror(a,
	    copying && !state_is_unfinished(&a->position.stored), err);
}

int
commit_do_again(struct applier *a, uint64_t tries, struct err *err)
{
	bool lost = err->kind == ERR_UNAVAILABLE;

	if (a->spilled)
		return too_late_to_repeat(a, err);
	if (!commit_again(a, tries, err))
		return -1;
	if (prepare_again(a, lost, err) < 0 && is_over(a, err))
		return -1;
	err_clear(err);
	return 0;
}

static int
execute_all(struct applier *a, struct err *err)
{
	for (uint64_t tries = 0; isolate_execute(a, err) < 0; tries++)
		if (commit_do_again(a, tries, err) < 0)
			return -1;
	return 0;
}

int
commit_execute(struct applier *a, struct err *err)
{
	be_tolerant(a);
	if (execute_all(a, err) < 0) {
		a->failed = true;
		return -1;
	}
	if (a->opt->dry_run)
		print_sql(a);
	return 0;
}

int
commit_empty(struct applier *a, const struct target *t, bool commits,
    struct err *err)
{
	commits = commits && !a->spilled;
	for (uint64_t tries = 0; execute_truncate(&a->executor, t, commits,
	    err) < 0; tries++)
		if (commit_do_again(a, tries, err) < 0)
			return -1;
	a->spilled = !commits;
	return 0;
}

void
commit_rollback(struct applier *a)
{
	struct err ignored = { 0 };

	if (a->connected && !a->opt->dry_run)
		db_execute(a->db, &ignored, SQL("ROLLBACK"));
}

int
commit_mirror(struct applier *a, bool now, struct err *err)
{
	int64_t ms = clock_steady_ms();

	if (!a->opt->state || !a->position.has_stored || a->opt->dry_run ||
	    !(a->by_offset || a->progress.opened) ||
	    (!now && ms - a->mirrored_ms < MIRROR_MS))
		return 0;
	a->mirrored_ms = ms;
	return state_write(&a->position.stored, a->opt->state, err);
}
