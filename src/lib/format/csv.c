/* SPDX-License-Identifier: MIT
 *
 * --to csv, --to tsv: a line for each change, with the row after it (before it,
 * of a delete).
 *
 * All lines of a file have the columns that its first line names.  So a second
 * table, or a table that changes, needs a second file (--split), unless
 * --columns names columns that all of them have.
 */
#include "format/csv_field.h"
#include "format/format.h"
#include "format/meta.h"
#include "format/format_text.h"

#include <stdlib.h>

#include "base/array.h"
#include "base/hex.h"
#include "json/write.h"

/* What separates the two formats. */
struct dialect {
	char separator;
	const char *end;        /* of a line */
	const char *null;
	const char *ending;     /* of a file's name */
	bool escapes;           /* TSV */
};

static const struct dialect csv = { ',', "\r\n", "", ".csv", false };
static const struct dialect tsv = { '\t', "\n", "\\N", ".tsv", true };

/* A field of a line: something of the record, or a column. */
struct slot {
	const struct format_meta *meta;
	const struct format_column *column;
};

/* What is kept of a table. */
struct sheet {
	struct slot *slots;     /* of the columns that it has now … */
	size_t n;
	struct buf header;      /* … which it names so */
	struct format_file *file;       /* --split */
	unsigned number;        /* of its files */
};

struct writer {
	const struct dialect *dialect;
	struct span null;
	bool tells_op, tells_table;
	struct format_cells cells;
	struct buf scratch;
	struct buf header;      /* of stdout, once it is written */
	const struct format_table *table;       /* whose lines go there */
	bool begun;
};

static const struct dialect *
dialect_of(const struct formatter *f)
{
	return strcmp(f->format->name, "tsv") == 0 ? &tsv : &csv;
}

/* ---- options */

static int
check_null(const struct writer *w, struct err *err)
{
	bool escaped = w->dialect->escapes && w->null.n && w->null.p[0] == '\\';

	for (size_t i = escaped ? 1 : 0; i < w->null.n; i++)
		if (one_of(w->null.p[i], w->dialect->escapes ? "\t\r\n\\" :
		    "\",\r\n"))
			return err_set(err, ERR_USAGE, "--null '%s' would have "
			    "to be quoted, and then is a text", w->null.p);
	return json_utf8_valid(w->null) ? 0 : err_set(err, ERR_USAGE,
	    "--null is not UTF-8");
}

/* Does --columns have that name?  Without it, it is @op and all columns. */
static bool
lists(const struct format_own *own, const char *name)
{
	for (size_t i = 0; i < own->columns.n; i++)
		if (strcmp(own->columns.names[i], name) == 0)
			return true;
	return own->columns.n == 0 && strcmp(name, "@op") == 0;
}

static int
check_columns(const struct format_own *own, struct err *err)
{
	for (size_t i = 0; i < own->columns.n; i++) {
		const char *name = own->columns.names[i];

		if (name[0] == '@' && name[1] != '@' &&
		    !format_meta_named(span_of(name + 1)))
			return err_set(err, ERR_USAGE, "--columns %s: records "
			    "have no such field", name);
	}
	return 0;
}

static int
open_writer(struct formatter *f, struct err *err)
{
	const struct format_own *own = &f->opt->own;
	struct writer *w = xcalloc(1, sizeof(*w));

	f->own = w;
	w->dialect = dialect_of(f);
	w->null = span_of(own->null ? own->null : w->dialect->null);
	w->tells_op = lists(own, "@op");
	w->tells_table = lists(own, "@source.table") || lists(own, "@topic");
	return check_null(w, err) < 0 ? -1 : check_columns(own, err);
}

/* ---- which columns */

static void
add_column(struct sheet *s, const struct format_column *column)
{
	*ARRAY_ADD(s->slots, s->n) = (struct slot){ .column = column };
}

/* The column of a name that is not from a record, and has no escapes there
 * unless it needs them. */
static const struct format_column *
column_named(struct formatter *f, struct format_table *table,
    struct span name, struct err *err)
{
	struct writer *w = f->own;
	struct format_column *column;
	size_t next = 0;

	for (size_t i = 0; i < table->ncolumns; i++)
		if (span_eq(table->columns[i]->text, name))
			return table->columns[i];
	w->scratch.n = 0;
	json_part(&w->scratch, name);
	return format_tables_column(&f->tables, table,
	    buf_view(&w->scratch), &next, &column, err) < 0 ? NULL : column;
}

/* The times of rows of a versioned table are in no row, but with history. */
static bool
is_there(const struct writer *w, const struct schema_column *col)
{
	for (size_t i = 0; i < w->cells.n; i++)
		if (w->cells.v[i].column->schema == col)
			return true;
	return !col->row_time;
}

static int
add_all(struct formatter *f, struct format_table *table, struct sheet *s,
    struct err *err)
{
	const struct writer *w = f->own;
	const struct schema_table *schema = f->tables.typed ? table->schema :
	    NULL;

