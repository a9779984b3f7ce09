/* SPDX-License-Identifier: MIT
 *
 * --to debezium: records with their schemas, as Debezium prints them with
 * JsonConverter and schemas.enable=true.  A record stays one: topic, key,
 * headers and payload, each of the last three with its schema beside it.
 *
 * A reader that finds a value which is not of its schema stops.  So what no
 * schema can say is refused here.
 */
#include "format/cells.h"
#include "format/connect_schema.h"
#include "format/connect_source.h"
#include "format/debezium_control.h"
#include "format/format.h"
#include "format/format_text.h"

#include <stdlib.h>

#include "base/array.h"
#include "json/scan.h"
#include "json/write.h"

/* What is written again and again for a table. */
struct envelope {
	const struct connect_type **types;      /* of its columns, by place */
	size_t ntypes, columns; /* columns of its schema that rows have */
	struct buf name;        /* topic, in which the schemas are named */
	struct buf value;       /* the envelope's schema … */
	struct buf key;         /* … and that of its keys, which have … */
	const struct format_column **parts;     /* … these columns */
	size_t nparts;
};

struct converter {
	struct format_cells row, key;
	struct buf scratch;
};

/* ---- schemas */

/* Rows of a versioned table have no times, but with history. */
static bool
is_in_rows(const struct format_cells *row, const struct schema_column *col)
{
	for (size_t i = 0; i < row->n; i++)
		if (row->v[i].column->schema == col)
			return true;
	return !col->row_time;
}

static int
no_type(const struct format_table *table, const char *column, const char *why,
    struct err *err)
{
	err_set(err, ERR_DATA, "table %s.%s, column %s: %s", table->db.p,
	    table->name.p, column, why);
	return err_hint(err, "cdc-tail --control prints it, and --decimal, "
	    "--time, --binary tell it; without --json embed");
}

static int
put_column(struct formatter *f, const struct format_table *table,
    const struct schema_column *from, struct buf *out, struct err *err)
{
	struct target_column as;
	const struct connect_type *type;
	const char *why;

	source_column_take(&as, table->schema, from);
	type = connect_type_of(from, &as, &f->tables.modes, &why);
	if (type)
		connect_schema_field(out, type, from, &as, &f->tables.modes);
	source_column_clear(&as);
	return type ? 0 : no_type(table, from->name, why, err);
}

static void
put_name(struct buf *out, const struct envelope *e, const char *what)
{
	buf_str(out, "\"name\":\"");
	buf_span(out, buf_view(&e->name));
	buf_str(out, what);
	buf_char(out, '"');
}

static int
put_row_schema(struct formatter *f, const struct format_table *table,
    struct envelope *e, const char *image, struct err *err)
{
	const struct converter *v = f->own;
	struct buf *out = &e->value;

	buf_str(out, "{\"type\":\"struct\",\"fields\":[");
	e->columns = 0;
	for (size_t i = 0; i < table->schema->ncolumns; i++) {
		const struct schema_column *col = &table->schema->columns[i];

		if (!is_in_rows(&v->row, col))
			continue;
		if (e->columns++)
			buf_char(out, ',');
		if (put_column(f, table, col, out, err) < 0)
			return -1;
	}
	buf_str(out, "],\"optional\":true,");
	put_name(out, e, ".Value");
	buf_str(out, ",\"field\":\"");
	buf_str(out, image);
	buf_str(out, "\"},");
	return 0;
}

#define TIME_FIELD(name)                                                     \
	"{\"type\":\"int64\",\"optional\":true,\"field\":\"" name "\"}"

static int
make_value_schema(struct formatter *f, const struct format_table *table,
    struct envelope *e, struct err *err)
{
	struct buf *out = &e->value;

