/* SPDX-License-Identifier: MIT
 *
 * --to sql: a script for mariadb(1), which means the same under every sql_mode.
 *
 * A transaction of the source is one of the script.  A row is found by its key,
 * or, in a table without one, by all of its columns, compared byte for byte.
 * An update sets what changed, and what the server would otherwise set itself
 * (ON UPDATE CURRENT_TIMESTAMP) to what it is.
 */
#include "format/sql.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/integer.h"
#include "charset/charset.h"
#include "format/format.h"
#include "format/format_text.h"
#include "format/format_time.h"
#include "io/stop.h"
#include "json/object.h"
#include "json/scan.h"
#include "target/unchecked.h"

/* What is written again and again for a table. */
struct sql_table {
	struct statement insert;        /* INSERT … VALUES (, of all columns */
	size_t columns;                 /* of the table, then */
};

/* ---- statements */

/* A geometry of no bytes can be written by no statement: a row that is made
 * without it has it, where it is NOT NULL. */
static int
is_left_out(struct formatter *f, const struct format_table *table,
    const struct format_cell *cell, struct err *err)
{
	struct format_value v;

	if (sql_is_made_by_server(f, table, cell->column))
		return 1;
	if (cell->column->as.class != CLASS_GEOMETRY ||
	    cell->json.p[0] != '{')
		return 0;
	if (format_text(f, table, cell, &v, err) < 0)
		return -1;
	if (v.bytes.n)
		return 0;
	return cell->column->as.nullable ? format_text_refuse(table, cell,
	    "an empty geometry, which no statement can write", NULL, err) : 1;
}

/* INSERT INTO `db`.`t` (`a`, `b`) VALUES ( */
static int
put_insert_head(struct formatter *f, struct statement *sql,
    const struct format_table *table, const struct format_cells *row,
    bool *all, struct err *err)
{
	struct sql_part word = SQL("");

	*all = row->whole;
	statement_add(sql, SQL("INSERT INTO "), sql_table_of(table), SQL(" ("));
	for (size_t i = 0; i < row->n; i++) {
		int left_out = is_left_out(f, table, &row->v[i], err);

		if (left_out < 0)
			return -1;
		*all = *all && !left_out &&
		    row->v[i].column->as.class != CLASS_GEOMETRY;
		if (left_out)
			continue;
		statement_add(sql, word, SQL_NAME(row->v[i].column->text));
		word = SQL(", ");
	}
	statement_add(sql, SQL(") VALUES ("));
	return 0;
}

/* The head is the same for all rows that have all columns. */
static int
put_known_head(struct formatter *f, struct format_table *table,
    const struct format_cells *row, bool *all, struct err *err)
{
	struct sql_writer *w = sql_writer_of(f);
	struct sql_table *t = table->own;

	if (t && t->columns == row->n && row->whole) {
		*all = true;
		statement_add(&w->sql, SQL_OF(&t->insert));
		return 0;
	}
	if (put_insert_head(f, &w->sql, table, row, all, err) < 0)
		return -1;
	if (!*all)
		return 0;
	if (!t)
		t = table->own = xcalloc(1, sizeof(*t));
	statement_clear(&t->insert);
	t->columns = row->n;
	return put_insert_head(f, &t->insert, table, row, all, err);
}

static int
put_insert(struct formatter *f, const struct format_change *c,
    struct err *err)
{
	struct sql_writer *w = sql_writer_of(f);
	const struct format_cells *row = &w->after;
	struct sql_part word = SQL("");
	bool all;

	if (put_known_head(f, c->table, row, &all, err) < 0)
		return -1;
	for (size_t i = 0; i < row->n; i++) {
		int left_out = all ? 0 : is_left_out(f, c->table, &row->v[i],
		    err);

		if (left_out < 0)
			return -1;
		if (left_out)
			continue;
		statement_add(&w->sql, word);
		if (sql_value_put(f, c->table, &row->v[i], err) < 0)
			return -1;
		word = SQL(", ");
	}
	statement_add(&w->sql, SQL(");\n"));
	return 0;
}

static bool
is_changed(const struct sql_writer *w, const struct format_cell *cell)
{
	const struct format_cell *was = format_cells_find(&w->before,
	    cell->column);

	return !was || !span_eq(was->json, cell->json);
}

/* An update sets it itself (ON UPDATE CURRENT_TIMESTAMP), unless a statement
 * does: to what it is, which null need not be (is_maybe_zero). */
static void
put_kept(struct sql_writer *w, struct sql_part *word,
    const struct format_column *column)
{
	if (column->as.class != CLASS_TIMESTAMP &&
	    column->as.class != CLASS_DATETIME)
		return;
	statement_add(&w->sql, *word, SQL_NAME(column->text), SQL(" = "),
	    SQL_NAME(column->text));
	*word = SQL(", ");
}

