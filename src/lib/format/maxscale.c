/* SPDX-License-Identifier: MIT
 *
 * --to maxscale: the JSON of MaxScale's kafkacdc and avrorouter: an Avro schema
 * before the first row of each version of a table, and an object for each row,
 * of an update for the row before and for the row after.
 * https://mariadb.com/kb/en/mariadb-maxscale-2402-kafkacdc/
 */
#include "format/format.h"
#include "format/format_text.h"
#include "format/maxwell_value.h"
#include "format/row_slots.h"
#include "format/transaction.h"

#include <ctype.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/base64.h"
#include "base/integer.h"
#include "base/log.h"
#include "json/scan.h"
#include "json/write.h"

/* What is kept of a table. */
struct sheet {
	struct row_slots slots;
	struct buf fields;      /* of the schema that was written last */
	uint64_t version;       /* its number … */
	bool fresh;             /* … and is it still that? */
	struct buf head;        /* ,"table_schema":…,"table_name":… */
};

struct scaler {
	struct format_cells cells;
	struct format_transaction transaction;
	uint64_t number;        /* of the row in it */
	struct buf gtid;        /* "domain":…,"server_id":…,"sequence":… */
	bool warned;            /* of a truncate */
};

/* ---- values */

/* Of what Maxwell has another form: the text of the record, or base64. */
static int
put_text(struct formatter *f, const struct format_table *table,
    const struct format_cell *cell, struct buf *out, struct err *err)
{
	struct format_value v;

	if (format_text(f, table, cell, &v, err) < 0)
		return -1;
	switch (v.kind) {
	case VALUE_NULL:
		buf_str(out, "null");
		return 1;
	case VALUE_BYTES:
		buf_char(out, '"');
		base64_append(out, v.bytes, false);
		buf_char(out, '"');
		return 0;
	case VALUE_NUMBER:
		buf_span(out, v.bytes);
		return 0;
	default:
		json_string(out, v.bytes);
		return 0;
	}
}

static maxwell_printer *
printer_of(const struct formatter *f, const struct format_column *column)
{
	enum type_class class = column->as.class;

	if (column->schema && (class == CLASS_YEAR || class == CLASS_SET ||
	    class == CLASS_GEOMETRY || schema_column_type(column->schema)->id
	    == DECLARED_JSON))
		return put_text;
	return maxwell_printer_of(f, column);
}

static int
put_cell(struct formatter *f, const struct format_table *table,
    const struct row_slot *slot, const struct format_cell *cell,
    struct err *err)
{
	struct buf *out = &f->out.text;
	const struct format_column *column = cell->column;

	buf_span(out, buf_view(&slot->name));
	if (cell->json.p[0] != 'n')
		return slot->put(f, table, cell, out, err) < 0 ? -1 : 0;
	buf_str(out, "null");
	return !column->schema || column->as.nullable || column->as.computed ?
	    0 : format_text_refuse(table, cell, "it is NOT NULL", "a zero "
	    "date is null, except with cdc-tail --time string", err);
}

/* ---- tables */

static const char *const own_names[] = {
	"domain", "server_id", "sequence", "event_number", "timestamp",
	"event_type", "table_schema", "table_name",
};

static int
check_name(const struct format_table *table,
    const struct format_column *column, struct err *err)
{
	for (size_t i = 0; i < sizeof(own_names) / sizeof(*own_names); i++)
		if (span_is(column->text, own_names[i])) {
			err_set(err, ERR_DATA, "table %s.%s, column %s: "
			    "MaxScale's records have a member of that name",
			    table->db.p, table->name.p, own_names[i]);
			return err_hint(err, "leave it out with cdc-filter "
			    "--exclude-column");
		}
	return 0;
}

static int
slot_of(const struct formatter *f, const struct format_table *table,
    const struct format_column *column, const struct row_slot **slot,
    struct err *err)
{
	struct sheet *s = table->own;

	while (s->slots.n <= column->at) {
		const struct format_column *next = table->columns[s->slots.n];

		if (check_name(table, next, err) < 0)
			return -1;
		row_slots_add(&s->slots, next, printer_of(f, next));
	}
	*slot = &s->slots.v[column->at];
	return 0;
}

static struct sheet *
sheet_of(struct format_table *table)
{
	struct sheet *s = table->own;

	if (!s) {
		s = table->own = xcalloc(1, sizeof(*s));
		json_member(&s->head, "table_schema", table->db);
		json_member(&s->head, "table_name", table->name);
	}
	return s;
}

