/* SPDX-License-Identifier: MIT */
#include "format/maxwell_row.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "format/format.h"
#include "format/format_text.h"
#include "format/maxwell_value.h"
#include "format/row_slots.h"
#include "json/scan.h"
#include "json/write.h"

/* What is kept of a table. */
struct sheet {
	struct row_slots slots;
	struct buf head;        /* {"database":…,"table":… */
	struct buf key;         /* ,"primary_key_columns":[…] */
};

static void
put_key_names(const struct format_table *table, struct buf *out)
{
	buf_str(out, ",\"primary_key_columns\":[");
	for (size_t i = 0; i < table->nkey; i++) {
		if (i)
			buf_char(out, ',');
		json_string(out,
		    span_of(table->schema->keys[0].columns[i]));
	}
	buf_char(out, ']');
}

static struct sheet *
sheet_of(struct format_table *table)
{
	struct sheet *s = table->own;

	if (!s) {
		s = table->own = xcalloc(1, sizeof(*s));
		json_first(&s->head, "database", table->db);
		json_member(&s->head, "table", table->name);
	}
	if (!s->key.n)
		put_key_names(table, &s->key);
	return s;
}

void
maxwell_row_forget(struct format_table *table, bool gone)
{
	struct sheet *s = table->own;

	row_slots_clear(&s->slots);
	s->key.n = 0;
	if (!gone)
		return;
	buf_free(&s->head);
	buf_free(&s->key);
	free(s);
	table->own = NULL;
}

/* ---- values */

static const struct row_slot *
slot_of(const struct formatter *f, struct sheet *s,
    const struct format_table *table, const struct format_column *column)
{
	while (s->slots.n <= column->at) {
		const struct format_column *next = table->columns[s->slots.n];

		row_slots_add(&s->slots, next, maxwell_printer_of(f, next));
	}
	return &s->slots.v[column->at];
}

/* One that is NOT NULL cannot be null: it is a date that record's numbers do
 * not have. */
static int
check_null(const struct format_table *table, const struct format_cell *cell,
    struct err *err)
{
	const struct format_column *column = cell->column;

	return !column->schema || column->as.nullable ||
	    column->as.computed ? 0 : format_text_refuse(table, cell,
	    "it is NOT NULL", "a zero date is null, except with cdc-tail "
	    "--time string", err);
}

/* 0; 1: it is null. */
static int
put_value(struct formatter *f, const struct maxwell_rows *m,
    const struct format_table *table, const struct row_slot *slot,
    const struct format_cell *cell, struct buf *out, struct err *err)
{
	size_t at = out->n;
	int status;

	if (cell->json.p[0] == 'n') {
		buf_str(out, "null");
		return check_null(table, cell, err) < 0 ? -1 : 1;
	}
	status = slot->put(f, table, cell, out, err);
	if (status == 0 && m->on.null_zerodates &&
	    maxwell_is_zero_date(cell->column, (struct span){ out->p + at,
	    out->n - at })) {
		out->n = at;
		buf_str(out, "null");
		status = 1;
	}
	return status;
}

/* A member; the first has its comma, too. */
static int
put_member(struct formatter *f, const struct maxwell_rows *m,
    struct format_table *table, const struct format_cell *cell,
    struct buf *out, struct err *err)
{
	const struct row_slot *slot = slot_of(f, table->own, table,
	    cell->column);
	size_t at = out->n;
	int status;

	buf_span(out, buf_view(&slot->name));
	status = put_value(f, m, table, slot, cell, out, err);
	if (status == 1 && !m->on.nulls)
		out->n = at;
	return status < 0 ? -1 : 0;
}

/* The brackets of an object whose members were appended at `at`, each with a
 * comma in front, of which the first becomes the bracket. */
static void
close_object(struct buf *out, size_t at)
{
	if (out->n == at)
		buf_char(out, '{');
	else
		out->p[at] = '{';
	buf_char(out, '}');
}

/* The row; of an update also what only the row before it has: the key, of a
 * log that has not all. */
static int
put_data(struct formatter *f, const struct maxwell_rows *m,
    struct format_table *table, struct buf *out, struct err *err)
{
	size_t at;

