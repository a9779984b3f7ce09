/* SPDX-License-Identifier: MIT
 *
 * --to singer: messages of Singer, as its tap-mysql writes them from a log: a
 * SCHEMA in front of the rows of each table, a RECORD for each row, one of a
 * delete with the time of that, and STATE, which the target prints again when
 * all before it is stored.
 * https://github.com/singer-io/getting-started/blob/master/docs/SPEC.md
 *
 * The state is a cdc-state(5), so a stream goes on where the target is.  A
 * table's version is the time of its first row; another one, which is made
 * active, takes all older rows away: after a TRUNCATE and after a copy.
 */
#include "format/format.h"
#include "format/format_names.h"
#include "format/format_time.h"
#include "format/singer_value.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/integer.h"
#include "base/log.h"
#include "json/object.h"
#include "json/scan.h"
#include "json/write.h"
#include "sink/progress.h"
#include "sql/statement.h"

/* A table. */
struct stream {
	struct buf name;        /* "db-table", as JSON */
	struct buf schema;      /* its SCHEMA, which was written */
	uint64_t told;          /* version of the table (format_table.h) then */
	uint64_t counted;       /* … when its columns were counted: */
	size_t columns;         /* those that every row has */
	uint64_t version;       /* of its rows; 0: none yet */
	bool listed;            /* a copy began with its schema record … */
	bool copied;            /* … and rows of it came … */
	bool whole;             /* … from its first on */
};

struct singer {
	struct progress progress;
	bool began;             /* a heartbeat or a record of data came */
	bool told;              /* that there is no state */
	bool copies;            /* a copy, whose end a heartbeat tells, … */
	struct format_table *copying;   /* … of this table just now, … */
	bool rows;              /* … of which some came … */
	struct buf resumed;     /* … and another run began with this one: its
	                         * name as SQL; … */
	uint64_t copied_at;     /* … its time */
	struct format_names names;
	struct format_cells cells;
	struct buf text;
};

/* ---- messages */

static void
put_message(struct buf *out, const char *type, const struct stream *s)
{
	buf_str(out, "{\"type\":\"");
	buf_str(out, type);
	buf_str(out, "\",\"stream\":");
	buf_span(out, buf_view(&s->name));
}

static void
put_version(struct buf *out, const struct stream *s)
{
	buf_str(out, ",\"version\":");
	buf_u64(out, s->version);
}

static void
activate(struct formatter *f, const struct stream *s)
{
	put_message(&f->out.text, "ACTIVATE_VERSION", s);
	put_version(&f->out.text, s);
	buf_str(&f->out.text, "}\n");
}

/* What is done, once that is a place where a stream can go on. */
static void
put_state(struct formatter *f)
{
	struct singer *w = f->own;

	if (!w->progress.keeps || !w->progress.moved ||
	    !progress_at_rest(&w->progress))
		return;
	w->progress.moved = false;
	w->text.n = 0;
	state_print(&w->progress.state, &w->text);
	buf_str(&f->out.text,
	    "{\"type\":\"STATE\",\"value\":{\"bookmarks\":{\"binlog\":");
	buf_put(&f->out.text, w->text.p, w->text.n - 1);
	buf_str(&f->out.text, "}}}\n");
}

/* ---- schemas */

static bool
has_cell(const struct format_cells *cells, const struct schema_column *col)
{
	for (size_t i = 0; i < cells->n; i++)
		if (cells->v[i].column->schema == col)
			return true;
	return false;
}

static void
put_keys(struct buf *out, const struct schema_table *schema)
{
	const struct schema_key *key = schema->nkeys ? &schema->keys[0] : NULL;

	for (size_t i = 0; key && i < key->ncolumns; i++) {
		const struct schema_column *col = schema_column_find(schema,
		    span_of(key->columns[i]));

		buf_str(out, i ? "," : "");
		json_string(out, span_of(col ? col->name : key->columns[i]));
	}
}