	buf_str(out, "{\"type\":\"struct\",\"fields\":[");
	if (put_row_schema(f, table, e, "before", err) < 0 ||
	    put_row_schema(f, table, e, "after", err) < 0)
		return -1;
	buf_str(out, "{\"type\":\"struct\",\"fields\":[");
	buf_str(out, connect_source_fields);
	buf_str(out, "],\"optional\":false,\"name\":"
	    "\"io.debezium.connector.mariadb.Source\",\"version\":1,"
	    "\"field\":\"source\"},{\"type\":\"struct\",\"fields\":["
	    "{\"type\":\"string\",\"optional\":false,\"field\":\"id\"},"
	    "{\"type\":\"int64\",\"optional\":false,\"field\":"
	    "\"total_order\"},{\"type\":\"int64\",\"optional\":false,"
	    "\"field\":\"data_collection_order\"}],\"optional\":true,"
	    "\"name\":\"event.block\",\"version\":1,\"field\":"
	    "\"transaction\"},{\"type\":\"string\",\"optional\":false,"
	    "\"field\":\"op\"}," TIME_FIELD("ts_ms") "," TIME_FIELD("ts_us")
	    "," TIME_FIELD("ts_ns") "],\"optional\":false,");
	put_name(out, e, ".Envelope");
	buf_str(out, ",\"version\":2}");
	return 0;
}

static int
make_key_schema(struct formatter *f, const struct format_table *table,
    struct envelope *e, const struct format_cells *key, struct err *err)
{
	struct buf *out = &e->key;

	out->n = e->nparts = 0;
	buf_str(out, "{\"type\":\"struct\",\"fields\":[");
	for (size_t i = 0; i < key->n; i++) {
		const struct format_column *part = key->v[i].column;

		if (!part->schema)
			return no_type(table, part->text.p, "a part of the "
			    "key, whose type is not known", err);
		if (i)
			buf_char(out, ',');
		if (put_column(f, table, part->schema, out, err) < 0)
			return -1;
		*ARRAY_ADD(e->parts, e->nparts) = part;
	}
	buf_str(out, "],\"optional\":false,");
	put_name(out, e, ".Key");
	buf_char(out, '}');
	return 0;
}

static bool
has_parts(const struct envelope *e, const struct format_cells *key)
{
	if (e->nparts != key->n)
		return false;
	for (size_t i = 0; i < key->n; i++)
		if (e->parts[i] != key->v[i].column)
			return false;
	return true;
}

/* Schemas are named as the topic is. */
static void
name_of(const struct format_change *c, struct buf *name)
{
	struct span prefix = json_inside(member_value(&c->rec->block,
	    M_NAME));

	name->n = 0;
	if (json_inside(c->rec->topic).n) {
		buf_span(name, json_inside(c->rec->topic));
		return;
	}
	buf_span(name, prefix);
	buf_char(name, '.');
	json_part(name, c->table->db);
	buf_char(name, '.');
	json_part(name, c->table->name);
}

static struct envelope *
envelope_of(struct formatter *f, const struct format_change *c)
{
	struct converter *v = f->own;
	struct envelope *e = c->table->own;

	name_of(c, &v->scratch);
	if (!e)
		e = c->table->own = xcalloc(1, sizeof(*e));
	if (!span_eq(buf_view(&v->scratch), buf_view(&e->name))) {
		e->name.n = e->value.n = e->key.n = e->nparts = 0;
		buf_span(&e->name, buf_view(&v->scratch));
	}
	return e;
}

/* ---- values */

static const char first_bytes[CONNECT_KINDS][16] = {
	[CONNECT_INTEGER] = "-0123456789", [CONNECT_REAL] = "-0123456789",
	[CONNECT_BOOLEAN] = "tf", [CONNECT_TEXT] = "\"",
	[CONNECT_STRUCT] = "{", [CONNECT_ARRAY] = "[",
};

/* A BIGINT UNSIGNED above 2^63-1. */
static bool
is_beyond(struct span json)
{
	return json.n > 19 || (json.n == 19 &&
	    memcmp(json.p, "9223372036854775807", 19) > 0);
}

static const struct connect_type *
type_of(struct formatter *f, struct envelope *e,
    const struct format_column *column)
{
	const char *why;

	while (e->ntypes <= column->at)
		*ARRAY_ADD(e->types, e->ntypes) = NULL;
	if (!e->types[column->at])
		e->types[column->at] = connect_type_of(column->schema,
		    &column->as, &f->tables.modes, &why);
	return e->types[column->at];
}

static int
check_cell(struct formatter *f, const struct format_table *table,
    struct envelope *e, const struct format_cell *cell, struct err *err)
{
	const struct connect_type *type;

