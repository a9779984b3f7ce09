/* SPDX-License-Identifier: MIT */
#include "apply/finished.h"

#include <stdlib.h>

#include "apply/change.h"
#include "apply/commit.h"
#include "apply/dead.h"
#include "base/alloc.h"

void
finished_mark(struct applier *a)
{
	change_settle(a);
	batch_mark(&a->batch);
	dead_mark(a);
}

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
	bool waits = a->batch.mark.nops || a->finished.lines;
	int status;

	/* entries of the queue are written in one piece */
	if (!tells(a) || (waits && a->dlq &&
	    dlq_mark(a->dlq).entries != a->finished.dlq.entries))
		a->mixed = true;
	if (a->mixed || a->spilled || !waits)
		return 0;
	batch_aside(&a->batch, &tail);
	lines_aside(a, &lines);
	a->rekeys = false;
	status = commit_now(a, err);
	a->rekeys = rekeys;
	batch_resume(&a->batch, &tail);
	lines_resume(a, &lines);
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
	if (dead_back(a, err) < 0)
		return -1;
	a->spilled = false;
	return commit_now(a, err);
}