	for (size_t i = 0; schema && i < schema->ncolumns; i++) {
		const struct format_column *column;

		if (!is_there(w, &schema->columns[i]))
			continue;
		column = column_named(f, table,
		    span_of(schema->columns[i].name), err);
		if (!column)
			return -1;
		add_column(s, column);
	}
	for (size_t i = 0; i < w->cells.n; i++)
		if (!schema || !w->cells.v[i].column->schema)
			add_column(s, w->cells.v[i].column);
	return 0;
}

static int
add_named(struct formatter *f, struct format_table *table, struct sheet *s,
    size_t i, struct err *err)
{
	const struct name_set *set = &f->opt->own.columns;
	const char *name = set->names[i];
	const struct format_column *column;

	if (name[0] == '@' && name[1] != '@') {
		*ARRAY_ADD(s->slots, s->n) = (struct slot){
			.meta = format_meta_named(span_of(name + 1)) };
		return 0;
	}
	if (strcmp(name, "*") == 0)
		return add_all(f, table, s, err);
	name += name[0] == '@';
	if (format_table_check_column(table, span_of(name), "--columns",
	    err) < 0)
		return -1;
	column = column_named(f, table, span_of(name), err);
	if (!column)
		return -1;
	add_column(s, column);
	return 0;
}

static int
add_default(struct formatter *f, struct format_table *table, struct sheet *s,
    struct err *err)
{
	*ARRAY_ADD(s->slots, s->n) = (struct slot){
		.meta = format_meta_named(SPAN("op")) };
	return add_all(f, table, s, err);
}

/* ---- lines */

static void
put_text(const struct writer *w, struct buf *out, struct span text)
{
	if (w->dialect->escapes)
		csv_field_put_tsv(out, text);
	else
		csv_field_put(out, text, span_eq(text, w->null));
}

/* @op is the name of a field, and what else begins with it is doubled. */
static void
put_name(struct writer *w, struct buf *out, const struct slot *slot)
{
	struct span name = slot->column ? slot->column->text :
	    format_meta_name(slot->meta);

	w->scratch.n = 0;
	if (slot->meta || (name.n && name.p[0] == '@'))
		buf_char(&w->scratch, '@');
	buf_span(&w->scratch, name);
	put_text(w, out, buf_view(&w->scratch));
}

static void
put_header(struct writer *w, struct sheet *s)
{
	for (size_t i = 0; i < s->n; i++) {
		if (i)
			buf_char(&s->header, w->dialect->separator);
		put_name(w, &s->header, &s->slots[i]);
	}
	buf_str(&s->header, w->dialect->end);
}

/* A value of the record beside its row: a string's characters, else JSON. */
static void
put_meta(struct formatter *f, const struct format_meta *meta,
    const struct record *rec)
{
	struct writer *w = f->own;
	struct span json = format_meta_value(meta, rec);
	struct span text = json.p ? json_value_text(json, &w->scratch) : json;

	if (!json.p || json.p[0] == 'n')
		buf_span(&f->out.text, w->null);
	else
		put_text(w, &f->out.text, text.p ? text : json);
}

static int
put_cell(struct formatter *f, const struct format_table *table,
    const struct format_cell *cell, struct err *err)
{
	struct writer *w = f->own;
	struct buf *out = &f->out.text;
	struct format_value v;

	if (format_text(f, table, cell, &v, err) < 0)
		return -1;
	switch (v.kind) {
	case VALUE_NULL:
		buf_span(out, w->null);
		return 0;
	case VALUE_NUMBER:
		buf_span(out, v.bytes);
		return 0;
	case VALUE_BYTES:
		w->scratch.n = 0;
		hex_append(&w->scratch, v.bytes, hex_lower);
		v.bytes = buf_view(&w->scratch);
		break;
	default:
		break;
	}
	if (w->dialect->escapes && span_eq(v.bytes, w->null) &&
	    (!w->null.n || w->null.p[0] != '\\'))
		return format_text_refuse(table, cell, "NULL is written "
		    "in the same way (--null)", "choose another --null", err);
	put_text(w, out, v.bytes);
	return 0;
}

static int
put_slot(struct formatter *f, const struct format_change *c,
    const struct slot *slot, struct err *err)
{
	struct writer *w = f->own;
	const struct format_cell *cell;

	if (slot->meta) {
		put_meta(f, slot->meta, c->rec);
		return 0;
	}
	cell = format_cells_find(&w->cells, slot->column);
	if (cell)
		return put_cell(f, c->table, cell, err);
	if (c->op == 't') {
		buf_span(&f->out.text, w->null);
		return 0;
	}
	err_set(err, ERR_DATA, "table %s.%s: the record has no %s, which is "
	    "not NULL but unknown", c->table->db.p, c->table->name.p,
	    slot->column->text.p);
	return err_hint(err, "set binlog_row_image=FULL, name other --columns, "
	    "or have cdc-tail --unavailable-value write something there");
}