static int
put_update(struct formatter *f, const struct format_change *c,
    struct err *err)
{
	struct sql_writer *w = sql_writer_of(f);
	struct sql_part word = SQL(" SET ");
	bool any = false;

	statement_add(&w->sql, SQL("UPDATE "), sql_table_of(c->table));
	for (size_t i = 0; i < w->after.n; i++) {
		const struct format_cell *cell = &w->after.v[i];
		struct format_value v;

		if (sql_is_made_by_server(f, c->table, cell->column))
			continue;
		if (!is_changed(w, cell)) {
			put_kept(w, &word, cell->column);
			continue;
		}
		if (cell->column->as.class == CLASS_GEOMETRY &&
		    cell->json.p[0] == '{') {
			if (format_text(f, c->table, cell, &v, err) < 0)
				return -1;
			if (!v.bytes.n)         /* it stays as it is */
				continue;
		}
		statement_add(&w->sql, word, SQL_NAME(cell->column->text),
		    SQL(" = "));
		if (sql_value_put(f, c->table, cell, err) < 0)
			return -1;
		word = SQL(", ");
		any = true;
	}
	if (!any) {                     /* nothing that a statement can set */
		statement_clear(&w->sql);
		return 0;
	}
	return sql_where_put(f, c, err);
}

static int
put_delete(struct formatter *f, const struct format_change *c,
    struct err *err)
{
	statement_add(&sql_writer_of(f)->sql, SQL("DELETE FROM "),
	    sql_table_of(c->table));
	return sql_where_put(f, c, err);
}

/* References to its rows are not looked at, as they are not by a replica; and
 * it commits. */
static int
put_truncate(struct formatter *f, const struct format_change *c,
    struct err *err)
{
	(void)err;
	statement_add(&sql_writer_of(f)->sql,
	    SQL("SET SESSION foreign_key_checks=0;\nTRUNCATE TABLE "),
	    sql_table_of(c->table),
	    SQL(";\nSET SESSION foreign_key_checks=1;\n"));
	return 0;
}

/* ---- changes */

static int (*const verbs[256])(struct formatter *,
    const struct format_change *, struct err *) = {
	['c'] = put_insert, ['r'] = put_insert, ['u'] = put_update,
	['d'] = put_delete, ['t'] = put_truncate,
};

/* 2026-11-27 10:00:00 UTC, of milliseconds */
static void
put_time(struct buf *out, struct span ms)
{
	uint64_t v;

	if (!integer_read(ms, (uint64_t)UINT32_MAX * 1000, &v))
		return;
	format_time_civil(out, v / 1000, ' ');
	buf_str(out, " UTC");
}

/* Transactions of one second follow each other. */
static void
put_time_of(struct sql_writer *w, struct span ms)
{
	if (!span_eq(ms, buf_view(&w->time_ms)) || !w->time.n) {
		w->time.n = w->time_ms.n = 0;
		put_time(&w->time, ms);
		buf_span(&w->time_ms, ms);
	}
	buf_span(&w->bytes, buf_view(&w->time));
}

static void
put_word(struct buf *out, const char *word, struct span json)
{
	struct buf scratch = { 0 };
	struct span text;

	if (!json.p || json.p[0] == 'n')
		return;
	if (json.p[0] != '"') {
		buf_str(out, word);
		buf_span(out, json);
		return;
	}
	text = json_value_text(json, &scratch);
	buf_str(out, word);
	buf_span(out, text);
	buf_free(&scratch);
}

/* What the transaction was at the source. */
static void
put_origin(struct sql_writer *w, const struct record *rec)
{
	const struct members *m = &rec->block;
	struct buf *out = &w->bytes;

	out->n = 0;
	if (w->transaction.id.n)
		put_word(out, "", buf_view(&w->transaction.id));
	else
		buf_str(out, "rows of a copy");
	buf_str(out, ", ");
	put_time_of(w, member_value(m, M_TS_MS));
	put_word(out, ", server ", member_value(m, M_SERVER_ID));
	put_word(out, ", thread ", member_value(m, M_THREAD));
	statement_add(&w->set, SQL_COMMENT(buf_view(out)));
}

/* --query, once for the rows of a statement. */
static void
put_query(struct sql_writer *w, const struct record *rec)
{
	struct span json = member_value(&rec->block, M_QUERY);

	if (!json.p || json.p[0] != '"' ||
	    span_eq(json, buf_view(&w->query)))
		return;
	w->query.n = 0;
	buf_span(&w->query, json);
	w->bytes.n = 0;
	json_unescape(&w->bytes, json_inside(json));
	statement_add(&w->set, SQL_COMMENT(buf_view(&w->bytes)));
}

