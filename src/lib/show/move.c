/* SPDX-License-Identifier: MIT */
#include "show/move.h"

#include "record/fields.h"

static bool
same_span(struct span a, struct span b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

bool
move_hold(struct move *m, const struct record *rec, struct err *err)
{
	struct line line = rec->line;

	if (rec->letter != 'd' || rec->kind != KIND_ENVELOPE ||
	    !record_header(rec, "__debezium.newkey").p)
		return false;
	m->text.n = 0;
	buf_span(&m->text, rec->line.text);
	/* as lines.c gives it, with a newline after it */
	buf_char(&m->text, '\n');
	line.text.p = m->text.p;
	m->old.shape = rec->shape;
	m->tombstone = false;
	m->waits = record_scan(&m->old, &line, err) == 0;
	return m->waits;
}

bool
move_completes(const struct move *m, struct record *rec)
{
	return m->waits && rec->letter == 'c' && rec->kind == KIND_ENVELOPE &&
	    record_header(rec, "__debezium.oldkey").p &&
	    same_span(rec->db, m->old.db) &&
	    same_span(rec->table, m->old.table) &&
	    same_span(rec->source, m->old.source);
}

bool
move_has_tombstone(const struct move *m, const struct record *rec)
{
	return m->waits && !m->tombstone && record_is_tombstone(rec) &&
	    rec->line.number == m->old.line.number + 1 &&
	    same_span(rec->key, m->old.key);
}

void
move_clear(struct move *m)
{
	buf_free(&m->text);
	record_clear(&m->old);
}