static void
forget(struct format_table *table, bool gone)
{
	struct sheet *s = table->own;

	row_slots_clear(&s->slots);
	s->fresh = false;
	if (!gone)
		return;
	buf_free(&s->fields);
	buf_free(&s->head);
	free(s);
	table->own = NULL;
}

/* ---- schemas */

/* THE TABLE: Avro's types of those that are no strings. */
static const struct {
	const char *avro, *types;       /* each between blanks */
} avro_types[] = {
	{ "int", " tinyint smallint mediumint int " },
	{ "long", " bigint " },
	{ "double", " double decimal " },
	{ "float", " float " },
	{ "bytes", " tinyblob blob mediumblob longblob tinytext text "
	    "mediumtext longtext binary " },
};

static const char *
avro_type(const char *word)
{
	struct buf blank = { 0 };
	const char *type = "string";

	buf_printf(&blank, " %s ", word);
	for (size_t i = 0; i < sizeof(avro_types) / sizeof(*avro_types); i++)
		if (strstr(avro_types[i].types, blank.p))
			type = avro_types[i].avro;
	buf_free(&blank);
	return type;
}

static void
put_field(struct buf *out, const struct schema_column *col)
{
	struct buf word = { 0 };

	buf_str(&word, col->type);
	for (size_t i = 0; i < word.n; i++)
		word.p[i] = (char)tolower((unsigned char)word.p[i]);
	buf_char(out, ',');
	json_first(out, "name", span_of(col->name));
	buf_str(out, ",\"type\":[\"null\",\"");
	buf_str(out, avro_type(buf_cstr(&word)));
	buf_str(out, "\"]");
	json_member(out, "real_type", buf_view(&word));
	buf_printf(out, ",\"length\":%lld,\"unsigned\":%s}",
	    (long long)col->length, col->is_unsigned ? "true" : "false");
	buf_free(&word);
}

static const char first_fields[] = "{\"name\":\"domain\",\"type\":\"int\"},"
    "{\"name\":\"server_id\",\"type\":\"int\"},"
    "{\"name\":\"sequence\",\"type\":\"int\"},"
    "{\"name\":\"event_number\",\"type\":\"int\"},"
    "{\"name\":\"timestamp\",\"type\":\"int\"},"
    "{\"name\":\"event_type\",\"type\":{\"type\":\"enum\",\"name\":"
    "\"EVENT_TYPES\",\"symbols\":[\"insert\",\"update_before\","
    "\"update_after\",\"delete\"]}}";

/* Is the column in rows?  The times of a versioned table are in none, but with
 * history. */
static bool
is_in_rows(const struct format_cells *row, const struct schema_column *col)
{
	for (size_t i = 0; i < row->n; i++)
		if (row->v[i].column->schema == col)
			return true;
	return !col->row_time;
}

/* The schema, if it is another than before; how many columns rows have. */
static size_t
put_schema(struct formatter *f, const struct format_change *c)
{
	const struct scaler *m = f->own;
	const struct schema_table *schema = c->table->schema;
	struct sheet *s = c->table->own;
	struct buf *out = &f->out.text, fields = { 0 };
	size_t n = 0;

	for (size_t i = 0; i < schema->ncolumns; i++)
		if (is_in_rows(&m->cells, &schema->columns[i])) {
			n++;
			if (!s->fresh)
				put_field(&fields, &schema->columns[i]);
		}
	if (!s->fresh && (!s->version || !span_eq(buf_view(&fields),
	    buf_view(&s->fields)))) {
		s->version++;
		s->fields.n = 0;
		buf_span(&s->fields, buf_view(&fields));
		if (!f->opt->own.no_header) {
			buf_str(out, "{\"namespace\":\"MaxScaleChangeData"
			    "Schema.avro\",\"type\":\"record\",\"name\":"
			    "\"ChangeRecord\"");
			json_member(out, "table", c->table->name);
			json_member(out, "database", c->table->db);
			buf_str(out, ",\"version\":");
			buf_u64(out, s->version);
			json_value_member(out, "gtid",
			    member_value(&c->rec->block, M_GTID));
			buf_str(out, ",\"fields\":[");
			buf_str(out, first_fields);
			buf_span(out, buf_view(&fields));
			buf_str(out, "]}\n");
		}
	}
	s->fresh = true;
	buf_free(&fields);
	return n;
}

/* ---- rows */

