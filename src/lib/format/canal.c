/* SPDX-License-Identifier: MIT
 *
 * --to canal: messages of Alibaba Canal as JSON (FlatMessage), as its producers
 * write them with fastjson2.
 * https://github.com/alibaba/canal/blob/master/protocol/src/main/java/com/alibaba/otter/canal/protocol/FlatMessage.java
 *
 * A message has the rows of one row event: those of one statement, table and
 * kind that are next to each other.
 */
#include "format/canal_value.h"
#include "format/format.h"
#include "format/format_statement.h"

#include <stdlib.h>

#include "base/array.h"
#include "base/integer.h"
#include "follow/action.h"
#include "json/object.h"
#include "json/scan.h"
#include "json/write.h"
#include "sql/statement.h"

enum { MOST = 1 << 20 };        /* bytes of a message's rows; then another
                                 * follows */

/* A column of the table whose message is being made. */
struct canal_column {
	struct buf name;        /* as it stands in records */
	struct buf type;        /* mysqlType, as JSON */
	int jdbc;               /* of its last value */
	bool key, seen;
};

struct canal_writer {
	struct format_cells before, after;
	struct canal_column *columns;
	size_t ncolumns;
	uint64_t version;       /* of the table that they are of */

	/* the message */
	uint64_t rows;
	char op;
	struct buf place;       /* of its event */
	struct buf data, old;   /* rows, with commas */
	struct buf head, tail;  /* what is between and after them */
	struct buf statement;   /* the last one */
	struct buf text;
};

/* ---- what a message says of its event */

/* The last number of a GTID, 0 where there is none. */
static uint64_t
number_of(struct span gtid)
{
	struct span digits = json_inside(gtid);
	uint64_t v;

	for (size_t i = 0; i < digits.n; i++)
		if (digits.p[i] == '-' || digits.p[i] == ':') {
			digits.p += i + 1;
			digits.n -= i + 1;
			i = (size_t)-1;
		}
	return digits.p && integer_read(digits, INT64_MAX, &v) ? v : 0;
}

static void
put_json(struct buf *out, const char *name, struct span json,
    const char *otherwise)
{
	buf_str(out, name);
	if (json.p && json.p[0] != 'n')
		buf_span(out, json);
	else
		buf_str(out, otherwise);
}

/* "database":…,"es":…,"gtid":…,"id":…,"isDdl":… */
static void
put_head(struct buf *out, struct span db, const struct record *rec, bool ddl)
{
	struct span gtid = member_value(&rec->block, M_GTID);

	buf_str(out, ",\"database\":");
	json_string(out, db);
	put_json(out, ",\"es\":", member_value(&rec->block, M_TS_MS), "null");
	put_json(out, ",\"gtid\":", gtid, "\"\"");
	buf_str(out, ",\"id\":");
	buf_u64(out, number_of(gtid));
	buf_str(out, ddl ? ",\"isDdl\":true" : ",\"isDdl\":false");
}

/* "table":…,"ts":…,"type":… */
static void
put_tail(struct buf *out, struct span table, struct span ts_ms,
    const char *type)
{
	buf_str(out, ",\"table\":");
	json_string(out, table);
	put_json(out, ",\"ts\":", ts_ms, "null");
	buf_str(out, ",\"type\":\"");
	buf_str(out, type);
	buf_str(out, "\"}\n");
}

/* ---- columns */

static struct canal_column *
column_at(struct canal_writer *w, const struct format_table *table, size_t at)
{
	while (w->ncolumns <= at) {
		const struct format_column *from =
		    table->columns[w->ncolumns];
		struct canal_column *to = ARRAY_ADD(w->columns, w->ncolumns);

		*to = (struct canal_column){ .key = from->as.key_part >= 0 };
		buf_span(&to->name, from->name);
		w->text.n = 0;
		canal_value_type(&w->text, from);
		json_string(&to->type, buf_view(&w->text));
	}
	return &w->columns[at];
}