/* The times of rows of a versioned table are in no row, but with history. */
static void
put_schema(struct buf *out, const struct stream *s,
    const struct schema_table *schema, const struct format_cells *cells)
{
	put_message(out, "SCHEMA", s);
	buf_str(out, ",\"schema\":{\"type\":\"object\",\"properties\":{");
	for (size_t i = 0; i < schema->ncolumns; i++) {
		const struct schema_column *col = &schema->columns[i];

		if (col->row_time && !has_cell(cells, col))
			continue;
		json_string(out, span_of(col->name));
		buf_char(out, ':');
		singer_value_schema(out, col);
		buf_char(out, ',');
	}
	buf_str(out, "\"_sdc_deleted_at\":{\"type\":[\"null\",\"string\"],"
	    "\"format\":\"date-time\"}}},\"key_properties\":[");
	put_keys(out, schema);
	buf_str(out, "]}\n");
}

/* In front of the first row, and when the table is another one. */
static void
tell_schema(struct formatter *f, const struct format_table *table)
{
	struct singer *w = f->own;
	struct stream *s = table->own;

	if (s->told == table->version)
		return;
	w->text.n = 0;
	put_schema(&w->text, s, table->schema, &w->cells);
	if (!span_eq(buf_view(&w->text), buf_view(&s->schema))) {
		buf_span(&f->out.text, buf_view(&w->text));
		s->schema.n = 0;
		buf_span(&s->schema, buf_view(&w->text));
	}
	s->told = table->version;
}

/* ---- tables */

static int
find_stream(struct formatter *f, struct format_table *table, struct err *err)
{
	struct singer *w = f->own;
	struct stream *s = table->own;
	struct buf name = { 0 };
	int status;

	if (s)
		return 0;
	s = table->own = xcalloc(1, sizeof(*s));
	buf_span(&name, table->db);
	buf_char(&name, '-');
	buf_span(&name, table->name);
	json_string(&s->name, buf_view(&name));
	status = format_names_take(&w->names, "a stream", buf_view(&name),
	    table->db, table->name, err);
	buf_free(&name);
	return status;
}

static uint64_t
time_of(const struct record *rec)
{
	struct span ms = member_value(&rec->block, M_TS_MS);
	uint64_t v;

	return ms.p && integer_read(ms, INT64_MAX, &v) && v ? v : 1;
}

/* Rows from now on are of a newer version. */
static void
renew(struct stream *s, uint64_t now)
{
	s->version = now > s->version ? now : s->version + 1;
}

/* ---- rows of a copy */

static bool
is_marked(const struct record *rec, const char *first, const char *second)
{
	struct span mark = member_value(&rec->block, M_SNAPSHOT);

	return mark.p && (json_is_text(mark, first) ||
	    json_is_text(mark, second));
}

static bool
is_last(const struct record *rec)
{
	return is_marked(rec, "last", "last_in_data_collection");
}

/* Was half of it copied by another run? */
static bool
is_resumed(const struct singer *w, const struct format_table *table)
{
	struct statement name = { 0 };
	bool same;

	if (!w->resumed.n)
		return false;
	statement_add(&name, SQL_TABLE(table->db, table->name));
	same = span_eq(statement_view(&name), buf_view(&w->resumed));
	statement_free(&name);
	return same;
}

/* What was there before it is no more; of half a copy that is not known. */
static void
end_copy(struct formatter *f)
{
	struct singer *w = f->own;
	struct stream *s = w->copying ? w->copying->own : NULL;

	if (s && s->whole)
		activate(f, s);
	if (s)
		s->whole = false;
	w->copying = NULL;
}

/* A table of one row has a first one or a last one, not both; so a row of
 * another table ends it, too. */
static void
begin_copy(struct formatter *f, struct format_table *table,
    const struct record *rec)
{
	struct singer *w = f->own;
	struct stream *s = table->own;
	bool first = is_marked(rec, "first", "first_in_data_collection");

	if (is_marked(rec, "incremental", "incremental"))
		return;
	if (w->copying != table)
		end_copy(f);
	else if (!first)
		return;
	w->copying = table;
	w->rows = s->copied = true;
	s->whole = first || (is_last(rec) && !is_resumed(w, table));
	if (s->whole)
		renew(s, time_of(rec));
}

/* A table without rows has none at the target, then. */
static void
empty(struct formatter *f, struct format_table *table)
{
	struct singer *w = f->own;
	struct stream *s = table->own;

	if (!s || !s->listed || s->copied || !table->schema ||
	    is_resumed(w, table))
		return;
	renew(s, w->copied_at);
	w->cells.n = 0;
	tell_schema(f, table);
	activate(f, s);
}