	buf_str(out, ",\"data\":");
	at = out->n;
	for (size_t i = 0; i < m->row.n; i++)
		if (put_member(f, m, table, &m->row.v[i], out, err) < 0)
			return -1;
	for (size_t i = 0; i < m->before.n; i++)
		if (!format_cells_find(&m->row, m->before.v[i].column) &&
		    put_member(f, m, table, &m->before.v[i], out, err) < 0)
			return -1;
	close_object(out, at);
	return 0;
}

static bool
is_changed(const struct format_cell *before, const struct format_cell *after)
{
	return after && !span_eq(before->json, after->json) &&
	    !json_same(before->json, after->json);
}

/* What changed, as it was; nothing where nothing did. */
static int
put_old(struct formatter *f, const struct maxwell_rows *m,
    struct format_table *table, struct buf *out, struct err *err)
{
	size_t start = out->n, at;
	bool any = false;

	buf_str(out, ",\"old\":");
	at = out->n;
	for (size_t i = 0; i < m->before.n; i++) {
		const struct format_cell *cell = &m->before.v[i];

		if (!is_changed(cell, format_cells_find(&m->row,
		    cell->column)))
			continue;
		any = true;
		if (put_member(f, m, table, cell, out, err) < 0)
			return -1;
	}
	close_object(out, at);
	if (!any)
		out->n = start;
	return 0;
}

/* ---- the key */

static const struct format_cell *
key_cell(const struct maxwell_rows *m, size_t part)
{
	for (size_t i = 0; i < m->row.n; i++)
		if (m->row.v[i].column->as.key_part == (int)part)
			return &m->row.v[i];
	for (size_t i = 0; i < m->before.n; i++)
		if (m->before.v[i].column->as.key_part == (int)part)
			return &m->before.v[i];
	return NULL;
}

static int
put_key(struct formatter *f, const struct maxwell_rows *m,
    struct format_table *table, struct buf *out, struct err *err)
{
	buf_str(out, ",\"primary_key\":[");
	for (size_t i = 0; i < table->nkey; i++) {
		const struct format_cell *cell = key_cell(m, i);

		if (i)
			buf_char(out, ',');
		if (!cell)
			buf_str(out, "null");
		else if (put_value(f, m, table, slot_of(f, table->own, table,
		    cell->column), cell, out, err) < 0)
			return -1;
	}
	buf_char(out, ']');
	return 0;
}

/* ---- metadata */

static bool
is_there(struct span json)
{
	return json.p && json.p[0] != 'n';
}

/* Milliseconds as seconds. */
static int
put_seconds(struct buf *out, const struct format_change *c, struct err *err)
{
	struct span ms = c->op == 'r' && c->rec->ts_ms.p ? c->rec->ts_ms :
	    member_value(&c->rec->block, M_TS_MS);

	if (!is_there(ms) || ms.p[0] < '0' || ms.p[0] > '9') {
		err_set(err, ERR_DATA, "table %s.%s: the record says no time "
		    "(source.ts_ms)", c->table->db.p, c->table->name.p);
		return err_hint(err, "cdc-tail prints it");
	}
	buf_str(out, ",\"ts\":");
	if (ms.n > 3)
		buf_put(out, ms.p, ms.n - 3);
	else
		buf_char(out, '0');
	return 0;
}

static void
put_position(struct buf *out, const struct members *source)
{
	struct span file = member_value(source, M_FILE);
	struct span pos = member_value(source, M_POS);

	if (!json_inside(file).p || !is_there(pos))
		return;
	buf_str(out, ",\"position\":\"");
	buf_span(out, json_inside(file));
	buf_char(out, ':');
	buf_span(out, pos);
	buf_char(out, '"');
}

static void
put_push_time(struct buf *out)
{
	int64_t now = clock_now_ms();
	char *p;

	buf_str(out, ",\"push_ts\":");
	buf_u64(out, (uint64_t)now / 1000);
	buf_char(out, '.');
	p = buf_put_digits(buf_room(out, 4), (uint64_t)now % 1000, 3);
	out->n = (size_t)(p - out->p);
}

/* What the log says of a row. */
static void
put_origin(const struct maxwell_settings *on, const struct record *rec,
    struct buf *out)
{
	struct span server = member_value(&rec->block, M_SERVER_ID);
	struct span thread = member_value(&rec->block, M_THREAD);

