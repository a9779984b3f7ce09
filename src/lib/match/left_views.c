/* SPDX-License-Identifier: MIT */
#include "match/left_views.h"

#include <search.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/buf.h"

enum { LIMIT = 65536 };

/* "db\0name" */
static struct span
key_of(struct buf *key, struct span db, struct span name)
{
	key->n = 0;
	buf_span(key, db);
	buf_char(key, '\0');
	buf_span(key, name);
	return buf_view(key);
}

static void
name_free(void *name)
{
	struct span *key = name;

	free((char *)key->p);
	free(key);
}

static void
remember(struct left_views *v, struct span key)
{
	struct span *own;

	if (v->n >= LIMIT || tfind(&key, &v->names, span_order))
		return;
	own = xcalloc(1, sizeof(*own));
	*own = (struct span){ xmemdup(key.p, key.n), key.n };
	if (tsearch(own, &v->names, span_order))
		v->n++;
	else
		name_free(own);
}

static void
forget(struct left_views *v, struct span key)
{
	struct span **found = tfind(&key, &v->names, span_order);
	struct span *own = found ? *found : NULL;

	if (!own)
		return;
	tdelete(own, &v->names, span_order);
	name_free(own);
	v->n--;
}

void
left_views_set(struct left_views *v, struct span db, struct span name,
    bool left_out)
{
	struct buf key = { 0 };

	(left_out ? remember : forget)(v, key_of(&key, db, name));
	buf_free(&key);
}

bool
left_views_has(const struct left_views *v, struct span db, struct span name)
{
	struct buf key = { 0 };
	struct span at = key_of(&key, db, name);
	bool has = tfind(&at, &v->names, span_order) != NULL;

	buf_free(&key);
	return has;
}

void
left_views_clear(struct left_views *v)
{
	while (v->names) {
		struct span *own = *(struct span **)v->names;

		tdelete(own, &v->names, span_order);
		name_free(own);
	}
	v->n = 0;
}
