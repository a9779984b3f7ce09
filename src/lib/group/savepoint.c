/* SPDX-License-Identifier: MIT
 *
 * A tree finds a savepoint by its name, a list knows their order.
 */
#include "group/savepoint.h"

#include <search.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/err.h"
#include "base/log.h"

struct savepoint {
	struct span name;       /* folded; owned; the first: span_order() */
	uint64_t pos;           /* what comes after is undone with it */
	struct savepoint *older, *newer;
};

static struct savepoint *
find(const struct savepoints *s, struct span folded)
{
	struct savepoint **found = tfind(&folded, &s->names, span_order);

	return found ? *found : NULL;
}

/* Take one out of the tree and the list. */
static void
drop(struct savepoints *s, struct savepoint *point)
{
	tdelete(point, &s->names, span_order);
	if (point->older)
		point->older->newer = point->newer;
	if (point->newer)
		point->newer->older = point->older;
	else
		s->newest = point->older;
	free((char *)point->name.p);
	free(point);
}

void
savepoint_set(struct savepoints *s, struct span name, uint64_t pos)
{
	struct savepoint *point = xcalloc(1, sizeof(*point)), *old;
	struct buf folded = { 0 };

	fold_name(&folded, name, s->rule);
	old = find(s, buf_view(&folded));
	if (old)
		drop(s, old);
	point->name = (struct span){ xmemdup(folded.p, folded.n), folded.n };
	buf_free(&folded);
	point->pos = pos;
	point->older = s->newest;
	if (point->older)
		point->older->newer = point;
	s->newest = point;
	if (!tsearch(point, &s->names, span_order))
		log_die(ERR_OS, "out of memory for a savepoint");
}

bool
savepoint_rollback(struct savepoints *s, struct span name, uint64_t pos)
{
	const struct savepoint *point;
	struct buf folded = { 0 };
	uint64_t from;

	fold_name(&folded, name, s->rule);
	point = find(s, buf_view(&folded));
	buf_free(&folded);
	if (!point)
		return false;
	from = point->pos;
	while (s->newest != point)
		drop(s, s->newest);
	while (s->nundone && s->undone[s->nundone - 1].from >= from)
		s->nundone--;
	*ARRAY_ADD(s->undone, s->nundone) = (struct undo_range){ from, pos };
	return true;
}

void
savepoints_reset(struct savepoints *s, enum fold_rule rule)
{
	while (s->newest)
		drop(s, s->newest);
	s->nundone = 0;
	s->rule = rule;
}

void
savepoints_clear(struct savepoints *s)
{
	savepoints_reset(s, s->rule);
	free(s->undone);
	*s = (struct savepoints){ 0 };
}