static int
put_line(struct formatter *f, const struct format_change *c,
    const struct sheet *s, struct err *err)
{
	const struct writer *w = f->own;
	struct buf *out = &f->out.text;

	for (size_t i = 0; i < s->n; i++) {
		if (i)
			buf_char(out, w->dialect->separator);
		if (put_slot(f, c, &s->slots[i], err) < 0)
			return -1;
	}
	buf_str(out, w->dialect->end);
	return 0;
}

/* ---- where to */

static int
second_table(const struct writer *w, const struct format_table *table,
    struct err *err)
{
	if (table != w->table)
		err_set(err, ERR_DATA, "a second table, %s.%s after %s.%s, "
		    "whose lines would look like the first one's",
		    table->db.p, table->name.p, w->table->db.p,
		    w->table->name.p);
	else
		err_set(err, ERR_DATA, "table %s.%s has other columns than "
		    "the header", table->db.p, table->name.p);
	return err_hint(err, "--split DIR writes a file for each; or name "
	    "--columns that all have, with @source.table");
}

/* The header goes in front of the first line, and no other one fits below. */
static int
go_to_stdout(struct formatter *f, const struct format_table *table,
    const struct sheet *s, struct err *err)
{
	struct writer *w = f->own;

	if (w->begun && (!span_eq(buf_view(&w->header),
	    buf_view(&s->header)) || (table != w->table && !w->tells_table)))
		return second_table(w, table, err);
	if (!w->begun && !f->opt->own.no_header)
		buf_span(&f->out.text, buf_view(&s->header));
	if (!w->begun)
		buf_span(&w->header, buf_view(&s->header));
	w->begun = true;
	w->table = table;
	return 0;
}

static void
go_to_file(struct formatter *f, const struct format_table *table,
    struct sheet *s)
{
	const struct writer *w = f->own;

	if (!s->file) {
		s->file = format_output_file(&f->out, f->opt->own.split,
		    table->db, table->name, ++s->number, w->dialect->ending);
		if (!f->opt->own.no_header)
			buf_span(&f->out.text, buf_view(&s->header));
	}
	f->out.to = s->file;
}

/* The table is new, or another now. */
static int
lay_out(struct formatter *f, struct format_table *table, struct err *err)
{
	struct writer *w = f->own;
	struct sheet *s = table->own;
	struct buf was = { 0 };
	int status = 0;

	if (!s)
		s = table->own = xcalloc(1, sizeof(*s));
	was = s->header;
	s->header = (struct buf){ 0 };
	if (!f->opt->own.columns.n)
		status = add_default(f, table, s, err);
	for (size_t i = 0; i < f->opt->own.columns.n && status == 0; i++)
		status = add_named(f, table, s, i, err);
	put_header(w, s);
	if (!span_eq(buf_view(&was), buf_view(&s->header)))
		s->file = NULL;
	buf_free(&was);
	return status;
}

static int
refuse_op(const struct format_change *c, struct err *err)
{
	err_set(err, ERR_DATA, "a %s of %s.%s, which a line without @op would "
	    "not tell from a row", c->op == 't' ? "truncate" : "delete",
	    c->table->db.p, c->table->name.p);
	return err_hint(err, "add @op to --columns, or leave it out with "
	    "cdc-filter --op");
}

static int
change(struct formatter *f, const struct format_change *c, struct err *err)
{
	struct writer *w = f->own;
	const struct sheet *s;

	if ((c->op == 'd' || c->op == 't') && !w->tells_op)
		return refuse_op(c, err);
	if (format_cells_read(&w->cells, f, c->table, c->after.json.p ?
	    &c->after : &c->before, err) < 0)
		return -1;
	s = c->table->own;
	if ((!s || !s->slots) && lay_out(f, c->table, err) < 0)
		return -1;
	if (f->opt->own.split)
		go_to_file(f, c->table, c->table->own);
	else if (go_to_stdout(f, c->table, c->table->own, err) < 0)
		return -1;
	return put_line(f, c, c->table->own, err);
}

static void
forget(struct format_table *table, bool gone)
{
	struct sheet *s = table->own;

	free(s->slots);
	s->slots = NULL;
	s->n = 0;
	if (!gone)
		return;
	buf_free(&s->header);
	free(s);
	table->own = NULL;
}

static void
close_writer(struct formatter *f)
{
	struct writer *w = f->own;

	format_cells_free(&w->cells);
	buf_free(&w->scratch);
	buf_free(&w->header);
	free(w);
}

#define SHEET(variable, format_name)                                         \
	const struct format variable = {                                     \
		.name = format_name,                                         \
		.options = "columns null no-header split raw",               \
		.takes = TAKES_ROWS, .typed = true, .apart = true,           \
		.open = open_writer, .change = change,                       \
		.close = close_writer, .forget = forget,                     \
	}

SHEET(format_csv, "csv");
SHEET(format_tsv, "tsv");