/* A truncate is its own transaction. */
static void
put_edges(struct formatter *f, const struct format_change *c)
{
	struct sql_writer *w = sql_writer_of(f);
	unsigned edges = format_transaction_at(&w->transaction, c->rec);

	if (edges & EDGE_ENDS)
		statement_add(&w->set, SQL("COMMIT;\n"));
	if (edges & EDGE_BEGINS) {
		w->query.n = 0;
		put_origin(w, c->rec);
		if (c->op != 't')
			statement_add(&w->set, SQL("START TRANSACTION;\n"));
	}
	if (c->op == 't')
		w->transaction.open = false;
	if (f->opt->own.query)
		put_query(w, c->rec);
}

/* The session as the row's was. */
static void
put_switches(struct sql_writer *w, const struct format_change *c)
{
	uint8_t unchecked = unchecked_of(c->rec);

	if (record_op(c->rec) == 'r')   /* what it refers to comes later */
		unchecked |= UNCHECKED_KEYS | UNCHECKED_ROWS;
	if (c->op == 't')
		unchecked = w->unchecked;
	if (unchecked != w->unchecked) {
		unchecked_put(&w->set, w->unchecked, unchecked);
		statement_add(&w->set, SQL(";\n"));
	}
	if (w->needs_lenient != w->lenient)
		statement_add(&w->set, w->needs_lenient ?
		    SQL("SET SESSION sql_mode='" SQL_LENIENT_MODE "';\n") :
		    SQL("SET SESSION sql_mode='" SQL_STRICT_MODE "';\n"));
	w->unchecked = unchecked;
	w->lenient = w->needs_lenient;
}

static int
print(struct formatter *f, struct statement *sql, struct err *err)
{
	struct span text;

	if (statement_text(sql, &text, err) < 0)
		return -1;
	buf_span(&f->out.text, text);
	statement_clear(sql);
	return 0;
}

static int
change(struct formatter *f, const struct format_change *c, struct err *err)
{
	struct sql_writer *w = sql_writer_of(f);

	w->needs_lenient = false;
	w->key.n = 0;
	if (format_cells_read(&w->after, f, c->table, &c->after, err) < 0 ||
	    format_cells_read(&w->before, f, c->table, &c->before,
	    err) < 0 || ((c->op == 'u' || c->op == 'd') &&
	    !sql_where_key(w, 0) && format_cells_read(&w->key, f, c->table,
	    &c->key, err) < 0) ||
	    verbs[(unsigned char)c->op](f, c, err) < 0)
		return -1;
	put_edges(f, c);
	put_switches(w, c);
	return print(f, &w->set, err) < 0 ? -1 : print(f, &w->sql, err);
}

/* ---- the rest */

static int
commit(struct formatter *f, struct err *err)
{
	struct sql_writer *w = sql_writer_of(f);

	statement_add(&w->set, SQL("COMMIT;\n"));
	return print(f, &w->set, err);
}

static int
control(struct formatter *f, struct record *rec, struct err *err)
{
	struct sql_writer *w = sql_writer_of(f);

	if (rec->kind != KIND_SCHEMA)
		return format_transaction_control(&w->transaction, rec) ?
		    commit(f, err) : 0;
	if (f->opt->own.schema_changes &&
	    sql_session_statement(w, rec, err) < 0)
		return -1;
	if (!statement_size(&w->sql))
		return 0;
	if (format_transaction_end(&w->transaction) && commit(f, err) < 0)
		return -1;
	w->unchecked = 0;
	w->lenient = false;
	return print(f, &w->sql, err);
}

static int
finish(struct formatter *f, struct err *err)
{
	struct sql_writer *w = sql_writer_of(f);

	/* what a signal cut off is not whole, and is rolled back */
	if (f->failed == ERR_NONE && !stop_requested() &&
	    format_transaction_end(&w->transaction))
		return commit(f, err);
	return 0;
}

static int
open_script(struct formatter *f, struct err *err)
{
	struct sql_writer *w = xcalloc(1, sizeof(*w));

	f->own = w;
	sql_session_put(&w->sql, true);
	return print(f, &w->sql, err);
}

static void
close_script(struct formatter *f)
{
	struct sql_writer *w = sql_writer_of(f);

	format_cells_free(&w->before);
	format_cells_free(&w->after);
	format_cells_free(&w->key);
	statement_free(&w->sql);
	statement_free(&w->set);
	buf_free(&w->transaction.id);
	buf_free(&w->query);
	buf_free(&w->place);
	buf_free(&w->time);
	buf_free(&w->time_ms);
	buf_free(&w->bytes);
	free(w);
}

static void
forget(struct format_table *table, bool gone)
{
	struct sql_table *t = table->own;

	t->columns = 0;
	if (!gone)
		return;
	statement_free(&t->insert);
	free(t);
	table->own = NULL;
}

const struct format format_sql = {
	.name = "sql",
	.options = "query schema-changes",
	.takes = TAKES_MOVES,
	.statements = STATEMENTS_REFUSED,
	.typed = true,
	.open = open_script, .change = change, .control = control,
	.finish = finish, .close = close_script, .forget = forget,
};
