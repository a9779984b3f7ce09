/* SPDX-License-Identifier: MIT */
#include "snapshot/select.h"

#include <string.h>

#include "base/array.h"
#include "db/query.h"
#include "snapshot/waiting.h"

enum { READ_TIMEOUT_S = 60 };

/* --where, and what is not copied yet. */
static void
put_condition(const struct selection *s, struct statement *sql)
{
	const struct copy_conditions *where = &s->opt->where;
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
	copy_progress_condition(s->steps, word, sql);
	buf_free(&name);
}

static const struct copied_table *
table_of(const struct snapshot_source *s, const struct copy_condition *c)
{
	struct buf name = { 0 };
	const struct copied_table *found = NULL;

	for (size_t i = 0; i < s->ntables && !found; i++) {
		name.n = 0;
		buf_printf(&name, "%s.%s", s->tables[i].db,
		    s->tables[i].name);
		if (span_eq(c->table, buf_view(&name)))
			found = &s->tables[i];
	}
	buf_free(&name);
	return found;
}

static int
check_condition(struct snapshot_source *s, const struct copy_condition *c,
    struct db *db, struct err *err)
{
	const struct copied_table *t = table_of(s, c);
	struct waiting w = { .source = s, .db = db, .table = t };
	int status;

	if (!t) {
		err_set(err, ERR_USAGE, "--where %.*s: no such table is "
		    "copied", (int)c->table.n, c->table.p);
		return err_hint(err, "db.table as the server writes it; -t "
		    "and --exclude-table may leave it out");
	}
	if (waiting_begin(&w, err) < 0)
		return -1;
	do
		status = db_execute(db, err, SQL("SELECT 1 FROM "), SQL_TABLE(
		    span_of(t->db), span_of(t->name)), SQL(" WHERE "),
		    SQL_EXPRESSION(span_of(c->sql)), SQL(" LIMIT 0"));
	while (status < 0 && waiting_again(&w, err));
	if (status == 0)
		return 0;
	if (err->kind == ERR_CONFIG || err->kind == ERR_DATA)
		err->kind = ERR_USAGE;
	return err_wrap(err, "--where");
}

/* Over a connection that holds nothing for the snapshot's time. */
int
select_check(const struct snapshot_options *opt,
    struct snapshot_source *s, struct err *err)
{
	struct db *db = opt->where.n ? db_twin(s->db) : NULL;
	int status = db ? db_connect(db, READ_TIMEOUT_S, err) : 0;

	for (size_t i = 0; status == 0 && i < opt->where.n; i++)
		status = check_condition(s, &opt->where.v[i], db, err);
	db_free(db);
	return status;
}

bool
select_is_sorted(const struct copied_table *t)
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

/* The table ends at the first colon with a blank after it. */
int
snapshot_where(struct copy_conditions *all, const char *text,
    struct err *err)
{
	const char *colon = strstr(text, ": "), *why;

	if (!colon || colon == text)
		return err_set(err, ERR_USAGE, "'%s' is not db.table: "
		    "CONDITION", text);
	why = sql_expression_fault(span_of(colon + 2));
	if (why)
		return err_set(err, ERR_USAGE, "'%s' is not one expression: "
		    "%s", text, why);
	*ARRAY_ADD(all->v, all->n) = (struct copy_condition){
		.table = { text, (size_t)(colon - text) }, .sql = colon + 2 };
	return 0;
}
