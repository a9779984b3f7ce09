/* SPDX-License-Identifier: MIT */
#include "apply/finished.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/array.h"

enum { MOST_BASES = 64 };

void
finished_mark_lines(struct applier *a)
{
	a->finished.lines = a->kept.n;
	a->finished.bytes = a->kept.text.n;
	if (a->dlq)
		a->finished.dlq = dlq_mark(a->dlq);
}

void
finished_mark(struct applier *a)
{
	batch_settle(&a->batch);
	batch_mark(&a->batch);
	finished_mark_lines(a);
	a->finished.batch = a->batch.mark;
	a->finished.gtid = a->progress.finished;
	a->finished.line = a->line - 1;
	a->finished.base = a->nbases;
	*ARRAY_PUSH(a->history, a->nhistory, a->history_cap) = a->finished;
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
	struct state *base;

	if (committed)
		drop_bases(a);
	if (a->opt->no_state)
		return;
	/* none ended since the last one: that is of no use any more */
	if (a->nbases && (!a->nhistory ||
	    a->history[a->nhistory - 1].base < a->nbases))
		state_clear(&a->bases[--a->nbases]);
	base = ARRAY_ADD(a->bases, a->nbases);
	*base = (struct state){ 0 };
	state_copy(base, &a->progress.state);
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

bool
finished_go_back(struct applier *a, uint64_t line)
{
	while (a->nhistory && a->history[a->nhistory - 1].line >= line)
		a->nhistory--;
	if (!a->nhistory)
		return false;
	a->finished = a->history[a->nhistory - 1];
	restore_position(a);
	return true;
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
