/* SPDX-License-Identifier: MIT */
#include "event/deletes.h"

void
last_delete_set(struct last_delete *last, const struct record *rec, bool kept)
{
	last->topic.n = last->key.n = 0;
	buf_span(&last->topic, rec->topic);
	buf_span(&last->key, rec->key);
	last->line = rec->line.number;
	last->kept = kept;
}

/* A bare envelope has neither, and no more has its tombstone, which stands on
 * the next line. */
static bool
same_or_absent(struct span a, const struct buf *b)
{
	return a.n && b->n ? json_same(a, buf_view(b)) : a.n == b->n;
}

bool
last_delete_has(const struct last_delete *last,
    const struct record *tombstone)
{
	if (last->line == 0 || !same_or_absent(tombstone->topic,
	    &last->topic) || !same_or_absent(tombstone->key, &last->key))
		return false;
	return (last->topic.n && last->key.n) ||
	    tombstone->line.number == last->line + 1;
}

void
last_delete_clear(struct last_delete *last)
{
	buf_free(&last->topic);
	buf_free(&last->key);
}
