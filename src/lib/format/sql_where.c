/* SPDX-License-Identifier: MIT
 *
 * Which row a statement changes: by its key, or by all that it was.
 */
#include "charset/charset.h"
#include "format/format_text.h"
#include "format/sql.h"

/* `id` = 7, by a form of target_column.h whose '?' is the value. */
static int
put_condition(struct formatter *f, const struct format_change *c,
    const struct format_cell *cell, bool key, struct err *err)
{
	const struct target_column *as = &cell->column->as;
	struct sql_writer *w = sql_writer_of(f);
	struct statement form = { 0 };
	size_t at;
	int status;

	/* numbers of ours are none of text, which must be cast */
	if (as->class == CLASS_INT || as->class == CLASS_DECIMAL) {
		statement_add(&w->sql, SQL_NAME(cell->column->text),
		    key ? SQL(" = ") : SQL(" <=> "));
		return sql_value_put(f, c->table, cell, err);
	}
	/* bytes that are no characters, too: their collation is not known */
	key = key && !charset_has_strays(cell->json);
	at = key ? target_put_key(&form, as, false) :
	    target_put_match(&form, as);
	statement_add_piece(&w->sql, &form, 0, at);
	status = sql_value_put(f, c->table, cell, err);
	statement_add_piece(&w->sql, &form, at + 1, statement_size(&form));
	statement_free(&form);
	return status;
}

const struct format_cell *
sql_where_key(const struct sql_writer *w, size_t part)
{
	const struct format_cells *rows[] = { &w->before, &w->key };

	for (size_t k = 0; k < 2; k++)
		for (size_t i = 0; i < rows[k]->n; i++)
			if (rows[k]->v[i].column->as.key_part == (int)part)
				return &rows[k]->v[i];
	return NULL;
}

static int
put_key(struct formatter *f, const struct format_change *c, struct err *err)
{
	struct sql_writer *w = sql_writer_of(f);

	for (size_t part = 0; part < c->table->nkey; part++) {
		const struct format_cell *cell = sql_where_key(w, part);

		if (!cell)
			return err_set(err, ERR_DATA, "table %s.%s: the record "
			    "lacks %s, which is part of its key",
			    c->table->db.p, c->table->name.p,
			    c->table->schema->keys[0].columns[part]);
		statement_add(&w->sql, part ? SQL(" AND ") : SQL(" WHERE "));
		if (put_condition(f, c, cell, true, err) < 0)
			return -1;
	}
	return 0;
}

/* A date that does not exist is null in numbers. */
static bool
is_maybe_zero(const struct formatter *f, const struct format_cell *cell)
{
	enum type_class class = cell->column->as.class;

	return cell->json.p[0] == 'n' && f->tables.modes.time != TIME_STRING &&
	    (class == CLASS_DATE || class == CLASS_DATETIME ||
	    class == CLASS_TIMESTAMP);
}

static int
put_match(struct formatter *f, const struct format_change *c,
    struct err *err)
{
	struct sql_writer *w = sql_writer_of(f);
	struct sql_part word = SQL(" WHERE ");

	if (!c->before.json.p) {
		err_set(err, ERR_DATA, "table %s.%s has no key, and the record "
		    "has no before: its row is unknown", c->table->db.p,
		    c->table->name.p);
		return err_hint(err, "give the table a primary key");
	}
	for (size_t i = 0; i < w->before.n; i++) {
		const struct format_column *col = w->before.v[i].column;

		if (sql_is_made_by_server(f, c->table, col))
			continue;
		if (is_maybe_zero(f, &w->before.v[i]))
			return format_text_refuse(c->table, &w->before.v[i],
			    "it may be NULL or a zero date, and in a table "
			    "without a key all columns find the row",
			    "use cdc-tail --time string, or give the table a "
			    "primary key", err);
		statement_add(&w->sql, word);
		if (put_condition(f, c, &w->before.v[i], false, err) < 0)
			return -1;
		word = SQL(" AND ");
	}
	statement_add(&w->sql, SQL(" LIMIT 1"));
	return 0;
}

int
sql_where_put(struct formatter *f, const struct format_change *c,
    struct err *err)
{
	int status = (c->table->nkey ? put_key : put_match)(f, c, err);

	statement_add(&sql_writer_of(f)->sql, SQL(";\n"));
	return status;
}