static void
forget_columns(struct canal_writer *w)
{
	for (size_t i = 0; i < w->ncolumns; i++) {
		buf_free(&w->columns[i].name);
		buf_free(&w->columns[i].type);
	}
	free(w->columns);
	w->columns = NULL;
	w->ncolumns = 0;
}

static void
put_name(struct buf *out, const char *sign, struct span name)
{
	buf_str(out, sign);
	buf_char(out, '"');
	buf_span(out, name);
	buf_str(out, "\":");
}

/* An object with what each column of the rows has. */
static void
put_columns(struct buf *out, const struct canal_writer *w, bool types)
{
	const char *sign = "{";

	for (size_t i = 0; i < w->ncolumns; i++) {
		const struct canal_column *column = &w->columns[i];

		if (!column->seen)
			continue;
		put_name(out, sign, buf_view(&column->name));
		if (types)
			buf_span(out, buf_view(&column->type));
		else
			buf_i64(out, column->jdbc);
		sign = ",";
	}
	buf_char(out, '}');
}

static void
put_keys(struct buf *out, const struct canal_writer *w)
{
	const char *sign = "[\"";

	for (size_t i = 0; i < w->ncolumns; i++) {
		if (!w->columns[i].seen || !w->columns[i].key)
			continue;
		buf_str(out, sign);
		buf_span(out, buf_view(&w->columns[i].name));
		buf_char(out, '"');
		sign = ",\"";
	}
	buf_str(out, sign[0] == '[' ? "null" : "]");
}

/* ---- messages */

/* Write the one that was begun. */
static void
end_message(struct formatter *f)
{
	struct canal_writer *w = f->own;
	struct buf *out = &f->out.text;

	if (!w->rows)
		return;
	buf_str(out, "{\"data\":[");
	buf_span(out, buf_view(&w->data));
	buf_char(out, ']');
	buf_span(out, buf_view(&w->head));
	buf_str(out, ",\"mysqlType\":");
	put_columns(out, w, true);
	buf_str(out, ",\"old\":");
	if (w->op == 'u') {
		buf_char(out, '[');
		buf_span(out, buf_view(&w->old));
		buf_char(out, ']');
	} else {
		buf_str(out, "null");
	}
	buf_str(out, ",\"pkNames\":");
	put_keys(out, w);
	buf_str(out, ",\"sql\":\"\",\"sqlType\":");
	put_columns(out, w, false);
	buf_span(out, buf_view(&w->tail));
	w->rows = 0;
}

/* Does a row belong to the message that was begun? */
static bool
is_of_message(struct canal_writer *w, const struct format_change *c,
    uint64_t most)
{
	static const enum member_id members[] = { M_GTID, M_FILE, M_POS };
	bool known = true, same;

	w->text.n = 0;
	for (size_t i = 0; i < sizeof(members) / sizeof(*members); i++) {
		struct span value = member_value(&c->rec->block, members[i]);

		buf_span(&w->text, value);
		buf_char(&w->text, '\n');
		known = known && (value.p || members[i] == M_GTID);
	}
	same = known && w->rows && w->op == c->op &&
	    w->version == c->table->version && w->rows != most &&
	    w->data.n + w->old.n < MOST &&
	    span_eq(buf_view(&w->text), buf_view(&w->place));
	w->place.n = 0;
	buf_span(&w->place, buf_view(&w->text));
	return same;
}

static void
begin_message(struct formatter *f, const struct format_change *c)
{
	static const char *const types[256] = {
		['c'] = "INSERT", ['r'] = "INSERT", ['u'] = "UPDATE",
		['d'] = "DELETE",
	};
	struct canal_writer *w = f->own;

	end_message(f);
	if (w->version != c->table->version)
		forget_columns(w);
	for (size_t i = 0; i < w->ncolumns; i++)
		w->columns[i].seen = false;
	w->version = c->table->version;
	w->op = c->op;
	w->data.n = w->old.n = w->head.n = w->tail.n = 0;
	put_head(&w->head, c->table->db, c->rec, false);
	put_tail(&w->tail, c->table->name, c->rec->ts_ms,
	    types[(unsigned char)c->op]);
}

/* ---- rows */