	if (!cell->column->schema)
		return format_text_refuse(table, cell, "it is in no schema",
		    NULL, err);
	type = type_of(f, e, cell->column);
	if (cell->json.p[0] == 'n')
		return cell->column->as.nullable ? 0 : format_text_refuse(
		    table, cell, "it is NOT NULL",
		    "a zero date is null, except with cdc-tail "
		    "--time string",
		    err);
	if (!one_of(cell->json.p[0], first_bytes[type->kind]))
		return format_text_refuse(table, cell, "it is not of its "
		    "schema", "the record was made with other options: "
		    "heartbeats (cdc-tail --control) tell which", err);
	return type->kind == CONNECT_INTEGER &&
	    cell->column->as.is_unsigned && is_beyond(cell->json) ?
	    format_text_refuse(table, cell, "int64 ends at 2^63-1",
	    "cdc-tail --bigint-unsigned precise or string", err) : 0;
}

/* Are all columns there, and of their types? */
static int
check_row(struct formatter *f, const struct format_change *c,
    struct envelope *e, const struct format_image *image, struct err *err)
{
	struct converter *v = f->own;

	if (!image->json.p)
		return 0;
	if (format_cells_read(&v->row, f, c->table, image, err) < 0 ||
	    (!e->value.n && make_value_schema(f, c->table, e, err) < 0))
		return -1;
	for (size_t i = 0; i < v->row.n; i++)
		if (check_cell(f, c->table, e, &v->row.v[i], err) < 0)
			return -1;
	if (v->row.n == e->columns)
		return 0;
	err_set(err, ERR_DATA, "table %s.%s: the record lacks columns, which "
	    "are unknown and not NULL", c->table->db.p, c->table->name.p);
	return err_hint(err, "set binlog_row_image=FULL, or have cdc-tail "
	    "--unavailable-value write something there");
}

static void
put_times(struct buf *out, const struct record *rec)
{
	static const struct {
		enum member_id member;
		const char *name, *zeros;
	} times[] = {
		{ M_TS_MS, ",\"ts_ms\":", "" },
		{ M_TS_US, ",\"ts_us\":", "000" },
		{ M_TS_NS, ",\"ts_ns\":", "000000" },
	};

	for (size_t i = 0; i < 3; i++) {
		struct span value = member_value(&rec->value,
		    times[i].member);

		buf_str(out, times[i].name);
		if (value.p) {
			buf_span(out, value);
		} else if (rec->ts_ms.p && rec->ts_ms.p[0] != 'n') {
			buf_span(out, rec->ts_ms);
			buf_str(out, span_is(rec->ts_ms, "0") ? "" :
			    times[i].zeros);
		} else {
			buf_str(out, "null");
		}
	}
}

static void
put_value_or_null(struct buf *out, const char *name, struct span value)
{
	buf_str(out, name);
	buf_span(out, value.p ? value : SPAN("null"));
}

static int
put_envelope(struct formatter *f, const struct format_change *c,
    struct envelope *e, struct err *err)
{
	struct buf *out = &f->out.text;

	if (!e->value.n)        /* a truncate comes first */
		if (make_value_schema(f, c->table, e, err) < 0)
			return -1;
	buf_str(out, ",\"payload\":{\"schema\":");
	buf_span(out, buf_view(&e->value));
	buf_str(out, ",\"payload\":{\"before\":");
	put_value_or_null(out, "", c->before.json);
	put_value_or_null(out, ",\"after\":", c->after.json);
	buf_str(out, ",\"source\":");
	if (connect_source_put(out, c->rec, err) < 0)
		return -1;
	put_value_or_null(out, ",\"transaction\":", c->rec->transaction);
	put_value_or_null(out, ",\"op\":", c->rec->op);
	put_times(out, c->rec);
	buf_str(out, "}}}\n");
	return 0;
}

/* ---- key and headers */

static int
put_key(struct formatter *f, const struct format_change *c,
    struct envelope *e, struct span json, struct err *err)
{
	struct converter *v = f->own;
	struct buf *out = &f->out.text;

