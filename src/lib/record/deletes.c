/* SPDX-License-Identifier: MIT */
#include "record/deletes.h"

/* With its quotes. */
static struct span
quoted(struct span inside)
{
	return inside.p ? (struct span){ inside.p - 1, inside.n + 2 } : inside;
}

void
deletes_set(struct deletes *last, const struct record *rec, bool kept)
{
	last->topic.n = last->key.n = last->db.n = last->table.n = 0;
	buf_span(&last->topic, rec->topic);
	buf_span(&last->key, rec->key);
	buf_span(&last->db, quoted(rec->db));
	buf_span(&last->table, quoted(rec->table));
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

/* A tombstone that says its table is of no delete of another. */
static bool
other_table(const struct deletes *last, const struct record *tombstone)
{
	return tombstone->db.p && tombstone->table.p && last->db.n &&
	    last->table.n &&
	    !(json_same(quoted(tombstone->db), buf_view(&last->db)) &&
	    json_same(quoted(tombstone->table), buf_view(&last->table)));
}

bool
deletes_has(const struct deletes *last,
    const struct record *tombstone)
{
	if (last->line == 0 || !same_or_absent(tombstone->topic,
	    &last->topic) || !same_or_absent(tombstone->key, &last->key) ||
	    other_table(last, tombstone))
		return false;
	return (last->topic.n && last->key.n) ||
	    tombstone->line.number == last->line + 1;
}

void
deletes_clear(struct deletes *last)
{
	buf_free(&last->topic);
	buf_free(&last->key);
	buf_free(&last->db);
	buf_free(&last->table);
}