	if (on->binlog_position)
		put_position(out, &rec->block);
	if (on->gtid_position)
		json_value_member(out, "gtid",
		    member_value(&rec->block, M_GTID));
	if (on->server_id && is_there(server))
		json_value_member(out, "server_id", server);
	if (on->thread_id && is_there(thread))
		json_value_member(out, "thread_id", thread);
}

static const char *
type_of(char op)
{
	return op == 'c' ? "insert" : op == 'u' ? "update" : op == 'd' ?
	    "delete" : "bootstrap-insert";
}

/* All in front of the row. */
static int
put_head(const struct maxwell_rows *m, const struct format_change *c,
    const struct sheet *s, struct buf *out, size_t *at, struct err *err)
{
	struct span query = member_value(&c->rec->block, M_QUERY);

	buf_span(out, buf_view(&s->head));
	if (m->on.row_query && is_there(query))
		json_value_member(out, "query", query);
	buf_str(out, ",\"type\":\"");
	buf_str(out, type_of(c->op));
	buf_char(out, '"');
	if (put_seconds(out, c, err) < 0)
		return -1;
	*at = out->n;
	if (c->op != 'r')
		put_origin(&m->on, c->rec, out);
	if (m->on.push_timestamp)
		put_push_time(out);
	return 0;
}

/* ---- lines */

static int
no_row(const struct format_change *c, const char *what, struct err *err)
{
	err_set(err, ERR_DATA, "table %s.%s: the record has no row %s",
	    c->table->db.p, c->table->name.p, what);
	return err_hint(err, "Maxwell's messages have it: do not remove it");
}

/* A delete without its row has the key. */
static int
read_rows(struct formatter *f, struct maxwell_rows *m,
    const struct format_change *c, struct err *err)
{
	const struct format_image *row = c->op != 'd' ? &c->after :
	    c->before.json.p ? &c->before : &c->key;

	m->before.n = 0;
	if (!row->json.p)
		return no_row(c, c->op == 'd' ? "and no key" : "after", err);
	if (c->op == 'u' && !c->before.json.p)
		return no_row(c, "before", err);
	if (format_cells_read(&m->row, f, c->table, row, err) < 0)
		return -1;
	return c->op != 'u' ? 0 : format_cells_read(&m->before, f, c->table,
	    &c->before, err);
}

int
maxwell_row_put(struct formatter *f, struct maxwell_rows *m,
    const struct format_change *c, struct buf *out, size_t *at,
    struct err *err)
{
	const struct sheet *s = sheet_of(c->table);

	if (read_rows(f, m, c, err) < 0 ||
	    put_head(m, c, s, out, at, err) < 0)
		return -1;
	if (m->on.primary_keys && put_key(f, m, c->table, out, err) < 0)
		return -1;
	if (m->on.primary_key_columns)
		buf_span(out, buf_view(&s->key));
	if (put_data(f, m, c->table, out, err) < 0 ||
	    (c->op == 'u' && put_old(f, m, c->table, out, err) < 0))
		return -1;
	buf_str(out, "}\n");
	return 0;
}

void
maxwell_row_bound(struct formatter *f, struct maxwell_rows *m,
    struct format_table *table, bool start)
{
	const struct sheet *s = sheet_of(table);
	size_t nkey = start ? table->nkey : 0;
	struct buf *out = &f->out.text;

	buf_span(out, buf_view(&s->head));
	buf_str(out, start ? ",\"type\":\"bootstrap-start\"" :
	    ",\"type\":\"bootstrap-complete\"");
	buf_str(out, ",\"ts\":");
	buf_u64(out, (uint64_t)clock_now_ms() / 1000);
	if (m->on.push_timestamp)
		put_push_time(out);
	if (m->on.primary_keys) {
		buf_str(out, ",\"primary_key\":[");
		for (size_t i = 0; i < nkey; i++)
			buf_str(out, i ? ",null" : "null");
		buf_char(out, ']');
	}
	if (m->on.primary_key_columns)
		buf_span(out, start ? buf_view(&s->key) :
		    SPAN(",\"primary_key_columns\":[]"));
	buf_str(out, ",\"data\":{}}\n");
}

void
maxwell_rows_free(struct maxwell_rows *m)
{
	format_cells_free(&m->row);
	format_cells_free(&m->before);
}