/* The heartbeat behind a copy, the first with a position.  If no row of any
 * table came, a filter may have dropped them (cdc-filter --op). */
static int
end_copies(struct formatter *f, const struct record *rec)
{
	struct singer *w = f->own;

	if (rec->kind != KIND_HEARTBEAT ||
	    !json_inside(object_member(rec->body, "gtid")).n)
		return 0;
	end_copy(f);
	for (size_t i = 0; w->rows && i < f->tables.n; i++)
		empty(f, f->tables.all[i]);
	w->copies = false;
	return 0;
}

/* A schema record in a copy: its rows will follow, if it has some. */
static int
list_table(struct formatter *f, const struct record *rec, struct err *err)
{
	struct singer *w = f->own;
	struct span source = object_member(rec->body, "source");
	struct format_table *table;
	struct buf db = { 0 }, name = { 0 };
	int status = 0;

	object_text(&db, source, "db");
	object_text(&name, source, "table");
	if (name.n && json_is_text(object_member(source, "snapshot"),
	    "true")) {
		status = format_tables_named(&f->tables, buf_view(&db),
		    buf_view(&name), &table, err);
		if (status == 0)
			status = find_stream(f, table, err);
		if (status == 0)
			((struct stream *)table->own)->listed = true;
		w->copied_at = object_number(source, "ts_ms");
	}
	buf_free(&db);
	buf_free(&name);
	return status;
}

/* ---- rows */

static int
refuse_keyless(const struct format_change *c, struct err *err)
{
	err_set(err, ERR_DATA, "table %s.%s: a row was %s, which is found by "
	    "its key, and the table has none", c->table->db.p,
	    c->table->name.p, c->op == 'd' ? "deleted" : "changed");
	return err_hint(err, "give the table a primary key, or leave it out");
}

/* Does the row have as many columns as the table? */
static bool
is_whole(const struct singer *w, const struct format_table *table)
{
	const struct schema_table *schema = table->schema;
	struct stream *s = table->own;
	size_t n = 0;

	if (s->counted != table->version) {
		s->columns = 0;
		for (size_t i = 0; i < schema->ncolumns; i++)
			s->columns += !schema->columns[i].row_time;
		s->counted = table->version;
	}
	for (size_t i = 0; i < w->cells.n; i++)
		n += w->cells.v[i].column->schema &&
		    !w->cells.v[i].column->schema->row_time;
	return n == s->columns;
}

/* A target makes NULL of what a row lacks. */
static int
check_columns(const struct singer *w, const struct format_change *c,
    struct err *err)
{
	const struct schema_table *schema = c->table->schema;

	if (is_whole(w, c->table))
		return 0;
	for (size_t i = 0; i < schema->ncolumns; i++) {
		const struct schema_column *col = &schema->columns[i];

		if (col->row_time || has_cell(&w->cells, col))
			continue;
		err_set(err, ERR_DATA, "table %s.%s: the record has no %s, "
		    "which is not NULL but unknown", c->table->db.p,
		    c->table->name.p, col->name);
		return err_hint(err, "set binlog_row_image=FULL at the source");
	}
	return 0;
}

static int
put_record(struct formatter *f, const struct format_change *c,
    struct err *err)
{
	struct singer *w = f->own;
	const struct stream *s = c->table->own;
	struct buf *out = &f->out.text;
	struct span ms = member_value(&c->rec->block, M_TS_MS);

	put_message(out, "RECORD", s);
	buf_str(out, ",\"record\":{");
	for (size_t i = 0; i < w->cells.n; i++) {
		const struct format_cell *cell = &w->cells.v[i];

		buf_char(out, '"');
		buf_span(out, cell->column->name);
		buf_str(out, "\":");
		if (singer_value_put(f, c->table, cell, out, err) < 0)
			return -1;
		buf_char(out, ',');
	}
	buf_str(out, "\"_sdc_deleted_at\":");
	if (c->op == 'd') {
		buf_char(out, '"');
		if (!format_time_put(out, ms))
			return err_set(err, ERR_DATA, "table %s.%s: a delete "
			    "without its time (source.ts_ms)",
			    c->table->db.p, c->table->name.p);
		buf_str(out, "\"}");
	} else {
		buf_str(out, "null}");
	}
	put_version(out, s);
	buf_str(out, ",\"time_extracted\":\"");
	if (!format_time_put(out, c->rec->ts_ms))
		format_time_put(out, ms);
	buf_str(out, "\"}\n");
	return 0;
}