static int
put_row(struct formatter *f, const struct format_change *c,
    const struct format_cells *row, struct err *err)
{
	struct canal_writer *w = f->own;

	if (w->rows)
		buf_char(&w->data, ',');
	buf_char(&w->data, '{');
	for (size_t i = 0; i < row->n; i++) {
		const struct format_cell *cell = &row->v[i];
		struct canal_column *column = column_at(w, c->table,
		    cell->column->at);

		put_name(&w->data, i ? "," : "", cell->column->name);
		if (canal_value_put(f, c->table, cell, &w->data,
		    &column->jdbc, err) < 0)
			return -1;
		column->seen = true;
	}
	buf_char(&w->data, '}');
	return 0;
}

/* What a column was, of those that changed. */
static int
put_old(struct formatter *f, const struct format_change *c, struct err *err)
{
	struct canal_writer *w = f->own;
	const char *sign = "";
	int jdbc;

	buf_str(&w->old, w->rows ? ",{" : "{");
	for (size_t i = 0; i < w->before.n; i++) {
		const struct format_cell *was = &w->before.v[i];
		const struct format_cell *is = format_cells_find(&w->after,
		    was->column);

		if (is && span_eq(is->json, was->json))
			continue;
		put_name(&w->old, sign, was->column->name);
		if (canal_value_put(f, c->table, was, &w->old, &jdbc,
		    err) < 0)
			return -1;
		sign = ",";
	}
	buf_char(&w->old, '}');
	return 0;
}

/* A reader makes NULL of what a new row lacks. */
static int
check_new(const struct canal_writer *w, const struct format_change *c,
    struct err *err)
{
	if (!format_cells_lack(&w->after, c->table))
		return 0;
	err_set(err, ERR_DATA, "table %s.%s: a new row of which some columns "
	    "are missing, which are unknown and not NULL", c->table->db.p,
	    c->table->name.p);
	return err_hint(err, "set binlog_row_image=FULL at the source");
}

/* The reader of an update takes what old does not name as unchanged. */
static int
check_images(const struct canal_writer *w, const struct format_change *c,
    struct err *err)
{
	const struct format_cells *rows[] = { &w->before, &w->after };

	for (size_t k = 0; k < 2; k++)
		for (size_t i = 0; i < rows[k]->n; i++) {
			const struct format_cell *cell = &rows[k]->v[i];

			if (format_cells_find(rows[!k], cell->column))
				continue;
			err_set(err, ERR_DATA, "table %s.%s: the record does "
			    "not say what %s %s, and an update needs both",
			    c->table->db.p, c->table->name.p,
			    cell->column->text.p, k ? "was" : "is");
			return err_hint(err, "set binlog_row_image=FULL at "
			    "the source");
		}
	return 0;
}

/* ---- statements */

static void
put_statement(struct formatter *f, const struct record *rec,
    struct span db, struct span table, struct span sql, struct span ts_ms,
    const char *type)
{
	struct buf *out = &f->out.text;

	buf_str(out, "{\"data\":null");
	put_head(out, db, rec, true);
	buf_str(out, ",\"mysqlType\":null,\"old\":null,\"pkNames\":null,"
	    "\"sql\":");
	json_string(out, sql);
	buf_str(out, ",\"sqlType\":null");
	put_tail(out, table, ts_ms, type);
}

static int
put_truncate(struct formatter *f, const struct format_change *c,
    struct err *err)
{
	struct statement sql = { 0 };
	struct span text;
	int status;

	end_message(f);
	statement_add(&sql, SQL("TRUNCATE TABLE "), SQL_TABLE(c->table->db,
	    c->table->name));
	status = statement_text(&sql, &text, err);
	if (status == 0)
		put_statement(f, c->rec, c->table->db, c->table->name, text,
		    c->rec->ts_ms, "TRUNCATE");
	statement_free(&sql);
	return status;
}

