/* SPDX-License-Identifier: MIT */
#include "binlog/savepoint.h"

#include <stdlib.h>
#include <strings.h>

#include "base/alloc.h"

struct savepoint {
	char *name;
	uint64_t pos;           /* what comes behind is undone with it */
};

static void
drop(struct savepoints *s, size_t keep)
{
	while (s->npoints > keep)
		free(s->points[--s->npoints].name);
}

/* Its index + 1; 0 where there is none. */
static size_t
find(const struct savepoints *s, struct span name)
{
	size_t i = s->npoints;

	while (i > 0 && (strlen(s->points[i - 1].name) != name.n ||
	    strncasecmp(s->points[i - 1].name, name.p, name.n) != 0))
		i--;
	return i;
}

void
savepoint_set(struct savepoints *s, struct span name, uint64_t pos)
{
	size_t old = find(s, name);

	if (old) {
		free(s->points[old - 1].name);
		memmove(s->points + old - 1, s->points + old,
		    (s->npoints - old) * sizeof(*s->points));
		s->npoints--;
	}
	s->points = xreallocarray(s->points, s->npoints + 1,
	    sizeof(*s->points));
	s->points[s->npoints++] = (struct savepoint){
		xmemdup(name.p, name.n), pos,
	};
}

bool
savepoint_rollback(struct savepoints *s, struct span name, uint64_t pos)
{
	size_t i = find(s, name);
	uint64_t from;

	if (!i)
		return false;
	from = s->points[i - 1].pos;
	drop(s, i);
	while (s->nundone && s->undone[s->nundone - 1].from >= from)
		s->nundone--;
	s->undone = xreallocarray(s->undone, s->nundone + 1,
	    sizeof(*s->undone));
	s->undone[s->nundone++] = (struct undo_range){ from, pos };
	return true;
}

void
savepoints_reset(struct savepoints *s)
{
	drop(s, 0);
	s->nundone = 0;
}

void
savepoints_clear(struct savepoints *s)
{
	drop(s, 0);
	free(s->points);
	free(s->undone);
	*s = (struct savepoints){ 0 };
}