static int
put_change(struct formatter *f, const struct format_change *c,
    struct err *err)
{
	struct singer *w = f->own;
	struct stream *s = c->table->own;

	if ((c->op == 'u' || c->op == 'd') && !c->table->nkey)
		return refuse_keyless(c, err);
	if (format_cells_read(&w->cells, f, c->table, c->op == 'd' ?
	    &c->before : &c->after, err) < 0 ||
	    (c->op != 'd' && c->op != 't' && check_columns(w, c, err) < 0))
		return -1;
	if (c->op == 'r')
		begin_copy(f, c->table, c->rec);
	if (c->op == 't' || !s->version)
		renew(s, time_of(c->rec));
	tell_schema(f, c->table);
	if (c->op == 't')
		activate(f, s);
	else if (put_record(f, c, err) < 0)
		return -1;
	if (c->op == 'r' && w->copying == c->table && is_last(c->rec))
		end_copy(f);
	return 0;
}

static int
change(struct formatter *f, const struct format_change *c, struct err *err)
{
	struct singer *w = f->own;

	if (!w->progress.keeps && !w->told)
		log_warn("the stream does not begin with a heartbeat that has "
		    "GTIDs of MariaDB (cdc-tail --control): no STATE is "
		    "written");
	w->began = w->told = true;
	if (find_stream(f, c->table, err) < 0 || (w->progress.keeps &&
	    progress_record(&w->progress, c->rec, err) < 0) ||
	    put_change(f, c, err) < 0)
		return -1;
	put_state(f);
	return 0;
}

/* ---- the rest */

/* No position is kept of a stream that does not say where it begins, or where
 * MariaDB's GTIDs do not. */
static void
open_stream(struct singer *w, const struct record *rec)
{
	struct span snapshot = object_member(rec->body, "snapshot");
	struct span key = object_member(snapshot, "key");
	struct gtid_list at = { 0 };
	struct err err = { 0 };
	struct buf text = { 0 };

	object_text(&text, rec->body, "gtid");
	w->progress.keeps = !w->began && object_member(rec->body, "beat").p &&
	    gtid_list_parse(&at, buf_cstr(&text), &err) == 0;
	w->copies = snapshot.p;
	if (key.p && key.p[0] != 'n')
		object_text(&w->resumed, snapshot, "table");
	w->began = true;
	gtid_list_clear(&at);
	buf_free(&text);
}

static int
control(struct formatter *f, struct record *rec, struct err *err)
{
	struct singer *w = f->own;

	if (rec->kind == KIND_HEARTBEAT && !w->began)
		open_stream(w, rec);
	if (w->copies && (rec->kind == KIND_SCHEMA ? list_table(f, rec, err) :
	    end_copies(f, rec)) < 0)
		return -1;
	if (!w->progress.keeps)
		return 0;
	if ((rec->kind == KIND_SCHEMA ? progress_schema(&w->progress, rec,
	    err) : progress_control(&w->progress, rec, err)) < 0)
		return -1;
	put_state(f);
	return 0;
}

static int
open_singer(struct formatter *f, struct err *err)
{
	struct singer *w = xcalloc(1, sizeof(*w));

	(void)err;
	f->own = w;
	w->progress.any_order = w->progress.any_lists = true;
	return 0;
}

static void
close_singer(struct formatter *f)
{
	struct singer *w = f->own;

	progress_clear(&w->progress);
	format_names_clear(&w->names);
	format_cells_free(&w->cells);
	buf_free(&w->text);
	buf_free(&w->resumed);
	free(w);
}

static void
forget(struct format_table *table, bool gone)
{
	struct stream *s = table->own;

	s->told = 0;
	if (!gone)
		return;
	buf_free(&s->name);
	buf_free(&s->schema);
	free(s);
	table->own = NULL;
}

const struct format format_singer = {
	.name = "singer",
	.options = "",
	.typed = true,
	.open = open_singer, .change = change, .control = control,
	.close = close_singer, .forget = forget,
};