	if (!json.p || json.p[0] == 'n') {
		buf_str(out, "null");
		return 0;
	}
	if (format_cells_read(&v->key, f, c->table, &c->key, err) < 0)
		return -1;
	for (size_t i = 0; i < v->key.n; i++)
		if (check_cell(f, c->table, e, &v->key.v[i], err) < 0)
			return -1;
	if ((!e->key.n || !has_parts(e, &v->key)) &&
	    make_key_schema(f, c->table, e, &v->key, err) < 0)
		return -1;
	buf_str(out, "{\"schema\":");
	buf_span(out, buf_view(&e->key));
	buf_str(out, ",\"payload\":");
	buf_span(out, json);
	buf_char(out, '}');
	return 0;
}

/* Strings, and the other key of a row that moved. */
static int
put_header(struct formatter *f, struct envelope *e, struct span name,
    struct span json, struct err *err)
{
	bool key = json_inside_is(name, "__debezium.newkey") ||
	    json_inside_is(name, "__debezium.oldkey");
	struct buf *out = &f->out.text;

	if (json.p[0] == '"')
		buf_str(out, "{\"schema\":{\"type\":\"string\","
		    "\"optional\":false},\"payload\":");
	else if (key && json.p[0] == '{' && e->key.n) {
		buf_str(out, "{\"schema\":");
		buf_span(out, buf_view(&e->key));
		buf_str(out, ",\"payload\":");
	} else {
		return err_set(err, ERR_DATA, "a header that is neither a "
		    "string nor a key has no schema");
	}
	buf_span(out, json);
	buf_char(out, '}');
	return 0;
}

static int
put_headers(struct formatter *f, const struct format_change *c,
    struct envelope *e, struct err *err)
{
	struct json_pos at = json_at(c->rec->headers);
	struct buf *out = &f->out.text;
	struct span name, json;
	const char *comma = "";

	if (!c->rec->headers.p || c->rec->headers.p[0] == 'n')
		return 0;
	if (!json_enter(&at, '{'))
		return err_set(err, ERR_DATA, "headers that are no object");
	if (record_check_headers(c->rec, err) < 0)
		return -1;
	buf_str(out, ",\"headers\":{");
	while (json_next(&at, &name) > 0 && json_value(&at, &json)) {
		buf_str(out, comma);
		buf_put(out, name.p - 1, name.n + 2);
		buf_char(out, ':');
		if (put_header(f, e, name, json, err) < 0)
			return -1;
		comma = ",";
	}
	buf_char(out, '}');
	return 0;
}

/* ---- records */

static int
change(struct formatter *f, const struct format_change *c, struct err *err)
{
	struct envelope *e = envelope_of(f, c);
	struct converter *v = f->own;

	v->row.n = 0;
	if (check_row(f, c, e, &c->before, err) < 0 ||
	    check_row(f, c, e, &c->after, err) < 0)
		return -1;
	connect_source_topic(&f->out.text, c->rec->topic);
	buf_str(&f->out.text, "\"key\":");
	if (put_key(f, c, e, c->rec->key, err) < 0 ||
	    put_headers(f, c, e, err) < 0)
		return -1;
	if (c->op)
		return put_envelope(f, c, e, err);
	buf_str(&f->out.text, ",\"payload\":null}\n");
	return 0;
}

static int
open_converter(struct formatter *f, struct err *err)
{
	(void)err;
	f->own = xcalloc(1, sizeof(struct converter));
	return 0;
}

static void
close_converter(struct formatter *f)
{
	struct converter *v = f->own;

	format_cells_free(&v->row);
	format_cells_free(&v->key);
	buf_free(&v->scratch);
	free(v);
}

static void
forget(struct format_table *table, bool gone)
{
	struct envelope *e = table->own;

	free(e->types);
	free(e->parts);
	e->types = NULL;
	e->parts = NULL;
	e->ntypes = e->nparts = e->value.n = e->key.n = 0;
	if (!gone)
		return;
	buf_free(&e->name);
	buf_free(&e->value);
	buf_free(&e->key);
	free(e);
	table->own = NULL;
}

const struct format format_debezium = {
	.name = "debezium",
	.apart = true,
	.takes = TAKES_TOMBSTONES,
	.statements = STATEMENTS_WRITTEN,
	.typed = true,
	.open = open_converter, .change = change,
	.control = debezium_control_put,
	.close = close_converter, .forget = forget,
};
