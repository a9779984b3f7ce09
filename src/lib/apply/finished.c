/* SPDX-License-Identifier: MIT */
#include "apply/finished.h"

#include <inttypes.h>
#include <stdlib.h>

#include "apply/change.h"
#include "apply/commit.h"
#include "apply/isolate.h"
#include "base/alloc.h"

enum { MOST_BASES = 64 };

void
finished_mark(struct applier *a)
{
	change_settle(a);
	batch_mark(&a->batch);
	isolate_mark(a);
	a->finished.batch = a->batch.mark;
	a->finished.gtid = a->progress.finished;
	a->finished.line = a->line - 1;
	a->finished.base = a->nbases;
	if (a->nhistory == a->history_cap) {
		a->history_cap = a->history_cap ? 2 * a->history_cap : 64;
		a->history = xreallocarray(a->history, a->history_cap,
		    sizeof(*a->history));
	}
	a->history[a->nhistory++] = a->finished;
}

/* ---- positions */

static void
drop_bases(struct applier *a)
{
	while (a->nbases)
		state_clear(&a->bases[--a->nbases]);
}

void
finished_note(struct applier *a, bool committed)
{
	if (committed)
		drop_bases(a);
	if (a->opt->no_state)
		return;
	/* none ended since the last one: that is of no use any more */
	if (a->nbases && (!a->nhistory ||
	    a->history[a->nhistory - 1].base < a->nbases))
		state_clear(&a->bases[--a->nbases]);
	a->bases = xreallocarray(a->bases, a->nbases + 1, sizeof(*a->bases));
	a->bases[a->nbases] = (struct state){ 0 };
	state_copy(&a->bases[a->nbases++], &a->progress.state);
}

bool
finished_is_full(const struct applier *a)
{
	return a->nbases >= MOST_BASES;
}

/* The position as it was at the newest end that is remembered. */
static void
restore_position(struct applier *a)
{
	const struct finished *last = &a->history[a->nhistory - 1];
	struct state *s = &a->progress.state;
	size_t i = a->nhistory;

	if (a->opt->no_state)
		return;
	state_copy(s, &a->bases[last->base - 1]);
	while (i > 0 && a->history[i - 1].base == last->base)
		i--;
	for (; i < a->nhistory; i++)
		gtid_list_set(&s->done, &a->history[i].gtid);
	s->partial_order = 0;
	a->progress.moved = true;
}

void
finished_forget(struct applier *a)
{
	a->nhistory = 0;
}

void
finished_clear(struct applier *a)
{
	drop_bases(a);
	free(a->bases);
	free(a->history);
}

const struct gtid *
finished_gtid(const struct applier *a, uint64_t line)
{
	const struct gtid *of = a->progress.open ? &a->progress.in_hand :
	    NULL;

	for (size_t i = a->nhistory; i > 0 && a->history[i - 1].line >= line;
	    i--)
		of = &a->history[i - 1].gtid;
	return of;
}

int
finished_where(const struct applier *a, uint64_t line, struct err *err)
{
	const struct gtid *of = finished_gtid(a, line);
	char gtid[GTID_TEXT];

	if (!of)
		return err_wrap(err, "line %" PRIu64, line);
	gtid_print(gtid, of);
	return err_wrap(err, "line %" PRIu64 " (%s)", line, gtid);
}

/* ---- what is aside */

/* May the position move to what is finished?  A copy's says of rows how far it
 * is, and not of transactions. */
static bool
tells(const struct applier *a)
{
	return a->progress.keeps && a->progress.open && !a->progress.skips &&
	    !a->progress.copies && !a->by_offset && !a->mixed;
}

/* Lines that belong to what is aside. */
struct lines_aside {
	struct kept_line *v;
	size_t n;
	struct buf kept;
};

static void
lines_aside(struct applier *a, struct lines_aside *aside)
{
	size_t first = a->finished.lines;

	*aside = (struct lines_aside){ .n = a->nlines - first };
	if (!aside->n)
		return;
	aside->v = xreallocarray(NULL, aside->n, sizeof(*aside->v));
	memcpy(aside->v, a->lines + first, aside->n * sizeof(*aside->v));
	buf_span(&aside->kept, buf_view(&a->kept));
	a->nlines = first;
	if (a->rekeys)
		a->rekey_line -= first;
}

static void
lines_resume(struct applier *a, struct lines_aside *aside)
{
	for (size_t i = 0; i < aside->n; i++)
		a->lines[i] = aside->v[i];
	if (aside->n) {
		buf_free(&a->kept);
		a->kept = aside->kept;
		a->nlines = aside->n;
	}
	free(aside->v);
}

int
finished_commit(struct applier *a, struct err *err)
{
	struct batch_tail tail;
	struct lines_aside lines;
	bool rekeys = a->rekeys;
	uint64_t buried = a->buried;
	struct dlq_tail entries;
	bool waits = a->batch.mark.nops || a->finished.lines;
	int status = 0;

	if (!tells(a))
		a->mixed = true;
	if (a->mixed || a->spilled || !waits)
		return 0;
	batch_aside(&a->batch, &tail);
	lines_aside(a, &lines);
	a->rekeys = false;
	if (a->dlq)
		status = dlq_aside(a->dlq, a->finished.dlq, &entries, err);
	if (status == 0)
		status = commit_now(a, err);
	if (status < 0)
		finished_save(a, err);
	a->rekeys = rekeys;
	batch_resume(&a->batch, &tail);
	lines_resume(a, &lines);
	if (a->dlq)
		dlq_resume(a->dlq, &entries);
	a->buried = buried;
	return status;
}

int
finished_leave(struct applier *a, struct err *err)
{
	if (a->spilled || !tells(a))
		commit_rollback(a);
	if (!tells(a))
		return 0;
	a->rekeys = false;
	batch_back(&a->batch);
	if (isolate_back(a, err) < 0)
		return -1;
	a->spilled = false;
	return commit_now(a, err);
}

/* ---- an error */

/* Back to the newest end before a line; false where there is none. */
static bool
back_before(struct applier *a, uint64_t line, struct err *err)
{
	while (a->nhistory && a->history[a->nhistory - 1].line >= line)
		a->nhistory--;
	if (!a->nhistory)
		return false;
	a->finished = a->history[a->nhistory - 1];
	if (a->careful) {
		batch_reset(&a->batch); /* lines are taken anew */
	} else {
		a->batch.mark = a->finished.batch;
		batch_back(&a->batch);
	}
	restore_position(a);
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
		*err = (struct err){ 0 };
		if (!line || !back_before(a, line, err))
			return;
		a->executor.bad = a->buried = 0;
	} while (commit_now(a, err) < 0 && !err_may_pass(err));
}

void
finished_save(struct applier *a, const struct err *why)
{
	struct err err = *why;
	bool rest = progress_at_rest(&a->progress);

	if (a->left || a->position.overtaken ||
	    (err_may_pass(why) && !a->broken))
		return;
	a->left = true;
	/* a half of a change of key is not finished, and has no mark there */
	if (!a->failed && (a->by_offset || a->opt->no_state) && a->rekeys)
		return;
	if (!a->failed) {
		err = (struct err){ 0 };
		if ((rest || a->by_offset || a->opt->no_state ?
		    commit_now(a, &err) : finished_leave(a, &err)) < 0 &&
		    err_may_pass(&err))
			return;
	}
	a->rekeys = false;
	if (err.kind && !a->spilled && !a->mixed && !a->by_offset &&
	    !a->progress.copies)
		save_before(a, &err);
	err = (struct err){ 0 };
	commit_mirror(a, true, &err);
}
