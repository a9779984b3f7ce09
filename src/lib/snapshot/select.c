/* SPDX-License-Identifier: MIT */
#include "snapshot/select.h"

/* --where, and what is not copied yet. */
static void
put_condition(const struct selection *s, struct statement *sql)
{
	const struct conditions *where = &s->opt->where;
	struct sql_part word = SQL(" WHERE ");
	struct buf name = { 0 };

	buf_printf(&name, "%s.%s", s->of->db, s->of->name);
	for (size_t i = 0; i < where->n; i++) {
		if (!span_eq(where->v[i].table, buf_view(&name)))
			continue;
		statement_add(sql, word,
		    SQL_EXPRESSION(span_of(where->v[i].sql)));
		word = SQL(" AND ");
	}
	steps_condition(s->steps, word, sql);
	buf_free(&name);
}

bool
select_is_sorted(const struct source_table *t)
{
	for (size_t i = 0; i < t->schema->nkeys; i++)
		if (t->schema->keys[i].primary)
			return t->transactional;
	return false;
}

void
select_put(const struct selection *s, struct statement *sql)
{
	copy_rows_select(s->rows, sql);
	put_condition(s, sql);
	if (select_is_sorted(s->of))
		copy_rows_order(s->rows, SQL(""), sql);
}