static const char *
type_of_statement(const struct action *s)
{
	static const char *const types[] = {
		[FORM_OTHER] = "QUERY", [FORM_CREATE] = "CREATE",
		[FORM_ALTER] = "ALTER", [FORM_DROP] = "ERASE",
		[FORM_RENAME] = "RENAME", [FORM_INDEX] = "CINDEX",
		[FORM_DROP_DATABASE] = "QUERY",
	};
	struct sql at = sql_in(s->text, s->mode);

	if (s->on != ON_TABLES)
		return "QUERY";
	if (s->form == FORM_INDEX && sql_word(&at, "DROP"))
		return "DINDEX";
	return s->form == FORM_OTHER && sql_word(&at, "TRUNCATE") ?
	    "TRUNCATE" : types[s->form];
}

/* RENAME: what the first one is called then. */
static const struct act *
renamed(const struct action *s)
{
	for (size_t i = 0; s->form == FORM_RENAME && i < s->nacts; i++)
		if (s->acts[i].renamed && s->acts[i].name)
			return &s->acts[i];
	return NULL;
}

static void
take_statement(struct formatter *f, const struct record *rec,
    struct span text)
{
	struct span source = object_member(rec->body, "source");
	struct buf db = { 0 }, table = { 0 };
	struct action action = { 0 };
	const struct act *new;

	object_text(&db, source, "db");
	object_text(&table, source, "table");
	action_read(&action, text, buf_view(&db), (unsigned)object_number(
	    object_member(rec->body, "session"), "sql_mode") & SQL_MODES);
	new = renamed(&action);
	put_statement(f, rec, new && new->db ? span_of(new->db) :
	    buf_view(&db), new ? span_of(new->name) : buf_view(&table), text,
	    object_member(rec->body, "ts_ms"), type_of_statement(&action));
	action_clear(&action);
	buf_free(&db);
	buf_free(&table);
}

/* ---- records */

static int
change(struct formatter *f, const struct format_change *c, struct err *err)
{
	struct canal_writer *w = f->own;

	if (c->op == 't')
		return put_truncate(f, c, err);
	if (format_cells_read(&w->before, f, c->table, &c->before, err) < 0 ||
	    format_cells_read(&w->after, f, c->table, &c->after, err) < 0 ||
	    (c->op == 'u' && check_images(w, c, err) < 0) ||
	    (c->op != 'u' && c->op != 'd' && check_new(w, c, err) < 0))
		return -1;
	if (!is_of_message(w, c, f->opt->own.batch))
		begin_message(f, c);
	if (put_row(f, c, c->op == 'd' ? &w->before : &w->after, err) < 0 ||
	    (c->op == 'u' && put_old(f, c, err) < 0))
		return -1;
	w->rows++;
	return 0;
}

static int
control(struct formatter *f, struct record *rec, struct err *err)
{
	struct canal_writer *w = f->own;
	struct span ddl = object_member(rec->body, "ddl");

	(void)err;
	end_message(f);
	if (rec->kind != KIND_SCHEMA || !f->opt->own.schema_changes ||
	    !ddl.p || ddl.p[0] != '"' ||
	    format_statement_again(&w->statement, rec, ddl))
		return 0;
	w->text.n = 0;
	json_unescape(&w->text, json_inside(ddl));
	if (w->text.n)
		take_statement(f, rec, buf_view(&w->text));
	return 0;
}

static int
finish(struct formatter *f, struct err *err)
{
	(void)err;
	end_message(f);
	return 0;
}

static int
open_canal(struct formatter *f, struct err *err)
{
	(void)err;
	f->own = xcalloc(1, sizeof(struct canal_writer));
	return 0;
}

static void
close_canal(struct formatter *f)
{
	struct canal_writer *w = f->own;
	struct buf *all[] = { &w->place, &w->data, &w->old, &w->head,
		&w->tail, &w->statement, &w->text };

	forget_columns(w);
	format_cells_free(&w->before);
	format_cells_free(&w->after);
	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		buf_free(all[i]);
	free(w);
}

const struct format format_canal = {
	.name = "canal",
	.apart = true,
	.options = "batch schema-changes",
	.takes = TAKES_MOVES, .typed = true,
	.open = open_canal, .change = change, .control = control,
	.finish = finish, .close = close_canal,
};