static int
refuse(const struct format_change *c, const char *why, const char *hint,
    struct err *err)
{
	err_set(err, ERR_DATA, "table %s.%s: %s", c->table->db.p,
	    c->table->name.p, why);
	return err_hint(err, "%s", hint);
}

/* domain-server-sequence */
static int
take_gtid(struct scaler *m, const struct format_change *c, struct err *err)
{
	static const struct { const char *name; uint64_t most; } parts[] = {
		{ "{\"domain\":", UINT32_MAX },
		{ ",\"server_id\":", UINT32_MAX },
		{ ",\"sequence\":", UINT64_MAX },
	};
	struct span rest = json_inside(member_value(&c->rec->block, M_GTID));
	uint64_t v;

	m->gtid.n = 0;
	for (size_t i = 0; i < 3; i++) {
		const char *dash = rest.n ? memchr(rest.p, '-', rest.n) : NULL;
		struct span part = i < 2 && dash ? span_between(rest.p, dash) :
		    rest;

		if (!rest.n || !integer_read(part, parts[i].most, &v))
			return refuse(c, "the record has no GTID of MariaDB, "
			    "of which MaxScale's consist",
			    "a copy has one if its position is in one domain",
			    err);
		buf_str(&m->gtid, parts[i].name);
		buf_u64(&m->gtid, v);
		rest = i < 2 && dash ? span_between(dash + 1, rest.p +
		    rest.n) : (struct span){ "", 0 };
	}
	return 0;
}

static int
put_row(struct formatter *f, const struct format_change *c,
    const struct format_image *image, const char *type, struct err *err)
{
	struct scaler *m = f->own;
	struct span ms = member_value(&c->rec->block, M_TS_MS);
	const struct sheet *s = sheet_of(c->table);
	struct buf *out = &f->out.text;
	const struct row_slot *slot;

	if (!image->json.p)
		return refuse(c, "the record has no such row",
		    "do not remove it", err);
	if (format_cells_read(&m->cells, f, c->table, image, err) < 0)
		return -1;
	if (m->cells.n < put_schema(f, c))
		return refuse(c, "the record lacks columns, which are unknown "
		    "and not NULL", "set binlog_row_image=FULL", err);
	buf_span(out, buf_view(&m->gtid));
	buf_str(out, ",\"event_number\":");
	buf_u64(out, ++m->number);
	buf_str(out, ",\"timestamp\":");
	if (ms.n > 3 && ms.p[0] >= '0' && ms.p[0] <= '9')
		buf_put(out, ms.p, ms.n - 3);
	else
		buf_char(out, '0');
	buf_str(out, ",\"event_type\":\"");
	buf_str(out, type);
	buf_char(out, '"');
	buf_span(out, buf_view(&s->head));
	for (size_t i = 0; i < m->cells.n; i++)
		if (slot_of(f, c->table, m->cells.v[i].column, &slot,
		    err) < 0 || put_cell(f, c->table, slot, &m->cells.v[i],
		    err) < 0)
			return -1;
	buf_str(out, "}\n");
	return 0;
}

static int
change(struct formatter *f, const struct format_change *c, struct err *err)
{
	struct scaler *m = f->own;

	if (take_gtid(m, c, err) < 0)
		return -1;
	if (format_transaction_at(&m->transaction, c->rec) & EDGE_BEGINS)
		m->number = 0;
	switch (c->op) {
	case 't':
		if (!m->warned)
			log_warn("table %s.%s was truncated, for which "
			    "MaxScale has no record (further ones are not "
			    "reported)", c->table->db.p, c->table->name.p);
		m->warned = true;
		return 0;
	case 'u':
		return put_row(f, c, &c->before, "update_before", err) < 0 ?
		    -1 : put_row(f, c, &c->after, "update_after", err);
	case 'd':
		return put_row(f, c, &c->before, "delete", err);
	default:
		return put_row(f, c, &c->after, "insert", err);
	}
}

static int
open_scaler(struct formatter *f, struct err *err)
{
	(void)err;
	f->own = xcalloc(1, sizeof(struct scaler));
	return 0;
}

static void
close_scaler(struct formatter *f)
{
	struct scaler *m = f->own;

	format_cells_free(&m->cells);
	buf_free(&m->transaction.id);
	buf_free(&m->gtid);
	free(m);
}

const struct format format_maxscale = {
	.name = "maxscale",
	.options = "no-header",
	.takes = TAKES_MOVES,
	.typed = true,
	.open = open_scaler, .change = change, .close = close_scaler,
	.forget = forget,
};
